//! The outcome as the files of `results/`: tables that a spreadsheet opens, and
//! NIST SP 1500-100 v2 for other programs.
//!
//! CSV is RFC 4180 in UTF-8 with a byte order mark; a cell that a spreadsheet
//! would take for a formula begins with an apostrophe. Nothing in here carries
//! a signature, a key, a leaf's index or a clock, so the same votes always give
//! the same bytes.

use std::collections::BTreeMap;

use election::{ContestKind, Definition, Digest, Lang, OptionId, StationId, Text};
use package::StationResults;
use serde_json::{Value, json};

use crate::outcome::{Figures, Outcome, Status};
use crate::standing::StationStanding;

/// Files by their path inside `results/`.
pub type Files = BTreeMap<String, Vec<u8>>;

/// The sha256sum manifest of `files`, and its digest: what an announcement names.
pub fn manifest(files: &Files) -> (String, Digest) {
    let lines: Vec<String> =
        files.iter().map(|(path, bytes)| format!("{}  {path}\n", Digest::of(bytes).hex())).collect();
    let text = lines.concat();
    let digest = Digest::of(text.as_bytes());
    (text, digest)
}

/// All files of `results/`.
pub fn files(def: &Definition, outcome: &Outcome, figures: &Figures) -> Files {
    let tables = [
        ("stations.csv", stations(def, outcome, figures)),
        ("accounts.csv", accounts(def, outcome, figures)),
        ("status.csv", status(def, outcome)),
        ("totals.csv", totals(def, outcome)),
        ("seats.csv", seats(outcome)),
        ("elected.csv", elected(def, outcome)),
        ("steps.csv", steps(outcome)),
        ("differences.csv", differing(outcome)),
        ("findings.csv", findings(outcome)),
    ];
    let mut files: Files = tables.into_iter().map(|(name, table)| (name.to_owned(), table.bytes())).collect();
    let mut report = serde_json::to_vec_pretty(&election_report(def, outcome)).expect("plain data is always JSON");
    report.push(b'\n');
    files.insert("results.json".to_owned(), report);
    files
}

struct Table(csv::Writer<Vec<u8>>);

impl Table {
    fn new(columns: &[&str]) -> Self {
        let bom = vec![0xEF, 0xBB, 0xBF];
        let mut table = Table(csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(bom));
        table.row(columns.iter().map(ToString::to_string));
        table
    }

    fn row(&mut self, cells: impl IntoIterator<Item = String>) {
        let cells: Vec<String> = cells.into_iter().map(safe).collect();
        self.0.write_record(cells).expect("memory takes every row, and all rows are of one length");
    }

    fn bytes(self) -> Vec<u8> {
        self.0.into_inner().expect("memory takes every row")
    }
}

/// A cell that no spreadsheet takes for a formula.
fn safe(cell: String) -> String {
    match cell.chars().next() {
        Some('=' | '+' | '-' | '@' | '\t' | '\r') => format!("'{cell}"),
        _ => cell,
    }
}

fn names(text: &Text) -> [String; 3] {
    Lang::ALL.map(|lang| text.exact(lang).to_owned())
}

fn counted<'a>(outcome: &Outcome, figures: &'a Figures, station: &StationId) -> Option<&'a StationResults> {
    let content = outcome.stations[station].counted?;
    figures.get(&content.results)
}

/// One row per station, contest and option; figures of stations that are not counted stay empty.
fn stations(def: &Definition, outcome: &Outcome, figures: &Figures) -> Table {
    let columns = ["station", "office", "centre", "kind", "contest", "standing", "counted", "option", "votes"];
    let mut table = Table::new(&columns);
    for station in def.stations.iter().filter(|s| s.count_with.is_none()) {
        let standing = &outcome.stations[&station.id];
        let results = counted(outcome, figures, &station.id);
        for contest in def.contests_at(station) {
            let votes = results.and_then(|r| r.contests.iter().find(|c| c.contest == contest.id)).map(|c| &c.votes);
            for option in def.counted_in(&contest.id) {
                let votes = votes.and_then(|v| v.get(&option)).map(ToString::to_string).unwrap_or_default();
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

fn yes_no(yes: bool) -> String {
    if yes { "yes" } else { "no" }.to_owned()
}

/// One row per station: the ballot account, and what its standing rests on.
fn accounts(def: &Definition, outcome: &Outcome, figures: &Figures) -> Table {
    let mut table = Table::new(&[
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
        "registered",
        "checked_in",
        "received",
        "used",
        "spoiled",
        "unused",
        "cast",
        "valid",
        "blank",
        "invalid",
        "unread",
    ]);
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
    let Some(account) = results.map(|r| &r.account) else { return Default::default() };
    [
        account.registered.to_string(),
        account.checked_in.map(|n| n.to_string()).unwrap_or_default(),
        account.received.to_string(),
        account.used.to_string(),
        account.spoiled.to_string(),
        account.unused.to_string(),
        account.cast.to_string(),
        account.valid.to_string(),
        account.blank.to_string(),
        account.invalid.to_string(),
        account.unread.to_string(),
    ]
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
fn status(def: &Definition, outcome: &Outcome) -> Table {
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

/// One row per contest and option, and one each for ballots, valid, blank and invalid.
fn totals(def: &Definition, outcome: &Outcome) -> Table {
    let mut table = Table::new(&["contest", "option", "name_ar", "name_ckb", "name_en", "votes"]);
    for (contest, totals) in &outcome.totals {
        let sums = [
            ("_ballots", totals.ballots),
            ("_valid", totals.valid),
            ("_blank", totals.blank),
            ("_invalid", totals.invalid),
        ];
        for (name, votes) in sums {
            let [ar, ckb, en]: [String; 3] = Default::default();
            table.row([contest.to_string(), name.to_owned(), ar, ckb, en, votes.to_string()]);
        }
        for option in def.counted_in(contest) {
            let [ar, ckb, en] = def.option_name(&option).map(names).unwrap_or_default();
            let votes = totals.votes.get(&option).copied().unwrap_or(0);
            table.row([contest.to_string(), option.to_string(), ar, ckb, en, votes.to_string()]);
        }
    }
    table
}

/// Every quotient that was compared: `votes` divided by `divisor`, an exact fraction.
fn seats(outcome: &Outcome) -> Table {
    let mut table = Table::new(&["contest", "list", "votes", "divisor", "rank", "won", "tied"]);
    for (contest, allotment) in &outcome.allotments {
        for quotient in &allotment.quotients {
            table.row([
                contest.to_string(),
                quotient.who.to_string(),
                quotient.votes.to_string(),
                quotient.divisor.to_string(),
                quotient.rank.to_string(),
                yes_no(quotient.won),
                yes_no(quotient.tied),
            ]);
        }
    }
    table
}

fn elected(def: &Definition, outcome: &Outcome) -> Table {
    let columns = ["contest", "candidate", "name_ar", "name_ckb", "name_en", "list", "votes", "seat", "rule"];
    let mut table = Table::new(&columns);
    for (contest, allotment) in &outcome.allotments {
        for person in &allotment.elected {
            let [ar, ckb, en] = def.candidate(&person.candidate).map(|c| names(&c.name)).unwrap_or_default();
            table.row([
                contest.to_string(),
                person.candidate.to_string(),
                ar,
                ckb,
                en,
                person.list.as_ref().map(ToString::to_string).unwrap_or_default(),
                person.votes.to_string(),
                seat_kind(&person.seat_kind),
                person.step.to_owned(),
            ]);
        }
    }
    table
}

fn seat_kind(kind: &tally::SeatKind) -> String {
    match kind {
        tally::SeatKind::General => "general".to_owned(),
        tally::SeatKind::Women => "women".to_owned(),
        tally::SeatKind::Reserved { community } => format!("reserved_{community}"),
    }
}

/// Every step from votes to seats, in words.
fn steps(outcome: &Outcome) -> Table {
    let mut table = Table::new(&["contest", "step", "rule", "ar", "ckb", "en"]);
    for (contest, allotment) in &outcome.allotments {
        for (number, step) in allotment.steps.iter().enumerate() {
            let [ar, ckb, en] = Lang::ALL.map(|lang| step.say(lang));
            table.row([contest.to_string(), (number + 1).to_string(), step.rule().to_owned(), ar, ckb, en]);
        }
    }
    table
}

/// One row per figure in which the copies of a station differ.
fn differing(outcome: &Outcome) -> Table {
    let mut table = Table::new(&["station", "contest", "option", "network", "stick"]);
    for row in &outcome.differences {
        let (station, contest) = (row.station.to_string(), row.contest.to_string());
        table.row([station, contest, row.option.clone(), row.network.to_string(), row.stick.to_string()]);
    }
    table
}

/// What people must look at.
fn findings(outcome: &Outcome) -> Table {
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

/// NIST SP 1500-100 v2, `ElectionResults.ElectionReport`. Its date is the day of the vote: results carry no clock.
fn election_report(def: &Definition, outcome: &Outcome) -> Value {
    let units = def.constituencies.iter().map(|constituency| {
        json!({
            "@type": "ElectionResults.ReportingUnit",
            "@id": unit(constituency.id.as_str()),
            "Type": "other",
            "OtherType": "constituency",
            "Name": international(&constituency.name),
        })
    });
    let status = &outcome.status;
    let contests: Vec<Value> = def.contests.iter().map(|contest| contest_report(def, outcome, contest)).collect();
    let candidates: Vec<Value> = def
        .candidates
        .iter()
        .map(|candidate| {
            json!({
                "@type": "ElectionResults.Candidate",
                "@id": format!("candidate-{}", candidate.id),
                "BallotName": international(&candidate.name),
            })
        })
        .collect();
    json!({
        "@type": "ElectionResults.ElectionReport",
        "Format": "summary-contest",
        "GeneratedDate": format!("{}T00:00:00Z", def.date),
        "Issuer": def.name.get(Lang::En),
        "IssuerAbbreviation": def.scope.election.as_str(),
        "SequenceStart": 1,
        "SequenceEnd": 1,
        "Status": if status.counted < status.expected { "unofficial-partial" } else { "unofficial-complete" },
        "IsTest": def.scope.mode != election::Mode::Official,
        "VendorApplicationId": "sanad",
        "GpUnit": units.collect::<Vec<_>>(),
        "Party": def.lists.iter().map(|list| json!({
            "@type": "ElectionResults.Party",
            "@id": format!("list-{}", list.id),
            "Name": international(&list.name),
        })).collect::<Vec<_>>(),
        "Election": [{
            "@type": "ElectionResults.Election",
            "ElectionScopeId": def.constituencies.first().map(|c| unit(c.id.as_str())).unwrap_or_default(),
            "StartDate": def.date.to_string(),
            "EndDate": def.date.to_string(),
            "Name": international(&def.name),
            "Type": "general",
            "Candidate": candidates,
            "Contest": contests,
        }],
    })
}

fn contest_report(def: &Definition, outcome: &Outcome, contest: &election::Contest) -> Value {
    let totals = &outcome.totals[&contest.id];
    let place = unit(contest.constituency.as_str());
    let counts = |option: &OptionId| {
        json!([{
            "@type": "ElectionResults.VoteCounts",
            "GpUnitId": place,
            "Type": "total",
            "Count": totals.votes.get(option).copied().unwrap_or(0),
        }])
    };
    let lists = def.lists_of(&contest.id).map(|list| {
        json!({
            "@type": "ElectionResults.PartySelection",
            "@id": format!("selection-{}", list.id),
            "PartyIds": [format!("list-{}", list.id)],
            "VoteCounts": counts(&OptionId::from(&list.id)),
        })
    });
    let candidates = def.candidates_of(&contest.id).map(|candidate| {
        json!({
            "@type": "ElectionResults.CandidateSelection",
            "@id": format!("selection-{}", candidate.id),
            "CandidateIds": [format!("candidate-{}", candidate.id)],
            "VoteCounts": counts(&OptionId::from(&candidate.id)),
        })
    });
    let (variation, allowed) = match contest.kind {
        ContestKind::OpenList | ContestKind::ClosedList => ("proportional", 1),
        ContestKind::Candidates { vote_for: 1 } => ("plurality", 1),
        ContestKind::Candidates { vote_for } => ("n-of-m", vote_for),
    };
    json!({
        "@type": "ElectionResults.CandidateContest",
        "@id": format!("contest-{}", contest.id),
        "ElectionDistrictId": place,
        "Name": contest.title.get(Lang::En),
        "BallotTitle": international(&contest.title),
        "NumberElected": contest.seats,
        "VotesAllowed": allowed,
        "VoteVariation": variation,
        "ContestSelection": lists.chain(candidates).collect::<Vec<_>>(),
    })
}

fn unit(id: &str) -> String {
    format!("unit-{id}")
}

fn international(text: &Text) -> Value {
    let strings = Lang::ALL.into_iter().filter(|lang| !text.exact(*lang).is_empty()).map(|lang| {
        json!({ "@type": "ElectionResults.LanguageString", "Language": lang.tag(), "Content": text.exact(lang) })
    });
    json!({ "@type": "ElectionResults.InternationalizedText", "Text": strings.collect::<Vec<_>>() })
}

/// The vote difference between two contents of one station, option by option: what a quarantine desk looks at.
pub fn differences(def: &Definition, left: &StationResults, right: &StationResults) -> Vec<(OptionId, u32, u32)> {
    let votes = |results: &StationResults| -> BTreeMap<OptionId, u32> {
        let mut all = BTreeMap::new();
        for contest in &results.contests {
            all.extend(contest.votes.iter().map(|(option, votes)| (option.clone(), *votes)));
        }
        all
    };
    let (left, right) = (votes(left), votes(right));
    let known = def.contests.iter().flat_map(|c| def.counted_in(&c.id));
    known
        .map(|option| {
            let (l, r) = (left.get(&option).copied().unwrap_or(0), right.get(&option).copied().unwrap_or(0));
            (option, l, r)
        })
        .filter(|(_, l, r)| l != r)
        .collect()
}

/// Whether a standing rests on less than both copies, in one word for tables.
pub fn evidence_word(standing: &StationStanding) -> &'static str {
    match (standing.network.is_empty(), standing.stick.is_empty()) {
        (true, true) => "none",
        (false, true) => "network",
        (true, false) => "stick",
        (false, false) if standing.is_identical() => "both",
        (false, false) => "differing",
    }
}
