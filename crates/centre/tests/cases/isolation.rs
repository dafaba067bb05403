//! TB7: a cable is plugged into the isolated machine.

use election::Coded;
use record::entry::Amendment;
use record::register::isolation::{Isolation, Look};
use record::{Body, Medium};
use sanad_centre::{Carrier, CentreError, ImportReport};
use testing::kernel::Kernel;
use testing::{AT, Count, World, put};

use crate::common::{Desk, WORLD, package};

/// The tiny election, official or not, whose centre may have its loopback up and nothing else.
fn world(mode: &str) -> World {
    let mut folder = testing::folder(4);
    let toml = testing::TOML.replace("mode = \"demo\"", &format!("mode = \"{mode}\""));
    folder.files.insert("election.toml".into(), format!("{toml}\n[isolation]\ninterfaces = [\"lo\"]\n").into_bytes());
    World::of(folder)
}

/// A centre that looks at a kernel of its own.
fn desk<'a>(world: &'a World, kernel: &Kernel) -> Desk<'a> {
    let mut desk = Desk::of(world);
    desk.room.watch(kernel.root());
    desk
}

/// Imports a stick with packages of the first three stations; `meanwhile` after each.
fn sticks(desk: &mut Desk<'_>, mut meanwhile: impl FnMut(usize)) -> Result<ImportReport, CentreError> {
    let folder = tempfile::tempdir().unwrap();
    for station in ["s1", "s2", "s3"] {
        put(&desk.world.package(&Count::of(station, [3, 2, 0, 0])), folder.path());
    }
    let mut done = 0;
    desk.room.import(&Carrier::look(folder.path()).unwrap(), Medium::Stick, None, &desk.world.centre, AT, |_| {
        done += 1;
        meanwhile(done);
    })
}

/// What stands in the record of the centre's looks.
fn looks<'a>(desk: &'a Desk<'_>) -> Vec<&'a Isolation> {
    desk.room.state().registers.isolation.iter().map(|(_, _, own)| own).collect()
}

/// Stations of which a package was opened.
fn imported(desk: &Desk<'_>) -> usize {
    desk.room.state().evidence.values().filter(|evidence| !evidence.imports.is_empty()).count()
}

/// The kinds of the last leaves.
fn last<const N: usize>(desk: &Desk<'_>) -> [&'static str; N] {
    let leaves = desk.room.log().leaves();
    let kind = |back: usize| record::Entry::parse(&leaves[leaves.len() - N + back]).unwrap().body.kind();
    std::array::from_fn(kind)
}

const CABLE: [&str; 2] = ["interface eth0 (carrier)", "routes through eth0: 1"];

#[track_caller]
fn is_stopped<T>(result: Result<T, CentreError>) {
    let error = result.err().expect("it is stopped");
    assert_eq!(error.code(), "centre.not_isolated");
    for what in CABLE {
        assert!(error.to_string().contains(what), "{error}");
    }
    assert!(error.next().contains("unplug") && error.next().contains("sanad centre amend"));
}

#[test]
fn tb7_a_cable_between_two_packages_stops_the_import_and_stands_in_the_record() {
    let (world, kernel) = (world("official"), Kernel::isolated());
    let mut desk = desk(&world, &kernel);
    is_stopped(sticks(&mut desk, |done| {
        if done == 1 {
            kernel.plug_in("eth0");
        }
    }));
    assert_eq!(imported(&desk), 1, "what was opened in isolation stands, and nothing after");
    assert_eq!(last(&desk), ["isolation", "import", "isolation"]);
    assert!(looks(&desk)[0].outside.is_empty());
    assert_eq!((looks(&desk)[1].step, &looks(&desk)[1].outside[..]), (Look::Import, &CABLE.map(str::to_owned)[..]));
    // The next one does not open anything at all.
    is_stopped(sticks(&mut desk, |_| panic!("a package was opened")));
    kernel.pull_out("eth0");
    let report = sticks(&mut desk, |_| {}).unwrap();
    assert_eq!((report.arrivals.len(), imported(&desk)), (3, 3));
    assert_eq!(looks(&desk).last().unwrap().step, Look::Imported);
    assert!(desk.room.tolerated().is_empty());
    desk.open().unwrap();
}

#[test]
fn tb7_a_cable_after_the_last_package_is_found() {
    let (world, kernel) = (world("official"), Kernel::isolated());
    let mut desk = desk(&world, &kernel);
    is_stopped(sticks(&mut desk, |done| {
        if done == 3 {
            kernel.plug_in("eth0");
        }
    }));
    assert_eq!((imported(&desk), looks(&desk).last().unwrap().step), (3, Look::Imported));
}

#[test]
fn tb7_with_a_cable_nothing_is_announced_or_published() {
    let (world, kernel) = (world("official"), Kernel::isolated());
    let mut desk = desk(&world, &kernel);
    let packages = ["s1", "s2"].map(|station| world.package(&Count::of(station, [3, 2, 1, 0])));
    desk.network(&[&packages[0], &packages[1]]);
    desk.stick(&[&packages[0], &packages[1]]);
    desk.room.compare(AT).unwrap();
    desk.draw_lots();
    desk.cosign();
    kernel.plug_in("eth0");
    is_stopped(desk.room.announce(&world.signers(&["officer_1", "officer_2"]), AT));
    assert!(desk.room.state().announcements.is_empty());
    kernel.pull_out("eth0");
    desk.cosign();
    desk.room.announce(&world.signers(&["officer_1", "officer_2"]), AT).unwrap();
    assert_eq!(last(&desk), ["announcement", "isolation"], "what witnesses have seen ends before the announcement");
    kernel.plug_in("eth0");
    is_stopped(desk.room.publish(&desk.at("publication"), AT, site::pages));
    assert!(!desk.at("publication").exists());
    assert_eq!((looks(&desk).last().unwrap().step, last(&desk)), (Look::Publish, ["isolation", "isolation"]));
    kernel.pull_out("eth0");
    desk.refresh().unwrap();
    assert_eq!(last(&desk), ["isolation", "publication"], "the second time nothing was entered");
    let report = desk.passes();
    assert_eq!(report.check("V.509").unwrap().verdict(), verify::Verdict::Pass);
    let table = std::fs::read_to_string(desk.at("publication/register/isolation.csv")).unwrap();
    assert_eq!(table.matches("interface eth0 (carrier); routes through eth0: 1").count(), 2, "{table}");
    let said = std::fs::read_to_string(desk.at("publication/announcement/statement-en.txt")).unwrap();
    let leaf = desk.room.state().registers.isolation.iter().find(|(_, _, own)| !own.outside.is_empty()).unwrap().0;
    assert!(said.contains(&format!("leaf {leaf} (announce): interface eth0 (carrier)")), "{said}");
    // Whoever takes a look out of the table is found, whatever its hash in the manifest is.
    let path = desk.at("publication/register/isolation.csv");
    std::fs::write(&path, table.replace("interface eth0 (carrier)", "")).unwrap();
    let changed = desk.verified();
    let check = changed.check("V.509").unwrap();
    assert_eq!((check.verdict(), check.detail[0].code.as_str()), (verify::Verdict::Fail, "register.table"));
    std::fs::write(&path, table).unwrap();
    // A refresh is stopped too, and that is entered.
    kernel.plug_in("eth0");
    is_stopped(desk.room.publish(&desk.at("publication"), AT, site::pages));
    assert_eq!(last(&desk), ["publication", "isolation"]);
}

#[test]
fn tb7_what_cannot_be_read_stops_as_well() {
    let (world, kernel) = (world("official"), Kernel::isolated());
    let mut desk = desk(&world, &kernel);
    kernel.write("proc/net/tcp", "nothing of the kind\n");
    let error = sticks(&mut desk, |_| panic!("a package was opened")).unwrap_err();
    assert_eq!(error.code(), "centre.not_isolated");
    assert!(error.to_string().contains("proc/net/tcp: is not as the kernel writes it"), "{error}");
}

#[test]
fn tb7_a_demo_is_told_and_goes_on() {
    for mode in ["demo", "rehearsal"] {
        let (world, kernel) = (world(mode), Kernel::isolated());
        let mut desk = desk(&world, &kernel);
        kernel.plug_in("eth0");
        sticks(&mut desk, |_| {}).unwrap();
        assert_eq!(imported(&desk), 3);
        let steps: Vec<Look> = looks(&desk).iter().map(|own| own.step).collect();
        assert_eq!(steps, [Look::Import, Look::Imported], "once before the first package and once after the last");
        assert!(looks(&desk).iter().all(|own| own.outside == CABLE));
        assert!(desk.room.tolerated().iter().eq(CABLE));
    }
}

#[test]
fn what_the_board_lists_stops_nothing() {
    let (world, kernel) = (world("official"), Kernel::isolated());
    let mut desk = desk(&world, &kernel);
    kernel.plug_in("eth0");
    is_stopped(sticks(&mut desk, |_| {}));
    let amendment = Body::Amendment(Amendment {
        key: "isolation.interfaces".into(),
        before: Some("lo".into()),
        after: Some("lo eth0".into()),
        reason: "a desk for a second pair of hands".into(),
        basis: "a clause".into(),
    });
    desk.room.enter(&amendment, &world.signers(&["board_1", "board_2"]), AT).unwrap();
    sticks(&mut desk, |_| {}).unwrap();
    assert_eq!(imported(&desk), 3);
    kernel.plug_in("eth1");
    assert_eq!(desk.room.look(Look::Asked).unwrap().outside.len(), 2);
}

#[test]
fn without_a_policy_nothing_is_looked_at() {
    let mut desk = Desk::of(&WORLD);
    desk.stick(&[&package("s1", [3, 2, 0, 0])]);
    assert_eq!(desk.room.look(Look::Asked), None);
    assert!(looks(&desk).is_empty());
}
