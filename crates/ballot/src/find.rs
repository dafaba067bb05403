//! A sheet found on an image, whichever way it lies.

use crate::bits::Bits;
use crate::code::Side;
use crate::reject::Rejection;
use crate::stage::Frame;
use crate::stage::corner::{self, Lie, Marks};
use crate::stage::grid::Grid;
use crate::stage::shape::{Shape, shapes};

/// A sheet found on an image.
#[derive(Clone, Debug)]
pub(crate) struct Found {
    /// The image, upright as far as the marks tell.
    pub bits: Bits,
    /// Quarter turns clockwise that brought it there.
    pub turns: u8,
    /// Did the marks tell? If not, it may be upside down.
    pub is_sure: bool,
    pub shapes: Vec<Shape>,
    pub marks: Marks,
    pub grid: Grid,
}

/// Finds a sheet with one of the frames.
pub(crate) fn find(bits: Bits, frames: &[Frame], side: Side) -> (Bits, Result<Found, Rejection>) {
    let mut first = None;
    let lying = bits.width() > bits.height();
    for quarter in [lying, !lying] {
        let turned = if quarter { bits.quarter_turn() } else { bits.clone() };
        for frame in frames {
            match locate(&turned, frame, side) {
                Ok(located) => return (bits, upright(turned, u8::from(quarter), located, frame, side)),
                Err(rejection) => drop(first.get_or_insert(rejection)),
            }
        }
        // A whole sheet in the way the image lies, too badly marked to read, needs no second look.
        if matches!(first, Some(Rejection::TimingMarks { .. })) {
            break;
        }
    }
    (bits, Err(first.unwrap_or(Rejection::NoSheet(side))))
}

fn locate(bits: &Bits, frame: &Frame, side: Side) -> Result<(Vec<Shape>, Marks), Rejection> {
    let shapes = shapes(bits, frame);
    let marks = corner::marks(&shapes, bits, frame, side)?;
    Ok((shapes, marks))
}

fn upright(bits: Bits, turns: u8, located: (Vec<Shape>, Marks), frame: &Frame, side: Side) -> Result<Found, Rejection> {
    let found = |bits, turns, (shapes, marks): (Vec<Shape>, Marks), is_sure| {
        let grid = Grid::new(&marks, frame);
        Found { bits, turns, is_sure, shapes, marks, grid }
    };
    match located.1.lie(frame) {
        Lie::Upright => Ok(found(bits, turns, located, true)),
        Lie::Unknown => Ok(found(bits, turns, located, false)),
        Lie::Mirrored => Err(Rejection::Mirrored(side)),
        Lie::UpsideDown => {
            // Looked at anew, so that the archived image, read again, gives the same to the last bit.
            let bits = bits.half_turn();
            let located = locate(&bits, frame, side)?;
            Ok(found(bits, turns + 2, located, true))
        }
    }
}

impl Found {
    /// The same sheet the other way up.
    pub fn half_turn(&self, frames: &[Frame], side: Side) -> Result<Found, Rejection> {
        let bits = self.bits.half_turn();
        for frame in frames {
            if let Ok((shapes, marks)) = locate(&bits, frame, side) {
                let grid = Grid::new(&marks, frame);
                return Ok(Found { bits, turns: (self.turns + 2) % 4, is_sure: self.is_sure, shapes, marks, grid });
            }
        }
        Err(Rejection::NoSheet(side))
    }
}
