//! Every sentence that officers, agents and voters read has its Arabic, its Kurdish and its English, and every reason
//! code an exit code, a meaning and a next step: asked of the sources themselves.

#[expect(dead_code, reason = "the command uses all of it; here the rows are read")]
#[path = "../src/words/mod.rs"]
mod words;

#[path = "../src/exit.rs"]
mod exit;

mod sources;

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::Path;

use election::Lang;

fn known() -> BTreeSet<&'static str> {
    words::ROOMS.iter().flat_map(|(_, rows)| rows.iter()).map(|row| row.en).collect()
}

/// Sentences of the sources that are not for people: names, frames of files, and what programmers read.
const NOT_WORDS: [&str; 8] = [
    "Sanad transport authority",
    "sanad {}",
    "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n",
    "{} {} {} {}",
    " (leaf {})",
    "\u{1b}[1;31m{}\u{1b}[0m [{}]: {}\n\u{1b}[1m{}\u{1b}[0m: {}",
    // A line of the relay's journal, for machines.
    "{} bytes",
    "{{prefix}} {} {{pos}}/{{len}} {{elapsed}} {{wide_msg}}",
];

#[test]
fn every_reason_code_has_its_words_in_three_languages() {
    let (told, known) = (sources::read(), known());
    assert!(told.reasons.len() > 300, "the sources have {} reason codes: are they still read?", told.reasons.len());
    let mut missing = Vec::new();
    for (code, reason) in &told.reasons {
        for text in reason.what.iter().chain(&reason.next) {
            if known.contains(text.as_str()) || NOT_WORDS.contains(&text.as_str()) {
                continue;
            }
            missing.push(format!("{code}: {text}"));
        }
    }
    for (text, place) in told.errors.iter().filter(|(text, _)| !known.contains(text.as_str())) {
        missing.push(format!("{place}: {text}"));
    }
    for rule in election::Rule::ALL.iter().filter(|rule| !known.contains(rule.says())) {
        missing.push(format!("{}: {}", rule.code(), rule.says()));
    }
    missing.sort();
    missing.dedup();
    assert!(missing.is_empty(), "no row in src/words/ for:\n{}", missing.join("\n"));
}

#[test]
fn every_sentence_has_its_words_in_three_languages() {
    let told = sources::read();
    assert!(told.sentences.len() > 250, "the sources have {} sentences", told.sentences.len());
    let missing: Vec<String> = told
        .sentences
        .iter()
        .filter(|(text, _)| words::found(text).is_none() && !NOT_WORDS.contains(&text.as_str()))
        .map(|(text, place)| format!("{place}: {text}"))
        .collect();
    assert!(missing.is_empty(), "no row in src/words/ for:\n{}", missing.join("\n"));
}

#[test]
fn every_row_is_said_somewhere() {
    // What the system, clap and standard types say cannot be found in our sources; nor can parts of sentences.
    let told = sources::read();
    let said: BTreeSet<&String> = told
        .reasons
        .values()
        .flat_map(|reason| reason.what.iter().chain(&reason.next))
        .chain(told.errors.keys())
        .chain(told.sentences.keys())
        .collect();
    let rules: BTreeSet<&str> = election::Rule::ALL.iter().map(|rule| rule.says()).collect();
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let mut all = String::new();
    for room in [
        "ballot", "centre", "election", "intake", "log", "package", "record", "sanad", "station", "tally", "verify",
        "witness",
    ] {
        all += &sources::text_of(&root.join(room).join("src"));
    }
    let foreign = |text: &str| {
        text.contains("(os error ") || text.starts_with("failed to lookup") || text.ends_with("from empty string")
    };
    let unsaid: Vec<&str> = known()
        .into_iter()
        .filter(|text| !said.contains(&text.to_string()) && !rules.contains(text) && !foreign(text))
        // A part of a sentence, or a word that a format puts in: as it stands, or with its fillings named.
        .filter(|text| {
            let longest = text.split("{}").max_by_key(|part| part.len()).unwrap_or_default();
            !all.contains(&longest.replace('"', "\\\""))
        })
        .collect();
    let from_std = ["invalid digit found in string", "{} is not in {}"];
    let unsaid: Vec<&str> = unsaid.into_iter().filter(|text| !from_std.contains(text)).collect();
    assert!(unsaid.is_empty(), "rows that nothing says any more:\n{}", unsaid.join("\n"));
}

#[test]
fn every_code_with_an_exit_code_of_its_own_is_one_of_the_sources() {
    let told = sources::read();
    for code in exit::DOES_NOT_HOLD.iter().chain(exit::MISSING).chain(exit::WRONG) {
        let found = told.reasons.keys().any(|own| own == code || (code.ends_with('.') && own.starts_with(code)));
        assert!(found, "{code} is no reason code of the sources");
    }
    for code in exit::MISSING {
        assert_eq!(exit::verdict_of(code), exit::Verdict::Missing);
    }
    assert_eq!(exit::verdict_of("label.file"), exit::Verdict::DoesNot);
    assert_eq!(exit::verdict_of("package.name"), exit::Verdict::Wrong);
    assert_eq!(exit::verdict_of("file"), exit::Verdict::Wrong);
}

/// `docs/reasons.md` is written from the sources and the words: `UPDATE=1 cargo test -p sanad --test words`.
#[test]
fn the_docs_list_every_reason_code() {
    let page = reasons_page(sources::read());
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/reasons.md");
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(&path, &page).expect("docs/ can be written");
    }
    let docs = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(docs == page, "docs/reasons.md is not what the sources say; UPDATE=1 writes it anew");
}

fn reasons_page(told: &sources::Told) -> String {
    let mut page = "# Reason codes · رموز الأسباب · کۆدەکانی هۆکار\n\n\
        Every error has a code that stays the same from release to release, says what happened, and what to do next. This page is\n\
        written from the sources (`UPDATE=1 cargo test --release -p sanad --test words`) and holds all that have words of their own;\n\
        `{}` stands for what is filled in. The rules of a definition (`E.1xx`) stand first; the test `problems` breaks each.\n\n\
        **A native reader must still confirm the Arabic and the Kurdish.** They were written with the [glossary](glossary.md) at\n\
        hand and have not been read by an election official yet. Corrections go to `crates/sanad/src/words/`.\n\n\
        The number behind a code is the exit code of a command that ends with it: 1 it does not hold, 2 the input or the call is\n\
        wrong, 3 evidence is missing. Without a number it stands in the report of `verify` alone.\n"
        .to_owned();
    page.push_str("\n## E\n");
    for rule in election::Rule::ALL {
        let _ = write!(page, "\n**`{}`** · {}\n\n", rule.code(), exit::verdict_of(rule.code()) as u8);
        for lang in [Lang::En, Lang::Ar, Lang::Ckb] {
            let _ = writeln!(page, "- {}", plain(&words::sentence(lang, rule.says(), &[])));
        }
    }
    let mut room = String::new();
    for (code, reason) in told.reasons.iter().filter(|(_, reason)| !reason.what.is_empty()) {
        let own = code.split('.').next().unwrap_or_default();
        if own != room {
            room = own.to_owned();
            let _ = write!(page, "\n## {room}\n");
        }
        let number = if reason.ends { format!(" · {}", exit::verdict_of(code) as u8) } else { String::new() };
        let _ = write!(page, "\n**`{code}`**{number}\n\n");
        for what in &reason.what {
            for lang in [Lang::En, Lang::Ar, Lang::Ckb] {
                let _ = writeln!(page, "- {}", plain(&words::sentence(lang, leak(what), &blanks(what))));
            }
        }
        for next in &reason.next {
            for lang in [Lang::En, Lang::Ar, Lang::Ckb] {
                let _ = writeln!(page, "- → {}", plain(&words::sentence(lang, leak(next), &blanks(next))));
            }
        }
    }
    page
}

/// The fillings as they stand in the sources.
fn blanks(text: &str) -> Vec<words::Fill> {
    (0..text.matches("{}").count()).map(|_| words::Fill::Words("{}".to_owned())).collect()
}

/// A page is read with its own direction; isolates would only be in the way.
fn plain(text: &str) -> String {
    text.replace(['\u{2068}', '\u{2069}'], "").replace('\n', " ")
}

/// Sentences are constants in the command.
fn leak(text: &str) -> &'static str {
    Box::leak(text.to_owned().into_boxed_str())
}
