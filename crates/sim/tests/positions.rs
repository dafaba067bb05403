//! Very many positions of known truth: none is read wrong (VVSG 2.0, 1.2-B; the rule of three turns zero errors in n
//! positions into an upper 95 % bound of 3 / n).

mod common;

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Instant;

use ballot::read;
use common::hostile::{Hostile, MATRIX, hands, scan};
use common::press::{Press, Score};
use election::Lang;
use rayon::prelude::*;
use sanad_sim::Rng;
use sanad_sim::scanner::Wear;

/// Sheets of two kinds, ordinary and dense ones, most on an ordinary scanner, some worn, a quarter with two of the
/// distortions that paper has.
fn run(positions: u64, seed: u64) -> (Score, Score) {
    let ordinary = Press::new(&common::definition(36, 40, Lang::ALL.to_vec()), &[200]);
    let dense = Press::new(&common::definition(6, 900, Lang::ALL.to_vec()), &[200]);
    let (few, many) = (ordinary.bubbles().count() as u64, dense.bubbles().count() as u64);
    let start = Instant::now();
    let done = AtomicU64::new(0);
    // One dense sheet after three ordinary ones.
    let rounds = positions.div_ceil(3 * few + many);
    let sheet = |number: u64| {
        let press = if number % 4 == 3 { &dense } else { &ordinary };
        let mut rng = Rng::of(seed, &format!("positions/{number}"));
        let wear = if rng.chance(250) { Wear::rough() } else { Wear::ordinary() };
        let mut hostile = vec![Hostile::Plain];
        if rng.chance(250) {
            hostile = (0..2).map(|_| MATRIX[rng.below(MATRIX.len() as u32) as usize]).collect();
        }
        // Some sheets are nearly empty, some half full.
        let share = [20, 60, 120, 400][rng.below(4) as usize];
        let truth = press.votes(share, &mut rng, hands(50));
        let images = scan(press, 200, &truth, &hostile, &wear, &mut rng);
        let reading = read(&images[0], images.get(1), &press.design);
        let mut score = Score::default();
        score.judge(&reading, &truth, || format!("seed {seed}, sheet {number}, {hostile:?}"));
        let before = done.fetch_add(score.positions, Ordering::Relaxed);
        if (before + score.positions) / 500_000 != before / 500_000 {
            let so_far = before + score.positions;
            eprintln!(
                "{so_far} positions after {:.0} s; wrong here: {}",
                start.elapsed().as_secs_f64(),
                score.wrong.len()
            );
        }
        let is_plain = hostile == [Hostile::Plain] && wear == Wear::ordinary() && number % 4 != 3;
        if is_plain { (score, Score::default()) } else { (Score::default(), score) }
    };
    let plus = |a: (Score, Score), b: (Score, Score)| (a.0.plus(b.0), a.1.plus(b.1));
    (0..rounds * 4).into_par_iter().map(sheet).reduce(Default::default, plus)
}

fn held(positions: u64, seed: u64) {
    let (plain, rest) = run(positions, seed);
    println!("ordinary sheets on an ordinary scanner: {}", plain.line());
    println!("dense sheets, worn scanners, hostile paper: {}", rest.line());
    let all = plain.clone().plus(rest);
    println!("seed {seed}, all: {}", all.line());
    println!("upper 95 % bound of the error rate: {:.1e}", 3.0 / all.positions as f64);
    assert!(all.wrong.is_empty(), "{} wrong, such as {:?}", all.wrong.len(), &all.wrong[..all.wrong.len().min(5)]);
    assert!(plain.read == plain.sheets, "an ordinary sheet was rejected: {}", plain.line());
    assert!(plain.contests_ambiguous * 100 < plain.contests, "too many doubts: {}", plain.line());
}

#[test]
fn bi6_no_position_is_read_wrong() {
    held(40_000, 1);
}

#[test]
#[ignore = "slow: 10,000,000 positions, or as many as SANAD_POSITIONS says, from SANAD_SEED; about half an hour"]
fn bi6_ten_million_positions() {
    let number = |name, otherwise| std::env::var(name).map_or(otherwise, |n| n.parse().expect("a number"));
    // A fifth more, for sheets that are rejected.
    held(number("SANAD_POSITIONS", 10_000_000) * 6 / 5, number("SANAD_SEED", 2018));
}
