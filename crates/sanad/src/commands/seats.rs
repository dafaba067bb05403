//! `sanad seats`: votes to seats, on its own.

use std::collections::BTreeMap;
use std::path::PathBuf;

use election::{Fraction, SeatMethod};

use crate::shell::{Failure, Result, Shell, Verdict, read};

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
    let votes = votes(&args.votes)?;
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

fn votes(path: &std::path::Path) -> Result<BTreeMap<String, u64>> {
    let bytes = read(path)?;
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(&bytes);
    let mut reader = csv::ReaderBuilder::new().trim(csv::Trim::All).from_reader(bytes);
    let wrong = |what: String, line: Option<u64>| {
        let place = line.map_or_else(|| path.display().to_string(), |line| format!("{}:{line}", path.display()));
        Err(Failure::new("seats.votes", what, "write a table with the header id,votes and one list a line").at(place))
    };
    let headers = match reader.headers() {
        Ok(headers) => headers.clone(),
        Err(error) => return wrong(error.to_string(), Some(1)),
    };
    let column = |name: &str| headers.iter().position(|header| header == name);
    let (Some(id), Some(count)) = (column("id"), column("votes")) else {
        return wrong(format!("the header is {:?}; the columns id and votes are needed", headers.iter().collect::<Vec<_>>()), Some(1));
    };
    let mut votes = BTreeMap::new();
    for record in reader.records() {
        let record = match record {
            Ok(record) => record,
            Err(error) => return wrong(error.to_string(), error.position().map(csv::Position::line)),
        };
        let line = record.position().map(csv::Position::line);
        let (name, text) = (record.get(id).unwrap_or_default(), record.get(count).unwrap_or_default());
        let Ok(number) = text.parse::<u64>() else {
            return wrong(format!("the votes of '{name}' are '{}', which is not a count", text.escape_debug()), line);
        };
        if name.is_empty() {
            return wrong("a list has no id".to_owned(), line);
        }
        if votes.insert(name.to_owned(), number).is_some() {
            return wrong(format!("the list '{name}' stands twice"), line);
        }
    }
    if votes.is_empty() {
        return wrong("no list has votes: the table is empty".to_owned(), None);
    }
    Ok(votes)
}

