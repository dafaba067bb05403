//! What a demo leaves behind, and what others rely on in it.

mod common;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use serde_json::Value;

fn sanad(args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_sanad")).args(args).output().expect("the command runs")
}

fn text(path: &Path) -> String {
    path.to_str().unwrap().to_owned()
}

#[test]
fn everything_named_in_the_commands_document_is_there() {
    let dir = common::demo();
    for path in [
        "fingerprint.txt",
        "election/election.toml",
        "keys/DEMO",
        "keys/centre.identity.txt",
        "intake",
        "sticks",
        "centre",
        "publication/manifest-sha256.txt",
        "disks/palm/handover.dsse.json",
        "disks/seven_doors/handover.dsse.json",
    ] {
        assert!(dir.join(path).exists(), "{path}");
    }
    let stations = fs::read_dir(dir.join("stations")).unwrap().count();
    assert_eq!(stations, 18);
    for station in fs::read_dir(dir.join("stations")).unwrap() {
        let folder = station.unwrap().path();
        let names: Vec<String> =
            fs::read_dir(&folder).unwrap().map(|e| e.unwrap().file_name().to_string_lossy().into_owned()).collect();
        for end in [".results.age", ".images.age", ".label.json", "slip.pdf", "slip.png", "scans"] {
            assert!(names.iter().any(|name| name.ends_with(end)), "{end} in {}", folder.display());
        }
    }
}

#[test]
fn what_was_planted_is_found() {
    let dir = common::demo();
    let output = sanad(&["centre", "status", "--json", "--dir", &text(&dir.join("centre"))]);
    let status: Value = serde_json::from_slice(&output.stdout).unwrap();
    let stations = &status["stations"];
    let figure = |name: &str| stations[name].as_u64().unwrap_or_else(|| panic!("{name} in {stations:#}"));
    assert_eq!((figure("expected"), figure("network"), figure("stick")), (18, 18, 17));
    assert_eq!((figure("both"), figure("identical"), figure("different")), (17, 16, 1));
    assert_eq!((figure("missing_stick"), figure("missing_network")), (1, 0));
    assert_eq!((figure("quarantined"), figure("cancelled"), figure("arrived")), (1, 1, 1));
    assert_eq!(figure("counted"), 16, "all but the quarantined and the cancelled one");
    assert_eq!(figure("counted_by_order"), 1);
    let sum = ["arrived", "matched", "confirmed", "quarantined", "sub_judice", "cancelled", "not_opened"];
    assert_eq!(sum.iter().map(|name| figure(name)).sum::<u64>(), 18, "each station stands in one place");
    let by_office: u64 = status["by_office"].as_array().unwrap().iter().map(|o| o["expected"].as_u64().unwrap()).sum();
    assert_eq!(by_office, 18);

    let record = sanad(&["record", "show", "--json", "--dir", &text(&dir.join("centre"))]);
    let record = String::from_utf8(record.stdout).unwrap();
    assert!(record.contains("import.unknown_device"), "the unknown device's package is refused on the record");
}

/// The keys that other programs rely on, of all stations and of each office; and what was planted among the findings.
#[test]
fn every_transmission_is_accounted_for_and_every_program_is_the_registers() {
    let publication = common::demo().join("publication");
    let rows = |path: &str| -> Vec<Vec<String>> {
        let table = fs::read_to_string(publication.join(path)).unwrap();
        table.lines().skip(1).map(|line| line.split(',').map(str::to_owned).collect()).collect()
    };
    let sent = rows("transmission/stations.csv");
    assert_eq!(sent.len(), 18);
    for row in &sent {
        assert_eq!(row[1..5], ["1", "1", "1", "0"], "one package, its receipt, one attempt that was not cut: {row:?}");
        assert_eq!((&row[5], row[12].as_str()), (&row[6], ""), "as many bytes as its label says: {row:?}");
        assert!(row[9].starts_with("TLSv1.3 "), "{row:?}");
    }
    let refused = sent.iter().filter(|row| row[11] == "intake.device: 1").count();
    assert_eq!(refused, 1, "the package of the device that nobody knows");
    let ran = rows("register/builds.csv");
    assert_eq!((ran.len(), ran.iter().filter(|row| row[6] == "yes").count()), (18, 18), "{ran:?}");
}

#[test]
fn the_status_has_its_keys_its_findings_and_what_comes_next() {
    const KEYS: [&str; 14] = [
        "expected",
        "network",
        "stick",
        "both",
        "identical",
        "different",
        "missing_stick",
        "missing_network",
        "arrived",
        "matched",
        "confirmed",
        "quarantined",
        "cancelled",
        "not_opened",
    ];
    let centre = text(&common::demo().join("centre"));
    let output = sanad(&["centre", "status", "--json", "--dir", &centre]);
    let status: Value = serde_json::from_slice(&output.stdout).unwrap();
    let offices = status["by_office"].as_array().unwrap();
    for key in KEYS {
        assert!(status["stations"][key].is_u64(), "{key}");
        let sum: u64 = offices.iter().map(|office| office[key].as_u64().unwrap()).sum();
        assert_eq!(sum, status["stations"][key].as_u64().unwrap(), "{key}");
    }
    assert!(offices.iter().all(|office| office["office"].is_string()));
    let found: Vec<&str> =
        status["findings"].as_array().unwrap().iter().map(|finding| finding["code"].as_str().unwrap()).collect();
    for code in ["import.unknown_device", "content.figures", "figures.unread"] {
        assert!(found.contains(&code), "{code} is not among {found:?}");
    }
    assert!(!status["differences"].as_array().unwrap().is_empty());
    let evidences: u64 = (0..=3).map(|n| status["evidences"][n.to_string()].as_u64().unwrap()).sum();
    assert_eq!(evidences, 18);
    assert_eq!(status["forms"]["unexpected"], 1);
    let next: Vec<&str> = status["next"].as_array().unwrap().iter().map(|n| n["step"].as_str().unwrap()).collect();
    assert_eq!(next, ["import_sticks", "decide"], "all else is done in a demo");
    // The same for people.
    let output = sanad(&["centre", "status", "--dir", &centre]);
    let shown = String::from_utf8_lossy(&output.stdout);
    for says in ["figures.unread", "Next: import the sticks, or decide without them"] {
        assert!(shown.contains(says), "{shown}");
    }
    let output = sanad(&["centre", "check", "--dir", &centre]);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stdout));
}

/// The demo plays the eve of the vote: the witnesses had seen the freeze before the polls of the example opened.
#[test]
fn the_freeze_was_seen_by_the_witnesses_before_the_polls_opened() {
    let dir = common::demo();
    let output = sanad(&["centre", "status", "--json", "--dir", &text(&dir.join("centre"))]);
    let status: Value = serde_json::from_slice(&output.stdout).unwrap();
    let own = &status["before_polls"];
    assert_eq!((own["seen"][0][1].as_str(), &own["unseen"]), (Some("freeze"), &serde_json::json!([])), "{own:#}");
    // 18 hours on 11 May 2018 in Baghdad, and 7 hours on the day after it.
    assert_eq!((own["since"].as_u64(), own["opens"].as_i64()), (Some(1_526_050_800), Some(1_526_097_600)));
    let shown = sanad(&["centre", "status", "--dir", &text(&dir.join("centre"))]).stdout;
    assert!(String::from_utf8_lossy(&shown).contains("before the polls opened at"));
    let leaf = sanad(&["record", "show", "--json", "--leaf", "1", "--publication", &text(&dir.join("publication"))]);
    let leaf: Value = serde_json::from_slice(&leaf.stdout).unwrap();
    assert_eq!(leaf["leaves"][0]["kind"], "witnessed");
    let root = text(&dir.join("fingerprint.txt"));
    let report = sanad(&["verify", "--json", &text(&dir.join("publication")), "--root", &root]);
    let report: Value = serde_json::from_slice(&report.stdout).unwrap();
    let check = report["checks"].as_array().unwrap().iter().find(|check| check["id"] == "V.209").unwrap();
    assert_eq!((check["verdict"].as_str(), check["checked"].as_u64()), (Some("pass"), Some(2)), "{check:#}");
}

#[test]
fn the_statement_never_says_all_while_some_are_missing() {
    for lang in ["ar", "ckb", "en"] {
        let output = sanad(&["statement", "--lang", lang, "--publication", &text(&common::demo().join("publication"))]);
        assert!(output.status.success());
        let said = String::from_utf8(output.stdout).unwrap();
        for number in 1..=9 {
            assert!(said.contains(&format!("{number}. ")), "point {number} in {lang}");
        }
        // 17 of 18 were compared: no line about sticks or comparisons may come to a hundred.
        let line = said.lines().find(|line| line.contains("17")).expect("the compared stations");
        assert!(!line.contains("100"), "{line}");
    }
    let english = sanad(&["statement", "--publication", &text(&common::demo().join("publication"))]);
    assert!(String::from_utf8(english.stdout).unwrap().contains("not evidenced"));
}

#[test]
fn a_slip_on_a_photo_proves_its_station() {
    let dir = common::demo();
    let slip = fs::read_dir(dir.join("slips")).unwrap().next().unwrap().unwrap().path();
    let publication = text(&dir.join("publication"));
    let output = sanad(&["slip", "check", &text(&slip), "--publication", &publication]);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stdout));
    let read = sanad(&["slip", "read", &text(&slip), "--json", "--election", &text(&dir.join("election"))]);
    let figures: Value = serde_json::from_slice(&read.stdout).unwrap();
    assert_eq!(figures["signature"], "valid");
    let unchecked = sanad(&["slip", "read", &text(&slip), "--json"]);
    assert_eq!(unchecked.status.code(), Some(3), "without the key list nothing says whose figures these are");
}

#[test]
fn the_same_seed_gives_the_same_results() {
    let results = |dir: &Path| -> BTreeMap<String, Vec<u8>> {
        fs::read_dir(dir.join("publication/results"))
            .unwrap()
            .map(|entry| entry.unwrap())
            .map(|entry| (entry.file_name().to_string_lossy().into_owned(), fs::read(entry.path()).unwrap()))
            .collect()
    };
    let again = Path::new(env!("CARGO_TARGET_TMPDIR")).join("demo-again");
    let output = sanad(&["demo", &text(&again), "--stations", "18", "--ballots", "5", "--quiet"]);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    assert!(results(common::demo()) == results(&again), "publication/results differ between two runs of one seed");
}
