//! `sanad relay`: sealed packages to the receiving service, resumable.

use std::path::PathBuf;

use clap::Subcommand;
use election::{KeyLists, Service};
use serde_json::json;

use crate::inputs;
use crate::shell::{At, Failure, Result, Shell, Verdict};

/// The relay.
#[derive(Subcommand)]
pub enum Relay {
    /// Send packages: label first, then results, then images; a receipt comes back for each
    Send {
        /// https://HOST:PORT of the receiving service
        #[arg(long)]
        to: String,
        /// The authority of its certificate (PEM); no other is believed
        #[arg(long)]
        authority: PathBuf,
        /// The relay's certificate (PEM)
        #[arg(long)]
        certificate: PathBuf,
        /// The relay's private key (PEM)
        #[arg(long)]
        key: PathBuf,
        /// The frozen definition: its key list says whose receipts count
        #[arg(long)]
        election: PathBuf,
        /// The labels of the packages; their other files lie beside them
        #[arg(required = true, value_name = "LABEL.json")]
        files: Vec<PathBuf>,
    },
}

/// Runs it.
pub fn run(shell: &Shell, command: Relay) -> Result {
    let Relay::Send { to, authority, certificate, key, election, files } = command;
    let (folder, def) = inputs::definition(shell, &election)?;
    let lists = KeyLists::read(&folder, &def).map_err(|p| inputs::definition_failure(shell, &election, &p))?;
    let listed = lists.services.iter().filter(|s| s.service == Service::Intake);
    let keys = listed.map(|s| s.key.parse()).collect::<std::result::Result<Vec<_>, sign::KeyError>>();
    let options = intake::relay::Options::new(&to, &authority, &certificate, &key, keys.at("keys/services.csv")?);
    let bar = shell.progress("relay", 0);
    let outcomes = intake::send_blocking(&options, &files, |progress| {
        bar.set_message(progress.package.clone());
        bar.set_length(progress.total);
        bar.set_position(progress.done);
    })?;
    bar.finish_and_clear();
    let (mut refused, mut rows) = (false, Vec::new());
    for outcome in outcomes {
        let label = outcome.label.display().to_string();
        match outcome.result {
            Ok(sent) => {
                shell.say(format_args!("{label}: received; receipt {}", sent.receipt.display()));
                rows.push(json!({ "label": label, "receipt": sent.receipt, "bytes": sent.bytes }));
            }
            Err(error) => {
                refused = true;
                let failure = Failure::from(error).at(&label);
                shell.error(&failure);
                rows.push(json!({ "label": label, "receipt": null }));
            }
        }
    }
    if shell.json {
        shell.json(&json!({ "packages": rows }));
    }
    Ok(if refused { Verdict::DoesNot } else { Verdict::Holds })
}
