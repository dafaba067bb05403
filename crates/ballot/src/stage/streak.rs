//! Streaks: dirt under a scanner's lens draws a line through the whole image, exactly along its rows or columns.

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
    // Words are added up bit by bit: plane p holds bit p of 64 counters. Every fourth row is enough.
    const STEP: usize = 4;
    let mut planes = vec![[0u64; 12]; bits.row(0).len()];
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
            for (planes, &word) in planes.iter_mut().zip(&row) {
                let mut carry = word;
                for plane in planes {
                    if carry == 0 {
                        break;
                    }
                    (*plane, carry) = (*plane ^ carry, *plane & carry);
                }
            }
        }
    }
    let count = |x: u32| {
        let bit = |plane: &u64| (plane >> (x % 64) & 1) as u32;
        planes[x as usize / 64].iter().enumerate().map(|(p, plane)| bit(plane) << p).sum::<u32>()
    };
    let mut looked_at = 0i32;
    // A column of which the sheet shows less than a half is too short to tell a streak from a rule.
    let half = (high.saturating_sub(low) as usize / STEP / 2) as i32;
    let columns = (0..bits.width()).filter(|&x| {
        looked_at += begins[x as usize];
        looked_at > half && count(x) * 100 >= looked_at as u32 * SHARE
    });
    Streaks { columns: ranges(columns.collect()), rows: ranges(rows) }
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
