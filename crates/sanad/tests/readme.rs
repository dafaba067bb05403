//! The README says what the command really prints.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

const README: &str = include_str!("../../../README.md");

fn folder() -> PathBuf {
    let dir = Path::new(env!("CARGO_TARGET_TMPDIR")).join("readme");
    fs::create_dir_all(&dir).expect("cargo made the folder above");
    dir
}

/// Writes a file whose lines all stand in the README.
fn file(name: &str, text: &str) {
    for line in text.lines() {
        assert!(README.contains(line), "the README has no '{line}' of {name}");
    }
    fs::write(folder().join(name), text).expect("a file");
}

/// Runs a line of the README; what it prints must follow there.
#[track_caller]
fn prints(line: &str, exit_code: i32) {
    let mut words = line.split(' ');
    assert_eq!(words.next(), Some("sanad"));
    let output =
        Command::new(env!("CARGO_BIN_EXE_sanad")).args(words).env_remove("SANAD_LANG").current_dir(folder()).output();
    let output = output.expect("the command runs");
    let said = String::from_utf8(output.stdout).expect("text");
    assert_eq!(output.status.code(), Some(exit_code), "{said}{}", String::from_utf8_lossy(&output.stderr));
    let (_, after) = README.split_once(&format!("$ {line}\n")).expect("the line stands in the README");
    let (shown, _) = after.split_once("```").expect("the block ends");
    assert_eq!(shown, said);
}

#[test]
fn two_channels_are_matched_as_shown() {
    file("left.csv", "station,palm,reed\n0101,120,88\n0102,20,31\n0103,64,70\n");
    file("right.csv", "station,palm,reed\n0101,120,88\n0102,25,26\n0103,64,70\n");
    file("map.toml", "station = \"station\"\n[fields]\npalm = \"palm\"\nreed = \"reed\"\n");
    prints("sanad match --left left.csv --right right.csv --map map.toml", 1);
}

#[test]
fn votes_become_seats_as_shown() {
    file("votes.csv", "id,votes\npalm,100000\nreed,80000\nlantern,30000\ndove,20000\n");
    prints("sanad seats --votes votes.csv --seats 8 --method sainte-lague:1.7", 0);
}
