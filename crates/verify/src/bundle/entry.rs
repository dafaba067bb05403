//! V.951 and V.952: the bundle is the one that was entered, and the entry stands in the record.

use std::path::Path;

use election::{Coded, Digest, Service};
use log::note::NoteAlgorithm;
use log::proof::InclusionProof;
use log::{FolderStore, NoteKey};
use record::State;
use record::disk::MANIFEST;
use record::entry::{Body, Entry, Export};
use record::evidence::{self, ENTRY, PROOF};

use super::On;
use crate::disk::{get, payload};
use crate::folder::Folder;
use crate::record_log::origin;
use crate::report::Check;
use crate::table::CheckId;

/// What the entry says, before anything of it is checked.
pub fn said(whole: &Folder) -> Option<Export> {
    match Entry::parse(&whole.bytes(ENTRY).ok()?).ok()?.body {
        Body::Export(export) => Some(export),
        _ => None,
    }
}

/// V.951.
pub fn entry(on: &On<'_>) -> Check {
    let mut check = Check::new(CheckId::Exported);
    let Some(leaf) = get(on.whole, &mut check, ENTRY) else { return check };
    // Signatures and mandate: as the fold takes it after the leaves that are here.
    match on.state.clone().apply(&on.election.frozen, &leaf) {
        Ok(()) => check.holds(),
        Err(problem) => check.fails(ENTRY, problem.code(), problem),
    }
    let Some(export) = said(on.whole) else { return check };
    let mut same = |yes: bool, what: &str| {
        check.expect(yes, ENTRY, "evidence.entry", || format!("names another {what} than that of this bundle"));
    };
    let digest = |folder: &Folder, path: &str| folder.files.get(path).map(|found| found.digest);
    same(digest(on.whole, MANIFEST) == Some(export.manifest), "manifest");
    same(payload(on.whole) == (export.bytes, export.files), "number of files or bytes");
    same(digest(on.data, evidence::PAPER) == Some(export.mandate.paper), "mandate");
    check
}

/// The code of an entry that was looked for in no publication.
pub const UNSEEN: &str = "evidence.unseen";

/// V.952: the entry is the next leaf after the record that is here, under a checkpoint of its log. Witnesses cannot have seen it
/// yet: whoever holds the keys could have made it in a history of its own, until a later publication shows that it was kept.
pub fn proof(on: &On<'_>, publication: Option<&Path>) -> Check {
    let mut check = Check::new(CheckId::ExportProof);
    let (Some(leaf), Some(bytes)) = (get(on.whole, &mut check, ENTRY), get(on.whole, &mut check, PROOF)) else {
        return check;
    };
    let next = on.log.log.checkpoint.size;
    let read = InclusionProof::parse(&bytes).map_err(Into::into);
    match read.and_then(|proof| proof.verify(&leaf).map(|checkpoint| (checkpoint, proof))) {
        Err(e) => check.fails(PROOF, e.code(), e),
        Ok((checkpoint, proof)) => {
            if let Err(e) = proof.checkpoint.verify(&on.log.key) {
                check.fails(PROOF, e.code(), e);
            }
            let root = on.log.root_with(&leaf);
            let same =
                checkpoint.origin == on.log.key.name && (checkpoint.size, Digest(checkpoint.root)) == (next + 1, root);
            check.expect(same && proof.index == next, PROOF, "evidence.proof", || {
                format!("does not lead to the record that is here and this entry as its leaf {next}")
            });
        }
    }
    match publication {
        None => check.misses(
            ENTRY,
            UNSEEN,
            "no witness can have seen the entry when it was handed out: compare with the publication that names it (--publication)",
        ),
        Some(folder) => published(on, folder, &leaf, &mut check),
    }
    check
}

/// A later publication goes on from the record that is here, and has the entry next.
fn published(on: &On<'_>, folder: &Path, leaf: &[u8], check: &mut Check) {
    let place = folder.join("record").display().to_string();
    let read = on.election.frozen.keyring.service(Service::RecordLog).map_err(|e| (e.code(), e.to_string()));
    let read = read.and_then(|key| {
        NoteKey::new(&origin(on.election, "record"), NoteAlgorithm::Ed25519, key.clone())
            .map_err(|e| (e.code(), e.to_string()))
    });
    let read = read.and_then(|key| {
        log::read_static(&FolderStore::new(folder.join("record")), &key)
            .map_err(|problems| problems.first().map_or(("log.wrong", String::new()), |p| (p.code(), p.to_string())))
    });
    let later = match read {
        Ok(later) => later,
        Err((code, why)) => return check.misses(place, code, why),
    };
    let (own, here) = (&on.log.log, on.log.log.leaves.len());
    let is_later = later.leaves.len() > here;
    if let Err(e) = if is_later { later.continues(own) } else { own.continues(&later) } {
        return check.fails(place, e.code(), e);
    }
    match later.leaves.get(here) {
        Some(found) => {
            check.expect(found.as_slice() == leaf, &place, "evidence.other_entry", || {
                format!("has another leaf {here} than the entry of this bundle")
            });
        }
        None => {
            check.misses(&place, "evidence.earlier", "ends before the entry of this bundle: take a later publication")
        }
    }
    // A key may have been replaced after the entry.
    let state = match State::fold(&on.election.frozen, &later.leaves) {
        Ok(state) => state,
        Err(e) => return check.fails(place, e.code(), e),
    };
    let Some(policy) = on.election.policy_at(Some(&state), later.checkpoint.size) else { return };
    if !policy.quorum(&later.note).met {
        let what = "is not cosigned as the witness policy asks";
        check.misses(folder.join("record/checkpoint").display(), "witness.quorum", what);
    }
}
