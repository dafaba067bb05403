//! The ballot account: what the officers find on paper beside what the device counted.

use election::{Digest, PersonId, Register};
use tally::account::{Account, Finding};

use crate::act::Act;
use crate::error::StationError;
use crate::state::{EventKind, Fate, Paper, Phase, UnixTime};
use crate::station::Station;

impl Station {
    /// Writes down the paper side of the account. It may be entered again until the close.
    ///
    /// # Errors
    /// Somebody who is no officer; a station that is not open.
    pub fn enter(&mut self, paper: Paper, officer: &PersonId, now: UnixTime) -> Result<(), StationError> {
        self.phase_is(Phase::Open)?;
        self.officer(&Act::Enter(paper), officer)?;
        let officer = officer.clone();
        self.change(now, |state, now| {
            state.paper = Some(paper);
            state.log(now, EventKind::AccountEntered { officer });
        })
    }

    /// Says what became of the paper of a refused sheet, on the word of two officers; without it, one that is plainly
    /// no ballot of this station is foreign and any other is unread.
    ///
    /// # Errors
    /// No such sheet; one person instead of two; a station that is not open.
    pub fn refused_sheet(
        &mut self,
        input: &Digest,
        fate: Fate,
        (first, second): (&PersonId, &PersonId),
        now: UnixTime,
    ) -> Result<(), StationError> {
        self.phase_is(Phase::Open)?;
        let officers = self.two_officers(&Act::Refused { input: *input, fate }, first, second)?;
        if !self.state.refused.contains_key(input) {
            return Err(StationError::NotRefused);
        }
        self.change(now, |state, now| {
            if let Some(refusal) = state.refused.get_mut(input) {
                refusal.fate = fate;
            }
            let count = |fate| state.refused.values().filter(|refusal| refusal.fate == fate).count() as u32;
            let (unread, fed_again, foreign) = (count(Fate::Unread), count(Fate::FedAgain), count(Fate::Foreign));
            state.log(now, EventKind::RefusedMarked { officers, unread, fed_again, foreign });
        })
    }

    /// Ballots in the box that could not be read.
    pub(crate) fn unread(&self) -> u64 {
        self.state.refused.values().filter(|refusal| refusal.fate == Fate::Unread).count() as u64
    }

    /// The rules R.2xx that an account breaks.
    pub(crate) fn findings(&self, account: &Account) -> Vec<Finding> {
        let fixed = self.places().iter().all(|place| place.register == Register::Fixed);
        // Where letters disagree, which one holds is decided elsewhere and later: no station is kept from closing by it.
        let definition = &self.ground.definition;
        let most = |place: &&election::Station| {
            definition.letters_of(place).iter().map(|(_, figure)| u64::from(*figure)).max().unwrap_or(0)
        };
        let account = Account { registered: self.places().iter().map(most).sum(), ..account.clone() };
        tally::account::check(&account, if fixed { Register::Fixed } else { Register::Conditional })
    }

    /// Refuses an account that does not hold.
    pub(crate) fn check_account(&self, account: &Account) -> Result<(), StationError> {
        match self.findings(account) {
            findings if findings.is_empty() => Ok(()),
            findings => Err(StationError::Account(findings)),
        }
    }
}
