//! `statement.dsse.json`: what the device signs of both bags.

use election::{DeviceId, Digest, Scope, StationId};
use serde::{Deserialize, Serialize};
use sign::Recipient;

/// Who can open what; sorted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Recipients {
    /// Of the results: the centre.
    pub results: Vec<Recipient>,
    /// Of the images: the centre and the office.
    pub images: Vec<Recipient>,
}

/// The payload of `statement.dsse.json`, of kind `statement`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Statement {
    /// Election, round and mode.
    pub scope: Scope,
    /// The election fingerprint: the definition and keys this was counted under.
    pub definition: Digest,
    /// The station.
    pub station: StationId,
    /// The device.
    pub device: DeviceId,
    /// The generation, from 1.
    pub generation: u16,
    /// SHA-256 of `manifest-sha256.txt` of the results.
    pub results_manifest: Digest,
    /// SHA-256 of `bag-info.txt` of the results.
    pub results_info: Digest,
    /// SHA-256 of `manifest-sha256.txt` of the images.
    pub images_manifest: Digest,
    /// SHA-256 of `bag-info.txt` of the images.
    pub images_info: Digest,
    /// Who can open the package.
    pub recipients: Recipients,
    /// The software build that counted; its last word may be the SHA-256 of the program ([`crate::named_build`]).
    pub build: String,
}

impl Statement {
    /// The program that counted, where the device names it.
    pub fn program(&self) -> Option<Digest> {
        crate::build::program(&self.build)
    }
}

/// The kind of a statement, in its payload type.
pub const STATEMENT_KIND: &str = "statement";

/// The file of the statement in the results bag, a tag file.
pub const STATEMENT_FILE: &str = "statement.dsse.json";

// The files below `data/` of the results bag.
#[cfg(any(feature = "seal", feature = "open"))]
pub(crate) const RESULTS_FILE: &str = "results.json";
#[cfg(any(feature = "seal", feature = "open"))]
pub(crate) const CVR_FILE: &str = "cvr.json";
#[cfg(any(feature = "seal", feature = "open"))]
pub(crate) const SCORES_FILE: &str = "scores.json";
#[cfg(any(feature = "seal", feature = "open"))]
pub(crate) const ZERO_FILE: &str = "zero.json";
#[cfg(any(feature = "seal", feature = "open"))]
pub(crate) const SLIP_FILE: &str = "slip.json";
#[cfg(any(feature = "seal", feature = "open"))]
pub(crate) const SLIP_PDF_FILE: &str = "slip.pdf";
#[cfg(any(feature = "seal", feature = "open"))]
pub(crate) const ADJUDICATION_FILE: &str = "adjudication.json";
#[cfg(any(feature = "seal", feature = "open"))]
pub(crate) const STRAY_FILE: &str = "stray.json";
#[cfg(any(feature = "seal", feature = "open"))]
pub(crate) const EVENTS_FILE: &str = "events.jsonl";
