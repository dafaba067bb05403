//! SK5: a stick that was lost or seized, or a station without a link. One copy is never enough by itself.

mod common;

use std::collections::BTreeSet;

use common::{World, refused, station, take};
use election::{Digest, Lang, Tier};
use package::StationResults;
use sanad_record::entry::{Absence, Effect, HandCount, Order};
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
