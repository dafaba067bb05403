//! `sanad centre rotate`: the board lets a witness cosign with another key.

use std::path::PathBuf;

use clap::ValueHint;
use election::Role;
use log::Note;
use record::Body;
use record::rotation::{Cause, Request, Rotation, RotationProblem};
use serde_json::json;

use super::case::Entered;
use super::centre::open;
use crate::inputs;
use crate::shell::{At, Result, Shell, Verdict, read, text};

/// A witness's new key.
#[derive(clap::Args)]
pub struct Rotate {
    /// The folder of the centre
    #[arg(long, value_hint = ValueHint::DirPath)]
    dir: PathBuf,
    /// What the witness asks for, as `sanad witness rotate` wrote it
    #[arg(value_hint = ValueHint::FilePath)]
    request: PathBuf,
    /// The legal basis
    #[arg(long)]
    basis: String,
    /// A key of a member of the board; without one nothing is entered
    #[arg(long = "signer", value_name = "KEY.pem", value_hint = ValueHint::FilePath)]
    signers: Vec<PathBuf>,
}

/// Shows what is asked for and, where it is signed, enters it.
pub fn rotate(shell: &Shell, args: &Rotate) -> Result {
    let mut room = open(&args.dir)?;
    let keys = inputs::keys_of(&room.state().signatories, Role::Board, &args.signers)?;
    let request = String::from_utf8_lossy(&read(&args.request)?).into_owned();
    let own = Note::parse(request.as_bytes()).ok().and_then(|note| Request::parse(&note.text));
    let own = own.ok_or(RotationProblem::Form).at(args.request.display())?;
    shell.tell("Witness: {}; cause: {}", &[text(&own.name), text(own.cause.as_str())]);
    shell.tell("Id of the key that gives way: {}", &[text(own.before)]);
    shell.tell("The new key: {}", &[text(&own.key)]);
    let told = json!({ "witness": own.name, "cause": own.cause.as_str(), "key": own.key.to_string() });
    if keys.is_empty() {
        shell.tell("Nothing is entered. To enter it, run the same command with --signer of the board.", &[]);
        Entered::nothing(shell, told);
        return Ok(Verdict::Holds);
    }
    let body = Body::Rotation(Rotation { request, basis: args.basis.clone() });
    let entered = Entered::signed(&mut room, &body, &keys).at(args.request.display())?;
    entered.tell(shell);
    shell.tell("{}: from here on the new key cosigns, and the old one counts for what was before", &[text(&own.name)]);
    if own.cause == Cause::Lost {
        shell.warn(
            shell.worded("The old key is lost: the board alone vouches for the new one, and every page says so.", &[]),
        );
    }
    entered.json(shell, told);
    Ok(Verdict::Holds)
}
