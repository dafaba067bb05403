//! The key lists of a frozen election: who signs, and for whom packages are sealed.

mod read;

use std::fmt;
use std::str::FromStr;

use crate::report::Report;
use crate::sheets::{self, Sheet};
use crate::table;
use crate::{
    Definition, DeviceId, Digest, Folder, IdError, OfficeId, PersonId, Problem, StationId, WITNESS_POLICY, WitnessId,
};

/// A counting device's key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeviceKey {
    /// The device.
    pub device: DeviceId,
    /// The one station it counts in.
    pub station: StationId,
    /// P-256, base64 of the SubjectPublicKeyInfo in DER.
    pub key: String,
}

/// A person's key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PersonKey {
    /// The person.
    pub person: PersonId,
    /// P-256, base64 of the SubjectPublicKeyInfo in DER.
    pub key: String,
}

/// What has a key and is neither a person nor a device of a station.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Service {
    /// The receiving service, which signs receipts (P-256).
    Intake,
    /// The tally centre, which signs the leaves it makes (P-256).
    Centre,
    /// The log of the record (Ed25519).
    RecordLog,
    /// The log of the intake (Ed25519).
    IntakeLog,
}

impl Service {
    /// All of them, in the order of the file.
    pub const ALL: [Service; 4] = [Service::Intake, Service::Centre, Service::RecordLog, Service::IntakeLog];

    /// The word used in files.
    pub fn as_str(self) -> &'static str {
        match self {
            Service::Intake => "intake",
            Service::Centre => "centre",
            Service::RecordLog => "record_log",
            Service::IntakeLog => "intake_log",
        }
    }
}

/// A service's key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ServiceKey {
    /// The service.
    pub service: Service,
    /// Base64 of the SubjectPublicKeyInfo in DER.
    pub key: String,
}

/// For whom a bag is sealed.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum RecipientName {
    /// The tally centre: results and images.
    Centre,
    /// An office: images.
    Office(OfficeId),
}

impl fmt::Display for RecipientName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            RecipientName::Centre => f.write_str("centre"),
            RecipientName::Office(office) => office.fmt(f),
        }
    }
}

impl FromStr for RecipientName {
    type Err = IdError;

    fn from_str(text: &str) -> Result<Self, IdError> {
        if text == "centre" { Ok(RecipientName::Centre) } else { text.parse().map(RecipientName::Office) }
    }
}

/// An age recipient.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recipient {
    /// Whose it is.
    pub recipient: RecipientName,
    /// The X25519 recipient, `age1…`.
    pub age: String,
}

/// A witness's key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WitnessKey {
    /// The witness; its body and group are in the definition.
    pub witness: WitnessId,
    /// The key name of its cosignature lines (C2SP signed-note).
    pub name: String,
    /// Ed25519, base64 of the SubjectPublicKeyInfo in DER.
    pub key: String,
}

/// A commitment to one share of the centre's identity, so that a false card can be named.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ShareCommitment {
    /// The commissioner who holds the share.
    pub person: PersonId,
    /// The SHA-256 that the share must have.
    pub commitment: Digest,
}

/// The key lists, in the order of the files.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct KeyLists {
    /// `keys/devices.csv`.
    pub devices: Vec<DeviceKey>,
    /// `keys/people.csv`.
    pub people: Vec<PersonKey>,
    /// `keys/services.csv`.
    pub services: Vec<ServiceKey>,
    /// `keys/recipients.csv`.
    pub recipients: Vec<Recipient>,
    /// `keys/witnesses.csv`.
    pub witnesses: Vec<WitnessKey>,
    /// `keys/shares.csv`.
    pub shares: Vec<ShareCommitment>,
    /// `keys/witness-policy.txt` (C2SP tlog-policy), as text.
    pub witness_policy: String,
}

impl KeyLists {
    /// Reads the key lists of a frozen folder, and checks that all who must have a key have one.
    ///
    /// Keys are checked as text only: whether a point lies on its curve is for whoever verifies with it.
    ///
    /// # Errors
    ///
    /// Every problem at once (E.1xx).
    pub fn read(folder: &Folder, definition: &Definition) -> Result<KeyLists, Vec<Problem>> {
        let mut report = Report::default();
        let lists = read::key_lists(folder, definition, &mut report);
        report.into_result(lists)
    }

    /// Writes the files of the key lists into `folder`, each in its canonical form.
    pub fn write(&self, folder: &mut Folder) {
        let mut put = |sheet: &Sheet, rows: Vec<Vec<String>>| {
            let header: Vec<&str> = sheet.columns.iter().map(|(name, _)| *name).collect();
            let rows = rows.iter().map(|row| row.iter().map(String::as_str));
            folder.files.insert(sheet.file.to_owned(), table::write(&header, rows));
        };
        let row = |cells: &[&dyn fmt::Display]| cells.iter().map(ToString::to_string).collect::<Vec<String>>();
        let devices = self.devices.iter().map(|d| row(&[&d.device, &d.station, &d.key]));
        put(&sheets::KEYS_DEVICES, devices.collect());
        put(&sheets::KEYS_PEOPLE, self.people.iter().map(|p| row(&[&p.person, &p.key])).collect());
        put(&sheets::KEYS_SERVICES, self.services.iter().map(|s| row(&[&s.service.as_str(), &s.key])).collect());
        put(&sheets::KEYS_RECIPIENTS, self.recipients.iter().map(|r| row(&[&r.recipient, &r.age])).collect());
        put(&sheets::KEYS_WITNESSES, self.witnesses.iter().map(|w| row(&[&w.witness, &w.name, &w.key])).collect());
        put(&sheets::KEYS_SHARES, self.shares.iter().map(|s| row(&[&s.person, &s.commitment])).collect());
        if !self.witness_policy.is_empty() {
            folder.files.insert(WITNESS_POLICY.to_owned(), self.witness_policy.clone().into_bytes());
        }
    }

    /// The key of a device and the station it counts in.
    pub fn device(&self, id: &DeviceId) -> Option<&DeviceKey> {
        self.devices.iter().find(|d| &d.device == id)
    }

    /// The key of a person.
    pub fn person(&self, id: &PersonId) -> Option<&str> {
        self.people.iter().find(|p| &p.person == id).map(|p| p.key.as_str())
    }

    /// The key of a service.
    pub fn service(&self, service: Service) -> Option<&str> {
        self.services.iter().find(|s| s.service == service).map(|s| s.key.as_str())
    }

    /// The age recipient of the centre or an office.
    pub fn recipient(&self, name: &RecipientName) -> Option<&str> {
        self.recipients.iter().find(|r| &r.recipient == name).map(|r| r.age.as_str())
    }
}
