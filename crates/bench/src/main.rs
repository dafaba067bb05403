//! Benchmarks of the parts that a whole nation goes through: totals, matching, the fold, packages, logs.
//!
//! ```text
//! sanad-bench                    all of them, as the table of docs/speed.md
//! sanad-bench NAME…              some
//! ```
//! Each run is a process of its own, so that its memory is its own, and is made three times; the one with the median
//! CPU time is shown. What is made up is made once, in the folder that `--dir` names. Nothing here decides whether a
//! time is good enough: the machine may be busy.

mod cvr;
mod fold;
mod logs;
mod matching;
mod measure;
mod nation;
mod publication;
mod random;
mod seal;
mod signatures;
mod table;
mod totals;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use measure::Line;

/// What goes wrong here is told and ends the run.
pub type Result<T> = std::result::Result<T, Box<dyn std::error::Error + Send + Sync>>;

/// One benchmark.
pub struct Bench {
    /// Its name on the command line.
    pub name: &'static str,
    /// Makes what it works on, where that is not there yet.
    pub prepare: fn(&Path) -> Result<()>,
    /// Does the work and says what it cost.
    pub run: fn(&Path) -> Result<Vec<Line>>,
}

const BENCHES: [Bench; 15] = [
    totals::BENCH,
    totals::OUTCOME,
    cvr::BENCH,
    matching::BENCH,
    signatures::BENCH,
    fold::OPEN,
    fold::APPEND,
    seal::SEAL_STATION,
    seal::OPEN_STATION,
    seal::SEAL_LARGE,
    seal::OPEN_LARGE,
    seal::PLAIN,
    publication::BENCH,
    logs::PROOFS,
    logs::APPEND,
];

fn main() -> ExitCode {
    let mut dir = PathBuf::from("target/bench");
    let (mut one, mut names, mut times) = (None, Vec::new(), 3);
    let mut arguments = std::env::args().skip(1);
    while let Some(argument) = arguments.next() {
        match argument.as_str() {
            "--dir" => dir = arguments.next().map(PathBuf::from).unwrap_or_default(),
            "--times" => times = arguments.next().and_then(|n| n.parse().ok()).unwrap_or(times),
            // In the process of its own.
            "--run" => one = arguments.next(),
            _ => names.push(argument),
        }
    }
    let known = |name: &str| BENCHES.iter().find(|bench| bench.name == name);
    if let Some(name) = names.iter().find(|name| known(name).is_none()) {
        let all: Vec<&str> = BENCHES.iter().map(|bench| bench.name).collect();
        eprintln!("there is no benchmark '{name}'; there are {}", all.join(", "));
        return ExitCode::from(2);
    }
    let done = match one.as_deref().and_then(known) {
        Some(bench) => (bench.run)(&dir).map(|lines| lines.iter().for_each(|line| println!("{}", line.to_text()))),
        None => table::all(&BENCHES, &names, &dir, times),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}
