//! A log in a store of objects, such as S3: whole objects that are put under a name on a condition, and no lock.
//!
//! Tiles of one size have one name, whoever writes them. In a folder a lock keeps two writers apart; here none can, and
//! a request of a writer that was thought dead may arrive late. So no tile is put under its name before it is decided
//! that it counts. What decides is one object, put on condition that it still is what the writer has seen:
//!
//! ```text
//! step          the newest step: who made it, the checkpoint before, the checkpoint after, the tiles between
//! tile/…        as in a folder; every writer that puts one of a name puts the same bytes
//! checkpoint    as in a folder; follows when the step's tiles are there
//! conditions    what [`ObjectStore::confirm`] tries the store with
//! ```
//!
//! A step is decided when `step` is put. Whoever opens the log carries a step that was decided to its end. A request that
//! was not answered is decided by reading again: its bytes are there or not, and its writer's name is in them.

use std::collections::BTreeSet;
use std::io::{Error, ErrorKind};
use std::sync::{Mutex, PoisonError};

use crate::store::{CHECKPOINT, Store, StoreError, check};

/// The object that decides.
const STEP: &str = "step";
/// The object that the store is tried with.
const CONDITIONS: &str = "conditions";
/// How often a write on condition is tried while what lies there still allows it.
const TRIES: u32 = 6;

/// What a store calls one content of an object (an ETag). Another content has another tag.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tag(pub String);

/// When an object is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Condition {
    /// In any case.
    Always,
    /// If there is none (`If-None-Match: *`).
    Absent,
    /// If it is this one (`If-Match`).
    Is(Tag),
}

impl Condition {
    /// That an object still is as it was found.
    fn still(found: Option<&Tag>) -> Self {
        found.map_or(Condition::Absent, |tag| Condition::Is(tag.clone()))
    }
}

/// What a request came to, where not to what was asked for.
#[derive(Debug, thiserror::Error)]
pub enum ObjectError {
    /// The condition does not hold, or another write was under way: nothing was written by this request.
    #[error("the condition does not hold")]
    Condition,
    /// The store refused: nothing was written.
    #[error("{0}")]
    Refused(Error),
    /// There was no answer, or none that says what was done.
    #[error("{0}")]
    Unanswered(Error),
}

/// A store of objects: what is put is read from then on by everybody, and a condition is judged together with the write.
pub trait Objects {
    /// The object at `key` and its tag.
    ///
    /// # Errors
    /// [`ObjectError`]; an implementation asks again before it says [`ObjectError::Unanswered`].
    fn get(&self, key: &str) -> Result<Option<(Vec<u8>, Tag)>, ObjectError>;

    /// Puts an object; durable when it returns.
    ///
    /// # Errors
    /// [`ObjectError`]. On a condition it asks once; otherwise again before it says [`ObjectError::Unanswered`].
    fn put(&self, key: &str, bytes: &[u8], condition: &Condition) -> Result<Tag, ObjectError>;

    /// Removes an object, if there is one.
    ///
    /// # Errors
    /// As [`Self::get`].
    fn remove(&self, key: &str) -> Result<(), ObjectError>;

    /// Every key.
    ///
    /// # Errors
    /// As [`Self::get`].
    fn keys(&self) -> Result<Vec<String>, ObjectError>;

    /// Lets some time pass before a write on condition is tried for the `tries`th time.
    fn pause(&self, tries: u32);
}

/// A log's files in a store of objects.
#[derive(Debug)]
pub struct ObjectStore<O> {
    objects: O,
    /// Stands in every step, so that nobody takes the step of another for its own.
    writer: String,
    /// The checkpoint of the last step of this writer, and the tag of that step.
    last: Mutex<Option<(Vec<u8>, Tag)>>,
}

/// One step of a log, as `step` holds it.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Step {
    writer: String,
    before: Option<Vec<u8>>,
    checkpoint: Vec<u8>,
    files: Vec<(String, Vec<u8>)>,
}

/// The first line of a step.
const FORM: &str = "sanad-log-step/1";

impl Step {
    /// A line for each part with its length, an empty line, then the parts: the checkpoint before (no line where there
    /// was none), the one after, the files.
    fn to_bytes(&self) -> Vec<u8> {
        let before = self.before.iter().map(|bytes| ("before", bytes));
        let files = self.files.iter().map(|(path, bytes)| (path.as_str(), bytes));
        let parts = || before.clone().chain([(CHECKPOINT, &self.checkpoint)]).chain(files.clone());
        let lines: String = parts().map(|(name, bytes)| format!("{name} {}\n", bytes.len())).collect();
        let head = format!("{FORM}\nwriter {}\n{lines}\n", self.writer);
        parts().fold(head.into_bytes(), |mut all, (_, bytes)| {
            all.extend(bytes);
            all
        })
    }

    fn parse(bytes: &[u8]) -> Option<Step> {
        let end = bytes.windows(2).position(|two| two == b"\n\n")?;
        let mut lines = std::str::from_utf8(&bytes[..end]).ok()?.lines();
        let writer = lines.next().filter(|form| *form == FORM).and(lines.next())?.strip_prefix("writer ")?.to_owned();
        let (mut rest, mut before, mut checkpoint, mut files) = (&bytes[end + 2..], None, None, Vec::new());
        for line in lines {
            let (name, length) = line.split_once(' ')?;
            let (part, after) = rest.split_at_checked(length.parse().ok()?)?;
            rest = after;
            match name {
                "before" => before = Some(part.to_vec()),
                CHECKPOINT => checkpoint = Some(part.to_vec()),
                path if path.starts_with("tile/") && check(path).is_ok() => {
                    files.push((path.to_owned(), part.to_vec()))
                }
                _ => return None,
            }
        }
        let step = Step { writer, before, checkpoint: checkpoint?, files };
        // One form: no part twice, none in another place.
        (step.to_bytes() == bytes).then_some(step)
    }
}

/// A read, or a write whose repetition changes nothing, that came to nothing.
fn failed(path: &str) -> impl Fn(ObjectError) -> StoreError {
    move |error| match error {
        ObjectError::Refused(error) => StoreError::Io { path: path.to_owned(), error },
        ObjectError::Unanswered(error) => StoreError::Unknown { path: path.to_owned(), error },
        ObjectError::Condition => unknown(path),
    }
}

fn unknown(path: &str) -> StoreError {
    let error = Error::new(ErrorKind::TimedOut, "it was tried again and again, and is still as it was");
    StoreError::Unknown { path: path.to_owned(), error }
}

impl<O: Objects> ObjectStore<O> {
    /// The files of a log in `objects`; `writer` is drawn at random by each process that may write, and is letters and digits.
    pub fn new(objects: O, writer: &str) -> Self {
        ObjectStore { objects, writer: writer.to_owned(), last: Mutex::default() }
    }

    fn newest(&self) -> Result<Option<(Step, Tag)>, StoreError> {
        let Some((bytes, tag)) = self.objects.get(STEP).map_err(failed(STEP))? else { return Ok(None) };
        Ok(Some((Step::parse(&bytes).ok_or(StoreError::Foreign(STEP))?, tag)))
    }

    /// The condition that the newest step is the one that ended in this checkpoint.
    fn follows(&self, old: Option<&[u8]>) -> Result<Condition, StoreError> {
        let Some(old) = old else { return Ok(Condition::Absent) };
        if let Some((checkpoint, tag)) = &*self.last.lock().unwrap_or_else(PoisonError::into_inner)
            && checkpoint == old
        {
            return Ok(Condition::Is(tag.clone()));
        }
        match self.newest()? {
            Some((step, tag)) if step.checkpoint == old => Ok(Condition::Is(tag)),
            Some(_) => Err(StoreError::Raced),
            None => Err(StoreError::Foreign(STEP)),
        }
    }

    /// Puts the step, or finds that another writer was faster. Never assumes either: where an answer was lost and the step of another
    /// stands, that other may have carried this one to its end before, and it is not known whether it counts.
    fn decide(&self, bytes: &[u8], condition: &Condition) -> Result<Tag, StoreError> {
        let mut lost = None;
        for tries in 1..=TRIES {
            match self.objects.put(STEP, bytes, condition) {
                Ok(tag) => return Ok(tag),
                Err(error @ ObjectError::Refused(_)) => return Err(failed(STEP)(error)),
                // An earlier try of this very step may have been what the condition met.
                Err(ObjectError::Condition) => {}
                Err(ObjectError::Unanswered(error)) => lost = Some(error),
            }
            match self.objects.get(STEP).map_err(failed(STEP))? {
                Some((found, tag)) if found == bytes => return Ok(tag),
                None if *condition != Condition::Absent => return Err(StoreError::Foreign(STEP)),
                found if Condition::still(found.as_ref().map(|(_, tag)| tag)) != *condition => {
                    let unknown = |error| StoreError::Unknown { path: STEP.to_owned(), error };
                    return Err(lost.map_or(StoreError::Raced, unknown));
                }
                _ => self.objects.pause(tries),
            }
        }
        Err(unknown(STEP))
    }

    /// Carries a step that was decided to its end: its tiles, then the checkpoint that counts them.
    fn finish(&self, step: &Step) -> Result<(), StoreError> {
        for (path, bytes) in &step.files {
            self.put(path, bytes)?;
        }
        for tries in 1..=TRIES {
            let found = self.objects.get(CHECKPOINT).map_err(failed(CHECKPOINT))?;
            let (bytes, tag) = found.as_ref().map(|(bytes, tag)| (bytes, tag)).unzip();
            if bytes == Some(&step.checkpoint) {
                return Ok(());
            }
            if bytes != step.before.as_ref() {
                // Whoever decided a later step has carried this one to its end before.
                let is_newest = self.newest()?.is_none_or(|(newest, _)| newest == *step);
                return if is_newest { Err(StoreError::Foreign(CHECKPOINT)) } else { Ok(()) };
            }
            match self.objects.put(CHECKPOINT, &step.checkpoint, &Condition::still(tag)) {
                Ok(_) => return Ok(()),
                Err(error @ ObjectError::Refused(_)) => return Err(failed(CHECKPOINT)(error)),
                Err(_) => self.objects.pause(tries),
            }
        }
        Err(unknown(CHECKPOINT))
    }

    /// Does the store hold to conditions? One that ignores the headers answers as if all were well.
    fn try_conditions(&self) -> Result<(), StoreError> {
        self.objects.put(CONDITIONS, b"", &Condition::Always).map_err(failed(CONDITIONS))?;
        for condition in [Condition::Absent, Condition::Is(Tag("\"another\"".to_owned()))] {
            let refused = |tries| match self.objects.put(CONDITIONS, b"x", &condition) {
                Ok(_) => Some(Err(StoreError::Unconditional)),
                Err(ObjectError::Condition) => Some(Ok(())),
                Err(error @ ObjectError::Refused(_)) => Some(Err(failed(CONDITIONS)(error))),
                Err(ObjectError::Unanswered(_)) => {
                    self.objects.pause(tries);
                    None
                }
            };
            (1..=TRIES).find_map(refused).unwrap_or_else(|| Err(unknown(CONDITIONS)))?;
        }
        Ok(())
    }
}

impl<O: Objects> Store for ObjectStore<O> {
    fn read(&self, path: &str) -> Result<Option<Vec<u8>>, StoreError> {
        check(path)?;
        Ok(self.objects.get(path).map_err(failed(path))?.map(|(bytes, _)| bytes))
    }

    fn put(&self, path: &str, bytes: &[u8]) -> Result<(), StoreError> {
        check(path)?;
        self.objects.put(path, bytes, &Condition::Always).map(drop).map_err(failed(path))
    }

    fn remove(&self, path: &str) -> Result<(), StoreError> {
        check(path)?;
        self.objects.remove(path).map_err(failed(path))
    }

    fn paths(&self) -> Result<Vec<String>, StoreError> {
        let keys: BTreeSet<String> = self.objects.keys().map_err(failed(""))?.into_iter().collect();
        Ok(keys.into_iter().filter(|key| key != STEP && key != CONDITIONS).collect())
    }

    /// Tries the conditions, and carries the newest step to its end: who made it may have been killed before. A checkpoint without any step
    /// is no log of such a store: nothing could be decided after it.
    fn confirm(&self) -> Result<(), StoreError> {
        self.try_conditions()?;
        match self.newest()? {
            Some((step, _)) => self.finish(&step),
            None if self.read(CHECKPOINT)?.is_some() => Err(StoreError::Foreign(STEP)),
            None => Ok(()),
        }
    }

    fn swap_checkpoint(&self, expected_old: Option<&[u8]>, new: &[u8]) -> Result<(), StoreError> {
        self.commit(expected_old, &[], new)
    }

    fn commit(&self, expected_old: Option<&[u8]>, files: &[(String, Vec<u8>)], new: &[u8]) -> Result<(), StoreError> {
        let condition = self.follows(expected_old)?;
        let step = Step {
            writer: self.writer.clone(),
            before: expected_old.map(<[u8]>::to_vec),
            checkpoint: new.to_vec(),
            files: files.to_vec(),
        };
        let tag = self.decide(&step.to_bytes(), &condition)?;
        *self.last.lock().unwrap_or_else(PoisonError::into_inner) = Some((new.to_vec(), tag));
        self.finish(&step)
    }

    fn leaves_strays(&self) -> bool {
        false
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_step_has_one_form() {
        let step = Step {
            writer: "a1".to_owned(),
            before: Some(b"old\n\nnote\n".to_vec()),
            checkpoint: b"new\n".to_vec(),
            files: vec![("tile/0/000.p/1".to_owned(), vec![0, 10, 10, 0]), ("tile/entries/000.p/1".to_owned(), vec![])],
        };
        let first = Step { before: None, files: Vec::new(), ..step.clone() };
        for step in [&step, &first] {
            assert_eq!(Step::parse(&step.to_bytes()).as_ref(), Some(step));
        }
        let text = String::from_utf8(first.to_bytes()).unwrap();
        assert_eq!(text, "sanad-log-step/1\nwriter a1\ncheckpoint 4\n\nnew\n");
        for other in [
            "",
            "sanad-log-step/2\nwriter a1\ncheckpoint 4\n\nnew\n",
            "sanad-log-step/1\nwriter a1\n\n",
            "sanad-log-step/1\nwriter a1\ncheckpoint 5\n\nnew\n",
            "sanad-log-step/1\nwriter a1\ncheckpoint 3\n\nnew\n",
            "sanad-log-step/1\nwriter a1\ncheckpoint 04\n\nnew\n",
            "sanad-log-step/1\nwriter a1\ncheckpoint 4\ncheckpoint 0\n\nnew\n",
            "sanad-log-step/1\nwriter a1\ncheckpoint 4\nbefore 0\n\nnew\n",
            "sanad-log-step/1\nwriter a1\ncheckpoint 4\ntile/../x 0\n\nnew\n",
            "sanad-log-step/1\nwriter a1\ncheckpoint 4\nelse 0\n\nnew\n",
        ] {
            assert_eq!(Step::parse(other.as_bytes()), None, "{other}");
        }
    }
}
