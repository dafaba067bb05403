//! The record of a nation: 400,000 leaves over 55,000 stations, read from their tiles, checked and folded; and one
//! more leaf appended to it.
//!
//! 110,000 imports (two media), 275,000 slips (five parties' agents at every station, each with the same signed codes),
//! 10,000 orders with two signatures, 5,000 refusals. Every import, slip leaf and refusal is signed by the centre, every
//! slip by its device besides: 410,000 signatures of leaves and 275,000 (55,000 different ones) inside slips, all P-256.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use centre::{Centre, CentreKeys};
use election::{
    Definition, DeviceKey, Digest, Folder, KeyLists, PartyId, PersonKey, Recipient, RecipientName, Role, Service,
    ServiceKey, ShareCommitment, Station, WitnessKey,
};
use log::{FolderStore, Log, NoteKey, read_static};
use package::slip::SlipFigures;
use package::{Expected, Salt, StationResults};
use rayon::prelude::*;
use record::entry::{Effect, Import, IntakePosition, Order, Refused, Slip};
use record::{Body, Content, Frozen, Head, Medium, State};
use sign::identity::Identity;
use sign::{FileKey, KeyKind, Signer};

use crate::measure::{Line, measure};
use crate::random::Random;
use crate::totals::STATIONS;
use crate::{Bench, Result, nation};

/// The record opened.
pub const OPEN: Bench = Bench { name: "fold", prepare, run: open };
/// One leaf more.
pub const APPEND: Bench = Bench { name: "append", prepare, run: append };

const PARTIES: usize = 5;
const ORDERED: usize = 5_000;
const REFUSED: u32 = 5_000;
/// Leaves that are appended at once while the record is made.
const BATCH: usize = 8192;
const AT: &str = "2018-05-12T18:00:00Z";

fn folder(dir: &Path) -> PathBuf {
    dir.join("centre")
}

/// Everyone's keys.
struct Keys(BTreeMap<String, FileKey>);

impl Keys {
    fn generate(&mut self, owner: &str, kind: KeyKind) -> Result<String> {
        let key = FileKey::generate(kind)?;
        let text = key.public_key().to_string();
        self.0.insert(owner.to_owned(), key);
        Ok(text)
    }

    fn of(&self, owner: &str) -> Result<&FileKey> {
        Ok(self.0.get(owner).ok_or("everyone has a key")?)
    }
}

fn device(station: &Station) -> String {
    format!("d{}", station.id)
}

fn lists(def: &Definition, keys: &mut Keys) -> Result<KeyLists> {
    let mut lists = KeyLists::default();
    for station in &def.stations {
        let device = device(station);
        let key = keys.generate(&device, KeyKind::P256)?;
        lists.devices.push(DeviceKey { device: device.parse()?, station: station.id.clone(), key });
    }
    for person in &def.people {
        let key = keys.generate(person.id.as_str(), KeyKind::P256)?;
        lists.people.push(PersonKey { person: person.id.clone(), key });
        if person.role == Role::Commissioner {
            let commitment = Digest::of(person.id.as_str().as_bytes());
            lists.shares.push(ShareCommitment { person: person.id.clone(), commitment });
        }
    }
    for service in Service::ALL {
        let kind = match service {
            Service::Intake | Service::Centre => KeyKind::P256,
            Service::RecordLog | Service::IntakeLog => KeyKind::Ed25519,
        };
        let key = keys.generate(service.as_str(), kind)?;
        lists.services.push(ServiceKey { service, key });
    }
    let owners = def.offices.iter().map(|office| RecipientName::Office(office.id.clone()));
    for recipient in std::iter::once(RecipientName::Centre).chain(owners) {
        lists.recipients.push(Recipient { recipient, age: Identity::generate().recipient().to_string() });
    }
    for witness in &def.witnesses {
        let key = keys.generate(witness.id.as_str(), KeyKind::Ed25519)?;
        let name = format!("{}/{}", def.scope.election, witness.id);
        lists.witnesses.push(WitnessKey { witness: witness.id.clone(), name, key });
    }
    lists.witness_policy = "# nobody cosigns a benchmark\n".into();
    Ok(lists)
}

/// What one station has sent, and what its slip says.
fn station_leaves(
    def: &Definition,
    station: &Station,
    fingerprint: Digest,
    key: &FileKey,
    parties: &[PartyId],
) -> Result<Vec<Body>> {
    let device = device(station).parse()?;
    let expected = Expected::of(def, &station.id).ok_or("the station is in the definition")?;
    let zero = StationResults::zero(&expected, &def.scope, &device, 1, Salt([3; 32]));
    let mut results = zero.clone();
    let mut random = Random(station.id.as_str().bytes().fold(0, |sum, byte| sum * 31 + u64::from(byte)));
    for votes in results.contests.iter_mut().flat_map(|contest| contest.votes.values_mut()) {
        // A third of all candidates has a vote at a station.
        *votes = random.below(3).saturating_sub(1) as u32 * random.below(40) as u32;
    }
    let digest = |what: &str| Digest::of(format!("{} {what}", station.id).as_bytes());
    let content = Content {
        results_manifest: digest("results"),
        images_manifest: digest("images"),
        results: Digest::of(&results.to_bytes()),
    };
    let import = |medium| {
        Body::Import(Import {
            medium,
            station: station.id.clone(),
            device: results.device.clone(),
            generation: 1,
            label: digest("label"),
            statement: digest("statement"),
            content,
            intake: (medium == Medium::Network).then_some(IntakePosition { size: 1, root: digest("root") }),
            account_differs: false,
        })
    };
    let codes = SlipFigures::of(&results, &zero, fingerprint, "bench").sign(key)?;
    let slips = parties.iter().map(|party| Body::Slip(Slip { codes: codes.clone(), party: Some(party.clone()) }));
    Ok([import(Medium::Network), import(Medium::Stick)].into_iter().chain(slips).collect())
}

fn prepare(dir: &Path) -> Result<()> {
    let (done, dir) = (dir.join("centre.done"), folder(dir));
    if done.exists() {
        return Ok(());
    }
    if dir.exists() {
        std::fs::remove_dir_all(&dir)?;
    }
    let mut keys = Keys(BTreeMap::new());
    let mut folder = nation::folder(STATIONS, 0)?;
    let def = nation::read(&folder)?;
    lists(&def, &mut keys)?.write(&mut folder);
    let frozen = Frozen::of(&folder)?;
    let head = Head { scope: def.scope.clone(), fingerprint: None, at: AT.into() };
    let people = |role: Role| -> Result<Vec<&dyn Signer>> {
        let people = def.people.iter().filter(|person| person.role == role);
        people.map(|person| keys.of(person.id.as_str()).map(|key| key as &dyn Signer)).collect()
    };
    let board = people(Role::Board)?;
    let leaf_0 =
        Body::Freeze(frozen.freeze(&folder)?).sign(&head, &board[..usize::from(def.rules.thresholds.board)])?;
    let fingerprint = Digest::of(&leaf_0);
    let head = Head { fingerprint: Some(fingerprint), ..head };
    let pem = |owner: &str| -> Result<String> { Ok(keys.of(owner)?.to_pem("DEMO")?.to_string()) };
    let (centre, record_log) = (pem("centre")?, pem("record_log")?);
    drop(Centre::init(&dir, &folder, &leaf_0, &CentreKeys { centre: &centre, record_log: &record_log })?);

    let by_centre = keys.of("centre")?;
    let parties: Vec<PartyId> = def.parties.iter().take(PARTIES).map(|party| party.id.clone()).collect();
    let of_stations: Vec<Vec<Vec<u8>>> = def
        .stations
        .par_iter()
        .map(|station| {
            let bodies = station_leaves(&def, station, fingerprint, keys.of(&device(station))?, &parties)?;
            bodies.iter().map(|body| Ok(body.sign(&head, &[by_centre])?)).collect()
        })
        .collect::<Result<_>>()?;
    let mut leaves: Vec<Vec<u8>> = of_stations.into_iter().flatten().collect();
    // In no order of stations, as they arrive; imports first, since slips are brought later, is no part of the work.
    let mut random = Random(18);
    for at in (1..leaves.len()).rev() {
        leaves.swap(at, random.below(at + 1));
    }
    for number in 0..REFUSED {
        let refused = Refused {
            medium: Medium::Stick,
            station: None,
            label: Digest::of(&number.to_be_bytes()),
            code: "bag.wrong".into(),
            what: "data/results.json is not what the bag says it is".into(),
        };
        leaves.push(Body::Refused(refused).sign(&head, &[by_centre])?);
    }
    let officers: [&FileKey; 2] = {
        let two: Vec<_> = def.people.iter().filter(|p| p.role == Role::Officer).take(2).collect();
        let [one, other] = two[..] else { return Err("the example has two officers".into()) };
        [keys.of(one.id.as_str())?, keys.of(other.id.as_str())?]
    };
    let orders: Vec<[Vec<u8>; 2]> = def.stations[..ORDERED]
        .par_iter()
        .map(|station| {
            let order = |effect, supersedes| {
                let (reason, basis) = ("the box was open".to_owned(), "article 5".to_owned());
                let station = station.id.clone();
                let (evidence, findings) = (Vec::new(), Default::default());
                Body::Order(Order { station, effect, reason, basis, evidence, findings, supersedes, under: None })
                    .sign(&head, &[officers[0], officers[1]])
            };
            let cancel = order(Effect::Cancel, Vec::new())?;
            let restore = order(Effect::Restore, vec![Digest::of(&cancel)])?;
            Ok([cancel, restore])
        })
        .collect::<Result<_>>()?;
    leaves.extend(orders.into_iter().flatten());
    let key = FileKey::from_pem(&record_log)?;
    let store = FolderStore::new(dir.join("record"));
    let mut log = Log::open(store, &centre::record_origin(&frozen), Box::new(key))?;
    for batch in leaves.chunks(BATCH) {
        log.append(batch)?;
    }
    Ok(std::fs::write(done, b"")?)
}

fn open(dir: &Path) -> Result<Vec<Line>> {
    let dir = folder(dir);
    let stations = STATIONS as f64;
    let what = "definition and keys of 55,000 stations read and checked";
    let (frozen, reading) = measure(what, stations, "stations", || {
        let folder = Folder::load(&dir.join("election")).map_err(|problems| format!("{problems:?}"))?;
        Ok(Frozen::of(&folder)?)
    })?;
    let key = frozen.keyring.service(Service::RecordLog)?;
    let key = NoteKey::new(&centre::record_origin(&frozen), log::note::NoteAlgorithm::Ed25519, key.clone())?;
    let what = "record of 400,000 leaves read from its tiles, every hash recomputed";
    let (read, tiles) = measure(what, 400_000.0, "leaves", || {
        read_static(&FolderStore::new(dir.join("record")), &key)
            .map_err(|problems| format!("{:?}", problems.first()).into())
    })?;
    let amount = read.leaves.len() as f64;
    let (state, folding) = measure("400,000 leaves folded, every signature checked", amount, "leaves", || {
        Ok(State::fold(&frozen, &read.leaves)?)
    })?;
    let together = Line {
        what: "record of 400,000 leaves opened: read from tiles and folded".into(),
        cpu: tiles.cpu + folding.cpu,
        wall: tiles.wall + folding.wall,
        ..folding.clone()
    };
    let (_, comparing) = measure("both channels of 55,000 stations compared", stations, "stations", || {
        Ok(state.compare(&frozen.definition))
    })?;
    Ok(vec![reading, tiles, folding, together, comparing])
}

fn append(dir: &Path) -> Result<Vec<Line>> {
    const MORE: usize = 50;
    let mut centre = Centre::open(&folder(dir))?;
    let before = centre.state().size;
    let (_, line) = measure("one leaf appended to a record of 400,000", MORE as f64, "leaves", || {
        for number in 0..MORE as u64 {
            let refused = Refused {
                medium: Medium::Stick,
                station: None,
                label: Digest::of(format!("{before} {number}").as_bytes()),
                code: "bag.wrong".into(),
                what: "a file was changed".into(),
            };
            centre.report(&[Body::Refused(refused)], AT)?;
        }
        Ok(())
    })?;
    Ok(vec![line])
}
