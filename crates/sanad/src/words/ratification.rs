//! Names of those elected at the court that ratifies them.

use super::{Row, row};

/// The rows.
pub const ROWS: &[Row] = &[
    row("Court: {}; number {}, of {}", "المحكمة: {}؛ العدد {} في {}", "دادگا: {}؛ ژمارە {}، لە {}"),
    row("Ratified: {} of {}", "صودق على {} من {}", "پەسەندکراو: {} لە {}"),
    row("sent to the court by {}", "أرسله إلى المحكمة: {}", "{} بۆ دادگای نارد"),
    row("ratified", "صودق عليه", "پەسەند کراوە"),
    row("withheld: {}", "محجوب: {}", "ڕاگیراوە: {}"),
    // What is wrong
    row(
        "a ratification names the court, the number of its paper, who sent the name, and why it is withheld",
        "تذكر المصادقة المحكمة وعدد كتابها، ومن أرسل الاسم، ولماذا حُجب",
        "پەسەندکردن ناوی دادگا و ژمارەی نووسراوەکەی دەبات، و کێ ناوەکەی ناردووە، و بۆچی ڕاگیراوە",
    ),
    row(
        "there is no certification {}, or a later one was entered",
        "لا توجد مصادقة رقم {}، أو أُدخلت مصادقة بعدها",
        "پەسەندکردنی ژمارە {} نییە، یان یەکێکی دواتر نووسراوە",
    ),
    row(
        "'{}' is no candidate of the contest '{}'{}",
        "'{}' ليس مرشحاً في السباق '{}'{}",
        "'{}' کاندیدی کێبڕکێی '{}' نییە{}",
    ),
    row(
        "'{}' was not sent to a court before that paper",
        "لم يُرسل '{}' إلى محكمة قبل ذلك الكتاب",
        "'{}' پێش ئەو نووسراوە بۆ هیچ دادگایەک نەنێردراوە",
    ),
    row(
        "the paper about '{}' comes before the last one, or sends again what was answered",
        "الكتاب عن '{}' أسبق من الأخير، أو يرسل ثانية ما أجيب عنه",
        "نووسراوەکەی '{}' پێش دوایین نووسراوە، یان ئەوەی وەڵام دراوەتەوە دووبارە دەینێرێت",
    ),
    row(
        "the paper about '{}' is dated after the day on which it is entered",
        "تاريخ الكتاب عن '{}' بعد يوم إدخاله",
        "ڕێکەوتی نووسراوەکەی '{}' دوای ئەو ڕۆژەیە کە تێیدا دەنووسرێت",
    ),
    row(
        "compare the date with the paper: no paper from before it could be entered after it",
        "قارن التاريخ بالكتاب: فلن يمكن أن يُدخل بعده كتاب أسبق منه",
        "ڕێکەوتەکە لەگەڵ نووسراوەکە بەراورد بکە: دوای ئەوە هیچ نووسراوێکی پێشتر ناکرێت بنووسرێت",
    ),
    row(
        "'{}' is not elected in '{}' by certification {}",
        "'{}' ليس فائزاً في '{}' بموجب المصادقة {}",
        "'{}' لە '{}' بەپێی پەسەندکردنی {} هەڵنەبژێردراوە",
    ),
    row("there is no '{}' in candidates.csv", "لا يوجد '{}' في candidates.csv", "'{}' لە candidates.csv نییە"),
    // What to do next
    row("write what the paper says", "اكتب ما يقوله الكتاب", "ئەوە بنووسە کە نووسراوەکە دەیڵێت"),
    row(
        "`sanad case list` names the certification that stands",
        "`sanad case list` يذكر المصادقة القائمة",
        "`sanad case list` ناوی ئەو پەسەندکردنە دەبات کە کاری پێ دەکرێت",
    ),
    row(
        "write the ids as candidates.csv has them",
        "اكتب المعرّفات كما في candidates.csv",
        "ناسنامەکان وەک candidates.csv بنووسە",
    ),
    row(
        "enter first with which paper the name was sent, and compare the dates",
        "أدخل أولاً الكتاب الذي أُرسل به الاسم، وقارن التواريخ",
        "سەرەتا ئەو نووسراوە بنووسە کە ناوەکەی پێ نێردراوە، و ڕێکەوتەکان بەراورد بکە",
    ),
    row(
        "compare the dates: the latest paper stands, and a name is sent again after another certification alone",
        "قارن التواريخ: يقوم آخر كتاب، ولا يُرسل الاسم ثانية إلا بعد مصادقة أخرى",
        "ڕێکەوتەکان بەراورد بکە: دوایین نووسراوە کاری پێ دەکرێت، و ناوێک تەنها دوای پەسەندکردنێکی تر دووبارە دەنێردرێت",
    ),
    row(
        "compare the name with results/elected.csv of the certified version",
        "قارن الاسم بملف results/elected.csv في النسخة المصادق عليها",
        "ناوەکە لەگەڵ results/elected.csvی وەشانی پەسەندکراو بەراورد بکە",
    ),
];
