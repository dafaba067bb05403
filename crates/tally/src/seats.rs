//! Votes to seats: highest averages and largest remainders, exactly.

use std::collections::{BTreeMap, BTreeSet};

use election::{Coded, Fraction, SeatMethod};
use serde::Serialize;

/// The most seats one apportionment fills.
pub const MOST_SEATS: u64 = 10_000;
/// The most lists that compete in one.
pub const MOST_LISTS: usize = 10_000;

/// One quotient (or, with Hare, one share) that was compared.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Quotient<I> {
    /// The list.
    pub who: I,
    /// Its votes.
    pub votes: u64,
    /// What they are divided by: the divisor, or the Hare quota for the votes that are left as a remainder.
    pub divisor: Fraction,
    /// From 1; equal quotients have equal ranks.
    pub rank: u64,
    /// Did it win a seat?
    pub won: bool,
    /// Is it one of a tie for the last seats?
    pub tied: bool,
}

/// A tie for the last seats.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Tie<I> {
    /// How many seats are to be drawn.
    pub seats: u64,
    /// Between whom, sorted.
    pub between: Vec<I>,
}

/// The outcome of a lot: for the tie between exactly `between`, `drawn` win the seats.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Lot<I> {
    /// Between whom it was drawn.
    pub between: BTreeSet<I>,
    /// Who was drawn.
    pub drawn: BTreeSet<I>,
}

/// Who gets how many seats, and why.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Apportionment<I: Ord> {
    /// Seats of every list, zeros included; without those that still need a lot.
    pub seats: BTreeMap<I, u64>,
    /// The ties that still need one.
    #[serde(rename = "lots")]
    pub lots_needed: Vec<Tie<I>>,
    /// Every quotient that was compared, the highest first.
    pub quotients: Vec<Quotient<I>>,
    /// Lists below the threshold.
    pub below_threshold: Vec<I>,
    /// Lists that would have won a further seat but had no candidate left.
    pub short: Vec<I>,
    /// Seats that nobody can take: no list has a vote, or none has a candidate left.
    pub vacant: u64,
}

/// Why votes cannot become seats.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SeatsError {
    /// Too many seats or lists.
    #[error("{what}: {given} is beyond the bound of {most}")]
    TooMany {
        /// "seats" or "lists".
        what: &'static str,
        /// How many.
        given: u64,
        /// How many at most.
        most: u64,
    },
    /// A first divisor of 3 or more.
    #[error("the first divisor {0} is not below the second, 3")]
    FirstDivisor(Fraction),
    /// The votes together do not fit 64 bits.
    #[error("the votes together are beyond 64 bits")]
    Overflow,
    /// The outcome of a lot names other lists than the tie, or too few or many.
    #[error("a lot for {seats} of {between} was given {drawn} names, or others than the tie's")]
    Lot {
        /// Seats to be drawn.
        seats: u64,
        /// Lists that are tied.
        between: usize,
        /// Names drawn.
        drawn: usize,
    },
}

impl Coded for SeatsError {
    fn code(&self) -> &'static str {
        match self {
            SeatsError::TooMany { .. } => "seats.too_many",
            SeatsError::FirstDivisor(_) => "seats.first_divisor",
            SeatsError::Overflow => "seats.overflow",
            SeatsError::Lot { .. } => "seats.lot",
        }
    }

    fn next(&self) -> &'static str {
        match self {
            SeatsError::TooMany { .. } => "Check the figure; no parliament is that large.",
            SeatsError::FirstDivisor(_) => "Write a first divisor below 3, such as sainte-lague:1.7.",
            SeatsError::Overflow => "Look for the figure that is beyond all reason; it is not a count.",
            SeatsError::Lot { .. } => {
                "Draw the lot between exactly those named, and enter as many names as there are seats."
            }
        }
    }
}

/// Votes to seats. `threshold` is a share of the sum of `votes`; met exactly, it counts.
pub fn apportion<I: Ord + Clone>(
    votes: &BTreeMap<I, u64>,
    seats: u64,
    method: SeatMethod,
    threshold: Option<Fraction>,
    lots: &[Lot<I>],
) -> Result<Apportionment<I>, SeatsError> {
    let _ = (votes, seats, method, threshold, lots);
    unimplemented!()
}
