//! Sheets come from a folder, a file of many pages and a scanner, and what is in doubt about them goes to two people.

mod common;

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use serde_json::Value;

fn sanad(args: &[&str], typed: &str, environment: &[(&str, &Path)]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_sanad"));
    command.args(args).envs(environment.iter().copied());
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    // Dropped at once: whoever asks for more than was typed reads the end.
    child.stdin.take().unwrap().write_all(typed.as_bytes()).unwrap();
    child.wait_with_output().unwrap()
}

fn json(output: &Output) -> Value {
    let said = String::from_utf8_lossy(&output.stderr);
    serde_json::from_slice(&output.stdout).unwrap_or_else(|e| panic!("{e}: {said}"))
}

/// The scans of a station of the demo, sorted; each is one side.
fn scans(station: &str) -> Vec<PathBuf> {
    let entries = fs::read_dir(common::demo().join("stations").join(station).join("scans")).unwrap();
    let mut scans: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
    scans.sort();
    scans
}

/// The first station of the demo whose sheets, as `ballot read` reports them, are as asked for.
fn station(is_wanted: impl Fn(&[Value]) -> bool) -> String {
    let demo = common::demo();
    let (election, fingerprint) = (demo.join("election"), demo.join("fingerprint.txt"));
    let entries = fs::read_dir(demo.join("stations")).unwrap();
    let mut stations: Vec<String> = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    stations.sort();
    let read = |station: &String| {
        let folder = demo.join("stations").join(station).join("scans");
        let args = ["ballot", "read", "--json", "--election", path(&election), "--fingerprint", path(&fingerprint)];
        json(&sanad(&[&args[..], &[path(&folder)]].concat(), "", &[])).as_array().unwrap().clone()
    };
    stations.into_iter().find(|station| is_wanted(&read(station))).expect("the demo has a station of that kind")
}

fn has_doubt(sheet: &Value) -> bool {
    sheet["contests"].as_array().unwrap().iter().any(|contest| contest["state"] == "ambiguous")
}

/// A station of which every sheet is read without a doubt.
fn plain() -> String {
    station(|sheets| sheets.iter().all(|sheet| sheet["status"] == "read" && !has_doubt(sheet)))
}

fn path(path: &Path) -> &str {
    path.to_str().unwrap()
}

/// The folder of a station of the demo, made anew, with its polls open.
fn open(station: &str) -> tempfile::TempDir {
    let (demo, dir) = (common::demo(), tempfile::tempdir().unwrap());
    let device = format!("d{station}");
    let key = demo.join("keys/devices").join(format!("{device}.key.pem"));
    let (election, fingerprint) = (demo.join("election"), demo.join("fingerprint.txt"));
    let made = sanad(
        &[
            "station",
            "prepare",
            "--dir",
            path(dir.path()),
            "--station",
            station,
            "--device",
            &device,
            "--election",
            path(&election),
            "--fingerprint",
            path(&fingerprint),
            "--key",
            path(&key),
            "--slots",
            "60",
        ],
        "",
        &[],
    );
    assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
    let opened = sanad(&["station", "open", "--dir", path(dir.path()), "--officer", "officer_1"], "", &[]);
    assert!(opened.status.success(), "{}", String::from_utf8_lossy(&opened.stderr));
    dir
}

fn scan(dir: &Path, from: &[&str], environment: &[(&str, &Path)]) -> Value {
    json(&sanad(&[&["station", "scan", "--json", "--dir", path(dir)], from].concat(), "", environment))
}

#[test]
fn a_folder_a_file_of_pages_and_a_scanner_give_the_same_count() {
    let installed = Command::new("scanimage").arg("--version").output().is_ok_and(|output| output.status.success());
    assert!(installed, "install scanimage, on Debian with: sudo apt-get install sane-utils");
    let station = &plain();
    let scans = scans(station);
    let images: Vec<ballot::Gray> =
        scans.iter().map(|scan| ballot::decode(&fs::read(scan).unwrap()).unwrap()).collect();
    let dir = open(station);
    let work = tempfile::tempdir().unwrap();

    let folder = common::demo().join("stations").join(station).join("scans");
    let by_folder = scan(dir.path(), &[path(&folder)], &[]);
    assert_eq!(by_folder["counted"], images.len());
    assert_eq!(scan(dir.path(), &[path(&folder)], &[])["refused"][0]["code"], "station.same_file");

    let pages = work.path().join("pages.tiff");
    let mut encoder = tiff::encoder::TiffEncoder::new(fs::File::create(&pages).unwrap()).unwrap();
    for image in &images {
        encoder.write_image::<tiff::encoder::colortype::Gray8>(image.width, image.height, &image.pixels).unwrap();
    }
    drop(encoder);
    let dir = open(station);
    let by_pages = scan(dir.path(), &[path(&pages)], &[]);
    assert_eq!(by_pages, by_folder, "the same sheets, of one file");

    // SANE's virtual scanner scans a file; it is told of by a folder of its own.
    fs::write(work.path().join("dll.conf"), "pnm\n").unwrap();
    let dir = open(station);
    for (number, image) in (1..).zip(&images) {
        let file = work.path().join(format!("{number}.pgm"));
        fs::write(&file, sim::scanner::pgm(image)).unwrap();
        let option = format!("filename={}", path(&file));
        let environment = [("SANE_CONFIG_DIR", work.path())];
        let one = scan(dir.path(), &["--sane", "pnm:0", "--sane-option", &option], &environment);
        assert_eq!((&one["counted"], &one["total"]), (&Value::from(1), &Value::from(number)), "{one}");
    }
    assert!(!dir.path().join("incoming").exists(), "no page is left behind");
    let refused = sanad(
        &["station", "scan", "--json", "--dir", path(dir.path()), "--sane", "nobody:0"],
        "",
        &[("SANE_CONFIG_DIR", work.path())],
    );
    assert_eq!((refused.status.code(), &json(&refused)["error"]["code"]), (Some(2), &Value::from("sane.stopped")));
}

#[test]
fn two_people_settle_a_doubt_each_without_the_other_s_answer() {
    let station = station(|sheets| sheets.iter().any(has_doubt));
    let dir = open(&station);
    let folder = common::demo().join("stations").join(&station).join("scans");
    let counted = scan(dir.path(), &[path(&folder)], &[]);
    assert_eq!(counted["doubtful"], 1, "{counted}");

    let ask = |person: &str, typed: &str, options: &[&str]| {
        let args = ["station", "adjudicate", "--dir", path(dir.path()), "--person", person];
        sanad(&[&args[..], options].concat(), typed, &[])
    };
    // What is no answer is asked again; the end of what is typed leaves the doubt open.
    let first = ask("officer_1", "9\nyes\n", &[]);
    let said = String::from_utf8_lossy(&first.stdout).into_owned();
    assert_eq!(first.status.code(), Some(3), "{said}");
    assert_eq!(said.matches("is not an answer").count(), 2, "{said}");
    let picture = fs::read_dir(dir.path().join("doubts")).unwrap().next().unwrap().unwrap().path();
    let picture = ballot::decode_crop(&fs::read(picture).unwrap()).unwrap();
    assert!(picture.width > 30 && picture.height > 20 && picture.width < 1_700, "one option with its label");
    assert!(
        picture.pixels.iter().any(|p| *p < 100) && picture.pixels.iter().any(|p| (100..200).contains(p)),
        "in grey"
    );

    let first = json(&ask("officer_1", "1\n", &["--json"]));
    assert_eq!(first["open"], 1);
    assert_eq!(first["questions"][0]["answered"], serde_json::json!(["officer_1"]));
    let second = ask("officer_2", "1\n", &[]);
    let said = String::from_utf8_lossy(&second.stdout).into_owned();
    assert!(second.status.success(), "{said}");
    // What the second is shown before the answer does not say what the first one saw.
    let question = &first["questions"][0];
    assert!(question.get("answers").is_none() && question.get("marked").is_none(), "{question}");
    let third = ask("officer_3", "0\n", &["--json"]);
    assert_eq!(json(&third)["open"], 0, "a settled doubt is not asked again");
}

#[test]
fn every_stage_has_its_picture_and_reports_keep_their_order() {
    let demo = common::demo();
    let (election, fingerprint) = (demo.join("election"), demo.join("fingerprint.txt"));
    let pictures = tempfile::tempdir().unwrap();
    let scans = scans(&plain());
    let folder = scans[0].parent().unwrap();
    let read = sanad(
        &[
            "ballot",
            "read",
            "--json",
            "--election",
            path(&election),
            "--fingerprint",
            path(&fingerprint),
            "--debug",
            path(pictures.path()),
            path(folder),
        ],
        "",
        &[],
    );
    let reports = json(&read);
    let names: Vec<&str> =
        reports.as_array().unwrap().iter().map(|report| report["images"][0].as_str().unwrap()).collect();
    assert_eq!(names, scans.iter().map(|scan| path(scan)).collect::<Vec<_>>());
    for number in 1..=scans.len() {
        for stage in ["1-threshold", "2-shapes", "3-marks", "4-grid", "5-ovals"] {
            let picture = pictures.path().join(format!("{number:04}/front-{stage}.png"));
            assert!(fs::read(&picture).unwrap().len() > 1_000, "{}", picture.display());
        }
    }
}

#[test]
fn other_thresholds_are_tried_on_raw_scores() {
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("scores.json");
    fs::write(&file, br#"[{"council":{"a":{"ink":150,"grey":140,"depth":800},"b":{"ink":0},"c":{"ink":700}}}]"#)
        .unwrap();
    let election = common::demo().join("election");
    let rescore = |options: &[&str]| {
        sanad(
            &[&["ballot", "rescore", path(&file), "--json", "--election", path(&election)], options].concat(),
            "",
            &[],
        )
    };
    let same = rescore(&[]);
    assert_eq!((same.status.code(), &json(&same)["changed"]), (Some(0), &serde_json::json!([])));
    assert_eq!([&json(&same)["marked"], &json(&same)["ambiguous"], &json(&same)["unmarked"]], [2, 0, 1]);
    let stricter = rescore(&["--marked-from", "200"]);
    let changed = serde_json::json!([
        {"record": 1, "contest": "council", "option": "a", "from": "marked", "to": "ambiguous"}
    ]);
    assert_eq!((stricter.status.code(), &json(&stricter)["changed"]), (Some(1), &changed));
}
