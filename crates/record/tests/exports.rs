//! Bundles of evidence: under which mandate one may be entered, what it is about, and what is said of it.

mod common;

use std::collections::BTreeSet;

use common::{World, station};
use election::{CaseId, Coded, Digest, Lang};
use sanad_record::docket::{About, Capacity, Complaint, Form};
use sanad_record::entry::{Act, Export};
use sanad_record::evidence;
use sanad_record::fold::LeafProblem;
use sanad_record::register::acts::ActKind;
use sanad_record::register::exports::{Class, Mandate};
use sanad_record::register::tables;
use sanad_record::statement::{Witnessed, statement};
use sanad_record::{Body, Figures, Outcome, State};

const OFFICERS: [&str; 2] = ["officer_1", "officer_2"];

fn mandate(scope: &[&str]) -> Mandate {
    Mandate {
        act: None,
        issuer: "Committee of inquiry".into(),
        number: "45/2018".into(),
        dated: "2018-06-06".parse().unwrap(),
        paper: Digest::of(b"an order"),
        scope: scope.iter().map(|subject| subject.parse().unwrap()).collect(),
        includes: BTreeSet::from([Class::Results, Class::Slips]),
    }
}

fn export(mandate: Mandate) -> Body {
    Body::Export(Export { mandate, manifest: Digest::of(b"a manifest"), files: 7, bytes: 7000 })
}

fn form(paper: &str) -> Form {
    Form {
        capacity: Capacity::Candidate,
        party: None,
        ground: "the seal was broken".into(),
        paper: Digest::of(paper.as_bytes()),
        sealed: None,
        redacted: Vec::new(),
        filed: "2026-05-13T10:00".parse().unwrap(),
    }
}

fn case(id: &str) -> CaseId {
    id.parse().unwrap()
}

/// The mandate as an act of the register, or an act that annuls others.
fn act(id: &str, kind: ActKind, annuls: &[&str]) -> Body {
    let named = mandate(&["all"]);
    Body::Act(Act {
        annuls: annuls.iter().map(|id| id.parse().unwrap()).collect(),
        ..Act::new(
            id.parse().unwrap(),
            kind,
            named.issuer,
            named.number,
            named.dated,
            named.paper,
            "it asks for everything",
        )
    })
}

/// A record with an act, a complaint about station 0101 (17), and one about a step (19).
fn state(world: &World) -> State {
    let mut state = world.begin();
    let complaint =
        |id: &str, about| Body::Complaint(Complaint { case: case(id), about, form: form(id), concerns: Vec::new() });
    let mut take = |body: Body, by: &[&str]| state.apply(&world.frozen, &world.sign(&body, by)).unwrap();
    take(act("a1", ActKind::Order, &[]), &OFFICERS);
    take(complaint("17", About::Station(station("0101"))), &["centre"]);
    take(complaint("19", About::Step("the transport".into())), &["centre"]);
    state
}

/// One more complaint about a station.
fn file(world: &World, state: &mut State, id: &str, about: &str) {
    let about = About::Station(station(about));
    let body = Body::Complaint(Complaint { case: case(id), about, form: form(id), concerns: Vec::new() });
    state.apply(&world.frozen, &world.sign(&body, &["centre"])).unwrap();
}

fn refused(world: &World, state: &State, body: &Body, by: &[&str]) -> LeafProblem {
    state.clone().apply(&world.frozen, &world.sign(body, by)).unwrap_err()
}

#[test]
fn an_export_stands_under_a_mandate_alone() {
    let world = World::new();
    let state = state(&world);
    let code = |body: &Body| refused(&world, &state, body, &OFFICERS).code();
    let of = |change: fn(&mut Mandate)| {
        let mut own = mandate(&["station:0101"]);
        change(&mut own);
        export(own)
    };
    assert_eq!(code(&of(|own| own.issuer = " ".into())), "export.empty");
    assert_eq!(code(&of(|own| own.number.clear())), "export.empty");
    assert_eq!(code(&of(|own| own.scope.clear())), "export.empty");
    assert_eq!(code(&of(|own| own.includes.clear())), "export.empty");
    assert_eq!(code(&export(mandate(&["station:0199"]))), "record.station");
    assert_eq!(code(&export(mandate(&["office:nowhere"]))), "export.office");
    assert_eq!(code(&export(mandate(&["all", "case:99"]))), "docket.case");
    assert_eq!(code(&of(|own| own.act = Some("a2".parse().unwrap()))), "export.act");
    let other: [fn(&mut Mandate); 4] = [
        |own| own.issuer.push('.'),
        |own| own.number.push('1'),
        |own| own.dated = "2018-06-07".parse().unwrap(),
        |own| own.paper = Digest::of(b"another order"),
    ];
    for change in other {
        let mut own = mandate(&["all"]);
        own.act = Some("a1".parse().unwrap());
        change(&mut own);
        assert_eq!(code(&export(own)), "export.act");
    }
    let good = of(|own| own.act = Some("a1".parse().unwrap()));
    assert_eq!(refused(&world, &state, &good, &OFFICERS[..1]).code(), "record.threshold");
    assert_eq!(refused(&world, &state, &good, &["centre"]).code(), "record.signature");
    let mut after = state.clone();
    after.apply(&world.frozen, &world.sign(&good, &OFFICERS)).unwrap();
    // What was annulled mandates nothing more; what was handed out under it stays.
    after.apply(&world.frozen, &world.sign(&act("a2", ActKind::Annulment, &["a1"]), &OFFICERS)).unwrap();
    let mut again = mandate(&["all"]);
    again.act = Some("a1".parse().unwrap());
    assert_eq!(refused(&world, &after, &export(again), &OFFICERS).code(), "export.act");
    let Body::Export(good) = good else { unreachable!() };
    assert_eq!(after.registers.exports, [(state.size, good)], "with the index of its leaf");
}

#[test]
fn a_mandate_is_about_its_stations_and_their_cases() {
    let world = World::new();
    let state = state(&world);
    let def = &world.frozen.definition;
    let about = |scope: &[&str]| {
        let own = mandate(scope);
        let stations: Vec<String> = own.stations(def, &state).iter().map(|station| station.id.to_string()).collect();
        let cases: Vec<String> = own.all_cases(def, &state).iter().map(ToString::to_string).collect();
        (stations, cases)
    };
    let all: Vec<String> = def.stations.iter().map(|station| station.id.to_string()).collect();
    let words = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect::<Vec<_>>();
    assert_eq!(about(&["station:0101"]), (words(&["0101"]), words(&["17"])), "with what is brought against it");
    assert_eq!(about(&["station:0102"]), (words(&["0102"]), words(&[])));
    assert_eq!(about(&["case:17"]), (words(&["0101"]), words(&["17"])), "with the station that it is about");
    assert_eq!(about(&["case:19"]), (words(&[]), words(&["19"])));
    assert_eq!(about(&["all"]), (all, words(&["17", "19"])));
    let office = format!("office:{}", def.station(&station("0101")).unwrap().office);
    assert!(about(&[office.as_str()]).0.contains(&"0101".to_owned()));
    assert_eq!(about(&["station:0102", "case:17"]).0, words(&["0101", "0102"]), "in the order of the definition");
}

#[test]
fn a_case_that_is_named_does_not_bring_what_others_filed() {
    let world = World::new();
    let mut state = state(&world);
    file(&world, &mut state, "21", "0101");
    let def = &world.frozen.definition;
    let cases = |scope: &str| mandate(&[scope]).all_cases(def, &state).into_iter().cloned().collect::<Vec<_>>();
    assert_eq!(cases("case:17"), [case("17")]);
    assert_eq!(cases("station:0101"), [case("17"), case("21")]);
    let own = mandate(&["case:17"]);
    let papers: Vec<Digest> = evidence::papers(def, &state, &own).into_iter().collect();
    assert_eq!(papers, [Digest::of(b"17")]);
}

/// What is said of a station whose ballots lie in another's box is about that box.
#[test]
fn a_station_in_anothers_box_brings_the_box_and_what_is_filed_against_it() {
    let mut folder = election::scaffold();
    let stations = String::from_utf8(folder.files["stations.csv"].clone()).unwrap();
    let merged = stations.replace("95,roll,,", "95,roll,0101,");
    assert_ne!(merged, stations);
    folder.files.insert("stations.csv".into(), merged.into_bytes());
    let world = World::of(folder);
    let mut state = state(&world);
    file(&world, &mut state, "21", "0102");
    let def = &world.frozen.definition;
    for (scope, stations, cases) in [
        ("station:0101", &["0101"][..], &["17", "21"][..]),
        ("station:0102", &["0101", "0102"], &["17", "21"]),
        ("case:21", &["0101", "0102"], &["21"]),
        ("case:17", &["0101"], &["17"]),
    ] {
        let own = mandate(&[scope]);
        let found: Vec<&str> = own.stations(def, &state).iter().map(|station| station.id.as_str()).collect();
        assert_eq!(found, stations, "{scope}");
        let found: Vec<&str> = own.all_cases(def, &state).iter().map(|case| case.as_str()).collect();
        assert_eq!(found, cases, "{scope}");
    }
}

#[test]
fn what_may_not_be_published_is_told_from_what_may() {
    let confidential =
        |class: &Class| evidence::is_confidential(&Mandate { includes: BTreeSet::from([*class]), ..mandate(&["all"]) });
    let found: Vec<Class> = Class::ALL.into_iter().filter(confidential).collect();
    assert_eq!(found, [Class::Papers, Class::Records, Class::Images]);
}

#[test]
fn an_export_stands_in_the_register_and_in_the_statement() {
    let world = World::new();
    let mut state = state(&world);
    let def = &world.frozen.definition;
    let point = |state: &State| {
        let outcome = Outcome::of(def, state, &Figures::new()).unwrap();
        statement(def, state, (&outcome, &Figures::new()), &Witnessed::default(), Lang::En).swap_remove(7)
    };
    assert!(!point(&state).evidenced, "nobody has asked for anything");
    let mut under = mandate(&["station:0101", "case:17"]);
    under.act = Some("a1".parse().unwrap());
    for own in [under, Mandate { number: "46/2018".into(), ..mandate(&["all"]) }] {
        let leaf = world.sign(&export(own), &OFFICERS);
        state.apply(&world.frozen, &leaf).unwrap();
    }
    let said = point(&state);
    assert_eq!((said.figures[0].share.part, said.figures[0].share.whole), (1, 2));
    assert_eq!(said.figures[0].exceptions, ["Committee of inquiry: 46/2018"]);
    assert_eq!(said.checks, ["V.509"]);
    let files = tables::files(def, &state);
    let table = String::from_utf8(files["register/exports.csv"].clone()).unwrap();
    let rows: Vec<&str> = table.trim_start_matches('\u{feff}').lines().collect();
    let (paper, manifest) = (Digest::of(b"an order"), Digest::of(b"a manifest"));
    let first = state.size - 2;
    assert_eq!(
        rows,
        [
            "leaf,act,issuer,number,dated,paper,scope,includes,manifest,files,bytes".to_owned(),
            format!(
                "{first},a1,Committee of inquiry,45/2018,2018-06-06,{paper},station:0101 case:17,results slips,{manifest},7,7000"
            ),
            format!(
                "{},,Committee of inquiry,46/2018,2018-06-06,{paper},all,results slips,{manifest},7,7000",
                first + 1
            ),
        ]
    );
}
