//! Votes to seats: highest averages and largest remainders, exactly.

use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet, BinaryHeap};

use election::{Coded, Fraction, SeatMethod, TiesOfLists};
use serde::Serialize;

/// The most seats one apportionment fills.
pub const MOST_SEATS: u64 = 10_000;
/// The most lists that compete in one.
pub const MOST_LISTS: usize = 10_000;

/// One quotient that was compared for one seat.
///
/// With Hare, the seats of whole quotas come first; what is compared then are
/// the votes that remain, and the divisor is the quota, votes over seats.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Quotient<I> {
    /// The list.
    pub who: I,
    /// Its votes.
    pub votes: u64,
    /// What they are divided by.
    pub divisor: Fraction,
    /// Whole seats that are subtracted from the quotient before it is compared; Hare only, else zero.
    pub whole: u64,
    /// From 1; equal quotients have equal ranks.
    pub rank: u64,
    /// Did it win a seat? Never by a tie that is not drawn yet.
    pub won: bool,
    /// Is it one of a tie for the last seats?
    pub tied: bool,
}

/// A tie for the last seats.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Tie<I> {
    /// How many seats are to be drawn.
    pub seats: u64,
    /// Between whom, sorted.
    pub between: Vec<I>,
}

/// The outcome of a lot: for the tie between exactly `between`, `drawn` win the seats.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Lot<I> {
    /// Between whom it was drawn.
    pub between: BTreeSet<I>,
    /// Who was drawn.
    pub drawn: BTreeSet<I>,
}

/// Who gets how many seats, and why.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Apportionment<I: Ord> {
    /// Seats of every list, zeros included; without those that still need a lot.
    pub seats: BTreeMap<I, u64>,
    /// The ties that still need one.
    #[serde(rename = "lots")]
    pub lots_needed: Vec<Tie<I>>,
    /// Every quotient that was compared, the highest first.
    pub quotients: Vec<Quotient<I>>,
    /// A tie for the last seats that the lists' own votes decided ([`TiesOfLists::MostVotes`]): those that won first.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub by_votes: Option<Tie<I>>,
    /// Lists below the threshold, which compete for nothing.
    pub below_threshold: Vec<I>,
    /// Lists that would have won a further seat but had no candidate left.
    pub short: Vec<I>,
    /// Seats that nobody can take: no list has a vote, or none has a candidate left.
    pub vacant: u64,
}

/// Why votes cannot become seats.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SeatsError {
    /// Too many seats or lists.
    #[error("{what}: {given} is beyond the bound of {most}")]
    TooMany {
        /// "seats" or "lists".
        what: &'static str,
        /// How many.
        given: u64,
        /// How many at most.
        most: u64,
    },
    /// A first divisor of 3 or more.
    #[error("the first divisor {0} is not below the second, 3")]
    FirstDivisor(Fraction),
    /// The votes together do not fit 64 bits.
    #[error("the votes together are beyond 64 bits")]
    Overflow,
    /// The outcome of a lot names other lists than the tie, or too few or many.
    #[error("a lot for {seats} of {between} was given {drawn} names, or others than the tie's")]
    Lot {
        /// Seats to be drawn.
        seats: u64,
        /// Lists that are tied.
        between: usize,
        /// Names drawn.
        drawn: usize,
    },
}

impl Coded for SeatsError {
    fn code(&self) -> &'static str {
        match self {
            SeatsError::TooMany { .. } => "seats.too_many",
            SeatsError::FirstDivisor(_) => "seats.first_divisor",
            SeatsError::Overflow => "seats.overflow",
            SeatsError::Lot { .. } => "seats.lot",
        }
    }

    fn next(&self) -> &'static str {
        match self {
            SeatsError::TooMany { .. } => "Check the figure; no parliament is that large.",
            SeatsError::FirstDivisor(_) => "Write a first divisor below 3, such as sainte-lague:1.7.",
            SeatsError::Overflow => "Look for the figure that is beyond all reason; it is not a count.",
            SeatsError::Lot { .. } => {
                "Draw the lot between exactly those named, and enter as many names as there are seats."
            }
        }
    }
}

/// Votes to seats. `threshold` is a share of the sum of `votes`; met exactly, it counts.
///
/// A tie for the last seats is returned in [`Apportionment::lots_needed`] until `lots`
/// has its outcome. A list without a vote takes no seat; where no list has one, all
/// seats are [`Apportionment::vacant`].
pub fn apportion<I: Ord + Clone>(
    votes: &BTreeMap<I, u64>,
    seats: u64,
    method: SeatMethod,
    threshold: Option<Fraction>,
    lots: &[Lot<I>],
) -> Result<Apportionment<I>, SeatsError> {
    let valid = votes.values().try_fold(0u64, |sum, v| sum.checked_add(*v)).ok_or(SeatsError::Overflow)?;
    let below = votes.iter().filter(|(_, votes)| threshold.is_some_and(|t| !t.is_reached(**votes, valid)));
    let below = below.map(|(who, _)| who.clone()).collect();
    let ties = TiesOfLists::Lot;
    Race { votes, seats, method, ties, below: &below, most: &BTreeMap::new() }.run(lots)
}

/// An apportionment with all that can bear on it.
#[derive(Clone, Copy, Debug)]
pub struct Race<'a, I> {
    /// The votes of every list that competes.
    pub votes: &'a BTreeMap<I, u64>,
    /// Seats to be won.
    pub seats: u64,
    /// The method.
    pub method: SeatMethod,
    /// Who breaks a tie.
    pub ties: TiesOfLists,
    /// Lists below the threshold: they take no seat.
    pub below: &'a BTreeSet<I>,
    /// The most seats a list can take, where it has too few candidates.
    pub most: &'a BTreeMap<I, u64>,
}

/// `votes / divisor - whole`, to be compared exactly.
#[derive(Clone, Copy, Debug)]
struct Key {
    votes: u64,
    divisor: Fraction,
    whole: u64,
}

impl Key {
    /// The quotient as a fraction of whole numbers below 2^128.
    fn fraction(self) -> (u128, u128) {
        let upper = u128::from(self.votes) * u128::from(self.divisor.denominator);
        let lower = u128::from(self.divisor.numerator);
        (upper - u128::from(self.whole) * lower, lower)
    }
}

impl Ord for Key {
    fn cmp(&self, other: &Self) -> Ordering {
        compare_fractions(self.fraction(), other.fraction())
    }
}

impl PartialOrd for Key {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Key {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Key {}

/// `a / b` against `c / d`, exactly: by cross multiplication where the products fit 128 bits,
/// else by their whole parts and then the inverses of what remains (Euclid).
fn compare_fractions((mut a, mut b): (u128, u128), (mut c, mut d): (u128, u128)) -> Ordering {
    let mut turned = false;
    loop {
        let order = match (a.checked_mul(d), c.checked_mul(b)) {
            (Some(left), Some(right)) => left.cmp(&right),
            _ => match (a / b).cmp(&(c / d)) {
                Ordering::Equal if a % b != 0 && c % d != 0 => {
                    (a, b, c, d) = (b, a % b, d, c % d);
                    turned = !turned;
                    continue;
                }
                Ordering::Equal => (a % b).cmp(&(c % d)),
                other => other,
            },
        };
        return if turned { order.reverse() } else { order };
    }
}

/// The divisor of a list that has `won` seats already.
fn divisor(method: SeatMethod, won: u64) -> Fraction {
    let whole = |numerator| Fraction { numerator, denominator: 1 };
    match method {
        SeatMethod::SainteLague { first } if won == 0 => first,
        SeatMethod::SainteLague { .. } => whole(2 * won + 1),
        SeatMethod::DHondt | SeatMethod::Hare => whole(won + 1),
    }
}

/// A list that competes.
struct Runner<'a, I> {
    who: &'a I,
    votes: u64,
    won: u64,
    most: u64,
}

/// A quotient, before ranks are known.
#[derive(Clone, Copy)]
struct Entry {
    key: Key,
    runner: usize,
    won: bool,
    tied: bool,
}

impl<I: Ord + Clone> Race<'_, I> {
    /// Votes to seats; see [`apportion`].
    pub fn run(&self, lots: &[Lot<I>]) -> Result<Apportionment<I>, SeatsError> {
        let bound =
            |what, given, most| if given > most { Err(SeatsError::TooMany { what, given, most }) } else { Ok(()) };
        bound("seats", self.seats, MOST_SEATS)?;
        bound("lists", self.votes.len() as u64, MOST_LISTS as u64)?;
        if let SeatMethod::SainteLague { first } = self.method
            && (first.numerator == 0
                || first.denominator == 0
                || u128::from(first.numerator) >= 3 * u128::from(first.denominator))
        {
            return Err(SeatsError::FirstDivisor(first));
        }
        let mut runners: Vec<Runner<I>> = (self.votes.iter())
            .filter(|(who, votes)| **votes > 0 && !self.below.contains(who))
            .map(|(who, votes)| Runner { who, votes: *votes, won: 0, most: *self.most.get(who).unwrap_or(&u64::MAX) })
            .collect();
        let mut out = Apportionment {
            seats: self.votes.keys().map(|who| (who.clone(), 0)).collect(),
            lots_needed: Vec::new(),
            quotients: Vec::new(),
            by_votes: None,
            below_threshold: self.below.iter().cloned().collect(),
            short: Vec::new(),
            vacant: 0,
        };
        match self.method {
            SeatMethod::Hare => self.largest_remainders(&mut runners, &mut out, lots)?,
            _ => self.highest_averages(&mut runners, &mut out, lots)?,
        }
        for runner in &runners {
            out.seats.insert(runner.who.clone(), runner.won);
        }
        let tied: u64 = out.lots_needed.iter().map(|tie| tie.seats).sum();
        out.vacant = self.seats - tied - runners.iter().map(|r| r.won).sum::<u64>();
        Ok(out)
    }

    /// The highest `seats` quotients win. Each list has one quotient in the heap, its next.
    fn highest_averages(
        &self,
        runners: &mut [Runner<I>],
        out: &mut Apportionment<I>,
        lots: &[Lot<I>],
    ) -> Result<(), SeatsError> {
        let next =
            |runner: &Runner<I>| Key { votes: runner.votes, divisor: divisor(self.method, runner.won), whole: 0 };
        // A list without a candidate left does not compete; its quotient is kept to tell whether that mattered.
        let mut barred: Vec<(Key, usize)> = Vec::new();
        let mut heap = BinaryHeap::new();
        for (i, runner) in runners.iter().enumerate() {
            if runner.most > 0 { heap.push((next(runner), i)) } else { barred.push((next(runner), i)) }
        }
        let mut entries: Vec<Entry> = Vec::new();
        let mut left = self.seats;
        while left > 0
            && let Some((key, i)) = heap.pop()
        {
            entries.push(Entry { key, runner: i, won: true, tied: false });
            left -= 1;
            let runner = &mut runners[i];
            runner.won += 1;
            if runner.won < runner.most { heap.push((next(runner), i)) } else { barred.push((next(runner), i)) }
        }
        let last = entries.last().map(|e| e.key);
        out.short = short_of(runners, &barred, last, left);
        entries.extend(heap.into_iter().map(|(key, runner)| Entry { key, runner, won: false, tied: false }));
        if let Some(last) = last {
            self.settle(last, &mut entries, runners, out, lots)?;
        }
        out.quotients.extend(ranked(entries, runners));
        Ok(())
    }

    /// Whole Hare quotas first, then the largest remainders. Where lists run out of candidates,
    /// the remainders of the others are served again until no seat or no candidate is left.
    fn largest_remainders(
        &self,
        runners: &mut [Runner<I>],
        out: &mut Apportionment<I>,
        lots: &[Lot<I>],
    ) -> Result<(), SeatsError> {
        let total = runners.iter().try_fold(0u64, |sum, r| sum.checked_add(r.votes)).ok_or(SeatsError::Overflow)?;
        if total == 0 || self.seats == 0 {
            return Ok(());
        }
        let quota = Fraction { numerator: total, denominator: self.seats };
        let keys: Vec<Key> = (runners.iter())
            .map(|r| {
                let whole = u128::from(r.votes) * u128::from(self.seats) / u128::from(total);
                // At most `seats`, because no list has more votes than all.
                Key { votes: r.votes, divisor: quota, whole: u64::try_from(whole).unwrap_or(self.seats) }
            })
            .collect();
        let mut left = self.seats;
        for (runner, key) in runners.iter_mut().zip(&keys) {
            runner.won = key.whole.min(runner.most);
            left -= runner.won;
        }
        let mut first_round = true;
        loop {
            let (open, full): (Vec<usize>, Vec<usize>) =
                (0..runners.len()).partition(|i| runners[*i].won < runners[*i].most);
            let mut entries: Vec<Entry> =
                (open.into_iter()).map(|i| Entry { key: keys[i], runner: i, won: false, tied: false }).collect();
            entries.sort_by(|a, b| b.key.cmp(&a.key).then(a.runner.cmp(&b.runner)));
            let winners = usize::try_from(left).unwrap_or(usize::MAX).min(entries.len());
            for entry in &mut entries[..winners] {
                entry.won = true;
                runners[entry.runner].won += 1;
            }
            left -= winners as u64;
            let last = winners.checked_sub(1).map(|i| entries[i].key);
            if first_round {
                let barred: Vec<(Key, usize)> = full.iter().map(|i| (keys[*i], *i)).collect();
                let mut short: BTreeSet<I> = short_of(runners, &barred, last, left).into_iter().collect();
                short.extend(
                    full.iter().filter(|i| keys[**i].whole > runners[**i].most).map(|i| runners[*i].who.clone()),
                );
                out.short = short.into_iter().collect();
            }
            if let Some(last) = last {
                self.settle(last, &mut entries, runners, out, lots)?;
            }
            let go_on = left > 0 && winners > 0;
            if first_round || winners > 0 {
                out.quotients.extend(ranked(entries, runners));
            }
            first_round = false;
            if !go_on {
                return Ok(());
            }
        }
    }

    /// Where some of the quotients equal to the last winning one win and some do not, a lot decides
    /// among all lists that have it.
    fn settle(
        &self,
        last: Key,
        entries: &mut Vec<Entry>,
        runners: &mut [Runner<I>],
        out: &mut Apportionment<I>,
        lots: &[Lot<I>],
    ) -> Result<(), SeatsError> {
        let mut equal: Vec<usize> = (0..entries.len()).filter(|e| entries[*e].key == last).collect();
        let mut seats = equal.iter().filter(|e| entries[**e].won).count();
        if seats == equal.len() {
            return Ok(());
        }
        // What a tied list would compare after this seat is open until the tie is broken.
        let tied: BTreeSet<usize> = equal.iter().map(|e| entries[*e].runner).collect();
        for e in &equal {
            let entry = &mut entries[*e];
            entry.tied = true;
            let runner = &mut runners[entry.runner];
            runner.won -= u64::from(entry.won);
            entry.won = false;
        }
        if self.ties == TiesOfLists::MostVotes {
            let own = |e: &usize| runners[entries[*e].runner].votes;
            equal.sort_by_key(|e| std::cmp::Reverse(own(e)));
            let cut = own(&equal[seats - 1]);
            // Those that have more than the last one to win; with the last one too, where the next has fewer.
            let sure = if own(&equal[seats]) < cut { seats } else { equal.iter().filter(|e| own(e) > cut).count() };
            if sure > 0 {
                let between = tied.iter().map(|r| runners[*r].who.clone()).collect();
                out.by_votes = Some(Tie { seats: sure as u64, between });
            }
            for e in equal.drain(..sure) {
                entries[e].won = true;
                runners[entries[e].runner].won += 1;
            }
            seats -= sure;
            equal.retain(|e| runners[entries[*e].runner].votes == cut);
        }
        let mut needed = None;
        if seats > 0 {
            let between: BTreeSet<I> = equal.iter().map(|e| runners[entries[*e].runner].who.clone()).collect();
            match lots.iter().find(|lot| lot.between == between) {
                Some(lot) if lot.drawn.len() != seats || !lot.drawn.is_subset(&between) => {
                    return Err(SeatsError::Lot {
                        seats: seats as u64,
                        between: between.len(),
                        drawn: lot.drawn.len(),
                    });
                }
                Some(lot) => {
                    for e in equal {
                        let wins = lot.drawn.contains(runners[entries[e].runner].who);
                        entries[e].won = wins;
                        runners[entries[e].runner].won += u64::from(wins);
                    }
                }
                None => needed = Some(Tie { seats: seats as u64, between: between.into_iter().collect() }),
            }
        }
        entries.retain(|e| e.key >= last || !tied.contains(&e.runner));
        out.lots_needed.extend(needed);
        Ok(())
    }
}

/// The lists among `barred` whose quotient would have won, or tied for, a seat.
fn short_of<I: Ord + Clone>(runners: &[Runner<I>], barred: &[(Key, usize)], last: Option<Key>, left: u64) -> Vec<I> {
    let wanted = barred.iter().filter(|(key, _)| left > 0 || last.is_some_and(|last| *key >= last));
    let who: BTreeSet<I> = wanted.map(|(_, i)| runners[*i].who.clone()).collect();
    who.into_iter().collect()
}

/// Entries as quotients, the highest first, equal ones by id.
fn ranked<I: Ord + Clone>(mut entries: Vec<Entry>, runners: &[Runner<I>]) -> Vec<Quotient<I>> {
    entries.sort_by(|a, b| b.key.cmp(&a.key).then(runners[a.runner].who.cmp(runners[b.runner].who)));
    let mut quotients: Vec<Quotient<I>> = Vec::with_capacity(entries.len());
    let mut rank = 0;
    let mut before: Option<Key> = None;
    for (i, entry) in entries.iter().enumerate() {
        if before != Some(entry.key) {
            rank = i as u64 + 1;
        }
        before = Some(entry.key);
        let runner = &runners[entry.runner];
        quotients.push(Quotient {
            who: runner.who.clone(),
            votes: entry.key.votes,
            divisor: entry.key.divisor,
            whole: entry.key.whole,
            rank,
            won: entry.won,
            tied: entry.tied,
        });
    }
    quotients
}

#[cfg(test)]
#[path = "seats_tests.rs"]
mod tests;
