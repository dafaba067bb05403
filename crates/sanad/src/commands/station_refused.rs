//! `sanad station refused`: what became of the paper of sheets that could not be read.

use clap::ValueEnum;
use election::Digest;
use serde_json::json;
use station::{Fate, Station as Room, StationError};

use crate::shell::{Failure, Fill, Result, Shell, Verdict, count, text};

/// What became of the paper of a refused sheet.
#[derive(Clone, Copy, ValueEnum)]
pub enum Became {
    /// A ballot of this station that no reading could be made of
    Unread,
    /// The same paper was fed again and read
    FedAgain,
    /// Not a ballot of this station
    Foreign,
}

impl From<Became> for Fate {
    fn from(became: Became) -> Fate {
        match became {
            Became::Unread => Fate::Unread,
            Became::FedAgain => Fate::FedAgain,
            Became::Foreign => Fate::Foreign,
        }
    }
}

/// So many digits of a hash are shown to people, and are enough to name a sheet.
const SHOWN: usize = 12;

/// The hash of a refused sheet as people are shown it.
pub fn shown(input: &Digest) -> String {
    input.hex()[..SHOWN].to_owned()
}

/// Lists the refused sheets.
pub fn list(shell: &Shell, room: &Room) -> Result {
    let status = room.status();
    for sheet in &status.refused {
        let fate = match sheet.fate {
            Fate::Unread => "unread: a ballot of this station, in the account",
            Fate::FedAgain => "fed again: not a second ballot",
            Fate::Foreign => "foreign: kept apart, in no account",
        };
        let fate = Fill::Words(shell.worded(fate, &[]));
        shell.tell("{} [{}] {}", &[text(shown(&sheet.input)), text(&sheet.code), fate]);
    }
    shell.tell("{} refused sheets", &[count(status.refused.len())]);
    shell.json(&json!({ "refused": status.refused }));
    Ok(Verdict::Holds)
}

/// The refused sheet whose hash begins with these digits.
pub fn named(room: &Room, digits: &str) -> Result<Digest> {
    let digits = digits.trim_start_matches("sha256:");
    let mut found = room.state().refused.keys().filter(|input| input.hex().starts_with(digits));
    match (found.next(), found.next(), digits.len() >= SHOWN) {
        (Some(one), None, true) => Ok(*one),
        (None, ..) => Err(StationError::NotRefused.into()),
        _ => {
            let what = format!("'{}' does not name one refused sheet", digits.escape_debug());
            let next = "give all the digits that `sanad station refused` shows";
            Err(Failure::new("station.not_refused", what, next))
        }
    }
}
