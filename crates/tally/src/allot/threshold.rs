//! Which lists of a contest stay below the threshold, and what it is a share of (R.302, R.308).

use std::collections::{BTreeMap, BTreeSet};

use election::{ContestKind, List, OptionId, ThresholdOf, ThresholdOver, ThresholdUnmet};

use super::{Case, Step, lists};
use crate::ContestTotals;
use crate::withdrawn::Withdrawn;

/// Votes that a threshold is a share of, in one contest or in all contests of lists together.
#[derive(Default)]
struct Base {
    /// All valid votes, or those of the lists that compete.
    of: u64,
    /// By list in one contest, by party in all.
    votes: BTreeMap<String, u64>,
}

impl Base {
    fn key(over: ThresholdOver, list: &List) -> &str {
        match over {
            ThresholdOver::Contest => list.id.as_str(),
            ThresholdOver::Election => list.party.as_str(),
        }
    }

    /// Adds one contest.
    fn add(&mut self, of: ThresholdOf, over: ThresholdOver, totals: &ContestTotals, competing: &[&List]) {
        let mut own = 0u64;
        for list in competing {
            let votes = totals.votes_of(list.id.as_str());
            own = own.saturating_add(votes);
            let sum = self.votes.entry(Base::key(over, list).to_owned()).or_default();
            *sum = sum.saturating_add(votes);
        }
        self.of = self.of.saturating_add(match of {
            ThresholdOf::Valid => totals.valid,
            ThresholdOf::Competing => own,
        });
    }
}

fn base(case: &Case<'_>, competing: &[&List]) -> Base {
    let (of, over) = (case.rules.threshold_of, case.rules.threshold_over);
    let mut base = Base::default();
    if over == ThresholdOver::Contest {
        base.add(of, over, &case.totals, competing);
        return base;
    }
    let of_lists = case.def.contests.iter().filter(|c| !matches!(c.kind, ContestKind::Candidates { .. }));
    for contest in of_lists {
        let Some(counted) = case.all.get(&contest.id) else { continue };
        let withdrawn = Withdrawn::of(case.def, contest, case.rulings.withdrawn);
        let counted = withdrawn.after(case.def, contest, counted, case.rulings.rules.votes.withdrawn);
        base.add(of, over, &counted, &lists::competing(case.def, contest, &withdrawn));
    }
    base
}

/// The lists that take no seat because of the threshold; the steps say why.
pub(super) fn below(case: &Case<'_>, competing: &[&List], steps: &mut Vec<Step>) -> BTreeSet<OptionId> {
    let rules = case.rules;
    let Some(threshold) = rules.threshold else { return BTreeSet::new() };
    let base = base(case, competing);
    let votes = |list: &List| base.votes.get(Base::key(rules.threshold_over, list)).copied().unwrap_or(0);
    let mut below: Vec<&&List> = competing.iter().filter(|list| !threshold.is_reached(votes(list), base.of)).collect();
    below.sort_by(|a, b| a.id.cmp(&b.id));
    if below.len() == competing.len() && !below.is_empty() {
        let choice = rules.threshold_unmet;
        steps.push(Step::ThresholdUnmet { threshold, choice });
        if choice == ThresholdUnmet::Waived {
            return BTreeSet::new();
        }
    }
    for list in &below {
        let list = lists::who(list, votes(list));
        let (base_of, over) = (rules.threshold_of, rules.threshold_over);
        steps.push(Step::BelowThreshold { list, threshold, of: base.of, base: base_of, over });
    }
    below.into_iter().map(|list| OptionId::from(&list.id)).collect()
}
