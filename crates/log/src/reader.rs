//! A log read from nothing, trusting nothing: for the verifier.

use election::Coded;

use crate::note::NoteKey;
use crate::store::Store;

/// What is the matter with a file of a log.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum What {
    /// It should be there and is not: the log is incomplete.
    Missing,
    /// It is there and is not what it must be: the log fails.
    Wrong,
    /// It is there and has no business to be.
    Unexpected,
}

/// One thing wrong in a log.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{path}: {why}")]
pub struct LogProblem {
    /// The file.
    pub path: String,
    /// The first leaf it concerns, where known.
    pub leaf: Option<u64>,
    /// Missing, wrong or unexpected.
    pub what: What,
    /// The sentence.
    pub why: String,
}

impl Coded for LogProblem {
    fn code(&self) -> &'static str {
        match self.what {
            What::Missing => "log.missing",
            What::Wrong => "log.wrong",
            What::Unexpected => "log.unexpected",
        }
    }

    fn next(&self) -> &'static str {
        match self.what {
            What::Missing => "Get the missing file from another copy of the log.",
            What::Wrong => "Keep this copy as evidence and compare it with another.",
            What::Unexpected => "Keep only the log's own files in its folder.",
        }
    }
}

/// A whole log, read and recomputed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StaticLog {
    /// The leaves.
    pub leaves: Vec<Vec<u8>>,
    /// The checkpoint they add up to.
    pub checkpoint: crate::Checkpoint,
    /// The checkpoint's note with its signature lines; the log's own is verified, cosignatures are not.
    pub note: crate::Note,
}

/// Reads a log and recomputes all of it from the entry bundles: the checkpoint is signed by `key`
/// (whose name is the origin) and has the root of the leaves, and every file there is what it must be.
///
/// # Errors
/// Every problem, sorted by path; none is hidden by another.
pub fn read_static(_store: &dyn Store, _key: &NoteKey) -> Result<StaticLog, Vec<LogProblem>> {
    unimplemented!()
}
