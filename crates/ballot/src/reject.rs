//! Why a sheet was not read: what failed, and where.

use election::{Coded, Lang, Mode};

use crate::code::Side;

/// An edge of the sheet, held upright.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Edge {
    /// Left.
    Left,
    /// Right.
    Right,
    /// Upper.
    Top,
    /// Lower.
    Bottom,
}

/// Why an image or a sheet was not read. Nothing on it was counted.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Rejection {
    /// Not an image of a kind we read, or a broken one.
    #[error("the image cannot be decoded: {0}")]
    Decode(String),
    /// Too few pixels for a sheet.
    #[error("the image is too small: {width} by {height} pixels")]
    TooSmall {
        /// Pixels across.
        width: u32,
        /// Pixels down.
        height: u32,
    },
    /// More pixels than any scanner of ours makes.
    #[error("the image is too large: {width} by {height} pixels")]
    TooLarge {
        /// Pixels across.
        width: u32,
        /// Pixels down.
        height: u32,
    },
    /// No paper, or nothing printed on it.
    #[error("{}: there is no ballot sheet on the image", place(*.0))]
    NoSheet(Side),
    /// Too many timing marks of an edge are hidden or torn off.
    #[error("{}: {found} of {expected} timing marks found on the {} edge; first missing: number {first}", place(*.side), edge_word(*.edge))]
    TimingMarks {
        /// The side.
        side: Side,
        /// The edge.
        edge: Edge,
        /// The marks found.
        found: u16,
        /// The marks printed.
        expected: u16,
        /// The first missing one, from 1, counted from the top or the left.
        first: u16,
    },
    /// The ovals are not where the timing marks say.
    #[error("{}: the outlines of {found} of {expected} ovals are where the timing marks say", place(*.side))]
    Ovals {
        /// The side.
        side: Side,
        /// The ovals found, of those that are not filled.
        found: u16,
        /// How many are not filled.
        expected: u16,
    },
    /// The image ends before the sheet does.
    #[error("{}: the {} part of the sheet is not on the image", place(*.side), edge_word(*.edge))]
    Half {
        /// The side.
        side: Side,
        /// The edge that is missing.
        edge: Edge,
    },
    /// The sheet was scanned through a mirror, or from behind.
    #[error("{}: the image is mirrored", place(*.0))]
    Mirrored(Side),
    /// A streak of the scanner hides ovals.
    #[error("{}: a streak {width} pixels wide runs down the image at column {column}", place(*.side))]
    Streak {
        /// The side.
        side: Side,
        /// The first pixel column of the streak.
        column: u32,
        /// Its width in pixels.
        width: u32,
    },
    /// No QR code could be read.
    #[error("{}: the QR code cannot be read", place(*.0))]
    QrUnreadable(Side),
    /// The QR code is not a sheet's.
    #[error("{}: the QR code is not that of a ballot sheet", place(*.0))]
    QrForeign(Side),
    /// A sheet of another election.
    #[error("{}: the sheet is of another election", place(*.0))]
    Election(Side),
    /// A sheet of another mode.
    #[error("{}: the sheet was printed for {}, not for {}", place(*.side), .found.as_str(), .expected.as_str())]
    Mode {
        /// The side.
        side: Side,
        /// The mode on the sheet.
        found: Mode,
        /// The mode that is counted.
        expected: Mode,
    },
    /// A style or a sheet that is not in the definition.
    #[error("{}: there is no sheet {sheet} of style {style}", place(*.side))]
    Style {
        /// The side.
        side: Side,
        /// The style on the sheet.
        style: String,
        /// The number of the sheet.
        sheet: u8,
    },
    /// Two images that are not the two sides of one sheet.
    #[error("the two images are not the front and the back of one sheet")]
    Sides,
    /// A back before a front, among the pages of several sheets.
    #[error("the back comes before the front, so that the two may be of two sheets")]
    Order,
    /// A printed side of the sheet is not among the images.
    #[error("the {} is not among the images", side_word(*.0))]
    SideMissing(Side),
}

impl Coded for Rejection {
    fn code(&self) -> &'static str {
        match self {
            Rejection::Decode(_) => "image.decode",
            Rejection::TooSmall { .. } => "image.too_small",
            Rejection::TooLarge { .. } => "image.too_large",
            Rejection::NoSheet(_) => "image.no_sheet",
            Rejection::TimingMarks { .. } => "image.timing_marks",
            Rejection::Ovals { .. } => "image.ovals",
            Rejection::Half { .. } => "image.half",
            Rejection::Mirrored(_) => "image.mirrored",
            Rejection::Streak { .. } => "image.streak",
            Rejection::QrUnreadable(_) => "qr.unreadable",
            Rejection::QrForeign(_) => "qr.foreign",
            Rejection::Election(_) => "qr.election",
            Rejection::Mode { .. } => "qr.mode",
            Rejection::Style { .. } => "qr.style",
            Rejection::Sides => "sheet.sides",
            Rejection::Order => "sheet.order",
            Rejection::SideMissing(_) => "sheet.missing_side",
        }
    }

    fn next(&self) -> &'static str {
        match self {
            Rejection::Decode(_) | Rejection::TooSmall { .. } | Rejection::TooLarge { .. } => {
                "Scan the sheet again at 200 to 300 dpi as PNG, JPEG or PGM."
            }
            Rejection::NoSheet(_) | Rejection::Half { .. } | Rejection::Mirrored(_) => {
                "Feed the whole sheet again, one at a time."
            }
            Rejection::TimingMarks { .. } | Rejection::Ovals { .. } => {
                "Flatten the sheet and scan it again; if it is torn, put it aside as unread."
            }
            Rejection::Streak { .. } => "Stop, clean the scanner's glass, and scan the sheet again.",
            Rejection::QrUnreadable(_) | Rejection::QrForeign(_) => {
                "Scan the sheet again; if its code is damaged, put it aside as unread."
            }
            Rejection::Election(_) | Rejection::Mode { .. } | Rejection::Style { .. } => {
                "Put the sheet aside as unread: it does not belong in this count."
            }
            Rejection::Order => {
                "See whether a page is missing, lay every sheet with its front first, and scan again from this sheet on."
            }
            Rejection::Sides | Rejection::SideMissing(_) => "Scan both sides of the sheet again, one sheet at a time.",
        }
    }
}

impl Rejection {
    /// Did the image show a side of some ballot?
    pub(crate) fn is_a_ballot(&self) -> bool {
        matches!(self, Rejection::Election(_) | Rejection::Mode { .. } | Rejection::Style { .. } | Rejection::Sides)
    }

    /// The reason in `lang`.
    pub fn say(&self, lang: Lang) -> String {
        match lang {
            Lang::En => self.to_string(),
            Lang::Ar | Lang::Ckb => crate::words::say(self, lang),
        }
    }
}

fn side_word(side: Side) -> &'static str {
    match side {
        Side::Front => "front",
        Side::Back => "back",
    }
}

fn place(side: Side) -> &'static str {
    match side {
        Side::Front => "front image",
        Side::Back => "back image",
    }
}

fn edge_word(edge: Edge) -> &'static str {
    match edge {
        Edge::Left => "left",
        Edge::Right => "right",
        Edge::Top => "upper",
        Edge::Bottom => "lower",
    }
}
