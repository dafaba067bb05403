//! `sanad slip read`: the signed figures on a printed slip.

use std::path::PathBuf;

use clap::{Subcommand, ValueHint};
use package::slip::{Slip as Joined, SlipFigures};
use serde_json::json;

use super::{slip_check, slip_tally};
use crate::inputs;
use crate::shell::{At, Failure, Result, Shell, Verdict, count, text};
use crate::slips;

/// Slips.
#[derive(Subcommand)]
pub enum Slip {
    /// Read the signed figures from photos of one slip
    ///
    /// Shows what the codes on the paper say, to be compared with what is printed beside them. With --election the
    /// signature is checked; without it nothing says whose figures these are (3).
    #[command(after_help = "Example: sanad slip read photo.jpg --election demo/election")]
    Read {
        /// Photos of the slip's codes, or a text file of them; several photos may hold one slip
        #[arg(required = true, value_hint = ValueHint::FilePath)]
        images: Vec<PathBuf>,
        /// The frozen definition, to check the signature with its key list
        #[arg(long, value_hint = ValueHint::DirPath)]
        election: Option<PathBuf>,
    },
    /// Compare slips with a publication
    ///
    /// Says of each slip whether its station was published with exactly the figures that were printed, and whether the
    /// station is counted, cancelled or quarantined. 1 if any differs; 3 if one cannot be read or has nothing to be
    /// compared with.
    #[command(after_help = "Example: sanad slip check photo.jpg --publication demo/publication")]
    Check {
        /// Photos or text files, one a slip
        #[arg(required = true, value_hint = ValueHint::FilePath)]
        slips: Vec<PathBuf>,
        /// The publication
        #[arg(long, value_hint = ValueHint::DirPath)]
        publication: PathBuf,
    },
    /// Add up slips alone: coverage, totals, leads, and what no missing station can change
    ///
    /// Needs the definition and the paper, no server and no publication. A contest is decided if and only if its lead exceeds the
    /// registered voters of the stations not covered. 1 if a slip is refused or slips contradict each other, 3 if a station has none.
    #[command(after_help = "Example: sanad slip tally demo/slips --election demo/election")]
    Tally(slip_tally::Args),
}

/// Runs it.
pub fn run(shell: &Shell, command: Slip) -> Result {
    match command {
        Slip::Read { images, election } => read(shell, &images, election.as_deref()),
        Slip::Tally(args) => slip_tally::tally(shell, &args.slips, &args.election, args.fingerprint.as_deref()),
        Slip::Check { slips, publication } => slip_check::check(shell, &slips, &publication),
    }
}

fn read(shell: &Shell, images: &[PathBuf], election: Option<&std::path::Path>) -> Result {
    let mut codes = Vec::new();
    for image in images {
        codes.extend(slips::codes_of(image)?);
    }
    let names = || images.iter().map(|i| i.display().to_string()).collect::<Vec<_>>().join(", ");
    if codes.is_empty() {
        return Err(slips::no_code().at(names()));
    }
    let joined = Joined::join(&codes).at(names())?;
    let signed = match election {
        Some(dir) => {
            let frozen = inputs::frozen(dir)?.1;
            if joined.claims().scope != frozen.definition.scope {
                let next = "give --election with the definition of its own election";
                return Err(of_another_election(joined.claims(), next).at(names()));
            }
            Some(check_signature(&joined, &frozen))
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

/// A slip of another election, round or mode: nothing here says whether it is signed.
pub fn of_another_election(claims: &SlipFigures, next: &'static str) -> Failure {
    let (election, round, mode) = (&claims.scope.election, claims.scope.round, claims.scope.mode.as_str());
    let what = format!("this slip is of another election: {election} round {round} {mode}");
    Failure::new("slip.other_election", what, next).but(Verdict::Missing)
}

/// Is the slip signed by the device that is listed for its station?
pub fn check_signature(slip: &Joined, frozen: &record::Frozen) -> Result<()> {
    let claims = slip.claims();
    let next = "keep the paper as evidence and compare it with another agent's copy";
    let Some((station, key)) = frozen.keyring.devices.get(&claims.device) else {
        let what = format!("the device {} is not in the frozen key list", claims.device);
        return Err(Failure::new("slip.device", what, next).but(Verdict::DoesNot));
    };
    if *station != claims.station {
        let what =
            format!("the device {} is listed for station {station}, the slip says {}", claims.device, claims.station);
        return Err(Failure::new("slip.station", what, next).but(Verdict::DoesNot));
    }
    slip.verify(key)?;
    Ok(())
}

fn tell(shell: &Shell, figures: &SlipFigures, signed: Option<&Result<()>>) {
    let account = &figures.account;
    shell.tell(
        "Station {}, device {}, generation {}",
        &[text(&figures.station), text(&figures.device), count(figures.generation)],
    );
    match signed {
        Some(Ok(())) => shell.tell("The signature holds.", &[]),
        Some(Err(why)) => {
            shell.find("THE SIGNATURE DOES NOT HOLD: {}", &[crate::shell::Fill::Words(why.what(shell.lang))])
        }
        None => shell.find("The signature is not checked: give --election with the frozen definition.", &[]),
    }
    shell.tell("Election fingerprint {}", &[text(figures.fingerprint)]);
    shell.tell(
        "Ballots: cast {}, valid {}, blank {}, invalid {}, unread {}",
        &[
            count(account.cast),
            count(account.valid),
            count(account.blank),
            count(account.invalid),
            count(account.unread),
        ],
    );
    shell.tell(
        "Paper: received {}, in the box {}, spoiled {}, unused {}; registered {}",
        &[account.received, account.used, account.spoiled, account.unused, account.registered].map(count),
    );
    for (contest, votes) in &figures.contests {
        shell.say(format_args!("{contest}:"));
        for (option, votes) in &votes.votes {
            shell.say(format_args!("  {option:28} {votes:>6}"));
        }
    }
    shell.tell("Compare these figures with those printed on the paper in your hand.", &[]);
    let contests = figures.contests.iter().map(|(id, c)| {
        json!({
            "contest": id, "ballots": c.ballots, "valid": c.valid, "blank": c.blank, "invalid": c.invalid, "votes": c.votes
        })
    });
    shell.json(&json!({
        "station": figures.station, "device": figures.device, "generation": figures.generation,
        "fingerprint": figures.fingerprint, "results": figures.results, "zero": figures.zero, "build": figures.build,
        "account": account, "contests": contests.collect::<Vec<_>>(),
        "signature": match signed { Some(Ok(())) => "valid", Some(Err(_)) => "invalid", None => "not_checked" },
    }));
}

#[cfg(test)]
mod tests {
    use package::slip::SlipFigures;
    use sign::{FileKey, KeyKind};
    use testing::{Count, World};

    use super::*;

    /// Why the signature of a slip of `s1` is none, after `change`.
    fn refusal(world: &World, change: impl FnOnce(&mut SlipFigures)) -> Failure {
        let slip = Joined::join(&world.slip(&Count::of("s1", [1, 0, 0, 0]))).expect("a slip");
        let mut figures = slip.claims().clone();
        change(&mut figures);
        let codes = figures.sign(&FileKey::generate(KeyKind::P256).expect("a key")).expect("signed");
        let slip = Joined::join(&codes).expect("a slip");
        check_signature(&slip, &world.frozen).expect_err("it is signed by a stranger")
    }

    #[test]
    fn a_slip_of_no_listed_device_of_its_station_is_told() {
        let world = World::new(2);
        let unlisted = refusal(&world, |figures| figures.device = "d9".parse().expect("an id"));
        assert_eq!(unlisted.code(), "slip.device");
        assert!(unlisted.what(election::Lang::En).contains("d9"));
        let elsewhere = refusal(&world, |figures| figures.station = "s2".parse().expect("an id"));
        assert_eq!(elsewhere.code(), "slip.station");
        let what = elsewhere.what(election::Lang::En);
        assert!(what.contains("s1") && what.contains("s2"), "{what}");
        assert_eq!(refusal(&world, |_| ()).code(), "cose.key");
    }
}
