//! Sheets with two sides, fed to a station: pages that are missing, that come the other way round, and a store that is full.

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
fn bi2_a_missing_page_makes_no_ballot_of_two_voters_sides() {
    let desk = station(20);
    draw(&desk, "abcd");

    // As a reader of files has them: whatever is lost, what is read is of one voter.
    let read = |pages: &str| {
        let (reports, _) = run(&desk, &format!("ballot read --election e --fingerprint {FINGERPRINT} {pages}"));
        let reports = reports.as_array().expect("a report for each pair").clone();
        reports.iter().map(|r| r["reason"].as_str().unwrap_or("read").to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(read("a1.pgm a2.pgm b1.pgm b2.pgm"), ["read", "read"]);
    assert_eq!(
        read("a2.pgm b1.pgm b2.pgm c1.pgm c2.pgm d1.pgm d2.pgm"),
        ["sheet.order", "sheet.order", "sheet.order", "sheet.missing_side"]
    );
    assert_eq!(read("a1.pgm b1.pgm b2.pgm c1.pgm c2.pgm"), ["sheet.sides", "sheet.order", "sheet.missing_side"]);
    assert_eq!(read("b2.pgm b1.pgm"), ["read"], "a sheet by itself may come back first");

    // The back of b is lost: a is counted, and the feeding stops there.
    let (told, exit) = scan(&desk, "a1.pgm a2.pgm b1.pgm c1.pgm c2.pgm");
    assert_eq!((&told["counted"], &told["error"]["code"], exit), (&json!(1), &json!("station.misfed"), 1), "{told}");
    assert_eq!(told["unknown_from"], "b1.pgm", "{told}");
    assert!(told["error"]["what"].as_str().expect("a sentence").contains("b1.pgm"), "{told}");
    assert_eq!(told["refused"], json!([]), "two voters' sides are no sheet of the account: {told}");
    // The front of b is lost.
    let (told, exit) = scan(&desk, "a1.pgm a2.pgm b2.pgm c1.pgm c2.pgm");
    assert_eq!((&told["counted"], &told["refused"][0]["code"], exit), (&json!(0), &json!("station.same_file"), 1));
    assert_eq!((&told["error"]["code"], &told["unknown_from"]), (&json!("station.misfed"), &json!("b2.pgm")), "{told}");
    // A stack that lies the other way round is not read at all.
    let (told, exit) = scan(&desk, "c2.pgm c1.pgm d2.pgm d1.pgm");
    assert_eq!((&told["error"]["code"], exit), (&json!("station.misfed"), 1), "{told}");
    // What is fed again is counted.
    let (told, exit) = scan(&desk, "b1.pgm b2.pgm c1.pgm c2.pgm");
    assert_eq!((&told["counted"], &told["total"], exit), (&json!(2), &json!(3), 0), "{told}");
}

#[test]
fn bi3_a_sheet_fed_again_with_its_sides_the_other_way_round_counts_once() {
    let desk = station(20);
    draw(&desk, "a");
    let (told, _) = scan(&desk, "a2.pgm a1.pgm");
    assert_eq!(told["counted"], 1, "a sheet by itself may come back first: {told}");
    let (told, exit) = scan(&desk, "a1.pgm a2.pgm");
    assert_eq!((&told["refused"][0]["code"], &told["total"], exit), (&json!("station.same_file"), &json!(1), 1));
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
