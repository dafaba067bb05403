//! The copy of the receiving service's log: taken in from an export, and read again before it is published.

use std::path::Path;

use election::Digest;
use log::merkle::{Tree, leaf_hash};
use log::reader::StaticLog;
use log::tiles::tiles;
use log::{Checkpoint, FolderStore, LogProblem, Note, NoteKey, Policy, Store};
use record::entry::IntakePosition;

use crate::centre::Centre;
use crate::error::CentreError;

/// Its folder at the centre.
pub(crate) const INTAKE: &str = "intake";

impl Centre {
    /// Takes the intake log of an export into the centre's folder and says where it stands. It must continue the one
    /// that was taken in before, if any.
    ///
    /// # Errors
    ///
    /// [`CentreError::IntakeLog`] where the log does not hold, or shows another history.
    pub fn import_intake_log(&mut self, export: &Path) -> Result<IntakePosition, CentreError> {
        let wrong = |why: String| CentreError::IntakeLog { path: export.to_owned(), why };
        let (from, to) = (FolderStore::new(export), FolderStore::new(self.dir.join(INTAKE)));
        let read = self.read_intake_log(export)?;
        if let Some(name) = self.intake_policy()?.quorum(&self.state.without_gone(&read.note)).refused.first() {
            return Err(wrong(format!(
                "the signature line of '{name}' is by no witness of the frozen policy, or false"
            )));
        }
        if let Some(before) = self.seen(&to)? {
            let size = before.size;
            let tree = Tree::of(read.leaves.iter().map(|leaf| leaf_hash(leaf)));
            if tree.root_at(size) != Some(before.root) {
                return Err(wrong(format!(
                    "it has {} leaves, and does not continue the {size} leaves of the export that was imported before",
                    read.checkpoint.size
                )));
            }
        }
        let own = own_files(read.checkpoint.size);
        // The checkpoint last: until it is there the copy says what it said before.
        for path in own.iter().filter(|path| *path != CHECKPOINT).map(String::as_str).chain([CHECKPOINT]) {
            let bytes = from.read(path).map_err(log::LogError::from)?.unwrap_or_default();
            to.put(path, &bytes).map_err(log::LogError::from)?;
        }
        // Partial tiles of the smaller log.
        for path in to.paths().map_err(log::LogError::from)?.iter().filter(|path| !own.contains(*path)) {
            to.remove(path).map_err(log::LogError::from)?;
        }
        Ok(IntakePosition { size: read.checkpoint.size, root: Digest(read.checkpoint.root) })
    }

    /// The checkpoint that was taken in last. Its tiles are not looked at: taking them in again is what mends them.
    fn seen(&self, to: &FolderStore) -> Result<Option<Checkpoint>, CentreError> {
        let Some(bytes) = to.read(CHECKPOINT).map_err(log::LogError::from)? else { return Ok(None) };
        let note = Note::parse(&bytes)?;
        note.verify(&self.intake_key()?)?;
        Ok(Some(Checkpoint::parse(&note.text)?))
    }

    fn intake_key(&self) -> Result<NoteKey, CentreError> {
        let origin = format!("{}/intake", self.frozen.definition.scope.election);
        self.log_key(election::Service::IntakeLog, &origin)
    }

    /// The log as it was taken in, checked again; none before any export was imported.
    ///
    /// # Errors
    ///
    /// [`CentreError::IntakeLog`] where the copy was edited.
    pub fn intake_log(&self) -> Result<Option<StaticLog>, CentreError> {
        let dir = self.dir.join(INTAKE);
        // Without a checkpoint a copy was never finished; where an import names one, it is gone.
        let named = self.state.evidence.values().flat_map(|e| &e.imports).any(|import| import.intake.is_some());
        if !named && FolderStore::new(&dir).read(CHECKPOINT).map_err(log::LogError::from)?.is_none() {
            return Ok(None);
        }
        // What a crash has left beside the log's own files is no part of it.
        let own = log::own_files(&FolderStore::new(&dir), &self.intake_key()?);
        let (log, _) = own.map_err(|problems| broken(&dir, &problems))?;
        self.are_of(&self.intake_policy()?, "intake/checkpoint", &self.state.without_gone(&log.note))?;
        Ok(Some(log))
    }

    /// The witness policy for the receiving service's log.
    fn intake_policy(&self) -> Result<Policy, CentreError> {
        Ok(self.state.intake_policy(&self.policy()?))
    }

    fn read_intake_log(&self, dir: &Path) -> Result<StaticLog, CentreError> {
        log::read_static(&FolderStore::new(dir), &self.intake_key()?).map_err(|problems| broken(dir, &problems))
    }
}

fn broken(dir: &Path, problems: &[LogProblem]) -> CentreError {
    let why = problems.first().map(ToString::to_string).unwrap_or_default();
    CentreError::IntakeLog { path: dir.to_owned(), why }
}

const CHECKPOINT: &str = "checkpoint";

/// The files of a log of `size` leaves.
pub(crate) fn own_files(size: u64) -> std::collections::BTreeSet<String> {
    tiles(0, size).map(|tile| tile.path()).chain([CHECKPOINT.to_owned()]).collect()
}
