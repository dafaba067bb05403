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
    /// How many places have one mark if counted from the first corner, and another if counted from the last.
    pub disputed: usize,
}

impl EdgeMarks {
    pub fn count(&self) -> usize {
        self.found.iter().flatten().count()
    }
}

/// A mark is looked for within this share of the distance between two.
const REACH: f32 = 0.3;

/// A shape that lies on the line of an edge: how far along and how far off it, and where.
struct OnEdge {
    along: f32,
    off: f32,
    centre: Point,
}

/// Names the marks of an edge, counted from its first corner and from its last. `nominal` are their places along the edge,
/// from 0 to 1. What is hidden in a fold of less than a step is seen from one of its two sides at least. A fold that hides a
/// whole step leaves marks as evenly spaced as before, and one too few: then the two ways of counting contradict each other.
pub(crate) fn name(shapes: &[Shape], corners: (Point, Point), nominal: &[f32], near: f32) -> EdgeMarks {
    let (from, to) = corners;
    let edge = to - from;
    let length = edge.length().max(1.0);
    let unit = edge * (1.0 / length);
    let mut on: Vec<OnEdge> = shapes
        .iter()
        .filter_map(|shape| {
            let d = shape.centre - from;
            let (along, off) = (d.x * unit.x + d.y * unit.y, d.y * unit.x - d.x * unit.y);
            (off.abs() <= near).then_some(OnEdge { along, off, centre: shape.centre })
        })
        .collect();
    on.sort_by(|a, b| a.along.total_cmp(&b.along).then(a.off.total_cmp(&b.off)));
    let places: Vec<f32> = nominal.iter().map(|place| place * length).collect();
    let forth = followed(&on, &places, 0..places.len());
    let back = followed(&on, &places, (0..places.len()).rev());
    let is_disputed = |i: &usize| matches!((forth[*i], back[*i]), (Some(one), Some(other)) if one != other);
    EdgeMarks {
        found: (0..places.len())
            .map(|i| forth[i].or(back[i]).filter(|_| !is_disputed(&i)).map(|mark| on[mark].centre))
            .collect(),
        disputed: (0..places.len()).filter(is_disputed).count(),
    }
}

/// Which mark is at each place, taken in this order: each is expected where the one before says.
fn followed(on: &[OnEdge], places: &[f32], order: impl Iterator<Item = usize>) -> Vec<Option<usize>> {
    let mut drift = 0.0;
    let mut found = vec![None; places.len()];
    for i in order {
        let before = i.checked_sub(1).map(|j| places[i] - places[j]);
        let after = places.get(i + 1).map(|next| next - places[i]);
        let reach = before.into_iter().chain(after).fold(f32::MAX, f32::min) * REACH;
        let expected = places[i] + drift;
        let low = on.partition_point(|mark| mark.along < expected - reach);
        let near = (low..on.len()).take_while(|&mark| on[mark].along <= expected + reach);
        // The nearest one; what is off the line counts double.
        let cost = |mark: usize| (on[mark].along - expected).abs() + 2.0 * on[mark].off.abs();
        found[i] = near.min_by(|&a, &b| cost(a).total_cmp(&cost(b)));
        if let Some(mark) = found[i] {
            // Half of the step: one mark out of place does not lead the next astray.
            drift += (on[mark].along - expected) / 2.0;
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A mark every 40 pixels of an edge of 57, from which `lost` pixels are gone after the mark `after`, as in a fold.
    fn folded(after: usize, lost: f32) -> EdgeMarks {
        const STEP: f32 = 40.0;
        let fold = after as f32 * STEP + STEP / 2.0;
        let ys = (0..57).map(|i| i as f32 * STEP).filter(|y| !(fold..fold + lost).contains(y));
        let shape = |y: f32| Shape {
            centre: Point { x: 0.0, y: if y > fold { y - lost } else { y } },
            left: 0,
            right: 0,
            top: 0,
            bottom: 0,
            width: 38.0,
            cut: (false, false),
        };
        let shapes: Vec<Shape> = ys.map(shape).collect();
        let nominal: Vec<f32> = (0..57).map(|i| i as f32 / 56.0).collect();
        let end = Point { x: 0.0, y: 56.0 * STEP - lost };
        name(&shapes, (Point::default(), end), &nominal, 10.0)
    }

    #[test]
    fn marks_beyond_a_fold_are_counted_from_the_other_corner() {
        for after in [3, 20, 45, 52] {
            for lost in [0.0, 4.0, 16.0, 20.0, 24.0] {
                let marks = folded(after, lost);
                assert_eq!(marks.disputed, 0, "{after} {lost}");
                for (i, found) in marks.found.iter().enumerate() {
                    let y = i as f32 * 40.0 - if i > after { lost } else { 0.0 };
                    assert!(found.is_none_or(|found| found.y == y), "{after} {lost}: {i} {found:?}");
                }
                assert!(marks.count() >= 56, "{after} {lost}: {}", marks.count());
            }
        }
    }

    #[test]
    fn a_fold_that_hides_a_whole_step_is_not_counted_over() {
        for after in [3, 20, 45, 52] {
            for lost in [36.0, 40.0, 44.0] {
                let marks = folded(after, lost);
                assert!(marks.disputed > 40, "{after} {lost}: {}", marks.disputed);
            }
        }
    }
}
