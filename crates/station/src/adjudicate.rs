//! Doubtful marks: two people look at the crop, each without the other's answer.

use std::collections::BTreeSet;

use election::{ContestId, OptionId, PersonId};
use serde::Serialize;

use crate::act::Act;
use crate::error::StationError;
use crate::slots::Slot;
use crate::state::{Doubt, Phase, UnixTime};
use crate::station::Station;

/// A doubtful contest of one sheet, as it is shown to whoever is to answer. It does not tell what others answered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Question {
    /// The sheet's slot; a random number that tells nothing but where to look.
    pub slot: Slot,
    /// The contest.
    pub contest: ContestId,
    /// The options in doubt, of which the answer names those that are marked.
    pub options: Vec<OptionId>,
    /// Who has answered.
    pub answered: Vec<PersonId>,
    /// Do two people agree?
    pub settled: bool,
}

impl Station {
    /// All doubtful contests, by slot and then in ballot order.
    pub fn questions(&self) -> Vec<Question> {
        let mut questions = Vec::new();
        for (slot, record) in self.slots.full() {
            for read in record.reading.contests.iter().filter(|read| !read.ambiguous.is_empty()) {
                let doubt = self.state.doubt(*slot, &read.contest);
                questions.push(Question {
                    slot: *slot,
                    contest: read.contest.clone(),
                    options: read.ambiguous.clone(),
                    answered: doubt.map(|doubt| doubt.answers.keys().cloned().collect()).unwrap_or_default(),
                    settled: doubt.is_some_and(|doubt| doubt.settled().is_some()),
                });
            }
        }
        questions
    }

    /// The picture to judge by: the grey crop of one doubtful contest, as PNG.
    ///
    /// # Errors
    /// No such doubt, and a slot that cannot be read.
    pub fn crop(&self, slot: Slot, contest: &ContestId) -> Result<Vec<u8>, StationError> {
        let missing = || StationError::NoDoubt(contest.clone());
        self.slots.full().get(&slot).ok_or_else(missing)?;
        let crops = self.slots.whole(&*self.disk, slot)?.crops;
        crops.into_iter().find(|(id, _)| id == contest).map(|(_, png)| png).ok_or_else(missing)
    }

    /// May this person answer now? Asked before anything is shown.
    ///
    /// # Errors
    /// The polls are not open; somebody who is no officer.
    pub fn may_answer(&self, person: &PersonId) -> Result<(), StationError> {
        self.phase_is(Phase::Open)?;
        self.officer(&Act::Adjudicate, person)
    }

    /// Takes one person's answer: which of the doubtful options are marked. An answer is never changed.
    /// Two people who agree settle it; where they differ, others are asked until two agree.
    ///
    /// # Errors
    /// No such doubt; an option that was not asked for; a person who answered before; somebody who is no officer.
    pub fn answer(
        &mut self,
        slot: Slot,
        contest: &ContestId,
        person: &PersonId,
        marked: BTreeSet<OptionId>,
        now: UnixTime,
    ) -> Result<(), StationError> {
        self.may_answer(person)?;
        let questions = self.questions();
        let question = questions
            .iter()
            .find(|question| question.slot == slot && &question.contest == contest)
            .ok_or_else(|| StationError::NoDoubt(contest.clone()))?;
        if question.answered.contains(person) {
            return Err(StationError::Answered(person.clone()));
        }
        if marked.iter().any(|option| !question.options.contains(option)) {
            return Err(StationError::NotAsked(contest.clone()));
        }
        self.change(now, |state, _| {
            let doubts = &mut state.doubts;
            let at = doubts.iter().position(|doubt| doubt.slot == slot && &doubt.contest == contest);
            let at = at.unwrap_or_else(|| {
                doubts.push(Doubt { slot, contest: contest.clone(), answers: Default::default() });
                doubts.len() - 1
            });
            doubts[at].answers.insert(person.clone(), marked);
            doubts.sort_by(|a, b| (a.slot, &a.contest).cmp(&(b.slot, &b.contest)));
        })
    }
}
