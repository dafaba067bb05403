//! What packages hold, on the centre's disk: under the hashes that the leaves name, checked at every read.

use std::collections::BTreeMap;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use election::Digest;
use log::{FolderStore, Store};
use package::StationResults;
use package::archive::IMAGES_LIMITS;
use package::bag::parse_manifest;
use record::Content;
use record::entry::Import;

use crate::error::{CentreError, OnDisk};

/// The opened and the refused packages of a centre.
pub struct Contents {
    dir: PathBuf,
    files: FolderStore,
}

/// Files by name.
pub type Files = BTreeMap<String, Vec<u8>>;

/// The manifests of both bags.
pub(crate) const RESULTS_MANIFEST: &str = "results-manifest.txt";
pub(crate) const IMAGES_MANIFEST: &str = "images-manifest.txt";
/// The images, as one archive.
pub(crate) const IMAGES: &str = "images.tar";
/// What the device signed of both.
pub(crate) const STATEMENT: &str = "statement.dsse.json";

/// The largest file of an opened package: an images bag holds at most so much in all.
const MOST_BYTES: u64 = IMAGES_LIMITS.bytes as u64;

impl Contents {
    pub(crate) fn new(dir: &Path) -> Self {
        Contents { dir: dir.to_owned(), files: FolderStore::new(dir) }
    }

    /// The folder of an opened package, inside the centre's. Two contents may have the same results and other images.
    fn folder(content: &Content) -> String {
        format!("contents/{}.{}", content.results_manifest.hex(), &content.images_manifest.hex()[..16])
    }

    /// Keeps the files of an opened package; durable when it returns. What is there already and whole is not written again.
    pub(crate) fn keep(&self, content: &Content, files: &Files) -> Result<(), CentreError> {
        self.keep_in(&Self::folder(content), files)
    }

    /// Whether the label and the statement of a content that `imports` have brought are there and whole.
    pub(crate) fn has_label(&self, imports: &[&Import]) -> bool {
        let whole = |stored: Stored<'_>| stored.file(crate::carrier::LABEL).and_then(|_| stored.file(STATEMENT));
        self.open(imports).and_then(whole).is_ok()
    }

    /// Keeps a refused package as it came.
    pub(crate) fn keep_refused(&self, label: Digest, files: &Files) -> Result<(), CentreError> {
        self.keep_in(&format!("refused/{}", label.hex()), files)
    }

    /// What is there already was perhaps written by an import that was killed before it could sync its name.
    fn keep_in(&self, folder: &str, files: &Files) -> Result<(), CentreError> {
        let inside = self.dir.join(folder);
        durable::make_folder(&inside)?;
        durable::sync_folder(&inside)?;
        for (name, bytes) in files {
            let path = format!("{folder}/{name}");
            let there = election::read_ordinary(&self.dir, Path::new(&path), bytes.len() as u64);
            if there.is_ok_and(|there| there == *bytes) {
                continue;
            }
            self.files.put(&path, bytes).map_err(log::LogError::from)?;
        }
        Ok(())
    }

    /// The bytes of a file of an opened package, not yet compared with anything; none where it is not there.
    fn read(&self, content: &Content, name: &str) -> Result<Option<Vec<u8>>, CentreError> {
        let path = Path::new(&Self::folder(content)).join(name);
        match election::read_ordinary(&self.dir, &path, MOST_BYTES) {
            Ok(bytes) => Ok(Some(bytes)),
            Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => Ok(None),
            Err(error) if error.kind() == ErrorKind::InvalidInput => Err(self.wrong(content, name, OTHER)),
            Err(error) => Err(error).on(self.dir.join(path)),
        }
    }

    /// What is the matter with a stored file, and where it lies.
    pub(crate) fn wrong(&self, content: &Content, name: &str, what: &'static str) -> CentreError {
        CentreError::Content { path: self.dir.join(Self::folder(content)).join(name), what }
    }

    fn checked(&self, content: &Content, name: &str, is: impl Fn(Digest) -> bool) -> Result<Vec<u8>, CentreError> {
        let bytes = self.read(content, name)?.ok_or_else(|| self.wrong(content, name, MISSING))?;
        if is(sign::sha256(&bytes)) { Ok(bytes) } else { Err(self.wrong(content, name, OTHER)) }
    }

    /// The figures of a content.
    ///
    /// # Errors
    ///
    /// [`CentreError::Content`] where the file is not what the leaf names.
    pub fn results(&self, content: &Content) -> Result<StationResults, CentreError> {
        let bytes = self.checked(content, "results.json", |digest| digest == content.results)?;
        StationResults::parse(&bytes).map_err(|_| self.wrong(content, "results.json", OTHER))
    }

    /// The stored files of a content that `imports`, at least one, have brought.
    ///
    /// # Errors
    ///
    /// [`CentreError::Content`] where one of its manifests is not what the leaves name.
    pub fn open<'a>(&'a self, imports: &'a [&'a Import]) -> Result<Stored<'a>, CentreError> {
        let content = imports.first().expect("a content is what an import brought").content;
        let manifest = |name: &'static str, named: Digest| {
            let bytes = self.checked(&content, name, |digest| digest == named)?;
            parse_manifest(&bytes, name).map_err(|_| self.wrong(&content, name, OTHER))
        };
        let results = manifest(RESULTS_MANIFEST, content.results_manifest)?;
        let images = manifest(IMAGES_MANIFEST, content.images_manifest)?;
        Ok(Stored { contents: self, content, imports, results, images })
    }
}

const MISSING: &str = "is not there, though a leaf of the record names it";
const OTHER: &str = "is not what the leaves of the record name";

/// The stored files of one content.
pub struct Stored<'a> {
    contents: &'a Contents,
    content: Content,
    imports: &'a [&'a Import],
    /// SHA-256 of the files of the results bag, by `data/NAME`.
    pub results: BTreeMap<String, Digest>,
    /// SHA-256 of the files of the images bag, by `data/NAME`.
    pub images: BTreeMap<String, Digest>,
}

impl Stored<'_> {
    /// A file of the opened package, or one of its label, statement and manifests: the very bytes that the leaves name.
    ///
    /// # Errors
    ///
    /// [`CentreError::Content`] where it is missing or other.
    pub fn file(&self, name: &str) -> Result<Vec<u8>, CentreError> {
        let named = |digest: Digest| match name {
            crate::carrier::LABEL => self.imports.iter().any(|import| import.label == digest),
            STATEMENT => self.imports.iter().any(|import| import.statement == digest),
            RESULTS_MANIFEST => self.content.results_manifest == digest,
            IMAGES_MANIFEST => self.content.images_manifest == digest,
            name => self.results.get(&format!("data/{name}")) == Some(&digest),
        };
        self.contents.checked(&self.content, name, named)
    }

    /// A file of it that is the one that was signed for, and does not say what it should.
    pub(crate) fn wrong(&self, name: &str) -> CentreError {
        self.contents.wrong(&self.content, name, OTHER)
    }

    /// The receipt beside it, where it came with one. Whether it is one is for the intake log to say.
    ///
    /// # Errors
    ///
    /// [`CentreError::Disk`].
    pub fn receipt(&self, is_leaf: impl Fn(Digest) -> bool) -> Result<Option<Vec<u8>>, CentreError> {
        match self.contents.read(&self.content, crate::carrier::RECEIPT)? {
            Some(bytes) if !is_leaf(sign::sha256(&bytes)) => {
                Err(self.contents.wrong(&self.content, crate::carrier::RECEIPT, "is no leaf of the intake log"))
            }
            receipt => Ok(receipt),
        }
    }

    /// The images by name, the very ones that the device signed for.
    ///
    /// # Errors
    ///
    /// [`CentreError::Content`] where they are missing or other.
    pub fn images(&self) -> Result<Files, CentreError> {
        let wrong = |what| self.contents.wrong(&self.content, IMAGES, what);
        let archive = self.contents.read(&self.content, IMAGES)?.ok_or_else(|| wrong(MISSING))?;
        let files = package::archive::read(&archive, IMAGES_LIMITS).map_err(|_| wrong(OTHER))?;
        let named = files.iter().map(|(name, bytes)| (format!("data/{name}"), sign::sha256(bytes)));
        if named.eq(self.images.iter().map(|(name, digest)| (name.clone(), *digest))) {
            Ok(files)
        } else {
            Err(wrong(OTHER))
        }
    }

    /// The images lie on the disk; they are read where they are published, and where the whole disk is checked.
    ///
    /// # Errors
    ///
    /// [`CentreError::Content`] where they do not.
    pub fn has_images(&self) -> Result<(), CentreError> {
        let path = self.contents.dir.join(Contents::folder(&self.content)).join(IMAGES);
        let there = std::fs::symlink_metadata(path).is_ok_and(|found| found.is_file());
        if there { Ok(()) } else { Err(self.contents.wrong(&self.content, IMAGES, MISSING)) }
    }
}
