//! `sanad witness rotate`: a new key for a witness, and the request that the board enters it.

use std::path::PathBuf;

use clap::{ValueEnum, ValueHint};
use log::note::{NoteAlgorithm, NoteKey};
use record::rotation::{Cause, Request};
use serde_json::json;
use sign::{FileKey, KeyId, KeyKind, PublicKey, Signer};
use witness::Desk;

use super::key::write_private;
use crate::inputs;
use crate::shell::{At, Failure, Result, Shell, Verdict, text, write};

/// Why the key gives way.
#[derive(Clone, Copy, PartialEq, ValueEnum)]
enum Why {
    /// Nothing has happened to the old key
    Planned,
    /// It is gone, with or without its folder
    Lost,
    /// Somebody else may have it
    Stolen,
}

impl Why {
    fn cause(self) -> Cause {
        match self {
            Why::Planned => Cause::Planned,
            Why::Lost => Cause::Lost,
            Why::Stolen => Cause::Stolen,
        }
    }
}

/// A new key for a witness.
#[derive(clap::Args)]
pub struct Rotate {
    /// The folder of the witness with the new key; there is none yet, unless with --resume
    #[arg(long, value_hint = ValueHint::DirPath)]
    dir: PathBuf,
    /// Why the old key gives way
    #[arg(long, value_enum)]
    cause: Why,
    /// The folder of the witness with the old key; of a key that is lost, --name and --before
    #[arg(long, required_unless_present = "name", value_hint = ValueHint::DirPath)]
    old: Option<PathBuf>,
    /// The witness's name in cosignatures
    #[arg(long, conflicts_with = "old", requires = "before")]
    name: Option<String>,
    /// The old key, as the key list or the last rotation has it
    #[arg(long, value_name = "KEY", conflicts_with = "old", requires = "name")]
    before: Option<PublicKey>,
    /// The election fingerprint, or a file that holds it
    #[arg(long)]
    fingerprint: String,
    /// Where the request for the board is written
    #[arg(short, long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    output: PathBuf,
    /// Go on where this was broken off: a new key that is there is kept, and what is missing is written
    #[arg(long)]
    resume: bool,
}

/// The witness whose key gives way: its folder and key where they are at hand, and what the request says of it.
struct Old {
    desk: Option<(Desk, FileKey)>,
    name: String,
    before: KeyId,
}

/// Makes the key, its folder and the request, or those of them that a rotation which broke off has not made yet.
pub fn rotate(shell: &Shell, args: &Rotate) -> Result {
    let (cause, fingerprint) = (args.cause.cause(), inputs::fingerprint(&args.fingerprint)?);
    let old = old(args, cause)?;
    let (new, private) = new(args, &old)?;
    let Old { desk, name, before } = old;
    let key = new.public_key().clone();
    let public = NoteKey::new(&name, NoteAlgorithm::CosignatureV1, key.clone()).at(&name)?;
    let request = Request { fingerprint, name, before, key, cause };
    let signing = desk.as_ref().filter(|_| cause != Cause::Lost).map(|(_, key)| key as &dyn Signer);
    let note = request.signed(&new, signing)?;
    write(&args.dir.join("witness.pub"), format!("{public}\n").as_bytes())?;
    if let Some(private) = private {
        write_private(&private, new.to_pem("")?.as_bytes())?;
    }
    write(&args.output, &note.to_bytes())?;
    shell.tell("Carry {} to the board.", &[text(args.output.display())]);
    shell.json(&json!({
        "request": args.output, "witness": request.name, "cause": cause.as_str(), "key": request.key.to_string(),
        "verifier_key": public.to_string(),
    }));
    Ok(Verdict::Holds)
}

fn old(args: &Rotate, cause: Cause) -> Result<Old> {
    match (&args.old, &args.name, &args.before) {
        (Some(dir), ..) => {
            let desk = Desk::open(dir).at(dir.display())?;
            let (key, name) = (desk.key().at(dir.display())?, desk.name().at(dir.display())?);
            Ok(Old { name, before: key.public_key().id(), desk: Some((desk, key)) })
        }
        (None, Some(name), Some(before)) if cause == Cause::Lost => {
            Ok(Old { desk: None, name: name.clone(), before: before.id() })
        }
        _ => {
            let next = "name its folder with --old, or say --cause lost";
            Err(Failure::new("witness.old_key", "a key that is not lost signs the request for another one", next))
        }
    }
}

/// The new key, its folder made; where it is written if it is not there already.
fn new(args: &Rotate, old: &Old) -> Result<(FileKey, Option<PathBuf>)> {
    let (dir, desk) = (&args.dir, old.desk.as_ref().map(|(desk, _)| desk));
    if args.resume
        && let Some((begun, key)) = Desk::begun(dir, &old.name, old.before).at(dir.display())?
    {
        desk.map_or(Ok(()), |desk| desk.remind(&begun)).at(dir.display())?;
        return Ok((key, None));
    }
    let private = match desk {
        Some(desk) => desk.succeed(dir),
        None => Desk::begin(dir, &old.name, &[]),
    };
    let private = private.at(dir.display()).map_err(|failure| match failure.code() {
        "witness.exists" => failure.hint("name another folder, or go on with --resume where a rotation was broken off"),
        _ => failure,
    })?;
    Ok((FileKey::generate(KeyKind::Ed25519)?, Some(private)))
}
