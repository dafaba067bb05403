//! Loss of power at every kind of moment: nothing acknowledged is lost, nothing is counted twice.

mod common;

use std::collections::BTreeSet;

use common::*;
use election::Mode;
use sanad_station::{Outcome, Station, StationError};

/// What a round found wrong, if anything.
#[derive(Debug, PartialEq)]
enum Wrong {
    /// Sheets that were acknowledged are gone, or the station is.
    Lost(String),
    /// More was counted than was fed.
    Twice,
}

/// Feeds twenty sheets while the power goes at change `at` (again and again), re-feeding after each start
/// whatever was not acknowledged.
fn round(seed: u64, faults: Faults) -> Result<(), Wrong> {
    let disk = FaultyDisk::new(seed, Faults { power_loss_at: None, ..faults });
    let entropy = Seeded::new(seed);
    let mut station = opened(&disk, 24);
    let sheets: Vec<String> = (0..20).map(|n| format!("north l{} n{} #{}", 1 + n % 2, 1 + n % 3, n * 20)).collect();
    let mut acknowledged = BTreeSet::new();
    let mut at = 1 + seed % 9;
    loop {
        disk.set(Faults { power_loss_at: Some(at), ..faults });
        let missing: Vec<_> = sheets.iter().filter(|sheet| !acknowledged.contains(*sheet)).collect();
        let (told, result) = feed(&mut station, &missing, &entropy);
        acknowledged.extend(told.into_iter().map(|(name, _)| name));
        drop(station);
        disk.power_cycle();
        station = load(&disk).map_err(|error| Wrong::Lost(error.to_string()))?;
        let (counted, known) = (station.counted() as usize, acknowledged.len());
        if counted < known {
            return Err(Wrong::Lost(format!("{counted} of {known}")));
        }
        if counted > known + 1 {
            return Err(Wrong::Twice);
        }
        if result.is_ok() {
            return if counted == sheets.len() { Ok(()) } else { Err(Wrong::Twice) };
        }
        // Later and later, so that the round ends.
        at += 3;
    }
}

#[test]
fn st4_a_loss_of_power_loses_nothing_acknowledged_and_counts_nothing_twice() {
    for seed in 0..40 {
        assert_eq!(round(seed, Faults::default()), Ok(()), "seed {seed}");
    }
}

#[test]
#[ignore = "slow: a thousand rounds"]
fn st4_a_thousand_rounds() {
    for seed in 0..1_000 {
        assert_eq!(round(seed, Faults::default()), Ok(()), "seed {seed}");
    }
}

#[test]
fn the_harness_finds_a_program_without_fsync_of_the_folder() {
    let faults = Faults { ignore_sync_dir: true, ..Default::default() };
    let lost = (0..30).filter(|&seed| matches!(round(seed, faults), Err(Wrong::Lost(_)))).count();
    assert!(lost > 15, "the same rounds without the folder's fsync lose: {lost} of 30");
}

#[test]
fn the_harness_finds_a_program_without_fsync_of_the_file() {
    let faults = Faults { ignore_sync: true, ..Default::default() };
    let lost = (0..30).filter(|&seed| matches!(round(seed, faults), Err(Wrong::Lost(_)))).count();
    assert!(lost > 15, "the same rounds without fsync lose: {lost} of 30");
}

#[test]
fn st4_a_sheet_in_flight_is_either_counted_or_to_be_fed_again() {
    let (mut counted, mut again) = (0, 0);
    for seed in 0..40 {
        let disk = FaultyDisk::new(seed, Faults::default());
        let mut station = opened(&disk, 4);
        disk.set(Faults { power_loss_at: Some(1 + seed % 4), ..Default::default() });
        let (told, result) = feed(&mut station, &["north l1 n1"], &Seeded::new(seed));
        assert!(told.is_empty() && matches!(result, Err(StationError::Disk(_))), "it was not acknowledged");
        disk.power_cycle();
        let mut station = load(&disk).unwrap();
        let before = station.counted();
        let (told, _) = feed(&mut station, &["north l1 n1"], &Seeded::new(seed + 1));
        match before {
            0 => assert_eq!(told[0].1, Outcome::Counted { doubtful: 0 }),
            _ => assert_eq!(told[0].1, Outcome::SameFile),
        }
        assert_eq!(station.counted(), 1);
        *(if before == 0 { &mut again } else { &mut counted }) += 1;
    }
    assert!(counted > 0 && again > 0, "both are seen: {counted} counted, {again} fed again");
}

#[test]
fn st5_a_disk_that_fills_up_stops_the_station_and_nothing_half_written_counts() {
    for from in 1..12 {
        let disk = FaultyDisk::new(from, Faults::default());
        let mut station = opened(&disk, 8);
        disk.set(Faults { broken_from: Some(from), ..Default::default() });
        let sheets = ["north l1 #1", "north l1 #30", "north l2 #60", "north l2 #90"];
        let (told, result) = feed(&mut station, &sheets, &Seeded::new(from));
        assert!(matches!(result, Err(StationError::Disk(_))), "{result:?}");
        let (later, result) = feed(&mut station, &["north l1 #120"], &Seeded::new(from));
        assert!(later.is_empty() && matches!(result, Err(StationError::Halted)), "it takes nothing more");
        assert!(matches!(station.close(&id("o1"), &id("o2"), &Seeded::new(0), 0), Err(StationError::Halted)));
        disk.set(Faults::default());
        let mut station = load(&disk).unwrap();
        let missing: Vec<_> = sheets[told.len()..].to_vec();
        feed(&mut station, &missing, &Seeded::new(from + 1)).1.unwrap();
        assert_eq!(station.counted(), 4);
    }
}

#[test]
fn a_preparation_cut_short_is_repeated() {
    let whole = FaultyDisk::new(0, Faults::default());
    prepared(&whole, 3);
    for at in 1..=whole.changes() {
        let disk = FaultyDisk::new(at, Faults { power_loss_at: Some(at), ..Default::default() });
        let prepare = || {
            let config = config(Mode::Official, 3);
            Station::prepare(Box::new(disk.clone()), ground(Mode::Official), config, 0)
        };
        prepare().map(|_| ()).unwrap_err();
        disk.power_cycle();
        let mut station = match prepare() {
            Err(StationError::Leftover(_)) => load(&disk).unwrap(),
            station => station.unwrap(),
        };
        station.open(&id("o1"), &Seeded::new(1), 1_010).unwrap();
        assert_eq!(feed(&mut station, &["north l1"], &Seeded::new(0)).0.len(), 1);
    }
}

#[test]
fn an_acknowledged_sheet_that_rots_is_refused_loudly() {
    let disk = FaultyDisk::new(1, Faults::default());
    let mut station = opened(&disk, 4);
    feed(&mut station, &["north l1 n1"], &Seeded::new(1)).1.unwrap();
    let (slot, _) =
        disk.files().into_iter().find(|(name, b)| name.starts_with("slots/") && b.iter().any(|&b| b != 0)).unwrap();
    disk.rot(&slot, 200);
    let error = load(&disk).unwrap_err();
    assert_eq!(election::Coded::code(&error), "station.store.damaged");
}

#[test]
fn a_report_cut_short_at_any_write_is_made_again_and_seals_one_package() {
    let sheets = ["north l1 n1 #10", "north l2 n3 #50", "north l1 ?n2 #90", "torn 1"];
    let whole = FaultyDisk::new(0, Faults::default());
    let mut station = opened(&whole, 8);
    close(&mut station, &sheets, 1);
    let before = whole.changes();
    station.report(&sealer(&Seeded::new(1)), 1_070).unwrap();
    let changes = whole.changes() - before;
    for at in 1..=changes {
        let disk = FaultyDisk::new(at, Faults::default());
        let mut station = opened(&disk, 8);
        close(&mut station, &sheets, 1);
        disk.set(Faults { power_loss_at: Some(at), ..Default::default() });
        let cut = station.report(&sealer(&Seeded::new(2)), 1_070);
        assert!(matches!(cut, Err(StationError::Disk(_))), "{cut:?}");
        assert!(station.hand_over("b", &FaultyDisk::default(), 0).is_err(), "nothing half made leaves");
        disk.power_cycle();
        let mut station = load(&disk).unwrap();
        let sealed_already = station.state().sealed.clone();
        station.report(&sealer(&Seeded::new(3)), 1_080).unwrap();
        let sealed = station.state().sealed.clone();
        assert_eq!(sealed.len(), 1);
        assert!(sealed_already.is_empty() || sealed_already == sealed, "sealed once");
        station.report(&sealer(&Seeded::new(4)), 1_090).unwrap();
        assert_eq!(station.state().sealed, sealed, "a second report makes nothing new");
        let files = disk.files();
        for (name, digest) in &sealed[&1].files {
            assert_eq!(sign::sha256(&files[&format!("out/{name}")]), *digest, "{name}");
        }
        assert_eq!(station.sealed_results().unwrap().account.used, 4);
    }
}

#[test]
fn a_medium_that_fails_is_named_and_the_station_keeps_its_files() {
    let disk = FaultyDisk::new(5, Faults::default());
    let mut station = opened(&disk, 8);
    close(&mut station, &["north l1"], 1);
    station.report(&sealer(&Seeded::new(1)), 1_070).unwrap();
    let full = FaultyDisk::new(1, Faults { broken_from: Some(1), ..Default::default() });
    assert!(matches!(station.hand_over("a", &full, 1_080), Err(StationError::Disk(_))));
    let good = FaultyDisk::new(1, Faults::default());
    station.hand_over("b", &good, 1_080).unwrap();
    good.power_cycle();
    assert_eq!(good.files().len(), 3, "what was handed over is on the medium after it is pulled out");
    assert_eq!(station.status().media, ["b"]);
}
