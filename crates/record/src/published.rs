//! The files of a publication that only describe it: the tag files of the bag, the description of the tables, and the
//! statement. Each is a function of what is published besides, so that whoever has that writes the same bytes again.

use election::{Definition, Digest, Lang};
use serde_json::json;

use crate::fold::State;
use crate::outcome::{Figures, Outcome};
use crate::register::transmission;
use crate::results::Files;
use crate::statement::{self, Witnessed};

/// `bagit.txt` (BagIt 1.0, RFC 8493).
pub const BAGIT: &str = "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n";

/// `bag-info.txt` of the publication of an announcement.
pub fn bag_info(def: &Definition, version: u16) -> String {
    let scope = &def.scope;
    format!(
        "External-Identifier: {} round {} version {version}\nSource-Organization: {}\nSanad-Mode: {}\n",
        scope.election,
        scope.round,
        def.name.get(Lang::En),
        scope.mode.as_str()
    )
}

/// The nine points in each language, by their path.
pub fn statements(
    def: &Definition,
    state: &State,
    (outcome, figures): (&Outcome, &Figures),
    witnessed: &Witnessed,
) -> Files {
    let of = |lang| {
        let points = statement::statement(def, state, (outcome, figures), witnessed, lang);
        let text = statement::text(def, outcome, &points, lang);
        (format!("announcement/statement-{lang}.txt"), text.into_bytes())
    };
    Lang::ALL.map(of).into()
}

/// What is said of one table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Described {
    path: String,
    columns: Vec<String>,
    bytes: usize,
    sha256: Digest,
}

impl Described {
    /// The table `bytes` at `path`; `None` where the path is no table's.
    pub fn of(path: &str, bytes: &[u8]) -> Option<Self> {
        let folders =
            ["results/", crate::docket::tables::FOLDER, crate::register::tables::FOLDER, transmission::FOLDER];
        let in_folder = folders.iter().any(|folder| path.starts_with(folder));
        let is_table = (in_folder || path == "privacy.csv") && path.ends_with(".csv");
        let end = bytes.iter().position(|byte| *byte == b'\n').unwrap_or(bytes.len());
        let head = String::from_utf8_lossy(&bytes[..end]);
        let columns = head.trim_start_matches('\u{feff}').trim_end_matches('\r').split(',');
        is_table.then(|| Described {
            path: path.to_owned(),
            columns: columns.map(str::to_owned).collect(),
            bytes: bytes.len(),
            sha256: Digest::of(bytes),
        })
    }
}

/// `datapackage.json`: a Frictionless Data Package (v1) over the tables, in the order of their paths.
pub fn data_package(mut tables: Vec<Described>) -> Vec<u8> {
    tables.sort_by(|a, b| a.path.cmp(&b.path));
    let resources = tables.iter().map(|table| {
        let numbers = ["votes", "rank", "step"];
        let kind = |name: &String| if numbers.contains(&name.as_str()) { "integer" } else { "string" };
        let fields = table.columns.iter().map(|name| json!({ "name": name, "type": kind(name) }));
        let name = table.path.trim_start_matches("results/").trim_end_matches(".csv").replace('/', "_");
        json!({
            "name": name, "path": table.path, "profile": "tabular-data-resource", "format": "csv",
            "mediatype": "text/csv", "encoding": "utf-8", "bytes": table.bytes, "hash": table.sha256.to_string(),
            "schema": { "fields": fields.collect::<Vec<_>>() },
        })
    });
    let resources: Vec<_> = resources.collect();
    let package = json!({ "name": "results", "profile": "tabular-data-package", "resources": resources });
    serde_json::to_vec_pretty(&package).expect("plain data is always JSON")
}
