//! A log read from nothing, trusting nothing: for the verifier.

use std::collections::{BTreeMap, BTreeSet};

use election::Coded;

use crate::checkpoint::Checkpoint;
use crate::log::LogError;
use crate::merkle::{Tree, leaf_hash};
use crate::note::{Note, NoteError, NoteKey};
use crate::store::Store;
use crate::tiles::{WIDTH, first_difference, parse_bundle, partials, tiles};

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
    pub checkpoint: Checkpoint,
    /// The checkpoint's note with its signature lines; the log's own is verified, cosignatures are not.
    pub note: Note,
}

impl StaticLog {
    /// Does this log continue one that was read earlier?
    ///
    /// # Errors
    /// [`LogError::Rollback`], [`LogError::Fork`].
    pub fn continues(&self, earlier: &StaticLog) -> Result<(), LogError> {
        let (size, seen) = (self.checkpoint.size, earlier.checkpoint.size);
        if size < seen {
            return Err(LogError::Rollback { size, seen });
        }
        if self.leaves.starts_with(&earlier.leaves) { Ok(()) } else { Err(LogError::Fork(seen)) }
    }
}

/// The most problems that are told of one log.
const MOST_PROBLEMS: usize = 1000;

/// Reads a log and recomputes all of it from the entry bundles: the checkpoint is signed by `key`
/// (whose name is the origin) and has the root of the leaves, and every file there is what it must be.
///
/// # Errors
/// Every problem (the first 1,000), sorted by path.
pub fn read_static(store: &dyn Store, key: &NoteKey) -> Result<StaticLog, Vec<LogProblem>> {
    let read = load(store, key);
    let size = match (&read, store.read("checkpoint")) {
        (Ok((log, _)), _) => Some(log.checkpoint.size),
        (Err(_), Ok(Some(bytes))) => checkpoint(&bytes, key).ok().map(|(checkpoint, _)| checkpoint.size),
        _ => None,
    };
    let paths = store.paths().map_err(|error| vec![problem("", None, What::Wrong, error)])?;
    let mut problems = read.as_ref().err().cloned().unwrap_or_default();
    if let Some(size) = size {
        // A size that the files cannot reach is told as missing tiles; it must not cost memory here.
        let reach = size.min(paths.len() as u64 * WIDTH);
        let mut own: BTreeSet<String> =
            tiles(0, size).take_while(|t| t.first_leaf() <= reach).map(|t| t.path()).collect();
        own.extend(partials(size));
        own.insert("checkpoint".to_owned());
        let unexpected = paths.iter().filter(|path| !own.contains(*path));
        problems.extend(unexpected.map(|path| problem(path, None, What::Unexpected, "no file of this log")));
    }
    problems.sort_by(|a, b| a.path.cmp(&b.path));
    problems.truncate(MOST_PROBLEMS);
    match read {
        Ok((log, _)) if problems.is_empty() => Ok(log),
        _ => Err(problems),
    }
}

/// A log, and its files by path.
pub type OwnFiles = (StaticLog, BTreeMap<String, Vec<u8>>);

/// Reads and checks a log that its writer may be using, and gives its own files: what the checkpoint stands on. Tiles
/// that a crash left beyond it, or that an older checkpoint stood on, are no part of a copy.
///
/// # Errors
/// Every problem (the first 1,000) of the log's own files.
pub fn own_files(store: &dyn Store, key: &NoteKey) -> Result<OwnFiles, Vec<LogProblem>> {
    let (log, _) = load(store, key)?;
    let paths = tiles(0, log.checkpoint.size).map(|tile| tile.path());
    let mut files = BTreeMap::from([("checkpoint".to_owned(), log.note.to_bytes())]);
    for path in paths {
        match store.read(&path) {
            Ok(Some(bytes)) => drop(files.insert(path, bytes)),
            Ok(None) => return Err(vec![problem(&path, None, What::Missing, "the file is missing")]),
            Err(error) => return Err(vec![problem(&path, None, What::Wrong, error)]),
        }
    }
    Ok((log, files))
}

fn problem(path: &str, leaf: Option<u64>, what: What, why: impl ToString) -> LogProblem {
    LogProblem {
        path: path.chars().take(200).collect::<String>().escape_debug().to_string(),
        leaf,
        what,
        why: why.to_string(),
    }
}

/// The checkpoint of a note that `key` has signed.
fn checkpoint(bytes: &[u8], key: &NoteKey) -> Result<(Checkpoint, Note), NoteError> {
    let note = Note::parse(bytes)?;
    note.verify(key)?;
    let checkpoint = Checkpoint::parse(&note.text)?;
    if checkpoint.origin == key.name { Ok((checkpoint, note)) } else { Err(NoteError::Form) }
}

/// A log and its tree; files that are not the log's are not looked at.
pub(crate) fn load(store: &dyn Store, key: &NoteKey) -> Result<(StaticLog, Tree), Vec<LogProblem>> {
    let read = |path: &str, leaf| match store.read(path) {
        Ok(Some(bytes)) => Ok(bytes),
        Ok(None) => Err(problem(path, leaf, What::Missing, "the file is missing")),
        Err(error) => Err(problem(path, leaf, What::Wrong, error)),
    };
    let bytes = read("checkpoint", None).map_err(|problem| vec![problem])?;
    let (checkpoint, note) =
        checkpoint(&bytes, key).map_err(|error| vec![problem("checkpoint", None, What::Wrong, error)])?;

    let (mut leaves, mut problems) = (Vec::new(), Vec::new());
    for tile in tiles(0, checkpoint.size).take_while(|tile| tile.level.is_none()) {
        let first = tile.first_leaf();
        let entries = read(&tile.path(), Some(first)).and_then(|bytes| {
            parse_bundle(&bytes, tile.width).map_err(|place| {
                let why = "the bundle does not hold its entries, each after its length";
                problem(&tile.path(), Some(first + place), What::Wrong, why)
            })
        });
        match entries {
            Ok(entries) => leaves.extend(entries),
            Err(problem) => problems.push(problem),
        }
        if problems.len() == MOST_PROBLEMS {
            return Err(problems);
        }
    }
    let whole = problems.is_empty();
    let tree = if whole { Tree::of(leaves.iter().map(|leaf| leaf_hash(leaf))) } else { Tree::default() };
    for tile in tiles(0, checkpoint.size).skip_while(|tile| tile.level.is_none()).take(MOST_TILES) {
        let path = tile.path();
        match (read(&path, Some(tile.first_leaf())), tile.hashes(&tree)) {
            (Err(problem), _) => problems.push(problem),
            (Ok(found), Some(expected)) if found != expected => {
                let step = 8 * u32::from(tile.level.unwrap_or(0));
                let leaf = tile.first_leaf() + (first_difference(&found, &expected) << step);
                problems.push(problem(&path, Some(leaf), What::Wrong, "the hashes are not those of the entries"));
            }
            _ => {}
        }
    }
    if whole && tree.root_at(checkpoint.size) != Some(checkpoint.root) {
        problems.push(problem("checkpoint", None, What::Wrong, "the root is not that of the entries"));
    }
    if problems.is_empty() { Ok((StaticLog { leaves, checkpoint, note }, tree)) } else { Err(problems) }
}

/// The most hash tiles that are looked at: of some 25 million leaves.
const MOST_TILES: usize = 100_000;
