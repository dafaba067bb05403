//! What witnesses had seen before the polls is kept when their lines come back, and at no other time.

use std::sync::LazyLock;

use log::policy::PolicyWitness;
use record::Body;
use record::entry::Amendment;
use sanad_centre::Step;
use testing::{AT, World};
use verify::{Matter, Verdict};

use crate::common::{Desk, package, second};

/// 7 o'clock in Baghdad on the day of the vote.
const OPENS: u64 = 1_778_558_400;

/// The tiny election, whose polls have an hour.
static WITH_HOUR: LazyLock<World> = LazyLock::new(|| {
    let mut folder = testing::folder(4);
    folder.files.get_mut("election.toml").unwrap().extend(b"\n[law]\npolls_open = \"07:00\"\n");
    World::of(folder)
});

/// The witnesses' lines on the record as it is, by clocks that stand at `time`; whether it was kept.
fn seen(desk: &mut Desk<'_>, time: u64) -> bool {
    let text = desk.room.log().checkpoint().text.clone();
    let line = |witness: &PolicyWitness| {
        let key = &desk.world.keys[witness.body.as_str()];
        format!("{}\n", witness.key.cosign(&text, time, key).unwrap())
    };
    let lines: Vec<String> = desk.world.policy().witnesses.iter().map(line).collect();
    desk.room.cosigned(&lines[0]).unwrap();
    assert!(!desk.room.keep_sight(AT).unwrap(), "one of two is no quorum");
    desk.room.cosigned(&lines[1]).unwrap();
    desk.room.keep_sight(AT).unwrap()
}

fn is_due(desk: &Desk<'_>) -> bool {
    desk.room.open_steps().unwrap().first().is_some_and(|open| open.step == Step::Witness)
}

fn amend(desk: &mut Desk<'_>, before: &str, after: &str) {
    let [before, after] = [before, after].map(|text| Some(text.to_owned()));
    let (reason, basis) = ("a law".into(), "law 5".into());
    let body = Body::Amendment(Amendment { key: "seats.short_list".into(), before, after, reason, basis });
    desk.room.enter(&body, &desk.world.signers(&["board_1", "board_2"]), AT).unwrap();
}

/// Both stations' figures come by both ways, and all is announced and published.
fn publish(desk: &mut Desk<'_>) {
    let packages = ["s1", "s2"].map(|station| desk.world.package(&testing::Count::of(station, [6, 3, 1, 1])));
    desk.network(&packages.each_ref());
    desk.stick(&packages.each_ref());
    desk.publish().unwrap();
}

#[test]
fn what_witnesses_saw_before_the_polls_is_kept_once_and_again_after_a_change() {
    let mut desk = Desk::of(&WITH_HOUR);
    assert!(is_due(&desk) && !desk.room.keep_sight(AT).unwrap());
    assert!(seen(&mut desk, OPENS - 900));
    assert_eq!((desk.room.log().size(), is_due(&desk)), (2, false));
    // The leaf that keeps it needs no leaf of its own.
    assert!(!seen(&mut desk, OPENS - 800));
    assert_eq!(desk.room.log().size(), 2);
    amend(&mut desk, "vacant", "next_quotient");
    assert!(is_due(&desk) && seen(&mut desk, OPENS - 700) && !is_due(&desk));
    // After a night all of it stands.
    let own = desk.open().unwrap().state().before_polls(&WITH_HOUR.frozen.definition).unwrap();
    assert_eq!((own.since, own.seen), (Some(OPENS - 900), vec![(0, "freeze"), (2, "amendment")]));
    // Results come in: from here on the record ends as announcements need it.
    publish(&mut desk);
    amend(&mut desk, "next_quotient", "vacant");
    assert!(!is_due(&desk) && !seen(&mut desk, OPENS + 9_000));
}

#[test]
fn a_publication_proves_that_witnesses_had_seen_the_freeze() {
    let mut desk = Desk::of(&WITH_HOUR);
    assert!(seen(&mut desk, OPENS - 900));
    publish(&mut desk);
    let report = desk.passes();
    let check = report.check("V.209").unwrap();
    assert_eq!((check.verdict(), check.checked, check.recorded), (Verdict::Pass, 2, 0), "{check:#?}");
    let (passes, said) = second(&desk);
    assert!(passes, "{said}");
}

#[test]
fn lines_that_come_after_the_polls_opened_are_kept_and_prove_that_it_was_late() {
    let mut desk = Desk::of(&WITH_HOUR);
    assert!(seen(&mut desk, OPENS));
    publish(&mut desk);
    let report = desk.verified();
    let failed: Vec<&str> = report
        .checks
        .iter()
        .flat_map(|check| &check.detail)
        .filter(|detail| detail.matter == Matter::Failed)
        .map(|detail| detail.code.as_str())
        .collect();
    assert_eq!((report.verdict, failed), (Verdict::Fail, vec!["freeze.unseen"]));
    let (passes, said) = second(&desk);
    assert!(!passes && said.contains("freeze.unseen"), "{said}");
}

#[test]
fn without_an_hour_nothing_is_kept() {
    let mut desk = Desk::new();
    assert!(!is_due(&desk) && !seen(&mut desk, OPENS - 900));
    assert_eq!(desk.room.log().size(), 1);
    let (one, two) = (package("s1", [6, 3, 1, 1]), package("s2", [1, 2, 0, 0]));
    desk.network(&[&one, &two]);
    desk.stick(&[&one, &two]);
    desk.publish().unwrap();
    let report = desk.passes();
    let told: Vec<&str> = report.check("V.209").unwrap().detail.iter().map(|own| own.code.as_str()).collect();
    assert_eq!(told, ["freeze.no_hour"]);
}
