//! Checks a publication again from nothing.
//!
//! A stranger has the folder and, from paper, the election fingerprint. What is
//! proved is a list of numbered checks ([`table`]); each returns every place
//! where it does not hold. Nothing is trusted that can be recomputed, and
//! nothing is shared with the machines that made the publication beyond the
//! formats, the fold of the record and the rules for seats.
//!
//! - [`folder`]: the files, read within bounds; no link is followed;
//! - [`bag`]: manifest and hashes (V.1xx);
//! - [`report`]: checks and the verdict over them; [`render`]: the same for people.

pub mod bag;
pub mod folder;
pub mod render;
pub mod report;
pub mod table;

use std::path::Path;

use election::{Coded, Digest};

pub use report::{Check, Detail, Matter, Report, Root, Verdict};
pub use table::CheckId;

/// A slip that the caller brought: the texts of its QR codes, in any order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SlipInput {
    /// What to call it: a file name.
    pub name: String,
    /// The texts of its codes, each beginning with `SANAD1:`.
    pub texts: Vec<String>,
}

/// What the caller knows and wants.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// The election fingerprint, from paper. Without it (or a slip) the verdict is at best incomplete.
    pub root: Option<Digest>,
    /// Slips to compare with the publication; their fingerprint pins the root where no other is given.
    pub slips: Vec<SlipInput>,
}

/// How far a verification has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Progress {
    /// What is being done.
    pub stage: Stage,
    /// Done.
    pub done: u64,
    /// Of.
    pub of: u64,
}

/// What is being done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// Files are hashed.
    Hashing,
    /// The logs are read and folded.
    Logs,
    /// Stations are checked.
    Stations,
}

/// Called from any thread.
pub type OnProgress<'a> = &'a (dyn Fn(Progress) + Sync);

/// The folder is not a publication at all: exit code 2.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{folder} is not a publication: {why}")]
pub struct NotAPublication {
    /// The folder.
    pub folder: String,
    /// Why.
    pub why: String,
}

impl Coded for NotAPublication {
    fn code(&self) -> &'static str {
        "verify.not_a_publication"
    }

    fn next(&self) -> &'static str {
        "Name the folder that holds manifest-sha256.txt, election/, record/ and results/."
    }
}

/// Checks the publication in `folder`.
///
/// # Errors
/// [`NotAPublication`] where there is nothing to check. All else is in the report.
pub fn verify(folder: &Path, options: &Options, progress: OnProgress) -> Result<Report, NotAPublication> {
    let _ = (folder, options, progress);
    unimplemented!()
}
