//! `sanad match`: two channels of any origin.

use std::path::PathBuf;

use clap::ValueHint;
use tally::channels::{Channel, Map, Report, match_channels};

use crate::shell::{Result, Shell, Verdict, count, open, read, text};

/// Two channels.
#[derive(clap::Args)]
#[command(after_help = "Example: sanad match --left quick.csv --right official.csv --map map.toml")]
pub struct Args {
    /// One channel
    #[arg(long, value_name = "A.csv", value_hint = ValueHint::FilePath)]
    left: PathBuf,
    /// The other
    #[arg(long, value_name = "B.csv", value_hint = ValueHint::FilePath)]
    right: PathBuf,
    /// Which columns hold the station and the figures
    #[arg(long, value_name = "MAP.toml", value_hint = ValueHint::FilePath)]
    map: PathBuf,
    /// Show at most this many differing stations
    #[arg(long, default_value_t = 20)]
    show: usize,
}

/// Matches them: 1 if any differ, else 3 if any is on one side only, else 0.
pub fn run(shell: &Shell, args: &Args) -> Result {
    let name = |path: &PathBuf| path.display().to_string();
    let map = Map::parse(&name(&args.map), &String::from_utf8_lossy(&read(&args.map)?))?;
    let (left, right) = (name(&args.left), name(&args.right));
    let report = match_channels(
        &map,
        Channel { name: &left, reader: open(&args.left)? },
        Channel { name: &right, reader: open(&args.right)? },
    )?;
    shell.json(&report);
    tell(shell, &report, args.show);
    Ok(match report.exit_code() {
        0 => Verdict::Holds,
        1 => Verdict::DoesNot,
        _ => Verdict::Missing,
    })
}

fn tell(shell: &Shell, report: &Report, show: usize) {
    shell.tell(
        "{} stations expected; left {}, right {}, both {}: {} identical, {} different; only left {}, only right {}",
        &[
            count(report.expected),
            count(report.left),
            count(report.right),
            count(report.both),
            count(report.identical),
            count(report.different),
            count(report.only_left),
            count(report.only_right),
        ],
    );
    let classes = &report.classes;
    shell.tell(
        "one field {}, several fields {}, redistributed {}, permuted {}, all zero {}",
        &[
            count(classes.one_field),
            count(classes.several_fields),
            count(classes.redistributed),
            count(classes.permuted),
            count(classes.all_zero),
        ],
    );
    for difference in report.differences.iter().take(show) {
        let fields = difference.fields.iter().map(|field| {
            let figure =
                |votes: Option<u64>| votes.map_or_else(|| "—".to_owned(), |v| site::words::number(shell.lang, v));
            format!("{} {} / {}", field.name, figure(field.left), figure(field.right))
        });
        let fields: Vec<String> = fields.collect();
        shell.found(format_args!("  {} [{}]: {}", difference.station, difference.class.as_str(), fields.join(", ")));
    }
    if report.differences.len() > show {
        shell.find("  and {} more; --show N or --json shows them", &[count(report.differences.len() - show)]);
    }
    for near in report.near.iter().take(show) {
        shell.find(
            "  perhaps one station under two ids: {} on the left, {} on the right",
            &[text(&near.left), text(&near.right)],
        );
    }
}
