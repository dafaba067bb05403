//! What the stored sheets come to. Nothing here is called before the close.

use std::collections::BTreeMap;

use election::{ContestId, OptionId, StyleId};
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
    /// Of a voter's several sheets, which nothing ties together, one is counted: of each style the one most sheets are of.
    pub(crate) fn account(&self, paper: &Paper, sheets: &[Settled<'_>]) -> Account {
        let (mut valid, mut blank, mut invalid) = (0, 0, 0);
        let styles = self.ground.definition.styles();
        let of =
            |id: &StyleId| styles.iter().find(|style| style.id == *id).map_or(1, |style| usize::from(style.sheets));
        let mut by_style: BTreeMap<&StyleId, BTreeMap<u8, Vec<&Settled<'_>>>> = BTreeMap::new();
        for sheet in sheets {
            let reading = &sheet.reading;
            by_style.entry(&reading.style).or_default().entry(reading.sheet).or_default().push(sheet);
        }
        let mut counted = Vec::new();
        let mut missing = 0;
        for (style, by_number) in by_style {
            let read: usize = by_number.values().map(Vec::len).sum();
            let most = by_number.into_values().rev().max_by_key(Vec::len).unwrap_or_default();
            missing += (most.len() * of(style)).saturating_sub(read) as u64;
            counted.extend(most);
        }
        for sheet in counted {
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
        let most_sheets = styles.iter().map(|style| u64::from(style.sheets)).max().unwrap_or(1);
        let unread = unread_ballots(self.unread(), missing, most_sheets);
        let cast = valid + blank + invalid;
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

/// How many ballots are in the box and not counted, of so many unread sheets: each may be the one that is missing beside
/// the read ones of a ballot, and those beyond are as few ballots as they can be.
fn unread_ballots(sheets: u64, missing: u64, of_a_ballot: u64) -> u64 {
    sheets.saturating_sub(missing).div_ceil(of_a_ballot.max(1))
}

#[cfg(test)]
mod tests {
    use super::unread_ballots;

    #[test]
    fn an_unread_second_sheet_is_no_ballot_more() {
        // Ballots of one sheet: each unread one is a ballot.
        assert_eq!(unread_ballots(3, 0, 1), 3);
        // Of two: three first sheets and two second ones were read, and one was not.
        assert_eq!(unread_ballots(1, 1, 2), 0);
        // Both of a fourth voter, and half of a fifth's.
        assert_eq!(unread_ballots(3, 1, 2), 1);
        assert_eq!(unread_ballots(4, 1, 2), 2);
    }
}
