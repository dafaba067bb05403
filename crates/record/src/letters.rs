//! The letters that give a station's registration figure, which of them is followed, and the bound that follows from it
//! (R.210, R.219).

use std::collections::{BTreeMap, BTreeSet};

use election::{Definition, Register, Registration, SourceId, Station, StationId};
use serde::Serialize;

use crate::fold::State;

/// How it is known which letter is followed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Followed {
    /// All letters give one figure, or there is one letter.
    Agreed,
    /// An opening names it.
    Opening,
    /// Letters disagree, and no opening has decided: the one that `stations.csv` names stands in.
    Undecided,
    /// Openings that stand name different ones: the one that `stations.csv` names stands in.
    Contradicting,
}

impl Followed {
    /// The word used in files.
    pub fn as_str(self) -> &'static str {
        match self {
            Followed::Agreed => "agreed",
            Followed::Opening => "opening",
            Followed::Undecided => "undecided",
            Followed::Contradicting => "contradicting",
        }
    }

    /// Is it known which letter is followed?
    pub fn is_decided(self) -> bool {
        matches!(self, Followed::Agreed | Followed::Opening)
    }
}

/// What is known of one station's figure.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StationLetters {
    /// Every letter with its figure; the one that `stations.csv` names first.
    pub letters: Vec<(SourceId, u32)>,
    /// The letter whose figure is the station's.
    pub follows: SourceId,
    /// Its figure.
    pub registered: u32,
    /// How that is known.
    pub followed: Followed,
}

impl StationLetters {
    /// Do the letters give different figures?
    pub fn disagree(&self) -> bool {
        self.letters.iter().any(|(_, figure)| *figure != self.letters[0].1)
    }

    /// The letters and their figures, as one text.
    pub fn told(&self) -> String {
        self.letters.iter().map(|(source, figure)| format!("{source} {figure}")).collect::<Vec<_>>().join("; ")
    }
}

/// The most ballots that a box may hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bound {
    /// The station's figure, and those of the stations whose ballots lie in its box.
    pub figure: u64,
    /// Fixed only if every station of the box has a fixed register.
    pub register: Register,
}

/// The figures of every station, and the bound of every box.
#[derive(Clone, Debug)]
pub struct Registers {
    /// Every station of the definition.
    pub letters: BTreeMap<StationId, StationLetters>,
    /// By reporting station.
    pub bounds: BTreeMap<StationId, Bound>,
    /// Reporting stations in whose box a station's letters disagree, with those stations.
    pub disagreeing: BTreeMap<StationId, Vec<StationId>>,
}

impl Registers {
    /// The figures under the openings of the record.
    pub fn of(def: &Definition, state: &State) -> Self {
        let mut further: BTreeMap<&StationId, Vec<&Registration>> = BTreeMap::new();
        for letter in &def.registrations {
            further.entry(&letter.station).or_default().push(letter);
        }
        let mut registers =
            Registers { letters: BTreeMap::new(), bounds: BTreeMap::new(), disagreeing: BTreeMap::new() };
        for station in &def.stations {
            let own = station_letters(station, further.get(&station.id).map_or(&[], Vec::as_slice), state);
            let of_box = station.count_with.as_ref().unwrap_or(&station.id);
            let none = Bound { figure: 0, register: Register::Fixed };
            let bound = registers.bounds.entry(of_box.clone()).or_insert(none);
            bound.figure += u64::from(own.registered);
            if station.register == Register::Conditional {
                bound.register = Register::Conditional;
            }
            if own.disagree() {
                registers.disagreeing.entry(of_box.clone()).or_default().push(station.id.clone());
            }
            registers.letters.insert(station.id.clone(), own);
        }
        registers
    }

    /// Do letters about a station of this box disagree, and is it open which is followed?
    pub fn letters_of_box(&self, station: &StationId) -> [bool; 2] {
        let Some(disagreeing) = self.disagreeing.get(station) else { return [false, false] };
        let open = |id: &StationId| self.letters.get(id).is_some_and(|own| !own.followed.is_decided());
        [true, disagreeing.iter().any(open)]
    }
}

fn station_letters(station: &Station, further: &[&Registration], state: &State) -> StationLetters {
    let mut letters = vec![(station.source.clone(), station.registered)];
    letters.extend(further.iter().map(|letter| (letter.source.clone(), letter.registered)));
    let openings = state.evidence.get(&station.id).map(|evidence| &evidence.openings);
    let named: BTreeSet<(&SourceId, u32)> =
        openings.into_iter().flatten().map(|(_, opening)| (&opening.follows, opening.bound)).collect();
    let agree = letters.iter().all(|(_, figure)| *figure == station.registered);
    let mut named_letters = named.iter();
    let (follows, registered, followed) = match (named_letters.next(), named_letters.next()) {
        (Some((follows, bound)), None) => ((*follows).clone(), *bound, Followed::Opening),
        (Some(_), Some(_)) if !agree => (station.source.clone(), station.registered, Followed::Contradicting),
        _ if agree => (station.source.clone(), station.registered, Followed::Agreed),
        _ => (station.source.clone(), station.registered, Followed::Undecided),
    };
    StationLetters { letters, follows, registered, followed }
}
