//! Lots: a tie that decides something is drawn by people, never by the program.

use election::{ContestId, Digest, ListId, OptionId};
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
    /// The elected men of a list with the fewest votes; those drawn give way (R.322 to R.324).
    GivesWay {
        /// The list.
        list: ListId,
        /// The step of the quota, 2 to 4.
        step: u8,
    },
    /// The not-elected women of a list with the most votes; those drawn come in (R.322, R.323).
    ComesIn {
        /// The list.
        list: ListId,
        /// The step of the quota, 2 or 3.
        step: u8,
    },
    /// Which list of equal votes is served first at step 3 (R.325).
    ServedFirst,
    /// Women of all lists with the most votes at step 4 (R.324); those drawn come in.
    QuotaStepFour,
    /// The last reserved seats of a community (R.330); the candidates drawn win them.
    Reserved {
        /// The community.
        community: String,
    },
    /// The last seats of a contest of candidates (R.340); the candidates drawn win them.
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

impl LotNeeded {
    /// The lot of a tie. `votes` is the figure at which they are equal; it is part of the
    /// id, so that a lot drawn on other figures is never taken for this one.
    pub fn new(stage: LotStage, contest: ContestId, seats: u64, mut between: Vec<OptionId>, votes: u64) -> Self {
        between.sort();
        between.dedup();
        let mut said = format!("sanad lot v1\n{stage:?}\n{contest}\n{seats}\n{votes}\n");
        for option in &between {
            said.push_str(option.as_str());
            said.push('\n');
        }
        let mut id = Digest::of(said.as_bytes()).hex();
        id.truncate(16);
        LotNeeded { id: LotId(format!("lot_{id}")), stage, contest, seats, between }
    }
}
