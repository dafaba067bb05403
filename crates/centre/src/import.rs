//! Packages in: opened, checked, kept, and entered as import or refusal leaves.

use std::collections::BTreeSet;

use election::{OfficeId, RecipientName, StationId};
use package::Recipients;
use record::entry::{Import, IntakePosition, Refused};
use record::register::isolation::Look;
use record::{Body, Content, Medium};
use sign::identity::Identity;

use crate::arrival::{Failed, MOST_LABEL, Opened, Refusal};
use crate::carrier::{At, Carrier, LABEL, MOST_NAMED, Named, PARTS, RECEIPT, shown};
use crate::centre::Centre;
use crate::contents::{Files, IMAGES, IMAGES_MANIFEST, RESULTS_MANIFEST, STATEMENT};
use crate::error::CentreError;
use crate::transmission::Reported;

/// So many leaves are entered at once: what has been entered stands, whatever comes of the rest of the medium.
const BATCH: usize = 256;
/// Of a refused package, parts up to this length are kept, in bytes; what is larger stays on the medium.
const MOST_KEPT_PART: u64 = 16 << 20;
/// All that is kept of refused packages of one medium, in bytes.
const MOST_KEPT: u64 = 256 << 20;
/// The most refused packages of one stick that are entered. The receiving service has let in no more than it receipted.
const MOST_REFUSED: usize = 10_000;

/// What became of a package.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Became {
    /// It is imported.
    Imported,
    /// It was imported before; nothing is entered twice.
    Duplicate,
    /// It does not hold; it is kept, and entered with its reason.
    Refused,
    /// It cannot be read from the medium; nothing of it is entered, and it can be tried again.
    Unreadable,
}

impl Became {
    /// The word used in files.
    pub fn as_str(self) -> &'static str {
        match self {
            Became::Imported => "imported",
            Became::Duplicate => "duplicate",
            Became::Refused => "refused",
            Became::Unreadable => "unreadable",
        }
    }
}

/// What became of one package.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Arrival {
    /// The name of its files.
    pub name: String,
    /// The folder it lies in, on the medium.
    pub folder: String,
    /// The station, where it is one of the definition.
    pub station: Option<StationId>,
    /// The office of that station.
    pub office: Option<OfficeId>,
    /// What became of it.
    pub outcome: Became,
    /// Why it was not imported: code and words.
    pub reason: Option<(String, String)>,
    /// What else is to be said of it.
    pub notes: Vec<String>,
}

/// What one import did.
#[derive(Clone, Debug, Default, serde::Serialize)]
pub struct ImportReport {
    /// Package by package, sorted by name.
    pub arrivals: Vec<Arrival>,
    /// What was on the medium and left alone.
    pub skipped: Named,
    /// Folders that could not be listed.
    pub unreadable: Named,
    /// Refused packages beyond those that are entered for one medium.
    pub not_entered: usize,
    /// Expected stations of which nothing has come by this medium, from this carrier or an earlier one.
    pub missing: Missing,
    /// What became of the transmission report of an export; none where the medium has none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub transmission: Option<Reported>,
}

/// Stations by name, the first [`MOST_NAMED`]; all are counted.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize)]
pub struct Missing {
    /// How many there are.
    pub count: usize,
    /// The first of them.
    pub first: Vec<StationId>,
}

impl Missing {
    /// Counts `ids` and keeps the first of them.
    pub(crate) fn of<'a>(ids: impl Iterator<Item = &'a StationId>) -> Self {
        let mut missing = Missing::default();
        for id in ids {
            missing.count += 1;
            if missing.first.len() < MOST_NAMED {
                missing.first.push(id.clone());
            }
        }
        missing
    }
}

/// One medium on its way in.
struct Entering<'a> {
    carrier: &'a Carrier,
    medium: Medium,
    /// Of an export: the intake log it stands under.
    intake: Option<IntakePosition>,
    /// What is to be entered next.
    bodies: Vec<Body>,
    imports: BTreeSet<Import>,
    refused: BTreeSet<Refused>,
    /// Bytes of refused packages that were kept.
    kept: u64,
    not_entered: usize,
}

impl Centre {
    /// Imports every package of a medium, each by itself. `intake` is the position of the intake log that an export
    /// stands under. A package that was imported before is a duplicate: nothing is entered twice. What is up on this machine
    /// is entered before the first package and after the last.
    ///
    /// # Errors
    ///
    /// [`CentreError::NotIsolated`], also before any of the packages: those before it are entered. The centre's own disk, or
    /// the log. A package that does not hold is no error: it is kept, refused and entered as
    /// such; one that cannot be read is told with its path, and nothing of it is entered.
    pub fn import(
        &mut self,
        carrier: &Carrier,
        medium: Medium,
        intake: Option<IntakePosition>,
        identity: &Identity,
        at: &str,
        mut progress: impl FnMut(&Arrival),
    ) -> Result<ImportReport, CentreError> {
        let mut report = ImportReport {
            skipped: carrier.skipped.clone(),
            unreadable: carrier.unreadable.clone(),
            ..ImportReport::default()
        };
        let mut entering = Entering {
            carrier,
            medium,
            intake: intake.filter(|_| medium == Medium::Network),
            bodies: Vec::new(),
            imports: BTreeSet::new(),
            refused: BTreeSet::new(),
            kept: 0,
            not_entered: 0,
        };
        self.enter_isolated(Look::Import, at)?;
        for package in carrier.packages() {
            // Between two packages it is entered only if it stops them. Where nothing would, it is not asked: the kernel takes longer to
            // show its sockets than a package to be opened.
            if self.is_strict() {
                self.isolated(Look::Import, &mut entering.bodies, at)?;
            }
            let Some(arrival) = self.take_in(&package, identity, &mut entering)? else { continue };
            progress(&arrival);
            report.arrivals.push(arrival);
            if entering.bodies.len() >= BATCH {
                self.report(&std::mem::take(&mut entering.bodies), at)?;
            }
        }
        self.report(&entering.bodies, at)?;
        self.enter_isolated(Look::Imported, at)?;
        report.not_entered = entering.not_entered;
        report.missing = self.missing(medium);
        Ok(report)
    }

    /// Expected stations of which nothing has come by `medium`.
    pub fn missing(&self, medium: Medium) -> Missing {
        let expected = self.frozen.definition.stations.iter().filter(|s| s.count_with.is_none());
        let came = |id: &StationId| self.state.evidence[id].imports.iter().any(|i| i.medium == medium);
        Missing::of(expected.map(|station| &station.id).filter(|id| !came(id)))
    }

    /// Opens, keeps and words one package; none where the medium has had more refused ones than are entered.
    fn take_in(
        &self,
        package: &At<'_>,
        identity: &Identity,
        entering: &mut Entering<'_>,
    ) -> Result<Option<Arrival>, CentreError> {
        let mut arrival = Arrival {
            name: package.name.to_string(),
            folder: shown(package.folder),
            station: None,
            office: None,
            outcome: Became::Imported,
            reason: None,
            notes: self.another_folder(package).into_iter().collect(),
        };
        let mut files = Files::new();
        let opened = self.open_package(entering.carrier, package, identity, &mut files).and_then(|opened| {
            // The receipt lies beside it in an export; a stick has none.
            if entering.medium == Medium::Network && package.has(RECEIPT) {
                files.insert(RECEIPT.to_owned(), entering.carrier.read(package, RECEIPT, MOST_LABEL)?);
            }
            Ok(opened)
        });
        let station = match opened {
            Ok(opened) => {
                // No reason to refuse, and the officer is told why the station will not be counted by itself.
                arrival.notes.extend(opened.account_differs.iter().flat_map(|differs| {
                    [differs.to_string(), "the station is quarantined: two officers decide on it".to_owned()]
                }));
                let import = self.keep(files, opened, entering)?;
                let known = self.state.evidence[&import.station].imports.iter().any(|known| {
                    known.medium == import.medium && known.label == import.label && known.content == import.content
                });
                let station = import.station.clone();
                if known || !entering.imports.insert(import.clone()) {
                    arrival.outcome = Became::Duplicate;
                } else {
                    entering.bodies.push(Body::Import(import));
                }
                station
            }
            Err(Failed::Unreadable(unreadable)) => {
                arrival.outcome = Became::Unreadable;
                let what = format!("{}: {}", unreadable.path, unreadable.error);
                arrival.reason = Some(("import.unreadable".to_owned(), what));
                package.name.station.clone()
            }
            Err(Failed::Refused(_)) if entering.medium == Medium::Stick && entering.refused.len() >= MOST_REFUSED => {
                entering.not_entered += 1;
                return Ok(None);
            }
            Err(Failed::Refused(refusal)) => {
                let (refused, notes) = self.refuse(package, refusal, files, entering)?;
                arrival.outcome = Became::Refused;
                arrival.reason = Some((refused.code.clone(), refused.what.clone()));
                arrival.notes.extend(notes);
                let station = refused.station.clone().unwrap_or_else(|| package.name.station.clone());
                if !self.state.refused.contains(&refused) && entering.refused.insert(refused.clone()) {
                    entering.bodies.push(Body::Refused(refused));
                }
                station
            }
        };
        let known = self.frozen.definition.station(&station);
        (arrival.station, arrival.office) = known.map(|s| (s.id.clone(), s.office.clone())).unzip();
        Ok(Some(arrival))
    }

    /// A package that lies in a folder named after another station: it is taken for what it is, and told.
    fn another_folder(&self, package: &At<'_>) -> Option<String> {
        let folder = package.folder.file_name()?.to_str()?;
        let station: StationId = folder.split(['-', '.']).next()?.parse().ok()?;
        let other = station != package.name.station && self.state.evidence.contains_key(&station);
        other.then(|| format!("it lies in a folder of the station '{station}'"))
    }

    fn keep(&self, mut files: Files, opened: Opened, entering: &Entering<'_>) -> Result<Import, CentreError> {
        let Opened { results, images, account_differs } = opened;
        let label = files.remove(LABEL).expect("an opened package has a label");
        let content = Content {
            results_manifest: results.statement.results_manifest,
            images_manifest: results.statement.images_manifest,
            results: sign::sha256(results.bag.data.get("results.json").map(Vec::as_slice).unwrap_or_default()),
        };
        let import = Import {
            medium: entering.medium,
            station: results.label.station.clone(),
            device: results.label.device.clone(),
            generation: results.label.generation,
            label: sign::sha256(&label),
            statement: sign::sha256(&results.statement_bytes),
            content,
            intake: entering.intake,
            account_differs: account_differs.is_some(),
            build: results.statement.program(),
        };
        // The sealed files have been opened: what they hold is kept, and the receipt.
        files.retain(|name, _| name == RECEIPT);
        files.insert(RESULTS_MANIFEST.into(), results.bag.manifest());
        files.insert(IMAGES_MANIFEST.into(), images.bag.manifest());
        files.extend(results.bag.data);
        // One file, not hundreds: each file of this disk is made durable by itself.
        let archive = package::archive::write(&images.bag.data).expect("an opened bag has the names of an archive");
        files.insert(IMAGES.into(), archive);
        // Where one content came sealed twice, the network's label lies beside the network's receipt, in whatever order;
        // one that was lost from this disk comes back from either.
        let known = &self.state.evidence[&import.station].imports;
        let known: Vec<&Import> = known.iter().filter(|i| i.content == content).collect();
        let by_network = known.iter().any(|i| i.medium == Medium::Network);
        if entering.medium == Medium::Network || !by_network || !self.contents.has_label(&known) {
            files.insert(LABEL.into(), label);
            files.insert(STATEMENT.into(), results.statement_bytes);
        }
        self.contents.keep(&content, &files)?;
        Ok(import)
    }

    /// Keeps what there is room for of a refused package; what is not kept is told.
    fn refuse(
        &self,
        package: &At<'_>,
        refusal: Refusal,
        mut files: Files,
        entering: &mut Entering<'_>,
    ) -> Result<(Refused, Vec<String>), CentreError> {
        let (mut kept, mut notes, mut label) = (Files::new(), Vec::new(), None);
        for part in PARTS.into_iter().filter(|part| package.has(part)) {
            let bytes = match files.remove(part) {
                Some(bytes) => Ok(bytes),
                None => entering.carrier.read(package, part, MOST_KEPT_PART),
            };
            match bytes {
                Ok(bytes) => {
                    let length = bytes.len() as u64;
                    label.get_or_insert_with(|| sign::sha256(&bytes));
                    if length <= MOST_KEPT_PART && entering.kept + length <= MOST_KEPT {
                        entering.kept += length;
                        kept.insert(part.to_owned(), bytes);
                    } else {
                        notes.push(format!("{part} is too large to be kept here: keep the medium itself"));
                    }
                }
                Err(unreadable) => notes.push(format!("{part} cannot be read: {}", unreadable.error)),
            }
        }
        let label = label.unwrap_or_else(|| sign::sha256(b""));
        self.contents.keep_refused(label, &kept)?;
        let station = Some(refusal.station.unwrap_or_else(|| package.name.station.clone()));
        Ok((Refused { medium: entering.medium, station, label, code: refusal.code, what: refusal.what }, notes))
    }

    /// Who must be able to open a package of `station`, from the frozen list: the centre, and for images its office.
    pub fn recipients(&self, station: &StationId) -> Recipients {
        recipients(&self.frozen, station)
    }
}

/// Who must be able to open a package of `station`: the centre, and for images its office as well, where it has a key.
pub fn recipients(frozen: &record::Frozen, station: &StationId) -> Recipients {
    let office = frozen.definition.station(station).map(|s| s.office.clone());
    let of = |wanted: &dyn Fn(&RecipientName) -> bool| -> Vec<sign::Recipient> {
        let listed = frozen.lists.recipients.iter().filter(|r| wanted(&r.recipient));
        let mut found: Vec<sign::Recipient> = listed.filter_map(|r| r.age.parse().ok()).collect();
        found.sort();
        found
    };
    Recipients {
        results: of(&|name| *name == RecipientName::Centre),
        images: of(&|name| match name {
            RecipientName::Centre => true,
            RecipientName::Office(id) => office.as_ref() == Some(id),
        }),
    }
}
