//! age X25519 identities: the private halves of [`Recipient`]s.

use age::secrecy::ExposeSecret;
use election::Coded;
use zeroize::Zeroizing;

use crate::Recipient;

/// An identity that opens what is sealed to its recipient. Never printed by `Debug`.
#[derive(Clone)]
pub struct Identity(age::x25519::Identity);

/// The text is not an age identity.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not an age identity: AGE-SECRET-KEY-1 and 58 characters")]
pub struct IdentityError;

impl Coded for IdentityError {
    fn code(&self) -> &'static str {
        "identity.form"
    }

    fn next(&self) -> &'static str {
        "Give the identity file that `sanad key new` wrote, or join the shares again."
    }
}

impl Identity {
    /// A new identity from the system's generator.
    pub fn generate() -> Self {
        Identity(age::x25519::Identity::generate())
    }

    /// Reads the first line that is neither empty nor a comment (`#`), as `age-keygen` writes it.
    ///
    /// # Errors
    /// [`IdentityError`].
    pub fn parse(text: &str) -> Result<Self, IdentityError> {
        let mut lines = text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'));
        let (Some(line), None) = (lines.next(), lines.next()) else { return Err(IdentityError) };
        line.parse().map(Identity).map_err(|_| IdentityError)
    }

    /// The text, `AGE-SECRET-KEY-1…`.
    pub fn to_text(&self) -> Zeroizing<String> {
        Zeroizing::new(self.0.to_string().expose_secret().to_owned())
    }

    /// The public half.
    pub fn recipient(&self) -> Recipient {
        self.0.to_public().to_string().parse().expect("age writes its own form")
    }

    /// The identity for the age crate.
    pub fn as_age(&self) -> &age::x25519::Identity {
        &self.0
    }
}

impl std::fmt::Debug for Identity {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Identity(of {})", self.recipient())
    }
}

/// Seals `bytes` to a recipient.
///
/// # Errors
/// [`crate::RecipientError`] where its checksum does not hold.
pub fn seal(bytes: &[u8], recipient: &Recipient) -> Result<Vec<u8>, crate::RecipientError> {
    age::encrypt(&age_recipient(recipient)?, bytes).map_err(|_| crate::RecipientError)
}

/// The recipient for the age crate, its checksum checked.
///
/// # Errors
/// [`crate::RecipientError`] where the checksum does not hold.
pub fn age_recipient(recipient: &Recipient) -> Result<age::x25519::Recipient, crate::RecipientError> {
    recipient.as_str().parse().map_err(|_| crate::RecipientError)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn identities_read_as_they_are_written_and_stay_secret() {
        let identity = Identity::generate();
        let file = format!("# created\n# public key: {}\n{}\n", identity.recipient(), *identity.to_text());
        assert_eq!(Identity::parse(&file).unwrap().recipient(), identity.recipient());
        assert!(!format!("{identity:?}").contains("SECRET"));
        for bad in ["", "AGE-SECRET-KEY-1", &format!("{file}{}", *identity.to_text())] {
            assert_eq!(Identity::parse(bad).unwrap_err().code(), "identity.form");
        }
    }

    #[test]
    fn a_recipient_with_a_wrong_letter_is_refused() {
        let text = Identity::generate().recipient().to_string();
        let swapped = format!("{}{}{}", &text[..10], if &text[10..11] == "q" { "p" } else { "q" }, &text[11..]);
        assert!(age_recipient(&text.parse().unwrap()).is_ok());
        assert_eq!(age_recipient(&swapped.parse().unwrap()).unwrap_err().code(), "recipient.form");
        for bad in ["", "age1", &text.to_uppercase(), &format!("{text}q"), "age1pq"] {
            assert_eq!(bad.parse::<Recipient>().unwrap_err().code(), "recipient.form");
        }
    }
}
