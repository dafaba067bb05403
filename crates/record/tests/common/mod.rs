//! A small frozen election with all its keys, and leaves of its record.
#![allow(dead_code, reason = "each test file uses a part")]

use std::collections::BTreeMap;

use election::{
    Coded, DeviceKey, Digest, Folder, KeyLists, PersonKey, Recipient, RecipientName, Service, ServiceKey,
    ShareCommitment, StationId, WitnessKey,
};
use package::slip::SlipFigures;
use package::{Expected, Salt, StationResults};
use sanad_record::entry::{Effect, Import, IntakePosition, Order, Signers, Slip};
use sanad_record::frozen::Frozen;
use sanad_record::{Body, Content, Figures, Head, Medium, Outcome, State};
use sign::{FileKey, KeyKind, Signer, SystemEntropy};

/// The election and everyone's private keys.
pub struct World {
    pub folder: Folder,
    pub frozen: Frozen,
    pub keys: BTreeMap<String, FileKey>,
    pub leaf_0: Vec<u8>,
    pub fingerprint: Digest,
}

pub const STATIONS: [&str; 2] = ["0101", "0102"];

pub fn station(id: &str) -> StationId {
    id.parse().unwrap()
}

fn public(keys: &mut BTreeMap<String, FileKey>, owner: &str, kind: KeyKind) -> String {
    let key = FileKey::generate(kind).unwrap();
    let text = key.public_key().to_string();
    keys.insert(owner.to_owned(), key);
    text
}

impl World {
    /// The scaffold of `sanad election new`, frozen.
    pub fn new() -> Self {
        World::of(election::scaffold())
    }

    /// The same, with a second letter about station 0101 that gives another figure.
    pub fn with_letters() -> Self {
        let mut folder = election::scaffold();
        let mut sources = folder.files["sources.csv"].clone();
        let hash = Digest::of(b"the ministry's letter");
        sources.extend(format!("ministry,Ministry,9,2026-04-01,{hash}\n").into_bytes());
        folder.files.insert("sources.csv".into(), sources);
        folder.files.insert("registrations.csv".into(), b"station,source,registered\n0101,ministry,140\n".to_vec());
        World::of(folder)
    }

    /// An election of a folder without keys, frozen; where it has no parties, it is given two.
    pub fn of(mut folder: Folder) -> Self {
        let parties = || b"party,name_en\npalm,Palm Party\nreed,Reed Party\n".to_vec();
        folder.files.entry("parties.csv".into()).or_insert_with(parties);
        let definition = election::read(&folder).unwrap();
        let mut keys = BTreeMap::new();
        let mut lists = KeyLists::default();
        for place in definition.stations.iter().filter(|s| s.count_with.is_none()) {
            let device = format!("d{}", place.id);
            let key = public(&mut keys, &device, KeyKind::P256);
            lists.devices.push(DeviceKey { device: device.parse().unwrap(), station: place.id.clone(), key });
        }
        for person in &definition.people {
            let key = public(&mut keys, person.id.as_str(), KeyKind::P256);
            lists.people.push(PersonKey { person: person.id.clone(), key });
        }
        for service in Service::ALL {
            let kind =
                if matches!(service, Service::Intake | Service::Centre) { KeyKind::P256 } else { KeyKind::Ed25519 };
            let key = public(&mut keys, service.as_str(), kind);
            lists.services.push(ServiceKey { service, key });
        }
        let identity = sign::identity::Identity::generate();
        lists.recipients.push(Recipient { recipient: RecipientName::Centre, age: identity.recipient().to_string() });
        for office in &definition.offices {
            let age = sign::identity::Identity::generate().recipient().to_string();
            lists.recipients.push(Recipient { recipient: RecipientName::Office(office.id.clone()), age });
        }
        for person in definition.people.iter().filter(|p| p.role == election::Role::Commissioner) {
            let commitment = Digest::of(person.id.as_str().as_bytes());
            lists.shares.push(ShareCommitment { person: person.id.clone(), commitment });
        }
        for witness in &definition.witnesses {
            let key = public(&mut keys, witness.id.as_str(), KeyKind::Ed25519);
            lists.witnesses.push(WitnessKey {
                witness: witness.id.clone(),
                name: format!("minimal/{}", witness.id),
                key,
            });
        }
        lists.witness_policy = "# no witnesses in these tests\n".into();
        lists.write(&mut folder);
        let frozen = Frozen::of(&folder).unwrap();
        let head =
            Head { scope: frozen.definition.scope.clone(), fingerprint: None, at: "2026-05-01T08:00:00Z".into() };
        let freeze = Body::Freeze(frozen.freeze(&folder).unwrap());
        let leaf_0 = freeze.sign(&head, &[&keys["chair"], &keys["deputy"]]).unwrap();
        World { folder, fingerprint: Digest::of(&leaf_0), frozen, keys, leaf_0 }
    }

    pub fn head(&self) -> Head {
        let scope = self.frozen.definition.scope.clone();
        Head { scope, fingerprint: Some(self.fingerprint), at: "2026-05-12T18:00:00Z".into() }
    }

    pub fn begin(&self) -> State {
        State::begin(&self.frozen, &self.leaf_0).unwrap()
    }

    pub fn sign(&self, body: &Body, by: &[&str]) -> Vec<u8> {
        let signers: Vec<&dyn Signer> = by.iter().map(|who| &self.keys[*who] as &dyn Signer).collect();
        body.sign(&self.head(), &signers).unwrap()
    }

    /// The content number `number` that a station might have: any two numbers differ.
    pub fn content(&self, id: &str, number: u8) -> Content {
        let digest = |what: &str| Digest::of(format!("{id} {number} {what}").as_bytes());
        Content {
            results_manifest: digest("results"),
            images_manifest: digest("images"),
            results: self.results_digest(id, number),
        }
    }

    /// The results that a slip of content `number` names.
    pub fn results(&self, id: &str, number: u8) -> StationResults {
        let expected = Expected::of(&self.frozen.definition, &station(id)).unwrap();
        let device = format!("d{id}").parse().unwrap();
        StationResults::zero(&expected, &self.frozen.definition.scope, &device, 1, Salt([number; 32]))
    }

    fn results_digest(&self, id: &str, number: u8) -> Digest {
        Digest::of(&self.results(id, number).to_bytes())
    }

    pub fn import(&self, id: &str, medium: Medium, number: u8) -> Body {
        self.import_of(id, medium, number, 1)
    }

    pub fn import_of(&self, id: &str, medium: Medium, number: u8, generation: u16) -> Body {
        let content = self.content(id, number);
        let position = IntakePosition { size: 1, root: Digest([1; 32]) };
        Body::Import(Import {
            medium,
            station: station(id),
            device: format!("d{id}").parse().unwrap(),
            generation,
            label: content.images_manifest,
            statement: content.results_manifest,
            content,
            intake: (medium == Medium::Network).then_some(position),
            account_differs: false,
            build: None,
        })
    }

    /// The package of a station with so many votes for rose, omar and sara, whose paper adds up.
    pub fn voted(&self, id: &str, votes: [u32; 3]) -> StationResults {
        let mut results = self.results(id, 1);
        let cast = votes.iter().sum::<u32>();
        let account = &mut results.account;
        (account.received, account.used, account.unused) = (200, cast, 200 - cast);
        (account.cast, account.valid) = (cast, cast);
        let contest = &mut results.contests[0];
        (contest.ballots, contest.valid) = (cast, cast);
        for (name, votes) in ["rose", "omar", "sara"].iter().zip(votes) {
            contest.votes.insert(name.parse().unwrap(), votes);
        }
        results
    }

    /// A slip of content `number`, signed by the device of `signer`.
    pub fn slip(&self, id: &str, number: u8, signer: &str) -> Body {
        self.slip_of(self.results(id, number), signer)
    }

    /// The slip of these results, which an agent of party `palm` holds.
    pub fn slip_of(&self, results: StationResults, signer: &str) -> Body {
        let figures = SlipFigures::of(&results, &results, self.fingerprint, "test");
        Body::Slip(Slip { codes: figures.sign(&self.keys[signer]).unwrap(), party: Some("palm".parse().unwrap()) })
    }

    /// The imports of a package of these results by both media.
    pub fn both(&self, results: &StationResults) -> [Body; 2] {
        let digest = Digest::of(&results.to_bytes());
        [Medium::Network, Medium::Stick].map(|medium| {
            let position = IntakePosition { size: 1, root: Digest([1; 32]) };
            Body::Import(Import {
                medium,
                station: results.station.clone(),
                device: results.device.clone(),
                generation: results.generation,
                label: digest,
                statement: digest,
                content: Content { results_manifest: digest, images_manifest: digest, results: digest },
                intake: (medium == Medium::Network).then_some(position),
                account_differs: false,
                build: None,
            })
        })
    }

    /// Folds leaves, each signed by those who must.
    pub fn fold(&self, bodies: &[Body]) -> State {
        let mut state = self.begin();
        for body in bodies {
            state.apply(&self.frozen, &self.sign_as_needed(body)).unwrap();
        }
        state
    }

    pub fn sign_as_needed(&self, body: &Body) -> Vec<u8> {
        let by: &[&str] = match body.signers() {
            Signers::Board => &["chair", "deputy"],
            Signers::Centre => &["centre"],
            Signers::TwoOfficers => &["officer_1", "officer_2"],
            Signers::Panel => &["chair", "officer_1", "officer_2"],
            Signers::Succession => panic!("whoever begins signs it: the test says who"),
        };
        self.sign(body, by)
    }

    /// What a record comes to with these packages.
    pub fn outcome(&self, state: &State, packages: &[StationResults]) -> Outcome {
        let def = &self.frozen.definition;
        let figures: Figures = figures(packages).into_iter().chain(state.hand_figures(def)).collect();
        Outcome::of(def, state, &figures).unwrap()
    }

    pub fn order(&self, id: &str, effect: Effect, supersedes: &[Digest]) -> Body {
        let order = Order::new(station(id), effect, "a reason", "a clause");
        Body::Order(Order { supersedes: supersedes.to_vec(), ..order })
    }
}

/// Takes a leaf that stands.
pub fn take(world: &World, state: &mut State, body: &Body, by: &[&str]) -> Digest {
    let leaf = world.sign(body, by);
    state.apply(&world.frozen, &leaf).unwrap_or_else(|e| panic!("{}: {e}", e.code()));
    Digest::of(&leaf)
}

/// Why a leaf does not stand. It changes nothing.
pub fn refused(world: &World, state: &mut State, body: &Body, by: &[&str]) -> &'static str {
    let before = format!("{state:?}");
    let problem = state.apply(&world.frozen, &world.sign(body, by)).expect_err("it is refused");
    assert_eq!(format!("{state:?}"), before, "nothing changes");
    assert!(!problem.next().is_empty());
    problem.code()
}

/// Packages by the digest of their results.
pub fn figures(packages: &[StationResults]) -> Figures {
    packages.iter().map(|results| (Digest::of(&results.to_bytes()), results.clone())).collect()
}

/// The system's generator passes its test: the other tests rest on it.
pub fn entropy_is_alive() {
    sign::entropy::start_up(&SystemEntropy).unwrap();
}
