use election::{Definition, Lang, QuotaOvershoot, ReservedSeats, ShortList, WomenQuota};
use proptest::prelude::*;

use super::*;
use crate::testing::{definition, id, list, text};

/// A contest of open lists with the quota.
fn open(seats: u16) -> (Definition, ContestTotals) {
    let mut def = definition(ContestKind::OpenList, seats);
    def.rules.seats.women = WomenQuota::QuarterRoundedHalfUp;
    (def, ContestTotals::default())
}

fn run(def: &Definition, totals: &ContestTotals, lots: &[LotOutcome]) -> Allotment {
    try_run(def, totals, lots).unwrap()
}

fn try_run(def: &Definition, totals: &ContestTotals, lots: &[LotOutcome]) -> Result<Allotment, AllotError> {
    let all = BTreeMap::from([(def.contests[0].id.clone(), totals.clone())]);
    allot(def, &def.contests[0], &all, Rulings { rules: &def.rules, withdrawn: &BTreeSet::new(), lots })
}

fn names(allotment: &Allotment) -> Vec<&str> {
    allotment.elected.iter().map(|e| e.candidate.as_str()).collect()
}

fn rules(allotment: &Allotment) -> Vec<&'static str> {
    allotment.steps.iter().map(Step::rule).collect()
}

/// The outcome of the only lot that is needed.
fn draws(allotment: &Allotment, names: &[&str]) -> LotOutcome {
    let [lot] = &allotment.lots_needed[..] else { panic!("{:?}", allotment.lots_needed) };
    LotOutcome { id: lot.id.clone(), drawn: names.iter().map(|n| id(n)).collect() }
}

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
    let told: Vec<String> =
        got.steps.iter().map(|s| s.say(Lang::En)).map(|s| s.replace(['\u{2068}', '\u{2069}'], "")).collect();
    assert!(
        told.contains(&"Step 4: in absher, absher_2 (1365 votes) takes the seat of absher_1 (3000 votes).".to_owned()),
        "{told:#?}"
    );
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
    assert_eq!(open.lots_needed[0].stage, LotStage::ServedFirst);
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
fn without_a_valid_vote_nobody_is_elected() {
    let (mut def, mut totals) = open(4);
    list(&mut def, &mut totals, "a", 0, &[("m", 0), ("w", 0)]);
    let got = run(&def, &totals, &[]);
    assert_eq!((got.vacant, got.elected.len(), got.is_complete()), (4, 0, true));
    assert_eq!(rules(&got), ["R.306"]);
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

/// Draws every lot by the first names, until the allotment is complete.
fn decided(def: &Definition, totals: &ContestTotals) -> (Allotment, Vec<LotOutcome>) {
    let mut lots = Vec::new();
    for _ in 0..100 {
        let got = run(def, totals, &lots);
        if got.is_complete() {
            return (got, lots);
        }
        for lot in &got.lots_needed {
            let drawn = lot.between[..usize::try_from(lot.seats).unwrap()].to_vec();
            lots.push(LotOutcome { id: lot.id.clone(), drawn });
        }
    }
    panic!("the lots never end");
}

prop_compose! {
    fn contests()(
        seats in 1u16..20,
        lists in prop::collection::vec((0u64..60, prop::collection::vec((0u8..4, 0u64..4), 1..9)), 1..6),
        overshoot in prop::bool::ANY,
        next in prop::bool::ANY,
    ) -> (Definition, ContestTotals) {
        let (mut def, mut totals) = open(seats);
        if overshoot { def.rules.seats.quota_overshoot = QuotaOvershoot::ServeAll }
        if next { def.rules.seats.short_list = ShortList::NextQuotient }
        for (n, (votes, people)) in lists.iter().enumerate() {
            let people: Vec<(&str, u64)> = people.iter().map(|(s, v)| (["m", "m", "w", "xw"][usize::from(*s)], *v)).collect();
            list(&mut def, &mut totals, &format!("l{n}"), *votes, &people);
        }
        (def, totals)
    }
}

proptest! {
    #[test]
    fn every_seat_is_taken_or_vacant((def, totals) in contests()) {
        let (got, lots) = decided(&def, &totals);
        prop_assert_eq!(got.elected.len() as u64 + got.vacant, u64::from(def.contests[0].seats));
        let mut people = names(&got);
        people.sort();
        people.dedup();
        prop_assert_eq!(people.len(), got.elected.len(), "nobody has two seats");
        for elected in &got.elected {
            prop_assert!(!def.candidate(&elected.candidate).unwrap().withdrawn);
        }
        // The quota moves no seat from list to list.
        let mut without = def.clone();
        without.rules.seats.women = WomenQuota::None;
        let plain = run(&without, &totals, &lots);
        prop_assert_eq!(&plain.list_seats, &got.list_seats);
        let of = |a: &Allotment, l: &ListId| a.elected.iter().filter(|e| e.list.as_ref() == Some(l)).count();
        for list in def.lists.iter().map(|l| &l.id) {
            prop_assert_eq!(of(&plain, list), of(&got, list));
        }
        // It is met, or the report says by how much it is not.
        let is_woman = |e: &&Elected| def.candidate(&e.candidate).unwrap().gender == election::Gender::Woman;
        let women = got.elected.iter().filter(is_woman).count() as u64;
        let short = got.steps.iter().find_map(|s| if let Step::QuotaUnfilled { short } = s { Some(*short) } else { None });
        let owed = u64::from(def.rules.seats.women_owed(def.contests[0].seats));
        prop_assert!(totals.valid == 0 || women + short.unwrap_or(0) >= owed);
    }

    #[test]
    fn the_order_of_the_files_and_of_the_lots_makes_no_difference((def, totals) in contests()) {
        let (got, mut lots) = decided(&def, &totals);
        let mut turned = def.clone();
        turned.lists.reverse();
        turned.candidates.reverse();
        lots.reverse();
        prop_assert_eq!(run(&turned, &totals, &lots), got);
    }
}
