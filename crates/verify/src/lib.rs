//! Checks a publication again from nothing.
//!
//! A stranger has the folder and, from paper, the election fingerprint. What is
//! proved is a list of numbered checks ([`table`]); each returns every place
//! where it does not hold. Nothing is trusted that can be recomputed. Of the
//! figures nothing is shared with the machines that made the publication beyond
//! the formats, the fold of the record and the rules for seats; words and pages
//! are written anew by the same rooms, and compared to the byte.
//!
//! The files of the source follow the numbers: `folder` and `bag` (V.1xx), `record_log` (V.2xx), `intake_log` (V.3xx),
//! `stations`, `content`, `pictures`, `privacy`, `defined`, `figures` and `reread` (V.4xx), `outcome` with `found`, `decided`, `docket`, `seats`, `csvs`, `nist` and `drawn` (V.5xx
//! to V.7xx), `slips` (V.8xx). `disk` checks a party's disk with those of them that it has the files for, and V.90x; `bundle` a bundle of evidence, and V.95x.

mod bag;
mod bundle;
mod content;
mod csvs;
mod decided;
mod defined;
mod disk;
mod docket;
mod drawn;
mod figures;
mod folder;
mod found;
mod hand;
mod intake_log;
mod logs;
mod nist;
mod outcome;
mod pictures;
mod privacy;
mod record_log;
mod register;
mod render;
mod report;
mod reread;
mod seats;
mod slips;
mod stations;
pub mod table;
mod transmission;

use std::path::Path;

use election::{Coded, Digest};

pub use bag::parse_manifest;
pub use bundle::{BundleReport, NotABundle, bundle};
pub use disk::{DiskReport, NotADisk, disk};
pub use render::{Show, render, render_bundle, render_disk};
pub use report::{Check, Detail, MOST_DETAILS, Matter, Report, Root, Verdict, plain};
pub use reread::{Images, Sample};
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
    pub slips: Option<Vec<SlipInput>>,
    /// Images of whole ballots to be read again; no publication has them.
    pub images: Option<Images>,
    /// The caller's clock in POSIX seconds: with it the report tells how old the record is.
    pub now: Option<i64>,
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
    /// Images are read again.
    Images,
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
    if !folder.is_dir() {
        let why = if folder.exists() { "it is a file, not a folder" } else { "there is no such folder" };
        return Err(NotAPublication { folder: folder.display().to_string(), why: why.into() });
    }
    let listed = bag::glance(folder);
    let is_listed = |path: &str| bag::is_beside(path) || listed.as_ref().is_none_or(|listed| listed.contains_key(path));
    let files = folder::Folder::read(folder, &is_listed, progress);
    drop(listed);
    if !MARKS.iter().any(|mark| files.files.contains_key(*mark)) {
        let why = format!("it has none of {}", MARKS.join(", "));
        return Err(NotAPublication { folder: folder.display().to_string(), why });
    }
    let stage = |done| progress(Progress { stage: Stage::Logs, done, of: 2 });
    let mut checks = Vec::new();
    let manifest = bag::check(&files, &mut checks);
    let manifest = manifest.as_ref();
    stage(0);
    let election = record_log::election(&files, manifest, &mut checks);
    let election = election.as_ref();
    let scope = election.map(|election| &election.frozen.definition.scope);
    let slips = options.slips.as_deref().unwrap_or_default();
    let pinned = options.root.or_else(|| slips::fingerprint(slips, scope));
    let (record, fingerprint) = record_log::record(&files, election, pinned, &mut checks);
    let record = record.as_ref();
    stage(1);
    let intake = intake_log::check(&files, election, record, &mut checks);
    stage(2);
    let intake = intake.as_ref();
    let looked = stations::Looked { folder: &files, manifest, election, record, intake, mandate: None };
    let stations = stations::check(&looked, progress, &mut checks);
    outcome::check(&files, manifest, election, record, (stations.as_ref(), intake), &mut checks);
    if let Some(images) = &options.images {
        reread::check(images, &files, election, fingerprint, stations.as_ref(), progress, &mut checks);
    }
    if options.slips.is_some() {
        slips::check(slips, fingerprint, election, record, stations.as_ref(), &mut checks);
    }
    let freshness = record_log::freshness(election, record, options.now);
    Ok(Report { freshness, ..Report::of(Root { pinned, fingerprint }, checks) })
}

/// A folder with one of these is a publication, perhaps a broken one; with none it is something else. A definition alone
/// is none: a station and a centre have one as well.
const MARKS: [&str; 3] = [bag::MANIFEST, "bagit.txt", "record/checkpoint"];
