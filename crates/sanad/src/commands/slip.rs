//! `sanad slip`: what a party agent does with a printed slip.

use std::path::PathBuf;

use clap::Subcommand;
use package::slip::{Slip as Joined, SlipFigures};
use serde_json::json;

use crate::shell::{At, Failure, Result, Shell, Verdict};
use crate::slips;

/// Slips.
#[derive(Subcommand)]
pub enum Slip {
    /// Read the signed figures from photos of one slip
    Read {
        /// Photos of the slip's codes, or a text file of them; several photos may hold one slip
        #[arg(required = true)]
        images: Vec<PathBuf>,
        /// The frozen definition, to check the signature with its key list
        #[arg(long)]
        election: Option<PathBuf>,
    },
    /// Compare slips with a publication
    Check {
        /// Photos or text files, one a slip
        #[arg(required = true)]
        slips: Vec<PathBuf>,
        /// The publication
        #[arg(long)]
        publication: PathBuf,
    },
}

/// Runs it.
pub fn run(shell: &Shell, command: Slip) -> Result {
    match command {
        Slip::Read { images, election } => {
            let mut codes = Vec::new();
            for image in &images {
                codes.extend(slips::codes_of(image)?);
            }
            if codes.is_empty() {
                let next = "take the photo closer, flat and in good light, so that each code fills a third of it";
                return Err(Failure::new("slip.no_code", "no code of a slip was found in the images", next));
            }
            let joined = Joined::join(&codes)?;
            let signed = match &election {
                Some(dir) => {
                    let folder = crate::inputs::folder(shell, dir)?;
                    Some(check_signature(&joined, &record::Frozen::of(&folder).at(dir.display())?))
                }
                None => None,
            };
            tell(shell, joined.claims(), signed.as_ref());
            Ok(match signed {
                Some(Ok(())) => Verdict::Holds,
                Some(Err(_)) => Verdict::DoesNot,
                // Without the key list nothing says whose figures these are.
                None => Verdict::Missing,
            })
        }
        Slip::Check { slips, publication } => check(shell, &slips, &publication),
    }
}

fn check_signature(slip: &Joined, frozen: &record::Frozen) -> std::result::Result<(), String> {
    let claims = slip.claims();
    let Some((station, key)) = frozen.keyring.devices.get(&claims.device) else {
        return Err(format!("the device {} is not in the frozen key list", claims.device));
    };
    if *station != claims.station {
        return Err(format!(
            "the device {} is listed for station {station}, the slip says {}",
            claims.device, claims.station
        ));
    }
    slip.verify(key).map(|_| ()).map_err(|e| e.to_string())
}

fn tell(shell: &Shell, figures: &SlipFigures, signed: Option<&std::result::Result<(), String>>) {
    let account = &figures.account;
    let verdict = match signed {
        Some(Ok(())) => "the signature holds".to_owned(),
        Some(Err(why)) => format!("THE SIGNATURE DOES NOT HOLD: {why}"),
        None => "signature not checked: give --election with the frozen definition".to_owned(),
    };
    shell.say(format_args!(
        "Station {} · device {} · generation {} · {verdict}",
        figures.station, figures.device, figures.generation
    ));
    shell.say(format_args!("Election fingerprint {}", figures.fingerprint));
    shell.say(format_args!(
        "Ballots: cast {}, valid {}, blank {}, invalid {}, unread {}",
        account.cast, account.valid, account.blank, account.invalid, account.unread
    ));
    for (contest, votes) in &figures.contests {
        shell.say(format_args!("{contest}:"));
        for (option, count) in &votes.votes {
            shell.say(format_args!("  {option:28} {count:>6}"));
        }
    }
    shell.say("Compare these figures with those printed on the paper in your hand.");
    if shell.json {
        let contests = figures.contests.iter().map(|(id, c)| {
            json!({ "contest": id, "ballots": c.ballots, "valid": c.valid, "blank": c.blank, "invalid": c.invalid, "votes": c.votes })
        });
        shell.json(&json!({
            "station": figures.station, "device": figures.device, "generation": figures.generation,
            "fingerprint": figures.fingerprint, "results": figures.results, "zero": figures.zero, "build": figures.build,
            "account": account, "contests": contests.collect::<Vec<_>>(),
            "signature": match signed { Some(Ok(())) => "valid", Some(Err(_)) => "invalid", None => "not_checked" },
        }));
    }
}

fn check(shell: &Shell, paths: &[PathBuf], publication: &std::path::Path) -> Result {
    let folder = crate::inputs::folder(shell, &publication.join("election"))?;
    let frozen = record::Frozen::of(&folder).at(publication.display())?;
    let (mut worst, mut rows) = (Verdict::Holds, Vec::new());
    for path in paths {
        let (verdict, said) = check_one(path, publication, &frozen)?;
        shell.say(format_args!("{}: {said}", path.display()));
        rows.push(json!({ "slip": path, "holds": verdict == Verdict::Holds, "detail": said }));
        worst = match (worst, verdict) {
            (Verdict::DoesNot, _) | (_, Verdict::DoesNot) => Verdict::DoesNot,
            (Verdict::Missing, _) | (_, Verdict::Missing) => Verdict::Missing,
            _ => Verdict::Holds,
        };
    }
    if shell.json {
        shell.json(&json!({ "slips": rows }));
    }
    Ok(worst)
}

fn check_one(
    path: &std::path::Path,
    publication: &std::path::Path,
    frozen: &record::Frozen,
) -> Result<(Verdict, String)> {
    let codes = slips::codes_of(path)?;
    let slip = match Joined::join(&codes) {
        Ok(slip) => slip,
        Err(error) => return Ok((Verdict::DoesNot, error.to_string())),
    };
    if let Err(why) = check_signature(&slip, frozen) {
        return Ok((Verdict::DoesNot, format!("the signature does not hold: {why}")));
    }
    let figures = slip.claims();
    let folder = publication.join(format!("stations/{}/{}-{}", figures.station, figures.device, figures.generation));
    let Ok(published) = std::fs::read(folder.join("results.json")) else {
        return Ok((Verdict::Missing, format!("the publication has no results of station {}", figures.station)));
    };
    if sign::sha256(&published) == figures.results {
        return Ok((
            Verdict::Holds,
            format!("station {}: the publication has exactly the figures that were printed", figures.station),
        ));
    }
    let differences = match package::StationResults::parse(&published) {
        Ok(results) => figures.differences(&results).join("; "),
        Err(_) => "the published file cannot be read".to_owned(),
    };
    Ok((Verdict::DoesNot, format!("station {}: the publication differs from the slip: {differences}", figures.station)))
}
