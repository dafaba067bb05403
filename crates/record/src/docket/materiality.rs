//! Could what is open change a seat? Every station that something is open about is taken out of the sums; all voters of its
//! register may then fall anywhere.

use std::collections::{BTreeMap, BTreeSet};

use election::{CaseId, ContestId, Definition, StationId};
use package::StationResults;
use tally::{ContestTotals, TotalsError};

use super::{About, Against, Matter};
use crate::fold::State;
use crate::from_slips::{self, ContestFromSlips};
use crate::outcome::{Figures, Outcome};
use crate::standing::Standing;

/// The station that an open matter is about, if it is about one that reports.
pub fn station_of<'a>(state: &'a State, def: &Definition, matter: &'a Matter) -> Option<&'a StationId> {
    let of_complaint = |case: &CaseId| match &state.docket.complaints.get(case)?.complaint.about {
        About::Station(station) => Some(station),
        About::Candidate(_) | About::Step(_) => None,
    };
    let station = match matter {
        Matter::Station(station) => Some(station),
        Matter::Complaint(case) => of_complaint(case),
        Matter::Appeal(case) => match &state.docket.appeals.get(case)?.appeal.against {
            Against::Resolution(case) => of_complaint(case),
            Against::Announcement(_) => None,
        },
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
        sure.filter_map(|(id, own)| Some((id, figures.get(&own.counted?.results)?))).collect();
    from_slips::contests(def, &counted, &|id| disputed.get(id).copied().unwrap_or(0))
}

/// Of contests with stations sub judice whose copies agree: the totals with all of them, beside those that count without.
pub fn with_sub_judice(
    outcome: &Outcome,
    figures: &Figures,
) -> Result<BTreeMap<ContestId, ContestTotals>, TotalsError> {
    let mut with: BTreeMap<ContestId, ContestTotals> = BTreeMap::new();
    for own in outcome.stations.values().filter(|own| own.standing == Standing::SubJudice) {
        let contents: BTreeSet<_> = own.network.union(&own.stick).collect();
        let mut contents = contents.into_iter();
        let (Some(content), None) = (contents.next(), contents.next()) else { continue };
        for contest in figures.get(&content.results).into_iter().flat_map(|results| &results.contests) {
            let Some(without) = outcome.totals.get(&contest.contest) else { continue };
            let total = with.entry(contest.contest.clone()).or_insert_with(|| without.clone());
            total.add(&ContestTotals {
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
