//! Polling day at one station: open, count, close, report, hand over.
//!
//! A station is a folder. All it knows besides the ballots is one file that is
//! replaced whole ([`State`]); the ballots lie in slots made before the polls open
//! ([`Slots`]). What a step has returned from is on the disk; what a loss of
//! power cuts short is as if it had not begun. Nothing here prints, reads a clock or
//! knows a network: times and randomness are passed in.
//!
//! Stated limits: the ballots lie unencrypted on the device's own medium until it is wiped, and that medium may tell
//! the order in which its blocks and inodes were written (all slots bear one time and, while a sheet fits its slot,
//! one size); a sheet that needs more than a slot makes it grow. Sheets of one voter are not tied together, so the
//! ballot account of an election with several sheets counts, of each style, the sheet most sheets are of.

mod account;
mod act;
mod adjudicate;
mod alike;
mod card;
mod cards;
mod close;
mod count;
mod cut;
mod disk;
mod error;
mod hand_over;
mod journal;
mod messages;
mod read;
mod record;
mod report;
mod sane;
mod scan;
mod slip;
mod slots;
mod state;
mod station;
mod status;

pub use act::{ACT_KIND, Act, ActStatement};
pub use adjudicate::Question;
pub use card::{CARD_KIND, Card, CardError, Certificate, Denied, Duty, REVOKED_KIND, Revoked};
pub use cards::{MOST_WRONG, Opened, delay};
pub use close::Despite;
pub use cut::{Cutter, SheetCutter};
pub use disk::{Disk, RealDisk, TEMPORARY, write_durably};
pub use error::StationError;
pub use read::BallotReader;
pub use record::{ContestMarks, Reading, Record, Score};
pub use report::{Sealer, recorded};
pub use sane::{Sane, SaneError, SanePages, USUAL_OPTIONS};
pub use scan::{NOT_TAKEN_HERE, Outcome, Read, Reader, Sheet, Unreadable};
pub use slip::{Draw, draw};
pub use slots::{MOST_SLOTS, SLOT_BYTES, Slot, SlotError, Slots, slots_for};
pub use state::*;
pub use station::{Ground, OUT, Station};
pub use status::{RefusedSheet, StationStatus};
