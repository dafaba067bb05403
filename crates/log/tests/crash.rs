//! A log in a folder, on a disk that loses power at every change of an append.

use faults::{Disk, Faults, Mounted};
use sanad_log as log;
use sanad_log::{FolderStore, Log, LogError, own_files};
use sign::{FileKey, KeyKind};

fn again(key: &FileKey) -> Box<FileKey> {
    Box::new(FileKey::from_pem(&key.to_pem("").unwrap()).unwrap())
}

fn leaves(from: u64, n: u64) -> Vec<Vec<u8>> {
    (from..from + n).map(|i| format!("leaf {i}").into_bytes()).collect()
}

/// Begins a log of 250 leaves, appends 20, and is stopped at change `at` of that: by the power, or by a kill after which
/// a second process opens what it finds and the power goes then. Returns whether it was stopped at all.
fn stopped_at(at: u64, kill: bool, weakened: Faults) -> Result<bool, String> {
    let signer = FileKey::generate(KeyKind::Ed25519).unwrap();
    let mut mounted = Mounted::new(Disk::new(at));
    let store = |mounted: &Mounted| FolderStore::new(mounted.path().join("a/log"));
    mounted.disk().set(weakened);
    let mut log = Log::create(store(&mounted), "e", again(&signer)).unwrap();
    log.append(&leaves(0, 250)).unwrap();
    mounted.disk().set(match kill {
        true => Faults { kill_at: Some(at), ..weakened },
        false => Faults { power_loss_at: Some(at), ..weakened },
    });
    let appended = log.append(&leaves(250, 20));
    let stopped = mounted.disk().is_off();
    // What was told: by the one that appended, or by one that opened it after the kill.
    let mut told = if appended.is_ok() && !stopped { 270 } else { 250 };
    if kill && stopped {
        mounted.disk().revive();
        mounted.disk().set(weakened);
        told = Log::open(store(&mounted), "e", again(&signer)).map_err(|e| format!("after a kill: {e}"))?.size();
    }
    mounted.power_cycle();
    mounted.disk().set(weakened);
    let mut log = Log::open(store(&mounted), "e", again(&signer)).map_err(|e| e.to_string())?;
    if ![told, 270].contains(&log.size()) {
        return Err(format!("{} leaves, {told} were told", log.size()));
    }
    // Copies are whole at once, whatever lies about; the next append goes on.
    own_files(&store(&mounted), log.key()).map_err(|problems| problems[0].to_string())?;
    let size = log.size();
    log.append(&leaves(size, 300 - size)).map_err(|e| e.to_string())?;
    let read = log::read_static(&store(&mounted), log.key()).map_err(|problems| problems[0].to_string())?;
    if read.leaves != leaves(0, 300) {
        return Err("other leaves".into());
    }
    Ok(stopped)
}

fn at_every_change(kill: bool) {
    let mut at = 1;
    while stopped_at(at, kill, Faults::default()).unwrap_or_else(|what| panic!("change {at}: {what}")) {
        at += 1;
    }
    assert!(at > 30, "{at} changes");
}

#[test]
fn an_append_that_loses_power_at_any_change_is_there_whole_or_not_at_all() {
    at_every_change(false);
}

#[test]
fn what_is_found_after_a_kill_at_any_change_outlives_the_power() {
    at_every_change(true);
}

#[test]
fn the_harness_finds_a_log_without_its_syncs() {
    for weakened in [
        Faults { ignore_sync_folder: true, ..Faults::default() },
        Faults { ignore_sync_file: true, ..Faults::default() },
    ] {
        let lost = (1..20).filter(|at| stopped_at(*at, false, weakened).is_err()).count();
        assert!(lost > 10, "{weakened:?}: {lost} of 19");
    }
}

/// LG3: a log that was restored from an old copy says so, and so does a second history.
#[test]
fn lg3_a_log_that_went_back_does_not_continue_what_was_seen() {
    let signer = FileKey::generate(KeyKind::Ed25519).unwrap();
    let begin = |words: &str| {
        let mut log = Log::create(log::MemoryStore::default(), "e", again(&signer)).unwrap();
        log.append(&[words.as_bytes().to_vec()]).unwrap();
        log
    };
    let mut log = begin("a");
    let seen = log.checkpoint().clone();
    log.append(&leaves(0, 2)).unwrap();
    log.continues(&seen).unwrap();
    log.continues(&log.checkpoint().clone()).unwrap();
    let later = log.checkpoint().clone();
    assert!(matches!(begin("a").continues(&later), Err(LogError::Rollback { size: 1, seen: 3 })));
    assert!(matches!(begin("b").continues(&seen), Err(LogError::Fork(1))));
    let other = Log::create(log::MemoryStore::default(), "f", again(&signer)).unwrap();
    assert!(matches!(log.continues(other.checkpoint()), Err(LogError::Note(_))), "a note of another log");
}
