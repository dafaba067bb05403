//! Who withdrew after the ballots were printed (TB6): by the frozen definition, or by a leaf of the record.

use super::*;

/// Lists with 520 and 390 votes, and one with 90 that withdraws in some of these tests; 9 seats, of which they win 5 and 4.
fn three() -> (Definition, ContestTotals) {
    let (mut def, mut totals) = open(9);
    def.rules.seats.women = WomenQuota::None;
    def.rules.seats.method = "d-hondt".parse().unwrap();
    list(&mut def, &mut totals, "a", 520, &[("m", 60), ("m", 50), ("w", 40), ("m", 30), ("m", 20), ("m", 10)]);
    list(&mut def, &mut totals, "b", 390, &[("m", 9), ("m", 8), ("m", 7), ("m", 6), ("m", 5)]);
    list(&mut def, &mut totals, "d", 90, &[("m", 9), ("m", 8)]);
    (def, totals)
}

#[test]
fn tb6_a_candidate_who_withdrew_takes_no_seat_and_the_list_keeps_the_votes() {
    let (mut def, totals) = three();
    let before = run(&def, &totals, &[]);
    let got = try_without(&def, &totals, &[], &["a_1"]).unwrap();
    assert_eq!(got.list_seats, before.list_seats, "the marks stay votes of the list");
    assert!(names(&before).contains(&"a_1") && !names(&before).contains(&"a_6"));
    assert!(!names(&got).contains(&"a_1") && names(&got).contains(&"a_6"));
    let said = "R.313 a_1 withdrew after printing: 60 marks stay list votes, and the candidate takes no seat.";
    assert!(told(&got).contains(&said.to_owned()), "{:#?}", told(&got));
    def.candidates[0].withdrawn = true;
    assert_eq!(run(&def, &totals, &[]), got, "frozen or by a leaf, it comes to the same");
}

#[test]
fn tb6_a_list_that_withdrew_with_its_votes_valid_or_invalid() {
    let (mut def, totals) = three();
    def.rules.seats.threshold = Some("40/100".parse().unwrap());
    let valid = try_without(&def, &totals, &[], &["d"]).unwrap();
    assert_eq!(valid.list_seats, BTreeMap::from([(id("a"), 9), (id("b"), 0)]), "390 of 1000 are less than 40 %");
    assert!(valid.elected.iter().all(|e| e.list != Some(id("d"))));
    assert!(valid.steps.contains(&Step::VotesOfWithdrawn {
        votes: 90,
        before: 1000,
        after: 1000,
        choice: WithdrawnVotes::Valid
    }));
    def.rules.votes.withdrawn = WithdrawnVotes::Invalid;
    let invalid = try_without(&def, &totals, &[], &["d"]).unwrap();
    assert_eq!(invalid.list_seats, BTreeMap::from([(id("a"), 5), (id("b"), 4)]), "390 of 910 are 42.8 %");
    assert!(invalid.steps.contains(&Step::VotesOfWithdrawn {
        votes: 90,
        before: 1000,
        after: 910,
        choice: WithdrawnVotes::Invalid
    }));
    for (got, word) in [(&valid, "valid"), (&invalid, "invalid")] {
        assert!(names_choice(got, "votes.withdrawn", word));
        assert!(rules(got).contains(&"R.314") && rules(got).contains(&"R.315"));
    }
}

#[test]
fn tb6_all_withdrew() {
    let (mut def, totals) = three();
    let all = ["a", "b", "d"];
    let valid = try_without(&def, &totals, &[], &all).unwrap();
    assert_eq!((valid.vacant, valid.elected.len()), (9, 0));
    def.rules.votes.withdrawn = WithdrawnVotes::Invalid;
    let invalid = try_without(&def, &totals, &[], &all).unwrap();
    assert_eq!((invalid.vacant, rules(&invalid).last()), (9, Some(&"R.306")));
}

#[test]
fn tb6_the_winner_of_a_contest_of_candidates_withdrew() {
    let (mut def, mut totals) = open(1);
    def.rules.seats.women = WomenQuota::None;
    def.contests[0].kind = ContestKind::Candidates { vote_for: 1 };
    list(&mut def, &mut totals, "a", 16, &[("m", 9), ("w", 7)]);
    def.lists.clear();
    totals.votes.remove(&id("a"));
    def.candidates.iter_mut().for_each(|c| c.list = None);
    assert_eq!(names(&run(&def, &totals, &[])), ["a_1"]);
    let got = try_without(&def, &totals, &[], &["a_1"]).unwrap();
    assert_eq!(names(&got), ["a_2"]);
    assert!(told(&got).contains(&"R.313 a_1 withdrew after printing with 9 votes, and takes no seat.".to_owned()));
    def.rules.votes.withdrawn = WithdrawnVotes::Invalid;
    let got = try_without(&def, &totals, &[], &["a_1"]).unwrap();
    assert!(got.steps.contains(&Step::VotesOfWithdrawn {
        votes: 9,
        before: 16,
        after: 7,
        choice: WithdrawnVotes::Invalid
    }));
    // Where a ballot may hold other votes, what it would still be worth is not known: the figures stay.
    def.contests[0].kind = ContestKind::Candidates { vote_for: 2 };
    let got = try_without(&def, &totals, &[], &["a_1"]).unwrap();
    assert!(got.steps.iter().any(|s| matches!(s, Step::VotesOfWithdrawn { before: 16, after: 16, .. })));
}

#[test]
fn tb6_a_candidate_for_a_reserved_seat_withdrew() {
    let (mut def, mut totals) = three();
    list(&mut def, &mut totals, "yaz", 9, &[("m", 4), ("w", 3)]);
    def.lists[3].reserved = Some("yazidi".into());
    def.reserved.push(ReservedSeats { contest: id("k"), community: "yazidi".into(), seats: 1, name: text("Yazidi") });
    assert!(names(&run(&def, &totals, &[])).contains(&"yaz_1"));
    assert!(names(&try_without(&def, &totals, &[], &["yaz_1"]).unwrap()).contains(&"yaz_2"));
    let list_gone = try_without(&def, &totals, &[], &["yaz"]).unwrap();
    assert_eq!((list_gone.vacant, list_gone.elected.len()), (1, 9));
}
