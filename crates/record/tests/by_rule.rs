//! Findings by rule: each rule on a record made by hand, and not one below its threshold; of how many; and no order of stations.

mod common;
#[path = "common/tables.rs"]
mod tables;

use common::{World, figures, refused, station, take};
use election::FindingRule;
use package::{BallotAccount, StationResults};
use proptest::prelude::*;
use sanad_record::entry::{Effect, Order};
use sanad_record::{Body, Outcome, State, results};
use tables::rows;

const OFFICERS: [&str; 2] = ["officer_1", "officer_2"];

/// Two general stations, of 120 and 95 voters, and two displaced ones, of 100 and 50 ballots; with these rules.
fn world(findings: &str) -> World {
    let mut folder = election::scaffold();
    folder.files.get_mut("stations.csv").unwrap().extend(
        b"0201,02,spring,spring,displaced,conditional,100,roll,,Camp 1\n\
          0202,02,spring,spring,displaced,conditional,50,roll,,Camp 2\n",
    );
    folder.files.get_mut("election.toml").unwrap().extend(format!("\n{findings}\n").bytes());
    World::of(folder)
}

fn folded(world: &World, packages: &[StationResults]) -> State {
    world.fold(&packages.iter().flat_map(|own| world.both(own)).collect::<Vec<_>>())
}

/// The rows of a table under these packages.
fn table(world: &World, state: &State, packages: &[StationResults], name: &str) -> Vec<Vec<String>> {
    let outcome = world.outcome(state, packages);
    rows(&results::files(&world.frozen.definition, &outcome, &figures(packages)), name)
}

/// Each finding as `RULE STATION LEFT RIGHT`; the kind stands for the station where there is none.
fn found(world: &World, state: &State, packages: &[StationResults]) -> Vec<String> {
    let told = |row: &Vec<String>| {
        let about = if row[1].is_empty() { &row[3] } else { &row[1] };
        format!("{} {about} {} {}", row[0], row[6], row[7])
    };
    table(world, state, packages, "flagged.csv").iter().map(told).collect()
}

/// The share of a rule as `FOUND OF PERCENT`.
fn share(world: &World, state: &State, packages: &[StationResults], rule: &str, kind: &str) -> Option<String> {
    let all = table(world, state, packages, "shares.csv");
    all.iter().find(|row| row[..2] == [rule, kind]).map(|row| row[2..5].join(" "))
}

#[test]
fn each_rule_of_one_station_fires_above_its_threshold_and_not_at_it() {
    let own = world("[findings]\nballots_over = 2\nvoters_over = 3\nturnout = \"9/10\"\nunbalanced = 4");
    let asked = |world: &World, votes: u32, change: &dyn Fn(&mut BallotAccount)| {
        let mut package = world.voted("0101", [votes, 0, 0]);
        change(&mut package.account);
        found(world, &folded(world, &[package.clone()]), &[package])
    };
    let nothing: [&str; 0] = [];
    assert_eq!(asked(&own, 55, &|a| a.checked_in = Some(53)), nothing);
    assert_eq!(asked(&own, 55, &|a| a.checked_in = Some(52)), ["R.501 0101 55 52"]);
    assert_eq!(asked(&own, 55, &|a| a.checked_in = Some(123)), nothing);
    assert_eq!(asked(&own, 55, &|a| a.checked_in = Some(124)), ["R.502 0101 124 120"]);
    assert_eq!(asked(&own, 107, &|_| ()), nothing);
    assert_eq!(asked(&own, 108, &|_| ()), ["R.503 0101 108 120"]);
    assert_eq!(asked(&own, 123, &|_| ()), ["R.503 0101 123 120"]);
    assert_eq!(asked(&own, 124, &|_| ()), ["R.502 0101 124 120", "R.503 0101 124 120"], "nobody counted voters");
    assert_eq!(asked(&own, 55, &|a| a.received += 4), nothing);
    assert_eq!(asked(&own, 55, &|a| a.received += 5), ["R.504 0101 205 200"]);
    assert_eq!(asked(&own, 55, &|a| a.received -= 5), ["R.504 0101 195 200"]);

    let usual = world("");
    assert_eq!(asked(&usual, 55, &|a| a.checked_in = Some(55)), nothing);
    assert_eq!(asked(&usual, 55, &|a| a.checked_in = Some(54)), ["R.501 0101 55 54"]);
    assert_eq!(asked(&usual, 119, &|_| ()), nothing);
    assert_eq!(asked(&usual, 120, &|_| ()), ["R.503 0101 120 120"]);
    assert_eq!(asked(&usual, 55, &|a| a.received += 1), ["R.504 0101 201 200"]);
    assert_eq!(asked(&world("[findings]\noff = [\"R.503\"]"), 120, &|_| ()), nothing);
}

#[test]
fn a_share_is_of_the_stations_that_a_rule_could_be_asked_of() {
    let world = world("[findings]\noff = [\"R.504\"]");
    let mut counted = world.voted("0101", [55, 0, 0]);
    counted.account.checked_in = Some(54);
    let packages = [counted, world.voted("0102", [95, 0, 0]), world.voted("0201", [10, 0, 0])];
    let state = folded(&world, &packages);
    let of = |rule: &str, kind: &str| share(&world, &state, &packages, rule, kind);
    assert_eq!(of("R.501", "all").as_deref(), Some("1 1 100.0"), "one has a device that counts voters");
    assert_eq!(of("R.503", "all").as_deref(), Some("1 3 33.3"), "of one nothing came");
    assert_eq!(of("R.503", "general").as_deref(), Some("1 2 50.0"));
    assert_eq!(of("R.503", "displaced").as_deref(), Some("0 1 0.0"));
    assert_eq!(of("R.503", "abroad"), None);
    assert_eq!(of("R.506", "all").as_deref(), Some("0 0 "), "of nothing there is no share");
    assert_eq!(of("R.504", "all"), None, "a rule that is off finds nothing of nothing");
}

#[test]
fn stations_are_alike_from_a_number_of_ballots_on() {
    let of = |rules: &str, votes: [u32; 3]| {
        let world = world(rules);
        let packages = ["0101", "0102"].map(|id| world.voted(id, votes));
        let state = folded(&world, &packages);
        let rows = table(&world, &state, &packages, "flagged.csv");
        let told: Vec<String> = rows.iter().map(|row| row.join(",")).collect();
        (told, share(&world, &state, &packages, "R.505", "all").unwrap())
    };
    let both = |ballots: u32| {
        ["0101,spring,general,member,0102", "0102,spring,general,member,0101"]
            .map(|pair| format!("R.505,{pair},{ballots},2,0"))
            .to_vec()
    };
    assert_eq!(of("", [6, 4, 0]), (both(10), "2 2 100.0".to_owned()));
    assert_eq!(of("", [5, 4, 0]), (vec![], "0 0 ".to_owned()), "nine ballots are alike by chance");
    assert_eq!(of("[findings]\nalike_from = 9", [5, 4, 0]), (both(9), "2 2 100.0".to_owned()));
    assert_eq!(of("", [10, 0, 0]), (vec![], "0 2 0.0".to_owned()), "all for one tells nobody apart");

    let world = world("");
    let packages = [world.voted("0101", [6, 4, 0]), world.voted("0102", [6, 3, 1])];
    assert_eq!(found(&world, &folded(&world, &packages), &packages), [""; 0], "one vote is another");
}

#[test]
fn a_slip_that_differs_is_a_finding_of_those_that_were_brought() {
    let world = world("");
    let (came, other) = (world.voted("0101", [30, 20, 5]), world.voted("0101", [31, 19, 5]));
    let packages = [came.clone()];
    let mut leaves = world.both(&came).to_vec();
    leaves.push(world.slip_of(came, "d0101"));
    let state = world.fold(&leaves);
    assert_eq!(found(&world, &state, &packages), [""; 0]);
    assert_eq!(share(&world, &state, &packages, "R.506", "all").as_deref(), Some("0 1 0.0"));
    leaves.push(world.slip_of(other, "d0101"));
    let state = world.fold(&leaves);
    assert_eq!(found(&world, &state, &packages), ["R.506 0101 1 2"]);
    assert_eq!(share(&world, &state, &packages, "R.506", "general").as_deref(), Some("1 1 100.0"));
}

#[test]
fn a_kind_of_stations_is_held_against_its_source() {
    let source = |voters: u32, stations: u32| {
        world(&format!("[findings.sources.displaced]\nsource = \"roll\"\nvoters = {voters}\nstations = {stations}"))
    };
    let packages = |world: &World, votes: u32| [world.voted("0201", [votes, 0, 0]), world.voted("0202", [49, 0, 0])];
    let told = |world: &World, votes: u32| {
        let packages = packages(world, votes);
        found(world, &folded(world, &packages), &packages)
    };
    assert_eq!(told(&source(150, 2), 72), [""; 0], "150 ballots were delivered to two stations");
    let small = source(120, 1);
    let registered = ["R.508 displaced 150 120", "R.509 displaced 2 1"];
    assert_eq!(told(&small, 71), registered);
    assert_eq!(told(&small, 72), ["R.507 displaced 121 120", registered[0], registered[1]]);
    // A kind is told with its share of all stations.
    let own = packages(&small, 72);
    let state = folded(&small, &own);
    for (rule, kind, said) in
        [("R.507", "displaced", "2 4 50.0"), ("R.509", "all", "2 4 50.0"), ("R.509", "general", "")]
    {
        assert_eq!(share(&small, &state, &own, rule, kind).unwrap_or_default(), said, "{rule} {kind}");
    }
    // A station that did not open is no opened one.
    let one = [small.voted("0201", [10, 0, 0])];
    let mut leaves = small.both(&one[0]).to_vec();
    leaves.push(small.order("0202", Effect::NotOpened, &[]));
    assert_eq!(found(&small, &small.fold(&leaves), &one), [registered[0]]);
    assert_eq!(told(&world(""), 72), [""; 0], "without a source a kind is not asked");
}

/// An order that cancels station 0101 and names the rule.
fn naming(world: &World, rule: FindingRule) -> Body {
    let Body::Order(order) = world.order("0101", Effect::Cancel, &[]) else { panic!("an order") };
    Body::Order(Order { findings: [rule].into(), ..order })
}

#[test]
fn an_order_names_a_finding_as_its_ground_and_a_rule_that_is_off_is_none() {
    let world = world("[findings]\noff = [\"R.505\"]");
    let packages = [world.voted("0101", [120, 0, 0])];
    let mut state = folded(&world, &packages);
    let rows = |state: &State| table(&world, state, &packages, "flagged.csv");
    assert_eq!((rows(&state).len(), rows(&state)[0][8].as_str()), (1, "0"));
    assert!(world.outcome(&state, &packages).stations[&station("0101")].counted.is_some(), "a finding leaves none out");
    assert_eq!(refused(&world, &mut state, &naming(&world, FindingRule::Alike), &OFFICERS), "record.finding");
    take(&world, &mut state, &naming(&world, FindingRule::Turnout), &OFFICERS);
    assert_eq!((rows(&state).len(), rows(&state)[0][8].as_str()), (1, "1"), "it stays, with the order that names it");

    let by_rule = world.outcome(&state, &packages).by_rule;
    let place = |id: &str| world.frozen.definition.station(&station(id)).unwrap();
    assert!(by_rule.finds(FindingRule::Turnout, place("0101")) && !by_rule.finds(FindingRule::Turnout, place("0102")));
    assert!(!by_rule.finds(FindingRule::Voters, place("0101")));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(16))]

    /// Whatever the order of the stations in the definition, and of the packages, both tables are the same to the byte.
    #[test]
    fn the_order_of_stations_changes_neither_table(
        order in Just(vec![0usize, 1, 2, 3]).prop_shuffle(),
        votes in prop::collection::vec((0u32..3, 0u32..3), 4),
    ) {
        let source = "[findings]\nalike_from = 1\n[findings.sources.displaced]\nsource = \"roll\"\nvoters = 3\nstations = 1";
        let world = world(source);
        let ids = ["0101", "0102", "0201", "0202"];
        let packages: Vec<StationResults> =
            ids.iter().zip(votes).map(|(id, (a, b))| world.voted(id, [a * 25, b * 25, 0])).collect();
        let tables = |order: &[usize]| {
            let mut def = world.frozen.definition.clone();
            def.stations = order.iter().map(|at| world.frozen.definition.stations[*at].clone()).collect();
            let packages: Vec<StationResults> = order.iter().map(|at| packages[*at].clone()).collect();
            let outcome = Outcome::of(&def, &folded(&world, &packages), &figures(&packages)).unwrap();
            let files = results::files(&def, &outcome, &figures(&packages));
            ["flagged.csv", "shares.csv"].map(|name| files[name].clone())
        };
        prop_assert_eq!(tables(&[0, 1, 2, 3]), tables(&order));
    }
}
