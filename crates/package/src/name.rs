//! The names of the three files.

use std::fmt;
use std::str::FromStr;

use election::{Coded, DeviceId, StationId};

/// Which of the three files.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Part {
    /// `.results.age`
    Results,
    /// `.images.age`
    Images,
    /// `.label.json`
    Label,
}

impl Part {
    /// All three.
    pub const ALL: [Part; 3] = [Part::Results, Part::Images, Part::Label];

    /// What follows the first dot.
    pub fn suffix(self) -> &'static str {
        match self {
            Part::Results => "results.age",
            Part::Images => "images.age",
            Part::Label => "label.json",
        }
    }
}

/// What a package's files are called, `STATION-DEVICE-GENERATION`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FileName {
    /// The station.
    pub station: StationId,
    /// The device that counted.
    pub device: DeviceId,
    /// The generation: 1, and one more after every reopening.
    pub generation: u16,
}

/// Not the name of a package's file.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("'{0}' is not a file of a package: STATION-DEVICE-GENERATION.results.age, .images.age or .label.json")]
pub struct NameError(pub String);

impl Coded for NameError {
    fn code(&self) -> &'static str {
        "package.name"
    }

    fn next(&self) -> &'static str {
        "Give the three files as the station handed them over, without renaming them."
    }
}

impl FileName {
    /// The name of one of the three files.
    pub fn of(&self, part: Part) -> String {
        format!("{self}.{}", part.suffix())
    }

    /// Reads the name of a file.
    ///
    /// # Errors
    /// [`NameError`] for all but the names [`Self::of`] writes.
    pub fn parse_file(name: &str) -> Result<(FileName, Part), NameError> {
        let refused = || NameError(name.chars().take(100).collect::<String>().escape_debug().to_string());
        let (stem, suffix) = name.split_once('.').ok_or_else(refused)?;
        let part = Part::ALL.into_iter().find(|part| part.suffix() == suffix).ok_or_else(refused)?;
        Ok((stem.parse().map_err(|_: NameError| refused())?, part))
    }
}

impl fmt::Display for FileName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{}-{}", self.station, self.device, self.generation)
    }
}

impl FromStr for FileName {
    type Err = NameError;

    fn from_str(text: &str) -> Result<Self, NameError> {
        let refused = || NameError(text.chars().take(100).collect::<String>().escape_debug().to_string());
        let parts: Vec<&str> = text.split('-').collect();
        let [station, device, generation] = parts[..] else { return Err(refused()) };
        let name = FileName {
            station: station.parse().map_err(|_| refused())?,
            device: device.parse().map_err(|_| refused())?,
            generation: generation.parse().map_err(|_| refused())?,
        };
        // `+1`, `01` and 0 would be second names of one generation, or of none.
        if name.generation == 0 || name.generation.to_string() != generation { Err(refused()) } else { Ok(name) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_a_closed_grammar() {
        for part in Part::ALL {
            let name: FileName = "0101001-d_1-12".parse().unwrap();
            assert_eq!(FileName::parse_file(&name.of(part)), Ok((name, part)));
        }
        for bad in [
            "a-b-1",
            "a-b-0.label.json",
            "a-b-01.label.json",
            "a-b-+1.label.json",
            "a-b-65536.label.json",
            "a-b-c-1.label.json",
            "../a-b-1.label.json",
            "a-b-1.label.json.exe",
            "A-b-1.label.json",
            "a-b-١.label.json",
            "",
        ] {
            assert_eq!(FileName::parse_file(bad).unwrap_err().code(), "package.name", "{bad}");
        }
    }
}
