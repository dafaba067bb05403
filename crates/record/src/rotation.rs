//! A witness's key gives way to another one: who asks for it, who agrees, and which key counts for which checkpoint.
//!
//! Name, body and group of a witness stay as they were frozen. A key may be lost or stolen while the record grows; without
//! another the body could never be among those who cosign again, and with a stolen one somebody else could in its name.

use std::collections::BTreeSet;

use election::{Coded, Digest};
use log::note::{Note, NoteAlgorithm, NoteError, NoteKey};
use log::policy::{Policy, PolicyWitness};
use serde::{Deserialize, Serialize};
use sign::{KeyId, KeyKind, PublicKey, Signer};

use crate::decisions::{has_reason, near};
use crate::fold::{LeafProblem, State};
use crate::frozen::Frozen;

/// The first line of a request: nothing else that a witness signs begins so.
const HEAD: &str = "sanad witness rotation v1";

/// A witness's key is replaced from this leaf on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rotation {
    /// What the witness asks for: a note over a [`Request`], signed with the new key and, unless it is lost, with the old one.
    pub request: String,
    /// The legal basis.
    pub basis: String,
}

/// Why a key gives way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cause {
    /// The witness has both keys, and nobody else has either.
    Planned,
    /// The witness has the old key no more; the board alone vouches for the new one.
    Lost,
    /// The witness has the old key, and somebody else may have it too.
    Stolen,
}

impl Cause {
    /// All of them.
    pub const ALL: [Cause; 3] = [Cause::Planned, Cause::Lost, Cause::Stolen];

    /// The word used in files.
    pub fn as_str(self) -> &'static str {
        match self {
            Cause::Planned => "planned",
            Cause::Lost => "lost",
            Cause::Stolen => "stolen",
        }
    }
}

/// What a witness asks of the board.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request {
    /// The election, by its fingerprint.
    pub fingerprint: Digest,
    /// The witness's name in cosignatures.
    pub name: String,
    /// Which key gives way.
    pub before: KeyId,
    /// The key that takes its place.
    pub key: PublicKey,
    /// Why.
    pub cause: Cause,
}

impl Request {
    /// The text that is signed.
    pub fn text(&self) -> String {
        let Request { fingerprint, name, before, key, cause } = self;
        format!("{HEAD}\n{fingerprint}\n{name}\n{before}\n{key}\n{}\n", cause.as_str())
    }

    /// The request as it is carried to the board, signed with the new key and with the old one where there is one.
    ///
    /// # Errors
    /// [`NoteError`] for a name that no note can hold, or a key that does not sign.
    pub fn signed(&self, new: &dyn Signer, old: Option<&dyn Signer>) -> Result<Note, NoteError> {
        let mut note = Note { text: self.text(), signatures: Vec::new() };
        for signer in [Some(new), old].into_iter().flatten() {
            note.sign(&self.name, signer)?;
        }
        Ok(note)
    }

    /// Reads the text of a note; none where it is anything else, or spelled in another way.
    pub fn parse(text: &str) -> Option<Self> {
        let mut lines = text.lines();
        if lines.next()? != HEAD {
            return None;
        }
        let own = Request {
            fingerprint: lines.next()?.parse().ok()?,
            name: lines.next()?.to_owned(),
            before: lines.next()?.parse().ok()?,
            key: lines.next()?.parse().ok()?,
            cause: lines.next().and_then(|word| Cause::ALL.into_iter().find(|cause| cause.as_str() == word))?,
        };
        (own.text() == text).then_some(own)
    }
}

/// A replacement that stands in the record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rotated {
    /// The index of its leaf: a checkpoint of more leaves is after it.
    pub leaf: u64,
    /// What was asked for.
    pub request: Request,
    /// The key that gave way.
    pub before: PublicKey,
    /// The legal basis.
    pub basis: String,
}

/// A replacement that may not stand.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RotationProblem {
    /// Not a request, or one with lines that are not asked for.
    #[error("this is no request for another witness key, or it has lines of others")]
    Form,
    /// A name that the key list does not have, and the nearest one that it has.
    #[error("no witness signs under the name '{0}'{1}")]
    Witness(String, String),
    /// Another key than the one that counts now.
    #[error("the key that it replaces is not the one that '{0}' cosigns with now")]
    Before(String),
    /// A new key that is not Ed25519, or that somebody has or had.
    #[error("the new key of '{0}' is no Ed25519 key, or one that a witness or a log has or had")]
    Key(String),
    /// Nobody has shown to have the new key.
    #[error("the new key of '{0}' has not signed the request")]
    NewSignature(String),
    /// The old key has signed although it is lost, or has not although it is not.
    #[error("the old key of '{0}' must sign a request unless it is lost, and a lost one cannot have signed")]
    OldSignature(String),
    /// Another lost key, after which the board could make a quorum by itself.
    #[error("with the new key of '{0}' the board alone would vouch for keys enough to make a quorum")]
    Quorum(String),
    /// Another lost key, of more bodies than the definition lets the board vouch for.
    #[error(
        "with the new key of '{0}' the board alone would vouch for the keys of more bodies than thresholds.lost_witnesses"
    )]
    Lost(String),
}

impl Coded for RotationProblem {
    fn code(&self) -> &'static str {
        match self {
            RotationProblem::Form => "rotation.form",
            RotationProblem::Witness(..) => "rotation.witness",
            RotationProblem::Before(_) => "rotation.before",
            RotationProblem::Key(_) => "rotation.key",
            RotationProblem::NewSignature(_) => "rotation.new_signature",
            RotationProblem::OldSignature(_) => "rotation.old_signature",
            RotationProblem::Quorum(_) | RotationProblem::Lost(_) => "rotation.quorum",
        }
    }

    fn next(&self) -> &'static str {
        match self {
            RotationProblem::Quorum(_) | RotationProblem::Lost(_) => {
                "find the old key and have it sign the request: the others cosign until then"
            }
            _ => "have the witness write the request again with `sanad witness rotate`, from the key that counts now",
        }
    }
}

impl State {
    /// Replaces a witness's key; the board's signatures have been checked with those of every leaf.
    pub(crate) fn rotation(&mut self, frozen: &Frozen, own: &Rotation) -> Result<(), LeafProblem> {
        let note = Note::parse(own.request.as_bytes()).map_err(|_| RotationProblem::Form)?;
        let request = Request::parse(&note.text).ok_or(RotationProblem::Form)?;
        has_reason(request.cause.as_str(), &own.basis)?;
        if request.fingerprint != self.fingerprint {
            return Err(LeafProblem::Fingerprint(request.fingerprint.to_string()));
        }
        let before = self.witness_key(frozen, &request.name).ok_or_else(|| {
            let names = frozen.lists.witnesses.iter().map(|listed| listed.name.as_str());
            RotationProblem::Witness(request.name.clone(), near(&request.name, names))
        })?;
        if before.id() != request.before {
            return Err(RotationProblem::Before(request.name).into());
        }
        if request.key.kind() != KeyKind::Ed25519 || self.is_in_use(frozen, &request.name, &request.key) {
            return Err(RotationProblem::Key(request.name).into());
        }
        let is_signed_by = |key: &PublicKey| {
            let key = NoteKey::new(&request.name, NoteAlgorithm::Ed25519, key.clone());
            key.is_ok_and(|key| note.verify(&key).is_ok())
        };
        if !is_signed_by(&request.key) {
            return Err(RotationProblem::NewSignature(request.name).into());
        }
        let by_old = is_signed_by(&before);
        if by_old == (request.cause == Cause::Lost) {
            return Err(RotationProblem::OldSignature(request.name).into());
        }
        if note.signatures.len() != 1 + usize::from(by_old) {
            return Err(RotationProblem::Form.into());
        }
        if request.cause == Cause::Lost {
            self.may_vouch_for(frozen, &request.name)?;
        }
        self.rotations.push(Rotated { leaf: self.size, request, before, basis: own.basis.clone() });
        Ok(())
    }

    /// The key that a witness cosigns with after the leaves so far.
    fn witness_key(&self, frozen: &Frozen, name: &str) -> Option<PublicKey> {
        let replaced = self.rotations.iter().rev().find(|own| own.request.name == name);
        let listed = || frozen.lists.witnesses.iter().find(|listed| listed.name == name)?.key.parse::<PublicKey>().ok();
        replaced.map(|own| own.request.key.clone()).or_else(listed)
    }

    /// Does a witness or a log have this key, or had it once? Lines are found by name and short id, so that the ids of a
    /// witness's keys differ too.
    fn is_in_use(&self, frozen: &Frozen, name: &str, key: &PublicKey) -> bool {
        let text = key.to_string();
        let (witnesses, services) = (&frozen.lists.witnesses, &frozen.lists.services);
        let mut listed = witnesses.iter().map(|own| &own.key).chain(services.iter().map(|own| &own.key));
        let short_ids = |key: &PublicKey| {
            let of = |algorithm| NoteKey { name: name.to_owned(), algorithm, key: key.clone() }.id();
            [NoteAlgorithm::Ed25519, NoteAlgorithm::CosignatureV1].map(of)
        };
        let is_taken = |own: &PublicKey| short_ids(own).iter().zip(short_ids(key)).any(|(own, new)| *own == new);
        let before = self.rotations.iter().filter(|own| own.request.name == name).map(|own| &own.before);
        listed.any(|own| *own == text)
            || self.rotations.iter().any(|own| own.request.key == *key)
            || before.chain(&self.witness_key(frozen, name)).any(is_taken)
    }

    /// After this witness's key too was lost: were the keys that the board alone has vouched for as many as must cosign, and
    /// of every group, it could show a history of its own to whom it likes; one short of that, together with one body. How many it
    /// may vouch for is therefore the definition's to say.
    fn may_vouch_for(&self, frozen: &Frozen, name: &str) -> Result<(), RotationProblem> {
        let is_lost = |other: &str| {
            other == name
                || self.rotations.iter().any(|own| own.request.cause == Cause::Lost && own.request.name == other)
        };
        let listed = frozen.lists.witnesses.iter().filter(|own| is_lost(&own.name));
        let lost: BTreeSet<_> = listed.map(|own| &own.witness).collect();
        let def = &frozen.definition;
        let groups: BTreeSet<_> = def.witnesses.iter().map(|own| &own.group).collect();
        let lost_groups: BTreeSet<_> =
            def.witnesses.iter().filter(|own| lost.contains(&own.id)).map(|own| &own.group).collect();
        let thresholds = &def.rules.thresholds;
        if lost.len() >= usize::from(thresholds.witnesses) && lost_groups == groups {
            return Err(RotationProblem::Quorum(name.to_owned()));
        }
        match thresholds.lost_witnesses {
            Some(most) if lost.len() > usize::from(most) => Err(RotationProblem::Lost(name.to_owned())),
            _ => Ok(()),
        }
    }

    /// The witness policy for a checkpoint of `size` leaves of the record: the frozen one, with every key that a leaf among
    /// these has replaced. A cosignature by the key before is that of a stranger there.
    pub fn policy_at(&self, frozen: &Policy, size: u64) -> Policy {
        let mut policy = frozen.clone();
        for own in self.rotations.iter().filter(|own| own.leaf < size) {
            if let Some(witness) = policy.witnesses.iter_mut().find(|witness| witness.key.name == own.request.name) {
                witness.key.key = own.request.key.clone();
            }
        }
        policy
    }

    /// The witness policy for the checkpoints of the receiving service's log, which grows beside the record and not with it: beside the
    /// keys that count after the last leaf, those that gave way as planned. One body counts once, whichever key it used.
    pub fn intake_policy(&self, frozen: &Policy) -> Policy {
        let mut policy = self.policy_at(frozen, self.size);
        for own in self.rotations.iter().filter(|own| own.request.cause == Cause::Planned) {
            let witness = policy.witnesses.iter().find(|witness| witness.key.name == own.request.name).cloned();
            policy.witnesses.extend(witness.map(|witness| {
                let key = NoteKey { key: own.before.clone(), ..witness.key };
                PolicyWitness { key, ..witness }
            }));
        }
        policy
    }

    /// A checkpoint without the lines of keys that were lost or stolen: they prove nothing of when they were made. The receiving
    /// service's log may have had them before.
    pub fn without_gone(&self, note: &Note) -> Note {
        let gone = self.rotations.iter().filter(|own| own.request.cause != Cause::Planned);
        let gone = gone
            .filter_map(|own| NoteKey::new(&own.request.name, NoteAlgorithm::CosignatureV1, own.before.clone()).ok());
        let gone: Vec<NoteKey> = gone.collect();
        let lines = note.signatures.iter().filter(|line| !gone.iter().any(|key| key.made(line)));
        Note { text: note.text.clone(), signatures: lines.cloned().collect() }
    }
}
