//! The leaf of a transmission report, and the report that it names.

use election::{Coded, Digest, Service};
use log::merkle::empty_root;
use sanad_record as record;

use record::disk::{About, about};
use record::entry::{IntakePosition, Transmission};
use record::fold::LeafProblem;
use record::register::transmission::{Connections, Labels, MOST_REMARKS, Odd, Report, Said, Totals};
use record::{Body, State};
use testing::intake::{reported, said, statement, transmission};
use testing::{AT, World};

/// What the world's receiving service signs of an empty log.
fn signed(world: &World, change: impl FnOnce(&mut Said)) -> Transmission {
    let report = reported(&world.frozen.definition.scope, &[]);
    let mut of_it = said(&report, &[]);
    change(&mut of_it);
    let text = statement("transmission_report", &of_it, &world.keys[Service::Intake.as_str()]);
    Transmission { statement: String::from_utf8(text).unwrap(), totals: report.totals(&Labels::new()) }
}

fn enter(world: &World, state: &mut State, own: &Transmission) -> Result<(), LeafProblem> {
    state.apply(&world.frozen, &world.sign(&Body::Transmission(own.clone()), &["centre"]))
}

#[test]
fn a_report_by_the_receiving_service_stands_and_the_next_takes_its_place() {
    let world = World::new(2);
    let mut state = world.begin();
    let first = signed(&world, |_| {});
    enter(&world, &mut state, &first).unwrap();
    let later = signed(&world, |own| own.log = IntakePosition { size: 3, root: Digest::of(b"root") });
    enter(&world, &mut state, &later).unwrap();
    let entered = &state.registers.transmissions;
    assert_eq!(entered.iter().map(|own| (own.leaf, own.said.log.size)).collect::<Vec<_>>(), [(1, 0), (2, 3)]);
    assert_eq!(entered[0].said.log.root, Digest(empty_root()));
    assert_eq!(entered[1].own.totals.refused_connections, [("tls.no-certificate".to_owned(), 3)].into());
    // One that goes with less of the log than the one before is refused, and changes nothing.
    let older = signed(&world, |own| own.log.size = 2);
    let problem = enter(&world, &mut state, &older).unwrap_err();
    assert_eq!((problem.code(), state.registers.transmissions.len(), state.size), ("record.transmission", 2, 3));
    // It changes no figure, and is about no station.
    let body = Body::Transmission(first);
    assert!(!body.changes_results());
    assert_eq!(about(&body), About::Nothing);
}

#[test]
fn what_the_receiving_service_has_not_signed_does_not_stand() {
    let world = World::new(2);
    let of = |own: Transmission| {
        let mut state = world.begin();
        let problem = enter(&world, &mut state, &own).unwrap_err();
        assert_eq!((problem.code(), state.size), ("record.transmission", 1), "{problem}");
        problem.to_string()
    };
    let report = reported(&world.frozen.definition.scope, &[]);
    assert!(of(transmission(&report, &[], &world.keys["centre"])).contains("not by the receiving service"));
    let receipt = statement("receipt", &said(&report, &[]), &world.keys[Service::Intake.as_str()]);
    let receipt = Transmission { statement: String::from_utf8(receipt).unwrap(), totals: Totals::default() };
    assert!(of(receipt).contains("not by the receiving service"));
    assert!(of(Transmission { statement: String::new(), totals: Totals::default() }).contains("not by"));
    assert!(of(signed(&world, |own| own.scope.round = 2)).contains("another election, round or mode"));
    let unlike = |change: fn(&mut Totals)| {
        let mut own = signed(&world, |_| {});
        change(&mut own.totals);
        assert!(of(own).contains("the totals"));
    };
    unlike(|own| own.receipts = 1);
    unlike(|own| own.cut = 1);
    unlike(|own| own.bytes = 1 << 53);
    unlike(|own| own.refused_connections = [("tls.no-certificate".to_owned(), 1 << 53)].into());
    unlike(|own| (own.packages, own.receipts, own.remarked) = (2, 1, 2));
    unlike(|own| (own.packages, own.receipts, own.remarked) = (1, 1, 1));
    unlike(|own| own.remarks = [("s1-d1-1".to_owned(), Odd::NoAttempt)].into());
    unlike(|own| own.transports = (0..65).map(|kind| (format!("TLS {kind}"), 1)).collect());
    unlike(|own| own.refusals = [("\u{202e}code".to_owned(), 1)].into());
    // The centre reports it, and nobody else.
    let own = Body::Transmission(signed(&world, |_| {}));
    let leaf = world.sign(&own, &["officer_1", "officer_2"]);
    assert_eq!(world.begin().apply(&world.frozen, &leaf).unwrap_err().code(), "record.signature");
}

/// A report of one station with one package, as JSON that can be changed.
fn text() -> String {
    let world = World::new(2);
    let scope = &world.frozen.definition.scope;
    let package = world.package(&testing::Count::of("s1", [1, 1, 0, 0]));
    let receipt = statement(
        "receipt",
        &testing::intake::Receipt::of(scope, &package.label, 0),
        &world.keys[Service::Intake.as_str()],
    );
    String::from_utf8(reported(scope, &[package.label.clone(), receipt]).to_bytes()).unwrap()
}

#[test]
fn a_report_has_one_form_and_bounds() {
    let text = text();
    let report = Report::parse(text.as_bytes()).unwrap();
    assert_eq!((report.stations.len(), report.to_bytes()), (1, text.clone().into_bytes()));
    let first = report.packages().next().unwrap();
    assert_eq!((first.name.as_str(), first.attempts.len(), first.taken() > 0), ("s1-ds1-1", 1, true));
    let changed = |from: &str, to: &str| {
        assert!(text.contains(from), "{from} is not in {text}");
        let problem = Report::parse(text.replacen(from, to, 1).as_bytes()).unwrap_err();
        assert_eq!(problem.code(), "transmission.form", "{to}: {problem}");
    };
    changed("{", "{ ");
    changed("\"leaves\"", "\"leaves\": 1, \"leaves\"");
    changed("\"leaves\"", "\"voters\": 1, \"leaves\"");
    let quoted = Report::parse(text.replacen("\"leaves\"", "\"\\u001b[2J\": 1, \"leaves\"", 1).as_bytes()).unwrap_err();
    assert!(quoted.to_string().contains("u{1b}") && !quoted.to_string().contains('\u{1b}'), "{quoted}");
    changed("\"s1\": {", "\"../s1\": {");
    changed("192.0.2.1", "192.0.2.1\u{7}");
    changed("\"outcome\": \"receipt\"", &format!("\"outcome\": \"{}\"", "x".repeat(101)));
    changed(&format!("\"started\": \"{AT}\""), "\"started\": \"2026-05-12 20:00:00Z\"");
    changed("\"count\": 3", "\"count\": 1099511627777");
    changed("\"count\": 3", "\"count\": -1");
    changed("\"count\": 3", "\"count\": 3.0");
    // 8,192 rows with the most that one may have come to 2^53.
    let mut report = report;
    let row = Connections { count: 1 << 40, ..report.refused_connections[0].clone() };
    report.refused_connections = vec![row; 8_191];
    assert!(Report::parse(&report.to_bytes()).is_ok());
    report.refused_connections.push(report.refused_connections[0].clone());
    assert_eq!(Report::parse(&report.to_bytes()).unwrap_err().code(), "transmission.form");
}

#[test]
fn a_leaf_names_no_more_packages_than_it_has_room_for() {
    let mut report = Report::parse(text().as_bytes()).unwrap();
    let own = report.stations.values_mut().next().unwrap();
    own.packages[0].attempts.clear();
    let one = own.packages[0].clone();
    for number in 0..2 * MOST_REMARKS {
        own.packages.push(record::register::transmission::Package { name: format!("s1-ds1-{number}"), ..one.clone() });
    }
    let totals = report.totals(&Labels::new());
    assert_eq!((totals.remarked, totals.remarks.len()), (2 * MOST_REMARKS as u64 + 1, MOST_REMARKS));
    assert!(totals.remarks.values().all(|odd| *odd == Odd::NoAttempt));
}
