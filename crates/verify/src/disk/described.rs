//! V.905 and V.906: the receiving service's receipts, and what is written anew from all the rest of a disk.

use std::collections::BTreeSet;

use election::{Coded, Digest, Service};
use record::State;
use record::disk::handover::HandOver;
use record::disk::{self, README, STATIONS, WITHHELD, readme, tables};
use record::entry::Medium;
use record::proof::Receipt;
use sign::dsse::{DsseError, Envelope};

use super::get;
use crate::bag::Manifest;
use crate::folder::Folder;
use crate::record_log::Election;
use crate::report::Check;
use crate::table::CheckId;

/// A disk whose definition, leaves and receipt can be read.
pub struct On<'a> {
    /// The payload.
    pub data: &'a Folder,
    /// Its manifest.
    pub manifest: &'a Manifest,
    /// The definition.
    pub election: &'a Election,
    /// What its leaves come to.
    pub state: &'a State,
    /// What the receipt says.
    pub handover: &'a HandOver,
}

/// V.905.
pub fn service_receipts(data: &Folder, manifest: &Manifest, election: &Election, state: &State) -> Check {
    let mut check = Check::new(CheckId::ServiceReceipts);
    let key = election.frozen.keyring.service(Service::Intake).ok();
    let keys: Vec<&sign::PublicKey> = key.into_iter().collect();
    let signed = |bytes: &[u8]| -> Result<Receipt, DsseError> {
        let envelope = Envelope::parse(bytes)?;
        envelope.verify("receipt", &keys)?;
        envelope.read()
    };
    let imports = state.evidence.values().flat_map(|evidence| &evidence.imports);
    let network: BTreeSet<Digest> =
        imports.filter(|import| import.medium == Medium::Network).map(|import| import.label).collect();
    for folder in manifest.keys().filter_map(|path| path.strip_suffix("label.json")) {
        let path = format!("{folder}receipt.json");
        let label = data.files.get(&format!("{folder}label.json")).map(|found| found.digest);
        if !manifest.contains_key(&path) {
            if label.is_some_and(|label| network.contains(&label)) {
                check.misses(&path, "file.missing", "came over the network, but its receipt is not there");
            } else {
                check.records(folder, "station.by_stick", "came by stick alone, so there is no receipt");
            }
            continue;
        }
        let Some(bytes) = get(data, &mut check, &path) else { continue };
        match signed(&bytes) {
            Err(e) => check.fails(&path, e.code(), e),
            Ok(receipt) => {
                let same = Some(receipt.label) == label && receipt.scope == election.frozen.definition.scope;
                check.expect(same, &path, "disk.service_receipt", || {
                    "is for another label than the one beside it".into()
                });
            }
        }
    }
    check
}

/// V.906.
pub fn check(whole: &Folder, on: &On<'_>) -> Check {
    let mut check = Check::new(CheckId::Described);
    let def = &on.election.frozen.definition;
    let expected = [
        (README, readme::readme(def, on.handover)),
        (STATIONS, tables::stations(def, on.state, disk::stations_of(def, &on.handover.office), on.manifest)),
        (WITHHELD, tables::withheld(on.manifest, |path| on.data.bytes(path).ok())),
    ];
    let mut same = |folder: &Folder, path: &str, expected: &[u8]| {
        if let Some(bytes) = get(folder, &mut check, path) {
            check.expect(bytes == expected, path, "disk.described", || {
                "is not, to the byte, what follows from the rest of the disk".into()
            });
        }
    };
    for (path, bytes) in &expected {
        same(on.data, path, bytes);
    }
    same(whole, "bag-info.txt", disk::bag_info(def, on.handover).as_bytes());
    check
}
