//! Figures of one contest side by side, in the order of its ids: what many ballots, or many stations, are added up in.

use election::OptionId;

use crate::options::{ContestOptions, Place};
use crate::totals::{ContestTotals, TotalsError};
use crate::vote::{SetAside, Vote};

/// One ballot of a contest, with the places of what it counts for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ballot<'b> {
    /// No mark.
    Blank,
    /// Marks that are worth nothing.
    Invalid,
    /// A vote: for a list and perhaps one of its candidates, or for candidates; each once.
    Valid(&'b [Place]),
}

/// Sums of a contest. Checked: nothing wraps, and nothing is counted for an option that the contest does not have.
#[derive(Clone, Debug)]
pub struct Sums<'a> {
    options: &'a ContestOptions<'a>,
    ballots: u64,
    valid: u64,
    blank: u64,
    invalid: u64,
    votes: Vec<u64>,
    /// The places whose votes are not zero. A station's ballots touch few of a contest's thousands of candidates.
    touched: Vec<usize>,
}

impl<'a> Sums<'a> {
    /// Nothing counted yet.
    pub fn zero(options: &'a ContestOptions<'a>) -> Self {
        let votes = vec![0; options.ids().len()];
        Sums { options, ballots: 0, valid: 0, blank: 0, invalid: 0, votes, touched: Vec::new() }
    }

    /// Figures by id, sorted, as one station states them: `ballots`, `valid`, `blank`, `invalid`, and the votes of exactly
    /// the lists and candidates of the contest.
    ///
    /// # Errors
    /// [`TotalsError::Options`].
    pub fn of<'b>(
        options: &'a ContestOptions<'a>,
        [ballots, valid, blank, invalid]: [u64; 4],
        votes: impl IntoIterator<Item = (&'b OptionId, u64)>,
    ) -> Result<Self, TotalsError> {
        let wrong = |option: &OptionId, how| TotalsError::Options {
            contest: options.contest().id.clone(),
            option: option.clone(),
            how,
        };
        let mut sums = Sums { ballots, valid, blank, invalid, ..Sums::zero(options) };
        let mut votes = votes.into_iter();
        for (at, id) in options.ids().iter().enumerate() {
            match votes.next() {
                Some((found, votes)) if found == id => sums.give(at, votes)?,
                Some((found, _)) if found < id => return Err(wrong(found, "not among them")),
                _ => return Err(wrong(id, "missing")),
            }
        }
        votes.next().map_or(Ok(sums), |(found, _)| Err(wrong(found, "not among them")))
    }

    /// The worth of many ballots: the marks of each, in any order.
    ///
    /// # Errors
    /// [`TotalsError::Overflow`].
    pub fn of_marks<'b>(
        options: &'a ContestOptions<'a>,
        ballots: impl IntoIterator<Item = &'b [OptionId]>,
    ) -> Result<Self, TotalsError> {
        let mut sums = Sums::zero(options);
        ballots.into_iter().try_for_each(|marked| sums.vote(&options.vote(marked)))?;
        Ok(sums)
    }

    /// Back to zero, for the next station.
    pub fn clear(&mut self) {
        (self.ballots, self.valid, self.blank, self.invalid) = (0, 0, 0, 0);
        self.touched.drain(..).for_each(|at| self.votes[at] = 0);
    }

    /// Adds votes at a place of this contest.
    #[inline]
    fn give(&mut self, at: usize, votes: u64) -> Result<(), TotalsError> {
        let figure = &mut self.votes[at];
        if *figure == 0 && votes > 0 {
            self.touched.push(at);
        }
        bump(figure, votes, || self.options.ids()[at].to_string())
    }

    /// Adds one ballot.
    ///
    /// # Errors
    /// [`TotalsError::Overflow`], [`TotalsError::Place`].
    #[inline]
    pub fn ballot(&mut self, ballot: Ballot<'_>) -> Result<(), TotalsError> {
        bump(&mut self.ballots, 1, || "ballots".into())?;
        match ballot {
            Ballot::Blank => bump(&mut self.blank, 1, || "blank".into()),
            Ballot::Invalid => bump(&mut self.invalid, 1, || "invalid".into()),
            Ballot::Valid(places) => {
                bump(&mut self.valid, 1, || "valid".into())?;
                for place in places {
                    let at = place.index();
                    if at >= self.votes.len() {
                        return Err(TotalsError::Place { contest: self.options.contest().id.clone(), place: at });
                    }
                    self.give(at, 1)?;
                }
                Ok(())
            }
        }
    }

    /// Adds one ballot by what its marks are worth.
    ///
    /// # Errors
    /// As [`Sums::ballot`], and [`TotalsError::Options`] for a vote of another contest.
    pub fn vote(&mut self, vote: &Vote) -> Result<(), TotalsError> {
        let options = self.options;
        let find = |id: OptionId| {
            let stranger =
                |option| TotalsError::Options { contest: options.contest().id.clone(), option, how: "not among them" };
            options.find(id.as_str()).ok_or_else(|| stranger(id))
        };
        match vote {
            Vote::Blank => self.ballot(Ballot::Blank),
            Vote::Invalid(_) => self.ballot(Ballot::Invalid),
            Vote::List { list, candidate, set_aside } => {
                let marked = match set_aside {
                    Some(SetAside::Withdrawn(withdrawn)) => Some(withdrawn),
                    _ => candidate.as_ref(),
                };
                let list = find(list.into())?;
                match marked {
                    None => self.ballot(Ballot::Valid(&[list])),
                    Some(candidate) => {
                        let candidate = find(candidate.into())?;
                        self.ballot(Ballot::Valid(&[list, candidate]))
                    }
                }
            }
            Vote::Candidates(chosen) => {
                let places = chosen.iter().map(|c| find(c.into())).collect::<Result<Vec<Place>, _>>()?;
                self.ballot(Ballot::Valid(&places))
            }
        }
    }

    /// Adds what was counted elsewhere in the same contest. After an error the sums are of no use.
    ///
    /// # Errors
    /// [`TotalsError::Overflow`], [`TotalsError::Place`] for another contest.
    pub fn add(&mut self, other: &Sums<'_>) -> Result<(), TotalsError> {
        if self.votes.len() != other.votes.len() || self.options.contest().id != other.options.contest().id {
            return Err(TotalsError::Place { contest: self.options.contest().id.clone(), place: other.votes.len() });
        }
        bump(&mut self.ballots, other.ballots, || "ballots".into())?;
        bump(&mut self.valid, other.valid, || "valid".into())?;
        bump(&mut self.blank, other.blank, || "blank".into())?;
        bump(&mut self.invalid, other.invalid, || "invalid".into())?;
        other.touched.iter().try_for_each(|at| self.give(*at, other.votes[*at]))
    }

    /// Ballots, valid, blank and invalid ones.
    pub fn ballots(&self) -> [u64; 4] {
        [self.ballots, self.valid, self.blank, self.invalid]
    }

    /// The votes of every list and candidate, by id; zeros included.
    pub fn votes(&self) -> impl Iterator<Item = (&OptionId, u64)> {
        self.options.ids().iter().zip(self.votes.iter().copied())
    }

    /// The votes that are not zero, in no order.
    pub fn nonzero(&self) -> impl Iterator<Item = u64> {
        self.touched.iter().map(|at| self.votes[*at])
    }

    /// The same figures by id.
    pub fn totals(&self) -> ContestTotals {
        ContestTotals {
            ballots: self.ballots,
            valid: self.valid,
            blank: self.blank,
            invalid: self.invalid,
            votes: self.votes().map(|(option, votes)| (option.clone(), votes)).collect(),
        }
    }
}

fn bump(figure: &mut u64, by: u64, name: impl Fn() -> String) -> Result<(), TotalsError> {
    *figure = figure.checked_add(by).ok_or_else(|| TotalsError::Overflow(name()))?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use election::{Coded, ContestKind, Definition};
    use proptest::prelude::*;

    use super::*;
    use crate::testing::{definition, id, list};

    fn lists(kind: ContestKind) -> Definition {
        let mut def = definition(kind, 3);
        let totals = &mut ContestTotals::default();
        list(&mut def, totals, "b", 0, &[("m", 0), ("w", 0), ("xm", 0)]);
        list(&mut def, totals, "a", 0, &[("w", 0)]);
        def
    }

    #[test]
    fn figures_are_exactly_those_of_the_contest() {
        let def = lists(ContestKind::OpenList);
        let options = ContestOptions::of(&def, &def.contests[0]);
        let ids: Vec<&str> = options.ids().iter().map(OptionId::as_str).collect();
        assert_eq!(ids, ["a", "a_1", "b", "b_1", "b_2", "b_3"]);
        assert_eq!((options.find("b_1").map(Place::index), options.find("c"), options.place(6)), (Some(3), None, None));
        let stated: Vec<(OptionId, u64)> = ids.iter().zip(1..).map(|(name, votes)| (id(name), votes)).collect();
        let read = |stated: &[(OptionId, u64)]| {
            Sums::of(&options, [30, 20, 6, 4], stated.iter().map(|(id, votes)| (id, *votes))).map(|sums| sums.totals())
        };
        let totals = read(&stated).unwrap();
        assert_eq!((totals.ballots, totals.valid, totals.blank, totals.invalid), (30, 20, 6, 4));
        assert_eq!(totals.votes, stated.iter().cloned().collect());
        for at in 0..stated.len() {
            let mut lacking = stated.clone();
            let (gone, _) = lacking.remove(at);
            let error = TotalsError::Options { contest: id("k"), option: gone, how: "missing" };
            assert_eq!(read(&lacking), Err(error));
        }
        for stranger in ["a0", "a_2", "zz"] {
            let mut more = stated.clone();
            more.push((id(stranger), 0));
            more.sort();
            let error = TotalsError::Options { contest: id("k"), option: id(stranger), how: "not among them" };
            assert_eq!(read(&more), Err(error), "even with zero votes");
        }
    }

    #[test]
    fn nothing_wraps_and_contests_are_not_mixed() {
        let def = lists(ContestKind::OpenList);
        let options = ContestOptions::of(&def, &def.contests[0]);
        let full = Sums::of(&options, [u64::MAX; 4], options.ids().iter().map(|id| (id, u64::MAX))).unwrap();
        let mut one = Sums::zero(&options);
        one.ballot(Ballot::Blank).unwrap();
        assert_eq!(full.clone().add(&one).unwrap_err().code(), "totals.overflow");
        assert_eq!(full.clone().ballot(Ballot::Blank).unwrap_err().code(), "totals.overflow");
        let most = Sums::of(&options, [1; 4], options.ids().iter().map(|id| (id, u64::MAX))).unwrap();
        let ballot = [options.find("b_2").unwrap()];
        let overflow = most.clone().ballot(Ballot::Valid(&ballot)).unwrap_err();
        assert_eq!(overflow, TotalsError::Overflow("b_2".into()));

        let other = {
            let mut def = lists(ContestKind::OpenList);
            list(&mut def, &mut ContestTotals::default(), "c", 0, &[]);
            def.contests[0].id = id("other");
            def.lists.iter_mut().for_each(|list| list.contest = id("other"));
            def.candidates.iter_mut().for_each(|candidate| candidate.contest = id("other"));
            def
        };
        let others = ContestOptions::of(&other, &other.contests[0]);
        assert_eq!(one.add(&Sums::zero(&others)).unwrap_err().code(), "totals.place");
        let stranger = others.place(6).unwrap();
        assert_eq!(one.ballot(Ballot::Valid(&[stranger])).unwrap_err().code(), "totals.place");
        let vote = others.vote(&[id("c")]);
        assert_eq!(one.vote(&vote).unwrap_err().code(), "totals.options");
    }

    proptest! {
        /// Side by side or by id, ballot by ballot or station by station: the same figures.
        #[test]
        fn ballots_come_to_the_same_however_they_are_added(
            ballots in prop::collection::vec(
                prop::collection::vec(prop::sample::select(vec!["a", "b", "n1", "n2", "n3", "n9", "a_1", "b_2"]), 0..3), 0..40),
            cut in 0usize..40,
            kind in prop::sample::select(vec![
                ContestKind::OpenList, ContestKind::ClosedList, ContestKind::Candidates { vote_for: 2 }]),
        ) {
            let def = lists(kind);
            let contest = &def.contests[0];
            let options = ContestOptions::of(&def, contest);
            let ballots: Vec<Vec<OptionId>> = ballots.iter().map(|b| b.iter().map(|m| id(m)).collect()).collect();
            let mut by_id = ContestTotals::zero(&def, &contest.id);
            for ballot in &ballots {
                by_id.record(&crate::vote(&def, contest, ballot)).unwrap();
            }
            let (one, two) = ballots.split_at(cut.min(ballots.len()));
            let mut sums = Sums::of_marks(&options, one.iter().map(Vec::as_slice)).unwrap();
            sums.add(&Sums::of_marks(&options, two.iter().map(Vec::as_slice)).unwrap()).unwrap();
            prop_assert_eq!(&sums.totals(), &by_id);
            let again = Sums::of(&options, sums.ballots(), sums.votes()).unwrap();
            prop_assert_eq!(again.totals(), by_id);
            sums.clear();
            prop_assert_eq!(sums.totals(), ContestTotals::zero(&def, &contest.id));
        }
    }
}
