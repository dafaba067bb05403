//! `sanad witness`: a party's laptop or a memory stick that signs what it has seen.

use std::path::{Path, PathBuf};

use clap::{Subcommand, ValueHint};
use log::note::{NoteAlgorithm, NoteKey};
use log::witness::{Request, WitnessError};
use serde_json::json;
use sign::{FileKey, KeyKind, Signer};

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
}

const KEY: &str = "witness.key.pem";
const NAME: &str = "name.txt";
const LOGS: &str = "logs.txt";

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
                Err(Refused::Witness(error)) => {
                    if let WitnessError::Fork(fork) = &error {
                        let proof = dir.join("fork-proof.txt");
                        write(&proof, &fork.to_bytes())?;
                        shell.warn(shell.worded("The proof of two histories: {}", &[text(proof.display())]));
                    }
                    Err(Failure::from(error).at(request.display()))
                }
                Err(Refused::Files(failure)) => Err(failure),
            }
        }
    }
}

fn init(shell: &Shell, dir: &Path, name: &str, logs: &[String]) -> Result {
    if dir.join(KEY).exists() {
        return Err(Failure::new("witness.exists", "there is a witness here", "name another folder").at(dir.display()));
    }
    let key = FileKey::generate(KeyKind::Ed25519)?;
    let public = NoteKey::new(name, NoteAlgorithm::CosignatureV1, key.public_key().clone())?;
    let mut lines = String::new();
    for log in logs {
        lines.push_str(&format!("{}\n", log_key(log)?));
    }
    write(&dir.join(NAME), name.as_bytes())?;
    write(&dir.join(LOGS), lines.as_bytes())?;
    write(&dir.join("witness.pub"), format!("{public}\n").as_bytes())?;
    super::key::write_private(&dir.join(KEY), key.to_pem("")?.as_bytes())?;
    shell.say(format_args!("{public}\n{}", key.public_key()));
    shell.json(&json!({ "verifier_key": public.to_string(), "key": key.public_key().to_string() }));
    Ok(Verdict::Holds)
}

fn watch(shell: &Shell, dir: &Path, election: &Path) -> Result {
    if !dir.join(KEY).exists() {
        return Err(no_witness(dir));
    }
    let (folder, def) = inputs::definition(election)?;
    // The other lists may still be incomplete: a witness is asked before the freeze.
    let services = String::from_utf8_lossy(folder.get("keys/services.csv").unwrap_or_default()).into_owned();
    let mut lists = election::KeyLists::default();
    for service in election::Service::ALL {
        let row = services.lines().find_map(|line| line.strip_prefix(&format!("{},", service.as_str())));
        lists.services.extend(row.map(|key| election::ServiceKey { service, key: key.trim().to_owned() }));
    }
    let path = dir.join(LOGS);
    let held = if path.exists() { String::from_utf8_lossy(&read(&path)?).into_owned() } else { String::new() };
    let mut lines: Vec<String> = held.lines().map(str::to_owned).collect();
    let found = policy::logs(&def, &lists)?;
    if found.is_empty() {
        let next = "enter the keys of record_log and intake_log first: sanad key enter";
        let what = "keys/services.csv lists no key of a log";
        return Err(Failure::new("witness.log", what, next).at(election.display()));
    }
    for log in &found {
        if !lines.contains(&log.to_string()) {
            lines.push(log.to_string());
        }
        shell.tell("Watches {}", &[text(&log.name)]);
    }
    write(&path, format!("{}\n", lines.join("\n")).as_bytes())?;
    shell.json(&json!({ "logs": found.iter().map(|log| &log.name).collect::<Vec<_>>() }));
    Ok(Verdict::Holds)
}

fn status(shell: &Shell, dir: &Path) -> Result {
    if !dir.join(KEY).exists() {
        return Err(no_witness(dir));
    }
    let mut rows = Vec::new();
    for log in logs(dir)? {
        let seen = match seen(dir, &log.name)? {
            Some(note) => log::Checkpoint::parse(&note.text).at(dir.display())?.size,
            None => 0,
        };
        shell.tell("{}: {} leaves seen", &[text(&log.name), count(seen)]);
        rows.push(json!({ "log": log.name, "seen": seen }));
    }
    shell.json(&json!({ "logs": rows }));
    Ok(Verdict::Holds)
}

/// The logs that a witness watches.
fn logs(dir: &Path) -> Result<Vec<NoteKey>> {
    let path = dir.join(LOGS);
    let text = String::from_utf8_lossy(&read(&path)?).trim().to_owned();
    let parsed = text.lines().map(str::parse).collect::<std::result::Result<_, log::note::NoteError>>();
    parsed.at(path.display())
}

/// What a witness remembers of a log. Each log has its own memory; the origin is a path of ids, so it names the file.
fn memory(dir: &Path, origin: &str) -> PathBuf {
    dir.join(format!("seen-{}.txt", origin.replace('/', ".")))
}

fn seen(dir: &Path, origin: &str) -> Result<Option<log::Note>> {
    let memory = memory(dir, origin);
    if !memory.exists() {
        return Ok(None);
    }
    Ok(Some(log::Note::parse(&read(&memory)?).at(memory.display())?))
}

fn no_witness(dir: &Path) -> Failure {
    let next = "name the folder that `sanad witness init` made";
    Failure::new("witness.absent", "there is no witness in this folder", next).at(dir.display())
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
pub fn cosign(dir: &Path, request: &Request) -> std::result::Result<String, Refused> {
    if !dir.join(KEY).exists() {
        return Err(Refused::Files(no_witness(dir)));
    }
    let key = inputs::key(&dir.join(KEY))?;
    let name = String::from_utf8_lossy(&read(&dir.join(NAME))?).trim().to_owned();
    let origin = request.checkpoint.text.lines().next().unwrap_or_default().to_owned();
    let unknown = || {
        let what = format!("this witness does not watch the log '{}'", origin.escape_debug());
        Refused::Files(Failure::new("witness.unknown_log", what, "add the logs with `sanad witness watch`"))
    };
    let log = logs(dir)?.into_iter().find(|log| log.name == origin).ok_or_else(unknown)?;
    let seen = seen(dir, &origin)?;
    let witness = log::Witness { log, name, seen };
    let now = jiff::Timestamp::now().as_second();
    let signed = witness.cosign(request, &key, u64::try_from(now).unwrap_or(0));
    let (line, _) = signed.map_err(Refused::Witness)?;
    // Remembered before it is given out: a witness that forgets could sign two histories.
    write(&memory(dir, &origin), &request.checkpoint.to_bytes())?;
    Ok(line)
}
