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
    /// Follows from the two above; every signature that is checked asks for it.
    id: KeyId,
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
        let id = KeyId(Digest::of(&[kind.spki_prefix(), raw].concat()));
        Ok(PublicKey { kind, raw: raw.to_vec(), id })
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
        self.id
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{FileKey, Signer};

    #[test]
    fn keys_read_as_they_are_written() {
        for kind in [KeyKind::P256, KeyKind::Ed25519] {
            let key = FileKey::generate(kind).unwrap();
            let public = key.public_key();
            assert_eq!(&public.to_string().parse::<PublicKey>().unwrap(), public);
            assert_eq!(&PublicKey::from_pem(&public.to_pem()).unwrap(), public);
            let again = FileKey::from_pem(&key.to_pem("DEMO").unwrap()).unwrap();
            assert!(key.to_pem("DEMO").unwrap().starts_with("DEMO\n-----BEGIN PRIVATE KEY-----\n"));
            public.verify_der(b"words", &again.sign_der(b"words").unwrap()).unwrap();
            assert_eq!(
                public.verify_der(b"other words", &again.sign_der(b"words").unwrap()),
                Err(SignError::Signature)
            );
        }
    }

    /// RFC 8032 section 7.1, test 2.
    #[test]
    fn ed25519_agrees_with_the_standard() {
        let hex = |text: &str| -> Vec<u8> {
            (0..text.len()).step_by(2).map(|i| u8::from_str_radix(&text[i..i + 2], 16).unwrap()).collect()
        };
        let raw = hex("3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c");
        let signature = hex(
            "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00",
        );
        let key = PublicKey::from_raw(KeyKind::Ed25519, &raw).unwrap();
        assert_eq!(key.verify_raw(&[0x72], &signature), Ok(()));
    }

    #[test]
    fn pk5_weak_points_and_malleable_signatures_are_refused() {
        for low in signature::LOW_ORDER {
            for sign_bit in [0, 0x80] {
                let mut point = low;
                point[31] |= sign_bit;
                let refused = PublicKey::from_raw(KeyKind::Ed25519, &point);
                assert_eq!(refused.unwrap_err().code(), "key.point");
            }
        }
        // p and p + 1: second encodings of 0 and 1.
        for low in [0xed, 0xee] {
            let mut point = [0xff; 32];
            (point[0], point[31]) = (low, 0x7f);
            assert_eq!(PublicKey::from_raw(KeyKind::Ed25519, &point).unwrap_err().code(), "key.point");
        }
        assert_eq!(PublicKey::from_raw(KeyKind::P256, &[4; 65]).unwrap_err().code(), "key.point");

        let key = FileKey::generate(KeyKind::Ed25519).unwrap();
        let mut signature = key.sign_raw(b"m").unwrap();
        // S + L, the order of the group (RFC 8032 5.1): the second form of the same signature.
        let order = [
            0xed, 0xd3, 0xf5, 0x5c, 0x1a, 0x63, 0x12, 0x58, 0xd6, 0x9c, 0xf7, 0xa2, 0xde, 0xf9, 0xde, 0x14, 0, 0, 0, 0,
            0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x10u8,
        ];
        let mut carry = 0;
        for (s, l) in signature[32..].iter_mut().zip(order) {
            carry += u16::from(*s) + u16::from(l);
            *s = (carry & 0xff) as u8;
            carry >>= 8;
        }
        assert_eq!(key.public_key().verify_raw(b"m", &signature), Err(SignError::Signature));
        for empty in [&b""[..], &[0; 64], &[0; 63]] {
            assert_eq!(key.public_key().verify_raw(b"m", empty), Err(SignError::Signature));
            assert_eq!(key.public_key().verify_der(b"m", empty), Err(SignError::Signature));
        }
    }

    #[test]
    fn one_key_has_one_text() {
        let key = FileKey::generate(KeyKind::Ed25519).unwrap();
        let text = key.public_key().to_string();
        // 44 bytes end in 4 unused bits before the `=`.
        let last = text.trim_end_matches('=').len() - 1;
        let mut trailing = text.clone().into_bytes();
        trailing[last] += 1;
        for other in [
            text.trim_end_matches('=').to_owned(),
            format!("{text}\n"),
            format!(" {text}"),
            String::from_utf8(trailing).unwrap(),
        ] {
            assert_eq!(other.parse::<PublicKey>().unwrap_err().code(), "key.form", "{other:?}");
        }
    }

    #[test]
    fn private_keys_of_other_kinds_are_refused() {
        for bad in [
            "",
            "DEMO",
            "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n",
            "-----BEGIN EC PRIVATE KEY-----\n",
        ] {
            assert_eq!(FileKey::from_pem(bad).unwrap_err().code(), "key.private");
        }
        assert!(!format!("{:?}", FileKey::generate(KeyKind::P256).unwrap()).contains("PRIVATE"));
    }
}
