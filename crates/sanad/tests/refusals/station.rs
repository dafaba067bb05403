//! A polling station's device.

use std::ffi::OsString;
use std::fs::{self, File};
use std::os::unix::fs::PermissionsExt as _;
use std::process::Command;

use crate::Desk;
use crate::common::{self, by_hand::by_hand, words_of};

#[test]
fn one_command_at_a_time_works_on_a_station() {
    let desk = Desk::new();
    for part in ["stations/0101", "election", "keys"] {
        common::copy(&by_hand().join(part), &desk.path(part));
    }
    // Another command holds the lock of the device's folder.
    let held = File::options().write(true).open(desk.path("stations/0101/device/.lock")).expect("the lock");
    held.lock().expect("nobody has it");
    let refused = desk.refuses("station status --dir stations/0101");
    refused.is("station.busy", 2, &["0101", "wait until it has ended"]);
    drop(held);
    desk.holds("station status --dir stations/0101");
}

/// Prepares the station 0101 of the election made by hand in `s`.
const PREPARE: &str = "station prepare --dir s --station 0101 --device d0101 --election election --fingerprint \
                       fingerprint.txt --key keys/d0101.key.pem";

fn unprepared() -> Desk {
    let desk = Desk::new();
    for part in ["election", "keys", "fingerprint.txt"] {
        common::copy(&by_hand().join(part), &desk.path(part));
    }
    desk
}

#[test]
fn st4_a_preparing_that_was_cut_short_is_repeated() {
    let desk = unprepared();
    // Nothing can be written there: it ends where the fingerprint is kept.
    fs::create_dir_all(desk.path("s/fingerprint.txt")).expect("a folder");
    desk.run(words_of(PREPARE).into_iter().map(OsString::from));
    assert!(!desk.path("s/device/state.json").exists(), "the state says that all is prepared");
    fs::remove_dir(desk.path("s/fingerprint.txt")).expect("it is empty");
    desk.holds(PREPARE);
    desk.holds("station open --dir s --officer officer_1");
}

#[test]
fn st4_a_station_that_lost_its_state_is_not_prepared_over() {
    let desk = unprepared();
    desk.holds(PREPARE);
    let mode = fs::metadata(desk.path("s/device")).expect("it is there").permissions().mode();
    assert_eq!(mode & 0o077, 0, "what voters marked is the device's alone");
    desk.holds("station open --dir s --officer officer_1");
    common::copy(&by_hand().join("ballots/spring.png"), &desk.path("spring.png"));
    let counted = desk.holds("station scan --dir s spring.png");
    assert_eq!(counted["total"], 1);
    fs::remove_file(desk.path("s/device/state.json")).expect("it was there");
    desk.write("other.txt", format!("sha256:{}\n", "0".repeat(64)));
    let refused = desk.refuses(&PREPARE.replace("fingerprint.txt", "other.txt"));
    refused.is("station.leftover", 1, &["slots/", "Keep this folder and report it"]);
}

#[test]
fn st1_the_polls_do_not_open_on_a_page_of_the_scanner() {
    let desk = unprepared();
    desk.holds(PREPARE);
    for left in [
        "incoming/000001.pnm",
        "doubts/0001.png",
        "alike/7.png",
        "device/incoming/000001.pnm",
        "device/slots/old/a.png",
    ] {
        desk.write(&format!("s/{left}"), "of an earlier day");
        let line = "station open --dir s --officer officer_1";
        let output = desk.run(words_of(line).into_iter().map(OsString::from));
        let said = String::from_utf8_lossy(&output.stdout).into_owned();
        assert_eq!(output.status.code(), Some(1), "{left}: {said}");
        assert!(said.contains("station.leftover"), "{left}: {said}");
        let state = fs::read_to_string(desk.path("s/device/state.json")).expect("a state");
        assert!(state.contains("open_refused"), "it is logged");
        let top = left.trim_end_matches(|c| c != '/');
        fs::remove_dir_all(desk.path(&format!("s/{top}"))).expect("ours");
    }
    desk.holds("station open --dir s --officer officer_1");
}

/// An answer is never changed, so an option that was forgotten must not be one.
#[test]
fn a_doubt_is_answered_with_what_is_marked_or_with_none_said_so() {
    let desk = unprepared();
    desk.holds(PREPARE);
    let line = "station adjudicate --dir s --person officer_1 --slot 1 --contest member";
    desk.refuses(line).is("usage.missing", 2, &["--marked", "--none"]);
    desk.refuses(&format!("{line} --marked rose --none")).is("usage.conflict", 2, &["--none"]);
    desk.holds("station open --dir s --officer officer_1");
    desk.refuses(&format!("{line} --none")).is("station.no_doubt", 2, &["member"]);
}

/// The pictures of whole ballots are shown once the account is entered, and are gone when nobody needs them any more.
#[test]
fn bi3_pictures_of_sheets_that_look_alike_are_the_device_s_alone_and_gone_after_the_close() {
    let desk = unprepared();
    desk.holds(PREPARE);
    desk.holds("station open --dir s --officer officer_1");
    common::copy(&by_hand().join("scans/0101/sheet-0.png"), &desk.path("one.png"));
    // Another scan of the same paper: the same picture in another file.
    let scan = fs::read(desk.path("one.png")).expect("a scan");
    desk.write("again.png", [&scan[..], b"\n"].concat());
    for sheet in ["one.png", "again.png"] {
        desk.holds(&format!("station scan --dir s {sheet}"));
    }
    let officers = "--officer officer_1 --officer officer_2";
    desk.refuses(&format!("station alike --dir s {officers}")).is("station.no_account", 3, &["sanad station enter"]);
    desk.holds("station enter --dir s --officer officer_1 --received 100 --spoiled 0 --unused 99");
    let shown = desk.holds(&format!("station alike --dir s {officers}"));
    let pictures = shown["groups"][0]["pictures"].as_array().expect("a group");
    assert_eq!(pictures.len(), 2, "{shown}");
    assert_eq!(fs::metadata(desk.path("s/alike")).expect("it is there").permissions().mode() & 0o077, 0);
    desk.refuses(&format!("station close --dir s {officers} --early")).is("station.account", 1, &["R.201", "alike"]);
    assert!(desk.path("s/alike").exists(), "nothing is closed");
    desk.holds(&format!("station close --dir s {officers} --early --account-differs"));
    assert!(!desk.path("s/alike").exists());
    // What leaves the station is whole, and whoever opens it is told what the centre does with it.
    desk.holds("station report --dir s");
    desk.holds("station hand-over --dir s stick --name stick");
    let line = "key join --commitments election/keys/shares.csv shares/share-1.txt shares/share-2.txt";
    common::copy(&by_hand().join("shares"), &desk.path("shares"));
    let joined =
        Command::new(common::SANAD).args(line.split(' ')).current_dir(desk.path(".")).output().expect("it runs");
    desk.write("centre.identity.txt", joined.stdout);
    let line = "package open stick/0101-d0101-1.label.json --election election --fingerprint fingerprint.txt \
                --identity centre.identity.txt -o opened";
    let output = Command::new(common::SANAD)
        .args(line.split_whitespace())
        .args(["--lang", "en"])
        .current_dir(desk.path("."))
        .output()
        .expect("it runs");
    let said = [output.stdout, output.stderr].concat();
    let said = String::from_utf8_lossy(&said);
    assert_eq!(output.status.code(), Some(1), "{said}");
    assert!(said.contains("the centre imports it and quarantines the station [figures.account]"), "{said}");
    assert!(!said.contains("inconsistent"), "nothing else is amiss: {said}");
}
