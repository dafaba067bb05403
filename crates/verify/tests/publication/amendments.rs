//! What an amendment may say, asked of both verifiers: the second reads the rules by code of its own.

use election::Digest;
use record::entry::{Amendment, Body};
use sign::Signer;

use crate::common::{KEYS, Recipe, build, leaf};
use crate::fails;
use crate::stations::second;
use crate::verify::{CheckId, Verdict};

/// Key, before, after, and why not; of a definition without `[findings]`, whose `[seats]` has a method alone. An empty text is one.
type Case = (&'static str, Option<&'static str>, Option<&'static str>, &'static str);

#[rustfmt::skip]
const REFUSED: [Case; 16] = [
    ("findings.unbalanced", None, Some("5"), "decision.before"),
    ("findings.unbalanced", Some("00"), Some("5"), "decision.before"),
    ("findings.unbalanced", Some("0"), Some("05"), "rules.value"),
    ("findings.turnout", Some("1/1"), Some("9/10"), "decision.before"),
    ("findings.turnout", Some("1"), Some("1/1"), "decision.unchanged"),
    ("findings.turnout", Some("1"), None, "decision.unchanged"),
    ("findings.turnout", Some("1"), Some("11/10"), "rules.value"),
    ("findings.alike_from", Some("10"), None, "decision.unchanged"),
    ("findings.off", Some(""), Some("  "), "decision.unchanged"),
    ("findings.sources", None, Some("1"), "rules.key"),
    ("seats.short_list", None, Some("next_quotient"), "decision.before"),
    ("seats.short_list", Some("vacant"), None, "decision.unchanged"),
    ("seats.method", Some("sainte-lague:1.7"), Some("hare"), "decision.before"),
    ("seats.method", Some("sainte-lague:17/10"), Some("sainte-lague:1.7"), "decision.unchanged"),
    ("announce", Some("matched"), Some("arrived"), "rules.lowered"),
    ("announce_by_kind.abroad", None, Some("arrived"), "rules.lowered"),
];

fn amendment(key: &str, before: Option<&str>, after: Option<&str>, fingerprint: Digest) -> Vec<u8> {
    let [before, after] = [before, after].map(|text| text.map(str::to_owned));
    let (reason, basis) = ("a law of the day before".into(), "law 5".into());
    let body = Body::Amendment(Amendment { key: key.into(), before, after, reason, basis });
    leaf(Some(fingerprint), &body, &KEYS.board.each_ref().map(|key| key as &dyn Signer))
}

/// Puts case `N` before the imports.
fn refused<const N: usize>(leaves: &mut Vec<Vec<u8>>, fingerprint: Digest) {
    let (key, before, after, _) = REFUSED[N];
    leaves.insert(1, amendment(key, before, after, fingerprint));
}

#[track_caller]
fn both_refuse(record_leaves: fn(&mut Vec<Vec<u8>>, Digest), (key, before, after, code): Case) {
    let publication = build(&Recipe { record_leaves, ..Recipe::default() });
    fails(&publication.verify(), CheckId::Leaves, code);
    let (verdict, [failed, _]) = second(&publication, "V.204");
    assert_eq!(verdict, "fail", "{key} {before:?} {after:?}");
    assert_eq!(failed, [code.to_owned()].into(), "the second verifier: {key} {before:?} {after:?}");
}

macro_rules! each {
    ($($number:literal)*) => { $(both_refuse(refused::<$number>, REFUSED[$number]);)* };
}

#[test]
fn both_verifiers_refuse_the_same_amendments() {
    each!(0 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15);
}

/// The same amendment stands before the first import, and not after it.
#[test]
fn both_verifiers_hold_the_rules_of_findings_to_what_stood_before_the_first_import() {
    fn early(leaves: &mut Vec<Vec<u8>>, fingerprint: Digest) {
        leaves.insert(1, amendment("findings.off", Some(""), Some("R.505 R.501"), fingerprint));
        leaves.insert(2, amendment("findings.turnout", Some("1"), Some("9/10"), fingerprint));
        leaves.insert(3, amendment("seats.short_list", Some("vacant"), Some("next_quotient"), fingerprint));
        // As it was read: in order, and not reduced.
        leaves.insert(4, amendment("findings.off", Some("R.501 R.505"), None, fingerprint));
        leaves.insert(5, amendment("findings.turnout", Some("9/10"), Some("0.90"), fingerprint));
        leaves.insert(6, amendment("findings.turnout", Some("90/100"), None, fingerprint));
    }
    fn late(leaves: &mut Vec<Vec<u8>>, fingerprint: Digest) {
        leaves.insert(2, amendment("findings.off", Some(""), Some("R.505"), fingerprint));
    }
    let publication = build(&Recipe { record_leaves: early, ..Recipe::default() });
    assert_eq!(publication.verify().verdict, Verdict::Pass);
    let (verdict, [failed, _]) = second(&publication, "V.204");
    assert_eq!(verdict, "pass", "the second verifier: {failed:?}");
    both_refuse(late, ("findings.off", Some(""), Some("R.505"), "decision.figures_known"));
}
