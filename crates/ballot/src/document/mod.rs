//! Files of many pages, as scanners with a feeder make them: TIFF and PDF. Each page becomes one image that
//! [`crate::decode`] takes; a JPEG inside stays the JPEG it is.

mod objects;
mod pdf;
mod tiff;

use crate::image::broken;
use crate::reject::Rejection;

/// The most pages of a file: two sides of each ballot of a big station.
const MOST_PAGES: usize = 20_000;

/// The pages of a file, one after the other; no more than one is in memory.
pub struct Pages(Kind);

enum Kind {
    /// Any other file is one image.
    Single(Option<Vec<u8>>),
    Tiff(Box<tiff::Tiff>),
    Pdf(Box<pdf::Pdf>),
}

impl Pages {
    /// The pages of a file.
    ///
    /// # Errors
    /// [`Rejection::Decode`] for a TIFF or PDF with a page that is not a scan as we read them; it names the page. A page
    /// whose pixels turn out to be damaged is given as it is, so that those after it stay what they are: decoding it
    /// fails.
    pub fn of(file: Vec<u8>) -> Result<Self, Rejection> {
        Ok(Pages(match &file[..] {
            [b'I', b'I', 42, 0, ..] | [b'M', b'M', 0, 42, ..] => Kind::Tiff(Box::new(tiff::Tiff::new(file)?)),
            [b'%', b'P', b'D', b'F', b'-', ..] => Kind::Pdf(Box::new(pdf::Pdf::new(file)?)),
            _ => Kind::Single(Some(file)),
        }))
    }

    /// How many pages there are.
    pub fn count_all(&self) -> usize {
        match &self.0 {
            Kind::Single(_) => 1,
            Kind::Tiff(tiff) => tiff.pages,
            Kind::Pdf(pdf) => pdf.pages,
        }
    }
}

impl Iterator for Pages {
    type Item = Vec<u8>;

    fn next(&mut self) -> Option<Vec<u8>> {
        match &mut self.0 {
            Kind::Single(file) => file.take(),
            Kind::Tiff(tiff) => tiff.next(),
            Kind::Pdf(pdf) => pdf.next(),
        }
    }
}

/// What is wrong with a page.
fn at(page: usize, what: impl std::fmt::Display) -> Rejection {
    broken(format!("page {}: {what}", page + 1))
}

/// Pixels of one byte as a PGM, which is decoded without a copy of its own.
fn pgm(width: u32, height: u32, mut pixels: Vec<u8>) -> Vec<u8> {
    let head = format!("P5\n{width} {height}\n255\n").into_bytes();
    pixels.splice(..0, head);
    pixels
}

#[cfg(test)]
mod tests;
