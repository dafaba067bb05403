//! Which program counted, beside the one that the register has for the device.

use election::{Digest, Lang};
use sanad_record as record;

use record::entry::{Import, Item};
use record::register::equipment::ItemKind;
use record::register::tables;
use record::statement::{Witnessed, statement};
use record::{Body, Content, Figures, Medium, Outcome, State};
use testing::{World, id};

/// An import of a station's count by a program, if its statement names one.
fn import(world: &World, state: &mut State, station: &str, medium: Medium, build: Option<Digest>) {
    let digest = Digest::of(station.as_bytes());
    let body = Body::Import(Import {
        medium,
        station: id(station),
        device: id(&format!("d{station}")),
        generation: 1,
        label: digest,
        statement: digest,
        content: Content { results_manifest: digest, images_manifest: digest, results: digest },
        intake: None,
        account_differs: false,
        build,
    });
    state.apply(&world.frozen, &world.sign(&body, &["centre"])).unwrap();
}

/// The device of a station enters the register, with this program.
fn register(world: &World, state: &mut State, station: &str, build: Option<Digest>) {
    let device = format!("d{station}");
    let key = sign::Signer::public_key(&world.keys[&device]).to_string();
    let body = Body::Item(Item {
        device: Some(id(&device)),
        key: Some(key),
        build,
        station: Some(id(station)),
        ..Item::new(id(&format!("item_{station}")), ItemKind::Device, "17", "article 5")
    });
    state.apply(&world.frozen, &world.sign(&body, &["officer_1", "officer_2"])).unwrap();
}

fn first_point(world: &World, state: &State) -> Vec<(u64, u64, Vec<String>)> {
    let def = &world.frozen.definition;
    let figures: Figures = ["s1", "s2", "s3"]
        .map(|station| {
            (Digest::of(station.as_bytes()), testing::results(def, &testing::Count::of(station, [1, 1, 0, 0])))
        })
        .into();
    let outcome = Outcome::of(def, state, &figures).unwrap();
    let points = statement(def, state, (&outcome, &figures), &Witnessed::default(), Lang::En);
    points[0].figures.iter().map(|own| (own.share.part, own.share.whole, own.exceptions.clone())).collect()
}

#[test]
fn a_count_by_another_program_than_the_registers_is_told() {
    let world = World::new(3);
    let [ours, other] = [Digest::of(b"a program"), Digest::of(b"another")];
    let mut state = world.begin();
    register(&world, &mut state, "s1", Some(ours));
    register(&world, &mut state, "s2", Some(ours));
    register(&world, &mut state, "s3", None);
    // Statements from before name no program: nothing is compared, and there is no table.
    import(&world, &mut state, "s1", Medium::Network, None);
    assert!(state.ran().is_empty());
    let path = "register/builds.csv";
    assert!(!tables::files(&world.frozen.definition, &state).contains_key(path));
    assert_eq!(first_point(&world, &state).len(), 3);
    import(&world, &mut state, "s1", Medium::Stick, Some(ours));
    import(&world, &mut state, "s2", Medium::Network, Some(other));
    import(&world, &mut state, "s2", Medium::Stick, Some(other));
    import(&world, &mut state, "s3", Medium::Stick, Some(other));
    let files = tables::files(&world.frozen.definition, &state);
    let table = String::from_utf8(files[path].clone()).unwrap();
    let rows: Vec<String> = table.lines().skip(1).map(str::to_owned).collect();
    let expected = [
        format!("s1,ds1,1,{ours},item_s1,{ours},yes"),
        format!("s2,ds2,1,{other},item_s2,{ours},no"),
        format!("s3,ds3,1,{other},item_s3,,"),
    ];
    assert_eq!(rows, expected, "both media brought one count of s2");
    let told = first_point(&world, &state);
    assert_eq!(told[3], (1, 2, vec![format!("s2 ds2-1: {other} ≠ {ours}")]), "s3 is compared with nothing");
    // Once the register is corrected it is told no more.
    let before = state.registers.items[&id::<election::ItemId>("item_s2")].0;
    let device = "ds2".to_owned();
    let corrected = Body::Item(Item {
        device: Some(id("ds2")),
        key: Some(sign::Signer::public_key(&world.keys[&device]).to_string()),
        build: Some(other),
        station: Some(id("s2")),
        supersedes: Some(before),
        ..Item::new(id("item_s2"), ItemKind::Device, "17", "article 5")
    });
    state.apply(&world.frozen, &world.sign(&corrected, &["officer_1", "officer_2"])).unwrap();
    assert_eq!(first_point(&world, &state)[3], (2, 2, Vec::new()));
}
