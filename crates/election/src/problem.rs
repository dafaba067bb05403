//! How anything that is wrong is told: what, where, why and what to do next,
//! under a reason code that stays the same from release to release.

use std::fmt;

/// An error with a stable reason code.
pub trait Coded: std::error::Error {
    /// The reason code, such as `E.104` or `package.signature`.
    fn code(&self) -> &'static str;

    /// What the person who reads this can do next; one sentence.
    fn next(&self) -> &'static str;
}

/// Where a problem stands: a file and, where known, its line (from 1).
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
pub struct Place {
    /// The file's path inside its folder.
    pub file: String,
    /// The line, counted from 1.
    pub line: Option<u64>,
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.line {
            Some(line) => write!(f, "{}:{line}", self.file),
            None => f.write_str(&self.file),
        }
    }
}

/// One thing wrong in a file that a person wrote.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
pub struct Problem {
    /// Where it stands.
    pub place: Place,
    /// The rule that is broken, such as `E.104`.
    pub code: &'static str,
    /// What is wrong, and why; one sentence without a full stop.
    pub what: String,
    /// What to do about it; one sentence without a full stop.
    pub next: String,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {} {}; {}", self.place, self.code, self.what, self.next)
    }
}
