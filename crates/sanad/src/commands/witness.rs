//! `sanad witness`: a party's laptop or a memory stick that signs what it has seen.

use std::path::PathBuf;

use clap::Subcommand;
use log::note::{NoteAlgorithm, NoteKey};
use log::witness::{Request, WitnessError};
use serde_json::json;
use sign::{FileKey, KeyKind, Signer};

use crate::inputs;
use crate::shell::{At, Failure, Result, Shell, Verdict, read, write};

/// A witness.
#[derive(Subcommand)]
pub enum Witness {
    /// Make a witness: its key and its memory
    Init {
        /// The folder of the witness
        #[arg(long)]
        dir: PathBuf,
        /// Its name in cosignatures, such as party-palm.example/witness
        #[arg(long)]
        name: String,
        /// A log it watches, as ORIGIN=KEY (base64 as in the key list)
        #[arg(long = "log", value_name = "ORIGIN=KEY")]
        logs: Vec<String>,
    },
    /// Cosign a checkpoint that was carried here; the lines are carried back
    Cosign {
        /// The folder of the witness
        #[arg(long)]
        dir: PathBuf,
        /// The request, as `sanad centre announce --request` writes it
        request: PathBuf,
        /// Where the cosignature is written
        #[arg(short, long, value_name = "FILE")]
        output: PathBuf,
    },
}

const KEY: &str = "witness.key.pem";
const NAME: &str = "name.txt";
const LOGS: &str = "logs.txt";

/// Runs it.
pub fn run(shell: &Shell, command: Witness) -> Result {
    match command {
        Witness::Init { dir, name, logs } => {
            if dir.join(KEY).exists() {
                let what = format!("{}: there is a witness here", dir.display());
                return Err(Failure::new("witness.exists", what, "name another folder"));
            }
            let key = FileKey::generate(KeyKind::Ed25519)?;
            let public = NoteKey::new(&name, NoteAlgorithm::CosignatureV1, key.public_key().clone())?;
            let mut lines = String::new();
            for log in &logs {
                lines.push_str(&format!("{}\n", log_key(log)?));
            }
            write(&dir.join(NAME), name.as_bytes())?;
            write(&dir.join(LOGS), lines.as_bytes())?;
            write(&dir.join(KEY), key.to_pem("")?.as_bytes())?;
            shell.say(format_args!("{public}\n{}", key.public_key()));
            if shell.json {
                shell.json(&json!({ "verifier_key": public.to_string(), "key": key.public_key().to_string() }));
            }
            Ok(Verdict::Holds)
        }
        Witness::Cosign { dir, request, output } => {
            let bytes = read(&request)?;
            let request = Request::parse(&bytes).at(request.display())?;
            match cosign(&dir, &request) {
                Ok(line) => {
                    write(&output, line.as_bytes())?;
                    shell.say(format_args!("Cosigned: {}", output.display()));
                    if shell.json {
                        shell.json(&json!({ "cosignature": line.trim_end() }));
                    }
                    Ok(Verdict::Holds)
                }
                Err(Refused::Witness(error)) => {
                    if let WitnessError::Fork(fork) = &error {
                        let proof = dir.join("fork-proof.txt");
                        write(&proof, &fork.to_bytes())?;
                        shell.warn(format_args!("The proof of two histories: {}", proof.display()));
                    }
                    shell.error(&error.into());
                    Ok(Verdict::DoesNot)
                }
                Err(Refused::Files(failure)) => Err(failure),
            }
        }
    }
}

fn log_key(text: &str) -> Result<NoteKey> {
    let refused = || {
        Failure::new(
            "witness.log",
            format!("'{}' is not ORIGIN=KEY", text.escape_debug()),
            "write as in --log iraq_2018/record=MCow…",
        )
    };
    let (origin, key) = text.split_once('=').ok_or_else(refused)?;
    Ok(NoteKey::new(origin, NoteAlgorithm::Ed25519, key.parse().at(origin)?)?)
}

/// Why there is no cosignature.
pub enum Refused {
    /// The witness refuses.
    Witness(WitnessError),
    /// Its files cannot be read or written.
    Files(Failure),
}

impl From<Failure> for Refused {
    fn from(failure: Failure) -> Self {
        Refused::Files(failure)
    }
}

/// Cosigns with the witness in `dir`, and remembers what it has seen before it says so.
pub fn cosign(dir: &std::path::Path, request: &Request) -> std::result::Result<String, Refused> {
    let text =
        |name: &str| -> Result<String> { Ok(String::from_utf8_lossy(&read(&dir.join(name))?).trim().to_owned()) };
    let key = inputs::key(&dir.join(KEY))?;
    let name = text(NAME)?;
    let logs = text(LOGS)?;
    let logs: Vec<NoteKey> = logs
        .lines()
        .map(str::parse)
        .collect::<std::result::Result<_, log::note::NoteError>>()
        .map_err(|e| Refused::Files(Failure::from(e).at(dir.join(LOGS).display())))?;
    let origin = request.checkpoint.text.lines().next().unwrap_or_default().to_owned();
    let unknown = || {
        let what = format!("this witness does not watch the log '{}'", origin.escape_debug());
        Refused::Files(Failure::new("witness.unknown_log", what, "add the log with `sanad witness init --log`"))
    };
    let log = logs.into_iter().find(|log| log.name == origin).ok_or_else(unknown)?;
    // Each log has its own memory; the origin is a path of ids, so its last part names the file.
    let memory = dir.join(format!("seen-{}.txt", origin.replace('/', ".")));
    let seen = if memory.exists() { Some(log::Note::parse(&read(&memory)?).map_err(Failure::from)?) } else { None };
    let witness = log::Witness { log, name, seen };
    let now = jiff::Timestamp::now().as_second();
    let signed = witness.cosign(request, &key, u64::try_from(now).unwrap_or(0));
    let (line, _) = signed.map_err(Refused::Witness)?;
    // Remembered before it is given out: a witness that forgets could sign two histories.
    write(&memory, &request.checkpoint.to_bytes())?;
    Ok(line)
}
