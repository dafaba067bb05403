//! Many leaves at once: checked on every core, and the same state and the same first failure as one by one.

mod common;

use std::ops::ControlFlow;

use common::{STATIONS, World};
use election::{Coded, Digest};
use sanad_record::entry::{Effect, Refused, Slip};
use sanad_record::fold::LeafProblem;
use sanad_record::{Body, Medium, State};

const OFFICERS: [&str; 2] = ["officer_1", "officer_2"];

/// The same slip in the hands of a party's agent.
fn held_by(party: &str, slip: Body) -> Body {
    let Body::Slip(slip) = slip else { panic!("not a slip") };
    Body::Slip(Slip { party: Some(party.parse().unwrap()), ..slip })
}

/// Good leaves of several kinds, so many that they are checked in more than one lot.
fn good(world: &World) -> Vec<Vec<u8>> {
    let mut leaves = vec![world.leaf_0.clone()];
    for id in STATIONS {
        for medium in [Medium::Network, Medium::Stick] {
            leaves.push(world.sign(&world.import(id, medium, 1), &["centre"]));
        }
        let slip = world.slip(id, 1, &format!("d{id}"));
        leaves.push(world.sign(&slip, &["centre"]));
        leaves.push(world.sign(&held_by("reed", slip), &["centre"]));
    }
    let mut head: Option<Digest> = None;
    for effect in [Effect::Cancel, Effect::Restore, Effect::Cancel] {
        let order = world.sign(&world.order("0101", effect, head.as_slice()), &OFFICERS);
        head = Some(Digest::of(&order));
        leaves.push(order);
    }
    leaves.extend((0..280u32).map(|n| {
        let refused = Refused {
            medium: Medium::Stick,
            station: None,
            label: Digest::of(&n.to_be_bytes()),
            code: "bag.wrong".into(),
            what: "a file was changed".into(),
        };
        world.sign(&Body::Refused(refused), &["centre"])
    }));
    leaves
}

/// What one leaf after another gives: the state, and the first failure.
fn one_by_one(world: &World, leaves: &[Vec<u8>]) -> (State, Option<(u64, String)>) {
    let mut state = State::begin(&world.frozen, &leaves[0]).unwrap();
    for leaf in &leaves[1..] {
        if let Err(problem) = state.apply(&world.frozen, leaf) {
            let at = state.size;
            return (state, Some((at, format!("{problem:?}"))));
        }
    }
    (state, None)
}

#[test]
fn many_leaves_at_once_come_to_what_they_come_to_one_by_one() {
    let world = World::new();
    let leaves = good(&world);
    let (state, failure) = one_by_one(&world, &leaves);
    assert_eq!((failure, state.size), (None, leaves.len() as u64));
    let folded = State::fold(&world.frozen, &leaves).unwrap();
    assert_eq!(format!("{folded:?}"), format!("{state:?}"));
    assert_eq!(folded.refused.len(), 280);
    let slips = &folded.evidence[&common::station("0101")].slips;
    let holders: Vec<&str> = slips.iter().filter_map(|slip| Some(slip.party.as_ref()?.as_str())).collect();
    assert_eq!(holders, ["palm", "reed"], "each copy has its own holder");
}

#[test]
fn the_first_failure_is_the_same_whatever_else_fails() {
    let world = World::new();
    let leaves = good(&world);
    let at = |place: usize, bad: Vec<u8>| (place, bad);
    let mut altered = leaves[20].clone();
    let signature = altered.len() - 20;
    altered[signature] ^= 1;
    let forged_slip = world.sign(&world.slip("0101", 1, "d0102"), &["centre"]);
    let alone = world.sign(&world.order("0102", Effect::Cancel, &[]), &OFFICERS[..1]);
    // A copy of a slip that holds, with one character of it changed.
    let Body::Slip(slip) = world.slip("0101", 1, "d0101") else { panic!("not a slip") };
    let mut codes = slip.codes;
    let last = codes[0].pop().map_or('0', |last| if last == '0' { '1' } else { '0' });
    codes[0].push(last);
    let bad_copy = world.sign(&Body::Slip(Slip { codes, party: None }), &["centre"]);
    let cases = [
        vec![at(290, bad_copy)],
        vec![at(20, altered.clone())],
        vec![at(20, leaves[3].clone())],
        vec![at(5, forged_slip.clone()), at(200, altered.clone())],
        // A leaf that nobody could have signed comes after one whose place alone is wrong, and the other way round.
        vec![at(262, b"{}".to_vec()), at(261, leaves[1].clone())],
        vec![at(261, b"{}".to_vec()), at(262, leaves[1].clone())],
        vec![at(256, alone.clone()), at(257, alone.clone()), at(258, forged_slip)],
        vec![at(257, world.leaf_0.clone()), at(270, alone)],
        vec![at(288, altered)],
    ];
    for bad in cases {
        let mut changed = leaves.clone();
        let places: Vec<usize> = bad.iter().map(|(place, _)| *place).collect();
        bad.into_iter().for_each(|(place, leaf)| changed.insert(place, leaf));
        let (state, failure) = one_by_one(&world, &changed);
        let (index, problem) = failure.expect("it is refused");
        assert_eq!(index, *places.iter().min().unwrap() as u64);
        let error = State::fold(&world.frozen, &changed).unwrap_err();
        assert_eq!((error.index, format!("{:?}", error.problem)), (index, problem));
        let mut begun = State::begin(&world.frozen, &changed[0]).unwrap();
        begun.apply_all(&world.frozen, &changed[1..]).unwrap_err();
        assert_eq!(format!("{begun:?}"), format!("{state:?}"), "what stands before the failure has been taken");

        // A reader that goes on after a failure hears of every one, and of no other.
        let mut begun = State::begin(&world.frozen, &changed[0]).unwrap();
        let mut failed = Vec::new();
        begun.apply_each(&world.frozen, &changed[1..], |place, result: Result<(), LeafProblem>| {
            failed.extend(result.err().map(|problem| (place as usize + 1, problem.code())));
            ControlFlow::<()>::Continue(())
        });
        assert_eq!(failed.len(), places.len(), "{failed:?}");
    }
}
