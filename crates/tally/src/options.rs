//! The lists and candidates of one contest, taken out of the definition once: for whoever looks at many ballots.

use election::{Candidate, Contest, ContestKind, Definition, List, OptionId, TwoCandidates};

use crate::vote::{InvalidReason, SetAside, Vote};

/// The place of a list or candidate among those of its contest, sorted by id, from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place(pub(crate) u32);

impl Place {
    /// Where the figure stands, from 0.
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// A list or a candidate.
#[derive(Clone, Copy, Debug)]
enum Stands<'a> {
    List(&'a List),
    Candidate(&'a Candidate),
}

/// What votes of a contest are counted for, by id, by place and by number.
#[derive(Clone, Debug)]
pub struct ContestOptions<'a> {
    contest: &'a Contest,
    two_candidates: TwoCandidates,
    ids: Vec<OptionId>,
    /// Who has each id; the place is that in `ids`.
    stand: Vec<Stands<'a>>,
    /// Candidates of lists by list and number, sorted.
    numbers: Vec<(&'a str, u16, &'a Candidate)>,
    highest: u16,
}

impl<'a> ContestOptions<'a> {
    /// The lists and candidates of `contest`.
    pub fn of(def: &'a Definition, contest: &'a Contest) -> Self {
        let lists = def.lists_of(&contest.id).map(|l| (OptionId::from(&l.id), Stands::List(l)));
        let mut all: Vec<(OptionId, Stands<'a>)> = lists.collect();
        let mut numbers = Vec::new();
        let mut highest = 0;
        for candidate in def.candidates_of(&contest.id) {
            all.push((OptionId::from(&candidate.id), Stands::Candidate(candidate)));
            numbers.extend(candidate.list.as_ref().map(|list| (list.as_str(), candidate.number, candidate)));
            highest = highest.max(candidate.number);
        }
        all.sort_by(|(a, _), (b, _)| a.cmp(b));
        numbers.sort_by_key(|(list, number, _)| (*list, *number));
        let (ids, stand) = all.into_iter().unzip();
        ContestOptions { contest, two_candidates: def.rules.votes.two_candidates, ids, stand, numbers, highest }
    }

    /// The contest.
    pub fn contest(&self) -> &'a Contest {
        self.contest
    }

    /// The ids of its lists and candidates, sorted.
    pub fn ids(&self) -> &[OptionId] {
        &self.ids
    }

    /// The place of an id.
    pub fn find(&self, id: &str) -> Option<Place> {
        let at = self.ids.binary_search_by(|known| known.as_str().cmp(id)).ok()?;
        self.place(at)
    }

    /// The place `at`, where there is one.
    #[inline]
    pub fn place(&self, at: usize) -> Option<Place> {
        u32::try_from(at).ok().filter(|_| at < self.ids.len()).map(Place)
    }

    /// The worth of the marks `marked`. The same option named twice is one mark.
    ///
    /// Pure and total: every set of marks has exactly one worth.
    pub fn vote(&self, marked: &[OptionId]) -> Vote {
        let mut marked: Vec<&OptionId> = marked.iter().collect();
        marked.sort_unstable();
        marked.dedup();
        if marked.is_empty() {
            return Vote::Blank;
        }
        match self.contest.kind {
            ContestKind::OpenList => self.open_list(&marked),
            ContestKind::ClosedList => self.closed_list(&marked),
            ContestKind::Candidates { vote_for } => self.candidates(vote_for, &marked),
        }
    }

    fn stands(&self, id: &OptionId) -> Option<Stands<'a>> {
        self.ids.binary_search(id).ok().map(|at| self.stand[at])
    }

    fn list(&self, id: &OptionId) -> Option<&'a List> {
        match self.stands(id)? {
            Stands::List(list) => Some(list),
            Stands::Candidate(_) => None,
        }
    }

    fn numbered(&self, list: &List, number: u16) -> Option<&'a Candidate> {
        let wanted = (list.id.as_str(), number);
        let at = self.numbers.partition_point(|(list, number, _)| (*list, *number) < wanted);
        self.numbers.get(at).filter(|(list, number, _)| (*list, *number) == wanted).map(|(.., candidate)| *candidate)
    }

    fn open_list(&self, marked: &[&OptionId]) -> Vote {
        let (mut lists, mut numbers) = (Vec::new(), Vec::new());
        for option in marked {
            if let Some(list) = self.list(option) {
                lists.push(list);
                continue;
            }
            match option.as_number().filter(|n| (1..=self.highest).contains(n)) {
                Some(number) => numbers.push(number),
                None => return Vote::Invalid(InvalidReason::UnknownOption),
            }
        }
        let list = match lists[..] {
            [] => return Vote::Invalid(InvalidReason::CandidateWithoutList),
            [list] => list,
            _ => return Vote::Invalid(InvalidReason::TwoLists),
        };
        let (candidate, set_aside) = match numbers[..] {
            [] => (None, None),
            [number] => match self.numbered(list, number) {
                None => (None, Some(SetAside::NoSuchNumber(number))),
                Some(c) if c.withdrawn => (None, Some(SetAside::Withdrawn(c.id.clone()))),
                Some(c) => (Some(c.id.clone()), None),
            },
            _ => match self.two_candidates {
                TwoCandidates::ListVote => (None, Some(SetAside::TwoCandidates)),
                TwoCandidates::Invalid => return Vote::Invalid(InvalidReason::TwoCandidates),
            },
        };
        Vote::List { list: list.id.clone(), candidate, set_aside }
    }

    fn closed_list(&self, marked: &[&OptionId]) -> Vote {
        let lists: Option<Vec<&List>> = marked.iter().map(|option| self.list(option)).collect();
        match lists.as_deref() {
            None => Vote::Invalid(InvalidReason::UnknownOption),
            Some([list]) => Vote::List { list: list.id.clone(), candidate: None, set_aside: None },
            Some(_) => Vote::Invalid(InvalidReason::TwoLists),
        }
    }

    fn candidates(&self, vote_for: u8, marked: &[&OptionId]) -> Vote {
        let chosen = marked.iter().map(|option| match self.stands(option)? {
            Stands::Candidate(candidate) => Some(candidate.id.clone()),
            Stands::List(_) => None,
        });
        match chosen.collect::<Option<Vec<_>>>() {
            None => Vote::Invalid(InvalidReason::UnknownOption),
            Some(chosen) if chosen.len() > usize::from(vote_for) => Vote::Invalid(InvalidReason::Overvote),
            // Sorted, since the marks are.
            Some(chosen) => Vote::Candidates(chosen),
        }
    }
}
