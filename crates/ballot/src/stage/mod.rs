//! Reading, a stage a file: from pixels to classes.
//!
//! `threshold` → `shape` → `mark` → `corner` → `grid` → `streak` → `score` → `grey` → `class`
//!
//! Positions are computed with `+ - * /` and square roots of `f32` alone, which IEEE 754 defines to the
//! last bit: the same image gives the same reading on any machine.

pub(crate) mod class;
pub(crate) mod corner;
pub(crate) mod grey;
pub(crate) mod grid;
pub(crate) mod hole;
pub(crate) mod mark;
pub(crate) mod score;
pub(crate) mod shape;
pub(crate) mod spread;
pub(crate) mod streak;
pub(crate) mod threshold;
pub(crate) mod torn;

use crate::layout::SideLayout;

/// A point of the image, in pixels; pixel (0, 0) has its centre at (0, 0).
#[derive(Clone, Copy, Debug, PartialEq, Default)]
pub(crate) struct Point {
    pub x: f32,
    pub y: f32,
}

impl std::ops::Add for Point {
    type Output = Point;
    fn add(self, other: Point) -> Point {
        Point { x: self.x + other.x, y: self.y + other.y }
    }
}

impl std::ops::Sub for Point {
    type Output = Point;
    fn sub(self, other: Point) -> Point {
        Point { x: self.x - other.x, y: self.y - other.y }
    }
}

impl std::ops::Mul<f32> for Point {
    type Output = Point;
    fn mul(self, by: f32) -> Point {
        Point { x: self.x * by, y: self.y * by }
    }
}

impl Point {
    pub fn length(self) -> f32 {
        (self.x * self.x + self.y * self.y).sqrt()
    }
}

/// The timing marks that a side is printed with, by row and column of the grid; micrometres.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Frame {
    pub page_width: f32,
    pub page_height: f32,
    /// The centres of the columns, and of the rows.
    pub columns: Vec<f32>,
    pub rows: Vec<f32>,
    /// Is a mark printed there: on the top, and on the bottom, by column?
    pub top: Vec<bool>,
    pub bottom: Vec<bool>,
    pub mark_width: f32,
    pub mark_height: f32,
    /// The lowest row carries a number in which marks are there, so that any may be missing.
    pub coded_bottom: bool,
}

impl Frame {
    /// The frame of a side.
    pub fn new(page_width: u32, page_height: u32, side: &SideLayout, coded_bottom: bool) -> Option<Frame> {
        let marks = &side.timing_marks;
        let sorted = |of: fn((u32, u32)) -> u32| {
            let mut all: Vec<u32> = marks.iter().map(|m| of(m.centre())).collect();
            all.sort_unstable();
            all.dedup();
            all
        };
        let (columns, rows) = (sorted(|c| c.0), sorted(|c| c.1));
        let (first, last) = (*rows.first()?, *rows.last()?);
        if columns.len() < 3 || rows.len() < 3 {
            return None;
        }
        let printed = |row: u32| columns.iter().map(|&x| marks.iter().any(|m| m.centre() == (x, row))).collect();
        Some(Frame {
            page_width: page_width as f32,
            page_height: page_height as f32,
            top: printed(first),
            bottom: printed(last),
            columns: columns.iter().map(|&x| x as f32).collect(),
            rows: rows.iter().map(|&y| y as f32).collect(),
            mark_width: marks.first()?.width as f32,
            mark_height: marks.first()?.height as f32,
            coded_bottom,
        })
    }

    pub fn width(&self) -> f32 {
        self.columns[self.columns.len() - 1] - self.columns[0]
    }

    pub fn height(&self) -> f32 {
        self.rows[self.rows.len() - 1] - self.rows[0]
    }
}
