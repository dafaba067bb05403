//! Leaves are appended all or none, whatever fails, and without a copy of all that stands before them.

use election::{Coded, Digest};
use record::entry::{Content, Effect, Import};
use record::{Body, Medium};
use sanad_centre::Centre;
use testing::id;

use crate::common::{Desk, WORLD};

fn state(centre: &Centre) -> (u64, String) {
    (centre.log().size(), format!("{:?}", centre.state()))
}

/// An import leaf of a made-up content of s1.
fn import(medium: Medium) -> Vec<u8> {
    let digest = Digest::of(b"a content");
    let body = Import {
        medium,
        station: id("s1"),
        device: id("ds1"),
        generation: 1,
        label: digest,
        statement: digest,
        content: Content { results_manifest: digest, images_manifest: digest, results: digest },
        intake: None,
        account_differs: false,
        build: None,
    };
    WORLD.sign(&Body::Import(body), &["centre"])
}

#[test]
fn a_leaf_that_may_not_stand_takes_all_that_came_with_it_away() {
    let mut desk = Desk::new();
    let alone = WORLD.sign(&desk.order("s1", Effect::Cancel), &["officer_1"]);
    let before = state(&desk.room);
    for leaves in [vec![alone.clone()], vec![import(Medium::Network), import(Medium::Stick), alone]] {
        assert_eq!(desk.room.append(&leaves).unwrap_err().code(), "record.threshold");
        assert_eq!(state(&desk.room), before);
    }
    let twice = [import(Medium::Stick), import(Medium::Network)];
    let twice = [&twice[..], &twice[..1]].concat();
    assert_eq!(desk.room.append(&twice).unwrap_err().code(), "record.repeated", "of one lot as well");
    assert_eq!(state(&desk.room), before);
    desk.room.append(&twice[..2]).unwrap();
    assert_eq!(state(&desk.room).0, before.0 + 2);
    assert_eq!(state(&desk.open().unwrap()), state(&desk.room), "what is in memory is what is on the disk");
}

#[test]
fn a_disk_that_fails_takes_the_leaves_away_from_memory_too() {
    let mut desk = Desk::new();
    let before = state(&desk.room);
    // The file that would become the next checkpoint cannot be made.
    let in_the_way = desk.at("centre/record/checkpoint.unfinished");
    std::fs::create_dir(&in_the_way).unwrap();
    let leaf = import(Medium::Stick);
    assert_eq!(desk.room.append(std::slice::from_ref(&leaf)).unwrap_err().code(), "store.io");
    assert_eq!(state(&desk.room).1, before.1);
    std::fs::remove_dir(&in_the_way).unwrap();
    let mut room = desk.open().unwrap();
    assert_eq!(state(&room), before);
    room.append(&[leaf]).unwrap();
    assert_eq!(state(&room).0, before.0 + 1);
}
