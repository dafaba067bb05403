//! Slips from outside: photos of them, or the texts of their codes.

use std::path::Path;

use verify::SlipInput;

use crate::shell::{At, Failure, Result, file_failure, read};

/// The largest photo that is read, in bytes.
const MOST_BYTES: u64 = 64 << 20;

/// The texts of the codes on a photo (PNG, JPEG, PGM), or the lines of a text file.
pub fn codes_of(path: &Path) -> Result<Vec<String>> {
    let length = std::fs::metadata(path).map_err(|e| file_failure(path, &e))?.len();
    if length > MOST_BYTES {
        let what = format!("{}: {length} bytes are more than a photo has", path.display());
        return Err(Failure::new("slip.large", what, "give a photo of at most 64 MiB"));
    }
    let bytes = read(path)?;
    if let Ok(text) = std::str::from_utf8(&bytes) {
        let lines = text.lines().filter(|line| line.starts_with("SANAD1:"));
        return Ok(lines.map(str::to_owned).collect());
    }
    let image = ballot::decode(&bytes).at(path.display())?;
    let of_slip = |texts: &[String]| -> Vec<String> {
        texts.iter().filter(|text| text.starts_with("SANAD1:")).cloned().collect()
    };
    let whole = |texts: &[String]| package::slip::Slip::join(&of_slip(texts)).is_ok();
    Ok(of_slip(&ballot::codes(&image, whole)))
}

/// Every slip of a folder, by file name; files of other kinds are left alone.
pub fn folder(dir: &Path) -> Result<Vec<SlipInput>> {
    let entries = std::fs::read_dir(dir).map_err(|e| file_failure(dir, &e))?;
    let mut paths: Vec<_> = entries.flatten().map(|entry| entry.path()).collect();
    paths.sort();
    let mut slips = Vec::new();
    for path in paths {
        let ending = path.extension().map(|e| e.to_string_lossy().to_lowercase()).unwrap_or_default();
        if !["png", "jpg", "jpeg", "pgm", "txt"].contains(&ending.as_str()) {
            continue;
        }
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        // A photo that cannot be used is a slip without codes: it is named, and stops nothing else.
        slips.push(SlipInput { name, texts: codes_of(&path).unwrap_or_default() });
    }
    Ok(slips)
}
