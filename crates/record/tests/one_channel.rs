//! SK5: a stick that was lost or seized, or a station without a link. One copy is never enough by itself.

mod common;

use std::collections::BTreeSet;

use common::{World, refused, station, take};
use election::{DeviceId, Digest, Lang, Tier};
use package::StationResults;
use sanad_record::entry::{Absence, Effect, HandCount, Import, Order, Slip};
use sanad_record::{Body, Content, Counted, Medium, Standing, State};

const CENTRE: [&str; 1] = ["centre"];
const OFFICERS: [&str; 2] = ["officer_1", "officer_2"];

/// An order to count this content, which says so of the other copy.
fn count(world: &World, content: Content, absent: Option<Absence>) -> Body {
    let Body::Order(order) = world.order("0101", Effect::Count(content), &[]) else { unreachable!("an order") };
    Body::Order(Order { absent, ..order })
}

/// Station 0101, of which one medium alone has brought these results.
fn alone(world: &World, results: &StationResults, medium: Medium) -> (State, Content) {
    let [network, stick] = world.both(results);
    let came = if medium == Medium::Network { network } else { stick };
    let Body::Import(import) = &came else { unreachable!("an import") };
    (world.fold(std::slice::from_ref(&came)), import.content)
}

/// What two people counted of the box of 0101.
fn by_hand(of: &StationResults, agrees: Option<Content>) -> Body {
    let mut contests = of.contests.clone();
    contests.iter_mut().for_each(|contest| contest.votes.retain(|_, votes| *votes > 0));
    let paper = Digest::of(b"the protocol");
    Body::HandCount(HandCount {
        station: of.station.clone(),
        ordered: None,
        account: of.account,
        contests,
        paper,
        agrees,
    })
}

/// The one copy is counted, by order, and stands as what it is.
#[track_caller]
fn is_counted(world: &World, state: &State, content: Content, standing: Standing) {
    let known = state.standing(&world.frozen.definition, &station("0101")).unwrap();
    assert_eq!((known.standing, known.counted, known.by_order), (standing, Some(Counted::Package(content)), true));
}

#[test]
fn sk5_one_copy_without_a_second_evidence_is_not_counted() {
    let world = World::new();
    let (mut state, content) = alone(&world, &world.voted("0101", [5, 3, 2]), Medium::Network);
    let known = state.standing(&world.frozen.definition, &station("0101")).unwrap();
    assert_eq!((known.standing, known.counted), (Standing::Arrived, None));
    // Neither with a reason nor without one.
    assert_eq!(refused(&world, &mut state, &count(&world, content, None), &OFFICERS), "record.one_channel");
    for (word, absent) in Absence::WORDS {
        let code = if absent == Absence::NetworkDown { "record.one_channel" } else { "record.second_evidence" };
        assert_eq!(refused(&world, &mut state, &count(&world, content, Some(absent)), &OFFICERS), code, "{word}");
    }
    let said = [Lang::Ar, Lang::Ckb, Lang::En].map(|lang| Absence::WORDS.map(|(_, absent)| absent.say(lang)));
    assert_eq!(said.iter().flatten().collect::<BTreeSet<_>>().len(), 21, "each has words of its own: {said:?}");
    // An opinion beforehand is no order: what `case count` shows is refused in the same way.
    let Body::Order(order) = count(&world, content, Some(Absence::Seized)) else { unreachable!("an order") };
    let problem = state.with_order(&world.frozen.definition, &order).unwrap_err();
    assert_eq!(election::Coded::code(&problem), "record.second_evidence");
    assert!(state.evidence[&station("0101")].standing(Tier::Arrived).counted.is_some(), "only a frozen rule says less");
}

/// The rule stands in leaf 0, before anybody knows a figure: then one copy needs no order, and no table takes it for two.
#[test]
fn sk5_a_frozen_rule_counts_one_copy_as_what_it_is() {
    let mut folder = election::scaffold();
    let toml = String::from_utf8(folder.files["election.toml"].clone()).unwrap();
    let toml = toml.replace("announce = \"matched\"", "announce = \"arrived\"");
    folder.files.insert("election.toml".into(), toml.into_bytes());
    let world = World::of(folder);
    let results = world.voted("0101", [5, 3, 2]);
    let (mut state, content) = alone(&world, &results, Medium::Stick);
    let known = state.standing(&world.frozen.definition, &station("0101")).unwrap();
    assert_eq!((known.standing, known.counted), (Standing::Arrived, Some(Counted::Package(content))));
    assert!(!known.by_order);
    let outcome = world.outcome(&state, std::slice::from_ref(&results));
    let status = &outcome.status;
    assert_eq!((status.counted, status.arrived, status.matched, status.counted_by_order), (1, 1, 0, 0));
    assert_eq!((status.both, status.missing_network, status.missing_stick), (0, 2, 1), "of two stations");
    // Who counts it by an order all the same says why the other copy has not come, and has a second evidence.
    assert_eq!(refused(&world, &mut state, &count(&world, content, None), &OFFICERS), "record.one_channel");
    // A second copy that differs takes the first one out again.
    let [network, _] = world.both(&world.voted("0101", [5, 2, 3]));
    take(&world, &mut state, &network, &CENTRE);
    let known = state.standing(&world.frozen.definition, &station("0101")).unwrap();
    assert_eq!((known.standing, known.counted), (Standing::Quarantined, None));
}

/// The codes of a slip lie in its package as well: whoever has the copy has them.
#[test]
fn sk5_a_slip_of_which_nobody_says_who_holds_it_is_no_second_evidence() {
    let world = World::new();
    let results = world.voted("0101", [5, 3, 2]);
    let (mut state, content) = alone(&world, &results, Medium::Network);
    let Body::Slip(slip) = world.slip_of(results, "d0101") else { unreachable!("a slip") };
    let held = |party: Option<&str>| {
        Body::Slip(Slip { party: party.map(|party| party.parse().unwrap()), codes: slip.codes.clone() })
    };
    let order = count(&world, content, Some(Absence::Lost));
    take(&world, &mut state, &held(None), &CENTRE);
    assert_eq!(refused(&world, &mut state, &order, &OFFICERS), "record.second_evidence");
    // Nor may a party be made up.
    assert_eq!(refused(&world, &mut state, &held(Some("nobody")), &CENTRE), "record.slip");
    take(&world, &mut state, &held(Some("reed")), &CENTRE);
    take(&world, &mut state, &order, &OFFICERS);
    is_counted(&world, &state, content, Standing::Arrived);
}

/// A spare device counts for itself: what it brought by the other channel is no copy of what the first one made.
#[test]
fn sk5_a_package_of_another_device_is_not_the_other_copy() {
    let mut world = World::new();
    let [first, spare] = ["d0101", "spare"].map(|device| device.parse::<DeviceId>().unwrap());
    let listed = world.frozen.keyring.devices[&first].clone();
    world.frozen.keyring.devices.insert(spare.clone(), listed);
    let results = world.voted("0101", [5, 3, 2]);
    let (mut state, content) = alone(&world, &results, Medium::Network);
    let [_, stick] = world.both(&StationResults { device: spare, ..world.voted("0101", [4, 4, 2]) });
    let Body::Import(Import { content: of_spare, .. }) = stick else { unreachable!("an import") };
    take(&world, &mut state, &stick, &CENTRE);
    for (content, absent) in [(content, Absence::Lost), (of_spare, Absence::NetworkDown)] {
        assert_eq!(refused(&world, &mut state, &count(&world, content, None), &OFFICERS), "record.one_channel");
        let alone = count(&world, content, Some(absent));
        assert_eq!(refused(&world, &mut state, &alone, &OFFICERS), "record.second_evidence");
    }
    take(&world, &mut state, &world.slip_of(results, "d0101"), &CENTRE);
    take(&world, &mut state, &count(&world, content, Some(Absence::Lost)), &OFFICERS);
    is_counted(&world, &state, content, Standing::Quarantined);
}

#[test]
fn sk5_a_slip_that_contradicts_is_no_second_evidence() {
    let world = World::new();
    let results = world.voted("0101", [5, 3, 2]);
    let (mut state, content) = alone(&world, &results, Medium::Network);
    take(&world, &mut state, &world.slip_of(world.voted("0101", [3, 5, 2]), "d0101"), &CENTRE);
    let order = count(&world, content, Some(Absence::Seized));
    assert_eq!(refused(&world, &mut state, &order, &OFFICERS), "record.second_evidence");
    let known = state.standing(&world.frozen.definition, &station("0101")).unwrap();
    assert_eq!((known.standing, known.counted), (Standing::Quarantined, None));
    // One that confirms beside it: two officers may weigh them.
    take(&world, &mut state, &world.slip_of(results, "d0101"), &CENTRE);
    take(&world, &mut state, &order, &OFFICERS);
    is_counted(&world, &state, content, Standing::Quarantined);
}

#[test]
fn sk5_a_slip_that_confirms_and_a_named_reason_count_the_one_copy() {
    let world = World::new();
    let results = world.voted("0101", [5, 3, 2]);
    for (medium, absent) in [(Medium::Network, Absence::Seized), (Medium::Stick, Absence::NetworkDown)] {
        let (mut state, content) = alone(&world, &results, medium);
        take(&world, &mut state, &world.slip_of(results.clone(), "d0101"), &CENTRE);
        let silent = count(&world, content, None);
        assert_eq!(refused(&world, &mut state, &silent, &OFFICERS), "record.one_channel", "the slip gives no reason");
        take(&world, &mut state, &count(&world, content, Some(absent)), &OFFICERS);
        is_counted(&world, &state, content, Standing::Arrived);
    }
}

#[test]
fn sk5_what_an_order_says_of_a_copy_that_was_found_is_told_as_it_is() {
    let world = World::new();
    let results = world.voted("0101", [5, 3, 2]);
    let (mut state, content) = alone(&world, &results, Medium::Network);
    take(&world, &mut state, &world.slip_of(results.clone(), "d0101"), &CENTRE);
    let body = count(&world, content, Some(Absence::Lost));
    take(&world, &mut state, &body, &OFFICERS);
    let Body::Order(order) = body else { unreachable!("an order") };
    let said = |state: &State, lang| state.evidence[&station("0101")].say_absent(&order, lang).unwrap();
    assert_eq!(said(&state, Lang::En), "the stick is lost");
    // A later count of the device is not the copy that was lost.
    let reopened = StationResults { generation: 2, ..results.clone() };
    let mut other = state.clone();
    take(&world, &mut other, &world.both(&reopened)[1], &CENTRE);
    assert_eq!(said(&other, Lang::En), "the stick is lost");
    take(&world, &mut state, &world.both(&results)[1], &CENTRE);
    assert_eq!(said(&state, Lang::En), "the stick is lost; it has come since");
    let all: BTreeSet<String> = [Lang::Ar, Lang::Ckb].map(|lang| said(&state, lang)).into();
    assert!(all.iter().all(|said| said.contains('؛')), "{all:?}");
}

#[test]
fn sk5_a_count_by_hand_that_agrees_is_a_second_evidence_and_another_is_none() {
    let world = World::new();
    let results = world.voted("0101", [5, 3, 2]);
    let (mut state, content) = alone(&world, &results, Medium::Network);
    let order = count(&world, content, Some(Absence::Lost));
    take(&world, &mut state, &by_hand(&world.voted("0101", [4, 4, 2]), None), &OFFICERS);
    assert_eq!(refused(&world, &mut state, &order, &OFFICERS), "record.second_evidence");
    let (mut state, content) = alone(&world, &results, Medium::Network);
    take(&world, &mut state, &by_hand(&results, Some(content)), &OFFICERS);
    take(&world, &mut state, &order, &OFFICERS);
    is_counted(&world, &state, content, Standing::Arrived);
}

#[test]
fn a_reason_for_a_missing_copy_is_named_where_one_is_missing_alone() {
    let world = World::new();
    let results = world.voted("0101", [5, 3, 2]);
    let mut state = world.fold(&world.both(&results));
    let content = *state.standing(&world.frozen.definition, &station("0101")).unwrap().stick.first().unwrap();
    let order = count(&world, content, Some(Absence::Lost));
    assert_eq!(refused(&world, &mut state, &order, &OFFICERS), "record.one_channel", "both have come");
    let Body::Order(cancel) = world.order("0101", Effect::Cancel, &[]) else { unreachable!("an order") };
    let cancel = Body::Order(Order { absent: Some(Absence::Lost), ..cancel });
    assert_eq!(refused(&world, &mut state, &cancel, &OFFICERS), "record.one_channel", "it counts nothing");
    take(&world, &mut state, &count(&world, content, None), &OFFICERS);
    // A stick for which there was no network is no reason, nor a network that was seized.
    let (mut state, content) = alone(&world, &results, Medium::Stick);
    take(&world, &mut state, &world.slip_of(results, "d0101"), &CENTRE);
    let seized = count(&world, content, Some(Absence::Seized));
    assert_eq!(refused(&world, &mut state, &seized, &OFFICERS), "record.one_channel");
}
