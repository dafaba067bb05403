//! Bundles of evidence that were handed out under a mandate.

use election::{ActId, Digest};
use serde::{Deserialize, Serialize};

use crate::fold::{LeafProblem, State};

/// A bundle of evidence was handed out.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Export {
    /// The act that mandates it.
    pub mandate: ActId,
    /// SHA-256 of the manifest of its files.
    pub manifest: Digest,
}

impl State {
    pub(crate) fn export(&mut self, own: &Export) -> Result<(), LeafProblem> {
        self.registers.exports.push((self.size, own.clone()));
        Ok(())
    }
}
