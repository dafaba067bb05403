//! Leaves of the record, one after the other: whatever stands in them, a refused one changes nothing.

use record::State;
use sign::{Signer, canonical, dsse};
use testing::World;

use crate::is_coded;
use crate::world::{STATIONS, WORLD, slip};

/// The most leaves of an input.
const MOST: usize = 40;

/// Leaves, one a line: `SIGNERS KIND BODY`. A signer is a letter (see [`signers`]); in the body `@F` is the election
/// fingerprint, `@0` to `@9` the digest of the leaf of that line, `@A` and `@B` the codes of a slip of each station.
pub fn fold(data: &[u8]) {
    taken(data);
}

/// How many of the leaves may stand, one after the other.
fn taken(data: &[u8]) -> usize {
    let world = &*WORLD;
    let mut state = world.begin();
    let (mut leaves, mut taken) = (Vec::new(), vec![world.leaf_0.clone()]);
    for line in String::from_utf8_lossy(data).lines().take(MOST) {
        let mut words = line.splitn(3, ' ');
        let (Some(by), Some(kind), Some(body)) = (words.next(), words.next(), words.next()) else { continue };
        let head = String::from_utf8(canonical::to_bytes(&world.head()).expect("strings")).expect("JSON is UTF-8");
        let payload = format!(r#"{{"head":{head},"body":{}}}"#, filled(world, body, &leaves));
        let Ok(envelope) = dsse::sign(kind, payload.as_bytes(), &signers(world, by)) else { continue };
        let leaf = envelope.to_bytes();
        let before = format!("{state:?}");
        match state.apply(&world.frozen, &leaf) {
            Ok(()) => {
                let again = state.apply(&world.frozen, &leaf).expect_err("a leaf stands once");
                assert_eq!(election::Coded::code(&again), "record.repeated");
                taken.push(leaf.clone());
            }
            Err(problem) => {
                is_coded(&problem);
                assert_eq!(format!("{state:?}"), before, "a refused leaf changes nothing");
            }
        }
        leaves.push(leaf);
    }
    let again = State::fold(&world.frozen, &taken).expect("they stood before");
    assert_eq!(format!("{again:?}"), format!("{state:?}"), "the state is that of its leaves");
    let standings = state.standings(&world.frozen.definition);
    assert_eq!(standings.len(), world.frozen.definition.stations.len());
    let compared = state.compare(&world.frozen.definition);
    let open = state.open_matters(&world.frozen.definition);
    assert!(state.open_since(&world.frozen.definition).is_subset(&open));
    assert!(compared.identical <= compared.both && compared.both <= compared.expected);
    taken.len() - 1
}

/// The keys of `by`: `b` and `d` of the board, `o` and `p` officers, `c` the centre, `i` the intake, `x` a device.
fn signers<'a>(world: &'a World, by: &str) -> Vec<&'a dyn Signer> {
    let owner = |letter: char| match letter {
        'b' => Some("chair"),
        'd' => Some("deputy"),
        'o' => Some("officer_1"),
        'p' => Some("officer_2"),
        'c' => Some("centre"),
        'i' => Some("intake"),
        'x' => Some("d0101"),
        _ => None,
    };
    by.chars().filter_map(owner).map(|owner| &world.keys[owner] as &dyn Signer).collect()
}

fn filled(world: &World, body: &str, leaves: &[Vec<u8>]) -> String {
    let mut body = body.replace("@F", &world.fingerprint.to_string());
    for (mark, station) in ["@A", "@B"].into_iter().zip(STATIONS) {
        if body.contains(mark) {
            let codes = canonical::to_bytes(&slip(station, 1)).expect("strings");
            body = body.replace(mark, &String::from_utf8(codes).expect("JSON is UTF-8"));
        }
    }
    for (n, leaf) in leaves.iter().enumerate().take(10) {
        let mark = format!("@{n}");
        if body.contains(&mark) {
            body = body.replace(&mark, &election::Digest::of(leaf).to_string());
        }
    }
    body
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A seed that is refused at its first line teaches a fuzzer nothing.
    #[test]
    fn every_leaf_of_the_seeds_may_stand() {
        let seeds = [
            &include_bytes!("../examples/seeds/docket.txt")[..],
            include_bytes!("../examples/seeds/hand.txt"),
            include_bytes!("../examples/seeds/registers.txt"),
        ];
        for seed in seeds {
            assert_eq!(taken(seed), seed.iter().filter(|byte| **byte == b'\n').count());
        }
    }
}
