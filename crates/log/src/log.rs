//! A log that is appended to.

use election::Coded;
use sign::Signer;

use crate::checkpoint::Checkpoint;
use crate::merkle::Hash;
use crate::note::{Note, NoteError};
use crate::reader::LogProblem;
use crate::store::{Store, StoreError};

/// A log with its one writer. Leaves and leaf hashes are held in memory.
pub struct Log<S: Store> {
    store: S,
    origin: String,
    signer: Box<dyn Signer + Send + Sync>,
}

/// A log that cannot be opened or appended to.
#[derive(Debug, thiserror::Error)]
pub enum LogError {
    /// The store fails.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The checkpoint or its signature fails.
    #[error(transparent)]
    Note(#[from] NoteError),
    /// There is a log already, where a new one should begin.
    #[error("there is a log here already")]
    Exists,
    /// There is no log.
    #[error("there is no log here")]
    Absent,
    /// A file of the log is missing or wrong.
    #[error(transparent)]
    Problem(#[from] LogProblem),
    /// A leaf of more than 65,535 bytes.
    #[error("a leaf has {0} bytes; at most 65,535 fit an entry")]
    Leaf(usize),
    /// No such leaf or size.
    #[error("the log has {size} leaves; {asked} was asked for")]
    Range {
        /// Leaves in the log.
        size: u64,
        /// What was asked for.
        asked: u64,
    },
}

impl Coded for LogError {
    fn code(&self) -> &'static str {
        match self {
            LogError::Store(error) => error.code(),
            LogError::Note(error) => error.code(),
            LogError::Exists => "log.exists",
            LogError::Absent => "log.absent",
            LogError::Problem(error) => error.code(),
            LogError::Leaf(_) => "log.leaf",
            LogError::Range { .. } => "log.range",
        }
    }

    fn next(&self) -> &'static str {
        match self {
            LogError::Store(error) => error.next(),
            LogError::Note(error) => error.next(),
            LogError::Exists => "Open the log that is there, or choose an empty folder.",
            LogError::Absent => "Check the folder, or begin the log.",
            LogError::Problem(error) => error.next(),
            LogError::Leaf(_) => "Enter what is large as a hash and keep the file beside the log.",
            LogError::Range { .. } => "Ask for a leaf or size that the log has.",
        }
    }
}

impl<S: Store> Log<S> {
    /// Begins a log: writes the checkpoint of the empty tree.
    ///
    /// # Errors
    /// [`LogError::Exists`] and those of the store.
    pub fn create(_store: S, _origin: &str, _signer: Box<dyn Signer + Send + Sync>) -> Result<Self, LogError> {
        unimplemented!()
    }

    /// Opens a log: checks every tile and bundle below the checkpoint; what a crash left beyond it is ignored.
    ///
    /// # Errors
    /// [`LogError`].
    pub fn open(_store: S, _origin: &str, _signer: Box<dyn Signer + Send + Sync>) -> Result<Self, LogError> {
        unimplemented!()
    }

    /// Appends leaves, all or none; durable when it returns.
    ///
    /// # Errors
    /// [`LogError::Leaf`], or those of the store, after which the log must be opened again.
    pub fn append(&mut self, _leaves: &[Vec<u8>]) -> Result<Checkpoint, LogError> {
        let _ = (&self.store, &self.signer);
        unimplemented!()
    }

    /// Adds witnesses' cosignature lines to the stored checkpoint; lines of keys not in `witnesses` are refused.
    ///
    /// # Errors
    /// [`LogError::Note`] for a line that does not hold.
    pub fn add_cosignatures(&mut self, _lines: &str, _witnesses: &[crate::NoteKey]) -> Result<(), LogError> {
        unimplemented!()
    }

    /// All leaves.
    pub fn leaves(&self) -> &[Vec<u8>] {
        unimplemented!()
    }

    /// The leaf at `index`.
    pub fn leaf(&self, _index: u64) -> Option<&[u8]> {
        unimplemented!()
    }

    /// How many leaves.
    pub fn size(&self) -> u64 {
        unimplemented!()
    }

    /// The root hash.
    pub fn root(&self) -> Hash {
        unimplemented!()
    }

    /// The root hash of the first `size` leaves.
    ///
    /// # Errors
    /// [`LogError::Range`].
    pub fn root_at(&self, _size: u64) -> Result<Hash, LogError> {
        unimplemented!()
    }

    /// Which log it is.
    pub fn origin(&self) -> &str {
        &self.origin
    }

    /// The signed checkpoint with the cosignatures it has.
    pub fn checkpoint(&self) -> &Note {
        unimplemented!()
    }

    /// The inclusion proof of leaf `index` in the tree as it is.
    ///
    /// # Errors
    /// [`LogError::Range`].
    pub fn inclusion(&self, _index: u64) -> Result<Vec<Hash>, LogError> {
        unimplemented!()
    }

    /// The proof that the tree of `old` leaves is the beginning of this one.
    ///
    /// # Errors
    /// [`LogError::Range`].
    pub fn consistency(&self, _old: u64) -> Result<Vec<Hash>, LogError> {
        unimplemented!()
    }
}
