//! The rules where they meet real packages: another definition, figures that no rule allows, and decisions that stand
//! beside the figures, up to a stranger's check of the publication.

use election::Digest;
use record::entry::{Amendment, Candidacy, Opening, Withdrawal};
use record::{Body, Medium};
use sanad_centre::Carrier;
use testing::{AT, Count, World, id, put};

use crate::common::{Desk, WORLD, became, package};

const OFFICERS: [&str; 2] = ["officer_1", "officer_2"];

/// The rows of a table, without the header, each as one line.
fn rows(desk: &Desk<'_>, table: &str) -> Vec<String> {
    let text = String::from_utf8(desk.results()[table].clone()).unwrap();
    text.lines().skip(1).map(str::to_owned).collect()
}

/// Carries a stick on which not everything holds.
fn carry(desk: &mut Desk<'_>, packages: &[&package::make::Package]) -> Vec<(String, &'static str, String)> {
    let folder = tempfile::tempdir().unwrap();
    packages.iter().for_each(|package| put(package, &folder.path().join(package.name.station.as_str())));
    let report = desk.carry(&Carrier::look(folder.path()).unwrap(), Medium::Stick);
    became(&report).into_iter().map(|(name, became, code)| (name.to_owned(), became, code.to_owned())).collect()
}

#[test]
fn tb5_a_device_under_another_definition_is_refused_for_its_station_alone() {
    let mut desk = Desk::new();
    // s1's device was loaded with version 2 of the definition: its key is right, the fingerprint it names is another.
    let mut parts = WORLD.parts(&Count::of("s1", [6, 3, 1, 1]));
    parts.fingerprint = Digest::of(b"leaf 0 of another version");
    let other = WORLD.seal(parts, "ds1");
    let good = package("s2", [2, 1, 0, 0]);
    let told = carry(&mut desk, &[&other, &good]);
    assert_eq!(told[0].1, "refused");
    assert_eq!(told[0].2, "package.definition");
    assert_eq!(told[1].1, "imported");
    let remarks = rows(&desk, "remarks.csv");
    assert_eq!(remarks.len(), 1);
    assert!(remarks[0].starts_with("s1,north,R.209,,,stick package.definition,sha256:"), "{remarks:?}");
    assert_eq!(
        rows(&desk, "stations.csv").iter().filter(|row| row.starts_with("s1,") && !row.ends_with(',')).count(),
        0
    );
}

#[test]
fn tb5_candidates_are_known_by_their_ids_and_never_by_their_place() {
    let mut desk = Desk::new();
    // The right fingerprint, and figures in the places of another list: as many, under other ids.
    let mut parts = WORLD.parts(&Count::of("s1", [6, 3, 1, 1]));
    let votes = &mut parts.results.contests[0].votes;
    let moved = votes.remove(&id("b2")).unwrap();
    votes.insert(id("b3"), moved);
    let told = carry(&mut desk, &[&WORLD.seal(parts, "ds1")]);
    assert_eq!(told[0].1, "refused");
    assert!(told[0].2.starts_with("figures."), "{told:?}");
}

#[test]
fn mt8_figures_that_no_rule_allows_are_refused_and_listed_for_their_station() {
    let mut desk = Desk::new();
    type Change = fn(&mut package::BallotAccount);
    let cases: [(&str, Change, &str); 3] = [
        ("s1", |a| a.unused += 1, "figures.account"),
        ("s2", |a| (a.checked_in) = Some(a.used - 1), "figures.checked_in"),
        ("s3", |a| (a.used, a.unread, a.unused, a.received) = (101, 90, 0, 102), "figures.registered"),
    ];
    for (station, change, code) in cases {
        let mut parts = WORLD.parts(&Count::of(station, [6, 3, 1, 1]));
        change(&mut parts.results.account);
        let figures = package::slip::SlipFigures::of(&parts.results, &parts.zero, WORLD.fingerprint, "test");
        parts.slip = figures.sign(&WORLD.keys[&format!("d{station}")]).unwrap();
        let told = carry(&mut desk, &[&WORLD.seal(parts, &format!("d{station}"))]);
        assert_eq!((told[0].1, told[0].2.as_str()), ("refused", code), "{station}");
    }
    let remarks = rows(&desk, "remarks.csv");
    let told: Vec<String> = remarks.iter().map(|row| row.split(',').take(6).collect::<Vec<_>>().join(",")).collect();
    assert_eq!(
        told,
        [
            "s1,north,R.209,,,stick figures.account",
            "s2,south,R.209,,,stick figures.checked_in",
            "s3,north,R.209,,,stick figures.registered",
        ]
    );
}

/// The tiny election; of two stations a second letter gives another figure.
fn with_letters() -> World {
    let mut folder = testing::folder(4);
    let hash = Digest::of(b"the ministry's letter");
    let sources = format!("{}ministry,Ministry,9,2026-04-01,{hash}\n", testing::SOURCES);
    folder.files.insert("sources.csv".into(), sources.into_bytes());
    let letters = "station,source,registered\ns1,ministry,8\ns3,ministry,140\n";
    folder.files.insert("registrations.csv".into(), letters.as_bytes().to_vec());
    World::of(folder)
}

#[test]
fn every_decision_beside_the_figures_is_published_and_a_stranger_finds_it() {
    let world = with_letters();
    let mut desk = Desk::of(&world);
    let counts = [Count::of("s1", [6, 3, 1, 1]), Count::of("s2", [2, 1, 0, 0])];
    let packages = counts.map(|count| world.package(&count));
    let all: Vec<_> = packages.iter().collect();
    desk.network(&all);
    desk.stick(&all);
    let opening = Body::Opening(Opening {
        station: id("s1"),
        letters: [(id("roll"), 100), (id("ministry"), 8)].into(),
        follows: id("ministry"),
        bound: 8,
        reason: "the camp was counted anew".into(),
        basis: "article 3".into(),
        evidence: Vec::new(),
        supersedes: Vec::new(),
    });
    let withdrawal = Body::Withdrawal(Withdrawal {
        option: id("a1"),
        candidacy: Candidacy::Withdrawn,
        reason: "a letter of the candidate".into(),
        basis: "article 7".into(),
        evidence: Vec::new(),
        supersedes: None,
    });
    let amendment = Body::Amendment(Amendment {
        key: "seats.threshold".into(),
        before: None,
        after: Some("1/100".into()),
        reason: "a law of the day before".into(),
        basis: "law 5".into(),
    });
    for body in [opening, withdrawal] {
        desk.room.enter(&body, &world.signers(&OFFICERS), AT).unwrap();
    }
    desk.room.enter(&amendment, &world.signers(&["board_1", "board_2"]), AT).unwrap();

    // 11 ballots of 8: a finding under the letter that is followed, of a package that is counted all the same.
    let remarks = rows(&desk, "remarks.csv");
    assert!(remarks[0].starts_with("s1,north,R.204,11,8,"), "{remarks:?}");
    assert!(remarks[1].starts_with("s3,north,R.210,,,s3: roll 100; ministry 140 (undecided),"), "{remarks:?}");
    assert_eq!(
        rows(&desk, "withdrawals.csv"),
        ["assembly,a1,,,Ann,yes,record,a letter of the candidate,article 7,8,12,12,1,1"]
    );
    assert!(rows(&desk, "elected.csv")[0].starts_with("assembly,a2,"));

    let to = desk.publish().unwrap();
    let report = desk.passes();
    let recorded = |check: &str| report.check(check).unwrap().recorded;
    assert_eq!([recorded("V.505"), recorded("V.506"), recorded("V.605")], [1, 1, 2]);
    for (lang, title) in [
        ("ar", "قاعدة عُدلت بعد التجميد"),
        ("ckb", "یاسایەک دوای بەستن هەموار کرا"),
        ("en", "RULE CHANGED AFTER THE FREEZE"),
    ] {
        let said = std::fs::read_to_string(to.join(format!("announcement/statement-{lang}.txt"))).unwrap();
        assert!(said.contains(&format!("{title}: seats.threshold:")), "the banner stands on the statement: {said}");
        assert!(said.contains("s3: roll 100; ministry 140"), "who has not decided is named: {said}");
    }
}
