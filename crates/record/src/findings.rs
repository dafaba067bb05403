//! What people must look at: it changes no figure, and nobody may overlook it.
//!
//! A finding is a function of the record and of the figures it names. It carries no digest, so that the same stations
//! and the same votes give the same rows, however often a package was sealed.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use election::{ContestId, Definition, OptionId, StationId};
use package::{ContestResults, StationResults};

use crate::entry::{Content, Effect, Medium};
use crate::fold::State;
use crate::standing::{Evidence, StationStanding};

/// Fewer valid ballots than this are alike by chance too often to be told.
pub const LEAST_BALLOTS: u32 = 10;

/// Codes of refused packages that no expected station can have sent.
const UNEXPECTED: [&str; 3] = ["import.unknown_station", "import.unknown_device", "import.name"];

/// What a finding is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// Something came that is of no station that should report, or of one that did not open; it is not added.
    Unexpected,
    /// A package came and was refused; it is not added.
    Refused,
    /// More than one content came of one count of a station.
    Differing,
    /// Two stations have the very same figures in a contest; both are counted.
    Duplicate,
    /// Sheets that could not be read are in the box of a station and not in its figures.
    Unread,
    /// The ballot account of a station does not add up; it is counted by an order alone.
    Account,
}

impl Kind {
    /// The word used in files.
    pub fn as_str(self) -> &'static str {
        match self {
            Kind::Unexpected => "unexpected",
            Kind::Refused => "refused",
            Kind::Differing => "differing",
            Kind::Duplicate => "duplicate",
            Kind::Unread => "unread",
            Kind::Account => "account",
        }
    }
}

/// Something to look at.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
pub struct Finding {
    /// What it is about.
    pub kind: Kind,
    /// The station that is concerned, or that a package says it is of.
    pub station: StationId,
    /// Of unexpected and refused packages: the medium.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub medium: Option<Medium>,
    /// Of duplicates: the contest.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub contest: Option<ContestId>,
    /// Of duplicates: another station with the same figures, the first one by id.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub with: Option<StationId>,
    /// Why, as a stable reason code.
    pub code: String,
    /// How many packages, contents, sheets, or ballots that are alike; of accounts, the contents whose own does not add up.
    pub count: u64,
}

impl Finding {
    /// What was found, in a sentence about the station.
    pub fn what(&self) -> String {
        let count = self.count;
        match (self.kind, &self.with) {
            (Kind::Unexpected, _) => format!("{count} packages came that no expected station sends"),
            (Kind::Refused, _) => format!("{count} packages were refused"),
            (Kind::Differing, _) => format!("{count} contents came of one count"),
            (Kind::Duplicate, Some(with)) => {
                format!("on {count} ballots every figure is the same as of station {with}")
            }
            (Kind::Duplicate, None) => format!("on {count} ballots every figure is the same as of another station"),
            (Kind::Unread, _) => format!("{count} sheets in the box could not be read"),
            (Kind::Account, _) => {
                format!("the ballot account does not add up in {count} of its contents; an order alone counts one")
            }
        }
    }

    fn new(kind: Kind, station: &StationId, code: &str) -> Self {
        let station = station.clone();
        Finding { kind, station, medium: None, contest: None, with: None, code: code.to_owned(), count: 0 }
    }
}

/// Finds the figures of a content of a station, where they are at hand.
pub type Look<'f> = dyn Fn(&StationId, &Content) -> Option<&'f StationResults> + 'f;

/// All findings, sorted. Contents whose figures are not at hand are passed over.
pub fn findings(def: &Definition, state: &State, look: &Look<'_>) -> Vec<Finding> {
    let mut found = refused(state);
    let index = def.index();
    for (id, evidence) in &state.evidence {
        let merged = index.stations.get(id).and_then(|station| station.count_with.as_ref());
        let not_opened = evidence.heads.iter().any(|(_, order)| order.effect == Effect::NotOpened);
        match (merged, not_opened) {
            (Some(_), _) => found.extend(unexpected(id, evidence, "station.counted_elsewhere")),
            (None, true) => found.extend(unexpected(id, evidence, "station.not_opened")),
            (None, false) => {}
        }
        let contents = latest(evidence);
        let results: Vec<&StationResults> = contents.iter().filter_map(|content| look(id, content)).collect();
        if contents.len() > 1 {
            let same = results.len() == contents.len() && results.windows(2).all(|w| same_figures(w[0], w[1]));
            let code = if same { "content.same_figures" } else { "content.figures" };
            found.push(Finding { count: contents.len() as u64, ..Finding::new(Kind::Differing, id, code) });
        }
        let accounts: BTreeSet<Content> =
            evidence.current().filter(|import| import.account_differs).map(|import| import.content).collect();
        if !accounts.is_empty() {
            let count = accounts.len() as u64;
            found.push(Finding { count, ..Finding::new(Kind::Account, id, "account.differs") });
        }
        let unread = results.iter().map(|results| results.account.unread).max().unwrap_or(0);
        if unread > 0 {
            found.push(Finding { count: unread.into(), ..Finding::new(Kind::Unread, id, "figures.unread") });
        }
    }
    found.extend(duplicates(state, look));
    found.sort();
    found
}

/// What came of a station that should not report.
fn unexpected(id: &StationId, evidence: &Evidence, code: &str) -> Vec<Finding> {
    let by = |medium: Medium| -> BTreeSet<Content> {
        evidence.imports.iter().filter(|i| i.medium == medium).map(|i| i.content).collect()
    };
    let media = [Medium::Network, Medium::Stick].map(|medium| (medium, by(medium).len() as u64));
    let media = media.into_iter().filter(|(_, count)| *count > 0);
    media
        .map(|(medium, count)| Finding { medium: Some(medium), count, ..Finding::new(Kind::Unexpected, id, code) })
        .collect()
}

fn same_figures(a: &StationResults, b: &StationResults) -> bool {
    a.account == b.account && a.contests == b.contests
}

/// Refused packages, counted by station, medium and code.
fn refused(state: &State) -> Vec<Finding> {
    let mut counts: BTreeMap<(Kind, StationId, Medium, &str), u64> = BTreeMap::new();
    for refused in &state.refused {
        let Some(station) = &refused.station else { continue };
        let kind = if UNEXPECTED.contains(&refused.code.as_str()) { Kind::Unexpected } else { Kind::Refused };
        *counts.entry((kind, station.clone(), refused.medium, &refused.code)).or_default() += 1;
    }
    let found = counts.into_iter().map(|((kind, station, medium, code), count)| Finding {
        medium: Some(medium),
        count,
        ..Finding::new(kind, &station, code)
    });
    found.collect()
}

/// The contents of the latest generation of each device of a station, from whatever medium.
fn latest(evidence: &Evidence) -> BTreeSet<Content> {
    evidence.current().map(|i| i.content).collect()
}

/// The figures that are compared: ballots of each kind, and all votes.
type Vector<'a> = (&'a ContestId, [u32; 4], &'a BTreeMap<OptionId, u32>);

/// Enough valid ballots, and votes for more than one option that excludes another: lists, or candidates of no list.
fn is_telling(contest: &ContestResults, least: u32) -> bool {
    let chosen = contest.votes.values().filter(|votes| **votes > 0 && **votes < contest.valid).count();
    contest.valid >= least && chosen > 1
}

/// Stations that have the very same figures in a contest: two at least.
pub(crate) struct Alike<'a> {
    /// The contest.
    pub contest: &'a ContestId,
    /// Its ballots.
    pub ballots: u32,
    /// The stations.
    pub stations: BTreeSet<&'a StationId>,
}

impl<'a> Alike<'a> {
    /// The first of the stations that is another than `station`.
    pub fn other(&self, station: &StationId) -> Option<&'a StationId> {
        self.stations.iter().find(|other| **other != station).copied()
    }
}

/// The stations alike among `counts`, each with one of its counts, in contests with `least` valid ballots or more; in no order.
/// Each vector of figures is hashed once, so a nation takes the time that its figures take to be read.
pub(crate) fn alike<'a>(
    counts: impl Iterator<Item = (&'a StationId, &'a StationResults)>,
    least: u32,
) -> impl Iterator<Item = Alike<'a>> {
    let mut alike: HashMap<Vector<'a>, BTreeSet<&'a StationId>> = HashMap::new();
    for (station, results) in counts {
        for own in results.contests.iter().filter(|own| is_telling(own, least)) {
            let ballots = [own.ballots, own.valid, own.blank, own.invalid];
            alike.entry((&own.contest, ballots, &own.votes)).or_default().insert(station);
        }
    }
    let several = alike.into_iter().filter(|(_, stations)| stations.len() > 1);
    several.map(|((contest, [ballots, ..], _), stations)| Alike { contest, ballots, stations })
}

fn duplicates(state: &State, look: &Look<'_>) -> Vec<Finding> {
    let counts = state.evidence.iter().flat_map(|(id, evidence)| {
        latest(evidence).into_iter().filter_map(move |content| Some((id, look(id, &content)?)))
    });
    let of = |group: Alike<'_>| -> Vec<Finding> {
        let finding = |station: &&StationId| Finding {
            contest: Some(group.contest.clone()),
            with: group.other(station).cloned(),
            count: group.ballots.into(),
            ..Finding::new(Kind::Duplicate, station, "figures.duplicate")
        };
        group.stations.iter().map(finding).collect()
    };
    alike(counts, LEAST_BALLOTS).flat_map(of).collect()
}

/// One figure in which the copies of a station differ.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Difference {
    /// The station.
    pub station: StationId,
    /// The contest.
    pub contest: ContestId,
    /// The list or candidate; `_ballots`, `_valid`, `_blank` or `_invalid` for ballots.
    pub option: String,
    /// As the network's copy has it.
    pub network: u32,
    /// As the stick's copy has it.
    pub stick: u32,
}

/// Every figure of a contest, by its name: `_ballots`, `_valid`, `_blank`, `_invalid`, then lists and candidates in the order
/// of the definition.
pub(crate) fn figures_of(def: &Definition, own: &ContestResults) -> Vec<(String, u32)> {
    let ballots = [("_ballots", own.ballots), ("_valid", own.valid), ("_blank", own.blank), ("_invalid", own.invalid)];
    let votes = def.counted_in(&own.contest).into_iter();
    let votes = votes.map(|option| (option.to_string(), own.votes.get(&option).copied().unwrap_or(0)));
    ballots.map(|(name, count)| (name.to_owned(), count)).into_iter().chain(votes).collect()
}

/// Every figure in which the network's copy of a station and the stick's differ. Where one of them brought several, the
/// first that the other did not bring.
pub fn differences(
    def: &Definition,
    standings: &BTreeMap<StationId, StationStanding>,
    look: &Look<'_>,
) -> Vec<Difference> {
    let mut found = Vec::new();
    for (station, standing) in standings.iter().filter(|(_, s)| s.has_both() && !s.is_identical()) {
        let of = |own: &BTreeSet<Content>, others: &BTreeSet<Content>| {
            own.difference(others).next().or(own.first()).and_then(|content| look(station, content))
        };
        let (network, stick) = (of(&standing.network, &standing.stick), of(&standing.stick, &standing.network));
        let (Some(network), Some(stick)) = (network, stick) else { continue };
        for contest in &def.contests {
            let (Some(a), Some(b)) = (network.contest(&contest.id), stick.contest(&contest.id)) else { continue };
            let pairs = figures_of(def, a).into_iter().zip(figures_of(def, b));
            let other = pairs.filter(|(network, stick)| network != stick);
            found.extend(other.map(|((option, network), (_, stick))| Difference {
                station: station.clone(),
                contest: contest.id.clone(),
                option,
                network,
                stick,
            }));
        }
    }
    found
}
