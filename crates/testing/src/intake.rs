//! The receiving service, as it is known by what it signs: its log, and the export that is carried to the centre.
//!
//! Its statements are written by types of our own, so that what reads them is held to the published format.

use std::collections::BTreeMap;
use std::path::Path;

use election::{Digest, Scope, Service};
use log::merkle::{Tree, leaf_hash};
use log::{FolderStore, Log};
use package::make::Package;
use record::entry::{IntakePosition, Transmission};
use record::register::transmission::{Attempt, Connections, Package as Reported, Report, Said, logged};
use serde::Serialize;
use sign::Signer;

use crate::world::{AT, World, start_log};

/// How a label came.
#[derive(Clone, Debug, Serialize)]
pub struct Transport {
    /// The version of TLS.
    pub protocol: String,
    /// The key exchange.
    pub group: String,
    /// SHA-256 of the relay's certificate.
    pub client: Digest,
}

/// The receipt for a whole package.
#[derive(Clone, Debug, Serialize)]
pub struct Receipt {
    /// Election, round and mode.
    pub scope: Scope,
    /// SHA-256 of the label.
    pub label: Digest,
    /// SHA-256 of the sealed results.
    pub results: Digest,
    /// SHA-256 of the sealed images.
    pub images: Digest,
    /// The index of the label's leaf.
    pub index: u64,
    /// How it came.
    pub transport: Transport,
    /// The service's clock.
    pub time: String,
}

impl Receipt {
    /// A receipt for a label that stands at `index`.
    pub fn of(scope: &Scope, label: &[u8], index: u64) -> Self {
        let (named, _) = package::Label::parse(label).expect("a label");
        Receipt {
            scope: scope.clone(),
            label: Digest::of(label),
            results: named.results.sha256,
            images: named.images.sha256,
            index,
            transport: Transport { protocol: "TLSv1.3".into(), group: "X25519".into(), client: Digest::of(b"relay") },
            time: AT.to_owned(),
        }
    }
}

/// The last leaf.
#[derive(Clone, Debug, Serialize)]
pub struct Close {
    /// Election, round and mode.
    pub scope: Scope,
    /// Packages with a receipt.
    pub packages: u64,
    /// Labels without one.
    pub incomplete: u64,
    /// The service's clock.
    pub time: String,
}

/// A statement of the service.
pub fn statement(kind: &str, payload: &impl Serialize, signer: &dyn Signer) -> Vec<u8> {
    sign::dsse::sign_json(kind, payload, &[signer]).expect("signed").to_bytes()
}

/// The transmission report of a service whose log has these leaves: each package with a receipt came whole, by one connection; three
/// that showed no certificate were refused.
pub fn reported(scope: &Scope, leaves: &[Vec<u8>]) -> Report {
    let address = |last: u8| format!("192.0.2.{last}");
    let refused = Connections {
        reason: "tls.no-certificate".into(),
        address: address(9),
        first: AT.into(),
        last: AT.into(),
        count: 3,
    };
    let mut report = Report {
        scope: scope.clone(),
        leaves: leaves.len() as u64,
        stations: BTreeMap::new(),
        refusals: Vec::new(),
        refused_connections: vec![refused],
    };
    for (label, own) in logged(leaves, report.leaves).into_iter().filter(|(_, own)| own.receipt.is_some()) {
        let transport = record::proof::Transport {
            protocol: "TLSv1.3".into(),
            group: "X25519".into(),
            client: Digest::of(b"relay"),
        };
        let attempt = Attempt {
            started: AT.into(),
            ended: AT.into(),
            address: address(1),
            transport: transport.clone(),
            bytes: own.sealed,
            outcome: "receipt".into(),
        };
        report.stations.entry(own.station).or_default().packages.push(Reported {
            name: own.name,
            label,
            admitted: AT.into(),
            address: address(1),
            transport,
            receipt: own.receipt,
            attempts: vec![attempt],
        });
    }
    report
}

/// What the service has signed of a report that goes with these leaves.
pub fn said(report: &Report, leaves: &[Vec<u8>]) -> Said {
    let (size, bytes) = (leaves.len() as u64, report.to_bytes());
    let root = Tree::of(leaves.iter().map(|leaf| leaf_hash(leaf))).root_at(size).expect("it has so many leaves");
    let log = IntakePosition { size, root: Digest(root) };
    Said { scope: report.scope.clone(), log, report: Digest::of(&bytes), bytes: bytes.len() as u64 }
}

/// What the centre enters of it.
pub fn transmission(report: &Report, leaves: &[Vec<u8>], signer: &dyn Signer) -> Transmission {
    let statement = statement("transmission_report", &said(report, leaves), signer);
    let totals = report.totals(&logged(leaves, leaves.len() as u64));
    Transmission { statement: String::from_utf8(statement).expect("JSON"), totals }
}

/// The receiving service with an export under way: `export/packages` and `export/intake`.
pub struct Export<'a> {
    world: &'a World,
    folder: &'a Path,
    log: Log<FolderStore>,
    packages: u64,
}

impl<'a> Export<'a> {
    /// An empty export in `folder`.
    pub fn begin(world: &'a World, folder: &'a Path) -> Self {
        let log = start_log(world, &folder.join("intake"), "intake", Service::IntakeLog);
        std::fs::create_dir_all(folder.join("packages")).expect("a folder");
        Export { world, folder, log, packages: 0 }
    }

    /// A package has come: its label and its receipt are leaves, its files lie in the export.
    pub fn add(&mut self, package: &Package) {
        let intake = &self.world.keys[Service::Intake.as_str()];
        let receipt = Receipt::of(&self.world.frozen.definition.scope, &package.label, self.log.size());
        let receipt = statement("receipt", &receipt, intake);
        self.log.append(&[package.label.clone(), receipt.clone()]).expect("appended");
        let hash = Digest::of(&package.label).hex();
        let folder = self.folder.join(format!("packages/{}.{}", package.name, &hash[..16]));
        crate::put(package, &folder);
        std::fs::write(folder.join(format!("{}.receipt.json", package.name)), receipt).expect("written");
        self.packages += 1;
    }

    /// The transmission report of what is there so far, changed by `change` before it is signed for.
    pub fn report(&self, change: impl FnOnce(&mut Report)) {
        let mut report = reported(&self.world.frozen.definition.scope, self.log.leaves());
        change(&mut report);
        let signed = said(&report, self.log.leaves());
        let signed = statement("transmission_report", &signed, &self.world.keys[Service::Intake.as_str()]);
        std::fs::write(self.folder.join("transmission.json"), report.to_bytes()).expect("written");
        std::fs::write(self.folder.join("transmission.dsse.json"), signed).expect("written");
    }

    /// The service is closed, and its log cosigned.
    pub fn close(&mut self) {
        let close = Close {
            scope: self.world.frozen.definition.scope.clone(),
            packages: self.packages,
            incomplete: 0,
            time: AT.to_owned(),
        };
        let close = statement("close", &close, &self.world.keys[Service::Intake.as_str()]);
        self.log.append(&[close]).expect("appended");
        let lines = self.world.cosign(self.log.checkpoint());
        self.log.add_cosignatures(&lines, &self.world.witness_keys()).expect("taken");
    }
}
