//! Paper that does not add up: what the leaf of its import says, how the station stands, what is told of it, and what slips
//! alone make of it.

mod common;
#[path = "common/tables.rs"]
mod tables;

use common::{World, figures, station};
use election::{Coded, Digest};
use package::slip::SlipFigures;
use package::{Inconsistency, StationResults};
use sanad_record::entry::{Effect, Entry, Import};
use sanad_record::findings::Kind;
use sanad_record::from_slips::FromSlips;
use sanad_record::{Body, Medium, Standing, State, results};
use tables::rows;

/// The package of a station with one paper more received than is accounted for.
fn package(world: &World, id: &str, votes: [u32; 3]) -> StationResults {
    let mut results = world.voted(id, votes);
    results.account.received += 1;
    results
}

fn differing(body: Body) -> Body {
    let Body::Import(import) = body else { panic!("an import") };
    Body::Import(Import { account_differs: true, ..import })
}

fn seen(world: &World, state: &State, results: &StationResults) -> (Standing, bool, bool, u64) {
    let outcome = world.outcome(state, std::slice::from_ref(results));
    let standing = &outcome.stations[&results.station];
    let ballots = outcome.totals.values().map(|totals| totals.ballots).sum();
    (standing.standing, standing.counted.is_some(), standing.by_order, ballots)
}

#[test]
fn a_leaf_says_so_or_says_nothing() {
    let world = World::new();
    let import = world.import("0101", Medium::Stick, 1);
    let text = |body: &Body| {
        let entry = Entry::parse(&world.sign_as_needed(body)).unwrap();
        String::from_utf8(entry.envelope.payload().to_vec()).unwrap()
    };
    assert!(!text(&import).contains("account_differs"), "the leaf of every other package keeps its bytes");
    let said = text(&differing(import));
    assert!(said.contains(r#","account_differs":true}"#), "{said}");
    // One spelling: that nothing differs is not said.
    let other = said.replace(r#""account_differs":true"#, r#""account_differs":false"#);
    let leaf = sign::dsse::sign("import", other.as_bytes(), &[&world.keys["centre"]]).unwrap().to_bytes();
    assert_eq!(world.begin().apply(&world.frozen, &leaf).unwrap_err().code(), "record.payload");
}

#[test]
fn paper_that_does_not_add_up_is_counted_by_an_order_of_two_officers_alone() {
    let world = World::new();
    let results = package(&world, "0101", [30, 20, 5]);
    let imports = world.both(&results).map(differing);
    let mut state = world.fold(&imports);
    assert_eq!(seen(&world, &state, &results), (Standing::Quarantined, false, false, 0));
    let comparison = state.compare(&world.frozen.definition);
    assert_eq!((comparison.identical, comparison.differing.len()), (1, 0), "its copies are compared as any");

    // Why it stands so is a finding and a remark; both stay when it is counted.
    let told = |state: &State| {
        let outcome = world.outcome(state, std::slice::from_ref(&results));
        let found: Vec<_> = outcome.findings.iter().map(|f| (f.kind, f.code.clone(), f.count)).collect();
        assert_eq!(found, [(Kind::Account, "account.differs".to_owned(), 1)]);
        let files = results::files(&world.frozen.definition, &outcome, &figures(std::slice::from_ref(&results)));
        assert_eq!(rows(&files, "findings.csv"), [["account", "0101", "", "", "", "account.differs", "1"]]);
        assert_eq!(rows(&files, "remarks.csv")[0][2..5], ["R.201", "201", "200"]);
    };
    told(&state);

    let content = *state.standings(&world.frozen.definition)[&station("0101")].network.first().unwrap();
    let mut head: Option<Digest> = None;
    let steps = [
        (Effect::Count(content), (Standing::Quarantined, true, true, 55)),
        (Effect::Cancel, (Standing::Cancelled, false, false, 0)),
        // As it was before anybody decided.
        (Effect::Restore, (Standing::Quarantined, false, false, 0)),
        (Effect::Count(content), (Standing::Quarantined, true, true, 55)),
    ];
    for (effect, expected) in steps {
        let leaf = world.sign_as_needed(&world.order("0101", effect, head.as_slice()));
        state.apply(&world.frozen, &leaf).unwrap();
        head = Some(Digest::of(&leaf));
        assert_eq!(seen(&world, &state, &results), expected);
        told(&state);
    }
}

#[test]
fn one_import_that_says_so_is_enough_in_whatever_order_they_came() {
    let world = World::new();
    let results = package(&world, "0101", [30, 20, 5]);
    let [network, stick] = world.both(&results);
    for pair in [[differing(network.clone()), stick.clone()], [stick, differing(network)]] {
        assert_eq!(seen(&world, &world.fold(&pair), &results), (Standing::Quarantined, false, false, 0));
    }
}

/// 0101 has 120 voters, 0102 has 95: what is open is decided by who may yet be counted, not by who is registered.
#[test]
fn a_slip_whose_paper_does_not_add_up_leaves_its_station_open_with_all_that_is_in_its_box() {
    let world = World::new();
    let def = &world.frozen.definition;
    let slip = |results: &StationResults| SlipFigures::of(results, results, world.fingerprint, "test");
    let of = |slips: &[SlipFigures]| FromSlips::of(def, slips).unwrap();
    let mut good = package(&world, "0101", [110, 10, 0]);
    good.account.received = 200;
    let first = slip(&good);

    let few = package(&world, "0102", [30, 20, 5]);
    let all = of(&[first.clone(), slip(&few)]);
    assert!(all.refused[&1].is_of_paper(), "{:?}", all.refused);
    assert_eq!(all.missing, [(station("0102"), 95)].into(), "it is open as if no slip were at hand");
    assert!((all.contests[0].lead, all.contests[0].open, all.contests[0].is_decided) == (100, 95, true));

    // More ballots than voters: two officers may have all of them counted.
    let mut many = package(&world, "0102", [60, 50, 10]);
    many.account.received = 200;
    let all = of(&[first.clone(), slip(&many)]);
    assert!(matches!(all.refused[&1], Inconsistency::Registered { used: 120, registered: 95 }), "{:?}", all.refused);
    assert_eq!((all.contests[0].open, all.contests[0].is_decided), (120, false));

    // Figures that cannot be are no word about the box.
    many.account.cast -= 1;
    let all = of(&[first, slip(&many)]);
    assert!(!all.refused[&1].is_of_paper(), "the gravest is told: {:?}", all.refused);
    assert_eq!(all.missing, [(station("0102"), 95)].into());
}

/// 95 voters may yet be counted: a lead of 95 can be made up, one of 96 cannot.
#[test]
fn vf6_a_lead_is_decided_if_and_only_if_it_is_more_than_what_is_open() {
    let world = World::new();
    for (first, lead, is_decided) in [(104, 94, false), (105, 95, false), (106, 96, true)] {
        let mut results = package(&world, "0101", [first, 10, 0]);
        results.account.received = 200;
        let slip = SlipFigures::of(&results, &results, world.fingerprint, "test");
        let all = FromSlips::of(&world.frozen.definition, &[slip]).unwrap();
        let contest = &all.contests[0];
        assert_eq!((contest.lead, contest.open, contest.is_decided), (lead, 95, is_decided));
    }
}
