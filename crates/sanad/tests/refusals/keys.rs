//! Key lists, cards and their commitments.

use std::fs;

use crate::{Desk, common, minimal};

#[test]
fn a_list_in_another_form_is_not_written_to() {
    let desk = Desk::new();
    common::copy(&minimal(), &desk.path("e"));
    desk.holds("key new -o chair.key.pem");
    desk.write("e/keys/people.csv", "key;person\n");
    let refused = desk.refuses("key enter e --person chair chair.pub");
    refused.is("key.table", 2, &["keys/people.csv", "canonical form", "sanad election fmt"]);
    fs::remove_file(desk.path("e/keys/people.csv")).expect("it is ours");
    desk.holds("key enter e --person chair chair.pub");
}

#[test]
fn a_commitment_is_a_digest() {
    let desk = Desk::new();
    common::copy(&minimal(), &desk.path("e"));
    desk.write("card.pub", "sha256:12\n");
    let refused = desk.refuses("key enter e --share commissioner_1 card.pub");
    refused.is("key.commitment", 2, &["sanad key split"]);
    desk.holds("key new --kind identity -o centre.identity.txt");
    desk.holds("key split --identity centre.identity.txt --threshold 2 --shares 2 -o cards");
    desk.write("empty.csv", "person,commitment\n");
    desk.write("torn.csv", "person,commitment\ncommissioner_1,sha256:12\n");
    for file in ["empty.csv", "torn.csv"] {
        let refused = desk.refuses(&format!("key join --commitments {file} cards/share-1.txt cards/share-2.txt"));
        refused.is("key.commitment", 2, &[file, "keys/shares.csv"]);
    }
}

#[test]
fn a_card_of_another_split_joins_nothing() {
    let desk = Desk::new();
    for name in ["one", "two"] {
        desk.holds(&format!("key new --kind identity -o {name}.identity.txt"));
        desk.holds(&format!("key split --identity {name}.identity.txt --threshold 2 --shares 2 -o {name}"));
    }
    let commitments: String = ["one/share-1.pub", "one/share-2.pub"]
        .map(|path| fs::read_to_string(desk.path(path)).expect("a commitment"))
        .concat();
    desk.write("commitments.txt", commitments);
    let cards = "one/share-1.txt two/share-2.txt";
    desk.refuses(&format!("key join --commitments commitments.txt {cards}")).is("share.false", 1, &["card 2"]);
    desk.refuses(&format!("key join {cards}")).is("share.set", 1, &["card 2"]);
    // The same identity, split twice.
    desk.holds("key split --identity one.identity.txt --threshold 2 --shares 2 -o again");
    desk.refuses("key join one/share-1.txt again/share-2.txt").is("share.mismatch", 1, &[]);
}
