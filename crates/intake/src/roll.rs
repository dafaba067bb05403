//! Whom the intake believes: the key lists of the frozen election, and what a label claims.

use std::collections::BTreeMap;
use std::path::Path;

use election::{DeviceId, Digest, Folder, KeyLists, Scope, Service, StationId};
use log::NoteKey;
use log::note::NoteAlgorithm;
use package::{FileName, Label, Part};
use sign::PublicKey;
use sign::dsse::Envelope;

use crate::config::RotatedConfig;
use crate::statements::LABEL;
use crate::{Error, Refused};

/// The listed devices and the intake's own key.
pub struct Roll {
    /// Election, round and mode.
    pub scope: Scope,
    /// The station and key of each device.
    pub devices: BTreeMap<DeviceId, (StationId, PublicKey)>,
    /// The keys that may sign receipts.
    pub intake: Vec<PublicKey>,
    /// The key of the intake's log.
    pub log: PublicKey,
    /// The keys of the witnesses, under the names they sign with.
    pub witnesses: Vec<NoteKey>,
}

impl Roll {
    /// Reads the frozen election at `folder`.
    ///
    /// # Errors
    /// [`Error::Election`] with every problem of the definition and its key lists.
    pub fn read(folder: &Path) -> Result<Self, Error> {
        let told = |problems: Vec<election::Problem>| {
            Error::Election(problems.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"))
        };
        let folder = Folder::load(folder).map_err(told)?;
        let definition = election::read(&folder).map_err(told)?;
        Roll::of(definition.scope.clone(), &KeyLists::read(&folder, &definition).map_err(told)?)
    }

    /// The roll with keys that took the place of witnesses' frozen ones. Lines by those are still taken in: what each counts for is
    /// in the record, which is not here.
    ///
    /// # Errors
    /// [`Error::Witness`] for a name that the key list does not have, or a key that is none.
    pub fn with(mut self, rotated: &[RotatedConfig]) -> Result<Self, Error> {
        for own in rotated {
            let refused = |what: String| Error::Witness { name: own.name.clone(), what };
            if !self.witnesses.iter().any(|listed| listed.name == own.name) {
                return Err(refused("no witness signs under this name in keys/witnesses.csv".to_owned()));
            }
            let key = own.key.parse().map_err(|e: sign::KeyError| refused(e.to_string()))?;
            let key = NoteKey::new(&own.name, NoteAlgorithm::CosignatureV1, key);
            self.witnesses.push(key.map_err(|e| refused(e.to_string()))?);
        }
        Ok(self)
    }

    /// The roll of key lists.
    ///
    /// # Errors
    /// [`Error::Election`] for a key that is not one.
    pub fn of(scope: Scope, keys: &KeyLists) -> Result<Self, Error> {
        let key = |text: &str| text.parse::<PublicKey>().map_err(|e| Error::Election(format!("{text}: {e}")));
        let mut devices = BTreeMap::new();
        for device in &keys.devices {
            devices.insert(device.device.clone(), (device.station.clone(), key(&device.key)?));
        }
        let of = |service| keys.services.iter().filter(move |s| s.service == service).map(|s| key(&s.key));
        let log = of(Service::IntakeLog).next();
        let witness = |listed: &election::WitnessKey| {
            NoteKey::new(&listed.name, NoteAlgorithm::CosignatureV1, key(&listed.key)?)
                .map_err(|e| Error::Election(format!("{}: {e}", listed.name)))
        };
        Ok(Roll {
            scope,
            devices,
            intake: of(Service::Intake).collect::<Result<_, _>>()?,
            log: log.ok_or_else(|| Error::Election("the log of the intake has no listed key".to_owned()))??,
            witnesses: keys.witnesses.iter().map(witness).collect::<Result<_, _>>()?,
        })
    }

    /// Checks a label: its form, its election, its device's key, and the name it was sent under.
    pub(crate) fn admit(&self, name: &str, bytes: &[u8]) -> Result<Claim, (Refused, Option<Box<Claim>>)> {
        let (envelope, claim) = Claim::read(bytes).map_err(|refused| (refused, None))?;
        match self.check(name, &envelope, &claim) {
            Ok(()) => Ok(claim),
            Err(refused) => Err((refused, Some(Box::new(claim)))),
        }
    }

    fn check(&self, name: &str, envelope: &Envelope, claim: &Claim) -> Result<(), Refused> {
        if claim.scope.election != self.scope.election {
            return Err(Refused::Election(claim.scope.election.to_string()));
        }
        if claim.scope.round != self.scope.round {
            return Err(Refused::Round(claim.scope.round));
        }
        if claim.scope.mode != self.scope.mode {
            return Err(Refused::Mode(claim.scope.mode.as_str()));
        }
        let device = claim.device().to_string();
        let Some((station, key)) = self.devices.get(claim.device()) else {
            return Err(Refused::Device(device));
        };
        if station != claim.station() {
            return Err(Refused::Station { device, station: claim.station().to_string() });
        }
        envelope.verify(LABEL, &[key]).map_err(|_| Refused::Signature(device))?;
        let own = claim.name.of(Part::Label);
        if name == own { Ok(()) } else { Err(Refused::Name(format!("this label is {own}"))) }
    }
}

/// What a label says, as far as the intake needs it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Claim {
    pub name: FileName,
    pub scope: Scope,
    /// SHA-256 of the sealed results and images.
    pub files: [Digest; 2],
    /// Their lengths in bytes.
    pub bytes: [u64; 2],
    /// SHA-256 of the manifests inside, which are the same however often the content is sealed.
    pub content: [Digest; 2],
}

impl Claim {
    /// Reads a label; nothing is verified.
    pub(crate) fn read(bytes: &[u8]) -> Result<(Envelope, Claim), Refused> {
        let malformed = |e: &dyn std::fmt::Display| Refused::Malformed(e.to_string());
        let envelope = Envelope::parse(bytes).map_err(|e| malformed(&e))?;
        if envelope.kind() != LABEL {
            return Err(Refused::Malformed(format!("a signed '{}' is not a label", envelope.kind())));
        }
        let (label, _) = Label::parse(bytes).map_err(|e| malformed(&e))?;
        let claim = Claim {
            name: label.file_name(),
            scope: label.scope,
            files: [label.results.sha256, label.images.sha256],
            bytes: [label.results.bytes, label.images.bytes],
            content: [label.results.manifest, label.images.manifest],
        };
        Ok((envelope, claim))
    }

    /// The station that the label names.
    pub(crate) fn station(&self) -> &StationId {
        &self.name.station
    }

    /// The device that the label names.
    pub(crate) fn device(&self) -> &DeviceId {
        &self.name.device
    }

    /// The length that the label gives one of its files.
    pub(crate) fn length(&self, file: &Digest) -> Option<u64> {
        self.files.iter().position(|f| f == file).map(|at| self.bytes[at])
    }
}

#[cfg(test)]
mod tests {
    use election::{DeviceKey, Mode, ServiceKey};
    use sign::{FileKey, KeyKind, Signer as _};

    use super::*;

    #[test]
    fn the_roll_is_that_of_the_key_lists() {
        let scope = Scope { election: "e".parse().unwrap(), round: 1, mode: Mode::Official };
        let key = |kind| FileKey::generate(kind).unwrap().public_key().clone();
        let (device, intake, log) = (key(KeyKind::P256), key(KeyKind::P256), key(KeyKind::Ed25519));
        let (id, station): (DeviceId, StationId) = ("d".parse().unwrap(), "s".parse().unwrap());
        let mut keys = KeyLists {
            devices: vec![DeviceKey { device: id.clone(), station: station.clone(), key: device.to_string() }],
            services: vec![
                ServiceKey { service: Service::Centre, key: key(KeyKind::P256).to_string() },
                ServiceKey { service: Service::Intake, key: intake.to_string() },
                ServiceKey { service: Service::IntakeLog, key: log.to_string() },
            ],
            ..KeyLists::default()
        };
        let roll = Roll::of(scope.clone(), &keys).unwrap();
        assert_eq!(roll.devices, BTreeMap::from([(id, (station, device))]));
        assert_eq!((roll.intake, roll.log), (vec![intake], log));
        keys.devices[0].key = "AAAA".to_owned();
        assert!(matches!(Roll::of(scope.clone(), &keys), Err(Error::Election(_))));
        keys.devices.clear();
        keys.services.pop();
        assert!(matches!(Roll::of(scope, &keys), Err(Error::Election(_))));
    }

    #[test]
    fn a_folder_without_an_election_is_told() {
        let folder = tempfile::tempdir().unwrap();
        assert!(matches!(Roll::read(folder.path()), Err(Error::Election(_))));
    }
}
