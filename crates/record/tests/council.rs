//! `examples/council`: several contests of different kinds on several sheets, each with rules of its own, from marks to
//! the people elected. The figures are counted by hand in the comments.

mod common;
#[path = "common/tables.rs"]
mod tables;

use std::collections::BTreeMap;

use common::{World, figures, station};
use election::{OptionId, StationId};
use package::StationResults;
use sanad_record::entry::{Effect, Lot};
use sanad_record::{Body, Outcome, Standing, results};
use tables::rows;
use tally::account::Account;
use testing::council::{ELECTED, MAYOR, OF_CITY, OF_VILLAGE, SCHOOL, ballots};

fn council() -> World {
    World::of(testing::council::folder())
}

/// A station's package from the marks of each of its contests.
fn count(world: &World, id: &str, cast: usize, contests: &[(&str, &[Vec<OptionId>])]) -> StationResults {
    let def = &world.frozen.definition;
    let mut package = world.results(id, 1);
    let cast = u32::try_from(cast).unwrap();
    let mut valid = 0;
    for (name, marks) in contests {
        let contest = def.contest(&name.parse().unwrap()).unwrap();
        let counted = tally::totals::count(def, contest, marks.iter().map(Vec::as_slice)).unwrap().totals;
        assert_eq!(tally::account::check_contest(def, contest, &counted), []);
        let own = package.contests.iter_mut().find(|c| c.contest == contest.id).unwrap();
        let narrow = |figure: u64| u32::try_from(figure).unwrap();
        (own.ballots, own.valid) = (narrow(counted.ballots), narrow(counted.valid));
        (own.blank, own.invalid) = (narrow(counted.blank), narrow(counted.invalid));
        own.votes = counted.votes.into_iter().map(|(option, votes)| (option, narrow(votes))).collect();
        valid = valid.max(own.valid);
    }
    let account = &mut package.account;
    (account.received, account.used, account.unused) = (cast + 5, cast, 5);
    (account.cast, account.valid, account.invalid) = (cast, valid, cast - valid);
    package
}

/// The city votes in two stations, the village in one (whose box takes another's ballots), and six people abroad.
fn packages(world: &World) -> Vec<StationResults> {
    let city = OF_CITY.map(|(name, _, marks)| (name, ballots(marks)));
    let village = OF_VILLAGE.map(|(name, _, marks)| (name, ballots(marks)));
    let part = |from: usize, to: usize| -> Vec<(&str, &[Vec<OptionId>])> {
        city.iter().map(|(name, ballots)| (*name, &ballots[from..to])).collect()
    };
    let of_village = |from: usize, to: usize| -> Vec<(&str, &[Vec<OptionId>])> {
        village.iter().map(|(name, ballots)| (*name, &ballots[from..to])).collect()
    };
    vec![
        count(world, "0101", 66, &part(0, 66)),
        count(world, "0102", 50, &part(66, 116)),
        count(world, "0201", 32, &of_village(0, 32)),
        count(world, "0301", 6, &[part(116, 120), of_village(32, 34)].concat()),
    ]
}

fn outcome(world: &World, packages: &[StationResults], more: &[Body]) -> Outcome {
    let mut bodies: Vec<Body> = packages.iter().flat_map(|package| world.both(package)).collect();
    bodies.extend_from_slice(more);
    world.outcome(&world.fold(&bodies), packages)
}

fn elected<'a>(outcome: &'a Outcome, contest: &str) -> Vec<&'a str> {
    outcome.allotments[&contest.parse().unwrap()].elected.iter().map(|e| e.candidate.as_str()).collect()
}

#[test]
fn several_contests_and_sheets_each_by_its_own_rules() {
    let world = council();
    let packages = packages(&world);
    for package in &packages {
        let expected = package::Expected::of(&world.frozen.definition, &package.station).unwrap();
        assert_eq!(package.inconsistencies(&expected), [], "{}", package.station);
    }
    let abroad = world.both(&packages[3]);
    let Body::Import(import) = &abroad[0] else { unreachable!() };
    let count_abroad = world.order("0301", Effect::Count(import.content), &[]);

    // Without the order the box from abroad is matched and not counted: its kind needs one.
    let without = outcome(&world, &packages, &[]);
    let known = &without.stations[&station("0301")];
    assert_eq!((known.standing, known.counted), (Standing::Matched, None));
    assert_eq!((without.status.expected, without.status.counted), (4, 3), "0202 is counted with 0201");

    let open = outcome(&world, &packages, std::slice::from_ref(&count_abroad));
    let [lot] = &open.allotments[&"mayor".parse().unwrap()].lots_needed[..] else { panic!("the tie of the mayor") };
    let drawn = tally::LotOutcome { id: lot.id.clone(), drawn: vec!["m_2".parse().unwrap()] };
    let lot = Body::Lot(Lot { outcome: drawn, drawing: "an urn in the town hall".into(), supersedes: None });
    let all = outcome(&world, &packages, &[count_abroad.clone(), lot.clone()]);

    for (contest, names) in ELECTED {
        assert_eq!(elected(&all, contest), names, "{contest}");
    }
    assert!(all.allotments.values().all(tally::Allotment::is_complete));

    // Every vote cast is somewhere: votes + blank + invalid are the ballots of the contest, station by station.
    let cast: BTreeMap<&StationId, u32> = packages.iter().map(|p| (&p.station, p.account.cast)).collect();
    assert_eq!(cast.values().sum::<u32>(), 154);
    for (contest, totals) in &all.totals {
        assert_eq!(totals.ballots, if contest.as_str().starts_with("village") { 34 } else { 120 }, "{contest}");
        assert_eq!(totals.ballots, totals.valid + totals.blank + totals.invalid, "{contest}");
    }
    let files = results::files(&world.frozen.definition, &all, &figures(&packages));
    let steps = rows(&files, "steps.csv");
    for row in &steps {
        assert!(tally::rules::rule(&row[2]).is_some(), "{row:?}");
    }
    let of = |contest: &str, rule: &str| steps.iter().any(|row| row[0] == contest && row[2] == rule);
    assert!(of("assembly", "R.302") && of("assembly", "R.304") && of("assembly", "R.311"));
    assert!(of("council", "R.303") && of("council", "R.322") && of("council", "R.324") && of("council", "R.330"));
    assert!(of("village_council", "R.316") && of("mayor", "R.312") && of("school_board", "R.340"));
}

#[test]
fn a_sheets_contests_may_be_on_fewer_ballots_than_were_cast() {
    // Of a voter's two sheets one may stay at home: the account counts the fuller one.
    let world = council();
    let def = &world.frozen.definition;
    let all = ballots(MAYOR);
    let package = count(&world, "0101", 66, &[("mayor", &all[..66]), ("school_board", &ballots(SCHOOL)[..60])]);
    let expected = package::Expected::of(def, &package.station).unwrap();
    assert_eq!(package.inconsistencies(&expected), []);
    let account = Account { cast: 66, ..Account::default() };
    for contest in &package.contests {
        let totals = tally::ContestTotals { ballots: contest.ballots.into(), ..Default::default() };
        assert_eq!(tally::account::check_ballots(&account, &contest.contest, &totals), []);
    }
}
