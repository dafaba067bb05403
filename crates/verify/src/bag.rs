//! V.101 to V.104: what is in the folder, what should be, and whether the hashes agree.

use std::collections::BTreeMap;

use election::Digest;
use record::{docket, register};
use record::{published, results};

use crate::folder::{Absent, Folder, MOST_HELD, is_plain};
use crate::report::Check;
use crate::table::CheckId;

/// The manifest of a publication.
pub const MANIFEST: &str = "manifest-sha256.txt";

/// A manifest: the SHA-256 of each file by path.
pub type Manifest = BTreeMap<String, Digest>;

/// Is the path listed in no manifest, because a log vouches for it, or because it is the manifest?
pub fn is_beside(path: &str) -> bool {
    path == MANIFEST || path.starts_with("intake/") || path.starts_with("record/")
}

/// Reads sha256sum lines, `<64 hex digits>  <path>` and a line feed, sorted by path, each once.
///
/// # Errors
/// The first line that is otherwise, from 1, and why.
pub fn parse_manifest(bytes: &[u8]) -> Result<Manifest, (usize, String)> {
    let mut manifest = Manifest::new();
    let text = std::str::from_utf8(bytes).map_err(|_| (1, "not UTF-8".to_owned()))?;
    for (index, line) in text.split_inclusive('\n').enumerate() {
        let refused = |why: &str| (index + 1, why.to_owned());
        let line = line.strip_suffix('\n').ok_or_else(|| refused("the last line has no line end"))?;
        let (hex, path) = line.split_once("  ").ok_or_else(|| refused("not a hash, two spaces and a path"))?;
        let digest = Digest::from_hex(hex).map_err(|e| refused(&e.to_string()))?;
        if !is_plain(path) {
            return Err(refused("the path is none of a publication"));
        }
        if manifest.last_key_value().is_some_and(|(last, _)| last.as_str() >= path) {
            return Err(refused("the paths are not sorted, or one stands twice"));
        }
        manifest.insert(path.to_owned(), digest);
    }
    Ok(manifest)
}

/// What a publication is made of; what lies in a folder of its own name is not.
const PARTS: [&str; 9] =
    ["announcement/", "ar/", "assets/", "ckb/", "election/", "en/", "intake/", "record/", "stations/"];
/// Its files beside those folders.
const FILES: [&str; 6] = ["bag-info.txt", "bagit.txt", "datapackage.json", "index.html", "privacy.csv", MANIFEST];
/// Is it a path of a publication? A second set of results beside the first, well listed and signed for, is none.
fn is_part(path: &str) -> bool {
    let folders = [
        ("results/", &results::NAMES[..]),
        (docket::tables::FOLDER, &docket::tables::NAMES[..]),
        (register::tables::FOLDER, &register::tables::NAMES[..]),
        (register::transmission::FOLDER, &register::transmission::NAMES[..]),
    ];
    let table = folders.into_iter().find_map(|(folder, names)| Some((path.strip_prefix(folder)?, names)));
    match table {
        Some((table, names)) => names.contains(&table),
        None => FILES.contains(&path) || PARTS.iter().any(|part| path.starts_with(part)),
    }
}

/// The manifest of a folder that is still to be read, to know what is to be read of it.
pub fn glance(root: &std::path::Path) -> Option<Manifest> {
    let bytes = election::read_ordinary(root, MANIFEST.as_ref(), MOST_HELD).ok()?;
    parse_manifest(&bytes).ok()
}

/// Runs V.101 to V.104, and gives the manifest where it can be read.
pub fn check(folder: &Folder, checks: &mut Vec<Check>) -> Option<Manifest> {
    checks.push(names(folder));
    let mut bag = Check::new(CheckId::Bag);
    tag_files(folder, &mut bag);
    let manifest = match folder.bytes(MANIFEST).map(|bytes| parse_manifest(&bytes)) {
        Ok(Ok(manifest)) => {
            bag.holds();
            Some(manifest)
        }
        Ok(Err((line, why))) => {
            bag.fails(format!("{MANIFEST}:{line}"), "bag.manifest", why);
            None
        }
        Err(absent) => {
            absent.tell(&mut bag, MANIFEST);
            None
        }
    };
    checks.push(bag);
    checks.push(listed(folder, manifest.as_ref()));
    checks.push(unlisted(folder, manifest.as_ref()));
    manifest
}

fn names(folder: &Folder) -> Check {
    let mut check = Check::new(CheckId::Names);
    check.checked = folder.files.len() as u64;
    check.fails_all(&folder.strays);
    check.misses_all(&folder.unreadable);
    check
}

fn tag_files(folder: &Folder, check: &mut Check) {
    let declared = |bytes: &[u8]| bytes == published::BAGIT.as_bytes();
    let described = |bytes: &[u8]| {
        std::str::from_utf8(bytes).is_ok_and(|text| {
            !text.is_empty() && text.lines().all(|line| line.starts_with([' ', '\t']) || line.contains(": "))
        })
    };
    for path in ["bagit.txt", "bag-info.txt"] {
        match folder.bytes(path) {
            Ok(bytes) => {
                let is_good = if path == "bagit.txt" { declared(&bytes) } else { described(&bytes) };
                check.expect(is_good, path, "bag.tag_file", || "is not what BagIt 1.0 (RFC 8493) asks".into());
            }
            Err(absent) => absent.tell(check, path),
        }
    }
}

fn listed(folder: &Folder, manifest: Option<&Manifest>) -> Check {
    let mut check = Check::new(CheckId::Listed);
    let Some(manifest) = manifest else {
        check.misses(MANIFEST, "bag.no_manifest", "without it no file is known to be whole");
        return check;
    };
    for (path, digest) in manifest {
        match folder.files.get(path) {
            _ if is_beside(path) => {
                check.fails(path, "bag.listed_beside", "is listed, though a log or nothing vouches for it")
            }
            Some(found) if found.digest == *digest => check.holds(),
            Some(found) => check.fails(path, "bag.changed", format!("has {}, but {digest} is listed", found.digest)),
            None => check.misses(path, "bag.missing", "is listed and not there"),
        }
    }
    check
}

fn unlisted(folder: &Folder, manifest: Option<&Manifest>) -> Check {
    let mut check = Check::new(CheckId::Unlisted);
    let Some(manifest) = manifest else {
        check.misses(MANIFEST, "bag.no_manifest", "without it no file is known to be one too many");
        return check;
    };
    for path in folder.files.keys().filter(|path| !is_beside(path)) {
        match (manifest.contains_key(path), is_part(path)) {
            (false, _) => check.fails(path, "bag.extra", "is there and not listed"),
            (true, false) => {
                check.fails(path, "bag.stray", "is listed, but no part of a publication: nothing compares it")
            }
            (true, true) => check.holds(),
        }
    }
    check.fails_all(&folder.unlisted);
    check
}

impl Absent {
    /// Tells `check` that `path` is not at hand.
    pub fn tell(self, check: &mut Check, path: &str) {
        match self {
            Absent::Missing => check.misses(path, "file.missing", "is not there"),
            Absent::Unreadable(what) => check.misses(path, "file.unreadable", what),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_manifest_has_one_form() {
        let hex = "0".repeat(64);
        let good = format!("{hex}  a\n{hex}  b/c\n");
        assert_eq!(parse_manifest(good.as_bytes()).unwrap().len(), 2);
        let bad = [
            (format!("{hex} a\n"), 1),
            (format!("{hex}  b\n{hex}  a\n"), 2),
            (format!("{hex}  a\n{hex}  a\n"), 2),
            (format!("{hex}  a\r\n"), 1),
            (format!("{hex}  a"), 1),
            (format!("{hex}  ../a\n"), 1),
            (format!("{}  a\n", "A".repeat(64)), 1),
            (format!("{hex}  a\n\n"), 2),
        ];
        for (text, line) in bad {
            assert_eq!(parse_manifest(text.as_bytes()).unwrap_err().0, line, "{text}");
        }
    }
}
