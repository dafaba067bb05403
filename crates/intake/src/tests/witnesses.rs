//! Witnesses that are asked over HTTP while packages arrive.

use std::sync::Arc;
use std::time::{Duration, Instant};

use election::Coded as _;
use log::note::{NoteAlgorithm, NoteKey};
use sign::{FileKey, KeyKind, Signer as _};
use tokio::task::JoinHandle;

use super::{Bench, send};
use crate::{Error, RotatedConfig, Server, WitnessConfig};

/// A party's witness, on a folder of the bench.
struct Party {
    name: &'static str,
    desk: witness::Desk,
    key: NoteKey,
}

impl Party {
    fn new(bench: &Bench, name: &'static str) -> Self {
        let dir = bench.path(name);
        let (key, log) = (FileKey::generate(KeyKind::Ed25519).unwrap(), bench.roll().log);
        let log = NoteKey::new("test_2026/intake", NoteAlgorithm::Ed25519, log).unwrap();
        let path = witness::Desk::begin(&dir, name, &[log]).unwrap();
        std::fs::write(path, key.to_pem("").unwrap().as_bytes()).unwrap();
        let desk = witness::Desk::open(&dir).unwrap();
        let key = NoteKey::new(name, NoteAlgorithm::CosignatureV1, key.public_key().clone()).unwrap();
        Party { name, desk, key }
    }

    async fn serve(&self, address: &str) -> (String, Option<witness::Stop>, JoinHandle<()>) {
        let lines: witness::Lines = Arc::new(|_: &str| {});
        let server = witness::Server::bind(self.desk.clone(), address.parse().unwrap(), lines).await.unwrap();
        let (stop, stopped) = witness::stop();
        let url = format!("http://{}", server.address().unwrap());
        (url, Some(stop), tokio::spawn(server.run(stopped)))
    }

    fn at(&self, url: &str) -> WitnessConfig {
        WitnessConfig { name: self.name.to_owned(), url: url.to_owned(), authority: None }
    }

    fn seen(&self) -> u64 {
        self.desk.seen_size("test_2026/intake").unwrap()
    }
}

fn bench() -> Bench {
    let mut bench = Bench::new();
    bench.config.limits.witness_pause_ms = 20;
    bench.config.limits.witness_ms = 500;
    bench
}

/// The checkpoint on the disk, once it has `wanted` signature lines.
async fn cosigned(bench: &Bench, wanted: usize) -> log::Note {
    let start = Instant::now();
    loop {
        let bytes = std::fs::read(bench.config.folder.join("log/checkpoint")).unwrap();
        let note = log::Note::parse(&bytes).unwrap();
        if note.signatures.len() == wanted {
            return note;
        }
        assert!(start.elapsed() < Duration::from_secs(20), "{} lines: {:?}", note.signatures.len(), bench.lines());
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn lg7_witnesses_cosign_while_the_log_grows_and_one_that_was_away_catches_up() {
    let mut bench = bench();
    let (party, court) = (Party::new(&bench, "party"), Party::new(&bench, "court"));
    bench.listed = vec![party.key.clone(), court.key.clone()];
    let (there, _stop, _) = party.serve("127.0.0.1:0").await;
    // The court has an address where nobody listens yet.
    let (address, mut stop, ended) = court.serve("127.0.0.1:0").await;
    stop.take();
    ended.await.unwrap();
    bench.config.witnesses = vec![party.at(&format!("{there}/")), court.at(&address)];
    let server = bench.start().await;
    send(&bench.options(server.address), &bench.package(0, 1, b"results", b"images")).await.unwrap();
    let note = cosigned(&bench, 2).await;
    assert!(note.verify(&party.key).unwrap().is_some());
    assert_eq!((party.seen(), court.seen()), (2, 0));
    // It comes back; a package more, and both have signed the same checkpoint.
    let (_, _stop, _) = court.serve(address.strip_prefix("http://").unwrap()).await;
    send(&bench.options(server.address), &bench.package(1, 1, b"results", b"images")).await.unwrap();
    let note = cosigned(&bench, 3).await;
    assert!(note.verify(&party.key).is_ok() && note.verify(&court.key).is_ok());
    assert_eq!((party.seen(), court.seen()), (4, 4));
    server.end().await.unwrap();
    // What they have signed is what a restored folder must continue (LG3), and the log opens as it was.
    let remembered = std::fs::read(bench.config.folder.join("last-cosigned.txt")).unwrap();
    assert_eq!(log::Note::parse(&remembered).unwrap(), note);
    assert_eq!(bench.kinds().len(), 4);
    bench.start().await.end().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn lg7_a_witness_with_another_key_is_asked_for_the_line_of_that_one() {
    let mut bench = bench();
    let (before, party) = (Party::new(&bench, "before"), Party::new(&bench, "party"));
    let old = NoteKey { name: party.name.to_owned(), ..before.key };
    bench.listed = vec![old.clone()];
    let rotated = |name: &str, key: &str| RotatedConfig { name: name.to_owned(), key: key.to_owned() };
    let new = rotated(party.name, &party.key.key.to_string());
    bench.listed = bench.roll().with(&[new]).unwrap().witnesses;
    assert_eq!(bench.listed, [old, party.key.clone()], "lines of both are taken in");
    for (name, key) in [("stranger", party.key.key.to_string()), (party.name, "MCow".to_owned())] {
        let refused = bench.roll().with(&[rotated(name, &key)]).err().expect("it is refused");
        assert_eq!(refused.code(), "intake.witness", "{refused}");
    }
    let (url, _stop, _) = party.serve("127.0.0.1:0").await;
    bench.config.witnesses = vec![party.at(&url)];
    let server = bench.start().await;
    send(&bench.options(server.address), &bench.package(0, 1, b"results", b"images")).await.unwrap();
    assert!(cosigned(&bench, 2).await.verify(&party.key).is_ok());
    server.end().await.unwrap();
}

/// A witness that takes the connection and says nothing, and one that says nonsense: receipts are given all the same.
#[tokio::test(flavor = "multi_thread")]
async fn lg7_a_witness_that_does_not_answer_never_delays_a_receipt() {
    let mut bench = bench();
    bench.config.limits.witness_ms = 60_000;
    let (mute, liar) = (Party::new(&bench, "mute"), Party::new(&bench, "liar"));
    bench.listed = vec![mute.key.clone(), liar.key.clone()];
    let silent = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let lying = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = |listener: &tokio::net::TcpListener| format!("http://{}", listener.local_addr().unwrap());
    bench.config.witnesses = vec![mute.at(&url(&silent)), liar.at(&url(&lying))];
    let held = tokio::spawn(async move {
        let mut held = Vec::new();
        while let Ok((stream, _)) = silent.accept().await {
            held.push(stream);
        }
    });
    let other = FileKey::generate(KeyKind::Ed25519).unwrap();
    let false_line = liar_line(&other);
    let lies = tokio::spawn(async move {
        while let Ok((mut stream, _)) = lying.accept().await {
            let answer = format!("HTTP/1.1 200 OK\r\ncontent-length: {}\r\n\r\n{false_line}", false_line.len());
            let _ = tokio::io::AsyncWriteExt::write_all(&mut stream, answer.as_bytes()).await;
        }
    });
    let server = bench.start().await;
    let start = Instant::now();
    for n in 0..2 {
        send(&bench.options(server.address), &bench.package(n, 1, b"results", b"images")).await.unwrap();
    }
    assert!(start.elapsed() < Duration::from_secs(30), "receipts waited for a witness");
    server.end().await.unwrap();
    let note = log::Note::parse(&std::fs::read(bench.config.folder.join("log/checkpoint")).unwrap()).unwrap();
    assert_eq!(note.signatures.len(), 1, "a line by another key is no cosignature");
    held.abort();
    lies.abort();
}

fn liar_line(key: &FileKey) -> String {
    let own = NoteKey::new("liar", NoteAlgorithm::CosignatureV1, key.public_key().clone()).unwrap();
    format!("{}\n", own.cosign("test_2026/intake\n0\nx\n", 1, key).unwrap())
}

/// A witness that has seen more than the log has: the log went back, and the operator is told.
#[tokio::test(flavor = "multi_thread")]
async fn lg3_a_witness_that_has_seen_more_leaves_is_told_of() {
    let mut bench = bench();
    let party = Party::new(&bench, "party");
    bench.listed = vec![party.key.clone()];
    let key = crate::sequencer::read_key(&bench.config.log_key).unwrap();
    let mut longer = log::Log::create(log::MemoryStore::default(), "test_2026/intake", Box::new(key)).unwrap();
    longer.append(&(0..9u8).map(|n| vec![n]).collect::<Vec<_>>()).unwrap();
    party.desk.cosign(&longer.request(0).unwrap(), 1).unwrap();
    let (url, _stop, _) = party.serve("127.0.0.1:0").await;
    bench.config.witnesses = vec![party.at(&url)];
    let server = bench.start().await;
    send(&bench.options(server.address), &bench.package(0, 1, b"results", b"images")).await.unwrap();
    let start = Instant::now();
    while !bench.lines().iter().any(|line| line.contains("party has seen 9 leaves, and the log has")) {
        assert!(start.elapsed() < Duration::from_secs(20), "{:?}", bench.lines());
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    server.end().await.unwrap();
    assert_eq!(party.seen(), 9);
}

#[tokio::test]
async fn a_witness_that_cannot_be_asked_is_refused_at_the_start() {
    let mut bench = bench();
    let party = Party::new(&bench, "party");
    bench.listed = vec![party.key.clone()];
    for (name, url, authority) in [
        ("stranger", "http://127.0.0.1:1", None),
        ("party", "ftp://127.0.0.1", None),
        ("party", "127.0.0.1:1", None),
        ("party", "http://a?b", None),
        ("party", "https://127.0.0.1:1", None),
        ("party", "http://127.0.0.1:1", Some(bench.path("ca.pem"))),
    ] {
        bench.config.witnesses = vec![WitnessConfig { name: name.into(), url: url.into(), authority }];
        let started = Server::bind_with(bench.config.clone(), bench.roll(), Arc::new(|_: &str| {})).await;
        let Err(error) = started else { panic!("{url}") };
        assert_eq!(error.code(), "intake.witness", "{error}");
        assert!(matches!(error, Error::Witness { .. }));
    }
}
