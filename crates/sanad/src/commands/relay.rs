//! `sanad relay`: sealed packages to the receiving service, resumable.

use std::path::PathBuf;

use clap::{Subcommand, ValueHint};
use election::Service;
use serde_json::json;

use crate::inputs;
use crate::shell::{At, Failure, Fill, Result, Shell, Verdict, count, file_failure, text};
use crate::words;

/// The relay.
#[derive(Subcommand)]
pub enum Relay {
    /// Send packages: label first, then results, then images; a receipt comes back for each
    ///
    /// Run it again after a broken link: it goes on where it stopped. The receipt is written beside the label. 1 if a
    /// package is refused, 3 if there is no receipt yet.
    #[command(after_help = "Example: sanad relay send --to https://intake.example:8443 --authority authority.pem \
                            --certificate relay.pem --key relay.key.pem --election election stick/0101-d0101-1.label.json")]
    Send {
        /// https://HOST:PORT of the receiving service
        #[arg(long, value_hint = ValueHint::Url)]
        to: String,
        /// The authority of its certificate (PEM); no other is believed
        #[arg(long, value_hint = ValueHint::FilePath)]
        authority: PathBuf,
        /// The relay's certificate (PEM)
        #[arg(long, value_hint = ValueHint::FilePath)]
        certificate: PathBuf,
        /// The relay's private key (PEM)
        #[arg(long, value_hint = ValueHint::FilePath)]
        key: PathBuf,
        /// The frozen definition: its key list says whose receipts count
        #[arg(long, value_hint = ValueHint::DirPath)]
        election: PathBuf,
        /// Times that a broken link is tried again before a package is given up
        #[arg(long, default_value_t = 8, value_parser = clap::value_parser!(u32).range(1..=1000))]
        attempts: u32,
        /// The labels of the packages, or folders with them; their other files lie beside them
        #[arg(required = true, value_name = "LABEL.json", value_hint = ValueHint::FilePath)]
        files: Vec<PathBuf>,
    },
}

/// Runs it.
pub fn run(shell: &Shell, command: Relay) -> Result {
    let Relay::Send { to, authority, certificate, key, election, attempts, files } = command;
    let files = labels(&files)?;
    let (folder, def) = inputs::definition(&election)?;
    let lists = inputs::key_lists(&election, &folder, &def)?;
    let listed = lists.services.iter().filter(|s| s.service == Service::Intake);
    let keys = listed.map(|s| s.key.parse()).collect::<std::result::Result<Vec<_>, sign::KeyError>>();
    let keys = keys.at(election.join("keys/services.csv").display())?;
    let mut options = intake::relay::Options::new(&to, &authority, &certificate, &key, keys);
    options.attempts = attempts;
    let bar = shell.progress("relay", 0);
    let outcomes = intake::send_blocking(&options, &files, |progress| {
        if let Some((why, pause)) = &progress.again {
            let sentence = "{}: no link ({}); trying again in {} s. What has arrived is kept; Ctrl-C ends it";
            let fills = [text(&progress.package), Fill::Words(words::told(shell.lang, why)), count(pause.as_secs())];
            bar.suspend(|| shell.warn(shell.worded(sentence, &fills)));
            return;
        }
        bar.set_message(progress.package.clone());
        bar.set_length(progress.total);
        bar.set_position(progress.done);
    })
    .map_err(|error| {
        let failure = Failure::from(error);
        let next = "give the certificates and the key that `sanad key tls` made for the relay";
        if failure.code() == "intake.config" { failure.hint(next) } else { failure }
    })?;
    bar.finish_and_clear();
    let (mut verdict, mut rows) = (Verdict::Holds, Vec::new());
    for outcome in outcomes {
        match outcome.result {
            Ok(sent) => {
                shell.tell("{}: received; receipt {}", &[text(outcome.label.display()), text(sent.receipt.display())]);
                rows.push(json!({ "label": outcome.label, "receipt": sent.receipt, "bytes": sent.bytes }));
            }
            Err(error) => {
                let failure = Failure::from(error).at(outcome.label.display());
                shell.mishap(&failure);
                verdict = verdict.and(failure.verdict());
                rows.push(json!({ "label": outcome.label, "receipt": null, "error": failure.json(shell.lang) }));
            }
        }
    }
    shell.json(&json!({ "packages": rows }));
    Ok(verdict)
}

/// The labels that are named, or lie in a folder that is named; anything else is a mistake that must not pass unseen.
fn labels(paths: &[PathBuf]) -> Result<Vec<PathBuf>> {
    let mut labels = Vec::new();
    for path in paths {
        let is_label = |path: &PathBuf| path.to_string_lossy().ends_with(".label.json");
        if path.is_dir() {
            let entries = std::fs::read_dir(path).map_err(|e| file_failure(path, &e))?;
            let mut inside: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).filter(is_label).collect();
            inside.sort();
            if inside.is_empty() {
                let next = "name the folder that the station handed over, with its .label.json";
                return Err(Failure::new("relay.no_label", "no label lies in this folder", next).at(path.display()));
            }
            labels.extend(inside);
        } else if is_label(path) {
            labels.push(path.clone());
        } else {
            let next = "name the file that ends in .label.json; its other two files go with it";
            return Err(Failure::new("relay.no_label", "this is no label of a package", next).at(path.display()));
        }
    }
    Ok(labels)
}
