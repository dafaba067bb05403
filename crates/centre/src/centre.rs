//! The centre itself: the record on its disk, folded into memory.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use election::{Folder, Service};
use log::{FolderStore, Log, Note, Policy, Store};
use record::{Body, Figures, Frozen, Head, Outcome, State};
use sign::{FileKey, Signer};

use crate::contents::Contents;
use crate::error::{CentreError, OnDisk};

const CENTRE_KEY: &str = "centre.key.pem";
const LOG_KEY: &str = "record-log.key.pem";
/// The folder of the record.
pub(crate) const RECORD: &str = "record";
/// The checkpoint that witnesses cosigned last, outside the folder of the record.
pub(crate) const COSIGNED: &str = "last-cosigned.txt";

const UNFINISHED: &str = "the centre in this folder was not finished; run `sanad centre init` again";

/// A centre whose record is gone is not one that was never finished.
fn has_worked(dir: &Path) -> bool {
    [COSIGNED, "contents", "refused"].iter().any(|name| dir.join(name).exists())
}

/// The keys that a centre holds: neither changes a result.
pub struct CentreKeys<'a> {
    /// P-256, signs what the centre reports (PEM).
    pub centre: &'a str,
    /// Ed25519, signs the record's checkpoints (PEM).
    pub record_log: &'a str,
}

/// An opened centre.
pub struct Centre {
    pub(crate) dir: PathBuf,
    pub(crate) folder: Folder,
    pub(crate) frozen: Frozen,
    pub(crate) log: Log<FolderStore>,
    pub(crate) state: State,
    pub(crate) contents: Contents,
    /// Where the kernel shows what is up.
    pub(crate) root: PathBuf,
    pub(crate) tolerated: BTreeSet<String>,
    key: FileKey,
}

/// The origin of the record's log.
pub fn record_origin(frozen: &Frozen) -> String {
    format!("{}/record", frozen.definition.scope.election)
}

impl Centre {
    /// Makes the folder of a centre: the frozen definition, its keys, and a record of one leaf. One that was cut short
    /// is repeated.
    ///
    /// # Errors
    ///
    /// [`CentreError::Folded`] where there is a centre already; leaf 0 that does not hold.
    pub fn init(dir: &Path, folder: &Folder, leaf_0: &[u8], keys: &CentreKeys<'_>) -> Result<Self, CentreError> {
        let frozen = Frozen::of(folder)?;
        State::begin(&frozen, leaf_0)?;
        let store = FolderStore::new(dir.join(RECORD));
        let begun = store.read("checkpoint").map_err(log::LogError::from)?.is_some();
        let (origin, key) = (record_origin(&frozen), Box::new(FileKey::from_pem(keys.record_log)?));
        // Without a leaf it was never said to be there.
        let unfinished = if begun { Some(Log::open(store, &origin, key)?) } else { None };
        if unfinished.as_ref().is_some_and(|log| log.size() > 0) || has_worked(dir) {
            return Err(CentreError::Folded("there is a centre in this folder already"));
        }
        folder.save(&dir.join("election")).on(dir.join("election"))?;
        durable::write_private(&dir.join(CENTRE_KEY), keys.centre.as_bytes())?;
        durable::write_private(&dir.join(LOG_KEY), keys.record_log.as_bytes())?;
        let mut log = match unfinished {
            Some(log) => log,
            None => {
                let key = Box::new(FileKey::from_pem(keys.record_log)?);
                Log::create(FolderStore::new(dir.join(RECORD)), &origin, key)?
            }
        };
        log.append(&[leaf_0.to_vec()])?;
        drop(log);
        Centre::open(dir)
    }

    /// Opens a centre: reads the log, checks every tile, folds every leaf.
    ///
    /// # Errors
    ///
    /// [`CentreError::Fold`] or [`CentreError::Log`] where the disk was edited (TB2): nothing can be done until
    /// it is restored.
    pub fn open(dir: &Path) -> Result<Self, CentreError> {
        if !has_worked(dir) {
            if !dir.join(RECORD).exists() {
                return Err(CentreError::Folded("there is no centre in this folder"));
            }
            if !dir.join(RECORD).join("checkpoint").exists() {
                return Err(CentreError::Folded(UNFINISHED));
            }
        }
        let election = dir.join("election");
        let folder = Folder::load(&election).map_err(|problems| {
            CentreError::Folder(problems.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"))
        })?;
        let frozen = Frozen::of(&folder)?;
        let read = |name: &str| std::fs::read_to_string(dir.join(name)).on(dir.join(name));
        let key_of = |name: &str, service: Service| {
            let key = FileKey::from_pem(&read(name)?)?;
            let frozen = frozen.keyring.service(service).map_err(record::frozen::FrozenError::from)?;
            if key.public_key() == frozen { Ok(key) } else { Err(CentreError::OtherKey { path: dir.join(name) }) }
        };
        let (key, log_key) = (key_of(CENTRE_KEY, Service::Centre)?, key_of(LOG_KEY, Service::RecordLog)?);
        let log = Log::open(FolderStore::new(dir.join(RECORD)), &record_origin(&frozen), Box::new(log_key))?;
        if log.size() == 0 {
            return Err(CentreError::Folded(UNFINISHED));
        }
        // LG3: a record that was brought back from a backup would be appended to as a second history.
        let seen = FolderStore::new(dir).read(COSIGNED).map_err(log::LogError::from)?;
        let seen = seen.map(|bytes| Note::parse(&bytes)).transpose()?;
        if let Some(seen) = &seen {
            log.continues(seen)?;
        }
        let state = State::fold(&frozen, log.leaves())?;
        let contents = Contents::new(dir);
        let (root, tolerated) = (PathBuf::from("/"), BTreeSet::new());
        let centre = Centre { key, contents, dir: dir.to_owned(), folder, frozen, log, state, root, tolerated };
        centre.check_lines("record/checkpoint", centre.log.checkpoint())?;
        if let Some(seen) = &seen {
            centre.check_lines(COSIGNED, seen)?;
        }
        Ok(centre)
    }

    /// What was frozen.
    pub fn frozen(&self) -> &Frozen {
        &self.frozen
    }

    /// The record, folded.
    pub fn state(&self) -> &State {
        &self.state
    }

    /// The record's log.
    pub fn log(&self) -> &Log<FolderStore> {
        &self.log
    }

    /// The opened packages.
    pub fn contents(&self) -> &Contents {
        &self.contents
    }

    /// What every leaf of this record says of itself.
    pub fn head(&self, at: &str) -> Head {
        Head {
            scope: self.frozen.definition.scope.clone(),
            fingerprint: Some(self.state.fingerprint),
            at: at.to_owned(),
        }
    }

    /// Appends leaves, all or none: each is checked against the record as it will stand before it.
    ///
    /// # Errors
    ///
    /// [`CentreError::Leaf`] for a leaf that may not be entered; nothing is appended then.
    pub fn append(&mut self, leaves: &[Vec<u8>]) -> Result<(), CentreError> {
        let before = self.state.size;
        let mut done = self.state.apply_all(&self.frozen, leaves).map_err(|e| CentreError::Leaf(e.problem));
        if done.is_ok() && !leaves.is_empty() {
            done = self.log.append(leaves).map(drop).map_err(CentreError::from);
        }
        if done.is_err() && self.state.size != before {
            // What was taken is taken back by folding again what stood before: slow, rare, and right for every kind of
            // leaf, where a copy of the whole state for each append would cost more than all appends.
            let stood = usize::try_from(before).ok().and_then(|before| self.log.leaves().get(..before));
            self.state = State::fold(&self.frozen, stood.unwrap_or_default())?;
        }
        done
    }

    /// Enters what the centre itself reports, signed by its own key.
    ///
    /// # Errors
    ///
    /// As [`Centre::append`].
    pub fn report(&mut self, bodies: &[Body], at: &str) -> Result<(), CentreError> {
        let leaves = self.sign_all(bodies, at)?;
        self.append(&leaves)
    }

    /// Enters what changes a result, signed by the people whose keys are given.
    ///
    /// # Errors
    ///
    /// [`CentreError::Leaf`] where too few have signed, or one who may not; [`CentreError::Finding`].
    pub fn enter(&mut self, body: &Body, signers: &[&dyn Signer], at: &str) -> Result<(), CentreError> {
        if let Body::Order(order) = body {
            self.has_its_findings(order)?;
        }
        let leaf = body.sign(&self.head(at), signers)?;
        self.append(&[leaf])
    }

    pub(crate) fn sign_all(&self, bodies: &[Body], at: &str) -> Result<Vec<Vec<u8>>, CentreError> {
        let head = self.head(at);
        bodies.iter().map(|body| Ok(body.sign(&head, &[&self.key])?)).collect()
    }

    /// Enters the comparison of both channels as it stands.
    ///
    /// # Errors
    ///
    /// As [`Centre::append`].
    pub fn compare(&mut self, at: &str) -> Result<record::entry::Match, CentreError> {
        let comparison = self.state.compare(&self.frozen.definition);
        if self.state.last_match.as_ref() != Some(&comparison) {
            self.report(&[Body::Match(comparison.clone())], at)?;
        }
        Ok(comparison)
    }

    /// The figures of every content that the record names.
    ///
    /// # Errors
    ///
    /// [`CentreError::Content`] for a stored content that was changed.
    pub fn figures(&self) -> Result<Figures, CentreError> {
        let contents = self.state.evidence.values().flat_map(|e| &e.imports).map(|import| import.content);
        let by_hand = self.state.hand_figures(&self.frozen.definition).map(Ok);
        contents.map(|content| Ok((content.results, self.contents.results(&content)?))).chain(by_hand).collect()
    }

    /// What the record and the packages come to.
    ///
    /// # Errors
    ///
    /// As [`Outcome::of`].
    pub fn outcome(&self) -> Result<(Outcome, Figures), CentreError> {
        let figures = self.figures()?;
        Ok((Outcome::of(&self.frozen.definition, &self.state, &figures)?, figures))
    }

    /// Every line of a checkpoint of the record beside its log's is by a key that counts for its size, and holds.
    fn check_lines(&self, file: &str, checkpoint: &Note) -> Result<(), CentreError> {
        self.are_of(&self.policy_of(checkpoint)?, file, checkpoint)
    }

    /// Every line of a checkpoint beside its log's is by a witness of `policy`, and holds.
    pub(crate) fn are_of(&self, policy: &Policy, file: &str, checkpoint: &Note) -> Result<(), CentreError> {
        match policy.quorum(checkpoint).refused.into_iter().next() {
            Some(name) => Err(CentreError::Cosignature { path: self.dir.join(file), name }),
            None => Ok(()),
        }
    }

    /// The key of a service in the frozen lists, as the notes of its log name it.
    pub(crate) fn log_key(&self, service: Service, origin: &str) -> Result<log::NoteKey, CentreError> {
        let key = self.frozen.keyring.service(service).map_err(record::frozen::FrozenError::from)?;
        Ok(log::NoteKey::new(origin, log::note::NoteAlgorithm::Ed25519, key.clone())?)
    }
}
