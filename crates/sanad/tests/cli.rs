//! The commands that stand on their own, as others call them.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde_json::Value;

fn sanad(args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_sanad")).args(args).output().expect("the command runs")
}

fn file(name: &str, content: &str) -> String {
    let path: PathBuf = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    fs::write(&path, content).unwrap();
    path.to_str().unwrap().to_owned()
}

fn json(output: &Output) -> Value {
    serde_json::from_slice(&output.stdout)
        .unwrap_or_else(|e| panic!("{e}: {}", String::from_utf8_lossy(&output.stdout)))
}

#[test]
fn every_kind_of_contest_is_drawn_on_its_sheets() {
    // Open and closed lists, one of several and several of several, on two sheets of the city and one of the village.
    let council = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/council");
    let out = Path::new(env!("CARGO_TARGET_TMPDIR")).join("council");
    fs::create_dir_all(&out).unwrap();
    for (style, sheets) in [("city", &["city.png", "2-city.png"][..]), ("village", &["village.png"][..])] {
        let to = out.join(sheets[0]);
        let (council, to) = (council.to_str().unwrap(), to.to_str().unwrap());
        let output = sanad(&["ballot", "draw", council, "--style", style, "-o", to]);
        assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
        for sheet in sheets {
            let drawn = fs::read(out.join(sheet)).unwrap();
            assert!(drawn.starts_with(b"\x89PNG") && drawn.len() > 20_000, "{sheet}: {} bytes", drawn.len());
        }
    }
    let unknown = sanad(&["ballot", "draw", council.to_str().unwrap(), "--style", "citty", "-o", "x.png"]);
    assert_eq!(unknown.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&unknown.stderr).contains("city"), "mt6: the nearest is shown");
}

#[test]
fn seats_by_the_three_methods() {
    // Votes of the first example in the literature on the methods: 53, 24, 23 thousand for 7 seats.
    let votes = file("votes.csv", "id,votes\na,53000\nb,24000\nc,23000\n");
    for (method, seats) in [("d-hondt", [4, 2, 1]), ("sainte-lague", [3, 2, 2]), ("hare", [4, 2, 1])] {
        let output = sanad(&["seats", "--votes", &votes, "--seats", "7", "--method", method, "--json"]);
        assert_eq!(output.status.code(), Some(0), "{method}");
        let found = json(&output);
        let by_list = ["a", "b", "c"].map(|id| found["seats"][id].as_u64().unwrap());
        assert_eq!(by_list, seats, "{method}");
    }
}

#[test]
fn a_tie_for_the_last_seat_stops_for_a_lot() {
    let votes = file("tie.csv", "id,votes\nx,10\ny,10\n");
    let output = sanad(&["seats", "--votes", &votes, "--seats", "1", "--method", "sainte-lague:1.7", "--json"]);
    assert_eq!(output.status.code(), Some(3));
    assert_eq!(json(&output)["lots"], serde_json::json!([{ "seats": 1, "between": ["x", "y"] }]));
}

#[test]
fn a_wrong_call_says_what_where_and_what_next() {
    let votes = file("bad.csv", "id,votes\na,1x\n");
    let output = sanad(&["seats", "--votes", &votes, "--seats", "1", "--method", "hare"]);
    assert_eq!(output.status.code(), Some(2));
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(said.contains("bad.csv:2") && said.contains("hint"), "{said}");
    let method = sanad(&["seats", "--votes", &votes, "--seats", "1", "--method", "guess"]);
    assert_eq!(method.status.code(), Some(2));
    assert!(String::from_utf8(method.stderr).unwrap().contains("sainte-lague:1.7"));
}

#[test]
fn match_classes_and_exit_codes() {
    let map = file("map.toml", "station = \"id\"\n[fields]\na = \"a\"\nb = \"b\"\nc = \"c\"\n");
    let left = file("left.csv", "id,a,b,c\n01,1,2,3\n02,1,2,3\n03,1,2,3\n04,1,2,3\n05,1,2,3\n06,1,2,3\n");
    let same = sanad(&["match", "--left", &left, "--right", &left, "--map", &map, "--json"]);
    assert_eq!(same.status.code(), Some(0));
    let right = file("right.csv", "id,a,b,c\n01,1,2,3\n02,0,0,0\n03,1,2,4\n04,3,2,1\n05,2,2,2\n06,9,9,3\n07,1,1,1\n");
    let output = sanad(&["match", "--left", &left, "--right", &right, "--map", &map, "--json"]);
    assert_eq!(output.status.code(), Some(1));
    let found = json(&output);
    let classes = &found["classes"];
    for class in ["all_zero", "one_field", "permuted", "redistributed", "several_fields"] {
        assert_eq!(classes[class], 1, "{class} in {classes}");
    }
    assert_eq!((found["identical"].as_u64(), found["only_right"].as_u64()), (Some(1), Some(1)));
    let longer = file("longer.csv", "id,a,b,c\n01,1,2,3\n02,1,2,3\n03,1,2,3\n04,1,2,3\n05,1,2,3\n06,1,2,3\n07,1,1,1\n");
    let one_sided = sanad(&["match", "--left", &left, "--right", &longer, "--map", &map]);
    assert_eq!(one_sided.status.code(), Some(3));
}

#[test]
fn a_new_definition_checks_and_a_broken_one_tells_every_error() {
    let dir = Path::new(env!("CARGO_TARGET_TMPDIR")).join("new-election");
    let _ = fs::remove_dir_all(&dir);
    let path = dir.to_str().unwrap();
    assert!(sanad(&["election", "new", path]).status.success());
    assert!(sanad(&["election", "check", path]).status.success());
    let stations = dir.join("stations.csv");
    let broken = fs::read_to_string(&stations).unwrap().replace(",general,", ",generl,");
    fs::write(&stations, broken).unwrap();
    let output = sanad(&["election", "check", path]);
    assert_eq!(output.status.code(), Some(1));
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(said.contains("stations.csv:2") && said.contains("E.1"), "{said}");
}

#[test]
fn examples_check() {
    for example in ["iraq-2018", "minimal"] {
        let dir = format!("{}/../../examples/{example}", env!("CARGO_MANIFEST_DIR"));
        let output = sanad(&["election", "check", &dir]);
        assert!(output.status.success(), "{example}: {}", String::from_utf8_lossy(&output.stderr));
    }
}

#[test]
fn a_demo_does_not_replace_a_folder_of_others() {
    let dir = Path::new(env!("CARGO_TARGET_TMPDIR")).join("somebody-elses");
    fs::create_dir_all(&dir).unwrap();
    fs::write(dir.join("thesis.txt"), "years of work").unwrap();
    let output = sanad(&["demo", dir.to_str().unwrap()]);
    assert_eq!(output.status.code(), Some(2));
    assert!(dir.join("thesis.txt").exists());
}
