//! What was counted stays counted, or its loss is said: a state that is gone, slots that were emptied, cut or copied,
//! and pages that no longer pair.

mod common;

use std::fs;
use std::path::Path;

use common::*;
use election::{Coded as _, Mode};
use sanad_station::*;

fn prepare(disk: impl Disk + 'static, slots: u32) -> Result<Station, StationError> {
    Station::prepare(Box::new(disk), ground(Mode::Official), config(Mode::Official, slots), 1_000)
}

/// A station on real files that has counted `sheets`.
fn counted(folder: &Path, sheets: &[&str]) {
    let mut station = prepare(RealDisk::open(folder).unwrap(), 6).unwrap();
    station.open(&id("o1"), &Seeded::new(1), 1_010).unwrap();
    feed(&mut station, sheets, &Seeded::new(2)).1.unwrap();
}

fn load_real(folder: &Path) -> Result<Station, StationError> {
    Station::load(Box::new(RealDisk::open(folder).unwrap()), ground(Mode::Official), 1_020)
}

/// The slots of a folder by their names: the full ones, and the free ones.
fn slots(folder: &Path) -> (Vec<String>, Vec<String>) {
    let names = fs::read_dir(folder.join("slots")).unwrap().map(|entry| entry.unwrap().file_name());
    let mut names: Vec<String> = names.map(|name| name.into_string().unwrap()).collect();
    names.sort();
    names.into_iter().partition(|name| fs::read(folder.join("slots").join(name)).unwrap().iter().any(|b| *b != 0))
}

#[test]
fn st4_a_station_whose_state_is_lost_is_not_prepared_over_its_ballots() {
    let folder = tempfile::tempdir().unwrap();
    counted(folder.path(), &["north l1", "north l2", "north l1 n1"]);
    let (full, _) = slots(folder.path());
    let bytes = |name: &String| fs::read(folder.path().join("slots").join(name)).unwrap();
    let before: Vec<Vec<u8>> = full.iter().map(bytes).collect();
    fs::remove_file(folder.path().join("state.json")).unwrap();
    let refused = prepare(RealDisk::open(folder.path()).unwrap(), 6).unwrap_err();
    assert_eq!(refused.code(), "station.leftover");
    assert!(refused.to_string().contains(&format!("slots/{}", full[0])), "{refused}");
    assert_eq!(full.iter().map(bytes).collect::<Vec<_>>(), before, "no ballot is touched");
}

#[test]
fn st1_nothing_that_a_station_has_sealed_is_prepared_over() {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("out")).unwrap();
    fs::write(folder.path().join("out/one-d1-1.results.age"), "sealed").unwrap();
    let refused = prepare(RealDisk::open(folder.path()).unwrap(), 6).unwrap_err();
    assert_eq!(refused.code(), "station.leftover");
    assert!(!folder.path().join("slots").exists(), "nothing was made");
}

#[test]
fn st1_the_polls_do_not_open_on_what_lies_in_a_folder() {
    for left in ["incoming/000001.pnm", "slots/old/front.png", "out/old/results.age"] {
        let folder = tempfile::tempdir().unwrap();
        let mut station = prepare(RealDisk::open(folder.path()).unwrap(), 2).unwrap();
        let file = folder.path().join(left);
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(&file, "of an earlier day").unwrap();
        let refused = station.open(&id("o1"), &Seeded::new(1), 1_010).unwrap_err();
        assert_eq!(refused.code(), "station.leftover", "{left}");
        assert!(refused.to_string().contains(left.rsplit_once('/').unwrap().0), "{refused}");
        assert!(station.state().zero.is_none(), "no zero report");
        assert!(matches!(station.state().events.last().unwrap().what, EventKind::OpenRefused { .. }));
    }
}

/// Does something to the files of a station that has counted three sheets, and says what loading it comes to.
fn damaged(change: impl FnOnce(&Path, &str, &str)) -> StationError {
    let folder = tempfile::tempdir().unwrap();
    counted(folder.path(), &["north l1", "north l2", "north l1 n1"]);
    let (full, free) = slots(folder.path());
    assert_eq!((full.len(), free.len()), (3, 3));
    change(&folder.path().join("slots"), &full[1], &free[0]);
    let others: Vec<_> = [&full[0], &full[2]].map(|name| fs::read(folder.path().join("slots").join(name))).into();
    let refused = load_real(folder.path()).unwrap_err();
    let after: Vec<_> = [&full[0], &full[2]].map(|name| fs::read(folder.path().join("slots").join(name))).into();
    assert!(others.iter().zip(&after).all(|(a, b)| a.as_ref().unwrap() == b.as_ref().unwrap()), "nothing is lost");
    assert_eq!(refused.code(), "station.store.damaged");
    refused
}

#[test]
fn st4_a_slot_that_was_cut_short_is_named() {
    for length in [0, 1, 64, 511] {
        let mut name = String::new();
        let refused = damaged(|slots, full, _| {
            name = full.to_owned();
            fs::File::options().write(true).open(slots.join(full)).unwrap().set_len(length).unwrap();
        });
        assert!(refused.to_string().contains(&name), "{length}: {refused}");
    }
    // A free one is never shorter either.
    let refused = damaged(|slots, _, free| fs::write(slots.join(free), "").unwrap());
    assert!(refused.to_string().contains("is damaged"), "{refused}");
}

#[test]
fn st4_a_slot_that_was_zeroed_is_missed() {
    let refused = damaged(|slots, full, _| fs::write(slots.join(full), [0; 512]).unwrap());
    assert!(refused.to_string().contains("2 sheets are in the store, and 3 had been counted"), "{refused}");
}

#[test]
fn bi3_a_slot_that_was_copied_over_another_does_not_count_twice() {
    let mut name = String::new();
    let refused = damaged(|slots, full, free| {
        name = free.to_owned();
        fs::copy(slots.join(full), slots.join(free)).map(drop).unwrap();
    });
    assert!(refused.to_string().contains(&name), "{refused}");
    let refused = damaged(|slots, full, free| {
        name = free.to_owned();
        fs::rename(slots.join(full), slots.join("aside")).unwrap();
        fs::rename(slots.join(free), slots.join(full)).unwrap();
        fs::rename(slots.join("aside"), slots.join(free)).unwrap();
    });
    assert!(refused.to_string().contains(&name), "moved: {refused}");
}

#[test]
fn bi3_one_sheet_in_two_slots_is_damage() {
    let disk = FaultyDisk::default();
    Slots::prepare(&disk, 4, 512).unwrap();
    let mut slots = Slots::load(&disk, 4, 512, 0).unwrap();
    let Read { reading, images, crops } = Words.read(&sheet("north l1")).unwrap();
    let record = Record { input: sheet("north l1").digest(), reading, images, crops };
    for seed in [1, 2] {
        slots.store(&disk, &Seeded::new(seed), record.clone()).unwrap();
    }
    // Each slot holds by itself; that no sheet is stored twice is what the station sees to.
    assert!(matches!(Slots::load(&disk, 4, 512, 2).unwrap_err(), SlotError::Damaged(_)));
}

#[test]
fn bi3_a_sheet_with_its_files_the_other_way_round_is_the_same_sheet() {
    let sheet = |front: &str, back: Option<&str>| Sheet {
        name: String::new(),
        front: front.into(),
        back: back.map(Into::into),
        alone: true,
    };
    assert_eq!(sheet("a", Some("b")).digest(), sheet("b", Some("a")).digest());
    let all = [sheet("a", Some("b")), sheet("a", Some("a")), sheet("a", None), sheet("ab", None), sheet("b", None)];
    let digests: std::collections::BTreeSet<_> = all.iter().map(Sheet::digest).collect();
    assert_eq!(digests.len(), all.len());
}

#[test]
fn bi2_pages_that_no_longer_pair_stop_the_feeding_and_nothing_of_them_is_kept() {
    let disk = FaultyDisk::default();
    let mut station = opened(&disk, 12);
    let (told, result) = feed(&mut station, &["north l1", "torn", "shifted", "north l2"], &Seeded::new(1));
    let refused = result.unwrap_err();
    assert_eq!((refused.code(), told.len(), station.counted()), ("station.misfed", 2, 1));
    assert!(refused.to_string().starts_with("shifted is without its other side"), "{refused}");
    assert_eq!(station.status().refused.len(), 1, "the torn one: pages of two sheets are no sheet of the account");
    assert_eq!(load(&disk).unwrap().counted(), 1);
    // The station has not stopped: what is fed again is counted.
    feed(&mut station, &["north l3", "north l2"], &Seeded::new(2)).1.unwrap();
    assert_eq!(station.counted(), 3);
}

#[test]
fn st4_the_state_knows_how_many_sheets_were_stored() {
    let disk = FaultyDisk::default();
    let mut station = opened(&disk, 12);
    feed(&mut station, &["north l1", "torn", "north l2"], &Seeded::new(1)).1.unwrap();
    assert_eq!(load(&disk).unwrap().state().stored, 2);
}
