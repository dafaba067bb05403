//! The women's quota, step by step, and its silent points.

use super::*;

/// Qadisiyah 2023: 14 seats, 4 women. Lists 4, 3, 3, 2, 1, 1; no woman directly; ÷4 gives one, ÷3 two more, and the
/// last goes to the woman with 1,365 votes on a list with one seat. Votes of lists and of others are invented.
fn qadisiyah() -> (Definition, ContestTotals) {
    let (mut def, mut totals) = open(14);
    let lists = [("nabni", 4000, 4), ("law", 3000, 3), ("qiyam", 2900, 3), ("forces", 2000, 2), ("kanoon", 1100, 1)];
    for (n, (name, votes, seats)) in lists.into_iter().enumerate() {
        let mut people: Vec<(&str, u64)> = (0..seats).map(|i| ("m", 9_000 - i)).collect();
        people.extend([("w", 1_300 - n as u64), ("w", 800)]);
        list(&mut def, &mut totals, name, votes * 10, &people);
    }
    list(&mut def, &mut totals, "absher", 10_000, &[("m", 3_000), ("w", 1_365), ("w", 200)]);
    (def, totals)
}

#[test]
fn qadisiyah_2023_the_woman_of_the_list_with_one_seat() {
    let (def, totals) = qadisiyah();
    let got = run(&def, &totals, &[]);
    let seats: Vec<u64> =
        ["nabni", "law", "qiyam", "forces", "kanoon", "absher"].map(|l| got.list_seats[&id(l)]).into();
    assert_eq!(seats, [4, 3, 3, 2, 1, 1]);
    let women: Vec<(&str, &str)> =
        got.elected.iter().filter(|e| e.seat_kind == SeatKind::Women).map(|e| (e.candidate.as_str(), e.step)).collect();
    assert_eq!(women, [("nabni_5", "R.322"), ("law_4", "R.323"), ("qiyam_4", "R.323"), ("absher_2", "R.324")]);
    assert_eq!(got.elected.len(), 14);
    assert!(!names(&got).contains(&"absher_1") && !names(&got).contains(&"nabni_4"));
    assert!(got.is_complete() && got.vacant == 0);
    let told = told(&got);
    let last = "R.324 Step 4: in absher, absher_2 (1365 votes) takes the seat of absher_1 (3000 votes).";
    assert!(told.contains(&last.to_owned()), "{told:#?}");
}

#[test]
fn eighty_three_women_of_320() {
    let general = [69, 31, 25, 19, 18, 17, 15, 15, 14, 12, 12, 12, 11, 11, 11, 11, 10, 7];
    let women = [17, 8, 6, 5, 5, 4, 4, 4, 4, 3, 3, 3, 3, 3, 3, 3, 3, 2];
    let (def, _) = open(1);
    assert_eq!(general.map(|seats| def.rules.seats.women_owed(seats)), women);
    assert_eq!((general.iter().sum::<u16>(), women.iter().sum::<u16>()), (320, 83));
}

#[test]
fn step_1_enough_women_directly() {
    let (mut def, mut totals) = open(4);
    list(&mut def, &mut totals, "a", 100, &[("m", 50), ("w", 40), ("m", 30), ("m", 20), ("w", 10)]);
    let got = run(&def, &totals, &[]);
    assert_eq!(names(&got), ["a_1", "a_2", "a_3", "a_4"]);
    assert!(rules(&got).contains(&"R.321") && got.elected.iter().all(|e| e.seat_kind == SeatKind::General));
}

#[test]
fn step_2_within_the_list_the_last_man_for_the_first_woman() {
    let (mut def, mut totals) = open(8);
    let men = [("m", 90), ("m", 80), ("m", 70), ("m", 60), ("m", 50), ("m", 40), ("m", 30), ("m", 20)];
    list(&mut def, &mut totals, "a", 100, &[&men[..], &[("w", 5), ("w", 7), ("xw", 19), ("w", 1)]].concat());
    let got = run(&def, &totals, &[]);
    assert_eq!(names(&got), ["a_1", "a_2", "a_3", "a_4", "a_5", "a_6", "a_10", "a_9"]);
    assert_eq!(got.elected.iter().filter(|e| e.step == "R.322").count(), 2);
    assert!(rules(&got).contains(&"R.313"), "who withdrew is named and passed over");
}

/// Two lists of three seats: both owe one woman at step 3 and the quota of 6 seats is 2; with a woman elected directly
/// on a list of one more seat only one is still owed.
fn overshooting() -> (Definition, ContestTotals) {
    let (mut def, mut totals) = open(7);
    let three = [("m", 30), ("m", 20), ("m", 10), ("w", 5)];
    list(&mut def, &mut totals, "a", 300, &three);
    list(&mut def, &mut totals, "b", 310, &three);
    list(&mut def, &mut totals, "d", 100, &[("w", 9), ("m", 8)]);
    (def, totals)
}

#[test]
fn step_3_beyond_the_quota_as_the_rule_file_chooses() {
    let (mut def, mut totals) = overshooting();
    let stop = run(&def, &totals, &[]);
    assert_eq!(
        names(&stop),
        ["b_1", "b_2", "b_4", "a_1", "a_2", "a_3", "d_1"],
        "the list with more votes is served first"
    );
    def.rules.seats.quota_overshoot = QuotaOvershoot::ServeAll;
    let all = run(&def, &totals, &[]);
    assert_eq!(names(&all), ["b_1", "b_2", "b_4", "a_1", "a_2", "a_4", "d_1"]);
    for (got, choice) in [(&stop, "stop_at_quota"), (&all, "serve_all")] {
        let step = got.steps.iter().find(|s| s.rule() == "R.325").unwrap();
        assert!(Lang::ALL.iter().all(|lang| step.say(*lang).contains(choice)), "the choice is told");
    }
    // Lists with equal votes: a lot says who is served first.
    def.rules.seats.quota_overshoot = QuotaOvershoot::StopAtQuota;
    totals.votes.insert(id("b"), 300);
    let open = run(&def, &totals, &[]);
    assert_eq!(open.lots_needed[0].stage, LotStage::ServedFirst { step: 3 });
    let drawn = run(&def, &totals, &[draws(&open, &["a"])]);
    assert_eq!(names(&drawn), ["a_1", "a_2", "a_4", "b_1", "b_2", "b_3", "d_1"]);
}

#[test]
fn a_list_with_too_few_women_leaves_the_rest_to_the_next_step() {
    let (mut def, mut totals) = open(5);
    list(&mut def, &mut totals, "a", 400, &[("m", 9), ("m", 8), ("m", 7), ("m", 6), ("m", 5)]);
    list(&mut def, &mut totals, "b", 100, &[("m", 9), ("w", 1)]);
    let got = run(&def, &totals, &[]);
    assert_eq!(got.list_seats, BTreeMap::from([(id("a"), 4), (id("b"), 1)]));
    assert!(rules(&got).contains(&"R.326"));
    assert_eq!(names(&got), ["a_1", "a_2", "a_3", "a_4", "b_2"], "step 4 finds the woman of the list with one seat");
}

#[test]
fn a_quota_nobody_can_fill_is_told() {
    let (mut def, mut totals) = open(4);
    list(&mut def, &mut totals, "a", 100, &[("m", 9), ("m", 8), ("m", 7), ("m", 6)]);
    list(&mut def, &mut totals, "b", 1, &[("m", 9), ("w", 8)]);
    let got = run(&def, &totals, &[]);
    assert_eq!(got.list_seats[&id("b")], 0);
    assert_eq!(got.steps.last(), Some(&Step::QuotaUnfilled { short: 1 }), "a list without a seat lends no woman");
}

#[test]
fn ties_in_the_quota() {
    let (mut def, mut totals) = open(4);
    list(&mut def, &mut totals, "a", 100, &[("m", 9), ("m", 8), ("m", 6), ("m", 6), ("w", 5), ("w", 5)]);
    let open = run(&def, &totals, &[]);
    let stages: Vec<&LotStage> = open.lots_needed.iter().map(|l| &l.stage).collect();
    let list_a = || id("a");
    assert_eq!(
        stages,
        [&LotStage::ComesIn { list: list_a(), step: 2 }, &LotStage::GivesWay { list: list_a(), step: 2 }]
    );
    let outcome = |lot: &LotNeeded, who: &str| LotOutcome { id: lot.id.clone(), drawn: vec![id(who)] };
    let lots = [outcome(&open.lots_needed[0], "a_6"), outcome(&open.lots_needed[1], "a_3")];
    assert_eq!(names(&run(&def, &totals, &lots)), ["a_1", "a_2", "a_4", "a_6"]);
    assert_eq!(run(&def, &totals, &lots[..1]).lots_needed, open.lots_needed[1..]);

    // Step 4: women of two lists with one seat each.
    let (mut def, mut totals) = self::open(2);
    list(&mut def, &mut totals, "a", 100, &[("m", 9), ("w", 5)]);
    list(&mut def, &mut totals, "b", 90, &[("m", 9), ("w", 5)]);
    let open = run(&def, &totals, &[]);
    assert_eq!(open.lots_needed[0].stage, LotStage::QuotaStepFour);
    assert_eq!(names(&run(&def, &totals, &[draws(&open, &["b_2"])])), ["a_1", "b_2"]);
}

/// Two lists of 4 and 8 seats of 12, with a quota of 3: the first has two women directly, the second owes two.
#[test]
fn step_2_beyond_the_quota_as_the_rule_file_chooses() {
    let (mut def, mut totals) = open(12);
    list(&mut def, &mut totals, "a", 400, &[("w", 9), ("w", 8), ("m", 7), ("m", 6)]);
    let men = [("m", 80), ("m", 70), ("m", 60), ("m", 50), ("m", 40), ("m", 30), ("m", 20), ("m", 10)];
    list(&mut def, &mut totals, "b", 800, &[&men[..], &[("w", 5), ("w", 4)]].concat());
    let women = |got: &Allotment| got.elected.iter().filter(|e| e.step == "R.322").count();
    let all = run(&def, &totals, &[]);
    assert_eq!(
        (all.list_seats[&id("a")], all.list_seats[&id("b")], women(&all)),
        (4, 8, 2),
        "each list owes, says the text"
    );
    assert!(names_choice(&all, "seats.quota_overshoot_step_2", "serve_all"));
    def.rules.seats.quota_overshoot_step_2 = QuotaOvershoot::StopAtQuota;
    let stop = run(&def, &totals, &[]);
    assert_eq!(women(&stop), 1);
    assert!(names(&stop).contains(&"b_9") && names(&stop).contains(&"b_7") && !names(&stop).contains(&"b_8"));
    assert!(names_choice(&stop, "seats.quota_overshoot_step_2", "stop_at_quota"));
}

#[test]
fn who_is_served_first_as_the_rule_file_chooses() {
    let (mut def, totals) = overshooting();
    def.rules.seats.quota_order = QuotaOrder::FewestVotes;
    let got = run(&def, &totals, &[]);
    assert_eq!(names(&got), ["b_1", "b_2", "b_3", "a_1", "a_2", "a_4", "d_1"]);
    assert!(told(&got).iter().any(|said| said.contains("the list with the fewest votes first (fewest_votes)")));
}

/// Lists of 7 and 4 seats of 11, with a quota of 3: the first has no woman and owes 1 at step 2, 2 at step 3.
#[test]
fn a_list_with_too_few_women_as_the_rule_file_chooses() {
    let (mut def, mut totals) = open(11);
    list(&mut def, &mut totals, "a", 700, &[("m", 9), ("m", 8), ("m", 7), ("m", 6), ("m", 5), ("m", 4), ("m", 3)]);
    list(&mut def, &mut totals, "b", 400, &[("m", 9), ("m", 8), ("m", 7), ("m", 6), ("w", 5), ("w", 4), ("w", 3)]);
    let women = |got: &Allotment| got.elected.iter().filter(|e| e.seat_kind == SeatKind::Women).count();
    let next = run(&def, &totals, &[]);
    assert_eq!(
        (next.list_seats[&id("a")], next.list_seats[&id("b")], women(&next)),
        (7, 4, 3),
        "the other list pays at step 4"
    );
    assert!(names_choice(&next, "seats.quota_few_women", "next_step"));
    def.rules.seats.quota_few_women = FewWomen::Forgo;
    let forgo = run(&def, &totals, &[]);
    assert_eq!(women(&forgo), 1, "each pays for itself alone");
    assert!(names_choice(&forgo, "seats.quota_few_women", "forgo"));
    // One is forgone at step 2, one more at step 3: not three.
    assert_eq!(forgo.steps.last(), Some(&Step::QuotaMet { step: 3, owed: 1, elected: 1 }));
}

#[test]
fn every_step_has_three_languages() {
    let mut seen: Vec<Step> = Vec::new();
    let (def, totals) = qadisiyah();
    seen.extend(run(&def, &totals, &[]).steps);
    let (def, totals) = overshooting();
    seen.extend(run(&def, &totals, &[]).steps);
    for step in seen {
        let said = Lang::ALL.map(|lang| step.say(lang));
        assert!(said[0] != said[1] && said[1] != said[2] && said[0] != said[2], "{said:?}");
        assert!(crate::rules::rule(step.rule()).is_some(), "{}", step.rule());
    }
}
