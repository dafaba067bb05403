//! COSE_Sign1 (RFC 9052) with the kind in the protected header, in one form.

use coset::{
    ContentType, CoseSign1, CoseSign1Builder, HeaderBuilder, RegisteredLabelWithPrivate, TaggedCborSerializable, iana,
};
use election::Coded;

use crate::{KeyId, KeyKind, PublicKey, SignError, Signer, is_kind};

/// The most bytes of a signed message.
pub const MOST_BYTES: usize = 65_535;

/// A COSE message that is refused.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CoseError {
    /// Not a tagged COSE_Sign1 in deterministic CBOR with the header that is used here.
    #[error("not a COSE_Sign1 message in its one form")]
    Form,
    /// Another kind of statement than the one expected.
    #[error("this is a signed '{found}', not a '{expected}'")]
    Kind {
        /// What was expected.
        expected: String,
        /// What was found.
        found: String,
    },
    /// Signed by another key.
    #[error("signed by key {0}, not by the one expected")]
    Key(KeyId),
    /// The signature does not hold.
    #[error("the signature of key {0} is not valid")]
    Signature(KeyId),
    /// The key refused to sign.
    #[error(transparent)]
    Sign(#[from] SignError),
}

impl Coded for CoseError {
    fn code(&self) -> &'static str {
        match self {
            CoseError::Form => "cose.form",
            CoseError::Kind { .. } => "cose.kind",
            CoseError::Key(_) => "cose.key",
            CoseError::Signature(_) => "cose.signature",
            CoseError::Sign(error) => error.code(),
        }
    }

    fn next(&self) -> &'static str {
        match self {
            CoseError::Key(_) => "Look the key up in the key list; it may belong to another station.",
            CoseError::Sign(error) => error.next(),
            _ => "Keep the paper or file as evidence and compare it with another copy.",
        }
    }
}

/// A message that has been read and not yet verified.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Message {
    kind: String,
    key: KeyId,
    algorithm: iana::Algorithm,
    payload: Vec<u8>,
    signature: Vec<u8>,
}

impl Message {
    /// Reads a message; refuses all but the bytes [`sign1`] writes.
    ///
    /// # Errors
    /// [`CoseError::Form`].
    pub fn parse(bytes: &[u8]) -> Result<Self, CoseError> {
        if bytes.len() > MOST_BYTES {
            return Err(CoseError::Form);
        }
        let cose = CoseSign1::from_tagged_slice(bytes).map_err(|_| CoseError::Form)?;
        let header = &cose.protected.header;
        let Some(ContentType::Text(content_type)) = &header.content_type else { return Err(CoseError::Form) };
        let kind = content_type.strip_prefix("application/vnd.sanad.").and_then(|t| t.strip_suffix("+cbor"));
        let kind = kind.filter(|kind| is_kind(kind)).ok_or(CoseError::Form)?.to_owned();
        let Some(RegisteredLabelWithPrivate::Assigned(algorithm @ (iana::Algorithm::ES256 | iana::Algorithm::EdDSA))) =
            header.alg
        else {
            return Err(CoseError::Form);
        };
        let key: [u8; 32] = header.key_id.as_slice().try_into().map_err(|_| CoseError::Form)?;
        let message = Message {
            kind,
            key: KeyId(election::Digest(key)),
            algorithm,
            payload: cose.payload.ok_or(CoseError::Form)?,
            signature: cose.signature,
        };
        // Only one encoding of these five values is taken, whatever else the header or the CBOR held.
        if message.to_bytes()? == bytes { Ok(message) } else { Err(CoseError::Form) }
    }

    fn cose(&self) -> CoseSign1 {
        let header = HeaderBuilder::new()
            .algorithm(self.algorithm)
            .content_type(format!("application/vnd.sanad.{}+cbor", self.kind))
            .key_id(self.key.0.0.to_vec())
            .build();
        CoseSign1Builder::new()
            .protected(header)
            .payload(self.payload.clone())
            .signature(self.signature.clone())
            .build()
    }

    fn to_bytes(&self) -> Result<Vec<u8>, CoseError> {
        self.cose().to_tagged_vec().map_err(|_| CoseError::Form)
    }

    /// The kind of statement; nothing is verified.
    pub fn kind(&self) -> &str {
        &self.kind
    }

    /// The key that claims to have signed; nothing is verified.
    pub fn key_id(&self) -> KeyId {
        self.key
    }

    /// The signed bytes; nothing is verified.
    pub fn payload(&self) -> &[u8] {
        &self.payload
    }

    /// Checks kind, key and signature.
    ///
    /// # Errors
    /// [`CoseError::Kind`], [`CoseError::Key`] or [`CoseError::Signature`].
    pub fn verify(&self, kind: &str, key: &PublicKey) -> Result<(), CoseError> {
        if self.kind != kind {
            return Err(CoseError::Kind { expected: kind.to_owned(), found: self.kind.clone() });
        }
        if self.key != key.id() || self.algorithm != algorithm_of(key.kind()) {
            return Err(CoseError::Key(self.key));
        }
        self.cose()
            .verify_signature(b"", |signature, signed| key.verify_raw(signed, signature))
            .map_err(|_| CoseError::Signature(self.key))
    }
}

fn algorithm_of(kind: KeyKind) -> iana::Algorithm {
    match kind {
        KeyKind::P256 => iana::Algorithm::ES256,
        KeyKind::Ed25519 => iana::Algorithm::EdDSA,
    }
}

/// Signs a payload of one kind. The protected header holds algorithm (1), content type (3,
/// `application/vnd.sanad.KIND+cbor`) and key id (4); the unprotected one is empty.
///
/// # Errors
/// [`CoseError::Sign`] where the key refuses, [`CoseError::Form`] for a bad kind or more than 65,535 bytes.
pub fn sign1(kind: &str, payload: &[u8], signer: &dyn Signer) -> Result<Vec<u8>, CoseError> {
    let key = signer.public_key();
    let mut message = Message {
        kind: kind.to_owned(),
        key: key.id(),
        algorithm: algorithm_of(key.kind()),
        payload: payload.to_vec(),
        signature: Vec::new(),
    };
    message.signature = signer.sign_raw(&message.cose().tbs_data(b""))?;
    let bytes = message.to_bytes()?;
    if !is_kind(kind) || bytes.len() > MOST_BYTES { Err(CoseError::Form) } else { Ok(bytes) }
}

/// The payload of a message of one kind, signed by one key.
///
/// # Errors
/// [`CoseError`].
pub fn verify1(kind: &str, bytes: &[u8], key: &PublicKey) -> Result<Vec<u8>, CoseError> {
    let message = Message::parse(bytes)?;
    message.verify(kind, key)?;
    Ok(message.payload)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::FileKey;

    #[test]
    fn a_message_verifies_for_its_kind_and_key_alone() {
        for kind in [KeyKind::P256, KeyKind::Ed25519] {
            let (key, other) = (FileKey::generate(kind).unwrap(), FileKey::generate(kind).unwrap());
            let bytes = sign1("slip", b"figures", &key).unwrap();
            assert_eq!(verify1("slip", &bytes, key.public_key()).unwrap(), b"figures");
            assert_eq!(Message::parse(&bytes).unwrap().key_id(), key.public_key().id());
            assert_eq!(verify1("zero", &bytes, key.public_key()).unwrap_err().code(), "cose.kind");
            assert_eq!(verify1("slip", &bytes, other.public_key()).unwrap_err().code(), "cose.key");
            assert_eq!(sign1("Slip!", b"", &key).unwrap_err().code(), "cose.form");
        }
    }

    #[test]
    fn pk1_every_flipped_byte_is_refused() {
        let key = FileKey::generate(KeyKind::P256).unwrap();
        let bytes = sign1("slip", b"figures", &key).unwrap();
        for at in 0..bytes.len() {
            for flip in [1, 0x20, 0x80, 0xff] {
                let mut bad = bytes.clone();
                bad[at] ^= flip;
                assert!(verify1("slip", &bad, key.public_key()).is_err(), "byte {at}");
            }
        }
    }

    #[test]
    fn pk2_other_encodings_are_refused() {
        let key = FileKey::generate(KeyKind::P256).unwrap();
        let bytes = sign1("slip", b"figures", &key).unwrap();
        // tag 18, array of 4, protected (bstr), empty map, payload (bstr of 7), signature
        let payload = bytes.windows(8).position(|w| w == b"\x47figures").unwrap();
        assert_eq!((bytes[0], bytes[1], bytes[payload - 1]), (0xd2, 0x84, 0xa0));
        let splice = |at: usize, cut: usize, new: &[u8]| [&bytes[..at], new, &bytes[at + cut..]].concat();
        let others = [
            bytes[1..].to_vec(),                          // no tag
            splice(0, 1, &[0xd8, 18]),                    // longer tag
            splice(payload, 1, &[0x58, 7]),               // longer length
            splice(payload, 8, b"\x5f\x47figures\xff"),   // indefinite length
            splice(payload - 1, 1, &[0xa1, 0x18, 99, 0]), // an unprotected header
            [&bytes[..], &[0]].concat(),                  // trailing byte
        ];
        for (n, other) in others.iter().enumerate() {
            assert_eq!(Message::parse(other).unwrap_err(), CoseError::Form, "{n}");
        }
        assert!(Message::parse(&vec![0x81; 65_535]).is_err(), "deep nesting");
    }
}
