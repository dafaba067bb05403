//! Fixed words in three languages, and figures in the digits of each.

use election::{Lang, Text};

/// A fixed text in the three languages.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Words {
    /// Arabic.
    pub ar: &'static str,
    /// Kurdish, Sorani.
    pub ckb: &'static str,
    /// English.
    pub en: &'static str,
}

impl Words {
    /// The text in `lang`.
    pub fn get(self, lang: Lang) -> &'static str {
        match lang {
            Lang::Ar => self.ar,
            Lang::Ckb => self.ckb,
            Lang::En => self.en,
        }
    }
}

/// A figure in the digits of `lang` (٠-٩ in Arabic as written in Iraq, and in Sorani).
pub(crate) fn figure(number: u64, lang: Lang) -> String {
    let western = number.to_string();
    if lang == Lang::En {
        return western;
    }
    western.chars().map(|c| c.to_digit(10).and_then(|d| char::from_u32(0x0660 + d)).unwrap_or(c)).collect()
}

/// A name inside a sentence, isolated (UAX #9) so that its direction cannot turn the sentence round.
pub(crate) fn isolated(name: &str) -> String {
    format!("\u{2068}{name}\u{2069}")
}

/// The name in `lang`, isolated; the id where there is no name.
pub(crate) fn named(name: &Text, id: &str, lang: Lang) -> String {
    let name = name.get(lang);
    isolated(if name.is_empty() { id } else { name })
}
