//! What the service knows, in memory: a fold of the log, the waiting labels and the files on disk.

use std::collections::{BTreeMap, BTreeSet};

use election::{DeviceId, Digest};
use serde::{Deserialize, Serialize};

use crate::blobs::Blobs;
use crate::roll::Claim;
use crate::{ChunkList, Limits, Refused};

/// A package: its label is known and valid.
#[derive(Clone, Debug)]
pub(crate) struct Package {
    pub claim: Claim,
    /// Index of its receipt in the log; the label stands before it.
    pub receipt: Option<u64>,
}

/// A file that a label names and that is not whole yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Coming {
    /// Nothing but its hash is known.
    Named,
    /// Its chunks are listed; these are missing.
    Partial { list: ChunkList, missing: BTreeSet<Digest> },
    /// All chunks are there and are being put together.
    Assembling { list: ChunkList },
}

impl Coming {
    fn list(&self) -> Option<&ChunkList> {
        match self {
            Coming::Partial { list, .. } | Coming::Assembling { list } => Some(list),
            Coming::Named => None,
        }
    }

    fn bytes(&self) -> u64 {
        self.list().map_or(0, |list| list.bytes)
    }
}

/// How far a file has come: the answer of `GET /v1/files/{sha256}`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FileStatus {
    /// Its SHA-256.
    pub sha256: Digest,
    /// `named` (send the chunk list), `partial` (send what is missing), `assembling` (ask again) or `whole`.
    pub state: String,
    /// The chunks that are missing, sorted.
    pub missing: Vec<Digest>,
}

/// How far a package has come: the answer of `PUT /v1/labels/{name}`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PackageStatus {
    /// SHA-256 of the label's bytes.
    pub label: Digest,
    /// Is there a receipt?
    pub receipt: bool,
    /// Results, then images.
    pub files: Vec<FileStatus>,
}

#[derive(Default)]
pub(crate) struct State {
    packages: BTreeMap<Digest, Package>,
    /// Files on their way: few at any time.
    coming: BTreeMap<Digest, Coming>,
    /// The bytes of each whole file, and of all.
    whole: BTreeMap<Digest, u64>,
    whole_bytes: u64,
    labels_of_file: BTreeMap<Digest, BTreeSet<Digest>>,
    labels_of_device: BTreeMap<DeviceId, usize>,
    pub closed: bool,
}

/// What the arrival of a chunk or a list calls for.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Next {
    Wait,
    Assemble(Digest, ChunkList),
}

impl State {
    /// Enters a package; files that are on disk already are whole.
    pub(crate) fn name(&mut self, label: Digest, package: Package, blobs: &Blobs) {
        if self.packages.contains_key(&label) {
            return;
        }
        for file in package.claim.files {
            self.labels_of_file.entry(file).or_default().insert(label);
            if self.whole.contains_key(&file) || self.coming.contains_key(&file) {
                continue;
            }
            self.settled(&file, blobs.length(&file));
        }
        *self.labels_of_device.entry(package.claim.device().clone()).or_default() += 1;
        self.packages.insert(label, package);
    }

    pub(crate) fn package(&self, label: &Digest) -> Option<&Package> {
        self.packages.get(label)
    }

    pub(crate) fn packages(&self) -> impl Iterator<Item = (&Digest, &Package)> {
        self.packages.iter()
    }

    /// Enters the receipt of a package.
    pub(crate) fn receipted(&mut self, label: &Digest, index: u64) {
        if let Some(package) = self.packages.get_mut(label) {
            package.receipt = Some(index);
        }
    }

    /// May this device send one more label?
    pub(crate) fn room_for(&self, claim: &Claim, limits: &Limits) -> Result<(), Refused> {
        let labels = self.labels_of_device.get(claim.device()).copied().unwrap_or(0);
        if labels < limits.labels_per_device { Ok(()) } else { Err(Refused::Quota("labels of one device")) }
    }

    /// Are both files of a package whole, and as long as its label says? A label that says otherwise waits for ever.
    pub(crate) fn is_complete(&self, package: &Package) -> bool {
        let claim = &package.claim;
        claim.files.iter().all(|file| self.whole.get(file).is_some_and(|bytes| claim.length(file) == Some(*bytes)))
    }

    /// Packages with this file that are complete and have no receipt yet.
    pub(crate) fn ready(&self, file: &Digest) -> Vec<Digest> {
        let is_ready = |label: &&Digest| {
            self.packages.get(label).is_some_and(|package| package.receipt.is_none() && self.is_complete(package))
        };
        self.labels_of_file.get(file).into_iter().flatten().filter(is_ready).copied().collect()
    }

    pub(crate) fn file_status(&self, sha256: &Digest) -> Result<FileStatus, Refused> {
        let (state, missing) = match self.coming.get(sha256) {
            Some(Coming::Named) => ("named", Vec::new()),
            Some(Coming::Partial { missing, .. }) => ("partial", missing.iter().copied().collect()),
            Some(Coming::Assembling { .. }) => ("assembling", Vec::new()),
            None if self.whole.contains_key(sha256) => ("whole", Vec::new()),
            None => return Err(Refused::Unknown),
        };
        Ok(FileStatus { sha256: *sha256, state: state.to_owned(), missing })
    }

    pub(crate) fn package_status(&self, label: &Digest) -> Result<PackageStatus, Refused> {
        let package = self.packages.get(label).ok_or(Refused::Unknown)?;
        let files = package.claim.files.iter().map(|file| self.file_status(file)).collect::<Result<_, _>>()?;
        Ok(PackageStatus { label: *label, receipt: package.receipt.is_some(), files })
    }

    /// Takes a chunk list; a later one replaces it, since only the whole file's hash decides.
    /// Returns the chunks that no file waits for any more, or nothing where the list changes nothing.
    pub(crate) fn list(
        &mut self,
        file: Digest,
        list: ChunkList,
        limits: &Limits,
        blobs: &Blobs,
    ) -> Result<Option<(Next, Vec<Digest>)>, Refused> {
        list.check(&file)?;
        if self.whole.contains_key(&file) {
            return Ok(None);
        }
        let old = self.coming.get(&file).ok_or(Refused::Unknown)?;
        if matches!(old, Coming::Assembling { .. }) || old.list() == Some(&list) {
            return Ok(None);
        }
        if list.bytes > limits.file_bytes {
            return Err(Refused::Size(limits.file_bytes));
        }
        let labels = &self.labels_of_file[&file];
        // A label that gives the file of another a false length stops nobody but itself.
        let claims = labels.iter().map(|label| &self.packages[label].claim);
        let mut claims = claims.filter(|claim| claim.length(&file) == Some(list.bytes)).peekable();
        if claims.peek().is_none() {
            return Err(Refused::Chunks("the label gives the file another length".to_owned()));
        }
        if !claims.any(|claim| claim.files[0] == file || self.whole.contains_key(&claim.files[0])) {
            return Err(Refused::Order);
        }
        let all: u64 = self.whole_bytes + self.coming.values().map(Coming::bytes).sum::<u64>() - old.bytes();
        if all.saturating_add(list.bytes) > limits.total_bytes {
            return Err(Refused::Quota("bytes of all files"));
        }
        let dropped = old.list().map(|old| old.chunks.clone()).unwrap_or_default();
        let next = self.restore(file, list, blobs);
        Ok(Some((next, self.unwanted(dropped))))
    }

    /// Takes a list that was checked when it came.
    pub(crate) fn restore(&mut self, file: Digest, list: ChunkList, blobs: &Blobs) -> Next {
        let missing: BTreeSet<Digest> = list.chunks.iter().filter(|c| !blobs.has_chunk(c)).copied().collect();
        self.coming.insert(file, Coming::Partial { list, missing });
        self.advance(&file)
    }

    /// Is any file waiting for this chunk?
    pub(crate) fn wants(&self, chunk: &Digest) -> bool {
        self.coming.values().any(|state| matches!(state, Coming::Partial { missing, .. } if missing.contains(chunk)))
    }

    /// Is this chunk one of a file on its way, and here already?
    pub(crate) fn has(&self, chunk: &Digest) -> bool {
        self.coming.values().filter_map(Coming::list).any(|list| list.chunks.contains(chunk))
    }

    /// A chunk is on disk: which files can now be put together?
    pub(crate) fn arrived(&mut self, chunk: &Digest) -> Vec<Next> {
        let mut touched = Vec::new();
        for (file, state) in &mut self.coming {
            if let Coming::Partial { missing, .. } = state
                && missing.remove(chunk)
            {
                touched.push(*file);
            }
        }
        touched.iter().map(|file| self.advance(file)).filter(|next| *next != Next::Wait).collect()
    }

    fn advance(&mut self, file: &Digest) -> Next {
        let Some(Coming::Partial { list, missing }) = self.coming.get(file) else { return Next::Wait };
        if !missing.is_empty() {
            return Next::Wait;
        }
        let list = list.clone();
        self.coming.insert(*file, Coming::Assembling { list: list.clone() });
        Next::Assemble(*file, list)
    }

    /// A file was put together, or (`None`) was not and must be listed and sent anew.
    /// Returns the chunks that no file waits for any more.
    pub(crate) fn settled(&mut self, file: &Digest, bytes: Option<u64>) -> Vec<Digest> {
        let old = match bytes {
            Some(bytes) => {
                self.whole_bytes += bytes;
                self.whole.insert(*file, bytes);
                self.coming.remove(file)
            }
            None => self.coming.insert(*file, Coming::Named),
        };
        self.unwanted(old.and_then(|old| old.list().map(|list| list.chunks.clone())).unwrap_or_default())
    }

    /// These chunks of a file were damaged on disk and are missing again.
    pub(crate) fn damaged(&mut self, file: &Digest, list: ChunkList, missing: Vec<Digest>) {
        self.coming.insert(*file, Coming::Partial { list, missing: missing.into_iter().collect() });
    }

    /// Those of `chunks` that no file needs.
    pub(crate) fn unwanted(&self, mut chunks: Vec<Digest>) -> Vec<Digest> {
        let wanted: BTreeSet<&Digest> =
            self.coming.values().filter_map(Coming::list).flat_map(|list| &list.chunks).collect();
        chunks.retain(|chunk| !wanted.contains(chunk));
        chunks
    }
}
