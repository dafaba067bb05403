//! A witness: it signs that it has seen one history, and refuses a second one (C2SP tlog-witness).

use election::Coded;
use sign::Signer;

use crate::checkpoint::{Checkpoint, hash, hash_lines, number};
use crate::merkle::{Hash, check_consistency, empty_root};
use crate::note::{Note, NoteAlgorithm, NoteError, NoteKey};

/// What is asked of a witness, as a carried file: `old SIZE`, proof lines, an empty line, the checkpoint.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request {
    /// The size the witness last saw.
    pub old: u64,
    /// The consistency proof from that size.
    pub proof: Vec<Hash>,
    /// The signed checkpoint.
    pub checkpoint: Note,
}

impl Request {
    /// The file.
    pub fn to_bytes(&self) -> Vec<u8> {
        let head = format!("old {}\n{}\n", self.old, hash_lines(&self.proof));
        [head.into_bytes(), self.checkpoint.to_bytes()].concat()
    }

    /// Reads a file of at most 63 proof lines.
    ///
    /// # Errors
    /// [`WitnessError::Form`].
    pub fn parse(bytes: &[u8]) -> Result<Self, WitnessError> {
        let text = std::str::from_utf8(bytes).map_err(|_| WitnessError::Form)?;
        let (head, note) = text.split_once("\n\n").ok_or(WitnessError::Form)?;
        let mut lines = head.split('\n');
        let old = lines.next().and_then(|line| line.strip_prefix("old ")).and_then(number).ok_or(WitnessError::Form)?;
        let proof = lines.map(hash).take(64).collect::<Option<Vec<_>>>().ok_or(WitnessError::Form)?;
        if proof.len() > 63 {
            return Err(WitnessError::Form);
        }
        Ok(Request { old, proof, checkpoint: Note::parse(note.as_bytes())? })
    }
}

/// A refusal of a witness.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum WitnessError {
    /// Not a request.
    #[error("not a request to a witness")]
    Form,
    /// The log is not one this witness watches, or has not signed.
    #[error(transparent)]
    Note(#[from] NoteError),
    /// Another old size than the witness last saw (tlog-witness answers 409 with it).
    #[error("this witness has last seen {seen} leaves, and was asked from {old}")]
    OldSize {
        /// What it last saw.
        seen: u64,
        /// What was asked.
        old: u64,
    },
    /// A smaller tree than it has seen.
    #[error("the log has gone back from {seen} leaves to {size}")]
    Rollback {
        /// What it last saw.
        seen: u64,
        /// What it was shown.
        size: u64,
    },
    /// A tree that does not continue the one it has seen; the two notes prove it.
    #[error("the log shows two histories; the two checkpoints are the proof")]
    Fork(Box<Fork>),
    /// The proof does not hold.
    #[error("the consistency proof does not hold")]
    Proof,
}

/// Two checkpoints of one log that cannot both be true; anybody can check them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fork {
    /// The note seen before.
    pub seen: Note,
    /// The note shown now.
    pub shown: Note,
}

impl Fork {
    /// The proof as a file: the two notes, the first one's length in bytes on a line before them.
    pub fn to_bytes(&self) -> Vec<u8> {
        let (seen, shown) = (self.seen.to_bytes(), self.shown.to_bytes());
        [format!("fork {}\n", seen.len()).into_bytes(), seen, shown].concat()
    }

    /// Reads a file.
    ///
    /// # Errors
    /// [`WitnessError::Form`].
    pub fn parse(bytes: &[u8]) -> Result<Self, WitnessError> {
        let end = bytes.iter().position(|byte| *byte == b'\n').ok_or(WitnessError::Form)?;
        let line = std::str::from_utf8(&bytes[..end]).map_err(|_| WitnessError::Form)?;
        let length = line.strip_prefix("fork ").and_then(number).and_then(|n| usize::try_from(n).ok());
        let (seen, shown) =
            bytes[end + 1..].split_at_checked(length.ok_or(WitnessError::Form)?).ok_or(WitnessError::Form)?;
        Ok(Fork { seen: Note::parse(seen)?, shown: Note::parse(shown)? })
    }

    /// Holds only if both are signed by `log` for one size with two roots.
    pub fn holds(&self, log: &NoteKey) -> bool {
        let signed = |note: &Note| {
            note.verify(log).ok()?;
            Checkpoint::parse(&note.text).ok().filter(|checkpoint| checkpoint.origin == log.name)
        };
        let both = signed(&self.seen).zip(signed(&self.shown));
        both.is_some_and(|(seen, shown)| seen.size == shown.size && seen.root != shown.root)
    }
}

impl Coded for WitnessError {
    fn code(&self) -> &'static str {
        match self {
            WitnessError::Form => "witness.form",
            WitnessError::Note(error) => error.code(),
            WitnessError::OldSize { .. } => "witness.old_size",
            WitnessError::Rollback { .. } => "witness.rollback",
            WitnessError::Fork(_) => "witness.fork",
            WitnessError::Proof => "witness.proof",
        }
    }

    fn next(&self) -> &'static str {
        match self {
            WitnessError::OldSize { .. } => "Ask again with a proof from the size the witness has seen.",
            WitnessError::Rollback { .. } | WitnessError::Fork(_) => {
                "Keep both files and publish them: the log has shown two histories."
            }
            WitnessError::Note(error) => error.next(),
            _ => "Make the request again from the log.",
        }
    }
}

/// A witness's memory of one log: the note it last cosigned. Keep it as durably as the key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Witness {
    /// The log's key; its name is the origin.
    pub log: NoteKey,
    /// The witness's name, as in the policy.
    pub name: String,
    /// The note last cosigned.
    pub seen: Option<Note>,
}

impl Witness {
    /// Checks a request and cosigns; `now` in POSIX seconds. Returns the cosignature line and the new
    /// memory, which must be durable before the line is given out.
    ///
    /// # Errors
    /// [`WitnessError`]; the memory stays.
    pub fn cosign(&self, request: &Request, signer: &dyn Signer, now: u64) -> Result<(String, Witness), WitnessError> {
        let note = &request.checkpoint;
        note.verify(&self.log)?;
        let shown = Checkpoint::parse(&note.text)?;
        if shown.origin != self.log.name {
            return Err(NoteError::Unsigned(self.log.name.clone()).into());
        }
        let seen = self.seen.as_ref().map(|note| Checkpoint::parse(&note.text)).transpose()?;
        let seen = seen.unwrap_or(Checkpoint { origin: shown.origin.clone(), size: 0, root: empty_root() });
        if shown.size < seen.size {
            return Err(WitnessError::Rollback { seen: seen.size, size: shown.size });
        }
        if shown.size == seen.size && shown.root != seen.root {
            let Some(seen) = self.seen.clone() else { return Err(WitnessError::Proof) };
            return Err(WitnessError::Fork(Box::new(Fork { seen, shown: note.clone() })));
        }
        if request.old != seen.size {
            return Err(WitnessError::OldSize { seen: seen.size, old: request.old });
        }
        check_consistency(seen.size, &seen.root, shown.size, &shown.root, &request.proof)
            .map_err(|_| WitnessError::Proof)?;
        let key = NoteKey::new(&self.name, NoteAlgorithm::CosignatureV1, signer.public_key().clone())?;
        let line = format!("{}\n", key.cosign(&note.text, now, signer)?);
        Ok((line, Witness { seen: Some(note.clone()), ..self.clone() }))
    }

    /// The size last seen, 0 at first.
    pub fn seen_size(&self) -> u64 {
        self.seen.as_ref().and_then(|note| Checkpoint::parse(&note.text).ok()).map_or(0, |c| c.size)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Log, MemoryStore};
    use sign::{FileKey, KeyKind};

    fn log(signer: &FileKey, leaves: &[&str]) -> Log<MemoryStore> {
        let signer = Box::new(FileKey::from_pem(&signer.to_pem("").unwrap()).unwrap());
        let mut log = Log::create(MemoryStore::default(), "e/record", signer).unwrap();
        log.append(&leaves.iter().map(|leaf| leaf.as_bytes().to_vec()).collect::<Vec<_>>()).unwrap();
        log
    }

    #[test]
    fn a_witness_signs_one_history_and_refuses_a_second() {
        let (signer, own) =
            (FileKey::generate(KeyKind::Ed25519).unwrap(), FileKey::generate(KeyKind::Ed25519).unwrap());
        let mut honest = log(&signer, &["a", "b"]);
        let fresh = Witness { log: honest.key().clone(), name: "court".into(), seen: None };
        let request = Request::parse(&honest.request(0).unwrap().to_bytes()).unwrap();
        assert_eq!(request.to_bytes(), honest.request(0).unwrap().to_bytes());
        let (line, seen) = fresh.cosign(&request, &own, 1_700_000_000).unwrap();
        let key = NoteKey::new("court", NoteAlgorithm::CosignatureV1, own.public_key().clone()).unwrap();
        honest.add_cosignatures(&line, std::slice::from_ref(&key)).unwrap();
        honest.add_cosignatures(&line, std::slice::from_ref(&key)).unwrap();
        assert_eq!(
            (honest.checkpoint().verify(&key), honest.checkpoint().signatures.len()),
            (Ok(Some(1_700_000_000)), 2)
        );
        // Who sees the same log again says so with a later time; an earlier line never takes its place.
        let at = |time| format!("{}\n", key.cosign(&honest.checkpoint().text, time, &own).unwrap());
        let lines = [at(1_700_009_000), at(1_600_000_000)];
        for again in &lines {
            honest.add_cosignatures(again, std::slice::from_ref(&key)).unwrap();
        }
        assert_eq!(honest.checkpoint().verify(&key), Ok(Some(1_700_009_000)), "lg5");
        assert_eq!(honest.add_cosignatures(&line, &[]).unwrap_err().code(), "note.signature");

        honest.append(&[b"c".to_vec()]).unwrap();
        assert_eq!(seen.cosign(&honest.request(1).unwrap(), &own, 2).unwrap_err().code(), "witness.old_size");
        let (_, later) = seen.cosign(&honest.request(2).unwrap(), &own, 2).unwrap();
        assert_eq!(later.seen_size(), 3);
        // LG3: a log restored from an old backup.
        assert_eq!(later.cosign(&request, &own, 3).unwrap_err().code(), "witness.rollback");
        // LG2: another history of the same size is a proof that anybody can check.
        let forked = log(&signer, &["a", "x", "c"]);
        let error = later.cosign(&forked.request(0).unwrap(), &own, 3).unwrap_err();
        let WitnessError::Fork(fork) = error else { panic!("{error}") };
        let carried = Fork::parse(&fork.to_bytes()).unwrap();
        assert!(carried.holds(honest.key()));
        assert!(!Fork { seen: carried.seen.clone(), shown: carried.seen.clone() }.holds(honest.key()));
        assert!(!carried.holds(&NoteKey::new("e/record", NoteAlgorithm::Ed25519, own.public_key().clone()).unwrap()));
        // A longer one cannot have a proof.
        let longer = log(&signer, &["a", "x", "c", "d"]);
        assert_eq!(later.cosign(&longer.request(3).unwrap(), &own, 3).unwrap_err().code(), "witness.proof");
        // Another log, or one signed by another key.
        let other = log(&own, &["a"]);
        assert_eq!(fresh.cosign(&other.request(0).unwrap(), &own, 3).unwrap_err().code(), "note.unsigned");
    }

    #[test]
    fn other_requests_are_refused() {
        for bad in
            ["", "old 0\n", "old 00\n\n", "old -1\n\n", "new 0\n\nx", &format!("old 0\n{}\n\n", "AAAA\n".repeat(64))]
        {
            let code = Request::parse(bad.as_bytes()).unwrap_err().code();
            assert!(["witness.form", "note.form"].contains(&code), "{bad}");
        }
        assert_eq!(Fork::parse(b"fork 99\nx").unwrap_err().code(), "witness.form");
    }
}
