//! The record is the database: what changes a result is a signed leaf, and
//! every published figure is a pure function of the leaves and of the packages
//! they name.
//!
//! - [`entry`]: the leaf types, as they are signed;
//! - [`decisions`]: openings, withdrawals, amendments;
//! - [`docket`]: complaints, appeals, rulings, what is open, and certification;
//! - [`recount`]: counts by hand;
//! - [`register`]: acts, equipment, isolation and bundles of evidence;
//! - [`privacy`]: what of single ballots may be published;
//! - [`keyring`]: who may sign which;
//! - [`fold`]: leaves in, state out; an invalid leaf is an error with its index;
//! - [`freshness`]: how old the record is that somebody is shown;
//! - [`letters`]: the registration figures of stations, and the bounds that follow from the openings;
//! - [`remarks`]: what the rules of the ballot account say of each station;
//! - [`rotation`]: a witness's key that gives way to another, and which one counts for which checkpoint;
//! - [`witnessed`]: what a quorum of witnesses had seen before the polls opened;
//! - [`standing`]: what is known of a station and whether it is counted;
//! - [`outcome`]: the standings and figures of all stations → totals and seats;
//! - [`from_slips`]: coverage, leads and sure seats of slips alone;
//! - [`findings`]: what people must look at, though it changes no figure;
//! - [`by_rule`]: which stations the frozen rules find, of how many;
//! - [`proof`]: what anybody checks offline: forks, equivocations, receipts;
//! - [`results`]: the outcome as the files of `results/`;
//! - [`published`], [`withheld`]: the files that describe a publication, and what is left out of it;
//! - [`disk`]: the files of a party's disk, and the receipt of its hand-over;
//! - [`evidence`]: the files of a bundle of evidence for who has a mandate.
//!
//! Nothing here reads a file, a clock or a random number, and nothing depends
//! on the order of arrival where order has no meaning.

pub mod bounds;
pub mod by_rule;
mod check;
pub mod decisions;
pub mod desk;
pub mod disk;
pub mod docket;
pub mod entry;
pub mod evidence;
pub mod findings;
pub mod fold;
pub mod freshness;
pub mod from_slips;
pub mod frozen;
pub mod keyring;
pub mod letters;
pub mod one_channel;
pub mod outcome;
pub mod privacy;
pub mod proof;
pub mod published;
pub mod recount;
pub mod register;
pub mod remarks;
pub mod results;
pub mod rotation;
pub mod standing;
pub mod statement;
pub mod withheld;
pub mod witnessed;

pub use entry::{Body, Content, Entry, Head, Medium};
pub use fold::{FoldError, State};
pub use freshness::Freshness;
pub use frozen::Frozen;
pub use keyring::{Keyring, Signatories};
pub use outcome::{Figures, Outcome};
pub use standing::{Counted, Standing, StationStanding};
