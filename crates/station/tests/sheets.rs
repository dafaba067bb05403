//! Ballots of two sheets, which nothing ties together once they are in the box.

mod common;

use common::*;
use election::*;
use package::BallotAccount;
use sanad_station::{ContestMarks, Ground, Read, Reader, Reading, Score, Sheet, Station, Unreadable};

/// The small election where voters of the north have a second sheet, with the contest of a mayor.
fn two_sheets() -> Ground {
    let mut ground = ground(Mode::Official);
    let contest: ContestId = id("mayor");
    ground.definition.contests.push(Contest {
        id: contest.clone(),
        constituency: id("north"),
        kind: ContestKind::Candidates { vote_for: 1 },
        seats: 1,
        sheet: 2,
        title: Text::default(),
    });
    ground.definition.candidates.extend([1, 2].map(|number| Candidate {
        id: id(&format!("m{number}")),
        contest: contest.clone(),
        list: None,
        number,
        gender: Gender::Woman,
        withdrawn: false,
        name: Text::default(),
    }));
    ground
}

/// Reads `mayor m1 #80` as a second sheet, and all else as [`Words`] does.
struct Both;

impl Reader for Both {
    fn read(&self, sheet: &Sheet) -> Result<Read, Unreadable> {
        let text = String::from_utf8(sheet.front.clone()).unwrap();
        let Some(marks) = text.strip_prefix("mayor") else { return Words.read(sheet) };
        let contest: ContestId = id("mayor");
        let words = || marks.split(' ').filter(|word| word.starts_with('m'));
        let score = |option: &str| Score {
            contest: contest.clone(),
            option: id(option),
            score: MarkScore { ink: if words().any(|word| word == option) { 400 } else { 5 }, ..Default::default() },
        };
        let marked = words().map(id).collect();
        Ok(Read {
            reading: Reading {
                style: id("north"),
                sheet: 2,
                scores: ["m1", "m2"].map(score).into(),
                contests: vec![ContestMarks { contest, marked, ambiguous: Vec::new() }],
            },
            images: vec![[b"image of ", text.as_bytes()].concat()],
            crops: Default::default(),
        })
    }
}

/// The account of a box in which these sheets lie, so many ballots by the paper.
fn account(first: &[&str], second: &[&str], unread: usize, ballots: u32) -> BallotAccount {
    let disk = FaultyDisk::default();
    let config = config(Mode::Official, 32);
    let mut station = Station::prepare(Box::new(disk), two_sheets(), config, 1_000).unwrap();
    station.open(&id("o1"), &Seeded::new(1), 1_010).unwrap();
    let torn = vec!["torn"; unread];
    let all = first.iter().chain(second).chain(&torn).zip(1..);
    let sheets: Vec<Sheet> = all.map(|(text, number)| sheet(&format!("{text} #{}", 20 * number))).collect();
    station.scan(sheets, &Both, &Seeded::new(1), 1_030, &mut |_, _| {}).unwrap();
    station.enter(paper(40, ballots), &id("o1"), 1_050).unwrap();
    station.close(&id("o1"), &id("o2"), &Seeded::new(1), 1_060).unwrap();
    station.report(&sealer(&Seeded::new(1)), 1_070).unwrap();
    station.sealed_results().unwrap().account
}

fn outcomes(account: &BallotAccount) -> [u32; 5] {
    [account.cast, account.valid, account.blank, account.invalid, account.unread]
}

#[test]
fn a_ballot_of_two_sheets_is_one_ballot() {
    let first = ["north l1", "north", "north l1 l2"];
    assert_eq!(outcomes(&account(&first, &["mayor m1", "mayor m2", "mayor"], 0, 3)), [3, 1, 1, 1, 0]);
}

#[test]
fn a_second_sheet_that_stayed_at_home_is_no_ballot_less() {
    assert_eq!(outcomes(&account(&["north l1", "north l2", "north"], &["mayor m1"], 0, 3)), [3, 2, 1, 0, 0]);
}

/// The second sheets are more: they are the ballots, and what they are worth is what is told.
#[test]
fn a_first_sheet_that_cannot_be_read_is_no_ballot_less_and_none_more() {
    let second = ["mayor m1", "mayor m2", "mayor m1 m2", "mayor"];
    assert_eq!(outcomes(&account(&["north l1", "north l2", "north l1"], &second, 1, 4)), [4, 2, 1, 1, 0]);
    // Both sheets of a fifth voter beside it.
    assert_eq!(outcomes(&account(&["north l1", "north l2", "north l1"], &second, 3, 5)), [4, 2, 1, 1, 1]);
}
