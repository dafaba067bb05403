//! BagIt 1.0 (RFC 8493) folders.

use std::collections::BTreeMap;

use election::{Coded, Digest};
use rayon::prelude::*;

use crate::archive::{Files, is_name};

/// A checked bag.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bag {
    /// The files below `data/`, by name without it.
    pub data: Files,
    /// Tag files of our own beside BagIt's, such as `statement.dsse.json`.
    pub tags: Files,
    /// The bytes of `bag-info.txt`.
    pub info: Vec<u8>,
}

/// A folder that is not a whole bag.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BagError {
    /// A file that must be there is not.
    #[error("{0} is missing from the bag")]
    Missing(String),
    /// A file that no manifest lists.
    #[error("{0} is in the bag and in no manifest")]
    Unexpected(String),
    /// A file with another hash than the manifest's, or a tag file that is not in its one form.
    #[error("{0} is not what the bag says it is")]
    Wrong(String),
}

impl Coded for BagError {
    fn code(&self) -> &'static str {
        match self {
            BagError::Missing(_) => "bag.missing",
            BagError::Unexpected(_) => "bag.unexpected",
            BagError::Wrong(_) => "bag.wrong",
        }
    }

    fn next(&self) -> &'static str {
        match self {
            BagError::Missing(_) => "Get the missing file from another copy.",
            _ => "Keep this copy as evidence and compare it with another.",
        }
    }
}

const BAGIT: &[u8] = b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n";
const MANIFEST: &str = "manifest-sha256.txt";
const TAG_MANIFEST: &str = "tagmanifest-sha256.txt";

/// `manifest-sha256.txt` of files: `HEX  NAME` a line, sorted by name, as `sha256sum -c` reads it.
pub fn manifest(files: &Files) -> Vec<u8> {
    files.iter().map(|(name, file)| format!("{}  {name}\n", sign::sha256(file).hex())).collect::<String>().into_bytes()
}

/// Reads a manifest in the one form [`manifest`] writes.
///
/// # Errors
/// [`BagError::Wrong`] with `name`.
pub fn parse_manifest(bytes: &[u8], name: &str) -> Result<BTreeMap<String, Digest>, BagError> {
    let wrong = || BagError::Wrong(name.to_owned());
    let text = std::str::from_utf8(bytes).map_err(|_| wrong())?;
    let mut listed = BTreeMap::new();
    for line in text.split_inclusive('\n') {
        let (hex, file) = line.strip_suffix('\n').and_then(|line| line.split_once("  ")).ok_or_else(wrong)?;
        let sorted = listed.last_key_value().is_none_or(|(last, _): (&String, _)| last.as_str() < file);
        if !sorted || !is_name(file) {
            return Err(wrong());
        }
        listed.insert(file.to_owned(), Digest::from_hex(hex).map_err(|_| wrong())?);
    }
    Ok(listed)
}

impl Bag {
    /// A bag of `data`, with `Payload-Oxum` and these lines in `bag-info.txt`.
    pub fn new(data: Files, info: &[(&str, &str)]) -> Self {
        let mut lines = info.iter().map(|(label, value)| format!("{label}: {value}\n")).collect::<String>();
        lines += &oxum(&data);
        Bag { data, tags: Files::new(), info: lines.into_bytes() }
    }

    /// The bytes of `manifest-sha256.txt`.
    pub fn manifest(&self) -> Vec<u8> {
        manifest_of(&self.data)
    }

    /// The whole folder.
    pub fn to_files(&self) -> Files {
        self.clone().into_files()
    }

    /// The whole folder, without a copy of the data.
    pub fn into_files(self) -> Files {
        let payload = self.manifest();
        self.into_files_with(payload)
    }

    /// The whole folder, where the manifest of the data is at hand: hashing all of it is the dearest part.
    pub(crate) fn into_files_with(mut self, payload: Vec<u8>) -> Files {
        let (data, lines) = (std::mem::take(&mut self.data), std::mem::take(&mut self.info));
        let mut files = self.tags;
        files.insert(TAG_MANIFEST.to_owned(), tag_manifest(&files, &lines, &payload));
        files.insert("bagit.txt".to_owned(), BAGIT.to_vec());
        files.insert("bag-info.txt".to_owned(), lines);
        files.insert(MANIFEST.to_owned(), payload);
        files.extend(data.into_iter().map(|(name, file)| (format!("data/{name}"), file)));
        files
    }

    /// Checks a whole folder: every file listed, every hash right, nothing else there.
    ///
    /// # Errors
    /// [`BagError`].
    pub fn check(files: Files) -> Result<Bag, BagError> {
        Bag::check_listed(files).map(|(bag, _)| bag)
    }

    /// Checks a whole folder, and gives the manifest that its data have been compared with.
    pub(crate) fn check_listed(mut files: Files) -> Result<(Bag, Vec<u8>), BagError> {
        let wrong = |name: &str| BagError::Wrong(name.to_owned());
        let mut take = |name: &str| files.remove(name).ok_or_else(|| BagError::Missing(name.to_owned()));
        let (bagit, info) = (take("bagit.txt")?, take("bag-info.txt")?);
        let (payload, tags) = (take(MANIFEST)?, take(TAG_MANIFEST)?);
        if bagit != BAGIT {
            return Err(wrong("bagit.txt"));
        }
        let listed = parse_manifest(&payload, MANIFEST)?;
        let hashes: BTreeMap<String, Digest> = files.keys().cloned().zip(digests(&files)).collect();
        let mut bag = Bag { data: Files::new(), tags: Files::new(), info };
        for (name, digest) in &listed {
            let short = name.strip_prefix("data/").ok_or_else(|| wrong(MANIFEST))?;
            let file = files.remove(name).ok_or_else(|| BagError::Missing(name.clone()))?;
            if hashes.get(name) != Some(digest) {
                return Err(wrong(name));
            }
            bag.data.insert(short.to_owned(), file);
        }
        if let Some((name, _)) = files.iter().find(|(name, _)| name.starts_with("data/")) {
            return Err(BagError::Unexpected(name.clone()));
        }
        if !bag.info.ends_with(oxum(&bag.data).as_bytes()) {
            return Err(wrong("bag-info.txt"));
        }
        let listed_tags = parse_manifest(&tags, TAG_MANIFEST)?;
        let unlisted = files.keys().find(|name| !listed_tags.contains_key(*name));
        if let Some(name) = unlisted {
            return Err(BagError::Unexpected(name.clone()));
        }
        bag.tags = files;
        // What is left can only be wrong in the tag manifest itself.
        if tag_manifest(&bag.tags, &bag.info, &payload) == tags { Ok((bag, payload)) } else { Err(wrong(TAG_MANIFEST)) }
    }
}

/// The manifest of files below `data/`.
fn manifest_of(data: &Files) -> Vec<u8> {
    let line = |(name, digest): (&String, Digest)| format!("{}  data/{name}\n", digest.hex());
    data.keys().zip(digests(data)).map(line).collect::<String>().into_bytes()
}

/// The hash of each file, in their order; on every core, since a bag of images is large.
fn digests(files: &Files) -> Vec<Digest> {
    let files: Vec<&Vec<u8>> = files.values().collect();
    files.into_par_iter().map(|file| sign::sha256(file)).collect()
}

/// The tag manifest of tag files beside these two.
fn tag_manifest(tags: &Files, info: &[u8], payload: &[u8]) -> Vec<u8> {
    let mut files = tags.clone();
    files.insert("bagit.txt".to_owned(), BAGIT.to_vec());
    files.insert("bag-info.txt".to_owned(), info.to_vec());
    files.insert(MANIFEST.to_owned(), payload.to_vec());
    manifest(&files)
}

/// `Payload-Oxum: BYTES.FILES` (RFC 8493 2.2.2).
fn oxum(data: &Files) -> String {
    let bytes: u64 = data.values().map(|file| file.len() as u64).sum();
    format!("Payload-Oxum: {bytes}.{}\n", data.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bag() -> Bag {
        let data =
            [("results.json", b"{}".to_vec()), ("zero.json", b"0".to_vec())].map(|(n, f)| (n.to_owned(), f)).into();
        let mut bag = Bag::new(data, &[("External-Identifier", "s-d-1")]);
        bag.tags.insert("statement.dsse.json".into(), b"{}".to_vec());
        bag
    }

    #[test]
    fn a_bag_reads_as_it_is_written_and_every_change_is_seen() {
        let files = bag().to_files();
        assert_eq!(Bag::check(files.clone()), Ok(bag()));
        assert!(
            String::from_utf8_lossy(&files[MANIFEST])
                .starts_with("44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a  data/results.json\n")
        );
        for name in files.keys() {
            let mut missing = files.clone();
            missing.remove(name);
            let code = Bag::check(missing).unwrap_err().code();
            assert_eq!(code, if name == "statement.dsse.json" { "bag.wrong" } else { "bag.missing" }, "{name}");
            for at in 0..files[name].len() {
                let mut bad = files.clone();
                bad.get_mut(name).unwrap()[at] ^= 1;
                assert!(Bag::check(bad).is_err(), "{name} {at}");
            }
        }
        for extra in ["data/more.json", "more.txt"] {
            let mut bad = files.clone();
            bad.insert(extra.into(), Vec::new());
            assert_eq!(Bag::check(bad), Err(BagError::Unexpected(extra.into())));
        }
    }

    #[test]
    fn a_manifest_has_one_form() {
        let hex = "0".repeat(64);
        assert_eq!(parse_manifest(format!("{hex}  a\n{hex}  b\n").as_bytes(), "m").unwrap().len(), 2);
        for bad in [
            format!("{hex} a\n"),
            format!("{hex}  a"),
            format!("{hex}  b\n{hex}  a\n"),
            format!("{hex}  a\n{hex}  a\n"),
            format!("{hex}  ../a\n"),
            format!("{hex}  a\r\n"),
            format!("{}  a\n", "A".repeat(64)),
            "x".into(),
            "\n".into(),
        ] {
            assert_eq!(parse_manifest(bad.as_bytes(), "m"), Err(BagError::Wrong("m".into())), "{bad:?}");
        }
    }
}
