//! Acts of the tally centre that could not count, refused before a leaf is made of them.

use std::fs;
use std::process::Command;

use centre::{Carrier, Centre, CentreKeys};
use record::entry::Slip;
use record::{Body, Medium};
use serde_json::Value;
use tally::LotNeeded;
use testing::intake::Export;
use testing::{AT, Count, World, put};

use crate::Desk;
use crate::common::SANAD;

const SIGNERS: &str = "--signer officer_1.pem --signer officer_2.pem";

/// A centre in `c` with one station, `s1`, that came by stick, and its slip: one vote for each list.
fn centre(desk: &Desk) -> Centre {
    centre_of(desk, &World::new(2))
}

fn centre_of(desk: &Desk, world: &World) -> Centre {
    let (key, log) = (world.pem("centre"), world.pem("record_log"));
    let keys = CentreKeys { centre: &key, record_log: &log };
    let mut room = Centre::init(&desk.path("c"), &world.folder, &world.leaf_0, &keys).expect("a centre");
    let stick = desk.path("stick");
    put(&world.package(&Count::of("s1", [1, 1, 0, 0])), &stick);
    let carrier = Carrier::look(&stick).expect("a stick");
    room.import(&carrier, Medium::Stick, None, &world.centre, AT, |_| {}).expect("imported");
    let codes = world.slip(&Count::of("s1", [1, 1, 0, 0]));
    room.report(&[Body::Slip(Slip { codes, party: Some(testing::id("pa")) })], AT).expect("a slip");
    for officer in ["officer_1", "officer_2"] {
        fs::write(desk.path(&format!("{officer}.pem")), world.pem(officer)).expect("a key");
    }
    room
}

/// The copy of the network, read as sticks, would agree with itself.
#[test]
fn an_export_is_not_imported_as_a_stick() {
    let desk = Desk::new();
    drop(centre(&desk));
    desk.holds("key new --kind identity -o id.txt");
    fs::create_dir_all(desk.path("export/packages")).expect("a folder");
    fs::write(desk.path("export/transmission.json"), "{}").expect("written");
    for folder in ["export", "export/packages"] {
        let refused = desk.refuses(&format!("centre import --dir c --stick {folder} --identity id.txt"));
        refused.is("centre.not_a_stick", 2, &[folder, "no stick"]);
    }
}

/// An election by sticks alone: a log that was closed, and no folder of packages.
#[test]
fn an_export_over_which_nothing_came_is_imported() {
    let (desk, world) = (Desk::new(), World::new(2));
    drop(centre_of(&desk, &world));
    desk.holds("key new --kind identity -o id.txt");
    Export::begin(&world, &desk.path("export")).close();
    fs::remove_dir(desk.path("export/packages")).expect("it is empty");
    let line = "centre import --dir c --network export --identity id.txt";
    let imported = desk.run(line.split(' ').map(Into::into));
    let told: serde_json::Value = serde_json::from_slice(&imported.stdout).expect("a report, and no refusal");
    assert_eq!((imported.status.code(), &told["arrivals"]), (Some(3), &serde_json::json!([])), "{told:#}");
}

/// A transmission report that does not hold is told with its code; the rest of the export is imported, and a whole one comes in later.
#[test]
fn a_transmission_report_that_is_another_one_is_told() {
    let (desk, world) = (Desk::new(), World::new(2));
    drop(centre_of(&desk, &world));
    desk.holds("key new --kind identity -o id.txt");
    let folder = desk.path("export");
    let mut export = Export::begin(&world, &folder);
    export.close();
    export.report(|_| {});
    fs::write(folder.join("transmission.json"), "{}\n").expect("written");
    let import = || {
        let line = "centre import --dir c --network export --identity id.txt";
        let imported = desk.run(line.split(' ').map(Into::into));
        let told: serde_json::Value = serde_json::from_slice(&imported.stdout).expect("a report");
        (imported.status.code(), told["transmission"].clone())
    };
    let (code, told) = import();
    assert_eq!(
        (code, &told["outcome"], &told["reason"][0]),
        (Some(1), &"refused".into(), &"transmission.other".into())
    );
    export.report(|_| {});
    let entered = serde_json::json!({ "outcome": "imported", "reason": null });
    assert_eq!(import(), (Some(3), entered), "no package came, and the report is in the record");
}

#[test]
fn an_order_to_count_a_copy_names_a_medium_that_brought_one() {
    let desk = Desk::new();
    drop(centre(&desk));
    let line = |station: &str, act: &str| {
        format!("centre decide --dir c --station {station} --act {act} --reason r --basis b {SIGNERS}")
    };
    desk.refuses(&line("s1", "count-network")).is("centre.one_content", 2, &["s1", "0 contents from the network"]);
    desk.refuses(&line("s2", "count-stick")).is("centre.one_content", 2, &["s2", "0 contents from the stick"]);
    desk.refuses(&line("s1", "count-stick")).is("record.one_channel", 2, &["s1", "network", "--absent network_down"]);
    desk.refuses(&line("s1", "count-stick --absent lost")).is("record.one_channel", 2, &["lost", "network"]);
    desk.refuses(&line("s1", "cancel --absent lost")).is("record.one_channel", 2, &["lost", "leave --absent out"]);
    desk.holds(&line("s1", "count-stick --absent network_down"));
}

/// SK5: the command says before anybody signs which evidence is lacking, and how it is had.
#[test]
fn sk5_a_copy_that_came_alone_is_not_counted_without_a_second_evidence() {
    let (desk, world) = (Desk::new(), World::new(2));
    let mut room = centre_of(&desk, &world);
    put(&world.package(&Count::of("s2", [2, 1, 0, 0])), &desk.path("another"));
    let carrier = Carrier::look(&desk.path("another")).expect("a stick");
    room.import(&carrier, Medium::Stick, None, &world.centre, AT, |_| {}).expect("imported");
    let size = room.state().size;
    drop(room);
    for line in ["centre decide --act count-stick", "case count --copy stick"] {
        // One key alone: it does not come to that.
        let line =
            format!("{line} --dir c --station s2 --absent network_down --reason r --basis b --signer officer_1.pem");
        desk.refuses(&line).is("record.second_evidence", 3, &["s2", "0 slips", "sanad centre slip", "hand-count"]);
    }
    assert_eq!(Centre::open(&desk.path("c")).expect("a centre").state().size, size, "nothing was entered");
}

/// To count a cancelled station would restore it without saying so; a station of which something came has opened.
#[test]
fn an_order_does_not_do_in_passing_what_another_is_for() {
    let desk = Desk::new();
    drop(centre(&desk));
    let line = |act: &str| format!("centre decide --dir c --station s1 --act {act} --reason r --basis b {SIGNERS}");
    desk.refuses(&line("not-opened")).is("centre.opened", 2, &["s1", "2 packages or slips", "--act cancel"]);
    desk.holds(&line("cancel"));
    desk.refuses(&line("not-opened")).is("centre.cancelled", 2, &["s1", "--act restore"]);
    desk.refuses(&line("count-stick --absent network_down")).is("centre.cancelled", 2, &["s1", "--act restore"]);
    desk.holds(&line("restore"));
    desk.holds(&line("count-stick --absent network_down"));
}

/// Whoever signs an order has seen what it changes; without a key nothing is entered.
#[test]
fn an_order_is_shown_before_it_is_signed() {
    let desk = Desk::new();
    drop(centre(&desk));
    let line = "centre decide --dir c --station s1 --act cancel --reason r --basis b";
    let size = || Centre::open(&desk.path("c")).expect("a centre").state().size;
    let before = size();
    let shown = desk.holds(line);
    assert_eq!((&shown["entered"], &shown["leaf"], size()), (&Value::Null, &Value::Null, before));
    let change = &shown["changes"][0];
    assert_eq!((&change["level"], &change["place"]), (&"station".into(), &"s1".into()), "{shown:#}");
    assert_ne!(change["before"], change["after"]);
    let entered = desk.holds(&format!("{line} {SIGNERS}"));
    assert_eq!((&entered["entered"], entered["leaf"].as_u64(), size()), (&"order".into(), Some(before), before + 1));
    assert_eq!((&entered["changes"], &entered["station"]), (&shown["changes"], &"s1".into()));
}

/// A second reader of a court's paper types number and date again; a date that has not come is a slip of the pen.
#[test]
fn a_courts_paper_is_read_back_before_it_takes_effect() {
    let desk = Desk::new();
    drop(centre(&desk));
    desk.write("paper.pdf", "a court's paper");
    for command in ["rule", "enjoin"] {
        let line = |dated: &str, back: &str, dated_back: &str| {
            format!(
                "case {command} --dir c --court 'Judicial Panel' --rank 1 --number 42/2018 --dated {dated} --read-back {back} \
                 --read-back-dated {dated_back} --served 2018-05-28T12:00 --paper paper.pdf --stays certification {SIGNERS}"
            )
        };
        let refused = desk.refuses(&line("2018-05-28", "24/2018", "2018-05-28"));
        refused.is("register.read_back", 1, &["24/2018 of 2018-05-28", "42/2018 of 2018-05-28", "together"]);
        let refused = desk.refuses(&line("2018-05-28", "42/2018", "2018-05-23"));
        refused.is("register.read_back", 1, &["42/2018 of 2018-05-23"]);
        let refused = desk.refuses(&line("9998-05-28", "42/2018", "9998-05-28"));
        refused.is("register.ahead", 1, &["9998-05-28", "compare the date"]);
        let entered = desk.holds(&line("2018-05-28", "42/2018", "2018-05-28"));
        assert_eq!((&entered["entered"], &entered["ruled"]), (&"ruling".into(), &"stays".into()));
    }
}

/// An order names as its ground what the rules find, and nothing else.
#[test]
fn an_order_names_no_finding_that_there_is_not() {
    let desk = Desk::new();
    drop(centre(&desk));
    let line = |rule: &str| {
        format!("centre decide --dir c --station s1 --act cancel --reason r --basis b --finding {rule} {SIGNERS}")
    };
    desk.refuses(&line("R.502")).is("centre.finding", 2, &["R.502", "s1", "centre findings"]);
    desk.refuses(&line("R.510")).is("usage.value", 2, &["R.510"]);
}

/// Whoever reads a finding reads of each figure what it counts.
#[test]
fn a_finding_is_told_with_the_names_of_its_figures() {
    let desk = Desk::new();
    let mut folder = testing::folder(2);
    folder.files.get_mut("election.toml").expect("there").extend(b"\n[findings]\nturnout = \"1/50\"\n");
    drop(centre_of(&desk, &World::of(folder)));
    for (lang, words) in [("en", "used 2, bound 100"), ("ar", "المستعمَل"), ("ckb", "بەکارهاتوو")] {
        let mut command = Command::new(SANAD);
        let output = command.args(["centre", "findings", "--dir", "c", "--rule", "R.503", "--lang", lang]);
        let output = output.current_dir(desk.path(".")).output().expect("the command runs");
        let said = String::from_utf8_lossy(&output.stdout);
        assert!(said.contains("s1") && said.contains(words), "{lang}: {said}");
    }
}

/// The first lot that the tally of the centre in `c` asks for.
fn lot_needed(desk: &Desk) -> LotNeeded {
    let (outcome, _) = Centre::open(&desk.path("c")).expect("a centre").outcome().expect("an outcome");
    let mut needed = outcome.allotments.into_values().flat_map(|allotment| allotment.lots_needed);
    needed.next().expect("one vote for each list leaves a tie")
}

#[test]
fn a_lot_that_was_entered_wrongly_is_entered_again_and_both_leaves_stay() {
    let desk = Desk::new();
    drop(centre(&desk));
    desk.holds(&format!(
        "centre decide --dir c --station s1 --act count-stick --absent network_down --reason r --basis b {SIGNERS}"
    ));
    let lot = lot_needed(&desk);
    let drawn = |from: usize| -> Vec<&str> {
        let tied = lot.between.iter().cycle().skip(from);
        tied.take(lot.seats as usize).map(|option| option.as_str()).collect()
    };
    let line = |drawn: &[&str], more: &str| {
        let drawn: String = drawn.iter().map(|name| format!("--drawn {name} ")).collect();
        format!("centre lot --dir c --lot {} {drawn}--drawing urn {more}{SIGNERS}", lot.id.0)
    };
    let stands = |desk: &Desk| {
        let room = Centre::open(&desk.path("c")).expect("a centre");
        let drawn: Vec<String> =
            room.state().lots[&lot.id].1.outcome.drawn.iter().map(|option| option.to_string()).collect();
        (room.state().size, drawn)
    };
    desk.refuses(&line(&drawn(0), "--corrects ")).is("centre.lot", 2, &["not drawn yet"]);
    desk.holds(&line(&drawn(0), ""));
    let (size, first) = stands(&desk);
    desk.refuses(&line(&drawn(1), "")).is("centre.lot", 2, &["drawn already", &first[0], "--corrects"]);
    desk.refuses(&line(&["nobody"], "--corrects ")).is("centre.lot", 2, &["'nobody'", "not among those tied"]);
    desk.holds(&line(&drawn(1), "--corrects "));
    assert_eq!(stands(&desk), (size + 1, drawn(1).iter().map(|name| name.to_string()).collect()));
    desk.holds(&line(&drawn(0), "--corrects "));
    assert_eq!(stands(&desk), (size + 2, first), "again, and back");
}

#[test]
fn a_lot_is_of_those_tied_and_of_as_many_as_there_are_seats() {
    let desk = Desk::new();
    drop(centre(&desk));
    desk.holds(&format!(
        "centre decide --dir c --station s1 --act count-stick --absent network_down --reason r --basis b {SIGNERS}"
    ));
    let lot = lot_needed(&desk);
    let line = |lot: &str, drawn: &[&str]| {
        let drawn: String = drawn.iter().map(|name| format!("--drawn {name} ")).collect();
        format!("centre lot --dir c --lot {lot} {drawn}--drawing 'an urn' {SIGNERS}")
    };
    let id = &lot.id.0;
    let tied: Vec<&str> = lot.between.iter().map(|option| option.as_str()).collect();
    desk.refuses(&line("lot_0", &tied[..1])).is("centre.lot", 2, &["'lot_0'", id]);
    desk.refuses(&line(id, &["nobody"])).is("centre.lot", 2, &["'nobody'", "not among those tied"]);
    let more = lot.seats as usize + 1;
    desk.refuses(&line(id, &tied[..more])).is("centre.lot", 2, &["names were drawn"]);
    desk.holds(&line(id, &tied[..lot.seats as usize]));
}

/// TB7: whatever this machine has up, a policy that lists nothing lists none of it; its loopback is up at the least.
#[test]
fn tb7_an_official_centre_that_is_not_isolated_imports_nothing() {
    let desk = Desk::new();
    let mut folder = testing::folder(2);
    let toml = testing::TOML.replace("mode = \"demo\"", "mode = \"official\"");
    folder.files.insert("election.toml".into(), format!("{toml}\n[isolation]\ninterfaces = []\n").into_bytes());
    let world = World::of(folder);
    let (key, log) = (world.pem("centre"), world.pem("record_log"));
    drop(Centre::init(&desk.path("c"), &world.folder, &world.leaf_0, &CentreKeys { centre: &key, record_log: &log }));
    put(&world.package(&Count::of("s1", [1, 1, 0, 0])), &desk.path("stick"));
    desk.holds("key new --kind identity -o id.txt");
    let run = |line: &str| {
        let output = desk.run(line.split(' ').map(Into::into));
        (output.status.code(), serde_json::from_slice::<serde_json::Value>(&output.stdout).expect("one object"))
    };
    let (code, said) = run("centre import --dir c --stick stick --identity id.txt");
    assert_eq!((code, &said["error"]["code"]), (Some(1), &"centre.not_isolated".into()), "{said:#}");
    assert!(said["error"]["what"].as_str().is_some_and(|what| what.contains("interface lo (carrier)")), "{said:#}");
    let (code, said) = run("centre isolation --dir c --record");
    assert_eq!((code, &said["leaf"]), (Some(1), &2.into()), "leaf 1 is the look that stopped the import: {said:#}");
    let outside = said["outside"].as_array().expect("a list");
    assert!(outside.contains(&"interface lo (carrier)".into()), "{said:#}");
}

#[test]
fn a_look_is_not_entered_where_no_policy_says_what_may_be_up() {
    let desk = Desk::new();
    drop(centre(&desk));
    desk.refuses("centre isolation --dir c --record").is("record.isolation", 1, &["[isolation]"]);
}

/// Before the polls the two halves of `centre announce` carry the freeze to the witnesses and keep what they have seen, once.
#[test]
fn lines_that_come_back_before_the_polls_are_kept_and_are_of_no_later_record() {
    let desk = Desk::new();
    let mut folder = testing::folder(2);
    let toml = format!("{}\n[law]\npolls_open = \"07:00\"\n", testing::TOML);
    folder.files.insert("election.toml".into(), toml.into_bytes());
    let world = World::of(folder);
    let (key, log) = (world.pem("centre"), world.pem("record_log"));
    let keys = CentreKeys { centre: &key, record_log: &log };
    let room = Centre::init(&desk.path("c"), &world.folder, &world.leaf_0, &keys).expect("a centre");
    desk.write("lines.txt", world.cosign(room.log().checkpoint()));
    drop(room);
    let status = || desk.holds("centre status --dir c");
    assert_eq!((&status()["next"][0]["step"], &status()["before_polls"]["since"]), (&"witness".into(), &().into()));
    desk.holds("centre announce --dir c --request request.txt");
    assert_eq!(desk.holds("centre announce --dir c --cosigned lines.txt")["met"], true);
    let own = status();
    assert_ne!(own["next"][0]["step"], "witness");
    assert_eq!(own["before_polls"]["seen"], serde_json::json!([[0, "freeze"]]), "{own:#}");
    assert_eq!(desk.holds("record show --dir c --leaf 1")["leaves"][0]["kind"], "witnessed");
    desk.refuses("centre announce --dir c --cosigned lines.txt").is("note.signature", 1, &["lines.txt"]);
}
