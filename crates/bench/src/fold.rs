//! The record of a nation: 400,000 leaves over 55,000 stations, read from their tiles, checked and folded; and one
//! more leaf appended to it.
//!
//! 110,000 imports (two media), 275,000 slips (five parties' agents at every station, each with the same signed codes),
//! 10,000 orders with two signatures, 5,000 refusals. Every import, slip leaf and refusal is signed by the centre, every
//! slip by its device besides: 410,000 signatures of leaves and 275,000 (55,000 different ones) inside slips, all P-256.

use std::path::{Path, PathBuf};

use centre::{Centre, CentreKeys};
use election::{Definition, Digest, Folder, PartyId, Role, Service, Station};
use log::{FolderStore, Log, NoteKey, read_static};
use package::slip::SlipFigures;
use package::{Expected, Salt, StationResults};
use rayon::prelude::*;
use record::entry::{Effect, Import, IntakePosition, Order, Refused, Slip};
use record::{Body, Content, Frozen, Medium, State};
use sign::FileKey;
use testing::World;

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

fn device(station: &Station) -> String {
    format!("d{}", station.id)
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
            build: None,
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
    let world = World::of(nation::folder(STATIONS, 0)?);
    let (def, head, fingerprint) = (&world.frozen.definition, world.head(), world.fingerprint);
    let (centre, record_log) = (world.pem(Service::Centre.as_str()), world.pem(Service::RecordLog.as_str()));
    let keys = CentreKeys { centre: &centre, record_log: &record_log };
    drop(Centre::init(&dir, &world.folder, &world.leaf_0, &keys)?);

    let by_centre = &world.keys[Service::Centre.as_str()];
    let parties: Vec<PartyId> = def.parties.iter().take(PARTIES).map(|party| party.id.clone()).collect();
    let of_stations: Vec<Vec<Vec<u8>>> = def
        .stations
        .par_iter()
        .map(|station| {
            let bodies = station_leaves(def, station, fingerprint, &world.keys[&device(station)], &parties)?;
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
    let [one, other] = officers(&world);
    let orders: Vec<[Vec<u8>; 2]> = def.stations[..ORDERED]
        .par_iter()
        .map(|station| {
            let order = |effect, supersedes| {
                let own = Order::new(station.id.clone(), effect, "the box was open", "article 5");
                Body::Order(Order { supersedes, ..own }).sign(&head, &[one, other])
            };
            let cancel = order(Effect::Cancel, Vec::new())?;
            let restore = order(Effect::Restore, vec![Digest::of(&cancel)])?;
            Ok([cancel, restore])
        })
        .collect::<Result<_>>()?;
    leaves.extend(orders.into_iter().flatten());
    enter(&world, &dir, &leaves)?;
    Ok(std::fs::write(done, b"")?)
}

/// Two officers.
pub fn officers(world: &World) -> [&FileKey; 2] {
    let mut officers = world.frozen.definition.people.iter().filter(|person| person.role == Role::Officer);
    [(); 2].map(|()| &world.keys[officers.next().expect("the example has two officers").id.as_str()])
}

/// Appends leaves to the record of the centre in `dir` without folding them: whoever opens it next does.
pub fn enter(world: &World, dir: &Path, leaves: &[Vec<u8>]) -> Result<()> {
    let key = FileKey::from_pem(&world.pem(Service::RecordLog.as_str()))?;
    let store = FolderStore::new(dir.join("record"));
    let mut log = Log::open(store, &centre::record_origin(&world.frozen), Box::new(key))?;
    Ok(leaves.chunks(BATCH).try_for_each(|batch| log.append(batch).map(drop))?)
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
