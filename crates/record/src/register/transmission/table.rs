//! The files of `transmission/`: the report as it came, the statement about it, and a table with a row a station.

use std::collections::{BTreeMap, BTreeSet};

use election::{Digest, StationId};

use super::report::{Labels, Report, StationReport};
use super::{Attempt, Odd, Transmission};
use crate::results::{Files, Table, joined, listed, or_empty};

/// The folder of the files in a publication.
pub const FOLDER: &str = "transmission/";
/// The report, in the bytes that the receiving service has signed for.
pub const REPORT: &str = "transmission/transmission.json";
/// The statement, a DSSE envelope.
pub const STATEMENT: &str = "transmission/transmission.dsse.json";
/// The table.
pub const TABLE: &str = "transmission/stations.csv";
/// The names of all files in the folder.
pub const NAMES: [&str; 3] = ["stations.csv", "transmission.dsse.json", "transmission.json"];

/// All files, by their path; `log` says how long each package is, and the table has the stations that `is_of` takes.
pub fn files(
    own: &Transmission,
    bytes: Vec<u8>,
    report: &Report,
    log: &Labels,
    is_of: impl Fn(&StationId) -> bool,
) -> Files {
    let table = stations(report, log, is_of);
    [(REPORT, bytes), (STATEMENT, own.statement.clone().into_bytes()), (TABLE, table)]
        .map(|(path, bytes)| (path.to_owned(), bytes))
        .into()
}

/// The table: a station each that `is_of` takes, as far as anything came of it or was refused in its name.
pub fn stations(report: &Report, log: &Labels, is_of: impl Fn(&StationId) -> bool) -> Vec<u8> {
    let mut table = Table::new(&[
        "station",
        "packages",
        "receipts",
        "attempts",
        "cut",
        "bytes",
        "sealed",
        "first",
        "last",
        "transports",
        "relays",
        "refusals",
        "remarks",
    ]);
    for (id, own) in report.stations.iter().filter(|(id, _)| is_of(id)) {
        table.row(row(id, own, log));
    }
    table.bytes()
}

fn row(id: &StationId, own: &StationReport, log: &Labels) -> [String; 13] {
    let attempts: Vec<&Attempt> = own.packages.iter().flat_map(|package| &package.attempts).collect();
    let received = || own.packages.iter().filter(|package| package.receipt.is_some());
    // Of a label that is not at hand nobody knows how long its package is.
    let sealed = received().try_fold(0u64, |sum, own| Some(sum.saturating_add(log.get(&own.label)?.sealed)));
    let transports: BTreeSet<String> = attempts.iter().map(|own| own.kind()).collect();
    let relays: BTreeSet<Digest> = attempts.iter().map(|own| own.transport.client).collect();
    let remarks: BTreeSet<Odd> = own.packages.iter().filter_map(|package| package.remark(log)).collect();
    let mut refusals = BTreeMap::<&str, u64>::new();
    own.refusals.iter().for_each(|own| *refusals.entry(&own.code).or_default() += 1);
    [
        id.to_string(),
        own.packages.len().to_string(),
        received().count().to_string(),
        attempts.len().to_string(),
        attempts.iter().filter(|own| own.is_cut()).count().to_string(),
        attempts.iter().map(|own| own.bytes).sum::<u64>().to_string(),
        or_empty(sealed),
        or_empty(attempts.iter().map(|own| &own.started).min()),
        or_empty(attempts.iter().map(|own| &own.ended).max()),
        listed(transports),
        joined(relays),
        listed(refusals.iter().map(|(code, count)| format!("{code}: {count}"))),
        joined(remarks.iter().map(|own| own.as_str())),
    ]
}
