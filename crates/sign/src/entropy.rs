//! Randomness, and the test it must pass before anything is signed or sealed with it.

use election::Coded;

/// A source of random bytes; the system's, or a stuck one in tests.
pub trait Entropy {
    /// Fills `bytes`.
    ///
    /// # Errors
    /// [`EntropyError::Unavailable`] where the source gives nothing.
    fn fill(&self, bytes: &mut [u8]) -> Result<(), EntropyError>;
}

/// The generator of aws-lc, seeded by the system.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemEntropy;

impl Entropy for SystemEntropy {
    fn fill(&self, bytes: &mut [u8]) -> Result<(), EntropyError> {
        aws_lc_rs::rand::fill(bytes).map_err(|_| EntropyError::Unavailable)
    }
}

/// Randomness that cannot be relied on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum EntropyError {
    /// The source gave nothing.
    #[error("the random generator gives nothing")]
    Unavailable,
    /// The source repeats itself.
    #[error("the random generator is stuck or repeats itself")]
    Stuck,
}

impl Coded for EntropyError {
    fn code(&self) -> &'static str {
        match self {
            EntropyError::Unavailable => "entropy.unavailable",
            EntropyError::Stuck => "entropy.stuck",
        }
    }

    fn next(&self) -> &'static str {
        "Do not use this machine; take the spare one and report the fault."
    }
}

/// Start-up samples: 64 blocks of 32 bytes.
const BLOCKS: usize = 64;

/// A byte that comes up this often in a row is a failure: the repetition count test of SP 800-90B 4.4.1
/// with full entropy (8 bits a byte) and a false alarm in 2⁻³² of starts: 1 + ⌈32 / 8⌉.
const MOST_REPEATS: usize = 5;

/// A byte value seen this often in the 2,048 samples is a failure (they are 8 on average; a true
/// source reaches 64 less than once in 10³⁰ starts): the adaptive proportion test of SP 800-90B 4.4.2.
const MOST_OF_ONE: usize = 64;

/// The start-up health test. Run it when a device starts and before keys, salts or sealing.
///
/// # Errors
/// [`EntropyError::Stuck`] for a constant, short-cycled or grossly biased source.
pub fn start_up(entropy: &dyn Entropy) -> Result<(), EntropyError> {
    let mut blocks = [[0; 32]; BLOCKS];
    for block in &mut blocks {
        entropy.fill(block)?;
    }
    let bytes = blocks.as_flattened();
    let repeats = bytes.chunk_by(|a, b| a == b).map(<[u8]>::len).max().unwrap_or(0);
    let mut counts = [0usize; 256];
    bytes.iter().for_each(|b| counts[usize::from(*b)] += 1);
    blocks.sort_unstable();
    let twins = blocks.windows(2).any(|pair| pair[0] == pair[1]);
    if twins || repeats >= MOST_REPEATS || counts.iter().any(|n| *n >= MOST_OF_ONE) {
        return Err(EntropyError::Stuck);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::cell::Cell;

    struct Constant(u8);
    impl Entropy for Constant {
        fn fill(&self, bytes: &mut [u8]) -> Result<(), EntropyError> {
            bytes.fill(self.0);
            Ok(())
        }
    }

    /// The same block again and again.
    struct Cycle;
    impl Entropy for Cycle {
        fn fill(&self, bytes: &mut [u8]) -> Result<(), EntropyError> {
            bytes.iter_mut().zip(0u8..).for_each(|(b, n)| *b = n.wrapping_mul(37));
            Ok(())
        }
    }

    /// Blocks that differ but hold few values.
    struct Biased(Cell<u16>);
    impl Entropy for Biased {
        fn fill(&self, bytes: &mut [u8]) -> Result<(), EntropyError> {
            let n = self.0.replace(self.0.get() + 1);
            bytes.iter_mut().enumerate().for_each(|(i, b)| *b = ((n >> (i % 16)) & 1) as u8 * 2 + (i % 2) as u8);
            Ok(())
        }
    }

    #[test]
    fn pk8_a_stuck_generator_is_refused() {
        let stuck: [&dyn Entropy; 4] = [&Constant(0), &Constant(0xa5), &Cycle, &Biased(Cell::new(1))];
        for source in stuck {
            assert_eq!(start_up(source), Err(EntropyError::Stuck));
        }
        assert_eq!(start_up(&SystemEntropy), Ok(()));
    }
}
