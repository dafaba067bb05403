//! A party's disk: what is published of an office's stations, with the proof of it, given into a delegate's hand.
//!
//! | here | holds |
//! | --- | --- |
//! | this file | where things lie, and which leaves are about an office's stations |
//! | [`handover`] | the receipt that an officer signs, and who may be given a disk |
//! | [`tables`] | `stations.csv` and `withheld.csv` |
//! | [`readme`] | `README.txt` |
//!
//! Everything but the copied files is a function of them, so that whoever checks a disk writes it again and compares.

pub mod handover;
pub mod readme;
pub mod tables;

use std::collections::BTreeMap;

use election::{Definition, Digest, Lang, OfficeId, Station, StationId};
use package::slip::Slip;

use crate::entry::Body;

/// The receipt: a tag file that no manifest lists, since it is signed over the hash of the one that lists the others.
pub const RECEIPT: &str = "handover.dsse.json";
/// The manifest of the payload.
pub const MANIFEST: &str = "manifest-sha256.txt";
/// The manifest of the tag files; its hash is in the receipt.
pub const TAG_MANIFEST: &str = "tagmanifest-sha256.txt";
/// The tag files that [`TAG_MANIFEST`] lists.
pub const TAGS: [&str; 3] = ["bag-info.txt", "bagit.txt", MANIFEST];
/// The folder of the payload; all other paths here are inside it.
pub const DATA: &str = "data/";
/// What each file is and how it is checked by hand.
pub const README: &str = "README.txt";
/// The standing of each station of the office.
pub const STATIONS: &str = "stations.csv";
/// What is not on the disk, and the clause that withholds it.
pub const WITHHELD: &str = "withheld.csv";
/// The checkpoint of the record with its cosignatures.
pub const CHECKPOINT: &str = "record/checkpoint";

/// The SHA-256 of each file of the payload, by its path.
pub type Manifest = BTreeMap<String, Digest>;

/// Where the leaf with this index lies.
pub fn leaf_path(index: u64) -> String {
    format!("record/leaf-{index:06}.json")
}

/// Where the proof lies that the leaf is in the tree of the checkpoint (C2SP tlog-proof).
pub fn proof_path(index: u64) -> String {
    format!("record/leaf-{index:06}.proof")
}

/// The index of the leaf that lies at `path`.
pub fn leaf_index(path: &str) -> Option<u64> {
    let index = path.strip_prefix("record/leaf-")?.strip_suffix(".json")?.parse().ok()?;
    (leaf_path(index) == path).then_some(index)
}

/// Where the texts of a slip's codes lie, as [`slip_text`] writes them.
pub fn slip_path(station: &StationId, index: u64) -> String {
    format!("slips/{station}/leaf-{index:06}.txt")
}

/// The texts of a slip's codes, a line each: what `sanad slip check` reads.
pub fn slip_text(codes: &[String]) -> Vec<u8> {
    codes.iter().map(|code| format!("{code}\n")).collect::<String>().into_bytes()
}

/// Whom a leaf is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum About {
    /// Every station: the freeze, rules that were changed after it, and keys of witnesses that were replaced.
    All,
    /// One station.
    Station(StationId),
    /// The election as a whole, or something of no station: not on a disk.
    Nothing,
}

/// Whom a leaf of the record is about.
pub fn about(body: &Body) -> About {
    let station = match body {
        Body::Freeze(_) | Body::Amendment(_) | Body::Succession(_) | Body::Rotation(_) => return About::All,
        Body::Import(import) => Some(import.station.clone()),
        Body::Refused(refused) => refused.station.clone(),
        Body::Slip(slip) => Slip::join(&slip.codes).ok().map(|slip| slip.claims().station.clone()),
        Body::Order(order) => Some(order.station.clone()),
        Body::Opening(opening) => Some(opening.station.clone()),
        Body::Recount(recount) => Some(recount.station.clone()),
        Body::HandCount(count) => Some(count.station.clone()),
        Body::Redaction(redaction) => Some(redaction.station.clone()),
        Body::Match(_) | Body::Withdrawal(_) | Body::Lot(_) | Body::Announcement(_) | Body::Publication(_) => None,
        Body::Complaint(_) | Body::Classification(_) | Body::Resolution(_) | Body::Appeal(_) => None,
        Body::Ruling(_) | Body::Certification(_) | Body::Ratification(_) | Body::Revocation(_) => None,
        Body::Act(_) | Body::Item(_) | Body::Custody(_) | Body::Isolation(_) | Body::Export(_) => None,
        Body::Transmission(_) | Body::Seen(_) => None,
    };
    station.map_or(About::Nothing, About::Station)
}

/// Does a disk of `office` hold the leaf?
pub fn holds(def: &Definition, office: &OfficeId, body: &Body) -> bool {
    match about(body) {
        About::All => true,
        About::Station(id) => def.station(&id).is_some_and(|station| station.office == *office),
        About::Nothing => false,
    }
}

/// The stations of an office, in the order of the definition.
pub fn stations_of<'a>(def: &'a Definition, office: &'a OfficeId) -> impl Iterator<Item = &'a Station> {
    def.stations.iter().filter(|station| station.office == *office)
}

/// `bag-info.txt`, of a payload of so many bytes and files.
pub fn bag_info(def: &Definition, receipt: &handover::HandOver) -> String {
    let scope = &def.scope;
    format!(
        "External-Identifier: {} round {} office {} party {}\nSource-Organization: {}\nSanad-Mode: {}\nPayload-Oxum: {}.{}\n",
        scope.election,
        scope.round,
        receipt.office,
        receipt.party,
        def.name.get(Lang::En),
        scope.mode.as_str(),
        receipt.bytes,
        receipt.files
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_leaf_is_found_by_its_path_and_by_no_other() {
        for index in [0, 12, 999_999, 1_000_000, u64::MAX] {
            assert_eq!(leaf_index(&leaf_path(index)), Some(index));
        }
        for other in ["record/leaf-12.json", "record/leaf-000012.proof", "record/leaf-+00012.json", "record/checkpoint"]
        {
            assert_eq!(leaf_index(other), None, "{other}");
        }
    }
}
