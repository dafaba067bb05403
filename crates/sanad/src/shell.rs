//! How the command speaks: verdicts as exit codes, progress on a terminal,
//! errors with what to do next.

use std::fmt::Display;
use std::io::{IsTerminal, Write};
use std::process::ExitCode;
use std::time::Duration;

use election::{Coded, Lang};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

/// What a command found; its exit code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// 0: it holds.
    Holds,
    /// 1: it does not hold.
    DoesNot,
    /// 2: the input or the call is wrong.
    Wrong,
    /// 3: evidence is missing.
    Missing,
}

impl From<Verdict> for ExitCode {
    fn from(verdict: Verdict) -> Self {
        ExitCode::from(verdict as u8)
    }
}

/// An error for a person: what and why, its stable code, what to do next.
#[derive(Debug)]
pub struct Failure {
    code: &'static str,
    what: String,
    next: String,
}

/// What every command returns.
pub type Result<T = Verdict> = std::result::Result<T, Failure>;

impl Failure {
    /// A failure that only the command itself can have.
    pub fn new(code: &'static str, what: impl Into<String>, next: impl Into<String>) -> Self {
        Failure { code, what: what.into(), next: next.into() }
    }

    /// The same failure with other words on what to do next.
    pub fn hint(mut self, next: &str) -> Self {
        self.next = next.to_owned();
        self
    }

    /// The same failure, saying where.
    pub fn at(mut self, place: impl Display) -> Self {
        self.what = format!("{place}: {}", self.what);
        self
    }
}

impl<E: Coded> From<E> for Failure {
    fn from(error: E) -> Self {
        let mut what = error.to_string();
        let mut source = std::error::Error::source(&error);
        while let Some(cause) = source {
            let cause_text = cause.to_string();
            if !what.contains(&cause_text) {
                what = format!("{what}: {cause_text}");
            }
            source = cause.source();
        }
        Failure { code: error.code(), what, next: error.next().to_owned() }
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

/// Reads a file, naming it in the error.
pub fn read(path: &std::path::Path) -> Result<Vec<u8>> {
    std::fs::read(path).map_err(|e| file_failure(path, &e))
}

/// Opens a file, naming it in the error.
pub fn open(path: &std::path::Path) -> Result<std::fs::File> {
    std::fs::File::open(path).map_err(|e| file_failure(path, &e))
}

/// Writes a file, naming it in the error.
pub fn write(path: &std::path::Path, bytes: &[u8]) -> Result<()> {
    let parent = path.parent().filter(|p| !p.as_os_str().is_empty());
    parent
        .map_or(Ok(()), std::fs::create_dir_all)
        .and_then(|()| std::fs::write(path, bytes))
        .map_err(|e| file_failure(path, &e))
}

/// What a failed read or write means to the person at the keyboard.
pub fn file_failure(path: &std::path::Path, error: &std::io::Error) -> Failure {
    let next = match error.kind() {
        std::io::ErrorKind::NotFound => "check the path; nothing was changed",
        std::io::ErrorKind::PermissionDenied => "check who may read and write there",
        std::io::ErrorKind::StorageFull => "make room on the disk, then run the same command again",
        _ => "check the disk, then run the same command again",
    };
    Failure::new("file", format!("{}: {error}", path.display()), next)
}

/// Where the command writes, and in which language.
pub struct Shell {
    /// `--json`.
    pub json: bool,
    /// `--lang`.
    pub lang: Lang,
    /// `--quiet`.
    pub quiet: bool,
}

impl Shell {
    /// As the arguments say.
    pub fn new(json: bool, lang: Lang, quiet: bool) -> Self {
        Shell { json, lang, quiet }
    }

    /// A line for people; nothing under `--json` or `--quiet`.
    pub fn say(&self, line: impl Display) {
        if !self.json && !self.quiet {
            // A reader that has gone away (`sanad … | head`) is no error of ours.
            let _ = writeln!(anstream::stdout(), "{line}");
        }
    }

    /// The one JSON object of a command under `--json`.
    pub fn json(&self, value: &impl serde::Serialize) {
        let text = serde_json::to_string_pretty(value).expect("plain data is always JSON");
        let _ = writeln!(std::io::stdout(), "{text}");
    }

    /// A line on standard error.
    pub fn warn(&self, line: impl Display) {
        let _ = writeln!(anstream::stderr(), "{line}");
    }

    /// Tells an error: what, where, why, what next.
    pub fn error(&self, failure: &Failure) {
        if self.json {
            let value = serde_json::json!({
                "error": { "code": failure.code, "what": failure.what, "next": failure.next }
            });
            self.json(&value);
        }
        self.warn(format_args!(
            "\u{1b}[1;31merror\u{1b}[0m [{}]: {}\n\u{1b}[1mhint\u{1b}[0m: {}",
            failure.code, failure.what, failure.next
        ));
    }

    /// A progress bar of `total` steps on a terminal, nothing on a pipe.
    pub fn progress(&self, label: impl Into<String>, total: u64) -> ProgressBar {
        if self.quiet || self.json || !std::io::stderr().is_terminal() {
            return ProgressBar::with_draw_target(Some(total), ProgressDrawTarget::hidden());
        }
        let style = ProgressStyle::with_template("{prefix:24} {bar:32.cyan/blue} {pos:>5}/{len:<5} {elapsed:>4} {msg}")
            .expect("the template is a constant")
            .progress_chars("━╸─");
        let bar = ProgressBar::new(total).with_style(style).with_prefix(label.into());
        bar.enable_steady_tick(Duration::from_millis(120));
        bar
    }
}
