//! Collecting everything that is wrong, and telling it safely.

use crate::nearest::nearest;
use crate::{Place, Problem, Rule, folder};

/// The most problems that are told.
const MOST: usize = 10_000;
/// For how many unknown ids the nearest one is looked for; bounds the time a hostile folder can take.
const MOST_SUGGESTIONS: usize = 200;

/// What a reading has found wrong so far.
#[derive(Default)]
pub(crate) struct Report {
    problems: Vec<Problem>,
    suggestions: usize,
}

/// Text from outside, made safe for a terminal and a log: escaped and at most 60 characters.
pub(crate) fn show(text: &str) -> String {
    shorten(text, 60)
}

/// As [`show`], for the messages of parsers: at most 300 characters.
pub(crate) fn show_long(text: &str) -> String {
    shorten(text, 300)
}

fn shorten(text: &str, most: usize) -> String {
    let escape = |c: char| if matches!(c, '\'' | '"') { c.to_string() } else { c.escape_debug().to_string() };
    let mut shown: String = text.chars().take(most).map(escape).collect();
    if text.chars().nth(most).is_some() {
        shown.push('…');
    }
    shown
}

impl Report {
    /// Notes a problem. `what` and `next` have no full stop.
    pub fn add(&mut self, rule: Rule, file: &str, line: Option<u64>, what: impl Into<String>, next: impl Into<String>) {
        if self.problems.len() < MOST {
            let place = Place { file: show(file), line };
            self.problems.push(Problem { place, code: rule.code(), what: what.into(), next: next.into() });
        } else if self.problems.len() == MOST {
            let place = Place { file: folder::ELECTION_TOML.into(), line: None };
            let what = format!("more than {MOST} problems were found; the rest are not told");
            let next = "mend these first and check again".into();
            self.problems.push(Problem { place, code: Rule::TooMany.code(), what, next });
        }
    }

    /// A file that a definition does not have.
    pub fn unexpected(&mut self, path: &str) {
        let near = nearest(path, folder::paths()).map(|n| format!("; the nearest is {n}")).unwrap_or_default();
        let what = format!("'{}' is not a file of a definition{near}", show(path));
        self.add(Rule::Unexpected, path, None, what, "rename it or move it out of the folder");
    }

    /// An id that nothing has. The nearest one is shown, and never taken in its place.
    pub fn unknown<'k>(
        &mut self,
        file: &str,
        line: u64,
        kind: &str,
        id: &str,
        known: impl IntoIterator<Item = &'k str>,
    ) {
        let near = self.nearest(id, known);
        let next = match near {
            Some(near) => format!("write the id of a {kind} that exists; the nearest is '{}'", show(near)),
            None => format!("write the id of a {kind} that exists, or add the {kind}"),
        };
        self.add(Rule::IdUnknown, file, Some(line), format!("there is no {kind} '{}'", show(id)), next);
    }

    /// The nearest of `known`, for the first few that ask.
    pub fn nearest<'k>(&mut self, id: &str, known: impl IntoIterator<Item = &'k str>) -> Option<&'k str> {
        self.suggestions += 1;
        if self.suggestions <= MOST_SUGGESTIONS { nearest(id, known.into_iter()) } else { None }
    }

    /// `value`, or everything that is wrong in order of file and line.
    pub fn into_result<T>(mut self, value: T) -> Result<T, Vec<Problem>> {
        if self.problems.is_empty() {
            return Ok(value);
        }
        self.problems.sort();
        self.problems.dedup();
        Err(self.problems)
    }
}
