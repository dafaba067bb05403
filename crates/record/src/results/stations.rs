//! Tables of stations and offices: what counts, what it rests on, and what was found.

use std::collections::BTreeMap;

use election::{ContestId, Definition, Lang, OptionId, Register, Source, SourceId, StationId};
use package::{BallotAccount, StationResults};

use super::{Table, names, or_empty, yes_no};
use crate::outcome::{Figures, Outcome, Status};

fn counted<'a>(outcome: &Outcome, figures: &'a Figures, station: &StationId) -> Option<&'a StationResults> {
    figures.get(&outcome.stations[station].counted?.figures())
}

/// One row per station, contest and option; figures of stations that are not counted stay empty.
pub(super) fn stations(def: &Definition, outcome: &Outcome, figures: &Figures) -> Table {
    let columns = ["station", "office", "centre", "kind", "contest", "standing", "counted", "option", "votes"];
    let mut table = Table::new(&columns);
    // A nation has some 55,000 stations: what can be voted for is looked up once.
    let options: BTreeMap<&ContestId, Vec<OptionId>> =
        def.contests.iter().map(|contest| (&contest.id, def.counted_in(&contest.id))).collect();
    for station in def.stations.iter().filter(|s| s.count_with.is_none()) {
        let standing = &outcome.stations[&station.id];
        let results = counted(outcome, figures, &station.id);
        for contest in def.contests_at(station) {
            let votes = results.and_then(|r| r.contests.iter().find(|c| c.contest == contest.id)).map(|c| &c.votes);
            for option in &options[&contest.id] {
                let votes = votes.and_then(|v| v.get(option)).map(ToString::to_string).unwrap_or_default();
                table.row([
                    station.id.to_string(),
                    station.office.to_string(),
                    station.centre.to_string(),
                    station.kind.as_str().to_owned(),
                    contest.id.to_string(),
                    standing.standing.as_str().to_owned(),
                    yes_no(standing.counted.is_some()),
                    option.to_string(),
                    votes,
                ]);
            }
        }
    }
    table
}

/// One row per station: the ballot account, and what its standing rests on.
pub(super) fn accounts(def: &Definition, outcome: &Outcome, figures: &Figures) -> Table {
    let rests_on = [
        "station",
        "office",
        "kind",
        "standing",
        "counted",
        "by_order",
        "network",
        "stick",
        "slips_agreeing",
        "slips_differing",
        "evidences",
    ];
    let mut table = Table::new(&[&rests_on[..], &BallotAccount::NAMES].concat());
    for station in def.stations.iter().filter(|s| s.count_with.is_none()) {
        let standing = &outcome.stations[&station.id];
        let mut row = vec![
            station.id.to_string(),
            station.office.to_string(),
            station.kind.as_str().to_owned(),
            standing.standing.as_str().to_owned(),
            yes_no(standing.counted.is_some()),
            yes_no(standing.counted.is_some() && standing.by_order),
            yes_no(!standing.network.is_empty()),
            yes_no(!standing.stick.is_empty()),
            standing.slips_agreeing.to_string(),
            standing.slips_differing.to_string(),
            standing.concordant.to_string(),
        ];
        row.extend(account_cells(counted(outcome, figures, &station.id)));
        table.row(row);
    }
    table
}

fn account_cells(results: Option<&StationResults>) -> [String; 11] {
    results.map_or_else(Default::default, |own| own.account.figures().map(or_empty))
}

/// A column, and how its figure is read off.
type StatusColumn = (&'static str, fn(&Status) -> u32);

/// The columns of `status.csv` after the office.
const STATUS: [StatusColumn; 17] = [
    ("expected", |s| s.expected),
    ("network", |s| s.network),
    ("stick", |s| s.stick),
    ("both", |s| s.both),
    ("identical", |s| s.identical),
    ("different", |s| s.different),
    ("missing_stick", |s| s.missing_stick),
    ("missing_network", |s| s.missing_network),
    ("arrived", |s| s.arrived),
    ("matched", |s| s.matched),
    ("confirmed", |s| s.confirmed),
    ("quarantined", |s| s.quarantined),
    ("sub_judice", |s| s.sub_judice),
    ("cancelled", |s| s.cancelled),
    ("not_opened", |s| s.not_opened),
    ("counted", |s| s.counted),
    ("counted_by_order", |s| s.counted_by_order),
];

/// One row per office, and a last one, `all`.
pub(super) fn status(def: &Definition, outcome: &Outcome) -> Table {
    let columns: Vec<&str> =
        ["office", "name_ar", "name_ckb", "name_en"].into_iter().chain(STATUS.map(|c| c.0)).collect();
    let mut table = Table::new(&columns);
    let mut row = |id: &str, name: [String; 3], status: &Status| {
        let figures = STATUS.map(|(_, read)| read(status).to_string());
        table.row([id.to_owned()].into_iter().chain(name).chain(figures));
    };
    for (id, status) in &outcome.by_office {
        let office = def.office(id).expect("offices of the outcome are the definition's");
        row(id.as_str(), names(&office.name), status);
    }
    row("all", Default::default(), &outcome.status);
    table
}

/// One row for each remark of a rule of the ballot account on a station (MT8).
pub(super) fn remarks(def: &Definition, outcome: &Outcome) -> Table {
    let mut table =
        Table::new(&["station", "office", "rule", "left", "right", "detail", "rule_set", "ar", "ckb", "en"]);
    for station in &def.stations {
        for remark in outcome.remarks.get(&station.id).into_iter().flatten() {
            let [left, right] = match remark.figures {
                Some((left, right)) => [left.to_string(), right.to_string()],
                None => Default::default(),
            };
            let [ar, ckb, en] = Lang::ALL.map(|lang| remark.say(lang));
            table.row([
                station.id.to_string(),
                station.office.to_string(),
                remark.rule.to_owned(),
                left,
                right,
                remark.detail.clone(),
                outcome.rule_set.to_string(),
                ar,
                ckb,
                en,
            ]);
        }
    }
    table
}

/// One row for each station and letter that gives its figure, the one that `stations.csv` names first.
pub(super) fn letters(def: &Definition, outcome: &Outcome) -> Table {
    let mut table = Table::new(&[
        "station",
        "office",
        "register",
        "source",
        "body",
        "number",
        "date",
        "sha256",
        "registered",
        "followed",
        "how",
    ]);
    let sources: BTreeMap<&SourceId, &Source> = def.sources.iter().map(|source| (&source.id, source)).collect();
    for station in &def.stations {
        let Some(own) = outcome.registers.letters.get(&station.id) else { continue };
        for (id, registered) in &own.letters {
            let source = sources.get(id);
            let said = |of: &dyn Fn(&Source) -> String| source.map(|source| of(source)).unwrap_or_default();
            table.row([
                station.id.to_string(),
                station.office.to_string(),
                register_word(station.register).to_owned(),
                id.to_string(),
                said(&|s| s.body.clone()),
                said(&|s| s.number.clone()),
                said(&|s| s.date.to_string()),
                said(&|s| s.sha256.to_string()),
                registered.to_string(),
                yes_no(*id == own.follows),
                own.followed.as_str().to_owned(),
            ]);
        }
    }
    table
}

fn register_word(register: Register) -> &'static str {
    match register {
        Register::Fixed => "fixed",
        Register::Conditional => "conditional",
    }
}

/// One row for each office, contest and option, of the counted stations that report to the office.
pub(super) fn offices(def: &Definition, outcome: &Outcome) -> Table {
    let mut table = Table::new(&["office", "contest", "option", "votes"]);
    for office in &def.offices {
        for contest in &def.contests {
            let key = (office.id.clone(), contest.id.clone());
            let Some(totals) = outcome.by_office_totals.get(&key) else { continue };
            let sums = [
                ("_ballots", totals.ballots),
                ("_valid", totals.valid),
                ("_blank", totals.blank),
                ("_invalid", totals.invalid),
            ];
            for (name, votes) in sums {
                table.row([office.id.to_string(), contest.id.to_string(), name.to_owned(), votes.to_string()]);
            }
            for option in def.counted_in(&contest.id) {
                let votes = totals.votes.get(&option).copied().unwrap_or(0);
                table.row([office.id.to_string(), contest.id.to_string(), option.to_string(), votes.to_string()]);
            }
        }
    }
    table
}

/// One row per figure in which the copies of a station differ.
pub(super) fn differing(outcome: &Outcome) -> Table {
    let mut table = Table::new(&["station", "contest", "option", "network", "stick"]);
    for row in &outcome.differences {
        let (station, contest) = (row.station.to_string(), row.contest.to_string());
        table.row([station, contest, row.option.clone(), row.network.to_string(), row.stick.to_string()]);
    }
    table
}

/// What people must look at.
pub(super) fn findings(outcome: &Outcome) -> Table {
    let mut table = Table::new(&["finding", "station", "medium", "contest", "with", "code", "count"]);
    for finding in &outcome.findings {
        table.row([
            finding.kind.as_str().to_owned(),
            finding.station.to_string(),
            finding.medium.map(|medium| medium.as_str().to_owned()).unwrap_or_default(),
            finding.contest.as_ref().map(ToString::to_string).unwrap_or_default(),
            finding.with.as_ref().map(ToString::to_string).unwrap_or_default(),
            finding.code.clone(),
            finding.count.to_string(),
        ]);
    }
    table
}
