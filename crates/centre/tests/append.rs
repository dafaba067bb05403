//! Leaves are appended all or none, whatever fails, and without a copy of all that stands before them.

extern crate record as sanad_record;

#[path = "../../record/tests/common/mod.rs"]
mod common;

use common::World;
use election::Coded;
use record::Medium;
use record::entry::Effect;
use sanad_centre::{Centre, CentreKeys};

fn centre(world: &World, dir: &std::path::Path) -> Centre {
    let pem = |owner: &str| world.keys[owner].to_pem("DEMO").unwrap().to_string();
    let keys = CentreKeys { centre: &pem("centre"), record_log: &pem("record_log") };
    Centre::init(dir, &world.folder, &world.leaf_0, &keys).unwrap()
}

fn state(centre: &Centre) -> (u64, String) {
    (centre.log().size(), format!("{:?}", centre.state()))
}

#[test]
fn a_leaf_that_may_not_stand_takes_all_that_came_with_it_away() {
    let (world, dir) = (World::new(), tempfile::tempdir().unwrap());
    let mut centre = centre(&world, dir.path());
    let import = |medium| world.sign(&world.import("0101", medium, 1), &["centre"]);
    let alone = world.sign(&world.order("0101", Effect::Cancel, &[]), &["officer_1"]);
    let before = state(&centre);
    for leaves in [vec![alone.clone()], vec![import(Medium::Network), import(Medium::Stick), alone]] {
        assert_eq!(centre.append(&leaves).unwrap_err().code(), "record.threshold");
        assert_eq!(state(&centre), before);
    }
    let twice = [import(Medium::Stick), import(Medium::Network)];
    let twice = [&twice[..], &twice[..1]].concat();
    assert_eq!(centre.append(&twice).unwrap_err().code(), "record.repeated", "of one lot as well");
    assert_eq!(state(&centre), before);
    centre.append(&twice[..2]).unwrap();
    assert_eq!(state(&centre).0, before.0 + 2);
    assert_eq!(state(&Centre::open(dir.path()).unwrap()), state(&centre), "what is in memory is what is on the disk");
}

#[test]
fn a_disk_that_fails_takes_the_leaves_away_from_memory_too() {
    let (world, dir) = (World::new(), tempfile::tempdir().unwrap());
    let mut centre = centre(&world, dir.path());
    let before = state(&centre);
    // The file that would become the next checkpoint cannot be made.
    let in_the_way = dir.path().join("record/checkpoint.new");
    std::fs::create_dir(&in_the_way).unwrap();
    let leaf = world.sign(&world.import("0101", Medium::Stick, 1), &["centre"]);
    assert_eq!(centre.append(&[leaf.clone()]).unwrap_err().code(), "store.io");
    assert_eq!(state(&centre).1, before.1);
    std::fs::remove_dir(&in_the_way).unwrap();
    let mut centre = Centre::open(dir.path()).unwrap();
    assert_eq!(state(&centre), before);
    centre.append(&[leaf]).unwrap();
    assert_eq!(state(&centre).0, before.0 + 1);
}
