//! The column map: which columns of two CSV files mean what.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::error::{ChannelError, Refused, shown};

/// What happens to a row with a cell that cannot be read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BadCell {
    /// Nothing is matched until it is mended.
    #[default]
    Refuse,
    /// The row is counted as invalid, and its station is compared with nothing.
    Count,
}

/// Which columns of two CSV files mean what.
///
/// ```toml
/// station = "Station"            # or ["Centre", "Station"], joined with /
/// expected = 53000               # optional: how many stations there are
/// on_bad_cell = "refuse"         # or "count"
/// delimiter = ","
///
/// [fields]                       # name in the report = column in the files
/// blank = "Blank"
///
/// [right]                        # where one file differs
/// delimiter = ";"
/// fields = { blank = "Votos en blanco" }
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Map {
    /// The left file.
    pub left: SideMap,
    /// The right file; it has the same field names.
    pub right: SideMap,
    /// How many stations are expected.
    pub expected: Option<u64>,
    /// What happens to a row that cannot be read.
    pub on_bad_cell: BadCell,
}

/// The columns of one file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SideMap {
    /// The columns that together name a station.
    pub station: Vec<String>,
    /// What stands between cells.
    pub delimiter: u8,
    /// Field name to column.
    pub fields: BTreeMap<String, String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    station: Columns,
    #[serde(default)]
    expected: Option<u64>,
    #[serde(default)]
    on_bad_cell: BadCell,
    #[serde(default)]
    delimiter: Option<char>,
    fields: BTreeMap<String, String>,
    #[serde(default)]
    left: Override,
    #[serde(default)]
    right: Override,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Override {
    #[serde(default)]
    station: Option<Columns>,
    #[serde(default)]
    delimiter: Option<char>,
    #[serde(default)]
    fields: BTreeMap<String, String>,
}

#[derive(Clone, Deserialize)]
#[serde(untagged)]
enum Columns {
    One(String),
    Many(Vec<String>),
}

impl Map {
    /// Reads a map; `file` is its name, for messages.
    pub fn parse(file: &str, toml: &str) -> Result<Self, Refused> {
        let refused = |what: String| Refused::from(ChannelError::Map { file: file.to_owned(), what });
        let written: Written = toml::from_str(toml).map_err(|e| {
            let line = e.span().map(|span| toml[..span.start].matches('\n').count() + 1);
            let line = line.map(|line| format!("line {line}: ")).unwrap_or_default();
            // toml quotes the file, which may hold control characters.
            let why = e.message().chars().take(200).collect::<String>().escape_debug().to_string();
            refused(format!("{line}{why}"))
        })?;
        if written.fields.is_empty() {
            return Err(refused("[fields] names no figure to compare".into()));
        }
        let side = |name: &str, own: &Override| {
            let station = match own.station.as_ref().unwrap_or(&written.station) {
                Columns::One(column) => vec![column.clone()],
                Columns::Many(columns) => columns.clone(),
            };
            if station.is_empty() {
                return Err(refused("station names no column".into()));
            }
            let delimiter = own.delimiter.or(written.delimiter).unwrap_or(',');
            let delimiter = u8::try_from(delimiter)
                .ok()
                .filter(|d| d.is_ascii() && !d.is_ascii_alphanumeric() && !b"\"\r\n".contains(d))
                .ok_or_else(|| refused(format!("'{}' cannot be a delimiter", delimiter.escape_debug())))?;
            let mut fields = written.fields.clone();
            for (field, column) in &own.fields {
                match fields.get_mut(field) {
                    Some(place) => place.clone_from(column),
                    None => {
                        return Err(refused(format!(
                            "[{name}.fields] names '{}', which is not in [fields]",
                            shown(field)
                        )));
                    }
                }
            }
            let mut columns: Vec<&String> = fields.values().collect();
            columns.sort();
            if let Some(pair) = columns.windows(2).find(|pair| pair[0] == pair[1]) {
                return Err(refused(format!("two fields are read from the column '{}'", shown(pair[0]))));
            }
            Ok(SideMap { station, delimiter, fields })
        };
        let (left, right) = (side("left", &written.left)?, side("right", &written.right)?);
        Ok(Map { left, right, expected: written.expected, on_bad_cell: written.on_bad_cell })
    }
}

/// The name among `names` that is nearest to `wanted`, if one is near at all.
pub(super) fn nearest<'a>(wanted: &str, names: &[&'a str]) -> Option<&'a str> {
    let wanted: Vec<char> = wanted.to_lowercase().chars().take(100).collect();
    let far = (wanted.len() / 3).max(1);
    let near = names.iter().take(1_000).map(|name| (distance(&wanted, name), *name)).min()?;
    (near.0 <= far).then_some(near.1)
}

/// Levenshtein's distance, case apart.
fn distance(a: &[char], b: &str) -> usize {
    let mut row: Vec<usize> = (0..=a.len()).collect();
    for (i, b) in b.to_lowercase().chars().take(100).enumerate() {
        let mut corner = row[0];
        row[0] = i + 1;
        for (j, a) in a.iter().enumerate() {
            let keep = corner + usize::from(*a != b);
            corner = row[j + 1];
            row[j + 1] = keep.min(row[j] + 1).min(corner + 1);
        }
    }
    row[a.len()]
}
