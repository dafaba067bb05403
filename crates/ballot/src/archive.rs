//! The archived image as a file: PNG of one bit a pixel, without metadata.

use std::io::Cursor;

use crate::bits::Bits;
use crate::image::{LONGEST_SIDE, MOST_PIXELS, broken};
use crate::reject::Rejection;

impl Bits {
    /// The image as PNG: grey of one bit, ink black. The same image gives the same bytes.
    pub fn to_png(&self) -> Vec<u8> {
        let mut bytes = Vec::new();
        let stride = self.width().div_ceil(8) as usize;
        let mut data = Vec::with_capacity(stride * self.height() as usize);
        for y in 0..self.height() {
            // PNG has the leftmost pixel in the highest bit, and 1 for white.
            let row = self.row(y).iter().flat_map(|word| word.to_le_bytes());
            data.extend(row.take(stride).map(|byte| !byte.reverse_bits()));
        }
        let mut encoder = png::Encoder::new(&mut bytes, self.width(), self.height());
        encoder.set_color(png::ColorType::Grayscale);
        encoder.set_depth(png::BitDepth::One);
        encoder.set_compression(png::Compression::Balanced);
        encoder.set_filter(png::Filter::NoFilter);
        let written = encoder.write_header().and_then(|mut writer| writer.write_image_data(&data));
        debug_assert!(written.is_ok(), "memory takes what is written: {written:?}");
        bytes
    }

    /// Reads what [`Bits::to_png`] writes: a PNG of one grey bit a pixel, and nothing else.
    pub fn from_png(bytes: &[u8]) -> Result<Self, Rejection> {
        let mut decoder = png::Decoder::new_with_limits(Cursor::new(bytes), png::Limits { bytes: 1 << 20 });
        decoder.set_transformations(png::Transformations::IDENTITY);
        let info = decoder.read_header_info().map_err(broken)?;
        let (width, height) = (info.width, info.height);
        if info.bit_depth != png::BitDepth::One || info.color_type != png::ColorType::Grayscale || info.interlaced {
            return Err(broken("it is not a PNG of one grey bit a pixel"));
        }
        if width == 0 || height == 0 {
            return Err(Rejection::TooSmall { width, height });
        }
        // The sides as well: a row takes eight bytes however narrow it is.
        if width.max(height) > LONGEST_SIDE || u64::from(width) * u64::from(height) > MOST_PIXELS {
            return Err(Rejection::TooLarge { width, height });
        }
        let mut reader = decoder.read_info().map_err(broken)?;
        let mut data = vec![0; reader.output_buffer_size().ok_or_else(|| broken("its size overflows"))?];
        let frame = reader.next_frame(&mut data).map_err(broken)?;
        let mut bits = Bits::new(width, height);
        let last = if width % 64 == 0 { u64::MAX } else { (1 << (width % 64)) - 1 };
        for (y, row) in (0..height).zip(data.chunks_exact(frame.line_size)) {
            let words = bits.row_mut(y);
            for (i, byte) in row.iter().enumerate() {
                words[i / 8] |= u64::from(!byte.reverse_bits()) << (i % 8 * 8);
            }
            if let Some(word) = words.last_mut() {
                *word &= last;
            }
        }
        Ok(bits)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use election::Coded as _;
    use proptest::prelude::*;

    /// A column of one pixel and as many rows as the limit on pixels allows would take 480 MB as bits, out of a file
    /// of a few kilobytes.
    #[test]
    fn bi5_a_narrow_image_is_bounded_by_its_sides() {
        let narrow = Bits::new(1, LONGEST_SIDE + 1).to_png();
        assert_eq!(Bits::from_png(&narrow).unwrap_err().code(), "image.too_large");
        let long = Bits::new(1, LONGEST_SIDE);
        assert_eq!(Bits::from_png(&long.to_png()), Ok(long));
    }

    proptest! {
        #[test]
        fn an_archived_image_reads_as_it_is_written(width in 1u32..300, height in 1u32..30, seed: u64) {
            let mut bits = Bits::new(width, height);
            let mut state = seed | 1;
            for y in 0..height {
                for x in 0..width {
                    state = state.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
                    if state >> 61 == 0 {
                        bits.set(x, y);
                    }
                }
            }
            prop_assert_eq!(Bits::from_png(&bits.to_png()), Ok(bits));
        }
    }
}
