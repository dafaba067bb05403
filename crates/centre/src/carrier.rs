//! What a stick or an export carries: only the expected regular files are read,
//! each once, into memory; everything else is listed and left alone.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use package::{FileName, Part};

use crate::contents::Files;
use crate::error::{CentreError, OnDisk};

/// The largest sealed results bag that is read, in bytes; a station's has 5 to 50 KB.
pub const MOST_RESULTS: u64 = 16 << 20;
/// The largest sealed images bag, in bytes: 450 two-sided ballots have some 30 MB.
pub const MOST_IMAGES: u64 = 1 << 30;
/// The largest label or receipt, in bytes (a DSSE statement of a log).
pub const MOST_LABEL: u64 = 65_535;
/// The most directory entries looked at on one carrier.
pub const MOST_ENTRIES: usize = 200_000;

/// A medium with packages: files, or folders of files one level down.
pub struct Carrier {
    /// By name and folder: two packages may claim one name.
    packages: BTreeMap<(FileName, PathBuf), BTreeMap<String, PathBuf>>,
    /// What was found and not looked into.
    pub skipped: Vec<Skipped>,
}

/// A directory entry that is not part of a package.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Skipped {
    /// Its path on the medium, escaped.
    pub path: String,
    /// Why it was left alone.
    pub why: &'static str,
}

/// One package as it was carried.
pub struct Carried {
    /// The name of its files.
    pub name: FileName,
    /// The files that were there: `label.json`, `results.age`, `images.age`, and `receipt.json` of an export.
    pub files: Files,
}

const PARTS: [(&str, u64); 4] = [
    ("label.json", MOST_LABEL),
    ("results.age", MOST_RESULTS),
    ("images.age", MOST_IMAGES),
    ("receipt.json", MOST_LABEL),
];

impl Carrier {
    /// Looks through `root` and the folders directly in it. Nothing is opened yet.
    ///
    /// # Errors
    ///
    /// [`CentreError::Disk`] where the medium cannot be listed.
    pub fn look(root: &Path) -> Result<Self, CentreError> {
        let mut carrier = Carrier { packages: BTreeMap::new(), skipped: Vec::new() };
        let mut left = MOST_ENTRIES;
        carrier.list(root, root, 2, &mut left)?;
        carrier.skipped.sort_by(|a, b| a.path.cmp(&b.path));
        Ok(carrier)
    }

    fn list(&mut self, root: &Path, folder: &Path, depth: u8, left: &mut usize) -> Result<(), CentreError> {
        for entry in std::fs::read_dir(folder).on(folder)? {
            let path = entry.on(folder)?.path();
            let shown = path.strip_prefix(root).unwrap_or(&path).to_string_lossy().escape_debug().to_string();
            let mut skip = |why| self.skipped.push(Skipped { path: shown.clone(), why });
            *left = left.saturating_sub(1);
            if *left == 0 {
                skip("more entries than a medium can have; the rest was not looked at");
                return Ok(());
            }
            // A link is never followed: only what lies on the medium itself is read.
            let kind = std::fs::symlink_metadata(&path).on(&path)?.file_type();
            if kind.is_dir() {
                if depth == 0 {
                    skip("a folder too deep");
                } else {
                    self.list(root, &path, depth - 1, left)?;
                }
            } else if !kind.is_file() {
                skip("not a regular file");
            } else if let Some((name, part)) = name_of(&path) {
                let files = self.packages.entry((name, folder.to_owned())).or_default();
                files.insert(part.to_owned(), path.clone());
            } else {
                skip("not a file of a package");
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

    /// Reads the packages one after the other, sorted by name; each file once, bounded.
    pub fn packages(&self) -> impl Iterator<Item = Result<Carried, CentreError>> {
        self.packages.iter().map(|((name, _), paths)| {
            let files = paths
                .iter()
                .map(|(part, path)| Ok((part.clone(), read_bounded(path, limit(part))?)))
                .collect::<Result<Files, CentreError>>()?;
            Ok(Carried { name: name.clone(), files })
        })
    }
}

fn limit(part: &str) -> u64 {
    PARTS.iter().find(|(name, _)| *name == part).map_or(0, |(_, limit)| *limit)
}

/// Reads at most `limit` bytes; a larger file is cut off, so that its hash cannot hold.
fn read_bounded(path: &Path, limit: u64) -> Result<Vec<u8>, CentreError> {
    use std::io::Read;
    let mut bytes = Vec::new();
    std::fs::File::open(path).and_then(|file| file.take(limit + 1).read_to_end(&mut bytes)).on(path)?;
    Ok(bytes)
}

/// The package and part that a file name says.
fn name_of(path: &Path) -> Option<(FileName, &'static str)> {
    let name = path.file_name()?.to_str()?;
    if let Some(stem) = name.strip_suffix(".receipt.json") {
        let (name, _) = FileName::parse_file(&format!("{stem}.label.json")).ok()?;
        return Some((name, "receipt.json"));
    }
    let (name, part) = FileName::parse_file(name).ok()?;
    let part = match part {
        Part::Label => "label.json",
        Part::Results => "results.age",
        Part::Images => "images.age",
    };
    Some((name, part))
}
