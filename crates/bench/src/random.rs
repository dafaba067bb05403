//! Numbers for what is made up: the same in every run.

/// SplitMix64 (Steele, Lea and Flood, 2014): enough for made-up votes, and for nothing else.
#[derive(Clone, Debug)]
pub struct Random(pub u64);

impl Random {
    /// The next 64 bits.
    pub fn bits(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// Evenly one of `0..end`.
    pub fn below(&mut self, end: usize) -> usize {
        ((u128::from(self.bits()) * end as u128) >> 64) as usize
    }

    /// One of `0..ends.len()`, each as likely as its step in the ascending `ends` is high.
    pub fn weighted(&mut self, ends: &[u64]) -> usize {
        let drawn = self.bits() % ends.last().copied().unwrap_or(1).max(1);
        ends.partition_point(|end| *end <= drawn)
    }

    /// So many bytes.
    pub fn bytes(&mut self, length: usize) -> Vec<u8> {
        let mut bytes: Vec<u8> = (0..length.div_ceil(8)).flat_map(|_| self.bits().to_le_bytes()).collect();
        bytes.truncate(length);
        bytes
    }
}

/// The ends for [`Random::weighted`] of `n` things, the first the likeliest: weights 1, 1/2, 1/3, …
pub fn falling(n: usize) -> Vec<u64> {
    let weights = (1..=n as u64).map(|rank| 1_000_000 / rank);
    weights
        .scan(0, |sum, weight| {
            *sum += weight;
            Some(*sum)
        })
        .collect()
}
