//! What the receiving service reports of how packages came: how connections were protected, and which were refused and why.

use election::Lang;

use super::{Figure, Share, say};
use crate::fold::State;
use crate::register::transmission::Odd;

/// The version of TLS that a relay must speak.
const TLS: &str = "TLSv1.3 ";

/// The figures of the report that stands; nothing before one is entered.
pub(super) fn transmitted(state: &State, lang: Lang) -> Vec<Figure> {
    let Some(totals) = state.registers.transmissions.last().map(|own| &own.own.totals) else { return Vec::new() };
    let other: Vec<_> = totals.transports.iter().filter(|(kind, _)| !kind.starts_with(TLS)).collect();
    let is_other: u64 = other.iter().map(|(_, count)| **count).fold(0, u64::saturating_add);
    let refused = totals.refused_connections.iter().chain(&totals.refusals);
    let all_refused: u64 = refused.clone().map(|(_, count)| *count).fold(0, u64::saturating_add);
    let counted = |(kind, count): (&String, &u64)| format!("{kind}: {count}");
    let figure = |name, part: u64, whole: u64, exceptions| Figure {
        name: say(lang, name),
        share: Share::new(part, whole),
        exceptions,
    };
    let mut odd: Vec<String> =
        totals.remarks.iter().map(|(package, odd)| format!("{package}: {}", remark(*odd, lang))).collect();
    if totals.remarked > odd.len() as u64 {
        odd.push("…".to_owned());
    }
    vec![
        figure(
            [
                "محاولات إرسال محمية بـ TLS 1.3، من كل ما ورد في تقرير خدمة الاستلام",
                "هەوڵی ناردن کە بە TLS 1.3 پارێزراون، لە هەموو ئەوانەی لە ڕاپۆرتی خزمەتگوزاری وەرگرتندان",
                "attempts protected by TLS 1.3, of all in the report of the receiving service",
            ],
            totals.attempts.saturating_sub(is_other),
            totals.attempts,
            other.into_iter().map(counted).collect(),
        ),
        figure(
            [
                "حزم لها إيصال يذكر التقرير كيف ورد كل بايت منها",
                "پاکێجی خاوەن وەسڵ کە ڕاپۆرتەکە دەڵێت هەر بایتێکیان چۆن هاتووە",
                "packages with a receipt of which the report says how every byte came",
            ],
            totals.receipts.saturating_sub(totals.remarked),
            totals.receipts,
            odd,
        ),
        figure(
            [
                "محاولات قُبلت، من كل ما قُبل وكل ما رُفض من اتصالات وملصقات وملفات",
                "هەوڵی وەرگیراو، لە هەموو ئەوانەی وەرگیراون و هەموو پەیوەندی و ناسنامە و پەڕگەیەکی ڕەتکراوە",
                "attempts that were let in, of these and all refused connections, labels and files",
            ],
            totals.attempts,
            totals.attempts.saturating_add(all_refused),
            refused.map(counted).collect(),
        ),
    ]
}

fn remark(odd: Odd, lang: Lang) -> String {
    let what = match odd {
        Odd::NoAttempt => [
            "لا اتصال في التقرير أحضرها",
            "هیچ پەیوەندییەک لە ڕاپۆرتەکەدا نەیهێناوە",
            "no connection in the report brought it",
        ],
        Odd::OtherBytes => [
            "أحضرت الاتصالات عددا آخر من البايتات",
            "پەیوەندییەکان ژمارەیەکی تری بایتیان هێناوە",
            "the connections brought another number of bytes",
        ],
    };
    say(lang, what)
}
