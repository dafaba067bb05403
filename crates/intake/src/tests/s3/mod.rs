//! The log in an S3 bucket, over the wire: one suite on both stores, answers that get lost, writers that race, and the
//! service on top.

mod server;
mod signature;

use std::collections::BTreeSet;
use std::path::Path;

use axum::http::Method;
use faults::{Random, rounds};
use log::merkle::{check_consistency, check_inclusion, leaf_hash};
use log::{FolderStore, Log, LogError, ObjectStore, own_files};
use sign::{FileKey, KeyKind};

use super::*;
use crate::StoreConfig;
use crate::s3::S3;
use crate::store::LogFiles;
use election::Coded as _;
use server::{Fault, SECRET, Server};

const ORIGIN: &str = "test_2026/intake";

/// A way to one log, as often as it is asked for, and its key.
struct Reach {
    files: Box<dyn Fn() -> LogFiles + Send + Sync>,
    key: FileKey,
}

impl Reach {
    fn folder(path: &Path) -> Self {
        let path = path.to_owned();
        Reach::of(move || Box::new(FolderStore::new(&path)))
    }

    fn s3(config: &StoreConfig) -> Self {
        let config = config.clone();
        Reach::of(move || Box::new(bucket(&config)))
    }

    fn of(files: impl Fn() -> LogFiles + Send + Sync + 'static) -> Self {
        Reach { files: Box::new(files), key: FileKey::generate(KeyKind::Ed25519).unwrap() }
    }

    fn open(&self) -> Result<Log<LogFiles>, LogError> {
        let key = FileKey::from_pem(&self.key.to_pem("").unwrap()).unwrap();
        Log::open_or_create((self.files)(), ORIGIN, Box::new(key))
    }

    /// The leaves that anybody reads who has the files.
    fn read(&self) -> Vec<Vec<u8>> {
        let log = self.open().unwrap();
        own_files(&(self.files)(), log.key()).unwrap().0.leaves
    }
}

/// Another writer each time.
fn bucket(config: &StoreConfig) -> ObjectStore<S3> {
    static WRITERS: AtomicUsize = AtomicUsize::new(0);
    ObjectStore::new(S3::new(config).unwrap(), &WRITERS.fetch_add(1, Ordering::SeqCst).to_string())
}

fn leaves(words: &str, n: usize) -> Vec<Vec<u8>> {
    (0..n).map(|leaf| format!("{words} {leaf}").into_bytes()).collect()
}

/// What every store of a log must do: append, open again, prove, and let one of two writers through.
fn behaves(reach: &Reach) {
    let mut log = reach.open().unwrap();
    let mut heads = vec![log.head()];
    for (words, n) in [("a", 1), ("b", 255), ("c", 1), ("d", 300)] {
        heads.push(log.append(&leaves(words, n)).unwrap());
    }
    drop(log);
    let mut log = reach.open().unwrap();
    assert_eq!(log.leaves(), [leaves("a", 1), leaves("b", 255), leaves("c", 1), leaves("d", 300)].concat());
    for head in &heads {
        let proof = log.consistency(head.size).unwrap();
        check_consistency(head.size, &head.root, log.size(), &log.root(), &proof).unwrap();
    }
    for index in [0, 255, 256, 556] {
        let leaf = leaf_hash(log.leaf(index).unwrap());
        check_inclusion(&leaf, index, log.size(), &log.inclusion(index).unwrap(), &log.root()).unwrap();
    }
    // Exactly one of two that have seen the same size wins it; the other writes nothing, and goes on after it has looked.
    let mut other = reach.open().unwrap();
    log.append(&leaves("e", 2)).unwrap();
    assert_eq!(other.append(&leaves("f", 2)).unwrap_err().code(), "store.raced");
    assert_eq!(other.append(&leaves("f", 2)).unwrap_err().code(), "log.failed");
    let mut other = reach.open().unwrap();
    other.append(&leaves("f", 2)).unwrap();
    assert_eq!(log.append(&leaves("g", 1)).unwrap_err().code(), "store.raced");
    assert_eq!(reach.read()[557..], [leaves("e", 2), leaves("f", 2)].concat());
    // Of the files, those of the newest checkpoint are left.
    let read = log::read_static(&(reach.files)(), other.key()).unwrap();
    assert_eq!(read.leaves, other.leaves());
}

#[test]
fn both_stores_behave_alike() {
    let folder = tempfile::tempdir().unwrap();
    behaves(&Reach::folder(&folder.path().join("log")));
    let server = Server::start(folder.path());
    behaves(&Reach::s3(&server.config));
    let state = server.state();
    assert!(state.answered["412"] >= 2, "conditions were tried: {:?}", state.answered);
    assert!(state.objects.keys().all(|key| key.starts_with("2026/round-1/")));
}

/// Four writers at once, who open the log anew for each leaf.
fn race(reach: &Reach, turns: usize) {
    reach.open().unwrap();
    let turns_of = |writer: usize| {
        let mut done = Vec::new();
        for turn in 0..turns {
            let leaf = format!("writer {writer} turn {turn}").into_bytes();
            if let Ok(head) = reach.open().and_then(|mut log| log.append(std::slice::from_ref(&leaf))) {
                done.push((head, leaf));
            }
        }
        done
    };
    let promised = std::thread::scope(|scope| {
        let writers: Vec<_> = (0..4).map(|writer| scope.spawn(move || turns_of(writer))).collect();
        writers.into_iter().flat_map(|writer| writer.join().unwrap()).collect::<Vec<_>>()
    });
    let log = reach.open().unwrap();
    let sizes: BTreeSet<u64> = promised.iter().map(|(head, _)| head.size).collect();
    assert_eq!(sizes.len(), promised.len(), "one writer won each size");
    for (head, leaf) in &promised {
        assert_eq!(log.root_at(head.size).unwrap(), head.root, "one history");
        assert_eq!(log.leaf(head.size - 1), Some(leaf.as_slice()));
    }
    assert!(!promised.is_empty());
    assert_eq!(reach.read().len(), promised.len(), "all that was promised, and nothing else");
}

#[test]
fn writers_at_once_never_fork_a_log_in_either_store() {
    let folder = tempfile::tempdir().unwrap();
    race(&Reach::folder(&folder.path().join("log")), 8);
    let server = Server::start(folder.path());
    race(&Reach::s3(&server.config), 8);
}

/// One round: requests that are cut, fail or conflict, done or not, and a writer that begins anew after each error.
fn round(seed: u64, promised: &AtomicUsize) -> Result<(), String> {
    let folder = tempfile::tempdir().unwrap();
    let server = Server::start(folder.path());
    let reach = Reach::s3(&server.config);
    server.state().drawn = Some((Random::new(seed), 7));
    let mut random = Random::new(seed + 1);
    let mut told = Vec::new();
    for turn in 0..8 {
        let Ok(mut log) = reach.open() else { continue };
        for step in 0..3 {
            let leaves = leaves(&format!("{turn}.{step}"), 1 + random.below(90) as usize);
            match log.append(&leaves) {
                Ok(head) => told.push((head, leaves)),
                Err(_) => break,
            }
        }
    }
    server.state().drawn = None;
    let mut log = reach.open().map_err(|e| format!("it does not open: {e}"))?;
    log.append(&leaves("end", 1)).map_err(|e| format!("it does not go on: {e}"))?;
    for (head, leaves) in &told {
        let to = head.size as usize;
        if log.root_at(head.size).ok() != Some(head.root) || log.leaves()[to - leaves.len()..to] != leaves[..] {
            return Err(format!("what was promised at {to} is not there"));
        }
    }
    let unique: BTreeSet<&Vec<u8>> = log.leaves().iter().collect();
    if unique.len() != log.leaves().len() || reach.read() != log.leaves() {
        return Err("leaves twice, or other files than leaves".to_owned());
    }
    promised.fetch_add(told.len(), Ordering::SeqCst);
    Ok(())
}

#[test]
fn what_was_promised_is_there_after_lost_answers() {
    let promised = AtomicUsize::new(0);
    rounds::hold(12, "cargo test --release -p sanad-intake what_was_promised_is_there_after_lost", |seed| {
        round(seed, &promised)
    });
    let promised = promised.into_inner();
    assert!(promised > 60 || std::env::var(rounds::SEED).is_ok(), "{promised} promised");
}

/// Each way that the deciding request can end, one at a time: the step holds or it does not, and is never taken for
/// either before it was read again.
#[test]
fn an_answer_that_was_lost_is_read_again() {
    let faults = [Fault::Cut, Fault::CutAfter, Fault::Slow, Fault::Failed, Fault::FailedAfter, Fault::Conflict];
    for object in ["/step", "/checkpoint", "/tile/0/000.p/2"] {
        for fault in faults {
            let folder = tempfile::tempdir().unwrap();
            let mut server = Server::start(folder.path());
            server.config.timeout_ms = if fault == Fault::Slow { 1_000 } else { 5_000 };
            let reach = Reach::s3(&server.config);
            let mut log = reach.open().unwrap();
            server.state().next.push((Method::PUT, object, fault));
            log.append(&leaves("a", 2)).unwrap_or_else(|error| panic!("{object} {fault:?}: {error}"));
            log.append(&leaves("b", 1)).unwrap();
            assert_eq!(reach.read(), [leaves("a", 2), leaves("b", 1)].concat(), "{object} {fault:?}");
            assert!(server.state().next.is_empty());
        }
    }
    // Nobody answers any more: it is not known, and nothing is promised. A new start finds what was decided.
    let folder = tempfile::tempdir().unwrap();
    let server = Server::start(folder.path());
    let reach = Reach::s3(&server.config);
    let mut log = reach.open().unwrap();
    server.state().next.push((Method::PUT, "/step", Fault::CutAfter));
    server.state().next.extend(std::iter::repeat_n((Method::GET, "/step", Fault::Cut), 5));
    assert_eq!(log.append(&leaves("a", 2)).unwrap_err().code(), "store.unknown");
    assert_eq!(log.append(&leaves("a", 2)).unwrap_err().code(), "log.failed");
    assert_eq!(reach.read(), leaves("a", 2));
}

#[test]
fn a_store_that_refuses_says_why_and_no_secret() {
    let folder = tempfile::tempdir().unwrap();
    let server = Server::start(folder.path());
    let refusal = |config: &StoreConfig| {
        let error = Reach::s3(config).open().err().expect("it is refused");
        let text = format!("{error} {error:?}");
        assert!(!text.contains(SECRET) && !text.contains("Signature="), "{text}");
        (error.code(), text)
    };
    let wrong = folder.path().join("wrong.toml");
    std::fs::write(&wrong, "access_key = \"TESTKEY\"\nsecret_key = \"another\"\nsession_token = \"a token\"\n")
        .unwrap();
    let (code, text) = refusal(&StoreConfig { credentials: Some(wrong.clone()), ..server.config.clone() });
    assert!(code == "store.io" && text.contains("SignatureDoesNotMatch"), "{code} {text}");
    let (code, text) = refusal(&StoreConfig { bucket: "others".to_owned(), ..server.config.clone() });
    assert!(code == "store.io" && text.contains("NoSuchBucket"), "{code} {text}");
    // A certificate of another authority is refused at once; a port where nobody listens is asked again.
    let other = folder.path().join("other.pem");
    std::fs::write(&other, authority().own().certificate).unwrap();
    let (code, text) = refusal(&StoreConfig { authority: Some(other), ..server.config.clone() });
    assert!(code == "store.io" && text.contains("certificate"), "{code} {text}");
    let (code, _) = refusal(&StoreConfig { endpoint: "https://127.0.0.1:1".to_owned(), ..server.config.clone() });
    assert_eq!(code, "store.unknown");
    server.state().unconditional = true;
    assert_eq!(refusal(&server.config).0, "store.unconditional");
    // What stands in a file of credentials that cannot be read is not shown.
    std::fs::write(&wrong, format!("secret_key = \"{SECRET}\nx")).unwrap();
    let error = S3::new(&StoreConfig { credentials: Some(wrong), ..server.config.clone() }).err().unwrap();
    assert_eq!(error.code(), "intake.config");
    assert!(!format!("{error} {error:?}").contains(SECRET));
}

#[test]
fn a_configuration_that_names_no_store_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let good = Server::start(folder.path()).config.clone();
    let http = |endpoint: &str| StoreConfig { endpoint: endpoint.to_owned(), authority: None, ..good.clone() };
    for wrong in [
        StoreConfig { authority: None, ..good.clone() },
        StoreConfig { bucket: "a/b".to_owned(), ..good.clone() },
        StoreConfig { prefix: "a/../b".to_owned(), ..good.clone() },
        StoreConfig { region: String::new(), ..good.clone() },
        StoreConfig { endpoint: "ftp://127.0.0.1".to_owned(), ..good.clone() },
        http("http://s3.example"),
        http("nowhere"),
    ] {
        assert_eq!(S3::new(&wrong).err().expect("it is refused").code(), "intake.store", "{wrong:?}");
    }
    for good in [good.clone(), http("http://127.0.0.1:9000"), http("http://[::1]:9000"), http("http://localhost")] {
        assert!(S3::new(&good).is_ok(), "{good:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_service_keeps_its_log_in_a_bucket() {
    let mut bench = Bench::new();
    let server = Server::start(bench.folder.path());
    bench.config.store = Some(server.config.clone());
    let running = bench.start().await;
    let first = bench.package(0, 1, b"results", b"images");
    send(&bench.options(running.address), &first).await.unwrap();
    running.end().await.unwrap();
    assert!(!bench.config.folder.join("log").exists());
    // A step that was decided when its writer ended is carried to its end by the next: tiles and checkpoint.
    server.state().next.extend(std::iter::repeat_n((Method::PUT, "/tile/entries/000.p/4", Fault::Failed), 5));
    let running = bench.start().await;
    let second = bench.package(1, 1, b"other results", b"other images");
    assert!(send(&bench.options(running.address), &second).await.is_err());
    let error = running.end().await.unwrap_err();
    assert_eq!(error.code(), "store.unknown", "{error}");
    assert!(!server.state().objects.keys().any(|key| key.ends_with(".p/4")), "no tile of it is there");
    let running = bench.start().await;
    send(&bench.options(running.address), &second).await.unwrap();
    running.end().await.unwrap();
    crate::control::close_with(&bench.config, || Ok(bench.roll())).await.unwrap();

    let copy = bench.path("copy");
    let exported = crate::export::export_with(&bench.config, &bench.roll(), &copy).await.unwrap();
    assert_eq!((exported.packages, exported.leaves, exported.missing.len()), (2, 5, 0));
    let names = ["step", "conditions"].map(|name| copy.join("intake").join(name).exists());
    assert_eq!(names, [false, false], "what decides is no part of a copy");
    let lines = bench.lines().join("\n");
    assert!(!lines.contains(SECRET) && !lines.contains("Amz"), "{lines}");
}

#[tokio::test(flavor = "multi_thread")]
async fn of_two_services_with_one_bucket_the_one_that_lost_stops() {
    let mut bench = Bench::new();
    let server = Server::start(bench.folder.path());
    bench.config.store = Some(server.config.clone());
    let one = bench.start().await;
    let folder = bench.config.folder.clone();
    bench.config.folder = bench.path("second");
    let two = bench.start().await;
    let (first, second) = (bench.package(0, 1, b"a", b"images"), bench.package(1, 1, b"b", b"images"));
    send(&bench.options(two.address), &first).await.unwrap();
    assert!(send(&bench.options(one.address), &second).await.is_err(), "no receipt without its place in the log");
    assert_eq!(one.end().await.unwrap_err().code(), "store.raced");
    two.end().await.unwrap();
    // Started again it goes on where the other ended, and says whose files it does not have.
    bench.config.folder = folder;
    let one = bench.start().await;
    send(&bench.options(one.address), &second).await.unwrap();
    one.end().await.unwrap();
    assert!(bench.lines().iter().any(|line| line.contains("lost: a file of s0-d0-1")), "{:?}", bench.lines());
    let log = crate::store::Place::of(&bench.config).unwrap().files().unwrap();
    let key = crate::sequencer::read_key(&bench.config.log_key).unwrap();
    assert_eq!(Log::open(log, ORIGIN, Box::new(key)).unwrap().size(), 4);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_log_that_has_begun_in_one_place_is_not_begun_in_another() {
    let mut bench = Bench::new();
    let server = Server::start(bench.folder.path());
    let lines: crate::Lines = Arc::new(|_: &str| {});
    bench.start().await.end().await.unwrap();
    bench.config.store = Some(server.config.clone());
    assert_eq!(not_started(&bench, &lines).await, "intake.store");
    bench.config.folder = bench.path("second");
    bench.start().await.end().await.unwrap();
    for store in [None, Some(StoreConfig { prefix: "else".to_owned(), ..server.config.clone() })] {
        bench.config.store = store;
        assert_eq!(not_started(&bench, &lines).await, "intake.store");
    }
    // A bucket that was emptied is not begun anew either.
    bench.config.store = Some(server.config.clone());
    server.state().objects.clear();
    assert_eq!(not_started(&bench, &lines).await, "intake.log");
}

/// What `Config::read` sets for a bucket (its own test says so): without witnesses nothing else remembers.
#[tokio::test(flavor = "multi_thread")]
async fn a_bucket_that_was_put_back_to_an_old_copy_is_not_appended_to() {
    let mut bench = Bench::new();
    let server = Server::start(bench.folder.path());
    let lines: crate::Lines = Arc::new(|_: &str| {});
    bench.config.store = Some(server.config.clone());
    bench.config.seen = Some(bench.config.folder.join("last-checkpoint.txt"));
    bench.start().await.end().await.unwrap();
    let old = server.state().objects.clone();
    let running = bench.start().await;
    let package = bench.package(0, 1, b"results", b"images");
    send(&bench.options(running.address), &package).await.unwrap();
    running.end().await.unwrap();
    let new = std::mem::replace(&mut server.state().objects, old);
    assert_eq!(not_started(&bench, &lines).await, "intake.rollback");
    server.state().objects = new;
    bench.start().await.end().await.unwrap();
}

/// Why a service does not start.
async fn not_started(bench: &Bench, lines: &crate::Lines) -> &'static str {
    let bound = crate::Server::bind_with(bench.config.clone(), bench.roll(), lines.clone()).await;
    bound.err().expect("it does not start").code()
}

/// Against an S3 that others wrote. Not in the default run: it weighs 300 MB.
#[test]
#[ignore = "needs moto_server; docs/tests.md has the line that installs it"]
fn another_s3_is_spoken_to_as_well() {
    let install =
        "python3 -m venv /tmp/moto && /tmp/moto/bin/pip install 'moto[server]==5.2.5', and PATH=/tmp/moto/bin:$PATH";
    let port = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let mut moto = std::process::Command::new("moto_server")
        .args(["-H", "127.0.0.1", "-p", &port.to_string()])
        .spawn()
        .unwrap_or_else(|error| panic!("moto_server: {error}. Install it: {install}"));
    let folder = tempfile::tempdir().unwrap();
    let keys = folder.path().join("s3.toml");
    std::fs::write(&keys, "access_key = \"testing\"\nsecret_key = \"testing\"\n").unwrap();
    let config = StoreConfig {
        endpoint: format!("http://127.0.0.1:{port}"),
        region: "us-east-1".to_owned(),
        bucket: "intake".to_owned(),
        prefix: String::new(),
        authority: None,
        credentials: Some(keys),
        timeout_ms: 10_000,
        pause_ms: 100,
    };
    let done = std::panic::catch_unwind(|| {
        (0..100).find(|_| {
            std::thread::sleep(Duration::from_millis(200));
            std::net::TcpStream::connect(("127.0.0.1", port)).is_ok()
        });
        make_bucket(port);
        behaves(&Reach::s3(&config));
    });
    moto.kill().unwrap();
    moto.wait().unwrap();
    done.unwrap();
}

/// Unsigned, which moto takes.
fn make_bucket(port: u16) {
    use std::io::{Read as _, Write as _};
    let mut stream = std::net::TcpStream::connect(("127.0.0.1", port)).unwrap();
    let request =
        format!("PUT /intake HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
    stream.write_all(request.as_bytes()).unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
}
