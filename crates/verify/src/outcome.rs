//! V.5xx, V.6xx and V.7xx: standings, totals and seats worked out again, and the published tables compared with them.
//!
//! Standings come from the fold of the record; sums are added here, by code of this crate's own; seats are allotted by
//! the rules of `tally` on those sums.

use std::collections::BTreeMap;

use election::{ContestId, Definition, Digest, OfficeId, OptionId, Station, StationId, Text};
use package::StationResults;
use record::standing::Standing;
use record::{State, StationStanding};
use tally::ContestTotals;

use crate::bag::Manifest;
use crate::csvs::{Row, cell, compare, words, yes_no};
use crate::decided::{self, Registers};
use crate::drawn::{self, Drawn};
use crate::folder::Folder;
use crate::found;
use crate::hand;
use crate::intake_log::Intake;
use crate::nist;
use crate::privacy;
use crate::record_log::{Election, Record, needs};
use crate::register;
use crate::report::Check;
use crate::seats;
use crate::stations::Stations;
use crate::table::CheckId;
use crate::transmission;

const RESULTS: &str = "results/";

/// Everything the tables are compared with.
struct Outcome<'a> {
    folder: &'a Folder,
    def: &'a Definition,
    state: &'a State,
    stations: &'a Stations,
    standings: BTreeMap<StationId, StationStanding>,
}

/// V.501 to V.703.
pub fn check(
    folder: &Folder,
    manifest: Option<&Manifest>,
    election: Option<&Election>,
    record: Option<&Record>,
    (stations, intake): (Option<&Stations>, Option<&Intake>),
    checks: &mut Vec<Check>,
) {
    let mut announced = announced(folder, manifest, record);
    let state = record.and_then(|record| record.state.as_ref());
    let (Some(election), Some(state), Some(stations)) = (election, state, stations) else {
        let ids = [
            CheckId::Privacy,
            CheckId::Standings,
            CheckId::Channels,
            CheckId::Decisions,
            CheckId::Findings,
            CheckId::StationFigures,
            CheckId::Totals,
            CheckId::Quotients,
            CheckId::Elected,
            CheckId::Lots,
            CheckId::Letters,
            CheckId::Amendments,
            CheckId::Registers,
            CheckId::Transmission,
            CheckId::HandCounts,
            CheckId::Remarks,
            CheckId::Withdrawals,
        ];
        checks.extend(ids.map(|id| needs(id, RESULTS, "the definition, the record and the stations")));
        checks.extend(joined(announced, drawn::none()));
        return;
    };
    let leaves = record.map_or(&[][..], |record| &record.leaves);
    let def = &election.frozen.definition;
    let outcome = Outcome { folder, def, state, stations, standings: state.standings(def) };
    checks.extend([outcome.standings(), outcome.channels(), outcome.decisions()]);
    checks.push(found::check(folder, def, state, stations, &outcome.standings));
    let registers = Registers::of(def, state);
    checks.extend([registers.check(def, folder), decided::amendments(state, folder)]);
    checks.push(hand::check(state, stations));
    checks.push(register::check(folder, state, &record::register::tables::files(def, state)));
    let (check, transmission) = transmission::check(folder, state, intake);
    checks.push(check);
    checks.push(registers.remarks(def, state, folder, |station| outcome.looked_at(station)));
    let absent: Vec<&StationId> =
        outcome.counted().filter(|(_, results)| results.is_none()).map(|(s, _)| &s.id).collect();
    if !absent.is_empty() {
        let ids = [
            CheckId::Privacy,
            CheckId::StationFigures,
            CheckId::Totals,
            CheckId::Report,
            CheckId::Descriptions,
            CheckId::Pages,
            CheckId::Register,
            CheckId::OpenMatters,
            CheckId::Quotients,
            CheckId::Elected,
            CheckId::Lots,
            CheckId::Withdrawals,
        ];
        for id in ids {
            let mut check = Check::new(id);
            for station in &absent {
                check.misses(format!("station {station}"), "outcome.missing", "its figures count, and are not at hand");
            }
            checks.push(check);
        }
        let [statement, ..] = drawn::none();
        announced.join(statement);
        checks.push(announced);
        return;
    }
    checks.push(outcome.station_figures());
    let mut check = Check::new(CheckId::Totals);
    let totals = outcome.totals(&mut check);
    checks.push(check);
    let (check, privacy) = match &stations.leaks {
        Some(leaks) => {
            let (check, table) = privacy::check(folder, def, leaks, &totals);
            (check, Some(table))
        }
        None => {
            let what = "the figures and manifests of every content (V.404, V.405)";
            (needs(CheckId::Privacy, privacy::TABLE, what), None)
        }
    };
    checks.push(check);
    let drawn = drawn::check(&Drawn { folder, manifest, election, state, leaves, stations, privacy, transmission });
    let mut drawn = joined(announced, drawn);
    drawn[1].join(nist::check(folder, &totals));
    checks.extend(drawn);
    checks.extend(seats::check(def, state, folder, &totals));
    checks.push(decided::withdrawals(def, state, folder, &totals));
}

/// The checks of what is written anew, where V.603 has been begun.
fn joined(mut announced: Check, [statement, rest @ ..]: [Check; 6]) -> [Check; 6] {
    announced.join(statement);
    let [report, descriptions, pages, register, open] = rest;
    [announced, report, descriptions, pages, register, open]
}

/// V.603: the digest of the sha256sum manifest of `results/` is the announced one.
fn announced(folder: &Folder, manifest: Option<&Manifest>, record: Option<&Record>) -> Check {
    let mut check = Check::new(CheckId::Announced);
    let listed = manifest.into_iter().flat_map(|manifest| manifest.keys()).filter(|path| path.starts_with(RESULTS));
    for path in listed.filter(|path| !folder.files.contains_key(*path)) {
        check.misses(path, "file.missing", "is not there, so the results cannot be compared with the announced ones");
    }
    let lines: String = folder
        .under(RESULTS)
        .map(|(path, found)| format!("{}  {}\n", found.digest.hex(), &path[RESULTS.len()..]))
        .collect();
    if lines.is_empty() {
        check.misses(RESULTS, "file.missing", "there are no results");
    }
    let Some((index, announcement)) = record.and_then(Record::announcement) else {
        check.misses(RESULTS, "verify.needs", "needs an announcement in the record (V.201, V.204)");
        return check;
    };
    if check.missing == 0 {
        let found = Digest::of(lines.as_bytes());
        check.expect(found == announcement.results, RESULTS, "results.not_announced", || {
            format!("has {found}, but record leaf {index} announced {}", announcement.results)
        });
    }
    check
}

impl<'a> Outcome<'a> {
    /// Stations that report, in the order of the definition.
    fn reporting(&self) -> impl Iterator<Item = &'a Station> {
        self.def.stations.iter().filter(|station| station.count_with.is_none())
    }

    fn standing(&self, station: &StationId) -> &StationStanding {
        // The fold has every station of the definition.
        &self.standings[station]
    }

    /// Counted stations with the figures that count.
    fn counted(&self) -> impl Iterator<Item = (&'a Station, Option<&'a StationResults>)> {
        let stations: &'a Stations = self.stations;
        self.reporting().filter_map(move |station| {
            let counted = self.standing(&station.id).counted?;
            Some((station, stations.counted(&station.id, &counted)))
        })
    }

    /// The figures that remarks are about: those that count, else all of the latest generation of each device.
    fn looked_at(&self, station: &StationId) -> Vec<&'a StationResults> {
        let standing = self.standing(station);
        if let Some(counted) = &standing.counted {
            return self.stations.counted(station, counted).into_iter().collect();
        }
        let contents = standing.network.union(&standing.stick);
        contents.filter_map(|content| self.stations.figures(station, content)).collect()
    }

    fn figures(&self, station: &StationId) -> Option<&'a StationResults> {
        self.stations.counted(station, &self.standing(station).counted?)
    }

    /// V.501 (`evidence`: what the standing is and rests on) and V.601 (the figures).
    fn account_rows(&self, evidence: bool) -> impl Iterator<Item = Row> {
        self.reporting().map(move |station| {
            let standing = self.standing(&station.id);
            let head = [cell(&station.id), cell(&station.office), cell(station.kind.as_str())];
            let rests_on = [
                cell(standing.standing.as_str()),
                yes_no(standing.counted.is_some()),
                yes_no(standing.counted.is_some() && standing.by_order),
                yes_no(!standing.network.is_empty()),
                yes_no(!standing.stick.is_empty()),
                cell(standing.slips_agreeing),
                cell(standing.slips_differing),
                cell(standing.concordant),
            ];
            let figures: [Option<String>; 11] = match self.figures(&station.id).map(|results| &results.account) {
                None => std::array::from_fn(|_| cell("")),
                Some(a) => [
                    cell(a.registered),
                    cell(a.checked_in.map_or_else(String::new, |n| n.to_string())),
                    cell(a.received),
                    cell(a.used),
                    cell(a.spoiled),
                    cell(a.unused),
                    cell(a.cast),
                    cell(a.valid),
                    cell(a.blank),
                    cell(a.invalid),
                    cell(a.unread),
                ],
            };
            let mask = |cells: Vec<Option<String>>, shown: bool| {
                cells.into_iter().map(move |cell| cell.filter(|_| shown)).collect::<Vec<_>>()
            };
            [head.to_vec(), mask(rests_on.to_vec(), evidence), mask(figures.to_vec(), !evidence)].concat()
        })
    }

    /// One row per station, contest and option.
    fn station_rows(&self, evidence: bool) -> impl Iterator<Item = Row> {
        self.reporting().flat_map(move |station| {
            let standing = self.standing(&station.id);
            let results = self.figures(&station.id);
            self.def.contests_at(station).flat_map(move |contest| {
                let figures = results.and_then(|results| results.contests.iter().find(|c| c.contest == contest.id));
                self.def.counted_in(&contest.id).into_iter().map(move |option| {
                    let votes = figures.and_then(|figures| figures.votes.get(&option));
                    vec![
                        cell(&station.id),
                        cell(&station.office),
                        cell(&station.centre),
                        cell(station.kind.as_str()),
                        cell(&contest.id),
                        cell(standing.standing.as_str()).filter(|_| evidence),
                        yes_no(standing.counted.is_some()).filter(|_| evidence),
                        cell(&option),
                        cell(votes.map_or_else(String::new, ToString::to_string)).filter(|_| !evidence),
                    ]
                })
            })
        })
    }

    /// V.501.
    fn standings(&self) -> Check {
        let mut check = Check::new(CheckId::Standings);
        compare(&mut check, self.folder, "results/accounts.csv", &ACCOUNTS, self.account_rows(true));
        compare(&mut check, self.folder, "results/stations.csv", &STATIONS, self.station_rows(true));
        check
    }

    /// V.601.
    fn station_figures(&self) -> Check {
        let mut check = Check::new(CheckId::StationFigures);
        compare(&mut check, self.folder, "results/accounts.csv", &ACCOUNTS, self.account_rows(false));
        compare(&mut check, self.folder, "results/stations.csv", &STATIONS, self.station_rows(false));
        check
    }

    /// V.502.
    fn channels(&self) -> Check {
        let mut check = Check::new(CheckId::Channels);
        let offices: Vec<&OfficeId> = self.def.offices.iter().map(|office| &office.id).collect();
        let mut counts: BTreeMap<&OfficeId, [u32; 17]> = offices.iter().map(|id| (*id, [0; 17])).collect();
        let mut all = [0; 17];
        for station in self.reporting() {
            let standing = self.standing(&station.id);
            let own = counts.entry(&station.office).or_default();
            for (index, yes) in facts(standing).into_iter().enumerate() {
                own[index] += u32::from(yes);
                all[index] += u32::from(yes);
            }
            if standing.network.is_empty() {
                check.records(
                    format!("station {}", station.id),
                    "match.missing_network",
                    "nothing came over the network",
                );
            }
            if standing.stick.is_empty() {
                check.records(format!("station {}", station.id), "match.missing_stick", "no stick came");
            }
            if standing.has_both() && !standing.is_identical() {
                check.records(format!("station {}", station.id), "match.differing", "network and stick differ");
            }
        }
        let row = |id: &str, name: Option<&Text>, figures: &[u32; 17]| -> Row {
            let names = names(name);
            [vec![cell(id)], names.to_vec(), figures.iter().map(cell).collect()].concat()
        };
        let mut rows: Vec<Row> = self
            .def
            .offices
            .iter()
            .map(|office| row(office.id.as_str(), Some(&office.name), &counts[&office.id]))
            .collect();
        rows.push(row("all", None, &all));
        compare(&mut check, self.folder, "results/status.csv", &STATUS, rows.into_iter());
        match &self.state.last_match {
            None => check.misses("record/", "match.none", "the record has no comparison of the two channels"),
            Some(last) => {
                check.expect(*last == self.state.compare(self.def), "record/", "match.outdated", || {
                    "the latest comparison in the record is older than what it compares".into()
                });
            }
        }
        check
    }

    /// V.503.
    fn decisions(&self) -> Check {
        let mut check = Check::new(CheckId::Decisions);
        for station in self.reporting() {
            let standing = self.standing(&station.id);
            let place = format!("station {}", station.id);
            let orders = self.state.evidence[&station.id].heads.iter().map(|(_, order)| order.reason.as_str());
            let reasons = orders.collect::<Vec<_>>().join("; ");
            let reasons = if reasons.is_empty() { "no order".to_owned() } else { reasons };
            match (standing.counted, standing.standing) {
                (Some(_), Standing::Cancelled | Standing::NotOpened | Standing::SubJudice) => {
                    check.fails(place, "decision.counted", "is counted, though an order leaves it out");
                }
                (Some(_), _) if standing.by_order => {
                    check.records(place, "decision.by_order", format!("counted by order: {reasons}"))
                }
                (Some(_), _) => check.holds(),
                (None, state) => {
                    check.records(place, &format!("standing.{}", state.as_str()), format!("not counted: {reasons}"))
                }
            }
        }
        check
    }

    /// V.602: what the stations of each office brought, compared with `offices.csv`.
    fn offices(&self, check: &mut Check, sums: &BTreeMap<(&OfficeId, &ContestId), ContestTotals>) {
        let pairs = self.def.offices.iter().flat_map(|office| {
            self.def
                .contests
                .iter()
                .filter_map(move |contest| Some((&office.id, &contest.id, sums.get(&(&office.id, &contest.id))?)))
        });
        let rows = pairs.flat_map(|(office, contest, sum)| {
            let row =
                move |name: &str, votes: u64| -> Row { vec![cell(office), cell(contest), cell(name), cell(votes)] };
            let sums =
                [("_ballots", sum.ballots), ("_valid", sum.valid), ("_blank", sum.blank), ("_invalid", sum.invalid)];
            let options = self.def.counted_in(contest).into_iter();
            let votes = move |option: &OptionId| sum.votes.get(option).copied().unwrap_or(0);
            let sums = sums.map(|(name, votes)| row(name, votes)).into_iter();
            sums.chain(options.map(move |option| row(option.as_str(), votes(&option))))
        });
        compare(check, self.folder, "results/offices.csv", &["office", "contest", "option", "votes"], rows);
    }

    /// V.602: the sums of the counted stations, compared with `totals.csv`.
    fn totals(&self, check: &mut Check) -> BTreeMap<ContestId, ContestTotals> {
        let mut sums: BTreeMap<ContestId, ContestTotals> = BTreeMap::new();
        for contest in &self.def.contests {
            let votes = self.def.counted_in(&contest.id).into_iter().map(|option| (option, 0)).collect();
            sums.insert(contest.id.clone(), ContestTotals { votes, ..ContestTotals::default() });
        }
        let mut offices: BTreeMap<(&OfficeId, &ContestId), ContestTotals> = BTreeMap::new();
        for (station, results) in self.counted() {
            for figures in results.into_iter().flat_map(|results| &results.contests) {
                let place = || format!("station {}", station.id);
                let Some(sum) = sums.get_mut(&figures.contest) else {
                    check.fails(
                        place(),
                        "totals.contest",
                        format!("has figures of '{}', which is no contest", figures.contest),
                    );
                    continue;
                };
                let unknown = add(sum, figures);
                if let Some(option) = unknown {
                    check.fails(
                        place(),
                        "totals.option",
                        format!("has votes of '{option}', which cannot be voted for"),
                    );
                }
                let of_office = offices.entry((&station.office, &figures.contest)).or_insert_with(|| ContestTotals {
                    votes: sum.votes.keys().map(|option| (option.clone(), 0)).collect(),
                    ..ContestTotals::default()
                });
                add(of_office, figures);
            }
        }
        self.offices(check, &offices);
        let rows = sums.iter().flat_map(|(contest, sum)| {
            let sums =
                [("_ballots", sum.ballots), ("_valid", sum.valid), ("_blank", sum.blank), ("_invalid", sum.invalid)];
            let sums = sums.into_iter().map(move |(name, votes)| {
                [vec![cell(contest), cell(name)], names(None).to_vec(), vec![cell(votes)]].concat()
            });
            let options = self.def.counted_in(contest).into_iter().map(move |option: OptionId| {
                let votes = sum.votes.get(&option).copied().unwrap_or(0);
                let names = names(self.def.option_name(&option)).to_vec();
                [vec![cell(contest), cell(&option)], names, vec![cell(votes)]].concat()
            });
            sums.chain(options)
        });
        compare(check, self.folder, "results/totals.csv", &TOTALS, rows);
        sums
    }
}

/// Adds a station's figures of one contest; gives the first option that the contest does not have.
fn add<'a>(sum: &mut ContestTotals, figures: &'a package::ContestResults) -> Option<&'a OptionId> {
    // A station's figures are below 2³², and there are fewer than 2³² stations: 64 bits hold every sum.
    sum.ballots += u64::from(figures.ballots);
    sum.valid += u64::from(figures.valid);
    sum.blank += u64::from(figures.blank);
    sum.invalid += u64::from(figures.invalid);
    let mut unknown = None;
    for (option, votes) in &figures.votes {
        match sum.votes.get_mut(option) {
            Some(sum) => *sum += u64::from(*votes),
            None => unknown = unknown.or(Some(option)),
        }
    }
    unknown
}

/// The facts that `status.csv` counts, in the order of its columns.
fn facts(s: &StationStanding) -> [bool; 17] {
    let (network, stick) = (!s.network.is_empty(), !s.stick.is_empty());
    let identical = network && stick && s.network.len() == 1 && s.network == s.stick;
    let is = |standing| s.standing == standing;
    [
        true,
        network,
        stick,
        network && stick,
        identical,
        network && stick && !identical,
        !stick,
        !network,
        is(Standing::Arrived),
        is(Standing::Matched),
        is(Standing::Confirmed),
        is(Standing::Quarantined),
        is(Standing::SubJudice),
        is(Standing::Cancelled),
        is(Standing::NotOpened),
        s.counted.is_some(),
        s.counted.is_some() && s.by_order,
    ]
}

pub(crate) fn names(name: Option<&Text>) -> [Option<String>; 3] {
    name.map_or_else(|| std::array::from_fn(|_| cell("")), |name| [words(&name.ar), words(&name.ckb), words(&name.en)])
}

const ACCOUNTS: [&str; 22] = [
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
];
const STATIONS: [&str; 9] =
    ["station", "office", "centre", "kind", "contest", "standing", "counted", "option", "votes"];
const STATUS: [&str; 21] = [
    "office",
    "name_ar",
    "name_ckb",
    "name_en",
    "expected",
    "network",
    "stick",
    "both",
    "identical",
    "different",
    "missing_stick",
    "missing_network",
    "arrived",
    "matched",
    "confirmed",
    "quarantined",
    "sub_judice",
    "cancelled",
    "not_opened",
    "counted",
    "counted_by_order",
];
const TOTALS: [&str; 6] = ["contest", "option", "name_ar", "name_ckb", "name_en", "votes"];
