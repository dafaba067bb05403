//! `bench election.json IMAGE...`: CPU milliseconds a sheet of two sides, on one core: to decode, and to read.

use std::error::Error;
use std::time::Instant;

use sanad_ballot::{decode, read, vxf};

const ROUNDS: u32 = 8;

/// Runs `work` on every sheet and gives the least time of some rounds: other programs only ever make it longer.
fn least(sheets: usize, mut work: impl FnMut(usize)) -> f64 {
    let mut total = 0.0;
    for sheet in 0..sheets {
        let mut best = f64::MAX;
        for _ in 0..ROUNDS {
            let start = Instant::now();
            work(sheet);
            best = best.min(start.elapsed().as_secs_f64());
        }
        total += best;
    }
    total * 1000.0 / sheets as f64
}

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [definition, files @ ..] = &arguments[..] else { return Err("bench election.json IMAGE...".into()) };
    let imported = vxf::import(&std::fs::read(definition)?)?;
    let bytes = files.iter().map(std::fs::read).collect::<Result<Vec<_>, _>>()?;
    let images = bytes.iter().map(|bytes| decode(bytes)).collect::<Result<Vec<_>, _>>()?;
    let sheets = images.len() / 2;
    let decoding = least(sheets, |i| {
        let _ = (decode(&bytes[2 * i]), decode(&bytes[2 * i + 1]));
    });
    let reading = least(sheets, |i| {
        let _ = read(&images[2 * i], Some(&images[2 * i + 1]), &imported.design);
    });
    println!(
        "decode {decoding:.1} ms, read {reading:.1} ms a sheet; {:.0} sheets a second after decoding",
        1000.0 / reading
    );
    Ok(())
}
