//! A table as a person's spreadsheet wrote it: bytes to rows with their lines.

use crate::report::{Report, show};
use crate::sheets::{Kind, Sheet};
use crate::{Folder, Rule};

/// The most rows of a table; a nation of 60,000 stations has 60,000.
const MOST_ROWS: usize = 250_000;

/// The most columns of a header that is looked at; no table has as many as twenty.
const MOST_COLUMNS: usize = 1_000;

/// The rows of a table, each with one cell for every column of its sheet.
pub(crate) struct Table {
    /// Its sheet.
    pub sheet: &'static Sheet,
    /// Which columns of the sheet are there; only `Name` columns may be missing.
    pub present: Vec<bool>,
    /// The rows.
    pub rows: Vec<Row>,
}

/// A row: its line in the file and its cells in the order of the sheet, trimmed, digits folded where
/// the column is not for people's words.
pub(crate) struct Row {
    pub line: u64,
    pub cells: Vec<String>,
}

impl Table {
    /// The rows that `keep` wants, in canonical form: columns in the order of the sheet, those that are there.
    pub fn write(&self, keep: impl Fn(&Row) -> bool) -> Vec<u8> {
        let here = |i: &usize| self.present.get(*i).copied().unwrap_or(false);
        let header: Vec<&str> =
            self.sheet.columns.iter().enumerate().filter(|(i, _)| here(i)).map(|(_, (name, _))| *name).collect();
        let rows = self.rows.iter().filter(|row| keep(row)).map(|row| {
            row.cells.iter().enumerate().filter(|(i, _)| here(i)).map(|(_, cell)| cell.as_str()).collect::<Vec<_>>()
        });
        write(&header, rows)
    }
}

/// Arabic-Indic (٠-٩) and Eastern Arabic-Indic digits (۰-۹) as 0-9; all else as it is.
pub fn fold_digits(text: &str) -> String {
    let fold = |c: char| match c {
        '٠'..='٩' => char::from_digit(c as u32 - '٠' as u32, 10).unwrap_or(c),
        '۰'..='۹' => char::from_digit(c as u32 - '۰' as u32, 10).unwrap_or(c),
        _ => c,
    };
    text.chars().map(fold).collect()
}

/// The file as text without a byte order mark; E.104 with the line of the first byte that is not UTF-8.
pub(crate) fn utf8<'a>(file: &str, bytes: &'a [u8], report: &mut Report) -> Option<&'a str> {
    match std::str::from_utf8(bytes) {
        Ok(text) => Some(text.strip_prefix('\u{feff}').unwrap_or(text)),
        Err(error) => {
            let line = 1 + bytes[..error.valid_up_to()].iter().filter(|&&b| b == b'\n').count() as u64;
            let next = "save it as 'CSV UTF-8' in the spreadsheet, or as UTF-8 in the editor";
            report.add(Rule::NotUtf8, file, Some(line), "the file is not UTF-8 here", next);
            None
        }
    }
}

/// Reads the table of `sheet`. `None` where the file is missing or its header leaves no way to read it.
pub(crate) fn table(folder: &Folder, sheet: &'static Sheet, report: &mut Report) -> Option<Table> {
    let Some(bytes) = folder.get(sheet.file) else {
        if !sheet.optional {
            let next = format!("make it, with the columns {}", column_names(sheet));
            report.add(Rule::Unreadable, sheet.file, None, "the file is missing", next);
        }
        return None;
    };
    let text = utf8(sheet.file, bytes, report)?;
    let first = text.lines().find(|line| !line.is_empty()).unwrap_or("");
    let delimiter = match (first.contains(','), first.contains(';')) {
        (true, true) => {
            let what = "the header has both commas and semicolons, so the columns cannot be told apart";
            report.add(Rule::Header, sheet.file, Some(1), what, "separate the columns by one of them");
            return None;
        }
        (false, true) => b';',
        _ => b',',
    };
    let mut reader =
        csv::ReaderBuilder::new().has_headers(false).flexible(true).delimiter(delimiter).from_reader(text.as_bytes());
    let mut lines = Lines { bytes: text.as_bytes(), at: 0, line: 1 };
    let mut record = csv::StringRecord::new();
    let mut columns: Option<Vec<Option<usize>>> = None;
    let (mut width, mut seen) = (0, 0);
    let mut rows = Vec::new();
    while let Ok(true) = reader.read_record(&mut record) {
        let start = record.position().map_or(0, csv::Position::byte);
        let line = lines.of(usize::try_from(start).unwrap_or(usize::MAX));
        let Some(columns) = &columns else {
            columns = Some(header(sheet, &record, line, report)?);
            width = record.len();
            continue;
        };
        if record.iter().all(|cell| cell.trim().is_empty()) {
            continue;
        }
        // Rows that cannot be used count too: they bound the time that a hostile table takes.
        if seen == MOST_ROWS {
            let what = format!("the table has more than {MOST_ROWS} rows");
            report.add(Rule::TooLarge, sheet.file, Some(line), what, "remove what does not belong to the election");
            break;
        }
        seen += 1;
        if record.len() != width {
            let what = format!("the row has {} cells, the header {width}", record.len());
            let next = "give the row a cell for every column, and put a cell that holds a separator in quotes";
            report.add(Rule::CellCount, sheet.file, Some(line), what, next);
            continue;
        }
        let cell = |(index, column): (&Option<usize>, &(&str, Kind))| {
            let text = index.and_then(|i| record.get(i)).unwrap_or("").trim();
            if column.1 == Kind::Plain { fold_digits(text) } else { text.to_owned() }
        };
        rows.push(Row { line, cells: columns.iter().zip(sheet.columns).map(cell).collect() });
    }
    let Some(columns) = columns else {
        let next = format!("write the names of the columns in the first line: {}", column_names(sheet));
        report.add(Rule::Header, sheet.file, Some(1), "the table is empty", next);
        return None;
    };
    Some(Table { sheet, present: columns.iter().map(Option::is_some).collect(), rows })
}

/// Where each column of the sheet stands in the file; `None` where one that is needed does not.
fn header(
    sheet: &'static Sheet,
    record: &csv::StringRecord,
    line: u64,
    report: &mut Report,
) -> Option<Vec<Option<usize>>> {
    let mut places = vec![None; sheet.columns.len()];
    if record.len() > MOST_COLUMNS {
        let what = format!("the header has {} cells", record.len());
        let next = format!("write the names of the columns alone: {}", column_names(sheet));
        report.add(Rule::Header, sheet.file, Some(line), what, next);
        return None;
    }
    for (index, name) in record.iter().enumerate() {
        let name = name.trim();
        let Some(column) = sheet.columns.iter().position(|(known, _)| *known == name) else {
            let what = format!("there is no column '{}' in this table", show(name));
            let next = format!("remove or rename it; the columns are {}", column_names(sheet));
            report.add(Rule::ColumnUnknown, sheet.file, Some(line), what, next);
            continue;
        };
        if places[column].replace(index).is_some() {
            let what = format!("the column '{name}' stands here twice");
            report.add(Rule::ColumnTwice, sheet.file, Some(line), what, "remove one of them");
        }
    }
    let mut usable = true;
    for (place, (name, kind)) in places.iter().zip(sheet.columns) {
        if place.is_none() && *kind != Kind::Name {
            let what = format!("the column '{name}' is missing");
            let next = format!("add it; the columns are {}", column_names(sheet));
            report.add(Rule::ColumnMissing, sheet.file, Some(line), what, next);
            usable = false;
        }
    }
    usable.then_some(places)
}

fn column_names(sheet: &Sheet) -> String {
    sheet.columns.iter().map(|(name, _)| *name).collect::<Vec<_>>().join(", ")
}

/// Lines by byte offset, counted as an editor counts them; offsets are asked in ascending order.
/// The csv reader's own count stands before the blank lines that it skips.
struct Lines<'a> {
    bytes: &'a [u8],
    at: usize,
    line: u64,
}

impl Lines<'_> {
    fn of(&mut self, offset: usize) -> u64 {
        while let Some(&byte) = self.bytes.get(self.at) {
            let ends = byte == b'\n' || (byte == b'\r' && self.bytes.get(self.at + 1) != Some(&b'\n'));
            if self.at >= offset && byte != b'\r' && byte != b'\n' {
                break;
            }
            self.line += u64::from(ends);
            self.at += 1;
        }
        self.line
    }
}

/// Writes a table in canonical form: commas, line feeds, quotes only where needed.
pub(crate) fn write<'a, R: IntoIterator<Item = &'a str>>(header: &[&str], rows: impl Iterator<Item = R>) -> Vec<u8> {
    let mut out = String::new();
    let mut put = |cells: &mut dyn Iterator<Item = &str>| {
        for (i, cell) in cells.enumerate() {
            if i > 0 {
                out.push(',');
            }
            if cell.contains([',', ';', '"', '\n', '\r']) {
                out.push('"');
                out.push_str(&cell.replace('"', "\"\""));
                out.push('"');
            } else {
                out.push_str(cell);
            }
        }
        out.push('\n');
    };
    put(&mut header.iter().copied());
    for row in rows {
        put(&mut row.into_iter());
    }
    out.into_bytes()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sheets;

    fn parties(text: &[u8]) -> Result<Vec<(u64, Vec<String>)>, Vec<&'static str>> {
        let folder = Folder { files: [("parties.csv".to_owned(), text.to_vec())].into() };
        let mut report = Report::default();
        let table = table(&folder, &sheets::PARTIES, &mut report);
        let problems = report.into_result(()).err().unwrap_or_default();
        if !problems.is_empty() {
            return Err(problems.iter().map(|p| p.code).collect());
        }
        Ok(table.map(|t| t.rows.into_iter().map(|r| (r.line, r.cells)).collect()).unwrap_or_default())
    }

    #[test]
    fn spreadsheets_write_one_table_in_many_ways() {
        let wanted = Ok(vec![
            (2, vec!["p1".into(), "تحالف".into(), String::new(), "A, \"B\"".into()]),
            (4, vec!["p2".into(), "٢".into(), String::new(), "C".into()]),
        ]);
        let plain = "party,name_ar,name_ckb,name_en\np1,تحالف,,\"A, \"\"B\"\"\"\n\np2,٢,,C\n";
        assert_eq!(parties(plain.as_bytes()), wanted);
        assert_eq!(parties(format!("\u{feff}{}", plain.replace('\n', "\r\n")).as_bytes()), wanted);
        assert_eq!(parties(plain.replace("\n\n", "\n , ,,\n").as_bytes()), wanted);
        assert_eq!(parties("name_en;party;name_ar\n\"A, \"\"B\"\"\"; p۱ ;تحالف\n\nC;p2;٢".as_bytes()), wanted);
    }

    #[test]
    fn lines_are_those_of_an_editor() {
        let read = parties(b"party\r\n\r\n\r\na\r\n\r\nb\rc\n").unwrap();
        assert_eq!(read.iter().map(|r| r.0).collect::<Vec<_>>(), [4, 6, 7]);
    }

    #[test]
    fn what_cannot_be_told_apart_is_refused() {
        assert_eq!(parties(b"party;name_ar,name_en\n"), Err(vec!["E.110"]));
        assert_eq!(parties(b""), Err(vec!["E.110"]));
        assert_eq!(parties(b"party\n\xff\xfe\n"), Err(vec!["E.104"]));
        assert_eq!(parties(b"party,name_en\na\n"), Err(vec!["E.114"]));
        assert_eq!(parties(&[b"party".as_slice(), &b",x".repeat(2_000_000)].concat()), Err(vec!["E.110"]));
        let short = [b"party,name_en\n".as_slice(), &b"a\n".repeat(MOST_ROWS + 1)].concat();
        let codes = parties(&short).unwrap_err();
        assert_eq!((codes.len(), codes.contains(&"E.125")), (10_001, true));
    }

    #[test]
    fn rows_that_cannot_be_used_count_too() {
        // Without the bound the last row would be read: all before it are of the wrong length.
        let mut text = b"party,name_en\n".to_vec();
        text.extend(b"a\n".repeat(9_000));
        assert_eq!(parties(&text).unwrap_err().len(), 9_000);
        let mut report = Report::default();
        text.extend(b"a\n".repeat(MOST_ROWS));
        text.extend(b"p,P\n");
        let folder = Folder { files: [("parties.csv".to_owned(), text)].into() };
        assert!(table(&folder, &sheets::PARTIES, &mut report).unwrap().rows.is_empty());
    }
}
