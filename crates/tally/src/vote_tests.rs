use election::{ContestKind, Definition, OptionId, TwoCandidates};

use super::*;
use crate::ContestTotals;
use crate::testing::{definition, id, list};

/// List `a` with candidates 1 to 3, the third withdrawn; list `b` with one.
fn lists(kind: ContestKind) -> Definition {
    let mut def = definition(kind, 3);
    let totals = &mut ContestTotals::default();
    list(&mut def, totals, "a", 0, &[("m", 0), ("w", 0), ("xm", 0)]);
    list(&mut def, totals, "b", 0, &[("w", 0)]);
    def
}

fn worth(def: &Definition, marks: &[&str]) -> Vote {
    let marks: Vec<OptionId> = marks.iter().map(|m| id(m)).collect();
    vote(def, &def.contests[0], &marks)
}

fn for_list(list: &str, candidate: Option<&str>, set_aside: Option<SetAside>) -> Vote {
    Vote::List { list: id(list), candidate: candidate.map(id), set_aside }
}

#[test]
fn r101_to_r103_blank_list_and_personal_vote() {
    let def = lists(ContestKind::OpenList);
    assert_eq!(worth(&def, &[]), Vote::Blank);
    assert_eq!(worth(&def, &["a"]), for_list("a", None, None));
    assert_eq!(worth(&def, &["a", "n2"]), for_list("a", Some("a_2"), None));
    assert_eq!(worth(&def, &["n2", "a", "a"]), for_list("a", Some("a_2"), None), "order and repetition mean nothing");
}

#[test]
fn r104_a_number_without_a_list() {
    let def = lists(ContestKind::OpenList);
    assert_eq!(worth(&def, &["n1"]), Vote::Invalid(InvalidReason::CandidateWithoutList));
    assert_eq!(worth(&def, &["n1", "n2"]), Vote::Invalid(InvalidReason::CandidateWithoutList));
}

#[test]
fn r105_two_lists() {
    let def = lists(ContestKind::OpenList);
    assert_eq!(worth(&def, &["a", "b"]), Vote::Invalid(InvalidReason::TwoLists));
    assert_eq!(worth(&def, &["a", "b", "n1"]), Vote::Invalid(InvalidReason::TwoLists));
}

#[test]
fn r106_two_numbers_as_the_rule_file_says() {
    let mut def = lists(ContestKind::OpenList);
    assert_eq!(worth(&def, &["a", "n1", "n2"]), for_list("a", None, Some(SetAside::TwoCandidates)));
    def.rules.votes.two_candidates = TwoCandidates::Invalid;
    assert_eq!(worth(&def, &["a", "n1", "n2"]), Vote::Invalid(InvalidReason::TwoCandidates));
}

#[test]
fn r107_a_number_the_list_does_not_have() {
    let def = lists(ContestKind::OpenList);
    assert_eq!(worth(&def, &["b", "n3"]), for_list("b", None, Some(SetAside::NoSuchNumber(3))));
}

#[test]
fn r108_a_withdrawn_candidate_before_and_after() {
    let def = lists(ContestKind::OpenList);
    let vote = worth(&def, &["a", "n3"]);
    assert_eq!(vote, for_list("a", None, Some(SetAside::Withdrawn(id("a_3")))));
    let mut totals = ContestTotals::zero(&def, &def.contests[0].id);
    totals.record(&vote).unwrap();
    assert_eq!((totals.valid, totals.votes_of("a"), totals.votes_of("a_3")), (1, 1, 1), "the figure stays visible");
}

#[test]
fn r109_closed_lists() {
    let def = lists(ContestKind::ClosedList);
    assert_eq!(worth(&def, &["b"]), for_list("b", None, None));
    assert_eq!(worth(&def, &["a", "b"]), Vote::Invalid(InvalidReason::TwoLists));
    assert_eq!(worth(&def, &["a", "n1"]), Vote::Invalid(InvalidReason::UnknownOption), "it has no numbers");
    assert_eq!(worth(&def, &[]), Vote::Blank);
}

#[test]
fn r110_up_to_n_candidates() {
    let def = lists(ContestKind::Candidates { vote_for: 2 });
    assert_eq!(worth(&def, &["b_1", "a_1"]), Vote::Candidates(vec![id("a_1"), id("b_1")]));
    assert_eq!(worth(&def, &["a_3"]), Vote::Candidates(vec![id("a_3")]), "withdrawn: counted, takes no seat");
    assert_eq!(worth(&def, &["a_1", "a_2", "b_1"]), Vote::Invalid(InvalidReason::Overvote));
    assert_eq!(worth(&def, &[]), Vote::Blank);
}

#[test]
fn r111_what_is_not_on_the_ballot() {
    let def = lists(ContestKind::OpenList);
    for marks in [&["a", "stranger"][..], &["a", "n4"], &["a", "n0"], &["a_1"], &["n9"]] {
        assert_eq!(worth(&def, marks), Vote::Invalid(InvalidReason::UnknownOption), "{marks:?}");
    }
    let def = lists(ContestKind::Candidates { vote_for: 1 });
    assert_eq!(worth(&def, &["n1"]), Vote::Invalid(InvalidReason::UnknownOption));
}

#[test]
fn codes_are_the_same_in_files() {
    for reason in InvalidReason::ALL {
        assert_eq!(serde_json::to_string(&reason).unwrap(), format!("\"{}\"", reason.code()));
        assert!(crate::rules::rule(reason.rule()).is_some());
        assert!(!reason.words().ar.is_empty() && !reason.words().ckb.is_empty());
    }
}
