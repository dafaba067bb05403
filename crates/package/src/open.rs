//! Opening a package with an identity that the caller passes in, and checking all of it.

use std::collections::BTreeMap;

use election::{Coded, ContestId, DeviceId, Digest, OptionId, Scope, StationId};
use sign::PublicKey;
use sign::identity::Identity;

use crate::archive::ArchiveError;
use crate::bag::{Bag, BagError};
use crate::cvr::{CvrError, Records};
use crate::events::{Event, EventsError};
use crate::slip::SlipError;
use crate::{Expected, Inconsistency, Label, LabelError, Recipients, Statement, StationResults};

/// What the frozen record says of the package that is opened; nothing of it is taken from the package.
#[derive(Clone, Debug)]
pub struct Trust<'a> {
    /// Election, round and mode.
    pub scope: &'a Scope,
    /// The election fingerprint.
    pub fingerprint: Digest,
    /// The station the device's key is listed for.
    pub station: &'a StationId,
    /// The device.
    pub device: &'a DeviceId,
    /// The device's key in the list.
    pub key: &'a PublicKey,
    /// Who must be able to open it.
    pub recipients: &'a Recipients,
}

/// The results, authentic; whether the figures are possible is [`OpenedResults::inconsistencies`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OpenedResults {
    /// The label.
    pub label: Label,
    /// What the device signed.
    pub statement: Statement,
    /// The bytes of `statement.dsse.json`.
    pub statement_bytes: Vec<u8>,
    /// The totals.
    pub results: StationResults,
    /// The zero report.
    pub zero: StationResults,
    /// The cast vote records.
    pub records: Records,
    /// Mark scores, in the order of the records.
    pub scores: Vec<BTreeMap<ContestId, BTreeMap<OptionId, u16>>>,
    /// The texts of the slip's codes.
    pub slip: Vec<String>,
    /// The device's log.
    pub events: Vec<Event>,
    /// The bag, for copying files to a publication.
    pub bag: Bag,
}

/// The images, authentic.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OpenedImages {
    /// The bag: `000001-front.png` and so on.
    pub bag: Bag,
}

/// A package that is refused.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum OpenError {
    /// The label.
    #[error(transparent)]
    Label(#[from] LabelError),
    /// age could not open it: another identity, or damaged.
    #[error("the package cannot be opened with this identity: {0}")]
    Decrypt(String),
    /// The archive inside.
    #[error(transparent)]
    Archive(#[from] ArchiveError),
    /// The bag inside.
    #[error(transparent)]
    Bag(#[from] BagError),
    /// The statement's envelope or signature.
    #[error("the statement: {0}")]
    Statement(sign::dsse::DsseError),
    /// The statement and the label, bag or record say different things.
    #[error("the {0} of the package is not the one expected")]
    Other(Binding),
    /// A JSON file that is not in its one form.
    #[error("{0}: {1}")]
    Json(&'static str, sign::canonical::CanonicalError),
    /// The cast vote records.
    #[error(transparent)]
    Cvr(#[from] CvrError),
    /// The device's log.
    #[error(transparent)]
    Events(#[from] EventsError),
    /// The slip in the package.
    #[error(transparent)]
    Slip(#[from] SlipError),
}

/// What a package is bound to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Binding {
    /// Election, round or mode.
    Scope,
    /// The station.
    Station,
    /// The device.
    Device,
    /// The generation.
    Generation,
    /// The definition.
    Definition,
    /// The recipients.
    Recipients,
    /// A manifest.
    Manifest,
    /// A `bag-info.txt`.
    Info,
}

impl std::fmt::Display for Binding {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Binding::Scope => "election, round or mode",
            Binding::Station => "station",
            Binding::Device => "device",
            Binding::Generation => "generation",
            Binding::Definition => "definition",
            Binding::Recipients => "list of recipients",
            Binding::Manifest => "manifest",
            Binding::Info => "bag-info",
        })
    }
}

impl Coded for OpenError {
    fn code(&self) -> &'static str {
        match self {
            OpenError::Label(error) => error.code(),
            OpenError::Decrypt(_) => "package.decrypt",
            OpenError::Archive(error) => error.code(),
            OpenError::Bag(error) => error.code(),
            OpenError::Statement(_) => "package.statement",
            OpenError::Other(Binding::Scope) => "package.scope",
            OpenError::Other(Binding::Station) => "package.station",
            OpenError::Other(Binding::Device) => "package.device",
            OpenError::Other(Binding::Generation) => "package.generation",
            OpenError::Other(Binding::Definition) => "package.definition",
            OpenError::Other(Binding::Recipients) => "package.recipients",
            OpenError::Other(Binding::Manifest) => "package.manifest",
            OpenError::Other(Binding::Info) => "package.info",
            OpenError::Json(..) => "package.json",
            OpenError::Cvr(error) => error.code(),
            OpenError::Events(error) => error.code(),
            OpenError::Slip(error) => error.code(),
        }
    }

    fn next(&self) -> &'static str {
        match self {
            OpenError::Label(error) => error.next(),
            OpenError::Decrypt(_) => {
                "Join the shares of this election's identity; if they are right, copy the file again."
            }
            OpenError::Other(Binding::Scope) => {
                "Give the package of this election and round; a rehearsal is never counted."
            }
            OpenError::Other(Binding::Definition) => {
                "Find out why the device counted under another definition; the station is not added."
            }
            _ => "Keep the package in quarantine as evidence and compare it with the station's other medium.",
        }
    }
}

/// Opens the results: signatures, seals, hashes, names and bindings are all checked.
///
/// # Errors
/// [`OpenError`]: nothing of the package may be counted.
pub fn open_results(
    _label: &[u8],
    _results_age: &[u8],
    _identity: &Identity,
    _trust: &Trust<'_>,
) -> Result<OpenedResults, OpenError> {
    unimplemented!()
}

/// Opens the images of a label that has been verified.
///
/// # Errors
/// [`OpenError`].
pub fn open_images(_label: &Label, _images_age: &[u8], _identity: &Identity) -> Result<OpenedImages, OpenError> {
    unimplemented!()
}

impl OpenedImages {
    /// The front of record `index` (from 0).
    pub fn front(&self, index: usize) -> Option<&[u8]> {
        self.bag.data.get(&format!("{:06}-front.png", index + 1)).map(Vec::as_slice)
    }

    /// The back of record `index` (from 0).
    pub fn back(&self, index: usize) -> Option<&[u8]> {
        self.bag.data.get(&format!("{:06}-back.png", index + 1)).map(Vec::as_slice)
    }
}

impl OpenedResults {
    /// Everything that cannot be about the figures of an authentic package: it is not added, and goes to reconciliation.
    pub fn inconsistencies(&self, _expected: &Expected, _images: Option<&OpenedImages>) -> Vec<Inconsistency> {
        unimplemented!()
    }
}
