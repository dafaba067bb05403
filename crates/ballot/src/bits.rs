//! One bit a pixel: what is archived, and what counts.

/// An image of one bit a pixel, 1 for ink; 64 pixels a word, the leftmost lowest.
/// Bits beyond the width are 0.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bits {
    width: u32,
    height: u32,
    stride: usize,
    words: Vec<u64>,
}

impl Bits {
    /// An image without ink.
    pub fn new(width: u32, height: u32) -> Self {
        let stride = width.div_ceil(64) as usize;
        Bits { width, height, stride, words: vec![0; stride * height as usize] }
    }

    /// Pixels across.
    pub fn width(&self) -> u32 {
        self.width
    }

    /// Pixels down.
    pub fn height(&self) -> u32 {
        self.height
    }

    /// The words of row `y`.
    pub fn row(&self, y: u32) -> &[u64] {
        &self.words[y as usize * self.stride..][..self.stride]
    }

    /// The words of row `y`, to write.
    pub(crate) fn row_mut(&mut self, y: u32) -> &mut [u64] {
        &mut self.words[y as usize * self.stride..][..self.stride]
    }

    /// Is there ink at (`x`, `y`)? None outside the image.
    pub fn get(&self, x: i32, y: i32) -> bool {
        let (Ok(x), Ok(y)) = (u32::try_from(x), u32::try_from(y)) else { return false };
        x < self.width && y < self.height && self.row(y)[x as usize / 64] >> (x % 64) & 1 == 1
    }

    /// How many of the pixels `from..to` of row `y` are ink; all must be inside.
    pub(crate) fn ink(&self, y: u32, from: u32, to: u32) -> u32 {
        if from >= to {
            return 0;
        }
        let row = self.row(y);
        let (first, last) = (from as usize / 64, (to - 1) as usize / 64);
        let head = u64::MAX << (from % 64);
        let tail = u64::MAX >> (63 - (to - 1) % 64);
        if first == last {
            return (row[first] & head & tail).count_ones();
        }
        let between: u32 = row[first + 1..last].iter().map(|word| word.count_ones()).sum();
        (row[first] & head).count_ones() + between + (row[last] & tail).count_ones()
    }

    /// Puts ink at (`x`, `y`), which must be inside.
    pub(crate) fn set(&mut self, x: u32, y: u32) {
        debug_assert!(x < self.width);
        self.row_mut(y)[x as usize / 64] |= 1 << (x % 64);
    }

    /// The image with its ink made thicker by so many pixels to every side.
    pub(crate) fn thick(&self, by: u32) -> Self {
        let mut wide = Bits::new(self.width, self.height);
        let last = if self.width.is_multiple_of(64) { u64::MAX } else { (1 << (self.width % 64)) - 1 };
        for y in 0..self.height {
            let to = wide.row_mut(y);
            to.copy_from_slice(self.row(y));
            for _ in 0..by {
                let from = to.to_vec();
                for (i, word) in to.iter_mut().enumerate() {
                    let before = i.checked_sub(1).map_or(0, |i| from[i] >> 63);
                    let after = from.get(i + 1).map_or(0, |next| next << 63);
                    *word |= from[i] << 1 | before | from[i] >> 1 | after;
                }
            }
            if let Some(word) = to.last_mut() {
                *word &= last;
            }
        }
        let mut thick = wide.clone();
        for y in 0..self.height {
            for other in y.saturating_sub(by)..(y + by + 1).min(self.height) {
                thick.row_mut(y).iter_mut().zip(wide.row(other)).for_each(|(word, more)| *word |= more);
            }
        }
        thick
    }

    /// The image turned by half a turn.
    pub fn half_turn(&self) -> Self {
        let mut turned = Bits::new(self.width, self.height);
        // Reversing whole words leaves the bits beyond the width in front; shift them out.
        let spare = (self.stride * 64) as u32 - self.width;
        for y in 0..self.height {
            let from = self.row(self.height - 1 - y);
            let to = turned.row_mut(y);
            for (i, word) in to.iter_mut().enumerate() {
                let this = from[from.len() - 1 - i].reverse_bits();
                let next = from.len().checked_sub(2 + i).map_or(0, |j| from[j].reverse_bits());
                *word = if spare == 0 { this } else { this >> spare | next << (64 - spare) };
            }
        }
        turned
    }

    /// The image turned by a quarter, clockwise.
    pub fn quarter_turn(&self) -> Self {
        let mut turned = Bits::new(self.height, self.width);
        for y in 0..self.height {
            let x = self.height - 1 - y;
            for (i, &word) in self.row(y).iter().enumerate() {
                let mut word = word;
                while word != 0 {
                    turned.set(x, i as u32 * 64 + word.trailing_zeros());
                    word &= word - 1;
                }
            }
        }
        turned
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn ink_is_counted(words in proptest::collection::vec(any::<u64>(), 4), from in 0u32..256, to in 0u32..257) {
            let mut image = Bits::new(256, 1);
            image.row_mut(0).copy_from_slice(&words);
            let counted = (from..to).filter(|&x| image.get(x as i32, 0)).count();
            prop_assert_eq!(image.ink(0, from, to), counted as u32);
        }

        #[test]
        fn thick_ink_reaches_as_far_as_asked(width in 1u32..200, height in 1u32..20, by in 0u32..4, ink in proptest::collection::vec((0u32..200, 0u32..20), 0..8)) {
            let mut image = Bits::new(width, height);
            for (x, y) in ink.into_iter().filter(|(x, y)| *x < width && *y < height) {
                image.set(x, y);
            }
            let (thick, by) = (image.thick(by), by as i32);
            for (x, y) in (0..height as i32).flat_map(|y| (0..width as i32).map(move |x| (x, y))) {
                let near = (-by..=by).any(|dy| (-by..=by).any(|dx| image.get(x + dx, y + dy)));
                prop_assert_eq!(thick.get(x, y), near);
            }
            prop_assert_eq!(thick.half_turn(), image.half_turn().thick(by as u32));
        }

        #[test]
        fn turning_moves_every_pixel(width in 1u32..200, height in 1u32..40, ink in proptest::collection::vec((0u32..200, 0u32..40), 0..60)) {
            let mut image = Bits::new(width, height);
            for (x, y) in ink.into_iter().filter(|(x, y)| *x < width && *y < height) {
                image.set(x, y);
            }
            let (half, quarter) = (image.half_turn(), image.quarter_turn());
            for y in 0..height as i32 {
                for x in 0..width as i32 {
                    prop_assert_eq!(image.get(x, y), half.get(width as i32 - 1 - x, height as i32 - 1 - y));
                    prop_assert_eq!(image.get(x, y), quarter.get(height as i32 - 1 - y, x));
                }
            }
            prop_assert_eq!(half.half_turn(), image.clone());
            prop_assert_eq!(quarter.quarter_turn(), half);
        }
    }
}
