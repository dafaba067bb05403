//! `sanad witness rotate`: a new key for a witness, and the request that the board enters it.

use std::path::{Path, PathBuf};

use clap::{ValueEnum, ValueHint};
use log::note::{NoteAlgorithm, NoteKey};
use record::rotation::{Cause, Request};
use serde_json::json;
use sign::{FileKey, KeyKind, PublicKey, Signer};
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
    /// The folder of the witness with the new key; there is none yet
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
}

/// Makes the key, its folder and the request.
pub fn rotate(shell: &Shell, args: &Rotate) -> Result {
    let (cause, fingerprint) = (args.cause.cause(), inputs::fingerprint(&args.fingerprint)?);
    let new = FileKey::generate(KeyKind::Ed25519)?;
    let key = new.public_key().clone();
    let (old, name, private) = begin(args, cause)?;
    let before = match (&old, &args.before) {
        (Some(old), _) => old.public_key().id(),
        (None, Some(before)) => before.id(),
        (None, None) => unreachable!("clap asks for one of them"),
    };
    let public = NoteKey::new(&name, NoteAlgorithm::CosignatureV1, key.clone()).at(&name)?;
    let request = Request { fingerprint, name, before, key, cause };
    let signing = old.as_ref().filter(|_| cause != Cause::Lost).map(|old| old as &dyn Signer);
    let note = request.signed(&new, signing)?;
    write(&args.dir.join("witness.pub"), format!("{public}\n").as_bytes())?;
    write_private(&private, new.to_pem("")?.as_bytes())?;
    write(&args.output, &note.to_bytes())?;
    shell.tell("Carry {} to the board.", &[text(args.output.display())]);
    shell.json(&json!({
        "request": args.output, "witness": request.name, "cause": cause.as_str(), "key": request.key.to_string(),
        "verifier_key": public.to_string(),
    }));
    Ok(Verdict::Holds)
}

/// The old key where it is at hand, the witness's name, and where the new key goes.
fn begin(args: &Rotate, cause: Cause) -> Result<(Option<FileKey>, String, PathBuf)> {
    match (&args.old, &args.name) {
        (Some(old), _) => {
            let (desk, private) = succeeded(old, &args.dir)?;
            Ok((Some(desk.key().at(old.display())?), desk.name().at(old.display())?, private))
        }
        (None, Some(name)) if cause == Cause::Lost => {
            Ok((None, name.clone(), Desk::begin(&args.dir, name, &[]).at(args.dir.display())?))
        }
        (None, _) => {
            let next = "name its folder with --old, or say --cause lost";
            Err(Failure::new("witness.old_key", "a key that is not lost signs the request for another one", next))
        }
    }
}

/// The old witness, and where the key of its successor goes.
fn succeeded(old: &Path, new: &Path) -> Result<(Desk, PathBuf)> {
    let desk = Desk::open(old).at(old.display())?;
    let private = desk.succeed(new).at(new.display())?;
    Ok((desk, private))
}
