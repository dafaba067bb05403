//! `sanad package`: a sealed package, from outside and from inside.

use std::path::{Path, PathBuf};

use clap::Subcommand;
use package::open::{Trust, open_images, open_results};
use package::{Expected, Label};
use serde_json::json;
use sign::identity::Identity;

use crate::inputs;
use crate::shell::{At, Failure, Result, Shell, Verdict, read, write};

/// Packages.
#[derive(Subcommand)]
pub enum Package {
    /// What the label says, and whether both files are the ones it names
    Inspect {
        /// STATION-DEVICE-GENERATION.label.json; the other files lie beside it
        label: PathBuf,
    },
    /// Check the label's signature and both files against the frozen key list; nothing is opened
    Verify {
        /// STATION-DEVICE-GENERATION.label.json
        label: PathBuf,
        /// The frozen definition
        #[arg(long)]
        election: PathBuf,
    },
    /// Open a package, check everything in it, and write its files
    Open {
        /// STATION-DEVICE-GENERATION.label.json
        label: PathBuf,
        /// The frozen definition
        #[arg(long)]
        election: PathBuf,
        /// The election fingerprint: sha256:… or a file that holds it
        #[arg(long)]
        fingerprint: String,
        /// An identity that the package is sealed to
        #[arg(long)]
        identity: PathBuf,
        /// The folder to write to
        #[arg(short, long)]
        output: PathBuf,
    },
}

/// Runs it.
pub fn run(shell: &Shell, command: Package) -> Result {
    match command {
        Package::Inspect { label } => {
            let (claimed, signer) = Label::parse(&read(&label)?).at(label.display())?;
            let (results, images) = beside(&label, &claimed);
            shell.say(format_args!(
                "Station {}, device {}, generation {}; {} round {} {}; says it is signed by key {signer}",
                claimed.station,
                claimed.device,
                claimed.generation,
                claimed.scope.election,
                claimed.scope.round,
                claimed.scope.mode.as_str()
            ));
            let mut verdict = Verdict::Holds;
            for (sealed, path) in [(&claimed.results, results), (&claimed.images, images)] {
                let state = match std::fs::read(&path) {
                    Ok(bytes) if sealed.check(&bytes).is_ok() => "the file that the label names",
                    Ok(_) => {
                        verdict = Verdict::DoesNot;
                        "NOT the file that the label names"
                    }
                    Err(_) => {
                        verdict = if verdict == Verdict::Holds { Verdict::Missing } else { verdict };
                        "not here"
                    }
                };
                shell.say(format_args!("{}: {} bytes, {state}", sealed.name, sealed.bytes));
            }
            if shell.json {
                shell.json(
                    &json!({ "label": claimed, "key": signer.to_string(), "complete": verdict == Verdict::Holds }),
                );
            }
            Ok(verdict)
        }
        Package::Verify { label, election } => {
            let folder = inputs::folder(shell, &election)?;
            let frozen = record::Frozen::of(&folder).at(election.display())?;
            let bytes = read(&label)?;
            let (claimed, _) = Label::parse(&bytes).at(label.display())?;
            let (_, key) = device(&frozen, &claimed)?;
            Label::verify(&bytes, key, &frozen.definition.scope).at(label.display())?;
            let (results, images) = beside(&label, &claimed);
            claimed.results.check(&read(&results)?).at(results.display())?;
            claimed.images.check(&read(&images)?).at(images.display())?;
            shell.say("The label is signed by the listed device, and both files are the ones it names.");
            if shell.json {
                shell.json(&json!({ "holds": true, "station": claimed.station }));
            }
            Ok(Verdict::Holds)
        }
        Package::Open { label, election, fingerprint, identity, output } => {
            let folder = inputs::folder(shell, &election)?;
            let frozen = record::Frozen::of(&folder).at(election.display())?;
            let fingerprint = inputs::fingerprint(&fingerprint)?;
            let identity_text = String::from_utf8_lossy(&read(&identity)?).into_owned();
            let line = identity_text.lines().find(|l| !l.starts_with('#') && !l.trim().is_empty()).unwrap_or_default();
            let identity = Identity::parse(line.trim()).at(identity.display())?;
            let bytes = read(&label)?;
            let (claimed, _) = Label::parse(&bytes).at(label.display())?;
            let (station, key) = device(&frozen, &claimed)?;
            let recipients = centre::recipients(&frozen, station);
            let def = &frozen.definition;
            let trust = Trust {
                scope: &def.scope,
                fingerprint,
                station,
                device: &claimed.device,
                key,
                recipients: &recipients,
            };
            let (results, images) = beside(&label, &claimed);
            let opened = open_results(&bytes, &read(&results)?, &identity, &trust).at(results.display())?;
            let images = open_images(&opened.label, &read(&images)?, &identity).at(images.display())?;
            for (name, bytes) in &opened.bag.data {
                write(&output.join("results/data").join(name), bytes)?;
            }
            for (name, bytes) in &images.bag.data {
                write(&output.join("images/data").join(name), bytes)?;
            }
            let expected = Expected::of(def, station).ok_or_else(|| {
                Failure::new(
                    "package.station",
                    format!("the station {station} is not in the definition"),
                    "give the right definition",
                )
            })?;
            let wrong = opened.inconsistencies(&expected, Some(&images));
            for problem in &wrong {
                shell.warn(format_args!("inconsistent [{}]: {problem}", election::Coded::code(problem)));
            }
            shell.say(format_args!(
                "{} and {} files in {}",
                opened.bag.data.len(),
                images.bag.data.len(),
                output.display()
            ));
            if shell.json {
                let wrong: Vec<String> = wrong.iter().map(ToString::to_string).collect();
                shell.json(&json!({ "station": station, "results": opened.results, "inconsistent": wrong }));
            }
            Ok(if wrong.is_empty() { Verdict::Holds } else { Verdict::DoesNot })
        }
    }
}

fn beside(label: &Path, claimed: &Label) -> (PathBuf, PathBuf) {
    let folder = label.parent().unwrap_or(Path::new("."));
    (folder.join(&claimed.results.name), folder.join(&claimed.images.name))
}

fn device<'a>(frozen: &'a record::Frozen, claimed: &Label) -> Result<(&'a election::StationId, &'a sign::PublicKey)> {
    let found = frozen.keyring.devices.get(&claimed.device).map(|(station, key)| (station, key));
    found.ok_or_else(|| {
        let what = format!("no key of the device '{}' is in the frozen list", claimed.device);
        Failure::new("package.unknown_device", what, "keep the package as evidence; it is not counted")
    })
}
