//! What a stick or an export carries: only the expected ordinary files are read, each once, into memory; everything
//! else is listed and left alone.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Read;
use std::path::{Path, PathBuf};
use std::rc::Rc;

use package::{FileName, Part};

use crate::error::{CentreError, OnDisk};
use crate::source::{Kind, Mounted, Source};

/// The most directory entries looked at on one carrier: the export of a nation of 200,000 stations has a million.
pub const MOST_ENTRIES: usize = 2_000_000;
/// The most entries that are named of those that are left alone; beyond them they are counted.
pub const MOST_NAMED: usize = 1_000;
/// The deepest folder: files lie on the carrier itself, in a folder for each stick, or in one below.
const MOST_DEPTH: usize = 2;
/// The most characters of a path that are shown.
const MOST_SHOWN: usize = 300;

/// The files of a package, and of a receipt beside it in an export.
pub const PARTS: [&str; 4] = ["label.json", "results.age", "images.age", "receipt.json"];
/// Those that a station hands over.
pub const LABEL: &str = PARTS[0];
/// The sealed results.
pub const RESULTS: &str = PARTS[1];
/// The sealed images.
pub const IMAGES: &str = PARTS[2];
/// The receipt of the receiving service.
pub const RECEIPT: &str = PARTS[3];

/// A medium with packages: files, or folders of files.
pub struct Carrier {
    source: Box<dyn Source>,
    /// Which parts are there, by name and folder: two packages may claim one name.
    packages: BTreeMap<(FileName, Rc<Path>), [bool; PARTS.len()]>,
    /// What was found and not looked into.
    pub skipped: Named,
    /// Folders and entries that could not be looked at.
    pub unreadable: Named,
}

/// A directory entry, and what is to be said of it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
pub struct Skipped {
    /// Its path on the medium, escaped.
    pub path: String,
    /// Why it was left alone.
    pub why: String,
}

/// Entries by name, the first [`MOST_NAMED`] in the order of their paths; all are counted.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize)]
pub struct Named {
    /// How many there are.
    pub count: usize,
    /// The first of them.
    pub first: BTreeSet<Skipped>,
}

impl Named {
    fn add(&mut self, path: &Path, why: impl ToString) {
        self.count += 1;
        self.first.insert(Skipped { path: shown(path), why: why.to_string() });
        if self.first.len() > MOST_NAMED {
            self.first.pop_last();
        }
    }
}

/// A path as it may be shown: escaped, and bounded.
pub(crate) fn shown(path: &Path) -> String {
    let text = path.to_string_lossy();
    let mut shown: String = text.chars().take(MOST_SHOWN).flat_map(char::escape_debug).collect();
    if text.chars().nth(MOST_SHOWN).is_some() {
        shown.push('…');
    }
    shown
}

/// A package on a carrier, by the name of its files.
#[derive(Clone, Copy, Debug)]
pub struct At<'a> {
    /// The name.
    pub name: &'a FileName,
    /// The folder it lies in, on the carrier.
    pub folder: &'a Path,
    parts: &'a [bool; PARTS.len()],
}

/// A file of a package that cannot be read.
#[derive(Debug)]
pub struct Unreadable {
    /// Its path on the carrier, escaped.
    pub path: String,
    /// What the system says.
    pub error: std::io::Error,
}

impl At<'_> {
    /// Whether that part is there.
    pub fn has(&self, part: &str) -> bool {
        PARTS.iter().zip(self.parts).any(|(known, there)| *known == part && *there)
    }

    /// The path of a part on the carrier.
    pub fn path(&self, part: &str) -> PathBuf {
        self.folder.join(format!("{}.{part}", self.name))
    }
}

impl Carrier {
    /// A medium without anything on it.
    pub fn empty() -> Self {
        let (skipped, unreadable) = (Named::default(), Named::default());
        Carrier { source: Box::new(Mounted(PathBuf::new())), packages: BTreeMap::new(), skipped, unreadable }
    }

    /// Looks through the folder `root` and two levels of folders in it. Nothing is opened yet.
    ///
    /// # Errors
    ///
    /// [`CentreError::Disk`] where the medium itself cannot be listed.
    pub fn look(root: &Path) -> Result<Self, CentreError> {
        Self::look_through(Box::new(Mounted(root.to_owned()))).on(root)
    }

    /// As [`Carrier::look`], through anything that has files.
    ///
    /// # Errors
    ///
    /// What the system says of the medium itself.
    pub fn look_through(source: Box<dyn Source>) -> std::io::Result<Self> {
        let mut carrier = Carrier { source, ..Carrier::empty() };
        let mut folders = vec![PathBuf::new()];
        let mut left = MOST_ENTRIES;
        while let Some(folder) = folders.pop() {
            match carrier.list(&folder, &mut folders, &mut left) {
                Err(error) if folder.as_os_str().is_empty() => return Err(error),
                Err(error) => carrier.unreadable.add(&folder, error),
                Ok(()) => {}
            }
        }
        Ok(carrier)
    }

    fn list(&mut self, folder: &Path, folders: &mut Vec<PathBuf>, left: &mut usize) -> std::io::Result<()> {
        let shared: Rc<Path> = folder.into();
        for entry in self.source.list(folder)? {
            let (name, kind) = match entry {
                Ok(entry) => entry,
                // A folder that fails once may fail for ever: what was listed until then stands.
                Err(error) => {
                    self.unreadable.add(folder, error);
                    return Ok(());
                }
            };
            let path = folder.join(&name);
            if *left == 0 {
                self.unreadable.add(&path, "more entries than a medium can have; the rest was not looked at");
                folders.clear();
                return Ok(());
            }
            *left -= 1;
            match kind {
                Kind::Folder if folder.components().count() < MOST_DEPTH => folders.push(path),
                Kind::Folder => self.skipped.add(&path, "a folder too deep"),
                Kind::Other => self.skipped.add(&path, "not an ordinary file"),
                Kind::File => match name.to_str().and_then(name_of) {
                    Some((name, part)) => {
                        self.packages.entry((name, shared.clone())).or_default()[part] = true;
                    }
                    None => self.skipped.add(&path, "not a file of a package"),
                },
            }
        }
        Ok(())
    }

    /// How many packages there are.
    pub fn len(&self) -> usize {
        self.packages.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.packages.is_empty()
    }

    /// The packages, sorted by name.
    pub fn packages(&self) -> impl Iterator<Item = At<'_>> {
        self.packages.iter().map(|((name, folder), parts)| At { name, folder, parts })
    }

    /// Reads a part; of a larger one `most` bytes and one more, so that its hash cannot hold.
    ///
    /// # Errors
    ///
    /// [`Unreadable`] with its path.
    pub fn read(&self, at: &At<'_>, part: &str, most: u64) -> Result<Vec<u8>, Unreadable> {
        let path = at.path(part);
        let mut bytes = Vec::new();
        let read = self.source.open(&path).and_then(|file| file.take(most.saturating_add(1)).read_to_end(&mut bytes));
        read.map_err(|error| Unreadable { path: shown(&path), error })?;
        Ok(bytes)
    }
}

/// The package and the part that a file name says.
fn name_of(name: &str) -> Option<(FileName, usize)> {
    if let Some(stem) = name.strip_suffix(".receipt.json") {
        return Some((stem.parse().ok()?, 3));
    }
    let (name, part) = FileName::parse_file(name).ok()?;
    let part = match part {
        Part::Label => 0,
        Part::Results => 1,
        Part::Images => 2,
    };
    Some((name, part))
}
