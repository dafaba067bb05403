//! The close: from here on no sheet is taken, and the figures are fixed.

use std::collections::BTreeMap;

use election::PersonId;
use package::Salt;
use sign::Entropy;

use crate::error::StationError;
use crate::scan::look_alikes;
use crate::state::{Closing, EventKind, Phase, UnixTime};
use crate::station::Station;

impl Station {
    /// Closes the polls, on the word of two officers. Every doubt must be settled and the
    /// ballot account must hold. The salts are drawn and kept here, so that a report which
    /// is cut short is made again with the same content.
    ///
    /// # Errors
    /// [`StationError::Unsettled`], [`StationError::NoAccount`], [`StationError::Account`],
    /// one person instead of two, and a station that is not open.
    pub fn close(
        &mut self,
        first: &PersonId,
        second: &PersonId,
        entropy: &dyn Entropy,
        now: UnixTime,
    ) -> Result<(), StationError> {
        if matches!(self.state.phase, Phase::Closed | Phase::Sealed) {
            return Err(StationError::ClosedAlready);
        }
        self.phase_is(Phase::Open)?;
        let officers = self.two_officers(first, second)?;
        let sheets = self.settled()?;
        let paper = self.state.paper.ok_or(StationError::NoAccount)?;
        self.check_account(&self.account(&paper, &sheets))?;
        sign::entropy::start_up(entropy)?;
        let mut refused: BTreeMap<String, u32> = BTreeMap::new();
        for refusal in self.state.refused.values() {
            *refused.entry(refusal.code.clone()).or_default() += 1;
        }
        let closing =
            Closing { untrusted_time: now, results_salt: Salt::draw(entropy)?, cvr_salt: Salt::draw(entropy)? };
        let event = EventKind::Closed {
            officers,
            same_file: self.state.same_file,
            look_alikes: saturating(look_alikes(&self.slots).len()),
            refused,
            settled: saturating(self.questions().len()),
        };
        self.change(now, |state, now| {
            state.phase = Phase::Closed;
            state.closing = Some(closing);
            state.log(now, event);
        })
    }
}

fn saturating(many: usize) -> u32 {
    u32::try_from(many).unwrap_or(u32::MAX)
}
