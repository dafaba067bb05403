//! Inputs that several commands share: folders of definitions, keys, the clock.

use std::path::{Path, PathBuf};

use election::{Definition, Digest, Folder, Problem};
use sign::{FileKey, Signer};

use crate::shell::{At, Failure, Result, Shell, read};

/// Reads the folder of a definition, telling every problem.
pub fn folder(shell: &Shell, dir: &Path) -> Result<Folder> {
    Folder::load(dir).map_err(|problems| definition_failure(shell, dir, &problems))
}

/// Reads a definition, telling every problem.
pub fn definition(shell: &Shell, dir: &Path) -> Result<(Folder, Definition)> {
    let folder = folder(shell, dir)?;
    let definition = election::read(&folder).map_err(|problems| definition_failure(shell, dir, &problems))?;
    Ok((folder, definition))
}

/// Tells every problem, and sums them up as one failure.
pub fn definition_failure(shell: &Shell, dir: &Path, problems: &[Problem]) -> Failure {
    for problem in problems {
        shell.warn(format_args!("{}/{problem}", dir.display()));
    }
    let code = problems.first().map_or("E.100", |p| p.code);
    Failure::new(
        code,
        format!("{}: {} problems in the definition, listed above", dir.display(), problems.len()),
        "correct each line named, then run `sanad election check` again",
    )
}

/// Reads a private key.
pub fn key(path: &Path) -> Result<FileKey> {
    let pem = String::from_utf8(read(path)?).map_err(|_| {
        Failure::new("key.form", format!("{}: not a PEM file", path.display()), "give a key made by `sanad key new`")
    })?;
    FileKey::from_pem(&pem).at(path.display())
}

/// Reads several private keys.
pub fn keys(paths: &[PathBuf]) -> Result<Vec<FileKey>> {
    paths.iter().map(|path| key(path)).collect()
}

/// Keys as signers.
pub fn signers(keys: &[FileKey]) -> Vec<&dyn Signer> {
    keys.iter().map(|key| key as &dyn Signer).collect()
}

/// The clock of this machine, RFC 3339 to the second. Shown in leaves, never relied upon.
pub fn clock() -> String {
    jiff::Timestamp::now().strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
}

/// An election fingerprint: `sha256:…`, or a file that holds it.
pub fn fingerprint(text: &str) -> Result<Digest> {
    let hint = "give the fingerprint as the gazette prints it, sha256: and 64 digits, or a file that holds it";
    let refused = |e: election::DigestError| Failure::new("fingerprint", e.to_string(), hint);
    if text.starts_with("sha256:") {
        return text.parse().map_err(refused);
    }
    let path = Path::new(text);
    let bytes = read(path)?;
    String::from_utf8_lossy(&bytes).trim().parse().map_err(refused).at(path.display())
}
