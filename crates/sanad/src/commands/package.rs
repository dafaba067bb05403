//! `sanad package`: a sealed package, from outside and from inside.

use std::path::{Path, PathBuf};

use clap::{Subcommand, ValueHint};
use package::open::{Trust, open_images, open_results};
use package::{Expected, Label};
use serde_json::json;
use sign::identity::Identity;

use crate::inputs;
use crate::shell::{At, Failure, Fill, Result, Shell, Verdict, count, read, read_ordinary, text, write};

/// Packages.
#[derive(Subcommand)]
pub enum Package {
    /// What the label says, and whether both files are the ones it names
    ///
    /// Nothing is believed: who signed is only what the label says of itself. See `sanad package verify`.
    #[command(after_help = "Example: sanad package inspect 0101-d0101-1.label.json")]
    Inspect {
        /// STATION-DEVICE-GENERATION.label.json; the other files lie beside it
        #[arg(value_hint = ValueHint::FilePath)]
        label: PathBuf,
    },
    /// Check the label's signature and both files against the frozen key list; nothing is opened
    ///
    /// 1 if the label is not signed by the device that is listed for its station, or if a file is another than the label
    /// names; 3 if a file is not there.
    #[command(after_help = "Example: sanad package verify 0101-d0101-1.label.json --election election")]
    Verify {
        /// STATION-DEVICE-GENERATION.label.json
        #[arg(value_hint = ValueHint::FilePath)]
        label: PathBuf,
        /// The frozen definition
        #[arg(long, value_hint = ValueHint::DirPath)]
        election: PathBuf,
    },
    /// Open a package, check everything in it, and write its files
    ///
    /// Signatures, seals, hashes and names are checked before a file is written; then whether the figures can be (1 if
    /// not). docs/open-by-hand.md does the same with age, tar, jq and openssl.
    #[command(after_help = "Example: sanad package open 0101-d0101-1.label.json --election election \
                            --fingerprint fingerprint.txt --identity office.identity.txt -o opened")]
    Open {
        /// STATION-DEVICE-GENERATION.label.json
        #[arg(value_hint = ValueHint::FilePath)]
        label: PathBuf,
        /// The frozen definition
        #[arg(long, value_hint = ValueHint::DirPath)]
        election: PathBuf,
        /// The election fingerprint: sha256:… or a file that holds it
        #[arg(long, value_hint = ValueHint::FilePath)]
        fingerprint: String,
        /// An identity that the package is sealed to; - for standard input
        #[arg(long, value_hint = ValueHint::FilePath)]
        identity: PathBuf,
        /// The folder to write to
        #[arg(short, long, value_hint = ValueHint::DirPath)]
        output: PathBuf,
    },
}

/// Runs it.
pub fn run(shell: &Shell, command: Package) -> Result {
    match command {
        Package::Inspect { label } => inspect(shell, &label),
        Package::Verify { label, election } => verify(shell, &label, &election),
        Package::Open { label, election, fingerprint, identity, output } => {
            open(shell, &label, &election, &inputs::fingerprint(&fingerprint)?, &identity, &output)
        }
    }
}

/// The bytes of a label and what it claims.
fn label(path: &Path) -> Result<(Vec<u8>, Label, sign::KeyId)> {
    let bytes = read(path)?;
    let (claimed, signer) = Label::parse(&bytes)
        .at(path.display())
        .map_err(|f| f.hint("give the file that ends in .label.json, as the station handed it over"))?;
    Ok((bytes, claimed, signer))
}

fn inspect(shell: &Shell, path: &Path) -> Result {
    let (_, claimed, signer) = label(path)?;
    shell.tell(
        "Station {}, device {}, generation {}; {} round {} {}; says it is signed by key {}",
        &[
            text(&claimed.station),
            text(&claimed.device),
            count(claimed.generation),
            text(&claimed.scope.election),
            count(claimed.scope.round),
            text(claimed.scope.mode.as_str()),
            text(signer),
        ],
    );
    let (mut verdict, mut rows) = (Verdict::Holds, Vec::new());
    for (sealed, path) in beside(path, &claimed) {
        let (state, of_file, sentence) = match read_ordinary(&path) {
            Ok(bytes) if sealed.check(&bytes).is_ok() => {
                ("named", Verdict::Holds, "{}: {} bytes, the file that the label names")
            }
            Ok(_) => ("other", Verdict::DoesNot, "{}: {} bytes, NOT the file that the label names"),
            Err(_) => ("absent", Verdict::Missing, "{}: {} bytes, not here"),
        };
        let fills = [text(&sealed.name), count(sealed.bytes)];
        if of_file == Verdict::Holds {
            shell.tell(sentence, &fills)
        } else {
            shell.find(sentence, &fills)
        }
        verdict = verdict.and(of_file);
        rows.push(json!({ "name": sealed.name, "state": state }));
    }
    shell.json(&json!({
        "label": claimed, "key": signer.to_string(), "files": rows, "complete": verdict == Verdict::Holds,
    }));
    Ok(verdict)
}

fn verify(shell: &Shell, path: &Path, election: &Path) -> Result {
    let (_, frozen) = inputs::frozen(election)?;
    let (bytes, claimed, _) = label(path)?;
    let (_, key) = device(&frozen, &claimed).at(path.display())?;
    Label::verify(&bytes, key, &frozen.definition.scope).at(path.display())?;
    let (mut verdict, mut rows) = (Verdict::Holds, Vec::new());
    for (sealed, path) in beside(path, &claimed) {
        let found = present(&path).and_then(|bytes| sealed.check(&bytes).at(path.display()));
        let state = match &found {
            Ok(()) => "named",
            Err(failure) if failure.verdict() == Verdict::Missing => "absent",
            Err(_) => "other",
        };
        if let Err(failure) = &found {
            shell.mishap(failure);
            verdict = verdict.and(failure.verdict());
        }
        rows.push(json!({ "name": sealed.name, "state": state }));
    }
    if verdict == Verdict::Holds {
        shell.tell("The label is signed by the listed device, and both files are the ones it names.", &[]);
    } else {
        shell.find("The label is signed by the listed device; its files are not all here as it names them.", &[]);
    }
    shell.json(&json!({ "holds": verdict == Verdict::Holds, "station": claimed.station, "files": rows }));
    Ok(verdict)
}

fn open(
    shell: &Shell,
    path: &Path,
    election: &Path,
    fingerprint: &election::Digest,
    identity_path: &Path,
    output: &Path,
) -> Result {
    let (_, frozen) = inputs::frozen(election)?;
    let identity = inputs::identity(identity_path)?;
    let (bytes, claimed, _) = label(path)?;
    let (station, key) = device(&frozen, &claimed).at(path.display())?;
    let recipients = centre::recipients(&frozen, station);
    recipient(&frozen, &identity).at(identity_path.display())?;
    let def = &frozen.definition;
    let trust = Trust {
        scope: &def.scope,
        fingerprint: *fingerprint,
        station,
        device: &claimed.device,
        key,
        recipients: &recipients,
    };
    let [(_, results), (_, images)] = beside(path, &claimed);
    let opened = open_results(&bytes, &present(&results)?, &identity, &trust).at(results.display())?;
    let images = open_images(&opened.label, &present(&images)?, &identity).at(images.display())?;
    for (name, bytes) in &opened.bag.data {
        write(&output.join("results/data").join(name), bytes)?;
    }
    for (name, bytes) in &images.bag.data {
        write(&output.join("images/data").join(name), bytes)?;
    }
    let expected = Expected::of(def, station).ok_or_else(|| {
        let what = format!("there is no station '{station}' in the definition");
        Failure::new("package.station", what, "give the definition that the station worked by")
    })?;
    let found = opened.inconsistencies(&expected, Some(&images));
    let of_paper: Vec<bool> = found.iter().map(|one| one.is_of_paper()).collect();
    let wrong: Vec<Failure> = found.into_iter().map(Failure::from).collect();
    for (problem, of_paper) in wrong.iter().zip(of_paper) {
        let fills = [text(problem.code()), Fill::Words(problem.what(shell.lang))];
        if of_paper {
            shell.find("the centre imports it and quarantines the station [{}]: {}", &fills);
        } else {
            shell.find("inconsistent [{}]: {}", &fills);
        }
    }
    shell.tell(
        "{} and {} files in {}",
        &[count(opened.bag.data.len()), count(images.bag.data.len()), text(output.display())],
    );
    let rows: Vec<_> = wrong.iter().map(|problem| problem.json(shell.lang)).collect();
    shell.json(&json!({ "station": station, "results": opened.results, "inconsistent": rows }));
    Ok(if wrong.is_empty() { Verdict::Holds } else { Verdict::DoesNot })
}

/// Both sealed files of a label, with where they must lie.
fn beside<'a>(path: &Path, claimed: &'a Label) -> [(&'a package::Sealed, PathBuf); 2] {
    let folder = path.parent().unwrap_or(Path::new("."));
    [&claimed.results, &claimed.images].map(|sealed| (sealed, folder.join(&sealed.name)))
}

/// The bytes of a file of the package; one that is not there is missing evidence, no mistake of the call.
fn present(path: &Path) -> Result<Vec<u8>> {
    if path.exists() {
        return read_ordinary(path);
    }
    let next = "put the three files of the package side by side, as the station handed them over";
    Err(Failure::new("package.absent", "this file of the package is not here", next).at(path.display()))
}

/// Is the identity one that this election seals to at all?
fn recipient(frozen: &record::Frozen, identity: &Identity) -> Result<()> {
    let own = identity.recipient().to_string();
    if frozen.lists.recipients.iter().any(|listed| listed.age == own) {
        return Ok(());
    }
    let next = "give the identity of the centre, or of the station's office, that keys/recipients.csv lists";
    Err(Failure::new("package.identity", "this identity is none that the election seals packages to", next))
}

fn device<'a>(frozen: &'a record::Frozen, claimed: &Label) -> Result<(&'a election::StationId, &'a sign::PublicKey)> {
    let found = frozen.keyring.devices.get(&claimed.device).map(|(station, key)| (station, key));
    found.ok_or_else(|| {
        let what = format!("no key of the device '{}' is in the frozen list", claimed.device);
        Failure::new("package.unknown_device", what, "keep the package as evidence; it is not counted")
    })
}
