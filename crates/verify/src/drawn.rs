//! What people and other programs read, written anew from what was verified and compared to the byte: the statement (V.603),
//! the files of `results/` (V.604), the descriptions (V.606) and the pages (V.607).
//!
//! The values in them are vouched for elsewhere, by code of this crate's own. Here it is the words, the order and the form:
//! they are those of the rooms that write them (`record`, `site`), and a publication that has others says something else.

use std::collections::{BTreeMap, BTreeSet};

use election::{Definition, Digest, FindingRule, StationId};
use log::Note;
use record::by_rule::ByRule;
use record::docket::tables;
use record::published::{self, Described};
use record::results::Files;
use record::statement::Witnessed;
use record::{Figures, Outcome, State, results};
use site::Site;

use crate::bag::Manifest;
use crate::docket::Docket;
use crate::folder::{Absent, Folder};
use crate::record_log::{Election, needs};
use crate::report::Check;
use crate::stations::Stations;
use crate::table::CheckId;

const ANNOUNCEMENT: &str = "announcement/";
const STATIONS: &str = "stations/";

/// What everything is written anew from.
pub struct Drawn<'a> {
    pub folder: &'a Folder,
    pub manifest: Option<&'a Manifest>,
    pub election: &'a Election,
    pub state: &'a State,
    pub leaves: &'a [Vec<u8>],
    pub stations: &'a Stations,
    /// `privacy.csv` as it should be, where it could be worked out.
    pub privacy: Option<Vec<u8>>,
    /// The files of `transmission/` as they should be, where they could be worked out.
    pub transmission: Option<Files>,
}

/// What is lacking where nothing can be written anew.
const NEEDED: &str = "the definition, the record, an announcement and every figure";

/// The checks where nothing can be written anew: V.603 (a part of it), V.604, V.606, V.607, V.507, V.508.
pub fn none() -> [Check; 6] {
    let of = |id, place| needs(id, place, NEEDED);
    [
        of(CheckId::Announced, ANNOUNCEMENT),
        of(CheckId::Report, "results/"),
        of(CheckId::Descriptions, "datapackage.json"),
        of(CheckId::Pages, site::ENTRANCE),
        of(CheckId::Register, tables::FOLDER),
        of(CheckId::OpenMatters, tables::FOLDER),
    ]
}

/// V.603 (the statement), V.604, V.606, V.607, V.507, V.508.
pub fn check(drawn: &Drawn<'_>) -> [Check; 6] {
    drawn.all().unwrap_or_else(none)
}

impl Drawn<'_> {
    fn all(&self) -> Option<[Check; 6]> {
        let def = &self.election.frozen.definition;
        let figures = self.figures()?;
        let outcome = Outcome::of(def, self.state, &figures).ok()?;
        let (index, announcement) = self.state.announcements.last()?;
        let note = Note::parse(announcement.witnessed.as_bytes()).ok()?;
        let witnessed = Witnessed::of(&self.election.policy_at(Some(self.state), *index)?, &note);
        let (report, mut tables) = self.results(def, &outcome, &figures);
        let docket = Docket { folder: self.folder, election: self.election, state: self.state, leaves: self.leaves };
        let versions = docket.versions(&outcome, &figures)?;
        let files = docket.files(&outcome, &figures, &versions)?;
        tables.extend(files.iter().filter_map(|(path, bytes)| Described::of(path, bytes)));
        tables.extend(
            record::register::tables::files(def, self.state)
                .iter()
                .filter_map(|(path, bytes)| Described::of(path, bytes)),
        );
        tables.extend(self.transmission.iter().flatten().filter_map(|(path, bytes)| Described::of(path, bytes)));
        let [register, open] = docket.check(&files, &versions);
        let documents = self.documents()?;
        let site = Site {
            definition: def,
            fingerprint: self.state.fingerprint,
            version: announcement.version,
            witnessed: &witnessed,
            state: self.state,
            outcome: &outcome,
            figures: &figures,
            documents: &documents,
        };
        let statement = self.statement(def, (&outcome, &figures), &witnessed);
        let descriptions = self.descriptions(def, announcement.version, tables);
        Some([statement, report, descriptions, self.pages(&site), register, open])
    }

    /// The figures of every content; none where those of one are not at hand.
    fn figures(&self) -> Option<Figures> {
        let imports = self.state.evidence.values().flat_map(|evidence| &evidence.imports);
        let of = |import: &record::entry::Import| {
            let figures = self.stations.figures(&import.station, &import.content)?;
            Some((import.content.results, figures.clone()))
        };
        let mut all: Figures = imports.map(of).collect::<Option<_>>()?;
        all.extend(self.state.hand_figures(&self.election.frozen.definition));
        Some(all)
    }

    /// The documents of each station, as the manifest lists them.
    fn documents(&self) -> Option<BTreeMap<StationId, Vec<String>>> {
        let mut documents: BTreeMap<StationId, Vec<String>> = BTreeMap::new();
        for path in self.manifest?.keys().filter(|path| path.starts_with(STATIONS)) {
            if let Some(Ok(station)) = path.split('/').nth(1).map(str::parse) {
                documents.entry(station).or_default().push(path.clone());
            }
        }
        Some(documents)
    }

    /// Compares one file with what it should be.
    fn compare(&self, check: &mut Check, path: &str, expected: Digest, code: &str, what: &str) {
        match self.folder.files.get(path) {
            Some(found) => {
                check.expect(found.digest == expected, path, code, || what.to_owned());
            }
            None => self.folder.open(path).err().unwrap_or(Absent::Missing).tell(check, path),
        }
    }

    fn statement(&self, def: &Definition, results: (&Outcome, &Figures), witnessed: &Witnessed) -> Check {
        let mut check = Check::new(CheckId::Announced);
        let texts = published::statements(def, self.state, results, witnessed);
        for (path, text) in &texts {
            let what = "is not the statement that the record and the figures give";
            self.compare(&mut check, path, Digest::of(text), "announcement.statement", what);
        }
        for (path, _) in self.folder.under(ANNOUNCEMENT).filter(|(path, _)| !texts.contains_key(*path)) {
            check.fails(path, "announcement.other", "is no statement of this publication");
        }
        check
    }

    /// V.604; gives what is to be said of each table.
    fn results(&self, def: &Definition, outcome: &Outcome, figures: &Figures) -> (Check, Vec<Described>) {
        let mut check = Check::new(CheckId::Report);
        let mut tables = Vec::new();
        for (name, bytes) in results::each(def, outcome, figures) {
            let path = format!("results/{name}");
            let digest = Digest::of(&bytes);
            if name.ends_with(".csv") {
                let what = "is not, to the byte, the table that the record and the figures give";
                self.compare(&mut check, &path, digest, "table.other", what);
            } else {
                let what = "is not, to the byte, the report that the record and the figures give";
                self.compare(&mut check, &path, digest, "report.other", what);
            }
            tables.extend(Described::of(&path, &bytes));
        }
        self.grounds(&mut check, def, &outcome.by_rule);
        (check, tables)
    }

    /// Orders that stand on a finding that there is not: a later count may have taken it away, or there never was one.
    fn grounds(&self, check: &mut Check, def: &Definition, found: &ByRule) {
        for station in &def.stations {
            let heads = self.state.evidence.get(&station.id).into_iter().flat_map(|own| &own.heads);
            let named: BTreeSet<FindingRule> = heads.flat_map(|(_, order)| &order.findings).copied().collect();
            for rule in named.into_iter().filter(|rule| !found.finds(*rule, station)) {
                let what = format!("an order rests on {rule}, which finds nothing of it now");
                check.records(format!("station {}", station.id), "order.finding", what);
            }
        }
    }

    /// V.606.
    fn descriptions(&self, def: &Definition, version: u16, mut tables: Vec<Described>) -> Check {
        let mut check = Check::new(CheckId::Descriptions);
        let info = published::bag_info(def, version);
        let what = "does not name this election, its mode and the version that was announced";
        self.compare(&mut check, "bag-info.txt", Digest::of(info.as_bytes()), "bag.info", what);
        match (&self.privacy, &self.transmission) {
            (None, _) => check.misses("datapackage.json", "verify.needs", "needs the figures of privacy.csv (V.411)"),
            (_, None) => check.misses("datapackage.json", "verify.needs", "needs the transmission report (V.510)"),
            (Some(privacy), Some(_)) => {
                tables.extend(Described::of(crate::privacy::TABLE, privacy));
                let package = Digest::of(&published::data_package(tables));
                let what = "does not describe the tables as they should be";
                self.compare(&mut check, "datapackage.json", package, "description.other", what);
            }
        }
        check
    }

    /// V.607.
    fn pages(&self, site: &Site<'_>) -> Check {
        let mut check = Check::new(CheckId::Pages);
        let mut drawn = BTreeSet::new();
        site::each(site, &mut |path, bytes| {
            let what = "is not the page that the record and the figures give";
            self.compare(&mut check, &path, Digest::of(&bytes), "page.other", what);
            drawn.insert(path);
        });
        for (path, _) in site::FOLDERS.iter().flat_map(|folder| self.folder.under(folder)) {
            if !drawn.contains(path) {
                check.fails(path, "page.extra", "is no page of this publication");
            }
        }
        check
    }
}
