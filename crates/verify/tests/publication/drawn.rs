//! What is written anew and compared to the byte: the statement, the tables, the descriptions and the pages. Each change is
//! hashed, announced and signed for by whoever published it: no other check can find it.

use crate::common::{Files, Recipe, build};
use crate::verify::{CheckId, Report, Verdict};
use crate::{Spoil, fails, replace, shown, spoilt};

/// Checks that say anything but pass.
fn amiss(report: &Report) -> Vec<&'static str> {
    let amiss = report.checks.iter().filter(|check| check.verdict() != Verdict::Pass);
    amiss.map(|check| check.id.code()).collect()
}

/// The recipe fails in this check with this code, and in no other.
#[track_caller]
fn alone(recipe: Recipe, check: CheckId, code: &str) {
    alone_in(recipe, check, code, &[check.code()]);
}

/// The recipe fails in these checks alone, and in this one with this code.
#[track_caller]
fn alone_in(recipe: Recipe, check: CheckId, code: &str, checks: &[&str]) {
    let report = build(&recipe).verify();
    fails(&report, check, code);
    assert_eq!(amiss(&report), checks, "{}", shown(&report, election::Lang::En));
}

/// What is gone is missing, and named.
#[track_caller]
fn without(path: &'static str, files: Spoil<Files>, check: &str) {
    let report = build(&Recipe { files, ..Recipe::default() }).verify();
    assert_eq!(report.verdict, Verdict::Incomplete, "{}", shown(&report, election::Lang::En));
    assert!(report.check(check).expect("a check").detail.iter().any(|detail| detail.place == path), "{path}");
}

#[test]
fn a_statement_that_says_otherwise_fails() {
    let more: Spoil<Files> = |f| replace(f, "announcement/statement-en.txt", "1 of 3 (33 %)", "3 of 3 (100 %)");
    alone(Recipe { files: more, ..Recipe::default() }, CheckId::Announced, "announcement.statement");
    let unproven: Spoil<Files> = |f| replace(f, "announcement/statement-ar.txt", "غير مثبت بالسجل", "مثبت بالسجل");
    alone(Recipe { files: unproven, ..Recipe::default() }, CheckId::Announced, "announcement.statement");
    let second: Spoil<Files> = |f| drop(f.insert("announcement/final.txt".into(), b"List A has won.\n".to_vec()));
    alone(Recipe { files: second, ..Recipe::default() }, CheckId::Announced, "announcement.other");
    let path = "announcement/statement-ckb.txt";
    without(path, |f| drop(f.remove("announcement/statement-ckb.txt")), "V.603");
}

#[test]
fn words_order_and_form_of_tables_are_compared() {
    // The same values in another form: who compares values alone finds nothing. Their description is another too.
    let both = ["V.604", "V.606"];
    let quoted: Spoil<Files> = |t| replace(t, "totals.csv", "assembly,lb,", "assembly,\"lb\",");
    alone_in(Recipe { tables: quoted, ..Recipe::default() }, CheckId::Report, "table.other", &both);
    let lines: Spoil<Files> = |t| replace(t, "elected.csv", "\r\n", "\n");
    alone_in(Recipe { tables: lines, ..Recipe::default() }, CheckId::Report, "table.other", &both);
    // What is beside the counts in the report.
    let official: Spoil<Files> = |t| replace(t, "results.json", "\"IsTest\": true", "\"IsTest\": false");
    alone(Recipe { tables: official, ..Recipe::default() }, CheckId::Report, "report.other");
    let name: Spoil<Files> = |t| replace(t, "results.json", "List B", "List C");
    alone(Recipe { tables: name, ..Recipe::default() }, CheckId::Report, "report.other");
    // The words of a step and of a remark.
    let step: Spoil<Files> = |t| replace(t, "steps.csv", "Seat 1 of 2", "Seat 2 of 2");
    fails(&build(&Recipe { tables: step, ..Recipe::default() }).verify(), CheckId::Report, "table.other");
    // What the rules of findings find, of how many.
    let shares: Spoil<Files> = |t| replace(t, "shares.csv", "R.504,all,0,", "R.504,all,1,");
    alone_in(Recipe { tables: shares, ..Recipe::default() }, CheckId::Report, "table.other", &both);
    let flagged: Spoil<Files> =
        |t| t.get_mut("flagged.csv").expect("the table").extend(b"R.504,s1,south,general,,,101,100,0\r\n");
    alone_in(Recipe { tables: flagged, ..Recipe::default() }, CheckId::Report, "table.other", &both);
    let remark: Spoil<Files> = |t| replace(t, "remarks.csv", "undecided", "decided");
    fails(&build(&Recipe { tables: remark, ..Recipe::default() }).verify(), CheckId::Report, "table.other");
}

#[test]
fn descriptions_of_something_else_fail() {
    let cases: [(Spoil<Files>, &str); 4] = [
        (|f| replace(f, "bag-info.txt", "version 1", "version 2"), "bag.info"),
        (|f| replace(f, "bag-info.txt", "Sanad-Mode: demo", "Sanad-Mode: official"), "bag.info"),
        (|f| replace(f, "datapackage.json", "\"integer\"", "\"string\""), "description.other"),
        (|f| drop(f.insert("datapackage.json".into(), b"{}".to_vec())), "description.other"),
    ];
    for (files, code) in cases {
        alone(Recipe { files, ..Recipe::default() }, CheckId::Descriptions, code);
    }
    without("datapackage.json", |f| drop(f.remove("datapackage.json")), "V.606");
}

#[test]
fn a_page_that_says_otherwise_fails() {
    let cases: [(Spoil<Files>, &str); 6] = [
        (|f| replace(f, "en/statement.html", "1 of 3 (33 %)", "3 of 3 (100 %)"), "page.other"),
        (|f| replace(f, "en/contest/assembly.html", "List B", "List A"), "page.other"),
        (|f| replace(f, "index.html", "en/index.html", "ar/index.html"), "page.other"),
        (|f| replace(f, "assets/style.css", "body", ".none"), "page.other"),
        (|f| drop(f.insert("ckb/result.html".into(), b"<p>List A has won.".to_vec())), "page.extra"),
        (|f| drop(f.insert("assets/seal.svg".into(), b"<svg></svg>".to_vec())), "page.extra"),
    ];
    for (files, code) in cases {
        alone(Recipe { files, ..Recipe::default() }, CheckId::Pages, code);
    }
    without("ar/station/s2.html", |f| drop(f.remove("ar/station/s2.html")), "V.607");
}

/// A document that is not there is linked by no page; one that is there is.
#[test]
fn pages_link_what_the_manifest_lists() {
    let unlinked: Spoil<Files> = |f| drop(f.insert("stations/s2/d2-1/more.json".into(), b"{}".to_vec()));
    spoilt(Recipe { files: unlinked, ..Recipe::default() }, CheckId::Pages, "page.other");
}
