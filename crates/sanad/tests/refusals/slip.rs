//! Slips that a party brings.

use std::fs::{self, File};

use package::slip::Slip;
use sign::FileKey;

use crate::Desk;
use crate::common::{by_hand::by_hand, demo};

#[test]
fn a_file_larger_than_any_photo_is_not_read() {
    let desk = Desk::new();
    let big = File::create(desk.path("film.mp4")).expect("a file");
    big.set_len((64 << 20) + 1).expect("a sparse file");
    let refused = desk.refuses("slip read film.mp4");
    refused.is("slip.large", 2, &["film.mp4", "67108865 bytes", "64 MiB"]);
}

/// It is no forgery: nothing here has the keys of its election.
#[test]
fn a_slip_of_another_election_is_named_as_such() {
    let desk = Desk::new();
    let slip = fs::read_dir(demo().join("slips")).expect("slips").next().expect("a slip").expect("an entry").path();
    fs::copy(&slip, desk.path("slip.png")).expect("copied");
    let line = format!("slip read slip.png --election {}", by_hand().join("election").display());
    desk.refuses(&line).is("slip.other_election", 3, &["slip.png", "another election", "its own election"]);
}

#[test]
fn a_slip_in_a_document_for_the_printer_is_told_from_a_photo() {
    let desk = Desk::new();
    desk.write("slip.pdf", "%PDF-1.7 drawn by the station");
    desk.refuses("slip read slip.pdf").is("slip.picture", 2, &["slip.pdf", "--slip slip.png"]);
}

/// It is no forgery and no mistake of the device: two officers decide on it, and until then its station is open.
#[test]
fn a_slip_whose_paper_does_not_add_up_is_named_and_its_station_stays_open() {
    let desk = Desk::new();
    let slip = fs::read(by_hand().join("publication/stations/0102/d0102-1/slip.json")).expect("it is published");
    let codes: Vec<String> = serde_json::from_slice(&slip).expect("texts");
    let mut figures = Slip::join(&codes).expect("whole").claims().clone();
    figures.account.received += 1;
    let key =
        FileKey::from_pem(&fs::read_to_string(by_hand().join("keys/d0102.key.pem")).expect("a key")).expect("a key");
    desk.write("slips/0102.txt", figures.sign(&key).expect("signed").join("\n"));
    let line = format!("slip tally slips --election {}", by_hand().join("election").display());
    let output = desk.run(crate::words_of(&line).into_iter().map(std::ffi::OsString::from));
    let said: serde_json::Value = serde_json::from_slice(&output.stdout).expect("one object");
    let refused = &said["refused"][0];
    assert_eq!((output.status.code(), &refused["code"]), (Some(1), &"figures.account".into()), "{said}");
    assert_eq!(said["missing"]["0102"], 95);
}

#[test]
fn slips_of_two_fingerprints_are_not_added_up() {
    let desk = Desk::new();
    let slip = fs::read(by_hand().join("publication/stations/0102/d0102-1/slip.json")).expect("it is published");
    let codes: Vec<String> = serde_json::from_slice(&slip).expect("texts");
    let mut figures = Slip::join(&codes).expect("whole").claims().clone();
    figures.fingerprint = sign::sha256(b"another leaf 0");
    let key =
        FileKey::from_pem(&fs::read_to_string(by_hand().join("keys/d0102.key.pem")).expect("a key")).expect("a key");
    desk.write("slips/0102.txt", figures.sign(&key).expect("signed").join("\n"));
    fs::copy(by_hand().join("slips/0101.png"), desk.path("slips/0101.png")).expect("copied");
    let election = by_hand().join("election").display().to_string();
    let refused = desk.refuses(&format!("slip tally slips --election {election}"));
    refused.is("slip.fingerprints", 2, &["sha256:", "--fingerprint"]);
    // Pinned, the other one is named and left out.
    let pinned = by_hand().join("fingerprint.txt").display().to_string();
    let line = format!("slip tally slips --election {election} --fingerprint {pinned}");
    let output = desk.run(crate::words_of(&line).into_iter().map(std::ffi::OsString::from));
    let said: serde_json::Value = serde_json::from_slice(&output.stdout).expect("one object");
    assert_eq!((output.status.code(), &said["refused"][0]["code"]), (Some(1), &"slip.other".into()));
    assert_eq!(said["missing"], serde_json::json!({ "0102": 95 }));
}
