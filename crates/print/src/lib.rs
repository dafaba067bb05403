//! Every document that Sanad draws: ballot sheets, slips, reports and key cards.
//!
//! A document is a template (`templates/*.typ`), four embedded fonts and a value handed
//! over as JSON bytes. The drawing machine sees nothing else: no file, no network, no
//! package, no clock. A name is data to a template, never part of it, so that no
//! candidate can be called `#page[]`. The same values give the same bytes.
//!
//! Arabic and Kurdish run from right to left, English from left to right; the first
//! language of the election leads.

mod ballot_sheet;
mod card;
mod desk;
mod drawn;
mod qr;
mod report;
mod slip;

pub use ballot_sheet::ballot_sheet;
pub use card::{CardView, card};
pub use drawn::{Drawn, Gray};
pub use report::{Block, ReportView, report};
pub use slip::{AccountView, CandidateLine, ContestView, ListLine, Paper, SlipKind, SlipView, slip};

/// A document that could not be drawn.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DrawError {
    /// The text is longer than the largest QR code holds.
    #[error("a text of {0} bytes does not fit a QR code")]
    QrTooLong(usize),
    /// The layout names a contest or option that the definition does not have.
    #[error("the layout names '{0}', which the definition does not have")]
    Unknown(String),
    /// The template refused the data.
    #[error("the document cannot be set: {0}")]
    Template(String),
    /// The document cannot be written as the kind of PDF that is asked for.
    #[error("the document cannot be written as PDF: {0}")]
    Pdf(String),
    /// No page has this number, or its raster would have more than 150 million pixels.
    #[error("page {page} cannot be drawn at {dpi} dots an inch")]
    Raster {
        /// The page, from 0.
        page: usize,
        /// Dots an inch.
        dpi: u16,
    },
}

impl election::Coded for DrawError {
    fn code(&self) -> &'static str {
        match self {
            DrawError::QrTooLong(_) => "print.qr",
            DrawError::Unknown(_) => "print.layout",
            DrawError::Template(_) => "print.template",
            DrawError::Pdf(_) => "print.pdf",
            DrawError::Raster { .. } => "print.raster",
        }
    }

    fn next(&self) -> &'static str {
        match self {
            DrawError::QrTooLong(_) => "split the text over several codes of at most 1,100 bytes",
            DrawError::Unknown(_) => "make the layout again from this definition",
            DrawError::Template(_) => "report this with the definition at hand; the data is kept",
            DrawError::Pdf(_) => "print the PNG instead and report this with the definition at hand",
            DrawError::Raster { .. } => "ask for an existing page at 50 to 1,200 dots an inch",
        }
    }
}
