//! Tables of other authorities: two channels and their map, votes to seats.

use election::{Fraction, SeatMethod};
use tally::channels::{Channel, Map, Refused, match_channels, read_votes};
use tally::seats::apportion;

use crate::input::files;
use crate::{is_coded, is_printable};

/// `map.toml`, `left.csv` and `right.csv`, or `votes.csv` with `method`, `seats` and `threshold`, after lines `%% NAME`.
pub fn channels(data: &[u8]) {
    let files = files(data);
    let file = |name: &str| files.get(name).map_or(&[][..], Vec::as_slice);
    let text = |name: &str| String::from_utf8_lossy(file(name)).into_owned();
    let channel = |name: &'static str| Channel { name, reader: file(name) };
    match Map::parse("map.toml", &text("map.toml")) {
        Ok(map) => match match_channels(&map, channel("left.csv"), channel("right.csv")) {
            Ok(report) => {
                assert_eq!(report.identical + report.different, report.both);
                assert_eq!(report.differences.len() as u64, report.different);
                let known = report.left + report.right - report.both;
                assert!(report.only_left + report.only_right + report.both <= known);
                let same = match_channels(&map, channel("left.csv"), channel("left.csv"));
                if map.left == map.right {
                    let same = same.expect("it was read before");
                    assert_eq!((same.identical, same.different), (report.left, 0), "a channel is itself");
                }
            }
            Err(refused) => told(&refused),
        },
        Err(refused) => told(&refused),
    }
    match read_votes(channel("votes.csv")) {
        Ok(votes) => {
            let (method, threshold) = (text("method"), text("threshold"));
            let method: SeatMethod = method.trim().parse().unwrap_or(SeatMethod::DHondt);
            let threshold: Option<Fraction> = threshold.trim().parse().ok();
            let seats = text("seats").trim().parse::<u64>().unwrap_or(7).min(2_000);
            match apportion(&votes, seats, method, threshold, &[]) {
                Ok(found) => {
                    let drawn: u64 = found.lots_needed.iter().map(|lot| lot.seats).sum();
                    let won: u64 = found.seats.values().sum();
                    assert_eq!(won + drawn + found.vacant, seats, "every seat is won, drawn for or vacant");
                }
                Err(error) => is_coded(&error),
            }
        }
        Err(refused) => told(&refused),
    }
}

fn told(refused: &Refused) {
    is_printable(&refused.to_string());
    refused.problems.iter().for_each(is_coded);
    assert!(!refused.problems.is_empty());
}
