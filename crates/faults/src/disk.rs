//! What the disk does wrong, and when.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use fuser::Errno;

use crate::random::Random;
use crate::tree::{Node, Tree};

/// What goes wrong. Changes are writes, new lengths, names given or taken, and syncs, counted from 1 since
/// [`Disk::set`]; what SQLite shares between processes (`-shm`) outlives nothing and is not counted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Faults {
    /// The power goes during this change; nothing is written from then on.
    pub power_loss_at: Option<u64>,
    /// The process is killed after this change: it writes nothing from then on, and the machine's memory keeps
    /// what it had written.
    pub kill_at: Option<u64>,
    /// From this change on there is no room: half of what is written is taken, then nothing; names cannot be added.
    pub full_from: Option<u64>,
    /// From this change on the disk is read-only.
    pub read_only_from: Option<u64>,
    /// This write fails (EIO), counted among writes alone.
    pub fail_write_at: Option<u64>,
    /// This sync of a file or folder fails (EIO), counted among syncs alone. What a file's should have made durable is
    /// lost, and a second sync would say yes; after a folder's the disk is read-only until the next power cycle, as
    /// ext4 is when it cannot write its journal.
    pub fail_sync_at: Option<u64>,
    /// From this write on, counted among writes alone, the disk takes everything and keeps nothing: a counterfeit.
    pub swallow_from: Option<u64>,
    /// Syncs of folders do nothing: a program that forgets them.
    pub ignore_sync_folder: bool,
    /// Syncs of files do nothing.
    pub ignore_sync_file: bool,
}

/// What has been asked of the disk since [`Disk::set`].
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Changes.
    pub changes: u64,
    /// Writes and new lengths among them.
    pub writes: u64,
    /// Syncs among them.
    pub syncs: u64,
    /// Syncs of files, by the file's name when it was made.
    pub syncs_of: BTreeMap<String, u64>,
    /// Changes that failed, or were done by half.
    pub failed: u64,
    /// The sync that failed, in words.
    pub failed_sync: Option<String>,
    /// The changes that were asked for after a sync had failed, in words: a program that stops asks for none.
    pub after_failed_sync: Vec<String>,
}

#[derive(Debug)]
pub(crate) struct State {
    pub(crate) tree: Tree,
    /// Names that files had when they were made.
    pub(crate) names: BTreeMap<u64, String>,
    faults: Faults,
    counts: Counts,
    random: Random,
    off: bool,
    /// Folders that cannot be listed, by name.
    pub(crate) unlisted: BTreeSet<String>,
    /// The disk does as ext4 does when it cannot write its journal: it takes nothing more until it is mounted again.
    aborted: bool,
    trace: Option<Vec<String>>,
}

/// What a change that may be done comes to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Verdict {
    /// It is done.
    Do,
    /// Half of a write is taken.
    Half,
    /// A write is acknowledged and not done.
    Swallow,
    /// A sync is acknowledged and not done.
    Skip,
    /// It is under way when the power goes.
    DoAndDie,
    /// It is not done.
    Refuse(Errno),
    /// The sync failed, and what it was for is lost.
    Lose,
}

/// The kinds of changes that faults tell apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Write,
    Shorten,
    AddName,
    RemoveName,
    SyncFile,
    SyncFolder,
}

/// A disk in memory; clones are the same disk. It is mounted with [`crate::Mounted`].
#[derive(Clone, Debug)]
pub struct Disk(Arc<Mutex<State>>);

impl Disk {
    /// An empty disk without faults. The seed decides what a loss of power leaves.
    pub fn new(seed: u64) -> Self {
        Disk(Arc::new(Mutex::new(State {
            tree: Tree::new(),
            names: BTreeMap::new(),
            faults: Faults::default(),
            counts: Counts::default(),
            random: Random::new(seed),
            off: false,
            unlisted: BTreeSet::new(),
            aborted: false,
            trace: None,
        })))
    }

    pub(crate) fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Sets what goes wrong from now on, and counts from 0.
    pub fn set(&self, faults: Faults) {
        let mut state = self.state();
        state.faults = faults;
        state.counts = Counts::default();
    }

    /// What has been asked of it since [`Disk::set`].
    pub fn counts(&self) -> Counts {
        self.state().counts.clone()
    }

    /// Whether the power has gone, or the process was killed: what is answered from now on, nobody hears.
    pub fn is_off(&self) -> bool {
        self.state().off
    }

    /// Whether a sync has failed since [`Disk::set`].
    pub fn has_failed(&self) -> bool {
        self.state().counts.failed_sync.is_some()
    }

    /// Takes the power away, where it is still there.
    pub fn cut(&self) {
        self.state().off = true;
    }

    /// Gives the power back: of what was not synced the seed keeps, tears and drops. The mount that was there shows
    /// the machine's memory of before and has to be ended first: see [`crate::Mounted::power_cycle`].
    pub(crate) fn power_cycle(&self) {
        let mut state = self.state();
        let State { tree, random, .. } = &mut *state;
        tree.power_cycle(random);
        state.off = false;
        state.aborted = false;
        state.note("power is back".to_owned());
    }

    /// After a kill: a new process finds what the machine's memory holds.
    pub fn revive(&self) {
        let mut state = self.state();
        state.off = false;
        state.note("a new process".to_owned());
    }

    /// Every file as it is now, by its path.
    pub fn files(&self) -> BTreeMap<String, Vec<u8>> {
        self.state().tree.files()
    }

    /// Turns one bit of a file on the disk. A mount may still remember the old one.
    pub fn rot(&self, path: &str, at: u64) {
        let mut state = self.state();
        let mut ino = crate::tree::ROOT;
        for part in path.split('/') {
            ino = state.tree.find(ino, part.as_ref()).expect("the file that is to rot is there");
        }
        state.tree.file(ino).expect("a file rots, not a folder").rot(at);
    }

    /// From now on nobody can list the folders of this name.
    pub fn hide(&self, folder: &str) {
        self.state().unlisted.insert(folder.to_owned());
    }

    /// Keeps a list of all changes from now on, to be printed where a round fails.
    pub fn trace(&self) {
        self.state().trace = Some(Vec::new());
    }

    /// The list that [`Disk::trace`] began.
    pub fn traced(&self) -> Vec<String> {
        self.state().trace.clone().unwrap_or_default()
    }
}

impl State {
    fn note(&mut self, what: String) {
        if let Some(trace) = &mut self.trace {
            trace.push(what);
        }
    }

    /// Is this the memory that SQLite's processes share?
    pub(crate) fn is_shared_memory(&self, ino: u64) -> bool {
        self.names.get(&ino).is_some_and(|name| is_shared_memory(name))
    }

    /// Counts a change and says what becomes of it.
    pub(crate) fn judge(&mut self, kind: Kind, what: &str) -> Verdict {
        if self.off {
            return Verdict::Refuse(Errno::EIO);
        }
        self.counts.changes += 1;
        match kind {
            Kind::Write | Kind::Shorten => self.counts.writes += 1,
            Kind::SyncFile | Kind::SyncFolder => {
                self.counts.syncs += 1;
                *self.counts.syncs_of.entry(what.to_owned()).or_default() += 1;
            }
            Kind::AddName | Kind::RemoveName => {}
        }
        let verdict = self.verdict(kind);
        self.counts.failed += u64::from(matches!(verdict, Verdict::Refuse(_) | Verdict::Half | Verdict::Lose));
        let line = format!("{} {kind:?} {what}: {verdict:?}", self.counts.changes);
        if self.counts.failed_sync.is_some() {
            self.counts.after_failed_sync.push(line.clone());
        }
        if verdict == Verdict::Lose {
            self.counts.failed_sync = Some(line.clone());
            self.aborted |= kind == Kind::SyncFolder;
        }
        self.note(line);
        // The kernel hears that the killed process's last change was done: its memory must stay true.
        self.off |= self.is_lost_now() || self.faults.kill_at == Some(self.counts.changes);
        verdict
    }

    /// The power goes during this very change.
    fn is_lost_now(&self) -> bool {
        self.faults.power_loss_at == Some(self.counts.changes)
    }

    fn verdict(&self, kind: Kind) -> Verdict {
        let Faults { full_from, read_only_from, fail_write_at, fail_sync_at, swallow_from, .. } = self.faults;
        let Counts { changes, writes, syncs, .. } = self.counts;
        let since = |from: Option<u64>, count: u64| from.is_some_and(|from| count >= from);
        let is_sync = matches!(kind, Kind::SyncFile | Kind::SyncFolder);
        let is_write = matches!(kind, Kind::Write | Kind::Shorten);
        if self.is_lost_now() {
            // A sync that the power interrupts promises nothing; anything else is under way.
            return if is_sync { Verdict::Refuse(Errno::EIO) } else { Verdict::DoAndDie };
        }
        if self.aborted {
            return Verdict::Refuse(if is_sync { Errno::EIO } else { Errno::EROFS });
        }
        if is_sync && fail_sync_at == Some(syncs) {
            return Verdict::Lose;
        }
        if (kind == Kind::SyncFolder && self.faults.ignore_sync_folder)
            || (kind == Kind::SyncFile && self.faults.ignore_sync_file)
        {
            return Verdict::Skip;
        }
        if since(read_only_from, changes) && !is_sync {
            return Verdict::Refuse(Errno::EROFS);
        }
        if since(full_from, changes) {
            match kind {
                Kind::Write if full_from == Some(changes) => return Verdict::Half,
                Kind::Write | Kind::AddName => return Verdict::Refuse(Errno::ENOSPC),
                _ => {}
            }
        }
        if is_write && fail_write_at == Some(writes) {
            return Verdict::Refuse(Errno::EIO);
        }
        if is_write && since(swallow_from, writes) {
            return Verdict::Swallow;
        }
        Verdict::Do
    }

    /// Makes a node with its name, remembering what it was called.
    pub(crate) fn make(&mut self, folder: u64, name: &std::ffi::OsStr, node: Node) -> u64 {
        let ino = self.tree.make(folder, name, node);
        self.names.insert(ino, name.to_string_lossy().into_owned());
        ino
    }
}

pub(crate) fn is_shared_memory(name: &str) -> bool {
    name.ends_with("-shm")
}
