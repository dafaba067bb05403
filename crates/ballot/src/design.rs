//! What the reader knows before it sees a sheet.

use std::collections::BTreeMap;

use election::{ContestId, ContestKind, Definition, Digest, MarkRules, Mode, OptionId};

use crate::layout::{LayoutError, SheetLayout, layouts};

/// How many marks of a contest a voter may make. What the marks are worth is the tally's question.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limit {
    /// Lists, or candidates.
    pub options: u16,
    /// Are options named `n1`, `n2`, … candidate numbers, which are not counted here?
    pub numbers: bool,
}

impl Limit {
    /// Are these more marks than a voter may make?
    pub fn is_exceeded(self, marked: &[OptionId]) -> bool {
        marked.iter().filter(|option| !(self.numbers && option.as_number().is_some())).count()
            > usize::from(self.options)
    }
}

/// How a side says what it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Identity {
    /// By the [`crate::SheetCode`] in its QR code.
    SheetCode,
    /// By which marks of the lowest row are there (Accu-Vote; one style and sheet only): the back ends in 01111011110.
    LowestRow,
    /// By a VotingWorks QR code, which counts the definition's precincts, ballot styles and contests.
    VotingWorks {
        /// How many precincts there are.
        precincts: u16,
        /// How many ballot styles there are.
        styles: u16,
        /// How many contests there are.
        contests: u16,
    },
}

/// How an oval is drawn into its rectangle.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OvalShape {
    /// An ellipse; ours.
    Ellipse,
    /// Two half circles joined by straight lines.
    Stadium,
}

/// What the reader knows before it sees a sheet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Design {
    /// Every sheet of every style.
    pub layouts: Vec<SheetLayout>,
    /// The published thresholds.
    pub marks: MarkRules,
    /// The election's fingerprint.
    pub fingerprint: Digest,
    /// What is being counted; a sheet of another mode is refused.
    pub mode: Mode,
    /// How many marks each contest allows.
    pub limits: BTreeMap<ContestId, Limit>,
    /// How a side says what it is.
    pub identity: Identity,
    /// How its ovals are drawn.
    pub ovals: OvalShape,
}

impl Design {
    /// The design of an election whose fingerprint (leaf 0 of its record) is `fingerprint`.
    pub fn new(definition: &Definition, fingerprint: Digest) -> Result<Self, LayoutError> {
        let limit = |kind| match kind {
            ContestKind::OpenList => Limit { options: 1, numbers: true },
            ContestKind::ClosedList => Limit { options: 1, numbers: false },
            ContestKind::Candidates { vote_for } => Limit { options: u16::from(vote_for), numbers: false },
        };
        Ok(Design {
            layouts: layouts(definition)?,
            marks: definition.rules.marks.clone(),
            fingerprint,
            mode: definition.scope.mode,
            limits: definition.contests.iter().map(|c| (c.id.clone(), limit(c.kind))).collect(),
            identity: Identity::SheetCode,
            ovals: OvalShape::Ellipse,
        })
    }
}
