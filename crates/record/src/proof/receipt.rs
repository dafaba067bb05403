//! That a leaf stands in a log; and that one does not stand where a receipt promised it.

use election::{Digest, Scope, Service};
use log::Checkpoint;
use log::proof::{InclusionProof, ProofError};
use serde::{Deserialize, Serialize};
use sign::dsse::Envelope;

use super::changes::{self, Change};
use super::{Against, ProofProblem, Shown, no_form};
use crate::entry::Entry;

/// The kinds of statements of the receiving service.
const RECEIPT_KIND: &str = "receipt";
const CLOSE_KIND: &str = "close";

/// A leaf and the way from it to a cosigned checkpoint.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Inclusion {
    /// The leaf, a DSSE envelope in the bytes that were logged.
    pub leaf: String,
    /// The C2SP tlog-proof.
    pub proof: String,
    /// The receiving service's receipt for it, where the leaf is a label.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub receipt: Option<String>,
    /// Where a witness's key gave way: the leaves of the record that say which key counts, with those that these rest on.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub changes: Vec<Change>,
}

/// A receipt, and what the log has instead.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Broken {
    /// The receipt.
    pub receipt: String,
    /// The leaf that stands where the label was promised, or the close that ends the log before it.
    pub leaf: String,
    /// The C2SP tlog-proof of that leaf.
    pub proof: String,
}

/// What a receipt of the receiving service says, as docs/formats.md has it: read here, and by whoever checks the service's
/// log, with a type of its own, so that they share the published format with the service and no code.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Receipt {
    /// Election, round and mode.
    pub scope: Scope,
    /// SHA-256 of the label's bytes.
    pub label: Digest,
    /// SHA-256 of the sealed results.
    pub results: Digest,
    /// SHA-256 of the sealed images.
    pub images: Digest,
    /// Where the label stands in the intake log, from 0.
    pub index: u64,
    /// How the label came, as the service says it.
    pub transport: Transport,
    /// When the package was complete, by the service's clock; shown and never relied upon.
    pub time: String,
}

/// How a label came, as the receiving service says it; shown and never relied upon.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Transport {
    /// The version of TLS.
    pub protocol: String,
    /// The key exchange.
    pub group: String,
    /// SHA-256 of the relay's certificate.
    pub client: Digest,
}

/// A receipt that the receiving service of this election has signed.
fn receipt(text: &str, against: &Against<'_>) -> Result<Receipt, ProofProblem> {
    let envelope = Envelope::parse(text.as_bytes())?;
    envelope.verify(RECEIPT_KIND, &[against.frozen.keyring.service(Service::Intake)?])?;
    let receipt: Receipt = envelope.read()?;
    if receipt.scope == against.frozen.definition.scope { Ok(receipt) } else { Err(ProofProblem::Scope) }
}

/// The proof of a leaf in a log of the election that its key has signed.
pub(super) fn included(
    leaf: &str,
    proof: &str,
    against: &Against<'_>,
) -> Result<(InclusionProof, Checkpoint), ProofProblem> {
    let proof = InclusionProof::parse(proof.as_bytes()).map_err(ProofProblem::Note)?;
    let checkpoint = proof.verify(leaf.as_bytes())?;
    proof.checkpoint.verify(&against.log(&checkpoint.origin)?)?;
    Ok((proof, checkpoint))
}

impl Inclusion {
    /// The proof of any leaf, from the two files that are written of it: the tlog-proof and the leaf.
    ///
    /// # Errors
    /// [`ProofProblem::Form`] where one is no text.
    pub fn of(proof: &[u8], leaf: &[u8]) -> Result<Self, ProofProblem> {
        let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).map_err(no_form);
        Ok(Inclusion { leaf: text(leaf)?, proof: text(proof)?, receipt: None, changes: Vec::new() })
    }

    /// The leaf is in the tree, the log has signed it, the witnesses have cosigned it, and the receipt is of this leaf.
    ///
    /// # Errors
    /// [`ProofProblem`]; [`ProofProblem::Quorum`] where only the witnesses are missing.
    pub fn check(&self, against: &Against<'_>) -> Result<Shown, ProofProblem> {
        let (proof, checkpoint) = included(&self.leaf, &self.proof, against)?;
        if checkpoint.origin.ends_with("/record") {
            self.is_of(against)?;
        }
        if let Some(text) = &self.receipt {
            let receipt = receipt(text, against)?;
            let own = receipt.label == Digest::of(self.leaf.as_bytes()) && receipt.index == proof.index;
            if !own || !checkpoint.origin.ends_with("/intake") {
                return Err(ProofProblem::Receipt);
            }
        }
        let quorum = changes::quorum(&self.changes, &proof.checkpoint, against)?;
        Ok(Shown::Receipt { log: checkpoint.origin, index: proof.index, size: checkpoint.size, quorum })
    }

    /// A leaf of the record names the election that is pinned, or is its leaf 0.
    fn is_of(&self, against: &Against<'_>) -> Result<(), ProofProblem> {
        let Some(pinned) = against.fingerprint else { return Ok(()) };
        let entry = Entry::parse(self.leaf.as_bytes()).map_err(|problem| no_form(problem.to_string()))?;
        match entry.head.fingerprint.unwrap_or(entry.digest) == pinned {
            true => Ok(()),
            false => Err(ProofProblem::Scope),
        }
    }
}

impl Broken {
    /// The service has signed the receipt, its log has signed the checkpoint, and both cannot be true: another leaf stands
    /// at the promised place, or the log was closed before it.
    ///
    /// # Errors
    /// [`ProofProblem`]; [`ProofProblem::Kept`] where the label stands there.
    pub fn check(&self, against: &Against<'_>) -> Result<Shown, ProofProblem> {
        let receipt = receipt(&self.receipt, against)?;
        let (proof, checkpoint) = included(&self.leaf, &self.proof, against)?;
        if !checkpoint.origin.ends_with("/intake") {
            return Err(ProofProblem::Receipt);
        }
        let shown = Shown::Broken { index: receipt.index, label: receipt.label };
        if proof.index == receipt.index {
            let kept = Digest::of(self.leaf.as_bytes()) == receipt.label;
            return if kept { Err(ProofProblem::Kept) } else { Ok(shown) };
        }
        let is_last = proof.index + 1 == checkpoint.size && receipt.index > proof.index;
        let envelope = Envelope::parse(self.leaf.as_bytes())?;
        let closes = envelope.verify(CLOSE_KIND, &[against.frozen.keyring.service(Service::Intake)?]).is_ok();
        if is_last && closes { Ok(shown) } else { Err(ProofProblem::Inclusion(ProofError::Hashes)) }
    }
}
