//! Which program counted: the one that a device's statement names, beside the one that the register has for the device.

use std::collections::BTreeSet;

use election::{DeviceId, Digest, StationId};

use crate::entry::Import;
use crate::fold::State;

/// A count, and the program that made it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Ran<'a> {
    /// The station.
    pub station: &'a StationId,
    /// The device.
    pub device: &'a DeviceId,
    /// The generation.
    pub generation: u16,
    /// SHA-256 of the program, as the device has signed it.
    pub build: Digest,
    /// That of the register; none where the device is not in it, or without its program.
    pub registered: Option<Digest>,
}

impl Ran<'_> {
    /// Is it the program of the register? None where that has none.
    pub fn is_registered(&self) -> Option<bool> {
        self.registered.map(|registered| registered == self.build)
    }
}

impl State {
    /// The programs that counted: of a station, device and generation each program once, whatever media brought it. Imports that name
    /// none are left out.
    pub fn ran(&self) -> BTreeSet<Ran<'_>> {
        let of = |import: &Import| self.registers.item_of(&import.device).and_then(|item| item.build);
        let imports = self.evidence.values().flat_map(|evidence| &evidence.imports);
        imports
            .filter_map(|own| {
                let (station, device, generation) = (&own.station, &own.device, own.generation);
                Some(Ran { station, device, generation, build: own.build?, registered: of(own) })
            })
            .collect()
    }
}
