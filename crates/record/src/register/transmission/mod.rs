//! How packages came over the network, as the receiving service says it: its report enters by hash, under the service's own
//! signature, with what it adds up to. It describes transport and changes no figure.

mod report;
mod table;

use std::collections::BTreeMap;

use election::{Coded, Digest, Scope, Service};
use serde::{Deserialize, Serialize};
use sign::PublicKey;
use sign::dsse::{DsseError, Envelope};

pub use report::{
    Attempt, Connections, Labels, Logged, MOST_BYTES, Package, Refusal, Report, ReportProblem, StationReport, logged,
};
pub use table::{FOLDER, NAMES, REPORT, STATEMENT, TABLE, files, stations};

use crate::entry::IntakePosition;
use crate::fold::{LeafProblem, State};
use crate::frozen::Frozen;
use crate::keyring::KeyringError;

/// The kind of the receiving service's statement.
const KIND: &str = "transmission_report";
/// The most packages that a leaf names with a remark; all are counted.
pub const MOST_REMARKS: usize = 100;
/// The most kinds of transport, codes of refusals and reasons of refused connections.
const MOST_KINDS: usize = 64;

/// What the receiving service has signed of its report.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Said {
    /// Election, round and mode.
    pub scope: Scope,
    /// The intake log that the report goes with.
    pub log: IntakePosition,
    /// SHA-256 of the report.
    pub report: Digest,
    /// Its bytes.
    pub bytes: u64,
}

/// What people should look at in a package with a receipt.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Odd {
    /// No connection is reported that brought it.
    NoAttempt,
    /// The connections brought another number of bytes than its label says it has.
    OtherBytes,
}

impl Odd {
    /// The word used in files.
    pub fn as_str(self) -> &'static str {
        match self {
            Odd::NoAttempt => "no_attempt",
            Odd::OtherBytes => "other_bytes",
        }
    }
}

/// What a report adds up to.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Totals {
    /// Stations that sent, or were claimed to send, anything.
    pub stations: u64,
    /// Packages whose label was let in.
    pub packages: u64,
    /// Of these, those with a receipt.
    pub receipts: u64,
    /// Connections that worked on a package.
    pub attempts: u64,
    /// Of these, those that broke off.
    pub cut: u64,
    /// Bytes that they brought.
    pub bytes: u64,
    /// Attempts by the version of TLS and the key exchange.
    pub transports: BTreeMap<String, u64>,
    /// Certificates that relays showed in attempts.
    pub relays: u64,
    /// Refused labels and files, by their code.
    pub refusals: BTreeMap<String, u64>,
    /// Connections refused before any request, by their reason.
    pub refused_connections: BTreeMap<String, u64>,
    /// Packages with a receipt of which there is something to say.
    pub remarked: u64,
    /// What, of the first [`MOST_REMARKS`] of them by name (STATION-DEVICE-GENERATION).
    pub remarks: BTreeMap<String, Odd>,
}

/// The leaf: the receiving service's statement, and what the report that it names adds up to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Transmission {
    /// The statement: a DSSE envelope in the bytes that the service signed.
    pub statement: String,
    /// What the report adds up to. The fold does not know the report; V.510 adds it up again.
    pub totals: Totals,
}

/// A report that stands in the record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entered {
    /// The index of its leaf.
    pub leaf: u64,
    /// What its statement says.
    pub said: Said,
    /// As it was entered.
    pub own: Transmission,
}

/// A leaf about a report that does not hold.
#[derive(Debug, thiserror::Error)]
pub enum TransmissionProblem {
    /// The statement is not the receiving service's.
    #[error("the statement about the transmission report is not by the receiving service: {0}")]
    Statement(#[from] DsseError),
    /// No key of the receiving service is frozen.
    #[error(transparent)]
    Key(#[from] KeyringError),
    /// Of another election, round or mode.
    #[error("the transmission report is of another election, round or mode")]
    Scope,
    /// One that goes with less of the intake log than the one before.
    #[error("the transmission report goes with {said} leaves of the intake log, and the one before it with {before}")]
    Older {
        /// As it says.
        said: u64,
        /// As the one before says.
        before: u64,
    },
    /// Totals that no report adds up to.
    #[error("the totals of the transmission report are none: {0}")]
    Totals(&'static str),
}

impl Coded for TransmissionProblem {
    fn code(&self) -> &'static str {
        match self {
            TransmissionProblem::Key(e) => e.code(),
            _ => "record.transmission",
        }
    }

    fn next(&self) -> &'static str {
        "do not append it; have the receiving service make its export again, and carry that"
    }
}

impl Transmission {
    /// What the statement says, where `key` has signed it.
    ///
    /// # Errors
    /// [`TransmissionProblem::Statement`].
    pub fn said(&self, key: &PublicKey) -> Result<Said, TransmissionProblem> {
        let envelope = Envelope::parse(self.statement.as_bytes())?;
        envelope.verify(KIND, &[key])?;
        Ok(envelope.read()?)
    }
}

impl Totals {
    /// What holds of the totals of every report.
    fn check(&self) -> Result<(), TransmissionProblem> {
        let no = |what| Err(TransmissionProblem::Totals(what));
        let kinds = [&self.transports, &self.refusals, &self.refused_connections];
        if kinds.iter().any(|own| own.len() > MOST_KINDS) {
            return no("it has too many kinds of transport, codes or reasons");
        }
        if !kinds.iter().flat_map(|own| own.keys()).all(|word| report::is_word(word, 2 * report::MOST_WORD + 1)) {
            return no("a kind of transport, a code or a reason is no plain word");
        }
        let counts = [
            self.stations,
            self.packages,
            self.receipts,
            self.attempts,
            self.cut,
            self.bytes,
            self.relays,
            self.remarked,
        ];
        if counts.iter().chain(kinds.iter().flat_map(|own| own.values())).any(|count| *count > report::MOST_IN_ALL) {
            return no("it counts more than any network carries");
        }
        let named = self.remarks.len() as u64;
        if named > self.remarked.min(MOST_REMARKS as u64)
            || (named == 0) != (self.remarked == 0)
            || !self.remarks.keys().all(|name| report::is_word(name, report::MOST_WORD))
        {
            return no("it does not name the packages that it counts");
        }
        if self.receipts > self.packages || self.remarked > self.receipts || self.cut > self.attempts {
            return no("a part is larger than the whole");
        }
        Ok(())
    }
}

impl State {
    /// A report under the receiving service's signature. The latest one stands.
    pub(crate) fn transmission(&mut self, frozen: &Frozen, own: &Transmission) -> Result<(), LeafProblem> {
        let key = frozen.keyring.service(Service::Intake).map_err(TransmissionProblem::from)?;
        let said = own.said(key)?;
        if said.scope != frozen.definition.scope {
            return Err(TransmissionProblem::Scope.into());
        }
        let before = self.registers.transmissions.last().map_or(0, |before| before.said.log.size);
        if said.log.size < before {
            return Err(TransmissionProblem::Older { said: said.log.size, before }.into());
        }
        own.totals.check()?;
        self.registers.transmissions.push(Entered { leaf: self.size, said, own: own.clone() });
        Ok(())
    }
}
