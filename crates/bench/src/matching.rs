//! `sanad match` on two channels of 1,000,000 stations with 40 figures each: the command itself, from files to report.

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::Path;
use std::process::Command;

use crate::measure::{Line, measure_command};
use crate::random::Random;
use crate::{Bench, Result};

/// The command.
pub const BENCH: Bench = Bench { name: "match", prepare, run };

const STATIONS: usize = 1_000_000;
const FIELDS: usize = 40;

/// Writes `left.csv` in the order of ids and `right.csv` in another; a thousandth differs, as many are on one side only.
fn prepare(dir: &Path) -> Result<()> {
    let done = dir.join("match.toml");
    if done.exists() {
        return Ok(());
    }
    let header: String = (0..FIELDS).map(|field| format!(",f{field:02}")).collect();
    let row = |station: usize, changed: bool| {
        let mut random = Random(station as u64);
        let mut row = format!("{station:07}");
        for field in 0..FIELDS {
            let figure = random.below(if field < 5 { 200 } else { 12 });
            row += &format!(",{}", figure + usize::from(changed && field == station % FIELDS));
        }
        row
    };
    let mut left = BufWriter::new(File::create(dir.join("left.csv"))?);
    let mut right = BufWriter::new(File::create(dir.join("right.csv"))?);
    writeln!(left, "station{header}")?;
    writeln!(right, "station{header}")?;
    // A step without a factor in common with the number of stations comes to each of them once.
    let order = (0..STATIONS).map(|n| n * 618_033 % STATIONS);
    for (station, other) in (0..STATIONS).zip(order) {
        if station % 1000 != 1 {
            writeln!(left, "{}", row(station, false))?;
        }
        if other % 1000 != 2 {
            writeln!(right, "{}", row(other, other % 1000 == 3))?;
        }
    }
    left.flush()?;
    right.flush()?;
    let fields: String = (0..FIELDS).map(|field| format!("f{field:02} = \"f{field:02}\"\n")).collect();
    Ok(std::fs::write(done, format!("station = \"station\"\n[fields]\n{fields}"))?)
}

fn run(dir: &Path) -> Result<Vec<Line>> {
    let sanad = std::env::current_exe()?.with_file_name("sanad");
    if !sanad.exists() {
        return Err(format!("{} is not there: cargo build --release -p sanad", sanad.display()).into());
    }
    let mut command = Command::new(sanad);
    command.args(["match", "--json", "--left"]).arg(dir.join("left.csv"));
    command.arg("--right").arg(dir.join("right.csv")).arg("--map").arg(dir.join("match.toml"));
    let what = "sanad match: two CSV files of 1,000,000 stations with 40 figures";
    Ok(vec![measure_command(what, STATIONS as f64, "stations", &mut command, &[1])?])
}
