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
//! intake/              the receiving service's log, as the last export brought it
//! contents/HASHES/     the files of an opened package, its images as one archive, under the hashes of its manifests
//! papers/HASH         forms, sealed parts and rulings of the docket
//! transmission/HASH   transmission reports of the receiving service, as exports brought them
//! refused/HASH/        what was refused, kept as it came, under the hash of its label
//! ```

mod announce;
mod arrival;
mod carrier;
mod centre;
mod check;
mod contents;
mod docket;
mod equivocation;
mod error;
mod evidence;
mod import;
mod intake_log;
mod isolated;
mod isolation;
mod next;
mod privacy;
mod publish;
mod source;
mod transmission;

pub use announce::CheckpointNote;
pub use carrier::{At, Carrier, MOST_ENTRIES, MOST_NAMED, Named, Skipped, Unreadable};
pub use centre::{Centre, CentreKeys, record_origin};
pub use check::Checked;
pub use contents::{Contents, Files, Stored};
pub use error::CentreError;
pub use evidence::Exported;
pub use import::{Arrival, Became, ImportReport, Missing, recipients};
pub use next::{Open, Step};
pub use privacy::{LOOK_FROM, Queue};
pub use publish::PublishedStation;
pub use source::{Entries, Kind, Mounted, Source};
pub use transmission::Reported;
