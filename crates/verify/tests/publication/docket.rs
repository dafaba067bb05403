//! V.208, V.507 and V.508: certification, and the register of complaints and appeals.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use election::Digest;
use record::docket::{
    About, Begins, Capacity, Certification, Class, Classification, Complaint, Form, Matter, Ratification, Resolution,
    Ruled, Ruling, Said, Seat, SignedBy, Succession, Verdict,
};
use record::entry::{Act, Body};
use record::register::acts::ActKind;
use sign::{FileKey, KeyKind, Signer};

use crate::common::recipe::Leaves;
use crate::common::{Files, KEYS, Recipe, build, id, leaf, officers};
use crate::stations::second;
use crate::verify::{self, CheckId};
use crate::{Spoil, replace, shown, spoilt};

/// A complaint about s1, upheld.
fn complain(leaves: &mut Vec<Vec<u8>>, fingerprint: Digest) {
    let form = Form {
        capacity: Capacity::Observer,
        party: None,
        ground: "the box was open".into(),
        paper: Digest::of(b"a form"),
        sealed: None,
        redacted: vec!["a name".into()],
        filed: "2026-05-13T10:00".parse().expect("a moment"),
    };
    let complaint = Complaint { case: id("c1"), about: About::Station(id("s1")), form, concerns: Vec::new() };
    leaves.push(leaf(Some(fingerprint), &Body::Complaint(complaint), &[&KEYS.centre]));
    let (reason, basis) = ("two say so".to_owned(), "article 2".to_owned());
    let class = Class::Yellow;
    let own = Classification { case: id("c1"), class, reason: reason.clone(), basis: basis.clone(), supersedes: None };
    let panel = [&KEYS.board[0] as &dyn Signer, &KEYS.officers[0], &KEYS.officers[1]];
    leaves.push(leaf(Some(fingerprint), &Body::Classification(own), &panel));
    let served = "2026-05-14T10:00".parse().expect("a moment");
    let (case, verdict, orders) = (id("c1"), Verdict::Partly, Vec::new());
    let own = Resolution { case, verdict, reason, basis, orders, served, supersedes: None };
    leaves.push(leaf(Some(fingerprint), &Body::Resolution(own), &officers()));
}

/// The board certifies, though s3 is missing: a court has permitted `matters`.
fn certify(leaves: &mut Vec<Vec<u8>>, results: Digest, fingerprint: Digest, matters: &[Matter]) {
    let ruling = Ruling {
        court: "a court".into(),
        rank: 1,
        number: "5".into(),
        dated: "2026-05-20".parse().expect("a date"),
        served: "2026-05-20T10:00".parse().expect("a moment"),
        paper: Digest::of(b"a paper"),
        about: Vec::new(),
        ruled: Ruled::Permits(matters.to_vec()),
    };
    let ruling = leaf(Some(fingerprint), &Body::Ruling(ruling), &officers());
    let own = Certification { number: 1, version: 1, results, despite: Some(Digest::of(&ruling)) };
    let board = [&KEYS.board[0] as &dyn Signer, &KEYS.board[1]];
    leaves.extend([ruling, leaf(Some(fingerprint), &Body::Certification(own), &board)]);
}

fn certified() -> Recipe {
    Recipe {
        record_leaves: complain,
        after_announcement: |leaves, results, fingerprint| {
            certify(leaves, results, fingerprint, &[Matter::Station(id("s3"))]);
        },
        ..Recipe::default()
    }
}

#[test]
fn a_certification_with_open_matters_fails() {
    let report = build(&certified()).verify();
    assert_eq!(report.verdict, verify::Verdict::Pass, "{}", shown(&report, election::Lang::En));
    let check = report.check("V.208").expect("the certification");
    assert_eq!((check.checked, check.recorded), (1, 0), "{check:#?}");
    let open = report.check("V.508").expect("what is open");
    let told: Vec<(&str, &str)> = open.detail.iter().map(|d| (d.place.as_str(), d.code.as_str())).collect();
    assert_eq!(told, [("station:s3", "docket.open")], "it is named also where a court permits it");

    // Without a certification that is named, and none is said to be.
    let report = build(&Recipe::default()).verify();
    let check = report.check("V.208").expect("the certification");
    assert_eq!((check.recorded, check.detail[0].code.as_str()), (1, "certification.none"));

    // A complaint that was held back until the board had signed: its form was handed in long before.
    let held_back = Recipe {
        record_leaves: |_, _| {},
        after_announcement: |leaves, results, fingerprint| {
            certify(leaves, results, fingerprint, &[Matter::Station(id("s3"))]);
            complain(leaves, fingerprint);
            leaves.truncate(leaves.len() - 2);
        },
        ..certified()
    };
    let report = build(&held_back).verify();
    assert_eq!(report.verdict, verify::Verdict::Pass, "{}", shown(&report, election::Lang::En));
    let check = report.check("V.208").expect("the certification");
    let told: Vec<(&str, &str)> = check.detail.iter().map(|d| (d.place.as_str(), d.code.as_str())).collect();
    let complaint = check.detail[1].place.as_str();
    assert!(complaint.starts_with("record leaf "), "{complaint}");
    assert_eq!(told, [("complaint:c1", "certification.open"), (complaint, "certification.after")]);

    // Once a panel has decided it nothing is open; that it came after the certification stays named.
    let decided = Recipe {
        record_leaves: |_, _| {},
        after_announcement: |leaves, results, fingerprint| {
            certify(leaves, results, fingerprint, &[Matter::Station(id("s3"))]);
            complain(leaves, fingerprint);
        },
        ..certified()
    };
    let report = build(&decided).verify();
    let check = report.check("V.208").expect("the certification");
    let told: Vec<(&str, &str)> = check.detail.iter().map(|d| (d.what.as_str(), d.code.as_str())).collect();
    let after = ["complaint", "classification", "resolution"]
        .map(|kind| format!("a '{kind}' leaf was entered after the certification"));
    assert_eq!(told, after.each_ref().map(|what| (what.as_str(), "certification.after")));

    let unpermitted = Recipe {
        after_announcement: |leaves, results, fingerprint| {
            certify(leaves, results, fingerprint, &[Matter::Station(id("s1"))]);
        },
        ..certified()
    };
    // What is not open cannot be permitted, and without a ruling nothing is certified.
    spoilt(unpermitted, CheckId::Leaves, "docket.ruling");
    let bare = Recipe {
        after_announcement: |leaves, results, fingerprint| {
            let own = Certification { number: 1, version: 1, results, despite: None };
            let board = [&KEYS.board[0] as &dyn Signer, &KEYS.board[1]];
            leaves.push(leaf(Some(fingerprint), &Body::Certification(own), &board));
        },
        ..certified()
    };
    spoilt(bare, CheckId::Leaves, "docket.open");
    let other = Recipe {
        after_announcement: |leaves, _, fingerprint| {
            certify(leaves, Digest::of(b"other results"), fingerprint, &[Matter::Station(id("s3"))]);
        },
        ..certified()
    };
    spoilt(other, CheckId::Leaves, "docket.version");
}

/// Two of these four are not elected, and the fold, which knows no votes, lets them stand.
#[test]
fn a_name_that_nobody_elected_fails() {
    fn all_sent(leaves: &mut Vec<Vec<u8>>, results: Digest, fingerprint: Digest) {
        certify(leaves, results, fingerprint, &[Matter::Station(id("s3"))]);
        for candidate in ["a1", "a2", "b1", "b2"] {
            let own = Ratification {
                certification: 1,
                contest: id("assembly"),
                candidate: id(candidate),
                court: "a court".into(),
                number: "9".into(),
                dated: "2026-06-05".parse().expect("a date"),
                paper: Digest::of(b"a letter"),
                said: Said::Sent("the commission".into()),
            };
            leaves.push(leaf(Some(fingerprint), &Body::Ratification(own), &officers()));
        }
    }
    spoilt(Recipe { after_announcement: all_sent, ..certified() }, CheckId::Register, "ratification.not_elected");
}

static JUDGE: LazyLock<FileKey> = LazyLock::new(|| FileKey::generate(KeyKind::P256).expect("a key"));

/// The law by which somebody comes, and its paper.
fn law(leaves: &mut Vec<Vec<u8>>, fingerprint: Digest) -> Digest {
    let (dated, paper) = ("2026-06-06".parse().expect("a date"), Digest::of(b"a law"));
    let law = Act::new(id("law"), ActKind::Law, "an assembly", "45", dated, paper, "a judge sits");
    leaves.push(leaf(Some(fingerprint), &Body::Act(law), &officers()));
    paper
}

/// A judge takes the place of a member of the board.
pub fn replaced(leaves: &mut Vec<Vec<u8>>, fingerprint: Digest, signed_by: SignedBy) {
    let paper = law(leaves, fingerprint);
    let key = JUDGE.public_key().to_string();
    let own = Succession {
        act: id("law"),
        paper,
        signed_by,
        ends: [id("board_1")].into(),
        begins: [Begins { person: id("judge_1"), seat: Seat::Board, key }].into(),
        board: 2,
        handed: Default::default(),
        not_handed: ["seal:A-17".parse().expect("a seal")].into(),
        shares: None,
        commitments: Default::default(),
    };
    let outgoing = match signed_by {
        SignedBy::Board => &KEYS.board,
        SignedBy::Registrars => &KEYS.officers,
    };
    let by = [&outgoing[0] as &dyn Signer, &outgoing[1], &*JUDGE];
    leaves.push(leaf(Some(fingerprint), &Body::Succession(own), &by));
}

/// Both verifiers say whose keys ended and began, by which act, and who signed it.
#[test]
fn a_succession_is_named() {
    let by_board = |leaves: &mut Vec<Vec<u8>>, fingerprint| replaced(leaves, fingerprint, SignedBy::Board);
    let by_registrars = |leaves: &mut Vec<Vec<u8>>, fingerprint| replaced(leaves, fingerprint, SignedBy::Registrars);
    let cases: [(Leaves, &str); 2] = [(by_board, "succession.board"), (by_registrars, "succession.registrars")];
    for (record_leaves, code) in cases {
        let publication = build(&Recipe { record_leaves, ..Recipe::default() });
        let report = publication.verify();
        assert_eq!(report.verdict, verify::Verdict::Pass, "{}", shown(&report, election::Lang::En));
        let leaves = report.check("V.204").expect("the leaves");
        let said: Vec<_> =
            leaves.detail.iter().map(|own| [&own.place, &own.code, &own.what].map(String::as_str)).collect();
        assert_eq!(said, [["act law", code, "board_1 -> judge_1"]]);
        let (verdict, codes) = second(&publication, "V.204");
        assert_eq!((verdict.as_str(), codes), (Some("pass"), [BTreeSet::new(), BTreeSet::from([code.to_owned()])]));
    }
}

/// The identity is split anew: the judge comes as a commissioner, and these hold the new shares.
fn split(leaves: &mut Vec<Vec<u8>>, fingerprint: Digest, shares: &[(&str, &str)]) {
    let paper = law(leaves, fingerprint);
    let key = JUDGE.public_key().to_string();
    let own = Succession {
        act: id("law"),
        paper,
        signed_by: SignedBy::Board,
        ends: Default::default(),
        begins: [Begins { person: id("judge_1"), seat: Seat::Commissioner, key }].into(),
        board: 2,
        handed: ["share:sharer_1".parse().expect("a share")].into(),
        not_handed: Default::default(),
        shares: Some(Digest::of(b"shares.csv")),
        commitments: shares.iter().map(|(person, share)| (id(person), Digest::of(share.as_bytes()))).collect(),
    };
    let by = [&KEYS.board[0] as &dyn Signer, &KEYS.board[1], &*JUDGE];
    leaves.push(leaf(Some(fingerprint), &Body::Succession(own), &by));
}

/// Both verifiers read who holds which of the new shares; those of leaf 0 are `1` and `2`.
#[test]
fn new_shares_are_read_by_both_verifiers() {
    let cases: [(Leaves, Option<&str>); 6] = [
        (|leaves, root| split(leaves, root, &[("judge_1", "3"), ("sharer_2", "4")]), None),
        (|leaves, root| split(leaves, root, &[]), None),
        (|leaves, root| split(leaves, root, &[("sharer_2", "4")]), Some("succession.shares")),
        (|leaves, root| split(leaves, root, &[("judge_1", "1"), ("sharer_2", "4")]), Some("succession.shares")),
        (|leaves, root| split(leaves, root, &[("judge_1", "4"), ("sharer_2", "4")]), Some("succession.shares")),
        (|leaves, root| split(leaves, root, &[("officer_1", "3"), ("sharer_2", "4")]), Some("succession.shares")),
    ];
    for (record_leaves, code) in cases {
        let publication = build(&Recipe { record_leaves, ..Recipe::default() });
        let expected: BTreeSet<String> = code.into_iter().map(str::to_owned).collect();
        let report = publication.verify();
        let failed = report.check("V.204").expect("the leaves").detail.iter();
        let failed = failed.filter(|own| own.matter == verify::Matter::Failed).map(|own| own.code.clone());
        assert_eq!(failed.collect::<BTreeSet<_>>(), expected, "{}", shown(&report, election::Lang::En));
        assert_eq!(second(&publication, "V.204").1[0], expected, "the second verifier");
    }
}

/// The table says another seat than the leaf.
#[test]
fn a_changed_table_of_successions_fails() {
    let by_board = |leaves: &mut Vec<Vec<u8>>, fingerprint| replaced(leaves, fingerprint, SignedBy::Board);
    let whole = Recipe { record_leaves: by_board, ..Recipe::default() };
    let docket: Spoil<Files> =
        |f| replace(f, "docket/successions.csv", "begins,judge_1,board", "begins,judge_1,officer");
    spoilt(Recipe { docket, ..whole }, CheckId::Register, "docket.table");
}

/// The tables are changed before the publication's manifest is made: no hash can tell.
#[test]
fn a_changed_register_fails() {
    let cases: [(Spoil<Files>, CheckId); 9] = [
        (|f| replace(f, "docket/complaints.csv", ",partly,", ",dismissed,"), CheckId::Register),
        (|f| replace(f, "docket/complaints.csv", "c1,station,s1", "c1,station,s2"), CheckId::Register),
        (|f| replace(f, "docket/rulings.csv", ",permits,station:s3", ",permits,station:s2"), CheckId::Register),
        (|f| replace(f, "docket/certifications.csv", "1,1,", "1,2,"), CheckId::Register),
        (|f| replace(f, "docket/ratifications.csv", ",yes,not_sent,", ",yes,ratified,"), CheckId::Register),
        (|f| replace(f, "docket/appeals.csv", "\r\n", "\r\na1\r\n"), CheckId::Register),
        (|f| replace(f, "docket/open.csv", "station,s3", "station,s2"), CheckId::OpenMatters),
        (|f| replace(f, "docket/materiality.csv", "assembly,3,2,", "assembly,3,3,"), CheckId::OpenMatters),
        (|f| replace(f, "docket/changes.csv", "\r\n", "\r\n2,seats,assembly,la,1,2\r\n"), CheckId::OpenMatters),
    ];
    for (docket, check) in cases {
        spoilt(Recipe { docket, ..certified() }, check, "docket.table");
    }
    // Another register beside the first is no part of a publication.
    let beside = Recipe { docket: |f| drop(f.insert("docket/complaints-2.csv".into(), b"x".to_vec())), ..certified() };
    spoilt(beside, CheckId::Unlisted, "bag.stray");
}
