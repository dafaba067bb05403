//! From leaves and packages to `results/`: bounds and remarks, withdrawals, amendments, and any order of arrival.

mod common;
#[path = "common/tables.rs"]
mod tables;

use common::{World, figures, station};
use election::Lang;
use package::StationResults;
use proptest::prelude::*;
use sanad_record::entry::{Amendment, Candidacy, Effect, Opening, Refused, Withdrawal};
use sanad_record::letters::Followed;
use sanad_record::results::{self, Files};
use sanad_record::{Body, Medium, Outcome, State};
use tables::rows;

/// The package of a station: votes of rose, omar and sara, of so many ballots in the box, with so many checked in.
fn package(world: &World, id: &str, votes: [u32; 3], blank: u32, checked_in: u32) -> StationResults {
    let mut results = world.results(id, 1);
    let valid = votes.iter().sum::<u32>();
    let cast = valid + blank;
    let account = &mut results.account;
    account.checked_in = Some(checked_in);
    (account.received, account.used, account.unused) = (200, cast, 200 - cast);
    (account.cast, account.valid, account.blank) = (cast, valid, blank);
    let contest = &mut results.contests[0];
    (contest.ballots, contest.valid, contest.blank) = (cast, valid, blank);
    for (name, votes) in ["rose", "omar", "sara"].iter().zip(votes) {
        contest.votes.insert(name.parse().unwrap(), votes);
    }
    results
}

fn opening(follows: &str, bound: u32) -> Body {
    Body::Opening(Opening {
        station: station("0101"),
        letters: [("roll".parse().unwrap(), 120), ("ministry".parse().unwrap(), 140)].into(),
        follows: follows.parse().unwrap(),
        bound,
        reason: "it is the later one".into(),
        basis: "a clause".into(),
        evidence: Vec::new(),
        supersedes: Vec::new(),
    })
}

fn withdrawal(option: &str) -> Body {
    Body::Withdrawal(Withdrawal {
        option: option.parse().unwrap(),
        candidacy: Candidacy::Withdrawn,
        reason: "a letter of the candidate".into(),
        basis: "article 7".into(),
        evidence: Vec::new(),
        supersedes: None,
    })
}

fn amendment(key: &str, before: Option<&str>, after: Option<&str>) -> Body {
    let text = |value: Option<&str>| value.map(str::to_owned);
    let (reason, basis) = ("a law of the day before".into(), "law 5".into());
    Body::Amendment(Amendment { key: key.into(), before: text(before), after: text(after), reason, basis })
}

fn rules(outcome: &Outcome, id: &str) -> Vec<&'static str> {
    outcome.remarks.get(&station(id)).into_iter().flatten().map(|remark| remark.rule).collect()
}

fn files(world: &World, state: &State, packages: &[StationResults]) -> Files {
    results::files(&world.frozen.definition, &world.outcome(state, packages), &figures(packages))
}

#[test]
fn the_bound_is_the_figure_of_the_letter_that_is_followed() {
    let world = World::with_letters();
    // 130 ballots: more than the roll has, fewer than the ministry's letter. The package is not refused for it.
    let results = package(&world, "0101", [70, 40, 15], 5, 130);
    let expected = package::Expected::of(&world.frozen.definition, &station("0101")).unwrap();
    assert_eq!((expected.registered, expected.most), (120, 140));
    assert_eq!(results.inconsistencies(&expected), []);
    let outcome = |openings: &[Body]| {
        let bodies = [&world.both(&results)[..], openings].concat();
        world.outcome(&world.fold(&bodies), std::slice::from_ref(&results))
    };
    let undecided = outcome(&[]);
    let known = &undecided.registers.letters[&station("0101")];
    assert_eq!((known.followed, known.registered, known.follows.as_str()), (Followed::Undecided, 120, "roll"));
    assert_eq!(rules(&undecided, "0101"), ["R.204", "R.207", "R.210"]);
    assert_eq!((undecided.status.letters_disagree, undecided.status.letters_undecided), (1, 1));

    let ministry = outcome(&[opening("ministry", 140)]);
    assert_eq!(ministry.registers.bounds[&station("0101")].figure, 140);
    assert_eq!(rules(&ministry, "0101"), [""; 0], "130 of 140");
    assert_eq!((ministry.status.letters_disagree, ministry.status.letters_undecided), (1, 0));

    let roll = outcome(&[opening("roll", 120)]);
    assert_eq!(rules(&roll, "0101"), ["R.204", "R.207"], "decided, and more ballots than voters");
    assert_eq!(roll.remarks[&station("0101")][0].figures, Some((130, 120)));

    let both = outcome(&[opening("roll", 120), opening("ministry", 140)]);
    assert_eq!(both.registers.letters[&station("0101")].followed, Followed::Contradicting);
    assert!(rules(&both, "0101").contains(&"R.210"));
    assert_eq!(both.registers.bounds[&station("0101")].figure, 120);
}

#[test]
fn the_bound_of_a_box_is_that_of_all_its_stations() {
    let mut folder = election::scaffold();
    let with = String::from_utf8(folder.files["stations.csv"].clone()).unwrap().replace("95,roll,,", "95,roll,0101,");
    folder.files.insert("stations.csv".into(), with.into_bytes());
    let sources = String::from_utf8(folder.files["sources.csv"].clone()).unwrap();
    let hash = election::Digest::of(b"a letter");
    folder.files.insert("sources.csv".into(), format!("{sources}ministry,Ministry,9,2026-04-01,{hash}\n").into_bytes());
    folder.files.insert("registrations.csv".into(), b"station,source,registered\n0102,ministry,60\n".to_vec());
    let world = World::of(folder);
    let results = package(&world, "0101", [100, 50, 30], 0, 180);
    let outcome = world.outcome(&world.fold(&world.both(&results)), &[results]);
    assert_eq!(outcome.registers.bounds[&station("0101")].figure, 215);
    assert_eq!(outcome.status.letters_undecided, 1, "the letters about the other station of the box disagree");
    assert_eq!(rules(&outcome, "0101"), ["R.210"]);
}

#[test]
fn mt8_remarks_are_listed_for_each_station_under_their_rule() {
    let world = World::with_letters();
    // 0101: a turnout of 100 %, one more voter checked in than registered. 0102: refused.
    let results = package(&world, "0101", [70, 40, 5], 5, 121);
    let refused = Body::Refused(Refused {
        medium: Medium::Stick,
        station: Some(station("0102")),
        label: election::Digest([3; 32]),
        code: "figures.account".into(),
        what: "the ballot account does not add up: cast = valid + blank + invalid".into(),
    });
    let state = world.fold(&[&world.both(&results)[..], &[refused, opening("roll", 120)]].concat());
    let table = rows(&files(&world, &state, &[results]), "remarks.csv");
    let told: Vec<[&str; 5]> =
        table.iter().map(|row| [&row[0], &row[2], &row[3], &row[4], &row[5]].map(String::as_str)).collect();
    assert_eq!(
        told,
        [
            ["0101", "R.207", "121", "120", ""],
            ["0101", "R.208", "120", "120", ""],
            ["0102", "R.209", "", "", "stick figures.account"],
        ]
    );
    let rule_set = election::Digest::of(&world.folder.files["election.toml"]).to_string();
    for row in &table {
        assert_eq!(row[6], rule_set, "under which rules it was found");
        assert!(row[7] != row[8] && row[8] != row[9] && row[9].starts_with(&row[2]), "{row:?}");
    }
    // Undecided letters are a finding too, of a station that nothing has come from.
    let outcome = world.outcome(&world.begin(), &[]);
    assert_eq!(rules(&outcome, "0101"), ["R.210"]);
    let said = outcome.remarks[&station("0101")][0].say(Lang::En);
    assert!(said.contains("0101: roll 120; ministry 140 (undecided)"), "{said}");
}

#[test]
fn the_same_votes_give_the_same_results_whoever_holds_which_key() {
    let all = || {
        let world = World::with_letters();
        let results = package(&world, "0101", [70, 40, 5], 5, 121);
        files(&world, &world.fold(&world.both(&results)), &[results])
    };
    let (first, second) = (all(), all());
    assert!(!rows(&first, "remarks.csv").is_empty());
    assert!(first == second, "the keys are others, the results are not");
}

#[test]
fn the_letters_of_every_station_are_published_with_the_one_that_is_followed() {
    let world = World::with_letters();
    let table = rows(&files(&world, &world.fold(&[opening("ministry", 140)]), &[]), "letters.csv");
    let told: Vec<[&str; 5]> =
        table.iter().map(|row| [&row[0], &row[3], &row[8], &row[9], &row[10]].map(String::as_str)).collect();
    assert_eq!(
        told,
        [
            ["0101", "roll", "120", "no", "opening"],
            ["0101", "ministry", "140", "yes", "opening"],
            ["0102", "roll", "95", "yes", "agreed"],
        ]
    );
    assert_eq!(table[1][4..7], ["Ministry", "9", "2026-04-01"], "body, number and date");
}

#[test]
fn tb6_a_withdrawal_stands_in_the_results_with_the_figures_before_and_after() {
    let world = World::new();
    let packages = [package(&world, "0101", [70, 40, 10], 0, 120), package(&world, "0102", [5, 6, 7], 2, 20)];
    let imports: Vec<Body> = packages.iter().flat_map(|p| world.both(p)).collect();
    let elected = |files: &Files| rows(files, "elected.csv").iter().map(|row| row[1].clone()).collect::<Vec<_>>();
    let before = files(&world, &world.fold(&imports), &packages);
    assert_eq!((elected(&before), rows(&before, "withdrawals.csv").len()), (vec!["rose".to_owned()], 0));

    let after = files(&world, &world.fold(&[&imports[..], &[withdrawal("rose")]].concat()), &packages);
    assert_eq!(elected(&after), ["omar"]);
    assert_eq!(after["totals.csv"], before["totals.csv"], "no vote moves unannounced");
    let line = &rows(&after, "withdrawals.csv")[0];
    assert_eq!(line[5..], ["yes", "record", "a letter of the candidate", "article 7", "75", "138", "138", "0", "0"]);

    let invalid = amendment("votes.withdrawn", Some("valid"), Some("invalid"));
    let moved = files(&world, &world.fold(&[&imports[..], &[withdrawal("rose"), invalid]].concat()), &packages);
    assert_eq!(rows(&moved, "withdrawals.csv")[0][9..], ["75", "138", "63", "0", "75"]);
    assert_eq!(moved["totals.csv"], before["totals.csv"]);
    assert_eq!(rows(&moved, "amendments.csv")[0][1..4], ["votes.withdrawn", "valid", "invalid"]);
}

#[test]
fn withdrawals_stand_in_the_order_of_the_definition() {
    let world = World::new();
    let packages = [package(&world, "0101", [70, 40, 10], 0, 120)];
    let all = |order: [&str; 2]| {
        let bodies = [&world.both(&packages[0])[..], &order.map(withdrawal)].concat();
        let files = files(&world, &world.fold(&bodies), &packages);
        rows(&files, "withdrawals.csv").iter().map(|row| row[1].clone()).collect::<Vec<_>>()
    };
    let defined: Vec<&str> = world.frozen.definition.candidates.iter().map(|c| c.id.as_str()).collect();
    assert_eq!(defined, ["rose", "omar", "sara"], "not sorted by id");
    assert_eq!(all(["omar", "rose"]), ["rose", "omar"]);
    assert_eq!(all(["rose", "omar"]), ["rose", "omar"]);
}

#[test]
fn what_offices_brought_is_published_by_contest() {
    let world = World::new();
    let packages = [package(&world, "0101", [70, 40, 10], 0, 120), package(&world, "0102", [5, 6, 7], 2, 20)];
    let imports: Vec<Body> = packages.iter().flat_map(|p| world.both(p)).collect();
    let table = rows(&files(&world, &world.fold(&imports), &packages), "offices.csv");
    assert_eq!(table[0], ["spring", "member", "_ballots", "140"]);
    assert_eq!(table[4], ["spring", "member", "rose", "75"]);
    assert!(rows(&files(&world, &world.begin(), &[]), "offices.csv").is_empty());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    /// TB1: add, annul, replace, withdraw, open, refuse, in any order: one `results/`, byte for byte. What takes the place of
    /// something else comes after it: here the restoration, at the end.
    #[test]
    fn tb1_all_orders_give_the_same_results(order in Just((0..9usize).collect::<Vec<_>>()).prop_shuffle()) {
        thread_local!(static WORLD: (World, Vec<StationResults>, Vec<Body>, Files) = {
            let world = World::with_letters();
            let mut second = package(&world, "0102", [5, 6, 7], 2, 20);
            let first = package(&world, "0101", [70, 40, 10], 5, 125);
            let one = world.both(&first);
            let two = world.both(&second);
            second.generation = 2;
            second.contests[0].votes.insert("rose".parse().unwrap(), 4);
            second.contests[0].votes.insert("omar".parse().unwrap(), 7);
            let again = world.both(&second);
            let bodies = [
                &one[..], &two[..], &again[..],
                &[opening("ministry", 140), withdrawal("omar"), world.order("0101", Effect::Cancel, &[])],
            ].concat();
            let packages = vec![first, package(&world, "0102", [5, 6, 7], 2, 20), second];
            let files = self::files(&world, &restored(&world, bodies.clone()), &packages);
            (world, packages, bodies, files)
        });
        fn restored(world: &World, bodies: Vec<Body>) -> State {
            let mut state = world.fold(&bodies);
            let cancel = *state.orders.keys().next().expect("the cancellation is among them");
            let restore = world.sign_as_needed(&world.order("0101", Effect::Restore, &[cancel]));
            state.apply(&world.frozen, &restore).unwrap();
            state
        }
        WORLD.with(|(world, packages, bodies, expected)| {
            let shuffled: Vec<Body> = order.iter().map(|index| bodies[*index].clone()).collect();
            let state = restored(world, shuffled);
            let got = files(world, &state, packages);
            prop_assert!(&got == expected);
            let elected = rows(&got, "elected.csv");
            prop_assert_eq!(&elected[0][1], "rose");
            Ok(())
        })?;
    }
}
