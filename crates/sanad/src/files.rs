//! Whole folders of our own making.

use std::path::Path;

use crate::shell::{Result, file_failure};

/// Copies a folder and all in it.
pub fn copy_tree(from: &Path, to: &Path) -> Result<()> {
    std::fs::create_dir_all(to).map_err(|e| file_failure(to, &e))?;
    for entry in std::fs::read_dir(from).map_err(|e| file_failure(from, &e))? {
        let entry = entry.map_err(|e| file_failure(from, &e))?;
        let (source, target) = (entry.path(), to.join(entry.file_name()));
        if source.is_dir() {
            copy_tree(&source, &target)?;
        } else {
            std::fs::copy(&source, &target).map_err(|e| file_failure(&source, &e))?;
        }
    }
    Ok(())
}
