//! What is published of single ballots: WB3 and WB4.

use std::collections::{BTreeMap, BTreeSet};

use election::{Coded, ContestId, Folder};
use package::cuts::Cut;
use package::make::Package;
use record::Body;
use record::entry::Redaction;
use sanad_centre::LOOK_FROM;
use sign::SystemEntropy;
use testing::{AT, Count, World, id};

use crate::common::{Desk, files_below};

const OFFICERS: [&str; 2] = ["officer_1", "officer_2"];

/// The tiny election where cast vote records are published from five ballots on, and pictures from so many.
fn folder(stations: usize, images_from: u32) -> Folder {
    let mut folder = testing::folder(stations);
    let toml = String::from_utf8(folder.files["election.toml"].clone()).unwrap();
    let toml = toml.replace("images_from = 0", &format!("images_from = {images_from}"));
    folder.files.insert("election.toml".into(), toml.into_bytes());
    folder
}

fn contest() -> ContestId {
    id("assembly")
}

/// A package with a picture of the contest for every ballot; those of `marked` have stray ink.
fn with_pictures(world: &World, count: &Count<'_>, marked: &[usize]) -> Package {
    let mut parts = world.parts(count);
    for (index, sheet) in parts.sheets.iter_mut().enumerate() {
        let words = |what: &str| format!("{what} of ballot {index} of {}, {}", count.station, "ink ".repeat(20));
        sheet.front = words("both sides").into_bytes();
        let stray = if marked.contains(&index) { LOOK_FROM } else { LOOK_FROM - 1 };
        sheet.cuts.insert(contest(), Cut { pictures: vec![words("the contest").into_bytes()], stray });
    }
    world.seal(parts, &format!("d{}", count.station))
}

/// A published file as text; none where it is not there.
fn published(desk: &Desk<'_>, path: &str) -> Option<String> {
    let bytes = std::fs::read(desk.at("publication").join(path)).ok()?;
    Some(String::from_utf8_lossy(&bytes).into_owned())
}

/// The row of `privacy.csv` that begins so.
fn row(desk: &Desk<'_>, begins: &str) -> String {
    let table = published(desk, "privacy.csv").unwrap();
    let found: Vec<&str> = table.lines().filter(|line| line.starts_with(begins)).collect();
    assert_eq!(found.len(), 1, "{begins} in\n{table}");
    found[0].trim_end().to_owned()
}

#[test]
fn wb3_of_stations_with_one_to_nine_ballots_totals_alone_are_published_by_law() {
    // Records are published from five ballots on.
    let world = World::new(9);
    let mut desk = Desk::of(&world);
    let packages: Vec<Package> = (1..=9u32)
        .map(|n| {
            world.package(&Count::of(
                ["s1", "s2", "s3", "s4", "s5", "s6", "s7", "s8", "s9"][n as usize - 1],
                [n - n / 3, n / 3, 0, 0],
            ))
        })
        .collect();
    let all: Vec<&Package> = packages.iter().collect();
    desk.network(&all);
    desk.stick(&all);
    desk.publish().unwrap();
    desk.passes();
    for n in 1..=9 {
        let folder = format!("stations/s{n}/ds{n}-1");
        let small = n < 5;
        assert_eq!(published(&desk, &format!("{folder}/cvr.json")).is_none(), small, "{n} ballots");
        let withheld = published(&desk, &format!("{folder}/withheld.json")).unwrap();
        assert_eq!(withheld.contains("privacy.cast_vote_records_from"), small, "{withheld}");
        assert!(published(&desk, &format!("{folder}/results.json")).is_some(), "totals are published by law");
        let said = row(&desk, &format!("station,{folder},"));
        let records = if small { "privacy.cast_vote_records_from" } else { "published" };
        let (yes_no, ones) = (if small { "yes" } else { "no" }, u32::from(n == 1));
        assert!(said.starts_with(&format!("station,{folder},s{n},,,{n},{yes_no},,{ones},")), "{said}");
        assert!(said.ends_with(&format!(",law,{records},0,0")), "{said}");
        // One and two ballots are all for list A.
        let unanimous = if n < 3 { "yes" } else { "no" };
        let said = row(&desk, &format!("contest,{folder},"));
        assert!(
            said.starts_with(&format!("contest,{folder},s{n},spring,assembly,{n},{yes_no},{unanimous},")),
            "{said}"
        );
        // Patterns are counted where the records are published: nobody else could count them again.
        assert_eq!(said.contains(&format!(",{unanimous},,,,law,")), small, "{said}");
    }
    let whole = row(&desk, "constituency,");
    assert!(whole.starts_with("constituency,,,spring,assembly,45,no,no,"), "{whole}");
}

#[test]
fn wb3_a_unanimous_station_and_lone_patterns_are_counted_and_not_shown() {
    let world = World::new(2);
    let mut desk = Desk::of(&world);
    let packages = [world.package(&Count::of("s1", [8, 0, 0, 0])), world.package(&Count::of("s2", [6, 1, 1, 2]))];
    let all: Vec<&Package> = packages.iter().collect();
    desk.network(&all);
    desk.stick(&all);
    desk.publish().unwrap();
    desk.passes();
    let (one, two) = (row(&desk, "contest,stations/s1/"), row(&desk, "contest,stations/s2/"));
    assert!(one.contains(",8,no,yes,,1,0,law,published,"), "all eight voters' votes are known: {one}");
    assert!(two.contains(",10,no,no,,4,2,law,published,"), "two of four patterns are on one ballot alone: {two}");
    assert!(!published(&desk, "privacy.csv").unwrap().contains("lb"), "no list, candidate or pattern is named");
}

#[test]
fn wb3_ballots_of_a_station_that_is_merged_before_the_polls_stand_in_no_table_of_their_own() {
    let mut merged = folder(3, 0);
    let stations = String::from_utf8(merged.files["stations.csv"].clone()).unwrap();
    let stations =
        stations.replace("s3,c3,north,spring,general,fixed,100,roll,,", "s3,c3,north,spring,general,fixed,3,roll,s1,");
    merged.files.insert("stations.csv".into(), stations.into_bytes());
    let world = World::of(merged);
    let mut desk = Desk::of(&world);
    let packages = [world.package(&Count::of("s1", [7, 2, 0, 0])), world.package(&Count::of("s2", [3, 3, 0, 0]))];
    let all: Vec<&Package> = packages.iter().collect();
    desk.network(&all);
    desk.stick(&all);
    desk.publish().unwrap();
    desk.passes();
    for table in ["results/stations.csv", "results/accounts.csv", "privacy.csv"] {
        let text = published(&desk, table).unwrap();
        assert!(!text.contains("s3"), "{table}");
        assert!(text.contains("s1"), "{table}");
    }
    assert!(published(&desk, "results/accounts.csv").unwrap().contains(",103,"), "the bound of both together");
    assert!(!desk.at("publication/stations/s3").exists());
}

#[test]
fn wb4_marked_ballots_wait_for_two_officers_and_whole_ones_are_never_published() {
    let world = World::of(folder(2, 4));
    let mut desk = Desk::of(&world);
    // Ballots 3 and 5 of the first station are marked; the second has fewer ballots than the rules ask for.
    let packages = [
        with_pictures(&world, &Count::of("s1", [9, 3, 0, 0]), &[3, 5]),
        with_pictures(&world, &Count::of("s2", [2, 1, 0, 0]), &[]),
    ];
    let all: Vec<&Package> = packages.iter().collect();
    desk.network(&all);
    desk.stick(&all);
    desk.publish().unwrap();
    desk.passes();
    let images = |desk: &Desk<'_>| -> BTreeSet<String> {
        let below = files_below(&desk.at("publication/stations")).into_keys();
        let names = below.filter(|path| path.parent().unwrap().ends_with("images"));
        names.map(|path| path.file_name().unwrap().to_string_lossy().into_owned()).collect()
    };
    assert!(images(&desk).is_empty(), "nobody has looked at them");

    let queue = desk.room.redaction_queue().unwrap();
    let folders: Vec<&str> = queue.iter().map(|entry| entry.folder.as_str()).collect();
    assert_eq!(folders, ["stations/s1/ds1-1"], "three ballots are too few to be shown at all");
    let marked = &queue[0].marked[&contest()];
    assert_eq!((queue[0].pictures, marked.len(), queue[0].decided), (12, 2, false));
    for number in marked {
        let picture = desk.room.picture("stations/s1/ds1-1", &contest(), *number).unwrap();
        let picture = String::from_utf8(picture).unwrap();
        assert!(["ballot 3 ", "ballot 5 "].iter().any(|ballot| picture.contains(ballot)), "{picture}");
    }

    // One of the two may be shown after all. The other is hidden among three that were drawn.
    let [shown, hidden] = marked.iter().copied().collect::<Vec<u32>>()[..] else { panic!("two") };
    let open = [(contest(), shown)].into();
    let redaction = desk.room.redaction("stations/s1/ds1-1", &open, &BTreeSet::new(), &SystemEntropy).unwrap();
    let withheld = &redaction.withheld[&contest()];
    assert!(withheld.contains(&hidden) && withheld.len() == 4, "never fewer than the rules ask for: {withheld:?}");
    let leaf = Body::Redaction(redaction.clone());
    let one = desk.room.enter(&leaf, &world.signers(&OFFICERS[..1]), AT).unwrap_err();
    assert_eq!(one.code(), "record.threshold");
    desk.room.enter(&leaf, &world.signers(&OFFICERS), AT).unwrap();
    assert!(desk.room.redaction_queue().unwrap()[0].decided);
    desk.publish().unwrap();
    desk.passes();
    let expected: BTreeSet<String> = (1..=12u32)
        .filter(|number| !withheld.contains(number))
        .map(|number| format!("contest-assembly-{number:06}.png"))
        .collect();
    assert_eq!(images(&desk), expected, "of single contests, and none of a whole ballot");
    let said = row(&desk, "contest,stations/s1/");
    assert!(said.ends_with(",law,published,8,4"), "{said}");
    assert!(row(&desk, "contest,stations/s2/").ends_with(",0,3"));
    let record = files_below(&desk.at("publication/record"));
    let told = record.values().any(|bytes| String::from_utf8_lossy(bytes).contains("ballot 3"));
    assert!(!told, "the record says which numbers stay hidden, and nothing of what is on them");
}

/// Voters who made the same mark may have the very same picture: one is shown, the other is among those that stay hidden.
#[test]
fn wb4_a_hidden_picture_with_the_bytes_of_a_shown_one_stops_nothing() {
    let world = World::of(folder(1, 4));
    let mut desk = Desk::of(&world);
    let mut parts = world.parts(&Count::of("s1", [9, 3, 0, 0]));
    for (index, sheet) in parts.sheets.iter_mut().enumerate() {
        sheet.front = format!("both sides of ballot {index} {}", "ink ".repeat(20)).into_bytes();
        let picture = format!("the mark for one list {}", "ink ".repeat(20)).into_bytes();
        sheet.cuts.insert(contest(), Cut { pictures: vec![picture], stray: 0 });
    }
    let package = world.seal(parts, "ds1");
    desk.network(&[&package]);
    desk.stick(&[&package]);
    let hidden = (1..=4u32).map(|number| (contest(), number)).collect();
    let redaction = desk.room.redaction("stations/s1/ds1-1", &BTreeSet::new(), &hidden, &SystemEntropy).unwrap();
    assert_eq!(redaction.withheld[&contest()].len(), 4);
    desk.room.enter(&Body::Redaction(redaction), &world.signers(&OFFICERS), AT).unwrap();
    desk.publish().unwrap();
    desk.passes();
    assert!(row(&desk, "contest,stations/s1/").ends_with(",law,published,8,4"));
    assert!(published(&desk, "stations/s1/ds1-1/images/contest-assembly-000004.png").is_none());
    assert!(published(&desk, "stations/s1/ds1-1/images/contest-assembly-000005.png").is_some());
}

#[test]
fn wb4_where_few_would_be_shown_or_hidden_all_stay_hidden() {
    let world = World::of(folder(1, 4));
    let mut desk = Desk::of(&world);
    let package = with_pictures(&world, &Count::of("s1", [4, 3, 0, 0]), &[2]);
    desk.network(&[&package]);
    desk.stick(&[&package]);
    let decide = |desk: &Desk<'_>, open: &BTreeSet<_>, hidden: &BTreeSet<_>| {
        desk.room.redaction("stations/s1/ds1-1", open, hidden, &SystemEntropy).unwrap().withheld
    };
    let none = BTreeSet::new();
    let withheld = decide(&desk, &none, &none);
    assert_eq!(withheld[&contest()].len(), 7, "of seven four cannot be hidden and four shown");
    let marked = desk.room.redaction_queue().unwrap()[0].marked[&contest()].clone();
    let open: BTreeSet<_> = marked.iter().map(|number| (contest(), *number)).collect();
    assert_eq!(decide(&desk, &open, &none), BTreeMap::new(), "all may be shown");
    assert_eq!(decide(&desk, &open, &[(contest(), 1)].into())[&contest()].len(), 7, "one more is hidden");
    let absent = desk.room.redaction("stations/s1/ds1-1", &[(contest(), 8)].into(), &none, &SystemEntropy);
    assert_eq!(absent.unwrap_err().code(), "centre.picture");

    // Leaves that would tell what they hide may not stand.
    let queue = &desk.room.redaction_queue().unwrap()[0];
    let station = queue.station.clone();
    let content = desk.room.published_stations()[0].imports[0].content;
    let refused = |desk: &mut Desk<'_>, withheld: BTreeMap<ContestId, BTreeSet<u32>>| {
        let body = Body::Redaction(Redaction { station: station.clone(), content, withheld });
        desk.room.enter(&body, &world.signers(&OFFICERS), AT).map_err(|error| error.code())
    };
    let some = |numbers: &[u32]| [(contest(), numbers.iter().copied().collect())].into();
    assert_eq!(refused(&mut desk, some(&[1, 2, 3])), Err("record.redaction"), "three: the totals would tell them");
    assert_eq!(refused(&mut desk, some(&[0, 1, 2, 3])), Err("record.redaction"));
    assert_eq!(refused(&mut desk, [(id("other"), BTreeSet::from([1, 2, 3, 4]))].into()), Err("record.redaction"));
    refused(&mut desk, some(&[1, 2, 3, 4, 5, 6, 7])).unwrap();
    // What one leaf hides no other brings back.
    refused(&mut desk, BTreeMap::new()).unwrap();
    desk.publish().unwrap();
    desk.passes();
    assert!(row(&desk, "contest,stations/s1/").ends_with(",0,7"));
}

#[test]
fn wb4_publish_refuses_what_the_rules_withhold_under_whatever_name() {
    let world = World::of(folder(1, 4));
    let mut desk = Desk::of(&world);
    let package = with_pictures(&world, &Count::of("s1", [3, 1, 0, 0]), &[]);
    desk.network(&[&package]);
    desk.stick(&[&package]);
    desk.publish().unwrap();
    desk.passes();
    let stored = files_below(&desk.at("centre/contents"));
    let file = |name: &str| stored.iter().find(|(path, _)| path.ends_with(name)).unwrap().1.clone();
    let whole = package::archive::read(&file("images.tar"), package::archive::IMAGES_LIMITS).unwrap();
    // Four ballots are one too few for their records; nobody has looked at the pictures.
    let withheld = [
        ("privacy.cast_vote_records_from", file("cvr.json")),
        ("never_public", whole["000001-front.png"].clone()),
        ("privacy.redaction", whole["contest-assembly-000001.png"].clone()),
    ];
    let before = files_below(&desk.at("publication"));
    for (clause, bytes) in withheld {
        for path in ["assets/logo.png", "stations/s1/ds1-1/more.json"] {
            let page = [(path.to_owned(), bytes.clone())].into();
            let error = desk.room.publish(&desk.at("publication"), AT, |_| page).unwrap_err();
            assert_eq!(error.code(), "centre.withheld");
            let said = error.to_string();
            assert!(said.contains(path) && said.contains(clause), "what, where and why: {said}");
            assert_eq!(files_below(&desk.at("publication")), before, "nothing was written");
        }
    }
}
