//! All QR codes on a photo: of a slip that a party agent holds, say.

use rxing::common::HybridBinarizer;
use rxing::multi::MultipleBarcodeReader;
use rxing::multi::qrcode::QRCodeMultiReader;
use rxing::{BinaryBitmap, DecodeHints, Luma8LuminanceSource};

use crate::image::Gray;

/// The texts of every QR code on `image`, sorted, each once. What cannot be made out is not there:
/// whoever joins the texts knows which are missing.
pub fn codes(image: &Gray) -> Vec<String> {
    let Ok(source) = Luma8LuminanceSource::new(image.pixels.clone(), image.width, image.height) else {
        return Vec::new();
    };
    let mut bitmap = BinaryBitmap::new(HybridBinarizer::new(source));
    let hints = DecodeHints { TryHarder: Some(true), ..DecodeHints::default() };
    let found = QRCodeMultiReader::new().decode_multiple_with_hints(&mut bitmap, &hints).unwrap_or_default();
    let mut texts: Vec<String> = found.iter().map(|code| code.getText().to_owned()).collect();
    texts.sort();
    texts.dedup();
    texts
}
