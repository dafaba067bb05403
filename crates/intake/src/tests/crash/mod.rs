//! The service on a disk that loses power, fills up and fails: what was answered stands, and nothing stands twice.
//!
//! The real service writes through the real kernel on a disk of the crate `faults`. A relay sends to it while the power
//! goes, or the process is killed, at a change that the seed draws; then the service starts again on what is left.

mod round;
mod sender;

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
use round::*;
use sender::*;

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
        crate::sequencer::open_log(&bench.config, &bench.roll(), key).unwrap()
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
