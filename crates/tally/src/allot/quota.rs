//! The women's quota of a contest of open lists, in its four steps (R.320 to R.329).
//!
//! It never changes the seats of a list: whoever gives way and whoever comes in are of one list.

use std::collections::BTreeSet;

use election::{Contest, ListId, OptionId, QuotaOvershoot, SeatRules};

use super::draw::Draw;
use super::lists::Team;
use super::{AllotError, Person, Place, SeatKind, Step, Who};
use crate::lot::LotStage;

/// What one list can give at a step: its place among the teams, and how many women.
struct Due {
    team: usize,
    count: u64,
}

/// Applies the quota. `teams` are the lists with a seat, those with more votes first.
/// Stops where a lot is needed.
pub(super) fn apply(
    rules: &SeatRules,
    contest: &Contest,
    teams: &mut [Team<'_>],
    draw: &mut Draw<'_>,
    steps: &mut Vec<Step>,
) -> Result<(), AllotError> {
    let owed = u64::from(rules.women_owed(contest.seats));
    if owed == 0 {
        return Ok(());
    }
    steps.push(Step::QuotaOwed { seats: u64::from(contest.seats), owed, elected: women(teams) });
    if women(teams) >= owed {
        steps.push(Step::QuotaEnough { owed, elected: women(teams) });
        return Ok(());
    }

    // Step 2: each list pays what it owes, whatever the others did.
    for due in dues(teams, 2, 4, steps) {
        swap(&mut teams[due.team], 2, due.count, draw, steps)?;
    }
    if !draw.needed.is_empty() || enough(teams, owed, 2, steps) {
        return Ok(());
    }

    step_three(rules, teams, owed, draw, steps)?;
    if !draw.needed.is_empty() || enough(teams, owed, 3, steps) {
        return Ok(());
    }

    while women(teams) < owed {
        let entering = step_four(teams, owed - women(teams), draw, steps)?;
        let Some(entering) = entering else { return Ok(()) };
        if entering.is_empty() {
            steps.push(Step::QuotaUnfilled { short: owed - women(teams) });
            return Ok(());
        }
        for team in teams.iter_mut() {
            let own: Vec<Person> = team.bench.iter().copied().filter(|p| entering.contains(&p.candidate.id)).collect();
            if !own.is_empty() {
                replace(team, 4, own, draw, steps)?;
            }
        }
        if !draw.needed.is_empty() {
            return Ok(());
        }
    }
    enough(teams, owed, 4, steps);
    Ok(())
}

fn women(teams: &[Team<'_>]) -> u64 {
    teams.iter().map(women_of).sum()
}

fn women_of(team: &Team<'_>) -> u64 {
    team.places.iter().filter(|p| p.person.is_woman()).count() as u64
}

fn men_of<'a>(team: &Team<'a>) -> Vec<Person<'a>> {
    team.places.iter().map(|p| p.person).filter(|p| !p.is_woman()).collect()
}

fn waiting_women<'a>(team: &Team<'a>) -> Vec<Person<'a>> {
    team.bench.iter().copied().filter(Person::is_woman).collect()
}

fn enough(teams: &[Team<'_>], owed: u64, step: u8, steps: &mut Vec<Step>) -> bool {
    let elected = women(teams);
    if elected >= owed {
        steps.push(Step::QuotaMet { step, owed, elected });
    }
    elected >= owed
}

/// What each list owes at a step, ⌊its seats / part⌋ less the women it has, and can pay.
fn dues(teams: &[Team<'_>], step: u8, part: u64, steps: &mut Vec<Step>) -> Vec<Due> {
    let mut dues = Vec::new();
    for (team, t) in teams.iter().enumerate() {
        let (owed, has) = (t.seats / part, women_of(t));
        let missing = owed.saturating_sub(has);
        let count = missing.min(waiting_women(t).len() as u64).min(men_of(t).len() as u64);
        if owed > 0 {
            steps.push(Step::ListOwes { step, list: t.who(), seats: t.seats, owed, has });
        }
        if count < missing {
            steps.push(Step::TooFewWomen { step, list: t.who(), short: missing - count });
        }
        if count > 0 {
            dues.push(Due { team, count });
        }
    }
    dues
}

/// Step 3: ⌊seats / 3⌋; where that is more than is still owed, the rule file chooses.
fn step_three(
    rules: &SeatRules,
    teams: &mut [Team<'_>],
    owed: u64,
    draw: &mut Draw<'_>,
    steps: &mut Vec<Step>,
) -> Result<(), AllotError> {
    let mut queue = dues(teams, 3, 3, steps);
    let mut left = owed - women(teams);
    let due: u64 = queue.iter().map(|d| d.count).sum();
    if due > left {
        let choice = rules.quota_overshoot;
        steps.push(Step::Overshoot { due, left, choice });
        if choice == QuotaOvershoot::ServeAll {
            left = due;
        }
    }
    while left > 0 && !queue.is_empty() {
        let votes = teams[queue[0].team].votes;
        let equal = queue.iter().filter(|d| teams[d.team].votes == votes).count();
        let wanted: u64 = queue[..equal].iter().map(|d| d.count).sum();
        let mut next = 0;
        if equal > 1 && wanted > left {
            let between: Vec<Who> = queue[..equal].iter().map(|d| teams[d.team].who()).collect();
            let Some(drawn) = draw.lot(LotStage::ServedFirst, 1, &between, steps)? else { return Ok(()) };
            let is_drawn = |d: &Due| drawn.contains(&OptionId::from(&teams[d.team].list.id));
            next = queue.iter().position(is_drawn).unwrap_or(0);
        }
        let due = queue.remove(next);
        let count = due.count.min(left);
        left -= count;
        swap(&mut teams[due.team], 3, count, draw, steps)?;
    }
    Ok(())
}

/// Step 4: the next women to come in, of all lists with a seat and a man who can give way.
/// None where a lot is needed; empty where there is nobody.
fn step_four(
    teams: &[Team<'_>],
    left: u64,
    draw: &mut Draw<'_>,
    steps: &mut Vec<Step>,
) -> Result<Option<BTreeSet<election::CandidateId>>, AllotError> {
    let could: Vec<Person> = teams.iter().filter(|t| !men_of(t).is_empty()).flat_map(waiting_women).collect();
    let Some(votes) = could.iter().map(|p| p.votes).max() else { return Ok(Some(BTreeSet::new())) };
    let first: Vec<Person> = could.into_iter().filter(|p| p.votes == votes).collect();
    let of = |list: &ListId| first.iter().filter(|p| p.candidate.list.as_ref() == Some(list)).count();
    let have_room = teams.iter().all(|t| of(&t.list.id) <= men_of(t).len());
    let all = first.iter().map(|p| p.candidate.id.clone());
    if first.len() == 1 || (have_room && first.len() as u64 <= left) {
        return Ok(Some(all.collect()));
    }
    let count = if have_room { left } else { 1 };
    let between: Vec<Who> = first.iter().map(Person::who).collect();
    let drawn = draw.lot(LotStage::QuotaStepFour, count, &between, steps)?;
    Ok(drawn.map(|drawn| all.filter(|id| drawn.contains(&OptionId::from(id))).collect()))
}

/// Brings in the `count` women of a list with the most votes, for the men with the fewest.
fn swap(
    team: &mut Team<'_>,
    step: u8,
    count: u64,
    draw: &mut Draw<'_>,
    steps: &mut Vec<Step>,
) -> Result<(), AllotError> {
    let stage = LotStage::ComesIn { list: team.list.id.clone(), step };
    let entering = draw.highest(stage, &waiting_women(team), count, steps)?;
    if entering.open {
        // The other lot of this exchange can be drawn at the same sitting.
        let stage = LotStage::GivesWay { list: team.list.id.clone(), step };
        draw.lowest(stage, &men_of(team), count, steps)?;
        return Ok(());
    }
    replace(team, step, entering.sure, draw, steps)
}

/// Brings in these women for the men with the fewest votes.
fn replace<'a>(
    team: &mut Team<'a>,
    step: u8,
    entering: Vec<Person<'a>>,
    draw: &mut Draw<'_>,
    steps: &mut Vec<Step>,
) -> Result<(), AllotError> {
    let stage = LotStage::GivesWay { list: team.list.id.clone(), step };
    let leaving = draw.lowest(stage, &men_of(team), entering.len() as u64, steps)?;
    if leaving.open {
        return Ok(());
    }
    let rule = match step {
        2 => "R.322",
        3 => "R.323",
        _ => "R.324",
    };
    for (woman, man) in entering.into_iter().zip(leaving.sure) {
        steps.push(Step::Replaced { rule, list: team.who(), leaves: man.who(), enters: woman.who() });
        team.places.retain(|p| p.person.candidate.id != man.candidate.id);
        team.bench.retain(|p| p.candidate.id != woman.candidate.id);
        team.bench.push(man);
        team.places.push(Place { person: woman, kind: SeatKind::Women, rule });
    }
    Ok(())
}
