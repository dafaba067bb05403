//! `sanad centre privacy` and `redact`: what the figures tell of few voters, and which pictures stay hidden.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use centre::{Centre as Room, Queue};
use clap::ValueHint;
use election::ContestId;
use record::Body;
use record::privacy::{StationLeak, small_below};
use serde_json::json;
use sign::SystemEntropy;

use crate::inputs;
use crate::shell::{At, Failure, Result, Shell, Verdict, count, text, write};

/// What two officers say of pictures.
#[derive(clap::Args)]
pub struct Redact {
    /// The folder of the centre
    #[arg(long, value_hint = ValueHint::DirPath)]
    dir: PathBuf,
    /// Write every picture that waits to this folder, to be looked at
    #[arg(long, value_name = "DIR", value_hint = ValueHint::DirPath, conflicts_with = "signers")]
    pictures: Option<PathBuf>,
    /// The folder of the publication whose pictures are decided, as the list names it
    #[arg(long, value_name = "FOLDER", requires = "signers", conflicts_with = "unmarked")]
    folder: Option<String>,
    /// Decide all folders of which no picture is marked
    #[arg(long, requires = "signers")]
    unmarked: bool,
    /// A marked picture that may be shown, as CONTEST:NUMBER
    #[arg(long = "show", value_name = "CONTEST:NUMBER", value_parser = picture, requires = "folder")]
    shown: Vec<(ContestId, u32)>,
    /// A picture that is not marked and must not be shown, as CONTEST:NUMBER
    #[arg(long = "hide", value_name = "CONTEST:NUMBER", value_parser = picture, requires = "folder")]
    hidden: Vec<(ContestId, u32)>,
    /// An officer's key; two of different officers
    #[arg(long = "signer", value_name = "KEY.pem", value_hint = ValueHint::FilePath)]
    signers: Vec<PathBuf>,
}

fn picture(text: &str) -> std::result::Result<(ContestId, u32), String> {
    let parsed = text.split_once(':').and_then(|(contest, number)| Some((contest.parse().ok()?, number.parse().ok()?)));
    parsed.filter(|(_, number)| *number > 0).ok_or_else(|| "write the contest and the number: council:17".to_owned())
}

/// The leak report.
pub fn privacy(shell: &Shell, dir: &Path) -> Result {
    let room = Room::open(dir).at(dir.display())?;
    let leaks = room.leaks()?;
    let below = small_below(&room.frozen().definition.rules.privacy);
    for leak in &leaks {
        tell(shell, leak);
    }
    let contests = || leaks.iter().flat_map(|leak| &leak.contests);
    let small = leaks.iter().filter(|leak| leak.small).count();
    let unanimous = contests().filter(|contest| contest.unanimous).count();
    let styles: usize = leaks.iter().map(|leak| leak.styles_of_one).sum();
    let patterns: usize = leaks.iter().filter_map(|leak| leak.patterns).map(|patterns| patterns.of_one).sum();
    let records = leaks.iter().filter(|leak| leak.records).count();
    let shown: usize = contests().map(|contest| contest.pictures.shown).sum();
    let withheld: usize = contests().map(|contest| contest.pictures.withheld).sum();
    shell.tell("{} contents of stations; below {} ballots a station is small", &[count(leaks.len()), count(below)]);
    shell.tell(
        "small {}, unanimous {}, styles of one ballot {}, patterns of one ballot {}",
        &[count(small), count(unanimous), count(styles), count(patterns)],
    );
    shell.tell(
        "records published of {}; pictures shown {}, withheld {}. Totals are published by law, whatever they tell.",
        &[count(records), count(shown), count(withheld)],
    );
    shell.json(&json!({
        "small_below": below,
        "summary": {
            "contents": leaks.len(), "small": small, "unanimous": unanimous, "styles_of_one": styles,
            "patterns_of_one": patterns, "records_published": records, "pictures_shown": shown,
            "pictures_withheld": withheld,
        },
        "stations": leaks,
    }));
    Ok(Verdict::Holds)
}

fn tell(shell: &Shell, leak: &StationLeak) {
    if leak.small {
        shell.tell("{}: small, {} ballots", &[text(&leak.folder), count(leak.ballots)]);
    }
    if leak.styles_of_one > 0 {
        shell.tell("{}: {} ballot styles have one ballot", &[text(&leak.folder), count(leak.styles_of_one)]);
    }
    for contest in leak.contests.iter().filter(|contest| contest.unanimous) {
        shell.tell("{}: all valid votes of {} are for the same", &[text(&leak.folder), text(&contest.contest)]);
    }
    if let Some(patterns) = leak.patterns.filter(|patterns| patterns.of_one > 0) {
        let figures = [text(&leak.folder), count(patterns.of_one), count(patterns.different)];
        shell.tell("{}: {} of {} patterns are on one ballot alone", &figures);
    }
}

/// The pictures that wait for two officers, and their word.
pub fn redact(shell: &Shell, args: &Redact) -> Result {
    let mut room = Room::open(&args.dir).at(args.dir.display())?;
    if !args.signers.is_empty() {
        decide(shell, &mut room, args)?;
    }
    let queue = room.redaction_queue()?;
    if let Some(folder) = &args.pictures {
        draw(shell, &room, &queue, folder)?;
    }
    for entry in &queue {
        let marked: usize = entry.marked.values().map(BTreeSet::len).sum();
        let figures = [text(&entry.folder), count(entry.pictures), count(marked)];
        if entry.decided {
            shell.tell("{}: {} pictures, {} marked; decided", &figures);
            continue;
        }
        shell.find("{}: {} pictures, {} marked; two officers must decide", &figures);
        for (contest, numbers) in &entry.marked {
            let numbers: Vec<String> = numbers.iter().map(|number| format!("{contest}:{number}")).collect();
            shell.say(format_args!("  {}", numbers.join("  ")));
        }
    }
    let open = queue.iter().filter(|entry| !entry.decided).count();
    shell.tell("{} of {} folders wait", &[count(open), count(queue.len())]);
    shell.json(&json!({ "folders": queue, "open": open, "pictures": args.pictures }));
    Ok(if open == 0 { Verdict::Holds } else { Verdict::Missing })
}

fn decide(shell: &Shell, room: &mut Room, args: &Redact) -> Result<()> {
    let keys = inputs::keys(&args.signers)?;
    let folders: Vec<String> = match &args.folder {
        Some(folder) => vec![folder.trim_end_matches('/').to_owned()],
        None if args.unmarked => {
            let waiting = room.redaction_queue()?.into_iter().filter(|entry| !entry.decided && entry.marked.is_empty());
            waiting.map(|entry| entry.folder).collect()
        }
        None => {
            let next = "give --folder with one of the list, or --unmarked";
            return Err(Failure::new("centre.picture", "it is not said which pictures are decided", next));
        }
    };
    let (shown, hidden) = (args.shown.iter().cloned().collect(), args.hidden.iter().cloned().collect());
    for folder in folders {
        let redaction = room.redaction(&folder, &shown, &hidden, &SystemEntropy).at(&folder)?;
        let withheld: usize = redaction.withheld.values().map(BTreeSet::len).sum();
        room.enter(&Body::Redaction(redaction), &inputs::signers(&keys), &inputs::clock()).at(&folder)?;
        shell.tell("{}: decided; {} pictures stay hidden", &[text(&folder), count(withheld)]);
    }
    Ok(())
}

fn draw(shell: &Shell, room: &Room, queue: &[Queue], to: &Path) -> Result<()> {
    for entry in queue.iter().filter(|entry| !entry.decided) {
        for (contest, number) in entry.marked.iter().flat_map(|(id, numbers)| numbers.iter().map(move |n| (id, *n))) {
            let path = to.join(&entry.folder).join(format!("{contest}-{number}.png"));
            write(&path, &room.picture(&entry.folder, contest, number)?)?;
            shell.say(path.display());
        }
    }
    Ok(())
}
