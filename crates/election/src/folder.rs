//! The files of a definition, as bytes, and their one digest.

use std::collections::BTreeMap;
use std::path::Path;

use crate::report::Report;
use crate::sheets::{self, SHEETS};
use crate::{Digest, Problem, Rule, read_ordinary};

/// The file with the words and rules.
pub const ELECTION_TOML: &str = "election.toml";
/// The witness policy (C2SP tlog-policy), as filed at the freeze.
pub const WITNESS_POLICY: &str = "keys/witness-policy.txt";

/// The largest election.toml or witness policy, in bytes.
const TEXT_LIMIT: u64 = 256 * 1024;
/// The largest table, in bytes; a nation of 60,000 stations has some 10 MB.
const TABLE_LIMIT: u64 = 64 * 1024 * 1024;

/// The files of a definition by their path inside its folder, as bytes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Folder {
    /// Path, with `/`, to bytes.
    pub files: BTreeMap<String, Vec<u8>>,
}

/// The paths a definition may have.
pub(crate) fn paths() -> impl Iterator<Item = &'static str> {
    [ELECTION_TOML, WITNESS_POLICY].into_iter().chain(SHEETS.iter().map(|sheet| sheet.file))
}

fn limit(path: &str) -> u64 {
    if sheets::sheet(path).is_some() { TABLE_LIMIT } else { TEXT_LIMIT }
}

impl Folder {
    /// The bytes of `path`, where it is there.
    pub fn get(&self, path: &str) -> Option<&[u8]> {
        self.files.get(path).map(Vec::as_slice)
    }

    /// Reads the files that a definition may have from the folder `root`, and no others.
    ///
    /// # Errors
    ///
    /// E.101, E.102 and E.103, with every file that breaks them.
    pub fn load(root: &Path) -> Result<Folder, Vec<Problem>> {
        let mut folder = Folder::default();
        let mut report = Report::default();
        for path in paths() {
            match read_file(root, path, limit(path)) {
                Ok(Some(bytes)) => {
                    folder.files.insert(path.to_owned(), bytes);
                }
                Ok(None) => {}
                Err(Trouble::Large) => report.add(
                    Rule::TooLarge,
                    path,
                    None,
                    format!("the file is larger than {} bytes", limit(path)),
                    "remove what does not belong to the election",
                ),
                Err(Trouble::Other(why)) => {
                    report.add(Rule::Unreadable, path, None, why, "put an ordinary file there that can be read")
                }
            }
        }
        for stray in strays(root) {
            report.unexpected(&stray);
        }
        if folder.files.is_empty() {
            let what = format!("there is no definition in {}", root.display());
            report.add(Rule::Unreadable, ELECTION_TOML, None, what, "name a folder with an election.toml");
        }
        report.into_result(folder)
    }

    /// Writes the files under `root`, which is made if it is not there, so that they outlive a loss of power. Files of
    /// other names are left alone.
    ///
    /// # Errors
    ///
    /// The first file that cannot be written.
    pub fn save(&self, root: &Path) -> std::io::Result<()> {
        for (path, bytes) in &self.files {
            durable::write(&root.join(path), bytes)?;
        }
        Ok(())
    }

    /// The manifest that `sha256sum` writes and checks: `<hex>  <path>` and a line feed, sorted by path.
    pub fn manifest(&self) -> String {
        self.files.iter().map(|(path, bytes)| format!("{}  {path}\n", Digest::of(bytes).hex())).collect()
    }

    /// The digest of the manifest: what leaf 0 of the record commits to.
    pub fn digest(&self) -> Digest {
        Digest::of(self.manifest().as_bytes())
    }

    /// E.102 and E.103 of a folder that was not loaded but made.
    pub(crate) fn check_files(&self, report: &mut Report) {
        for (path, bytes) in &self.files {
            if !paths().any(|known| known == path) {
                report.unexpected(path);
            } else if bytes.len() as u64 > limit(path) {
                let what = format!("the file has {} bytes, more than the {} allowed", bytes.len(), limit(path));
                report.add(Rule::TooLarge, path, None, what, "remove what does not belong to the election");
            }
        }
    }
}

enum Trouble {
    Large,
    Other(String),
}

/// The bytes of an ordinary file of at most `limit` bytes; `None` where there is none. No link is followed.
fn read_file(root: &Path, path: &str, limit: u64) -> Result<Option<Vec<u8>>, Trouble> {
    match read_ordinary(root, Path::new(path), limit) {
        Ok(bytes) if bytes.len() as u64 > limit => Err(Trouble::Large),
        Ok(bytes) => Ok(Some(bytes)),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(Trouble::Other(format!("the file cannot be read: {error}"))),
    }
}

/// Files that look like a misnamed part of the definition: a table with a typing error in its name must not be
/// silently left out of the election.
fn strays(root: &Path) -> Vec<String> {
    let mut found = Vec::new();
    for prefix in ["", "keys/"] {
        let Ok(entries) = std::fs::read_dir(root.join(prefix)) else { continue };
        for entry in entries.flatten() {
            let name = entry.file_name().to_string_lossy().into_owned();
            let path = format!("{prefix}{name}");
            let looks = [".csv", ".toml"].iter().any(|end| name.to_lowercase().ends_with(end));
            if looks && !name.starts_with('.') && !paths().any(|known| known == path) {
                found.push(path);
            }
        }
    }
    found.sort();
    found
}
