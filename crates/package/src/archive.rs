//! One folder as one deterministic tar (POSIX.1-1988 ustar): mtime 0, owner 0, mode 0644, names sorted.

use std::collections::BTreeMap;

use election::Coded;

/// Files by name, as they lie in a folder.
pub type Files = BTreeMap<String, Vec<u8>>;

/// What a reader accepts at most.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Files.
    pub files: usize,
    /// Bytes of the whole archive.
    pub bytes: usize,
}

/// Of the results bag: 32 files, 64 MiB.
pub const RESULTS_LIMITS: Limits = Limits { files: 32, bytes: 64 << 20 };

/// Of the images bag: 40,000 files, 2 GiB.
pub const IMAGES_LIMITS: Limits = Limits { files: 40_000, bytes: 2 << 30 };

/// An archive that is refused.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ArchiveError {
    /// A name outside the grammar.
    #[error("'{0}' is not a name that a package may hold")]
    Name(String),
    /// More files or bytes than the limits.
    #[error("the archive is larger than {0:?}")]
    Limit(Limits),
    /// Not the one form that the writer makes: a link, a folder, other owners, order or padding.
    #[error("the archive is not in its one form, at byte {0}")]
    Form(usize),
}

impl Coded for ArchiveError {
    fn code(&self) -> &'static str {
        match self {
            ArchiveError::Name(_) => "archive.name",
            ArchiveError::Limit(_) => "archive.limit",
            ArchiveError::Form(_) => "archive.form",
        }
    }

    fn next(&self) -> &'static str {
        "Keep the file as evidence; it was not written by a station of this software."
    }
}

/// Is `name` made of `[a-z0-9._/-]`, relative, without empty, `.` or `..` parts, and at most 100 bytes?
pub fn is_name(name: &str) -> bool {
    let letters = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || matches!(b, b'.' | b'_' | b'/' | b'-');
    name.len() <= 100 && name.bytes().all(letters) && name.split('/').all(|part| !matches!(part, "" | "." | ".."))
}

/// The archive of `files`.
///
/// # Errors
/// [`ArchiveError::Name`].
pub fn write(_files: &Files) -> Result<Vec<u8>, ArchiveError> {
    unimplemented!()
}

/// The files of an archive, which must be exactly what [`write`] makes of them.
///
/// # Errors
/// [`ArchiveError`].
pub fn read(_bytes: &[u8], _limits: Limits) -> Result<Files, ArchiveError> {
    unimplemented!()
}
