//! An error for a person.

use std::fmt::Display;

use election::{Coded, Lang, Problem};
use serde_json::{Value, json};

use crate::exit::{Verdict, verdict_of};
use crate::words;

/// An error for a person: what, where and why, its stable code, what to do next.
#[derive(Clone, Debug)]
pub struct Failure {
    code: &'static str,
    /// The file, folder or station; the outermost last.
    places: Vec<String>,
    /// In English, as [`words::told`] finds it again.
    what: String,
    causes: Vec<String>,
    next: String,
    verdict: Verdict,
    problems: Vec<Problem>,
}

/// What every command returns.
pub type Result<T = Verdict> = std::result::Result<T, Failure>;

impl Failure {
    /// A failure that only the command itself can have.
    pub fn new(code: &'static str, what: impl Into<String>, next: impl Into<String>) -> Self {
        Failure {
            code,
            places: Vec::new(),
            what: what.into(),
            causes: Vec::new(),
            next: next.into(),
            verdict: verdict_of(code),
            problems: Vec::new(),
        }
    }

    /// The same failure with other words on what to do next.
    pub fn hint(mut self, next: &str) -> Self {
        self.next = next.to_owned();
        self
    }

    /// The same failure, saying where.
    pub fn at(mut self, place: impl Display) -> Self {
        let place = place.to_string();
        // A room that names its file itself need not be told again.
        if !self.what.starts_with(&place) && !self.places.contains(&place) {
            self.places.push(place);
        }
        self
    }

    /// The same failure, saying why.
    pub fn because(mut self, why: impl Into<String>) -> Self {
        self.causes.push(why.into());
        self
    }

    /// The same failure under another exit code, where the caller knows better than the tables.
    pub fn but(mut self, verdict: Verdict) -> Self {
        self.verdict = verdict;
        self
    }

    /// With every problem of the definition in `dir`, which is told before the failure itself.
    pub fn with(mut self, dir: &std::path::Path, problems: &[Problem]) -> Self {
        self.problems = problems.to_vec();
        for problem in &mut self.problems {
            problem.place.file = format!("{}/{}", dir.display(), problem.place.file);
        }
        self
    }

    /// The stable reason code.
    pub fn code(&self) -> &'static str {
        self.code
    }

    /// The exit code.
    pub fn verdict(&self) -> Verdict {
        self.verdict
    }

    /// The problems of a definition, if it is about one.
    pub fn problems(&self) -> &[Problem] {
        &self.problems
    }

    /// Where, what and why, in `lang`.
    pub fn what(&self, lang: Lang) -> String {
        let places = self.places.iter().rev().map(|place| words::isolated(lang, place));
        let said = std::iter::once(&self.what).chain(&self.causes).map(|what| words::told(lang, what));
        places.chain(said).collect::<Vec<_>>().join(": ")
    }

    /// What to do next, in `lang`.
    pub fn next(&self, lang: Lang) -> String {
        words::told(lang, &self.next)
    }

    /// The `error` object of `--json`.
    pub fn json(&self, lang: Lang) -> Value {
        let mut object = json!({ "code": self.code, "what": self.what(lang), "next": self.next(lang) });
        if !self.problems.is_empty() {
            object["problems"] = json!(self.problems);
        }
        object
    }
}

impl<E: Coded> From<E> for Failure {
    fn from(error: E) -> Self {
        let mut failure = Failure::new(error.code(), error.to_string(), error.next());
        let mut source = std::error::Error::source(&error);
        while let Some(cause) = source {
            let text = cause.to_string();
            if !failure.what.contains(&text) && !failure.causes.contains(&text) {
                failure.causes.push(text);
            }
            source = cause.source();
        }
        failure
    }
}

/// Says where an error happened.
pub trait At<T> {
    /// Names the place (a file, a station) that the error belongs to.
    fn at(self, place: impl Display) -> Result<T>;
}

impl<T, E: Into<Failure>> At<T> for std::result::Result<T, E> {
    fn at(self, place: impl Display) -> Result<T> {
        self.map_err(|e| e.into().at(place))
    }
}
