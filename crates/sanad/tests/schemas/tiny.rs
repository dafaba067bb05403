//! Centres of the tiny election, for what neither the demo nor the election made by hand has: pictures that are published,
//! and seats that need every step.

use std::fs;
use std::path::Path;

use centre::{Carrier, Centre, CentreKeys, LOOK_FROM};
use election::Folder;
use package::cuts::Cut;
use package::make::Package;
use record::entry::{Act, Refused};
use record::register::acts::ActKind;
use record::register::transmission::Refusal;
use record::{Body, Medium};
use sign::SystemEntropy;
use testing::intake::Export;
use testing::{AT, Count, World, id, put};

/// The tiny election of two stations, with a quota for women.
fn quota(changes: &[(&str, &str, &str)]) -> Folder {
    let mut folder = testing::folder(2);
    let method = "method = \"sainte-lague:1.7\"\n";
    let women = format!("{method}women = \"quarter_rounded_half_up\"\n");
    for (name, from, to) in changes.iter().chain([&("election.toml", method, women.as_str())]) {
        let file = folder.files.get_mut(*name).expect("the tiny election has it");
        let text = String::from_utf8_lossy(file).into_owned();
        assert!(text.contains(from), "{name}: {from}");
        *file = text.replace(from, to).into_bytes();
    }
    folder
}

/// A centre in `dir/centre` to which both media have brought these packages.
fn centre(dir: &Path, world: &World, packages: &[Package]) -> Centre {
    fs::create_dir_all(dir).expect("a folder");
    let (key, log_key) = (world.pem("centre"), world.pem("record_log"));
    let keys = CentreKeys { centre: &key, record_log: &log_key };
    let mut room = Centre::init(&dir.join("centre"), &world.folder, &world.leaf_0, &keys).expect("a centre");
    let carried = dir.join("export");
    let mut export = Export::begin(world, &carried);
    for package in packages {
        export.add(package);
        put(package, &dir.join("stick").join(package.name.station.as_str()));
    }
    export.close();
    let position = room.import_intake_log(&carried.join("intake")).expect("a closed log");
    for (folder, medium, position) in
        [("export/packages", Medium::Network, Some(position)), ("stick", Medium::Stick, None)]
    {
        let carrier = Carrier::look(&dir.join(folder)).expect("packages");
        let report = room.import(&carrier, medium, position, &world.centre, AT, |_| {}).expect("imported");
        assert!(report.arrivals.iter().all(|arrival| arrival.reason.is_none()), "{:#?}", report.arrivals);
    }
    room
}

fn put_keys(dir: &Path, world: &World, owners: &[&str]) {
    for owner in owners {
        fs::write(dir.join(owner).with_extension("pem"), world.pem(owner)).expect("a key");
    }
}

/// A package with a picture of the contest for each ballot; there is ink on the first where none belongs.
fn with_pictures(world: &World, count: &Count<'_>) -> Package {
    let mut parts = world.parts(count);
    for (number, sheet) in parts.sheets.iter_mut().enumerate() {
        let picture = format!("the contest on ballot {number} of {}, {}", count.station, "ink ".repeat(20));
        let stray = if number == 0 { LOOK_FROM } else { 0 };
        sheet.cuts.insert(id("assembly"), Cut { pictures: vec![picture.into_bytes()], stray });
    }
    world.seal(parts, &format!("d{}", count.station))
}

/// Six men before two women on each of two lists.
fn men_first() -> String {
    let candidates = ["la", "lb"].iter().flat_map(|list| (1..=8).map(move |number| (list, &list[1..], number)));
    let rows = candidates.map(|(list, letter, number)| {
        let gender = if number > 6 { "woman" } else { "man" };
        format!("{letter}{number},assembly,{list},{number},{gender},no,Candidate {letter}{number}\n")
    });
    format!("candidate,contest,list,number,gender,withdrawn,name_en\n{}", rows.collect::<String>())
}

/// Twelve seats for two lists of six men before two women: step 3 of the quota is due more than is still owed. Pictures are published
/// from four on, those of the first station are decided, and those of the second wait; a court's order is in the register as
/// act 1. It is published, and cosigned to its end. The keys of officers and board lie beside it.
pub fn twelve_seats(dir: &Path, order: &[u8]) {
    let mut folder = quota(&[
        ("election.toml", "[marks]", "ties_of_candidates = \"list_order\"\n\n[marks]"),
        ("election.toml", "images_from = 0", "images_from = 4"),
        ("contests.csv", "open_list,,2", "open_list,,12"),
    ]);
    folder.files.insert("candidates.csv".to_owned(), men_first().into_bytes());
    let world = World::of(folder);
    let counts = [Count::of("s1", [7, 6, 0, 0]), Count::of("s2", [4, 4, 0, 0])];
    let mut room = centre(dir, &world, &counts.map(|count| with_pictures(&world, &count)));
    put_keys(dir, &world, &["officer_1", "officer_2", "board_1", "board_2"]);
    let (officers, none) = (world.signers(&["officer_1", "officer_2"]), Default::default());
    let redaction = room.redaction("stations/s1/ds1-1", &none, &none, &SystemEntropy).expect("there are pictures");
    let paper = room.keep_paper(order).expect("kept");
    let (dated, effect) = ("2026-06-06".parse().expect("a date"), "evidence is handed out");
    let act = Act::new(id("1"), ActKind::Order, "Judicial Panel", "45/2026", dated, paper, effect);
    for body in [Body::Redaction(redaction), Body::Act(act)] {
        room.enter(&body, &officers, AT).expect("entered");
    }
    let cosign = |room: &mut Centre| {
        room.cosigned(&world.cosign(room.log().checkpoint())).expect("cosigned");
    };
    room.compare(AT).expect("compared");
    cosign(&mut room);
    room.announce(&officers, AT).expect("announced");
    room.publish(&dir.join("publication"), AT, site::pages).expect("published");
    cosign(&mut room);
    room.publish(&dir.join("publication"), AT, site::pages).expect("published with the lines of the witnesses");
}

/// Two stations with the same ten votes, which R.505 finds. The keys of the officers lie beside it.
pub fn alike(dir: &Path) {
    let world = World::new(2);
    let counts = ["s1", "s2"].map(|station| Count::of(station, [6, 4, 0, 0]));
    centre(dir, &world, &counts.map(|count| world.package(&count)));
    put_keys(dir, &world, &["officer_1", "officer_2"]);
}

/// Two seats of closed lists, to which no quota is applied.
pub fn closed_lists(dir: &Path) {
    let world = World::of(quota(&[("contests.csv", "open_list", "closed_list")]));
    let counts = [Count::of("s1", [0, 5, 0, 0]), Count::of("s2", [0, 4, 0, 0])];
    centre(dir, &world, &counts.map(|count| world.package(&count)));
}

/// The same twelve seats where both lists have as many votes: a lot says which is served first. Of the seats of two
/// communities, for which nobody voted, a lot decides between two lists, and the order of one list among its own. A package was refused
/// of which nobody could tell what station it was of.
pub fn tied(dir: &Path) {
    let lists = "lb,assembly,2,pb,,List B\n";
    let communities = format!(
        "{lists}lc,assembly,3,pa,fishers,Nets\nld,assembly,4,pb,fishers,Oars\nle,assembly,5,pb,weavers,Looms\n"
    );
    let mut folder = quota(&[
        ("election.toml", "[marks]", "ties_of_candidates = \"list_order\"\n\n[marks]"),
        ("contests.csv", "open_list,,2", "open_list,,12"),
        ("lists.csv", lists, &communities),
    ]);
    let own = [("c1", "lc", 1), ("d1", "ld", 1), ("e1", "le", 1), ("e2", "le", 2)];
    let own = own.map(|(id, list, number)| format!("{id},assembly,{list},{number},woman,no,Candidate {id}\n"));
    folder.files.insert("candidates.csv".to_owned(), (men_first() + &own.concat()).into_bytes());
    let reserved = "contest,community,seats,name_en\nassembly,fishers,1,Fishers\nassembly,weavers,1,Weavers\n";
    folder.files.insert("reserved.csv".to_owned(), reserved.into());
    let world = World::of(folder);
    let mut room = centre(dir, &world, &["s1", "s2"].map(|station| world.package(&Count::of(station, [5, 5, 0, 0]))));
    let (label, what) = (sign::sha256(b"no label"), "not the JSON of a label".to_owned());
    let refused = Refused { medium: Medium::Stick, station: None, label, code: "label.form".into(), what };
    room.report(&[Body::Refused(refused)], AT).expect("entered");
    // A report of a service to which files of no station came.
    let (time, code, address) = (AT.to_owned(), "intake.mixed".to_owned(), "192.0.2.8".to_owned());
    let refusal = Refusal { time, code, subject: label, address, client: sign::sha256(b"relay") };
    Export::begin(&world, &dir.join("told")).report(|own| own.refusals.push(refusal));
}
