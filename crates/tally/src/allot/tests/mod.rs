//! Allotments whose figures were worked out by hand.

mod lists;
mod properties;
mod quota;
mod ties;
mod withdrawals;

use election::{
    Definition, FewWomen, Lang, QuotaOrder, QuotaOvershoot, ReservedSeats, ShortList, ThresholdOf, ThresholdOver,
    ThresholdUnmet, TiesOfCandidates, TiesOfLists, WithdrawnVotes, WomenQuota,
};

use super::*;
use crate::testing::{definition, id, list, text};

/// A contest of open lists with the quota.
fn open(seats: u16) -> (Definition, ContestTotals) {
    let mut def = definition(ContestKind::OpenList, seats);
    def.rules.seats.women = WomenQuota::QuarterRoundedHalfUp;
    (def, ContestTotals::default())
}

fn run(def: &Definition, totals: &ContestTotals, lots: &[LotOutcome]) -> Allotment {
    try_run(def, totals, lots).unwrap()
}

fn try_run(def: &Definition, totals: &ContestTotals, lots: &[LotOutcome]) -> Result<Allotment, AllotError> {
    try_without(def, totals, lots, &[])
}

/// The allotment where these withdrew by a leaf of the record.
fn try_without(
    def: &Definition,
    totals: &ContestTotals,
    lots: &[LotOutcome],
    withdrawn: &[&str],
) -> Result<Allotment, AllotError> {
    let all = BTreeMap::from([(def.contests[0].id.clone(), totals.clone())]);
    let withdrawn = withdrawn.iter().map(|option| id(option)).collect();
    allot(def, &def.contests[0], &all, Rulings { rules: &def.rules, withdrawn: &withdrawn, lots })
}

/// Everything that is told, in English and without the marks of direction.
fn told(allotment: &Allotment) -> Vec<String> {
    let said = allotment.steps.iter().map(|step| format!("{} {}", step.rule(), step.say(Lang::En)));
    said.map(|said| said.replace(['\u{2068}', '\u{2069}'], "")).collect()
}

/// A choice of the rule file that the allotment names, in all three languages.
fn names_choice(allotment: &Allotment, key: &str, word: &str) -> bool {
    let step = allotment.steps.iter().find(|step| step.choice() == Some((key, word)));
    step.is_some_and(|step| Lang::ALL.iter().all(|lang| step.say(*lang).contains(word)))
}

fn names(allotment: &Allotment) -> Vec<&str> {
    allotment.elected.iter().map(|e| e.candidate.as_str()).collect()
}

fn rules(allotment: &Allotment) -> Vec<&'static str> {
    allotment.steps.iter().map(Step::rule).collect()
}

/// The outcome of the only lot that is needed.
fn draws(allotment: &Allotment, names: &[&str]) -> LotOutcome {
    let [lot] = &allotment.lots_needed[..] else { panic!("{:?}", allotment.lots_needed) };
    LotOutcome { id: lot.id.clone(), drawn: names.iter().map(|n| id(n)).collect() }
}
