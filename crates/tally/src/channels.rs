//! Two channels of any origin, read as CSV with a column map, and matched.

use std::io::Read;

use serde::Serialize;

use crate::compare::Class;

/// Which columns of two CSV files mean what, from a TOML file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Map {}

impl Map {
    /// Reads a map; `name` is the file's name, for messages.
    pub fn parse(_name: &str, _toml: &str) -> Result<Self, Refused> {
        unimplemented!()
    }
}

/// One channel: a CSV file and its name, for messages.
pub struct Channel<'a, R> {
    /// The file's name.
    pub name: &'a str,
    /// Its bytes.
    pub reader: R,
}

/// One station at which the channels differ.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct StationDifference {
    /// The station.
    pub station: String,
    /// How they differ.
    pub class: Class,
    /// Each figure that does.
    pub fields: Vec<crate::compare::Field<String>>,
}

/// What the match of two channels found; the JSON of `sanad match`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Report {
    /// Stations expected: as the map says, or all that either side has.
    pub expected: u64,
    /// Stations at which they differ, by id.
    pub differences: Vec<StationDifference>,
}

impl Report {
    /// 0: identical; 1: some differ; 3: some are missing on a side.
    pub fn exit_code(&self) -> u8 {
        unimplemented!()
    }
}

/// Why a map or a channel cannot be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("refused")]
pub struct Refused;

/// Matches two channels.
pub fn match_channels<L: Read, R: Read>(
    _map: &Map,
    _left: Channel<'_, L>,
    _right: Channel<'_, R>,
) -> Result<Report, Refused> {
    unimplemented!()
}
