//! Proofs that a stranger checks.

use std::fs;

use log::{FolderStore, Log};
use sign::FileKey;

use crate::Desk;
use crate::common::{self, by_hand::by_hand};

#[test]
fn an_empty_log_proves_no_receipt() {
    let desk = Desk::new();
    common::copy(&by_hand().join("publication"), &desk.path("publication"));
    fs::remove_dir_all(desk.path("publication/intake")).expect("it is ours");
    let key = fs::read_to_string(by_hand().join("keys/intake_log.key.pem")).expect("the key of the log");
    let key = Box::new(FileKey::from_pem(&key).expect("a key"));
    Log::create(FolderStore::new(desk.path("publication/intake")), "minimal/intake", key).expect("a log");
    let receipt = "publication/stations/0101/d0101-1/receipt.json";
    let refused = desk.refuses(&format!("proof receipt {receipt} --publication publication -o proof.json"));
    refused.is("proof.empty", 3, &["publication/intake", "when the log has leaves"]);
    assert!(!desk.path("proof.json").exists());
}
