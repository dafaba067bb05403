//! `sanad seats`: votes to seats, on its own.

use std::path::PathBuf;

use clap::ValueHint;
use election::{Fraction, SeatMethod};

use crate::shell::{Failure, Result, Shell, Verdict, count, open, text};

/// Votes to seats.
#[derive(clap::Args)]
#[command(after_help = "Example: sanad seats --votes votes.csv --seats 8 --method sainte-lague:1.7")]
pub struct Args {
    /// A table with the columns id and votes
    #[arg(long, value_name = "FILE.csv", value_hint = ValueHint::FilePath)]
    votes: PathBuf,
    /// How many seats
    #[arg(long)]
    seats: u64,
    /// d-hondt, sainte-lague, sainte-lague:1.7 (any first divisor) or hare
    #[arg(long)]
    method: SeatMethod,
    /// Lists below this share of the votes take no seat, such as 4/100
    #[arg(long)]
    threshold: Option<Fraction>,
}

/// Allots; a needed lot is exit code 3.
pub fn run(shell: &Shell, args: &Args) -> Result {
    if let Some(threshold) = args.threshold.filter(|threshold| threshold.numerator >= threshold.denominator) {
        let what = format!("a threshold of {threshold} leaves no list a seat");
        return Err(Failure::new("seats.threshold", what, "give a share below 1, such as 4/100"));
    }
    let name = args.votes.display().to_string();
    let file = tally::channels::Channel { name: &name, reader: open(&args.votes)? };
    let votes = tally::channels::read_votes(file)?;
    if votes.is_empty() {
        let next = "write a row for each list: its id, and its votes as a whole number";
        return Err(Failure::new("seats.empty", "the table has no list", next).at(args.votes.display()));
    }
    let found = tally::seats::apportion(&votes, args.seats, args.method, args.threshold, &[])?;
    shell.json(&found);
    let mut by_seats: Vec<_> = found.seats.iter().collect();
    by_seats.sort_by(|a, b| b.1.cmp(a.1).then_with(|| votes[b.0].cmp(&votes[a.0])).then_with(|| a.0.cmp(b.0)));
    for (id, seats) in by_seats {
        shell.say(format_args!("{seats:>6}  {id}  ({} votes)", votes[id]));
    }
    for lot in &found.lots_needed {
        shell.find("Lot required for {} of these: {}", &[count(lot.seats), text(lot.between.join(", "))]);
    }
    if found.vacant > 0 {
        shell.find("{} seats stay vacant: no list with a vote is left to take them", &[count(found.vacant)]);
    }
    Ok(if found.lots_needed.is_empty() { Verdict::Holds } else { Verdict::Missing })
}
