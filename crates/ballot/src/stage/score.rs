//! Ink in an oval and ink round it, counted on the archived pixels; and, independently, darkness on grey.

use super::Point;
use super::grid::Grid;
use super::streak::Streaks;
use super::threshold::Levels;
use crate::bits::Bits;
use crate::design::OvalShape;
use crate::image::Gray;
use crate::layout::Rect;

/// The oval's outline, and half a pixel of its soft edge at 150 dpi and of misplacement, stay out of its inner area.
const OUTLINE: f32 = 430.0;

/// Round the oval ink is looked for from here …
const OUTSIDE_FROM: f32 = 350.0;
/// … to here; no label comes nearer than 1.5 mm.
const OUTSIDE_TO: f32 = 1_150.0;

/// An oval is looked for this far around its place: paper and print shift against the timing marks.
const SEARCH: f32 = 500.0;

/// The middle of the outline lies this far inside the oval's edge.
const LINE: f32 = 80.0;

/// Points of the outline that are looked at: the sines of multiples of 15°, and more between, as exact numbers.
const CIRCLE: [(f32, f32); 32] = circle();

/// How many of the outline's points must be ink for the oval to be where it was looked for, of 32.
const OUTLINE_SEEN: i32 = 20;

/// What one oval's pixels say.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Score {
    /// Ink in the oval, in thousandths of its inner area.
    pub inside: u16,
    /// Ink round the oval, in thousandths of its inner area.
    pub outside: u16,
    /// The share of the inner area that streaks hide, in thousandths.
    pub hidden: u16,
}

/// An oval on the image.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Oval {
    /// Its centre.
    pub centre: Point,
    /// Points of its outline that are ink, of 32.
    pub seen: i32,
    half: (f32, f32),
    across: Point,
    down: Point,
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
    fn rows(&self, more: f32, mut each: impl FnMut(i32, i32, i32)) {
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
    pub fn score(&self, bits: &Bits, streaks: &Streaks) -> Score {
        let (ink, area, hidden) = self.count(bits, streaks, -OUTLINE);
        if area == 0 {
            return Score { hidden: 1000, ..Score::default() };
        }
        let (within, _, _) = self.count(bits, streaks, OUTSIDE_FROM);
        let (around, _, _) = self.count(bits, streaks, OUTSIDE_TO);
        let share = |n: u32, of: u32| (u64::from(n) * 1000 / u64::from(of)).min(65_535) as u16;
        Score {
            inside: share(ink, area),
            outside: share(around.saturating_sub(within), area),
            hidden: share(hidden, area + hidden),
        }
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

    /// Mean darkness of the inner area: 0 for paper, 1000 for ink; and how dark its ink pixels are on average.
    /// Nothing of the one-bit threshold is used.
    pub fn darkness(&self, view: &View, streaks: &Streaks) -> Darkness {
        let (mut sum, mut area, mut dark_sum, mut dark) = (0i64, 0i64, 0i64, 0i64);
        let paper = self.paper(view);
        let contrast = i64::from(paper) - i64::from(view.levels.ink);
        if contrast <= 0 {
            return Darkness::default();
        }
        self.rows(-OUTLINE, |y, from, to| {
            let (Ok(y), true) = (u32::try_from(y), y < view.height() as i32) else { return };
            if streaks.rows.iter().any(|rows| rows.contains(&y)) {
                return;
            }
            for x in from.max(0) as u32..(to.max(0) as u32).min(view.width()) {
                if streaks.columns.iter().any(|columns| columns.contains(&x)) {
                    continue;
                }
                let darkness = (i64::from(paper) - i64::from(view.get(x, y))).clamp(0, contrast) * 1000 / contrast;
                area += 1;
                // Paper's own grain is within an eighth.
                if darkness > 125 {
                    sum += darkness;
                    dark_sum += darkness;
                    dark += 1;
                }
            }
        });
        let mean = |sum: i64, n: i64| if n == 0 { 0 } else { (sum / n) as u16 };
        Darkness { mean: mean(sum, area), of_ink: mean(dark_sum, dark) }
    }

    /// The brightness of the paper round this oval.
    fn paper(&self, view: &View) -> u8 {
        let (x, y) = (self.centre.x.max(0.0) as u32, self.centre.y.max(0.0) as u32);
        view.paper_at(x.min(view.width() - 1), y.min(view.height() - 1))
    }
}

/// What grey says of an oval.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Darkness {
    /// Of the whole inner area, in thousandths.
    pub mean: u16,
    /// Of those pixels alone that are not paper.
    pub of_ink: u16,
}

/// A grey image as it lies upright, without turning it.
pub(crate) struct View<'a> {
    pub image: &'a Gray,
    pub levels: &'a Levels,
    /// Quarter turns clockwise that bring it upright.
    pub turns: u8,
}

impl View<'_> {
    fn width(&self) -> u32 {
        if self.turns.is_multiple_of(2) { self.image.width } else { self.image.height }
    }

    fn height(&self) -> u32 {
        if self.turns.is_multiple_of(2) { self.image.height } else { self.image.width }
    }

    /// Where an upright pixel is on the image.
    fn source(&self, x: u32, y: u32) -> (u32, u32) {
        let (w, h) = (self.image.width, self.image.height);
        match self.turns {
            0 => (x, y),
            1 => (y, h - 1 - x),
            2 => (w - 1 - x, h - 1 - y),
            _ => (w - 1 - y, x),
        }
    }

    fn get(&self, x: u32, y: u32) -> u8 {
        let (x, y) = self.source(x, y);
        self.image.row(y)[x as usize]
    }

    fn paper_at(&self, x: u32, y: u32) -> u8 {
        let (x, y) = self.source(x, y);
        self.levels.paper_at(x, y)
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
