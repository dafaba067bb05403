//! `sanad centre desk`: every station that is open, with all that is known of it, and the command of each decision.

use std::path::Path;

use election::{Lang, StationId};
use record::Medium;
use record::desk::figures::{SideBySide, Source, side_by_side};
use record::desk::{self, Decision, Desk, Kept, Place, Says};
use record::entry::Effect;
use serde_json::{Value, json};
use site::words::{number, standing, words as names};

use super::centre::open;
use super::centre_order::unknown_station;
use super::centre_status::{MOST_NAMED, look};
use crate::shell::{Fill, Result, Shell, Verdict, count, text};
use crate::{summary, words};

/// Shows the desk, or one station of it with its figures side by side.
pub fn desk(shell: &Shell, dir: &Path, station: Option<StationId>) -> Result {
    let room = open(dir)?;
    let (outcome, figures) = room.outcome()?;
    let def = &room.frozen().definition;
    let all = desk::stations(def, room.state(), &outcome, room.log().leaves());
    let Some(station) = station else {
        let open: Vec<&Desk> = all.iter().filter(|desk| !desk.why.is_empty()).collect();
        open.iter().take(MOST_NAMED).for_each(|desk| tell(shell, dir, desk));
        if open.len() > MOST_NAMED {
            shell.find("{} stations are open; --json names them", &[count(open.len())]);
        }
        let rows: Vec<Value> = open.iter().map(|own| object(dir, own)).collect();
        let nameless = desk::of_no_station(room.state(), room.log().leaves());
        let kept: Vec<&Kept> = unsettled(&nameless).collect();
        if !kept.is_empty() {
            shell.find("Packages of no station", &[]);
            kept.iter().take(MOST_NAMED).for_each(|kept| tell_refused(shell, kept));
        }
        let refused: Vec<Value> = nameless.iter().map(kept_object).collect();
        shell.json(&json!({ "open": open.len(), "stations": rows, "refused": refused }));
        return Ok(verdict(shell, open.is_empty() && kept.is_empty()));
    };
    let own = all.iter().find(|desk| desk.station == station).ok_or_else(|| unknown_station(&room, &station))?;
    tell(shell, dir, own);
    let side = side_by_side(def, own, &figures);
    if !side.columns.is_empty() {
        shell.say(table(&side, shell.lang, |figure| summary::option(def, figure, shell.lang)));
    }
    let mut row = object(dir, own);
    row["figures"] = json!(side);
    shell.json(&json!({ "open": usize::from(!own.why.is_empty()), "stations": [row], "refused": [] }));
    Ok(verdict(shell, own.why.is_empty()))
}

/// What is open is missing: a figure, or a decision.
fn verdict(shell: &Shell, is_empty: bool) -> Verdict {
    if is_empty {
        shell.tell("Nothing is open.", &[]);
        return Verdict::Holds;
    }
    Verdict::Missing
}

fn tell(shell: &Shell, dir: &Path, desk: &Desk) {
    let w = names(shell.lang);
    let told = |what: &str| Fill::Words(words::told(shell.lang, what));
    let stands = desk.standing.map_or("—", |own| standing(&w, own)).to_owned();
    shell.find("Station {}: {}", &[text(&desk.station), Fill::Words(stands)]);
    desk.why.iter().for_each(|why| shell.find("  open: {} [{}]", &[told(why.what()), text(word(why))]));
    for copy in &desk.copies {
        let medium = if copy.import.medium == Medium::Network { w.network } else { w.stick };
        let Place { leaf, at, .. } = &copy.place;
        let fills = [
            Fill::Words(medium.to_owned()),
            text(&copy.import.device),
            count(copy.import.generation),
            text(leaf),
            text(copy.import.content.results),
            text(at),
        ];
        shell.find("  {}: device {}, generation {}, leaf {}, results {}, entered {}", &fills);
    }
    match desk.same_label {
        Some(true) => shell.find("  the receiving service and the stick have the same label", &[]),
        Some(false) => shell.find("  the receiving service and the stick have different labels", &[]),
        None => {}
    }
    unsettled(&desk.refused).for_each(|kept| tell_refused(shell, kept));
    for slip in &desk.slips {
        let fills = [text(&slip.device), count(slip.generation), text(slip.place.leaf), told(says(slip.says))];
        shell.find("  slip of device {}, generation {}, leaf {}: {}", &fills);
    }
    for own in &desk.hand_counts {
        shell.find("  count by hand, leaf {}: {}", &[text(own.place.leaf), told(says(own.says))]);
    }
    for own in desk.orders.iter().filter(|own| own.stands) {
        shell.find("  order that stands, leaf {}: {}", &[text(own.place.leaf), text(&own.order.reason)]);
    }
    desk.findings.iter().for_each(|found| look(shell, found));
    desk.remarks.iter().for_each(|remark| shell.found(format_args!("  {}", remark.say(shell.lang))));
    for decision in &desk.decisions {
        let command = text(command(dir, desk, decision));
        match lacks(decision) {
            Some(code) => shell.find("  not yet [{}]: {}", &[text(code), command]),
            None => shell.find("  may be done: {}", &[command]),
        }
    }
}

fn unsettled(kept: &[Kept]) -> impl Iterator<Item = &Kept> {
    kept.iter().filter(|kept| !kept.is_settled)
}

/// A refused package, and the words by which an order takes it from the desk; whether one does is for its officers to say.
fn tell_refused(shell: &Shell, kept: &Kept) {
    let what = Fill::Words(words::told(shell.lang, &kept.refused.what));
    let fills = [text(&kept.refused.code), what, text(kept.place.leaf), text(kept.refused.label)];
    shell.find("  refused [{}] {}, leaf {}; an order that has looked at it adds --evidence {}", &fills);
}

fn says(says: Says) -> &'static str {
    match says {
        Says::Confirms => "it has the figures of all that came",
        Says::Contradicts => "it has other figures than something that came",
        Says::Superseded => "a later count has taken its place",
        Says::Alone => "nothing has come that it could be compared with",
    }
}

/// The word that stands for it in files.
fn word(value: &impl serde::Serialize) -> String {
    json!(value).as_str().unwrap_or_default().to_owned()
}

fn lacks(decision: &Decision) -> Option<&'static str> {
    match decision {
        Decision::Count { lacks, .. } => *lacks,
        _ => None,
    }
}

/// The act of a decision, as JSON has it, and the words that are typed for it alone; what people have to fill in is in capitals.
fn typed(decision: &Decision) -> (&'static str, Vec<String>) {
    let decide = |act: &'static str, more: &[&str]| {
        let words = [&["centre", "decide", "--act", act][..], more].concat();
        (act, words.into_iter().map(str::to_owned).collect())
    };
    let other = |act: &'static str, words: &[&str]| (act, words.iter().map(|word| (*word).to_owned()).collect());
    match decision {
        Decision::Count { medium: Medium::Network, alone, .. } => {
            decide("count-network", if *alone { &["--absent", "WORD"] } else { &[] })
        }
        Decision::Count { medium: Medium::Stick, alone, .. } => {
            decide("count-stick", if *alone { &["--absent", "network_down"] } else { &[] })
        }
        Decision::CountHand(leaf) => other("count-hand", &["case", "count", "--hand-count", &leaf.to_string()]),
        Decision::Slip => other("slip", &["centre", "slip", "PHOTO", "--party", "PARTY"]),
        Decision::Recount => other("recount", &["case", "recount"]),
        Decision::HandCount => {
            let files = ["--first", "ONE.csv", "--second", "ANOTHER.csv", "--paper", "PROTOCOL.pdf"];
            other("hand-count", &[&["case", "hand-count"][..], &files].concat())
        }
        Decision::NotOpened => decide("not-opened", &[]),
        Decision::Cancel => decide("cancel", &[]),
        Decision::Restore => decide("restore", &[]),
    }
}

/// A word as a shell takes it: in quotes where it has anything that means something else there.
fn quoted(word: &str) -> String {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"/._-+@%:,=".contains(&byte);
    if !word.is_empty() && word.bytes().all(is_plain) {
        return word.to_owned();
    }
    format!("'{}'", word.replace('\'', r"'\''"))
}

/// The whole line.
fn command(dir: &Path, desk: &Desk, decision: &Decision) -> String {
    let (dir, station) = (quoted(&dir.display().to_string()), desk.station.to_string());
    let (_, own) = typed(decision);
    let own = own.iter().map(String::as_str);
    let mut words: Vec<&str> = ["sanad"].into_iter().chain(own).chain(["--dir", &dir]).collect();
    // A slip says itself of which station it is.
    if !matches!(decision, Decision::Slip) {
        words.extend(["--station", &station]);
        if !matches!(decision, Decision::HandCount) {
            words.extend(["--reason", "WHY", "--basis", "ARTICLE"]);
        }
        words.extend(["--signer", "ONE.key.pem", "--signer", "ANOTHER.key.pem"]);
    }
    words.join(" ")
}

fn effect(effect: &Effect) -> &'static str {
    match effect {
        Effect::Count(_) => "count",
        Effect::CountHand(_) => "count_hand",
        Effect::NotOpened => "not_opened",
        Effect::Cancel => "cancel",
        Effect::Restore => "restore",
    }
}

/// What something is under `--json`, with its place in the record.
fn with(place: &Place, mut object: Value) -> Value {
    let fields = json!({ "leaf": place.leaf, "at": place.at, "digest": place.digest });
    let all = object.as_object_mut().zip(fields.as_object().cloned());
    all.into_iter().for_each(|(object, fields)| object.extend(fields));
    object
}

/// A refused package under `--json`.
fn kept_object(kept: &Kept) -> Value {
    let own = &kept.refused;
    let object = json!({
        "medium": own.medium, "label": own.label, "code": own.code, "what": own.what, "is_settled": kept.is_settled,
    });
    with(&kept.place, object)
}

/// The station under `--json`.
fn object(dir: &Path, desk: &Desk) -> Value {
    let copies = desk.copies.iter().map(|copy| {
        let own = &copy.import;
        let object = json!({
            "medium": own.medium, "device": own.device, "generation": own.generation, "label": own.label,
            "statement": own.statement, "content": own.content, "intake": own.intake,
            "account_differs": own.account_differs, "is_latest": copy.is_latest,
        });
        with(&copy.place, object)
    });
    let refused = desk.refused.iter().map(kept_object);
    let slips = desk.slips.iter().map(|slip| {
        let object = json!({
            "device": slip.device, "generation": slip.generation, "results": slip.results, "party": slip.party,
            "says": slip.says,
        });
        with(&slip.place, object)
    });
    let hand_counts =
        desk.hand_counts.iter().map(|own| with(&own.place, json!({ "paper": own.paper, "says": own.says })));
    let orders = desk.orders.iter().map(|own| {
        let order = &own.order;
        let object = json!({
            "effect": effect(&order.effect), "absent": order.absent, "reason": order.reason, "basis": order.basis,
            "evidence": order.evidence, "under": order.under, "stands": own.stands,
        });
        with(&own.place, object)
    });
    let findings = desk.findings.iter().map(|own| json!({ "kind": own.kind, "code": own.code, "what": own.what() }));
    let remarks = desk.remarks.iter().map(|own| {
        let figures = own.figures.map(|(left, right)| [left.to_string(), right.to_string()]);
        json!({ "rule": own.rule, "figures": figures, "detail": own.detail })
    });
    let decisions = desk
        .decisions
        .iter()
        .map(|own| json!({ "act": typed(own).0, "lacks": lacks(own), "command": command(dir, desk, own) }));
    json!({
        "station": desk.station, "standing": desk.standing, "is_counted": desk.is_counted, "why": desk.why,
        "same_label": desk.same_label, "copies": copies.collect::<Vec<_>>(), "refused": refused.collect::<Vec<_>>(),
        "slips": slips.collect::<Vec<_>>(), "hand_counts": hand_counts.collect::<Vec<_>>(),
        "orders": orders.collect::<Vec<_>>(), "findings": findings.collect::<Vec<_>>(),
        "remarks": remarks.collect::<Vec<_>>(), "decisions": decisions.collect::<Vec<_>>(),
    })
}

/// The figures side by side; a line that differs is marked. Lists and candidates whom nobody gave a vote are left out.
fn table(side: &SideBySide, lang: Lang, name: impl Fn(&str) -> String) -> String {
    let w = names(lang);
    let heads = side.columns.iter().map(|column| {
        let source = match column.source {
            Source::Network => w.network.to_owned(),
            Source::Stick => w.stick.to_owned(),
            Source::Slip => words::told(lang, "slip"),
            Source::HandCount => words::told(lang, "count by hand"),
        };
        let device = column.device.as_ref().zip(column.generation);
        device.map_or(source.clone(), |(device, generation)| format!("{source}\n{device}-{generation}"))
    });
    let mut table = summary::table([String::new(), String::new()].into_iter().chain(heads).collect());
    for line in side.lines.iter().filter(|line| line.differs || line.counts.iter().flatten().any(|count| *count > 0)) {
        let mark = if line.differs { "≠" } else { "" };
        let figure = match &line.contest {
            Some(contest) => format!("{contest}: {}", name(&line.figure)),
            None => line.figure.clone(),
        };
        let counts = line.counts.iter().map(|count| count.map_or("—".to_owned(), |own| number(lang, own.into())));
        table.add_row([figure, mark.to_owned()].into_iter().chain(counts));
    }
    table.to_string()
}

#[cfg(test)]
mod tests {
    use record::entry::Refused;

    use super::*;

    /// Who copies the line of a decision has not looked at what was refused.
    #[test]
    fn no_line_names_a_refused_package_by_itself() {
        let label = election::Digest([7; 32]);
        let (code, what) = ("bag.manifest".to_owned(), "a file is another".to_owned());
        let refused = Refused { medium: Medium::Stick, station: None, label, code, what };
        let place = Place { leaf: 1, at: "2026-05-12T18:00:00Z".to_owned(), digest: label };
        let desk = Desk {
            station: "s1".parse().expect("an id"),
            standing: None,
            is_counted: false,
            why: Default::default(),
            same_label: None,
            copies: Vec::new(),
            refused: vec![Kept { place, refused, is_settled: false }],
            slips: Vec::new(),
            hand_counts: Vec::new(),
            orders: Vec::new(),
            findings: Vec::new(),
            remarks: Vec::new(),
            decisions: vec![Decision::Cancel],
        };
        assert_eq!(
            command(Path::new("the centre"), &desk, &Decision::Cancel),
            "sanad centre decide --act cancel --dir 'the centre' --station s1 --reason WHY --basis ARTICLE --signer ONE.key.pem \
             --signer ANOTHER.key.pem"
        );
    }

    #[test]
    fn a_folder_with_a_space_is_one_word_of_a_shell() {
        assert_eq!(quoted("/srv/centre-1"), "/srv/centre-1");
        assert_eq!(quoted("the centre"), "'the centre'");
        assert_eq!(quoted("it's $HOME"), r"'it'\''s $HOME'");
        assert_eq!(quoted(""), "''");
    }
}
