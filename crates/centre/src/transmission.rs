//! The transmission report of an export: taken in as it came, entered by hash, and read again before it is published.

use std::io::ErrorKind;
use std::path::Path;

use election::{Coded, Service, StationId};
use log::{FolderStore, Store};
use record::Body;
use record::entry::{IntakePosition, Transmission};
use record::fold::LeafProblem;
use record::register::transmission::{
    self, Entered, Labels, MOST_BYTES, Report, ReportProblem, Totals, TransmissionProblem,
};
use sign::dsse::DsseError;

use crate::arrival::MOST_LABEL;
use crate::centre::Centre;
use crate::contents::Files;
use crate::error::{CentreError, OnDisk};
use crate::import::Became;

/// The report and the statement about it, in an export.
const REPORT: &str = "transmission.json";
const STATEMENT: &str = "transmission.dsse.json";
/// The folder of reports at the centre, each under its hash.
const KEPT: &str = "transmission";

/// What became of an export's transmission report.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Reported {
    /// What became of it.
    pub outcome: Became,
    /// Why it was not entered: code and words.
    pub reason: Option<(String, String)>,
}

impl Reported {
    fn of(outcome: Became) -> Self {
        Reported { outcome, reason: None }
    }
}

/// Why a report is not entered.
enum Failed {
    Refused(String, String),
    Unreadable(String),
    Centre(CentreError),
}

impl From<TransmissionProblem> for Failed {
    fn from(problem: TransmissionProblem) -> Self {
        Failed::Refused(problem.code().to_owned(), problem.to_string())
    }
}

impl From<ReportProblem> for Failed {
    fn from(problem: ReportProblem) -> Self {
        Failed::Refused(problem.code().to_owned(), problem.to_string())
    }
}

impl From<CentreError> for Failed {
    fn from(error: CentreError) -> Self {
        Failed::Centre(error)
    }
}

impl Centre {
    /// Takes in the transmission report of an export whose log stands at `position`; none where the export has no statement about one, as
    /// exports had before there was one. What does not hold keeps no package out: the report is refused, and told.
    ///
    /// # Errors
    ///
    /// Those of the centre's own disk.
    pub fn import_transmission(
        &mut self,
        export: &Path,
        position: IntakePosition,
        at: &str,
    ) -> Result<Option<Reported>, CentreError> {
        let statement = match election::read_ordinary(export, Path::new(STATEMENT), MOST_LABEL) {
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
            read => read.map_err(|error| Failed::Unreadable(format!("{STATEMENT}: {error}"))),
        };
        let entered = statement.and_then(|statement| self.enter_transmission(export, &statement, position, at));
        Ok(Some(match entered {
            Ok(outcome) => Reported::of(outcome),
            Err(Failed::Centre(error)) => return Err(error),
            Err(Failed::Refused(code, what)) => Reported { outcome: Became::Refused, reason: Some((code, what)) },
            Err(Failed::Unreadable(what)) => {
                let reason = Some(("import.unreadable".to_owned(), what));
                Reported { outcome: Became::Unreadable, reason }
            }
        }))
    }

    fn enter_transmission(
        &mut self,
        export: &Path,
        statement: &[u8],
        position: IntakePosition,
        at: &str,
    ) -> Result<Became, Failed> {
        let key = self.frozen.keyring.service(Service::Intake).map_err(TransmissionProblem::from)?;
        let statement = String::from_utf8_lossy(statement).into_owned();
        let said = Transmission { statement: statement.clone(), totals: Totals::default() }.said(key)?;
        if said.scope != self.frozen.definition.scope {
            return Err(TransmissionProblem::Scope.into());
        }
        if said.log != position {
            return Err(ReportProblem::Log.into());
        }
        if said.bytes > MOST_BYTES {
            return Err(ReportProblem::Form("it is larger than any report".to_owned()).into());
        }
        let bytes = election::read_ordinary(export, Path::new(REPORT), said.bytes);
        let bytes = bytes.map_err(|error| Failed::Unreadable(format!("{REPORT}: {error}")))?;
        let report = Report::signed_for(&bytes, &said)?;
        let leaves = self.intake_log()?.map(|log| log.leaves).unwrap_or_default();
        let log = transmission::logged(&leaves, said.log.size);
        if let Some(package) = report.unlike(&log).into_iter().next() {
            return Err(ReportProblem::Receipt(package).into());
        }
        // Content first, its leaf then; what is known already is perhaps what this disk has lost.
        let path = format!("{KEPT}/{}", said.report.hex());
        FolderStore::new(&self.dir)
            .put(&path, &bytes)
            .map_err(|error| CentreError::from(log::LogError::from(error)))?;
        // Nor is an older one put back by a medium that comes again.
        if self.state.registers.transmissions.iter().any(|own| own.said.report == said.report) {
            return Ok(Became::Duplicate);
        }
        let totals = report.totals(&log);
        match self.report(&[Body::Transmission(Transmission { statement, totals })], at) {
            Ok(()) => Ok(Became::Imported),
            // Words that a service has chosen to be long make a leaf that no log takes. What the medium brought besides is told all the same.
            Err(CentreError::Sign(problem @ DsseError::Size(_))) => {
                Err(Failed::Refused(problem.code().to_owned(), problem.to_string()))
            }
            Err(CentreError::Leaf(LeafProblem::Transmission(problem))) => Err(problem.into()),
            Err(error) => Err(error.into()),
        }
    }

    /// The bytes of the report that the leaf names, from this disk.
    pub(crate) fn kept_transmission(&self, entered: &Entered) -> Result<Vec<u8>, CentreError> {
        let path = Path::new(KEPT).join(entered.said.report.hex());
        let wrong = |what| CentreError::Content { path: self.dir.join(&path), what };
        let bytes = match election::read_ordinary(&self.dir, &path, MOST_BYTES) {
            Err(error) if error.kind() == ErrorKind::NotFound => {
                return Err(wrong("is not there, though a leaf of the record names it"));
            }
            read => read.on(self.dir.join(&path))?,
        };
        if sign::sha256(&bytes) == entered.said.report {
            Ok(bytes)
        } else {
            Err(wrong("is not what the leaves of the record name"))
        }
    }

    /// The labels that the report which stands goes with, as the intake log has them.
    pub(crate) fn reported_labels(&self) -> Result<Labels, CentreError> {
        let size = self.state.registers.transmissions.last().map_or(0, |own| own.said.log.size);
        let leaves = self.intake_log()?.map(|log| log.leaves).unwrap_or_default();
        Ok(transmission::logged(&leaves, size))
    }

    /// The files of the report that stands, with the stations that `is_of` takes and the lengths that `labels` gives; none where none
    /// does.
    ///
    /// # Errors
    ///
    /// [`CentreError::Content`] where this disk has lost it, or has another.
    pub(crate) fn transmission_files(
        &self,
        labels: &Labels,
        is_of: impl Fn(&StationId) -> bool,
    ) -> Result<Files, CentreError> {
        let Some(entered) = self.state.registers.transmissions.last() else { return Ok(Files::new()) };
        let bytes = self.kept_transmission(entered)?;
        let report = Report::signed_for(&bytes, &entered.said).map_err(|_| CentreError::Content {
            path: self.dir.join(KEPT).join(entered.said.report.hex()),
            what: "is not what the leaves of the record name",
        })?;
        Ok(transmission::files(&entered.own, bytes, &report, labels, is_of))
    }
}
