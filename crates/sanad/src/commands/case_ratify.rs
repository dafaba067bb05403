//! `sanad case ratify`: what the court says of the names of those elected, read back by two officers.

use std::path::PathBuf;

use centre::Centre as Room;
use clap::ValueHint;
use election::{CandidateId, Role};
use record::docket::ratification::Name;
use record::docket::{Ratification, Said};
use serde_json::{Value, json};
use sign::sha256;

use super::case::one_of;
use super::centre::open;
use super::read_back::ReadBack;
use crate::inputs;
use crate::shell::{Result, Shell, Verdict, count, read, text};
use crate::words::isolated;

/// What a paper may say of names.
#[derive(Clone, Copy)]
enum State {
    Sent,
    Ratified,
    Withheld,
}

const STATES: [(&str, State); 3] =
    [("sent", State::Sent), ("ratified", State::Ratified), ("withheld", State::Withheld)];

/// A paper about names.
#[derive(clap::Args)]
pub struct Ratify {
    /// The folder of the centre
    #[arg(long, value_hint = ValueHint::DirPath)]
    dir: PathBuf,
    /// What the paper says of the names
    #[arg(long, value_parser = one_of(&STATES))]
    state: State,
    /// Somebody whom the last certification elects; as often as the paper has names
    #[arg(long = "candidate", value_name = "CANDIDATE", required = true)]
    candidates: Vec<CandidateId>,
    /// The court or authority that they are sent to, or that answers
    #[arg(long, value_name = "TEXT")]
    court: String,
    #[command(flatten)]
    paper_as_read: ReadBack,
    /// The scanned paper: the centre keeps it, and its hash is public
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    paper: PathBuf,
    /// Of names that are sent: the institution that sends them
    #[arg(long, value_name = "TEXT", required_if_eq("state", "sent"))]
    by: Option<String>,
    /// Of names that are withheld: why, as the paper has it. It is published
    #[arg(long, value_name = "TEXT", required_if_eq("state", "withheld"))]
    reason: Option<String>,
    /// An officer's key; two of different officers, who have read it back
    #[arg(long = "signer", value_name = "KEY.pem", required = true, value_hint = ValueHint::FilePath)]
    signers: Vec<PathBuf>,
}

/// Enters what a paper says of names.
pub fn ratify(shell: &Shell, args: Ratify) -> Result {
    let mut room = open(&args.dir)?;
    let keys = inputs::keys_of(&room.state().signatories, Role::Officer, &args.signers)?;
    let (number, dated) = args.paper_as_read.agreed()?;
    let names = args.candidates.iter().map(|candidate| name_of(&room, candidate)).collect::<Result<Vec<_>>>()?;
    let paper = read(&args.paper)?;
    let said = match args.state {
        State::Sent => Said::Sent(args.by.unwrap_or_default()),
        State::Ratified => Said::Ratified,
        State::Withheld => Said::Withheld(args.reason.unwrap_or_default()),
    };
    let certification = room.state().docket.certifications.last().map_or(0, |last| last.number);
    let leaf = |(contest, candidate): &Name| Ratification {
        certification,
        contest: contest.clone(),
        candidate: candidate.clone(),
        court: args.court.clone(),
        number: number.clone(),
        dated,
        paper: sha256(&paper),
        said: said.clone(),
    };
    let leaves: Vec<Ratification> = names.iter().map(leaf).collect();
    shell.tell("Court: {}; number {}, of {}", &[text(&args.court), text(&number), text(dated)]);
    shell.tell("Paper: {}", &[text(sha256(&paper))]);
    room.keep_paper(&paper)?;
    room.ratify(&leaves, &inputs::signers(&keys), &inputs::clock())?;
    let elected = room.certified_names()?;
    let ratified = elected.iter().filter(|name| said_of(&room, name) == Some(&Said::Ratified)).count();
    for name in &names {
        let candidate = isolated(shell.lang, name.1.as_str());
        shell.say(format_args!("{candidate}: {}", said_words(shell, &said)));
    }
    shell.tell("Ratified: {} of {}", &[count(ratified), count(elected.len())]);
    shell.json(&json!({
        "entered": "ratification",
        "state": said.as_str(),
        "certification": certification,
        "names": names.iter().map(|name| entered(&room, name)).collect::<Vec<_>>(),
        "ratified": ratified,
        "elected": elected.len(),
    }));
    Ok(Verdict::Holds)
}

/// A candidate of the definition, with the contest.
fn name_of(room: &Room, candidate: &CandidateId) -> Result<Name> {
    let def = &room.frozen().definition;
    let known = def.candidate(candidate).ok_or_else(|| {
        let what = format!("there is no '{candidate}' in candidates.csv");
        inputs::unknown(
            "ratification.candidate",
            what,
            candidate.as_str(),
            def.candidates.iter().map(|own| own.id.as_str()),
        )
    })?;
    Ok((known.contest.clone(), candidate.clone()))
}

fn said_of<'a>(room: &'a Room, name: &Name) -> Option<&'a Said> {
    room.state().docket.said_of(name).map(|(_, own)| &own.said)
}

fn entered(room: &Room, name: &Name) -> Value {
    let digest = room.state().docket.said_of(name).map(|(leaf, _)| leaf);
    json!({ "contest": name.0, "candidate": name.1, "digest": digest })
}

/// What a paper says of a name, in words.
fn said_words(shell: &Shell, said: &Said) -> String {
    match said {
        Said::Sent(by) => shell.worded("sent to the court by {}", &[text(by)]),
        Said::Ratified => shell.worded("ratified", &[]),
        Said::Withheld(why) => shell.worded("withheld: {}", &[text(why)]),
    }
}
