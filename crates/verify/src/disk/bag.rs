//! V.101 to V.104 of a disk: a BagIt bag (RFC 8493) whose two manifests list every file but the receipt.

use std::path::Path;

use record::disk::{CHECKPOINT, DATA, MANIFEST, README, RECEIPT, STATIONS, TAG_MANIFEST, TAGS, WITHHELD};
use record::published::BAGIT;

use super::payload;
use crate::OnProgress;
use crate::bag::{Manifest, glance, parse_manifest};
use crate::folder::Folder;
use crate::report::Check;
use crate::table::CheckId;

/// Is it a file beside the payload?
fn is_tag(path: &str) -> bool {
    path == TAG_MANIFEST || path == RECEIPT || TAGS.contains(&path)
}

/// Reads the folder; what the manifest does not list is not read.
pub fn read(folder: &Path, progress: OnProgress) -> Folder {
    let listed = glance(folder);
    let is_listed = |path: &str| is_tag(path) || listed.as_ref().is_none_or(|listed| listed.contains_key(path));
    Folder::read(folder, &is_listed, progress)
}

/// Runs them, and gives the manifest of the payload by paths inside `data/`; empty where it cannot be read.
pub fn check(whole: &Folder, checks: &mut Vec<Check>) -> Manifest {
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
    if let Some(bytes) = super::get(whole, &mut bag, "bag-info.txt") {
        let (size, files) = payload(whole);
        let same = bytes.ends_with(format!("\nPayload-Oxum: {size}.{files}\n").as_bytes());
        bag.expect(same, "bag-info.txt", "disk.oxum", || {
            format!("does not say that data/ has {files} files of {size} bytes")
        });
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
    for path in whole.files.keys().filter(|path| !is_tag(path)) {
        match path.strip_prefix(DATA).map(is_part) {
            _ if !listed.contains_key(path) => unlisted.fails(path, "bag.extra", "is there and not listed"),
            Some(true) => unlisted.holds(),
            _ => unlisted.fails(path, "disk.stray", "is listed, but no part of a party's disk: nothing compares it"),
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

/// Is it a path of the payload? Files of `election/`, `stations/` and `slips/` are held against leaves one by one.
fn is_part(path: &str) -> bool {
    let is_leaf = |path: &str| {
        let leaf = path.strip_suffix(".proof").map(|stem| format!("{stem}.json"));
        record::disk::leaf_index(leaf.as_deref().unwrap_or(path)).is_some()
    };
    [CHECKPOINT, README, STATIONS, WITHHELD].contains(&path)
        || ["election/", "stations/", "slips/"].iter().any(|folder| path.starts_with(folder))
        || is_leaf(path)
}
