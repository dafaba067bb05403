//! Each reason code of a centre that does not open, provoked by who writes to its disk.

use election::Coded;
use log::note::NoteAlgorithm;
use log::{FolderStore, Log, NoteKey};
use sign::{FileKey, KeyKind, Signer};

use crate::common::{Desk, WORLD, files_below, package};
use testing::Count;

/// The code and the sentence with which the centre does not open; its disk stays as it was found.
fn refusal(desk: &Desk<'_>) -> (&'static str, String) {
    let before = files_below(&desk.at("centre"));
    let refused = desk.open().err().expect("it does not open");
    assert_eq!(files_below(&desk.at("centre")), before, "{refused}");
    (refused.code(), refused.to_string())
}

fn with_a_package() -> Desk<'static> {
    let mut desk = Desk::new();
    desk.stick(&[&package("s1", [3, 2, 1, 0])]);
    desk.cosign();
    desk
}

#[test]
fn a_line_of_a_stranger_on_the_checkpoint_is_named() {
    let desk = with_a_package();
    let path = desk.at("centre/record/checkpoint");
    let good = std::fs::read(&path).unwrap();
    let key = FileKey::generate(KeyKind::Ed25519).unwrap();
    let stranger = NoteKey::new("stranger.example", NoteAlgorithm::CosignatureV1, key.public_key().clone()).unwrap();
    let line = stranger.cosign(&desk.room.log().checkpoint().text, 1_778_000_000, &key).unwrap();
    std::fs::write(&path, [&good, format!("{line}\n").as_bytes()].concat()).unwrap();
    let (code, said) = refusal(&desk);
    assert_eq!(code, "centre.cosignature");
    assert!(said.contains("stranger.example") && said.contains("record/checkpoint"), "{said}");
    std::fs::write(&path, &good).unwrap();
    desk.open().map(drop).unwrap();
}

#[test]
fn a_leaf_that_the_centre_never_entered_is_named_by_its_index() {
    let desk = with_a_package();
    let size = desk.room.log().size();
    // Whoever has the disk has the log's key, too.
    let key = Box::new(FileKey::from_pem(&WORLD.pem("record_log")).unwrap());
    let store = FolderStore::new(desk.at("centre/record"));
    Log::open(store, desk.room.log().origin(), key).unwrap().append(&[b"no leaf".to_vec()]).unwrap();
    let (code, said) = refusal(&desk);
    assert_eq!(code, "centre.record");
    assert!(said.contains(&format!("leaf {size}")), "{said}");
}

#[test]
fn a_centre_without_its_definition_does_not_open() {
    let desk = with_a_package();
    let election = desk.at("centre/election");
    let aside = desk.at("aside");
    std::fs::rename(&election, &aside).unwrap();
    assert_eq!(refusal(&desk).0, "centre.definition");
    std::fs::rename(&aside, &election).unwrap();
    // Present, and with a problem that the check of a definition names.
    let people = election.join("people.csv");
    let good = std::fs::read_to_string(&people).unwrap();
    std::fs::write(&people, good.replacen(",board,", ",bord,", 1)).unwrap();
    let (code, said) = refusal(&desk);
    assert_eq!(code, "election.definition");
    assert!(said.contains("people.csv"), "{said}");
}

#[test]
fn a_slip_of_one_of_two_copies_says_so_and_proves_nothing_against_the_other() {
    let mut desk = Desk::new();
    let (one, other) = ([3, 2, 1, 0], [2, 3, 1, 0]);
    desk.network(&[&package("s1", one), &package("s2", [2, 1, 0, 0])]);
    desk.stick(&[&package("s1", other), &package("s2", [2, 1, 0, 0])]);
    desk.publish().unwrap();
    let slip = verify::SlipInput { name: "photo.png".into(), texts: WORLD.slip(&Count::of("s1", one)) };
    let options =
        verify::Options { root: Some(WORLD.fingerprint), slips: Some(vec![slip]), ..verify::Options::default() };
    let report = verify::verify(&desk.at("publication"), &options, &|_| {}).unwrap();
    let check = report.check(verify::CheckId::SlipFigures.code()).unwrap();
    let said: Vec<_> = check.detail.iter().map(|d| (d.matter, d.code.as_str(), d.place.as_str())).collect();
    let recorded = verify::Matter::Recorded;
    assert_eq!(said, [(recorded, "slip.differing_copies", "photo.png (station s1)")]);
    assert_eq!((check.failed, check.missing), (0, 0));
}
