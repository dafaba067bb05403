//! Where a place on the page is on the image.
//!
//! A Coons patch: each place is interpolated between the four edges as they really run, mark by mark, so that stretch,
//! shear, a slipping feeder and curled paper are followed where they are.

use super::corner::Marks;
use super::mark::EdgeMarks;
use super::{Frame, Point};

/// A mark further than this from where its neighbours say it is was hit by a fold or a stain, and is not believed.
const STRAY: f32 = 400.0;

/// The map from the page to the image.
#[derive(Clone, Debug)]
pub(crate) struct Grid {
    corners: [Point; 4],
    /// How far each mark lies from the straight line between its corners.
    left: Vec<Point>,
    right: Vec<Point>,
    top: Vec<Point>,
    bottom: Vec<Point>,
    /// The same of the corners, each by both its edges.
    corner_marks: [Point; 4],
    pub(super) columns: Vec<f32>,
    pub(super) rows: Vec<f32>,
    /// Pixels a micrometre.
    pub scale: f32,
}

impl Grid {
    pub fn new(marks: &Marks, frame: &Frame) -> Self {
        let [a, b, c, d] = marks.corners;
        let stray = STRAY * (marks.scale.0 + marks.scale.1) / 2.0;
        let edge = |edge: &EdgeMarks, from, to, places: &[f32]| deviations(edge, from, to, places, stray);
        let left = edge(&marks.left, a, c, &frame.rows);
        let right = edge(&marks.right, b, d, &frame.rows);
        let top = edge(&marks.top, a, b, &frame.columns);
        let bottom = edge(&marks.bottom, c, d, &frame.columns);
        let (across, down) = (frame.columns.len() - 1, frame.rows.len() - 1);
        let both = |one: Point, other: Point| (one + other) * 0.5;
        Grid {
            corners: marks.corners,
            corner_marks: [
                both(left[0], top[0]),
                both(right[0], top[across]),
                both(left[down], bottom[0]),
                both(right[down], bottom[across]),
            ],
            left,
            right,
            top,
            bottom,
            columns: frame.columns.clone(),
            rows: frame.rows.clone(),
            scale: (marks.scale.0 + marks.scale.1) / 2.0,
        }
    }

    /// Where (`x`, `y`), in micrometres of the page, is on the image.
    pub fn map(&self, x: f32, y: f32) -> Point {
        let (u, left_column, du) = place(&self.columns, x);
        let (v, upper_row, dv) = place(&self.rows, y);
        let [a, b, c, d] = self.corners;
        let inside =
            |a: Point, b: Point, c: Point, d: Point| (a * (1.0 - u) + b * u) * (1.0 - v) + (c * (1.0 - u) + d * u) * v;
        let straight = inside(a, b, c, d);
        let [a, b, c, d] = self.corner_marks;
        let between = |edge: &[Point], i: usize, t: f32| edge[i] * (1.0 - t) + edge[i + 1] * t;
        let (left, right) = (between(&self.left, upper_row, dv), between(&self.right, upper_row, dv));
        let (top, bottom) = (between(&self.top, left_column, du), between(&self.bottom, left_column, du));
        straight + left * (1.0 - u) + right * u + top * (1.0 - v) + bottom * v - inside(a, b, c, d)
    }

    /// One micrometre across and one down, in pixels, around a place.
    pub fn steps(&self, x: f32, y: f32) -> (Point, Point) {
        const REACH: f32 = 5_000.0;
        let across = self.map(x + REACH, y) - self.map(x - REACH, y);
        let down = self.map(x, y + REACH) - self.map(x, y - REACH);
        (across * (0.5 / REACH), down * (0.5 / REACH))
    }
}

/// How far along `places` `at` is, from 0 to 1; the place before it, and how far it is from that to the next.
fn place(places: &[f32], at: f32) -> (f32, usize, f32) {
    let (first, last) = (places[0], places[places.len() - 1]);
    let i = places.partition_point(|p| *p <= at).clamp(1, places.len() - 1) - 1;
    let t = ((at - places[i]) / (places[i + 1] - places[i])).clamp(0.0, 1.0);
    ((at - first) / (last - first), i, t)
}

/// How far each mark of an edge lies from the straight line between the corners: strays and missing ones by their
/// neighbours.
fn deviations(edge: &EdgeMarks, from: Point, to: Point, places: &[f32], stray: f32) -> Vec<Point> {
    let (first, length) = (places[0], places[places.len() - 1] - places[0]);
    let found: Vec<Option<Point>> = edge
        .found
        .iter()
        .zip(places)
        .map(|(mark, at)| mark.map(|mark| mark - (from + (to - from) * ((at - first) / length))))
        .collect();
    let believed: Vec<(usize, Point)> = found
        .iter()
        .enumerate()
        .filter_map(|(i, deviation)| {
            let deviation = (*deviation)?;
            let near: Vec<Point> =
                found[i.saturating_sub(3)..(i + 4).min(found.len())].iter().flatten().copied().collect();
            ((deviation - median(&near)).length() <= stray).then_some((i, deviation))
        })
        .collect();
    // Each is the mean of itself and its believed neighbours, which halves what one pixel of noise does; but not across a
    // fold, where the paper steps.
    let smooth = |at: usize, own: Point| {
        let is_near = |(i, d): &&(usize, Point)| i.abs_diff(at) <= 1 && (*d - own).length() <= stray;
        let near: Vec<Point> = believed.iter().filter(is_near).map(|(_, d)| *d).collect();
        near.iter().fold(Point::default(), |sum, d| sum + *d) * (1.0 / near.len().max(1) as f32)
    };
    let known: Vec<(usize, Point)> = believed.iter().map(|(i, d)| (*i, smooth(*i, *d))).collect();
    (0..found.len())
        .map(|i| {
            let next = known.partition_point(|(j, _)| *j < i);
            match (next.checked_sub(1).and_then(|p| known.get(p)), known.get(next)) {
                (_, Some((j, d))) if *j == i => *d,
                (Some((p, before)), Some((n, after))) => {
                    let t = (i - p) as f32 / (n - p) as f32;
                    *before * (1.0 - t) + *after * t
                }
                (Some((_, only)), None) | (None, Some((_, only))) => *only,
                (None, None) => Point::default(),
            }
        })
        .collect()
}

/// The middle one of each coordinate.
fn median(points: &[Point]) -> Point {
    let of = |get: fn(&Point) -> f32| {
        let mut all: Vec<f32> = points.iter().map(get).collect();
        all.sort_by(f32::total_cmp);
        all[all.len() / 2]
    };
    if points.is_empty() { Point::default() } else { Point { x: of(|p| p.x), y: of(|p| p.y) } }
}
