//! LG7: a witness that was away for hours, and one whose key gives way to another.

use std::collections::BTreeSet;

use election::Coded;
use log::Witness;
use log::policy::PolicyWitness;
use record::Body;
use record::rotation::{Cause, Request, Rotation};
use sign::{FileKey, KeyKind, Signer};
use testing::AT;
use verify::{Matter, Verdict};

use crate::common::{Desk, WORLD, package, second};

const COURT: &str = "court.example";
/// Ten hours after the first time that the witness saw the record.
const LATER: u64 = 1_778_036_000;

/// The board replaces the court's key, which signs as well unless it is lost; gives the new one.
fn rotate(desk: &mut Desk<'_>, cause: Cause) -> FileKey {
    let (old, new) = (&WORLD.keys["court"], FileKey::generate(KeyKind::Ed25519).unwrap());
    let request = Request {
        fingerprint: WORLD.fingerprint,
        name: COURT.into(),
        before: old.public_key().id(),
        key: new.public_key().clone(),
        cause,
    };
    let old = (cause != Cause::Lost).then_some(old as &dyn Signer);
    let request = String::from_utf8(request.signed(&new, old).unwrap().to_bytes()).unwrap();
    let body = Body::Rotation(Rotation { request, basis: "article 9".into() });
    desk.room.enter(&body, &WORLD.signers(&["board_1", "board_2"]), AT).unwrap();
    new
}

/// The lines of these bodies on the record as it is, the court's with this key.
fn lines(desk: &Desk<'_>, court: &FileKey, bodies: &[&str]) -> String {
    let text = &desk.room.log().checkpoint().text;
    let line = |witness: &PolicyWitness| {
        let key = if witness.body == "court" { court } else { &WORLD.keys[witness.body.as_str()] };
        format!("{}\n", witness.key.cosign(text, LATER, key).unwrap())
    };
    let witnesses = desk.room.policy_now().unwrap().witnesses;
    witnesses.iter().filter(|witness| bodies.contains(&witness.body.as_str())).map(line).collect()
}

#[test]
fn lg7_a_witness_catches_up_by_a_consistency_proof_and_its_new_key_takes_over() {
    let mut desk = Desk::new();
    let court = Witness { log: desk.room.log().key().clone(), name: COURT.into(), seen: None };
    let old = &WORLD.keys["court"];
    let (_, court) = court.cosign(&desk.room.request(0).unwrap(), old, 1_778_000_000).unwrap();
    // For hours nobody reaches it, and the record grows.
    desk.network(&[&package("s1", [6, 3, 1, 1])]);
    desk.stick(&[&package("s1", [6, 3, 1, 1])]);
    let request = desk.room.request(court.seen_size()).unwrap();
    assert!(court.seen_size() == 1 && !request.proof.is_empty());
    let (line, court) = court.cosign(&request, old, LATER).unwrap();
    assert_eq!(desk.room.cosigned(&line).unwrap().by, [COURT]);
    assert_eq!(court.seen_size(), desk.room.log().size());

    // Its key is stolen. Who has it signs the next checkpoint; nobody takes the line.
    let new = rotate(&mut desk, Cause::Stolen);
    let request = desk.room.request(court.seen_size()).unwrap();
    let (by_thief, _) = court.cosign(&request, old, LATER).unwrap();
    assert_eq!(desk.room.cosigned(&by_thief).unwrap_err().code(), "note.signature");
    // The new key goes on from what the witness has seen; the quorum still asks for the other group.
    let (line, court) = court.cosign(&request, &new, LATER).unwrap();
    let quorum = desk.room.cosigned(&line).unwrap();
    assert_eq!((quorum.met, quorum.lacking, quorum.by), (false, 1, vec![COURT.to_owned()]));
    assert_eq!(quorum.missing_groups, BTreeSet::from(["observer".to_owned()]));
    let officers = WORLD.signers(&["officer_1", "officer_2"]);
    assert_eq!(desk.room.announce(&officers, AT).unwrap_err().code(), "centre.not_yet");
    assert!(desk.room.cosigned(&lines(&desk, &new, &["observers"])).unwrap().met);
    assert_eq!(court.seen_size(), desk.room.log().size());
    // After a night the lines of both keys are judged by the place that each was made for.
    assert!(desk.open().unwrap().quorum().unwrap().met);
}

/// The record with the court's key replaced, announced and published.
fn published(cause: Cause) -> Desk<'static> {
    let mut desk = Desk::new();
    let (one, two) = (package("s1", [6, 3, 1, 1]), package("s2", [1, 2, 0, 0]));
    desk.network(&[&one, &two]);
    desk.stick(&[&one, &two]);
    desk.room.compare(AT).unwrap();
    desk.draw_lots();
    desk.cosign();
    let new = rotate(&mut desk, cause);
    let both = ["court", "observers"];
    desk.room.cosigned(&lines(&desk, &new, &both)).unwrap();
    desk.room.announce(&WORLD.signers(&["officer_1", "officer_2"]), AT).unwrap();
    let to = desk.at("publication");
    desk.room.publish(&to, AT, site::pages).unwrap();
    desk.room.cosigned(&lines(&desk, &new, &both)).unwrap();
    desk.room.publish(&to, AT, site::pages).unwrap();
    desk
}

#[test]
fn lg7_a_publication_across_a_planned_change_passes_and_names_it() {
    let report = published(Cause::Planned).passes();
    let seen = report.check("V.205").unwrap();
    let said: Vec<_> = seen.detail.iter().map(|own| (own.matter, own.place.as_str(), own.code.as_str())).collect();
    assert_eq!(said, [(Matter::Recorded, "witness court.example", "witness.new_key")]);
}

#[test]
fn lg7_the_second_verifier_says_the_same_of_every_cause() {
    for (cause, verdict, code) in [
        (Cause::Planned, "pass", "witness.new_key"),
        (Cause::Lost, "incomplete", "witness.lost_key"),
        (Cause::Stolen, "incomplete", "witness.stolen_key"),
    ] {
        let desk = published(cause);
        let (_, said) = second(&desk);
        assert!(said.contains(&format!("verdict: {verdict}")) && said.contains(code), "{cause:?}: {said}");
        let first = desk.verified();
        assert_eq!(first.verdict == Verdict::Pass, verdict == "pass", "{cause:?}");
        assert!(first.check("V.205").unwrap().detail.iter().any(|own| own.code == code), "{cause:?}");
    }
}

#[test]
fn lg7_after_a_loss_the_intakes_log_waits_for_the_new_key_and_every_page_says_who_vouches() {
    let desk = published(Cause::Lost);
    let report = desk.verified();
    assert_eq!(report.check("V.205").unwrap().detail[0].code, "witness.lost_key");
    // The old key's line on the intake's log proves nothing of when it was made.
    let intake = report.check("V.302").unwrap();
    assert_eq!((intake.failed, intake.missing, intake.detail[0].code.as_str()), (0, 1, "witness.quorum"));
    assert_eq!(report.verdict, Verdict::Incomplete);
    for page in ["en/index.html", "en/station/s1.html"] {
        let html = std::fs::read_to_string(desk.at("publication").join(page)).unwrap();
        let banner = "The key of the witness court.example was lost; the board alone vouches for the new one";
        assert!(html.contains(banner), "{page}");
    }
}
