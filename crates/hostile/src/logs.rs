//! The files of a Merkle log, as a mirror or a stick may hold them.

use std::collections::BTreeMap;
use std::sync::Mutex;

use log::note::NoteAlgorithm;
use log::{Log, LogProblem, MemoryStore, Note, NoteKey, read_static};
use sign::{FileKey, Signer};

use crate::input::{Bytes, choice, files};
use crate::is_coded;
use crate::world::WORLD;

const ORIGIN: &str = "minimal/record";

/// Files after lines `%% PATH`, whose checkpoint is signed here; or a true log and what is done to its files.
pub fn log(data: &[u8]) {
    match choice(data, 2) {
        Some((0, data)) => claimed(data),
        Some((_, data)) => changed(data),
        None => {}
    }
}

fn key() -> NoteKey {
    let public = WORLD.keys["record_log"].public_key().clone();
    NoteKey::new(ORIGIN, NoteAlgorithm::Ed25519, public).expect("a name")
}

fn signer() -> Box<FileKey> {
    let pem = WORLD.keys["record_log"].to_pem("").expect("a key has a text");
    Box::new(FileKey::from_pem(&pem).expect("its own text"))
}

fn store(files: BTreeMap<String, Vec<u8>>) -> MemoryStore {
    MemoryStore { files: Mutex::new(files) }
}

/// The log's own writer says whatever the checkpoint of the input says.
fn claimed(data: &[u8]) {
    let mut files = files(data);
    if let Some(text) = files.get("checkpoint").map(|text| String::from_utf8_lossy(text).into_owned()) {
        let mut note = Note { text, signatures: Vec::new() };
        note.sign(ORIGIN, WORLD.keys.get("record_log").expect("its key")).expect("the key signs");
        files.insert("checkpoint".to_owned(), note.to_bytes());
    }
    match read_static(&store(files.clone()), &key()) {
        Ok(read) => {
            // The files are those that the writer makes of these leaves.
            let own = MemoryStore::default();
            let mut log = Log::create(&own, ORIGIN, signer()).expect("an empty store");
            log.append(&read.leaves).expect("they fitted before");
            assert_eq!(*own.files.lock().expect("nobody panicked"), files);
            assert_eq!(log.head(), read.checkpoint);
        }
        Err(problems) => told(&problems),
    }
}

fn changed(data: &[u8]) {
    let mut bytes = Bytes(data);
    let count = bytes.word() % 700;
    let first = usize::from(bytes.word()) % (usize::from(count) + 1);
    let leaves: Vec<Vec<u8>> = (0..count).map(|n| n.to_be_bytes().repeat(1 + usize::from(n % 5))).collect();
    let store = MemoryStore::default();
    let mut log = Log::create(&store, ORIGIN, signer()).expect("an empty store");
    for part in [&leaves[..first], &leaves[first..]] {
        log.append(part).expect("small leaves");
    }
    let whole = store.files.lock().expect("nobody panicked").clone();
    let read = read_static(&store, &key()).expect("a log reads as it was written");
    assert_eq!(read.leaves, leaves);
    for _ in 0..bytes.byte() % 4 {
        let mut files = store.files.lock().expect("nobody panicked");
        let (which, way, at, flip) = (bytes.byte(), bytes.byte(), bytes.word(), bytes.byte());
        let Some(path) = files.keys().nth(usize::from(which) % files.len().max(1)).cloned() else { break };
        match way % 5 {
            0 => _ = files.remove(&path),
            1 => _ = files.insert(format!("{path}.x"), vec![flip]),
            2 => files.get_mut(&path).expect("its own path").push(flip),
            3 => files.get_mut(&path).expect("its own path").truncate(at.into()),
            _ => {
                let file = files.get_mut(&path).expect("its own path");
                if let Some(place) = (!file.is_empty()).then(|| usize::from(at) % file.len()) {
                    file[place] ^= flip;
                }
            }
        }
    }
    let is_whole = *store.files.lock().expect("nobody panicked") == whole;
    match read_static(&store, &key()) {
        Ok(read) => assert!(is_whole && read.leaves == leaves, "a changed log is read"),
        Err(problems) => {
            assert!(!is_whole);
            told(&problems);
        }
    }
    // The writer ignores files that are not the log's, and takes nothing else than what it wrote.
    if let Ok(log) = Log::open(&store, ORIGIN, signer()) {
        assert_eq!(log.leaves(), leaves);
    }
}

fn told(problems: &[LogProblem]) {
    assert!(!problems.is_empty() && problems.len() <= 1_000);
    assert!(problems.is_sorted_by(|a, b| a.path <= b.path));
    problems.iter().for_each(is_coded);
}
