//! `sanad verify`: a stranger checks a publication.

use std::path::PathBuf;

use crate::inputs;
use crate::shell::{Result, Shell, Verdict};
use crate::slips;

/// What to check.
#[derive(clap::Args)]
pub struct Args {
    /// The publication
    publication: PathBuf,
    /// The election fingerprint from the gazette or a slip: sha256:… or a file that holds it
    #[arg(long, value_name = "sha256:…|FILE")]
    root: Option<String>,
    /// Slips to compare: a folder of photos, or of texts of their codes
    #[arg(long, value_name = "DIR")]
    slips: Option<PathBuf>,
}

/// Checks it.
pub fn run(shell: &Shell, args: &Args) -> Result {
    let root = args.root.as_deref().map(inputs::fingerprint).transpose()?;
    let slips = args.slips.as_deref().map(slips::folder).transpose()?.unwrap_or_default();
    let no_slips = args.slips.is_some() && slips.is_empty();
    if no_slips {
        shell.warn("--slips: no photo or text file of a slip is in that folder; nothing was compared with slips");
    }
    let options = verify::Options { root, slips };
    let bar = shell.progress("verify", 0);
    let report = verify::verify(&args.publication, &options, &|progress: verify::Progress| {
        bar.set_length(progress.of);
        bar.set_position(progress.done);
    });
    bar.finish_and_clear();
    let report = report?;
    if shell.json {
        shell.json(&report);
    } else {
        shell.say(verify::render(&report, shell.lang));
    }
    Ok(match report.verdict {
        verify::Verdict::Pass if no_slips => Verdict::Missing,
        verify::Verdict::Pass => Verdict::Holds,
        verify::Verdict::Fail => Verdict::DoesNot,
        verify::Verdict::Incomplete => Verdict::Missing,
    })
}
