//! The register of acts: what others have ordered, written, asked, answered and found, each by its paper.

use election::{ActId, Digest, PlainDate};
use serde::{Deserialize, Serialize};

use crate::fold::{LeafProblem, State};

/// What an act is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ActKind {
    /// A law or a directive with the force of one.
    Law,
}

/// An act from outside, read back from its paper by two registrars.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Act {
    /// Its number in the register.
    pub act: ActId,
    /// What it is.
    pub kind: ActKind,
    /// Who gave it, as the paper has it.
    pub issuer: String,
    /// The number on the paper.
    pub number: String,
    /// The date on the paper.
    pub dated: PlainDate,
    /// SHA-256 of the scanned paper.
    pub paper: Digest,
    /// What it says, in a sentence.
    pub effect: String,
}

impl State {
    pub(crate) fn act(&mut self, leaf: Digest, own: &Act) -> Result<(), LeafProblem> {
        self.registers.acts.insert(own.act.clone(), (leaf, own.clone()));
        Ok(())
    }
}
