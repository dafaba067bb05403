//! Complaints, appeals, rulings and certification: who may enter them, what must stand before them, what they come to.

mod common;
#[path = "common/tables.rs"]
mod tables;

use std::collections::BTreeSet;

use common::{STATIONS, World, figures, refused, station, take};
use election::{CaseId, Coded, Digest, Lang, PersonId};
use package::StationResults;
use proptest::prelude::*;
use sanad_record::docket::changes::{Level, changes};
use sanad_record::docket::{
    About, Against, Appeal, Capacity, Certification, Class, Classification, Complaint, Form, Inadmissible, Matter,
    Resolution, Revocation, Ruled, Ruling, Stage, Stay, Verdict, tables as docket_tables,
};
use sanad_record::entry::{Announcement, Effect, HandCount, Order, Recount};
use sanad_record::register::exports::{self, Mandate};
use sanad_record::results::Files;
use sanad_record::statement::{Figure, Witnessed, statement};
use sanad_record::{Body, Counted, Medium, Outcome, Standing, State};
use tables::rows;

const OFFICERS: [&str; 2] = ["officer_1", "officer_2"];
const OTHERS: [&str; 2] = ["officer_2", "officer_3"];
const PANEL: [&str; 3] = ["chair", "officer_1", "officer_2"];
const BOARD: [&str; 2] = ["chair", "deputy"];
const CENTRE: [&str; 1] = ["centre"];

/// The scaffold with a third officer and the rules of a docket. The vote was on a Tuesday.
fn world(contradicting: &str) -> World {
    let mut folder = election::scaffold();
    let add = |folder: &mut election::Folder, name: &str, text: &str| {
        folder.files.get_mut(name).unwrap().extend(text.as_bytes());
    };
    add(&mut folder, "people.csv", "officer_3,officer,,,Third Officer\n");
    add(
        &mut folder,
        "election.toml",
        &format!(
            "\n[docket]\ncomplaint_days = 3\nappeal_days = 3\nruling_days = 10\ndays = \"working\"\n\
             weekend = [\"friday\", \"saturday\"]\nholidays = [\"2026-05-14\"]\nday_ends = \"15:00\"\n\
             contradicting_orders = \"{contradicting}\"\n"
        ),
    );
    World::of(folder)
}

fn case(id: &str) -> CaseId {
    id.parse().unwrap()
}

fn form(paper: &str, filed: &str) -> Form {
    Form {
        capacity: Capacity::PartyAgent,
        party: None,
        ground: "the agents were sent out before the count".into(),
        paper: Digest::of(paper.as_bytes()),
        sealed: Some(Digest::of(b"names")),
        redacted: vec!["name of the complainant".into()],
        filed: filed.parse().unwrap(),
    }
}

fn complaint(id: &str, change: impl FnOnce(&mut Complaint)) -> Body {
    let about = About::Station(station("0101"));
    let mut own = Complaint { case: case(id), about, form: form(id, "2026-05-13T10:00"), concerns: Vec::new() };
    change(&mut own);
    Body::Complaint(own)
}

fn classification(id: &str, class: Class, supersedes: Option<Digest>) -> Body {
    let (reason, basis) = ("two agents say the same".into(), "article 20".into());
    Body::Classification(Classification { case: case(id), class, reason, basis, supersedes })
}

fn resolution(id: &str, orders: &[Digest], supersedes: Option<Digest>) -> Body {
    Body::Resolution(Resolution {
        case: case(id),
        verdict: Verdict::Upheld,
        reason: "the minutes say it too".into(),
        basis: "article 21".into(),
        orders: orders.to_vec(),
        served: "2026-05-17T09:00".parse().unwrap(),
        supersedes,
    })
}

fn appeal(id: &str, against: Against, change: impl FnOnce(&mut Appeal)) -> Body {
    let served = "2026-05-17T09:00".parse().unwrap();
    let mut own = Appeal { case: case(id), against, served, form: form(id, "2026-05-19T14:00") };
    change(&mut own);
    Body::Appeal(own)
}

fn ruling(number: &str, about: &[&str], ruled: Ruled, change: impl FnOnce(&mut Ruling)) -> Body {
    let mut own = Ruling {
        court: "Electoral Panel".into(),
        rank: 2,
        number: number.into(),
        dated: "2026-05-24".parse().unwrap(),
        served: "2026-05-24T12:00".parse().unwrap(),
        paper: Digest::of(number.as_bytes()),
        about: about.iter().map(|id| case(id)).collect(),
        ruled,
    };
    change(&mut own);
    Body::Ruling(own)
}

fn order(id: &str, effect: Effect, change: impl FnOnce(&mut Order)) -> Body {
    let mut own = Order::new(station(id), effect, "a reason", "a clause");
    change(&mut own);
    Body::Order(own)
}

fn announcement(version: u16) -> Body {
    let results = Digest::of(format!("results {version}").as_bytes());
    Body::Announcement(Announcement { version, results, witnessed: String::new() })
}

fn certification(number: u16, version: u16, despite: Option<Digest>) -> Body {
    let results = Digest::of(format!("results {version}").as_bytes());
    Body::Certification(Certification { number, version, results, despite })
}

/// Both stations counted, so that nothing is open of them.
fn counted(world: &World, state: &mut State) {
    for id in STATIONS {
        for medium in [Medium::Network, Medium::Stick] {
            take(world, state, &world.import(id, medium, 1), &CENTRE);
        }
    }
}

fn stage(world: &World, state: &State, id: &str) -> Stage {
    state.docket.stage(&world.frozen.definition, &state.docket.complaints[&case(id)])
}

#[test]
fn wf2_what_the_law_does_not_allow_is_recorded_with_the_reason() {
    let world = world("sub_judice");
    let mut state = world.begin();
    let late: election::Moment = "2026-05-18T15:00".parse().unwrap();
    let cases: [(Body, Option<&str>); 8] = [
        (complaint("in_time", |own| own.form.filed = late), None),
        (complaint("late", |own| own.form.filed = "2026-05-18T15:01".parse().unwrap()), Some("late")),
        (complaint("empty", |own| own.form.ground = " ".into()), Some("empty")),
        (complaint("nowhere", |own| own.about = About::Station(station("0199"))), Some("unknown")),
        (complaint("nobody", |own| own.about = About::Candidate("ros".parse().unwrap())), Some("unknown")),
        (complaint("no_step", |own| own.about = About::Step(String::new())), Some("unknown")),
        (complaint("stranger", |own| own.form.capacity = Capacity::Other), Some("no_standing")),
        (complaint("again", |own| own.form.paper = Digest::of(b"in_time")), None),
    ];
    for (body, _) in &cases {
        take(&world, &mut state, body, &CENTRE);
    }
    let def = &world.frozen.definition;
    let found = |id: &str| state.docket.inadmissible(def, &state.docket.complaints[&case(id)].complaint);
    for (body, expected) in &cases {
        let Body::Complaint(own) = body else { unreachable!() };
        // What is about nothing known may be the registrar's slip: it is told, and stays open until a panel says so.
        let closes = matches!(expected, Some("late" | "empty" | "no_standing"));
        let stands = if closes { Stage::Inadmissible } else { Stage::Filed };
        // The form that was handed in first stands; "again" was handed in before "in_time" was.
        if own.case == case("in_time") {
            assert_eq!(found("in_time"), Some(Inadmissible::Duplicate(case("again"))));
            assert_eq!(stage(&world, &state, "in_time"), Stage::Filed, "another's form closes nobody's case");
            continue;
        }
        assert_eq!(found(own.case.as_str()).as_ref().map(Inadmissible::as_str), *expected, "{}", own.case);
        assert_eq!(stage(&world, &state, own.case.as_str()), stands, "{}", own.case);
    }
    let late = found("late").unwrap();
    assert_eq!(late, Inadmissible::Late("2026-05-18T15:00".parse().unwrap()), "Wednesday, Sunday, Monday");
    // What the form tells does not keep the case open; what a panel says goes before it, and a court may give more time.
    let open = state.open_matters(def);
    assert!(open.contains(&Matter::Complaint(case("again"))) && !open.contains(&Matter::Complaint(case("late"))));
    take(&world, &mut state, &classification("late", Class::Red, None), &PANEL);
    assert_eq!(stage(&world, &state, "late"), Stage::Classified);
    assert_eq!(refused(&world, &mut state, &complaint("late", |_| ()), &CENTRE), "docket.case_taken");
    let stranger = complaint("c9", |own| own.concerns = vec!["officer_9".parse().unwrap()]);
    assert_eq!(refused(&world, &mut state, &stranger, &CENTRE), "docket.person");
    assert_eq!(refused(&world, &mut state, &complaint("c9", |_| ()), &OFFICERS), "record.signature");
}

#[test]
fn wf4_a_panel_and_two_officers_without_a_part_in_it_decide() {
    let world = world("sub_judice");
    let mut state = world.begin();
    let filed = complaint("c1", |own| own.concerns = vec!["officer_1".parse::<PersonId>().unwrap()]);
    let filed = take(&world, &mut state, &filed, &CENTRE);
    let panel = ["chair", "officer_2", "officer_3"];
    let red = classification("c1", Class::Red, None);
    assert_eq!(refused(&world, &mut state, &red, &["officer_2", "officer_3"]), "record.threshold", "one of three");
    assert_eq!(refused(&world, &mut state, &red, &["chair", "deputy", "officer_2"]), "record.threshold");
    assert_eq!(refused(&world, &mut state, &red, &["chair", "officer_2", "centre"]), "record.signature");
    assert_eq!(refused(&world, &mut state, &red, &PANEL), "docket.conflict");
    assert_eq!(refused(&world, &mut state, &classification("c2", Class::Red, None), &panel), "docket.case");
    assert_eq!(refused(&world, &mut state, &resolution("c1", &[], None), &OTHERS), "docket.not_admissible");
    let yellow = take(&world, &mut state, &classification("c1", Class::Yellow, None), &panel);
    assert_eq!(refused(&world, &mut state, &red, &panel), "docket.beside", "another one stands");
    take(&world, &mut state, &classification("c1", Class::Inadmissible, Some(yellow)), &panel);
    assert_eq!(stage(&world, &state, "c1"), Stage::Inadmissible);
    assert_eq!(refused(&world, &mut state, &resolution("c1", &[], None), &OTHERS), "docket.not_admissible");
    let inadmissible = state.docket.complaints[&case("c1")].classification.as_ref().unwrap().0;
    take(&world, &mut state, &classification("c1", Class::Red, Some(inadmissible)), &panel);

    // Orders that rest on the complaint.
    let rests = |own: &mut Order| own.evidence = vec![filed];
    let cancel = order("0101", Effect::Cancel, rests);
    assert_eq!(refused(&world, &mut state, &cancel, &OFFICERS), "docket.conflict", "tb3: whom it concerns");
    assert_eq!(refused(&world, &mut state, &cancel, &["officer_2"]), "record.threshold", "tb3: one signature");
    let cancel = take(&world, &mut state, &cancel, &OTHERS);
    assert_eq!(refused(&world, &mut state, &resolution("c1", &[cancel], None), &OFFICERS), "docket.conflict");
    assert_eq!(refused(&world, &mut state, &resolution("c1", &[filed], None), &OTHERS), "docket.order");
    let decided = take(&world, &mut state, &resolution("c1", &[cancel], None), &OTHERS);
    assert_eq!(refused(&world, &mut state, &resolution("c1", &[], None), &OTHERS), "docket.beside");
    assert_eq!(stage(&world, &state, "c1"), Stage::Decided);
    let Body::Resolution(blank) = resolution("c1", &[], Some(decided)) else { unreachable!() };
    let blank = Body::Resolution(Resolution { basis: " ".into(), ..blank });
    assert_eq!(refused(&world, &mut state, &blank, &OTHERS), "decision.no_reason");
    let again = order("0102", Effect::Cancel, |own| own.evidence = vec![decided]);
    assert_eq!(refused(&world, &mut state, &again, &OFFICERS), "docket.conflict", "it rests on the resolution");
    take(&world, &mut state, &appeal("a1", Against::Resolution(case("c1")), |_| ()), &CENTRE);
    let read_back = ruling("9", &["a1"], Ruled::Dismissed, |_| ());
    assert_eq!(
        refused(&world, &mut state, &read_back, &OFFICERS),
        "docket.conflict",
        "nor is the court's paper read back"
    );
}

#[test]
fn wf4_a_revoked_key_signs_nothing_more() {
    let world = world("sub_judice");
    let mut state = world.begin();
    let revoke = |person: &str| {
        let (reason, basis) = ("the court removed them".into(), "order 5".into());
        Body::Revocation(Revocation { person: person.parse().unwrap(), reason, basis })
    };
    take(&world, &mut state, &order("0102", Effect::Cancel, |_| ()), &OFFICERS);
    assert_eq!(refused(&world, &mut state, &revoke("officer_1"), &OFFICERS), "record.signature");
    assert_eq!(refused(&world, &mut state, &revoke("officer_9"), &BOARD), "docket.person");
    take(&world, &mut state, &revoke("officer_1"), &BOARD);
    assert_eq!(refused(&world, &mut state, &order("0101", Effect::Cancel, |_| ()), &OFFICERS), "record.revoked");
    let three = ["officer_1", "officer_2", "officer_3"];
    assert_eq!(refused(&world, &mut state, &order("0101", Effect::Cancel, |_| ()), &three), "record.revoked");
    take(&world, &mut state, &order("0101", Effect::Cancel, |_| ()), &OTHERS);
    assert_eq!(state.standing(&world.frozen.definition, &station("0102")).unwrap().standing, Standing::Cancelled);
}

/// The case a court decides, with its complaint upheld.
fn appealed(world: &World, state: &mut State) {
    take(world, state, &complaint("c1", |_| ()), &CENTRE);
    take(world, state, &classification("c1", Class::Red, None), &PANEL);
    take(world, state, &resolution("c1", &[], None), &OFFICERS);
    take(world, state, &appeal("a1", Against::Resolution(case("c1")), |_| ()), &CENTRE);
}

#[test]
fn a_mandate_that_names_a_complaint_or_its_appeal_is_about_both_alone() {
    let world = world("sub_judice");
    let mut state = world.begin();
    appealed(&world, &mut state);
    take(&world, &mut state, &complaint("c2", |_| ()), &CENTRE);
    for named in ["case:c1", "case:a1"] {
        let mandate = Mandate {
            act: None,
            issuer: "Electoral Panel".into(),
            number: "45/2026".into(),
            dated: "2026-06-06".parse().unwrap(),
            paper: Digest::of(b"an order"),
            scope: BTreeSet::from([named.parse().unwrap()]),
            includes: BTreeSet::from([exports::Class::Papers]),
        };
        let cases = mandate.all_cases(&world.frozen.definition, &state);
        assert_eq!(cases, BTreeSet::from([&case("a1"), &case("c1")]), "{named}");
    }
}

#[test]
fn appeals_are_against_what_was_decided_and_rulings_upon_appeals() {
    let world = world("sub_judice");
    let mut state = world.begin();
    let against = |id: &str| Against::Resolution(case(id));
    assert_eq!(refused(&world, &mut state, &appeal("a1", against("c1"), |_| ()), &CENTRE), "docket.case");
    take(&world, &mut state, &complaint("c1", |_| ()), &CENTRE);
    assert_eq!(refused(&world, &mut state, &appeal("a1", against("c1"), |_| ()), &CENTRE), "docket.case", "undecided");
    take(&world, &mut state, &classification("c1", Class::Red, None), &PANEL);
    take(&world, &mut state, &resolution("c1", &[], None), &OFFICERS);
    let served = |own: &mut Appeal| own.served = "2026-05-18T09:00".parse().unwrap();
    assert_eq!(refused(&world, &mut state, &appeal("a1", against("c1"), served), &CENTRE), "docket.served");
    assert_eq!(refused(&world, &mut state, &appeal("c1", against("c1"), |_| ()), &CENTRE), "docket.case_taken");
    for version in [0, 1] {
        let of_version = appeal("a1", Against::Announcement(version), |_| ());
        assert_eq!(refused(&world, &mut state, &of_version, &CENTRE), "docket.announcement");
    }
    take(&world, &mut state, &appeal("a1", against("c1"), |_| ()), &CENTRE);
    let def = &world.frozen.definition;
    let served = "2026-05-17T09:00".parse().unwrap();
    let [until, due] = [
        sanad_record::docket::Docket::appeal_until(def, served),
        sanad_record::docket::Docket::ruling_until(def, "2026-05-19T14:00".parse().unwrap()),
    ];
    assert_eq!(until.unwrap().to_string(), "2026-05-20T15:00", "Monday, Tuesday, Wednesday");
    assert_eq!(due.unwrap().to_string(), "2026-06-02T15:00", "ten working days after a Tuesday");
    assert!(state.open_matters(def).contains(&Matter::Appeal(case("a1"))));

    let granted = |change: fn(&mut Ruling)| ruling("9", &["a1"], Ruled::Granted, change);
    assert_eq!(refused(&world, &mut state, &granted(|_| ()), &CENTRE), "record.signature");
    for change in [
        (|own: &mut Ruling| own.court.clear()) as fn(&mut Ruling),
        |own| own.number = " ".into(),
        |own| own.rank = 0,
        |own| own.about.clear(),
    ] {
        assert_eq!(refused(&world, &mut state, &granted(change), &OFFICERS), "docket.ruling");
    }
    assert_eq!(refused(&world, &mut state, &ruling("9", &["a2"], Ruled::Granted, |_| ()), &OFFICERS), "docket.case");
    let nothing = ruling("9", &[], Ruled::Permits(vec![]), |_| ());
    assert_eq!(refused(&world, &mut state, &nothing, &OFFICERS), "docket.ruling");
    take(&world, &mut state, &granted(|_| ()), &OFFICERS);
    assert!(state.open_matters(def).contains(&Matter::Appeal(case("a1"))), "granted, and not carried out");
    // Of two rulings that of the higher court holds, whatever came first.
    let higher =
        ruling("1", &["a1"], Ruled::Dismissed, |own| (own.rank, own.dated) = (1, "2026-05-23".parse().unwrap()));
    take(&world, &mut state, &higher, &OFFICERS);
    assert!(!state.open_matters(def).contains(&Matter::Appeal(case("a1"))));
    let holds = state.docket.ruling_upon(&state.docket.appeals[&case("a1")]).unwrap().1;
    assert_eq!((holds.rank, &holds.ruled), (1, &Ruled::Dismissed));
}

#[test]
fn wf3_nothing_is_certified_while_something_is_open() {
    let world = world("sub_judice");
    let mut state = world.begin();
    assert_eq!(refused(&world, &mut state, &certification(1, 1, None), &BOARD), "docket.version", "not announced");
    for medium in [Medium::Network, Medium::Stick] {
        take(&world, &mut state, &world.import("0101", medium, 1), &CENTRE);
    }
    appealed(&world, &mut state);
    take(&world, &mut state, &complaint("c2", |_| ()), &CENTRE);
    let stay = ruling("7", &[], Ruled::Stays(Stay::Certification), |_| ());
    let stay = take(&world, &mut state, &stay, &OFFICERS);
    take(&world, &mut state, &announcement(1), &OFFICERS);
    let leaf = world.sign(&certification(1, 1, None), &BOARD);
    let refusal = state.clone().apply(&world.frozen, &leaf).unwrap_err();
    let open = format!("4 are open: complaint:c2, appeal:a1, injunction:{stay}, station:0102");
    assert_eq!((refusal.code(), refusal.to_string()), ("docket.open", open));

    // A ruling permits what it names, and no more; what a higher court stopped a lower one cannot permit.
    let all = vec![
        Matter::Complaint(case("c2")),
        Matter::Appeal(case("a1")),
        Matter::Injunction(stay),
        Matter::Station(station("0102")),
    ];
    let permits =
        |matters: &[Matter], rank| ruling("8", &[], Ruled::Permits(matters.to_vec()), move |own| own.rank = rank);
    assert_eq!(refused(&world, &mut state, &permits(&all, 3), &OFFICERS), "docket.ruling");
    let few = take(&world, &mut state, &permits(&all[1..], 2), &OFFICERS);
    assert_eq!(refused(&world, &mut state, &certification(1, 1, Some(few)), &BOARD), "docket.open");
    assert_eq!(refused(&world, &mut state, &certification(1, 1, Some(stay)), &BOARD), "docket.ruling");
    let permitted = take(&world, &mut state, &permits(&all, 2), &OFFICERS);
    assert_eq!(refused(&world, &mut state, &certification(1, 1, Some(permitted)), &["chair"]), "record.threshold");
    assert_eq!(refused(&world, &mut state, &certification(2, 1, Some(permitted)), &BOARD), "record.version");
    let mut despite = state.clone();
    take(&world, &mut despite, &certification(1, 1, Some(permitted)), &BOARD);
    assert_eq!(refused(&world, &mut despite, &certification(2, 1, Some(permitted)), &BOARD), "docket.version", "twice");

    // Or everything is settled: the injunction is lifted, the appeal dismissed, the complaint decided, the station decided.
    let lower = ruling("10", &[], Ruled::Lifts(stay), |own| own.rank = 3);
    assert_eq!(refused(&world, &mut state, &lower, &OFFICERS), "docket.ruling");
    let beside = ruling("10", &[], Ruled::Lifts(stay), |own| own.court = "another panel".into());
    assert_eq!(refused(&world, &mut state, &beside, &OFFICERS), "docket.ruling", "of equal rank, and another court");
    let nothing = permits(&[Matter::Complaint(case("c9"))], 1);
    assert_eq!(refused(&world, &mut state, &nothing, &OFFICERS), "docket.ruling", "it is not open");
    take(&world, &mut state, &ruling("10", &[], Ruled::Lifts(stay), |own| own.rank = 1), &OFFICERS);
    assert_eq!(refused(&world, &mut state, &ruling("11", &[], Ruled::Lifts(stay), |_| ()), &OFFICERS), "docket.ruling");
    take(&world, &mut state, &ruling("12", &["a1"], Ruled::Dismissed, |_| ()), &OFFICERS);
    take(&world, &mut state, &classification("c2", Class::Green, None), &PANEL);
    take(&world, &mut state, &resolution("c2", &[], None), &OFFICERS);
    take(&world, &mut state, &order("0102", Effect::NotOpened, |_| ()), &OFFICERS);
    assert_eq!(state.open_matters(&world.frozen.definition), [].into());
    assert_eq!(
        refused(&world, &mut state, &certification(1, 1, None), &BOARD),
        "docket.version",
        "an order came after"
    );
    take(&world, &mut state, &announcement(2), &OFFICERS);
    assert_eq!(refused(&world, &mut state, &certification(1, 1, None), &BOARD), "docket.version", "the earlier one");
    let Body::Certification(other) = certification(1, 2, None) else { unreachable!() };
    let other = Body::Certification(Certification { results: Digest([0; 32]), ..other });
    assert_eq!(refused(&world, &mut state, &other, &BOARD), "docket.version", "other figures");
    take(&world, &mut state, &certification(1, 2, None), &BOARD);
}

#[test]
fn a_court_stops_the_announcement() {
    let world = world("sub_judice");
    let mut state = world.begin();
    let stay = take(&world, &mut state, &ruling("7", &[], Ruled::Stays(Stay::Announcement), |_| ()), &OFFICERS);
    assert_eq!(refused(&world, &mut state, &announcement(1), &OFFICERS), "docket.stopped");
    take(&world, &mut state, &ruling("8", &[], Ruled::Lifts(stay), |_| ()), &OFFICERS);
    take(&world, &mut state, &announcement(1), &OFFICERS);
}

/// Two courts order opposite things about station 0101: the panel (rank 2) to cancel, the federal court (rank 1) to count.
fn contradicting(world: &World) -> State {
    let mut state = world.begin();
    counted(world, &mut state);
    appealed(world, &mut state);
    let panel = take(world, &mut state, &ruling("1", &["a1"], Ruled::Granted, |_| ()), &OFFICERS);
    let court = ruling("2", &["a1"], Ruled::Dismissed, |own| (own.court, own.rank) = ("Federal Court".into(), 1));
    let court = take(world, &mut state, &court, &OFFICERS);
    let nowhere = order("0101", Effect::Cancel, |own| own.under = Some(Digest([9; 32])));
    assert_eq!(refused(world, &mut state, &nowhere, &OFFICERS), "docket.ruling");
    let elsewhere = order("0102", Effect::Cancel, |own| own.under = Some(panel));
    assert_eq!(refused(world, &mut state, &elsewhere, &OFFICERS), "docket.ruling", "the ruling is about 0101");
    let stay = ruling("4", &["a1"], Ruled::Stays(Stay::Announcement), |own| own.rank = 1);
    let stay = take(world, &mut state, &stay, &OFFICERS);
    let pretends = order("0101", Effect::Cancel, |own| own.under = Some(stay));
    assert_eq!(refused(world, &mut state, &pretends, &OFFICERS), "docket.ruling", "it decides nothing");
    let cancel = take(world, &mut state, &order("0101", Effect::Cancel, |own| own.under = Some(panel)), &OFFICERS);
    let without = order("0101", Effect::Restore, |own| own.supersedes = vec![cancel]);
    assert_eq!(refused(world, &mut state, &without, &OTHERS), "docket.ruling", "only a court undoes it");
    let content = world.content("0101", 1);
    take(world, &mut state, &order("0101", Effect::Count(content), |own| own.under = Some(court)), &OTHERS);
    state
}

#[test]
fn a_recount_of_a_court_is_taken_back_by_a_court_and_settles_its_appeal() {
    let world = world("sub_judice");
    let mut state = world.begin();
    counted(&world, &mut state);
    let concerns = |own: &mut Complaint| own.concerns = vec!["officer_1".parse().unwrap()];
    take(&world, &mut state, &complaint("c1", concerns), &CENTRE);
    take(&world, &mut state, &classification("c1", Class::Red, None), &["chair", "officer_2", "officer_3"]);
    take(&world, &mut state, &resolution("c1", &[], None), &OTHERS);
    take(&world, &mut state, &appeal("a1", Against::Resolution(case("c1")), |_| ()), &CENTRE);
    let granted = take(&world, &mut state, &ruling("1", &["a1"], Ruled::Granted, |_| ()), &OTHERS);
    let recount = |under, withdraws| {
        let (reason, basis) = ("the court has ruled".into(), "a clause".into());
        Body::Recount(Recount { station: station("0101"), reason, basis, evidence: vec![], under, withdraws })
    };
    let ordered = take(&world, &mut state, &recount(Some(granted), None), &OTHERS);
    assert_eq!(refused(&world, &mut state, &recount(None, Some(ordered)), &OTHERS), "docket.ruling");
    let is_open = |state: &State| state.open_matters(&world.frozen.definition).contains(&Matter::Appeal(case("a1")));
    assert!(is_open(&state), "nobody has counted yet");
    let StationResults { account, mut contests, .. } = world.voted("0101", [5, 3, 2]);
    contests.iter_mut().for_each(|own| own.votes.retain(|_, votes| *votes > 0));
    let count = Body::HandCount(HandCount {
        station: station("0101"),
        ordered: Some(ordered),
        account,
        contests,
        paper: Digest::of(b"protocol"),
        agrees: None,
    });
    assert_eq!(refused(&world, &mut state, &count, &OFFICERS), "docket.conflict", "the complaint concerns one of them");
    take(&world, &mut state, &count, &OTHERS);
    assert!(!is_open(&state), "the ruling is carried out");
}

#[test]
fn wf5_of_contradicting_orders_the_rank_decides_or_the_station_is_sub_judice() {
    let by_rule = world("sub_judice");
    let state = contradicting(&by_rule);
    let own = state.standing(&by_rule.frozen.definition, &station("0101")).unwrap();
    assert_eq!((own.standing, own.counted), (Standing::SubJudice, None));
    assert!(state.open_matters(&by_rule.frozen.definition).contains(&Matter::Station(station("0101"))));

    let by_rank = world("rank_then_date");
    let mut state = contradicting(&by_rank);
    let standing = |state: &State| state.standing(&by_rank.frozen.definition, &station("0101")).unwrap();
    assert_eq!(standing(&state).counted, Some(Counted::Package(by_rank.content("0101", 1))), "the federal court's");
    // Of one rank the later date; of one date nothing but sub judice.
    for (date, expected) in [("2026-05-25", Standing::Cancelled), ("2026-05-24", Standing::SubJudice)] {
        let mut state = state.clone();
        let again = ruling("3", &["a1"], Ruled::Granted, |own| {
            (own.court, own.rank, own.dated) = ("Federal Court".into(), 1, date.parse().unwrap());
        });
        let again = take(&by_rank, &mut state, &again, &OFFICERS);
        take(&by_rank, &mut state, &order("0101", Effect::Cancel, |own| own.under = Some(again)), &OFFICERS);
        assert_eq!(standing(&state).standing, expected, "{date}");
    }
    // An order that is under no ruling is below all that are.
    take(&by_rank, &mut state, &order("0101", Effect::NotOpened, |_| ()), &OFFICERS);
    assert_eq!(standing(&state).counted, Some(Counted::Package(by_rank.content("0101", 1))));
}

fn docket_files(world: &World, state: &State, leaves: &[Vec<u8>], packages: &[StationResults]) -> Files {
    let outcome = world.outcome(state, packages);
    let figures = figures(packages);
    let versions = docket_tables::versions(&world.frozen, leaves, state, &outcome, &figures).unwrap();
    docket_tables::files(&world.frozen.definition, state, &outcome, &figures, &versions).unwrap()
}

#[test]
fn wf1_wf6_a_cancelled_station_comes_back_and_each_version_tells_what_it_changed() {
    let world = world("sub_judice");
    let packages = [world.voted("0101", [60, 20, 5]), world.voted("0102", [10, 40, 5])];
    let mut leaves = vec![world.leaf_0.clone()];
    let mut state = world.begin();
    let mut add = |state: &mut State, body: &Body| {
        let leaf = world.sign_as_needed(body);
        state.apply(&world.frozen, &leaf).unwrap_or_else(|e| panic!("{}: {e}", e.code()));
        leaves.push(leaf.clone());
        Digest::of(&leaf)
    };
    for body in packages.iter().flat_map(|results| world.both(results)) {
        add(&mut state, &body);
    }
    add(&mut state, &announcement(1));
    let first = world.outcome(&state, &packages);
    add(&mut state, &complaint("c1", |_| ()));
    add(&mut state, &classification("c1", Class::Red, None));
    let cancel = order("0101", Effect::Cancel, |_| ());
    let Body::Order(wanted) = &cancel else { unreachable!() };
    let shown = state.with_order(&world.frozen.definition, wanted).unwrap();
    let cancel = add(&mut state, &cancel);
    let second = world.outcome(&state, &packages);
    let def = &world.frozen.definition;
    let difference = changes(def, &first, &second);
    assert_eq!(
        changes(def, &first, &world.outcome(&shown, &packages)),
        difference,
        "what was shown before it was signed"
    );
    let told = |level| -> Vec<(&str, &str, &str)> {
        let of = difference.iter().filter(move |change| change.level == level);
        of.map(|change| (change.option.as_str(), change.before.as_str(), change.after.as_str())).collect()
    };
    assert_eq!(told(Level::Elected), [("omar", "", "elected"), ("rose", "elected", "")]);
    assert!(told(Level::Votes).contains(&("rose", "70", "10")));
    assert_eq!(told(Level::Station).len(), 1);
    add(&mut state, &resolution("c1", &[cancel], None));
    add(&mut state, &announcement(2));
    add(&mut state, &certification(1, 2, None));
    // An order of a day before the certification comes after it: another version, and the certified one stays.
    add(&mut state, &appeal("a1", Against::Resolution(case("c1")), |_| ()));
    let granted = add(&mut state, &ruling("9", &["a1"], Ruled::Granted, |_| ()));
    add(
        &mut state,
        &order("0101", Effect::Restore, |own| {
            (own.supersedes, own.under) = (vec![cancel], Some(granted));
        }),
    );
    add(&mut state, &announcement(3));
    add(&mut state, &certification(2, 3, None));
    let third = world.outcome(&state, &packages);
    assert_eq!((&third.totals, &third.allotments), (&first.totals, &first.allotments), "exactly as before");
    assert_eq!(state.orders.len(), 2, "both events stand");

    let files = docket_files(&world, &state, &leaves, &packages);
    let certified = rows(&files, "docket/certifications.csv");
    assert_eq!(certified.iter().map(|row| row[1].as_str()).collect::<Vec<_>>(), ["2", "3"]);
    let changed = rows(&files, "docket/changes.csv");
    let elected: Vec<_> = changed.iter().filter(|row| row[1] == "elected").map(|row| row.join(" ")).collect();
    let council = &def.contests[0].id;
    let expected = [
        format!("2 elected {council} omar  elected"),
        format!("2 elected {council} rose elected "),
        format!("3 elected {council} omar elected "),
        format!("3 elected {council} rose  elected"),
    ];
    assert_eq!(elected, expected);
    let complaints = rows(&files, "docket/complaints.csv");
    assert_eq!(complaints[0][11], "decided");
    assert_eq!(complaints[0][10], "2026-05-18T15:00");
    let appeals = rows(&files, "docket/appeals.csv");
    assert_eq!(
        &appeals[0][11..],
        ["2026-05-20T15:00", "no", "2026-06-02T15:00", "granted", "Electoral Panel", "9", "2026-05-24", "yes"]
    );
    assert_eq!(rows(&files, "docket/open.csv"), Vec::<Vec<String>>::new());
}

#[test]
fn wf7_what_is_open_could_or_could_not_change_the_winner() {
    let world = world("sub_judice");
    let packages = [world.voted("0101", [60, 20, 5]), world.voted("0102", [10, 40, 5])];
    let bodies: Vec<Body> = packages.iter().flat_map(|results| world.both(results)).collect();
    let mut state = world.fold(&bodies);
    let material =
        |state: &State| rows(&docket_files(&world, state, &[], &packages), "docket/materiality.csv").remove(0);
    // rose 70, omar 60: nothing is open, and ten votes decide.
    assert_eq!(&material(&state)[1..], ["2", "2", "0", "rose", "omar", "10", "yes", "1", "1"]);
    // Something is open about 0102, of 95 voters: rose leads by 40 in the other station.
    take(&world, &mut state, &complaint("c1", |own| own.about = About::Station(station("0102"))), &CENTRE);
    assert_eq!(&material(&state)[1..], ["2", "1", "95", "rose", "omar", "40", "no", "1", "0"]);
    let open = rows(&docket_files(&world, &state, &[], &packages), "docket/open.csv");
    assert_eq!(open, [["complaint", "c1", "0102", "matched", "yes", "95"].map(str::to_owned)]);
    // Decided and appealed against, it is open still; a ruling ends it.
    take(&world, &mut state, &classification("c1", Class::Red, None), &PANEL);
    take(&world, &mut state, &resolution("c1", &[], None), &OFFICERS);
    assert_eq!(material(&state)[3], "0");
    take(&world, &mut state, &appeal("a1", Against::Resolution(case("c1")), |_| ()), &CENTRE);
    assert_eq!(material(&state)[3], "95");
    take(&world, &mut state, &ruling("9", &["a1"], Ruled::Dismissed, |_| ()), &OFFICERS);
    assert_eq!(material(&state)[3], "0");
    // What is about no station may be about anything: nothing is sure.
    let mut doubted = state.clone();
    take(&world, &mut doubted, &complaint("c2", |own| own.about = About::Step("the counting".into())), &CENTRE);
    assert_eq!(&material(&doubted)[3..], ["0", "rose", "omar", "10", "no", "1", "0"]);
    // Contradicting orders: both totals are shown.
    take(&world, &mut state, &order("0102", Effect::Cancel, |_| ()), &OFFICERS);
    let content = state.standing(&world.frozen.definition, &station("0102")).unwrap().network.first().copied().unwrap();
    take(&world, &mut state, &order("0102", Effect::Count(content), |_| ()), &OTHERS);
    assert_eq!(material(&state)[3], "95");
    let both = rows(&docket_files(&world, &state, &[], &packages), "docket/sub_judice.csv");
    let rose = both.iter().find(|row| row[3] == "rose").unwrap();
    assert_eq!(&rose[1..], ["", "", "rose", "60", "70"]);
}

#[test]
fn wf8_what_is_published_of_a_case_has_no_name_and_the_hash_of_what_has() {
    let world = world("sub_judice");
    let mut state = world.begin();
    take(&world, &mut state, &complaint("c1", |_| ()), &CENTRE);
    let files = docket_files(&world, &state, &[], &[]);
    let row = &rows(&files, "docket/complaints.csv")[0];
    assert_eq!(row[6], "name of the complainant", "what was left out is said");
    assert_eq!(row[8], Digest::of(b"names").to_string());
}

/// The figures of the fifth and the ninth point.
fn said(world: &World, state: &State, packages: &[StationResults]) -> [Vec<Figure>; 2] {
    let (outcome, figures) = (world.outcome(state, packages), figures(packages));
    let def = &world.frozen.definition;
    let mut points = statement(def, state, (&outcome, &figures), &Witnessed::default(), Lang::En);
    let ninth = points.swap_remove(8).figures;
    [points.swap_remove(4).figures, ninth]
}

/// As many, of as many, except these: of the figure whose name has these words.
#[track_caller]
fn share_of(figures: &[Figure], words: &str) -> (u64, u64, Vec<String>) {
    let own = figures.iter().find(|own| own.name.contains(words)).unwrap_or_else(|| panic!("{words}: {figures:#?}"));
    (own.share.part, own.share.whole, own.exceptions.clone())
}

#[test]
fn the_statement_names_what_was_open_at_a_certification_and_the_ruling_that_permits_it() {
    let world = world("sub_judice");
    let packages = [world.voted("0101", [60, 20, 5]), world.voted("0102", [10, 40, 5])];
    let bodies: Vec<Body> = packages.iter().flat_map(|results| world.both(results)).collect();
    let mut state = world.fold(&bodies);
    take(&world, &mut state, &complaint("c2", |own| own.about = About::Station(station("0102"))), &CENTRE);
    let permits = ruling("8", &[], Ruled::Permits(vec![Matter::Complaint(case("c2"))]), |_| ());
    let permits = take(&world, &mut state, &permits, &OFFICERS);
    take(&world, &mut state, &announcement(1), &OFFICERS);
    let without = "certifications with nothing open";
    assert_eq!(share_of(&said(&world, &state, &packages)[1], without), (0, 0, vec![]));
    take(&world, &mut state, &certification(1, 1, Some(permits)), &BOARD);
    let ninth = &said(&world, &state, &packages)[1];
    assert_eq!(share_of(ninth, "the latest announced version is certified"), (1, 1, vec![]));
    let despite = "1: complaint:c2 (permitted by Electoral Panel, 8, 2026-05-24)".to_owned();
    assert_eq!(share_of(ninth, without), (0, 1, vec![despite.clone()]));
    // Of 0102, with 95 voters, something is open, and rose leads by 40 without it.
    let unchanged = "contests of which nothing open can change";
    assert_eq!(share_of(ninth, unchanged), (0, 1, vec![world.frozen.definition.contests[0].id.to_string()]));

    // It is settled since; what was open then is named still, and a later certification is without it.
    take(&world, &mut state, &classification("c2", Class::Green, None), &PANEL);
    take(&world, &mut state, &resolution("c2", &[], None), &OFFICERS);
    let ninth = &said(&world, &state, &packages)[1];
    assert_eq!(share_of(ninth, without), (0, 1, vec![despite.clone()]));
    assert_eq!(share_of(ninth, unchanged), (1, 1, vec![]));
    take(&world, &mut state, &announcement(2), &OFFICERS);
    take(&world, &mut state, &certification(2, 2, None), &BOARD);
    assert_eq!(share_of(&said(&world, &state, &packages)[1], without), (1, 2, vec![despite]));
    // A complaint about a step of the procedure may be about anything.
    take(&world, &mut state, &complaint("c3", |own| own.about = About::Step("the counting".into())), &CENTRE);
    assert_eq!(share_of(&said(&world, &state, &packages)[1], unchanged).0, 0);
}

#[test]
fn the_statement_names_stations_that_are_neither_counted_nor_left_out() {
    let world = world("sub_judice");
    let packages = [world.voted("0101", [60, 20, 5])];
    let mut state = world.fold(&world.both(&packages[0]));
    let decided = "stations counted, or left out by an order";
    let [fifth, ninth] = said(&world, &state, &packages);
    assert_eq!(share_of(&fifth, decided), (1, 2, vec!["0102: missing (ballots at most: 95)".to_owned()]));
    assert!(ninth.iter().all(|own| !own.name.contains("sub judice")), "{ninth:#?}");
    take(&world, &mut state, &order("0102", Effect::NotOpened, |_| ()), &OFFICERS);
    let fifth = &said(&world, &state, &packages)[0];
    assert_eq!(share_of(fifth, decided), (2, 2, vec![]));
    assert_eq!(share_of(fifth, "did not open"), (1, 2, vec!["0102: a reason".to_owned()]));
    // Orders that stand contradict each other: the station is named by both points, with what it is.
    take(&world, &mut state, &order("0102", Effect::Cancel, |_| ()), &OTHERS);
    let [fifth, ninth] = said(&world, &state, &packages);
    assert_eq!(share_of(&fifth, decided), (1, 2, vec!["0102: sub judice (ballots at most: 95)".to_owned()]));
    assert_eq!(share_of(&ninth, "stations that are not sub judice"), (1, 2, vec!["0102".to_owned()]));
    // What an order counts is told with its reason.
    let [network, _] = world.both(&packages[0]);
    let [_, stick] = world.both(&world.voted("0101", [61, 20, 5]));
    let mut state = world.fold(&[network, stick]);
    let content = state.standing(&world.frozen.definition, &station("0101")).unwrap().network.first().copied().unwrap();
    take(&world, &mut state, &order("0101", Effect::Count(content), |_| ()), &OFFICERS);
    let fifth = &said(&world, &state, &packages)[0];
    assert_eq!(share_of(fifth, "and not by an order"), (0, 1, vec!["0101: a reason".to_owned()]));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]
    /// What does not name each other may be entered in any order: the same standings, the same matters, the same tables.
    #[test]
    fn order_does_not_matter(seed in any::<u64>()) {
        let world = world("rank_then_date");
        let packages = [world.voted("0101", [60, 20, 5]), world.voted("0102", [10, 40, 5])];
        let mut bodies: Vec<Body> = packages.iter().flat_map(|results| world.both(results)).collect();
        bodies.extend(["c1", "c2", "c3"].map(|id| complaint(id, |_| ())));
        bodies.push(complaint("c4", |own| own.form.paper = Digest::of(b"c1")));
        bodies.push(ruling("7", &[], Ruled::Stays(Stay::Certification), |_| ()));
        bodies.extend([order("0101", Effect::Cancel, |_| ()), order("0101", Effect::NotOpened, |_| ())]);
        let later = [classification("c1", Class::Red, None), classification("c2", Class::Inadmissible, None)];
        let last = [resolution("c1", &[], None)];
        let after = [appeal("a1", Against::Resolution(case("c1")), |_| ())];
        // ECDSA signatures differ each time: signed once, then entered in two orders.
        let sign = |bodies: &[Body]| bodies.iter().map(|body| world.sign_as_needed(body)).collect::<Vec<_>>();
        let [one, two, three, four] = [sign(&bodies), sign(&later), sign(&last), sign(&after)];
        let fold = |first: &[Vec<u8>], second: &[Vec<u8>]| {
            let mut state = world.begin();
            for leaf in [first, second, &three, &four].into_iter().flatten() {
                state.apply(&world.frozen, leaf).unwrap();
            }
            docket_files(&world, &state, &[], &packages)
        };
        let expected = fold(&one, &two);
        let shuffled = |leaves: &[Vec<u8>]| {
            let mut keyed: Vec<_> = leaves.iter().map(|leaf| (Digest::of(&[leaf, &seed.to_le_bytes()[..]].concat()), leaf.clone())).collect();
            keyed.sort();
            keyed.into_iter().map(|(_, leaf)| leaf).collect::<Vec<_>>()
        };
        prop_assert_eq!(fold(&shuffled(&one), &shuffled(&two)), expected);
    }
}

/// An outcome is a value: it can be worked out for any state, also one that nobody has signed.
#[test]
fn a_shown_order_changes_nothing() {
    let world = world("sub_judice");
    let packages = [world.voted("0101", [60, 20, 5])];
    let state = world.fold(&world.both(&packages[0]));
    let Body::Order(cancel) = order("0101", Effect::Cancel, |_| ()) else { unreachable!() };
    let before: Outcome = world.outcome(&state, &packages);
    state.with_order(&world.frozen.definition, &cancel).unwrap();
    assert_eq!(world.outcome(&state, &packages).stations, before.stations);
    let unknown = Order { station: station("0199"), ..cancel };
    assert_eq!(state.with_order(&world.frozen.definition, &unknown).unwrap_err().code(), "record.station");
}
