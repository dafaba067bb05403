//! Checkpoints (C2SP tlog-checkpoint): origin, size and root hash of a log, as a signed note.

use crate::merkle::Hash;
use crate::note::NoteError;

/// The body of a checkpoint.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Checkpoint {
    /// Which log, such as `ELECTION/record`.
    pub origin: String,
    /// How many leaves.
    pub size: u64,
    /// The root hash.
    pub root: Hash,
}

impl Checkpoint {
    /// The text that is signed.
    pub fn to_text(&self) -> String {
        unimplemented!()
    }

    /// Reads the text of a note; extension lines are refused.
    ///
    /// # Errors
    /// [`NoteError::Form`].
    pub fn parse(_text: &str) -> Result<Self, NoteError> {
        unimplemented!()
    }
}
