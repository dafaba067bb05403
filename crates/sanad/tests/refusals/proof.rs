//! Proofs that prove nothing.

use std::fs;

use log::{FolderStore, Log};
use sign::FileKey;

use crate::Desk;
use crate::common::{self, by_hand::by_hand};

#[test]
fn a_receipt_cannot_be_looked_for_in_an_empty_log() {
    let desk = Desk::new();
    common::copy(&by_hand().join("publication"), &desk.path("p"));
    fs::remove_dir_all(desk.path("p/intake")).expect("it was there");
    let key = fs::read_to_string(by_hand().join("keys/intake_log.key.pem")).expect("the page made it");
    let key = Box::new(FileKey::from_pem(&key).expect("a key"));
    Log::create(FolderStore::new(desk.path("p/intake")), "minimal/intake", key).expect("a log");
    let receipts = fs::read_dir(by_hand().join("media/relay/0101")).expect("the relay's folder");
    let receipt = receipts.map(|file| file.expect("an entry").path());
    let receipt = receipt.into_iter().find(|path| path.to_string_lossy().ends_with(".receipt.json")).expect("one");
    let refused = desk.refuses(&format!("proof receipt {} --publication p -o o.json", receipt.display()));
    refused.is("proof.empty", 3, &["p/intake", "when the log has leaves"]);
    // What is not a receipt, and what is no proof.
    let label = by_hand().join("media/relay/0101/0101-d0101-1.label.json");
    let refused = desk.refuses(&format!("proof receipt {} --publication p -o o.json", label.display()));
    refused.is("proof.form", 2, &["this is no proof", "the receipt of that label"]);
    let election = by_hand().join("election").display().to_string();
    desk.write("x.json", "{}");
    desk.refuses(&format!("proof check x.json --election {election}")).is("proof.form", 2, &["x.json"]);
    // One label twice is no equivocation, and nothing is written.
    let label = label.display();
    let refused = desk.refuses(&format!("proof equivocation {label} {label} --election {election} -o o.json"));
    refused.is("proof.same", 1, &["nothing contradicts"]);
    assert!(!desk.path("o.json").exists());
}
