//! `sanad witness`: a party's laptop or a memory stick that signs what it has seen.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use clap::{Subcommand, ValueHint};
use log::note::{NoteAlgorithm, NoteKey};
use log::witness::{Request, WitnessError};
use serde_json::json;
use sign::{FileKey, KeyKind, Signer};
use witness::{Desk, Error, Server};

use super::witness_rotate::{self, Rotate};
use crate::shell::{At, Failure, Result, Shell, Verdict, count, read, text, write};
use crate::{inputs, policy};

/// A witness.
#[derive(Subcommand)]
pub enum Witness {
    /// Make a witness: its key and its memory
    ///
    /// The folder holds the private key and what the witness has seen of each log; keep it, and copy it nowhere. The file
    /// witness.pub in it goes to the commission for the key list.
    #[command(
        after_help = "Example: sanad witness init --dir witness --name iraq_2018/court --log iraq_2018/record=MCow…"
    )]
    Init {
        /// The folder of the witness
        #[arg(long, value_hint = ValueHint::DirPath)]
        dir: PathBuf,
        /// Its name in cosignatures, such as party-palm.example/witness
        #[arg(long)]
        name: String,
        /// A log it watches, as ORIGIN=KEY (base64 as in the key list)
        #[arg(long = "log", value_name = "ORIGIN=KEY")]
        logs: Vec<String>,
    },
    /// Watch the logs of an election: add them to a witness that is there
    ///
    /// Reads the keys of both logs from the definition's key list, also before the freeze.
    #[command(after_help = "Example: sanad witness watch --dir witness --election election")]
    Watch {
        /// The folder of the witness
        #[arg(long, value_hint = ValueHint::DirPath)]
        dir: PathBuf,
        /// The definition whose key list names the logs' keys
        #[arg(long, value_hint = ValueHint::DirPath)]
        election: PathBuf,
    },
    /// The logs it watches, and how many leaves of each it has seen
    ///
    /// The number is what --seen of a request asks for.
    #[command(after_help = "Example: sanad witness status --dir witness")]
    Status {
        /// The folder of the witness
        #[arg(long, value_hint = ValueHint::DirPath)]
        dir: PathBuf,
    },
    /// Cosign a checkpoint that was carried here; the lines are carried back
    ///
    /// Refuses (1) a log that has gone back or shows another history than this witness has seen; two histories are written
    /// down as a proof.
    #[command(after_help = "Example: sanad witness cosign --dir witness request.txt -o cosignature.txt")]
    Cosign {
        /// The folder of the witness
        #[arg(long, value_hint = ValueHint::DirPath)]
        dir: PathBuf,
        /// The request, as `sanad centre announce --request` or `sanad intake request` writes it
        #[arg(value_hint = ValueHint::FilePath)]
        request: PathBuf,
        /// Where the cosignature is written
        #[arg(short, long, value_name = "FILE", value_hint = ValueHint::FilePath)]
        output: PathBuf,
    },
    /// Make a new key for a witness, and ask the board to enter it in place of the old one
    ///
    /// The new witness has a folder of its own. It knows the logs and remembers what it has seen from the old folder (--old), whose key
    /// signs the request too. A key that is lost cannot: then the board alone vouches for the new one, and every page says so. Cosign
    /// with the old one until the board has entered the request, and with the new one from then on: begin once the old one has cosigned
    /// for the last time, since the new one remembers what the old one had seen when it was made. Where the machine stopped between the
    /// new folder and the request, give the same line with --resume: the key that was made is kept, and the request is written with it.
    #[command(
        after_help = "Example: sanad witness rotate --dir witness-2 --old witness --cause stolen --fingerprint fingerprint.txt -o rotation.txt"
    )]
    Rotate(Rotate),
    /// Cosign over HTTP, until asked to end
    ///
    /// C2SP tlog-witness: POST /add-checkpoint. The same memory and the same refusals as `cosign`; both may be used at one time. Plain
    /// HTTP: what comes and goes is signed, and nothing of it is secret. Put a web server before it where TLS is wanted.
    #[command(after_help = "Example: sanad witness serve --dir witness --listen 127.0.0.1:8600")]
    Serve {
        /// The folder of the witness
        #[arg(long, value_hint = ValueHint::DirPath)]
        dir: PathBuf,
        /// Address and port; port 0 takes a free one
        #[arg(long, default_value = "127.0.0.1:8600")]
        listen: SocketAddr,
        /// Write the address it listens on to this file once it takes connections
        #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
        ready: Option<PathBuf>,
    },
}

/// Runs it.
pub fn run(shell: &Shell, command: Witness) -> Result {
    match command {
        Witness::Init { dir, name, logs } => init(shell, &dir, &name, &logs),
        Witness::Watch { dir, election } => watch(shell, &dir, &election),
        Witness::Status { dir } => status(shell, &dir),
        Witness::Cosign { dir, request, output } => {
            let parsed = Request::parse(&read(&request)?).at(request.display())?;
            match cosign(&dir, &parsed) {
                Ok(line) => {
                    write(&output, line.as_bytes())?;
                    shell.tell("Cosigned: {}", &[text(output.display())]);
                    shell.json(&json!({ "cosignature": line.trim_end(), "file": output }));
                    Ok(Verdict::Holds)
                }
                Err(error) => {
                    if let Error::Refused(WitnessError::Fork(_)) = &error {
                        let proof = Desk::open(&dir)?.fork_proof();
                        shell.warn(shell.worded("The proof of two histories: {}", &[text(proof.display())]));
                    }
                    let place = if matches!(error, Error::Refused(_)) { request } else { dir };
                    Err(Failure::from(error).at(place.display()))
                }
            }
        }
        Witness::Rotate(args) => witness_rotate::rotate(shell, &args),
        Witness::Serve { dir, listen, ready } => serve(shell, &dir, listen, ready),
    }
}

fn init(shell: &Shell, dir: &Path, name: &str, logs: &[String]) -> Result {
    let key = FileKey::generate(KeyKind::Ed25519)?;
    let public = NoteKey::new(name, NoteAlgorithm::CosignatureV1, key.public_key().clone())?;
    let logs = logs.iter().map(|log| log_key(log)).collect::<Result<Vec<_>>>()?;
    let private = Desk::begin(dir, name, &logs).at(dir.display())?;
    write(&dir.join("witness.pub"), format!("{public}\n").as_bytes())?;
    super::key::write_private(&private, key.to_pem("")?.as_bytes())?;
    shell.say(format_args!("{public}\n{}", key.public_key()));
    shell.json(&json!({ "verifier_key": public.to_string(), "key": key.public_key().to_string() }));
    Ok(Verdict::Holds)
}

fn serve(shell: &Shell, dir: &Path, listen: SocketAddr, ready: Option<PathBuf>) -> Result {
    let desk = Desk::open(dir).at(dir.display())?;
    let told = |address: SocketAddr| {
        shell.tell("Cosigning on http://{}/add-checkpoint; Ctrl-C ends it", &[text(address)]);
        if let Some(path) = &ready
            && let Err(failure) = write(path, address.to_string().as_bytes())
        {
            shell.mishap(&failure);
        }
    };
    let lines = std::sync::Arc::new(|line: &str| {
        // A log that nobody reads any more is no reason to stop cosigning.
        let _ = std::io::Write::write_fmt(&mut std::io::stderr(), format_args!("{} {line}\n", inputs::clock()));
    });
    Server::serve_blocking(desk, listen, lines, told, ::intake::asked_to_end())?;
    shell.tell("Ended; everything cosigned is remembered.", &[]);
    shell.json(&json!({ "ended": true }));
    Ok(Verdict::Holds)
}

fn watch(shell: &Shell, dir: &Path, election: &Path) -> Result {
    let desk = Desk::open(dir).at(dir.display())?;
    let (folder, def) = inputs::definition(election)?;
    // The other lists may still be incomplete: a witness is asked before the freeze.
    let services = String::from_utf8_lossy(folder.get("keys/services.csv").unwrap_or_default()).into_owned();
    let mut lists = election::KeyLists::default();
    for service in election::Service::ALL {
        let row = services.lines().find_map(|line| line.strip_prefix(&format!("{},", service.as_str())));
        lists.services.extend(row.map(|key| election::ServiceKey { service, key: key.trim().to_owned() }));
    }
    let found = policy::logs(&def, &lists)?;
    if found.is_empty() {
        let next = "enter the keys of record_log and intake_log first: sanad key enter";
        let what = "keys/services.csv lists no key of a log";
        return Err(Failure::new("witness.log", what, next).at(election.display()));
    }
    desk.watch(&found)?;
    for log in &found {
        shell.tell("Watches {}", &[text(&log.name)]);
    }
    shell.json(&json!({ "logs": found.iter().map(|log| &log.name).collect::<Vec<_>>() }));
    Ok(Verdict::Holds)
}

fn status(shell: &Shell, dir: &Path) -> Result {
    let desk = Desk::open(dir).at(dir.display())?;
    let mut rows = Vec::new();
    for log in desk.logs()? {
        let seen = desk.seen_size(&log.name)?;
        shell.tell("{}: {} leaves seen", &[text(&log.name), count(seen)]);
        rows.push(json!({ "log": log.name, "seen": seen }));
    }
    shell.json(&json!({ "logs": rows }));
    Ok(Verdict::Holds)
}

/// Who has cosigned.
pub fn cosigned_by(shell: &Shell, quorum: &log::Quorum) {
    if quorum.by.is_empty() {
        shell.find("Nobody has cosigned this state of the log yet.", &[]);
    } else {
        shell.tell("Cosigned by: {}", &[text(quorum.by.join(", "))]);
    }
}

/// Who has cosigned, and whether that is enough.
pub fn quorum(shell: &Shell, quorum: &log::Quorum) -> Verdict {
    cosigned_by(shell, quorum);
    if !quorum.met {
        let groups: Vec<&str> = quorum.missing_groups.iter().map(String::as_str).collect();
        shell.find(
            "UNWITNESSED: {} more bodies must cosign; groups without one: {}",
            &[count(quorum.lacking), text(groups.join(", "))],
        );
    }
    shell.json(&json!({
        "met": quorum.met, "by": quorum.by, "lacking": quorum.lacking, "missing_groups": quorum.missing_groups,
    }));
    if quorum.met { Verdict::Holds } else { Verdict::Missing }
}

fn log_key(text: &str) -> Result<NoteKey> {
    let refused = || {
        let what = format!("'{}' is not ORIGIN=KEY", text.escape_debug());
        Failure::new("witness.log", what, "write as in --log iraq_2018/record=MCow…")
    };
    let (origin, key) = text.split_once('=').ok_or_else(refused)?;
    Ok(NoteKey::new(origin, NoteAlgorithm::Ed25519, key.parse().at(origin)?)?)
}

/// Cosigns with the witness in `dir`, and remembers what it has seen before it says so.
///
/// # Errors
/// As [`Desk::cosign`].
pub fn cosign(dir: &Path, request: &Request) -> std::result::Result<String, Error> {
    cosign_at(dir, request, jiff::Timestamp::now())
}

/// The same by a clock that stands at `now`.
///
/// # Errors
/// As [`Desk::cosign`].
pub fn cosign_at(dir: &Path, request: &Request, now: jiff::Timestamp) -> std::result::Result<String, Error> {
    Desk::open(dir)?.cosign(request, u64::try_from(now.as_second()).unwrap_or(0))
}
