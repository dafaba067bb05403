//! Polling day at one station: open, count, close, report, hand over.
//!
//! A station is a folder. All it knows besides the ballots is one file that is
//! replaced whole ([`State`]); the ballots lie in slots made before the polls open
//! ([`Slots`]). What a step has returned from is on the disk; what a loss of
//! power cuts short is as if it had not begun. Nothing here prints, reads a clock or
//! knows a network: times and randomness are passed in.

mod account;
mod adjudicate;
mod close;
mod count;
mod disk;
mod error;
mod hand_over;
mod journal;
mod messages;
mod read;
mod record;
mod report;
mod scan;
mod slip;
mod slots;
mod state;
mod station;
mod status;

pub use adjudicate::Question;
pub use disk::{Disk, RealDisk, TEMPORARY, write_durably};
pub use error::StationError;
pub use read::BallotReader;
pub use record::{ContestMarks, Reading, Record, Score};
pub use report::Sealer;
pub use scan::{NOT_TAKEN_HERE, Outcome, Read, Reader, Sheet, Unreadable};
pub use slip::{Draw, draw};
pub use slots::{MOST_SLOTS, Slot, SlotError, Slots};
pub use state::*;
pub use status::{RefusedSheet, StationStatus};
pub use station::{Ground, OUT, Station};
