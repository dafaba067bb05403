//! What differs between two outcomes: the difference report of a later version, and what an order would do.

use std::collections::{BTreeMap, BTreeSet};

use election::{ContestId, Definition, OptionId, StationId};
use serde::Serialize;

use crate::outcome::Outcome;
use crate::standing::{Counted, StationStanding};

/// What kind of figure differs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Level {
    /// Whether and with what a station is counted.
    Station,
    /// The votes of a list or candidate, or ballots.
    Votes,
    /// The general seats of a list.
    Seats,
    /// A person is elected, or is no longer.
    Elected,
}

impl Level {
    /// The word used in files.
    pub fn as_str(self) -> &'static str {
        match self {
            Level::Station => "station",
            Level::Votes => "votes",
            Level::Seats => "seats",
            Level::Elected => "elected",
        }
    }
}

/// One figure before and after.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Change {
    /// What kind.
    pub level: Level,
    /// The station, or the contest.
    pub place: String,
    /// The list or candidate; `_ballots` and so on for ballots; empty for a station.
    pub option: String,
    /// As it was.
    pub before: String,
    /// As it is.
    pub after: String,
}

/// Everything that differs, stations in the order of their ids, then contests.
pub fn changes(def: &Definition, before: &Outcome, after: &Outcome) -> Vec<Change> {
    let mut found = stations(before, after);
    for contest in &def.contests {
        let id = &contest.id;
        let add = |level, option: &str, [before, after]: [String; 2]| {
            let change = Change { level, place: id.to_string(), option: option.to_owned(), before, after };
            (change.before != change.after).then_some(change)
        };
        let votes = [before, after].map(|outcome| votes(def, outcome, id));
        found.extend(votes[0].keys().filter_map(|option| {
            add(Level::Votes, option, [&votes[0], &votes[1]].map(|votes| votes[option].to_string()))
        }));
        let seats = [before, after].map(|outcome| outcome.allotments.get(id).map(|a| &a.list_seats));
        let lists: BTreeSet<_> = seats.iter().flatten().flat_map(|seats| seats.keys()).collect();
        found.extend(lists.into_iter().filter_map(|list| {
            let of = seats.map(|seats| seats.and_then(|seats| seats.get(list)).copied().unwrap_or(0).to_string());
            add(Level::Seats, list.as_str(), of)
        }));
        let elected = [before, after].map(|outcome| elected(outcome, id));
        found.extend(elected[0].union(&elected[1]).filter_map(|person| {
            let of = elected.each_ref().map(|elected| if elected.contains(person) { "elected" } else { "" }.to_owned());
            add(Level::Elected, person, of)
        }));
    }
    found
}

/// The standing, and what is counted where something is.
fn told(standing: &StationStanding) -> String {
    let word = standing.standing.as_str();
    match standing.counted {
        Some(Counted::Package(content)) => format!("{word} counted {}", content.results),
        Some(Counted::Hand(leaf)) => format!("{word} counted by hand {leaf}"),
        None => word.to_owned(),
    }
}

fn stations(before: &Outcome, after: &Outcome) -> Vec<Change> {
    let of = |(id, old): (&StationId, &StationStanding)| {
        let new = after.stations.get(id)?;
        let is_other = (old.standing, old.counted) != (new.standing, new.counted);
        is_other.then(|| Change {
            level: Level::Station,
            place: id.to_string(),
            option: String::new(),
            before: told(old),
            after: told(new),
        })
    };
    before.stations.iter().filter_map(of).collect()
}

fn votes(def: &Definition, outcome: &Outcome, contest: &ContestId) -> BTreeMap<String, u64> {
    let Some(totals) = outcome.totals.get(contest) else { return BTreeMap::new() };
    let ballots = [
        ("_ballots", totals.ballots),
        ("_valid", totals.valid),
        ("_blank", totals.blank),
        ("_invalid", totals.invalid),
    ];
    let ballots = ballots.map(|(name, figure)| (name.to_owned(), figure));
    let options = def.counted_in(contest);
    let own = options.iter().map(|option: &OptionId| (option.to_string(), totals.votes_of(option.as_str())));
    ballots.into_iter().chain(own).collect()
}

fn elected(outcome: &Outcome, contest: &ContestId) -> BTreeSet<String> {
    let all = outcome.allotments.get(contest).into_iter().flat_map(|allotment| &allotment.elected);
    all.map(|person| person.candidate.to_string()).collect()
}
