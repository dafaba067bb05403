//! What can go wrong at the centre.

use std::path::PathBuf;

use election::{Coded, FindingRule, StationId};

/// An error of the centre.
#[derive(Debug, thiserror::Error)]
pub enum CentreError {
    /// The disk.
    #[error("{path}: {error}")]
    Disk {
        /// The file or folder.
        path: PathBuf,
        /// What the system says.
        error: std::io::Error,
    },
    /// The frozen folder.
    #[error(transparent)]
    Frozen(#[from] record::frozen::FrozenError),
    /// A file of the definition.
    #[error("{0}")]
    Folder(String),
    /// The record's log.
    #[error(transparent)]
    Log(#[from] log::log::LogError),
    /// A stored leaf is not valid: the disk was edited, or is damaged.
    #[error("the record on this disk does not hold: {0}")]
    Fold(#[from] record::FoldError),
    /// A leaf that may not be appended.
    #[error("this may not be entered: {0}")]
    Leaf(#[from] record::fold::LeafProblem),
    /// A key or signature.
    #[error(transparent)]
    Sign(#[from] sign::dsse::DsseError),
    /// A key file.
    #[error(transparent)]
    Key(#[from] sign::KeyError),
    /// The outcome.
    #[error(transparent)]
    Outcome(#[from] record::outcome::OutcomeError),
    /// An earlier version of the results cannot be worked out again.
    #[error(transparent)]
    Versions(#[from] record::docket::tables::VersionsError),
    /// A stored content is not what its name says.
    #[error("{path}: the stored file {what}")]
    Content {
        /// Where it lies, or should.
        path: PathBuf,
        /// What is the matter.
        what: &'static str,
    },
    /// A key file that holds another key than the frozen one.
    #[error("{path}: this is not the key that was frozen")]
    OtherKey {
        /// Where it lies.
        path: PathBuf,
    },
    /// A signature line of a checkpoint that is by no witness of the policy, or false.
    #[error("{path}: the signature line of '{name}' is by no witness of the frozen policy, or false")]
    Cosignature {
        /// The checkpoint.
        path: PathBuf,
        /// As the line names its signer.
        name: String,
    },
    /// The copy of the intake log, or an export's, does not hold.
    #[error("{path}: the intake log does not hold: {why}")]
    IntakeLog {
        /// Where it lies.
        path: PathBuf,
        /// Why.
        why: String,
    },
    /// The folder is no centre, or is one already.
    #[error("{0}")]
    Folded(&'static str),
    /// A file that the rules withhold was about to be published.
    #[error("{path}: this may not be published ({clause})")]
    Withheld {
        /// Where in the publication.
        path: String,
        /// The clause.
        clause: &'static str,
    },
    /// A picture of a contest that is not there.
    #[error("{0}")]
    Picture(&'static str),
    /// The generator of randomness.
    #[error(transparent)]
    Entropy(#[from] sign::entropy::EntropyError),
    /// Something is up on this machine that the policy does not list, and the election is official.
    #[error("the centre is not isolated; up here and not listed in [isolation]: {}", outside.join("; "))]
    NotIsolated {
        /// Each interface, radio, route, socket and file.
        outside: Vec<String>,
    },
    /// Announcing without what it rests on.
    #[error("{0}")]
    NotYet(String),
    /// A signed note.
    #[error(transparent)]
    Note(#[from] log::note::NoteError),
    /// A folder that could not be written.
    #[error(transparent)]
    Write(#[from] durable::Failed),
    /// An order that rests on a finding that there is not.
    #[error("no finding by {rule} is about the station {station}")]
    Finding {
        /// The rule that the order names.
        rule: FindingRule,
        /// Its station.
        station: StationId,
    },
    /// What no archive can hold.
    #[error(transparent)]
    Archive(#[from] package::archive::ArchiveError),
    /// More than a reader takes.
    #[error("with '{0}' the bundle is more than whoever receives it can read")]
    TooLarge(String),
    /// The witness policy.
    #[error(transparent)]
    Policy(#[from] log::policy::PolicyError),
}

impl Coded for CentreError {
    fn code(&self) -> &'static str {
        match self {
            CentreError::Disk { .. } | CentreError::Write(_) => "centre.disk",
            CentreError::Frozen(e) => e.code(),
            CentreError::Folder(_) => "centre.definition",
            CentreError::Log(e) => e.code(),
            CentreError::Fold(_) => "centre.record",
            CentreError::Versions(e) => e.code(),
            CentreError::Leaf(e) => e.code(),
            CentreError::Sign(e) => e.code(),
            CentreError::Key(e) => e.code(),
            CentreError::Outcome(e) => e.code(),
            CentreError::Content { .. } => "centre.content",
            CentreError::OtherKey { .. } => "centre.other_key",
            CentreError::Cosignature { .. } => "centre.cosignature",
            CentreError::IntakeLog { .. } => "centre.intake_log",
            CentreError::Folded(_) => "centre.folder",
            CentreError::Withheld { .. } => "centre.withheld",
            CentreError::Picture(_) => "centre.picture",
            CentreError::Entropy(e) => e.code(),
            CentreError::NotIsolated { .. } => "centre.not_isolated",
            CentreError::NotYet(_) => "centre.not_yet",
            CentreError::Note(e) => e.code(),
            CentreError::Finding { .. } => "centre.finding",
            CentreError::Archive(e) => e.code(),
            CentreError::TooLarge(_) => "evidence.too_large",
            CentreError::Policy(e) => e.code(),
        }
    }

    fn next(&self) -> &'static str {
        match self {
            CentreError::Disk { .. } | CentreError::Write(_) => {
                "check the disk, then run the same command again; nothing was entered in part"
            }
            CentreError::Frozen(e) => e.next(),
            CentreError::Folder(_) => "bring the frozen election folder back",
            CentreError::Log(e) => e.next(),
            CentreError::Fold(_) => {
                "stop; compare this record with a witness's copy and restore it from the last cosigned one"
            }
            CentreError::Leaf(e) => e.next(),
            CentreError::Sign(e) => e.next(),
            CentreError::Key(e) => e.next(),
            CentreError::Outcome(e) => e.next(),
            CentreError::Versions(e) => e.next(),
            CentreError::Content { .. } => {
                "stop and find out who wrote to this disk; then import the package again from either medium"
            }
            CentreError::OtherKey { .. } => "bring the frozen key back; with another nothing can be entered",
            CentreError::Cosignature { .. } => {
                "stop and find out who wrote to this disk; then take the checkpoint from a copy"
            }
            CentreError::IntakeLog { .. } => {
                "stop; keep this copy as evidence and import a whole export, which continues the log that was seen before"
            }
            CentreError::Folded(_) => "check --dir",
            CentreError::Withheld { .. } => "find out how it came among the files to publish; nothing was written",
            CentreError::Picture(_) => "list them with `sanad centre redact`",
            CentreError::Entropy(e) => e.next(),
            CentreError::NotIsolated { .. } => {
                "unplug or switch off what is named, then run it again; what belongs there is listed by the board with `sanad centre amend`"
            }
            CentreError::NotYet(_) => "do what is named first",
            CentreError::Note(e) => e.next(),
            CentreError::Finding { .. } => "name one that `sanad centre findings` lists",
            CentreError::Archive(e) => e.next(),
            CentreError::TooLarge(_) => {
                "nothing was entered: hand it out in parts, by office (--scope office:…), or with less of each station (--include)"
            }
            CentreError::Policy(e) => e.next(),
        }
    }
}

/// Names the path of a failed disk operation.
pub(crate) trait OnDisk<T> {
    fn on(self, path: impl Into<PathBuf>) -> Result<T, CentreError>;
}

impl<T> OnDisk<T> for std::io::Result<T> {
    fn on(self, path: impl Into<PathBuf>) -> Result<T, CentreError> {
        self.map_err(|error| CentreError::Disk { path: path.into(), error })
    }
}
