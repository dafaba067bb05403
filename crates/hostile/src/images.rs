//! Scans: what a decoder may make of a file.

use ballot::{Bits, LONGEST_SIDE, MOST_PIXELS, SHORTEST_SIDE};

use crate::is_coded;

/// PNG: as a scan of any kind, and as the archived image.
pub fn png(data: &[u8]) {
    decode(data);
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

fn decode(data: &[u8]) {
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
