//! What the demo says, and the summary at its end.

use std::path::Path;
use std::time::Duration;

use centre::{Became, Centre, ImportReport};
use election::{Definition, Lang};
use record::Medium;

use super::Demo;
use crate::shell::{Failure, Result, Shell};
use crate::summary;

/// One step is done.
pub fn step(shell: &Shell, number: u8, title: &str, what: &str) {
    shell.say(format_args!("\u{1b}[1;36m{number}\u{1b}[0m \u{1b}[1m{title}\u{1b}[0m: {what}"));
}

/// The definition in a line.
pub fn definition(def: &Definition) -> String {
    format!(
        "{}: {} stations of {} offices, {} constituencies, {} lists, {} candidates",
        def.name.get(Lang::En),
        def.stations.len(),
        def.offices.len(),
        def.constituencies.len(),
        def.lists.len(),
        def.candidates.len()
    )
}

/// What both imports did.
pub fn imports(reports: &[(Medium, &ImportReport)]) -> String {
    let mut lines = Vec::new();
    for (medium, report) in reports {
        let imported = report.arrivals.iter().filter(|a| a.outcome == Became::Imported).count();
        lines.push(format!("{imported} by {}", medium.as_str()));
        for arrival in report.arrivals.iter().filter(|a| a.outcome == Became::Refused) {
            if let Some((code, what)) = &arrival.reason {
                lines.push(format!("refused {} [{code}] {what}", arrival.name));
            }
        }
        if let Some((code, what)) = report.transmission.as_ref().and_then(|own| own.reason.as_ref()) {
            lines.push(format!("transmission report refused [{code}] {what}"));
        }
    }
    lines.join("; ")
}

/// The verdict in a line.
pub fn verdict(report: &verify::Report) -> String {
    let checked: u64 = report.checks.iter().map(|c| c.checked).sum();
    let verdict = match report.verdict {
        verify::Verdict::Pass => "\u{1b}[1;32mpass\u{1b}[0m",
        verify::Verdict::Fail => "\u{1b}[1;31mFAIL\u{1b}[0m",
        verify::Verdict::Incomplete => "\u{1b}[1;33mincomplete\u{1b}[0m",
    };
    format!("{verdict}: {} checks over {checked} things", report.checks.len())
}

/// What a commissioner understands: per office what came and what agrees, votes and seats, what was planted, what to
/// open next.
pub fn summary(demo: &Demo<'_>, room: &Centre, took: Duration) -> Result<()> {
    let (shell, def) = (demo.shell, demo.def());
    let (outcome, figures) = room.outcome()?;
    shell.say("");
    shell.say(summary::offices(def, &outcome, shell.lang));
    shell.say("");
    shell.say(summary::seats(def, &outcome, shell.lang));
    shell.say("\n\u{1b}[1mPlanted, and found\u{1b}[0m");
    let planted = &demo.planted;
    let standing = |id: &election::StationId| outcome.stations[id].standing.as_str();
    let rows = [
        (
            "stick never collected",
            &planted.no_stick,
            "two officers counted the network's copy; the agent's slip agrees",
        ),
        ("stick and network differ", &planted.differing, "quarantined, not counted; the difference is below"),
        ("damaged sheet", &planted.damaged, "one sheet unread, in the ballot account"),
        ("doubtful mark", &planted.doubtful, "settled by two people, crop and both answers kept"),
        ("package of an unknown device", &planted.unknown_device, "refused by the intake and by the centre, kept"),
        ("cancelled station", &planted.cancelled, "left out by an order of two officers"),
    ];
    for (what, station, how) in rows {
        shell.say(format_args!("  {what:30} {station}  {:12} {how}", standing(station)));
    }
    for (station, letters) in outcome.registers.letters.iter().filter(|(_, letters)| letters.disagree()) {
        let how = match letters.followed.is_decided() {
            true => format!("an opening of two officers follows {} ({})", letters.follows, letters.registered),
            false => "nobody has decided which is followed: named wherever results are".to_owned(),
        };
        shell.say(format_args!("  {:30} {station}  {}; {how}", "letters disagree", letters.told()));
    }
    for note in summary::notes(&outcome, shell.lang) {
        shell.say(note);
    }
    shell.say(summary::differences(def, &outcome, &figures, shell.lang));
    let dir = demo.dir.display();
    shell.say(format_args!(
        "\n\u{1b}[1mOpen next\u{1b}[0m ({} s)\n  {dir}/publication/index.html          results of every station, in three languages\n  \
         {dir}/stations/{}/slip.png          a printed slip with its signed codes\n  \
         {dir}/ballots/                          the ballots\n  \
         sanad verify {dir}/publication --root {dir}/fingerprint.txt --slips {dir}/slips\n  \
         sanad statement --publication {dir}/publication --lang ar\n  \
         sanad centre status --dir {dir}/centre",
        took.as_secs(),
        planted.no_stick,
    ));
    Ok(())
}

/// Serves the publication on loopback until the command is ended.
pub fn serve(shell: &Shell, publication: &Path) -> Result<()> {
    let failed = |e: std::io::Error| {
        Failure::new(
            "demo.serve",
            format!("127.0.0.1:8018: {e}"),
            "end what listens there, or open publication/index.html",
        )
    };
    let listener = std::net::TcpListener::bind("127.0.0.1:8018").map_err(failed)?;
    shell.say("\nServing http://127.0.0.1:8018 — end with Ctrl-C");
    for stream in listener.incoming() {
        // A visitor who leaves early is no reason to end.
        let _ = stream.and_then(|stream| answer(stream, publication));
    }
    Ok(())
}

fn answer(mut stream: std::net::TcpStream, root: &Path) -> std::io::Result<()> {
    use std::io::{BufRead, BufReader, Read, Write};
    stream.set_read_timeout(Some(Duration::from_secs(5)))?;
    let mut line = String::new();
    BufReader::new((&stream).take(4096)).read_line(&mut line)?;
    let path = line.split(' ').nth(1).unwrap_or("/").trim_start_matches('/');
    let path = if path.is_empty() { "index.html" } else { path };
    let plain = path.split('/').all(|part| !part.is_empty() && part != ".." && part != ".");
    let file = plain.then(|| std::fs::read(root.join(path)).ok()).flatten();
    let kind = match path.rsplit('.').next() {
        Some("html") => "text/html; charset=utf-8",
        Some("css") => "text/css",
        Some("json") => "application/json",
        Some("pdf") => "application/pdf",
        _ => "text/plain; charset=utf-8",
    };
    let (status, body) = match file {
        Some(bytes) => ("200 OK", bytes),
        None => ("404 Not Found", b"not found".to_vec()),
    };
    write!(
        stream,
        "HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {}\r\nConnection: close\r\n\r\n",
        body.len()
    )?;
    stream.write_all(&body)
}
