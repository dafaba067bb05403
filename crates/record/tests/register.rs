//! The registers of acts and equipment: what may be entered, what follows from it, and what it never changes.

mod common;
#[path = "common/tables.rs"]
mod tables;

use std::collections::{BTreeMap, BTreeSet};

use common::{World, refused, station, take};
use election::{ActId, Digest, ItemId};
use sanad_record::entry::{Act, Custody, Item};
use sanad_record::register::acts::{ActKind, ActState, Tested};
use sanad_record::register::equipment::ItemKind;
use sanad_record::register::tables as register_tables;
use sanad_record::statement::statement;
use sanad_record::{Body, Medium, State};
use tables::rows;

const REGISTRARS: [&str; 2] = ["officer_1", "officer_2"];
const CENTRE: [&str; 1] = ["centre"];

/// The scaffold, with more of its rules: the vote was on a Tuesday.
fn world(rules: &str) -> World {
    let mut folder = election::scaffold();
    folder.files.get_mut("election.toml").unwrap().extend(rules.as_bytes());
    World::of(folder)
}

fn id(act: &str) -> ActId {
    act.parse().unwrap()
}

fn item_id(item: &str) -> ItemId {
    item.parse().unwrap()
}

fn ids(acts: &[&str]) -> BTreeSet<ActId> {
    acts.iter().map(|act| id(act)).collect()
}

fn act(number: &str, kind: ActKind, change: impl FnOnce(&mut Act)) -> Body {
    let mut own = {
        let (dated, paper) = ("2026-05-20".parse().unwrap(), Digest::of(number.as_bytes()));
        Act::new(id(number), kind, "Audit Board", format!("{number}/2026"), dated, paper, "it says something")
    };
    change(&mut own);
    Body::Act(own)
}

fn item(number: &str, kind: ItemKind, change: impl FnOnce(&mut Item)) -> Body {
    let mut own = Item::new(item_id(number), kind, format!("SN-{number}"), "article 38");
    change(&mut own);
    Body::Item(own)
}

/// The device of station 0101, as the key list has it.
fn device(world: &World, change: impl FnOnce(&mut Item)) -> Body {
    item("dev1", ItemKind::Device, |own| {
        let id = "d0101".parse().unwrap();
        own.key = Some(world.frozen.keyring.devices[&id].1.to_string());
        (own.device, own.station) = (Some(id), Some(station("0101")));
        change(own);
    })
}

fn custody(from: &str, to: &str, at: &str, change: impl FnOnce(&mut Custody)) -> Body {
    let mut own = Custody {
        item: item_id("box1"),
        from: from.into(),
        to: to.into(),
        seals: vec!["A-17".into()],
        at: at.parse().unwrap(),
        place: "store".into(),
        supersedes: None,
    };
    change(&mut own);
    Body::Custody(own)
}

fn states(state: &State) -> BTreeMap<String, ActState> {
    state.registers.acts_standing().into_iter().map(|(id, own)| (id.to_string(), own.state)).collect()
}

/// One cell of a table, by the row's first cell and the column's name.
fn cell(world: &World, state: &State, table: &str, row: &str, column: &str) -> String {
    let files = register_tables::files(&world.frozen.definition, state);
    let text = String::from_utf8(files[table].clone()).unwrap();
    let header = text.trim_start_matches('\u{feff}').lines().next().unwrap();
    let place = header.split(',').position(|name| name == column).unwrap();
    rows(&files, table).into_iter().find(|cells| cells[0] == row).unwrap()[place].clone()
}

#[test]
fn where_an_act_is_follows_from_those_that_answer_and_annul_it() {
    let world = world("");
    let mut state = world.begin();
    let mut enter = |body: &Body| take(&world, &mut state, body, &REGISTRARS);
    enter(&act("law", ActKind::Law, |_| ()));
    enter(&act("remark", ActKind::Remark, |_| ()));
    enter(&act("reply", ActKind::Reply, |own| own.answers = ids(&["remark"])));
    enter(&act("request", ActKind::Request, |_| ()));
    let tested = |own: &mut Act| own.tested = Some(Tested { scope: "the link".into(), version: "2.1".into() });
    enter(&act("test", ActKind::TestReport, tested));
    assert_eq!(
        states(&state),
        BTreeMap::from([
            ("law".into(), ActState::InForce),
            ("remark".into(), ActState::Answered),
            ("reply".into(), ActState::InForce),
            ("request".into(), ActState::Open),
            ("test".into(), ActState::Open),
        ])
    );
    let mut enter = |body: &Body| take(&world, &mut state, body, &REGISTRARS);
    enter(&act("retest", ActKind::TestReport, |own| {
        tested(own);
        own.answers = ids(&["test"]);
    }));
    enter(&act("taken", ActKind::Annulment, |own| own.annuls = ids(&["reply", "law"])));
    let then = states(&state);
    assert_eq!((then["test"], then["retest"]), (ActState::Answered, ActState::InForce), "the retest is the answer");
    assert_eq!((then["law"], then["reply"]), (ActState::Annulled, ActState::Annulled));
    assert_eq!(then["remark"], ActState::Open, "an answer that was taken away is none");
    // What takes an annulment away lets stand again what it had taken away.
    take(&world, &mut state, &act("back", ActKind::Order, |own| own.annuls = ids(&["taken"])), &REGISTRARS);
    let then = states(&state);
    assert_eq!(
        (then["taken"], then["law"], then["remark"]),
        (ActState::Annulled, ActState::InForce, ActState::Answered)
    );
    assert_eq!(cell(&world, &state, "register/acts.csv", "remark", "answered_by"), "reply");
    assert_eq!(cell(&world, &state, "register/acts.csv", "taken", "annulled_by"), "back");
}

#[test]
fn an_act_changes_no_figure() {
    let world = world("");
    let mut state = world.begin();
    take(&world, &mut state, &act("law", ActKind::Law, |_| ()), &REGISTRARS);
    take(&world, &mut state, &item("box1", ItemKind::Box, |_| ()), &REGISTRARS);
    assert_eq!(state.docket.changed, 0);
    assert_eq!(state.standings(&world.frozen.definition), world.begin().standings(&world.frozen.definition));
}

#[test]
fn the_clock_of_an_answer_starts_on_service() {
    let world = world("\n[docket]\ndays = \"working\"\nweekend = [\"friday\", \"saturday\"]\nday_ends = \"15:00\"\n");
    let mut state = world.begin();
    let remark = act("remark", ActKind::Remark, |own| {
        own.served = Some("2026-05-20T09:00".parse().unwrap());
        own.answer_days = Some(3);
    });
    take(&world, &mut state, &remark, &REGISTRARS);
    let of = |state: &State, column: &str| cell(&world, state, "register/acts.csv", "remark", column);
    assert_eq!(of(&state, "due"), "2026-05-25T15:00", "Thursday, Sunday, Monday");
    assert_eq!(of(&state, "in_time"), "", "nothing has come");
    let reply = |number: &str, dated: &str| {
        act(number, ActKind::Reply, |own| {
            own.dated = dated.parse().unwrap();
            own.answers = ids(&["remark"]);
        })
    };
    take(&world, &mut state, &reply("late", "2026-05-26"), &REGISTRARS);
    assert_eq!(of(&state, "in_time"), "no");
    take(&world, &mut state, &reply("early", "2026-05-25"), &REGISTRARS);
    assert_eq!((of(&state, "in_time"), of(&state, "answered_by")), ("yes".into(), "early late".into()));
    let never = act("n", ActKind::Remark, |own| own.answer_days = Some(3));
    assert_eq!(refused(&world, &mut state, &never, &REGISTRARS), "register.served");
}

#[test]
fn an_act_stands_only_as_its_kind_and_the_register_allow() {
    let world = world("");
    let mut state = world.begin();
    take(&world, &mut state, &act("a", ActKind::Order, |_| ()), &REGISTRARS);
    let cases: [(&str, Body); 15] = [
        ("register.blank", act("b", ActKind::Law, |own| own.issuer = " ".into())),
        ("register.blank", act("b", ActKind::Law, |own| own.number = String::new())),
        ("register.blank", act("b", ActKind::Law, |own| own.effect = String::new())),
        ("register.blank", act("b", ActKind::Law, |own| own.members = vec![String::new()])),
        ("register.blank", act("b", ActKind::Law, |own| own.annexes = [(" ".into(), Digest::of(b"x"))].into())),
        ("register.kind", act("b", ActKind::Committee, |_| ())),
        ("register.kind", act("b", ActKind::TestReport, |_| ())),
        (
            "register.kind",
            act("b", ActKind::Law, |own| own.tested = Some(Tested { scope: "x".into(), version: "y".into() })),
        ),
        ("register.act", act("b", ActKind::Reply, |own| own.answers = ids(&["c"]))),
        ("register.act", act("b", ActKind::Minutes, |own| own.under = Some(id("c")))),
        ("register.act", act("b", ActKind::Annulment, |own| own.annuls = ids(&["b"]))),
        ("register.kind", act("b", ActKind::Other, |own| own.annuls = ids(&["a"]))),
        ("record.station", act("b", ActKind::Minutes, |own| own.examined = [station("0199")].into())),
        ("register.cleared", act("b", ActKind::Minutes, |own| own.cleared = [station("0101")].into())),
        ("register.item", act("b", ActKind::Remark, |own| own.items = [item_id("box9")].into())),
    ];
    for (code, body) in cases {
        assert_eq!(refused(&world, &mut state, &body, &REGISTRARS), code, "{body:?}");
    }
    assert_eq!(refused(&world, &mut state, &act("b", ActKind::Law, |_| ()), &["officer_1"]), "record.threshold");
    assert_eq!(refused(&world, &mut state, &act("b", ActKind::Law, |_| ()), &CENTRE), "record.signature");
    let minutes = act("b", ActKind::Minutes, |own| {
        own.under = Some(id("a"));
        own.examined = ["0101", "0102"].map(station).into();
        own.cleared = [station("0102")].into();
    });
    take(&world, &mut state, &minutes, &REGISTRARS);
    assert_eq!(cell(&world, &state, "register/acts.csv", "b", "examined"), "0101 0102");
    assert_eq!(cell(&world, &state, "register/acts.csv", "b", "cleared"), "0102");
}

#[test]
fn a_correction_names_the_leaf_that_stands_and_no_later_act() {
    let world = world("");
    let mut state = world.begin();
    let first = take(&world, &mut state, &act("a", ActKind::Order, |_| ()), &REGISTRARS);
    take(&world, &mut state, &act("b", ActKind::Annulment, |own| own.annuls = ids(&["a"])), &REGISTRARS);
    let again = |supersedes, annuls: &[&str]| {
        act("a", ActKind::Order, |own| {
            own.number = "another".into();
            (own.supersedes, own.annuls) = (supersedes, ids(annuls));
        })
    };
    assert_eq!(refused(&world, &mut state, &again(None, &[]), &REGISTRARS), "register.beside");
    let other = Some(Digest::of(b"other"));
    assert_eq!(refused(&world, &mut state, &again(other, &[]), &REGISTRARS), "register.beside");
    let new = act("c", ActKind::Order, |own| own.supersedes = Some(first));
    assert_eq!(refused(&world, &mut state, &new, &REGISTRARS), "register.beside", "nothing stands that it corrects");
    // Two acts that annul each other would stand and not stand.
    assert_eq!(refused(&world, &mut state, &again(Some(first), &["b"]), &REGISTRARS), "register.later");
    assert_eq!(refused(&world, &mut state, &again(Some(first), &["a"]), &REGISTRARS), "register.later");
    let remark = act("a", ActKind::Remark, |own| own.supersedes = Some(first));
    assert_eq!(refused(&world, &mut state, &remark, &REGISTRARS), "register.kind", "it stays what it was");
    take(&world, &mut state, &again(Some(first), &[]), &REGISTRARS);
    assert!(state.superseded.contains(&first));
    assert_eq!(cell(&world, &state, "register/acts.csv", "a", "corrects"), first.to_string());
    assert_eq!(states(&state)["a"], ActState::Annulled, "what annuls it is about its number, however it is corrected");
    assert_eq!(cell(&world, &state, "register/acts.csv", "a", "number"), "another");
}

#[test]
fn a_device_is_one_of_the_key_list_and_one_item() {
    let world = world("");
    let mut state = world.begin();
    let other_key = world.frozen.keyring.devices[&"d0102".parse().unwrap()].1.to_string();
    let cases: [(&str, Body); 9] = [
        ("register.blank", device(&world, |own| own.serial = String::new())),
        ("register.blank", device(&world, |own| own.article = String::new())),
        ("register.device", device(&world, |own| own.device = Some("d0109".parse().unwrap()))),
        ("register.device", device(&world, |own| own.key = Some(other_key))),
        ("register.device", device(&world, |own| own.station = Some(station("0102")))),
        ("register.device", device(&world, |own| (own.device, own.key) = (None, None))),
        ("register.device", device(&world, |own| own.kind = ItemKind::Stick)),
        ("record.station", item("box1", ItemKind::Box, |own| own.station = Some(station("0199")))),
        ("register.contract", device(&world, |own| own.contract = Some(id("contract")))),
    ];
    for (code, body) in cases {
        assert_eq!(refused(&world, &mut state, &body, &REGISTRARS), code, "{body:?}");
    }
    assert_eq!(refused(&world, &mut state, &device(&world, |_| ()), &CENTRE), "record.signature");
    let first = take(&world, &mut state, &device(&world, |_| ()), &REGISTRARS);
    let twice = device(&world, |own| own.item = item_id("dev2"));
    assert_eq!(refused(&world, &mut state, &twice, &REGISTRARS), "register.device", "one device, one item");
    let changed = device(&world, |own| own.serial = "SN-2".into());
    assert_eq!(refused(&world, &mut state, &changed, &REGISTRARS), "register.beside");
    // What a device has contributed stands: no correction takes the device away.
    let corrected = item("dev1", ItemKind::Stick, |own| own.supersedes = Some(first));
    assert_eq!(refused(&world, &mut state, &corrected, &REGISTRARS), "register.device");
    let serial = device(&world, |own| (own.serial, own.supersedes) = ("SN-2".into(), Some(first)));
    take(&world, &mut state, &serial, &REGISTRARS);
    assert_eq!(cell(&world, &state, "register/equipment.csv", "dev1", "corrects"), first.to_string());
}

#[test]
fn an_item_has_a_contract_that_stands_and_the_remarks_about_it() {
    let world = world("");
    let mut state = world.begin();
    take(&world, &mut state, &act("contract", ActKind::Contract, |_| ()), &REGISTRARS);
    take(&world, &mut state, &act("law", ActKind::Law, |_| ()), &REGISTRARS);
    let by_law = device(&world, |own| own.contract = Some(id("law")));
    assert_eq!(refused(&world, &mut state, &by_law, &REGISTRARS), "register.contract", "a law is no contract");
    take(&world, &mut state, &device(&world, |own| own.contract = Some(id("contract"))), &REGISTRARS);
    let remark = act("remark", ActKind::Remark, |own| own.items = [item_id("dev1")].into());
    take(&world, &mut state, &remark, &REGISTRARS);
    let of = |state: &State, column: &str| cell(&world, state, "register/equipment.csv", "dev1", column);
    assert_eq!((of(&state, "contract_stands"), of(&state, "open_remarks")), ("yes".into(), "remark".into()));
    let taken = act("taken", ActKind::Annulment, |own| own.annuls = ids(&["contract"]));
    take(&world, &mut state, &taken, &REGISTRARS);
    take(&world, &mut state, &act("reply", ActKind::Reply, |own| own.answers = ids(&["remark"])), &REGISTRARS);
    assert_eq!((of(&state, "contract_stands"), of(&state, "open_remarks")), ("no".into(), String::new()));
    let late = item("box1", ItemKind::Box, |own| own.contract = Some(id("contract")));
    assert_eq!(refused(&world, &mut state, &late, &REGISTRARS), "register.contract", "it was taken away");
}

#[test]
fn a_gap_in_the_custody_is_entered_and_told() {
    let world = world("");
    let mut state = world.begin();
    let unknown = custody("store", "office", "2026-05-10T08:00", |_| ());
    assert_eq!(refused(&world, &mut state, &unknown, &REGISTRARS), "register.item");
    take(&world, &mut state, &item("box1", ItemKind::Box, |_| ()), &REGISTRARS);
    for blank in [
        custody("", "office", "2026-05-10T08:00", |_| ()),
        custody("store", " ", "2026-05-10T08:00", |_| ()),
        custody("store", "office", "2026-05-10T08:00", |own| own.place = String::new()),
        custody("store", "office", "2026-05-10T08:00", |own| own.seals = vec![String::new()]),
    ] {
        assert_eq!(refused(&world, &mut state, &blank, &REGISTRARS), "register.blank");
    }
    // Entered late: the order is that of the clocks on the papers.
    let last = custody("driver", "station", "2026-05-11T06:00", |own| own.seals = vec!["A-18".into()]);
    let last = take(&world, &mut state, &last, &REGISTRARS);
    take(&world, &mut state, &custody("store", "office", "2026-05-10T08:00", |_| ()), &REGISTRARS);
    let told = |state: &State| -> Vec<Vec<String>> {
        let files = register_tables::files(&world.frozen.definition, state);
        rows(&files, "register/custody.csv").into_iter().map(|row| [&row[3..5], &row[6..8]].concat()).collect()
    };
    assert_eq!(told(&state), [["store", "office", "", ""], ["driver", "station", "no", "no"]]);
    assert_eq!(cell(&world, &state, "register/equipment.csv", "box1", "gaps"), "1");
    assert_eq!(cell(&world, &state, "register/equipment.csv", "box1", "holder"), "station");
    let corrected = |of| custody("office", "station", "2026-05-11T06:00", |own| own.supersedes = Some(of));
    assert_eq!(refused(&world, &mut state, &corrected(Digest::of(b"x")), &REGISTRARS), "register.hand_over");
    take(&world, &mut state, &corrected(last), &REGISTRARS);
    assert_eq!(told(&state), [["store", "office", "", ""], ["office", "station", "yes", "yes"]]);
    assert_eq!(cell(&world, &state, "register/equipment.csv", "box1", "gaps"), "0");
    assert_eq!(refused(&world, &mut state, &corrected(last), &REGISTRARS), "register.hand_over", "it stands no more");
}

#[test]
fn what_a_correction_says_otherwise_is_told_field_by_field() {
    let world = world("");
    let mut state = world.begin();
    let first = act("a", ActKind::Order, |own| own.owner = Some("the office".into()));
    let first = take(&world, &mut state, &first, &REGISTRARS);
    let second = act("a", ActKind::Order, |own| (own.number, own.supersedes) = ("another".into(), Some(first)));
    let second = take(&world, &mut state, &second, &REGISTRARS);
    let third = act("a", ActKind::Order, |own| {
        (own.number, own.supersedes) = ("another".into(), Some(second));
        own.examined = BTreeSet::from([station("0101")]);
    });
    let third = take(&world, &mut state, &third, &REGISTRARS);
    let item = |serial: &str, supersedes| {
        item("box1", ItemKind::Box, |own| (own.serial, own.supersedes) = (serial.into(), supersedes))
    };
    let entered = take(&world, &mut state, &item("17", None), &REGISTRARS);
    take(&world, &mut state, &item("71", Some(entered)), &REGISTRARS);
    let handed = take(&world, &mut state, &custody("driver", "station", "2026-05-11T06:00", |_| ()), &REGISTRARS);
    let corrected = custody("office", "station", "2026-05-11T06:00", |own| {
        (own.supersedes, own.seals) = (Some(handed), Vec::new());
    });
    take(&world, &mut state, &corrected, &REGISTRARS);

    let files = register_tables::files(&world.frozen.definition, &state);
    let rows = rows(&files, "register/corrections.csv");
    let told: BTreeSet<Vec<&str>> =
        rows.iter().map(|row| [0, 1, 4, 5, 6].map(|column| row[column].as_str()).to_vec()).collect();
    let expected = [
        ["act", "a", "number", "\"a/2026\"", "\"another\""],
        ["act", "a", "owner", "\"the office\"", ""],
        ["act", "a", "examined", "[]", "[\"0101\"]"],
        ["custody", "box1", "from", "\"driver\"", "\"office\""],
        ["custody", "box1", "seals", "[\"A-17\"]", "[]"],
        ["equipment", "box1", "serial", "\"17\"", "\"71\""],
    ];
    assert_eq!(told, expected.iter().map(|row| row.to_vec()).collect(), "and nothing that stays as it was");
    let of = |leaf: Digest| rows.iter().filter(move |row| row[2] == leaf.to_string()).map(|row| row[3].clone());
    assert_eq!(of(second).collect::<BTreeSet<_>>(), [first.to_string()].into());
    assert_eq!(of(third).collect::<Vec<_>>(), [second.to_string()], "each against the one before it");
}

#[test]
fn a_device_outside_the_register_contributes_nothing_where_the_rules_say_so() {
    let strict = world("\n[equipment]\nrequired = true\n");
    let mut state = strict.begin();
    let import = strict.import("0101", Medium::Stick, 1);
    assert_eq!(refused(&strict, &mut state, &import, &CENTRE), "record.equipment");
    take(&strict, &mut state, &device(&strict, |_| ()), &REGISTRARS);
    take(&strict, &mut state, &import, &CENTRE);
    let other = strict.import("0102", Medium::Stick, 1);
    assert_eq!(refused(&strict, &mut state, &other, &CENTRE), "record.equipment", "another device's item helps none");
    let usual = world("");
    take(&usual, &mut usual.begin(), &usual.import("0101", Medium::Stick, 1), &CENTRE);
}

/// The first of the nine points, with no more words than it has evidence for.
#[test]
fn the_first_point_of_the_statement_counts_devices_contracts_and_remarks() {
    let world = world("");
    let mut state = world.begin();
    let shares = |state: &State| -> Vec<(u64, u64, Vec<String>)> {
        let outcome = world.outcome(state, &[]);
        let witnessed = sanad_record::statement::Witnessed::default();
        let results = (&outcome, &sanad_record::Figures::new());
        let points = statement(&world.frozen.definition, state, results, &witnessed, election::Lang::En);
        let figures = points.into_iter().next().unwrap().figures;
        figures.into_iter().map(|own| (own.share.part, own.share.whole, own.exceptions)).collect()
    };
    assert!(shares(&state).is_empty(), "nothing is evidenced");
    take(&world, &mut state, &act("contract", ActKind::Contract, |_| ()), &REGISTRARS);
    take(&world, &mut state, &act("remark", ActKind::Remark, |_| ()), &REGISTRARS);
    let remark = "remark: Audit Board, remark/2026 (open)".to_owned();
    assert_eq!(shares(&state)[2], (0, 1, vec![remark.clone()]), "also before any item is entered");
    take(&world, &mut state, &device(&world, |own| own.contract = Some(id("contract"))), &REGISTRARS);
    assert_eq!(
        shares(&state),
        [(1, 2, vec!["d0102".into()]), (1, 1, vec![]), (0, 1, vec![remark])],
        "the other device is named, and the remark"
    );
    take(&world, &mut state, &act("reply", ActKind::Reply, |own| own.answers = ids(&["remark"])), &REGISTRARS);
    take(&world, &mut state, &act("taken", ActKind::Order, |own| own.annuls = ids(&["contract"])), &REGISTRARS);
    assert_eq!(shares(&state)[1..], [(0, 1, vec!["dev1".into()]), (1, 1, vec![])]);
    // A remark that somebody takes away stays in the denominator.
    take(&world, &mut state, &act("gone", ActKind::Order, |own| own.annuls = ids(&["remark"])), &REGISTRARS);
    let annulled = "remark: Audit Board, remark/2026 (annulled)".to_owned();
    assert_eq!(shares(&state)[2], (0, 1, vec![annulled]));
}
