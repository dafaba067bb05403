//! `sanad seats`: votes to seats, on its own.

use std::path::PathBuf;

use election::{Fraction, SeatMethod};

use crate::shell::{Result, Shell, Verdict, open};

/// Votes to seats.
#[derive(clap::Args)]
pub struct Args {
    /// A table with the columns id and votes
    #[arg(long, value_name = "FILE.csv")]
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
    let name = args.votes.display().to_string();
    let file = tally::channels::Channel { name: &name, reader: open(&args.votes)? };
    let votes = tally::channels::read_votes(file)?;
    let found = tally::seats::apportion(&votes, args.seats, args.method, args.threshold, &[])?;
    if shell.json {
        shell.json(&found);
    }
    let mut by_seats: Vec<_> = found.seats.iter().collect();
    by_seats.sort_by(|a, b| b.1.cmp(a.1).then_with(|| votes[b.0].cmp(&votes[a.0])).then_with(|| a.0.cmp(b.0)));
    for (id, seats) in by_seats {
        shell.say(format_args!("{seats:>6}  {id}  ({} votes)", votes[id]));
    }
    for lot in &found.lots_needed {
        shell.say(format_args!("Lot required for {} of these: {}", lot.seats, lot.between.join(", ")));
    }
    if found.vacant > 0 {
        shell.say(format_args!("{} seats stay vacant: no list with a vote is left to take them", found.vacant));
    }
    Ok(if found.lots_needed.is_empty() { Verdict::Holds } else { Verdict::Missing })
}
