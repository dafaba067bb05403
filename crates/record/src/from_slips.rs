//! From slips alone: what agents hold in their hands says how many stations are covered, what they add up to, who leads, and
//! whether what is open can change it.
//!
//! A contest is **decided if and only if the lead exceeds the registered voters of the stations that are not covered**. Each of
//! them has one ballot, which can bring the second one vote and the first none. For seats the same is asked of every seat: what would
//! the others need, at the least, to take it away? Where that is more than what is open, no missing station can change it.

use std::collections::{BTreeMap, BTreeSet};

use election::{
    ConstituencyId, Contest, ContestId, ContestKind, Definition, Fraction, List, OptionId, SeatMethod, StationId,
    ThresholdOf, ThresholdOver,
};
use package::slip::SlipFigures;
use package::{ContestResults, Expected, Inconsistency, Salt, StationResults};
use serde::Serialize;
use tally::{ContestTotals, TotalsError, Withdrawn};

/// What all slips together say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FromSlips {
    /// Stations that report.
    pub expected: usize,
    /// Those of which a slip is at hand and nothing contradicts it.
    pub covered: BTreeSet<StationId>,
    /// Those of which no slip is added, with the most ballots each may cast: of one whose ballot account does not add up,
    /// also as many as are in its box, since two officers may have them counted.
    pub missing: BTreeMap<StationId, u32>,
    /// Those whose slips contradict each other: they are open like the missing ones.
    pub contradicted: BTreeMap<StationId, u32>,
    /// Slips whose figures cannot be, or do not add up, by their place among those given, and why.
    pub refused: BTreeMap<usize, Inconsistency>,
    /// Slips of a count that a later one has taken the place of, by their place among those given.
    pub earlier: BTreeSet<usize>,
    /// Sheets that could not be read at covered stations; they are in the boxes and in no figure.
    pub unread: u64,
    /// The contests, in the order of the definition.
    pub contests: Vec<ContestFromSlips>,
}

/// A list or candidate in a contest.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Runner {
    /// The list or candidate.
    pub id: OptionId,
    /// Votes at covered stations.
    pub votes: u64,
    /// Seats that no missing station can take away.
    pub sure: u64,
}

/// What slips say of one contest.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ContestFromSlips {
    /// The contest.
    pub contest: ContestId,
    /// Its constituency.
    pub constituency: ConstituencyId,
    /// Stations that have it, and those of them that are covered.
    pub stations: [usize; 2],
    /// The most ballots of the stations that are not covered.
    pub open: u64,
    /// The figures of covered stations.
    pub totals: ContestTotals,
    /// Who stands, most votes first.
    pub runners: Vec<Runner>,
    /// General seats.
    pub seats: u64,
    /// The first's votes less the second's.
    pub lead: u64,
    /// The lead is more than what is open.
    pub is_decided: bool,
}

impl ContestFromSlips {
    /// The first and the second, if they have the same votes; nobody does where no station is covered.
    pub fn level(&self) -> Option<[&OptionId; 2]> {
        match &self.runners[..] {
            [first, second, ..] if first.votes == second.votes && self.stations[1] > 0 => Some([&first.id, &second.id]),
            _ => None,
        }
    }

    /// Seats that no missing station can change.
    pub fn sure(&self) -> u64 {
        self.runners.iter().map(|runner| runner.sure).sum()
    }
}

impl FromSlips {
    /// Adds up slips whose signatures hold and that are of this election; who calls has seen to that.
    ///
    /// # Errors
    /// [`TotalsError`] where a sum is beyond 64 bits.
    pub fn of(def: &Definition, slips: &[SlipFigures]) -> Result<Self, TotalsError> {
        let mut all = FromSlips {
            expected: 0,
            covered: BTreeSet::new(),
            missing: BTreeMap::new(),
            contradicted: BTreeMap::new(),
            refused: BTreeMap::new(),
            earlier: BTreeSet::new(),
            unread: 0,
            contests: Vec::new(),
        };
        let mut by_station: BTreeMap<&StationId, Vec<(usize, &SlipFigures)>> = BTreeMap::new();
        for (place, slip) in slips.iter().enumerate() {
            by_station.entry(&slip.station).or_default().push((place, slip));
        }
        let mut figures: BTreeMap<&StationId, StationResults> = BTreeMap::new();
        for station in def.stations.iter().filter(|station| station.count_with.is_none()) {
            all.expected += 1;
            let Some(expected) = Expected::of(def, &station.id) else { continue };
            let own = by_station.remove(&station.id).unwrap_or_default();
            let (good, bad): (Vec<_>, Vec<_>) =
                own.into_iter().map(|(place, slip)| (place, slip, checked(slip, &expected))).partition(|s| s.2.is_ok());
            let most = most(&expected, &bad);
            all.refused.extend(bad.into_iter().filter_map(|(place, _, why)| Some((place, why.err()?))));
            let latest = good.iter().map(|(_, slip, _)| slip.generation).max();
            let counts: BTreeSet<_> = good.iter().map(|(_, slip, _)| (slip.generation, slip.results)).collect();
            let generations: BTreeSet<u16> = counts.iter().map(|(generation, _)| *generation).collect();
            all.earlier
                .extend(good.iter().filter(|(_, slip, _)| Some(slip.generation) < latest).map(|(place, ..)| *place));
            if counts.len() > generations.len() {
                all.contradicted.insert(station.id.clone(), most);
                continue;
            }
            match good.into_iter().find(|(_, slip, _)| Some(slip.generation) == latest) {
                Some((_, _, Ok(results))) => {
                    all.unread += u64::from(results.account.unread);
                    all.covered.insert(station.id.clone());
                    figures.insert(&station.id, results);
                }
                _ => drop(all.missing.insert(station.id.clone(), most)),
            }
        }
        // Of no station that reports: merged into another's box, or of none at all.
        for (place, slip) in by_station.into_values().flatten() {
            let contest = slip.contests.keys().next().cloned();
            let unknown = contest.map_or(Inconsistency::Account("no such station"), Inconsistency::UnknownContest);
            all.refused.insert(place, unknown);
        }
        let covered = figures.iter().map(|(id, results)| (*id, results)).collect();
        let most = |id: &StationId| all.missing.get(id).or(all.contradicted.get(id)).map_or(0, |most| u64::from(*most));
        let contests = contests(def, &covered, &most)?;
        all.contests = contests;
        Ok(all)
    }
}

/// The figures of a slip with its zeros, if they can be those of its station.
fn checked(slip: &SlipFigures, expected: &Expected) -> Result<StationResults, Inconsistency> {
    let known: BTreeSet<&ContestId> = expected.contests.iter().map(|contest| &contest.contest).collect();
    if let Some(unknown) = slip.contests.keys().find(|contest| !known.contains(contest)) {
        return Err(Inconsistency::UnknownContest((*unknown).clone()));
    }
    let mut contests = Vec::new();
    for contest in &expected.contests {
        let Some(own) = slip.contests.get(&contest.contest) else { continue };
        let mut votes: BTreeMap<OptionId, u32> = contest.options.keys().map(|option| (option.clone(), 0)).collect();
        votes.extend(own.votes.iter().map(|(option, votes)| (option.clone(), *votes)));
        contests.push(ContestResults {
            contest: contest.contest.clone(),
            ballots: own.ballots,
            valid: own.valid,
            blank: own.blank,
            invalid: own.invalid,
            votes,
        });
    }
    let results = StationResults {
        scope: slip.scope.clone(),
        station: slip.station.clone(),
        device: slip.device.clone(),
        generation: slip.generation,
        salt: Salt([0; 32]),
        account: slip.account,
        contests,
    };
    match Inconsistency::gravest(results.inconsistencies(expected)) {
        Some(why) => Err(why),
        None => Ok(results),
    }
}

/// The contests with the figures of covered stations; `open` gives the most ballots of a station that is not covered.
pub(crate) fn contests(
    def: &Definition,
    covered: &BTreeMap<&StationId, &StationResults>,
    open: &dyn Fn(&StationId) -> u64,
) -> Result<Vec<ContestFromSlips>, TotalsError> {
    let all = def.contests.iter().map(|contest| of_contest(def, contest, covered, open));
    let mut all = all.collect::<Result<Vec<_>, _>>()?;
    seats(def, &mut all);
    Ok(all)
}

/// The most ballots that may be counted of a station of which nothing is covered; `bad` are its slips that are not added.
fn most(expected: &Expected, bad: &[(usize, &SlipFigures, Result<StationResults, Inconsistency>)]) -> u32 {
    let of_paper = bad.iter().filter(|(_, _, why)| why.as_ref().err().is_some_and(Inconsistency::is_of_paper));
    of_paper.map(|(_, slip, _)| slip.account.used).fold(expected.most, u32::max)
}

fn of_contest(
    def: &Definition,
    contest: &Contest,
    figures: &BTreeMap<&StationId, &StationResults>,
    most: &dyn Fn(&StationId) -> u64,
) -> Result<ContestFromSlips, TotalsError> {
    let (mut stations, mut open, mut totals) = ([0, 0], 0u64, ContestTotals::zero(def, &contest.id));
    let reporting = def.stations.iter().filter(|station| station.count_with.is_none());
    for station in reporting.filter(|station| station.constituencies.contains(&contest.constituency)) {
        stations[0] += 1;
        match figures.get(&station.id).and_then(|results| results.contest(&contest.id)) {
            Some(results) => {
                stations[1] += 1;
                totals.add(&ContestTotals {
                    ballots: results.ballots.into(),
                    valid: results.valid.into(),
                    blank: results.blank.into(),
                    invalid: results.invalid.into(),
                    votes: results.votes.iter().map(|(option, votes)| (option.clone(), (*votes).into())).collect(),
                })?;
            }
            None => open += most(&station.id),
        }
    }
    let mut runners: Vec<Runner> = standing(def, contest)
        .into_iter()
        .map(|id| Runner { votes: totals.votes_of(id.as_str()), id, sure: 0 })
        .collect();
    runners.sort_by(|a, b| b.votes.cmp(&a.votes).then_with(|| a.id.cmp(&b.id)));
    let of = |place: usize| runners.get(place).map_or(0, |runner| runner.votes);
    let lead = of(0) - of(1);
    Ok(ContestFromSlips {
        contest: contest.id.clone(),
        constituency: contest.constituency.clone(),
        stations,
        open,
        totals,
        seats: contest.seats.into(),
        lead,
        is_decided: lead > open,
        runners,
    })
}

/// Lists (or candidates, where there are none) that compete for the general seats, as the definition has them.
fn standing(def: &Definition, contest: &Contest) -> Vec<OptionId> {
    let withdrawn = Withdrawn::of(def, contest, &BTreeSet::new());
    match contest.kind {
        ContestKind::Candidates { .. } => {
            let candidates = def.candidates_of(&contest.id).filter(|candidate| !withdrawn.takes_out(candidate));
            candidates.map(|candidate| OptionId::from(&candidate.id)).collect()
        }
        ContestKind::OpenList | ContestKind::ClosedList => {
            lists(def, contest).map(|list| OptionId::from(&list.id)).collect()
        }
    }
}

fn lists<'a>(def: &'a Definition, contest: &'a Contest) -> impl Iterator<Item = &'a List> {
    def.lists_of(&contest.id).filter(|list| list.reserved.is_none())
}

/// Enters the seats that no missing station can change.
fn seats(def: &Definition, contests: &mut [ContestFromSlips]) {
    for place in 0..contests.len() {
        let sure: Vec<u64> = (0..contests[place].runners.len())
            .map(|runner| {
                let contest = def.contest(&contests[place].contest).expect("it was made from the definition");
                sure_of(def, contest, contests, place, runner)
            })
            .collect();
        for (runner, sure) in contests[place].runners.iter_mut().zip(sure) {
            runner.sure = sure;
        }
    }
}

fn sure_of(def: &Definition, contest: &Contest, all: &[ContestFromSlips], place: usize, runner: usize) -> u64 {
    let own = &all[place];
    let others: Vec<u64> =
        own.runners.iter().enumerate().filter(|(at, _)| *at != runner).map(|(_, other)| other.votes).collect();
    let (id, votes) = (&own.runners[runner].id, own.runners[runner].votes);
    if votes == 0 {
        return 0;
    }
    let method = match contest.kind {
        ContestKind::Candidates { vote_for } => return u64::from(wins(votes, &others, own.seats, own.open, vote_for)),
        ContestKind::OpenList | ContestKind::ClosedList => def.rules.seats_of(&contest.id).method,
    };
    if !passes(def, contest, all, place, id) {
        return 0;
    }
    let sure = match method {
        SeatMethod::Hare => quotas(votes, &others, own.seats, own.open),
        SeatMethod::DHondt | SeatMethod::SainteLague { .. } => averages(votes, &others, own.seats, own.open, method),
    };
    let withdrawn = Withdrawn::of(def, contest, &BTreeSet::new());
    let people = def.candidates_of(&contest.id).filter(|candidate| {
        !withdrawn.takes_out(candidate) && candidate.list.as_ref().is_some_and(|list| list.as_str() == id.as_str())
    });
    sure.min(people.count() as u64)
}

/// Does a list stay above the threshold even if every open ballot is another's?
fn passes(def: &Definition, contest: &Contest, all: &[ContestFromSlips], place: usize, id: &OptionId) -> bool {
    let rules = def.rules.seats_of(&contest.id);
    let Some(threshold) = rules.threshold else { return true };
    let base = |contest: &ContestFromSlips| {
        let counted = match rules.threshold_of {
            ThresholdOf::Valid => contest.totals.valid,
            ThresholdOf::Competing => contest.runners.iter().map(|runner| runner.votes).sum(),
        };
        u128::from(counted) + u128::from(contest.open)
    };
    let (votes, of) = match rules.threshold_over {
        ThresholdOver::Contest => (u128::from(all[place].totals.votes_of(id.as_str())), base(&all[place])),
        ThresholdOver::Election => {
            let party = lists(def, contest).find(|list| list.id.as_str() == id.as_str()).map(|list| &list.party);
            let with_lists = |own: &&ContestFromSlips| {
                def.contest(&own.contest).is_some_and(|c| !matches!(c.kind, ContestKind::Candidates { .. }))
            };
            let (mut votes, mut of) = (0, 0);
            for own in all.iter().filter(with_lists) {
                of += base(own);
                let contest = def.contest(&own.contest).expect("it was made from the definition");
                let of_party = lists(def, contest).filter(|list| Some(&list.party) == party);
                votes += of_party.map(|list| u128::from(own.totals.votes_of(list.id.as_str()))).sum::<u128>();
            }
            (votes, of)
        }
    };
    votes * u128::from(threshold.denominator) >= of * u128::from(threshold.numerator)
}

/// Is a candidate with `votes` elected however `open` ballots are cast? A tie, which a lot decides, is not enough.
fn wins(votes: u64, others: &[u64], seats: u64, open: u64, vote_for: u8) -> bool {
    let mut needed: Vec<u64> = others.iter().map(|other| votes.saturating_sub(*other)).collect();
    needed.sort_unstable();
    let seats = usize::try_from(seats).unwrap_or(usize::MAX);
    if seats == 0 || needed.len() < seats {
        return seats > 0;
    }
    match vote_for {
        // A ballot raises one candidate.
        1 => needed[..seats].iter().map(|need| u128::from(*need)).sum::<u128>() > u128::from(open),
        // Or several, so that what raises one may raise others, too.
        _ => needed[seats - 1] > open,
    }
}

/// Whole quotas of Hare, with every open ballot in the quota and none for this list.
fn quotas(votes: u64, others: &[u64], seats: u64, open: u64) -> u64 {
    let all = others.iter().map(|other| u128::from(*other)).sum::<u128>() + u128::from(votes) + u128::from(open);
    u64::try_from(u128::from(votes) * u128::from(seats) / all).expect("a part of the seats")
}

/// Seats by highest averages that the others cannot take away with `open` more votes among them.
fn averages(votes: u64, others: &[u64], seats: u64, open: u64, method: SeatMethod) -> u64 {
    (1..=seats).take_while(|seat| least_to_take(*seat, votes, others, seats, open, method).is_none()).count() as u64
}

fn divisor(method: SeatMethod, seat: u64) -> Fraction {
    let whole = |numerator| Fraction { numerator, denominator: 1 };
    match method {
        SeatMethod::SainteLague { first } if seat == 1 => first,
        SeatMethod::SainteLague { .. } => whole(2 * seat - 1),
        SeatMethod::DHondt | SeatMethod::Hare => whole(seat),
    }
}

/// The fewest votes with which the others reach (or equal) the quotient of a list's `seat`th seat often enough to fill all
/// seats before it; `None` if `open` are not enough. Which of them is raised how far is tried exactly: with a first divisor of its own the
/// next seat of a list may be cheaper than its first.
fn least_to_take(seat: u64, votes: u64, others: &[u64], seats: u64, open: u64, method: SeatMethod) -> Option<u64> {
    let wanted = usize::try_from(seats - seat + 1).ok()?;
    let own = divisor(method, seat);
    // The votes with which another list has `seat` quotients that are not below votes / own.
    let needed = |count: u64| {
        let of = divisor(method, count);
        let upper = u128::from(votes) * u128::from(own.denominator) * u128::from(of.numerator);
        upper.div_ceil(u128::from(own.numerator) * u128::from(of.denominator))
    };
    let mut least: Vec<Option<u64>> = vec![None; wanted + 1];
    least[0] = Some(0);
    for other in others {
        let before = least.clone();
        for count in 1..=wanted {
            let Ok(cost) = u64::try_from(needed(count as u64).saturating_sub(u128::from(*other))) else { break };
            if cost > open {
                break;
            }
            for (at, from) in before[..=wanted - count].iter().enumerate() {
                let Some(sum) = from.and_then(|from| from.checked_add(cost)).filter(|sum| *sum <= open) else {
                    continue;
                };
                let slot = &mut least[at + count];
                *slot = Some(slot.map_or(sum, |slot| slot.min(sum)));
            }
        }
    }
    least[wanted]
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const SAINTE_LAGUE: SeatMethod = SeatMethod::SainteLague { first: Fraction { numerator: 17, denominator: 10 } };

    /// Counted by hand. 100, 60 and 40 votes for 3 seats by D'Hondt: quotients 100, 60, 50 win. The first's second seat (50) falls
    /// with 10 votes for the third; its first seat (100) only if three others' quotients reach 100.
    #[test]
    fn seats_by_highest_averages_are_sure_up_to_what_the_others_need() {
        let sure = |open| averages(100, &[60, 40], 3, open, SeatMethod::DHondt);
        assert_eq!([sure(0), sure(9), sure(10)], [2, 2, 1]);
        // Three quotients of 100 or more: one list at 300 (240 more), or 200 and 100 (140 + 60, or 40 + 160): 200 more.
        assert_eq!([sure(199), sure(200)], [1, 0]);
        assert_eq!(least_to_take(1, 100, &[60, 40], 3, 1000, SeatMethod::DHondt), Some(200));
    }

    #[test]
    fn a_first_divisor_makes_the_second_seat_cheaper_than_the_first() {
        // The own seat has 170 / 1.7 = 100. Another list needs 170 for one such quotient, 300 for two: 130 more.
        let needs = |wanted: u64, others: &[u64]| least_to_take(1, 170, others, wanted, 10_000, SAINTE_LAGUE);
        assert_eq!((needs(1, &[0]), needs(2, &[0])), (Some(170), Some(300)));
        // Two from nothing in two lists cost 340, in one 300.
        assert_eq!(needs(2, &[0, 0]), Some(300));
    }

    #[test]
    fn whole_quotas_and_pluralities_are_sure() {
        assert_eq!([quotas(50, &[50], 4, 0), quotas(50, &[50], 4, 100), quotas(50, &[50], 4, 101)], [2, 1, 0]);
        // One seat: 10 ahead.
        assert_eq!([wins(30, &[20, 5], 1, 9, 1), wins(30, &[20, 5], 1, 10, 1)], [true, false]);
        // Two seats: both others must pass, with 10 and 25 votes; a ballot with two marks raises both.
        assert_eq!([wins(30, &[20, 5], 2, 34, 1), wins(30, &[20, 5], 2, 35, 1)], [true, false]);
        assert_eq!([wins(30, &[20, 5], 2, 24, 2), wins(30, &[20, 5], 2, 25, 2)], [true, false]);
        assert_eq!([wins(1, &[], 1, 99, 1), wins(1, &[], 0, 0, 1)], [true, false]);
    }

    fn least_by_trying(own: u64, others: [u64; 2], seats: u64, open: u64, method: SeatMethod) -> u64 {
        let mut least = seats;
        for a in 0..=open {
            for b in 0..=open - a {
                let votes = BTreeMap::from([(0, own), (1, others[0] + a), (2, others[1] + b)]);
                let allotted = tally::seats::apportion(&votes, seats, method, None, &[]).unwrap();
                // What needs a lot is not this list's yet.
                least = least.min(allotted.seats[&0]);
            }
        }
        least
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(96))]
        /// However the open votes fall, a list keeps at least as many seats as are called sure, and for some fall no more.
        #[test]
        fn sure_seats_are_those_of_the_worst_fall_of_the_open_votes(
            own in 1u64..40, others in [0u64..40, 0u64..40], seats in 1u64..6, open in 0u64..12, way in 0usize..3
        ) {
            let plain = SeatMethod::SainteLague { first: Fraction { numerator: 1, denominator: 1 } };
            let method = [SeatMethod::DHondt, plain, SAINTE_LAGUE][way];
            prop_assert_eq!(averages(own, &others, seats, open, method), least_by_trying(own, others, seats, open, method));
            prop_assert!(quotas(own, &others, seats, open) <= least_by_trying(own, others, seats, open, SeatMethod::Hare));
        }
    }
}
