//! `sanad ballot`: sheets drawn, and sheets read.

use std::path::PathBuf;

use ballot::report::{Names, SheetReport};
use ballot::{Design, SheetReading};
use clap::{Subcommand, ValueHint};
use election::{Digest, StyleId};
use serde_json::json;

use crate::inputs;
use crate::shell::{At, Failure, Fill, Result, Shell, Verdict, count, read, text, write};

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
        /// Images; front and back of a sheet one after the other
        #[arg(required = true, value_hint = ValueHint::FilePath)]
        images: Vec<PathBuf>,
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
        Ballot::Read { election, fingerprint, vxf, images } => {
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
            read_all(shell, &design, &names, sides, &images)
        }
    }
}

fn read_all(shell: &Shell, design: &Design, names: &Names, sides: usize, images: &[PathBuf]) -> Result {
    let bar = shell.progress("read", (images.len() / sides) as u64);
    let mut reports = Vec::new();
    for (number, sheet) in images.chunks(sides).enumerate() {
        let shown: Vec<String> = sheet.iter().map(|path| path.display().to_string()).collect();
        let reading = match decode_all(sheet)? {
            Ok(grey) => ballot::read(&grey[0], grey.get(1), design),
            Err(rejection) => SheetReading { outcome: Err(rejection), archived: None },
        };
        let report = SheetReport::new(number + 1, shown, &reading, names);
        tell(shell, &report, &reading);
        reports.push(report);
        bar.inc(1);
    }
    bar.finish_and_clear();
    shell.json(&reports);
    Ok(if reports.iter().all(|r| r.status == "read") { Verdict::Holds } else { Verdict::DoesNot })
}

/// A file that cannot be read is the caller's mistake; an image that cannot be decoded is a rejected sheet.
fn decode_all(paths: &[PathBuf]) -> Result<std::result::Result<Vec<ballot::Gray>, ballot::Rejection>> {
    let bytes = paths.iter().map(|path| read(path)).collect::<Result<Vec<_>>>()?;
    Ok(bytes.iter().map(|bytes| ballot::decode(bytes)).collect())
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
