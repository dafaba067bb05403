//! V.504: what people must look at, worked out again.

use std::collections::BTreeMap;

use election::{Definition, StationId};
use record::{Content, State, StationStanding, findings};

use crate::csvs::{cell, compare, words};
use crate::folder::Folder;
use crate::report::Check;
use crate::stations::Stations;
use crate::table::CheckId;

/// V.504.
pub fn check(
    folder: &Folder,
    def: &Definition,
    state: &State,
    stations: &Stations,
    standings: &BTreeMap<StationId, StationStanding>,
) -> Check {
    let mut check = Check::new(CheckId::Findings);
    let imports = state.evidence.values().flat_map(|evidence| &evidence.imports);
    for import in imports.filter(|import| stations.figures(&import.station, &import.content).is_none()) {
        let place = format!("station {}", import.station);
        check.misses(place, "outcome.missing", "the figures of one of its copies are not at hand");
    }
    if check.missing > 0 {
        return check;
    }
    let look = |station: &StationId, content: &Content| stations.figures(station, content);
    let found = findings::findings(def, state, &look);
    for finding in &found {
        check.records(format!("station {}", finding.station), &finding.code, finding.what());
    }
    let rows = found.iter().map(|f| {
        let or_none = |text: Option<String>| cell(text.unwrap_or_default());
        vec![
            cell(f.kind.as_str()),
            cell(&f.station),
            or_none(f.medium.map(|medium| medium.as_str().to_owned())),
            or_none(f.contest.as_ref().map(ToString::to_string)),
            or_none(f.with.as_ref().map(ToString::to_string)),
            words(&f.code),
            cell(f.count),
        ]
    });
    compare(&mut check, folder, "results/findings.csv", &FINDINGS, rows);
    let differences = findings::differences(def, standings, &look);
    let rows = differences
        .iter()
        .map(|d| vec![cell(&d.station), cell(&d.contest), cell(&d.option), cell(d.network), cell(d.stick)]);
    compare(&mut check, folder, "results/differences.csv", &DIFFERENCES, rows);
    // A table without rows was looked at as well.
    check.holds();
    check
}

const FINDINGS: [&str; 7] = ["finding", "station", "medium", "contest", "with", "code", "count"];
const DIFFERENCES: [&str; 5] = ["station", "contest", "option", "network", "stick"];
