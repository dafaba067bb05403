//! TIFF of one or many images: uncompressed, Deflate, LZW, PackBits, Fax G3 and G4, JPEG.

use std::io::Cursor;

use ::tiff::ColorType;
use ::tiff::decoder::{Decoder, DecodingResult, Limits};

use super::{MOST_PAGES, at, pgm};
use crate::image::{MOST_PIXELS, broken, check_size, expand, luma};
use crate::reject::Rejection;

/// A TIFF, of which the next page is still to be decoded.
pub(super) struct Tiff {
    decoder: Decoder<Cursor<Vec<u8>>>,
    next: usize,
    pub pages: usize,
}

/// An image of three bytes a pixel is the largest that is taken; a strip of it is never larger than the whole.
fn limits() -> Limits {
    let mut limits = Limits::default();
    limits.decoding_buffer_size = 3 * MOST_PIXELS as usize;
    limits.intermediate_buffer_size = 3 * MOST_PIXELS as usize;
    limits.ifd_value_size = 1 << 20;
    limits
}

impl Tiff {
    pub fn new(file: Vec<u8>) -> Result<Self, Rejection> {
        let mut decoder = Decoder::new(Cursor::new(file)).map_err(broken)?.with_limits(limits());
        let mut pages = 0;
        loop {
            let (width, height) = decoder.dimensions().map_err(|e| at(pages, e))?;
            check_size(width, height)?;
            let colour = decoder.colortype().map_err(|e| at(pages, e))?;
            if !matches!(colour, ColorType::Gray(1 | 8 | 16) | ColorType::RGB(8) | ColorType::YCbCr(8)) {
                return Err(at(pages, format!("its pixels are {colour:?}; scan in grey, colour or black and white")));
            }
            pages += 1;
            if pages > MOST_PAGES {
                return Err(broken(format!("it has more than {MOST_PAGES} pages")));
            }
            if !decoder.more_images() {
                break;
            }
            decoder.next_image().map_err(|e| at(pages, e))?;
        }
        decoder.seek_to_image(0).map_err(broken)?;
        Ok(Tiff { decoder, next: 0, pages })
    }

    pub fn next(&mut self) -> Option<Vec<u8>> {
        if self.next == self.pages {
            return None;
        }
        // Every page was there when the pages were counted.
        let there = self.next == 0 || self.decoder.seek_to_image(self.next).is_ok();
        self.next += 1;
        Some(there.then(|| self.page()).flatten().unwrap_or_else(|| b"a damaged page of a TIFF".to_vec()))
    }

    /// The page at which the decoder stands; `None` where its pixels are damaged.
    fn page(&mut self) -> Option<Vec<u8>> {
        let (width, height) = self.decoder.dimensions().ok()?;
        let colour = self.decoder.colortype().ok()?;
        let count = width as usize * height as usize;
        let pixels = match (self.decoder.read_image().ok()?, colour) {
            (DecodingResult::U8(data), ColorType::Gray(1)) => {
                let mut pixels = Vec::with_capacity(count);
                expand((width, height), &data, 1, &mut pixels)?;
                pixels
            }
            (DecodingResult::U8(data), ColorType::Gray(8)) => data,
            (DecodingResult::U16(data), ColorType::Gray(16)) => data.iter().map(|v| (v >> 8) as u8).collect(),
            (DecodingResult::U8(data), ColorType::RGB(8)) => {
                data.chunks_exact(3).map(|p| luma(p[0], p[1], p[2])).collect()
            }
            // The first component is the luminance.
            (DecodingResult::U8(data), ColorType::YCbCr(8)) => data.chunks_exact(3).map(|p| p[0]).collect(),
            _ => return None,
        };
        (pixels.len() == count).then(|| pgm(width, height, pixels))
    }
}
