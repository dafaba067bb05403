//! Sheets with two sides, fed to a station: a store that is full.

use std::ffi::OsString;
use std::fmt::Write as _;
use std::fs;

use serde_json::{Value, json};

use crate::Desk;
use crate::common::{self, by_hand::by_hand, words_of};

/// Of leaf 0, which nothing here asks for.
const FINGERPRINT: &str = "sha256:5f70bf18a086007016e948b04aed3b82103a36bea41755b6cddfaf10ace3c6ef";

/// A station of the election made by hand, with so many more candidates that its ballot has a back, and its polls open.
fn station(slots: u32) -> Desk {
    let desk = Desk::new();
    common::copy(&by_hand().join("election"), &desk.path("e"));
    common::copy(&by_hand().join("keys/d0101.key.pem"), &desk.path("d0101.key.pem"));
    let mut candidates = fs::read_to_string(desk.path("e/candidates.csv")).expect("the example has them");
    for number in 4..=120 {
        writeln!(candidates, "person_{number},member,,{number},man,no,Person Number {number}").expect("text");
    }
    desk.write("e/candidates.csv", candidates);
    desk.holds(&format!(
        "station prepare --dir s --station 0101 --device d0101 --election e --fingerprint {FINGERPRINT} --key \
         d0101.key.pem --slots {slots}"
    ));
    desk.holds("station open --dir s --officer officer_1");
    desk
}

/// Draws both sides of the ballot of each voter: `a1.pgm` and `a2.pgm` of voter `a`. No two files are the same.
fn draw(desk: &Desk, voters: &str) {
    desk.holds(&format!("ballot draw e --style spring --fingerprint {FINGERPRINT} -o front.png"));
    for (side, file) in [(1, "front.png"), (2, "front-back.png")] {
        let drawn = fs::read(desk.path(file)).expect("the ballot has two sides");
        let image = ::ballot::decode(&drawn).expect("a picture");
        for voter in voters.chars() {
            let mut image = image.clone();
            // A speck of dust in a corner of the paper.
            image.pixels[voter as usize] = 200;
            desk.write(&format!("{voter}{side}.pgm"), sim::scanner::pgm(&image));
        }
    }
}

/// What a line prints, with its exit code.
fn run(desk: &Desk, line: &str) -> (Value, i32) {
    let output = desk.run(words_of(line).into_iter().map(OsString::from));
    let said = String::from_utf8_lossy(&output.stdout);
    let printed = serde_json::from_str(&said).unwrap_or_else(|e| panic!("sanad {line}: {e}\n{said}"));
    (printed, output.status.code().expect("it ended"))
}

fn scan(desk: &Desk, pages: &str) -> (Value, i32) {
    run(desk, &format!("station scan --dir s {pages}"))
}

#[test]
fn st4_a_full_store_says_what_became_of_each_sheet() {
    let desk = station(3);
    draw(&desk, "abcdef");
    desk.write("torn1.png", "no picture");
    let pages = "a1.pgm a2.pgm torn1.png torn1.png b1.pgm b2.pgm c1.pgm c2.pgm d1.pgm d2.pgm e1.pgm e2.pgm";
    let (told, exit) = scan(&desk, pages);
    assert_eq!((&told["error"]["code"], exit), (&json!("station.store.full"), 2), "{told}");
    assert_eq!((&told["counted"], &told["total"], &told["unknown_from"]), (&json!(3), &json!(3), &json!("d1.pgm")));
    let refused = &told["refused"].as_array().expect("a list")[..];
    assert_eq!(refused.len(), 1, "{told}");
    assert_eq!((&refused[0]["image"], &refused[0]["code"]), (&json!("torn1.png"), &json!("image.decode")));
    // The same in words.
    let mut command = std::process::Command::new(common::SANAD);
    command.args(["station", "scan", "--dir", "s", "--lang", "en", "torn1.png", "torn1.png", "e1.pgm", "e2.pgm"]);
    let output = command.current_dir(desk.path("")).output().expect("it runs");
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    for line in
        ["torn1.png: not counted [image.decode]", "0 counted, 1 not counted", "From e1.pgm on no sheet is known"]
    {
        assert!(said.contains(line), "'{line}' is not in:\n{said}");
    }
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&output.stderr).contains("station.store.full"));
}
