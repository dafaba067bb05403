//! The layout of a ballot sheet, and reading one back.
//!
//! This room never decides what a vote is worth, and never draws. Everything
//! is pure: a definition gives layouts; images and a design give a reading;
//! nothing is kept from one sheet to the next.

mod archive;
mod bits;
mod code;
mod codes;
mod contest_image;
mod contests;
pub mod debug;
mod design;
mod find;
mod identity;
mod image;
pub mod layout;
mod pair;
mod qr;
mod read;
mod reading;
mod reject;
pub mod report;
mod stage;
#[cfg(test)]
mod testing;
#[cfg(test)]
mod tests;
pub mod vxf;
mod words;

pub use bits::Bits;
pub use code::{FINGERPRINT_BYTES, PREFIX, SheetCode, SheetCodeError, Side};
pub use codes::codes;
pub use contest_image::{Blank, Blanks, ContestImage, contest_images};
pub use design::{Design, Identity, Limit, OvalShape};
pub use image::{Gray, LONGEST_SIDE, MOST_PIXELS, SHORTEST_SIDE, decode};
pub use layout::{Bubble, GridSize, Heading, LayoutError, Part, Rect, SheetLayout, SideLayout, layouts};
pub use read::{read, read_archived};
pub use reading::{Archived, Class, ContestReading, ContestState, Doubt, Mark, Sheet, SheetReading};
pub use reject::{Edge, Rejection};
pub use stage::class::class;
