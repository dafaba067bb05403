//! The public pages: static files that work from any web server, a disk or a
//! stick, in Arabic, Kurdish and English, without a script. Each figure links
//! to the documents that prove it; no page embeds a proof.

mod pages;
pub mod words;

use std::collections::BTreeMap;

use election::{Definition, Digest, Lang, StationId};
use record::statement::Witnessed;
use record::{Figures, Outcome, State};

/// Everything the pages are made of.
pub struct Site<'a> {
    /// The definition.
    pub definition: &'a Definition,
    /// The election fingerprint.
    pub fingerprint: Digest,
    /// The version of the announcement; 0 before the first.
    pub version: u16,
    /// Who of the witnesses has seen what was announced, and when.
    pub witnessed: &'a Witnessed,
    /// The record.
    pub state: &'a State,
    /// What it comes to.
    pub outcome: &'a Outcome,
    /// The stations' figures.
    pub figures: &'a Figures,
    /// The documents of each station, as paths inside the publication.
    pub documents: &'a BTreeMap<StationId, Vec<String>>,
}

/// The folders that hold pages and what they need; nothing else of a publication lies in them.
pub const FOLDERS: [&str; 4] = ["ar/", "assets/", "ckb/", "en/"];

/// The page before those folders.
pub const ENTRANCE: &str = "index.html";

/// The pages, by their path inside the publication.
pub fn pages(site: &Site<'_>) -> BTreeMap<String, Vec<u8>> {
    let mut files = BTreeMap::new();
    each(site, &mut |path, bytes| drop(files.insert(path, bytes)));
    files
}

/// The statement as one file of its own: it carries its style sheet, and leads to no other file.
pub fn statement(site: &Site<'_>, lang: Lang) -> String {
    pages::statement::alone(site, lang)
}

/// Which version of the results the statement is about, in words.
pub fn statement_version(site: &Site<'_>, lang: Lang) -> String {
    pages::statement::version(site, lang)
}

/// Draws the pages one after the other and hands each over with its path: a nation's need not be in memory at once.
pub fn each(site: &Site<'_>, take: &mut dyn FnMut(String, Vec<u8>)) {
    take("assets/style.css".to_owned(), pages::STYLE.into());
    for lang in Lang::ALL {
        pages::each(site, lang, &mut |path, html| take(format!("{lang}/{path}"), html.into_bytes()));
    }
    let first = site.definition.languages.first().copied().unwrap_or(Lang::En);
    take(ENTRANCE.to_owned(), pages::entrance(site, first).into_bytes());
}
