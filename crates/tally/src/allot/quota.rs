//! The women's quota of a contest of open lists, in its four steps (R.320 to R.329).
//!
//! It never changes the seats of a list: whoever gives way and whoever comes in are of one list.

use std::cmp::Reverse;
use std::collections::BTreeSet;

use election::{FewWomen, ListId, OptionId, QuotaOrder, QuotaOvershoot, TiesOfCandidates};

use super::draw::Draw;
use super::lists::Team;
use super::{AllotError, Case, Person, Place, SeatKind, Step, Who};
use crate::lot::LotStage;

/// What one list can give at a step: its place among the teams, and how many women.
struct Due {
    team: usize,
    count: u64,
}

/// The quota under way.
struct Quota<'q, 'd> {
    /// Women asked for; where the rule file says so, less those that lists with too few cannot bring in.
    owed: u64,
    /// Of each team, how many women were forgone.
    forgone: Vec<u64>,
    draw: &'q mut Draw<'d>,
    steps: &'q mut Vec<Step>,
}

/// Applies the quota. `teams` are the lists with a seat, those with more votes first.
/// Stops where a lot is needed.
pub(super) fn apply<'a>(
    case: &Case<'a>,
    teams: &mut [Team<'a>],
    draw: &mut Draw<'_>,
    steps: &mut Vec<Step>,
) -> Result<(), AllotError> {
    let owed = u64::from(case.rules.women_owed(case.contest.seats));
    if owed == 0 {
        return Ok(());
    }
    let elected = women(teams);
    steps.push(Step::QuotaOwed { seats: u64::from(case.contest.seats), owed, elected });
    if elected >= owed {
        steps.push(Step::QuotaEnough { owed, elected });
        return Ok(());
    }
    let mut quota = Quota { owed, forgone: vec![0; teams.len()], draw, steps };
    for (step, part, overshoot) in [(2, 4, case.rules.quota_overshoot_step_2), (3, 3, case.rules.quota_overshoot)] {
        quota.within_lists(case, teams, step, part, overshoot)?;
        if !quota.draw.needed.is_empty() || quota.is_met(teams, step) {
            return Ok(());
        }
    }
    quota.across_lists(teams)
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

/// Who of those with equal votes may come in next.
enum Foremost<'p> {
    /// These, without a lot.
    Sure(Vec<Person<'p>>),
    /// Some of these, by lot.
    Between(Vec<Person<'p>>),
}

impl Quota<'_, '_> {
    fn is_met(&mut self, teams: &[Team<'_>], step: u8) -> bool {
        let (owed, elected) = (self.owed, women(teams));
        if elected >= owed {
            self.steps.push(Step::QuotaMet { step, owed, elected });
        }
        elected >= owed
    }

    /// Step 2 or 3: each list brings in ⌊its seats / part⌋ women; where that is more than is still owed, as the rule
    /// file says.
    fn within_lists(
        &mut self,
        case: &Case<'_>,
        teams: &mut [Team<'_>],
        step: u8,
        part: u64,
        choice: QuotaOvershoot,
    ) -> Result<(), AllotError> {
        let mut queue = self.dues(case.rules.quota_few_women, teams, step, part);
        let mut left = self.owed.saturating_sub(women(teams));
        let due: u64 = queue.iter().map(|d| d.count).sum();
        if due > left {
            let order = case.rules.quota_order;
            self.steps.push(Step::Overshoot { step, due, left, choice, order });
            if choice == QuotaOvershoot::ServeAll {
                left = due;
            }
        }
        match case.rules.quota_order {
            QuotaOrder::MostVotes => queue.sort_by_key(|d| Reverse(teams[d.team].votes)),
            QuotaOrder::FewestVotes => queue.sort_by_key(|d| teams[d.team].votes),
        }
        while left > 0 && !queue.is_empty() {
            let votes = teams[queue[0].team].votes;
            let equal = queue.iter().filter(|d| teams[d.team].votes == votes).count();
            let wanted: u64 = queue[..equal].iter().map(|d| d.count).sum();
            let mut next = 0;
            if equal > 1 && wanted > left {
                let between: Vec<Who> = queue[..equal].iter().map(|d| teams[d.team].who()).collect();
                let Some(drawn) = self.draw.lot(LotStage::ServedFirst { step }, 1, &between, self.steps)? else {
                    return Ok(());
                };
                let is_drawn = |d: &Due| drawn.contains(&OptionId::from(&teams[d.team].list.id));
                next = queue.iter().position(is_drawn).unwrap_or(0);
            }
            let due = queue.remove(next);
            let count = due.count.min(left);
            left -= count;
            self.swap(&mut teams[due.team], step, count)?;
        }
        Ok(())
    }

    /// What each list owes at a step, ⌊its seats / part⌋ less the women it has, and can pay.
    fn dues(&mut self, few: FewWomen, teams: &[Team<'_>], step: u8, part: u64) -> Vec<Due> {
        let mut dues = Vec::new();
        for (team, t) in teams.iter().enumerate() {
            let (owed, has) = (t.seats / part, women_of(t));
            let missing = owed.saturating_sub(has);
            let count = missing.min(waiting_women(t).len() as u64).min(men_of(t).len() as u64);
            if owed > 0 {
                self.steps.push(Step::ListOwes { step, list: t.who(), seats: t.seats, owed, has });
            }
            // What was forgone at step 2 is not forgone again at step 3.
            let short = (missing - count).saturating_sub(self.forgone[team]);
            if short > 0 {
                if few == FewWomen::Forgo {
                    self.forgone[team] += short;
                    self.owed = self.owed.saturating_sub(short);
                }
                self.steps.push(Step::TooFewWomen { step, list: t.who(), short, choice: few, owed: self.owed });
            }
            if count > 0 {
                dues.push(Due { team, count });
            }
        }
        dues
    }

    /// Step 4: one woman after the other, of all lists that won a seat.
    fn across_lists(&mut self, teams: &mut [Team<'_>]) -> Result<(), AllotError> {
        while women(teams) < self.owed {
            let Some(entering) = self.next_women(teams)? else { return Ok(()) };
            if entering.is_empty() {
                self.steps.push(Step::QuotaUnfilled { short: self.owed - women(teams) });
                return Ok(());
            }
            for team in teams.iter_mut() {
                let own: Vec<Person> =
                    team.bench.iter().copied().filter(|p| entering.contains(&p.candidate.id)).collect();
                if !own.is_empty() {
                    self.replace(team, 4, own)?;
                }
            }
            if !self.draw.needed.is_empty() {
                return Ok(());
            }
        }
        self.is_met(teams, 4);
        Ok(())
    }

    /// The next women to come in at step 4, of all lists with a seat and a man who can give way.
    /// None where a lot is needed; empty where there is nobody.
    fn next_women(&mut self, teams: &[Team<'_>]) -> Result<Option<BTreeSet<election::CandidateId>>, AllotError> {
        let left = self.owed - women(teams);
        let could: Vec<Person> = teams.iter().filter(|t| !men_of(t).is_empty()).flat_map(waiting_women).collect();
        let Some(votes) = could.iter().map(|p| p.votes).max() else { return Ok(Some(BTreeSet::new())) };
        let first: Vec<Person> = could.into_iter().filter(|p| p.votes == votes).collect();
        let of = |list: &ListId| first.iter().filter(|p| p.candidate.list.as_ref() == Some(list)).count();
        let have_room = teams.iter().all(|t| of(&t.list.id) <= men_of(t).len());
        let tied = first.len();
        let all = first.iter().map(|p| p.candidate.id.clone());
        if first.len() == 1 || (have_room && first.len() as u64 <= left) {
            return Ok(Some(all.collect()));
        }
        let count = if have_room { left } else { 1 };
        let first = match self.foremost(teams, first, count)? {
            Foremost::Sure(first) => return Ok(Some(first.iter().map(|p| p.candidate.id.clone()).collect())),
            Foremost::Between(first) => first,
        };
        let all = first.iter().map(|p| p.candidate.id.clone());
        let count = if first.len() < tied { 1 } else { count };
        let between: Vec<Who> = first.iter().map(Person::who).collect();
        let drawn = self.draw.lot(LotStage::QuotaStepFour, count, &between, self.steps)?;
        Ok(drawn.map(|drawn| all.filter(|id| drawn.contains(&OptionId::from(id))).collect()))
    }

    /// Where the order of a list decides among its own women: those who come in, if they are of one list, else the first
    /// of each list, between whom a lot decides.
    fn foremost<'p>(
        &mut self,
        teams: &[Team<'p>],
        tied: Vec<Person<'p>>,
        count: u64,
    ) -> Result<Foremost<'p>, AllotError> {
        if self.draw.ties != TiesOfCandidates::ListOrder {
            return Ok(Foremost::Between(tied));
        }
        let is_of = |team: &Team<'_>, p: &Person<'_>| p.candidate.list.as_ref() == Some(&team.list.id);
        let mut first = Vec::new();
        for team in teams {
            let own: Vec<Person> = tied.iter().filter(|p| is_of(team, p)).copied().collect();
            let of_one_list = own.len() == tied.len();
            let stage = LotStage::ComesIn { list: team.list.id.clone(), step: 4 };
            let picked = self.draw.highest(stage, &own, if of_one_list { count } else { 1 }, self.steps)?.sure;
            if of_one_list {
                return Ok(Foremost::Sure(picked));
            }
            first.extend(picked);
        }
        Ok(Foremost::Between(first))
    }

    /// Brings in the `count` women of a list with the most votes, for the men with the fewest.
    fn swap(&mut self, team: &mut Team<'_>, step: u8, count: u64) -> Result<(), AllotError> {
        let stage = LotStage::ComesIn { list: team.list.id.clone(), step };
        let entering = self.draw.highest(stage, &waiting_women(team), count, self.steps)?;
        if entering.open {
            // The other lot of this exchange can be drawn at the same sitting.
            let stage = LotStage::GivesWay { list: team.list.id.clone(), step };
            self.draw.lowest(stage, &men_of(team), count, self.steps)?;
            return Ok(());
        }
        self.replace(team, step, entering.sure)
    }

    /// Brings in these women for the men with the fewest votes.
    fn replace<'a>(&mut self, team: &mut Team<'a>, step: u8, entering: Vec<Person<'a>>) -> Result<(), AllotError> {
        let stage = LotStage::GivesWay { list: team.list.id.clone(), step };
        let leaving = self.draw.lowest(stage, &men_of(team), entering.len() as u64, self.steps)?;
        if leaving.open {
            return Ok(());
        }
        let rule = match step {
            2 => "R.322",
            3 => "R.323",
            _ => "R.324",
        };
        for (woman, man) in entering.into_iter().zip(leaving.sure) {
            self.steps.push(Step::Replaced { rule, list: team.who(), leaves: man.who(), enters: woman.who() });
            team.places.retain(|p| p.person.candidate.id != man.candidate.id);
            team.bench.retain(|p| p.candidate.id != woman.candidate.id);
            team.bench.push(man);
            team.places.push(Place { person: woman, kind: SeatKind::Women, rule });
        }
        Ok(())
    }
}
