//! An identity split k of n among commissioners, on printed cards.

use std::fmt;
use std::str::FromStr;

use election::{Coded, Digest};
use zeroize::Zeroizing;

use crate::entropy::{Entropy, EntropyError};
use crate::identity::Identity;

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
    #[error("shares are 1 ≤ k ≤ n ≤ 32, and k at least 2 where n is")]
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

    /// What leaf 0 publishes of this card: the SHA-256 of its text.
    pub fn commitment(&self) -> Digest {
        unimplemented!()
    }

    /// The text on the card.
    pub fn to_text(&self) -> Zeroizing<String> {
        unimplemented!()
    }
}

impl FromStr for Share {
    type Err = ShareError;

    /// Reads a card; spaces, line ends and case do not matter.
    fn from_str(_text: &str) -> Result<Self, ShareError> {
        unimplemented!()
    }
}

impl fmt::Debug for Share {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Share({} of a set of which {} join)", self.index, self.threshold)
    }
}

/// Splits an identity into `count` shares of which any `threshold` join (Shamir over GF(256), vsss-rs).
///
/// # Errors
/// [`ShareError::Numbers`], [`ShareError::Entropy`].
pub fn split(
    _identity: &Identity,
    _threshold: u8,
    _count: u8,
    _entropy: &dyn Entropy,
) -> Result<Vec<Share>, ShareError> {
    unimplemented!()
}

/// Joins shares to the identity. `commitments` are those of leaf 0, in the order of the cards; with
/// them a false card is named.
///
/// # Errors
/// [`ShareError`].
pub fn join(_shares: &[Share], _commitments: &[Digest]) -> Result<Identity, ShareError> {
    unimplemented!()
}
