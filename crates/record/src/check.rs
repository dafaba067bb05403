//! What can be said of a leaf before its place is known: its form, its head, and every signature on it and in it.
//!
//! Nothing here depends on the leaves before it, leaf 0 and successions of keys apart, so that many leaves can be checked at once.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Mutex, PoisonError};

use election::{Digest, PersonId, Role, Service, StationId};
use sign::PublicKey;
use sign::dsse::DsseError;

use crate::docket::{DocketProblem, SignedBy, SuccessionProblem};
use crate::entry::{Body, Entry, Head, Signers, Slip};
use crate::fold::LeafProblem;
use crate::frozen::Frozen;
use crate::keyring::Signatories;
use crate::standing::SlipEvidence;

/// A leaf whose form, head and signatures hold. Whether it may stand where it stands is for the fold.
pub(crate) struct Checked {
    /// SHA-256 of the leaf.
    pub digest: Digest,
    /// What it says.
    pub body: Body,
    /// The signer's clock, as the leaf gives it.
    pub at: String,
    /// The people who have signed it; none where a service has.
    pub by: BTreeSet<PersonId>,
    /// What the codes of a slip say, or why they prove nothing; none for other leaves.
    pub slip: Option<Result<(StationId, SlipEvidence), LeafProblem>>,
}

impl Checked {
    /// Reads and checks a leaf of the record that `fingerprint` names.
    pub fn of(
        frozen: &Frozen,
        people: &Signatories,
        fingerprint: Digest,
        slips: &Slips,
        leaf: &[u8],
    ) -> Result<Self, LeafProblem> {
        let entry = Entry::parse(leaf)?;
        if entry.head.scope != frozen.definition.scope {
            return Err(scope_problem(&entry.head));
        }
        if entry.head.fingerprint != Some(fingerprint) {
            let said = entry.head.fingerprint.map_or_else(|| "none".to_owned(), |d| d.to_string());
            return Err(LeafProblem::Fingerprint(said));
        }
        let by = check_signatures(frozen, people, &entry)?;
        let slip = match &entry.body {
            Body::Slip(slip) => Some(slips.read(frozen, fingerprint, slip)),
            _ => None,
        };
        Ok(Checked { digest: entry.digest, body: entry.body, at: entry.head.at, by, slip })
    }
}

/// Slips that were read and hold, by the hash of their codes: the agents of a station hold copies of one slip, signed
/// once, and each copy is a leaf.
#[derive(Default)]
pub(crate) struct Slips(Mutex<BTreeMap<Digest, (StationId, SlipEvidence)>>);

impl Slips {
    /// What the codes say; the party is that of the leaf.
    fn read(
        &self,
        frozen: &Frozen,
        fingerprint: Digest,
        slip: &Slip,
    ) -> Result<(StationId, SlipEvidence), LeafProblem> {
        let known = || self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let codes = Digest::of(slip.codes.join("\n").as_bytes());
        let found = known().get(&codes).cloned();
        let (station, evidence) = match found {
            Some(found) => found,
            None => {
                let read = read_slip(frozen, fingerprint, slip)?;
                known().insert(codes, read.clone());
                read
            }
        };
        if let Some(party) = &slip.party
            && !frozen.definition.parties.iter().any(|own| own.id == *party)
        {
            return Err(LeafProblem::Slip(format!("there is no party '{party}' in the definition")));
        }
        Ok((station, SlipEvidence { party: slip.party.clone(), ..evidence }))
    }
}

/// What the device printed, where its signature holds.
fn read_slip(frozen: &Frozen, fingerprint: Digest, slip: &Slip) -> Result<(StationId, SlipEvidence), LeafProblem> {
    let refused = |why: String| LeafProblem::Slip(why);
    let joined = package::slip::Slip::join(&slip.codes).map_err(|e| refused(e.to_string()))?;
    let claimed = joined.claims();
    let (station, key) = frozen
        .keyring
        .devices
        .get(&claimed.device)
        .ok_or_else(|| LeafProblem::Device { device: claimed.device.to_string(), station: claimed.station.clone() })?;
    let figures = joined.verify(key).map_err(|e| refused(e.to_string()))?;
    if figures.fingerprint != fingerprint {
        return Err(LeafProblem::Fingerprint(figures.fingerprint.to_string()));
    }
    if figures.station != *station {
        return Err(refused(format!("device {} is not the device of station {}", figures.device, figures.station)));
    }
    let evidence = SlipEvidence {
        device: figures.device.clone(),
        generation: figures.generation,
        results: figures.results,
        party: slip.party.clone(),
    };
    Ok((station.clone(), evidence))
}

pub(crate) fn scope_problem(head: &Head) -> LeafProblem {
    let scope = &head.scope;
    LeafProblem::Scope(format!("{}, round {}, {}", scope.election, scope.round, scope.mode.as_str()))
}

/// Every signature is by a key that may sign this kind, all hold, and there are enough. Gives the people who have signed.
pub(crate) fn check_signatures(
    frozen: &Frozen,
    people: &Signatories,
    entry: &Entry,
) -> Result<BTreeSet<PersonId>, LeafProblem> {
    let kind = entry.body.kind();
    let officers = (Role::Officer, people.officers);
    // How many of each role must have signed.
    let asked: &[(Role, usize)] = match entry.body.signers() {
        Signers::Board => &[(Role::Board, people.board)],
        Signers::TwoOfficers => &[officers],
        Signers::Panel => &[(Role::Board, 1), officers],
        Signers::Centre => &[],
        Signers::Succession => return check_succession(people, entry),
    };
    let wrong = |why: String| LeafProblem::Signature { kind, why };
    let keys = match asked {
        [] => vec![frozen.keyring.service(Service::Centre).map_err(|e| wrong(e.to_string()))?],
        _ => asked.iter().flat_map(|(role, _)| people.of_role(*role)).collect(),
    };
    signed(people, entry, &keys, asked)
}

/// Of a succession everybody signs whose key begins, and as many of those whose place they take, or of the registrars, as it says.
fn check_succession(people: &Signatories, entry: &Entry) -> Result<BTreeSet<PersonId>, LeafProblem> {
    let Body::Succession(own) = &entry.body else { return Err(LeafProblem::First(entry.body.kind())) };
    let asked = match own.signed_by {
        SignedBy::Board => (Role::Board, people.board),
        SignedBy::Registrars => (Role::Officer, people.officers),
    };
    let begins = own.keys().map_err(DocketProblem::from)?;
    let new = begins.iter().map(|(_, key)| key);
    let keys: Vec<&PublicKey> = people.of_role(asked.0).into_iter().chain(new).collect();
    let by = signed(people, entry, &keys, &[asked])?;
    let ids = entry.envelope.key_ids();
    match begins.iter().find(|(_, key)| !ids.contains(&key.id())) {
        Some((own, _)) => Err(DocketProblem::from(SuccessionProblem::Possession(own.person.clone())).into()),
        None => Ok(by),
    }
}

/// Whoever of `people` has signed with one of `keys`: at least as many of each role as asked.
fn signed(
    people: &Signatories,
    entry: &Entry,
    keys: &[&PublicKey],
    asked: &[(Role, usize)],
) -> Result<BTreeSet<PersonId>, LeafProblem> {
    let kind = entry.body.kind();
    let ids = entry.envelope.verify(kind, keys).map_err(|e| match e {
        DsseError::Key(id) if people.ended.contains_key(&id) => {
            DocketProblem::from(SuccessionProblem::Ended(people.ended[&id].clone())).into()
        }
        other => LeafProblem::Signature { kind, why: other.to_string() },
    })?;
    let by: BTreeMap<&PersonId, Role> = ids.iter().filter_map(|id| people.person(id)).collect();
    let needed = asked.iter().map(|(_, needed)| needed).sum();
    let of_role = |role: Role| by.values().filter(|own| **own == role).count();
    if asked.iter().any(|(role, needed)| of_role(*role) < *needed) {
        return Err(LeafProblem::Threshold { kind, needed, have: by.len() });
    }
    Ok(by.into_keys().cloned().collect())
}
