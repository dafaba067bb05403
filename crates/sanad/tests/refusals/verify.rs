//! What a report says of an election of candidates alone.

use serde_json::Value;

use crate::Desk;
use crate::common::by_hand::by_hand;

#[test]
fn without_lists_there_are_no_quotients_and_the_report_says_so() {
    let desk = Desk::new();
    let root = std::fs::read_to_string(by_hand().join("fingerprint.txt")).expect("the fingerprint");
    let publication = by_hand().join("publication");
    let report = desk.holds(&format!("verify {} --root {}", publication.display(), root.trim()));
    let checks = report["checks"].as_array().expect("checks");
    let quotients = checks.iter().find(|check| check["id"] == "V.701").expect("the quotients");
    let codes: Vec<&Value> = quotients["detail"].as_array().expect("detail").iter().map(|d| &d["code"]).collect();
    assert_eq!(codes, ["seats.no_quotients"]);
}
