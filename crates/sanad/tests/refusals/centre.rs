//! Acts of the tally centre that could not count, refused before a leaf is made of them.

use std::fs;

use centre::{Carrier, Centre, CentreKeys};
use record::Medium;
use testing::{AT, Count, World, put};

use crate::Desk;

const SIGNERS: &str = "--signer officer_1.pem --signer officer_2.pem";

/// A centre in `c` with one station, `s1`, that came by stick: one vote for each list.
fn centre(desk: &Desk) -> Centre {
    let world = World::new(2);
    let (key, log) = (world.pem("centre"), world.pem("record_log"));
    let keys = CentreKeys { centre: &key, record_log: &log };
    let mut room = Centre::init(&desk.path("c"), &world.folder, &world.leaf_0, &keys).expect("a centre");
    let stick = desk.path("stick");
    put(&world.package(&Count::of("s1", [1, 1, 0, 0])), &stick);
    let carrier = Carrier::look(&stick).expect("a stick");
    room.import(&carrier, Medium::Stick, None, &world.centre, AT, |_| {}).expect("imported");
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

#[test]
fn an_order_to_count_a_copy_names_a_medium_that_brought_one() {
    let desk = Desk::new();
    drop(centre(&desk));
    let line = |station: &str, act: &str| {
        format!("centre decide --dir c --station {station} --act {act} --reason r --basis b {SIGNERS}")
    };
    desk.refuses(&line("s1", "count-network")).is("centre.one_content", 2, &["s1", "0 contents from the network"]);
    desk.refuses(&line("s2", "count-stick")).is("centre.one_content", 2, &["s2", "0 contents from the stick"]);
    desk.holds(&line("s1", "count-stick"));
}

#[test]
fn a_lot_is_of_those_tied_and_of_as_many_as_there_are_seats() {
    let desk = Desk::new();
    drop(centre(&desk));
    desk.holds(&format!("centre decide --dir c --station s1 --act count-stick --reason r --basis b {SIGNERS}"));
    let room = Centre::open(&desk.path("c")).expect("a centre");
    let (outcome, _) = room.outcome().expect("an outcome");
    let needed: Vec<_> = outcome.allotments.values().flat_map(|allotment| &allotment.lots_needed).collect();
    let lot = (*needed.first().expect("one vote for each list leaves a tie")).clone();
    drop(room);
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
