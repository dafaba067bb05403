//! Why a station refuses, under stable reason codes.

use std::io;

use election::{Coded, ContestId, DeviceId, Hour, Lang, Mode, PersonId, StationId};
use sign::entropy::EntropyError;
use tally::account::Finding;

use crate::card::Denied;
use crate::slots::SlotError;
use crate::state::Phase;

/// Why a station refuses.
#[derive(Debug, thiserror::Error)]
pub enum StationError {
    /// The disk is full, read-only or broken.
    #[error("the disk failed: {0}")]
    Disk(#[from] io::Error),
    /// The store of ballots is not whole, or full.
    #[error("the store of ballots cannot be used: {0}")]
    Store(SlotError),
    /// The generator of randomness cannot be relied on.
    #[error("no randomness: {0}")]
    Entropy(#[from] EntropyError),
    /// The disk failed earlier in this run.
    #[error("the station has stopped, because its disk failed")]
    Halted,
    /// There is no station in the folder.
    #[error("there is no station in this folder")]
    NotPrepared,
    /// The folder is in use.
    #[error("the folder already holds {0}")]
    Leftover(String),
    /// `state.json` is not one that this software writes.
    #[error("state.json cannot be read: {0}")]
    State(String),
    /// The step does not fit the phase.
    #[error("this cannot be done now: the station is {}", word(*.is))]
    Phase {
        /// Where the day stands.
        is: Phase,
    },
    /// Results were asked for while the polls are open.
    #[error("the polls are open: nothing but the number of ballots is told before they are closed")]
    TooEarly,
    /// The station was closed before.
    #[error("the station is already closed")]
    ClosedAlready,
    /// The zero report is of another definition.
    #[error("the definition is not the one of the zero report, which no longer stands")]
    ZeroInvalid,
    /// The definition changed and ballots are there.
    #[error("the definition was changed after ballots had been counted")]
    DefinitionChanged,
    /// Another mode.
    #[error("the folder is for the mode {}, and the definition is for {}", folder.as_str(), definition.as_str())]
    Mode {
        /// The folder's.
        folder: Mode,
        /// The definition's.
        definition: Mode,
    },
    /// The definition has no such station.
    #[error("the definition has no station {0}")]
    Unknown(StationId),
    /// A station whose ballots go into another box, or that takes no contest.
    #[error("station {0} is not counted by itself: {1}")]
    NotCounted(StationId, String),
    /// Somebody who may not do this.
    #[error("{0} is not an officer of this election")]
    NotOfficer(PersonId),
    /// One person where two are needed.
    #[error("{0} is one person, and this needs two")]
    OnePerson(PersonId),
    /// A card is denied, or a name where a card is needed.
    #[error(transparent)]
    Card(#[from] Denied),
    /// A page is missing or out of place; what came before it is counted.
    #[error("{0} is without its other side: a page is missing, or the sheet lies the other way round")]
    Misfed(String),
    /// There is no such doubt.
    #[error("no mark of contest {0} on that sheet is in doubt")]
    NoDoubt(ContestId),
    /// An answer with an option that was not in doubt.
    #[error("an answer names an option of contest {0} that is not in doubt")]
    NotAsked(ContestId),
    /// The same person answered before.
    #[error("{0} has answered this already")]
    Answered(PersonId),
    /// The hour of the law has not come, by the device's clock.
    #[error("by the device's clock it is before {0}, the hour at which the polls close")]
    BeforeHour(Hour),
    /// Doubts are open.
    #[error("{0} doubtful contests are not settled")]
    Unsettled(usize),
    /// No ballot account.
    #[error("the ballot account is not entered")]
    NoAccount,
    /// The ballot account does not hold.
    #[error("the ballot account does not hold: {}", told(.0))]
    Account(Vec<Finding>),
    /// An account that was said not to hold, and does.
    #[error("the ballot account holds: there is no difference to close with")]
    Balanced,
    /// There is no such refused sheet.
    #[error("no sheet with that hash was refused")]
    NotRefused,
    /// A key that is not the device's.
    #[error("the key is not the one that the key list has for device {0} at this station")]
    NotTheDevice(DeviceId),
    /// Figures that no station can have.
    #[error("the figures are beyond all reason: {0}")]
    Figures(String),
    /// The package could not be made.
    #[error("the package could not be sealed: {0}")]
    Seal(String),
    /// The slip could not be drawn.
    #[error("the slip could not be drawn: {0}")]
    Slip(String),
    /// A sealed file is not what it was.
    #[error("{0} is not the file that was sealed")]
    Changed(String),
    /// A medium does not hold what was written to it.
    #[error("the medium {medium} does not hold {file} as it was written")]
    Medium {
        /// The medium.
        medium: String,
        /// The file.
        file: String,
    },
}

fn told(findings: &[Finding]) -> String {
    let told = findings.iter().map(|finding| finding.say(Lang::En));
    told.collect::<Vec<_>>().join("; ")
}

fn word(phase: Phase) -> &'static str {
    match phase {
        Phase::Prepared => "prepared, and its polls are not open",
        Phase::Open => "open",
        Phase::Closed => "closed",
        Phase::Sealed => "closed and sealed",
    }
}

impl From<SlotError> for StationError {
    fn from(error: SlotError) -> Self {
        match error {
            SlotError::Disk(error) => StationError::Disk(error),
            SlotError::Entropy(error) => StationError::Entropy(error),
            error => StationError::Store(error),
        }
    }
}

impl Coded for StationError {
    fn code(&self) -> &'static str {
        match self {
            StationError::Disk(_) => "station.disk",
            StationError::Store(SlotError::Full(_)) => "station.store.full",
            StationError::Store(_) => "station.store.damaged",
            StationError::Entropy(error) => error.code(),
            StationError::Halted => "station.halted",
            StationError::NotPrepared => "station.not_prepared",
            StationError::Leftover(_) => "station.leftover",
            StationError::State(_) => "station.state",
            StationError::Phase { .. } => "station.phase",
            StationError::TooEarly => "station.too_early",
            StationError::ClosedAlready => "station.closed_already",
            StationError::ZeroInvalid => "station.zero_invalid",
            StationError::DefinitionChanged => "station.definition_changed",
            StationError::Mode { .. } => "station.mode",
            StationError::Unknown(_) => "station.unknown",
            StationError::NotCounted(..) => "station.not_counted",
            StationError::NotOfficer(_) => "station.not_officer",
            StationError::OnePerson(_) => "station.one_person",
            StationError::Card(denied) => denied.code(),
            StationError::Misfed(_) => "station.misfed",
            StationError::NoDoubt(_) => "station.no_doubt",
            StationError::NotAsked(_) => "station.not_asked",
            StationError::Answered(_) => "station.answered",
            StationError::BeforeHour(_) => "station.before_hour",
            StationError::Unsettled(_) => "station.unsettled",
            StationError::NoAccount => "station.no_account",
            StationError::Account(_) => "station.account",
            StationError::Balanced => "station.balanced",
            StationError::NotRefused => "station.not_refused",
            StationError::NotTheDevice(_) => "station.not_the_device",
            StationError::Figures(_) => "station.figures",
            StationError::Seal(_) => "station.seal",
            StationError::Slip(_) => "station.slip",
            StationError::Changed(_) => "station.changed",
            StationError::Medium { .. } => "station.medium",
        }
    }

    fn next(&self) -> &'static str {
        match self {
            StationError::Disk(_) | StationError::Halted => {
                "Free space or mend the disk, start the station again, compare its count with your own, and feed again what it did not count."
            }
            StationError::Store(SlotError::Full(_)) => {
                "Take a spare device for the remaining ballots and call the office."
            }
            StationError::Store(_) => {
                "Stop, seal the device as it is, and call the office: the paper will be counted again."
            }
            StationError::Entropy(error) => error.next(),
            StationError::NotPrepared => "Give the folder of a prepared station, or prepare one.",
            StationError::Leftover(_) => {
                "Keep this folder and report it; prepare a new, empty one with `sanad station prepare`."
            }
            StationError::State(_) => "Stop, seal the device as it is, and call the office.",
            StationError::Phase { .. } => "Ask for `sanad station status`: it names the next step.",
            StationError::TooEarly => "Close the polls first.",
            StationError::ClosedAlready => "Make the report; to take more ballots two officers must reopen the polls.",
            StationError::ZeroInvalid => "Open the polls again to make a new zero report.",
            StationError::DefinitionChanged => "Put back the definition that the polls were opened with.",
            StationError::Mode { .. } => "Use a folder prepared for this mode; nothing of one mode goes into another.",
            StationError::Unknown(_) | StationError::NotCounted(..) => {
                "Give the id of a station of stations.csv that is counted by itself."
            }
            StationError::NotOfficer(_) => "Give the id of a person with the role officer in people.csv.",
            StationError::OnePerson(_) => "Let a second officer confirm it.",
            StationError::Card(denied) => denied.next(),
            StationError::Misfed(_) => {
                "Look for the missing page, lay every sheet with its front first, and feed this sheet and all after it again."
            }
            StationError::NoDoubt(_) | StationError::NotAsked(_) => "List the doubts and answer what is asked there.",
            StationError::Answered(_) => "Let another person answer.",
            StationError::BeforeHour(_) => {
                "Look at a clock on the wall. If the polls are to close now, say so with --early; it is logged."
            }
            StationError::Unsettled(_) => {
                "List them with `sanad station adjudicate`; two people answer each, and where they differ another officer of people.csv does."
            }
            StationError::NoAccount => "Enter received, spoiled and unused ballots with `sanad station enter`.",
            StationError::Account(_) => {
                "Count the paper again and enter the account anew (sanad station enter); `sanad station alike` shows sheets that may be one paper fed twice. If it truly does not add up, close with --account-differs: the figures leave as they are, and the centre counts them only if two officers order it."
            }
            StationError::Balanced => "Close without --account-differs.",
            StationError::NotRefused => "Ask for the status: it lists the refused sheets.",
            StationError::NotTheDevice(_) => "Give the key file that was issued to this device for this station.",
            StationError::Figures(_) => "Stop, seal the device as it is, and call the office.",
            StationError::Seal(_) | StationError::Slip(_) => {
                "Mend the cause and make the report again; nothing was sealed."
            }
            StationError::Changed(_) => "Hand over from the other medium, keep the device, and call the office.",
            StationError::Medium { .. } => "Use another medium and hand over again.",
        }
    }
}
