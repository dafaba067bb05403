//! What may stand in a record, and what it comes to, whatever the order of arrival.

mod common;

use common::{World, station};
use election::{Coded, Digest};
use package::StationResults;
use proptest::prelude::*;
use sanad_record::entry::{Announcement, Effect, Lot, Match, Publication, Refused};
use sanad_record::fold::LeafProblem;
use sanad_record::{Body, Medium, Standing, State};

const OFFICERS: [&str; 2] = ["officer_1", "officer_2"];

fn refused(world: &World, state: &mut State, leaf: &[u8]) -> &'static str {
    let before = format!("{state:?}");
    let problem: LeafProblem = state.apply(&world.frozen, leaf).expect_err("it is refused");
    assert_eq!(format!("{state:?}"), before, "a refused leaf changes nothing");
    problem.code()
}

fn standing(world: &World, state: &State, id: &str) -> Standing {
    state.standings(&world.frozen.definition)[&station(id)].standing
}

#[test]
fn the_freeze_needs_the_boards_threshold_and_the_very_folder() {
    let world = World::new();
    assert_eq!(world.begin().fingerprint, Digest::of(&world.leaf_0));
    let head = sanad_record::Head { fingerprint: None, ..world.head() };
    let entry = sanad_record::Entry::parse(&world.leaf_0).unwrap();
    let alone = entry.body.sign(&head, &[&world.keys["chair"]]).unwrap();
    assert_eq!(State::begin(&world.frozen, &alone).unwrap_err().code(), "record.threshold");
    let stranger = entry.body.sign(&head, &[&world.keys["officer_1"], &world.keys["officer_2"]]).unwrap();
    assert_eq!(State::begin(&world.frozen, &stranger).unwrap_err().code(), "record.signature");
    let mut other = world.frozen.clone();
    other.manifest = Digest([7; 32]);
    assert_eq!(State::begin(&other, &world.leaf_0).unwrap_err().code(), "record.manifest");
    let import = world.sign(&world.import("0101", Medium::Stick, 1), &["centre"]);
    assert_eq!(State::begin(&world.frozen, &import).unwrap_err().code(), "record.first");
    let twice = entry.body.sign(&world.head(), &[&world.keys["chair"], &world.keys["deputy"]]).unwrap();
    assert_eq!(refused(&world, &mut world.begin(), &twice), "record.first");
}

#[test]
fn every_leaf_is_of_this_election_and_by_those_who_may() {
    let world = World::new();
    let mut state = world.begin();
    let body = world.import("0101", Medium::Stick, 1);
    assert_eq!(refused(&world, &mut state, &world.sign(&body, &["officer_1"])), "record.signature");
    let mut head = world.head();
    head.scope.round = 2;
    assert_eq!(refused(&world, &mut state, &body.sign(&head, &[&world.keys["centre"]]).unwrap()), "record.scope");
    let mut head = world.head();
    head.fingerprint = Some(Digest([9; 32]));
    assert_eq!(refused(&world, &mut state, &body.sign(&head, &[&world.keys["centre"]]).unwrap()), "record.fingerprint");
    assert_eq!(refused(&world, &mut state, b"{}"), "record.envelope");
    let other_kind = sign::dsse::sign("rumour", b"{}", &[&world.keys["centre"]]).unwrap().to_bytes();
    assert_eq!(refused(&world, &mut state, &other_kind), "record.kind");
    let no_payload = sign::dsse::sign("import", b"{}", &[&world.keys["centre"]]).unwrap().to_bytes();
    assert_eq!(refused(&world, &mut state, &no_payload), "record.payload");
    let leaf = world.sign(&body, &["centre"]);
    state.apply(&world.frozen, &leaf).unwrap();
    assert_eq!(refused(&world, &mut state, &leaf), "record.repeated");
}

#[test]
fn tb3_what_changes_a_result_takes_two_officers() {
    let world = World::new();
    let mut state = world.begin();
    let cancel = world.order("0101", Effect::Cancel, &[]);
    assert_eq!(refused(&world, &mut state, &world.sign(&cancel, &["officer_1"])), "record.threshold");
    assert_eq!(refused(&world, &mut state, &world.sign(&cancel, &["officer_1", "chair"])), "record.signature");
    state.apply(&world.frozen, &world.sign(&cancel, &OFFICERS)).unwrap();
    assert_eq!(standing(&world, &state, "0101"), Standing::Cancelled);
}

#[test]
fn imports_name_a_listed_device_of_their_station() {
    let world = World::new();
    let mut state = world.begin();
    let Body::Import(mut import) = world.import("0101", Medium::Stick, 1) else { unreachable!() };
    import.device = "d0102".parse().unwrap();
    let other_station = world.sign(&Body::Import(import.clone()), &["centre"]);
    assert_eq!(refused(&world, &mut state, &other_station), "record.device");
    import.station = "9999".parse().unwrap();
    assert_eq!(refused(&world, &mut state, &world.sign(&Body::Import(import), &["centre"])), "record.station");
}

#[test]
fn slips_are_signed_by_the_stations_device() {
    let world = World::new();
    let mut state = world.begin();
    let forged = world.sign(&world.slip("0101", 1, "d0102"), &["centre"]);
    assert_eq!(refused(&world, &mut state, &forged), "record.slip");
    state.apply(&world.frozen, &world.sign(&world.slip("0101", 1, "d0101"), &["centre"])).unwrap();
}

#[test]
fn orders_give_reasons_and_name_what_they_take_the_place_of() {
    let world = World::new();
    let mut state = world.begin();
    let Body::Order(mut order) = world.order("0101", Effect::Cancel, &[]) else { unreachable!() };
    order.reason = "  ".into();
    assert_eq!(refused(&world, &mut state, &world.sign(&Body::Order(order), &OFFICERS)), "record.order");
    let restore = world.sign(&world.order("0101", Effect::Restore, &[]), &OFFICERS);
    assert_eq!(refused(&world, &mut state, &restore), "record.order");
    let unknown = world.sign(&world.order("0101", Effect::Cancel, &[Digest([3; 32])]), &OFFICERS);
    assert_eq!(refused(&world, &mut state, &unknown), "record.supersedes");
    let content = world.content("0101", 1);
    let nothing_came = world.sign(&world.order("0101", Effect::Count(content), &[]), &OFFICERS);
    assert_eq!(refused(&world, &mut state, &nothing_came), "record.order");
}

#[test]
fn wf1_a_restored_station_is_exactly_as_before_and_both_entries_stay() {
    let world = World::new();
    let mut state = world.begin();
    for medium in [Medium::Network, Medium::Stick] {
        state.apply(&world.frozen, &world.sign(&world.import("0101", medium, 1), &["centre"])).unwrap();
    }
    let before = state.standings(&world.frozen.definition);
    let cancel = world.sign(&world.order("0101", Effect::Cancel, &[]), &OFFICERS);
    state.apply(&world.frozen, &cancel).unwrap();
    assert_eq!(state.standings(&world.frozen.definition)[&station("0101")].counted, None);
    let restore = world.order("0101", Effect::Restore, &[Digest::of(&cancel)]);
    state.apply(&world.frozen, &world.sign(&restore, &OFFICERS)).unwrap();
    assert_eq!(state.standings(&world.frozen.definition), before);
    assert_eq!(state.orders.len(), 2);
}

#[test]
fn wf4_an_order_of_another_round_is_refused() {
    let world = World::new();
    let mut state = world.begin();
    let cancel = world.order("0101", Effect::Cancel, &[]);
    let officers = OFFICERS.map(|officer| &world.keys[officer] as &dyn sign::Signer);
    let mut head = world.head();
    head.scope.round = 2;
    assert_eq!(refused(&world, &mut state, &cancel.sign(&head, &officers).unwrap()), "record.scope");
    // With this round in its head the same order stands.
    state.apply(&world.frozen, &cancel.sign(&world.head(), &officers).unwrap()).unwrap();
    assert_eq!(standing(&world, &state, "0101"), Standing::Cancelled);
}

#[test]
fn wf5_contradicting_orders_put_a_station_sub_judice() {
    let world = World::new();
    let mut state = world.begin();
    for medium in [Medium::Network, Medium::Stick] {
        state.apply(&world.frozen, &world.sign(&world.import("0101", medium, 1), &["centre"])).unwrap();
    }
    let count = world.order("0101", Effect::Count(world.content("0101", 1)), &[]);
    state.apply(&world.frozen, &world.sign(&count, &OFFICERS)).unwrap();
    state.apply(&world.frozen, &world.sign(&world.order("0101", Effect::Cancel, &[]), &OFFICERS)).unwrap();
    let known = &state.standings(&world.frozen.definition)[&station("0101")];
    assert_eq!((known.standing, known.counted), (Standing::SubJudice, None));
}

#[test]
fn a_comparison_is_what_the_leaves_before_it_say() {
    let world = World::new();
    let mut state = world.begin();
    let said = Body::Match(Match { expected: 2, both: 2, identical: 2, ..Match::default() });
    assert_eq!(refused(&world, &mut state, &world.sign(&said, &["centre"])), "record.match");
    let true_one = Body::Match(state.compare(&world.frozen.definition));
    state.apply(&world.frozen, &world.sign(&true_one, &["centre"])).unwrap();
}

#[test]
fn lots_are_drawn_once_and_versions_come_in_turn() {
    let world = World::new();
    let mut state = world.begin();
    let outcome = tally::LotOutcome { id: tally::LotId("lot_1".into()), drawn: vec!["rose".parse().unwrap()] };
    let lot = |drawing: &str| Body::Lot(Lot { outcome: outcome.clone(), drawing: drawing.into(), supersedes: None });
    state.apply(&world.frozen, &world.sign(&lot("an urn"), &OFFICERS)).unwrap();
    assert_eq!(refused(&world, &mut state, &world.sign(&lot("again"), &OFFICERS)), "record.lot");
    let corrected = |drawn: &str, supersedes| {
        let outcome = tally::LotOutcome { id: outcome.id.clone(), drawn: vec![drawn.parse().unwrap()] };
        Body::Lot(Lot { outcome, drawing: "the minutes have another name".into(), supersedes })
    };
    let stranger = corrected("omar", Some(Digest([9; 32])));
    assert_eq!(refused(&world, &mut state, &world.sign(&stranger, &OFFICERS)), "record.supersedes");
    let (standing, _) = state.lots[&outcome.id];
    state.apply(&world.frozen, &world.sign(&corrected("omar", Some(standing)), &OFFICERS)).unwrap();
    let (now, lot_now) = &state.lots[&outcome.id];
    assert_eq!(lot_now.outcome.drawn[0].as_str(), "omar");
    assert!(*now != standing, "what stood is superseded, and cannot be so again");
    assert_eq!(state.lots_before.len(), 1, "what was entered first stays to be told");
    let silent = Body::Lot(Lot { drawing: " ".into(), supersedes: Some(*now), ..lot_now.clone() });
    let silent = world.sign(&silent, &OFFICERS);
    let late = world.sign(&corrected("rose", Some(standing)), &OFFICERS);
    assert_eq!(refused(&world, &mut state, &late), "record.supersedes");
    assert_eq!(refused(&world, &mut state, &silent), "record.drawing");
    let announce =
        |version| Body::Announcement(Announcement { version, results: Digest([1; 32]), witnessed: String::new() });
    assert_eq!(refused(&world, &mut state, &world.sign(&announce(2), &OFFICERS)), "record.version");
    let publish = |version| Body::Publication(Publication { version, manifest: Digest([2; 32]) });
    assert_eq!(refused(&world, &mut state, &world.sign(&publish(0), &["centre"])), "record.version");
    state.apply(&world.frozen, &world.sign(&announce(1), &OFFICERS)).unwrap();
    assert_eq!(refused(&world, &mut state, &world.sign(&publish(2), &["centre"])), "record.version");
    state.apply(&world.frozen, &world.sign(&publish(1), &["centre"])).unwrap();
}

#[test]
fn standings_by_evidence() {
    use Medium::{Network, Stick};
    let world = World::new();
    // Leaves, the standing they come to, and whether the station is counted at the tier "matched".
    let cases: Vec<(&str, Vec<Body>, Standing, bool)> = vec![
        ("nothing came", vec![], Standing::Missing, false),
        ("one medium", vec![world.import("0101", Network, 1)], Standing::Arrived, false),
        (
            "both, identical",
            vec![world.import("0101", Network, 1), world.import("0101", Stick, 1)],
            Standing::Matched,
            true,
        ),
        (
            "and a slip agrees",
            vec![world.import("0101", Network, 1), world.import("0101", Stick, 1), world.slip("0101", 1, "d0101")],
            Standing::Confirmed,
            true,
        ),
        (
            "mt2: both, differing",
            vec![world.import("0101", Network, 1), world.import("0101", Stick, 2)],
            Standing::Quarantined,
            false,
        ),
        (
            "mt3: identical, but a signed slip differs",
            vec![world.import("0101", Network, 1), world.import("0101", Stick, 1), world.slip("0101", 2, "d0101")],
            Standing::Quarantined,
            false,
        ),
        (
            "pk7: generation 1 after generation 2 is superseded",
            vec![
                world.import_of("0101", Network, 2, 2),
                world.import_of("0101", Stick, 2, 2),
                world.import_of("0101", Network, 1, 1),
            ],
            Standing::Matched,
            true,
        ),
        (
            "pk7: both of generation 1, and a slip of the count after the reopening",
            vec![
                world.import("0101", Network, 1),
                world.import("0101", Stick, 1),
                world.slip_of(StationResults { generation: 2, ..world.results("0101", 1) }, "d0101"),
            ],
            Standing::Quarantined,
            false,
        ),
        (
            "mt7: a slip of a station that did not open",
            vec![world.order("0101", Effect::NotOpened, &[]), world.slip("0101", 1, "d0101")],
            Standing::Quarantined,
            false,
        ),
        (
            "mt7: results of a station that did not open",
            vec![world.order("0101", Effect::NotOpened, &[]), world.import("0101", Network, 1)],
            Standing::Quarantined,
            false,
        ),
        ("did not open", vec![world.order("0101", Effect::NotOpened, &[])], Standing::NotOpened, false),
    ];
    for (name, bodies, expected, counted) in cases {
        let mut state = world.begin();
        for body in &bodies {
            let by: &[&str] = if matches!(body, Body::Order(_)) { &OFFICERS } else { &["centre"] };
            state.apply(&world.frozen, &world.sign(body, by)).unwrap();
        }
        let known = &state.standings(&world.frozen.definition)[&station("0101")];
        assert_eq!((known.standing, known.counted.is_some()), (expected, counted), "{name}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    /// TB1, MT10: imports, slips, refusals and orders of two stations, in any order of arrival: one state.
    #[test]
    fn tb1_order_of_arrival_does_not_show(order in Just((0..9usize).collect::<Vec<_>>()).prop_shuffle()) {
        thread_local!(static WORLD: (World, Vec<Vec<u8>>) = {
            common::entropy_is_alive();
            let world = World::new();
            let refused = Body::Refused(Refused {
                medium: Medium::Stick, station: None, label: Digest([5; 32]), code: "x".into(), what: "y".into(),
            });
            let leaves = vec![
                world.sign(&world.import("0101", Medium::Network, 1), &["centre"]),
                world.sign(&world.import("0101", Medium::Stick, 1), &["centre"]),
                world.sign(&world.slip("0101", 1, "d0101"), &["centre"]),
                world.sign(&world.import("0102", Medium::Network, 1), &["centre"]),
                world.sign(&world.import("0102", Medium::Stick, 2), &["centre"]),
                world.sign(&world.import_of("0102", Medium::Stick, 3, 2), &["centre"]),
                world.sign(&world.slip("0102", 3, "d0102"), &["centre"]),
                world.sign(&world.order("0101", Effect::Cancel, &[]), &OFFICERS),
                world.sign(&refused, &["centre"]),
            ];
            (world, leaves)
        });
        WORLD.with(|(world, leaves)| {
            let fold = |order: &[usize]| {
                let mut state = world.begin();
                for index in order {
                    state.apply(&world.frozen, &leaves[*index]).unwrap();
                }
                (state.standings(&world.frozen.definition), state.compare(&world.frozen.definition), state.refused)
            };
            let first: Vec<usize> = (0..leaves.len()).collect();
            prop_assert_eq!(fold(&order), fold(&first));
            Ok(())
        })?;
    }
}
