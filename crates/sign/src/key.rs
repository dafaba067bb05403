//! Public keys in their one text form.

use std::fmt;
use std::str::FromStr;

use aws_lc_rs::signature::{ED25519, ParsedPublicKey, UnparsedPublicKey};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use election::{Coded, Digest};

use crate::signature::{self, SignError};

/// The signature schemes of Sanad.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum KeyKind {
    /// ECDSA on NIST P-256 with SHA-256 (FIPS 186-5): people, devices, intake.
    P256,
    /// Ed25519 (RFC 8032): logs and witnesses.
    Ed25519,
}

impl KeyKind {
    /// The DER of a SubjectPublicKeyInfo (RFC 5280) up to the raw key.
    fn spki_prefix(self) -> &'static [u8] {
        match self {
            // SEQUENCE { SEQUENCE { id-ecPublicKey, prime256v1 }, BIT STRING … } (RFC 5480)
            KeyKind::P256 => b"\x30\x59\x30\x13\x06\x07\x2a\x86\x48\xce\x3d\x02\x01\x06\x08\x2a\x86\x48\xce\x3d\x03\x01\x07\x03\x42\x00",
            // SEQUENCE { SEQUENCE { id-Ed25519 }, BIT STRING … } (RFC 8410)
            KeyKind::Ed25519 => b"\x30\x2a\x30\x05\x06\x03\x2b\x65\x70\x03\x21\x00",
        }
    }

    /// The length of the raw key in bytes: an uncompressed point, or 32.
    fn raw_length(self) -> usize {
        match self {
            KeyKind::P256 => 65,
            KeyKind::Ed25519 => 32,
        }
    }
}

/// A public key that this software refuses.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum KeyError {
    /// The text or DER is not a P-256 or Ed25519 key in the one form that is used.
    #[error("not a P-256 or Ed25519 public key as base64 of its SubjectPublicKeyInfo")]
    Form,
    /// The point is not on the curve, or of low order: anything would verify against it.
    #[error("the public key is not a safe point of its curve")]
    Point,
    /// The PEM holds no private key of a known kind.
    #[error("not a P-256 or Ed25519 private key in PKCS#8 PEM")]
    Private,
    /// The generator gave no randomness, or failed its start-up test.
    #[error("no key was made: {0}")]
    Entropy(#[from] crate::entropy::EntropyError),
}

impl Coded for KeyError {
    fn code(&self) -> &'static str {
        match self {
            KeyError::Form => "key.form",
            KeyError::Point => "key.point",
            KeyError::Private => "key.private",
            KeyError::Entropy(error) => error.code(),
        }
    }

    fn next(&self) -> &'static str {
        match self {
            KeyError::Form => "Copy the key again from the file that `sanad key new` wrote.",
            KeyError::Point => "Refuse this key and ask its holder for a new one.",
            KeyError::Private => "Give the PEM file that `sanad key new` wrote.",
            KeyError::Entropy(error) => error.next(),
        }
    }
}

/// The hex SHA-256 of a key's SubjectPublicKeyInfo, as in `openssl pkey -pubin -outform der | sha256sum`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct KeyId(pub Digest);

impl fmt::Display for KeyId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.hex())
    }
}

impl fmt::Debug for KeyId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "KeyId({self})")
    }
}

impl FromStr for KeyId {
    type Err = election::DigestError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Digest::from_hex(text).map(KeyId)
    }
}

impl serde::Serialize for KeyId {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> serde::Deserialize<'de> for KeyId {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

/// A public key. Its text is the base64 of its SubjectPublicKeyInfo, the body of a PEM file that `openssl` reads.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PublicKey {
    kind: KeyKind,
    raw: Vec<u8>,
}

impl PublicKey {
    /// A key from its raw bytes: the uncompressed point (65 bytes) of P-256, or the 32 bytes of Ed25519.
    ///
    /// # Errors
    /// [`KeyError::Form`] for another length, [`KeyError::Point`] for a point off the curve or of low order.
    pub fn from_raw(kind: KeyKind, raw: &[u8]) -> Result<Self, KeyError> {
        if raw.len() != kind.raw_length() {
            return Err(KeyError::Form);
        }
        match kind {
            KeyKind::P256 if raw[0] != 4 => return Err(KeyError::Form),
            KeyKind::P256 => {
                ParsedPublicKey::new(signature::P256, raw).map_err(|_| KeyError::Point)?;
            }
            KeyKind::Ed25519 if signature::is_weak_point(raw) => return Err(KeyError::Point),
            KeyKind::Ed25519 => {}
        }
        Ok(PublicKey { kind, raw: raw.to_vec() })
    }

    /// A key from its SubjectPublicKeyInfo, in the one DER form that [`Self::spki_der`] writes.
    pub fn from_spki_der(der: &[u8]) -> Result<Self, KeyError> {
        for kind in [KeyKind::P256, KeyKind::Ed25519] {
            if let Some(raw) = der.strip_prefix(kind.spki_prefix()) {
                return PublicKey::from_raw(kind, raw);
            }
        }
        Err(KeyError::Form)
    }

    /// A key from a `PUBLIC KEY` PEM.
    pub fn from_pem(pem: &str) -> Result<Self, KeyError> {
        let der = crate::pem::decode(pem, "PUBLIC KEY").ok_or(KeyError::Form)?;
        PublicKey::from_spki_der(&der)
    }

    /// The scheme.
    pub fn kind(&self) -> KeyKind {
        self.kind
    }

    /// The raw bytes, as [`Self::from_raw`] takes them.
    pub fn raw(&self) -> &[u8] {
        &self.raw
    }

    /// The SubjectPublicKeyInfo.
    pub fn spki_der(&self) -> Vec<u8> {
        [self.kind.spki_prefix(), &self.raw].concat()
    }

    /// A `PUBLIC KEY` PEM, for `openssl`.
    pub fn to_pem(&self) -> String {
        crate::pem::encode(&self.spki_der(), "PUBLIC KEY")
    }

    /// The key's id.
    pub fn id(&self) -> KeyId {
        KeyId(Digest::of(&self.spki_der()))
    }

    /// Checks a signature as DSSE carries it: DER for P-256, 64 raw bytes for Ed25519.
    ///
    /// # Errors
    /// [`SignError::Signature`] unless it is the one form of a signature of `message` by this key.
    pub fn verify_der(&self, message: &[u8], signature: &[u8]) -> Result<(), SignError> {
        match self.kind {
            KeyKind::P256 => self.verify_raw(message, &signature::raw_from_der(signature)?),
            KeyKind::Ed25519 => self.verify_raw(message, signature),
        }
    }

    /// Checks a signature as COSE carries it: 64 bytes, r‖s for P-256.
    ///
    /// # Errors
    /// [`SignError::Signature`] unless it is the one form of a signature of `message` by this key:
    /// of the two ECDSA signatures (r, s) and (r, −s) only the one with the lower s is taken.
    pub fn verify_raw(&self, message: &[u8], signature: &[u8]) -> Result<(), SignError> {
        if signature.len() != 64 {
            return Err(SignError::Signature);
        }
        match self.kind {
            KeyKind::P256 if !signature::is_low_s(signature) => return Err(SignError::Signature),
            KeyKind::P256 => UnparsedPublicKey::new(signature::P256, &self.raw).verify(message, signature),
            KeyKind::Ed25519 if signature::is_weak_point(&signature[..32]) => return Err(SignError::Signature),
            KeyKind::Ed25519 => UnparsedPublicKey::new(&ED25519, &self.raw).verify(message, signature),
        }
        .map_err(|_| SignError::Signature)
    }
}

impl fmt::Display for PublicKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&STANDARD.encode(self.spki_der()))
    }
}

impl fmt::Debug for PublicKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "PublicKey({self})")
    }
}

impl FromStr for PublicKey {
    type Err = KeyError;

    fn from_str(text: &str) -> Result<Self, KeyError> {
        // The engine refuses missing padding and trailing bits, so one key has one text.
        PublicKey::from_spki_der(&STANDARD.decode(text).map_err(|_| KeyError::Form)?)
    }
}

impl serde::Serialize for PublicKey {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> serde::Deserialize<'de> for PublicKey {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}
