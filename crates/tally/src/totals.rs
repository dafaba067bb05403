//! Counting ballots of a station, and adding what stations counted. Checked: nothing wraps, nothing is added twice.

use std::collections::{BTreeMap, BTreeSet};

use election::{Coded, ConstituencyId, Contest, ContestId, Definition, OfficeId, OptionId, StationId};
use serde::{Deserialize, Serialize};

use crate::options::ContestOptions;
use crate::sums::Sums;
use crate::vote::{InvalidReason, Vote};

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
    /// Figures of two contests mixed up.
    #[error("contest {contest} has no list or candidate in place {place}")]
    Place {
        /// The contest.
        contest: ContestId,
        /// The place, from 0.
        place: usize,
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
            TotalsError::Place { .. } => "totals.place",
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
            TotalsError::Place { .. } => "Add figures of one contest at a time; report this as a defect.",
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
            Vote::List { .. } | Vote::Candidates(_) => {
                bump(&mut self.valid, 1, "valid")?;
                vote.counted().into_iter().try_for_each(|option| self.bump(option))
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
    let options = ContestOptions::of(def, contest);
    let (mut sums, mut reasons) = (Sums::zero(&options), BTreeMap::new());
    for marked in ballots {
        let vote = options.vote(marked);
        if let Vote::Invalid(reason) = vote {
            bump(reasons.entry(reason).or_default(), 1, reason.code())?;
        }
        sums.vote(&vote)?;
    }
    Ok(Count { totals: sums.totals(), reasons })
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

#[cfg(test)]
mod tests {
    use election::ContestKind;
    use proptest::prelude::*;

    use super::*;
    use crate::testing::{definition, id, list};

    fn two_lists() -> Definition {
        let mut def = definition(ContestKind::OpenList, 3);
        list(&mut def, &mut ContestTotals::default(), "a", 0, &[("m", 0), ("w", 0)]);
        list(&mut def, &mut ContestTotals::default(), "b", 0, &[("m", 0)]);
        def
    }

    fn counted(def: &Definition, ballots: &[Vec<OptionId>]) -> Count {
        count(def, &def.contests[0], ballots.iter().map(Vec::as_slice)).unwrap()
    }

    #[test]
    fn ballots_become_figures() {
        let def = two_lists();
        let ballots: Vec<Vec<OptionId>> = [&["a", "n2"][..], &["a"], &["b", "n9"], &["b"], &[], &["a", "b"], &["n1"]]
            .iter()
            .map(|marks| marks.iter().map(|m| id(m)).collect())
            .collect();
        let got = counted(&def, &ballots);
        assert_eq!((got.totals.ballots, got.totals.valid, got.totals.blank, got.totals.invalid), (7, 3, 1, 3));
        let votes: Vec<u64> = ["a", "a_1", "a_2", "b", "b_1"].map(|o| got.totals.votes_of(o)).into();
        assert_eq!(votes, [2, 0, 1, 1, 0], "zeros are figures too");
        assert_eq!(got.reasons[&InvalidReason::TwoLists], 1);
        assert_eq!(got.reasons[&InvalidReason::UnknownOption], 1);
        assert!(got.totals.check_options(&def, &def.contests[0].id).is_ok());
        assert_eq!(crate::account::check_contest(&def, &def.contests[0], &got.totals), []);
    }

    #[test]
    fn what_does_not_belong_is_refused_and_changes_nothing() {
        let def = two_lists();
        let good = ContestTotals::zero(&def, &id("k"));
        let mut totals = Totals::new(&def);
        totals.add(&id("s1"), &id("k"), &good).unwrap();
        let before = totals.clone();
        let mut refused = |station: &str, contest: &str, figures: &ContestTotals| {
            let error = totals.add(&id(station), &id(contest), figures).unwrap_err();
            assert_eq!(totals, before);
            assert!(!error.next().is_empty());
            error.code()
        };
        assert_eq!(refused("s1", "k", &good), "totals.twice");
        assert_eq!(refused("s9", "k", &good), "totals.no_station");
        assert_eq!(refused("s2", "other", &good), "totals.not_there");
        let mut stranger = good.clone();
        stranger.votes.insert(id("stranger"), 1);
        assert_eq!(refused("s2", "k", &stranger), "totals.options");
        let mut lacking = good.clone();
        lacking.votes.remove(&id("a_1"));
        assert_eq!(refused("s2", "k", &lacking), "totals.options");

        let mut most = good.clone();
        most.votes.insert(id("a"), u64::MAX);
        let mut one = good;
        one.votes.insert(id("a"), 1);
        let mut totals = Totals::new(&def);
        totals.add(&id("s1"), &id("k"), &most).unwrap();
        let before = totals.clone();
        assert_eq!(totals.add(&id("s2"), &id("k"), &one).unwrap_err().code(), "totals.overflow");
        assert_eq!(totals, before);
    }

    #[test]
    fn a_station_adds_only_where_it_takes_ballots() {
        let mut def = two_lists();
        def.stations[1].constituencies.clear();
        let mut totals = Totals::new(&def);
        let figures = ContestTotals::zero(&def, &id("k"));
        assert_eq!(totals.add(&id("s2"), &id("k"), &figures).unwrap_err().code(), "totals.not_there");
    }

    proptest! {
        #[test]
        fn order_makes_no_difference(
            ballots in prop::collection::vec(prop::collection::vec(0usize..6, 0..3), 0..40),
            at in 0usize..40,
        ) {
            let def = two_lists();
            let options = ["a", "b", "n1", "n2", "n3", "zz"];
            let ballots: Vec<Vec<OptionId>> =
                ballots.iter().map(|marks| marks.iter().map(|m| id(options[*m])).collect()).collect();
            let (one, two) = ballots.split_at(at.min(ballots.len()));
            let (one, two) = (counted(&def, one).totals, counted(&def, two).totals);
            let (s1, s2, k, c) = (id("s1"), id("s2"), id("k"), id("c"));
            let mut forth = Totals::new(&def);
            forth.add(&s1, &k, &one).unwrap();
            forth.add(&s2, &k, &two).unwrap();
            let mut back = Totals::new(&def);
            back.add(&s2, &k, &two).unwrap();
            back.add(&s1, &k, &one).unwrap();
            prop_assert_eq!(&forth, &back);
            let all = counted(&def, &ballots).totals;
            prop_assert_eq!(forth.contest(&k), Some(&all));
            prop_assert_eq!(forth.constituency(&c).collect::<Vec<_>>(), [(&k, &all)]);
            prop_assert_eq!(&forth.offices()[&(id("o1"), k.clone())], &one);
            prop_assert_eq!(crate::account::check_contest(&def, &def.contests[0], &all), []);
        }
    }
}
