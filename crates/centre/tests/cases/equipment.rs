//! The register of equipment, where the rules ask for it.

use record::register::equipment::{Item, ItemKind};
use record::{Body, Medium};
use sanad_centre::Carrier;
use testing::{AT, Count, World, id, put};

use crate::common::{Desk, became};

/// Nothing is lost: what was refused is kept, and comes in once the device is entered.
#[test]
fn a_package_of_a_device_outside_the_register_is_kept_and_comes_in_once_it_is_entered() {
    let mut folder = testing::folder(1);
    folder.files.get_mut("election.toml").unwrap().extend(b"\n[equipment]\nrequired = true\n");
    let world = World::of(folder);
    let mut desk = Desk::of(&world);
    let stick = desk.at("stick");
    put(&world.package(&Count::of("s1", [3, 2, 0, 0])), &stick);
    let carrier = Carrier::look(&stick).unwrap();
    let report = desk.carry(&carrier, Medium::Stick);
    assert_eq!(became(&report), [("s1-ds1-1", "refused", "record.equipment")]);
    let refused = desk.room.state().refused.first().expect("it is entered as refused").clone();
    assert_eq!(refused.code, "record.equipment");
    let device: election::DeviceId = id("ds1");
    let (station, key) = world.frozen.keyring.devices[&device].clone();
    let item = Item {
        item: id("dev1"),
        kind: ItemKind::Device,
        serial: "SN-1".into(),
        device: Some(device),
        key: Some(key.to_string()),
        build: None,
        contract: None,
        article: "article 38".into(),
        station: Some(station),
        supersedes: None,
    };
    desk.room.enter(&Body::Item(item), &world.signers(&["officer_1", "officer_2"]), AT).unwrap();
    assert_eq!(became(&desk.carry(&carrier, Medium::Stick)), [("s1-ds1-1", "imported", "")]);
    assert!(desk.room.state().refused.contains(&refused), "that it was refused first stays in the record");
}
