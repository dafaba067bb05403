//! What may be told of a station at any time.

use election::{DeviceId, Digest, Mode, StationId};
use serde::Serialize;

use crate::state::{Fate, Phase};
use crate::station::Station;

/// A sheet that was refused.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct RefusedSheet {
    /// The hash of its files.
    pub input: Digest,
    /// The reason code.
    pub code: String,
    /// What became of the paper.
    pub fate: Fate,
}

/// What may be told of a station at any time: the number of ballots, and no figure of any contest.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct StationStatus {
    /// The station.
    pub station: StationId,
    /// The device.
    pub device: DeviceId,
    /// The mode; anything but official is said on every report.
    pub mode: Mode,
    /// Where the day stands.
    pub phase: Phase,
    /// The generation of the count.
    pub generation: u16,
    /// Sheets counted.
    pub counted: u32,
    /// Slots left.
    pub free: u32,
    /// Doubtful contests.
    pub doubtful: usize,
    /// Doubtful contests on which two people do not agree yet.
    pub unsettled: usize,
    /// Times a file that had been read was fed again.
    pub same_file: u32,
    /// Pairs of sheets that look alike: one paper fed twice, or a copy. For the officers to compare with the paper.
    pub look_alikes: usize,
    /// Sheets that were refused, by the hash of their files.
    pub refused: Vec<RefusedSheet>,
    /// Is the paper side of the ballot account entered?
    pub account_entered: bool,
    /// Has a changed definition taken the worth from the zero report?
    pub zero_invalid: bool,
    /// Copies of this generation's slip that were printed.
    pub copies: u32,
    /// Media that this generation was handed over on, as the log has them.
    pub media: Vec<String>,
}

impl Station {
    /// What may be told now.
    pub fn status(&self) -> StationStatus {
        let (state, questions) = (&self.state, self.questions());
        let media = state.events.iter().filter_map(|event| match &event.what {
            crate::state::EventKind::HandedOver { generation, medium } if *generation == state.generation => {
                Some(medium.clone())
            }
            _ => None,
        });
        let refused = state.refused.iter().map(|(input, refusal)| RefusedSheet {
            input: *input,
            code: refusal.code.clone(),
            fate: refusal.fate,
        });
        StationStatus {
            station: state.config.station.clone(),
            device: state.config.device.clone(),
            mode: state.config.mode,
            phase: state.phase,
            generation: state.generation,
            counted: self.counted(),
            free: self.slots.count() - self.counted(),
            doubtful: questions.len(),
            unsettled: questions.iter().filter(|question| !question.settled).count(),
            same_file: state.same_file,
            look_alikes: self.look_alikes().len(),
            refused: refused.collect(),
            account_entered: state.paper.is_some(),
            zero_invalid: state.zero_was_invalidated(),
            copies: state.sealed.get(&state.generation).map_or(0, |sealed| sealed.copies),
            media: media.collect(),
        }
    }
}
