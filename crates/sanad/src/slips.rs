//! Slips from outside: photos of them, or the texts of their codes.

use std::path::{Path, PathBuf};

use verify::SlipInput;

use crate::shell::{At, Failure, Result, Shell, file_failure, read};

/// The largest photo that is read, in bytes.
const MOST_BYTES: u64 = 64 << 20;

/// What every code of a slip begins with.
const PREFIX: &str = "SANAD1:";

/// The texts of the codes on a photo (PNG, JPEG, PGM), or the lines of a text file.
pub fn codes_of(path: &Path) -> Result<Vec<String>> {
    let length = std::fs::metadata(path).map_err(|e| file_failure(path, &e))?.len();
    if length > MOST_BYTES {
        let what = format!("{length} bytes are more than a photo has");
        return Err(Failure::new("slip.large", what, "give a photo of at most 64 MiB").at(path.display()));
    }
    let bytes = read(path)?;
    let next = "give a photo or a scan of the paper as PNG or JPEG, or a text file with its codes";
    if bytes.is_empty() {
        return Err(Failure::new("slip.picture", "the file is empty", next).at(path.display()));
    }
    if let Ok(text) = std::str::from_utf8(&bytes)
        && !bytes.starts_with(b"%PDF")
        && !bytes.starts_with(b"P5")
    {
        let lines = text.trim_start_matches('\u{feff}').lines().map(str::trim).filter(|line| line.starts_with(PREFIX));
        let lines: Vec<String> = lines.map(str::to_owned).collect();
        if lines.is_empty() {
            let what = "no line of this text is a code of a slip: they begin with SANAD1:";
            return Err(Failure::new("slip.no_code", what, next).at(path.display()));
        }
        return Ok(lines);
    }
    let image = ballot::decode(&bytes).map_err(|e| {
        let next = match bytes.starts_with(b"%PDF") {
            true => "photograph or scan the printed paper; `sanad station report --slip slip.png` draws a picture",
            false => next,
        };
        Failure::new("slip.picture", "this is no picture of a slip", next).because(e.to_string()).at(path.display())
    })?;
    let of_slip =
        |texts: &[String]| -> Vec<String> { texts.iter().filter(|text| text.starts_with(PREFIX)).cloned().collect() };
    let whole = |texts: &[String]| package::slip::Slip::join(&of_slip(texts)).is_ok();
    Ok(of_slip(&ballot::codes(&image, whole)))
}

/// No code was found on any photo of a slip.
pub fn no_code() -> Failure {
    let next = "take the photo closer, flat and in good light, so that each code fills a third of it";
    Failure::new("slip.no_code", "no code of a slip can be read", next)
}

/// Every slip of a folder, by file name; files of other kinds are left alone.
pub fn folder(shell: &Shell, dir: &Path) -> Result<Vec<SlipInput>> {
    let entries = std::fs::read_dir(dir).map_err(|e| file_failure(dir, &e))?;
    let is_slip = |path: &PathBuf| {
        let ending = path.extension().map(|e| e.to_string_lossy().to_lowercase()).unwrap_or_default();
        ["png", "jpg", "jpeg", "pgm", "txt"].contains(&ending.as_str())
    };
    let files = entries.flatten().map(|entry| entry.path()).filter(|path| path.is_file());
    let mut paths: Vec<PathBuf> = files.filter(is_slip).collect();
    paths.sort();
    let bar = shell.progress("slips", paths.len() as u64);
    let mut slips = Vec::new();
    for path in paths {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        // A photo that cannot be used is a slip without codes: it is named, and stops nothing else.
        slips.push(SlipInput { name, texts: codes_of(&path).at(path.display()).unwrap_or_default() });
        bar.inc(1);
    }
    bar.finish_and_clear();
    Ok(slips)
}
