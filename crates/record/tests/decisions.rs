//! Openings, withdrawals and amendments: who may enter them, what must stand before them, what they come to.

mod common;

use common::{World, station};
use election::{Coded, Digest, SourceId, Tier};
use sanad_record::entry::{Amendment, Candidacy, Effect, Opening, Withdrawal};
use sanad_record::fold::LeafProblem;
use sanad_record::{Body, Medium, Standing, State};

const OFFICERS: [&str; 2] = ["officer_1", "officer_2"];
const BOARD: [&str; 2] = ["chair", "deputy"];

fn letters(of: &[(&str, u32)]) -> std::collections::BTreeMap<SourceId, u32> {
    of.iter().map(|(source, figure)| (source.parse().unwrap(), *figure)).collect()
}

/// The opening of station 0101, which has two letters in [`World::with_letters`].
fn opening(follows: &str, bound: u32, supersedes: &[Digest]) -> Opening {
    Opening {
        station: station("0101"),
        letters: letters(&[("roll", 120), ("ministry", 140)]),
        follows: follows.parse().unwrap(),
        bound,
        reason: "the ministry's letter is the later one".into(),
        basis: "a clause".into(),
        evidence: Vec::new(),
        supersedes: supersedes.to_vec(),
    }
}

fn withdrawal(option: &str, candidacy: Candidacy, supersedes: Option<Digest>) -> Withdrawal {
    Withdrawal {
        option: option.parse().unwrap(),
        candidacy,
        reason: "a letter of the candidate".into(),
        basis: "a clause".into(),
        evidence: Vec::new(),
        supersedes,
    }
}

fn amendment(key: &str, before: Option<&str>, after: Option<&str>) -> Body {
    Body::Amendment(Amendment {
        key: key.into(),
        before: before.map(str::to_owned),
        after: after.map(str::to_owned),
        reason: "a law of the day before".into(),
        basis: "a law".into(),
    })
}

fn refused(world: &World, state: &mut State, body: &Body, by: &[&str]) -> &'static str {
    let (size, orders) = (state.size, state.superseded.clone());
    let problem: LeafProblem = state.apply(&world.frozen, &world.sign(body, by)).expect_err("it is refused");
    assert_eq!((state.size, &state.superseded), (size, &orders), "a refused leaf changes nothing");
    assert!(!problem.next().is_empty());
    problem.code()
}

fn take(world: &World, state: &mut State, body: &Body, by: &[&str]) -> Digest {
    let leaf = world.sign(body, by);
    state.apply(&world.frozen, &leaf).unwrap();
    Digest::of(&leaf)
}

#[test]
fn an_opening_names_the_letters_of_the_definition_and_the_figure_of_one() {
    let world = World::with_letters();
    let mut state = world.begin();
    let body = |change: fn(&mut Opening)| {
        let mut opening = opening("ministry", 140, &[]);
        change(&mut opening);
        Body::Opening(opening)
    };
    assert_eq!(refused(&world, &mut state, &body(|_| ()), &["officer_1"]), "record.threshold");
    assert_eq!(refused(&world, &mut state, &body(|_| ()), &["centre"]), "record.signature");
    assert_eq!(refused(&world, &mut state, &body(|o| o.bound = 141), &OFFICERS), "decision.letters");
    assert_eq!(
        refused(&world, &mut state, &body(|o| o.follows = "rol".parse().unwrap()), &OFFICERS),
        "decision.letters"
    );
    assert_eq!(
        refused(&world, &mut state, &body(|o| o.letters = letters(&[("ministry", 140)])), &OFFICERS),
        "decision.letters"
    );
    assert_eq!(refused(&world, &mut state, &body(|o| o.reason = " ".into()), &OFFICERS), "decision.no_reason");
    assert_eq!(
        refused(&world, &mut state, &body(|o| o.supersedes = vec![Digest([1; 32])]), &OFFICERS),
        "record.supersedes"
    );
    assert_eq!(refused(&world, &mut state, &body(|o| o.station = station("101")), &OFFICERS), "record.station");
    take(&world, &mut state, &body(|_| ()), &OFFICERS);
    assert_eq!(state.evidence[&station("0101")].openings.len(), 1);
}

#[test]
fn openings_take_the_place_of_openings_and_of_not_opened() {
    let world = World::with_letters();
    let mut state = world.begin();
    let first = take(&world, &mut state, &Body::Opening(opening("roll", 120, &[])), &OFFICERS);
    take(&world, &mut state, &Body::Opening(opening("ministry", 140, &[first])), &OFFICERS);
    let heads = &state.evidence[&station("0101")].openings;
    assert_eq!(heads.iter().map(|(_, o)| o.bound).collect::<Vec<_>>(), [140]);
    assert_eq!(state.decisions.openings.len(), 2, "nothing is deleted");

    // It did not open, two officers say; with the opening beside it the station is sub judice.
    let standing = |state: &State| state.standing(&world.frozen.definition, &station("0101")).unwrap().standing;
    let not_opened = take(&world, &mut state, &world.order("0101", Effect::NotOpened, &[]), &OFFICERS);
    assert_eq!(standing(&state), Standing::SubJudice);
    let mut once_more = opening("roll", 120, &[not_opened]);
    once_more.supersedes.extend(state.evidence[&station("0101")].openings.iter().map(|(digest, _)| *digest));
    let opened = take(&world, &mut state, &Body::Opening(once_more), &OFFICERS);
    assert_eq!(standing(&state), Standing::Missing);
    assert_eq!(
        refused(&world, &mut state, &world.order("0101", Effect::Cancel, &[opened]), &OFFICERS),
        "record.supersedes"
    );
    take(&world, &mut state, &world.order("0101", Effect::NotOpened, &[opened]), &OFFICERS);
    assert_eq!(standing(&state), Standing::NotOpened);
}

#[test]
fn tb6_a_withdrawal_is_a_signed_leaf_and_can_be_taken_back() {
    let world = World::new();
    let mut state = world.begin();
    let body = |option: &str, candidacy, supersedes| Body::Withdrawal(withdrawal(option, candidacy, supersedes));
    let rose = body("rose", Candidacy::Withdrawn, None);
    assert_eq!(refused(&world, &mut state, &rose, &["officer_1"]), "record.threshold");
    assert_eq!(refused(&world, &mut state, &body("rosa", Candidacy::Withdrawn, None), &OFFICERS), "decision.option");
    assert_eq!(
        refused(&world, &mut state, &body("rose", Candidacy::Stands, None), &OFFICERS),
        "decision.not_withdrawn"
    );
    let first = take(&world, &mut state, &rose, &OFFICERS);
    assert_eq!(state.decisions.withdrawn(), ["rose".parse().unwrap()].into());
    let beside = Body::Withdrawal(Withdrawal {
        reason: "another letter".into(),
        ..withdrawal("rose", Candidacy::Withdrawn, None)
    });
    assert_eq!(refused(&world, &mut state, &beside, &OFFICERS), "decision.candidacy");
    take(&world, &mut state, &body("rose", Candidacy::Stands, Some(first)), &OFFICERS);
    assert!(state.decisions.withdrawn().is_empty());
    assert_eq!(state.decisions.withdrawals.len(), 2, "both entries stay");
}

#[test]
fn mt9_a_rule_is_amended_by_the_boards_threshold_alone_and_named() {
    let world = World::new();
    let mut state = world.begin();
    let raise = amendment("announce", Some("matched"), Some("confirmed"));
    assert_eq!(refused(&world, &mut state, &raise, &["chair"]), "record.threshold");
    assert_eq!(refused(&world, &mut state, &raise, &OFFICERS), "record.signature");
    assert_eq!(
        refused(&world, &mut state, &amendment("announce", Some("confirmed"), Some("matched")), &BOARD),
        "decision.before"
    );
    assert_eq!(
        refused(&world, &mut state, &amendment("announce", Some("matched"), Some("matched")), &BOARD),
        "decision.unchanged"
    );
    assert_eq!(
        refused(&world, &mut state, &amendment("announce", Some("matched"), Some("never")), &BOARD),
        "rules.value"
    );
    assert_eq!(
        refused(&world, &mut state, &amendment("thresholds.officers", Some("2"), Some("1")), &BOARD),
        "rules.key"
    );
    for medium in [Medium::Network, Medium::Stick] {
        take(&world, &mut state, &world.import("0101", medium, 1), &["centre"]);
    }
    let counted = |state: &State| state.standing(&world.frozen.definition, &station("0101")).unwrap().counted;
    assert!(counted(&state).is_some());
    take(&world, &mut state, &raise, &BOARD);
    assert_eq!(state.decisions.rules.announce, Tier::Confirmed);
    assert_eq!(counted(&state), None, "the rules as they stand are applied");
    take(&world, &mut state, &amendment("announce", Some("confirmed"), Some("matched")), &BOARD);
    assert!(counted(&state).is_some());
    assert_eq!(state.decisions.amendments.len(), 2, "that it was ever changed stays");
}

/// What is a finding is chosen by people who do not know what it will find.
#[test]
fn a_rule_of_findings_is_not_changed_once_figures_are_known() {
    let world = World::new();
    let mut state = world.begin();
    let off = |before: &str, after: &str| amendment("findings.off", Some(before), Some(after));
    take(&world, &mut state, &off("", "R.503"), &BOARD);
    take(&world, &mut state, &world.import("0101", Medium::Network, 1), &["centre"]);
    assert_eq!(refused(&world, &mut state, &off("R.503", ""), &BOARD), "decision.figures_known");
    take(&world, &mut state, &amendment("votes.withdrawn", Some("valid"), Some("invalid")), &BOARD);
}

#[test]
fn who_is_withdrawn_in_the_frozen_definition_stays_so() {
    let mut folder = election::scaffold();
    let csv = String::from_utf8(folder.files["candidates.csv"].clone()).unwrap();
    let is_rose = |line: &str| line.starts_with("rose,");
    assert!(csv.lines().any(|line| is_rose(line) && line.contains(",no,")), "{csv}");
    let with = |line: &str| if is_rose(line) { line.replace(",no,", ",yes,") } else { line.to_owned() };
    let withdrawn: Vec<String> = csv.lines().map(with).collect();
    folder.files.insert("candidates.csv".into(), (withdrawn.join("\n") + "\n").into_bytes());
    let world = World::of(folder);
    let mut state = world.begin();
    for candidacy in [Candidacy::Withdrawn, Candidacy::Stands] {
        let body = Body::Withdrawal(withdrawal("rose", candidacy, None));
        assert_eq!(refused(&world, &mut state, &body, &OFFICERS), "decision.frozen");
    }
}

#[test]
fn an_amendment_of_one_contest_leaves_its_other_rules_and_is_what_a_definition_may_have() {
    let mut folder = election::scaffold();
    let toml = String::from_utf8(folder.files["election.toml"].clone()).unwrap();
    let seats = "[seats]\nthreshold = \"4/100\"\nties_of_candidates = \"list_order\"\n";
    assert!(toml.contains("[seats]\n"));
    folder.files.insert("election.toml".into(), toml.replace("[seats]\n", seats).into_bytes());
    let world = World::of(folder);
    let def = &world.frozen.definition;
    let contest = def.contests[0].id.clone();
    let mut state = world.begin();
    let own = |key: &str, before: Option<&str>, after: Option<&str>| {
        amendment(&format!("seats_in.{contest}.{key}"), before, after)
    };
    let method = def.rules.seats.method.to_string();
    assert_eq!(
        refused(&world, &mut state, &own("threshold", None, Some("3/100")), &BOARD),
        "decision.before",
        "what [seats] says is in force"
    );
    assert_eq!(refused(&world, &mut state, &own("method", Some(&method), Some(&method)), &BOARD), "decision.unchanged");
    take(&world, &mut state, &own("method", Some(&method), Some("hare")), &BOARD);
    let rules = state.decisions.rules.seats_of(&contest);
    let expected = election::SeatRules { method: election::SeatMethod::Hare, ..def.rules.seats.clone() };
    assert_eq!(*rules, expected, "one rule is changed, and no other");
    // What no definition may say, no amendment says.
    let elsewhere = amendment("seats_in.nowhere.method", Some(&method), Some("hare"));
    assert_eq!(refused(&world, &mut state, &elsewhere, &BOARD), "rules.definition");
    let orders = amendment("announce", Some("matched"), Some("order"));
    assert_eq!(refused(&world, &mut state, &orders, &BOARD), "rules.definition");
}

#[test]
fn a_kind_of_stations_may_need_an_order_to_be_counted() {
    let world = World::new();
    let mut state = world.begin();
    for medium in [Medium::Network, Medium::Stick] {
        take(&world, &mut state, &world.import("0101", medium, 1), &["centre"]);
    }
    take(&world, &mut state, &world.slip("0101", 1, "d0101"), &["centre"]);
    let known = |state: &State| state.standing(&world.frozen.definition, &station("0101")).unwrap();
    assert_eq!((known(&state).standing, known(&state).counted.is_some()), (Standing::Confirmed, true));
    take(&world, &mut state, &amendment("announce_by_kind.general", None, Some("order")), &BOARD);
    assert_eq!((known(&state).standing, known(&state).counted), (Standing::Confirmed, None));
    take(&world, &mut state, &world.order("0101", Effect::Count(world.content("0101", 1)), &[]), &OFFICERS);
    assert!(known(&state).counted.is_some() && known(&state).by_order);
}
