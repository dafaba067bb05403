//! Each reason code that a person meets at the keyboard and no other test names: the line, the code, the words that name
//! the place, and a folder that is as it was.

#[path = "../common/mod.rs"]
mod common;

#[allow(dead_code, reason = "the words are asked for elsewhere")]
#[path = "../sources/mod.rs"]
mod sources;

mod ballot;
mod cards;
mod centre;
mod feeding;
mod guard;
mod intake;
mod keys;
mod proof;
mod slip;
mod station;
mod usage;
mod verify;
mod witness;

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use common::words_of;
use serde_json::Value;

/// A folder for one test.
struct Desk {
    dir: tempfile::TempDir,
}

/// What a command said when it refused.
struct Refusal {
    code: String,
    what: String,
    next: String,
    exit: i32,
}

impl Desk {
    fn new() -> Desk {
        Desk { dir: tempfile::tempdir().expect("a folder") }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.dir.path().join(name)
    }

    fn write(&self, name: &str, content: impl AsRef<[u8]>) {
        let path = self.path(name);
        fs::create_dir_all(path.parent().expect("a parent")).expect("a folder");
        fs::write(path, content).expect("a file");
    }

    fn run(&self, words: impl IntoIterator<Item = OsString>) -> Output {
        let mut command = Command::new(common::SANAD);
        command.args(words).args(["--json", "--lang", "en"]).current_dir(self.dir.path()).stdin(Stdio::null());
        command.env_remove("SANAD_LANG").env_remove("RUST_BACKTRACE").env("LC_ALL", "C.UTF-8");
        command.output().expect("the command runs")
    }

    /// Runs a line that must hold.
    #[track_caller]
    fn holds(&self, line: &str) -> Value {
        let output = self.run(words_of(line).into_iter().map(OsString::from));
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(output.status.success(), "sanad {line}: {}\n{said}", output.status);
        serde_json::from_slice(&output.stdout).unwrap_or_else(|e| panic!("sanad {line}: {e}\n{said}"))
    }

    /// Runs a line that must be refused, and change nothing.
    #[track_caller]
    fn refuses(&self, line: &str) -> Refusal {
        self.refuses_words(line, words_of(line).into_iter().map(OsString::from))
    }

    #[track_caller]
    fn refuses_words(&self, line: &str, words: impl IntoIterator<Item = OsString>) -> Refusal {
        let before = files(self.dir.path());
        let output = self.run(words);
        let (said, wrong) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
        let json: Value = serde_json::from_str(&said).unwrap_or_else(|e| panic!("sanad {line}: {e}\n{said}{wrong}"));
        assert_eq!(files(self.dir.path()), before, "sanad {line} changed something");
        let text = |key: &str| match &json["error"][key] {
            Value::String(text) => text.clone(),
            other => panic!("sanad {line}: {key} is {other} in {said}"),
        };
        let exit = output.status.code().unwrap_or_else(|| panic!("sanad {line}: {}", output.status));
        Refusal { code: text("code"), what: text("what"), next: text("next"), exit }
    }
}

impl Refusal {
    /// The code and the exit code, and words of the sentence or of what to do next.
    #[track_caller]
    fn is(&self, code: &str, exit: i32, words: &[&str]) {
        assert_eq!((self.code.as_str(), self.exit), (code, exit), "{}", self.what);
        for word in words {
            let told = self.what.contains(word) || self.next.contains(word);
            assert!(told, "'{word}' is not in: {} → {}", self.what, self.next);
        }
    }
}

/// Every file below a folder, by path: what it holds, or of a large one its length.
fn files(dir: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut found = BTreeMap::new();
    let mut folders = vec![dir.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            let length = fs::metadata(&path).expect("it is there").len();
            match path.is_dir() {
                true => folders.push(path),
                false if length > 1 << 20 => drop(found.insert(path, length.to_string().into_bytes())),
                false => drop(found.insert(path.clone(), fs::read(&path).expect("a file"))),
            }
        }
    }
    found
}

/// The small definition of `sanad election new`.
fn minimal() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/minimal")
}
