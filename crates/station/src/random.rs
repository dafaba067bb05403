//! Randomness, passed in: slots and salts are drawn from it.

/// A source of random bytes. At a station it is the system's generator; a test passes a seeded one.
pub trait Random {
    /// Fills `bytes`.
    fn fill(&mut self, bytes: &mut [u8]);
}

/// The system's generator, by aws-lc.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemRandom;

impl Random for SystemRandom {
    fn fill(&mut self, bytes: &mut [u8]) {
        // aws-lc documents no failure but of a system without any source of randomness,
        // and there no ballot can be stored in secret.
        aws_lc_rs::rand::fill(bytes).expect("the system gives random bytes");
    }
}

/// A number below `bound` (which is not zero): the high half of a 64-bit draw times
/// the bound, so that every draw takes eight bytes; its bias is below `bound / 2^64`.
pub(crate) fn below(random: &mut dyn Random, bound: usize) -> usize {
    let mut bytes = [0; 8];
    random.fill(&mut bytes);
    ((u128::from(u64::from_le_bytes(bytes)) * bound as u128) >> 64) as usize
}

/// A salt of 32 bytes.
pub(crate) fn salt(random: &mut dyn Random) -> [u8; 32] {
    let mut salt = [0; 32];
    random.fill(&mut salt);
    salt
}
