//! The steps of an allotment: what was done, to whom, by which rule. How each is told is in `say`.

use election::{
    FewWomen, Fraction, OptionId, QuotaOrder, QuotaOvershoot, SeatMethod, ShortList, Text, ThresholdOf, ThresholdOver,
    ThresholdUnmet, TiesOfCandidates, TiesOfLists, WithdrawnVotes,
};
use serde::Serialize;

use crate::lot::{LotNeeded, LotStage};

/// A list or candidate as a step names it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Who {
    /// The id.
    pub id: OptionId,
    /// The name.
    pub name: Text,
    /// The votes, personal ones of a candidate.
    pub votes: u64,
}

/// One step of an allotment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
#[expect(missing_docs, reason = "the fields are what each variant's sentence says")]
pub enum Step {
    /// R.306: nobody has a valid vote.
    NoVotes { seats: u64 },
    /// R.313: a candidate of a list withdrew after printing; `votes` are the marks as counted.
    Withdrawn { candidate: Who },
    /// R.313: a candidate of a contest without lists withdrew.
    CandidateWithdrawn { candidate: Who },
    /// R.314: a list withdrew.
    ListWithdrawn { list: Who },
    /// R.315: what the votes of those are worth; the contest's valid votes before and after.
    VotesOfWithdrawn { votes: u64, before: u64, after: u64, choice: WithdrawnVotes },
    /// R.302: a list stays below the threshold; `votes` are those that are compared.
    BelowThreshold { list: Who, threshold: Fraction, of: u64, base: ThresholdOf, over: ThresholdOver },
    /// R.302: no list reaches it; the rule file chose what happens.
    ThresholdUnmet { threshold: Fraction, choice: ThresholdUnmet },
    /// R.303: one seat, won by the highest quotient left.
    Seat { number: u64, of: u64, list: Who, divisor: Fraction, tied: bool },
    /// R.304: seats of whole quotas.
    WholeQuotas { list: Who, quota: Fraction, whole: u64 },
    /// R.304: one seat, won by the largest remainder left.
    Remainder { number: u64, of: u64, list: Who, quota: Fraction, whole: u64, tied: bool },
    /// R.303 or R.304: the highest of those that won no seat.
    FirstWithout { rule: &'static str, list: Who, divisor: Fraction, whole: u64 },
    /// R.309: a tie between lists that their votes decided.
    TieByVotes { seats: u64, between: Vec<Who> },
    /// R.303 or R.304: all seats of a list.
    ListSeats { list: Who, seats: u64, method: SeatMethod },
    /// R.307: a list has fewer candidates than seats; the rule file chose what happens.
    ShortList { list: Who, candidates: u64, choice: ShortList, vacant: u64 },
    /// R.308: seats for which there is no candidate or no list.
    Vacant { seats: u64 },
    /// A lot that must be drawn.
    LotRequired { lot: LotNeeded, between: Vec<Who> },
    /// A lot that was drawn.
    LotDrawn { lot: LotNeeded, between: Vec<Who>, drawn: Vec<Who> },
    /// R.316: a tie between candidates that their order decided; `chosen` are those who are taken, or who give way.
    TieByOrder { stage: LotStage, between: Vec<Who>, chosen: Vec<Who> },
    /// R.310, R.311 or R.340: a candidate takes a seat.
    Elected { rule: &'static str, candidate: Who, list: Option<Who> },
    /// R.320: how many women the quota asks for.
    QuotaOwed { seats: u64, owed: u64, elected: u64 },
    /// R.321: step 1, enough women are elected directly.
    QuotaEnough { owed: u64, elected: u64 },
    /// R.322 or R.323: what a list owes at step 2 or 3.
    ListOwes { step: u8, list: Who, seats: u64, owed: u64, has: u64 },
    /// R.326: a list cannot pay what it owes; the rule file chose what happens, and `owed` is the quota after it.
    TooFewWomen { step: u8, list: Who, short: u64, choice: FewWomen, owed: u64 },
    /// R.322, R.323 or R.324: a woman takes the seat of a man of her list.
    Replaced { rule: &'static str, list: Who, leaves: Who, enters: Who },
    /// R.325: a step is due more women than are still owed; the rule file chose.
    Overshoot { step: u8, due: u64, left: u64, choice: QuotaOvershoot, order: QuotaOrder },
    /// R.320: the quota is met, or more than met, after a step.
    QuotaMet { step: u8, owed: u64, elected: u64 },
    /// R.327: nobody is left who could come in.
    QuotaUnfilled { short: u64 },
    /// R.328: the quota needs personal votes within lists, which this contest does not have.
    QuotaNotApplied,
    /// R.330: a reserved seat.
    Reserved { community: Text, candidate: Who },
}

impl Step {
    /// The number of the rule it applies.
    pub fn rule(&self) -> &'static str {
        match self {
            Step::NoVotes { .. } => "R.306",
            Step::Withdrawn { .. } | Step::CandidateWithdrawn { .. } => "R.313",
            Step::ListWithdrawn { .. } => "R.314",
            Step::VotesOfWithdrawn { .. } => "R.315",
            Step::BelowThreshold { .. } | Step::ThresholdUnmet { .. } => "R.302",
            Step::Seat { .. } => "R.303",
            Step::WholeQuotas { .. } | Step::Remainder { .. } => "R.304",
            Step::ListSeats { method: SeatMethod::Hare, .. } => "R.304",
            Step::ListSeats { .. } => "R.303",
            Step::FirstWithout { rule, .. } | Step::Elected { rule, .. } | Step::Replaced { rule, .. } => rule,
            Step::TieByVotes { .. } => "R.309",
            Step::ShortList { .. } => "R.307",
            Step::Vacant { .. } => "R.308",
            Step::LotRequired { lot, .. } | Step::LotDrawn { lot, .. } => lot.stage.rule(),
            Step::TieByOrder { .. } => "R.316",
            Step::QuotaOwed { .. } | Step::QuotaMet { .. } => "R.320",
            Step::QuotaEnough { .. } => "R.321",
            Step::ListOwes { step: 2, .. } => "R.322",
            Step::ListOwes { .. } => "R.323",
            Step::TooFewWomen { .. } => "R.326",
            Step::Overshoot { .. } => "R.325",
            Step::QuotaUnfilled { .. } => "R.327",
            Step::QuotaNotApplied => "R.328",
            Step::Reserved { .. } => "R.330",
        }
    }

    /// The choice of the rule file that the step applied where the law is silent: its key and its word.
    pub fn choice(&self) -> Option<(&'static str, &'static str)> {
        match self {
            Step::VotesOfWithdrawn { choice, .. } => Some(("votes.withdrawn", choice.as_str())),
            Step::ThresholdUnmet { choice, .. } => Some(("seats.threshold_unmet", choice.as_str())),
            Step::TieByVotes { .. } => Some(("seats.ties_of_lists", TiesOfLists::MostVotes.as_str())),
            Step::TieByOrder { .. } => Some(("seats.ties_of_candidates", TiesOfCandidates::ListOrder.as_str())),
            Step::ShortList { choice, .. } => Some(("seats.short_list", choice.as_str())),
            Step::TooFewWomen { choice, .. } => Some(("seats.quota_few_women", choice.as_str())),
            Step::Overshoot { step: 2, choice, .. } => Some(("seats.quota_overshoot_step_2", choice.as_str())),
            Step::Overshoot { choice, .. } => Some(("seats.quota_overshoot", choice.as_str())),
            _ => None,
        }
    }
}
