//! `label.json`: all that a receiving service may know of a package.

use election::{Coded, DeviceId, Digest, Scope, StationId};
use serde::{Deserialize, Serialize};
use sign::dsse::{DsseError, Envelope};
use sign::{KeyId, PublicKey, Signer};

use crate::FileName;

/// The kind of a label, in its payload type.
pub const LABEL_KIND: &str = "label";

/// One sealed bag.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Sealed {
    /// The name of the file.
    pub name: String,
    /// Its length in bytes.
    pub bytes: u64,
    /// SHA-256 of the file as sealed.
    pub sha256: Digest,
    /// SHA-256 of the `manifest-sha256.txt` inside.
    pub manifest: Digest,
}

/// The payload of `label.json`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Label {
    /// Election, round and mode.
    pub scope: Scope,
    /// The station.
    pub station: StationId,
    /// The device.
    pub device: DeviceId,
    /// The generation, from 1.
    pub generation: u16,
    /// The results.
    pub results: Sealed,
    /// The images.
    pub images: Sealed,
}

/// A label that is refused.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum LabelError {
    /// The envelope or its signature.
    #[error("the label: {0}")]
    Envelope(#[from] DsseError),
    /// Not exactly one signature.
    #[error("the label has {0} signatures instead of the device's one")]
    Signatures(usize),
    /// The names in it are not those of its station, device and generation.
    #[error("the label names other files than its own")]
    Names,
    /// Of another election, round or mode.
    #[error("the label is of another election, round or mode")]
    Scope,
    /// A file with other bytes than the label says.
    #[error("{0} is not the file that the label names")]
    File(String),
}

impl Coded for LabelError {
    fn code(&self) -> &'static str {
        match self {
            LabelError::Envelope(error) => error.code(),
            LabelError::Signatures(_) => "label.signatures",
            LabelError::Names => "label.names",
            LabelError::Scope => "label.scope",
            LabelError::File(_) => "label.file",
        }
    }

    fn next(&self) -> &'static str {
        match self {
            LabelError::Envelope(error) => error.next(),
            LabelError::Scope => "Give the package of this election and round; a rehearsal is never counted.",
            LabelError::File(_) => "Copy the file again from the station's medium; keep the damaged one.",
            _ => "Keep the label as evidence and ask the station for the original.",
        }
    }
}

impl Label {
    /// Reads a label and the id of the key that claims to have signed it; nothing is verified yet.
    ///
    /// # Errors
    /// [`LabelError`].
    pub fn parse(bytes: &[u8]) -> Result<(Label, KeyId), LabelError> {
        let envelope = Envelope::parse(bytes)?;
        let ids = envelope.key_ids();
        let [id] = ids[..] else { return Err(LabelError::Signatures(ids.len())) };
        let label: Label = envelope.read()?;
        let name = label.file_name();
        let names_agree =
            label.results.name == name.of(crate::Part::Results) && label.images.name == name.of(crate::Part::Images);
        if !names_agree || label.generation == 0 {
            return Err(LabelError::Names);
        }
        Ok((label, id))
    }

    /// Reads a label that `key` has signed, of one election, round and mode.
    ///
    /// # Errors
    /// [`LabelError`].
    pub fn verify(bytes: &[u8], key: &PublicKey, scope: &Scope) -> Result<Label, LabelError> {
        let (label, _) = Label::parse(bytes)?;
        Envelope::parse(bytes)?.verify(LABEL_KIND, &[key])?;
        if &label.scope == scope { Ok(label) } else { Err(LabelError::Scope) }
    }

    /// Signs the label: the bytes of `label.json`.
    ///
    /// # Errors
    /// [`DsseError`] where the key refuses.
    pub fn sign(&self, signer: &dyn Signer) -> Result<Vec<u8>, DsseError> {
        Ok(sign::dsse::sign_json(LABEL_KIND, self, &[signer])?.to_bytes())
    }

    /// What the package's files are called.
    pub fn file_name(&self) -> FileName {
        FileName { station: self.station.clone(), device: self.device.clone(), generation: self.generation }
    }
}

impl Sealed {
    /// Is this the file?
    ///
    /// # Errors
    /// [`LabelError::File`].
    pub fn check(&self, bytes: &[u8]) -> Result<(), LabelError> {
        let same = self.bytes == bytes.len() as u64 && self.sha256 == sign::sha256(bytes);
        if same { Ok(()) } else { Err(LabelError::File(self.name.clone())) }
    }
}
