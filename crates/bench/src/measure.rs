//! What a piece of work costs: CPU seconds of all threads, seconds on the clock, and the most memory of the process.

use std::time::Instant;

use nix::sys::resource::{UsageWho, getrusage};
use nix::sys::time::TimeVal;

use crate::Result;

/// One line of the table.
#[derive(Clone, Debug, PartialEq)]
pub struct Line {
    /// What was done.
    pub what: String,
    /// User and system time of all threads, in seconds.
    pub cpu: f64,
    /// On the clock, in seconds.
    pub wall: f64,
    /// The most memory of the process, in megabytes; what was read before the clock began is in it.
    pub peak: f64,
    /// How much was done, and of what: figures in a second follow from it.
    pub amount: f64,
    /// Its unit.
    pub unit: String,
}

impl Line {
    /// As one process tells it to another.
    pub fn to_text(&self) -> String {
        let Line { what, cpu, wall, peak, amount, unit } = self;
        format!("{what}\t{cpu}\t{wall}\t{peak}\t{amount}\t{unit}")
    }

    /// As it was told.
    pub fn of_text(text: &str) -> Option<Self> {
        let [what, cpu, wall, peak, amount, unit] = text.split('\t').collect::<Vec<_>>()[..] else { return None };
        Some(Line {
            what: what.to_owned(),
            cpu: cpu.parse().ok()?,
            wall: wall.parse().ok()?,
            peak: peak.parse().ok()?,
            amount: amount.parse().ok()?,
            unit: unit.to_owned(),
        })
    }
}

fn seconds(time: TimeVal) -> f64 {
    time.tv_sec() as f64 + time.tv_usec() as f64 / 1e6
}

fn cpu(who: UsageWho) -> Result<f64> {
    let usage = getrusage(who)?;
    Ok(seconds(usage.user_time()) + seconds(usage.system_time()))
}

/// The most memory this process has had, in MB.
fn peak() -> Result<f64> {
    let status = std::fs::read_to_string("/proc/self/status")?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kilobytes: f64 =
        line.and_then(|l| l.split_whitespace().next()).ok_or("no VmHWM in /proc/self/status")?.parse()?;
    Ok(kilobytes * 1024.0 / 1e6)
}

/// Does `work` and says what it cost, as `amount` of `unit`.
pub fn measure<T>(what: &str, amount: f64, unit: &str, work: impl FnOnce() -> Result<T>) -> Result<(T, Line)> {
    let (began, start) = (cpu(UsageWho::RUSAGE_SELF)?, Instant::now());
    let value = work()?;
    let (wall, cpu) = (start.elapsed().as_secs_f64(), cpu(UsageWho::RUSAGE_SELF)? - began);
    Ok((value, Line { what: what.to_owned(), cpu, wall, peak: peak()?, amount, unit: unit.to_owned() }))
}

/// Runs another program to its end, with its output thrown away, and says what it cost; `codes` are the exit codes that it may have.
pub fn measure_command(
    what: &str,
    amount: f64,
    unit: &str,
    command: &mut std::process::Command,
    codes: &[i32],
) -> Result<Line> {
    let (began, start) = (cpu(UsageWho::RUSAGE_CHILDREN)?, Instant::now());
    let status = command.stdout(std::process::Stdio::null()).status()?;
    let wall = start.elapsed().as_secs_f64();
    if !status.code().is_some_and(|code| codes.contains(&code)) {
        return Err(format!("{command:?} ended with {status}").into());
    }
    let usage = getrusage(UsageWho::RUSAGE_CHILDREN)?;
    let peak = usage.max_rss() as f64 * 1024.0 / 1e6;
    Ok(Line {
        what: what.to_owned(),
        cpu: cpu(UsageWho::RUSAGE_CHILDREN)? - began,
        wall,
        peak,
        amount,
        unit: unit.to_owned(),
    })
}
