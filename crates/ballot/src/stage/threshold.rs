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

/// Every fourth pixel of every eighth row is enough to know a tile's brightness: 512 of them.
const STEP: (usize, usize) = (4, 8);

/// Paper is what three quarters of a tile's pixels are darker than, or equal to.
const PAPER_RANK: u32 = 75;

/// A tile darker than this share (thousandths) of the sheet's paper is not paper: a black bed, or a solid box.
const SHADE: u32 = 650;

/// Ink is what a third of the dark pixels do not exceed: the inside of strokes; the others are their soft edges.
const INK_RANK: u32 = 33;

/// Ink's brightness, and paper's, tile by tile.
#[derive(Clone, Debug)]
struct Levels {
    ink: u8,
    tiles: Vec<u8>,
    across: usize,
}

/// The archived image of a grey one.
pub(crate) fn threshold(image: &Gray) -> Bits {
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
        let words = bits.row_mut(y).chunks_mut(2);
        for ((words, pixels), &limit) in words.zip(image.row(y).chunks(TILE)).zip(&limits) {
            words.copy_from_slice(&darker(pixels, limit)[..words.len()]);
        }
    }
    bits
}

/// Which of up to 128 pixels are darker than `limit`, the first in the lowest bit. Sixteen columns at a time, one bit a
/// row, which a compiler turns into vector instructions; then the bits are put into their order.
fn darker(pixels: &[u8], limit: u8) -> [u64; 2] {
    let mut padded = [u8::MAX; TILE];
    let pixels: &[u8; TILE] = match pixels.try_into() {
        Ok(pixels) => pixels,
        Err(_) => {
            padded[..pixels.len()].copy_from_slice(pixels);
            &padded
        }
    };
    let mut columns = [0u8; 16];
    for (row, pixels) in pixels.chunks_exact(16).enumerate() {
        for (column, pixel) in columns.iter_mut().zip(pixels) {
            *column |= u8::from(*pixel < limit) << row;
        }
    }
    let half = |half: &[u8]| transposed(half.iter().rev().fold(0, |word, byte| word << 8 | u64::from(*byte)));
    let (left, right) = (half(&columns[..8]).to_le_bytes(), half(&columns[8..]).to_le_bytes());
    let word = |from: usize| {
        let bytes = std::array::from_fn(|i| if i % 2 == 0 { left[from + i / 2] } else { right[from + i / 2] });
        u64::from_le_bytes(bytes)
    };
    [word(0), word(4)]
}

/// Eight bytes of eight bits, rows and columns exchanged (Warren, Hacker's Delight, 7-3).
fn transposed(mut x: u64) -> u64 {
    for (shift, mask) in [(7, 0x00aa_00aa_00aa_00aa), (14, 0x0000_cccc_0000_cccc), (28, 0x0000_0000_f0f0_f0f0)] {
        let t = (x ^ x >> shift) & mask;
        x ^= t ^ t << shift;
    }
    x
}

fn levels(image: &Gray) -> Levels {
    let across = (image.width as usize).div_ceil(TILE);
    let down = (image.height as usize).div_ceil(TILE);
    let mut tiles = Vec::with_capacity(across * down);
    let mut all = [0u32; 256];
    // Two for each tile: neighbours on paper are alike, and adding to one counter twice in a row has to wait.
    let mut band = vec![[[0u32; 256]; 2]; across];
    for top in (0..image.height as usize).step_by(TILE) {
        band.iter_mut().for_each(|histograms| *histograms = [[0; 256]; 2]);
        for y in (top..(top + TILE).min(image.height as usize)).step_by(STEP.1) {
            for ([even, odd], pixels) in band.iter_mut().zip(image.row(y as u32).chunks(TILE)) {
                for pair in pixels.chunks(2 * STEP.0) {
                    even[usize::from(pair[0])] += 1;
                    if let Some(&pixel) = pair.get(STEP.0) {
                        odd[usize::from(pixel)] += 1;
                    }
                }
            }
        }
        for [even, odd] in &mut band {
            even.iter_mut().zip(odd).for_each(|(sum, n)| *sum += *n);
            tiles.push(rank(even, PAPER_RANK));
            all.iter_mut().zip(even).for_each(|(sum, n)| *sum += *n);
        }
    }
    let split = usize::from(otsu(&all));
    let (mut dark, mut bright) = (all, all);
    dark[split..].fill(0);
    bright[..split].fill(0);
    let (ink, paper) = (rank(&dark, INK_RANK), rank(&bright, 50));
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
        fn darker_is_a_comparison(pixels in proptest::collection::vec(any::<u8>(), 0..129), limit: u8) {
            let words = darker(&pixels, limit);
            for i in 0..TILE {
                let is_dark = pixels.get(i).is_some_and(|pixel| *pixel < limit);
                prop_assert_eq!(words[i / 64] >> (i % 64) & 1 == 1, is_dark, "{}", i);
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
        let bits = threshold(&image);
        for y in 0..1024i32 {
            for x in 0..1024i32 {
                assert_eq!(bits.get(x, y), x % 64 < 6 && y % 20 < 6, "{x},{y}");
            }
        }
    }
}
