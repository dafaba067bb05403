//! What a record comes to, as anybody can read it.

use std::collections::{BTreeMap, BTreeSet};

use election::{Digest, StationId};
use sanad_record::docket::{Matter, tables as docket_tables};
use sanad_record::entry::{Lot, Match, Refused};
use sanad_record::register::tables as register_tables;
use sanad_record::results::{self, Files};
use sanad_record::{Figures, Outcome, State, StationStanding};

use crate::draw::Play;

impl Play {
    /// The figures of every count, and of every count by hand.
    pub fn all_figures(&self, state: &State) -> Figures {
        self.figures.clone().into_iter().chain(state.hand_figures(&self.world.frozen.definition)).collect()
    }

    pub fn outcome(&self, state: &State) -> Outcome {
        Outcome::of(&self.world.frozen.definition, state, &self.all_figures(state)).unwrap()
    }
}

/// All of it; what is kept in the order of leaves, and has no meaning there, as a set.
#[derive(PartialEq, Eq)]
pub struct Result {
    standings: BTreeMap<StationId, StationStanding>,
    compared: Match,
    refused: BTreeSet<Refused>,
    superseded: BTreeSet<Digest>,
    lots: BTreeMap<tally::LotId, (Digest, Lot)>,
    lots_before: BTreeSet<Lot>,
    open: BTreeSet<Matter>,
    /// Of `results/`, `docket/` and `register/`.
    files: Files,
}

impl Result {
    /// What `state` comes to, which is that of leaf 0 and then of `leaves`.
    pub fn of(play: &Play, state: &State, leaves: &[Vec<u8>]) -> Self {
        let (frozen, figures) = (&play.world.frozen, play.all_figures(state));
        let def = &frozen.definition;
        let outcome = play.outcome(state);
        let all: Vec<&[u8]> = std::iter::once(&play.world.leaf_0).chain(leaves).map(Vec::as_slice).collect();
        let versions = docket_tables::versions(frozen, &all, state, &outcome, &figures).unwrap();
        let mut files = results::files(def, &outcome, &figures);
        files.extend(docket_tables::files(def, state, &outcome, &figures, &versions).unwrap());
        files.extend(register_tables::files(def, state));
        Result {
            standings: state.standings(def),
            compared: state.compare(def),
            refused: state.refused.clone(),
            superseded: state.superseded.clone(),
            lots: state.lots.clone(),
            lots_before: state.lots_before.iter().cloned().collect(),
            open: state.open_matters(def),
            files,
        }
    }

    /// Is it the same as `other`? If not, what is another.
    pub fn is(&self, other: &Result) -> std::result::Result<(), String> {
        if self == other {
            return Ok(());
        }
        let names = self.files.iter().filter(|(name, bytes)| other.files.get(*name) != Some(bytes));
        let files = names.map(|(name, bytes)| {
            let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
            format!("{name}:\n{}\nbefore:\n{}", text(bytes), text(&other.files[name]))
        });
        let standings = self.standings.iter().filter(|(id, own)| other.standings.get(*id) != Some(own));
        let standings = standings.map(|(id, own)| format!("{id}: {own:?}\nbefore: {:?}", other.standings[id]));
        let rest = format!("open {:?}\nbefore {:?}", self.open, other.open);
        Err(files.chain(standings).chain([rest]).collect::<Vec<_>>().join("\n"))
    }
}
