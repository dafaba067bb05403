//! Streaks: dirt under a scanner's lens draws a line through the whole image, exactly along its rows or columns. Black ones are
//! taken out of what is counted; white ones are bridged where timing marks are looked for.

use std::ops::Range;

use super::Point;
use super::shape::keep;
use crate::bits::Bits;

/// A line is a streak if it is ink over this share (percent) of the sheet: a rule that a designer prints is shorter or
/// crosses no oval, and then it does not matter that it is taken for one.
const SHARE: u32 = 60;

/// Lines through the whole sheet, in pixels.
#[derive(Clone, Debug, Default)]
pub(crate) struct Streaks {
    /// Pixel columns.
    pub columns: Vec<Range<u32>>,
    /// Pixel rows.
    pub rows: Vec<Range<u32>>,
}

/// Finds the streaks on the sheet between these corners: top left, top right, bottom left, bottom right. What is
/// beyond them, a black bed for one, is not looked at.
pub(crate) fn streaks(bits: &Bits, corners: &[Point; 4]) -> Streaks {
    let [a, b, c, d] = *corners;
    let low = a.y.min(b.y).max(0.0) as u32;
    let high = (c.y.max(d.y).max(0.0) as u32).min(bits.height());
    // Where the sheet begins and ends on a row, by its left and right edges.
    let inside = |y: u32| {
        let across = |from: Point, to: Point| from.x + (to.x - from.x) * (y as f32 - from.y) / (to.y - from.y).max(1.0);
        let (from, to) = (across(a, c).max(0.0) as u32 + 1, across(b, d).max(0.0) as u32);
        from.min(bits.width())..to.min(bits.width())
    };
    // Every fourth row is enough.
    const STEP: usize = 4;
    let mut ink = Counters::new(bits.row(0).len());
    // By column: how many more of the rows looked at begin there than end there.
    let mut begins = vec![0i32; bits.width() as usize + 1];
    let mut rows = Vec::new();
    let mut row = vec![0u64; bits.row(0).len()];
    for y in low..high {
        let sheet = inside(y);
        if sheet.is_empty() {
            continue;
        }
        if bits.ink(y, sheet.start, sheet.end) * 100 >= sheet.len() as u32 * SHARE {
            rows.push(y);
        }
        if (y as usize).is_multiple_of(STEP) {
            begins[sheet.start as usize] += 1;
            begins[sheet.end as usize] -= 1;
            row.copy_from_slice(bits.row(y));
            keep(&mut row, sheet);
            ink.add(&row);
        }
    }
    let mut looked_at = 0i32;
    // A column of which the sheet shows less than a half is too short to tell a streak from a rule.
    let half = (high.saturating_sub(low) as usize / STEP / 2) as i32;
    let columns = (0..bits.width()).filter(|&x| {
        looked_at += begins[x as usize];
        looked_at > half && ink.of(x) * 100 >= looked_at as u32 * SHARE
    });
    Streaks { columns: ranges(columns.collect()), rows: ranges(rows) }
}

/// How many rows have ink, by pixel column. Words are added up bit by bit: plane p holds bit p of 64 counters.
struct Counters(Vec<[u64; 12]>);

impl Counters {
    fn new(words: usize) -> Self {
        Counters(vec![[0; 12]; words])
    }

    fn add(&mut self, row: &[u64]) {
        for (planes, &word) in self.0.iter_mut().zip(row) {
            let mut carry = word;
            for plane in planes {
                if carry == 0 {
                    break;
                }
                (*plane, carry) = (*plane ^ carry, *plane & carry);
            }
        }
    }

    fn of(&self, column: u32) -> u32 {
        let bit = |plane: &u64| (plane >> (column % 64) & 1) as u32;
        self.0[column as usize / 64].iter().enumerate().map(|(p, plane)| bit(plane) << p).sum()
    }
}

/// A white streak is no wider than this; micrometres. A wider gap may be one that a designer left between two things.
const WHITE: f32 = 650.0;

/// Beside a white streak so many of a hundred rows have ink at least: of timing marks on a sheet that lies a little askew there are
/// ten, and what is printed less high is not cut into pieces that matter.
const CUT: u32 = 8;

/// A streak has less ink than this share of what is beside it, one in so many: dust, and soft edges.
const CLEAN: u32 = 20;

/// Pixel columns that are white through the whole image, between columns that are not: a lens that was dirty while the scanner
/// learned what white is. `scale` is pixels a micrometre.
pub(super) fn white(bits: &Bits, scale: f32) -> Vec<Range<u32>> {
    const STEP: usize = 8;
    let mut ink = Counters::new(bits.row(0).len());
    (0..bits.height()).step_by(STEP).for_each(|y| ink.add(bits.row(y)));
    let counts: Vec<u32> = (0..bits.width()).map(|x| ink.of(x)).collect();
    let rows = bits.height() / STEP as u32;
    let least = rows * CUT / 100;
    // A black streak near a mark leaves a gap to it that is none of ours; its own edges may be soft.
    let is_black = |near: &[u32]| near.iter().any(|count| count * 100 >= rows * SHARE);
    let widest = (WHITE * scale) as usize;
    let mut found = Vec::new();
    let mut x = 1;
    while x < counts.len() {
        let is_edge = counts[x - 1] >= least && counts[x] * CLEAN < counts[x - 1];
        let end = (x..counts.len().min(x + widest + 1)).find(|&end| counts[end] >= least);
        match end.filter(|&end| is_edge && (x..end).all(|at| counts[at] * CLEAN < counts[x - 1].min(counts[end]))) {
            Some(end) => {
                if !is_black(&counts[x.saturating_sub(3)..x]) && !is_black(&counts[end..counts.len().min(end + 3)]) {
                    found.push(x as u32..end as u32);
                }
                x = end + 1;
            }
            None => x += 1,
        }
    }
    found
}

/// Neighbouring lines together. The line on each side of a streak is its soft edge, and goes with it.
fn ranges(lines: Vec<u32>) -> Vec<Range<u32>> {
    let mut ranges: Vec<Range<u32>> = Vec::new();
    for line in lines {
        let (from, to) = (line.saturating_sub(1), line + 2);
        match ranges.last_mut() {
            Some(last) if from <= last.end => last.end = to,
            _ => ranges.push(from..to),
        }
    }
    ranges
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Timing marks of 38 by 13 pixels, 40 apart down the image, and a stretch of those columns that is white; of the columns
    /// up to `black` all are ink.
    fn cut(from: u32, width: u32, black: u32) -> Vec<Range<u32>> {
        let mut bits = Bits::new(300, 2_000);
        for (x, y) in (0..2_000).filter(|y| y % 40 < 13).flat_map(|y| (100..138).map(move |x| (x, y))) {
            if !(from..from + width).contains(&x) {
                bits.set(x, y);
            }
        }
        (0..2_000).for_each(|y| (black.saturating_sub(3)..black).for_each(|x| bits.set(x, y)));
        white(&bits, 200.0 / 25_400.0)
    }

    #[test]
    fn bi5_a_white_streak_is_one_that_cuts_what_is_printed() {
        for (from, width) in [(101, 1), (110, 3), (120, 5), (135, 2)] {
            assert_eq!(cut(from, width, 0), std::slice::from_ref(&(from..from + width)), "{from} {width}");
        }
        assert_eq!(cut(120, 6, 0), [], "too wide");
        assert_eq!(cut(98, 2, 0), [], "beside the marks");
        assert_eq!(cut(100, 3, 0), [], "their edge");
        assert_eq!(cut(98, 2, 98), [], "between a black streak and the marks");
    }
}
