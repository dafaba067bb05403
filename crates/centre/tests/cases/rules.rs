//! The rules where they meet real packages: another definition, figures that no rule allows, and decisions that stand
//! beside the figures, up to a stranger's check of the publication.

use election::Digest;
use record::entry::{Amendment, Candidacy, Effect, Opening, Withdrawal};
use record::{Body, Medium, Standing};
use sanad_centre::{Carrier, Step};
use testing::{AT, Count, World, id, put};

use crate::common::{Desk, WORLD, became, package, second};

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

type Change = fn(&mut package::StationResults);

/// The package of a device that says these figures on its slip too.
fn changed(world: &World, station: &str, change: Change) -> package::make::Package {
    let mut parts = world.parts(&Count::of(station, [6, 3, 1, 1]));
    change(&mut parts.results);
    let figures = package::slip::SlipFigures::of(&parts.results, &parts.zero, world.fingerprint, "test");
    parts.slip = figures.sign(&world.keys[&format!("d{station}")]).unwrap();
    world.seal(parts, &format!("d{station}"))
}

#[test]
fn mt8_figures_that_no_rule_allows_are_refused_and_listed_for_their_station() {
    let mut desk = Desk::new();
    // The last one's paper does not add up either: what a device adds up itself is the reason all the same.
    let cases: [(&str, Change, &str); 3] = [
        ("s1", |r| r.account.blank += 1, "figures.account"),
        ("s2", |r| r.account.registered += 1, "figures.bound"),
        ("s3", |r| (r.account.received, r.contests[0].blank) = (0, 9), "figures.ballots"),
    ];
    for (station, change, code) in cases {
        let told = carry(&mut desk, &[&changed(&WORLD, station, change)]);
        assert_eq!((told[0].1, told[0].2.as_str()), ("refused", code), "{station}");
    }
    let remarks = rows(&desk, "remarks.csv");
    let told: Vec<String> = remarks.iter().map(|row| row.split(',').take(6).collect::<Vec<_>>().join(",")).collect();
    assert_eq!(
        told,
        [
            "s1,north,R.209,,,stick figures.account",
            "s2,south,R.209,,,stick figures.bound",
            "s3,north,R.209,,,stick figures.ballots",
        ]
    );
}

/// A paper too many or too few is frequent. It is no reason to lose the votes of a station for ever, nor to count them
/// without anybody having looked: from the stick to both verifiers.
#[test]
fn mt8_paper_that_does_not_add_up_is_quarantined_and_counted_by_order_alone() {
    let mut desk = Desk::new();
    let cases: [(&str, Change, &str); 3] = [
        ("s1", |r| r.account.unused += 1, "figures.account"),
        ("s2", |r| r.account.checked_in = Some(r.account.used - 1), "figures.checked_in"),
        (
            "s3",
            |r| (r.account.used, r.account.unread, r.account.unused, r.account.received) = (101, 90, 0, 102),
            "figures.registered",
        ),
    ];
    let differing = cases.map(|(station, change, _)| changed(&WORLD, station, change));
    let good = package("s4", [2, 1, 0, 0]);
    let all: Vec<&package::make::Package> = differing.iter().chain([&good]).collect();
    desk.network(&all);
    let report = desk.stick(&all);
    for (arrival, notes) in report.arrivals.iter().zip([2, 2, 2, 0]) {
        assert_eq!(
            (arrival.outcome.as_str(), arrival.notes.len()),
            ("imported", notes),
            "the officer is told: {arrival:?}"
        );
    }
    desk.slip(&Count::of("s4", [2, 1, 0, 0]));
    let imports = |station: &str| desk.room.state().evidence[&id(station)].imports.iter().map(|i| i.account_differs);
    for station in ["s1", "s2", "s3"] {
        assert_eq!(desk.standing(station), Standing::Quarantined);
        assert!(imports(station).all(|differs| differs));
    }
    assert_eq!(desk.standing("s4"), Standing::Confirmed);
    assert!(!imports("s4").any(|differs| differs));
    assert_eq!(desk.stick(&all).arrivals[0].outcome.as_str(), "duplicate", "entered once");

    // The desk says what to do, of which stations, and why.
    let steps = desk.room.open_steps().unwrap();
    let decide = steps.iter().find(|open| open.step == Step::Decide).unwrap();
    assert_eq!(decide.stations, ["s1", "s2", "s3"].map(id::<election::StationId>));
    let found: Vec<String> =
        rows(&desk, "findings.csv").into_iter().filter(|row| row.starts_with("account,")).collect();
    assert_eq!(found, ["s1", "s2", "s3"].map(|s| format!("account,{s},,,,account.differs,1")));
    let remarks = rows(&desk, "remarks.csv");
    let told: Vec<String> = remarks.iter().map(|row| row.split(',').take(5).collect::<Vec<_>>().join(",")).collect();
    assert_eq!(told, ["s1,north,R.201,100,101", "s2,south,R.205,11,10", "s3,north,R.204,101,100"]);

    // Nobody has decided: three votes are counted, and both verifiers find it so.
    let ballots = |desk: &Desk<'_>| desk.room.outcome().unwrap().0.totals[&id("assembly")].ballots;
    assert_eq!(ballots(&desk), 3);
    desk.publish().unwrap();
    let recorded = |desk: &Desk<'_>| desk.passes().check("V.405").unwrap().recorded;
    assert_eq!(recorded(&desk), 3);
    let (passes, said) = second(&desk);
    assert!(passes, "{said}");

    // One is counted, one is cancelled and restored, one waits.
    let content = |desk: &Desk<'_>, station: &str| {
        *desk.room.outcome().unwrap().0.stations[&id(station)].network.first().unwrap()
    };
    desk.decide("s1", Effect::Count(content(&desk, "s1")));
    desk.decide("s2", Effect::Cancel);
    assert_eq!((desk.standing("s1"), desk.standing("s2")), (Standing::Quarantined, Standing::Cancelled));
    desk.decide("s2", Effect::Restore);
    assert_eq!(desk.standing("s2"), Standing::Quarantined);
    assert_eq!(ballots(&desk), 14, "restored is not counted");
    desk.publish().unwrap();
    let report = desk.passes();
    let decisions = &report.check("V.503").unwrap().detail;
    let place =
        |code: &str| -> Vec<&str> { decisions.iter().filter(|d| d.code == code).map(|d| d.place.as_str()).collect() };
    assert_eq!(place("decision.by_order"), ["station s1"]);
    assert_eq!(place("standing.quarantined"), ["station s2", "station s3"]);
    let (passes, said) = second(&desk);
    assert!(passes, "{said}");
    for (_, _, code) in cases {
        assert!(said.contains(&format!("[{code}]")), "{code}: {said}");
    }
    assert!(said.contains("[account.differs]"), "{said}");
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
