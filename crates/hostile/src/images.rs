//! Scans: what a decoder may make of a file.

use ballot::{Bits, LONGEST_SIDE, MOST_PIXELS, SHORTEST_SIDE};

use crate::is_coded;

/// PNG: as a scan of any kind, as the crop of a doubtful contest, and as the archived image.
pub fn png(data: &[u8]) {
    decode(data);
    match ballot::decode_crop(data) {
        Ok(crop) => {
            assert!(crop.width.max(crop.height) <= LONGEST_SIDE);
            assert_eq!(crop.pixels.len() as u64, u64::from(crop.width) * u64::from(crop.height));
        }
        Err(rejection) => is_coded(&rejection),
    }
    match Bits::from_png(data) {
        Ok(bits) => {
            let again = bits.to_png();
            assert_eq!(Bits::from_png(&again).as_ref(), Ok(&bits), "an archived image reads as it is written");
            assert_eq!(bits.half_turn().half_turn(), bits);
        }
        Err(rejection) => is_coded(&rejection),
    }
}

/// JPEG.
pub fn jpeg(data: &[u8]) {
    decode(data);
}

/// Whatever else is taken for a scan.
pub fn other(data: &[u8]) {
    decode(data);
}

/// A scan of any kind: an image within the bounds, or a reason.
pub fn decode(data: &[u8]) {
    match ballot::decode(data) {
        Ok(image) => {
            let (width, height) = (image.width, image.height);
            assert!(width.min(height) >= SHORTEST_SIDE && width.max(height) <= LONGEST_SIDE);
            assert!(u64::from(width) * u64::from(height) <= MOST_PIXELS);
            assert_eq!(image.pixels.len() as u64, u64::from(width) * u64::from(height));
        }
        Err(rejection) => is_coded(&rejection),
    }
}
