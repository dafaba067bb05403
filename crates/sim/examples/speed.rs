//! Draws, marks and scans a sheet, and tells how long each step takes.
#![allow(missing_docs)]

#[path = "../tests/common/mod.rs"]
mod common;

use std::time::Instant;

use sanad_sim::Rng;
use sanad_sim::paper::{Damage, damage};
use sanad_sim::pen::{Hand, mark_side};
use sanad_sim::scanner::{Scanner, Wear, pgm, png};
use sanad_sim::voters::{Electorate, vote};

fn main() {
    let folder = std::env::args().nth(1).expect("a folder");
    let definition = common::definition(12, 20, election::Lang::ALL.to_vec());
    let layout = &ballot::layouts(&definition).unwrap()[0];
    let blank = print::ballot_sheet(&definition, layout, election::Digest::of(b"root")).unwrap().gray(0, 200).unwrap();
    let mut rng = Rng::seeded(1);
    let scanner = Scanner::new(200, &mut rng);
    let electorate = Electorate::random(&definition, &mut rng);
    for (name, wear, torn) in [
        ("ordinary", Wear::ordinary(), None),
        ("rough", Wear::rough(), None),
        ("torn", Wear::ordinary(), Some(Damage::TornCode)),
        ("smudged", Wear::rough(), Some(Damage::SmudgedCode)),
    ] {
        let mut times = [0u128; 4];
        let mut size = 0;
        for i in 0..5 {
            let start = Instant::now();
            let truth = vote(&definition, &definition.contests[0], &electorate, &mut rng);
            let marks: Vec<_> = truth.marks.iter().map(|m| (definition.contests[0].id.clone(), m.clone())).collect();
            let mut page = blank.clone();
            mark_side(&mut page, 200, &layout.front, &marks, &mut rng, Hand::clear);
            if let Some(torn) = torn {
                damage(&mut page, 200, &layout.front, torn, &mut rng);
            }
            times[0] += start.elapsed().as_micros();
            let start = Instant::now();
            let scan = scanner.scan(&page, &wear, &mut rng);
            times[1] += start.elapsed().as_micros();
            let start = Instant::now();
            let file = png(&scan, 200).unwrap();
            times[2] += start.elapsed().as_micros();
            size += file.len();
            let start = Instant::now();
            let _ = pgm(&scan);
            times[3] += start.elapsed().as_micros();
            if i == 0 {
                std::fs::write(format!("{folder}/scan-{name}.png"), &file).unwrap();
            }
        }
        println!(
            "{name}: mark {} us, scan {} us, png {} us ({} kB), pgm {} us",
            times[0] / 5,
            times[1] / 5,
            times[2] / 5,
            size / 5000,
            times[3] / 5
        );
    }
}
