//! Sheets from a scanner: SANE's own command `scanimage`, page after page, for as long as the feeder gives any.
//!
//! The pages lie in a folder only between the scanner and the reader: each is read and deleted before the next one is
//! asked for, and what a loss of power left there is deleted before the next scan.

use std::fs::{self, File};
use std::io::{self, BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdout, Command, Stdio};

use election::Coded;

/// A scanner, and how it is to scan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sane {
    /// The device, as `scanimage --list-devices` names it.
    pub device: String,
    /// Options of the device, name and value; `scanimage --all-options` lists them.
    pub options: Vec<(String, String)>,
}

/// What is asked of a scanner when nothing else is said: grey, at 200 dots an inch.
pub const USUAL_OPTIONS: [(&str, &str); 2] = [("mode", "Gray"), ("resolution", "200")];

/// Why a scanner gives no pages.
#[derive(Debug, thiserror::Error)]
pub enum SaneError {
    /// There is no `scanimage`.
    #[error("scanimage is not installed")]
    Missing,
    /// A device or option that is not one.
    #[error("'{0}' is not the name of an option of a scanner")]
    Option(String),
    /// The feeder gave nothing.
    #[error("there is no sheet in the feeder")]
    Empty,
    /// The scanner, or SANE, stopped.
    #[error("the scanner stopped: {0}")]
    Stopped(String),
    /// The folder between scanner and reader failed.
    #[error("the page cannot be taken over: {0}")]
    File(#[from] io::Error),
}

impl Coded for SaneError {
    fn code(&self) -> &'static str {
        match self {
            SaneError::Missing => "sane.missing",
            SaneError::Option(_) => "sane.option",
            SaneError::Empty => "sane.empty",
            SaneError::Stopped(_) => "sane.stopped",
            SaneError::File(_) => "sane.file",
        }
    }

    fn next(&self) -> &'static str {
        match self {
            SaneError::Missing => "Install it, on Debian with: sudo apt-get install sane-utils",
            SaneError::Option(_) => "Write NAME=VALUE as `scanimage --all-options` lists them, without dashes.",
            SaneError::Empty => "Put the sheets into the feeder and run the same command again.",
            SaneError::Stopped(_) => {
                "Free the paper's way, compare the number of sheets counted with your own, and feed again what was not."
            }
            SaneError::File(_) => "Make room on the disk, then feed again what was not counted.",
        }
    }
}

/// `SANE_STATUS_EOF` and `SANE_STATUS_NO_DOCS` (SANE standard 1.06, table 4.1): the feeder is empty.
const NO_MORE: [i32; 2] = [5, 7];

impl Sane {
    /// Starts scanning; `folder` is emptied first.
    ///
    /// # Errors
    /// A folder that cannot be made, no `scanimage`, an option with a name that is none.
    pub fn scan(&self, folder: &Path) -> Result<SanePages, SaneError> {
        match fs::remove_dir_all(folder) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error.into()),
            _ => fs::create_dir_all(folder)?,
        }
        let mut command = Command::new("scanimage");
        command.arg(format!("--device-name={}", self.device));
        for (name, value) in &self.options {
            let is_name = !name.is_empty() && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
            if !is_name || name.starts_with('-') {
                return Err(SaneError::Option(name.clone()));
            }
            // SANE has two options of one letter, for the size of the page.
            let dashes = if name.len() == 1 { "-" } else { "--" };
            match name.len() {
                1 => command.arg(format!("{dashes}{name}")).arg(value),
                _ => command.arg(format!("{dashes}{name}={value}")),
            };
        }
        let log = folder.join("scanimage.log");
        command.arg("--format=pnm").arg("--batch-print").arg(format!("--batch={}", folder.join("%06d.pnm").display()));
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(File::create(&log)?);
        let mut child = command.spawn().map_err(|error| match error.kind() {
            io::ErrorKind::NotFound => SaneError::Missing,
            _ => SaneError::File(error),
        })?;
        let out = child.stdout.take().ok_or_else(|| io::Error::other("no pipe from scanimage"))?;
        Ok(SanePages { child, names: BufReader::new(out), folder: folder.to_owned(), taken: 0, is_done: false })
    }
}

/// The pages of a running scan; dropped, it ends the scan and leaves nothing behind.
#[derive(Debug)]
pub struct SanePages {
    child: Child,
    names: BufReader<ChildStdout>,
    folder: PathBuf,
    taken: usize,
    is_done: bool,
}

impl SanePages {
    /// The next page, or why there is none.
    fn page(&mut self) -> Result<Option<Vec<u8>>, SaneError> {
        let mut name = String::new();
        if self.names.read_line(&mut name)? == 0 {
            return self.end();
        }
        // The name alone: nothing but the folder is read from.
        let name = Path::new(name.trim_end()).file_name().ok_or_else(|| io::Error::other("a page without a name"))?;
        let path = self.folder.join(name);
        let page = fs::read(&path)?;
        fs::remove_file(&path)?;
        self.taken += 1;
        Ok(Some(page))
    }

    fn end(&mut self) -> Result<Option<Vec<u8>>, SaneError> {
        let status = self.child.wait()?;
        let is_empty = status.code().is_some_and(|code| NO_MORE.contains(&code));
        if self.taken > 0 && (status.success() || is_empty) {
            return Ok(None);
        }
        if is_empty {
            return Err(SaneError::Empty);
        }
        let log = fs::read_to_string(self.folder.join("scanimage.log")).unwrap_or_default();
        let last = log.lines().rfind(|line| line.contains("scanimage:")).unwrap_or("it gave no page and no reason");
        let last: String = last.chars().filter(|c| !c.is_control()).take(160).collect();
        Err(SaneError::Stopped(last))
    }
}

impl Iterator for SanePages {
    type Item = Result<Vec<u8>, SaneError>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.is_done {
            return None;
        }
        let page = self.page().transpose();
        self.is_done = !matches!(page, Some(Ok(_)));
        page
    }
}

impl Drop for SanePages {
    fn drop(&mut self) {
        // Both fail where the scan has ended, which is what is wanted.
        let _ = self.child.kill();
        let _ = self.child.wait();
        let _ = fs::remove_dir_all(&self.folder);
    }
}
