//! Grey to one bit a pixel: the archived image.
//!
//! A pixel is ink where it is darker than 70 % of the way from the image's ink to the paper around it.
//! The paper's brightness is taken in tiles of 128 pixels, so that a shadow along a fold or a lamp that fades to one
//! side changes nothing.

use crate::bits::Bits;
use crate::image::Gray;

/// From ink to paper, in thousandths: pencil on white paper lies below, print that shows through from the back above.
const THRESHOLD: u32 = 700;

/// A tile is two words wide: 16 mm at 200 dpi, wider than a filled oval or a letter.
const TILE: usize = 128;

/// Every fourth pixel of every fourth row is enough to know a tile's brightness.
const STEP: usize = 4;

/// Paper is what three quarters of a tile's pixels are darker than, or equal to.
const PAPER_RANK: u32 = 75;

/// A tile darker than this share (thousandths) of the sheet's paper is not paper: a black bed, or a solid box.
const SHADE: u32 = 650;

/// The brightness of ink and paper, and the bits below the threshold between them.
pub(crate) struct Thresholded {
    pub bits: Bits,
    pub levels: Levels,
}

/// Ink's brightness, and paper's, tile by tile.
#[derive(Clone, Debug)]
pub(crate) struct Levels {
    pub ink: u8,
    tiles: Vec<u8>,
    across: usize,
}

impl Levels {
    /// The paper's brightness around a pixel.
    pub fn paper_at(&self, x: u32, y: u32) -> u8 {
        self.tiles[y as usize / TILE * self.across + x as usize / TILE]
    }
}

/// The archived image of a grey one.
pub(crate) fn threshold(image: &Gray) -> Thresholded {
    let levels = levels(image);
    let mut bits = Bits::new(image.width, image.height);
    let mut limits = vec![0u8; levels.across];
    for y in 0..image.height {
        if (y as usize).is_multiple_of(TILE) {
            let tiles = &levels.tiles[y as usize / TILE * levels.across..][..levels.across];
            for (limit, &paper) in limits.iter_mut().zip(tiles) {
                let ink = u32::from(levels.ink);
                *limit = (ink + u32::from(paper).saturating_sub(ink) * THRESHOLD / 1000) as u8;
            }
        }
        let words = bits.row_mut(y);
        for ((word, pixels), i) in words.iter_mut().zip(image.row(y).chunks(64)).zip(0..) {
            *word = darker(pixels, limits[i * 64 / TILE]);
        }
    }
    Thresholded { bits, levels }
}

/// Which of up to 64 pixels are darker than `limit`, the first in the lowest bit. Eight bytes at a time in one word:
/// the borrow of each byte's subtraction is its answer, a multiplication gathers the answers.
fn darker(pixels: &[u8], limit: u8) -> u64 {
    const HIGH: u64 = 0x8080_8080_8080_8080;
    const GATHER: u64 = 0x0102_0408_1020_4080;
    let limits = u64::from(limit) * 0x0101_0101_0101_0101;
    let mut word = 0;
    let mut eights = pixels.chunks_exact(8);
    let mut shift = 0;
    for eight in &mut eights {
        let x = u64::from_le_bytes([eight[0], eight[1], eight[2], eight[3], eight[4], eight[5], eight[6], eight[7]]);
        let difference = (x | HIGH).wrapping_sub(limits & !HIGH);
        let less = ((!x & limits) | (!(x ^ limits) & !difference)) & HIGH;
        word |= ((less >> 7).wrapping_mul(GATHER) >> 56) << shift;
        shift += 8;
    }
    for &pixel in eights.remainder() {
        word |= u64::from(pixel < limit) << shift;
        shift += 1;
    }
    word
}

fn levels(image: &Gray) -> Levels {
    let across = (image.width as usize).div_ceil(TILE);
    let down = (image.height as usize).div_ceil(TILE);
    let mut tiles = Vec::with_capacity(across * down);
    let mut all = [0u32; 256];
    let mut band = vec![[0u32; 256]; across];
    for top in (0..image.height as usize).step_by(TILE) {
        band.iter_mut().for_each(|histogram| histogram.fill(0));
        for y in (top..(top + TILE).min(image.height as usize)).step_by(STEP) {
            for (histogram, pixels) in band.iter_mut().zip(image.row(y as u32).chunks(TILE)) {
                pixels.iter().step_by(STEP).for_each(|&pixel| histogram[usize::from(pixel)] += 1);
            }
        }
        for histogram in &band {
            tiles.push(rank(histogram, PAPER_RANK));
            all.iter_mut().zip(histogram).for_each(|(sum, n)| *sum += n);
        }
    }
    let split = usize::from(otsu(&all));
    let (mut dark, mut bright) = (all, all);
    dark[split..].fill(0);
    bright[..split].fill(0);
    // A third of the dark pixels are the inside of strokes; the others are their soft edges.
    let (ink, paper) = (rank(&dark, 33), rank(&bright, 50));
    for tile in &mut tiles {
        if u32::from(*tile) * 1000 < u32::from(paper) * SHADE {
            *tile = paper;
        }
    }
    Levels { ink, tiles, across }
}

/// The brightness that `percent` of the pixels do not exceed.
fn rank(histogram: &[u32; 256], percent: u32) -> u8 {
    let total: u32 = histogram.iter().sum();
    let wanted = u64::from(total) * u64::from(percent) / 100;
    let mut seen = 0;
    let at = histogram.iter().position(|&n| {
        seen += u64::from(n);
        seen > wanted
    });
    at.unwrap_or(255) as u8
}

/// The split of a histogram that tells two classes apart best (Otsu 1979): the first brightness of the bright class.
fn otsu(histogram: &[u32; 256]) -> u8 {
    let total: u64 = histogram.iter().map(|&n| u64::from(n)).sum();
    let sum: u64 = (0..).zip(histogram).map(|(v, &n): (u64, &u32)| v * u64::from(n)).sum();
    let (mut best, mut split, mut count, mut below) = (0u128, 128u8, 0u64, 0u64);
    for value in 0..255u8 {
        count += u64::from(histogram[usize::from(value)]);
        below += u64::from(value) * u64::from(histogram[usize::from(value)]);
        let rest = total - count;
        if count == 0 || rest == 0 {
            continue;
        }
        // w0 w1 (m0 - m1)^2, multiplied out to stay whole: (below rest - above count)^2 / (count rest).
        let difference = u128::from((below * rest).abs_diff((sum - below) * count));
        let between = difference * difference / (u128::from(count) * u128::from(rest));
        if between > best {
            (best, split) = (between, value + 1);
        }
    }
    split
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn darker_is_a_comparison(pixels in proptest::collection::vec(any::<u8>(), 0..65), limit: u8) {
            let word = darker(&pixels, limit);
            for (i, pixel) in pixels.iter().enumerate() {
                prop_assert_eq!(word >> i & 1 == 1, *pixel < limit);
            }
        }
    }

    #[test]
    fn a_shadow_is_not_ink() {
        let mut image = Gray { width: 1024, height: 1024, pixels: vec![240; 1024 * 1024] };
        for y in 0..1024 {
            for x in 0..1024 {
                let paper = 240 - x / 12;
                let ink = x % 64 < 6 && y % 20 < 6;
                image.pixels[y * 1024 + x] = if ink { paper / 5 } else { paper } as u8;
            }
        }
        let bits = threshold(&image).bits;
        for y in 0..1024i32 {
            for x in 0..1024i32 {
                assert_eq!(bits.get(x, y), x % 64 < 6 && y % 20 < 6, "{x},{y}");
            }
        }
    }
}
