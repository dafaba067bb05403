//! The layout of a ballot sheet, and reading one back.
//!
//! This room never decides what a vote is worth, and never draws. Everything
//! is pure: a definition gives layouts; images and a design give a reading;
//! nothing is kept from one sheet to the next.

mod archive;
mod bits;
mod code;
mod codes;
mod contests;
pub mod debug;
mod design;
mod document;
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
pub use design::{Design, Identity, Limit, OvalShape};
pub use document::Pages;
pub use image::{Gray, LONGEST_SIDE, MOST_PIXELS, SHORTEST_SIDE, decode, decode_crop, decode_into, with_images};
pub use layout::{Bubble, GridSize, Heading, LayoutError, Part, Rect, SheetLayout, SideLayout, layouts};
pub use read::{Step, read, read_archived, read_in_steps};
pub use reading::{Archived, Class, ContestReading, ContestState, Doubt, Mark, Sheet, SheetReading};
pub use reject::{Edge, Rejection};
pub use stage::class::class;
