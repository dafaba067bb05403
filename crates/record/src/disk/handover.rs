//! `handover.dsse.json`: which disk was given to whom, signed by an officer.

use election::{Coded, Definition, Digest, OfficeId, PartyId, PersonId, Role, Scope};
use serde::{Deserialize, Serialize};
use sign::dsse::{self, DsseError, Envelope};
use sign::{KeyId, Signer};

use crate::keyring::Signatories;

/// The kind of a receipt, in its payload type.
pub const HANDOVER_KIND: &str = "handover";

/// A checkpoint without its signatures: a size of the record, and the root of its tree.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TreeHead {
    /// How many leaves.
    pub size: u64,
    /// The root hash (RFC 6962).
    pub root: Digest,
}

/// The payload of the receipt.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HandOver {
    /// Election, round and mode.
    pub scope: Scope,
    /// The election fingerprint.
    pub fingerprint: Digest,
    /// The office whose stations the disk has.
    pub office: OfficeId,
    /// The party that it is given to.
    pub party: PartyId,
    /// The party's agent who takes it.
    pub delegate: PersonId,
    /// SHA-256 of `tagmanifest-sha256.txt`, and through it of every file but the receipt.
    pub bag: Digest,
    /// The checkpoint that the proofs lead to.
    pub checkpoint: TreeHead,
    /// How many files the payload has.
    pub files: u64,
    /// How many bytes they have together.
    pub bytes: u64,
    /// When it was given, by the signer's clock (RFC 3339); shown and never relied upon.
    pub time: String,
}

/// A disk that may not be given so, or a receipt that proves nothing.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum HandOverError {
    /// No such office.
    #[error("the definition has no office '{0}'")]
    Office(OfficeId),
    /// No such party.
    #[error("the definition has no party '{0}'")]
    Party(PartyId),
    /// No such person.
    #[error("the definition has no person '{0}'")]
    Delegate(PersonId),
    /// Not an agent of that party, or of another office.
    #[error("'{delegate}' is no agent of the party '{party}' for the office '{office}'")]
    NotAgent {
        /// Who.
        delegate: PersonId,
        /// The party.
        party: PartyId,
        /// The office.
        office: OfficeId,
    },
    /// Signed by a key of nobody who may.
    #[error("the receipt is signed by the key {0}, which is no officer's of this election for this office")]
    Signer(KeyId),
    /// The envelope, its kind, its signature or its payload.
    #[error("the receipt: {0}")]
    Envelope(#[from] DsseError),
}

impl Coded for HandOverError {
    fn code(&self) -> &'static str {
        match self {
            HandOverError::Office(_) => "disk.office",
            HandOverError::Party(_) => "disk.party",
            HandOverError::Delegate(_) => "disk.delegate",
            HandOverError::NotAgent { .. } => "disk.not_agent",
            HandOverError::Signer(_) => "disk.signer",
            HandOverError::Envelope(error) => error.code(),
        }
    }

    fn next(&self) -> &'static str {
        match self {
            HandOverError::Office(_) => "write the id as offices.csv has it",
            HandOverError::Party(_) => "write the id as parties.csv has it",
            HandOverError::Delegate(_) => "write the id as people.csv has it",
            HandOverError::NotAgent { .. } => {
                "name an agent that people.csv lists for this party, and for this office or for none"
            }
            HandOverError::Signer(_) => "have it signed by an officer of keys/people.csv, of this office or of none",
            HandOverError::Envelope(error) => error.next(),
        }
    }
}

/// May `delegate` take a disk of `office` for `party`? All three are in the definition, and the delegate is an agent of the
/// party whom it ties to no other office.
///
/// # Errors
/// [`HandOverError`]: all of its kinds that are not about the receipt.
pub fn may_take(
    def: &Definition,
    office: &OfficeId,
    party: &PartyId,
    delegate: &PersonId,
) -> Result<(), HandOverError> {
    if def.office(office).is_none() {
        return Err(HandOverError::Office(office.clone()));
    }
    if !def.parties.iter().any(|known| known.id == *party) {
        return Err(HandOverError::Party(party.clone()));
    }
    let person = def.people.iter().find(|person| person.id == *delegate);
    let person = person.ok_or_else(|| HandOverError::Delegate(delegate.clone()))?;
    let is_agent = person.role == Role::Agent && person.party.as_ref() == Some(party);
    if is_agent && person.office.as_ref().is_none_or(|own| own == office) {
        return Ok(());
    }
    Err(HandOverError::NotAgent { delegate: delegate.clone(), party: party.clone(), office: office.clone() })
}

impl HandOver {
    /// Signs it.
    ///
    /// # Errors
    /// [`DsseError`]. Whether the signer may is asked by [`HandOver::verify`].
    pub fn sign(&self, signer: &dyn Signer) -> Result<Vec<u8>, DsseError> {
        dsse::sign_json(HANDOVER_KIND, self, &[signer]).map(|envelope| envelope.to_bytes())
    }

    /// What a receipt says, before any signature is looked at.
    ///
    /// # Errors
    /// [`HandOverError::Envelope`].
    pub fn parse(bytes: &[u8]) -> Result<Self, HandOverError> {
        Ok(Envelope::parse(bytes)?.read()?)
    }

    /// What a receipt says, signed by officers alone, as they stand after the leaves of the disk, whom the definition ties to no other office.
    ///
    /// # Errors
    /// [`HandOverError::Signer`] and [`HandOverError::Envelope`].
    pub fn verify(bytes: &[u8], def: &Definition, people: &Signatories) -> Result<Self, HandOverError> {
        let envelope = Envelope::parse(bytes)?;
        let handover: HandOver = envelope.read()?;
        let is_tied_elsewhere = |id: &PersonId| {
            let tied = def.people.iter().find(|person| person.id == *id).and_then(|person| person.office.as_ref());
            tied.is_some_and(|own| *own != handover.office)
        };
        let officers = people.people.iter().filter(|(id, (role, _))| *role == Role::Officer && !is_tied_elsewhere(id));
        let keys: Vec<&sign::PublicKey> = officers.map(|(_, (_, key))| key).collect();
        envelope.verify(HANDOVER_KIND, &keys).map_err(|error| match error {
            DsseError::Key(id) => HandOverError::Signer(id),
            other => other.into(),
        })?;
        Ok(handover)
    }
}
