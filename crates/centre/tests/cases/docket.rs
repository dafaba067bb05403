//! Complaints at the centre: papers that nobody else reads, orders shown before they are signed, certified versions.

use std::os::unix::fs::PermissionsExt;

use election::{Coded, FindingRule};
use record::docket::changes::{Level, changes};
use record::docket::ratification::Name;
use record::docket::{Ratification, Said};
use record::entry::Effect;
use record::{Body, Standing};

use testing::AT;

use crate::common::{Desk, FORM, NAMES, files_below, package, second};

/// Two stations counted and announced, and a complaint about the first.
fn announced() -> Desk<'static> {
    let mut desk = Desk::new();
    let packages = [package("s1", [6, 3, 1, 1]), package("s2", [1, 4, 0, 0])];
    desk.network(&[&packages[0], &packages[1]]);
    desk.stick(&[&packages[0], &packages[1]]);
    desk.publish().unwrap();
    desk
}

#[test]
fn wf8_a_sealed_part_is_opened_by_the_centre_alone_and_no_paper_is_published() {
    let mut desk = announced();
    desk.complain("s1");
    let papers = desk.at("centre/papers");
    let kept: Vec<Vec<u8>> = std::fs::read_dir(&papers)
        .unwrap()
        .map(|entry| {
            let path = entry.unwrap().path();
            assert_eq!(path.metadata().unwrap().permissions().mode() & 0o077, 0, "for the owner alone");
            std::fs::read(path).unwrap()
        })
        .collect();
    assert!(kept.len() == 2 && kept.iter().any(|paper| paper == FORM));
    assert!(kept.iter().all(|paper| paper != NAMES), "sealed before it is kept");
    let sealed = kept.iter().find(|paper| *paper != FORM).unwrap();
    let opened = age::decrypt(desk.world.centre.as_age(), sealed).unwrap();
    assert_eq!(opened, NAMES);
    desk.refresh().unwrap();
    let published = files_below(&desk.at("publication"));
    for secret in [FORM, NAMES, sealed] {
        let found = published.iter().find(|(_, bytes)| bytes.windows(secret.len()).any(|part| part == secret));
        assert_eq!(found.map(|(path, _)| path), None);
    }
    assert!(published.keys().any(|path| path.ends_with("docket/complaints.csv")));
    desk.passes();
}

/// Two stations with the same figures are found by R.505, and by no other rule.
#[test]
fn an_order_rests_on_a_finding_that_there_is_and_on_no_other() {
    let mut desk = Desk::new();
    desk.stick(&[&package("s1", [6, 5, 1, 1]), &package("s2", [6, 5, 1, 1]), &package("s3", [1, 4, 0, 0])]);
    let resting = |desk: &Desk<'_>, station: &str, rule: FindingRule| {
        let Body::Order(mut order) = desk.order(station, Effect::Cancel) else { unreachable!() };
        order.findings.insert(rule);
        order
    };
    let size = desk.room.log().size();
    for (station, rule) in [("s1", FindingRule::Voters), ("s3", FindingRule::Alike)] {
        let order = resting(&desk, station, rule);
        assert_eq!(desk.room.effect(&order).unwrap_err().code(), "centre.finding", "{station}");
        let signers = desk.world.signers(&["officer_1", "officer_2"]);
        let refused = desk.room.enter(&Body::Order(order), &signers, testing::AT).unwrap_err();
        assert_eq!((refused.code(), desk.room.log().size()), ("centre.finding", size), "{station}");
    }
    let order = resting(&desk, "s1", FindingRule::Alike);
    desk.room.enter(&Body::Order(order), &desk.world.signers(&["officer_1", "officer_2"]), testing::AT).unwrap();
    let found = desk.room.outcome().unwrap().0.by_rule.findings;
    assert_eq!(found.iter().map(|own| own.orders).collect::<Vec<_>>(), [1, 0], "it stays; of s1 an order rests on it");
}

#[test]
fn an_order_is_shown_before_it_is_signed_as_it_comes_out() {
    let mut desk = announced();
    let Body::Order(order) = desk.order("s2", Effect::Cancel) else { unreachable!() };
    let before = desk.room.outcome().unwrap().0;
    let size = desk.room.log().size();
    let shown = desk.room.effect(&order).unwrap();
    assert_eq!((desk.room.log().size(), desk.standing("s2")), (size, Standing::Matched), "nothing is entered");
    desk.decide("s2", Effect::Cancel);
    let after = desk.room.outcome().unwrap().0;
    assert_eq!(shown, changes(&desk.world.frozen.definition, &before, &after));
    let ballots = shown.iter().find(|change| change.level == Level::Votes && change.option == "_ballots").unwrap();
    assert_eq!((ballots.before.as_str(), ballots.after.as_str()), ("16", "11"));
}

#[test]
fn wf6_a_certified_version_stays_and_the_next_one_says_what_it_changed() {
    let mut desk = announced();
    desk.certify();
    desk.refresh().unwrap();
    desk.passes();
    desk.decide("s2", Effect::Cancel);
    desk.publish().unwrap();
    let report = desk.passes();
    let later = &report.check("V.208").unwrap().detail[0];
    assert_eq!(later.code, "certification.later", "version 2 is announced, and version 1 certified");
    desk.certify();
    desk.refresh().unwrap();
    desk.passes();
    let published = files_below(&desk.at("publication"));
    let table = |name: &str| String::from_utf8(published[&desk.at("publication/docket").join(name)].clone()).unwrap();
    assert_eq!(table("certifications.csv").lines().count(), 3);
    assert!(table("changes.csv").contains("2,station,s2,,matched counted"), "{}", table("changes.csv"));
    assert!(table("changes.csv").contains("2,votes,assembly,_ballots,16,11"));
}

#[test]
fn names_that_the_certification_elects_are_ratified_one_by_one_and_no_others() {
    let mut desk = announced();
    desk.certify();
    let elected: Vec<Name> = desk.room.certified_names().unwrap().into_iter().collect();
    assert_eq!(elected.len(), 2, "there are two seats");
    let other = desk.world.frozen.definition.candidates.iter().find(|own| elected.iter().all(|(_, id)| *id != own.id));
    let stranger: Name = other.map(|own| (own.contest.clone(), own.id.clone())).unwrap();
    let paper = desk.room.keep_paper(b"a letter").unwrap();
    let said = |(contest, candidate): &Name, said: &Said| Ratification {
        certification: 1,
        contest: contest.clone(),
        candidate: candidate.clone(),
        court: "a court".into(),
        number: "9".into(),
        dated: "2026-06-05".parse().unwrap(),
        paper,
        said: said.clone(),
    };
    let sent = Said::Sent("the commission".into());
    let enter = |desk: &mut Desk<'static>, names: &[&Name], what: &Said| {
        let leaves: Vec<Ratification> = names.iter().map(|name| said(name, what)).collect();
        desk.room.ratify(&leaves, &desk.world.signers(&["officer_1", "officer_2"]), AT)
    };
    let size = desk.room.log().size();
    let refusal = enter(&mut desk, &[&elected[0], &stranger], &sent).unwrap_err();
    assert_eq!((refusal.code(), desk.room.log().size()), ("ratification.not_elected", size), "nothing is entered");
    enter(&mut desk, &[&elected[0], &elected[1]], &sent).unwrap();
    enter(&mut desk, &[&elected[0]], &Said::Ratified).unwrap();
    desk.refresh().unwrap();
    desk.passes();
    let (passes, said) = second(&desk);
    assert!(passes, "the second verifier: {said}");
    // The letter is of June, and the clock of the leaves in May: both tell so of each of the three, and refuse none.
    let report = desk.verified();
    let told = report.check("V.507").unwrap().detail.iter().filter(|own| own.code == "ratification.ahead");
    assert_eq!(told.filter(|own| own.matter == verify::Matter::Recorded).count(), 3);
    assert!(said.contains("ratification.ahead"), "{said}");
    let published = files_below(&desk.at("publication"));
    let file = |name: &str| String::from_utf8(published[&desk.at("publication").join(name)].clone()).unwrap();
    let table = file("docket/ratifications.csv");
    assert!(table.contains(&format!("{},yes,ratified,1", elected[0].1)), "{table}");
    assert!(table.contains(&format!("{},yes,sent,1", elected[1].1)), "{table}");
    let page = file("en/docket.html");
    assert!(page.contains("1 of 2 are ratified"), "{page}");
    let statement = file("announcement/statement-en.txt");
    assert!(statement.contains(&format!("except: {} ", elected[1].1)), "{statement}");
}
