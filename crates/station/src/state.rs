//! All a station knows besides the ballots: one file, replaced whole.
//!
//! Nothing in it has an order or a time that could be tied to one ballot: doubts and
//! answers are sorted by slot, refused sheets by the hash of their files, and the log has
//! no entry for a sheet.

use std::collections::{BTreeMap, BTreeSet};

use election::{ContestId, DeviceId, Digest, Mode, OptionId, PersonId, StationId};
use package::Salt;
use serde::{Deserialize, Serialize};
use sign::KeyId;

use crate::card::Duty;
use crate::slots::Slot;

/// What a station's folder was prepared for; written once.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Config {
    /// The station.
    pub station: StationId,
    /// The device that counts.
    pub device: DeviceId,
    /// The mode; a folder never changes it.
    pub mode: Mode,
    /// Slots of the store: the ballots delivered and some spare.
    pub slots: u32,
    /// Bytes of a slot; a sheet that needs more still fits, and then its size may show.
    pub slot_bytes: u32,
    /// The folder of the definition, as the command was given it.
    pub election: String,
    /// The file of the device's key, as the command was given it.
    pub key: String,
    /// That people show cards here, and which of them are revoked; without it names are typed, unless the definition
    /// asks for cards.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cards: Option<CardsHere>,
}

/// What a device was prepared with to know cards by.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CardsHere {
    /// The cards that are taken no more, by the ids of their keys.
    pub revoked: BTreeSet<KeyId>,
}

/// A card in the device's log.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CardUse {
    /// The card, by the id of its key.
    pub card: KeyId,
    /// Whose it is.
    pub person: PersonId,
    /// What its holder is at the station.
    pub duty: Duty,
}

/// What cards have signed, and their certificates: whoever has the key list checks both again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Proof {
    /// The envelope of kind `station_act`, as text.
    pub act: String,
    /// The envelopes of kind `card_certificate`, as text.
    pub cards: Vec<String>,
}

/// What the device knows of a card that an officer of the key list has issued.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Tried {
    /// Whose it is.
    pub person: PersonId,
    /// What its holder is at the station.
    pub duty: Duty,
    /// Wrong PINs in a row, those among them whose answer nobody was told.
    pub wrong: u8,
    /// Who issued it, once it has proven an act here.
    pub issuers: Option<BTreeSet<PersonId>>,
    /// Has it taken part in settling doubts since the last close?
    pub adjudicated: bool,
}

/// Polling day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Phase {
    /// The folder is made; no zero report yet.
    Prepared,
    /// The zero report stands; sheets are taken.
    Open,
    /// No sheet is taken any more; the report can be made.
    Closed,
    /// The packages of this generation are sealed, once.
    Sealed,
}

/// A time that somebody told the station: seconds since 1970 in UTC. It is shown as
/// untrusted; what orders anything is the sequence number.
pub type UnixTime = i64;

/// What happened. No event is about one sheet, and none tells a selection.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "event", rename_all = "snake_case", deny_unknown_fields)]
pub enum EventKind {
    /// The folder was made.
    Prepared,
    /// The polls could not be opened, for this reason code.
    OpenRefused {
        /// The reason code.
        code: String,
    },
    /// A zero report was made and the polls opened.
    Opened {
        /// The officer.
        officer: PersonId,
        /// SHA-256 of `zero.json`.
        zero: Digest,
    },
    /// The definition is not the one of the zero report any more; a new zero report is needed.
    ZeroInvalidated {
        /// SHA-256 of the `zero.json` that no longer stands.
        zero: Digest,
    },
    /// After a loss of power a slot was found half written and emptied: one sheet was not counted.
    SlotRecovered,
    /// The clock jumped.
    ClockJumped {
        /// Seconds, negative for backwards.
        seconds: i64,
    },
    /// The officers wrote down the ballot account.
    AccountEntered {
        /// The officer.
        officer: PersonId,
    },
    /// Two officers said what became of a refused sheet. Which one is not told, only how all of them stand now.
    RefusedMarked {
        /// The two officers.
        officers: (PersonId, PersonId),
        /// Refused sheets that are ballots of this station and unread.
        unread: u32,
        /// Refused sheets that were fed again.
        fed_again: u32,
        /// Refused sheets that are no ballots of this station.
        foreign: u32,
    },
    /// The polls were closed.
    Closed {
        /// The two officers.
        officers: (PersonId, PersonId),
        /// Was it, by the device's clock, before the hour that the law sets?
        early: bool,
        /// The rules of the ballot account that do not hold, where the officers closed all the same.
        broken: Vec<String>,
        /// Sheets refused because the same file had been read before.
        same_file: u32,
        /// Pairs of sheets that look alike.
        look_alikes: u32,
        /// Sheets refused, by reason code.
        refused: BTreeMap<String, u32>,
        /// Doubtful contests that people settled.
        settled: u32,
    },
    /// The polls were opened again: a new generation begins, with no new zero report.
    Reopened {
        /// The two officers.
        officers: (PersonId, PersonId),
        /// The new generation.
        generation: u16,
    },
    /// The packages of a generation were sealed.
    Sealed {
        /// The generation.
        generation: u16,
    },
    /// A slip was printed or printed again.
    SlipPrinted {
        /// The generation.
        generation: u16,
        /// The number of the copy, from 1.
        copy: u32,
        /// Who got it, where said.
        to: Option<PersonId>,
    },
    /// The files were written to a medium and compared.
    HandedOver {
        /// The generation.
        generation: u16,
        /// The medium's name.
        medium: String,
    },
    /// A card was denied. For what is not told: it may have been about one ballot.
    CardDenied {
        /// The card, where it is one of this election.
        card: Option<CardUse>,
        /// The reason code.
        code: String,
    },
    /// Cards have proven an act. Of an act about one sheet its signatures are not kept.
    CardsAccepted {
        /// The act.
        act: String,
        /// The cards.
        cards: Vec<CardUse>,
        /// What they signed.
        proof: Option<Proof>,
    },
}

/// A line of the device's log.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Event {
    /// Its number, from 1, without a gap: the order of events.
    pub sequence: u64,
    /// The device's clock then; untrusted.
    pub untrusted_time: UnixTime,
    /// What happened.
    pub what: EventKind,
}

/// What two or more people said about the doubtful options of one contest of one sheet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Doubt {
    /// The sheet's slot.
    pub slot: Slot,
    /// The contest.
    pub contest: ContestId,
    /// Which of the doubtful options each person holds to be marked.
    pub answers: BTreeMap<PersonId, BTreeSet<OptionId>>,
}

impl Doubt {
    /// What two people agree on; `None` while no two do, or if two pairs disagree.
    pub fn settled(&self) -> Option<&BTreeSet<OptionId>> {
        package::adjudication::agreed(&self.answers)
    }
}

/// What became of the paper of a sheet that could not be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Fate {
    /// A ballot of this station that no reading could be made of: it is in the account as unread.
    Unread,
    /// The same paper was fed again and read; it is not a second ballot.
    FedAgain,
    /// Not a ballot of this station: kept apart, in no account.
    Foreign,
}

/// A sheet that was refused.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Refusal {
    /// The reason code.
    pub code: String,
    /// What became of the paper.
    pub fate: Fate,
}

/// What officers write down from their papers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Paper {
    /// Ballots received from the office.
    pub received: u32,
    /// Ballots spoiled by a voter and replaced.
    pub spoiled: u32,
    /// Ballots left.
    pub unused: u32,
    /// Voters checked in, where a verification device counts them.
    pub checked_in: Option<u32>,
}

/// The proof that nothing was in the station when the polls opened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Zero {
    /// SHA-256 of the definition it is for.
    pub definition: Digest,
    /// The election fingerprint it is for.
    pub fingerprint: Digest,
    /// The bytes of `zero.json`.
    pub json: String,
}

/// A close, written down before any file of it is made, so that a repeated attempt makes the same content.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Closing {
    /// When; untrusted.
    pub untrusted_time: UnixTime,
    /// The salt of `results.json`.
    pub results_salt: Salt,
    /// The salt of `cvr.json`.
    pub cvr_salt: Salt,
    /// Did the officers close although the ballot account does not hold?
    pub account_differs: bool,
}

/// The files of a sealed generation. That this is in the state is what makes them sealed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Sealed {
    /// Every file of the generation in `out/`, with its SHA-256.
    pub files: BTreeMap<String, Digest>,
    /// Copies of the slip that were printed.
    pub copies: u32,
}

/// All a station knows besides the ballots.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct State {
    /// What the folder is for.
    pub config: Config,
    /// Where in the day it is.
    pub phase: Phase,
    /// The generation: 1, and one more with each reopening.
    pub generation: u16,
    /// The zero report.
    pub zero: Option<Zero>,
    /// Doubts with an answer, by slot and contest.
    pub doubts: Vec<Doubt>,
    /// How many sheets were in their slots when this was written: there are never fewer again. It is a number alone,
    /// and is told while the polls are open.
    pub stored: u32,
    /// Sheets that were refused, by the hash of their files.
    pub refused: BTreeMap<Digest, Refusal>,
    /// How often a file that had been read was fed again.
    pub same_file: u32,
    /// The paper side of the ballot account.
    pub paper: Option<Paper>,
    /// The close, once there is one.
    pub closing: Option<Closing>,
    /// The generations that are sealed.
    pub sealed: BTreeMap<u16, Sealed>,
    /// The cards that were tried here, by the ids of their keys.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub cards: BTreeMap<KeyId, Tried>,
    /// The device's log.
    pub events: Vec<Event>,
}

/// A clock that differs from the last event's by more than this has jumped (also forwards:
/// nobody leaves a station that is open without an event for a day).
pub const CLOCK_JUMP_SECONDS: i64 = 24 * 3600;

impl State {
    /// The state of a new folder.
    pub fn new(config: Config, now: UnixTime) -> State {
        let mut state = State {
            config,
            phase: Phase::Prepared,
            generation: 1,
            zero: None,
            doubts: Vec::new(),
            stored: 0,
            refused: BTreeMap::new(),
            same_file: 0,
            paper: None,
            closing: None,
            sealed: BTreeMap::new(),
            cards: BTreeMap::new(),
            events: Vec::new(),
        };
        state.log(now, EventKind::Prepared);
        state
    }

    /// Adds a line to the log; a clock that ran backwards or far ahead is a line of its own.
    pub fn log(&mut self, now: UnixTime, kind: EventKind) {
        if let Some(last) = self.events.last() {
            let seconds = now.saturating_sub(last.untrusted_time);
            if !(0..=CLOCK_JUMP_SECONDS).contains(&seconds) {
                self.push(now, EventKind::ClockJumped { seconds });
            }
        }
        self.push(now, kind);
    }

    fn push(&mut self, now: UnixTime, what: EventKind) {
        let sequence = self.events.len() as u64 + 1;
        self.events.push(Event { sequence, untrusted_time: now, what });
    }

    /// Did a zero report lose its worth, with none made since?
    pub fn zero_was_invalidated(&self) -> bool {
        let last = self.events.iter().rev().find_map(|event| match event.what {
            EventKind::ZeroInvalidated { .. } => Some(true),
            EventKind::Opened { .. } => Some(false),
            _ => None,
        });
        last.unwrap_or(false)
    }

    /// The answers about one contest of one sheet.
    pub fn doubt(&self, slot: Slot, contest: &ContestId) -> Option<&Doubt> {
        self.doubts.iter().find(|doubt| doubt.slot == slot && &doubt.contest == contest)
    }
}
