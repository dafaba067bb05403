//! LG7: a witness with a new key remembers what the one with the old key has seen.

use election::Coded;
use log::note::{NoteAlgorithm, NoteKey, NoteSignature};
use log::{Log, MemoryStore};
use sanad_witness::{Desk, Error};
use sign::{FileKey, KeyKind, Signer as _};

#[test]
fn lg7_the_new_key_signs_no_second_history() {
    let dir = tempfile::tempdir().unwrap();
    let at = |name: &str| dir.path().join(name);
    let [log_key, old, new] = [(); 3].map(|()| FileKey::generate(KeyKind::Ed25519).unwrap());
    let log = |words: &[&str]| {
        let key = FileKey::from_pem(&log_key.to_pem("").unwrap()).unwrap();
        let mut log = Log::create(MemoryStore::default(), "e/record", Box::new(key)).unwrap();
        log.append(&words.iter().map(|word| word.as_bytes().to_vec()).collect::<Vec<_>>()).unwrap();
        log
    };
    let watched = NoteKey::new("e/record", NoteAlgorithm::Ed25519, log_key.public_key().clone()).unwrap();
    let private = Desk::begin(&at("old"), "party.example", std::slice::from_ref(&watched)).unwrap();
    std::fs::write(private, old.to_pem("").unwrap().as_bytes()).unwrap();
    let before = Desk::open(&at("old")).unwrap();
    before.cosign(&log(&["a", "b"]).request(0).unwrap(), 1).unwrap();

    let private = before.succeed(&at("new")).unwrap();
    assert!(matches!(Desk::open(&at("new")), Err(Error::Absent)), "without its key it is no witness yet");
    std::fs::write(private, new.to_pem("").unwrap().as_bytes()).unwrap();
    let after = Desk::open(&at("new")).unwrap();
    assert_eq!((after.name().unwrap().as_str(), after.logs().unwrap()), ("party.example", vec![watched]));
    assert_eq!(after.cosign(&log(&["a", "x"]).request(0).unwrap(), 2).unwrap_err().code(), "witness.fork");
    let line = after.cosign(&log(&["a", "b", "c"]).request(2).unwrap(), 3).unwrap();
    let own = NoteKey::new("party.example", NoteAlgorithm::CosignatureV1, new.public_key().clone()).unwrap();
    assert!(own.made(&line.trim_end().parse::<NoteSignature>().unwrap()));
    assert!(matches!(before.succeed(&at("new")), Err(Error::Exists)));

    // The rotation is taken up again: what the old one has seen since is told, and never less than the new one knows.
    let (id, name) = (old.public_key().id(), "party.example");
    assert!(matches!(Desk::begun(&at("new"), "other.example", id), Err(Error::NoSuccessor(_))));
    assert!(matches!(Desk::begun(&at("old"), name, id), Err(Error::NoSuccessor(_))));
    assert!(Desk::begun(&at("nowhere"), name, id).unwrap().is_none());
    let (begun, key) = Desk::begun(&at("new"), name, id).unwrap().unwrap();
    assert_eq!(key.public_key(), new.public_key());
    before.remind(&begun).unwrap();
    assert_eq!(after.seen_size("e/record").unwrap(), 3);
    before.cosign(&log(&["a", "b", "c", "d"]).request(2).unwrap(), 4).unwrap();
    before.remind(&begun).unwrap();
    assert_eq!(after.seen_size("e/record").unwrap(), 4);
    assert_eq!(after.cosign(&log(&["a", "b", "c", "x"]).request(0).unwrap(), 5).unwrap_err().code(), "witness.fork");
}
