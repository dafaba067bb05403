//! What can be wrong with a map or a channel, with its place.

use election::Coded;
use serde::Serialize;

/// How many problems of one file are kept; the rest are counted.
pub(super) const KEPT: usize = 20;

/// One thing wrong. Texts from the files are escaped and cut before they come here.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error, Serialize)]
#[serde(tag = "problem", rename_all = "snake_case")]
#[expect(missing_docs, reason = "the fields are what each variant's sentence says")]
pub enum ChannelError {
    /// The map is not what a map is.
    #[error("{file}: {what}")]
    Map { file: String, what: String },
    /// The bytes cannot be had, or a row is longer than any row of figures.
    #[error("{file}:{line}: {what}")]
    Read { file: String, line: u64, what: String },
    /// Not UTF-8.
    #[error("{file}:{line}: the text is not UTF-8{}", if *utf16 { " but UTF-16" } else { "" })]
    Encoding { file: String, line: u64, utf16: bool },
    /// A column that the map names is not there.
    #[error("{file}:1: there is no column '{column}'{}", near.as_ref().map(|n| format!("; did you mean '{n}'?")).unwrap_or_default())]
    NoColumn { file: String, column: String, near: Option<String> },
    /// A column that the map names is there twice.
    #[error("{file}:1: the column '{column}' is there twice")]
    ColumnTwice { file: String, column: String },
    /// A row with fewer or more cells than the header.
    #[error("{file}:{line}: the row has {cells} cells, the header {columns}")]
    RowLength { file: String, line: u64, cells: u64, columns: u64 },
    /// A row without a station.
    #[error("{file}:{line}: the row names no station in column '{column}'")]
    NoStation { file: String, line: u64, column: String },
    /// A figure that is none.
    #[error(
        "{file}:{line}: column '{column}' ({number}) of station {station} says '{value}', which is not a whole number"
    )]
    Cell { file: String, line: u64, column: String, number: u64, station: String, value: String },
    /// A station a second time in the same channel.
    #[error("{file}:{line}: station {station} was already in line {first}")]
    StationTwice { file: String, line: u64, first: u64, station: String },
}

impl Coded for ChannelError {
    fn code(&self) -> &'static str {
        match self {
            ChannelError::Map { .. } => "match.map",
            ChannelError::Read { .. } => "match.read",
            ChannelError::Encoding { .. } => "match.encoding",
            ChannelError::NoColumn { .. } => "match.no_column",
            ChannelError::ColumnTwice { .. } => "match.column_twice",
            ChannelError::RowLength { .. } => "match.row_length",
            ChannelError::NoStation { .. } => "match.no_station",
            ChannelError::Cell { .. } => "match.cell",
            ChannelError::StationTwice { .. } => "match.station_twice",
        }
    }

    fn next(&self) -> &'static str {
        match self {
            ChannelError::Map { .. } => "Compare the map with examples/bolivia-2019.toml.",
            ChannelError::Read { .. } => "Look at that line: a quotation mark may be opened and never closed.",
            ChannelError::Encoding { .. } => "Save the file as CSV UTF-8.",
            ChannelError::NoColumn { .. } => {
                "Write the column's name in the map as the first line of the file has it, or set the delimiter."
            }
            ChannelError::ColumnTwice { .. } => "Rename one of the two columns.",
            ChannelError::RowLength { .. } => {
                "Look at that line: a delimiter is missing, or a cell that holds one lacks its quotation marks."
            }
            ChannelError::NoStation { .. } => "Fill in the station, or delete the row if it is a sum or a remark.",
            ChannelError::Cell { .. } => {
                "Write a whole number, or set on_bad_cell = \"count\" to report such rows instead of stopping."
            }
            ChannelError::StationTwice { .. } => "Find out which of the two rows is right; this program cannot know.",
        }
    }
}

/// Why nothing was matched: every problem found, the first ones in full.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refused {
    /// The problems, in order of file and line; never empty.
    pub problems: Vec<ChannelError>,
    /// How many more there are.
    pub more: u64,
}

impl Refused {
    /// The problems of both.
    pub(super) fn and(mut self, other: Refused) -> Refused {
        self.problems.extend(other.problems);
        self.more += other.more;
        self
    }
}

impl From<ChannelError> for Refused {
    fn from(problem: ChannelError) -> Self {
        Refused { problems: vec![problem], more: 0 }
    }
}

impl std::fmt::Display for Refused {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        for (i, problem) in self.problems.iter().enumerate() {
            let end = if i == 0 { "" } else { "\n" };
            write!(f, "{end}{problem}")?;
        }
        match self.more {
            0 => Ok(()),
            more => write!(f, "\nand {more} more"),
        }
    }
}

impl std::error::Error for Refused {}

impl Coded for Refused {
    fn code(&self) -> &'static str {
        self.problems.first().map_or("match.read", Coded::code)
    }

    fn next(&self) -> &'static str {
        self.problems.first().map_or("Look at the file.", Coded::next)
    }
}

/// A text of a file as a message may show it.
pub(super) fn shown(text: &str) -> String {
    text.chars().take(60).collect::<String>().escape_debug().to_string()
}
