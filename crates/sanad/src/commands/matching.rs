//! `sanad match`: two channels of any origin.

use std::path::PathBuf;

use site::words::number;
use tally::channels::{Channel, Map, Report, match_channels};

use crate::shell::{Result, Shell, Verdict, open, read};

/// Two channels.
#[derive(clap::Args)]
pub struct Args {
    /// One channel
    #[arg(long, value_name = "A.csv")]
    left: PathBuf,
    /// The other
    #[arg(long, value_name = "B.csv")]
    right: PathBuf,
    /// Which columns hold the station and the figures
    #[arg(long, value_name = "MAP.toml")]
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
    if shell.json {
        shell.json(&report);
    } else {
        tell(shell, &report, args.show);
    }
    Ok(match report.exit_code() {
        0 => Verdict::Holds,
        1 => Verdict::DoesNot,
        _ => Verdict::Missing,
    })
}

fn tell(shell: &Shell, report: &Report, show: usize) {
    let n = |count: u64| number(shell.lang, count);
    shell.say(format_args!(
        "{} stations expected; left {}, right {}, both {}: {} identical, {} different; only left {}, only right {}",
        n(report.expected),
        n(report.left),
        n(report.right),
        n(report.both),
        n(report.identical),
        n(report.different),
        n(report.only_left),
        n(report.only_right)
    ));
    let classes = &report.classes;
    shell.say(format_args!(
        "one field {}, several fields {}, redistributed {}, permuted {}, all zero {}",
        n(classes.one_field),
        n(classes.several_fields),
        n(classes.redistributed),
        n(classes.permuted),
        n(classes.all_zero)
    ));
    for difference in report.differences.iter().take(show) {
        let fields = difference.fields.iter().map(|field| {
            let figure = |votes: Option<u64>| votes.map_or_else(|| "—".to_owned(), n);
            format!("{} {} / {}", field.name, figure(field.left), figure(field.right))
        });
        let fields: Vec<String> = fields.collect();
        shell.say(format_args!("  {} [{}]: {}", difference.station, difference.class.as_str(), fields.join(", ")));
    }
    if report.differences.len() > show {
        shell.say(format_args!("  and {} more; --show N or --json shows them", report.differences.len() - show));
    }
    for near in report.near.iter().take(show) {
        shell.say(format_args!(
            "  perhaps one station under two ids: {} on the left, {} on the right",
            near.left, near.right
        ));
    }
}
