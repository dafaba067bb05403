//! `withheld.json`: what of one content is not published, and the clause that withholds it.
//!
//! It follows from the manifests that the device signed, the frozen rules and the redactions, so that whoever has the
//! publication writes the same file again.

use std::collections::BTreeMap;

use election::{ContestId, Digest};
use serde_json::json;

use crate::privacy::{NEVER_CLAUSE, RECORDS_CLAUSE, StationLeak};

/// Files of the results bag that are published of every station, under the same name.
const ALWAYS: [&str; 4] = ["results.json", "zero.json", "slip.json", "slip.pdf"];

/// The clause that withholds a file of the results bag, by its name below `data/`; none where it is published.
pub fn clause(name: &str, shows_records: bool) -> Option<&'static str> {
    match name {
        "cvr.json" if shows_records => None,
        "cvr.json" => Some(RECORDS_CLAUSE),
        name if ALWAYS.contains(&name) => None,
        _ => Some(NEVER_CLAUSE),
    }
}

/// The file: the files of the results bag (`data/NAME` with its SHA-256) that are withheld, and how many pictures of
/// each contest; `pictures` says of which contests there are any.
pub fn file(results: &BTreeMap<String, Digest>, leak: &StationLeak, pictures: &BTreeMap<ContestId, usize>) -> Vec<u8> {
    let withheld = results.iter().filter_map(|(path, hash)| {
        let clause = clause(path.strip_prefix("data/").unwrap_or(path), leak.records)?;
        Some(json!({ "path": path, "sha256": hash.to_string(), "clause": clause }))
    });
    let pictures = leak.contests.iter().filter(|contest| pictures.contains_key(&contest.contest)).map(|contest| {
        let pictures = &contest.pictures;
        json!({
            "contest": contest.contest, "shown": pictures.shown, "withheld": pictures.withheld,
            "clause": pictures.clause,
        })
    });
    let list = json!({ "withheld": withheld.collect::<Vec<_>>(), "pictures": pictures.collect::<Vec<_>>() });
    serde_json::to_vec_pretty(&list).expect("plain data is always JSON")
}
