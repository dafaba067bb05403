//! What is fixed before the polls open: the folder of the definition, its keys,
//! and leaf 0 that the board signs over both.

use election::KeyLists;
use election::{Coded, Definition, Digest, Folder, Problem};

use crate::entry::Freeze;
use crate::keyring::{Keyring, KeyringError};

/// The path of the witness policy inside the folder.
pub const WITNESS_POLICY: &str = "keys/witness-policy.txt";

/// The election that a record belongs to, read from its folder.
#[derive(Clone, Debug)]
pub struct Frozen {
    /// The definition.
    pub definition: Definition,
    /// The key lists, as they stand in the folder.
    pub lists: KeyLists,
    /// Its keys, by what they may sign.
    pub keyring: Keyring,
    /// SHA-256 of the manifest of the folder that all of it was read from.
    pub manifest: Digest,
    /// SHA-256 of `election.toml`: the rules alone, whoever holds which key.
    pub rule_set: Digest,
}

/// A folder that cannot be an election's.
#[derive(Debug, thiserror::Error)]
pub enum FrozenError {
    /// The definition or a key list is wrong; every problem at once.
    #[error("{}", .0.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"))]
    Definition(Vec<Problem>),
    /// The keys do not fit the definition.
    #[error(transparent)]
    Keyring(#[from] KeyringError),
    /// No witness policy.
    #[error("the folder has no {WITNESS_POLICY}")]
    NoPolicy,
}

impl Coded for FrozenError {
    fn code(&self) -> &'static str {
        match self {
            FrozenError::Definition(_) => "election.definition",
            FrozenError::Keyring(e) => e.code(),
            FrozenError::NoPolicy => "election.no_policy",
        }
    }

    fn next(&self) -> &'static str {
        match self {
            FrozenError::Definition(_) => "correct each line named, then run `sanad election check`",
            FrozenError::Keyring(e) => e.next(),
            FrozenError::NoPolicy => "write which witnesses must have seen the record, as C2SP tlog-policy says",
        }
    }
}

impl Frozen {
    /// Reads and checks a folder.
    pub fn of(folder: &Folder) -> Result<Self, FrozenError> {
        let definition = election::read(folder).map_err(FrozenError::Definition)?;
        let lists = KeyLists::read(folder, &definition).map_err(FrozenError::Definition)?;
        let keyring = Keyring::new(&definition, &lists)?;
        let rule_set = Digest::of(folder.get(election::ELECTION_TOML).unwrap_or_default());
        Ok(Frozen { definition, lists, keyring, manifest: folder.digest(), rule_set })
    }

    /// What the board signs as leaf 0.
    pub fn freeze(&self, folder: &Folder) -> Result<Freeze, FrozenError> {
        let policy = folder.get(WITNESS_POLICY).ok_or(FrozenError::NoPolicy)?;
        let lists = folder.files.iter().filter(|(path, _)| path.starts_with("keys/") && path.ends_with(".csv"));
        Ok(Freeze {
            manifest: self.manifest,
            witness_policy: Digest::of(policy),
            key_lists: lists.map(|(path, bytes)| (path.clone(), Digest::of(bytes))).collect(),
            recipients: self.lists.recipients.iter().map(|r| (r.recipient.to_string(), r.age.clone())).collect(),
            share_commitments: self.lists.shares.iter().map(|s| (s.person.to_string(), s.commitment)).collect(),
        })
    }
}
