//! What is said of the statement, the tables, the descriptions and the pages of a publication, which are written anew.

use super::{Row, row};

pub const ROWS: &[Row] = &[
    row(
        "the definition, the record, an announcement and every figure",
        "التعريف والسجل وإعلان وكل رقم",
        "پێناسە و تۆمار و ڕاگەیاندنێک و هەموو ژمارەیەک",
    ),
    row(
        "what is withheld of this content is not said: the list is not there",
        "لم يُذكر ما حُجب من هذا المحتوى: القائمة ليست هناك",
        "نەوتراوە چی لەم ناوەڕۆکە شاراوەتەوە: لیستەکە لەوێ نییە",
    ),
    row(
        "is not the list that follows from the rules, the manifests and the redactions",
        "ليس القائمة التي تنتج عن القواعد وقوائم الملفات وقرارات الحجب",
        "ئەو لیستە نییە کە لە یاساکان و لیستی پەڕگەکان و بڕیارەکانی شاردنەوە دێت",
    ),
    row(
        "is not the statement that the record and the figures give",
        "ليس البيان الذي يعطيه السجل والأرقام",
        "ئەو بەیاننامەیە نییە کە تۆمار و ژمارەکان دەیدەن",
    ),
    row("is no statement of this publication", "ليس بيانا لهذا النشر", "بەیاننامەی ئەم بڵاوکراوەیە نییە"),
    row(
        "is not the table that the record and the figures give",
        "ليس الجدول الذي يعطيه السجل والأرقام",
        "ئەو خشتەیە نییە کە تۆمارەکە و ژمارەکان دەیدەن",
    ),
    row("no version is certified", "لم يصادق على أي نسخة", "هیچ وەشانێک پەسەند نەکراوە"),
    row(
        "version {} was announced after version {} was certified, and is not",
        "أُعلنت النسخة {} بعد المصادقة على النسخة {}، ولم يصادق عليها",
        "وەشانی {} دوای پەسەندکردنی وەشانی {} ڕاگەیەنراوە، و پەسەند نەکراوە",
    ),
    row(
        "it is open, and was not when the certification was entered",
        "هو مفتوح، ولم يكن كذلك حين أُدخلت المصادقة",
        "کراوەیە، و کاتێک پەسەندکردنەکە تۆمار کرا وا نەبوو",
    ),
    row(
        "a '{}' leaf was entered after the certification",
        "أُدخلت ورقة '{}' بعد المصادقة",
        "دوای پەسەندکردنەکە گەڵای '{}' نووسراوە",
    ),
    row("the complaint is not decided", "لم يُبت في الشكوى", "سکاڵاکە بڕیاری لێنەدراوە"),
    row("no court has ruled upon the appeal", "لم تحكم أي محكمة في الطعن", "هیچ دادگایەک بڕیاری لە تانەکە نەداوە"),
    row("a court stops the certification", "محكمة أوقفت المصادقة", "دادگایەک پەسەندکردنی ڕاگرتووە"),
    row(
        "the station is neither counted nor left out by an order",
        "المحطة لا محتسبة ولا مستبعدة بقرار",
        "وێستگەکە نە ژمێردراوە و نە بە بڕیارێک لابراوە",
    ),
    row(
        "is not, to the byte, the table that the record and the figures give",
        "ليس، بايتا بايتا، الجدول الذي يعطيه السجل والأرقام",
        "بایت بە بایت ئەو خشتەیە نییە کە تۆمار و ژمارەکان دەیدەن",
    ),
    row(
        "is not, to the byte, the report that the record and the figures give",
        "ليس، بايتا بايتا، التقرير الذي يعطيه السجل والأرقام",
        "بایت بە بایت ئەو ڕاپۆرتە نییە کە تۆمار و ژمارەکان دەیدەن",
    ),
    row(
        "does not name this election, its mode and the version that was announced",
        "لا يسمي هذا الانتخاب ووضعه والنسخة التي أُعلنت",
        "ناوی ئەم هەڵبژاردنە و دۆخەکەی و ئەو وەشانەی ڕاگەیەندراوە نابات",
    ),
    row(
        "does not describe the tables as they should be",
        "لا يصف الجداول كما يجب أن تكون",
        "خشتەکان وەک دەبێت بن وەسف ناکات",
    ),
    row(
        "needs the figures of privacy.csv (V.411)",
        "يحتاج إلى أرقام privacy.csv (V.411)",
        "پێویستی بە ژمارەکانی privacy.csv هەیە (V.411)",
    ),
    row(
        "is not the page that the record and the figures give",
        "ليس الصفحة التي يعطيها السجل والأرقام",
        "ئەو پەڕەیە نییە کە تۆمار و ژمارەکان دەیدەن",
    ),
    row("is no page of this publication", "ليس صفحة من هذا النشر", "پەڕەی ئەم بڵاوکراوەیە نییە"),
];
