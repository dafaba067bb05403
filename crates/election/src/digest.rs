//! SHA-256, the one hash of Sanad.

use std::fmt;
use std::str::FromStr;

use sha2::{Digest as _, Sha256};

use crate::as_text::as_text;

/// A SHA-256 value (FIPS 180-4). Written as `sha256:` and 64 lower-case hex digits.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Digest(pub [u8; 32]);

/// The text is not `sha256:` followed by 64 lower-case hex digits.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("'{0}' is not a SHA-256: write sha256: and 64 lower-case hex digits")]
pub struct DigestError(pub String);

impl Digest {
    /// The digest of `bytes`.
    pub fn of(bytes: &[u8]) -> Self {
        Digest(Sha256::digest(bytes).into())
    }

    /// The 64 hex digits alone, as `sha256sum` prints them.
    pub fn hex(&self) -> String {
        hex::encode(self.0)
    }

    /// Reads the 64 lower-case hex digits that `sha256sum` prints.
    pub fn from_hex(text: &str) -> Result<Self, DigestError> {
        let refused = || DigestError(text.escape_debug().to_string());
        if text.len() != 64 || text.bytes().any(|b| b.is_ascii_uppercase()) {
            return Err(refused());
        }
        let mut bytes = [0; 32];
        hex::decode_to_slice(text, &mut bytes).map_err(|_| refused())?;
        Ok(Digest(bytes))
    }
}

impl fmt::Display for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "sha256:{}", self.hex())
    }
}

impl fmt::Debug for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl FromStr for Digest {
    type Err = DigestError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let hex = text.strip_prefix("sha256:").ok_or_else(|| DigestError(text.escape_debug().to_string()))?;
        Digest::from_hex(hex)
    }
}

as_text!(Digest);
