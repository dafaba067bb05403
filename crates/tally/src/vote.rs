//! What the marks of one contest on one ballot are worth (rules R.101 to R.111).

use election::{CandidateId, Contest, Definition, ListId, OptionId};
use serde::{Deserialize, Serialize};

use crate::Words;
use crate::options::ContestOptions;

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

impl Vote {
    /// The options that are given a vote, sorted: the list and whoever has the personal vote, or the candidates; none of a
    /// ballot that is blank or invalid. A candidate who withdrew after printing is among them (R.108).
    pub fn counted(&self) -> Vec<OptionId> {
        let mut counted: Vec<OptionId> = match self {
            Vote::Blank | Vote::Invalid(_) => Vec::new(),
            Vote::List { list, candidate, set_aside } => {
                let personal = match set_aside {
                    Some(SetAside::Withdrawn(withdrawn)) => Some(withdrawn),
                    _ => candidate.as_ref(),
                };
                [OptionId::from(list)].into_iter().chain(personal.map(OptionId::from)).collect()
            }
            Vote::Candidates(chosen) => chosen.iter().map(OptionId::from).collect(),
        };
        counted.sort();
        counted
    }
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
                ckb: "نیشانە لەسەر هەڵبژاردەیەک کە لە کاغەزی دەنگداندا نییە",
                en: "a mark stands for an option that is not on the ballot",
            },
        }
    }
}

/// The worth of the marks `marked` in `contest`; for many ballots use [`ContestOptions::vote`].
pub fn vote(def: &Definition, contest: &Contest, marked: &[OptionId]) -> Vote {
    ContestOptions::of(def, contest).vote(marked)
}

#[cfg(test)]
#[path = "vote_tests.rs"]
mod tests;
