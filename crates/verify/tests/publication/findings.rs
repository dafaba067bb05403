//! V.604: what the rules R.501 to R.509 find, and the orders that name it, asked of both verifiers.

use std::collections::BTreeSet;

use election::{Digest, FindingRule};
use package::slip::Slip;
use record::Entry;
use record::entry::{self, Body, Effect, Order};

use crate::common::{KEYS, Recipe, build, id, leaf, officers};
use crate::stations::second;
use crate::verify::{CheckId, Matter, Report, Verdict};
use crate::{fails, replace, shown};

/// Sources that are too small for what the three stations have.
const RULES: &str = "
[findings]
alike_from = 9

[findings.sources.general]
source = \"roll\"
voters = 5
stations = 2
";

/// An order that counts the first station by this rule.
fn naming(leaves: &[Vec<u8>], fingerprint: Digest, rule: FindingRule) -> Vec<u8> {
    let Body::Import(import) = Entry::parse(&leaves[1]).expect("a leaf").body else { panic!("an import") };
    let order = Order {
        station: import.station,
        effect: Effect::Count(import.content),
        reason: "the box was opened and looked at".into(),
        basis: "article 1".into(),
        evidence: Vec::new(),
        findings: [rule].into(),
        supersedes: Vec::new(),
        under: None,
        absent: None,
    };
    leaf(Some(fingerprint), &Body::Order(order), &officers())
}

/// A second slip of the second station, over another count, and an order about the first.
fn decided(leaves: &mut Vec<Vec<u8>>, fingerprint: Digest) {
    let Body::Slip(slip) = Entry::parse(&leaves[5]).expect("a leaf").body else { panic!("a slip") };
    let mut figures = Slip::join(&slip.codes).expect("a slip").claims().clone();
    figures.results = Digest::of(b"another count");
    let codes = figures.sign(&KEYS.devices[1]).expect("signed");
    leaves.push(leaf(Some(fingerprint), &Body::Slip(entry::Slip { codes, party: None }), &[&KEYS.centre]));
    leaves.push(naming(leaves, fingerprint, FindingRule::Turnout));
}

/// Each rule finds something. The first station has 13 voters, of whom 14 came and cast 15 of its 17 ballots, which were 18; the
/// second has the same figures in its contest.
fn flagged() -> Recipe {
    Recipe {
        toml: |toml| toml + RULES,
        definition: |folder| {
            replace(&mut folder.files, "stations.csv", "fixed,100,", "fixed,13,");
            replace(&mut folder.files, "registrations.csv", "s1,ministry,100", "s1,ministry,13");
        },
        counts: |_| [6, 3, 1, 1],
        results: |results| {
            if results.station == id("s1") {
                let account = &mut results.account;
                (account.checked_in, account.used, account.unread, account.received) = (Some(14), 15, 4, 18);
            }
        },
        import: |import| import.account_differs = import.station == id("s1"),
        record_leaves: decided,
        ..Recipe::default()
    }
}

/// A row of `flagged.csv` with another figure.
fn another(row: &str) -> String {
    let mut cells: Vec<String> = row.split(',').map(str::to_owned).collect();
    let left: u64 = cells[6].parse().expect("a figure");
    cells[6] = (left + 1).to_string();
    cells.join(",")
}

/// What V.604 of the first verifier has recorded, as code and place.
fn recorded(report: &Report) -> Vec<(&str, &str)> {
    let detail = &report.check(CheckId::Report.code()).expect("V.604").detail;
    let own = detail.iter().filter(|detail| detail.matter == Matter::Recorded);
    own.map(|detail| (detail.code.as_str(), detail.place.as_str())).collect()
}

#[test]
fn both_verifiers_find_by_each_rule_and_the_second_misses_no_changed_row() {
    let publication = build(&flagged());
    let report = publication.verify();
    assert_eq!(report.verdict, Verdict::Pass, "{}", shown(&report, election::Lang::En));
    assert!(recorded(&report).is_empty(), "the order names what is found");
    let (verdict, [failed, recorded]) = second(&publication, "V.604");
    assert_eq!((verdict == "pass", failed.len(), recorded.len()), (true, 0, 0), "{verdict} {failed:?} {recorded:?}");

    let path = "results/flagged.csv";
    let table = String::from_utf8(publication.files()[path].clone()).expect("text");
    let rows: Vec<&str> = table.lines().skip(1).collect();
    let rules: BTreeSet<&str> = rows.iter().map(|row| &row[..5]).collect();
    assert_eq!(rules, FindingRule::ALL.map(FindingRule::as_str).into(), "{table}");
    assert!(rows.contains(&"R.503,s1,north,general,,,15,13,1"), "the order is counted: {table}");
    for row in rows {
        publication.write(path, table.replacen(row, &another(row), 1).as_bytes());
        let (_, [failed, _]) = second(&publication, "V.604");
        assert!(failed.contains("table.value"), "{row}: {failed:?}");
    }
    publication.write(path, table.as_bytes());
    let shares = String::from_utf8(publication.files()["results/shares.csv"].clone()).expect("text");
    assert!(shares.contains("\nR.509,all,3,3,100.0,"), "{shares}");
    publication.write("results/shares.csv", shares.replace("R.509,all,3,3,", "R.509,all,2,3,").as_bytes());
    assert!(second(&publication, "V.604").1[0].contains("table.value"));
}

#[test]
fn both_verifiers_refuse_an_order_by_a_rule_that_is_not_asked() {
    let publication = build(&Recipe {
        toml: |toml| toml + "\n[findings]\noff = [\"R.503\"]\n",
        record_leaves: |leaves, fingerprint| leaves.push(naming(leaves, fingerprint, FindingRule::Turnout)),
        ..Recipe::default()
    });
    fails(&publication.verify(), CheckId::Leaves, "record.finding");
    let (verdict, [failed, _]) = second(&publication, "V.204");
    assert_eq!((verdict == "fail", failed), (true, ["record.finding".to_owned()].into()));
}

/// A later count may have taken the finding away: the order stands, and whoever reads the report is told.
#[test]
fn both_verifiers_name_an_order_whose_finding_there_is_not() {
    let publication = build(&Recipe {
        record_leaves: |leaves, fingerprint| leaves.push(naming(leaves, fingerprint, FindingRule::Turnout)),
        ..Recipe::default()
    });
    let report = publication.verify();
    assert_eq!(report.verdict, Verdict::Pass, "{}", shown(&report, election::Lang::En));
    assert_eq!(recorded(&report), [("order.finding", "station s1")]);
    let (verdict, [failed, recorded]) = second(&publication, "V.604");
    assert_eq!((verdict == "pass", failed.len()), (true, 0), "{verdict} {failed:?}");
    assert_eq!(recorded, ["order.finding".to_owned()].into());
}
