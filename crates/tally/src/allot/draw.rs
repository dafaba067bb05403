//! Choosing the first of an order, and asking for a lot where the order is silent.

use std::collections::{BTreeMap, BTreeSet};

use election::{ContestId, OptionId, TiesOfCandidates};

use super::{Person, Step, Who};
use crate::lot::{LotError, LotNeeded, LotOutcome, LotStage};

/// The lots of one allotment: those that are drawn, and those that are still needed.
pub(super) struct Draw<'a> {
    contest: &'a ContestId,
    pub ties: TiesOfCandidates,
    outcomes: &'a [LotOutcome],
    pub needed: Vec<LotNeeded>,
}

/// Who is chosen.
pub(super) struct Picked<'a> {
    /// Those who are chosen whatever a lot says, and by lots that are drawn; in order.
    pub sure: Vec<Person<'a>>,
    /// Is a lot still needed for the rest?
    pub open: bool,
}

impl<'a> Draw<'a> {
    pub fn new(contest: &'a ContestId, ties: TiesOfCandidates, outcomes: &'a [LotOutcome]) -> Self {
        Draw { contest, ties, outcomes, needed: Vec::new() }
    }

    /// The outcome of a lot for `seats` of `between`, told in `steps`; none (and the lot is needed) where it is not drawn yet.
    pub fn lot(
        &mut self,
        stage: LotStage,
        seats: u64,
        between: &[Who],
        steps: &mut Vec<Step>,
    ) -> Result<Option<BTreeSet<OptionId>>, LotError> {
        let votes: BTreeMap<OptionId, u64> = between.iter().map(|w| (w.id.clone(), w.votes)).collect();
        let lot = LotNeeded::new(stage, self.contest.clone(), seats, &votes);
        let mut between = between.to_vec();
        between.sort_by(|a, b| a.id.cmp(&b.id));
        let drawn = lot.drawn(self.outcomes)?;
        match &drawn {
            Some(drawn) => {
                let names = between.iter().filter(|w| drawn.contains(&w.id)).cloned().collect();
                steps.push(Step::LotDrawn { lot, between, drawn: names });
            }
            None => {
                steps.push(Step::LotRequired { lot: lot.clone(), between });
                self.needed.push(lot);
            }
        }
        Ok(drawn)
    }

    /// The `count` people with the most votes; of equal ones, where the rule file says so, those with the lower numbers.
    pub fn highest<'p>(
        &mut self,
        stage: LotStage,
        people: &[Person<'p>],
        count: u64,
        steps: &mut Vec<Step>,
    ) -> Result<Picked<'p>, LotError> {
        let mut order = people.to_vec();
        order.sort_by(|a, b| {
            let by_number = a.candidate.number.cmp(&b.candidate.number);
            b.votes.cmp(&a.votes).then(by_number).then(a.candidate.id.cmp(&b.candidate.id))
        });
        self.first(stage, order, count, steps)
    }

    /// The `count` people with the fewest votes; of equal ones, where the rule file says so, those with the higher numbers.
    pub fn lowest<'p>(
        &mut self,
        stage: LotStage,
        people: &[Person<'p>],
        count: u64,
        steps: &mut Vec<Step>,
    ) -> Result<Picked<'p>, LotError> {
        let mut order = people.to_vec();
        order.sort_by(|a, b| {
            let by_number = b.candidate.number.cmp(&a.candidate.number);
            a.votes.cmp(&b.votes).then(by_number).then(a.candidate.id.cmp(&b.candidate.id))
        });
        self.first(stage, order, count, steps)
    }

    /// The first `count` of `order`. Where the last of them has as many votes as the next, their order on the list
    /// decides, or a lot among all who have as many.
    fn first<'p>(
        &mut self,
        stage: LotStage,
        mut order: Vec<Person<'p>>,
        count: u64,
        steps: &mut Vec<Step>,
    ) -> Result<Picked<'p>, LotError> {
        let count = usize::try_from(count).unwrap_or(usize::MAX);
        if count == 0 || order.len() <= count || order[count - 1].votes != order[count].votes {
            order.truncate(count);
            return Ok(Picked { sure: order, open: false });
        }
        let at = order[count].votes;
        let tied: Vec<Person> = order.iter().copied().filter(|p| p.votes == at).collect();
        let before = order.iter().position(|p| p.votes == at).unwrap_or(0);
        let whos: Vec<Who> = tied.iter().map(Person::who).collect();
        // Numbers of different lists say nothing about each other.
        let one_list = tied.iter().all(|p| p.candidate.list == tied[0].candidate.list);
        if self.ties == TiesOfCandidates::ListOrder && one_list {
            order.truncate(count);
            let chosen = order[before..].iter().map(Person::who).collect();
            steps.push(Step::TieByOrder { stage, between: whos, chosen });
            return Ok(Picked { sure: order, open: false });
        }
        let drawn = self.lot(stage, (count - before) as u64, &whos, steps)?;
        order.truncate(before);
        if let Some(drawn) = &drawn {
            order.extend(tied.into_iter().filter(|p| drawn.contains(&OptionId::from(&p.candidate.id))));
        }
        Ok(Picked { sure: order, open: drawn.is_none() })
    }
}
