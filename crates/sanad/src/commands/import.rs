//! `sanad centre import`: what a medium brought, told package by package.

use std::path::{Path, PathBuf};

use centre::{Became, Carrier, Centre as Room, ImportReport, Missing};
use record::Medium;
use record::entry::IntakePosition;
use serde_json::json;
use sign::identity::Identity;

use crate::shell::{At, Failure, Fill, Result, Shell, Verdict, count, file_failure, text};
use crate::{inputs, words};

/// The most of a kind that are named on a screen; `--json` has more.
const MOST_NAMED: usize = 20;

/// Imports an export of the intake: its log first, then its packages, then what the service reports of how they came.
pub fn network(shell: &Shell, room: &mut Room, export: &Path, identity: &Identity) -> Result<ImportReport> {
    if !export.join("intake").is_dir() {
        let next = "name the folder that `sanad intake export` wrote";
        let what = "this is no export: it has no intake log";
        return Err(Failure::new("centre.export", what, next).at(export.display()));
    }
    let position = room.import_intake_log(&export.join("intake")).at(export.display())?;
    // Where nothing came over the network there is a log, and no package.
    let packages = export.join("packages");
    let carrier = if packages.exists() { Carrier::look(&packages)? } else { Carrier::empty() };
    let report = import(shell, room, &carrier, Medium::Network, Some(position), identity)?;
    let transmission = room.import_transmission(export, position, &inputs::clock()).at(export.display())?;
    Ok(ImportReport { transmission, ..report })
}

/// Imports a stick, or a folder with a folder for each stick.
pub fn sticks(shell: &Shell, room: &mut Room, stick: &Path, identity: &Identity) -> Result<ImportReport> {
    if !stick.is_dir() {
        // A medium that is not there, or a file: a mistake in the call, no fault of the disk.
        return Err(match std::fs::metadata(stick) {
            Err(error) => file_failure(stick, &error),
            Ok(_) => Failure::new("file", "this is a file, and a folder is needed", "name the folder of the medium")
                .at(stick.display()),
        });
    }
    // Read as a stick, the copy of the network, or a folder in it, would agree with itself.
    let whole = std::fs::canonicalize(stick).map_err(|error| file_failure(stick, &error))?;
    let is_export = |folder: &Path| ["intake/checkpoint", "transmission.json"].iter().any(|f| folder.join(f).exists());
    if whole.ancestors().take(3).any(is_export) {
        let what = "this is an export of the receiving service, and no stick";
        let next = "name the folder of the sticks; an export is imported with --network";
        return Err(Failure::new("centre.not_a_stick", what, next).at(stick.display()));
    }
    let carrier = Carrier::look(stick)?;
    import(shell, room, &carrier, Medium::Stick, None, identity)
}

fn import(
    shell: &Shell,
    room: &mut Room,
    carrier: &Carrier,
    medium: Medium,
    position: Option<IntakePosition>,
    identity: &Identity,
) -> Result<ImportReport> {
    let label = match medium {
        Medium::Network => "import from the network",
        Medium::Stick => "import from sticks",
    };
    let bar = shell.progress(label, carrier.len() as u64);
    let report = room.import(carrier, medium, position, identity, &inputs::clock(), |_| bar.inc(1))?;
    bar.finish_and_clear();
    Ok(report)
}

/// Tells what became of each package, and what `prove` makes of what is now at hand. A refusal is exit code 1; what could not be read, or a medium without a
/// package, is 3.
pub fn tell(shell: &Shell, medium: Medium, report: &ImportReport, prove: &dyn Fn() -> Vec<PathBuf>) -> Verdict {
    let told = |what: &str| Fill::Words(words::told(shell.lang, what));
    for arrival in &report.arrivals {
        let name = text(&arrival.name);
        let (code, what) = arrival.reason.clone().unwrap_or_default();
        match arrival.outcome {
            Became::Imported => shell.tell("{}: imported", &[name]),
            Became::Duplicate => shell.tell("{}: known already, entered once", &[name]),
            Became::Refused => shell.find("{}: refused [{}] {}; kept", &[name, text(code), told(&what)]),
            Became::Unreadable => {
                let fills = [name, text(code), text(what)];
                shell.find("{}: cannot be read [{}] {}; nothing of it is entered, try again", &fills);
            }
        }
        for note in &arrival.notes {
            shell.found(format_args!("  {}", words::told(shell.lang, note)));
        }
    }
    if report.not_entered > 0 {
        shell.find("{} more refused packages are not entered: keep the medium itself", &[count(report.not_entered)]);
    }
    for skipped in report.skipped.first.iter().take(MOST_NAMED) {
        shell.find("{}: left alone, {}", &[text(&skipped.path), told(&skipped.why)]);
    }
    if report.skipped.count > MOST_NAMED {
        shell.find("{} entries are left alone in all; --json names more of them", &[count(report.skipped.count)]);
    }
    for unreadable in report.unreadable.first.iter().take(MOST_NAMED) {
        shell.find("{}: cannot be looked at, {}", &[text(&unreadable.path), told(&unreadable.why)]);
    }
    if report.arrivals.is_empty() {
        shell.find("No package is on this medium.", &[]);
    }
    missing(shell, medium, &report.missing);
    let reported = report.transmission.as_ref();
    match (medium, reported, reported.and_then(|own| own.reason.as_ref())) {
        (_, Some(_), Some((code, what))) => {
            shell.find("The transmission report is not entered [{}]: {}", &[text(code), told(what)]);
        }
        (_, Some(_), None) => shell.tell("The transmission report is in the record.", &[]),
        (Medium::Network, None, _) => shell.find("This export has no signed transmission report.", &[]),
        (Medium::Stick, None, _) => {}
    }
    let mut object = serde_json::to_value(report).expect("plain data is always JSON");
    object["proofs"] = json!(prove());
    shell.json(&object);
    let any = |outcome| report.arrivals.iter().any(|a| a.outcome == outcome);
    let is_reported = |outcome| reported.is_some_and(|own| own.outcome == outcome);
    if any(Became::Refused) || report.not_entered > 0 || is_reported(Became::Refused) {
        Verdict::DoesNot
    } else if any(Became::Unreadable)
        || report.unreadable.count > 0
        || report.arrivals.is_empty()
        || is_reported(Became::Unreadable)
    {
        Verdict::Missing
    } else {
        Verdict::Holds
    }
}

/// The stations that are expected and of which nothing has come by this medium yet.
fn missing(shell: &Shell, medium: Medium, missing: &Missing) {
    if missing.count == 0 {
        return;
    }
    let names: Vec<&str> = missing.first.iter().take(MOST_NAMED).map(election::StationId::as_str).collect();
    let more = if missing.count > names.len() { " …" } else { "" };
    let fills = [count(missing.count), text(format!("{}{more}", names.join(" ")))];
    match medium {
        Medium::Network => shell.tell("Over the network nothing has come yet of {} stations: {}", &fills),
        Medium::Stick => shell.tell("No stick has come yet of {} stations: {}", &fills),
    }
}
