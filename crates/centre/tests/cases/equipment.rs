//! The register of equipment, where the rules ask for it.

use election::Digest;
use package::slip::SlipFigures;
use record::register::equipment::{Item, ItemKind};
use record::{Body, Medium};
use sanad_centre::Carrier;
use testing::{AT, Count, World, id, put};

use crate::common::{Desk, became, second};

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

#[test]
fn a_count_by_another_program_is_published_as_both_verifiers_find_it() {
    let mut desk = Desk::new();
    let ([program, other], world) = ([Digest::of(b"a program"), Digest::of(b"another")], desk.world);
    let mut parts = world.parts(&Count::of("s1", [6, 3, 1, 1]));
    parts.build = package::named_build("test", &program);
    let figures = SlipFigures::of(&parts.results, &parts.zero, world.fingerprint, &parts.build);
    parts.slip = figures.sign(&world.keys["ds1"]).unwrap();
    let packages = [world.seal(parts, "ds1"), world.package(&Count::of("s2", [1, 4, 0, 0]))];
    desk.network(&[&packages[0], &packages[1]]);
    desk.stick(&[&packages[0], &packages[1]]);
    let named = |station: &str| {
        let imports = &desk.room.state().evidence[&id(station)].imports;
        imports.iter().map(|own| own.build).collect::<Vec<_>>()
    };
    assert_eq!((named("s1"), named("s2")), (vec![Some(program); 2], vec![None; 2]));
    let (station, key) = world.frozen.keyring.devices[&id::<election::DeviceId>("ds1")].clone();
    let item = Item {
        device: Some(id("ds1")),
        key: Some(key.to_string()),
        build: Some(other),
        station: Some(station),
        ..Item::new(id("dev1"), ItemKind::Device, "SN-1", "article 38")
    };
    desk.room.enter(&Body::Item(item), &world.signers(&["officer_1", "officer_2"]), AT).unwrap();
    desk.publish().unwrap();
    let table = std::fs::read_to_string(desk.at("publication/register/builds.csv")).unwrap();
    assert!(table.contains(&format!("\r\ns1,ds1,1,{program},dev1,{other},no\r\n")), "{table}");
    let told = desk.passes().check("V.509").unwrap().detail.clone();
    let told: Vec<_> = told.iter().map(|own| (own.place.as_str(), own.code.as_str())).collect();
    assert_eq!(told, [("station s1, ds1-1", "register.build")]);
    let (holds, said) = second(&desk);
    assert!(holds && said.contains("register.build"), "{said}");
}
