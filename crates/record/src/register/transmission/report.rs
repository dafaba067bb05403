//! The report itself, `transmission.json` of an export: read by types of our own, so that this room shares the published format with
//! the receiving service and no code; held against the intake log, and added up.

use std::collections::{BTreeMap, BTreeSet};

use election::{Coded, Digest, Scope, StationId};
use package::Label;
use serde::{Deserialize, Serialize};
use sign::dsse::Envelope;

use super::{MOST_KINDS, MOST_REMARKS, Odd, Said, Totals};
use crate::proof::{Receipt, Transport};

/// The largest report that is read, in bytes; a nation's has some 100 MB.
pub const MOST_BYTES: u64 = 256 << 20;
/// The longest name, address, code or kind of transport, in characters.
pub(super) const MOST_WORD: usize = 100;
/// The most characters that are quoted of what cannot be read.
const MOST_QUOTED: usize = 200;
/// The most bytes of one attempt, and the most refused connections of one row.
const MOST_OF_ONE: u64 = 1 << 40;
/// The most bytes, or refused connections, in all: what every program that reads JSON still counts exactly.
pub(super) const MOST_IN_ALL: u64 = (1 << 53) - 1;

/// The whole report.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Report {
    /// Election, round and mode.
    pub scope: Scope,
    /// Leaves in the intake log that the report goes with.
    pub leaves: u64,
    /// Stations that sent, or were claimed to send, anything.
    pub stations: BTreeMap<StationId, StationReport>,
    /// Refusals in which no station could be read.
    pub refusals: Vec<Refusal>,
    /// Connections refused before any request.
    pub refused_connections: Vec<Connections>,
}

/// One station.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StationReport {
    /// Its packages.
    pub packages: Vec<Package>,
    /// What was refused in its name.
    pub refusals: Vec<Refusal>,
}

/// One package.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Package {
    /// STATION-DEVICE-GENERATION.
    pub name: String,
    /// SHA-256 of the label.
    pub label: Digest,
    /// When the label came, by the service's clock, as all times here.
    pub admitted: String,
    /// Address that it came from.
    pub address: String,
    /// How it came.
    pub transport: Transport,
    /// The receipt; none where files are missing.
    pub receipt: Option<Receipt>,
    /// Every connection that worked on it, in order.
    pub attempts: Vec<Attempt>,
}

/// One connection's work on one package.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Attempt {
    /// Its start.
    pub started: String,
    /// Its end.
    pub ended: String,
    /// Address.
    pub address: String,
    /// Protocol, group and certificate.
    pub transport: Transport,
    /// Bytes that were taken.
    pub bytes: u64,
    /// `receipt`, `cut`, or the code of the last refusal.
    pub outcome: String,
}

/// One refusal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Refusal {
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
pub struct Connections {
    /// The reason code.
    pub reason: String,
    /// Address; `*` stands for more addresses than are kept apart.
    pub address: String,
    /// The first.
    pub first: String,
    /// The last.
    pub last: String,
    /// How many.
    pub count: u64,
}

/// A report that proves nothing.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ReportProblem {
    /// No report, or not in its one form.
    #[error("the transmission report cannot be read: {0}")]
    Form(String),
    /// Not the file that the statement names.
    #[error("the transmission report is not the file that the receiving service has signed for")]
    Other,
    /// It goes with another intake log.
    #[error("the transmission report goes with another intake log, or another election, than the statement about it")]
    Log,
    /// It says something else of a package than the intake log.
    #[error("of {0} the transmission report says something else than the intake log")]
    Receipt(String),
}

impl Coded for ReportProblem {
    fn code(&self) -> &'static str {
        match self {
            ReportProblem::Form(_) => "transmission.form",
            ReportProblem::Other => "transmission.other",
            ReportProblem::Log => "transmission.log",
            ReportProblem::Receipt(_) => "transmission.receipt",
        }
    }

    fn next(&self) -> &'static str {
        "keep this copy as evidence; have the receiving service make its export again, and carry that"
    }
}

/// What the intake log says of a label.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Logged {
    /// The station that its device is of.
    pub station: StationId,
    /// STATION-DEVICE-GENERATION.
    pub name: String,
    /// Bytes of both sealed files.
    pub sealed: u64,
    /// The receipt for it.
    pub receipt: Option<Receipt>,
}

/// Labels by their hash.
pub type Labels = BTreeMap<Digest, Logged>;

impl Logged {
    /// What a label says by itself; none where it is no label.
    pub fn of(label: &[u8]) -> Option<Self> {
        let (label, _) = Label::parse(label).ok()?;
        let sealed = label.results.bytes.saturating_add(label.images.bytes);
        Some(Logged { name: label.file_name().to_string(), station: label.station, sealed, receipt: None })
    }
}

/// The labels among the first `size` leaves of the intake log, by their hash, with their receipts. Whether each leaf holds is V.303's
/// to say.
pub fn logged(leaves: &[Vec<u8>], size: u64) -> Labels {
    let mut labels = Labels::new();
    for leaf in leaves.iter().take(usize::try_from(size).unwrap_or(usize::MAX)) {
        let Ok(envelope) = Envelope::parse(leaf) else { continue };
        match envelope.kind() {
            "label" => labels.extend(Logged::of(leaf).map(|own| (Digest::of(leaf), own))),
            "receipt" => {
                let Ok(receipt) = envelope.read::<Receipt>() else { continue };
                if let Some(own) = labels.get_mut(&receipt.label) {
                    own.receipt = Some(receipt);
                }
            }
            _ => {}
        }
    }
    labels
}

/// Printable ASCII, so that it shows as what it is wherever it is shown.
pub(super) fn is_word(text: &str, most: usize) -> bool {
    (1..=most).contains(&text.len()) && text.bytes().all(|byte| matches!(byte, b' '..=b'~'))
}

/// `2026-05-12T20:00:00Z`.
fn is_time(text: &str) -> bool {
    let form = b"dddd-dd-ddTdd:dd:ddZ";
    text.len() == form.len()
        && text.bytes().zip(form).all(|(byte, form)| if *form == b'd' { byte.is_ascii_digit() } else { byte == *form })
}

/// Is one of them more than one may be, or all together more than all?
fn counts_too_much(counts: impl Iterator<Item = u64>) -> bool {
    let (most, all) = counts.fold((0, 0), |(most, all), count| (count.max(most), all + u128::from(count)));
    most > MOST_OF_ONE || all > u128::from(MOST_IN_ALL)
}

impl Package {
    /// Bytes that its attempts brought.
    pub fn taken(&self) -> u64 {
        self.attempts.iter().map(|own| own.bytes).sum()
    }

    /// What there is to say of it, where it has a receipt; of a label that is not at hand the length is not known.
    pub fn remark(&self, log: &Labels) -> Option<Odd> {
        self.receipt.as_ref()?;
        if self.attempts.is_empty() {
            return Some(Odd::NoAttempt);
        }
        let sealed = log.get(&self.label)?.sealed;
        (self.taken() != sealed).then_some(Odd::OtherBytes)
    }
}

impl Attempt {
    /// Did it break off?
    pub fn is_cut(&self) -> bool {
        self.outcome == "cut"
    }

    /// The version of TLS and the key exchange in one word.
    pub fn kind(&self) -> String {
        format!("{} {}", self.transport.protocol, self.transport.group)
    }
}

impl Report {
    /// The report in `bytes`, which it is written as and no otherwise.
    ///
    /// # Errors
    /// [`ReportProblem::Form`].
    pub fn parse(bytes: &[u8]) -> Result<Self, ReportProblem> {
        let no = |what: &str| Err(ReportProblem::Form(what.to_owned()));
        if bytes.len() as u64 > MOST_BYTES {
            return no("it is larger than any report");
        }
        // What the parser quotes of it goes to terminals.
        let quoted =
            |e: serde_json::Error| ReportProblem::Form(e.to_string().escape_debug().take(MOST_QUOTED).collect());
        let report: Report = serde_json::from_slice(bytes).map_err(quoted)?;
        // One text for one report: no key stands twice, and nothing is spelt in another way.
        if report.to_bytes() != bytes {
            return no("it is not in its one form");
        }
        let bytes = report.packages().flat_map(|own| &own.attempts).map(|own| own.bytes);
        if counts_too_much(bytes) || counts_too_much(report.refused_connections.iter().map(|own| own.count)) {
            return no("it counts more than any network carries");
        }
        let (words, times) = report.texts();
        if !words.iter().all(|word| is_word(word, MOST_WORD)) || !times.iter().all(|time| is_time(time)) {
            return no("a name, an address, a code or a time is not what it should be");
        }
        let totals = report.totals(&Labels::new());
        if [totals.transports, totals.refusals, totals.refused_connections].iter().any(|own| own.len() > MOST_KINDS) {
            return no("it has too many kinds of transport, codes or reasons");
        }
        Ok(report)
    }

    /// Its one text.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut text = serde_json::to_vec_pretty(self).expect("plain data is always JSON");
        text.push(b'\n');
        text
    }

    /// The report in `bytes`, of which the statement says this.
    ///
    /// # Errors
    /// [`ReportProblem`], but not yet what the log says of it.
    pub fn signed_for(bytes: &[u8], said: &Said) -> Result<Self, ReportProblem> {
        if (bytes.len() as u64, Digest::of(bytes)) != (said.bytes, said.report) {
            return Err(ReportProblem::Other);
        }
        let report = Report::parse(bytes)?;
        if (&report.scope, report.leaves) != (&said.scope, said.log.size) {
            return Err(ReportProblem::Log);
        }
        Ok(report)
    }

    /// All packages, station by station.
    pub fn packages(&self) -> impl Iterator<Item = &Package> {
        self.stations.values().flat_map(|own| &own.packages)
    }

    fn all_refusals(&self) -> impl Iterator<Item = &Refusal> {
        self.refusals.iter().chain(self.stations.values().flat_map(|own| &own.refusals))
    }

    /// Every word and every time in it.
    fn texts(&self) -> (Vec<&str>, Vec<&str>) {
        let (mut words, mut times) = (Vec::<&str>::new(), Vec::<&str>::new());
        for own in self.packages() {
            words.extend([&*own.name, &own.address, &own.transport.protocol, &own.transport.group]);
            times.push(&own.admitted);
            for own in &own.attempts {
                words.extend([&*own.address, &own.transport.protocol, &own.transport.group, &own.outcome]);
                times.extend([&*own.started, &own.ended]);
            }
        }
        for own in self.all_refusals() {
            words.extend([&*own.code, &own.address]);
            times.push(&own.time);
        }
        for own in &self.refused_connections {
            words.extend([&*own.reason, &own.address]);
            times.extend([&*own.first, &own.last]);
        }
        (words, times)
    }

    /// The packages of which it says something else than `log`: another receipt, station, name or protection than the receipt's, or nothing,
    /// or the same twice.
    pub fn unlike(&self, log: &Labels) -> Vec<String> {
        let mut unlike = Vec::new();
        let mut told = BTreeSet::new();
        for (station, package) in self.stations.iter().flat_map(|(id, own)| own.packages.iter().map(move |p| (id, p))) {
            let is_same = match log.get(&package.label) {
                None => package.receipt.is_none(),
                Some(own) => (&own.station, &own.name, &own.receipt) == (station, &package.name, &package.receipt),
            };
            let is_so_protected = package.receipt.as_ref().is_none_or(|own| own.transport == package.transport);
            if !told.insert(package.label) || !is_same || !is_so_protected {
                unlike.push(package.name.clone());
            }
        }
        let received = log.iter().filter(|(label, own)| own.receipt.is_some() && !told.contains(*label));
        unlike.extend(received.map(|(_, own)| own.name.clone()));
        unlike
    }

    /// What it adds up to; `log` says how long each package is.
    pub fn totals(&self, log: &Labels) -> Totals {
        let mut totals = Totals { stations: self.stations.len() as u64, ..Totals::default() };
        let mut relays = BTreeSet::new();
        for package in self.packages() {
            totals.packages += 1;
            totals.receipts += u64::from(package.receipt.is_some());
            totals.bytes = totals.bytes.saturating_add(package.taken());
            for attempt in &package.attempts {
                totals.attempts += 1;
                totals.cut += u64::from(attempt.is_cut());
                *totals.transports.entry(attempt.kind()).or_default() += 1;
                relays.insert(attempt.transport.client);
            }
            if let Some(what) = package.remark(log) {
                totals.remarked += 1;
                if totals.remarks.len() < MOST_REMARKS {
                    totals.remarks.entry(package.name.clone()).or_insert(what);
                }
            }
        }
        totals.relays = relays.len() as u64;
        for refusal in self.all_refusals() {
            *totals.refusals.entry(refusal.code.clone()).or_default() += 1;
        }
        for own in &self.refused_connections {
            *totals.refused_connections.entry(own.reason.clone()).or_default() += own.count;
        }
        totals
    }
}
