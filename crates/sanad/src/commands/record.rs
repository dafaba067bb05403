//! `sanad record`: what stands in the record, and the proof of it.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use clap::{Subcommand, ValueHint};
use election::PersonId;
use log::merkle::{Tree, leaf_hash};
use log::proof::InclusionProof;
use record::{Body, Entry};
use serde_json::json;
use sign::dsse::Envelope;
use sign::{KeyId, PublicKey};

use crate::published;
use crate::shell::{Failure, Result, Shell, Verdict, text, write};

/// Whose record.
#[derive(clap::Args)]
pub struct Source {
    /// The folder of a centre
    #[arg(long, required_unless_present = "publication", conflicts_with = "publication", value_hint = ValueHint::DirPath)]
    dir: Option<PathBuf>,
    /// A publication: needs nothing of the centre's
    #[arg(long, value_hint = ValueHint::DirPath)]
    publication: Option<PathBuf>,
}

/// The record.
#[derive(Subcommand)]
pub enum Record {
    /// List the leaves
    ///
    /// Each with its number, its kind and who has signed it; with --leaf, one leaf and its payload in full. The log is read
    /// again and every leaf checked first.
    #[command(after_help = "Example: sanad record show --publication demo/publication --leaf 0")]
    Show {
        #[command(flatten)]
        source: Source,
        /// One leaf alone, its payload in full
        #[arg(long)]
        leaf: Option<u64>,
    },
    /// Write the proof that a leaf stands in the record, for anyone to check
    ///
    /// The proof is a C2SP tlog-proof: a few hashes and the checkpoint with the witnesses' cosignatures. The leaf is written
    /// beside it.
    #[command(after_help = "Example: sanad record prove --publication demo/publication --leaf 3 -o leaf-3.proof")]
    Prove {
        #[command(flatten)]
        source: Source,
        /// The leaf
        #[arg(long)]
        leaf: u64,
        /// Where the proof is written
        #[arg(short, long, value_hint = ValueHint::FilePath)]
        output: PathBuf,
    },
}

/// The leaves of a record, whole under its checkpoint.
struct Leaves {
    place: PathBuf,
    frozen: record::Frozen,
    leaves: Vec<Vec<u8>>,
    checkpoint: log::Note,
}

impl Source {
    fn open(&self) -> Result<Leaves> {
        if let Some(dir) = &self.publication {
            let published = published::open(dir)?;
            return Ok(Leaves {
                place: dir.clone(),
                frozen: published.frozen,
                leaves: published.log.leaves,
                checkpoint: published.log.note,
            });
        }
        let dir = self.dir.as_ref().expect("clap asks for one of them");
        if dir.join("manifest-sha256.txt").is_file() {
            let what = "this is a publication, not the folder of a centre";
            return Err(Failure::new("publication", what, "give it with --publication").at(dir.display()));
        }
        let room = super::centre::open(dir)?;
        Ok(Leaves {
            place: dir.clone(),
            frozen: room.frozen().clone(),
            leaves: room.log().leaves().to_vec(),
            checkpoint: room.log().checkpoint().clone(),
        })
    }
}

/// Runs it.
pub fn run(shell: &Shell, command: Record) -> Result {
    match command {
        Record::Show { source, leaf } => show(shell, &source.open()?, leaf),
        Record::Prove { source, leaf, output } => prove(shell, &source.open()?, leaf, &output),
    }
}

/// Whose keys began after the freeze.
fn began(leaves: &[Vec<u8>]) -> BTreeMap<KeyId, PersonId> {
    let bodies = leaves.iter().filter_map(|leaf| Entry::parse(leaf).ok()).map(|entry| entry.body);
    let begins = bodies.flat_map(|body| if let Body::Succession(own) = body { own.begins } else { BTreeSet::new() });
    begins.filter_map(|new| Some((new.key.parse::<PublicKey>().ok()?.id(), new.person))).collect()
}

fn show(shell: &Shell, record: &Leaves, leaf: Option<u64>) -> Result {
    let mut rows = Vec::new();
    let began = began(&record.leaves);
    for (index, bytes) in (0u64..).zip(&record.leaves) {
        if leaf.is_some_and(|wanted| wanted != index) {
            continue;
        }
        let envelope = Envelope::parse(bytes)?;
        let payload = String::from_utf8_lossy(envelope.payload()).into_owned();
        let ids = envelope.key_ids();
        let began = |id: &KeyId| began.get(id).map(PersonId::to_string);
        let owner = |id| record.frozen.keyring.owner(id).or_else(|| began(id)).unwrap_or_else(|| id.to_string());
        let signers: Vec<String> = ids.iter().map(owner).collect();
        let index_text = format!("{index:6}");
        let kind = format!("{:14}", envelope.kind());
        shell.tell("{} {} signed by {}", &[text(index_text), text(kind), text(signers.join(", "))]);
        if leaf.is_some() {
            shell.say(&payload);
        }
        rows.push(json!({
            "leaf": index, "kind": envelope.kind(), "signers": signers,
            "sha256": sign::sha256(bytes), "payload": payload,
        }));
    }
    if let (Some(wanted), true) = (leaf, rows.is_empty()) {
        return Err(no_leaf(record, wanted));
    }
    shell.json(&json!({ "leaves": rows }));
    Ok(Verdict::Holds)
}

fn prove(shell: &Shell, record: &Leaves, leaf: u64, output: &Path) -> Result {
    let beside = write_proof(&record.leaves, &record.checkpoint, leaf, output)?.ok_or_else(|| no_leaf(record, leaf))?;
    tell_proof(shell, output, &beside);
    shell.json(&json!({ "leaf": leaf, "size": record.leaves.len(), "proof": output, "file": beside }));
    Ok(Verdict::Holds)
}

/// Writes the proof that a leaf stands under the checkpoint, and the leaf beside it, whose path it gives. `None` where
/// there is no such leaf.
pub(super) fn write_proof(
    leaves: &[Vec<u8>],
    checkpoint: &log::Note,
    leaf: u64,
    output: &Path,
) -> Result<Option<PathBuf>> {
    let bytes = usize::try_from(leaf).ok().and_then(|index| leaves.get(index));
    let tree = Tree::of(leaves.iter().map(|leaf| leaf_hash(leaf)));
    let Some((bytes, hashes)) = bytes.zip(tree.inclusion(leaf, leaves.len() as u64)) else { return Ok(None) };
    let proof = InclusionProof { index: leaf, hashes, checkpoint: checkpoint.clone() };
    write(output, &proof.to_bytes())?;
    let beside = leaf_beside(output);
    write(&beside, bytes)?;
    Ok(Some(beside))
}

/// Where the leaf of a proof lies.
pub(super) fn leaf_beside(proof: &Path) -> PathBuf {
    proof.with_extension("leaf.json")
}

/// Says where a proof and its leaf are.
pub(super) fn tell_proof(shell: &Shell, proof: &Path, leaf: &Path) {
    shell.tell("Proof: {}", &[text(proof.display())]);
    shell.tell("Leaf: {}", &[text(leaf.display())]);
}

fn no_leaf(record: &Leaves, leaf: u64) -> Failure {
    let what = format!("there is no leaf {leaf}; the record has {}, from 0", record.leaves.len());
    Failure::new("record.leaf", what, "list the leaves with `sanad record show`").at(record.place.display())
}
