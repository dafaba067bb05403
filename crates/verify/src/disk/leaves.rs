//! The leaves of a disk: their fold (V.204), the witnesses (V.205), their proofs (V.902), their office (V.903), their slips (V.904).

use std::collections::{BTreeMap, BTreeSet};

use election::{Coded, Definition, Digest, OfficeId, Service};
use log::note::NoteAlgorithm;
use log::proof::InclusionProof;
use log::{Checkpoint, Note, NoteKey};
use package::slip::Slip;
use record::State;
use record::disk::handover::TreeHead;
use record::disk::{self, CHECKPOINT, leaf_index, leaf_path, proof_path, slip_path, slip_text};
use record::entry::{Body, Entry};

use super::get;
use crate::figures;
use crate::folder::Folder;
use crate::logs;
use crate::record_log::{Election, fold, needs, origin, replaced};
use crate::report::Check;
use crate::stations::Stations;
use crate::table::CheckId;

/// What the record says on a disk.
pub struct Leaves {
    /// The leaves by their index in the record.
    of: BTreeMap<u64, Vec<u8>>,
    /// The bytes of the checkpoint.
    checkpoint: Option<Vec<u8>>,
}

impl Leaves {
    /// Reads them; of those that cannot be read the bag has told.
    pub fn read(data: &Folder) -> Self {
        let leaves = data.under("record/").filter_map(|(path, _)| Some((leaf_index(path)?, data.bytes(path).ok()?)));
        Leaves { of: leaves.collect(), checkpoint: data.bytes(CHECKPOINT).ok() }
    }

    /// Leaf 0.
    pub fn first(&self) -> Option<&[u8]> {
        self.of.get(&0).map(Vec::as_slice)
    }

    fn note(&self) -> Option<(Note, Checkpoint)> {
        let note = Note::parse(self.checkpoint.as_deref()?).ok()?;
        let checkpoint = Checkpoint::parse(&note.text).ok()?;
        Some((note, checkpoint))
    }

    /// The checkpoint without its signatures.
    pub fn head(&self) -> Option<TreeHead> {
        self.note().map(|(_, checkpoint)| TreeHead { size: checkpoint.size, root: Digest(checkpoint.root) })
    }

    /// Since when enough witnesses have seen the checkpoint, in POSIX seconds.
    pub fn witnessed_at(&self, election: &Election, state: Option<&State>) -> Option<u64> {
        let (note, checkpoint) = self.note()?;
        election.policy_at(state, checkpoint.size)?.quorum(&note).seen_at
    }

    fn entries(&self) -> impl Iterator<Item = (u64, Body)> {
        self.of.iter().filter_map(|(index, leaf)| Some((*index, Entry::parse(leaf).ok()?.body)))
    }

    /// V.204.
    pub fn fold(&self, election: &Election, checks: &mut Vec<Check>) -> Option<State> {
        if self.first().is_none() {
            checks.push(needs(CheckId::Leaves, "record/", "a leaf 0"));
            return None;
        }
        let indexes: Vec<u64> = self.of.keys().copied().collect();
        let leaves: Vec<Vec<u8>> = self.of.values().cloned().collect();
        let index = |place| usize::try_from(place).ok().and_then(|place| indexes.get(place)).copied().unwrap_or(place);
        let (check, state) = fold(election, &leaves, true, index);
        checks.push(check);
        state
    }

    /// V.205 and V.902.
    pub fn proofs(&self, data: &Folder, election: &Election, state: Option<&State>) -> [Check; 2] {
        let mut witnesses = Check::new(CheckId::RecordWitnesses);
        let mut proofs = Check::new(CheckId::Proofs);
        match (get(data, &mut witnesses, CHECKPOINT), self.note()) {
            (None, _) => {}
            (Some(_), None) => witnesses.fails(CHECKPOINT, "disk.checkpoint", "is no checkpoint of the record"),
            (Some(_), Some((note, checkpoint))) => self.judge(&note, &checkpoint, (election, state), &mut witnesses),
        }
        for (index, leaf) in &self.of {
            let path = proof_path(*index);
            let Some(bytes) = get(data, &mut proofs, &path) else { continue };
            match InclusionProof::parse(&bytes).map_err(Into::into).and_then(|p| p.verify(leaf).map(|_| p)) {
                Err(e) => proofs.fails(&path, e.code(), e),
                Ok(proof) => {
                    let same = proof.index == *index && Some(proof.checkpoint.to_bytes()) == self.checkpoint;
                    proofs.expect(same, &path, "disk.proof", || {
                        "is of another leaf, or leads to another checkpoint than that of this disk".into()
                    });
                }
            }
        }
        let strays = data.under("record/").filter_map(|(path, _)| path.strip_suffix(".proof"));
        for stem in strays.filter(|stem| !data.files.contains_key(&format!("{stem}.json"))) {
            proofs.misses(format!("{stem}.json"), "file.missing", "is not there");
        }
        [witnesses, proofs]
    }

    fn judge(
        &self,
        note: &Note,
        checkpoint: &Checkpoint,
        (election, state): (&Election, Option<&State>),
        check: &mut Check,
    ) {
        let name = origin(election, "record");
        check.expect(checkpoint.origin == name, CHECKPOINT, "disk.checkpoint", || {
            "is no checkpoint of the record".into()
        });
        let key = election.frozen.keyring.service(Service::RecordLog).map_err(|e| (e.code(), e.to_string()));
        let key = key.and_then(|key| {
            NoteKey::new(&name, NoteAlgorithm::Ed25519, key.clone()).map_err(|e| (e.code(), e.to_string()))
        });
        // Every leaf that replaces a key lies on every disk, so that its place among these says the same as that in the record.
        match (key, election.policy_at(state, checkpoint.size)) {
            (Err((code, why)), _) => check.fails(CHECKPOINT, code, why),
            (Ok(_), None) => check.misses(CHECKPOINT, "verify.needs", "needs the witness policy (V.105)"),
            (Ok(key), Some(policy)) => {
                logs::judge(note, &key, &policy, CHECKPOINT, false, check);
                replaced(state, check);
            }
        }
    }

    /// V.903.
    pub fn office(&self, def: &Definition, office: &OfficeId, state: &State) -> Check {
        let mut check = Check::new(CheckId::Office);
        for (index, body) in self.entries() {
            check.expect(disk::holds(def, office, &body), leaf_path(index), "disk.other_office", || {
                format!("is about no station of the office {office}")
            });
        }
        let own = def.stations.iter().filter(|station| station.office == *office && station.count_with.is_none());
        for station in own {
            if state.evidence.get(&station.id).is_some_and(|evidence| !evidence.imports.is_empty()) {
                check.holds();
            } else {
                let what = "nothing of it had been imported when the disk was written";
                check.records(format!("station {}", station.id), "disk.no_content", what);
            }
        }
        check
    }

    /// V.904.
    pub fn slips(&self, data: &Folder, state: &State, def: &Definition, stations: &Stations) -> Check {
        let mut check = Check::new(CheckId::DiskSlips);
        let mut known = BTreeSet::new();
        for (index, body) in self.entries() {
            let Body::Slip(leaf) = body else { continue };
            let Ok(slip) = Slip::join(&leaf.codes) else { continue };
            let slip = slip.claims();
            let path = slip_path(&slip.station, index);
            known.insert(path.clone());
            let Some(bytes) = get(data, &mut check, &path) else { continue };
            if !check.expect(bytes == slip_text(&leaf.codes), &path, "disk.slip", || {
                "is not the slip that its leaf holds".into()
            }) {
                continue;
            }
            let published = stations.of.get(&slip.station).map_or(&[][..], Vec::as_slice);
            let agrees = published
                .iter()
                .any(|content| content.digest == slip.results && figures::slip(slip, &content.results).is_empty());
            if agrees {
                check.holds();
            } else {
                let standing = state.standing(def, &slip.station).map_or("", |standing| standing.standing.as_str());
                let what = format!("says what no content of its station says; the station is {standing}");
                check.records(&path, "disk.slip_differs", what);
            }
        }
        for (path, _) in data.under("slips/").filter(|(path, _)| !known.contains(*path)) {
            check.fails(path, "disk.stray_slip", "is the slip of no leaf on this disk");
        }
        if known.is_empty() && check.failed == 0 {
            check.records("slips/", "disk.no_slip", "no slip of a station of this office had been handed in");
        }
        check
    }
}
