//! The committed examples are elections without a problem.

use std::path::Path;

use sanad_election::{self as election, Definition, Folder, StationKind};

fn example(name: &str) -> (Folder, Definition) {
    let folder = Folder::load(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples").join(name)).unwrap();
    let definition = election::read(&folder).unwrap_or_else(|problems| {
        panic!("{}", problems.iter().map(|p| format!("{p}\n")).collect::<String>());
    });
    (folder, definition)
}

#[test]
fn minimal_is_an_election() {
    let (_, definition) = example("minimal");
    assert_eq!((definition.stations.len(), definition.candidates.len(), definition.contests.len()), (2, 3, 1));
}

#[test]
fn iraq_2018_is_the_reference_election() {
    let (_, definition) = example("iraq-2018");
    let general: u16 = definition.contests.iter().map(|c| c.seats).sum();
    let reserved: u16 = definition.reserved.iter().map(|r| r.seats).sum();
    let women: u16 = definition.contests.iter().map(|c| definition.women_owed(c.seats)).sum();
    assert_eq!((general, reserved, women), (320, 9, 83));
    assert_eq!((definition.constituencies.len(), definition.offices.len()), (18, 20));
    for kind in StationKind::ALL {
        assert!(definition.stations.iter().any(|s| s.kind == kind), "{kind:?}");
    }
    let three = |s: &&election::Station| s.kind == StationKind::Abroad && s.constituencies.len() == 3;
    assert!(definition.stations.iter().any(|s| three(&s)));
}
