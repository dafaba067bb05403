//! Holes and tears through which a black bed is seen: ink to a scanner, and as dark as any pen.
//!
//! What tells them from a pen's mark is how thick they are. Somebody who fills an oval leaves it as high as it is printed, or a
//! little more; a stroke is as wide as a pen. So where a disc of nothing but ink fits that is much higher than the oval, or where
//! ink lies round the oval that is thicker than a pen's stroke and much of it, nobody marked anything: the oval is not there.

use super::Point;
use super::score::{OUTLINE, OUTSIDE_FROM, OUTSIDE_TO, Oval};
use crate::bits::Bits;

/// A disc that reaches further than this beyond the upper and the lower edge of the oval is no mark. An oval filled to its edge with
/// a pen of 0.8 mm reaches 0.4 mm beyond, and a hole of 5 mm 0.9 mm beyond one of 3.2 mm. Micrometres.
const BEYOND: f32 = 750.0;

/// The disc reaches so far into the oval's inner area: what stands beside the oval, however black, is not seen through it.
const INTO: f32 = 400.0;

/// Ink is thicker than a pen's stroke where a disc of this radius fits; felt pens have 1.5 mm across.
const THICK: f32 = 1_000.0;

/// So much thick ink round the oval, in thousandths of its inner area, is the edge of a tear or a slit that goes through it. A
/// straight tear through the middle of an oval leaves 500; the most that fits there is 1850. An oval filled over its edge with a
/// pen of 0.8 mm, 0.8 mm aside, leaves 420.
const MOST_THICK: u32 = 500;

/// A disc is ink if so much of it is, in percent: a mark that reaches 0.5 mm beyond the oval on both sides leaves 4 free.
const ALL: u32 = 97;

/// Discs are tried this far from each other, in micrometres: a hole of 5 mm is found wherever it lies.
const STEP: f32 = 250.0;

/// Is it a hole or a tear that makes the oval dark? `area` is its inner area and `outside` the ink round it, in pixels.
pub(super) fn is_torn(oval: &Oval, bits: &Bits, area: u32, outside: u32) -> bool {
    let wide = oval.half.1 + BEYOND;
    let reach = wide - OUTLINE - INTO;
    let disc = Disc::new(wide * oval.across.length());
    centres(oval, reach).any(|centre| disc.is_ink(bits, centre))
        || outside * 1000 >= area * MOST_THICK && thick(oval, bits) * 1000 >= area * MOST_THICK
}

/// Points all over the ellipse that is so much larger than the oval.
fn centres(oval: &Oval, more: f32) -> impl Iterator<Item = Point> {
    let (a, b) = (oval.half.0 + more, oval.half.1 + more);
    let (columns, rows) = ((a / STEP) as i32, (b / STEP) as i32);
    let places =
        (-rows..=rows).flat_map(move |j| (-columns..=columns).map(move |i| (i as f32 * STEP, j as f32 * STEP)));
    let (centre, across, down) = (oval.centre, oval.across, oval.down);
    places
        .filter(move |(x, y)| (x / a) * (x / a) + (y / b) * (y / b) <= 1.0)
        .map(move |(x, y)| centre + across * x + down * y)
}

/// The pixels round the oval that are thick ink.
fn thick(oval: &Oval, bits: &Bits) -> u32 {
    let disc = Disc::new(THICK * oval.across.length());
    let [left, top, width, height] = oval.crop(bits.width(), bits.height()).map(|length| length as i32);
    // Painted, so that the time is bounded by the discs that fit, however large the image is.
    let mut covered = vec![false; (width * height) as usize];
    for centre in centres(oval, OUTSIDE_TO).filter(|centre| disc.is_ink(bits, *centre)) {
        let (x, y) = (nearest(centre.x) - left, nearest(centre.y) - top);
        for (row, half) in disc.rows.iter().filter(|(row, _)| (0..height).contains(&(y + row))) {
            let place = |x: i32| ((y + row) * width + x.clamp(0, width)) as usize;
            covered[place(x - half)..place(x + half + 1)].fill(true);
        }
    }
    let is_thick = |x: i32, y: i32| {
        let (column, row) = (x - left, y - top);
        (0..width).contains(&column) && (0..height).contains(&row) && covered[(row * width + column) as usize]
    };
    let ink_within = |more: f32| {
        let mut count = 0;
        oval.rows(more, |y, from, to| {
            count += (from..to).filter(|x| bits.get(*x, y) && is_thick(*x, y)).count() as u32;
        });
        count
    };
    ink_within(OUTSIDE_TO).saturating_sub(ink_within(OUTSIDE_FROM))
}

/// A disc of pixels.
struct Disc {
    /// Of each row, from the highest to the lowest: how far it is from the middle one, and half of its length.
    rows: Vec<(i32, i32)>,
    area: u32,
}

impl Disc {
    /// Of this radius in pixels.
    fn new(radius: f32) -> Self {
        let half = |y: i32| (radius * radius - (y * y) as f32).max(0.0).sqrt() as i32;
        let rows: Vec<(i32, i32)> = (-(radius as i32)..=radius as i32).map(|y| (y, half(y))).collect();
        let area = rows.iter().map(|(_, half)| 2 * *half as u32 + 1).sum();
        Disc { rows, area }
    }

    /// Is all of it ink, but for grain? What lies beyond the image is not.
    fn is_ink(&self, bits: &Bits, centre: Point) -> bool {
        let (x, y) = (nearest(centre.x), nearest(centre.y));
        if !bits.get(x, y) {
            return false;
        }
        let most = self.area * (100 - ALL) / 100;
        let mut paper = 0;
        self.rows.iter().all(|(row, half)| {
            let (y, from, to) = (y + row, x - half, x + half + 1);
            let is_inside = y >= 0 && from >= 0 && (y as u32) < bits.height() && to as u32 <= bits.width();
            let ink = if is_inside { bits.ink(y as u32, from as u32, to as u32) } else { 0 };
            paper += (to - from) as u32 - ink;
            paper <= most
        })
    }
}

fn nearest(at: f32) -> i32 {
    (at + 0.5).floor() as i32
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Is an oval of 5 by 3.2 mm at 200 dpi torn, with this ink on and round it (micrometres from its middle)?
    fn torn(ink: impl Fn(f32, f32) -> bool) -> bool {
        const SCALE: f32 = 200.0 / 25_400.0;
        let (across, down) = (Point { x: SCALE, y: 0.0 }, Point { x: 0.0, y: SCALE });
        let oval = Oval { centre: Point { x: 100.0, y: 100.0 }, seen: 0, half: (2_500.0, 1_600.0), across, down };
        let mut bits = Bits::new(200, 200);
        for (x, y) in (0..200).flat_map(|y| (0..200).map(move |x| (x, y))) {
            if ink((x as f32 - 100.0) / SCALE, (y as f32 - 100.0) / SCALE) {
                bits.set(x, y);
            }
        }
        let counted = |more: f32| {
            let mut sum = (0, 0);
            oval.rows(more, |y, from, to| {
                sum.0 += (to - from) as u32;
                sum.1 += bits.ink(y as u32, from as u32, to as u32);
            });
            sum
        };
        is_torn(&oval, &bits, counted(-OUTLINE).0, counted(OUTSIDE_TO).1 - counted(OUTSIDE_FROM).1)
    }

    fn ellipse(x: f32, y: f32, a: f32, b: f32) -> bool {
        (x / a) * (x / a) + (y / b) * (y / b) <= 1.0
    }

    #[test]
    fn bi4_a_hole_is_thicker_than_any_mark() {
        for (dx, dy) in [(0.0, 0.0), (130.0, 70.0), (1_000.0, 0.0), (0.0, 1_500.0), (-2_500.0, 900.0), (3_300.0, 0.0)] {
            assert!(torn(|x, y| ellipse(x - dx, y - dy, 2_500.0, 2_500.0)), "5 mm, {dx} {dy}");
        }
        assert!(!torn(|x, y| ellipse(x - 4_500.0, y, 2_500.0, 2_500.0)), "beside the oval");
        assert!(!torn(|x, y| ellipse(x, y, 2_500.0, 1_600.0)), "filled");
        assert!(!torn(|x, y| ellipse(x, y, 3_000.0, 2_100.0)), "filled, half a millimetre over its edge");
        assert!(!torn(|x, y| ellipse(x, y, 2_100.0, 2_100.0)), "a hole of 4.2 mm is not told");
    }

    #[test]
    fn bi4_the_edge_of_a_tear_is_thick_and_a_scribble_over_the_oval_is_not() {
        assert!(torn(|_, y| y > 0.0), "a tear through its middle");
        assert!(torn(|x, _| x > -600.0), "another, upright");
        assert!(torn(|x, y| x + y > 600.0), "another, aslant");
        assert!(torn(|x, _| x.abs() < 1_400.0), "a slit of 2.8 mm");
        let strokes = |x: f32, y: f32| (x + y).rem_euclid(1_400.0) < 800.0 && ellipse(x, y, 4_500.0, 3_500.0);
        assert!(!torn(strokes), "more than half of all, by strokes of 0.6 mm");
    }
}
