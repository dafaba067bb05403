//! Could what is open change a seat? Every station that something is open about is taken out of the sums; all voters of its
//! register may then fall anywhere.

use std::collections::{BTreeMap, BTreeSet};

use election::{ContestId, Definition, Digest, StationId, ThresholdOver};
use package::StationResults;
use tally::{ContestTotals, TotalsError};

use super::{About, Against, Matter};
use crate::entry::{Content, Effect};
use crate::fold::State;
use crate::from_slips::{self, ContestFromSlips};
use crate::outcome::{Figures, Outcome};
use crate::standing::{Evidence, Standing, StationStanding};

/// The station that an open matter is about, if it is about one that reports.
pub fn station_of<'a>(state: &'a State, def: &Definition, matter: &'a Matter) -> Option<&'a StationId> {
    let station = match matter {
        Matter::Station(station) | Matter::Recount(station) => Some(station),
        Matter::Complaint(case) | Matter::Appeal(case) => state.docket.station_of(case),
        Matter::Injunction(_) => None,
    }?;
    // What was said of a station whose ballots lie in another's box is about that box.
    let own = def.station(station)?;
    Some(own.count_with.as_ref().map_or(station, |with| state.evidence.get_key_value(with).map_or(station, |e| e.0)))
}

/// Stations that something is open about, with the most ballots each may hold.
pub fn disputed(def: &Definition, state: &State, outcome: &Outcome) -> BTreeMap<StationId, u64> {
    let open = state.open_matters(def);
    let stations: BTreeSet<&StationId> = open.iter().filter_map(|matter| station_of(state, def, matter)).collect();
    let bound = |id: &StationId| outcome.registers.bounds.get(id).map_or(0, |bound| bound.figure);
    stations.into_iter().map(|id| (id.clone(), bound(id))).collect()
}

/// Contests that a matter without a station is open about: of a list or candidate its own, of a step of the procedure or of
/// the results as a whole all. Nothing of them is sure, whatever the figures.
fn doubted<'a>(def: &'a Definition, state: &State) -> BTreeSet<&'a ContestId> {
    let mut found = BTreeSet::new();
    for matter in state.open_matters(def) {
        let case = match &matter {
            Matter::Complaint(case) => Some(case),
            Matter::Appeal(case) => match state.docket.appeals.get(case).map(|case| &case.appeal.against) {
                Some(Against::Resolution(case)) => Some(case),
                _ => None,
            },
            Matter::Injunction(_) | Matter::Station(_) | Matter::Recount(_) => continue,
        };
        let about = case.and_then(|case| state.docket.complaints.get(case)).map(|case| &case.complaint.about);
        match about {
            Some(About::Station(station)) if def.station(station).is_some() => {}
            Some(About::Candidate(option)) if def.option_name(option).is_some() => {
                found.extend(
                    def.contests.iter().map(|contest| &contest.id).filter(|id| def.counted_in(id).contains(option)),
                );
            }
            _ => found.extend(def.contests.iter().map(|contest| &contest.id)),
        }
    }
    found
}

/// Each contest with the stations that nothing is open about counted, and what the others could do to it.
///
/// # Errors
///
/// [`TotalsError`] where a sum is beyond 64 bits.
pub fn contests(
    def: &Definition,
    state: &State,
    outcome: &Outcome,
    figures: &Figures,
) -> Result<Vec<ContestFromSlips>, TotalsError> {
    let disputed = disputed(def, state, outcome);
    let sure = outcome.stations.iter().filter(|(id, _)| !disputed.contains_key(*id));
    let counted: BTreeMap<&StationId, &StationResults> =
        sure.filter_map(|(id, own)| Some((id, figures.get(&own.counted?.figures())?))).collect();
    // A box may hold more ballots than its register has voters.
    let used = |id: &StationId| {
        let contents = outcome.stations.get(id).into_iter().flat_map(|own| own.network.union(&own.stick));
        let by_hand = state.evidence.get(id).into_iter().flat_map(|evidence| evidence.hand_counts.keys());
        let counts = contents.map(|content| &content.results).chain(by_hand);
        counts.filter_map(|count| Some(u64::from(figures.get(count)?.account.used))).max().unwrap_or(0)
    };
    let open = |id: &StationId| disputed.get(id).map_or(0, |bound| (*bound).max(used(id)));
    let mut contests = from_slips::contests(def, &counted, &open)?;
    let doubted = doubted(def, state);
    for own in contests.iter_mut().filter(|own| doubted.contains(&own.contest)) {
        own.is_decided = false;
        own.runners.iter_mut().for_each(|runner| runner.sure = 0);
    }
    Ok(contests)
}

/// Contests whose division of seats nothing open can change: each seat is sure, or nothing is open about them, nor about any other where a
/// threshold is over the whole election.
///
/// # Errors
///
/// [`TotalsError`] where a sum is beyond 64 bits.
pub fn settled(
    def: &Definition,
    state: &State,
    outcome: &Outcome,
    figures: &Figures,
) -> Result<BTreeSet<ContestId>, TotalsError> {
    if state.open_matters(def).is_empty() {
        return Ok(def.contests.iter().map(|contest| contest.id.clone()).collect());
    }
    let (all, doubted) = (contests(def, state, outcome, figures)?, doubted(def, state));
    let is_untouched = |own: &ContestFromSlips| own.open == 0 && !doubted.contains(&own.contest);
    let is_nothing_open = all.iter().all(is_untouched);
    let is_settled = |own: &&ContestFromSlips| {
        let rules = def.rules.seats_of(&own.contest);
        let is_of_all = rules.threshold.is_some() && rules.threshold_over == ThresholdOver::Election;
        (own.seats > 0 && own.sure() >= own.seats) || (is_untouched(own) && (is_nothing_open || !is_of_all))
    };
    Ok(all.iter().filter(is_settled).map(|own| own.contest.clone()).collect())
}

/// The figures that the orders of a station sub judice are to count; where none counts any, those of its one content.
fn ordered(evidence: &Evidence, own: &StationStanding) -> BTreeSet<Digest> {
    let contents: BTreeSet<&Content> = own.network.union(&own.stick).collect();
    let counts = |effect: &Effect| match effect {
        Effect::Count(content) => contents.contains(content).then_some(content.results),
        Effect::CountHand(leaf) => Some(*leaf),
        Effect::NotOpened | Effect::Cancel | Effect::Restore => None,
    };
    let ordered: BTreeSet<Digest> = evidence.effects().into_iter().filter_map(counts).collect();
    if ordered.is_empty() && contents.len() == 1 {
        return contents.iter().map(|content| content.results).collect();
    }
    ordered
}

/// One of several figures that were ordered of a station; none stands for every station of which one alone was.
pub type Choice = Option<(StationId, Digest)>;

/// Of contests with stations sub judice: the totals with the figures that were ordered of them, beside those that count
/// without. Where orders name several figures of a station each has its own totals, upon those of the first choice.
pub fn with_sub_judice(
    state: &State,
    outcome: &Outcome,
    figures: &Figures,
) -> Result<BTreeMap<ContestId, BTreeMap<Choice, ContestTotals>>, TotalsError> {
    let mut choices: Vec<(Choice, Digest)> = Vec::new();
    for (id, own) in outcome.stations.iter().filter(|(_, own)| own.standing == Standing::SubJudice) {
        let ordered = state.evidence.get(id).map(|evidence| ordered(evidence, own)).unwrap_or_default();
        let is_one_of_several = ordered.len() > 1;
        choices.extend(ordered.into_iter().map(|name| (is_one_of_several.then(|| (id.clone(), name)), name)));
    }
    // What was ordered alone comes first: the others are added to it.
    choices.sort();
    let mut with: BTreeMap<ContestId, BTreeMap<Choice, ContestTotals>> = BTreeMap::new();
    for (choice, name) in choices {
        for contest in figures.get(&name).into_iter().flat_map(|results| &results.contests) {
            let Some(without) = outcome.totals.get(&contest.contest) else { continue };
            let own = with.entry(contest.contest.clone()).or_default();
            let first = own.get(&Choice::None).unwrap_or(without).clone();
            own.entry(choice.clone()).or_insert(first).add(&ContestTotals {
                ballots: contest.ballots.into(),
                valid: contest.valid.into(),
                blank: contest.blank.into(),
                invalid: contest.invalid.into(),
                votes: contest.votes.iter().map(|(option, votes)| (option.clone(), (*votes).into())).collect(),
            })?;
        }
    }
    Ok(with)
}
