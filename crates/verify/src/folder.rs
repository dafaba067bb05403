//! The files of a publication, from a folder that may be hostile.
//!
//! Only ordinary files are read, and only under names of a closed grammar; links, pipes and devices are named and never
//! opened. Number, depth, length of names and sizes are bounded, and so is what is remembered of strangers. What no
//! manifest lists is not read at all. Files are hashed in one pass, a piece at a time, and read again where their
//! content is needed; the second reading must give the same bytes.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, File};
use std::io::{Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};

use aws_lc_rs::digest::{Context, SHA256};
use election::{Coded, Digest};
use package::archive::{Limits, StreamError, Visitor, is_long_name, visit};
use rayon::prelude::*;
use record::bounds::MOST_ENTRIES;
pub use record::bounds::MOST_HELD;

use crate::report::MOST_DETAILS;
use crate::{OnProgress, Progress, Stage};

/// The deepest folder; tiles of a log lie at most seven deep.
const MOST_DEPTH: usize = 12;
/// The longest name of one file or folder, in bytes.
const MOST_NAME: usize = 160;
/// The largest table, which is read row by row: a nation's `stations.csv` has some 2 GB.
const MOST_TABLE: u64 = 16 << 30;
/// The largest file of a station: the whole results bag, as the device packs it, has at most so much.
const MOST_OF_STATION: u64 = 64 << 20;
/// The largest tile of a log: a full bundle of the largest entries.
const MOST_TILE: u64 = 256 * (65_535 + 2);
/// All files together; a nation's images are some 2 TB.
const MOST_TOTAL: u64 = 8 << 40;

/// The most bytes that a file of that path may have.
fn most_bytes(path: &str) -> u64 {
    match path.split('/').next() {
        Some("record" | "intake") => MOST_TILE,
        Some("stations") => MOST_OF_STATION,
        _ if path == "results/stations.csv" => MOST_TABLE,
        _ => MOST_HELD,
    }
}

/// A file that was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Found {
    /// Its size in bytes.
    pub size: u64,
    /// Its SHA-256.
    pub digest: Digest,
    /// Where its bytes begin: in an archive, behind those before it.
    at: u64,
}

/// Something in the folder that is no file to be read.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Stray {
    /// Where.
    pub path: String,
    /// The reason code.
    pub code: &'static str,
    /// What it is.
    pub what: String,
}

/// Things by path, the first [`MOST_DETAILS`] in their order; all are counted.
#[derive(Clone, Debug, Default)]
pub struct Strays {
    /// How many there are.
    pub count: u64,
    /// The first of them.
    pub first: BTreeSet<Stray>,
}

impl Strays {
    fn add(&mut self, path: &str, code: &'static str, what: impl ToString) {
        self.count += 1;
        if self.first.len() == MOST_DETAILS && self.first.last().is_some_and(|last| last.path.as_str() <= path) {
            return;
        }
        self.first.insert(Stray { path: path.to_owned(), code, what: what.to_string() });
        if self.first.len() > MOST_DETAILS {
            self.first.pop_last();
        }
    }
}

/// Why a file's bytes are not at hand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Absent {
    /// It is not there.
    Missing,
    /// It is there and cannot be read, or gave other bytes the second time.
    Unreadable(String),
}

/// The files of a folder, or of an archive that is read as one.
#[derive(Clone, Debug)]
pub struct Folder {
    root: PathBuf,
    /// Is the root an archive?
    is_archived: bool,
    /// The ordinary files that may be read, by path with `/`.
    pub files: BTreeMap<String, Found>,
    /// Ordinary files that are not listed; they are not read.
    pub unlisted: Strays,
    /// What does not belong into any publication.
    pub strays: Strays,
    /// Files that could not be read.
    pub unreadable: Strays,
}

impl Folder {
    /// Walks `root` and hashes every ordinary file that is listed.
    pub fn read(root: &Path, is_listed: &dyn Fn(&str) -> bool, progress: OnProgress) -> Folder {
        let mut walk = Walk {
            is_listed,
            files: Vec::new(),
            unlisted: Strays::default(),
            strays: Strays::default(),
            unreadable: Strays::default(),
            most_entries: MOST_ENTRIES,
            entries: 0,
            bytes: 0,
        };
        walk.folder(root, "", 0);
        let of = walk.files.len() as u64;
        let done = AtomicU64::new(0);
        let hashed: Vec<(String, Result<Found, String>)> = walk
            .files
            .into_par_iter()
            .map(|path| {
                let found = hash_file(root, &path);
                let done = done.fetch_add(1, Ordering::Relaxed) + 1;
                if done.is_multiple_of(64) || done == of {
                    progress(Progress { stage: Stage::Hashing, done, of });
                }
                (path, found)
            })
            .collect();
        let mut folder = Folder {
            root: root.to_owned(),
            is_archived: false,
            files: BTreeMap::new(),
            unlisted: walk.unlisted,
            strays: walk.strays,
            unreadable: walk.unreadable,
        };
        for (path, found) in hashed {
            match found {
                Ok(found) => drop(folder.files.insert(path, found)),
                Err(what) => folder.unreadable.add(&path, UNREADABLE, what),
            }
        }
        folder
    }

    /// Reads the archive at `path` in one pass, a piece at a time, and hashes every file. What comes after the first place that is not
    /// in an archive's one form is not there.
    pub fn read_archive(path: &Path, progress: OnProgress) -> Folder {
        let mut folder = Folder {
            root: path.to_owned(),
            is_archived: true,
            files: BTreeMap::new(),
            unlisted: Strays::default(),
            strays: Strays::default(),
            unreadable: Strays::default(),
        };
        let place = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let file = match open_archive(path) {
            Ok(file) => file,
            Err(why) => {
                folder.unreadable.add(&place, UNREADABLE, why);
                return folder;
            }
        };
        let of = file.metadata().map_or(0, |meta| meta.len());
        let mut hashed = Hashed {
            folder: &mut folder,
            name: String::new(),
            found: NOTHING,
            context: Context::new(&SHA256),
            of,
            progress,
        };
        let limits = Limits { files: MOST_ENTRIES, bytes: usize::MAX };
        match visit(std::io::BufReader::new(file), limits, is_archived_name, &mut hashed) {
            Ok(()) => {}
            Err(StreamError::Archive(error)) => folder.strays.add(&place, error.code(), error),
            Err(StreamError::Io(error)) => folder.unreadable.add(&place, UNREADABLE, error),
        }
        folder
    }

    /// The bytes of a file, the same that were hashed.
    ///
    /// # Errors
    /// [`Absent`], also for a file too large to be held.
    pub fn bytes(&self, path: &str) -> Result<Vec<u8>, Absent> {
        let mut reader = self.open(path)?;
        if reader.found.size > MOST_HELD {
            return Err(Absent::Unreadable(format!("is larger than the {MOST_HELD} bytes that are held in memory")));
        }
        let mut bytes = Vec::with_capacity(reader.found.size as usize);
        reader.read_to_end(&mut bytes).map_err(|e| Absent::Unreadable(format!("cannot be read: {e}")))?;
        if reader.is_same() { Ok(bytes) } else { Err(Absent::Unreadable(CHANGED.into())) }
    }

    /// A file to be read a piece at a time; at its end, ask [`Reader::is_same`].
    ///
    /// # Errors
    /// [`Absent`].
    pub fn open(&self, path: &str) -> Result<Reader, Absent> {
        let Some(found) = self.files.get(path) else {
            let unreadable = self.unreadable.first.iter().find(|stray| stray.path == path);
            return Err(unreadable.map_or(Absent::Missing, |stray| Absent::Unreadable(stray.what.clone())));
        };
        let file = match self.is_archived {
            // One byte more than there should be, to see a file that grows.
            false => open_file(&self.root, path).map(|file| file.take(found.size + 1)),
            true => open_archive(&self.root).and_then(|mut file| {
                file.seek(SeekFrom::Start(found.at)).map_err(|e| format!("cannot be read: {e}"))?;
                Ok(file.take(found.size))
            }),
        };
        let file = file.map_err(Absent::Unreadable)?;
        Ok(Reader { file, context: Context::new(&SHA256), found: *found })
    }

    /// The folder `prefix` (with its `/`) of this one by itself; what could not be read stays with the whole.
    pub fn below(&self, prefix: &str) -> Folder {
        Folder {
            root: if self.is_archived { self.root.clone() } else { self.root.join(prefix) },
            is_archived: self.is_archived,
            files: self.under(prefix).map(|(path, found)| (path[prefix.len()..].to_owned(), *found)).collect(),
            unlisted: Strays::default(),
            strays: Strays::default(),
            unreadable: Strays::default(),
        }
    }

    /// The files under the folder `prefix`, which ends with `/`.
    pub fn under<'a>(&'a self, prefix: &'a str) -> impl Iterator<Item = (&'a str, &'a Found)> {
        self.files
            .range(prefix.to_owned()..)
            .take_while(move |(path, _)| path.starts_with(prefix))
            .map(|(path, found)| (path.as_str(), found))
    }
}

/// Is `path` one of the plain paths a publication may have: parts of `A-Z a-z 0-9 . _ -`, none of them `.` or `..`?
pub fn is_plain(path: &str) -> bool {
    path.split('/').count() <= MOST_DEPTH + 1 && path.split('/').all(is_plain_name)
}

fn is_plain_name(name: &str) -> bool {
    !matches!(name, "" | "." | "..")
        && name.len() <= MOST_NAME
        && name.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'_' | b'-'))
}

/// The code of what cannot be read.
const UNREADABLE: &str = "folder.unreadable";

struct Walk<'a> {
    is_listed: &'a dyn Fn(&str) -> bool,
    files: Vec<String>,
    unlisted: Strays,
    strays: Strays,
    unreadable: Strays,
    most_entries: usize,
    entries: usize,
    bytes: u64,
}

impl Walk<'_> {
    fn folder(&mut self, folder: &Path, prefix: &str, depth: usize) {
        let told = |e: std::io::Error| format!("cannot be read: {e}");
        let entries = match fs::read_dir(folder) {
            Ok(entries) => entries,
            Err(e) => return self.unreadable.add(prefix, UNREADABLE, told(e)),
        };
        for entry in entries {
            let entry = match entry {
                Ok(entry) => entry,
                Err(e) => return self.unreadable.add(prefix, UNREADABLE, told(e)),
            };
            self.entries += 1;
            if self.entries > self.most_entries {
                if self.entries == self.most_entries + 1 {
                    let what = "has more entries than any publication; the rest is not read";
                    self.strays.add(prefix, "folder.too_many", what);
                }
                return;
            }
            let name = entry.file_name();
            let path = format!("{prefix}{}", name.to_string_lossy());
            if !name.to_str().is_some_and(is_plain_name) {
                self.strays.add(&path, "folder.name", "has a name that no file of a publication has");
                continue;
            }
            // Of the entry itself: a link is not followed.
            match entry.metadata() {
                Err(e) => self.unreadable.add(&path, UNREADABLE, told(e)),
                Ok(meta) if meta.is_dir() && depth >= MOST_DEPTH => {
                    self.strays.add(&path, "folder.too_deep", "lies deeper than any folder of a publication")
                }
                Ok(meta) if meta.is_dir() => self.folder(&entry.path(), &format!("{path}/"), depth + 1),
                Ok(meta) if meta.is_symlink() => self.strays.add(&path, "folder.link", "is a link; it is not followed"),
                Ok(meta) if !meta.is_file() => {
                    self.strays.add(&path, "folder.special", "is a pipe, socket or device, not an ordinary file")
                }
                Ok(meta) if meta.len() > most_bytes(&path) || meta.len() > MOST_TOTAL - self.bytes => {
                    let what = "is larger than any such file of a publication; it is not read";
                    self.strays.add(&path, "folder.too_large", what)
                }
                Ok(_) if !(self.is_listed)(&path) => self.unlisted.add(&path, "bag.extra", "is there and not listed"),
                Ok(meta) => {
                    self.bytes += meta.len();
                    self.files.push(path);
                }
            }
        }
    }
}

/// What is said of a file that changes while it is verified.
pub const CHANGED: &str = "gave other bytes when it was read a second time";

/// A file that is hashed while it is read.
pub struct Reader {
    file: std::io::Take<File>,
    context: Context,
    found: Found,
}

impl Read for Reader {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let read = self.file.read(buffer)?;
        self.context.update(&buffer[..read]);
        Ok(read)
    }
}

impl Reader {
    /// Were the bytes read, to the end of the file, the same that were hashed at first?
    pub fn is_same(&self) -> bool {
        finish(self.context.clone()) == self.found.digest
    }
}

fn finish(context: Context) -> Digest {
    let mut digest = Digest([0; 32]);
    digest.0.copy_from_slice(context.finish().as_ref());
    digest
}

const NOTHING: Found = Found { size: 0, digest: Digest([0; 32]), at: 0 };

/// Hashes the files of an archive as they come.
struct Hashed<'a> {
    folder: &'a mut Folder,
    name: String,
    found: Found,
    context: Context,
    of: u64,
    progress: OnProgress<'a>,
}

impl Visitor for Hashed<'_> {
    fn file(&mut self, name: &str, at: usize, size: usize) {
        self.name = name.to_owned();
        self.found = Found { size: size as u64, at: at as u64, ..NOTHING };
        self.context = Context::new(&SHA256);
    }

    fn bytes(&mut self, piece: &[u8]) {
        self.context.update(piece);
    }

    fn end(&mut self) {
        self.found.digest = finish(self.context.clone());
        self.folder.files.insert(std::mem::take(&mut self.name), self.found);
        let done = self.found.at + self.found.size;
        (self.progress)(Progress { stage: Stage::Hashing, done, of: self.of });
    }
}

/// A name that an archive can hold and a folder may have.
fn is_archived_name(name: &str) -> bool {
    is_long_name(name) && is_plain(name)
}

/// Opens an archive that must be an ordinary file; nothing is followed or waited for.
fn open_archive(path: &Path) -> Result<File, String> {
    let name = path.file_name().map(Path::new).ok_or("is no file")?;
    let above = path.parent().filter(|above| !above.as_os_str().is_empty()).unwrap_or(Path::new("."));
    election::open_ordinary(above, name).map_err(|e| match e.kind() {
        std::io::ErrorKind::InvalidInput => "is not an ordinary file".into(),
        _ => format!("cannot be read: {e}"),
    })
}

/// Opens an ordinary file, in case it was exchanged since the walk: nothing is followed or waited for.
fn open_file(root: &Path, path: &str) -> Result<File, String> {
    election::open_ordinary(root, Path::new(path)).map_err(|e| match e.kind() {
        std::io::ErrorKind::InvalidInput => "is no longer an ordinary file".into(),
        _ => format!("cannot be read: {e}"),
    })
}

/// Size and SHA-256 of a file.
fn hash_file(root: &Path, path: &str) -> Result<Found, String> {
    let most = most_bytes(path);
    let mut file = open_file(root, path)?.take(most + 1);
    let mut context = Context::new(&SHA256);
    let mut buffer = vec![0; 64 << 10];
    let mut size = 0;
    loop {
        match file.read(&mut buffer).map_err(|e| format!("cannot be read: {e}"))? {
            0 if size > most => return Err("grows while it is read".into()),
            0 => return Ok(Found { size, digest: finish(context), at: 0 }),
            read => {
                context.update(&buffer[..read]);
                size += read as u64;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_a_closed_grammar() {
        for good in ["index.html", "record/tile/0/x001/067.p/5", "stations/s1/d1-1.stick/cvr.json", ".nojekyll"] {
            assert!(is_plain(good), "{good}");
        }
        for bad in ["", "/etc/passwd", "a//b", "../a", "a/./b", "a\\b", "a b", "a\n", "ä", &"a".repeat(161)] {
            assert!(!is_plain(bad), "{bad}");
        }
        assert!(!is_plain(&"a/".repeat(20)), "too deep");
    }

    /// Eight million files are made by no test: the walk is given a smaller bound.
    #[test]
    fn a_folder_of_too_many_entries_is_left_unread_beyond_them() {
        let dir = tempfile::tempdir().expect("a folder");
        std::fs::create_dir(dir.path().join("a")).expect("a folder");
        (0..5).for_each(|n| std::fs::write(dir.path().join(format!("a/{n}")), "").expect("written"));
        let walked = |most_entries| {
            let mut walk = Walk {
                is_listed: &|_| true,
                files: Vec::new(),
                unlisted: Strays::default(),
                strays: Strays::default(),
                unreadable: Strays::default(),
                most_entries,
                entries: 0,
                bytes: 0,
            };
            walk.folder(dir.path(), "", 0);
            let told: Vec<_> = walk.strays.first.iter().map(|stray| (stray.code, stray.path.clone())).collect();
            (walk.files.len(), told)
        };
        assert_eq!(walked(6), (5, vec![]));
        assert_eq!(walked(4), (3, vec![("folder.too_many", "a/".to_owned())]));
    }
}
