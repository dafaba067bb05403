//! What both logs have in common: reading one from the folder, judging the signature lines of a
//! checkpoint, and roots of its earlier states.

use std::collections::{BTreeMap, BTreeSet};

use election::{Coded, Digest};
use log::merkle::{Hash, empty_root, leaf_hash, node_hash};
use log::note::NoteAlgorithm;
use log::reader::{StaticLog, What};
use log::{Note, NoteKey, Policy, Store, StoreError};
use rayon::prelude::*;

use crate::folder::{Absent, Folder};
use crate::report::Check;

/// A log as read from the folder, whole under its checkpoint.
pub struct ReadLog {
    /// The leaves, the checkpoint and its signature lines.
    pub log: StaticLog,
    /// The key that signs its checkpoints.
    pub key: NoteKey,
    /// The hash of each leaf (RFC 6962).
    pub hashes: Vec<Hash>,
}

/// The files of one log inside the folder.
struct LogFiles<'a> {
    folder: &'a Folder,
    prefix: &'a str,
}

impl LogFiles<'_> {
    fn read_only(path: &str) -> StoreError {
        StoreError::Io { path: path.to_owned(), error: std::io::ErrorKind::ReadOnlyFilesystem.into() }
    }
}

impl Store for LogFiles<'_> {
    fn read(&self, path: &str) -> Result<Option<Vec<u8>>, StoreError> {
        match self.folder.bytes(&format!("{}{path}", self.prefix)) {
            Ok(bytes) => Ok(Some(bytes)),
            Err(Absent::Missing) => Ok(None),
            Err(Absent::Unreadable(what)) => {
                Err(StoreError::Io { path: path.to_owned(), error: std::io::Error::other(what) })
            }
        }
    }

    fn put(&self, path: &str, _bytes: &[u8]) -> Result<(), StoreError> {
        Err(Self::read_only(path))
    }

    fn remove(&self, path: &str) -> Result<(), StoreError> {
        Err(Self::read_only(path))
    }

    fn paths(&self) -> Result<Vec<String>, StoreError> {
        Ok(self.folder.under(self.prefix).map(|(path, _)| path[self.prefix.len()..].to_owned()).collect())
    }

    fn swap_checkpoint(&self, _expected_old: Option<&[u8]>, _new: &[u8]) -> Result<(), StoreError> {
        Err(Self::read_only("checkpoint"))
    }
}

/// Reads the log in `prefix` (with its `/`), whose checkpoints `key` signs under the name `origin`.
pub fn read(
    folder: &Folder,
    prefix: &str,
    origin: &str,
    key: &sign::PublicKey,
    check: &mut Check,
) -> Option<ReadLog> {
    let key = match NoteKey::new(origin, NoteAlgorithm::Ed25519, key.clone()) {
        Ok(key) => key,
        Err(e) => {
            check.fails(prefix, e.code(), e);
            return None;
        }
    };
    match log::read_static(&LogFiles { folder, prefix }, &key) {
        Ok(log) => {
            let hashes: Vec<Hash> = log.leaves.par_iter().map(|leaf| leaf_hash(leaf)).collect();
            check.checked += hashes.len() as u64;
            check.expect(!log.leaves.is_empty(), prefix, "log.empty", || "has no leaf; nothing is proved by it".into());
            Some(ReadLog { log, key, hashes })
        }
        Err(problems) => {
            for problem in problems {
                let leaf = problem.leaf.map_or_else(String::new, |leaf| format!(" (leaf {leaf})"));
                let place = format!("{prefix}{}{leaf}", problem.path);
                match problem.what {
                    What::Missing => check.misses(place, problem.code(), &problem.why),
                    What::Wrong | What::Unexpected => check.fails(place, problem.code(), &problem.why),
                }
            }
            None
        }
    }
}

/// Judges the signature lines of a checkpoint: every one is by a key of the policy and valid, and they meet its quorum.
pub fn judge(note: &Note, key: &NoteKey, policy: &Policy, place: &str, check: &mut Check) {
    if let Err(e) = note.verify(key) {
        check.fails(place, e.code(), e);
    }
    let quorum = policy.quorum(note);
    for name in &quorum.refused {
        check.fails(place, "witness.refused", format!("the signature line of '{name}' is by no key of the policy or false"));
    }
    check.checked += quorum.by.len() as u64;
    if policy.witnesses.is_empty() || policy.threshold == 0 {
        check.fails(place, "witness.no_policy", "the policy asks for no witness, so nothing is witnessed");
    }
    check.expect(quorum.met, place, "witness.quorum", || {
        let groups: Vec<&str> = quorum.missing_groups.iter().map(String::as_str).collect();
        format!("UNWITNESSED: {} more bodies must cosign; groups without one: [{}]", quorum.lacking, groups.join(", "))
    });
}

/// The root hashes of the tree at each of `sizes`, in one pass (RFC 9162, section 2.1.1). Sizes beyond the leaves have none.
pub fn roots_at(hashes: &[Hash], sizes: &BTreeSet<u64>) -> BTreeMap<u64, Digest> {
    let mut roots = BTreeMap::new();
    // The roots of the full subtrees on the left, the largest first, each with its size.
    let mut full: Vec<(u64, Hash)> = Vec::new();
    if sizes.contains(&0) {
        roots.insert(0, Digest(empty_root()));
    }
    for (size, hash) in (1..).zip(hashes) {
        full.push((1, *hash));
        while let [.., (left_size, left), (right_size, right)] = full[..]
            && left_size == right_size
        {
            full.truncate(full.len() - 2);
            full.push((left_size + right_size, node_hash(&left, &right)));
        }
        if sizes.contains(&size) {
            let root = full.iter().rev().map(|(_, hash)| *hash).reduce(|right, left| node_hash(&left, &right));
            roots.extend(root.map(|root| (size, Digest(root))));
        }
    }
    roots
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn roots_in_one_pass_are_the_roots() {
        let hashes: Vec<Hash> = (0u8..70).map(|n| leaf_hash(&[n])).collect();
        let roots = roots_at(&hashes, &(0..80).collect());
        assert_eq!(roots.len(), 71, "no root beyond the leaves");
        for (size, root) in roots {
            assert_eq!(root.0, log::merkle::root(&hashes[..size as usize]), "{size}");
        }
    }
}
