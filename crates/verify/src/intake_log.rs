//! V.301 to V.306: the log of the receiving service, and what became of every package in it.
//!
//! The statements of the receiving service are read by types of our own (the receipt by that of `record::proof`), so that the
//! two rooms share the published format and no code.

use std::collections::{BTreeMap, BTreeSet};

use election::Service;
use election::{Coded, DeviceId, Digest, Scope, StationId};
use package::Label;
use record::entry::Medium;
use record::proof::Receipt;
use serde::{Deserialize, Serialize};
use sign::dsse::{DsseError, Envelope};

use crate::folder::Folder;
use crate::logs::{self, ReadLog};
use crate::record_log::{Election, Record, needs, origin};
use crate::report::Check;
use crate::table::CheckId;

const INTAKE: &str = "intake/";

/// The code of a refusal that is an alarm: the package is kept, and contradicts another.
const EQUIVOCATION: &str = "intake.equivocation";

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Refusal {
    scope: Scope,
    code: String,
    subject: Digest,
    station: Option<StationId>,
    device: Option<DeviceId>,
    contradicts: Vec<Digest>,
    client: Digest,
    time: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Close {
    scope: Scope,
    packages: u64,
    incomplete: u64,
    time: String,
}

/// A label in the intake log.
#[derive(Clone, Debug)]
pub struct LabelLeaf {
    /// Its index.
    pub index: u64,
    /// What it says; none where it is by no listed device.
    pub label: Option<Label>,
}

/// The intake log as published.
pub struct Intake {
    /// The log.
    pub log: ReadLog,
    /// The labels, by the SHA-256 of their bytes.
    pub labels: BTreeMap<Digest, LabelLeaf>,
    /// Receipts: the SHA-256 of each leaf, and the label it is for.
    pub receipts: BTreeMap<Digest, Digest>,
    /// Labels that the intake refused, with its reason code.
    refused: BTreeMap<Digest, String>,
    /// The close, and the index of its leaf.
    close: Option<(u64, Close)>,
}

impl Intake {
    /// Labels for which a receipt was given.
    fn with_receipt(&self) -> BTreeSet<Digest> {
        self.receipts.values().copied().collect()
    }
}

/// V.301 to V.306.
pub fn check(
    folder: &Folder,
    election: Option<&Election>,
    record: Option<&Record>,
    checks: &mut Vec<Check>,
) -> Option<Intake> {
    let rest = [
        CheckId::IntakeWitnesses,
        CheckId::IntakeLeaves,
        CheckId::IntakeClose,
        CheckId::Accounted,
        CheckId::ImportPosition,
    ];
    let Some(election) = election else {
        checks.push(needs(CheckId::IntakeLog, INTAKE, "the key of the log, which is in the definition (V.105)"));
        checks.extend(rest.map(|id| needs(id, INTAKE, "the definition (V.105)")));
        return None;
    };
    let mut whole = Check::new(CheckId::IntakeLog);
    let log = match election.frozen.keyring.service(Service::IntakeLog) {
        Ok(key) => logs::read(folder, INTAKE, &origin(election, "intake"), key, &mut whole),
        Err(e) => {
            whole.fails(INTAKE, e.code(), e);
            None
        }
    };
    checks.push(whole);
    let Some(log) = log else {
        checks.extend(rest.map(|id| needs(id, INTAKE, "the intake log (V.301)")));
        return None;
    };
    let mut witnesses = Check::new(CheckId::IntakeWitnesses);
    let state = record.and_then(|record| record.state.as_ref());
    match (&election.policy, state) {
        (Some(policy), None) => {
            logs::judge(&log.log.note, &log.key, policy, "intake/checkpoint", false, &mut witnesses);
        }
        (Some(policy), Some(state)) => {
            let (note, policy) = (state.without_gone(&log.log.note), state.intake_policy(policy));
            logs::judge(&note, &log.key, &policy, "intake/checkpoint", false, &mut witnesses);
        }
        (None, _) => witnesses.misses("intake/checkpoint", "verify.needs", "needs the witness policy (V.105)"),
    }
    checks.push(witnesses);

    let mut leaves = Check::new(CheckId::IntakeLeaves);
    let intake = read(election, log, &mut leaves);
    checks.push(leaves);
    checks.push(close(&intake, record));
    match record.filter(|record| record.state.is_some()) {
        Some(record) => checks.extend([accounted(&intake, record), positions(&intake, record)]),
        None => {
            let rest = [CheckId::Accounted, CheckId::ImportPosition];
            checks.extend(rest.map(|id| needs(id, INTAKE, "the record (V.201, V.204)")));
        }
    }
    Some(intake)
}

/// A statement that the receiving service has signed.
fn by_intake<T>(election: &Election, envelope: &Envelope, kind: &str) -> Result<T, DsseError>
where
    T: Serialize + serde::de::DeserializeOwned,
{
    let key = election.frozen.keyring.service(Service::Intake).ok();
    envelope.verify(kind, &key.into_iter().collect::<Vec<_>>())?;
    envelope.read()
}

/// V.303: every leaf, its signature and what it says.
fn read(election: &Election, log: ReadLog, check: &mut Check) -> Intake {
    let scope = &election.frozen.definition.scope;
    let mut intake =
        Intake { log, labels: BTreeMap::new(), receipts: BTreeMap::new(), refused: BTreeMap::new(), close: None };
    let mut seen = BTreeSet::new();
    let digests: Vec<Digest> = intake.log.log.leaves.iter().map(|leaf| Digest::of(leaf)).collect();
    for ((index, leaf), digest) in (0u64..).zip(&intake.log.log.leaves).zip(&digests) {
        let place = format!("intake leaf {index}");
        if !seen.insert(*digest) {
            check.fails(place, "intake.repeated", "the same leaf stands in the log before");
            continue;
        }
        let envelope = match Envelope::parse(leaf) {
            Ok(envelope) => envelope,
            Err(e) => {
                check.fails(place, e.code(), e);
                continue;
            }
        };
        let result: Result<Scope, (&'static str, String)> = match envelope.kind() {
            "label" => {
                let label = device_label(election, leaf);
                let known = label.as_ref().ok().cloned();
                intake.labels.insert(*digest, LabelLeaf { index, label: known });
                // That the record refuses it is no excuse: the receiving service lets no such label in.
                label.map(|label| label.scope)
            }
            "receipt" => by_intake::<Receipt>(election, &envelope, "receipt").map_err(coded).and_then(|receipt| {
                if digests.get(receipt.index as usize) != Some(&receipt.label) || receipt.index >= index {
                    let what = format!("names {} at index {}, where it does not stand", receipt.label, receipt.index);
                    return Err(("intake.receipt", what));
                }
                intake.receipts.insert(*digest, receipt.label);
                Ok(receipt.scope)
            }),
            "refusal" => by_intake::<Refusal>(election, &envelope, "refusal").map_err(coded).map(|refusal| {
                intake.refused.insert(refusal.subject, refusal.code);
                refusal.scope
            }),
            "close" => by_intake::<Close>(election, &envelope, "close").map_err(coded).map(|close| {
                let scope = close.scope.clone();
                intake.close = Some((index, close));
                scope
            }),
            other => Err(("intake.kind", format!("no leaf of the intake is a '{other}'"))),
        };
        match result {
            Err((code, what)) => check.fails(place, code, what),
            Ok(said) => {
                check.expect(said == *scope, place, "intake.scope", || "is of another election, round or mode".into());
            }
        }
    }
    intake
}

fn coded(e: DsseError) -> (&'static str, String) {
    (e.code(), e.to_string())
}

/// A label signed by the listed device of its station.
pub fn device_label(election: &Election, bytes: &[u8]) -> Result<Label, (&'static str, String)> {
    let wrong = |e: package::LabelError| (e.code(), e.to_string());
    let (claimed, _) = Label::parse(bytes).map_err(wrong)?;
    let listed = election.frozen.keyring.devices.get(&claimed.device);
    let Some((_, key)) = listed.filter(|(station, _)| *station == claimed.station) else {
        let what = format!("device '{}' is not listed for station '{}'", claimed.device, claimed.station);
        return Err(("record.device", what));
    };
    Label::verify(bytes, key, &election.frozen.definition.scope).map_err(wrong)
}

/// V.304.
fn close(intake: &Intake, record: Option<&Record>) -> Check {
    let mut check = Check::new(CheckId::IntakeClose);
    let last = intake.log.log.leaves.len().saturating_sub(1);
    let Some((index, close)) = &intake.close else {
        match record.and_then(Record::announcement) {
            Some(_) => check.fails(INTAKE, "intake.open", "results were announced, but the intake was never closed"),
            None => check.misses(INTAKE, "intake.open", "the intake is not closed"),
        }
        return check;
    };
    let place = format!("intake leaf {index}");
    check.expect(*index == last as u64, &place, "intake.after_close", || {
        format!("leaves stand after the close, up to {last}")
    });
    let packages = intake.with_receipt().len() as u64;
    check.expect(close.packages == packages, &place, "intake.counts", || {
        format!("says {} packages; the leaves give {packages}", close.packages)
    });
    if close.incomplete > 0 {
        // They have no leaf: a label is entered with its receipt.
        let what = format!("{} labels came whose files never became complete", close.incomplete);
        check.records(place, "intake.incomplete", &what);
    }
    check
}

/// V.305: what became of each label.
fn accounted(intake: &Intake, record: &Record) -> Check {
    let mut check = Check::new(CheckId::Accounted);
    let Some(state) = &record.state else { return check };
    let imports = || state.evidence.values().flat_map(|evidence| &evidence.imports);
    let imported: BTreeSet<Digest> =
        imports().filter(|i| i.medium == Medium::Network).map(|import| import.label).collect();
    let contents: BTreeSet<_> = imports()
        .map(|i| (&i.station, &i.device, i.generation, i.content.results_manifest, i.content.images_manifest))
        .collect();
    let refused: BTreeMap<Digest, &str> = state.refused.iter().map(|r| (r.label, r.code.as_str())).collect();
    let with_receipt = intake.with_receipt();
    if intake.labels.is_empty() {
        check.records(INTAKE, "intake.no_label", "no package came over the network");
    }
    for (digest, leaf) in &intake.labels {
        let station = leaf.label.as_ref().map_or("unknown", |label| label.station.as_str());
        let place = format!("intake leaf {} (station {station})", leaf.index);
        let is_duplicate = leaf.label.as_ref().is_some_and(|l| {
            contents.contains(&(&l.station, &l.device, l.generation, l.results.manifest, l.images.manifest))
        });
        if imported.contains(digest) || is_duplicate {
            check.holds();
        } else if let Some(code) = refused.get(digest) {
            check.records(place, code, "was received, and the record refuses it");
        } else if let Some(code) = intake.refused.get(digest).filter(|code| *code != EQUIVOCATION) {
            check.records(place, code, "was refused by the receiving service");
        } else if !with_receipt.contains(digest) {
            check.records(place, "intake.incomplete", "its files never became complete, so there is no receipt");
        } else {
            check.fails(place, "intake.unaccounted", "was received with a receipt, and the record says nothing of it");
        }
    }
    check
}

/// V.306: the intake checkpoint under which each network import stands.
fn positions(intake: &Intake, record: &Record) -> Check {
    let mut check = Check::new(CheckId::ImportPosition);
    let Some(state) = &record.state else { return check };
    let imports: Vec<_> = state.evidence.values().flat_map(|evidence| &evidence.imports).collect();
    let network = imports.iter().filter(|import| import.medium == Medium::Network);
    for import in network {
        let place = format!("import of station {}", import.station);
        let Some(position) = import.intake else {
            check.fails(place, "intake.no_position", "came over the network, but names no intake checkpoint");
            continue;
        };
        let is_root = intake.log.root_at(position.size) == Some(position.root);
        check.expect(is_root, &place, "intake.position", || {
            format!("the intake log never had the root {} at {} leaves", position.root, position.size)
        });
        let below = intake.labels.get(&import.label).is_some_and(|leaf| leaf.index < position.size);
        check.expect(below, &place, "intake.not_below", || {
            format!("its label {} is not among the first {} leaves of the intake log", import.label, position.size)
        });
    }
    if check.checked == 0 {
        check.records(INTAKE, "intake.no_label", "no package came over the network");
    }
    check
}
