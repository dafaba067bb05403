//! Scanned images, and decoding them.

use crate::reject::Rejection;

/// An image of one byte a pixel, 0 black and 255 white, rows from the top.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Gray {
    /// Pixels across.
    pub width: u32,
    /// Pixels down.
    pub height: u32,
    /// `width * height` bytes.
    pub pixels: Vec<u8>,
}

/// Decodes a PNG, JPEG, PGM (P5) or PBM (P4). The size in the header is checked before anything is allocated.
pub fn decode(_bytes: &[u8]) -> Result<Gray, Rejection> {
    Err(Rejection::Decode("not yet".into()))
}
