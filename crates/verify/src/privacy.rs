//! V.411: what the published figures tell of few voters is said, and said rightly.

use std::collections::BTreeMap;

use election::{ContestId, Definition};
use record::privacy::{COLUMNS, StationLeak, constituency_row, table};
use tally::ContestTotals;

use crate::csvs::{Row, cell, compare};
use crate::folder::Folder;
use crate::report::Check;
use crate::table::CheckId;

/// The table.
pub const TABLE: &str = "privacy.csv";

/// V.411: every row of the table again, from the figures of each content and, where they are published, its records. Gives
/// the table as well.
pub fn check(
    folder: &Folder,
    def: &Definition,
    leaks: &[StationLeak],
    totals: &BTreeMap<ContestId, ContestTotals>,
) -> (Check, Vec<u8>) {
    let mut check = Check::new(CheckId::Privacy);
    let rows = || {
        let stations = leaks.iter().flat_map(|leak| leak.rows(def));
        stations.chain(totals.iter().map(|(contest, totals)| constituency_row(def, contest, totals)))
    };
    compare(&mut check, folder, TABLE, &COLUMNS, rows().map(|row| -> Row { row.map(cell).to_vec() }));
    (check, table(rows()))
}
