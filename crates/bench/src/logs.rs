//! The Merkle log: proofs from 1,000,000 leaves, and batches of 256 leaves made durable.

use std::path::Path;

use log::merkle::{Tree, check_inclusion, leaf_hash};
use log::{FolderStore, Log};
use sign::{FileKey, KeyKind};

use crate::measure::{Line, measure};
use crate::random::Random;
use crate::{Bench, Result};

/// Inclusion proofs.
pub const PROOFS: Bench = Bench { name: "proofs", prepare: |_| Ok(()), run: proofs };
/// Appending.
pub const APPEND: Bench = Bench { name: "log", prepare: |_| Ok(()), run: append };

const LEAVES: u64 = 1_000_000;
const PROVED: usize = 200_000;
const BATCH: usize = 256;
const BATCHES: usize = 40;
/// About what a label or a receipt is long.
const LEAF: usize = 1200;

fn proofs(_: &Path) -> Result<Vec<Line>> {
    let (tree, made) = measure("Merkle tree of 1,000,000 leaves", LEAVES as f64, "leaves", || {
        Ok(Tree::of((0..LEAVES).map(|leaf| leaf_hash(&leaf.to_be_bytes()))))
    })?;
    let root = tree.root_at(LEAVES).ok_or("the tree has a root")?;
    let mut random = Random(16);
    let asked: Vec<u64> = (0..PROVED).map(|_| random.below(LEAVES as usize) as u64).collect();
    let (found, proved) = measure("inclusion proofs from 1,000,000 leaves", PROVED as f64, "proofs", || {
        asked
            .iter()
            .map(|at| tree.inclusion(*at, LEAVES).ok_or_else(|| "a leaf of the tree".into()))
            .collect::<Result<Vec<_>>>()
    })?;
    let (_, checked) = measure("the same checked", PROVED as f64, "proofs", || {
        for (at, proof) in asked.iter().zip(&found) {
            check_inclusion(&leaf_hash(&at.to_be_bytes()), *at, LEAVES, proof, &root)?;
        }
        Ok(())
    })?;
    Ok(vec![made, proved, checked])
}

fn append(dir: &Path) -> Result<Vec<Line>> {
    let folder = dir.join("log");
    if folder.exists() {
        std::fs::remove_dir_all(&folder)?;
    }
    let key = FileKey::generate(KeyKind::Ed25519)?;
    let mut log = Log::create(FolderStore::new(&folder), "bench/intake", Box::new(key))?;
    let mut random = Random(17);
    let batches: Vec<Vec<Vec<u8>>> = (0..BATCHES).map(|_| (0..BATCH).map(|_| random.bytes(LEAF)).collect()).collect();
    let what = "leaves of 1,200 bytes appended, 256 at a time, each batch durable";
    let (_, line) = measure(what, (BATCH * BATCHES) as f64, "leaves", || {
        batches.iter().try_for_each(|batch| log.append(batch).map(drop)).map_err(Into::into)
    })?;
    std::fs::remove_dir_all(folder)?;
    Ok(vec![line])
}
