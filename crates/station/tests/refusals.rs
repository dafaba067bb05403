//! Each reason code of a station that no day of the others meets: a disk that failed, figures beyond a station's, and
//! a scanner that is not there.

mod common;

use std::process::Command;

use common::*;
use election::{Coded as _, Mode};
use sanad_station::*;

fn code<T: std::fmt::Debug>(result: Result<T, StationError>) -> &'static str {
    result.unwrap_err().code()
}

#[test]
fn after_a_disk_has_failed_nothing_is_taken_until_the_station_is_started_again() {
    let disk = FaultyDisk::default();
    let mut station = opened(&disk, 4);
    disk.set(Faults { broken_from: Some(1), ..Faults::default() });
    assert_eq!(code(feed(&mut station, &["north l1"], &Seeded::new(1)).1), "station.disk");
    // The disk is well again, and the station does not know what it holds.
    disk.set(Faults::default());
    let before = disk.files();
    assert_eq!(code(feed(&mut station, &["north l2"], &Seeded::new(2)).1), "station.halted");
    assert_eq!(code(station.enter(paper(40, 0), &id("o1"), 1_050)), "station.halted");
    assert_eq!(code(station.close(&id("o1"), &id("o2"), &Seeded::new(2), 1_060)), "station.halted");
    assert_eq!(disk.files(), before);
    let mut again = load(&disk).unwrap();
    assert_eq!(again.counted(), 0);
    feed(&mut again, &["north l1"], &Seeded::new(3)).1.unwrap();
    assert_eq!(again.counted(), 1);
}

#[test]
fn figures_that_no_station_has_are_not_sealed() {
    let disk = FaultyDisk::default();
    let ground = || {
        let mut ground = ground(Mode::Official);
        // No file of a definition has such a figure; two such stations share a box.
        ground.definition.stations.iter_mut().for_each(|station| station.registered = u32::MAX);
        ground
    };
    let mut station = Station::prepare(Box::new(disk.clone()), ground(), config(Mode::Official, 4), 1_000).unwrap();
    station.open(&id("o1"), &Seeded::new(1), 1_010).unwrap();
    close(&mut station, &["north l1"], 1);
    let refused = station.report(&sealer(&Seeded::new(1)), 1_070).unwrap_err();
    assert_eq!(refused.code(), "station.figures");
    assert!(refused.to_string().contains("8589934590"), "{refused}");
    assert!(station.state().sealed.is_empty());
}

#[test]
fn a_folder_that_takes_no_page_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("a-file");
    std::fs::write(&file, "not a folder").unwrap();
    let sane = Sane { device: "test".into(), options: Vec::new() };
    let refused = sane.scan(&file.join("incoming")).unwrap_err();
    assert_eq!(refused.code(), "sane.file");
    assert_eq!(std::fs::read_to_string(&file).unwrap(), "not a folder");
}

/// Said by the process that has no `scanimage`: a test cannot take it out of its own PATH safely.
const WITHOUT: &str = "SANAD_TEST_WITHOUT_SCANIMAGE";

#[test]
fn a_machine_without_scanimage_says_what_to_install() {
    let folder = tempfile::tempdir().unwrap();
    if std::env::var_os(WITHOUT).is_none() {
        let own = std::env::current_exe().unwrap();
        let ran = Command::new(own)
            .args(["a_machine_without_scanimage_says_what_to_install", "--exact"])
            .env(WITHOUT, "1")
            .env("PATH", folder.path())
            .output()
            .unwrap();
        assert!(ran.status.success(), "{}", String::from_utf8_lossy(&ran.stdout));
        assert!(String::from_utf8_lossy(&ran.stdout).contains("1 passed"), "it ran");
        return;
    }
    let sane = Sane { device: "test".into(), options: Vec::new() };
    let refused = sane.scan(&folder.path().join("incoming")).unwrap_err();
    assert_eq!(refused.code(), "sane.missing");
    assert!(refused.next().contains("sane-utils"), "{}", refused.next());
}
