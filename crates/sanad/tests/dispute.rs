//! The worked example of docs/dispute.md at its smallest: what its publication says, and what both verifiers say of it.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::OnceLock;

use serde_json::Value;

const SANAD: &str = env!("CARGO_BIN_EXE_sanad");
const STATIONS: usize = 60;
/// 1,021 of 53,000 are one of 60; eight is the fewest, two for each reason.
const CANCELLED: usize = 8;
/// One of four.
const RESTORED: usize = 2;
/// Checks of `sanad verify` alone.
const ALONE: [&str; 2] = ["V.606", "V.607"];

type Row = BTreeMap<String, String>;

/// The folder of the dispute, and the object that it printed.
fn dispute() -> &'static (PathBuf, Value) {
    static DISPUTE: OnceLock<(PathBuf, Value)> = OnceLock::new();
    DISPUTE.get_or_init(|| {
        let dir = Path::new(env!("CARGO_TARGET_TMPDIR")).join("dispute");
        let _ = fs::remove_dir_all(&dir);
        let stations = STATIONS.to_string();
        let output = run(Command::new(SANAD).arg("demo").arg(&dir).args([
            "--dispute",
            "--stations",
            &stations,
            "--quiet",
            "--json",
        ]));
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        (dir, printed(&output))
    })
}

fn run(command: &mut Command) -> Output {
    command.output().expect("the command runs")
}

fn printed(output: &Output) -> Value {
    serde_json::from_slice(&output.stdout)
        .unwrap_or_else(|e| panic!("{e}\n{}", String::from_utf8_lossy(&output.stderr)))
}

/// The rows of a table of the publication, by the names of their columns.
fn table(path: &str) -> Vec<Row> {
    let text = fs::read_to_string(dispute().0.join("publication").join(path)).expect("a table");
    let mut lines = text.trim_start_matches('\u{feff}').lines().map(cells);
    let header = lines.next().expect("a header");
    lines.map(|row| header.iter().cloned().zip(row).collect()).collect()
}

/// The cells of a line of CSV.
fn cells(line: &str) -> Vec<String> {
    let mut cells = vec![String::new()];
    let mut quoted = false;
    for c in line.chars() {
        match c {
            '"' => quoted = !quoted,
            ',' if !quoted => cells.push(String::new()),
            c => cells.last_mut().expect("there is one").push(c),
        }
    }
    cells
}

fn count(rows: &[Row], column: &str, cell: &str) -> usize {
    rows.iter().filter(|row| row[column] == cell).count()
}

/// The rows of `docket/changes.csv` of a version and a level.
fn changes(version: &str, level: &str) -> Vec<Row> {
    let rows = table("docket/changes.csv").into_iter();
    rows.filter(|row| row["version"] == version && row["level"] == level).collect()
}

/// The verdict of each check, by number.
fn verdicts(report: &Value) -> BTreeMap<&str, &str> {
    let checks = report["checks"].as_array().expect("checks");
    checks.iter().map(|check| (check["id"].as_str().unwrap(), check["verdict"].as_str().unwrap())).collect()
}

#[test]
fn stations_are_cancelled_for_four_reasons_and_some_come_back() {
    let stations = &dispute().1["stations"];
    let figure = |name: &str| stations[name].as_u64().unwrap_or_else(|| panic!("{name} in {stations:#}")) as usize;
    assert_eq!((figure("expected"), figure("network"), figure("stick")), (STATIONS, STATIONS, STATIONS));
    assert_eq!(figure("identical"), STATIONS);
    assert_eq!(figure("cancelled"), CANCELLED - RESTORED);
    assert_eq!(figure("counted"), STATIONS - CANCELLED + RESTORED);

    let complaints = table("docket/complaints.csv");
    assert_eq!(complaints.len(), CANCELLED);
    assert_eq!(count(&complaints, "verdict", "upheld"), CANCELLED);
    assert_eq!(count(&complaints, "class", "red"), CANCELLED);
    let grounds: BTreeSet<&String> = complaints.iter().map(|row| &row["ground"]).collect();
    assert_eq!(grounds.len(), 4);
    for ground in grounds {
        assert_eq!(count(&complaints, "ground", ground), CANCELLED / 4, "{ground}");
    }

    let cancelled: Vec<Row> = changes("2", "station").into_iter().filter(|row| row["after"] == "cancelled").collect();
    assert_eq!(cancelled.len(), CANCELLED);
    let subjects: BTreeSet<&String> = complaints.iter().map(|row| &row["subject"]).collect();
    assert_eq!(subjects, cancelled.iter().map(|row| &row["place"]).collect());
    let restored = changes("3", "station").into_iter().filter(|row| row["before"] == "cancelled");
    assert_eq!(restored.filter(|row| row["after"].starts_with("matched")).count(), RESTORED);
}

#[test]
fn the_court_grants_dismisses_stops_and_lifts() {
    let appeals = table("docket/appeals.csv");
    let upon = |against: &str, ruled: &str| {
        appeals.iter().filter(|row| row["against"] == against && row["ruled"] == ruled).count()
    };
    assert_eq!((upon("resolution", "granted"), upon("announcement", "granted")), (RESTORED, 1));
    assert!(upon("resolution", "dismissed") > 0);
    assert_eq!(count(&appeals, "late", "no"), appeals.len());
    assert_eq!(count(&appeals, "in_time", "yes"), appeals.len());

    let rulings = table("docket/rulings.csv");
    let of = |ruled: &str| rulings.iter().find(|row| row["ruled"] == ruled).expect("a ruling");
    assert_eq!((of("stays")["what"].as_str(), of("stays")["stands"].as_str()), ("certification", "no"));
    assert_eq!(of("lifts")["what"], of("stays")["leaf"]);

    let certified = table("docket/certifications.csv");
    let versions: Vec<[&str; 3]> =
        certified.iter().map(|row| ["number", "version", "despite"].map(|name| row[name].as_str())).collect();
    assert_eq!(
        versions,
        [["1", "1", ""], ["2", "3", ""]],
        "version 2 was stopped, and nothing is permitted to be open"
    );
    assert!(table("docket/open.csv").is_empty());
}

#[test]
fn the_recount_moves_one_seat_between_the_certified_versions() {
    assert!(changes("2", "seats").is_empty(), "what is cancelled moves none");
    let seats = changes("3", "seats");
    let step = |row: &Row| row["after"].parse::<i64>().unwrap() - row["before"].parse::<i64>().unwrap();
    let steps: BTreeSet<i64> = seats.iter().map(step).collect();
    assert_eq!((seats.len(), steps), (2, [-1, 1].into()), "{seats:?}");
    assert_eq!(seats[0]["place"], seats[1]["place"]);

    let lists: BTreeSet<&String> = seats.iter().map(|row| &row["option"]).collect();
    let differences = table("docket/hand_differences.csv");
    assert_eq!(lists, differences.iter().map(|row| &row["option"]).collect(), "the recount is about these two lists");
    let counts = table("docket/hand_counts.csv");
    let (counted, differing): (BTreeSet<&String>, BTreeSet<&String>) =
        (counts.iter().map(|row| &row["station"]).collect(), differences.iter().map(|row| &row["station"]).collect());
    assert_eq!(counted, differing);
    assert_eq!(count(&counts, "counted", "yes"), counts.len());
    assert_eq!(count(&table("docket/recounts.csv"), "stands", "yes"), counts.len());
    for station in counted {
        let typed = |who: &str| fs::read(dispute().0.join(format!("recounts/{station}-{who}.csv"))).expect("a form");
        assert_eq!(typed("first"), typed("second"), "{station}");
    }
}

#[test]
fn both_verifiers_pass_it() {
    let (dir, object) = dispute();
    assert_eq!(object["verify"], "pass");
    let (publication, root) = (dir.join("publication"), dir.join("fingerprint.txt"));
    let one = run(Command::new(SANAD).args(["verify", "--json"]).arg(&publication).arg("--root").arg(&root));
    let one = printed(&one);
    let mut first = verdicts(&one);
    assert!(first.values().all(|verdict| *verdict == "pass"), "{one:#}");

    let tool = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tools/verify.py");
    let other = run(Command::new("python3").arg(tool).arg(&publication).arg("--json").arg("--fingerprint").arg(&root));
    let other = printed(&other);
    let second = verdicts(&other);
    first.retain(|check, _| !ALONE.contains(check));
    assert_eq!(first, second, "{other:#}");
}

#[test]
fn too_few_stations_for_a_dispute_are_refused() {
    let dir = Path::new(env!("CARGO_TARGET_TMPDIR")).join("dispute-too-few");
    let output = run(Command::new(SANAD).arg("demo").arg(&dir).args(["--dispute", "--stations", "59", "--json"]));
    assert_eq!(output.status.code(), Some(2));
    assert_eq!(printed(&output)["error"]["code"], "demo.stations");
}
