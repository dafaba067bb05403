//! Runs one target on files, without libFuzzer: `cargo run --release -p sanad-hostile --example replay TARGET FILE…`.
//! Prints the time of each, and the most memory so far where the system tells it (Linux).

use std::error::Error;
use std::time::Instant;

fn main() -> Result<(), Box<dyn Error>> {
    let mut words = std::env::args().skip(1);
    let target = words.next().ok_or("name a target")?;
    for file in words {
        let bytes = std::fs::read(&file)?;
        let start = Instant::now();
        hostile::run(&target, &bytes);
        let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
        let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap_or("unknown");
        println!("{file}: {:.3} s, peak {}", start.elapsed().as_secs_f64(), peak.trim());
    }
    Ok(())
}
