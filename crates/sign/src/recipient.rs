//! The public half of an age identity, as text: what is sealed names it, and
//! what only reads the name need not link age.

use std::fmt;
use std::str::FromStr;

use election::Coded;

/// An age X25519 recipient, `age1…`: 62 lower-case characters (age specification, C2SP).
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Recipient(String);

/// The text is not an age recipient.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not an age recipient: age1 and 58 characters")]
pub struct RecipientError;

impl Coded for RecipientError {
    fn code(&self) -> &'static str {
        "recipient.form"
    }

    fn next(&self) -> &'static str {
        "Copy the recipient again from the key list; it starts with age1."
    }
}

impl Recipient {
    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for Recipient {
    type Err = RecipientError;

    /// Checks the alphabet and length; the checksum is checked where something is sealed to it.
    fn from_str(text: &str) -> Result<Self, RecipientError> {
        let data = text.strip_prefix("age1").ok_or(RecipientError)?;
        let good = data.len() == 58 && data.bytes().all(|b| b"qpzry9x8gf2tvdw0s3jn54khce6mua7l".contains(&b));
        if good { Ok(Recipient(text.to_owned())) } else { Err(RecipientError) }
    }
}

impl fmt::Display for Recipient {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for Recipient {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Recipient({self})")
    }
}

impl serde::Serialize for Recipient {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> serde::Deserialize<'de> for Recipient {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}
