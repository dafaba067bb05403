//! Acts about a station, worded as orders.

use std::collections::BTreeSet;

use centre::Centre as Room;
use clap::ValueEnum;
use election::{Digest, StationId};
use record::Content;
use record::entry::{Effect, Order};

use crate::inputs;
use crate::shell::{Failure, Result};

/// What a decision does.
#[derive(Clone, Copy, ValueEnum)]
pub enum Act {
    /// Count the network's copy
    CountNetwork,
    /// Count the stick's copy
    CountStick,
    /// The station did not open
    NotOpened,
    /// Leave the station out
    Cancel,
    /// Take a cancellation back
    Restore,
}

impl Act {
    /// What is said when it is entered.
    pub fn entered(self) -> &'static str {
        match self {
            Act::CountNetwork => "station {}: entered, the network's copy is counted",
            Act::CountStick => "station {}: entered, the stick's copy is counted",
            Act::NotOpened => "station {}: entered, it did not open",
            Act::Cancel => "station {}: entered, it is cancelled and left out",
            Act::Restore => "station {}: entered, the cancellation is taken back",
        }
    }
}

/// The nearest id is shown; none is ever taken for it.
pub fn unknown_station(room: &Room, station: &StationId) -> Failure {
    let known = room.frozen().definition.stations.iter().map(|s| s.id.as_str());
    let what = format!("there is no station '{station}' in the definition");
    inputs::unknown("centre.station", what, station.as_str(), known)
}

/// Words an act about a station as an order that takes the place of all that stand.
pub fn order(
    room: &Room,
    station: StationId,
    act: Act,
    reason: String,
    basis: String,
    evidence: Vec<Digest>,
) -> Result<Order> {
    let unknown = || unknown_station(room, &station);
    let known = room.state().evidence.get(&station).ok_or_else(unknown)?;
    let standing = room.state().standing(&room.frozen().definition, &station).ok_or_else(unknown)?;
    let one = |contents: &BTreeSet<Content>, medium: &str| match contents.len() {
        1 => Ok(Effect::Count(*contents.first().expect("there is one"))),
        n => {
            let what = format!("the station {station} has {n} contents from the {medium}, not one");
            Err(Failure::new("centre.one_content", what, "look at them with `sanad centre match`"))
        }
    };
    let effect = match act {
        Act::CountNetwork => one(&standing.network, "network")?,
        Act::CountStick => one(&standing.stick, "stick")?,
        Act::NotOpened => Effect::NotOpened,
        Act::Cancel => Effect::Cancel,
        Act::Restore => Effect::Restore,
    };
    let mut supersedes: Vec<Digest> = known.heads.iter().map(|(digest, _)| *digest).collect();
    if effect == Effect::NotOpened {
        supersedes.extend(known.openings.iter().map(|(digest, _)| *digest));
    }
    Ok(Order { station, effect, reason, basis, evidence, supersedes })
}
