//! Timing marks: the shapes that stand in four straight lines.

use super::shape::Shape;
use super::{Frame, Point};
use crate::reject::Edge;

/// Of one printing all marks are alike: so much may a mark's width and height differ from the usual, in percent.
/// Noise and folds eat at a mark, toner spreads; letters, dashes and filled ovals are further off.
const WIDTHS: (f32, f32) = (0.80, 1.15);
const HEIGHTS: (f32, f32) = (0.70, 1.35);

/// A shape may be a mark if its width is so many times its height, as a share of what is printed: turned by 5° a mark is a
/// quarter higher, with a third broken off by a fold a third narrower, and toner that has spread makes it half as high again.
const RATIO: (f32, f32) = (0.65, 1.5);

/// Marks of one printing differ by this share in width: two pixels at 150 dpi, of 28.
const SAME_WIDTH: f32 = 0.12;

/// No mark is narrower than this share of what the image's size allows.
const NARROWEST: f32 = 0.9;

/// The shapes that are alike as timing marks are, and the scale in pixels a micrometre that they give. Shapes cut
/// by the edge of paper or image count as if they were whole.
pub(crate) fn alike(shapes: &[Shape], frame: &Frame, least_scale: f32) -> Option<(Vec<Shape>, f32)> {
    let ratio = frame.mark_width / frame.mark_height;
    let is_mark = |width: f32, height: f32| (ratio * RATIO.0..=ratio * RATIO.1).contains(&(width / height));
    let height = |s: &Shape| (s.bottom - s.top + 1) as f32;
    // Of an image cropped on both sides most marks are cut: those in the middle tell the size, where there are any.
    let is_whole = |s: &&Shape| !s.cut.0 && !s.cut.1;
    let any_cut = shapes.iter().filter(is_whole).count() < frame.columns.len() / 2;
    let mut widths: Vec<f32> = shapes
        .iter()
        .filter(|s| any_cut || is_whole(s))
        .filter(|s| is_mark(s.width, height(s)))
        .map(|s| s.width)
        // Letters have bars of that form as well, but smaller ones than any sheet's marks on an image of this size.
        .filter(|width| *width >= NARROWEST * frame.mark_width * least_scale)
        .collect();
    widths.sort_by(f32::total_cmp);
    // The fullest window.
    let until = |from: usize| widths.partition_point(|w| *w <= widths[from] * (1.0 + SAME_WIDTH));
    let from = (0..widths.len()).max_by_key(|&from| (until(from) - from, std::cmp::Reverse(from)))?;
    let usual = widths[(from + until(from)) / 2];
    let usual_height = {
        let same = shapes.iter().filter(|s| (s.width - usual).abs() <= usual * SAME_WIDTH);
        let mut heights: Vec<f32> = same.map(height).filter(|h| is_mark(usual, *h)).collect();
        heights.sort_by(f32::total_cmp);
        *heights.get(heights.len() / 2)?
    };
    let within = |value: f32, usual: f32, (least, most): (f32, f32)| (usual * least..=usual * most).contains(&value);
    let whole = |shape: &Shape| {
        if !within(height(shape), usual_height, HEIGHTS) || shape.width > usual * WIDTHS.1 {
            return None;
        }
        let mut shape = *shape;
        if shape.width < usual * WIDTHS.0 {
            // Of a mark that is cut off the inner end is where it should be.
            if shape.cut.0 {
                shape.centre.x = shape.right as f32 - usual / 2.0;
            } else if shape.cut.1 {
                shape.centre.x = shape.left as f32 + usual / 2.0;
            } else {
                return None;
            }
        }
        Some(shape)
    };
    Some((shapes.iter().filter_map(whole).collect(), usual / frame.mark_width))
}

/// A line `across = offset + slope * along`; for left and right edges `along` is y, for the others x.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Line {
    pub offset: f32,
    pub slope: f32,
}

impl Line {
    pub fn at(&self, along: f32) -> f32 {
        self.offset + self.slope * along
    }
}

/// The steepest edge: 5° of rotation are 0.0875, 1 % of shear is added.
const STEEPEST: f32 = 0.1;

/// Slopes are tried in steps that move a mark by half a bin over half of the page's height.
const SLOPES: i32 = 64;

/// Bins of 0.8 mm across the line; two neighbours make a line.
const BIN: f32 = 800.0;

/// Marks lie this near to their line: paper curls, and cut marks have their centre moved.
const NEAR: f32 = 1_300.0;

/// A position of a shape, along and across an edge.
type Place = (f32, f32);

fn places(shapes: &[Shape], edge: Edge) -> Vec<Place> {
    let place = |s: &Shape| match edge {
        Edge::Left | Edge::Right => (s.centre.y, s.centre.x),
        Edge::Top | Edge::Bottom => (s.centre.x, s.centre.y),
    };
    shapes.iter().map(place).collect()
}

/// Finds the line of an edge: of all lines on its half of the shapes, the one with the most shapes on it, and the
/// outermost of those that have nearly as many.
pub(crate) fn edge_line(shapes: &[Shape], edge: Edge, scale: f32, frame: &Frame) -> Option<Line> {
    let places = places(shapes, edge);
    if places.len() < 6 {
        return None;
    }
    let outward = if matches!(edge, Edge::Left | Edge::Top) { -1.0 } else { 1.0 };
    let length = scale * if matches!(edge, Edge::Left | Edge::Right) { frame.height() } else { frame.width() };
    let mut sorted: Vec<f32> = places.iter().map(|p| p.1).collect();
    sorted.sort_by(f32::total_cmp);
    // Halfway between the outermost tenths: shapes beyond the sheet are few.
    let tenth = sorted.len() / 10;
    let middle = (sorted[tenth] + sorted[sorted.len() - 1 - tenth]) / 2.0;
    let centre = places.iter().map(|p| p.0).sum::<f32>() / places.len() as f32;

    let bin = BIN * scale;
    let low = sorted[0] - length * STEEPEST;
    let bins = ((sorted[sorted.len() - 1] - sorted[0] + 2.0 * length * STEEPEST) / bin) as usize + 3;
    // A row that carries a number may have as few marks as its corners and one more.
    let least = if frame.coded_bottom { 3 } else { 4 };
    let mut best: Option<(i32, Line)> = None;
    let mut counts = vec![0i32; bins];
    // What is on the other half of the shapes for every slope need not be looked at.
    let reach = length * STEEPEST;
    let near = places.iter().filter(|p| (p.1 - middle) * outward > -reach).map(|p| (p.0 - centre, p.1 - low));
    let near: Vec<Place> = near.collect();
    for step in -SLOPES..=SLOPES {
        let slope = STEEPEST * step as f32 / SLOPES as f32;
        counts.fill(0);
        for (along, across) in &near {
            let offset = across - slope * along;
            let at = (offset / bin) as usize;
            if at < bins && (offset + low - middle) * outward > 0.0 {
                counts[at] += 1;
            }
        }
        for (i, pair) in counts.windows(2).enumerate() {
            let count = pair[0] + pair[1];
            if count < least {
                continue;
            }
            // One mark's worth for every 10 mm further out; steep lines need more to be believed.
            let offset = low + (i + 1) as f32 * bin;
            let outer = ((offset - middle) * outward / (scale * 10_000.0)) as i32;
            let score = count * 4 + outer - step.abs() / 16;
            if best.is_none_or(|(most, _)| score > most) {
                best = Some((score, Line { offset: offset - slope * centre, slope }));
            }
        }
    }
    let (_, mut line) = best?;
    for near in [NEAR * 1.5, NEAR, NEAR] {
        let on: Vec<Place> = places.iter().copied().filter(|p| (p.1 - line.at(p.0)).abs() <= near * scale).collect();
        line = fit(&on, line);
    }
    Some(line)
}

/// Least squares.
fn fit(places: &[Place], otherwise: Line) -> Line {
    let n = places.len() as f32;
    if places.len() < 3 {
        return otherwise;
    }
    let (along, across) = places.iter().fold((0.0, 0.0), |sum, p| (sum.0 + p.0 / n, sum.1 + p.1 / n));
    let (mut xx, mut xy) = (0.0, 0.0);
    for p in places {
        xx += (p.0 - along) * (p.0 - along);
        xy += (p.0 - along) * (p.1 - across);
    }
    if xx <= 0.0 {
        return otherwise;
    }
    let slope = xy / xx;
    Line { offset: across - slope * along, slope }
}

/// Where an upright line (left, right) crosses a level one (top, bottom).
pub(crate) fn crossing(upright: Line, level: Line) -> Point {
    let y = (level.offset + level.slope * upright.offset) / (1.0 - level.slope * upright.slope);
    Point { x: upright.at(y), y }
}

/// The marks of one edge, in order: each where it was found.
#[derive(Clone, Debug)]
pub(crate) struct EdgeMarks {
    pub found: Vec<Option<Point>>,
}

impl EdgeMarks {
    pub fn count(&self) -> usize {
        self.found.iter().flatten().count()
    }
}

/// A mark is looked for within this share of the distance between two.
const REACH: f32 = 0.3;

/// Names the marks of an edge: from its first corner to its last, each expected where the last one found says.
/// `nominal` are their places along the edge, from 0 to 1.
pub(crate) fn name(shapes: &[Shape], corners: (Point, Point), nominal: &[f32], near: f32) -> EdgeMarks {
    let (from, to) = corners;
    let along = to - from;
    let length = along.length().max(1.0);
    let unit = along * (1.0 / length);
    let mut on: Vec<(f32, Point, f32)> = shapes
        .iter()
        .filter_map(|shape| {
            let d = shape.centre - from;
            let (t, off) = (d.x * unit.x + d.y * unit.y, d.y * unit.x - d.x * unit.y);
            (off.abs() <= near).then_some((t, shape.centre, off))
        })
        .collect();
    on.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.2.total_cmp(&b.2)));
    let mut drift = 0.0;
    let mut found = Vec::with_capacity(nominal.len());
    for (i, place) in nominal.iter().enumerate() {
        let before = i.checked_sub(1).map(|j| place - nominal[j]);
        let after = nominal.get(i + 1).map(|next| next - place);
        let pitch = before.into_iter().chain(after).fold(f32::MAX, f32::min) * length;
        let expected = place * length + drift;
        let low = on.partition_point(|s| s.0 < expected - pitch * REACH);
        let near = on[low..].iter().take_while(|s| s.0 <= expected + pitch * REACH);
        // The nearest one; what is off the line counts double.
        let cost = |s: &(f32, Point, f32)| (s.0 - expected).abs() + 2.0 * s.2.abs();
        let best = near.min_by(|a, b| cost(a).total_cmp(&cost(b)));
        if let Some(mark) = best {
            // Half of the step: one mark out of place does not lead the next astray.
            drift += (mark.0 - expected) / 2.0;
        }
        found.push(best.map(|mark| mark.1));
    }
    EdgeMarks { found }
}
