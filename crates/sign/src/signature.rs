//! Signing, and the one form of each signature.

use aws_lc_rs::signature::{ECDSA_P256_SHA256_FIXED, EcdsaVerificationAlgorithm};
use election::Coded;

use crate::PublicKey;

pub(crate) static P256: &EcdsaVerificationAlgorithm = &ECDSA_P256_SHA256_FIXED;

/// Something that signs: a key file here, a PKCS#11 token elsewhere.
pub trait Signer {
    /// The public half.
    fn public_key(&self) -> &PublicKey;

    /// Signs `message`; 64 bytes: r‖s with the lower s (P-256) or R‖S (Ed25519).
    ///
    /// # Errors
    /// [`SignError::Refused`] where the token or library fails.
    fn sign_raw(&self, message: &[u8]) -> Result<Vec<u8>, SignError>;

    /// Signs `message`; DER for P-256, as `openssl dgst -sha256 -verify` takes it, 64 raw bytes for Ed25519.
    ///
    /// # Errors
    /// As [`Self::sign_raw`].
    fn sign_der(&self, message: &[u8]) -> Result<Vec<u8>, SignError> {
        let raw = self.sign_raw(message)?;
        match self.public_key().kind() {
            crate::KeyKind::P256 => der_from_raw(&raw),
            crate::KeyKind::Ed25519 => Ok(raw),
        }
    }
}

/// A signature that could not be made or is not valid.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SignError {
    /// Not a valid signature of this message by this key in its one form.
    #[error("the signature is not valid")]
    Signature,
    /// The key or token refused to sign.
    #[error("the key refused to sign")]
    Refused,
}

impl Coded for SignError {
    fn code(&self) -> &'static str {
        match self {
            SignError::Signature => "sign.signature",
            SignError::Refused => "sign.refused",
        }
    }

    fn next(&self) -> &'static str {
        match self {
            SignError::Signature => "Keep the file as evidence and ask where it came from.",
            SignError::Refused => "Check the token or key file, then try again.",
        }
    }
}

/// The order of P-256 (FIPS 186-5, SP 800-186 3.2.1.3), big-endian.
const ORDER: [u8; 32] = [
    0xff, 0xff, 0xff, 0xff, 0, 0, 0, 0, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xbc, 0xe6, 0xfa, 0xad, 0xa7,
    0x17, 0x9e, 0x84, 0xf3, 0xb9, 0xca, 0xc2, 0xfc, 0x63, 0x25, 0x51,
];

/// Half the order, rounded down.
const HALF_ORDER: [u8; 32] = [
    0x7f, 0xff, 0xff, 0xff, 0x80, 0, 0, 0, 0x7f, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xde, 0x73, 0x7d, 0x56,
    0xd3, 0x8b, 0xcf, 0x42, 0x79, 0xdc, 0xe5, 0x61, 0x7e, 0x31, 0x92, 0xa8,
];

/// Is the s of r‖s the lower of s and −s?
pub(crate) fn is_low_s(raw: &[u8]) -> bool {
    raw[32..] <= HALF_ORDER[..]
}

/// The form with the lower s of a P-256 signature r‖s. Anybody can turn (r, s) into the equally
/// valid (r, −s), so that a signed file would have two names; a token's signature goes through here.
pub(crate) fn low_s(raw: &mut [u8; 64]) {
    if is_low_s(raw) {
        return;
    }
    let mut borrow = 0;
    for (place, order) in raw[32..].iter_mut().zip(ORDER).rev() {
        let difference = i16::from(order) - i16::from(*place) - borrow;
        borrow = i16::from(difference < 0);
        *place = (difference & 0xff) as u8;
    }
}

/// r‖s as DER: SEQUENCE { INTEGER r, INTEGER s } (RFC 3279 2.2.3).
pub(crate) fn der_from_raw(raw: &[u8]) -> Result<Vec<u8>, SignError> {
    if raw.len() != 64 {
        return Err(SignError::Refused);
    }
    let mut body = Vec::with_capacity(70);
    for number in raw.chunks(32) {
        let digits = &number[number.iter().take_while(|b| **b == 0).count().min(31)..];
        let sign_byte = usize::from(digits[0] >= 0x80);
        body.extend([0x02, (digits.len() + sign_byte) as u8]);
        body.extend(&[0][..sign_byte]);
        body.extend(digits);
    }
    Ok([&[0x30, body.len() as u8], body.as_slice()].concat())
}

/// DER to r‖s; refuses every encoding but the one [`der_from_raw`] writes.
pub(crate) fn raw_from_der(der: &[u8]) -> Result<[u8; 64], SignError> {
    let mut raw = [0; 64];
    let mut rest = der.get(2..).ok_or(SignError::Signature)?;
    for number in raw.chunks_mut(32) {
        let length = usize::from(*rest.get(1).ok_or(SignError::Signature)?);
        let digits = rest.get(2..2 + length).ok_or(SignError::Signature)?;
        rest = &rest[2 + length..];
        let digits = if length == 33 { &digits[1..] } else { digits };
        let gap = 32usize.checked_sub(digits.len()).ok_or(SignError::Signature)?;
        number[gap..].copy_from_slice(digits);
    }
    if der_from_raw(&raw)? == der { Ok(raw) } else { Err(SignError::Signature) }
}

/// The y coordinates of the eight points of low order on edwards25519, little-endian, sign bit
/// clear: orders 1, 2, 4, 8 and 8.
pub(crate) const LOW_ORDER: [[u8; 32]; 5] = [
    [
        0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00,
        0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00,
    ],
    [
        0x01, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00,
        0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00,
    ],
    [
        0x26, 0xe8, 0x95, 0x8f, 0xc2, 0xb2, 0x27, 0xb0, 0x45, 0xc3, 0xf4, 0x89, 0xf2, 0xef, 0x98, 0xf0, 0xd5, 0xdf,
        0xac, 0x05, 0xd3, 0xc6, 0x33, 0x39, 0xb1, 0x38, 0x02, 0x88, 0x6d, 0x53, 0xfc, 0x05,
    ],
    [
        0xc7, 0x17, 0x6a, 0x70, 0x3d, 0x4d, 0xd8, 0x4f, 0xba, 0x3c, 0x0b, 0x76, 0x0d, 0x10, 0x67, 0x0f, 0x2a, 0x20,
        0x53, 0xfa, 0x2c, 0x39, 0xcc, 0xc6, 0x4e, 0xc7, 0xfd, 0x77, 0x92, 0xac, 0x03, 0x7a,
    ],
    [
        0xec, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff,
        0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x7f,
    ],
];

/// Is this encoding of an Ed25519 point (RFC 8032 5.1.2) of low order, or not reduced modulo 2²⁵⁵ − 19?
/// Signatures hold for any message under such a key, or have a second form.
pub(crate) fn is_weak_point(point: &[u8]) -> bool {
    let mut y = [0; 32];
    y.copy_from_slice(&point[..32]);
    y[31] &= 0x7f;
    let reduced = y[31] != 0x7f || y[1..31].iter().any(|b| *b != 0xff) || y[0] < 0xed;
    !reduced || LOW_ORDER.contains(&y)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{FileKey, KeyKind};
    use proptest::prelude::*;

    #[test]
    fn p256_signatures_have_one_form() {
        let key = FileKey::generate(KeyKind::P256).unwrap();
        for n in 0..50u8 {
            let raw: [u8; 64] = key.sign_raw(&[n]).unwrap().try_into().unwrap();
            assert!(is_low_s(&raw));
            key.public_key().verify_raw(&[n], &raw).unwrap();
            let mut high = raw;
            let mut borrow = 0;
            for (place, order) in high[32..].iter_mut().zip(ORDER).rev() {
                let difference = i16::from(order) - i16::from(*place) - borrow;
                borrow = i16::from(difference < 0);
                *place = (difference & 0xff) as u8;
            }
            // The library takes the other form; this software does not.
            let library = aws_lc_rs::signature::UnparsedPublicKey::new(P256, key.public_key().raw());
            assert!(library.verify(&[n], &high).is_ok());
            assert_eq!(key.public_key().verify_raw(&[n], &high), Err(SignError::Signature));
            low_s(&mut high);
            assert_eq!(high, raw);
        }
    }

    proptest! {
        #[test]
        fn der_reads_as_it_is_written(raw in proptest::array::uniform32(any::<u8>()), zeros in 0usize..32) {
            let mut both = [0; 64];
            both[..32].copy_from_slice(&raw);
            both[32 + zeros..].copy_from_slice(&raw[zeros..]);
            let der = der_from_raw(&both).unwrap();
            prop_assert_eq!(raw_from_der(&der).unwrap(), both);
            for at in 0..der.len() {
                prop_assert!(raw_from_der(&der[..at]).is_err());
            }
            let longer = [der.as_slice(), &[0]].concat();
            prop_assert!(raw_from_der(&longer).is_err());
        }

        #[test]
        fn any_bytes_as_der_do_no_harm(bytes in proptest::collection::vec(any::<u8>(), 0..80)) {
            if let Ok(raw) = raw_from_der(&bytes) {
                prop_assert_eq!(der_from_raw(&raw).unwrap(), bytes);
            }
        }
    }
}
