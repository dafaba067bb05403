//! Made-up voters, marked paper and bad scans, for demonstrations and tests.
//!
//! [`voters`] decides what a voter wants and keeps that truth apart; [`pen`] puts it on the
//! drawn sheet as a person would; [`paper`] is what happens to the sheet on its way; [`scanner`] makes of it what a worn
//! scanner makes of it, lying as [`pose`] says. All chance comes from one seed ([`Rng`]), so that a run can be repeated exactly.
//!
//! What reads ballots must never be linked with what makes them up.

pub mod paper;
pub mod pen;
pub mod pose;
mod rng;
pub mod scanner;
pub mod voters;

pub use rng::Rng;
