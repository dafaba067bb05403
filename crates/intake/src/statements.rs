//! What the intake itself says in its log, each a DSSE envelope signed by its P-256 key.
//! The fourth kind of leaf is the label, in the very bytes that the device signed.

use election::{DeviceId, Digest, Scope, StationId};
use serde::{Deserialize, Serialize};

use crate::Transport;

/// Kind (in the DSSE payload type) of a label.
pub const LABEL: &str = "label";
/// Kind of [`Receipt`].
pub const RECEIPT: &str = "receipt";
/// Kind of [`Refusal`].
pub const REFUSAL: &str = "refusal";
/// Kind of [`Close`].
pub const CLOSE: &str = "close";
/// Kind of [`Transmission`], which lies beside the report in an export and in no log of this service.
pub const TRANSMISSION: &str = "transmission_report";

/// "This package is here": signed only when its three files are durably stored and its label is in the log.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Receipt {
    /// Election, round and mode.
    pub scope: Scope,
    /// SHA-256 of the label's bytes.
    pub label: Digest,
    /// SHA-256 of the sealed results.
    pub results: Digest,
    /// SHA-256 of the sealed images.
    pub images: Digest,
    /// Index of the label in the intake log, from 0.
    pub index: u64,
    /// How the label came.
    pub transport: Transport,
    /// When the package was complete: UTC, RFC 3339, whole seconds.
    pub time: String,
}

/// "This was refused", or, with the code `intake.equivocation`, "this was stored and contradicts another".
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Refusal {
    /// Election, round and mode of this intake.
    pub scope: Scope,
    /// The reason code.
    pub code: String,
    /// SHA-256 of the refused label's bytes (of the file, where its content was refused).
    pub subject: Digest,
    /// The station that it claims, where it could be read.
    pub station: Option<StationId>,
    /// The device that it claims.
    pub device: Option<DeviceId>,
    /// Labels (SHA-256) of the same station, device and generation that it contradicts, sorted.
    pub contradicts: Vec<Digest>,
    /// SHA-256 of the certificate of the client that sent it.
    pub client: Digest,
    /// When: UTC, RFC 3339, whole seconds.
    pub time: String,
}

/// The code of a [`Refusal`] that is an alarm: two labels of one station, device and generation over different content.
pub const EQUIVOCATION: &str = "intake.equivocation";

/// "Nothing more is taken": the last leaf, before anything is announced.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Close {
    /// Election, round and mode.
    pub scope: Scope,
    /// Packages with a receipt.
    pub packages: u64,
    /// Labels whose files never became complete; the transmission report names them.
    pub incomplete: u64,
    /// When: UTC, RFC 3339, whole seconds.
    pub time: String,
}

/// A place in the log of this service.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Position {
    /// Leaves.
    pub size: u64,
    /// The root hash over them (RFC 6962).
    pub root: Digest,
}

/// "This is my transmission report": it has no clock of its own, so that the same report is signed for once.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Transmission {
    /// Election, round and mode.
    pub scope: Scope,
    /// The log that it goes with.
    pub log: Position,
    /// SHA-256 of the report.
    pub report: Digest,
    /// Its bytes.
    pub bytes: u64,
}

/// Now, as the statements write it.
pub(crate) fn now() -> String {
    jiff::Timestamp::now().strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
}
