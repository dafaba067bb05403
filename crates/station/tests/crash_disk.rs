//! The station with its real file layer on a disk that loses power: what `crash.rs` shows of its steps, this shows of
//! the files that it really writes, through the kernel.

mod common;

use std::collections::BTreeSet;

use common::*;
use election::{Coded as _, Mode};
use faults::{Disk as Below, Faults as Wrong, Mounted, Random, rounds};
use sanad_station::{RealDisk, Station, StationError};

const COMMAND: &str = "cargo test --release -p sanad-station --test crash_disk";
const SHEETS: usize = 12;

/// A day at one station whose disk loses power, and whose process is killed, at drawn changes.
struct Day {
    mounted: Mounted,
    random: Random,
    weakened: Wrong,
    /// The disk fills up, becomes read-only or fails at the drawn changes, and is whole again after them.
    failing: bool,
    seed: u64,
    entropy: Seeded,
    sheets: Vec<String>,
    /// Sheets that were told to be in the box's count.
    acknowledged: BTreeSet<String>,
    /// The largest count that was shown.
    shown: u32,
}

impl Day {
    fn new(seed: u64, weakened: Wrong) -> Self {
        let sheets = (0..SHEETS).map(|n| format!("north l{} n{} #{}", 1 + n % 2, 1 + n % 3, n * 20)).collect();
        Day {
            mounted: Mounted::new(Below::new(seed)),
            random: Random::new(seed),
            weakened,
            failing: false,
            seed,
            entropy: Seeded::new(seed),
            sheets,
            acknowledged: BTreeSet::new(),
            shown: 0,
        }
    }

    fn disk(&self) -> Result<Box<RealDisk>, StationError> {
        Ok(Box::new(RealDisk::open(&self.mounted.path().join("one/device"))?))
    }

    fn load(&self) -> Result<Station, StationError> {
        Station::load(self.disk()?, ground(Mode::Official), 1_020)
    }

    /// Draws when the next stop is, within so many changes; is the process killed, and the power stays on?
    fn arm(&mut self, within: u64) -> bool {
        let at = Some(1 + self.random.below(within));
        let kill = self.random.once_in(2);
        let fault = match (self.failing, kill) {
            (true, _) => self.fault(at),
            (false, true) => Wrong { kill_at: at, ..self.weakened },
            (false, false) => Wrong { power_loss_at: at, ..self.weakened },
        };
        self.mounted.disk().set(fault);
        kill
    }

    /// What a disk does that is full, worn out or failing.
    fn fault(&mut self, at: Option<u64>) -> Wrong {
        match self.random.below(4) {
            0 => Wrong { full_from: at, ..self.weakened },
            1 => Wrong { read_only_from: at, ..self.weakened },
            2 => Wrong { fail_write_at: at, ..self.weakened },
            _ => Wrong { fail_sync_at: at, ..self.weakened },
        }
    }

    /// After a stop: the power comes back, or a new process starts, on what there is. The fault is gone.
    fn again(&mut self, kill: bool) {
        match (kill, self.mounted.disk().is_off()) {
            (true, true) => self.mounted.disk().revive(),
            (true, false) if self.failing && !self.mounted.disk().has_failed() => {}
            _ => self.mounted.power_cycle(),
        }
        self.mounted.disk().set(self.weakened);
    }

    fn alive(&self) -> bool {
        went_well(&self.mounted)
    }

    /// Prepares and opens, as often as it takes.
    fn open(&mut self) -> Result<(), String> {
        for attempt in 0.. {
            let kill = attempt < 3 && self.arm(90);
            if attempt >= 3 {
                self.mounted.disk().set(self.weakened);
            }
            let opened = self.prepare_and_open();
            match opened {
                _ if !self.alive() => self.again(kill),
                Ok(()) => {
                    self.again(false);
                    return Ok(());
                }
                Err(error) => return Err(format!("opening: {error}")),
            }
        }
        Ok(())
    }

    fn prepare_and_open(&self) -> Result<(), StationError> {
        let config = config(Mode::Official, 16);
        let mut station = match Station::prepare(self.disk()?, ground(Mode::Official), config, 1_000) {
            Err(StationError::Leftover(_)) => self.load()?,
            station => station?,
        };
        match station.open(&id("o1"), &Seeded::new(1), 1_010) {
            Err(StationError::Phase { is: sanad_station::Phase::Open }) => Ok(()),
            opened => opened,
        }
    }

    /// Feeds what was not acknowledged, until all is, with a stop again and again.
    fn count(&mut self) -> Result<Station, String> {
        for attempt in 1.. {
            let kill = self.arm(12 * attempt);
            let missing: Vec<_> =
                self.sheets.iter().filter(|s| !self.acknowledged.contains(*s)).map(|s| sheet(s)).collect();
            let mut told = Vec::new();
            let fed = self.feed(missing, &mut told);
            self.acknowledged.extend(told);
            let alive = self.alive();
            self.again(kill);
            if alive {
                fed?;
                break;
            }
        }
        let station = self.load().map_err(|error| format!("lost: {error}"))?;
        self.check(&station)?;
        match station.counted() as usize {
            SHEETS => Ok(station),
            other => Err(format!("{other} sheets are counted, {SHEETS} were fed")),
        }
    }

    fn feed(&mut self, missing: Vec<sanad_station::Sheet>, told: &mut Vec<String>) -> Result<(), String> {
        let mut station = self.load().map_err(|error| format!("lost: {error}"))?;
        if self.alive() {
            self.check(&station)?;
            self.shown = station.counted();
        }
        let disk = self.mounted.disk();
        let mut hear = |name: &str, _: &sanad_station::Outcome| {
            if !disk.is_off() {
                told.push(name.to_owned());
            }
        };
        station.scan(missing, &Words, &self.entropy, 1_030, &mut hear).map_err(|error| format!("counting: {error}"))
    }

    /// Closes, seals and hands over, with a stop of the device and of the medium; nothing is sealed twice, and what was
    /// said to be on the medium is there.
    fn evening(&mut self) -> Result<(), String> {
        let mut sealed = None;
        for attempt in 0.. {
            let kill = self.arm(10 + 20 * attempt);
            let done = self.close_and_report();
            if self.alive() {
                done?;
                // The stop may come in this very look.
                match self.load() {
                    Ok(station) => sealed = Some(station.state().sealed.clone()),
                    Err(error) if self.alive() => return Err(error.to_string()),
                    Err(_) => {}
                }
            }
            self.again(kill);
            let station = self.load().map_err(|error| format!("lost: {error}"))?;
            match &sealed {
                Some(sealed) if station.state().sealed != *sealed => return Err("lost: what was sealed".into()),
                Some(_) => break,
                None => {}
            }
        }
        let mut medium = Mounted::new(Below::new(self.seed + 1));
        let sealed = sealed.unwrap_or_default();
        let files = &sealed[&1].files;
        for attempt in 0.. {
            let at = Some(1 + self.random.below(8 + 4 * attempt));
            let fault = match self.failing {
                true => self.fault(at),
                false => Wrong { power_loss_at: at, ..self.weakened },
            };
            medium.disk().set(fault);
            let mut station = self.load().map_err(|error| error.to_string())?;
            let stick = RealDisk::medium(&medium.path().join("stick")).map_err(|error| error.to_string());
            let handed = stick.and_then(|stick| station.hand_over("b", &stick, 1_090).map_err(|e| e.to_string()));
            let said = went_well(&medium);
            if said {
                handed?;
            }
            // It is pulled out.
            medium.power_cycle();
            for (name, digest) in
                files.iter().filter(|(name, _)| name.ends_with(".age") || name.ends_with(".label.json"))
            {
                match std::fs::read(medium.path().join("stick").join(name)) {
                    Ok(bytes) if sign::sha256(&bytes) == *digest => {}
                    Ok(_) => return Err(format!("half of {name} is on the medium")),
                    Err(error) if said => return Err(format!("lost: {name} on the medium: {error}")),
                    Err(_) => {}
                }
            }
            if said {
                break;
            }
        }
        Ok(())
    }

    fn close_and_report(&self) -> Result<(), String> {
        let text = |error: StationError| error.to_string();
        let mut station = self.load().map_err(text)?;
        if station.state().phase == sanad_station::Phase::Open {
            station.enter(paper(40, SHEETS as u32), &id("o1"), 1_050).map_err(text)?;
            station.close(&id("o1"), &id("o2"), &self.entropy, 1_060).map_err(text)?;
        }
        station.report(&sealer(&self.entropy), 1_070).map_err(text)
    }

    fn check(&self, station: &Station) -> Result<(), String> {
        let (counted, known) = (station.counted(), self.acknowledged.len() as u32);
        if counted < known.max(self.shown) {
            return Err(format!("lost: {counted} sheets, {known} were told and {} shown", self.shown));
        }
        if counted > known.max(self.shown) + 1 {
            return Err(format!("twice: {counted} sheets, {known} were told"));
        }
        Ok(())
    }
}

/// Neither did a stop come nor did anything fail.
fn went_well(mounted: &Mounted) -> bool {
    !mounted.disk().is_off() && mounted.disk().counts().failed == 0
}

fn round(seed: u64, weakened: Wrong) -> Result<(), String> {
    whole_day(Day::new(seed, weakened))
}

fn failing_round(seed: u64) -> Result<(), String> {
    whole_day(Day { failing: true, ..Day::new(seed, Wrong::default()) })
}

fn whole_day(mut day: Day) -> Result<(), String> {
    if std::env::var(rounds::SEED).is_ok() {
        day.mounted.disk().trace();
    }
    let result = day.open().and_then(|()| day.count().map(drop)).and_then(|()| day.evening());
    if result.is_err() {
        println!("{}", day.mounted.disk().traced().join("\n"));
    }
    result
}

#[test]
fn st4_the_real_files_of_a_station_lose_nothing_acknowledged_and_count_nothing_twice() {
    rounds::hold(30, COMMAND, |seed| round(seed, Wrong::default()));
}

#[test]
#[ignore = "slow: a thousand rounds"]
fn st4_a_thousand_rounds_on_real_files() {
    rounds::hold(1_000, COMMAND, |seed| round(seed, Wrong::default()));
}

#[test]
fn st5_a_day_on_full_and_failing_disks_loses_nothing_acknowledged() {
    rounds::hold(30, COMMAND, failing_round);
}

#[test]
#[ignore = "slow: a thousand rounds"]
fn st5_a_thousand_rounds_on_full_and_failing_disks() {
    rounds::hold(1_000, COMMAND, failing_round);
}

#[test]
fn the_harness_finds_a_station_without_fsync_of_folders() {
    let lost = rounds::count_lost(10, |seed| round(seed, Wrong { ignore_sync_folder: true, ..Wrong::default() }));
    assert!(lost.lost > 5, "{lost:?}");
}

#[test]
fn the_harness_finds_a_station_without_fsync_of_files() {
    let lost = rounds::count_lost(10, |seed| round(seed, Wrong { ignore_sync_file: true, ..Wrong::default() }));
    assert!(lost.lost > 5, "{lost:?}");
}

/// An open station with so many sheets in its box.
fn open_station(mounted: &Mounted, sheets: usize) -> Station {
    let disk = RealDisk::open(&mounted.path().join("device")).unwrap();
    let config = config(Mode::Official, 16);
    let mut station = Station::prepare(Box::new(disk), ground(Mode::Official), config, 1_000).unwrap();
    station.open(&id("o1"), &Seeded::new(1), 1_010).unwrap();
    let sheets: Vec<_> = (0..sheets).map(|n| format!("north l1 #{}", n * 20)).collect();
    feed(&mut station, &sheets, &Seeded::new(1)).1.unwrap();
    station
}

#[test]
fn st5_a_full_read_only_or_failing_disk_stops_the_station_in_words() {
    for at in 1..8 {
        for (faults, words) in [
            (Wrong { full_from: Some(at), ..Wrong::default() }, "No space left on device"),
            (Wrong { read_only_from: Some(at), ..Wrong::default() }, "Read-only file system"),
            (Wrong { fail_write_at: Some(at), ..Wrong::default() }, "Input/output error"),
            (Wrong { fail_sync_at: Some(at), ..Wrong::default() }, "Input/output error"),
        ] {
            let mounted = Mounted::new(Below::new(at));
            let mut station = open_station(&mounted, 2);
            mounted.disk().set(faults);
            let sheets = ["north l1 #101", "north l1 #121", "north l2 #141", "north l2 #161", "north l2 #181"];
            let (told, result) = feed(&mut station, &sheets, &Seeded::new(at));
            // Slots have their room since the morning: a full disk need not stop the count.
            if let Err(error) = &result {
                assert!(error.to_string().contains(words), "{faults:?}: {error}");
                assert_eq!(error.code(), "station.disk");
                let after = mounted.disk().counts();
                assert!(after.after_failed_sync.is_empty(), "{after:?}");
                let (later, refused) = feed(&mut station, &["north l1 #201"], &Seeded::new(at));
                assert!(later.is_empty() && matches!(refused, Err(StationError::Halted)), "it takes nothing more");
                assert_eq!(mounted.disk().counts().changes, after.changes, "and asks nothing of the disk");
                assert!(station.hand_over("a", &FaultyDisk::default(), 0).is_err(), "nothing half made leaves");
            }
            drop(station);
            mounted.disk().set(Wrong::default());
            let disk = RealDisk::open(&mounted.path().join("device")).unwrap();
            let mut station = Station::load(Box::new(disk), ground(Mode::Official), 1_020).unwrap();
            let counted = station.counted() as usize;
            assert!((2 + told.len()..=3 + told.len()).contains(&counted), "{faults:?}: {counted}, {} told", told.len());
            feed(&mut station, &sheets[told.len()..], &Seeded::new(at + 1)).1.unwrap();
            assert_eq!(station.counted(), 7);
        }
    }
}

/// A station that is loaded after a kill shows a count; the loss of power that comes next must not take it back.
#[test]
fn st4_a_sheet_that_a_killed_process_had_not_synced_is_synced_before_it_is_shown() {
    let mut found = 0;
    for at in 1..6 {
        let mut mounted = Mounted::new(Below::new(at));
        let mut station = open_station(&mounted, 0);
        mounted.disk().set(Wrong { kill_at: Some(at), ..Wrong::default() });
        let _ = feed(&mut station, &["north l1 n1"], &Seeded::new(at));
        drop(station);
        mounted.disk().revive();
        mounted.disk().set(Wrong::default());
        let load = |mounted: &Mounted| {
            let disk = RealDisk::open(&mounted.path().join("device")).unwrap();
            Station::load(Box::new(disk), ground(Mode::Official), 1_020).unwrap().counted()
        };
        let shown = load(&mounted);
        mounted.power_cycle();
        assert_eq!(load(&mounted), shown, "killed after change {at}");
        found += shown;
    }
    assert!(found > 0);
}

/// A process that was killed left an opening in memory alone; preparing again, which is refused, does not make it look settled.
#[test]
fn st4_a_second_preparing_does_not_hide_what_a_killed_process_left() {
    let mut opened = 0;
    for at in 1..12 {
        let mut mounted = Mounted::new(Below::new(at));
        let disk = |mounted: &Mounted| Box::new(RealDisk::open(&mounted.path().join("device")).unwrap());
        let prepare = |mounted: &Mounted| {
            Station::prepare(disk(mounted), ground(Mode::Official), config(Mode::Official, 16), 1_000)
        };
        let phase =
            |mounted: &Mounted| Station::load(disk(mounted), ground(Mode::Official), 1_020).unwrap().state().phase;
        let mut station = prepare(&mounted).unwrap();
        mounted.disk().set(Wrong { kill_at: Some(at), ..Wrong::default() });
        let _ = station.open(&id("o1"), &Seeded::new(1), 1_010);
        drop(station);
        mounted.disk().revive();
        mounted.disk().set(Wrong::default());
        assert!(matches!(prepare(&mounted), Err(StationError::Leftover(_))));
        let shown = phase(&mounted);
        mounted.power_cycle();
        assert_eq!(phase(&mounted), shown, "killed after change {at}");
        opened += u32::from(shown == sanad_station::Phase::Open);
    }
    assert!(opened > 0);
}

/// A torn slot was emptied by a process that was killed before its fsync: the next one sees zeros that the disk does not
/// hold, and a second torn slot beside it would stop the station.
#[test]
fn st4_a_torn_slot_whose_emptying_was_cut_off_does_not_come_back() {
    for (torn, killed, lost) in (1..5).flat_map(|a| (1..4).flat_map(move |b| (1..5).map(move |c| (a, b, c)))) {
        let seed = 100 * torn + 10 * killed + lost;
        let mut mounted = Mounted::new(Below::new(seed));
        let load = |mounted: &Mounted| {
            let disk = RealDisk::open(&mounted.path().join("device")).map_err(StationError::from)?;
            Station::load(Box::new(disk), ground(Mode::Official), 1_020)
        };
        let mut station = open_station(&mounted, 0);
        mounted.disk().set(Wrong { power_loss_at: Some(torn), ..Wrong::default() });
        let _ = feed(&mut station, &["north l1 n1"], &Seeded::new(seed));
        drop(station);
        mounted.power_cycle();
        mounted.disk().set(Wrong { kill_at: Some(killed), ..Wrong::default() });
        drop(load(&mounted));
        if mounted.disk().is_off() {
            mounted.disk().revive();
        }
        mounted.disk().set(Wrong::default());
        let mut station = load(&mounted).unwrap();
        mounted.disk().set(Wrong { power_loss_at: Some(lost), ..Wrong::default() });
        let _ = feed(&mut station, &["north l1 n2"], &Seeded::new(seed + 1));
        drop(station);
        mounted.power_cycle();
        mounted.disk().set(Wrong::default());
        load(&mounted).unwrap_or_else(|error| panic!("{torn}, {killed}, {lost}: {error}"));
    }
}

/// After an fsync that failed, memory shows a header that the disk does not hold: the next process must not believe it.
#[test]
fn st4_what_a_failed_sync_lost_is_fed_again_though_memory_still_shows_it() {
    let mut mounted = Mounted::new(Below::new(1));
    let mut station = open_station(&mounted, 0);
    mounted.disk().set(Wrong { fail_sync_at: Some(2), ..Wrong::default() });
    let (told, result) = feed(&mut station, &["north l1 n1"], &Seeded::new(1));
    assert!(told.is_empty() && result.is_err());
    drop(station);
    mounted.disk().set(Wrong::default());
    let disk = RealDisk::open(&mounted.path().join("device")).unwrap();
    let mut station = Station::load(Box::new(disk), ground(Mode::Official), 1_020).unwrap();
    assert_eq!(station.counted(), 0, "the disk does not hold it");
    feed(&mut station, &["north l1 n1"], &Seeded::new(2)).1.unwrap();
    drop(station);
    mounted.power_cycle();
    let disk = RealDisk::open(&mounted.path().join("device")).unwrap();
    assert_eq!(Station::load(Box::new(disk), ground(Mode::Official), 1_020).unwrap().counted(), 1);
}

/// A stick that takes everything and holds nothing is found before "handed over" is said.
#[test]
fn st5_a_counterfeit_medium_is_not_handed_over() {
    let mounted = Mounted::new(Below::new(1));
    let mut station = open_station(&mounted, 2);
    station.enter(paper(40, 2), &id("o1"), 1_050).unwrap();
    station.close(&id("o1"), &id("o2"), &Seeded::new(1), 1_060).unwrap();
    station.report(&sealer(&Seeded::new(1)), 1_070).unwrap();
    let stick = Mounted::new(Below::new(2));
    stick.disk().set(Wrong { swallow_from: Some(1), ..Wrong::default() });
    let medium = RealDisk::medium(&stick.path()).unwrap();
    let error = station.hand_over("b", &medium, 1_080).unwrap_err();
    assert!(matches!(error, StationError::Medium { .. }), "{error}");
    assert!(station.status().media.is_empty());
}
