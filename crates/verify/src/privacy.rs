//! V.411: what the published figures tell of few voters is said, and said rightly.

use std::collections::BTreeMap;

use election::{ContestId, Definition};
use record::privacy::{COLUMNS, StationLeak, constituency_row};
use tally::ContestTotals;

use crate::csvs::{Row, cell, compare};
use crate::folder::Folder;
use crate::report::Check;
use crate::table::CheckId;

/// The table.
pub const TABLE: &str = "privacy.csv";

/// V.411: every row of the table again, from the figures of each content and, where they are published, its records.
pub fn check(
    folder: &Folder,
    def: &Definition,
    leaks: &[StationLeak],
    totals: &BTreeMap<ContestId, ContestTotals>,
) -> Check {
    let mut check = Check::new(CheckId::Privacy);
    // Patterns cannot be counted where the records are withheld.
    let unknown = |row: &[String; COLUMNS.len()]| row[9].is_empty() && row[0] != "constituency";
    let row = |row: [String; COLUMNS.len()]| -> Row {
        let unknown = unknown(&row);
        let cells = COLUMNS.iter().zip(row);
        cells
            .map(|(column, value)| if unknown && column.starts_with("patterns") { None } else { cell(value) })
            .collect()
    };
    let stations = leaks.iter().flat_map(|leak| leak.rows(def));
    let constituencies = totals.iter().map(|(contest, totals)| constituency_row(def, contest, totals));
    compare(&mut check, folder, TABLE, &COLUMNS, stations.chain(constituencies).map(row));
    check
}
