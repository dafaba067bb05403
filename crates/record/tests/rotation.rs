//! LG7: a witness's key is lost, stolen or changed. The leaf that replaces it, and which key counts for which checkpoint.

mod common;

use std::collections::BTreeSet;

use common::{World, refused, take};
use log::note::{Note, NoteAlgorithm, NoteKey};
use log::policy::{Policy, PolicyWitness};
use sanad_record::rotation::{Cause, Request, Rotation};
use sanad_record::{Body, State};
use sign::{FileKey, KeyKind, Signer};

const BOARD: [&str; 2] = ["chair", "deputy"];
const COURT: &str = "minimal/court";
const OBSERVERS: &str = "minimal/observers";

fn ed25519() -> FileKey {
    FileKey::generate(KeyKind::Ed25519).unwrap()
}

/// Court and observers; one of each must cosign.
fn policy(world: &World) -> Policy {
    let witness = |name: &str, body: &str, group: &str| {
        let key = world.keys[body].public_key().clone();
        let key = NoteKey::new(name, NoteAlgorithm::CosignatureV1, key).unwrap();
        PolicyWitness { key, body: body.into(), group: group.into() }
    };
    let witnesses = vec![witness(COURT, "court", "court"), witness(OBSERVERS, "observers", "observer")];
    Policy { logs: Vec::new(), witnesses, threshold: 2 }
}

/// A checkpoint of so many leaves with a line of each of these.
fn checkpoint(size: u64, by: &[(&str, &FileKey)]) -> Note {
    let text = format!("minimal/record\n{size}\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n");
    let line = |(name, key): &(&str, &FileKey)| {
        let own = NoteKey::new(name, NoteAlgorithm::CosignatureV1, key.public_key().clone()).unwrap();
        own.cosign(&text, 1_778_000_000, *key).unwrap()
    };
    let signatures = by.iter().map(line).collect();
    Note { text, signatures }
}

/// What the court asks for, before it is signed.
fn asked(world: &World, cause: Cause, new: &FileKey) -> Request {
    Request {
        fingerprint: world.fingerprint,
        name: COURT.into(),
        before: world.keys["court"].public_key().id(),
        key: new.public_key().clone(),
        cause,
    }
}

fn body(request: &Request, new: &FileKey, old: Option<&FileKey>) -> Body {
    let note = request.signed(new, old.map(|key| key as &dyn Signer)).unwrap();
    Body::Rotation(Rotation { request: String::from_utf8(note.to_bytes()).unwrap(), basis: "article 9".into() })
}

/// The record after the court's key gave way in leaf 1, and the new key.
fn rotated(world: &World, cause: Cause) -> (State, FileKey) {
    let (mut state, new) = (world.begin(), ed25519());
    let old = (cause != Cause::Lost).then(|| &world.keys["court"]);
    take(world, &mut state, &body(&asked(world, cause, &new), &new, old), &BOARD);
    (state, new)
}

#[test]
fn lg7_the_old_key_counts_up_to_the_leaf_and_the_new_one_after_it() {
    let world = World::new();
    let (policy, old, observers) = (policy(&world), &world.keys["court"], &world.keys["observers"]);
    for cause in Cause::ALL {
        let (state, new) = rotated(&world, cause);
        let judge = |size: u64, court: &FileKey| {
            let note = checkpoint(size, &[(COURT, court), (OBSERVERS, observers)]);
            let quorum = state.policy_at(&policy, size).quorum(&note);
            (quorum.met, quorum.refused)
        };
        let stranger = vec![COURT.to_owned()];
        // The checkpoint of one leaf does not cover leaf 1.
        assert_eq!(judge(1, old), (true, vec![]), "{cause:?}");
        assert_eq!(judge(1, &new), (false, stranger.clone()), "{cause:?}");
        for size in [2, 3, 1_000] {
            assert_eq!(judge(size, old), (false, stranger.clone()), "{cause:?}, {size}");
            assert_eq!(judge(size, &new), (true, vec![]), "{cause:?}, {size}");
        }
        // The body is still the one of its group, and the other group is asked for as before.
        let own = state.policy_at(&policy, 2).quorum(&checkpoint(2, &[(COURT, &new)]));
        assert_eq!((own.met, own.bodies), (false, BTreeSet::from(["court".to_owned()])));
        assert_eq!(own.missing_groups, BTreeSet::from(["observer".to_owned()]));
        let both = state.policy_at(&policy, 2).quorum(&checkpoint(2, &[(COURT, &new), (COURT, old)]));
        assert_eq!((both.met, both.bodies.len()), (false, 1), "two keys of one body are one body");
    }
}

#[test]
fn lg7_a_key_that_took_over_can_give_way_too() {
    let world = World::new();
    let (mut state, second) = rotated(&world, Cause::Planned);
    let third = ed25519();
    let again = Request { before: second.public_key().id(), ..asked(&world, Cause::Stolen, &third) };
    take(&world, &mut state, &body(&again, &third, Some(&second)), &BOARD);
    let key_at = |size| state.policy_at(&policy(&world), size).witnesses[0].key.key.clone();
    let keys = [&world.keys["court"], &second, &third].map(|key| key.public_key().clone());
    assert_eq!([1, 2, 3].map(key_at), keys);
}

#[test]
fn lg7_the_board_alone_never_vouches_for_a_whole_quorum() {
    let world = World::new();
    let (mut state, second) = rotated(&world, Cause::Lost);
    let observers = &world.keys["observers"];
    let new = ed25519();
    let of_observers =
        |cause| Request { name: OBSERVERS.into(), before: observers.public_key().id(), ..asked(&world, cause, &new) };
    let lost = body(&of_observers(Cause::Lost), &new, None);
    assert_eq!(refused(&world, &mut state, &lost, &BOARD), "rotation.quorum");
    // A key that the board let begin lets another begin: that is no more the court's own than the first.
    let third = ed25519();
    let again = Request { before: second.public_key().id(), ..asked(&world, Cause::Planned, &third) };
    take(&world, &mut state, &body(&again, &third, Some(&second)), &BOARD);
    assert_eq!(refused(&world, &mut state, &lost, &BOARD), "rotation.quorum");
    // The same body may lose its key once more, and the other one change its own.
    let fourth = ed25519();
    let once_more = Request { before: third.public_key().id(), ..asked(&world, Cause::Lost, &fourth) };
    take(&world, &mut state, &body(&once_more, &fourth, None), &BOARD);
    take(&world, &mut state, &body(&of_observers(Cause::Stolen), &new, Some(observers)), &BOARD);
}

#[test]
fn lg7_fewer_bodies_than_must_cosign_are_no_quorum() {
    let mut folder = election::scaffold();
    let toml = String::from_utf8(folder.files["election.toml"].clone()).unwrap();
    assert!(toml.contains("\nwitnesses = 1 "), "{toml}");
    folder.files.insert("election.toml".into(), toml.replace("\nwitnesses = 1 ", "\nwitnesses = 3 ").into_bytes());
    folder.files.get_mut("witnesses.csv").unwrap().extend(b"judges,court,Judges\n");
    let world = World::of(folder);
    let mut state = world.begin();
    let lost = |witness: &str| {
        let (new, before) = (ed25519(), world.keys[witness].public_key().id());
        let request = Request { name: format!("minimal/{witness}"), before, ..asked(&world, Cause::Lost, &new) };
        body(&request, &new, None)
    };
    take(&world, &mut state, &lost("court"), &BOARD);
    take(&world, &mut state, &lost("observers"), &BOARD);
    assert_eq!(refused(&world, &mut state, &lost("judges"), &BOARD), "rotation.quorum");
}

#[test]
fn lg7_the_definition_says_for_how_many_bodies_the_board_alone_may_vouch() {
    let of_three = |most: &str| {
        let mut folder = election::scaffold();
        let toml = String::from_utf8(folder.files["election.toml"].clone()).unwrap();
        let with = format!("\n{most}witnesses = 3 ");
        folder.files.insert("election.toml".into(), toml.replace("\nwitnesses = 1 ", &with).into_bytes());
        folder.files.get_mut("witnesses.csv").unwrap().extend(b"judges,court,Judges\n");
        World::of(folder)
    };
    // Without the figure, all bodies of a quorum but one; with it, as many as it says.
    for (most, others) in
        [("", None), ("lost_witnesses = 2\n", None), ("lost_witnesses = 1\n", Some("rotation.quorum"))]
    {
        let world = of_three(most);
        let mut state = world.begin();
        let asked_by = |witness: &str, cause: Cause, before: &FileKey, new: &FileKey| Request {
            name: format!("minimal/{witness}"),
            before: before.public_key().id(),
            ..asked(&world, cause, new)
        };
        let [first, second, third] = [(); 3].map(|()| ed25519());
        let lost = asked_by("court", Cause::Lost, &world.keys["court"], &first);
        take(&world, &mut state, &body(&lost, &first, None), &BOARD);
        let observers = &world.keys["observers"];
        let other = body(&asked_by("observers", Cause::Lost, observers, &second), &second, None);
        match others {
            None => {
                take(&world, &mut state, &other, &BOARD);
            }
            Some(code) => {
                assert_eq!(refused(&world, &mut state, &other, &BOARD), code);
                // With the old key's signature, and of a body that is counted already, a key may give way.
                let signed = asked_by("observers", Cause::Planned, observers, &second);
                take(&world, &mut state, &body(&signed, &second, Some(observers)), &BOARD);
                let again = asked_by("court", Cause::Lost, &first, &third);
                take(&world, &mut state, &body(&again, &third, None), &BOARD);
            }
        }
    }
    // None at all.
    let (world, new) = (of_three("lost_witnesses = 0\n"), ed25519());
    let lost = body(&asked(&world, Cause::Lost, &new), &new, None);
    assert_eq!(refused(&world, &mut world.begin(), &lost, &BOARD), "rotation.quorum");
}

/// Keys whose cosignatures have one short id under the court's name.
const ALIKE: [&str; 2] = [
    "MC4CAQAwBQYDK2VwBCIEIAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAABEK",
    "MC4CAQAwBQYDK2VwBCIEIAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAANQF",
];

#[test]
fn lg7_lines_of_a_witness_tell_its_keys_apart() {
    let world = World::new();
    let [first, second] = ALIKE.map(|key| {
        let pem = format!("-----BEGIN PRIVATE KEY-----\n{key}\n-----END PRIVATE KEY-----\n");
        FileKey::from_pem(&pem).unwrap()
    });
    let id = |key: &FileKey| NoteKey::new(COURT, NoteAlgorithm::CosignatureV1, key.public_key().clone()).unwrap().id();
    assert!(id(&first) == id(&second) && first.public_key() != second.public_key());
    let mut state = world.begin();
    let request = asked(&world, Cause::Planned, &first);
    take(&world, &mut state, &body(&request, &first, Some(&world.keys["court"])), &BOARD);
    let alike = Request { before: first.public_key().id(), ..asked(&world, Cause::Planned, &second) };
    assert_eq!(refused(&world, &mut state, &body(&alike, &second, Some(&first)), &BOARD), "rotation.key");
    // Nor does it come later, when the first has given way.
    let third = ed25519();
    let between = Request { before: first.public_key().id(), ..asked(&world, Cause::Planned, &third) };
    take(&world, &mut state, &body(&between, &third, Some(&first)), &BOARD);
    let later = Request { before: third.public_key().id(), ..alike };
    assert_eq!(refused(&world, &mut state, &body(&later, &second, Some(&third)), &BOARD), "rotation.key");
}

#[test]
fn lg7_on_the_intakes_log_a_planned_change_keeps_the_old_key_and_a_theft_does_not() {
    let world = World::new();
    let (policy, old, observers) = (policy(&world), &world.keys["court"], &world.keys["observers"]);
    for (cause, old_counts) in [(Cause::Planned, true), (Cause::Lost, false), (Cause::Stolen, false)] {
        let (state, new) = rotated(&world, cause);
        let judge = |by: &[(&str, &FileKey)]| {
            let quorum = state.intake_policy(&policy).quorum(&state.without_gone(&checkpoint(9, by)));
            (quorum.met, quorum.bodies.len(), quorum.refused)
        };
        let met = |yes| (yes, 1 + usize::from(yes), Vec::<String>::new());
        assert_eq!(judge(&[(COURT, old), (OBSERVERS, observers)]), met(old_counts), "{cause:?}");
        assert_eq!(judge(&[(COURT, &new), (OBSERVERS, observers)]), met(true), "{cause:?}");
        assert_eq!(judge(&[(COURT, &new), (COURT, old)]), met(false), "{cause:?}: one body");
        let stranger = ed25519();
        assert_eq!(judge(&[(COURT, &stranger), (OBSERVERS, observers)]).2, [COURT], "{cause:?}");
    }
}

#[test]
fn lg7_what_is_not_signed_so_does_not_stand() {
    let world = World::new();
    let (mut state, new, old) = (world.begin(), ed25519(), &world.keys["court"]);
    let (planned, lost) = (asked(&world, Cause::Planned, &new), asked(&world, Cause::Lost, &new));
    let mut refuse = |body: &Body, by: &[&str]| refused(&world, &mut state, body, by);
    let good = body(&planned, &new, Some(old));

    // The board, and as many of it as its threshold.
    assert_eq!(refuse(&good, &["chair"]), "record.threshold");
    assert_eq!(refuse(&good, &["officer_1", "officer_2"]), "record.signature");
    // The old key, unless it is lost; and a lost one signs nothing.
    assert_eq!(refuse(&body(&planned, &new, None), &BOARD), "rotation.old_signature");
    assert_eq!(refuse(&body(&asked(&world, Cause::Stolen, &new), &new, None), &BOARD), "rotation.old_signature");
    assert_eq!(refuse(&body(&lost, &new, Some(old)), &BOARD), "rotation.old_signature");
    // Whoever asks has the new key.
    assert_eq!(refuse(&body(&planned, &ed25519(), Some(old)), &BOARD), "rotation.new_signature");
    // A third hand on the request.
    let mut third = lost.signed(&new, None).unwrap();
    third.sign(COURT, &ed25519()).unwrap();
    let request = String::from_utf8(third.to_bytes()).unwrap();
    let third = Body::Rotation(Rotation { request, basis: "article 9".into() });
    assert_eq!(refuse(&third, &BOARD), "rotation.form");

    // Another election, another witness, another key before it.
    let elsewhere = Request { fingerprint: election::Digest::of(b"another"), ..planned.clone() };
    assert_eq!(refuse(&body(&elsewhere, &new, Some(old)), &BOARD), "record.fingerprint");
    let nobody = Request { name: "minimal/nobody".into(), ..planned.clone() };
    assert_eq!(refuse(&body(&nobody, &new, Some(old)), &BOARD), "rotation.witness");
    let before = Request { before: new.public_key().id(), ..planned.clone() };
    assert_eq!(refuse(&body(&before, &new, Some(old)), &BOARD), "rotation.before");
    // A key that somebody has: the witness itself, another one, a log.
    for taken in ["court", "observers", "record_log"] {
        let taken = &world.keys[taken];
        let request = asked(&world, Cause::Planned, taken);
        assert_eq!(refuse(&body(&request, taken, Some(old)), &BOARD), "rotation.key");
    }
    // Of another kind: no note can be signed with it, so the signature is that of another key.
    let p256 = Request { key: world.keys["chair"].public_key().clone(), ..planned.clone() };
    assert_eq!(refuse(&body(&p256, &new, Some(old)), &BOARD), "rotation.key");

    let Body::Rotation(own) = &good else { unreachable!() };
    let no_basis = Body::Rotation(Rotation { basis: " ".into(), ..own.clone() });
    assert_eq!(refuse(&no_basis, &BOARD), "decision.no_reason");
    for (from, to) in [("rotation v1", "rotation v2"), ("\nplanned\n", "\nplaned\n"), ("\n\n", "\n")] {
        let other = Body::Rotation(Rotation { request: own.request.replacen(from, to, 1), ..own.clone() });
        assert_eq!(refuse(&other, &BOARD), "rotation.form", "{to:?}");
    }

    take(&world, &mut state, &good, &BOARD);
    // The same request once more: the key before it is no longer the one that counts.
    let Body::Rotation(own) = good else { unreachable!() };
    let again = Body::Rotation(Rotation { basis: "article 10".into(), ..own });
    assert_eq!(refused(&world, &mut state, &again, &BOARD), "rotation.before");
    // Nor does a key that gave way come back.
    let back = Request { before: new.public_key().id(), ..asked(&world, Cause::Planned, old) };
    assert_eq!(refused(&world, &mut state, &body(&back, old, Some(&new)), &BOARD), "rotation.key");
}
