//! A witness whose machine loses power: what it has cosigned it remembers, or it could sign a second history.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use faults::{Disk, Faults, Mounted, Random, rounds};
use log::{Log, MemoryStore};
use sign::{FileKey, KeyKind, Signer as _};

const COMMAND: &str = "cargo test --release -p sanad --test witness_crash";

fn sanad(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_sanad")).args(arguments).output().expect("the command runs")
}

fn log_of(key: &FileKey, words: &[&str]) -> Log<MemoryStore> {
    let key = FileKey::from_pem(&key.to_pem("").unwrap()).unwrap();
    let mut log = Log::create(MemoryStore::default(), "e/record", Box::new(key)).unwrap();
    log.append(&words.iter().map(|word| word.as_bytes().to_vec()).collect::<Vec<_>>()).unwrap();
    log
}

struct Desk {
    mounted: Mounted,
    /// Another disk: what lies here has left the witness.
    outside: tempfile::TempDir,
}

impl Desk {
    fn witness(&self) -> PathBuf {
        self.mounted.path().join("party/witness")
    }

    fn init(&self, key: &FileKey) -> Output {
        let log = format!("e/record={}", key.public_key());
        sanad(&["witness", "init", "--dir", text(&self.witness()), "--name", "party.example", "--log", &log])
    }

    /// Asks for a cosignature from the size `old`. What is given out lies outside.
    fn cosign(&self, log: &Log<MemoryStore>, old: u64) -> (Output, bool) {
        let (request, line) = (self.outside.path().join("request"), self.outside.path().join("line"));
        std::fs::write(&request, log.request(old).unwrap().to_bytes()).unwrap();
        let _ = std::fs::remove_file(&line);
        let output =
            sanad(&["witness", "cosign", "--dir", text(&self.witness()), text(&request), "--output", text(&line)]);
        (output, line.exists())
    }
}

fn text(path: &Path) -> &str {
    path.to_str().unwrap()
}

/// A log grows, a witness cosigns it while its power goes or its process is killed; at each start another history is
/// shown to it.
fn round(seed: u64, weakened: Faults) -> Result<(), String> {
    let mut random = Random::new(seed);
    let key = FileKey::generate(KeyKind::Ed25519).unwrap();
    let mut desk = Desk { mounted: Mounted::new(Disk::new(seed)), outside: tempfile::tempdir().unwrap() };
    desk.mounted.disk().set(weakened);
    let made = desk.init(&key);
    if !made.status.success() {
        return Err(format!("{made:?}"));
    }
    let words = ["a", "b", "c", "d", "e"];
    let mut given = 0;
    for size in 2..=4 {
        let at = Some(1 + random.below(6));
        let kill = random.once_in(2);
        desk.mounted.disk().set(match kill {
            true => Faults { kill_at: at, ..weakened },
            false => Faults { power_loss_at: at, ..weakened },
        });
        let honest = log_of(&key, &words[..size]);
        let (output, out) = desk.cosign(&honest, given);
        if out {
            given = size as u64;
        } else if !desk.mounted.disk().is_off() {
            return Err(format!("it does not cosign: {}", String::from_utf8_lossy(&output.stderr)));
        }
        match kill && desk.mounted.disk().is_off() {
            true => desk.mounted.disk().revive(),
            false => desk.mounted.power_cycle(),
        }
        desk.mounted.disk().set(weakened);
        // What was given out must be remembered: another history of that length is refused.
        if given > 0 {
            let fork: Vec<&str> = std::iter::once("x").chain(words[1..given as usize].iter().copied()).collect();
            let (refused, out) = desk.cosign(&log_of(&key, &fork), 0);
            let said = String::from_utf8_lossy(&refused.stderr).into_owned();
            if out || !["witness.fork", "witness.rollback"].iter().any(|code| said.contains(code)) {
                return Err(format!("it forgot that it had cosigned {given} leaves: {said}"));
            }
        }
        // And it goes on with the true one, from what it remembers.
        let (_, out) = desk.cosign(&honest, given);
        let out = out || desk.cosign(&honest, size as u64).1;
        if !out {
            return Err("it does not go on".into());
        }
        given = size as u64;
    }
    Ok(())
}

#[test]
fn a_witness_that_loses_power_remembers_what_it_has_cosigned() {
    rounds::hold(30, COMMAND, |seed| round(seed, Faults::default()));
}

#[test]
#[ignore = "slow: a thousand rounds"]
fn a_thousand_witnesses_that_lose_power() {
    rounds::hold(1_000, COMMAND, |seed| round(seed, Faults::default()));
}

#[test]
fn the_harness_finds_a_witness_without_its_syncs() {
    for weakened in [
        Faults { ignore_sync_folder: true, ..Faults::default() },
        Faults { ignore_sync_file: true, ..Faults::default() },
    ] {
        let lost = rounds::count_lost(8, |seed| round(seed, weakened));
        assert!(lost.lost > 3, "{weakened:?}: {lost:?}");
    }
}
