//! The four corners, and by them the marks of the four edges; or why the sheet is not there.

use super::mark::{EdgeMarks, Line, alike, crossing, edge_line, name};
use super::shape::{Shape, least_scale};
use super::{Frame, Point};
use crate::bits::Bits;
use crate::code::Side;
use crate::reject::{Edge, Rejection};

/// The timing marks of a side, found on its image.
#[derive(Clone, Debug)]
pub(crate) struct Marks {
    /// Crossings of the edges' lines: top left, top right, bottom left, bottom right.
    pub corners: [Point; 4],
    pub left: EdgeMarks,
    pub right: EdgeMarks,
    pub top: EdgeMarks,
    pub bottom: EdgeMarks,
    /// Pixels a micrometre, across and down.
    pub scale: (f32, f32),
}

/// How much the scales across and down may differ, in thousandths: 1 % of stretch, and what a feeder slips.
const STRETCH: f32 = 35.0;

/// Of an edge's printed marks so many must be found, in percent: with fewer, an edge shifted by one mark fits as well.
const LEAST_FOUND: usize = 55;

/// So many marks may have a second shape beside them, a speck or a stain, which only one way of counting takes for the mark.
/// If more are disputed, a whole step of the edge is hidden, and no mark's number is known.
const MOST_DISPUTED: usize = 3;

/// So many rows or columns, one after the other, may be without a mark at both ends: what a crease breaks off. With more, nothing
/// says where they are.
const MOST_BARE: usize = 3;

/// Shapes this far from an edge's line are not its marks.
const NEAR: f32 = 1_500.0;

/// Finds the timing marks among the shapes.
pub(crate) fn marks(shapes: &[Shape], bits: &Bits, frame: &Frame, side: Side) -> Result<Marks, Rejection> {
    let (shapes, guess) = alike(shapes, frame, least_scale(bits, frame)).ok_or(Rejection::NoSheet(side))?;
    let shapes = &shapes[..];
    // A dozen shapes lie about on any print; a sheet has 170.
    if shapes.len() < (frame.columns.len() + frame.rows.len()) / 3 {
        return Err(Rejection::NoSheet(side));
    }
    let line = |edge| edge_line(shapes, edge, guess, frame);
    let (Some(left), Some(right), Some(top)) = (line(Edge::Left), line(Edge::Right), line(Edge::Top)) else {
        return Err(Rejection::NoSheet(side));
    };
    let Some(bottom) = line(Edge::Bottom) else {
        return Err(Rejection::Half { side, edge: Edge::Bottom });
    };
    from_lines(shapes, bits, frame, side, [left, right, top, bottom])
}

fn from_lines(
    shapes: &[Shape],
    bits: &Bits,
    frame: &Frame,
    side: Side,
    [left, right, top, bottom]: [Line; 4],
) -> Result<Marks, Rejection> {
    let corners = [crossing(left, top), crossing(right, top), crossing(left, bottom), crossing(right, bottom)];
    let [a, b, c, d] = corners;
    let across = ((b - a).length() + (d - c).length()) / (2.0 * frame.width());
    let down = ((c - a).length() + (d - b).length()) / (2.0 * frame.height());
    if (across - down).abs() * 1000.0 > STRETCH * across.max(down) {
        // The image is short of what ought to be there: which way does it end?
        let edge = if down < across { Edge::Bottom } else { Edge::Right };
        return Err(Rejection::Half { side, edge });
    }
    let scale = (across + down) / 2.0;
    let places = |of: &[f32]| -> Vec<f32> {
        let (first, length) = (of[0], of[of.len() - 1] - of[0]);
        of.iter().map(|at| (at - first) / length).collect()
    };
    let (columns, rows) = (places(&frame.columns), places(&frame.rows));
    let near = NEAR * scale;
    let marks = Marks {
        corners,
        left: name(shapes, (a, c), &rows, near),
        right: name(shapes, (b, d), &rows, near),
        top: name(shapes, (a, b), &columns, near),
        bottom: name(shapes, (c, d), &columns, near),
        scale: (across, down),
    };
    let all = |edge: &EdgeMarks| vec![true; edge.found.len()];
    check(&marks.left, &all(&marks.left), side, Edge::Left)?;
    check(&marks.right, &all(&marks.right), side, Edge::Right)?;
    check_bare(&marks.left, &marks.right, side, Edge::Left)?;
    // Upside down, the lower edge is above: only what is printed on both is asked for.
    let both: Vec<bool> = {
        let turned = frame.bottom.iter().rev();
        frame.top.iter().zip(&frame.bottom).zip(turned).map(|((t, b), r)| *t && *b && *r).collect()
    };
    match (frame.coded_bottom, marks.top.count() < marks.bottom.count()) {
        (false, _) => {
            check(&marks.top, &both, side, Edge::Top)?;
            check(&marks.bottom, &both, side, Edge::Bottom)?;
            check_bare(&marks.top, &marks.bottom, side, Edge::Top)?;
        }
        // A number is told by what is missing; the other edge is full.
        (true, true) => check(&marks.bottom, &both, side, Edge::Bottom)?,
        (true, false) => check(&marks.top, &both, side, Edge::Top)?,
    }
    let inside = |p: &Point| {
        let slack = frame.columns[0] * scale;
        p.x > -slack && p.y > -slack && p.x < bits.width() as f32 + slack && p.y < bits.height() as f32 + slack
    };
    if !corners.iter().all(inside) {
        return Err(Rejection::NoSheet(side));
    }
    Ok(marks)
}

fn check(marks: &EdgeMarks, printed: &[bool], side: Side, edge: Edge) -> Result<(), Rejection> {
    let expected = printed.iter().filter(|p| **p).count();
    let found = printed.iter().zip(&marks.found).filter(|(printed, mark)| **printed && mark.is_some()).count();
    if found * 100 >= expected * LEAST_FOUND && marks.disputed <= MOST_DISPUTED {
        return Ok(());
    }
    let first = printed.iter().zip(&marks.found).position(|(printed, mark)| *printed && mark.is_none());
    // What is disputed is there: one of all is missing, and nothing says which.
    Err(missing(side, edge, ((found + marks.disputed).min(expected.saturating_sub(1)), expected), first.unwrap_or(0)))
}

/// Of the marks of an edge some are missing, the first of them `first`, from 0.
pub(super) fn missing(side: Side, edge: Edge, (found, expected): (usize, usize), first: usize) -> Rejection {
    Rejection::TimingMarks { side, edge, found: found as u16, expected: expected as u16, first: first as u16 + 1 }
}

/// Are there rows, or columns, that no mark tells the place of?
fn check_bare(one: &EdgeMarks, other: &EdgeMarks, side: Side, edge: Edge) -> Result<(), Rejection> {
    let is_bare: Vec<bool> = one.found.iter().zip(&other.found).map(|(a, b)| a.is_none() && b.is_none()).collect();
    match is_bare.windows(MOST_BARE + 1).position(|run| run.iter().all(|bare| *bare)) {
        Some(first) => Err(missing(side, edge, (one.count(), one.found.len()), first)),
        None => Ok(()),
    }
}

/// How the sheet lies, by the marks left out of the lowest row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Lie {
    Upright,
    UpsideDown,
    Mirrored,
    /// The marks do not say.
    Unknown,
}

impl Marks {
    /// The marks of an edge.
    pub fn edge(&self, edge: Edge) -> &EdgeMarks {
        match edge {
            Edge::Left => &self.left,
            Edge::Right => &self.right,
            Edge::Top => &self.top,
            Edge::Bottom => &self.bottom,
        }
    }

    /// How the sheet lies.
    pub fn lie(&self, frame: &Frame) -> Lie {
        if frame.coded_bottom {
            return match self.top.count().cmp(&self.bottom.count()) {
                std::cmp::Ordering::Greater => Lie::Upright,
                std::cmp::Ordering::Less => Lie::UpsideDown,
                std::cmp::Ordering::Equal => Lie::Unknown,
            };
        }
        // Each of the four ways says which marks are there; the marks found vote.
        let votes = |top: &dyn Fn(usize) -> bool, bottom: &dyn Fn(usize) -> bool| {
            let agree = |marks: &EdgeMarks, printed: &dyn Fn(usize) -> bool| {
                marks.found.iter().enumerate().filter(|(i, mark)| mark.is_some() == printed(*i)).count()
            };
            agree(&self.top, top) + agree(&self.bottom, bottom)
        };
        let last = frame.columns.len() - 1;
        let (top, bottom) = (&frame.top, &frame.bottom);
        let upright = votes(&|i| top[i], &|i| bottom[i]);
        let turned = votes(&|i| bottom[last - i], &|i| top[last - i]);
        let mirrored = votes(&|i| top[last - i], &|i| bottom[last - i]).max(votes(&|i| bottom[i], &|i| top[i]));
        if mirrored > upright.max(turned) + 1 {
            Lie::Mirrored
        } else if upright > turned + 1 {
            Lie::Upright
        } else if turned > upright + 1 {
            Lie::UpsideDown
        } else {
            Lie::Unknown
        }
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    /// A page of 57 rows and 31 columns on which every mark is printed and found; a hundred micrometres a pixel.
    pub(in crate::stage) fn whole() -> (Frame, Marks) {
        let columns: Vec<f32> = (0..31).map(|i| 8_400.0 + i as f32 * 6_440.0).collect();
        let rows: Vec<f32> = (0..57).map(|i| 8_500.0 + i as f32 * 5_000.0).collect();
        let at = |x: f32, y: f32| Point { x: x / 100.0, y: y / 100.0 };
        let edge = |places: &[f32], at: &dyn Fn(f32) -> Point| EdgeMarks {
            found: places.iter().map(|&place| Some(at(place))).collect(),
            disputed: 0,
        };
        let (left, right, top, bottom) = (columns[0], columns[30], rows[0], rows[56]);
        let marks = Marks {
            corners: [at(left, top), at(right, top), at(left, bottom), at(right, bottom)],
            left: edge(&rows, &|y| at(left, y)),
            right: edge(&rows, &|y| at(right, y)),
            top: edge(&columns, &|x| at(x, top)),
            bottom: edge(&columns, &|x| at(x, bottom)),
            scale: (0.01, 0.01),
        };
        let frame = Frame {
            page_width: 210_000.0,
            page_height: 297_000.0,
            top: vec![true; columns.len()],
            bottom: vec![true; columns.len()],
            columns,
            rows,
            mark_width: 4_800.0,
            mark_height: 1_600.0,
            coded_bottom: false,
        };
        (frame, marks)
    }

    #[test]
    fn bi1_three_rows_without_a_mark_are_a_crease_and_four_are_nowhere() {
        let bare = |rows: std::ops::Range<usize>, both: bool| {
            let mut marks = whole().1;
            marks.left.found[rows.clone()].fill(None);
            if both {
                marks.right.found[rows].fill(None);
            }
            check_bare(&marks.left, &marks.right, Side::Front, Edge::Left)
        };
        assert_eq!(bare(20..23, true), Ok(()));
        assert_eq!(bare(20..24, true), Err(missing(Side::Front, Edge::Left, (53, 57), 20)));
        assert_eq!(bare(20..24, false), Ok(()), "the other edge tells where they are");
    }

    #[test]
    fn bi1_an_edge_with_too_few_marks_or_too_many_disputed_is_refused() {
        let checked = |missing: usize, disputed: usize| {
            let mut left = whole().1.left;
            left.found[..missing].fill(None);
            left.disputed = disputed;
            check(&left, &[true; 57], Side::Back, Edge::Left)
        };
        assert_eq!(checked(0, 3), Ok(()));
        assert_eq!(checked(0, 4), Err(missing(Side::Back, Edge::Left, (56, 57), 0)));
        assert_eq!(checked(25, 0), Ok(()), "32 of 57 are 56 %");
        assert_eq!(checked(26, 0), Err(missing(Side::Back, Edge::Left, (31, 57), 0)));
    }
}
