//! Published tables compared, row by row and value by value, with rows that were worked out anew.
//!
//! A table is read a piece at a time: a nation's `stations.csv` has some 20 million rows.

use std::cell::Cell;
use std::io::Read;
use std::rc::Rc;

use crate::folder::{Absent, CHANGED, Folder, Reader};
use crate::report::Check;

/// One row as it should be: the cells that the check vouches for; others are another check's.
pub type Row = Vec<Option<String>>;

/// After so many wrong rows the rest of a table is not read: it is another table.
const MOST_WRONG: u64 = 1_000;

/// The longest row, in bytes: a table that is one cell of gigabytes must not be held in memory.
const LONGEST_ROW: u64 = 1 << 20;

/// A table that fails where one row runs on and on; the counter is set back before each row.
struct Leash {
    inner: Reader,
    since: Rc<Cell<u64>>,
}

impl Read for Leash {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        if self.since.get() > LONGEST_ROW {
            return Err(std::io::Error::other("a row is longer than 1 MiB"));
        }
        let read = self.inner.read(buffer)?;
        self.since.set(self.since.get() + read as u64);
        Ok(read)
    }
}

/// A cell that the check vouches for.
pub fn cell(value: impl ToString) -> Option<String> {
    Some(value.to_string())
}

/// A cell of `yes` or `no`.
pub fn yes_no(yes: bool) -> Option<String> {
    cell(if yes { "yes" } else { "no" })
}

/// A text of people, as the tables write it: what a spreadsheet would take for a formula begins with an apostrophe.
pub fn words(text: &str) -> Option<String> {
    let quote = if text.starts_with(['=', '+', '-', '@', '\t', '\r']) { "'" } else { "" };
    Some(format!("{quote}{text}"))
}

/// Compares `path` with the rows that it should have, in their order.
pub fn compare(check: &mut Check, folder: &Folder, path: &str, columns: &[&str], rows: impl Iterator<Item = Row>) {
    let mut reader = match folder.open(path) {
        Ok(reader) => reader,
        Err(absent) => return absent.tell(check, path),
    };
    let mut bom = [0; 3];
    if reader.read_exact(&mut bom).is_err() || bom != [0xEF, 0xBB, 0xBF] {
        return check.fails(path, "table.form", "does not begin with the byte order mark of UTF-8");
    }
    let since = Rc::new(Cell::new(0));
    let mut csv = csv::ReaderBuilder::new().from_reader(Leash { inner: reader, since: since.clone() });
    if let Err((place, what)) = compare_rows(check, &mut csv, &since, path, columns, rows) {
        check.fails(place, "table.form", what);
    }
    let mut reader: Reader = csv.into_inner().inner;
    // What was left unread after an error is read to the end, so that the hash can be compared.
    let rest = std::io::copy(&mut reader, &mut std::io::sink());
    if rest.is_err() || !reader.is_same() {
        Absent::Unreadable(CHANGED.into()).tell(check, path);
    }
}

fn compare_rows(
    check: &mut Check,
    csv: &mut csv::Reader<Leash>,
    since: &Cell<u64>,
    path: &str,
    columns: &[&str],
    mut rows: impl Iterator<Item = Row>,
) -> Result<(), (String, String)> {
    let header = csv.headers().map_err(|e| (path.to_owned(), e.to_string()))?;
    if header != columns {
        return Err((format!("{path}:1"), format!("has the columns {header:?}, not {columns:?}")));
    }
    let mut record = csv::StringRecord::new();
    let mut wrong = 0;
    loop {
        since.set(0);
        let has_row = csv.read_record(&mut record).map_err(|e| (path.to_owned(), e.to_string()))?;
        let line = record.position().map_or(0, csv::Position::line);
        let place = || format!("{path}:{line}");
        match (has_row, rows.next()) {
            (false, None) => return Ok(()),
            (true, None) => return Err((place(), format!("a row too many: {record:?}"))),
            (false, Some(row)) => {
                let row: Vec<String> = row.into_iter().map(Option::unwrap_or_default).collect();
                return Err((path.to_owned(), format!("ends before the row {row:?}")));
            }
            (true, Some(row)) => {
                let differing = columns
                    .iter()
                    .zip(&row)
                    .zip(record.iter())
                    .find(|((_, should), is)| should.as_deref().is_some_and(|should| should != *is));
                match differing {
                    None => check.holds(),
                    Some(((column, should), is)) => {
                        wrong += 1;
                        let key = record.iter().take(2).collect::<Vec<_>>().join(", ");
                        let should = should.clone().unwrap_or_default();
                        let what = format!("{key}: {column} is '{is}', but the evidence gives '{should}'");
                        check.fails(place(), "table.value", what);
                    }
                }
                if wrong > MOST_WRONG {
                    return Err((place(), "too many rows are wrong; the rest is not compared".to_owned()));
                }
            }
        }
    }
}
