//! The lines of `docs/an-election.md`, run once as they stand: an election that nobody's program made.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::OnceLock;

use election::{ContestId, Definition, OptionId, StyleId};
use sim::Rng;
use sim::pen::{self, Hand};
use sim::scanner::{self, Scanner, Wear};

const PAGE: &str = include_str!("../../../../docs/an-election.md");

/// What the voters of each station did.
pub const VOTES: [(&str, [&str; 6]); 2] = [
    ("0101", ["rose", "rose", "rose", "omar", "omar", "sara"]),
    ("0102", ["rose", "rose", "omar", "omar", "sara", ""]),
];

/// The folder in which the page was run, made once for each build of the command. What each command printed under
/// `--json` lies in `json/COMMAND.N.json`.
pub fn by_hand() -> &'static Path {
    static DIR: OnceLock<PathBuf> = OnceLock::new();
    DIR.get_or_init(|| {
        let root = Path::new(env!("CARGO_TARGET_TMPDIR"));
        let (dir, stamp) = (root.join("an-election"), root.join("an-election.build"));
        let lock = File::create(root.join("an-election.lock")).expect("cargo made the folder");
        lock.lock().expect("the lock of the election");
        let build = super::build();
        if fs::read_to_string(&stamp).is_ok_and(|made_by| made_by == build) {
            return dir;
        }
        let _ = fs::remove_file(&stamp);
        let _ = fs::remove_dir_all(&dir);
        fs::create_dir_all(dir.join("json")).expect("a folder");
        wrapper(&dir);
        let (before, after) = PAGE.split_once("\n## Polling day").expect("the page has its polling day");
        holds(&run(&dir, before));
        scans(&dir);
        holds(&run(&dir, after));
        fs::write(&stamp, build).expect("the stamp");
        dir
    })
}

/// The `sh` blocks of a part of the page, in their order.
fn script(part: &str) -> String {
    let blocks = part.split("```sh\n").skip(1).map(|block| block.split("```").next().unwrap_or_default());
    let script: String = blocks.collect();
    assert!(script.lines().count() > 10, "docs/an-election.md has hardly any lines to run");
    script
}

fn run(dir: &Path, part: &str) -> Output {
    let path = std::env::var("PATH").unwrap_or_default();
    Command::new("bash")
        .args(["-euo", "pipefail", "-c", &script(part)])
        .env("PATH", format!("{}:{path}", dir.join("bin").display()))
        .current_dir(dir)
        .output()
        .expect("bash runs")
}

#[track_caller]
fn holds(output: &Output) {
    let (said, wrong) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert!(output.status.success(), "docs/an-election.md ended with {}\n{said}\n{wrong}", output.status);
}

/// A `sanad` that keeps what each command prints under `--json`.
fn wrapper(dir: &Path) {
    let script = format!(
        r#"#!/bin/bash
real={real}
name=$1
case $1 in
  election|key|ballot|station|slip|package|relay|intake|centre|case|record|proof|witness) name=$1-$2 ;;
esac
case " $* " in *" --json "*) exec "$real" "$@" ;; esac
# What goes into a pipe stays as it is.
[ "$name" = key-join ] && exec "$real" "$@"
out=$(mktemp "{json}/$name.XXXXXX.json")
case $name in intake-serve|witness-serve) exec "$real" "$@" --json > "$out" ;; esac
"$real" "$@" --json > "$out"
"#,
        real = super::SANAD,
        json = dir.join("json").display(),
    );
    let path = dir.join("bin/sanad");
    fs::create_dir_all(dir.join("bin")).expect("a folder");
    fs::write(&path, script).expect("a file");
    let mode = std::os::unix::fs::PermissionsExt::from_mode(0o755);
    fs::set_permissions(&path, mode).expect("it is ours");
}

/// Voters mark the sheets that were drawn, and the pile of each station is scanned.
fn scans(dir: &Path) {
    let folder = election::Folder::load(&dir.join("election")).expect("the definition");
    let def: Definition = election::read(&folder).expect("the definition");
    let fingerprint = fs::read_to_string(dir.join("fingerprint.txt")).expect("the fingerprint");
    let fingerprint = fingerprint.trim().parse().expect("a fingerprint");
    let style: StyleId = "spring".parse().expect("an id");
    let layouts = ballot::layouts(&def).expect("the sheets fit");
    let layout = layouts.iter().find(|layout| layout.style == style).expect("the style");
    let contest: ContestId = "member".parse().expect("an id");
    let drawn = print::ballot_sheet(&def, layout, fingerprint).expect("it is drawn");
    let blank = drawn.gray(0, 200).expect("it has a page");
    let mut rng = Rng::of(7, "an election");
    let scanner = Scanner::new(200, &mut rng);
    for (station, votes) in VOTES {
        for (number, vote) in votes.iter().enumerate() {
            let mut page = blank.clone();
            let marked: Vec<(ContestId, OptionId)> = match *vote {
                "" => Vec::new(),
                option => vec![(contest.clone(), option.parse().expect("an id"))],
            };
            pen::mark_side(&mut page, 200, &layout.front, &marked, &mut rng, Hand::clear);
            let png = scanner::png(&scanner.scan(&page, &Wear::ordinary(), &mut rng), 200).expect("a picture");
            let path = dir.join(format!("scans/{station}/sheet-{number}.png"));
            fs::create_dir_all(path.parent().expect("a parent")).expect("a folder");
            fs::write(path, png).expect("a file");
        }
    }
}

/// How many votes each candidate was given.
pub fn truth() -> BTreeMap<&'static str, u64> {
    let mut votes = BTreeMap::new();
    for vote in VOTES.iter().flat_map(|(_, votes)| votes).filter(|vote| !vote.is_empty()) {
        *votes.entry(*vote).or_default() += 1;
    }
    votes
}
