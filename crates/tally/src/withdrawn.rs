//! Lists and candidates that withdrew after the ballots were printed: the figures before and after (R.313 to R.315).
//!
//! Their marks are counted as they were made, so that nothing moves unannounced: what their votes are worth is decided
//! here, where seats are allotted, and both figures are kept.

use std::collections::{BTreeMap, BTreeSet};

use election::{Candidate, Contest, ContestKind, Definition, OptionId, WithdrawnVotes};
use serde::Serialize;

use crate::ContestTotals;

/// Who withdrew in one contest.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Withdrawn {
    /// The lists and candidates themselves, in the order of their ids; not the candidates of a list that withdrew.
    pub named: BTreeMap<OptionId, By>,
}

/// What says that somebody withdrew.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum By {
    /// The frozen definition.
    Definition,
    /// A leaf of the record.
    Record,
}

impl Withdrawn {
    /// Those of `contest`: as frozen, and `by_record`, of any contest.
    pub fn of(def: &Definition, contest: &Contest, by_record: &BTreeSet<OptionId>) -> Self {
        let frozen = def.candidates_of(&contest.id).filter(|c| c.withdrawn);
        let mut named: BTreeMap<OptionId, By> = frozen.map(|c| (OptionId::from(&c.id), By::Definition)).collect();
        let own = def.counted_in(&contest.id).into_iter().filter(|option| by_record.contains(option));
        for option in own {
            named.entry(option).or_insert(By::Record);
        }
        Withdrawn { named }
    }

    /// Did this list withdraw, or this candidate, or the candidate's list?
    pub fn takes_out(&self, candidate: &Candidate) -> bool {
        let list = candidate.list.as_ref().map(OptionId::from);
        self.named.contains_key(&OptionId::from(&candidate.id)) || list.is_some_and(|l| self.named.contains_key(&l))
    }

    /// Those whose votes are a ballot's whole worth: lists, and candidates of contests without lists. A candidate's
    /// personal votes are votes of the list all the same (R.108).
    pub fn whole<'a>(&'a self, def: &'a Definition) -> impl Iterator<Item = &'a OptionId> {
        let on_a_list =
            |option: &OptionId| def.candidates.iter().any(|c| c.id.as_str() == option.as_str() && c.list.is_some());
        self.named.keys().filter(move |option| !on_a_list(option))
    }

    /// The figures by which seats are allotted (R.315): as counted, or with the votes of the withdrawn as invalid.
    ///
    /// Where a voter may mark several candidates, a ballot may hold other votes; a checked definition then has
    /// [`WithdrawnVotes::Valid`] (E.174), and an amendment cannot change it: the figures stay as counted.
    pub fn after(
        &self,
        def: &Definition,
        contest: &Contest,
        totals: &ContestTotals,
        rule: WithdrawnVotes,
    ) -> ContestTotals {
        let mut after = totals.clone();
        if rule == WithdrawnVotes::Valid || matches!(contest.kind, ContestKind::Candidates { vote_for: 2.. }) {
            return after;
        }
        for option in self.whole(def) {
            let votes = totals.votes_of(option.as_str()).min(after.valid);
            after.valid -= votes;
            after.invalid = after.invalid.saturating_add(votes);
            after.votes.insert(option.clone(), 0);
            let own = def
                .candidates_of(&contest.id)
                .filter(|c| c.list.as_ref().is_some_and(|l| l.as_str() == option.as_str()));
            after.votes.extend(own.map(|c| (OptionId::from(&c.id), 0)));
        }
        after
    }
}
