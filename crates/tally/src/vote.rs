//! What the marks of one contest on one ballot are worth (rules R.101 to R.111).

use std::collections::BTreeSet;

use election::{CandidateId, Contest, ContestKind, Definition, List, ListId, OptionId, TwoCandidates};
use serde::{Deserialize, Serialize};

use crate::Words;

/// What one voter's marks in one contest are worth.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Vote {
    /// No mark.
    Blank,
    /// Marks that the rules give no worth to.
    Invalid(InvalidReason),
    /// A vote for one list, and perhaps for one of its candidates.
    List {
        /// The list.
        list: ListId,
        /// The candidate who has the personal vote.
        candidate: Option<CandidateId>,
        /// A mark beside the list's that gives no personal vote, and why.
        set_aside: Option<SetAside>,
    },
    /// A vote for each of these candidates, sorted by id.
    Candidates(Vec<CandidateId>),
}

/// A mark beside a valid list mark that gives no personal vote.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum SetAside {
    /// The candidate withdrew after printing (R.108). The mark is counted under the
    /// candidate's id all the same, so that the figure before the withdrawal stays
    /// visible; the candidate takes no seat (R.313).
    Withdrawn(CandidateId),
    /// The list has no candidate of this number (R.107).
    NoSuchNumber(u16),
    /// Two or more numbers are marked (R.106).
    TwoCandidates,
}

/// Why marks are invalid. The codes stay the same from release to release.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum InvalidReason {
    /// R.104.
    #[serde(rename = "vote.candidate_without_list")]
    CandidateWithoutList,
    /// R.105 and R.109.
    #[serde(rename = "vote.two_lists")]
    TwoLists,
    /// R.106, where the rule file says so.
    #[serde(rename = "vote.two_candidates")]
    TwoCandidates,
    /// R.110.
    #[serde(rename = "vote.overvote")]
    Overvote,
    /// R.111.
    #[serde(rename = "vote.unknown_option")]
    UnknownOption,
}

impl InvalidReason {
    /// Every reason.
    pub const ALL: [InvalidReason; 5] = [
        InvalidReason::CandidateWithoutList,
        InvalidReason::TwoLists,
        InvalidReason::TwoCandidates,
        InvalidReason::Overvote,
        InvalidReason::UnknownOption,
    ];

    /// The stable code.
    pub fn code(self) -> &'static str {
        match self {
            InvalidReason::CandidateWithoutList => "vote.candidate_without_list",
            InvalidReason::TwoLists => "vote.two_lists",
            InvalidReason::TwoCandidates => "vote.two_candidates",
            InvalidReason::Overvote => "vote.overvote",
            InvalidReason::UnknownOption => "vote.unknown_option",
        }
    }

    /// The number of the rule.
    pub fn rule(self) -> &'static str {
        match self {
            InvalidReason::CandidateWithoutList => "R.104",
            InvalidReason::TwoLists => "R.105",
            InvalidReason::TwoCandidates => "R.106",
            InvalidReason::Overvote => "R.110",
            InvalidReason::UnknownOption => "R.111",
        }
    }

    /// The reason in words.
    pub fn words(self) -> Words {
        match self {
            InvalidReason::CandidateWithoutList => Words {
                ar: "أُشِّر رقم مرشح من دون قائمة",
                ckb: "ژمارەی کاندیدێک نیشان کراوە بەبێ لیست",
                en: "a candidate number is marked without a list",
            },
            InvalidReason::TwoLists => Words {
                ar: "أُشِّرت أكثر من قائمة واحدة",
                ckb: "زیاتر لە لیستێک نیشان کراوە",
                en: "more than one list is marked",
            },
            InvalidReason::TwoCandidates => Words {
                ar: "أُشِّر أكثر من مرشح واحد",
                ckb: "زیاتر لە کاندیدێک نیشان کراوە",
                en: "more than one candidate number is marked",
            },
            InvalidReason::Overvote => Words {
                ar: "عدد العلامات يزيد على المسموح به",
                ckb: "ژمارەی نیشانەکان لە ڕێگەپێدراو زیاترە",
                en: "more candidates are marked than the contest allows",
            },
            InvalidReason::UnknownOption => Words {
                ar: "علامة على خيار غير موجود في ورقة الاقتراع",
                ckb: "نیشانە لەسەر هەڵبژاردەیەک کە لە پسووڵەی دەنگداندا نییە",
                en: "a mark stands for an option that is not on the ballot",
            },
        }
    }
}

/// The worth of the marks `marked` in `contest`. The same option named twice is one mark.
///
/// Pure and total: every set of marks has exactly one worth.
pub fn vote(def: &Definition, contest: &Contest, marked: &[OptionId]) -> Vote {
    let marked: BTreeSet<&OptionId> = marked.iter().collect();
    if marked.is_empty() {
        return Vote::Blank;
    }
    match contest.kind {
        ContestKind::OpenList => open_list(def, contest, &marked),
        ContestKind::ClosedList => closed_list(def, contest, &marked),
        ContestKind::Candidates { vote_for } => candidates(def, contest, vote_for, &marked),
    }
}

fn open_list(def: &Definition, contest: &Contest, marked: &BTreeSet<&OptionId>) -> Vote {
    let lists = lists_marked(def, contest, marked);
    let highest = def.candidates_of(&contest.id).map(|c| c.number).max().unwrap_or(0);
    let rest = marked.iter().filter(|option| !lists.iter().any(|l| l.id.as_str() == option.as_str()));
    let numbers: Option<Vec<u16>> = rest.map(|o| o.as_number().filter(|n| (1..=highest).contains(n))).collect();
    let Some(numbers) = numbers else { return Vote::Invalid(InvalidReason::UnknownOption) };
    let list = match lists[..] {
        [] => return Vote::Invalid(InvalidReason::CandidateWithoutList),
        [list] => list.id.clone(),
        _ => return Vote::Invalid(InvalidReason::TwoLists),
    };
    let (candidate, set_aside) = match numbers[..] {
        [] => (None, None),
        [number] => match def.candidates_of(&contest.id).find(|c| c.list.as_ref() == Some(&list) && c.number == number)
        {
            None => (None, Some(SetAside::NoSuchNumber(number))),
            Some(c) if c.withdrawn => (None, Some(SetAside::Withdrawn(c.id.clone()))),
            Some(c) => (Some(c.id.clone()), None),
        },
        _ => match def.rules.votes.two_candidates {
            TwoCandidates::ListVote => (None, Some(SetAside::TwoCandidates)),
            TwoCandidates::Invalid => return Vote::Invalid(InvalidReason::TwoCandidates),
        },
    };
    Vote::List { list, candidate, set_aside }
}

fn closed_list(def: &Definition, contest: &Contest, marked: &BTreeSet<&OptionId>) -> Vote {
    let lists = lists_marked(def, contest, marked);
    if lists.len() != marked.len() {
        return Vote::Invalid(InvalidReason::UnknownOption);
    }
    match lists[..] {
        [list] => Vote::List { list: list.id.clone(), candidate: None, set_aside: None },
        _ => Vote::Invalid(InvalidReason::TwoLists),
    }
}

fn candidates(def: &Definition, contest: &Contest, vote_for: u8, marked: &BTreeSet<&OptionId>) -> Vote {
    let mut chosen: Vec<CandidateId> = def
        .candidates_of(&contest.id)
        .filter(|c| marked.iter().any(|option| option.as_str() == c.id.as_str()))
        .map(|c| c.id.clone())
        .collect();
    if chosen.len() != marked.len() {
        return Vote::Invalid(InvalidReason::UnknownOption);
    }
    if chosen.len() > usize::from(vote_for) {
        return Vote::Invalid(InvalidReason::Overvote);
    }
    chosen.sort();
    Vote::Candidates(chosen)
}

fn lists_marked<'a>(def: &'a Definition, contest: &'a Contest, marked: &BTreeSet<&OptionId>) -> Vec<&'a List> {
    def.lists_of(&contest.id).filter(|l| marked.iter().any(|option| option.as_str() == l.id.as_str())).collect()
}

#[cfg(test)]
#[path = "vote_tests.rs"]
mod tests;
