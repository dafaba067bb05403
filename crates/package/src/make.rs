//! Making a package.

use std::collections::BTreeMap;

use election::{Coded, ContestId, Digest, OptionId};
use sign::entropy::EntropyError;
use sign::{Entropy, Signer};

use crate::cvr::CastVoteRecord;
use crate::events::Event;
use crate::{FileName, Recipients, Salt, StationResults};

/// One scanned sheet with its record, scores and images (PNG, one bit a pixel, without metadata).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sheet {
    /// What was read.
    pub record: CastVoteRecord,
    /// Mark scores in thousandths; never public.
    pub scores: BTreeMap<ContestId, BTreeMap<OptionId, u16>>,
    /// The front. Empty only where there is no scanner and ballots are entered by hand.
    pub front: Vec<u8>,
    /// The back.
    pub back: Option<Vec<u8>>,
    /// Grey crops of doubtful contests.
    pub crops: BTreeMap<ContestId, Vec<u8>>,
}

/// What goes into a package.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PackageParts {
    /// The election fingerprint.
    pub fingerprint: Digest,
    /// The software build.
    pub build: String,
    /// The totals, which name scope, station, device and generation.
    pub results: StationResults,
    /// The zero report.
    pub zero: StationResults,
    /// The salt of the cast vote records.
    pub cvr_salt: Salt,
    /// The sheets, in any order.
    pub sheets: Vec<Sheet>,
    /// The texts of the slip's codes.
    pub slip: Vec<String>,
    /// The slip as PDF.
    pub slip_pdf: Option<Vec<u8>>,
    /// The device's log.
    pub events: Vec<Event>,
}

/// The three files.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Package {
    /// What they are called.
    pub name: FileName,
    /// `.results.age`
    pub results_age: Vec<u8>,
    /// `.images.age`
    pub images_age: Vec<u8>,
    /// `.label.json`
    pub label: Vec<u8>,
}

/// A package that could not be made.
#[derive(Debug, thiserror::Error)]
pub enum MakeError {
    /// The generator fails its start-up test.
    #[error(transparent)]
    Entropy(#[from] EntropyError),
    /// The key refused, or the statement is too large.
    #[error(transparent)]
    Sign(#[from] sign::dsse::DsseError),
    /// A recipient's checksum does not hold, or there is none.
    #[error("a recipient of the package is not valid")]
    Recipient,
    /// A name outside the grammar.
    #[error(transparent)]
    Archive(#[from] crate::archive::ArchiveError),
    /// Sealing failed.
    #[error("the package could not be sealed: {0}")]
    Seal(String),
}

impl Coded for MakeError {
    fn code(&self) -> &'static str {
        match self {
            MakeError::Entropy(error) => error.code(),
            MakeError::Sign(error) => error.code(),
            MakeError::Recipient => "make.recipient",
            MakeError::Archive(error) => error.code(),
            MakeError::Seal(_) => "make.seal",
        }
    }

    fn next(&self) -> &'static str {
        match self {
            MakeError::Entropy(error) => error.next(),
            MakeError::Sign(error) => error.next(),
            MakeError::Recipient => "Take the recipients from the frozen key list.",
            MakeError::Archive(error) => error.next(),
            MakeError::Seal(_) => "Check the disk, then make the package again.",
        }
    }
}

/// Makes the three files: the sheets sorted by content, then numbered; both bags sealed once.
///
/// # Errors
/// [`MakeError`].
pub fn make(
    _parts: PackageParts,
    _recipients: &Recipients,
    _signer: &dyn Signer,
    _entropy: &dyn Entropy,
) -> Result<Package, MakeError> {
    unimplemented!()
}

/// The plain `data/` files of both bags (results, images): equal for equal ballots in any order of casting.
pub fn data_files(_parts: &PackageParts) -> (crate::archive::Files, crate::archive::Files) {
    unimplemented!()
}
