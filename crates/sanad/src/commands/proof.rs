//! `sanad proof`: files that anybody checks offline, with the definition and nothing else.

use std::path::{Path, PathBuf};

use clap::{Subcommand, ValueHint};
use election::{Digest, Service, WITNESS_POLICY};
use log::merkle::{Tree, leaf_hash};
use log::note::{NoteAlgorithm, NoteKey};
use log::proof::{FIRST_LINE, InclusionProof};
use log::{FolderStore, Policy, reader};
use record::Frozen;
use record::proof::{Against, Broken, Change, Equivocation, Inclusion, Proof as Carried, Shown, Signed};
use serde_json::{Value, json};
use sign::dsse::Envelope;

use super::record::leaf_beside;
use crate::shell::{At, Failure, Result, Shell, Verdict, count, read, text, write};
use crate::{inputs, published, slips};

/// Proofs.
#[derive(Subcommand)]
pub enum Proof {
    /// Two checkpoints of one log, of one size and with different roots, as a proof of two histories
    ///
    /// Two parties lay what each was shown beside each other. The log's signature on both is checked before anything is written.
    #[command(after_help = "Example: sanad proof fork mine.txt theirs.txt --election demo/election -o fork.txt")]
    Fork {
        /// A checkpoint
        #[arg(value_hint = ValueHint::FilePath)]
        one: PathBuf,
        /// Another one
        #[arg(value_hint = ValueHint::FilePath)]
        other: PathBuf,
        #[command(flatten)]
        election: Known,
        /// Where the proof is written
        #[arg(short, long, value_hint = ValueHint::FilePath)]
        output: PathBuf,
    },
    /// Two contents of one count that its device has signed, as a proof
    ///
    /// Each is a label.json, a statement.dsse.json, or a slip (a photo, or a text file of its codes). A label or statement is compared
    /// with a slip through the manifest that it signs: results-manifest.txt, looked for beside it. The same content, sealed or printed
    /// again, is no contradiction.
    #[command(
        after_help = "Example: sanad proof equivocation label.json slip.jpg --election demo/election -o proof.json"
    )]
    Equivocation {
        /// A label, a statement or a slip
        #[arg(value_hint = ValueHint::FilePath)]
        one: PathBuf,
        /// Another one of the same station, device and generation
        #[arg(value_hint = ValueHint::FilePath)]
        other: PathBuf,
        #[command(flatten)]
        election: Known,
        /// Where the proof is written
        #[arg(short, long, value_hint = ValueHint::FilePath)]
        output: PathBuf,
    },
    /// A receipt of the receiving service, and what its published log has there
    ///
    /// Where the label stands: the proof that it does, under the checkpoint that the witnesses have cosigned, with the leaves of the record by
    /// which keys of witnesses gave way. Where it does not: the proof that the service has broken its word (1).
    #[command(
        after_help = "Example: sanad proof receipt 0101-d0101-1.receipt.json --publication demo/publication -o receipt.proof.json"
    )]
    Receipt {
        /// The receipt, as the relay kept it
        #[arg(value_hint = ValueHint::FilePath)]
        receipt: PathBuf,
        /// The publication
        #[arg(long, value_hint = ValueHint::DirPath)]
        publication: PathBuf,
        /// Where the proof is written
        #[arg(short, long, value_hint = ValueHint::FilePath)]
        output: PathBuf,
    },
    /// Check a proof of any kind, with the definition alone
    ///
    /// A fork (also as a witness writes it), an equivocation, a receipt, a broken promise; and 17.proof, which `sanad case complain
    /// --receipt` or `sanad record prove` wrote, with 17.leaf.json beside it. 1 if it proves nothing, 3 if only witnesses are missing, or
    /// one has cosigned with a key that neither the definition nor the file has.
    #[command(after_help = "Example: sanad proof check proof.json --election demo/election")]
    Check {
        /// The proof
        #[arg(value_hint = ValueHint::FilePath)]
        proof: PathBuf,
        #[command(flatten)]
        election: Known,
    },
}

/// What a proof is checked with.
#[derive(clap::Args)]
pub struct Known {
    /// The frozen definition, with its key lists
    #[arg(long, value_hint = ValueHint::DirPath)]
    election: PathBuf,
    /// The fingerprint that the gazette prints (or a file that holds it): what names another one is refused
    #[arg(long, value_name = "FINGERPRINT")]
    fingerprint: Option<String>,
}

/// The definition, its keys and its policy.
struct Election {
    frozen: Frozen,
    policy: Policy,
    fingerprint: Option<Digest>,
}

impl Election {
    fn open(dir: &Path, fingerprint: Option<&str>) -> Result<Self> {
        let (folder, frozen) = inputs::frozen(dir)?;
        let policy = String::from_utf8_lossy(folder.get(WITNESS_POLICY).unwrap_or_default()).into_owned();
        let policy = Policy::parse(&policy).at(dir.join(WITNESS_POLICY).display())?;
        Ok(Election { frozen, policy, fingerprint: fingerprint.map(inputs::fingerprint).transpose()? })
    }

    fn check(&self, proof: &Carried) -> Result<Shown> {
        let against = Against { frozen: &self.frozen, policy: &self.policy, fingerprint: self.fingerprint };
        Ok(proof.check(&against)?)
    }
}

impl Known {
    fn open(&self) -> Result<Election> {
        Election::open(&self.election, self.fingerprint.as_deref())
    }
}

/// Runs it.
pub fn run(shell: &Shell, command: Proof) -> Result {
    match command {
        Proof::Fork { one, other, election, output } => {
            let proof = Carried::fork(&read(&one)?, &read(&other)?).at(one.display())?;
            make(shell, &election.open()?, &proof, &output)
        }
        Proof::Equivocation { one, other, election, output } => {
            let proof = Equivocation { one: signed(&one)?, other: signed(&other)? };
            make(shell, &election.open()?, &Carried::Equivocation(proof), &output)
        }
        Proof::Receipt { receipt, publication, output } => prove_receipt(shell, &receipt, &publication, &output),
        Proof::Check { proof, election } => {
            let carried = carried(&proof)?;
            let shown =
                election.open()?.check(&carried).map_err(|failure| hinted(failure, &carried)).at(proof.display())?;
            tell(shell, &shown);
            shell.json(&object(&shown));
            Ok(Verdict::Holds)
        }
    }
}

/// A proof of any kind. One that `sanad record prove` or `--receipt` wrote is of the leaf that lies beside it.
fn carried(path: &Path) -> Result<Carried> {
    let bytes = read(path)?;
    if !bytes.starts_with(FIRST_LINE.as_bytes()) {
        return Carried::parse(&bytes).at(path.display());
    }
    let leaf = leaf_beside(path);
    if !leaf.is_file() {
        let what = format!("the leaf that it proves is not beside it: {}", leaf.display());
        let next = "put the leaf's file beside the proof, under the name that it was written with";
        return Err(Failure::new("proof.no_leaf", what, next).at(path.display()));
    }
    Inclusion::of(&bytes, &read(&leaf)?).map(Carried::Receipt).at(path.display())
}

/// What to do where the proof of a leaf, of which the receiving service has given no receipt, is not complete.
fn hinted(failure: Failure, proof: &Carried) -> Failure {
    let is_of_two_files = matches!(proof, Carried::Receipt(own) if own.receipt.is_none() && own.changes.is_empty());
    match failure.code() {
        "proof.quorum" if is_of_two_files => failure
            .hint("once witnesses have cosigned the record, have the proof written again with `sanad record prove`"),
        "proof.unknown_key" if is_of_two_files => {
            failure.hint("look for the leaf in the publication, with `sanad record show`: a witness's key has changed")
        }
        _ => failure,
    }
}

/// Checks a proof before it is written: nobody is accused by a file that proves nothing.
fn make(shell: &Shell, election: &Election, proof: &Carried, output: &Path) -> Result {
    let shown = election.check(proof)?;
    write(output, &proof.to_bytes())?;
    tell(shell, &shown);
    shell.tell("Proof: {}", &[text(output.display())]);
    let mut said = object(&shown);
    said["file"] = json!(output);
    shell.json(&said);
    Ok(if matches!(shown, Shown::Broken { .. }) { Verdict::DoesNot } else { Verdict::Holds })
}

/// A label, a statement or a slip.
fn signed(path: &Path) -> Result<Signed> {
    let bytes = read(path)?;
    if Envelope::parse(&bytes).is_err() {
        let codes = slips::codes_of(path)?;
        return if codes.is_empty() { Err(slips::no_code().at(path.display())) } else { Ok(Signed::Slip { codes }) };
    }
    let beside = path.with_file_name("results-manifest.txt");
    let manifest = match beside.is_file() {
        true => Some(String::from_utf8_lossy(&read(&beside)?).into_owned()),
        false => None,
    };
    Signed::of(&bytes, manifest).at(path.display())
}

/// What of a receipt says where its label stands.
#[derive(serde::Deserialize)]
struct Place {
    label: Digest,
    index: u64,
}

/// A log of a publication, with what its proofs are made from.
struct Published {
    log: reader::StaticLog,
    tree: Tree,
}

impl Published {
    fn read(dir: &Path, name: &str, service: Service, election: &Election) -> Result<Self> {
        let folder = dir.join(name);
        let origin = format!("{}/{name}", election.frozen.definition.scope.election);
        let key = election.frozen.keyring.service(service)?.clone();
        let key = NoteKey::new(&origin, NoteAlgorithm::Ed25519, key)?;
        let log = reader::read_static(&FolderStore::new(&folder), &key)
            .map_err(|mut problems| Failure::from(problems.swap_remove(0)).at(folder.display()))?;
        let tree = Tree::of(log.leaves.iter().map(|leaf| leaf_hash(leaf)));
        Ok(Published { log, tree })
    }

    /// A leaf of this log, and the way from it to the checkpoint.
    fn carried(&self, index: u64) -> Change {
        let leaf = &self.log.leaves[usize::try_from(index).expect("an index of this log")];
        let hashes = self.tree.inclusion(index, self.log.leaves.len() as u64).expect("an index of this tree");
        let proof = InclusionProof { index, hashes, checkpoint: self.log.note.clone() };
        let [leaf, proof] = [leaf, &proof.to_bytes()].map(|bytes| String::from_utf8_lossy(bytes).into_owned());
        Change { leaf, proof }
    }
}

fn prove_receipt(shell: &Shell, path: &Path, dir: &Path, output: &Path) -> Result {
    published::expect(dir)?;
    let election = Election::open(&dir.join("election"), None)?;
    let bytes = read(path)?;
    let envelope = Envelope::parse(&bytes).at(path.display())?;
    let place: Place = serde_json::from_slice(envelope.payload()).map_err(|e| {
        Failure::new(
            "proof.form",
            format!("this is no proof: {e}"),
            "give the receipt of that label, as the relay kept it",
        )
        .at(path.display())
    })?;
    let log = Published::read(dir, "intake", Service::IntakeLog, &election)?;
    // Where the log ends before the promised place, its last leaf is what there is: the close.
    let Some(last) = log.log.leaves.len().checked_sub(1) else {
        let next = "give the publication again when the log has leaves";
        let failure = Failure::new("proof.empty", "the log of the receiving service is empty", next);
        return Err(failure.at(dir.join("intake").display()));
    };
    let index = place.index.min(last as u64);
    let Change { leaf, proof } = log.carried(index);
    let receipt = String::from_utf8_lossy(&bytes).into_owned();
    let carried = match index == place.index && sign::sha256(leaf.as_bytes()) == place.label {
        true => {
            let record = Published::read(dir, "record", Service::RecordLog, &election)?;
            let changes = Change::needed(&record.log.leaves).into_iter().map(|index| record.carried(index)).collect();
            Carried::Receipt(Inclusion { leaf, proof, receipt: Some(receipt), changes })
        }
        false => Carried::Broken(Broken { receipt, leaf, proof }),
    };
    make(shell, &election, &carried, output).map_err(|failure| failure.at(path.display()))
}

fn tell(shell: &Shell, shown: &Shown) {
    match shown {
        Shown::Fork { log, size } => shell.find(
            "PROVED: the log {} has signed two histories of {} leaves. It is to be trusted in nothing that one of them lacks.",
            &[text(log), count(*size)],
        ),
        Shown::Equivocation { station, device, generation, .. } => shell.find(
            "PROVED: the device {} of station {} has signed two contents of its count {}. One of them is false; the station waits for a decision.",
            &[text(device), text(station), count(*generation)],
        ),
        Shown::Receipt { log, index, size, quorum } => {
            shell.tell(
                "PROVED: the leaf stands in the log {} at {}, under the checkpoint of {} leaves.",
                &[text(log), count(*index), count(*size)],
            );
            super::witness::cosigned_by(shell, quorum);
        }
        Shown::Broken { index, label } => shell.find(
            "PROVED: the receiving service signed that the label {} stands at {}, and its log has something else there.",
            &[text(label), count(*index)],
        ),
    }
}

fn object(shown: &Shown) -> Value {
    match shown {
        Shown::Fork { log, size } => json!({ "kind": "fork", "log": log, "size": size }),
        Shown::Equivocation { station, device, generation, differ } => json!({
            "kind": "equivocation", "station": station, "device": device, "generation": generation, "differ": differ,
        }),
        Shown::Receipt { log, index, size, quorum } => json!({
            "kind": "receipt", "log": log, "index": index, "size": size, "cosigned_by": quorum.by,
        }),
        Shown::Broken { index, label } => json!({ "kind": "broken_promise", "index": index, "label": label }),
    }
}
