//! Ties: lots, and the orders that may stand in their place.

use super::*;

#[test]
fn ties_for_the_last_seats_of_lists() {
    let (mut def, mut totals) = open(2);
    def.rules.seats.women = WomenQuota::None;
    list(&mut def, &mut totals, "a", 30, &[("m", 1)]);
    list(&mut def, &mut totals, "b", 20, &[("m", 1)]);
    list(&mut def, &mut totals, "d", 20, &[("w", 1)]);
    let open = run(&def, &totals, &[]);
    assert_eq!(open.lots_needed[0].stage, LotStage::ListSeats);
    assert!(open.elected.is_empty(), "nobody is elected while the lists' seats are open");
    let outcome = draws(&open, &["d"]);
    let drawn = run(&def, &totals, std::slice::from_ref(&outcome));
    assert_eq!(names(&drawn), ["a_1", "d_1"]);
    assert!(rules(&drawn).contains(&"R.305") && drawn.is_complete());
    // With other figures the same lists are another tie.
    for tied in ["b", "d"] {
        totals.votes.insert(id(tied), 21);
    }
    assert_eq!(run(&def, &totals, &[outcome]).lots_needed.len(), 1);
}

#[test]
fn ties_between_candidates() {
    let (mut def, mut totals) = open(2);
    def.rules.seats.women = WomenQuota::None;
    list(&mut def, &mut totals, "a", 50, &[("m", 5), ("m", 3), ("w", 3), ("m", 3), ("m", 1)]);
    let open = run(&def, &totals, &[]);
    assert_eq!(open.lots_needed[0].stage, LotStage::Candidates { list: id("a") });
    assert_eq!(open.lots_needed[0].between, ["a_2", "a_3", "a_4"].map(id));
    assert_eq!(names(&open), ["a_1"], "who is elected whatever the lot says");
    assert_eq!(names(&run(&def, &totals, &[draws(&open, &["a_4"])])), ["a_1", "a_4"]);
    for wrong in [&["a_1"][..], &["a_2", "a_3"], &["a_2", "a_2"], &[]] {
        let error = try_run(&def, &totals, &[draws(&open, wrong)]).unwrap_err();
        assert_eq!(error.code(), "allot.lot");
    }
}

#[test]
fn a_tie_between_lists_by_their_votes_where_the_rule_file_says_so() {
    let (mut def, mut totals) = open(4);
    def.rules.seats.women = WomenQuota::None;
    def.rules.seats.method = "d-hondt".parse().unwrap();
    for (name, votes) in [("a", 60), ("b", 40), ("d", 20), ("e", 20)] {
        list(&mut def, &mut totals, name, votes, &[("m", 4), ("m", 3), ("m", 2)]);
    }
    assert_eq!(run(&def, &totals, &[]).lots_needed[0].between, ["a", "b", "d", "e"].map(id));
    def.rules.seats.ties_of_lists = TiesOfLists::MostVotes;
    let got = run(&def, &totals, &[]);
    assert!(got.is_complete());
    assert_eq!(got.list_seats, BTreeMap::from([(id("a"), 3), (id("b"), 1), (id("d"), 0), (id("e"), 0)]));
    assert!(names_choice(&got, "seats.ties_of_lists", "most_votes"));
    def.contests[0].seats = 6;
    let open = run(&def, &totals, &[]);
    assert_eq!(open.lots_needed[0].between, ["d", "e"].map(id), "equal in votes too: a lot");
    assert_eq!(run(&def, &totals, &[draws(&open, &["e"])]).list_seats[&id("e")], 1);
}

#[test]
fn the_order_of_the_list_in_place_of_a_lot() {
    let (mut def, mut totals) = open(4);
    def.rules.seats.ties_of_candidates = TiesOfCandidates::ListOrder;
    list(&mut def, &mut totals, "a", 100, &[("m", 9), ("m", 8), ("m", 6), ("m", 6), ("m", 6), ("w", 5), ("w", 5)]);
    let got = run(&def, &totals, &[]);
    assert!(got.is_complete());
    assert_eq!(
        names(&got),
        ["a_1", "a_2", "a_3", "a_6"],
        "5 is left out for 3 and 4; 4 gives way before 3; 6 comes before 7"
    );
    assert_eq!(got.steps.iter().filter(|s| matches!(s, Step::TieByOrder { .. })).count(), 3);
    assert!(names_choice(&got, "seats.ties_of_candidates", "list_order"));

    // Numbers of two lists say nothing about each other.
    let (mut def, mut totals) = open(2);
    def.rules.seats.ties_of_candidates = TiesOfCandidates::ListOrder;
    list(&mut def, &mut totals, "a", 100, &[("m", 9), ("w", 5)]);
    list(&mut def, &mut totals, "b", 90, &[("m", 9), ("w", 5)]);
    assert_eq!(run(&def, &totals, &[]).lots_needed[0].stage, LotStage::QuotaStepFour);
}

#[test]
fn at_step_4_too_the_order_of_a_list_decides_among_its_women() {
    let (mut def, mut totals) = open(2);
    def.rules.seats.ties_of_candidates = TiesOfCandidates::ListOrder;
    list(&mut def, &mut totals, "a", 100, &[("m", 9), ("w", 5), ("w", 5)]);
    list(&mut def, &mut totals, "b", 90, &[("m", 9), ("w", 3)]);
    let got = run(&def, &totals, &[]);
    assert_eq!((got.lots_needed.len(), names(&got)), (0, vec!["a_2", "b_1"]));
    assert_eq!(got.steps.iter().filter(|s| matches!(s, Step::TieByOrder { .. })).count(), 1);
    // Between lists a lot, to which each sends its first.
    let (mut def, mut totals) = open(2);
    def.rules.seats.ties_of_candidates = TiesOfCandidates::ListOrder;
    list(&mut def, &mut totals, "a", 100, &[("m", 9), ("w", 5), ("w", 5)]);
    list(&mut def, &mut totals, "b", 90, &[("m", 9), ("w", 5)]);
    let open = run(&def, &totals, &[]);
    assert_eq!(open.lots_needed[0].between, ["a_2", "b_2"].map(id));
    def.rules.seats.ties_of_candidates = TiesOfCandidates::Lot;
    assert_eq!(run(&def, &totals, &[]).lots_needed[0].between, ["a_2", "a_3", "b_2"].map(id));
}

/// A place where a tie can stand: the lot that is asked for, and what the draw changes.
#[test]
fn tb6_a_lot_at_every_place_a_tie_can_stand() {
    let mut asked = BTreeSet::new();
    let mut ask = |def: &Definition, totals: &ContestTotals| {
        let mut lots: Vec<LotOutcome> = Vec::new();
        loop {
            let got = run(def, totals, &lots);
            let Some(lot) = got.lots_needed.first() else { break };
            asked.insert(place(&lot.stage));
            let Step::LotRequired { lot: told, .. } =
                got.steps.iter().find(|s| matches!(s, Step::LotRequired { .. })).unwrap()
            else {
                unreachable!()
            };
            assert_eq!(told, lot, "the lot is told where it is asked for");
            // Each outcome of the lot is another allotment.
            let one_of = |who: &OptionId| {
                let mut lots = lots.clone();
                lots.push(LotOutcome { id: lot.id.clone(), drawn: vec![who.clone()] });
                run(def, totals, &lots)
            };
            if lot.seats == 1 {
                let outcomes: Vec<Allotment> = lot.between.iter().map(one_of).collect();
                assert!(outcomes.windows(2).all(|pair| pair[0] != pair[1]), "{lot:?}");
            }
            let drawn = lot.between[..usize::try_from(lot.seats).unwrap()].to_vec();
            lots.push(LotOutcome { id: lot.id.clone(), drawn });
        }
    };
    let (mut def, mut totals) = open(3);
    list(&mut def, &mut totals, "a", 30, &[("m", 5), ("m", 5), ("w", 1), ("w", 1)]);
    list(&mut def, &mut totals, "b", 30, &[("m", 5), ("m", 5), ("w", 1), ("w", 1)]);
    ask(&def, &totals);
    let (mut def, mut totals) = quota_tie();
    ask(&def, &totals);
    list(&mut def, &mut totals, "yaz", 9, &[("m", 4), ("w", 4)]);
    def.lists.last_mut().unwrap().reserved = Some("yazidi".into());
    def.reserved.push(ReservedSeats { contest: id("k"), community: "yazidi".into(), seats: 1, name: text("Yazidi") });
    ask(&def, &totals);
    let (mut def, totals) = tie_at_step_2();
    def.rules.seats.quota_overshoot_step_2 = QuotaOvershoot::StopAtQuota;
    ask(&def, &totals);
    let (mut def, mut totals) = open(2);
    list(&mut def, &mut totals, "a", 30, &[("m", 5), ("m", 5), ("w", 1)]);
    ask(&def, &totals);
    let (mut def, mut totals) = open(1);
    def.contests[0].kind = ContestKind::Candidates { vote_for: 1 };
    list(&mut def, &mut totals, "a", 10, &[("m", 5), ("m", 5)]);
    def.lists.clear();
    totals.votes.remove(&id("a"));
    def.candidates.iter_mut().for_each(|candidate| candidate.list = None);
    ask(&def, &totals);
    let places = [
        "R.305 lists",
        "R.312 candidates",
        "R.312 contest",
        "R.325 step 2",
        "R.325 step 3",
        "R.329 all lists",
        "R.329 comes in at 2",
        "R.329 comes in at 3",
        "R.329 gives way at 2",
        "R.329 gives way at 3",
        "R.329 gives way at 4",
        "R.331 reserved",
    ];
    assert_eq!(asked.into_iter().collect::<Vec<_>>(), places);
}

/// A stage with its rule, of whatever list.
fn place(stage: &LotStage) -> String {
    let place = match stage {
        LotStage::ListSeats => "lists".into(),
        LotStage::Candidates { .. } => "candidates".into(),
        LotStage::Plurality => "contest".into(),
        LotStage::ServedFirst { step } => format!("step {step}"),
        LotStage::ComesIn { step, .. } => format!("comes in at {step}"),
        LotStage::GivesWay { step, .. } => format!("gives way at {step}"),
        LotStage::QuotaStepFour => "all lists".into(),
        LotStage::Reserved { .. } => "reserved".into(),
    };
    format!("{} {place}", stage.rule())
}

/// Two lists of four seats with equal votes, of 9: each owes a woman at step 2, and one more is owed in all.
fn tie_at_step_2() -> (Definition, ContestTotals) {
    let (mut def, mut totals) = open(9);
    let four = [("m", 30), ("m", 20), ("m", 10), ("m", 10), ("w", 5), ("w", 5)];
    list(&mut def, &mut totals, "a", 300, &four);
    list(&mut def, &mut totals, "b", 300, &four);
    list(&mut def, &mut totals, "d", 80, &[("w", 9), ("m", 8)]);
    (def, totals)
}

/// Two lists of three seats with equal votes, of 7: one woman is still owed at step 3, and both have equal women and men.
fn quota_tie() -> (Definition, ContestTotals) {
    let (mut def, mut totals) = open(7);
    let three = [("m", 30), ("m", 10), ("m", 10), ("w", 5), ("w", 5)];
    list(&mut def, &mut totals, "a", 300, &three);
    list(&mut def, &mut totals, "b", 300, &three);
    list(&mut def, &mut totals, "d", 100, &[("w", 9), ("m", 8)]);
    (def, totals)
}
