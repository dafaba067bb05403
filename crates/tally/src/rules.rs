//! The numbered rules, for reports and for the docs.

use serde::Serialize;

use crate::Words;

/// One numbered rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Rule {
    /// Its number: `R.1xx` votes, `R.2xx` ballot account, `R.3xx` seats.
    pub number: &'static str,
    /// Its title.
    pub title: Words,
    /// What it says; English, for the docs.
    pub what: &'static str,
}

/// Every rule, by number.
pub const ALL: &[Rule] = &[];

/// The rule `number`.
pub fn rule(number: &str) -> Option<&'static Rule> {
    ALL.iter().find(|rule| rule.number == number)
}
