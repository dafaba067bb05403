//! Names and contents of tiles (C2SP tlog-tiles).

use crate::merkle::{Hash, Tree};

/// Hashes in a full tile, entries in a full bundle.
pub const WIDTH: u64 = 256;

/// The most bytes of an entry.
pub const MOST_ENTRY: usize = 65_535;

/// An index in groups of three digits, all but the last marked with `x`: 1234067 is `x001/x234/067`.
fn index_path(index: u64) -> String {
    match index {
        0..1000 => format!("{index:03}"),
        _ => {
            let mut groups = vec![format!("{:03}", index % 1000)];
            let mut rest = index / 1000;
            while rest > 0 {
                groups.push(format!("x{:03}", rest % 1000));
                rest /= 1000;
            }
            groups.reverse();
            groups.join("/")
        }
    }
}

fn tile_path(level: &str, index: u64, width: u64) -> String {
    let partial = if width == WIDTH { String::new() } else { format!(".p/{width}") };
    format!("tile/{level}/{}{partial}", index_path(index))
}

/// The path that a tile has when it is full, and how much is in the one at `path`.
pub(crate) fn width(path: &str) -> (&str, u64) {
    let partial = path.split_once(".p/").and_then(|(full, width)| Some((full, width.parse().ok()?)));
    partial.unwrap_or((path, WIDTH))
}

/// The path of a hash tile: level, index, and width of 1 to 256.
pub fn hash_tile_path(level: u8, index: u64, width: u64) -> String {
    tile_path(&level.to_string(), index, width)
}

/// The path of an entry bundle: index, and width of 1 to 256.
pub fn bundle_path(index: u64, width: u64) -> String {
    tile_path("entries", index, width)
}

/// One file of a log.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tile {
    /// The level of a hash tile, `None` for an entry bundle.
    pub level: Option<u8>,
    /// Its place in the level.
    pub index: u64,
    /// How much is in it, 1 to 256.
    pub width: u64,
}

impl Tile {
    /// Its path.
    pub fn path(&self) -> String {
        match self.level {
            Some(level) => hash_tile_path(level, self.index, self.width),
            None => bundle_path(self.index, self.width),
        }
    }

    /// The first leaf it covers.
    pub fn first_leaf(&self) -> u64 {
        (self.index * WIDTH) << (8 * u32::from(self.level.unwrap_or(0)))
    }

    /// The bytes of a hash tile, from a tree that has its hashes.
    pub fn hashes(&self, tree: &Tree) -> Option<Vec<u8>> {
        let row = tree.row(8 * usize::from(self.level?));
        let from = usize::try_from(self.index * WIDTH).ok()?;
        Some(row.get(from..from + self.width as usize)?.as_flattened().to_vec())
    }
}

/// The tiles that a tree of `size` leaves has and one of `old` leaves has not, bundles first.
pub fn tiles(old: u64, size: u64) -> impl Iterator<Item = Tile> {
    let levels = (0..8u8).map(Some).filter(move |level| level.is_some_and(|l| size >> (8 * u32::from(l)) > 0));
    std::iter::once(None).chain(levels).flat_map(move |level| {
        let shift = 8 * u32::from(level.unwrap_or(0));
        let (before, now) = (old >> shift, size >> shift);
        let first = before / WIDTH;
        let indices = if before == now { 0..0 } else { first..now.div_ceil(WIDTH) };
        indices.map(move |index| Tile { level, index, width: (now - index * WIDTH).min(WIDTH) })
    })
}

/// The paths of the partial tiles of a log of `size` leaves.
pub fn partials(size: u64) -> impl Iterator<Item = String> {
    (0..8u8).map(Some).chain([None]).filter_map(move |level| {
        let count = size >> (8 * u32::from(level.unwrap_or(0)));
        let width = count % WIDTH;
        (width > 0).then(|| Tile { level, index: count / WIDTH, width }.path())
    })
}

/// An entry bundle: every entry after its length in two bytes, big-endian. Entries are at most [`MOST_ENTRY`] bytes.
pub fn bundle(entries: &[Vec<u8>]) -> Vec<u8> {
    let mut bytes = Vec::new();
    for entry in entries {
        bytes.extend((entry.len() as u16).to_be_bytes());
        bytes.extend(entry);
    }
    bytes
}

/// The `width` entries of a bundle; the number of the first entry that is cut off, where one is.
///
/// # Errors
/// The place in the bundle of the first entry that is not whole, or `width` for bytes after the last.
pub fn parse_bundle(bytes: &[u8], width: u64) -> Result<Vec<Vec<u8>>, u64> {
    let (mut rest, mut entries) = (bytes, Vec::new());
    for place in 0..width {
        let (length, after) = rest.split_first_chunk::<2>().ok_or(place)?;
        let (entry, after) = after.split_at_checked(u16::from_be_bytes(*length).into()).ok_or(place)?;
        entries.push(entry.to_vec());
        rest = after;
    }
    if rest.is_empty() { Ok(entries) } else { Err(width) }
}

/// The place of the first hash that differs between two hash tiles.
pub fn first_difference(found: &[u8], expected: &[u8]) -> u64 {
    let hashes = expected.chunks(size_of::<Hash>()).zip(found.chunks(size_of::<Hash>()));
    hashes.take_while(|(a, b)| a == b).count() as u64
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The examples of C2SP tlog-tiles.
    #[test]
    fn paths_are_those_of_the_standard() {
        assert_eq!(hash_tile_path(0, 1_234_067, 256), "tile/0/x001/x234/067");
        assert_eq!(hash_tile_path(1, 0, 17), "tile/1/000.p/17");
        assert_eq!(bundle_path(273, 112), "tile/entries/273.p/112");
        let paths: Vec<String> = tiles(0, 70_000).map(|tile| tile.path()).filter(|path| path.contains(".p/")).collect();
        assert_eq!(paths, ["tile/entries/273.p/112", "tile/0/273.p/112", "tile/1/001.p/17", "tile/2/000.p/1"]);
        assert_eq!(tiles(0, 0).count(), 0);
        assert_eq!(
            tiles(0, 256).map(|tile| tile.path()).collect::<Vec<_>>(),
            ["tile/entries/000", "tile/0/000", "tile/1/000.p/1"]
        );
        assert_eq!(
            tiles(256, 257).map(|tile| tile.path()).collect::<Vec<_>>(),
            ["tile/entries/001.p/1", "tile/0/001.p/1"]
        );
    }

    #[test]
    fn bundles_read_as_they_are_written() {
        let entries = vec![vec![], vec![1], vec![2; 65_535]];
        let bytes = bundle(&entries);
        assert_eq!(parse_bundle(&bytes, 3), Ok(entries));
        assert_eq!(parse_bundle(&bytes[..bytes.len() - 1], 3), Err(2));
        assert_eq!(parse_bundle(&bytes, 2), Err(2));
        assert_eq!(parse_bundle(&bytes, 4), Err(3));
    }
}
