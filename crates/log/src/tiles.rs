//! Names and contents of tiles (C2SP tlog-tiles).

/// Hashes in a full tile, entries in a full bundle.
pub const WIDTH: u64 = 256;

/// The most bytes of an entry.
pub const MOST_ENTRY: usize = 65_535;

/// The path of a hash tile: level, index, and width of 1 to 256.
pub fn hash_tile_path(_level: u8, _index: u64, _width: u16) -> String {
    unimplemented!()
}

/// The path of an entry bundle: index, and width of 1 to 256.
pub fn bundle_path(_index: u64, _width: u16) -> String {
    unimplemented!()
}
