//! From the files of a definition to the definition.
use crate::{Definition, Folder, Problem};

/// Reads and checks a definition. The key lists are read by [`crate::KeyLists::read`].
///
/// # Errors
///
/// Everything that is wrong, at once, in order of file and line; each with a code of [`crate::Rule`].
pub fn read(_folder: &Folder) -> Result<Definition, Vec<Problem>> {
    Err(Vec::new())
}

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
    Folder::default()
}
