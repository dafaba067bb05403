//! One cell to one value; what is wrong goes to the report, and a stand-in lets the reading go on.

use std::fmt::Display;
use std::ops::RangeInclusive;
use std::str::FromStr;

use crate::report::{Report, show};
use crate::sheets::Sheet;
use crate::table::Row;
use crate::{IdError, Lang, Rule, Text};

/// The longest text, in characters.
const LONGEST: usize = 200;

/// The most ids in one cell: a station abroad takes the ballots of a whole nation's constituencies.
const MOST_IDS: usize = 2_000;

/// A row being read. The stand-ins of broken cells never leave the crate: with a problem there is no definition.
pub(crate) struct Cells<'a> {
    pub sheet: &'static Sheet,
    pub row: &'a Row,
    pub report: &'a mut Report,
}

impl<'a> Cells<'a> {
    /// The text of a column of the sheet.
    pub fn get(&self, column: &str) -> &'a str {
        let index = self.sheet.columns.iter().position(|(name, _)| *name == column);
        index.and_then(|i| self.row.cells.get(i)).map_or("", String::as_str)
    }

    /// Notes a problem of this row.
    pub fn add(&mut self, rule: Rule, what: impl Into<String>, next: impl Into<String>) {
        self.report.add(rule, self.sheet.file, Some(self.row.line), what, next);
    }

    fn needed(&mut self, column: &str) -> Option<&'a str> {
        let text = self.get(column);
        if text.is_empty() {
            self.add(Rule::CellEmpty, format!("the cell '{column}' is empty"), "fill it");
            return None;
        }
        Some(text)
    }

    /// An id that must be there.
    pub fn id<T: FromStr<Err = IdError>>(&mut self, column: &str) -> Option<T> {
        let text = self.needed(column)?;
        self.parse_id(column, text)
    }

    /// An id, or nothing.
    pub fn maybe_id<T: FromStr<Err = IdError>>(&mut self, column: &str) -> Option<T> {
        let text = self.get(column);
        if text.is_empty() { None } else { self.parse_id(column, text) }
    }

    /// Ids with spaces between.
    pub fn ids<T: FromStr<Err = IdError>>(&mut self, column: &str) -> Vec<T> {
        let text = self.get(column);
        if text.split_whitespace().nth(MOST_IDS).is_some() {
            let what = format!("the cell '{column}' holds more than {MOST_IDS} ids");
            self.add(Rule::TooLong, what, "write each once");
        }
        text.split_whitespace().take(MOST_IDS).filter_map(|text| self.parse_id(column, text)).collect()
    }

    fn parse_id<T: FromStr<Err = IdError>>(&mut self, column: &str, text: &str) -> Option<T> {
        let id = text.parse();
        if id.is_err() {
            let strange = text.chars().find(|c| !c.is_ascii());
            let strange = strange.map(|c| format!(": it holds U+{:04X}, whatever it looks like", c as u32));
            let what = format!("'{}' in '{column}' is not an id{}", show(text), strange.unwrap_or_default());
            self.add(Rule::Id, what, "write 1 to 40 of a-z, 0-9 and _, the first a letter or digit");
        }
        id.ok()
    }

    /// A whole number within `range`.
    pub fn number<T>(&mut self, column: &str, range: RangeInclusive<T>) -> Option<T>
    where
        T: FromStr + PartialOrd + Display,
    {
        let text = self.needed(column)?;
        let number = Some(text).filter(|t| t.bytes().all(|b| b.is_ascii_digit())).and_then(|t| t.parse().ok());
        let number = number.filter(|n| range.contains(n));
        if number.is_none() {
            let what =
                format!("'{}' in '{column}' is not a number from {} to {}", show(text), range.start(), range.end());
            self.add(Rule::Number, what, "write it in digits alone, without separators");
        }
        number
    }

    /// One word of a closed set.
    pub fn word<T: Copy>(&mut self, column: &str, words: &[(&str, T)]) -> Option<T> {
        let text = self.needed(column)?;
        let found = words.iter().find(|(word, _)| *word == text).map(|(_, value)| *value);
        if found.is_none() {
            let known: Vec<&str> = words.iter().map(|(word, _)| *word).collect();
            let what = format!("'{}' in '{column}' is not one of its words", show(text));
            self.add(Rule::Word, what, format!("write one of {}", known.join(", ")));
        }
        found
    }

    /// A value with a grammar of its own: `is` says what it is, `how` how it is written.
    pub fn parsed<T: FromStr>(&mut self, column: &str, rule: Rule, is: &str, how: &str) -> Option<T> {
        let text = self.needed(column)?;
        let value = text.parse().ok();
        if value.is_none() {
            self.add(rule, format!("'{}' in '{column}' is not {is}", show(text)), how);
        }
        value
    }

    /// Words for people, which must be there.
    pub fn text(&mut self, column: &str) -> String {
        let text = self.needed(column).unwrap_or("");
        self.check_text(column, text);
        text.to_owned()
    }

    /// The name in `languages`, each of which must be there; the others are read where they are.
    pub fn name(&mut self, languages: &[Lang]) -> Text {
        let mut read = |lang: Lang| {
            let column = lang.choose(["name_ar", "name_ckb", "name_en"]);
            let text = self.get(column);
            self.check_text(column, text);
            if text.is_empty() && languages.contains(&lang) {
                let what = format!("'{column}' is empty, and {lang} is a language of the election");
                self.add(Rule::NameMissing, what, "write the name as it shall stand on ballots and pages");
            }
            text.to_owned()
        };
        Text { ar: read(Lang::Ar), ckb: read(Lang::Ckb), en: read(Lang::En) }
    }

    fn check_text(&mut self, column: &str, text: &str) {
        if let Some((rule, what, next)) = text_trouble(text) {
            self.add(rule, format!("'{column}' {what}"), next);
        }
    }
}

/// What is wrong with words for people, where something is: the rule, the fault and what to do.
pub(crate) fn text_trouble(text: &str) -> Option<(Rule, String, &'static str)> {
    if let Some(bad) = text.chars().find(|&c| is_refused(c)) {
        let what = format!("holds the character U+{:04X}, which cannot be seen or moves what is seen", bad as u32);
        return Some((Rule::Character, what, "remove it; type the text anew instead of pasting it"));
    }
    let length = text.chars().count();
    if length > LONGEST {
        return Some((Rule::TooLong, format!("has {length} characters, more than {LONGEST}"), "shorten it"));
    }
    if text.starts_with(['=', '+', '-', '@']) {
        let what = "begins like a formula, which a spreadsheet would run".to_owned();
        return Some((Rule::Formula, what, "begin it with a letter, a digit or a quotation mark"));
    }
    None
}

/// Characters that a name never needs: controls, line and paragraph separators, direction marks and overrides,
/// invisible ones, private use and what is no character. The zero-width non-joiner stays: Sorani writes with it.
fn is_refused(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}' | '\u{200d}'..='\u{200f}'
            | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff0}'..='\u{fffb}'
            | '\u{e000}'..='\u{f8ff}' | '\u{e0000}'..='\u{10ffff}' | '\u{115f}' | '\u{1160}' | '\u{3164}' | '\u{ffa0}')
        || (c as u32) & 0xfffe == 0xfffe
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_hold_what_can_be_seen() {
        for good in
            ["تحالف النخلة", "هاوپەیمانی دارخورما", "نه\u{200c}خێر", "Palm (1) – “A”", "<script>", "قائمة ١٢", ""]
        {
            assert_eq!(text_trouble(good), None, "{good}");
        }
        let rule = |text: &str| text_trouble(text).map(|t| t.0);
        for bad in
            ["a\u{202e}b", "a\nb", "a\0", "\u{1b}[31m", "\u{200b}", "a\u{2066}", "\u{e0041}", "\u{fffe}", "\u{85}"]
        {
            assert_eq!(rule(bad), Some(Rule::Character), "{}", bad.escape_unicode());
        }
        assert_eq!(rule("=cmd|' /C calc'!A0"), Some(Rule::Formula));
        assert_eq!(rule(&"ا".repeat(200)), None);
        assert_eq!(rule(&"ا".repeat(201)), Some(Rule::TooLong));
    }
}
