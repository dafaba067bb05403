//! V.953 to V.957: every station and case of the mandate is there or named, and what follows from the rest is written anew.

use std::collections::{BTreeMap, BTreeSet};

use election::Coded;
use package::slip::Slip;
use record::disk::{self, STATIONS, WITHHELD};
use record::evidence::withheld::Withheld;
use record::evidence::{self, NOT_ASKED, NOT_KEPT, PAPERS, README, REPORT, SCOPE, SEALED};
use record::register::exports::Class;
use record::register::transmission::{self, Logged, Report};
use record::results::Files;

use super::On;
use crate::bag::{Manifest, parse_manifest};
use crate::disk::get;
use crate::figures;
use crate::folder::{Absent, Folder};
use crate::report::Check;
use crate::table::CheckId;

/// V.953.
pub fn scope(on: &On<'_>) -> Check {
    let mut check = Check::new(CheckId::Asked);
    let def = &on.election.frozen.definition;
    let asked = on.asked();
    let of_station = |path: &str| path.split('/').nth(1).map(str::to_owned);
    for folder in ["stations/", "slips/"] {
        let given: BTreeSet<String> = on.data.under(folder).filter_map(|(path, _)| of_station(path)).collect();
        for id in given {
            let known = asked.iter().any(|station| station.as_str() == id);
            check.expect(known, format!("{folder}{id}"), "evidence.other_station", || {
                "is of a station that the mandate does not name".into()
            });
        }
    }
    let stations = on.mandate.stations(def, on.state);
    if stations.is_empty() {
        check.records("stations/", "evidence.no_station", "no case of the mandate is about a station");
    }
    for station in stations {
        let place = format!("station {}", station.id);
        match (&station.count_with, on.state.evidence.get(&station.id)) {
            (Some(with), _) => {
                check.records(place, "evidence.counted_with", format!("its ballots are counted in the box of {with}"))
            }
            (None, Some(evidence)) if !evidence.imports.is_empty() => check.holds(),
            _ => {
                check.records(place, "evidence.no_content", "nothing of it had been imported when this was handed out")
            }
        }
    }
    check
}

/// V.954 where no content is in the bundle.
pub fn nothing_given(on: &On<'_>) -> Check {
    let mut check = Check::new(CheckId::Given);
    match evidence::gives_stations(on.mandate) {
        true => check.records("stations/", "evidence.no_content", "nothing of any of its stations had been imported"),
        false => check.withholds("stations/", NOT_ASKED, "the mandate includes nothing of the stations' packages"),
    }
    check
}

/// V.955.
pub fn slips(on: &On<'_>) -> Check {
    let mut check = Check::new(CheckId::BundleSlips);
    let all = evidence::slips(&on.log.log.leaves, &on.asked());
    let expected = if on.mandate.includes(Class::Slips) { all.clone() } else { BTreeMap::new() };
    for (path, text) in &expected {
        let Some(bytes) = get(on.data, &mut check, path) else { continue };
        if !check.expect(bytes == *text, path, "disk.slip", || "is not the slip that its leaf holds".into()) {
            continue;
        }
        let codes: Vec<String> = String::from_utf8_lossy(&bytes).lines().map(str::to_owned).collect();
        let Ok(slip) = Slip::join(&codes) else { continue };
        let slip = slip.claims();
        let contents = on.stations.of.get(&slip.station).map_or(&[][..], Vec::as_slice);
        let is_same = |content: &crate::stations::Published| {
            content.digest == slip.results && figures::slip(slip, &content.results).is_empty()
        };
        if !contents.is_empty() && !contents.iter().any(is_same) {
            check.records(path, "disk.slip_differs", "says what no content of its station says");
        }
    }
    for (path, _) in on.data.under("slips/").filter(|(path, _)| !expected.contains_key(*path)) {
        check.fails(path, "disk.stray_slip", "is no slip that the mandate asks for");
    }
    match (all.len(), expected.len()) {
        (0, _) => check.records("slips/", "disk.no_slip", "no slip of a station of the mandate had been handed in"),
        (kept, 0) => check.withholds("slips/", NOT_ASKED, format!("{kept} slips are in the record alone")),
        _ => {}
    }
    check
}

/// V.956.
pub fn papers(on: &On<'_>) -> Check {
    let mut check = Check::new(CheckId::Papers);
    let def = &on.election.frozen.definition;
    let papers = evidence::papers(def, on.state, on.mandate);
    let is_asked = on.mandate.includes(Class::Papers);
    for paper in &papers {
        let path = evidence::paper_path(paper);
        match on.data.files.get(&path) {
            Some(found) if is_asked => {
                check.expect(found.digest == *paper, &path, "evidence.paper", || {
                    "is not the paper that its case names".into()
                });
            }
            Some(_) => {
                check.fails(&path, "evidence.not_given", "is in the bundle, though the mandate includes no papers")
            }
            None if is_asked && on.manifest.contains_key(&path) => Absent::Missing.tell(&mut check, &path),
            None if is_asked => check.misses(&path, NOT_KEPT, "the centre does not have it"),
            None => check.withholds(&path, NOT_ASKED, "the mandate does not include the papers of its cases"),
        }
    }
    for paper in &evidence::sealed(def, on.state, on.mandate) {
        check.withholds(evidence::paper_path(paper), SEALED, "is sealed to the centre's key");
    }
    let known: BTreeSet<String> = papers.iter().map(evidence::paper_path).collect();
    for (path, _) in on.data.under(PAPERS).filter(|(path, _)| !known.contains(*path)) {
        check.fails(path, "evidence.other_paper", "is no paper of a case of the mandate, or a sealed part");
    }
    if papers.is_empty() && check.failed == 0 {
        check.records(PAPERS, "evidence.no_case", "no case of the mandate has a paper");
    }
    check
}

/// V.957.
pub fn written_anew(on: &On<'_>) -> Check {
    let mut check = Check::new(CheckId::BundleDescribed);
    let def = &on.election.frozen.definition;
    let (state, mandate) = (on.state, on.mandate);
    let report =
        evidence::report::report(def, state, mandate, &|station, content| on.stations.figures(station, content));
    let mut expected = evidence::tables(def, state);
    let stations = mandate.stations(def, state);
    expected.extend(
        [
            (README, evidence::readme::readme(def, state, mandate)),
            (REPORT, report),
            (SCOPE, evidence::scope(mandate)),
            (STATIONS, disk::tables::stations(def, state, stations, on.manifest)),
            (WITHHELD, withheld(on)),
        ]
        .map(|(path, bytes)| (path.to_owned(), bytes)),
    );
    let reported = transmission(on, &mut check);
    let folders: &[&str] = match reported {
        Some(_) => &["docket/", "register/", transmission::FOLDER],
        // What should lie there is not known.
        None => &["docket/", "register/"],
    };
    expected.extend(reported.into_iter().flatten());
    let mut same = |folder: &Folder, path: &str, expected: &[u8]| {
        if let Some(bytes) = get(folder, &mut check, path) {
            check.expect(bytes == expected, path, "evidence.described", || {
                "is not, to the byte, what follows from the rest of the bundle".into()
            });
        }
    };
    expected.iter().for_each(|(path, bytes)| same(on.data, path, bytes));
    same(on.whole, disk::TAGS[0], evidence::bag_info(def, mandate).as_bytes());
    for folder in folders {
        for (path, _) in on.data.under(folder).filter(|(path, _)| !expected.contains_key(*path)) {
            check.fails(path, "evidence.stray", "is no table of a bundle of evidence");
        }
    }
    check
}

/// The files of the transmission report as they should be, with the rows of the mandate's stations; none where it is not at hand, or not
/// the one that the record names. How long packages are is said by the labels of the bundle.
fn transmission(on: &On<'_>, check: &mut Check) -> Option<Files> {
    let Some(entered) = on.state.registers.transmissions.last() else { return Some(Files::new()) };
    let bytes = get(on.data, check, transmission::REPORT)?;
    let report = match Report::signed_for(&bytes, &entered.said) {
        Ok(report) => report,
        Err(problem) => {
            check.fails(transmission::REPORT, problem.code(), problem);
            return None;
        }
    };
    let labels = on.data.under("stations/").filter(|(path, _)| path.ends_with("/label.json"));
    let labels = labels.filter_map(|(path, found)| Some((found.digest, Logged::of(&on.data.bytes(path).ok()?)?)));
    let (labels, asked) = (labels.collect(), on.asked());
    Some(transmission::files(&entered.own, bytes, &report, &labels, |id| asked.contains(id)))
}

/// `withheld.csv` as it should be; a content whose manifests cannot be read has no rows.
fn withheld(on: &On<'_>) -> Vec<u8> {
    let mut table = Withheld::of(on.mandate);
    let read = |path: String| -> Option<Manifest> { parse_manifest(&on.data.bytes(&path).ok()?).ok() };
    for folder in on.manifest.keys().filter_map(|path| path.strip_suffix("/images-manifest.txt")) {
        let both = read(format!("{folder}/results-manifest.txt")).zip(read(format!("{folder}/images-manifest.txt")));
        if let Some((results, images)) = both {
            table.content(folder, &results, &images);
        }
    }
    table.finish(&on.election.frozen.definition, on.state, |path| on.manifest.contains_key(path))
}
