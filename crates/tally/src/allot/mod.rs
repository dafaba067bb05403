//! Totals of a contest to the people who are elected, every step kept.

mod draw;
mod lists;
mod quota;
mod say;
mod say_quota;
mod step;
mod threshold;

use std::collections::{BTreeMap, BTreeSet};

use election::{
    Candidate, CandidateId, Coded, Contest, ContestId, ContestKind, Definition, ListId, OptionId, Rules, SeatRules,
    WithdrawnVotes,
};
use serde::Serialize;

use crate::lot::{LotError, LotNeeded, LotOutcome, LotStage};
use crate::seats::{Quotient, SeatsError};
use crate::withdrawn::Withdrawn;
use crate::{ContestTotals, TotalsError};
use draw::Draw;
pub use step::{Step, Who};

/// The kind of a seat.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum SeatKind {
    /// A general seat, won by votes.
    General,
    /// A general seat that a woman took by the quota.
    Women,
    /// A seat kept for a community.
    Reserved {
        /// The community.
        community: String,
    },
}

/// A person who is elected.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Elected {
    /// The candidate.
    pub candidate: CandidateId,
    /// The list.
    pub list: Option<ListId>,
    /// Personal votes.
    pub votes: u64,
    /// The kind of seat.
    pub seat_kind: SeatKind,
    /// The rule that brought them in, such as `R.310`.
    pub step: &'static str,
}

/// Who is elected in a contest, and how it came to it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Allotment {
    /// The contest.
    pub contest: ContestId,
    /// General seats of each list, zeros included; without those that still need a lot.
    pub list_seats: BTreeMap<ListId, u64>,
    /// Every step, in order.
    pub steps: Vec<Step>,
    /// Who is elected: lists with more votes first, then more personal votes; reserved seats last.
    /// Final only where [`Allotment::is_complete`].
    pub elected: Vec<Elected>,
    /// Seats that nobody takes.
    pub vacant: u64,
    /// Every quotient of lists that was compared.
    pub quotients: Vec<Quotient<OptionId>>,
    /// Lots that must be drawn before the allotment can go on.
    pub lots_needed: Vec<LotNeeded>,
}

impl Allotment {
    /// Is nothing left to be drawn?
    pub fn is_complete(&self) -> bool {
        self.lots_needed.is_empty()
    }
}

/// Why a contest cannot be allotted.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AllotError {
    /// The figures are not the contest's.
    #[error(transparent)]
    Totals(#[from] TotalsError),
    /// The seats of lists cannot be computed.
    #[error(transparent)]
    Seats(#[from] SeatsError),
    /// The outcome of a lot does not fit the lot.
    #[error(transparent)]
    Lot(#[from] LotError),
}

impl Coded for AllotError {
    fn code(&self) -> &'static str {
        match self {
            AllotError::Totals(e) => e.code(),
            AllotError::Seats(e) => e.code(),
            AllotError::Lot(e) => e.code(),
        }
    }

    fn next(&self) -> &'static str {
        match self {
            AllotError::Totals(e) => e.next(),
            AllotError::Seats(e) => e.next(),
            AllotError::Lot(e) => e.next(),
        }
    }
}

/// A candidate with the personal votes.
#[derive(Clone, Copy, Debug)]
struct Person<'a> {
    candidate: &'a Candidate,
    votes: u64,
}

/// A person on a seat, and the rule that put them there.
#[derive(Clone, Debug)]
struct Place<'a> {
    person: Person<'a>,
    kind: SeatKind,
    rule: &'static str,
}

impl Place<'_> {
    fn elected(&self) -> Elected {
        Elected {
            candidate: self.person.candidate.id.clone(),
            list: self.person.candidate.list.clone(),
            votes: self.person.votes,
            seat_kind: self.kind.clone(),
            step: self.rule,
        }
    }
}

/// What an allotment goes by beside the definition and the votes.
#[derive(Clone, Copy, Debug)]
pub struct Rulings<'a> {
    /// The rules as they stand: the frozen ones, or as the board has amended them.
    pub rules: &'a Rules,
    /// Lists and candidates that withdrew by a leaf of the record, of any contest.
    pub withdrawn: &'a BTreeSet<OptionId>,
    /// The outcomes of lots drawn so far, in any order; one that fits no tie of these figures is ignored.
    pub lots: &'a [LotOutcome],
}

/// Everything that the seats of one contest follow from.
struct Case<'a> {
    def: &'a Definition,
    contest: &'a Contest,
    rulings: Rulings<'a>,
    rules: &'a SeatRules,
    /// Every contest as counted.
    all: &'a BTreeMap<ContestId, ContestTotals>,
    /// The figures by which seats are allotted: those of this contest, after withdrawals.
    totals: ContestTotals,
    withdrawn: Withdrawn,
    /// Candidates who have not withdrawn, by id.
    standing: Vec<Person<'a>>,
}

/// Allots the seats of `contest`: lists, candidates within lists, the women's quota, reserved seats.
///
/// `all` has the totals of every contest; a threshold over the whole election needs the others.
/// Where a lot is missing, the steps before it are done, those after it are not,
/// and [`Allotment::lots_needed`] has every lot that can be drawn now.
///
/// A contest without a valid vote elects nobody (R.306).
pub fn allot(
    def: &Definition,
    contest: &Contest,
    all: &BTreeMap<ContestId, ContestTotals>,
    rulings: Rulings<'_>,
) -> Result<Allotment, AllotError> {
    let zero = ContestTotals::default();
    let counted = all.get(&contest.id).unwrap_or(&zero);
    counted.check_options(def, &contest.id)?;
    let mut out = Allotment {
        contest: contest.id.clone(),
        list_seats: BTreeMap::new(),
        steps: Vec::new(),
        elected: Vec::new(),
        vacant: 0,
        quotients: Vec::new(),
        lots_needed: Vec::new(),
    };
    let withdrawn = Withdrawn::of(def, contest, rulings.withdrawn);
    let totals = withdrawn.after(def, contest, counted, rulings.rules.votes.withdrawn);
    let mut people: Vec<Person> = (def.candidates_of(&contest.id))
        .map(|candidate| Person { candidate, votes: counted.votes_of(candidate.id.as_str()) })
        .collect();
    people.sort_by(|a, b| a.candidate.id.cmp(&b.candidate.id));
    tell_withdrawn(def, contest, counted, &totals, &withdrawn, rulings.rules.votes.withdrawn, &mut out.steps);
    let reserved: u64 = def.reserved.iter().filter(|r| r.contest == contest.id).map(|r| u64::from(r.seats)).sum();
    if totals.valid == 0 {
        out.vacant = u64::from(contest.seats) + reserved;
        out.steps.push(Step::NoVotes { seats: out.vacant });
        return Ok(out);
    }
    let standing = people.into_iter().filter(|p| !withdrawn.takes_out(p.candidate)).collect();
    let rules = rulings.rules.seats_of(&contest.id);
    let case = Case { def, contest, rulings, rules, all, totals, withdrawn, standing };
    let mut draw = Draw::new(&contest.id, rules.ties_of_candidates, rulings.lots);
    match contest.kind {
        ContestKind::Candidates { .. } => plurality(&case, &mut draw, &mut out)?,
        ContestKind::OpenList | ContestKind::ClosedList => lists::allot(&case, &mut draw, &mut out)?,
    }
    reserve(&case, &mut draw, &mut out)?;
    out.lots_needed = draw.needed;
    Ok(out)
}

/// Who withdrew, with the figures before and after (R.313 to R.315).
fn tell_withdrawn(
    def: &Definition,
    contest: &Contest,
    counted: &ContestTotals,
    after: &ContestTotals,
    withdrawn: &Withdrawn,
    choice: WithdrawnVotes,
    steps: &mut Vec<Step>,
) {
    let who = |id: &OptionId| Who {
        id: id.clone(),
        name: def.option_name(id).cloned().unwrap_or_default(),
        votes: counted.votes_of(id.as_str()),
    };
    let whole: Vec<&OptionId> = withdrawn.whole(def).collect();
    for id in withdrawn.named.keys() {
        match (whole.contains(&id), contest.kind) {
            (false, _) => steps.push(Step::Withdrawn { candidate: who(id) }),
            (true, ContestKind::Candidates { .. }) => steps.push(Step::CandidateWithdrawn { candidate: who(id) }),
            (true, _) => steps.push(Step::ListWithdrawn { list: who(id) }),
        }
    }
    if !whole.is_empty() {
        let votes = whole.iter().map(|id| counted.votes_of(id.as_str())).sum();
        steps.push(Step::VotesOfWithdrawn { votes, before: counted.valid, after: after.valid, choice });
    }
}

/// The candidates with the most votes (R.340).
fn plurality(case: &Case<'_>, draw: &mut Draw<'_>, out: &mut Allotment) -> Result<(), AllotError> {
    if case.rules.women_owed(case.contest.seats) > 0 {
        out.steps.push(Step::QuotaNotApplied);
    }
    let seats = u64::from(case.contest.seats);
    let picked = draw.highest(LotStage::Plurality, &case.standing, seats, &mut out.steps)?;
    for person in &picked.sure {
        out.steps.push(Step::Elected { rule: "R.340", candidate: person.who(), list: None });
        out.elected.push(Place { person: *person, kind: SeatKind::General, rule: "R.340" }.elected());
    }
    vacancies(seats, case.standing.len(), out);
    Ok(())
}

/// The reserved seats, by personal votes among the candidates of each community (R.330).
fn reserve(case: &Case<'_>, draw: &mut Draw<'_>, out: &mut Allotment) -> Result<(), AllotError> {
    for reserved in case.def.reserved.iter().filter(|r| r.contest == case.contest.id) {
        let of = |l: &&election::List| l.reserved.as_ref() == Some(&reserved.community);
        let lists: BTreeSet<&ListId> = case.def.lists_of(&case.contest.id).filter(of).map(|l| &l.id).collect();
        let community = |p: &Person| p.candidate.list.as_ref().is_some_and(|id| lists.contains(id));
        let own: Vec<Person> = case.standing.iter().copied().filter(community).collect();
        let stage = LotStage::Reserved { community: reserved.community.clone() };
        let seats = u64::from(reserved.seats);
        for person in draw.highest(stage, &own, seats, &mut out.steps)?.sure {
            out.steps.push(Step::Reserved { community: reserved.name.clone(), candidate: person.who() });
            let kind = SeatKind::Reserved { community: reserved.community.clone() };
            out.elected.push(Place { person, kind, rule: "R.330" }.elected());
        }
        vacancies(seats, own.len(), out);
    }
    Ok(())
}

/// Seats for which there is no candidate.
fn vacancies(seats: u64, candidates: usize, out: &mut Allotment) {
    let vacant = seats.saturating_sub(candidates as u64);
    if vacant > 0 {
        out.vacant += vacant;
        out.steps.push(Step::Vacant { seats: vacant });
    }
}

impl Person<'_> {
    fn who(&self) -> Who {
        Who { id: OptionId::from(&self.candidate.id), name: self.candidate.name.clone(), votes: self.votes }
    }

    fn is_woman(&self) -> bool {
        self.candidate.gender == election::Gender::Woman
    }
}

#[cfg(test)]
mod tests;
