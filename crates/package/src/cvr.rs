//! `data/cvr.json`: cast vote records in the JSON of NIST SP 1500-103 version 1.

use std::collections::BTreeMap;

use election::{ContestId, DeviceId, OptionId, Scope, StationId, StyleId};
use serde::{Deserialize, Serialize};

use crate::{ContestResults, Salt};

/// What one contest on one sheet is.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RecordContest {
    /// The contest.
    pub contest: ContestId,
    /// Valid, blank or invalid.
    pub outcome: Outcome,
    /// The options that are marked, sorted.
    pub marked: Vec<OptionId>,
    /// What the vote counts for, sorted: lists and candidates by id; empty unless valid.
    pub counted: Vec<OptionId>,
    /// Two people settled a doubtful mark, so that a re-reading of the image may differ.
    pub settled: bool,
}

/// What the marks in a contest are.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// A vote.
    Valid,
    /// No mark.
    Blank,
    /// Marks that are no vote, and the rule's word for why (`[a-z0-9_.-]`, at most 40).
    Invalid(String),
}

/// One scanned sheet. Its place among the others says nothing of when it was cast.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CastVoteRecord {
    /// The ballot style.
    pub style: StyleId,
    /// The sheet, from 1.
    pub sheet: u8,
    /// The contests on it, in the order of the definition.
    pub contests: Vec<RecordContest>,
}

/// All records of one count.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Records {
    /// Election, round and mode.
    pub scope: Scope,
    /// The station.
    pub station: StationId,
    /// The device.
    pub device: DeviceId,
    /// The generation.
    pub generation: u16,
    /// A salt of its own.
    pub salt: Salt,
    /// The records, sorted; the image of record `i` (from 0) has the number `i + 1`.
    pub records: Vec<CastVoteRecord>,
}

/// Why a cast vote record file is refused.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CvrError {
    /// Not the JSON in its one form.
    #[error("the cast vote records: {0}")]
    Json(#[from] sign::canonical::CanonicalError),
    /// JSON of the standard that this software does not write.
    #[error("the cast vote records hold something that belongs elsewhere: {0}")]
    Content(&'static str),
    /// Not sorted by content.
    #[error("the cast vote records are not sorted")]
    Order,
}

impl election::Coded for CvrError {
    fn code(&self) -> &'static str {
        match self {
            CvrError::Json(error) => error.code(),
            CvrError::Content(_) => "cvr.content",
            CvrError::Order => "cvr.order",
        }
    }

    fn next(&self) -> &'static str {
        "Do not add the station; keep the package and reconcile it with the images and the paper."
    }
}

impl Records {
    /// The bytes of `cvr.json`.
    pub fn to_bytes(&self) -> Vec<u8> {
        unimplemented!()
    }

    /// Reads `cvr.json` in its one form.
    ///
    /// # Errors
    /// [`CvrError`].
    pub fn parse(_bytes: &[u8]) -> Result<Self, CvrError> {
        unimplemented!()
    }

    /// The records added up: per contest the ballots by outcome and the votes counted (options without a vote are absent).
    pub fn totals(&self) -> BTreeMap<ContestId, ContestResults> {
        unimplemented!()
    }

    /// Ballots: a voter's sheets are counted once, as the most records of any one sheet number.
    pub fn ballots(&self) -> usize {
        unimplemented!()
    }
}
