//! Keys behind one [`Signer`] trait, DSSE envelopes, COSE signatures, age
//! identities and their shares.
//!
//! No signature scheme, cipher or hash is our own: they come from aws-lc-rs,
//! age and vsss-rs. What is here is the framing that keeps one form of each
//! signed thing: whatever could be written in a second way is refused.

pub mod canonical;
pub mod cose;
pub mod dsse;
pub mod entropy;
mod file_key;
#[cfg(feature = "identity")]
pub mod identity;
mod key;
mod pem;
#[cfg(feature = "identity")]
pub mod pin;
mod recipient;
#[cfg(feature = "identity")]
pub mod shares;
mod signature;

pub use entropy::{Entropy, SystemEntropy};
pub use file_key::FileKey;
pub use key::{KeyError, KeyId, KeyKind, PublicKey};
pub use recipient::{Recipient, RecipientError};
pub use signature::{SignError, Signer};

/// SHA-256 by aws-lc, for what is large: some 1.8 GB/s whatever the build profile.
pub fn sha256(bytes: &[u8]) -> election::Digest {
    let mut pieces = Sha256::default();
    pieces.update(bytes);
    pieces.finish()
}

/// [`sha256`] of what comes in pieces.
pub struct Sha256(aws_lc_rs::digest::Context);

impl Default for Sha256 {
    fn default() -> Self {
        Sha256(aws_lc_rs::digest::Context::new(&aws_lc_rs::digest::SHA256))
    }
}

impl Sha256 {
    /// Takes the next piece.
    pub fn update(&mut self, piece: &[u8]) {
        self.0.update(piece);
    }

    /// The hash of all pieces, one after another.
    pub fn finish(self) -> election::Digest {
        let mut digest = [0; 32];
        digest.copy_from_slice(self.0.finish().as_ref());
        election::Digest(digest)
    }
}

/// Is `kind` a word for what is signed: 1 to 40 of `a-z`, `0-9`, `.`, `-` and `_`, first a letter?
/// It becomes part of a media type, `application/vnd.sanad.KIND+json`.
fn is_kind(kind: &str) -> bool {
    kind.len() <= 40
        && kind.starts_with(|c: char| c.is_ascii_lowercase())
        && kind.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'.' || b == b'-' || b == b'_')
}
