//! `sanad election`: from an empty folder to leaf 0.

use std::path::{Path, PathBuf};

use clap::{Subcommand, ValueHint};
use election::{Role, WITNESS_POLICY};
use record::{Body, Head, Signatories};
use serde_json::json;

use crate::shell::{Failure, Result, Shell, Verdict, count, file_failure, text, write};
use crate::{inputs, policy, words};

/// A definition.
#[derive(Subcommand)]
pub enum Election {
    /// Write a small commented definition to begin with
    ///
    /// One contest of candidates, two stations: edit election.toml with a text editor and the tables with a spreadsheet.
    #[command(after_help = "Example: sanad election new election")]
    New {
        /// The folder to make
        #[arg(value_hint = ValueHint::DirPath)]
        dir: PathBuf,
    },
    /// Rewrite a definition in its one canonical form
    ///
    /// Commas, UTF-8, LF, 0-9, columns in their order: what a spreadsheet saved otherwise. Nothing is rewritten while there
    /// is an error that would lose something.
    #[command(after_help = "Example: sanad election fmt election")]
    Fmt {
        /// The folder of the definition
        #[arg(value_hint = ValueHint::DirPath)]
        dir: PathBuf,
    },
    /// Report every error at once, with file and line
    ///
    /// 1 where there is one. Key lists in keys/ are checked with it as soon as one is there.
    #[command(after_help = "Example: sanad election check election")]
    Check {
        /// The folder of the definition
        #[arg(value_hint = ValueHint::DirPath)]
        dir: PathBuf,
    },
    /// Make leaf 0, signed by the board, and the election fingerprint
    ///
    /// Writes keys/witness-policy.txt from the key lists where it is not there. From then on nothing in the folder may
    /// change: the fingerprint stands for every byte of it.
    #[command(after_help = "Example: sanad election freeze election --signer chair.key.pem --signer deputy.key.pem")]
    Freeze {
        /// The folder of the definition, with its key lists in keys/
        #[arg(value_hint = ValueHint::DirPath)]
        dir: PathBuf,
        /// A board member's key; as many as the board's threshold
        #[arg(long = "signer", value_name = "KEY.pem", required = true, value_hint = ValueHint::FilePath)]
        signers: Vec<PathBuf>,
        /// Where leaf 0 is written; fingerprint.txt is written beside it
        #[arg(short, long, value_name = "FILE", default_value = "leaf-0.dsse.json", value_hint = ValueHint::FilePath)]
        output: PathBuf,
    },
}

/// Runs it.
pub fn run(shell: &Shell, command: Election) -> Result {
    match command {
        Election::New { dir } => new(shell, &dir),
        Election::Fmt { dir } => {
            let before = inputs::folder(&dir)?;
            let after = election::fmt(&before);
            let changed = after.files.iter().filter(|(path, bytes)| before.get(path) != Some(bytes.as_slice())).count();
            after.save(&dir).map_err(|e| file_failure(&dir, &e))?;
            shell.tell("{} of {} files rewritten", &[count(changed), count(after.files.len())]);
            shell.json(&json!({ "files": after.files.len(), "rewritten": changed }));
            Ok(Verdict::Holds)
        }
        Election::Check { dir } => check(shell, &dir),
        Election::Freeze { dir, signers, output } => freeze(shell, &dir, &signers, &output),
    }
}

fn new(shell: &Shell, dir: &Path) -> Result {
    if dir.is_file() {
        return Err(Failure::new("election.exists", "this is a file", "name a folder that does not exist yet")
            .at(dir.display()));
    }
    if std::fs::read_dir(dir).is_ok_and(|mut entries| entries.next().is_some()) {
        let next = "name a folder that does not exist yet";
        return Err(Failure::new("election.exists", "the folder is not empty", next).at(dir.display()));
    }
    election::scaffold().save(dir).map_err(|e| file_failure(dir, &e))?;
    let name = text(dir.display());
    shell.tell("Wrote a definition to {}. Edit it, then: sanad election check {}", &[name.clone(), name]);
    shell.json(&json!({ "folder": dir }));
    Ok(Verdict::Holds)
}

fn check(shell: &Shell, dir: &Path) -> Result {
    let checked = election::Folder::load(dir).and_then(|folder| {
        let def = election::read(&folder)?;
        if folder.files.keys().any(|path| path.starts_with("keys/")) {
            election::KeyLists::read(&folder, &def)?;
        }
        Ok((folder.digest(), def))
    });
    match checked {
        Ok((digest, def)) => {
            let figures = [
                def.offices.len(),
                def.constituencies.len(),
                def.stations.len(),
                def.contests.len(),
                def.lists.len(),
                def.candidates.len(),
            ];
            let fills: Vec<_> = [text(&def.scope.election)].into_iter().chain(figures.map(count)).collect();
            shell.tell(
                "{}: {} offices, {} constituencies, {} stations, {} contests, {} lists, {} candidates; no errors",
                &fills,
            );
            shell.tell("manifest {}", &[text(digest)]);
            shell.json(&json!({ "problems": [], "manifest": digest }));
            Ok(Verdict::Holds)
        }
        Err(mut problems) => {
            for problem in &mut problems {
                problem.place.file = format!("{}/{}", dir.display(), problem.place.file);
                shell.warn(words::problem(shell.lang, problem));
            }
            shell.warn(shell.worded("problems: {}", &[count(problems.len())]));
            shell.json(&json!({ "problems": problems }));
            Ok(Verdict::DoesNot)
        }
    }
}

fn freeze(shell: &Shell, dir: &Path, signers: &[PathBuf], output: &Path) -> Result {
    let (mut folder, mut frozen) = inputs::frozen(dir)?;
    let keys = inputs::keys_of(&Signatories::of(&frozen.definition, &frozen.keyring), Role::Board, signers)?;
    if folder.get(WITNESS_POLICY).is_none() {
        let path = dir.join(WITNESS_POLICY);
        let policy = policy::of(&frozen.definition, &frozen.lists)?.to_text();
        write(&path, policy.as_bytes())?;
        shell.tell("Wrote {} from the key lists.", &[text(path.display())]);
        (folder, frozen) = inputs::frozen(dir)?;
    }
    let head = Head { scope: frozen.definition.scope.clone(), fingerprint: None, at: inputs::clock() };
    let leaf = Body::Freeze(frozen.freeze(&folder)?).sign(&head, &inputs::signers(&keys))?;
    let state = record::State::begin(&frozen, &leaf)?;
    write(output, &leaf)?;
    let beside = output.with_file_name("fingerprint.txt");
    write(&beside, format!("{}\n", state.fingerprint).as_bytes())?;
    shell.tell("Leaf 0: {}", &[text(output.display())]);
    shell.tell("Election fingerprint: {}", &[text(state.fingerprint)]);
    shell.tell(
        "Print the fingerprint in the gazette, on ballots and on slips. It is also in {}.",
        &[text(beside.display())],
    );
    shell.json(&json!({
        "fingerprint": state.fingerprint, "manifest": frozen.manifest, "leaf": output, "fingerprint_file": beside,
    }));
    Ok(Verdict::Holds)
}
