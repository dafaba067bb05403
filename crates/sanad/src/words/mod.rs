//! What the command says, in Arabic, Kurdish (Sorani) and English.
//!
//! The rooms below tell their errors in English; the English sentence is the key of a row here, with `{}` for what is
//! filled in. Each room has its file of rows. `tests/words.rs` reads the sources and asks that every sentence, every
//! error of every reason code and every "what next" has its row; one without is told in English.

mod acts;
mod ballot;
mod card;
mod centre;
mod command;
mod definition;
mod desk;
mod disk;
mod docket;
mod evidence;
mod hand;
mod intake;
mod package;
mod privacy;
mod proof;
mod published;
mod ratification;
mod record;
mod reread;
mod slip;
mod station;
mod succession;
mod tally;
mod transmission;
mod usage;
mod verify;

use std::collections::BTreeMap;
use std::sync::LazyLock;

use election::Lang;

/// One sentence. `{}` in a translation stands for the next filling, `{0}`, `{1}` … for one by its number.
#[derive(Clone, Copy, Debug)]
pub struct Row {
    /// English: the key.
    pub en: &'static str,
    /// Arabic.
    pub ar: &'static str,
    /// Kurdish, Sorani.
    pub ckb: &'static str,
}

/// A row.
const fn row(en: &'static str, ar: &'static str, ckb: &'static str) -> Row {
    Row { en, ar, ckb }
}

/// All rows, by room.
pub const ROOMS: &[(&str, &[Row])] = &[
    ("command", command::ROWS),
    ("usage", usage::ROWS),
    ("definition", definition::ROWS),
    ("station", station::ROWS),
    ("card", card::ROWS),
    ("ballot", ballot::ROWS),
    ("package", package::ROWS),
    ("slip", slip::ROWS),
    ("privacy", privacy::ROWS),
    ("published", published::ROWS),
    ("intake", intake::ROWS),
    ("proof", proof::ROWS),
    ("record", record::ROWS),
    ("centre", centre::ROWS),
    ("tally", tally::ROWS),
    ("transmission", transmission::ROWS),
    ("verify", verify::ROWS),
    ("reread", reread::ROWS),
    ("disk", disk::ROWS),
    ("docket", docket::ROWS),
    ("hand", hand::ROWS),
    ("desk", desk::ROWS),
    ("ratification", ratification::ROWS),
    ("succession", succession::ROWS),
    ("acts", acts::ROWS),
    ("evidence", evidence::ROWS),
];

static BY_KEY: LazyLock<BTreeMap<&'static str, &'static Row>> =
    LazyLock::new(|| ROOMS.iter().flat_map(|(_, rows)| rows.iter()).map(|row| (row.en, row)).collect());

/// What is filled into a sentence.
#[derive(Clone, Debug)]
pub enum Fill {
    /// An id, a path, a name: it keeps its own direction.
    Text(String),
    /// A figure, written as the language does.
    Count(u64),
    /// A sentence that is worded already.
    Words(String),
}

/// An id, a path or a name.
pub fn text(text: impl std::fmt::Display) -> Fill {
    Fill::Text(text.to_string())
}

/// A figure.
pub fn count(count: impl TryInto<u64>) -> Fill {
    Fill::Count(count.try_into().unwrap_or(u64::MAX))
}

impl Fill {
    fn worded(&self, lang: Lang) -> String {
        match self {
            Fill::Text(text) => isolated(lang, text),
            Fill::Count(count) => site::words::number(lang, *count),
            Fill::Words(words) => words.clone(),
        }
    }
}

/// `text` with a direction of its own (U+2068, U+2069), so that an id or a path inside Arabic or Kurdish stays in one
/// piece; as it is in English.
pub fn isolated(lang: Lang, text: &str) -> String {
    if lang.is_right_to_left() { format!("\u{2068}{text}\u{2069}") } else { text.to_owned() }
}

/// Commands between back quotes and options keep the direction they are typed in.
fn isolated_code(template: &str) -> String {
    let mut text = String::new();
    for (place, part) in template.split('`').enumerate() {
        if place % 2 == 1 {
            text.push_str(&format!("\u{2068}`{part}`\u{2069}"));
            continue;
        }
        for word in part.split_inclusive(' ') {
            let bare = word.trim_end_matches(|c: char| !c.is_ascii_alphanumeric());
            match bare.find("--") {
                Some(0) => text.push_str(&format!("\u{2068}{bare}\u{2069}{}", &word[bare.len()..])),
                _ => text.push_str(word),
            }
        }
    }
    text
}

impl Row {
    fn get(&self, lang: Lang) -> String {
        match lang {
            Lang::Ar => isolated_code(self.ar),
            Lang::Ckb => isolated_code(self.ckb),
            Lang::En => self.en.to_owned(),
        }
    }

    /// The letters that must be there for a text to be this sentence.
    fn weight(&self) -> usize {
        self.en.len() - 2 * self.en.matches("{}").count()
    }
}

/// A sentence of the command itself in `lang`.
pub fn sentence(lang: Lang, en: &'static str, fills: &[Fill]) -> String {
    let template = BY_KEY.get(en).map_or_else(|| en.to_owned(), |row| row.get(lang));
    let fills: Vec<String> = fills.iter().map(|fill| fill.worded(lang)).collect();
    filled(&template, &fills)
}

/// A sentence that a room has told in English, in `lang`: the row it was made from is found again. Where there is none,
/// the English stays, with a direction of its own.
pub fn told(lang: Lang, english: &str) -> String {
    if lang == Lang::En || english.is_empty() {
        return english.to_owned();
    }
    if let Some(said) = findings(lang, english) {
        return said;
    }
    match found(english) {
        Some((row, fills)) => {
            let fills: Vec<String> = fills.into_iter().map(|fill| told(lang, fill)).collect();
            filled(&row.get(lang), &fills)
        }
        None => isolated(lang, english),
    }
}

/// The rules that a ballot account breaks, joined by `; `: each has its title in three languages in `tally`.
fn findings(lang: Lang, english: &str) -> Option<String> {
    let one = |part: &str| {
        let part = part.strip_prefix("R.").filter(|p| p.get(3..5) == Some(": ")).map_or(part, |p| &p[5..]);
        let code = part.get(..5).filter(|code| code.starts_with("R."))?;
        let title = &::tally::rules::rule(code)?.title;
        let (names, figures) = part[5..].trim_start().strip_prefix(title.get(Lang::En))?.rsplit_once(": ")?;
        let (left, right) = figures.split_once(" against ")?;
        let figure = |text: &str| text.replace(',', "").parse().ok().map(Fill::Count);
        let figures = sentence(lang, "{} against {}", &[figure(left)?, figure(right)?]);
        Some(format!("{} {}{names}: {figures}", isolated(lang, code), title.get(lang)))
    };
    english.split("; ").map(one).collect::<Option<Vec<String>>>().map(|said| said.join("؛ "))
}

/// The row that an English sentence was made from, and what was filled into it.
pub fn found(english: &str) -> Option<(&'static Row, Vec<&str>)> {
    if let Some(row) = BY_KEY.get(english) {
        return Some((row, Vec::new()));
    }
    let rows = BY_KEY.values().filter(|row| row.en.contains("{}"));
    let matching = rows.filter_map(|row| Some((*row, fills(row.en, english)?)));
    matching.max_by_key(|(row, _)| row.weight())
}

/// A problem of a definition: in English as it is, else the rule it breaks, with the detail behind it.
pub fn problem(lang: Lang, problem: &election::Problem) -> String {
    if lang == Lang::En {
        return problem.to_string();
    }
    let rule = election::Rule::ALL.iter().find(|rule| rule.code() == problem.code);
    format!(
        "{}: {} {}: {}",
        isolated(lang, &problem.place.to_string()),
        isolated(lang, problem.code),
        rule.map(|rule| told(lang, rule.says())).unwrap_or_default(),
        isolated(lang, &format!("{}; {}", problem.what, problem.next))
    )
}

/// What was filled into `pattern` to give `text`.
fn fills<'t>(pattern: &str, text: &'t str) -> Option<Vec<&'t str>> {
    let mut pieces = pattern.split("{}").peekable();
    let mut rest = text.strip_prefix(pieces.next()?)?;
    let mut found = Vec::new();
    while let Some(piece) = pieces.next() {
        let at = match pieces.peek() {
            None => rest.ends_with(piece).then(|| rest.len() - piece.len())?,
            Some(_) => rest.find(piece)?,
        };
        found.push(&rest[..at]);
        rest = &rest[at + piece.len()..];
    }
    rest.is_empty().then_some(found)
}

/// `template` with its `{}` and `{0}` filled.
fn filled(template: &str, fills: &[String]) -> String {
    let mut text = String::new();
    let mut next = 0;
    let mut rest = template;
    while let Some(open) = rest.find('{') {
        text.push_str(&rest[..open]);
        let inside = rest[open + 1..].split_once('}');
        let Some((inside, after)) = inside.filter(|(i, _)| i.bytes().all(|b| b.is_ascii_digit())) else {
            text.push('{');
            rest = &rest[open + 1..];
            continue;
        };
        let index = if inside.is_empty() { next } else { inside.parse().unwrap_or(usize::MAX) };
        next += usize::from(inside.is_empty());
        text.push_str(fills.get(index).map_or("", String::as_str));
        rest = after;
    }
    text.push_str(rest);
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sentence_is_found_again_with_what_was_filled_in() {
        assert_eq!(fills("{} of {} are open", "3 of 12 are open"), Some(vec!["3", "12"]));
        assert_eq!(fills("leaf {}: {}", "leaf 4: no: really"), Some(vec!["4", "no: really"]));
        assert_eq!(fills("{} is here", "nobody was here"), None);
        assert_eq!(fills("exactly", "exactly so"), None);
    }

    #[test]
    fn translations_may_turn_the_order_round() {
        assert_eq!(filled("{1} ← {0}", &["a".into(), "b".into()]), "b ← a");
        assert_eq!(filled("{} {} {x}", &["a".into(), "b".into()]), "a b {x}");
    }

    #[test]
    fn ids_paths_and_commands_keep_their_direction() {
        let said = sentence(Lang::Ar, "the nearest is '{}'; write the id as the definition has it", &[text("0101")]);
        assert!(said.contains("'\u{2068}0101\u{2069}'"), "{said}");
        assert_eq!(isolated_code("x `a b` --dir؛ y"), "x \u{2068}`a b`\u{2069} \u{2068}--dir\u{2069}؛ y");
        assert_eq!(sentence(Lang::Ar, "problems: {}", &[count(12u64)]), "المشكلات: ١٢");
        assert!(!sentence(Lang::En, "problems: {}", &[count(12u64)]).contains('\u{2068}'));
    }

    #[test]
    fn a_sentence_inside_a_sentence_is_worded_too() {
        let said = told(Lang::Ar, "the statement: the signature of key ab12 is not valid");
        assert_eq!(said, "بيان الجهاز: توقيع المفتاح \u{2068}ab12\u{2069} غير صحيح");
        assert_eq!(told(Lang::Ckb, "something nobody has worded"), "\u{2068}something nobody has worded\u{2069}");
    }

    #[test]
    fn the_rules_of_the_account_are_told_with_their_titles() {
        let english =
            "the ballot account does not hold: R.201: R.201 Received = used + spoiled + unused: 1,501 against 95";
        let said = told(Lang::Ar, english);
        assert!(said.contains("\u{2068}R.201\u{2069} ") && said.ends_with(": ١٬٥٠١ مقابل ٩٥"), "{said}");
        assert!(!said.contains("Received"), "{said}");
    }

    #[test]
    fn rows_are_whole() {
        for (room, rows) in ROOMS {
            for row in *rows {
                assert!(row.weight() >= 3, "{room}: '{}' would be found everywhere", row.en);
                assert!(!row.en.contains("{}{}"), "{room}: nothing parts the fillings of '{}'", row.en);
                let wanted = row.en.matches("{}").count();
                for other in [row.ar, row.ckb] {
                    let by_number = (0..wanted).filter(|n| other.contains(&format!("{{{n}}}"))).count();
                    let found = other.matches("{}").count().max(by_number);
                    assert_eq!(found, wanted, "{room}: fillings of '{other}'");
                }
            }
        }
        let all: usize = ROOMS.iter().map(|(_, rows)| rows.len()).sum();
        let mut seen = std::collections::BTreeSet::new();
        for row in ROOMS.iter().flat_map(|(_, rows)| rows.iter()) {
            assert!(seen.insert(row.en), "'{}' stands twice", row.en);
        }
        assert_eq!(BY_KEY.len(), all);
    }

    #[test]
    fn kurdish_has_its_own_letters_and_arabic_its_own() {
        for (room, rows) in ROOMS {
            for row in *rows {
                // Sorani is written with ک ی ە; the Arabic letters beside them look alike and are not the same.
                assert!(!row.ckb.contains(['ك', 'ي', 'ى', 'ة']), "{room}: Arabic letters in '{}'", row.ckb);
                let kurdish = ['ک', 'ی', 'ە', 'ڕ', 'ڵ', 'ۆ', 'ێ', 'گ', 'چ', 'پ', 'ڤ', 'ژ'];
                assert!(!row.ar.contains(kurdish), "{room}: Kurdish letters in '{}'", row.ar);
            }
        }
    }
}
