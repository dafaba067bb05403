//! Several contests of different kinds on two sheets, sealed at the stations, carried by both media, announced, published
//! and verified by strangers.

use std::collections::BTreeSet;

use election::{Definition, StyleId};
use package::cvr::{CastVoteRecord, Outcome, RecordContest, Records};
use package::make::{Package, PackageParts, Sheet};
use package::slip::SlipFigures;
use package::{BallotAccount, Expected, Salt, StationResults};
use record::entry::{Effect, Lot};
use record::{Body, Standing};
use tally::Vote;
use testing::council::{self, ELECTED, Marks, OF_CITY, OF_VILLAGE, ballots};
use testing::{AT, World, id};

use crate::common::{Desk, second};

/// The sheets of these voters: of each, a record for every sheet.
fn sheets(
    def: &Definition,
    style: &str,
    contests: &[(&str, u8, &Marks)],
    voters: std::ops::Range<usize>,
) -> Vec<CastVoteRecord> {
    let on = |sheet: u8, voter: usize| {
        let contest = |(name, _, marks): &(&str, u8, &Marks)| {
            let contest = def.contest(&id(name)).unwrap();
            let marked = ballots(marks).swap_remove(voter);
            let vote = tally::vote(def, contest, &marked);
            let outcome = match &vote {
                Vote::Blank => Outcome::Blank,
                Vote::Invalid(reason) => Outcome::Invalid(reason.code().to_owned()),
                Vote::List { .. } | Vote::Candidates(_) => Outcome::Valid,
            };
            let contest = contest.id.clone();
            RecordContest { contest, outcome, marked, counted: vote.counted(), settled: false }
        };
        let own = contests.iter().filter(|(_, number, _)| *number == sheet).map(contest);
        CastVoteRecord { style: id(style), sheet, contests: own.collect() }
    };
    let numbers: BTreeSet<u8> = contests.iter().map(|(_, sheet, _)| *sheet).collect();
    voters.flat_map(|voter| numbers.iter().map(move |sheet| (*sheet, voter))).map(|(s, v)| on(s, v)).collect()
}

/// What a station seals that read so many ballots, and could not read so many.
fn package(world: &World, station: &str, [cast, unread]: [u32; 2], records: Vec<CastVoteRecord>) -> Package {
    let def = &world.frozen.definition;
    let expected = Expected::of(def, &id(station)).unwrap();
    let device = id(&format!("d{station}"));
    let zero = StationResults::zero(&expected, &def.scope, &device, 1, Salt([3; 32]));
    let (scope, salt) = (def.scope.clone(), Salt([7; 32]));
    let counted = Records { scope, station: id(station), device, generation: 1, salt, records };
    let contests = counted.contests(&zero);
    let valid = contests.iter().map(|contest| contest.valid).max().unwrap();
    let (used, invalid) = (cast + unread, cast - valid);
    let account = BallotAccount { received: used + 5, used, unused: 5, cast, unread, valid, invalid, ..zero.account };
    let results = StationResults { salt, account, contests, ..zero.clone() };
    let figures = SlipFigures::of(&results, &zero, world.fingerprint, "test");
    let sheets = counted.records.into_iter().zip(0u32..);
    let signer = results.device.to_string();
    let parts = PackageParts {
        fingerprint: world.fingerprint,
        build: "test".to_owned(),
        cvr_salt: salt,
        sheets: sheets.map(|(record, number)| Sheet::new(record, number.to_be_bytes().to_vec())).collect(),
        slip: figures.sign(&world.keys[results.device.as_str()]).unwrap(),
        slip_pdf: None,
        events: Vec::new(),
        results,
        zero,
    };
    world.seal(parts, &signer)
}

#[test]
fn several_sheets_and_kinds_of_contests_are_carried_to_seats_that_strangers_check() {
    let world = World::of(council::folder());
    let def = &world.frozen.definition;
    let city = |voters| sheets(def, "city", &OF_CITY, voters);
    let village = |voters| sheets(def, "village", &OF_VILLAGE, voters);
    let abroad = [city(116..120), village(32..34)].concat();
    let stations =
        [("0101", 66, city(0..66)), ("0102", 50, city(66..116)), ("0201", 32, village(0..32)), ("0301", 6, abroad)];
    // Whole sheets that nobody else at the station has: two contests together tell more than each.
    let mut alone = BTreeSet::new();
    for (station, _, records) in &stations[..3] {
        let of_one = |record: &&CastVoteRecord| records.iter().filter(|other| other == record).count() == 1;
        alone.insert((*station, records.iter().filter(of_one).count()));
    }
    let packages = stations.map(|(station, cast, records)| package(&world, station, [cast, 0], records));
    let packages: Vec<&Package> = packages.iter().collect();

    let mut desk = Desk::of(&world);
    desk.network(&packages);
    desk.stick(&packages);
    for station in ["0101", "0102", "0201", "0301"] {
        assert_eq!(desk.standing(station), Standing::Matched, "{station}");
    }
    let content = desk.room.state().evidence[&id("0301")].imports.iter().next().unwrap().content;
    let order = desk.order("0301", Effect::Count(content));
    desk.room.enter(&order, &world.signers(&["officer_1", "officer_2"]), AT).unwrap();
    let outcome = desk.room.outcome().unwrap().0;
    let [lot] = &outcome.allotments[&id("mayor")].lots_needed[..] else { panic!("the tie of the mayor") };
    let drawn = tally::LotOutcome { id: lot.id.clone(), drawn: vec![id("m_2")] };
    let lot = Body::Lot(Lot { outcome: drawn, drawing: "an urn in the town hall".into(), supersedes: None });
    desk.room.enter(&lot, &world.signers(&["officer_1", "officer_2"]), AT).unwrap();
    desk.publish().unwrap();
    desk.passes();
    let (passes, told) = second(&desk);
    assert!(passes, "{told}");

    let outcome = desk.room.outcome().unwrap().0;
    for (contest, names) in ELECTED {
        let allotment = &outcome.allotments[&id(contest)];
        assert_eq!(allotment.elected.iter().map(|e| e.candidate.as_str()).collect::<Vec<_>>(), names, "{contest}");
        let totals = &outcome.totals[&id(contest)];
        assert_eq!(totals.ballots, if contest.starts_with("village") { 34 } else { 120 }, "{contest}");
        assert_eq!(totals.ballots, totals.valid + totals.blank + totals.invalid, "{contest}");
    }
    // WB4: what is counted of single ballots is counted of whole sheets too.
    let table = std::fs::read_to_string(desk.at("publication/privacy.csv")).unwrap();
    let mut told = BTreeSet::new();
    for (station, _) in &alone {
        let row = table.lines().find(|line| line.starts_with("station,") && line.contains(&format!(",{station},")));
        let cells: Vec<&str> = row.unwrap().split(',').collect();
        told.insert((*station, cells[10].parse::<usize>().unwrap()));
    }
    assert_eq!(told, alone);
    assert!(alone.iter().any(|(_, sheets)| *sheets > 0), "{alone:?}");
}

/// A voter of the city left the second sheet at home, one abroad the first: the fullest sheet of each style is the ballots.
#[test]
fn sheets_that_stayed_at_home_leave_the_account_as_it_is() {
    let world = World::of(council::folder());
    let def = &world.frozen.definition;
    let without = |mut records: Vec<CastVoteRecord>, style: &str, sheet: u8| {
        let style: StyleId = id(style);
        let at = records.iter().position(|r| (&r.style, r.sheet) == (&style, sheet)).unwrap();
        records.remove(at);
        records
    };
    let home = without(sheets(def, "city", &OF_CITY, 0..66), "city", 2);
    let abroad = [sheets(def, "city", &OF_CITY, 112..116), sheets(def, "village", &OF_VILLAGE, 32..34)].concat();
    let abroad = without(abroad, "city", 1);
    let packages = [package(&world, "0101", [66, 0], home), package(&world, "0301", [6, 0], abroad)];
    let packages: Vec<&Package> = packages.iter().collect();
    let mut desk = Desk::of(&world);
    desk.network(&packages);
    desk.stick(&packages);
    assert_eq!([desk.standing("0101"), desk.standing("0301")], [Standing::Matched; 2]);
}

/// The register of an embassy is the ballots that were delivered to it, 40; 41 are in the box.
#[test]
fn mt8_more_ballots_than_were_delivered_abroad_are_quarantined_under_their_rule() {
    let world = World::of(council::folder());
    let of_city = |voters| sheets(&world.frozen.definition, "city", &OF_CITY, voters);
    let abroad = package(&world, "0301", [6, 35], of_city(0..6));
    let home = package(&world, "0101", [60, 0], of_city(6..66));
    let village = package(&world, "0201", [34, 0], sheets(&world.frozen.definition, "village", &OF_VILLAGE, 0..34));
    let mut desk = Desk::of(&world);
    desk.network(&[&abroad, &home, &village]);
    desk.stick(&[&abroad, &home, &village]);
    assert_eq!(desk.standing("0301"), Standing::Quarantined);
    desk.publish().unwrap();
    let remarks = std::fs::read_to_string(desk.at("publication/results/remarks.csv")).unwrap();
    assert!(remarks.lines().any(|row| row.starts_with("0301,abroad,R.206,41,40,")), "{remarks}");
    assert_eq!(desk.passes().check("V.405").unwrap().recorded, 1);
    let (passes, told) = second(&desk);
    assert!(passes, "{told}");
}
