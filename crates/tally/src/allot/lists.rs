//! Seats of lists, and the candidates who take them.

use std::collections::BTreeMap;

use election::{Contest, ContestKind, Definition, List, OptionId, SeatMethod, ShortList};

use super::draw::Draw;
use super::{AllotError, Allotment, Case, Person, Place, SeatKind, Step, Who, quota, threshold};
use crate::lot::LotStage;
use crate::seats::{Apportionment, Lot, Quotient, Race};
use crate::withdrawn::Withdrawn;

/// A list with a general seat, and its people.
pub(super) struct Team<'a> {
    pub list: &'a List,
    pub votes: u64,
    pub seats: u64,
    /// Who has its seats.
    pub places: Vec<Place<'a>>,
    /// Who stands but has none.
    pub bench: Vec<Person<'a>>,
}

impl Team<'_> {
    pub fn who(&self) -> Who {
        who(self.list, self.votes)
    }
}

pub(super) fn who(list: &List, votes: u64) -> Who {
    Who { id: OptionId::from(&list.id), name: list.name.clone(), votes }
}

/// The lists that compete for the general seats of a contest (R.301, R.314), in ballot order.
pub(super) fn competing<'a>(def: &'a Definition, contest: &'a Contest, withdrawn: &Withdrawn) -> Vec<&'a List> {
    let stands = |list: &&List| list.reserved.is_none() && !withdrawn.named.contains_key(&OptionId::from(&list.id));
    def.lists_of(&contest.id).filter(stands).collect()
}

/// Lists, their candidates, and the women's quota.
pub(super) fn allot<'a>(case: &Case<'a>, draw: &mut Draw<'_>, out: &mut Allotment) -> Result<(), AllotError> {
    let lists = competing(case.def, case.contest, &case.withdrawn);
    let seats = list_seats(case, &lists, draw, out)?;
    out.vacant += seats.vacant;
    if seats.vacant > 0 {
        out.steps.push(Step::Vacant { seats: seats.vacant });
    }
    let won = |list: &List| seats.seats.get(&OptionId::from(&list.id)).copied().unwrap_or(0);
    out.list_seats = lists.iter().map(|l| (l.id.clone(), won(l))).collect();
    out.quotients = seats.quotients;
    if !draw.needed.is_empty() {
        return Ok(());
    }
    let mut teams: Vec<Team> = (lists.into_iter())
        .filter(|l| won(l) > 0)
        .map(|list| Team {
            list,
            votes: case.totals.votes_of(list.id.as_str()),
            seats: won(list),
            places: Vec::new(),
            bench: case.standing.iter().copied().filter(|p| p.candidate.list.as_ref() == Some(&list.id)).collect(),
        })
        .collect();
    teams.sort_by(|a, b| b.votes.cmp(&a.votes).then(a.list.id.cmp(&b.list.id)));
    for team in &mut teams {
        seat(case, team, draw, out)?;
    }
    if draw.needed.is_empty() {
        match case.contest.kind {
            ContestKind::OpenList => quota::apply(case, &mut teams, draw, &mut out.steps)?,
            _ if case.rules.women_owed(case.contest.seats) > 0 => out.steps.push(Step::QuotaNotApplied),
            _ => {}
        }
    }
    for team in &mut teams {
        if case.contest.kind == ContestKind::OpenList {
            team.places.sort_by_key(|p| std::cmp::Reverse(p.person.votes));
        }
        out.elected.extend(team.places.iter().map(Place::elected));
    }
    Ok(())
}

/// The general seats of each list (R.301 to R.309).
fn list_seats(
    case: &Case<'_>,
    lists: &[&List],
    draw: &mut Draw<'_>,
    out: &mut Allotment,
) -> Result<Apportionment<OptionId>, AllotError> {
    let rules = case.rules;
    let by_id: BTreeMap<OptionId, &List> = lists.iter().map(|l| (OptionId::from(&l.id), *l)).collect();
    let votes: BTreeMap<OptionId, u64> =
        by_id.keys().map(|id| (id.clone(), case.totals.votes_of(id.as_str()))).collect();
    let named = |id: &OptionId| who(by_id[id], votes[id]);
    let mut most = BTreeMap::new();
    if rules.short_list == ShortList::NextQuotient {
        most.extend(votes.keys().map(|id| (id.clone(), 0)));
        for person in &case.standing {
            if let Some(count) = person.candidate.list.as_ref().and_then(|l| most.get_mut(&OptionId::from(l))) {
                *count += 1;
            }
        }
    }
    let below = threshold::below(case, lists, &mut out.steps);
    let race = Race {
        votes: &votes,
        seats: u64::from(case.contest.seats),
        method: rules.method,
        ties: rules.ties_of_lists,
        below: &below,
        most: &most,
    };
    // The tie of one round of remainders can be decided before that of the next is known.
    let mut lots = Vec::new();
    let mut drawn_steps = Vec::new();
    let seats = loop {
        let seats = race.run(&lots)?;
        let Some(tie) = seats.lots_needed.first() else { break seats };
        let between: Vec<Who> = tie.between.iter().map(named).collect();
        let Some(drawn) = draw.lot(LotStage::ListSeats, tie.seats, &between, &mut drawn_steps)? else { break seats };
        lots.push(Lot { between: tie.between.iter().cloned().collect(), drawn });
    };
    each_seat(case, &seats, &named, &mut out.steps);
    if let Some(tie) = &seats.by_votes {
        let between = tie.between.iter().map(named).collect();
        out.steps.push(Step::TieByVotes { seats: tie.seats, between });
    }
    out.steps.append(&mut drawn_steps);
    for id in &seats.short {
        let candidates = most.get(id).copied().unwrap_or(0);
        out.steps.push(Step::ShortList { list: named(id), candidates, choice: ShortList::NextQuotient, vacant: 0 });
    }
    let mut order: Vec<(&OptionId, u64)> = seats.seats.iter().map(|(id, n)| (id, *n)).collect();
    order.sort_by(|a, b| votes[b.0].cmp(&votes[a.0]).then(a.0.cmp(b.0)));
    for (id, seats) in order {
        out.steps.push(Step::ListSeats { list: named(id), seats, method: rules.method });
    }
    Ok(seats)
}

/// How each seat was won, one after the other (R.303, R.304), and the first quotient that won none.
fn each_seat(
    case: &Case<'_>,
    seats: &Apportionment<OptionId>,
    named: &impl Fn(&OptionId) -> Who,
    steps: &mut Vec<Step>,
) {
    let of = u64::from(case.contest.seats);
    // With Hare, the seats of whole quotas come before those that are compared.
    let compared = seats.quotients.iter().filter(|q| q.won).count() as u64;
    let mut number = seats.seats.values().sum::<u64>().saturating_sub(compared);
    if case.rules.method == SeatMethod::Hare {
        let mut told = std::collections::BTreeSet::new();
        for q in seats.quotients.iter().filter(|q| q.whole > 0 && told.insert(&q.who)) {
            steps.push(Step::WholeQuotas { list: named(&q.who), quota: q.divisor, whole: q.whole });
        }
        // A list that has no candidate left is in no comparison, and has its whole quotas all the same.
        let quota = seats.quotients.first().map(|q| q.divisor);
        for list in seats.seats.keys().filter(|id| seats.seats[*id] > 0 && !told.contains(id)).map(named) {
            let Some(quota) = quota else { break };
            let whole = list.votes.saturating_mul(quota.denominator) / quota.numerator.max(1);
            if whole > 0 {
                steps.push(Step::WholeQuotas { list, quota, whole });
            }
        }
    }
    let hare = case.rules.method == SeatMethod::Hare;
    let mut first_out: Option<&Quotient<OptionId>> = None;
    for q in &seats.quotients {
        if !q.won {
            first_out = first_out.or(Some(q));
            continue;
        }
        number += 1;
        let (list, tied) = (named(&q.who), q.tied);
        steps.push(if hare {
            Step::Remainder { number, of, list, quota: q.divisor, whole: q.whole, tied }
        } else {
            Step::Seat { number, of, list, divisor: q.divisor, tied }
        });
    }
    // While a lot is open, nobody knows which quotient that is.
    if let Some(q) = first_out.filter(|_| number > 0 && seats.lots_needed.is_empty()) {
        let rule = if hare { "R.304" } else { "R.303" };
        steps.push(Step::FirstWithout { rule, list: named(&q.who), divisor: q.divisor, whole: q.whole });
    }
}

/// The candidates of one list who take its seats: by personal votes (R.310), or in its order (R.311).
fn seat<'a>(case: &Case<'a>, team: &mut Team<'a>, draw: &mut Draw<'_>, out: &mut Allotment) -> Result<(), AllotError> {
    let short = team.seats.saturating_sub(team.bench.len() as u64);
    if short > 0 {
        out.vacant += short;
        let candidates = team.bench.len() as u64;
        let choice = case.rules.short_list;
        out.steps.push(Step::ShortList { list: team.who(), candidates, choice, vacant: short });
    }
    let (rule, chosen) = if case.contest.kind == ContestKind::ClosedList {
        team.bench
            .sort_by(|a, b| a.candidate.number.cmp(&b.candidate.number).then(a.candidate.id.cmp(&b.candidate.id)));
        let seats = usize::try_from(team.seats).unwrap_or(usize::MAX).min(team.bench.len());
        ("R.311", team.bench[..seats].to_vec())
    } else {
        let stage = LotStage::Candidates { list: team.list.id.clone() };
        ("R.310", draw.highest(stage, &team.bench, team.seats, &mut out.steps)?.sure)
    };
    for person in chosen {
        out.steps.push(Step::Elected { rule, candidate: person.who(), list: Some(team.who()) });
        team.bench.retain(|p| p.candidate.id != person.candidate.id);
        team.places.push(Place { person, kind: SeatKind::General, rule });
    }
    Ok(())
}
