//! What the reader says of a sheet.

use election::{ContestId, MarkScore, OptionId, StyleId};
use serde::{Deserialize, Serialize};

use crate::bits::Bits;
use crate::code::Side;
use crate::design::Design;
use crate::reject::Rejection;

/// What an oval is, by its ink.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Class {
    /// No mark.
    Unmarked,
    /// People must look.
    Ambiguous,
    /// A mark.
    Marked,
}

/// Why people must look at an oval.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Doubt {
    /// The ink lies between the two thresholds: a dot, a light or short stroke.
    Between,
    /// There is ink round the oval and little in it: a circle, a stroke beside it.
    Outside,
    /// The ink is grey and spread, as an erasure leaves it.
    Erased,
    /// The score from grey says otherwise than the one from the archived pixels.
    Disagree,
    /// A streak of the scanner runs through the oval.
    Streak,
    /// The oval is not there: it lies in a fold, was torn out, or nothing but ink is there.
    Gone,
}

/// One oval.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mark {
    /// The contest.
    pub contest: ContestId,
    /// The option.
    pub option: OptionId,
    /// The side it stands on.
    pub side: Side,
    /// What was measured; of grey only where grey was there.
    pub score: MarkScore,
    /// What the scores say, all doubts considered.
    pub class: Class,
    /// The doubt, where the class is ambiguous.
    pub doubt: Option<Doubt>,
    /// The oval and what is round it, in pixels of the archived image: left, top, width, height.
    pub crop: [u32; 4],
    /// The same with its label: what people are shown.
    pub shown: [u32; 4],
}

/// What the marks of a contest are, taken together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ContestState {
    /// Something is marked, and not too much.
    Valid,
    /// Nothing is marked.
    Blank,
    /// More is marked than a voter may mark.
    Overvoted,
    /// People must look.
    Ambiguous,
}

/// One contest.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ContestReading {
    /// The contest.
    pub contest: ContestId,
    /// The options marked, in ballot order.
    pub marked: Vec<OptionId>,
    /// The options that people must look at, in ballot order.
    pub ambiguous: Vec<OptionId>,
    /// All of it together.
    pub state: ContestState,
}

/// The images that count: one bit a pixel, upright, as scanned.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Archived {
    /// The front.
    pub front: Bits,
    /// The back.
    pub back: Option<Bits>,
}

/// What was read of a sheet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sheet {
    /// Its style.
    pub style: StyleId,
    /// Which sheet of the style, from 1.
    pub sheet: u8,
    /// Its contests, in the order of the layout.
    pub contests: Vec<ContestReading>,
    /// Its ovals, in the order of the layout.
    pub marks: Vec<Mark>,
    /// The image given as the front was the back; `archived` has them right.
    pub swapped: bool,
}

/// What came of a sheet: read, or rejected with a reason. Either way the images that count are kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SheetReading {
    /// What was read, or why nothing was.
    pub outcome: Result<Sheet, Rejection>,
    /// The images that count; none where an image was refused before it was thresholded.
    pub archived: Option<Archived>,
}

impl SheetReading {
    /// The same where the sheet is one of several whose pages are paired by nothing but their order: its two printed
    /// sides must come front first. After a page that is missing every back would be paired with the front of the next
    /// voter's sheet, and no page says whose it is. (Two pages that are missing side by side, the back of one sheet and
    /// the front of the next, cannot be told.)
    pub fn front_first(mut self, design: &Design) -> Self {
        let is_two_sided = |read: &Sheet| {
            let mut layouts = design.layouts.iter();
            layouts.any(|l| l.style == read.style && l.sheet == read.sheet && l.back.is_some())
        };
        if self.outcome.as_ref().is_ok_and(|read| read.swapped && is_two_sided(read)) {
            self.outcome = Err(Rejection::Order);
        }
        self
    }

    /// What was read.
    pub fn sheet(&self) -> Option<&Sheet> {
        self.outcome.as_ref().ok()
    }

    /// Why nothing was read.
    pub fn rejection(&self) -> Option<&Rejection> {
        self.outcome.as_ref().err()
    }

    /// `read` or `rejected`.
    pub fn status(&self) -> &'static str {
        if self.outcome.is_ok() { "read" } else { "rejected" }
    }

    /// The reason code of a rejection.
    pub fn reason(&self) -> Option<&'static str> {
        use election::Coded as _;
        self.rejection().map(|r| r.code())
    }
}
