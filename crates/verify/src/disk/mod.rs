//! A party's disk: the checks of a publication that it has the files for, and V.9xx.
//!
//! The disk holds the leaves about its office's stations alone. What stands about a station depends on its own leaves and
//! on changed rules, which are all there, so that the fold of these leaves gives the same standing as the whole record.
//! That no leaf was left out cannot be seen from a disk: that takes a publication.

pub(crate) mod bag;
pub(crate) mod described;
mod leaves;

use std::path::Path;

use election::{Coded, Digest};
use record::disk::handover::{HandOver, may_take};
use record::disk::{CHECKPOINT, DATA, README, RECEIPT, STATIONS, TAG_MANIFEST, TAGS, WITHHELD, leaf_path};
use record::{Frozen, Signatories, State};
use serde::Serialize;

use crate::folder::{Absent, Folder};
use crate::record_log::{self, Record, needs};
use crate::report::{Check, Report, Root};
use crate::table::CheckId;
use crate::{OnProgress, stations};
use bag::Kind;
use leaves::Leaves;

/// What was found on a disk.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct DiskReport {
    /// The verdict and the checks.
    #[serde(flatten)]
    pub report: Report,
    /// What the receipt says, where it can be read; whether it holds is V.901.
    pub handover: Option<HandOver>,
}

/// The folder is not a party's disk at all: exit code 2.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0} is no party's disk: it has neither a receipt nor leaf 0 of a record")]
pub struct NotADisk(pub String);

impl Coded for NotADisk {
    fn code(&self) -> &'static str {
        "disk.not_a_disk"
    }

    fn next(&self) -> &'static str {
        "name the folder that holds handover.dsse.json and data/; a publication is checked with `sanad verify`"
    }
}

/// Checks the disk in `folder`, with nothing else at hand. `pinned` is the election fingerprint from paper; without it the
/// verdict is at best incomplete. With `now`, the caller's clock in POSIX seconds, the report tells how old the record is.
///
/// # Errors
/// [`NotADisk`] where there is nothing to check. All else is in the report.
pub fn disk(
    folder: &Path,
    pinned: Option<Digest>,
    now: Option<i64>,
    progress: OnProgress,
) -> Result<DiskReport, NotADisk> {
    let whole = KIND.read(folder, progress);
    let first = format!("{DATA}{}", leaf_path(0));
    if ![RECEIPT, first.as_str()].iter().any(|path| whole.files.contains_key(*path)) {
        return Err(NotADisk(folder.display().to_string()));
    }
    let mut checks = Vec::new();
    let manifest = bag::check(&whole, &KIND, &mut checks);
    oxum(&whole, &mut checks);
    let data = whole.below(DATA);
    let election = record_log::election(&data, Some(&manifest), &mut checks);
    let election = election.as_ref();
    let leaves = Leaves::read(&data);
    let fingerprint = leaves.first().map(Digest::of);
    checks.push(record_log::root(fingerprint, pinned));
    let mut record = None;
    let mut handover = None;
    match election {
        Some(election) => {
            checks.push(record_log::frozen(election, leaves.first()));
            let state = leaves.fold(election, &mut checks);
            checks.extend(leaves.proofs(&data, election, state.as_ref()));
            handover = receipt(&whole, &election.frozen, state.as_ref(), &leaves, &mut checks);
            let witnessed_at = leaves.witnessed_at(election, state.as_ref());
            record = Some(Record { leaves: Vec::new(), state, witnessed_at });
        }
        None => {
            let ids = [CheckId::Frozen, CheckId::Leaves, CheckId::RecordWitnesses, CheckId::Proofs, CheckId::HandOver];
            checks.extend(ids.map(|id| needs(id, DATA, "the definition (V.105)")));
        }
    }
    let mut own = Vec::new();
    let looked = stations::Looked {
        folder: &data,
        manifest: Some(&manifest),
        election,
        record: record.as_ref(),
        intake: None,
        mandate: None,
    };
    let published = stations::check(&looked, progress, &mut own);
    // The intake log is in the publication, and not on a disk.
    checks.extend(own.into_iter().filter(|check| check.id != CheckId::Receipts));
    let state: Option<&State> = record.as_ref().and_then(|record| record.state.as_ref());
    match (election, state, &published, &handover) {
        (Some(election), Some(state), Some(published), Some(handover)) => {
            let on = described::On { data: &data, manifest: &manifest, election, state, handover };
            checks.push(leaves.office(&election.frozen.definition, &handover.office, state));
            checks.push(leaves.slips(&data, state, &election.frozen.definition, published));
            checks.push(described::service_receipts(on.data, on.manifest, on.election, on.state));
            checks.push(described::check(&whole, &on));
        }
        _ => {
            let ids = [CheckId::Office, CheckId::DiskSlips, CheckId::ServiceReceipts, CheckId::Described];
            checks
                .extend(ids.map(|id| needs(id, DATA, "the receipt, the definition and leaf 0 (V.901, V.105, V.204)")));
        }
    }
    let freshness = record_log::freshness(election, record.as_ref(), now);
    let report = Report { freshness, ..Report::of(Root { pinned, fingerprint }, checks) };
    Ok(DiskReport { report, handover })
}

/// A party's disk as a bag.
const KIND: Kind = Kind {
    beside: &[RECEIPT],
    is_part,
    stray: ("disk.stray", "is listed, but no part of a party's disk: nothing compares it"),
};

/// V.102 of a disk: its tag file says how many files and bytes the payload has.
fn oxum(whole: &Folder, checks: &mut [Check]) {
    let (Ok(bytes), Some(bag)) = (whole.bytes(TAGS[0]), checks.iter_mut().find(|check| check.id == CheckId::Bag))
    else {
        return;
    };
    let (size, files) = payload(whole);
    let same = bytes.ends_with(format!("\nPayload-Oxum: {size}.{files}\n").as_bytes());
    bag.expect(same, TAGS[0], "disk.oxum", || format!("does not say that data/ has {files} files of {size} bytes"));
}

/// Is it a path of the payload? Files of `election/`, `stations/` and `slips/` are held against leaves one by one.
fn is_part(path: &str) -> bool {
    let is_leaf = |path: &str| {
        let leaf = path.strip_suffix(".proof").map(|stem| format!("{stem}.json"));
        record::disk::leaf_index(leaf.as_deref().unwrap_or(path)).is_some()
    };
    [CHECKPOINT, README, STATIONS, WITHHELD].contains(&path)
        || ["election/", "stations/", "slips/"].iter().any(|folder| path.starts_with(folder))
        || is_leaf(path)
}

/// V.901; gives what the receipt says, whether it holds or not.
fn receipt(
    whole: &Folder,
    frozen: &Frozen,
    state: Option<&State>,
    leaves: &Leaves,
    checks: &mut Vec<Check>,
) -> Option<HandOver> {
    let mut check = Check::new(CheckId::HandOver);
    let said = match whole.bytes(RECEIPT) {
        Ok(bytes) => {
            let listed = Signatories::of(&frozen.definition, &frozen.keyring);
            let people = state.map_or(&listed, |state| &state.signatories);
            match HandOver::verify(&bytes, &frozen.definition, people) {
                Ok(_) => check.holds(),
                Err(e) => check.fails(RECEIPT, e.code(), e),
            }
            HandOver::parse(&bytes).ok()
        }
        Err(absent) => {
            absent.tell(&mut check, RECEIPT);
            None
        }
    };
    if let Some(said) = &said {
        let mut same = |yes: bool, what: &str| {
            check.expect(yes, RECEIPT, "disk.receipt", || format!("names another {what} than that of this disk"));
        };
        same(said.scope == frozen.definition.scope, "election, round or mode");
        same(Some(said.fingerprint) == leaves.first().map(Digest::of), "election fingerprint");
        same(whole.files.get(TAG_MANIFEST).map(|found| found.digest) == Some(said.bag), "hash of the tag manifest");
        same(leaves.head() == Some(said.checkpoint), "checkpoint");
        same(payload(whole) == (said.bytes, said.files), "number of files or bytes");
        match may_take(&frozen.definition, &said.office, &said.party, &said.delegate) {
            Ok(()) => check.holds(),
            Err(e) => check.fails(RECEIPT, e.code(), e),
        }
    }
    checks.push(check);
    said
}

/// How many bytes and files the payload has.
pub(crate) fn payload(whole: &Folder) -> (u64, u64) {
    whole.under(DATA).fold((0, 0), |(bytes, files), (_, found)| (bytes + found.size, files + 1))
}

/// The bytes of a file that must be there; if it is not, `check` is told.
pub(crate) fn get(data: &Folder, check: &mut Check, path: &str) -> Option<Vec<u8>> {
    data.bytes(path).map_err(|absent: Absent| absent.tell(check, path)).ok()
}
