//! How much a reader of a publication, a disk or a bundle takes: known here, so that nothing larger is ever handed out.

/// The most files and folders together: a nation of 60,000 stations has some 800,000 without images.
pub const MOST_ENTRIES: usize = 8_000_000;
/// The largest file that is held in memory, the manifest above all.
pub const MOST_HELD: u64 = 256 << 20;
