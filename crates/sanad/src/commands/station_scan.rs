//! `sanad station scan`: sheets in, from files or from a scanner.

use std::cell::RefCell;
use std::path::{Path, PathBuf};

use ballot::Design;
use serde_json::json;
use sign::SystemEntropy;
use station::{BallotReader, Outcome, Sane, Sheet, Station as Room, USUAL_OPTIONS};

use super::station_adjudicate::DOUBTS;
use super::station_alike::ALIKE;
use super::station_refused::shown;
use crate::pages::{self, Scans};
use crate::shell::{Failure, Fill, Result, Shell, Verdict, count, file_failure, text};

/// Where sheets come from.
#[derive(clap::Args)]
pub struct From {
    /// Images, PDF or TIFF of many pages, or folders of them; front and back of a sheet one after the other
    #[arg(required_unless_present = "sane", conflicts_with = "sane", value_hint = clap::ValueHint::AnyPath)]
    images: Vec<PathBuf>,
    /// Scan what lies in the feeder of this scanner; `scanimage --list-devices` names them
    #[arg(long, value_name = "DEVICE")]
    sane: Option<String>,
    /// An option of the scanner, as `scanimage --all-options` lists them; without any, mode=Gray and resolution=200.
    /// One page is scanned, unless source=… names a feeder
    #[arg(long, value_name = "NAME=VALUE", requires = "sane")]
    sane_option: Vec<String>,
}

/// Pages pass through here between the scanner and the reader.
const INCOMING: &str = "incoming";

impl From {
    fn scanner(&self, device: &str) -> Result<Sane> {
        let split = |option: &String| {
            let (name, value) = option.split_once('=').ok_or_else(|| station::SaneError::Option(option.clone()))?;
            Ok((name.to_owned(), value.to_owned()))
        };
        let given = self.sane_option.iter().map(split).collect::<Result<Vec<_>>>()?;
        let usual = USUAL_OPTIONS.map(|(name, value)| (name.to_owned(), value.to_owned()));
        Ok(Sane { device: device.to_owned(), options: if given.is_empty() { usual.into() } else { given } })
    }
}

/// Feeds every sheet, and says of each that is not counted why. What stops the feeding is told after what became of the
/// sheets before it.
pub fn scan(shell: &Shell, dir: &Path, room: &mut Room, from: &From, now: i64) -> Result {
    let ground = room.ground();
    let design = Design::new(&ground.definition, ground.fingerprint)?;
    let sides = if design.layouts.iter().any(|l| l.back.is_some()) { 2 } else { 1 };
    let failure = RefCell::new(None);
    let scanner = from.sane.as_ref().map(|device| from.scanner(device)).transpose()?;
    let (scans, expected) = match &scanner {
        Some(scanner) => (Scans::of_scanner(scanner, &dir.join(INCOMING), &failure)?, 0),
        None => {
            let files = pages::files_in(shell, &from.images)?;
            let expected = files.len().div_ceil(sides);
            (Scans::of_files(files, &failure), expected)
        }
    };
    let bar = shell.progress("scan", expected as u64);
    let fed_names = RefCell::new(Vec::new());
    let sheet = |fed: pages::Sheet| {
        let mut pages = fed.pages.into_iter();
        let front = pages.next().expect("a sheet has a page");
        let back = pages.next().map(|page| page.image);
        fed_names.borrow_mut().push(front.name.clone());
        Sheet { name: front.name, front: front.image, back, alone: fed.alone }
    };
    let sheets = pages::sheets(scans, sides).map(sheet);
    let (mut counted, mut doubtful, mut refused) = (0u32, 0usize, Vec::new());
    let mut told = 0;
    let taken = room.scan(sheets, &BallotReader { design }, &SystemEntropy, now, &mut |name, outcome| {
        bar.inc(1);
        told += 1;
        let code = match outcome {
            Outcome::Counted { doubtful: doubts } => {
                counted += 1;
                doubtful += doubts;
                return;
            }
            Outcome::SameFile => "station.same_file",
            Outcome::Refused { code, .. } => code,
        };
        let sheet = match outcome {
            Outcome::Refused { input, .. } => Some(shown(input)),
            _ => None,
        };
        refused.push((name.to_owned(), code.to_owned(), outcome.say(shell.lang), sheet));
    });
    bar.finish_and_clear();
    let unknown = fed_names.borrow().get(told).cloned();
    let stopped = match taken {
        // Nothing was taken: there is nothing to tell but the reason.
        Err(error) if told == 0 => return Err(error.into()),
        taken => taken.err().map(Failure::from).or_else(|| failure.take()),
    };
    for (name, code, words, sheet) in &refused {
        let (name, code, words) = (text(name), text(code), Fill::Words(words.clone()));
        match sheet {
            Some(sheet) => shell.find("{}: not counted [{}] {} (sheet {})", &[name, code, words, text(sheet)]),
            None => shell.find("{}: not counted [{}] {}", &[name, code, words]),
        }
    }
    shell.tell(
        "{} counted, {} not counted, {} doubtful contests; {} in all",
        &[count(counted), count(refused.len()), count(doubtful), count(room.counted())],
    );
    let rows: Vec<_> = refused
        .iter()
        .map(|(name, code, words, sheet)| json!({ "image": name, "code": code, "what": words, "sheet": sheet }))
        .collect();
    let mut object = json!({ "counted": counted, "doubtful": doubtful, "refused": rows, "total": room.counted() });
    if let Some(failure) = stopped {
        if let Some(name) = unknown {
            shell.find("From {} on no sheet is known to be counted.", &[text(&name)]);
            object["unknown_from"] = json!(name);
        }
        object["error"] = failure.json(shell.lang);
        shell.json(&object);
        shell.mishap(&failure);
        return Ok(failure.verdict());
    }
    if scanner.is_some_and(|scanner| !scanner.has_feeder()) {
        shell.tell(
            "One page was scanned: no feeder is named. For all that lies in one: --sane-option source=… as `scanimage --all-options` lists it",
            &[],
        );
    }
    shell.json(&object);
    Ok(if refused.is_empty() { Verdict::Holds } else { Verdict::DoesNot })
}

/// Removes the pictures of sheets that people were shown: after the close nobody is.
pub(super) fn remove_pictures(dir: &Path) -> Result<()> {
    for folder in [DOUBTS, ALIKE] {
        let path = dir.join(folder);
        match std::fs::remove_dir_all(&path) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => return Err(file_failure(&path, &error)),
            _ => {}
        }
    }
    Ok(())
}

/// A picture in one of the folders beside the device's, where those of sheets lie for a while.
pub(super) fn left_behind(dir: &Path) -> Result<Option<String>> {
    for folder in [INCOMING, DOUBTS, ALIKE] {
        let path = dir.join(folder);
        match std::fs::read_dir(&path).map(|mut entries| entries.next()) {
            Ok(Some(entry)) => {
                let entry = entry.map_err(|e| file_failure(&path, &e))?;
                return Ok(Some(format!("{folder}/{}", entry.file_name().to_string_lossy())));
            }
            Ok(None) => {}
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {}
            Err(error) => return Err(file_failure(&path, &error)),
        }
    }
    Ok(None)
}
