//! Folders made to cost more than their size: each of these took minutes, or gigabytes, where every row looked through
//! every row of another table. No time is asserted; a reader that does so again is seen by waiting for it.

use sanad_election::{Folder, check as problems, read};

use crate::common::{frozen, small};

/// Rows of each table.
const ROWS: usize = 60_000;

/// The small election with more rows in these tables.
fn with(tables: &[(&str, &dyn Fn(usize) -> String)]) -> Folder {
    let mut folder = small();
    for (path, row) in tables {
        let more: String = (0..ROWS).map(row).collect();
        folder.files.get_mut(*path).unwrap().extend(more.into_bytes());
    }
    folder
}

fn codes(folder: &Folder) -> Vec<&'static str> {
    let mut codes: Vec<&str> = problems(folder).iter().map(|p| p.code).collect();
    codes.sort_unstable();
    codes.dedup();
    codes
}

#[test]
fn unknown_ids_beside_as_many_known_ones() {
    let folder =
        with(&[("offices.csv", &|i| format!("x{i},م,O\n")), ("people.csv", &|i| format!("q{i},officer,,y{i},م,P\n"))]);
    assert_eq!(codes(&folder), ["E.125", "E.132"]);
}

#[test]
fn contests_beside_as_many_reserved_seats() {
    let folder = with(&[
        ("constituencies.csv", &|i| format!("x{i},م,C\n")),
        ("contests.csv", &|i| format!("x{i},x{i},candidates,1,0,1,م,C\n")),
        ("reserved.csv", &|i| format!("north,z{i},0,م,R\n")),
    ]);
    assert!(codes(&folder).contains(&"E.125"));
}

#[test]
fn lists_of_one_contest_beside_as_many_communities() {
    let folder = with(&[
        ("reserved.csv", &|i| format!("north,z{i},1,م,R\n")),
        ("lists.csv", &|i| {
            format!("l{i},north,{},palm,{}z{i},م,L\n", i % 9_000 + 10, if i % 2 == 0 { "y" } else { "" })
        }),
    ]);
    assert!(codes(&folder).contains(&"E.125"));
}

#[test]
fn officers_beside_as_many_keys() {
    let mut folder = frozen();
    let people: String = (0..ROWS).map(|i| format!("q{i},officer,,,م,P\n")).collect();
    folder.files.get_mut("people.csv").unwrap().extend(people.into_bytes());
    let keys: String =
        (0..ROWS).map(|i| format!("q{i},MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE{:085}A==\n", i + 100)).collect();
    folder.files.get_mut("keys/people.csv").unwrap().extend(keys.into_bytes());
    assert_eq!(codes(&folder), Vec::<&str>::new());
}

#[test]
fn a_cell_of_ids_is_bounded() {
    let mut folder = small();
    let ids = "north ".repeat(3_000_000);
    let rows = [("8001", ""), ("8002", "8001")]
        .map(|(id, counted)| format!("{id},80,abroad,{ids},abroad,fixed,9,roll,{counted},م,S\n"))
        .concat();
    folder.files.get_mut("stations.csv").unwrap().extend(rows.into_bytes());
    assert_eq!(codes(&folder), ["E.122", "E.151"]);
    let two_thousand = "north ".repeat(2_000);
    let mut folder = small();
    let row = format!("8001,80,abroad,{two_thousand},abroad,fixed,9,roll,,م,S\n");
    folder.files.get_mut("stations.csv").unwrap().extend(row.into_bytes());
    assert_eq!(codes(&folder), ["E.151"]);
}

#[test]
fn settings_of_nothing_but_lines_that_are_wrong() {
    for line in ["x\n", "[a]\n", "=\n", "a.b.c = [[[[[[\n"] {
        let folder =
            Folder { files: [("election.toml".to_owned(), line.repeat(250_000 / line.len()).into_bytes())].into() };
        assert!(read(&folder).unwrap_err().iter().any(|p| p.code == "E.105"), "{line}");
    }
    let keys: String = (0..20_000).map(|i| format!("elections{i} = 1\n")).collect();
    let mut folder = small();
    folder.files.insert("election.toml".into(), keys[..250_000].rsplit_once('\n').unwrap().0.as_bytes().to_vec());
    assert!(codes(&folder).contains(&"E.107"));
}

#[test]
fn settings_nested_without_end_are_refused() {
    let deep = 120_000;
    for text in [
        format!("a = {}", "[".repeat(deep)),
        format!("a = {}{}", "[".repeat(deep), "]".repeat(deep)),
        format!("a = {}", "{a=".repeat(deep / 2)),
        format!("{}b = 1", "a.".repeat(deep)),
        format!("[{}b]\n", "a.".repeat(deep)),
        format!("[[{}b]]\n", "a.".repeat(deep)),
        format!("a = {{{}b = 1}}", "a.".repeat(deep)),
    ] {
        let mut folder = small();
        folder.files.insert("election.toml".into(), text.clone().into_bytes());
        let found = codes(&folder);
        assert!(found.contains(&"E.105") || found.contains(&"E.107"), "{} {found:?}", &text[..20]);
    }
}
