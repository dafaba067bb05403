//! `sanad statement`: the nine points.

use std::path::PathBuf;

use record::statement::{self, Point};

use crate::shell::{Failure, Result, Shell, Verdict, read};

/// Where the statement comes from.
#[derive(clap::Args)]
pub struct Args {
    /// The folder of the centre
    #[arg(long, required_unless_present = "publication", conflicts_with = "publication")]
    dir: Option<PathBuf>,
    /// A publication: the statement as it was published
    #[arg(long)]
    publication: Option<PathBuf>,
}

/// Prints it.
pub fn run(shell: &Shell, args: &Args) -> Result {
    if let Some(publication) = &args.publication {
        if shell.json {
            let what = "--json needs the record: a publication holds the statement as text";
            return Err(Failure::new("statement.json", what, "leave --json away, or give --dir"));
        }
        let path = publication.join(format!("announcement/statement-{}.txt", shell.lang));
        shell.say(String::from_utf8_lossy(&read(&path)?).trim_end());
        return Ok(Verdict::Holds);
    }
    let dir = args.dir.as_ref().expect("clap asks for one of them");
    let room = centre::Centre::open(dir)?;
    let (outcome, _) = room.outcome()?;
    let def = &room.frozen().definition;
    let points: Vec<Point> = statement::statement(def, room.state(), &outcome, &room.witnessed()?, shell.lang);
    shell.say(statement::text(def, &points, shell.lang).trim_end());
    if shell.json {
        shell.json(&serde_json::json!({ "points": points }));
    }
    Ok(if points.iter().all(|p| p.evidenced) { Verdict::Holds } else { Verdict::Missing })
}
