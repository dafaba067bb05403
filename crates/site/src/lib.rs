//! The public pages: static files that work from any web server, a disk or a
//! stick, in Arabic, Kurdish and English, without a script. Each figure links
//! to the documents that prove it; no page embeds a proof.

mod pages;
pub mod words;

use std::collections::BTreeMap;

use election::{Definition, Digest, Lang, StationId};
use record::{Figures, Outcome, State};

/// Everything the pages are made of.
pub struct Site<'a> {
    /// The definition.
    pub definition: &'a Definition,
    /// The election fingerprint.
    pub fingerprint: Digest,
    /// The version of the announcement.
    pub version: u16,
    /// Whether the witnesses' quorum has seen the record.
    pub witnessed: bool,
    /// The record.
    pub state: &'a State,
    /// What it comes to.
    pub outcome: &'a Outcome,
    /// The stations' figures.
    pub figures: &'a Figures,
    /// The documents of each station, as paths inside the publication.
    pub documents: &'a BTreeMap<StationId, Vec<String>>,
}

/// The pages, by their path inside the publication.
pub fn pages(site: &Site<'_>) -> BTreeMap<String, Vec<u8>> {
    let mut files = BTreeMap::new();
    files.insert("assets/style.css".to_owned(), include_bytes!("../assets/style.css").to_vec());
    for lang in Lang::ALL {
        for (path, html) in pages::all(site, lang) {
            files.insert(format!("{lang}/{path}"), html.into_bytes());
        }
    }
    let first = site.definition.languages.first().copied().unwrap_or(Lang::En);
    files.insert("index.html".to_owned(), pages::entrance(site, first).into_bytes());
    files
}
