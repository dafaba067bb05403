//! Each reason code of a log that is not the one that was seen, or not whole.

use election::Coded;
use sanad_log::{Log, MemoryStore, Store, read_static};
use sign::{FileKey, KeyKind};

fn again(key: &FileKey) -> Box<FileKey> {
    Box::new(FileKey::from_pem(&key.to_pem("").unwrap()).unwrap())
}

#[test]
fn a_log_of_another_history_does_not_continue_the_one_that_was_seen() {
    let signer = FileKey::generate(KeyKind::Ed25519).unwrap();
    let (one, two) = (MemoryStore::default(), MemoryStore::default());
    let mut seen = Log::create(&one, "e", again(&signer)).unwrap();
    let mut other = Log::create(&two, "e", again(&signer)).unwrap();
    seen.append(&[b"a".to_vec(), b"b".to_vec()]).unwrap();
    other.append(&[b"a".to_vec(), b"B".to_vec()]).unwrap();
    let refused = other.continues(seen.checkpoint()).unwrap_err();
    assert_eq!(refused.code(), "log.fork");
    assert!(refused.to_string().contains("first 2 leaves"), "{refused}");
    // Longer by one leaf, it is still the other history; the true one has grown and continues.
    other.append(&[b"c".to_vec()]).unwrap();
    assert_eq!(other.continues(seen.checkpoint()).unwrap_err().code(), "log.fork");
    let before = seen.checkpoint().clone();
    seen.append(&[b"c".to_vec()]).unwrap();
    seen.continues(&before).unwrap();
}

#[test]
fn a_file_that_the_checkpoint_counts_and_that_is_gone_is_named() {
    let signer = FileKey::generate(KeyKind::Ed25519).unwrap();
    let store = MemoryStore::default();
    let mut log = Log::create(&store, "e", again(&signer)).unwrap();
    log.append(&[b"a".to_vec(), b"b".to_vec()]).unwrap();
    store.remove("tile/entries/000.p/2").unwrap();
    let problems = read_static(&store, log.key()).unwrap_err();
    assert_eq!((problems[0].code(), problems[0].path.as_str()), ("log.missing", "tile/entries/000.p/2"));
    let opened = Log::open(&store, "e", again(&signer)).map(drop).unwrap_err();
    assert_eq!(opened.code(), "log.missing");
}
