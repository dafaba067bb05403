//! Every identifier is a type of its own over one closed grammar.

use std::fmt;
use std::str::FromStr;

/// An id that the grammar refuses.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("'{0}' is not an id: 1 to 40 of a-z, 0-9 and _, the first a letter or digit")]
pub struct IdError(pub String);

/// The longest id, in bytes; a file name holds three of them.
pub const ID_LENGTH: usize = 40;

/// The grammar of every id: lower-case ASCII letters, digits and `_`, not first.
/// It has no `-`, `.` or `/`, so ids can be joined into file names and read back,
/// and nothing in one can mean anything to a path, a shell, HTML or SQL.
fn check(text: &str) -> Result<(), IdError> {
    let good = !text.is_empty()
        && text.len() <= ID_LENGTH
        && !text.starts_with('_')
        && text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_');
    if good {
        return Ok(());
    }
    let shown: String = text.chars().take(60).collect();
    Err(IdError(shown.escape_debug().to_string()))
}

macro_rules! id_types {
    ($($(#[$doc:meta])* $name:ident;)*) => {$(
        $(#[$doc])*
        #[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
        #[serde(transparent)]
        pub struct $name(String);

        impl $name {
            /// The id as text.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl FromStr for $name {
            type Err = IdError;

            fn from_str(text: &str) -> Result<Self, IdError> {
                check(text)?;
                Ok($name(text.to_owned()))
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.pad(&self.0)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "{}({})", stringify!($name), self.0)
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
                String::deserialize(d)?.parse().map_err(serde::de::Error::custom)
            }
        }
    )*};
}

id_types! {
    /// An election.
    ElectionId;
    /// A territory that elects: votes are totalled and seats allotted in it.
    ConstituencyId;
    /// An office of the commission that stations report to; not always a constituency.
    OfficeId;
    /// A polling centre: a building with several stations.
    CentreId;
    /// A polling station: one ballot box, one device.
    StationId;
    /// A question put to voters.
    ContestId;
    /// What can be marked in a contest: a list, a candidate, or a candidate number `n1`, `n2`, …
    OptionId;
    /// A list in one contest.
    ListId;
    /// A candidate in one contest.
    CandidateId;
    /// A party or coalition, the same in every constituency.
    PartyId;
    /// A kind of ballot sheet set: the contests one voter receives.
    StyleId;
    /// A person with a key: officer, member of the board, commissioner, agent.
    PersonId;
    /// A counting device.
    DeviceId;
    /// A witness of the public record.
    WitnessId;
    /// A letter from which registration figures come.
    SourceId;
    /// A case of the docket: a complaint or an appeal, by its number in the one register.
    CaseId;
    /// An act from outside: a law, an order, a contract, a remark, by its number in the register of acts.
    ActId;
    /// A piece of equipment, by its number in the register of equipment.
    ItemId;
}

impl From<&ListId> for OptionId {
    fn from(id: &ListId) -> Self {
        OptionId(id.0.clone())
    }
}

impl From<&CandidateId> for OptionId {
    fn from(id: &CandidateId) -> Self {
        OptionId(id.0.clone())
    }
}

impl OptionId {
    /// The option "candidate number `number` of the list that is marked".
    pub fn number(number: u16) -> Self {
        OptionId(format!("n{number}"))
    }

    /// The candidate number, where this option is one.
    pub fn as_number(&self) -> Option<u16> {
        let digits = self.0.strip_prefix('n')?;
        if digits.starts_with('0') {
            return None;
        }
        digits.parse().ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_a_closed_grammar() {
        for good in ["1", "0101001", "baghdad_184", &"a".repeat(40)] {
            assert!(good.parse::<StationId>().is_ok(), "{good}");
        }
        let bad = [
            "",
            "_a",
            "A",
            "a-b",
            "a.b",
            "../etc",
            "a\0",
            "a\r\nb",
            "\u{1b}[31m",
            "\u{202e}a",
            "<b>",
            "a'--",
            "٣",
            &"a".repeat(41),
        ];
        for bad in bad {
            let error = bad.parse::<StationId>().expect_err(bad);
            assert!(!error.0.contains('\u{1b}'), "the message is escaped");
        }
    }

    #[test]
    fn candidate_numbers_are_options() {
        assert_eq!(OptionId::number(12).as_number(), Some(12));
        for other in ["n0", "n01", "n", "nineveh", "n70000"] {
            assert_eq!(other.parse::<OptionId>().unwrap().as_number(), None, "{other}");
        }
    }
}
