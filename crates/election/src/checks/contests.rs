//! Contests, lists and candidates: E.131, E.133 and E.160 to E.173.

use std::collections::{BTreeMap, BTreeSet};

use crate::read::Draft;
use crate::report::Report;
use crate::sheets::{CANDIDATES, CONSTITUENCIES, CONTESTS, LISTS, RESERVED};
use crate::{
    Candidate, Contest, ContestId, ContestKind, ELECTION_TOML, Gender, List, ListId, OptionId, Rule, WithdrawnVotes,
};

/// The draft, by what belongs to what.
struct Ballot<'a> {
    draft: &'a Draft,
    contests: BTreeMap<&'a ContestId, &'a Contest>,
    lists: BTreeMap<&'a ListId, &'a List>,
    lists_of: BTreeMap<&'a ContestId, Vec<&'a List>>,
    on_list: BTreeMap<&'a ListId, Vec<&'a Candidate>>,
    without_list: BTreeMap<&'a ContestId, Vec<&'a Candidate>>,
}

pub(super) fn check(draft: &Draft, report: &mut Report) {
    let mut ballot = Ballot {
        draft,
        contests: draft.contests.iter().map(|(_, c)| (&c.id, c)).collect(),
        lists: draft.lists.iter().map(|(_, l)| (&l.id, l)).collect(),
        lists_of: BTreeMap::new(),
        on_list: BTreeMap::new(),
        without_list: BTreeMap::new(),
    };
    for (_, list) in &draft.lists {
        ballot.lists_of.entry(&list.contest).or_default().push(list);
    }
    for (_, candidate) in &draft.candidates {
        match &candidate.list {
            Some(list) => ballot.on_list.entry(list).or_default().push(candidate),
            None => ballot.without_list.entry(&candidate.contest).or_default().push(candidate),
        }
    }
    ballot.numbers(report);
    ballot.option_ids(report);
    ballot.contests(report);
    ballot.lists(report);
    ballot.candidates(report);
    ballot.reserved(report);
    ballot.seat_sum(report);
}

fn is_of_lists(contest: &Contest) -> bool {
    !matches!(contest.kind, ContestKind::Candidates { .. })
}

impl Ballot<'_> {
    fn numbers(&self, report: &mut Report) {
        let lists = self.draft.lists.iter().map(|(line, l)| (LISTS.file, *line, l.contest.as_str(), l.number));
        let candidates = self.draft.candidates.iter().map(|(line, c)| {
            let group = c.list.as_ref().map_or(c.contest.as_str(), ListId::as_str);
            (CANDIDATES.file, *line, group, c.number)
        });
        let mut first = BTreeMap::new();
        // 0 stands in for a number that could not be read.
        for (file, line, group, number) in lists.chain(candidates).filter(|n| n.3 != 0) {
            if let Some(before) = first.get(&(file, group, number)) {
                let what = format!("the number {number} stands in line {before} already, also in '{group}'");
                report.add(Rule::NumberTwice, file, Some(line), what, "give each its own number");
            } else {
                first.insert((file, group, number), line);
            }
        }
    }

    fn option_ids(&self, report: &mut Report) {
        let lists = self.draft.lists.iter().map(|(line, l)| (LISTS.file, *line, OptionId::from(&l.id)));
        let candidates = self.draft.candidates.iter().map(|(line, c)| (CANDIDATES.file, *line, OptionId::from(&c.id)));
        let lists_known = self.draft.known.get(LISTS.file);
        for (file, line, id) in lists.chain(candidates) {
            let digits = id.as_str().strip_prefix('n');
            let is_number = digits.is_some_and(|d| !d.is_empty() && d.bytes().all(|b| b.is_ascii_digit()));
            let is_list = file == CANDIDATES.file && lists_known.is_some_and(|known| known.contains(id.as_str()));
            if is_number || is_list {
                let means = if is_list { "a list" } else { "a candidate number" };
                let what = format!("'{id}' means {means} on a ballot");
                report.add(Rule::OptionId, file, Some(line), what, "choose another id");
            }
        }
    }

    fn contests(&self, report: &mut Report) {
        let mut sheets: BTreeMap<_, (u64, BTreeSet<u8>)> = BTreeMap::new();
        let withdrawn = self.draft.settings.rules.votes.withdrawn;
        let reserved = self.draft.reserved.iter().filter(|(_, r)| r.seats > 0);
        let reserved: BTreeSet<&ContestId> = reserved.map(|(_, r)| &r.contest).collect();
        for (line, contest) in &self.draft.contests {
            sheets.entry(&contest.constituency).or_insert((*line, BTreeSet::new())).1.insert(contest.sheet);
            let mut add = |rule, what: String, next: &str| report.add(rule, CONTESTS.file, Some(*line), what, next);
            if contest.seats == 0 && !reserved.contains(&contest.id) {
                add(Rule::NoSeats, format!("'{}' fills no seat", contest.id), "write how many it fills");
            }
            let lists = self.lists_of.get(&contest.id).map_or(0, Vec::len);
            let candidates = self.without_list.get(&contest.id).map_or(0, Vec::len);
            match contest.kind {
                ContestKind::Candidates { vote_for } if candidates > 0 && usize::from(vote_for) > candidates => {
                    let what = format!("a voter may mark {vote_for} of {candidates} candidates");
                    add(Rule::VoteFor, what, "write at most as many as there are candidates");
                }
                ContestKind::Candidates { vote_for: 2.. } if withdrawn == WithdrawnVotes::Invalid => {
                    let what = "a ballot may hold other votes beside one for somebody who withdrew".into();
                    add(Rule::WithdrawnVotes, what, "write votes.withdrawn = \"valid\", or vote_for 1");
                }
                ContestKind::Candidates { .. } if candidates == 0 => {
                    let what = format!("'{}' has no candidates", contest.id);
                    add(Rule::NothingToMark, what, "add them to candidates.csv, or remove the contest");
                }
                ContestKind::OpenList | ContestKind::ClosedList if lists == 0 => {
                    let what = format!("'{}' has no lists", contest.id);
                    add(Rule::NothingToMark, what, "add them to lists.csv, or remove the contest");
                }
                _ => {}
            }
        }
        for (line, constituency) in &self.draft.constituencies {
            let Some((first, sheets)) = sheets.get(&constituency.id) else {
                let what = format!("'{}' has no contest, so its voters have no ballot", constituency.id);
                report.add(Rule::NoContest, CONSTITUENCIES.file, Some(*line), what, "add a contest, or remove it");
                continue;
            };
            if sheets.iter().zip(1u8..).any(|(sheet, wanted)| *sheet != wanted) {
                let what = format!("the sheets of '{}' are not numbered 1, 2, 3, …", constituency.id);
                report.add(Rule::Sheets, CONTESTS.file, Some(*first), what, "number them without a gap");
            }
        }
    }

    fn lists(&self, report: &mut Report) {
        let law = &self.draft.settings.rules.law;
        for (line, list) in &self.draft.lists {
            let Some(contest) = self.contests.get(&list.contest) else { continue };
            let mut add = |rule, what: String, next: &str| report.add(rule, LISTS.file, Some(*line), what, next);
            if !is_of_lists(contest) {
                let what = format!("'{}' is a contest of candidates", contest.id);
                add(Rule::ListOfCandidates, what, "name a contest of lists, or remove the list");
            }
            let candidates = self.on_list.get(&list.id).map_or(&[][..], Vec::as_slice);
            if candidates.is_empty() && is_of_lists(contest) {
                add(Rule::EmptyList, format!("'{}' has no candidates", list.id), "add them to candidates.csv");
            }
            if list.reserved.is_some() {
                continue;
            }
            let most = law.candidates_per_seat.map(|per_seat| usize::from(per_seat) * usize::from(contest.seats));
            if let Some(most) = most.filter(|most| candidates.len() > *most) {
                let what = format!("'{}' has {} candidates; the law allows {most}", list.id, candidates.len());
                add(Rule::ListTooLong, what, "remove those that are too many");
            }
            if let Some(each) = law.woman_in_each.filter(|each| *each > 0) {
                let groups = groups_without_woman(candidates, usize::from(each));
                if let Some((from, to)) = groups.first() {
                    let what = format!("no woman stands among the candidates {from} to {to} of '{}'", list.id);
                    add(Rule::Women, what, "place a woman there; the law asks for one in each such group");
                }
            }
        }
    }

    fn candidates(&self, report: &mut Report) {
        for (line, candidate) in &self.draft.candidates {
            let Some(contest) = self.contests.get(&candidate.contest) else { continue };
            let list = candidate.list.as_ref().map(|id| self.lists.get(id));
            let trouble = match list {
                None if is_of_lists(contest) => "is on no list, and the contest is one of lists",
                Some(_) if !is_of_lists(contest) => "is on a list, and the contest is one of candidates",
                Some(Some(list)) if list.contest != contest.id => "is on a list of another contest",
                _ => continue,
            };
            let what = format!("'{}' {trouble}", candidate.id);
            report.add(Rule::CandidateList, CANDIDATES.file, Some(*line), what, "mend the cell 'list' or 'contest'");
        }
    }

    fn reserved(&self, report: &mut Report) {
        let mut communities: BTreeMap<&ContestId, BTreeSet<&str>> = BTreeMap::new();
        let mut candidates_of: BTreeMap<(&ContestId, &str), usize> = BTreeMap::new();
        for (_, list) in &self.draft.lists {
            if let Some(community) = &list.reserved {
                *candidates_of.entry((&list.contest, community)).or_default() +=
                    self.on_list.get(&list.id).map_or(0, Vec::len);
            }
        }
        for (line, reserved) in &self.draft.reserved {
            communities.entry(&reserved.contest).or_default().insert(&reserved.community);
            let Some(contest) = self.contests.get(&reserved.contest) else { continue };
            let mut add = |rule, what: String, next: &str| report.add(rule, RESERVED.file, Some(*line), what, next);
            if reserved.seats == 0 || contest.kind != ContestKind::OpenList {
                let what = format!("'{}' has no seat that a personal vote could fill", reserved.community);
                add(Rule::ReservedSeats, what, "reserve at least one, in a contest of open lists");
            }
            let candidates = candidates_of.get(&(&reserved.contest, reserved.community.as_str())).copied().unwrap_or(0);
            if candidates < usize::from(reserved.seats) {
                let what = format!("'{}' has {} seats and {candidates} candidates", reserved.community, reserved.seats);
                add(Rule::ReservedLists, what, "add lists with this community in 'reserved', or candidates to them");
            }
        }
        for (line, list) in &self.draft.lists {
            let Some(community) = &list.reserved else { continue };
            let known = communities.get(&list.contest);
            if !known.is_some_and(|known| known.contains(community.as_str())) {
                let near = report.nearest(community, known.into_iter().flatten().copied());
                let near = near.map(|n| format!("; the nearest is '{n}'")).unwrap_or_default();
                let what = format!("'{community}' has no reserved seats in '{}'{near}", list.contest);
                let next = "write a community of reserved.csv, or leave the cell empty for general seats";
                report.add(Rule::ReservedUnknown, LISTS.file, Some(*line), what, next);
            }
        }
    }

    fn seat_sum(&self, report: &mut Report) {
        let Some(law) = self.draft.settings.rules.law.seats else { return };
        let general: u32 = self.draft.contests.iter().map(|(_, c)| u32::from(c.seats)).sum();
        let reserved: u32 = self.draft.reserved.iter().map(|(_, r)| u32::from(r.seats)).sum();
        if general + reserved != law {
            let line = self.draft.settings.lines.get("law.seats").copied();
            let what = format!("the contests have {general} general and {reserved} reserved seats, the law {law}");
            report.add(Rule::SeatSum, ELECTION_TOML, line, what, "mend seats in contests.csv and reserved.csv");
        }
    }
}

/// The groups of `each` positions, in order of number, that have no woman: number of their first and last.
fn groups_without_woman(candidates: &[&Candidate], each: usize) -> Vec<(u16, u16)> {
    let mut by_number = candidates.to_vec();
    by_number.sort_by_key(|c| c.number);
    let groups = by_number.chunks(each).filter(|group| group.iter().all(|c| c.gender == Gender::Man));
    groups.filter_map(|group| Some((group.first()?.number, group.last()?.number))).collect()
}
