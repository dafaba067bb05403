//! Rank correlation, and what of it is chance.
//!
//! Spearman's ρ is the correlation of two orders' ranks; ties get the mean of their ranks (Kendall and Gibbons, *Rank
//! Correlation Methods*, 5th edition, chapters 1 and 3). Where the orders have nothing to do with each other its mean
//! is 0 and its variance 1/(n − 1), whatever the values are (chapter 4): for 1,000 ballots a standard deviation of 0.0316, so that
//! |ρ| < 0.05 would fail one run in nine by chance alone. The case (WB2) asks for |ρ| < 0.05 over 20 runs: the mean of
//! 20 runs has a standard deviation of 0.0316/√20 = 0.0071, and 0.05 is seven of them (one in 4·10¹¹). A single run is held
//! to a bound of its own: with m = 10,000 looks at most in all runs together, Bonferroni's bound for one false
//! alarm in a million runs of this test is two-sided p = 10⁻¹⁰ a look, 6.47 standard deviations of the normal
//! law, to which ρ·√(n − 1) tends.

/// The largest mean over all runs (the case).
pub const MOST_MEAN: f64 = 0.05;

/// The largest of one run, in standard deviations.
pub const MOST_ONE: f64 = 6.47;

/// The ranks of values, from 0; equal ones get their mean.
fn ranks(values: &[f64]) -> Vec<f64> {
    let mut order: Vec<usize> = (0..values.len()).collect();
    order.sort_by(|a, b| values[*a].total_cmp(&values[*b]));
    let mut ranks = vec![0.0; values.len()];
    let mut at = 0;
    for equal in order.chunk_by(|a, b| values[*a] == values[*b]) {
        let mean = at as f64 + (equal.len() as f64 - 1.0) / 2.0;
        equal.iter().for_each(|index| ranks[*index] = mean);
        at += equal.len();
    }
    ranks
}

/// Spearman's ρ of values with their own order; 0 for values that are all equal, which tell nothing.
pub fn rho(values: &[f64]) -> f64 {
    let ranks = ranks(values);
    let mean = (values.len() as f64 - 1.0) / 2.0;
    let (mut both, mut own, mut order) = (0.0, 0.0, 0.0);
    for (index, rank) in ranks.iter().enumerate() {
        let (x, y) = (index as f64 - mean, rank - mean);
        both += x * y;
        order += x * x;
        own += y * y;
    }
    if own == 0.0 { 0.0 } else { both / (own * order).sqrt() }
}

#[test]
fn rho_is_that_of_the_book() {
    assert_eq!(rho(&[1.0, 2.0, 3.0, 4.0]), 1.0);
    assert_eq!(rho(&[4.0, 3.0, 2.0, 1.0]), -1.0);
    assert_eq!(rho(&[5.0; 9]), 0.0);
    // Ten boys by mathematics and music: Σd² = 90 and ρ = 1 − 6·90/990 (Kendall and Gibbons, 1.2 and 1.9).
    let music = [5.0, 7.0, 1.0, 6.0, 3.0, 2.0, 8.0, 9.0, 10.0, 4.0];
    let squares: f64 = music.iter().zip(1..).map(|(rank, place)| (rank - f64::from(place)).powi(2)).sum();
    assert!((rho(&music) - (1.0 - 6.0 * squares / 990.0)).abs() < 1e-12);
    // Two pairs of ties by hand: ranks 0.5 0.5 2.5 2.5 against 0 1 2 3.
    assert!((rho(&[1.0, 1.0, 2.0, 2.0]) - 4.0 / 20.0_f64.sqrt()).abs() < 1e-12);
}
