//! How the command speaks: lines in the language asked for, one JSON object, progress on a terminal.

use std::fmt::Display;
use std::io::{IsTerminal, Read, Write};
use std::path::Path;
use std::time::Duration;

use election::Lang;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

pub use crate::exit::Verdict;
pub use crate::failure::{At, Failure, Result};
pub use crate::words::{Fill, count, text};

use crate::words;

/// Reads a file that the caller has named (it may be a pipe), naming it in the error.
pub fn read(path: &Path) -> Result<Vec<u8>> {
    if path.is_dir() {
        return Err(is_folder(path));
    }
    let mut bytes = Vec::new();
    let read = std::fs::File::open(path).and_then(|file| file.take(MOST_BYTES + 1).read_to_end(&mut bytes));
    within(read.map(|_| bytes)).map_err(|e| file_failure(path, &e))
}

/// The most bytes of a file that is read whole; the images of a station are at most half of it.
const MOST_BYTES: u64 = 2 << 30;

fn within(read: std::io::Result<Vec<u8>>) -> std::io::Result<Vec<u8>> {
    let bytes = read?;
    if bytes.len() as u64 <= MOST_BYTES { Ok(bytes) } else { Err(std::io::ErrorKind::FileTooLarge.into()) }
}

/// Reads a file that lies where somebody else may have put it, on a stick or in a publication: no link, pipe or device.
pub fn read_ordinary(path: &Path) -> Result<Vec<u8>> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let name = Path::new(path.file_name().unwrap_or_default());
    within(election::read_ordinary(folder, name, MOST_BYTES)).map_err(|e| file_failure(path, &e))
}

/// Opens a file, naming it in the error.
pub fn open(path: &Path) -> Result<std::fs::File> {
    if path.is_dir() {
        return Err(is_folder(path));
    }
    std::fs::File::open(path).map_err(|e| file_failure(path, &e))
}

/// Writes a file so that it outlives a loss of power, whole or not at all, naming it in the error: what the command then
/// says is there (a key, a leaf, a memory) is there. A pipe or a terminal is written to as it is.
pub fn write(path: &Path, bytes: &[u8]) -> Result<()> {
    if std::fs::metadata(path).is_ok_and(|found| !found.is_file()) {
        return draft(path, bytes);
    }
    durable::write(path, bytes).map_err(|failed| file_failure(path, failed.source()))
}

/// Writes one of many pictures that are made again at will: without waiting for the disk.
pub fn draft(path: &Path, bytes: &[u8]) -> Result<()> {
    let parent = path.parent().filter(|p| !p.as_os_str().is_empty());
    parent
        .map_or(Ok(()), std::fs::create_dir_all)
        .and_then(|()| std::fs::write(path, bytes))
        .map_err(|e| file_failure(path, &e))
}

fn is_folder(path: &Path) -> Failure {
    Failure::new("file", "this is a folder, and a file is needed", "name the file inside it").at(path.display())
}

/// What a failed read or write means to the person at the keyboard.
pub fn file_failure(path: &Path, error: &std::io::Error) -> Failure {
    use std::io::ErrorKind::*;
    let next = match error.kind() {
        NotFound => "check the path; nothing was changed",
        NotADirectory => "name a folder, not a file",
        IsADirectory => "name the file inside it",
        AlreadyExists => "name another file or folder, or move this one away",
        PermissionDenied | ReadOnlyFilesystem => "check who may read and write there",
        StorageFull | QuotaExceeded => "make room on the disk, then run the same command again",
        _ => "check the disk, then run the same command again",
    };
    Failure::new("file", error.to_string(), next).at(path.display())
}

/// Where the command writes, and in which language.
pub struct Shell {
    /// `--json`.
    pub json: bool,
    /// `--lang`.
    pub lang: Lang,
    /// `--quiet`.
    pub quiet: bool,
    /// The locale says that the terminal does not show UTF-8.
    ascii: bool,
}

impl Shell {
    /// As the arguments say.
    pub fn new(json: bool, lang: Lang, quiet: bool) -> Self {
        Shell { json, lang, quiet, ascii: is_ascii_locale() }
    }

    /// A sentence of ours, worded.
    pub fn worded(&self, sentence: &'static str, fills: &[Fill]) -> String {
        words::sentence(self.lang, sentence, fills)
    }

    /// A sentence for people; nothing under `--json` or `--quiet`.
    pub fn tell(&self, sentence: &'static str, fills: &[Fill]) {
        self.say(self.worded(sentence, fills));
    }

    /// A sentence on something that is wrong or missing: said under `--quiet` too.
    pub fn find(&self, sentence: &'static str, fills: &[Fill]) {
        self.found(self.worded(sentence, fills));
    }

    /// As [`Shell::find`], in red on a terminal.
    pub fn alarm(&self, sentence: &'static str, fills: &[Fill]) {
        self.found(format_args!("\u{1b}[1;31m{}\u{1b}[0m", self.worded(sentence, fills)));
    }

    /// Lines for people that are worded already; nothing under `--json` or `--quiet`.
    pub fn say(&self, line: impl Display) {
        if !self.quiet {
            self.found(line);
        }
    }

    /// As [`Shell::say`], on something that is wrong or missing: said under `--quiet` too.
    pub fn found(&self, line: impl Display) {
        if !self.json {
            // A reader that has gone away (`sanad … | head`) is no error of ours.
            let _ = writeln!(anstream::stdout(), "{}", self.plain(line));
        }
    }

    /// The one JSON object of a command under `--json`, and nothing without it.
    pub fn json(&self, value: &impl serde::Serialize) {
        if self.json {
            let mut value = serde_json::to_value(value).expect("plain data is always JSON");
            unrounded(&mut value);
            let text = serde_json::to_string_pretty(&value).expect("plain data is always JSON");
            let _ = writeln!(std::io::stdout(), "{text}");
        }
    }

    /// A document that was asked for on standard output, as it is.
    ///
    /// # Errors
    /// What it goes to takes no more. A reader that has gone away is no error of ours.
    pub fn bytes(&self, bytes: &[u8]) -> Result<()> {
        if self.json {
            return Ok(());
        }
        let mut out = std::io::stdout();
        match out.write_all(bytes).and_then(|()| out.flush()) {
            Err(error) if error.kind() != std::io::ErrorKind::BrokenPipe => {
                Err(file_failure(Path::new("/dev/stdout"), &error))
            }
            _ => Ok(()),
        }
    }

    /// A line on standard error.
    pub fn warn(&self, line: impl Display) {
        let _ = writeln!(anstream::stderr(), "{}", self.plain(line));
    }

    /// Tells an error: what, where, why, what next. Under `--json` it is the command's one object.
    pub fn error(&self, failure: &Failure) {
        self.json(&serde_json::json!({ "error": failure.json(self.lang) }));
        self.mishap(failure);
    }

    /// Tells an error of one thing among several, on standard error alone.
    pub fn mishap(&self, failure: &Failure) {
        for problem in failure.problems() {
            self.warn(words::problem(self.lang, problem));
        }
        let [error, hint] = ["error", "hint"].map(|word| words::sentence(self.lang, word, &[]));
        self.warn(format_args!(
            "\u{1b}[1;31m{error}\u{1b}[0m [{}]: {}\n\u{1b}[1m{hint}\u{1b}[0m: {}",
            words::isolated(self.lang, failure.code()),
            failure.what(self.lang),
            failure.next(self.lang)
        ));
    }

    /// A progress bar of `total` steps on a terminal, nothing on a pipe.
    pub fn progress(&self, label: &'static str, total: u64) -> ProgressBar {
        if self.quiet || self.json || !std::io::stderr().is_terminal() {
            return ProgressBar::with_draw_target(Some(total), ProgressDrawTarget::hidden());
        }
        let (bar, ends) = if self.ascii { ("{bar:20}", "=> ") } else { ("{bar:20.cyan/blue}", "━╸─") };
        let style = ProgressStyle::with_template(&format!("{{prefix}} {bar} {{pos}}/{{len}} {{elapsed}} {{wide_msg}}"))
            .expect("the template is a constant")
            .progress_chars(ends);
        let bar = ProgressBar::new(total).with_style(style).with_prefix(self.worded(label, &[]));
        bar.enable_steady_tick(Duration::from_millis(120));
        bar
    }

    /// `line` in ASCII where the locale asks for it: frames, signs and dashes; letters stay as they are.
    fn plain(&self, line: impl Display) -> String {
        let line = line.to_string();
        if !self.ascii {
            return line;
        }
        let mut plain = String::new();
        for c in line.chars() {
            match c {
                '✓' => plain.push_str("ok"),
                '✗' => plain.push_str("NO"),
                '…' => plain.push_str("..."),
                '—' | '–' => plain.push('-'),
                '·' | '│' => plain.push('|'),
                '×' => plain.push('x'),
                '≠' => plain.push_str("<>"),
                '─' | '═' | '━' => plain.push('-'),
                '┌' | '┐' | '└' | '┘' | '├' | '┤' | '┬' | '┴' | '┼' | '╞' | '╡' | '╪' => {
                    plain.push('+')
                }
                '\u{2066}'..='\u{2069}' => {}
                c => plain.push(c),
            }
        }
        plain
    }
}

/// Does the locale name another encoding than UTF-8? Where none is named, UTF-8 is assumed.
fn is_ascii_locale() -> bool {
    let named = ["LC_ALL", "LC_CTYPE", "LANG"].into_iter().filter_map(|name| std::env::var(name).ok());
    let locale = named.into_iter().find(|value| !value.is_empty());
    locale.is_some_and(|locale| !locale.to_uppercase().replace('-', "").contains("UTF8"))
}

/// Integers beyond 2^53, which other programs round, become strings.
fn unrounded(value: &mut serde_json::Value) {
    match value {
        serde_json::Value::Number(number) => {
            let beyond =
                number.as_u64().is_some_and(|n| n > 1 << 53) || number.as_i64().is_some_and(|n| n < -(1 << 53));
            if beyond {
                *value = number.to_string().into();
            }
        }
        serde_json::Value::Array(values) => values.iter_mut().for_each(unrounded),
        serde_json::Value::Object(values) => values.values_mut().for_each(unrounded),
        _ => {}
    }
}

#[cfg(test)]
mod json_tests {
    #[test]
    fn wb8_integers_that_others_round_are_strings() {
        let mut value =
            serde_json::json!({ "a": [1u64 << 53, (1u64 << 53) + 1], "b": { "c": u64::MAX, "d": i64::MIN } });
        super::unrounded(&mut value);
        let expected = serde_json::json!({
            "a": [9_007_199_254_740_992u64, "9007199254740993"],
            "b": { "c": "18446744073709551615", "d": "-9223372036854775808" },
        });
        assert_eq!(value, expected);
    }
}
