//! A witness: it signs that it has seen one history, and refuses a second one (C2SP tlog-witness).

use election::Coded;
use sign::Signer;

use crate::Checkpoint;
use crate::merkle::Hash;
use crate::note::{Note, NoteError, NoteKey};

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
        unimplemented!()
    }

    /// Reads a file.
    ///
    /// # Errors
    /// [`WitnessError::Form`].
    pub fn parse(_bytes: &[u8]) -> Result<Self, WitnessError> {
        unimplemented!()
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
    /// The proof as a file: the two notes, one after the other.
    pub fn to_bytes(&self) -> Vec<u8> {
        unimplemented!()
    }

    /// Reads a file.
    ///
    /// # Errors
    /// [`WitnessError::Form`].
    pub fn parse(_bytes: &[u8]) -> Result<Self, WitnessError> {
        unimplemented!()
    }

    /// Holds only if both are signed by `log` for one size with two roots.
    pub fn holds(&self, _log: &NoteKey) -> bool {
        unimplemented!()
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
    pub fn cosign(
        &self,
        _request: &Request,
        _signer: &dyn Signer,
        _now: u64,
    ) -> Result<(String, Witness), WitnessError> {
        unimplemented!()
    }

    /// The size last seen, 0 at first.
    pub fn seen_size(&self) -> u64 {
        self.seen.as_ref().and_then(|note| Checkpoint::parse(&note.text).ok()).map_or(0, |c| c.size)
    }
}
