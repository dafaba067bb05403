//! What the dispute is about, found by asking the tally itself: stations whose loss moves no seat, and the one seat that the
//! fewest votes move. So the story is the same under every seed.

use std::collections::{BTreeMap, BTreeSet};

use centre::Centre;
use election::{Contest, ContestId, Definition, ListId, OptionId, Rules, StationId};
use package::{ContestResults, StationResults};
use record::{Figures, Outcome};
use tally::{ContestTotals, LotOutcome, Rulings};

use crate::shell::{Failure, Result};

/// The seats of each list.
type Seats = BTreeMap<ListId, u64>;

/// Votes of one list that were another's.
pub struct Shift {
    /// The contest.
    pub contest: ContestId,
    /// The list that has them.
    pub from: ListId,
    /// The list whose they are.
    pub to: ListId,
    /// Where, and how many.
    pub at: Vec<(StationId, u32)>,
}

/// The figures as they are counted, and seats as they would be.
pub struct Question<'a> {
    def: &'a Definition,
    rules: &'a Rules,
    withdrawn: BTreeSet<OptionId>,
    lots: Vec<LotOutcome>,
    totals: BTreeMap<ContestId, ContestTotals>,
    seats: BTreeMap<&'a ContestId, Seats>,
    counted: BTreeMap<&'a StationId, &'a StationResults>,
}

impl<'a> Question<'a> {
    /// As the record stands.
    pub fn of(room: &'a Centre, outcome: &'a Outcome, figures: &'a Figures) -> Self {
        let (def, state) = (&room.frozen().definition, room.state());
        let figures_of = |own: &record::StationStanding| figures.get(&own.counted?.figures());
        let counted = outcome.stations.iter().filter_map(|(id, own)| Some((id, figures_of(own)?)));
        let seats = def.contests.iter().map(|own| (&own.id, outcome.allotments[&own.id].list_seats.clone()));
        Question {
            def,
            rules: &state.decisions.rules,
            withdrawn: state.decisions.withdrawn(),
            lots: state.lots.values().map(|(_, lot)| lot.outcome.clone()).collect(),
            totals: outcome.totals.clone(),
            seats: seats.collect(),
            counted: counted.collect(),
        }
    }

    /// The seats of `contest` as the totals stand.
    fn seats(&self, contest: &Contest) -> Result<Seats> {
        let rulings = Rulings { rules: self.rules, withdrawn: &self.withdrawn, lots: &self.lots };
        Ok(tally::allot(self.def, contest, &self.totals, rulings)?.list_seats)
    }

    /// Stations out of `order` that can all be left out, and the first few of them as well, without moving a seat. A station
    /// that is passed over is looked at again when others are out.
    ///
    /// # Errors
    ///
    /// `demo.stations` where there are not `wanted`.
    pub fn without_weight(&mut self, order: &[StationId], wanted: usize) -> Result<Vec<StationId>> {
        let (mut chosen, mut left) = (Vec::new(), order.to_vec());
        loop {
            let (before, mut passed) = (chosen.len(), Vec::new());
            for id in left {
                let goes = chosen.len() < wanted && self.leave_out(&id)?;
                if goes { chosen.push(id) } else { passed.push(id) }
            }
            if chosen.len() == wanted {
                return Ok(chosen);
            }
            if chosen.len() == before {
                let what = format!("only {before} of {wanted} stations can be left out without moving a seat");
                return Err(Failure::new("demo.stations", what, "take another --seed, or more --stations"));
            }
            left = passed;
        }
    }

    /// Leaves a counted station out if that moves no seat; says whether it is out.
    fn leave_out(&mut self, id: &StationId) -> Result<bool> {
        let Some(results) = self.counted.get(id).copied() else { return Ok(false) };
        let before = self.totals.clone();
        results.contests.iter().for_each(|own| less(self.totals.entry(own.contest.clone()).or_default(), own));
        for own in &results.contests {
            let contest = self.def.contest(&own.contest).expect("a contest of the definition");
            if self.seats(contest)? != self.seats[&contest.id] {
                self.totals = before;
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// The seat that moves by a recount of the fewest stations, and of the fewest votes there; stations of `but` are not
    /// recounted. Only votes without a candidate are another list's, so that no candidate loses one.
    ///
    /// # Errors
    ///
    /// `demo.stations` where no recount moves exactly one seat.
    pub fn closest(&mut self, outcome: &Outcome, but: &BTreeSet<StationId>) -> Result<Shift> {
        let def = self.def;
        let mut best: Option<(usize, u64, Shift)> = None;
        for contest in &def.contests {
            let quotients = &outcome.allotments[&contest.id].quotients;
            let Some(last) = quotients.iter().rfind(|own| own.won) else { continue };
            let Some(next) = quotients.iter().find(|own| !own.won && own.who != last.who) else { continue };
            let (Some(from), Some(to)) = (list_of(def, &last.who), list_of(def, &next.who)) else { continue };
            let boxes = self.without_candidate(contest, &from, but);
            let most = boxes.iter().map(|(_, votes)| u64::from(*votes)).sum();
            let Some(votes) = self.fewest(contest, [&from, &to], most)? else { continue };
            let at = taken(boxes, votes);
            if best.as_ref().is_none_or(|(boxes, fewest, _)| (at.len(), votes) < (*boxes, *fewest)) {
                best = Some((at.len(), votes, Shift { contest: contest.id.clone(), from, to, at }));
            }
        }
        best.map(|(_, _, shift)| shift).ok_or_else(|| {
            Failure::new(
                "demo.stations",
                "no recount moves exactly one seat",
                "take another --seed, or more --stations",
            )
        })
    }

    /// The votes of `list` alone at each counted station, the most first.
    fn without_candidate(&self, contest: &Contest, list: &ListId, but: &BTreeSet<StationId>) -> Vec<(StationId, u32)> {
        let own = |results: &ContestResults| {
            let of = |option: OptionId| results.votes.get(&option).copied().unwrap_or(0);
            let candidates = self.def.candidates_of(&contest.id).filter(|own| own.list.as_ref() == Some(list));
            let personal: u32 = candidates.map(|own| of(OptionId::from(&own.id))).sum();
            of(OptionId::from(list)).saturating_sub(personal)
        };
        let counted = self.counted.iter().filter(|(id, _)| !but.contains(**id));
        let mut boxes: Vec<(StationId, u32)> =
            counted.filter_map(|(id, results)| Some(((*id).clone(), own(results.contest(&contest.id)?)))).collect();
        boxes.retain(|(_, votes)| *votes > 0);
        boxes.sort_by_key(|(id, votes)| (std::cmp::Reverse(*votes), id.clone()));
        boxes
    }

    /// The fewest votes, `most` at most, that move one seat of the first list to the second and no other.
    fn fewest(&mut self, contest: &Contest, lists: [&ListId; 2], most: u64) -> Result<Option<u64>> {
        let before = self.seats[&contest.id].clone();
        // Every vote brings the last seat that was won and the next one nearer to each other, until they change places.
        let (mut low, mut high) = (0, 1);
        while high <= most && self.moved(contest, lists, high)? == before {
            (low, high) = (high, high * 2);
        }
        while high - low > 1 {
            let middle = low + (high - low) / 2;
            if self.moved(contest, lists, middle)? == before { low = middle } else { high = middle }
        }
        let mut wanted = before;
        *wanted.entry(lists[0].clone()).or_default() -= 1;
        *wanted.entry(lists[1].clone()).or_default() += 1;
        // Where they change places by way of a tie, one vote more breaks it.
        for votes in [high, high + 1].into_iter().filter(|votes| *votes <= most) {
            if self.moved(contest, lists, votes)? == wanted {
                return Ok(Some(votes));
            }
        }
        Ok(None)
    }

    /// The seats if so many votes of the first list were the second's.
    fn moved(&mut self, contest: &Contest, [from, to]: [&ListId; 2], votes: u64) -> Result<Seats> {
        let counted = self.totals.get(&contest.id).cloned().unwrap_or_default();
        let mut other = counted.clone();
        let of = other.votes.entry(OptionId::from(from)).or_default();
        *of = of.saturating_sub(votes);
        *other.votes.entry(OptionId::from(to)).or_default() += votes;
        self.totals.insert(contest.id.clone(), other);
        let seats = self.seats(contest);
        self.totals.insert(contest.id.clone(), counted);
        seats
    }
}

fn list_of(def: &Definition, option: &OptionId) -> Option<ListId> {
    def.lists.iter().find(|list| OptionId::from(&list.id) == *option).map(|list| list.id.clone())
}

/// So many votes out of the boxes, in their order.
fn taken(boxes: Vec<(StationId, u32)>, votes: u64) -> Vec<(StationId, u32)> {
    let mut left = votes;
    let mut taken = Vec::new();
    for (id, most) in boxes {
        let own = u64::from(most).min(left);
        left -= own;
        if own > 0 {
            taken.push((id, most.min(u32::try_from(own).unwrap_or(u32::MAX))));
        }
    }
    taken
}

/// The totals without a station's.
fn less(totals: &mut ContestTotals, own: &ContestResults) {
    totals.ballots -= u64::from(own.ballots);
    totals.valid -= u64::from(own.valid);
    totals.blank -= u64::from(own.blank);
    totals.invalid -= u64::from(own.invalid);
    for (option, votes) in &own.votes {
        if let Some(total) = totals.votes.get_mut(option) {
            *total -= u64::from(*votes);
        }
    }
}
