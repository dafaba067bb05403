//! The few file operations a station needs, behind a trait, so that a test can
//! put a disk underneath that loses power.

use std::fs::{self, File, FileTimes, OpenOptions};
use std::io::{self, Write as _};
use std::os::unix::fs::FileExt as _;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

/// A folder of a disk. Paths are relative to it and use `/`.
///
/// Only what [`sync`](Disk::sync) (bytes) and [`sync_dir`](Disk::sync_dir) (names) have
/// been called for is there after a loss of power.
pub trait Disk: Send + Sync {
    /// The bytes of a file; `None` where there is none.
    fn read(&self, path: &str) -> io::Result<Option<Vec<u8>>>;
    /// Makes a file of these bytes, or replaces what an old one held.
    fn write(&self, path: &str, bytes: &[u8]) -> io::Result<()>;
    /// Overwrites a part of a file that exists; its folder entry does not change.
    fn write_at(&self, path: &str, offset: u64, bytes: &[u8]) -> io::Result<()>;
    /// Makes a file's bytes outlive a loss of power (fsync).
    fn sync(&self, path: &str) -> io::Result<()>;
    /// Gives a file another name in the same folder, replacing what had it.
    fn rename(&self, from: &str, to: &str) -> io::Result<()>;
    /// Removes a file.
    fn remove(&self, path: &str) -> io::Result<()>;
    /// Makes a folder, with those above it; one that exists is left alone.
    fn create_dir(&self, path: &str) -> io::Result<()>;
    /// Makes a folder's names outlive a loss of power; `""` is the folder itself.
    fn sync_dir(&self, path: &str) -> io::Result<()>;
    /// The names of the files in a folder, sorted; none where the folder is not there.
    fn list(&self, path: &str) -> io::Result<Vec<String>>;
    /// Touches files one after the other, so that the times of their last change, which no program can set, say
    /// the order of `paths` and nothing of the order in which they were written. A disk without times does nothing.
    fn level(&self, paths: &mut dyn Iterator<Item = String>) -> io::Result<()>;
}

/// Writes a file so that after a loss of power it is there whole, or not at all:
/// a temporary file, its fsync, the rename, the folder's fsync.
pub fn write_durably(disk: &dyn Disk, path: &str, bytes: &[u8]) -> io::Result<()> {
    let temporary = format!("{path}{TEMPORARY}");
    disk.write(&temporary, bytes)?;
    disk.sync(&temporary)?;
    disk.rename(&temporary, path)?;
    disk.sync_dir(path.rsplit_once('/').map_or("", |(folder, _)| folder))
}

/// The end of the names of files that are not finished.
pub const TEMPORARY: &str = ".unfinished";

/// A folder of the real disk, locked against a second process.
#[derive(Debug)]
pub struct RealDisk {
    root: PathBuf,
    _lock: Option<File>,
}

impl RealDisk {
    /// Opens a station's folder and holds its lock; makes it where it is not there.
    ///
    /// # Errors
    /// [`io::ErrorKind::WouldBlock`] where another process works in it.
    pub fn open(root: &Path) -> io::Result<Self> {
        fs::create_dir_all(root)?;
        let lock = OpenOptions::new().create(true).truncate(false).write(true).open(root.join(LOCK))?;
        lock.try_lock()?;
        Ok(RealDisk { root: root.to_owned(), _lock: Some(lock) })
    }

    /// A folder that needs no lock, such as the root of a memory stick.
    pub fn medium(root: &Path) -> io::Result<Self> {
        fs::create_dir_all(root)?;
        Ok(RealDisk { root: root.to_owned(), _lock: None })
    }

    fn at(&self, path: &str) -> PathBuf {
        path.split('/').filter(|part| !part.is_empty()).fold(self.root.clone(), |whole, part| whole.join(part))
    }
}

const LOCK: &str = ".lock";

/// Every file bears the same time, so that times tell nothing about order.
fn without_time(file: &File) -> io::Result<()> {
    file.set_times(FileTimes::new().set_modified(SystemTime::UNIX_EPOCH).set_accessed(SystemTime::UNIX_EPOCH))
}

impl Disk for RealDisk {
    fn read(&self, path: &str) -> io::Result<Option<Vec<u8>>> {
        match fs::read(self.at(path)) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            read => read.map(Some),
        }
    }

    fn write(&self, path: &str, bytes: &[u8]) -> io::Result<()> {
        let mut file = File::create(self.at(path))?;
        file.write_all(bytes)?;
        without_time(&file)
    }

    fn write_at(&self, path: &str, offset: u64, bytes: &[u8]) -> io::Result<()> {
        let file = OpenOptions::new().write(true).open(self.at(path))?;
        file.write_all_at(bytes, offset)?;
        without_time(&file)
    }

    fn sync(&self, path: &str) -> io::Result<()> {
        File::open(self.at(path))?.sync_all()
    }

    fn rename(&self, from: &str, to: &str) -> io::Result<()> {
        fs::rename(self.at(from), self.at(to))
    }

    fn remove(&self, path: &str) -> io::Result<()> {
        fs::remove_file(self.at(path))
    }

    fn create_dir(&self, path: &str) -> io::Result<()> {
        fs::create_dir_all(self.at(path))
    }

    fn sync_dir(&self, path: &str) -> io::Result<()> {
        File::open(self.at(path))?.sync_all()
    }

    fn list(&self, path: &str) -> io::Result<Vec<String>> {
        let entries = match fs::read_dir(self.at(path)) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
            entries => entries?,
        };
        let mut names = Vec::new();
        for entry in entries {
            let entry = entry?;
            let name = entry.file_name().to_string_lossy().into_owned();
            if entry.file_type()?.is_file() && name != LOCK {
                names.push(name);
            }
        }
        names.sort();
        Ok(names)
    }

    fn level(&self, paths: &mut dyn Iterator<Item = String>) -> io::Result<()> {
        paths.map(|path| without_time(&File::open(self.at(&path))?)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_second_process_is_kept_out() {
        let folder = tempfile::tempdir().unwrap();
        let held = RealDisk::open(folder.path()).unwrap();
        assert_eq!(RealDisk::open(folder.path()).unwrap_err().kind(), io::ErrorKind::WouldBlock);
        drop(held);
        RealDisk::open(folder.path()).unwrap();
    }

    #[test]
    fn files_bear_no_time_and_no_half_names() {
        let folder = tempfile::tempdir().unwrap();
        let disk = RealDisk::open(folder.path()).unwrap();
        disk.create_dir("a").unwrap();
        write_durably(&disk, "a/b", b"one").unwrap();
        write_durably(&disk, "a/b", b"two").unwrap();
        disk.write_at("a/b", 1, b"o").unwrap();
        assert_eq!(disk.read("a/b").unwrap().unwrap(), b"too");
        assert_eq!(disk.list("a").unwrap(), ["b"]);
        assert_eq!(disk.list("").unwrap(), [""; 0], "the lock is not a file of the station");
        assert_eq!(fs::metadata(folder.path().join("a/b")).unwrap().modified().unwrap(), SystemTime::UNIX_EPOCH);
        assert!(disk.read("c").unwrap().is_none());
    }
}
