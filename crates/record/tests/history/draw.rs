//! A history, drawn move by move: what may stand is entered, what may not is left out.

use election::{Digest, StationId};
use package::StationResults;
use sanad_record::entry::{Entry, Signers};
use sanad_record::{Body, Figures, Medium, State};

use crate::common::{World, figures, station};
use crate::{moves, orders};

pub const OFFICERS: [&str; 3] = ["officer_1", "officer_2", "officer_3"];
pub const BOARD: [&str; 2] = ["chair", "deputy"];
pub const CENTRE: [&str; 1] = ["centre"];

pub const STATIONS: [&str; 4] = ["0101", "0102", "0103", "0104"];

/// The kinds of leaves that are drawn.
pub const KINDS: [&str; 24] = [
    "act",
    "amendment",
    "announcement",
    "appeal",
    "certification",
    "classification",
    "complaint",
    "custody",
    "equipment",
    "hand_count",
    "import",
    "lot",
    "match",
    "opening",
    "order",
    "publication",
    "ratification",
    "recount",
    "refused",
    "resolution",
    "revocation",
    "ruling",
    "slip",
    "withdrawal",
];

/// An election and what its devices have counted: of each station two counts of the first generation and one of the second.
pub struct Play {
    pub world: World,
    pub counts: Vec<[StationResults; 3]>,
    pub figures: Figures,
    /// What may stand nowhere.
    pub wrong: Vec<(Vec<u8>, &'static str)>,
}

/// Votes of rose, omar and sara: two of them are tied where all stations are counted as they counted first.
const VOTES: [[u32; 3]; 3] = [[5, 5, 2], [6, 4, 2], [4, 5, 3]];

impl Play {
    /// Four stations, two letters about the first, three officers, deadlines, and what the rules say of orders that contradict each other.
    pub fn new(contradicting: &str) -> Self {
        let mut folder = election::scaffold();
        let mut add = |name: &str, text: &str| {
            folder.files.entry(name.to_owned()).or_default().extend(text.as_bytes());
        };
        add("people.csv", "officer_3,officer,,,Third Officer\n");
        add("stations.csv", "0103,02,spring,spring,general,fixed,110,roll,,\"Mill, room 1\"\n");
        add("stations.csv", "0104,02,spring,spring,general,fixed,80,roll,,\"Mill, room 2\"\n");
        add("sources.csv", &format!("ministry,Ministry,9,2026-04-01,{}\n", Digest::of(b"the ministry's letter")));
        add("registrations.csv", "station,source,registered\n0101,ministry,140\n");
        let docket = "complaint_days = 3\nappeal_days = 3\nruling_days = 10\ndays = \"working\"\n\
                      weekend = [\"friday\", \"saturday\"]\nday_ends = \"15:00\"";
        add("election.toml", &format!("\n[docket]\n{docket}\ncontradicting_orders = \"{contradicting}\"\n"));
        let world = World::of(folder);
        let count = |id: &str, at: usize| StationResults { generation: [1, 1, 2][at], ..world.voted(id, VOTES[at]) };
        let counts: Vec<_> = STATIONS.iter().map(|id| [0, 1, 2].map(|at| count(id, at))).collect();
        let figures = figures(&counts.concat());
        Play { wrong: orders::wrong(&world), world, counts, figures }
    }

    /// The import of a count of a station by a medium.
    pub fn import(&self, station: usize, count: usize, medium: Medium) -> Body {
        let [network, stick] = self.world.both(&self.counts[station][count]);
        if medium == Medium::Network { network } else { stick }
    }

    /// The leaf, signed by as many as it takes; of three officers two, which ones `by` says.
    pub fn sign(&self, body: &Body, by: u8) -> Vec<u8> {
        let pair = [[0, 1], [0, 2], [1, 2]][usize::from(by) % 3].map(|at| OFFICERS[at]);
        match body.signers() {
            Signers::Board => self.world.sign(body, &BOARD),
            Signers::Centre => self.world.sign(body, &CENTRE),
            Signers::TwoOfficers => self.world.sign(body, &pair),
            Signers::Panel => self.world.sign(body, &["chair", pair[0], pair[1]]),
            Signers::Succession => panic!("none is drawn"),
        }
    }
}

/// Numbers that a move is drawn by. One byte says one thing, so that a history that fails is made shorter and simpler.
pub struct Draw {
    left: std::vec::IntoIter<u8>,
}

impl Draw {
    pub fn of(bytes: [u8; 8]) -> Self {
        Draw { left: Vec::from(bytes).into_iter() }
    }

    /// A number below `below`; 0 where nothing is left to draw from.
    pub fn below(&mut self, below: usize) -> usize {
        usize::from(self.left.next().unwrap_or(0)) % below.max(1)
    }

    /// Once in `of` times.
    pub fn once_in(&mut self, of: usize) -> bool {
        self.below(of) == of - 1
    }

    /// One of `all`, if there is one.
    pub fn one<'a, T>(&mut self, all: &'a [T]) -> Option<&'a T> {
        all.get(self.below(all.len()))
    }

    pub fn station(&mut self) -> (usize, StationId) {
        let at = self.below(STATIONS.len());
        (at, station(STATIONS[at]))
    }
}

/// A history that stands: its leaves without leaf 0, and what they come to.
pub struct History {
    pub leaves: Vec<Vec<u8>>,
    pub entries: Vec<Entry>,
    /// The leaves that each one names by their hash.
    pub names: Vec<Vec<usize>>,
    pub state: State,
}

impl History {
    /// Of leaves that were taken one after the other.
    pub fn of(leaves: Vec<Vec<u8>>, state: State) -> Self {
        let entries: Vec<Entry> = leaves.iter().map(|leaf| Entry::parse(leaf).expect("it was taken")).collect();
        let hashes: Vec<String> = entries.iter().map(|entry| entry.digest.hex()).collect();
        let names = entries.iter().map(|entry| {
            let text = String::from_utf8_lossy(entry.envelope.payload()).into_owned();
            (0..hashes.len()).filter(|at| text.contains(&hashes[*at])).collect()
        });
        History { names: names.collect(), leaves, entries, state }
    }
}

/// What comes of `moves`: of each the leaf that it draws, if there is one that may stand. Some histories begin with both copies of
/// every station, so that there is a result to announce and to dispute.
pub fn history(play: &Play, has_come: bool, moves: &[[u8; 8]]) -> History {
    let (mut state, mut leaves) = (play.world.begin(), Vec::new());
    let came = STATIONS.iter().enumerate().filter(|_| has_come);
    for body in came.flat_map(|(at, _)| [Medium::Network, Medium::Stick].map(|medium| play.import(at, 0, medium))) {
        let leaf = play.sign(&body, 0);
        state.apply(&play.world.frozen, &leaf).expect("nothing stands against it");
        leaves.push(leaf);
    }
    for bytes in moves {
        let mut draw = Draw::of(*bytes);
        let Some(body) = moves::draw(play, &state, &mut draw) else { continue };
        let leaf = play.sign(&body, bytes[7]);
        if state.apply(&play.world.frozen, &leaf).is_ok() {
            leaves.push(leaf);
        }
    }
    History::of(leaves, state)
}
