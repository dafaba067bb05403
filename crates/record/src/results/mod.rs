//! The outcome as the files of `results/`: tables that a spreadsheet opens, and
//! NIST SP 1500-100 v2 for other programs.
//!
//! CSV is RFC 4180 in UTF-8 with a byte order mark; a cell that a spreadsheet
//! would take for a formula begins with an apostrophe. Nothing in here carries
//! a signature, a key, a leaf's index or a clock, so the same votes always give
//! the same bytes.

mod by_rule;
mod decisions;
mod nist;
mod seats;
mod stations;

use std::collections::BTreeMap;

use election::{Definition, Digest, Lang, OptionId, Text};
use package::StationResults;

use crate::outcome::{Figures, Outcome};
use crate::standing::StationStanding;

/// Files by their path inside `results/`.
pub type Files = BTreeMap<String, Vec<u8>>;

/// The sha256sum manifest of `files`, and its digest: what an announcement names.
pub fn manifest(files: &Files) -> (String, Digest) {
    let lines: Vec<String> =
        files.iter().map(|(path, bytes)| format!("{}  {path}\n", Digest::of(bytes).hex())).collect();
    let text = lines.concat();
    let digest = Digest::of(text.as_bytes());
    (text, digest)
}

/// All files of `results/`.
pub fn files(def: &Definition, outcome: &Outcome, figures: &Figures) -> Files {
    each(def, outcome, figures).map(|(name, bytes)| (name.to_owned(), bytes)).collect()
}

/// The report for other programs.
const REPORT: &str = "results.json";

/// The names of all files of `results/`.
pub const NAMES: [&str; 17] = [
    "accounts.csv",
    "amendments.csv",
    "differences.csv",
    "elected.csv",
    "findings.csv",
    "flagged.csv",
    "letters.csv",
    "offices.csv",
    "remarks.csv",
    REPORT,
    "seats.csv",
    "shares.csv",
    "stations.csv",
    "status.csv",
    "steps.csv",
    "totals.csv",
    "withdrawals.csv",
];

/// The files of `results/` one after the other, so that no two of a nation's are in memory at once.
pub fn each<'a>(
    def: &'a Definition,
    outcome: &'a Outcome,
    figures: &'a Figures,
) -> impl Iterator<Item = (&'static str, Vec<u8>)> + 'a {
    NAMES.into_iter().map(move |name| {
        let table = match name {
            "stations.csv" => stations::stations(def, outcome, figures),
            "accounts.csv" => stations::accounts(def, outcome, figures),
            "status.csv" => stations::status(def, outcome),
            "differences.csv" => stations::differing(outcome),
            "findings.csv" => stations::findings(outcome),
            "flagged.csv" => by_rule::flagged(def, outcome),
            "shares.csv" => by_rule::shares(outcome),
            "remarks.csv" => stations::remarks(def, outcome),
            "letters.csv" => stations::letters(def, outcome),
            "offices.csv" => stations::offices(def, outcome),
            "totals.csv" => seats::totals(def, outcome),
            "seats.csv" => seats::seats(outcome),
            "elected.csv" => seats::elected(def, outcome),
            "steps.csv" => seats::steps(outcome),
            "withdrawals.csv" => decisions::withdrawals(def, outcome),
            "amendments.csv" => decisions::amendments(outcome),
            _ => {
                let report = nist::election_report(def, outcome);
                let mut report = serde_json::to_vec_pretty(&report).expect("plain data is always JSON");
                report.push(b'\n');
                return (name, report);
            }
        };
        (name, table.bytes())
    })
}

pub(crate) struct Table(csv::Writer<Vec<u8>>);

impl Table {
    pub(crate) fn new(columns: &[&str]) -> Self {
        let bom = vec![0xEF, 0xBB, 0xBF];
        let mut table = Table(csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(bom));
        table.row(columns.iter().map(ToString::to_string));
        table
    }

    pub(crate) fn row(&mut self, cells: impl IntoIterator<Item = String>) {
        let cells: Vec<String> = cells.into_iter().map(safe).collect();
        self.0.write_record(cells).expect("memory takes every row, and all rows are of one length");
    }

    pub(crate) fn bytes(self) -> Vec<u8> {
        self.0.into_inner().expect("memory takes every row")
    }
}

/// A cell that no spreadsheet takes for a formula.
fn safe(cell: String) -> String {
    match cell.chars().next() {
        Some('=' | '+' | '-' | '@' | '\t' | '\r' | '\n' | '＝' | '＋' | '－' | '＠') => format!("'{cell}"),
        _ => cell,
    }
}

/// A count as JSON: beyond 2^53, where other programs round, a string.
pub fn json_count(count: u64) -> serde_json::Value {
    if count <= 1 << 53 { count.into() } else { count.to_string().into() }
}

fn names(text: &Text) -> [String; 3] {
    Lang::ALL.map(|lang| text.exact(lang).to_owned())
}

pub(crate) fn yes_no(yes: bool) -> String {
    if yes { "yes" } else { "no" }.to_owned()
}

/// The cell of what may be absent.
pub(crate) fn or_empty<T: ToString>(value: Option<T>) -> String {
    value.map(|value| value.to_string()).unwrap_or_default()
}

/// Ids, digests and texts without spaces, in one cell.
pub(crate) fn joined<T: ToString>(values: impl IntoIterator<Item = T>) -> String {
    joined_by(" ", values)
}

/// Texts of people, which may have spaces, in one cell.
pub(crate) fn listed<T: ToString>(values: impl IntoIterator<Item = T>) -> String {
    joined_by("; ", values)
}

fn joined_by<T: ToString>(separator: &str, values: impl IntoIterator<Item = T>) -> String {
    values.into_iter().map(|value| value.to_string()).collect::<Vec<_>>().join(separator)
}

/// The vote difference between two contents of one station, option by option: what a quarantine desk looks at.
pub fn differences(def: &Definition, left: &StationResults, right: &StationResults) -> Vec<(OptionId, u32, u32)> {
    // Most copies are the same: the options of a contest are only gone through where it differs.
    let differing = def.contests.iter().filter(|contest| left.contest(&contest.id) != right.contest(&contest.id));
    let rows = differing.flat_map(|contest| {
        let votes = |results: &StationResults, option: &OptionId| {
            results.contest(&contest.id).and_then(|own| own.votes.get(option)).copied().unwrap_or(0)
        };
        let row = move |option| {
            let (left, right) = (votes(left, &option), votes(right, &option));
            (option, left, right)
        };
        def.counted_in(&contest.id).into_iter().map(row)
    });
    rows.filter(|(_, left, right)| left != right).collect()
}

/// Whether a standing rests on less than both copies, in one word for tables.
pub fn evidence_word(standing: &StationStanding) -> &'static str {
    match (standing.network.is_empty(), standing.stick.is_empty()) {
        (true, true) => "none",
        (false, true) => "network",
        (true, false) => "stick",
        (false, false) if standing.is_identical() => "both",
        (false, false) => "differing",
    }
}
