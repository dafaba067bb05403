//! A private key under a PIN: the PEM of the key, sealed to age's own passphrase recipient (scrypt).

use std::io::Read as _;

use age::secrecy::SecretString;
use election::Coded;
use zeroize::Zeroizing;

use crate::FileKey;

/// The work of one guess: scrypt with N = 2¹⁷ (RFC 7914, r = 8, p = 1), 128 MiB and some tenths of a second.
pub const WORK: u8 = 17;

/// More work than this is not done for a file that somebody brings: 2¹⁸ takes 256 MiB.
const MOST_WORK: u8 = 18;

/// A key as PEM has some 240 bytes.
const MOST_BYTES: u64 = 4_096;

/// What a person knows and no file holds. Never printed by `Debug`.
pub struct Pin(Zeroizing<String>);

/// A PIN, or a key under one, that is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PinError {
    /// Too short, too long, or the first that anybody would try.
    #[error("a PIN has 6 to 64 characters, and is neither one digit again and again nor a run such as 123456")]
    Form,
    /// The key does not open with it.
    #[error("the PIN is not the one of this card")]
    Wrong,
    /// What is sealed is not a key, or was changed.
    #[error("the key on the card is damaged")]
    Damaged,
}

impl Coded for PinError {
    fn code(&self) -> &'static str {
        match self {
            PinError::Form => "card.pin",
            PinError::Wrong => "card.pin_wrong",
            PinError::Damaged => "card.damaged",
        }
    }

    fn next(&self) -> &'static str {
        match self {
            PinError::Form => "Give the PIN from the letter of the office; nothing was tried.",
            PinError::Wrong => {
                "Look into the letter of the office: after ten wrong PINs in a row the card is locked on this device."
            }
            PinError::Damaged => "Use the other copy of the card, or ask the office for a new one.",
        }
    }
}

impl Pin {
    /// Takes what was typed; ٠-٩ and ۰-۹ are the same as 0-9. The text is wiped.
    ///
    /// # Errors
    /// [`PinError::Form`].
    pub fn of(typed: String) -> Result<Pin, PinError> {
        let typed = Zeroizing::new(typed);
        let digit = |c: char| match c {
            '٠'..='٩' => char::from_digit(u32::from(c) - u32::from('٠'), 10),
            '۰'..='۹' => char::from_digit(u32::from(c) - u32::from('۰'), 10),
            _ => None,
        };
        let pin: Zeroizing<String> =
            Zeroizing::new(typed.trim_end_matches(['\r', '\n']).chars().map(|c| digit(c).unwrap_or(c)).collect());
        let good = (6..=64).contains(&pin.chars().count()) && !pin.chars().any(char::is_control) && !is_run(&pin);
        if good { Ok(Pin(pin)) } else { Err(PinError::Form) }
    }

    fn secret(&self) -> SecretString {
        SecretString::from(self.0.to_string())
    }
}

impl std::fmt::Debug for Pin {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Pin(not shown)")
    }
}

/// Is each character the one before, or the next, or the last, all the way through?
fn is_run(pin: &str) -> bool {
    let codes: Vec<i64> = pin.chars().map(|c| i64::from(u32::from(c))).collect();
    [-1, 0, 1].iter().any(|step| codes.windows(2).all(|pair| pair[1] - pair[0] == *step))
}

/// Seals a key under a PIN; `work` is the binary logarithm of scrypt's N, [`WORK`] but in tests.
///
/// # Errors
/// [`PinError::Damaged`] where the libraries cannot write the key.
pub fn seal_key(key: &FileKey, pin: &Pin, work: u8) -> Result<Vec<u8>, PinError> {
    let pem = key.to_pem("").map_err(|_| PinError::Damaged)?;
    let mut recipient = age::scrypt::Recipient::new(pin.secret());
    recipient.set_work_factor(work.clamp(1, MOST_WORK));
    age::encrypt(&recipient, pem.as_bytes()).map_err(|_| PinError::Damaged)
}

/// Opens what [`seal_key`] made. One call is one guess.
///
/// # Errors
/// [`PinError::Wrong`], [`PinError::Damaged`].
pub fn open_key(sealed: &[u8], pin: &Pin) -> Result<FileKey, PinError> {
    use age::DecryptError::{DecryptionFailed, KeyDecryptionFailed, NoMatchingKeys};
    let decryptor = age::Decryptor::new_buffered(sealed).map_err(|_| PinError::Damaged)?;
    if !decryptor.is_scrypt() {
        return Err(PinError::Damaged);
    }
    let mut identity = age::scrypt::Identity::new(pin.secret());
    identity.set_max_work_factor(MOST_WORK);
    let identity: &dyn age::Identity = &identity;
    let reader = decryptor.decrypt(std::iter::once(identity)).map_err(|error| match error {
        DecryptionFailed | KeyDecryptionFailed | NoMatchingKeys => PinError::Wrong,
        _ => PinError::Damaged,
    })?;
    let mut pem = Zeroizing::new(String::new());
    reader.take(MOST_BYTES).read_to_string(&mut pem).map_err(|_| PinError::Damaged)?;
    FileKey::from_pem(&pem).map_err(|_| PinError::Damaged)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{KeyKind, Signer as _};

    fn pin(text: &str) -> Pin {
        Pin::of(text.to_owned()).unwrap()
    }

    #[test]
    fn a_key_opens_with_its_pin_in_any_digits_and_with_no_other() {
        let key = FileKey::generate(KeyKind::P256).unwrap();
        let sealed = seal_key(&key, &pin("481516"), 2).unwrap();
        for right in ["481516", "٤٨١٥١٦", "۴۸۱۵۱۶", "481516\n"] {
            assert_eq!(open_key(&sealed, &pin(right)).unwrap().public_key(), key.public_key(), "{right}");
        }
        for wrong in ["481517", "4815162", "481516 "] {
            assert_eq!(open_key(&sealed, &pin(wrong)).unwrap_err().code(), "card.pin_wrong", "{wrong}");
        }
        let text = String::from_utf8_lossy(&sealed).into_owned();
        assert!(!text.contains("PRIVATE KEY") && text.starts_with("age-encryption.org/v1\n-> scrypt "), "{text}");
        assert!(!format!("{:?}", pin("481516")).contains('4'));
    }

    #[test]
    fn what_is_no_pin_is_told_before_anything_is_tried() {
        for bad in ["", "12345", "000000", "123456", "987654", "abcdef", &"x1".repeat(33), "48\u{7}1516"] {
            assert_eq!(Pin::of(bad.to_owned()).unwrap_err().code(), "card.pin", "{bad:?}");
        }
        for good in ["124578", "correct horse", "٤٨١٥١٦"] {
            pin(good);
        }
    }

    #[test]
    fn a_damaged_key_and_one_that_asks_for_too_much_work_are_not_opened() {
        let key = FileKey::generate(KeyKind::Ed25519).unwrap();
        let sealed = seal_key(&key, &pin("481516"), 2).unwrap();
        let refused = |sealed: &[u8]| open_key(sealed, &pin("481516")).unwrap_err();
        assert_eq!(refused(b"not age").code(), "card.damaged");
        assert_eq!(refused(&sealed[..sealed.len() - 1]).code(), "card.damaged");
        // The head is one line with the salt and the work: 2⁴⁰ would take this machine's memory.
        let at = sealed.windows(3).position(|w| w == b" 2\n").unwrap();
        let greedy = [&sealed[..at], b" 40\n", &sealed[at + 3..]].concat();
        assert_eq!(refused(&greedy), PinError::Damaged);
        let to_another = crate::identity::seal(b"x", &crate::identity::Identity::generate().recipient()).unwrap();
        assert_eq!(refused(&to_another), PinError::Damaged);
    }
}
