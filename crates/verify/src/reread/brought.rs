//! Where the images lie that were brought: opened packages by station, or a bundle of evidence.

use std::path::{Path, PathBuf};

use crate::OnProgress;
use crate::folder::{Folder, Strays};

/// Where a bundle has the folders of its contents.
const IN_BUNDLE: &str = "data/stations/";

/// What was brought.
pub enum Brought {
    /// A folder `STATION/COPY/` of each content, or a bundle that was unpacked.
    Unpacked(PathBuf),
    /// A bundle as it was handed out: its folders of stations.
    Bundle(Box<Folder>),
}

impl Brought {
    /// Looks at `path`. A file is read as a bundle, once, and what of it is no archive or cannot be read is named; of a folder
    /// nothing is read yet.
    pub fn at(path: &Path, progress: OnProgress) -> (Brought, Vec<Strays>) {
        if path.is_dir() {
            let unpacked = path.join(IN_BUNDLE);
            let root = if unpacked.is_dir() { unpacked } else { path.to_owned() };
            return (Brought::Unpacked(root), Vec::new());
        }
        let whole = Folder::read_archive(path, progress);
        let stations = whole.below(IN_BUNDLE);
        (Brought::Bundle(Box::new(stations)), vec![whole.strays, whole.unreadable])
    }

    /// Are there images of the content `STATION/COPY/`?
    pub fn has(&self, content: &str) -> bool {
        let images = format!("{content}images/");
        match self {
            Brought::Unpacked(root) => root.join(images).is_dir(),
            Brought::Bundle(folder) => folder.under(&images).next().is_some(),
        }
    }

    /// The files of the content `STATION/COPY/` by itself; of a folder only those that are wanted are read.
    pub fn of(&self, content: &str, is_wanted: &dyn Fn(&str) -> bool) -> Folder {
        match self {
            Brought::Unpacked(root) => Folder::read(&root.join(content), is_wanted, &|_| {}),
            Brought::Bundle(folder) => folder.below(content),
        }
    }
}

/// Where an image may lie: as a bundle has it, and as a package is opened.
pub fn image(name: &str) -> [String; 2] {
    [format!("images/{name}"), format!("images/data/{name}")]
}

/// Where cast vote records that are not public may lie beside the images.
pub const RECORDS: [&str; 2] = ["cvr.json", "results/data/cvr.json"];
