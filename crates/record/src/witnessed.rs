//! What a quorum of witnesses had seen before the polls opened.
//!
//! Rules and keys are frozen in leaf 0, and the board may change them after it. That they were so before anybody voted is shown
//! by a checkpoint that witnesses had cosigned by then, each by its own clock. A later checkpoint has later lines and cannot
//! show it, so that the early one is kept, as it was, in a leaf of the record.

use election::{Coded, Definition, Digest, Service};
use jiff::Timestamp;
use log::note::{Note, NoteAlgorithm, NoteKey};
use log::{Checkpoint, Policy};
use serde::{Deserialize, Serialize};

use crate::fold::{LeafProblem, State};
use crate::frozen::Frozen;

/// A checkpoint of leaves before this one, as witnesses had cosigned it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Seen {
    /// The signed note with their lines.
    pub checkpoint: String,
}

/// A checkpoint that a leaf has kept, and since when enough witnesses had seen it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sight {
    /// The index of the leaf.
    pub leaf: u64,
    /// How many leaves the checkpoint is of.
    pub size: u64,
    /// Its root. The fold has no tree: whoever has one compares it.
    pub root: Digest,
    /// Since when, in POSIX seconds: the earliest of its lines by which the quorum was met.
    pub since: u64,
}

/// A kept checkpoint that shows nothing.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SeenProblem {
    /// Not a checkpoint.
    #[error("what it keeps is no signed checkpoint")]
    Form,
    /// Of another log, or not signed by this one.
    #[error("the checkpoint that it keeps is not signed by the log of this record")]
    Log,
    /// Of no leaf, or of more than there are.
    #[error("the checkpoint that it keeps is of {size} leaves, and {before} stand before it")]
    Size {
        /// As the checkpoint says.
        size: u64,
        /// Leaves before this one.
        before: u64,
    },
    /// A line of a stranger, or a false one.
    #[error("the signature line of '{0}' on the checkpoint that it keeps is by no key of the policy or false")]
    Line(String),
    /// Too few witnesses.
    #[error(
        "too few witnesses have cosigned the checkpoint that it keeps: {0} more bodies are needed, or one of each group"
    )]
    Quorum(usize),
}

impl Coded for SeenProblem {
    fn code(&self) -> &'static str {
        match self {
            SeenProblem::Form => "witnessed.form",
            SeenProblem::Log => "witnessed.log",
            SeenProblem::Size { .. } => "witnessed.size",
            SeenProblem::Line(_) => "witnessed.line",
            SeenProblem::Quorum(_) => "witnessed.quorum",
        }
    }

    fn next(&self) -> &'static str {
        "enter the record's own checkpoint, once enough witnesses have cosigned it"
    }
}

/// What of rules and keys a quorum of witnesses had seen when the polls opened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct BeforePolls {
    /// The hour, in POSIX seconds.
    pub opens: i64,
    /// Since when a quorum had seen the freeze, by the checkpoints that were kept; none where none was.
    pub since: Option<u64>,
    /// The freeze and each change of rules and keys that a quorum had seen by then: the index of its leaf, and its kind.
    pub seen: Vec<(u64, &'static str)>,
    /// Those that it had not.
    pub unseen: Vec<(u64, &'static str)>,
}

impl BeforePolls {
    /// Had a quorum seen the freeze when the polls opened?
    pub fn holds(&self) -> bool {
        !self.seen.is_empty()
    }
}

impl State {
    /// Keeps a checkpoint; that it is signed by the centre has been checked with every leaf.
    pub(crate) fn keep(&mut self, frozen: &Frozen, own: &Seen) -> Result<(), LeafProblem> {
        let note = Note::parse(own.checkpoint.as_bytes()).map_err(|_| SeenProblem::Form)?;
        let Checkpoint { origin, size, root } = Checkpoint::parse(&note.text).map_err(|_| SeenProblem::Form)?;
        let record = format!("{}/record", frozen.definition.scope.election);
        let key = frozen.keyring.service(Service::RecordLog).ok();
        let key = key.and_then(|key| NoteKey::new(&record, NoteAlgorithm::Ed25519, key.clone()).ok());
        if origin != record || key.is_none_or(|key| note.verify(&key).is_err()) {
            return Err(SeenProblem::Log.into());
        }
        if size == 0 || size > self.size {
            return Err(SeenProblem::Size { size, before: self.size }.into());
        }
        // Without a policy there is no witness; that it cannot be read is told where the definition is.
        let policy = Policy::parse(&frozen.lists.witness_policy).map_err(|_| SeenProblem::Quorum(1))?;
        // With a key that was lost or stolen since, anybody can put any time on an old checkpoint.
        let quorum = self.policy_at(&policy, size).quorum(&self.without_gone(&note));
        if let Some(name) = quorum.refused.into_iter().next() {
            return Err(SeenProblem::Line(name).into());
        }
        let since = quorum.since.ok_or(SeenProblem::Quorum(quorum.lacking))?;
        self.sights.push(Sight { leaf: self.size, size, root: Digest(root), since });
        Ok(())
    }

    /// How many leaves a kept checkpoint is of; 0 where none was kept.
    fn kept(&self) -> u64 {
        self.sights.iter().map(|sight| sight.size).max().unwrap_or(0)
    }

    /// Is there a rule or key, the freeze among them, of which no checkpoint is kept?
    pub fn has_unkept(&self) -> bool {
        self.ruled.iter().any(|(leaf, _)| *leaf >= self.kept())
    }

    /// What of rules and keys a quorum had seen when the polls opened; `None` where the definition names no hour. Of a part of
    /// a record alone it says nothing.
    pub fn before_polls(&self, def: &Definition) -> Option<BeforePolls> {
        let opens = def.polls_open()?;
        let in_time = |sight: &&Sight| i64::try_from(sight.since).is_ok_and(|since| since < opens);
        let covered = self.sights.iter().filter(in_time).map(|sight| sight.size).max().unwrap_or(0);
        let (seen, unseen) = self.ruled.iter().copied().partition(|(leaf, _)| *leaf < covered);
        let since = self.sights.iter().map(|sight| sight.since).min();
        Some(BeforePolls { opens, since, seen, unseen })
    }
}

/// A time in UTC (RFC 3339), or the bare seconds of one that is beyond all calendars.
pub fn utc(seconds: impl TryInto<i64> + ToString + Copy) -> String {
    let time = seconds.try_into().ok().and_then(|seconds| Timestamp::from_second(seconds).ok());
    time.map_or_else(|| seconds.to_string(), |time| time.to_string())
}
