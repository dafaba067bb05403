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

/// The figures of docs/from-slips.md, counted by hand there.
#[test]
fn vf6_slips_alone_say_what_is_decided_and_what_is_open() {
    let all = printed("slip-tally").pop().expect("the slips");
    assert_eq!((&all["stations"]["covered"], &all["open"]), (&Value::from(2), &Value::from(0)));
    let contest = &all["contests"][0];
    assert_eq!([&contest["lead"], &contest["sure"], &contest["seats"]], [1, 1, 1].map(Value::from).each_ref());
    assert_eq!((&contest["decided"], &contest["level"]), (&Value::from(true), &Value::from(false)));
    let votes: Vec<&Value> =
        contest["runners"].as_array().expect("runners").iter().flat_map(|r| [&r["id"], &r["votes"]]).collect();
    assert_eq!(Value::from_iter(votes.into_iter().cloned()), serde_json::json!(["rose", 5, "omar", 4, "sara", 2]));
    // One slip alone: 95 voters are open, and the lead of one vote is not enough.
    let one = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("one-slip");
    let _ = fs::remove_dir_all(&one);
    fs::create_dir_all(&one).expect("a folder");
    fs::copy(by_hand().join("slips/0101.png"), one.join("photo.png")).expect("copied");
    fs::copy(by_hand().join("slips/0101.png"), one.join("the-same-again.png")).expect("copied");
    let tally = |dir: &PathBuf| {
        let mut command = Command::new(common::SANAD);
        command.args(["slip", "tally", "--json", "--election"]).arg(by_hand().join("election")).arg(dir);
        let output = command.output().expect("the command runs");
        (output.status.code(), serde_json::from_slice::<Value>(&output.stdout).expect("one object"))
    };
    let (code, half) = tally(&one);
    assert_eq!(code, Some(3), "a station is open");
    let contest = &half["contests"][0];
    assert_eq!([&half["open"], &contest["open"], &contest["lead"]], [95, 95, 1].map(Value::from).each_ref());
    assert_eq!((&contest["decided"], &contest["sure"]), (&Value::from(false), &Value::from(0)));
    assert_eq!(half["missing"], serde_json::json!({ "0102": 95 }));
    // PK11: what is no slip, or of another election, is named, and stops nothing else.
    fs::write(one.join("noise.txt"), "SANAD1:1/1:00000000:AAA").expect("written");
    let (code, half) = tally(&one);
    assert_eq!((code, &half["refused"][0]["file"]), (Some(1), &Value::from("noise.txt")));
    assert_eq!(half["stations"]["covered"], 1);
}

#[test]
fn a_receipt_of_the_day_is_proved_from_the_publication() {
    let shown = printed("proof-check").pop().expect("the proof");
    assert_eq!((&shown["kind"], &shown["log"]), (&Value::from("receipt"), &Value::from("minimal/intake")));
    assert_eq!(shown["cosigned_by"].as_array().expect("names").len(), 2, "{shown:#}");
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
