//! Writing files so that they are still there after a power cut: write, fsync, rename, fsync of the folder.
//! After [`Error::Unconfirmed`] the service stops: a second fsync would say yes to what the first one lost.

use std::fs::{self, File};
use std::io::Write as _;
use std::path::Path;

use crate::Error;

/// Makes `folder` and its parents, and makes their names durable.
pub(crate) fn create_dir(folder: &Path) -> Result<(), Error> {
    if folder.is_dir() {
        return Ok(());
    }
    if let Some(parent) = folder.parent().filter(|p| !p.as_os_str().is_empty()) {
        create_dir(parent)?;
    }
    match fs::create_dir(folder) {
        Err(e) if e.kind() == std::io::ErrorKind::AlreadyExists => {}
        made => made.map_err(Error::storage(format!("making {}", folder.display())))?,
    }
    sync_parent(folder)
}

/// Makes the name of `path` in its folder durable.
pub(crate) fn sync_parent(path: &Path) -> Result<(), Error> {
    let folder = path.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
    sync_dir(folder)
}

/// Makes the names in `folder` durable.
pub(crate) fn sync_dir(folder: &Path) -> Result<(), Error> {
    File::open(folder).and_then(|f| f.sync_all()).map_err(Error::unconfirmed(folder))
}

/// Writes `bytes` to `path`, whole or not at all. `path` with `.partial` after it is used on the way.
pub(crate) fn write(path: &Path, bytes: &[u8]) -> Result<(), Error> {
    let partial = partial(path);
    let what = || Error::storage(format!("writing {}", partial.display()));
    let mut file = File::create(&partial).map_err(what())?;
    file.write_all(bytes).map_err(what())?;
    file.sync_all().map_err(Error::unconfirmed(&partial))?;
    rename(&partial, path)
}

/// Renames, and makes the new name durable.
pub(crate) fn rename(from: &Path, to: &Path) -> Result<(), Error> {
    fs::rename(from, to).map_err(Error::storage(format!("renaming {} to {}", from.display(), to.display())))?;
    sync_parent(to)
}

/// `path` with `.partial` after it.
pub(crate) fn partial(path: &Path) -> std::path::PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(".partial");
    name.into()
}
