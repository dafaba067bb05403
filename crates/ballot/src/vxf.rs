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
    /// More sheets than any election has.
    #[error("the definition has more than {MOST_SHEETS} sheets")]
    Sheets,
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
            VxfError::Sheets => "vxf.sheets",
            VxfError::Position(_) => "vxf.position",
        }
    }

    fn next(&self) -> &'static str {
        match self {
            VxfError::Json(_) | VxfError::Position(_) => "Give election.json as VotingWorks exports it.",
            VxfError::Paper(_) => "Use letter, legal or a custom size of VotingWorks.",
            VxfError::NoLayouts => "Give the definition that the ballots were printed from.",
            VxfError::Sheets => "Export the ballot styles that are counted, and no others.",
        }
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Election {
    ballot_layout: BallotLayout,
    #[serde(default)]
    ballot_styles: Vec<BallotStyle>,
    #[serde(default)]
    precincts: Vec<serde::de::IgnoredAny>,
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

    /// Where the QR code is looked for: inside the lower left corner.
    fn code(&self) -> Rect {
        let bottom = f64::from(self.rows) - 1.4;
        let (x, y) = self.place(1.0, bottom - 2.8).unwrap_or_default();
        let (right, bottom) = self.place(4.0, bottom).unwrap_or_default();
        Rect { x, y, width: right - x, height: bottom - y }
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
            qr: self.code(),
            title: Rect { x: 0, y: 0, width: 0, height: 0 },
        }
    }
}

/// Text of the file, made safe for a terminal.
fn shown(text: &str, most: usize) -> String {
    text.chars().take(most).collect::<String>().escape_debug().to_string()
}

/// The most positions that are taken: a nation's ballots have far fewer.
const MOST_POSITIONS: usize = 100_000;

/// The most sheets that are taken; each has a layout of some ten kilobytes.
const MOST_SHEETS: usize = 5_000;

/// Imports `election.json`.
pub fn import(json: &[u8]) -> Result<Imported, VxfError> {
    let election: Election =
        serde_json::from_slice(json).map_err(|error| VxfError::Json(shown(&error.to_string(), 200)))?;
    let accu_vote = election.ballot_layout.metadata_encoding.as_deref() == Some("timing-marks");
    let paper = &election.ballot_layout.paper_size;
    let spacing = spacing(paper, accu_vote).ok_or_else(|| VxfError::Paper(shown(paper, 40)))?;
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
    // The QR code names a style by its place in the list of styles; of two with one id the first is meant.
    let styles = election.ballot_styles.iter().enumerate().rev();
    let places: BTreeMap<&str, usize> = styles.map(|(index, style)| (style.id.as_str(), index + 1)).collect();
    for (i, layout) in (1..).zip(&election.grid_layouts) {
        let place = places.get(layout.ballot_style_id.as_str());
        let style: StyleId = made_up("s", place.copied().unwrap_or(i));
        let mut sheets: BTreeMap<u8, SheetLayout> = BTreeMap::new();
        for position in &layout.grid_positions {
            let wrong = || VxfError::Position(shown(&position.contest_id, 80));
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
        if layouts.len() > MOST_SHEETS {
            return Err(VxfError::Sheets);
        }
    }
    let design = Design {
        layouts,
        marks: MarkRules::default(),
        fingerprint: Digest::of(json),
        mode: Mode::Official,
        limits,
        identity: match accu_vote {
            true => Identity::LowestRow,
            false => Identity::VotingWorks {
                precincts: election.precincts.len().min(65_535) as u16,
                styles: election.ballot_styles.len().min(65_535) as u16,
                contests: election.contests.len().min(65_535) as u16,
            },
        },
        ovals: OvalShape::Stadium,
    };
    Ok(Imported { design, names })
}

/// The page that a VotingWorks code names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Page {
    pub style: StyleId,
    pub sheet: u8,
    pub side: crate::Side,
}

/// Reads a VotingWorks code: `VP`, version 2, ten bytes of hash; then the numbers of precincts, ballot styles and
/// contests (or the first two alone) and the indices of precinct and style, of as many bits as those need; since 2024
/// no numbers, and 13 bits for each index. Then five bits of page number. `counts` are the definition's.
pub(crate) fn page(bytes: &[u8], counts: [u16; 3]) -> Option<Page> {
    let rest = bytes.strip_prefix(b"VP\x02")?.get(10..)?;
    let width = |count: u16| u32::from(count.saturating_sub(1)).max(1).ilog2() + 1;
    let is = |given: &[u8]| given.iter().zip(counts).all(|(byte, count)| u16::from(*byte) == count);
    let short = [width(counts[0]), width(counts[1])];
    let (rest, widths) = match (rest.split_at_checked(3), rest.split_at_checked(2)) {
        (Some((three, rest)), _) if is(three) => (rest, short),
        (_, Some((two, rest))) if is(two) => (rest, short),
        _ => (rest, [13, 13]),
    };
    let mut at = 0;
    let mut number = |width: u32| {
        let bits = (at..at + width).map(|i| rest.get(i as usize / 8).map(|byte| u32::from(byte >> (7 - i % 8) & 1)));
        at += width;
        bits.into_iter().try_fold(0, |value, bit| Some(value << 1 | bit?))
    };
    let (_, style, page) = (number(widths[0])?, number(widths[1])?, number(5)?);
    let side = if page % 2 == 1 { crate::Side::Front } else { crate::Side::Back };
    let sheet = u8::try_from(page.checked_add(1)? / 2).ok().filter(|sheet| *sheet > 0)?;
    Some(Page { style: made_up("s", style as usize + 1), sheet, side })
}

/// The id `prefix` and a number, which stands for a foreign one.
fn made_up<T: std::str::FromStr<Err = election::IdError>>(prefix: &str, number: usize) -> T {
    format!("{prefix}{number}").parse().expect("a letter and digits are an id")
}

#[cfg(test)]
mod tests {
    use super::*;
    use election::Coded as _;

    const LETTER: &str = r#"{"ballotLayout":{"paperSize":"letter","metadataEncoding":"timing-marks"},"title":"passed over",
        "ballotStyles":[{"id":"card-number-3"}],"contests":[{"id":"Mayor-1","type":"candidate","seats":2}],
        "gridLayouts":[{"ballotStyleId":"card-number-3","gridPositions":[
            {"type":"option","sheetNumber":1,"side":"front","column":12,"row":8,"contestId":"Mayor-1","optionId":"A-1"},
            {"type":"write-in","sheetNumber":1,"side":"back","column":32,"row":8.5,"contestId":"Mayor-1","writeInIndex":0}]}]}"#;

    #[test]
    fn a_definition_keeps_its_own_names() {
        let Imported { design, names } = import(LETTER.as_bytes()).unwrap();
        assert_eq!((design.layouts.len(), design.identity), (1, Identity::LowestRow));
        let front = &design.layouts[0].front;
        assert_eq!((front.grid, front.timing_marks.len()), (GridSize { columns: 34, rows: 41 }, 2 * 34 + 2 * 39));
        let bubble = &front.bubbles[0];
        let (x, y) = bubble.oval.centre();
        // Row 8 and column 12 of marks a quarter of an inch apart, the first one and a half millimetres from the middle.
        assert_eq!((x, y), (3_175 + 12 * 6_350, 12_700 + 8 * 6_350));
        assert_eq!(names.contests[&bubble.contest], "Mayor-1");
        assert_eq!(names.options[&bubble.option], "A-1");
        let back = &design.layouts[0].back.as_ref().unwrap().bubbles[0];
        assert_eq!(names.options[&back.option], "write-in-0");
        assert_eq!(design.limits[&bubble.contest].options, 2);
    }

    #[test]
    fn what_cannot_be_imported_is_refused() {
        let code = |from: &str, to: &str| import(LETTER.replace(from, to).as_bytes()).unwrap_err().code();
        assert_eq!(code("letter", "A0"), "vxf.paper");
        assert_eq!(code("\"row\":8,", "\"row\":41,"), "vxf.position");
        assert_eq!(code("\"row\":8,", "\"row\":-1e300,"), "vxf.position");
        assert_eq!(code("gridLayouts", "other"), "vxf.layouts");
        assert_eq!(code("[{\"id\":\"Mayor-1\"", "[{\"id\":\"Other\""), "vxf.position");
        assert_eq!(code("gridPositions", "gridPosition"), "vxf.json");
        for (from, to) in [
            ("\"front\"", r#""\u001b[8m""#),
            ("letter", r"\u001b[8m"),
            ("\"contestId\":\"Mayor-1\"", r#""contestId":"\u009b""#),
        ] {
            let message = import(LETTER.replace(from, to).as_bytes()).unwrap_err().to_string();
            assert!(!message.chars().any(char::is_control), "{message:?}");
        }
        assert_eq!(import(b"[]").unwrap_err().code(), "vxf.json");
        // Every position on a sheet of its own: a layout for each would take gigabytes.
        let layout = LETTER[LETTER.find("{\"ballotStyleId\"").unwrap()..].strip_suffix("]}").unwrap();
        let many = LETTER.replace(layout, &[layout; MOST_SHEETS + 1].join(","));
        assert_eq!(import(many.as_bytes()).unwrap_err().code(), "vxf.sheets");
        // As many styles as layouts, none of which is theirs.
        let empty = r#"{"ballotStyleId":"x","gridPositions":[]},"#.repeat(200_000);
        let styles = r#"{"id":"card"},"#.repeat(200_000);
        let many = LETTER.replace(layout, &format!("{empty}{layout}"));
        let many = many.replace(r#"{"id":"card-number-3"}"#, &format!(r#"{styles}{{"id":"card-number-3"}}"#));
        assert_eq!(import(many.as_bytes()).unwrap().design.layouts[0].style.as_str(), "s200001");
    }

    #[test]
    fn a_page_is_read_from_every_form_of_the_code() {
        let with = |rest: &[u8]| [b"VP\x02", &[7; 10][..], rest].concat();
        let expected = |style: &str, sheet, side| Some(Page { style: style.parse().unwrap(), sheet, side });
        // Four precincts, one style, nine contests; precinct 0 in two bits, style 0 in one, page 1; not a test.
        let three = with(&[4, 1, 9, 0b0000_0001, 0]);
        assert_eq!(page(&three, [4, 1, 9]), expected("s1", 1, crate::Side::Front));
        let two = with(&[4, 3, 0b0110_0001, 0]);
        assert_eq!(page(&two, [4, 3, 9]), expected("s3", 1, crate::Side::Back));
        // 13 bits of precinct 0, 13 of style 2, 5 of page 4.
        let bits: u32 = (2 << 6) | (4 << 1);
        let new = with(&bits.to_be_bytes());
        assert_eq!(page(&new, [6, 6, 6]), expected("s3", 2, crate::Side::Back));
        assert_eq!(page(&new[..14], [6, 6, 6]), None, "cut short");
        assert_eq!(page(b"VX\x02", [1, 1, 1]), None);
    }
}
