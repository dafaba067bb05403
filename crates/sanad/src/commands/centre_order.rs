//! Acts about a station, worded as orders.

use std::collections::BTreeSet;

use centre::Centre as Room;
use clap::ValueEnum;
use election::{Digest, OptionId, StationId};
use record::entry::{Absence, Effect, Lot, Order};
use record::{Content, Outcome};
use tally::{LotId, LotNeeded, LotOutcome};

use crate::inputs;
use crate::shell::{Failure, Result};

/// What a decision does.
#[derive(Clone, Copy, ValueEnum)]
pub enum Act {
    /// Count the network's copy
    CountNetwork,
    /// Count the stick's copy
    CountStick,
    /// Count what this leaf of a count by hand says
    #[value(skip)]
    CountHand(Digest),
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
            Act::CountHand(_) => "station {}: entered, the count by hand is counted",
            Act::NotOpened => "station {}: entered, it did not open",
            Act::Cancel => "station {}: entered, it is cancelled and left out",
            Act::Restore => "station {}: entered, the cancellation is taken back",
        }
    }
}

/// A lot that the tally asks for, or with `corrects` one that was entered wrongly. A leaf is never taken back, so what could
/// not count is refused before.
pub fn lot(room: &Room, id: String, drawn: Vec<OptionId>, drawing: String, corrects: bool) -> Result<Lot> {
    let standing = room.state().lots.get(&LotId(id.clone())).map(|(digest, lot)| (*digest, &lot.outcome.drawn));
    let supersedes = match (standing, corrects) {
        (None, false) => None,
        (Some((leaf, _)), true) => Some(leaf),
        (Some((_, before)), false) => {
            let before: Vec<&str> = before.iter().map(OptionId::as_str).collect();
            let what = format!("the lot '{id}' is drawn already: {}", before.join(" "));
            let next = "if it was entered wrongly, enter it again with --corrects, and say in --drawing what was wrong";
            return Err(Failure::new("centre.lot", what, next));
        }
        (None, true) => {
            let what = format!("the lot '{id}' is not drawn yet");
            return Err(Failure::new("centre.lot", what, "enter it without --corrects"));
        }
    };
    // As the tally stood before it was drawn.
    let mut state = room.state().clone();
    state.lots.remove(&LotId(id.clone()));
    let outcome = Outcome::of(&room.frozen().definition, &state, &room.figures()?)?;
    let needed: Vec<&LotNeeded> = outcome.allotments.values().flat_map(|a| &a.lots_needed).collect();
    let Some(lot) = needed.iter().find(|lot| lot.id.0 == id) else {
        let what = format!("the tally asks for no lot '{id}'");
        let failure = Failure::new("centre.lot", what, "`sanad centre tally` names the lots that are to be drawn");
        return Err(match needed.first() {
            Some(first) => failure.hint(&format!("the next one is {}", first.id.0)),
            None => failure,
        });
    };
    if let Some(stranger) = drawn.iter().find(|name| !lot.between.contains(name)) {
        let what = format!("'{stranger}' is not among those tied");
        let known = lot.between.iter().map(OptionId::as_str);
        return Err(inputs::unknown("centre.lot", what, stranger.as_str(), known));
    }
    let different: BTreeSet<&OptionId> = drawn.iter().collect();
    if different.len() as u64 != lot.seats || different.len() != drawn.len() {
        let what = format!("the lot is for {} seats, and {} names were drawn", lot.seats, different.len());
        return Err(Failure::new(
            "centre.lot",
            what,
            "enter the names as the minutes of the drawing have them, each once",
        ));
    }
    Ok(Lot { outcome: LotOutcome { id: LotId(id), drawn }, drawing, supersedes })
}

/// The nearest id is shown; none is ever taken for it.
pub fn unknown_station(room: &Room, station: &StationId) -> Failure {
    let known = room.frozen().definition.stations.iter().map(|s| s.id.as_str());
    let what = format!("there is no station '{station}' in the definition");
    inputs::unknown("centre.station", what, station.as_str(), known)
}

/// Words an act about a station as an order that takes the place of all that stand but those under a court's ruling. What an
/// order to count a copy that came alone lacks is said before anybody signs.
pub fn order(
    room: &Room,
    station: StationId,
    act: Act,
    absent: Option<Absence>,
    reason: String,
    basis: String,
    evidence: Vec<Digest>,
) -> Result<Order> {
    let unknown = || unknown_station(room, &station);
    let known = room.state().evidence.get(&station).ok_or_else(unknown)?;
    let standing = room.state().standing(&room.frozen().definition, &station).ok_or_else(unknown)?;
    let is_cancelled = known.heads.iter().any(|(_, order)| order.effect == Effect::Cancel);
    if is_cancelled && !matches!(act, Act::Cancel | Act::Restore) {
        let what = format!("the station {station} is cancelled");
        return Err(Failure::new("centre.cancelled", what, "take the cancellation back first: --act restore"));
    }
    let refused = room.state().refused.iter().filter(|refused| refused.station.as_ref() == Some(&station)).count();
    let came = known.imports.len() + known.slips.len() + refused;
    if came > 0 && matches!(act, Act::NotOpened) {
        let what = format!("the station {station} opened: {came} packages or slips came from it");
        let next = "look at them with `sanad centre match`; to leave its votes out, cancel it: --act cancel";
        return Err(Failure::new("centre.opened", what, next));
    }
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
        Act::CountHand(leaf) => Effect::CountHand(leaf),
        Act::NotOpened => Effect::NotOpened,
        Act::Cancel => Effect::Cancel,
        Act::Restore => Effect::Restore,
    };
    known.may_order(&effect, absent).map_err(|lacks| Failure::from(lacks).at(&station))?;
    // What a court has ordered is taken back under a ruling alone: beside it this order contradicts it.
    let free = known.heads.iter().filter(|(_, head)| head.under.is_none());
    let mut supersedes: Vec<Digest> = free.map(|(digest, _)| *digest).collect();
    if effect == Effect::NotOpened {
        supersedes.extend(known.openings.iter().map(|(digest, _)| *digest));
    }
    Ok(Order { evidence, supersedes, absent, ..Order::new(station, effect, reason, basis) })
}
