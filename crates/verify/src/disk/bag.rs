//! V.101 to V.104 of a disk and of a bundle: a BagIt bag (RFC 8493) whose two manifests list every file but those that rest on
//! the hash of one of them.

use std::path::Path;

use record::disk::{DATA, MANIFEST, TAG_MANIFEST, TAGS};
use record::published::BAGIT;

use crate::OnProgress;
use crate::bag::{Manifest, glance, parse_manifest};
use crate::folder::Folder;
use crate::report::Check;
use crate::table::CheckId;

/// What kind of bag it is.
pub struct Kind {
    /// What lies beside the payload and in no manifest.
    pub beside: &'static [&'static str],
    /// Is it a path of the payload, that something of it is compared with?
    pub is_part: fn(&str) -> bool,
    /// What to say of a path that is none.
    pub stray: (&'static str, &'static str),
}

impl Kind {
    /// Is it a file beside the payload?
    fn is_tag(&self, path: &str) -> bool {
        path == TAG_MANIFEST || TAGS.contains(&path) || self.beside.contains(&path)
    }

    /// Reads the folder; what the manifest does not list is not read.
    pub fn read(&self, folder: &Path, progress: OnProgress) -> Folder {
        let listed = glance(folder);
        let is_listed =
            |path: &str| self.is_tag(path) || listed.as_ref().is_none_or(|listed| listed.contains_key(path));
        Folder::read(folder, &is_listed, progress)
    }
}

/// Runs them, and gives the manifest of the payload by paths inside `data/`; empty where it cannot be read.
pub fn check(whole: &Folder, kind: &Kind, checks: &mut Vec<Check>) -> Manifest {
    let mut names = Check::new(CheckId::Names);
    names.checked = whole.files.len() as u64;
    names.fails_all(&whole.strays);
    names.misses_all(&whole.unreadable);
    checks.push(names);

    let mut bag = Check::new(CheckId::Bag);
    if let Some(bytes) = super::get(whole, &mut bag, "bagit.txt") {
        let same = bytes == BAGIT.as_bytes();
        bag.expect(same, "bagit.txt", "bag.tag_file", || "is not what BagIt 1.0 (RFC 8493) asks".into());
    }
    let listed = manifest(whole, MANIFEST, &mut bag);
    let tags = manifest(whole, TAG_MANIFEST, &mut bag);
    if let Some(tags) = &tags {
        let same = tags.keys().map(String::as_str).eq(TAGS);
        bag.expect(same, TAG_MANIFEST, "disk.tags", || format!("does not list exactly {}", TAGS.join(", ")));
    }
    checks.push(bag);

    let mut all = Check::new(CheckId::Listed);
    for (name, manifest) in [(MANIFEST, &listed), (TAG_MANIFEST, &tags)] {
        let Some(manifest) = manifest else {
            all.misses(name, "bag.no_manifest", "without it no file is known to be whole");
            continue;
        };
        for (path, digest) in manifest {
            match whole.files.get(path) {
                Some(found) if found.digest == *digest => all.holds(),
                Some(found) => all.fails(path, "bag.changed", format!("has {}, but {digest} is listed", found.digest)),
                None => all.misses(path, "bag.missing", "is listed and not there"),
            }
        }
    }
    checks.push(all);

    let mut unlisted = Check::new(CheckId::Unlisted);
    let listed = listed.unwrap_or_default();
    for path in whole.files.keys().filter(|path| !kind.is_tag(path)) {
        match path.strip_prefix(DATA).map(kind.is_part) {
            _ if !listed.contains_key(path) => unlisted.fails(path, "bag.extra", "is there and not listed"),
            Some(true) => unlisted.holds(),
            _ => unlisted.fails(path, kind.stray.0, kind.stray.1),
        }
    }
    unlisted.fails_all(&whole.unlisted);
    checks.push(unlisted);
    listed.into_iter().filter_map(|(path, digest)| Some((path.strip_prefix(DATA)?.to_owned(), digest))).collect()
}

fn manifest(whole: &Folder, name: &str, check: &mut Check) -> Option<Manifest> {
    let bytes = super::get(whole, check, name)?;
    match parse_manifest(&bytes) {
        Ok(manifest) => {
            check.holds();
            Some(manifest)
        }
        Err((line, why)) => {
            check.fails(format!("{name}:{line}"), "bag.manifest", why);
            None
        }
    }
}
