//! A bundle of evidence: the checks of a publication that it has the files for, V.905, and V.95x.
//!
//! A bundle holds the whole record up to its own entry, so that a leaf that was left out shows; of the stations it holds those of
//! the mandate alone. Its entry lies beside the payload: the next leaf, which names the hash of the payload's manifest.

mod described;
mod entry;

use std::collections::BTreeSet;
use std::path::Path;

use election::{Coded, Digest, StationId};
use record::State;
use record::disk::{DATA, TAG_MANIFEST, TAGS};
use record::entry::Export;
use record::evidence::{self, BESIDE, ENTRY};
use record::register::exports::Mandate;
use record::register::transmission;
use serde::Serialize;

use crate::OnProgress;
use crate::bag::Manifest;
use crate::disk::bag::{self, Kind};
use crate::disk::described::service_receipts;
use crate::folder::Folder;
use crate::logs::ReadLog;
use crate::record_log::{self, Election, needs};
use crate::report::{Matter, Report, Root};
use crate::stations::{self, Stations};
use crate::table::CheckId;

/// What was found in a bundle.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct BundleReport {
    /// The verdict and the checks.
    #[serde(flatten)]
    pub report: Report,
    /// What its entry says, where it can be read; whether it holds is V.951.
    pub export: Option<Export>,
    /// Something is in it, or was asked for, that must not be published.
    pub confidential: bool,
}

impl BundleReport {
    /// The report for whoever hands the bundle out: no publication can have its entry yet, and V.952 is not incomplete for that.
    pub fn handed_out(self) -> Report {
        let Report { root, freshness, mut checks, .. } = self.report;
        for check in &mut checks {
            for detail in check.detail.iter_mut().filter(|detail| detail.code == entry::UNSEEN) {
                detail.matter = Matter::Recorded;
                (check.missing, check.recorded) = (check.missing - 1, check.recorded + 1);
            }
        }
        Report { freshness, ..Report::of(root, checks) }
    }
}

/// It is not a bundle of evidence at all: exit code 2.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0} is no bundle of evidence: it has neither an entry nor a manifest of tag files")]
pub struct NotABundle(pub String);

impl Coded for NotABundle {
    fn code(&self) -> &'static str {
        "evidence.not_a_bundle"
    }

    fn next(&self) -> &'static str {
        "name the .tar file as it was handed out, or the folder that it was unpacked to"
    }
}

const KIND: Kind = Kind {
    beside: &BESIDE,
    is_part,
    stray: ("evidence.stray", "is listed, but no part of a bundle of evidence: nothing compares it"),
};

/// Is it a path of the payload? What lies in these folders is compared one by one.
fn is_part(path: &str) -> bool {
    let files = [evidence::PAPER, evidence::SCOPE, evidence::README, evidence::REPORT];
    let tables = [record::disk::STATIONS, record::disk::WITHHELD];
    let folders = ["docket/", "election/", evidence::PAPERS, evidence::RECORD, "register/", "slips/", "stations/"];
    let folders = folders.into_iter().chain([transmission::FOLDER]);
    files.contains(&path) || tables.contains(&path) || folders.into_iter().any(|folder| path.starts_with(folder))
}

/// A bundle whose definition, record and entry can be read.
struct On<'a> {
    /// The whole of it.
    whole: &'a Folder,
    /// The payload.
    data: &'a Folder,
    /// Its manifest.
    manifest: &'a Manifest,
    /// The definition.
    election: &'a Election,
    /// The record's log.
    log: &'a ReadLog,
    /// What its leaves come to.
    state: &'a State,
    /// What was asked for.
    mandate: &'a Mandate,
    /// The contents that are in it.
    stations: &'a Stations,
}

impl On<'_> {
    /// The stations of the mandate.
    fn asked(&self) -> BTreeSet<&StationId> {
        let stations = self.mandate.stations(&self.election.frozen.definition, self.state);
        stations.into_iter().map(|station| &station.id).collect()
    }
}

/// Is something of single ballots in it, whatever its mandate says?
fn has_ballots(data: &Folder) -> bool {
    data.under("stations/").any(|(path, _)| path.ends_with("/cvr.json") || path.contains("/images/"))
}

/// Checks the bundle at `path`, an archive or the folder that it was unpacked to, with nothing else at hand. `pinned` is the
/// election fingerprint from paper; without it the verdict is at best incomplete. With a `publication` of a later hour the entry is
/// looked for there. With `now`, the caller's clock in POSIX seconds, the report tells how old the record is.
///
/// # Errors
/// [`NotABundle`] where there is nothing to check. All else is in the report.
pub fn bundle(
    path: &Path,
    pinned: Option<Digest>,
    publication: Option<&Path>,
    now: Option<i64>,
    progress: OnProgress,
) -> Result<BundleReport, NotABundle> {
    let whole = if path.is_dir() { KIND.read(path, progress) } else { Folder::read_archive(path, progress) };
    // The entry lies behind the payload: where an archive begins as a bag and is cut or altered further on, V.101 says at which byte.
    let marks = [ENTRY, TAG_MANIFEST, TAGS[0]];
    let marks = if path.is_dir() { &marks[..2] } else { &marks[..] };
    if !marks.iter().any(|path| whole.files.contains_key(*path)) {
        return Err(NotABundle(path.display().to_string()));
    }
    let mut checks = Vec::new();
    let manifest = bag::check(&whole, &KIND, &mut checks);
    let data = whole.below(DATA);
    let election = record_log::election(&data, Some(&manifest), &mut checks);
    let election = election.as_ref();
    let (read, fingerprint) = record_log::whole(&data, election, pinned, &mut checks);
    let export = entry::said(&whole);
    let mandate = export.as_ref().map(|export| &export.mandate);
    let record = read.as_ref().map(|(_, record)| record);
    let state = record.and_then(|record| record.state.as_ref());
    if let (Some(election), Some((log, _)), Some(state)) = (election, &read, state) {
        if !state.announcements.is_empty() {
            checks.push(record_log::announcements(election, log, Some(state)));
        }
        checks.push(record_log::certification(election, Some(state)));
        checks.push(record_log::before_polls(election, log, Some(state)));
    }
    let looked = stations::Looked { folder: &data, manifest: Some(&manifest), election, record, intake: None, mandate };
    let mut own = Vec::new();
    let stations = mandate.and_then(|_| stations::check(&looked, progress, &mut own));
    // The intake log is in the publication, and what the law gives the public is no measure of a mandate.
    let others = [CheckId::Receipts, CheckId::Withheld, CheckId::Pictures];
    checks.extend(own.into_iter().filter(|check| !others.contains(&check.id)));
    match (election, &read, state, mandate, &stations) {
        (Some(election), Some((log, _)), Some(state), Some(mandate), Some(stations)) => {
            let (whole, data, manifest) = (&whole, &data, &manifest);
            let on = On { whole, data, manifest, election, log, state, mandate, stations };
            checks.push(entry::entry(&on));
            checks.push(entry::proof(&on, publication));
            checks.push(described::scope(&on));
            if !checks.iter().any(|check| check.id == CheckId::Given) {
                checks.push(described::nothing_given(&on));
            } else {
                checks.push(service_receipts(data, manifest, election, state));
            }
            checks.push(described::slips(&on));
            checks.push(described::papers(&on));
            checks.push(described::written_anew(&on));
        }
        _ => {
            let ids = [
                CheckId::Exported,
                CheckId::ExportProof,
                CheckId::Asked,
                CheckId::Given,
                CheckId::BundleSlips,
                CheckId::Papers,
                CheckId::BundleDescribed,
            ];
            checks.extend(
                ids.map(|id| needs(id, DATA, "the entry, the definition and the record (V.105, V.201, V.204)")),
            );
        }
    }
    let freshness = record_log::freshness(election, record, now);
    let report = Report { freshness, ..Report::of(Root { pinned, fingerprint }, checks) };
    let confidential = mandate.is_some_and(evidence::is_confidential) || has_ballots(&data);
    Ok(BundleReport { report, confidential, export })
}
