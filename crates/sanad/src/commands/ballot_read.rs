//! `sanad ballot read` and `rescore`: marks of scanned sheets, and what they would be by other thresholds.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use ballot::report::{Names, SheetReport};
use ballot::{Class, Design, Doubt, Gray, SheetReading, debug, with_images};
use election::{ContestId, MarkRules, MarkScore, OptionId};
use rayon::prelude::*;
use serde_json::json;

use crate::inputs;
use crate::pages::{self, Scans};
use crate::shell::{At, Fill, Result, Shell, Verdict, count, read, text, write};

/// Reads every sheet, side by side on all cores, and tells of each in its order.
pub fn run(
    shell: &Shell,
    design: &Design,
    (names, sides): (&Names, usize),
    images: &[PathBuf],
    pictures: Option<&Path>,
) -> Result {
    let files = pages::files_in(shell, images)?;
    let bar = shell.progress("read", files.len().div_ceil(sides) as u64);
    let failure = RefCell::new(None);
    let mut sheets = pages::sheets(Scans::of_files(files, &failure), sides);
    let mut reports: Vec<SheetReport> = Vec::new();
    loop {
        // Few at a time: memory is bounded by the number of cores.
        let batch: Vec<pages::Sheet> = sheets.by_ref().take(4 * rayon::current_num_threads()).collect();
        if batch.is_empty() {
            break;
        }
        let first = reports.len() + 1;
        let read: Vec<Result<(SheetReport, SheetReading)>> = batch
            .par_iter()
            .enumerate()
            .map(|(i, sheet)| {
                let reading = one(design, sheet, pictures.map(|folder| folder.join(format!("{:04}", first + i))))?;
                let shown = sheet.pages.iter().map(|page| page.name.clone()).collect();
                Ok((SheetReport::new(first + i, shown, &reading, names), reading))
            })
            .collect();
        for sheet in read {
            let (report, reading) = sheet?;
            tell(shell, &report, &reading);
            reports.push(report);
            bar.inc(1);
        }
    }
    bar.finish_and_clear();
    if let Some(failure) = failure.take() {
        return Err(failure);
    }
    shell.json(&reports);
    Ok(if reports.iter().all(|r| r.status == "read") { Verdict::Holds } else { Verdict::DoesNot })
}

/// A file that cannot be read is the caller's mistake; an image that cannot be decoded is a rejected sheet.
fn one(design: &Design, sheet: &pages::Sheet, pictures: Option<PathBuf>) -> Result<SheetReading> {
    let files: Vec<&[u8]> = sheet.pages.iter().map(|page| &page.image[..]).collect();
    let read = |images: &[Gray]| {
        let drawn = pictures.as_ref().map(|_| debug::pictures(&images[0], images.get(1), design));
        let reading = ballot::read(&images[0], images.get(1), design);
        (if sheet.alone { reading } else { reading.front_first(design) }, drawn)
    };
    let (reading, drawn) = match with_images(&files, read) {
        Ok(read) => read,
        Err(rejection) => (SheetReading { outcome: Err(rejection), archived: None }, None),
    };
    for (name, bytes) in drawn.into_iter().flatten() {
        write(&pictures.clone().unwrap_or_default().join(name), &bytes)?;
    }
    Ok(reading)
}

fn tell(shell: &Shell, report: &SheetReport, reading: &SheetReading) {
    if let Some(rejection) = reading.rejection() {
        let code = election::Coded::code(rejection);
        let fills = [count(report.sheet), text(code), Fill::Words(rejection.say(shell.lang))];
        shell.find("sheet {}: rejected [{}] {}", &fills);
        return;
    }
    shell.tell("sheet {}: read", &[count(report.sheet)]);
    for contest in &report.contests {
        shell.say(format_args!("  {}: {}", contest.id, contest.marked.join(", ")));
        if !contest.ambiguous.is_empty() {
            shell.find("  {}: in doubt: {}", &[text(&contest.id), text(contest.ambiguous.join(", "))]);
        }
    }
}

/// Other thresholds than the definition's.
#[derive(clap::Args)]
pub struct Thresholds {
    /// At most this much ink is no mark, in thousandths of the oval
    #[arg(long)]
    unmarked_to: Option<u16>,
    /// From this much it is one
    #[arg(long)]
    marked_from: Option<u16>,
    /// From this much ink round the oval people decide
    #[arg(long)]
    outside_from: Option<u16>,
    /// Paler ink may have been rubbed out
    #[arg(long)]
    pale_to: Option<u16>,
}

impl Thresholds {
    fn instead_of(&self, usual: &MarkRules) -> MarkRules {
        MarkRules {
            unmarked_to: self.unmarked_to.unwrap_or(usual.unmarked_to),
            marked_from: self.marked_from.unwrap_or(usual.marked_from),
            outside_from: self.outside_from.unwrap_or(usual.outside_from),
            pale_to: self.pale_to.unwrap_or(usual.pale_to),
        }
    }
}

/// The raw scores of a package's sheets, in the order of its cast vote records.
type Scores = Vec<BTreeMap<ContestId, BTreeMap<OptionId, MarkScore>>>;

/// Classes of `scores.json` by the definition's thresholds and by others.
pub fn rescore(shell: &Shell, scores: &Path, election: &Path, thresholds: &Thresholds) -> Result {
    let (_, definition) = inputs::definition(election)?;
    let (usual, other) = (&definition.rules.marks, thresholds.instead_of(&definition.rules.marks));
    let records: Scores = sign::canonical::from_bytes(&read(scores)?).at(scores.display())?;
    let (mut classes, mut changed): (BTreeMap<Class, u64>, Vec<_>) = Default::default();
    let mut contradicted = 0u64;
    for (number, contests) in (1..).zip(&records) {
        for (contest, options) in contests {
            for (option, score) in options {
                let (from, to) = (ballot::class(score, usual).0, ballot::class(score, &other).0);
                *classes.entry(to).or_default() += 1;
                contradicted +=
                    u64::from(matches!(ballot::class(score, &other).1, Some(Doubt::Disagree | Doubt::Erased)));
                if from != to {
                    changed.push((number, contest, option, from, to));
                }
            }
        }
    }
    let of = |class| classes.get(&class).copied().unwrap_or(0);
    let (marked, ambiguous, unmarked) = (of(Class::Marked), of(Class::Ambiguous), of(Class::Unmarked));
    shell.tell(
        "{} sheets: {} ovals marked, {} in doubt, {} not marked; {} are otherwise by the definition's thresholds",
        &[count(records.len()), count(marked), count(ambiguous), count(unmarked), count(changed.len())],
    );
    let all = marked + ambiguous + unmarked;
    shell.tell(
        "the score from grey contradicts the one that counts at {} of {} ovals",
        &[count(contradicted), count(all)],
    );
    let word = |class: Class| serde_json::to_value(class).expect("a class is a word");
    for (record, contest, option, from, to) in &changed {
        let words = [word(*from), word(*to)].map(|word| text(word.as_str().unwrap_or_default()));
        let [from, to] = words;
        shell.find(
            "record {}, {}, {}: {} by the definition, {} by these",
            &[count(*record), text(contest), text(option), from, to],
        );
    }
    let rows: Vec<_> = (changed.iter())
        .map(|(record, contest, option, from, to)| {
            json!({ "record": record, "contest": contest, "option": option, "from": from, "to": to })
        })
        .collect();
    shell.json(&json!({
        "thresholds": other, "records": records.len(), "marked": marked, "ambiguous": ambiguous, "unmarked": unmarked,
        "contradicted": contradicted, "changed": rows,
    }));
    Ok(if changed.is_empty() { Verdict::Holds } else { Verdict::DoesNot })
}
