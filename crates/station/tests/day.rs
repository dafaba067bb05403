//! Polling day, and the cases ST1 to ST9, WB1, BI2 and BI3.

mod common;

use std::collections::BTreeSet;

use common::*;
use election::{Coded as _, Digest, Lang, Mode, PersonId};
use print::Paper;
use sanad_station::*;

fn code<T: std::fmt::Debug>(result: Result<T, StationError>) -> &'static str {
    result.unwrap_err().code()
}

fn officer(name: &str) -> PersonId {
    id(name)
}

#[test]
fn a_whole_day_ends_in_three_files_on_two_media() {
    let disk = FaultyDisk::default();
    let mut station = opened(&disk, 12);
    close(
        &mut station,
        &["north l1 n1", "north l1 n2 #80", "north l2", "north", "north l1 l2", "north l1 ?n3 #160", "torn 1"],
        7,
    );
    station.report(&sealer(&Seeded::new(8)), 1_070).unwrap();
    let results = station.sealed_results().unwrap();
    let account = results.account;
    assert_eq!(
        (account.registered, account.used, account.cast, account.unread),
        (60, 7, 6, 1),
        "two stations, one box"
    );
    assert_eq!((account.valid, account.blank, account.invalid), (4, 1, 1));
    let votes = |option: &str| results.contests[0].votes[&id::<election::OptionId>(option)];
    assert_eq!((votes("north_l1"), votes("north_l2"), votes("north_l1_c3")), (3, 1, 1));
    let (a, b) = (FaultyDisk::default(), FaultyDisk::default());
    station.hand_over("a", &a, 1_080).unwrap();
    station.hand_over("b", &b, 1_080).unwrap();
    assert_eq!(a.files(), b.files());
    let names: Vec<String> = a.files().into_keys().collect();
    assert_eq!(names, ["one-d1-1.images.age", "one-d1-1.label.json", "one-d1-1.results.age"]);
    let key = sign::Signer::public_key(&KEYS.device);
    let (files, definition) = (a.files(), &station.ground().definition);
    let file = |end: &str| files[&format!("one-d1-1.{end}")].as_slice();
    let centre = KEYS.centre.recipient();
    let recipients =
        package::Recipients { results: vec![centre.clone()], images: vec![centre, KEYS.office.recipient()] };
    let trust = package::open::Trust {
        scope: &definition.scope,
        fingerprint: station.ground().fingerprint,
        station: &id("one"),
        device: &id("d1"),
        key,
        recipients: &recipients,
    };
    let opened = package::open::open_results(file("label.json"), file("results.age"), &KEYS.centre, &trust).unwrap();
    let images = package::open::open_images(&opened.label, file("images.age"), &KEYS.office).unwrap();
    let expected = package::Expected::of(definition, &id("one")).unwrap();
    assert_eq!(opened.inconsistencies(&expected, Some(&images)), [], "the centre finds nothing to object to");
    assert_eq!(opened.results, results);
    assert_eq!(opened.zero, station.zero_report().unwrap());
    let names = || images.bag.data.keys();
    assert_eq!(names().filter(|name| name.contains("-crop-")).count(), 1, "the doubtful contest: {:?}", names());
}

#[test]
fn st1_the_polls_do_not_open_on_a_leftover() {
    for leftover in ["a vote", "a file", "a stranger"] {
        let disk = FaultyDisk::default();
        let mut station = prepared(&disk, 4);
        match leftover {
            "a vote" => {
                let other = FaultyDisk::default();
                feed(&mut opened(&other, 4), &["north l1"], &Seeded::new(1)).1.unwrap();
                let files = other.files();
                let (name, bytes) =
                    files.iter().find(|(n, b)| n.starts_with("slots/") && b.iter().any(|b| *b != 0)).unwrap();
                disk.write(name, bytes).unwrap();
                station = load(&disk).unwrap();
            }
            "a file" => disk.write("out/one-d1-1.results.age", b"old").unwrap(),
            _ => disk.write("slots/front.png", b"old").unwrap(),
        }
        assert_eq!(code(station.open(&officer("o1"), &Seeded::new(1), 1)), "station.leftover", "{leftover}");
        assert!(station.state().zero.is_none(), "no zero report");
        assert!(matches!(station.state().events.last().unwrap().what, EventKind::OpenRefused { .. }));
        assert_eq!(code(feed(&mut station, &["north l1"], &Seeded::new(1)).1), "station.phase");
    }
}

#[test]
fn st2_another_definition_takes_the_worth_from_the_zero_report() {
    let disk = FaultyDisk::default();
    let first = opened(&disk, 4).zero_report().unwrap();
    let other = || Ground { digest: Digest::of(b"other"), ..ground(Mode::Official) };
    let reload = |ground| Station::load(Box::new(disk.clone()), ground, 1_020);
    let mut station = reload(other()).unwrap();
    assert_eq!(code(feed(&mut station, &["north l1"], &Seeded::new(1)).1), "station.zero_invalid");
    station.open(&officer("o1"), &Seeded::new(2), 1_030).unwrap();
    assert_ne!(station.zero_report().unwrap(), first, "a new one with a hash of its own, which the slip carries");
    let zeros = station.state().events.iter().filter(|e| matches!(e.what, EventKind::Opened { .. })).count();
    let invalid = station.state().events.iter().filter(|e| matches!(e.what, EventKind::ZeroInvalidated { .. })).count();
    assert_eq!((zeros, invalid), (2, 1), "both in the log");
    feed(&mut station, &["north l1"], &Seeded::new(1)).1.unwrap();
    assert_eq!(code(reload(ground(Mode::Official))), "station.definition_changed");
    reload(other()).unwrap();
}

#[test]
fn st3_nothing_of_a_rehearsal_gets_into_the_official_count() {
    let disk = FaultyDisk::default();
    let rehearsal = || ground(Mode::Rehearsal);
    let config = config(Mode::Rehearsal, 4);
    let mut station = Station::prepare(Box::new(disk.clone()), rehearsal(), config.clone(), 1).unwrap();
    station.open(&officer("o1"), &Seeded::new(1), 2).unwrap();
    feed(&mut station, &["north l1"], &Seeded::new(1)).1.unwrap();
    assert_eq!(code(Station::load(Box::new(disk.clone()), ground(Mode::Official), 3)), "station.mode");
    let official = common::config(Mode::Official, 4);
    let prepare = |config| Station::prepare(Box::new(disk.clone()), ground(Mode::Official), config, 3);
    assert_eq!(code(prepare(official)), "station.leftover");
    assert_eq!(code(prepare(config)), "station.mode");
}

#[test]
fn st6_nothing_but_the_number_of_ballots_is_told_while_the_polls_are_open() {
    let disk = FaultyDisk::default();
    let mut station = opened(&disk, 6);
    feed(&mut station, &["north l1 n1", "north l2 #50"], &Seeded::new(1)).1.unwrap();
    assert_eq!(code(station.report(&sealer(&Seeded::new(1)), 1)), "station.too_early");
    assert_eq!(code(station.sealed_results()), "station.too_early");
    assert_eq!(code(station.slip_codes()), "station.too_early");
    assert_eq!(code(station.slip_copy(Paper::A4, None, 1)), "station.too_early");
    assert_eq!(code(station.hand_over("a", &FaultyDisk::default(), 1)), "station.too_early");
    let told = serde_json::to_string(&station.status()).unwrap();
    assert!(told.contains("\"counted\":2") && !told.contains("north"), "{told}");
    let state = disk.files()["state.json"].clone();
    let after = String::from_utf8(state).unwrap().split("\"events\"").next().unwrap().to_owned();
    let zero_part = after.matches("north_l1").count();
    feed(&mut station, &["north l1 #90"], &Seeded::new(2)).1.unwrap();
    let state = String::from_utf8(disk.files()["state.json"].clone()).unwrap();
    assert_eq!(state.matches("north_l1").count(), zero_part, "the state file knows no selection but the zeros");
}

#[test]
fn st6_the_slots_are_the_same_to_look_at_whatever_is_in_them() {
    let disk = FaultyDisk::default();
    let mut station = opened(&disk, 4);
    let sizes = |disk: &FaultyDisk| {
        disk.files().into_iter().filter(|(n, _)| n.starts_with("slots/")).map(|(n, b)| (n, b.len())).collect::<Vec<_>>()
    };
    let before = sizes(&disk);
    let big = Config { slot_bytes: 8 * 1024, ..config(Mode::Official, 4) };
    let other = FaultyDisk::default();
    let mut roomy = Station::prepare(Box::new(other.clone()), ground(Mode::Official), big, 1).unwrap();
    roomy.open(&officer("o1"), &Seeded::new(1), 2).unwrap();
    let empty = sizes(&other);
    feed(&mut roomy, &["north l1 n1", "north l2 #50"], &Seeded::new(1)).1.unwrap();
    assert_eq!(sizes(&other), empty, "names and sizes do not change");
    feed(&mut station, &["north l1 n1"], &Seeded::new(1)).1.unwrap();
    assert_eq!(sizes(&disk).len(), before.len(), "a sheet too large for its slot makes it grow: the stated limit");
}

#[test]
fn st7_reopening_takes_two_people_and_makes_a_second_generation() {
    let disk = FaultyDisk::default();
    let mut station = opened(&disk, 8);
    close(&mut station, &["north l1"], 1);
    assert_eq!(code(station.close(&officer("o1"), &officer("o2"), &Seeded::new(1), 1)), "station.closed_already");
    assert_eq!(code(feed(&mut station, &["north l2"], &Seeded::new(1)).1), "station.phase");
    station.report(&sealer(&Seeded::new(1)), 1_070).unwrap();
    let zero = station.zero_report().unwrap();
    let first = disk.files()["out/one-d1-1.results.age"].clone();
    assert_eq!(code(station.reopen(&officer("o1"), &officer("o1"), 1)), "station.one_person");
    assert_eq!(code(station.reopen(&officer("o1"), &id("a1"), 1)), "station.not_officer");
    station.reopen(&officer("o1"), &officer("o2"), 1_080).unwrap();
    assert_eq!(code(station.open(&officer("o1"), &Seeded::new(2), 1)), "station.phase", "no second zero report");
    assert_eq!(code(station.sealed_results()), "station.too_early");
    close(&mut station, &["north l2 #40"], 2);
    station.report(&sealer(&Seeded::new(3)), 1_090).unwrap();
    let results = station.sealed_results().unwrap();
    assert_eq!((results.generation, results.account.cast), (2, 2));
    assert_eq!(station.slip_copy(Paper::A4, None, 1).unwrap().generation, 2);
    assert_eq!(station.zero_report().unwrap(), zero);
    assert_eq!(disk.files()["out/one-d1-1.results.age"], first, "the first generation stays as it was sealed");
    let reopened = |event: &Event| matches!(event.what, EventKind::Reopened { generation: 2, .. });
    assert!(station.state().events.iter().any(reopened), "and it is logged");
}

#[test]
fn st7_before_the_hour_of_the_law_the_polls_close_only_if_two_people_say_that_they_mean_it() {
    let mut with_hour = ground(Mode::Official);
    with_hour.definition.rules.law.polls_close = Some("18:00".parse().unwrap());
    // The polls close on 12 May 2026 at 18:00 in Baghdad, which is 15:00 UTC.
    let hour = 1_778_598_000;
    let open = || {
        let disk = FaultyDisk::default();
        let mut station =
            Station::prepare(Box::new(disk), with_hour.clone(), config(Mode::Official, 4), hour - 40_000).unwrap();
        station.open(&officer("o1"), &Seeded::new(1), hour - 36_000).unwrap();
        station.enter(paper(40, 0), &officer("o1"), hour - 60).unwrap();
        station
    };
    let close = |station: &mut Station, now| station.close(&officer("o1"), &officer("o2"), &Seeded::new(1), now);
    let early = |station: &Station| match station.state().events.last().unwrap().what {
        EventKind::Closed { early, .. } => early,
        _ => panic!("the close is the last event"),
    };
    let mut station = open();
    assert_eq!(code(close(&mut station, hour - 1)), "station.before_hour");
    assert_eq!(station.status().phase, Phase::Open);
    let early_on = Despite { hour: true, ..Despite::default() };
    let one = station.close_despite(&officer("o1"), &officer("o1"), early_on, &Seeded::new(1), hour - 1);
    assert_eq!(code(one), "station.one_person");
    station.close_despite(&officer("o1"), &officer("o2"), early_on, &Seeded::new(1), hour - 1).unwrap();
    assert!(early(&station), "it is logged as early");
    let mut station = open();
    close(&mut station, hour).unwrap();
    assert!(!early(&station));
    assert_eq!(code(close(&mut station, hour + 1)), "station.closed_already");
}

#[test]
fn closing_takes_two_officers_settled_doubts_and_an_account_that_holds() {
    let disk = FaultyDisk::default();
    let mut station = opened(&disk, 8);
    feed(&mut station, &["north l1 ?n1"], &Seeded::new(1)).1.unwrap();
    let close = |station: &mut Station, a: &str, b: &str| station.close(&id(a), &id(b), &Seeded::new(1), 1_060);
    assert_eq!(code(close(&mut station, "o1", "o1")), "station.one_person");
    assert_eq!(code(close(&mut station, "o1", "a1")), "station.not_officer");
    assert_eq!(code(close(&mut station, "o1", "nobody")), "station.not_officer");
    assert_eq!(code(close(&mut station, "o1", "o2")), "station.unsettled");
    let question = station.questions().remove(0);
    for officer in ["o1", "o2"] {
        station.answer(question.slot, &question.contest, &id(officer), BTreeSet::new(), 1).unwrap();
    }
    assert_eq!(code(close(&mut station, "o1", "o2")), "station.no_account");
    station.enter(Paper_ { received: 40, spoiled: 0, unused: 40, checked_in: None }, &officer("o1"), 1).unwrap();
    assert_eq!(code(close(&mut station, "o1", "o2")), "station.account", "a ballot in the box was never received");
    station.enter(paper(40, 1), &officer("o1"), 1).unwrap();
    close(&mut station, "o1", "o2").unwrap();
}

/// The other way out would be figures that are made to fit.
#[test]
fn an_account_that_does_not_add_up_is_closed_as_it_is_by_two_officers_and_named() {
    let mut station = opened(&FaultyDisk::default(), 8);
    feed(&mut station, &["north l1", "north l2"], &Seeded::new(1)).1.unwrap();
    let close = |station: &mut Station, a: &str, b: &str| {
        station.close_despite(&id(a), &id(b), Despite { account: true, ..Despite::default() }, &Seeded::new(1), 1_060)
    };
    station.enter(paper(40, 2), &officer("o1"), 1).unwrap();
    assert_eq!(code(close(&mut station, "o1", "o2")), "station.balanced", "there is no difference to close with");
    station.enter(Paper_ { received: 40, spoiled: 0, unused: 37, checked_in: Some(1) }, &officer("o1"), 1).unwrap();
    assert_eq!(code(close(&mut station, "o1", "o1")), "station.one_person");
    close(&mut station, "o1", "o2").unwrap();
    let EventKind::Closed { broken, .. } = &station.state().events.last().unwrap().what else { panic!("a close") };
    assert_eq!(*broken, ["R.201", "R.205"]);
    station.report(&sealer(&Seeded::new(1)), 1_070).unwrap();
    let account = station.sealed_results().unwrap().account;
    assert_eq!((account.received, account.used, account.unused), (40, 2, 37), "the figures are what they are");
}

/// Nobody is shown whole ballots while people vote: a new pair would tell what the last voter marked.
#[test]
fn bi3_sheets_that_look_alike_are_shown_to_two_officers_once_the_account_is_entered() {
    let mut station = opened(&FaultyDisk::default(), 8);
    // 10 and 18 are alike, 18 and 26 too, and 10 and 26 are not: one group.
    let sheets = ["north l1 n1 #10", "north l1 n1 #18", "north l1 n1 #26", "north l2 #90", "north"];
    feed(&mut station, &sheets, &Seeded::new(1)).1.unwrap();
    let alike = |station: &Station, a: &str, b: &str| station.alike(&id(a), &id(b));
    assert_eq!(code(alike(&station, "o1", "o2")), "station.no_account");
    station.enter(paper(40, 4), &officer("o1"), 1).unwrap();
    assert_eq!(code(alike(&station, "o1", "o1")), "station.one_person");
    assert_eq!(code(alike(&station, "o1", "a1")), "station.not_officer");
    let groups = alike(&station, "o1", "o2").unwrap();
    assert_eq!(groups.iter().map(BTreeSet::len).collect::<Vec<_>>(), [3]);
    assert!(!station.pictures(*groups[0].first().unwrap()).unwrap().is_empty());
    assert_eq!(station.counted(), 5, "all that was read stays counted");
    station.enter(paper(40, 5), &officer("o1"), 1).unwrap();
    station.close(&officer("o1"), &officer("o2"), &Seeded::new(1), 2).unwrap();
    assert_eq!(code(alike(&station, "o1", "o2")), "station.phase");
}

use sanad_station::Paper as Paper_;

#[test]
fn doubts_are_settled_by_two_people_who_agree() {
    let disk = FaultyDisk::default();
    let mut station = opened(&disk, 8);
    feed(&mut station, &["north l1 ?n1 ?n2"], &Seeded::new(1)).1.unwrap();
    let question = station.questions().remove(0);
    assert_eq!(station.crop(question.slot, &question.contest).unwrap(), b"crop");
    let answer = |station: &mut Station, person: &str, marked: &[&str]| {
        station.answer(question.slot, &question.contest, &id(person), marked.iter().map(|m| id(m)).collect(), 1)
    };
    assert_eq!(code(answer(&mut station, "a1", &["n1"])), "station.not_officer");
    assert_eq!(code(answer(&mut station, "o1", &["n3"])), "station.not_asked");
    answer(&mut station, "o1", &["n1"]).unwrap();
    assert_eq!(code(answer(&mut station, "o1", &[])), "station.answered", "an answer is never changed");
    answer(&mut station, "o2", &[]).unwrap();
    assert!(!station.questions()[0].settled, "they differ");
    answer(&mut station, "o3", &["n1"]).unwrap();
    assert!(station.questions()[0].settled);
    assert_eq!(code(station.answer(99, &question.contest, &id("o4"), BTreeSet::new(), 1)), "station.no_doubt");
    assert_eq!(code(station.crop(99, &question.contest)), "station.no_doubt");
    assert_eq!(load(&disk).unwrap().questions(), station.questions(), "and it is on the disk");
}

#[test]
fn st8_order_comes_from_numbers_and_jumps_of_the_clock_are_logged() {
    let disk = FaultyDisk::default();
    let mut station = prepared(&disk, 4);
    station.open(&officer("o1"), &Seeded::new(1), 1_000 - 3 * 86_400).unwrap();
    feed(&mut station, &["north l1"], &Seeded::new(1)).1.unwrap();
    for time in [0, i64::MIN, i64::MAX, 1_000] {
        station.enter(paper(40, 1), &officer("o1"), time).unwrap();
    }
    station.close(&officer("o1"), &officer("o2"), &Seeded::new(1), 4_000_000_000).unwrap();
    let events = &station.state().events;
    assert!(events.iter().zip(1..).all(|(event, number)| event.sequence == number), "1, 2, 3, …");
    let jumps: Vec<i64> = events
        .iter()
        .filter_map(|event| match event.what {
            EventKind::ClockJumped { seconds } => Some(seconds),
            _ => None,
        })
        .collect();
    assert_eq!(jumps.first(), Some(&(-3 * 86_400)));
    assert_eq!(jumps.len(), 6, "{jumps:?}");
    station.report(&sealer(&Seeded::new(1)), -62_135_596_800).unwrap();
}

#[test]
fn st9_a_slip_printed_again_says_the_same_under_another_number() {
    let disk = FaultyDisk::default();
    let mut station = opened(&disk, 4);
    close(&mut station, &["north l1 n1"], 1);
    station.report(&sealer(&Seeded::new(1)), 1_070).unwrap();
    let codes = station.slip_codes().unwrap();
    let mut times = BTreeSet::new();
    for number in 1..=5 {
        station = load(&disk).unwrap();
        let page = station.slip_copy(Paper::Roll80, Some(&id("a1")), 1_070 + i64::from(number)).unwrap();
        assert_eq!((page.copy, &page.codes), (number, &codes));
        times.insert(page.printed_at);
    }
    assert_eq!(times.len(), 1, "the time is that of the close");
    let printed =
        station.state().events.iter().filter(|event| matches!(event.what, EventKind::SlipPrinted { .. })).count();
    assert_eq!((printed, station.status().copies), (5, 5));
}

#[test]
fn bi2_a_damaged_sheet_costs_only_itself() {
    let mut station = opened(&FaultyDisk::default(), 12);
    let sheets = ["north l1 #10", "torn 1", "north l2 #50", "other_election", "south l1", "north l1 n3 #99"];
    let (told, result) = feed(&mut station, &sheets, &Seeded::new(1));
    result.unwrap();
    let refused: Vec<_> = told
        .iter()
        .filter_map(|(name, outcome)| match outcome {
            Outcome::Refused { code, .. } => Some((name.as_str(), code.as_str())),
            _ => None,
        })
        .collect();
    let expected = [("torn 1", "image.timing_marks"), ("other_election", "qr.election"), ("south l1", NOT_TAKEN_HERE)];
    assert_eq!(refused, expected);
    assert_eq!(station.counted(), 3);
    let fates: Vec<_> = station.status().refused.into_iter().map(|sheet| (sheet.code, sheet.fate)).collect();
    assert!(fates.contains(&("image.timing_marks".into(), Fate::Unread)));
    assert!(fates.contains(&(NOT_TAKEN_HERE.into(), Fate::Foreign)));
}

#[test]
fn a_damaged_sheet_fed_again_is_in_the_account_once() {
    let mut station = opened(&FaultyDisk::default(), 12);
    let (told, _) = feed(&mut station, &["torn 1", "torn 2"], &Seeded::new(1));
    let Outcome::Refused { input, .. } = told[0].1 else { panic!("{told:?}") };
    let fed_again = |station: &mut Station, input: &Digest, by: [&str; 2]| {
        station.refused_sheet(input, Fate::FedAgain, (&id(by[0]), &id(by[1])), 1_035)
    };
    assert_eq!(code(fed_again(&mut station, &Digest::of(b""), ["o1", "o2"])), "station.not_refused");
    assert_eq!(code(fed_again(&mut station, &input, ["o1", "a1"])), "station.not_officer");
    assert_eq!(code(fed_again(&mut station, &input, ["o1", "o1"])), "station.one_person");
    fed_again(&mut station, &input, ["o2", "o1"]).unwrap();
    let officers = (officer("o1"), officer("o2"));
    let marked = EventKind::RefusedMarked { officers, unread: 1, fed_again: 1, foreign: 0 };
    assert_eq!(station.state().events.last().unwrap().what, marked, "it is logged, and does not say which sheet");
    close(&mut station, &["north l1"], 3);
    station.report(&sealer(&Seeded::new(1)), 1_070).unwrap();
    let account = station.sealed_results().unwrap().account;
    assert_eq!((account.used, account.cast, account.unread), (2, 1, 1));
}

#[test]
fn bi3_the_same_file_is_refused_and_a_look_alike_is_shown() {
    let mut station = opened(&FaultyDisk::default(), 12);
    let sheets = ["north l1 n1 #10", "north l1 n1 #10", "north l1 n1 #18", "north l1 n1 #90", "north", "north #18"];
    let (told, result) = feed(&mut station, &sheets, &Seeded::new(1));
    result.unwrap();
    assert_eq!(told[1].1, Outcome::SameFile);
    let status = station.status();
    assert_eq!((status.counted, status.same_file), (5, 1));
    assert_eq!(status.look_alikes, 1, "10 and 18 may be one paper, 90 is another, and blank ones all look alike");
    close(&mut station, &["north l2"], 2);
    let closed = station.state().events.iter().find_map(|event| match event.what {
        EventKind::Closed { same_file, look_alikes, .. } => Some((same_file, look_alikes)),
        _ => None,
    });
    assert_eq!(closed, Some((1, 1)));
}

#[test]
fn wb1_the_order_of_casting_does_not_show_in_what_is_handed_over() {
    let sheets = [
        "north l1 n1 #1",
        "north l1 n1 #60",
        "north l1 n1 #120",
        "north l2 #5",
        "north l2 n2 #7",
        "north",
        "north l1 l2",
        "north l2 ?n1 #3",
        "north l2 ?n1 #90",
    ];
    let data = |order: &[usize]| {
        let mut station = opened(&FaultyDisk::default(), 16);
        let texts: Vec<&str> = order.iter().map(|&index| sheets[index]).collect();
        close(&mut station, &texts, 9);
        let (mut parts, _) = station.parts(&sealer(&Seeded::new(5))).unwrap();
        // Signed anew each time, and in neither order.
        parts.slip.clear();
        package::make::data_files(parts)
    };
    let mut order: Vec<usize> = (0..sheets.len()).collect();
    let first = data(&order);
    assert!(first.0.keys().any(|name| name.ends_with("cvr.json")), "{:?}", first.0.keys());
    let mut random = 88_172_645_463_325_252_u64;
    for _ in 0..100 {
        for at in (1..order.len()).rev() {
            random ^= random << 13;
            random ^= random >> 7;
            random ^= random << 17;
            order.swap(at, (random % (at as u64 + 1)) as usize);
        }
        assert_eq!(data(&order), first, "{order:?}");
    }
}

#[test]
fn slots_are_drawn_without_regard_to_order() {
    // Spearman's rank correlation between order of casting and slot: over 20 runs of 60 its mean is near zero.
    let mut sum = 0.0;
    for seed in 0..20 {
        let disk = FaultyDisk::default();
        let mut station = opened(&disk, 60);
        let mut seen = BTreeSet::new();
        let mut slots = Vec::new();
        for n in 0..60 {
            feed(&mut station, &[format!("north l1 #{n} n{}", 1 + n % 3)], &Seeded::new(seed * 1_000 + n)).1.unwrap();
            let full = disk.files().into_iter().filter(|(f, b)| f.starts_with("slots/") && b.iter().any(|b| *b != 0));
            let new: Vec<String> = full.map(|(f, _)| f).filter(|f| seen.insert(f.clone())).collect();
            assert_eq!(new.len(), 1);
            slots.push(new[0][6..].parse::<f64>().unwrap());
        }
        let n = slots.len() as f64;
        let distance: f64 = slots.iter().enumerate().map(|(rank, slot)| (rank as f64 - slot).powi(2)).sum();
        sum += 1.0 - 6.0 * distance / (n * (n * n - 1.0));
    }
    assert!((sum / 20.0).abs() < 0.12, "mean correlation {}", sum / 20.0);
}

#[test]
fn a_key_of_another_device_seals_nothing() {
    let disk = FaultyDisk::default();
    let mut station = opened(&disk, 4);
    close(&mut station, &["north l1"], 1);
    let entropy = Seeded::new(1);
    let stranger = Sealer { signer: &KEYS.stranger, ..sealer(&entropy) };
    assert_eq!(code(station.report(&stranger, 1)), "station.not_the_device");
    assert!(!disk.files().keys().any(|name| name.starts_with("out/")));
}

#[test]
fn a_sealed_file_that_changed_is_not_handed_over() {
    let disk = FaultyDisk::default();
    let mut station = opened(&disk, 4);
    close(&mut station, &["north l1"], 1);
    station.report(&sealer(&Seeded::new(1)), 1).unwrap();
    disk.rot("out/one-d1-1.images.age", 100);
    assert_eq!(code(station.hand_over("a", &FaultyDisk::default(), 1)), "station.changed");
}

#[test]
fn a_full_store_says_so_and_keeps_what_it_has() {
    let disk = FaultyDisk::default();
    let mut station = opened(&disk, 2);
    let (told, result) = feed(&mut station, &["north l1", "north l2", "north l1 l2"], &Seeded::new(1));
    assert_eq!((told.len(), code(result)), (2, "station.store.full"));
    assert_eq!(load(&disk).unwrap().counted(), 2);
}

#[test]
fn folders_and_stations_that_do_not_fit_are_refused() {
    assert_eq!(code(load(&FaultyDisk::default())), "station.not_prepared");
    let prepare = |config| Station::prepare(Box::new(FaultyDisk::default()), ground(Mode::Official), config, 1);
    let config = |station: &str, slots| Config { station: id(station), ..config(Mode::Official, slots) };
    assert_eq!(code(prepare(config("nowhere", 4))), "station.unknown");
    assert_eq!(code(prepare(config("two", 4))), "station.not_counted");
    assert_eq!(code(prepare(config("one", 0))), "station.not_counted");
    let disk = FaultyDisk::default();
    drop(prepared(&disk, 2));
    disk.rot("state.json", 0);
    assert_eq!(code(load(&disk)), "station.state");
}

#[test]
fn officers_are_told_in_three_languages() {
    let errors = [
        StationError::TooEarly,
        StationError::Unsettled(3),
        StationError::Leftover("x".into()),
        StationError::Misfed("x".into()),
        StationError::Phase { is: Phase::Open },
        StationError::Store(SlotError::Full(9)),
    ];
    for error in &errors {
        let told: BTreeSet<String> = Lang::ALL.into_iter().map(|lang| error.say(lang)).collect();
        assert_eq!(told.len(), 3, "{error}");
        assert_eq!(error.say(Lang::En), error.to_string());
    }
    for phase in [Phase::Prepared, Phase::Open, Phase::Closed, Phase::Sealed] {
        let told: BTreeSet<String> =
            Lang::ALL.into_iter().flat_map(|lang| [phase.say(lang), phase.next(lang)]).collect();
        assert_eq!(told.len(), 6);
    }
    for outcome in [Outcome::SameFile, Outcome::Counted { doubtful: 0 }, Outcome::Counted { doubtful: 2 }] {
        let told: BTreeSet<String> = Lang::ALL.into_iter().map(|lang| outcome.say(lang)).collect();
        assert_eq!(told.len(), 3);
    }
}

/// Randomness that is none.
struct Stuck;

impl sign::Entropy for Stuck {
    fn fill(&self, bytes: &mut [u8]) -> Result<(), sign::entropy::EntropyError> {
        bytes.fill(7);
        Ok(())
    }
}

#[test]
fn a_stuck_generator_opens_and_closes_nothing() {
    let disk = FaultyDisk::default();
    let mut station = prepared(&disk, 4);
    assert_eq!(code(station.open(&officer("o1"), &Stuck, 1)), "entropy.stuck");
    station.open(&officer("o1"), &Seeded::new(1), 1).unwrap();
    station.enter(paper(40, 0), &officer("o1"), 1).unwrap();
    assert_eq!(code(station.close(&officer("o1"), &officer("o2"), &Stuck, 1)), "entropy.stuck");
    assert_eq!(station.status().phase, Phase::Open);
}

#[test]
fn a_report_that_cannot_be_drawn_or_sealed_seals_nothing() {
    let disk = FaultyDisk::default();
    let mut station = opened(&disk, 4);
    close(&mut station, &["north l1"], 1);
    let entropy = Seeded::new(1);
    let draw = |_: &print::SlipView| Err(print::DrawError::Template("no".into()));
    assert_eq!(code(station.report(&Sealer { draw: &draw, ..sealer(&entropy) }, 1)), "station.slip");
    let mut nobody = ground(Mode::Official);
    nobody.keys.recipients.clear();
    let mut station = Station::load(Box::new(disk.clone()), nobody, 1).unwrap();
    assert_eq!(code(station.report(&sealer(&entropy), 1)), "station.seal");
    assert!(station.state().sealed.is_empty());
    load(&disk).unwrap().report(&sealer(&entropy), 1).unwrap();
}

/// A memory stick that says it has written, and has not.
struct Liar;

impl Disk for Liar {
    fn read(&self, _: &str) -> std::io::Result<Option<Vec<u8>>> {
        Ok(Some(b"something else".to_vec()))
    }
    fn read_back(&self, path: &str) -> std::io::Result<Option<Vec<u8>>> {
        self.read(path)
    }
    fn is_unsettled(&self) -> bool {
        true
    }
    fn write(&self, _: &str, _: &[u8]) -> std::io::Result<()> {
        Ok(())
    }
    fn write_at(&self, _: &str, _: u64, _: &[u8]) -> std::io::Result<()> {
        Ok(())
    }
    fn sync(&self, _: &str) -> std::io::Result<()> {
        Ok(())
    }
    fn rename(&self, _: &str, _: &str) -> std::io::Result<()> {
        Ok(())
    }
    fn remove(&self, _: &str) -> std::io::Result<()> {
        Ok(())
    }
    fn create_dir(&self, _: &str) -> std::io::Result<()> {
        Ok(())
    }
    fn sync_dir(&self, _: &str) -> std::io::Result<()> {
        Ok(())
    }
    fn list(&self, _: &str) -> std::io::Result<Vec<String>> {
        Ok(Vec::new())
    }
    fn level(&self, _: &mut dyn Iterator<Item = String>) -> std::io::Result<()> {
        Ok(())
    }
}

#[test]
fn a_medium_that_holds_something_else_is_named() {
    let mut station = opened(&FaultyDisk::default(), 4);
    close(&mut station, &["north l1"], 1);
    station.report(&sealer(&Seeded::new(1)), 1).unwrap();
    assert_eq!(code(station.hand_over("b", &Liar, 1)), "station.medium");
    assert!(station.status().media.is_empty());
}
