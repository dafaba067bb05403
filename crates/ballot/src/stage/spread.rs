//! How long the ink in an oval is for its amount: what tells a stroke from a dot.

/// A piece of ink is taken for the whole mark if it is at least this part (one in so many) of all the ink: the rest is
/// dust, a fold, a streak that was too pale to be found. Of less, a mark has fallen to pieces, and all of them count.
const MAIN_PIECE: usize = 2;

/// Four fifths of the ink: what a pen flicked away at the end of a stroke, and specks on its edge, do not move it.
const MOST: (usize, usize) = (4, 5);

/// A pixel of an oval's inner area.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Cell {
    /// Paper, or beyond the oval.
    #[default]
    Paper,
    Ink,
    /// Under a streak: it counts for nothing, and what lies on both sides of it hangs together.
    Hidden,
}

/// The inner area of an oval, row by row.
#[derive(Clone, Debug)]
pub(crate) struct Patch {
    pub width: usize,
    pub cells: Vec<Cell>,
}

impl Patch {
    /// How long the ink is, in pixels: the square of the distance from its middle within which four fifths of it lie, by
    /// the radius that a round spot of as much ink would have. Of a round spot this is two fifths of its diameter; of a
    /// stroke it grows with the square of its length.
    pub fn spread(&self) -> f32 {
        let ink: Vec<usize> = (0..self.cells.len()).filter(|i| self.cells[*i] == Cell::Ink).collect();
        let main = self.main_piece();
        let counted = if main.len() * MAIN_PIECE >= ink.len() { main } else { ink };
        let point = |i: &usize| ((i % self.width.max(1)) as i32, (i / self.width.max(1)) as i32);
        length(&counted.iter().map(point).collect::<Vec<_>>())
    }

    /// The largest piece of ink that hangs together, corners and streaks included.
    fn main_piece(&self) -> Vec<usize> {
        let mut left = self.cells.clone();
        let mut largest = Vec::new();
        for start in 0..left.len() {
            if left[start] != Cell::Ink {
                continue;
            }
            let piece = self.piece(start, &mut left);
            if piece.len() > largest.len() {
                largest = piece;
            }
        }
        largest
    }

    /// The ink that hangs together with `start`, taken out of `left`.
    fn piece(&self, start: usize, left: &mut [Cell]) -> Vec<usize> {
        let mut piece = Vec::new();
        let mut open = vec![start];
        while let Some(at) = open.pop() {
            match std::mem::take(&mut left[at]) {
                Cell::Paper => continue,
                Cell::Hidden => {}
                Cell::Ink => piece.push(at),
            }
            let (x, y) = (at % self.width, at / self.width);
            for y in y.saturating_sub(1)..=y + 1 {
                for x in x.saturating_sub(1)..=(x + 1).min(self.width - 1) {
                    let next = y * self.width + x;
                    if left.get(next).is_some_and(|cell| *cell != Cell::Paper) {
                        open.push(next);
                    }
                }
            }
        }
        piece
    }
}

/// The measure of these points. Squares of whole numbers are exact, and so are the roots that IEEE 754 defines.
fn length(points: &[(i32, i32)]) -> f32 {
    let middle = |of: fn(&(i32, i32)) -> i32| {
        let mut all: Vec<i32> = points.iter().map(of).collect();
        all.sort_unstable();
        all.get(all.len() / 2).copied().unwrap_or(0)
    };
    let (x, y) = (middle(|p| p.0), middle(|p| p.1));
    let mut squares: Vec<i32> = points.iter().map(|p| (p.0 - x) * (p.0 - x) + (p.1 - y) * (p.1 - y)).collect();
    squares.sort_unstable();
    let Some(square) = squares.get(squares.len() * MOST.0 / MOST.1) else { return 0.0 };
    *square as f32 / (squares.len() as f32 / std::f32::consts::PI).sqrt()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Pixels of 0.127 mm, as at 200 dpi, over 4.2 by 2.4 mm.
    const PIXEL: f32 = 127.0;
    const SIZE: (usize, usize) = (33, 19);

    /// From a point to another, so wide; micrometres from the middle.
    type Stroke = ((f32, f32), (f32, f32), f32);

    /// Strokes with round ends.
    fn drawn(strokes: &[Stroke]) -> Patch {
        let mut cells = vec![Cell::Paper; SIZE.0 * SIZE.1];
        for (i, cell) in cells.iter_mut().enumerate() {
            let (x, y) = ((i % SIZE.0) as f32 - 16.0, (i / SIZE.0) as f32 - 9.0);
            let inked = |((ax, ay), (bx, by), width): &Stroke| {
                let (dx, dy, px, py) = (bx - ax, by - ay, x * PIXEL - ax, y * PIXEL - ay);
                let along = ((px * dx + py * dy) / (dx * dx + dy * dy).max(1.0)).clamp(0.0, 1.0);
                (px - along * dx).hypot(py - along * dy) <= width / 2.0
            };
            if strokes.iter().any(inked) {
                *cell = Cell::Ink;
            }
        }
        Patch { width: SIZE.0, cells }
    }

    fn micrometres(patch: &Patch) -> f32 {
        patch.spread() * PIXEL
    }

    fn dot() -> f32 {
        f32::from(crate::stage::class::DOT)
    }

    #[test]
    fn a_dot_is_short_for_its_ink_and_a_stroke_is_long() {
        for diameter in [600.0, 1_000.0, 1_300.0, 1_600.0] {
            let round = micrometres(&drawn(&[((0.0, 0.0), (0.0, 0.0), diameter)]));
            assert!((round - diameter * 0.4).abs() < 90.0 && round <= dot(), "{diameter}: {round}");
        }
        // A pen of a millimetre that slipped by 0.4 mm while it was set down, made larger by a scanner.
        for slip in [(400.0, 0.0), (300.0, 250.0), (0.0, 400.0)] {
            let slipped = micrometres(&drawn(&[((0.0, 0.0), slip, 1_150.0)]));
            assert!(slipped <= dot(), "{slip:?}: {slipped}");
        }
        // The shortest strokes that have as much ink as a mark.
        for (length, width) in [(1_750.0, 500.0), (1_200.0, 640.0), (3_000.0, 300.0)] {
            let stroke = micrometres(&drawn(&[((-length / 2.0, 0.0), (length / 2.0, 0.0), width)]));
            assert!(stroke > dot() + 100.0, "{length} by {width}: {stroke}");
        }
        assert_eq!(drawn(&[]).spread(), 0.0);
    }

    #[test]
    fn bi4_a_dot_beside_a_speck_or_a_pale_line_is_a_dot() {
        let spot = ((-600.0, 0.0), (-500.0, 0.0), 1_000.0);
        let with = |other| micrometres(&drawn(&[spot, other]));
        let speck = with(((1_500.0, 600.0), (1_500.0, 600.0), 500.0));
        let line = with(((1_600.0, -1_100.0), (1_600.0, 1_100.0), 250.0));
        assert!(speck <= dot() && line <= dot(), "{speck} {line}");
        // In four pieces of one size none is the mark; together they are long.
        let piece = |x: f32| ((x, 0.0), (x, 0.0), 500.0);
        let pieces = micrometres(&drawn(&[piece(-1_500.0), piece(-500.0), piece(500.0), piece(1_500.0)]));
        assert!(pieces > dot(), "{pieces}");
    }

    #[test]
    fn bi5_a_stroke_across_a_streak_is_one_stroke() {
        let mut patch = drawn(&[((-1_000.0, 0.0), (1_000.0, 0.0), 600.0)]);
        let cut = |patch: &mut Patch, cell: Cell| {
            (0..SIZE.1).for_each(|y| patch.cells[y * SIZE.0 + 15..y * SIZE.0 + 18].fill(cell));
            micrometres(patch)
        };
        assert!(cut(&mut patch, Cell::Hidden) > dot() + 300.0);
    }
}
