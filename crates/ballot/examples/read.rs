//! `read [--vxf election.json] IMAGE...`: the marks of scanned sheets, as `sanad ballot read --json` prints them.
//! Front and back of a sheet are given one after the other.

use std::error::Error;

use sanad_ballot::report::SheetReport;
use sanad_ballot::{debug, decode, read, vxf};

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments: Vec<String> =
        std::env::args().skip(1).filter(|a| !["ballot", "read", "--json", "--vxf"].contains(&a.as_str())).collect();
    let definition = std::fs::read(arguments.remove(0))?;
    let imported = vxf::import(&definition)?;
    let mut reports = Vec::new();
    let (mut decoding, mut reading_time) = (0.0, 0.0);
    for (number, files) in (1..).zip(arguments.chunks(2)) {
        let start = std::time::Instant::now();
        let images =
            files.iter().map(|file| Ok(decode(&std::fs::read(file)?)?)).collect::<Result<Vec<_>, Box<dyn Error>>>()?;
        decoding += start.elapsed().as_secs_f64();
        let start = std::time::Instant::now();
        let reading = read(&images[0], images.get(1), &imported.design);
        reading_time += start.elapsed().as_secs_f64();
        if let Some(folder) = std::env::var_os("DEBUG_PICTURES") {
            for (name, bytes) in debug::pictures(&images[0], images.get(1), &imported.design) {
                std::fs::write(std::path::Path::new(&folder).join(format!("{number}-{name}")), bytes)?;
            }
        }
        reports.push(SheetReport::new(number, files.to_vec(), &reading, &imported.names));
    }
    println!("{}", serde_json::to_string(&reports)?);
    let n = reports.len() as f64 / 1000.0;
    eprintln!("{:.1} ms to decode, {:.1} ms to read a sheet", decoding / n, reading_time / n);
    Ok(())
}
