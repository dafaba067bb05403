//! Images of whole ballots are read again by whoever was given them, and compared with what was published.

mod common;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use common::SANAD;
use serde_json::Value;

/// Packages of a demo, opened where `--images` looks for them.
struct Opened {
    dir: tempfile::TempDir,
    /// `STATION/DEVICE-GENERATION` of each.
    contents: Vec<String>,
}

impl Opened {
    /// The first three stations of which there is one copy.
    fn new() -> Opened {
        let (demo, dir) = (common::demo(), tempfile::tempdir().expect("a folder"));
        let mut contents: Vec<String> = Vec::new();
        for station in names(&demo.join("publication/stations")) {
            if let [copy] = &names(&demo.join("publication/stations").join(&station))[..] {
                contents.push(format!("{station}/{copy}"));
            }
        }
        contents.truncate(3);
        for content in &contents {
            let (station, copy) = content.split_once('/').expect("two parts");
            let output = Command::new(SANAD)
                .args(["package", "open"])
                .arg(demo.join(format!("stations/{station}/{station}-{copy}.label.json")))
                .arg("--election")
                .arg(demo.join("election"))
                .arg("--fingerprint")
                .arg(demo.join("fingerprint.txt"))
                .arg("--identity")
                .arg(demo.join("keys/centre.identity.txt"))
                .arg("-o")
                .arg(dir.path().join(content))
                .output()
                .expect("the command runs");
            assert!(output.status.success(), "{content}: {}", String::from_utf8_lossy(&output.stderr));
        }
        assert_eq!(contents.len(), 3, "stations of one copy");
        Opened { dir, contents }
    }

    /// The images of a content.
    fn images(&self, content: usize) -> PathBuf {
        self.dir.path().join(&self.contents[content]).join("images/data")
    }

    /// Runs `sanad verify --images --json`: the exit code and the report.
    fn verify(&self, more: &[&str]) -> (Option<i32>, Value) {
        let mut words = vec!["--images", self.dir.path().to_str().expect("UTF-8")];
        words.extend(more);
        verify(&words)
    }
}

fn verify(more: &[&str]) -> (Option<i32>, Value) {
    let demo = common::demo();
    let output = Command::new(SANAD)
        .arg("verify")
        .arg(demo.join("publication"))
        .arg("--root")
        .arg(demo.join("fingerprint.txt"))
        .args(more)
        .arg("--json")
        .output()
        .expect("the command runs");
    let report = serde_json::from_slice(&output.stdout)
        .unwrap_or_else(|e| panic!("{e}: {}", String::from_utf8_lossy(&output.stderr)));
    (output.status.code(), report)
}

/// What lies in a folder, sorted.
fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).unwrap_or_else(|e| panic!("{}: {e}", folder.display()));
    let mut names: Vec<String> =
        entries.map(|entry| entry.expect("an entry").file_name().into_string().expect("UTF-8")).collect();
    names.sort();
    names
}

fn check<'a>(report: &'a Value, id: &str) -> Option<&'a Value> {
    report["checks"].as_array().expect("checks").iter().find(|check| check["id"] == id)
}

/// Codes and places of a check, by what is the matter.
fn told<'a>(report: &'a Value, id: &str, matter: &str) -> Vec<[&'a str; 2]> {
    let detail = check(report, id).expect("the check")["detail"].as_array().expect("details");
    let own = detail.iter().filter(|detail| detail["matter"] == matter);
    own.map(|detail| ["code", "place"].map(|key| detail[key].as_str().expect("text"))).collect()
}

/// How many contests the record of a check agrees with or leaves to people.
fn contests(report: &Value) -> u64 {
    let check = check(report, "V.414").expect("the check");
    check["checked"].as_u64().expect("a number") + check["recorded"].as_u64().expect("a number")
}

#[test]
fn every_image_of_a_station_reads_as_its_record_says() {
    let opened = Opened::new();
    let (code, report) = opened.verify(&[]);
    assert_eq!((code, &report["verdict"]), (Some(0), &Value::from("pass")), "{report:#}");
    let mut expected = 0;
    for content in &opened.contents {
        let records = fs::read(opened.dir.path().join(content).join("results/data/cvr.json")).expect("the records");
        let records: Value = serde_json::from_slice(&records).expect("JSON");
        let records = records["CVR"].as_array().expect("records");
        let contests = records.iter().map(|record| record["CVRSnapshot"][0]["CVRContest"].as_array().expect("some"));
        expected += contests.map(|contests| contests.len() as u64).sum::<u64>();
    }
    assert!(expected > 9, "there are {expected} contests on all sheets");
    assert_eq!(contests(&report), expected);
    assert_eq!(told(&report, "V.413", "withheld"), [["never_public", "stations/"]], "of the others none were brought");
    let (code, without) = verify(&[]);
    assert_eq!(code, Some(0));
    assert!(
        check(&without, "V.413").is_none() && check(&without, "V.414").is_none(),
        "nothing was asked, nothing said"
    );
}

#[test]
fn an_image_of_another_station_is_found_by_its_hash() {
    let opened = Opened::new();
    let image = "000001-front.png";
    fs::copy(opened.images(1).join(image), opened.images(0).join(image)).expect("copied");
    let (code, report) = opened.verify(&[]);
    assert_eq!(code, Some(1));
    let place = format!("stations/{}/images/{image}", opened.contents[0]);
    assert_eq!(told(&report, "V.413", "failed"), [["bag.changed", place.as_str()]]);
    assert_eq!(check(&report, "V.414").expect("the check")["failed"], 0, "it is not held against the record");
    fs::remove_file(opened.images(0).join(image)).expect("removed");
    let (code, report) = opened.verify(&[]);
    assert_eq!(code, Some(3));
    assert_eq!(told(&report, "V.413", "missing"), [["file.missing", place.as_str()]]);
}

#[test]
fn one_seed_draws_one_sample() {
    let opened = Opened::new();
    let sample = ["--sample", "4", "--seed", "4711"];
    let (code, report) = opened.verify(&sample);
    assert_eq!((code, &report["verdict"]), (Some(0), &Value::from("pass")), "{report:#}");
    assert_eq!(told(&report, "V.413", "aside"), [["reread.not_drawn", "images"]]);
    assert!((4..contests(&opened.verify(&[]).1)).contains(&contests(&report)), "four sheets of more");
    let (_, again) = opened.verify(&sample);
    assert_eq!(check(&again, "V.413"), check(&report, "V.413"));
    assert_eq!(check(&again, "V.414"), check(&report, "V.414"));
}

#[test]
fn a_folder_that_is_not_there_or_a_sample_without_a_seed_is_a_wrong_call() {
    let gone = Path::new(env!("CARGO_TARGET_TMPDIR")).join("no-images");
    let (code, said) = verify(&["--images", gone.to_str().expect("UTF-8")]);
    assert_eq!((code, &said["error"]["code"]), (Some(2), &Value::from("file")));
    for more in [&["--sample", "4", "--seed", "4711"][..], &["--images", ".", "--sample", "4"]] {
        assert_eq!(verify(more).0, Some(2), "{more:?}");
    }
}
