//! Folders that somebody else has filled, given to the command.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

fn sanad(args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_sanad")).args(args).output().expect("the command runs")
}

fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    folder
}

/// A device that never ends, under the name of a sealed file: reading it would take all memory.
#[cfg(unix)]
#[test]
fn sk1_what_lies_beside_a_label_is_read_only_where_it_is_an_ordinary_file() {
    let folder = folder("inspect");
    let seed = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fuzz/seeds/dsse/envelope");
    // The first byte of a seed says which reader it is for.
    fs::write(folder.join("x.label.json"), &fs::read(seed).unwrap()[1..]).unwrap();
    for part in ["results", "images"] {
        std::os::unix::fs::symlink("/dev/zero", folder.join(format!("0101-d0101-1.{part}.age"))).unwrap();
    }
    let label = folder.join("x.label.json");
    let output = sanad(&["package", "inspect", label.to_str().unwrap()]);
    let said = String::from_utf8(output.stdout).unwrap();
    assert_eq!((output.status.code(), said.matches("not here").count()), (Some(3), 2), "{said}");
}

#[test]
fn a_published_statement_steers_no_terminal() {
    let folder = folder("statement");
    // What makes a folder a publication, for whoever reads only the statement.
    fs::create_dir(folder.join("record")).unwrap();
    fs::create_dir(folder.join("announcement")).unwrap();
    let text = "1. The equipment\u{1b}]0;owned\u{7} is \u{1b}[8mnot\u{1b}[0m evidenced\r\u{9b}2J\n2. عبر الشبكة\n";
    fs::write(folder.join("announcement/statement-en.txt"), text).unwrap();
    let output = sanad(&["--lang", "en", "statement", "--publication", folder.to_str().unwrap()]);
    let said = String::from_utf8(output.stdout).unwrap();
    assert_eq!(output.status.code(), Some(0));
    assert!(said.starts_with("1. The equipment") && said.ends_with("2. عبر الشبكة\n"), "{said:?}");
    assert!(said.chars().all(|c| c == '\n' || !c.is_control()), "{said:?}");
}
