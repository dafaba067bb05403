//! V.510: the transmission report of the receiving service, beside its log.

use election::{Digest, Lang};
use record::register::transmission::{Report, STATEMENT, TABLE};

use crate::common::{Files, KEYS, Recipe, build, id};
use crate::verify::{CheckId, Matter, Verdict};
use crate::{Spoil, fails, replace, shown, spoilt};

const REPORT: &str = record::register::transmission::REPORT;

/// What a service says otherwise than it was.
type Lie = fn(&mut Report);

fn reported() -> Recipe {
    Recipe { reported: Some(|_| {}), ..Recipe::default() }
}

/// The only package of the first station.
fn package(report: &mut Report) -> &mut record::register::transmission::Package {
    &mut report.stations.get_mut(&id("s1")).expect("it came over the network").packages[0]
}

/// Whatever is said is signed and hashed as it is said: no other check can tell.
#[test]
fn a_transmission_report_that_does_not_add_up_fails() {
    let publication = build(&reported());
    let report = publication.verify();
    assert_eq!(report.verdict, Verdict::Pass, "{}", shown(&report, Lang::En));
    let check = report.check("V.510").expect("the check");
    assert_eq!((check.checked, check.recorded, check.failed), (5, 0, 0), "{check:#?}");
    let table = String::from_utf8(publication.files()[TABLE].clone()).expect("text");
    assert!(
        table.contains("s1,1,1,1,0,2,2,2026-05-12T20:00:00Z,2026-05-12T20:00:00Z,TLSv1.3 X25519,sha256:"),
        "{table}"
    );

    let lies: [(Lie, &str); 6] = [
        (|own| package(own).receipt = None, "transmission.receipt"),
        (|own| package(own).name = "s1-d1-2".into(), "transmission.receipt"),
        (|own| own.stations.clear(), "transmission.receipt"),
        (|own| package(own).transport.protocol = "TLSv1.2".into(), "transmission.receipt"),
        (
            |own| {
                let again = package(own).clone();
                own.stations.get_mut(&id("s1")).expect("there").packages.push(again);
            },
            "transmission.receipt",
        ),
        (|own| own.leaves += 1, "transmission.log"),
    ];
    for (lie, code) in lies {
        spoilt(Recipe { reported: Some(lie), ..Recipe::default() }, CheckId::Transmission, code);
    }
    spoilt(
        Recipe { reported: Some(|own| package(own).address = "\u{1b}[2J".into()), ..Recipe::default() },
        CheckId::Transmission,
        "transmission.form",
    );
    let wrong = Recipe { transmission: |own| own.totals.bytes += 1, ..reported() };
    spoilt(wrong, CheckId::Transmission, "transmission.totals");
    let other_log = Recipe {
        transmission: |own| {
            let mut said = own.said(sign::Signer::public_key(&KEYS.intake)).expect("it is signed");
            said.log.root = Digest::of(b"another log");
            let signed = testing::intake::statement("transmission_report", &said, &KEYS.intake);
            own.statement = String::from_utf8(signed).expect("JSON");
        },
        ..reported()
    };
    spoilt(other_log, CheckId::Transmission, "transmission.log");
    let changed: [(Spoil<Files>, &str); 3] = [
        (|f| drop(f.insert(REPORT.into(), b"{}\n".to_vec())), "transmission.other"),
        (|f| replace(f, TABLE, "TLSv1.3", "TLSv1.2"), "transmission.table"),
        (|f| f.get_mut(STATEMENT).expect("there").push(b'\n'), "transmission.table"),
    ];
    for (docket, code) in changed {
        spoilt(Recipe { docket, ..reported() }, CheckId::Transmission, code);
    }
    let stray = Recipe { docket: |f| drop(f.insert(TABLE.into(), b"x".to_vec())), ..Recipe::default() };
    spoilt(stray, CheckId::Transmission, "transmission.stray");
}

#[test]
fn a_statement_that_the_receiving_service_has_not_signed_may_not_stand() {
    let other = Recipe {
        transmission: |own| {
            let said = own.said(sign::Signer::public_key(&KEYS.intake)).expect("it is signed");
            let signed = testing::intake::statement("transmission_report", &said, &KEYS.stranger);
            own.statement = String::from_utf8(signed).expect("JSON");
        },
        ..reported()
    };
    let report = build(&other).verify();
    fails(&report, CheckId::Leaves, "record.transmission");
}

/// A receipt without a connection that brought its package, and one whose bytes are others than the label's, are no contradiction: they
/// are told, here and in the statement.
#[test]
fn what_the_report_does_not_account_for_is_told() {
    let cases: [(Lie, &str, &str); 2] = [
        (
            |own| package(own).attempts.clear(),
            "transmission.no_attempt",
            "s1-d1-1: no connection in the report brought it",
        ),
        (
            |own| package(own).attempts[0].bytes += 1,
            "transmission.other_bytes",
            "s1-d1-1: the connections brought another number of bytes",
        ),
    ];
    for (change, code, words) in cases {
        let publication = build(&Recipe { reported: Some(change), ..Recipe::default() });
        let report = publication.verify();
        assert_eq!(report.verdict, Verdict::Pass, "{}", shown(&report, Lang::En));
        let detail = &report.check("V.510").expect("the check").detail;
        let told: Vec<_> = detail.iter().map(|own| (own.matter, own.place.as_str(), own.code.as_str())).collect();
        assert_eq!(told, [(Matter::Recorded, "package s1-d1-1", code)]);
        let statement = String::from_utf8(publication.files()["announcement/statement-en.txt"].clone()).expect("text");
        assert!(statement.contains(words) && statement.contains("V.510"), "{statement}");
        assert!(statement.contains("tls.no-certificate: 3"), "{statement}");
    }
}

#[test]
fn without_its_report_a_publication_is_incomplete_and_without_a_leaf_it_says_so() {
    let publication = build(&reported());
    std::fs::remove_file(publication.path().join(REPORT)).expect("it was there");
    let report = publication.verify();
    assert_eq!(report.verdict, Verdict::Incomplete, "{}", shown(&report, Lang::En));
    assert_eq!(report.check("V.510").expect("the check").missing, 1);
    let none = build(&Recipe::default()).verify();
    let check = none.check("V.510").expect("the check");
    assert_eq!((check.recorded, check.detail[0].code.as_str()), (1, "transmission.none"));
}
