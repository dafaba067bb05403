//! The transmission report: at the centre, in the record and in verification.

use super::{Row, row};

/// The rows.
pub const ROWS: &[Row] = &[
    row("package {}", "الحزمة {}", "پاکێجی {}"),
    row(
        "The transmission report is not entered [{}]: {}",
        "لم يُدخل تقرير النقل [{}]: {}",
        "ڕاپۆرتی گواستنەوە نەنووسرا [{}]: {}",
    ),
    row("The transmission report is in the record.", "تقرير النقل في السجل.", "ڕاپۆرتی گواستنەوە لە تۆماردایە."),
    row(
        "This export has no signed transmission report.",
        "ليس في هذه النسخة تقرير نقل موقع.",
        "لەم کۆپییەدا ڕاپۆرتی گواستنەوەی واژۆکراو نییە.",
    ),
    row(
        "the statement about the transmission report is not by the receiving service: {}",
        "البيان عن تقرير النقل ليس من خدمة الاستلام: {}",
        "بەیاننامەی ڕاپۆرتی گواستنەوە هی خزمەتگوزاری وەرگرتن نییە: {}",
    ),
    row(
        "the transmission report is of another election, round or mode",
        "تقرير النقل لانتخاب أو جولة أو وضع آخر",
        "ڕاپۆرتی گواستنەوە هی هەڵبژاردن یان خول یان دۆخێکی ترە",
    ),
    row(
        "the transmission report goes with {} leaves of the intake log, and the one before it with {}",
        "تقرير النقل لـ {} ورقة من سجل الاستلام، والذي قبله لـ {}",
        "ڕاپۆرتی گواستنەوە هی {} گەڵای تۆماری وەرگرتنە، و ئەوەی پێش خۆی هی {}",
    ),
    row(
        "the totals of the transmission report are none: {}",
        "مجاميع تقرير النقل لا تصح: {}",
        "کۆکراوەکانی ڕاپۆرتی گواستنەوە دروست نین: {}",
    ),
    row(
        "it has too many kinds of transport, codes or reasons",
        "فيه أنواع حماية أو رموز أو أسباب أكثر مما يجوز",
        "جۆری پاراستن یان کۆد یان هۆکاری لە ڕێپێدراو زیاترن",
    ),
    row(
        "a kind of transport, a code or a reason is no plain word",
        "نوع حماية أو رمز أو سبب ليس كلمة بسيطة",
        "جۆرێکی پاراستن یان کۆدێک یان هۆکارێک وشەیەکی سادە نییە",
    ),
    row(
        "it does not name the packages that it counts",
        "لا يسمي الحزم التي يعدها",
        "ئەو پاکێجانە ناو نابات کە دەیانژمێرێت",
    ),
    row("a part is larger than the whole", "جزء أكبر من الكل", "بەشێک لە هەمووەکە گەورەترە"),
    row(
        "do not append it; have the receiving service make its export again, and carry that",
        "لا تضفه؛ واطلب من خدمة الاستلام إعداد نسختها ثانية وانقلها",
        "زیادی مەکە؛ با خزمەتگوزاری وەرگرتن کۆپییەکەی دووبارە دروست بکات، و ئەوە بگوازەرەوە",
    ),
    row("the transmission report cannot be read: {}", "لا يُقرأ تقرير النقل: {}", "ڕاپۆرتی گواستنەوە ناخوێنرێتەوە: {}"),
    row(
        "the transmission report is not the file that the receiving service has signed for",
        "تقرير النقل ليس الملف الذي وقعت عليه خدمة الاستلام",
        "ڕاپۆرتی گواستنەوە ئەو پەڕگەیە نییە کە خزمەتگوزاری وەرگرتن واژۆی کردووە",
    ),
    row(
        "the transmission report goes with another intake log, or another election, than the statement about it",
        "تقرير النقل لسجل استلام آخر، أو انتخاب آخر، غير ما في البيان عنه",
        "ڕاپۆرتی گواستنەوە هی تۆماری وەرگرتنێکی تر، یان هەڵبژاردنێکی ترە، جگە لەوەی بەیاننامەکەی دەیڵێت",
    ),
    row(
        "of {} the transmission report says something else than the intake log",
        "يقول تقرير النقل عن {} غير ما يقوله سجل الاستلام",
        "ڕاپۆرتی گواستنەوە لەسەر {} شتێکی تر دەڵێت جگە لە تۆماری وەرگرتن",
    ),
    row("it is larger than any report", "أكبر من أي تقرير", "لە هەر ڕاپۆرتێک گەورەترە"),
    row("it is not in its one form", "ليس على صورته الوحيدة", "بە تاکە شێوەی خۆی نییە"),
    row(
        "it counts more than any network carries",
        "يعد أكثر مما تنقله أي شبكة",
        "لەوە زیاتر دەژمێرێت کە هەر تۆڕێک دەیگوازێتەوە",
    ),
    row(
        "a name, an address, a code or a time is not what it should be",
        "اسم أو عنوان أو رمز أو وقت ليس كما يجب",
        "ناوێک یان ناونیشانێک یان کۆدێک یان کاتێک وەک پێویست نییە",
    ),
    row(
        "keep this copy as evidence; have the receiving service make its export again, and carry that",
        "احفظ هذه النسخة دليلا؛ واطلب من خدمة الاستلام إعداد نسختها ثانية وانقلها",
        "ئەم کۆپییە وەک بەڵگە هەڵبگرە؛ با خزمەتگوزاری وەرگرتن کۆپییەکەی دووبارە دروست بکات، و ئەوە بگوازەرەوە",
    ),
    row(
        "no transmission report of the receiving service was entered",
        "لم يُدخل تقرير نقل من خدمة الاستلام",
        "هیچ ڕاپۆرتێکی گواستنەوەی خزمەتگوزاری وەرگرتن نەنووسراوە",
    ),
    row(
        "is there, and the record names no transmission report",
        "موجود، والسجل لا يسمي تقرير نقل",
        "هەیە، و تۆمار ناوی هیچ ڕاپۆرتێکی گواستنەوە نابات",
    ),
    row(
        "the totals are not what the report adds up to",
        "المجاميع ليست ما يبلغه مجموع التقرير",
        "کۆکراوەکان ئەوە نین کە ڕاپۆرتەکە پێی دەگات",
    ),
    row(
        "has a receipt, and no connection is reported that brought it",
        "لها إيصال، ولا اتصال في التقرير أحضرها",
        "وەسڵی هەیە، و هیچ پەیوەندییەک لە ڕاپۆرتەکەدا نەیهێناوە",
    ),
    row(
        "its connections brought another number of bytes than its label says it has",
        "أحضرت اتصالاتها عددا من البايتات غير ما يقوله ملصقها",
        "پەیوەندییەکانی ژمارەیەکی تری بایتیان هێناوە جگە لەوەی ناسنامەکەی دەیڵێت",
    ),
    row(
        "needs the transmission report (V.510)",
        "يحتاج إلى تقرير النقل (V.510)",
        "پێویستی بە ڕاپۆرتی گواستنەوەیە (V.510)",
    ),
];
