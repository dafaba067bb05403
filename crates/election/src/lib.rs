//! The definition of an election: its words, places, lists, candidates, ballot
//! styles, people and rules, read from a folder that an official edits in a
//! spreadsheet.
//!
//! Everything here is pure: bytes and values in, values out. Nothing in this
//! crate knows of other files, of clocks or of networks.

mod digest;
mod ids;
mod model;
mod problem;
mod rules;
mod text;

pub use digest::{Digest, DigestError};
pub use ids::*;
pub use model::*;
pub use problem::{Coded, Place, Problem};
pub use rules::*;
pub use text::{Lang, Text};
