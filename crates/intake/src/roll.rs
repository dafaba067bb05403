//! Whom the intake believes: the key lists of the frozen election, and what a label claims.

use std::collections::BTreeMap;
use std::path::Path;

use election::{DeviceId, Digest, Folder, KeyLists, Scope, Service, StationId};
use sign::PublicKey;
use sign::dsse::Envelope;

use crate::{Error, Refused};

/// The listed devices and the intake's own key.
pub struct Roll {
    /// Election, round and mode.
    pub scope: Scope,
    /// The station and key of each device.
    pub devices: BTreeMap<DeviceId, (StationId, PublicKey)>,
    /// The keys that may sign receipts.
    pub intake: Vec<PublicKey>,
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
        let own = keys.services.iter().filter(|s| s.service == Service::Intake);
        Ok(Roll { scope, devices, intake: own.map(|s| key(&s.key)).collect::<Result<_, _>>()? })
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
        let Some((station, key)) = self.devices.get(&claim.device) else {
            return Err(Refused::Device(claim.device.to_string()));
        };
        if *station != claim.station {
            let (device, station) = (claim.device.to_string(), claim.station.to_string());
            return Err(Refused::Station { device, station });
        }
        envelope.verify(package::LABEL, &[key]).map_err(|_| Refused::Signature(claim.device.to_string()))?;
        if name != claim.label_name() {
            return Err(Refused::Name(format!("this label is {}", claim.label_name())));
        }
        Ok(())
    }
}

/// What a label says, as far as the intake needs it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Claim {
    pub scope: Scope,
    pub station: StationId,
    pub device: DeviceId,
    pub generation: u16,
    /// SHA-256 of the sealed results and images.
    pub files: [Digest; 2],
    /// SHA-256 of the manifests inside, which are the same however often the content is sealed.
    pub content: [Digest; 2],
}

impl Claim {
    /// Reads a label; nothing is verified.
    pub(crate) fn read(bytes: &[u8]) -> Result<(Envelope, Claim), Refused> {
        let malformed = |e: sign::dsse::DsseError| Refused::Malformed(e.to_string());
        let envelope = Envelope::parse(bytes).map_err(malformed)?;
        if envelope.kind() != package::LABEL {
            return Err(Refused::Malformed("not a label".to_owned()));
        }
        let label: package::Label = envelope.read().map_err(malformed)?;
        let claim = Claim {
            scope: label.scope,
            station: label.station,
            device: label.device,
            generation: label.generation,
            files: [label.results.sha256, label.images.sha256],
            content: [label.results.manifest, label.images.manifest],
        };
        Ok((envelope, claim))
    }

    /// STATION-DEVICE-GENERATION.
    pub(crate) fn stem(&self) -> String {
        format!("{}-{}-{}", self.station, self.device, self.generation)
    }

    pub(crate) fn label_name(&self) -> String {
        format!("{}.label.json", self.stem())
    }

    /// The names of the sealed results and images.
    pub(crate) fn file_names(&self) -> [String; 2] {
        ["results", "images"].map(|part| format!("{}.{part}.age", self.stem()))
    }
}
