//! WB2: nothing that is handed over, published or kept tells the order of casting.

mod polls;
mod spearman;
mod watch;

use std::collections::BTreeMap;
use std::fs::{self, File, FileTimes};
use std::io;
use std::path::Path;
use std::time::{Duration, SystemTime};

use centre::{Carrier, Centre, CentreKeys};
use package::archive::{self, IMAGES_LIMITS};
use package::open::OpenedResults;
use polls::Ballot;
use rayon::prelude::*;
use record::{Body, Medium, entry};
use sign::SystemEntropy;
use spearman::{MOST_MEAN, MOST_ONE, rho};
use station::{Disk, RealDisk};
use testing::intake::Export;
use testing::{AT, World, id};
use watch::{Casting, Seen};

/// A folder of this run, on a disk in memory where there is one: what is looked at is the same there, the order of a folder
/// tells more (it is that of making), and twenty thousand fsyncs take no minutes.
fn folder() -> tempfile::TempDir {
    let memory = Path::new("/dev/shm");
    let made = if memory.is_dir() { tempfile::tempdir_in(memory) } else { tempfile::tempdir() };
    made.expect("a folder")
}

/// The ballot whose image or picture this is.
fn known(ballots: &[Ballot]) -> BTreeMap<Vec<u8>, Ballot> {
    ballots.iter().flat_map(|ballot| [(ballot.image(), *ballot), (ballot.picture(), *ballot)]).collect()
}

/// Which ballot lies in a slot: the hash of its file stands at the beginning.
fn in_slot(ballots: &[Ballot]) -> impl Fn(&[u8]) -> Option<Ballot> {
    let inputs: BTreeMap<String, Ballot> =
        ballots.iter().map(|ballot| (ballot.sheet().digest().hex(), *ballot)).collect();
    move |bytes: &[u8]| {
        let text = String::from_utf8_lossy(&bytes[..bytes.len().min(300)]).into_owned();
        let at = text.find("\"input\":\"sha256:")? + "\"input\":\"sha256:".len();
        inputs.get(text.get(at..at + 64)?).copied()
    }
}

/// One polling day, from the first ballot to the publication: everything that can be looked at.
fn day(world: &World, seed: u64, count: usize, whole: bool) -> Seen {
    let folder = folder();
    let at = |path: &str| folder.path().join(path);
    let ballots = Ballot::cast(seed, count);
    let casting = Casting::of(&ballots);
    let mut seen = Seen::new();

    // The device's own medium while the polls are open.
    let disk = RealDisk::open(&at("device")).expect("a disk");
    let mut station = polls::feed(world, Box::new(disk), &ballots, seed);
    casting.add_folder(&mut seen, "slots", &at("device/slots"), &in_slot(&ballots));
    if !whole {
        return seen;
    }
    let slip = polls::close(world, &mut station, &ballots, &at("stick"));
    handed_over(world, &at("stick"), &ballots, &casting, &mut seen);
    published(world, folder.path(), slip, (&ballots[..], &casting), &mut seen);
    seen
}

/// What is in the sealed files, once they are opened.
fn handed_over(world: &World, stick: &Path, ballots: &[Ballot], casting: &Casting, seen: &mut Seen) {
    let file = |end: &str| fs::read(stick.join(format!("s1-ds1-1.{end}"))).expect("handed over");
    let recipients = world.recipients(&id("s1"));
    let trust = package::open::Trust {
        scope: &world.frozen.definition.scope,
        fingerprint: world.fingerprint,
        station: &id("s1"),
        device: &id("ds1"),
        key: sign::Signer::public_key(&world.keys["ds1"]),
        recipients: &recipients,
    };
    let (label, results, images) = (file("label.json"), file("results.age"), file("images.age"));
    let opened = package::open::open_results(&label, &results, &world.centre, &trust).expect("opened");
    let images = package::open::open_images(&opened.label, &images, &world.centre).expect("opened");
    for entry in fs::read_dir(stick).expect("the stick") {
        let meta = entry.and_then(|entry| entry.metadata()).expect("a file");
        assert_eq!(meta.modified().expect("a time"), SystemTime::UNIX_EPOCH, "the stick bears no time");
    }
    let of = known(ballots);
    // The archive as it lies on a disk that has unsealed it: names in order, and where each begins.
    let tar = archive::write(&images.bag.to_files()).expect("an archive");
    let mut offset = 0;
    let mut offsets = BTreeMap::new();
    for (name, bytes) in &images.bag.to_files() {
        assert_eq!(&tar[offset + 136..offset + 148], b"00000000000\0", "{name} has no time");
        offsets.insert(name.clone(), offset as f64);
        offset += 512 + bytes.len().next_multiple_of(512);
    }
    let mut number = BTreeMap::new();
    for (what, begins) in [("front", "0"), ("picture", "contest-")] {
        let files = images.bag.data.iter().filter(|(name, _)| name.starts_with(begins) && !name.contains("crop"));
        let own: Vec<(&String, &Vec<u8>, Ballot)> = files.map(|(name, bytes)| (name, bytes, of[bytes])).collect();
        assert_eq!(own.len(), ballots.len());
        for (_, bytes, _) in &own {
            chunks(bytes);
        }
        casting.add(
            seen,
            &format!("{what}: number"),
            own.iter().zip(0..).map(|((.., ballot), n)| (*ballot, f64::from(n))),
        );
        casting.add(seen, &format!("{what}: size"), own.iter().map(|(_, bytes, ballot)| (*ballot, bytes.len() as f64)));
        let begins = |name: &String| offsets[&format!("data/{name}")];
        casting.add(seen, &format!("{what}: offset"), own.iter().map(|(name, _, ballot)| (*ballot, begins(name))));
        if what == "front" {
            number = own.iter().zip(1u32..).map(|((.., ballot), n)| (n, *ballot)).collect();
        }
    }
    scores(&opened, ballots, casting, seen);
    let asked = opened.adjudicated.iter().zip(0..).map(|(entry, place)| (number[&entry.record], f64::from(place)));
    casting.add(seen, "answers: place", asked);
    let events = opened.events.len();
    assert!(events < 12, "the log has {events} lines for {} ballots: none is of one", ballots.len());
    // Scores are whole numbers of ink, and answers have no time: neither file has another number that grows.
    let text = String::from_utf8(opened.bag.data["adjudication.json"].clone()).expect("text");
    assert!(!text.contains("17785"), "no clock in the answers");
}

/// The order of the scores: each ballot is known by its ink.
fn scores(opened: &OpenedResults, ballots: &[Ballot], casting: &Casting, seen: &mut Seen) {
    let by_ink: BTreeMap<[u16; 2], Ballot> = ballots.iter().map(|ballot| (ballot.ink(), *ballot)).collect();
    assert_eq!(by_ink.len(), ballots.len(), "the ink tells every ballot");
    let ink = opened.scores.iter().map(|of_sheet| {
        let of_contest = &of_sheet[&id("assembly")];
        by_ink[&["la", "lb"].map(|option| of_contest[&id(option)].ink)]
    });
    casting.add(seen, "scores: place", ink.zip(0..).map(|(ballot, place)| (ballot, f64::from(place))));
}

/// A PNG without a time, a text or any other chunk but what makes the picture.
fn chunks(png: &[u8]) {
    let mut at = 8;
    while at + 8 <= png.len() {
        let length = u32::from_be_bytes(png[at..at + 4].try_into().expect("four bytes")) as usize;
        let kind = &png[at + 4..at + 8];
        assert!([b"IHDR", b"IDAT", b"IEND"].contains(&kind.try_into().expect("four bytes")), "{kind:?}");
        at += 12 + length;
    }
}

/// What the centre publishes of it.
fn published(
    world: &World,
    root: &Path,
    slip: Vec<String>,
    (ballots, casting): (&[Ballot], &Casting),
    seen: &mut Seen,
) {
    let (centre, record_log) = (world.pem("centre"), world.pem("record_log"));
    let keys = CentreKeys { centre: &centre, record_log: &record_log };
    let mut room = Centre::init(&root.join("centre"), &world.folder, &world.leaf_0, &keys).expect("a centre");
    // The relay had no link: nothing came over the network, and the receiving service was closed.
    let export = root.join("export");
    Export::begin(world, &export).close();
    room.import_intake_log(&export.join("intake")).expect("a closed log");
    let carrier = Carrier::look(&root.join("stick")).expect("a stick");
    let report = room.import(&carrier, Medium::Stick, None, &world.centre, AT, |_| {}).expect("imported");
    assert!(report.arrivals.iter().all(|arrival| arrival.reason.is_none()), "{:#?}", report.arrivals);
    let officers = world.signers(&["officer_1", "officer_2"]);
    let content = room.published_stations()[0].imports[0].content;
    let order = entry::Order {
        absent: Some(entry::Absence::NetworkDown),
        ..entry::Order::new(id("s1"), entry::Effect::Count(content), "the relay had no link", "a clause")
    };
    room.report(&[Body::Slip(entry::Slip { codes: slip, party: Some(id("pa")) })], AT).expect("an agent's slip");
    room.enter(&Body::Order(order), &officers, AT).expect("entered");
    let none = Default::default();
    let redaction = room.redaction("stations/s1/ds1-1", &none, &none, &SystemEntropy).expect("decided");
    room.enter(&Body::Redaction(redaction), &officers, AT).expect("entered");
    room.compare(AT).expect("compared");
    let cosign = |room: &mut Centre| {
        let lines = world.cosign(room.log().checkpoint());
        room.cosigned(&lines).expect("cosigned");
    };
    loop {
        let (outcome, _) = room.outcome().expect("an outcome");
        let needed: Vec<_> = outcome.allotments.values().flat_map(|a| a.lots_needed.clone()).collect();
        for lot in &needed {
            let drawn = lot.between.iter().take(lot.seats as usize).cloned().collect();
            let outcome = tally::LotOutcome { id: lot.id.clone(), drawn };
            room.enter(&Body::Lot(entry::Lot { outcome, drawing: "an urn".into(), supersedes: None }), &officers, AT)
                .expect("entered");
        }
        if needed.is_empty() {
            break;
        }
    }
    cosign(&mut room);
    room.announce(&officers, AT).expect("announced");
    let to = root.join("publication");
    room.publish(&to, AT, site::pages).expect("published");
    let of = known(ballots);
    casting
        .add_folder(seen, "published pictures", &to.join("stations/s1/ds1-1/images"), &|bytes| of.get(bytes).copied());
    let records = fs::read(to.join("stations/s1/ds1-1/cvr.json")).expect("the records are published");
    assert!(package::cvr::Records::parse(&records).is_ok(), "sorted by content, and numbered after that");
    for name in ["scores.json", "adjudication.json", "stray.json", "events.jsonl"] {
        assert!(!to.join("stations/s1/ds1-1").join(name).exists(), "{name} is never public");
    }
    let tar = walk(&root.join("centre/contents")).into_iter().find(|path| path.ends_with("images.tar")).expect("kept");
    let kept = archive::read(&fs::read(tar).expect("read"), IMAGES_LIMITS).expect("an archive");
    assert!(kept.keys().is_sorted());
}

fn walk(folder: &Path) -> Vec<std::path::PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() { found.extend(walk(&path)) } else { found.push(path) }
    }
    found
}

/// What tells the order of casting: by name, with its mean ρ and the largest of one run in standard deviations.
fn telling(runs: &[Seen]) -> BTreeMap<String, (f64, f64)> {
    let mut telling = BTreeMap::new();
    for what in runs[0].keys() {
        let rhos: Vec<(f64, usize)> = runs.iter().map(|seen| (rho(&seen[what]), seen[what].len())).collect();
        let mean = rhos.iter().map(|(rho, _)| rho).sum::<f64>() / rhos.len() as f64;
        let largest = rhos.iter().map(|(rho, n)| (rho * (*n as f64 - 1.0).sqrt()).abs()).fold(0.0, f64::max);
        // Fewer ballots, or fewer runs, have a wider law: the bound of the case is seven standard deviations of its mean.
        let n = rhos.iter().map(|(_, n)| *n).min().unwrap_or(0) as f64;
        let bound = MOST_MEAN * ((1_000.0 - 1.0) * 20.0 / ((n - 1.0) * rhos.len() as f64)).sqrt().max(1.0);
        if mean.abs() >= bound || largest >= MOST_ONE {
            telling.insert(what.clone(), (mean, largest));
        }
    }
    telling
}

fn runs(first: u64, count: u64, ballots: usize, whole: bool) -> Vec<Seen> {
    let world = polls::world();
    (first..first + count).into_par_iter().map(|seed| day(&world, seed, ballots, whole)).collect()
}

#[test]
fn wb2_nothing_tells_the_order_of_casting() {
    let runs = runs(1, 4, 1_000, true);
    assert!(runs[0].len() > 25, "looked at: {:?}", runs[0].keys());
    assert_eq!(telling(&runs), BTreeMap::new());
}

#[test]
#[ignore = "slow: 20 runs of 1,000 ballots"]
fn wb2_nothing_tells_the_order_of_casting_in_twenty_runs_of_a_thousand_ballots() {
    let runs = runs(100, 20, 1_000, true);
    let means = runs[0].keys().map(|what| {
        let mean = runs.iter().map(|seen| rho(&seen[what])).sum::<f64>() / runs.len() as f64;
        (what, mean)
    });
    means.for_each(|(what, mean)| println!("{mean:+.4}  {what}"));
    assert_eq!(telling(&runs), BTreeMap::new());
}

/// A device that forgets to level the times of its slots.
struct Unlevelled(RealDisk);

impl Disk for Unlevelled {
    fn read(&self, path: &str) -> io::Result<Option<Vec<u8>>> {
        self.0.read(path)
    }
    fn write(&self, path: &str, bytes: &[u8]) -> io::Result<()> {
        self.0.write(path, bytes)
    }
    fn write_at(&self, path: &str, offset: u64, bytes: &[u8]) -> io::Result<()> {
        self.0.write_at(path, offset, bytes)
    }
    fn sync(&self, path: &str) -> io::Result<()> {
        self.0.sync(path)
    }
    fn rename(&self, from: &str, to: &str) -> io::Result<()> {
        self.0.rename(from, to)
    }
    fn remove(&self, path: &str) -> io::Result<()> {
        self.0.remove(path)
    }
    fn create_dir(&self, path: &str) -> io::Result<()> {
        self.0.create_dir(path)
    }
    fn sync_dir(&self, path: &str) -> io::Result<()> {
        self.0.sync_dir(path)
    }
    fn list(&self, path: &str) -> io::Result<Vec<String>> {
        self.0.list(path)
    }
    fn level(&self, _: &mut dyn Iterator<Item = String>) -> io::Result<()> {
        Ok(())
    }
    fn read_back(&self, path: &str) -> io::Result<Option<Vec<u8>>> {
        self.0.read_back(path)
    }
    fn is_unsettled(&self) -> bool {
        self.0.is_unsettled()
    }
}

#[test]
fn the_harness_finds_a_device_that_does_not_level_times() {
    let (world, folder, ballots) = (polls::world(), folder(), Ballot::cast(7, 300));
    let disk = RealDisk::open(&folder.path().join("device")).expect("a disk");
    drop(polls::feed(&world, Box::new(Unlevelled(disk)), &ballots, 7));
    let mut seen = Seen::new();
    Casting::of(&ballots).add_folder(&mut seen, "slots", &folder.path().join("device/slots"), &in_slot(&ballots));
    let found: Vec<String> = telling(&[seen]).into_keys().collect();
    assert_eq!(found, ["slots: ctime"], "the time of a slot's last change is that of its ballot");
}

/// Ballots written to a folder in the order of casting, with what a careless program would leave.
fn planted(ballots: &[Ballot], leave: impl Fn(&Path, usize, Ballot)) -> Seen {
    let folder = folder();
    ballots.iter().enumerate().for_each(|(place, ballot)| leave(folder.path(), place, *ballot));
    let (of, mut seen) = (known(ballots), Seen::new());
    Casting::of(ballots).add_folder(&mut seen, "planted", folder.path(), &|bytes| of.get(bytes).copied());
    seen
}

#[test]
fn the_harness_finds_what_is_planted() {
    let ballots = Ballot::cast(9, 1_000);
    let telling_names = |seen: Seen| telling(&[seen]).into_keys().collect::<Vec<_>>();
    // Named by a counter.
    let counted = planted(&ballots, |folder, place, ballot| {
        fs::write(folder.join(format!("{place:06}.png")), ballot.picture()).expect("written");
    });
    assert!(telling_names(counted).contains(&"planted: name".to_owned()));
    // Named by hash, but with the time of its scan.
    let named = |folder: &Path, ballot: Ballot| folder.join(format!("{:016x}.png", polls::random(ballot.0, 55)));
    let timed = planted(&ballots, |folder, place, ballot| {
        let path = named(folder, ballot);
        fs::write(&path, ballot.picture()).expect("written");
        let time = SystemTime::UNIX_EPOCH + Duration::from_secs(1_000_000 + 30 * place as u64);
        File::open(path).and_then(|file| file.set_times(FileTimes::new().set_modified(time))).expect("timed");
    });
    let timed = telling_names(timed);
    assert!(timed.contains(&"planted: mtime".to_owned()) && !timed.contains(&"planted: name".to_owned()), "{timed:?}");
    // Scores in the order of casting, and scores of which one in three is where it was cast: a weak leak.
    let casting = Casting::of(&ballots);
    let scores = |place_of: &dyn Fn(usize, Ballot) -> f64| {
        let mut seen = Seen::new();
        casting.add(&mut seen, "scores", ballots.iter().enumerate().map(|(place, b)| (*b, place_of(place, *b))));
        telling_names(seen)
    };
    let drawn = |ballot: Ballot| (polls::random(ballot.0, 77) % 1_000) as f64;
    assert_eq!(scores(&|place, _| place as f64), ["scores"]);
    assert_eq!(scores(&|place, ballot| if place % 3 == 0 { place as f64 } else { drawn(ballot) }), ["scores"]);
    assert!(scores(&|_, ballot| drawn(ballot)).is_empty());
}
