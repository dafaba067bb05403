//! Which witnesses must have seen a checkpoint (C2SP tlog-policy), and whether they have.

use std::collections::BTreeSet;

use election::Coded;

use crate::note::{Note, NoteKey};

/// A witness of the policy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PolicyWitness {
    /// Its cosignature key; the name in it is the witness's.
    pub key: NoteKey,
    /// The body that runs it; one body counts once.
    pub body: String,
    /// The kind of body (party, observer, court): at least one of each group must have signed.
    pub group: String,
}

/// A log and its witnesses.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Policy {
    /// The keys of the logs.
    pub logs: Vec<NoteKey>,
    /// The witnesses.
    pub witnesses: Vec<PolicyWitness>,
    /// How many distinct bodies must have cosigned.
    pub threshold: u8,
}

/// Which witnesses have seen a checkpoint.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Quorum {
    /// Enough bodies and one of each group?
    pub met: bool,
    /// Names of the witnesses that have cosigned, sorted.
    pub by: Vec<String>,
    /// Distinct bodies that have cosigned.
    pub bodies: BTreeSet<String>,
    /// Bodies still needed.
    pub lacking: usize,
    /// Groups of which no witness has cosigned.
    pub missing_groups: BTreeSet<String>,
    /// The earliest time (POSIX seconds) among the cosignatures counted, for freshness.
    pub oldest: Option<u64>,
    /// Names on signature lines that do not hold or are of no key in the policy.
    pub refused: Vec<String>,
}

/// A policy that is refused.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("line {line}: {why}")]
pub struct PolicyError {
    /// The line, from 1.
    pub line: usize,
    /// What is wrong.
    pub why: String,
}

impl Coded for PolicyError {
    fn code(&self) -> &'static str {
        "policy.form"
    }

    fn next(&self) -> &'static str {
        "Correct the line; the format is c2sp.org/tlog-policy, with groups named BODY and GROUP."
    }
}

impl Policy {
    /// Reads a policy file.
    ///
    /// # Errors
    /// [`PolicyError`].
    pub fn parse(_text: &str) -> Result<Self, PolicyError> {
        unimplemented!()
    }

    /// The policy file.
    pub fn to_text(&self) -> String {
        unimplemented!()
    }

    /// Judges the cosignatures on a checkpoint. Each signature line must be by a key of the policy and valid.
    pub fn quorum(&self, _checkpoint: &Note) -> Quorum {
        unimplemented!()
    }
}
