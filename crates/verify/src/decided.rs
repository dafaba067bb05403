//! V.505, V.506, V.605 and V.704: letters and openings, amendments, remarks and withdrawals, worked out again from the
//! record, the definition and the packages by code of this crate's own.

use std::collections::{BTreeMap, BTreeSet};

use election::{
    Contest, ContestId, ContestKind, Definition, Lang, OptionId, Register, Station, StationId, WithdrawnVotes,
};
use package::{BallotAccount, StationResults};
use record::State;
use record::decisions::Candidacy;
use record::remarks::Remark;
use tally::ContestTotals;

use crate::csvs::{Row, cell, compare, words, yes_no};
use crate::folder::Folder;
use crate::report::Check;
use crate::table::CheckId;

/// What is known of one station's figure.
struct Letters<'a> {
    station: &'a Station,
    /// The letters with their figures, the one of `stations.csv` first.
    all: Vec<(&'a str, u32)>,
    follows: &'a str,
    registered: u32,
    how: &'static str,
}

impl Letters<'_> {
    fn is_decided(&self) -> bool {
        self.how == "agreed" || self.how == "opening"
    }
}

/// What a box may hold.
struct Bound {
    figure: u128,
    register: Register,
}

/// The letters of every station, in the order of the definition.
pub struct Registers<'a> {
    letters: Vec<Letters<'a>>,
    bounds: BTreeMap<&'a StationId, Bound>,
}

impl<'a> Registers<'a> {
    pub fn of(def: &'a Definition, state: &'a State) -> Self {
        let mut further: BTreeMap<&StationId, Vec<(&str, u32)>> = BTreeMap::new();
        for letter in &def.registrations {
            further.entry(&letter.station).or_default().push((letter.source.as_str(), letter.registered));
        }
        let mut registers = Registers { letters: Vec::new(), bounds: BTreeMap::new() };
        for station in &def.stations {
            let mut all = vec![(station.source.as_str(), station.registered)];
            all.extend(further.remove(&station.id).unwrap_or_default());
            let disagree = all.iter().any(|(_, figure)| *figure != station.registered);
            let openings = state.evidence.get(&station.id).into_iter().flat_map(|evidence| &evidence.openings);
            let named: BTreeSet<&str> = openings.map(|(_, opening)| opening.follows.as_str()).collect();
            let one = named.first().copied().filter(|_| named.len() == 1);
            let (follows, how) = match one {
                Some(follows) => (follows, "opening"),
                None if !disagree => (station.source.as_str(), "agreed"),
                None if named.is_empty() => (station.source.as_str(), "undecided"),
                None => (station.source.as_str(), "contradicting"),
            };
            // The fold has seen that an opening names a letter of the station.
            let registered =
                all.iter().find(|(id, _)| *id == follows).map_or(station.registered, |(_, figure)| *figure);
            let none = Bound { figure: 0, register: Register::Fixed };
            let bound = registers.bounds.entry(station.count_with.as_ref().unwrap_or(&station.id)).or_insert(none);
            bound.figure += u128::from(registered);
            if station.register == Register::Conditional {
                bound.register = Register::Conditional;
            }
            registers.letters.push(Letters { station, all, follows, registered, how });
        }
        registers
    }

    /// V.505.
    pub fn check(&self, def: &Definition, folder: &Folder) -> Check {
        let mut check = Check::new(CheckId::Letters);
        for own in self.letters.iter().filter(|own| !own.is_decided()) {
            let told: Vec<String> = own.all.iter().map(|(id, figure)| format!("{id} {figure}")).collect();
            let what =
                format!("letters give {}; the bound is {} until an opening decides", told.join(", "), own.registered);
            check.records(format!("station {}", own.station.id), &format!("letters.{}", own.how), what);
        }
        let sources: BTreeMap<&str, &election::Source> = def.sources.iter().map(|s| (s.id.as_str(), s)).collect();
        let rows = self.letters.iter().flat_map(|own| {
            own.all.iter().map(|(id, figure)| -> Row {
                let source = sources.get(id);
                let register = match own.station.register {
                    Register::Fixed => "fixed",
                    Register::Conditional => "conditional",
                };
                vec![
                    cell(&own.station.id),
                    cell(&own.station.office),
                    cell(register),
                    cell(id),
                    source.and_then(|s| words(&s.body)),
                    source.and_then(|s| words(&s.number)),
                    source.and_then(|s| cell(s.date)),
                    source.and_then(|s| cell(s.sha256)),
                    cell(figure),
                    yes_no(*id == own.follows),
                    cell(own.how),
                ]
            })
        });
        compare(&mut check, folder, "results/letters.csv", &LETTERS, rows);
        check
    }

    /// V.605: the remarks on every station, from `figures`: those that count, or all of a station that is not counted.
    pub fn remarks<'b>(
        &self,
        def: &'b Definition,
        state: &State,
        folder: &Folder,
        figures: impl Fn(&StationId) -> Vec<&'b StationResults>,
    ) -> Check {
        let mut check = Check::new(CheckId::Remarks);
        let mut found: BTreeMap<&StationId, BTreeSet<Remark>> = BTreeMap::new();
        for station in def.stations.iter().filter(|s| s.count_with.is_none()) {
            let Some(bound) = self.bounds.get(&station.id) else { continue };
            for results in figures(&station.id) {
                found.entry(&station.id).or_default().extend(of_account(&results.account, bound));
            }
        }
        for own in self.letters.iter().filter(|own| !own.is_decided()) {
            let told: Vec<String> = own.all.iter().map(|(id, figure)| format!("{id} {figure}")).collect();
            let detail = format!("{}: {} ({})", own.station.id, told.join("; "), own.how);
            let of = own.station.count_with.as_ref().unwrap_or(&own.station.id);
            found.entry(of).or_default().insert(Remark { rule: "R.210", figures: None, detail });
        }
        let reports = |id: &&StationId| def.stations.iter().any(|s| s.id == **id && s.count_with.is_none());
        for refused in &state.refused {
            if let Some(station) = refused.station.as_ref().filter(reports) {
                let detail = format!("{} {}", refused.medium.as_str(), refused.code);
                found.entry(station).or_default().insert(Remark { rule: "R.209", figures: None, detail });
            }
        }
        let clean = def.stations.iter().filter(|s| s.count_with.is_none() && !found.contains_key(&s.id)).count();
        (0..clean).for_each(|_| check.holds());
        for (station, remarks) in &found {
            for remark in remarks {
                let code = format!("remark.{}", remark.rule);
                check.records(format!("station {station}"), &code, remark.say(Lang::En));
            }
        }
        let rows = def.stations.iter().flat_map(|station| {
            found.get(&station.id).into_iter().flatten().map(move |remark| -> Row {
                let figure = |at: fn((u128, u128)) -> u128| remark.figures.map_or(cell(""), |both| cell(at(both)));
                let [ar, ckb, en] = Lang::ALL.map(|lang| words(&remark.say(lang)));
                vec![
                    cell(&station.id),
                    cell(&station.office),
                    cell(remark.rule),
                    figure(|both| both.0),
                    figure(|both| both.1),
                    cell(&remark.detail),
                    cell(state.freeze.manifest),
                    ar,
                    ckb,
                    en,
                ]
            })
        });
        compare(&mut check, folder, "results/remarks.csv", &REMARKS, rows);
        check
    }
}

/// The rules R.201 to R.208 on one account, with the bound that follows from the openings.
fn of_account(a: &BallotAccount, bound: &Bound) -> Vec<Remark> {
    let mut found = Vec::new();
    let mut add = |broken: bool, rule, left: u128, right: u128| {
        if broken {
            found.push(Remark { rule, figures: Some((left, right)), detail: String::new() });
        }
    };
    let sum = |figures: &[u32]| -> u128 { figures.iter().map(|figure| u128::from(*figure)).sum() };
    let sums = [
        ("R.201", a.received, sum(&[a.used, a.spoiled, a.unused])),
        ("R.202", a.used, sum(&[a.cast, a.unread])),
        ("R.203", a.cast, sum(&[a.valid, a.blank, a.invalid])),
    ];
    for (rule, whole, parts) in sums {
        add(u128::from(whole) != parts, rule, whole.into(), parts);
    }
    let used = u128::from(a.used);
    let of_register = if bound.register == Register::Fixed { "R.204" } else { "R.206" };
    add(used > bound.figure, of_register, used, bound.figure);
    if let Some(checked_in) = a.checked_in.map(u128::from) {
        add(used > checked_in, "R.205", used, checked_in);
        add(checked_in > bound.figure && bound.register == Register::Fixed, "R.207", checked_in, bound.figure);
    }
    add(used == bound.figure && used > 0, "R.208", used, bound.figure);
    found
}

/// V.506: each change of a rule is named, and the table has exactly these.
pub fn amendments(state: &State, folder: &Folder) -> Check {
    let mut check = Check::new(CheckId::Amendments);
    let amendments = &state.decisions.amendments;
    let said = |value: &Option<String>| value.clone().unwrap_or_default();
    for leaf in amendments {
        let what =
            format!("'{}' was '{}' and is '{}': {}", leaf.key, said(&leaf.before), said(&leaf.after), leaf.reason);
        check.records("the rules", "rules.amended", what);
    }
    if amendments.is_empty() {
        check.holds();
    }
    let rows = (1u32..).zip(amendments).map(|(number, leaf)| -> Row {
        let (before, after) = (said(&leaf.before), said(&leaf.after));
        vec![cell(number), words(&leaf.key), words(&before), words(&after), words(&leaf.reason), words(&leaf.basis)]
    });
    compare(&mut check, folder, "results/amendments.csv", &AMENDMENTS, rows);
    check
}

/// V.704: who withdrew after printing, and the figures before and after.
pub fn withdrawals(
    def: &Definition,
    state: &State,
    folder: &Folder,
    totals: &BTreeMap<ContestId, ContestTotals>,
) -> Check {
    let mut check = Check::new(CheckId::Withdrawals);
    let rows: Vec<Row> =
        def.contests.iter().flat_map(|contest| of_contest(def, state, contest, &totals[&contest.id])).collect();
    if rows.is_empty() {
        check.holds();
    }
    compare(&mut check, folder, "results/withdrawals.csv", &WITHDRAWALS, rows.into_iter());
    check
}

fn of_contest(def: &Definition, state: &State, contest: &Contest, totals: &ContestTotals) -> Vec<Row> {
    let decisions = &state.decisions;
    let standing =
        |option: &OptionId| decisions.candidacies.get(option).and_then(|digest| decisions.withdrawals.get(digest));
    let gone = |option: &OptionId| standing(option).is_some_and(|leaf| leaf.candidacy == Candidacy::Withdrawn);
    let frozen: BTreeSet<OptionId> =
        def.candidates_of(&contest.id).filter(|c| c.withdrawn).map(|c| OptionId::from(&c.id)).collect();
    let mut options: BTreeSet<OptionId> = frozen.clone();
    options.extend(def.counted_in(&contest.id).into_iter().filter(|option| standing(option).is_some()));
    let votes = |option: &OptionId| totals.votes.get(option).copied().unwrap_or(0);
    // A list's votes, or a candidate's where there are no lists, are what whole ballots are worth.
    let on_list = |option: &OptionId| {
        def.candidates_of(&contest.id).any(|c| c.list.is_some() && c.id.as_str() == option.as_str())
    };
    let several = matches!(contest.kind, ContestKind::Candidates { vote_for } if vote_for > 1);
    let whole = options.iter().filter(|option| (frozen.contains(*option) || gone(option)) && !on_list(option));
    let moved = match decisions.rules.votes.withdrawn {
        WithdrawnVotes::Invalid if !several => whole.map(votes).sum::<u64>().min(totals.valid),
        _ => 0,
    };
    let row = |option: &OptionId| -> Row {
        let (by, withdrawn) = match (frozen.contains(option), gone(option)) {
            (true, _) => ("definition", true),
            (false, withdrawn) => ("record", withdrawn),
        };
        let (reason, basis) = standing(option).map_or(("", ""), |leaf| (leaf.reason.as_str(), leaf.basis.as_str()));
        let name = def.option_name(option).cloned().unwrap_or_default();
        vec![
            cell(&contest.id),
            cell(option),
            words(&name.ar),
            words(&name.ckb),
            words(&name.en),
            yes_no(withdrawn),
            cell(by),
            words(reason),
            words(basis),
            cell(votes(option)),
            cell(totals.valid),
            cell(totals.valid - moved),
            cell(totals.invalid),
            cell(totals.invalid + moved),
        ]
    };
    options.iter().map(row).collect()
}

const LETTERS: [&str; 11] =
    ["station", "office", "register", "source", "body", "number", "date", "sha256", "registered", "followed", "how"];
const REMARKS: [&str; 10] = ["station", "office", "rule", "left", "right", "detail", "rule_set", "ar", "ckb", "en"];
const AMENDMENTS: [&str; 6] = ["number", "key", "before", "after", "reason", "basis"];
const WITHDRAWALS: [&str; 14] = [
    "contest",
    "option",
    "name_ar",
    "name_ckb",
    "name_en",
    "withdrawn",
    "by",
    "reason",
    "basis",
    "votes",
    "valid_before",
    "valid_after",
    "invalid_before",
    "invalid_after",
];
