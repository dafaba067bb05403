//! V.209: what witnesses had seen before the polls opened, asked of both verifiers.

use std::collections::BTreeSet;

use election::Digest;
use log::merkle::{Hash, Tree, leaf_hash};
use log::{Checkpoint, Note};
use record::entry::{Amendment, Body, Seen};
use sign::Signer;

use crate::common::recipe::Leaves;
use crate::common::{KEYS, Recipe, build, leaf, witness_keys};
use crate::shown;
use crate::stations::second;
use crate::verify::{CheckId, Matter, Verdict};

/// 7 o'clock in Baghdad on the day of the vote.
const OPENS: u64 = 1_778_558_400;

fn with_hour(toml: String) -> String {
    format!("{toml}\n[law]\npolls_open = \"07:00\"\n")
}

/// A leaf that keeps a checkpoint of so many leaves, which both witnesses cosigned at their times.
fn kept(fingerprint: Digest, size: usize, root: Hash, times: [u64; 2]) -> Vec<u8> {
    let text = Checkpoint { origin: "tiny/record".into(), size: size as u64, root }.to_text();
    let mut note = Note { text, signatures: Vec::new() };
    note.sign("tiny/record", &KEYS.record_log).expect("signed");
    for ((key, signer), time) in witness_keys().iter().zip(&KEYS.witnesses).zip(times) {
        note.signatures.push(key.cosign(&note.text, time, signer).expect("a cosignature"));
    }
    let checkpoint = String::from_utf8(note.to_bytes()).expect("text");
    leaf(Some(fingerprint), &Body::Seen(Seen { checkpoint }), &[&KEYS.centre])
}

/// Keeps the checkpoint of the first `size` leaves behind them.
fn keep(leaves: &mut Vec<Vec<u8>>, fingerprint: Digest, size: usize, times: [u64; 2]) {
    let root = Tree::of(leaves[..size].iter().map(|leaf| leaf_hash(leaf))).root_at(size as u64).expect("as many");
    leaves.insert(size, kept(fingerprint, size, root, times));
}

fn amendment(fingerprint: Digest, before: &str, after: &str) -> Vec<u8> {
    let [before, after] = [before, after].map(|text| Some(text.to_owned()));
    let (reason, basis) = ("a law".into(), "law 5".into());
    let body = Body::Amendment(Amendment { key: "seats.short_list".into(), before, after, reason, basis });
    leaf(Some(fingerprint), &body, &KEYS.board.each_ref().map(|key| key as &dyn Signer))
}

/// Both verifiers say of V.209 that these codes fail, are missing and are recorded; gives how many things were looked at.
#[track_caller]
fn both(recipe: &Recipe, [failed, missing, recorded]: [&[&str]; 3]) -> u64 {
    let publication = build(recipe);
    let report = publication.verify();
    let check = report.check(CheckId::BeforePolls.code()).expect("V.209");
    let codes = |matter: Matter| -> BTreeSet<String> {
        check.detail.iter().filter(|detail| detail.matter == matter).map(|detail| detail.code.clone()).collect()
    };
    let of = |codes: &[&str]| codes.iter().map(|code| (*code).to_owned()).collect::<BTreeSet<String>>();
    let said = [Matter::Failed, Matter::Missing, Matter::Recorded].map(codes);
    assert_eq!(said, [of(failed), of(missing), of(recorded)], "{}", shown(&report, election::Lang::En));
    let verdict = match (failed, missing) {
        ([], []) => Verdict::Pass,
        ([], _) => Verdict::Incomplete,
        _ => Verdict::Fail,
    };
    assert_eq!(check.verdict(), verdict);
    let (whole, codes) = second(&publication, "V.209");
    assert_eq!(codes, [of(failed), of(recorded)], "the second verifier");
    if missing.is_empty() {
        assert_eq!(report.verdict, verdict, "{}", shown(&report, election::Lang::En));
        assert_eq!(whole == "pass", verdict == Verdict::Pass, "the second verifier says {whole}");
    }
    check.checked
}

#[test]
fn a_freeze_that_witnesses_saw_before_the_polls_opened_holds() {
    let seen = Recipe {
        toml: with_hour,
        record_leaves: |leaves, fingerprint| keep(leaves, fingerprint, 1, [OPENS - 1, OPENS - 900]),
        ..Recipe::default()
    };
    assert_eq!(both(&seen, [&[], &[], &[]]), 2, "the root that was kept, and the hour");
    // A late line on what enough had seen in time takes nothing away.
    let late_as_well = Recipe {
        record_leaves: |leaves, fingerprint| {
            keep(leaves, fingerprint, 1, [OPENS + 5, OPENS + 5]);
            keep(leaves, fingerprint, 1, [OPENS - 1, OPENS - 1]);
        },
        ..seen
    };
    assert_eq!(both(&late_as_well, [&[], &[], &[]]), 3);
}

#[test]
fn a_freeze_that_witnesses_saw_after_the_polls_opened_fails() {
    // One of two had seen it in time, the other when the polls opened.
    let late: Leaves = |leaves, fingerprint| keep(leaves, fingerprint, 1, [OPENS - 900, OPENS]);
    both(&Recipe { toml: with_hour, record_leaves: late, ..Recipe::default() }, [&["freeze.unseen"], &[], &[]]);
    // Nothing is kept, and something is announced.
    both(&Recipe { toml: with_hour, ..Recipe::default() }, [&["freeze.unseen"], &[], &[]]);
    // Nothing is kept, and nothing is announced: it may still come.
    let unannounced =
        Recipe { toml: with_hour, announcement: |announcement| announcement.version = 2, ..Recipe::default() };
    both(&unannounced, [&[], &["freeze.not_kept"], &[]]);
}

#[test]
fn without_an_hour_nothing_is_said_of_when_the_freeze_was_seen() {
    both(&Recipe::default(), [&[], &[], &["freeze.no_hour"]]);
    let late: Leaves = |leaves, fingerprint| keep(leaves, fingerprint, 1, [OPENS + 9, OPENS + 9]);
    assert_eq!(both(&Recipe { record_leaves: late, ..Recipe::default() }, [&[], &[], &["freeze.no_hour"]]), 1);
}

#[test]
fn a_kept_checkpoint_of_another_history_fails() {
    let other: Leaves =
        |leaves, fingerprint| leaves.insert(1, kept(fingerprint, 1, [7; 32], [OPENS - 900, OPENS - 900]));
    both(&Recipe { toml: with_hour, record_leaves: other, ..Recipe::default() }, [&["witnessed.root"], &[], &[]]);
    both(&Recipe { record_leaves: other, ..Recipe::default() }, [&["witnessed.root"], &[], &["freeze.no_hour"]]);
}

#[test]
fn a_change_of_rules_is_named_with_whether_witnesses_had_seen_it_before_the_polls_opened() {
    let changed: Leaves = |leaves, fingerprint| {
        leaves.insert(1, amendment(fingerprint, "vacant", "next_quotient"));
        keep(leaves, fingerprint, 2, [OPENS - 900, OPENS - 900]);
        leaves.insert(3, amendment(fingerprint, "next_quotient", "vacant"));
    };
    let recipe = Recipe { toml: with_hour, record_leaves: changed, ..Recipe::default() };
    both(&recipe, [&[], &[], &["change.seen", "change.unseen"]]);
    let report = build(&recipe).verify();
    let detail = &report.check("V.209").expect("it").detail;
    let places: Vec<(&str, &str)> = detail.iter().map(|own| (own.place.as_str(), own.code.as_str())).collect();
    assert_eq!(places, [("record leaf 1", "change.seen"), ("record leaf 3", "change.unseen")]);
}

fn nothing(_: &mut Vec<Vec<u8>>, _: Digest) {}

#[test]
fn the_statement_and_every_page_say_whether_the_freeze_was_seen() {
    let seen: Leaves = |leaves, fingerprint| keep(leaves, fingerprint, 1, [OPENS - 60, OPENS - 60]);
    let page = |record_leaves: Leaves, path: &str| {
        let files = build(&Recipe { toml: with_hour, record_leaves, ..Recipe::default() }).files();
        String::from_utf8(files[path].clone()).expect("text")
    };
    let html = page(seen, "en/station/s1.html");
    assert!(
        html.contains("Witnesses saw the freeze of rules and keys at \u{2066}2026-05-12T03:59:00Z\u{2069}"),
        "{html}"
    );
    assert!(!html.contains("Not shown: that witnesses"), "{html}");
    let html = page(nothing, "en/station/s1.html");
    assert!(html.contains("Not shown: that witnesses had seen the freeze of rules and keys"), "{html}");
    for (leaves, share) in [(seen, "1 of 1 (100 %)"), (nothing, "0 of 1 (0 %)")] {
        let text = page(leaves, "announcement/statement-en.txt");
        let figure = "cosigned by enough witnesses before the polls opened";
        assert!(text.contains(&format!("{figure}: {share}\n")) && text.contains("V.205 V.206 V.209"), "{text}");
    }
}
