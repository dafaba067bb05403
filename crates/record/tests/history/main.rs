//! Any order that the fold takes comes to the same result.
//!
//! A history is drawn: every kind of leaf that can change a result after the count, and those of the docket and of the registers around
//! them, each as somebody at the centre could enter it then. The same signed leaves are folded again in other orders. Nothing says
//! beforehand which orders are allowed: the fold does, leaf by leaf. What must hold of each:
//!
//! - standings, results, docket and registers are the same bytes ([`result`]);
//! - a leaf that is refused at one place and stands at another is refused there for one of [`orders::REASONS`], and for no other;
//! - the same leaves in another order take the same next leaf ([`orders::in_another_order`] ends for no other reason);
//! - what is wrong by itself is refused at every place, for the same reason ([`orders::wrong`]).
//!
//! A leaf names another by the hash of its bytes, so a signature outlives every order, and no leaf stands before what it names. None names
//! the index of another but an announcement, in the checkpoint that the witnesses cosigned, which is for the log to check and not for the
//! fold. Leaves that change no result and have tests of their own are not drawn: redactions, looks at networks, bundles of evidence,
//! successions and rotations of keys.

#[path = "../common/mod.rs"]
mod common;
mod draw;
mod moves;
mod orders;
mod result;

use std::cell::RefCell;
use std::collections::BTreeSet;

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::test_runner::{Config, TestCaseError, TestRunner};

use draw::Play;
use orders::{REASONS, Refusal, Taken};
use result::Result;

/// What was met in all histories of a run.
#[derive(Default)]
struct Met {
    kinds: BTreeSet<&'static str>,
    reasons: BTreeSet<&'static str>,
    /// Leaves that stand at another place than in their history.
    moved: usize,
}

/// Draws so many histories, each told in `orders` other orders.
fn told_anew(histories: u32, orders: usize) -> Met {
    common::entropy_is_alive();
    let plays = ["sub_judice", "rank_then_date"].map(Play::new);
    let met = RefCell::new(Met::default());
    let strategy = (any::<[bool; 2]>(), vec(any::<[u8; 8]>(), 30..70), vec(any::<u64>(), orders));
    let config = Config { source_file: Some(file!()), ..Config::with_cases(histories) };
    let told = TestRunner::new(config).run(&strategy, |([ranked, has_come], moves, seeds)| {
        let play = &plays[usize::from(ranked)];
        let history = draw::history(play, has_come, &moves);
        let mut met = met.borrow_mut();
        met.kinds.extend(history.entries.iter().map(|entry| entry.body.kind()));
        let first = Result::of(play, &history.state, &history.leaves);
        for seed in seeds {
            let Taken { order, state, refusals } = orders::in_another_order(play, &history, seed);
            let leaves: Vec<Vec<u8>> = order.iter().map(|index| history.leaves[*index].clone()).collect();
            Result::of(play, &state, &leaves).is(&first).map_err(|differs| {
                let kinds: Vec<_> =
                    order.iter().map(|at| format!("{at} {}", history.entries[*at].body.kind())).collect();
                TestCaseError::fail(format!("{differs}\nin the order {}", kinds.join(", ")))
            })?;
            met.reasons.extend(refusals.iter().filter_map(Refusal::reason));
            met.moved += order.iter().enumerate().filter(|(place, index)| place != *index).count();
        }
        Ok(())
    });
    told.unwrap_or_else(|failed| panic!("{failed}"));
    met.into_inner()
}

#[test]
fn tb1_random_histories_come_to_the_same_result_in_every_allowed_order() {
    let met = told_anew(96, 2);
    assert!(met.moved > 1000, "the orders are others: {} leaves moved", met.moved);
    for kind in ["import", "slip", "order", "recount", "hand_count", "complaint", "classification", "ruling", "act"] {
        assert!(met.kinds.contains(kind), "{kind} was never drawn: {:?}", met.kinds);
    }
}

#[test]
#[ignore = "slow: 2,000 histories in eight orders, some minutes; see docs/tests.md"]
fn many_random_histories_come_to_the_same_result_in_every_allowed_order() {
    let met = told_anew(2000, 8);
    let drawn: BTreeSet<&str> = draw::KINDS.into_iter().collect();
    assert_eq!(met.kinds, drawn, "every kind is drawn, and no other");
    let all: BTreeSet<&str> = REASONS.iter().map(|(_, _, why)| *why).collect();
    assert!(met.reasons.len() * 2 > all.len(), "most reasons are met: {:?}", met.reasons);
    println!("reasons that nothing met: {:?}", all.difference(&met.reasons).collect::<Vec<_>>());
    println!("{} leaves at another place", met.moved);
}
