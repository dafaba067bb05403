//! V.604: `results.json`, the report for other programs.

use std::collections::BTreeMap;

use election::ContestId;
use serde::Deserialize;
use tally::ContestTotals;

use crate::folder::Folder;
use crate::report::Check;
use crate::table::CheckId;

/// What is read of NIST SP 1500-100 v2, `ElectionResults.ElectionReport`.
#[derive(Deserialize)]
struct ReportJson {
    #[serde(rename = "Election")]
    election: Vec<ElectionJson>,
}

#[derive(Deserialize)]
struct ElectionJson {
    #[serde(rename = "Contest")]
    contest: Vec<ContestJson>,
}

#[derive(Deserialize)]
struct ContestJson {
    #[serde(rename = "@id")]
    id: String,
    #[serde(rename = "ContestSelection")]
    selection: Vec<SelectionJson>,
}

#[derive(Deserialize)]
struct SelectionJson {
    #[serde(rename = "@id")]
    id: String,
    #[serde(rename = "VoteCounts")]
    counts: Vec<CountJson>,
}

#[derive(Deserialize)]
struct CountJson {
    #[serde(rename = "Count")]
    count: NumberJson,
}

/// A count beyond 2^53 is a string, so that no program rounds it.
#[derive(Deserialize)]
#[serde(untagged)]
enum NumberJson {
    Number(u64),
    Text(String),
}

impl NumberJson {
    /// The count, where it is written in its one form.
    fn get(&self) -> Option<u64> {
        match self {
            NumberJson::Number(count) => Some(*count).filter(|count| *count <= 1 << 53),
            NumberJson::Text(text) => text.parse().ok().filter(|n: &u64| n.to_string() == *text && *n > 1 << 53),
        }
    }
}

/// V.604: the counts of `results.json`, the report for other programs.
pub fn check(folder: &Folder, totals: &BTreeMap<ContestId, ContestTotals>) -> Check {
    let mut check = Check::new(CheckId::Report);
    let path = "results/results.json";
    let bytes = match folder.bytes(path) {
        Ok(bytes) => bytes,
        Err(absent) => {
            absent.tell(&mut check, path);
            return check;
        }
    };
    let report: ReportJson = match serde_json::from_slice(&bytes) {
        Ok(report) => report,
        Err(e) => {
            check.fails(path, "report.form", e);
            return check;
        }
    };
    let contests: Vec<&ContestJson> = report.election.iter().flat_map(|election| &election.contest).collect();
    let mut found: BTreeMap<(String, String), Vec<Option<u64>>> = BTreeMap::new();
    for contest in &contests {
        for selection in &contest.selection {
            let counts = selection.counts.iter().map(|count| count.count.get());
            found.entry((contest.id.clone(), selection.id.clone())).or_default().extend(counts);
        }
    }
    check.expect(contests.len() == totals.len(), path, "report.contests", || {
        format!("has {} contests, not {}", contests.len(), totals.len())
    });
    for (contest, sum) in totals {
        for (option, votes) in &sum.votes {
            let said = found.remove(&(format!("contest-{contest}"), format!("selection-{option}")));
            check.expect(said.as_deref() == Some(&[Some(*votes)]), path, "report.count", || {
                format!("{contest}, {option}: has {said:?}, but the evidence gives {votes}")
            });
        }
    }
    for (contest, selection) in found.keys() {
        check.fails(path, "report.option", format!("{contest}, {selection}: cannot be voted for"));
    }
    check
}
