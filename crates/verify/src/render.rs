//! The report for people, in Arabic, Sorani or English: what each check proves, its figures and its places.

use std::fmt::Write as _;

use election::Lang;

use crate::report::{Check, Matter, Report, Verdict};
use crate::table::Sentence;

/// The most places of one check that are shown; `--json` has them all.
const MOST_SHOWN: usize = 12;

const fn say(en: &'static str, ar: &'static str, ckb: &'static str) -> Sentence {
    Sentence { en, ar, ckb }
}

const PASS: Sentence = say("holds", "ثابت", "ڕاستە");
const FAIL: Sentence = say("DOES NOT HOLD", "غير ثابت", "ڕاست نییە");
const INCOMPLETE: Sentence = say("INCOMPLETE", "ناقص", "ناتەواو");
const CHECKED: Sentence = say("checked", "فُحص", "پشکنرا");
const FAILED: Sentence = say("failed", "لم يثبت", "سەرنەکەوت");
const MISSING: Sentence = say("missing", "مفقود", "نییە");
const RECORDED: Sentence = say("recorded as absent", "مدون غيابه", "نەبوونی تۆمارکراوە");
const WITHHELD: Sentence = say("withheld by the rules", "محجوب وفق القواعد", "بەپێی یاسا شاراوەیە");
const ASIDE: Sentence = say("set aside", "نُحّي جانبا", "لە لایەک دانرا");
const MORE: Sentence = say("more; --json lists them", "أخرى؛ ‎--json‎ يسردها", "زیاتر؛ ‎--json‎ هەموویان دەنووسێت");
const FINGERPRINT: Sentence = say("Election fingerprint", "بصمة الانتخاب", "پەنجەمۆری هەڵبژاردن");
const UNPINNED: Sentence = say(
    "No fingerprint was given. Compare this one with the gazette, a ballot or a slip, and give it with --root; until then the verdict cannot be better than incomplete.",
    "لم تُعط بصمة. قارن هذه بما في الجريدة الرسمية أو ورقة اقتراع أو شريط نتائج وأعطها بـ ‎--root‎؛ وحتى ذلك لا يكون الحكم أفضل من ناقص.",
    "هیچ پەنجەمۆرێک نەدراوە. ئەمە لەگەڵ ڕۆژنامەی فەرمی یان پسووڵە بەراورد بکە و بە ‎--root‎ بیدە؛ تا ئەو کاتە بڕیارەکە لە ناتەواو باشتر نابێت.",
);
const VERDICT: Sentence = say("Verdict", "الحكم", "بڕیار");
const PASSES: Sentence =
    say("the publication proves what it states", "هذا النشر يثبت ما يقول", "ئەم بڵاوکراوەیە ئەوەی دەیڵێت دەیسەلمێنێت");
const FAILS: Sentence = say(
    "the publication does not prove what it states; keep this copy as evidence and compare it with another",
    "هذا النشر لا يثبت ما يقول؛ احفظ هذه النسخة دليلا وقارنها بأخرى",
    "ئەم بڵاوکراوەیە ئەوەی دەیڵێت ناسەلمێنێت؛ ئەم کۆپییە وەک بەڵگە هەڵبگرە و لەگەڵ یەکێکی تر بەراوردی بکە",
);
const DISK_PASSES: Sentence =
    say("the disk proves what it holds", "هذا القرص يثبت ما يحويه", "ئەم دیسکە ئەوەی تێیدایە دەیسەلمێنێت");
const DISK_FAILS: Sentence = say(
    "the disk does not prove what it holds; keep it as evidence, with its receipt, and ask for another",
    "هذا القرص لا يثبت ما يحويه؛ احفظه دليلا مع إيصاله واطلب غيره",
    "ئەم دیسکە ئەوەی تێیدایە ناسەلمێنێت؛ لەگەڵ وەسڵەکەی وەک بەڵگە هەڵیبگرە و یەکێکی تر داوا بکە",
);
const BUNDLE_PASSES: Sentence =
    say("the bundle proves what it holds", "هذه الحزمة تثبت ما تحويه", "ئەم کۆمەڵەیە ئەوەی تێیدایە دەیسەلمێنێت");
const BUNDLE_FAILS: Sentence = say(
    "the bundle does not prove what it holds; keep it as evidence and ask for another",
    "هذه الحزمة لا تثبت ما تحويه؛ احفظها دليلا واطلب غيرها",
    "ئەم کۆمەڵەیە ئەوەی تێیدایە ناسەلمێنێت؛ وەک بەڵگە هەڵیبگرە و یەکێکی تر داوا بکە",
);
const IS_INCOMPLETE: Sentence = say(
    "something that is needed is not there; nothing that is there contradicts",
    "ينقص شيء لازم؛ ولا تناقض فيما هو موجود",
    "شتێکی پێویست نییە؛ لەوەی هەیە هیچ ناکۆکییەک نییە",
);

fn verdict(verdict: Verdict) -> Sentence {
    match verdict {
        Verdict::Pass => PASS,
        Verdict::Fail => FAIL,
        Verdict::Incomplete => INCOMPLETE,
    }
}

fn matter(matter: Matter) -> Sentence {
    match matter {
        Matter::Failed => FAILED,
        Matter::Missing => MISSING,
        Matter::Recorded => RECORDED,
        Matter::Withheld => WITHHELD,
        Matter::Aside => ASIDE,
    }
}

/// Which checks are shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Show {
    /// All of them.
    All,
    /// Those that fail or are incomplete.
    Amiss,
}

/// The report of a publication as text. What was found is told in English by the checks; `told` words it in `lang`.
pub fn render(report: &Report, lang: Lang, show: Show, told: &dyn Fn(&str) -> String) -> String {
    of(report, lang, show, told, [PASSES, FAILS])
}

/// The report of a party's disk, as [`render`].
pub fn render_disk(report: &Report, lang: Lang, show: Show, told: &dyn Fn(&str) -> String) -> String {
    of(report, lang, show, told, [DISK_PASSES, DISK_FAILS])
}

/// The report of a bundle of evidence, as [`render`].
pub fn render_bundle(report: &Report, lang: Lang, show: Show, told: &dyn Fn(&str) -> String) -> String {
    of(report, lang, show, told, [BUNDLE_PASSES, BUNDLE_FAILS])
}

fn of(
    report: &Report,
    lang: Lang,
    show: Show,
    told: &dyn Fn(&str) -> String,
    [passes, fails]: [Sentence; 2],
) -> String {
    let mut text = String::new();
    let shown = report.checks.iter().filter(|check| show == Show::All || check.verdict() != Verdict::Pass);
    for check in shown {
        one(&mut text, check, lang, told);
    }
    let none = "—".to_owned();
    let fingerprint = report.root.fingerprint.map_or(none, |digest| digest.to_string());
    let _ = writeln!(text, "\n{}: {fingerprint}", FINGERPRINT.get(lang));
    if report.root.pinned.is_none() {
        let _ = writeln!(text, "{}", UNPINNED.get(lang));
    }
    let sentence = match report.verdict {
        Verdict::Pass => passes,
        Verdict::Fail => fails,
        Verdict::Incomplete => IS_INCOMPLETE,
    };
    let word = verdict(report.verdict).get(lang);
    let _ = writeln!(text, "{}: {word}: {}", VERDICT.get(lang), sentence.get(lang));
    text
}

fn one(text: &mut String, check: &Check, lang: Lang, told: &dyn Fn(&str) -> String) {
    let sign = match check.verdict() {
        Verdict::Pass => '✓',
        Verdict::Fail => '✗',
        Verdict::Incomplete => '…',
    };
    let _ = writeln!(
        text,
        "{sign} {} {}: {}",
        check.id.code(),
        check.id.title().get(lang),
        verdict(check.verdict()).get(lang)
    );
    let figures = [
        (CHECKED, check.checked),
        (FAILED, check.failed),
        (MISSING, check.missing),
        (RECORDED, check.recorded),
        (WITHHELD, check.withheld),
        (ASIDE, check.aside),
    ];
    let figures = figures.into_iter().enumerate().filter(|(index, (_, figure))| *index == 0 || *figure > 0);
    let figures: Vec<String> = figures.map(|(_, (word, figure))| format!("{} {figure}", word.get(lang))).collect();
    let _ = writeln!(text, "        {}", figures.join(" · "));
    for detail in check.detail.iter().take(MOST_SHOWN) {
        let _ = writeln!(
            text,
            "        {}: {}: {} [{}]",
            matter(detail.matter).get(lang),
            told(&detail.place),
            told(&detail.what),
            isolated(&detail.code, lang)
        );
    }
    let hidden = (check.failed + check.missing + check.recorded + check.withheld + check.aside)
        .saturating_sub(MOST_SHOWN as u64);
    if hidden > 0 {
        let _ = writeln!(text, "        {hidden} {}", MORE.get(lang));
    }
}

/// A path or code with a direction of its own (U+2068, U+2069), so that it stays in one piece inside Arabic or Kurdish.
fn isolated(text: &str, lang: Lang) -> String {
    if lang.is_right_to_left() { format!("\u{2068}{text}\u{2069}") } else { text.to_owned() }
}
