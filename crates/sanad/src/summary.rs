//! The figures of an outcome as tables that a commissioner understands.

use std::collections::BTreeMap;

use comfy_table::presets::UTF8_BORDERS_ONLY;
use comfy_table::{CellAlignment, Table};
use election::{Definition, Lang, OptionId};
use record::docket::changes::{Change, Level};
use record::outcome::{Figures, Outcome, Status};
use record::{Standing, results};
use serde_json::{Value, json};
use site::words::{Words, number, standing, words};

/// A table whose first column is words and whose others are figures.
pub fn table(header: Vec<String>) -> Table {
    let mut table = Table::new();
    table.load_style(UTF8_BORDERS_ONLY).set_header(header);
    for column in table.column_iter_mut().skip(1) {
        column.set_cell_alignment(CellAlignment::Right);
    }
    table
}

/// Per office: expected, network, stick, both, identical, differing, missing, matched, confirmed, counted; a table, or
/// lines where the terminal is too narrow for it.
pub fn offices(def: &Definition, outcome: &Outcome, lang: Lang) -> String {
    let w = words(lang);
    let columns = [
        w.expected,
        w.network,
        w.stick,
        w.both,
        w.identical,
        w.different,
        w.missing,
        w.matched,
        w.confirmed,
        w.counted,
    ];
    let figures = |s: &Status| {
        let figures = [
            s.expected,
            s.network,
            s.stick,
            s.both,
            s.identical,
            s.different,
            s.expected - s.both,
            s.matched,
            s.confirmed,
            s.counted,
        ];
        figures.map(|f| number(lang, f.into()))
    };
    let offices = outcome.by_office.iter().filter(|(_, status)| status.expected > 0);
    let mut rows: Vec<(&str, [String; 10])> =
        offices.map(|(id, s)| (def.office(id).map(|o| o.name.get(lang)).unwrap_or_default(), figures(s))).collect();
    rows.push((w.all, figures(&outcome.status)));
    let header = [w.office].into_iter().chain(columns).map(str::to_owned).collect();
    let mut table = table(header);
    for (name, cells) in &rows {
        table.add_row(std::iter::once(*name).chain(cells.iter().map(String::as_str)));
    }
    let wide = table.lines().map(|line| line.chars().count()).max().unwrap_or(0);
    match table.width().map(usize::from) {
        Some(width) if width < wide => {
            rows.iter().map(|(name, cells)| office(name, columns.into_iter().zip(cells), width)).collect()
        }
        _ => table.to_string(),
    }
}

/// The figures of one office in lines of at most `width` characters.
fn office<'a>(name: &str, figures: impl Iterator<Item = (&'a str, &'a String)>, width: usize) -> String {
    let mut lines = vec![name.to_owned(), String::new()];
    for (column, figure) in figures {
        let pair = format!("  {column} {figure}");
        let last = lines.last_mut().expect("there are two");
        match last.chars().count() + pair.chars().count() <= width {
            true => last.push_str(&pair),
            false => lines.push(pair),
        }
    }
    lines.join("\n") + "\n"
}

/// What every report says beside its figures: rules changed after the freeze, letters that nobody has decided between,
/// and what the rules of the ballot account say.
pub fn notes(outcome: &Outcome, lang: Lang) -> Vec<String> {
    let w = words(lang);
    let mut notes = record::statement::banner(outcome, lang);
    for (station, letters) in outcome.registers.letters.iter().filter(|(_, letters)| !letters.followed.is_decided()) {
        notes.push(format!("{}: {station}: {}", w.undecided, letters.told()));
    }
    let mut by_rule: BTreeMap<&str, u64> = BTreeMap::new();
    for remark in outcome.remarks.values().flatten() {
        *by_rule.entry(remark.rule).or_default() += 1;
    }
    for (rule, count) in by_rule {
        let title = tally::rules::rule(rule).map(|rule| rule.title.get(lang)).unwrap_or_default();
        notes.push(format!("{rule} {title}: {}", number(lang, count)));
    }
    notes
}

/// The `centre status` object of commands.md.
pub fn status_json(outcome: &Outcome) -> Value {
    let by_office: Vec<Value> = outcome
        .by_office
        .iter()
        .map(|(office, status)| {
            let mut row = serde_json::to_value(status).expect("plain data is always JSON");
            row["office"] = json!(office);
            row
        })
        .collect();
    let undecided = outcome.registers.letters.iter().filter(|(_, letters)| !letters.followed.is_decided());
    let undecided: Vec<Value> = undecided
        .map(|(station, letters)| {
            let letters: BTreeMap<_, _> = letters.letters.iter().map(|(source, figure)| (source, figure)).collect();
            json!({ "station": station, "letters": letters })
        })
        .collect();
    let remarks: Vec<Value> = outcome
        .remarks
        .iter()
        .flat_map(|(station, found)| {
            found.iter().map(move |remark| {
                let figures = remark.figures.map(|(left, right)| [left.to_string(), right.to_string()]);
                json!({ "station": station, "rule": remark.rule, "figures": figures, "detail": remark.detail })
            })
        })
        .collect();
    json!({
        "stations": outcome.status, "by_office": by_office, "letters_undecided": undecided, "remarks": remarks,
        "rule_set": outcome.rule_set, "amendments": outcome.amendments,
    })
}

/// Votes and seats of each party, all contests together, and of the candidates of contests without lists.
pub fn seats(def: &Definition, outcome: &Outcome, lang: Lang) -> String {
    let w = words(lang);
    let mut parties: Vec<(String, u64, usize)> = Vec::new();
    for party in &def.parties {
        let lists: Vec<_> = def.lists.iter().filter(|l| l.party == party.id).collect();
        let votes = lists.iter().filter_map(|l| outcome.totals[&l.contest].votes.get(&OptionId::from(&l.id))).sum();
        let elected = |l: &&election::List| {
            outcome.allotments[&l.contest].elected.iter().filter(|e| e.list.as_ref() == Some(&l.id)).count()
        };
        parties.push((party.name.get(lang).to_owned(), votes, lists.iter().map(elected).sum()));
    }
    for candidate in def.candidates.iter().filter(|candidate| candidate.list.is_none()) {
        let votes = outcome.totals[&candidate.contest].votes.get(&OptionId::from(&candidate.id)).copied().unwrap_or(0);
        let elected = &outcome.allotments[&candidate.contest].elected;
        let seats = elected.iter().filter(|elected| elected.candidate == candidate.id).count();
        parties.push((candidate.name.get(lang).to_owned(), votes, seats));
    }
    parties.retain(|(_, votes, seats)| *votes > 0 || *seats > 0);
    parties.sort_by(|a, b| b.2.cmp(&a.2).then(b.1.cmp(&a.1)).then_with(|| a.0.cmp(&b.0)));
    let mut rows = table([w.list, w.votes, w.seats].map(str::to_owned).to_vec());
    for (name, votes, seats) in parties {
        rows.add_row(vec![name, number(lang, votes), number(lang, seats as u64)]);
    }
    rows.to_string()
}

/// Every step of every contest, in words.
pub fn steps(outcome: &Outcome, lang: Lang) -> String {
    let mut lines = Vec::new();
    for (contest, allotment) in &outcome.allotments {
        lines.push(format!("{contest}:"));
        lines.extend(allotment.steps.iter().map(|step| format!("  {} {}", step.rule(), step.say(lang))));
    }
    lines.join("\n")
}

/// A lot that is to be drawn.
pub fn lot(def: &Definition, lot: &tally::LotNeeded, lang: Lang) -> String {
    let name =
        |option: &OptionId| format!("{} ({option})", def.option_name(option).map(|n| n.get(lang)).unwrap_or_default());
    let between: Vec<String> = lot.between.iter().map(name).collect();
    format!("{}: {} × {} — {} [{}]", words(lang).lots_needed, lot.contest, lot.seats, between.join(" / "), lot.id)
}

/// Where both copies of a station differ, down to the candidate.
pub fn differences(def: &Definition, outcome: &Outcome, figures: &Figures, lang: Lang) -> String {
    let w = words(lang);
    let mut lines = Vec::new();
    for (station, standing) in outcome.stations.iter().filter(|(_, s)| s.has_both() && !s.is_identical()) {
        lines.push(format!("{} {station}: {}", w.station, w.different));
        let of = |contents: &std::collections::BTreeSet<record::Content>| {
            contents.first().and_then(|content| figures.get(&content.results))
        };
        let (Some(network), Some(stick)) = (of(&standing.network), of(&standing.stick)) else { continue };
        for (option, a, b) in results::differences(def, network, stick) {
            let name = def.option_name(&option).map(|n| n.get(lang)).unwrap_or_default();
            let (a, b) = (number(lang, a.into()), number(lang, b.into()));
            lines.push(format!("  {name} ({option}): {} {a}, {} {b}", w.network, w.stick));
        }
    }
    lines.join("\n")
}

/// What one outcome has otherwise than another: stations, votes, seats, people elected.
pub fn changes(def: &Definition, changes: &[Change], lang: Lang) -> String {
    let w = words(lang);
    let mut rows = table(["", "", "", w.before, w.after].map(str::to_owned).to_vec());
    for change in changes {
        let (level, who) = match change.level {
            Level::Station => (w.station, String::new()),
            Level::Votes => (w.votes, option(def, &change.option, lang)),
            Level::Seats => (w.seats, option(def, &change.option, lang)),
            Level::Elected => (w.elected, option(def, &change.option, lang)),
        };
        let [before, after] =
            [&change.before, &change.after].map(|figure| figure_words(&w, change.level, figure, lang));
        rows.add_row(vec![level.to_owned(), change.place.clone(), who, before, after]);
    }
    rows.to_string()
}

/// The name of a list or candidate, or of the ballots that are counted in its place.
pub fn option(def: &Definition, option: &str, lang: Lang) -> String {
    let w = words(lang);
    match option {
        "_ballots" => return w.cast.to_owned(),
        "_valid" => return w.valid.to_owned(),
        "_blank" => return w.blank.to_owned(),
        "_invalid" => return w.invalid.to_owned(),
        _ => {}
    }
    let name = option.parse::<OptionId>().ok().and_then(|id| Some(def.option_name(&id)?.get(lang).to_owned()));
    name.map_or_else(|| option.to_owned(), |name| format!("{name} ({option})"))
}

/// One side of a change, in words.
fn figure_words(w: &Words, level: Level, figure: &str, lang: Lang) -> String {
    match level {
        Level::Station => {
            let mut parts = figure.split(' ');
            let (word, content) = (parts.next().unwrap_or_default(), parts.next_back().unwrap_or_default());
            let own = STANDINGS.into_iter().find(|own| own.as_str() == word);
            let told = own.map_or_else(|| word.to_owned(), |own| standing(w, own).to_owned());
            let first: String = content.strip_prefix("sha256:").unwrap_or(content).chars().take(12).collect();
            if first.is_empty() { told } else { format!("{told}, {} {first}", w.counted) }
        }
        Level::Votes | Level::Seats => figure.parse().map_or_else(|_| figure.to_owned(), |figure| number(lang, figure)),
        Level::Elected if figure.is_empty() => "—".to_owned(),
        Level::Elected => w.elected.to_owned(),
    }
}

const STANDINGS: [Standing; 8] = [
    Standing::Missing,
    Standing::Arrived,
    Standing::Matched,
    Standing::Confirmed,
    Standing::Quarantined,
    Standing::SubJudice,
    Standing::Cancelled,
    Standing::NotOpened,
];

#[cfg(test)]
mod tests {
    use super::office;

    #[test]
    fn an_office_fits_a_narrow_terminal() {
        let figures = ["1".to_owned(), "22".to_owned(), "333".to_owned()];
        let columns = ["expected", "by network", "missing"].into_iter();
        let told = office("Baghdad", columns.zip(&figures), 30);
        assert_eq!(told, "Baghdad\n  expected 1  by network 22\n  missing 333\n");
    }
}
