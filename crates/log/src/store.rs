//! Where the files of a log lie.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Mutex;

use election::Coded;

/// Files of a log, by paths of `a-z 0-9 . / _ -`.
pub trait Store {
    /// The bytes at `path`, or `None` where there is no such file.
    ///
    /// # Errors
    /// [`StoreError`].
    fn read(&self, path: &str) -> Result<Option<Vec<u8>>, StoreError>;

    /// Writes `bytes` at `path`; durable when it returns.
    ///
    /// # Errors
    /// [`StoreError`]; after one, stop: nothing is known about the disk.
    fn put(&self, path: &str, bytes: &[u8]) -> Result<(), StoreError>;

    /// Removes the file at `path`, if there is one.
    ///
    /// # Errors
    /// [`StoreError`].
    fn remove(&self, path: &str) -> Result<(), StoreError>;

    /// Every path, sorted.
    ///
    /// # Errors
    /// [`StoreError`].
    fn paths(&self) -> Result<Vec<String>, StoreError>;

    /// Replaces `checkpoint`, if it still is `expected_old`; durable when it returns.
    ///
    /// # Errors
    /// [`StoreError::Raced`] where it is something else.
    fn swap_checkpoint(&self, expected_old: Option<&[u8]>, new: &[u8]) -> Result<(), StoreError>;
}

/// A store that fails.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The path is outside the grammar.
    #[error("'{0}' is not a path of a log")]
    Path(String),
    /// Reading or writing failed.
    #[error("{path}: {error}")]
    Io {
        /// The file.
        path: String,
        /// What the system said.
        error: std::io::Error,
    },
    /// Another writer was faster.
    #[error("another writer has moved the log on")]
    Raced,
}

impl Coded for StoreError {
    fn code(&self) -> &'static str {
        match self {
            StoreError::Path(_) => "store.path",
            StoreError::Io { .. } => "store.io",
            StoreError::Raced => "store.raced",
        }
    }

    fn next(&self) -> &'static str {
        match self {
            StoreError::Path(_) => "Keep only the log's own files in its folder.",
            StoreError::Io { .. } => "Stop, check the disk and its free space, then open the log again.",
            StoreError::Raced => "Open the log again and repeat; only one writer may append.",
        }
    }
}

/// A folder on a disk.
#[derive(Debug)]
pub struct FolderStore {
    folder: PathBuf,
}

impl FolderStore {
    /// The files of a log in `folder`, which is made at the first write.
    pub fn new(folder: impl Into<PathBuf>) -> Self {
        FolderStore { folder: folder.into() }
    }
}

impl Store for FolderStore {
    fn read(&self, _path: &str) -> Result<Option<Vec<u8>>, StoreError> {
        let _ = &self.folder;
        unimplemented!()
    }
    fn put(&self, _path: &str, _bytes: &[u8]) -> Result<(), StoreError> {
        unimplemented!()
    }
    fn remove(&self, _path: &str) -> Result<(), StoreError> {
        unimplemented!()
    }
    fn paths(&self) -> Result<Vec<String>, StoreError> {
        unimplemented!()
    }
    fn swap_checkpoint(&self, _expected_old: Option<&[u8]>, _new: &[u8]) -> Result<(), StoreError> {
        unimplemented!()
    }
}

/// Files in memory: for tests, and for logs read from somewhere else.
#[derive(Debug, Default)]
pub struct MemoryStore {
    /// The files.
    pub files: Mutex<BTreeMap<String, Vec<u8>>>,
}

impl Store for MemoryStore {
    fn read(&self, _path: &str) -> Result<Option<Vec<u8>>, StoreError> {
        unimplemented!()
    }
    fn put(&self, _path: &str, _bytes: &[u8]) -> Result<(), StoreError> {
        unimplemented!()
    }
    fn remove(&self, _path: &str) -> Result<(), StoreError> {
        unimplemented!()
    }
    fn paths(&self) -> Result<Vec<String>, StoreError> {
        unimplemented!()
    }
    fn swap_checkpoint(&self, _expected_old: Option<&[u8]>, _new: &[u8]) -> Result<(), StoreError> {
        unimplemented!()
    }
}
