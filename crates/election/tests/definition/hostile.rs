//! Whatever stands in the files: an answer, never a panic; and one canonical form.

use crate::common::frozen;
use proptest::prelude::*;
use sanad_election::{Folder, check as problems, fmt, read};

/// One change to a file.
#[derive(Clone, Debug)]
enum Change {
    Byte(usize, u8),
    Insert(usize, String),
    Cut(usize, usize),
    Cell(usize, String),
    Lines(usize, usize),
    Remove,
}

/// Cells that have broken something somewhere.
const CELLS: [&str; 22] = [
    "",
    "0",
    "-1",
    "18446744073709551616",
    "١٢",
    "n1",
    "centre",
    "0101",
    "north",
    "north north",
    "north south",
    "palm",
    "woman",
    "yes",
    "\"",
    "\"a;b\"",
    "a\u{202e}",
    "=1+1",
    "2018-02-30",
    "open_list",
    "candidates",
    "\u{feff}",
];

fn change() -> impl Strategy<Value = Change> {
    let cell = proptest::sample::select(&CELLS[..]).prop_map(str::to_owned);
    prop_oneof![
        (any::<usize>(), any::<u8>()).prop_map(|(at, byte)| Change::Byte(at, byte)),
        (any::<usize>(), "[\\PC\n\r\t,;\"\\[\\]=]{0,6}").prop_map(|(at, text)| Change::Insert(at, text)),
        (any::<usize>(), 0..40_usize).prop_map(|(at, length)| Change::Cut(at, length)),
        (any::<usize>(), cell.clone()).prop_map(|(at, text)| Change::Cell(at, text)),
        (any::<usize>(), cell).prop_map(|(at, text)| Change::Cell(at, text)),
        (any::<usize>(), any::<usize>()).prop_map(|(a, b)| Change::Lines(a, b)),
        Just(Change::Remove),
    ]
}

fn apply(folder: &mut Folder, file: usize, change: Change) {
    let path = folder.files.keys().nth(file % folder.files.len().max(1)).cloned();
    let Some(path) = path else { return };
    let mut bytes = folder.files.remove(&path).unwrap_or_default();
    let length = bytes.len().max(1);
    match change {
        Change::Byte(at, byte) => {
            if let Some(place) = bytes.get_mut(at % length) {
                *place = byte;
            }
        }
        Change::Insert(at, text) => {
            let at = at % (bytes.len() + 1);
            bytes.splice(at..at, text.into_bytes());
        }
        Change::Cut(at, cut) => {
            let at = at % (bytes.len() + 1);
            bytes.drain(at..(at + cut).min(bytes.len()));
        }
        Change::Cell(at, text) => {
            let seams: Vec<usize> = (0..bytes.len()).filter(|&i| matches!(bytes[i], b',' | b'\n')).collect();
            if seams.len() > 1 {
                let i = at % (seams.len() - 1);
                bytes.splice(seams[i] + 1..seams[i + 1], text.into_bytes());
            }
        }
        Change::Lines(a, b) => {
            let mut lines: Vec<Vec<u8>> = bytes.split(|&b| b == b'\n').map(<[u8]>::to_vec).collect();
            let count = lines.len();
            lines.swap(a % count, b % count);
            bytes = lines.join(&b'\n');
        }
        Change::Remove => return,
    }
    folder.files.insert(path, bytes);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(80))]

    #[test]
    fn reading_always_answers(changes in proptest::collection::vec((any::<usize>(), change()), 0..5)) {
        let mut folder = frozen();
        for (file, change) in changes {
            apply(&mut folder, file, change);
        }
        for problem in problems(&folder) {
            let told = problem.to_string();
            prop_assert!(!told.chars().any(|c| c.is_control() || ('\u{202a}'..='\u{202e}').contains(&c)), "{told:?}");
            prop_assert!(told.len() < 2_000, "{told}");
        }
        let formatted = fmt(&folder);
        prop_assert_eq!(&fmt(&formatted), &formatted);
        prop_assert_eq!(read(&folder).ok(), read(&formatted).ok());
    }
}

#[test]
fn mt6_a_code_is_a_string() {
    // A spreadsheet that dropped the leading zero makes another id: refused, the near one shown, none taken for it.
    let mut folder = frozen();
    let stations = String::from_utf8(folder.files["stations.csv"].clone()).unwrap();
    folder.files.insert("stations.csv".into(), stations.replace("\n0201,", "\n201,").into_bytes());
    let found = problems(&folder);
    assert_eq!(found.iter().map(|p| p.code).collect::<Vec<_>>(), ["E.193", "E.132"], "{found:?}");
    assert!(found[1].next.contains("'201'"), "{}", found[1]);
}

#[test]
fn a_nation_is_read_in_time_that_grows_with_it() {
    // 12,000 stations and as many unknown sources: the messages stay bounded.
    let mut folder = crate::common::small();
    let mut stations = String::from_utf8(folder.files["stations.csv"].clone()).unwrap();
    for i in 0..12_000 {
        stations.push_str(&format!("9{i:06},9{i:06},home,north,general,fixed,450,no_letter,,م,S\n"));
    }
    folder.files.insert("stations.csv".into(), stations.into_bytes());
    let found = problems(&folder);
    assert_eq!(found.len(), 10_001);
    assert!(found.iter().any(|p| p.code == "E.125"));
}
