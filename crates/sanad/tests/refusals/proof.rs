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

/// WF2: what whoever complained took home is checked with the definition alone: incomplete until witnesses have cosigned the record,
/// then it holds, and no longer with another leaf than the one that was logged.
#[test]
fn wf2_the_receipt_of_a_complaint_is_checked() {
    let desk = Desk::new();
    common::copy(&by_hand().join("centre"), &desk.path("c"));
    desk.write("form.pdf", "a form that an agent has signed");
    let check = format!("proof check 17.proof --election {}", by_hand().join("election").display());
    let complaint = desk.holds(
        "case complain --dir c --case 17 --station 0101 --capacity party-agent --ground 'the seal was broken' \
         --paper form.pdf --filed 2026-05-13T10:30 --receipt 17.proof",
    );
    let index = complaint["leaf"].as_u64().expect("a leaf");
    assert!(desk.path("17.leaf.json").is_file());
    let refused = desk.refuses(&check);
    refused.is("proof.quorum", 3, &["17.proof", "2 more bodies", "sanad record prove"]);
    // The witnesses cosign the record that has it.
    let witnesses = ["court", "observers"];
    for witness in witnesses {
        common::copy(&by_hand().join("witnesses").join(witness), &desk.path(witness));
    }
    let status = desk.holds("witness status --dir court");
    let logs = status["logs"].as_array().expect("the logs");
    let record = logs.iter().find(|log| log["log"] == "minimal/record").expect("it watches the record");
    desk.holds(&format!("centre announce --dir c --request request.txt --seen {}", record["seen"]));
    for witness in witnesses {
        desk.holds(&format!("witness cosign --dir {witness} request.txt -o {witness}.txt"));
    }
    desk.holds("centre announce --dir c --cosigned court.txt --cosigned observers.txt");
    desk.holds(&format!("record prove --dir c --leaf {index} -o 17.proof"));
    let shown = desk.holds(&check);
    assert_eq!((&shown["kind"], &shown["log"]), (&"receipt".into(), &"minimal/record".into()));
    assert_eq!((shown["index"].as_u64(), shown["size"].as_u64()), (Some(index), Some(index + 1)));
    assert_eq!(shown["cosigned_by"], serde_json::json!(["minimal/court", "minimal/observers"]));
    // One byte of the leaf.
    let leaf = fs::read(desk.path("17.leaf.json")).expect("it was written");
    for at in [0, leaf.len() / 2, leaf.len() - 1] {
        let mut changed = leaf.clone();
        changed[at] ^= 1;
        desk.write("17.leaf.json", changed);
        desk.refuses(&check).is("proof.hashes", 1, &["17.proof", "not in the tree"]);
    }
    // A proof that leads elsewhere, and one that is cut off.
    desk.write("17.leaf.json", &leaf);
    let proof = fs::read_to_string(desk.path("17.proof")).expect("it was written");
    desk.write("17.proof", proof.replace(&format!("index {index}"), "index 0"));
    desk.refuses(&check).is("proof.hashes", 1, &["17.proof"]);
    desk.write("17.proof", &proof[..60]);
    desk.refuses(&check).is("note.form", 2, &["17.proof"]);
    // Without the leaf.
    desk.write("17.proof", proof);
    fs::remove_file(desk.path("17.leaf.json")).expect("it was there");
    desk.refuses(&check).is("proof.no_leaf", 3, &["17.proof", "17.leaf.json"]);
}
