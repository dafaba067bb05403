//! R.4xx: which stations count, and the decisions that stand beside their figures.

use super::Rule;

#[rustfmt::skip]
pub(super) const RULES: &[Rule] = &[
    Rule::new(
        "R.401",
        ["ما يُعرف عن المحطة", "ئەوەی لەبارەی وێستگەکە دەزانرێت", "What is known of a station"],
        [
            "غير واصلة؛ وصلت نسخة واحدة؛ متطابقة القناتين؛ مؤكدة (متطابقة ويوافقها شريط نتائج)؛ محجورة (نسخ أو شريط مختلفة، أو حساب الأوراق لا يستقيم). لا أثر لترتيب الوصول.",
            "نەگەیشتوو؛ یەک وێنە گەیشتووە؛ هەردوو کەناڵ وەک یەکن؛ پشتڕاستکراو (وەک یەکن و پسووڵەیەک هاوتایە)؛ دەستبەسەر (وێنەکان یان پسووڵە جیاوازن، یان ژمێرەی کاغەزەکان ڕێک نایەتەوە). ڕیزی گەیشتن کاریگەری نییە.",
            "Missing; arrived (one copy); matched (both, identical); confirmed (identical, and a slip agrees); quarantined (copies or a slip differ, or the paper does not add up). The order of arrival does not show.",
        ],
        "standings_by_evidence",
    ),
    Rule::new(
        "R.402",
        ["الدليل الذي تحتاجه المحطة لتُحتسب", "ئەو بەڵگەیەی وێستگە پێویستییەتی بۆ ژماردن", "The evidence that counts a station"],
        [
            "announce، أو announce_by_kind لنوعها؛ وعند order لا تُحتسب إلا بقرار موظفَين.",
            "announce، یان announce_by_kind بۆ جۆرەکەی؛ لە order دا تەنها بە بڕیاری دوو فەرمانبەر دەژمێردرێت.",
            "announce, or announce_by_kind for its kind; with order, only two officers' order counts it.",
        ],
        "a_kind_of_stations_may_need_an_order_to_be_counted",
    ),
    Rule::new(
        "R.403",
        ["آخر عدّ هو الذي يُنظر فيه", "دوا ژماردن ئەوەیە کە سەیر دەکرێت", "The latest count is looked at"],
        [
            "إذا أعيد فتح محطة صار لجهازها جيل جديد؛ الأقدم من الجهاز نفسه يبقى محفوظاً ولا يُحتسب، بأي ترتيب وصل. وعدّ جهازين تعارض حتى يُقرَّر فيه.",
            "ئەگەر وێستگەیەک دووبارە کرایەوە ئامێرەکەی نەوەیەکی نوێی دەبێت؛ کۆنەکەی هەمان ئامێر دەپارێزرێت و ناژمێردرێت، بە هەر ڕیزێک بگات. ژماردنی دوو ئامێر ناکۆکییە تا بڕیاری لەسەر دەدرێت.",
            "The device of a station that was reopened has a new generation; its older one is kept and not counted, in whatever order they came. Counts of two devices conflict until somebody decides.",
        ],
        "standings_by_evidence",
    ),
    Rule::new(
        "R.404",
        ["قرار في محطة", "بڕیار لەسەر وێستگەیەک", "An order about a station"],
        [
            "موظفان يوقعان: احتساب نسخة، لم تفتح، إلغاء، أو إعادة؛ بسبب وأساس قانوني، ويسمي ما يحل محله. لا يُحذف شيء.",
            "دوو فەرمانبەر واژۆی دەکەن: ژماردنی وێنەیەک، نەکراوەتەوە، هەڵوەشاندنەوە، یان گەڕاندنەوە؛ بە هۆکار و بنەمای یاسایی، و ناوی ئەوە دەهێنێت کە جێگەی دەگرێتەوە. هیچ ناسڕدرێتەوە.",
            "Two officers sign: count a copy, not opened, cancel, restore; with reason and legal basis, naming what it takes the place of. Nothing is deleted.",
        ],
        "wf1_a_restored_station_is_exactly_as_before_and_both_entries_stay",
    ),
    Rule::new(
        "R.405",
        ["قرارات متناقضة: قيد القضاء", "بڕیاری دژ بە یەک: لەبەردەم دادگا", "Contradicting orders: sub judice"],
        [
            "إذا تناقضت القرارات القائمة، أو قال موظفان إنها فُتحت وآخران إنها لم تُفتح، فلا تُحتسب المحطة حتى يُبت.",
            "ئەگەر بڕیارە هەبووەکان دژ بن، یان دوو فەرمانبەر بڵێن کراوەتەوە و دووانی تر بڵێن نەکراوەتەوە، وێستگەکە ناژمێردرێت تا یەکلا دەبێتەوە.",
            "Where orders that stand contradict each other, or two officers say that it opened and two that it did not, the station is not counted until that is settled.",
        ],
        "wf5_contradicting_orders_put_a_station_sub_judice",
    ),
    Rule::new(
        "R.406",
        ["قرار الفتح", "بڕیاری کردنەوە", "The opening"],
        [
            "موظفان يوقعان: فُتحت هذه المحطة، ومن هذه الكتب يُتبع هذا، فحدها كذا (R.219). يُدقق مع التعريف المجمد.",
            "دوو فەرمانبەر واژۆی دەکەن: ئەم وێستگەیە کراوەتەوە، لەم نامانە ئەمە پەیڕەو دەکرێت، کەواتە سنوورەکەی ئەوەندەیە (R.219). لەگەڵ پێناسە بەستراوەکە دەپشکنرێت.",
            "Two officers sign: this station opened, of these letters that one is followed, so its bound is so much (R.219). Checked against the frozen definition.",
        ],
        "an_opening_names_the_letters_of_the_definition_and_the_figure_of_one",
    ),
    Rule::new(
        "R.407",
        ["الانسحاب بعد الطباعة", "کشانەوە دوای چاپکردن", "A withdrawal after printing"],
        [
            "موظفان يوقعان أن قائمة أو مرشحاً انسحب، أو أنه عاد. قرار واحد قائم لكل اسم؛ التالي يسميه. الأرقام قبله وبعده جنباً إلى جنب في withdrawals.csv.",
            "دوو فەرمانبەر واژۆی دەکەن کە لیست یان کاندیدێک کشاوەتەوە، یان گەڕاوەتەوە. بۆ هەر ناوێک یەک بڕیار هەیە؛ دواتر ناوی دەهێنێت. ژمارەکانی پێش و دوای لە withdrawals.csv دا پێکەوەن.",
            "Two officers sign that a list or candidate withdrew, or stands again. One decision stands about each; the next names it. The figures before and after stand side by side in withdrawals.csv.",
        ],
        "tb6_a_withdrawal_is_a_signed_leaf_and_can_be_taken_back",
    ),
    Rule::new(
        "R.408",
        ["تعديل قاعدة بعد التجميد", "هەموارکردنی یاسایەک دوای بەستن", "A rule changed after the freeze"],
        [
            "بنصاب المجلس وحده، وباسم ما كان وما صار؛ ويُذكر في كل تقرير إلى الأبد. ما عملت به الأجهزة لا يُعدَّل.",
            "تەنها بە ڕێژەی پێویستی ئەنجومەن، بە ناوی ئەوەی هەبوو و ئەوەی دەبێت؛ بۆ هەمیشە لە هەموو ڕاپۆرتێکدا دەوترێت. ئەوەی ئامێرەکان پێی کاریان کردووە هەموار ناکرێت.",
            "By the board's threshold alone, naming what it said and what it says; told on every report for ever. What devices have worked by is not amended.",
        ],
        "mt9_a_rule_is_amended_by_the_boards_threshold_alone_and_named",
    ),
];
