//! What the kernel of the centre showed of networks, each time it was looked at.

use serde::{Deserialize, Serialize};

use crate::fold::{LeafProblem, State};

/// A look at the centre's networks.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Isolation {
    /// What of it the policy does not list.
    pub outside: Vec<String>,
}

impl State {
    pub(crate) fn isolation(&mut self, at: &str, own: &Isolation) -> Result<(), LeafProblem> {
        self.registers.isolation.push((self.size, at.to_owned(), own.clone()));
        Ok(())
    }
}
