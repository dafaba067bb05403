//! A stranger with the fingerprint checks what a demo published, and finds every change.

mod common;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

/// Runs `sanad verify --json`: the exit code and the report.
fn verify(publication: &Path, root: Option<&Path>) -> (i32, Value) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_sanad"));
    command.arg("verify").arg(publication).arg("--json");
    if let Some(root) = root {
        command.arg("--root").arg(root);
    }
    let output = command.output().expect("the command runs");
    let report = serde_json::from_slice(&output.stdout).unwrap_or(Value::Null);
    (output.status.code().expect("it ends by itself"), report)
}

fn fingerprint() -> PathBuf {
    common::demo().join("fingerprint.txt")
}

/// A copy of the publication that a test may change.
fn copy(name: &str) -> PathBuf {
    let to = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("publication-{name}"));
    let _ = fs::remove_dir_all(&to);
    copy_tree(&common::demo().join("publication"), &to);
    to
}

fn copy_tree(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            copy_tree(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).unwrap();
        }
    }
}

/// Every file below `folder`, as paths relative to `root`, sorted.
fn files(root: &Path, folder: &Path) -> Vec<String> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(files(root, &path));
        } else {
            found.push(path.strip_prefix(root).unwrap().to_str().unwrap().to_owned());
        }
    }
    found.sort();
    found
}

/// One file of each kind that there is: what stands for a station or language is taken once.
fn one_of_each_kind(publication: &Path) -> Vec<String> {
    let kind = |path: &str| -> String {
        let parts: Vec<&str> = path.split('/').collect();
        let last = parts.last().unwrap();
        match parts[0] {
            "stations" | "ar" | "ckb" | "en" => format!("{}/{last}", parts[0]),
            _ => path.to_owned(),
        }
    };
    let mut kinds = std::collections::BTreeMap::new();
    for path in files(publication, publication) {
        let is_page = path.ends_with(".html") && path.contains('/');
        let key = if is_page { "pages".to_owned() } else { kind(&path) };
        kinds.entry(key).or_insert(path);
    }
    kinds.into_values().collect()
}

#[test]
fn a_demo_is_verified_with_its_planted_absences_recorded() {
    let (code, report) = verify(&common::demo().join("publication"), Some(&fingerprint()));
    assert_eq!((code, report["verdict"].as_str()), (0, Some("pass")), "{report:#}");
    assert_eq!(report["root"]["pinned"], report["root"]["fingerprint"]);
    let checks = report["checks"].as_array().unwrap();
    let checked: u64 = checks.iter().filter_map(|c| c["checked"].as_u64()).sum();
    assert!(checked > 100, "it looked at {checked} things");
    let recorded: u64 = checks.iter().filter_map(|c| c["recorded"].as_u64()).sum();
    assert!(recorded > 0, "the stick that was never collected is a recorded absence");
}

#[test]
fn without_a_root_it_is_incomplete_and_with_another_root_it_fails() {
    let publication = common::demo().join("publication");
    let (code, report) = verify(&publication, None);
    assert_eq!((code, report["verdict"].as_str()), (3, Some("incomplete")));
    assert_eq!(
        report["root"]["fingerprint"].as_str().unwrap(),
        fs::read_to_string(fingerprint()).unwrap().trim(),
        "it is shown for comparing"
    );
    let other = Path::new(env!("CARGO_TARGET_TMPDIR")).join("other-root.txt");
    fs::write(&other, format!("sha256:{}\n", "0".repeat(64))).unwrap();
    assert_eq!(verify(&publication, Some(&other)).0, 1);
}

#[test]
fn what_is_not_a_publication_is_a_wrong_call() {
    let empty = Path::new(env!("CARGO_TARGET_TMPDIR")).join("empty");
    fs::create_dir_all(&empty).unwrap();
    assert_eq!(verify(&empty, Some(&fingerprint())).0, 2);
}

#[test]
fn a_changed_byte_in_any_kind_of_file_fails_and_names_the_file() {
    let publication = copy("changed");
    for path in one_of_each_kind(&publication) {
        let file = publication.join(&path);
        let original = fs::read(&file).unwrap();
        for place in [0, original.len() / 2, original.len() - 1] {
            let mut changed = original.clone();
            changed[place] ^= 1;
            fs::write(&file, &changed).unwrap();
            let (code, report) = verify(&publication, Some(&fingerprint()));
            assert_eq!(code, 1, "{path}, byte {place}: {report:#}");
            // A leaf that changed is named by its log and number, which says more than the bundle that it lies in.
            let log = path.split('/').next().unwrap();
            let said = report.to_string();
            let by_leaf = said.contains(&format!("{log}/tile/")) && said.contains("(leaf ");
            let named = said.contains(&path) || (path.contains("/tile/") && by_leaf);
            assert!(named, "{path}, byte {place} is not named: {report:#}");
        }
        fs::write(&file, &original).unwrap();
    }
    assert_eq!(verify(&publication, Some(&fingerprint())).0, 0, "all is as it was");
}

#[test]
fn a_removed_file_of_any_kind_is_incomplete_and_named() {
    let publication = copy("removed");
    for path in one_of_each_kind(&publication) {
        let (file, aside) = (publication.join(&path), publication.with_extension("aside"));
        fs::rename(&file, &aside).unwrap();
        let (code, report) = verify(&publication, Some(&fingerprint()));
        assert_eq!(code, 3, "{path}: {report:#}");
        assert!(report.to_string().contains(&path), "{path} is not named: {report:#}");
        fs::rename(&aside, &file).unwrap();
    }
}

#[test]
fn a_file_that_the_record_does_not_name_fails() {
    let publication = copy("extra");
    fs::write(publication.join("results/other.csv"), "station,votes\r\n").unwrap();
    let (code, report) = verify(&publication, Some(&fingerprint()));
    assert_eq!(code, 1);
    assert!(report.to_string().contains("results/other.csv"));
}

/// Runs `sanad verify` with so much address space and no more, in KiB; none is no bound.
fn verify_within(kib: u64, publication: &Path, slips: &Path) -> (Option<i32>, Value) {
    let output = Command::new("sh")
        .args(["-c", "ulimit -v \"$1\" && shift && exec \"$@\"", "sh", &kib.to_string(), env!("CARGO_BIN_EXE_sanad")])
        .arg("verify")
        .arg(publication)
        .arg("--json")
        .arg("--root")
        .arg(fingerprint())
        .arg("--slips")
        .arg(slips)
        .output()
        .expect("sh runs");
    (output.status.code(), serde_json::from_slice(&output.stdout).unwrap_or(Value::Null))
}

/// A table of a gigabyte without a line end, JSON a million levels deep, pictures of billions of pixels, pipes: the
/// verdict comes all the same, within less memory than the bombs have.
#[test]
fn vf5_a_hostile_publication_is_judged_within_a_bounded_memory() {
    const KIB: u64 = 900_000;
    let (publication, slips) = (copy("hostile"), tempfile::tempdir().unwrap());
    let (code, report) = verify_within(KIB, &publication, slips.path());
    // 3, for a folder without a slip is no comparison with slips.
    assert_eq!((code, &report["verdict"]), (Some(3), &Value::from("incomplete")), "a good publication fits into that");

    let at = |path: &str| publication.join(path);
    let table = fs::OpenOptions::new().write(true).open(at("results/stations.csv")).unwrap();
    table.set_len(1 << 30).unwrap();
    for (path, length) in
        [("results/accounts.csv", 1u64 << 40), ("index.html", 1 << 43), ("record/checkpoint.new", 1 << 35)]
    {
        let file = fs::OpenOptions::new().write(true).create(true).truncate(false).open(at(path)).unwrap();
        file.set_len(length).unwrap();
    }
    fs::write(at("results/results.json"), "[".repeat(1_000_000)).unwrap();
    for number in 0..5_000 {
        fs::write(at(&format!("en/{number}.html")), "").unwrap();
    }
    assert!(Command::new("mkfifo").arg(at("results/pipe.csv")).status().unwrap().success());
    // A picture of 60,000 by 60,000 pixels, by its header, and a pipe that nobody writes to.
    let mut png = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\xea\x60\0\0\xea\x60\x08\0\0\0\0".to_vec();
    png.extend(0xa5b9_2a9e_u32.to_be_bytes());
    fs::write(slips.path().join("bomb.png"), png).unwrap();
    assert!(Command::new("mkfifo").arg(slips.path().join("pipe.png")).status().unwrap().success());
    let (code, report) = verify_within(KIB, &publication, slips.path());
    assert_eq!((code, &report["verdict"]), (Some(1), &Value::from("fail")));
    let check = |id: &str| report["checks"].as_array().unwrap().iter().find(|check| check["id"] == id).unwrap().clone();
    assert_eq!(check("V.104")["failed"], 5_000);
    let told = check("V.601").to_string();
    assert!(told.contains("longer than any row"), "{told}");
}
