//! The checkpoint that witnesses had cosigned before the polls: which may be kept, and what it shows.

use election::Coded;
use log::merkle::{Hash, Tree, leaf_hash};
use log::{Checkpoint, Note};
use sanad_record::entry::{Amendment, Seen};
use sanad_record::rotation::{Cause, Request, Rotation};
use sanad_record::{Body, State};
use sign::{FileKey, KeyKind, Signer as _};
use testing::World;

/// 7 o'clock in Baghdad on the day of the vote, 12 May 2026.
const OPENS: u64 = 1_778_558_400;
const RECORD: &str = "tiny/record";
const BOARD: [&str; 2] = ["board_1", "board_2"];

/// The tiny election, whose polls have an hour.
fn world() -> World {
    let mut folder = testing::folder(1);
    folder.files.get_mut("election.toml").unwrap().extend(b"\n[law]\npolls_open = \"07:00\"\n");
    World::of(folder)
}

fn root_of(leaves: &[&[u8]]) -> Hash {
    Tree::of(leaves.iter().copied().map(leaf_hash)).root_at(leaves.len() as u64).unwrap()
}

/// A checkpoint signed with this key, with a line of each of these bodies at its time.
fn note(world: &World, checkpoint: &Checkpoint, by: &str, lines: &[(&str, u64)]) -> Note {
    let mut note = Note { text: checkpoint.to_text(), signatures: Vec::new() };
    note.sign(&checkpoint.origin, &world.keys[by]).unwrap();
    for (body, time) in lines {
        let witness = world.policy().witnesses.into_iter().find(|witness| witness.body == *body).unwrap();
        note.signatures.push(witness.key.cosign(&note.text, *time, &world.keys[*body]).unwrap());
    }
    note
}

/// The checkpoint of leaf 0 alone, as court and observers cosigned it at these times.
fn freeze_seen(world: &World, [court, observers]: [u64; 2]) -> Note {
    let checkpoint = Checkpoint { origin: RECORD.into(), size: 1, root: root_of(&[&world.leaf_0]) };
    note(world, &checkpoint, "record_log", &[("court", court), ("observers", observers)])
}

fn kept(note: &Note) -> Body {
    Body::Seen(Seen { checkpoint: String::from_utf8(note.to_bytes()).unwrap() })
}

fn amended(before: &str, after: &str) -> Body {
    let [before, after] = [before, after].map(|text| Some(text.to_owned()));
    let (reason, basis) = ("a law".into(), "law 5".into());
    Body::Amendment(Amendment { key: "seats.short_list".into(), before, after, reason, basis })
}

fn take(world: &World, state: &mut State, body: &Body, by: &[&str]) {
    state.apply(&world.frozen, &world.sign(body, by)).unwrap_or_else(|e| panic!("{}: {e}", e.code()));
}

/// Why it does not stand; it changes nothing.
fn refused(world: &World, state: &mut State, body: &Body, by: &[&str]) -> &'static str {
    let before = format!("{state:?}");
    let problem = state.apply(&world.frozen, &world.sign(body, by)).expect_err("it is refused");
    assert_eq!(format!("{state:?}"), before, "nothing changes");
    assert!(!problem.next().is_empty());
    problem.code()
}

#[test]
fn what_no_quorum_has_cosigned_is_not_kept() {
    let world = world();
    let mut state = world.begin();
    let (early, root) = (OPENS - 9, root_of(&[&world.leaf_0]));
    let both = [("court", early), ("observers", early)];
    let own = Checkpoint { origin: RECORD.into(), size: 1, root };
    let good = note(&world, &own, "record_log", &both);
    let mut refuse = |note: &Note| refused(&world, &mut state, &kept(note), &["centre"]);

    let no_checkpoint = Note { text: "a note\n".into(), ..good.clone() };
    assert_eq!(refuse(&no_checkpoint), "witnessed.form");
    let elsewhere = Checkpoint { origin: "tiny/intake".into(), ..own.clone() };
    assert_eq!(refuse(&note(&world, &elsewhere, "record_log", &both)), "witnessed.log");
    assert_eq!(refuse(&note(&world, &own, "court", &both)), "witnessed.log");
    for size in [0, 2] {
        let other = Checkpoint { size, ..own.clone() };
        assert_eq!(refuse(&note(&world, &other, "record_log", &both)), "witnessed.size", "{size}");
    }
    let mut altered = good.clone();
    altered.signatures[2].signature[20] ^= 1;
    assert_eq!(refuse(&altered), "witnessed.line");
    assert_eq!(refuse(&note(&world, &own, "record_log", &both[..1])), "witnessed.quorum");
    assert_eq!(refuse(&note(&world, &own, "record_log", &[both[0], ("court", early + 1)])), "witnessed.quorum");

    // The centre reports it, and nobody else.
    assert_eq!(refused(&world, &mut state, &kept(&good), &["officer_1", "officer_2"]), "record.signature");
    let nothing = Body::Seen(Seen { checkpoint: String::new() });
    assert_eq!(refused(&world, &mut state, &nothing, &["centre"]), "witnessed.form");
    take(&world, &mut state, &kept(&good), &["centre"]);
}

/// With a key that was stolen since, anybody can put any time on a checkpoint of the freeze.
#[test]
fn a_key_that_was_stolen_says_nothing_of_when_it_signed() {
    let (world, new) = (world(), FileKey::generate(KeyKind::Ed25519).unwrap());
    let request = Request {
        fingerprint: world.fingerprint,
        name: "court.example".into(),
        before: world.keys["court"].public_key().id(),
        key: new.public_key().clone(),
        cause: Cause::Stolen,
    };
    let request = request.signed(&new, Some(&world.keys["court"])).unwrap();
    let request = String::from_utf8(request.to_bytes()).unwrap();
    let stolen = Body::Rotation(Rotation { request, basis: "article 9".into() });
    let early = kept(&freeze_seen(&world, [OPENS - 9; 2]));
    let mut state = world.begin();
    take(&world, &mut state, &early, &["centre"]);
    take(&world, &mut state, &stolen, &BOARD);
    assert!(state.before_polls(&world.frozen.definition).unwrap().holds(), "it was kept while the key was good");
    let mut state = world.begin();
    take(&world, &mut state, &stolen, &BOARD);
    assert_eq!(refused(&world, &mut state, &early, &["centre"]), "witnessed.quorum");
}

#[test]
fn the_freeze_was_seen_when_the_last_of_the_quorum_had_seen_it() {
    let (world, before) = (world(), [OPENS - 1, OPENS - 100]);
    for (times, since, holds) in [
        (before, OPENS - 1, true),
        ([OPENS - 100, OPENS], OPENS, false),
        ([OPENS, OPENS - 100], OPENS, false),
        ([OPENS + 7, OPENS + 9], OPENS + 9, false),
        ([1, u64::MAX], u64::MAX, false),
    ] {
        let mut state = world.begin();
        take(&world, &mut state, &kept(&freeze_seen(&world, times)), &["centre"]);
        let own = state.before_polls(&world.frozen.definition).unwrap();
        assert_eq!((own.opens, own.since, own.holds()), (OPENS as i64, Some(since), holds), "{times:?}");
    }
    // Nothing is kept; then too late; then the early one is found and kept as well.
    let mut state = world.begin();
    let own = |state: &State| state.before_polls(&world.frozen.definition).map(|own| (own.since, own.holds()));
    assert_eq!(own(&state), Some((None, false)));
    take(&world, &mut state, &kept(&freeze_seen(&world, [OPENS, OPENS])), &["centre"]);
    assert_eq!(own(&state), Some((Some(OPENS), false)));
    take(&world, &mut state, &kept(&freeze_seen(&world, before)), &["centre"]);
    assert_eq!(own(&state), Some((Some(OPENS - 1), true)));
    // Without an hour nothing is before it.
    let none = World::new(1);
    let mut state = none.begin();
    take(&none, &mut state, &kept(&freeze_seen(&none, before)), &["centre"]);
    assert_eq!(state.before_polls(&none.frozen.definition), None);
}

#[test]
fn a_change_of_rules_is_seen_with_the_checkpoint_that_covers_it() {
    let world = world();
    let mut state = world.begin();
    assert!(state.has_unkept());
    let first = world.sign(&amended("vacant", "next_quotient"), &BOARD);
    state.apply(&world.frozen, &first).unwrap();
    take(&world, &mut state, &kept(&freeze_seen(&world, [OPENS - 9; 2])), &["centre"]);
    assert!(state.has_unkept(), "of the amendment no checkpoint is kept");
    let told = |state: &State| {
        let own = state.before_polls(&world.frozen.definition).unwrap();
        (own.seen, own.unseen)
    };
    assert_eq!(told(&state), (vec![(0, "freeze")], vec![(1, "amendment")]));
    let checkpoint = Checkpoint { origin: RECORD.into(), size: 2, root: root_of(&[&world.leaf_0, &first]) };
    let both = note(&world, &checkpoint, "record_log", &[("court", OPENS - 3), ("observers", OPENS - 3)]);
    take(&world, &mut state, &kept(&both), &["centre"]);
    assert!(!state.has_unkept());
    take(&world, &mut state, &amended("next_quotient", "vacant"), &BOARD);
    assert!(state.has_unkept());
    assert_eq!(told(&state), (vec![(0, "freeze"), (1, "amendment")], vec![(4, "amendment")]));
    assert_eq!(state.ruled.len(), 3);
}
