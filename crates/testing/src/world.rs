//! The election with everybody's private keys.

use std::collections::BTreeMap;

use election::{
    DeviceKey, Digest, Folder, KeyLists, PersonKey, Recipient, RecipientName, Role, Service, ServiceKey,
    ShareCommitment, StationId, WitnessKey,
};
use log::note::NoteAlgorithm;
use log::policy::PolicyWitness;
use log::{FolderStore, Log, Note, NoteKey, Policy};
use package::Recipients;
use record::{Body, Frozen, Head, State};
use sign::identity::Identity;
use sign::{FileKey, KeyKind, Signer};

/// The clock of these tests.
pub const AT: &str = "2026-05-12T20:00:00Z";

/// A frozen election and all that is secret in it.
pub struct World {
    /// The frozen folder.
    pub folder: Folder,
    /// What was read from it.
    pub frozen: Frozen,
    /// Private keys: of people by their id, of devices (`dSTATION`), of services by their word, of witnesses by their id.
    pub keys: BTreeMap<String, FileKey>,
    /// The centre's identity, whole.
    pub centre: Identity,
    /// Leaf 0.
    pub leaf_0: Vec<u8>,
    /// Its SHA-256.
    pub fingerprint: Digest,
}

/// Makes a key of `kind` for `owner` and gives its public half.
fn public(keys: &mut BTreeMap<String, FileKey>, owner: &str, kind: KeyKind) -> String {
    let key = FileKey::generate(kind).expect("a key");
    let text = key.public_key().to_string();
    keys.insert(owner.to_owned(), key);
    text
}

impl World {
    /// The tiny election with so many stations, frozen.
    pub fn new(stations: usize) -> Self {
        Self::of(crate::folder(stations))
    }

    /// Makes keys for everybody whom `folder` names, one device `dSTATION` for each station, and freezes it.
    pub fn of(mut folder: Folder) -> Self {
        let definition = election::read(&folder).unwrap_or_else(|e| panic!("{e:#?}"));
        let mut keys = BTreeMap::new();
        let mut lists = KeyLists::default();
        for station in &definition.stations {
            let device = format!("d{}", station.id);
            let key = public(&mut keys, &device, KeyKind::P256);
            lists.devices.push(DeviceKey { device: crate::id(&device), station: station.id.clone(), key });
        }
        for person in definition.people.iter().filter(|p| matches!(p.role, Role::Board | Role::Officer)) {
            let key = public(&mut keys, person.id.as_str(), KeyKind::P256);
            lists.people.push(PersonKey { person: person.id.clone(), key });
        }
        for service in Service::ALL {
            let is_log = matches!(service, Service::RecordLog | Service::IntakeLog);
            let key = public(&mut keys, service.as_str(), if is_log { KeyKind::Ed25519 } else { KeyKind::P256 });
            lists.services.push(ServiceKey { service, key });
        }
        let centre = Identity::generate();
        lists.recipients.push(Recipient { recipient: RecipientName::Centre, age: centre.recipient().to_string() });
        for office in &definition.offices {
            let age = Identity::generate().recipient().to_string();
            lists.recipients.push(Recipient { recipient: RecipientName::Office(office.id.clone()), age });
        }
        for person in definition.people.iter().filter(|p| p.role == Role::Commissioner) {
            let commitment = Digest::of(person.id.as_str().as_bytes());
            lists.shares.push(ShareCommitment { person: person.id.clone(), commitment });
        }
        let log_key = |keys: &BTreeMap<String, FileKey>, log: &str, service: Service| {
            let name = format!("{}/{log}", definition.scope.election);
            NoteKey::new(&name, NoteAlgorithm::Ed25519, keys[service.as_str()].public_key().clone()).expect("a key")
        };
        let logs = vec![log_key(&keys, "record", Service::RecordLog), log_key(&keys, "intake", Service::IntakeLog)];
        let mut witnesses = Vec::new();
        for witness in &definition.witnesses {
            let name = format!("{}.example", witness.id);
            let key = public(&mut keys, witness.id.as_str(), KeyKind::Ed25519);
            let note_key = keys[witness.id.as_str()].public_key().clone();
            witnesses.push(PolicyWitness {
                key: NoteKey::new(&name, NoteAlgorithm::CosignatureV1, note_key).expect("a key"),
                body: witness.id.to_string(),
                group: witness.group.to_string(),
            });
            lists.witnesses.push(WitnessKey { witness: witness.id.clone(), name, key });
        }
        let threshold = definition.rules.thresholds.witnesses;
        lists.witness_policy = Policy { logs, witnesses, threshold }.to_text();
        lists.write(&mut folder);
        let frozen = Frozen::of(&folder).unwrap_or_else(|e| panic!("{e}"));
        let head = Head { scope: frozen.definition.scope.clone(), fingerprint: None, at: AT.to_owned() };
        let board: Vec<&dyn Signer> = frozen
            .definition
            .people
            .iter()
            .filter(|p| p.role == Role::Board)
            .map(|p| &keys[p.id.as_str()] as &dyn Signer)
            .collect();
        let freeze = Body::Freeze(frozen.freeze(&folder).expect("a freeze"));
        let leaf_0 = freeze.sign(&head, &board).expect("signed");
        World { fingerprint: Digest::of(&leaf_0), folder, frozen, keys, centre, leaf_0 }
    }

    /// What every leaf but the first says of itself.
    pub fn head(&self) -> Head {
        let scope = self.frozen.definition.scope.clone();
        Head { scope, fingerprint: Some(self.fingerprint), at: AT.to_owned() }
    }

    /// The state after leaf 0.
    pub fn begin(&self) -> State {
        State::begin(&self.frozen, &self.leaf_0).expect("leaf 0 holds")
    }

    /// The keys of those who sign.
    pub fn signers(&self, who: &[&str]) -> Vec<&dyn Signer> {
        who.iter().map(|who| &self.keys[*who] as &dyn Signer).collect()
    }

    /// A leaf.
    pub fn sign(&self, body: &Body, by: &[&str]) -> Vec<u8> {
        body.sign(&self.head(), &self.signers(by)).expect("signed")
    }

    /// A private key as its file.
    pub fn pem(&self, owner: &str) -> String {
        self.keys[owner].to_pem("").expect("its own text").to_string()
    }

    /// Who must be able to open a package of `station`, as the frozen lists say.
    pub fn recipients(&self, station: &StationId) -> Recipients {
        let office = &self.frozen.definition.station(station).expect("a station").office;
        let of = |wanted: &dyn Fn(&RecipientName) -> bool| {
            let listed = self.frozen.lists.recipients.iter().filter(|r| wanted(&r.recipient));
            let mut found: Vec<sign::Recipient> = listed.map(|r| r.age.parse().expect("a recipient")).collect();
            found.sort();
            found
        };
        Recipients {
            results: of(&|name| *name == RecipientName::Centre),
            images: of(&|name| *name == RecipientName::Centre || *name == RecipientName::Office(office.clone())),
        }
    }

    /// The cosignature lines of all witnesses on a checkpoint, each of whom sees the log for the first time.
    pub fn cosign(&self, checkpoint: &Note) -> String {
        let line = |witness: &PolicyWitness| {
            let key = &self.keys[witness.body.as_str()];
            let line = witness.key.cosign(&checkpoint.text, 1_778_000_000, key).expect("a cosignature");
            format!("{line}\n")
        };
        self.policy().witnesses.iter().map(line).collect()
    }

    /// The frozen policy.
    pub fn policy(&self) -> Policy {
        Policy::parse(&self.frozen.lists.witness_policy).expect("a policy")
    }

    /// The witnesses' keys in notes.
    pub fn witness_keys(&self) -> Vec<NoteKey> {
        self.policy().witnesses.into_iter().map(|witness| witness.key).collect()
    }
}

/// A log in a folder, with the key that the lists name.
pub fn start_log(world: &World, folder: &std::path::Path, name: &str, service: Service) -> Log<FolderStore> {
    let key = FileKey::from_pem(&world.pem(service.as_str())).expect("its own text");
    let origin = format!("{}/{name}", world.frozen.definition.scope.election);
    Log::create(FolderStore::new(folder), &origin, Box::new(key)).expect("a log")
}
