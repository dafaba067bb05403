//! A log that is appended to.

use std::collections::{BTreeMap, BTreeSet};

use election::Coded;
use sign::Signer;

use crate::checkpoint::Checkpoint;
use crate::merkle::{Hash, Tree, leaf_hash};
use crate::note::{Note, NoteAlgorithm, NoteError, NoteKey, NoteSignature};
use crate::proof::InclusionProof;
use crate::reader::{self, LogProblem};
use crate::store::{CHECKPOINT, Store, StoreError};
use crate::tiles::{MOST_ENTRY, Tile, WIDTH, bundle, partials, tiles, width};
use crate::witness::Request;

/// A log with its one writer. Leaves and leaf hashes are held in memory.
pub struct Log<S: Store> {
    store: S,
    key: NoteKey,
    signer: Box<dyn Signer + Send + Sync>,
    leaves: Vec<Vec<u8>>,
    tree: Tree,
    note: Note,
    /// What a crash may have left beside the log's own files has been removed.
    swept: bool,
    /// An append has failed: what is in memory may be ahead of what is in the store.
    failed: bool,
}

/// A log that cannot be opened or appended to.
#[derive(Debug, thiserror::Error)]
pub enum LogError {
    /// The store fails.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The checkpoint or its signature fails.
    #[error(transparent)]
    Note(#[from] NoteError),
    /// There is a log already, where a new one should begin.
    #[error("there is a log here already")]
    Exists,
    /// There is no log.
    #[error("there is no log here")]
    Absent,
    /// A file of the log is missing or wrong.
    #[error(transparent)]
    Problem(#[from] LogProblem),
    /// An earlier append failed.
    #[error("an earlier append to this log failed, and nothing is known about what reached the store")]
    Failed,
    /// A leaf of more than 65,535 bytes.
    #[error("a leaf has {0} bytes; at most 65,535 fit an entry")]
    Leaf(usize),
    /// The log has fewer leaves than a checkpoint that it signed: it was restored from an old copy.
    #[error("this log has {size} leaves, and has signed a checkpoint of {seen}: it was restored from an old copy")]
    Rollback {
        /// Leaves in the log.
        size: u64,
        /// Leaves that were seen.
        seen: u64,
    },
    /// The log is not the one whose checkpoint was seen.
    #[error("the first {0} leaves of this log are not those that were seen: there are two histories")]
    Fork(u64),
    /// No such leaf or size.
    #[error("the log has {size} leaves; {asked} was asked for")]
    Range {
        /// Leaves in the log.
        size: u64,
        /// What was asked for.
        asked: u64,
    },
}

impl Coded for LogError {
    fn code(&self) -> &'static str {
        match self {
            LogError::Store(error) => error.code(),
            LogError::Note(error) => error.code(),
            LogError::Exists => "log.exists",
            LogError::Absent => "log.absent",
            LogError::Problem(error) => error.code(),
            LogError::Failed => "log.failed",
            LogError::Leaf(_) => "log.leaf",
            LogError::Rollback { .. } => "log.rollback",
            LogError::Fork(_) => "log.fork",
            LogError::Range { .. } => "log.range",
        }
    }

    fn next(&self) -> &'static str {
        match self {
            LogError::Store(error) => error.next(),
            LogError::Note(error) => error.next(),
            LogError::Exists => "Open the log that is there, or choose an empty folder.",
            LogError::Absent => "Check the folder, or begin the log.",
            LogError::Problem(error) => error.next(),
            LogError::Failed => "Open the log again; what was acknowledged is there.",
            LogError::Leaf(_) => "Enter what is large as a hash and keep the file beside the log.",
            LogError::Rollback { .. } | LogError::Fork(_) => {
                "Stop and append nothing: bring back the newest copy of the log, and compare it with what witnesses hold."
            }
            LogError::Range { .. } => "Ask for a leaf or size that the log has.",
        }
    }
}

impl<S: Store> Log<S> {
    /// Begins a log: writes the checkpoint of the empty tree.
    ///
    /// # Errors
    /// [`LogError::Exists`] and those of the store.
    pub fn create(store: S, origin: &str, signer: Box<dyn Signer + Send + Sync>) -> Result<Self, LogError> {
        let key = NoteKey::new(origin, NoteAlgorithm::Ed25519, signer.public_key().clone())?;
        let tree = Tree::default();
        let note = signed(&key, signer.as_ref(), &tree)?;
        store.commit(None, &[], &note.to_bytes()).map_err(|error| match error {
            StoreError::Raced => LogError::Exists,
            error => error.into(),
        })?;
        Ok(Log { store, key, signer, leaves: Vec::new(), tree, note, swept: false, failed: false })
    }

    /// Opens a log: checks every tile and bundle below the checkpoint; what a crash left beyond it is ignored. What it
    /// says from then on will still be true after a loss of power.
    ///
    /// # Errors
    /// [`LogError`].
    pub fn open(store: S, origin: &str, signer: Box<dyn Signer + Send + Sync>) -> Result<Self, LogError> {
        let key = NoteKey::new(origin, NoteAlgorithm::Ed25519, signer.public_key().clone())?;
        store.confirm()?;
        if store.read(CHECKPOINT)?.is_none() {
            return Err(LogError::Absent);
        }
        let (log, tree) = reader::load(&store, &key).map_err(|mut problems| LogError::Problem(problems.remove(0)))?;
        Ok(Log { store, key, signer, leaves: log.leaves, tree, note: log.note, swept: false, failed: false })
    }

    /// Opens the log, or begins it where there is none.
    ///
    /// # Errors
    /// Those of [`Self::open`] and [`Self::create`].
    pub fn open_or_create(store: S, origin: &str, signer: Box<dyn Signer + Send + Sync>) -> Result<Self, LogError> {
        // What was begun and not finished is finished first.
        store.confirm()?;
        match store.read(CHECKPOINT)? {
            Some(_) => Self::open(store, origin, signer),
            None => Self::create(store, origin, signer),
        }
    }

    /// Appends leaves, all or none; durable when it returns.
    ///
    /// The tiles are written before the checkpoint that counts them, so that a crash between leaves
    /// the log as it was. One writer at a time: who finds another checkpoint than its own has written
    /// nothing. Without leaves nothing is written.
    ///
    /// # Errors
    /// [`LogError::Leaf`], or those of the store, after which the log must be opened again.
    pub fn append(&mut self, leaves: &[Vec<u8>]) -> Result<Checkpoint, LogError> {
        if self.failed {
            return Err(LogError::Failed);
        }
        if let Some(leaf) = leaves.iter().find(|leaf| leaf.len() > MOST_ENTRY) {
            return Err(LogError::Leaf(leaf.len()));
        }
        if leaves.is_empty() {
            return Ok(self.head());
        }
        // What is pushed below stays in memory also where the store fails.
        self.failed = true;
        let old = self.size();
        leaves.iter().for_each(|leaf| self.tree.push(leaf_hash(leaf)));
        self.leaves.extend_from_slice(leaves);
        let note = signed(&self.key, self.signer.as_ref(), &self.tree)?;
        self.write(old, &note)?;
        self.note = note;
        self.failed = false;
        Ok(self.head())
    }

    /// Tiles, checkpoint, and away with what they take the place of; alone in the store.
    fn write(&mut self, old: u64, note: &Note) -> Result<(), LogError> {
        let bytes = |tile: &Tile| {
            tile.hashes(&self.tree).unwrap_or_else(|| {
                let from = (tile.index * WIDTH) as usize;
                bundle(&self.leaves[from..from + tile.width as usize])
            })
        };
        let files: Vec<_> = tiles(old, self.size()).map(|tile| (tile.path(), bytes(&tile))).collect();
        let _alone = self.store.exclusive()?;
        self.store.commit(Some(&self.note.to_bytes()), &files, &note.to_bytes())?;
        self.sweep(old)
    }

    /// Reads the log's files again: are they still those of the log in memory?
    ///
    /// # Errors
    /// [`LogError::Problem`] where a file was removed or altered, [`StoreError::Raced`] where another has written.
    pub fn check(&self) -> Result<(), LogError> {
        let (log, _) =
            reader::load(&self.store, &self.key).map_err(|mut problems| LogError::Problem(problems.remove(0)))?;
        if log.note == self.note { Ok(()) } else { Err(StoreError::Raced.into()) }
    }

    /// Removes partial tiles that have been superseded, and once after opening whatever a crash left.
    fn sweep(&mut self, old: u64) -> Result<(), LogError> {
        let stale: Vec<String> = if self.swept {
            let kept: BTreeSet<String> = partials(self.size()).collect();
            partials(old).filter(|path| !kept.contains(path)).collect()
        } else {
            let kept: BTreeSet<String> = tiles(0, self.size()).map(|tile| tile.path()).collect();
            let widths: BTreeMap<&str, u64> = kept.iter().map(|path| width(path)).collect();
            // Where strays are none, a wider tile, or one of a later place, is of a writer that is ahead.
            let is_older = |path: &str| widths.get(width(path).0).is_some_and(|kept| width(path).1 < *kept);
            let strays = self.store.leaves_strays();
            let is_stale =
                |path: &String| path.starts_with("tile/") && !kept.contains(path) && (strays || is_older(path));
            self.store.paths()?.into_iter().filter(is_stale).collect()
        };
        for path in &stale {
            self.store.remove(path)?;
        }
        self.swept = true;
        Ok(())
    }

    /// Does this log continue the one whose checkpoint was seen? A log that was restored from a backup does not, and
    /// appending to it would make a second history.
    ///
    /// # Errors
    /// [`LogError::Rollback`], [`LogError::Fork`]; [`LogError::Note`] for a checkpoint that this log has not signed.
    pub fn continues(&self, seen: &Note) -> Result<(), LogError> {
        seen.verify(&self.key)?;
        let seen = Checkpoint::parse(&seen.text)?;
        match self.tree.root_at(seen.size) {
            None => Err(LogError::Rollback { size: self.size(), seen: seen.size }),
            Some(root) if root != seen.root => Err(LogError::Fork(seen.size)),
            Some(_) => Ok(()),
        }
    }

    /// Adds witnesses' cosignature lines to the stored checkpoint. Of each witness the latest line is kept: one that has seen the
    /// same log again says so with a later time, and without it a record that rests would look like one that is held back.
    ///
    /// # Errors
    /// [`LogError::Note`] for a line that is by none of `witnesses` or does not hold.
    pub fn add_cosignatures(&mut self, lines: &str, witnesses: &[NoteKey]) -> Result<(), LogError> {
        let mut note = self.note.clone();
        for line in lines.lines() {
            let signature: NoteSignature = line.parse()?;
            let witness = witnesses.iter().find(|witness| witness.made(&signature));
            let witness = witness.ok_or_else(|| NoteError::Signature(signature.name.clone()))?;
            let time = witness.verify(&note.text, &signature)?;
            match note.signatures.iter_mut().find(|known| witness.made(known)) {
                Some(known) if witness.verify(&note.text, known)? < time => *known = signature,
                Some(_) => {}
                None => note.signatures.push(signature),
            }
        }
        let _alone = self.store.exclusive()?;
        self.store.swap_checkpoint(Some(&self.note.to_bytes()), &note.to_bytes())?;
        self.note = note;
        Ok(())
    }

    /// The checkpoint's content.
    pub fn head(&self) -> Checkpoint {
        Checkpoint { origin: self.key.name.clone(), size: self.size(), root: self.root() }
    }

    /// All leaves.
    pub fn leaves(&self) -> &[Vec<u8>] {
        &self.leaves
    }

    /// The leaf at `index`.
    pub fn leaf(&self, index: u64) -> Option<&[u8]> {
        self.leaves.get(usize::try_from(index).ok()?).map(Vec::as_slice)
    }

    /// How many leaves.
    pub fn size(&self) -> u64 {
        self.tree.size()
    }

    /// The root hash.
    pub fn root(&self) -> Hash {
        self.tree.root_at(self.size()).expect("its own size")
    }

    /// The root hash of the first `size` leaves.
    ///
    /// # Errors
    /// [`LogError::Range`].
    pub fn root_at(&self, size: u64) -> Result<Hash, LogError> {
        self.tree.root_at(size).ok_or(LogError::Range { size: self.size(), asked: size })
    }

    /// Which log it is.
    pub fn origin(&self) -> &str {
        &self.key.name
    }

    /// The log's verifier key.
    pub fn key(&self) -> &NoteKey {
        &self.key
    }

    /// The signed checkpoint with the cosignatures it has.
    pub fn checkpoint(&self) -> &Note {
        &self.note
    }

    /// The inclusion proof of leaf `index` in the tree as it is.
    ///
    /// # Errors
    /// [`LogError::Range`].
    pub fn inclusion(&self, index: u64) -> Result<Vec<Hash>, LogError> {
        let size = self.size();
        self.tree.inclusion(index, size).ok_or(LogError::Range { size, asked: index })
    }

    /// The carried proof of leaf `index`, with the checkpoint as it is.
    ///
    /// # Errors
    /// [`LogError::Range`].
    pub fn proof(&self, index: u64) -> Result<InclusionProof, LogError> {
        Ok(InclusionProof { index, hashes: self.inclusion(index)?, checkpoint: self.note.clone() })
    }

    /// The proof that the tree of `old` leaves is the beginning of this one.
    ///
    /// # Errors
    /// [`LogError::Range`].
    pub fn consistency(&self, old: u64) -> Result<Vec<Hash>, LogError> {
        let size = self.size();
        self.tree.consistency(old, size).ok_or(LogError::Range { size, asked: old })
    }

    /// As [`Self::consistency`], for the tree of the first `size` leaves.
    ///
    /// # Errors
    /// [`LogError::Range`].
    pub fn consistency_between(&self, old: u64, size: u64) -> Result<Vec<Hash>, LogError> {
        self.tree.consistency(old, size).ok_or(LogError::Range { size: self.size(), asked: old.max(size) })
    }

    /// What to carry to a witness that has last seen `old` leaves.
    ///
    /// # Errors
    /// [`LogError::Range`].
    pub fn request(&self, old: u64) -> Result<Request, LogError> {
        Ok(Request { old, proof: self.consistency(old)?, checkpoint: self.note.clone() })
    }
}

/// The checkpoint of a tree, signed by the log alone.
fn signed(key: &NoteKey, signer: &dyn Signer, tree: &Tree) -> Result<Note, NoteError> {
    let root = tree.root_at(tree.size()).expect("its own size");
    let text = Checkpoint { origin: key.name.clone(), size: tree.size(), root }.to_text();
    let mut note = Note { text, signatures: Vec::new() };
    note.sign(&key.name, signer)?;
    Ok(note)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::merkle::{check_consistency, check_inclusion};
    use crate::{FolderStore, MemoryStore, What, read_static};
    use proptest::prelude::*;
    use sign::{FileKey, KeyKind};
    use std::cell::Cell;

    fn key() -> FileKey {
        FileKey::generate(KeyKind::Ed25519).unwrap()
    }

    fn again(key: &FileKey) -> Box<FileKey> {
        Box::new(FileKey::from_pem(&key.to_pem("").unwrap()).unwrap())
    }

    fn leaves(from: usize, n: usize) -> Vec<Vec<u8>> {
        (from..from + n).map(|i| format!("leaf {i}").into_bytes()).collect()
    }

    /// A store whose power fails at the `n`th write.
    struct Failing<'a> {
        store: &'a MemoryStore,
        left: Cell<usize>,
    }

    impl Failing<'_> {
        fn tick(&self) -> Result<(), StoreError> {
            let left = self
                .left
                .get()
                .checked_sub(1)
                .ok_or_else(|| StoreError::Io { path: String::new(), error: std::io::Error::other("power") })?;
            self.left.set(left);
            Ok(())
        }
    }

    impl Store for Failing<'_> {
        fn read(&self, path: &str) -> Result<Option<Vec<u8>>, StoreError> {
            self.store.read(path)
        }
        fn put(&self, path: &str, bytes: &[u8]) -> Result<(), StoreError> {
            self.tick()?;
            self.store.put(path, bytes)
        }
        fn remove(&self, path: &str) -> Result<(), StoreError> {
            self.tick()?;
            self.store.remove(path)
        }
        fn paths(&self) -> Result<Vec<String>, StoreError> {
            self.store.paths()
        }
        fn swap_checkpoint(&self, old: Option<&[u8]>, new: &[u8]) -> Result<(), StoreError> {
            self.tick()?;
            self.store.swap_checkpoint(old, new)
        }
    }

    #[test]
    fn a_log_reads_back_and_proves_itself() {
        let (store, signer) = (MemoryStore::default(), key());
        let mut log = Log::create(&store, "e/record", again(&signer)).unwrap();
        assert_eq!(Log::create(&store, "e/record", again(&signer)).err().unwrap().code(), "log.exists");
        let mut heads = vec![log.head()];
        for (from, n) in [(0, 1), (1, 255), (256, 1), (257, 600)] {
            heads.push(log.append(&leaves(from, n)).unwrap());
        }
        log.append(&[]).unwrap();
        assert_eq!((log.size(), log.leaf(300), log.leaf(857)), (857, Some(&b"leaf 300"[..]), None));
        for head in &heads {
            let proof = log.consistency(head.size).unwrap();
            check_consistency(head.size, &head.root, log.size(), &log.root(), &proof).unwrap();
        }
        for index in [0, 255, 256, 856] {
            let leaf = leaf_hash(log.leaf(index).unwrap());
            check_inclusion(&leaf, index, log.size(), &log.inclusion(index).unwrap(), &log.root()).unwrap();
        }
        assert_eq!(log.inclusion(857).unwrap_err().code(), "log.range");
        assert_eq!(log.append(&[vec![0; 65_536]]).unwrap_err().code(), "log.leaf");
        let read = read_static(&store, log.key()).unwrap();
        assert_eq!((read.leaves.as_slice(), read.checkpoint), (log.leaves(), log.head()));
        let partial = store.paths().unwrap().into_iter().filter(|path| path.contains(".p/")).collect::<Vec<_>>();
        assert_eq!(partial, ["tile/0/003.p/89", "tile/1/000.p/3", "tile/entries/003.p/89"]);
        let opened = Log::open(&store, "e/record", again(&signer)).unwrap();
        assert_eq!(opened.leaves(), log.leaves());
        assert_eq!(Log::open(&store, "e/intake", again(&signer)).err().unwrap().code(), "log.wrong");
        assert_eq!(Log::open(&MemoryStore::default(), "e", again(&signer)).err().unwrap().code(), "log.absent");
    }

    #[test]
    fn a_crash_at_any_write_loses_nothing_that_was_promised() {
        let signer = key();
        for left in 0..12 {
            let store = MemoryStore::default();
            Log::create(&store, "e", again(&signer)).unwrap().append(&leaves(0, 250)).unwrap();
            let failing = Failing { store: &store, left: Cell::new(left) };
            let outcome = Log::open(failing, "e", again(&signer)).unwrap().append(&leaves(250, 20));
            let mut log = Log::open(&store, "e", again(&signer)).unwrap();
            assert!(outcome.is_err() || log.size() == 270);
            assert!(log.size() == 250 || log.size() == 270, "all or none");
            let size = log.size() as usize;
            log.append(&leaves(size, 300 - size)).unwrap();
            assert_eq!(read_static(&store, log.key()).unwrap().leaves, leaves(0, 300), "crash at write {left}");
        }
    }

    #[test]
    fn two_writers_cannot_both_append() {
        let (store, signer) = (MemoryStore::default(), key());
        let mut one = Log::create(&store, "e", again(&signer)).unwrap();
        let mut two = Log::open(&store, "e", again(&signer)).unwrap();
        one.append(&leaves(0, 2)).unwrap();
        // As many leaves as the first writer's: its tiles have the same names, and are not touched.
        assert_eq!(two.append(&leaves(5, 2)).unwrap_err().code(), "store.raced");
        assert_eq!(two.append(&leaves(5, 2)).unwrap_err().code(), "log.failed");
        assert_eq!(read_static(&store, one.key()).unwrap().leaves, leaves(0, 2));
    }

    #[test]
    fn writers_at_once_never_fork_a_log() {
        let (folder, signer) = (tempfile::tempdir().unwrap(), key());
        let open = || Log::open(FolderStore::new(folder.path()), "e", again(&signer));
        Log::create(FolderStore::new(folder.path()), "e", again(&signer)).unwrap();
        let appended = |writer: usize| {
            let mut done = Vec::new();
            for round in 0..20 {
                let leaf = format!("writer {writer} round {round}").into_bytes();
                if open().is_ok_and(|mut log| log.append(std::slice::from_ref(&leaf)).is_ok()) {
                    done.push(leaf);
                }
            }
            done
        };
        let promised: Vec<Vec<u8>> = std::thread::scope(|scope| {
            let writers: Vec<_> = (0..4).map(|writer| scope.spawn(move || appended(writer))).collect();
            writers.into_iter().flat_map(|writer| writer.join().unwrap()).collect()
        });
        let log = read_static(&FolderStore::new(folder.path()), open().unwrap().key()).unwrap();
        let (promised, there): (BTreeSet<_>, BTreeSet<_>) =
            (promised.into_iter().collect(), log.leaves.iter().cloned().collect());
        assert_eq!(there.len(), log.leaves.len(), "no leaf twice");
        assert_eq!(promised, there, "all that was promised, and nothing else");
    }

    /// LG1: whatever is removed, altered, inserted or reordered is found, and the first bad leaf named.
    #[test]
    fn lg1_every_change_of_a_file_is_found() {
        let (store, signer) = (MemoryStore::default(), key());
        let mut log = Log::create(&store, "e", again(&signer)).unwrap();
        log.append(&leaves(0, 300)).unwrap();
        for path in store.paths().unwrap() {
            let good = store.read(&path).unwrap().unwrap();
            store.remove(&path).unwrap();
            let problems = read_static(&store, log.key()).unwrap_err();
            assert!(
                problems.iter().all(|p| p.what == What::Missing) && problems.iter().any(|p| p.path == path),
                "{problems:?}"
            );
            for at in (0..good.len()).step_by(97).chain([good.len() - 1]) {
                let mut bad = good.clone();
                bad[at] ^= 1;
                store.put(&path, &bad).unwrap();
                let problems = read_static(&store, log.key()).unwrap_err();
                assert!(problems.iter().any(|p| p.what == What::Wrong), "{path} {at}: {problems:?}");
                assert!(problems.iter().all(|p| p.what != What::Unexpected));
            }
            for other in [[good.as_slice(), b"x"].concat(), Vec::new()] {
                store.put(&path, &other).unwrap();
                assert_eq!(read_static(&store, log.key()).unwrap_err()[0].what, What::Wrong);
            }
            store.put(&path, &good).unwrap();
        }
        store.put("tile/0/001.p/43", b"x").unwrap();
        let problems = read_static(&store, log.key()).unwrap_err();
        assert_eq!(
            (problems.len(), problems[0].code(), problems[0].path.as_str()),
            (1, "log.unexpected", "tile/0/001.p/43")
        );
        store.remove("tile/0/001.p/43").unwrap();

        let mut altered = log.leaves().to_vec();
        altered.swap(7, 8);
        store.put("tile/entries/000", &bundle(&altered[..256])).unwrap();
        let problems = read_static(&store, log.key()).unwrap_err();
        assert!(problems.iter().any(|p| p.leaf == Some(7) && p.path == "tile/0/000"), "{problems:?}");
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(32))]
        /// Same leaves, same bytes, however they came.
        #[test]
        fn batches_do_not_matter(sizes in proptest::collection::vec(0usize..300, 1..6)) {
            let signer = key();
            let (one, many) = (MemoryStore::default(), MemoryStore::default());
            let total = sizes.iter().sum();
            Log::create(&one, "e", again(&signer)).unwrap().append(&leaves(0, total)).unwrap();
            let mut log = Log::create(&many, "e", again(&signer)).unwrap();
            for n in sizes {
                let from = log.size() as usize;
                log.append(&leaves(from, n)).unwrap();
            }
            prop_assert_eq!(one.files.into_inner().unwrap(), many.files.into_inner().unwrap());
        }
    }
}
