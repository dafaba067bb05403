//! What people do at a station, as they sign it with their cards.

use election::{DeviceId, Digest, Scope, StationId};
use serde::{Deserialize, Serialize};

use crate::state::{Fate, Paper};

/// The kind of what the cards of an act sign, in its payload type: nothing else that a card's key signs is of this kind.
pub const ACT_KIND: &str = "station_act";

/// One act, with all that its people decide by it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "act", rename_all = "snake_case")]
pub enum Act {
    /// The zero report, and the polls opened.
    Open,
    /// Taking part in settling doubtful marks: not which mark, nor on which ballot.
    Adjudicate,
    /// The paper side of the ballot account.
    Enter(Paper),
    /// What became of the paper of a refused sheet.
    Refused {
        /// The hash of its files.
        input: Digest,
        /// What became of it.
        fate: Fate,
    },
    /// Looking at sheets that look alike.
    Alike,
    /// The close.
    Close {
        /// Before the hour of the law, if it is.
        early: bool,
        /// Although the ballot account does not hold.
        account_differs: bool,
    },
    /// The polls opened again.
    Reopen,
}

impl Act {
    /// As many people as must do it together.
    pub fn people(&self) -> usize {
        match self {
            Act::Open | Act::Adjudicate | Act::Enter(_) => 1,
            Act::Refused { .. } | Act::Alike | Act::Close { .. } | Act::Reopen => 2,
        }
    }

    /// The word used in the device's log.
    pub fn as_str(&self) -> &'static str {
        match self {
            Act::Open => "open",
            Act::Adjudicate => "adjudicate",
            Act::Enter(_) => "enter",
            Act::Refused { .. } => "refused",
            Act::Alike => "alike",
            Act::Close { .. } => "close",
            Act::Reopen => "reopen",
        }
    }

    /// May its signatures stand in the device's log? Not those over one sheet: the log has nothing of one ballot.
    pub(crate) fn may_be_kept(&self) -> bool {
        !matches!(self, Act::Refused { .. } | Act::Adjudicate)
    }
}

/// The payload of kind `station_act`: what every card of an act signs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ActStatement {
    /// Election, round and mode.
    pub scope: Scope,
    /// The election fingerprint.
    pub fingerprint: Digest,
    /// The station.
    pub station: StationId,
    /// The device.
    pub device: DeviceId,
    /// The generation of the count.
    pub generation: u16,
    /// As many lines as the device's log had before: what was signed once holds at no other time of this log. It does not tell
    /// one preparing of the device from another.
    pub after: u64,
    /// The act.
    pub act: Act,
}
