//! Many seeds, one after the other; a round that fails says how to repeat it.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::Instant;

/// The variable of the environment that names the one seed to run.
pub const SEED: &str = "SANAD_SEED";

/// What rounds came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Lost {
    /// Rounds that lost, doubled or broke something.
    pub lost: u64,
    /// All rounds.
    pub rounds: u64,
}

/// Runs a round for each of the seeds from 0, or for the one in [`SEED`] alone. All must hold.
///
/// # Panics
/// At the first that does not, with its seed and the command that repeats it: `command` and the seed.
pub fn hold(rounds: u64, command: &str, round: impl Fn(u64) -> Result<(), String>) {
    let start = Instant::now();
    let seeds = seeds(rounds);
    let count = seeds.end - seeds.start;
    for seed in seeds {
        if let Err(what) = caught(&round, seed) {
            panic!("seed {seed}: {what}\nrepeat it: {SEED}={seed} {command} -- --include-ignored --nocapture");
        }
    }
    println!("{count} rounds in {:.1} s", start.elapsed().as_secs_f64());
}

/// Runs a round for each of the seeds from 0 and counts those that do not hold: for programs that must lose.
pub fn count_lost(rounds: u64, round: impl Fn(u64) -> Result<(), String>) -> Lost {
    let seeds = seeds(rounds);
    let rounds = seeds.end - seeds.start;
    let failed = |seed: &u64| match caught(&round, *seed) {
        Err(what) => {
            println!("seed {seed}: {what}");
            true
        }
        Ok(()) => false,
    };
    Lost { lost: seeds.filter(failed).count() as u64, rounds }
}

fn seeds(rounds: u64) -> std::ops::Range<u64> {
    match std::env::var(SEED).ok().and_then(|seed| seed.parse::<u64>().ok()) {
        Some(seed) => seed..seed + 1,
        None => 0..rounds,
    }
}

/// A panic of a round is a failure that has a seed, too.
fn caught(round: &impl Fn(u64) -> Result<(), String>, seed: u64) -> Result<(), String> {
    catch_unwind(AssertUnwindSafe(|| round(seed))).unwrap_or_else(|panic| {
        let text = panic.downcast_ref::<String>().map(String::as_str);
        Err(text.or_else(|| panic.downcast_ref::<&str>().copied()).unwrap_or("a panic").to_owned())
    })
}
