//! Proofs that a device has signed two contents of one count, which the centre makes by itself.

use std::path::{Path, PathBuf};

use centre::Centre as Room;
use record::proof::Proof;

use crate::shell::{Result, Shell, text, write};

/// Where they lie, inside the centre's folder.
const PROOFS: &str = "proofs";

/// Writes a proof for each such count and tells all of them: anybody checks one with `sanad proof check`. What was entered
/// before is entered: a proof that cannot be made now is told, and made the next time.
pub fn prove(shell: &Shell, dir: &Path, room: &Room) -> Vec<PathBuf> {
    made(shell, dir, room).unwrap_or_else(|failure| {
        shell.warn(failure.what(shell.lang));
        Vec::new()
    })
}

fn made(shell: &Shell, dir: &Path, room: &Room) -> Result<Vec<PathBuf>> {
    let mut paths = Vec::new();
    for (name, proof) in room.equivocations()? {
        let path = dir.join(PROOFS).join(format!("equivocation-{name}.json"));
        let bytes = Proof::Equivocation(proof).to_bytes();
        if std::fs::read(&path).ok().as_ref() != Some(&bytes) {
            write(&path, &bytes)?;
        }
        shell.find(
            "Device {} of station {} has signed two contents of one count; whoever holds this file can prove it: {}",
            &[text(&name.device), text(&name.station), text(path.display())],
        );
        paths.push(path);
    }
    Ok(paths)
}
