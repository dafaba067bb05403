//! The transmission report: for each station, what came, when, how protected, and what was refused.

use std::collections::{BTreeMap, BTreeSet};

use election::{Digest, Scope, StationId};
use serde::{Deserialize, Serialize};

use crate::database::{Attempt, Database};
use crate::roll::Claim;
use crate::{Error, Receipt, Transport};

/// The address of a label of which only the log is left.
const UNKNOWN: &str = "*";

/// The whole report, `transmission.json` in an export. It describes transport, not content.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TransmissionReport {
    /// Election, round and mode.
    pub scope: Scope,
    /// Leaves in the intake log that the report goes with.
    pub leaves: u64,
    /// Stations that sent, or were claimed to send, anything.
    pub stations: BTreeMap<StationId, StationReport>,
    /// Refusals in which no station could be read.
    pub refusals: Vec<RefusalReport>,
    /// Connections refused before any request.
    pub refused_connections: Vec<RefusedConnectionReport>,
}

/// One station.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StationReport {
    /// Its packages, by the SHA-256 of their labels.
    pub packages: Vec<PackageReport>,
    /// What was refused in its name.
    pub refusals: Vec<RefusalReport>,
}

/// One package.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PackageReport {
    /// STATION-DEVICE-GENERATION.
    pub name: String,
    /// SHA-256 of the label.
    pub label: Digest,
    /// When the label came: UTC, RFC 3339, whole seconds, as all times here; that of the receipt where only the log is left.
    pub admitted: String,
    /// Address that it came from; `*` where only the log is left.
    pub address: String,
    /// How it came.
    pub transport: Transport,
    /// The receipt, with the time the package was complete; none where files are missing.
    pub receipt: Option<Receipt>,
    /// Every connection that worked on it, in order.
    pub attempts: Vec<AttemptReport>,
}

/// One connection's work on one package.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AttemptReport {
    /// Its start.
    pub started: String,
    /// Its end.
    pub ended: String,
    /// Address.
    pub address: String,
    /// Protocol, group and certificate.
    pub transport: Transport,
    /// Bytes of chunks that were taken.
    pub bytes: u64,
    /// `receipt`, `cut`, or the code of the last refusal.
    pub outcome: String,
}

/// One refusal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RefusalReport {
    /// When.
    pub time: String,
    /// The reason code.
    pub code: String,
    /// SHA-256 of what was refused.
    pub subject: Digest,
    /// Address.
    pub address: String,
    /// SHA-256 of the client's certificate.
    pub client: Digest,
}

/// Connections refused for one reason, from one address, on one day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RefusedConnectionReport {
    /// The reason code, such as `tls.no-certificate`.
    pub reason: String,
    /// Address; `*` stands for more addresses than are kept apart.
    pub address: String,
    /// The first.
    pub first: String,
    /// The last.
    pub last: String,
    /// How many.
    pub count: i64,
}

/// Reads the report. `labels` and `receipts` are those of the log, by label. What the log has a receipt for is told also where the database
/// knows nothing of it: it was lost, or another service of the same log has let the package in.
pub(crate) async fn read(
    database: &mut Database,
    scope: Scope,
    leaves: u64,
    labels: &BTreeMap<Digest, Vec<u8>>,
    receipts: &BTreeMap<Digest, Receipt>,
) -> Result<TransmissionReport, Error> {
    let mut report = TransmissionReport {
        scope,
        leaves,
        stations: BTreeMap::new(),
        refusals: Vec::new(),
        refused_connections: database.refused_connections().await?,
    };
    let mut attempts: BTreeMap<Digest, Vec<AttemptReport>> = BTreeMap::new();
    for Attempt { label, started, ended, address, transport, bytes, outcome } in database.attempts().await? {
        let attempt = AttemptReport { started, ended, address, transport, bytes, outcome };
        attempts.entry(label).or_default().push(attempt);
    }
    let mut told = BTreeSet::new();
    for admitted in database.packages().await? {
        let Ok((_, claim)) = Claim::read(&admitted.envelope) else { continue };
        told.insert(admitted.label);
        let receipt = receipts.get(&admitted.label).cloned();
        let station = report.stations.entry(claim.station().clone()).or_default();
        station.packages.push(PackageReport {
            name: claim.name.to_string(),
            label: admitted.label,
            admitted: admitted.time,
            address: admitted.address,
            // Where another service of this log has given the receipt, the label came to it over another connection.
            transport: receipt.as_ref().map_or(admitted.transport, |receipt| receipt.transport.clone()),
            receipt,
            attempts: attempts.remove(&admitted.label).unwrap_or_default(),
        });
    }
    for (label, receipt) in receipts.iter().filter(|(label, _)| !told.contains(*label)) {
        let Some((_, claim)) = labels.get(label).and_then(|own| Claim::read(own).ok()) else { continue };
        let station = report.stations.entry(claim.station().clone()).or_default();
        station.packages.push(PackageReport {
            name: claim.name.to_string(),
            label: *label,
            admitted: receipt.time.clone(),
            address: UNKNOWN.to_owned(),
            transport: receipt.transport.clone(),
            receipt: Some(receipt.clone()),
            attempts: attempts.remove(label).unwrap_or_default(),
        });
    }
    report.stations.values_mut().for_each(|own| own.packages.sort_by_key(|package| package.label));
    for row in database.refusals().await? {
        let refusal = RefusalReport {
            time: row.time,
            code: row.code,
            subject: row.subject,
            address: row.address,
            client: row.client,
        };
        match row.station {
            Some(station) => report.stations.entry(station).or_default().refusals.push(refusal),
            None => report.refusals.push(refusal),
        }
    }
    Ok(report)
}
