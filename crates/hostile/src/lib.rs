//! What bytes from outside must not do to any reader: one function for each fuzz target.
//!
//! `fuzz/` (a workspace of its own, for a nightly toolchain) drives these functions with libFuzzer; the tests of this
//! crate replay the same corpora and every past finding on stable. See `docs/fuzz.md`.
//!
//! A target asserts more than that nothing panics: what is read is written again as the same bytes, wherever the
//! format has one form; what is refused has a reason code, and its message can be put on a terminal; what was not
//! signed does not verify.

mod ballots;
mod channels;
mod definitions;
mod documents;
mod figures;
mod folds;
mod images;
mod input;
mod logs;
/// A small publication, made as the tests of the verifier make theirs.
#[allow(dead_code, reason = "those tests spoil it in more ways")]
#[path = "../../verify/tests/common/mod.rs"]
mod made;
mod notes;
mod packages;
mod papers;
mod photos;
mod publications;
mod results_bag;
pub mod sheet;
mod signed;
mod slips;
mod words;
mod world;

use std::fmt::Display;

use election::Coded;
// For the files that are shared with the verifier's tests.
#[allow(clippy::single_component_path_imports)]
use verify;

pub use publications::downloaded;

/// A fuzz target: its name, and what is done with each input.
pub type Target = (&'static str, fn(&[u8]));

/// Every target. A file `fuzz/fuzz_targets/NAME.rs` and folders `fuzz/seeds/NAME` and `fuzz/regressions/NAME` go with each.
pub const TARGETS: [Target; 21] = [
    ("archive", packages::archive),
    ("ballot_read", ballots::read),
    ("channels", channels::channels),
    ("definition", definitions::definition),
    ("document", documents::pages),
    ("dsse", signed::dsse),
    ("figures", figures::figures),
    ("fold", folds::fold),
    ("image_jpeg", images::jpeg),
    ("image_other", images::other),
    ("image_png", images::png),
    ("log", logs::log),
    ("note", notes::note),
    ("paper", papers::papers),
    ("photo", photos::codes),
    ("publication", publications::publication),
    ("results_bag", results_bag::results),
    ("sealed", packages::sealed),
    ("slip", slips::slip),
    ("vxf", ballots::vxf),
    ("words", words::words),
];

/// Runs the target `name` on `input`.
///
/// # Panics
/// Where the input breaks what the target asserts, or there is no such target.
pub fn run(name: &str, input: &[u8]) {
    let (_, target) = TARGETS.iter().find(|(known, _)| *known == name).expect("a target of this crate");
    target(input);
}

/// A refusal has a reason code of the grammar of codes, something to do next, and a message without control
/// characters but line ends: it goes to terminals and logs.
fn is_coded<E: Coded + Display>(error: &E) {
    let (code, next) = (error.code(), error.next());
    let letters = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'_');
    assert!(code.contains('.') && code.bytes().all(letters), "'{code}' is no reason code");
    assert!(!next.is_empty(), "{code} does not say what to do next");
    is_printable(&error.to_string());
}

/// Nothing in a message steers a terminal.
fn is_printable(message: &str) {
    let bad = message.chars().find(|c| c.is_control() && *c != '\n');
    assert_eq!(bad, None, "a control character in a message: {}", message.escape_debug());
}
