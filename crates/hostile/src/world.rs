//! A small frozen election with keys that are made when the process starts: nothing secret lies in a corpus.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use election::{
    DeviceKey, Digest, Folder, KeyLists, PersonKey, Recipient, RecipientName, Role, Service, ServiceKey,
    ShareCommitment, StationId, WitnessKey,
};
use package::slip::SlipFigures;
use package::{Expected, Salt, StationResults};
use record::{Body, Frozen, Head};
use sign::identity::Identity;
use sign::{FileKey, KeyKind, Signer};

/// The election of `examples/minimal`, and everyone's keys.
pub struct World {
    pub frozen: Frozen,
    pub keys: BTreeMap<String, FileKey>,
    pub leaf_0: Vec<u8>,
    pub fingerprint: Digest,
}

/// The one world of this process.
pub static WORLD: LazyLock<World> = LazyLock::new(World::new);

/// The stations that have devices, `d` and the id.
pub const STATIONS: [&str; 2] = ["0101", "0102"];

impl World {
    fn new() -> Self {
        let mut folder: Folder = election::scaffold();
        let definition = election::read(&folder).expect("the example is whole");
        let mut keys = BTreeMap::new();
        let mut public = |owner: &str, kind: KeyKind| {
            let key = FileKey::generate(kind).expect("the system gives randomness");
            let text = key.public_key().to_string();
            keys.insert(owner.to_owned(), key);
            text
        };
        let age = || Identity::generate().recipient().to_string();
        let mut lists = KeyLists::default();
        for id in STATIONS {
            let (device, station) = (format!("d{id}"), id.parse().expect("an id"));
            let key = public(&device, KeyKind::P256);
            lists.devices.push(DeviceKey { device: device.parse().expect("an id"), station, key });
        }
        for person in definition.people.iter().filter(|p| matches!(p.role, Role::Board | Role::Officer)) {
            let key = public(person.id.as_str(), KeyKind::P256);
            lists.people.push(PersonKey { person: person.id.clone(), key });
        }
        for service in Service::ALL {
            let is_log = matches!(service, Service::RecordLog | Service::IntakeLog);
            let key = public(service.as_str(), if is_log { KeyKind::Ed25519 } else { KeyKind::P256 });
            lists.services.push(ServiceKey { service, key });
        }
        let offices = definition.offices.iter().map(|office| RecipientName::Office(office.id.clone()));
        for recipient in std::iter::once(RecipientName::Centre).chain(offices) {
            lists.recipients.push(Recipient { recipient, age: age() });
        }
        for person in definition.people.iter().filter(|p| p.role == Role::Commissioner) {
            let commitment = Digest::of(person.id.as_str().as_bytes());
            lists.shares.push(ShareCommitment { person: person.id.clone(), commitment });
        }
        for witness in &definition.witnesses {
            let key = public(witness.id.as_str(), KeyKind::Ed25519);
            let name = format!("minimal/{}", witness.id);
            lists.witnesses.push(WitnessKey { witness: witness.id.clone(), name, key });
        }
        lists.witness_policy = "# bodies 0\nquorum none\n".into();
        lists.write(&mut folder);
        let frozen = Frozen::of(&folder).expect("the key lists are whole");
        let scope = frozen.definition.scope.clone();
        let head = Head { scope, fingerprint: None, at: "2026-05-01T08:00:00Z".into() };
        let freeze = Body::Freeze(frozen.freeze(&folder).expect("there is a policy"));
        let board = definition.people.iter().filter(|p| p.role == Role::Board);
        let board: Vec<&dyn Signer> = board.map(|p| &keys[p.id.as_str()] as &dyn Signer).collect();
        let leaf_0 = freeze.sign(&head, &board).expect("the keys sign");
        World { fingerprint: Digest::of(&leaf_0), frozen, keys, leaf_0 }
    }

    /// Empty results of a station, told from others by their salt.
    pub fn results(&self, station: &str, number: u8) -> StationResults {
        let id: StationId = station.parse().expect("an id");
        let expected = Expected::of(&self.frozen.definition, &id).expect("a station of the example");
        let device = format!("d{station}").parse().expect("an id");
        StationResults::zero(&expected, &self.frozen.definition.scope, &device, 1, Salt([number; 32]))
    }

    /// The texts of a slip of these results, signed by its device.
    pub fn slip(&self, station: &str, number: u8) -> Vec<String> {
        let results = self.results(station, number);
        let figures = SlipFigures::of(&results, &results, self.fingerprint, "test");
        figures.sign(&self.keys[&format!("d{station}")]).expect("the key signs")
    }
}
