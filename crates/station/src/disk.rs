//! The few file operations a station needs, behind a trait, so that a test can
//! put a disk underneath that loses power.

use std::fs::{self, File, FileTimes, OpenOptions};
use std::io::{self, Write as _};
use std::os::unix::fs::FileExt as _;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::SystemTime;

/// A folder of a disk. Paths are relative to it and use `/`.
///
/// Only what [`sync`](Disk::sync) (bytes) and [`sync_dir`](Disk::sync_dir) (names) have
/// been called for is there after a loss of power.
pub trait Disk: Send + Sync {
    /// The bytes of a file; `None` where there is none.
    fn read(&self, path: &str) -> io::Result<Option<Vec<u8>>>;
    /// As [`read`](Disk::read), but of what the disk holds: what is in memory alone is synced, then the disk is asked.
    fn read_back(&self, path: &str) -> io::Result<Option<Vec<u8>>>;
    /// Whether memory may show what the disk does not hold: the process before this one was killed, or the disk failed it.
    fn is_unsettled(&self) -> bool;
    /// Says that all has been read back: memory shows nothing any more that the disk does not hold.
    fn settled(&self) {}
    /// Makes a file of these bytes, or replaces what an old one held.
    fn write(&self, path: &str, bytes: &[u8]) -> io::Result<()>;
    /// Overwrites a part of a file that exists; its folder entry does not change.
    fn write_at(&self, path: &str, offset: u64, bytes: &[u8]) -> io::Result<()>;
    /// Makes a file's bytes outlive a loss of power (fsync).
    fn sync(&self, path: &str) -> io::Result<()>;
    /// Gives a file another name in the same folder, replacing what had it.
    fn rename(&self, from: &str, to: &str) -> io::Result<()>;
    /// Removes a file, if it is there.
    fn remove(&self, path: &str) -> io::Result<()>;
    /// Makes a folder, with those above it; one that exists is left alone.
    fn create_dir(&self, path: &str) -> io::Result<()>;
    /// Makes a folder's names outlive a loss of power; `""` is the folder itself.
    fn sync_dir(&self, path: &str) -> io::Result<()>;
    /// The names of all that lies in a folder, sorted, those of folders with a `/` at the end; none where the folder is
    /// not there.
    fn list(&self, path: &str) -> io::Result<Vec<String>>;
    /// Touches files one after the other, so that the times of their last change, which no program can set, say
    /// the order of `paths` and nothing of the order in which they were written. A disk without times does nothing.
    fn level(&self, paths: &mut dyn Iterator<Item = String>) -> io::Result<()>;
}

/// Writes a file so that after a loss of power it is there whole, or not at all:
/// a temporary file, its fsync, the rename, the folder's fsync.
pub fn write_durably(disk: &dyn Disk, path: &str, bytes: &[u8]) -> io::Result<()> {
    let temporary = format!("{path}{TEMPORARY}");
    // Half a rename, as on a stick with FAT, leaves two names of one file: emptying one would empty the finished one.
    disk.remove(&temporary)?;
    disk.write(&temporary, bytes)?;
    disk.sync(&temporary)?;
    disk.rename(&temporary, path)?;
    disk.sync_dir(path.rsplit_once('/').map_or("", |(folder, _)| folder))
}

/// The end of the names of files that are not finished.
pub const TEMPORARY: &str = durable::UNFINISHED;

/// A folder of the real disk, locked against a second process.
#[derive(Debug)]
pub struct RealDisk {
    root: PathBuf,
    lock: Option<File>,
    unsettled: bool,
    /// Whether memory shows only what the disk holds, as far as this process knows.
    trusted: AtomicBool,
}

/// What the lock holds while a process works in the folder. Whoever finds it there follows one that was killed, or that
/// the disk failed. It need not outlive the power: without power memory shows nothing that the disk does not hold.
const WORKING: &[u8] = b"working";

impl RealDisk {
    /// Opens a station's folder and holds its lock; makes it where it is not there.
    ///
    /// # Errors
    /// [`io::ErrorKind::WouldBlock`] where another process works in it.
    pub fn open(root: &Path) -> io::Result<Self> {
        durable::make_folder(root)?;
        let path = root.join(LOCK);
        let lock = OpenOptions::new().create(true).truncate(false).write(true).open(&path)?;
        lock.try_lock()?;
        let unsettled = fs::read(&path)? == WORKING;
        lock.write_all_at(WORKING, 0)?;
        without_time(&lock)?;
        Ok(RealDisk { root: root.to_owned(), lock: Some(lock), unsettled, trusted: AtomicBool::new(!unsettled) })
    }

    /// A folder that needs no lock, such as the root of a memory stick.
    pub fn medium(root: &Path) -> io::Result<Self> {
        durable::make_folder(root)?;
        Ok(RealDisk { root: root.to_owned(), lock: None, unsettled: true, trusted: AtomicBool::new(false) })
    }

    /// Remembers that a change failed.
    fn noted<T>(&self, result: io::Result<T>) -> io::Result<T> {
        self.trusted.fetch_and(result.is_ok(), Ordering::Relaxed);
        result
    }

    fn at(&self, path: &str) -> PathBuf {
        path.split('/').filter(|part| !part.is_empty()).fold(self.root.clone(), |whole, part| whole.join(part))
    }
}

impl Drop for RealDisk {
    fn drop(&mut self) {
        // A process that did not read all back, as a second preparing, leaves the mark to the next one.
        if let (Some(lock), true) = (&self.lock, self.trusted.load(Ordering::Relaxed)) {
            // Where it stays, the next process looks more closely than it needs.
            let _ = lock.set_len(0).and_then(|()| without_time(lock));
        }
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

    fn read_back(&self, path: &str) -> io::Result<Option<Vec<u8>>> {
        match durable::read_back(&self.at(path)) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            read => self.noted(read.map(Some)),
        }
    }

    fn is_unsettled(&self) -> bool {
        self.unsettled
    }

    fn settled(&self) {
        self.trusted.store(true, Ordering::Relaxed);
    }

    fn write(&self, path: &str, bytes: &[u8]) -> io::Result<()> {
        self.noted(File::create(self.at(path)).and_then(|mut file| {
            file.write_all(bytes)?;
            without_time(&file)
        }))
    }

    fn write_at(&self, path: &str, offset: u64, bytes: &[u8]) -> io::Result<()> {
        self.noted(OpenOptions::new().write(true).open(self.at(path)).and_then(|file| {
            file.write_all_at(bytes, offset)?;
            without_time(&file)
        }))
    }

    fn sync(&self, path: &str) -> io::Result<()> {
        self.noted(File::open(self.at(path)).and_then(|file| file.sync_all()))
    }

    fn rename(&self, from: &str, to: &str) -> io::Result<()> {
        self.noted(fs::rename(self.at(from), self.at(to)))
    }

    fn remove(&self, path: &str) -> io::Result<()> {
        match fs::remove_file(self.at(path)) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
            removed => self.noted(removed),
        }
    }

    fn create_dir(&self, path: &str) -> io::Result<()> {
        self.noted(durable::make_folder(&self.at(path)).map_err(io::Error::from))
    }

    fn sync_dir(&self, path: &str) -> io::Result<()> {
        self.noted(durable::sync_folder(&self.at(path)).map_err(io::Error::from))
    }

    fn list(&self, path: &str) -> io::Result<Vec<String>> {
        let entries = match fs::read_dir(self.at(path)) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
            entries => entries?,
        };
        let mut names = Vec::new();
        for entry in entries {
            let entry = entry?;
            let mut name = entry.file_name().to_string_lossy().into_owned();
            if name == LOCK {
                continue;
            }
            if entry.file_type()?.is_dir() {
                name.push('/');
            }
            names.push(name);
        }
        names.sort();
        Ok(names)
    }

    fn level(&self, paths: &mut dyn Iterator<Item = String>) -> io::Result<()> {
        for path in paths {
            without_time(&File::open(self.at(&path))?)?;
        }
        Ok(())
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
    fn who_follows_a_killed_process_or_a_failed_disk_knows_it() {
        let folder = tempfile::tempdir().unwrap();
        let open = || RealDisk::open(folder.path()).unwrap();
        assert!(!open().is_unsettled());
        assert!(!open().is_unsettled(), "the one before ended in order");
        // A process that is killed drops nothing but its lock.
        fs::write(folder.path().join(LOCK), WORKING).unwrap();
        assert!(open().is_unsettled());
        assert!(open().is_unsettled(), "the one before did not read all back");
        open().settled();
        assert!(!open().is_unsettled());
        let failed = open();
        failed.write("no/such/folder", b"x").unwrap_err();
        drop(failed);
        assert!(open().is_unsettled());
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
        assert_eq!(disk.list("").unwrap(), ["a/"], "the lock is not a file of the station");
        assert_eq!(fs::metadata(folder.path().join("a/b")).unwrap().modified().unwrap(), SystemTime::UNIX_EPOCH);
        assert!(disk.read("c").unwrap().is_none());
    }
}
