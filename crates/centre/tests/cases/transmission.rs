//! The transmission report of an export: taken in, refused without keeping a package out, lost from the disk, published.

use election::{Coded, Service};
use record::register::transmission::{Connections, MOST_BYTES, REPORT, Refusal, Report, Said, TABLE};
use sanad_centre::{Became, Reported};
use sign::dsse::Envelope;
use testing::AT;
use testing::intake::Export;

use crate::common::{Desk, holds, package, second};

/// A desk, and a closed export of two packages that lies in `folder`; its log and its packages are imported.
fn carried(folder: &std::path::Path) -> (Desk<'static>, Export<'_>) {
    let mut desk = Desk::new();
    let packages = [package("s1", [6, 3, 1, 1]), package("s2", [1, 4, 0, 0])];
    let mut export = Export::begin(desk.world, folder);
    packages.iter().for_each(|package| export.add(package));
    export.close();
    holds(&desk.export(folder).unwrap());
    desk.stick(&[&packages[0], &packages[1]]);
    (desk, export)
}

fn take(desk: &mut Desk<'_>, folder: &std::path::Path) -> Option<Reported> {
    let position = desk.room.import_intake_log(&folder.join("intake")).unwrap();
    desk.room.import_transmission(folder, position, AT).unwrap()
}

/// Why the report was not entered.
#[track_caller]
fn refused(desk: &mut Desk<'_>, folder: &std::path::Path) -> String {
    let size = desk.room.log().size();
    let told = take(desk, folder).expect("there is one");
    assert_eq!((told.outcome, desk.room.log().size()), (Became::Refused, size), "{told:?}");
    told.reason.unwrap().0
}

/// What a service says otherwise than it was.
type Lie = fn(&mut Report);

#[test]
fn a_report_is_entered_once_published_and_verified_by_both() {
    let folder = tempfile::tempdir().unwrap();
    let (mut desk, export) = carried(folder.path());
    // An export from before there was a signed report.
    assert_eq!(take(&mut desk, folder.path()), None);
    export.report(|_| {});
    assert_eq!(take(&mut desk, folder.path()).unwrap().outcome, Became::Imported);
    let size = desk.room.log().size();
    assert_eq!(take(&mut desk, folder.path()).unwrap().outcome, Became::Duplicate);
    assert_eq!(desk.room.log().size(), size, "nothing is entered twice");
    let entered = desk.room.state().registers.transmissions.last().unwrap().own.totals.clone();
    assert_eq!((entered.packages, entered.receipts, entered.attempts, entered.remarked), (2, 2, 2, 0));
    assert_eq!(desk.open().unwrap().state().registers.transmissions.len(), 1, "it is there after a night");
    desk.publish().unwrap();
    let check = desk.passes().check("V.510").unwrap().clone();
    assert_eq!((check.checked, check.recorded), (5, 0), "{check:#?}");
    let published = |path: &str| std::fs::read_to_string(desk.at("publication").join(path)).unwrap();
    assert_eq!(published(REPORT), std::fs::read_to_string(folder.path().join("transmission.json")).unwrap());
    assert_eq!(published(TABLE).lines().count(), 3);
    assert!(published("datapackage.json").contains("\"transmission_stations\""));
    assert!(published("en/register.html").contains("tls.no-certificate: 3"));
    let (holds, said) = second(&desk);
    assert!(holds, "{said}");
    // Bytes that were written over on the centre's disk are found before anything is published.
    let kept = desk.room.state().registers.transmissions[0].said.report.hex();
    std::fs::write(desk.at("centre/transmission").join(kept), "{}\n").unwrap();
    assert!(desk.room.check(|_, _| {}).problems.iter().any(|problem| problem.code() == "centre.content"));
    assert_eq!(desk.refresh().unwrap_err().code(), "centre.content");
    // The same export mends it.
    assert_eq!(take(&mut desk, folder.path()).unwrap().outcome, Became::Duplicate);
    desk.refresh().unwrap();
}

#[test]
fn what_a_report_does_not_account_for_is_published_as_both_verifiers_find_it() {
    let folder = tempfile::tempdir().unwrap();
    let (mut desk, export) = carried(folder.path());
    export.report(|own| {
        let mut packages = own.stations.values_mut().flat_map(|own| &mut own.packages);
        packages.next().unwrap().attempts.clear();
        packages.next().unwrap().attempts[0].bytes += 1;
    });
    assert_eq!(take(&mut desk, folder.path()).unwrap().outcome, Became::Imported);
    desk.publish().unwrap();
    let check = desk.passes().check("V.510").unwrap().clone();
    let told: Vec<_> = check.detail.iter().map(|own| (own.place.as_str(), own.code.as_str())).collect();
    let odd = [("package s1-ds1-1", "transmission.no_attempt"), ("package s2-ds2-1", "transmission.other_bytes")];
    assert_eq!(told, odd);
    let (holds, said) = second(&desk);
    assert!(holds && odd.iter().all(|(place, code)| said.contains(place) && said.contains(code)), "{said}");
}

/// A report that does not hold keeps no package out, changes nothing, and is named by its code.
#[test]
fn a_report_that_lies_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let (mut desk, export) = carried(folder.path());
    let lies: [(Lie, &str); 5] = [
        (|own| own.stations.values_mut().next().unwrap().packages[0].receipt = None, "transmission.receipt"),
        (|own| drop(own.stations.pop_first()), "transmission.receipt"),
        (
            |own| own.stations.values_mut().next().unwrap().packages[0].transport.group = "X25519MLKEM768".into(),
            "transmission.receipt",
        ),
        (|own| own.leaves += 1, "transmission.log"),
        (|own| own.refused_connections[0].address = "\u{1b}[2J".into(), "transmission.form"),
    ];
    for (lie, code) in lies {
        export.report(lie);
        assert_eq!(refused(&mut desk, folder.path()), code);
    }
    export.report(|own| own.scope.round = 2);
    assert_eq!(refused(&mut desk, folder.path()), "record.transmission");
    export.report(|_| {});
    let [report, statement] = ["transmission.json", "transmission.dsse.json"].map(|name| folder.path().join(name));
    let whole = std::fs::read(&report).unwrap();
    std::fs::write(&report, [&whole[..], b"\n"].concat()).unwrap();
    assert_eq!(refused(&mut desk, folder.path()), "transmission.other");
    // One that is announced to be larger than any is not read.
    let mut large: Said = Envelope::parse(&std::fs::read(&statement).unwrap()).unwrap().read().unwrap();
    large.bytes = MOST_BYTES + 1;
    let key = &desk.world.keys[Service::Intake.as_str()];
    std::fs::write(&statement, testing::intake::statement("transmission_report", &large, key)).unwrap();
    assert_eq!(refused(&mut desk, folder.path()), "transmission.form");
    std::fs::write(&statement, "{}").unwrap();
    assert_eq!(refused(&mut desk, folder.path()), "record.transmission");
    // A report that is not there can be brought again.
    export.report(|_| {});
    std::fs::remove_file(&report).unwrap();
    let told = take(&mut desk, folder.path()).unwrap();
    assert_eq!((told.outcome, told.reason.unwrap().0.as_str()), (Became::Unreadable, "import.unreadable"));
    std::fs::write(&report, &whole).unwrap();
    assert_eq!(take(&mut desk, folder.path()).unwrap().outcome, Became::Imported);
}

/// Words of 100 characters each of which JSON spells with two, in all kinds that a report may have: the totals alone are no leaf any more.
#[test]
fn a_report_whose_totals_no_leaf_can_hold_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let (mut desk, export) = carried(folder.path());
    export.report(|own| {
        let word = |kind: usize| format!("{kind:02}{}", "\\".repeat(98));
        let package = &mut own.stations.values_mut().next().unwrap().packages[0];
        let attempt = package.attempts[0].clone();
        package.attempts = (0..63).map(|_| attempt.clone()).collect();
        for (kind, attempt) in package.attempts.iter_mut().enumerate() {
            (attempt.transport.protocol, attempt.transport.group) = (word(kind), word(kind));
        }
        let row = own.refused_connections[0].clone();
        own.refused_connections = (0..64).map(|kind| Connections { reason: word(kind), ..row.clone() }).collect();
        own.refusals = (0..64)
            .map(|kind| Refusal {
                time: AT.into(),
                code: word(kind),
                subject: package.label,
                address: "192.0.2.1".into(),
                client: attempt.transport.client,
            })
            .collect();
    });
    assert_eq!(refused(&mut desk, folder.path()), "dsse.size");
}

/// A medium that comes again brings no older report back.
#[test]
fn of_two_reports_the_later_one_stands_however_often_the_first_comes() {
    let folder = tempfile::tempdir().unwrap();
    let (mut desk, export) = carried(folder.path());
    let stands = |desk: &Desk<'_>| {
        let all = &desk.room.state().registers.transmissions;
        (all.len(), all.last().unwrap().own.totals.refused_connections["tls.no-certificate"])
    };
    export.report(|_| {});
    assert_eq!(take(&mut desk, folder.path()).unwrap().outcome, Became::Imported);
    export.report(|own| own.refused_connections[0].count += 1);
    assert_eq!(take(&mut desk, folder.path()).unwrap().outcome, Became::Imported);
    assert_eq!(stands(&desk), (2, 4));
    export.report(|_| {});
    assert_eq!(take(&mut desk, folder.path()).unwrap().outcome, Became::Duplicate);
    assert_eq!(stands(&desk), (2, 4));
}
