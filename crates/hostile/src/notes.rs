//! Text files of the logs: notes, keys, checkpoints, policies, proofs, requests, forks.

use log::checkpoint::Checkpoint;
use log::proof::InclusionProof;
use log::witness::{Fork, Request, Witness};
use log::{Note, NoteKey, Policy};
use sign::Signer;

use crate::input::choice;
use crate::is_coded;
use crate::world::WORLD;

/// One of the files. Each has one form; nothing verifies under a key that was made after it.
pub fn note(data: &[u8]) {
    let Some((which, data)) = choice(data, 7) else { return };
    let text = String::from_utf8_lossy(data);
    match which {
        0 => {
            if let Some(note) = read(Note::parse(data), data, Note::to_bytes) {
                signed(&note);
            }
        }
        1 => _ = read(text.parse::<NoteKey>(), text.as_bytes(), |key| key.to_string().into_bytes()),
        2 => _ = read(Checkpoint::parse(&text), text.as_bytes(), |checkpoint| checkpoint.to_text().into_bytes()),
        3 => {
            if let Some(policy) = read(Policy::parse(&text), text.as_bytes(), |policy| policy.to_text().into_bytes()) {
                let nobody = Note { text: "x\n".into(), signatures: Vec::new() };
                assert!(!policy.quorum(&nobody).met, "a note that nobody has signed is witnessed");
            }
        }
        4 => {
            if let Some(proof) = read(InclusionProof::parse(data), data, InclusionProof::to_bytes) {
                if let Err(error) = proof.verify(b"leaf") {
                    is_coded(&error);
                }
                signed(&proof.checkpoint);
            }
        }
        5 => {
            if let Some(request) = read(Request::parse(data), data, Request::to_bytes) {
                let log = log_key();
                let witness = Witness { log, name: "court".into(), seen: None };
                is_coded(&witness.cosign(&request, &WORLD.keys["record_log"], 1).expect_err("another log's"));
            }
        }
        _ => {
            if let Some(fork) = read(Fork::parse(data), data, Fork::to_bytes) {
                assert!(!fork.holds(&log_key()), "a fork of another log");
            }
        }
    }
}

fn log_key() -> NoteKey {
    let key = WORLD.keys["record_log"].public_key().clone();
    NoteKey::new("minimal/record", log::note::NoteAlgorithm::Ed25519, key).expect("a name")
}

fn read<T, E: election::Coded>(found: Result<T, E>, data: &[u8], write: impl Fn(&T) -> Vec<u8>) -> Option<T> {
    match found {
        Ok(value) => {
            assert!(write(&value) == data, "what is read is what would be written");
            Some(value)
        }
        Err(error) => {
            is_coded(&error);
            None
        }
    }
}

fn signed(note: &Note) {
    is_coded(&note.verify(&log_key()).expect_err("a key that was made after the note"));
    let _ = Checkpoint::parse(&note.text);
}
