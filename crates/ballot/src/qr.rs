//! The QR code of a side, read from the archived pixels where the grid says it is.

use rxing::common::GlobalHistogramBinarizer;
use rxing::qrcode::QRCodeReader;
use rxing::{BinaryBitmap, DecodeHints, Luma8LuminanceSource, Reader as _};
use rxing::{RXingResultMetadataType, RXingResultMetadataValue};

use crate::bits::Bits;
use crate::layout::Rect;
use crate::stage::grid::Grid;

/// The code is drawn anew, upright, at ten pixels a millimetre: five pixels or more a module.
const PIXEL: f32 = 100.0;

/// White around it: four modules of the smallest code, and room for a print that has shifted.
const QUIET: f32 = 2_600.0;

/// What a QR code holds.
pub(crate) struct Content {
    pub text: String,
    /// Its binary segments, one after the other.
    pub bytes: Vec<u8>,
}

/// The QR code at `place` on the page.
pub(crate) fn read(bits: &Bits, grid: &Grid, place: &Rect) -> Option<Content> {
    let width = ((place.width as f32 + 2.0 * QUIET) / PIXEL) as u32;
    let height = ((place.height as f32 + 2.0 * QUIET) / PIXEL) as u32;
    let (x0, y0) = (place.x as f32 - QUIET, place.y as f32 - QUIET);
    // The map is all but straight over two centimetres: three points are enough.
    let origin = grid.map(x0, y0);
    let across = (grid.map(x0 + width as f32 * PIXEL, y0) - origin) * (1.0 / width as f32);
    let down = (grid.map(x0, y0 + height as f32 * PIXEL) - origin) * (1.0 / height as f32);
    let mut pixels = Vec::with_capacity((width * height) as usize);
    for y in 0..height {
        for x in 0..width {
            let at = origin + across * (x as f32 + 0.5) + down * (y as f32 + 0.5);
            pixels.push(if bits.get((at.x + 0.5) as i32, (at.y + 0.5) as i32) { 0 } else { 255 });
        }
    }
    decode(pixels, width, height)
}

/// A QR code anywhere on the image.
pub(crate) fn read_anywhere(bits: &Bits) -> Option<Content> {
    let row = |y| (0..bits.width() as i32).map(move |x| if bits.get(x, y) { 0 } else { 255 });
    decode((0..bits.height() as i32).flat_map(row).collect(), bits.width(), bits.height())
}

fn decode(pixels: Vec<u8>, width: u32, height: u32) -> Option<Content> {
    let source = Luma8LuminanceSource::new(pixels, width, height).ok()?;
    let mut bitmap = BinaryBitmap::new(GlobalHistogramBinarizer::new(source));
    let hints = DecodeHints { TryHarder: Some(true), ..DecodeHints::default() };
    let result = QRCodeReader.decode_with_hints(&mut bitmap, &hints).ok()?;
    let bytes = match result.getRXingResultMetadata().get(&RXingResultMetadataType::BYTE_SEGMENTS) {
        Some(RXingResultMetadataValue::ByteSegments(segments)) => segments.concat(),
        _ => Vec::new(),
    };
    Some(Content { text: result.getText().to_owned(), bytes })
}
