//! A package on the relay's disk.

use std::fs::File;
use std::io::Read as _;
use std::path::{Path, PathBuf};

use axum::body::Bytes;
use election::Digest;
use package::Part;
use sign::PublicKey;
use sign::dsse::Envelope;

use crate::ChunkList;
use crate::relay::RelayError;
use crate::roll::Claim;
use crate::statements::{RECEIPT, Receipt};

/// A package on this machine, checked against its label.
pub(crate) struct Carried {
    pub(super) label: PathBuf,
    pub(super) envelope: Bytes,
    pub(super) digest: Digest,
    pub(super) claim: Claim,
    pub(super) files: Vec<(PathBuf, Digest, ChunkList)>,
}

impl Carried {
    pub(crate) fn read(label: &Path, files: &[PathBuf]) -> Result<Self, RelayError> {
        let refused = |what: String| RelayError::Label { file: label.to_owned(), what };
        let mut envelope = Vec::new();
        let opened = File::open(label).and_then(|f| f.take(1 << 16).read_to_end(&mut envelope));
        opened.map_err(|e| refused(e.to_string()))?;
        let (_, claim) = Claim::read(&envelope).map_err(|e| refused(e.to_string()))?;
        let digest = sign::sha256(&envelope);
        let mut carried =
            Carried { label: label.to_owned(), envelope: envelope.into(), digest, claim, files: Vec::new() };
        if label.file_name().is_none_or(|name| *name != *carried.claim.name.of(Part::Label)) {
            return Err(refused(format!("this label is {}", carried.claim.name.of(Part::Label))));
        }
        for (name, sha256) in
            [Part::Results, Part::Images].map(|part| carried.claim.name.of(part)).into_iter().zip(carried.claim.files)
        {
            let given = files.iter().find(|f| f.file_name().is_some_and(|n| *n == *name));
            let file = given.cloned().unwrap_or_else(|| label.with_file_name(&name));
            let refused = |what: String| RelayError::File { file: file.clone(), what };
            let (found, list) = ChunkList::of_file(&file).map_err(|e| refused(e.to_string()))?;
            if found != sha256 {
                return Err(refused(format!("its SHA-256 is {}, the label names {}", found.hex(), sha256.hex())));
            }
            carried.files.push((file, sha256, list));
        }
        Ok(carried)
    }

    pub(super) fn total(&self) -> u64 {
        self.files.iter().map(|(_, _, list)| list.bytes).sum()
    }

    pub(super) fn receipt_path(&self) -> PathBuf {
        self.label.with_file_name(format!("{}.receipt.json", self.claim.name))
    }

    /// Is this a receipt for this package, by a listed key?
    pub(super) fn check(&self, bytes: &[u8], keys: &[PublicKey]) -> Result<Receipt, RelayError> {
        let unlisted = |e: sign::dsse::DsseError| RelayError::Receiver(e.to_string());
        let envelope = Envelope::parse(bytes).map_err(unlisted)?;
        envelope.verify(RECEIPT, &keys.iter().collect::<Vec<_>>()).map_err(unlisted)?;
        let receipt: Receipt = envelope.read().map_err(|e| RelayError::Receipt(e.to_string()))?;
        let [results, images] = self.claim.files;
        if receipt.scope != self.claim.scope {
            return Err(RelayError::Receipt("another election, round or mode".to_owned()));
        }
        if (receipt.label, receipt.results, receipt.images) != (self.digest, results, images) {
            return Err(RelayError::Receipt("other files".to_owned()));
        }
        Ok(receipt)
    }
}
