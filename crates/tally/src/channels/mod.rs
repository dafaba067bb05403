//! Two channels of any origin, read as CSV with a column map, and matched.
//!
//! Station ids are texts: `01` and `1` are two stations (and are pointed out as
//! perhaps one). Figures may be written in 0-9, ٠-٩ or ۰-۹. What cannot be read is
//! refused with file, line and column; it is never taken for zero.

mod error;
mod map;
mod table;

use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};
use std::io::{BufRead, BufReader, Read};

use serde::Serialize;

use crate::compare::{Class, Field, classify};
pub use error::{ChannelError, Refused};
pub use map::{BadCell, Map, SideMap};
use table::Table;

/// One channel: its bytes, and the file's name for messages.
#[derive(Clone, Debug)]
pub struct Channel<'a, R> {
    /// The file's name.
    pub name: &'a str,
    /// Its bytes.
    pub reader: R,
}

/// How many stations differ in each way.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Classes {
    /// Exactly one figure.
    pub one_field: u64,
    /// None of the other classes.
    pub several_fields: u64,
    /// Other figures of the same sum.
    pub redistributed: u64,
    /// The same figures at other places.
    pub permuted: u64,
    /// One side has zeros only.
    pub all_zero: u64,
}

impl Classes {
    fn add(&mut self, class: Class) {
        *match class {
            Class::OneField => &mut self.one_field,
            Class::SeveralFields => &mut self.several_fields,
            Class::Redistributed => &mut self.redistributed,
            Class::Permuted => &mut self.permuted,
            Class::AllZero => &mut self.all_zero,
        } += 1;
    }
}

/// One station at which the channels differ.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct StationDifference {
    /// The station.
    pub station: String,
    /// How they differ.
    pub class: Class,
    /// Each figure that does.
    pub fields: Vec<Field<String>>,
}

/// Two stations, one on each side only, whose ids differ in leading zeros, signs or case only.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Near {
    /// The id on the left.
    pub left: String,
    /// The id on the right.
    pub right: String,
}

/// What the match of two channels found; the JSON of `sanad match`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Report {
    /// Stations expected: as the map says, or else all that either side names.
    pub expected: u64,
    /// Stations that can be read on the left.
    pub left: u64,
    /// Stations that can be read on the right.
    pub right: u64,
    /// Stations that can be read on both: the denominator of every comparison.
    pub both: u64,
    /// Of these, with identical figures.
    pub identical: u64,
    /// Of these, with a difference.
    pub different: u64,
    /// On the left only.
    pub only_left: u64,
    /// On the right only.
    pub only_right: u64,
    /// Expected, but on neither side.
    pub neither: u64,
    /// Rows that cannot be read, where the map counts them instead of refusing.
    pub invalid_left: u64,
    /// The same on the right.
    pub invalid_right: u64,
    /// How they differ.
    pub classes: Classes,
    /// Stations at which they differ, by id.
    pub differences: Vec<StationDifference>,
    /// The stations on the left only.
    pub stations_only_left: Vec<String>,
    /// The stations on the right only.
    pub stations_only_right: Vec<String>,
    /// Stations that are perhaps one, under two ids.
    pub near: Vec<Near>,
    /// Why rows cannot be read; the first 20 of each side.
    pub invalid: Vec<ChannelError>,
}

impl Report {
    /// The exit code: 1 if any station differs, else 3 if any is missing or unreadable on a side, else 0.
    pub fn exit_code(&self) -> u8 {
        let missing = [self.only_left, self.only_right, self.neither, self.invalid_left, self.invalid_right];
        match () {
            () if self.different > 0 => 1,
            () if missing.iter().any(|n| *n > 0) => 3,
            () => 0,
        }
    }
}

/// Matches two channels: reads both wholly, then walks them in order of station.
pub fn match_channels<L: Read, R: Read>(
    map: &Map,
    left: Channel<'_, L>,
    right: Channel<'_, R>,
) -> Result<Report, Refused> {
    let left = Table::read(left, &map.left, map.on_bad_cell);
    let right = Table::read(right, &map.right, map.on_bad_cell);
    let (left, right) = match (left, right) {
        (Ok(left), Ok(right)) => (left, right),
        (Err(refused), Ok(_)) | (Ok(_), Err(refused)) => return Err(refused),
        (Err(left), Err(right)) => return Err(left.and(right)),
    };
    Ok(walk(map, left, right))
}

fn walk(map: &Map, left: Table, right: Table) -> Report {
    let names: Vec<&String> = map.left.fields.keys().collect();
    let mut report = Report { left: left.rows(), right: right.rows(), ..Default::default() };
    let (mut l, mut r) = (left.sorted().peekable(), right.sorted().peekable());
    loop {
        let side = match (l.peek(), r.peek()) {
            (None, None) => break,
            (Some(_), None) => Ordering::Less,
            (None, Some(_)) => Ordering::Greater,
            (Some((a, _)), Some((b, _))) => a.cmp(b),
        };
        let a = if side.is_le() { l.next() } else { None };
        let b = if side.is_ge() { r.next() } else { None };
        match (a, b) {
            (Some((station, a)), Some((_, b))) => {
                report.both += 1;
                let Some(class) = classify(a, b) else {
                    report.identical += 1;
                    continue;
                };
                report.different += 1;
                report.classes.add(class);
                let fields = (names.iter().zip(a.iter().zip(b)))
                    .filter(|(_, (a, b))| a != b)
                    .map(|(name, (a, b))| Field { name: (*name).clone(), left: Some(*a), right: Some(*b) })
                    .collect();
                report.differences.push(StationDifference { station: station.to_owned(), class, fields });
            }
            // A station whose row on the other side cannot be read is not missing there.
            (Some((station, _)), None) if !right.unreadable.contains(station) => {
                report.stations_only_left.push(station.to_owned());
            }
            (None, Some((station, _))) if !left.unreadable.contains(station) => {
                report.stations_only_right.push(station.to_owned());
            }
            _ => {}
        }
    }
    report.only_left = report.stations_only_left.len() as u64;
    report.only_right = report.stations_only_right.len() as u64;
    report.near = near(&report.stations_only_left, &report.stations_only_right);
    let unread: BTreeSet<&String> = left.unreadable.union(&right.unreadable).collect();
    let both_unread = unread.iter().filter(|id| !left.has(id) && !right.has(id)).count() as u64;
    let named = left.rows() + right.rows() - report.both + both_unread;
    report.expected = map.expected.unwrap_or(named);
    report.neither = report.expected.saturating_sub(named);
    (report.invalid_left, report.invalid_right) = (left.invalid, right.invalid);
    report.invalid = [&left.problems[..], &right.problems].concat();
    report
}

/// Ids without what people write differently: signs, case, and zeros in front.
fn plain(id: &str) -> String {
    let kept: String = id.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect();
    kept.trim_start_matches('0').to_owned()
}

/// One-sided stations that are the same but for [`plain`], where it names one on each side.
fn near(left: &[String], right: &[String]) -> Vec<Near> {
    let mut sides: BTreeMap<String, (Vec<&String>, Vec<&String>)> = BTreeMap::new();
    left.iter().for_each(|id| sides.entry(plain(id)).or_default().0.push(id));
    right.iter().for_each(|id| sides.entry(plain(id)).or_default().1.push(id));
    let pairs = sides.into_values().filter_map(|(l, r)| match (&l[..], &r[..]) {
        ([left], [right]) => Some(Near { left: (*left).clone(), right: (*right).clone() }),
        _ => None,
    });
    pairs.collect()
}

/// Reads the votes of `sanad seats`: a CSV with the columns `id` and `votes`, each id once.
pub fn read_votes<R: Read>(file: Channel<'_, R>) -> Result<BTreeMap<String, u64>, Refused> {
    let mut reader = BufReader::new(file.reader);
    // A spreadsheet of many a country parts cells by semicolons; the first line tells.
    let head = reader.fill_buf().unwrap_or_default();
    let line = head.split(|byte| *byte == b'\n').next().unwrap_or_default();
    let delimiter = if line.contains(&b';') && !line.contains(&b',') { b';' } else { b',' };
    let file = Channel { name: file.name, reader };
    let side =
        SideMap { station: vec!["id".into()], delimiter, fields: BTreeMap::from([("votes".into(), "votes".into())]) };
    let table = Table::read(file, &side, BadCell::Refuse)?;
    Ok(table.sorted().map(|(id, votes)| (id.to_owned(), votes.iter().sum())).collect())
}

#[cfg(test)]
mod tests;
