//! Made-up voters, marked paper and bad scans, for demonstrations and tests.
//!
//! [`voters`] decides what a voter wants and keeps that truth apart; [`pen`] puts it on the
//! drawn sheet as a person would; [`scanner`] makes of the sheet what a worn scanner makes
//! of it. All chance comes from one seed ([`Rng`]), so that a run can be repeated exactly.
//!
//! What reads ballots must never be linked with what makes them up.

pub mod pen;
mod rng;
pub mod scanner;
pub mod voters;

pub use rng::Rng;
