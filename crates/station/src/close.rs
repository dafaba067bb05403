//! The close: from here on no sheet is taken, and the figures are fixed.

use std::collections::BTreeMap;

use election::{Hour, Moment, PersonId};
use package::Salt;
use sign::Entropy;

use crate::act::Act;
use crate::error::StationError;
use crate::state::{Closing, EventKind, Phase, UnixTime};
use crate::station::Station;

/// What speaks against the close, and the officers close all the same.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Despite {
    /// By the device's clock the hour of the law has not come.
    pub hour: bool,
    /// The ballot account does not hold: the figures leave the station as they are, and what they are worth is decided
    /// elsewhere. The other way out would be figures that are made to fit.
    pub account: bool,
}

impl Station {
    /// Closes the polls, on the word of two officers. Every doubt must be settled and the
    /// ballot account must hold. The salts are drawn and kept here, so that a report which
    /// is cut short is made again with the same content.
    ///
    /// # Errors
    /// [`StationError::Unsettled`], [`StationError::NoAccount`], [`StationError::Account`],
    /// one person instead of two, a station that is not open, and [`StationError::BeforeHour`].
    pub fn close(
        &mut self,
        first: &PersonId,
        second: &PersonId,
        entropy: &dyn Entropy,
        now: UnixTime,
    ) -> Result<(), StationError> {
        self.close_despite(first, second, Despite::default(), entropy, now)
    }

    /// The hour of the law, where the device's clock has not reached it. The clock may be wrong, so this asks the
    /// officers and decides nothing.
    pub fn before_hour(&self, now: UnixTime) -> Option<Hour> {
        let definition = &self.ground.definition;
        let hour = definition.rules.law.polls_close?;
        let closes = definition.instant(Moment::at(definition.date, hour))?;
        (now < closes.as_second()).then_some(hour)
    }

    /// As [`Station::close`], also where something speaks against it that two officers have seen: it is logged.
    ///
    /// # Errors
    /// As [`Station::close`], but for what it is closed despite; [`StationError::Balanced`] where the account holds after all.
    pub fn close_despite(
        &mut self,
        first: &PersonId,
        second: &PersonId,
        despite: Despite,
        entropy: &dyn Entropy,
        now: UnixTime,
    ) -> Result<(), StationError> {
        if let (Phase::Open, false, Some(hour)) = (self.state.phase, despite.hour, self.before_hour(now)) {
            return Err(StationError::BeforeHour(hour));
        }
        if matches!(self.state.phase, Phase::Closed | Phase::Sealed) {
            return Err(StationError::ClosedAlready);
        }
        self.phase_is(Phase::Open)?;
        let act = Act::Close { early: despite.hour, account_differs: despite.account };
        let officers = self.two_officers(&act, first, second)?;
        let sheets = self.settled()?;
        let paper = self.state.paper.ok_or(StationError::NoAccount)?;
        let account = self.account(&paper, &sheets);
        let mut broken: Vec<String> = self.findings(&account).iter().map(|finding| finding.rule.to_owned()).collect();
        broken.dedup();
        match despite.account {
            false => self.check_account(&account)?,
            true if broken.is_empty() => return Err(StationError::Balanced),
            true => {}
        }
        sign::entropy::start_up(entropy)?;
        let mut refused: BTreeMap<String, u32> = BTreeMap::new();
        for refusal in self.state.refused.values() {
            *refused.entry(refusal.code.clone()).or_default() += 1;
        }
        let (results_salt, cvr_salt) = (Salt::draw(entropy)?, Salt::draw(entropy)?);
        let closing = Closing { untrusted_time: now, results_salt, cvr_salt, account_differs: despite.account };
        let event = EventKind::Closed {
            officers,
            early: self.before_hour(now).is_some(),
            broken,
            same_file: self.state.same_file,
            look_alikes: saturating(self.look_alikes().len()),
            refused,
            settled: saturating(self.questions().len()),
        };
        self.change(now, |state, now| {
            state.phase = Phase::Closed;
            state.closing = Some(closing);
            state.tell_adjudicated(now);
            state.log(now, event);
        })
    }
}

fn saturating(many: usize) -> u32 {
    u32::try_from(many).unwrap_or(u32::MAX)
}
