//! The totals of one station: `data/results.json`, and the arithmetic they must satisfy.

use std::collections::BTreeMap;

use election::{Coded, ContestId, ContestKind, Definition, DeviceId, ListId, OptionId, Scope, StationId};
use serde::{Deserialize, Serialize};
use sign::canonical::{self, CanonicalError};

use crate::Salt;

/// What became of every ballot paper of a station. All counts are of papers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BallotAccount {
    /// Voters registered (or ballots delivered, at a station without a list): the bound of `used`.
    pub registered: u32,
    /// Voters checked in, where a verification device counts them.
    pub checked_in: Option<u32>,
    /// Papers received: `used + spoiled + unused`.
    pub received: u32,
    /// Papers in the box: `cast + unread`.
    pub used: u32,
    /// Papers spoiled and replaced.
    pub spoiled: u32,
    /// Papers left over.
    pub unused: u32,
    /// Papers counted: `valid + blank + invalid`.
    pub cast: u32,
    /// Papers with a valid vote.
    pub valid: u32,
    /// Papers without a mark.
    pub blank: u32,
    /// Papers with marks that are no vote.
    pub invalid: u32,
    /// Papers in the box that could not be read and wait for people.
    pub unread: u32,
}

/// The totals of one contest at one station.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ContestResults {
    /// The contest.
    pub contest: ContestId,
    /// Ballots with this contest: `valid + blank + invalid`.
    pub ballots: u32,
    /// Ballots with a valid vote in it.
    pub valid: u32,
    /// Ballots without a mark in it.
    pub blank: u32,
    /// Ballots whose marks in it are no vote.
    pub invalid: u32,
    /// Votes of every list and every candidate of the contest, zeros included: a list's votes
    /// under its id, a candidate's personal votes under the candidate's.
    pub votes: BTreeMap<OptionId, u32>,
}

/// The totals of one count of one station: `data/results.json`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StationResults {
    /// Election, round and mode.
    pub scope: Scope,
    /// The station.
    pub station: StationId,
    /// The device that counted.
    pub device: DeviceId,
    /// The generation of the count, from 1.
    pub generation: u16,
    /// Keeps the hash of few figures from being guessed.
    pub salt: Salt,
    /// The papers.
    pub account: BallotAccount,
    /// The contests, in the order of the definition.
    pub contests: Vec<ContestResults>,
}

impl StationResults {
    /// The bytes of `results.json`.
    pub fn to_bytes(&self) -> Vec<u8> {
        canonical::to_bytes(self).expect("string keys only")
    }

    /// Reads `results.json` in its one form.
    ///
    /// # Errors
    /// [`CanonicalError`].
    pub fn parse(bytes: &[u8]) -> Result<Self, CanonicalError> {
        canonical::from_bytes(bytes)
    }

    /// Everything wrong with the figures, in a fixed order; none of it wraps or panics.
    pub fn inconsistencies(&self, _expected: &Expected) -> Vec<Inconsistency> {
        unimplemented!()
    }

    /// The contest's totals.
    pub fn contest(&self, id: &ContestId) -> Option<&ContestResults> {
        self.contests.iter().find(|c| &c.contest == id)
    }

    /// The results of a device that has counted nothing: the content of `data/zero.json`.
    pub fn zero(expected: &Expected, scope: &Scope, device: &DeviceId, generation: u16, salt: Salt) -> Self {
        let contests = expected.contests.iter().map(|c| ContestResults {
            contest: c.contest.clone(),
            ballots: 0,
            valid: 0,
            blank: 0,
            invalid: 0,
            votes: c.options.keys().map(|option| (option.clone(), 0)).collect(),
        });
        StationResults {
            scope: scope.clone(),
            station: expected.station.clone(),
            device: device.clone(),
            generation,
            salt,
            account: BallotAccount { registered: expected.registered, ..BallotAccount::default() },
            contests: contests.collect(),
        }
    }
}

/// What the definition says of one contest.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExpectedContest {
    /// The contest.
    pub contest: ContestId,
    /// What may be marked.
    pub kind: ContestKind,
    /// Everything votes are counted for, and the list of those that are candidates of one.
    pub options: BTreeMap<OptionId, Option<ListId>>,
}

/// What the definition says of a station, taken out once so that checking is quick.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Expected {
    /// The station.
    pub station: StationId,
    /// The bound on its ballots: its own and those of the stations counted with it.
    pub registered: u32,
    /// Its contests, in the order of the definition.
    pub contests: Vec<ExpectedContest>,
}

impl Expected {
    /// What `definition` says of `station`; `None` if it is not in it.
    pub fn of(definition: &Definition, station: &StationId) -> Option<Self> {
        let found = definition.station(station)?;
        let counted_with = definition.stations.iter().filter(|s| s.count_with.as_ref() == Some(station));
        let registered = counted_with.map(|s| s.registered).fold(found.registered, u32::saturating_add);
        let contests = definition.contests_at(found).map(|contest| {
            let lists = definition.lists_of(&contest.id).map(|list| (OptionId::from(&list.id), None));
            let candidates = definition.candidates_of(&contest.id).map(|c| (OptionId::from(&c.id), c.list.clone()));
            ExpectedContest {
                contest: contest.id.clone(),
                kind: contest.kind,
                options: lists.chain(candidates).collect(),
            }
        });
        Some(Expected { station: station.clone(), registered, contests: contests.collect() })
    }
}

/// A figure that cannot be: the package may be authentic, and is never added.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Inconsistency {
    /// `received ≠ used + spoiled + unused`, `used ≠ cast + unread` or `cast ≠ valid + blank + invalid`.
    #[error("the ballot account does not add up: {0}")]
    Account(&'static str),
    /// More ballots than the bound, or another bound than the definition's.
    #[error("{used} ballots were used, {registered} are registered")]
    Registered {
        /// Papers used, or the bound the results state.
        used: u32,
        /// The bound of the definition.
        registered: u32,
    },
    /// The results state another number of registered voters than the definition.
    #[error("the results state {stated} registered, the definition {registered}")]
    Bound {
        /// As stated.
        stated: u32,
        /// As defined.
        registered: u32,
    },
    /// More ballots than voters checked in.
    #[error("{used} ballots were used, {checked_in} voters checked in")]
    CheckedIn {
        /// Papers used.
        used: u32,
        /// Voters checked in.
        checked_in: u32,
    },
    /// A contest that this station does not have.
    #[error("contest {0} is not one of this station")]
    UnknownContest(ContestId),
    /// A contest without totals.
    #[error("contest {0} has no totals")]
    MissingContest(ContestId),
    /// A contest twice, or the contests in another order than the definition's.
    #[error("contest {0} stands twice or out of order")]
    DuplicateContest(ContestId),
    /// A list or candidate that the contest does not have.
    #[error("contest {0} has no list or candidate {1}")]
    UnknownOption(ContestId, OptionId),
    /// A list or candidate without a figure.
    #[error("contest {0} has no figure for {1}")]
    MissingOption(ContestId, OptionId),
    /// `ballots ≠ valid + blank + invalid`, or more ballots than were cast.
    #[error("the ballots of contest {0} do not add up")]
    Ballots(ContestId),
    /// More votes than valid ballots can hold, or lists that do not add up to the valid ballots.
    #[error("the votes of contest {0} do not add up: {1}")]
    Votes(ContestId, String),
    /// The zero report is not zero, or is not of this count.
    #[error("the zero report is not zero, or is of another count")]
    Zero,
    /// The cast vote records do not add up to the totals.
    #[error("the cast vote records do not add up to the results: {0}")]
    Records(String),
    /// There are not as many images as cast vote records.
    #[error("{images} images and {records} cast vote records")]
    Images {
        /// Front images.
        images: usize,
        /// Cast vote records.
        records: usize,
    },
    /// The slip in the package states other figures.
    #[error("the slip states other figures than the results: {0}")]
    Slip(String),
}

impl Coded for Inconsistency {
    fn code(&self) -> &'static str {
        match self {
            Inconsistency::Account(_) => "figures.account",
            Inconsistency::Registered { .. } => "figures.registered",
            Inconsistency::Bound { .. } => "figures.bound",
            Inconsistency::CheckedIn { .. } => "figures.checked_in",
            Inconsistency::UnknownContest(_) => "figures.contest_unknown",
            Inconsistency::MissingContest(_) => "figures.contest_missing",
            Inconsistency::DuplicateContest(_) => "figures.contest_duplicate",
            Inconsistency::UnknownOption(..) => "figures.option_unknown",
            Inconsistency::MissingOption(..) => "figures.option_missing",
            Inconsistency::Ballots(_) => "figures.ballots",
            Inconsistency::Votes(..) => "figures.votes",
            Inconsistency::Zero => "figures.zero",
            Inconsistency::Records(_) => "figures.records",
            Inconsistency::Images { .. } => "figures.images",
            Inconsistency::Slip(_) => "figures.slip",
        }
    }

    fn next(&self) -> &'static str {
        "Do not add the station; keep the package and reconcile it with the slip, the images and the paper."
    }
}
