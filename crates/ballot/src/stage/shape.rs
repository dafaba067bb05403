//! Shapes as wide as a timing mark, wherever they are.
//!
//! Rows of pixels are eroded by half a mark's width, 64 pixels an operation: of print and handwriting almost nothing is
//! left, and what is left is collected into shapes.

use std::ops::Range;

use super::streak::white;
use super::{Frame, Point};
use crate::bits::Bits;

/// A dark shape that may be a timing mark.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Shape {
    /// Its centre of gravity.
    pub centre: Point,
    /// Its first and last pixel columns and rows.
    pub left: u32,
    pub right: u32,
    pub top: u32,
    pub bottom: u32,
    /// Mean length of its runs.
    pub width: f32,
    /// Does it end where the paper, or the image, ends: on the left, on the right?
    pub cut: (bool, bool),
}

/// Pixels a micrometre, at most: the page fills the image, or is cropped by 4 % (6 mm of margin at both ends).
pub(crate) fn most_scale(bits: &Bits, frame: &Frame) -> f32 {
    (bits.width() as f32 / frame.page_width).min(bits.height() as f32 / frame.page_height) * 1.05
}

/// Pixels a micrometre, at least.
pub(crate) fn least_scale(bits: &Bits, frame: &Frame) -> f32 {
    most_scale(bits, frame) * LEAST_SHARE
}

/// The page fills at least this share of the image across or down: a bed larger than that is none of ours.
const LEAST_SHARE: f32 = 0.66;

/// Runs shorter than this share of a mark, at the smallest scale, are not looked at: a third of a mark may be cut off
/// at the image's edge, or broken off by a fold.
const LEAST_RUN: f32 = 0.6;

/// Gaps up to 0.25 mm in a run are closed: a white streak, a grain of dust.
const GAP: f32 = 250.0;

/// A mark is no longer than this share of one at the largest scale: toner spreads, and a speck may touch its end.
const LONGEST: f32 = 1.3;

/// Nor is it less high than this share of one at the smallest scale, or higher than that of one at the largest: noise eats at
/// its edges, and turned by 5° it is a quarter higher.
const HEIGHTS: (f32, f32) = (0.45, 1.5);

/// More shapes than this are noise, not a sheet; it bounds the time of what follows.
const MOST_SHAPES: usize = 4_000;

/// The shapes of an image that are as wide and as high as a timing mark might be.
pub(crate) fn shapes(bits: &Bits, frame: &Frame) -> Vec<Shape> {
    let most = most_scale(bits, frame);
    let least = least_scale(bits, frame);
    let run = ((frame.mark_width * least * LEAST_RUN) as u32).max(4);
    let longest = (frame.mark_width * most * LONGEST) as u32;
    let gap = (most * GAP) as u32;
    let heights = (frame.mark_height * least * HEIGHTS.0) as u32..=(frame.mark_height * most * HEIGHTS.1) as u32 + 1;

    let paper = paper(bits, *heights.end());
    let white = white(bits, most);
    let mut done = Vec::new();
    let mut open: Vec<Growing> = Vec::new();
    // One word more than a row has: closing a gap reaches beyond its end.
    let words = bits.row(0).len();
    let mut row = vec![0u64; words + 1];
    let mut spare = row.clone();
    for y in 0..bits.height() {
        row[..words].copy_from_slice(bits.row(y));
        row[words] = 0;
        if row.iter().all(|&word| word == 0) {
            open.drain(..).for_each(|shape| shape.close(&heights, &mut done));
            continue;
        }
        let ends = &paper[y as usize];
        keep(&mut row, ends.clone());
        white.iter().for_each(|streak| bridge(&mut row, streak));
        close_gaps(&mut row, &mut spare, gap);
        erode(&mut row, run);
        let mut next: Vec<Growing> = Vec::new();
        for_each_run(&row, |first, last| {
            let last = last + run - 1;
            if last - first >= longest {
                return;
            }
            // At most one shape of the row above lies over half of the run: shapes do not overlap.
            let over = open.iter().position(|s| {
                let common = (last.min(s.last_right) + 1).saturating_sub(first.max(s.last_left));
                common * 2 > (last - first + 1).min(s.last_right - s.last_left + 1)
            });
            let mut shape = match over {
                Some(i) => open.swap_remove(i),
                None => Growing::new(first, last, y),
            };
            shape.add(first, last, y);
            shape.cut.0 |= first <= ends.start + 1;
            shape.cut.1 |= last + 2 >= ends.end;
            next.push(shape);
        });
        open.drain(..).for_each(|shape| shape.close(&heights, &mut done));
        open = next;
        if done.len() > MOST_SHAPES {
            break;
        }
    }
    open.drain(..).for_each(|shape| shape.close(&heights, &mut done));
    done
}

/// Where the paper lies on each row, between the black beds on its left and right, if any. A mark that touches the
/// bed is not taken for a piece of it: rows above and below the mark show where the paper ends.
fn paper(bits: &Bits, mark_height: u32) -> Vec<Range<u32>> {
    let beds: Vec<(u32, u32)> = (0..bits.height())
        .map(|y| {
            let row = bits.row(y);
            let first = row.iter().position(|word| *word != u64::MAX).unwrap_or(row.len());
            let left = first as u32 * 64 + row.get(first).map_or(0, |word| word.trailing_ones());
            // Bits beyond the width are 0 and do not count.
            let mut right = bits.width();
            while right > left && bits.get(right as i32 - 1, y as i32) {
                right -= 1;
            }
            (left.min(bits.width()), right)
        })
        .collect();
    let reach = mark_height as usize;
    (0..beds.len())
        .map(|y| {
            let near = &beds[y.saturating_sub(reach)..(y + reach + 1).min(beds.len())];
            let start = near.iter().map(|bed| bed.0).min().unwrap_or(0);
            let end = near.iter().map(|bed| bed.1).max().unwrap_or(bits.width());
            start..end.max(start)
        })
        .collect()
}

/// Sets the pixels of a streak that has ink on both sides.
fn bridge(row: &mut [u64], streak: &Range<u32>) {
    let is_ink = |x: u32| row[x as usize / 64] >> (x % 64) & 1 == 1;
    if is_ink(streak.start - 1) && is_ink(streak.end) {
        streak.clone().for_each(|x| row[x as usize / 64] |= 1 << (x % 64));
    }
}

/// Clears what is not in the range.
pub(crate) fn keep(row: &mut [u64], range: Range<u32>) {
    let (first, last) = (range.start as usize / 64, range.end as usize / 64);
    row.iter_mut().take(first).for_each(|word| *word = 0);
    if let Some(word) = row.get_mut(first) {
        *word &= u64::MAX << (range.start % 64);
    }
    if let Some(word) = row.get_mut(last) {
        *word &= (1 << (range.end % 64)) - 1;
    }
    row.iter_mut().skip(last + 1).for_each(|word| *word = 0);
}

struct Growing {
    left: u32,
    right: u32,
    top: u32,
    bottom: u32,
    last_left: u32,
    last_right: u32,
    area: u64,
    sum_x2: u64,
    sum_y: u64,
    cut: (bool, bool),
}

impl Growing {
    fn new(left: u32, right: u32, top: u32) -> Self {
        let (last_left, last_right, cut) = (left, right, (false, false));
        Growing { left, right, top, bottom: top, last_left, last_right, area: 0, sum_x2: 0, sum_y: 0, cut }
    }

    fn add(&mut self, first: u32, last: u32, y: u32) {
        let length = u64::from(last - first + 1);
        self.left = self.left.min(first);
        self.right = self.right.max(last);
        self.bottom = y;
        (self.last_left, self.last_right) = (first, last);
        self.area += length;
        self.sum_x2 += u64::from(first + last) * length;
        self.sum_y += u64::from(y) * length;
    }

    fn close(self, heights: &std::ops::RangeInclusive<u32>, done: &mut Vec<Shape>) {
        let height = self.bottom - self.top + 1;
        // Solid: a slanted stroke has a box much larger than itself. A mark turned by 5° fills 80 % of its box.
        let solid = self.area * 100 >= u64::from(self.right - self.left + 1) * u64::from(height) * 70;
        if heights.contains(&height) && solid {
            let area = self.area as f32;
            done.push(Shape {
                centre: Point { x: self.sum_x2 as f32 / (2.0 * area), y: self.sum_y as f32 / area },
                left: self.left,
                right: self.right,
                top: self.top,
                bottom: self.bottom,
                width: area / height as f32,
                cut: self.cut,
            });
        }
    }
}

/// `row[i] |= row[i - by]`, for every pixel i.
fn spread(row: &mut [u64], by: u32) {
    let (words, bits) = (by as usize / 64, by % 64);
    for i in (words..row.len()).rev() {
        let low = row[i - words] << bits;
        let carry = if bits > 0 && i > words { row[i - words - 1] >> (64 - bits) } else { 0 };
        row[i] |= low | carry;
    }
}

/// `row[i] &= row[i + by]`, for every pixel i.
fn shrink(row: &mut [u64], by: u32) {
    let (words, bits) = (by as usize / 64, by % 64);
    if words == 0 && bits > 0 {
        // By far the most: no word further than the next is looked at.
        for i in 1..row.len() {
            row[i - 1] &= row[i - 1] >> bits | row[i] << (64 - bits);
        }
        if let Some(last) = row.last_mut() {
            *last &= *last >> bits;
        }
        return;
    }
    for i in 0..row.len() {
        let at = |j: usize| row.get(j).copied().unwrap_or(0);
        let high = at(i + words) >> bits;
        let carry = if bits > 0 { at(i + words + 1) << (64 - bits) } else { 0 };
        row[i] &= high | carry;
    }
}

/// Leaves a pixel where it and the `length - 1` after it are set.
fn erode(row: &mut [u64], length: u32) {
    let mut done = 1;
    while done < length {
        let by = done.min(length - done);
        shrink(row, by);
        done += by;
    }
}

/// Sets pixels in gaps of at most `gap` pixels.
fn close_gaps(row: &mut [u64], spare: &mut [u64], gap: u32) {
    spare.copy_from_slice(row);
    let mut done = 0;
    while done < gap {
        let by = (done + 1).min(gap - done);
        spread(spare, by);
        done += by;
    }
    erode(spare, gap + 1);
    row.iter_mut().zip(spare.iter()).for_each(|(word, closed)| *word |= closed);
}

/// The first and last pixel of each run of set pixels.
fn for_each_run(row: &[u64], mut each: impl FnMut(u32, u32)) {
    let mut start = None;
    for (i, &word) in row.iter().enumerate() {
        let base = i as u32 * 64;
        let mut at = 0;
        if word == 0 || word == u64::MAX {
            match (word == 0, start) {
                (true, Some(first)) => {
                    each(first, base - 1);
                    start = None;
                }
                (false, None) => start = Some(base),
                _ => {}
            }
            continue;
        }
        while at < 64 {
            let rest = word >> at;
            match start {
                None if rest == 0 => break,
                None => {
                    at += rest.trailing_zeros();
                    start = Some(base + at);
                }
                Some(first) => {
                    let ones = (!rest).trailing_zeros();
                    at += ones;
                    if at >= 64 {
                        break;
                    }
                    each(first, base + at - 1);
                    start = None;
                }
            }
        }
    }
    if let Some(first) = start {
        each(first, row.len() as u32 * 64 - 1);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn pixels(row: &[u64]) -> Vec<bool> {
        (0..row.len() * 64).map(|i| row[i / 64] >> (i % 64) & 1 == 1).collect()
    }

    proptest! {
        #[test]
        fn row_operations_do_what_they_say(row in proptest::collection::vec(any::<u64>(), 1..5), sparse: bool, by in 1u32..150) {
            let row: Vec<u64> = row.iter().map(|w| if sparse { w & w >> 7 & w << 13 } else { w | w >> 9 | w << 3 }).collect();
            let row: Vec<u64> = row.into_iter().chain([0]).collect();
            let set = pixels(&row);
            let at = |i: i64| i >= 0 && set.get(i as usize) == Some(&true);

            let mut eroded = row.clone();
            erode(&mut eroded, by);
            let mut closed = row.clone();
            close_gaps(&mut closed, &mut row.clone(), by % 9);
            let (eroded, closed) = (pixels(&eroded), pixels(&closed));
            for i in 0..set.len() as i64 {
                prop_assert_eq!(eroded[i as usize], (i..i + i64::from(by)).all(at));
                let gap = i64::from(by % 9);
                let before = (0..=gap).find(|d| at(i - d));
                let after = (0..=gap).find(|d| at(i + d));
                let filled = before.zip(after).is_some_and(|(b, a)| a + b <= gap + 1);
                prop_assert_eq!(closed[i as usize], at(i) || filled);
            }

            let mut runs = vec![false; set.len()];
            let mut last_end = -2;
            for_each_run(&row, |first, last| {
                assert!(i64::from(first) > last_end + 1);
                last_end = i64::from(last);
                runs[first as usize..=last as usize].fill(true);
            });
            prop_assert_eq!(runs, set);
        }
    }
}
