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

/// So many of ten modules of the timing pattern must be as they are printed: dirt and toner eat at some.
const TIMING_SEEN: u32 = 8;

/// Modules a side of the codes that a sheet can carry: versions 2 to 10 (ISO/IEC 18004: 17 + 4 × version).
const SIZES: [u32; 9] = [25, 29, 33, 37, 41, 45, 49, 53, 57];

/// The QR code at `place` on the page: module by module where the grid says each is; and where the print has
/// shifted against its marks, by looking for it.
pub(crate) fn read(bits: &Bits, grid: &Grid, place: &Rect) -> Option<Content> {
    sampled(bits, grid, place).or_else(|| found(bits, grid, place))
}

/// The code read off its modules: nothing has to be detected, so nothing can be missed.
fn sampled(bits: &Bits, grid: &Grid, place: &Rect) -> Option<Content> {
    let origin = grid.map(place.x as f32, place.y as f32);
    let across = grid.map((place.x + place.width) as f32, place.y as f32) - origin;
    let down = grid.map(place.x as f32, (place.y + place.height) as f32) - origin;
    // Five points of each module, well inside it, vote.
    let votes = [(0.5, 0.5), (0.3, 0.5), (0.7, 0.5), (0.5, 0.3), (0.5, 0.7)];
    SIZES.into_iter().find_map(|size| {
        let is_dark = |column: u32, row: u32| {
            let dark = votes.iter().filter(|(dx, dy)| {
                let (x, y) = ((column as f32 + dx) / size as f32, (row as f32 + dy) / size as f32);
                let at = origin + across * x + down * y;
                bits.get((at.x + 0.5) as i32, (at.y + 0.5) as i32)
            });
            dark.count() * 2 > votes.len()
        };
        // The timing pattern alternates along row and column 6; under a wrong size it does not.
        let timing = (8..size - 8).filter(|&at| is_dark(at, 6) == (at % 2 == 0) && is_dark(6, at) == (at % 2 == 0));
        if timing.count() as u32 * 10 < (size - 16) * TIMING_SEEN {
            return None;
        }
        let modules: Vec<Vec<bool>> =
            (0..size).map(|row| (0..size).map(|column| is_dark(column, row)).collect()).collect();
        let decoded = rxing::qrcode::decoder::qrcode_decoder::decode_bool_array(&modules).ok()?;
        let segments = decoded.getByteSegments();
        Some(Content { text: decoded.getText().to_owned(), bytes: segments.concat() })
    })
}

/// The code looked for round its place.
fn found(bits: &Bits, grid: &Grid, place: &Rect) -> Option<Content> {
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
