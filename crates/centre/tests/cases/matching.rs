//! MT: what the evidences of one station come to, and what of it people are shown.

use election::Coded as _;
use package::make::Package;
use record::Body;
use record::desk::Why;
use record::entry::{Effect, Lot};
use record::findings::{Difference, Finding, Kind};
use record::proof::{Against, Shown};
use record::{Medium, Standing};
use sanad_centre::{Carrier, Step};
use testing::intake::Export;
use testing::{AT, Count, World, id, put};

use crate::common::{Desk, WORLD, became, package};

/// The rows of a table that begin with `key`.
fn rows(desk: &Desk<'_>, table: &str, key: &str) -> Vec<String> {
    let text = String::from_utf8(desk.results()[table].clone()).unwrap();
    text.lines().filter(|line| line.starts_with(&format!("{key},"))).map(str::to_owned).collect()
}

/// The findings of a kind, as (station, code, count).
fn found(desk: &Desk<'_>, kind: Kind) -> Vec<(String, String, u64)> {
    let (outcome, _) = desk.room.outcome().unwrap();
    let of_kind = outcome.findings.into_iter().filter(|finding| finding.kind == kind);
    of_kind.map(|finding| (finding.station.to_string(), finding.code, finding.count)).collect()
}

#[test]
fn nothing_is_announced_before_the_close_of_the_intake_and_only_a_publication_gives_way() {
    let mut desk = Desk::new();
    let officers = WORLD.signers(&["officer_1", "officer_2"]);
    let one = package("s1", [6, 3, 1, 1]);
    let folder = tempfile::tempdir().unwrap();
    let mut export = Export::begin(&WORLD, folder.path());
    export.add(&one);
    desk.export(folder.path()).unwrap();
    desk.stick(&[&one]);
    desk.room.compare(AT).unwrap();
    desk.draw_lots();
    desk.cosign();
    let error = desk.room.announce(&officers, AT).unwrap_err();
    assert_eq!(error.code(), "centre.not_yet");
    assert!(error.to_string().contains("still open"), "{error}");
    export.close();
    desk.export(folder.path()).unwrap();
    desk.cosign();
    assert_eq!(desk.room.announce(&officers, AT).unwrap(), 1);
    // Any bag has a manifest; it is not cleared away for that.
    let bag = desk.at("bag");
    std::fs::create_dir(&bag).unwrap();
    std::fs::write(bag.join("manifest-sha256.txt"), "somebody's").unwrap();
    assert_eq!(desk.room.publish(&bag, AT, site::pages).unwrap_err().code(), "centre.folder");
    assert_eq!(std::fs::read_to_string(bag.join("manifest-sha256.txt")).unwrap(), "somebody's");
}

#[test]
fn mt1_network_stick_and_slip_agree_and_the_number_of_evidences_is_shown() {
    let mut desk = Desk::new();
    let count = Count::of("s1", [6, 3, 1, 1]);
    let package = WORLD.package(&count);
    let seen = |desk: &Desk<'_>| {
        let (outcome, _) = desk.room.outcome().unwrap();
        let standing = &outcome.stations[&id("s1")];
        (standing.standing, standing.concordant, standing.counted.is_some())
    };
    assert_eq!(seen(&desk), (Standing::Missing, 0, false));
    desk.slip(&count);
    assert_eq!(seen(&desk), (Standing::Missing, 1, false), "a slip alone is one evidence, and nothing to count");
    desk.stick(&[&package]);
    assert_eq!(seen(&desk), (Standing::Arrived, 2, false));
    desk.network(&[&package]);
    assert_eq!(seen(&desk), (Standing::Confirmed, 3, true));
    // The table has the number beside what it is made of: network, stick, slips that agree, that differ, evidences.
    assert_eq!(
        rows(&desk, "accounts.csv", "s1"),
        ["s1,north,general,confirmed,yes,no,yes,yes,1,0,3,100,,100,11,1,88,11,9,1,1,0"]
    );
    let (outcome, _) = desk.room.outcome().unwrap();
    assert_eq!((outcome.status.confirmed, outcome.status.identical, outcome.status.expected), (1, 1, 4));
    desk.publish().unwrap();
    desk.passes();
    // A slip of other figures, by the same device: no longer three that agree, and not counted.
    desk.slip(&Count::of("s1", [5, 4, 1, 1]));
    assert_eq!(seen(&desk), (Standing::Quarantined, 3, false));
}

/// Whatever their hashes are, what one channel alone brought is held against what the other did.
#[test]
fn mt2_a_channel_that_brought_both_of_two_contents_shows_their_difference() {
    let network = package("s1", [6, 3, 1, 1]);
    for salt in 1..8 {
        let mut desk = Desk::new();
        let other = WORLD.package(&Count { salt, ..Count::of("s1", [4, 5, 1, 1]) });
        desk.network(&[&network]);
        desk.stick(&[&network]);
        desk.stick(&[&other]);
        assert_eq!(rows(&desk, "differences.csv", "s1")[0], "s1,assembly,la,6,4", "salt {salt}");
    }
}

/// Whatever carried the second content, the proof is there as soon as the centre holds both.
#[test]
fn mt3_the_centre_proves_by_itself_that_a_device_signed_two_contents() {
    let count = |votes| Count::of("s1", votes);
    let (one, other) = (count([6, 3, 1, 1]), count([4, 5, 1, 1]));
    let proofs = |desk: &Desk| {
        let policy = desk.room.policy().unwrap();
        let against = Against { frozen: desk.room.frozen(), policy: &policy, fingerprint: Some(WORLD.fingerprint) };
        let proofs = desk.room.equivocations().unwrap();
        let shown = proofs.iter().map(|(name, proof)| match proof.check(&against).unwrap() {
            Shown::Equivocation { station, .. } => (name.to_string(), station.to_string()),
            other => panic!("{other:?}"),
        });
        shown.collect::<Vec<_>>()
    };
    let found = [("s1-ds1-1".to_owned(), "s1".to_owned())];
    let (first, second) = (WORLD.package(&one), WORLD.package(&other));
    let mut desk = Desk::new();
    desk.network(&[&first]);
    desk.stick(&[&first]);
    desk.slip(&one);
    assert_eq!(proofs(&desk), [], "one content, sealed and printed alike");
    desk.slip(&other);
    assert_eq!(proofs(&desk), found, "a package and a slip");
    let mut desk = Desk::new();
    desk.network(&[&first]);
    desk.stick(&[&second]);
    assert_eq!(proofs(&desk), found, "two packages");
    let mut desk = Desk::new();
    desk.slip(&one);
    desk.slip(&other);
    desk.slip(&one);
    assert_eq!(proofs(&desk), found, "two slips");
    let mut desk = Desk::new();
    desk.network(&[&first]);
    desk.stick(&[&WORLD.package(&Count { generation: 2, ..other })]);
    assert_eq!(proofs(&desk), [], "a later count of its own");
}

#[test]
fn a_lot_that_was_entered_wrongly_is_told_to_whoever_verifies() {
    let mut desk = Desk::new();
    let level = package("s1", [1, 1, 0, 0]);
    desk.network(&[&level]);
    desk.stick(&[&level]);
    desk.draw_lots();
    let (leaf, lot) = desk.room.state().lots.values().next().cloned().expect("two lists of one vote");
    let corrected = Lot { drawing: "the minutes of the drawing, read again".into(), supersedes: Some(leaf), ..lot };
    desk.room.enter(&Body::Lot(corrected), &WORLD.signers(&["officer_1", "officer_2"]), AT).unwrap();
    desk.publish().unwrap();
    let report = desk.passes();
    let told = &report.check("V.703").expect("the lots").detail;
    assert!(told.iter().any(|d| d.code == "lot.superseded" && d.matter == verify::Matter::Recorded), "{told:?}");
}

#[test]
fn mt2_copies_that_differ_are_excluded_and_shown_down_to_the_candidate() {
    let mut desk = Desk::new();
    let (network, stick) = (package("s1", [6, 3, 1, 1]), package("s1", [4, 5, 1, 1]));
    let counted = package("s2", [2, 1, 0, 0]);
    desk.network(&[&network, &counted]);
    desk.stick(&[&stick, &counted]);
    assert_eq!(desk.standing("s1"), Standing::Quarantined);
    let (outcome, _) = desk.room.outcome().unwrap();
    assert_eq!(outcome.totals[&id("assembly")].votes[&id("la")], 2, "only s2 is in the totals");
    let difference = |option: &str, network, stick| Difference {
        station: id("s1"),
        contest: id("assembly"),
        option: option.into(),
        network,
        stick,
    };
    assert_eq!(outcome.differences, [difference("la", 6, 4), difference("lb", 3, 5), difference("a1", 6, 4)]);
    assert_eq!(found(&desk, Kind::Differing), [("s1".into(), "content.figures".into(), 2)]);
    let rows = rows(&desk, "differences.csv", "s1");
    assert_eq!(rows, ["s1,assembly,la,6,4", "s1,assembly,lb,3,5", "s1,assembly,a1,6,4"]);
    // Both copies are published, each with its device's signature, and a stranger finds all of it.
    let to = desk.publish().unwrap();
    for folder in ["stations/s1/ds1-1", "stations/s1/ds1-1.stick"] {
        assert!(to.join(folder).join("statement.dsse.json").exists(), "{folder}");
    }
    let report = desk.passes();
    let channels = report.check("V.502").unwrap();
    assert!(channels.detail.iter().any(|d| d.code == "match.differing" && d.place == "station s1"), "{channels:#?}");
    let findings = report.check("V.504").unwrap();
    assert!(findings.detail.iter().any(|d| d.code == "content.figures"), "{findings:#?}");
    // Two officers decide which copy counts; the other stays published.
    let content = *desk.room.outcome().unwrap().0.stations[&id("s1")].stick.first().unwrap();
    desk.decide("s1", Effect::Count(content));
    assert_eq!(desk.room.outcome().unwrap().0.totals[&id("assembly")].votes[&id("la")], 6);
    desk.publish().unwrap();
    desk.passes();
}

/// The same figures, and one image that is another: the same hash of the results, and not the same content.
#[test]
fn mt2_copies_that_differ_in_an_image_alone_differ() {
    let mut desk = Desk::new();
    let parts = WORLD.parts(&Count::of("s1", [6, 3, 1, 1]));
    let mut other = parts.clone();
    other.sheets[0].front = b"another image".to_vec();
    let (network, stick) = (WORLD.seal(parts, "ds1"), WORLD.seal(other, "ds1"));
    let counted = package("s2", [2, 1, 0, 0]);
    desk.stick(&[&stick, &counted]);
    desk.network(&[&network, &counted]);
    assert_eq!(desk.standing("s1"), Standing::Quarantined);
    assert_eq!(found(&desk, Kind::Differing), [("s1".into(), "content.same_figures".into(), 2)]);
    assert_eq!(rows(&desk, "differences.csv", "s1"), [""; 0]);
    assert!(desk.room.check(|_, _| {}).problems.is_empty(), "neither has overwritten the other");
    desk.publish().unwrap();
    desk.passes();
}

/// Two contents over the same channel, and two sticks: each has a folder of its own.
#[test]
fn mt2_several_contents_of_one_channel_are_all_published() {
    let mut desk = Desk::new();
    let contents: Vec<Package> =
        [[6, 3, 1, 1], [4, 5, 1, 1], [3, 6, 1, 1], [2, 7, 1, 1]].map(|b| package("s1", b)).into();
    let counted = package("s2", [2, 1, 0, 0]);
    desk.network(&[&contents[0], &contents[1], &counted]);
    desk.stick(&[&contents[2], &counted]);
    desk.stick(&[&contents[3]]);
    desk.stick(&[&contents[0]]);
    assert_eq!(desk.standing("s1"), Standing::Quarantined);
    assert_eq!(found(&desk, Kind::Differing), [("s1".into(), "content.figures".into(), 4)]);
    let to = desk.publish().unwrap();
    let mut folders: Vec<String> = std::fs::read_dir(to.join("stations/s1"))
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    folders.sort();
    assert_eq!(folders, ["ds1-1", "ds1-1.network-2", "ds1-1.stick", "ds1-1.stick-2"]);
    desk.passes();
}

#[test]
fn mt5_identical_figures_of_two_stations_are_told_and_both_are_counted() {
    let mut desk = Desk::new();
    // s1 and s3 alike; s2 differs in one vote; s4 has too few ballots to tell, like s2 of the next desk.
    let packages = [("s1", [9, 4, 1, 0]), ("s2", [9, 4, 0, 1]), ("s3", [9, 4, 1, 0]), ("s4", [2, 1, 0, 0])];
    let packages = packages.map(|(station, ballots)| package(station, ballots));
    let all: Vec<&Package> = packages.iter().collect();
    desk.network(&all);
    desk.stick(&all);
    let (outcome, _) = desk.room.outcome().unwrap();
    let duplicates: Vec<&Finding> = outcome.findings.iter().filter(|f| f.kind == Kind::Duplicate).collect();
    let pairs: Vec<_> = duplicates.iter().map(|f| (f.station.as_str(), f.with.as_ref().unwrap().as_str())).collect();
    assert_eq!(pairs, [("s1", "s3"), ("s3", "s1")]);
    assert_eq!(outcome.status.counted, 4, "a suspicion takes nothing away");
    assert_eq!(outcome.totals[&id("assembly")].votes[&id("la")], 9 + 9 + 9 + 2);
    let row = rows(&desk, "findings.csv", "duplicate");
    assert_eq!(row[0], "duplicate,s1,,assembly,s3,figures.duplicate,14");
    desk.publish().unwrap();
    let report = desk.passes();
    assert_eq!(report.check("V.504").unwrap().recorded, 2);

    // Small stations, and one where all chose alike, are alike by chance.
    let mut desk = Desk::new();
    let packages = [("s1", [2, 1, 0, 0]), ("s2", [2, 1, 0, 0]), ("s3", [30, 0, 0, 0]), ("s4", [30, 0, 0, 0])];
    for (station, ballots) in packages {
        desk.stick(&[&package(station, ballots)]);
    }
    assert!(found(&desk, Kind::Duplicate).is_empty());
}

#[test]
fn mt7_what_no_expected_station_sent_is_listed_and_never_added() {
    let mut desk = Desk::new();
    let stick = desk.at("stick");
    put(&package("s1", [6, 3, 1, 1]), &stick.join("1"));
    // A station that is not in the register, with an id that looks like one that is.
    let larger = World::new(9);
    put(&larger.package(&Count::of("s9", [50, 0, 0, 0])), &stick.join("2"));
    // A second device of a station, of which no key is listed.
    let mut parts = WORLD.parts(&Count::of("s2", [50, 0, 0, 0]));
    (parts.results.device, parts.zero.device) = (id("spare"), id("spare"));
    put(&WORLD.seal(parts, "ds2"), &stick.join("3"));
    let report = desk.carry(&Carrier::look(&stick).unwrap(), Medium::Stick);
    assert_eq!(
        became(&report),
        [
            ("s1-ds1-1", "imported", ""),
            ("s2-spare-1", "refused", "import.unknown_device"),
            ("s9-ds9-1", "refused", "import.unknown_station"),
        ]
    );
    let (_, what) = report.arrivals[2].reason.as_ref().unwrap();
    assert!(what.contains("the nearest is 's"), "{what}");
    // A station that two officers say did not open has sent results.
    desk.decide("s3", Effect::NotOpened);
    assert_eq!(desk.standing("s3"), Standing::NotOpened);
    desk.stick(&[&package("s3", [50, 0, 0, 0])]);
    assert_eq!(desk.standing("s3"), Standing::Quarantined);
    let unexpected =
        [("s2", "import.unknown_device", 1), ("s3", "station.not_opened", 1), ("s9", "import.unknown_station", 1)];
    assert_eq!(found(&desk, Kind::Unexpected), unexpected.map(|(s, code, n)| (s.to_owned(), code.to_owned(), n)));
    let (outcome, _) = desk.room.outcome().unwrap();
    assert_eq!(outcome.totals[&id("assembly")].ballots, 0, "s1 has one copy alone; nothing else is added");
    desk.network(&[&package("s1", [6, 3, 1, 1]), &package("s4", [1, 1, 0, 0])]);
    desk.stick(&[&package("s2", [1, 1, 0, 0])]);
    let counts = *desk.room.outcome().unwrap().0.stations[&id("s2")].stick.first().unwrap();
    desk.slip(&Count::of("s2", [1, 1, 0, 0]));
    desk.decide("s2", Effect::Count(counts));
    desk.publish().unwrap();
    let report = desk.passes();
    let told: Vec<&str> = report.check("V.504").unwrap().detail.iter().map(|d| d.code.as_str()).collect();
    for code in ["import.unknown_device", "station.not_opened", "import.unknown_station"] {
        assert!(told.contains(&code), "{code} is not among {told:?}");
    }
    // The same form again, and again: the list has it once for each package.
    let again = larger.package(&Count::of("s9", [49, 1, 0, 0]));
    put(&again, &desk.at("again"));
    for _ in 0..2 {
        desk.carry(&Carrier::look(&desk.at("again")).unwrap(), Medium::Stick);
    }
    assert!(found(&desk, Kind::Unexpected).contains(&("s9".into(), "import.unknown_station".into(), 2)));
}

#[test]
fn mt7_a_station_counted_with_another_that_sends_its_own_form() {
    let mut folder = testing::folder(4);
    let stations = String::from_utf8(folder.files["stations.csv"].clone()).unwrap();
    let merged = stations
        .replace("s4,c4,south,spring,general,fixed,100,roll,,", "s4,c4,south,spring,general,fixed,100,roll,s2,");
    assert_ne!(merged, stations);
    folder.files.insert("stations.csv".into(), merged.into_bytes());
    let world = World::of(folder);
    let mut desk = Desk::of(&world);
    let own = world.package(&Count::of("s4", [50, 0, 0, 0]));
    let counted = world.package(&Count::of("s1", [2, 1, 0, 0]));
    desk.stick(&[&own, &counted]);
    desk.network(&[&own, &counted]);
    let expected = [("s4", 1), ("s4", 1)].map(|(s, n)| (s.to_owned(), "station.counted_elsewhere".to_owned(), n));
    assert_eq!(found(&desk, Kind::Unexpected), expected, "once for each medium");
    let (outcome, _) = desk.room.outcome().unwrap();
    assert_eq!((outcome.totals[&id("assembly")].ballots, outcome.status.expected), (3, 3));
    desk.publish().unwrap();
    desk.passes();
    // It has no figures of its own that officers could decide about.
    let order = desk.order("s4", Effect::Cancel);
    let refused = desk.room.enter(&order, &world.signers(&["officer_1", "officer_2"]), AT).unwrap_err();
    assert_eq!(refused.code(), "record.station");
    // A slip of it alone is as unexpected as a package.
    let mut desk = Desk::of(&world);
    desk.slip(&Count::of("s4", [50, 0, 0, 0]));
    let (outcome, _) = desk.room.outcome().unwrap();
    let all = record::desk::stations(&world.frozen.definition, desk.room.state(), &outcome, desk.room.log().leaves());
    let own = all.iter().find(|own| own.station.as_str() == "s4").unwrap();
    assert_eq!((&own.why, own.standing), (&[Why::Unexpected].into(), None));
}

#[test]
fn unread_sheets_are_found() {
    let mut desk = Desk::new();
    let package = WORLD.package(&Count { unread: 3, ..Count::of("s1", [6, 3, 1, 1]) });
    desk.stick(&[&package]);
    desk.network(&[&package]);
    assert_eq!(desk.standing("s1"), Standing::Matched);
    assert_eq!(found(&desk, Kind::Unread), [("s1".into(), "figures.unread".into(), 3)]);
}

/// From the empty centre to the last cosignature: what is open, in the order in which it is done.
#[test]
fn what_comes_next_is_said_at_every_step() {
    let mut desk = Desk::new();
    let open = |desk: &Desk<'_>| -> Vec<String> {
        let steps = desk.room.open_steps().unwrap();
        steps.iter().map(|open| format!("{} {}", open.step.as_str(), open.count)).collect()
    };
    let first = ["import_network 4", "import_sticks 4", "match 0", "cosign 2", "announce 0"];
    assert_eq!(open(&desk), first);
    let (one, two) = (package("s1", [6, 3, 1, 1]), package("s2", [1, 2, 0, 0]));
    desk.network(&[&one, &two]);
    assert_eq!(open(&desk), ["import_sticks 4", "match 0", "below 2", "cosign 2", "announce 0"]);
    desk.stick(&[&one, &package("s2", [2, 1, 0, 0])]);
    let steps = desk.room.open_steps().unwrap();
    let decide = steps.iter().find(|open| open.step == Step::Decide).unwrap();
    assert_eq!((decide.count, &decide.stations), (1, &vec![id("s2")]));
    desk.room.compare(AT).unwrap();
    let content = *desk.room.outcome().unwrap().0.stations[&id("s2")].network.first().unwrap();
    desk.decide("s2", Effect::Count(content));
    assert_eq!(open(&desk)[..2], ["import_sticks 2", "lot 1"]);
    desk.draw_lots();
    assert_eq!(open(&desk), ["import_sticks 2", "cosign 2", "announce 0"]);
    desk.cosign();
    assert_eq!(open(&desk), ["import_sticks 2", "announce 0"]);
    desk.room.announce(&WORLD.signers(&["officer_1", "officer_2"]), AT).unwrap();
    assert_eq!(open(&desk), ["import_sticks 2", "publish 0"]);
    let to = desk.at("publication");
    desk.room.publish(&to, AT, site::pages).unwrap();
    assert_eq!(open(&desk), ["import_sticks 2", "cosign 2", "certify 2"], "two stations are missing");
    desk.cosign();
    assert_eq!(open(&desk), ["import_sticks 2", "certify 2"]);
    // A complaint is to be published and settled; a court permits the certification all the same.
    let leaf = desk.complain("s1");
    assert_eq!(open(&desk), ["import_sticks 2", "publish 0", "settle 1"]);
    assert_eq!(desk.room.state().docket.complaints.values().next().unwrap().leaf, leaf);
    desk.certify();
    assert_eq!(open(&desk), ["import_sticks 2", "publish 0", "settle 1"]);
    desk.room.publish(&to, AT, site::pages).unwrap();
    desk.cosign();
    assert_eq!(open(&desk), ["import_sticks 2", "settle 1"]);
    // A late order changes the results: they are to be announced again.
    desk.decide("s1", Effect::Cancel);
    assert!(open(&desk).contains(&"announce 0".to_owned()));
}
