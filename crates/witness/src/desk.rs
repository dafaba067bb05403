//! The folder of a witness: its key, the logs it watches, and what it has seen of each.

use std::fs::File;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use log::witness::{Request, WitnessError};
use log::{Checkpoint, Note, NoteKey, Witness};
use sign::{FileKey, KeyId, Signer as _};

use crate::Error;

/// The private key, PEM.
const KEY: &str = "witness.key.pem";
/// The name it signs under.
const NAME: &str = "name.txt";
/// The verifier keys of the logs it watches, one a line.
const LOGS: &str = "logs.txt";
/// The last two histories that were shown.
const FORK: &str = "fork-proof.txt";

/// A witness on the disk.
#[derive(Clone, Debug)]
pub struct Desk {
    dir: PathBuf,
}

fn failed(path: &Path) -> impl FnOnce(std::io::Error) -> Error {
    let path = path.to_owned();
    move |error| Error::File { path, error }
}

impl Desk {
    /// The witness in `dir`.
    ///
    /// # Errors
    /// [`Error::Absent`].
    pub fn open(dir: &Path) -> Result<Self, Error> {
        if dir.join(KEY).exists() { Ok(Desk { dir: dir.to_owned() }) } else { Err(Error::Absent) }
    }

    /// Writes down the name and the logs of a new witness. Its key comes last: without it there is no witness.
    ///
    /// # Errors
    /// [`Error::Exists`], [`Error::File`].
    pub fn begin(dir: &Path, name: &str, logs: &[NoteKey]) -> Result<PathBuf, Error> {
        if dir.join(KEY).exists() {
            return Err(Error::Exists);
        }
        durable::make_folder(dir)?;
        durable::write(&dir.join(NAME), name.as_bytes())?;
        durable::write(&dir.join(LOGS), lines(logs).as_bytes())?;
        Ok(dir.join(KEY))
    }

    /// Writes down in `dir` what this witness knows, for one with another key: its name, its logs, and what it has seen of each. As
    /// [`Desk::begin`], the key comes last.
    ///
    /// # Errors
    /// [`Error::Exists`], [`Error::File`], [`Error::Memory`].
    pub fn succeed(&self, dir: &Path) -> Result<PathBuf, Error> {
        let _alone = self.lock()?;
        let private = Desk::begin(dir, &self.name()?, &self.logs()?)?;
        self.tell(&Desk { dir: dir.to_owned() })?;
        Ok(private)
    }

    /// The successor of the witness `name` and its key, where `dir` has one already: what [`Desk::succeed`] or [`Desk::begin`] began
    /// and somebody broke off. None where its key is not there yet, so that it is begun anew and nothing is lost.
    ///
    /// # Errors
    /// [`Error::NoSuccessor`] for the folder of another witness, or that of the key `before` itself; [`Error::File`], [`Error::Key`].
    pub fn begun(dir: &Path, name: &str, before: KeyId) -> Result<Option<(Self, FileKey)>, Error> {
        let Ok(desk) = Desk::open(dir) else { return Ok(None) };
        let key = desk.key()?;
        if desk.name()? != name || key.public_key().id() == before {
            return Err(Error::NoSuccessor(name.to_owned()));
        }
        Ok(Some((desk, key)))
    }

    /// Tells a successor that has its key already what this witness has seen since.
    ///
    /// # Errors
    /// [`Error::File`], [`Error::Memory`].
    pub fn remind(&self, next: &Desk) -> Result<(), Error> {
        let _alone = (self.lock()?, next.lock()?);
        next.watch(&self.logs()?)?;
        self.tell(next)
    }

    /// Of each log the longer of what both have seen is remembered there.
    fn tell(&self, next: &Desk) -> Result<(), Error> {
        for log in self.logs()? {
            if let Some(note) = self.seen(&log.name)?
                && self.seen_size(&log.name)? > next.seen_size(&log.name)?
            {
                durable::write(&next.memory(&log.name), &note.to_bytes())?;
            }
        }
        Ok(())
    }

    /// The name it signs under.
    ///
    /// # Errors
    /// [`Error::File`].
    pub fn name(&self) -> Result<String, Error> {
        Ok(String::from_utf8_lossy(&self.read(NAME)?).trim().to_owned())
    }

    /// Its private key.
    ///
    /// # Errors
    /// [`Error::File`], [`Error::Key`].
    pub fn key(&self) -> Result<FileKey, Error> {
        Ok(FileKey::from_pem(&String::from_utf8_lossy(&self.read(KEY)?))?)
    }

    /// Adds logs that are not watched yet.
    ///
    /// # Errors
    /// [`Error::File`], [`Error::Memory`].
    pub fn watch(&self, found: &[NoteKey]) -> Result<(), Error> {
        let mut logs = if self.dir.join(LOGS).exists() { self.logs()? } else { Vec::new() };
        logs.extend(found.iter().filter(|log| !logs.contains(log)).cloned().collect::<Vec<_>>());
        Ok(durable::write(&self.dir.join(LOGS), lines(&logs).as_bytes())?)
    }

    fn read(&self, name: &str) -> Result<Vec<u8>, Error> {
        let path = self.dir.join(name);
        std::fs::read(&path).map_err(failed(&path))
    }

    /// The logs it watches.
    ///
    /// # Errors
    /// [`Error::File`], [`Error::Memory`].
    pub fn logs(&self) -> Result<Vec<NoteKey>, Error> {
        let text = String::from_utf8_lossy(&self.read(LOGS)?).into_owned();
        let parsed = text.lines().filter(|line| !line.is_empty()).map(str::parse).collect::<Result<_, _>>();
        parsed.map_err(|error| Error::Memory { path: self.dir.join(LOGS), error })
    }

    /// Where it remembers a log. Each has its own memory; the origin is a path of ids, so it names the file.
    fn memory(&self, origin: &str) -> PathBuf {
        self.dir.join(format!("seen-{}.txt", origin.replace('/', ".")))
    }

    /// The checkpoint of a log that it cosigned last.
    ///
    /// # Errors
    /// [`Error::File`], [`Error::Memory`].
    pub fn seen(&self, origin: &str) -> Result<Option<Note>, Error> {
        let path = self.memory(origin);
        match std::fs::read(&path) {
            Ok(bytes) => Ok(Some(Note::parse(&bytes).map_err(|error| Error::Memory { path, error })?)),
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
            Err(error) => Err(Error::File { path, error }),
        }
    }

    /// How many leaves of a log it has seen.
    ///
    /// # Errors
    /// [`Error::File`], [`Error::Memory`].
    pub fn seen_size(&self, origin: &str) -> Result<u64, Error> {
        let Some(note) = self.seen(origin)? else { return Ok(0) };
        let read = Checkpoint::parse(&note.text);
        Ok(read.map_err(|error| Error::Memory { path: self.memory(origin), error })?.size)
    }

    /// Its proof of two histories, if it was ever shown them.
    pub fn fork_proof(&self) -> PathBuf {
        self.dir.join(FORK)
    }

    /// Judges a request at `now` (POSIX seconds): the cosignature line, once what it has seen is on the disk. Two histories
    /// are written down as a proof.
    ///
    /// # Errors
    /// [`Error`]; nothing was signed that is not remembered.
    pub fn cosign(&self, request: &Request, now: u64) -> Result<String, Error> {
        let origin = request.checkpoint.text.lines().next().unwrap_or_default().to_owned();
        let log = self.logs()?.into_iter().find(|log| log.name == origin);
        // What strangers sent is told in short.
        let log =
            log.ok_or_else(|| Error::UnknownLog(origin.chars().take(80).flat_map(char::escape_debug).collect()))?;
        let (key, name) = (self.key()?, self.name()?);
        let _alone = self.lock()?;
        let witness = Witness { log, name, seen: self.seen(&origin)? };
        match witness.cosign(request, &key, now) {
            Ok((line, _)) => {
                // Remembered before it is given out: a witness that forgets could sign two histories.
                durable::write(&self.memory(&origin), &request.checkpoint.to_bytes())?;
                Ok(line)
            }
            Err(WitnessError::Fork(fork)) => {
                durable::write(&self.fork_proof(), &fork.to_bytes())?;
                Err(WitnessError::Fork(fork).into())
            }
            Err(error) => Err(error.into()),
        }
    }

    /// The key is locked while a request is judged, so that two processes cannot answer from one memory.
    fn lock(&self) -> Result<File, Error> {
        let path = self.dir.join(KEY);
        let file = File::open(&path).map_err(failed(&path))?;
        file.lock().map_err(failed(&path))?;
        Ok(file)
    }
}

fn lines(logs: &[NoteKey]) -> String {
    logs.iter().map(|log| format!("{log}\n")).collect()
}
