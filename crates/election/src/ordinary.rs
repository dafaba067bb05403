//! Opening a file that somebody else may have put there.
//!
//! Looking first and opening then is not enough: what was a file may be a link, a pipe or a device when it is
//! opened. So nothing is followed, nothing is waited for, and what was opened is looked at again.

use std::fs::File;
use std::io::{self, ErrorKind, Read};
use std::path::{Component, Path};

/// Opens the ordinary file `path`, relative and without `..`, below the folder `root`. No link is followed below
/// `root`, and no pipe or device can block or be read from.
///
/// # Errors
///
/// Those of the system; [`ErrorKind::InvalidInput`] where there is something else than an ordinary file.
pub fn open_ordinary(root: &Path, path: &Path) -> io::Result<File> {
    let mut names = Vec::new();
    for part in path.components() {
        let Component::Normal(name) = part else { return Err(not_ordinary()) };
        names.push(name);
    }
    let Some((name, folders)) = names.split_last() else { return Err(not_ordinary()) };
    let file = system::open(root, folders, name)?;
    if file.metadata()?.is_file() { Ok(file) } else { Err(not_ordinary()) }
}

/// The bytes of such a file, read once. Of a file that is larger, `most` bytes and one more.
///
/// # Errors
///
/// As [`open_ordinary`], and where reading fails.
pub fn read_ordinary(root: &Path, path: &Path, most: u64) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    open_ordinary(root, path)?.take(most.saturating_add(1)).read_to_end(&mut bytes)?;
    Ok(bytes)
}

fn not_ordinary() -> io::Error {
    io::Error::new(ErrorKind::InvalidInput, "this is a link, a folder, a pipe or a device, not an ordinary file")
}

#[cfg(unix)]
mod system {
    use std::ffi::OsStr;
    use std::fs::File;
    use std::io;
    use std::os::fd::OwnedFd;
    use std::path::Path;

    use rustix::fs::{AtFlags, FileType, Mode, OFlags, openat, statat};
    use rustix::io::Errno;

    /// Opens every part by its own name in the folder that is open already, so that none can be exchanged for a link.
    pub fn open(root: &Path, folders: &[&OsStr], name: &OsStr) -> io::Result<File> {
        let folder = OFlags::RDONLY | OFlags::DIRECTORY | OFlags::CLOEXEC;
        let mut below: OwnedFd = rustix::fs::open(root, folder, Mode::empty())?;
        for part in folders {
            below = openat(&below, *part, folder | OFlags::NOFOLLOW, Mode::empty()).map_err(told)?;
        }
        // A device may act on being opened: it is not, unless it takes the place of a file just now.
        let kind = FileType::from_raw_mode(statat(&below, name, AtFlags::SYMLINK_NOFOLLOW)?.st_mode);
        if kind != FileType::RegularFile {
            return Err(super::not_ordinary());
        }
        open_whatever(&below, name)
    }

    /// Opens what has that name now; a link is not followed, and a pipe without a writer is not waited for.
    pub fn open_whatever(folder: &OwnedFd, name: &OsStr) -> io::Result<File> {
        let file = OFlags::RDONLY | OFlags::NOFOLLOW | OFlags::NONBLOCK | OFlags::NOCTTY | OFlags::CLOEXEC;
        Ok(openat(folder, name, file, Mode::empty()).map_err(told)?.into())
    }

    fn told(error: Errno) -> io::Error {
        match error {
            // A link, or a socket.
            Errno::LOOP | Errno::NXIO => super::not_ordinary(),
            error => error.into(),
        }
    }
}

#[cfg(not(unix))]
mod system {
    use std::ffi::OsStr;
    use std::fs::{self, File};
    use std::io;
    use std::path::Path;

    pub fn open(root: &Path, folders: &[&OsStr], name: &OsStr) -> io::Result<File> {
        let mut path = root.to_owned();
        for part in folders {
            path.push(part);
            if !fs::symlink_metadata(&path)?.is_dir() {
                return Err(super::not_ordinary());
            }
        }
        path.push(name);
        if fs::symlink_metadata(&path)?.is_file() { File::open(path) } else { Err(super::not_ordinary()) }
    }
}

#[cfg(all(test, unix))]
mod tests {
    use std::os::unix::fs::symlink;
    use std::os::unix::net::UnixListener;

    use super::*;

    #[test]
    fn sk1_only_ordinary_files_are_opened_and_nothing_is_waited_for() {
        let dir = tempfile::tempdir().unwrap();
        let dir = dir.path();
        std::fs::create_dir_all(dir.join("folder")).unwrap();
        std::fs::write(dir.join("folder/file"), "four").unwrap();
        symlink("file", dir.join("folder/link")).unwrap();
        symlink("folder", dir.join("elsewhere")).unwrap();
        assert!(std::process::Command::new("mkfifo").arg(dir.join("pipe")).status().unwrap().success());
        let _socket = UnixListener::bind(dir.join("socket")).unwrap();
        let read = |path: &str| read_ordinary(dir, Path::new(path), 3);
        assert_eq!(read("folder/file").unwrap(), b"four", "three bytes, and one more to tell that it is larger");
        for bad in ["folder/link", "elsewhere/file", "pipe", "socket", "folder", "../etc/hostname", "/etc/hostname", ""]
        {
            let kind = read(bad).unwrap_err().kind();
            assert!(matches!(kind, ErrorKind::InvalidInput | ErrorKind::NotADirectory), "{bad}: {kind:?}");
        }
        assert_eq!(read("folder/none").unwrap_err().kind(), ErrorKind::NotFound);
    }

    /// What was a file when it was looked at is a link or a pipe when it is opened.
    #[test]
    fn sk1_a_file_exchanged_since_it_was_looked_at_neither_misleads_nor_blocks() {
        let dir = tempfile::tempdir().unwrap();
        std::fs::write(dir.path().join("secret"), "secret").unwrap();
        symlink("secret", dir.path().join("link")).unwrap();
        assert!(std::process::Command::new("mkfifo").arg(dir.path().join("pipe")).status().unwrap().success());
        let flags = rustix::fs::OFlags::RDONLY | rustix::fs::OFlags::DIRECTORY;
        let folder = rustix::fs::open(dir.path(), flags, rustix::fs::Mode::empty()).unwrap();
        let (told, heard) = std::sync::mpsc::channel();
        std::thread::spawn(move || {
            let open = |name: &str| system::open_whatever(&folder, name.as_ref());
            let link = open("link").unwrap_err().kind();
            let pipe = open("pipe").and_then(|file| file.metadata()).unwrap().is_file();
            told.send((link, pipe)).unwrap();
        });
        let heard = heard.recv_timeout(std::time::Duration::from_secs(20));
        assert_eq!(heard.expect("a pipe is not waited for"), (ErrorKind::InvalidInput, false));
    }
}
