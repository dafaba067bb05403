//! The contests of a sheet flow down its grid: headings, then rows of ovals,
//! as roomy as fits.

use election::{Contest, ContestId, ContestKind, Definition, OptionId, StyleId};

use super::{Bubble, GridSize, Heading, LayoutError, Part, Rect, SheetLayout, SideLayout};

/// A4 (ISO 216).
const PAGE_WIDTH: u32 = 210_000;
const PAGE_HEIGHT: u32 = 297_000;

/// The marks of VotingWorks and Accu-Vote sheets, 3/16 by 1/16 inch: wide enough to be told from
/// text at 150 dpi (28 by 9 pixels), and office printers print them sharp.
const MARK_WIDTH: u32 = 4_800;
const MARK_HEIGHT: u32 = 1_600;

/// The grid: 31 columns 6.44 mm apart and 57 rows 5 mm apart leave margins of 6 and 7.7 mm, which
/// printers reach and which a crop of 4 mm does not touch.
const GRID: GridSize = GridSize { columns: 31, rows: 57 };
const COLUMN_0: u32 = 8_400;
const COLUMN_PITCH: u32 = 6_440;
const ROW_0: u32 = 8_500;
const ROW_PITCH: u32 = 5_000;
const HALF_ROW: u32 = ROW_PITCH / 2;

/// The lowest row has no mark in these columns. Upside down they are missing above, mirrored on
/// the other side; three, so that no single fold or stain can look the same.
const LEFT_OUT: [u32; 3] = [2, 4, 6];

/// An oval takes a tick or a cross of an ordinary pen; outline included.
const OVAL_WIDTH: u32 = 5_000;
const OVAL_HEIGHT: u32 = 3_200;

/// No label comes nearer to an oval than this: the reader looks for stray ink up to 1.2 mm away.
const OVAL_CLEAR: u32 = 1_500;

/// 41 modules (version 6, level Q: room for the longest style) of 0.54 mm: 3.2 pixels at 150 dpi.
const QR: Rect = Rect { x: 15_000, y: 12_000, width: 22_000, height: 22_000 };
const TITLE: Rect = Rect { x: 41_000, y: 12_000, width: 156_000, height: 22_000 };

/// What flows stands between these edges, clear of the marks, …
const LEFT: u32 = 13_000;
const RIGHT: u32 = 197_000;
/// … between these half rows (of 2.5 mm, from the centre of row 0), …
const TOP: u32 = 11;
const BOTTOM: u32 = 111;
/// … with ovals from column 2 to 28: a circle drawn round one stays clear of the marks.
const FIRST_COLUMN: u32 = 2;
const BUBBLE_COLUMNS: u32 = 27;

/// The heights of headings in half rows: a contest's in three languages, its numbers' in one line.
const HEADING: u32 = 5;
const NUMBERS_HEADING: u32 = 3;

/// How tight a sheet is set.
struct Density {
    /// Lists or candidates side by side.
    across: u32,
    /// Rows of the grid for each of them.
    rows: u32,
    /// Candidate numbers side by side.
    numbers_across: u32,
    /// Rows of the grid for each line of numbers.
    number_rows: u32,
}

/// From the roomiest on; tens of numbers stand in one line each, so that people find them.
const ROOMY: [Density; 5] =
    [density(1, 4, 10, 2), density(1, 3, 10, 2), density(2, 4, 10, 2), density(2, 3, 10, 2), density(2, 2, 10, 2)];
/// For very long ballots, once both sides are used.
const TIGHT: [Density; 2] = [density(3, 2, 13, 2), density(3, 2, 13, 1)];

const fn density(across: u32, rows: u32, numbers_across: u32, number_rows: u32) -> Density {
    Density { across, rows, numbers_across, number_rows }
}

/// Lays out one sheet.
pub(super) fn sheet(
    definition: &Definition,
    style: &StyleId,
    sheet: u8,
    contests: &[&Contest],
) -> Result<SheetLayout, LayoutError> {
    let mut blocks = Vec::new();
    for contest in contests {
        let options = definition.options_of(contest);
        if options.is_empty() {
            return Err(LayoutError::Empty { contest: contest.id.clone() });
        }
        blocks.push((*contest, options));
    }
    // The reader's eye starts where the first language starts; so do the ovals.
    let mirror = definition.languages.first().is_some_and(|lang| lang.is_right_to_left());
    let all = || ROOMY.iter().chain(&TIGHT);
    let attempts = (ROOMY.iter().map(|d| (d, 1, false)))
        .chain(ROOMY.iter().map(|d| (d, 2, false)))
        .chain(TIGHT.iter().map(|d| (d, 1, false)))
        .chain(TIGHT.iter().map(|d| (d, 2, false)))
        .chain(all().map(|d| (d, 2, true)));
    let mut full = None;
    for (density, sides, split) in attempts {
        match (Flow { density, sides, split, mirror, done: vec![Vec::new()], at: TOP }).run(&blocks) {
            Ok(placed) => {
                let mut placed = placed.into_iter().map(side);
                let front = placed.next().unwrap_or_else(|| side(Vec::new()));
                let back = placed.next();
                let (page_width, page_height) = (PAGE_WIDTH, PAGE_HEIGHT);
                return Ok(SheetLayout { style: style.clone(), sheet, page_width, page_height, front, back });
            }
            Err(contest) => full = Some(contest),
        }
    }
    let contest = full.unwrap_or_else(|| contests[0].id.clone());
    Err(LayoutError::Full { style: style.clone(), sheet, contest })
}

/// A thing placed on a side.
enum Placed {
    Heading(Heading),
    Bubble(Bubble),
}

struct Flow<'a> {
    density: &'a Density,
    /// The sides that may be used.
    sides: usize,
    /// May a contest go on overleaf?
    split: bool,
    mirror: bool,
    done: Vec<Vec<Placed>>,
    /// The next free half row of the last side.
    at: u32,
}

/// One part of a contest: a heading, and rows of ovals below.
struct Block<'a> {
    contest: &'a ContestId,
    part: Part,
    heading: u32,
    options: &'a [OptionId],
    across: u32,
    columns: u32,
    rows: u32,
}

impl Block<'_> {
    /// Half rows for all of it; one more to bring the ovals onto the grid.
    fn height(&self) -> u32 {
        self.heading + 1 + (self.options.len() as u32).div_ceil(self.across) * self.rows * 2
    }
}

impl<'a> Flow<'a> {
    /// The sides with what stands on them, or the first contest for which there is no room.
    fn run(mut self, contests: &[(&'a Contest, Vec<OptionId>)]) -> Result<Vec<Vec<Placed>>, ContestId> {
        for (contest, options) in contests {
            let blocks = self.blocks(contest, options);
            let height: u32 = blocks.iter().map(Block::height).sum();
            if self.at + height > BOTTOM {
                // Whole on the next side is better than torn; torn is better than not at all.
                if TOP + height <= BOTTOM {
                    self.turn(&contest.id)?;
                } else if !self.split {
                    return Err(contest.id.clone());
                }
            }
            for block in &blocks {
                self.place(block)?;
            }
        }
        Ok(self.done)
    }

    fn blocks<'b>(&self, contest: &'b Contest, options: &'b [OptionId]) -> Vec<Block<'b>> {
        let d = self.density;
        let lists = match contest.kind {
            ContestKind::OpenList => options.iter().position(|o| o.as_number() == Some(1)).unwrap_or(options.len()),
            ContestKind::ClosedList | ContestKind::Candidates { .. } => options.len(),
        };
        let (options, numbers) = options.split_at(lists);
        let across = d.across;
        let first = Block {
            contest: &contest.id,
            part: Part::Options,
            heading: HEADING,
            options,
            across,
            columns: BUBBLE_COLUMNS / across,
            rows: d.rows,
        };
        let second = Block {
            contest: &contest.id,
            part: Part::Numbers,
            heading: NUMBERS_HEADING,
            options: numbers,
            across: d.numbers_across,
            columns: 2,
            rows: d.number_rows,
        };
        [first, second].into_iter().filter(|b| !b.options.is_empty()).collect()
    }

    /// Goes to the next side.
    fn turn(&mut self, contest: &ContestId) -> Result<(), ContestId> {
        if self.done.len() == self.sides {
            return Err(contest.clone());
        }
        self.done.push(Vec::new());
        self.at = TOP;
        Ok(())
    }

    fn place(&mut self, block: &Block) -> Result<(), ContestId> {
        let mut needs_heading = true;
        for row in block.options.chunks(block.across as usize) {
            let heading = if needs_heading { block.heading + 1 } else { 0 };
            if self.at + heading + block.rows * 2 > BOTTOM {
                self.turn(block.contest)?;
                needs_heading = true;
            }
            if needs_heading {
                self.heading(block);
                needs_heading = false;
            }
            self.row(block, row);
        }
        Ok(())
    }

    fn heading(&mut self, block: &Block) {
        let rect = Rect {
            x: LEFT,
            y: ROW_0 + self.at * HALF_ROW + 500,
            width: RIGHT - LEFT,
            height: block.heading * HALF_ROW - 1_000,
        };
        self.put(Placed::Heading(Heading { contest: block.contest.clone(), part: block.part, rect }));
        self.at += block.heading;
        // The centre of the first cell must fall on a row of the grid.
        self.at += (self.at + block.rows) % 2;
    }

    fn row(&mut self, block: &Block, options: &[OptionId]) {
        let centre = ROW_0 + (self.at + block.rows) * HALF_ROW;
        for (i, option) in (0..).zip(options) {
            let column = FIRST_COLUMN + i * block.columns;
            let oval = Rect::around(COLUMN_0 + column * COLUMN_PITCH, centre, OVAL_WIDTH, OVAL_HEIGHT);
            let next = oval.x + block.columns * COLUMN_PITCH - OVAL_CLEAR;
            let last = i + 1 == block.across && block.part == Part::Options;
            let x = oval.right() + OVAL_CLEAR;
            let right = if last { RIGHT } else { next.min(RIGHT) };
            let height = block.rows * ROW_PITCH - 400;
            let label = Rect { x, y: centre - height / 2, width: right - x, height };
            let (contest, option) = (block.contest.clone(), option.clone());
            let (oval, label) = (self.mirrored(oval), self.mirrored(label));
            self.put(Placed::Bubble(Bubble { contest, option, oval, label }));
        }
        self.at += block.rows * 2;
    }

    fn mirrored(&self, rect: Rect) -> Rect {
        if self.mirror { Rect { x: PAGE_WIDTH - rect.right(), ..rect } } else { rect }
    }

    fn put(&mut self, placed: Placed) {
        if let Some(side) = self.done.last_mut() {
            side.push(placed);
        }
    }
}

fn side(placed: Vec<Placed>) -> SideLayout {
    let mut side = SideLayout {
        grid: GRID,
        timing_marks: timing_marks(),
        bubbles: Vec::new(),
        headings: Vec::new(),
        qr: QR,
        title: TITLE,
    };
    for thing in placed {
        match thing {
            Placed::Heading(heading) => side.headings.push(heading),
            Placed::Bubble(bubble) => side.bubbles.push(bubble),
        }
    }
    side
}

fn timing_marks() -> Vec<Rect> {
    let (columns, rows) = (u32::from(GRID.columns), u32::from(GRID.rows));
    let mark = |column, row| {
        let (x, y) = (COLUMN_0 + column * COLUMN_PITCH, ROW_0 + row * ROW_PITCH);
        Rect::around(x, y, MARK_WIDTH, MARK_HEIGHT)
    };
    let mut marks: Vec<Rect> = (0..columns).map(|column| mark(column, 0)).collect();
    marks.extend((1..rows - 1).flat_map(|row| [mark(0, row), mark(columns - 1, row)]));
    marks.extend((0..columns).filter(|column| !LEFT_OUT.contains(column)).map(|column| mark(column, rows - 1)));
    marks
}
