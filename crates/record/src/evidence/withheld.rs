//! `withheld.csv`: what the mandate is about and the bundle does not hold, with the clause that keeps it.

use election::{Definition, Digest, StationId};

use super::{Listed, NOT_ASKED, NOT_KEPT, REFUSED, SEALED, clause, gives_stations, paper_path, papers, sealed};
use crate::entry::Refused;
use crate::fold::State;
use crate::register::exports::{Class, Mandate, Subject};
use crate::results::Table;

/// The table as it grows: contents in the order of their folders, then the rest.
pub struct Withheld<'a> {
    mandate: &'a Mandate,
    table: Table,
}

impl<'a> Withheld<'a> {
    /// An empty one.
    pub fn of(mandate: &'a Mandate) -> Self {
        Withheld { mandate, table: Table::new(&["place", "kind", "name", "count", "sha256", "clause"]) }
    }

    fn row(&mut self, [place, kind, name]: [&str; 3], count: usize, sha256: Option<&Digest>, clause: &str) {
        let sha256 = sha256.map(Digest::hex).unwrap_or_default();
        self.table.row([place, kind, name, &count.to_string(), &sha256, clause].map(str::to_owned));
    }

    /// What is not given of the content in `folder`, by the manifests that its device signed.
    pub fn content(&mut self, folder: &str, results: &Listed, images: &Listed) {
        for (path, sha256) in results {
            let name = path.strip_prefix("data/").unwrap_or(path);
            if let Some(clause) = clause(self.mandate, name) {
                self.row([folder, "file", name], 1, Some(sha256), clause);
            }
        }
        if !self.mandate.includes(Class::Images) && !images.is_empty() {
            self.row([folder, "images", ""], images.len(), None, NOT_ASKED);
        }
    }

    /// The refused packages of which `is_about` holds: the centre keeps them as they came, and gives none.
    fn refused(&mut self, place: &str, state: &State, is_about: impl Fn(&Refused) -> bool) {
        for own in state.refused.iter().filter(|own| is_about(own)) {
            self.row([place, "package", own.medium.as_str()], 1, Some(&own.label), REFUSED);
        }
    }

    /// What is not given of papers, slips, contents and packages as a whole. `has` says which paper is there.
    pub fn finish(mut self, def: &Definition, state: &State, has: impl Fn(&str) -> bool) -> Vec<u8> {
        let mandate = self.mandate;
        for station in mandate.stations(def, state) {
            let place = place(&station.id);
            self.refused(&place, state, |own| own.station.as_ref() == Some(&station.id));
            let Some(evidence) = state.evidence.get(&station.id) else { continue };
            if !gives_stations(mandate) {
                for import in &evidence.imports {
                    let sha256 = Some(&import.content.results_manifest);
                    self.row([&place, "content", import.medium.as_str()], 1, sha256, NOT_ASKED);
                }
            }
            if !mandate.includes(Class::Slips) && !evidence.slips.is_empty() {
                self.row([&place, "slips", ""], evidence.slips.len(), None, NOT_ASKED);
            }
        }
        if mandate.scope.contains(&Subject::All) {
            let is_known = |own: &Refused| own.station.as_ref().is_some_and(|id| def.station(id).is_some());
            self.refused("stations/", state, |own| !is_known(own));
        }
        for paper in &papers(def, state, mandate) {
            let path = paper_path(paper);
            if !mandate.includes(Class::Papers) {
                self.row([&path, "paper", ""], 1, Some(paper), NOT_ASKED);
            } else if !has(&path) {
                self.row([&path, "paper", ""], 1, Some(paper), NOT_KEPT);
            }
        }
        for paper in &sealed(def, state, mandate) {
            self.row([&paper_path(paper), "paper", ""], 1, Some(paper), SEALED);
        }
        self.table.bytes()
    }
}

fn place(station: &StationId) -> String {
    format!("stations/{station}")
}
