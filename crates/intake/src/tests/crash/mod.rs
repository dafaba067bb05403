//! The service on a disk that loses power, fills up and fails: what was answered stands, and nothing stands twice.
//!
//! The real service writes through the real kernel on a disk of the crate `faults`. A relay sends to it while the power
//! goes, or the process is killed, at a change that the seed draws; then the service starts again on what is left.

use std::collections::{BTreeMap, BTreeSet};

use axum::body::Bytes;
use axum::http::Method;
use election::{Coded as _, Digest};
use faults::{Disk, Faults, Mounted, Random, rounds};
use package::Part;

use super::*;
use crate::export::{MANIFEST, export_with};
use crate::relay::RelayError;
use crate::{ChunkList, FileStatus, PackageStatus};

const COMMAND: &str = "cargo test --release -p sanad-intake --lib crash";

/// How the failure of an export begins.
const EXPORT: &str = "the export";

/// How often the service is stopped in one round.
const PERIODS: usize = 3;

/// What the packages of all rounds are: made once.
struct World {
    bench: Bench,
    packages: Vec<Package>,
    /// One that is refused.
    stranger: Package,
}

impl World {
    fn new() -> Self {
        let bench = Bench::new();
        let large = content(3, (1 << 20) + 5_000);
        let packages = vec![
            bench.package(0, 1, b"results of one", b"images of one"),
            bench.package(1, 1, b"results of two", &large),
            bench.package(0, 2, b"results of one, reopened", b"images of one"),
            // Contradicts the first: the log gets an alarm.
            bench.package(0, 1, b"other results of one", b"images of one"),
        ];
        let stranger = FileKey::generate(KeyKind::P256).unwrap();
        let stranger = bench.package_with(1, 9, b"forged", b"forged", |_| {}, &stranger);
        World { bench, packages, stranger }
    }
}

/// What the service has answered: it must stand for ever.
#[derive(Default)]
struct Told {
    labels: BTreeSet<usize>,
    whole: BTreeSet<Digest>,
    receipts: BTreeMap<usize, Bytes>,
    refused: bool,
    /// Checkpoints in exports that were said to be whole.
    heads: Vec<log::Checkpoint>,
    closed: bool,
}

/// Why a client stops: the machine is gone, or something is wrong.
enum Stopped {
    Off,
    Wrong(String),
}

fn wrong<T>(what: impl Into<String>) -> Result<T, Stopped> {
    Err(Stopped::Wrong(what.into()))
}

/// A client that believes only answers of a machine that was still there.
struct Sender<'a> {
    world: &'a World,
    config: &'a Config,
    disk: &'a Disk,
    client: Client,
    told: &'a mut Told,
}

impl Sender<'_> {
    /// What was answered, where the machine was there to answer.
    fn heard<T, E: std::fmt::Display>(&self, what: &str, answer: Result<T, E>) -> Result<T, Stopped> {
        match answer {
            _ if self.disk.is_off() => Err(Stopped::Off),
            Ok(answer) => Ok(answer),
            Err(error) => wrong(format!("{what}: {error}")),
        }
    }

    async fn get(&mut self, path: &str) -> Result<Bytes, RelayError> {
        self.client.send(Method::GET, path, Bytes::new()).await
    }

    async fn file(&mut self, file: &Digest) -> Result<FileStatus, Stopped> {
        let answer = self.client.ask(Method::GET, &format!("/v1/files/{}", file.hex()), Bytes::new()).await;
        self.heard("a file that was told of", answer)
    }

    /// All that was answered before is still so.
    async fn remembers(&mut self) -> Result<(), Stopped> {
        for index in self.told.labels.clone() {
            self.file(&digest(&self.world.packages[index], Part::Results)).await?;
        }
        for file in self.told.whole.clone() {
            let status = self.file(&file).await?;
            let bytes = std::fs::read(crate::blobs::Blobs::at(&self.config.folder).file(&file)).unwrap_or_default();
            if status.state != "whole" || sign::sha256(&bytes) != file {
                return wrong(format!("lost: a file that was whole is {}", status.state));
            }
        }
        for (index, receipt) in self.told.receipts.clone() {
            let answer = self.get(&receipt_path(&self.world.packages[index])).await;
            if self.heard("a receipt that was given", answer)? != receipt {
                return wrong("another receipt for the same package");
            }
        }
        Ok(())
    }

    async fn send(&mut self, index: usize) -> Result<(), Stopped> {
        let package = &self.world.packages[index];
        let label = format!("/v1/labels/{}", package.label.file_name().unwrap().to_str().unwrap());
        let body = Bytes::from(package.bytes(Part::Label));
        let answer: Result<PackageStatus, _> = self.client.ask(Method::PUT, &label, body).await;
        self.heard("a label", answer)?;
        self.told.labels.insert(index);
        for part in [Part::Results, Part::Images] {
            let (file, list) = ChunkList::of_file(&package.part(part)).unwrap();
            let mut status = self.file(&file).await?;
            if status.state == "named" {
                let path = format!("/v1/files/{}/chunks", file.hex());
                let answer = self.client.ask(Method::PUT, &path, serde_json::to_vec(&list).unwrap().into()).await;
                status = self.heard("a list", answer)?;
            }
            // A chunk that the disk has damaged is asked for again when the file is put together.
            for _ in 0..3 {
                for (chunk, bytes) in list.chunks.iter().zip(package.bytes(part).chunks(1 << 20)) {
                    if status.missing.contains(chunk) {
                        let path = format!("/v1/chunks/{}", chunk.hex());
                        let answer = self.client.send(Method::PUT, &path, Bytes::copy_from_slice(bytes)).await;
                        self.heard("a chunk", answer)?;
                    }
                }
                status = self.file(&file).await?;
            }
            if status.state != "whole" {
                return wrong(format!("a file that was sent three times is {status:?}"));
            }
            self.told.whole.insert(file);
        }
        let answer = self.get(&receipt_path(package)).await;
        let receipt = self.heard("a receipt", answer)?;
        match self.told.receipts.insert(index, receipt.clone()) {
            Some(first) if first != receipt => wrong("another receipt for the same package"),
            _ => Ok(()),
        }
    }

    async fn be_refused(&mut self) -> Result<(), Stopped> {
        let path = format!("/v1/labels/{}", self.world.stranger.label.file_name().unwrap().to_str().unwrap());
        let answer = self.client.send(Method::PUT, &path, self.world.stranger.bytes(Part::Label).into()).await;
        let refused = match answer {
            Err(RelayError::Refused { code, .. }) if code == "intake.signature" => Ok(()),
            other => Err(other.map_or_else(|e| e.to_string(), |_| "a forged label was taken".to_owned())),
        };
        self.heard("the refusal of a forged label", refused)?;
        self.told.refused = true;
        Ok(())
    }

    async fn export(&mut self) -> Result<(), Stopped> {
        let to = export_folder(self.config);
        let exported = export_with(self.config, &self.world.bench.roll(), &to).await;
        let exported = self.heard(EXPORT, exported.map_err(|e| e.to_string()))?;
        if exported.packages < self.told.receipts.len() {
            return wrong("the export lacks a package that has a receipt");
        }
        let note = std::fs::read(to.join("intake/checkpoint")).ok().and_then(|bytes| log::Note::parse(&bytes).ok());
        match note.and_then(|note| log::Checkpoint::parse(&note.text).ok()) {
            Some(head) => {
                self.told.heads.push(head);
                Ok(())
            }
            None => wrong("an export without its checkpoint"),
        }
    }
}

fn digest(package: &Package, part: Part) -> Digest {
    sign::sha256(&package.bytes(part))
}

fn receipt_path(package: &Package) -> String {
    format!("/v1/receipts/{}", package.hex(Part::Label))
}

fn export_folder(config: &Config) -> PathBuf {
    config.folder.with_file_name("copy")
}

/// An export that is there is whole, at any moment.
fn check_export(config: &Config) -> Result<(), String> {
    let to = export_folder(config);
    let Ok(manifest) = std::fs::read_to_string(to.join(MANIFEST)) else {
        return if to.exists() { Err("an export without its manifest".into()) } else { Ok(()) };
    };
    for line in manifest.lines() {
        let (hash, name) = line.split_once("  ").ok_or("half an export: its manifest")?;
        let bytes = std::fs::read(to.join(name)).map_err(|e| format!("half an export: {name}: {e}"))?;
        if sign::sha256(&bytes).hex() != hash {
            return Err(format!("half an export: {name}"));
        }
    }
    Ok(())
}

/// A disk without its fsyncs, or SQLite without its own.
#[derive(Clone, Copy, Default)]
struct Weakened {
    faults: Faults,
    sqlite_normal: bool,
}

struct Round<'a> {
    world: &'a World,
    config: Config,
    mounted: Mounted,
    told: Told,
    weakened: Weakened,
    /// How the service ended in the last period, where it ended by itself.
    ended: Option<String>,
}

impl Round<'_> {
    fn disk(&self) -> Disk {
        self.mounted.disk().clone()
    }

    /// Starts the service, does `work` and ends the service. `Ok(true)` if the machine was there to the end.
    fn period(&mut self, faults: Faults, work: &[usize], close: bool) -> Result<bool, String> {
        self.config.folder = self.mounted.path().join("store");
        self.config.sqlite_normal = self.weakened.sqlite_normal;
        let Faults { ignore_sync_file, ignore_sync_folder, .. } = self.weakened.faults;
        self.disk().set(Faults { ignore_sync_file, ignore_sync_folder, ..faults });
        self.ended = None;
        check_export(&self.config)?;
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
        let done = runtime.block_on(self.serve(work, close));
        runtime.shutdown_timeout(Duration::from_secs(20));
        match done {
            Ok(()) => Ok(!self.disk().is_off()),
            Err(Stopped::Off) => Ok(false),
            Err(Stopped::Wrong(what)) => Err(what),
        }
    }

    async fn serve(&mut self, work: &[usize], close: bool) -> Result<(), Stopped> {
        let disk = self.disk();
        let quiet: crate::Lines = Arc::new(|_: &str| {});
        let server = match Server::bind_with(self.config.clone(), self.world.bench.roll(), quiet).await {
            _ if disk.is_off() => return Err(Stopped::Off),
            Ok(server) => server,
            Err(error) => return wrong(format!("it does not start: {error}")),
        };
        let address = server.address().unwrap();
        let (stop, stopped) = crate::stop();
        let task = tokio::spawn(server.run(stopped));
        let client = match self.world.bench.connect(address).await {
            _ if disk.is_off() => Err(Stopped::Off),
            Ok(client) => Ok(client),
            Err(error) => wrong(format!("no connection: {error}")),
        };
        let done = async {
            let mut sender =
                Sender { world: self.world, config: &self.config, disk: &disk, client: client?, told: &mut self.told };
            sender.remembers().await?;
            for &index in work {
                match index.checked_sub(sender.world.packages.len()) {
                    None => sender.send(index).await?,
                    Some(0) => sender.be_refused().await?,
                    Some(_) => sender.export().await?,
                }
            }
            if close {
                let closed = crate::control::close_with(sender.config, || unreachable!("it is running")).await;
                sender.heard("the close", closed.map_err(|e| e.to_string()))?;
                sender.told.closed = true;
            }
            Ok(())
        };
        let done = done.await;
        let mut task = task;
        // After a sync that failed the service ends by itself. An export is a process of its own, which disturbs nobody.
        let of_export = matches!(&done, Err(Stopped::Wrong(what)) if what.starts_with(EXPORT));
        let patience = Duration::from_secs(if disk.has_failed() && !of_export { 20 } else { 0 });
        let ended = match tokio::time::timeout(patience, &mut task).await {
            Ok(ended) => {
                let ended = ended.expect("the service does not panic");
                self.ended = ended.as_ref().err().map(ToString::to_string);
                ended
            }
            Err(_) => {
                drop(stop);
                task.await.expect("the service does not panic")
            }
        };
        match ended {
            Err(error) if done.is_ok() && !disk.is_off() => wrong(format!("it does not end: {error}")),
            _ => done,
        }
    }

    /// The log holds all that was answered, each once.
    fn check_log(&self) -> Result<(), String> {
        let key = crate::sequencer::read_key(&self.config.log_key).unwrap();
        let store = log::FolderStore::new(self.mounted.path().join("store").join("log"));
        let log = log::Log::open(store, "test_2026/intake", Box::new(key)).map_err(|e| format!("the log: {e}"))?;
        for head in &self.told.heads {
            if log.root_at(head.size).ok() != Some(head.root) {
                return Err(format!("the log of {} leaves was rolled back from {}", log.size(), head.size));
            }
        }
        let leaves = log.leaves();
        let times = |bytes: &[u8]| leaves.iter().filter(|leaf| leaf.as_slice() == bytes).count();
        for (index, package) in self.world.packages.iter().enumerate() {
            let receipt = self.told.receipts.get(&index).ok_or("a package without a receipt")?;
            if times(&package.bytes(Part::Label)) != 1 || times(receipt) != 1 {
                return Err("a label or receipt that does not stand once".into());
            }
        }
        let kinds = leaves.iter().map(|leaf| Envelope::parse(leaf).unwrap().kind().to_owned());
        let mut kinds: Vec<String> = kinds.collect();
        kinds.sort();
        let expected = ["close", "label", "label", "label", "label", "receipt", "receipt", "receipt", "receipt"];
        let expected: Vec<&str> = expected.into_iter().chain(["refusal", "refusal"]).collect();
        if kinds != expected { Err(format!("the leaves are {kinds:?}")) } else { Ok(()) }
    }
}

/// One seed.
fn round<'a>(
    world: &'a World,
    seed: u64,
    weakened: Weakened,
    run: fn(&mut Round<'a>, &mut Random) -> Result<(), String>,
) -> Result<(), String> {
    let mounted = Mounted::new(Disk::new(seed));
    let (config, told) = (world.bench.config.clone(), Told::default());
    let mut round = Round { world, config, mounted, told, weakened, ended: None };
    let mut random = Random::new(seed ^ 0x5EED);
    round.disk().trace();
    let result = run(&mut round, &mut random);
    if result.is_err() && std::env::var(rounds::SEED).is_ok() {
        println!("{}", round.disk().traced().join("\n"));
    }
    result
}

impl Round<'_> {
    /// Packages, the forged label and an export, another one first each time.
    fn work(&self, random: &mut Random) -> Vec<usize> {
        let mut work: Vec<usize> = (0..self.world.packages.len() + 2).collect();
        let other = random.below(work.len() as u64) as usize;
        work.swap(0, other);
        work
    }

    /// The service is stopped three times at drawn moments, then finishes.
    fn stops(&mut self, random: &mut Random) -> Result<(), String> {
        for _ in 0..PERIODS {
            let work = self.work(random);
            let at = Some(1 + random.below(CHANGES));
            let kill = random.once_in(3);
            let faults = match kill {
                true => Faults { kill_at: at, ..Faults::default() },
                false => Faults { power_loss_at: at, ..Faults::default() },
            };
            let ended = self.period(faults, &work, false)?;
            match (kill, ended) {
                (true, false) => self.disk().revive(),
                _ => self.mounted.power_cycle(),
            }
        }
        self.finish(random)
    }

    /// A period without faults in which everything is sent and the intake closed; then the power goes.
    fn finish(&mut self, random: &mut Random) -> Result<(), String> {
        let work = self.work(random);
        if !self.period(Faults::default(), &work, true)? {
            return Err("the last period did not end".into());
        }
        self.mounted.power_cycle();
        check_export(&self.config)?;
        self.check_log()
    }

    /// The disk is full, read-only or refuses a write: what is refused is refused in words, and nothing is lost.
    fn broken(&mut self, random: &mut Random) -> Result<(), String> {
        let work = self.work(random);
        let at = Some(1 + random.below(CHANGES));
        let (faults, words) = match random.below(3) {
            0 => (Faults { full_from: at, ..Faults::default() }, "No space left on device"),
            1 => (Faults { read_only_from: at, ..Faults::default() }, "Read-only file system"),
            _ => (Faults { fail_write_at: at, ..Faults::default() }, "Input/output error"),
        };
        match self.period(faults, &work, false) {
            Err(what)
                if !["intake.storage", "the connection failed", "it does not start", words]
                    .iter()
                    .any(|w| what.contains(w)) =>
            {
                return Err(format!("{faults:?}: {what}"));
            }
            Err(what) if !["the connection failed", words, "database"].iter().any(|w| what.contains(w)) => {
                return Err(format!("{faults:?}: the reason is missing: {what}"));
            }
            _ => {}
        }
        if let Some(ended) = &self.ended
            && !(ended.contains(words) || ended.contains("database"))
        {
            return Err(format!("{faults:?}: it ended without the reason: {ended}"));
        }
        self.finish(random)
    }

    /// A sync fails: the service stops and asks nothing more of the disk, and the next one finds what was answered.
    fn failed_sync(&mut self, random: &mut Random) -> Result<(), String> {
        let work = self.work(random);
        let faults = Faults { fail_sync_at: Some(1 + random.below(SYNCS)), ..Faults::default() };
        let result = self.period(faults, &work, false);
        if self.disk().has_failed() {
            let Err(what) = result else { return Err(format!("{faults:?}: nobody was told of it")) };
            let of_export = what.starts_with(EXPORT);
            let has_ended =
                self.ended.is_some() || ["it does not start", "it does not end"].iter().any(|w| what.contains(w));
            if !has_ended && !of_export {
                return Err(format!("{faults:?}: it goes on serving after {what}"));
            }
            let counts = self.disk().counts();
            let of_folder = counts.failed_sync.is_some_and(|failed| failed.contains("SyncFolder"));
            // SQLite does not look at what its sync of a folder says; the next write tells it.
            let own = |line: &&String| !(of_export || of_folder && line.contains("intake.sqlite"));
            let after: Vec<&String> = counts.after_failed_sync.iter().filter(own).collect();
            if !after.is_empty() {
                return Err(format!("{faults:?}: it went on with {after:?}"));
            }
            if of_folder {
                self.mounted.power_cycle();
            }
        }
        self.finish(random)
    }
}

/// Syncs of a whole period, more or less.
const SYNCS: u64 = 90;

/// Changes of a whole period, more or less: a stop at a drawn one of them meets every kind of moment.
const CHANGES: u64 = 250;

#[test]
fn rx7_power_loss_at_any_moment_loses_no_receipt_and_doubles_no_leaf() {
    let world = World::new();
    rounds::hold(30, COMMAND, |seed| round(&world, seed, Weakened::default(), Round::stops));
}

#[test]
#[ignore = "slow: a thousand rounds"]
fn rx7_a_thousand_rounds() {
    let world = World::new();
    rounds::hold(1_000, COMMAND, |seed| round(&world, seed, Weakened::default(), Round::stops));
}

#[test]
fn rx7_a_full_or_failing_disk_is_said_and_loses_nothing() {
    let world = World::new();
    rounds::hold(15, COMMAND, |seed| round(&world, seed, Weakened::default(), Round::broken));
}

#[test]
fn rx7_after_a_sync_that_failed_the_service_stops_and_never_tries_again() {
    let world = World::new();
    rounds::hold(15, COMMAND, |seed| round(&world, seed, Weakened::default(), Round::failed_sync));
}

#[test]
#[ignore = "slow: a thousand rounds"]
fn rx7_a_thousand_rounds_of_a_failing_disk() {
    let world = World::new();
    rounds::hold(500, COMMAND, |seed| round(&world, seed, Weakened::default(), Round::broken));
    rounds::hold(500, COMMAND, |seed| round(&world, seed, Weakened::default(), Round::failed_sync));
}

/// How many of ten rounds a weakened service fails.
fn lost(weakened: Weakened) -> u64 {
    let world = World::new();
    rounds::count_lost(10, |seed| round(&world, seed, weakened, Round::stops)).lost
}

#[test]
fn the_harness_finds_a_service_without_fsync_of_folders() {
    let lost =
        lost(Weakened { faults: Faults { ignore_sync_folder: true, ..Faults::default() }, ..Weakened::default() });
    assert!(lost > 5, "without the folders' fsync {lost} of 10 rounds lose");
}

#[test]
fn the_harness_finds_a_service_without_fsync_of_files() {
    let lost = lost(Weakened { faults: Faults { ignore_sync_file: true, ..Faults::default() }, ..Weakened::default() });
    assert!(lost > 5, "without the files' fsync {lost} of 10 rounds lose");
}

#[test]
fn the_harness_finds_sqlite_at_normal() {
    let lost = lost(Weakened { sqlite_normal: true, ..Weakened::default() });
    assert!(lost > 2, "with synchronous=NORMAL {lost} of 10 rounds lose");
}

/// A stored file counts as soon as a new service finds it: it must outlive the loss of power that comes next, also
/// where the one before was killed between giving the file its name and syncing it.
#[test]
fn rx7_a_file_that_a_killed_service_left_is_durable_before_it_counts() {
    let file = content(9, 5_000);
    let (digest, list) = (Digest::of(&file), ChunkList { bytes: 5_000, chunks: vec![Digest::of(&file)] });
    let mut found = 0;
    for at in 1..40 {
        let mut mounted = Mounted::new(Disk::new(at));
        mounted.disk().set(Faults { kill_at: Some(at), ..Faults::default() });
        let store = |folder: &Path| -> Result<(), Error> {
            let blobs = crate::blobs::Blobs::open(folder)?;
            blobs.put_chunk(&digest, &file)?;
            blobs.assemble(&digest, &list).map(drop)
        };
        let _ = store(&mounted.path());
        mounted.disk().revive();
        mounted.disk().set(Faults::default());
        let counts = crate::blobs::Blobs::open(&mounted.path()).unwrap().length(&digest).is_some();
        mounted.power_cycle();
        let kept = std::fs::read(crate::blobs::Blobs::at(&mounted.path()).file(&digest)).is_ok_and(|b| b == file);
        assert!(kept || !counts, "killed after change {at}");
        found += u32::from(counts);
    }
    assert!(found > 3, "the moments in question are met: {found}");
}

/// LG3: a folder that was brought back from a backup is refused, as is another history.
#[tokio::test(flavor = "multi_thread")]
async fn lg3_a_log_that_was_restored_from_a_backup_stops_the_service() {
    let mut bench = Bench::new();
    bench.config.seen = Some(bench.path("other-disk/seen"));
    let start = async |bench: &Bench| {
        let lines: crate::Lines = Arc::new(|_: &str| {});
        Server::bind_with(bench.config.clone(), bench.roll(), lines).await.map(|_| ())
    };
    let server = bench.start().await;
    send(&bench.options(server.address), &bench.package(0, 1, b"results", b"images")).await.unwrap();
    server.end().await.unwrap();
    copy(&bench.config.folder, &bench.path("backup"));
    let server = bench.start().await;
    send(&bench.options(server.address), &bench.package(1, 1, b"results", b"images")).await.unwrap();
    server.end().await.unwrap();
    std::fs::remove_dir_all(&bench.config.folder).unwrap();
    copy(&bench.path("backup"), &bench.config.folder);
    let error = start(&bench).await.unwrap_err();
    assert_eq!((error.code(), error.to_string().contains("2 leaves")), ("intake.rollback", true), "{error}");
    assert_eq!(start(&bench).await.unwrap_err().code(), "intake.rollback", "however often it is started");
    assert_eq!(bench.kinds(), ["label", "receipt"], "nothing was appended");
    // Without what it remembered, it makes a second history of the same length: that, too, is seen.
    let seen = bench.path("other-disk/seen");
    let remembered = std::fs::read(&seen).unwrap();
    std::fs::remove_file(&seen).unwrap();
    let server = bench.start().await;
    send(&bench.options(server.address), &bench.package(1, 1, b"other results", b"images")).await.unwrap();
    server.end().await.unwrap();
    std::fs::write(&seen, remembered).unwrap();
    let error = start(&bench).await.unwrap_err();
    assert!(matches!(&error, Error::Rollback { error: log::LogError::Fork(4), .. }), "{error}");
}

fn copy(from: &Path, to: &Path) {
    let copied = std::process::Command::new("cp").args(["-a", "--"]).args([from, to]).status().unwrap();
    assert!(copied.success());
}

/// LG3: without a file on another disk the service still knows what witnesses have cosigned.
#[tokio::test(flavor = "multi_thread")]
async fn lg3_a_log_smaller_than_what_witnesses_have_cosigned_stops_the_service() {
    let bench = Bench::new();
    let server = bench.start().await;
    send(&bench.options(server.address), &bench.package(0, 1, b"results", b"images")).await.unwrap();
    server.end().await.unwrap();
    let log = bench.config.folder.join("log");
    copy(&log, &bench.path("backup"));
    let server = bench.start().await;
    send(&bench.options(server.address), &bench.package(1, 1, b"results", b"images")).await.unwrap();
    server.end().await.unwrap();
    let opened = || {
        let key = crate::sequencer::read_key(&bench.config.log_key).unwrap();
        crate::sequencer::open_log(&bench.config.folder, &bench.roll(), key).unwrap()
    };
    crate::sequencer::remember_cosigned(&opened(), &bench.config).unwrap();
    bench.start().await.end().await.unwrap();
    std::fs::remove_dir_all(&log).unwrap();
    copy(&bench.path("backup"), &log);
    let lines: crate::Lines = Arc::new(|_: &str| {});
    let error = Server::bind_with(bench.config.clone(), bench.roll(), lines).await.err().expect("it went back");
    assert!(matches!(&error, Error::Rollback { error: log::LogError::Rollback { size: 2, seen: 4 }, .. }), "{error}");
}

/// What was sent before the disk was full is not sent again.
#[tokio::test(flavor = "multi_thread")]
async fn rx7_a_disk_that_has_room_again_takes_the_file_from_the_chunks_it_has() {
    let mut bench = Bench::new();
    let mounted = Mounted::new(Disk::new(1));
    bench.config.folder = mounted.path().join("store");
    let server = bench.start().await;
    let package = bench.package(0, 1, b"results", &content(4, IMAGES));
    let mut client = bench.client(server.address).await;
    receive::upload_some(&mut client, &package, 6).await;
    mounted.disk().set(Faults { full_from: Some(3), ..Faults::default() });
    let bytes = package.bytes(Part::Images);
    let last = bytes.chunks(1 << 20).last().unwrap();
    let path = format!("/v1/chunks/{}", sign::sha256(last).hex());
    let answer = client.send(Method::PUT, &path, Bytes::copy_from_slice(last)).await;
    let Err(RelayError::Refused { code, what, .. }) = answer else { panic!("{answer:?}") };
    assert_eq!(code, "intake.storage");
    assert!(what.contains("No space left on device") && !what.contains("store/"), "{what}");
    assert!(bench.lines().iter().any(|line| line.contains("not stored")), "the operator is told where");
    mounted.disk().set(Faults::default());
    drop(client);
    let sent = send(&bench.options(server.address), &package).await.unwrap();
    assert_eq!(sent.bytes, 0);
    server.end().await.unwrap();
}

/// The sequencer serves many waiting requests with one sync.
#[tokio::test(flavor = "multi_thread")]
async fn the_sequencer_commits_in_groups() {
    let mut bench = Bench::new();
    let mounted = Mounted::new(Disk::new(1));
    bench.config.folder = mounted.path().join("store");
    let server = Server::bind_with(bench.config.clone(), bench.roll(), Arc::new(|_: &str| {})).await.unwrap();
    mounted.disk().set(Faults::default());
    let transport = crate::Transport { protocol: "TLSv1.3".into(), group: "X25519".into(), client: Digest([1; 32]) };
    let mut waiting = tokio::task::JoinSet::new();
    for n in 0..400u16 {
        let sequencer = server.service.sequencer.clone();
        let attempt = crate::database::Attempt {
            label: Digest::of(&n.to_le_bytes()),
            started: crate::statements::now(),
            ended: crate::statements::now(),
            address: "192.0.2.1".into(),
            transport: transport.clone(),
            bytes: 1,
            outcome: "cut".into(),
        };
        waiting.spawn(async move { sequencer.enter(crate::sequencer::Entry::Attempt(attempt)).await });
    }
    waiting.join_all().await.into_iter().for_each(|entered| entered.unwrap());
    let counts = mounted.disk().counts();
    let syncs = counts.syncs_of["intake.sqlite-wal"];
    assert!((1..=100).contains(&syncs), "400 commits took {syncs} syncs");
    let (stop, stopped) = crate::stop();
    drop(stop);
    server.run(stopped).await.unwrap();
}

/// A relay whose machine loses power: a receipt that it reported is on its disk, and the package is what it was.
#[test]
fn a_relay_that_loses_power_keeps_the_receipts_it_has_reported() {
    rounds::hold(30, COMMAND, |seed| {
        let runtime = tokio::runtime::Runtime::new().unwrap();
        let done = runtime.block_on(relay_round(seed));
        runtime.shutdown_timeout(Duration::from_secs(5));
        done
    });
}

async fn relay_round(seed: u64) -> Result<(), String> {
    let bench = Bench::new();
    let server = bench.start().await;
    let mut mounted = Mounted::new(Disk::new(seed));
    let package = bench.package(0, 1, b"results", b"images");
    let names = [Part::Label, Part::Results, Part::Images].map(|part| package.part(part));
    for path in &names {
        durable::write(&mounted.path().join(path.file_name().unwrap()), &std::fs::read(path).unwrap()).unwrap();
    }
    let mut random = Random::new(seed);
    let mut reported = false;
    let mut first = None;
    for _ in 0..2 {
        mounted.disk().set(Faults { power_loss_at: Some(1 + random.below(8)), ..Faults::default() });
        let carried = Package { label: mounted.path().join(names[0].file_name().unwrap()) };
        let options = Options { journal: Some(mounted.path().join("journal")), ..bench.options(server.address) };
        let sent = send(&options, &carried).await;
        if !mounted.disk().is_off() {
            let sent = sent.map_err(|e| e.to_string())?;
            reported = true;
            first.get_or_insert(sent.says.clone());
            if first.as_ref() != Some(&sent.says) {
                return Err("another receipt".into());
            }
        }
        mounted.power_cycle();
        let carried = Package { label: mounted.path().join(names[0].file_name().unwrap()) };
        if reported && !carried.receipt().exists() {
            return Err("a receipt that was reported is lost".into());
        }
        for path in &names {
            if std::fs::read(mounted.path().join(path.file_name().unwrap())).ok() != std::fs::read(path).ok() {
                return Err(format!("{} was changed", path.display()));
            }
        }
    }
    mounted.disk().set(Faults::default());
    let carried = Package { label: mounted.path().join(names[0].file_name().unwrap()) };
    send(&bench.options(server.address), &carried).await.map_err(|e| e.to_string())?;
    server.end().await.map_err(|e| e.to_string())?;
    if bench.kinds() == ["label", "receipt"] { Ok(()) } else { Err("entered twice".into()) }
}
