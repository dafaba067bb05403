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

/// Is this a file of a private key, of an identity, of a share of one, or the card that one is printed on?
fn is_private(name: &str) -> bool {
    let endings = [".key.pem", ".identity.txt", ".share.txt", ".card.pdf"];
    endings.iter().any(|ending| name.ends_with(ending)) || (name.starts_with("share-") && name.ends_with(".txt"))
}

#[cfg(unix)]
fn private_files(dir: &std::path::Path, found: &mut Vec<(std::path::PathBuf, u32)>) {
    use std::os::unix::fs::PermissionsExt as _;
    for entry in fs::read_dir(dir).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            private_files(&path, found);
        } else if is_private(&path.file_name().expect("a name").to_string_lossy()) {
            let mode = fs::metadata(&path).expect("it is there").permissions().mode() & 0o777;
            found.push((path, mode));
        }
    }
}

#[cfg(unix)]
#[test]
fn what_is_private_is_its_owner_s_alone() {
    let mut found = Vec::new();
    private_files(common::demo(), &mut found);
    let desk = Desk::new();
    desk.holds("key new -o chair.key.pem");
    desk.holds("key new --kind identity -o centre.identity.txt");
    desk.holds("key split --identity centre.identity.txt --threshold 2 --shares 2 -o cards");
    private_files(&desk.path(""), &mut found);
    for named in [
        "centre/centre.key.pem",
        "centre/record-log.key.pem",
        "keys/centre.identity.txt",
        "/witness.key.pem",
        "tls/intake.key.pem",
        ".share.txt",
        ".card.pdf",
        "cards/share-1.txt",
        "/chair.key.pem",
    ] {
        assert!(found.iter().any(|(path, _)| path.to_string_lossy().ends_with(named)), "no {named} was made");
    }
    let open: Vec<String> =
        found.iter().filter(|(_, mode)| *mode != 0o600).map(|(path, mode)| format!("{mode:o} {path:?}")).collect();
    assert!(open.is_empty(), "others may read:\n{}", open.join("\n"));
}
