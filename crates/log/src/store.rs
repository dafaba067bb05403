//! Where the files of a log lie.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::ErrorKind;
use std::ops::Deref;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

use election::Coded;

/// The file that says which tiles count.
pub(crate) const CHECKPOINT: &str = "checkpoint";

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

    /// Makes the checkpoint that is found outlive a loss of power: who wrote it may have been killed before its sync.
    ///
    /// # Errors
    /// [`StoreError`]; after one, stop.
    fn confirm(&self) -> Result<(), StoreError> {
        Ok(())
    }

    /// Replaces `checkpoint`, if it still is `expected_old`; durable when it returns.
    ///
    /// # Errors
    /// [`StoreError::Raced`] where it is something else.
    fn swap_checkpoint(&self, expected_old: Option<&[u8]>, new: &[u8]) -> Result<(), StoreError>;

    /// One step of the log: `files`, then `checkpoint` in the place of `expected_old`; durable when it returns. Whoever
    /// finds another checkpoint has written nothing.
    ///
    /// # Errors
    /// [`StoreError::Raced`] where another writer was faster; after any other error, stop.
    fn commit(&self, expected_old: Option<&[u8]>, files: &[(String, Vec<u8>)], new: &[u8]) -> Result<(), StoreError> {
        // A tile of another writer's would be overwritten before its checkpoint is found.
        if self.read(CHECKPOINT)?.as_deref() != expected_old {
            return Err(StoreError::Raced);
        }
        files.iter().try_for_each(|(path, bytes)| self.put(path, bytes))?;
        self.swap_checkpoint(expected_old, new)
    }

    /// Does it write files before it is decided that they count? Then what lies beyond the checkpoint is what a crash
    /// left, and whoever has the store for itself takes it away.
    fn leaves_strays(&self) -> bool {
        true
    }

    /// Keeps other writers out until what is returned is dropped: tiles of one size have one name, whoever writes
    /// them. A store with a single owner need not.
    ///
    /// # Errors
    /// [`StoreError`].
    fn exclusive(&self) -> Result<Exclusive, StoreError> {
        Ok(Exclusive(None))
    }
}

/// No other writer is in the store while this lives.
pub struct Exclusive(
    #[expect(dead_code, reason = "what it does happens when it is dropped")] Option<Box<dyn std::any::Any>>,
);

impl Exclusive {
    /// Holds `what`, whose drop lets others in.
    pub fn holding(what: impl std::any::Any) -> Self {
        Exclusive(Some(Box::new(what)))
    }
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
    /// The store gave no answer, or none that says what it holds.
    #[error("whether the store holds {path} is not known: {error}")]
    Unknown {
        /// The object.
        path: String,
        /// What went wrong last.
        error: std::io::Error,
    },
    /// What lies there is of no step that a writer of this log has made.
    #[error("{0} in the store is not what a writer of this log left there")]
    Foreign(&'static str),
    /// Writes on condition are not what they are called.
    #[error("the store writes also where the condition of a request does not hold: two writers could fork the log")]
    Unconditional,
}

impl StoreError {
    fn of(path: &str, failed: durable::Failed) -> Self {
        let error = match failed {
            durable::Failed::Refused { source, .. } => source,
            durable::Failed::Unconfirmed { source, .. } => {
                std::io::Error::new(source.kind(), format!("the disk did not confirm it: {source}"))
            }
        };
        StoreError::Io { path: path.to_owned(), error }
    }
}

impl Coded for StoreError {
    fn code(&self) -> &'static str {
        match self {
            StoreError::Path(_) => "store.path",
            StoreError::Io { .. } => "store.io",
            StoreError::Raced => "store.raced",
            StoreError::Unknown { .. } => "store.unknown",
            StoreError::Foreign(_) => "store.foreign",
            StoreError::Unconditional => "store.unconditional",
        }
    }

    fn next(&self) -> &'static str {
        match self {
            StoreError::Path(_) => "Keep only the log's own files in its folder.",
            StoreError::Io { .. } => "Stop, check the disk and its free space, then open the log again.",
            StoreError::Raced => "Open the log again and repeat; only one writer may append.",
            StoreError::Unknown { .. } => {
                "Stop until the store answers again, then open the log: it finds which step holds, and what was acknowledged."
            }
            StoreError::Foreign(_) => {
                "Stop and append nothing: somebody has written in the store; compare it with what witnesses hold."
            }
            StoreError::Unconditional => {
                "Choose a store that holds to If-Match and If-None-Match on PUT, or keep the log in a folder."
            }
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

/// Paths are of `[a-z0-9._/-]`, relative and without empty, `.` or `..` parts.
pub(crate) fn check(path: &str) -> Result<(), StoreError> {
    let letters = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || matches!(b, b'.' | b'_' | b'/' | b'-');
    let good =
        path.len() <= 200 && path.bytes().all(letters) && path.split('/').all(|part| !matches!(part, "" | "." | ".."));
    if good {
        Ok(())
    } else {
        Err(StoreError::Path(path.chars().take(200).collect::<String>().escape_debug().to_string()))
    }
}

/// The most files that are listed; more is no log of an election.
const MOST_FILES: usize = 1_000_000;

impl FolderStore {
    fn io<T>(path: &str, result: std::io::Result<T>) -> Result<T, StoreError> {
        result.map_err(|error| StoreError::Io { path: path.to_owned(), error })
    }

    fn walk(&self, below: &str, depth: usize, found: &mut Vec<String>) -> std::io::Result<()> {
        let entries = match fs::read_dir(self.folder.join(below)) {
            Err(error) if error.kind() == ErrorKind::NotFound && below.is_empty() => return Ok(()),
            entries => entries?,
        };
        for entry in entries {
            let entry = entry?;
            let name = entry.file_name().to_string_lossy().into_owned();
            let path = if below.is_empty() { name } else { format!("{below}/{name}") };
            // A link to a folder is listed as a file: it has no business here.
            if entry.file_type()?.is_dir() && depth < 16 {
                self.walk(&path, depth + 1, found)?;
            } else if found.len() < MOST_FILES {
                found.push(path);
            }
        }
        Ok(())
    }
}

impl Store for FolderStore {
    fn read(&self, path: &str) -> Result<Option<Vec<u8>>, StoreError> {
        check(path)?;
        // A reader must not hang on a FIFO or follow a link out of the folder.
        match election::read_ordinary(&self.folder, Path::new(path), MOST_FILE) {
            Ok(bytes) if bytes.len() as u64 > MOST_FILE => Err(StoreError::Path(path.to_owned())),
            Ok(bytes) => Ok(Some(bytes)),
            Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => Ok(None),
            Err(error) if error.kind() == ErrorKind::InvalidInput => Err(StoreError::Path(path.to_owned())),
            Err(error) => Err(StoreError::Io { path: path.to_owned(), error }),
        }
    }

    fn put(&self, path: &str, bytes: &[u8]) -> Result<(), StoreError> {
        check(path)?;
        durable::write(&self.folder.join(path), bytes).map_err(|failed| StoreError::of(path, failed))
    }

    fn confirm(&self) -> Result<(), StoreError> {
        if !self.folder.exists() {
            return Ok(());
        }
        let confirmed = durable::make_folder(&self.folder).and_then(|()| durable::sync_folder(&self.folder));
        match confirmed {
            // Nobody can have written to a copy that is read-only.
            Err(failed)
                if matches!(failed.source().kind(), ErrorKind::ReadOnlyFilesystem | ErrorKind::PermissionDenied) =>
            {
                Ok(())
            }
            confirmed => confirmed.map_err(|failed| StoreError::of(CHECKPOINT, failed)),
        }
    }

    fn remove(&self, path: &str) -> Result<(), StoreError> {
        check(path)?;
        match fs::remove_file(self.folder.join(path)) {
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(()),
            result => Self::io(path, result),
        }
    }

    fn paths(&self) -> Result<Vec<String>, StoreError> {
        let mut found = Vec::new();
        Self::io("", self.walk("", 0, &mut found))?;
        found.sort();
        Ok(found)
    }

    fn swap_checkpoint(&self, expected_old: Option<&[u8]>, new: &[u8]) -> Result<(), StoreError> {
        if self.read(CHECKPOINT)?.as_deref() != expected_old {
            return Err(StoreError::Raced);
        }
        self.put(CHECKPOINT, new)
    }

    /// A lock of the system on the folder itself: it leaves no file behind, and ends with the process.
    fn exclusive(&self) -> Result<Exclusive, StoreError> {
        let lock = || {
            let folder = File::open(&self.folder)?;
            folder.lock()?;
            Ok(Exclusive::holding(folder))
        };
        Self::io("", lock())
    }
}

/// The most bytes of a file: a full bundle of the largest entries.
const MOST_FILE: u64 = 256 * (65_535 + 2);

/// Files in memory: for tests, and for logs read from somewhere else.
#[derive(Debug, Default)]
pub struct MemoryStore {
    /// The files.
    pub files: Mutex<BTreeMap<String, Vec<u8>>>,
}

impl MemoryStore {
    fn files(&self) -> MutexGuard<'_, BTreeMap<String, Vec<u8>>> {
        self.files.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Store for MemoryStore {
    fn read(&self, path: &str) -> Result<Option<Vec<u8>>, StoreError> {
        check(path)?;
        Ok(self.files().get(path).cloned())
    }

    fn put(&self, path: &str, bytes: &[u8]) -> Result<(), StoreError> {
        check(path)?;
        self.files().insert(path.to_owned(), bytes.to_vec());
        Ok(())
    }

    fn remove(&self, path: &str) -> Result<(), StoreError> {
        check(path)?;
        self.files().remove(path);
        Ok(())
    }

    fn paths(&self) -> Result<Vec<String>, StoreError> {
        Ok(self.files().keys().cloned().collect())
    }

    fn swap_checkpoint(&self, expected_old: Option<&[u8]>, new: &[u8]) -> Result<(), StoreError> {
        let mut files = self.files();
        if files.get(CHECKPOINT).map(Vec::as_slice) != expected_old {
            return Err(StoreError::Raced);
        }
        files.insert(CHECKPOINT.to_owned(), new.to_vec());
        Ok(())
    }
}

/// A store lent to a log, so that the owner can look at it too, or one that is chosen as the program runs.
impl<S: Deref> Store for S
where
    S::Target: Store,
{
    fn read(&self, path: &str) -> Result<Option<Vec<u8>>, StoreError> {
        (**self).read(path)
    }

    fn put(&self, path: &str, bytes: &[u8]) -> Result<(), StoreError> {
        (**self).put(path, bytes)
    }

    fn remove(&self, path: &str) -> Result<(), StoreError> {
        (**self).remove(path)
    }

    fn paths(&self) -> Result<Vec<String>, StoreError> {
        (**self).paths()
    }

    fn confirm(&self) -> Result<(), StoreError> {
        (**self).confirm()
    }

    fn swap_checkpoint(&self, expected_old: Option<&[u8]>, new: &[u8]) -> Result<(), StoreError> {
        (**self).swap_checkpoint(expected_old, new)
    }

    fn commit(&self, expected_old: Option<&[u8]>, files: &[(String, Vec<u8>)], new: &[u8]) -> Result<(), StoreError> {
        (**self).commit(expected_old, files, new)
    }

    fn leaves_strays(&self) -> bool {
        (**self).leaves_strays()
    }

    fn exclusive(&self) -> Result<Exclusive, StoreError> {
        (**self).exclusive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn behaves(store: &dyn Store) {
        assert_eq!(store.paths().unwrap(), Vec::<String>::new());
        assert_eq!(store.read("tile/0/000").unwrap(), None);
        store.put("tile/0/000", b"one").unwrap();
        store.put("tile/0/000", b"two").unwrap();
        assert_eq!(store.read("tile/0/000").unwrap().as_deref(), Some(&b"two"[..]));
        assert_eq!(store.swap_checkpoint(Some(b"x"), b"a").unwrap_err().code(), "store.raced");
        store.swap_checkpoint(None, b"a").unwrap();
        assert_eq!(store.swap_checkpoint(None, b"b").unwrap_err().code(), "store.raced");
        store.swap_checkpoint(Some(b"a"), b"b").unwrap();
        assert_eq!(store.paths().unwrap(), ["checkpoint", "tile/0/000"]);
        store.remove("tile/0/000").unwrap();
        store.remove("tile/0/000").unwrap();
        assert_eq!(store.paths().unwrap(), ["checkpoint"]);
        for bad in ["", "/etc/passwd", "../x", "a/../b", "a//b", "a/.", "A", "a\0", "é"] {
            assert_eq!(store.put(bad, b"").unwrap_err().code(), "store.path", "{bad}");
            assert_eq!(store.read(bad).unwrap_err().code(), "store.path", "{bad}");
        }
    }

    #[test]
    fn both_stores_behave_alike() {
        behaves(&MemoryStore::default());
        let folder = tempfile::tempdir().unwrap();
        behaves(&FolderStore::new(folder.path().join("a/b")));
    }

    #[cfg(unix)]
    #[test]
    fn a_link_is_not_followed() {
        let folder = tempfile::tempdir().unwrap();
        std::os::unix::fs::symlink("/etc/hostname", folder.path().join("checkpoint")).unwrap();
        let store = FolderStore::new(folder.path());
        assert_eq!(store.read("checkpoint").unwrap_err().code(), "store.path");
        let file = folder.path().join("file");
        std::fs::write(&file, "x").unwrap();
        assert_eq!(FolderStore::new(file).put("checkpoint", b"").unwrap_err().code(), "store.io");
    }
}
