//! One small demo for all tests that look at what a demo leaves behind, and one election made by hand.
#![allow(dead_code, reason = "each test file uses what it needs of it")]

pub mod by_hand;

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;
use std::time::UNIX_EPOCH;

/// The built command.
pub const SANAD: &str = env!("CARGO_BIN_EXE_sanad");

/// The folder of a demo of 18 stations with 5 ballots each, made once for each build of the command. Tests only
/// read it; whoever changes a file copies it first.
pub fn demo() -> &'static Path {
    static DEMO: OnceLock<PathBuf> = OnceLock::new();
    DEMO.get_or_init(|| {
        let root = Path::new(env!("CARGO_TARGET_TMPDIR"));
        let (dir, stamp) = (root.join("demo-18-5"), root.join("demo-18-5.build"));
        // Each test file is a process of its own: the first one makes the demo, the others wait for it.
        let lock = File::create(root.join("demo-18-5.lock")).expect("cargo made the folder");
        lock.lock().expect("the lock of the demo");
        let build = build();
        if fs::read_to_string(&stamp).is_ok_and(|made_by| made_by == build) {
            return dir;
        }
        let _ = fs::remove_file(&stamp);
        let _ = fs::remove_dir_all(&dir);
        let made = Command::new(SANAD)
            .arg("demo")
            .arg(&dir)
            .args(["--stations", "18", "--ballots", "5", "--quiet"])
            .output()
            .expect("the command runs");
        assert!(
            made.status.success(),
            "sanad demo ended with {}\n{}{}",
            made.status,
            String::from_utf8_lossy(&made.stdout),
            String::from_utf8_lossy(&made.stderr)
        );
        fs::write(&stamp, build).expect("the stamp of the demo");
        dir
    })
}

/// Which build of the command is at hand: its length and the time it was written.
pub fn build() -> String {
    let file = fs::metadata(SANAD).expect("cargo built the command");
    let written = file.modified().expect("files have a time").duration_since(UNIX_EPOCH).expect("after 1970");
    format!("{} {}", file.len(), written.as_nanos())
}
