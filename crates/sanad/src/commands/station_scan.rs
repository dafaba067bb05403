//! `sanad station scan` and `adjudicate`: sheets in, and what is in doubt about them.

use std::path::{Path, PathBuf};

use ballot::Design;
use serde_json::json;
use sign::SystemEntropy;
use station::{BallotReader, Outcome, Sheet, Station as Room};

use super::station_refused::shown;
use crate::shell::{Failure, Fill, Result, Shell, Verdict, count, file_failure, read, text};

/// Endings of pictures of sheets; what else lies in a folder is named and left alone.
const PICTURES: [&str; 5] = ["png", "jpg", "jpeg", "pgm", "pbm"];

const NAMED: &str = "name the folder that the scanner writes to; pictures end in .png, .jpg, .pgm or .pbm";

fn is_picture(path: &Path) -> bool {
    let ending = path.extension().map(|e| e.to_string_lossy().to_lowercase()).unwrap_or_default();
    PICTURES.contains(&ending.as_str())
}

fn images_in(shell: &Shell, paths: &[PathBuf]) -> Result<Vec<PathBuf>> {
    let mut images = Vec::new();
    for path in paths {
        if !path.is_dir() {
            if path.is_file() && !is_picture(path) {
                return Err(Failure::new("station.no_image", "this is no picture of a sheet", NAMED).at(path.display()));
            }
            images.push(path.clone());
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
        images.extend(pictures);
    }
    Ok(images)
}

/// Feeds every sheet, and says of each that is not counted why.
pub fn scan(shell: &Shell, room: &mut Room, paths: &[PathBuf], now: i64) -> Result {
    let ground = room.ground();
    let design = Design::new(&ground.definition, ground.fingerprint)?;
    let sides = if design.layouts.iter().any(|l| l.back.is_some()) { 2 } else { 1 };
    let images = images_in(shell, paths)?;
    let bar = shell.progress("scan", (images.len() / sides) as u64);
    let mut sheets = Vec::new();
    for pair in images.chunks(sides) {
        sheets.push(Sheet {
            name: pair[0].display().to_string(),
            front: read(&pair[0])?,
            back: pair.get(1).map(|path| read(path)).transpose()?,
        });
    }
    let (mut counted, mut doubtful, mut refused) = (0u32, 0usize, Vec::new());
    room.scan(sheets, &BallotReader { design }, &SystemEntropy, now, &mut |name, outcome| {
        bar.inc(1);
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
    })?;
    bar.finish_and_clear();
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
    shell.json(&json!({ "counted": counted, "doubtful": doubtful, "refused": rows, "total": room.counted() }));
    Ok(if refused.is_empty() { Verdict::Holds } else { Verdict::DoesNot })
}

/// Lists the doubtful contests; 3 while any is open.
pub fn questions(shell: &Shell, room: &Room, pictures: &[PathBuf]) -> Verdict {
    let questions = room.questions();
    for question in &questions {
        let options: Vec<&str> = question.options.iter().map(|o| o.as_str()).collect();
        let answered: Vec<&str> = question.answered.iter().map(|p| p.as_str()).collect();
        let fills = [question.slot.to_string(), question.contest.to_string(), options.join(", "), answered.join(", ")];
        let fills = fills.map(text);
        if question.settled {
            shell.tell("sheet {} {}: was any of these marked? {} (settled; answered: {})", &fills);
        } else {
            shell.find("sheet {} {}: is any of these marked? {} (open; answered: {})", &fills);
        }
    }
    let open = questions.iter().filter(|q| !q.settled).count();
    shell.tell("{} of {} doubtful contests are open", &[count(open), count(questions.len())]);
    shell.json(&json!({ "questions": questions, "open": open, "pictures": pictures }));
    if open == 0 { Verdict::Holds } else { Verdict::Missing }
}
