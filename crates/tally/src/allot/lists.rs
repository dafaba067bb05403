//! Seats of lists, and the candidates who take them.

use std::collections::BTreeMap;

use election::{Contest, ContestKind, Definition, List, OptionId, SeatMethod, SeatRules, ShortList};

use super::draw::Draw;
use super::quota;
use super::{AllotError, Allotment, Person, Place, SeatKind, Step, Who};
use crate::ContestTotals;
use crate::lot::LotStage;
use crate::seats::{Apportionment, Lot, Race};

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

fn who(list: &List, votes: u64) -> Who {
    Who { id: OptionId::from(&list.id), name: list.name.clone(), votes }
}

/// Lists, their candidates, and the women's quota.
pub(super) fn allot<'a>(
    def: &'a Definition,
    rules: &SeatRules,
    contest: &'a Contest,
    totals: &ContestTotals,
    standing: &[Person<'a>],
    draw: &mut Draw<'_>,
    out: &mut Allotment,
) -> Result<(), AllotError> {
    let seats = list_seats(def, rules, contest, totals, standing, draw, out)?;
    out.vacant += seats.vacant;
    if seats.vacant > 0 {
        out.steps.push(Step::Vacant { seats: seats.vacant });
    }
    let won = |list: &List| seats.seats.get(&OptionId::from(&list.id)).copied().unwrap_or(0);
    let general = || def.lists_of(&contest.id).filter(|l| l.reserved.is_none());
    out.list_seats = general().map(|l| (l.id.clone(), won(l))).collect();
    out.quotients = seats.quotients;
    if !draw.needed.is_empty() {
        return Ok(());
    }
    let mut teams: Vec<Team> = general()
        .filter(|l| won(l) > 0)
        .map(|list| Team {
            list,
            votes: totals.votes_of(list.id.as_str()),
            seats: won(list),
            places: Vec::new(),
            bench: standing.iter().copied().filter(|p| p.candidate.list.as_ref() == Some(&list.id)).collect(),
        })
        .collect();
    teams.sort_by(|a, b| b.votes.cmp(&a.votes).then(a.list.id.cmp(&b.list.id)));
    for team in &mut teams {
        seat(rules, contest, team, draw, out)?;
    }
    if draw.needed.is_empty() {
        match contest.kind {
            ContestKind::OpenList => quota::apply(rules, contest, &mut teams, draw, &mut out.steps)?,
            _ if rules.women_owed(contest.seats) > 0 => out.steps.push(Step::QuotaNotApplied),
            _ => {}
        }
    }
    for team in &mut teams {
        if contest.kind == ContestKind::OpenList {
            team.places.sort_by_key(|p| std::cmp::Reverse(p.person.votes));
        }
        out.elected.extend(team.places.iter().map(Place::elected));
    }
    Ok(())
}

/// The general seats of each list (R.301 to R.307).
fn list_seats(
    def: &Definition,
    rules: &SeatRules,
    contest: &Contest,
    totals: &ContestTotals,
    standing: &[Person<'_>],
    draw: &mut Draw<'_>,
    out: &mut Allotment,
) -> Result<Apportionment<OptionId>, AllotError> {
    let lists: BTreeMap<OptionId, &List> =
        (def.lists_of(&contest.id)).filter(|l| l.reserved.is_none()).map(|l| (OptionId::from(&l.id), l)).collect();
    let votes: BTreeMap<OptionId, u64> = lists.keys().map(|id| (id.clone(), totals.votes_of(id.as_str()))).collect();
    let named = |id: &OptionId| who(lists[id], votes[id]);
    let mut most = BTreeMap::new();
    if rules.short_list == ShortList::NextQuotient {
        most.extend(votes.keys().map(|id| (id.clone(), 0)));
        for person in standing {
            if let Some(count) = person.candidate.list.as_ref().and_then(|l| most.get_mut(&OptionId::from(l))) {
                *count += 1;
            }
        }
    }
    let race = Race {
        votes: &votes,
        seats: u64::from(contest.seats),
        method: rules.method,
        threshold: rules.threshold,
        valid: totals.valid,
        most: &most,
    };
    let mut seats = race.run(&[])?;
    for id in seats.below_threshold.iter() {
        if let Some(threshold) = rules.threshold {
            out.steps.push(Step::BelowThreshold { list: named(id), threshold, valid: totals.valid });
        }
    }
    if let Some(tie) = seats.lots_needed.first() {
        let between: Vec<Who> = tie.between.iter().map(named).collect();
        if let Some(drawn) = draw.lot(LotStage::ListSeats, tie.seats, &between, &mut out.steps)? {
            seats = race.run(&[Lot { between: tie.between.iter().cloned().collect(), drawn }])?;
        }
    }
    for id in &seats.short {
        let candidates = most.get(id).copied().unwrap_or(0);
        out.steps.push(Step::ShortList { list: named(id), candidates, choice: ShortList::NextQuotient, vacant: 0 });
    }
    let mut order: Vec<(&OptionId, u64)> = seats.seats.iter().map(|(id, n)| (id, *n)).collect();
    order.sort_by(|a, b| votes[b.0].cmp(&votes[a.0]).then(a.0.cmp(b.0)));
    let rule = if rules.method == SeatMethod::Hare { "R.304" } else { "R.303" };
    for (id, seats) in order {
        out.steps.push(Step::ListSeats { rule, list: named(id), seats, method: rules.method });
    }
    Ok(seats)
}

/// The candidates of one list who take its seats: by personal votes (R.310), or in its order (R.311).
fn seat(
    rules: &SeatRules,
    contest: &Contest,
    team: &mut Team<'_>,
    draw: &mut Draw<'_>,
    out: &mut Allotment,
) -> Result<(), AllotError> {
    let short = team.seats.saturating_sub(team.bench.len() as u64);
    if short > 0 {
        out.vacant += short;
        let candidates = team.bench.len() as u64;
        let choice = rules.short_list;
        out.steps.push(Step::ShortList { list: team.who(), candidates, choice, vacant: short });
    }
    let (rule, chosen) = if contest.kind == ContestKind::ClosedList {
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
