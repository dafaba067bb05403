//! Where everything on a sheet stands. The print room draws from this, the
//! reader reads by it; neither knows the other.
//!
//! A side is a grid: solid timing marks stand round it, one at each end of
//! every row and column, and every oval stands where a row crosses a column.
//! The reader needs nothing but the marks to know where each oval is, whatever
//! the scanner has done to the sheet.

mod flow;
#[cfg(test)]
mod tests;

use election::{Coded, ContestId, Definition, OptionId, StyleId};

/// A rectangle on the page: micrometres from the page's top left corner.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Rect {
    /// Left edge.
    pub x: u32,
    /// Upper edge.
    pub y: u32,
    /// Width.
    pub width: u32,
    /// Height.
    pub height: u32,
}

impl Rect {
    /// The rectangle of this size whose centre is at (`x`, `y`).
    pub fn around(x: u32, y: u32, width: u32, height: u32) -> Self {
        Rect { x: x - width / 2, y: y - height / 2, width, height }
    }

    /// The centre.
    pub fn centre(&self) -> (u32, u32) {
        (self.x + self.width / 2, self.y + self.height / 2)
    }

    /// The right edge.
    pub fn right(&self) -> u32 {
        self.x + self.width
    }

    /// The lower edge.
    pub fn bottom(&self) -> u32 {
        self.y + self.height
    }

    /// Do the two have an area in common?
    pub fn overlaps(&self, other: &Rect) -> bool {
        self.x < other.right() && other.x < self.right() && self.y < other.bottom() && other.y < self.bottom()
    }
}

/// What a bubble and its label say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bubble {
    /// The contest.
    pub contest: ContestId,
    /// What a mark in it chooses.
    pub option: OptionId,
    /// The oval, outline included: an ellipse that touches all four edges.
    pub oval: Rect,
    /// Where the list, candidate or number is written; no ink of the label may leave it.
    pub label: Rect,
}

/// The part of a contest below a heading.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    /// Its lists, or its candidates.
    Options,
    /// The candidate numbers of an open list.
    Numbers,
}

/// The heading of a contest, or of its candidate numbers. It is repeated where
/// a contest goes on overleaf.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Heading {
    /// The contest.
    pub contest: ContestId,
    /// What stands below.
    pub part: Part,
    /// Where it is written.
    pub rect: Rect,
}

/// How many rows and columns of the grid a side has, those of the timing marks included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct GridSize {
    /// Columns.
    pub columns: u16,
    /// Rows.
    pub rows: u16,
}

/// One side of a sheet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SideLayout {
    /// The size of its grid.
    pub grid: GridSize,
    /// Solid black rectangles: the rows' on the left and right, the columns' above and below.
    /// Some of the lowest row are left out on purpose, so that upside down and mirrored are seen.
    pub timing_marks: Vec<Rect>,
    /// The ovals.
    pub bubbles: Vec<Bubble>,
    /// The headings.
    pub headings: Vec<Heading>,
    /// The QR code without its quiet zone, which is free for 2.4 mm around.
    pub qr: Rect,
    /// The election's name, the day, the constituency, how to vote.
    pub title: Rect,
}

/// One sheet of one style.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SheetLayout {
    /// The style.
    pub style: StyleId,
    /// Which sheet of it, from 1.
    pub sheet: u8,
    /// The page's width.
    pub page_width: u32,
    /// The page's height.
    pub page_height: u32,
    /// The front.
    pub front: SideLayout,
    /// The back, where something is printed on it.
    pub back: Option<SideLayout>,
}

impl SheetLayout {
    /// The sides that are printed, front first.
    pub fn sides(&self) -> impl Iterator<Item = &SideLayout> {
        std::iter::once(&self.front).chain(&self.back)
    }
}

/// Why a definition has no layout.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum LayoutError {
    /// Both sides are full.
    #[error("contest {contest} does not fit on sheet {sheet} of style {style}, even on both sides")]
    Full {
        /// The style.
        style: StyleId,
        /// The sheet.
        sheet: u8,
        /// The first contest that is not on the sheet whole.
        contest: ContestId,
    },
    /// Nothing can be marked.
    #[error("contest {contest} has nothing to mark")]
    Empty {
        /// The contest.
        contest: ContestId,
    },
}

impl Coded for LayoutError {
    fn code(&self) -> &'static str {
        match self {
            LayoutError::Full { .. } => "layout.full",
            LayoutError::Empty { .. } => "layout.empty",
        }
    }

    fn next(&self) -> &'static str {
        match self {
            LayoutError::Full { .. } => "Give the contest a sheet of its own in contests.csv.",
            LayoutError::Empty { .. } => "Add its lists or candidates, or remove the contest.",
        }
    }
}

/// The sheets of every style, in the order of the definition.
pub fn layouts(definition: &Definition) -> Result<Vec<SheetLayout>, LayoutError> {
    let mut sheets = Vec::new();
    for style in definition.styles() {
        for sheet in 1..=style.sheets {
            let contests = || style.contests.iter().filter_map(|id| definition.contest(id));
            let contests: Vec<_> = contests().filter(|c| c.sheet == sheet).collect();
            if !contests.is_empty() {
                sheets.push(flow::sheet(definition, &style.id, sheet, &contests)?);
            }
        }
    }
    Ok(sheets)
}
