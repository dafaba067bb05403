//! `sanad record`: what stands in the record, and the proof of it.

use std::path::{Path, PathBuf};

use clap::Subcommand;
use serde_json::json;
use sign::dsse::Envelope;

use crate::shell::{Failure, Result, Shell, Verdict, write};

/// The record.
#[derive(Subcommand)]
pub enum Record {
    /// List the leaves
    Show {
        /// The folder of a centre
        #[arg(long)]
        dir: PathBuf,
        /// One leaf alone, its payload in full
        #[arg(long)]
        leaf: Option<u64>,
    },
    /// Write the proof that a leaf stands in the record, for anyone to check
    Prove {
        /// The folder of a centre
        #[arg(long)]
        dir: PathBuf,
        /// The leaf
        #[arg(long)]
        leaf: u64,
        /// Where the proof is written
        #[arg(short, long)]
        output: PathBuf,
    },
}

/// Runs it.
pub fn run(shell: &Shell, command: Record) -> Result {
    match command {
        Record::Show { dir, leaf } => {
            let room = centre::Centre::open(&dir)?;
            let mut rows = Vec::new();
            for (index, bytes) in (0u64..).zip(room.log().leaves()) {
                if leaf.is_some_and(|wanted| wanted != index) {
                    continue;
                }
                let envelope = Envelope::parse(bytes)?;
                let payload = String::from_utf8_lossy(envelope.payload()).into_owned();
                let ids = envelope.key_ids();
                let signers = ids.iter().map(|id| room.frozen().keyring.owner(id).unwrap_or_else(|| id.to_string()));
                let signers: Vec<String> = signers.collect();
                shell.say(format_args!("{index:6} {:14} signed by {}", envelope.kind(), signers.join(", ")));
                if leaf.is_some() {
                    shell.say(&payload);
                }
                rows.push(json!({
                    "leaf": index, "kind": envelope.kind(), "signers": signers,
                    "sha256": sign::sha256(bytes), "payload": payload,
                }));
            }
            if let (Some(wanted), true) = (leaf, rows.is_empty()) {
                return Err(no_leaf(&dir, wanted, room.log().size()));
            }
            if shell.json {
                shell.json(&json!({ "leaves": rows }));
            }
        }
        Record::Prove { dir, leaf, output } => {
            let room = centre::Centre::open(&dir)?;
            let bytes = room.log().leaf(leaf).ok_or_else(|| no_leaf(&dir, leaf, room.log().size()))?.to_vec();
            let proof = log::proof::InclusionProof {
                index: leaf,
                hashes: room.log().inclusion(leaf)?,
                checkpoint: room.log().checkpoint().clone(),
            };
            write(&output, &proof.to_bytes())?;
            let beside = output.with_extension("leaf.json");
            write(&beside, &bytes)?;
            shell.say(format_args!("Proof: {}\nLeaf: {}", output.display(), beside.display()));
        }
    }
    Ok(Verdict::Holds)
}

fn no_leaf(dir: &Path, leaf: u64, size: u64) -> Failure {
    let what = format!("{}: there is no leaf {leaf}; the record has {size}, from 0", dir.display());
    Failure::new("record.leaf", what, "list the leaves with `sanad record show`")
}
