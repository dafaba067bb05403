//! All QR codes on a photo: of a slip that a party agent holds, say.

use rxing::common::{GlobalHistogramBinarizer, HybridBinarizer};
use rxing::multi::MultipleBarcodeReader;
use rxing::multi::qrcode::QRCodeMultiReader;
use rxing::{Binarizer, BinaryBitmap, DecodeHints, Luma8LuminanceSource};

use crate::crowd::is_crowded;
use crate::image::Gray;

/// A part of a photo that is looked at by itself, in pixels: it holds one code of a slip scanned at 200 dots an inch.
const WINDOW: u32 = 900;

/// A page has up to a dozen codes of three finder patterns each; some letters look like one.
const MOST_PATTERNS: usize = 100;

/// A part of a photo holds one code, and those of its neighbours that lie in sight.
const MOST_IN_PART: usize = 30;

/// Larger photos are not doubled as a whole: their modules are large enough, and so would be the memory.
const MOST_DOUBLED: usize = 16_000_000;

/// The texts of the QR codes on `image`, sorted, each once: looked for in ever more ways until `enough` says that
/// nothing is missing. What cannot be made out is not there; whoever joins the texts knows which are missing.
pub fn codes(image: &Gray, enough: impl Fn(&[String]) -> bool) -> Vec<String> {
    let mut texts = Vec::new();
    let ways: [fn(&Gray) -> Vec<String>; 4] =
        [whole, |image| multi(GlobalHistogramBinarizer::new, image, MOST_PATTERNS), twice, windows];
    for way in ways {
        texts.extend(way(image));
        texts.sort();
        texts.dedup();
        if enough(&texts) {
            break;
        }
    }
    texts
}

fn whole(image: &Gray) -> Vec<String> {
    multi(HybridBinarizer::new, image, MOST_PATTERNS)
}

fn twice(image: &Gray) -> Vec<String> {
    if image.pixels.len() > MOST_DOUBLED { Vec::new() } else { whole(&doubled(image)) }
}

fn multi<B: Binarizer<Source = Luma8LuminanceSource>>(
    binarizer: fn(Luma8LuminanceSource) -> B,
    image: &Gray,
    most: usize,
) -> Vec<String> {
    let Ok(source) = Luma8LuminanceSource::new(image.pixels.clone(), image.width, image.height) else {
        return Vec::new();
    };
    let hints = DecodeHints { TryHarder: Some(true), ..DecodeHints::default() };
    let mut bitmap = BinaryBitmap::new(binarizer(source));
    if is_crowded(bitmap.get_black_matrix(), most) {
        return Vec::new();
    }
    let found = QRCodeMultiReader::new().decode_multiple_with_hints(&mut bitmap, &hints).unwrap_or_default();
    found.iter().map(|code| code.getText().to_owned()).collect()
}

/// Twice the size: small modules are told apart better.
fn doubled(image: &Gray) -> Gray {
    let row = |y: u32| {
        let from = (y as usize / 2) * image.width as usize;
        image.pixels[from..from + image.width as usize].iter().flat_map(|pixel| [*pixel; 2])
    };
    Gray { width: image.width * 2, height: image.height * 2, pixels: (0..image.height * 2).flat_map(row).collect() }
}

/// Overlapping parts, each doubled: finder patterns of other codes and of the text are out of sight.
fn windows(image: &Gray) -> Vec<String> {
    let starts = |length: u32| (0..length.max(1)).step_by(WINDOW as usize / 3);
    let parts = starts(image.height).flat_map(|top| starts(image.width).map(move |left| (left, top)));
    parts.flat_map(|(left, top)| multi(HybridBinarizer::new, &doubled(&part(image, left, top)), MOST_IN_PART)).collect()
}

fn part(image: &Gray, left: u32, top: u32) -> Gray {
    let (width, height) = (WINDOW.min(image.width - left), WINDOW.min(image.height - top));
    let row = |y: u32| {
        let from = (y * image.width + left) as usize;
        image.pixels[from..from + width as usize].iter().copied()
    };
    Gray { width, height, pixels: (top..top + height).flat_map(row).collect() }
}
