//! The quarantine desk of the election made by hand, whose sticks were seized: what it shows, and what it refuses.

use std::process::Command;

use crate::common::SANAD;
use crate::common::by_hand::by_hand;
use crate::desk::Desk;

/// The centre's identity, which two commissioners join.
fn identity() -> Vec<u8> {
    let shares = ["share-1.txt", "share-2.txt"].map(|share| by_hand().join("shares").join(share));
    let commitments = by_hand().join("election/keys/shares.csv");
    let joined = Command::new(SANAD).args(["key", "join", "--commitments"]).arg(commitments).args(shares).output();
    joined.expect("the command runs").stdout
}

fn seized(lang: &'static str) {
    let mut desk = Desk::new("desk", lang);
    desk.write("identity.txt", identity());
    let officers = "--signer ~/keys/officer_1.key.pem --signer ~/keys/officer_2.key.pem";
    let count = "centre decide --dir c --station 0101 --act count-network";
    let why = "--reason 'the army holds the sticks' --basis 'article 38'";
    desk.now("before anything has come")
        .line("centre init --dir c --election ~/election --leaf ~/leaf-0.dsse.json --key ~/keys/centre.key.pem --log-key ~/keys/record_log.key.pem")
        .line("centre desk --dir nowhere")
        .line("centre desk --dir c 101")
        .line("centre desk --dir c");
    desk.now("the network alone")
        .line("centre import --dir c --network ~/export --identity identity.txt")
        .line("centre desk --dir c")
        .line(&format!("{count} {why} {officers}"))
        .line(&format!("{count} --absent network_down {why} {officers}"))
        .line(&format!("{count} --absent confiscated {why} {officers}"))
        .line(&format!("{count} --absent seized {why} {officers}"))
        .line(&format!("case count --dir c --station 0101 --copy network --absent seized {why}"));
    desk.now("a slip of which nobody says who holds it")
        .line("centre slip --dir c ~/slips/0101.png")
        .line("centre desk --dir c 0101")
        .line(&format!("{count} --absent seized {why} {officers}"));
    desk.now("the box is to be counted")
        .line(&format!("case recount --dir c --station 0101 {why} {officers}"))
        .line("centre desk --dir c 0101")
        .line("centre desk --dir c");
    desk.keep("desk");
}

#[test]
fn sk5_sticks_that_were_seized() {
    ["en", "ar", "ckb"].into_iter().for_each(seized);
}
