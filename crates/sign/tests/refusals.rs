//! Each reason code of keys, signatures and shares, asked for at the public interface.

use election::Coded;
use sanad_sign::cose::{sign1, verify1};
use sanad_sign::dsse;
use sanad_sign::{Entropy, FileKey, KeyKind, PublicKey, SignError, Signer};

fn key() -> FileKey {
    FileKey::generate(KeyKind::P256).unwrap()
}

/// A token that answers with whatever it is told to.
struct Token(FileKey, Result<Vec<u8>, SignError>);

impl Signer for Token {
    fn public_key(&self) -> &PublicKey {
        self.0.public_key()
    }

    fn sign_raw(&self, _: &[u8]) -> Result<Vec<u8>, SignError> {
        self.1.clone()
    }
}

#[test]
fn a_message_whose_signature_was_altered_is_told_from_one_by_another_key() {
    let key = key();
    let good = sign1("slip", b"figures", &key).unwrap();
    let mut altered = good.clone();
    // The signature stands last: one bit of s.
    *altered.last_mut().unwrap() ^= 1;
    let refused = verify1("slip", &altered, key.public_key()).unwrap_err();
    assert_eq!(refused.code(), "cose.signature");
    assert!(refused.to_string().contains(&key.public_key().id().to_string()), "{refused}");
    assert_eq!(verify1("slip", &good, key.public_key()).unwrap(), b"figures");
}

#[test]
fn a_signature_holds_for_its_message_alone() {
    let key = key();
    let (raw, der) = (key.sign_raw(b"one").unwrap(), key.sign_der(b"one").unwrap());
    let public = key.public_key();
    public.verify_raw(b"one", &raw).unwrap();
    public.verify_der(b"one", &der).unwrap();
    for bad in [public.verify_raw(b"two", &raw), public.verify_der(b"two", &der), public.verify_raw(b"one", &raw[1..])]
    {
        assert_eq!(bad.unwrap_err().code(), "sign.signature");
    }
}

#[test]
fn a_token_that_refuses_or_gives_no_signature_signs_nothing() {
    let refusing = Token(key(), Err(SignError::Refused));
    assert_eq!(sign1("slip", b"figures", &refusing).unwrap_err().code(), "sign.refused");
    assert_eq!(dsse::sign("label", b"{}", &[&refusing]).unwrap_err().code(), "sign.refused");
    // 63 bytes are no r‖s.
    let short = Token(key(), Ok(vec![1; 63]));
    assert_eq!(short.sign_der(b"figures").unwrap_err().code(), "sign.refused");
    assert_eq!(dsse::sign("label", b"{}", &[&short]).unwrap_err().code(), "sign.refused");
}

/// A generator that is not there.
struct Absent;

impl Entropy for Absent {
    fn fill(&self, _: &mut [u8]) -> Result<(), sanad_sign::entropy::EntropyError> {
        Err(sanad_sign::entropy::EntropyError::Unavailable)
    }
}

#[test]
fn without_randomness_no_key_is_made() {
    assert_eq!(sanad_sign::entropy::start_up(&Absent).unwrap_err().code(), "entropy.unavailable");
    let refused = FileKey::generate_ed25519_from(&Absent).map(drop).unwrap_err();
    assert_eq!(refused.code(), "entropy.unavailable");
}

#[cfg(feature = "identity")]
mod shares {
    use election::{Coded, Digest};
    use sanad_sign::SystemEntropy;
    use sanad_sign::identity::Identity;
    use sanad_sign::shares::{Share, join, split};

    fn cards(identity: &Identity) -> Vec<Share> {
        split(identity, 3, 5, &SystemEntropy).unwrap()
    }

    fn refusal(cards: &[Share], commitments: &[Digest]) -> (&'static str, String) {
        let refused = join(cards, commitments).map(drop).unwrap_err();
        (refused.code(), refused.to_string())
    }

    #[test]
    fn a_card_of_another_split_is_named() {
        let identity = Identity::generate();
        let (own, other) = (cards(&identity), cards(&Identity::generate()));
        let commitments: Vec<Digest> = own.iter().map(Share::commitment).collect();
        let mixed = [own[0].clone(), own[2].clone(), other[3].clone()];
        let (code, said) = refusal(&mixed, &commitments);
        assert_eq!(code, "share.false");
        assert!(said.contains("card 4"), "{said}");
        let (code, said) = refusal(&mixed, &[]);
        assert_eq!(code, "share.set");
        assert!(said.contains("card 4"), "{said}");
    }

    #[test]
    fn cards_of_two_splits_of_one_identity_do_not_join_to_another() {
        // They name the same set and threshold, and their points lie on two polynomials.
        let identity = Identity::generate();
        let (first, second) = (cards(&identity), cards(&identity));
        let mixed = [first[0].clone(), first[1].clone(), second[2].clone()];
        assert_eq!(refusal(&mixed, &[]).0, "share.mismatch");
        assert_eq!(join(&first[..3], &[]).unwrap().to_text(), identity.to_text());
    }

    #[test]
    fn without_randomness_no_card_is_made() {
        let refused = split(&Identity::generate(), 3, 5, &super::Absent).map(drop).unwrap_err();
        assert_eq!(refused.code(), "entropy.unavailable");
    }
}
