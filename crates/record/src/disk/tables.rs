//! `stations.csv` and `withheld.csv`: what counts of each station of the office, and what of it is not on the disk.

use std::collections::BTreeMap;

use election::{ContestId, Definition, Digest, Station, StationId};
use package::cuts;
use serde::Deserialize;

use super::Manifest;
use crate::entry::Content;
use crate::fold::State;
use crate::privacy::NEVER_CLAUSE;
use crate::results::{Table, yes_no};
use crate::standing::Counted;

/// The manifests of both bags of a content folder.
type Manifests = (Digest, Digest);

/// The content folders of a station by path, `stations/STATION/…` without a `/` at its end.
fn folders(manifest: &Manifest, station: &StationId) -> BTreeMap<String, Manifests> {
    let prefix = format!("stations/{station}/");
    let own = manifest.range(prefix.clone()..).take_while(|(path, _)| path.starts_with(&prefix));
    let found = own.filter_map(|(path, images)| {
        let folder = path.strip_suffix("/images-manifest.txt")?;
        Some((folder.to_owned(), (*manifest.get(&format!("{folder}/results-manifest.txt"))?, *images)))
    });
    found.collect()
}

/// `stations.csv`: a row for each of the stations. `folder` is that of the content that counts, and empty where none does.
pub fn stations<'a>(
    def: &Definition,
    state: &State,
    stations: impl IntoIterator<Item = &'a Station>,
    manifest: &Manifest,
) -> Vec<u8> {
    let mut table = Table::new(&[
        "station",
        "counted_with",
        "standing",
        "counted",
        "by_order",
        "folder",
        "slips_agreeing",
        "slips_differing",
    ]);
    for station in stations {
        let id = station.id.to_string();
        let standing = state.standing(def, &station.id).filter(|_| station.count_with.is_none());
        let Some(standing) = standing else {
            let with = station.count_with.as_ref().map(ToString::to_string).unwrap_or_default();
            let none = String::new;
            table.row([id, with, none(), yes_no(false), yes_no(false), none(), none(), none()]);
            continue;
        };
        let is = |content: &Content| (content.results_manifest, content.images_manifest);
        let of = |content: &Content| {
            folders(manifest, &station.id).into_iter().find(|(_, own)| *own == is(content)).map(|(path, _)| path)
        };
        table.row([
            id,
            String::new(),
            standing.standing.as_str().to_owned(),
            yes_no(standing.counted.is_some()),
            yes_no(standing.by_order),
            standing.counted.as_ref().and_then(Counted::package).and_then(of).unwrap_or_default(),
            standing.slips_agreeing.to_string(),
            standing.slips_differing.to_string(),
        ]);
    }
    table.bytes()
}

/// What `withheld.json` of a content says, as far as the table repeats it.
#[derive(Deserialize)]
struct Withheld {
    withheld: Vec<File>,
    pictures: Vec<Pictures>,
}

#[derive(Deserialize)]
struct File {
    path: String,
    sha256: Digest,
    clause: String,
}

#[derive(Deserialize)]
struct Pictures {
    contest: ContestId,
    withheld: usize,
    clause: Option<String>,
}

/// `withheld.csv`: a row for each file, for the pictures of each contest, and for the images of whole ballots of each
/// content folder that are not given, with the clause that withholds them. `read` gives the bytes of a file of the payload; a
/// folder of which something cannot be read has no rows.
pub fn withheld(manifest: &Manifest, read: impl Fn(&str) -> Option<Vec<u8>>) -> Vec<u8> {
    let mut table = Table::new(&["folder", "kind", "name", "count", "sha256", "clause"]);
    for folder in manifest.keys().filter_map(|path| path.strip_suffix("/images-manifest.txt")) {
        let list =
            read(&format!("{folder}/withheld.json")).and_then(|bytes| serde_json::from_slice::<Withheld>(&bytes).ok());
        let images = read(&format!("{folder}/images-manifest.txt")).and_then(|bytes| String::from_utf8(bytes).ok());
        let (Some(list), Some(images)) = (list, images) else { continue };
        let mut row = |kind: &str, name: &str, count: usize, sha256: Option<Digest>, clause: &str| {
            let sha256 = sha256.map(|digest| digest.hex()).unwrap_or_default();
            table.row([folder, kind, name, &count.to_string(), &sha256, clause].map(str::to_owned));
        };
        for file in &list.withheld {
            row("file", &file.path, 1, Some(file.sha256), &file.clause);
        }
        for pictures in list.pictures.iter().filter(|pictures| pictures.withheld > 0) {
            let clause = pictures.clause.as_deref().unwrap_or_default();
            row("pictures", pictures.contest.as_str(), pictures.withheld, None, clause);
        }
        let names = images.lines().filter_map(|line| line.split_once("  data/")).map(|(_, name)| name);
        let ballots = names.filter(|name| cuts::parse_name(name).is_none()).count();
        if ballots > 0 {
            row("ballots", "", ballots, None, NEVER_CLAUSE);
        }
    }
    table.bytes()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Files, pictures of contests and whole ballots each have their row, and a folder that cannot be read has none.
    #[test]
    fn what_is_withheld_is_named_with_its_clause() {
        let hex = "0".repeat(64);
        let list = format!(
            r#"{{"withheld":[{{"clause":"never_public","path":"data/scores.json","sha256":"sha256:{hex}"}}],
            "pictures":[{{"contest":"member","shown":0,"withheld":4,"clause":"privacy.images_from"}},
                {{"contest":"mayor","shown":9,"withheld":0,"clause":null}}]}}"#
        );
        let names = ["000001-back.png", "000001-front.png", "000001-crop-member.png", "contest-member-000001.png"];
        let images: String = names.iter().map(|name| format!("{hex}  data/{name}\n")).collect();
        let files: BTreeMap<&str, Vec<u8>> = [
            ("stations/s1/d1-1/images-manifest.txt", images.clone().into_bytes()),
            ("stations/s1/d1-1/withheld.json", list.into_bytes()),
            ("stations/s2/d2-1/images-manifest.txt", images.into_bytes()),
        ]
        .into();
        let manifest: Manifest = files.iter().map(|(path, bytes)| ((*path).to_owned(), Digest::of(bytes))).collect();
        let table = String::from_utf8(withheld(&manifest, |path| files.get(path).cloned())).unwrap();
        let rows: Vec<&str> = table.trim_start_matches('\u{feff}').lines().collect();
        let file = format!("stations/s1/d1-1,file,data/scores.json,1,{hex},never_public");
        assert_eq!(
            rows,
            [
                "folder,kind,name,count,sha256,clause",
                file.as_str(),
                "stations/s1/d1-1,pictures,member,4,,privacy.images_from",
                "stations/s1/d1-1,ballots,,3,,never_public",
            ]
        );
    }
}
