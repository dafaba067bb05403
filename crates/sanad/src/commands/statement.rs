//! `sanad statement`: the nine points.

use std::path::{Path, PathBuf};

use clap::ValueHint;
use log::Policy;
use record::Outcome;
use record::statement::{self, Point, Witnessed};

use crate::published;
use crate::shell::{Result, Shell, Verdict, read};

/// Where the statement comes from.
#[derive(clap::Args)]
#[command(after_help = "Example: sanad statement --publication demo/publication --lang ar")]
pub struct Args {
    /// The folder of the centre
    #[arg(long, required_unless_present = "publication", conflicts_with = "publication", value_hint = ValueHint::DirPath)]
    dir: Option<PathBuf>,
    /// A publication: the statement as it was published; with --json, worked out from its record
    #[arg(long, value_hint = ValueHint::DirPath)]
    publication: Option<PathBuf>,
}

/// Prints it.
pub fn run(shell: &Shell, args: &Args) -> Result {
    if let Some(publication) = &args.publication {
        published::expect(publication)?;
        let path = publication.join(format!("announcement/statement-{}.txt", shell.lang));
        let text = read(&path)?;
        if shell.json {
            shell.json(&serde_json::json!({ "points": points(shell, publication)? }));
        }
        shell.say(String::from_utf8_lossy(&text).trim_end());
        return Ok(Verdict::Holds);
    }
    let dir = args.dir.as_ref().expect("clap asks for one of them");
    let room = super::centre::open(dir)?;
    let (outcome, _) = room.outcome()?;
    let def = &room.frozen().definition;
    let points: Vec<Point> = statement::statement(def, room.state(), &outcome, &room.witnessed()?, shell.lang);
    shell.say(statement::text(def, &outcome, &points, shell.lang).trim_end());
    shell.json(&serde_json::json!({ "points": points }));
    Ok(if points.iter().all(|p| p.evidenced) { Verdict::Holds } else { Verdict::Missing })
}

/// The points of a publication, from its record and figures.
fn points(shell: &Shell, dir: &Path) -> Result<Vec<Point>> {
    let published = published::open(dir)?;
    let def = &published.frozen.definition;
    let outcome = Outcome::of(def, &published.state, &published.figures(dir)?)?;
    let policy = Policy::parse(&published.frozen.lists.witness_policy)?;
    let note = match published.state.announcements.last() {
        Some((_, announcement)) => log::Note::parse(announcement.witnessed.as_bytes())?,
        None => published.log.note.clone(),
    };
    let quorum = policy.quorum(&note);
    let names = policy.witnesses.iter().map(|w| w.key.name.clone());
    let witnessed = Witnessed { not_by: names.filter(|name| !quorum.by.contains(name)).collect(), by: quorum.by };
    Ok(statement::statement(def, &published.state, &outcome, &witnessed, shell.lang))
}
