//! V.412: counts by hand.

use std::collections::BTreeSet;
use std::sync::OnceLock;

use election::Digest;
use package::{BallotAccount, StationResults};
use record::entry::{Body, Effect, HandCount, Order, Recount};
use record::{Content, Entry};

use crate::common::{Files, Recipe, build, id, leaf, officers};
use crate::stations::second;
use crate::verify::{CheckId, Verdict};
use crate::{Spoil, fails, replace, shown};

/// What the device of s1 has counted.
fn device() -> &'static StationResults {
    static DEVICE: OnceLock<StationResults> = OnceLock::new();
    DEVICE.get_or_init(|| {
        let publication = build(&Recipe::default());
        let path = publication.path().join("stations/s1/d1-1/results.json");
        StationResults::parse(&std::fs::read(path).expect("published")).expect("results")
    })
}

/// The count of s1 by hand, with a blank ballot more where `other` says so, and what its leaf says that it agrees with.
fn counted(
    leaves: &mut Vec<Vec<u8>>,
    fingerprint: Digest,
    other: bool,
    agrees: fn(Content) -> Option<Content>,
) -> Digest {
    let StationResults { mut account, mut contests, .. } = device().clone();
    let Body::Import(import) = Entry::parse(&leaves[1]).expect("a leaf").body else { panic!("an import") };
    if other {
        contests[0].blank += 1;
        contests[0].ballots += 1;
        account = BallotAccount { blank: account.blank + 1, cast: account.cast + 1, used: account.used + 1, ..account };
        account.unused -= 1;
    }
    contests.iter_mut().for_each(|own| own.votes.retain(|_, votes| *votes > 0));
    let (reason, basis) = ("the slip differs".to_owned(), "article 2".to_owned());
    let recount = Recount { station: id("s1"), reason, basis, evidence: Vec::new(), under: None, withdraws: None };
    let recount = leaf(Some(fingerprint), &Body::Recount(recount), &officers());
    let own = HandCount {
        station: id("s1"),
        ordered: Some(Digest::of(&recount)),
        account,
        contests,
        paper: Digest::of(b"a protocol"),
        agrees: agrees(import.content),
    };
    let own = leaf(Some(fingerprint), &Body::HandCount(own), &officers());
    let digest = Digest::of(&own);
    leaves.extend([recount, own]);
    digest
}

#[test]
fn a_count_by_hand_that_only_says_that_it_agrees_fails() {
    let same = |leaves: &mut Vec<Vec<u8>>, fingerprint| {
        counted(leaves, fingerprint, false, Some);
    };
    let publication = build(&Recipe { record_leaves: same, ..Recipe::default() });
    let report = publication.verify();
    assert_eq!(report.verdict, Verdict::Pass, "{}", shown(&report, election::Lang::En));
    let check = report.check("V.412").expect("the counts");
    assert_eq!((check.checked, check.recorded), (1, 0), "{check:#?}");
    // A recount that nobody has answered is named.
    let due = |leaves: &mut Vec<Vec<u8>>, fingerprint| {
        counted(leaves, fingerprint, false, Some);
        leaves.pop();
    };
    let report = build(&Recipe { record_leaves: due, ..Recipe::default() }).verify();
    let check = report.check("V.412").expect("the counts");
    assert_eq!(check.detail.iter().map(|own| own.code.as_str()).collect::<Vec<_>>(), ["hand_count.due"]);
    let other = |leaves: &mut Vec<Vec<u8>>, fingerprint| {
        counted(leaves, fingerprint, true, Some);
    };
    let report = build(&Recipe { record_leaves: other, ..Recipe::default() }).verify();
    fails(&report, CheckId::HandCounts, "hand_count.agrees");
}

#[test]
fn a_count_by_hand_that_is_counted_is_what_is_published() {
    let by_order = |leaves: &mut Vec<Vec<u8>>, fingerprint| {
        let count = counted(leaves, fingerprint, true, |_| None);
        let own = Order::new(id("s1"), Effect::CountHand(count), "the paper goes first", "article 2");
        leaves.push(leaf(Some(fingerprint), &Body::Order(own), &officers()));
    };
    let publication = build(&Recipe { record_leaves: by_order, ..Recipe::default() });
    let report = publication.verify();
    assert_eq!(report.verdict, Verdict::Pass, "{}", shown(&report, election::Lang::En));
    let check = report.check("V.412").expect("the counts");
    assert_eq!((check.checked, check.recorded), (0, 1), "{check:#?}");
    // The device's figures in the place of those of the paper: no hash of the tables can tell, and yet.
    let device = Recipe {
        record_leaves: by_order,
        tables: |files| crate::replace(files, "stations.csv", ",yes,la,", ",yes,la,1"),
        ..Recipe::default()
    };
    fails(&build(&device).verify(), CheckId::StationFigures, "table.value");
}

/// One order is to count the paper of s1, which has two blank ballots, and another to leave the station out. The device
/// has one of them.
#[test]
fn wf5_a_total_that_no_order_gives_fails() {
    let contradicting = |leaves: &mut Vec<Vec<u8>>, fingerprint| {
        let count = counted(leaves, fingerprint, true, |_| None);
        for effect in [Effect::CountHand(count), Effect::Cancel] {
            let own = Order::new(id("s1"), effect, "another court, another ruling", "article 2");
            leaves.push(leaf(Some(fingerprint), &Body::Order(own), &officers()));
        }
    };
    let whole = Recipe { record_leaves: contradicting, ..Recipe::default() };
    let publication = build(&whole);
    let report = publication.verify();
    assert_eq!(report.verdict, Verdict::Pass, "{}", shown(&report, election::Lang::En));
    let (verdict, codes) = second(&publication, "V.508");
    assert_eq!(codes, [BTreeSet::new(), BTreeSet::from(["docket.open".to_owned()])]);
    assert_eq!(verdict, "pass", "the second verifier");

    let docket: Spoil<Files> =
        |files| replace(files, "docket/sub_judice.csv", "assembly,,,_blank,0,2", "assembly,,,_blank,0,1");
    let publication = build(&Recipe { docket, ..whole });
    fails(&publication.verify(), CheckId::OpenMatters, "docket.table");
    let (verdict, [failed, _]) = second(&publication, "V.508");
    assert_eq!(failed, BTreeSet::from(["table.value".to_owned()]));
    assert_eq!(verdict, "fail", "the second verifier");
}
