//! V.2xx: the record, from the fingerprint to the publication that ends it.

use std::collections::BTreeSet;

use election::Digest;
use log::Log;
use record::docket::SignedBy;
use record::entry::{Absence, Body, Content, Effect, Entry, Order, Rotation};
use record::rotation::{Cause, Request};
use sign::{FileKey, KeyKind, Signer};

use crate::common::{self, KEYS, Lent, Recipe, Shared, build, id, leaf, officers};
use crate::docket::replaced;
use crate::stations::{by_second, second};
use crate::verify::{CheckId, Matter, Options, Verdict};
use crate::{fails, replace, shown, spoilt};

#[test]
fn another_root_fails_and_no_root_is_incomplete() {
    let publication = build(&Recipe::default());
    let other = Options { root: Some(Digest::of(b"another")), ..Options::default() };
    fails(&publication.verify_with(&other), CheckId::Root, "root.other");
    let report = publication.verify_with(&Options::default());
    assert_eq!(report.verdict, Verdict::Incomplete);
    assert_eq!((report.root.pinned, report.root.fingerprint), (None, Some(publication.root)));
}

/// The leaves of a log of the publication, with its checkpoint's cosignature lines.
fn rewrite(publication: &common::Publication, name: &str, change: fn(&mut Vec<Vec<u8>>)) {
    let prefix = format!("{name}/");
    let store = Shared::default();
    for (path, bytes) in publication.files() {
        if let Some(path) = path.strip_prefix(&prefix) {
            store.0.files.lock().expect("no panic before").insert(path.to_owned(), bytes);
        }
    }
    let key = if name == "record" { &KEYS.record_log } else { &KEYS.intake_log };
    let origin = format!("tiny/{name}");
    let log = Log::open(store, &origin, Box::new(Lent(key))).expect("the log");
    let (mut leaves, note) = (log.leaves().to_vec(), log.checkpoint().clone());
    change(&mut leaves);
    std::fs::remove_dir_all(publication.path().join(name)).expect("removed");
    let store = Shared::default();
    let mut log = Log::create(store.clone(), &origin, Box::new(Lent(key))).expect("a log");
    log.append(&leaves).expect("appended");
    // The log's operator signs the other history; the witnesses' old lines are all that there is of theirs.
    let mut forged = log.checkpoint().clone();
    forged.signatures.extend(note.signatures[1..].iter().cloned());
    let mut files = store.files(name);
    files.insert(format!("{name}/checkpoint"), forged.to_bytes());
    files.iter().for_each(|(path, bytes)| publication.write(path, bytes));
}

#[test]
fn a_leaf_removed_altered_or_reordered_fails() {
    let changes: [fn(&mut Vec<Vec<u8>>); 4] = [
        |leaves| drop(leaves.remove(1)),
        |leaves| leaves[2][40] ^= 1,
        |leaves| leaves.swap(1, 2),
        |leaves| leaves.insert(1, leaves[1].clone()),
    ];
    for change in changes {
        let publication = build(&Recipe::default());
        rewrite(&publication, "record", change);
        let report = publication.verify();
        fails(&report, CheckId::RecordWitnesses, "witness.refused");
        assert!(report.check("V.205").expect("it").missing > 0, "and the quorum is missing");
        fails(&report, CheckId::AnnouncementWitnesses, "announcement.checkpoint");
        let publication = build(&Recipe::default());
        rewrite(&publication, "intake", change);
        fails(&publication.verify(), CheckId::IntakeWitnesses, "witness.refused");
    }
    // The leaf alone, without its tiles.
    for name in ["record", "intake"] {
        let publication = build(&Recipe::default());
        let files = publication.files();
        let path = files.keys().find(|path| path.starts_with(&format!("{name}/tile/entries"))).expect("a bundle");
        let mut bytes = files[path].clone();
        bytes[100] ^= 1;
        publication.write(path, &bytes);
        let check = if name == "record" { CheckId::RecordLog } else { CheckId::IntakeLog };
        fails(&publication.verify(), check, "log.wrong");
    }
}

#[test]
fn leaf_0_of_other_files_fails() {
    let recipe = Recipe {
        after_freeze: |folder| replace(&mut folder.files, "offices.csv", "North", "Nort"),
        ..Recipe::default()
    };
    let report = build(&recipe).verify();
    fails(&report, CheckId::Frozen, "frozen.other");
    fails(&report, CheckId::Leaves, "record.manifest");
}

#[test]
fn a_leaf_that_may_not_stand_fails() {
    fn cancel(signers: &[&dyn sign::Signer], fingerprint: Digest) -> Vec<u8> {
        let order = Order {
            station: id("s1"),
            effect: record::entry::Effect::Cancel,
            reason: "a complaint".into(),
            basis: "article 2".into(),
            evidence: Vec::new(),
            findings: Default::default(),
            supersedes: Vec::new(),
            under: None,
            absent: None,
        };
        leaf(Some(fingerprint), &Body::Order(order), signers)
    }
    let one = Recipe {
        record_leaves: |leaves, fingerprint| leaves.push(cancel(&[&KEYS.officers[0]], fingerprint)),
        ..Recipe::default()
    };
    spoilt(one, CheckId::Leaves, "record.threshold");
    let stranger = Recipe {
        record_leaves: |leaves, fingerprint| leaves.push(cancel(&[&KEYS.officers[0], &KEYS.stranger], fingerprint)),
        ..Recipe::default()
    };
    spoilt(stranger, CheckId::Leaves, "record.signature");
    let elsewhere = Recipe {
        record_leaves: |leaves, _| leaves.push(cancel(&officers(), Digest::of(b"another record"))),
        ..Recipe::default()
    };
    spoilt(elsewhere, CheckId::Leaves, "record.fingerprint");
    // One that may stand is found among the decisions, with its reason.
    let two = Recipe {
        record_leaves: |leaves, fingerprint| leaves.push(cancel(&officers(), fingerprint)),
        ..Recipe::default()
    };
    let report = build(&two).verify();
    assert_eq!(report.verdict, Verdict::Pass, "{}", shown(&report, election::Lang::En));
    let decisions = report.check("V.503").expect("the decisions");
    assert!(decisions.detail.iter().any(|d| d.code == "standing.cancelled" && d.what.contains("a complaint")));
}

/// Who is shown a record that stopped growing sees when the witnesses saw it last; the verdict is that of the figures.
#[test]
fn lg5_an_old_record_is_told_from_a_fresh_one_by_its_cosignatures() {
    let publication = build(&Recipe::default());
    let at = |now: Option<i64>| {
        let report = publication.verify_with(&Options { root: Some(publication.root), now, ..Options::default() });
        assert_eq!(report.verdict, Verdict::Pass);
        report.freshness.map(|seen| (seen.hours, seen.limit_hours, seen.is_old))
    };
    let witnessed = 1_778_000_000;
    assert_eq!(at(None), None, "without a clock nothing is said");
    assert_eq!(at(Some(witnessed + 6 * 3_600)), Some((6, Some(6), false)));
    assert_eq!(at(Some(witnessed + 7 * 3_600)), Some((7, Some(6), true)));
}

#[test]
fn missing_cosignatures_are_incomplete_and_false_ones_fail() {
    // What was announced before the quorum was there stays so for ever: that fails. Lines that may still come do not.
    let recipe = Recipe { cosigners: 1, ..Recipe::default() };
    let publication = build(&recipe);
    fails(&publication.verify(), CheckId::AnnouncementWitnesses, "witness.quorum");
    let (verdict, [failed, _]) = second(&publication, "V.206");
    assert_eq!((verdict.as_str(), failed), (Some("fail"), BTreeSet::from(["witness.quorum".to_owned()])));
    for lines in [1, 2] {
        let publication = build(&Recipe::default());
        for log in ["record", "intake"] {
            let path = format!("{log}/checkpoint");
            let note = String::from_utf8(publication.files()[&path].clone()).expect("text");
            let kept: Vec<&str> = note.lines().collect();
            publication.write(&path, format!("{}\n", kept[..kept.len() - lines].join("\n")).as_bytes());
        }
        let report = publication.verify();
        assert_eq!(report.verdict, Verdict::Incomplete, "{}", shown(&report, election::Lang::En));
        for check in ["V.205", "V.302"] {
            let check = report.check(check).expect("the witnesses");
            assert_eq!((check.verdict(), check.failed, check.missing), (Verdict::Incomplete, 0, 1), "{check:#?}");
            assert_eq!(check.detail[0].code, "witness.quorum");
        }
    }
    // A line beside a whole quorum, by somebody else or false.
    for (from, to) in [("court.example", "count.example"), ("observers.example ", "observers.example A")] {
        let publication = build(&Recipe::default());
        let note = String::from_utf8(publication.files()["record/checkpoint"].clone()).expect("text");
        publication.write("record/checkpoint", note.replace(from, to).as_bytes());
        assert_eq!(publication.verify().verdict, Verdict::Fail, "{to}");
    }
    let publication = build(&Recipe::default());
    let note = String::from_utf8(publication.files()["record/checkpoint"].clone()).expect("text");
    publication.write("record/checkpoint", note.replace("court.example", "count.example").as_bytes());
    fails(&publication.verify(), CheckId::RecordWitnesses, "witness.refused");
}

#[test]
fn an_announcement_witnessed_over_other_leaves_fails() {
    let recipe = Recipe {
        record_leaves: |_, _| {},
        announcement: |announcement| {
            let size: u64 = announcement.witnessed.lines().nth(1).and_then(|n| n.parse().ok()).expect("a size");
            let at = |size: u64| format!("tiny/record\n{size}\n");
            announcement.witnessed = announcement.witnessed.replace(&at(size), &at(size - 1));
        },
        ..Recipe::default()
    };
    let report = build(&recipe).verify();
    fails(&report, CheckId::AnnouncementWitnesses, "announcement.checkpoint");
    fails(&report, CheckId::AnnouncementWitnesses, "witness.quorum");
}

#[test]
fn a_record_that_ends_otherwise_fails() {
    let other = Recipe {
        last: |leaves, fingerprint| {
            let body = record::entry::Publication { version: 1, manifest: Digest::of(b"another") };
            *leaves = vec![leaf(Some(fingerprint), &Body::Publication(body), &[&KEYS.centre])];
        },
        ..Recipe::default()
    };
    spoilt(other, CheckId::PublicationLeaf, "publication.manifest");
    let none = Recipe { last: |leaves, _| leaves.clear(), ..Recipe::default() };
    spoilt(none, CheckId::PublicationLeaf, "publication.not_last");
}

/// The court's key gives way to another; it has both.
fn rotated(leaves: &mut Vec<Vec<u8>>, fingerprint: Digest, cause: Cause) {
    let (old, new) = (&KEYS.witnesses[0], FileKey::generate(KeyKind::Ed25519).expect("a key"));
    let (before, key) = (old.public_key().id(), new.public_key().clone());
    let request = Request { fingerprint, name: "court.example".into(), before, key, cause };
    let note = request.signed(&new, (cause != Cause::Lost).then_some(old as &dyn Signer)).expect("signed");
    let request = String::from_utf8(note.to_bytes()).expect("text");
    let body = Body::Rotation(Rotation { request, basis: "article 9".into() });
    leaves.push(leaf(Some(fingerprint), &body, &[&KEYS.board[0], &KEYS.board[1]]));
}

fn stolen(leaves: &mut Vec<Vec<u8>>, _: Digest, fingerprint: Digest) {
    rotated(leaves, fingerprint, Cause::Stolen);
}

fn planned(leaves: &mut Vec<Vec<u8>>, _: Digest, fingerprint: Digest) {
    rotated(leaves, fingerprint, Cause::Planned);
}

#[test]
fn without_leaf_0_nothing_after_it_stands() {
    let publication = build(&Recipe::default());
    rewrite(&publication, "record", |leaves| {
        let freeze = Entry::parse(&leaves[0]).expect("the freeze").body;
        *leaves = vec![leaf(None, &freeze, &[&KEYS.board[0]])];
        let fingerprint = Digest::of(&leaves[0]);
        replaced(leaves, fingerprint, SignedBy::Board);
    });
    fails(&publication.verify(), CheckId::Leaves, "record.threshold");
    let (verdict, [failed, _]) = second(&publication, "V.204");
    assert_eq!((verdict.as_str(), failed), (Some("fail"), BTreeSet::from(["record.threshold".to_owned()])));
}

#[test]
fn lg7_a_rotation_of_a_witness_that_the_policy_does_not_name_changes_nothing_in_it() {
    type Named = fn(&mut Vec<Vec<u8>>, Digest, Digest);
    let cases: [(Named, &str); 2] = [(stolen, "witness.stolen_key"), (planned, "witness.new_key")];
    for (after_announcement, code) in cases {
        let policy = |policy: &mut log::Policy| {
            policy.witnesses.remove(0);
            policy.threshold = 1;
        };
        let publication = build(&Recipe { policy, after_announcement, ..Recipe::default() });
        fails(&publication.verify(), CheckId::Frozen, "frozen.other");
        let (verdict, [_, recorded]) = second(&publication, "V.205");
        assert_eq!((verdict.as_str(), recorded), (Some("fail"), BTreeSet::from([code.to_owned()])));
    }
}

#[test]
fn lg7_a_line_by_a_key_that_was_replaced_before_fails() {
    // The announcement stands before that leaf, the end of the record after it; the court's old key has cosigned both.
    let report = build(&Recipe { after_announcement: stolen, ..Recipe::default() }).verify();
    fails(&report, CheckId::RecordWitnesses, "witness.refused");
    let seen = report.check("V.205").expect("it");
    assert_eq!((seen.failed, seen.missing, seen.recorded), (1, 1, 1), "{seen:#?}");
    assert!(seen.detail.iter().any(|own| own.code == "witness.stolen_key" && own.place == "witness court.example"));
    let before = report.check("V.206").expect("it");
    assert_eq!((before.failed, before.missing), (0, 0), "{before:#?}");
    let intake = report.check("V.302").expect("it");
    assert_eq!((intake.failed, intake.missing), (0, 1), "{intake:#?}");
}

fn lost(leaves: &mut Vec<Vec<u8>>, fingerprint: Digest) {
    rotated(leaves, fingerprint, Cause::Lost);
}

#[test]
fn lg7_both_verifiers_hold_the_board_to_as_many_lost_keys_as_the_definition_has() {
    let with = |toml: fn(String) -> String| {
        let publication = build(&Recipe { toml, record_leaves: lost, ..Recipe::default() });
        let report = publication.verify();
        let failed = report.check("V.204").expect("the leaves").detail.iter();
        let failed: BTreeSet<String> =
            failed.filter(|own| own.matter == Matter::Failed).map(|own| own.code.clone()).collect();
        assert_eq!(second(&publication, "V.204").1[0], failed, "the second verifier");
        failed
    };
    let none: BTreeSet<String> = BTreeSet::new();
    assert_eq!(with(|toml| toml), none);
    assert_eq!(with(|toml| toml.replace("fresh_hours = 6", "lost_witnesses = 1")), none);
    let refused = BTreeSet::from(["rotation.quorum".to_owned()]);
    assert_eq!(with(|toml| toml.replace("fresh_hours = 6", "lost_witnesses = 0")), refused);
}

/// What is wrong with an order.
type Fault = fn(&mut Order);

/// Orders with more and more faults, and the code of the first fault of each in the order of docs/formats.md.
const FAULTY: [(Fault, &str); 10] = [
    (|own| own.effect = Effect::Count(nowhere()), "record.order"),
    (|own| own.under = Some(Digest::of(b"no ruling")), "docket.ruling"),
    (|own| own.findings = ["R.503".parse().expect("a rule")].into(), "record.finding"),
    (|own| own.reason = " ".into(), "record.order"),
    (|own| own.supersedes = [Digest::of(b"no order")].into(), "record.supersedes"),
    (|own| own.station = id("s9"), "record.station"),
    // From here on others.
    (|own| *own = alone(Effect::Cancel), "record.one_channel"),
    (|own| *own = alone(Effect::CountHand(Digest::of(b"no count"))), "record.order"),
    (|own| *own = alone(Effect::Restore), "record.order"),
    (|own| own.under = Some(Digest::of(b"no ruling")), "record.order"),
];

/// What no import has brought.
fn nowhere() -> Content {
    let digest = Digest::of(b"a content");
    Content { results_manifest: digest, images_manifest: digest, results: digest }
}

/// An order that says that a copy has not come, and counts none that came alone.
fn alone(effect: Effect) -> Order {
    Order { absent: Some(Absence::Lost), ..Order::new(id("s1"), effect, "a reason", "a clause") }
}

#[test]
fn both_verifiers_name_the_same_fault_of_an_order_that_has_several() {
    let publication = build(&Recipe {
        toml: |toml| toml + "\n[findings]\noff = [\"R.503\"]\n",
        record_leaves: |leaves, fingerprint| {
            let mut order = alone(Effect::Cancel);
            for (spoil, _) in FAULTY {
                spoil(&mut order);
                leaves.push(leaf(Some(fingerprint), &Body::Order(order.clone()), &officers()));
            }
        },
        ..Recipe::default()
    });
    // By the numbers of their leaves: a report sorts its places as words.
    let in_order = |failed: Vec<(&str, &str)>| {
        let number = |place: &str| place.rsplit(' ').next().and_then(|own| own.parse::<u64>().ok()).expect("a leaf");
        let mut failed: Vec<_> = failed.into_iter().map(|(place, code)| (number(place), code.to_owned())).collect();
        failed.sort();
        failed.into_iter().map(|(_, code)| code).collect::<Vec<_>>()
    };
    let codes = FAULTY.map(|(_, code)| code.to_owned());
    let report = publication.verify();
    let failed = report.check("V.204").expect("the leaves").detail.iter();
    let failed = failed.filter(|own| own.matter == Matter::Failed).map(|own| (own.place.as_str(), own.code.as_str()));
    assert_eq!(in_order(failed.collect()), codes);
    let report = by_second(&publication);
    let check = report["checks"].as_array().expect("checks").iter().find(|own| own["id"] == "V.204");
    let failed = check.expect("the leaves")["detail"].as_array().expect("a list").iter();
    let text = |value: &'_ serde_json::Value| value.as_str().expect("text").to_owned();
    let failed = failed.filter(|own| own["matter"] == "failed").map(|own| (text(&own["place"]), text(&own["code"])));
    let failed: Vec<_> = failed.collect();
    let failed = failed.iter().map(|(place, code)| (place.as_str(), code.as_str()));
    assert_eq!(in_order(failed.collect()), codes, "the second verifier");
}
