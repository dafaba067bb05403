//! Private keys in files.

use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, Ed25519KeyPair, KeyPair};
use zeroize::Zeroizing;

use crate::entropy::{self, Entropy, SystemEntropy};
use crate::{KeyError, KeyKind, PublicKey, SignError, Signer, signature};

/// A private key held in memory and kept in a PKCS#8 PEM file, which `openssl pkey` reads.
pub struct FileKey {
    pair: Pair,
    public: PublicKey,
}

enum Pair {
    P256(EcdsaKeyPair),
    Ed25519(Ed25519KeyPair),
}

impl FileKey {
    /// A new key from the system's generator, which is tested first.
    ///
    /// # Errors
    /// [`KeyError::Entropy`] where the generator fails its start-up test.
    pub fn generate(kind: KeyKind) -> Result<Self, KeyError> {
        entropy::start_up(&SystemEntropy)?;
        let unavailable = |_| KeyError::Entropy(entropy::EntropyError::Unavailable);
        FileKey::of(match kind {
            KeyKind::P256 => Pair::P256(EcdsaKeyPair::generate(&ECDSA_P256_SHA256_FIXED_SIGNING).map_err(unavailable)?),
            KeyKind::Ed25519 => Pair::Ed25519(Ed25519KeyPair::generate().map_err(unavailable)?),
        })
    }

    /// A new Ed25519 key (RFC 8032 seed) from the given generator, which is tested first.
    ///
    /// # Errors
    /// As [`Self::generate`].
    pub fn generate_ed25519_from(entropy: &dyn Entropy) -> Result<Self, KeyError> {
        entropy::start_up(entropy)?;
        let mut seed = Zeroizing::new([0; 32]);
        entropy.fill(seed.as_mut())?;
        FileKey::of(Pair::Ed25519(Ed25519KeyPair::from_seed_unchecked(seed.as_ref()).map_err(|_| KeyError::Private)?))
    }

    fn of(pair: Pair) -> Result<Self, KeyError> {
        let public = match &pair {
            Pair::P256(pair) => PublicKey::from_raw(KeyKind::P256, pair.public_key().as_ref()),
            Pair::Ed25519(pair) => PublicKey::from_raw(KeyKind::Ed25519, pair.public_key().as_ref()),
        }?;
        Ok(FileKey { pair, public })
    }

    /// Reads a PKCS#8 `PRIVATE KEY` PEM; lines before it (such as `DEMO`) are comments.
    ///
    /// # Errors
    /// [`KeyError::Private`] for anything else.
    pub fn from_pem(pem: &str) -> Result<Self, KeyError> {
        let der = Zeroizing::new(crate::pem::decode(pem, "PRIVATE KEY").ok_or(KeyError::Private)?);
        if let Ok(pair) = EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, &der) {
            return FileKey::of(Pair::P256(pair));
        }
        let pair = Ed25519KeyPair::from_pkcs8_maybe_unchecked(&der).map_err(|_| KeyError::Private)?;
        FileKey::of(Pair::Ed25519(pair))
    }

    /// The PKCS#8 PEM, under `comment` on lines of its own where it is not empty.
    ///
    /// # Errors
    /// [`KeyError::Private`] where the library cannot write the key.
    pub fn to_pem(&self, comment: &str) -> Result<Zeroizing<String>, KeyError> {
        let der = match &self.pair {
            Pair::P256(pair) => pair.to_pkcs8v1(),
            Pair::Ed25519(pair) => pair.to_pkcs8v1(),
        }
        .map_err(|_| KeyError::Private)?;
        let pem = Zeroizing::new(crate::pem::encode(der.as_ref(), "PRIVATE KEY"));
        let comment = if comment.is_empty() { String::new() } else { format!("{}\n", comment.replace("-----", "")) };
        Ok(Zeroizing::new(comment + &pem))
    }
}

impl Signer for FileKey {
    fn public_key(&self) -> &PublicKey {
        &self.public
    }

    fn sign_raw(&self, message: &[u8]) -> Result<Vec<u8>, SignError> {
        match &self.pair {
            Pair::Ed25519(pair) => Ok(pair.sign(message).as_ref().to_vec()),
            Pair::P256(pair) => {
                let made = pair.sign(&SystemRandom::new(), message).map_err(|_| SignError::Refused)?;
                let mut raw: [u8; 64] = made.as_ref().try_into().map_err(|_| SignError::Refused)?;
                signature::low_s(&mut raw);
                Ok(raw.to_vec())
            }
        }
    }
}

impl std::fmt::Debug for FileKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "FileKey({}, private half not shown)", self.public)
    }
}
