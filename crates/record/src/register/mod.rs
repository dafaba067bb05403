//! Registers of what stands around the count and changes no figure: acts from outside, equipment and its custody, checks of
//! the centre's isolation, how packages came over the network, and bundles of evidence that were handed out.

pub mod acts;
pub mod builds;
pub(crate) mod claim;
pub mod corrections;
pub mod equipment;
pub mod exports;
pub mod isolation;
mod problem;
pub mod tables;
pub mod transmission;

use std::collections::{BTreeMap, BTreeSet};

use election::{ActId, DeviceId, Digest, ItemId};

pub use problem::RegisterProblem;

use acts::Act;
use corrections::Correction;
use equipment::{Custody, Item};
use exports::Export;
use isolation::Isolation;
use transmission::Entered;

use crate::frozen::Frozen;

/// What was entered in the registers.
#[derive(Clone, Debug, Default)]
pub struct Registers {
    /// Acts, as they stand, each with its leaf.
    pub acts: BTreeMap<ActId, (Digest, Act)>,
    /// The index of the leaf that entered each act first, whatever has corrected it since.
    pub first: BTreeMap<ActId, u64>,
    /// Acts that another, which is not annulled itself, has taken away.
    pub annulled: BTreeSet<ActId>,
    /// Equipment, as it stands, each with its leaf.
    pub items: BTreeMap<ItemId, (Digest, Item)>,
    /// The counting devices of the frozen key list.
    pub listed: BTreeSet<DeviceId>,
    /// Which item each counting device is.
    pub devices: BTreeMap<DeviceId, ItemId>,
    /// Hand-overs of equipment as they stand, by their leaf, each with the index of the leaf that entered it first.
    pub custody: BTreeMap<Digest, (u64, Custody)>,
    /// What corrections of acts, equipment and hand-overs say otherwise than what they correct.
    pub corrections: BTreeSet<Correction>,
    /// Checks of the centre's isolation, each with the index of its leaf and the clock it gives.
    pub isolation: Vec<(u64, String, Isolation)>,
    /// Reports of the receiving service; the last one stands.
    pub transmissions: Vec<Entered>,
    /// Bundles of evidence that were handed out, each with the index of its leaf.
    pub exports: Vec<(u64, Export)>,
}

impl Registers {
    /// Nothing yet.
    pub(crate) fn of(frozen: &Frozen) -> Self {
        Registers { listed: frozen.keyring.devices.keys().cloned().collect(), ..Registers::default() }
    }
}
