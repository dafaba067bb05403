//! ST10 at the keyboard: cards of officers, their PINs, and what a station says to those that are not for it.

use std::ffi::OsString;
use std::fs;
use std::process::Command;
use std::time::{Duration, Instant};

use serde_json::Value;

use crate::common::{self, by_hand::by_hand, words_of};
use crate::{Desk, files};

/// What a card is issued with; the election made by hand has two officers, and two members of the board.
const ISSUE: &str = "card issue --election election --fingerprint fingerprint.txt --signer keys/chair.key.pem --from \
                     2020-01-01 --until 2099-12-31";

/// Prepares the station 0101 in `s`.
const PREPARE: &str = "station prepare --dir s --station 0101 --device d0101 --election election --fingerprint \
                       fingerprint.txt --key keys/d0101.key.pem --cards";

const ONE: &str = "--card one.card --pin-file one.pin";
const BOTH: &str = "--card one.card --pin-file one.pin --card two.card --pin-file two.pin";

/// A desk with the cards of both officers.
fn with_cards() -> Desk {
    let desk = Desk::new();
    for part in ["election", "keys", "fingerprint.txt"] {
        common::copy(&by_hand().join(part), &desk.path(part));
    }
    for (name, pin) in [("one", "4815162342\n"), ("two", "162342\n"), ("wrong", "4815162343\n")] {
        desk.write(&format!("{name}.pin"), pin);
    }
    desk.holds(&format!("{ISSUE} --person officer_1 --duty presiding --station 0101 --pin-file one.pin -o one.card"));
    desk.holds(&format!("{ISSUE} --person officer_2 --duty second --station 0101 --pin-file two.pin -o two.card"));
    desk
}

/// Runs a line that the device denies, which is written into its log.
#[track_caller]
fn denies(desk: &Desk, line: &str, code: &str) -> String {
    let output = desk.run(words_of(line).into_iter().map(OsString::from));
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    let json: Value = serde_json::from_str(&said).unwrap_or_else(|e| panic!("sanad {line}: {e}\n{said}"));
    assert_eq!((json["error"]["code"].as_str(), output.status.code()), (Some(code), Some(1)), "sanad {line}: {said}");
    json["error"]["what"].as_str().expect("a sentence").to_owned()
}

fn state(desk: &Desk) -> Value {
    serde_json::from_slice(&fs::read(desk.path("s/device/state.json")).expect("a state")).expect("JSON")
}

/// The reason codes of the denials in the device's log.
fn logged(desk: &Desk) -> Vec<String> {
    let state = state(desk);
    let events = state["events"].as_array().expect("a log").iter().map(|event| &event["what"]);
    let denied = events.filter(|what| what["event"] == "card_denied");
    denied.map(|what| what["code"].as_str().expect("a code").to_owned()).collect()
}

/// Sets the count of wrong PINs, so that no test waits for minutes: what `unlock` writes is asked of the room's own tests.
fn set_wrong(desk: &Desk, from: u8, to: u8) {
    let path = desk.path("s/device/state.json");
    let text = fs::read_to_string(&path).expect("a state");
    let (from, to) = (format!("\"wrong\": {from},"), format!("\"wrong\": {to},"));
    assert!(text.contains(&from), "{text}");
    fs::write(path, text.replace(&from, &to)).expect("ours");
}

#[test]
fn st10_pin_guessing_at_the_keyboard() {
    let desk = with_cards();
    desk.holds(PREPARE);
    let guess = "station open --dir s --card one.card --pin-file wrong.pin";
    for left in [9, 8, 7] {
        let said = denies(&desk, guess, "card.pin_wrong");
        assert!(said.ends_with(&format!(": {left}")), "each process counts on: {said}");
    }
    // The fourth waits before it is tried; whoever ends the process in the meantime has tried nothing.
    let started = Instant::now();
    denies(&desk, guess, "card.pin_wrong");
    assert!(started.elapsed() >= Duration::from_secs(1));
    set_wrong(&desk, 4, 8);
    let words: Vec<String> = words_of(guess);
    let mut killed = Command::new(common::SANAD).args(&words).current_dir(desk.path(".")).spawn().expect("it runs");
    std::thread::sleep(Duration::from_millis(1_500));
    killed.kill().expect("it waits half a minute");
    killed.wait().expect("it has ended");
    let wrong = |desk: &Desk| {
        let state = state(desk);
        let cards = state["cards"].as_object().expect("cards");
        cards.values().next().expect("one was tried")["wrong"].as_u64().expect("a count")
    };
    assert_eq!(wrong(&desk), 8);
    set_wrong(&desk, 8, 10);
    let said = denies(&desk, &format!("station open --dir s {ONE}"), "card.locked");
    assert!(said.contains("10"), "the right PIN comes too late: {said}");
    assert_eq!(logged(&desk), ["card.pin_wrong"; 4].into_iter().chain(["card.locked"]).collect::<Vec<_>>());
    // The office issues a new one.
    desk.holds(&format!("{ISSUE} --person officer_1 --duty presiding --station 0101 --pin-file one.pin -o new.card"));
    desk.holds("station open --dir s --card new.card --pin-file one.pin");
    for (path, bytes) in files(&desk.path("s")) {
        let text = String::from_utf8_lossy(&bytes).into_owned();
        assert!(!text.contains("4815162342") && !text.contains("PRIVATE KEY"), "{path:?} has a PIN or a key");
    }
}

#[test]
fn st10_one_person_at_the_keyboard_does_not_do_what_takes_two() {
    let desk = with_cards();
    desk.holds(PREPARE);
    desk.refuses("station open --dir s --officer officer_1").is("card.needed", 1, &["--card"]);
    desk.refuses(&format!("station open --dir s --officer officer_1 {ONE}")).is("usage.conflict", 2, &["--card"]);
    desk.refuses(&format!("station open --dir s {BOTH}")).is("card.number", 2, &["takes 1 cards", "2 given"]);
    desk.holds(&format!("station open --dir s {ONE}"));
    desk.holds(&format!("station enter --dir s {ONE} --received 100 --spoiled 0 --unused 100"));
    desk.refuses(&format!("station close --dir s {ONE}")).is("card.number", 2, &["takes 2 cards"]);
    desk.refuses("station close --dir s --officer officer_1 --officer officer_2").is("card.needed", 1, &[]);
    desk.refuses("station close --dir s --card one.card --card two.card").is("card.no_terminal", 2, &["--pin-file"]);
    denies(&desk, &format!("station close --dir s {ONE} {ONE}"), "card.same");
    let twin = "--person officer_1 --duty second --station 0101 --pin-file two.pin -o twin.card";
    desk.holds(&format!("{ISSUE} {twin}"));
    denies(&desk, &format!("station close --dir s {ONE} --card twin.card --pin-file two.pin"), "station.one_person");
    // The second officer's name on a card that the first has issued to themselves.
    let own = ISSUE.replace("chair", "officer_1");
    desk.holds(&format!("{own} --person officer_2 --duty second --station 0101 --pin-file one.pin -o own.card"));
    denies(&desk, &format!("station close --dir s {ONE} --card own.card --pin-file one.pin"), "card.own_issue");
    assert_eq!(state(&desk)["phase"], "open");
    desk.holds(&format!("station close --dir s {BOTH}"));
    desk.holds("station report --dir s");
    assert_eq!(logged(&desk).len(), 6, "two cards each time");
}

#[test]
fn st10_a_revoked_card_and_one_of_another_station_at_the_keyboard() {
    let desk = with_cards();
    let elsewhere = "--person officer_1 --duty presiding --station 0102 --pin-file one.pin -o elsewhere.card";
    desk.holds(&format!("{ISSUE} {elsewhere}"));
    let made = desk.holds(&format!("{ISSUE} {}", elsewhere.replace("0102", "0101").replace("elsewhere", "new")));
    let revoke = "card revoke --election election --fingerprint fingerprint.txt --signer keys/deputy.key.pem";
    let list = desk.holds(&format!("{revoke} -o revoked.json one.card"));
    assert_ne!(list["cards"][0], made["card"]);
    // The id of a card that is gone is as good as its file; and a list by nobody of the key list is none.
    let gone = list["cards"][0].as_str().expect("an id");
    assert_eq!(desk.holds(&format!("{revoke} -o by-id.json {gone}"))["cards"], list["cards"]);
    let stranger = revoke.replace("deputy", "d0102");
    desk.refuses(&format!("{stranger} -o false.json one.card")).is("card.issuer", 1, &[]);
    desk.refuses(&format!("{PREPARE} --revoked one.card")).is("dsse.form", 2, &["one.card"]);

    desk.holds(&format!("{PREPARE} --revoked revoked.json"));
    denies(&desk, &format!("station open --dir s {ONE}"), "card.revoked");
    let said = denies(&desk, "station open --dir s --card elsewhere.card --pin-file one.pin", "card.station");
    assert!(said.contains("elsewhere.card") && said.contains("0102") && said.contains("0101"), "{said}");
    assert_eq!(logged(&desk), ["card.revoked", "card.station"]);
    desk.refuses("station open --dir s --card fingerprint.txt --pin-file one.pin").is("card.form", 2, &["fingerprint"]);
    desk.holds("station open --dir s --card new.card --pin-file one.pin");
}

#[test]
fn a_card_that_no_station_would_take_is_not_issued() {
    let desk = with_cards();
    let rest = "--duty presiding --pin-file one.pin -o x.card";
    let refused = |line: &str| desk.refuses(&format!("{line} {rest}"));
    refused(&format!("{ISSUE} --person chair --station 0101")).is("station.not_officer", 1, &["chair"]);
    refused(&format!("{ISSUE} --person oficer_1 --station 0101")).is("station.unknown_person", 2, &["officer_1"]);
    refused(&format!("{ISSUE} --person officer_1 --station 101")).is("station.unknown", 2, &["0101"]);
    let own = ISSUE.replace("chair", "officer_1");
    refused(&format!("{own} --person officer_1 --station 0101")).is("card.own_issue", 1, &["0101", "officer_1"]);
    let stranger = ISSUE.replace("chair", "d0101");
    refused(&format!("{stranger} --person officer_1 --station 0101")).is("card.issuer", 1, &[]);
    let late = ISSUE.replace("2099", "2019");
    refused(&format!("{late} --person officer_1 --station 0101")).is("usage.value", 2, &["--until is before --from"]);
    let line = format!("{ISSUE} --person officer_1 --duty presiding --station 0101");
    desk.write("weak.pin", "123456\n");
    desk.refuses(&format!("{line} --pin-file weak.pin -o x.card")).is("card.pin", 2, &["6 to 64"]);
    desk.refuses(&format!("{line} -o x.card")).is("card.no_terminal", 2, &["--pin-file"]);
    desk.refuses(&format!("{line} --pin-file one.pin -o one.card")).is("key.exists", 2, &["one.card"]);
    // A damaged key is told when its PIN is tried.
    let (one, two) = ["one.card", "two.card"].map(|card| fs::read_to_string(desk.path(card)).expect("a card")).into();
    let part =
        |card: &str| card.split_once(",\"sealed\"").map(|(a, b)| (a.to_owned(), b.to_owned())).expect("two parts");
    desk.write("mixed.card", format!("{},\"sealed\"{}", part(&one).0, part(&two).1));
    desk.holds(PREPARE);
    denies(&desk, "station open --dir s --card mixed.card --pin-file two.pin", "card.damaged");
    // Where names are typed, a card is of no use.
    desk.holds(&PREPARE.replace("--dir s", "--dir names").replace(" --cards", ""));
    desk.refuses(&format!("station open --dir names {ONE}")).is("card.not_used", 2, &["--cards"]);
    desk.holds("station open --dir names --officer officer_1");
}

/// Waits until the terminal shows nothing of what is typed, types the PIN, and shows what the terminal has shown.
const TYPED: &str = r#"
import os, pty, sys, termios, time
pid, terminal = pty.fork()
if pid == 0:
    os.execv(sys.argv[1], sys.argv[1:])
seen = b""
while b"PIN of" not in seen:
    seen += os.read(terminal, 1024)
for _ in range(1000):
    if not termios.tcgetattr(terminal)[3] & termios.ECHO:
        break
    time.sleep(0.02)
os.write(terminal, b"4815162342\n")
try:
    while part := os.read(terminal, 1024):
        seen += part
except OSError:
    pass
sys.stdout.buffer.write(seen)
sys.exit(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]))
"#;

#[test]
fn a_pin_that_is_typed_is_not_shown() {
    let desk = with_cards();
    desk.holds(PREPARE);
    let line = "station open --dir s --card one.card --lang en";
    let output = Command::new("python3")
        .args(["-c", TYPED, common::SANAD])
        .args(words_of(line))
        .current_dir(desk.path("."))
        .output()
        .expect("python3 runs");
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success(), "{said}{}", String::from_utf8_lossy(&output.stderr));
    assert!(said.contains("the polls are open") && !said.contains("4815162342"), "{said}");
}
