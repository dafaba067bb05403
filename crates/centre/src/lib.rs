//! The isolated tally centre.
//!
//! It has no tables of truth. It appends signed leaves to the record, a Merkle
//! log on its disk, and folds them into memory at start; totals, statuses and
//! the site are that fold. What the packages hold lies beside the log, under
//! the hash that the leaves name.
//!
//! The folder of a centre:
//!
//! ```text
//! election/            the frozen definition
//! centre.key.pem       the key that signs what the centre reports
//! record-log.key.pem   the key of the record's checkpoints
//! record/              the log: tiles and checkpoint
//! contents/HASH/       the files of an opened package, under the hash of its results' manifest
//! refused/HASH/        what was refused, kept as it came
//! ```

mod announce;
mod carrier;
mod centre;
mod contents;
mod error;
mod import;
mod publish;

pub use announce::CheckpointNote;
pub use carrier::{Carried, Carrier, Skipped};
pub use centre::{Centre, CentreKeys, record_origin};
pub use contents::Contents;
pub use error::CentreError;
pub use import::{Arrival, ImportReport, recipients};
pub use publish::{PublishedStation, Publishing};
