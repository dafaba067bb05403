//! What the sequencer keeps in mind, and the leaves that it is about to append.

use std::collections::{BTreeMap, BTreeSet};

use election::Digest;
use package::FileName;
use sign::FileKey;
use sign::dsse;

use crate::Error;
use crate::database::Admitted;
use crate::roll::Claim;

/// What the log says, as far as the next leaf depends on it.
#[derive(Default)]
pub(crate) struct Memory {
    /// Logged labels of one station, device and generation: label and content.
    pub logged: BTreeMap<FileName, BTreeMap<Digest, [Digest; 2]>>,
    /// Code and subject of each refusal.
    pub refused: BTreeSet<(String, Digest)>,
    pub refusals_of: BTreeMap<Digest, usize>,
    pub packages: u64,
    /// Labels that wait: their envelope and how they came.
    pub waiting: BTreeMap<Digest, Admitted>,
}

impl Memory {
    /// Does a label wait, or stand in the log (or in the leaves that are about to)?
    pub(crate) fn knows(&self, label: &Digest, claim: &Claim) -> bool {
        let is_logged = || self.logged.get(&claim.name).is_some_and(|labels| labels.contains_key(label));
        self.waiting.contains_key(label) || is_logged()
    }

    /// Enters a label; returns those that it contradicts, sorted.
    pub(crate) fn log(&mut self, label: Digest, claim: &Claim) -> Vec<Digest> {
        let labels = self.logged.entry(claim.name.clone()).or_default();
        let others = labels.iter().filter(|(_, content)| **content != claim.content).map(|(other, _)| *other);
        let others = others.collect();
        labels.insert(label, claim.content);
        others
    }
}

/// Leaves that the next append enters.
pub(crate) struct Leaves {
    pub next: u64,
    pub leaves: Vec<Vec<u8>>,
}

impl Leaves {
    pub(crate) fn push(&mut self, leaf: Vec<u8>) {
        self.leaves.push(leaf);
        self.next += 1;
    }

    pub(crate) fn sign<T: serde::Serialize>(&mut self, kind: &str, value: &T, key: &FileKey) -> Result<(), Error> {
        let envelope = dsse::sign_json(kind, value, &[key]).map_err(|e| Error::Sign(e.to_string()))?;
        self.push(envelope.to_bytes());
        Ok(())
    }
}
