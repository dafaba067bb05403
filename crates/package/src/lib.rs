//! What a station hands over: two sealed bags and one label.
//!
//! ```text
//! STATION-DEVICE-GENERATION.results.age   BagIt folder → deterministic tar → age
//! STATION-DEVICE-GENERATION.images.age    the same
//! STATION-DEVICE-GENERATION.label.json    DSSE: SHA-256 of both ciphertexts and both manifests
//! ```
//! With the feature `label` alone nothing here can decrypt; `seal` makes packages, `open` opens them.

pub mod adjudication;
pub mod archive;
pub mod bag;
mod build;
pub mod cuts;
pub mod cvr;
pub mod events;
#[cfg(test)]
mod example;
pub mod figures;
mod label;
#[cfg(feature = "seal")]
pub mod make;
mod name;
#[cfg(feature = "open")]
pub mod open;
#[cfg(all(test, feature = "seal", feature = "open"))]
mod pk;
mod salt;
pub mod slip;
mod statement;

pub use build::{named_build, shown_build};
pub use figures::{BallotAccount, ContestResults, Expected, Inconsistency, StationResults};
pub use label::{LABEL_KIND, Label, LabelError, Sealed};
pub use name::{FileName, NameError, Part};
pub use salt::Salt;
pub use statement::{Recipients, STATEMENT_FILE, STATEMENT_KIND, Statement};
