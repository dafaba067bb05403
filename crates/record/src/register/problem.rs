//! Why a leaf of the registers of acts and equipment may not stand.

use election::{ActId, Coded, DeviceId, Digest, ItemId, StationId};

use crate::decisions::near;

/// A leaf of these registers that does not hold.
#[derive(Debug, thiserror::Error)]
pub enum RegisterProblem {
    /// Something that must be said is not.
    #[error("'{0}' says nothing")]
    Blank(&'static str),
    /// An act without what its kind has, or with what it has not.
    #[error("{0}")]
    Kind(&'static str),
    /// An entry beside the one that stands.
    #[error("about '{about}' another entry stands ({stands}), and this one does not name it")]
    Beside {
        /// The number.
        about: String,
        /// The leaf that stands, or `none`.
        stands: String,
    },
    /// A number that stands for no act.
    #[error("no act '{act}' stands in the register{near}")]
    Act {
        /// As named.
        act: ActId,
        /// The nearest one.
        near: String,
    },
    /// An act names one that came after it, or itself.
    #[error("'{act}' cannot name '{named}', which was not entered before it")]
    Later {
        /// The act.
        act: ActId,
        /// What it names.
        named: ActId,
    },
    /// Days for an answer without the day on which they begin.
    #[error("it names days for an answer, and no service from which they count")]
    Served,
    /// A station cleared that nobody examined.
    #[error("the station '{0}' is cleared, and was not examined")]
    Cleared(StationId),
    /// A number that stands for no item.
    #[error("no item '{item}' stands in the register{near}")]
    Item {
        /// As named.
        item: ItemId,
        /// The nearest one.
        near: String,
    },
    /// An item that is not the device of the key list that it says.
    #[error("{0}")]
    Device(&'static str),
    /// A contract that is none, or was taken away.
    #[error("'{0}' is no contract that stands in the register of acts")]
    Contract(ActId),
    /// A hand-over that takes the place of none of this item.
    #[error("it supersedes {0}, which is no hand-over of the same item before it")]
    HandOver(Digest),
    /// A package of a device that is not in the register.
    #[error("the device '{0}' is not in the register of equipment, and the rules ask for it")]
    Unregistered(DeviceId),
}

impl RegisterProblem {
    /// There is no act of this number.
    pub fn act<'a>(act: &ActId, known: impl Iterator<Item = &'a ActId>) -> Self {
        RegisterProblem::Act { act: act.clone(), near: near(act.as_str(), known.map(ActId::as_str)) }
    }

    /// There is no item of this number.
    pub fn item<'a>(item: &ItemId, known: impl Iterator<Item = &'a ItemId>) -> Self {
        RegisterProblem::Item { item: item.clone(), near: near(item.as_str(), known.map(ItemId::as_str)) }
    }

    /// An entry names the one that stands about the same number, which it takes the place of.
    pub(super) fn beside(about: &str, named: Option<Digest>, stands: Option<Digest>) -> Result<(), Self> {
        if named == stands {
            return Ok(());
        }
        let stands = stands.map_or_else(|| "none".to_owned(), |leaf| leaf.to_string());
        Err(RegisterProblem::Beside { about: about.to_owned(), stands })
    }
}

/// Every text says something.
pub(super) fn filled(texts: &[(&'static str, &String)]) -> Result<(), RegisterProblem> {
    match texts.iter().find(|(_, text)| text.trim().is_empty()) {
        Some((name, _)) => Err(RegisterProblem::Blank(name)),
        None => Ok(()),
    }
}

impl Coded for RegisterProblem {
    fn code(&self) -> &'static str {
        match self {
            RegisterProblem::Blank(_) => "register.blank",
            RegisterProblem::Kind(_) => "register.kind",
            RegisterProblem::Beside { .. } => "register.beside",
            RegisterProblem::Act { .. } => "register.act",
            RegisterProblem::Later { .. } => "register.later",
            RegisterProblem::Served => "register.served",
            RegisterProblem::Cleared(_) => "register.cleared",
            RegisterProblem::Item { .. } => "register.item",
            RegisterProblem::Device(_) => "register.device",
            RegisterProblem::Contract(_) => "register.contract",
            RegisterProblem::HandOver(_) => "register.hand_over",
            RegisterProblem::Unregistered(_) => "record.equipment",
        }
    }

    fn next(&self) -> &'static str {
        match self {
            RegisterProblem::Blank(_) => "write it as the paper has it",
            RegisterProblem::Kind(_) => "add what is missing, or give it the kind that the paper is of",
            RegisterProblem::Beside { .. } => "name the leaf that stands in 'supersedes', or take the next free number",
            RegisterProblem::Act { .. } => {
                "`sanad act list` shows the register; enter what is named before what names it"
            }
            RegisterProblem::Later { .. } => "enter a new act that names both",
            RegisterProblem::Served => "write when it was served, or name no days",
            RegisterProblem::Cleared(_) => "name it among the stations that were examined, or do not clear it",
            RegisterProblem::Item { .. } => "`sanad equipment list` shows the register",
            RegisterProblem::Device(_) => "compare it with keys/devices.csv and with the device",
            RegisterProblem::Contract(_) => "enter the contract first; `sanad act list` shows what became of it",
            RegisterProblem::HandOver(_) => "name the leaf of the hand-over that it corrects",
            RegisterProblem::Unregistered(_) => "enter the device (`sanad equipment enter`), then import it again",
        }
    }
}
