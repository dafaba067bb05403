//! What both logs have in common: reading one from the folder, judging the signature lines of a
//! checkpoint, and roots of its earlier states.

use election::{Coded, Digest};
use log::merkle::{Hash, Tree, leaf_hash};
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
    /// The tree of the leaves, computed here.
    tree: Tree,
}

impl ReadLog {
    /// The root of the first `size` leaves, where there are as many.
    pub fn root_at(&self, size: u64) -> Option<Digest> {
        self.tree.root_at(size).map(Digest)
    }

    /// The root of all leaves and one more.
    pub fn root_with(&self, leaf: &[u8]) -> Digest {
        let hashes = self.log.leaves.iter().map(Vec::as_slice).chain([leaf]).map(leaf_hash);
        let tree = Tree::of(hashes);
        Digest(tree.root_at(tree.size()).unwrap_or_default())
    }
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
pub fn read(folder: &Folder, prefix: &str, origin: &str, key: &sign::PublicKey, check: &mut Check) -> Option<ReadLog> {
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
            Some(ReadLog { log, key, tree: Tree::of(hashes) })
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

/// Judges the signature lines of a checkpoint: every one is by a key of the policy and valid. A false one fails. Too few
/// may still come: they are missing, unless what rests on them has been done already (`too_late`).
pub fn judge(note: &Note, key: &NoteKey, policy: &Policy, place: &str, too_late: bool, check: &mut Check) {
    if let Err(e) = note.verify(key) {
        check.fails(place, e.code(), e);
    }
    let quorum = policy.quorum(note);
    for name in &quorum.refused {
        check.fails(
            place,
            "witness.refused",
            format!("the signature line of '{name}' is by no key of the policy or false"),
        );
    }
    check.checked += quorum.by.len() as u64;
    if policy.witnesses.is_empty() || policy.threshold == 0 {
        check.fails(place, "witness.no_policy", "the policy asks for no witness, so nothing is witnessed");
    }
    if quorum.met {
        return check.holds();
    }
    let groups: Vec<&str> = quorum.missing_groups.iter().map(String::as_str).collect();
    let what =
        format!("UNWITNESSED: {} more bodies must cosign; groups without one: [{}]", quorum.lacking, groups.join(", "));
    if too_late {
        check.fails(place, "witness.quorum", what);
    } else {
        check.misses(place, "witness.quorum", what);
    }
}
