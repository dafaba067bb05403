//! The definition by id, taken out once: every station of a nation is checked against it.

use std::collections::BTreeMap;

use election::{ContestId, ContestKind, Definition, OptionId, Station, StationId};
use tally::{ContestOptions, Place};

/// What stations are checked against.
pub struct Defined<'a> {
    pub def: &'a Definition,
    stations: BTreeMap<&'a StationId, &'a Station>,
    /// By reporting station: the figure that its device prints, and the most that its letters allow.
    boxes: BTreeMap<&'a StationId, (u64, u64)>,
    contests: BTreeMap<&'a ContestId, DefinedContest<'a>>,
}

/// One contest.
pub struct DefinedContest<'a> {
    pub kind: ContestKind,
    pub options: ContestOptions<'a>,
    /// The places of its lists, each with its name and the places of its candidates.
    pub lists: Vec<(OptionId, usize, Vec<usize>)>,
    /// The places of its candidates.
    pub candidates: Vec<usize>,
}

impl<'a> Defined<'a> {
    pub fn new(def: &'a Definition) -> Self {
        let mut highest: BTreeMap<&StationId, u32> = BTreeMap::new();
        for letter in &def.registrations {
            let figure = highest.entry(&letter.station).or_default();
            *figure = letter.registered.max(*figure);
        }
        let mut boxes: BTreeMap<&StationId, (u64, u64)> = BTreeMap::new();
        for station in &def.stations {
            let sums = boxes.entry(station.count_with.as_ref().unwrap_or(&station.id)).or_default();
            let most = highest.get(&station.id).copied().unwrap_or(0).max(station.registered);
            *sums = (sums.0 + u64::from(station.registered), sums.1 + u64::from(most));
        }
        Defined {
            def,
            stations: def.stations.iter().map(|station| (&station.id, station)).collect(),
            boxes,
            contests: def.contests.iter().map(|contest| (&contest.id, DefinedContest::new(def, contest))).collect(),
        }
    }

    pub fn station(&self, id: &StationId) -> Option<&'a Station> {
        self.stations.get(id).copied()
    }

    /// The figure that a station's device prints: its own voters and those of the stations counted with it; and the
    /// most ballots that any of the letters about them allows.
    pub fn registered(&self, station: &Station) -> (u64, u64) {
        self.boxes.get(&station.id).copied().unwrap_or((0, 0))
    }

    pub fn contest(&self, id: &ContestId) -> Option<&DefinedContest<'a>> {
        self.contests.get(id)
    }
}

impl<'a> DefinedContest<'a> {
    fn new(def: &'a Definition, contest: &'a election::Contest) -> Self {
        let options = ContestOptions::of(def, contest);
        let at = |id: &str| options.find(id).map(Place::index).expect("every list and candidate has its place");
        let mut own: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        let mut candidates = Vec::new();
        for candidate in def.candidates_of(&contest.id) {
            let place = at(candidate.id.as_str());
            candidates.push(place);
            if let Some(list) = &candidate.list {
                own.entry(list.as_str()).or_default().push(place);
            }
        }
        let lists = def.lists_of(&contest.id).map(|list| {
            (OptionId::from(&list.id), at(list.id.as_str()), own.remove(list.id.as_str()).unwrap_or_default())
        });
        DefinedContest { kind: contest.kind, lists: lists.collect(), options, candidates }
    }
}
