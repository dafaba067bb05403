//! The points of the statement that count stations: by office, and by kind.

use election::{Digest, Lang, StationKind};
use sanad_record as record;

use record::entry::Import;
use record::statement::{Figure, Witnessed, statement};
use record::{Body, Content, Figures, Medium, Outcome};
use testing::{Count, World, id};

/// The third and the fifth point of the tiny election with four stations, of which s2, by kind of the security forces, has sent nothing;
/// s1 and s3 are north, s2 and s4 south.
fn points() -> [Vec<Figure>; 2] {
    let world = World::new(4);
    let mut def = world.frozen.definition.clone();
    let (mut state, mut figures) = (world.begin(), Figures::new());
    for station in ["s1", "s3", "s4"] {
        let results = testing::results(&def, &Count::of(station, [1, 1, 0, 0]));
        let digest = Digest::of(&results.to_bytes());
        figures.insert(digest, results);
        for medium in [Medium::Network, Medium::Stick] {
            let import = Body::Import(Import {
                medium,
                station: id(station),
                device: id(&format!("d{station}")),
                generation: 1,
                label: digest,
                statement: digest,
                content: Content { results_manifest: digest, images_manifest: digest, results: digest },
                intake: None,
                account_differs: false,
                build: None,
            });
            state.apply(&world.frozen, &world.sign(&import, &["centre"])).unwrap();
        }
    }
    let outcome = Outcome::of(&def, &state, &figures).unwrap();
    def.stations[1].kind = StationKind::Security;
    let mut points = statement(&def, &state, (&outcome, &figures), &Witnessed::default(), Lang::En);
    [2, 4].map(|place| std::mem::take(&mut points[place].figures))
}

#[test]
fn each_office_that_is_not_identical_everywhere_has_a_line_of_its_own() {
    let [third, _] = points();
    let told: Vec<_> = third[3..]
        .iter()
        .map(|own| (own.name.as_str(), [own.share.part, own.share.whole], own.exceptions.join(" ")))
        .collect();
    let expected = [
        ("stations found identical", [3, 4], "s2".to_owned()),
        ("offices whose stations were all found identical", [1, 2], "South".to_owned()),
        ("stations found identical, office South", [1, 2], "s2".to_owned()),
    ];
    assert_eq!(told, expected);
}

#[test]
fn kinds_of_stations_are_told_with_one_decimal_and_security_beside_the_others() {
    let [_, fifth] = points();
    let said = |own: &Figure| format!("{}: {}", own.name, own.share.say(Lang::En, |number| number.to_string()));
    let expected = [
        "stations abroad and of displaced people, of all stations: 0 of 4 (0.0 %)",
        "stations of the security forces, of all stations: 1 of 4 (25.0 %)",
    ];
    assert_eq!(fifth[..2].iter().map(said).collect::<Vec<_>>(), expected);
}
