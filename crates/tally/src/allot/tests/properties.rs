//! What holds of every allotment.

use proptest::prelude::*;

use super::*;

/// Draws every lot by the first names, until the allotment is complete.
fn decided(def: &Definition, totals: &ContestTotals, gone: &[&str]) -> (Allotment, Vec<LotOutcome>) {
    let mut lots = Vec::new();
    for _ in 0..100 {
        let got = try_without(def, totals, &lots, gone).unwrap();
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
    /// A contest under any choice of every silent point, and who withdrew by a leaf of the record.
    fn contests()(
        seats in 1u16..20,
        lists in prop::collection::vec((0u64..60, prop::collection::vec((0u8..4, 0u64..4), 1..9)), 1..6),
        choices in prop::collection::vec(prop::bool::ANY, 9),
        method in prop::sample::select(vec!["sainte-lague:1.7", "d-hondt", "hare"]),
        threshold in prop::sample::select(vec!["", "1/10", "1/2"]),
        gone in prop::collection::btree_set(0usize..60, 0..3),
    ) -> (Definition, ContestTotals, Vec<String>) {
        let (mut def, mut totals) = open(seats);
        let rules = &mut def.rules.seats;
        rules.method = method.parse().unwrap();
        rules.threshold = threshold.parse().ok();
        if choices[0] { rules.quota_overshoot = QuotaOvershoot::ServeAll }
        if choices[1] { rules.short_list = ShortList::NextQuotient }
        if choices[2] { rules.quota_overshoot_step_2 = QuotaOvershoot::StopAtQuota }
        if choices[3] { rules.quota_order = QuotaOrder::FewestVotes }
        if choices[4] { rules.quota_few_women = FewWomen::Forgo }
        if choices[5] { rules.ties_of_lists = TiesOfLists::MostVotes }
        if choices[6] { rules.ties_of_candidates = TiesOfCandidates::ListOrder }
        if choices[7] { rules.threshold_unmet = ThresholdUnmet::Waived }
        if choices[8] { def.rules.votes.withdrawn = WithdrawnVotes::Invalid }
        for (n, (votes, people)) in lists.iter().enumerate() {
            let people: Vec<(&str, u64)> = people.iter().map(|(s, v)| (["m", "m", "w", "xw"][usize::from(*s)], *v)).collect();
            list(&mut def, &mut totals, &format!("l{n}"), *votes, &people);
        }
        let options = def.counted_in(&id("k"));
        let gone = gone.iter().filter_map(|at| options.get(*at)).map(ToString::to_string).collect();
        (def, totals, gone)
    }
}

proptest! {
    #[test]
    fn every_seat_is_taken_or_vacant((def, totals, gone) in contests()) {
        let gone: Vec<&str> = gone.iter().map(String::as_str).collect();
        let (got, lots) = decided(&def, &totals, &gone);
        prop_assert_eq!(got.elected.len() as u64 + got.vacant, u64::from(def.contests[0].seats));
        let mut people = names(&got);
        people.sort();
        people.dedup();
        prop_assert_eq!(people.len(), got.elected.len(), "nobody has two seats");
        for elected in &got.elected {
            prop_assert!(!def.candidate(&elected.candidate).unwrap().withdrawn);
            prop_assert!(!gone.contains(&elected.candidate.as_str()));
            prop_assert!(elected.list.as_ref().is_none_or(|list| !gone.contains(&list.as_str())));
        }
        // The quota moves no seat from list to list.
        let mut without = def.clone();
        without.rules.seats.women = WomenQuota::None;
        let plain = try_without(&without, &totals, &lots, &gone).unwrap();
        prop_assert_eq!(&plain.list_seats, &got.list_seats);
        let of = |a: &Allotment, l: &ListId| a.elected.iter().filter(|e| e.list.as_ref() == Some(l)).count();
        for list in def.lists.iter().map(|l| &l.id) {
            prop_assert_eq!(of(&plain, list), of(&got, list));
        }
        // It is met, or the report says by how much it is not.
        let is_woman = |e: &&Elected| def.candidate(&e.candidate).unwrap().gender == election::Gender::Woman;
        let women = got.elected.iter().filter(is_woman).count() as u64;
        let short: u64 = (got.steps.iter())
            .map(|step| match step {
                Step::QuotaUnfilled { short } | Step::TooFewWomen { short, choice: FewWomen::Forgo, .. } => *short,
                _ => 0,
            })
            .sum();
        let owed = u64::from(def.rules.seats.women_owed(def.contests[0].seats));
        let nobody = got.steps.contains(&Step::NoVotes { seats: got.vacant });
        prop_assert!(nobody || women + short >= owed);
        // Every step speaks each language, and names a rule that there is.
        for step in &got.steps {
            let said = Lang::ALL.map(|lang| step.say(lang));
            prop_assert!(said[0] != said[1] && said[1] != said[2] && said[0] != said[2], "{:?}", said);
            prop_assert!(said.iter().all(|said| !said.is_empty()));
            prop_assert!(crate::rules::rule(step.rule()).is_some(), "{}", step.rule());
        }
        // Each seat of a list is told.
        let told = got.steps.iter().map(|step| match step {
            Step::Seat { .. } | Step::Remainder { .. } => 1,
            Step::WholeQuotas { whole, .. } => *whole,
            _ => 0,
        });
        let list_seats: u64 = got.list_seats.values().sum();
        prop_assert!(told.sum::<u64>() == list_seats || def.rules.seats.short_list == ShortList::NextQuotient);
    }

    #[test]
    fn the_order_of_the_files_and_of_the_lots_makes_no_difference((def, totals, gone) in contests()) {
        let mut gone: Vec<&str> = gone.iter().map(String::as_str).collect();
        let (got, mut lots) = decided(&def, &totals, &gone);
        gone.reverse();
        let mut turned = def.clone();
        turned.lists.reverse();
        turned.candidates.reverse();
        lots.reverse();
        prop_assert_eq!(try_without(&turned, &totals, &lots, &gone).unwrap(), got);
    }
}
