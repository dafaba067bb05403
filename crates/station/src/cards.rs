//! Cards at the station: admitted, opened with a PIN that cannot be guessed, and their signatures over an act.
//!
//! A guess is counted on the disk before its answer is known, so that neither a kill nor a loss of power gives it back.
//! After the third wrong one each further one has to wait twice as long as the one before, and waits *before* it is tried:
//! the wait is of the running process and asks no clock, so that a clock which is set back, or a process that is killed,
//! shortens nothing. One process at a time works on the device ([`crate::RealDisk`]), so there is no second try beside it.
//!
//! The count is in the state of this device. Whoever can write to its disk can set it back, as they can read the ballots;
//! whoever has a copy of the card's file guesses elsewhere, at the price of scrypt alone.

use std::collections::BTreeSet;
use std::time::Duration;

use election::{PersonId, PlainDate};
use jiff::Timestamp;
use jiff::tz::TimeZone;
use sign::pin::{Pin, PinError};
use sign::{FileKey, KeyId, PublicKey, Signer, dsse};

use crate::act::{ACT_KIND, Act, ActStatement};
use crate::card::{Card, Denied};
use crate::error::StationError;
use crate::state::{CardUse, EventKind, Phase, Proof, State, Tried, UnixTime};
use crate::station::Station;

/// After so many wrong PINs in a row a card is locked on this device.
pub const MOST_WRONG: u8 = 10;

/// So many may be wrong before a further one waits.
const FREE: u8 = 3;

/// How long a PIN waits before it is tried, after so many wrong ones in a row: 1, 2, 4, … seconds from the fourth on.
pub fn delay(wrong: u8) -> Duration {
    wrong.checked_sub(FREE).map_or(Duration::ZERO, |more| Duration::from_secs(1 << more.min(MOST_WRONG)))
}

/// A card that its PIN has opened.
#[derive(Debug)]
pub struct Opened {
    card: Card,
    issuers: BTreeSet<PersonId>,
    key: FileKey,
}

/// What cards have proven in this run of the process.
#[derive(Debug)]
pub(crate) struct Proven {
    act: Act,
    people: Vec<PersonId>,
    /// As many lines as the log had then: the act's own line ends it.
    lines: usize,
}

impl Station {
    /// Must who acts here show a card?
    pub fn works_with_cards(&self) -> bool {
        self.state.config.cards.is_some() || self.ground.definition.rules.station.cards == election::CardsAt::Required
    }

    /// Do so many cards fit the act? Asked before any PIN is.
    ///
    /// # Errors
    /// [`Denied::NotUsed`], [`Denied::Number`].
    pub fn expects(&self, act: &Act, given: usize) -> Result<(), StationError> {
        let needed = act.people();
        match self.works_with_cards() {
            false => Err(Denied::NotUsed.into()),
            true if given != needed => Err(Denied::Number { needed, given }.into()),
            true => Ok(()),
        }
    }

    /// Is this card one for this station, and not locked? Asked before its PIN is; a denial is logged.
    ///
    /// # Errors
    /// [`Denied`], and a disk that fails.
    pub fn admit(&mut self, card: &Card, now: UnixTime) -> Result<BTreeSet<PersonId>, StationError> {
        if !self.works_with_cards() {
            return Err(Denied::NotUsed.into());
        }
        let none = BTreeSet::new();
        let revoked = self.state.config.cards.as_ref().map_or(&none, |cards| &cards.revoked);
        let checked = card.check(&self.ground, self.place()?, revoked, self.today(now));
        // One key is one person, whatever names an issuer certifies it under.
        let other = |known: &Tried| known.person != card.certificate().person;
        if checked.is_ok() && self.state.cards.get(&card.id()).is_some_and(other) {
            return Err(self.deny(Some(card), Denied::Same, now));
        }
        let wrong = self.wrong(&card.id());
        match checked {
            Ok(_) if wrong >= MOST_WRONG => Err(self.deny(Some(card), Denied::Locked(wrong), now)),
            Ok(issuers) => Ok(issuers),
            // What nobody of the key list has signed says nothing: not even whose it is.
            Err(denied @ (Denied::Election | Denied::Issuer)) => Err(self.deny(None, denied, now)),
            Err(denied) => Err(self.deny(Some(card), denied, now)),
        }
    }

    /// Opens a card with its PIN. `wait` is called with the time to wait before the PIN is tried.
    ///
    /// # Errors
    /// [`Denied`], which is logged, and a disk that fails: then the guess may be counted.
    pub fn unlock(
        &mut self,
        card: Card,
        pin: &Pin,
        wait: &mut dyn FnMut(Duration),
        now: UnixTime,
    ) -> Result<Opened, StationError> {
        let issuers = self.admit(&card, now)?;
        let id = card.id();
        let wrong = self.wrong(&id);
        let delay = delay(wrong);
        if !delay.is_zero() {
            wait(delay);
        }
        self.change(now, |state, _| state.tried(&card).wrong = wrong + 1)?;
        match card.open(pin) {
            Ok(key) => {
                self.change(now, |state, _| state.tried(&card).wrong = 0)?;
                Ok(Opened { card, issuers, key })
            }
            Err(PinError::Wrong) if wrong + 1 < MOST_WRONG => {
                let left = MOST_WRONG - (wrong + 1);
                Err(self.deny(Some(&card), Denied::Wrong { left }, now))
            }
            Err(PinError::Wrong) => Err(self.deny(Some(&card), Denied::Locked(wrong + 1), now)),
            Err(_) => Err(self.deny(Some(&card), Denied::Damaged, now)),
        }
    }

    /// Lets each card sign the act, and checks the signatures under the certificates: from here until the act is done, or
    /// anything else is logged, its people are who their cards say. Returns them.
    ///
    /// # Errors
    /// [`Denied`] and [`StationError::OnePerson`], which are logged; a disk that fails.
    pub fn prove(&mut self, act: Act, cards: &[Opened], now: UnixTime) -> Result<Vec<PersonId>, StationError> {
        self.expects(&act, cards.len())?;
        if let Some(denied) = self.at_odds(cards) {
            self.deny_all(cards, &denied, now)?;
            return Err(denied);
        }
        let statement = ActStatement {
            scope: self.ground.definition.scope.clone(),
            fingerprint: self.ground.fingerprint,
            station: self.state.config.station.clone(),
            device: self.state.config.device.clone(),
            generation: self.state.generation,
            after: self.state.events.len() as u64,
            act: act.clone(),
        };
        let signers: Vec<&dyn Signer> = cards.iter().map(|own| &own.key as &dyn Signer).collect();
        let damaged = |_| StationError::from(Denied::Damaged);
        let envelope = dsse::sign_json(ACT_KIND, &statement, &signers).map_err(damaged)?;
        let keys: Vec<&PublicKey> = cards.iter().map(|own| &own.card.certificate().key).collect();
        let signed = envelope.verify(ACT_KIND, &keys).map_err(damaged)?;
        if signed.len() != act.people() {
            return Err(Denied::Same.into());
        }
        let proof = act.may_be_kept().then(|| Proof {
            act: String::from_utf8(envelope.to_bytes()).expect("an envelope is JSON"),
            cards: cards.iter().map(|own| own.card.certified()).collect(),
        });
        let uses: Vec<CardUse> = cards.iter().map(|own| CardUse::of(&own.card)).collect();
        let word = act.as_str().to_owned();
        self.change(now, |state, now| {
            for own in cards {
                let tried = state.tried(&own.card);
                tried.issuers = Some(own.issuers.clone());
                // When a doubt was settled is told at the close: the hour would point to the ballot before it.
                tried.adjudicated |= act == Act::Adjudicate;
            }
            if act != Act::Adjudicate {
                state.log(now, EventKind::CardsAccepted { act: word, cards: uses, proof });
            }
        })?;
        let people: Vec<PersonId> = cards.iter().map(|own| own.card.certificate().person.clone()).collect();
        self.proven = Some(Proven { act, people: people.clone(), lines: self.state.events.len() });
        Ok(people)
    }

    /// Where cards are needed: have they proven this act by these people, and was nothing logged since?
    pub(crate) fn proven(&self, act: &Act, people: &[&PersonId]) -> Result<(), StationError> {
        let is_proven = |own: &Proven| {
            own.act == *act && own.lines == self.state.events.len() && own.people.iter().eq(people.iter().copied())
        };
        match self.works_with_cards() && !self.proven.as_ref().is_some_and(is_proven) {
            true => Err(Denied::Needed.into()),
            false => Ok(()),
        }
    }

    /// Why these cards do not stand beside each other, or beside one that was used here.
    fn at_odds(&self, cards: &[Opened]) -> Option<StationError> {
        for (place, own) in cards.iter().enumerate() {
            let person = &own.card.certificate().person;
            if cards[..place].iter().any(|other| other.card.id() == own.card.id()) {
                return Some(Denied::Same.into());
            }
            if cards[..place].iter().any(|other| other.card.certificate().person == *person) {
                return Some(StationError::OnePerson(person.clone()));
            }
            let here = self.state.cards.iter().filter(|(id, _)| **id != own.card.id());
            let here = here.filter_map(|(_, other)| Some((&other.person, other.issuers.as_ref()?)));
            let beside = cards.iter().map(|other| (&other.card.certificate().person, &other.issuers));
            for (other, issuers) in here.chain(beside) {
                if own.issuers.contains(other) || issuers.contains(person) {
                    let issuer = if own.issuers.contains(other) { other } else { person };
                    return Some(Denied::OwnIssue(issuer.clone()).into());
                }
            }
        }
        None
    }

    /// Logs a denial, and gives it back.
    fn deny(&mut self, card: Option<&Card>, denied: Denied, now: UnixTime) -> StationError {
        let (card, denied) = (card.map(CardUse::of), StationError::from(denied));
        self.log_denial(card, &denied, now).err().unwrap_or(denied)
    }

    fn deny_all(&mut self, cards: &[Opened], denied: &StationError, now: UnixTime) -> Result<(), StationError> {
        cards.iter().try_for_each(|own| self.log_denial(Some(CardUse::of(&own.card)), denied, now))
    }

    fn log_denial(&mut self, card: Option<CardUse>, denied: &StationError, now: UnixTime) -> Result<(), StationError> {
        let code = election::Coded::code(denied).to_owned();
        // While the polls are open its own hour would say when a doubtful ballot lay there: that of the line before says less.
        let before = self.state.events.last().filter(|_| self.state.phase == Phase::Open);
        let now = before.map_or(now, |event| event.untrusted_time);
        self.change(now, |state, now| state.log(now, EventKind::CardDenied { card, code }))
    }

    /// Wrong PINs of a card in a row, a guess that was cut short among them.
    fn wrong(&self, card: &KeyId) -> u8 {
        self.state.cards.get(card).map_or(0, |tried| tried.wrong)
    }

    /// The day by the device's clock, which is not trusted, in the election's time zone.
    fn today(&self, now: UnixTime) -> PlainDate {
        let zone = TimeZone::get(&self.ground.definition.time_zone).unwrap_or(TimeZone::UTC);
        let time = Timestamp::from_second(now).unwrap_or(Timestamp::UNIX_EPOCH);
        PlainDate(time.to_zoned_datetime(zone).date())
    }
}

impl State {
    /// What is known of a card; a new row for one that was never tried.
    fn tried(&mut self, card: &Card) -> &mut Tried {
        let own = card.certificate();
        self.cards.entry(card.id()).or_insert_with(|| Tried {
            person: own.person.clone(),
            duty: own.duty,
            wrong: 0,
            issuers: None,
            adjudicated: false,
        })
    }

    /// Says at the close which cards took part in settling doubts, without the hour of it.
    pub(crate) fn tell_adjudicated(&mut self, now: UnixTime) {
        let mut cards = Vec::new();
        for (card, tried) in &mut self.cards {
            if std::mem::take(&mut tried.adjudicated) {
                cards.push(CardUse { card: *card, person: tried.person.clone(), duty: tried.duty });
            }
        }
        if !cards.is_empty() {
            let act = Act::Adjudicate.as_str().to_owned();
            self.log(now, EventKind::CardsAccepted { act, cards, proof: None });
        }
    }
}

impl CardUse {
    fn of(card: &Card) -> CardUse {
        let own = card.certificate();
        CardUse { card: card.id(), person: own.person.clone(), duty: own.duty }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The waits as docs/cards.md gives them.
    #[test]
    fn the_wait_doubles_after_the_third_wrong_pin() {
        let seconds: Vec<u64> = (0..MOST_WRONG).map(|wrong| delay(wrong).as_secs()).collect();
        assert_eq!(seconds, [0, 0, 0, 1, 2, 4, 8, 16, 32, 64]);
        assert_eq!(delay(u8::MAX), delay(FREE + MOST_WRONG), "no count makes the wait a wrong number");
    }
}
