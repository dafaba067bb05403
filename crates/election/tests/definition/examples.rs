//! The committed examples are elections without a problem.

use std::collections::BTreeSet;
use std::path::Path;

use sanad_election::{self as election, Definition, Folder, StationKind};

fn example(name: &str) -> (Folder, Definition) {
    let folder = Folder::load(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples").join(name)).unwrap();
    let definition = election::read(&folder).unwrap_or_else(|problems| {
        panic!("{}", problems.iter().map(|p| format!("{p}\n")).collect::<String>());
    });
    (folder, definition)
}

#[test]
fn minimal_is_an_election() {
    let (_, definition) = example("minimal");
    assert_eq!((definition.stations.len(), definition.candidates.len(), definition.contests.len()), (2, 3, 1));
}

#[test]
fn the_polls_open_by_the_clock_of_the_election() {
    let (_, definition) = example("iraq-2018");
    assert_eq!(definition.polls_open(), Some(1_526_097_600), "2018-05-12T04:00:00Z");
    assert_eq!(example("minimal").1.polls_open(), None);
    // A night in which the clocks leap from 2 to 3, and one in which they go back from 3 to 2.
    let berlin = Definition { time_zone: "Europe/Berlin".into(), ..definition };
    let at = |moment: &str| berlin.instant(moment.parse().unwrap()).unwrap().to_string();
    assert_eq!(at("2018-03-25T02:30"), "2018-03-25T01:30:00Z");
    assert_eq!(at("2018-10-28T02:30"), "2018-10-28T00:30:00Z");
    let nowhere = Definition { time_zone: "Nowhere".into(), ..berlin };
    assert_eq!(nowhere.polls_open(), None);
}

#[test]
fn council_has_every_kind_of_contest_on_several_sheets() {
    let (_, definition) = example("council");
    let kinds: Vec<election::ContestKind> = definition.contests.iter().map(|c| c.kind).collect();
    use election::ContestKind::{Candidates, ClosedList, OpenList};
    for kind in [Candidates { vote_for: 1 }, Candidates { vote_for: 3 }, OpenList, ClosedList] {
        assert!(kinds.contains(&kind), "{kind:?}");
    }
    let sheets: Vec<(usize, u8)> = definition.styles().iter().map(|s| (s.contests.len(), s.sheets)).collect();
    assert_eq!(sheets, [(4, 2), (2, 1)]);
}

#[test]
fn iraq_2018_is_the_reference_election() {
    let (_, definition) = example("iraq-2018");
    let general: u16 = definition.contests.iter().map(|c| c.seats).sum();
    let reserved: u16 = definition.reserved.iter().map(|r| r.seats).sum();
    let women: u16 = definition.contests.iter().map(|c| definition.rules.seats_of(&c.id).women_owed(c.seats)).sum();
    assert_eq!((general, reserved, women), (320, 9, 83));
    assert_eq!((definition.constituencies.len(), definition.offices.len()), (18, 20));
    for kind in StationKind::ALL {
        assert!(definition.stations.iter().any(|s| s.kind == kind), "{kind:?}");
    }
    let three = |s: &&election::Station| s.kind == StationKind::Abroad && s.constituencies.len() == 3;
    assert!(definition.stations.iter().any(|s| three(&s)));
}

#[test]
fn every_station_is_found_whatever_the_order_of_the_table() {
    let (_, mut definition) = example("iraq-2018");
    let last = definition.stations.len() - 1;
    for shift in 0..3 {
        for station in &definition.stations {
            assert_eq!(definition.station(&station.id), Some(station));
        }
        assert_eq!(definition.station(&"999999".parse().unwrap()), None);
        // As filed, backwards, and with one row out of place.
        if shift == 0 { definition.stations.reverse() } else { definition.stations.swap(last / 3, last) }
    }
}

#[test]
fn what_is_left_out_of_a_contests_own_rules_is_as_in_seats() {
    let mut folder = crate::common::small();
    let toml = String::from_utf8(folder.files["election.toml"].clone()).unwrap();
    let own = "[seats_in.south]\nmethod = \"hare\"\nthreshold_of = \"competing\"\n[announce_by_kind]\nabroad = \"order\"\n[marks]";
    folder.files.insert("election.toml".into(), toml.replace("[marks]", own).into_bytes());
    let rules = election::read(&folder).unwrap().rules;
    let south = rules.seats_of(&"south".parse().unwrap());
    assert_eq!(south.method, election::SeatMethod::Hare);
    assert_eq!(south.threshold, rules.seats.threshold);
    assert_eq!((south.women, south.threshold_of), (rules.seats.women, election::ThresholdOf::Competing));
    assert_eq!(rules.seats_of(&"north".parse().unwrap()), &rules.seats);
    assert_eq!(rules.tier(StationKind::Abroad), election::Tier::Order);
    assert_eq!(rules.tier(StationKind::General), rules.announce);
}

#[test]
fn the_letters_of_a_station_begin_with_the_one_that_its_row_names() {
    let definition = election::read(&crate::common::small()).unwrap();
    let letters = |station: &str| -> Vec<(String, u32)> {
        let station = definition.station(&station.parse().unwrap()).unwrap();
        definition.letters_of(station).into_iter().map(|(source, figure)| (source.to_string(), figure)).collect()
    };
    assert_eq!(letters("0101"), [("roll".to_owned(), 300), ("letter".to_owned(), 290)]);
    assert_eq!(letters("0201"), [("letter".to_owned(), 200)]);
}

#[test]
fn examples_are_filed_in_canonical_form() {
    for name in ["minimal", "council", "iraq-2018"] {
        let (folder, _) = example(name);
        let formatted = election::fmt(&folder);
        for (path, bytes) in &folder.files {
            assert!(Some(bytes.as_slice()) == formatted.get(path), "{name}/{path}: run sanad election fmt");
        }
    }
}

#[test]
fn the_scaffold_is_minimal() {
    assert_eq!(election::scaffold(), example("minimal").0);
}

#[test]
fn thinning_keeps_what_matters() {
    let (folder, whole) = example("iraq-2018");
    assert_eq!(election::thin(&folder, 24).unwrap(), election::thin(&folder, 24).unwrap());
    for count in [1, 18, 24, 60, 10_000] {
        let thinned = election::thin(&folder, count).unwrap();
        let few = election::read(&thinned).unwrap();
        assert_eq!(few.stations.len(), count.min(whole.stations.len()));
        assert_eq!((&few.candidates, &few.offices), (&whole.candidates, &whole.offices));
        let taken: BTreeSet<_> = few.stations.iter().flat_map(|s| &s.constituencies).collect();
        let offices: BTreeSet<_> = few.stations.iter().map(|s| &s.office).collect();
        let kinds: BTreeSet<_> = few.stations.iter().map(|s| s.kind).collect();
        assert!(few.stations.iter().any(|s| s.constituencies.len() == 3));
        if count >= 18 {
            assert_eq!(taken.len(), 18, "{count}");
        }
        if count >= 24 {
            assert_eq!((offices.len(), kinds.len()), (20, 7), "{count}");
            assert!(few.stations.iter().any(|s| s.register == election::Register::Conditional));
        }
    }
}

#[test]
fn spreading_gives_each_contest_stations_by_its_seats() {
    let (folder, whole) = example("iraq-2018");
    for count in [60, 530] {
        let spread = election::spread(&folder, count).unwrap();
        let many = election::read(&spread).unwrap();
        assert_eq!(many.stations.len(), count);
        assert_eq!((&many.candidates, &many.offices), (&whole.candidates, &whole.offices));
        assert!(many.registrations.is_empty());
        let seats: usize = many.contests.iter().map(|contest| usize::from(contest.seats)).sum();
        for contest in &many.contests {
            let own: Vec<_> =
                many.stations.iter().filter(|s| s.constituencies == [contest.constituency.clone()]).collect();
            assert!(own.len().abs_diff(count * usize::from(contest.seats) / seats) <= 1, "{}", contest.id);
            let known = |s: &&&election::Station| {
                whole.stations.iter().any(|old| old.office == s.office && old.constituencies == s.constituencies)
            };
            assert_eq!(own.iter().filter(known).count(), own.len(), "an office of its own in {}", contest.id);
        }
    }
}
