//! Proofs that anybody checks offline, with the definition and nothing else.
//!
//! | kind | says | parts |
//! | --- | --- | --- |
//! | fork | one log has signed two histories | two checkpoints of one size with different roots |
//! | equivocation | one device has signed two contents of one count | two labels, statements or slips |
//! | receipt | a leaf stands in a log that the witnesses have cosigned | the leaf, its inclusion proof, the receiving service's receipt |
//! | broken promise | the receiving service signed a receipt, and its log has something else there | the receipt, and a leaf with its inclusion proof |
//!
//! A fork is the text that a witness writes ([`log::witness::Fork`]); the others are one JSON object. Every part is signed by
//! itself, so the file needs no signature of its own and it does not matter who made it.

mod changes;
mod equivocation;
mod receipt;

use election::{Coded, DeviceId, Digest, Service, StationId};
use log::note::{NoteAlgorithm, NoteError, NoteKey};
use log::proof::ProofError;
use log::witness::Fork;
use log::{Checkpoint, Policy, Quorum};
use package::LabelError;
use package::slip::SlipError;
use serde::{Deserialize, Serialize};
use sign::dsse::DsseError;

use crate::Frozen;
use crate::keyring::KeyringError;

pub use changes::Change;
pub use equivocation::{Equivocation, Field, Signed};
pub use receipt::{Broken, Inclusion, Receipt, Transport};

/// A proof as it is carried.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Proof {
    /// One log has signed two histories.
    Fork(Fork),
    /// One device has signed two contents.
    Equivocation(Equivocation),
    /// A leaf stands in a log.
    Receipt(Inclusion),
    /// A receipt was given for what the log does not have.
    Broken(Broken),
}

/// The JSON of the kinds that are not a fork.
#[derive(Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
enum File {
    Equivocation(Equivocation),
    Receipt(Inclusion),
    BrokenPromise(Broken),
}

/// What a proof that holds has shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Shown {
    /// Two histories of this log, of this many leaves.
    Fork {
        /// The origin of the log.
        log: String,
        /// The size of both checkpoints.
        size: u64,
    },
    /// Two contents of one count.
    Equivocation {
        /// The station.
        station: StationId,
        /// The device that signed both.
        device: DeviceId,
        /// The generation.
        generation: u16,
        /// What they differ in.
        differ: Field,
    },
    /// A leaf in a log.
    Receipt {
        /// The origin of the log.
        log: String,
        /// The index of the leaf.
        index: u64,
        /// How many leaves the checkpoint has.
        size: u64,
        /// Who has cosigned it.
        quorum: Quorum,
    },
    /// A promise of the receiving service that its own log breaks.
    Broken {
        /// Where the label was promised to stand.
        index: u64,
        /// SHA-256 of the label.
        label: Digest,
    },
}

/// What a proof is checked with.
pub struct Against<'a> {
    /// The definition and its keys.
    pub frozen: &'a Frozen,
    /// Who must have cosigned.
    pub policy: &'a Policy,
    /// The fingerprint that the gazette prints, where it is known.
    pub fingerprint: Option<Digest>,
}

impl Against<'_> {
    /// The key of a log of the election, by the origin that a checkpoint claims.
    fn log(&self, origin: &str) -> Result<NoteKey, ProofProblem> {
        for (service, name) in [(Service::RecordLog, "record"), (Service::IntakeLog, "intake")] {
            let own = format!("{}/{name}", self.frozen.definition.scope.election);
            if own == origin {
                return Ok(NoteKey::new(&own, NoteAlgorithm::Ed25519, self.frozen.keyring.service(service)?.clone())?);
            }
        }
        Err(ProofProblem::Log(origin.chars().take(80).flat_map(char::escape_debug).collect()))
    }
}

/// A file that proves nothing.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ProofProblem {
    /// Not a file of any kind of proof.
    #[error("this is no proof: {0}")]
    Form(String),
    /// Of a log that is not of this election.
    #[error("'{0}' is no log of this election")]
    Log(String),
    /// The two checkpoints do not contradict each other.
    #[error("the two checkpoints are no fork: they must be signed by the log, of one size, with different roots")]
    NoFork,
    /// A part is of another election, round or mode, or under another fingerprint.
    #[error("the proof is of another election, round, mode or fingerprint")]
    Scope,
    /// The device is not listed for the station.
    #[error("the device {device} is not listed for station {station}")]
    Device {
        /// The device.
        device: DeviceId,
        /// The station.
        station: StationId,
    },
    /// The two parts are not of one count.
    #[error("the two are of different stations, devices or generations: {0} and {1}")]
    Other(String, String),
    /// The two parts say the same: a package that was sealed again, a slip that was printed again.
    #[error("the two have the same content: nothing contradicts")]
    Same,
    /// The two parts name nothing in common.
    #[error("the two cannot be compared: a label or statement and a slip need the manifest of the results")]
    Apart,
    /// The manifest is not the one that was signed, or does not list the results.
    #[error("the manifest is not the one that was signed, or does not list data/results.json")]
    Manifest,
    /// The receipt is of another leaf.
    #[error("the receipt is of another label or another place in the log")]
    Receipt,
    /// The log has what was promised.
    #[error("the log has the label where the receipt promised it: no promise is broken")]
    Kept,
    /// Too few witnesses have cosigned the checkpoint.
    #[error("the checkpoint is not cosigned as the witness policy asks: {0} more bodies are needed")]
    Quorum(usize),
    /// A cosignature by a key that neither the definition nor a carried leaf has.
    #[error("'{name}' has cosigned with the key {id}, which neither the definition nor this file has")]
    UnknownKey {
        /// The name on the line.
        name: String,
        /// The short id of the key, in hex.
        id: String,
    },
    /// A carried leaf of the record that does not stand where it is said to.
    #[error("leaf {0} of the record, which the proof carries, does not hold: {1}")]
    Change(u64, String),
    /// A label.
    #[error(transparent)]
    Label(#[from] LabelError),
    /// A slip.
    #[error(transparent)]
    Slip(#[from] SlipError),
    /// A signed statement.
    #[error(transparent)]
    Dsse(#[from] DsseError),
    /// A note.
    #[error(transparent)]
    Note(#[from] NoteError),
    /// An inclusion proof.
    #[error(transparent)]
    Inclusion(#[from] ProofError),
    /// A key list.
    #[error("the key lists: {0}")]
    Keys(String),
}

impl From<KeyringError> for ProofProblem {
    fn from(error: KeyringError) -> Self {
        ProofProblem::Keys(error.to_string())
    }
}

impl Coded for ProofProblem {
    fn code(&self) -> &'static str {
        match self {
            ProofProblem::Form(_) => "proof.form",
            ProofProblem::Log(_) => "proof.log",
            ProofProblem::NoFork => "proof.no_fork",
            ProofProblem::Scope => "proof.scope",
            ProofProblem::Device { .. } => "proof.device",
            ProofProblem::Other(..) => "proof.other",
            ProofProblem::Same => "proof.same",
            ProofProblem::Apart => "proof.apart",
            ProofProblem::Manifest => "proof.manifest",
            ProofProblem::Receipt => "proof.receipt",
            ProofProblem::Kept => "proof.kept",
            ProofProblem::Quorum(_) => "proof.quorum",
            ProofProblem::UnknownKey { .. } => "proof.unknown_key",
            ProofProblem::Change(..) => "proof.change",
            ProofProblem::Label(error) => error.code(),
            ProofProblem::Slip(error) => error.code(),
            ProofProblem::Dsse(error) => error.code(),
            ProofProblem::Note(error) => error.code(),
            ProofProblem::Inclusion(error) => error.code(),
            ProofProblem::Keys(_) => "proof.keys",
        }
    }

    fn next(&self) -> &'static str {
        match self {
            ProofProblem::Form(_) => "give a file that `sanad proof` or a witness wrote",
            ProofProblem::Log(_) | ProofProblem::Scope | ProofProblem::Device { .. } | ProofProblem::Keys(_) => {
                "check it with the frozen definition of the election that it is of"
            }
            ProofProblem::NoFork | ProofProblem::Other(..) | ProofProblem::Same => {
                "keep both files; each may be compared with others"
            }
            ProofProblem::Apart | ProofProblem::Manifest => {
                "put results-manifest.txt of the publication beside the label or statement"
            }
            ProofProblem::Receipt | ProofProblem::Kept => "give the receipt of that label, as the relay kept it",
            ProofProblem::Quorum(_) => "get the checkpoint again when more witnesses have cosigned it",
            ProofProblem::UnknownKey { .. } | ProofProblem::Change(..) => {
                "make the proof again with `sanad proof receipt`, from a publication whose record has the witness's new key"
            }
            ProofProblem::Label(error) => error.next(),
            ProofProblem::Slip(error) => error.next(),
            ProofProblem::Dsse(error) => error.next(),
            ProofProblem::Note(error) => error.next(),
            ProofProblem::Inclusion(error) => error.next(),
        }
    }
}

/// What a reader says of a file that is no proof: it quotes the file, which is not to steer a terminal.
fn no_form(error: impl std::fmt::Display) -> ProofProblem {
    ProofProblem::Form(error.to_string().escape_debug().take(300).collect())
}

/// The longest file, in bytes: two slips of 99 codes are a quarter of it, and so are a hundred carried leaves.
const MOST_BYTES: usize = 1 << 20;

impl Proof {
    /// The fork that two checkpoints are, if they are one.
    pub fn fork(one: &[u8], other: &[u8]) -> Result<Proof, ProofProblem> {
        Ok(Proof::Fork(Fork { seen: log::Note::parse(one)?, shown: log::Note::parse(other)? }))
    }

    /// Reads a file of any kind.
    ///
    /// # Errors
    /// [`ProofProblem::Form`].
    pub fn parse(bytes: &[u8]) -> Result<Proof, ProofProblem> {
        if bytes.len() > MOST_BYTES {
            return Err(ProofProblem::Form("it is longer than 1 MiB".to_owned()));
        }
        if bytes.starts_with(b"fork ") {
            let fork = Fork::parse(bytes).map_err(no_form)?;
            return Ok(Proof::Fork(fork));
        }
        let file = serde_json::from_slice(bytes).map_err(no_form)?;
        Ok(match file {
            File::Equivocation(proof) => Proof::Equivocation(proof),
            File::Receipt(proof) => Proof::Receipt(proof),
            File::BrokenPromise(proof) => Proof::Broken(proof),
        })
    }

    /// The file.
    pub fn to_bytes(&self) -> Vec<u8> {
        let file = match self.clone() {
            Proof::Fork(fork) => return fork.to_bytes(),
            Proof::Equivocation(proof) => File::Equivocation(proof),
            Proof::Receipt(proof) => File::Receipt(proof),
            Proof::Broken(proof) => File::BrokenPromise(proof),
        };
        let mut bytes = serde_json::to_vec_pretty(&file).expect("strings alone are always JSON");
        bytes.push(b'\n');
        bytes
    }

    /// Checks every signature and hash in it, and that they show what it says.
    ///
    /// # Errors
    /// [`ProofProblem`]: what it does not show, and why.
    pub fn check(&self, against: &Against<'_>) -> Result<Shown, ProofProblem> {
        match self {
            Proof::Fork(fork) => {
                let seen = Checkpoint::parse(&fork.seen.text)?;
                match fork.holds(&against.log(&seen.origin)?) {
                    true => Ok(Shown::Fork { log: seen.origin, size: seen.size }),
                    false => Err(ProofProblem::NoFork),
                }
            }
            Proof::Equivocation(proof) => proof.check(against),
            Proof::Receipt(proof) => proof.check(against),
            Proof::Broken(proof) => proof.check(against),
        }
    }
}
