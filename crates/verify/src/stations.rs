//! V.401, and V.402 to V.409 with V.307 of every content folder: the published evidence of stations against the record.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::atomic::{AtomicU64, Ordering};

use election::{DeviceId, Digest, StationId};
use package::{FileName, StationResults};
use rayon::prelude::*;
use record::Counted;
use record::entry::{Content, Import, Medium};
use record::evidence;
use record::privacy::StationLeak;
use record::register::exports::Mandate;

use crate::bag::Manifest;
use crate::content::{Context, Seen};
use crate::defined::Defined;
use crate::folder::Folder;
use crate::intake_log::Intake;
use crate::record_log::{Election, Record, needs};
use crate::report::Check;
use crate::table::CheckId;
use crate::{OnProgress, Progress, Stage};

const STATIONS: &str = "stations/";

/// One published content of a station.
#[derive(Clone, Debug)]
pub struct Published {
    /// Its folder.
    pub place: String,
    /// The device that counted.
    pub device: DeviceId,
    /// The generation.
    pub generation: u16,
    /// SHA-256 of `results.json`.
    pub digest: Digest,
    /// The figures.
    pub results: StationResults,
}

/// All published contents.
#[derive(Clone, Debug, Default)]
pub struct Stations {
    /// By station.
    pub of: BTreeMap<StationId, Vec<Published>>,
    /// What each content tells, in the order of their folders; none if a content's figures are not at hand.
    pub leaks: Option<Vec<StationLeak>>,
    /// The figures of counts by hand, by the hash of their leaf.
    pub by_hand: BTreeMap<Digest, StationResults>,
}

impl Stations {
    /// The figures of a content of `station`.
    pub fn figures(&self, station: &StationId, content: &Content) -> Option<&StationResults> {
        self.of.get(station)?.iter().find(|p| p.digest == content.results).map(|p| &p.results)
    }

    /// The figures of what counts of `station`.
    pub fn counted(&self, station: &StationId, counted: &Counted) -> Option<&StationResults> {
        match counted {
            Counted::Package(content) => self.figures(station, content),
            Counted::Hand(leaf) => self.by_hand.get(leaf),
        }
    }
}

/// The checks of a station, by number.
pub struct Checks(BTreeMap<CheckId, Check>);

const IDS: [CheckId; 11] = [
    CheckId::Receipts,
    CheckId::Contents,
    CheckId::Labels,
    CheckId::Statements,
    CheckId::Manifests,
    CheckId::Results,
    CheckId::Zero,
    CheckId::Slip,
    CheckId::VoteRecords,
    CheckId::Withheld,
    CheckId::Pictures,
];

impl Checks {
    /// Nothing done yet.
    pub fn new() -> Self {
        Checks(IDS.map(|id| (id, Check::new(id))).into_iter().collect())
    }

    /// The check `id`.
    pub fn at(&mut self, id: CheckId) -> &mut Check {
        self.0.entry(id).or_insert_with(|| Check::new(id))
    }

    fn join(&mut self, other: Checks) {
        for (id, check) in other.0 {
            self.at(id).join(check);
        }
    }
}

/// Where contents lie, and what they are checked against.
pub struct Looked<'a> {
    /// The folder that has `stations/`.
    pub folder: &'a Folder,
    /// Its manifest.
    pub manifest: Option<&'a Manifest>,
    /// The definition.
    pub election: Option<&'a Election>,
    /// What the record says.
    pub record: Option<&'a Record>,
    /// The log of the receiving service.
    pub intake: Option<&'a Intake>,
    /// Of a bundle, what was asked for: contents of its stations are there, and what it includes of them.
    pub mandate: Option<&'a Mandate>,
}

/// V.401 to V.410 and V.307; of a bundle V.954 in the place of what the law gives the public.
pub fn check(looked: &Looked<'_>, progress: OnProgress, checks: &mut Vec<Check>) -> Option<Stations> {
    let Looked { folder, manifest, election, record, intake, mandate } = *looked;
    let (Some(election), Some(state)) = (election, record.and_then(|record| record.state.as_ref())) else {
        checks.extend(IDS.map(|id| needs(id, STATIONS, "the definition and the record (V.105, V.201, V.204)")));
        return None;
    };
    let mut all = Checks::new();
    let mut imports: BTreeMap<FileName, Vec<&Import>> = BTreeMap::new();
    let asked: Option<BTreeSet<&StationId>> = mandate.map(|mandate| {
        let stations = mandate.stations(&election.frozen.definition, state).into_iter().map(|station| &station.id);
        stations.filter(|_| evidence::gives_stations(mandate)).collect()
    });
    let is_asked = |station: &StationId| asked.as_ref().is_none_or(|asked| asked.contains(station));
    let all_imports = state.evidence.values().flat_map(|evidence| &evidence.imports);
    for import in all_imports.filter(|import| is_asked(&import.station)) {
        let name =
            FileName { station: import.station.clone(), device: import.device.clone(), generation: import.generation };
        imports.entry(name).or_default().push(import);
    }
    let defined = Defined::new(&election.frozen.definition);
    let (fingerprint, redactions) = (state.fingerprint, &state.redactions);
    let context = Context { folder, manifest, election, defined: &defined, fingerprint, intake, redactions, mandate };
    let places = places(folder, all.at(CheckId::Contents));
    if mandate.is_some() && imports.is_empty() && places.is_empty() {
        // Nothing came, or nothing of it was asked for: V.953 and V.954 say so. What lies there nevertheless is told.
        checks.extend(all.0.remove(&CheckId::Contents).filter(|contents| contents.failed > 0));
        return Some(Stations::default());
    }
    if mandate.is_some() {
        // Where nothing is there to be looked at, it is incomplete.
        all.at(CheckId::Given);
    }
    let (of, done) = (places.len() as u64, AtomicU64::new(0));
    let none = Vec::new();
    let looked_at: Vec<(Place, Seen)> = places
        .into_par_iter()
        .map(|place| {
            let seen = context.look(&place, imports.get(&place.name).unwrap_or(&none));
            let done = done.fetch_add(1, Ordering::Relaxed) + 1;
            progress(Progress { stage: Stage::Stations, done, of });
            (place, seen)
        })
        .collect();

    let mut stations = Stations::default();
    let mut published: BTreeSet<(FileName, Digest, Digest)> = BTreeSet::new();
    let mut leaks = Vec::new();
    for (place, seen) in looked_at {
        all.join(seen.checks);
        leaks.push(seen.leak);
        if let Some((results_manifest, images_manifest)) = seen.manifests {
            published.insert((place.name.clone(), results_manifest, images_manifest));
        }
        if let Some((digest, results)) = seen.results {
            let Place { path, name, .. } = place;
            let entry = Published { place: path, device: name.device, generation: name.generation, digest, results };
            stations.of.entry(name.station).or_default().push(entry);
        }
    }
    for (name, imports) in &imports {
        let contents: BTreeSet<Content> = imports.iter().map(|import| import.content).collect();
        for content in contents {
            let key = (name.clone(), content.results_manifest, content.images_manifest);
            if !published.contains(&key) {
                let what =
                    format!("the import of {name} with results manifest {} is not published", content.results_manifest);
                all.at(CheckId::Contents).misses(format!("{STATIONS}{}", name.station), "station.unpublished", what);
            }
        }
    }
    if imports.is_empty() && mandate.is_none() {
        all.at(CheckId::Contents).fails(STATIONS, "verify.empty", "no station was imported: nothing is proved by it");
    }
    checks.extend(all.0.into_values());
    stations.by_hand = state.hand_figures(&election.frozen.definition).collect();
    stations.leaks = leaks.into_iter().collect();
    if let Some(leaks) = &mut stations.leaks {
        leaks.sort_by(|a, b| a.folder.cmp(&b.folder));
    }
    Some(stations)
}

/// A content folder, `stations/STATION/DEVICE-GENERATION`; where copies differ, with `.network-N`, `.stick` or
/// `.stick-N`, N from 2.
pub struct Place {
    /// With a `/` at its end.
    pub path: String,
    /// Station, device and generation.
    pub name: FileName,
    /// The medium that brought it, where the folder's name says so.
    pub medium: Option<Medium>,
}

/// The medium of a folder's ending.
fn medium_of(ending: &str) -> Option<Medium> {
    let (word, number) = ending.split_once('-').map_or((ending, None), |(word, number)| (word, Some(number)));
    let numbered = number.map(|number| number.parse::<u16>().is_ok_and(|n| n > 1 && n.to_string() == number));
    match (word, numbered) {
        ("stick", None | Some(true)) => Some(Medium::Stick),
        ("network", Some(true)) => Some(Medium::Network),
        _ => None,
    }
}

/// The content folders; files that are in none are named.
fn places(folder: &Folder, check: &mut Check) -> Vec<Place> {
    let mut places: BTreeMap<String, Place> = BTreeMap::new();
    for (path, _) in folder.under(STATIONS) {
        let mut parts = path.splitn(4, '/').skip(1);
        let (Some(station), Some(copy), Some(_)) = (parts.next(), parts.next(), parts.next()) else {
            check.fails(path, "station.stray", "lies in no folder of a station's content");
            continue;
        };
        let place = format!("{STATIONS}{station}/{copy}/");
        if places.contains_key(&place) {
            continue;
        }
        let (stem, ending) = copy.split_once('.').map_or((copy, None), |(stem, ending)| (stem, Some(ending)));
        let medium = ending.map(medium_of);
        match format!("{station}-{stem}").parse() {
            Ok(name) if medium != Some(None) => {
                places.insert(place.clone(), Place { path: place, name, medium: medium.flatten() });
            }
            _ => check.fails(path, "station.stray", "its folder is not named DEVICE-GENERATION of a station"),
        }
    }
    places.into_values().collect()
}
