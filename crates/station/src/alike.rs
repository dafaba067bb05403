//! Sheets that look alike: one paper fed twice, or a copy of it.
//!
//! There is no serial on a ballot, so that two sheets look alike is a hint for the officers and never a reason not to
//! count. Two of them, who have compared the pictures with the papers, say that one sheet is the same paper as another:
//! it is kept and is in no figure.

use election::PersonId;

use crate::error::StationError;
use crate::record::{ContestMarks, Reading};
use crate::slots::Slot;
use crate::state::{EventKind, Phase, UnixTime};
use crate::station::Station;

/// Two marks of one paper differ by no more than this between two scans (thousandths of ink).
const SAME_INK: u16 = 12;

impl Station {
    /// Pairs of counted sheets that may be one paper: the same style and marks, and every bubble with the same ink within
    /// what two scans of one paper differ by. Sheets without a mark look all alike and are left out.
    pub fn look_alikes(&self) -> Vec<(Slot, Slot)> {
        let marked = |contest: &ContestMarks| !contest.marked.is_empty();
        let sheets: Vec<_> = self.sheets().filter(|(_, r)| r.reading.contests.iter().any(marked)).collect();
        let mut pairs = Vec::new();
        for (index, (slot, record)) in sheets.iter().enumerate() {
            let alike = sheets[index + 1..].iter().filter(|(_, second)| alike(&record.reading, &second.reading));
            pairs.extend(alike.map(|(other, _)| (*slot, *other)));
        }
        pairs
    }

    /// The front of a sheet as it is archived, as PNG: to find its paper by.
    ///
    /// # Errors
    /// No such sheet, and a slot that cannot be read.
    pub fn picture(&self, slot: Slot) -> Result<Vec<u8>, StationError> {
        self.slots.full().get(&slot).ok_or(StationError::NotAlike(slot))?;
        let images = self.slots.whole(&*self.disk, slot)?.images;
        images.into_iter().next().ok_or(StationError::NotAlike(slot))
    }

    /// Says that a sheet is the same paper as one it looks like, so that it is in no figure, or takes that back; on the
    /// word of two officers. The log tells how many sheets stand so, and not which.
    ///
    /// # Errors
    /// A sheet that looks like no other, or of which nothing was said; one person instead of two; a station that is not
    /// open.
    pub fn say_fed_again(
        &mut self,
        sheet: Slot,
        is_fed_again: bool,
        (first, second): (&PersonId, &PersonId),
        now: UnixTime,
    ) -> Result<(), StationError> {
        self.phase_is(Phase::Open)?;
        let officers = self.two_officers(first, second)?;
        let may_be = match is_fed_again {
            true => self.look_alikes().iter().any(|(one, other)| [one, other].contains(&&sheet)),
            false => self.state.fed_again.contains(&sheet),
        };
        if !may_be {
            return Err(StationError::NotAlike(sheet));
        }
        self.change(now, |state, now| {
            match is_fed_again {
                true => state.fed_again.insert(sheet),
                false => state.fed_again.remove(&sheet),
            };
            let sheets = u32::try_from(state.fed_again.len()).unwrap_or(u32::MAX);
            state.log(now, EventKind::FedAgainMarked { officers, sheets });
        })
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
