//! Runs benchmarks, each in a process of its own, and prints the table.

use std::path::Path;
use std::process::Command;

use crate::measure::Line;
use crate::{Bench, Result};

/// Prepares and runs those of `benches` that are named, or all, `times` times each.
pub fn all(benches: &[Bench], names: &[String], dir: &Path, times: usize) -> Result<()> {
    std::fs::create_dir_all(dir)?;
    println!("| what | CPU s | clock s | peak MB | a CPU second | a second |");
    println!("| --- | --- | --- | --- | --- | --- |");
    for bench in benches.iter().filter(|bench| names.is_empty() || names.iter().any(|name| name == bench.name)) {
        (bench.prepare)(dir)?;
        let runs: Vec<Vec<Line>> = (0..times.max(1)).map(|_| run(bench.name, dir)).collect::<Result<_>>()?;
        for at in 0..runs[0].len() {
            let mut lines: Vec<&Line> = runs.iter().filter_map(|run| run.get(at)).collect();
            lines.sort_by(|a, b| a.cpu.total_cmp(&b.cpu));
            println!("{}", row(lines[lines.len() / 2]));
        }
    }
    println!("\nload {}", std::fs::read_to_string("/proc/loadavg").unwrap_or_default().trim());
    Ok(())
}

fn run(name: &str, dir: &Path) -> Result<Vec<Line>> {
    let output = Command::new(std::env::current_exe()?).arg("--dir").arg(dir).args(["--run", name]).output()?;
    if !output.status.success() {
        return Err(format!("{name}: {}", String::from_utf8_lossy(&output.stderr).trim()).into());
    }
    Ok(String::from_utf8(output.stdout)?.lines().filter_map(Line::of_text).collect())
}

fn row(line: &Line) -> String {
    let Line { what, cpu, wall, peak, amount, unit } = line;
    let (of_cpu, of_clock) = (rate(amount / cpu.max(1e-6)), rate(amount / wall.max(1e-6)));
    format!("| {what} | {cpu:.3} | {wall:.3} | {peak:.0} | {of_cpu}{unit} | {of_clock}{unit} |")
}

fn rate(rate: f64) -> String {
    match rate {
        1e9.. => format!("{:.2} G", rate / 1e9),
        1e6.. => format!("{:.1} M", rate / 1e6),
        1e4.. => format!("{:.1} k", rate / 1e3),
        _ => format!("{rate:.0} "),
    }
}
