//! V.8xx: slips that somebody brings along.

use election::Digest;

use crate::common::{KEYS, Recipe, build};
use crate::verify::{self, CheckId, Options, Verdict};
use crate::{fails, shown};

#[test]
fn a_slip_brought_along_is_compared() {
    let publication = build(&Recipe::default());
    // A slip pins the root by itself.
    let own = Options { root: None, slips: vec![publication.slip("photo.png")] };
    let report = publication.verify_with(&own);
    assert_eq!(report.verdict, Verdict::Pass, "{}", shown(&report, election::Lang::En));
    assert_eq!(report.root.pinned, Some(publication.root));
    // The slip of the same station and device over other figures, well signed.
    let other = build(&Recipe::default());
    let joined = package::slip::Slip::join(&publication.slip).expect("a slip");
    let mut figures = joined.claims().clone();
    figures.account.spoiled += 1;
    let slip = verify::SlipInput { name: "other.png".into(), texts: figures.sign(&KEYS.devices[0]).expect("signed") };
    let options = Options { root: Some(publication.root), slips: vec![slip] };
    fails(&publication.verify_with(&options), CheckId::SlipFigures, "slip.differs");
    // By a key of another device.
    let slip =
        verify::SlipInput { name: "forged.png".into(), texts: joined.claims().sign(&KEYS.stranger).expect("signed") };
    let options = Options { root: Some(publication.root), slips: vec![slip] };
    fails(&publication.verify_with(&options), CheckId::SlipSignatures, "cose.key");
    // Of another history of the same election: it does not pin this one.
    let options = Options { root: None, slips: vec![other.slip("gazette.png")] };
    let report = publication.verify_with(&options);
    fails(&report, CheckId::Root, "root.other");
    fails(&report, CheckId::SlipSignatures, "slip.other");
}

/// A slip of another election, round or mode says nothing of this publication: it is named, changes no verdict, and is
/// no comparison either.
#[test]
fn a_slip_of_another_election_is_set_aside() {
    let publication = build(&Recipe::default());
    let joined = package::slip::Slip::join(&publication.slip).expect("a slip");
    let mut figures = joined.claims().clone();
    figures.scope.mode = election::Mode::Rehearsal;
    figures.fingerprint = Digest::of(b"the rehearsal's");
    let foreign =
        verify::SlipInput { name: "rehearsal.png".into(), texts: figures.sign(&KEYS.devices[0]).expect("signed") };
    let with_own = Options { root: None, slips: vec![publication.slip("photo.png"), foreign.clone()] };
    let report = publication.verify_with(&with_own);
    assert_eq!(report.verdict, Verdict::Pass, "{}", shown(&report, election::Lang::En));
    assert_eq!(report.root.pinned, Some(publication.root), "the slip of this election pins it");
    let signatures = report.check("V.801").expect("a check");
    assert_eq!((signatures.checked, signatures.aside), (1, 1));
    assert!(signatures.detail.iter().any(|d| d.matter == verify::Matter::Aside && d.place == "rehearsal.png"));
    let alone = Options { root: Some(publication.root), slips: vec![foreign] };
    let report = publication.verify_with(&alone);
    assert_eq!(report.verdict, Verdict::Incomplete, "nothing was compared: {}", shown(&report, election::Lang::En));
}
