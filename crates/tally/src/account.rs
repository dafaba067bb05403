//! The account of a station's ballots, and whether its figures hold together (rules R.201 to R.216).

use election::{Contest, ContestId, Definition, Lang, OptionId, Register};
use serde::Serialize;

use crate::ContestTotals;

/// Every ballot paper that a station received, and where it is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Account {
    /// Voters registered (fixed register), or ballots delivered (conditional).
    pub registered: u64,
    /// Voters checked in by a verification device, where there is one.
    pub checked_in: Option<u64>,
    /// Ballot papers received.
    pub received: u64,
    /// Put into the box.
    pub used: u64,
    /// Spoiled by voters and exchanged.
    pub spoiled: u64,
    /// Left over.
    pub unused: u64,
    /// Counted.
    pub cast: u64,
    /// With a valid vote.
    pub valid: u64,
    /// Without a mark.
    pub blank: u64,
    /// With marks that are worth nothing.
    pub invalid: u64,
    /// In the box, but not read.
    pub unread: u64,
}

/// One rule that a station's figures break.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// The rule, such as `R.201`.
    pub rule: &'static str,
    /// The contest, where it is about one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub contest: Option<ContestId>,
    /// The list or candidate, where it is about one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub option: Option<OptionId>,
    /// The figure on the left of the rule.
    pub left: u128,
    /// The figure on its right.
    pub right: u128,
}

impl Finding {
    /// The finding in words.
    pub fn say(&self, _lang: Lang) -> String {
        unimplemented!()
    }
}

/// Every rule of the ballot account that `account` breaks, by number.
pub fn check(_account: &Account, _register: Register) -> Vec<Finding> {
    unimplemented!()
}

/// Every rule that a contest's figures break.
pub fn check_contest(_def: &Definition, _contest: &Contest, _totals: &ContestTotals) -> Vec<Finding> {
    unimplemented!()
}
