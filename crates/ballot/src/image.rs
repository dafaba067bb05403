//! Scanned images, and decoding them.

use std::cell::RefCell;
use std::io::Cursor;

use zune_jpeg::JpegDecoder;
use zune_jpeg::zune_core::bytestream::ZCursor;
use zune_jpeg::zune_core::colorspace::ColorSpace;
use zune_jpeg::zune_core::options::DecoderOptions;

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

/// The most pixels an image may have: A4 at 600 dpi has 35 million, and a scanner's bed is larger than the sheet.
pub const MOST_PIXELS: u64 = 60_000_000;

/// The longest side: at 600 dpi, 54 cm.
pub const LONGEST_SIDE: u32 = 13_000;

/// The shortest side: half of A4's width at 150 dpi. What is smaller cannot be a whole sheet.
pub const SHORTEST_SIDE: u32 = 600;

/// Checks the size that a header claims, before anything is allocated for it.
pub(crate) fn check_size(width: u32, height: u32) -> Result<(), Rejection> {
    if width.min(height) < SHORTEST_SIDE {
        return Err(Rejection::TooSmall { width, height });
    }
    if width.max(height) > LONGEST_SIDE || u64::from(width) * u64::from(height) > MOST_PIXELS {
        return Err(Rejection::TooLarge { width, height });
    }
    Ok(())
}

impl Gray {
    /// An image of these pixels, checked: not empty, not larger than [`MOST_PIXELS`], and as many bytes as it says.
    pub fn new(width: u32, height: u32, pixels: Vec<u8>) -> Result<Self, Rejection> {
        check_size(width, height)?;
        if pixels.len() != width as usize * height as usize {
            return Err(Rejection::Decode(format!("{} bytes for {width} by {height} pixels", pixels.len())));
        }
        Ok(Gray { width, height, pixels })
    }

    /// Is it as [`Gray::new`] checks?
    pub(crate) fn check(&self) -> Result<(), Rejection> {
        check_size(self.width, self.height)?;
        if self.pixels.len() == self.width as usize * self.height as usize {
            return Ok(());
        }
        Err(Rejection::Decode("the number of bytes is not that of the pixels".into()))
    }

    pub(crate) fn row(&self, y: u32) -> &[u8] {
        &self.pixels[y as usize * self.width as usize..][..self.width as usize]
    }
}

/// Decodes a PNG (1 to 16 bits, grey, colour or palette), JPEG, PGM (P5) or PBM (P4).
/// The size in the header is checked before anything is allocated for pixels.
pub fn decode(bytes: &[u8]) -> Result<Gray, Rejection> {
    decode_into(bytes, Vec::new())
}

/// The same, into the memory of pixels that are no longer needed: getting four megabytes anew from the system for each
/// image takes a sixth of the time of reading it.
pub fn decode_into(bytes: &[u8], mut spare: Vec<u8>) -> Result<Gray, Rejection> {
    spare.clear();
    match bytes {
        [0x89, b'P', b'N', b'G', ..] => {
            let (width, height, pixels) = png(bytes, spare, check_size)?;
            Gray::new(width, height, pixels)
        }
        [0xff, 0xd8, ..] => jpeg(bytes, spare),
        [b'P', b'4' | b'5', ..] => netpbm(bytes, spare),
        _ => Err(Rejection::Decode("it is neither PNG, JPEG, PGM (P5) nor PBM (P4)".into())),
    }
}

/// Memory of images that were read, by thread: at most two, and none of the largest.
const MOST_SPARE: usize = 16 << 20;

thread_local! {
    static SPARE: RefCell<Vec<Vec<u8>>> = const { RefCell::new(Vec::new()) };
}

/// Decodes the files of one sheet, does something with the images, and keeps their memory for the next sheet of this
/// thread.
///
/// # Errors
/// The first file that cannot be decoded.
pub fn with_images<T>(files: &[&[u8]], then: impl FnOnce(&[Gray]) -> T) -> Result<T, Rejection> {
    let spare = || SPARE.with_borrow_mut(|spare| spare.pop().unwrap_or_default());
    let images = files.iter().map(|file| decode_into(file, spare())).collect::<Result<Vec<Gray>, _>>()?;
    let result = then(&images);
    let pixels = images.into_iter().map(|image| image.pixels).filter(|pixels| pixels.capacity() <= MOST_SPARE).take(2);
    SPARE.with_borrow_mut(|spare| *spare = pixels.collect());
    Ok(result)
}

/// A grey crop, as it is kept of a doubtful contest: a PNG of any size up to that of a sheet.
///
/// # Errors
/// [`Rejection::Decode`] and [`Rejection::TooLarge`].
pub fn decode_crop(bytes: &[u8]) -> Result<Gray, Rejection> {
    let (width, height, pixels) = png(bytes, Vec::new(), |width, height| match check_size(width, height) {
        Err(Rejection::TooSmall { .. }) => Ok(()),
        other => other,
    })?;
    Ok(Gray { width, height, pixels })
}

/// An error text from a library, short and printable.
pub(crate) fn broken(error: impl std::fmt::Display) -> Rejection {
    Rejection::Decode(error.to_string().chars().map(|c| if c.is_control() { ' ' } else { c }).take(120).collect())
}

/// Luminance of sRGB as ITU-R BT.601 weighs it, in 256ths.
pub(crate) fn luma(red: u8, green: u8, blue: u8) -> u8 {
    ((77 * u32::from(red) + 150 * u32::from(green) + 29 * u32::from(blue)) >> 8) as u8
}

/// Width, height and grey pixels of a PNG whose size `check` allows.
fn png(
    bytes: &[u8],
    mut data: Vec<u8>,
    check: impl Fn(u32, u32) -> Result<(), Rejection>,
) -> Result<(u32, u32, Vec<u8>), Rejection> {
    // Metadata may not expand into more than this; pixels are counted apart, below.
    let limits = png::Limits { bytes: 1 << 20 };
    let mut decoder = png::Decoder::new_with_limits(Cursor::new(bytes), limits);
    decoder.set_transformations(png::Transformations::normalize_to_color8());
    decoder.set_ignore_text_chunk(true);
    decoder.set_ignore_iccp_chunk(true);
    let info = decoder.read_header_info().map_err(broken)?;
    let (width, height) = (info.width, info.height);
    check(width, height)?;
    // The row buffers of the decoder, of up to 8 bytes a pixel, are within its own limit then.
    decoder.set_limits(png::Limits { bytes: 4 << 20 });
    let mut reader = decoder.read_info().map_err(broken)?;
    let size = reader.output_buffer_size().ok_or_else(|| broken("its size overflows"))?;
    data.resize(size, 0);
    let frame = reader.next_frame(&mut data).map_err(broken)?;
    data.truncate(frame.buffer_size());
    let pixels = match frame.color_type {
        png::ColorType::Grayscale => data,
        png::ColorType::GrayscaleAlpha => data.chunks_exact(2).map(|p| p[0]).collect(),
        png::ColorType::Rgb => data.chunks_exact(3).map(|p| luma(p[0], p[1], p[2])).collect(),
        png::ColorType::Rgba => data.chunks_exact(4).map(|p| luma(p[0], p[1], p[2])).collect(),
        png::ColorType::Indexed => return Err(broken("its palette was not expanded")),
    };
    Ok((width, height, pixels))
}

/// The most scans of a progressive JPEG: each goes through the whole image, however few bytes it has. The usual script
/// has ten.
const MOST_SCANS: usize = 20;

fn jpeg(bytes: &[u8], mut pixels: Vec<u8>) -> Result<Gray, Rejection> {
    // The luminance channel alone; colour is not even transformed.
    let options = DecoderOptions::default()
        .jpeg_set_out_colorspace(ColorSpace::Luma)
        .set_max_width(LONGEST_SIDE as usize)
        .set_max_height(LONGEST_SIDE as usize)
        .jpeg_set_max_scans(MOST_SCANS)
        .set_strict_mode(true);
    let mut decoder = JpegDecoder::new_with_options(ZCursor::new(bytes), options);
    decoder.decode_headers().map_err(broken)?;
    let info = decoder.info().ok_or_else(|| broken("it has no header"))?;
    let (width, height) = (u32::from(info.width), u32::from(info.height));
    check_size(width, height)?;
    // A progressive file holds the coefficients of every component in memory, two bytes each.
    if info.components > 3 {
        return Err(broken("it has more than three colours; save it in grey or colour"));
    }
    pixels.resize(width as usize * height as usize, 0);
    decoder.decode_into(&mut pixels).map_err(broken)?;
    Gray::new(width, height, pixels)
}

fn netpbm(bytes: &[u8], mut pixels: Vec<u8>) -> Result<Gray, Rejection> {
    let mut rest = &bytes[2..];
    let is_bitmap = bytes[1] == b'4';
    let width = number(&mut rest)?;
    let height = number(&mut rest)?;
    let most = if is_bitmap { 1 } else { number(&mut rest)? };
    check_size(width, height)?;
    let [b' ' | b'\t' | b'\r' | b'\n', data @ ..] = rest else {
        return Err(broken("its header is not closed"));
    };
    let count = width as usize * height as usize;
    let short = || broken("it is shorter than its header says");
    match (is_bitmap, most) {
        (true, _) => expand((width, height), data, 0, &mut pixels).ok_or_else(short)?,
        (false, 255) => pixels.extend_from_slice(data.get(..count).ok_or_else(short)?),
        (false, 1..=254) => {
            let data = data.get(..count).ok_or_else(short)?;
            pixels.extend(data.iter().map(|&v| (u32::from(v) * 255 / most).min(255) as u8));
        }
        (false, 256..=65_535) => {
            let data = data.get(..count * 2).ok_or_else(short)?;
            let scaled = data.chunks_exact(2).map(|v| (u32::from(v[0]) << 8 | u32::from(v[1])) * 255 / most);
            pixels.extend(scaled.map(|v| v.min(255) as u8));
        }
        _ => return Err(broken("its highest value is not from 1 to 65535")),
    }
    Gray::new(width, height, pixels)
}

/// Bits, one a pixel and rows in whole bytes, as bytes. `white` is the bit that paper has.
pub(crate) fn expand((width, height): (u32, u32), data: &[u8], white: u8, pixels: &mut Vec<u8>) -> Option<()> {
    let stride = width.div_ceil(8) as usize;
    for row in data.get(..stride * height as usize)?.chunks_exact(stride) {
        let pixel = |x: usize| if row[x / 8] >> (7 - x % 8) & 1 == white { 255 } else { 0 };
        pixels.extend((0..width as usize).map(pixel));
    }
    Some(())
}

/// The next number of a netpbm header, after blanks and comments.
fn number(rest: &mut &[u8]) -> Result<u32, Rejection> {
    loop {
        match rest {
            [b' ' | b'\t' | b'\r' | b'\n', tail @ ..] => *rest = tail,
            [b'#', ..] => {
                let end = rest.iter().position(|&b| b == b'\n').unwrap_or(rest.len());
                *rest = &rest[end..];
            }
            _ => break,
        }
    }
    let digits = rest.iter().take_while(|b| b.is_ascii_digit()).count();
    if digits == 0 || digits > 9 {
        return Err(broken("its header is not one of netpbm"));
    }
    let (number, tail) = rest.split_at(digits);
    *rest = tail;
    Ok(number.iter().fold(0, |n, b| n * 10 + u32::from(b - b'0')))
}

#[cfg(test)]
mod tests;
