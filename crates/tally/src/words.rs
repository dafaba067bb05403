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
        lang.choose([self.ar, self.ckb, self.en])
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

/// `part / whole` with two decimals, cut off and never rounded; without them where it is whole. Zero over zero is zero.
pub(crate) fn decimal(part: u128, whole: u128, lang: Lang) -> String {
    let Some(units) = part.checked_div(whole) else { return figure(0, lang) };
    let said = figure(u64::try_from(units).unwrap_or(u64::MAX), lang);
    // The rest is below `whole`, itself a product of two numbers of 64 bits: a hundred times it can be beyond 128.
    let rest = part % whole;
    let hundredths = rest.checked_mul(100).map_or_else(|| rest / (whole / 100), |hundred| hundred / whole);
    if rest == 0 {
        return said;
    }
    let separator = if lang == Lang::En { '.' } else { '٫' };
    let (tens, ones) = (hundredths / 10 % 10, hundredths % 10);
    let digits = [tens, ones].map(|digit| figure(u64::try_from(digit).unwrap_or(0), lang)).concat();
    format!("{said}{separator}{digits}")
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotients_are_cut_off_and_never_rounded_up() {
        assert_eq!(decimal(100, 3, Lang::En), "33.33");
        assert_eq!(decimal(200, 3, Lang::En), "66.66");
        assert_eq!(decimal(1_000_000, 17, Lang::Ar), "٥٨٨٢٣٫٥٢");
        assert_eq!(decimal(9, 3, Lang::En), "3");
        assert_eq!(decimal(1, 200, Lang::En), "0.00");
        assert_eq!(decimal(1, 0, Lang::En), "0");
        assert_eq!(decimal(u128::MAX, u128::MAX - 1, Lang::En), "1.00");
    }
}
