//! One channel in memory: stations in order, figures side by side.

use std::cell::Cell;
use std::collections::BTreeSet;
use std::io::Read;
use std::rc::Rc;

use csv::{ByteRecord, ReaderBuilder};

use super::Channel;
use super::error::{ChannelError, KEPT, Refused, shown};
use super::map::{BadCell, SideMap, nearest};

/// The longest row, in bytes; an unclosed quotation mark must not take in a whole file.
const LONGEST_ROW: u64 = 1 << 20;

/// A channel that has been read.
pub(super) struct Table {
    ids: Vec<Box<str>>,
    /// All figures, row by row.
    figures: Vec<u64>,
    width: usize,
    /// Rows in order of their ids.
    order: Vec<usize>,
    /// Rows that cannot be read.
    pub invalid: u64,
    /// Their stations, where they name one.
    pub unreadable: BTreeSet<String>,
    /// Why, for the first of them.
    pub problems: Vec<ChannelError>,
}

/// Problems as they are met: the first in full, the rest as a number.
#[derive(Default)]
struct Problems {
    kept: Vec<ChannelError>,
    all: u64,
}

impl Problems {
    fn push(&mut self, problem: ChannelError) {
        self.all += 1;
        if self.kept.len() < KEPT {
            self.kept.push(problem);
        }
    }

    fn refuse(self) -> Result<(), Refused> {
        let more = self.all - self.kept.len() as u64;
        if self.all == 0 { Ok(()) } else { Err(Refused { problems: self.kept, more }) }
    }
}

/// A reader that fails where one row runs on and on; the counter is reset after each row.
struct Leash<R> {
    inner: R,
    since: Rc<Cell<u64>>,
}

impl<R: Read> Read for Leash<R> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        if self.since.get() > LONGEST_ROW {
            return Err(std::io::Error::other("the row is longer than 1 MiB"));
        }
        let read = self.inner.read(buffer)?;
        self.since.set(self.since.get() + read as u64);
        Ok(read)
    }
}

/// The places of the columns that count.
struct Columns {
    station: Vec<(usize, String)>,
    fields: Vec<(usize, String)>,
    all: usize,
}

impl Table {
    /// Reads a channel to its end.
    pub fn read<R: Read>(channel: Channel<'_, R>, side: &SideMap, bad: BadCell) -> Result<Table, Refused> {
        let file = channel.name;
        let since = Rc::new(Cell::new(0));
        let leash = Leash { inner: channel.reader, since: since.clone() };
        let mut reader = ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .delimiter(side.delimiter)
            .buffer_capacity(1 << 16)
            .from_reader(leash);
        let mut record = ByteRecord::new();
        let mut next = |record: &mut ByteRecord| -> Result<Option<u64>, Refused> {
            since.set(0);
            let more = reader.read_byte_record(record);
            let line = |p: Option<&csv::Position>| p.map_or(0, csv::Position::line);
            match more {
                Ok(more) => Ok(more.then(|| line(record.position()))),
                Err(e) => {
                    let (file, line) = (file.to_owned(), line(Some(reader.position())));
                    Err(ChannelError::Read { file, line, what: shown(&e.to_string()) }.into())
                }
            }
        };
        next(&mut record)?;
        let columns = header(file, &record, side)?;

        let mut table = Table {
            ids: Vec::new(),
            figures: Vec::new(),
            width: columns.fields.len(),
            order: Vec::new(),
            invalid: 0,
            unreadable: BTreeSet::new(),
            problems: Vec::new(),
        };
        let mut lines: Vec<u64> = Vec::new();
        let mut problems = Problems::default();
        let mut unreadable: Vec<(String, u64)> = Vec::new();
        while let Some(line) = next(&mut record)? {
            let before = table.figures.len();
            match row(file, line, &record, &columns, &mut table.figures) {
                Ok(station) => {
                    table.ids.push(station.into_boxed_str());
                    lines.push(line);
                }
                Err(bad) => {
                    table.figures.truncate(before);
                    problems.push(bad.problem);
                    unreadable.extend(bad.station.map(|s| (s, line)));
                }
            }
        }
        table.order = (0..table.ids.len()).collect();
        table.order.sort_unstable_by(|a, b| table.ids[*a].cmp(&table.ids[*b]).then(a.cmp(b)));

        let mut twice = Problems::default();
        let mut again = |station: &str, first: u64, line: u64| {
            let (first, line) = (first.min(line), first.max(line));
            twice.push(ChannelError::StationTwice { file: file.to_owned(), line, first, station: shown(station) });
        };
        for pair in table.order.windows(2).filter(|p| table.ids[p[0]] == table.ids[p[1]]) {
            again(&table.ids[pair[0]], lines[pair[0]], lines[pair[1]]);
        }
        for (station, line) in &unreadable {
            if let Some(row) = table.find(station) {
                again(station, lines[row], *line);
            }
        }
        if bad == BadCell::Refuse {
            problems.kept.extend(twice.kept);
            problems.all += twice.all;
            problems.refuse()?;
        } else {
            twice.refuse()?;
            table.invalid = problems.all;
            table.problems = problems.kept;
            table.unreadable = unreadable.into_iter().map(|(station, _)| station).collect();
        }
        Ok(table)
    }

    /// How many stations.
    pub fn rows(&self) -> u64 {
        self.ids.len() as u64
    }

    /// Is this station there, and readable?
    pub fn has(&self, station: &str) -> bool {
        self.find(station).is_some()
    }

    fn find(&self, station: &str) -> Option<usize> {
        self.order.binary_search_by(|row| (*self.ids[*row]).cmp(station)).ok().map(|at| self.order[at])
    }

    /// Stations with their figures, by id.
    pub fn sorted(&self) -> impl Iterator<Item = (&str, &[u64])> {
        self.order.iter().map(|row| (&*self.ids[*row], &self.figures[row * self.width..(row + 1) * self.width]))
    }
}

fn header(file: &str, record: &ByteRecord, side: &SideMap) -> Result<Columns, Refused> {
    let encoding = |utf16| ChannelError::Encoding { file: file.to_owned(), line: 1, utf16 };
    if record.get(0).is_some_and(|first| first.starts_with(b"\xff\xfe") || first.starts_with(b"\xfe\xff")) {
        return Err(encoding(true).into());
    }
    let names: Result<Vec<&str>, _> = record.iter().map(std::str::from_utf8).collect();
    let names: Vec<&str> =
        names.map_err(|_| encoding(false))?.into_iter().map(|n| n.trim_start_matches('\u{feff}').trim()).collect();
    let mut problems = Problems::default();
    let mut place = |column: &String| {
        let mut places = names.iter().enumerate().filter(|(_, name)| *name == column).map(|(i, _)| i);
        let file = file.to_owned();
        let found = places.next();
        if found.is_none() {
            let near = nearest(column, &names).map(shown);
            problems.push(ChannelError::NoColumn { file, column: shown(column), near });
        } else if places.next().is_some() {
            problems.push(ChannelError::ColumnTwice { file, column: shown(column) });
        }
        (found.unwrap_or(0), column.clone())
    };
    let station = side.station.iter().map(&mut place).collect();
    let fields = side.fields.values().map(&mut place).collect();
    problems.refuse()?;
    Ok(Columns { station, fields, all: names.len() })
}

/// A row that cannot be read, and its station if it names one.
struct BadRow {
    station: Option<String>,
    problem: ChannelError,
}

impl From<ChannelError> for Box<BadRow> {
    fn from(problem: ChannelError) -> Self {
        Box::new(BadRow { station: None, problem })
    }
}

/// Reads one row: its figures go to `figures`, its station is returned.
fn row(
    file: &str,
    line: u64,
    record: &ByteRecord,
    columns: &Columns,
    figures: &mut Vec<u64>,
) -> Result<String, Box<BadRow>> {
    let file = || file.to_owned();
    if record.len() != columns.all {
        let (cells, columns) = (record.len() as u64, columns.all as u64);
        return Err(ChannelError::RowLength { file: file(), line, cells, columns }.into());
    }
    let mut station = String::new();
    for (i, (place, column)) in columns.station.iter().enumerate() {
        let cell = std::str::from_utf8(&record[*place]);
        let cell = cell.map_err(|_| ChannelError::Encoding { file: file(), line, utf16: false })?.trim();
        if cell.is_empty() {
            return Err(ChannelError::NoStation { file: file(), line, column: shown(column) }.into());
        }
        if i > 0 {
            station.push('/');
        }
        station.extend(cell.chars().map(western));
    }
    for (place, column) in &columns.fields {
        match number(&record[*place]) {
            Some(figure) => figures.push(figure),
            None => {
                let problem = ChannelError::Cell {
                    file: file(),
                    line,
                    column: shown(column),
                    number: *place as u64 + 1,
                    station: shown(&station),
                    value: shown(&String::from_utf8_lossy(&record[*place])),
                };
                return Err(Box::new(BadRow { station: Some(station), problem }));
            }
        }
    }
    Ok(station)
}

/// A digit of Arabic or Persian writing as 0-9; anything else as it is.
fn western(c: char) -> char {
    let offset = match c {
        '٠'..='٩' => u32::from(c) - u32::from('٠'),
        '۰'..='۹' => u32::from(c) - u32::from('۰'),
        _ => return c,
    };
    char::from_digit(offset, 10).unwrap_or(c)
}

/// A whole number in any of the three kinds of digits, spaces around it apart.
fn number(cell: &[u8]) -> Option<u64> {
    let text = std::str::from_utf8(cell).ok()?.trim();
    if (1..=18).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit()) {
        // What nearly every cell is; 18 digits fit.
        return Some(text.bytes().fold(0, |sum, b| sum * 10 + u64::from(b - b'0')));
    }
    if text.is_empty() {
        return None;
    }
    text.chars().try_fold(0u64, |sum, c| {
        let digit = western(c).to_digit(10)?;
        sum.checked_mul(10)?.checked_add(u64::from(digit))
    })
}
