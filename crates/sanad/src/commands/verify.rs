//! `sanad verify`: a stranger checks a publication.

use std::path::PathBuf;

use clap::ValueHint;

use crate::inputs;
use crate::shell::{Failure, Result, Shell, Verdict, count, file_failure, text};
use crate::{slips, words};

/// What to check.
#[derive(clap::Args)]
#[command(after_help = "Example: sanad verify demo/publication --root demo/fingerprint.txt --slips demo/slips")]
pub struct Args {
    /// The publication
    #[arg(value_hint = ValueHint::DirPath)]
    publication: PathBuf,
    /// The election fingerprint from the gazette or a slip: sha256:… or a file that holds it
    #[arg(long, value_name = "sha256:…|FILE", value_hint = ValueHint::FilePath)]
    root: Option<String>,
    /// Slips to compare: a folder of photos, or of texts of their codes
    #[arg(long, value_name = "DIR", value_hint = ValueHint::DirPath)]
    slips: Option<PathBuf>,
    /// Images to read again: opened packages in STATION/DEVICE-GENERATION/, or a bundle of evidence
    #[arg(long, value_name = "DIR|FILE.tar", value_hint = ValueHint::AnyPath)]
    images: Option<PathBuf>,
    /// How many sheets are read again, drawn by --seed; without it all are
    #[arg(long, value_name = "N", requires_all = ["images", "seed"], value_parser = clap::value_parser!(u32).range(1..))]
    sample: Option<u32>,
    /// The text that sheets are drawn by; the same draws the same, so throw dice for it in public
    #[arg(long, value_name = "TEXT", requires = "sample")]
    seed: Option<String>,
}

impl Args {
    /// The images to read again.
    fn images(&self) -> Result<Option<verify::Images>> {
        let Some(from) = self.images.clone() else { return Ok(None) };
        if !from.exists() {
            return Err(file_failure(&from, &std::io::ErrorKind::NotFound.into()));
        }
        let drawn = self.sample.zip(self.seed.clone());
        let sample = drawn.map(|(sheets, seed)| verify::Sample { sheets: sheets as usize, seed });
        Ok(Some(verify::Images { from, sample }))
    }
}

/// Checks it.
pub fn run(shell: &Shell, args: &Args) -> Result {
    let root = args.root.as_deref().map(inputs::fingerprint).transpose()?;
    let slips = args.slips.as_deref().map(|dir| slips::folder(shell, dir)).transpose()?;
    if slips.as_ref().is_some_and(Vec::is_empty) {
        let what = "--slips: no photo or text file of a slip is in that folder; nothing was compared with slips";
        shell.warn(shell.worded(what, &[]));
    }
    let options = verify::Options { root, slips, images: args.images()?, now: Some(super::station::now()) };
    let bar = shell.progress("verify", 0);
    let report = verify::verify(&args.publication, &options, &|progress: verify::Progress| {
        bar.set_length(progress.of);
        bar.set_position(progress.done);
    });
    bar.finish_and_clear();
    let report = report.map_err(|error| {
        let inside = args.publication.join("publication");
        let failure = Failure::from(error);
        if inside.is_dir() { failure.hint(&format!("did you mean {}?", inside.display())) } else { failure }
    })?;
    shell.json(&report);
    let told = |what: &str| words::told(shell.lang, what);
    if !shell.quiet {
        shell.found(verify::render(&report, shell.lang, verify::Show::All, &told));
    } else if report.verdict != verify::Verdict::Pass {
        shell.found(verify::render(&report, shell.lang, verify::Show::Amiss, &told));
    }
    tell_age(shell, &report);
    Ok(verdict(&report))
}

/// How old the record is, where the report says.
pub fn tell_age(shell: &Shell, report: &verify::Report) {
    let Some(seen) = &report.freshness else { return };
    let fills = [text(&seen.witnessed_at), count(seen.hours)];
    shell.tell("Witnesses saw this record at {}, {} hours ago.", &fills);
    if let (true, Some(limit)) = (seen.is_old, seen.limit_hours) {
        let sentence = "OLD: that is more than {} hours. If results still come in, this copy may be held back: compare it with another.";
        shell.alarm(sentence, &[count(limit)]);
    }
}

/// The exit code of a report.
pub fn verdict(report: &verify::Report) -> Verdict {
    match report.verdict {
        verify::Verdict::Pass => Verdict::Holds,
        verify::Verdict::Fail => Verdict::DoesNot,
        verify::Verdict::Incomplete => Verdict::Missing,
    }
}
