//! `sanad statement`: the nine points, as text, as a page and as a PDF.

use std::collections::BTreeMap;
use std::io::IsTerminal;
use std::path::{Path, PathBuf};

use clap::{ValueEnum, ValueHint};
use election::{Definition, StationId};
use log::{Note, Policy};
use record::statement::{self, Point, Witnessed};
use record::{Figures, Outcome, State};
use site::Site;

use super::statement_report::report;
use crate::published;
use crate::shell::{Failure, Result, Shell, Verdict, read_ordinary, text, write};

/// Where the statement comes from, and its form.
#[derive(clap::Args)]
#[command(after_help = "Example: sanad statement --publication demo/publication --lang ar")]
pub struct Args {
    /// The folder of the centre
    #[arg(long, required_unless_present = "publication", conflicts_with = "publication", value_hint = ValueHint::DirPath)]
    dir: Option<PathBuf>,
    /// A publication: the text as it was published; with --json and in other forms, worked out from its record
    #[arg(long, value_hint = ValueHint::DirPath)]
    publication: Option<PathBuf>,
    /// The form
    #[arg(long, value_enum, default_value = "text")]
    format: Form,
    /// Where it is written; without it, standard output
    #[arg(short, long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    output: Option<PathBuf>,
}

/// The forms of the statement, which all say the same.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Form {
    /// Lines, to be read out
    Text,
    /// One page without a script, for a browser
    Html,
    /// A4, for printing and keeping (PDF/A)
    Pdf,
}

/// Writes it.
pub fn run(shell: &Shell, args: &Args) -> Result {
    let to_terminal = args.output.is_none() && !shell.json && std::io::stdout().is_terminal();
    may_go_out(args.format, to_terminal)?;
    let published = match (&args.publication, args.format) {
        (Some(dir), Form::Text) => Some(published_text(shell, dir)?),
        _ => None,
    };
    // What was published is shown as it stands; nothing is worked out for that.
    let (form, points) = match published {
        Some(text) if !shell.json => (text, None),
        published => with_site(args, |site| {
            let results = (site.outcome, site.figures);
            let points = statement::statement(site.definition, site.state, results, site.witnessed, shell.lang);
            let form = published.map_or_else(|| formed(shell, args.format, site, &points), Ok)?;
            Ok((form, Some(points)))
        })?,
    };
    match &args.output {
        Some(path) => {
            write(path, &form)?;
            shell.tell("The statement: {}", &[text(path.display())]);
        }
        None if args.format == Form::Text => {
            // A publication's is whatever it holds: nothing in it steers the terminal.
            let is_steering = |c: char| c.is_control() && c != '\n';
            shell.say(String::from_utf8_lossy(&form).replace(is_steering, "\u{fffd}").trim_end());
        }
        None => shell.bytes(&form)?,
    }
    let evidenced = points.iter().flatten().all(|point| point.evidenced);
    shell.json(&serde_json::json!({ "points": points, "file": args.output }));
    Ok(if args.publication.is_some() || evidenced { Verdict::Holds } else { Verdict::Missing })
}

/// Refuses to fill a terminal with a PDF.
fn may_go_out(format: Form, to_terminal: bool) -> Result<()> {
    match format == Form::Pdf && to_terminal {
        true => Err(Failure::new("usage.terminal", "a PDF cannot be read on a terminal", "name a file for it with -o")),
        false => Ok(()),
    }
}

/// The text of a publication, as it lies there.
fn published_text(shell: &Shell, dir: &Path) -> Result<Vec<u8>> {
    published::expect(dir)?;
    read_ordinary(&dir.join(format!("announcement/statement-{}.txt", shell.lang)))
}

/// The statement in one of its forms.
fn formed(shell: &Shell, format: Form, site: &Site<'_>, points: &[Point]) -> Result<Vec<u8>> {
    let lang = shell.lang;
    Ok(match format {
        Form::Text => statement::text(site.definition, site.outcome, points, lang).into_bytes(),
        Form::Html => site::statement(site, lang).into_bytes(),
        Form::Pdf => print::report(&report(site, points, lang))?.pdf()?,
    })
}

/// Hands over what the statement is made of, from the centre's folder or from a publication.
fn with_site<T>(args: &Args, take: impl FnOnce(&Site<'_>) -> Result<T>) -> Result<T> {
    if let Some(dir) = &args.publication {
        let published = published::open(dir)?;
        let def = &published.frozen.definition;
        let figures = published.figures(dir)?;
        let outcome = Outcome::of(def, &published.state, &figures)?;
        let policy = Policy::parse(&published.frozen.lists.witness_policy)?;
        let (size, note) = match published.state.announcements.last() {
            Some((index, announcement)) => (*index, Note::parse(announcement.witnessed.as_bytes())?),
            None => (published.log.checkpoint.size, published.log.note.clone()),
        };
        let policy = published.state.policy_at(&policy, size);
        return take(&site(def, &published.state, (&outcome, &figures), &Witnessed::of(&policy, &note)));
    }
    let room = super::centre::open(args.dir.as_ref().expect("clap asks for one of them"))?;
    let (outcome, figures) = room.outcome()?;
    take(&site(&room.frozen().definition, room.state(), (&outcome, &figures), &room.witnessed()?))
}

/// The statement leads to no document of a station.
static NO_DOCUMENTS: BTreeMap<StationId, Vec<String>> = BTreeMap::new();

/// What a page is made of.
fn site<'a>(
    definition: &'a Definition,
    state: &'a State,
    (outcome, figures): (&'a Outcome, &'a Figures),
    witnessed: &'a Witnessed,
) -> Site<'a> {
    Site {
        definition,
        fingerprint: state.fingerprint,
        version: state.announcements.last().map_or(0, |(_, latest)| latest.version),
        witnessed,
        state,
        outcome,
        figures,
        documents: &NO_DOCUMENTS,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pdf_does_not_fill_a_terminal() {
        assert_eq!(may_go_out(Form::Pdf, true).unwrap_err().code(), "usage.terminal");
        assert!(may_go_out(Form::Pdf, false).is_ok(), "a pipe takes it");
        assert!(may_go_out(Form::Html, true).is_ok() && may_go_out(Form::Text, true).is_ok());
    }
}
