//! An identity split k of n among commissioners, on printed cards.

use std::convert::Infallible;
use std::fmt;
use std::str::FromStr;

use bech32::{FromBase32, ToBase32, Variant};
use election::{Coded, Digest};
use rand_core::{TryCryptoRng, TryRng};
use vsss_rs::Gf256;
use zeroize::Zeroizing;

use crate::entropy::{Entropy, EntropyError};
use crate::identity::Identity;

/// The Bech32 prefix; in upper case on cards, as in age's own identities.
const PREFIX: &str = "sanad-share-";

/// One share, on one card. Its text is `SANAD-SHARE-1…`, upper-case Bech32m (BIP 350).
#[derive(Clone, PartialEq, Eq)]
pub struct Share {
    set: [u8; 4],
    threshold: u8,
    index: u8,
    secret: Zeroizing<Vec<u8>>,
}

/// Shares that cannot be made or joined.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ShareError {
    /// The text is not a share: a typing error, or another card.
    #[error("this is not a share; a letter may be wrong")]
    Text,
    /// The threshold or number of shares is out of range.
    #[error("shares are k of n, with 2 ≤ k ≤ n ≤ 32")]
    Numbers,
    /// A card that is not one of those committed to.
    #[error("card {0} is false: it is not the one that was committed to")]
    False(u8),
    /// Cards of two different splits.
    #[error("card {0} belongs to another set of cards")]
    OtherSet(u8),
    /// The same card twice.
    #[error("card {0} was given twice")]
    Twice(u8),
    /// Too few cards.
    #[error("{given} cards were given; {needed} are needed")]
    TooFew {
        /// Cards given.
        given: usize,
        /// Cards needed.
        needed: u8,
    },
    /// The cards join to something that is not the identity.
    #[error("the cards do not join to the identity")]
    Mismatch,
    /// No randomness.
    #[error(transparent)]
    Entropy(#[from] EntropyError),
}

impl Coded for ShareError {
    fn code(&self) -> &'static str {
        match self {
            ShareError::Text => "share.text",
            ShareError::Numbers => "share.numbers",
            ShareError::False(_) => "share.false",
            ShareError::OtherSet(_) => "share.set",
            ShareError::Twice(_) => "share.twice",
            ShareError::TooFew { .. } => "share.few",
            ShareError::Mismatch => "share.mismatch",
            ShareError::Entropy(error) => error.code(),
        }
    }

    fn next(&self) -> &'static str {
        match self {
            ShareError::Text => "Type the card again, or scan its code.",
            ShareError::Numbers => {
                "Choose at least two commissioners' shares and no more than there are commissioners."
            }
            ShareError::False(_) | ShareError::OtherSet(_) => {
                "Keep the card as evidence, tell the board, and use another commissioner's card."
            }
            ShareError::Twice(_) => "Give each card once.",
            ShareError::TooFew { .. } => "Ask another commissioner for a card.",
            ShareError::Mismatch => "Join again with the list of commitments, which names a false card.",
            ShareError::Entropy(error) => error.next(),
        }
    }
}

impl Share {
    /// The number of the card, from 1.
    pub fn index(&self) -> u8 {
        self.index
    }

    /// How many cards are needed.
    pub fn threshold(&self) -> u8 {
        self.threshold
    }

    /// What leaf 0 publishes of this card: the SHA-256 of its text. The text holds 32 uniformly
    /// random bytes, so the hash gives nothing away.
    pub fn commitment(&self) -> Digest {
        crate::sha256(self.to_text().as_bytes())
    }

    /// The text on the card: 80 characters, within which Bech32m finds every four wrong letters.
    pub fn to_text(&self) -> Zeroizing<String> {
        let head = [&self.set[..], &[self.threshold, self.index]].concat();
        let data = Zeroizing::new([head.as_slice(), &self.secret].concat());
        let text = Zeroizing::new(bech32::encode(PREFIX, data.to_base32(), Variant::Bech32m).expect("a fixed prefix"));
        Zeroizing::new(text.to_uppercase())
    }

    /// The card as vsss-rs takes it: the index, then the value of each byte's polynomial there.
    fn point(&self) -> Vec<u8> {
        [&[self.index], self.secret.as_slice()].concat()
    }
}

impl FromStr for Share {
    type Err = ShareError;

    /// Reads a card; spaces, line ends and case do not matter.
    fn from_str(text: &str) -> Result<Self, ShareError> {
        if text.len() > 400 {
            return Err(ShareError::Text);
        }
        let letters = text.chars().filter(|c| !c.is_whitespace()).flat_map(char::to_lowercase);
        let typed = Zeroizing::new(letters.collect::<String>());
        let (prefix, data, Variant::Bech32m) = bech32::decode(&typed).map_err(|_| ShareError::Text)? else {
            return Err(ShareError::Text);
        };
        let data = Zeroizing::new(Vec::<u8>::from_base32(&data).map_err(|_| ShareError::Text)?);
        let (head, secret) = data.split_at_checked(6).ok_or(ShareError::Text)?;
        let [a, b, c, d, threshold, index] = *head else { return Err(ShareError::Text) };
        if prefix != PREFIX || secret.len() != 32 || index == 0 || threshold < 2 {
            return Err(ShareError::Text);
        }
        Ok(Share { set: [a, b, c, d], threshold, index, secret: Zeroizing::new(secret.to_vec()) })
    }
}

impl fmt::Debug for Share {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Share({} of a set of which {} join)", self.index, self.threshold)
    }
}

/// The random trait of vsss-rs over ours. It cannot fail, so a failure is kept and asked for afterwards.
struct Drawn<'a> {
    entropy: &'a dyn Entropy,
    failed: Option<EntropyError>,
}

impl TryRng for Drawn<'_> {
    type Error = Infallible;

    fn try_next_u32(&mut self) -> Result<u32, Infallible> {
        let mut bytes = [0; 4];
        self.try_fill_bytes(&mut bytes)?;
        Ok(u32::from_le_bytes(bytes))
    }

    fn try_next_u64(&mut self) -> Result<u64, Infallible> {
        let mut bytes = [0; 8];
        self.try_fill_bytes(&mut bytes)?;
        Ok(u64::from_le_bytes(bytes))
    }

    fn try_fill_bytes(&mut self, bytes: &mut [u8]) -> Result<(), Infallible> {
        if let Err(error) = self.entropy.fill(bytes) {
            self.failed = Some(error);
            // What is made of these is thrown away; they only end the sampling of nonzero values.
            bytes.fill(1);
        }
        Ok(())
    }
}

impl TryCryptoRng for Drawn<'_> {}

/// Which split a card belongs to: the first four bytes of the recipient's SHA-256.
fn set_of(identity: &Identity) -> [u8; 4] {
    let digest = crate::sha256(identity.recipient().as_str().as_bytes());
    [digest.0[0], digest.0[1], digest.0[2], digest.0[3]]
}

/// Splits an identity into `count` shares of which any `threshold` join (Shamir over GF(256), vsss-rs).
/// The generator is tested first.
///
/// # Errors
/// [`ShareError::Numbers`], [`ShareError::Entropy`].
pub fn split(identity: &Identity, threshold: u8, count: u8, entropy: &dyn Entropy) -> Result<Vec<Share>, ShareError> {
    if threshold < 2 || threshold > count || count > 32 {
        return Err(ShareError::Numbers);
    }
    crate::entropy::start_up(entropy)?;
    let text = Zeroizing::new(identity.to_text().to_lowercase());
    let (_, data, _) = bech32::decode(&text).map_err(|_| ShareError::Mismatch)?;
    let secret = Zeroizing::new(Vec::<u8>::from_base32(&data).map_err(|_| ShareError::Mismatch)?);
    let mut drawn = Drawn { entropy, failed: None };
    let points = Gf256::split_bytes(threshold.into(), count.into(), secret.as_slice(), &mut drawn);
    if let Some(error) = drawn.failed {
        return Err(error.into());
    }
    let share = |mut point: Vec<u8>| {
        let index = point.remove(0);
        Share { set: set_of(identity), threshold, index, secret: Zeroizing::new(point) }
    };
    Ok(points.map_err(|_| ShareError::Numbers)?.into_iter().map(share).collect())
}

/// Joins shares to the identity. `commitments` are those of leaf 0, in the order of the cards; with
/// them a false card is named. An empty list names none, and only [`ShareError::Mismatch`] is left.
///
/// # Errors
/// [`ShareError`].
pub fn join(shares: &[Share], commitments: &[Digest]) -> Result<Identity, ShareError> {
    let first = shares.first().ok_or(ShareError::TooFew { given: 0, needed: 2 })?;
    for (place, share) in shares.iter().enumerate() {
        let committed = commitments.get(usize::from(share.index) - 1);
        if !commitments.is_empty() && committed != Some(&share.commitment()) {
            return Err(ShareError::False(share.index));
        }
        if (share.set, share.threshold) != (first.set, first.threshold) {
            return Err(ShareError::OtherSet(share.index));
        }
        if shares[..place].iter().any(|other| other.index == share.index) {
            return Err(ShareError::Twice(share.index));
        }
    }
    if shares.len() < usize::from(first.threshold) {
        return Err(ShareError::TooFew { given: shares.len(), needed: first.threshold });
    }
    let points = Zeroizing::new(shares.iter().map(Share::point).collect::<Vec<_>>());
    let secret = Zeroizing::new(Gf256::combine_bytes(points.as_slice()).map_err(|_| ShareError::Mismatch)?);
    let text = bech32::encode("age-secret-key-", secret.to_base32(), Variant::Bech32);
    let text = Zeroizing::new(text.map_err(|_| ShareError::Mismatch)?.to_uppercase());
    let identity = Identity::parse(&text).map_err(|_| ShareError::Mismatch)?;
    if set_of(&identity) == first.set { Ok(identity) } else { Err(ShareError::Mismatch) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::SystemEntropy;

    fn cards(identity: &Identity) -> Vec<Share> {
        split(identity, 3, 5, &SystemEntropy).unwrap()
    }

    #[test]
    fn any_three_of_five_cards_join_and_two_do_not() {
        let identity = Identity::generate();
        let cards = cards(&identity);
        let commitments: Vec<Digest> = cards.iter().map(Share::commitment).collect();
        for a in 0..5 {
            for b in a + 1..5 {
                for c in b + 1..5 {
                    let three = [cards[c].clone(), cards[a].clone(), cards[b].clone()];
                    assert_eq!(join(&three, &commitments).unwrap().to_text(), identity.to_text());
                }
                let two = [cards[a].clone(), cards[b].clone()];
                assert_eq!(join(&two, &commitments).unwrap_err().code(), "share.few");
            }
        }
        assert_eq!(join(&[], &commitments).unwrap_err().code(), "share.few");
    }

    #[test]
    fn a_false_card_is_named() {
        let identity = Identity::generate();
        let mut cards = cards(&identity);
        let commitments: Vec<Digest> = cards.iter().map(Share::commitment).collect();
        cards[1].secret[7] ^= 1;
        assert_eq!(join(&cards[..3], &commitments).unwrap_err(), ShareError::False(2));
        assert_eq!(join(&cards[..3], &[]).unwrap_err(), ShareError::Mismatch);
        let other = split(&Identity::generate(), 3, 5, &SystemEntropy).unwrap();
        let mixed = [cards[0].clone(), cards[2].clone(), other[3].clone()];
        assert_eq!(join(&mixed, &commitments).unwrap_err(), ShareError::False(4));
        assert_eq!(join(&mixed, &[]).unwrap_err(), ShareError::OtherSet(4));
        let twice = [cards[0].clone(), cards[2].clone(), cards[0].clone()];
        assert_eq!(join(&twice, &commitments).unwrap_err(), ShareError::Twice(1));
    }

    #[test]
    fn a_typed_card_reads_back_and_a_wrong_letter_is_found() {
        let card = cards(&Identity::generate()).remove(4);
        let text = card.to_text();
        assert!(text.starts_with("SANAD-SHARE-1") && text.len() <= 90, "{}", text.len());
        let typed: String = text
            .to_lowercase()
            .chars()
            .enumerate()
            .flat_map(|(i, c)| [c, if i % 4 == 3 { ' ' } else { '\n' }])
            .collect();
        assert_eq!(typed.parse::<Share>().unwrap(), card);
        for at in 13..text.len() {
            let mut wrong = text.as_bytes().to_vec();
            wrong[at] = if wrong[at] == b'Q' { b'P' } else { b'Q' };
            let wrong = String::from_utf8(wrong).unwrap();
            assert_eq!(wrong.parse::<Share>().unwrap_err().code(), "share.text");
        }
        assert_eq!("".parse::<Share>().unwrap_err().code(), "share.text");
    }

    #[test]
    fn the_numbers_are_sensible_and_the_generator_is_tested() {
        struct Stuck;
        impl Entropy for Stuck {
            fn fill(&self, bytes: &mut [u8]) -> Result<(), EntropyError> {
                bytes.fill(7);
                Ok(())
            }
        }
        let identity = Identity::generate();
        for (k, n) in [(0, 0), (1, 1), (1, 3), (4, 3), (2, 33)] {
            assert_eq!(split(&identity, k, n, &SystemEntropy).unwrap_err().code(), "share.numbers");
        }
        assert_eq!(split(&identity, 2, 3, &Stuck).unwrap_err().code(), "entropy.stuck");
    }
}
