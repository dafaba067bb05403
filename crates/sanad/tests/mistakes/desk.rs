//! A place at which mistakes are made, and what is kept of what the command says to them.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::common::by_hand::by_hand;
use crate::common::{self, copy, demo, words_of};

/// A place for one group of mistakes, beside what the others have made.
pub struct Desk {
    dir: PathBuf,
    lang: &'static str,
    /// All that was said so far.
    pub said: String,
}

impl Desk {
    pub fn new(name: &str, lang: &'static str) -> Desk {
        let dir = Path::new(env!("CARGO_TARGET_TMPDIR")).join("mistakes").join(format!("{name}-{lang}"));
        let _ = fs::remove_dir_all(&dir);
        fs::create_dir_all(&dir).expect("a folder");
        Desk { dir, lang, said: String::new() }
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.dir.join(name)
    }

    pub fn write(&self, name: &str, content: impl AsRef<[u8]>) {
        let path = self.path(name);
        fs::create_dir_all(path.parent().expect("a parent")).expect("a folder");
        fs::write(path, content).expect("a file");
    }

    pub fn copy(&self, from: &Path, name: &str) {
        copy(from, &self.path(name));
    }

    /// Runs a line; `~` stands for the election made by hand, `@` for the demo. Says what came of it.
    pub fn line(&mut self, line: &str) -> &mut Self {
        let words = words_of(line);
        let mut command = Command::new(common::SANAD);
        for word in &words {
            let word = word.replace('~', &by_hand().display().to_string());
            command.arg(word.replace('@', &demo().display().to_string()));
        }
        command.args(["--lang", self.lang]).current_dir(&self.dir).stdin(Stdio::null());
        command.env_remove("SANAD_LANG").env_remove("RUST_BACKTRACE").env("NO_COLOR", "1").env("LC_ALL", "C.UTF-8");
        let output = command.output().expect("the command runs");
        let code = output.status.code().unwrap_or_else(|| panic!("{line}: ended by {}", output.status));
        assert_ne!(code, 101, "{line}: panicked: {}", String::from_utf8_lossy(&output.stderr));
        let shown = |bytes: &[u8]| plain(&self.dir, &String::from_utf8_lossy(bytes));
        let (said, wrong) = (shown(&output.stdout), shown(&output.stderr));
        self.said += &format!("$ sanad {line}\n{said}{wrong}[{code}]\n\n");
        self
    }

    /// A remark between the lines.
    pub fn now(&mut self, what: &str) -> &mut Self {
        self.said += &format!("# {what}\n\n");
        self
    }

    /// Compares all that was said with what was kept.
    pub fn keep(&self, name: &str) {
        insta::with_settings!({ prepend_module_to_snapshot => false, omit_expression => true, snapshot_path => "../snapshots" }, {
            insta::assert_snapshot!(format!("{name}-{}", self.lang), self.said);
        });
    }
}

/// Without what differs from run to run: folders, keys, hashes, times, lengths of sealed files.
fn plain(dir: &Path, text: &str) -> String {
    let mut text = text.to_owned();
    for (path, name) in [(dir, "."), (by_hand(), "~"), (demo(), "@")] {
        text = text.replace(&path.display().to_string(), name);
    }
    let mut shown = String::new();
    let mut word = String::new();
    for c in text.chars().chain(['\0']) {
        if c.is_ascii_alphanumeric() || c == '+' || c == '/' || c == '=' {
            word.push(c);
            continue;
        }
        let is_hex = word.len() >= 40 && word.bytes().all(|b| b.is_ascii_hexdigit());
        let is_key = word.len() >= 58 && !word.contains("//");
        // The first digits of a hash, as a refused sheet is named.
        let is_sheet = word.len() == 12 && word.bytes().all(|b| b.is_ascii_hexdigit());
        shown += if is_hex || is_key {
            "HASH"
        } else if is_sheet {
            "SHEET"
        } else {
            &word
        };
        word.clear();
        if c != '\0' {
            shown.push(c);
        }
    }
    let sizes = [" bytes", " بايت", " بایت"].iter().fold(shown, |text, unit| without_sizes(&text, unit));
    in_order(&without_hours(&sizes))
}

/// Refused sheets are told in the order of their hashes, which are others in every election: here by what was wrong.
fn in_order(text: &str) -> String {
    let mut lines: Vec<&str> = text.split_inclusive('\n').collect();
    let is_refused = |line: &str| line.contains("SHEET") && line.contains("[");
    for some in lines.chunk_by_mut(|a, b| is_refused(a) && is_refused(b)) {
        some.sort_unstable();
    }
    lines.concat()
}

/// What is sealed or packed has another size in every election.
fn without_sizes(text: &str, unit: &str) -> String {
    let is_digit = |c: char| c.is_ascii_digit() || ('٠'..='٩').contains(&c);
    let mut parts: Vec<String> = text.split(unit).map(str::to_owned).collect();
    let last = parts.len() - 1;
    for part in &mut parts[..last] {
        let kept = part.trim_end_matches(|c: char| is_digit(c) || c == ',' || c == '٬').len();
        if part[kept..].chars().filter(|c| is_digit(*c)).count() >= 5 {
            part.replace_range(kept.., "N");
        }
    }
    parts.join(unit)
}

/// When witnesses saw a record, and how long ago, is another hour in every election: such a line ends there.
fn without_hours(text: &str) -> String {
    let is_time = |word: &str| word.len() == 20 && word.ends_with('Z') && word.as_bytes()[10] == b'T';
    let lines = text.split_inclusive('\n').map(|line| {
        let words = line.split(|c: char| !(c.is_ascii_alphanumeric() || c == '-' || c == ':'));
        match words.into_iter().find(|word| is_time(word)).and_then(|word| line.find(word)) {
            Some(at) => format!("{}HOUR\n", &line[..at]),
            None => line.to_owned(),
        }
    });
    lines.collect()
}
