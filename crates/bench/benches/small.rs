//! The small parts, many times: one signature, the seats of a parliament, one station's report.
#![allow(missing_docs)]

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use divan::{Bencher, black_box};
use election::{ContestId, Definition, Digest, Folder, OptionId, Text};
use print::{AccountView, CandidateLine, ContestView, ListLine, Paper, SlipKind, SlipView};
use sign::{FileKey, KeyKind, Signer};
use tally::{ContestTotals, Rulings, allot};

fn main() {
    divan::main();
}

fn iraq() -> Definition {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/iraq-2018");
    let folder = Folder::load(&root).expect("the example is there");
    election::read(&folder).expect("the example is checked by a test")
}

/// One signature of a leaf of 1,000 bytes checked, on one core.
#[divan::bench]
fn p256_verify(bencher: Bencher) {
    verify(bencher, KeyKind::P256);
}

#[divan::bench]
fn ed25519_verify(bencher: Bencher) {
    verify(bencher, KeyKind::Ed25519);
}

fn verify(bencher: Bencher, kind: KeyKind) {
    let key = FileKey::generate(kind).expect("the system gives random numbers");
    let message = [7; 1000];
    let signature = key.sign_raw(&message).expect("a file key signs");
    bencher.bench(|| key.public_key().verify_raw(black_box(&message), black_box(&signature)).expect("it holds"));
}

/// Votes that differ from option to option, and candidates' that fit into their list's.
fn totals(def: &Definition) -> BTreeMap<ContestId, ContestTotals> {
    let mut all = BTreeMap::new();
    for contest in &def.contests {
        let mut totals = ContestTotals::zero(def, &contest.id);
        for (place, list) in def.lists_of(&contest.id).enumerate() {
            let votes = 900_000 / (place as u64 + 1) + 17 * place as u64;
            let own = def.candidates_of(&contest.id).filter(|c| c.list.as_ref() == Some(&list.id));
            for (number, candidate) in own.enumerate() {
                totals.votes.insert(OptionId::from(&candidate.id), votes / 50 / (number as u64 + 1) + number as u64);
            }
            totals.votes.insert(OptionId::from(&list.id), votes);
            totals.valid += votes;
        }
        totals.ballots = totals.valid;
        all.insert(contest.id.clone(), totals);
    }
    all
}

/// The 329 seats of `iraq-2018`: lists, people, the women's quota and the reserved seats of 18 constituencies.
#[divan::bench]
fn allot_329_seats(bencher: Bencher) {
    let def = iraq();
    let (all, withdrawn) = (totals(&def), BTreeSet::new());
    let rulings = Rulings { rules: &def.rules, withdrawn: &withdrawn, lots: &[] };
    let elected = |contest| allot(&def, contest, black_box(&all), rulings).expect("it can be allotted").elected.len();
    assert_eq!(def.contests.iter().map(elected).sum::<usize>(), 329, "no tie among these votes leaves a seat open");
    bencher.bench(|| def.contests.iter().map(elected).sum::<usize>());
}

/// The slip of one station of Baghdad as PDF: A4, three languages, its figures as QR codes.
#[divan::bench(sample_count = 20)]
fn station_report_pdf(bencher: Bencher) {
    let def = iraq();
    let contest = &def.contests[0];
    let lines = def.lists_of(&contest.id).map(|list| {
        let own = def.candidates_of(&contest.id).filter(|c| c.list.as_ref() == Some(&list.id)).take(8);
        ListLine {
            number: list.number,
            name: list.name.clone(),
            votes: 40,
            candidates: own.map(|c| CandidateLine { number: c.number, name: Text::default(), votes: 3 }).collect(),
        }
    });
    let view = SlipView {
        paper: Paper::A4,
        kind: SlipKind::Results,
        languages: def.languages.clone(),
        mode: def.scope.mode,
        election: def.name.clone(),
        date: def.date,
        round: def.scope.round,
        station: def.stations[0].id.to_string(),
        station_name: def.stations[0].name.clone(),
        centre: def.stations[0].centre.to_string(),
        office: def.offices[0].name.clone(),
        device: "d1".into(),
        generation: 1,
        printed_at: "2018-05-12 18:30".into(),
        copy: 1,
        account: AccountView {
            registered: 450,
            checked_in: None,
            received: 450,
            used: 320,
            spoiled: 2,
            unused: 128,
            cast: 320,
            valid: 310,
            blank: 6,
            invalid: 4,
            unread: 0,
        },
        account_differs: false,
        contests: vec![ContestView {
            title: contest.title.clone(),
            ballots: 320,
            valid: 310,
            blank: 6,
            invalid: 4,
            lines: lines.collect(),
        }],
        codes: (1..=3).map(|n| format!("SANAD1:{n}/3:01234567:{}", "ABC123".repeat(170))).collect(),
        fingerprint: Digest([7; 32]),
        build: "bench".into(),
        agents: 6,
    };
    bencher.bench(|| print::slip(black_box(&view)).and_then(|slip| slip.pdf()).expect("it can be drawn"));
}
