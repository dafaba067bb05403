//! Opening a package with an identity that the caller passes in, and checking all of it.

use std::collections::BTreeMap;

use election::{Coded, ContestId, DeviceId, Digest, MarkScore, OptionId, Scope, StationId};
use sign::PublicKey;
use sign::canonical;
use sign::dsse::Envelope;
use sign::identity::Identity;

use crate::adjudication::{self, Adjudicated};
use crate::archive::{self, ArchiveError, Files, IMAGES_LIMITS, Limits, RESULTS_LIMITS, StreamError};
use crate::bag::{Bag, BagError};
use crate::cuts::{self, Stray};
use crate::cvr::{CvrError, Records};
use crate::events::{self, Event, EventsError};
use crate::slip::{Slip, SlipError};
use crate::statement::*;
use crate::{Expected, Inconsistency, Label, LabelError, Sealed, StationResults};

/// What the frozen record says of the package that is opened; nothing of it is taken from the package.
#[derive(Clone, Debug)]
pub struct Trust<'a> {
    /// Election, round and mode.
    pub scope: &'a Scope,
    /// The election fingerprint.
    pub fingerprint: Digest,
    /// The station the device's key is listed for.
    pub station: &'a StationId,
    /// The device.
    pub device: &'a DeviceId,
    /// The device's key in the list.
    pub key: &'a PublicKey,
    /// Who must be able to open it.
    pub recipients: &'a Recipients,
}

/// The results, authentic; whether the figures are possible is [`OpenedResults::inconsistencies`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OpenedResults {
    /// The label.
    pub label: Label,
    /// What the device signed.
    pub statement: Statement,
    /// The bytes of `statement.dsse.json`.
    pub statement_bytes: Vec<u8>,
    /// The totals.
    pub results: StationResults,
    /// The zero report.
    pub zero: StationResults,
    /// The cast vote records.
    pub records: Records,
    /// Mark scores, in the order of the records.
    pub scores: Vec<BTreeMap<ContestId, BTreeMap<OptionId, MarkScore>>>,
    /// What people saw in doubtful contests.
    pub adjudicated: Vec<Adjudicated>,
    /// Stray ink in the contests as they may be published, in their order; empty where there are none.
    pub stray: Stray,
    /// The texts of the slip's codes.
    pub slip: Vec<String>,
    /// The device's log.
    pub events: Vec<Event>,
    /// The bag, for copying files to a publication.
    pub bag: Bag,
}

/// The images, authentic.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OpenedImages {
    /// The bag: `000001-front.png` and so on, [`crate::cuts`] among them.
    pub bag: Bag,
}

/// A package that is refused.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum OpenError {
    /// The label.
    #[error(transparent)]
    Label(#[from] LabelError),
    /// age could not open it: another identity, or damaged.
    #[error("the package cannot be opened with this identity: {0}")]
    Decrypt(String),
    /// The archive inside.
    #[error(transparent)]
    Archive(#[from] ArchiveError),
    /// The bag inside.
    #[error(transparent)]
    Bag(#[from] BagError),
    /// The statement's envelope or signature.
    #[error("the statement: {0}")]
    Statement(sign::dsse::DsseError),
    /// The statement and the label, bag or record say different things.
    #[error("the {0} of the package is not the one expected")]
    Other(Binding),
    /// A JSON file that is not in its one form.
    #[error("{0}: {1}")]
    Json(&'static str, sign::canonical::CanonicalError),
    /// The cast vote records.
    #[error(transparent)]
    Cvr(#[from] CvrError),
    /// The device's log.
    #[error(transparent)]
    Events(#[from] EventsError),
    /// The slip in the package.
    #[error(transparent)]
    Slip(#[from] SlipError),
}

/// What a package is bound to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Binding {
    /// Election, round or mode.
    Scope,
    /// The station.
    Station,
    /// The device.
    Device,
    /// The generation.
    Generation,
    /// The definition.
    Definition,
    /// The recipients.
    Recipients,
    /// A manifest.
    Manifest,
    /// A `bag-info.txt`.
    Info,
}

impl std::fmt::Display for Binding {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Binding::Scope => "election, round or mode",
            Binding::Station => "station",
            Binding::Device => "device",
            Binding::Generation => "generation",
            Binding::Definition => "definition",
            Binding::Recipients => "list of recipients",
            Binding::Manifest => "manifest",
            Binding::Info => "bag-info",
        })
    }
}

impl Coded for OpenError {
    fn code(&self) -> &'static str {
        match self {
            OpenError::Label(error) => error.code(),
            OpenError::Decrypt(_) => "package.decrypt",
            OpenError::Archive(error) => error.code(),
            OpenError::Bag(error) => error.code(),
            OpenError::Statement(_) => "package.statement",
            OpenError::Other(Binding::Scope) => "package.scope",
            OpenError::Other(Binding::Station) => "package.station",
            OpenError::Other(Binding::Device) => "package.device",
            OpenError::Other(Binding::Generation) => "package.generation",
            OpenError::Other(Binding::Definition) => "package.definition",
            OpenError::Other(Binding::Recipients) => "package.recipients",
            OpenError::Other(Binding::Manifest) => "package.manifest",
            OpenError::Other(Binding::Info) => "package.info",
            OpenError::Json(..) => "package.json",
            OpenError::Cvr(error) => error.code(),
            OpenError::Events(error) => error.code(),
            OpenError::Slip(error) => error.code(),
        }
    }

    fn next(&self) -> &'static str {
        match self {
            OpenError::Label(error) => error.next(),
            OpenError::Decrypt(_) => {
                "Join the shares of this election's identity; if they are right, copy the file again."
            }
            OpenError::Other(Binding::Scope) => {
                "Give the package of this election and round; a rehearsal is never counted."
            }
            OpenError::Other(Binding::Definition) => {
                "Find out why the device counted under another definition; the station is not added."
            }
            _ => "Keep the package in quarantine as evidence and compare it with the station's other medium.",
        }
    }
}

/// Opens the results: signatures, seals, hashes, names and bindings are all checked.
///
/// # Errors
/// [`OpenError`]: nothing of the package may be counted.
pub fn open_results(
    label: &[u8],
    results_age: &[u8],
    identity: &Identity,
    trust: &Trust<'_>,
) -> Result<OpenedResults, OpenError> {
    open_labelled(trusted_label(label, trust)?, results_age, identity, trust)
}

/// Opens the results of a label that [`trusted_label`] has verified.
///
/// # Errors
/// [`OpenError`].
pub fn open_labelled(
    label: Label,
    results_age: &[u8],
    identity: &Identity,
    trust: &Trust<'_>,
) -> Result<OpenedResults, OpenError> {
    let files = unseal(&label.results, results_age, identity, RESULTS_LIMITS)?;
    check_results(label, files, trust)
}

/// A label by the device that the record lists, for the station it lists.
///
/// # Errors
/// [`OpenError`].
pub fn trusted_label(label: &[u8], trust: &Trust<'_>) -> Result<Label, OpenError> {
    let label = Label::verify(label, trust.key, trust.scope)?;
    require(&label.station == trust.station, Binding::Station)?;
    require(&label.device == trust.device, Binding::Device)?;
    Ok(label)
}

fn require(same: bool, what: Binding) -> Result<(), OpenError> {
    if same { Ok(()) } else { Err(OpenError::Other(what)) }
}

/// The folder that age opens, where `sealed` is the file that the label names. The file is hashed while it is
/// opened; what was opened is given only if it is that file.
fn unseal(named: &Sealed, sealed: &[u8], identity: &Identity, limits: Limits) -> Result<Files, OpenError> {
    let (is_named, files) = rayon::join(|| named.check(sealed), || unseal_any(sealed, identity, limits));
    is_named?;
    files
}

fn unseal_any(sealed: &[u8], identity: &Identity, limits: Limits) -> Result<Files, OpenError> {
    let failed = |error: &dyn std::fmt::Display| OpenError::Decrypt(error.to_string().escape_debug().to_string());
    let decryptor = age::Decryptor::new_buffered(sealed).map_err(|error| failed(&error))?;
    let identity: &dyn age::Identity = identity.as_age();
    let reader = decryptor.decrypt(std::iter::once(identity)).map_err(|error| failed(&error))?;
    archive::read_from(reader, limits).map_err(|error| match error {
        StreamError::Archive(error) => error.into(),
        StreamError::Io(error) => failed(&error),
    })
}

/// Checks an opened results folder against its label: also for a publication, where it lies unsealed.
///
/// # Errors
/// [`OpenError`].
pub fn check_results(label: Label, files: Files, trust: &Trust<'_>) -> Result<OpenedResults, OpenError> {
    let (bag, manifest) = Bag::check_listed(files)?;
    let statement_bytes =
        bag.tags.get(STATEMENT_FILE).cloned().ok_or_else(|| BagError::Missing(STATEMENT_FILE.to_owned()))?;
    if let Some(name) = bag.tags.keys().find(|name| *name != STATEMENT_FILE) {
        return Err(BagError::Unexpected(name.clone()).into());
    }
    let envelope = Envelope::parse(&statement_bytes).map_err(OpenError::Statement)?;
    envelope.verify(STATEMENT_KIND, &[trust.key]).map_err(OpenError::Statement)?;
    let statement: Statement = envelope.read().map_err(OpenError::Statement)?;
    require(&statement.scope == trust.scope, Binding::Scope)?;
    require(&statement.station == trust.station, Binding::Station)?;
    require(&statement.device == trust.device, Binding::Device)?;
    require(statement.generation == label.generation, Binding::Generation)?;
    require(statement.definition == trust.fingerprint, Binding::Definition)?;
    require(sorted(&statement.recipients) == sorted(trust.recipients), Binding::Recipients)?;
    let manifest = Digest::of(&manifest);
    require(statement.results_manifest == manifest && label.results.manifest == manifest, Binding::Manifest)?;
    require(statement.images_manifest == label.images.manifest, Binding::Manifest)?;
    require(statement.results_info == Digest::of(&bag.info), Binding::Info)?;

    let file = |name: &'static str| bag.data.get(name).ok_or_else(|| BagError::Missing(format!("data/{name}")));
    let results = StationResults::parse(file(RESULTS_FILE)?).map_err(|error| OpenError::Json(RESULTS_FILE, error))?;
    require(&results.scope == trust.scope, Binding::Scope)?;
    require(&results.station == trust.station, Binding::Station)?;
    require(&results.device == trust.device, Binding::Device)?;
    require(results.generation == label.generation, Binding::Generation)?;
    let zero = StationResults::parse(file(ZERO_FILE)?).map_err(|error| OpenError::Json(ZERO_FILE, error))?;
    let records = Records::parse(file(CVR_FILE)?)?;
    let scores = canonical::from_bytes(file(SCORES_FILE)?).map_err(|error| OpenError::Json(SCORES_FILE, error))?;
    let adjudicated = canonical::from_bytes(file(ADJUDICATION_FILE)?);
    let adjudicated = adjudicated.map_err(|error| OpenError::Json(ADJUDICATION_FILE, error))?;
    let stray = bag.data.get(STRAY_FILE).map(|file| canonical::from_bytes(file)).transpose();
    let stray = stray.map_err(|error| OpenError::Json(STRAY_FILE, error))?.unwrap_or_default();
    let slip: Vec<String> =
        canonical::from_bytes(file(SLIP_FILE)?).map_err(|error| OpenError::Json(SLIP_FILE, error))?;
    let events = events::parse(file(EVENTS_FILE)?)?;
    let known = [
        RESULTS_FILE,
        ZERO_FILE,
        CVR_FILE,
        SCORES_FILE,
        ADJUDICATION_FILE,
        STRAY_FILE,
        SLIP_FILE,
        SLIP_PDF_FILE,
        EVENTS_FILE,
    ];
    if let Some(name) = bag.data.keys().find(|name| !known.contains(&name.as_str())) {
        return Err(BagError::Unexpected(format!("data/{name}")).into());
    }
    let opened = OpenedResults {
        label,
        statement,
        statement_bytes,
        results,
        zero,
        records,
        scores,
        adjudicated,
        stray,
        slip,
        events,
        bag,
    };
    Slip::join(&opened.slip)?.verify(trust.key)?;
    Ok(opened)
}

fn sorted(recipients: &Recipients) -> Recipients {
    let mut sorted = recipients.clone();
    for list in [&mut sorted.results, &mut sorted.images] {
        list.sort();
        list.dedup();
    }
    sorted
}

/// Opens the images of a label that has been verified.
///
/// # Errors
/// [`OpenError`].
pub fn open_images(label: &Label, images_age: &[u8], identity: &Identity) -> Result<OpenedImages, OpenError> {
    check_images(label, unseal(&label.images, images_age, identity, IMAGES_LIMITS)?)
}

/// Checks an opened images folder against its label.
///
/// # Errors
/// [`OpenError`].
pub fn check_images(label: &Label, files: Files) -> Result<OpenedImages, OpenError> {
    let (bag, manifest) = Bag::check_listed(files)?;
    require(Digest::of(&manifest) == label.images.manifest, Binding::Manifest)?;
    match bag.tags.keys().next() {
        Some(name) => Err(BagError::Unexpected(name.clone()).into()),
        None => Ok(OpenedImages { bag }),
    }
}

impl OpenedImages {
    /// The front of record `index` (from 0).
    pub fn front(&self, index: usize) -> Option<&[u8]> {
        self.bag.data.get(&format!("{:06}-front.png", index + 1)).map(Vec::as_slice)
    }

    /// The back of record `index` (from 0).
    pub fn back(&self, index: usize) -> Option<&[u8]> {
        self.bag.data.get(&format!("{:06}-back.png", index + 1)).map(Vec::as_slice)
    }
}

/// `front`, `back` or `crop-CONTEST` of `000001-front.png` and its like, where it is of one of so many records.
fn image_of(name: &str, records: usize) -> Option<&str> {
    let (number, what) = name.strip_suffix(".png")?.split_once('-')?;
    let known = number.parse().is_ok_and(|n: usize| (1..=records).contains(&n) && format!("{n:06}") == number);
    let crop = what.strip_prefix("crop-").is_some_and(|contest| contest.parse::<ContestId>().is_ok());
    (known && (matches!(what, "front" | "back") || crop)).then_some(what)
}

impl OpenedResults {
    /// Everything that cannot be about the figures of an authentic package: it is not added, and goes to reconciliation.
    pub fn inconsistencies(&self, expected: &Expected, images: Option<&OpenedImages>) -> Vec<Inconsistency> {
        let mut found = self.results.inconsistencies(expected);
        if !self.zero.is_zero_of(&self.results) {
            found.push(Inconsistency::Zero);
        }
        found.extend(self.records.differences(&self.results).into_iter().map(Inconsistency::Records));
        let records = self.records.records.len();
        if self.scores.len() != records {
            found.push(Inconsistency::Records(format!("{} scores for {records} records", self.scores.len())));
        }
        found.extend(
            adjudication::differences(&self.adjudicated, &self.records).into_iter().map(Inconsistency::Adjudication),
        );
        if let Some(bag) = images.map(|images| &images.bag) {
            let fronts = bag.data.keys().filter(|name| image_of(name, records) == Some("front")).count();
            let bound = Digest::of(&bag.info) == self.statement.images_info;
            let known = |name: &String| image_of(name, records).is_some() || cuts::parse_name(name).is_some();
            if fronts != records || !bound || !bag.data.keys().all(known) {
                found.push(Inconsistency::Images { images: fronts, records });
            }
            let differences = cuts::differences(&bag.data, &self.stray, &self.records);
            found.extend(differences.into_iter().map(Inconsistency::Cuts));
        }
        found.extend(self.slip_differences().into_iter().map(Inconsistency::Slip));
        found
    }

    /// What the slip in the package says otherwise than the package.
    fn slip_differences(&self) -> Vec<String> {
        let Ok(slip) = Slip::join(&self.slip) else { return vec!["its codes do not join".to_owned()] };
        let figures = slip.claims();
        let mut found = figures.differences(&self.results);
        if figures.zero != Digest::of(&self.zero.to_bytes()) {
            found.push("it names another zero report".to_owned());
        }
        if figures.fingerprint != self.statement.definition {
            found.push("it names another definition".to_owned());
        }
        found
    }
}
