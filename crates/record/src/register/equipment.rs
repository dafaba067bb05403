//! The register of equipment, and in whose hands it was.

use std::collections::BTreeMap;

use election::{ActId, DeviceId, Digest, ItemId, Moment, StationId};
use serde::{Deserialize, Serialize};

use super::Registers;
use super::acts::ActKind;
use super::corrections::corrections;
use super::problem::{RegisterProblem, filled};
use crate::fold::{LeafProblem, State};
use crate::frozen::Frozen;

/// What an item is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ItemKind {
    /// A counting device of the frozen key list.
    Device,
    /// A server or another machine of the commission.
    Server,
    /// A memory stick.
    Stick,
    /// A ballot box.
    Box,
    /// A link and whoever provides it.
    Link,
}

impl ItemKind {
    /// The word used in files.
    pub fn as_str(self) -> &'static str {
        match self {
            ItemKind::Device => "device",
            ItemKind::Server => "server",
            ItemKind::Stick => "stick",
            ItemKind::Box => "box",
            ItemKind::Link => "link",
        }
    }
}

/// A piece of equipment.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Item {
    /// Its number in the register.
    pub item: ItemId,
    /// What it is.
    pub kind: ItemKind,
    /// The serial number on it; of a link the number of the line.
    pub serial: String,
    /// Of a counting device: its id in the key list.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub device: Option<DeviceId>,
    /// Of a counting device: its public key, as the device shows it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub key: Option<String>,
    /// SHA-256 of the software that it runs.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub build: Option<Digest>,
    /// The contract by which it was bought or is provided.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub contract: Option<ActId>,
    /// The article of the law by which it is used.
    pub article: String,
    /// Where it serves; of a counting device the station of the key list.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub station: Option<StationId>,
    /// SHA-256 of the leaf that it corrects.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub supersedes: Option<Digest>,
}

impl Item {
    /// An item by its number, and the article of the law by which it is used.
    pub fn new(item: ItemId, kind: ItemKind, serial: impl Into<String>, article: impl Into<String>) -> Self {
        let (serial, article) = (serial.into(), article.into());
        Item {
            item,
            kind,
            serial,
            device: None,
            key: None,
            build: None,
            contract: None,
            article,
            station: None,
            supersedes: None,
        }
    }
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
    /// The numbers of the seals on it.
    pub seals: Vec<String>,
    /// When.
    pub at: Moment,
    /// Where.
    pub place: String,
    /// SHA-256 of the leaf that it corrects.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub supersedes: Option<Digest>,
}

/// A hand-over, beside the one before it.
#[derive(Clone, Copy, Debug)]
pub struct HandOver<'a> {
    /// Its leaf.
    pub leaf: Digest,
    /// As it was entered.
    pub custody: &'a Custody,
    /// Whether whoever gives it is whoever took it before; none of the first one.
    pub follows: Option<bool>,
    /// Whether its seals are those of the hand-over before; none of the first one.
    pub same_seals: Option<bool>,
}

impl Registers {
    /// The hand-overs of every item that was handed over, the earliest first; of one minute, as they were entered.
    pub fn hand_overs(&self) -> BTreeMap<&ItemId, Vec<HandOver<'_>>> {
        let mut in_order: Vec<_> = self.custody.iter().collect();
        in_order.sort_by_key(|(_, (first, custody))| (custody.at, *first));
        let mut all = BTreeMap::<_, Vec<HandOver>>::new();
        for (leaf, (_, custody)) in in_order {
            let own = all.entry(&custody.item).or_default();
            let before = own.last().map(|last| last.custody);
            own.push(HandOver {
                leaf: *leaf,
                custody,
                follows: before.map(|before| before.to == custody.from),
                same_seals: before.map(|before| before.seals == custody.seals),
            });
        }
        all
    }

    /// The item that is this counting device.
    pub fn item_of(&self, device: &DeviceId) -> Option<&Item> {
        self.devices.get(device).map(|item| &self.items[item].1)
    }

    /// There is an item of this number.
    pub(crate) fn known_item(&self, id: &ItemId) -> Result<(), RegisterProblem> {
        if self.items.contains_key(id) { Ok(()) } else { Err(RegisterProblem::item(id, self.items.keys())) }
    }
}

/// A counting device is one of the key list, with its key and its station; nothing else is.
fn as_listed(frozen: &Frozen, own: &Item) -> Result<(), RegisterProblem> {
    let is_device = own.kind == ItemKind::Device;
    if is_device != own.device.is_some() || (own.key.is_some() && !is_device) {
        return Err(RegisterProblem::Device("a device, and no other item, names its id and its key"));
    }
    let Some(device) = &own.device else { return Ok(()) };
    let Some((station, key)) = frozen.keyring.devices.get(device) else {
        return Err(RegisterProblem::Device("the device is not in the frozen key list"));
    };
    if own.key.as_ref() != Some(&key.to_string()) {
        return Err(RegisterProblem::Device("the key is not that of the device in the frozen key list"));
    }
    if own.station.as_ref() != Some(station) {
        return Err(RegisterProblem::Device("the station is not that of the device in the frozen key list"));
    }
    Ok(())
}

impl State {
    /// An item, or the correction of one.
    pub(crate) fn item(&mut self, frozen: &Frozen, leaf: Digest, own: &Item) -> Result<(), LeafProblem> {
        let (def, registers) = (&frozen.definition, &self.registers);
        filled(&[("serial", &own.serial), ("article", &own.article)])?;
        let before = registers.items.get(&own.item);
        let stands = before.map(|(leaf, _)| *leaf);
        RegisterProblem::beside(own.item.as_str(), own.supersedes, stands)?;
        if let Some(unknown) = own.station.as_ref().filter(|station| def.station(station).is_none()) {
            return Err(LeafProblem::station(def, unknown));
        }
        if before.is_some_and(|(_, before)| (before.kind, &before.device) != (own.kind, &own.device)) {
            return Err(
                RegisterProblem::Device("a correction is of the same kind and device as what it corrects").into()
            );
        }
        as_listed(frozen, own)?;
        let entered = own.device.as_ref().and_then(|device| registers.devices.get(device));
        if entered.is_some_and(|item| *item != own.item) {
            return Err(RegisterProblem::Device("the device stands in the register under another number").into());
        }
        if let Some(contract) = own.contract.as_ref().filter(|id| !registers.stands(id, ActKind::Contract)) {
            return Err(RegisterProblem::Contract(contract.clone()).into());
        }
        self.superseded.extend(stands);
        let registers = &mut self.registers;
        registers.devices.extend(own.device.clone().map(|device| (device, own.item.clone())));
        if let Some((corrects, before)) = registers.items.insert(own.item.clone(), (leaf, own.clone())) {
            let told = corrections("equipment", own.item.as_str(), (corrects, &before), (leaf, own));
            registers.corrections.extend(told);
        }
        Ok(())
    }

    /// A hand-over. One that does not follow the one before it is entered as well: the table tells it.
    pub(crate) fn custody(&mut self, leaf: Digest, own: &Custody) -> Result<(), LeafProblem> {
        let mut texts = vec![("from", &own.from), ("to", &own.to), ("place", &own.place)];
        texts.extend(own.seals.iter().map(|seal| ("seals", seal)));
        filled(&texts)?;
        self.registers.known_item(&own.item)?;
        let mut first = self.size;
        if let Some(before) = own.supersedes {
            let known = self.registers.custody.get(&before).filter(|(_, known)| known.item == own.item);
            let (entered, corrected) = known.ok_or(RegisterProblem::HandOver(before))?;
            first = *entered;
            let told = corrections("custody", own.item.as_str(), (before, corrected), (leaf, own));
            self.registers.corrections.extend(told);
            self.registers.custody.remove(&before);
            self.superseded.insert(before);
        }
        self.registers.custody.insert(leaf, (first, own.clone()));
        Ok(())
    }

    /// Where the rules ask for it, no package of a device that is not in the register of equipment is imported. Its slips are evidence
    /// against others all the same.
    ///
    /// # Errors
    ///
    /// [`RegisterProblem::Unregistered`].
    pub fn may_contribute(&self, frozen: &Frozen, device: &DeviceId) -> Result<(), RegisterProblem> {
        if frozen.definition.rules.equipment.required && self.registers.item_of(device).is_none() {
            return Err(RegisterProblem::Unregistered(device.clone()));
        }
        Ok(())
    }
}
