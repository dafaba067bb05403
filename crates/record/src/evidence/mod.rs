//! A bundle of evidence: what a mandate asks for, in one file that is opened and checked without a network and without Sanad.
//!
//! | here | holds |
//! | --- | --- |
//! | this file | where things lie, and which file of a content, which paper and which slip is of which class |
//! | [`withheld`] | `withheld.csv`: what is not in the bundle, and the clause that keeps it |
//! | [`report`] | `report.txt`: what stands about each station and case |
//! | [`readme`] | `readme.txt` |
//!
//! The bundle is a tar archive that holds a BagIt bag. The record in it ends before the bundle's own entry, whose leaf names the
//! hash of the bag's manifest; that leaf and its proof lie beside the payload. Everything but the copied files is a function of
//! them, so that whoever checks a bundle writes it again and compares.

pub mod readme;
pub mod report;
pub mod withheld;

use std::collections::{BTreeMap, BTreeSet};

use election::{Definition, Digest, Lang, StationId};

use crate::docket;
use crate::entry::{Body, Entry};
use crate::fold::State;
use crate::privacy::NEVER_CLAUSE;
use crate::register::exports::{Class, Mandate};
use crate::register::tables;
use crate::results::Files;

/// The leaf that enters the bundle.
pub const ENTRY: &str = "export.json";
/// The proof that the leaf is in the record that the bundle's goes on to.
pub const PROOF: &str = "export.proof";
/// What lies beside the payload and in no manifest: it rests on the hash of the one that lists the others.
pub const BESIDE: [&str; 2] = [ENTRY, PROOF];
/// The mandate, as it was scanned.
pub const PAPER: &str = "mandate.pdf";
/// The mandate, as it was entered.
pub const SCOPE: &str = "scope.json";
/// What each file is and how it is checked by hand.
pub const README: &str = "readme.txt";
/// What stands about each station and case.
pub const REPORT: &str = "report.txt";
/// The folder of papers, each under its hash.
pub const PAPERS: &str = "papers/";
/// The folder of the record.
pub const RECORD: &str = "record/";

/// The clause of what the mandate does not include.
pub const NOT_ASKED: &str = "mandate";
/// The clause of the sealed part of a paper: names and numbers of persons, which the centre opens for a court alone.
pub const SEALED: &str = "sealed";
/// The clause of a paper that the centre does not have.
pub const NOT_KEPT: &str = "not_kept";
/// The clause of a package that was refused.
pub const REFUSED: &str = "refused";

/// Files of an opened package that are given with every content, whatever the mandate includes of it.
const ALWAYS: [&str; 4] = ["results.json", "slip.json", "slip.pdf", "zero.json"];

/// The clause that keeps a file of a results bag (its name below `data/`) out of the bundle; none where it is given.
pub fn clause(mandate: &Mandate, name: &str) -> Option<&'static str> {
    match name {
        "cvr.json" if mandate.includes(Class::Records) => None,
        "cvr.json" => Some(NOT_ASKED),
        name if ALWAYS.contains(&name) => None,
        _ => Some(NEVER_CLAUSE),
    }
}

/// Are the folders of stations given at all? Without the figures nothing about records or images could be checked.
pub fn gives_stations(mandate: &Mandate) -> bool {
    [Class::Results, Class::Records, Class::Images].iter().any(|class| mandate.includes(*class))
}

/// Whoever receives it may not publish it: something of single ballots is in it, or papers that name persons.
pub fn is_confidential(mandate: &Mandate) -> bool {
    mandate.includes.iter().any(|class| class.is_of_single_ballots() || *class == Class::Papers)
}

/// The papers of the mandate's cases, of rulings upon these, and of counts by hand of its stations, by their hash.
pub fn papers(def: &Definition, state: &State, mandate: &Mandate) -> BTreeSet<Digest> {
    let docket = &state.docket;
    let cases = mandate.all_cases(def, state);
    let complaints = cases.iter().filter_map(|case| docket.complaints.get(*case)).map(|own| own.complaint.form.paper);
    let appeals = cases.iter().filter_map(|case| docket.appeals.get(*case));
    let rulings = appeals.clone().flat_map(|own| &own.rulings).filter_map(|leaf| docket.rulings.get(leaf));
    let stations = mandate.stations(def, state).into_iter().filter_map(|station| state.evidence.get(&station.id));
    let by_hand = stations.flat_map(|evidence| evidence.hand_counts.values()).map(|own| own.paper);
    let filed = complaints.chain(appeals.map(|own| own.appeal.form.paper));
    filed.chain(rulings.map(|own| own.paper)).chain(by_hand).collect()
}

/// The sealed parts of the mandate's cases, by the hash of the sealed file: none is ever in a bundle.
pub fn sealed(def: &Definition, state: &State, mandate: &Mandate) -> BTreeSet<Digest> {
    let docket = &state.docket;
    let cases = mandate.all_cases(def, state);
    let complaints = cases.iter().filter_map(|case| docket.complaints.get(*case)).map(|own| &own.complaint.form);
    let appeals = cases.iter().filter_map(|case| docket.appeals.get(*case)).map(|own| &own.appeal.form);
    complaints.chain(appeals).filter_map(|form| form.sealed).collect()
}

/// The slips about these stations that were handed in: the texts of their codes by their path.
pub fn slips(leaves: &[Vec<u8>], stations: &BTreeSet<&StationId>) -> Files {
    let mut files = Files::new();
    for (index, leaf) in (0u64..).zip(leaves) {
        let Ok(Entry { body: body @ Body::Slip(_), .. }) = Entry::parse(leaf) else { continue };
        let (Body::Slip(slip), crate::disk::About::Station(station)) = (&body, crate::disk::about(&body)) else {
            continue;
        };
        if stations.contains(&station) {
            files.insert(crate::disk::slip_path(&station, index), crate::disk::slip_text(&slip.codes));
        }
    }
    files
}

/// The tables of the docket and of the registers, as far as they follow from the record alone.
pub fn tables(def: &Definition, state: &State) -> Files {
    docket::tables::registers(def, state).into_iter().chain(tables::files(def, state)).collect()
}

/// `scope.json`: the mandate in the one form in which its leaf has it.
pub fn scope(mandate: &Mandate) -> Vec<u8> {
    sign::canonical::to_bytes(mandate).expect("string keys only")
}

/// `bag-info.txt`.
pub fn bag_info(def: &Definition, mandate: &Mandate) -> String {
    let scope = &def.scope;
    format!(
        "External-Identifier: {} round {} mandate {}\nSource-Organization: {}\nSanad-Mode: {}\n",
        scope.election,
        scope.round,
        mandate.paper,
        def.name.get(Lang::En),
        scope.mode.as_str()
    )
}

/// Where the paper with this hash lies.
pub fn paper_path(paper: &Digest) -> String {
    format!("{PAPERS}{}", paper.hex())
}

/// The hashes of the files that a manifest of a bag lists, by `data/NAME`.
pub type Listed = BTreeMap<String, Digest>;
