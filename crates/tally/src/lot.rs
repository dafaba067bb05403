//! Lots: a tie that decides something is drawn by people, never by the program.

use std::collections::{BTreeMap, BTreeSet};

use election::{Coded, ContestId, Digest, ListId, OptionId};
use serde::{Deserialize, Serialize};

/// What a lot decides.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(tag = "stage", rename_all = "snake_case", deny_unknown_fields)]
pub enum LotStage {
    /// The last seats between lists (R.305); the lists drawn win them.
    ListSeats,
    /// The last seats of a list between its candidates (R.312); the candidates drawn win them.
    Candidates {
        /// The list.
        list: ListId,
    },
    /// The elected men of a list with the fewest votes; those drawn give way (R.329).
    GivesWay {
        /// The list.
        list: ListId,
        /// The step of the quota, 2 to 4.
        step: u8,
    },
    /// The not-elected women of a list with the most votes; those drawn come in (R.329).
    ComesIn {
        /// The list.
        list: ListId,
        /// The step of the quota, 2 or 3.
        step: u8,
    },
    /// Which list of equal votes is served first where a step stops at the quota (R.325).
    ServedFirst {
        /// The step of the quota, 2 or 3.
        step: u8,
    },
    /// Women of all lists with the most votes at step 4 (R.329); those drawn come in.
    QuotaStepFour,
    /// The last reserved seats of a community (R.331); the candidates drawn win them.
    Reserved {
        /// The community.
        community: String,
    },
    /// The last seats of a contest of candidates (R.312); the candidates drawn win them.
    Plurality,
}

/// The name of one lot: the same tie has the same id, another tie another one.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct LotId(pub String);

impl std::fmt::Display for LotId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.pad(&self.0)
    }
}

/// A lot that must be drawn before the allotment can go on.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct LotNeeded {
    /// What [`LotOutcome::id`] must say.
    pub id: LotId,
    /// What it decides.
    #[serde(flatten)]
    pub stage: LotStage,
    /// The contest.
    pub contest: ContestId,
    /// How many are drawn.
    pub seats: u64,
    /// Lists or candidates among whom they are drawn, sorted.
    pub between: Vec<OptionId>,
}

/// A lot that was drawn, as the record has it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LotOutcome {
    /// The id of the [`LotNeeded`].
    pub id: LotId,
    /// Who was drawn: exactly [`LotNeeded::seats`] of those between whom it was drawn.
    pub drawn: Vec<OptionId>,
}

impl LotStage {
    /// The stage as it enters the id of a lot.
    fn key(&self) -> String {
        match self {
            LotStage::ListSeats => "list_seats".into(),
            LotStage::Candidates { list } => format!("candidates {list}"),
            LotStage::GivesWay { list, step } => format!("gives_way {list} {step}"),
            LotStage::ComesIn { list, step } => format!("comes_in {list} {step}"),
            LotStage::ServedFirst { step } => format!("served_first {step}"),
            LotStage::QuotaStepFour => "quota_step_four".into(),
            LotStage::Reserved { community } => format!("reserved {community}"),
            LotStage::Plurality => "plurality".into(),
        }
    }

    /// The rule that asks for the lot.
    pub fn rule(&self) -> &'static str {
        match self {
            LotStage::ListSeats => "R.305",
            LotStage::Candidates { .. } | LotStage::Plurality => "R.312",
            LotStage::GivesWay { .. } | LotStage::ComesIn { .. } | LotStage::QuotaStepFour => "R.329",
            LotStage::ServedFirst { .. } => "R.325",
            LotStage::Reserved { .. } => "R.331",
        }
    }
}

impl LotNeeded {
    /// The lot of a tie. The votes of each are part of the id, so that a lot drawn on other
    /// figures is never taken for this one.
    pub fn new(stage: LotStage, contest: ContestId, seats: u64, between: &BTreeMap<OptionId, u64>) -> Self {
        let mut said = format!("sanad lot v1\n{}\n{contest}\n{seats}\n", stage.key());
        for (option, votes) in between {
            said.push_str(&format!("{option} {votes}\n"));
        }
        let mut id = Digest::of(said.as_bytes()).hex();
        id.truncate(16);
        LotNeeded { id: LotId(format!("lot_{id}")), stage, contest, seats, between: between.keys().cloned().collect() }
    }

    /// The outcome among `outcomes`; none where it is not drawn yet.
    pub fn drawn(&self, outcomes: &[LotOutcome]) -> Result<Option<BTreeSet<OptionId>>, LotError> {
        let Some(outcome) = outcomes.iter().find(|o| o.id == self.id) else { return Ok(None) };
        let drawn: BTreeSet<OptionId> = outcome.drawn.iter().cloned().collect();
        let fits = drawn.len() as u64 == self.seats
            && outcome.drawn.len() == drawn.len()
            && drawn.iter().all(|d| self.between.contains(d));
        if fits { Ok(Some(drawn)) } else { Err(LotError { id: self.id.clone(), seats: self.seats }) }
    }
}

/// The outcome of a lot does not fit it.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the outcome of {id} does not name exactly {seats} of those between whom it was drawn")]
pub struct LotError {
    /// The lot.
    pub id: LotId,
    /// How many were to be drawn.
    pub seats: u64,
}

impl Coded for LotError {
    fn code(&self) -> &'static str {
        "allot.lot"
    }

    fn next(&self) -> &'static str {
        "Enter the names that were drawn, as the minutes of the drawing have them."
    }
}
