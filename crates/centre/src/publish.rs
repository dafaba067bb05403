//! The publication: what anybody downloads, with a manifest whose hash is the last leaf of the record.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use election::{Digest, Lang, StationId};
use log::{FolderStore, Store};
use record::entry::{Import, Publication};
use record::privacy::{NEVER_CLAUSE, RECORDS_CLAUSE, StationLeak, constituency_row};
use record::{Body, Content, Figures, Medium, Outcome, privacy, results, statement};
use serde_json::json;

use crate::carrier::LABEL;
use crate::centre::{Centre, RECORD};
use crate::contents::{Files, IMAGES_MANIFEST, RESULTS_MANIFEST, STATEMENT};
use crate::error::{CentreError, OnDisk};
use crate::intake_log::INTAKE;
use crate::privacy::pictures;

/// One folder of `stations/`: a content that was imported.
#[derive(Clone, Debug)]
pub struct PublishedStation {
    /// The path of the folder, `stations/STATION/DEVICE-GENERATION`.
    pub folder: String,
    /// The imports that brought it, at least one.
    pub imports: Vec<Import>,
}

/// What the pages are made of.
pub struct Publishing<'a> {
    /// The centre.
    pub centre: &'a Centre,
    /// The outcome that was announced.
    pub outcome: &'a Outcome,
    /// The figures.
    pub figures: &'a Figures,
    /// The version of the announcement.
    pub version: u16,
    /// The documents of each station, as paths inside the publication.
    pub documents: &'a BTreeMap<StationId, Vec<String>>,
}

/// What lies beside the data of a station.
const BESIDE: [&str; 4] = [LABEL, STATEMENT, RESULTS_MANIFEST, IMAGES_MANIFEST];

/// Files of the results bag that are published of every station, under the same name.
pub(crate) const ALWAYS: [&str; 4] = ["results.json", "zero.json", "slip.json", "slip.pdf"];

impl Centre {
    /// The folders of `stations/`: one a content. Where copies differ, the first one of the network keeps the plain
    /// name, `.stick` is added to the first that came by stick alone, and further ones are numbered from 2.
    pub fn published_stations(&self) -> Vec<PublishedStation> {
        let mut counts: BTreeMap<String, BTreeMap<Content, Vec<Import>>> = BTreeMap::new();
        for import in self.state.evidence.values().flat_map(|e| &e.imports) {
            let folder = format!("stations/{}/{}-{}", import.station, import.device, import.generation);
            counts.entry(folder).or_default().entry(import.content).or_default().push(import.clone());
        }
        let mut folders = Vec::new();
        for (folder, contents) in counts {
            let by_network = |imports: &Vec<Import>| imports.iter().any(|i| i.medium == Medium::Network);
            let (network, stick): (Vec<_>, Vec<_>) = contents.into_values().partition(by_network);
            let alone = network.is_empty();
            let numbered = |word: &str, number: usize| match number {
                1 => format!("{folder}.{word}"),
                number => format!("{folder}.{word}-{number}"),
            };
            for (imports, number) in network.into_iter().zip(1..) {
                let folder = if number == 1 { folder.clone() } else { numbered("network", number) };
                folders.push(PublishedStation { folder, imports });
            }
            for (imports, number) in stick.into_iter().zip(1..) {
                let folder = if alone && number == 1 { folder.clone() } else { numbered("stick", number) };
                folders.push(PublishedStation { folder, imports });
            }
        }
        folders
    }

    /// Writes the publication of the latest announcement to the folder `to`, and enters the hash of its
    /// manifest as the last leaf. Run again after the witnesses have cosigned it, it refreshes both logs alone. The folder
    /// is there whole or as it was: a new one takes its place.
    ///
    /// # Errors
    ///
    /// [`CentreError::NotYet`] before anything is announced, or where what would be published is not what was
    /// announced. [`CentreError::Withheld`] for a file that the rules withhold; nothing is written then.
    pub fn publish(
        &mut self,
        to: &Path,
        at: &str,
        pages: impl FnOnce(&Publishing<'_>) -> Files,
    ) -> Result<(), CentreError> {
        // What is published of both logs are their files: they are read again before anything is entered.
        self.log.check()?;
        self.intake_log()?;
        let (files, version) = self.publication(pages)?;
        let manifest = manifest(&files);
        let leaf = Publication { version, manifest: Digest::of(manifest.as_bytes()) };
        if self.state.publications.last() != Some(&leaf) {
            self.report(&[Body::Publication(leaf)], at)?;
        }
        if to.exists() {
            let own = to.join("manifest-sha256.txt").exists() || std::fs::read_dir(to).on(to)?.next().is_none();
            if !own {
                return Err(CentreError::Folded("the folder to publish to is neither empty nor a publication"));
            }
        }
        let logs = [(INTAKE, election::Service::IntakeLog), (RECORD, election::Service::RecordLog)];
        let logs = logs.map(|(name, service)| Ok((name, self.log_files(name, service)?)));
        let logs = logs.into_iter().collect::<Result<Vec<_>, CentreError>>()?;
        durable::replace_folder::<durable::Failed>(to, |fresh| {
            for (path, bytes) in &files {
                durable::draft(&fresh.join(path), bytes)?;
            }
            durable::draft(&fresh.join("manifest-sha256.txt"), manifest.as_bytes())?;
            for (name, files) in &logs {
                files.iter().try_for_each(|(path, bytes)| durable::draft(&fresh.join(name).join(path), bytes))?;
            }
            Ok(())
        })?;
        Ok(())
    }

    /// The files of one of the centre's logs, as far as its checkpoint stands on them; none where there is no log.
    fn log_files(&self, name: &str, service: election::Service) -> Result<Files, CentreError> {
        let store = FolderStore::new(self.dir.join(name));
        if store.read("checkpoint").map_err(log::LogError::from)?.is_none() {
            return Ok(Files::new());
        }
        let key = self.log_key(service, &format!("{}/{name}", self.frozen.definition.scope.election))?;
        match log::own_files(&store, &key) {
            Ok((_, files)) => Ok(files),
            Err(mut problems) => Err(log::LogError::Problem(problems.remove(0)).into()),
        }
    }

    fn publication(&self, pages: impl FnOnce(&Publishing<'_>) -> Files) -> Result<(Files, u16), CentreError> {
        let (_, announcement) = self
            .state
            .announcements
            .last()
            .ok_or_else(|| CentreError::NotYet("nothing is announced yet".to_owned()))?;
        let def = &self.frozen.definition;
        let (outcome, figures) = self.outcome()?;
        let tables = results::files(def, &outcome, &figures);
        if results::manifest(&tables).1 != announcement.results {
            return Err(CentreError::NotYet(format!(
                "the results have changed since version {} was announced; announce version {} first",
                announcement.version,
                announcement.version + 1
            )));
        }
        let mut files: Files = BTreeMap::new();
        files.extend(self.folder.files.iter().map(|(path, bytes)| (format!("election/{path}"), bytes.clone())));
        files.extend(tables.into_iter().map(|(path, bytes)| (format!("results/{path}"), bytes)));
        let witnessed = self.witnessed()?;
        for lang in Lang::ALL {
            let points = statement::statement(def, &self.state, &outcome, &witnessed, lang);
            let text = statement::text(def, &outcome, &points, lang);
            files.insert(format!("announcement/statement-{lang}.txt"), text.into_bytes());
        }
        let mut documents: BTreeMap<StationId, Vec<String>> = BTreeMap::new();
        let (receipts, leaks) = (self.receipts()?, self.leaks()?);
        for (station, leak) in self.published_stations().into_iter().zip(&leaks) {
            let own = self.station_files(&station.imports, &receipts, leak)?;
            let paths = own.keys().map(|name| format!("{}/{name}", station.folder));
            documents.entry(station.imports[0].station.clone()).or_default().extend(paths);
            files.extend(own.into_iter().map(|(name, bytes)| (format!("{}/{name}", station.folder), bytes)));
        }
        let rows = leaks.iter().flat_map(|leak| leak.rows(def));
        let constituencies = outcome.totals.iter().map(|(contest, totals)| constituency_row(def, contest, totals));
        files.insert("privacy.csv".to_owned(), privacy::table(rows.chain(constituencies)));
        let publishing = Publishing {
            centre: self,
            outcome: &outcome,
            figures: &figures,
            version: announcement.version,
            documents: &documents,
        };
        files.extend(pages(&publishing));
        files.insert("datapackage.json".to_owned(), data_package(&files));
        files.insert("bagit.txt".to_owned(), b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n".to_vec());
        let scope = &def.scope;
        let info = format!(
            "External-Identifier: {} round {} version {}\nSource-Organization: {}\nSanad-Mode: {}\n",
            scope.election,
            scope.round,
            announcement.version,
            def.name.get(Lang::En),
            scope.mode.as_str()
        );
        files.insert("bag-info.txt".to_owned(), info.into_bytes());
        self.guard(&files)?;
        Ok((files, announcement.version))
    }

    /// The digests of the leaves of the intake log: a receipt is one of them.
    fn receipts(&self) -> Result<BTreeSet<Digest>, CentreError> {
        let log = self.intake_log()?;
        Ok(log.into_iter().flat_map(|log| log.leaves).map(|leaf| sign::sha256(&leaf)).collect())
    }

    /// What is published of one content; what the policy withholds is listed with its clause.
    fn station_files(
        &self,
        imports: &[Import],
        receipts: &BTreeSet<Digest>,
        leak: &StationLeak,
    ) -> Result<Files, CentreError> {
        let imports: Vec<&Import> = imports.iter().collect();
        let stored = self.contents.open(&imports)?;
        let mut files: Files = BTreeMap::new();
        for name in BESIDE {
            files.insert(name.to_owned(), stored.file(name)?);
        }
        if let Some(receipt) = stored.receipt(|digest| receipts.contains(&digest))? {
            files.insert("receipt.json".to_owned(), receipt);
        }
        let mut withheld = Vec::new();
        for (path, hash) in &stored.results {
            let name = path.trim_start_matches("data/");
            // Also what is withheld is read: a file that is gone or altered is found before anything is published.
            let bytes = stored.file(name)?;
            let is_records = name == "cvr.json";
            if ALWAYS.contains(&name) || is_records && leak.records {
                files.insert(name.to_owned(), bytes);
                continue;
            }
            let clause = if is_records { RECORDS_CLAUSE } else { NEVER_CLAUSE };
            withheld.push(json!({ "path": path, "sha256": hash.to_string(), "clause": clause }));
        }
        stored.has_images()?;
        let counts = pictures(&stored);
        if leak.contests.iter().any(|contest| contest.pictures.shown > 0) {
            let cast = u32::try_from(leak.ballots).unwrap_or(u32::MAX);
            let is_shown = |name: &String| self.picture_shown(&imports[0].content, cast, &counts, name).is_ok();
            let shown = stored.images()?.into_iter().filter(|(name, _)| is_shown(name));
            files.extend(shown.map(|(name, bytes)| (format!("images/{name}"), bytes)));
        }
        let pictures = leak.contests.iter().filter(|contest| counts.contains_key(&contest.contest)).map(|contest| {
            let pictures = &contest.pictures;
            json!({ "contest": contest.contest, "shown": pictures.shown, "withheld": pictures.withheld, "clause": pictures.clause })
        });
        let list = json!({ "withheld": withheld, "pictures": pictures.collect::<Vec<_>>() });
        files.insert("withheld.json".to_owned(), serde_json::to_vec_pretty(&list).expect("plain data is always JSON"));
        Ok(files)
    }
}

/// The sha256sum manifest of files that are to lie in the publication.
fn manifest(files: &Files) -> String {
    files.iter().map(|(path, bytes)| format!("{}  {path}\n", sign::sha256(bytes).hex())).collect()
}

/// Frictionless Data Package (v1): the tables of `results/` with their columns.
fn data_package(files: &Files) -> Vec<u8> {
    let resources: Vec<_> = files
        .iter()
        .filter(|(path, _)| (path.starts_with("results/") || *path == "privacy.csv") && path.ends_with(".csv"))
        .map(|(path, bytes)| {
            let head = String::from_utf8_lossy(bytes);
            let columns = head.trim_start_matches('\u{feff}').lines().next().unwrap_or_default().split(',');
            let numbers = ["votes", "rank", "step"];
            let fields: Vec<_> = columns
                .map(|name| json!({ "name": name, "type": if numbers.contains(&name) { "integer" } else { "string" } }))
                .collect();
            let name = path.trim_start_matches("results/").trim_end_matches(".csv");
            json!({
                "name": name, "path": path, "profile": "tabular-data-resource", "format": "csv", "mediatype": "text/csv",
                "encoding": "utf-8", "bytes": bytes.len(), "hash": sign::sha256(bytes).to_string(),
                "schema": { "fields": fields },
            })
        })
        .collect();
    let package = json!({ "name": "results", "profile": "tabular-data-package", "resources": resources });
    serde_json::to_vec_pretty(&package).expect("plain data is always JSON")
}
