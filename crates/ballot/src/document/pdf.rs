//! PDF as scanners make it: one image on each page, which is JPEG, Fax G3 or G4, or deflated pixels.

use std::io::{self, Read};

use flate2::read::ZlibDecoder;
use hayro_ccitt::{DecodeSettings, Decoder, DecoderContext, EncodingMode};
use hayro_syntax::Filter;
use hayro_syntax::content::ops::TypedInstruction;
use hayro_syntax::object::{Array, Dict, Name, Object, Stream};
use hayro_syntax::page::Page;

use super::{MOST_PAGES, at, pgm};
use crate::image::{MOST_PIXELS, broken, check_size, expand, luma};
use crate::reject::Rejection;

/// A PDF, of which the next page is still to be taken.
pub(super) struct Pdf {
    pdf: hayro_syntax::Pdf,
    next: usize,
    pub pages: usize,
}

impl Pdf {
    pub fn new(file: Vec<u8>) -> Result<Self, Rejection> {
        bounded(&file)?;
        let pdf =
            hayro_syntax::Pdf::new(file).map_err(|error| broken(format!("a PDF that cannot be read: {error:?}")))?;
        let pages = pdf.pages().len();
        if pages == 0 || pages > MOST_PAGES {
            return Err(broken(format!("a PDF of {pages} pages")));
        }
        for (number, page) in pdf.pages().iter().enumerate() {
            let stream = image(page).map_err(|what| at(number, what))?;
            let image = Image::of(&stream).map_err(|what| at(number, what))?;
            check_size(image.width, image.height)?;
        }
        Ok(Pdf { pdf, next: 0, pages })
    }

    pub fn next(&mut self) -> Option<Vec<u8>> {
        let page = self.pdf.pages().get(self.next)?;
        self.next += 1;
        let pixels = image(page).and_then(|stream| Image::of(&stream)?.take(&stream));
        Some(pixels.unwrap_or_else(|what| what.into()))
    }
}

/// How much the streams of a PDF that are not images may inflate to, all together: lists of objects and the few
/// operators that draw a page.
const MOST_STRUCTURE: u64 = 32 << 20;

/// Holds what is not an image to [`MOST_STRUCTURE`] before the library inflates any of it. Streams cannot be hidden from
/// this: their dictionaries are never compressed, lists of objects have the key `First` and cross-reference streams `W`.
fn bounded(file: &[u8]) -> Result<(), Rejection> {
    const STREAM: &[u8] = b"stream";
    let has = |text: &[u8], word: &[u8]| text.windows(word.len()).any(|w| w == word);
    if has(file, b"/Encrypt") {
        return Err(broken("an encrypted PDF; let the scanner save it without a password"));
    }
    let mut left = MOST_STRUCTURE;
    let mut from = 0;
    while let Some(found) = file[from..].windows(STREAM.len()).position(|w| w == STREAM) {
        let at = from + found;
        let before = &file[from..at];
        from = at + STREAM.len();
        let Some(end) = before.iter().rposition(|b| !b.is_ascii_whitespace()) else { continue };
        // "endstream", or the word in some text.
        if before[end] != b'>' {
            continue;
        }
        let begin = before.windows(3).rposition(|w| w == b"obj").unwrap_or(0);
        let dictionary = &before[begin..];
        if dictionary.contains(&b'#') {
            return Err(broken("a PDF with escaped names, as no scanner writes it"));
        }
        let is_list = has(dictionary, b"/First") || has(dictionary, b"/W ") || has(dictionary, b"/W[");
        let is_image = has(dictionary, b"/Width") && has(dictionary, b"/Height") && !is_list;
        let is_plain = !has(dictionary, b"/Filter");
        if is_image || is_plain {
            continue;
        }
        if has(dictionary, b"LZW") || has(dictionary, b"RunLength") || has(dictionary, b"ASCII") {
            return Err(broken("a PDF packed in an old way; save it again as PDF of images"));
        }
        let data = file[from..].strip_prefix(b"\r\n").or(file[from..].strip_prefix(b"\n")).unwrap_or(&file[from..]);
        let inflated = io::copy(&mut ZlibDecoder::new(data).take(left + 1), &mut io::sink()).unwrap_or(0);
        left = left.checked_sub(inflated).ok_or_else(|| broken("a PDF that inflates to more than any scan does"))?;
    }
    Ok(())
}

/// The one image that is drawn on a page.
fn image<'a>(page: &'a Page<'a>) -> Result<Stream<'a>, String> {
    let mut drawn: Vec<Stream<'a>> = Vec::new();
    let mut operations = page.typed_operations();
    while let Some(operation) = operations.next() {
        if let TypedInstruction::XObject(object) = operation {
            let stream = page.resources().get_x_object(object.0).ok_or("what it draws is not in the file")?;
            let is_new = drawn.iter().all(|known| known.obj_id() != stream.obj_id());
            if is_new {
                drawn.push(stream);
            }
        }
        if drawn.len() > 1 {
            break;
        }
    }
    match <[_; 1]>::try_from(drawn) {
        Ok([stream]) if stream.dict().get::<Name>("Subtype").is_some_and(|name| name.as_str() == "Image") => Ok(stream),
        Ok(_) => Err("it draws something that is not an image".into()),
        Err(none) if none.is_empty() => Err("there is no scanned image on it".into()),
        Err(_) => Err("it is made of several images; turn off compression in layers (MRC, \"compact PDF\")".into()),
    }
}

/// How the pixels of an image are packed.
enum Packing {
    Jpeg,
    Fax(DecodeSettings),
    Deflated { channels: u32, bits: u32 },
}

struct Image {
    width: u32,
    height: u32,
    packing: Packing,
    /// Is 0 white?
    inverted: bool,
}

impl Image {
    fn of(stream: &Stream) -> Result<Self, String> {
        let dict = stream.dict();
        let (Some(width), Some(height)) = (dict.get::<u32>("Width"), dict.get::<u32>("Height")) else {
            return Err("its image has no size".into());
        };
        let bits = dict.get::<u32>("BitsPerComponent").unwrap_or(1);
        let decode = dict.get::<Array>("Decode").and_then(|array| array.iter::<f32>().next());
        let inverted = decode.is_some_and(|first| first > 0.5);
        let filters = stream.filters();
        let packing = match (&filters[..], bits) {
            ([Filter::DctDecode], _) if inverted => return Err("its JPEG is a negative".into()),
            ([Filter::DctDecode], _) => Packing::Jpeg,
            ([Filter::CcittFaxDecode], _) => Packing::Fax(fax(dict, width, height)),
            ([Filter::FlateDecode] | [], 1 | 8) => Packing::Deflated { channels: channels(dict)?, bits },
            ([Filter::FlateDecode] | [], _) => return Err(format!("its image has {bits} bits a colour")),
            _ => {
                return Err(
                    "its image is packed as JBIG2, JPEG 2000 or otherwise; set the scanner to JPEG or Fax G4".into()
                );
            }
        };
        Ok(Image { width, height, packing, inverted })
    }

    /// A file that can be decoded by itself.
    fn take(&self, stream: &Stream) -> Result<Vec<u8>, String> {
        let (width, height) = (self.width, self.height);
        let short = || "a damaged page of a PDF".to_owned();
        let mut pixels = match &self.packing {
            Packing::Jpeg => return Ok(stream.raw_data().into_owned()),
            Packing::Fax(settings) => {
                let most = width as usize * height as usize;
                let mut pixels = Pixels { pixels: Vec::with_capacity(most), most };
                // A fax that ends too early is short, which is seen below.
                let _ = hayro_ccitt::decode(&stream.raw_data(), &mut pixels, &mut DecoderContext::new(*settings));
                pixels.pixels
            }
            Packing::Deflated { channels, bits } => {
                let limit = 3 * MOST_PIXELS + u64::from(height);
                let raw = stream.raw_data();
                let deflated = !stream.filters().is_empty();
                if deflated {
                    let inflated = io::copy(&mut ZlibDecoder::new(&raw[..]).take(limit + 1), &mut io::sink());
                    if inflated.unwrap_or(0) > limit {
                        return Err(short());
                    }
                }
                let data = stream.decoded().map_err(|_| short())?;
                match (channels, bits) {
                    (1, 1) => {
                        let mut pixels = Vec::with_capacity(width as usize * height as usize);
                        expand((width, height), &data, 1, &mut pixels).ok_or_else(short)?;
                        pixels
                    }
                    (1, 8) => data.into_owned(),
                    (3, 8) => data.chunks_exact(3).map(|p| luma(p[0], p[1], p[2])).collect(),
                    _ => return Err(short()),
                }
            }
        };
        if self.inverted {
            pixels.iter_mut().for_each(|pixel| *pixel = 255 - *pixel);
        }
        let count = width as usize * height as usize;
        if pixels.len() < count {
            return Err(short());
        }
        pixels.truncate(count);
        Ok(pgm(width, height, pixels))
    }
}

/// The components of a colour space.
fn channels(dict: &Dict) -> Result<u32, String> {
    let unknown = || "the colours of its image are not grey or RGB".to_owned();
    let of_name = |name: &str| match name {
        "DeviceGray" | "CalGray" | "G" => Ok(1),
        "DeviceRGB" | "CalRGB" | "RGB" => Ok(3),
        _ => Err(unknown()),
    };
    match dict.get::<Object>("ColorSpace") {
        Some(Object::Name(name)) => of_name(name.as_str()),
        Some(Object::Array(array)) => {
            let mut items = array.flex_iter();
            match items.next::<Name>() {
                Some(name) if name.as_str() == "ICCBased" => {
                    let profile = items.next::<Stream>().and_then(|profile| profile.dict().get::<u32>("N"));
                    profile.filter(|n| [1, 3].contains(n)).ok_or_else(unknown)
                }
                Some(name) => of_name(name.as_str()),
                None => Err(unknown()),
            }
        }
        // A mask has no colours: 0 is ink.
        None if dict.get::<bool>("ImageMask").unwrap_or(false) => Ok(1),
        _ => Err(unknown()),
    }
}

/// ISO 32000-1, table 11.
fn fax(dict: &Dict, width: u32, height: u32) -> DecodeSettings {
    let listed = dict.get::<Array>("DecodeParms").and_then(|array| array.iter::<Dict>().next());
    let parameters = dict.get::<Dict>("DecodeParms").or(listed).unwrap_or_default();
    let flag = |key: &str, otherwise: bool| parameters.get::<bool>(key).unwrap_or(otherwise);
    DecodeSettings {
        columns: width,
        rows: height,
        end_of_block: flag("EndOfBlock", true),
        end_of_line: flag("EndOfLine", false),
        rows_are_byte_aligned: flag("EncodedByteAlign", false),
        encoding: match parameters.get::<i32>("K").unwrap_or(0) {
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
