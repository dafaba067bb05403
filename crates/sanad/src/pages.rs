//! Scanned pages, from wherever they come: files, folders, files of many pages, a scanner. One after the other, so that
//! no more than a few are in memory.

use std::cell::RefCell;
use std::path::{Path, PathBuf};

use ballot::Pages;
use station::{Sane, SanePages};

use crate::shell::{At, Failure, Result, Shell, file_failure, read, text};

/// Endings of pictures of sheets; what else lies in a folder is named and left alone.
const PICTURES: [&str; 9] = ["png", "jpg", "jpeg", "pgm", "pbm", "pnm", "tif", "tiff", "pdf"];

const NAMED: &str =
    "name the folder that the scanner writes to; pictures end in .png, .jpg, .pgm, .pbm, .pnm, .tif or .pdf";

fn is_picture(path: &Path) -> bool {
    let ending = path.extension().map(|e| e.to_string_lossy().to_lowercase()).unwrap_or_default();
    PICTURES.contains(&ending.as_str())
}

/// The files that paths stand for; folders are looked into, sorted by name.
pub fn files_in(shell: &Shell, paths: &[PathBuf]) -> Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    for path in paths {
        if !path.is_dir() {
            if path.is_file() && !is_picture(path) {
                return Err(Failure::new("station.no_image", "this is no picture of a sheet", NAMED).at(path.display()));
            }
            files.push(path.clone());
            continue;
        }
        let entries = std::fs::read_dir(path).map_err(|e| file_failure(path, &e))?;
        let mut inside: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).filter(|p| p.is_file()).collect();
        inside.sort();
        let (pictures, others): (Vec<_>, Vec<_>) = inside.into_iter().partition(|path| is_picture(path));
        for other in others {
            shell.find("{}: left alone, no picture of a sheet", &[text(other.display())]);
        }
        if pictures.is_empty() {
            return Err(Failure::new("station.no_image", "no picture is in this folder", NAMED).at(path.display()));
        }
        files.extend(pictures);
    }
    Ok(files)
}

/// One page: what to call it, and its image.
pub struct Page {
    /// The file, and the number of the page where it has several.
    pub name: String,
    /// An image that `ballot::decode` takes, or says why not.
    pub image: Vec<u8>,
}

/// Pages to come. What stops them is kept for whoever asks after the last one.
pub struct Scans<'a> {
    source: Source,
    failure: &'a RefCell<Option<Failure>>,
}

enum Source {
    Files { files: std::vec::IntoIter<PathBuf>, open: Option<(String, Pages, usize)> },
    Scanner { pages: SanePages, taken: usize },
}

impl<'a> Scans<'a> {
    /// The pages of files.
    pub fn of_files(files: Vec<PathBuf>, failure: &'a RefCell<Option<Failure>>) -> Self {
        Scans { source: Source::Files { files: files.into_iter(), open: None }, failure }
    }

    /// What a scanner's feeder holds; pages pass through `folder`.
    pub fn of_scanner(sane: &Sane, folder: &Path, failure: &'a RefCell<Option<Failure>>) -> Result<Self> {
        let pages = sane.scan(folder).at(&sane.device)?;
        Ok(Scans { source: Source::Scanner { pages, taken: 0 }, failure })
    }

    fn page(&mut self) -> Result<Option<Page>> {
        match &mut self.source {
            Source::Files { files, open } => loop {
                if let Some((name, pages, taken)) = open
                    && let Some(image) = pages.next()
                {
                    *taken += 1;
                    let name = if pages.count_all() == 1 { name.clone() } else { format!("{name}#{taken}") };
                    return Ok(Some(Page { name, image }));
                }
                let Some(path) = files.next() else { return Ok(None) };
                let pages = Pages::of(read(&path)?).at(path.display())?;
                *open = Some((path.display().to_string(), pages, 0));
            },
            Source::Scanner { pages, taken } => {
                let page = pages.next().transpose()?;
                *taken += 1;
                Ok(page.map(|image| Page { name: format!("#{taken}"), image }))
            }
        }
    }
}

impl Iterator for Scans<'_> {
    type Item = Page;

    fn next(&mut self) -> Option<Page> {
        if self.failure.borrow().is_some() {
            return None;
        }
        self.page().unwrap_or_else(|failure| {
            *self.failure.borrow_mut() = Some(failure);
            None
        })
    }
}

/// The pages of one sheet.
pub struct Sheet {
    /// One or two.
    pub pages: Vec<Page>,
    /// No other sheet comes with it.
    pub alone: bool,
}

/// Pages in sheets of so many sides.
pub fn sheets(pages: impl Iterator<Item = Page>, sides: usize) -> impl Iterator<Item = Sheet> {
    let mut pages = pages.peekable();
    let mut is_first = true;
    std::iter::from_fn(move || {
        let sheet: Vec<Page> = pages.by_ref().take(sides).collect();
        // Asked after the first sheet only: the later ones need no page in memory ahead of them.
        let alone = std::mem::take(&mut is_first) && pages.peek().is_none();
        (!sheet.is_empty()).then_some(Sheet { pages: sheet, alone })
    })
}
