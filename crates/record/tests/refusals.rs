//! Each reason code of a folder that cannot be frozen, and of figures that come to no outcome.

mod common;

use common::{World, figures};
use election::{Coded, Service};
use package::StationResults;
use sanad_record::entry::Lot;
use sanad_record::frozen::{Frozen, WITNESS_POLICY};
use sanad_record::{Body, Keyring, Outcome};

#[test]
fn a_folder_without_a_witness_policy_is_not_frozen() {
    let world = World::new();
    let mut folder = world.folder.clone();
    folder.files.remove(WITNESS_POLICY);
    let refused = world.frozen.freeze(&folder).unwrap_err();
    assert_eq!(refused.code(), "election.no_policy");
    assert!(refused.to_string().contains(WITNESS_POLICY), "{refused}");
}

#[test]
fn a_definition_with_problems_is_not_frozen_and_each_is_named() {
    let world = World::new();
    let mut folder = world.folder.clone();
    let people = String::from_utf8(folder.files["keys/people.csv"].clone()).unwrap();
    let cut: String = people.lines().filter(|line| !line.starts_with("chair,")).map(|l| format!("{l}\n")).collect();
    folder.files.insert("keys/people.csv".into(), cut.into_bytes());
    let refused = Frozen::of(&folder).unwrap_err();
    assert_eq!(refused.code(), "election.definition");
    assert!(refused.to_string().contains("keys/people.csv") && refused.to_string().contains("chair"), "{refused}");
}

#[test]
fn a_key_list_that_does_not_fit_the_definition_is_refused() {
    let world = World::new();
    let (def, lists) = (&world.frozen.definition, &world.frozen.lists);
    let refused = |lists: &election::KeyLists| {
        let refused = Keyring::new(def, lists).unwrap_err();
        (refused.code(), refused.to_string())
    };
    let mut stranger = lists.clone();
    stranger.people[0].person = "stranger".parse().unwrap();
    let (code, said) = refused(&stranger);
    assert_eq!(code, "keys.unknown_person");
    assert!(said.contains("stranger"), "{said}");

    // One list after another: a person's key, a device's, a service's.
    for (list, owner) in [(0, lists.people[0].person.as_str()), (1, lists.devices[0].device.as_str()), (2, "intake")] {
        let mut bad = lists.clone();
        match list {
            0 => bad.people[0].key = "MFkw".into(),
            1 => bad.devices[0].key = "MFkw".into(),
            _ => bad.services.iter_mut().find(|s| s.service == Service::Intake).unwrap().key = "MFkw".into(),
        }
        let (code, said) = refused(&bad);
        assert_eq!(code, "keys.unreadable");
        assert!(said.contains(&format!("'{owner}'")), "{said}");
    }

    let mut without = lists.clone();
    without.services.retain(|service| service.service != Service::IntakeLog);
    let ring = Keyring::new(def, &without).unwrap();
    let missing = ring.service(Service::IntakeLog).unwrap_err();
    assert_eq!(missing.code(), "keys.no_service");
    assert!(missing.to_string().contains("intake_log"), "{missing}");
    assert!(ring.service(Service::Centre).is_ok());
}

/// So many votes for rose, omar and sara.
fn package(world: &World, id: &str, votes: [u32; 3]) -> StationResults {
    let mut results = world.results(id, 1);
    let cast = votes.iter().sum::<u32>();
    let contest = &mut results.contests[0];
    (contest.ballots, contest.valid) = (cast, cast);
    for (name, votes) in ["rose", "omar", "sara"].iter().zip(votes) {
        contest.votes.insert(name.parse().unwrap(), votes);
    }
    results
}

fn refusal(world: &World, packages: &[StationResults], more: &[Body]) -> (&'static str, String) {
    let bodies: Vec<Body> = packages.iter().flat_map(|package| world.both(package)).chain(more.to_vec()).collect();
    let state = world.fold(&bodies);
    let refused = Outcome::of(&world.frozen.definition, &state, &figures(packages)).unwrap_err();
    (refused.code(), refused.to_string())
}

#[test]
fn votes_that_cannot_be_added_name_their_station() {
    let world = World::new();
    let mut stranger = package(&world, "0102", [3, 2, 1]);
    stranger.contests[0].contest = "mayor".parse().unwrap();
    let (code, said) = refusal(&world, &[package(&world, "0101", [5, 4, 3]), stranger], &[]);
    assert_eq!(code, "outcome.sum");
    assert!(said.contains("0102") && said.contains("mayor"), "{said}");

    // A vote for somebody who does not stand.
    let mut other = package(&world, "0101", [5, 4, 3]);
    other.contests[0].votes.insert("nobody".parse().unwrap(), 1);
    let (code, said) = refusal(&world, &[other], &[]);
    assert_eq!(code, "outcome.sum");
    assert!(said.contains("0101") && said.contains("nobody"), "{said}");
}

#[test]
fn a_lot_that_names_another_than_those_tied_gives_no_seat() {
    let world = World::new();
    let packages = [package(&world, "0101", [5, 5, 1])];
    let bodies: Vec<Body> = world.both(&packages[0]).to_vec();
    let open = world.outcome(&world.fold(&bodies), &packages);
    let [lot] = &open.allotments[&"member".parse().unwrap()].lots_needed[..] else { panic!("a tie for one seat") };
    let drawn = |name: &str| {
        let outcome = tally::LotOutcome { id: lot.id.clone(), drawn: vec![name.parse().unwrap()] };
        Body::Lot(Lot { outcome, drawing: "an urn".into(), supersedes: None })
    };
    let (code, said) = refusal(&world, &packages, &[drawn("sara")]);
    assert_eq!(code, "outcome.seats");
    assert!(said.contains("member"), "{said}");
    let told = world.outcome(&world.fold(&[bodies, vec![drawn("omar")]].concat()), &packages);
    assert_eq!(told.allotments[&"member".parse().unwrap()].elected[0].candidate.as_str(), "omar");
}
