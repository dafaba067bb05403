//! The one writer: everything that enters the log or the database goes through here, many requests at a time.
//!
//! After an error of the disk nothing is known about what it holds: the sequencer stops, every waiting and
//! later request is refused, and the service ends. What was acknowledged is on the disk; a new start finds the rest.

use std::fs::File;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use election::Digest;
use log::note::NoteSignature;
use log::{Checkpoint, Log, LogError, Note, StoreError};
use sign::dsse::Envelope;
use sign::{FileKey, Signer};
use tokio::runtime::Handle;
use tokio::sync::{mpsc, oneshot};

use crate::blobs::Blobs;
use crate::database::{Admitted, Attempt, Database, RefusalRow};
use crate::memory::{Leaves, Memory};
use crate::roll::{Claim, Roll};
use crate::state::{Package, State};
use crate::statements::{CLOSE, Close, EQUIVOCATION, LABEL, RECEIPT, REFUSAL, Receipt, Refusal, now};
use crate::store::{LogFiles, Place};
use crate::{Config, Error, Refused};

/// Requests that one fsync serves.
const BATCH: usize = 256;

/// The folder of the log, in the service's folder.
pub(crate) const LOG: &str = "log";
/// The file that is locked while the log changes, and while it is copied.
pub(crate) const APPENDING: &str = "appending.lock";
/// The database.
pub(crate) const DATABASE: &str = "intake.sqlite";

/// What to enter.
#[derive(Debug)]
pub(crate) enum Entry {
    /// A valid label; its files are awaited.
    Admit(Admitted, Box<Claim>),
    /// Both files of this label are stored, durably.
    Complete(Digest),
    /// A refusal.
    Refuse(RefusalRow),
    /// A connection ended.
    Attempt(Attempt),
    /// A connection was refused before any request: reason and address.
    RefusedConnection(&'static str, String),
    /// Witnesses have signed this checkpoint; the lines are checked.
    Cosigned(Note, Vec<NoteSignature>),
    /// The close.
    Close,
    /// The disk did not confirm a file: stop.
    Stop(String),
}

type Reply = oneshot::Sender<Result<(), Refused>>;

/// The way to the sequencer.
#[derive(Clone)]
pub(crate) struct Sequencer {
    sender: mpsc::Sender<(Entry, Reply)>,
}

impl Sequencer {
    /// Enters, and returns when it is on the disk.
    pub(crate) async fn enter(&self, entry: Entry) -> Result<(), Refused> {
        let stopped = || Refused::Storage("the service has stopped".to_owned());
        let (reply, answer) = oneshot::channel();
        self.sender.send((entry, reply)).await.map_err(|_| stopped())?;
        answer.await.map_err(|_| stopped())?
    }

    /// Enters without waiting; under overload it is left out, so that strangers cannot fill the memory.
    pub(crate) fn note(&self, entry: Entry) {
        let (reply, _) = oneshot::channel();
        let _ = self.sender.try_send((entry, reply));
    }
}

/// The log, the database, and what of the log has to be known to write the next leaf.
pub(crate) struct Writer {
    roll: Arc<Roll>,
    state: Arc<Mutex<State>>,
    log: Arc<Mutex<Log<LogFiles>>>,
    appending: File,
    /// Where the last checkpoint is remembered beside the log.
    seen: Option<PathBuf>,
    /// Where the last cosigned checkpoint is remembered, and that.
    cosigned: (PathBuf, Option<Note>),
    database: Database,
    key: FileKey,
    refusals_per_client: usize,
    memory: Memory,
    #[cfg(test)]
    pub(crate) fail_to_append: Arc<std::sync::atomic::AtomicBool>,
}

impl Writer {
    /// Opens or begins the log and the database in the configured folder, and folds them into `state`.
    pub(crate) fn open(config: &Config, roll: Arc<Roll>, blobs: &Blobs, runtime: &Handle) -> Result<Self, Error> {
        let key = listed_key(config, &roll)?;
        let log_key = read_key(&config.log_key)?;
        if roll.log != *log_key.public_key() {
            let what = "is not the listed key of the intake's log".into();
            return Err(Error::Config { file: config.log_key.clone(), what });
        }
        let log = open_log(config, &roll, log_key)?;
        continues(&log, config)?;
        let appending = open_lock(&config.folder)?;
        let database = runtime.block_on(Database::open(&config.folder.join(DATABASE), config.synchronous()))?;
        let mut writer = Writer {
            roll,
            state: Arc::default(),
            log: Arc::new(Mutex::new(log)),
            appending,
            seen: config.seen.clone(),
            cosigned: (config.folder.join(COSIGNED), None),
            database,
            key,
            refusals_per_client: config.limits.refusals_per_client,
            memory: Memory::default(),
            #[cfg(test)]
            fail_to_append: Arc::default(),
        };
        writer.fold(blobs)?;
        for admitted in runtime.block_on(writer.database.packages())? {
            let Ok((_, claim)) = Claim::read(&admitted.envelope) else { continue };
            let mut state = writer.state.lock().expect("no holder panics");
            if state.package(&admitted.label).is_none() {
                state.name(admitted.label, Package { claim, receipt: None }, blobs);
                writer.memory.waiting.insert(admitted.label, admitted);
            }
        }
        Ok(writer)
    }

    pub(crate) fn state(&self) -> Arc<Mutex<State>> {
        self.state.clone()
    }

    pub(crate) fn log(&self) -> Arc<Mutex<Log<LogFiles>>> {
        self.log.clone()
    }

    fn fold(&mut self, blobs: &Blobs) -> Result<(), Error> {
        let log = self.log.lock().expect("no holder panics");
        let mut state = self.state.lock().expect("no holder panics");
        for (index, leaf) in (0..).zip(log.leaves()) {
            let refused = |what: String| Error::Leaf { index, what };
            let envelope = Envelope::parse(leaf).map_err(|e| refused(e.to_string()))?;
            match envelope.kind() {
                LABEL => {
                    let (_, claim) = Claim::read(leaf).map_err(|e| refused(e.to_string()))?;
                    let label = sign::sha256(leaf);
                    self.memory.log(label, &claim);
                    state.name(label, Package { claim, receipt: None }, blobs);
                }
                RECEIPT => {
                    let receipt: Receipt = envelope.read().map_err(|e| refused(e.to_string()))?;
                    state.receipted(&receipt.label, index);
                    self.memory.packages += 1;
                }
                REFUSAL => {
                    let refusal: Refusal = envelope.read().map_err(|e| refused(e.to_string()))?;
                    *self.memory.refusals_of.entry(refusal.client).or_default() += 1;
                    self.memory.refused.insert((refusal.code, refusal.subject));
                }
                CLOSE => state.closed = true,
                other => return Err(refused(format!("of unknown kind '{other}'"))),
            }
        }
        Ok(())
    }

    /// Starts the thread that writes. It ends when every [`Sequencer`] is dropped, or at the first error of the disk.
    pub(crate) fn start(mut self, blobs: Arc<Blobs>) -> (Sequencer, tokio::task::JoinHandle<Result<(), Error>>) {
        let (sender, mut entries) = mpsc::channel::<(Entry, Reply)>(BATCH * 4);
        let runtime = Handle::current();
        let thread = tokio::task::spawn_blocking(move || {
            while let Some(first) = entries.blocking_recv() {
                let mut batch = vec![first];
                while batch.len() < BATCH
                    && let Ok(next) = entries.try_recv()
                {
                    batch.push(next);
                }
                let (batch, replies): (Vec<_>, Vec<_>) = batch.into_iter().unzip();
                match self.write(batch, &blobs, &runtime) {
                    // A client that is gone does not need its answer.
                    Ok(answers) => replies.into_iter().zip(answers).for_each(|(r, answer)| drop(r.send(answer))),
                    Err(error) => {
                        let refused = Refused::Storage(error.to_string());
                        replies.into_iter().for_each(|r| drop(r.send(Err(refused.clone()))));
                        runtime.block_on(self.database.abandon());
                        return Err(error);
                    }
                }
            }
            runtime.block_on(self.database.close())
        });
        (Sequencer { sender }, thread)
    }

    /// Writes a batch: leaves in one append, rows in one transaction; then what it means enters the state.
    fn write(&mut self, batch: Vec<Entry>, blobs: &Blobs, runtime: &Handle) -> Result<Vec<Result<(), Refused>>, Error> {
        let time = now();
        let mut leaves = Leaves { next: self.log.lock().expect("no holder panics").size(), leaves: Vec::new() };
        let mut answers = Vec::new();
        let mut named = Vec::new();
        let mut receipted = Vec::new();
        let mut closed = self.state.lock().expect("no holder panics").closed;
        let mut cosigned = Vec::new();
        runtime.block_on(self.database.begin())?;
        for entry in batch {
            answers.push(match entry {
                Entry::Stop(what) => return Err(Error::Stopped(what)),
                Entry::Admit(..) | Entry::Complete(_) if closed => Err(Refused::Closed),
                // Of two connections that bring one label at a time, the second finds it known.
                Entry::Admit(admitted, claim) if self.memory.knows(&admitted.label, &claim) => Ok(()),
                Entry::Admit(admitted, claim) => {
                    runtime.block_on(self.database.admit(&admitted))?;
                    named.push((admitted.label, *claim));
                    self.memory.waiting.insert(admitted.label, admitted);
                    Ok(())
                }
                Entry::Complete(label) => {
                    if let Some(admitted) = self.memory.waiting.remove(&label) {
                        receipted.push((label, self.complete(admitted, &time, &mut leaves)?));
                    }
                    Ok(())
                }
                Entry::Refuse(row) => {
                    // The close is the last leaf; what is refused after it stands in the report.
                    if !closed {
                        self.refuse(&row, Vec::new(), &mut leaves)?;
                    }
                    runtime.block_on(self.database.refusal(&row))?;
                    Ok(())
                }
                Entry::Attempt(attempt) => {
                    runtime.block_on(self.database.attempt(&attempt))?;
                    Ok(())
                }
                Entry::RefusedConnection(reason, address) => {
                    runtime.block_on(self.database.refused_connection(reason, &address, &time))?;
                    Ok(())
                }
                Entry::Cosigned(checkpoint, lines) => {
                    cosigned.push((checkpoint, lines));
                    Ok(())
                }
                Entry::Close => {
                    if !closed {
                        let incomplete = self.memory.waiting.len() as u64;
                        let (scope, packages) = (self.roll.scope.clone(), self.memory.packages);
                        leaves.sign(CLOSE, &Close { scope, packages, incomplete, time: time.clone() }, &self.key)?;
                        closed = true;
                    }
                    Ok(())
                }
            });
        }
        self.append(&leaves.leaves)?;
        runtime.block_on(self.database.commit())?;
        for (checkpoint, lines) in cosigned {
            self.cosigned(checkpoint, lines)?;
        }
        let mut state = self.state.lock().expect("no holder panics");
        state.closed = closed;
        for (label, claim) in named {
            state.name(label, Package { claim, receipt: None }, blobs);
        }
        for (label, index) in receipted {
            state.receipted(&label, index);
        }
        Ok(answers)
    }

    fn append(&mut self, leaves: &[Vec<u8>]) -> Result<(), Error> {
        #[cfg(test)]
        if self.fail_to_append.load(std::sync::atomic::Ordering::SeqCst) && !leaves.is_empty() {
            return Err(Error::Log("the disk failed, says the test".to_owned()));
        }
        if leaves.is_empty() {
            return Ok(());
        }
        self.appending.lock().map_err(Error::storage("locking the log"))?;
        let appended = self.log.lock().expect("no holder panics").append(leaves);
        self.appending.unlock().map_err(Error::storage("unlocking the log"))?;
        appended.map_err(of_log)?;
        match &self.seen {
            Some(path) => {
                Ok(durable::write(path, &self.log.lock().expect("no holder panics").checkpoint().to_bytes())?)
            }
            None => Ok(()),
        }
    }

    /// Keeps what witnesses have signed: with the log if it has not grown since, and in any case as what it must continue.
    fn cosigned(&mut self, mut checkpoint: Note, lines: Vec<NoteSignature>) -> Result<(), Error> {
        self.appending.lock().map_err(Error::storage("locking the log"))?;
        let added = {
            let mut log = self.log.lock().expect("no holder panics");
            if log.checkpoint().text == checkpoint.text {
                let text: String = lines.iter().map(|line| format!("{line}\n")).collect();
                log.add_cosignatures(&text, &self.roll.witnesses).map(|()| Some(log.checkpoint().clone()))
            } else {
                Ok(None)
            }
        };
        self.appending.unlock().map_err(Error::storage("unlocking the log"))?;
        match added.map_err(of_log)? {
            Some(current) => {
                if let Some(path) = &self.seen {
                    durable::write(path, &current.to_bytes())?;
                }
                checkpoint = current;
            }
            None => {
                checkpoint
                    .signatures
                    .extend(lines.into_iter().filter(|line| !checkpoint.signatures.contains(line)).collect::<Vec<_>>());
            }
        }
        let size = |note: &Note| Checkpoint::parse(&note.text).map_or(0, |checkpoint| checkpoint.size);
        let (path, last) = &mut self.cosigned;
        if last.as_ref().is_none_or(|last| size(last) <= size(&checkpoint)) {
            durable::write(path, &checkpoint.to_bytes())?;
            *last = Some(checkpoint);
        }
        Ok(())
    }

    /// Label, receipt and, where the label contradicts another, the alarm. Returns the receipt's index.
    fn complete(&mut self, admitted: Admitted, time: &str, leaves: &mut Leaves) -> Result<u64, Error> {
        let unreadable = |e: Refused| Error::Database(sqlx::Error::Decode(e.to_string().into()));
        let (_, claim) = Claim::read(&admitted.envelope).map_err(unreadable)?;
        let [results, images] = claim.files;
        let receipt = Receipt {
            scope: self.roll.scope.clone(),
            label: admitted.label,
            results,
            images,
            index: leaves.next,
            transport: admitted.transport.clone(),
            time: time.to_owned(),
        };
        leaves.push(admitted.envelope);
        let index = leaves.next;
        leaves.sign(RECEIPT, &receipt, &self.key)?;
        self.memory.packages += 1;
        let contradicts = self.memory.log(admitted.label, &claim);
        if !contradicts.is_empty() {
            let row = RefusalRow {
                time: time.to_owned(),
                code: EQUIVOCATION.to_owned(),
                subject: admitted.label,
                station: Some(claim.name.station),
                device: Some(claim.name.device),
                address: admitted.address,
                client: admitted.transport.client,
            };
            self.refuse(&row, contradicts, leaves)?;
            Handle::current().block_on(self.database.refusal(&row))?;
        }
        Ok(index)
    }

    /// One leaf for each reason and subject, and not without end for one client; an alarm always.
    fn refuse(&mut self, row: &RefusalRow, contradicts: Vec<Digest>, leaves: &mut Leaves) -> Result<(), Error> {
        let entered = self.memory.refusals_of.entry(row.client).or_default();
        let is_alarm = row.code == EQUIVOCATION;
        if (*entered >= self.refusals_per_client && !is_alarm)
            || !self.memory.refused.insert((row.code.clone(), row.subject))
        {
            return Ok(());
        }
        *entered += 1;
        let refusal = Refusal {
            scope: self.roll.scope.clone(),
            code: row.code.clone(),
            subject: row.subject,
            station: row.station.clone(),
            device: row.device.clone(),
            contradicts,
            client: row.client,
            time: row.time.clone(),
        };
        leaves.sign(REFUSAL, &refusal, &self.key)
    }
}

/// The origin of the intake's log.
pub(crate) fn origin(roll: &Roll) -> String {
    format!("{}/intake", roll.scope.election)
}

/// Opens the log where the configuration has it, and begins it where none has begun.
pub(crate) fn open_log(config: &Config, roll: &Roll, key: FileKey) -> Result<Log<LogFiles>, Error> {
    let place = Place::of(config)?;
    let origin = origin(roll);
    let (files, key) = (place.files()?, Box::new(key));
    // A bucket in which a log has begun and is none was emptied, or is another.
    let log = if place.begun { Log::open(files, &origin, key) } else { Log::open_or_create(files, &origin, key) };
    let log = log.map_err(of_log)?;
    place.remember()?;
    Ok(log)
}

/// A full disk is no broken log, and neither is a store that was lost to another writer or does not answer.
pub(crate) fn of_log(error: LogError) -> Error {
    match error {
        LogError::Store(StoreError::Io { path, error }) => {
            Error::Storage { what: format!("writing {path} of the log"), source: error }
        }
        LogError::Store(error) => Error::LogStore(error),
        other => Error::Log(other.to_string()),
    }
}

/// The checkpoint that witnesses cosigned last, outside the folder of the log.
const COSIGNED: &str = "last-cosigned.txt";

/// Refuses a log that was brought back from a backup (LG3): one that is not a continuation of what it has signed.
pub(crate) fn continues(log: &Log<LogFiles>, config: &Config) -> Result<(), Error> {
    for path in config.seen.iter().chain([&config.folder.join(COSIGNED)]) {
        let rollback = |error| Error::Rollback { place: path.display().to_string(), error };
        match std::fs::read(path) {
            Ok(bytes) => {
                let note = log::Note::parse(&bytes).map_err(|e| rollback(e.into()))?;
                log.continues(&note).map_err(rollback)?;
            }
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {}
            Err(error) => return Err(Error::storage(format!("reading {}", path.display()))(error)),
        }
    }
    remember(log, config.seen.as_deref())
}

/// Remembers what witnesses have cosigned.
pub(crate) fn remember_cosigned(log: &Log<LogFiles>, config: &Config) -> Result<(), Error> {
    remember(log, Some(&config.folder.join(COSIGNED)))?;
    remember(log, config.seen.as_deref())
}

fn remember(log: &Log<LogFiles>, path: Option<&Path>) -> Result<(), Error> {
    path.map_or(Ok(()), |path| Ok(durable::write(path, &log.checkpoint().to_bytes())?))
}

pub(crate) fn open_lock(folder: &Path) -> Result<File, Error> {
    let path = folder.join(APPENDING);
    File::options()
        .create(true)
        .truncate(false)
        .write(true)
        .open(&path)
        .map_err(Error::storage(format!("opening {}", path.display())))
}

/// The key of this service, one of the frozen list.
pub(crate) fn listed_key(config: &Config, roll: &Roll) -> Result<FileKey, Error> {
    let key = read_key(&config.key)?;
    if roll.intake.contains(key.public_key()) {
        return Ok(key);
    }
    Err(Error::Config { file: config.key.clone(), what: "is not the listed key of the intake".into() })
}

pub(crate) fn read_key(path: &Path) -> Result<FileKey, Error> {
    let refused = |what: String| Error::Config { file: path.to_owned(), what };
    let pem = std::fs::read_to_string(path).map_err(|e| refused(e.to_string()))?;
    FileKey::from_pem(&pem).map_err(|e| refused(e.to_string()))
}
