//! Salts: without one, a hash of few figures could be guessed.

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use sign::Entropy;
use sign::entropy::EntropyError;

/// 32 random bytes, written as 64 lower-case hex digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Salt(pub [u8; 32]);

impl Salt {
    /// A new salt from a source that has passed [`sign::entropy::start_up`].
    ///
    /// # Errors
    /// [`EntropyError`].
    pub fn draw(entropy: &dyn Entropy) -> Result<Self, EntropyError> {
        let mut bytes = [0; 32];
        entropy.fill(&mut bytes)?;
        Ok(Salt(bytes))
    }
}

impl Serialize for Salt {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&hex::encode(self.0))
    }
}

impl<'de> Deserialize<'de> for Salt {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let digest = election::Digest::from_hex(&String::deserialize(deserializer)?);
        digest.map(|digest| Salt(digest.0)).map_err(|_| serde::de::Error::custom("a salt is 64 lower-case hex digits"))
    }
}
