//! Import of a VotingWorks election definition, so that its sheets can be read: only what the reader needs of it.
//!
//! The format is foreign and grows; keys that the reader does not need are passed over.

use std::collections::BTreeMap;

use election::{ContestId, Digest, MarkRules, Mode, OptionId, StyleId};
use serde::Deserialize;

use crate::design::{Design, Identity, Limit, OvalShape};
use crate::layout::{Bubble, GridSize, Rect, SheetLayout, SideLayout};
use crate::report::Names;

/// A VotingWorks definition as the reader needs it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Imported {
    /// What the reader knows.
    pub design: Design,
    /// The definition's own ids, which ours stand for.
    pub names: Names,
}

/// Why a definition cannot be imported.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum VxfError {
    /// Not JSON of this form.
    #[error("not a VotingWorks election definition: {0}")]
    Json(String),
    /// A size of paper whose grid we do not know.
    #[error("the paper size '{0}' is not known")]
    Paper(String),
    /// No grid layouts: the ballots are not printed for scanning.
    #[error("the definition has no grid layouts")]
    NoLayouts,
    /// A position that is not on the grid.
    #[error("the position of an option of contest '{0}' is not on the grid")]
    Position(String),
}

impl election::Coded for VxfError {
    fn code(&self) -> &'static str {
        match self {
            VxfError::Json(_) => "vxf.json",
            VxfError::Paper(_) => "vxf.paper",
            VxfError::NoLayouts => "vxf.layouts",
            VxfError::Position(_) => "vxf.position",
        }
    }

    fn next(&self) -> &'static str {
        match self {
            VxfError::Json(_) | VxfError::Position(_) => "Give election.json as VotingWorks exports it.",
            VxfError::Paper(_) => "Use letter, legal or a custom size of VotingWorks.",
            VxfError::NoLayouts => "Give the definition that the ballots were printed from.",
        }
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Election {
    ballot_layout: BallotLayout,
    #[serde(default)]
    ballot_styles: Vec<BallotStyle>,
    contests: Vec<Contest>,
    #[serde(default)]
    grid_layouts: Vec<GridLayout>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct BallotLayout {
    paper_size: String,
    #[serde(default)]
    metadata_encoding: Option<String>,
}

#[derive(Deserialize)]
struct BallotStyle {
    id: String,
}

#[derive(Deserialize)]
struct Contest {
    id: String,
    #[serde(default)]
    seats: Option<u16>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct GridLayout {
    ballot_style_id: String,
    grid_positions: Vec<GridPosition>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct GridPosition {
    sheet_number: u8,
    side: crate::Side,
    column: f64,
    row: f64,
    contest_id: String,
    #[serde(default)]
    option_id: Option<String>,
    #[serde(default)]
    write_in_index: Option<u16>,
}

/// Timing marks of 3/16 by 1/16 inch.
const MARK: (u32, u32) = (4_763, 1_588);

/// Ovals of 0.195 by 0.127 inch.
const OVAL: (u32, u32) = (4_950, 3_200);

/// How the marks of a sheet are spaced.
struct Spacing {
    columns: u16,
    rows: u16,
    column_pitch: u32,
    row_pitch: u32,
    page_width: u32,
    page_height: u32,
}

/// Four columns and rows an inch, less three rows at the ends. Accu-Vote sheets have them a quarter of an inch apart;
/// VotingWorks's own fit them into the page's margins, as measured on its sheets.
fn spacing(paper: &str, accu_vote: bool) -> Option<Spacing> {
    const INCH: u32 = 25_400;
    let (width, height) = match paper {
        "letter" => (17, 22),
        "legal" => (17, 28),
        "custom-8.5x17" | "custom-8.5X17" => (17, 34),
        "custom-8.5x18" | "custom-8.5X18" => (17, 36),
        "custom-8.5x19" => (17, 38),
        "custom-8.5x20" => (17, 40),
        "custom-8.5x21" | "custom-8.5X21" => (17, 42),
        "custom-8.5x22" | "custom-8.5X22" => (17, 44),
        _ => return None,
    };
    let (column_pitch, row_pitch) = if accu_vote { (INCH / 4, INCH / 4) } else { (5_690, 6_170) };
    Some(Spacing {
        columns: width * 2,
        rows: height * 2 - 3,
        column_pitch,
        row_pitch,
        page_width: u32::from(width) * INCH / 2,
        page_height: u32::from(height) * INCH / 2,
    })
}

impl Spacing {
    /// The place of a (column, row) of the grid; it need not be whole.
    fn place(&self, column: f64, row: f64) -> Option<(u32, u32)> {
        let inside = |at: f64, count: u16| (0.0..=f64::from(count - 1)).contains(&at);
        if !inside(column, self.columns) || !inside(row, self.rows) {
            return None;
        }
        let left = (self.page_width - u32::from(self.columns - 1) * self.column_pitch) / 2;
        let top = (self.page_height - u32::from(self.rows - 1) * self.row_pitch) / 2;
        let along = |first: u32, at: f64, pitch: u32| first + (at * f64::from(pitch)).round() as u32;
        Some((along(left, column, self.column_pitch), along(top, row, self.row_pitch)))
    }

    /// A side without ovals, all of whose marks are printed.
    fn side(&self) -> SideLayout {
        let (last_column, last_row) = (self.columns - 1, self.rows - 1);
        let ends = |row| [(0, row), (last_column, row)];
        let places =
            (0..self.columns).flat_map(|column| [(column, 0), (column, last_row)]).chain((1..last_row).flat_map(ends));
        let mark = |(column, row)| {
            let (x, y) = self.place(f64::from(column), f64::from(row)).unwrap_or_default();
            // A page narrower than its marks cuts the outermost of them.
            Rect { x: x.saturating_sub(MARK.0 / 2), y: y - MARK.1 / 2, width: MARK.0, height: MARK.1 }
        };
        SideLayout {
            grid: GridSize { columns: self.columns, rows: self.rows },
            timing_marks: places.map(mark).collect(),
            bubbles: Vec::new(),
            headings: Vec::new(),
            qr: Rect { x: 0, y: 0, width: 0, height: 0 },
            title: Rect { x: 0, y: 0, width: 0, height: 0 },
        }
    }
}

/// The most positions that are taken: a nation's ballots have far fewer.
const MOST_POSITIONS: usize = 100_000;

/// Imports `election.json`.
pub fn import(json: &[u8]) -> Result<Imported, VxfError> {
    let election: Election = serde_json::from_slice(json).map_err(|error| VxfError::Json(error.to_string()))?;
    let accu_vote = election.ballot_layout.metadata_encoding.as_deref() == Some("timing-marks");
    let paper = &election.ballot_layout.paper_size;
    let spacing = spacing(paper, accu_vote).ok_or_else(|| VxfError::Paper(paper.chars().take(40).collect()))?;
    let positions: usize = election.grid_layouts.iter().map(|layout| layout.grid_positions.len()).sum();
    if positions == 0 || positions > MOST_POSITIONS {
        return Err(VxfError::NoLayouts);
    }
    let mut names = Names::default();
    let mut ids: BTreeMap<&str, ContestId> = BTreeMap::new();
    let mut limits = BTreeMap::new();
    for (i, contest) in (1..).zip(&election.contests) {
        let id: ContestId = made_up("c", i);
        names.contests.insert(id.clone(), contest.id.clone());
        limits.insert(id.clone(), Limit { options: contest.seats.unwrap_or(1), numbers: false });
        ids.insert(&contest.id, id);
    }
    let mut options: BTreeMap<(&str, String), OptionId> = BTreeMap::new();
    let mut layouts: Vec<SheetLayout> = Vec::new();
    for (i, layout) in (1..).zip(&election.grid_layouts) {
        // The QR code names a style by its place in the list of styles.
        let place = election.ballot_styles.iter().position(|style| style.id == layout.ballot_style_id);
        let style: StyleId = made_up("s", place.map_or(i, |place| place + 1));
        let mut sheets: BTreeMap<u8, SheetLayout> = BTreeMap::new();
        for position in &layout.grid_positions {
            let wrong = || VxfError::Position(position.contest_id.chars().take(80).collect());
            let contest = ids.get(position.contest_id.as_str()).ok_or_else(wrong)?.clone();
            let (x, y) = spacing.place(position.column, position.row).ok_or_else(wrong)?;
            let option = match (&position.option_id, position.write_in_index) {
                (Some(option), _) => option.clone(),
                (None, Some(index)) => format!("write-in-{index}"),
                (None, None) => return Err(wrong()),
            };
            let next = options.len() + 1;
            let id =
                options.entry((&position.contest_id, option.clone())).or_insert_with(|| made_up("o", next)).clone();
            names.options.insert(id.clone(), option);
            let sheet = sheets.entry(position.sheet_number).or_insert_with(|| SheetLayout {
                style: style.clone(),
                sheet: position.sheet_number,
                page_width: spacing.page_width,
                page_height: spacing.page_height,
                front: spacing.side(),
                back: Some(spacing.side()),
            });
            let side = match (position.side, &mut sheet.back) {
                (crate::Side::Back, Some(back)) => back,
                _ => &mut sheet.front,
            };
            let oval = Rect { x: x.saturating_sub(OVAL.0 / 2), y: y - OVAL.1 / 2, width: OVAL.0, height: OVAL.1 };
            let label = Rect { width: 0, ..oval };
            side.bubbles.push(Bubble { contest, option: id, oval, label });
        }
        layouts.extend(sheets.into_values());
    }
    let design = Design {
        layouts,
        marks: MarkRules::default(),
        fingerprint: Digest::of(json),
        mode: Mode::Official,
        limits,
        identity: if accu_vote { Identity::LowestRow } else { Identity::VotingWorks },
        ovals: OvalShape::Stadium,
    };
    Ok(Imported { design, names })
}

/// The id `prefix` and a number, which stands for a foreign one.
fn made_up<T: std::str::FromStr<Err = election::IdError>>(prefix: &str, number: usize) -> T {
    format!("{prefix}{number}").parse().expect("a letter and digits are an id")
}
