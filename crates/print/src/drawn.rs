//! A document that has been set: as PDF, or page by page as pixels.

use election::Digest;
use typst::foundations::{Datetime, Smart};
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards, Timestamp};
use typst_render::RenderOptions;

use crate::DrawError;

pub use ballot::Gray;

/// The largest raster: an A4 page at 1,200 dots an inch has 140 million pixels.
pub const MOST_PIXELS: f64 = 150e6;

/// Points an inch.
const POINTS: f64 = 72.0;

/// A document, ready to be written in one form or another.
#[derive(Debug, Clone)]
pub struct Drawn {
    document: PagedDocument,
    identity: Digest,
    date: jiff::civil::Date,
}

impl Drawn {
    pub(crate) fn new(document: PagedDocument, identity: Digest, date: jiff::civil::Date) -> Self {
        Drawn { document, identity, date }
    }

    /// How many pages; of a ballot sheet, its sides.
    pub fn pages(&self) -> usize {
        self.document.pages().len()
    }

    /// The document as PDF/A-2a (kept for decades) and PDF/UA-1 (read by a screen reader).
    ///
    /// Its creation time is the start of the day that the view names; the same document gives the same bytes.
    pub fn pdf(&self) -> Result<Vec<u8>, DrawError> {
        let told = |error: &dyn std::fmt::Debug| DrawError::Pdf(format!("{error:?}"));
        let standards = PdfStandards::new(&[PdfStandard::A_2a, PdfStandard::Ua_1]).map_err(|e| told(&e))?;
        let (year, month, day) = (self.date.year(), self.date.month(), self.date.day());
        let midnight = Datetime::from_ymd_hms(year.into(), month.unsigned_abs(), day.unsigned_abs(), 0, 0, 0)
            .map(Timestamp::new_utc);
        let options = PdfOptions {
            timestamp: midnight,
            ident: Smart::Custom(self.identity.hex()),
            creator: Smart::Custom(Some("Sanad".into())),
            standards,
            ..PdfOptions::default()
        };
        typst_pdf::pdf(&self.document, &options).map_err(|errors| {
            let messages: Vec<&str> = errors.iter().map(|error| error.message.as_str()).collect();
            DrawError::Pdf(messages.join("; "))
        })
    }

    /// Page `page` (from 0) in grey, at `dpi` dots an inch.
    pub fn gray(&self, page: usize, dpi: u16) -> Result<Gray, DrawError> {
        let refused = DrawError::Raster { page, dpi };
        let found = self.document.pages().get(page).ok_or(refused.clone())?;
        let scale = f64::from(dpi) / POINTS;
        let size = found.frame.size();
        if dpi < 10 || size.x.to_pt() * size.y.to_pt() * scale * scale > MOST_PIXELS {
            return Err(refused);
        }
        let options = RenderOptions { pixel_per_pt: scale.into(), render_bleed: false };
        let pixmap = typst_render::render(found, &options);
        // Pages are opaque. ITU-R BT.601 weights, in 1/256.
        let luma = |p: &[u8]| ((77 * u32::from(p[0]) + 150 * u32::from(p[1]) + 29 * u32::from(p[2]) + 128) >> 8) as u8;
        let pixels = pixmap.data().chunks_exact(4).map(luma).collect();
        Ok(Gray { width: pixmap.width(), height: pixmap.height(), pixels })
    }

    /// All pages in grey, one below the other on paper as wide as the widest, at `dpi` dots an inch.
    ///
    /// # Errors
    /// Together they have more pixels than one picture may.
    pub fn whole(&self, dpi: u16) -> Result<Gray, DrawError> {
        let pages = (0..self.pages()).map(|page| self.gray(page, dpi)).collect::<Result<Vec<_>, _>>()?;
        let width = pages.iter().map(|page| page.width).max().unwrap_or(0);
        let height: u32 = pages.iter().map(|page| page.height).sum();
        if f64::from(width) * f64::from(height) > MOST_PIXELS {
            return Err(DrawError::Raster { page: self.pages() - 1, dpi });
        }
        let mut pixels = Vec::with_capacity(width as usize * height as usize);
        for page in &pages {
            for row in page.pixels.chunks(page.width as usize) {
                pixels.extend_from_slice(row);
                pixels.resize(pixels.len() + (width - page.width) as usize, 255);
            }
        }
        Ok(Gray { width, height, pixels })
    }

    /// [`Drawn::whole`] as a PNG.
    ///
    /// # Errors
    /// As there.
    pub fn whole_png(&self, dpi: u16) -> Result<Vec<u8>, DrawError> {
        encoded(&self.whole(dpi)?, 0, dpi)
    }

    /// Page `page` (from 0) as a grey PNG at `dpi` dots an inch.
    pub fn png(&self, page: usize, dpi: u16) -> Result<Vec<u8>, DrawError> {
        encoded(&self.gray(page, dpi)?, page, dpi)
    }
}

/// A picture as PNG.
fn encoded(gray: &Gray, page: usize, dpi: u16) -> Result<Vec<u8>, DrawError> {
    let mut bytes = Vec::new();
    let mut encoder = png::Encoder::new(&mut bytes, gray.width, gray.height);
    encoder.set_color(png::ColorType::Grayscale);
    encoder.set_depth(png::BitDepth::Eight);
    encoder.set_compression(png::Compression::Fast);
    let a_metre = (f64::from(dpi) / 0.0254).round() as u32;
    encoder.set_pixel_dims(Some(png::PixelDimensions { xppu: a_metre, yppu: a_metre, unit: png::Unit::Meter }));
    encoder
        .write_header()
        .and_then(|mut writer| writer.write_image_data(&gray.pixels))
        .map_err(|_| DrawError::Raster { page, dpi })?;
    Ok(bytes)
}
