//! What packages hold, on the centre's disk: under the hash that the leaves name, checked at every read.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use election::Digest;
use log::{FolderStore, Store};
use package::StationResults;
use record::Content;

use crate::error::{CentreError, OnDisk};

/// The opened and the refused packages of a centre.
pub struct Contents {
    dir: PathBuf,
    files: FolderStore,
}

/// Files by name.
pub type Files = BTreeMap<String, Vec<u8>>;

impl Contents {
    pub(crate) fn new(dir: &Path) -> Self {
        Contents { dir: dir.to_owned(), files: FolderStore::new(dir) }
    }

    /// The folder of an opened package, inside the centre's.
    fn folder(content: &Content) -> String {
        format!("contents/{}", content.results_manifest.hex())
    }

    /// Keeps the files of an opened package; durable when it returns.
    pub(crate) fn keep(&self, content: &Content, files: &Files) -> Result<(), CentreError> {
        self.keep_in(&Self::folder(content), files)
    }

    /// Keeps a refused package as it came.
    pub(crate) fn keep_refused(&self, label: Digest, files: &Files) -> Result<(), CentreError> {
        self.keep_in(&format!("refused/{}", label.hex()), files)
    }

    fn keep_in(&self, folder: &str, files: &Files) -> Result<(), CentreError> {
        for (name, bytes) in files {
            self.files.put(&format!("{folder}/{name}"), bytes).map_err(log::LogError::from)?;
        }
        Ok(())
    }

    /// One file of an opened package, if it is there.
    ///
    /// # Errors
    ///
    /// [`CentreError::Disk`].
    pub fn file(&self, content: &Content, name: &str) -> Result<Option<Vec<u8>>, CentreError> {
        let path = self.dir.join(Self::folder(content)).join(name);
        match std::fs::read(&path) {
            Ok(bytes) => Ok(Some(bytes)),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error).on(path),
        }
    }

    /// The figures of a content.
    ///
    /// # Errors
    ///
    /// [`CentreError::Content`] where the file is not what the leaf names.
    pub fn results(&self, content: &Content) -> Result<StationResults, CentreError> {
        let wrong = || CentreError::Content { path: self.dir.join(Self::folder(content)).join("results.json") };
        let bytes = self.file(content, "results.json")?.ok_or_else(wrong)?;
        if sign::sha256(&bytes) != content.results {
            return Err(wrong());
        }
        StationResults::parse(&bytes).map_err(|_| wrong())
    }
}
