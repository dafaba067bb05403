//! V.3xx: the log of the receiving service, and the receipts.

use std::sync::OnceLock;

use election::Digest;
use record::entry::Refused;
use record::{Body, Medium};
use sign::dsse::Envelope;

use crate::common::{KEYS, Recipe, build, id, leaf};
use crate::verify::CheckId;
use crate::{fails, spoilt};

#[test]
fn an_intake_leaf_by_another_key_fails() {
    spoilt(Recipe { intake_key: || &KEYS.stranger, ..Recipe::default() }, CheckId::IntakeLeaves, "dsse.key");
    let twice = Recipe { intake_leaves: |leaves| leaves.insert(1, leaves[0].clone()), ..Recipe::default() };
    spoilt(twice, CheckId::IntakeLeaves, "intake.repeated");
    let moved = Recipe { intake_leaves: |leaves| leaves.swap(0, 1), ..Recipe::default() };
    spoilt(moved, CheckId::IntakeLeaves, "intake.receipt");
}

/// A label by a device that nobody listed, which the receiving service has let into its log and the centre has refused.
#[test]
fn a_label_of_an_unlisted_device_fails_though_the_record_refuses_it() {
    static STRANGE: OnceLock<Vec<u8>> = OnceLock::new();
    let recipe = Recipe {
        intake_leaves: |leaves| {
            let strange = STRANGE.get_or_init(|| {
                let label = Envelope::parse(&leaves[0]).expect("a label");
                let says = String::from_utf8(label.payload().to_vec()).expect("JSON");
                assert!(says.contains("\"device\":\"d1\""), "{says}");
                let says = says.replace("\"device\":\"d1\"", "\"device\":\"d9\"").replace("-d1-", "-d9-");
                sign::dsse::sign("label", says.as_bytes(), &[&KEYS.stranger]).expect("signed").to_bytes()
            });
            // The close stays the last.
            leaves.insert(2, strange.clone());
        },
        record_leaves: |leaves, fingerprint| {
            let refused = Refused {
                medium: Medium::Network,
                station: Some(id("s1")),
                label: Digest::of(STRANGE.get().expect("the intake log is made first")),
                code: "record.device".into(),
                what: "the device is not listed".into(),
            };
            leaves.push(leaf(Some(fingerprint), &Body::Refused(refused), &[&KEYS.centre]));
        },
        ..Recipe::default()
    };
    let report = build(&recipe).verify();
    fails(&report, CheckId::IntakeLeaves, "record.device");
    let check = report.check("V.305").expect("the check");
    assert_eq!((check.failed, check.recorded), (0, 1), "{check:#?}");
}

#[test]
fn an_intake_that_is_open_or_miscounts_fails() {
    let open = Recipe { intake_leaves: |leaves| drop(leaves.pop()), ..Recipe::default() };
    spoilt(open, CheckId::IntakeClose, "intake.open");
    spoilt(Recipe { close: |close| close.packages = 2, ..Recipe::default() }, CheckId::IntakeClose, "intake.counts");
    // Labels whose files never became complete have no leaf: what the close says of them is told, and is no fault.
    let report = build(&Recipe { close: |close| close.incomplete = 3, ..Recipe::default() }).verify();
    let check = report.check("V.304").expect("the close");
    assert_eq!((check.failed, check.missing, check.recorded), (0, 0, 1), "{check:#?}");
    let after = Recipe { intake_leaves: |leaves| leaves.swap(1, 2), ..Recipe::default() };
    spoilt(after, CheckId::IntakeClose, "intake.after_close");
}

#[test]
fn a_received_package_that_is_nowhere_fails() {
    // The record says that it came by stick alone.
    let recipe = Recipe {
        import: |import| {
            import.medium = record::Medium::Stick;
            import.intake = None;
            if import.station == id("s1") {
                import.generation = 2;
            }
        },
        ..Recipe::default()
    };
    spoilt(recipe, CheckId::Accounted, "intake.unaccounted");
}

#[test]
fn an_import_under_another_intake_checkpoint_fails() {
    let recipe = Recipe {
        import: |import| {
            if let Some(position) = &mut import.intake {
                position.root = Digest::of(b"another");
            }
        },
        ..Recipe::default()
    };
    spoilt(recipe, CheckId::ImportPosition, "intake.position");
    let early = Recipe {
        import: |import| {
            if let Some(position) = &mut import.intake {
                position.size = 0;
            }
        },
        ..Recipe::default()
    };
    spoilt(early, CheckId::ImportPosition, "intake.not_below");
    let none = Recipe { import: |import| import.intake = None, ..Recipe::default() };
    spoilt(none, CheckId::ImportPosition, "intake.no_position");
}

#[test]
fn a_receipt_for_another_label_fails() {
    let recipe = Recipe {
        files: |files| {
            let receipt = files["stations/s1/d1-1/receipt.json"].clone();
            files.insert("stations/s2/d2-1/receipt.json".into(), receipt);
            files.insert("stations/s1/d1-1/receipt.json".into(), b"{}".to_vec());
        },
        ..Recipe::default()
    };
    let report = build(&recipe).verify();
    fails(&report, CheckId::Receipts, "receipt.other");
    fails(&report, CheckId::Receipts, "receipt.no_leaf");
}
