//! Scanned images, and decoding them.

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
fn check_size(width: u32, height: u32) -> Result<(), Rejection> {
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
    match bytes {
        [0x89, b'P', b'N', b'G', ..] => png(bytes),
        [0xff, 0xd8, ..] => jpeg(bytes),
        [b'P', b'4' | b'5', ..] => netpbm(bytes),
        _ => Err(Rejection::Decode("it is neither PNG, JPEG, PGM (P5) nor PBM (P4)".into())),
    }
}

/// An error text from a library, short and printable.
pub(crate) fn broken(error: impl std::fmt::Display) -> Rejection {
    Rejection::Decode(error.to_string().chars().map(|c| if c.is_control() { ' ' } else { c }).take(120).collect())
}

/// Luminance of sRGB as ITU-R BT.601 weighs it, in 256ths.
fn luma(red: u8, green: u8, blue: u8) -> u8 {
    ((77 * u32::from(red) + 150 * u32::from(green) + 29 * u32::from(blue)) >> 8) as u8
}

fn png(bytes: &[u8]) -> Result<Gray, Rejection> {
    // Metadata may not expand into more than this; pixels are counted apart, below.
    let limits = png::Limits { bytes: 1 << 20 };
    let mut decoder = png::Decoder::new_with_limits(Cursor::new(bytes), limits);
    decoder.set_transformations(png::Transformations::normalize_to_color8());
    decoder.set_ignore_text_chunk(true);
    decoder.set_ignore_iccp_chunk(true);
    let info = decoder.read_header_info().map_err(broken)?;
    let (width, height) = (info.width, info.height);
    check_size(width, height)?;
    // The row buffers of the decoder, of up to 8 bytes a pixel, are within its own limit then.
    decoder.set_limits(png::Limits { bytes: 4 << 20 });
    let mut reader = decoder.read_info().map_err(broken)?;
    let size = reader.output_buffer_size().ok_or_else(|| broken("its size overflows"))?;
    let mut data = vec![0; size];
    let frame = reader.next_frame(&mut data).map_err(broken)?;
    data.truncate(frame.buffer_size());
    let pixels = match frame.color_type {
        png::ColorType::Grayscale => data,
        png::ColorType::GrayscaleAlpha => data.chunks_exact(2).map(|p| p[0]).collect(),
        png::ColorType::Rgb => data.chunks_exact(3).map(|p| luma(p[0], p[1], p[2])).collect(),
        png::ColorType::Rgba => data.chunks_exact(4).map(|p| luma(p[0], p[1], p[2])).collect(),
        png::ColorType::Indexed => return Err(broken("its palette was not expanded")),
    };
    Gray::new(width, height, pixels)
}

/// The most scans of a progressive JPEG: each goes through the whole image, however few bytes it has. The usual script
/// has ten.
const MOST_SCANS: usize = 20;

fn jpeg(bytes: &[u8]) -> Result<Gray, Rejection> {
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
    let pixels = decoder.decode().map_err(broken)?;
    Gray::new(width, height, pixels)
}

fn netpbm(bytes: &[u8]) -> Result<Gray, Rejection> {
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
    let pixels = match (is_bitmap, most) {
        (true, _) => {
            let stride = width.div_ceil(8) as usize;
            let data = data.get(..stride * height as usize).ok_or_else(short)?;
            let row = |row: &[u8]| {
                let pixel = |x: usize| if row[x / 8] >> (7 - x % 8) & 1 == 1 { 0 } else { 255 };
                (0..width as usize).map(pixel).collect::<Vec<u8>>()
            };
            data.chunks_exact(stride).flat_map(row).collect()
        }
        (false, 255) => data.get(..count).ok_or_else(short)?.to_vec(),
        (false, 1..=254) => {
            let data = data.get(..count).ok_or_else(short)?;
            data.iter().map(|&v| (u32::from(v) * 255 / most).min(255) as u8).collect()
        }
        (false, 256..=65_535) => {
            let data = data.get(..count * 2).ok_or_else(short)?;
            data.chunks_exact(2)
                .map(|v| (u32::from(v[0]) << 8 | u32::from(v[1])) * 255 / most)
                .map(|v| v.min(255) as u8)
                .collect()
        }
        _ => return Err(broken("its highest value is not from 1 to 65535")),
    };
    Gray::new(width, height, pixels)
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
mod tests {
    use super::*;
    use election::Coded as _;
    use proptest::prelude::*;

    fn encode(width: u32, height: u32, color: png::ColorType, depth: png::BitDepth, data: &[u8]) -> Vec<u8> {
        let mut bytes = Vec::new();
        let mut encoder = png::Encoder::new(&mut bytes, width, height);
        encoder.set_color(color);
        encoder.set_depth(depth);
        if color == png::ColorType::Indexed {
            encoder.set_palette(&[0, 0, 0, 255, 255, 255][..]);
        }
        encoder.write_header().unwrap().write_image_data(data).unwrap();
        bytes
    }

    fn code(bytes: &[u8]) -> &'static str {
        decode(bytes).unwrap_err().code()
    }

    #[test]
    fn bi5_every_kind_of_png_gives_the_same_grey() {
        use png::{BitDepth, ColorType};
        let (w, h) = (640u32, 620u32);
        let dark = |i: u32| i % 16 < 8;
        let n = w * h;
        let bytes = |of: &dyn Fn(u32) -> Vec<u8>| (0..n).flat_map(of).collect::<Vec<u8>>();
        let value = |i: u32| if dark(i) { 0u8 } else { 255 };
        let bits: Vec<u8> = (0..n / 8).map(|i| if dark(i * 8) { 0 } else { 255 }).collect();
        let expected: Vec<u8> = (0..n).map(value).collect();
        for (color, depth, data) in [
            (ColorType::Grayscale, BitDepth::One, bits.clone()),
            (ColorType::Indexed, BitDepth::One, bits),
            (ColorType::Grayscale, BitDepth::Eight, expected.clone()),
            (ColorType::Grayscale, BitDepth::Sixteen, bytes(&|i| vec![value(i); 2])),
            (ColorType::GrayscaleAlpha, BitDepth::Eight, bytes(&|i| vec![value(i), 255])),
            (ColorType::Rgb, BitDepth::Eight, bytes(&|i| vec![value(i); 3])),
            (ColorType::Rgba, BitDepth::Eight, bytes(&|i| vec![value(i), value(i), value(i), 255])),
        ] {
            let image = decode(&encode(w, h, color, depth, &data)).unwrap();
            assert!(image.pixels == expected, "{color:?} {depth:?}");
        }
    }

    #[test]
    fn bi5_netpbm_is_read() {
        let (w, h) = (640usize, 620usize);
        let grey: Vec<u8> = (0..w * h).map(|i| (i % 251) as u8).collect();
        let file = |head: &str, data: &[u8]| [head.as_bytes(), data].concat();
        assert_eq!(decode(&file("P5\n# made by a scanner\n640 620\n255\n", &grey)).unwrap().pixels, grey);
        let wide: Vec<u8> = grey.iter().flat_map(|v| [*v, *v]).collect();
        assert_eq!(decode(&file("P5 640 620 65535 ", &wide)).unwrap().pixels, grey);
        let bits = decode(&file("P4 640 620\n", &vec![0b1010_1010; w * h / 8])).unwrap().pixels;
        assert!(bits.chunks(2).all(|pair| pair == [0, 255]));
        for bad in [
            "P5 640 620 0 ",
            "P5 640 620 70000 ",
            "P5 640 -620 255 ",
            "P5 640",
            "P5 640 620 255",
            "P5 640 620 99999999999 ",
        ] {
            assert_eq!(code(&file(bad, &[])), "image.decode", "{bad}");
        }
        assert_eq!(code(&file("P5 640 620 255 ", &grey[1..])), "image.decode");
    }

    /// A PNG whose header says what it likes: nothing is allocated for it.
    fn header(width: u32, height: u32) -> Vec<u8> {
        let mut bytes = encode(8, 8, png::ColorType::Grayscale, png::BitDepth::Eight, &[0; 64]);
        bytes[16..20].copy_from_slice(&width.to_be_bytes());
        bytes[20..24].copy_from_slice(&height.to_be_bytes());
        let crc = bytes[12..29].iter().fold(u32::MAX, |crc, byte| {
            (0..8).fold(crc ^ u32::from(*byte), |crc, _| if crc & 1 == 1 { crc >> 1 ^ 0xedb8_8320 } else { crc >> 1 })
        });
        bytes[29..33].copy_from_slice(&(!crc).to_be_bytes());
        bytes
    }

    #[test]
    fn bi5_bombs_and_stumps_are_refused_before_memory_is_taken() {
        assert_eq!(code(&header(30_000, 30_000)), "image.too_large");
        assert_eq!(code(&header(2_000_000_000, 2_000_000_000)), "image.too_large");
        assert_eq!(code(&header(8_000, 8_000)), "image.too_large");
        assert_eq!(code(&header(40, 40)), "image.too_small");
        assert_eq!(code(&header(0, 0)), "image.decode", "the format itself forbids it");
        // The size is right, the pixels are not there.
        assert_eq!(code(&header(1_700, 2_200)), "image.decode");
        assert_eq!(code(b"P5 30000 30000 255 "), "image.too_large");
        assert_eq!(code(b"P4 0 0 "), "image.too_small");
        assert_eq!(code(b""), "image.decode");
        assert_eq!(code(b"%PDF-1.7"), "image.decode");
        // A JPEG header of 65,500 by 65,500 pixels.
        let jpeg = [0xff, 0xd8, 0xff, 0xc0, 0, 11, 8, 0xff, 0xdc, 0xff, 0xdc, 1, 1, 0x11, 0];
        assert!(["image.too_large", "image.decode"].contains(&code(&jpeg)));
        let whole = encode(700, 700, png::ColorType::Grayscale, png::BitDepth::Eight, &vec![9; 490_000]);
        for cut in (0..whole.len() - 12).step_by(37) {
            assert_eq!(code(&whole[..cut]), "image.decode", "cut at {cut}");
        }
    }

    #[test]
    fn a_grey_image_that_lies_about_its_size_is_refused() {
        assert_eq!(Gray::new(700, 700, vec![0; 3]).unwrap_err().code(), "image.decode");
        assert_eq!(Gray::new(0, 0, vec![]).unwrap_err().code(), "image.too_small");
    }

    proptest! {
        #[test]
        fn no_bytes_panic(bytes in proptest::collection::vec(any::<u8>(), 0..300), kind in 0usize..4) {
            let magic: [&[u8]; 4] = [&[0x89, b'P', b'N', b'G', 13, 10, 26, 10], &[0xff, 0xd8, 0xff], b"P5 ", b"P4\n"];
            let _ = decode(&[magic[kind], &bytes].concat());
        }
    }
}
