//! The centre on a disk that loses power, fills up and fails: what was said to be entered stands, nothing stands twice,
//! nothing is half there.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use election::{Coded, Service};
use faults::{Disk, Faults, Mounted, Random, rounds};
use log::Checkpoint;
use record::entry::{Absence, Effect, Order, Slip};
use record::{Body, Medium};
use sanad_centre::{Became, Carrier, Centre, CentreError, CentreKeys, ImportReport};
use testing::intake::Export;
use testing::{AT, Count, World, put, start_log};

const COMMAND: &str = "cargo test --release -p sanad-centre --test crash";

/// The election, an export of the intake and sticks: made once.
struct Fixture {
    world: World,
    dir: tempfile::TempDir,
}

static FIXTURE: LazyLock<Fixture> = LazyLock::new(|| {
    let (world, dir) = (World::new(3), tempfile::tempdir().unwrap());
    let both = world.package(&Count::of("s1", [3, 2, 1, 0]));
    let differing = world.package(&Count::of("s2", [4, 1, 0, 1]));
    let folder = dir.path().join("export");
    let mut export = Export::begin(&world, &folder);
    export.add(&both);
    export.add(&differing);
    export.close();
    drop(export);
    let sticks = dir.path().join("sticks");
    put(&both, &sticks.join("s1"));
    put(&world.package(&Count { salt: 9, ..Count::of("s2", [1, 4, 0, 1]) }), &sticks.join("s2"));
    put(&world.package(&Count::of("s3", [2, 2, 2, 0])), &sticks.join("s3"));
    // Signed by the device of another station: refused, and kept.
    put(
        &world.seal(world.parts(&Count { generation: 2, ..Count::of("s3", [9, 0, 0, 0]) }), "ds1"),
        &sticks.join("forged"),
    );
    Fixture { world, dir }
});

/// What is done at a centre, in order. Each is repeated until it was said to be done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Step {
    Init,
    Network,
    Stick,
    Slip,
    Decide(&'static str),
    Match,
    Cosign,
    Announce,
    Publish,
}

const STEPS: [Step; 10] = [
    Step::Init,
    Step::Network,
    Step::Stick,
    Step::Slip,
    Step::Decide("s2"),
    Step::Decide("s3"),
    Step::Match,
    Step::Cosign,
    Step::Announce,
    Step::Publish,
];

/// A centre's day on a disk.
struct Day {
    mounted: Mounted,
    random: Random,
    weakened: Faults,
    /// How many steps were said to be done.
    done: usize,
    /// The record as it was when that was said.
    told: Vec<Checkpoint>,
    /// What imports were said to be in, by medium and name.
    arrived: BTreeSet<(Medium, String)>,
}

impl Day {
    fn dir(&self) -> PathBuf {
        self.mounted.path().join("office/centre")
    }

    fn publication(&self) -> PathBuf {
        self.mounted.path().join("publication")
    }

    fn open(&self) -> Result<Centre, CentreError> {
        Centre::open(&self.dir())
    }

    /// Does one step and says how the record stands after it.
    fn step(&mut self, step: Step) -> Result<Checkpoint, CentreError> {
        let Fixture { world, dir } = &*FIXTURE;
        if step == Step::Init {
            let (centre, record_log) = (world.pem("centre"), world.pem("record_log"));
            let keys = CentreKeys { centre: &centre, record_log: &record_log };
            return match Centre::init(&self.dir(), &world.folder, &world.leaf_0, &keys) {
                Err(CentreError::Folded(_)) => Ok(self.open()?.log().head()),
                made => Ok(made?.log().head()),
            };
        }
        let mut room = self.open()?;
        match step {
            Step::Init => unreachable!("done above"),
            Step::Network => {
                let export = dir.path().join("export");
                let position = room.import_intake_log(&export.join("intake"))?;
                let carrier = Carrier::look(&export.join("packages"))?;
                let report = room.import(&carrier, Medium::Network, Some(position), &world.centre, AT, |_| {})?;
                self.arrive(Medium::Network, &report);
            }
            Step::Stick => {
                let carrier = Carrier::look(&dir.path().join("sticks"))?;
                let report = room.import(&carrier, Medium::Stick, None, &world.centre, AT, |_| {})?;
                self.arrive(Medium::Stick, &report);
            }
            Step::Slip => {
                let counts = [Count::of("s1", [3, 2, 1, 0]), Count::of("s3", [2, 2, 2, 0])];
                let slips =
                    counts.map(|count| Body::Slip(Slip { codes: world.slip(&count), party: Some(testing::id("pa")) }));
                if room.state().evidence.values().all(|e| e.slips.is_empty()) {
                    room.report(&slips, AT)?;
                }
            }
            Step::Decide(station) => {
                let station = testing::id(station);
                let evidence = &room.state().evidence[&station];
                if evidence.heads.is_empty() {
                    let content = evidence.imports.iter().next().expect("imported before").content;
                    let absent = evidence.missing_beside(&content).map(|_| Absence::NetworkDown);
                    let order = Order { absent, ..Order::new(station, Effect::Count(content), "a reason", "a clause") };
                    room.enter(&Body::Order(order), &world.signers(&["officer_1", "officer_2"]), AT)?;
                }
            }
            Step::Match => drop(room.compare(AT)?),
            Step::Cosign => drop(room.cosigned(&world.cosign(&room.request(0)?.checkpoint))?),
            Step::Announce => {
                if room.state().announcements.is_empty() {
                    // A checkpoint that grew meanwhile has to be cosigned again.
                    room.cosigned(&world.cosign(&room.request(0)?.checkpoint))?;
                    room.announce(&world.signers(&["officer_1", "officer_2"]), AT)?;
                }
            }
            Step::Publish => room.publish(&self.publication(), AT, |_| BTreeMap::new())?,
        }
        Ok(room.log().head())
    }

    /// What an import that was said before brought is a duplicate now.
    fn arrive(&mut self, medium: Medium, report: &ImportReport) {
        if self.mounted.disk().is_off() {
            return;
        }
        for arrival in &report.arrivals {
            let key = (medium, arrival.name.clone());
            assert!(
                arrival.outcome != Became::Imported || !self.arrived.contains(&key),
                "lost: {} was imported before",
                arrival.name
            );
            self.arrived.insert(key);
        }
    }

    /// Steps from where the day stands until the disk stops them. An error of a disk that is there is an error.
    fn work(&mut self) -> Result<(), CentreError> {
        // Importing again changes nothing, at any time.
        let again = [Step::Network, Step::Stick].into_iter().filter(|_| self.done > 2).collect::<Vec<_>>();
        for step in again.into_iter().chain(STEPS[self.done..].to_vec()) {
            let head = self.step(step);
            if self.mounted.disk().is_off() {
                return Ok(());
            }
            self.told.push(head?);
            if STEPS.get(self.done) == Some(&step) {
                self.done += 1;
            }
        }
        Ok(())
    }

    /// The record continues all that was told, its contents are whole, and a publication that is there is whole.
    fn check(&self) -> Result<(), String> {
        self.check_publication()?;
        let room = match self.open() {
            Ok(room) => room,
            Err(CentreError::Folded(_)) if self.done == 0 => return Ok(()),
            Err(error) => return Err(format!("lost: {error}")),
        };
        for told in &self.told {
            if room.log().root_at(told.size).ok() != Some(told.root) {
                return Err(format!("rolled back from {} to {} leaves", told.size, room.log().size()));
            }
        }
        if let Some(problem) = room.check(|_, _| {}).problems.first() {
            return Err(format!("a leaf without its content: {problem}"));
        }
        room.figures().map(drop).map_err(|error| error.to_string())
    }

    fn check_publication(&self) -> Result<(), String> {
        let to = self.publication();
        let said = self.done == STEPS.len();
        let Ok(manifest) = std::fs::read_to_string(to.join("manifest-sha256.txt")) else {
            return match to.exists() || said {
                true => Err("half a publication: no manifest".into()),
                false => Ok(()),
            };
        };
        for line in manifest.lines() {
            let (hash, path) = line.split_once("  ").ok_or("half a publication: its manifest")?;
            let bytes = std::fs::read(to.join(path)).map_err(|e| format!("half a publication: {path}: {e}"))?;
            if sign::sha256(&bytes).hex() != hash {
                return Err(format!("half a publication: {path}"));
            }
        }
        for (name, service) in [("record", Service::RecordLog), ("intake", Service::IntakeLog)] {
            let world = &FIXTURE.world;
            let key = log::NoteKey::new(
                &format!("tiny/{name}"),
                log::note::NoteAlgorithm::Ed25519,
                sign::Signer::public_key(&world.keys[service.as_str()]).clone(),
            );
            log::read_static(&log::FolderStore::new(to.join(name)), &key.unwrap())
                .map_err(|problems| format!("half a publication: {name}: {}", problems[0]))?;
        }
        Ok(())
    }

    /// At the end of the day: every kind of leaf as often as it was entered.
    fn check_end(&self) -> Result<(), String> {
        let room = self.open().map_err(|error| error.to_string())?;
        let mut kinds = BTreeMap::<String, usize>::new();
        for leaf in room.log().leaves() {
            *kinds.entry(sign::dsse::Envelope::parse(leaf).unwrap().kind().to_owned()).or_default() += 1;
        }
        let times = |kind: &str| kinds.iter().filter(|(k, _)| k.contains(kind)).map(|(_, n)| n).sum::<usize>();
        let found = ["freeze", "import", "refused", "slip", "order", "match", "announcement", "publication"].map(times);
        match found {
            [1, 5, 1, 2, 2, 1, 1, 1] => Ok(()),
            _ => Err(format!("entered twice or not at all: {kinds:?}")),
        }
    }
}

fn day(seed: u64, weakened: Faults) -> Day {
    let (done, told, arrived) = (0, Vec::new(), BTreeSet::new());
    Day { mounted: Mounted::new(Disk::new(seed)), random: Random::new(seed), weakened, done, told, arrived }
}

/// Runs the day, and prints what was asked of the disk where one seed is looked at.
fn run(mut day: Day, round: impl Fn(&mut Day) -> Result<(), String>) -> Result<(), String> {
    day.mounted.disk().trace();
    let result = round(&mut day);
    if result.is_err() && std::env::var(rounds::SEED).is_ok() {
        println!("{}", day.mounted.disk().traced().join("\n"));
    }
    result
}

/// Changes of a whole day, more or less.
const CHANGES: u64 = 800;
const SYNCS: u64 = 300;

/// The power goes, or the process is killed, three times at drawn moments; then the day is brought to its end.
fn stops(day: &mut Day) -> Result<(), String> {
    if day.weakened != Faults::default() {
        // What is weakened is the work of the day, not what it begins with: that alone would be lost every time.
        let head = day.step(Step::Init).map_err(|error| error.to_string())?;
        day.told.push(head);
        day.done = 1;
        day.mounted.power_cycle();
    }
    for _ in 0..3 {
        let at = Some(1 + day.random.below(CHANGES));
        let kill = day.random.once_in(3);
        day.mounted.disk().set(match kill {
            true => Faults { kill_at: at, ..day.weakened },
            false => Faults { power_loss_at: at, ..day.weakened },
        });
        day.work().map_err(|error| format!("{}: {error}", error.code()))?;
        match kill && day.mounted.disk().is_off() {
            true => day.mounted.disk().revive(),
            false => day.mounted.power_cycle(),
        }
        day.mounted.disk().set(day.weakened);
        day.check()?;
    }
    finish(day)
}

fn finish(day: &mut Day) -> Result<(), String> {
    day.mounted.disk().set(day.weakened);
    day.work().map_err(|error| format!("{}: {error}", error.code()))?;
    day.mounted.power_cycle();
    day.mounted.disk().set(day.weakened);
    day.check()?;
    day.check_end()
}

/// The disk is full, read-only or refuses a write or a sync: it is said in words, and nothing is half entered.
fn broken(day: &mut Day) -> Result<(), String> {
    let (at, sync) = (Some(1 + day.random.below(CHANGES)), Some(1 + day.random.below(SYNCS)));
    let (faults, words) = match day.random.below(4) {
        0 => (Faults { full_from: at, ..Faults::default() }, "No space left on device"),
        1 => (Faults { read_only_from: at, ..Faults::default() }, "Read-only file system"),
        2 => (Faults { fail_write_at: at, ..Faults::default() }, "Input/output error"),
        _ => (Faults { fail_sync_at: sync, ..Faults::default() }, "Input/output error"),
    };
    day.mounted.disk().set(faults);
    if let Err(error) = day.work()
        && (!error.to_string().contains(words) || !["centre.disk", "store.io"].contains(&error.code()))
    {
        return Err(format!("{faults:?}: {}: {error}", error.code()));
    }
    let counts = day.mounted.disk().counts();
    if !counts.after_failed_sync.is_empty() {
        return Err(format!("{faults:?}: it went on with {:?}", counts.after_failed_sync));
    }
    if counts.failed_sync.is_some_and(|failed| failed.contains("SyncFolder")) {
        day.mounted.power_cycle();
    }
    day.mounted.disk().set(Faults::default());
    day.check()?;
    finish(day)
}

#[test]
fn power_loss_at_any_moment_takes_back_nothing_and_doubles_nothing() {
    rounds::hold(30, COMMAND, |seed| run(day(seed, Faults::default()), stops));
}

#[test]
#[ignore = "slow: a thousand rounds"]
fn a_thousand_rounds_of_power_loss() {
    rounds::hold(1_000, COMMAND, |seed| run(day(seed, Faults::default()), stops));
}

#[test]
fn st5_a_full_read_only_or_failing_disk_is_said_and_nothing_is_half_entered() {
    rounds::hold(20, COMMAND, |seed| run(day(seed, Faults::default()), broken));
}

#[test]
#[ignore = "slow: a thousand rounds"]
fn a_thousand_rounds_of_a_failing_disk() {
    rounds::hold(1_000, COMMAND, |seed| run(day(seed, Faults::default()), broken));
}

#[test]
fn the_harness_finds_a_centre_without_fsync_of_folders() {
    let weakened = Faults { ignore_sync_folder: true, ..Faults::default() };
    let lost = rounds::count_lost(10, |seed| run(day(seed, weakened), stops));
    assert!(lost.lost > 5, "{lost:?}");
}

#[test]
fn the_harness_finds_a_centre_without_fsync_of_files() {
    let weakened = Faults { ignore_sync_file: true, ..Faults::default() };
    let lost = rounds::count_lost(10, |seed| run(day(seed, weakened), stops));
    assert!(lost.lost > 5, "{lost:?}");
}

/// A centre at the end of its day, in an ordinary folder.
fn whole_day() -> Day {
    let mut day = day(1, Faults::default());
    day.work().unwrap();
    assert_eq!(day.done, STEPS.len());
    let counts = day.mounted.disk().counts();
    let (changes, syncs) = (counts.changes, counts.syncs);
    assert!((CHANGES..2 * CHANGES).contains(&changes), "stops are drawn from {CHANGES} changes of {changes}");
    assert!((SYNCS..2 * SYNCS).contains(&syncs), "failures are drawn from {SYNCS} syncs of {syncs}");
    day
}

fn copy(from: &Path, to: &Path) {
    let _ = std::fs::remove_dir_all(to);
    let copied = std::process::Command::new("cp").args(["-a", "--"]).args([from, to]).status().unwrap();
    assert!(copied.success());
}

/// LG3: a record that was brought back from a backup is not opened, and a witness who remembers more stops it as well.
#[test]
fn lg3_a_record_that_was_restored_from_a_backup_halts_the_centre() {
    let mut day = day(1, Faults::default());
    for step in &STEPS[..7] {
        day.step(*step).unwrap();
    }
    let (record, everything) = (FIXTURE.dir.path().join("old-record"), FIXTURE.dir.path().join("old-centre"));
    copy(&day.dir().join("record"), &record);
    copy(&day.dir(), &everything);
    let seen = day.step(Step::Announce).unwrap().size;
    day.step(Step::Cosign).unwrap();
    copy(&record, &day.dir().join("record"));
    let error = day.open().err().expect("it went back");
    assert_eq!(error.code(), "log.rollback", "{error}");
    assert!(error.next().contains("append nothing"));
    // Where all of the disk went back, the witnesses are those who remember.
    copy(&everything, &day.dir());
    let error = day.open().unwrap().request(seen).unwrap_err();
    assert_eq!((error.code(), error.to_string().contains(&format!("of {seen}"))), ("log.rollback", true), "{error}");
}

/// LG3: an intake that was restored from a backup brings a log that does not continue the one it brought before.
#[test]
fn lg3_an_intake_log_that_went_back_is_not_imported() {
    let Fixture { world, dir } = &*FIXTURE;
    let day = whole_day();
    let (shorter, other) = (dir.path().join("shorter"), dir.path().join("other"));
    start_log(world, &shorter, "intake", Service::IntakeLog).append(&[b"a label".to_vec()]).unwrap();
    let leaves = [b"a label".to_vec(), b"b".to_vec(), b"c".to_vec()];
    start_log(world, &other, "intake", Service::IntakeLog).append(&leaves).unwrap();
    let mut room = day.open().unwrap();
    assert_eq!(room.import_intake_log(&shorter).unwrap_err().code(), "centre.intake_log");
    assert_eq!(room.import_intake_log(&other).unwrap_err().code(), "centre.intake_log");
    room.import_intake_log(&dir.path().join("export/intake")).unwrap();
}

/// TB4 (part): a batch whose content is gone is missed, by its station, before any figure is shown; importing either
/// medium again brings it back, and enters nothing.
#[test]
fn tb4_a_batch_that_is_gone_from_the_disk_is_missed_before_any_figure_is_shown() {
    let mut day = whole_day();
    let room = day.open().unwrap();
    let content = room.state().evidence[&testing::id("s1")].imports.first().unwrap().content;
    let named = |path: &std::path::PathBuf| path.to_string_lossy().contains(&content.results_manifest.hex());
    let mut folders = std::fs::read_dir(day.dir().join("contents")).unwrap().map(|entry| entry.unwrap().path());
    let folder = folders.find(named).expect("its folder");
    std::fs::remove_dir_all(&folder).unwrap();
    let error = room.outcome().expect_err("its figures are gone");
    assert_eq!(error.code(), "centre.content");
    assert!(error.to_string().contains(&content.results_manifest.hex()), "{error}");
    drop(room);
    assert_eq!(day.step(Step::Publish).unwrap_err().code(), "centre.content", "and nothing is published without it");
    let before = day.open().unwrap().log().size();
    day.step(Step::Stick).unwrap();
    assert_eq!(day.open().unwrap().log().size(), before);
    day.step(Step::Publish).unwrap();
    // A document that rots is not published either.
    std::fs::write(folder.join("slip.pdf"), b"another slip").unwrap();
    let error = day.step(Step::Publish).unwrap_err();
    assert_eq!((error.code(), error.to_string().contains("slip.pdf")), ("centre.content", true), "{error}");
}

/// What a killed import left is found whole by the next one, and not written again: it must be durable before a leaf
/// names it.
#[test]
fn a_content_that_a_killed_import_left_is_durable_before_its_leaf() {
    let Fixture { world, dir } = &*FIXTURE;
    let mut killed = 0;
    for at in 1..200 {
        let mut day = day(at, Faults::default());
        day.step(Step::Init).unwrap();
        let import = |day: &Day| {
            let carrier = Carrier::look(&dir.path().join("sticks/s1"))?;
            day.open()?.import(&carrier, Medium::Stick, None, &world.centre, AT, |_| {})
        };
        day.mounted.disk().set(Faults { kill_at: Some(at), ..Faults::default() });
        let _ = import(&day);
        let ended = !day.mounted.disk().is_off();
        day.mounted.disk().revive();
        day.mounted.disk().set(Faults::default());
        import(&day).unwrap();
        day.mounted.power_cycle();
        day.check().unwrap_or_else(|what| panic!("killed after change {at}: {what}"));
        if ended {
            break;
        }
        killed += 1;
    }
    assert!(killed > 40, "{killed}");
}

/// A publication that was cut off is made again, whatever lies about.
#[test]
fn a_publication_that_was_cut_off_is_made_again() {
    let mut stopped = 0;
    for at in (1..200).step_by(9) {
        let mut day = day(at, Faults::default());
        for step in &STEPS[..9] {
            day.step(*step).unwrap();
        }
        day.mounted.disk().set(Faults { power_loss_at: Some(at), ..Faults::default() });
        let _ = day.step(Step::Publish);
        stopped += u32::from(day.mounted.disk().is_off());
        day.mounted.power_cycle();
        day.mounted.disk().set(Faults::default());
        day.check_publication().unwrap();
        day.step(Step::Publish).unwrap();
        day.step(Step::Publish).unwrap();
        day.mounted.power_cycle();
        day.done = STEPS.len();
        day.check_publication().unwrap();
    }
    assert!(stopped > 10, "{stopped}");
}

/// The disk fails after the leaf of a publication: the next start knows that its folder is wanting, and that very publication is
/// written, with no other leaf.
#[test]
fn a_publication_that_was_entered_and_not_written_is_written_as_it_was_entered() {
    let mut wanting = 0;
    for at in (1..200).step_by(13) {
        let mut day = day(at, Faults::default());
        for step in &STEPS[..9] {
            day.step(*step).unwrap();
        }
        let is_full = at % 2 == 0;
        day.mounted.disk().set(match is_full {
            true => Faults { full_from: Some(at), ..Faults::default() },
            false => Faults { power_loss_at: Some(at), ..Faults::default() },
        });
        let _ = day.step(Step::Publish);
        if !is_full {
            day.mounted.power_cycle();
        }
        day.mounted.disk().set(Faults::default());
        let published = |day: &Day| {
            let manifest = std::fs::read(day.publication().join("manifest-sha256.txt")).ok();
            manifest.map(|bytes| election::Digest::of(&bytes))
        };
        let room = day.open().unwrap();
        let entered = room.state().publications.clone();
        let size = room.log().size();
        if let Some(own) = entered.last().filter(|own| published(&day) != Some(own.manifest)) {
            wanting += 1;
            assert!(room.is_unwritten().unwrap(), "change {at}: {own:?}");
            let steps: Vec<_> = room.open_steps().unwrap().into_iter().map(|open| open.step).collect();
            assert!(steps.contains(&sanad_centre::Step::Publish), "change {at}: {steps:?}");
        }
        drop(room);
        day.step(Step::Publish).unwrap();
        let room = day.open().unwrap();
        let after = &room.state().publications;
        assert!(after.len() == 1 && (entered.is_empty() || (*after == entered && room.log().size() == size)));
        assert_eq!(published(&day), Some(after[0].manifest), "change {at}");
        assert!(!room.is_unwritten().unwrap());
        day.check_publication().unwrap();
    }
    assert!(wanting > 3, "{wanting}");
}

/// A preparation that was cut off is repeated, and a record that is gone from a centre that worked is not begun anew.
#[test]
fn an_init_that_was_cut_off_is_repeated() {
    for at in 1..90 {
        let mut day = day(at, Faults::default());
        day.mounted.disk().set(Faults { power_loss_at: Some(at), ..Faults::default() });
        let made = day.step(Step::Init).is_ok() && !day.mounted.disk().is_off();
        day.mounted.power_cycle();
        day.mounted.disk().set(Faults::default());
        match day.open() {
            Ok(_) => {}
            Err(error) => assert!(!made && error.code() == "centre.folder", "change {at}: {error}"),
        }
        day.step(Step::Init).unwrap();
        assert_eq!(day.open().unwrap().log().size(), 1);
    }
    let day = whole_day();
    std::fs::remove_dir_all(day.dir().join("record")).unwrap();
    let world = &FIXTURE.world;
    let (centre, record_log) = (world.pem("centre"), world.pem("record_log"));
    let keys = CentreKeys { centre: &centre, record_log: &record_log };
    let error = Centre::init(&day.dir(), &world.folder, &world.leaf_0, &keys).err().expect("it has contents");
    assert_eq!(error.code(), "centre.folder");
    assert_eq!(day.open().err().expect("no record").code(), "log.absent");
}
