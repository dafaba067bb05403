//! The figures of the printed slip as numbered QR codes: `SANAD1:2/3:ID:…`.

use std::collections::BTreeMap;

use election::{Coded, ContestId, DeviceId, Digest, OptionId, Scope, StationId};
use sign::cose::CoseError;
use sign::{KeyId, PublicKey, Signer};

use crate::{BallotAccount, StationResults};

/// The kind of a slip, in its content type.
pub const SLIP_KIND: &str = "slip";

/// The most characters of one code.
pub const CODE_LENGTH: usize = 1100;

/// The figures of one contest on a slip.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SlipContest {
    /// Ballots with this contest.
    pub ballots: u32,
    /// Valid ones.
    pub valid: u32,
    /// Blank ones.
    pub blank: u32,
    /// Invalid ones.
    pub invalid: u32,
    /// Every count that is not zero.
    pub votes: BTreeMap<OptionId, u32>,
}

/// What a slip says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SlipFigures {
    /// The election fingerprint.
    pub fingerprint: Digest,
    /// Election, round and mode.
    pub scope: Scope,
    /// The station.
    pub station: StationId,
    /// The device.
    pub device: DeviceId,
    /// The generation.
    pub generation: u16,
    /// SHA-256 of `results.json`.
    pub results: Digest,
    /// SHA-256 of `zero.json`.
    pub zero: Digest,
    /// The ballot account.
    pub account: BallotAccount,
    /// The contests.
    pub contests: BTreeMap<ContestId, SlipContest>,
    /// The software build.
    pub build: String,
}

/// Codes that are refused.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SlipError {
    /// Not a code of a slip.
    #[error("not a code of a slip: it begins with SANAD1: and its number")]
    Code,
    /// Codes of several slips.
    #[error("these codes are of several slips")]
    Mixed,
    /// Codes are missing.
    #[error("codes {missing:?} of {of} are missing")]
    Incomplete {
        /// Their numbers.
        missing: Vec<u8>,
        /// How many there are.
        of: u8,
    },
    /// One code in two versions, or a text that is not the one signed.
    #[error("a code was altered or misread")]
    Altered,
    /// The signature or its message.
    #[error("the slip: {0}")]
    Cose(#[from] CoseError),
    /// The figures are not in their one form.
    #[error("the figures of the slip are not in their one form")]
    Figures,
    /// More than 99 codes.
    #[error("the figures do not fit 99 codes")]
    TooLarge,
}

impl Coded for SlipError {
    fn code(&self) -> &'static str {
        match self {
            SlipError::Code => "slip.code",
            SlipError::Mixed => "slip.mixed",
            SlipError::Incomplete { .. } => "slip.incomplete",
            SlipError::Altered => "slip.altered",
            SlipError::Cose(error) => error.code(),
            SlipError::Figures => "slip.figures",
            SlipError::TooLarge => "slip.large",
        }
    }

    fn next(&self) -> &'static str {
        match self {
            SlipError::Incomplete { .. } => "Scan the codes that are missing.",
            SlipError::Mixed => "Scan the codes of one slip at a time.",
            SlipError::TooLarge => "Print the figures without codes and hand over the package.",
            SlipError::Cose(error) => error.next(),
            _ => {
                "Scan the code again; if it is refused again, keep the paper as evidence and compare its printed figures."
            }
        }
    }
}

impl SlipFigures {
    /// What the slip of these results says.
    pub fn of(_results: &StationResults, _zero: &StationResults, _fingerprint: Digest, _build: &str) -> Self {
        unimplemented!()
    }

    /// Signs the figures once: the texts of the codes, in order.
    ///
    /// # Errors
    /// [`SlipError::Cose`], [`SlipError::TooLarge`].
    pub fn sign(&self, _signer: &dyn Signer) -> Result<Vec<String>, SlipError> {
        unimplemented!()
    }

    /// The differences to `results`, as sentences; empty if they say the same.
    pub fn differences(&self, _results: &StationResults) -> Vec<String> {
        unimplemented!()
    }
}

/// Slip codes joined; nothing is verified yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Slip {
    message: sign::cose::Message,
    figures: SlipFigures,
}

impl Slip {
    /// Joins the texts of the codes of one slip, in any order; the same code may be there twice.
    ///
    /// # Errors
    /// [`SlipError`].
    pub fn join<T: AsRef<str>>(_codes: &[T]) -> Result<Self, SlipError> {
        unimplemented!()
    }

    /// The key that claims to have signed.
    pub fn key_id(&self) -> KeyId {
        self.message.key_id()
    }

    /// The figures, not verified: to find the key by station and device.
    pub fn claims(&self) -> &SlipFigures {
        &self.figures
    }

    /// The figures, signed by `key`.
    ///
    /// # Errors
    /// [`SlipError::Cose`].
    pub fn verify(&self, _key: &PublicKey) -> Result<&SlipFigures, SlipError> {
        unimplemented!()
    }
}
