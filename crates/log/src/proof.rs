//! A leaf's inclusion proof as a carried file (C2SP tlog-proof).

use crate::merkle::Hash;
use crate::note::{Note, NoteError};

/// An inclusion proof with the checkpoint it leads to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InclusionProof {
    /// The index of the leaf.
    pub index: u64,
    /// The hashes.
    pub hashes: Vec<Hash>,
    /// The signed checkpoint.
    pub checkpoint: Note,
}

impl InclusionProof {
    /// The file.
    pub fn to_bytes(&self) -> Vec<u8> {
        unimplemented!()
    }

    /// Reads a file; at most 64 hashes.
    ///
    /// # Errors
    /// [`NoteError::Form`].
    pub fn parse(_bytes: &[u8]) -> Result<Self, NoteError> {
        unimplemented!()
    }

    /// Checks that `leaf` is at the index in the tree of the checkpoint; its signatures are the caller's to check.
    ///
    /// # Errors
    /// [`NoteError::Form`] for a bad checkpoint, [`NoteError::Signature`] never; [`crate::merkle::BadProof`] inside.
    pub fn verify(&self, _leaf: &[u8]) -> Result<crate::Checkpoint, ProofError> {
        unimplemented!()
    }
}

/// A proof that does not lead from the leaf to the checkpoint.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ProofError {
    /// The checkpoint is not one.
    #[error(transparent)]
    Note(#[from] NoteError),
    /// The hashes do not lead to the root.
    #[error("the leaf is not in the tree of this checkpoint")]
    Hashes,
}

impl election::Coded for ProofError {
    fn code(&self) -> &'static str {
        match self {
            ProofError::Note(error) => error.code(),
            ProofError::Hashes => "proof.hashes",
        }
    }

    fn next(&self) -> &'static str {
        "Keep the proof as evidence and ask the log for a new one."
    }
}
