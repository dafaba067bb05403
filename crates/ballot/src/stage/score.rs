//! Ink in an oval and ink round it, counted on the archived pixels: the score that counts.

use election::MarkScore;

use super::Point;
use super::class::GONE;
use super::grid::Grid;
use super::hole::is_torn;
use super::spread::{Cell, Patch};
use super::streak::Streaks;
use crate::bits::Bits;
use crate::design::OvalShape;
use crate::layout::Rect;

/// The oval's outline, and half a pixel of its soft edge at 150 dpi and of misplacement, stay out of its inner area.
pub(crate) const OUTLINE: f32 = 430.0;

/// Round the oval ink is looked for from here …
pub(crate) const OUTSIDE_FROM: f32 = 350.0;
/// … to here; no label comes nearer than 1.5 mm.
pub(crate) const OUTSIDE_TO: f32 = 1_150.0;

/// From this much ink, in thousandths of the inner area, one of the eight directions round an oval has ink: a stroke of
/// 0.3 mm across the 0.8 mm that are looked at is twice as much.
const DIRECTION_INK: u32 = 15;

/// With so much ink in and round an oval, in thousandths, no paper is left there: that is a black bed, not a pen.
const NO_PAPER: u64 = 970;

/// With less ink than this in an oval, or round it, nothing is asked about holes, in thousandths of the inner area: one of 5 mm that
/// makes an oval dark leaves twice as much in both.
const LEAST_SEEN: u16 = 60;

/// Ink below this, in thousandths of the inner area, is grain; how far it spreads says nothing.
const LEAST_INK: u32 = 30;

/// An oval is looked for this far around its place: paper and print shift against the timing marks.
pub(crate) const SEARCH: f32 = 500.0;

/// The middle of the outline lies this far inside the oval's edge.
pub(crate) const LINE: f32 = 80.0;

/// Points of the outline that are looked at: the sines of multiples of 15°, and more between, as exact numbers.
const CIRCLE: [(f32, f32); 32] = circle();

/// How many of the outline's points must be ink for the oval to be where it was looked for, of 32.
const OUTLINE_SEEN: i32 = 20;

/// An oval on the image.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Oval {
    /// Its centre.
    pub centre: Point,
    /// Points of its outline that are ink, of 32.
    pub seen: i32,
    /// Half of its width and height, in micrometres.
    pub half: (f32, f32),
    /// One micrometre across and one down the page, in pixels.
    pub across: Point,
    pub down: Point,
}

impl Oval {
    /// Where the page's map puts an oval.
    pub fn expected(grid: &Grid, oval: &Rect) -> Self {
        let (x, y) = (oval.x as f32 + oval.width as f32 / 2.0, oval.y as f32 + oval.height as f32 / 2.0);
        let (across, down) = grid.steps(x, y);
        let half = (oval.width as f32 / 2.0, oval.height as f32 / 2.0);
        Oval { centre: grid.map(x, y), seen: 0, half, across, down }
    }

    /// The same oval where its outline fits best.
    pub fn found(mut self, bits: &Bits, shape: OvalShape) -> Self {
        let scale = self.across.length();
        let (a, b) = (self.half.0 - LINE, self.half.1 - LINE);
        let outline = CIRCLE.map(|(x, y)| match shape {
            OvalShape::Ellipse => self.across * (x * a) + self.down * (y * b),
            OvalShape::Stadium => self.across * (x * b + x.signum() * (a - b).max(0.0)) + self.down * (y * b),
        });
        let seen = |centre: Point| {
            let ink = |p: &&Point| bits.get((centre.x + p.x + 0.5) as i32, (centre.y + p.y + 0.5) as i32);
            outline.iter().filter(ink).count() as i32
        };
        let reach = SEARCH * scale;
        // Steps as wide as the outline is thick, then single pixels around the best.
        let mut step = (scale * 130.0).max(1.0);
        let mut best = self.centre;
        // Nearer is better where the outline fits as well: a filled oval fits everywhere.
        let worth = |centre: Point, from: Point| seen(centre) * 8 - ((centre - from).length() / reach * 24.0) as i32;
        let mut most = worth(best, self.centre);
        let mut around = reach;
        loop {
            let middle = best;
            let n = (around / step) as i32;
            for j in -n..=n {
                for i in -n..=n {
                    let centre = Point { x: middle.x + i as f32 * step, y: middle.y + j as f32 * step };
                    let worth = worth(centre, self.centre);
                    if worth > most {
                        (most, best) = (worth, centre);
                    }
                }
            }
            if step <= 1.0 {
                break;
            }
            (around, step) = (step, (step / 3.0).max(1.0));
        }
        self.centre = best;
        self.seen = seen(best);
        self
    }

    /// The same oval somewhere else.
    pub fn moved(self, centre: Point) -> Self {
        Oval { centre, ..self }
    }

    pub fn is_seen(&self) -> bool {
        self.seen >= OUTLINE_SEEN
    }

    /// The box around oval and surroundings, in pixels: left, top, width, height.
    pub fn crop(&self, width: u32, height: u32) -> [u32; 4] {
        let reach = |of: fn(Point) -> f32| {
            of(self.across).abs() * (self.half.0 + OUTSIDE_TO) + of(self.down).abs() * (self.half.1 + OUTSIDE_TO)
        };
        let (x, y) = (reach(|p| p.x), reach(|p| p.y));
        let left = (self.centre.x - x).max(0.0) as u32;
        let top = (self.centre.y - y).max(0.0) as u32;
        let right = ((self.centre.x + x) as u32 + 1).min(width);
        let bottom = ((self.centre.y + y) as u32 + 1).min(height);
        [left, top, right.saturating_sub(left), bottom.saturating_sub(top)]
    }

    /// Calls `each(y, from, to)` for the pixels `from..to` of each row that lie in the ellipse `more` larger than the
    /// oval. A row meets an ellipse `|M⁻¹ (p − centre)| ≤ 1` between the roots of a quadratic equation.
    pub(super) fn rows(&self, more: f32, mut each: impl FnMut(i32, i32, i32)) {
        let (u, v) = (self.across * (self.half.0 + more), self.down * (self.half.1 + more));
        let det = u.x * v.y - v.x * u.y;
        if det.abs() < 1.0 {
            return;
        }
        // M⁻¹ = [v.y −v.x; −u.y u.x] / det
        let (a, b, c, d) = (v.y / det, -v.x / det, -u.y / det, u.x / det);
        let (xx, xy, yy) = (a * a + c * c, a * b + c * d, b * b + d * d);
        let height = (u.y * u.y + v.y * v.y).sqrt();
        let (top, bottom) = ((self.centre.y - height).ceil() as i32, (self.centre.y + height).floor() as i32);
        for y in top..=bottom {
            let dy = y as f32 - self.centre.y;
            let (half_b, rest) = (xy * dy, yy * dy * dy - 1.0);
            let root = half_b * half_b - xx * rest;
            if root < 0.0 {
                continue;
            }
            let (middle, reach) = (self.centre.x - half_b / xx, root.sqrt() / xx);
            each(y, (middle - reach).ceil() as i32, (middle + reach).floor() as i32 + 1);
        }
    }

    /// The score from the archived pixels. Streaks are taken out of the ink and of the area.
    pub fn score(&self, bits: &Bits, streaks: &Streaks) -> MarkScore {
        let (ink, area, hidden) = self.count(bits, streaks, -OUTLINE);
        let (around, all, _) = self.count(bits, streaks, OUTSIDE_TO);
        if area == 0 || u64::from(around) * 1000 >= u64::from(all) * NO_PAPER {
            return MarkScore { hidden: GONE, ..MarkScore::default() };
        }
        let (within, _, _) = self.count(bits, streaks, OUTSIDE_FROM);
        let outside = around.saturating_sub(within);
        let share = |n: u32, of: u32| (u64::from(n) * 1000 / u64::from(of)).min(65_535) as u16;
        let looked_at = share(ink, area) >= LEAST_SEEN && share(outside, area) >= LEAST_SEEN;
        MarkScore {
            ink: share(ink, area),
            outside: share(outside, area),
            // Counting by direction takes longer than all else; most ovals have nothing round them.
            around: if outside * 1000 < area * DIRECTION_INK { 0 } else { self.directions(bits, streaks, area) },
            spread: if ink * 1000 < area * LEAST_INK { 0 } else { self.spread(bits, streaks) },
            hidden: if looked_at && is_torn(self, bits, area, outside) { GONE } else { share(hidden, area + hidden) },
            ..MarkScore::default()
        }
    }

    /// How long the ink in the inner area is for its amount, in micrometres.
    fn spread(&self, bits: &Bits, streaks: &Streaks) -> u16 {
        let mut rows: Vec<(i32, i32, i32)> = Vec::new();
        self.rows(-OUTLINE, |y, from, to| rows.push((y, from, to)));
        let left = rows.iter().map(|row| row.1).min().unwrap_or(0);
        let width = rows.iter().map(|row| row.2 - left).max().unwrap_or(0).max(0) as usize;
        let hidden = |lines: &[std::ops::Range<u32>], at: i32| lines.iter().any(|l| l.contains(&(at as u32)));
        let mut cells = vec![Cell::Paper; width * rows.len()];
        for (line, &(y, from, to)) in cells.chunks_mut(width.max(1)).zip(&rows) {
            let is_hidden = hidden(&streaks.rows, y);
            for x in from..to {
                line[(x - left) as usize] = match (is_hidden || hidden(&streaks.columns, x), bits.get(x, y)) {
                    (true, _) => Cell::Hidden,
                    (false, true) => Cell::Ink,
                    (false, false) => Cell::Paper,
                };
            }
        }
        let pixels = Patch { width, cells }.spread();
        (pixels / self.across.length().max(1e-6)).min(65_535.0) as u16
    }

    /// In how many of eight directions there is ink round the oval.
    fn directions(&self, bits: &Bits, streaks: &Streaks, area: u32) -> u16 {
        let mut ink = [0u32; 8];
        let mut within: Vec<(i32, i32, i32)> = Vec::new();
        self.rows(OUTSIDE_FROM, |y, from, to| within.push((y, from, to)));
        let inner = |x: i32, y: i32| within.iter().any(|row| row.0 == y && (row.1..row.2).contains(&x));
        let (u, v) = (self.across * (self.half.0 + OUTSIDE_TO), self.down * (self.half.1 + OUTSIDE_TO));
        let det = u.x * v.y - v.x * u.y;
        self.rows(OUTSIDE_TO, |y, from, to| {
            for x in from..to {
                let hidden = |lines: &[std::ops::Range<u32>], at: i32| lines.iter().any(|l| l.contains(&(at as u32)));
                if !bits.get(x, y) || inner(x, y) || hidden(&streaks.rows, y) || hidden(&streaks.columns, x) {
                    continue;
                }
                // Where the pixel is on the page, the ellipse made a circle; scaled, for which direction is enough.
                let d = Point { x: x as f32, y: y as f32 } - self.centre;
                let (a, b) = ((v.y * d.x - v.x * d.y) * det.signum(), (u.x * d.y - u.y * d.x) * det.signum());
                let octant = usize::from(a < 0.0) | usize::from(b < 0.0) << 1 | usize::from(a.abs() < b.abs()) << 2;
                ink[octant] += 1;
            }
        });
        ink.iter().filter(|n| **n * 1000 >= area * DIRECTION_INK).count() as u16
    }

    /// Ink, pixels looked at, and pixels hidden by streaks in an ellipse.
    fn count(&self, bits: &Bits, streaks: &Streaks, more: f32) -> (u32, u32, u32) {
        let (mut ink, mut area, mut hidden) = (0, 0, 0);
        self.rows(more, |y, from, to| {
            let (from, to) = (from.clamp(0, bits.width() as i32) as u32, to.clamp(0, bits.width() as i32) as u32);
            if to <= from || y < 0 || y >= bits.height() as i32 {
                return;
            }
            let y = y as u32;
            if streaks.rows.iter().any(|rows| rows.contains(&y)) {
                hidden += to - from;
                return;
            }
            ink += bits.ink(y, from, to);
            area += to - from;
            for columns in &streaks.columns {
                let (from, to) = (columns.start.max(from), columns.end.min(to));
                if from < to {
                    ink -= bits.ink(y, from, to);
                    area -= to - from;
                    hidden += to - from;
                }
            }
        });
        (ink, area, hidden)
    }
}

/// 32 directions: eight of a quarter, mirrored.
const fn circle() -> [(f32, f32); 32] {
    // cos and sin of 5.625°, 16.875°, … 84.375°, rounded to six digits: they are part of the method.
    const EIGHTH: [(f32, f32); 8] = [
        (0.995185, 0.098017),
        (0.956940, 0.290285),
        (0.881921, 0.471397),
        (0.773010, 0.634393),
        (0.634393, 0.773010),
        (0.471397, 0.881921),
        (0.290285, 0.956940),
        (0.098017, 0.995185),
    ];
    let mut all = [(0.0, 0.0); 32];
    let mut i = 0;
    while i < 8 {
        let (x, y) = EIGHTH[i];
        all[i] = (x, y);
        all[i + 8] = (-x, y);
        all[i + 16] = (x, -y);
        all[i + 24] = (-x, -y);
        i += 1;
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bi4_an_oval_with_hardly_any_paper_in_and_round_it_is_gone() {
        let (across, down) = (Point { x: 0.02, y: 0.0 }, Point { x: 0.0, y: 0.02 });
        let oval = Oval { centre: Point { x: 100.0, y: 100.0 }, seen: 0, half: (2_500.0, 1_600.0), across, down };
        // Ink but for paper to the left of a line that moves right by a pixel.
        let both = (20..60).map(|paper| {
            let mut bits = Bits::new(200, 200);
            (0..200).for_each(|y| (paper..200).for_each(|x| bits.set(x, y)));
            let (ink, all, _) = oval.count(&bits, &Streaks::default(), OUTSIDE_TO);
            (
                ink * 1000 / all,
                oval.score(&bits, &Streaks::default()) == MarkScore { hidden: GONE, ..Default::default() },
            )
        });
        let shares: Vec<(u32, bool)> = both.collect();
        assert!(shares.iter().all(|(share, is_gone)| *is_gone == (*share >= 970)), "{shares:?}");
        let near = |from: u32, to: u32| shares.iter().any(|(share, _)| (from..to).contains(share));
        assert!(near(970, 980) && near(960, 970), "{shares:?}");
    }
}
