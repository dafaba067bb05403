//! Counting ballots of a station, and adding what stations counted. Checked: nothing wraps, nothing is added twice.

use std::collections::{BTreeMap, BTreeSet};

use election::{Coded, ConstituencyId, Contest, ContestId, Definition, OfficeId, OptionId, StationId};
use serde::{Deserialize, Serialize};

use crate::vote::{InvalidReason, SetAside, Vote, vote};

/// What was counted in one contest, at one station or at many.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ContestTotals {
    /// Ballots that carry the contest.
    pub ballots: u64,
    /// Ballots with a valid vote in it.
    pub valid: u64,
    /// Ballots without a mark in it.
    pub blank: u64,
    /// Ballots with marks that are worth nothing.
    pub invalid: u64,
    /// Votes of every list and personal votes of every candidate, zeros included.
    pub votes: BTreeMap<OptionId, u64>,
}

/// Why figures cannot be added.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TotalsError {
    /// A sum does not fit 64 bits.
    #[error("the sum for {0} is beyond 64 bits")]
    Overflow(String),
    /// Figures for an option that the contest does not have, or none for one it has.
    #[error("contest {contest}: the figures are not those of its lists and candidates; '{option}' is {how}")]
    Options {
        /// The contest.
        contest: ContestId,
        /// The first option that is too many or missing.
        option: OptionId,
        /// "missing" or "not among them".
        how: &'static str,
    },
    /// The station is not in the definition.
    #[error("there is no station {0} in the definition")]
    NoStation(StationId),
    /// The station does not take ballots of the contest.
    #[error("station {station} takes no ballots of contest {contest}")]
    NotThere {
        /// The station.
        station: StationId,
        /// The contest.
        contest: ContestId,
    },
    /// The same station's figures for the same contest a second time.
    #[error("station {station} was already added for contest {contest}")]
    Twice {
        /// The station.
        station: StationId,
        /// The contest.
        contest: ContestId,
    },
}

impl Coded for TotalsError {
    fn code(&self) -> &'static str {
        match self {
            TotalsError::Overflow(_) => "totals.overflow",
            TotalsError::Options { .. } => "totals.options",
            TotalsError::NoStation(_) => "totals.no_station",
            TotalsError::NotThere { .. } => "totals.not_there",
            TotalsError::Twice { .. } => "totals.twice",
        }
    }

    fn next(&self) -> &'static str {
        match self {
            TotalsError::Overflow(_) => "Look for the station whose figure is beyond all reason; it is not a count.",
            TotalsError::Options { .. } => {
                "Check that the device ran this election's definition; its fingerprint is on the slip."
            }
            TotalsError::NoStation(_) => "Compare the station's id with stations.csv of the frozen definition.",
            TotalsError::NotThere { .. } => "Compare the station's constituencies in stations.csv with its results.",
            TotalsError::Twice { .. } => {
                "Add each station once; a later generation replaces the earlier one before adding."
            }
        }
    }
}

impl ContestTotals {
    /// Nothing counted yet: every list and candidate of the contest with zero.
    pub fn zero(def: &Definition, contest: &ContestId) -> Self {
        ContestTotals { votes: def.counted_in(contest).into_iter().map(|o| (o, 0)).collect(), ..Default::default() }
    }

    /// The votes of an option; zero where it has none.
    pub fn votes_of(&self, option: &str) -> u64 {
        option.parse().ok().and_then(|o: OptionId| self.votes.get(&o).copied()).unwrap_or(0)
    }

    /// Adds one ballot.
    pub fn record(&mut self, vote: &Vote) -> Result<(), TotalsError> {
        bump(&mut self.ballots, 1, "ballots")?;
        match vote {
            Vote::Blank => bump(&mut self.blank, 1, "blank"),
            Vote::Invalid(_) => bump(&mut self.invalid, 1, "invalid"),
            Vote::List { list, candidate, set_aside } => {
                bump(&mut self.valid, 1, "valid")?;
                self.bump(OptionId::from(list))?;
                let marked = match set_aside {
                    Some(SetAside::Withdrawn(withdrawn)) => Some(withdrawn),
                    _ => candidate.as_ref(),
                };
                marked.map_or(Ok(()), |c| self.bump(OptionId::from(c)))
            }
            Vote::Candidates(chosen) => {
                bump(&mut self.valid, 1, "valid")?;
                chosen.iter().try_for_each(|c| self.bump(OptionId::from(c)))
            }
        }
    }

    /// Adds what was counted elsewhere in the same contest.
    pub fn add(&mut self, other: &ContestTotals) -> Result<(), TotalsError> {
        bump(&mut self.ballots, other.ballots, "ballots")?;
        bump(&mut self.valid, other.valid, "valid")?;
        bump(&mut self.blank, other.blank, "blank")?;
        bump(&mut self.invalid, other.invalid, "invalid")?;
        for (option, votes) in &other.votes {
            bump(self.votes.entry(option.clone()).or_default(), *votes, option.as_str())?;
        }
        Ok(())
    }

    /// Are there figures for exactly the lists and candidates of the contest?
    pub fn check_options(&self, def: &Definition, contest: &ContestId) -> Result<(), TotalsError> {
        let expected: BTreeSet<OptionId> = def.counted_in(contest).into_iter().collect();
        let wrong =
            |option: &OptionId, how| TotalsError::Options { contest: contest.clone(), option: option.clone(), how };
        if let Some(option) = expected.iter().find(|o| !self.votes.contains_key(*o)) {
            return Err(wrong(option, "missing"));
        }
        match self.votes.keys().find(|o| !expected.contains(*o)) {
            Some(option) => Err(wrong(option, "not among them")),
            None => Ok(()),
        }
    }

    fn bump(&mut self, option: OptionId) -> Result<(), TotalsError> {
        let name = option.to_string();
        bump(self.votes.entry(option).or_default(), 1, &name)
    }
}

fn bump(figure: &mut u64, by: u64, name: &str) -> Result<(), TotalsError> {
    *figure = figure.checked_add(by).ok_or_else(|| TotalsError::Overflow(name.to_owned()))?;
    Ok(())
}

/// What one station's ballots of a contest come to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Count {
    /// The figures.
    pub totals: ContestTotals,
    /// Why the invalid ones are.
    pub reasons: BTreeMap<InvalidReason, u64>,
}

/// Counts ballots: the marks of each in `contest`, in any order.
pub fn count<'a>(
    def: &Definition,
    contest: &Contest,
    ballots: impl IntoIterator<Item = &'a [OptionId]>,
) -> Result<Count, TotalsError> {
    let mut count = Count { totals: ContestTotals::zero(def, &contest.id), reasons: BTreeMap::new() };
    for marked in ballots {
        let vote = vote(def, contest, marked);
        if let Vote::Invalid(reason) = vote {
            bump(count.reasons.entry(reason).or_default(), 1, reason.code())?;
        }
        count.totals.record(&vote)?;
    }
    Ok(count)
}

/// Totals of many stations: by station, office and contest. The order of adding makes no difference.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Totals {
    stations: BTreeMap<StationId, Known>,
    constituencies: BTreeMap<ContestId, ConstituencyId>,
    by_contest: BTreeMap<ContestId, ContestTotals>,
    by_office: BTreeMap<(OfficeId, ContestId), ContestTotals>,
    by_station: BTreeMap<(StationId, ContestId), ContestTotals>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Known {
    office: OfficeId,
    constituencies: BTreeSet<ConstituencyId>,
}

impl Totals {
    /// No station added yet: every contest with zeros.
    pub fn new(def: &Definition) -> Self {
        let known = |s: &election::Station| Known {
            office: s.office.clone(),
            constituencies: s.constituencies.iter().cloned().collect(),
        };
        Totals {
            stations: def.stations.iter().map(|s| (s.id.clone(), known(s))).collect(),
            constituencies: def.contests.iter().map(|c| (c.id.clone(), c.constituency.clone())).collect(),
            by_contest: def.contests.iter().map(|c| (c.id.clone(), ContestTotals::zero(def, &c.id))).collect(),
            ..Default::default()
        }
    }

    /// Adds one station's figures of one contest; refuses a second time and foreign options.
    /// After an error nothing has been added.
    pub fn add(
        &mut self,
        station: &StationId,
        contest: &ContestId,
        figures: &ContestTotals,
    ) -> Result<(), TotalsError> {
        let known = self.stations.get(station).ok_or_else(|| TotalsError::NoStation(station.clone()))?;
        let at = || TotalsError::NotThere { station: station.clone(), contest: contest.clone() };
        let constituency = self.constituencies.get(contest).ok_or_else(at)?;
        if !known.constituencies.contains(constituency) {
            return Err(at());
        }
        let key = (station.clone(), contest.clone());
        if self.by_station.contains_key(&key) {
            return Err(TotalsError::Twice { station: station.clone(), contest: contest.clone() });
        }
        let total = self.by_contest.get_mut(contest).ok_or_else(at)?;
        if let Some(option) = total.votes.keys().find(|o| !figures.votes.contains_key(*o)) {
            return Err(TotalsError::Options { contest: contest.clone(), option: option.clone(), how: "missing" });
        }
        if let Some(option) = figures.votes.keys().find(|o| !total.votes.contains_key(*o)) {
            return Err(TotalsError::Options {
                contest: contest.clone(),
                option: option.clone(),
                how: "not among them",
            });
        }
        let mut sum = total.clone();
        sum.add(figures)?;
        // An office's sum is at most the contest's, so this cannot fail after the contest's has not.
        self.by_office.entry((known.office.clone(), contest.clone())).or_default().add(figures)?;
        *total = sum;
        self.by_station.insert(key, figures.clone());
        Ok(())
    }

    /// The totals of a contest.
    pub fn contest(&self, contest: &ContestId) -> Option<&ContestTotals> {
        self.by_contest.get(contest)
    }

    /// Every contest with its totals, by id.
    pub fn contests(&self) -> impl Iterator<Item = (&ContestId, &ContestTotals)> {
        self.by_contest.iter()
    }

    /// The contests of a constituency with their totals.
    pub fn constituency<'a>(
        &'a self,
        constituency: &'a ConstituencyId,
    ) -> impl Iterator<Item = (&'a ContestId, &'a ContestTotals)> {
        self.by_contest.iter().filter(move |(contest, _)| self.constituencies.get(*contest) == Some(constituency))
    }

    /// What the stations of each office brought to each contest; offices with a station added only.
    pub fn offices(&self) -> &BTreeMap<(OfficeId, ContestId), ContestTotals> {
        &self.by_office
    }

    /// The figures as they were added.
    pub fn stations(&self) -> &BTreeMap<(StationId, ContestId), ContestTotals> {
        &self.by_station
    }
}
