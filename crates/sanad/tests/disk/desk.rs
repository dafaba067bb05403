//! Disks to be spoilt, sealed again, and checked.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use election::Digest;
use record::disk::handover::HandOver;
use record::disk::{MANIFEST, RECEIPT, TAG_MANIFEST, TAGS, bag_info};
use serde_json::Value;

use crate::common;

const PAGE: &str = include_str!("../../../../docs/party-disk.md");

/// Runs the command.
pub fn sanad(args: &[&str]) -> Output {
    Command::new(common::SANAD).args(args).output().expect("the command runs")
}

pub fn text(path: &Path) -> &str {
    path.to_str().expect("a plain path")
}

pub fn json(output: &Output) -> Value {
    serde_json::from_slice(&output.stdout)
        .unwrap_or_else(|e| panic!("{e}: {}", String::from_utf8_lossy(&output.stderr)))
}

/// A folder for one test.
pub fn desk(name: &str) -> PathBuf {
    let dir = Path::new(env!("CARGO_TARGET_TMPDIR")).join("disk").join(name);
    let _ = fs::remove_dir_all(&dir);
    fs::create_dir_all(&dir).expect("a folder");
    dir
}

/// All files below a folder, by path inside it.
pub fn files(dir: &Path) -> BTreeSet<String> {
    fn walk(dir: &Path, prefix: &str, found: &mut BTreeSet<String>) {
        for entry in fs::read_dir(dir).expect("a folder") {
            let path = entry.expect("an entry").path();
            let name = format!("{prefix}{}", path.file_name().expect("a name").to_string_lossy());
            if path.is_dir() {
                walk(&path, &format!("{name}/"), found);
            } else {
                found.insert(name);
            }
        }
    }
    let mut found = BTreeSet::new();
    walk(dir, "", &mut found);
    found
}

fn officer(name: &str) -> PathBuf {
    common::demo().join(format!("keys/people/{name}.key.pem"))
}

fn key(name: &str) -> sign::FileKey {
    sign::FileKey::from_pem(&fs::read_to_string(officer(name)).expect("the demo keeps it")).expect("a key")
}

/// The arguments of `disk write` from the demo's publication, or from `publication`.
pub fn write(to: &Path, publication: &Path, office: &str, party: &str, delegate: &str, signer: &str) -> Output {
    let signer = officer(signer);
    let arguments = ["disk", "write", text(to), "--publication", text(publication), "--office", office];
    let more = ["--party", party, "--delegate", delegate, "--signer", text(&signer), "--json"];
    sanad(&[&arguments[..], &more[..]].concat())
}

/// The demo's publication.
pub fn published() -> PathBuf {
    common::demo().join("publication")
}

/// A disk that may be spoilt.
pub struct Disk(pub PathBuf);

impl Disk {
    /// A copy of a disk of the demo.
    pub fn of(party: &str, name: &str) -> Disk {
        let dir = desk(name).join("disk");
        common::copy(&common::demo().join("disks").join(party), &dir);
        Disk(dir)
    }

    /// A new disk of the three stations abroad.
    pub fn abroad(name: &str) -> Disk {
        let dir = desk(name).join("disk");
        let written = write(&dir, &published(), "abroad", "reed", "agent_reed", "officer_1");
        assert!(written.status.success(), "{}", String::from_utf8_lossy(&written.stdout));
        Disk(dir)
    }

    pub fn check(&self) -> (Option<i32>, Value) {
        let root = common::demo().join("fingerprint.txt");
        let output = sanad(&["disk", "check", text(&self.0), "--root", text(&root), "--json"]);
        (output.status.code(), json(&output))
    }

    /// The check `id` tells of `code`, in this matter, at a place with these words.
    #[track_caller]
    pub fn says(&self, id: &str, matter: &str, code: &str, place: &str) {
        let (status, report) = self.check();
        let check = report["checks"].as_array().expect("checks").iter().find(|check| check["id"] == id);
        let details = check.expect("the check is made")["detail"].as_array().expect("details");
        let has = |detail: &Value| {
            detail["code"] == code && detail["matter"] == matter && detail["place"].as_str().unwrap().contains(place)
        };
        assert!(details.iter().any(has), "{id}: no {code} at {place}: {details:#?}");
        let expected: &[i32] = match matter {
            "failed" => &[1],
            "missing" => &[1, 3],
            _ => &[0, 1, 3],
        };
        assert!(expected.contains(&status.expect("a code")), "{status:?}");
    }

    pub fn path(&self, path: &str) -> PathBuf {
        self.0.join(path)
    }

    /// The first file whose path has these words.
    pub fn find(&self, words: &str) -> String {
        files(&self.0).into_iter().find(|path| path.contains(words)).unwrap_or_else(|| panic!("no {words}"))
    }

    pub fn put(&self, path: &str, bytes: &[u8]) {
        fs::create_dir_all(self.path(path).parent().expect("a parent")).expect("a folder");
        fs::write(self.path(path), bytes).expect("a file");
    }

    pub fn receipt(&self) -> HandOver {
        HandOver::parse(&fs::read(self.path(RECEIPT)).expect("a receipt")).expect("a receipt")
    }

    /// The receipt, changed and signed again.
    pub fn signed(&self, by: &str, change: impl FnOnce(&mut HandOver)) {
        let mut receipt = self.receipt();
        change(&mut receipt);
        self.put(RECEIPT, &receipt.sign(&key(by)).expect("signed"));
    }

    /// An officer who means harm: the bag and the receipt are made anew over what is in the folder, so that only what
    /// the files say can be found.
    pub fn sealed_again(&self) {
        let def = election::read(&election::Folder::load(&common::demo().join("election")).unwrap()).unwrap();
        let mut receipt = self.receipt();
        let (mut payload, mut tags) = (String::new(), String::new());
        (receipt.files, receipt.bytes) = (0, 0);
        let mut listed: Vec<String> = files(&self.path("data")).into_iter().collect();
        listed.sort();
        for path in listed {
            let bytes = fs::read(self.path("data").join(&path)).expect("a file");
            payload += &format!("{}  data/{path}\n", Digest::of(&bytes).hex());
            (receipt.files, receipt.bytes) = (receipt.files + 1, receipt.bytes + bytes.len() as u64);
        }
        self.put(MANIFEST, payload.as_bytes());
        self.put("bag-info.txt", bag_info(&def, &receipt).as_bytes());
        for path in TAGS {
            tags += &format!("{}  {path}\n", Digest::of(&fs::read(self.path(path)).expect("a file")).hex());
        }
        self.put(TAG_MANIFEST, tags.as_bytes());
        receipt.bag = Digest::of(tags.as_bytes());
        self.put(RECEIPT, &receipt.sign(&key("officer_1")).expect("signed"));
    }

    /// The lines of the page.
    pub fn by_hand(&self) -> Output {
        let folder = self.0.parent().expect("a desk").join("by-hand");
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(&folder).expect("a folder");
        let fingerprint = fs::read_to_string(common::demo().join("fingerprint.txt")).expect("the fingerprint");
        let blocks = PAGE.split("```sh\n").skip(1).map(|block| block.split("```").next().unwrap_or_default());
        let script: String = blocks.collect();
        assert!(script.lines().count() > 60, "docs/party-disk.md has hardly any lines to run");
        Command::new("bash")
            .args(["-euo", "pipefail", "-c", &script])
            .env("DISK", &self.0)
            .env("FINGERPRINT", fingerprint.trim())
            .current_dir(folder)
            .output()
            .expect("bash runs")
    }
}

/// The last byte that is not the end of a line becomes another.
pub fn changed(path: &Path) {
    let mut bytes = fs::read(path).expect("a file");
    let at = bytes.iter().rposition(|byte| !b"\r\n".contains(byte)).expect("it has a byte");
    bytes[at] = if bytes[at] == b'0' { b'1' } else { b'0' };
    fs::write(path, bytes).expect("a file");
}
