//! Streaks: dirt under a scanner's lens draws a line through the whole image, exactly along its rows or columns.

use std::ops::Range;

use super::Point;
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

/// Finds the streaks on the sheet between these corners.
pub(crate) fn streaks(bits: &Bits, corners: &[Point; 4]) -> Streaks {
    let bound = |of: fn(&Point) -> f32, most: u32| {
        let all = || corners.iter().map(of);
        let (low, high) = (all().fold(f32::MAX, f32::min), all().fold(0.0, f32::max));
        low.max(0.0) as u32..(high.max(0.0) as u32).min(most)
    };
    let (xs, ys) = (bound(|p| p.x, bits.width()), bound(|p| p.y, bits.height()));

    // Words are added up bit by bit: plane p holds bit p of 64 counters. Every fourth row is enough.
    const STEP: usize = 4;
    let mut planes = vec![[0u64; 12]; bits.row(0).len()];
    let mut rows = Vec::new();
    let mut looked_at = 0;
    for y in ys {
        let row = bits.row(y);
        let ink: u32 = row.iter().map(|word| word.count_ones()).sum();
        if ink * 100 >= xs.len() as u32 * SHARE {
            rows.push(y);
        }
        if y as usize % STEP == 0 {
            looked_at += 1;
            for (planes, &word) in planes.iter_mut().zip(row) {
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
    let columns = xs.filter(|&x| looked_at > 0 && count(x) * 100 >= looked_at * SHARE).collect();
    Streaks { columns: ranges(columns), rows: ranges(rows) }
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
