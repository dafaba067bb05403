//! `sanad evidence`: a bundle for whoever has a mandate, handed out and checked.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use centre::Centre as Room;
use clap::{Subcommand, ValueHint};
use election::{ActId, Digest, PlainDate, Role};
use record::evidence;
use record::register::exports::{Class, ExportProblem, Mandate, Subject};
use serde_json::json;

use super::case::one_of;
use super::centre::open;
use crate::shell::{Failure, Result, Shell, count, file_failure, read, text};
use crate::{inputs, words};

/// A bundle of evidence.
#[derive(Subcommand)]
pub enum Evidence {
    /// Hand out what a mandate asks for, as one offline file; signed by two officers
    ///
    /// The whole record, the definition, the packages of the stations as far as the mandate includes them, slips, papers, the registers and a
    /// report in words. The bundle is itself an entry of the record. What the mandate does not include, and what is given to nobody, is named
    /// in the bundle with the reason (docs/evidence.md). The record must be cosigned.
    #[command(
        after_help = "Example: sanad evidence export --dir centre --mandate order.pdf --issuer 'Committee of inquiry' --number 45/2018 \
                      --dated 2018-06-06 --scope station:0101 --scope case:17 --signer officer_1.key.pem --signer officer_2.key.pem -o bundle.tar"
    )]
    Export(Export),
    /// Check a bundle of evidence, with nothing else at hand
    ///
    /// Every file, the whole record, every signature and figure, and that the bundle is the one that was entered. What is altered fails
    /// and is named (1); what is absent is incomplete (3), and so is a check without the fingerprint from paper, or without a publication
    /// that has the entry: the bundle alone cannot show that its record is the one that everybody sees.
    #[command(after_help = "Example: sanad evidence check bundle.tar --root fingerprint.txt --publication publication")]
    Check(Check),
}

const CLASSES: [(&str, Class); 5] = [
    ("results", Class::Results),
    ("slips", Class::Slips),
    ("papers", Class::Papers),
    ("records", Class::Records),
    ("images", Class::Images),
];

/// A mandate and what it asks for.
#[derive(clap::Args)]
pub struct Export {
    /// The folder of the centre
    #[arg(long, value_hint = ValueHint::DirPath)]
    dir: PathBuf,
    /// The scanned order: it goes into the bundle, and its hash is public
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    mandate: PathBuf,
    /// Its number in the register of acts, where it is entered: issuer, number and date are then those of the act
    #[arg(long, value_name = "ACT", conflicts_with_all = ["issuer", "number", "dated"], required_unless_present = "issuer")]
    act: Option<ActId>,
    /// Who gave it, as the paper has it
    #[arg(long, value_name = "TEXT", requires_all = ["number", "dated"])]
    issuer: Option<String>,
    /// The number on the paper
    #[arg(long, value_name = "TEXT", requires = "issuer")]
    number: Option<String>,
    /// The date on the paper: 2018-06-06
    #[arg(long, value_name = "DATE", requires = "issuer")]
    dated: Option<PlainDate>,
    /// What it is about: station:0101, office:baghdad, case:17 or all; repeat it for more
    #[arg(long, value_name = "SUBJECT", required = true)]
    scope: Vec<Subject>,
    /// What of it is handed out; records and images are of single ballots
    #[arg(long, value_parser = one_of(&CLASSES), value_delimiter = ',', default_value = "results,slips,papers")]
    include: Vec<Class>,
    /// An officer's key; two of different officers
    #[arg(long = "signer", value_name = "KEY.pem", required = true, value_hint = ValueHint::FilePath)]
    signers: Vec<PathBuf>,
    /// The file to write; its owner alone may read it
    #[arg(short, long, value_name = "FILE.tar", value_hint = ValueHint::FilePath)]
    output: PathBuf,
}

/// A bundle to check.
#[derive(clap::Args)]
pub struct Check {
    /// The bundle as it was handed out, or the folder that it was unpacked to
    #[arg(value_hint = ValueHint::AnyPath)]
    bundle: PathBuf,
    /// The election fingerprint from the gazette or a slip: sha256:… or a file that holds it
    #[arg(long, value_name = "sha256:…|FILE", value_hint = ValueHint::FilePath)]
    root: Option<String>,
    /// A later publication, in which the entry of the bundle must stand; without it the check is incomplete
    #[arg(long, value_name = "DIR", value_hint = ValueHint::DirPath)]
    publication: Option<PathBuf>,
}

/// Runs it.
pub fn run(shell: &Shell, command: Evidence) -> Result {
    match command {
        Evidence::Export(args) => export(shell, args),
        Evidence::Check(args) => check(shell, &args),
    }
}

fn export(shell: &Shell, args: Export) -> Result {
    let mut room = open(&args.dir)?;
    let keys = inputs::keys_of(&room.state().signatories, Role::Officer, &args.signers)?;
    let paper = read(&args.mandate)?;
    if args.output.exists() {
        let what = "there is a file of this name already; a bundle that was handed out is never written over";
        return Err(Failure::new("evidence.exists", what, "name another file").at(args.output.display()));
    }
    let mandate = mandate(&room, &args, &paper)?;
    read_back(shell, &mandate);
    let (bar, size) = (shell.progress("evidence", 0), room.log().size());
    let done = room.export(mandate, &paper, &args.output, &inputs::signers(&keys), &inputs::clock(), |done, of| {
        bar.set_length(of);
        bar.set_position(done);
    });
    bar.finish_and_clear();
    let is_entered = room.log().size() > size;
    let centre::Exported { leaf, export } = done.map_err(|error| {
        let next = "the record says that a bundle was made, and its file is not there: have the record cosigned, and hand it out again; that is an entry of its own";
        let failure = Failure::from(error);
        if is_entered { failure.hint(next) } else { failure }
    })?;
    let output = args.output.display();
    shell.tell(
        "Entered as leaf {}: {} files, {} bytes in {}",
        &[count(leaf), count(export.files), count(export.bytes), text(output)],
    );
    let confidential = evidence::is_confidential(&export.mandate);
    warn(shell, confidential);
    shell.tell("Have the record cosigned and publish it: then everybody sees that this was handed out.", &[]);
    shell.json(&json!({ "bundle": args.output, "leaf": leaf, "confidential": confidential, "export": export }));
    // What the reader will see first is seen here first.
    let report = checked(shell, &args.output, Some(room.state().fingerprint), None)?.handed_out();
    if report.verdict != verify::Verdict::Pass {
        let told = |what: &str| words::told(shell.lang, what);
        shell.found(verify::render_bundle(&report, shell.lang, verify::Show::Amiss, &told));
    }
    Ok(super::verify::verdict(&report))
}

/// What is asked for; of an act of the register, issuer, number and date as it has them.
fn mandate(room: &Room, args: &Export, paper: &[u8]) -> Result<Mandate> {
    let (issuer, number, dated) = match (&args.act, &args.issuer, &args.number, args.dated) {
        (Some(id), ..) => {
            let act = room.state().registers.acts.get(id).map(|(_, act)| act);
            let act = act.ok_or_else(|| Failure::from(ExportProblem::NoAct(id.clone())))?;
            (act.issuer.clone(), act.number.clone(), act.dated)
        }
        (None, Some(issuer), Some(number), Some(dated)) => (issuer.clone(), number.clone(), dated),
        _ => unreachable!("clap asks for an act, or for issuer, number and date"),
    };
    Ok(Mandate {
        act: args.act.clone(),
        issuer,
        number,
        dated,
        paper: Digest::of(paper),
        scope: args.scope.iter().cloned().collect(),
        includes: BTreeSet::from_iter(args.include.iter().copied()),
    })
}

/// What is entered, to be compared with the paper.
fn read_back(shell: &Shell, mandate: &Mandate) {
    let joined = |words: Vec<String>| text(words.join(" "));
    // Of a bundle it is whatever somebody wrote: nothing in it steers the terminal.
    let [issuer, number] = [&mandate.issuer, &mandate.number].map(verify::plain);
    shell.tell("Mandate: {}, {} of {}", &[text(issuer), text(number), text(mandate.dated)]);
    shell.tell("Paper: {}", &[text(mandate.paper)]);
    shell.tell("It is about: {}", &[joined(mandate.scope.iter().map(Subject::to_string).collect())]);
    let includes = mandate.includes.iter().map(|class| class.as_str().to_owned()).collect();
    shell.tell("Handed out: {}", &[joined(includes)]);
}

fn warn(shell: &Shell, confidential: bool) {
    if confidential {
        shell.alarm("CONFIDENTIAL: it must not be published; its report says why.", &[]);
    }
}

fn check(shell: &Shell, args: &Check) -> Result {
    let root = args.root.as_deref().map(inputs::fingerprint).transpose()?;
    if !args.bundle.exists() {
        return Err(file_failure(&args.bundle, &std::io::ErrorKind::NotFound.into()));
    }
    if let Some(publication) = &args.publication {
        crate::published::expect(publication)?;
    }
    let found = checked(shell, &args.bundle, root, args.publication.as_deref())?;
    shell.json(&found);
    let report = &found.report;
    // It is a fact where two officers have entered it, and not before.
    let is_entered = report.check("V.951").is_some_and(|check| check.verdict() == verify::Verdict::Pass);
    if let Some(export) = found.export.as_ref().filter(|_| is_entered) {
        read_back(shell, &export.mandate);
    }
    let told = |what: &str| words::told(shell.lang, what);
    if !shell.quiet {
        shell.found(verify::render_bundle(report, shell.lang, verify::Show::All, &told));
    } else if report.verdict != verify::Verdict::Pass {
        shell.found(verify::render_bundle(report, shell.lang, verify::Show::Amiss, &told));
    }
    warn(shell, found.confidential);
    super::verify::tell_age(shell, report);
    Ok(super::verify::verdict(report))
}

fn checked(
    shell: &Shell,
    bundle: &Path,
    root: Option<Digest>,
    publication: Option<&Path>,
) -> Result<verify::BundleReport> {
    let bar = shell.progress("verify", 0);
    let now = Some(super::station::now());
    let report = verify::bundle(bundle, root, publication, now, &|progress: verify::Progress| {
        bar.set_length(progress.of);
        bar.set_position(progress.done);
    });
    bar.finish_and_clear();
    report.map_err(Failure::from)
}
