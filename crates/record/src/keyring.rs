//! Who may sign what, from the frozen key lists.

use std::collections::BTreeMap;

use election::{Coded, Definition, DeviceId, PersonId, Role, StationId};
use election::{KeyLists, Service};
use sign::{KeyId, PublicKey};

/// The keys of the election, by what they may sign.
#[derive(Clone, Debug)]
pub struct Keyring {
    /// People: role and key.
    pub people: BTreeMap<PersonId, (Role, PublicKey)>,
    /// Devices: the station each belongs to, and its key.
    pub devices: BTreeMap<DeviceId, (StationId, PublicKey)>,
    /// Services.
    pub services: BTreeMap<Service, PublicKey>,
}

/// The people who sign, as they stand: those of the frozen lists, until a succession replaces some.
#[derive(Clone, Debug)]
pub struct Signatories {
    /// Their roles and keys.
    pub people: BTreeMap<PersonId, (Role, PublicKey)>,
    /// Keys that have ended, and whose they were.
    pub ended: BTreeMap<KeyId, PersonId>,
    /// How many members of the board sign together.
    pub board: usize,
    /// How many officers sign together.
    pub officers: usize,
}

impl Signatories {
    /// Those of the frozen lists.
    pub fn of(def: &Definition, keyring: &Keyring) -> Self {
        let asked = &def.rules.thresholds;
        Signatories {
            people: keyring.people.clone(),
            ended: BTreeMap::new(),
            board: usize::from(asked.board),
            officers: usize::from(asked.officers).max(2),
        }
    }

    /// The keys of everyone with `role`.
    pub fn of_role(&self, role: Role) -> Vec<&PublicKey> {
        self.people.values().filter(|(own, _)| *own == role).map(|(_, key)| key).collect()
    }

    /// The person whose key it is, and their role.
    pub fn person(&self, id: &KeyId) -> Option<(&PersonId, Role)> {
        let found = self.people.iter().find(|(_, (_, key))| key.id() == *id);
        found.map(|(person, (role, _))| (person, *role))
    }
}

/// A key list that does not fit the definition.
#[derive(Debug, thiserror::Error)]
pub enum KeyringError {
    /// A key that is no key.
    #[error("the key of '{owner}' in the key lists cannot be read: {why}")]
    Key {
        /// Whose.
        owner: String,
        /// Why.
        why: String,
    },
    /// A key of somebody the definition does not know.
    #[error("the key lists name '{0}', who is not in people.csv")]
    Unknown(PersonId),
    /// A service without a key.
    #[error("keys/services.csv has no key of the service '{0}'")]
    Service(&'static str),
}

impl Coded for KeyringError {
    fn code(&self) -> &'static str {
        match self {
            KeyringError::Key { .. } => "keys.unreadable",
            KeyringError::Unknown(_) => "keys.unknown_person",
            KeyringError::Service(_) => "keys.no_service",
        }
    }

    fn next(&self) -> &'static str {
        "correct the key list before the freeze; after it, compare election/keys with the frozen manifest"
    }
}

fn key(owner: &dyn std::fmt::Display, text: &str) -> Result<PublicKey, KeyringError> {
    text.parse().map_err(|e: sign::KeyError| KeyringError::Key { owner: owner.to_string(), why: e.to_string() })
}

impl Keyring {
    /// Joins the key lists with the roles of the definition.
    pub fn new(def: &Definition, lists: &KeyLists) -> Result<Self, KeyringError> {
        let mut ring = Keyring { people: BTreeMap::new(), devices: BTreeMap::new(), services: BTreeMap::new() };
        let roles: BTreeMap<&PersonId, Role> = def.people.iter().map(|p| (&p.id, p.role)).collect();
        for person in &lists.people {
            let role = *roles.get(&person.person).ok_or_else(|| KeyringError::Unknown(person.person.clone()))?;
            ring.people.insert(person.person.clone(), (role, key(&person.person, &person.key)?));
        }
        for device in &lists.devices {
            let value = (device.station.clone(), key(&device.device, &device.key)?);
            ring.devices.insert(device.device.clone(), value);
        }
        for service in &lists.services {
            ring.services.insert(service.service, key(&service.service.as_str(), &service.key)?);
        }
        Ok(ring)
    }

    /// The key of a service.
    pub fn service(&self, service: Service) -> Result<&PublicKey, KeyringError> {
        self.services.get(&service).ok_or(KeyringError::Service(service.as_str()))
    }

    /// The person whose key it is.
    pub fn person(&self, id: &KeyId) -> Option<&PersonId> {
        self.people.iter().find(|(_, (_, key))| &key.id() == id).map(|(person, _)| person)
    }

    /// Whose key it is, in words.
    pub fn owner(&self, id: &KeyId) -> Option<String> {
        let person = self.person(id).map(PersonId::to_string);
        person
            .or_else(|| self.devices.iter().find(|(_, (_, key))| &key.id() == id).map(|(d, _)| d.to_string()))
            .or_else(|| self.services.iter().find(|(_, key)| &key.id() == id).map(|(s, _)| s.as_str().to_owned()))
    }
}
