//! The definition of an election: its words, places, lists, candidates, ballot
//! styles, people and rules, read from a folder that an official edits in a
//! spreadsheet.
//!
//! Everything here is pure: bytes and values in, values out. Nothing in this
//! crate knows of other files, of clocks or of networks.

mod amend;
mod as_text;
mod calendar;
mod cells;
mod change;
mod checks;
mod codes;
mod definition;
mod digest;
mod findings;
mod folder;
mod ids;
mod isolation;
mod keys;
mod model;
mod nearest;
mod ordinary;
mod problem;
mod read;
mod report;
mod rules;
mod seat_rules;
mod settings;
mod sheets;
mod spread;
mod table;
mod text;
mod thin;

pub use amend::AmendError;
pub use calendar::{Contradicting, Counted, Day, DocketRules, Moment, PlainDate};
pub use change::{fmt, scaffold};
pub use codes::Rule;
pub use definition::{Definition, Index};
pub use digest::{Digest, DigestError};
pub use findings::{FindingRule, FindingRules, KindSource};
pub use folder::{ELECTION_TOML, Folder, WITNESS_POLICY};
pub use ids::*;
pub use isolation::{InterfaceName, IsolationRules, Listener, Protocol};
pub use keys::*;
pub use model::*;
pub use nearest::nearest;
pub use ordinary::{open_ordinary, read_ordinary};
pub use problem::{Coded, Place, Problem};
pub use read::{check, read};
pub use rules::*;
pub use seat_rules::*;
pub use spread::spread;
pub use table::fold_digits;
pub use text::{Lang, Text};
pub use thin::thin;
