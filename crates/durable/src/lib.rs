//! Files that outlive a loss of power: the one way in which Sanad writes what it acknowledges.
//!
//! A file is written under another name, synced, renamed, and its folder synced, so that it is there whole or not at
//! all; a folder's name is synced in the folder above. After [`Failed::Unconfirmed`] whoever writes must stop: the
//! kernel forgets what a failed fsync did not write, and a second fsync would say yes to it.
//!
//! What a process finds was perhaps written by one that was killed before it could sync. A name that is found counts
//! only after [`confirm`]; folders are confirmed by [`make_folder`].

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::{self, ErrorKind, Read as _, Write as _};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

/// The end of the names of files that are not finished.
pub const UNFINISHED: &str = ".unfinished";

/// Something that is not on the disk.
#[derive(Debug, thiserror::Error)]
pub enum Failed {
    /// The disk refused: there is no room, no permission, no such place. What was there before is there.
    #[error("{path}: {source}")]
    Refused {
        /// The file or folder.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// The disk did not confirm what it had taken. Nothing is known about what it holds.
    #[error("the disk did not confirm {path}: {source}")]
    Unconfirmed {
        /// The file or folder.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
}

/// The end of the name that a folder has while another takes its place: a name that nobody else gives a folder.
pub const REPLACED: &str = ".replaced-by-sanad";

/// What an operation on the disk returns.
pub type Result<T = ()> = std::result::Result<T, Failed>;

impl Failed {
    /// What the system said.
    pub fn source(&self) -> &io::Error {
        match self {
            Failed::Refused { source, .. } | Failed::Unconfirmed { source, .. } => source,
        }
    }
}

impl From<Failed> for io::Error {
    fn from(failed: Failed) -> Self {
        io::Error::new(failed.source().kind(), failed)
    }
}

fn refused(path: &Path) -> impl Fn(io::Error) -> Failed {
    move |source| Failed::Refused { path: path.to_owned(), source }
}

fn unconfirmed(path: &Path) -> impl Fn(io::Error) -> Failed {
    move |source| Failed::Unconfirmed { path: path.to_owned(), source }
}

/// `path` with [`UNFINISHED`] after it.
pub fn unfinished(path: &Path) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(UNFINISHED);
    name.into()
}

/// The folder that a path is in.
fn above(path: &Path) -> &Path {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// Makes a file of these bytes, or replaces one, whole or not at all; makes the folders above it.
///
/// # Errors
/// [`Failed`]; the file is then what it was, or, where the disk did not confirm, perhaps the new one.
pub fn write(path: &Path, bytes: &[u8]) -> Result {
    put(path, bytes, |_| Ok(()))
}

/// As [`write()`], for what only its owner may read, from the first byte on.
///
/// # Errors
/// As [`write()`].
pub fn write_private(path: &Path, bytes: &[u8]) -> Result {
    put(path, bytes, make_private)
}

/// As [`write_private`], for what is too large to be held: `fill` writes it into the file that is to be there.
///
/// # Errors
/// Those of `fill`, and as [`write()`]; after an error of `fill` the file is what it was.
pub fn write_private_with<T, E: From<Failed>>(
    path: &Path,
    fill: impl FnOnce(&mut File) -> std::result::Result<T, E>,
) -> std::result::Result<T, E> {
    write_with(path, |file| {
        make_private(file).map_err(refused(path))?;
        fill(file)
    })
}

fn make_private(file: &File) -> io::Result<()> {
    #[cfg(unix)]
    file.set_permissions(std::os::unix::fs::PermissionsExt::from_mode(0o600))?;
    #[cfg(not(unix))]
    let _ = file;
    Ok(())
}

fn put(path: &Path, bytes: &[u8], before: impl FnOnce(&File) -> io::Result<()>) -> Result {
    write_with(path, |file| before(file).and_then(|()| file.write_all(bytes)).map_err(refused(path)))
}

fn write_with<T, E: From<Failed>>(
    path: &Path,
    fill: impl FnOnce(&mut File) -> std::result::Result<T, E>,
) -> std::result::Result<T, E> {
    make_folder(above(path))?;
    let fresh = unfinished(path);
    let mut file = create(&fresh)?;
    let filled = match fill(&mut file) {
        Ok(filled) => filled,
        Err(error) => {
            drop(file);
            // What is half written takes room that may be what was missing.
            let _ = fs::remove_file(&fresh);
            return Err(error);
        }
    };
    sync(&file, path)?;
    rename(&fresh, path)?;
    Ok(filled)
}

/// Makes a file that is not there, taking away what has its name. It is not emptied: a rename that the power cut in half
/// may have left two names of one file, as on a stick with FAT, and the finished one must stay whole.
///
/// # Errors
/// [`Failed::Refused`].
pub fn create(path: &Path) -> Result<File> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != ErrorKind::NotFound => return Err(refused(path)(error)),
        _ => File::create_new(path).map_err(refused(path)),
    }
}

/// Makes the bytes of an open file outlive a loss of power.
///
/// # Errors
/// [`Failed::Unconfirmed`].
pub fn sync(file: &File, path: &Path) -> Result {
    file.sync_all().map_err(unconfirmed(path))
}

/// Gives a file or folder another name in the same folder, durably; what had the name is replaced.
///
/// # Errors
/// [`Failed`].
pub fn rename(from: &Path, to: &Path) -> Result {
    fs::rename(from, to).map_err(refused(to))?;
    sync_folder(above(to))
}

/// Makes the names in a folder outlive a loss of power.
///
/// # Errors
/// [`Failed::Unconfirmed`].
pub fn sync_folder(folder: &Path) -> Result {
    File::open(folder).and_then(|file| file.sync_all()).map_err(unconfirmed(folder))
}

/// Makes a name that was found outlive a loss of power: whoever wrote it may have been killed before its sync.
///
/// # Errors
/// [`Failed::Unconfirmed`].
pub fn confirm(path: &Path) -> Result {
    sync_folder(above(path))
}

/// Folders whose names this process has seen synced. A folder that vanished is made and synced again.
static CONFIRMED: Mutex<BTreeSet<PathBuf>> = Mutex::new(BTreeSet::new());

/// Makes a folder and those above it, and their names durable. One that is there is not enough: whoever made it may
/// have been killed before its name was synced; so the first look at a folder syncs the one above.
///
/// # Errors
/// [`Failed`].
pub fn make_folder(folder: &Path) -> Result {
    let folder = std::path::absolute(folder).map_err(refused(folder))?;
    let made = match fs::create_dir(&folder) {
        Ok(()) => true,
        Err(_) if folder.is_dir() => false,
        Err(error) if error.kind() == ErrorKind::NotFound => {
            folder.parent().map_or(Ok(()), make_folder)?;
            match fs::create_dir(&folder) {
                Err(error) if !folder.is_dir() => return Err(refused(&folder)(error)),
                _ => true,
            }
        }
        Err(error) => return Err(refused(&folder)(error)),
    };
    if !made && confirmed().contains(&folder) {
        return Ok(());
    }
    let Some(parent) = folder.parent() else { return Ok(()) };
    match sync_folder(parent) {
        // What we may not open or write we have not made either.
        Err(Failed::Unconfirmed { source, .. }) if !made && is_not_ours(&source) => {}
        synced => synced?,
    }
    confirmed().insert(folder.clone());
    make_folder(parent)
}

fn confirmed() -> std::sync::MutexGuard<'static, BTreeSet<PathBuf>> {
    CONFIRMED.lock().unwrap_or_else(PoisonError::into_inner)
}

fn is_not_ours(error: &io::Error) -> bool {
    use ErrorKind::{InvalidInput, PermissionDenied, ReadOnlyFilesystem, Unsupported};
    matches!(error.kind(), InvalidInput | PermissionDenied | ReadOnlyFilesystem | Unsupported)
}

/// The bytes of a file as the disk holds them: what is still in memory alone is written first, then forgotten, so
/// that reading asks the disk. A counterfeit stick, or an fsync that failed under an earlier process, shows here.
///
/// # Errors
/// Those of the system.
pub fn read_back(path: &Path) -> io::Result<Vec<u8>> {
    let mut file = File::open(path)?;
    file.sync_all()?;
    // Best effort: where the system does not know how, the read below is an ordinary one.
    let _ = rustix::fs::fadvise(&file, 0, None, rustix::fs::Advice::DontNeed);
    let mut bytes = Vec::new();
    file.read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// Replaces a whole folder: `fill` makes the new one beside it, `to` gives way, the new one takes its place. A loss of
/// power leaves the old or the new, or between the two renames both beside an empty place; nothing half made ever
/// has the name. What is left over is cleared away the next time.
///
/// # Errors
/// Those of `fill`, and [`Failed`]; `to` is then as it was.
pub fn replace_folder<E: From<Failed>>(
    to: &Path,
    fill: impl FnOnce(&Path) -> std::result::Result<(), E>,
) -> std::result::Result<(), E> {
    let (fresh, old) = (unfinished(to), {
        let mut name = to.as_os_str().to_owned();
        name.push(REPLACED);
        PathBuf::from(name)
    });
    if !to.exists() && old.exists() {
        // An earlier replacement was cut off between its two renames.
        rename(&old, to)?;
    }
    remove_folder(&fresh)?;
    make_folder(&fresh)?;
    fill(&fresh)?;
    sync_tree(&fresh)?;
    if to.exists() {
        remove_folder(&old)?;
        rename(to, &old)?;
    }
    rename(&fresh, to)?;
    remove_folder(&old)?;
    Ok(())
}

fn remove_folder(folder: &Path) -> Result {
    match fs::remove_dir_all(folder) {
        Err(error) if error.kind() != ErrorKind::NotFound => Err(refused(folder)(error)),
        _ => Ok(()),
    }
}

/// Syncs every file and folder below and at `folder`.
fn sync_tree(folder: &Path) -> Result {
    for entry in fs::read_dir(folder).map_err(refused(folder))? {
        let path = entry.map_err(refused(folder))?.path();
        if path.is_dir() {
            sync_tree(&path)?;
        } else {
            sync(&File::open(&path).map_err(refused(&path))?, &path)?;
        }
    }
    sync_folder(folder)
}

/// Writes into a folder that [`replace_folder`] is making: it syncs them all at its end.
///
/// # Errors
/// [`Failed::Refused`].
pub fn draft(path: &Path, bytes: &[u8]) -> Result {
    fs::create_dir_all(above(path)).map_err(refused(path))?;
    let mut file = File::create(path).map_err(refused(path))?;
    file.write_all(bytes).map_err(refused(path))
}
