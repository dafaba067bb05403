//! `sanad intake`: the receiving service.

use std::path::{Path, PathBuf};

use clap::{Subcommand, ValueHint};
use intake::{Config, Exported};
use serde_json::json;

use crate::shell::{At, Failure, Result, Shell, Verdict, count, read, text, write};

/// The receiving service.
#[derive(Subcommand)]
pub enum Intake {
    /// Write a commented configuration to begin with
    ///
    /// With every setting, and what holds where one is left out. Paths in it are relative to the file.
    #[command(after_help = "Example: sanad intake new --config intake/intake.toml")]
    New {
        /// The file to write
        #[arg(long, value_hint = ValueHint::FilePath)]
        config: PathBuf,
    },
    /// Receive packages until asked to end
    ///
    /// Stores what it cannot read and signs a receipt when it is on the disk. Ends on Ctrl-C or SIGTERM when the
    /// connections that are open have ended.
    #[command(after_help = "Example: sanad intake serve --config intake/intake.toml")]
    Serve {
        /// Its configuration (TOML)
        #[arg(long, value_hint = ValueHint::FilePath)]
        config: PathBuf,
        /// Write the address it listens on to this file once it takes connections
        #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
        ready: Option<PathBuf>,
    },
    /// Enter the last leaf: from now on labels are refused
    ///
    /// Whether the service runs or not; twice changes nothing. Needed before anything is announced.
    #[command(after_help = "Example: sanad intake close --config intake/intake.toml")]
    Close {
        /// Its configuration (TOML)
        #[arg(long, value_hint = ValueHint::FilePath)]
        config: PathBuf,
    },
    /// Write the request that is carried to a witness of the intake's log
    ///
    /// The checkpoint and the proof that the log has only grown since the witness saw it. A running service is not disturbed.
    #[command(after_help = "Example: sanad intake request --config intake/intake.toml --to request.txt")]
    Request {
        /// Its configuration (TOML)
        #[arg(long, value_hint = ValueHint::FilePath)]
        config: PathBuf,
        /// The file to write
        #[arg(long, value_hint = ValueHint::FilePath)]
        to: PathBuf,
        /// The size the witness has seen
        #[arg(long, default_value_t = 0)]
        seen: u64,
    },
    /// Take in cosignatures that witnesses brought back; the service must have ended
    ///
    /// 3 while the quorum of the witness policy is not met.
    #[command(after_help = "Example: sanad intake cosigned --config intake/intake.toml cosignature.txt")]
    Cosigned {
        /// Its configuration (TOML)
        #[arg(long, value_hint = ValueHint::FilePath)]
        config: PathBuf,
        /// Files with cosignatures
        #[arg(required = true, value_hint = ValueHint::FilePath)]
        files: Vec<PathBuf>,
    },
    /// The one-way copy that is carried to the tally centre
    ///
    /// Packages, receipts, the log and the transmission report, signed with the key of the receipts. The folder appears
    /// whole or not at all, in the place of an earlier export or of nothing; a running service is not disturbed. 3 where the
    /// store has lost a file.
    #[command(after_help = "Example: sanad intake export --config intake/intake.toml --to export")]
    Export {
        /// Its configuration (TOML)
        #[arg(long, value_hint = ValueHint::FilePath)]
        config: PathBuf,
        /// The folder to write
        #[arg(long, value_hint = ValueHint::DirPath)]
        to: PathBuf,
    },
}

/// Runs it.
pub fn run(shell: &Shell, command: Intake) -> Result {
    match command {
        Intake::New { config } => new(shell, &config),
        Intake::Serve { config, ready } => serve(shell, Config::read(&config)?, ready),
        Intake::Close { config } => {
            intake::close_blocking(&Config::read(&config)?)?;
            shell.tell("The intake is closed.", &[]);
            shell.json(&json!({ "closed": true }));
            Ok(Verdict::Holds)
        }
        Intake::Request { config, to, seen } => {
            let request = intake::request(&Config::read(&config)?, seen)?;
            write(&to, &request.to_bytes())?;
            shell.tell("Carry {} to the witnesses.", &[text(to.display())]);
            shell.json(&json!({ "request": to }));
            Ok(Verdict::Holds)
        }
        Intake::Cosigned { config, files } => {
            let config = Config::read(&config)?;
            let mut lines = String::new();
            for file in &files {
                lines.push_str(&String::from_utf8_lossy(&read(file)?));
            }
            let quorum = intake::cosigned(&config, &lines)?;
            Ok(super::witness::quorum(shell, &quorum))
        }
        Intake::Export { config, to } => {
            let done = intake::export_blocking(&Config::read(&config)?, &to).at(to.display())?;
            shell.tell(
                "{} packages and {} leaves in {}; carry it to the centre one way",
                &[count(done.packages), count(done.leaves), text(to.display())],
            );
            for file in &done.missing {
                shell.find(
                    "{}: has a receipt, and the store has lost or damaged it; the station's memory stick has it",
                    &[text(file)],
                );
            }
            let Exported { packages, leaves, files, missing } = &done;
            shell.json(&json!({ "packages": packages, "leaves": leaves, "files": files, "missing": missing }));
            Ok(if missing.is_empty() { Verdict::Holds } else { Verdict::Missing })
        }
    }
}

/// What a new service begins with; paths are relative to the file.
const TEMPLATE: &str = "\
# The receiving service. Paths are relative to this file.
listen = \"127.0.0.1:8443\"          # address and port; 0.0.0.0 for every address of this machine, port 0 for a free one
folder = \"store\"                   # everything the service stores
election = \"../election\"           # the frozen definition, with its key lists
key = \"intake.key.pem\"             # P-256: signs receipts, refusals and the close (sanad key new)
log_key = \"intake_log.key.pem\"     # Ed25519: signs the log's checkpoints (sanad key new --kind ed25519)
# seen = \"/mnt/other/intake-seen\" # on another disk: the last checkpoint; a folder brought back from a backup is refused

[tls]                              # sanad key tls makes all of them
certificate = \"tls/intake.pem\"
key = \"tls/intake.key.pem\"
client_ca = \"tls/authority.pem\"    # whose relays may send

# [store]                          # the log in an S3 bucket, not in the folder; packages and database stay there
# endpoint = \"https://s3.example\" # http only to this machine itself
# region = \"eu-central-1\"
# bucket = \"intake\"
# prefix = \"2026/round-1\"         # of the log's own; may be left out
# authority = \"tls/s3.pem\"        # who issued its certificate
# credentials = \"s3.toml\"         # access_key, secret_key; left out, AWS_ACCESS_KEY_ID and so on are read
# timeout_ms = 20000               # for one request
# pause_ms = 100                   # before the first repetition; then twice as long each time

# [[witness]]                      # is asked over HTTP while the log grows; as many as there are
# name = \"party.example/witness\"  # as in keys/witnesses.csv
# url = \"http://192.0.2.1:8600\"    # where `sanad witness serve` listens

# [limits]                         # any of them may be left out; these are what holds without them
# connections = 512                # at one time
# connections_per_address = 64
# handshake_ms = 10000
# head_ms = 20000                  # for the head of a request
# body_ms = 120000                 # for its body, at most 1 MiB
# file_bytes = 1073741824          # the largest file of a package
# total_bytes = 4398046511104      # all files together
# labels_per_device = 32
# refusals_per_client = 64         # entered in the log; later ones are only counted
# witness_ms = 10000               # for the answer of a witness; nobody who sends waits for it
# witness_pause_ms = 1000          # between two rounds of asking them
";

fn new(shell: &Shell, path: &Path) -> Result {
    if path.exists() {
        let next = "name another file; a configuration is never overwritten";
        return Err(Failure::new("intake.exists", "the file exists", next).at(path.display()));
    }
    write(path, TEMPLATE.as_bytes())?;
    let name = text(path.display());
    shell.tell("Wrote {}. Edit it, then: sanad intake serve --config {}", &[name.clone(), name]);
    shell.json(&json!({ "config": path }));
    Ok(Verdict::Holds)
}

fn serve(shell: &Shell, config: Config, ready: Option<PathBuf>) -> Result {
    let told = |address: std::net::SocketAddr| {
        shell.tell("Receiving on https://{}; Ctrl-C ends it", &[text(address)]);
        if let Some(path) = &ready
            && let Err(failure) = write(path, address.to_string().as_bytes())
        {
            shell.mishap(&failure);
        }
    };
    let lines = std::sync::Arc::new(|line: &str| {
        // A log that nobody reads any more is no reason to stop receiving.
        let _ = std::io::Write::write_fmt(&mut std::io::stderr(), format_args!("{line}\n"));
    });
    intake::serve_blocking(config, lines, told, intake::asked_to_end())?;
    shell.tell("Ended; nothing that was acknowledged still waits for the disk.", &[]);
    shell.json(&json!({ "ended": true }));
    Ok(Verdict::Holds)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_template_is_a_configuration_with_every_setting() {
        let folder = std::env::temp_dir().join(format!("sanad-intake-new-{}", std::process::id()));
        let path = folder.join("intake.toml");
        std::fs::create_dir_all(&folder).unwrap();
        std::fs::write(&path, TEMPLATE).unwrap();
        let plain = Config::read(&path).unwrap();
        std::fs::write(&path, TEMPLATE.replace("\n# ", "\n")).unwrap();
        let full = Config::read(&path).unwrap();
        std::fs::remove_dir_all(&folder).unwrap();
        assert_eq!(plain.limits, full.limits, "the settings in comments are those that hold without them");
        assert_eq!(plain.limits, intake::Limits::default());
        assert_eq!((plain.witnesses.len(), full.witnesses.len()), (0, 1));
        let store = full.store.unwrap();
        assert_eq!((plain.store, store.timeout_ms, store.pause_ms), (None, 20_000, 100));
        assert_eq!(store.credentials, Some(folder.join("s3.toml")));
        assert_eq!(plain.folder, folder.join("store"));
        assert_eq!((plain.seen, full.seen), (None, Some("/mnt/other/intake-seen".into())));
    }
}
