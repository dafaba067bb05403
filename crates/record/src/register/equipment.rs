//! The register of equipment, and in whose hands it was.

use election::{Digest, ItemId};
use serde::{Deserialize, Serialize};

use crate::fold::{LeafProblem, State};

/// A piece of equipment.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Item {
    /// Its number in the register.
    pub item: ItemId,
    /// The serial number on it.
    pub serial: String,
}

/// A piece of equipment goes from hand to hand.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Custody {
    /// What is handed over.
    pub item: ItemId,
    /// From whom: an office or a role, no name of a person.
    pub from: String,
    /// To whom.
    pub to: String,
}

impl State {
    pub(crate) fn item(&mut self, leaf: Digest, own: &Item) -> Result<(), LeafProblem> {
        self.registers.items.insert(own.item.clone(), (leaf, own.clone()));
        Ok(())
    }

    pub(crate) fn custody(&mut self, own: &Custody) -> Result<(), LeafProblem> {
        self.registers.custody.push(own.clone());
        Ok(())
    }
}
