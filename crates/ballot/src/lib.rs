//! The layout of a ballot sheet, and reading one back.
//!
//! This room never decides what a vote is worth, and never draws. Everything
//! is pure: a definition gives layouts; images and a design give a reading;
//! nothing is kept from one sheet to the next.

mod bits;
mod code;
mod design;
mod image;
pub mod layout;
mod read;
mod reading;
mod reject;
#[cfg(test)]
mod testing;
mod words;

pub use bits::Bits;
pub use code::{FINGERPRINT_BYTES, PREFIX, SheetCode, SheetCodeError, Side};
pub use design::{Design, Identity, Limit};
pub use image::{Gray, decode};
pub use layout::{Bubble, GridSize, Heading, LayoutError, Part, Rect, SheetLayout, SideLayout, layouts};
pub use read::{read, read_archived};
pub use reading::{Archived, Class, ContestReading, ContestState, Doubt, Mark, Sheet, SheetReading};
pub use reject::{Edge, Rejection};
