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
    pub fn inconsistencies(&self, expected: &Expected) -> Vec<Inconsistency> {
        let mut found = self.account.inconsistencies(expected.registered, expected.most);
        let mut order = expected.contests.iter();
        for results in &self.contests {
            let id = &results.contest;
            match expected.contests.iter().find(|c| &c.contest == id) {
                None => found.push(Inconsistency::UnknownContest(id.clone())),
                // Each contest is looked for after the last one found, so a second or misplaced one is not there.
                Some(_) if !order.any(|c| &c.contest == id) => found.push(Inconsistency::DuplicateContest(id.clone())),
                Some(contest) => found.extend(results.inconsistencies(contest, &self.account)),
            }
        }
        let missing = expected.contests.iter().filter(|c| self.contest(&c.contest).is_none());
        found.extend(missing.map(|c| Inconsistency::MissingContest(c.contest.clone())));
        found
    }

    /// Is this the zero report of `results`: the same count, and nothing counted?
    pub fn is_zero_of(&self, results: &StationResults) -> bool {
        let account = BallotAccount {
            registered: self.account.registered,
            received: self.account.received,
            unused: self.account.unused,
            ..BallotAccount::default()
        };
        let zero = |c: &ContestResults| {
            (c.ballots, c.valid, c.blank, c.invalid) == (0, 0, 0, 0) && c.votes.values().all(|votes| *votes == 0)
        };
        let same_contests = self
            .contests
            .iter()
            .zip(&results.contests)
            .all(|(a, b)| a.contest == b.contest && zero(a) && a.votes.keys().eq(b.votes.keys()));
        // A reopening makes a later generation and no second zero report: nothing can be zero twice.
        (&self.scope, &self.station, &self.device) == (&results.scope, &results.station, &results.device)
            && self.generation <= results.generation
            && BallotAccount { checked_in: None, ..self.account } == account
            && self.contests.len() == results.contests.len()
            && same_contests
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

impl BallotAccount {
    /// The names of its figures, as tables and `results.json` have them.
    pub const NAMES: [&'static str; 11] = [
        "registered",
        "checked_in",
        "received",
        "used",
        "spoiled",
        "unused",
        "cast",
        "valid",
        "blank",
        "invalid",
        "unread",
    ];

    /// Its figures in the order of their names; only how many were checked in may be unknown.
    pub fn figures(&self) -> [Option<u32>; 11] {
        [
            Some(self.registered),
            self.checked_in,
            Some(self.received),
            Some(self.used),
            Some(self.spoiled),
            Some(self.unused),
            Some(self.cast),
            Some(self.valid),
            Some(self.blank),
            Some(self.invalid),
            Some(self.unread),
        ]
    }
}

/// The sum, without wrapping.
fn sum(numbers: impl IntoIterator<Item = u32>) -> u64 {
    numbers.into_iter().map(u64::from).sum()
}

impl BallotAccount {
    /// What does not add up, against the figure of the definition and the most that any letter allows.
    pub fn inconsistencies(&self, registered: u32, most: u32) -> Vec<Inconsistency> {
        let mut found = Vec::new();
        let parts = sum([self.used, self.spoiled, self.unused]);
        if u64::from(self.received) != parts {
            found.push(Inconsistency::Received { received: self.received, parts });
        }
        let adds = [
            (self.used, sum([self.cast, self.unread]), "used = cast + unread"),
            (self.cast, sum([self.valid, self.blank, self.invalid]), "cast = valid + blank + invalid"),
        ];
        let broken = adds.into_iter().filter(|(whole, parts, _)| u64::from(*whole) != *parts);
        found.extend(broken.map(|(_, _, rule)| Inconsistency::Account(rule)));
        if self.registered != registered {
            found.push(Inconsistency::Bound { stated: self.registered, registered });
        }
        if self.used > most {
            found.push(Inconsistency::Registered { used: self.used, registered: most });
        }
        if let Some(checked_in) = self.checked_in.filter(|checked_in| self.used > *checked_in) {
            found.push(Inconsistency::CheckedIn { used: self.used, checked_in });
        }
        found
    }
}

impl ContestResults {
    fn inconsistencies(&self, expected: &ExpectedContest, account: &BallotAccount) -> Vec<Inconsistency> {
        let id = &self.contest;
        let mut found = Vec::new();
        let unknown = self.votes.keys().filter(|option| !expected.options.contains_key(*option));
        found.extend(unknown.map(|option| Inconsistency::UnknownOption(id.clone(), option.clone())));
        let missing = expected.options.keys().filter(|option| !self.votes.contains_key(*option));
        found.extend(missing.map(|option| Inconsistency::MissingOption(id.clone(), option.clone())));
        if u64::from(self.ballots) != sum([self.valid, self.blank, self.invalid]) || self.ballots > account.cast {
            found.push(Inconsistency::Ballots(id.clone()));
        }
        let wrong = |why: String| Inconsistency::Votes(id.clone(), why);
        let above = self.votes.iter().filter(|(_, votes)| **votes > self.valid);
        found.extend(
            above.map(|(option, votes)| wrong(format!("{option} has {votes} of {} valid ballots", self.valid))),
        );
        let votes_where = |keep: &dyn Fn(&OptionId, &Option<ListId>) -> bool| {
            let kept = expected.options.iter().filter(|(option, list)| keep(option, list));
            sum(kept.filter_map(|(option, _)| self.votes.get(option).copied()))
        };
        if let ContestKind::Candidates { vote_for } = expected.kind {
            let (all, most) = (sum(self.votes.values().copied()), u64::from(self.valid) * u64::from(vote_for));
            if all > most || all < u64::from(self.valid) {
                found.push(wrong(format!("{all} votes on {} valid ballots of up to {vote_for}", self.valid)));
            }
            return found;
        }
        let lists = votes_where(&|_, list| list.is_none());
        if lists != u64::from(self.valid) {
            found.push(wrong(format!("the lists have {lists} votes on {} valid ballots", self.valid)));
        }
        for list in expected.options.iter().filter(|(_, list)| list.is_none()).map(|(option, _)| option) {
            let own = votes_where(&|_, of| of.as_ref().is_some_and(|of| of.as_str() == list.as_str()));
            // A closed list has no personal votes.
            let most =
                if expected.kind == ContestKind::ClosedList { 0 } else { self.votes.get(list).copied().unwrap_or(0) };
            if own > u64::from(most) {
                found.push(wrong(format!("the candidates of {list} have {own} votes, more than {most}")));
            }
        }
        found
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
    /// The figure that its device prints: its own and those of the stations counted with it, as `stations.csv` has them.
    pub registered: u32,
    /// The most ballots that any of its letters allows: where letters disagree, the opening says later which one holds.
    pub most: u32,
    /// Its contests, in the order of the definition.
    pub contests: Vec<ExpectedContest>,
}

impl Expected {
    /// What `definition` says of `station`; `None` if it is not in it.
    pub fn of(definition: &Definition, station: &StationId) -> Option<Self> {
        let found = definition.station(station)?;
        let counted_with = definition.stations.iter().filter(|s| s.count_with.as_ref() == Some(station));
        let in_box: Vec<&election::Station> = std::iter::once(found).chain(counted_with).collect();
        let registered = in_box.iter().map(|s| s.registered).fold(0, u32::saturating_add);
        let highest = |station: &&election::Station| {
            let letters = definition.registrations.iter().filter(|letter| letter.station == station.id);
            letters.map(|letter| letter.registered).fold(station.registered, u32::max)
        };
        let most = in_box.iter().map(highest).fold(0, u32::saturating_add);
        let contests = definition.contests_at(found).map(|contest| {
            let lists = definition.lists_of(&contest.id).map(|list| (OptionId::from(&list.id), None));
            let candidates = definition.candidates_of(&contest.id).map(|c| (OptionId::from(&c.id), c.list.clone()));
            ExpectedContest {
                contest: contest.id.clone(),
                kind: contest.kind,
                options: lists.chain(candidates).collect(),
            }
        });
        Some(Expected { station: station.clone(), registered, most, contests: contests.collect() })
    }
}

/// A figure that cannot be: the package may be authentic, and is not added. What people entered of the paper
/// ([`Inconsistency::is_of_paper`]) two officers can decide on; nothing makes up for the others.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Inconsistency {
    /// `received ≠ used + spoiled + unused`: papers are missing, or there are too many.
    #[error("the ballot account does not add up: {received} received, {parts} used, spoiled and unused")]
    Received {
        /// Papers received.
        received: u32,
        /// Papers used, spoiled and left over.
        parts: u64,
    },
    /// `used ≠ cast + unread` or `cast ≠ valid + blank + invalid`: sums that the device makes itself.
    #[error("the ballot account does not add up: {0}")]
    Account(&'static str),
    /// More ballots than the most that any letter allows.
    #[error("{used} ballots were used, {registered} are registered")]
    Registered {
        /// Papers used.
        used: u32,
        /// The most that any letter allows.
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
    /// What people are said to have seen in doubtful contests is not what the records say.
    #[error("the answers about doubtful marks do not fit the cast vote records: {0}")]
    Adjudication(String),
    /// The contests as they may be published are not one a record.
    #[error("the pictures of contests do not fit the cast vote records: {0}")]
    Cuts(String),
    /// The slip in the package states other figures.
    #[error("the slip states other figures than the results: {0}")]
    Slip(String),
}

impl Inconsistency {
    /// Is it about the paper that people counted and typed in? A device cannot make such an account hold, and paper that
    /// does not add up is frequent: the station is quarantined, and counted by an order of two officers alone.
    pub fn is_of_paper(&self) -> bool {
        use Inconsistency::{CheckedIn, Received, Registered};
        matches!(self, Received { .. } | Registered { .. } | CheckedIn { .. })
    }

    /// The one to name of several: the first that nobody can decide on, else the first.
    pub fn gravest(mut found: Vec<Inconsistency>) -> Option<Inconsistency> {
        let place = found.iter().position(|one| !one.is_of_paper()).unwrap_or(0);
        (!found.is_empty()).then(|| found.swap_remove(place))
    }
}

impl Coded for Inconsistency {
    fn code(&self) -> &'static str {
        match self {
            Inconsistency::Received { .. } | Inconsistency::Account(_) => "figures.account",
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
            Inconsistency::Adjudication(_) => "figures.adjudication",
            Inconsistency::Cuts(_) => "figures.cuts",
            Inconsistency::Slip(_) => "figures.slip",
        }
    }

    fn next(&self) -> &'static str {
        if self.is_of_paper() {
            return "The centre imports the package and quarantines the station: two officers decide whether it is counted.";
        }
        "Do not add the station; keep the package and reconcile it with the slip, the images and the paper."
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::example;

    fn codes(change: impl FnOnce(&mut StationResults)) -> Vec<&'static str> {
        let (expected, mut results) = (example::expected(), example::results());
        change(&mut results);
        results.inconsistencies(&expected).iter().map(Inconsistency::code).collect()
    }

    fn option(id: &str) -> OptionId {
        id.parse().unwrap()
    }

    #[test]
    fn possible_figures_are_possible() {
        assert_eq!(codes(|_| {}), Vec::<&str>::new());
    }

    #[test]
    fn pk10_impossible_figures_have_a_code_each() {
        assert_eq!(codes(|r| r.account.received += 1), ["figures.account"]);
        assert_eq!(
            codes(|r| (r.account.used, r.account.unused) = (r.account.used + 1, r.account.unused - 1)),
            ["figures.account"]
        );
        assert_eq!(
            codes(|r| (r.account.valid, r.contests[0].valid) = (r.account.valid + 1, r.contests[0].valid)),
            ["figures.account"]
        );
        assert_eq!(codes(|r| r.account.registered += 1), ["figures.bound"]);
        assert_eq!(
            codes(
                |r| (r.account.used, r.account.unread, r.account.received, r.account.checked_in) = (101, 97, 107, None)
            ),
            ["figures.registered"]
        );
        assert_eq!(codes(|r| r.account.checked_in = Some(3)), ["figures.checked_in"]);
        assert_eq!(
            codes(|r| r.contests[0].contest = "other".parse().unwrap()),
            ["figures.contest_unknown", "figures.contest_missing"]
        );
        assert_eq!(codes(|r| r.contests.clear()), ["figures.contest_missing"]);
        assert_eq!(codes(|r| r.contests.push(r.contests[0].clone())), ["figures.contest_duplicate"]);
        assert_eq!(codes(|r| _ = r.contests[0].votes.insert(option("l9"), 0)), ["figures.option_unknown"]);
        assert_eq!(codes(|r| _ = r.contests[0].votes.remove(&option("c2"))), ["figures.option_missing"]);
        assert_eq!(codes(|r| r.contests[0].blank += 1), ["figures.ballots"]);
        // As many votes as ballots, in the wrong places: more for a candidate than for the list.
        assert_eq!(codes(|r| _ = r.contests[0].votes.insert(option("c1"), 2)), ["figures.votes"]);
        assert_eq!(codes(|r| _ = r.contests[0].votes.insert(option("l1"), 0)), ["figures.votes", "figures.votes"]);
        assert!(codes(|r| _ = r.contests[0].votes.insert(option("l1"), 3)).iter().all(|code| *code == "figures.votes"));
    }

    #[test]
    fn what_people_count_of_paper_is_told_from_what_a_device_adds_up() {
        type Change = fn(&mut StationResults);
        let gravest = |change: Change| {
            let (expected, mut results) = (example::expected(), example::results());
            change(&mut results);
            Inconsistency::gravest(results.inconsistencies(&expected)).map(|found| (found.code(), found.is_of_paper()))
        };
        let paper: [(Change, &str); 4] = [
            (|r| r.account.received += 1, "figures.account"),
            (|r| r.account.unused += 1, "figures.account"),
            (
                |r| (r.account.used, r.account.unread, r.account.received, r.account.checked_in) = (101, 97, 107, None),
                "figures.registered",
            ),
            (|r| r.account.checked_in = Some(3), "figures.checked_in"),
        ];
        for (change, code) in paper {
            assert_eq!(gravest(change), Some((code, true)));
        }
        let device: [(Change, &str); 5] = [
            (|r| r.account.unread += 1, "figures.account"),
            (|r| r.account.blank += 1, "figures.account"),
            (|r| r.account.registered += 1, "figures.bound"),
            (|r| r.contests[0].blank += 1, "figures.ballots"),
            // Beside paper that does not add up it is the one that is named.
            (|r| (r.account.received, r.contests[0].blank) = (0, r.contests[0].blank + 1), "figures.ballots"),
        ];
        for (change, code) in device {
            assert_eq!(gravest(change), Some((code, false)));
        }
        assert_eq!(gravest(|_| {}), None);
    }

    #[test]
    fn pk10_nothing_wraps() {
        let found = codes(|r| {
            let most = u32::MAX;
            r.account = BallotAccount {
                registered: most,
                checked_in: Some(0),
                received: most,
                used: most,
                spoiled: most,
                unused: most,
                cast: most,
                valid: most,
                blank: most,
                invalid: most,
                unread: most,
            };
            let c = &mut r.contests[0];
            (c.ballots, c.valid, c.blank, c.invalid) = (most, most, most, most);
            c.votes.values_mut().for_each(|votes| *votes = most);
        });
        for code in [
            "figures.account",
            "figures.bound",
            "figures.registered",
            "figures.checked_in",
            "figures.ballots",
            "figures.votes",
        ] {
            assert!(found.contains(&code), "{code}");
        }
    }

    #[test]
    fn pk10_numbers_that_json_can_hold_and_a_count_cannot_are_refused() {
        let text = String::from_utf8(example::results().to_bytes()).unwrap();
        assert!(StationResults::parse(text.as_bytes()).is_ok());
        for bad in ["-1", "4294967296", "9223372036854775808", "1.0", "1e1", "01", "\"1\"", "null"] {
            assert!(
                StationResults::parse(text.replace("\"l1\":1", &format!("\"l1\":{bad}")).as_bytes()).is_err(),
                "{bad}"
            );
        }
        // A candidate twice: the last would win silently.
        let twice = text.replace("\"c1\":1", "\"c1\":0,\"c1\":1");
        assert_eq!(StationResults::parse(twice.as_bytes()).unwrap_err().code(), "json.form");
    }

    #[test]
    fn only_nothing_is_zero() {
        let (results, zero) = (example::results(), example::zero());
        assert!(zero.is_zero_of(&results) && !results.is_zero_of(&results));
        let mut other = zero.clone();
        other.generation = 2;
        assert!(!other.is_zero_of(&results), "a zero report of a later count");
        let reopened = StationResults { generation: 2, ..results.clone() };
        assert!(zero.is_zero_of(&reopened), "a reopened station keeps its first zero report");
        let mut counted = zero;
        counted.contests[0].votes.insert(option("l1"), 1);
        assert!(!counted.is_zero_of(&results));
    }
}
