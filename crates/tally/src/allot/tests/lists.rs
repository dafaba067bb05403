//! Seats of lists and candidates, reserved seats, thresholds, withdrawals.

use super::*;

#[test]
fn reserved_seats_are_apart() {
    let (mut def, mut totals) = open(4);
    list(&mut def, &mut totals, "a", 100, &[("m", 9), ("w", 8), ("m", 7), ("m", 6)]);
    list(&mut def, &mut totals, "yaz1", 900, &[("m", 20), ("w", 30)]);
    list(&mut def, &mut totals, "yaz2", 10, &[("m", 40), ("xm", 90)]);
    for reserved in &mut def.lists[1..] {
        reserved.reserved = Some("yazidi".into());
    }
    def.reserved.push(ReservedSeats { contest: id("k"), community: "yazidi".into(), seats: 2, name: text("Yazidi") });
    let got = run(&def, &totals, &[]);
    assert_eq!(got.list_seats, BTreeMap::from([(id("a"), 4)]), "no general seat, whatever its votes");
    assert_eq!(names(&got), ["a_1", "a_2", "a_3", "a_4", "yaz2_1", "yaz1_2"]);
    assert_eq!(got.elected[5].seat_kind, SeatKind::Reserved { community: "yazidi".into() });
    totals.votes.insert(id("yaz1_1"), 30);
    let open = run(&def, &totals, &[]);
    assert_eq!(open.lots_needed[0].stage, LotStage::Reserved { community: "yazidi".into() });
    assert_eq!(open.lots_needed[0].between, ["yaz1_1", "yaz1_2"].map(id));
    def.reserved[0].seats = 5;
    assert_eq!(run(&def, &totals, &[]).vacant, 2, "more seats than candidates");
}

#[test]
fn a_list_shorter_than_its_seats() {
    let (mut def, mut totals) = open(4);
    def.rules.seats.women = WomenQuota::None;
    list(&mut def, &mut totals, "a", 100, &[("m", 9), ("xm", 50)]);
    list(&mut def, &mut totals, "b", 30, &[("m", 9), ("m", 8), ("m", 7)]);
    let vacant = run(&def, &totals, &[]);
    assert_eq!((vacant.vacant, names(&vacant)), (2, vec!["a_1", "b_1"]));
    def.rules.seats.short_list = ShortList::NextQuotient;
    let next = run(&def, &totals, &[]);
    assert_eq!((next.vacant, names(&next)), (0, vec!["a_1", "b_1", "b_2", "b_3"]));
    for (got, choice) in [(&vacant, "vacant"), (&next, "next_quotient")] {
        let step = got.steps.iter().find(|s| s.rule() == "R.307").unwrap();
        assert!(Lang::ALL.iter().all(|lang| step.say(*lang).contains(choice)), "the choice is told");
    }
    def.contests[0].seats = 9;
    assert_eq!(run(&def, &totals, &[]).vacant, 5, "more seats than candidates");
}

#[test]
fn tb6_all_zero_elects_nobody() {
    let (mut def, mut totals) = open(4);
    list(&mut def, &mut totals, "a", 0, &[("m", 0), ("w", 0)]);
    let got = run(&def, &totals, &[]);
    assert_eq!((got.vacant, got.elected.len(), got.is_complete()), (4, 0, true));
    assert_eq!(rules(&got), ["R.306"]);
}

/// The figures of the README: 1.7, 3, 5, … of 100,000 and 80,000, 30,000 and 20,000 votes.
#[test]
fn each_seat_is_told_with_its_quotient() {
    let (mut def, mut totals) = open(8);
    def.rules.seats.women = WomenQuota::None;
    for (name, votes) in [("palm", 100_000), ("reed", 80_000), ("lantern", 30_000), ("dove", 20_000)] {
        list(&mut def, &mut totals, name, votes, &[("m", 0); 8]);
    }
    let got = run(&def, &totals, &[]);
    let told = told(&got);
    assert!(
        told.contains(
            &"R.303 Seat 1 of 8: palm. Its 100000 votes divided by 1.7 are 58823.52, the highest quotient left."
                .to_owned()
        ),
        "{told:#?}"
    );
    assert!(told.contains(
        &"R.303 Seat 8 of 8: palm. Its 100000 votes divided by 7 are 14285.71, the highest quotient left.".to_owned()
    ));
    assert!(told.contains(&"R.303 The first that wins no seat: dove with 11764.70.".to_owned()));
    assert_eq!(got.steps.iter().filter(|s| matches!(s, Step::Seat { .. })).count(), 8, "one sentence for each seat");

    def.rules.seats.method = "hare".parse().unwrap();
    let told = self::told(&run(&def, &totals, &[]));
    assert!(
        told.contains(
            &"R.304 palm: its 100000 votes hold the quota of 28750 whole 3 times, a seat for each.".to_owned()
        ),
        "{told:#?}"
    );
    assert!(told.contains(
        &"R.304 Seat 7 of 8: reed. Of its votes 0.78 of a quota remain, the largest remainder left.".to_owned()
    ));
    assert!(told.contains(&"R.304 The first that wins no seat: palm with 0.47.".to_owned()));
}

#[test]
fn the_whole_quotas_of_a_list_without_candidates_left_are_told() {
    let (mut def, mut totals) = open(4);
    def.rules.seats.women = WomenQuota::None;
    def.rules.seats.method = "hare".parse().unwrap();
    def.rules.seats.short_list = ShortList::NextQuotient;
    list(&mut def, &mut totals, "a", 17, &[("m", 9), ("m", 8)]);
    list(&mut def, &mut totals, "b", 4, &[("m", 3), ("m", 1)]);
    list(&mut def, &mut totals, "d", 2, &[("m", 2), ("m", 0)]);
    let told = self::told(&run(&def, &totals, &[]));
    let said = "R.304 a: its 17 votes hold the quota of 5.75 whole 2 times, a seat for each.";
    assert!(told.contains(&said.to_owned()), "{told:#?}");
}

#[test]
fn the_first_without_a_seat_is_told_when_the_lot_is_drawn() {
    let (mut def, mut totals) = open(3);
    def.rules.seats.women = WomenQuota::None;
    def.rules.seats.method = "d-hondt".parse().unwrap();
    for (name, votes) in [("a", 10), ("b", 10), ("d", 3)] {
        list(&mut def, &mut totals, name, votes, &[("m", 4), ("m", 3)]);
    }
    let open = run(&def, &totals, &[]);
    let without = |got: &Allotment| -> Vec<String> {
        told(got).into_iter().filter(|said| said.contains("The first that wins no seat")).collect()
    };
    assert_eq!(without(&open), [""; 0], "nobody knows yet");
    let drawn = run(&def, &totals, &[draws(&open, &["b"])]);
    assert_eq!(without(&drawn), ["R.303 The first that wins no seat: a with 5."]);
}

/// Two lists for general seats with 930 and 40 votes, one for a reserved seat with 30.
fn with_threshold() -> (Definition, ContestTotals) {
    let (mut def, mut totals) = open(30);
    def.rules.seats.women = WomenQuota::None;
    def.rules.seats.method = "d-hondt".parse().unwrap();
    def.rules.seats.threshold = Some("4/100".parse().unwrap());
    list(&mut def, &mut totals, "a", 930, &[("m", 1); 30]);
    list(&mut def, &mut totals, "b", 40, &[("m", 1); 30]);
    list(&mut def, &mut totals, "yaz", 30, &[("m", 1)]);
    def.lists[2].reserved = Some("yazidi".into());
    def.reserved.push(ReservedSeats { contest: id("k"), community: "yazidi".into(), seats: 1, name: text("Yazidi") });
    (def, totals)
}

#[test]
fn tb6_a_threshold_met_exactly_counts_and_one_vote_short_does_not() {
    let (def, mut totals) = with_threshold();
    assert_eq!(run(&def, &totals, &[]).list_seats[&id("b")], 1, "40 of 1000");
    totals.votes.insert(id("b"), 39);
    totals.valid -= 1;
    let got = run(&def, &totals, &[]);
    assert_eq!(got.list_seats[&id("b")], 0, "39 of 999 is 3.9 %");
    assert!(rules(&got).contains(&"R.302"));
}

#[test]
fn what_the_threshold_is_a_share_of_as_the_rule_file_chooses() {
    let (mut def, mut totals) = with_threshold();
    totals.votes.insert(id("b"), 39);
    totals.valid -= 1;
    def.rules.seats.threshold_of = ThresholdOf::Competing;
    assert_eq!(run(&def, &totals, &[]).list_seats[&id("b")], 1, "39 of 969 is 4.02 %");
    totals.votes.insert(id("b"), 38);
    totals.valid -= 1;
    let got = run(&def, &totals, &[]);
    assert_eq!(got.list_seats[&id("b")], 0, "38 of 968 is 3.93 %");
    let said =
        "R.302 b has 38 of 968 votes of the lists that compete, less than the threshold of 4/100; it takes no seat.";
    assert!(told(&got).contains(&said.to_owned()), "{:#?}", told(&got));
}

#[test]
fn a_threshold_over_the_whole_election_is_by_party() {
    let (mut def, totals) = with_threshold();
    def.rules.seats.threshold_over = ThresholdOver::Election;
    def.lists[1].party = id("small");
    let mut other = def.contests[0].clone();
    other.id = id("k2");
    def.contests.push(other);
    let mut list_2 = def.lists[1].clone();
    (list_2.id, list_2.contest) = (id("b2"), id("k2"));
    def.lists.push(list_2);
    let share = |votes: u64, valid: u64| {
        let elsewhere = ContestTotals { valid, votes: BTreeMap::from([(id("b2"), votes)]), ..Default::default() };
        let all = BTreeMap::from([(id("k"), totals.clone()), (id("k2"), elsewhere)]);
        let rulings = Rulings { rules: &def.rules, withdrawn: &BTreeSet::new(), lots: &[] };
        allot(&def, &def.contests[0], &all, rulings).unwrap()
    };
    let seats = |votes, valid| share(votes, valid).list_seats[&id("b")];
    assert_eq!(seats(40, 1000), 1, "80 of 2000");
    assert_eq!(seats(39, 1000), 0, "79 of 2000");
    assert_eq!(seats(0, 0), 1, "40 of 1000");
    let said = "R.302 The party of b has 79 of 2000 valid votes in the whole election, less than the threshold of 4/100; \
                the list takes no seat.";
    let told = told(&share(39, 1000));
    assert!(told.contains(&said.to_owned()), "{told:#?}");
}

#[test]
fn tb6_no_list_reaches_the_threshold() {
    let (mut def, totals) = with_threshold();
    def.rules.seats.threshold = Some("99/100".parse().unwrap());
    let vacant = run(&def, &totals, &[]);
    assert_eq!((vacant.vacant, vacant.elected.len()), (30, 1), "the reserved seat has no threshold");
    assert!(names_choice(&vacant, "seats.threshold_unmet", "vacant"));
    def.rules.seats.threshold_unmet = ThresholdUnmet::Waived;
    let waived = run(&def, &totals, &[]);
    assert_eq!((waived.vacant, waived.list_seats[&id("a")], waived.list_seats[&id("b")]), (0, 29, 1));
    assert!(names_choice(&waived, "seats.threshold_unmet", "waived"));
}

#[test]
fn tb6_nothing_divides_by_zero() {
    // Every valid vote is for the reserved seat: the lists for general seats have none.
    let (mut def, mut totals) = with_threshold();
    totals.votes.extend([(id("a"), 0), (id("b"), 0)]);
    totals.valid = 30;
    for method in ["d-hondt", "sainte-lague:1.7", "hare"] {
        def.rules.seats.method = method.parse().unwrap();
        for (of, unmet) in
            [(ThresholdOf::Valid, ThresholdUnmet::Vacant), (ThresholdOf::Competing, ThresholdUnmet::Waived)]
        {
            (def.rules.seats.threshold_of, def.rules.seats.threshold_unmet) = (of, unmet);
            let got = run(&def, &totals, &[]);
            assert_eq!((got.vacant, names(&got)), (30, vec!["yaz_1"]), "{method}");
        }
    }
}

#[test]
fn tb6_more_seats_than_candidates() {
    for (method, choice) in
        [("d-hondt", ShortList::Vacant), ("hare", ShortList::NextQuotient), ("sainte-lague", ShortList::NextQuotient)]
    {
        let (mut def, mut totals) = open(9);
        def.rules.seats.method = method.parse().unwrap();
        def.rules.seats.short_list = choice;
        list(&mut def, &mut totals, "a", 50, &[("m", 9), ("m", 8)]);
        list(&mut def, &mut totals, "b", 50, &[("m", 9), ("w", 8)]);
        let got = run(&def, &totals, &[]);
        let lots: Vec<LotOutcome> = got
            .lots_needed
            .iter()
            .map(|lot| LotOutcome { id: lot.id.clone(), drawn: lot.between[..1].to_vec() })
            .collect();
        let got = run(&def, &totals, &lots);
        assert_eq!((got.elected.len(), got.vacant), (4, 5), "{method}");
    }
}

#[test]
fn a_threshold_is_a_share_of_all_valid_votes() {
    let (mut def, mut totals) = open(10);
    def.rules.seats.women = WomenQuota::None;
    def.rules.seats.threshold = Some("4/100".parse().unwrap());
    list(&mut def, &mut totals, "a", 9_600, &[("m", 1); 10]);
    list(&mut def, &mut totals, "b", 400, &[("m", 1); 10]);
    def.rules.seats.method = "d-hondt".parse().unwrap();
    def.contests[0].seats = 30;
    assert_eq!(run(&def, &totals, &[]).list_seats[&id("b")], 1, "met exactly");
    totals.valid += 1;
    let got = run(&def, &totals, &[]);
    assert_eq!(got.list_seats[&id("b")], 0);
    assert!(rules(&got).contains(&"R.302"));
}

#[test]
fn closed_lists_go_by_their_order() {
    let (mut def, mut totals) = open(3);
    def.contests[0].kind = ContestKind::ClosedList;
    list(&mut def, &mut totals, "a", 100, &[("m", 0), ("xm", 0), ("w", 0), ("m", 0)]);
    def.candidates.reverse();
    let got = run(&def, &totals, &[]);
    assert_eq!(names(&got), ["a_1", "a_3", "a_4"]);
    assert!(rules(&got).contains(&"R.328"), "that the quota is not applied is told");
}

#[test]
fn contests_of_candidates_go_by_votes() {
    let (mut def, mut totals) = open(2);
    def.contests[0].kind = ContestKind::Candidates { vote_for: 2 };
    list(&mut def, &mut totals, "a", 100, &[("m", 7), ("w", 9), ("xm", 80), ("m", 7)]);
    def.lists.clear();
    totals.votes.remove(&id("a"));
    def.candidates.iter_mut().for_each(|c| c.list = None);
    let open = run(&def, &totals, &[]);
    assert_eq!(names(&open), ["a_2"]);
    assert_eq!(open.lots_needed[0].stage, LotStage::Plurality);
    assert_eq!(names(&run(&def, &totals, &[draws(&open, &["a_4"])])), ["a_2", "a_4"]);
    def.contests[0].seats = 5;
    assert_eq!(run(&def, &totals, &[]).vacant, 2);
}

#[test]
fn figures_of_another_contest_are_refused() {
    let (mut def, mut totals) = open(2);
    list(&mut def, &mut totals, "a", 100, &[("m", 7)]);
    totals.votes.insert(id("stranger"), 1);
    assert_eq!(try_run(&def, &totals, &[]).unwrap_err().code(), "totals.options");
}
