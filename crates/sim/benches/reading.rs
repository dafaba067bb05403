//! How long reading a sheet takes: CPU milliseconds on one core, step by step, and sheets a second on every core.
//!
//! ```text
//! cargo bench -p sanad-sim --bench reading                                     A4 sheets of two sides, drawn and marked here
//! cargo bench -p sanad-sim --bench reading -- election.json FRONT BACK …       scans of a VotingWorks election
//! ```
//!
//! CPU time is the kernel's own account of this process, so that other programs on the machine change it little. Of several
//! rounds the least is told.
#![allow(missing_docs)]

use std::collections::BTreeMap;
use std::time::Instant;

use ballot::{Design, Gray, Step, decode_into, read, read_in_steps, vxf};
use common::hostile::{Hostile, hands, jpeg, scan};
use common::press::Press;
use nix::sys::resource::{UsageWho, getrusage};
use nix::sys::time::TimeValLike as _;
use sanad_sim::Rng;
use sanad_sim::scanner::Wear;

#[path = "../tests/common/mod.rs"]
mod common;

const ROUNDS: usize = 10;

/// Microseconds of CPU that this process has had. (`/proc/thread-self/schedstat` says less: Linux brings it up to date at its
/// ticks only, every 1 to 10 ms, and the least of several rounds is then too little by up to one.)
fn cpu() -> i64 {
    let used = getrusage(UsageWho::RUSAGE_SELF).expect("the kernel keeps account");
    (used.user_time() + used.system_time()).num_microseconds()
}

/// A sheet as files, front and back.
type Sheet = Vec<Vec<u8>>;

/// The qualities of JPEG that drawn sheets are saved with: that of the real ones in docs/reading.md, and more than most scanners
/// are set to.
const QUALITIES: [u8; 2] = [75, 90];

/// Sheets of one kind, by its name.
fn sheets() -> (Design, Vec<(String, Vec<Sheet>)>) {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|a| !a.starts_with("--")).collect();
    let [definition, files @ ..] = &arguments[..] else { return drawn(8) };
    let bytes = |path: &String| std::fs::read(path).unwrap_or_else(|error| panic!("{path}: {error}"));
    let imported = vxf::import(&bytes(definition)).expect("a VotingWorks definition");
    let sheets = files.chunks(2).map(|pair| pair.iter().map(bytes).collect()).collect();
    (imported.design, vec![("scanned".to_owned(), sheets)])
}

/// 60 lists and 80 candidate numbers on both sides of A4, scanned at 200 dots an inch and saved as JPEG.
fn drawn(count: u64) -> (Design, Vec<(String, Vec<Sheet>)>) {
    let press = Press::new(&common::definition(60, 80, election::Lang::ALL.to_vec()), &[200]);
    let sheet = |number| {
        let mut rng = Rng::of(number, "bench");
        let truth = press.votes(20, &mut rng, hands(0));
        scan(&press, 200, &truth, &[Hostile::Plain], &Wear::ordinary(), &mut rng).images
    };
    let images: Vec<Vec<Gray>> = (0..count).map(sheet).collect();
    let saved = |quality| images.iter().map(|sides| sides.iter().map(|side| jpeg(side, quality)).collect()).collect();
    let kinds = QUALITIES.map(|quality| (format!("drawn, JPEG of quality {quality}"), saved(quality)));
    (press.design, kinds.into())
}

/// CPU milliseconds of each step of one sheet.
fn steps(sheet: &Sheet, design: &Design, spare: &mut Vec<Vec<u8>>) -> BTreeMap<&'static str, f64> {
    let mut times = BTreeMap::new();
    let mut last = cpu();
    let mut add = |what: &'static str| {
        let now = cpu();
        *times.entry(what).or_default() += (now - last) as f64 / 1e3;
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
    let (design, kinds) = sheets();
    kinds.iter().for_each(|(kind, sheets)| measure(kind, sheets, &design));
}

/// Prints the times of these sheets.
fn measure(kind: &str, sheets: &[Sheet], design: &Design) {
    // `cargo test` runs benchmarks as well, to see that they work.
    let rounds = if std::env::args().any(|a| a == "--bench") { ROUNDS } else { 1 };
    let mut spare = Vec::new();
    let mut total: BTreeMap<&str, f64> = BTreeMap::new();
    for sheet in sheets {
        let mut least: BTreeMap<&str, f64> = BTreeMap::new();
        for _ in 0..rounds {
            for (step, time) in steps(sheet, design, &mut spare) {
                let best = least.entry(step).or_insert(f64::MAX);
                *best = best.min(time);
            }
        }
        least.into_iter().for_each(|(step, time)| *total.entry(step).or_default() += time);
    }
    let n = sheets.len() as f64;
    let bytes: usize = sheets.iter().flatten().map(Vec::len).sum();
    println!("{} sheets {kind}, {:.0} KB a sheet, CPU milliseconds a sheet:", sheets.len(), bytes as f64 / 1e3 / n);
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
        println!("{threads} threads: {:.1} sheets a second with decoding", throughput(sheets, design, threads));
        if threads == cores {
            break;
        }
    }
}
