//! What the stored sheets come to. Nothing here is called before the close.

use std::collections::BTreeMap;

use election::{ContestId, OptionId};
use tally::Vote;
use tally::account::Account;
use tally::totals::{Count, count};

use crate::error::StationError;
use crate::record::Reading;
use crate::slots::Slot;
use crate::state::Paper;
use crate::station::Station;

/// One sheet with every doubt settled.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Settled<'a> {
    pub slot: Slot,
    pub reading: &'a Reading,
    /// The marks that count, in the order of the reading's contests; each sorted.
    pub marks: Vec<Vec<OptionId>>,
}

impl Station {
    /// All sheets, doubts settled, in the order of slots (which means nothing).
    ///
    /// # Errors
    /// [`StationError::Unsettled`] while people do not agree.
    pub(crate) fn settled(&self) -> Result<Vec<Settled<'_>>, StationError> {
        let open = self.questions().iter().filter(|question| !question.settled).count();
        if open > 0 {
            return Err(StationError::Unsettled(open));
        }
        let mut sheets = Vec::new();
        for (&slot, record) in self.slots.full() {
            let reading = &record.reading;
            let mut marks = Vec::new();
            for read in &reading.contests {
                let mut marked = read.marked.clone();
                if !read.ambiguous.is_empty() {
                    let agreed = self.state.doubt(slot, &read.contest).and_then(|doubt| doubt.settled());
                    marked.extend(agreed.ok_or(StationError::Unsettled(1))?.iter().cloned());
                }
                marked.sort();
                marks.push(marked);
            }
            sheets.push(Settled { slot, reading, marks });
        }
        Ok(sheets)
    }

    /// Every contest of the station with its figures, zeros included.
    pub(crate) fn figures(&self, sheets: &[Settled<'_>]) -> Result<BTreeMap<ContestId, Count>, StationError> {
        let mut figures = BTreeMap::new();
        for contest in self.contests() {
            let marks = sheets.iter().flat_map(|sheet| {
                let of = |(read, _): &(&crate::record::ContestMarks, _)| read.contest == contest.id;
                sheet.reading.contests.iter().zip(&sheet.marks).filter(of).map(|(_, marks)| marks.as_slice())
            });
            let count =
                count(&self.ground.definition, contest, marks).map_err(|e| StationError::Figures(e.to_string()))?;
            figures.insert(contest.id.clone(), count);
        }
        Ok(figures)
    }

    /// The ballot account. A sheet is valid where any of its contests is, blank where all are, else invalid.
    /// Of a voter's several sheets, which nothing ties together, one is counted: the one most sheets are of.
    pub(crate) fn account(&self, paper: &Paper, sheets: &[Settled<'_>]) -> Account {
        let (mut valid, mut blank, mut invalid) = (0, 0, 0);
        let mut by_number: BTreeMap<u8, Vec<&Settled<'_>>> = BTreeMap::new();
        sheets.iter().for_each(|sheet| by_number.entry(sheet.reading.sheet).or_default().push(sheet));
        let most = by_number.into_values().rev().max_by_key(Vec::len).unwrap_or_default();
        for sheet in most {
            let worth = sheet.reading.contests.iter().zip(&sheet.marks).filter_map(|(read, marks)| {
                let contest = self.ground.definition.contest(&read.contest)?;
                Some(tally::vote(&self.ground.definition, contest, marks))
            });
            let worth: Vec<Vote> = worth.collect();
            let is_valid = |vote: &Vote| matches!(vote, Vote::List { .. } | Vote::Candidates(_));
            match &worth[..] {
                votes if votes.iter().any(is_valid) => valid += 1,
                votes if votes.iter().all(|vote| *vote == Vote::Blank) => blank += 1,
                _ => invalid += 1,
            }
        }
        let (cast, unread) = (valid + blank + invalid, self.unread());
        Account {
            registered: self.places().iter().map(|place| u64::from(place.registered)).sum(),
            checked_in: paper.checked_in.map(u64::from),
            received: paper.received.into(),
            used: cast + unread,
            spoiled: paper.spoiled.into(),
            unused: paper.unused.into(),
            cast,
            valid,
            blank,
            invalid,
            unread,
        }
    }
}
