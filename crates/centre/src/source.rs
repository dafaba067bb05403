//! Where the files of a carrier come from.

use std::ffi::OsString;
use std::fs::read_dir;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

/// What a directory entry is; of the entry itself, not of what a link leads to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// An ordinary file.
    File,
    /// A folder.
    Folder,
    /// A link, a pipe, a socket or a device.
    Other,
}

/// The entries of a folder, one after the other.
pub type Entries = Box<dyn Iterator<Item = io::Result<(OsString, Kind)>>>;

/// A medium that may mean harm: paths are relative to it.
pub trait Source {
    /// The entries of a folder; the empty path is the medium's own.
    ///
    /// # Errors
    ///
    /// What the system says.
    fn list(&self, folder: &Path) -> io::Result<Entries>;

    /// Opens an ordinary file and nothing else: no link is followed, nothing is waited for.
    ///
    /// # Errors
    ///
    /// What the system says; [`io::ErrorKind::InvalidInput`] for what is no ordinary file.
    fn open(&self, path: &Path) -> io::Result<Box<dyn Read>>;
}

/// A folder: a mounted stick, a folder of sticks, an export.
pub struct Mounted(pub PathBuf);

impl Source for Mounted {
    fn list(&self, folder: &Path) -> io::Result<Entries> {
        let entries = read_dir(self.0.join(folder))?.map(|entry| {
            let entry = entry?;
            let kind = match entry.file_type()? {
                kind if kind.is_file() => Kind::File,
                kind if kind.is_dir() => Kind::Folder,
                _ => Kind::Other,
            };
            Ok((entry.file_name(), kind))
        });
        Ok(Box::new(entries))
    }

    fn open(&self, path: &Path) -> io::Result<Box<dyn Read>> {
        Ok(Box::new(election::open_ordinary(&self.0, path)?))
    }
}
