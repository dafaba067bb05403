//! Words in the languages of the election.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// A language that Sanad speaks (BCP 47).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Lang {
    /// Arabic, as written in Iraq.
    Ar,
    /// Kurdish, Sorani.
    Ckb,
    /// English.
    En,
}

impl Lang {
    /// All of them, in the order of the gazette.
    pub const ALL: [Lang; 3] = [Lang::Ar, Lang::Ckb, Lang::En];

    /// The BCP 47 tag.
    pub fn tag(self) -> &'static str {
        self.choose(["ar", "ckb", "en"])
    }

    /// What is said in this language, of what is said in [`Lang::ALL`].
    pub fn choose<T>(self, [ar, ckb, en]: [T; 3]) -> T {
        match self {
            Lang::Ar => ar,
            Lang::Ckb => ckb,
            Lang::En => en,
        }
    }

    /// Written from right to left?
    pub fn is_right_to_left(self) -> bool {
        self != Lang::En
    }
}

impl fmt::Display for Lang {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.tag())
    }
}

impl FromStr for Lang {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        Lang::ALL
            .into_iter()
            .find(|lang| lang.tag() == text)
            .ok_or_else(|| format!("'{}' is not a language of Sanad: ar, ckb or en", text.escape_debug()))
    }
}

/// One name or sentence in the languages of the election. Any may be empty.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Text {
    /// Arabic.
    #[serde(default)]
    pub ar: String,
    /// Kurdish, Sorani.
    #[serde(default)]
    pub ckb: String,
    /// English.
    #[serde(default)]
    pub en: String,
}

impl Text {
    /// The text in `lang`, or in the first language that has one.
    pub fn get(&self, lang: Lang) -> &str {
        let own = self.exact(lang);
        if !own.is_empty() {
            return own;
        }
        [Lang::En, Lang::Ar, Lang::Ckb]
            .into_iter()
            .map(|other| self.exact(other))
            .find(|text| !text.is_empty())
            .unwrap_or("")
    }

    /// The text in `lang` alone, empty where there is none.
    pub fn exact(&self, lang: Lang) -> &str {
        lang.choose([&self.ar, &self.ckb, &self.en])
    }
}
