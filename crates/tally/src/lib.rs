//! Marks → votes → totals → seats, with every step kept and told in words; the
//! account of a station's ballots; and the comparison of two channels.
//!
//! Everything here is exact and pure: integers and fractions, never a float, a
//! clock or a random number. A tie that matters is never resolved here; it is
//! returned as a lot that people must draw.

#![deny(
    clippy::float_arithmetic,
    clippy::float_cmp,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    clippy::disallowed_types,
    clippy::disallowed_methods,
    clippy::iter_over_hash_type
)]

pub mod account;
pub mod allot;
pub mod channels;
pub mod compare;
pub mod lot;
pub mod options;
pub mod rules;
pub mod seats;
pub mod sums;
#[cfg(test)]
mod testing;
pub mod totals;
pub mod vote;
pub mod withdrawn;
mod words;

pub use allot::{Allotment, Elected, Rulings, SeatKind, Step, allot};
pub use lot::{LotId, LotNeeded, LotOutcome, LotStage};
pub use options::{ContestOptions, Place};
pub use sums::{Ballot, Sums};
pub use totals::{ContestTotals, Totals, TotalsError};
pub use vote::{InvalidReason, SetAside, Vote, vote};
pub use withdrawn::Withdrawn;
pub use words::Words;
