//! Chance that can be repeated.

use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng as _, SeedableRng as _};

/// A generator of fixed algorithm (ChaCha with 8 rounds): the same seed gives the same
/// numbers on every machine and in every release.
#[derive(Debug, Clone)]
pub struct Rng(ChaCha8Rng);

impl Rng {
    /// The generator of a run.
    pub fn seeded(seed: u64) -> Self {
        Rng(ChaCha8Rng::seed_from_u64(seed))
    }

    /// A generator of its own for the part `label` of run `seed`: parts may be made in any
    /// order, or at the same time, and are the same.
    pub fn of(seed: u64, label: &str) -> Self {
        Rng(ChaCha8Rng::from_seed(election::Digest::of(format!("{seed}:{label}").as_bytes()).0))
    }

    /// The next 64 bits.
    pub fn bits(&mut self) -> u64 {
        self.0.next_u64()
    }

    /// Evenly one of `0..end`; 0 where `end` is 0. (The bias of 64 bits is below 2⁻³².)
    pub fn below(&mut self, end: u32) -> u32 {
        ((u128::from(self.bits()) * u128::from(end)) >> 64) as u32
    }

    /// True in `per_mille` of 1,000 cases.
    pub fn chance(&mut self, per_mille: u32) -> bool {
        self.below(1000) < per_mille
    }

    /// Evenly between 0 and 1, 1 not reached.
    pub fn unit(&mut self) -> f32 {
        (self.bits() >> 40) as f32 / (1u64 << 24) as f32
    }

    /// Evenly between two numbers.
    pub fn between(&mut self, from: f32, to: f32) -> f32 {
        from + (to - from) * self.unit()
    }

    /// One of `items`; `None` only where there are none.
    pub fn pick<'a, T>(&mut self, items: &'a [T]) -> Option<&'a T> {
        items.get(self.below(items.len() as u32) as usize)
    }

    /// The index of one of `weights`, each as likely as it is heavy; `None` where all are zero.
    pub fn weighted(&mut self, weights: impl Iterator<Item = u32> + Clone) -> Option<usize> {
        let total: u64 = weights.clone().map(u64::from).sum();
        let mut left = ((u128::from(self.bits()) * u128::from(total)) >> 64) as u64;
        for (index, weight) in weights.enumerate() {
            if left < u64::from(weight) {
                return Some(index);
            }
            left -= u64::from(weight);
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_numbers_of_a_seed_never_change() {
        let mut rng = Rng::seeded(2018);
        let drawn: Vec<u32> = (0..6).map(|_| rng.below(1000)).collect();
        assert_eq!(drawn, [905, 906, 45, 235, 4, 341]);
        assert_ne!(Rng::of(1, "a").bits(), Rng::of(1, "b").bits());
        assert_ne!(Rng::of(1, "a").bits(), Rng::of(2, "a").bits());
    }

    #[test]
    fn weights_are_kept() {
        let mut rng = Rng::seeded(1);
        let weights = [0, 300, 0, 700];
        let mut hits = [0u32; 4];
        for _ in 0..10_000 {
            hits[rng.weighted(weights.iter().copied()).unwrap()] += 1;
        }
        assert_eq!((hits[0], hits[2]), (0, 0));
        assert!((2_800..3_200).contains(&hits[1]), "{hits:?}");
        assert_eq!(rng.weighted([0, 0].into_iter()), None);
    }
}
