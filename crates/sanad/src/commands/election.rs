//! `sanad election`: from an empty folder to leaf 0.

use std::path::PathBuf;

use clap::Subcommand;
use record::{Body, Frozen, Head};
use serde_json::json;

use crate::inputs;
use crate::shell::{At, Failure, Result, Shell, Verdict, file_failure, write};

/// A definition.
#[derive(Subcommand)]
pub enum Election {
    /// Write a small commented definition to begin with
    New {
        /// The folder to make
        dir: PathBuf,
    },
    /// Rewrite a definition in its one canonical form
    Fmt {
        /// The folder of the definition
        dir: PathBuf,
    },
    /// Report every error at once, with file and line
    Check {
        /// The folder of the definition
        dir: PathBuf,
    },
    /// Make leaf 0, signed by the board, and the election fingerprint
    Freeze {
        /// The folder of the definition, with its key lists in keys/
        dir: PathBuf,
        /// A board member's key; as many as the board's threshold
        #[arg(long = "signer", value_name = "KEY.pem", required = true)]
        signers: Vec<PathBuf>,
        /// Where leaf 0 is written
        #[arg(short, long, value_name = "FILE", default_value = "leaf-0.dsse.json")]
        output: PathBuf,
    },
}

/// Runs it.
pub fn run(shell: &Shell, command: Election) -> Result {
    match command {
        Election::New { dir } => {
            if std::fs::read_dir(&dir).is_ok_and(|mut entries| entries.next().is_some()) {
                let what = format!("{}: the folder is not empty", dir.display());
                return Err(Failure::new("election.exists", what, "name a folder that does not exist yet"));
            }
            election::scaffold().save(&dir).map_err(|e| file_failure(&dir, &e))?;
            shell
                .say(format_args!("Wrote a definition to {0}. Edit it, then: sanad election check {0}", dir.display()));
        }
        Election::Fmt { dir } => {
            let before = inputs::folder(shell, &dir)?;
            let after = election::fmt(&before);
            let changed = after.files.iter().filter(|(path, bytes)| before.get(path) != Some(bytes.as_slice())).count();
            after.save(&dir).map_err(|e| file_failure(&dir, &e))?;
            shell.say(format_args!("{changed} of {} files rewritten", after.files.len()));
            if shell.json {
                shell.json(&json!({ "files": after.files.len(), "rewritten": changed }));
            }
        }
        Election::Check { dir } => return check(shell, &dir),
        Election::Freeze { dir, signers, output } => {
            let folder = inputs::folder(shell, &dir)?;
            let frozen = Frozen::of(&folder).at(dir.display())?;
            let keys = inputs::keys(&signers)?;
            let head = Head { scope: frozen.definition.scope.clone(), fingerprint: None, at: inputs::clock() };
            let leaf = Body::Freeze(frozen.freeze(&folder)?).sign(&head, &inputs::signers(&keys))?;
            let state = record::State::begin(&frozen, &leaf)?;
            write(&output, &leaf)?;
            shell.say(format_args!("Leaf 0: {}\nElection fingerprint: {}", output.display(), state.fingerprint));
            shell.say("Print the fingerprint in the gazette, on ballots and on slips.");
            if shell.json {
                shell.json(&json!({ "fingerprint": state.fingerprint, "manifest": frozen.manifest, "leaf": output }));
            }
        }
    }
    Ok(Verdict::Holds)
}

fn check(shell: &Shell, dir: &std::path::Path) -> Result {
    let checked = election::Folder::load(dir).and_then(|folder| Ok((folder.digest(), election::read(&folder)?)));
    match checked {
        Ok((digest, def)) => {
            shell.say(format_args!(
                "{}: {} offices, {} constituencies, {} stations, {} contests, {} lists, {} candidates; no errors\nmanifest {digest}",
                def.scope.election,
                def.offices.len(),
                def.constituencies.len(),
                def.stations.len(),
                def.contests.len(),
                def.lists.len(),
                def.candidates.len(),
            ));
            if shell.json {
                shell.json(&json!({ "problems": [], "manifest": digest }));
            }
            Ok(Verdict::Holds)
        }
        Err(problems) => {
            if shell.json {
                shell.json(&json!({ "problems": problems }));
            }
            for problem in &problems {
                shell.warn(format_args!("{}/{problem}", dir.display()));
            }
            shell.warn(format_args!("{} problems", problems.len()));
            Ok(Verdict::DoesNot)
        }
    }
}
