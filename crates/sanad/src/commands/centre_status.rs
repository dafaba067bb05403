//! `sanad centre status` and `check`: what has come, what agrees, what is to be looked at, and what comes next.

use std::collections::BTreeMap;

use centre::{Centre as Room, Open, Step};
use record::Outcome;
use record::findings::{Finding, Kind};
use record::witnessed::{BeforePolls, utc};
use serde_json::{Value, json};

use crate::shell::{Fill, Result, Shell, Verdict, count, text};
use crate::{summary, words};

/// The most stations or findings that are named on a screen; `--json` has more.
pub const MOST_NAMED: usize = 20;

/// Shows it.
pub fn status(shell: &Shell, room: &Room) -> Result {
    let (outcome, _) = room.outcome()?;
    let open = room.open_steps()?;
    shell.say(summary::offices(&room.frozen().definition, &outcome, shell.lang));
    summary::notes(&outcome, shell.lang).iter().for_each(|note| shell.say(note));
    for finding in outcome.findings.iter().take(MOST_NAMED) {
        look(shell, finding);
    }
    if outcome.findings.len() > MOST_NAMED {
        shell.find("{} findings in all; --json names them", &[count(outcome.findings.len())]);
    }
    let before_polls = room.state().before_polls(&room.frozen().definition);
    if let Some(own) = &before_polls {
        tell_before_polls(shell, own);
    }
    open.iter().for_each(|open| tell(shell, open));
    if open.is_empty() {
        shell.tell("Nothing is open: all is announced, published, cosigned and certified.", &[]);
    }
    let mut object = summary::status_json(&outcome);
    object["evidences"] = json!(evidences(room, &outcome));
    object["forms"] = forms(room, &outcome);
    object["findings"] = json!(outcome.findings);
    object["differences"] = json!(outcome.differences);
    object["next"] = json!(open);
    if let Some(own) = &before_polls {
        object["before_polls"] = json!(own);
    }
    shell.json(&object);
    Ok(Verdict::Holds)
}

/// A finding as a sentence.
pub fn look(shell: &Shell, finding: &Finding) {
    let what = Fill::Words(words::told(shell.lang, &finding.what()));
    shell.find("Look at station {}: {} [{}]", &[text(&finding.station), what, text(&finding.code)]);
}

/// The stations whose ballot account does not add up: their copies may agree, and they are quarantined.
pub fn accounts(shell: &Shell, outcome: &Outcome) {
    let accounts: Vec<&Finding> = outcome.findings.iter().filter(|f| f.kind == Kind::Account).collect();
    accounts.iter().take(MOST_NAMED).for_each(|finding| look(shell, finding));
    if accounts.len() > MOST_NAMED {
        shell.find("{} findings in all; --json names them", &[count(outcome.findings.len())]);
    }
}

/// Whether the record shows that rules and keys had been seen by witnesses when the polls opened.
pub fn tell_before_polls(shell: &Shell, own: &BeforePolls) {
    let opens = text(utc(own.opens));
    match own.since {
        Some(since) if own.holds() => {
            shell.tell(
                "The witnesses had seen the freeze at {}, before the polls opened at {}",
                &[text(utc(since)), opens],
            );
        }
        Some(since) => {
            shell.find(
                "The witnesses saw the freeze at {}, and not before the polls opened at {}",
                &[text(utc(since)), opens],
            );
        }
        None => shell.find(
            "Nothing in the record shows that the witnesses had seen the freeze before the polls opened at {}",
            &[opens],
        ),
    }
    for (leaf, kind) in own.unseen.iter().filter(|(leaf, _)| *leaf > 0) {
        shell.find(
            "leaf {}: the '{}' is not shown to have been seen by the witnesses before the polls opened",
            &[count(*leaf), text(kind)],
        );
    }
}

/// An open step as a sentence.
fn tell(shell: &Shell, open: &Open) {
    let names: Vec<&str> = open.stations.iter().take(MOST_NAMED).map(election::StationId::as_str).collect();
    let more = if open.count > names.len() { " …" } else { "" };
    let fills = [count(open.count), text(format!("{}{more}", names.join(" ")))];
    let about = &fills[..1];
    match open.step {
        Step::Witness => shell.tell(
            "Next: before the polls open, carry the record to the witnesses with `sanad centre announce --request`, and take their lines in \
             with --cosigned",
            &[],
        ),
        // All came, and more may: nothing is announced before the last leaf.
        Step::ImportNetwork if open.count == 0 => shell
            .tell("Next: close the receiving service with `sanad intake close`, export once more and import that", &[]),
        Step::ImportNetwork => {
            shell.tell("Next: import the network's export; over it nothing has come of {}: {}", &fills)
        }
        Step::ImportSticks => {
            shell.tell("Next: import the sticks, or decide without them; none has come of {}: {}", &fills)
        }
        Step::Match => shell.tell("Next: compare both channels with `sanad centre match`", &[]),
        Step::Decide => {
            shell.tell("Next: decide with `sanad centre decide` on {} that are in quarantine or sub judice: {}", &fills)
        }
        Step::Below => {
            shell.tell("Next: wait for more evidence, or decide on {} that have less than the rules ask: {}", &fills)
        }
        Step::Lot => shell.tell("Next: draw {} lots; `sanad centre tally` names them", about),
        Step::Cosign => shell.tell("Next: carry the record to the witnesses; {} more bodies must cosign it", about),
        Step::Announce => shell.tell("Next: announce the results as they stand with `sanad centre announce`", &[]),
        Step::Publish => shell.tell("Next: publish what was announced with `sanad centre publish`", &[]),
        Step::Settle => {
            shell.tell("Next: settle {} complaints, appeals or injunctions; `sanad case list --open` names them", about)
        }
        Step::Certify if open.count == 0 => shell.tell("Next: certify with `sanad case certify`", &[]),
        Step::Certify => {
            shell.tell("Next: certify, once {} matters are settled; `sanad case list --open` names them", about)
        }
    }
}

/// How many stations that report have so many kinds of evidence that agree, 0 to 3.
fn evidences(room: &Room, outcome: &Outcome) -> BTreeMap<u8, u32> {
    let mut by_number: BTreeMap<u8, u32> = (0..=3).map(|number| (number, 0)).collect();
    for station in room.frozen().definition.stations.iter().filter(|station| station.count_with.is_none()) {
        *by_number.entry(outcome.stations[&station.id].concordant).or_default() += 1;
    }
    by_number
}

/// Forms that came against forms that are expected: contents that were imported, and packages of nobody expected.
fn forms(room: &Room, outcome: &Outcome) -> Value {
    let evidence = room.state().evidence.values();
    let contents =
        evidence.map(|e| e.imports.iter().map(|i| i.content).collect::<std::collections::BTreeSet<_>>().len());
    let unexpected = outcome.findings.iter().filter(|f| f.kind == Kind::Unexpected);
    json!({
        "expected": outcome.status.expected,
        "contents": contents.sum::<usize>(),
        "unexpected": unexpected.map(|f| f.count).sum::<u64>(),
    })
}

/// Reads the whole disk of the centre again.
pub fn check(shell: &Shell, room: &Room) -> Result {
    let bar = shell.progress("check", 0);
    let checked = room.check(|done, of| {
        bar.set_length(of as u64);
        bar.set_position(done as u64);
    });
    bar.finish_and_clear();
    for problem in &checked.problems {
        let what = words::told(shell.lang, &problem.to_string());
        shell.found(format_args!("{what} [{}]", election::Coded::code(problem)));
    }
    shell.tell("{} files were read; {} are missing or altered", &[count(checked.files), count(checked.problems.len())]);
    let problems: Vec<Value> = checked
        .problems
        .iter()
        .map(|problem| json!({ "code": election::Coded::code(problem), "what": problem.to_string() }))
        .collect();
    shell.json(&json!({ "files": checked.files, "problems": problems }));
    Ok(if checked.problems.is_empty() { Verdict::Holds } else { Verdict::DoesNot })
}
