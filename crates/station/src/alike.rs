//! Sheets that look alike: one paper fed twice, or a copy of it.
//!
//! There is no serial on a ballot, so that two sheets look alike is a hint for the officers and never a reason not to
//! count: no sheet that was read is taken out of the figures by anybody. Who finds that a paper was fed twice closes with
//! an account that differs by it.

use std::collections::BTreeSet;

use election::PersonId;

use crate::act::Act;
use crate::error::StationError;
use crate::record::{ContestMarks, Reading};
use crate::slots::Slot;
use crate::state::Phase;
use crate::station::Station;

/// Two marks of one paper differ by no more than this between two scans (thousandths of ink).
const SAME_INK: u16 = 12;

impl Station {
    /// Pairs of sheets that may be one paper: the same style and marks, and every bubble with the same ink within what two
    /// scans of one paper differ by. Sheets without a mark look all alike and are left out.
    pub(crate) fn look_alikes(&self) -> Vec<(Slot, Slot)> {
        let marked = |contest: &ContestMarks| !contest.marked.is_empty();
        let sheets: Vec<_> = self.slots.full().iter().filter(|(_, r)| r.reading.contests.iter().any(marked)).collect();
        let mut pairs = Vec::new();
        for (index, (slot, record)) in sheets.iter().enumerate() {
            let alike = sheets[index + 1..].iter().filter(|(_, second)| alike(&record.reading, &second.reading));
            pairs.extend(alike.map(|(other, _)| (**slot, **other)));
        }
        pairs
    }

    /// The sheets that look alike, in groups: what two officers compare with the papers when the account does not add up.
    /// Before it is entered nothing is shown, since a new pair while people vote tells what the last of them marked.
    ///
    /// # Errors
    /// One person instead of two; a station that is not open; [`StationError::NoAccount`].
    pub fn alike(&self, first: &PersonId, second: &PersonId) -> Result<Vec<BTreeSet<Slot>>, StationError> {
        self.phase_is(Phase::Open)?;
        self.two_officers(&Act::Alike, first, second)?;
        self.state.paper.ok_or(StationError::NoAccount)?;
        let mut groups: Vec<BTreeSet<Slot>> = Vec::new();
        for (one, other) in self.look_alikes() {
            let (joined, apart): (Vec<_>, Vec<_>) =
                groups.into_iter().partition(|group| group.contains(&one) || group.contains(&other));
            groups = apart;
            groups.push(joined.into_iter().flatten().chain([one, other]).collect());
        }
        groups.sort();
        Ok(groups)
    }

    /// The sides of a sheet as they are archived, as PNG: to find its paper by.
    ///
    /// # Errors
    /// A slot that cannot be read.
    pub fn pictures(&self, sheet: Slot) -> Result<Vec<Vec<u8>>, StationError> {
        Ok(self.slots.whole(&*self.disk, sheet)?.images)
    }
}

fn alike(a: &Reading, b: &Reading) -> bool {
    let bubbles = |r: &Reading| r.scores.iter().map(|s| (s.contest.clone(), s.option.clone())).collect::<Vec<_>>();
    a.style == b.style
        && a.sheet == b.sheet
        && a.contests == b.contests
        && a.scores.iter().zip(&b.scores).all(|(x, y)| x.score.ink.abs_diff(y.score.ink) <= SAME_INK)
        && bubbles(a) == bubbles(b)
}
