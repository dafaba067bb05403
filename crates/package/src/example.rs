//! A small station for the tests: one open list contest, two lists, three candidates, four ballots.

use std::collections::BTreeSet;

use election::{ContestKind, Digest, OptionId, Scope};

use crate::adjudication::{Adjudicated, Answers};
use crate::cvr::{CastVoteRecord, Outcome, RecordContest, Records};
use crate::figures::ExpectedContest;
use crate::{BallotAccount, ContestResults, Expected, Salt, StationResults};

pub fn scope() -> Scope {
    Scope { election: "iq2018".parse().unwrap(), round: 1, mode: election::Mode::Official }
}

pub fn fingerprint() -> Digest {
    Digest::of(b"leaf 0")
}

pub fn expected() -> Expected {
    let of = |list: &str| Some(list.parse().unwrap());
    let options = [("l1", None), ("l2", None), ("c1", of("l1")), ("c2", of("l1")), ("c3", of("l2"))];
    Expected {
        station: "s1".parse().unwrap(),
        registered: 100,
        most: 100,
        contests: vec![ExpectedContest {
            contest: "cor".parse().unwrap(),
            kind: ContestKind::OpenList,
            options: options.map(|(id, list)| (id.parse().unwrap(), list)).into(),
        }],
    }
}

pub fn results() -> StationResults {
    let votes = [("l1", 1), ("l2", 1), ("c1", 1), ("c2", 0), ("c3", 0)];
    StationResults {
        account: BallotAccount {
            registered: 100,
            checked_in: Some(5),
            received: 10,
            used: 4,
            spoiled: 0,
            unused: 6,
            cast: 4,
            valid: 2,
            blank: 1,
            invalid: 1,
            unread: 0,
        },
        contests: vec![ContestResults {
            contest: "cor".parse().unwrap(),
            ballots: 4,
            valid: 2,
            blank: 1,
            invalid: 1,
            votes: votes.map(|(id, votes)| (id.parse().unwrap(), votes)).into(),
        }],
        ..zero()
    }
}

pub fn zero() -> StationResults {
    StationResults::zero(&expected(), &scope(), &"d1".parse().unwrap(), 1, Salt([3; 32]))
}

pub fn record(outcome: Outcome, marked: &[&str], counted: &[&str], settled: bool) -> CastVoteRecord {
    let ids = |ids: &[&str]| ids.iter().map(|id| id.parse().unwrap()).collect();
    let (marked, counted) = (ids(marked), ids(counted));
    let contest = RecordContest { contest: "cor".parse().unwrap(), outcome, marked, counted, settled };
    CastVoteRecord { style: "baghdad".parse().unwrap(), sheet: 1, contests: vec![contest] }
}

pub fn cast() -> Vec<CastVoteRecord> {
    vec![
        record(Outcome::Valid, &["l1", "n1"], &["c1", "l1"], false),
        record(Outcome::Blank, &[], &[], false),
        record(Outcome::Valid, &["l2"], &["l2"], true),
        record(Outcome::Invalid("two_lists".into()), &["l1", "l2"], &[], false),
    ]
}

pub fn records() -> Records {
    let mut records = cast();
    records.sort();
    let r = results();
    Records { scope: r.scope, station: r.station, device: r.device, generation: 1, salt: Salt([4; 32]), records }
}

/// Two officers have seen the mark of the record that is settled.
pub fn answers() -> Answers {
    let seen: BTreeSet<OptionId> = ["l2".parse().unwrap()].into();
    Answers { said: ["o1", "o2"].map(|o| (o.parse().unwrap(), seen.clone())).into(), asked: seen }
}

pub fn adjudicated() -> Vec<Adjudicated> {
    let settled = records().records.iter().position(|record| record.contests[0].settled).unwrap();
    vec![Adjudicated { record: settled as u32 + 1, contest: "cor".parse().unwrap(), answers: answers() }]
}

#[cfg(all(feature = "seal", feature = "open"))]
pub fn parts(signer: &dyn sign::Signer) -> crate::make::PackageParts {
    let (results, zero) = (results(), zero());
    let slip = crate::slip::SlipFigures::of(&results, &zero, fingerprint(), "build 1").sign(signer).unwrap();
    let sheets = cast().into_iter().zip(0u8..).map(|(record, n)| crate::make::Sheet {
        record,
        scores: [(
            "cor".parse().unwrap(),
            [("l1".parse().unwrap(), election::MarkScore { ink: u16::from(n) * 100, ..Default::default() })].into(),
        )]
        .into(),
        front: vec![n; 3],
        back: (n == 2).then(|| vec![n]),
        crops: if n == 2 { [("cor".parse().unwrap(), vec![9])].into() } else { Default::default() },
        answers: if n == 2 { [("cor".parse().unwrap(), answers())].into() } else { Default::default() },
        cuts: Default::default(),
    });
    let sheets = sheets.collect();
    crate::make::PackageParts {
        fingerprint: fingerprint(),
        build: "build 1".into(),
        results,
        zero,
        cvr_salt: Salt([4; 32]),
        sheets,
        slip,
        slip_pdf: None,
        events: Vec::new(),
    }
}
