//! Every distortion that paper and scanners have: a sheet is read right, or rejected with a reason that names what failed.

mod common;

use ballot::read;
use common::hostile::{Hostile, MATRIX, hands, scan};
use common::press::{Press, Score};
use election::Lang;
use rayon::prelude::*;
use sanad_sim::Rng;
use sanad_sim::scanner::Wear;

fn matrix(press: &Press, sheets: u64, wear: &Wear, seed: u64) -> Vec<(u16, Hostile, Score)> {
    let cells: Vec<(u16, Hostile)> =
        press.resolutions().into_iter().flat_map(|dpi| MATRIX.map(|hostile| (dpi, hostile))).collect();
    let run = |(dpi, hostile): (u16, Hostile)| {
        let mut score = Score::default();
        for sheet in 0..sheets {
            let mut rng = Rng::of(seed, &format!("{dpi}/{hostile:?}/{sheet}"));
            let truth = press.votes(120, &mut rng, hands(100));
            let images = scan(press, dpi, &truth, &[hostile], wear, &mut rng);
            let reading = read(&images[0], images.get(1), &press.design);
            score.judge(&reading, &truth, || format!("{dpi} dpi, {hostile:?}, sheet {sheet}"));
        }
        (dpi, hostile, score)
    };
    cells.into_par_iter().map(run).collect()
}

fn held(results: &[(u16, Hostile, Score)]) {
    for (dpi, hostile, score) in results {
        println!("{dpi} dpi {hostile:?}: {}", score.line());
    }
    let wrong: Vec<&String> = results.iter().flat_map(|(_, _, score)| &score.wrong).collect();
    assert!(wrong.is_empty(), "{} wrong, such as {:?}", wrong.len(), &wrong[..wrong.len().min(5)]);
    for (dpi, hostile, score) in results {
        // What must be read, and not only not be read wrong: all but what hides marks that cannot be done without.
        let must = !matches!(hostile, Hostile::Streak(..) | Hostile::Corner(..) | Hostile::Fold(_, 500));
        let missing = score.sheets - score.read;
        assert!(!must || missing * 20 <= score.sheets, "{dpi} dpi {hostile:?}: {}", score.line());
    }
}

#[test]
fn hostile_paper_is_read_right_or_rejected() {
    let press = Press::new(&common::definition(10, 15, Lang::ALL.to_vec()), &[200]);
    held(&matrix(&press, 2, &Wear::ordinary(), 1));
}

#[test]
#[ignore = "slow: the whole matrix at 150 to 600 dpi on ordinary and worn scanners; minutes"]
fn hostile_paper_at_every_resolution() {
    for (seed, wear) in [(2, Wear::ordinary()), (3, Wear::rough())] {
        let press = Press::new(&common::definition(36, 40, Lang::ALL.to_vec()), &[150, 200, 240, 300]);
        println!("{}", if seed == 2 { "ordinary" } else { "rough" });
        held(&matrix(&press, 20, &wear, seed));
        let press = Press::new(&common::definition(10, 15, Lang::ALL.to_vec()), &[600]);
        held(&matrix(&press, 2, &wear, seed));
    }
}
