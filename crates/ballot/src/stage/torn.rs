//! Corners that are not there: torn off, or folded in.
//!
//! What a torn sheet shows in place of a corner depends on the bed: nothing on a white one, on a black one ink. Neither is read.
//! Where the marks of both edges are missing from a corner on, the paper between the first marks that are there is not
//! believed to be the sheet.

use super::corner::{Marks, missing};
use super::grid::Grid;
use super::mark::EdgeMarks;
use super::score::OUTSIDE_TO;
use crate::code::Side;
use crate::layout::Rect;
use crate::reject::{Edge, Rejection};

/// Refuses a side of which a corner is missing, if ovals stand there.
pub(crate) fn torn<'a>(
    grid: &Grid,
    marks: &Marks,
    ovals: impl Iterator<Item = &'a Rect> + Clone,
    side: Side,
) -> Result<(), Rejection> {
    let across = |edge: &EdgeMarks, is_far| first(edge, &grid.columns, is_far);
    let down = |edge: &EdgeMarks, is_far| first(edge, &grid.rows, is_far);
    let corners = [
        (Edge::Left, &marks.left, across(&marks.top, false), down(&marks.left, false)),
        (Edge::Right, &marks.right, across(&marks.top, true), down(&marks.right, false)),
        (Edge::Left, &marks.left, across(&marks.bottom, false), down(&marks.left, true)),
        (Edge::Right, &marks.right, across(&marks.bottom, true), down(&marks.right, true)),
    ];
    for (edge, edge_marks, x, y) in corners {
        let (Some(x), Some(y)) = (x, y) else { continue };
        // Within the triangle of the corner and the two first marks.
        let is_gone = |oval: &Rect| {
            let (h, v) = (x.shares(oval.x, oval.right()), y.shares(oval.y, oval.bottom()));
            h + v <= 1.0
        };
        if ovals.clone().any(is_gone) {
            let gone = edge_marks.found.iter().position(Option::is_none).unwrap_or(0);
            return Err(missing(side, edge, (edge_marks.count(), edge_marks.found.len()), gone));
        }
    }
    Ok(())
}

/// A stretch of an edge from its corner to its first mark that is there, in micrometres of the page.
#[derive(Clone, Copy)]
struct Bare {
    corner: f32,
    first: f32,
}

impl Bare {
    /// How far along the stretch the nearer end of what lies from `low` to `high` is, with what is looked at round it: 1 at the first mark.
    fn shares(self, low: u32, high: u32) -> f32 {
        let share = |at: f32| (at - self.corner) / (self.first - self.corner);
        share(low as f32 - OUTSIDE_TO).min(share(high as f32 + OUTSIDE_TO))
    }
}

/// The stretch without marks at an edge's first end, or at its far one; `None` if the corner's own mark is there.
fn first(edge: &EdgeMarks, places: &[f32], is_far: bool) -> Option<Bare> {
    let is_there = |mark: &Option<_>| mark.is_some();
    let last = places.len() - 1;
    let (corner, first) = if is_far {
        (last, edge.found.iter().rposition(is_there)?)
    } else {
        (0, edge.found.iter().position(is_there)?)
    };
    (corner != first).then(|| Bare { corner: places[corner], first: places[first] })
}
