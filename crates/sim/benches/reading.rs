//! How long reading a sheet takes: CPU milliseconds on one core, step by step, and sheets a second on every core.
//!
//! ```text
//! cargo bench -p sanad-sim --bench reading                                     A4 sheets of two sides, drawn and marked here
//! cargo bench -p sanad-sim --bench reading -- election.json FRONT BACK …       scans of a VotingWorks election
//! ```
//!
//! CPU time is the kernel's own account of a thread (Linux: `/proc/thread-self/schedstat`), so that other programs on the
//! machine change it little; elsewhere it is the time of the clock. Of several rounds the least is told.
#![allow(missing_docs)]

use std::collections::BTreeMap;
use std::time::Instant;

use ballot::{Design, Gray, Step, decode_into, read, read_in_steps, vxf};
use common::hostile::{Hostile, hands, jpeg, scan};
use common::press::Press;
use sanad_sim::Rng;
use sanad_sim::scanner::Wear;

#[path = "../tests/common/mod.rs"]
mod common;

const ROUNDS: usize = 10;

/// Nanoseconds of CPU that this thread has had.
fn cpu(start: Instant) -> u64 {
    let account = std::fs::read_to_string("/proc/thread-self/schedstat").ok();
    let first = account.as_deref().and_then(|text| text.split(' ').next()?.parse().ok());
    first.unwrap_or_else(|| start.elapsed().as_nanos() as u64)
}

/// A sheet as files, front and back.
type Sheet = Vec<Vec<u8>>;

fn sheets() -> (Design, Vec<Sheet>) {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|a| !a.starts_with("--")).collect();
    let [definition, files @ ..] = &arguments[..] else { return drawn(8) };
    let bytes = |path: &String| std::fs::read(path).unwrap_or_else(|error| panic!("{path}: {error}"));
    let imported = vxf::import(&bytes(definition)).expect("a VotingWorks definition");
    (imported.design, files.chunks(2).map(|pair| pair.iter().map(bytes).collect()).collect())
}

/// 60 lists and 80 candidate numbers on both sides of A4, scanned at 200 dots an inch and saved as JPEG.
fn drawn(count: u64) -> (Design, Vec<Sheet>) {
    let press = Press::new(&common::definition(60, 80, election::Lang::ALL.to_vec()), &[200]);
    let sheet = |number| {
        let mut rng = Rng::of(number, "bench");
        let truth = press.votes(20, &mut rng, hands(0));
        let images = scan(&press, 200, &truth, &[Hostile::Plain], &Wear::ordinary(), &mut rng);
        images.iter().map(|image| jpeg(image, 90)).collect()
    };
    let sheets = (0..count).map(sheet).collect();
    (press.design, sheets)
}

/// CPU milliseconds of each step of one sheet.
fn steps(sheet: &Sheet, design: &Design, spare: &mut Vec<Vec<u8>>) -> BTreeMap<&'static str, f64> {
    let start = Instant::now();
    let mut times = BTreeMap::new();
    let mut last = cpu(start);
    let mut add = |what: &'static str| {
        let now = cpu(start);
        *times.entry(what).or_default() += (now - last) as f64 / 1e6;
        last = now;
    };
    let images: Vec<Gray> =
        sheet.iter().map(|file| decode_into(file, spare.pop().unwrap_or_default()).expect("an image")).collect();
    add("decode");
    let reading = read_in_steps(&images[0], images.get(1), design, &mut |step| {
        add(match step {
            Step::Threshold => "threshold",
            Step::Find => "find",
            Step::Code => "QR",
            Step::Score => "score",
            Step::Grey => "grey",
        })
    });
    assert!(reading.sheet().is_some(), "{:?}", reading.rejection());
    spare.extend(images.into_iter().map(|image| image.pixels));
    times
}

/// Sheets a second on so many threads, by the clock.
fn throughput(sheets: &[Sheet], design: &Design, threads: usize) -> f64 {
    let each = (60 / threads).max(1);
    let work = |thread: usize| {
        let mut spare = Vec::new();
        for i in 0..each {
            let sheet = &sheets[(thread * each + i) % sheets.len()];
            let images: Vec<Gray> = sheet
                .iter()
                .map(|file| decode_into(file, spare.pop().unwrap_or_default()).expect("an image"))
                .collect();
            std::hint::black_box(read(&images[0], images.get(1), design));
            spare.extend(images.into_iter().map(|image| image.pixels));
        }
    };
    let start = Instant::now();
    std::thread::scope(|scope| (0..threads).for_each(|thread| drop(scope.spawn(move || work(thread)))));
    (each * threads) as f64 / start.elapsed().as_secs_f64()
}

fn main() {
    // `cargo test` runs benchmarks as well, to see that they work.
    let (design, sheets) = sheets();
    let rounds = if std::env::args().any(|a| a == "--bench") { ROUNDS } else { 1 };
    let mut spare = Vec::new();
    let mut total: BTreeMap<&str, f64> = BTreeMap::new();
    for sheet in &sheets {
        let mut least: BTreeMap<&str, f64> = BTreeMap::new();
        for _ in 0..rounds {
            for (step, time) in steps(sheet, &design, &mut spare) {
                let best = least.entry(step).or_insert(f64::MAX);
                *best = best.min(time);
            }
        }
        least.into_iter().for_each(|(step, time)| *total.entry(step).or_default() += time);
    }
    let n = sheets.len() as f64;
    println!("{} sheets, CPU milliseconds a sheet:", sheets.len());
    for step in ["decode", "threshold", "find", "QR", "score", "grey"] {
        println!("{step:>12} {:6.2}", total[step] / n);
    }
    let all: f64 = total.values().sum();
    println!("{:>12} {:6.2} without decoding, {:.2} with", "total", (all - total["decode"]) / n, all / n);
    if rounds == 1 {
        return;
    }
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    for threads in [1, 2, cores] {
        println!("{threads} threads: {:.1} sheets a second with decoding", throughput(&sheets, &design, threads));
        if threads == cores {
            break;
        }
    }
}
