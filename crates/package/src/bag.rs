//! BagIt 1.0 (RFC 8493) folders.

use election::{Coded, Digest};

use crate::archive::Files;

/// A checked bag.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bag {
    /// The files below `data/`, by name without it.
    pub data: Files,
    /// Tag files of our own beside BagIt's, such as `statement.dsse.json`.
    pub tags: Files,
    /// The bytes of `bag-info.txt`.
    pub info: Vec<u8>,
}

/// A folder that is not a whole bag.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BagError {
    /// A file that must be there is not.
    #[error("{0} is missing from the bag")]
    Missing(String),
    /// A file that no manifest lists.
    #[error("{0} is in the bag and in no manifest")]
    Unexpected(String),
    /// A file with another hash than the manifest's, or a tag file that is not in its one form.
    #[error("{0} is not what the bag says it is")]
    Wrong(String),
}

impl Coded for BagError {
    fn code(&self) -> &'static str {
        match self {
            BagError::Missing(_) => "bag.missing",
            BagError::Unexpected(_) => "bag.unexpected",
            BagError::Wrong(_) => "bag.wrong",
        }
    }

    fn next(&self) -> &'static str {
        match self {
            BagError::Missing(_) => "Get the missing file from another copy.",
            _ => "Keep this copy as evidence and compare it with another.",
        }
    }
}

/// `manifest-sha256.txt` of files: `HEX  NAME` a line, sorted by name, as `sha256sum -c` reads it.
pub fn manifest(_files: &Files) -> Vec<u8> {
    unimplemented!()
}

/// Reads a manifest in the one form [`manifest`] writes.
///
/// # Errors
/// [`BagError::Wrong`] with `name`.
pub fn parse_manifest(_bytes: &[u8], _name: &str) -> Result<std::collections::BTreeMap<String, Digest>, BagError> {
    unimplemented!()
}

impl Bag {
    /// A bag of `data`, with `Payload-Oxum` and these lines in `bag-info.txt`.
    pub fn new(_data: Files, _info: &[(&str, &str)]) -> Self {
        unimplemented!()
    }

    /// The bytes of `manifest-sha256.txt`.
    pub fn manifest(&self) -> Vec<u8> {
        unimplemented!()
    }

    /// The whole folder.
    pub fn to_files(&self) -> Files {
        unimplemented!()
    }

    /// Checks a whole folder: every file listed, every hash right, nothing else there.
    ///
    /// # Errors
    /// [`BagError`].
    pub fn check(_files: Files) -> Result<Bag, BagError> {
        unimplemented!()
    }
}
