//! V.8xx: slips that somebody brings along.

use election::Digest;

use crate::common::{KEYS, Recipe, build};
use crate::verify::{self, CheckId, Options, Verdict};
use crate::{fails, shown};

#[test]
fn a_slip_brought_along_is_compared() {
    let publication = build(&Recipe::default());
    // A slip pins the root by itself.
    let own = Options { slips: Some(vec![publication.slip("photo.png")]), ..Options::default() };
    let report = publication.verify_with(&own);
    assert_eq!(report.verdict, Verdict::Pass, "{}", shown(&report, election::Lang::En));
    assert_eq!(report.root.pinned, Some(publication.root));
    // The slip of the same station and device over other figures, well signed.
    let other = build(&Recipe::default());
    let joined = package::slip::Slip::join(&publication.slip).expect("a slip");
    let mut figures = joined.claims().clone();
    figures.account.spoiled += 1;
    let slip = verify::SlipInput { name: "other.png".into(), texts: figures.sign(&KEYS.devices[0]).expect("signed") };
    let options = Options { root: Some(publication.root), slips: Some(vec![slip]), ..Options::default() };
    fails(&publication.verify_with(&options), CheckId::SlipFigures, "slip.differs");
    // By a key of another device.
    let slip =
        verify::SlipInput { name: "forged.png".into(), texts: joined.claims().sign(&KEYS.stranger).expect("signed") };
    let options = Options { root: Some(publication.root), slips: Some(vec![slip]), ..Options::default() };
    fails(&publication.verify_with(&options), CheckId::SlipSignatures, "cose.key");
    // Of another history of the same election: it does not pin this one.
    let options = Options { slips: Some(vec![other.slip("gazette.png")]), ..Options::default() };
    let report = publication.verify_with(&options);
    fails(&report, CheckId::Root, "root.other");
    fails(&report, CheckId::SlipSignatures, "slip.other");
}

/// Somebody meant to compare slips, and there was none: that is not the same as nobody having asked.
#[test]
fn no_slip_among_those_brought_is_incomplete() {
    let publication = build(&Recipe::default());
    let report = publication.verify_with(&Options {
        root: Some(publication.root),
        slips: Some(Vec::new()),
        ..Options::default()
    });
    assert_eq!(report.verdict, Verdict::Incomplete, "{}", shown(&report, election::Lang::En));
    for check in ["V.801", "V.802"] {
        assert_eq!(report.check(check).expect("a check").verdict(), Verdict::Incomplete, "{check}");
    }
    assert!(publication.verify().check("V.801").is_none(), "nobody asked");
}

/// What is published is not what is counted: the slip is held against it all the same, and left out of nothing.
#[test]
fn a_slip_of_a_station_whose_figures_were_changed_is_compared() {
    let publication = build(&Recipe {
        files: |files| {
            let is_results = |path: &&String| path.starts_with("stations/s1/") && path.ends_with("/results.json");
            let path = files.keys().find(is_results).expect("figures").clone();
            let text = String::from_utf8(files[&path].clone()).expect("text");
            let (before, salt) = text.split_once("\"salt\":\"").expect("a salt");
            let other = if salt.starts_with('0') { '1' } else { '0' };
            files.insert(path, format!("{before}\"salt\":\"{other}{}", &salt[1..]).into_bytes());
        },
        ..Recipe::default()
    });
    let options = Options {
        root: Some(publication.root),
        slips: Some(vec![publication.slip("photo.png")]),
        ..Options::default()
    };
    fails(&publication.verify_with(&options), CheckId::SlipFigures, "slip.differs");
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
    let with_own = Options { slips: Some(vec![publication.slip("photo.png"), foreign.clone()]), ..Options::default() };
    let report = publication.verify_with(&with_own);
    assert_eq!(report.verdict, Verdict::Pass, "{}", shown(&report, election::Lang::En));
    assert_eq!(report.root.pinned, Some(publication.root), "the slip of this election pins it");
    let signatures = report.check("V.801").expect("a check");
    assert_eq!((signatures.checked, signatures.aside), (1, 1));
    assert!(signatures.detail.iter().any(|d| d.matter == verify::Matter::Aside && d.place == "rehearsal.png"));
    let alone = Options { root: Some(publication.root), slips: Some(vec![foreign]), ..Options::default() };
    let report = publication.verify_with(&alone);
    assert_eq!(report.verdict, Verdict::Incomplete, "nothing was compared: {}", shown(&report, election::Lang::En));
}
