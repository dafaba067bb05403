//! Parts of a sheet that are not there: torn off, or folded in.
//!
//! What a torn sheet shows in place of what is gone depends on the bed: nothing on a white one, on a black one ink. Neither is
//! read. Where the marks of both edges are missing from a corner on, the paper between the first marks that are there is not
//! believed to be the sheet; nor is, where several marks in a row are missing from an edge, the paper beside them. Where more than
//! a few are missing from a corner on, what is gone may be a strip and no triangle: then all between both stretches counts as gone.

use super::corner::{Marks, missing};
use super::grid::Grid;
use super::mark::EdgeMarks;
use super::score::OUTSIDE_TO;
use crate::code::Side;
use crate::layout::Rect;
use crate::reject::{Edge, Rejection};

/// So many marks in a row may be missing for another reason: a crease breaks off one, a punch two, and one was badly printed.
const MOST_IN_A_ROW: usize = 3;

/// Refuses a side of which a part is missing on which ovals stand. `is_full` says that marks are printed all along the lower edge.
pub(crate) fn torn<'a>(
    grid: &Grid,
    marks: &Marks,
    ovals: impl Iterator<Item = &'a Rect> + Clone,
    is_full: bool,
    side: Side,
) -> Result<(), Rejection> {
    let places = |edge| if matches!(edge, Edge::Left | Edge::Right) { &grid.rows } else { &grid.columns };
    let refused = |edge| {
        let of = marks.edge(edge);
        let gone = of.found.iter().position(Option::is_none).unwrap_or(0);
        missing(side, edge, (of.count(), of.found.len()), gone)
    };
    for (upright, level) in
        [(Edge::Left, Edge::Top), (Edge::Right, Edge::Top), (Edge::Left, Edge::Bottom), (Edge::Right, Edge::Bottom)]
    {
        let x = from_corner(marks.edge(level), places(level), upright == Edge::Right);
        let y = from_corner(marks.edge(upright), places(upright), level == Edge::Bottom);
        let (Some(x), Some(y)) = (x, y) else { continue };
        let is_strip = x.missing.max(y.missing) > MOST_IN_A_ROW;
        let is_gone = |oval: &Rect| {
            let (x, y) = (x.share(oval.x, oval.right()), y.share(oval.y, oval.bottom()));
            // Within the triangle of the corner and the two first marks, or the rectangle that they span.
            x + y <= 1.0 || is_strip && x.max(y) <= 1.0
        };
        if ovals.clone().any(is_gone) {
            return Err(refused(upright));
        }
    }
    for edge in [Edge::Left, Edge::Right, Edge::Top, Edge::Bottom] {
        if edge == Edge::Bottom && !is_full {
            continue;
        }
        for bare in between(marks.edge(edge), places(edge)) {
            // As deep as half of what is missing is long, which is what tears off round.
            let depth = (bare.first - bare.corner) / 2.0;
            let is_gone = |oval: &Rect| {
                let (left, right) = (oval.x as f32 - OUTSIDE_TO, oval.right() as f32 + OUTSIDE_TO);
                let (top, bottom) = (oval.y as f32 - OUTSIDE_TO, oval.bottom() as f32 + OUTSIDE_TO);
                let last = |places: &[f32]| places[places.len() - 1];
                let (from, to, off) = match edge {
                    Edge::Left => (top, bottom, left - grid.columns[0]),
                    Edge::Right => (top, bottom, last(&grid.columns) - right),
                    Edge::Top => (left, right, top - grid.rows[0]),
                    Edge::Bottom => (left, right, last(&grid.rows) - bottom),
                };
                from < bare.first && to > bare.corner && off < depth
            };
            if ovals.clone().any(is_gone) {
                return Err(refused(edge));
            }
        }
    }
    Ok(())
}

/// A stretch of an edge without marks, from a corner, or a mark, to the first mark that is there; micrometres of the page.
#[derive(Clone, Copy)]
struct Bare {
    corner: f32,
    first: f32,
    /// How many marks are missing.
    missing: usize,
}

impl Bare {
    /// How far along the stretch the nearer end of what lies from `low` to `high` is, with what is looked at round it: 1 at the
    /// first mark.
    fn share(self, low: u32, high: u32) -> f32 {
        let share = |at: f32| (at - self.corner) / (self.first - self.corner);
        share(low as f32 - OUTSIDE_TO).min(share(high as f32 + OUTSIDE_TO))
    }
}

/// The stretch without marks at an edge's first end, or at its far one; `None` if the corner's own mark is there.
fn from_corner(edge: &EdgeMarks, places: &[f32], is_far: bool) -> Option<Bare> {
    let is_there = |mark: &Option<_>| mark.is_some();
    let last = places.len() - 1;
    let (corner, first) = if is_far {
        (last, edge.found.iter().rposition(is_there)?)
    } else {
        (0, edge.found.iter().position(is_there)?)
    };
    let missing = corner.abs_diff(first);
    (missing > 0).then(|| Bare { corner: places[corner], first: places[first], missing })
}

/// The stretches between two marks of an edge in which more than a few are missing.
fn between(edge: &EdgeMarks, places: &[f32]) -> Vec<Bare> {
    let there: Vec<usize> = (0..places.len()).filter(|&i| edge.found[i].is_some()).collect();
    let long = there.windows(2).filter(|pair| pair[1] - pair[0] > MOST_IN_A_ROW + 1);
    let bare =
        |pair: &[usize]| Bare { corner: places[pair[0]], first: places[pair[1]], missing: pair[1] - pair[0] - 1 };
    long.map(bare).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stage::corner::tests::whole;

    /// Is a sheet with this oval refused on which marks are missing from the upper left corner on, so many of the left edge and
    /// three of the upper one? Asked of all four corners, for which the page is mirrored.
    fn cornered(left: usize, (x, y): (u32, u32)) -> bool {
        let asked = [(false, false), (true, false), (false, true), (true, true)].map(|(is_right, is_low)| {
            let (frame, mut marks) = whole();
            let (upright, level) = (
                if is_right { &mut marks.right } else { &mut marks.left },
                if is_low { &mut marks.bottom } else { &mut marks.top },
            );
            for i in 0..left {
                upright.found[if is_low { 56 - i } else { i }] = None;
            }
            for i in 0..3 {
                level.found[if is_right { 30 - i } else { i }] = None;
            }
            let oval = Rect {
                x: if is_right { 210_000 - x - 5_000 } else { x },
                y: if is_low { 297_000 - y - 3_200 } else { y },
                width: 5_000,
                height: 3_200,
            };
            torn(&Grid::new(&marks, &frame), &marks, [oval].iter(), true, Side::Front).is_err()
        });
        assert_eq!(asked, [asked[0]; 4], "{left} {x} {y}");
        asked[0]
    }

    /// Where an oval's surroundings begin half way from the corner's mark, at 8.4 mm, to the first that is there, at 27.72 mm.
    const HALF_WAY: u32 = 19_210;

    #[test]
    fn bi1_an_oval_within_a_torn_off_corner_is_refused() {
        // 49 and 51 hundredths of the way from the mark at 8.5 mm to that at 23.5 mm.
        assert!(cornered(3, (HALF_WAY, 17_000)), "a share of 0.99");
        assert!(!cornered(3, (HALF_WAY, 17_300)), "a share of 1.01");
    }

    #[test]
    fn bi1_an_oval_within_a_torn_off_strip_is_refused() {
        // Nine tenths of both stretches: far outside of the triangle.
        assert!(cornered(4, (26_938, 27_650)));
        assert!(!cornered(3, (26_938, 23_150)), "three marks are no strip");
        assert!(!cornered(4, (29_063, 27_650)), "1.01 of the upper stretch");
        assert!(!cornered(4, (26_938, 29_850)), "1.01 of the left one");
    }

    #[test]
    fn bi1_an_oval_beside_four_marks_that_are_missing_in_a_row_is_refused() {
        let bitten = |missing: usize, x: u32| {
            let (frame, mut marks) = whole();
            marks.right.found[20..20 + missing].fill(None);
            let oval = Rect { x, y: 112_000, width: 5_000, height: 3_200 };
            torn(&Grid::new(&marks, &frame), &marks, [oval].iter(), true, Side::Front)
        };
        // Five steps of 5 mm lie between the marks that are there: 12.5 mm deep, from the marks at 201.6 mm.
        assert_eq!(bitten(4, 184_000), Err(missing(Side::Front, Edge::Right, (53, 57), 20)));
        assert_eq!(bitten(4, 182_000), Ok(()));
        assert_eq!(bitten(3, 184_000), Ok(()));
    }
}
