//! SK: what a memory stick may do.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::ffi::OsString;
use std::io::{self, Read};
use std::os::unix::ffi::OsStringExt;
use std::os::unix::fs::symlink;
use std::path::Path;
use std::rc::Rc;

use election::Digest;
use package::make::Package;
use package::{Label, Part};
use proptest::prelude::*;
use record::{Medium, Standing};
use sanad_centre::{Became, Carrier, Entries, Kind, MOST_ENTRIES, MOST_NAMED, Mounted, Source};
use sign::Signer;
use testing::{Count, World, put};

use crate::common::{Desk, WORLD, became, files_below, package};

#[test]
fn sk1_only_expected_ordinary_files_are_read_and_the_rest_is_named() {
    let mut desk = Desk::new();
    let (good, other) = (package("s1", [3, 2, 0, 0]), package("s2", [1, 1, 0, 0]));
    let (stick, elsewhere) = (desk.at("stick"), desk.at("elsewhere"));
    put(&good, &stick.join("s1"));
    put(&other, &elsewhere);
    let at = |name: &str| stick.join(name);
    for part in Part::ALL {
        symlink(elsewhere.join(other.name.of(part)), at(&other.name.of(part))).unwrap();
    }
    symlink("/dev/zero", at("s3-ds3-1.results.age")).unwrap();
    symlink(&stick, at("loop")).unwrap();
    symlink(&elsewhere, at("s2")).unwrap();
    assert!(std::process::Command::new("mkfifo").arg(at("s3-ds3-1.images.age")).status().unwrap().success());
    let _socket = std::os::unix::net::UnixListener::bind(at("s3-ds3-1.label.json")).unwrap();
    // The same name in other letters, a stream of NTFS, autorun, a name of 255 bytes, and one that is no text.
    std::fs::write(at("s1/S1-DS1-1.results.age"), "other").unwrap();
    std::fs::write(at("s1/s1-ds1-1.results.age:hidden"), "stream").unwrap();
    std::fs::write(at("autorun.inf"), "[autorun]").unwrap();
    std::fs::write(at(&"n".repeat(255)), "long").unwrap();
    std::fs::write(stick.join(OsString::from_vec(b"s1-ds1-1.label.json\xff\n".to_vec())), "no text").unwrap();
    // As deep as a path can be: what lies there is not looked for.
    let deep = (0..14).fold(at("deep"), |path, _| path.join("d".repeat(255)));
    std::fs::create_dir_all(&deep).unwrap();
    put(&other, &deep);

    let report = desk.carry(&Carrier::look(&stick).unwrap(), Medium::Stick);
    assert_eq!(became(&report), [("s1-ds1-1", "imported", "")]);
    assert_eq!(report.arrivals[0].folder, "s1");
    let named: Vec<(&str, &str)> = report.skipped.first.iter().map(|s| (s.path.as_str(), s.why.as_str())).collect();
    let (special, strange) = ("not an ordinary file", "not a file of a package");
    let long = "n".repeat(255);
    for expected in [
        ("autorun.inf", strange),
        ("loop", special),
        ("s2", special),
        ("s2-ds2-1.label.json", special),
        ("s2-ds2-1.results.age", special),
        ("s2-ds2-1.images.age", special),
        ("s3-ds3-1.label.json", special),
        ("s3-ds3-1.results.age", special),
        ("s3-ds3-1.images.age", special),
        ("s1/S1-DS1-1.results.age", strange),
        ("s1/s1-ds1-1.results.age:hidden", strange),
        (long.as_str(), strange),
        ("s1-ds1-1.label.json\u{fffd}\\n", strange),
    ] {
        assert!(named.contains(&expected), "{expected:?} is not among {named:#?}");
    }
    assert!(named.iter().any(|(path, why)| path.starts_with("deep/") && *why == "a folder too deep"));
    assert_eq!((report.skipped.count, report.unreadable.count), (14, 0));
    // Nothing of what was left alone is on the centre's disk.
    let kept = files_below(&desk.at("centre"));
    assert!(kept.values().all(|bytes| *bytes != other.label && bytes != b"other" && bytes != b"stream"));
}

/// A medium that says what it likes of its entries.
struct Says<L, O> {
    list: L,
    open: O,
}

impl<L, O> Source for Says<L, O>
where
    L: Fn(&Path) -> io::Result<Entries>,
    O: Fn(&Path) -> io::Result<Box<dyn Read>>,
{
    fn list(&self, folder: &Path) -> io::Result<Entries> {
        (self.list)(folder)
    }

    fn open(&self, path: &Path) -> io::Result<Box<dyn Read>> {
        (self.open)(path)
    }
}

fn entries(names: impl IntoIterator<Item = String, IntoIter: 'static>) -> Entries {
    Box::new(names.into_iter().map(|name| Ok((name.into(), Kind::File))))
}

fn look(
    list: impl Fn(&Path) -> io::Result<Entries> + 'static,
    open: impl Fn(&Path) -> io::Result<Box<dyn Read>> + 'static,
) -> Carrier {
    Carrier::look_through(Box::new(Says { list, open })).unwrap()
}

#[test]
fn sk1_a_pipe_or_link_that_was_listed_as_a_file_is_not_read() {
    let mut desk = Desk::new();
    let stick = desk.at("stick");
    let good = package("s1", [3, 2, 0, 0]);
    put(&good, &stick);
    std::fs::rename(stick.join("s1-ds1-1.results.age"), desk.at("elsewhere.age")).unwrap();
    for is_pipe in [true, false] {
        let name = stick.join("s1-ds1-1.results.age");
        if is_pipe {
            assert!(std::process::Command::new("mkfifo").arg(&name).status().unwrap().success());
        } else {
            symlink(desk.at("elsewhere.age"), &name).unwrap();
        }
        let mounted = Mounted(stick.clone());
        let carrier = look(
            |_| Ok(entries(Part::ALL.map(|part| format!("s1-ds1-1.{}", part.suffix())))),
            move |path| mounted.open(path),
        );
        let report = desk.carry(&carrier, Medium::Stick);
        assert_eq!(became(&report), [("s1-ds1-1", "unreadable", "import.unreadable")], "{is_pipe}");
        let (_, what) = report.arrivals[0].reason.as_ref().unwrap();
        assert!(what.starts_with("s1-ds1-1.results.age: ") && what.contains("not an ordinary file"), "{what}");
        std::fs::remove_file(name).unwrap();
    }
    assert_eq!(desk.room.log().size(), 1, "nothing is entered");
}

#[test]
fn sk1_a_million_names_cost_neither_memory_nor_the_packages_among_them() {
    let mut desk = Desk::new();
    let (stick, good) = (desk.at("stick"), package("s1", [3, 2, 0, 0]));
    put(&good, &stick);
    let mounted = Rc::new(Mounted(stick));
    // The package stands among a million names, and behind more than any medium can have.
    let listed = |endless: bool| -> Entries {
        let package = Part::ALL.map(|part| format!("s1-ds1-1.{}", part.suffix()));
        let junk = |count: u64| (0..count).map(|n| format!("junk-{n}"));
        if endless {
            entries(package.into_iter().chain(junk(u64::MAX)))
        } else {
            entries(junk(1_000_000).chain(package))
        }
    };
    for (endless, count) in [(false, 1_000_000), (true, MOST_ENTRIES - 3)] {
        let mounted = mounted.clone();
        let carrier = look(move |_| Ok(listed(endless)), move |path| mounted.open(path));
        assert_eq!((carrier.skipped.count, carrier.skipped.first.len()), (count, MOST_NAMED));
        assert_eq!(carrier.unreadable.count, usize::from(endless), "{:?}", carrier.unreadable);
        let report = desk.carry(&carrier, Medium::Stick);
        let expected = if endless { "duplicate" } else { "imported" };
        assert_eq!(became(&report), [("s1-ds1-1", expected, "")]);
    }
}

#[test]
fn sk1_huge_files_are_neither_read_nor_kept_beyond_their_bounds() {
    let mut desk = Desk::new();
    let stick = desk.at("stick");
    let huge = |path: &Path| std::fs::File::create(path).unwrap().set_len(3 << 40).unwrap();
    // A huge label, a huge part of a package of an unknown device, and huge parts beside a good label.
    for (station, part) in [("s1", Part::Label), ("s2", Part::Images), ("s3", Part::Results), ("s4", Part::Images)] {
        let folder = stick.join(station);
        let count = Count::of(station, [3, 2, 0, 0]);
        let package = match station {
            "s2" => WORLD.seal(WORLD.parts(&count), "ds1"),
            _ => WORLD.package(&count),
        };
        put(&package, &folder);
        huge(&folder.join(package.name.of(part)));
    }
    let report = desk.carry(&Carrier::look(&stick).unwrap(), Medium::Stick);
    let refused = |name, code| (name, "refused", code);
    assert_eq!(
        became(&report),
        [
            refused("s1-ds1-1", "dsse.size"),
            refused("s2-ds2-1", "dsse.key"),
            refused("s3-ds3-1", "label.file"),
            refused("s4-ds4-1", "label.file")
        ]
    );
    let told = |index: usize| report.arrivals[index].notes.join("; ");
    assert!(told(1).contains("images.age is too large to be kept here"), "{}", told(1));
    let kept: usize = files_below(&desk.at("centre/refused")).values().map(Vec::len).sum();
    assert!(kept < 64 << 20, "{kept} bytes are kept");
}

/// Opens the results of a package, changes the archive inside, and seals, labels and signs it anew as its device would.
fn repacked(world: &World, count: &Count<'_>, change: impl FnOnce(Vec<u8>) -> Vec<u8>) -> Package {
    let package = world.package(count);
    let archive = change(testing::unseal(&package.results_age, &world.centre));
    let (mut label, _) = Label::parse(&package.label).unwrap();
    let results_age = testing::seal(&archive, &world.recipients(&label.station).results);
    label.results.sha256 = Digest::of(&results_age);
    label.results.bytes = results_age.len() as u64;
    let device: &dyn Signer = &world.keys[label.device.as_str()];
    Package { label: label.sign(device).unwrap(), results_age, ..package }
}

/// Writes `name` and `kind` into the header of the first file, with the right checksum.
fn rename_first(mut archive: Vec<u8>, name: &str, kind: u8, link: &str) -> Vec<u8> {
    archive[..100].fill(0);
    archive[..name.len()].copy_from_slice(name.as_bytes());
    archive[156] = kind;
    archive[157..157 + link.len()].copy_from_slice(link.as_bytes());
    archive[148..156].fill(b' ');
    let sum: u32 = archive[..512].iter().map(|byte| u32::from(*byte)).sum();
    archive[148..156].copy_from_slice(format!("{sum:06o}\0 ").as_bytes());
    archive
}

#[test]
fn sk2_an_archive_that_would_write_elsewhere_is_refused_and_nothing_is_extracted() {
    let mut desk = Desk::new();
    let outside = desk.at("outside");
    std::fs::create_dir_all(&outside).unwrap();
    let absolute = outside.join("absolute").to_str().unwrap().to_owned();
    let climbing = format!("{}outside/climbed", "../".repeat(20));
    let cases = [
        ("../../../outside/climbed", b'0', "", "archive.name"),
        (climbing.as_str(), b'0', "", "archive.name"),
        (absolute.as_str(), b'0', "", "archive.name"),
        ("data/a/../../b", b'0', "", "archive.name"),
        ("data\\..\\b", b'0', "", "archive.name"),
        ("bag-info.txt", b'2', "/etc/passwd", "archive.form"),
        ("bag-info.txt", b'1', "../../../record/checkpoint", "archive.form"),
        ("bag-info.txt", b'5', "", "archive.form"),
        ("bag-info.txt", b'6', "", "archive.form"),
        ("bag-info.txt", b'x', "", "archive.form"),
    ];
    for (number, (name, kind, link, code)) in cases.into_iter().enumerate() {
        let count = Count { salt: number as u8, ..Count::of("s1", [3, 2, 0, 0]) };
        let evil = repacked(&WORLD, &count, |archive| rename_first(archive, name, kind, link));
        let stick = desk.at(&format!("stick-{number}"));
        put(&evil, &stick);
        let report = desk.carry(&Carrier::look(&stick).unwrap(), Medium::Stick);
        assert_eq!(became(&report), [("s1-ds1-1", "refused", code)], "{name} {}", kind as char);
        // It is kept as it came, and nothing of it lies anywhere else.
        let hash = Digest::of(&evil.label).hex();
        let kept = files_below(&desk.at("centre/refused").join(hash));
        let kept: BTreeMap<&str, &[u8]> =
            kept.iter().map(|(path, bytes)| (path.file_name().unwrap().to_str().unwrap(), bytes.as_slice())).collect();
        let sent = [("label.json", &evil.label), ("results.age", &evil.results_age), ("images.age", &evil.images_age)];
        assert_eq!(kept, sent.map(|(name, bytes)| (name, bytes.as_slice())).into());
        assert!(!desk.at("centre/contents").exists());
    }
    assert!(files_below(&outside).is_empty());
    // The same way of repacking, without a change, is accepted: it is the archive that was refused.
    let good = repacked(&WORLD, &Count::of("s1", [3, 2, 0, 0]), |archive| archive);
    desk.stick(&[&good]);
}

#[test]
fn sk3_other_bytes_on_a_second_reading_are_never_read() {
    let (shown, hidden) = (package("s1", [3, 2, 0, 0]), package("s1", [0, 5, 0, 0]));
    let parts = |package: &Package| {
        let bytes = [&package.label, &package.results_age, &package.images_age];
        ["label.json", "results.age", "images.age"].into_iter().zip(bytes.map(Vec::clone)).collect::<BTreeMap<_, _>>()
    };
    // What is shown first comes in; what is shown later is not even asked for.
    for (first, later, outcome) in [(&shown, &hidden, "imported"), (&hidden, &shown, "imported")] {
        let mut desk = Desk::new();
        let opened: Rc<RefCell<BTreeMap<String, usize>>> = Rc::default();
        let (first_parts, later_parts, counts) = (parts(first), parts(later), opened.clone());
        let carrier = look(
            |_| Ok(entries(Part::ALL.map(|part| format!("s1-ds1-1.{}", part.suffix())))),
            move |path| {
                let part = path.to_str().unwrap().strip_prefix("s1-ds1-1.").unwrap().to_owned();
                let mut counts = counts.borrow_mut();
                let times = counts.entry(part.clone()).or_default();
                *times += 1;
                let bytes = if *times == 1 { &first_parts } else { &later_parts };
                Ok(Box::new(io::Cursor::new(bytes[part.as_str()].clone())))
            },
        );
        let report = desk.carry(&carrier, Medium::Stick);
        assert_eq!(became(&report), [("s1-ds1-1", outcome, "")]);
        assert_eq!(opened.borrow().values().copied().collect::<Vec<_>>(), [1, 1, 1], "each file once");
        let import = desk.room.state().evidence.values().flat_map(|e| &e.imports).next().unwrap().clone();
        assert_eq!(import.label, Digest::of(&first.label));
        let kept = desk.room.contents().results(&import.content).unwrap();
        assert_eq!(kept.contests[0].votes[&testing::id("lb")], if std::ptr::eq(first, &shown) { 2 } else { 5 });
    }
    // Bytes that do not belong together are refused, however good they would be the second time.
    let mut desk = Desk::new();
    let (first_parts, later_parts) = (parts(&shown), parts(&hidden));
    let carrier = look(
        |_| Ok(entries(Part::ALL.map(|part| format!("s1-ds1-1.{}", part.suffix())))),
        move |path| {
            let bytes = if path.to_str().unwrap().ends_with("results.age") { &later_parts } else { &first_parts };
            let part = path.to_str().unwrap().strip_prefix("s1-ds1-1.").unwrap();
            Ok(Box::new(io::Cursor::new(bytes[part].clone())))
        },
    );
    assert_eq!(became(&desk.carry(&carrier, Medium::Stick)), [("s1-ds1-1", "refused", "label.file")]);
}

#[test]
fn sk4_each_package_of_a_stick_stands_by_itself_and_what_lacks_is_named() {
    let mut desk = Desk::new();
    let stick = desk.at("stick");
    // Two offices; another election whose stations have the same names; another round; and a package with a part lost.
    let (one, two) = (package("s1", [3, 2, 0, 0]), package("s2", [1, 4, 0, 0]));
    put(&one, &stick.join("s1"));
    put(&two, &stick.join("s2"));
    let mut folder = testing::folder(4);
    let toml = testing::TOML.replace("election = \"tiny\"", "election = \"other\"");
    folder.files.insert("election.toml".into(), toml.into_bytes());
    let other = World::of(folder);
    put(&other.package(&Count::of("s3", [5, 0, 0, 0])), &stick.join("other"));
    let mut round = WORLD.parts(&Count::of("s3", [5, 0, 0, 0]));
    round.results.scope.round = 2;
    round.zero.scope.round = 2;
    put(&WORLD.seal(round, "ds3"), &stick.join("round"));
    put(&package("s4", [2, 2, 0, 0]), &stick.join("s4"));
    std::fs::remove_file(stick.join("s4/s4-ds4-1.images.age")).unwrap();

    let report = desk.carry(&Carrier::look(&stick).unwrap(), Medium::Stick);
    assert_eq!(
        became(&report),
        [
            ("s1-ds1-1", "imported", ""),
            ("s2-ds2-1", "imported", ""),
            ("s3-ds3-1", "refused", "label.scope"),
            ("s3-ds3-1", "refused", "label.scope"),
            ("s4-ds4-1", "refused", "import.incomplete"),
        ]
    );
    let offices: Vec<_> = report.arrivals.iter().map(|a| a.office.as_ref().map(|o| o.as_str())).collect();
    assert_eq!(offices, [Some("north"), Some("south"), Some("north"), Some("north"), Some("south")]);
    let missing: Vec<&str> = report.missing.first.iter().map(|s| s.as_str()).collect();
    assert_eq!((report.missing.count, missing), (2, vec!["s3", "s4"]), "no stick of theirs has come");
    assert_eq!((desk.standing("s1"), desk.standing("s4")), (Standing::Arrived, Standing::Missing));

    // A stick without a package says so, and still what lacks.
    std::fs::create_dir(desk.at("empty")).unwrap();
    let report = desk.carry(&Carrier::look(&desk.at("empty")).unwrap(), Medium::Stick);
    assert_eq!((report.arrivals.len(), report.missing.count), (0, 2));
    // The whole package of s4, later.
    let report = desk.stick(&[&package("s4", [2, 2, 0, 0])]);
    assert_eq!(report.missing.first, [testing::id("s3")]);
}

#[test]
fn sk4_a_package_under_another_stations_name_is_refused_and_under_its_folder_told() {
    let mut desk = Desk::new();
    let stick = desk.at("stick");
    let one = package("s1", [3, 2, 0, 0]);
    put(&one, &stick.join("s2"));
    let two = package("s2", [1, 4, 0, 0]);
    std::fs::create_dir_all(stick.join("renamed")).unwrap();
    for (part, bytes) in [(Part::Label, &two.label), (Part::Results, &two.results_age), (Part::Images, &two.images_age)]
    {
        std::fs::write(stick.join("renamed").join(format!("s3-ds3-1.{}", part.suffix())), bytes).unwrap();
    }
    let report = desk.carry(&Carrier::look(&stick).unwrap(), Medium::Stick);
    assert_eq!(became(&report), [("s1-ds1-1", "imported", ""), ("s3-ds3-1", "refused", "import.name")]);
    assert_eq!(report.arrivals[0].notes, ["it lies in a folder of the station 's2'"]);
    // The folders of an export are named after the package and its hash.
    let export = desk.at("export");
    put(&one, &export.join("s1-ds1-1.0123456789abcdef"));
    put(&two, &export.join("s1-ds1-1.fedcba9876543210"));
    let report = desk.carry(&Carrier::look(&export).unwrap(), Medium::Stick);
    assert_eq!(report.arrivals[0].notes, [""; 0]);
    assert_eq!(report.arrivals[1].notes, ["it lies in a folder of the station 's1'"]);
}

/// What comes for the three stations of SK6, one arrival each.
#[derive(Clone, Copy, Debug)]
enum Comes {
    Network(usize),
    Stick(usize),
    Slip,
}

#[test]
fn sk6_a_stick_before_the_network_and_a_network_a_day_later() {
    let mut desk = Desk::new();
    let (same, other) = (package("s1", [3, 2, 0, 0]), package("s1", [2, 3, 0, 0]));
    desk.stick(&[&same]);
    assert_eq!(desk.standing("s1"), Standing::Arrived, "the stick alone");
    // The export of that evening holds another station; the day after it has grown.
    let folder = tempfile::tempdir().unwrap();
    let mut export = testing::intake::Export::begin(&WORLD, folder.path());
    export.add(&package("s2", [1, 1, 0, 0]));
    desk.export(folder.path()).unwrap();
    desk.room = desk.open().unwrap();
    export.add(&same);
    export.close();
    let report = desk.export(folder.path()).unwrap();
    assert_eq!(became(&report), [("s1-ds1-1", "imported", ""), ("s2-ds2-1", "duplicate", "")]);
    assert_eq!(desk.standing("s1"), Standing::Matched);
    // No tile of the smaller log is left over: a stranger would find it.
    desk.publish().unwrap();
    desk.passes();
    // An export that shows another history is refused, and so is one that is cut.
    let rewritten = tempfile::tempdir().unwrap();
    let mut export = testing::intake::Export::begin(&WORLD, rewritten.path());
    (0..3).for_each(|_| export.add(&other));
    assert_eq!(election::Coded::code(&desk.export(rewritten.path()).unwrap_err()), "centre.intake_log");
    std::fs::remove_file(folder.path().join("intake/tile/entries/000.p/5")).unwrap();
    assert_eq!(election::Coded::code(&desk.export(folder.path()).unwrap_err()), "centre.intake_log");
    assert_eq!(desk.standing("s1"), Standing::Matched);
    // A second content of the same count: quarantined, whoever comes first.
    desk.stick(&[&other]);
    assert_eq!(desk.standing("s1"), Standing::Quarantined);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 6, ..ProptestConfig::default() })]

    /// Stick alone, both equal, both differing, and a slip: the state does not know what came first.
    #[test]
    fn sk6_the_final_state_does_not_know_what_came_first(order in Just([
        Comes::Stick(0), Comes::Stick(1), Comes::Network(1), Comes::Network(2), Comes::Stick(3), Comes::Stick(2),
        Comes::Slip,
    ].to_vec()).prop_shuffle()) {
        static PACKAGES: std::sync::LazyLock<[Package; 4]> = std::sync::LazyLock::new(|| [
            package("s1", [3, 2, 0, 0]), package("s2", [1, 4, 1, 0]), package("s3", [6, 1, 0, 0]), package("s3", [5, 2, 0, 0]),
        ]);
        let mut desk = Desk::new();
        let folder = tempfile::tempdir().unwrap();
        let mut export = testing::intake::Export::begin(&WORLD, folder.path());
        for comes in &order {
            match comes {
                Comes::Stick(index) => drop(desk.stick(&[&PACKAGES[*index]])),
                Comes::Network(index) => {
                    export.add(&PACKAGES[*index]);
                    desk.export(folder.path()).unwrap();
                }
                Comes::Slip => desk.slip(&Count::of("s2", [1, 4, 1, 0])),
            }
        }
        let standings = ["s1", "s2", "s3", "s4"].map(|station| desk.standing(station));
        prop_assert_eq!(standings, [Standing::Arrived, Standing::Confirmed, Standing::Quarantined, Standing::Missing]);
        static FIRST: std::sync::OnceLock<record::results::Files> = std::sync::OnceLock::new();
        let results = desk.results();
        prop_assert_eq!(FIRST.get_or_init(|| results.clone()), &results);
    }
}

/// A file that fails at the `left`-th reading.
struct Failing<R> {
    inner: R,
    left: Rc<Cell<usize>>,
}

impl<R: Read> Read for Failing<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        match self.left.get() {
            0 => Err(io::Error::from_raw_os_error(5)),
            left => {
                self.left.set(left - 1);
                let most = buffer.len().min(2_000);
                self.inner.read(&mut buffer[..most])
            }
        }
    }
}

#[test]
fn sk7_a_stick_that_fails_at_any_reading_leaves_nothing_in_part_and_can_be_tried_again() {
    let mut desk = Desk::new();
    let stick = desk.at("stick");
    put(&package("s1", [3, 2, 0, 0]), &stick);
    let mut failures = 0;
    for reads in 0.. {
        let left = Rc::new(Cell::new(reads));
        let mounted = Rc::new(Mounted(stick.clone()));
        let (lists, opens) = (mounted.clone(), mounted);
        let carrier = look(
            move |folder| lists.list(folder),
            move |path| Ok(Box::new(Failing { inner: opens.open(path)?, left: left.clone() })),
        );
        let report = desk.carry(&carrier, Medium::Stick);
        if report.arrivals[0].outcome == Became::Imported {
            break;
        }
        failures += 1;
        assert_eq!(became(&report), [("s1-ds1-1", "unreadable", "import.unreadable")]);
        let (_, what) = report.arrivals[0].reason.as_ref().unwrap();
        assert!(what.starts_with("s1-ds1-1.") && what.contains("os error 5"), "the path and the reason: {what}");
        assert_eq!(desk.room.log().size(), 1, "nothing is entered");
        assert!(!desk.at("centre/contents").exists() && !desk.at("centre/refused").exists(), "nothing is kept");
    }
    assert!(failures > 10, "{failures} places to fail at");
    assert_eq!(desk.standing("s1"), Standing::Arrived);
    assert_eq!(desk.open().unwrap().log().size(), 2, "imported once");
}

#[test]
fn sk7_one_bad_package_does_not_keep_the_others_out() {
    let mut desk = Desk::new();
    let stick = desk.at("stick");
    for station in ["s1", "s2", "s3"] {
        put(&package(station, [3, 2, 0, 0]), &stick.join(station));
    }
    let mounted = Rc::new(Mounted(stick.clone()));
    let (lists, opens) = (mounted.clone(), mounted);
    let carrier = look(
        move |folder| lists.list(folder),
        move |path| {
            let left = Rc::new(Cell::new(if path.ends_with("s2-ds2-1.images.age") { 0 } else { usize::MAX }));
            Ok(Box::new(Failing { inner: opens.open(path)?, left }))
        },
    );
    let report = desk.carry(&carrier, Medium::Stick);
    assert_eq!(
        became(&report),
        [("s1-ds1-1", "imported", ""), ("s2-ds2-1", "unreadable", "import.unreadable"), ("s3-ds3-1", "imported", "")]
    );
    assert_eq!(report.missing.first, ["s2", "s4"].map(testing::id));
    // The same stick on another machine.
    let report = desk.carry(&Carrier::look(&stick).unwrap(), Medium::Stick);
    let outcomes: Vec<&str> = report.arrivals.iter().map(|a| a.outcome.as_str()).collect();
    assert_eq!(outcomes, ["duplicate", "imported", "duplicate"]);
}

#[test]
fn sk7_a_stick_pulled_out_while_it_is_listed() {
    let gone = || io::Error::from_raw_os_error(5);
    // The stick itself: nothing can be said of it.
    let nothing =
        Carrier::look_through(Box::new(Says { list: move |_: &Path| Err(gone()), open: move |_: &Path| Err(gone()) }));
    assert_eq!(nothing.err().unwrap().raw_os_error(), Some(5));
    let missing = Carrier::look(Path::new("/nowhere/at/all")).err().unwrap();
    assert_eq!(election::Coded::code(&missing), "centre.disk");
    // A folder of it, and half of another: what was seen until then stands, and the rest is named.
    let mut desk = Desk::new();
    let stick = desk.at("stick");
    put(&package("s1", [3, 2, 0, 0]), &stick.join("s1"));
    put(&package("s2", [3, 2, 0, 0]), &stick.join("s2"));
    let mounted = Rc::new(Mounted(stick));
    let (lists, opens) = (mounted.clone(), mounted);
    let carrier = look(
        move |folder| match folder.to_str() {
            Some("s2") => Err(gone()),
            Some("") => Ok(Box::new(lists.list(folder)?.chain([Err(gone())]))),
            _ => lists.list(folder),
        },
        move |path| opens.open(path),
    );
    assert_eq!(carrier.unreadable.count, 2, "{:?}", carrier.unreadable);
    assert!(carrier.unreadable.first.iter().any(|u| u.path == "s2" && u.why.contains("os error 5")));
    let report = desk.carry(&carrier, Medium::Stick);
    assert_eq!(became(&report), [("s1-ds1-1", "imported", "")]);
    assert_eq!(report.unreadable.count, 2);
}
