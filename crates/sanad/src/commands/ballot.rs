//! `sanad ballot`: sheets drawn, and sheets read.

use std::path::PathBuf;

use ballot::Design;
use ballot::report::Names;
use clap::{Subcommand, ValueHint};
use election::{Digest, StyleId};
use serde_json::json;

use super::ballot_read::{self, Thresholds};
use crate::inputs;
use crate::shell::{At, Failure, Result, Shell, Verdict, read, write};

/// Ballots.
#[derive(Subcommand)]
pub enum Ballot {
    /// Draw the sheets of a style
    ///
    /// The first side of the first sheet as PNG, or all of each sheet as PDF; further sheets lie beside it as 2-FILE,
    /// 3-FILE. There is no serial number on a ballot.
    #[command(
        after_help = "Example: sanad ballot draw election --style spring --fingerprint fingerprint.txt -o spring.pdf"
    )]
    Draw {
        /// The folder of the definition
        #[arg(value_hint = ValueHint::DirPath)]
        election: PathBuf,
        /// The style, such as a constituency's id
        #[arg(long)]
        style: StyleId,
        /// The election fingerprint: sha256:… or a file that holds it; without it sheets are good for looking at only
        #[arg(long)]
        fingerprint: Option<String>,
        /// FILE.pdf, or FILE.png for the first side
        #[arg(short, long, value_hint = ValueHint::FilePath)]
        output: PathBuf,
    },
    /// Read the marks of scanned sheets
    ///
    /// 1 if any sheet is rejected; each has its reason code. Nothing is counted.
    #[command(
        after_help = "Example: sanad ballot read --election election --fingerprint fingerprint.txt front.png back.png"
    )]
    Read {
        /// The folder of the definition
        #[arg(long, required_unless_present = "vxf", conflicts_with = "vxf", value_hint = ValueHint::DirPath)]
        election: Option<PathBuf>,
        /// The election fingerprint that the sheets carry: sha256:… or a file that holds it
        #[arg(long, requires = "election")]
        fingerprint: Option<String>,
        /// A VotingWorks election definition
        #[arg(long, value_name = "election.json", value_hint = ValueHint::FilePath)]
        vxf: Option<PathBuf>,
        /// A folder for a picture of every stage of reading, a folder for each sheet
        #[arg(long, value_name = "DIR", value_hint = ValueHint::DirPath)]
        debug: Option<PathBuf>,
        /// Images, PDF or TIFF of many pages, or folders of them; front and back of a sheet one after the other
        #[arg(required = true, value_hint = ValueHint::FilePath)]
        images: Vec<PathBuf>,
    },
    /// Try other thresholds on the raw scores of a package
    ///
    /// Tells what every oval is by the thresholds of the definition, or by others. 1 if any is otherwise than by the
    /// definition's. Nothing is counted.
    #[command(
        after_help = "Example: sanad ballot rescore results/data/scores.json --election election --marked-from 200"
    )]
    Rescore {
        /// scores.json of an opened results bag
        #[arg(value_hint = ValueHint::FilePath)]
        scores: PathBuf,
        /// The folder of the definition
        #[arg(long, value_hint = ValueHint::DirPath)]
        election: PathBuf,
        #[command(flatten)]
        thresholds: Thresholds,
    },
}

/// Runs it.
pub fn run(shell: &Shell, command: Ballot) -> Result {
    match command {
        Ballot::Draw { election, style, fingerprint, output } => {
            let (_, def) = inputs::definition(&election)?;
            let fingerprint = fingerprint.map(|f| inputs::fingerprint(&f)).transpose()?;
            let fingerprint = fingerprint.unwrap_or(Digest([0; 32]));
            let layouts = ballot::layouts(&def)?;
            let own: Vec<_> = layouts.iter().filter(|layout| layout.style == style).collect();
            if own.is_empty() {
                let known = layouts.iter().map(|layout| layout.style.as_str());
                let what = format!("there is no ballot style '{style}' in the definition");
                return Err(inputs::unknown("ballot.style", what, style.as_str(), known));
            }
            let mut files = Vec::new();
            for layout in own {
                let drawn = print::ballot_sheet(&def, layout, fingerprint)?;
                let path = match layout.sheet {
                    1 => output.clone(),
                    sheet => output.with_file_name(format!(
                        "{sheet}-{}",
                        output.file_name().unwrap_or_default().to_string_lossy()
                    )),
                };
                let png = path.extension().is_some_and(|e| e == "png");
                write(&path, &if png { drawn.png(0, 200)? } else { drawn.pdf()? })?;
                shell.say(path.display());
                files.push(path);
            }
            shell.json(&json!({ "style": style, "files": files }));
            Ok(Verdict::Holds)
        }
        Ballot::Read { election, fingerprint, vxf, debug, images } => {
            let (design, names, sides) = match (election, vxf) {
                (Some(dir), _) => {
                    let (_, def) = inputs::definition(&dir)?;
                    let fingerprint = fingerprint.map(|f| inputs::fingerprint(&f)).transpose()?;
                    let fingerprint = fingerprint.ok_or_else(|| {
                        Failure::new(
                            "ballot.fingerprint",
                            "--fingerprint is missing: sheets carry it",
                            "give --fingerprint DIR/fingerprint.txt",
                        )
                    })?;
                    let design = Design::new(&def, fingerprint)?;
                    let sides = if design.layouts.iter().any(|l| l.back.is_some()) { 2 } else { 1 };
                    (design, Names::default(), sides)
                }
                (None, Some(path)) => {
                    let imported = ballot::vxf::import(&read(&path)?).at(path.display())?;
                    (imported.design, imported.names, 2)
                }
                (None, None) => unreachable!("clap asks for one of them"),
            };
            ballot_read::run(shell, &design, (&names, sides), &images, debug.as_deref())
        }
        Ballot::Rescore { scores, election, thresholds } => {
            ballot_read::rescore(shell, &scores, &election, &thresholds)
        }
    }
}
