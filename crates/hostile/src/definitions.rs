//! The folder of a definition, as somebody's spreadsheets and editor wrote it.

use election::{Digest, Folder, KeyLists, Problem};
use package::Expected;

use crate::input::files;
use crate::is_printable;

/// A folder: files after lines `%% NAME`. What is read stays the same in its canonical form, which is its own.
pub fn definition(data: &[u8]) {
    let folder = Folder { files: files(data) };
    let formatted = election::fmt(&folder);
    assert_eq!(election::fmt(&formatted), formatted, "the canonical form is its own");
    match election::read(&folder) {
        Ok(definition) => {
            assert_eq!(election::read(&formatted).as_ref(), Ok(&definition), "the canonical form says the same");
            if let Err(problems) = KeyLists::read(&folder, &definition) {
                told(&problems);
            }
            // What is whole can be asked anything.
            let _ = ballot::Design::new(&definition, Digest([7; 32]));
            for station in definition.stations.iter().take(50) {
                assert!(Expected::of(&definition, &station.id).is_some());
            }
            if let Ok(thinned) = election::thin(&folder, 1) {
                assert!(
                    election::read(&thinned).is_ok_and(|thinned| thinned.stations.len() <= definition.stations.len())
                );
            }
        }
        Err(problems) => told(&problems),
    }
}

fn told(problems: &[Problem]) {
    assert!(!problems.is_empty());
    for problem in problems {
        assert!(problem.code.starts_with("E."), "{}", problem.code);
        assert!(!problem.what.is_empty() && !problem.next.is_empty());
        is_printable(&problem.to_string());
    }
}
