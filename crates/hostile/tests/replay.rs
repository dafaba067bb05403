//! The corpora of the fuzz targets on stable: every seed, every past finding, and seeds with a few bytes changed.

use std::fs;
use std::path::{Path, PathBuf};

use hostile::{TARGETS, run};

fn fuzz() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fuzz")
}

/// The files of a folder with their names, in order of these; none where there is no folder.
fn files(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let mut files: Vec<_> = entries
        .map(|entry| {
            let name = entry.file_name().into_string().expect("a name in ASCII");
            (name, fs::read(entry.path()).expect("a file that can be read"))
        })
        .collect();
    files.sort();
    files
}

fn folders(kind: &str) -> Vec<String> {
    fs::read_dir(fuzz().join(kind))
        .expect("it is part of the repository")
        .map(|entry| entry.expect("an entry").file_name().into_string().expect("a name in ASCII"))
        .collect()
}

#[test]
fn every_target_has_a_file_and_seeds_and_nothing_lies_elsewhere() {
    let manifest = fs::read_to_string(fuzz().join("Cargo.toml")).expect("the fuzz workspace");
    for (name, _) in TARGETS {
        let source = fs::read_to_string(fuzz().join(format!("fuzz_targets/{name}.rs"))).expect(name);
        assert!(source.contains(&format!("hostile::run(\"{name}\", input)")), "{name}");
        assert!(manifest.contains(&format!("name = \"{name}\"\n")), "{name} is not in fuzz/Cargo.toml");
        assert!(!files(&fuzz().join("seeds").join(name)).is_empty(), "{name} has no seed");
    }
    for folder in folders("seeds").into_iter().chain(folders("regressions")) {
        assert!(TARGETS.iter().any(|(name, _)| *name == folder), "no target replays {folder}");
    }
    assert_eq!(manifest.matches("[[bin]]").count(), TARGETS.len());
}

#[test]
fn every_seed_holds() {
    for (target, _) in TARGETS {
        for (name, bytes) in files(&fuzz().join("seeds").join(target)) {
            eprintln!("seeds/{target}/{name}");
            run(target, &bytes);
        }
    }
}

#[test]
fn every_past_finding_holds() {
    for (target, _) in TARGETS {
        for (name, bytes) in files(&fuzz().join("regressions").join(target)) {
            eprintln!("regressions/{target}/{name}");
            run(target, &bytes);
        }
    }
}

/// Rounds of changes to each seed.
const ROUNDS: usize = 20;

/// A few bytes of each seed flipped, cut out, doubled: a taste of what the fuzzer does, the same on every run.
#[test]
fn seeds_with_a_few_bytes_changed_hold() {
    let mut state = 2018u64;
    // Knuth's MMIX generator.
    let mut roll = |most: usize| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as usize % most.max(1)
    };
    // Sheets and images take milliseconds each; their seeds are replayed above.
    for (target, run) in TARGETS.iter().filter(|(name, _)| !["ballot_read", "vxf"].contains(name)) {
        for (name, bytes) in files(&fuzz().join("seeds").join(target)) {
            for round in 0..ROUNDS {
                let mut changed = bytes.clone();
                for _ in 0..=roll(3) {
                    let at = roll(changed.len());
                    match roll(4) {
                        0 => changed.truncate(at + 1),
                        1 if !changed.is_empty() => _ = changed.remove(at),
                        2 => changed.insert(at, roll(256) as u8),
                        _ => changed.iter_mut().skip(at).take(1).for_each(|byte| *byte ^= 1 << roll(8)),
                    }
                }
                // What fails is kept where it can be looked at.
                let held = std::panic::catch_unwind(|| run(&changed));
                if held.is_err() {
                    let kept = std::env::temp_dir().join(format!("{target}-{name}-{round}"));
                    fs::write(&kept, &changed).expect("a temporary file");
                    panic!("{target} does not hold; its input is in {}", kept.display());
                }
            }
        }
    }
}
