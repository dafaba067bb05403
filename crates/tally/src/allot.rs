//! Totals of a contest to the people who are elected, every step kept.

use election::{CandidateId, Contest, ContestId, Definition, Lang, ListId, OptionId};
use serde::Serialize;

use crate::lot::{LotNeeded, LotOutcome};
use crate::seats::Quotient;
use crate::{ContestTotals, TotalsError};

/// The kind of a seat.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum SeatKind {
    /// A general seat, won by votes.
    General,
    /// A general seat that a woman took by the quota.
    Women,
    /// A seat kept for a community.
    Reserved {
        /// The community.
        community: String,
    },
}

/// A person who is elected.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Elected {
    /// The candidate.
    pub candidate: CandidateId,
    /// The list.
    pub list: Option<ListId>,
    /// Personal votes.
    pub votes: u64,
    /// The kind of seat.
    pub seat_kind: SeatKind,
    /// The rule that brought them in, such as `R.310`.
    pub step: &'static str,
}

/// One step of an allotment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Step {
    /// The rule it applies.
    pub rule: &'static str,
}

impl Step {
    /// The step in words.
    pub fn say(&self, _lang: Lang) -> String {
        unimplemented!()
    }
}

/// Who is elected in a contest, and how it came to it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Allotment {
    /// The contest.
    pub contest: ContestId,
    /// Seats of each list, zeros included; general seats only.
    pub list_seats: std::collections::BTreeMap<ListId, u64>,
    /// Every step, in order.
    pub steps: Vec<Step>,
    /// Who is elected, by list and votes. Final only where no lot is needed.
    pub elected: Vec<Elected>,
    /// Seats that nobody takes.
    pub vacant: u64,
    /// Every quotient that was compared.
    pub quotients: Vec<Quotient<OptionId>>,
    /// Lots that must be drawn; the allotment stops before them.
    pub lots_needed: Vec<LotNeeded>,
}

/// Why a contest cannot be allotted.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AllotError {
    /// The figures are not the contest's.
    #[error(transparent)]
    Totals(#[from] TotalsError),
    /// The seats of lists cannot be computed.
    #[error(transparent)]
    Seats(#[from] crate::seats::SeatsError),
    /// The outcome of a lot does not fit the lot.
    #[error("the outcome of lot {0} does not name {1} of those between whom it was drawn")]
    Lot(crate::LotId, u64),
}

/// Allots the seats of `contest`. `lots` are the outcomes known so far; those that fit no tie are ignored.
pub fn allot(
    def: &Definition,
    contest: &Contest,
    totals: &ContestTotals,
    lots: &[LotOutcome],
) -> Result<Allotment, AllotError> {
    let _ = (def, contest, totals, lots);
    unimplemented!()
}
