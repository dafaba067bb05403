//! V.509: the registers of what stands around the count.

use election::Digest;
use record::entry::{Act, Body, Custody, Item};
use record::register::acts::ActKind;
use record::register::equipment::ItemKind;

use crate::common::{Files, KEYS, Recipe, build, id, leaf, officers};
use crate::verify::{self, CheckId};
use crate::{Spoil, replace, shown, spoilt};

fn act(number: &str, kind: ActKind, change: impl FnOnce(&mut Act)) -> Body {
    let mut own = {
        let (dated, paper) = ("2026-05-02".parse().expect("a date"), Digest::of(number.as_bytes()));
        Act::new(id(number), kind, "an audit board", number, dated, paper, "it says something")
    };
    change(&mut own);
    Body::Act(own)
}

/// A box with a gap in its custody, and a remark about it that was answered; the answer was entered wrongly and again.
fn entered() -> Recipe {
    Recipe {
        record_leaves: |leaves, fingerprint| {
            let item = Item { station: Some(id("s1")), ..Item::new(id("box1"), ItemKind::Box, "17", "article 5") };
            let custody = |from: &str, to: &str, at: &str| {
                Body::Custody(Custody {
                    item: id("box1"),
                    from: from.into(),
                    to: to.into(),
                    seals: vec!["A-17".into()],
                    at: at.parse().expect("a moment"),
                    place: "a store".into(),
                    supersedes: None,
                })
            };
            let bodies = [
                Body::Item(item),
                custody("store", "office", "2026-05-10T08:00"),
                custody("driver", "station", "2026-05-11T06:00"),
                act("remark", ActKind::Remark, |own| own.items = [id("box1")].into()),
                act("reply", ActKind::Reply, |own| own.answers = [id("remark")].into()),
            ];
            leaves.extend(bodies.iter().map(|body| leaf(Some(fingerprint), body, &officers())));
            let reply = Digest::of(leaves.last().expect("the reply was entered last"));
            let corrected = act("reply", ActKind::Reply, |own| {
                own.answers = [id("remark")].into();
                (own.effect, own.supersedes) = ("it says another thing".into(), Some(reply));
            });
            leaves.push(leaf(Some(fingerprint), &corrected, &officers()));
        },
        ..Recipe::default()
    }
}

/// The tables are changed before the publication's manifest is made: no hash can tell.
#[test]
fn a_changed_table_of_the_registers_fails() {
    let report = build(&entered()).verify();
    assert_eq!(report.verdict, verify::Verdict::Pass, "{}", shown(&report, election::Lang::En));
    let cases: [Spoil<Files>; 6] = [
        |f| replace(f, "register/acts.csv", ",answered,", ",in_force,"),
        |f| replace(f, "register/acts.csv", "an audit board", "a friend"),
        |f| replace(f, "register/corrections.csv", "another thing", "the same thing"),
        |f| replace(f, "register/equipment.csv", ",1,,sha256:", ",0,,sha256:"),
        |f| replace(f, "register/custody.csv", ",no,yes,", ",yes,yes,"),
        |f| drop(f.insert("register/custody.csv".into(), Vec::new())),
    ];
    for docket in cases {
        spoilt(Recipe { docket, ..entered() }, CheckId::Registers, "register.table");
    }
    let beside = Recipe { docket: |f| drop(f.insert("register/acts-2.csv".into(), b"x".to_vec())), ..entered() };
    spoilt(beside, CheckId::Unlisted, "bag.stray");
}

/// The program that the device of the first station names.
const PROGRAM: &str = "sha256:1111111111111111111111111111111111111111111111111111111111111111";
const OTHER: &str = "sha256:2222222222222222222222222222222222222222222222222222222222222222";

/// The statement and slip of the first station name a program, its import leaves too, and the register another one.
fn programs() -> Recipe {
    Recipe {
        slip: |own| own.build = build_of(own.station.as_str()),
        statement: |own| own.build = build_of(own.station.as_str()),
        import: |own| own.build = (own.station.as_str() == "s1").then(|| PROGRAM.parse().expect("a digest")),
        record_leaves: |leaves, fingerprint| {
            let item = Body::Item(Item {
                device: Some(id("d1")),
                key: Some(sign::Signer::public_key(&KEYS.devices[0]).to_string()),
                build: Some(OTHER.parse().expect("a digest")),
                station: Some(id("s1")),
                ..Item::new(id("item1"), ItemKind::Device, "17", "article 5")
            });
            leaves.push(leaf(Some(fingerprint), &item, &officers()));
        },
        ..Recipe::default()
    }
}

fn build_of(station: &str) -> String {
    if station == "s1" { format!("test {PROGRAM}") } else { "test".to_owned() }
}

#[test]
fn a_count_by_another_program_is_told_and_no_leaf_hides_it() {
    let publication = build(&programs());
    let report = publication.verify();
    assert_eq!(report.verdict, verify::Verdict::Pass, "{}", shown(&report, election::Lang::En));
    let told = |check: CheckId, report: &verify::Report| -> Vec<(verify::Matter, String, String)> {
        let detail = &report.check(check.code()).expect("the check").detail;
        detail.iter().map(|own| (own.matter, own.place.clone(), own.code.clone())).collect()
    };
    let recorded = |place: &str, code: &str| (verify::Matter::Recorded, place.to_owned(), code.to_owned());
    assert_eq!(told(CheckId::Registers, &report), [recorded("station s1, d1-1", "register.build")]);
    let statement = String::from_utf8(publication.files()["announcement/statement-en.txt"].clone()).expect("text");
    assert!(statement.contains(&format!("s1 d1-1: {PROGRAM} ≠ {OTHER}")), "{statement}");
    // A leaf that names another program fails; one that names none is told.
    let lies = Recipe { import: |own| own.build = Some(OTHER.parse().expect("a digest")), ..programs() };
    spoilt(lies, CheckId::Statements, "statement.build");
    let silent = build(&Recipe { import: |_| {}, ..programs() }).verify();
    let place = "stations/s1/d1-1/statement.dsse.json";
    let left_out = recorded(place, "statement.build_left_out");
    assert_eq!(told(CheckId::Statements, &silent), [left_out.clone(), left_out], "by network and by stick");
    let changed = Recipe { docket: |f| replace(f, "register/builds.csv", ",no\r", ",yes\r"), ..programs() };
    spoilt(changed, CheckId::Registers, "register.table");
    let beside = Recipe { docket: |f| drop(f.insert("register/builds.csv".into(), b"x".to_vec())), ..entered() };
    spoilt(beside, CheckId::Registers, "register.table");
}
