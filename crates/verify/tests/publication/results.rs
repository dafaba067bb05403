//! V.5xx to V.7xx: standings, tables, seats.

use election::Digest;

use crate::common::{Files, KEYS, Recipe, build, id, leaf, officers};
use crate::verify::{CheckId, Verdict};
use crate::{Spoil, replace, shown, spoilt};
use record::entry::Body;

/// The tables are changed before they are announced: no hash can tell, only the sums.
#[test]
fn a_changed_table_fails() {
    let cases: [(Spoil<Files>, CheckId); 15] = [
        (|t| replace(t, "accounts.csv", ",matched,yes,", ",confirmed,yes,"), CheckId::Standings),
        (|t| replace(t, "stations.csv", ",matched,yes,la,", ",arrived,yes,la,"), CheckId::Standings),
        (|t| replace(t, "status.csv", "\nall,,,,3,", "\nall,,,,4,"), CheckId::Channels),
        (|t| replace(t, "accounts.csv", ",100,,100,11,1,88,", ",100,,100,11,2,87,"), CheckId::StationFigures),
        (|t| replace(t, "stations.csv", ",lb,3\r\n", ",lb,4\r\n"), CheckId::StationFigures),
        (|t| replace(t, "totals.csv", "assembly,lb,,,List B,4\r\n", "assembly,lb,,,List B,5\r\n"), CheckId::Totals),
        (|t| replace(t, "totals.csv", "List B", "List A"), CheckId::Totals),
        (|t| replace(t, "seats.csv", ",yes,", ",no,"), CheckId::Quotients),
        (|t| replace(t, "elected.csv", "assembly,a1,,,Ann", "assembly,a2,,,Abe"), CheckId::Elected),
        (|t| replace(t, "steps.csv", "R.3", "R.9"), CheckId::Elected),
        (|t| replace(t, "letters.csv", ",60,yes,undecided", ",60,no,undecided"), CheckId::Letters),
        (|t| replace(t, "letters.csv", ",66,no,undecided", ",67,no,undecided"), CheckId::Letters),
        (|t| replace(t, "remarks.csv", "s3,south,R.210", "s2,south,R.210"), CheckId::Remarks),
        (|t| replace(t, "offices.csv", "south,assembly,lb,1\r\n", "south,assembly,lb,2\r\n"), CheckId::Totals),
        (|t| replace(t, "accounts.csv", ",0,0,2,100,", ",0,0,3,100,"), CheckId::Standings),
    ];
    for (tables, check) in cases {
        spoilt(Recipe { tables, ..Recipe::default() }, check, "table.value");
    }
    // What is told of few voters: a small station is no small one any more, and a pattern fewer.
    for files in [
        (|f| replace(f, "privacy.csv", "s2,spring,assembly,3,yes,", "s2,spring,assembly,3,no,")) as Spoil<Files>,
        |f| replace(f, "privacy.csv", "assembly,11,no,no,,4,2,", "assembly,11,no,no,,4,1,"),
        // Patterns of records that are withheld: nobody can count them again.
        |f| replace(f, "privacy.csv", ",3,yes,no,,,,law,", ",3,yes,no,,2,1,law,"),
        |f| {
            replace(
                f,
                "privacy.csv",
                "constituency,,,spring,assembly,14,no,no,",
                "constituency,,,spring,assembly,14,no,yes,",
            )
        },
    ] {
        spoilt(Recipe { files, ..Recipe::default() }, CheckId::Privacy, "table.value");
    }
    let report = Recipe { tables: |t| replace(t, "results.json", "\"Count\": 4", "\"Count\": 5"), ..Recipe::default() };
    spoilt(report, CheckId::Report, "report.count");
    // Nothing is to be looked at in this publication: a finding that is made up, and a difference.
    for (name, row) in
        [("findings.csv", "unread,s1,,,,figures.unread,1\r\n"), ("differences.csv", "s1,assembly,la,1,2\r\n")]
    {
        static MORE: std::sync::Mutex<(&str, &str)> = std::sync::Mutex::new(("", ""));
        *MORE.lock().expect("one at a time") = (name, row);
        let tables: fn(&mut Files) = |tables| {
            let (name, row) = *MORE.lock().expect("one at a time");
            tables.get_mut(name).expect("the table").extend(row.as_bytes());
        };
        spoilt(Recipe { tables, ..Recipe::default() }, CheckId::Findings, "table.form");
    }
    let shorter = Recipe { tables: |t| replace(t, "totals.csv", "assembly,b2,,,Bea,0\r\n", ""), ..Recipe::default() };
    spoilt(shorter, CheckId::Totals, "table.form");
    let longer = Recipe {
        tables: |t| replace(t, "totals.csv", "assembly,b2,,,Bea,0\r\n", "assembly,b2,,,Bea,0\r\nx,y,,,z,1\r\n"),
        ..Recipe::default()
    };
    spoilt(longer, CheckId::Totals, "table.form");
}

/// A table of one cell without an end is not held in memory.
#[test]
fn vf5_a_row_that_runs_on_is_refused() {
    fn endless(tables: &mut Files) {
        tables.get_mut("totals.csv").unwrap().extend(vec![b'x'; 3 << 20]);
    }
    let report = build(&Recipe { tables: endless, ..Recipe::default() }).verify();
    let totals = report.check(CheckId::Totals.code()).expect("the totals");
    assert!(totals.detail.iter().any(|detail| detail.what.contains("longer than any row")), "{totals:#?}");
}

#[test]
fn an_opening_decides_which_letter_is_followed() {
    let report = build(&Recipe::default()).verify();
    let letters = report.check("V.505").expect("the letters");
    assert_eq!((letters.recorded, letters.detail[0].code.as_str()), (1, "letters.undecided"), "{letters:#?}");
    let remarks = report.check("V.605").expect("the remarks");
    assert_eq!((remarks.recorded, remarks.detail[0].code.as_str()), (1, "remark.R.210"), "{remarks:#?}");
    fn decided(leaves: &mut Vec<Vec<u8>>, fingerprint: Digest) {
        let opening = record::entry::Opening {
            station: id("s3"),
            letters: [(id("roll"), 60), (id("ministry"), 66)].into(),
            follows: id("ministry"),
            bound: 66,
            reason: "it is the later one".into(),
            basis: "article 3".into(),
            evidence: Vec::new(),
            supersedes: Vec::new(),
        };
        leaves.push(leaf(Some(fingerprint), &Body::Opening(opening), &officers()));
    }
    let report = build(&Recipe { record_leaves: decided, ..Recipe::default() }).verify();
    assert_eq!(report.verdict, Verdict::Pass, "{}", shown(&report, election::Lang::En));
    assert_eq!(report.check("V.505").expect("the letters").recorded, 0);
    assert_eq!(report.check("V.605").expect("the remarks").recorded, 0);
    let other = Recipe {
        record_leaves: decided,
        tables: |t| replace(t, "letters.csv", ",66,yes,opening", ",66,no,opening"),
        ..Recipe::default()
    };
    spoilt(other, CheckId::Letters, "table.value");
}

#[test]
fn a_withdrawal_changes_the_seats_and_is_named() {
    fn gone(leaves: &mut Vec<Vec<u8>>, fingerprint: Digest) {
        let withdrawal = record::entry::Withdrawal {
            option: id("a1"),
            candidacy: record::entry::Candidacy::Withdrawn,
            reason: "a letter of the candidate".into(),
            basis: "article 7".into(),
            evidence: Vec::new(),
            supersedes: None,
        };
        leaves.push(leaf(Some(fingerprint), &Body::Withdrawal(withdrawal), &officers()));
    }
    let recipe = Recipe { record_leaves: gone, ..Recipe::default() };
    let publication = build(&recipe);
    let report = publication.verify();
    assert_eq!(report.verdict, Verdict::Pass, "{}", shown(&report, election::Lang::En));
    let elected = String::from_utf8(publication.files()["results/elected.csv"].clone()).expect("text");
    assert!(elected.contains("assembly,a2") && !elected.contains("assembly,a1"), "{elected}");
    let unsaid = Recipe { tables: |t| replace(t, "withdrawals.csv", ",yes,record,", ",no,record,"), ..recipe };
    spoilt(unsaid, CheckId::Withdrawals, "table.value");
    let moved = Recipe { tables: |t| replace(t, "withdrawals.csv", ",8,12,12,", ",8,12,4,"), ..recipe };
    spoilt(moved, CheckId::Withdrawals, "table.value");
    let back = Recipe { tables: |t| replace(t, "elected.csv", "assembly,a2,,,Abe", "assembly,a1,,,Ann"), ..recipe };
    spoilt(back, CheckId::Elected, "table.value");
}

#[test]
fn an_amended_rule_is_named_for_ever() {
    fn back_and_forth(leaves: &mut Vec<Vec<u8>>, fingerprint: Digest) {
        for (before, after) in [("matched", "confirmed"), ("confirmed", "matched")] {
            let amendment = record::entry::Amendment {
                key: "announce".into(),
                before: Some(before.into()),
                after: Some(after.into()),
                reason: "a law of the day before".into(),
                basis: "law 5".into(),
            };
            let board: [&dyn sign::Signer; 2] = [&KEYS.board[0], &KEYS.board[1]];
            leaves.push(leaf(Some(fingerprint), &Body::Amendment(amendment), &board));
        }
    }
    let recipe = Recipe { record_leaves: back_and_forth, ..Recipe::default() };
    let report = build(&recipe).verify();
    assert_eq!(report.verdict, Verdict::Pass, "{}", shown(&report, election::Lang::En));
    let amendments = report.check("V.506").expect("the amendments");
    assert_eq!(amendments.recorded, 2, "also one that was changed back");
    let hidden = Recipe {
        tables: |t| {
            let table = String::from_utf8(t["amendments.csv"].clone()).expect("text");
            let first = table.lines().next().expect("a header");
            t.insert("amendments.csv".into(), format!("{first}\r\n").into_bytes());
        },
        ..recipe
    };
    spoilt(hidden, CheckId::Amendments, "table.form");
}

#[test]
fn results_other_than_announced_fail() {
    let recipe = Recipe { tables_after: |t| replace(t, "totals.csv", "List B", "List Bee"), ..Recipe::default() };
    spoilt(recipe, CheckId::Announced, "results.not_announced");
    let more = Recipe { tables_after: |t| drop(t.insert("second.csv".into(), b"x".to_vec())), ..Recipe::default() };
    spoilt(more, CheckId::Announced, "results.not_announced");
}

#[test]
fn a_tie_without_a_lot_is_incomplete() {
    // Both lists with the same votes, and an odd number of seats between them.
    let recipe = Recipe {
        results: |r| {
            let (a, b) = if r.station == id("s1") { (5, 4) } else { (1, 2) };
            let votes = &mut r.contests[0].votes;
            votes.insert(id("la"), a);
            votes.insert(id("lb"), b);
            votes.insert(id("a1"), 0);
        },
        records: |records| {
            for record in &mut records.records {
                if record.contests[0].marked == [id("la"), id("n1")] {
                    record.contests[0].marked = vec![id("la")];
                    record.contests[0].counted = vec![id("la")];
                }
            }
            let of_a = records.records.iter_mut().filter(|r| r.contests[0].marked == [id("la")]);
            for record in of_a.take(1) {
                record.contests[0].marked = vec![id("lb")];
                record.contests[0].counted = vec![id("lb")];
            }
        },
        ..Recipe::default()
    };
    let report = build(&recipe).verify();
    assert_eq!(report.verdict, Verdict::Incomplete, "{}", shown(&report, election::Lang::En));
    assert!(report.check("V.703").expect("lots").detail.iter().any(|d| d.code == "lot.missing"));
}
