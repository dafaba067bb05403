//! The statement as text, and the lines that stand above it for ever.

use election::{Definition, Lang};

use super::{Point, Share, say};
use crate::decisions::Amendment;
use crate::outcome::Outcome;

/// Every rule that was changed after the freeze, in one line each; it stands on every report for ever (R.408).
pub fn banner(outcome: &Outcome, lang: Lang) -> Vec<String> {
    let nothing = say(lang, ["لا شيء", "هیچ", "nothing"]);
    let value = |value: &Option<String>| value.clone().unwrap_or_else(|| nothing.clone());
    let line = |leaf: &Amendment| {
        let title =
            say(lang, ["قاعدة عُدلت بعد التجميد", "یاسایەک دوای بەستن هەموار کرا", "RULE CHANGED AFTER THE FREEZE"]);
        let (before, after) = (value(&leaf.before), value(&leaf.after));
        format!("{title}: {}: {before} → {after}. {} ({})", leaf.key, leaf.reason, leaf.basis)
    };
    outcome.amendments.iter().map(line).collect()
}

/// The statement as text, ready to be read out.
pub fn text(def: &Definition, outcome: &Outcome, points: &[Point], lang: Lang) -> String {
    let mut lines = vec![def.name.get(lang).to_owned()];
    lines.extend(banner(outcome, lang));
    lines.push(String::new());
    for point in points {
        lines.push(format!("{}. {}", point.number, point.claim));
        if !point.evidenced {
            lines.push(format!("   {}", say(lang, ["غير مثبت بالسجل", "لە تۆماردا نەسەلمێنراوە", "not evidenced"])));
        }
        for figure in &point.figures {
            lines.push(format!("   {}: {}", figure.name, share_text(figure.share, lang)));
            if !figure.exceptions.is_empty() {
                let except = say(lang, ["ما عدا", "جگە لە", "except"]);
                lines.push(format!("      {except}: {}", figure.exceptions.join("; ")));
            }
        }
        if !point.checks.is_empty() {
            let proof = say(lang, ["يثبته", "دەیسەلمێنێت", "proved by"]);
            lines.push(format!("   {proof}: {} (sanad verify)", point.checks.join(" ")));
        }
    }
    lines.push(String::new());
    lines.join("\n")
}

fn share_text(share: Share, lang: Lang) -> String {
    let of = say(lang, ["من", "لە", "of"]);
    match share.percent() {
        Some(percent) => format!("{} {of} {} ({percent} %)", share.part, share.whole),
        None => format!("{} {of} {}", share.part, share.whole),
    }
}
