//! `docs/an-election.md` is run as it stands, from an empty folder to a publication that a stranger checks.

mod common;

use std::fs;
use std::path::PathBuf;
use std::process::Command;

use common::by_hand::{by_hand, truth};
use serde_json::Value;

/// What a command of the page printed under `--json`, in the order of their making.
fn printed(name: &str) -> Vec<Value> {
    let entries = fs::read_dir(by_hand().join("json")).expect("the page was run");
    let own =
        |path: &PathBuf| path.file_name().is_some_and(|file| file.to_string_lossy().starts_with(&format!("{name}.")));
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.expect("an entry").path()).filter(own).collect();
    paths.sort_by_key(|path| fs::metadata(path).and_then(|file| file.modified()).expect("it is there"));
    let read = |path: &PathBuf| serde_json::from_slice(&fs::read(path).expect("it is there"));
    paths.iter().map(|path| read(path).unwrap_or_else(|e| panic!("{}: {e}", path.display()))).collect()
}

#[test]
fn a_hand_made_election_walks_the_whole_way() {
    let tally = printed("centre-tally").pop().expect("the tally");
    for (candidate, votes) in truth() {
        assert_eq!(tally["totals"]["member"]["votes"][candidate], votes, "{candidate} in {tally:#}");
    }
    assert_eq!(tally["totals"]["member"]["blank"], 1);
    assert_eq!(tally["allotments"]["member"]["elected"][0]["candidate"], "rose");
    let report = printed("verify").pop().expect("the report");
    assert_eq!(report["verdict"], "pass", "{report:#}");
    let status = printed("centre-status").pop().expect("the status");
    assert_eq!((&status["stations"]["confirmed"], &status["stations"]["matched"]), (&Value::from(1), &Value::from(1)));
    let slips = printed("slip-check").pop().expect("the slips");
    assert!(slips["slips"].as_array().expect("rows").iter().all(|row| row["result"] == "agrees"), "{slips:#}");
}

#[test]
fn the_witness_policy_is_written_by_the_freeze_and_frozen_with_it() {
    let policy = fs::read_to_string(by_hand().join("election/keys/witness-policy.txt")).expect("the freeze wrote it");
    assert!(policy.contains("group group:court") && policy.contains("# bodies 1"), "{policy}");
    let leaf = printed("record-show").pop().expect("the record")["leaves"][0]["payload"].to_string();
    assert!(leaf.contains("witness_policy"), "{leaf}");
}

#[test]
fn keys_are_readable_by_their_owner_alone() {
    use std::os::unix::fs::PermissionsExt;
    for file in
        ["keys/chair.key.pem", "keys/spring.identity.txt", "shares/share-1.txt", "witnesses/court/witness.key.pem"]
    {
        let mode = fs::metadata(by_hand().join(file)).expect("it was made").permissions().mode();
        assert_eq!(mode & 0o077, 0, "{file} has the mode {mode:o}");
    }
}

#[test]
fn the_template_of_the_configuration_is_the_one_that_ran() {
    let output = Command::new(common::SANAD)
        .args(["intake", "new", "--config"])
        .arg(by_hand().join("intake/intake.toml"))
        .output();
    let output = output.expect("the command runs");
    assert_eq!(output.status.code(), Some(2), "a configuration is never overwritten");
}
