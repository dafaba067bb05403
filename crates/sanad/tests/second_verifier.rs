//! `tools/verify.py` is a verifier by another hand, in another language, from the documents alone. Both say the same of
//! every check that both make, and a change of one thing is found by both.

mod common;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use common::by_hand::by_hand;
use serde_json::Value;

/// Checks of `sanad verify` alone: what is written anew by the code that wrote it.
const ALONE: [&str; 2] = ["V.606", "V.607"];

fn tool(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tools").join(name)
}

fn printed(output: &Output) -> Value {
    serde_json::from_slice(&output.stdout)
        .unwrap_or_else(|e| panic!("{e}\n{}", String::from_utf8_lossy(&output.stderr)))
}

/// What the first verifier says of a folder with `publication/` and `fingerprint.txt`.
fn first(dir: &Path) -> (Option<i32>, Value) {
    let mut command = Command::new(common::SANAD);
    command.args(["verify", "--json"]).arg(dir.join("publication")).arg("--root").arg(dir.join("fingerprint.txt"));
    let output = command.output().expect("the command runs");
    (output.status.code(), printed(&output))
}

/// What the second one says.
fn second(dir: &Path, more: &[&str]) -> (Option<i32>, Value) {
    let mut command = Command::new("python3");
    command.arg(tool("verify.py")).arg(dir.join("publication")).arg("--json").args(more);
    let output = command.output().expect("python3 is needed; tools/test installs it");
    (output.status.code(), printed(&output))
}

fn pinned(dir: &Path) -> String {
    dir.join("fingerprint.txt").to_str().expect("a plain path").to_owned()
}

/// The verdict of each check, by number.
fn verdicts(report: &Value) -> BTreeMap<&str, &str> {
    let checks = report["checks"].as_array().expect("checks");
    checks.iter().map(|check| (check["id"].as_str().unwrap(), check["verdict"].as_str().unwrap())).collect()
}

/// The places that a check has recorded, withheld or set aside are the verifier's own words; that there are some is not.
fn recorded(report: &Value) -> BTreeMap<&str, bool> {
    let checks = report["checks"].as_array().expect("checks");
    checks.iter().map(|check| (check["id"].as_str().unwrap(), check["recorded"] != 0)).collect()
}

#[test]
fn vf4_both_say_the_same_of_every_check() {
    for dir in [common::demo(), by_hand()] {
        let (code, one) = first(dir);
        let (other_code, other) = second(dir, &["--fingerprint", &pinned(dir)]);
        assert_eq!((code, &one["verdict"]), (Some(0), &Value::from("pass")), "{one:#}");
        assert_eq!((other_code, &other["verdict"]), (Some(0), &Value::from("pass")), "{other:#}");
        let mut both = verdicts(&one);
        assert!(ALONE.iter().all(|check| both.remove(check) == Some("pass")), "{one:#}");
        assert_eq!(both, verdicts(&other), "{}", dir.display());
        let mut both = recorded(&one);
        both.retain(|check, _| !ALONE.contains(check));
        assert_eq!(both, recorded(&other), "{}", dir.display());
        assert_eq!(one["root"], other["root"]);
        assert!(!other["not_performed"].as_array().expect("a list").is_empty(), "it says what it does not do");
    }
}

/// What is listed and not there is missing to both: incomplete, and neither pass nor a proof that something is false.
#[test]
fn vf4_both_say_incomplete_where_a_file_is_missing() {
    let dir = tempfile::tempdir().expect("a folder");
    common::copy(&by_hand().join("publication"), &dir.path().join("publication"));
    std::fs::copy(by_hand().join("fingerprint.txt"), dir.path().join("fingerprint.txt")).expect("it is there");
    let station = |name: &str| format!("stations/0101/d0101-1/{name}");
    let tables = ["results/totals.csv", "results/findings.csv", "docket/complaints.csv", "privacy.csv"];
    let names = tables.map(str::to_owned).into_iter().chain(["slip.json", "zero.json"].map(station));
    for name in names.chain(["intake/checkpoint".to_owned()]) {
        let path = dir.path().join("publication").join(&name);
        let bytes = std::fs::read(&path).unwrap_or_else(|error| panic!("{name}: {error}"));
        std::fs::remove_file(&path).expect("it was there");
        for (code, report) in [first(dir.path()), second(dir.path(), &["--fingerprint", &pinned(dir.path())])] {
            assert_eq!((code, &report["verdict"]), (Some(3), &Value::from("incomplete")), "{name}: {report:#}");
        }
        std::fs::write(&path, bytes).expect("it can be written");
    }
}

#[test]
fn both_add_up_the_same_totals() {
    for dir in [common::demo(), by_hand()] {
        let mut command = Command::new(common::SANAD);
        let output = command.args(["centre", "tally", "--json", "--dir"]).arg(dir.join("centre")).output();
        let tally = printed(&output.expect("the command runs"));
        let (_, report) = second(dir, &["--fingerprint", &pinned(dir)]);
        let contests = tally["totals"].as_object().expect("contests");
        assert!(!contests.is_empty());
        for (contest, figures) in contests {
            let sums = &report["totals"][contest];
            for name in ["ballots", "valid", "blank", "invalid"] {
                assert_eq!(figures[name], sums[format!("_{name}")], "{name} of {contest}");
            }
            for (option, votes) in figures["votes"].as_object().expect("votes") {
                assert_eq!(*votes, sums[option], "{option} of {contest}");
            }
        }
    }
}

#[test]
fn the_second_one_is_incomplete_without_a_fingerprint_and_fails_with_another() {
    let dir = by_hand();
    let (code, report) = second(dir, &[]);
    assert_eq!((code, &report["verdict"]), (Some(3), &Value::from("incomplete")));
    assert_eq!(verdicts(&report)["V.202"], "incomplete");
    let other = format!("sha256:{}", "0".repeat(64));
    let (code, report) = second(dir, &["--fingerprint", &other]);
    assert_eq!((code, verdicts(&report)["V.202"]), (Some(1), "fail"));
    let none = tempfile::tempdir().expect("a folder");
    let output = Command::new("python3").arg(tool("verify.py")).arg(none.path()).output().expect("python3 runs");
    assert_eq!(output.status.code(), Some(2), "an empty folder is no publication");
    assert!(!String::from_utf8_lossy(&output.stderr).contains("Traceback"));
}

/// Changes one thing at a time and asks both. Where the changes fall hangs on the keys, which every election has anew:
/// each verifier may let one in a hundred pass, which is printed, and is a finding to look at.
fn changes(dir: &Path, many: u32, seed: &str) {
    let mut command = Command::new("python3");
    command.arg(tool("test-verifiers")).arg(dir).args(["--sanad", common::SANAD, "--seed", seed]);
    command.args(["--changes", &many.to_string(), "--most", &many.div_ceil(100).to_string()]);
    command.arg("--scratch").arg(env!("CARGO_TARGET_TMPDIR"));
    let output = command.output().expect("python3 is needed; tools/test installs it");
    let (found, told) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    println!("{found}{told}");
    assert!(output.status.success(), "a change was not found:\n{found}\n{told}");
}

#[test]
fn vf1_a_change_of_one_thing_is_found_by_both() {
    changes(by_hand(), 240, "a hand-made election");
    changes(common::demo(), 60, "a demo");
}

#[test]
#[ignore = "slow: 10,000 changes, some hours"]
fn vf1_ten_thousand_changes_are_found_by_both() {
    let seed = std::env::var("SANAD_SEED").unwrap_or_else(|_| "ten thousand".to_owned());
    changes(by_hand(), 7_000, &seed);
    changes(common::demo(), 3_000, &seed);
}
