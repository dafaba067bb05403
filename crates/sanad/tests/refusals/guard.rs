//! No reason code without a test: each code of `docs/reasons.md` is named in the code of a test, or kept in a snapshot.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use proc_macro2::{Delimiter, TokenStream, TokenTree};
use syn::Lit;

use crate::sources;

/// Codes that no test can provoke, each with its reason. Whoever finds a way takes the row out.
const EXCEPTIONS: &[(&str, &str)] = &[
    (
        "decision.counted",
        "it guards the fold that the centre and the verifier share: no record gives a station that an order leaves out a count",
    ),
    ("witness.stopped", "the runtime fails under the service, or the system cannot name its port: no input does that"),
];

#[test]
fn every_reason_code_is_named_by_a_test() {
    let told = sources::read();
    let codes: BTreeSet<&str> =
        told.reasons.iter().filter(|(_, reason)| !reason.what.is_empty()).map(|(code, _)| code.as_str()).collect();
    assert!(codes.len() > 350, "the sources have {} codes: are they still read?", codes.len());
    let tested = tested(&Path::new(env!("CARGO_MANIFEST_DIR")).join(".."));
    let untested = untested(&codes, &tested);
    assert!(
        untested.is_empty(),
        "no test names these codes; provoke each from outside and assert it:\n{}",
        untested.join("\n")
    );
    for (code, reason) in EXCEPTIONS {
        assert!(codes.contains(code), "{code} is no code any more: take its exception out");
        assert!(!tested.contains(*code), "a test names {code}: take its exception out");
        assert!(reason.contains(' '), "{code} is excepted without a reason");
    }
}

fn untested<'a>(codes: &BTreeSet<&'a str>, tested: &BTreeSet<String>) -> Vec<&'a str> {
    let is_excepted = |code: &str| EXCEPTIONS.iter().any(|(own, _)| *own == code);
    codes.iter().copied().filter(|code| !tested.contains(*code) && !is_excepted(code)).collect()
}

#[test]
fn a_new_code_without_a_test_is_found() {
    let source = r#"
        //! `comment.one`
        fn said() -> &'static str { "sources.one" }
        /// `comment.two`
        #[cfg(test)]
        mod tests {
            /// `comment.three`
            #[test]
            fn it_is_refused() { assert_eq!(said(), "tested.one", "not {}: tested.two.", tested.field); }
        }
        #[cfg(all(test, feature = "seal"))]
        mod more { const KNOWN: &[&str] = &["tested.three"]; }
        #[cfg(test)]
        mod outside;
        #[cfg(unix)]
        mod unix { fn said() -> &'static str { "sources.two" } }
    "#;
    let mut found = Found::default();
    found.of_tests(source.parse().expect("Rust"));
    let words: Vec<&str> = found.words.iter().filter(|word| word.contains('.')).map(String::as_str).collect();
    assert_eq!(words, ["tested.one", "tested.three", "tested.two"]);
    assert_eq!(found.modules, ["outside"]);
    assert_eq!(untested(&["sources.one", "tested.two"].into(), &found.words), ["sources.one"]);
}

/// Words in the texts of all tests: of `tests/`, of modules of tests in `src/`, and of snapshots.
fn tested(crates: &Path) -> BTreeSet<String> {
    let mut words = BTreeSet::new();
    let rooms = fs::read_dir(crates).expect("the crates").map(|entry| entry.expect("an entry").path());
    for room in rooms.filter(|path| path.join("Cargo.toml").is_file()) {
        for path in below(&room.join("tests")) {
            // The exceptions here are no tests.
            if path.ends_with("refusals/guard.rs") {
                continue;
            }
            let text = fs::read_to_string(&path).unwrap_or_default();
            match path.extension().and_then(|ending| ending.to_str()) {
                Some("rs") => words.extend(all_of(&text)),
                Some("snap") => words.extend(words_of(&text)),
                _ => {}
            }
        }
        for path in below(&room.join("src")) {
            if path.extension().is_none_or(|ending| ending != "rs") {
                continue;
            }
            let text = fs::read_to_string(&path).expect("a source is text");
            // Where a module names its file itself, the file's name says what it is.
            if path.to_string_lossy().ends_with("_tests.rs") {
                words.extend(all_of(&text));
                continue;
            }
            let mut found = Found::default();
            found.of_tests(tokens(&text));
            for module in &found.modules {
                words.extend(
                    files_of(&path, module)
                        .iter()
                        .flat_map(|path| all_of(&fs::read_to_string(path).unwrap_or_default())),
                );
            }
            words.extend(found.words);
        }
    }
    words
}

fn below(dir: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(dir).into_iter().flatten().flatten().map(|entry| entry.path());
    entries.flat_map(|path| if path.is_dir() { below(&path) } else { vec![path] }).collect()
}

/// The files of the module `name` that `path` declares.
fn files_of(path: &Path, name: &str) -> Vec<PathBuf> {
    let stem = path.file_stem().unwrap_or_default().to_string_lossy();
    let dir = match stem.as_ref() {
        "lib" | "main" | "mod" => path.parent().expect("a file has a folder").to_owned(),
        _ => path.with_extension(""),
    };
    [dir.join(format!("{name}.rs"))].into_iter().chain(below(&dir.join(name))).filter(|path| path.is_file()).collect()
}

fn tokens(source: &str) -> TokenStream {
    source.parse().expect("a source is Rust")
}

fn all_of(source: &str) -> BTreeSet<String> {
    let mut found = Found::default();
    found.of_all(tokens(source));
    found.words
}

/// Codes, and whatever else looks like one.
fn words_of(text: &str) -> impl Iterator<Item = String> {
    let is_part = |c: char| c.is_ascii_alphanumeric() || ['.', '_', '-'].contains(&c);
    text.split(move |c| !is_part(c)).map(|word| word.trim_end_matches('.').to_owned())
}

#[derive(Default)]
struct Found {
    words: BTreeSet<String>,
    /// Modules of tests that lie in files of their own.
    modules: Vec<String>,
}

impl Found {
    /// Texts in modules of tests alone.
    fn of_tests(&mut self, stream: TokenStream) {
        let mut is_test = false;
        let mut tokens = stream.into_iter().peekable();
        while let Some(token) = tokens.next() {
            match token {
                TokenTree::Punct(sign) if sign.as_char() == '#' => {
                    if let Some(TokenTree::Group(attribute)) = tokens.peek()
                        && attribute.delimiter() == Delimiter::Bracket
                    {
                        is_test |= is_of_tests(attribute.stream());
                        tokens.next();
                    }
                }
                TokenTree::Ident(word) if word == "mod" && is_test => {
                    is_test = false;
                    let name = tokens.next().map(|name| name.to_string()).unwrap_or_default();
                    match tokens.next() {
                        Some(TokenTree::Group(body)) => self.of_all(body.stream()),
                        _ => self.modules.push(name),
                    }
                }
                // Words between an attribute and its module: `pub`, `pub(crate)`.
                TokenTree::Ident(word) if word == "pub" => {}
                TokenTree::Group(group) if is_test && group.delimiter() == Delimiter::Parenthesis => {}
                TokenTree::Group(group) => {
                    is_test = false;
                    self.of_tests(group.stream());
                }
                _ => is_test = false,
            }
        }
    }

    /// All texts but comments.
    fn of_all(&mut self, stream: TokenStream) {
        let mut tokens = stream.into_iter().peekable();
        while let Some(token) = tokens.next() {
            match token {
                TokenTree::Punct(sign) if sign.as_char() == '#' => {
                    let is_comment = |token: &TokenTree| match token {
                        TokenTree::Group(group) => {
                            group.stream().into_iter().next().is_some_and(|first| first.to_string() == "doc")
                        }
                        _ => false,
                    };
                    tokens.next_if(is_comment);
                }
                TokenTree::Group(group) => self.of_all(group.stream()),
                TokenTree::Literal(literal) => {
                    if let Lit::Str(text) = Lit::new(literal) {
                        self.words.extend(words_of(&text.value()));
                    }
                }
                _ => {}
            }
        }
    }
}

/// `cfg(test)`, or `cfg` of something with `test` in it that is not negated.
fn is_of_tests(attribute: TokenStream) -> bool {
    let text = attribute.to_string().replace(' ', "");
    text.starts_with("cfg(test)") || text.starts_with("cfg(all(test") || text.starts_with("cfg(any(test")
}
