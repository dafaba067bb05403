//! The lines of `docs/open-by-hand.md` are run as they stand: a package opens with age, tar, sha256sum, jq and openssl,
//! and each of those lines notices what it is there to notice.

mod common;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

const PAGE: &str = include_str!("../../../docs/open-by-hand.md");

/// The `sh` blocks of the page, in their order.
fn script() -> String {
    let mut lines = Vec::new();
    let mut inside = false;
    for line in PAGE.lines() {
        match line {
            "```sh" => inside = true,
            "```" => inside = false,
            line if inside => lines.push(line),
            _ => {}
        }
    }
    assert!(lines.len() > 20, "docs/open-by-hand.md has hardly any lines to run");
    lines.join("\n")
}

fn tools_are_there() {
    let missing = |tool: &&str| {
        let found = Command::new("bash").args(["-c", "command -v \"$0\" >/dev/null", *tool]).status();
        !found.is_ok_and(|status| status.success())
    };
    let missing: Vec<&str> =
        ["age", "tar", "sha256sum", "jq", "base64", "openssl"].into_iter().filter(missing).collect();
    assert!(
        missing.is_empty(),
        "missing: {}. This test needs them; on Debian: sudo apt-get install age jq openssl tar coreutils",
        missing.join(", ")
    );
}

fn copy(from: &Path, to: &Path) {
    if from.is_dir() {
        fs::create_dir_all(to).expect("a folder");
        for entry in fs::read_dir(from).expect("a folder") {
            let entry = entry.expect("an entry");
            copy(&entry.path(), &to.join(entry.file_name()));
        }
    } else {
        fs::create_dir_all(to.parent().expect("a parent")).expect("a folder");
        fs::copy(from, to).expect("a file");
    }
}

/// The text of the first signature in an envelope.
fn signature(envelope: &[u8]) -> String {
    let text = String::from_utf8_lossy(envelope);
    let (_, rest) = text.split_once("\"sig\":\"").expect("an envelope");
    rest.split('"').next().expect("a string").to_owned()
}

fn stations() -> Vec<String> {
    let entries = fs::read_dir(common::demo().join("stations")).expect("the demo has stations");
    let mut names: Vec<String> =
        entries.map(|entry| entry.expect("an entry").file_name().into_string().expect("ids are ASCII")).collect();
    names.sort();
    names
}

/// What the page needs of one station, to be changed at will.
struct Copied {
    root: PathBuf,
    station: String,
}

impl Copied {
    fn new(name: &str, station: &str) -> Self {
        let root = Path::new(env!("CARGO_TARGET_TMPDIR")).join("open-by-hand").join(name);
        let _ = fs::remove_dir_all(&root);
        let dir = root.join("demo");
        let published = format!("publication/stations/{station}");
        for path in ["fingerprint.txt", "election/keys", "keys/centre.identity.txt", published.as_str()] {
            copy(&common::demo().join(path), &dir.join(path));
        }
        let from = common::demo().join("stations").join(station);
        for entry in fs::read_dir(&from).expect("the station left files") {
            let path = entry.expect("an entry").path();
            if path.extension().is_some_and(|ending| ending == "age" || ending == "json") {
                copy(&path, &dir.join("stations").join(station).join(path.file_name().expect("a name")));
            }
        }
        Copied { root, station: station.to_owned() }
    }

    /// The one file of the station with this ending.
    fn file(&self, ending: &str) -> PathBuf {
        let dir = self.root.join("demo/stations").join(&self.station);
        let mut paths = fs::read_dir(&dir).expect("the station").map(|entry| entry.expect("an entry").path());
        paths.find(|path| path.to_string_lossy().ends_with(ending)).expect("the station left this file")
    }

    fn change(&self, path: &Path, change: impl FnOnce(&mut Vec<u8>)) {
        let mut bytes = fs::read(path).expect("the file");
        change(&mut bytes);
        fs::write(path, bytes).expect("the file");
    }

    fn run(&self) -> Output {
        let folder = self.root.join("by-hand");
        fs::create_dir_all(&folder).expect("a folder");
        Command::new("bash")
            .args(["-euo", "pipefail", "-c", &script()])
            .env("DIR", self.root.join("demo"))
            .env("STATION", &self.station)
            .current_dir(folder)
            .output()
            .expect("bash runs")
    }

    #[track_caller]
    fn holds(&self) {
        let output = self.run();
        let said = String::from_utf8_lossy(&output.stdout);
        let errors = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "station {}: {}\n{said}{errors}", self.station, output.status);
        assert!(said.ends_with(&format!("station {} holds\n", self.station)), "{said}");
    }

    /// The lines end in an error that says `what`.
    #[track_caller]
    fn fails(&self, what: &str) {
        let output = self.run();
        let said = [output.stdout, output.stderr].map(|bytes| String::from_utf8_lossy(&bytes).into_owned()).concat();
        assert!(!output.status.success(), "nobody noticed:\n{said}");
        assert!(said.contains(what), "expected '{what}' in:\n{said}");
    }
}

#[test]
fn every_package_of_the_demo_opens_with_common_tools() {
    tools_are_there();
    let stations = stations();
    assert!(stations.len() > 10, "{stations:?}");
    for station in &stations {
        Copied::new(&format!("good-{station}"), station).holds();
    }
}

#[test]
fn each_line_notices_what_it_is_there_for() {
    tools_are_there();
    let stations = stations();
    let [first, other] = [&stations[0], &stations[1]];

    // A byte of a sealed file.
    for ending in [".results.age", ".images.age"] {
        let copied = Copied::new("byte", first);
        copied.change(&copied.file(ending), |bytes| *bytes.last_mut().expect("not empty") ^= 1);
        copied.fails(&format!("{ending}: FAILED"));
    }

    // A signature of another device, under the key id of the right one.
    let copied = Copied::new("signature", first);
    let theirs = Copied::new("theirs", other);
    let strange = signature(&fs::read(theirs.file(".label.json")).expect("a label"));
    copied.change(&copied.file(".label.json"), |bytes| {
        let own = signature(bytes);
        *bytes = String::from_utf8_lossy(bytes).replace(&own, &strange).into_bytes();
    });
    copied.fails("Verification");

    // A figure of what was published.
    let copied = Copied::new("figure", first);
    let published = copied.root.join("demo/publication/stations").join(first);
    let mut folders = fs::read_dir(&published).expect("it is published").map(|entry| entry.expect("an entry").path());
    let network = folders.find(|path| path.extension().is_none()).expect("the content that came over the network");
    let results = network.join("results.json");
    copied.change(&results, |bytes| {
        let digit = bytes.iter().rposition(u8::is_ascii_digit).expect("there are figures");
        bytes[digit] = if bytes[digit] == b'9' { b'8' } else { bytes[digit] + 1 };
    });
    copied.fails("results.json differ");
}
