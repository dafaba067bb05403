//! What made-up voters want, and what they mark. The truth is kept apart from the paper.

use std::collections::BTreeMap;

use election::{Contest, ContestKind, Definition, List, OptionId, PartyId};

use crate::Rng;

/// The leaning of the voters of a place, and how often they go wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Electorate {
    /// The strength of each party; one that is not named weighs [`Self::OTHERS`].
    pub strength: BTreeMap<PartyId, u32>,
    /// In how many of 1,000 valid votes for an open list a candidate's number is marked too.
    pub number_per_mille: u32,
    /// How many of 1,000 ballots are blank.
    pub blank_per_mille: u32,
    /// How many of 1,000 ballots are invalid.
    pub invalid_per_mille: u32,
}

impl Electorate {
    /// The weight of a party without one of its own.
    pub const OTHERS: u32 = 10;

    /// Voters who often mark a number and seldom go wrong.
    pub fn ordinary(strength: BTreeMap<PartyId, u32>) -> Self {
        Electorate { strength, number_per_mille: 650, blank_per_mille: 12, invalid_per_mille: 18 }
    }

    /// A leaning of chance: a few strong parties, many weak ones.
    pub fn random(definition: &Definition, rng: &mut Rng) -> Self {
        let strength = definition.parties.iter().map(|party| {
            let luck = 1 + rng.below(30);
            (party.id.clone(), luck * luck)
        });
        Electorate::ordinary(strength.collect())
    }
}

/// What a voter meant to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Intent {
    /// A valid vote.
    Valid,
    /// Nothing marked.
    Blank,
    /// Two lists marked; in a contest of candidates, one more than allowed.
    TooMany,
    /// A candidate's number without a list.
    NumberWithoutList,
    /// One list and two numbers; what that is worth is a rule of the election.
    TwoNumbers,
}

/// The truth of one ballot in one contest.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Truth {
    /// What the voter meant.
    pub intent: Intent,
    /// The options marked, in ballot order.
    pub marks: Vec<OptionId>,
}

/// What one voter does in `contest`.
pub fn vote(definition: &Definition, contest: &Contest, electorate: &Electorate, rng: &mut Rng) -> Truth {
    let wanted = match rng.below(1000) {
        n if n < electorate.blank_per_mille => Intent::Blank,
        n if n < electorate.blank_per_mille + electorate.invalid_per_mille => match contest.kind {
            ContestKind::OpenList => {
                [Intent::TooMany, Intent::NumberWithoutList, Intent::TwoNumbers][rng.below(3) as usize]
            }
            ContestKind::ClosedList | ContestKind::Candidates { .. } => Intent::TooMany,
        },
        _ => Intent::Valid,
    };
    let options = definition.options_of(contest);
    let mut marks = match (contest.kind, wanted) {
        (_, Intent::Blank) => vec![],
        (ContestKind::Candidates { vote_for }, _) => {
            let most = if wanted == Intent::TooMany { u32::from(vote_for) + 1 } else { 1 + rng.below(vote_for.into()) };
            some_of(&options, most, rng)
        }
        _ => list_marks(definition, contest, electorate, wanted, rng),
    };
    marks.sort_by_key(|mark| options.iter().position(|option| option == mark));
    marks.dedup();
    // The contest may be too small to go wrong in.
    let intent = meaning(contest.kind, &marks);
    Truth { intent, marks }
}

/// What these marks amount to, said again without the rules of any election.
fn meaning(kind: ContestKind, marks: &[OptionId]) -> Intent {
    let most = match kind {
        ContestKind::Candidates { vote_for } => usize::from(vote_for),
        ContestKind::OpenList | ContestKind::ClosedList => 1,
    };
    let is_number = |mark: &&OptionId| kind == ContestKind::OpenList && mark.as_number().is_some();
    let numbers = marks.iter().filter(is_number).count();
    match (marks.len() - numbers, numbers) {
        (0, 0) => Intent::Blank,
        (0, _) => Intent::NumberWithoutList,
        (options, _) if options > most => Intent::TooMany,
        (_, 2..) => Intent::TwoNumbers,
        _ => Intent::Valid,
    }
}

fn list_marks(
    definition: &Definition,
    contest: &Contest,
    electorate: &Electorate,
    intent: Intent,
    rng: &mut Rng,
) -> Vec<OptionId> {
    let lists: Vec<&List> = definition.lists_of(&contest.id).collect();
    let weight = |list: &&List| electorate.strength.get(&list.party).copied().unwrap_or(Electorate::OTHERS);
    let Some(first) = rng.weighted(lists.iter().map(weight)) else { return vec![] };
    let list = lists[first];
    let mut marks = vec![OptionId::from(&list.id)];
    if intent == Intent::TooMany {
        let others: Vec<&&List> = lists.iter().filter(|other| other.id != list.id).collect();
        marks.extend(rng.pick(&others).map(|other| OptionId::from(&other.id)));
    }
    if contest.kind == ContestKind::OpenList {
        let mut numbers: Vec<u16> = definition
            .candidates_of(&contest.id)
            .filter(|candidate| candidate.list.as_ref() == Some(&list.id))
            .map(|candidate| candidate.number)
            .collect();
        numbers.sort_unstable();
        let wanted = match intent {
            Intent::TwoNumbers => 2,
            Intent::NumberWithoutList => 1,
            _ => usize::from(rng.chance(electorate.number_per_mille)),
        };
        for _ in 0..wanted {
            // The head of a list draws most of its voters.
            let popularity = (1..=numbers.len() as u32).map(|rank| 1000 / rank);
            if let Some(index) = rng.weighted(popularity) {
                marks.push(OptionId::number(numbers.remove(index)));
            }
        }
        if intent == Intent::NumberWithoutList && marks.len() > 1 {
            marks.remove(0);
        }
    }
    marks
}

/// Up to `most` different ones of `options`.
fn some_of(options: &[OptionId], most: u32, rng: &mut Rng) -> Vec<OptionId> {
    let mut left = options.to_vec();
    let mut taken = Vec::new();
    while taken.len() < most as usize && !left.is_empty() {
        taken.push(left.swap_remove(rng.below(left.len() as u32) as usize));
    }
    taken
}
