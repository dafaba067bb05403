//! The words of the statement: as text, and what each of its forms says.

use election::{Definition, Lang, PersonId};

use super::{Point, Share, say};
use crate::decisions::Amendment;
use crate::docket::{SignedBy, Succession};
use crate::outcome::Outcome;

/// Every rule and every key that was changed after the freeze, in one line each; it stands on every report for ever (R.408).
pub fn banner(outcome: &Outcome, lang: Lang) -> Vec<String> {
    let nothing = say(lang, ["لا شيء", "هیچ", "nothing"]);
    let value = |value: &Option<String>| value.clone().unwrap_or_else(|| nothing.clone());
    let line = |leaf: &Amendment| {
        let title =
            say(lang, ["قاعدة عُدلت بعد التجميد", "یاسایەک دوای بەستن هەموار کرا", "RULE CHANGED AFTER THE FREEZE"]);
        let (before, after) = (value(&leaf.before), value(&leaf.after));
        format!("{title}: {}: {before} → {after}. {} ({})", leaf.key, leaf.reason, leaf.basis)
    };
    outcome.amendments.iter().map(line).chain(outcome.successions.iter().map(|own| replaced(own, lang))).collect()
}

/// Whose keys ended and whose began, by which act, and whether those who went have signed it.
pub fn replaced(own: &Succession, lang: Lang) -> String {
    let title =
        say(lang, ["مفاتيح استبدلت بعد التجميد", "کلیل کە دوای بەستن گۆڕدران", "KEYS REPLACED AFTER THE FREEZE"]);
    let by = match own.signed_by {
        SignedBy::Board => ["وقعه المجلس السابق", "ئەنجومەنی پێشوو واژۆی کردووە", "signed by the outgoing board"],
        SignedBy::Registrars => [
            "أدخله مسجلان ولم يوقعه المجلس السابق",
            "دوو تۆمارکار نووسیویانە و ئەنجومەنی پێشوو واژۆی نەکردووە",
            "entered by two registrars, not signed by the outgoing board",
        ],
    };
    let names =
        |people: &mut dyn Iterator<Item = &PersonId>| people.map(PersonId::as_str).collect::<Vec<_>>().join(", ");
    let ends = names(&mut own.ends.iter());
    let begins = names(&mut own.begins.iter().map(|new| &new.person));
    format!("{title}: {ends} → {begins}. {} ({})", own.act, say(lang, by))
}

/// What every form of the statement says beside claims, figures and exceptions.
#[derive(Clone, Debug)]
pub struct Phrases {
    /// Of a point for which the record holds nothing.
    pub not_evidenced: String,
    /// Before the exceptions of a figure.
    pub except: String,
    /// Before the numbers of the checks.
    pub proved_by: String,
}

impl Phrases {
    /// In `lang`.
    pub fn of(lang: Lang) -> Self {
        Phrases {
            not_evidenced: say(lang, ["غير مثبت بالسجل", "لە تۆماردا نەسەلمێنراوە", "not evidenced"]),
            except: say(lang, ["ما عدا", "جگە لە", "except"]),
            proved_by: say(lang, ["يثبته", "دەیسەلمێنێت", "proved by"]),
        }
    }
}

impl Point {
    /// By which checks of which command anybody derives the figures again; nothing where nothing is evidenced.
    pub fn proof(&self) -> Option<String> {
        (self.evidenced && !self.checks.is_empty()).then(|| format!("{} (sanad verify)", self.checks.join(" ")))
    }
}

impl Share {
    /// The share in words, its numbers as `number` writes them: the percentage never stands without the denominator.
    pub fn say(self, lang: Lang, number: impl Fn(u64) -> String) -> String {
        let of = say(lang, ["من", "لە", "of"]);
        let share = format!("{} {of} {}", number(self.part), number(self.whole));
        let percent = match self.in_tenths {
            true => self.tenths().map(|[whole, tenths]| {
                // Latin digits have a point before them, Arabic ones a sign of their own.
                let point = if number(0) == "0" { '.' } else { '٫' };
                format!("{}{point}{}", number(whole), number(tenths))
            }),
            false => self.percent().map(&number),
        };
        percent.map_or(share.clone(), |percent| format!("{share} ({percent} %)"))
    }
}

/// What people have written stands in one line: it begins no point of its own.
fn one_line(text: &str) -> String {
    text.replace(char::is_control, "\u{fffd}")
}

/// The statement as text, ready to be read out.
pub fn text(def: &Definition, outcome: &Outcome, points: &[Point], lang: Lang) -> String {
    let phrases = Phrases::of(lang);
    let mut lines = vec![def.name.get(lang).to_owned()];
    lines.extend(banner(outcome, lang).iter().map(|line| one_line(line)));
    lines.push(String::new());
    for point in points {
        lines.push(format!("{}. {}", point.number, point.claim));
        if !point.evidenced {
            lines.push(format!("   {}", phrases.not_evidenced));
        }
        for figure in &point.figures {
            lines.push(format!(
                "   {}: {}",
                one_line(&figure.name),
                figure.share.say(lang, |number| number.to_string())
            ));
            if !figure.exceptions.is_empty() {
                lines.push(format!("      {}: {}", phrases.except, one_line(&figure.exceptions.join("; "))));
            }
        }
        lines.extend(point.proof().map(|proof| format!("   {}: {proof}", phrases.proved_by)));
    }
    lines.push(String::new());
    lines.join("\n")
}
