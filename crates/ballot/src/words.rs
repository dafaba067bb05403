//! The reasons in Arabic and Sorani.

use election::Lang;

use crate::code::Side;
use crate::reject::{Edge, Rejection};

/// `arabic` or `sorani`, by the language.
struct Words(Lang);

impl Words {
    fn pick<'a>(&self, arabic: &'a str, sorani: &'a str) -> &'a str {
        if self.0 == Lang::Ckb { sorani } else { arabic }
    }

    fn side(&self, side: Side) -> &'static str {
        match side {
            Side::Front => self.pick("صورة الوجه", "وێنەی ڕووی پێشەوە"),
            Side::Back => self.pick("صورة الظهر", "وێنەی ڕووی پشتەوە"),
        }
    }

    fn edge(&self, edge: Edge) -> &'static str {
        match edge {
            Edge::Left => self.pick("الأيسر", "چەپ"),
            Edge::Right => self.pick("الأيمن", "ڕاست"),
            Edge::Top => self.pick("الأعلى", "سەرەوە"),
            Edge::Bottom => self.pick("الأسفل", "خوارەوە"),
        }
    }
}

/// The reason of a rejection in Arabic or Sorani.
pub(crate) fn say(rejection: &Rejection, lang: Lang) -> String {
    let words = Words(lang);
    let at = |side: &Side, arabic: &str, sorani: &str| format!("{}: {}", words.side(*side), words.pick(arabic, sorani));
    match rejection {
        Rejection::Decode(detail) => format!("{}: {detail}", words.pick("تعذّر فتح الصورة", "وێنەکە ناکرێتەوە")),
        Rejection::TooSmall { width, height } => {
            format!("{}: {width} × {height}", words.pick("الصورة صغيرة جداً", "وێنەکە زۆر بچووکە"))
        }
        Rejection::TooLarge { width, height } => {
            format!("{}: {width} × {height}", words.pick("الصورة كبيرة جداً", "وێنەکە زۆر گەورەیە"))
        }
        Rejection::NoSheet(side) => at(side, "لا توجد ورقة اقتراع في الصورة", "هیچ پەڕەی دەنگدانێک لە وێنەکەدا نییە"),
        Rejection::TimingMarks { side, edge, found, expected, first } => format!(
            "{}: {} {}: {found}/{expected} ({} {first})",
            words.side(*side),
            words.pick("علامات التوقيت على الطرف", "نیشانەکانی کات لە لێواری"),
            words.edge(*edge),
            words.pick("أول علامة مفقودة", "یەکەم نیشانەی ونبوو"),
        ),
        Rejection::Ovals { side, found, expected } => format!(
            "{}: {found}/{expected}",
            at(
                side,
                "دوائر الاختيار ليست حيث تقول علامات التوقيت",
                "بازنەکانی هەڵبژاردن لەو شوێنەدا نین کە نیشانەکانی کات دەڵێن"
            )
        ),
        Rejection::Half { side, edge } => format!(
            "{}: {} {}",
            words.side(*side),
            words.pick("الصورة لا تشمل الورقة كلها؛ الطرف الناقص", "هەموو پەڕەکە لە وێنەکەدا نییە؛ لێواری کەم"),
            words.edge(*edge)
        ),
        Rejection::Mirrored(side) => at(side, "الصورة معكوسة كالمرآة", "وێنەکە وەک ئاوێنە پێچەوانەیە"),
        Rejection::Streak { side, column, width } => at(
            side,
            &format!("خط عرضه {width} بكسل يمتد في الصورة عند العمود {column}"),
            &format!("هێڵێک بە پانی {width} پیکسڵ لە ستوونی {column}ی وێنەکەدا دێتە خوارەوە"),
        ),
        Rejection::QrUnreadable(side) => at(side, "تعذّرت قراءة رمز QR", "کۆدی QR ناخوێنرێتەوە"),
        Rejection::QrForeign(side) => at(side, "رمز QR ليس لورقة اقتراع", "کۆدی QR هی پەڕەی دەنگدان نییە"),
        Rejection::Election(side) => at(side, "الورقة من انتخاب آخر", "پەڕەکە هی هەڵبژاردنێکی ترە"),
        Rejection::Mode { side, .. } => at(side, "الورقة طُبعت لغرض آخر", "پەڕەکە بۆ مەبەستێکی تر چاپکراوە"),
        Rejection::Style { side, style, sheet } => {
            format!("{}: {style}, {sheet}", at(side, "الورقة ليست من هذا الانتخاب", "پەڕەکە هی ئەم هەڵبژاردنە نییە"))
        }
        Rejection::Sides => words.pick("الصورتان ليستا وجهي ورقة واحدة", "دوو وێنەکە هەردوو ڕووی یەک پەڕە نین").into(),
        Rejection::Order => words
            .pick(
                "جاء الظهر قبل الوجه، فقد تكون الصورتان من ورقتين",
                "ڕووی پشتەوە پێش ڕووی پێشەوە هات، لەوانەیە دوو وێنەکە هی دوو پەڕە بن",
            )
            .into(),
        Rejection::SideMissing(side) => {
            format!("{}: {}", words.pick("صورة مفقودة", "وێنەی ونبوو"), words.side(*side))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_reason_is_said_in_three_languages() {
        let reasons = [
            Rejection::Decode("x".into()),
            Rejection::TooSmall { width: 1, height: 2 },
            Rejection::NoSheet(Side::Front),
            Rejection::TimingMarks { side: Side::Back, edge: Edge::Left, found: 3, expected: 57, first: 4 },
            Rejection::Half { side: Side::Front, edge: Edge::Bottom },
            Rejection::Ovals { side: Side::Front, found: 3, expected: 40 },
            Rejection::Streak { side: Side::Front, column: 812, width: 9 },
            Rejection::QrUnreadable(Side::Back),
            Rejection::Sides,
            Rejection::Order,
        ];
        for reason in reasons {
            let [ar, ckb, en] = Lang::ALL.map(|lang| reason.say(lang));
            assert!(ar != ckb && ckb != en && ar != en, "{en}");
            assert!(ar.chars().any(|c| ('\u{600}'..'\u{700}').contains(&c)) && en.is_ascii());
        }
    }

    #[test]
    fn side_edge_mark_and_column_are_named_in_three_languages() {
        let marks = |side, edge| Rejection::TimingMarks { side, edge, found: 31, expected: 57, first: 42 };
        let ovals = |side| Rejection::Ovals { side, found: 3, expected: 40 };
        let streak = |side| Rejection::Streak { side, column: 812, width: 9 };
        let half = |side, edge| Rejection::Half { side, edge };
        let (front, back) = (Side::Front, Side::Back);
        for lang in Lang::ALL {
            for (reason, other, named) in [
                (marks(front, Edge::Left), marks(back, Edge::Left), &["31", "57", "42"][..]),
                (marks(front, Edge::Left), marks(front, Edge::Right), &[][..]),
                (marks(front, Edge::Top), marks(front, Edge::Bottom), &[][..]),
                (half(front, Edge::Bottom), half(back, Edge::Bottom), &[][..]),
                (half(front, Edge::Bottom), half(front, Edge::Right), &[][..]),
                (ovals(front), ovals(back), &["3", "40"][..]),
                (streak(front), streak(back), &["812", "9"][..]),
                (Rejection::QrUnreadable(front), Rejection::QrUnreadable(back), &[][..]),
                (Rejection::NoSheet(front), Rejection::NoSheet(back), &[][..]),
                (Rejection::Mirrored(front), Rejection::Mirrored(back), &[][..]),
                (Rejection::SideMissing(front), Rejection::SideMissing(back), &[][..]),
            ] {
                let said = reason.say(lang);
                assert_ne!(said, other.say(lang));
                assert!(named.iter().all(|name| said.contains(name)), "{said}");
            }
        }
    }
}
