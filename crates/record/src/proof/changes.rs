//! Which keys of witnesses count, by the leaves of the record that a proof carries.

use log::note::{NoteError, NoteSignature};
use log::{Note, Policy, Quorum};
use serde::{Deserialize, Serialize};

use super::receipt::included;
use super::{Against, ProofProblem};
use crate::disk::{About, about};
use crate::entry::{Body, Entry};
use crate::fold::{LeafProblem, State};

const OTHER_CHECKPOINT: &str = "it is out of order, or under another checkpoint than the rest";

/// A leaf of the record by which other keys or people count than were frozen, and the way from it to a cosigned checkpoint.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Change {
    /// The leaf, a DSSE envelope in the bytes that were logged.
    pub leaf: String,
    /// The C2SP tlog-proof.
    pub proof: String,
}

impl Change {
    /// The places of the leaves that a proof must carry, in their order: of those that are about every station, the first one above
    /// all. None where no witness's key gave way: then the definition is enough.
    pub fn needed<L: AsRef<[u8]>>(leaves: &[L]) -> Vec<u64> {
        let bodies =
            (0..).zip(leaves).filter_map(|(index, leaf)| Some((index, Entry::parse(leaf.as_ref()).ok()?.body)));
        let all: Vec<(u64, Body)> = bodies.filter(|(_, body)| about(body) == About::All).collect();
        let rotates = all.iter().any(|(_, body)| matches!(body, Body::Rotation(_)));
        all.into_iter().filter(|_| rotates).map(|(index, _)| index).collect()
    }
}

/// Who has cosigned `note`, if that is enough by the frozen keys and those that the carried leaves put in their place.
pub(super) fn quorum(changes: &[Change], note: &Note, against: &Against<'_>) -> Result<Quorum, ProofProblem> {
    let Some((first, rest)) = changes.split_first() else { return met(against.policy, note) };
    let (state, record, size) = folded(first, rest, against)?;
    let of_record = met(&state.policy_at(against.policy, size), &record)?;
    if *note == record {
        return Ok(of_record);
    }
    // A checkpoint of the record is judged by the leaves under it and no others.
    if note.text.lines().next() == record.text.lines().next() {
        return Err(ProofProblem::Change(0, OTHER_CHECKPOINT.to_owned()));
    }
    met(&state.intake_policy(against.policy), &state.without_gone(note))
}

/// What the carried leaves say, the one checkpoint of the record that all stand under, and how many leaves that has.
fn folded(first: &Change, rest: &[Change], against: &Against<'_>) -> Result<(State, Note, u64), ProofProblem> {
    let of_record = |own: &Change| {
        let (proof, checkpoint) = included(&own.leaf, &own.proof, against)?;
        match checkpoint.origin.ends_with("/record") {
            true => Ok((proof.index, proof.checkpoint, checkpoint.size)),
            false => Err(ProofProblem::Change(proof.index, "it is no leaf of the record".to_owned())),
        }
    };
    let refused = |index, problem: LeafProblem| ProofProblem::Change(index, problem.to_string());
    let (index, note, size) = of_record(first)?;
    if index != 0 {
        return Err(ProofProblem::Change(index, OTHER_CHECKPOINT.to_owned()));
    }
    let begun = State::begin(against.frozen, first.leaf.as_bytes());
    let mut state = begun.map_err(|problem| refused(index, problem))?;
    if against.fingerprint.is_some_and(|pinned| pinned != state.fingerprint) {
        return Err(ProofProblem::Scope);
    }
    state.is_part = true;
    for own in rest {
        let (index, of_this, _) = of_record(own)?;
        if of_this != note || index < state.size {
            return Err(ProofProblem::Change(index, OTHER_CHECKPOINT.to_owned()));
        }
        // Which key counts for a checkpoint follows from the leaf's place in the whole record.
        state.size = index;
        state.apply(against.frozen, own.leaf.as_bytes()).map_err(|problem| refused(index, problem))?;
    }
    Ok((state, note, size))
}

/// Enough have cosigned, each with a key that is known.
fn met(policy: &Policy, note: &Note) -> Result<Quorum, ProofProblem> {
    let quorum = policy.quorum(note);
    if let Some(name) = quorum.refused.first() {
        let mut lines = note.signatures.iter().filter(|line| line.name == *name);
        let is_known = |line: &NoteSignature| {
            let mut keys = policy.logs.iter().chain(policy.witnesses.iter().map(|witness| &witness.key));
            keys.any(|key| key.made(line))
        };
        let strange = lines.find(|line| !is_known(line));
        return Err(match strange {
            Some(line) => ProofProblem::UnknownKey { name: name.clone(), id: format!("{:08x}", line.id) },
            None => NoteError::Signature(name.clone()).into(),
        });
    }
    match quorum.met {
        true => Ok(quorum),
        false => Err(ProofProblem::Quorum(quorum.lacking.max(quorum.missing_groups.len()))),
    }
}
