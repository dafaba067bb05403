//! The second opinion: how dark an oval is on the grey scan.
//!
//! It has the timing marks and the streaks in common with the score that counts, and nothing else: not the threshold, not
//! the places of the ovals, not the way of counting. Brightness is sampled between pixels on a lattice of the page; the
//! paper's is that of the oval's own surroundings, the ink's that of the timing marks; ovals are found by how their outline
//! stands out on grey.

use super::Point;
use super::corner::Marks;
use super::score::{LINE, OUTLINE, OUTSIDE_FROM, OUTSIDE_TO, Oval, SEARCH};
use super::streak::Streaks;
use crate::design::OvalShape;
use crate::image::Gray;

/// A grey image as it lies upright, without turning it.
pub(crate) struct View<'a> {
    pixels: &'a [u8],
    width: i32,
    height: i32,
    /// Where pixel (0, 0) is, and how far it is to the next one across and down.
    origin: i64,
    across: i64,
    down: i64,
}

impl<'a> View<'a> {
    /// The image as it lies after `turns` quarter turns clockwise.
    pub fn new(image: &'a Gray, turns: u8) -> Self {
        let (w, h) = (i64::from(image.width), i64::from(image.height));
        let (origin, across, down) = match turns % 4 {
            0 => (0, 1, w),
            1 => ((h - 1) * w, -w, 1),
            2 => (w * h - 1, -1, -w),
            _ => (w - 1, w, -1),
        };
        let (width, height) = if turns.is_multiple_of(2) { (w as i32, h as i32) } else { (h as i32, w as i32) };
        View { pixels: &image.pixels, width, height, origin, across, down }
    }

    /// The brightness of a pixel; that of the nearest one beyond the edge.
    fn pixel(&self, x: i32, y: i32) -> f32 {
        let (x, y) = (x.clamp(0, self.width - 1), y.clamp(0, self.height - 1));
        let at = self.origin + i64::from(x) * self.across + i64::from(y) * self.down;
        f32::from(self.pixels.get(at as usize).copied().unwrap_or(u8::MAX))
    }

    /// The brightness at a point, between four pixels.
    fn at(&self, p: Point) -> f32 {
        let (x, y) = (p.x.floor(), p.y.floor());
        let (tx, ty, x, y) = (p.x - x, p.y - y, x as i32, y as i32);
        let upper = self.pixel(x, y) * (1.0 - tx) + self.pixel(x + 1, y) * tx;
        let lower = self.pixel(x, y + 1) * (1.0 - tx) + self.pixel(x + 1, y + 1) * tx;
        upper * (1.0 - ty) + lower * ty
    }

    /// The brightness of ink: the middle one of the timing marks' centres.
    fn ink(&self, marks: &Marks) -> f32 {
        let edges = [&marks.left, &marks.right, &marks.top, &marks.bottom];
        let mut all: Vec<f32> = edges.iter().flat_map(|edge| &edge.found).flatten().map(|p| self.at(*p)).collect();
        median(&mut all).unwrap_or(0.0)
    }
}

/// What grey says of an oval, in thousandths of the way from paper to ink.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Grey {
    /// The mean of the whole inner area.
    pub darkness: u16,
    /// The mean of what is darker than the paper's own grain.
    pub depth: u16,
}

/// The lattice's step in micrometres: one and a half pixels at 200 dpi, between which `View::at` takes the mean.
const STEP: f32 = 190.0;

/// Paper's own grain and a scanner's noise are within this: what is darker was put there.
const GRAIN: f32 = 0.15;

/// The paper is what a quarter of an oval's surroundings are brighter than: writing covers less.
const PAPER_RANK: usize = 24;

/// Surroundings darker than this share of the side's usual paper are scribbled over: the usual paper is taken instead.
const SCRIBBLED: f32 = 0.75;

/// An outline stands out if it is darker than both its sides by this share of the way from paper to ink: the thin
/// outline of a form at 150 dpi, half of which falls between pixels, is darker by a third.
const STANDS_OUT: f32 = 0.2;

/// An oval found further than this from where the others of its side say is not believed. Micrometres.
const STRAY: f32 = 250.0;

/// Directions from an oval's centre: 16, as exact numbers (cosines and sines of multiples of 22.5°).
const DIRECTIONS: [(f32, f32); 16] = directions();

/// What grey says of the ovals of a side; `expected` are their places by the grid.
pub(crate) fn darkness(
    view: &View,
    marks: &Marks,
    expected: &[Oval],
    shape: OvalShape,
    streaks: &Streaks,
) -> Vec<Grey> {
    let ink = view.ink(marks);
    let mut papers: Vec<f32> = expected.iter().map(|oval| paper(view, oval)).collect();
    let usual_paper = median(&mut papers.clone()).unwrap_or(255.0);
    papers.iter_mut().filter(|paper| **paper < usual_paper * SCRIBBLED).for_each(|paper| *paper = usual_paper);
    let places: Vec<Option<Point>> =
        expected.iter().zip(&papers).map(|(oval, paper)| place(view, oval, shape, paper - ink)).collect();
    let shift = |get: fn(Point) -> f32| {
        let found = expected.iter().zip(&places).filter_map(|(oval, place)| Some(get((*place)? - oval.centre)));
        median(&mut found.collect::<Vec<f32>>()).unwrap_or(0.0)
    };
    let shift = Point { x: shift(|p| p.x), y: shift(|p| p.y) };
    let ovals = expected.iter().zip(places).zip(papers);
    ovals
        .map(|((oval, place), paper)| {
            let usual = oval.centre + shift;
            let near = STRAY * oval.across.length();
            let centre = place.filter(|place| (*place - usual).length() <= near).unwrap_or(usual);
            measure(view, &oval.moved(centre), (paper, ink), streaks)
        })
        .collect()
}

/// The brightness of the paper round an oval.
fn paper(view: &View, oval: &Oval) -> f32 {
    let ring = |more: f32| {
        let (a, b) = (oval.half.0 + more, oval.half.1 + more);
        DIRECTIONS.map(|(x, y)| view.at(oval.centre + oval.across * (x * a) + oval.down * (y * b)))
    };
    let third = (OUTSIDE_TO - OUTSIDE_FROM) / 3.0;
    let mut around = [ring(OUTSIDE_FROM + third), ring(OUTSIDE_TO - third)].concat();
    around.sort_by(f32::total_cmp);
    around[PAPER_RANK]
}

/// Where the outline of an oval stands out best, if it does.
fn place(view: &View, oval: &Oval, shape: OvalShape, contrast: f32) -> Option<Point> {
    let scale = oval.across.length();
    let outline = |more: f32| {
        let (a, b) = (oval.half.0 + more, oval.half.1 + more);
        DIRECTIONS.map(|(x, y)| match shape {
            OvalShape::Ellipse => oval.across * (x * a) + oval.down * (y * b),
            OvalShape::Stadium => oval.across * (x * b + x.signum() * (a - b).max(0.0)) + oval.down * (y * b),
        })
    };
    let (line, inside, outside) = (outline(-LINE), outline(-OUTLINE), outline(OUTSIDE_FROM));
    let mean = |points: &[Point; 16], centre: Point| {
        let near = |p: &Point| view.pixel((centre.x + p.x + 0.5) as i32, (centre.y + p.y + 0.5) as i32);
        points.iter().map(near).sum::<f32>() / 16.0
    };
    let stands_out = |centre: Point| {
        let line = mean(&line, centre);
        (mean(&inside, centre) - line).min(mean(&outside, centre) - line)
    };
    // Twice: steps of an outline's width, then half of that around the best.
    let (mut best, mut most) = (oval.centre, stands_out(oval.centre));
    for (reach, step) in [(SEARCH, SEARCH / 2.0), (SEARCH / 4.0, SEARCH / 4.0)] {
        let (middle, n, step) = (best, (reach / step) as i32, step * scale);
        for (i, j) in (-n..=n).flat_map(|j| (-n..=n).map(move |i| (i, j))) {
            let centre = middle + Point { x: i as f32 * step, y: j as f32 * step };
            let value = stands_out(centre);
            if value > most {
                (best, most) = (centre, value);
            }
        }
    }
    (most >= contrast * STANDS_OUT && contrast > 0.0).then_some(best)
}

/// The darkness of an oval at its place.
fn measure(view: &View, oval: &Oval, (paper, ink): (f32, f32), streaks: &Streaks) -> Grey {
    let contrast = paper - ink;
    if contrast < 1.0 {
        return Grey::default();
    }
    let hidden = |lines: &[std::ops::Range<u32>], at: f32| lines.iter().any(|l| l.contains(&((at + 0.5) as u32)));
    let (a, b) = (oval.half.0 - OUTLINE, oval.half.1 - OUTLINE);
    let (columns, rows) = ((a / STEP) as i32, (b / STEP) as i32);
    let (mut sum, mut count, mut dark, mut dark_count) = (0.0, 0u32, 0.0, 0u32);
    for j in -rows..=rows {
        for i in -columns..=columns {
            let (x, y) = (i as f32 * STEP, j as f32 * STEP);
            if (x / a) * (x / a) + (y / b) * (y / b) > 1.0 {
                continue;
            }
            let p = oval.centre + oval.across * x + oval.down * y;
            if hidden(&streaks.columns, p.x) || hidden(&streaks.rows, p.y) {
                continue;
            }
            let darkness = ((paper - view.at(p)) / contrast).clamp(0.0, 1.0);
            (sum, count) = (sum + darkness, count + 1);
            if darkness > GRAIN {
                (dark, dark_count) = (dark + darkness, dark_count + 1);
            }
        }
    }
    let mean = |sum: f32, n: u32| (sum * 1000.0 / n.max(1) as f32) as u16;
    Grey { darkness: mean(sum, count), depth: mean(dark, dark_count) }
}

/// The middle one.
fn median(values: &mut [f32]) -> Option<f32> {
    values.sort_by(f32::total_cmp);
    values.get(values.len() / 2).copied()
}

const fn directions() -> [(f32, f32); 16] {
    const QUARTER: [(f32, f32); 4] = [(1.0, 0.0), (0.923880, 0.382683), (0.707107, 0.707107), (0.382683, 0.923880)];
    let mut all = [(0.0, 0.0); 16];
    let mut i = 0;
    while i < 4 {
        let (x, y) = QUARTER[i];
        (all[i], all[i + 4], all[i + 8], all[i + 12]) = ((x, y), (-y, x), (-x, -y), (y, -x));
        i += 1;
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_view_is_the_image_turned() {
        let image = Gray { width: 3, height: 2, pixels: vec![0, 1, 2, 3, 4, 5] };
        let rows = |turns| {
            let view = View::new(&image, turns);
            let row = |y| (0..view.width).map(|x| view.pixel(x, y) as u8).collect::<Vec<u8>>();
            (0..view.height).map(row).collect::<Vec<_>>()
        };
        assert_eq!(rows(0), [[0, 1, 2], [3, 4, 5]]);
        assert_eq!(rows(1), [[3, 0], [4, 1], [5, 2]]);
        assert_eq!(rows(2), [[5, 4, 3], [2, 1, 0]]);
        assert_eq!(rows(3), [[2, 5], [1, 4], [0, 3]]);
    }
}
