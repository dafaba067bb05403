//! The publication: what anybody downloads, with a manifest whose hash is the last leaf of the record.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use election::{Digest, StationId};
use log::{FolderStore, Store};
use record::entry::{Import, Publication};
use record::privacy::{StationLeak, constituency_row};
use record::published::{self, Described};
use record::register::isolation::Look;
use record::{Body, Content, Figures, Medium, Outcome, privacy, results, withheld};
use site::Site;

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

/// A version, and what it is made of.
struct Announced {
    version: u16,
    outcome: Outcome,
    figures: Figures,
    /// The files of `results/`.
    tables: results::Files,
}

/// A publication that is about to be written. The data of stations stay on the disk: a nation's have some 10 GB.
struct Draft {
    /// All other files.
    files: Files,
    /// What is published of each content.
    stations: Vec<(PublishedStation, StationLeak)>,
    /// The leaves of the intake log.
    receipts: BTreeSet<Digest>,
    /// SHA-256 of every file by its path.
    listed: BTreeMap<String, Digest>,
}

/// The manifest's hash of a publication that is entered and whose folder is not written yet, beside the record.
const UNWRITTEN: &str = "unwritten-publication.txt";

/// What is said of a file that is other than it was listed, or gone.
const CHANGED: &str = "was changed while it was published: find out by whom, and publish again";

impl Draft {
    /// The sha256sum manifest of all files.
    fn manifest(&self) -> String {
        self.listed.iter().map(|(path, digest)| format!("{}  {path}\n", digest.hex())).collect()
    }

    /// The name of a file of `folder`, one of `stations/`, that is not among `own` as it was listed.
    fn changed<'a>(&'a self, folder: &str, own: &'a Files) -> Option<&'a str> {
        let inside = format!("{folder}/");
        let listed = self.listed.range(inside.clone()..).map(|(path, _)| path);
        let gone = listed.take_while(|path| path.starts_with(&inside)).find(|path| !own.contains_key(*path));
        let other = own.iter().find(|(path, bytes)| self.listed.get(*path) != Some(&sign::sha256(bytes)));
        other.map(|(path, _)| path).or(gone).and_then(|path| path.strip_prefix(&inside))
    }
}

/// What lies beside the data of a station.
pub(crate) const BESIDE: [&str; 4] = [LABEL, STATEMENT, RESULTS_MANIFEST, IMAGES_MANIFEST];

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
        folders.sort_by(|a, b| a.folder.cmp(&b.folder));
        folders
    }

    /// Whether the record has a publication whose folder was never written whole: the disk failed, or the power went, after its
    /// leaf. [`Centre::publish`] writes that very one, as long as nothing else is entered.
    ///
    /// # Errors
    ///
    /// The centre's own disk.
    pub fn is_unwritten(&self) -> Result<bool, CentreError> {
        let noted = FolderStore::new(&self.dir).read(UNWRITTEN).map_err(log::LogError::from)?;
        let noted = noted.and_then(|bytes| String::from_utf8(bytes).ok()?.trim().parse::<Digest>().ok());
        Ok(noted.is_some() && noted == self.state.publications.last().map(|own| own.manifest))
    }

    /// Writes the publication of the latest announcement to the folder `to`, and enters the hash of its
    /// manifest as the last leaf. Run again after the witnesses have cosigned it, it refreshes both logs alone. The folder
    /// is there whole or as it was: a new one takes its place. `pages` draws the pages, as `site::pages` does.
    ///
    /// # Errors
    ///
    /// [`CentreError::NotIsolated`]. [`CentreError::NotYet`] before anything is announced, or where what would be published is not what was
    /// announced. [`CentreError::Withheld`] for a file that the rules withhold; nothing is written then.
    pub fn publish(&mut self, to: &Path, at: &str, pages: impl FnOnce(&Site<'_>) -> Files) -> Result<(), CentreError> {
        // What is published of both logs are their files: they are read again before anything is entered.
        self.log.check()?;
        self.intake_log()?;
        let announced = self.announced()?;
        let look = self.isolated(Look::Publish, &mut Vec::new(), at)?;
        // What adds lines of witnesses alone enters nothing, so that their lines stand on its end.
        if !self.is_published() {
            self.report(look.as_slice(), at)?;
        }
        let (draft, version) = (self.publication(&announced, pages)?, announced.version);
        let manifest = draft.manifest();
        let leaf = Publication { version, manifest: Digest::of(manifest.as_bytes()) };
        if to.exists() {
            // Any bag has a manifest; a record beside it only a publication.
            let own = ["manifest-sha256.txt", "record/checkpoint"].iter().all(|file| to.join(file).exists())
                || std::fs::read_dir(to).on(to)?.next().is_none();
            if !own {
                return Err(CentreError::Folded("the folder to publish to is neither empty nor a publication"));
            }
        }
        let note = self.dir.join(UNWRITTEN);
        if self.state.publications.last() != Some(&leaf) {
            // Before the leaf: whatever happens between it and the folder, the next start knows that the folder is wanting.
            durable::write(&note, format!("{}\n", leaf.manifest).as_bytes())?;
            self.report(&[Body::Publication(leaf)], at)?;
        }
        let logs = [(INTAKE, election::Service::IntakeLog), (RECORD, election::Service::RecordLog)];
        let logs = logs.map(|(name, service)| Ok((name, self.log_files(name, service)?)));
        let logs = logs.into_iter().collect::<Result<Vec<_>, CentreError>>()?;
        durable::replace_folder::<CentreError>(to, |fresh| {
            for (path, bytes) in &draft.files {
                durable::draft(&fresh.join(path), bytes)?;
            }
            for (station, leak) in &draft.stations {
                let own = self.station_files(station, &draft.receipts, leak)?;
                if let Some(name) = draft.changed(&station.folder, &own) {
                    return Err(self.contents.wrong(&station.imports[0].content, name, CHANGED));
                }
                own.iter().try_for_each(|(path, bytes)| durable::draft(&fresh.join(path), bytes))?;
            }
            durable::draft(&fresh.join("manifest-sha256.txt"), manifest.as_bytes())?;
            for (name, files) in &logs {
                files.iter().try_for_each(|(path, bytes)| durable::draft(&fresh.join(name).join(path), bytes))?;
            }
            Ok(())
        })?;
        match std::fs::remove_file(&note) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(error).on(&note),
            _ => Ok(()),
        }
    }

    /// The files of one of the centre's logs, as far as its checkpoint stands on them; none where there is no log.
    pub(crate) fn log_files(&self, name: &str, service: election::Service) -> Result<Files, CentreError> {
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

    /// What was announced last, as long as it is what there is.
    fn announced(&self) -> Result<Announced, CentreError> {
        let (_, announcement) = self
            .state
            .announcements
            .last()
            .ok_or_else(|| CentreError::NotYet("nothing is announced yet".to_owned()))?;
        let (outcome, figures) = self.outcome()?;
        let tables = results::files(&self.frozen.definition, &outcome, &figures);
        if results::manifest(&tables).1 != announcement.results {
            return Err(CentreError::NotYet(format!(
                "the results have changed since version {} was announced; announce version {} first",
                announcement.version,
                announcement.version + 1
            )));
        }
        Ok(Announced { version: announcement.version, outcome, figures, tables })
    }

    fn publication(&self, announced: &Announced, pages: impl FnOnce(&Site<'_>) -> Files) -> Result<Draft, CentreError> {
        let Announced { version, outcome, figures, tables } = announced;
        let def = &self.frozen.definition;
        let mut files: Files = BTreeMap::new();
        files.extend(self.folder.files.iter().map(|(path, bytes)| (format!("election/{path}"), bytes.clone())));
        files.extend(tables.iter().map(|(path, bytes)| (format!("results/{path}"), bytes.clone())));
        let witnessed = self.witnessed()?;
        files.extend(published::statements(def, &self.state, (outcome, figures), &witnessed));
        let mut documents: BTreeMap<StationId, Vec<String>> = BTreeMap::new();
        let (receipts, leaks) = (self.receipts()?, self.leaks()?);
        let stations: Vec<_> = self.published_stations().into_iter().zip(leaks).collect();
        let (guard, mut listed) = (self.guard()?, BTreeMap::new());
        for (station, leak) in &stations {
            let own = self.station_files(station, &receipts, leak)?;
            documents.entry(station.imports[0].station.clone()).or_default().extend(own.keys().cloned());
            listed.extend(guard.listed(&own)?);
        }
        documents.values_mut().for_each(|paths| paths.sort());
        let rows = stations.iter().flat_map(|(_, leak)| leak.rows(def));
        let constituencies = outcome.totals.iter().map(|(contest, totals)| constituency_row(def, contest, totals));
        files.insert("privacy.csv".to_owned(), privacy::table(rows.chain(constituencies)));
        files.extend(pages(&Site {
            definition: def,
            fingerprint: self.state.fingerprint,
            version: *version,
            witnessed: &witnessed,
            state: &self.state,
            outcome,
            figures,
            documents: &documents,
        }));
        files.extend(self.docket_files(outcome, figures)?);
        files.extend(record::register::tables::files(def, &self.state));
        files.extend(self.transmission_files(&self.reported_labels()?, |_| true)?);
        let tables = files.iter().filter_map(|(path, bytes)| Described::of(path, bytes)).collect();
        files.insert("datapackage.json".to_owned(), published::data_package(tables));
        files.insert("bagit.txt".to_owned(), published::BAGIT.as_bytes().to_vec());
        files.insert("bag-info.txt".to_owned(), published::bag_info(def, *version).into_bytes());
        listed.extend(guard.listed(&files)?);
        Ok(Draft { files, stations, receipts, listed })
    }

    /// The digests of the leaves of the intake log: a receipt is one of them.
    pub(crate) fn receipts(&self) -> Result<BTreeSet<Digest>, CentreError> {
        let log = self.intake_log()?;
        Ok(log.into_iter().flat_map(|log| log.leaves).map(|leaf| sign::sha256(&leaf)).collect())
    }

    /// What is published of one content, by its path; what the policy withholds is listed with its clause.
    fn station_files(
        &self,
        station: &PublishedStation,
        receipts: &BTreeSet<Digest>,
        leak: &StationLeak,
    ) -> Result<Files, CentreError> {
        let imports: Vec<&Import> = station.imports.iter().collect();
        let stored = self.contents.open(&imports)?;
        let mut files: Files = BTreeMap::new();
        for name in BESIDE {
            files.insert(name.to_owned(), stored.file(name)?);
        }
        if let Some(receipt) = stored.receipt(|digest| receipts.contains(&digest))? {
            files.insert("receipt.json".to_owned(), receipt);
        }
        for name in stored.results.keys().map(|path| path.trim_start_matches("data/")) {
            // Also what is withheld is read: a file that is gone or altered is found before anything is published.
            let bytes = stored.file(name)?;
            if withheld::clause(name, leak.records).is_none() {
                files.insert(name.to_owned(), bytes);
            }
        }
        stored.has_images()?;
        let counts = pictures(&stored);
        if leak.contests.iter().any(|contest| contest.pictures.shown > 0) {
            let cast = u32::try_from(leak.ballots).unwrap_or(u32::MAX);
            let is_shown = |name: &String| self.picture_shown(&station.imports[0].content, cast, &counts, name).is_ok();
            let shown = stored.images()?.into_iter().filter(|(name, _)| is_shown(name));
            files.extend(shown.map(|(name, bytes)| (format!("images/{name}"), bytes)));
        }
        files.insert("withheld.json".to_owned(), withheld::file(&stored.results, leak, &counts));
        Ok(files.into_iter().map(|(name, bytes)| (format!("{}/{name}", station.folder), bytes)).collect())
    }
}
