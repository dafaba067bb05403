//! Checks of the centre's isolation: what is outside the policy follows from what was seen, and nobody leaves it out.

mod common;

use common::World;
use election::{Coded, Lang};
use sanad_record::entry::{Amendment, Isolation};
use sanad_record::register::isolation::{Link, Look, Sighting, Up};
use sanad_record::register::tables;
use sanad_record::statement::{Witnessed, statement};
use sanad_record::{Body, Figures, State};

/// The scaffold with a policy: the loopback, and one socket on it.
fn world() -> World {
    let mut folder = election::scaffold();
    let policy = b"\n[isolation]\ninterfaces = [\"lo\"]\nlistening = [\"127.0.0.1:5432\"]\n";
    folder.files.get_mut("election.toml").unwrap().extend(policy);
    World::of(folder)
}

fn up(name: &str, kind: u16) -> Up {
    Up { name: name.into(), kind, link: Link::Carrier }
}

/// A machine as it should be.
fn alone() -> Sighting {
    Sighting {
        up: [up("lo", 772)].into(),
        routes: [("lo".to_owned(), 1)].into(),
        listening: ["127.0.0.1:5432".parse().unwrap()].into(),
        ..Sighting::default()
    }
}

fn look(step: Look, seen: &Sighting, outside: &[&str]) -> Body {
    Body::Isolation(Isolation { step, seen: seen.clone(), outside: outside.iter().map(ToString::to_string).collect() })
}

fn refused(world: &World, state: &mut State, body: &Body) -> (&'static str, String) {
    let size = state.size;
    let problem = state.apply(&world.frozen, &world.sign(body, &["centre"])).expect_err("it is refused");
    assert_eq!((state.size, state.registers.isolation.len()), (size, 0), "a refused leaf changes nothing");
    assert!(!problem.next().is_empty());
    (problem.code(), problem.to_string())
}

/// Each thing that may be up, and the words by which it is outside.
fn outsiders() -> Vec<(Sighting, &'static str)> {
    let with = |change: &dyn Fn(&mut Sighting)| {
        let mut seen = alone();
        change(&mut seen);
        seen
    };
    vec![
        (
            with(&|seen| {
                seen.up.insert(up("eth0", 1));
            }),
            "interface eth0 (carrier)",
        ),
        (
            with(&|seen| {
                seen.up.insert(Up { link: Link::NoCarrier, ..up("wwan0", 519) });
            }),
            "interface wwan0 (no_carrier)",
        ),
        (with(&|seen| seen.up = [up("lo", 1)].into()), "interface lo (carrier)"),
        (
            with(&|seen| {
                seen.radios.insert("bluetooth hci0".into());
            }),
            "radio bluetooth hci0",
        ),
        (
            with(&|seen| {
                seen.routes.insert("tun0".into(), 2);
            }),
            "routes through tun0: 2",
        ),
        (
            with(&|seen| {
                seen.listening.insert("0.0.0.0:5432".parse().unwrap());
            }),
            "socket 0.0.0.0:5432",
        ),
        (
            with(&|seen| {
                seen.listening.insert("[::1]:5432".parse().unwrap());
            }),
            "socket [::1]:5432",
        ),
        (
            with(&|seen| {
                seen.listening.insert("udp/127.0.0.1:5432".parse().unwrap());
            }),
            "socket udp/127.0.0.1:5432",
        ),
        (
            with(&|seen| {
                seen.unread.insert("proc/net/tcp: cannot be read".into());
            }),
            "not known: proc/net/tcp: cannot be read",
        ),
    ]
}

#[test]
fn tb7_a_check_that_hides_what_it_saw_is_refused() {
    let world = world();
    for (seen, outside) in outsiders() {
        let mut state = world.begin();
        let (code, said) = refused(&world, &mut state, &look(Look::Import, &seen, &[]));
        assert_eq!(code, "record.isolation");
        assert!(said.contains(outside), "{said}");
        state.apply(&world.frozen, &world.sign(&look(Look::Import, &seen, &[outside]), &["centre"])).unwrap();
    }
    let mut state = world.begin();
    let invented = look(Look::Asked, &alone(), &["interface eth0 (carrier)"]);
    assert_eq!(refused(&world, &mut state, &invented).0, "record.isolation");
    state.apply(&world.frozen, &world.sign(&look(Look::Asked, &alone(), &[]), &["centre"])).unwrap();
}

#[test]
fn without_a_policy_no_check_is_held_against_one() {
    let world = World::new();
    let (code, said) = refused(&world, &mut world.begin(), &look(Look::Asked, &alone(), &[]));
    assert_eq!(code, "record.isolation");
    assert!(said.contains("[isolation]"), "{said}");
}

/// What a stranger has signed, and what is said of a machine in another form, is no check.
#[test]
fn a_check_is_the_centres_own() {
    let world = world();
    let body = look(Look::Publish, &alone(), &[]);
    let by_officers = world.sign(&body, &["officer_1", "officer_2"]);
    assert_eq!(world.begin().apply(&world.frozen, &by_officers).unwrap_err().code(), "record.signature");
    let said = String::from_utf8(sign::canonical::to_bytes(&alone()).unwrap()).unwrap();
    for (from, to) in [
        (r#""127.0.0.1:5432""#, r#""127.0.0.1:05432""#),
        (r#""carrier""#, r#""Carrier""#),
        (r#""kind":772"#, r#""kind":72000"#),
        (r#""radios":[]"#, r#""radios":[],"mac":"00""#),
    ] {
        let other = said.replace(from, to);
        assert_ne!(other, said, "{from}");
        assert!(serde_json::from_str::<Sighting>(&other).is_err(), "{to}");
    }
}

/// A check is judged by the rules as they stood when it was made.
#[test]
fn what_the_board_lists_later_was_outside_before() {
    let world = world();
    let seen = Sighting { up: [up("lo", 772), up("eth0", 1)].into(), ..alone() };
    let amendment = Body::Amendment(Amendment {
        key: "isolation.interfaces".into(),
        before: Some("lo".into()),
        after: Some("lo eth0".into()),
        reason: "a printer".into(),
        basis: "a clause".into(),
    });
    let outside = ["interface eth0 (carrier)"];
    let bodies = [
        look(Look::Import, &seen, &outside),
        amendment,
        look(Look::Import, &seen, &[]),
        look(Look::Imported, &alone(), &[]),
    ];
    let state = world.fold(&bodies);
    let (def, outcome) = (&world.frozen.definition, world.outcome(&state, &[]));
    let told = statement(def, &state, (&outcome, &Figures::new()), &Witnessed::default(), Lang::En);
    let point = &told[6];
    assert!(point.evidenced && point.checks == ["V.509"]);
    assert_eq!((point.figures[0].share.part, point.figures[0].share.whole), (2, 3));
    assert_eq!(point.figures[0].exceptions, ["leaf 1 (import): interface eth0 (carrier)"]);
    let files = tables::files(&world.frozen.definition, &state);
    let table = String::from_utf8(files["register/isolation.csv"].clone()).unwrap();
    let row =
        "1,import,2026-05-12T18:00:00Z,eth0 (carrier); lo (carrier),,lo: 1,127.0.0.1:5432,,interface eth0 (carrier)";
    assert_eq!(table.lines().nth(1), Some(row));
    assert_eq!(table.lines().count(), 4);
}

#[test]
fn an_election_of_which_nobody_has_looked_says_that_nothing_is_evidenced() {
    for world in [world(), World::new()] {
        let state = world.begin();
        let outcome = world.outcome(&state, &[]);
        let results = (&outcome, &Figures::new());
        let told = statement(&world.frozen.definition, &state, results, &Witnessed::default(), Lang::En);
        assert!(!told[6].evidenced && told[6].figures.is_empty());
    }
}
