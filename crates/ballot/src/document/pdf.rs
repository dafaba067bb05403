//! PDF as scanners make it: one image on each page, which is JPEG, Fax G3 or G4, or deflated pixels.

use std::collections::BTreeSet;
use std::io::Read;

use flate2::read::ZlibDecoder;
use hayro_ccitt::{DecodeSettings, Decoder, DecoderContext, EncodingMode};

use super::objects::{Dict, Lexer, MOST_STRUCTURE, Objects, Token, Value};
use super::{MOST_PAGES, at, pgm};
use crate::image::{broken, check_size, expand, luma};
use crate::reject::Rejection;

/// A PDF, of which the next page is still to be taken.
pub(super) struct Pdf {
    objects: Objects,
    /// The image of each page, by the number of its object.
    images: Vec<u32>,
    next: usize,
    pub pages: usize,
}

impl Pdf {
    pub fn new(file: Vec<u8>) -> Result<Self, Rejection> {
        let mut left = MOST_STRUCTURE;
        let objects = Objects::read(file, &mut left)?;
        let listed = pages(&objects).map_err(|what| broken(format!("a PDF that cannot be read: {what}")))?;
        let pages = listed.len();
        if pages == 0 || pages > MOST_PAGES {
            return Err(broken(format!("a PDF of {pages} pages")));
        }
        let mut parts = MOST_PARTS;
        let mut images = Vec::with_capacity(pages);
        for (number, page) in listed.iter().enumerate() {
            let mut text = Vec::new();
            for stream in page.contents.iter().filter_map(Value::reference) {
                text.extend(objects.text(stream, &mut left)?);
                text.push(b' ');
            }
            let id = drawn(&objects, page.images, &text, &mut parts).map_err(|what| at(number, what))?;
            let (dict, _) = objects.stream(id).ok_or_else(|| at(number, MISSING))?;
            let image = Image::of(&objects, dict).map_err(|what| at(number, what))?;
            check_size(image.width, image.height)?;
            images.push(id);
        }
        Ok(Pdf { objects, images, next: 0, pages })
    }

    pub fn next(&mut self) -> Option<Vec<u8>> {
        let id = *self.images.get(self.next)?;
        self.next += 1;
        let pixels = match self.objects.stream(id) {
            Some((dict, data)) => {
                Image::of(&self.objects, dict).and_then(|image| image.take(self.objects.parameters(dict), data))
            }
            None => Err(MISSING.to_owned()),
        };
        Some(pixels.unwrap_or_else(|what| what.into()))
    }
}

const MISSING: &str = "what it draws is not in the file";

/// A page: the streams that draw it, and what they may name.
struct Page<'a> {
    contents: &'a [Value],
    images: Option<&'a Dict>,
}

/// The pages in their order. Each part of their tree is met once, and its parts are references: nothing goes in circles.
fn pages(objects: &Objects) -> Result<Vec<Page<'_>>, &'static str> {
    let catalog = objects.catalog().ok_or("it has no catalog")?;
    let mut pages = Vec::new();
    let mut met = BTreeSet::new();
    let mut open = vec![(catalog.get("Pages").ok_or("it has no pages")?, None)];
    while let Some((value, inherited)) = open.pop() {
        let number = value.reference().ok_or("a page is no object of its own")?;
        if !met.insert(number) {
            return Err("a page is listed twice");
        }
        let dict = objects.at(value).dict().ok_or("a page is not in the file")?;
        let resources = objects.get(dict, "Resources").and_then(Value::dict).or(inherited);
        if let Some(kids) = objects.get(dict, "Kids").and_then(Value::array) {
            open.extend(kids.iter().rev().map(|kid| (kid, resources)));
            continue;
        }
        // One stream, or several that are one text together.
        let several = objects.get(dict, "Contents").and_then(Value::array);
        let contents = several.or(dict.get("Contents").map(std::slice::from_ref)).unwrap_or_default();
        let images = resources.and_then(|own| objects.get(own, "XObject")).and_then(Value::dict);
        pages.push(Page { contents, images });
        if pages.len() > MOST_PAGES {
            break;
        }
    }
    Ok(pages)
}

/// The most parts of the texts that draw all pages, and keys among which the images are looked for.
const MOST_PARTS: usize = 20_000_000;

/// The one image that is drawn on a page.
fn drawn(objects: &Objects, images: Option<&Dict>, text: &[u8], left: &mut usize) -> Result<u32, String> {
    let mut found: Vec<u32> = Vec::new();
    let mut lexer = Lexer::new(text, *left);
    let mut name = None;
    while found.len() < 2 {
        match lexer.token() {
            Some(Token::End) => break,
            Some(Token::Value(Value::Name(own))) => name = Some(own),
            Some(Token::Word(b"Do")) => {
                let (name, images) = name.take().zip(images).ok_or(MISSING)?;
                lexer.left = lexer.left.saturating_sub(images.len());
                let own = images.get(&name).and_then(Value::reference).ok_or(MISSING)?;
                if !found.contains(&own) {
                    found.push(own);
                }
            }
            // The pixels of an image that stands in the text itself.
            Some(Token::Word(b"ID")) => _ = lexer.skip_behind(b"EI"),
            _ if lexer.left == 0 => return Err("it is made of more than any scan".into()),
            _ => {}
        }
    }
    *left = lexer.left;
    match found[..] {
        [own] => match objects.stream(own).ok_or(MISSING)?.0.get("Subtype").and_then(Value::name) {
            Some("Image") => Ok(own),
            _ => Err("it draws something that is not an image".into()),
        },
        [] => Err("there is no scanned image on it".into()),
        _ => Err("it is made of several images; turn off compression in layers (MRC, \"compact PDF\")".into()),
    }
}

/// How the pixels of an image are packed.
enum Packing {
    Jpeg,
    Fax(DecodeSettings),
    Pixels { channels: u32, bits: u32, deflated: bool },
}

struct Image {
    width: u32,
    height: u32,
    packing: Packing,
    /// Is 0 white?
    inverted: bool,
}

impl Image {
    fn of(objects: &Objects, dict: &Dict) -> Result<Self, String> {
        let number = |key: &str| objects.get(dict, key).and_then(Value::number::<u32>);
        let (Some(width), Some(height)) = (number("Width"), number("Height")) else {
            return Err("its image has no size".into());
        };
        let bits = number("BitsPerComponent").unwrap_or(1);
        let first = objects.get(dict, "Decode").and_then(Value::array).and_then(<[Value]>::first);
        let inverted = first.and_then(Value::number::<i64>).is_some_and(|first| first > 0);
        let filters = objects.filters(dict);
        let packing = match (&filters.iter().map(String::as_str).collect::<Vec<_>>()[..], bits) {
            (["DCTDecode"], _) if inverted => return Err("its JPEG is a negative".into()),
            (["DCTDecode"], _) => Packing::Jpeg,
            (["CCITTFaxDecode"], _) => Packing::Fax(fax(objects.parameters(dict), width, height)),
            (["FlateDecode"] | [], 1 | 8) => {
                Packing::Pixels { channels: channels(objects, dict)?, bits, deflated: !filters.is_empty() }
            }
            (["FlateDecode"] | [], _) => return Err(format!("its image has {bits} bits a colour")),
            _ => {
                return Err(
                    "its image is packed as JBIG2, JPEG 2000 or otherwise; set the scanner to JPEG or Fax G4".into()
                );
            }
        };
        Ok(Image { width, height, packing, inverted })
    }

    /// A file that can be decoded by itself.
    fn take(&self, parameters: Option<&Dict>, raw: &[u8]) -> Result<Vec<u8>, String> {
        let (width, height) = (self.width, self.height);
        let count = width as usize * height as usize;
        let short = || "a damaged page of a PDF".to_owned();
        let mut pixels = match &self.packing {
            Packing::Jpeg => return Ok(raw.to_vec()),
            Packing::Fax(settings) => {
                let mut pixels = Pixels { pixels: Vec::with_capacity(count), most: count };
                // A fax that ends too early is short, which is seen below.
                let _ = hayro_ccitt::decode(raw, &mut pixels, &mut DecoderContext::new(*settings));
                pixels.pixels
            }
            Packing::Pixels { channels, bits, deflated } => {
                let row = (width as usize * (channels * bits) as usize).div_ceil(8);
                // A byte for the predictor of each row, and whatever a program puts behind them.
                let most = (row + 1) * height as usize + row + 4_096;
                let mut data = Vec::new();
                match deflated {
                    true => _ = ZlibDecoder::new(raw).take(most as u64 + 1).read_to_end(&mut data),
                    false => data.extend_from_slice(&raw[..raw.len().min(most)]),
                }
                if data.len() > most {
                    return Err(short());
                }
                let data =
                    predicted(data, parameters, row, (channels * bits).div_ceil(8) as usize).ok_or_else(short)?;
                match (channels, bits) {
                    (1, 1) => {
                        let mut pixels = Vec::with_capacity(count);
                        expand((width, height), &data, 1, &mut pixels).ok_or_else(short)?;
                        pixels
                    }
                    (1, 8) => data,
                    (3, 8) => data.chunks_exact(3).map(|p| luma(p[0], p[1], p[2])).collect(),
                    _ => return Err(short()),
                }
            }
        };
        if self.inverted {
            pixels.iter_mut().for_each(|pixel| *pixel = 255 - *pixel);
        }
        if pixels.len() < count {
            return Err(short());
        }
        pixels.truncate(count);
        Ok(pgm(width, height, pixels))
    }
}

/// Pixels that were written as differences from their neighbours (ISO 32000-1, 7.4.4.4): those of PNG, whose rows each begin with
/// how (RFC 2083, chapter 6). None for any other.
fn predicted(data: Vec<u8>, parameters: Option<&Dict>, row: usize, before: usize) -> Option<Vec<u8>> {
    match parameters.and_then(|own| own.get("Predictor")).map_or(Some(1), Value::number::<u32>)? {
        1 => return Some(data),
        10..=15 => {}
        _ => return None,
    }
    let mut pixels: Vec<u8> = Vec::with_capacity(data.len());
    for line in data.chunks_exact(row + 1) {
        let (way, start) = (line[0], pixels.len());
        for (x, byte) in line[1..].iter().enumerate() {
            let left = if x < before { 0 } else { pixels[start + x - before] };
            let above = if start == 0 { 0 } else { pixels[start + x - row] };
            let corner = if start == 0 || x < before { 0 } else { pixels[start + x - row - before] };
            let guess = match way {
                0 => 0,
                1 => left,
                2 => above,
                3 => left.midpoint(above),
                4 => paeth(left, above, corner),
                _ => return None,
            };
            pixels.push(byte.wrapping_add(guess));
        }
    }
    Some(pixels)
}

/// The neighbour that is nearest to left + above - corner (RFC 2083, 6.6).
fn paeth(left: u8, above: u8, corner: u8) -> u8 {
    let [a, b, c] = [left, above, corner].map(i16::from);
    let far = |own: i16| (a + b - c - own).abs();
    if far(a) <= far(b) && far(a) <= far(c) {
        left
    } else if far(b) <= far(c) {
        above
    } else {
        corner
    }
}

/// The components of a colour space.
fn channels(objects: &Objects, dict: &Dict) -> Result<u32, String> {
    let unknown = || "the colours of its image are not grey or RGB".to_owned();
    let of_name = |name: &str| match name {
        "DeviceGray" | "CalGray" | "G" => Ok(1),
        "DeviceRGB" | "CalRGB" | "RGB" => Ok(3),
        _ => Err(unknown()),
    };
    match objects.get(dict, "ColorSpace") {
        Some(Value::Name(name)) => of_name(name),
        Some(Value::Array(items)) => match items.first().and_then(Value::name).ok_or_else(unknown)? {
            "ICCBased" => {
                let profile = items.get(1).and_then(|profile| objects.at(profile).dict());
                let channels = profile.and_then(|own| objects.get(own, "N")).and_then(Value::number::<u32>);
                channels.filter(|n| [1, 3].contains(n)).ok_or_else(unknown)
            }
            name => of_name(name),
        },
        // A mask has no colours: 0 is ink.
        None if objects.get(dict, "ImageMask").and_then(Value::flag).unwrap_or(false) => Ok(1),
        _ => Err(unknown()),
    }
}

/// ISO 32000-1, table 11.
fn fax(parameters: Option<&Dict>, width: u32, height: u32) -> DecodeSettings {
    let value = |key: &str| parameters.and_then(|own| own.get(key));
    let flag = |key: &str, otherwise: bool| value(key).and_then(Value::flag).unwrap_or(otherwise);
    DecodeSettings {
        columns: width,
        rows: height,
        end_of_block: flag("EndOfBlock", true),
        end_of_line: flag("EndOfLine", false),
        rows_are_byte_aligned: flag("EncodedByteAlign", false),
        encoding: match value("K").and_then(Value::number::<i32>).unwrap_or(0) {
            ..0 => EncodingMode::Group4,
            0 => EncodingMode::Group3_1D,
            k => EncodingMode::Group3_2D { k: k as u32 },
        },
        invert_black: flag("BlackIs1", false),
    }
}

/// A fax's pixels, no more than the image has.
struct Pixels {
    pixels: Vec<u8>,
    most: usize,
}

impl Pixels {
    fn push(&mut self, white: bool, count: usize) {
        let count = count.min(self.most - self.pixels.len());
        self.pixels.extend(std::iter::repeat_n(if white { 255 } else { 0 }, count));
    }
}

impl Decoder for Pixels {
    fn push_pixel(&mut self, white: bool) {
        self.push(white, 1);
    }

    fn push_pixel_chunk(&mut self, white: bool, chunk_count: u32) {
        self.push(white, chunk_count as usize * 8);
    }

    fn next_line(&mut self) {}
}
