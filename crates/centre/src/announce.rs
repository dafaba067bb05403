//! Checkpoints out, cosignatures in, and the announcement that stands on them.

use election::WITNESS_POLICY;
use log::policy::{Policy, Quorum};
use log::witness::Request;
use log::{Checkpoint, FolderStore, Note, NoteKey, Store};
use record::Body;
use record::entry::{Announcement, Seen};
use record::register::isolation::Look;
use record::results;
use record::statement::Witnessed;
use sign::Signer;

use crate::centre::{COSIGNED, Centre};
use crate::error::CentreError;

/// A checkpoint with the witnesses' cosignatures, as it is carried.
pub type CheckpointNote = Note;

impl Centre {
    /// The witness policy that was frozen.
    ///
    /// # Errors
    ///
    /// [`CentreError::Policy`].
    pub fn policy(&self) -> Result<Policy, CentreError> {
        policy(&self.folder)
    }

    /// The witness policy for the record as it is now: the frozen one, with every key of a witness that was replaced.
    ///
    /// # Errors
    ///
    /// [`CentreError::Policy`].
    pub fn policy_now(&self) -> Result<Policy, CentreError> {
        Ok(self.state.policy_at(&self.policy()?, self.log.size()))
    }

    /// The witness policy for a checkpoint of the record, by its size.
    pub(crate) fn policy_of(&self, note: &Note) -> Result<Policy, CentreError> {
        Ok(self.state.policy_at(&self.policy()?, Checkpoint::parse(&note.text)?.size))
    }

    /// What is carried to a witness that last saw `old` leaves.
    ///
    /// # Errors
    ///
    /// [`log::LogError::Rollback`] where the log is smaller than that: it was restored from an old copy.
    pub fn request(&self, old: u64) -> Result<Request, CentreError> {
        if old > self.log.size() {
            // LG3: the witness remembers what this disk does not.
            return Err(log::LogError::Rollback { size: self.log.size(), seen: old }.into());
        }
        let proof = if old == 0 { Vec::new() } else { self.log.consistency(old)? };
        Ok(Request { old, proof, checkpoint: self.log.checkpoint().clone() })
    }

    /// Takes the lines that witnesses brought back.
    ///
    /// # Errors
    ///
    /// [`CentreError::Log`] for a line that does not hold.
    pub fn cosigned(&mut self, lines: &str) -> Result<Quorum, CentreError> {
        let keys: Vec<NoteKey> = self.policy_now()?.witnesses.into_iter().map(|w| w.key).collect();
        self.log.add_cosignatures(lines, &keys)?;
        let seen = self.log.checkpoint().to_bytes();
        FolderStore::new(&self.dir).put(COSIGNED, &seen).map_err(log::LogError::from)?;
        self.quorum()
    }

    /// Which witnesses have seen the record as it is now.
    ///
    /// # Errors
    ///
    /// [`CentreError::Policy`].
    pub fn quorum(&self) -> Result<Quorum, CentreError> {
        Ok(self.policy_now()?.quorum(self.log.checkpoint()))
    }

    /// Keeps the checkpoint of the record as the witnesses have cosigned it: what shows, after the polls, that they had seen rules and
    /// keys before. Until the first package is in, and where the definition names the hour at which the polls open; then there is
    /// something of which no checkpoint was kept, or nothing is entered. Gives whether it was.
    ///
    /// # Errors
    ///
    /// As [`Centre::append`].
    pub fn keep_sight(&mut self, at: &str) -> Result<bool, CentreError> {
        if !self.awaits_witnesses() || !self.quorum()?.met {
            return Ok(false);
        }
        let checkpoint = String::from_utf8_lossy(&self.log.checkpoint().to_bytes()).into_owned();
        self.report(&[Body::Seen(Seen { checkpoint })], at)?;
        Ok(true)
    }

    /// Before the first package: is there a rule or key of which the record does not show that witnesses have seen it?
    pub(crate) fn awaits_witnesses(&self) -> bool {
        let has_begun =
            self.state.evidence.values().any(|own| !own.imports.is_empty()) || !self.state.refused.is_empty();
        self.frozen.definition.rules.law.polls_open.is_some() && !has_begun && self.state.has_unkept()
    }

    /// Who had cosigned what the latest announcement stands on, and who had not; before one, who has by now.
    ///
    /// # Errors
    ///
    /// [`CentreError::Policy`], [`CentreError::Note`].
    pub fn witnessed(&self) -> Result<Witnessed, CentreError> {
        let note = match self.state.announcements.last() {
            Some((_, announcement)) => Note::parse(announcement.witnessed.as_bytes())?,
            None => self.log.checkpoint().clone(),
        };
        Ok(Witnessed::of(&self.policy_of(&note)?, &note))
    }

    /// Announces the results as they stand: two officers sign what the witnesses have seen.
    ///
    /// # Errors
    ///
    /// [`CentreError::NotIsolated`]; [`CentreError::NotYet`] while the receiving service is open, a lot is to be drawn or the witnesses' quorum is not met.
    pub fn announce(&mut self, officers: &[&dyn Signer], at: &str) -> Result<u16, CentreError> {
        let look = self.isolated(Look::Announce, &mut Vec::new(), at)?;
        let quorum = self.quorum()?;
        if !quorum.met {
            return Err(CentreError::NotYet(format!(
                "UNWITNESSED: {} of the witnesses have cosigned the record ({}); {} more bodies are needed, and the groups {}",
                quorum.by.len(),
                quorum.by.join(", "),
                quorum.lacking,
                quorum.missing_groups.into_iter().collect::<Vec<_>>().join(", "),
            )));
        }
        if !self.is_intake_closed()? {
            let what = "the receiving service is still open: close it, export once more and import that";
            return Err(CentreError::NotYet(what.to_owned()));
        }
        let (outcome, figures) = self.outcome()?;
        let lots: Vec<String> =
            outcome.allotments.values().flat_map(|a| &a.lots_needed).map(|l| l.id.to_string()).collect();
        if !lots.is_empty() {
            return Err(CentreError::NotYet(format!("lots are to be drawn first: {}", lots.join(", "))));
        }
        let (_, digest) = results::manifest(&results::files(&self.frozen.definition, &outcome, &figures));
        let version = self.state.announcements.len() as u16 + 1;
        let witnessed = String::from_utf8_lossy(&self.log.checkpoint().to_bytes()).into_owned();
        let body = Body::Announcement(Announcement { version, results: digest, witnessed });
        // The look stands behind the announcement, which is about what the witnesses have seen and nothing more.
        let mut leaves = vec![body.sign(&self.head(at), officers)?];
        leaves.extend(self.sign_all(look.as_slice(), at)?);
        self.append(&leaves)?;
        Ok(version)
    }
}

/// The witness policy of a frozen folder.
fn policy(folder: &election::Folder) -> Result<Policy, CentreError> {
    let text = folder.get(WITNESS_POLICY).unwrap_or_default();
    Ok(Policy::parse(&String::from_utf8_lossy(text))?)
}
