//! Everyone with a key in the demo, and the freeze.

use std::path::{Path, PathBuf};

use election::{
    Definition, DeviceId, DeviceKey, Digest, Folder, KeyLists, PersonKey, Recipient, RecipientName, Role, Service,
    ServiceKey, ShareCommitment, StationId, WitnessKey,
};
use record::{Body, Frozen, Head};
use sign::identity::Identity;
use sign::{FileKey, KeyKind, Signer, SystemEntropy, shares};

use crate::commands::key::{write_certificates, write_private};
use crate::shell::{At, Failure, Result, read, write};
use crate::{inputs, policy};

/// Marked in every private file.
const DEMO: &str = "DEMO: a key of a demonstration, worthless in an election";

/// Keys in `DIR/keys`.
pub struct People {
    dir: PathBuf,
    lists: KeyLists,
}

/// The device of a station in the demo.
pub fn device_of(station: &StationId) -> DeviceId {
    format!("d{station}").parse().expect("station ids of the example are short")
}

impl People {
    /// Makes all keys that the definition asks for.
    pub fn make(dir: &Path, def: &Definition) -> Result<Self> {
        let dir = dir.join("keys");
        write(&dir.join("DEMO"), DEMO.as_bytes())?;
        let mut people = People { dir, lists: KeyLists::default() };
        for station in def.stations.iter().filter(|s| s.count_with.is_none()) {
            let device = device_of(&station.id);
            let key = people.key(KeyKind::P256, &format!("devices/{device}.key.pem"))?;
            people.lists.devices.push(DeviceKey { device, station: station.id.clone(), key });
        }
        for person in &def.people {
            let key = people.key(KeyKind::P256, &format!("people/{}.key.pem", person.id))?;
            people.lists.people.push(PersonKey { person: person.id.clone(), key });
        }
        for service in Service::ALL {
            let kind = match service {
                Service::Intake | Service::Centre => KeyKind::P256,
                Service::RecordLog | Service::IntakeLog => KeyKind::Ed25519,
            };
            let key = people.key(kind, &format!("services/{}.key.pem", service.as_str()))?;
            people.lists.services.push(ServiceKey { service, key });
        }
        people.identities(def)?;
        people.witnesses(def)?;
        write_certificates(&people.dir.join("tls"), "Sanad demo authority", &["127.0.0.1", "localhost"], 30)?;
        Ok(people)
    }

    fn key(&self, kind: KeyKind, path: &str) -> Result<String> {
        let key = FileKey::generate(kind)?;
        write_private(&self.dir.join(path), key.to_pem(DEMO)?.as_bytes())?;
        Ok(key.public_key().to_string())
    }

    /// The centre's identity is split among the commissioners, and kept here only because it is a demo.
    fn identities(&mut self, def: &Definition) -> Result<()> {
        let centre = Identity::generate();
        write_private(&self.dir.join("centre.identity.txt"), format!("# {DEMO}\n{}\n", *centre.to_text()).as_bytes())?;
        let centre_name = RecipientName::Centre;
        self.lists.recipients.push(Recipient { recipient: centre_name, age: centre.recipient().to_string() });
        for office in &def.offices {
            let identity = Identity::generate();
            let path = self.dir.join(format!("offices/{}.identity.txt", office.id));
            write_private(&path, format!("# {DEMO}\n{}\n", *identity.to_text()).as_bytes())?;
            let recipient = RecipientName::Office(office.id.clone());
            self.lists.recipients.push(Recipient { recipient, age: identity.recipient().to_string() });
        }
        let holders: Vec<_> = def.people.iter().filter(|p| p.role == Role::Commissioner).collect();
        let count = u8::try_from(holders.len()).unwrap_or(u8::MAX);
        let made = shares::split(&centre, def.rules.thresholds.shares, count, &SystemEntropy)?;
        for (holder, share) in holders.iter().zip(&made) {
            let path = self.dir.join(format!("shares/{}.share.txt", holder.id));
            write_private(&path, format!("# {DEMO}\n{}\n", *share.to_text()).as_bytes())?;
            let commitment: Digest = share.commitment();
            self.lists.shares.push(ShareCommitment { person: holder.id.clone(), commitment });
        }
        Ok(())
    }

    fn witnesses(&mut self, def: &Definition) -> Result<()> {
        let logs: String = policy::logs(def, &self.lists)?.iter().map(|log| format!("{log}\n")).collect();
        for witness in &def.witnesses {
            let dir = self.dir.join(format!("witnesses/{}", witness.id));
            let key = FileKey::generate(KeyKind::Ed25519)?;
            let name = format!("{}/{}", def.scope.election, witness.id);
            write_private(&dir.join("witness.key.pem"), key.to_pem(DEMO)?.as_bytes())?;
            write(&dir.join("name.txt"), name.as_bytes())?;
            write(&dir.join("logs.txt"), logs.as_bytes())?;
            let key = key.public_key().to_string();
            self.lists.witnesses.push(WitnessKey { witness: witness.id.clone(), name, key });
        }
        self.lists.witness_policy = policy::of(def, &self.lists)?.to_text();
        Ok(())
    }

    /// The key lists go into the folder; the board's threshold signs leaf 0.
    pub fn freeze(&self, dir: &Path, mut folder: Folder) -> Result<(Folder, Frozen, Vec<u8>)> {
        self.lists.write(&mut folder);
        let folder = election::fmt(&folder);
        folder.save(&dir.join("election")).map_err(|e| crate::shell::file_failure(dir, &e))?;
        let frozen = Frozen::of(&folder)?;
        let def = &frozen.definition;
        let board = def.people.iter().filter(|p| p.role == Role::Board).take(def.rules.thresholds.board.into());
        let keys = board.map(|p| self.private(&format!("people/{}.key.pem", p.id))).collect::<Result<Vec<_>>>()?;
        let head = Head { scope: def.scope.clone(), fingerprint: None, at: super::stage::eve(def).to_string() };
        let leaf = Body::Freeze(frozen.freeze(&folder)?).sign(&head, &inputs::signers(&keys))?;
        self.cards(&frozen, Digest::of(&leaf))?;
        Ok((folder, frozen, leaf))
    }

    /// A printed card for each commissioner, with the fingerprint that now stands.
    fn cards(&self, frozen: &Frozen, fingerprint: Digest) -> Result<()> {
        let def = &frozen.definition;
        let count = u8::try_from(self.lists.shares.len()).unwrap_or(u8::MAX);
        for (number, share) in (1..).zip(&self.lists.shares) {
            let holder = def.people.iter().find(|p| p.id == share.person).map(|p| p.name.clone()).unwrap_or_default();
            let card = print::CardView {
                languages: def.languages.clone(),
                mode: def.scope.mode,
                election: def.name.clone(),
                date: def.date,
                holder,
                number,
                threshold: def.rules.thresholds.shares,
                shares: count,
                share: self.share_text(share)?,
                commitment: share.commitment.to_string(),
                fingerprint,
            };
            write_private(&self.dir.join(format!("shares/{}.card.pdf", share.person)), &print::card(&card)?.pdf()?)?;
        }
        Ok(())
    }

    fn share_text(&self, share: &ShareCommitment) -> Result<String> {
        let path = self.dir.join(format!("shares/{}.share.txt", share.person));
        let text = String::from_utf8_lossy(&read(&path)?).into_owned();
        Ok(text.lines().find(|line| !line.starts_with('#')).unwrap_or_default().to_owned())
    }

    /// A private key by its path in `keys/`.
    pub fn private(&self, path: &str) -> Result<FileKey> {
        inputs::key(&self.dir.join(path))
    }

    /// A private key as text.
    pub fn pem(&self, path: &str) -> Result<String> {
        Ok(String::from_utf8_lossy(&read(&self.dir.join(path))?).into_owned())
    }

    /// A path in `keys/`.
    pub fn path(&self, path: &str) -> PathBuf {
        self.dir.join(path)
    }

    /// The key lists.
    pub fn lists(&self) -> &KeyLists {
        &self.lists
    }

    /// Two officers' keys.
    pub fn officers(&self) -> Result<Vec<FileKey>> {
        let officers = self.lists.people.iter().filter(|p| p.person.as_str().contains("officer")).take(2);
        officers.map(|p| self.private(&format!("people/{}.key.pem", p.person))).collect()
    }

    /// The keys of as many with `role` as the demo's thresholds ask for: three of the board, two officers.
    pub fn of_role(&self, def: &Definition, role: Role) -> Result<Vec<FileKey>> {
        let thresholds = &def.rules.thresholds;
        let count = if role == Role::Board { thresholds.board } else { thresholds.officers };
        let own = def.people.iter().filter(|person| person.role == role).take(count.into());
        own.map(|person| self.private(&format!("people/{}.key.pem", person.id))).collect()
    }

    /// Three commissioners lay their cards together; the identity exists in memory alone.
    pub fn join(&self) -> Result<Identity> {
        let commitments: Vec<Digest> = self.lists.shares.iter().map(|s| s.commitment).collect();
        let mut cards = Vec::new();
        for share in self.lists.shares.iter().take(3) {
            cards.push(self.share_text(share)?.parse::<shares::Share>().at(&share.person)?);
        }
        shares::join(&cards, &commitments).map_err(Failure::from)
    }
}
