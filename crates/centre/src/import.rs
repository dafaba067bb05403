//! Packages in: opened, checked, kept, and entered as import or refusal leaves.

use election::{Coded, RecipientName, StationId};
use log::Store;
use package::open::{OpenedImages, OpenedResults, Trust, open_images, open_results};
use package::{Expected, Label, Recipients};
use record::entry::{Import, IntakePosition, Refused};
use record::{Body, Content, Medium};
use sign::identity::Identity;

use crate::carrier::{Carried, Carrier, Skipped};
use crate::centre::Centre;
use crate::contents::Files;
use crate::error::CentreError;

/// What became of one package.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Arrival {
    /// The name of its files.
    pub name: String,
    /// The station, where it is one of the definition.
    pub station: Option<StationId>,
    /// `imported`, `duplicate` or `refused`.
    pub outcome: &'static str,
    /// The reason of a refusal: code and words.
    pub reason: Option<(String, String)>,
}

/// What one import did.
#[derive(Clone, Debug, Default, serde::Serialize)]
pub struct ImportReport {
    /// Package by package, sorted by name.
    pub arrivals: Vec<Arrival>,
    /// What was on the medium and left alone.
    pub skipped: Vec<Skipped>,
}

/// A package opened and found whole.
struct Opened {
    label: Label,
    results: OpenedResults,
    images: OpenedImages,
}

/// Why a package is not imported: its code and its words.
struct Refusal {
    code: String,
    what: String,
}

impl<E: Coded> From<E> for Refusal {
    fn from(error: E) -> Self {
        Refusal { code: error.code().to_owned(), what: error.to_string() }
    }
}

impl Centre {
    /// Imports every package of a medium. `intake` is the position of the intake log that an export stands
    /// under. A package that was imported before is a duplicate: nothing is entered twice.
    ///
    /// # Errors
    ///
    /// The disk, or the log. A package that does not hold is no error: it is kept, refused and entered as such.
    pub fn import(
        &mut self,
        carrier: &Carrier,
        medium: Medium,
        intake: Option<IntakePosition>,
        identity: &Identity,
        at: &str,
        mut progress: impl FnMut(&Arrival),
    ) -> Result<ImportReport, CentreError> {
        let mut report = ImportReport { skipped: carrier.skipped.clone(), ..ImportReport::default() };
        let mut bodies = Vec::new();
        for carried in carrier.packages() {
            let carried = carried?;
            let mut arrival =
                Arrival { name: carried.name.to_string(), station: None, outcome: "imported", reason: None };
            match self.open_package(&carried, identity) {
                Ok(opened) => {
                    arrival.station = Some(opened.label.station.clone());
                    let body = self.keep(&carried, &opened, medium, intake)?;
                    if self.knows(&body) || bodies.contains(&body) {
                        arrival.outcome = "duplicate";
                    } else {
                        bodies.push(body);
                    }
                }
                Err(refusal) => {
                    let known = self.frozen.definition.station(&carried.name.station);
                    arrival.station = known.map(|s| s.id.clone());
                    arrival.outcome = "refused";
                    let body = self.refuse(&carried, medium, &refusal)?;
                    arrival.reason = Some((refusal.code, refusal.what));
                    if !self.knows(&body) && !bodies.contains(&body) {
                        bodies.push(body);
                    }
                }
            }
            progress(&arrival);
            report.arrivals.push(arrival);
        }
        self.report(&bodies, at)?;
        Ok(report)
    }

    /// Whether the record already says this.
    fn knows(&self, body: &Body) -> bool {
        match body {
            Body::Import(import) => self.state.evidence[&import.station].imports.iter().any(|known| {
                known.medium == import.medium && known.label == import.label && known.content == import.content
            }),
            Body::Refused(refused) => self.state.refused.contains(refused),
            _ => false,
        }
    }

    fn open_package(&self, carried: &Carried, identity: &Identity) -> Result<Opened, Refusal> {
        let part = |name: &str| {
            carried.files.get(name).map(Vec::as_slice).ok_or_else(|| Refusal {
                code: "import.incomplete".to_owned(),
                what: format!("{}.{name} is not on the medium", carried.name),
            })
        };
        let label_bytes = part("label.json")?;
        let (claimed, _) = Label::parse(label_bytes)?;
        let def = &self.frozen.definition;
        let Some((station, key)) = self.frozen.keyring.devices.get(&claimed.device) else {
            return Err(Refusal {
                code: "import.unknown_device".to_owned(),
                what: format!("no key of the device '{}' is in the frozen list", claimed.device),
            });
        };
        let recipients = self.recipients(station);
        let trust = Trust {
            scope: &def.scope,
            fingerprint: self.state.fingerprint,
            station,
            device: &claimed.device,
            key,
            recipients: &recipients,
        };
        let results = open_results(label_bytes, part("results.age")?, identity, &trust)?;
        let images = open_images(&results.label, part("images.age")?, identity)?;
        let expected = Expected::of(def, station).ok_or_else(|| Refusal {
            code: "import.unknown_station".to_owned(),
            what: format!("the station '{station}' is not in the definition"),
        })?;
        if let Some(wrong) = results.inconsistencies(&expected, Some(&images)).first() {
            return Err(Refusal { code: wrong.code().to_owned(), what: wrong.to_string() });
        }
        Ok(Opened { label: results.label.clone(), results, images })
    }

    /// Who must be able to open a package of `station`, from the frozen list: the centre, and for images its office.
    pub fn recipients(&self, station: &StationId) -> Recipients {
        recipients(&self.frozen, station)
    }

    fn keep(
        &self,
        carried: &Carried,
        opened: &Opened,
        medium: Medium,
        intake: Option<IntakePosition>,
    ) -> Result<Body, CentreError> {
        let bag = &opened.results.bag;
        let data = |name: &str| bag.data.get(name).cloned().unwrap_or_default();
        let results = data("results.json");
        let content = Content {
            results_manifest: opened.results.statement.results_manifest,
            images_manifest: opened.results.statement.images_manifest,
            results: sign::sha256(&results),
        };
        let mut files: Files = bag.data.clone();
        files.insert("label.json".into(), carried.files["label.json"].clone());
        files.insert("statement.dsse.json".into(), opened.results.statement_bytes.clone());
        files.insert("results-manifest.txt".into(), bag.manifest());
        files.insert("images-manifest.txt".into(), opened.images.bag.manifest());
        for (name, bytes) in &opened.images.bag.data {
            files.insert(format!("images/{name}"), bytes.clone());
        }
        if let Some(receipt) = carried.files.get("receipt.json") {
            files.insert("receipt.json".into(), receipt.clone());
        }
        self.contents.keep(&content, &files)?;
        Ok(Body::Import(Import {
            medium,
            station: opened.label.station.clone(),
            device: opened.label.device.clone(),
            generation: opened.label.generation,
            label: sign::sha256(&carried.files["label.json"]),
            statement: sign::sha256(&opened.results.statement_bytes),
            content,
            intake: intake.filter(|_| medium == Medium::Network),
        }))
    }

    fn refuse(&self, carried: &Carried, medium: Medium, refusal: &Refusal) -> Result<Body, CentreError> {
        let first = carried.files.get("label.json").or_else(|| carried.files.values().next());
        let label = sign::sha256(first.map(Vec::as_slice).unwrap_or_default());
        self.contents.keep_refused(label, &carried.files)?;
        Ok(Body::Refused(Refused {
            medium,
            station: Some(carried.name.station.clone()),
            label,
            code: refusal.code.clone(),
            what: refusal.what.clone(),
        }))
    }

    /// Takes the intake log of an export into the centre's folder and says where it stands.
    ///
    /// # Errors
    ///
    /// [`CentreError::NotYet`] where the log does not hold.
    pub fn import_intake_log(&mut self, export: &std::path::Path) -> Result<IntakePosition, CentreError> {
        let origin = format!("{}/intake", self.frozen.definition.scope.election);
        let key = self.log_key(election::Service::IntakeLog, &origin)?;
        let from = log::FolderStore::new(export);
        let read = log::reader::read_static(&from, &key).map_err(|problems| {
            CentreError::NotYet(format!(
                "the intake log does not hold: {}",
                problems.first().map(ToString::to_string).unwrap_or_default()
            ))
        })?;
        let to = log::FolderStore::new(self.dir.join("intake"));
        let mut paths = from.paths().map_err(log::LogError::from)?;
        // The checkpoint last: until it is there the copy says nothing.
        paths.sort_by_key(|path| path == "checkpoint");
        for path in paths {
            let bytes = from.read(&path).map_err(log::LogError::from)?.unwrap_or_default();
            to.put(&path, &bytes).map_err(log::LogError::from)?;
        }
        Ok(IntakePosition { size: read.checkpoint.size, root: election::Digest(read.checkpoint.root) })
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
