//! Counts by hand: recounts, the forms that two people type, and what a count is evidence for.

use super::{Row, row};

/// The rows.
pub const ROWS: &[Row] = &[
    row(
        "station {}: entered, its box is to be counted by hand",
        "المحطة {}: أُدخل الأمر، يُعد صندوقها يدوياً",
        "وێستگەی {}: نووسرا، سندوقەکەی بە دەست دەژمێردرێت",
    ),
    row(
        "station {}: entered, the recount is taken back",
        "المحطة {}: أُدخل الأمر، سُحبت إعادة العد",
        "وێستگەی {}: نووسرا، ژماردنەوەکە کشێنرایەوە",
    ),
    row(
        "station {}: entered, the count by hand is counted",
        "المحطة {}: أُدخل الأمر، يُحتسب العد اليدوي",
        "وێستگەی {}: نووسرا، ژماردنی دەستی دەژمێردرێت",
    ),
    row(
        "Wrote {}. One officer fills it; the other fills one of their own.",
        "كُتب {}. يملؤه أحد الموظفَين، ويملأ الآخر نموذجاً خاصاً به.",
        "{} نووسرا. یەکێک لە فەرمانبەرەکان پڕی دەکاتەوە؛ ئەوی تر هی خۆی پڕ دەکاتەوە.",
    ),
    row("{}: the first typed {}, the second {}", "{}: كتب الأول {}، والثاني {}", "{}: یەکەم {}ی نووسی، دووەم {}"),
    row(
        "Nothing is entered: both look at the protocol again, each for themselves.",
        "لم يُدخل شيء: ينظر كلاهما في المحضر ثانية، كل على حدة.",
        "هیچ نەنووسرا: هەردووکیان دووبارە سەیری کۆنووسەکە دەکەن، هەریەکەیان بە تەنیا.",
    ),
    row(
        "station {}: the count by hand is the same as the device's",
        "المحطة {}: العد اليدوي مطابق لعد الجهاز",
        "وێستگەی {}: ژماردنی دەستی وەک هی ئامێرەکەیە",
    ),
    row(
        "station {}: the count by hand is another than the device's; until an order says which counts, none does",
        "المحطة {}: العد اليدوي غير عد الجهاز؛ ولا يُحتسب أيهما حتى يصدر أمر يقول أيهما يُحتسب",
        "وێستگەی {}: ژماردنی دەستی جیاوازە لە هی ئامێرەکە؛ تا فەرمانێک نەڵێت کامیان دەژمێردرێت، هیچیان ناژمێردرێن",
    ),
    row(
        "Nothing is entered. To enter it, run the same command with --signer of the two officers who typed.",
        "لم يُدخل شيء. لإدخاله شغّل الأمر نفسه مع --signer للموظفَين اللذين كتبا.",
        "هیچ نەنووسرا. بۆ نووسینی هەمان فەرمان لەگەڵ --signerی ئەو دوو فەرمانبەرە بەکاربهێنە کە نووسیویانە.",
    ),
    // What is wrong
    // One channel alone
    row(
        "one channel alone has come, and the order does not say why nothing came by the other one, the {}",
        "وصلت قناة واحدة فقط، ولا يذكر الأمر لماذا لم يصل شيء عبر الأخرى، وهي {}",
        "تەنها یەک کەناڵ هاتووە، و فەرمانەکە ناڵێت بۆچی بەوی تردا هیچ نەهات، کە {}ە",
    ),
    row(
        "the order says that a copy has not come ('{}'), and counts no copy that came alone",
        "يذكر الأمر أن نسخة لم تصل ('{}')، وهو لا يحتسب نسخة وصلت وحدها",
        "فەرمانەکە دەڵێت کۆپییەک نەهاتووە ('{}')، و هیچ کۆپییەک ناژمێرێت کە بە تەنها هاتبێت",
    ),
    row(
        "'{}' is no reason why nothing came by the {}",
        "'{}' ليس سبباً لعدم وصول شيء عبر {}",
        "'{}' هۆکار نییە بۆ ئەوەی بە {} هیچ نەهات",
    ),
    row(
        "of {} slips of agents and {} counts by hand in the record none has the figures of the one copy that came",
        "في السجل {} من أشرطة النتائج التي يحملها وكلاء و{} من عمليات العد اليدوي، ولا واحد منها بأرقام النسخة الوحيدة التي وصلت",
        "لە {} پسووڵەی ئەنجامی بریکاران و {} ژماردنی دەستی لە تۆمارەکەدا هیچیان ژمارەکانی تاکە کۆپییەکەی هاتوو نییە",
    ),
    row(
        "say it with --absent lost, uncollected, seized, damaged, unreadable or locked",
        "اذكره بـ --absent: lost أو uncollected أو seized أو damaged أو unreadable أو locked",
        "بە --absent بیڵێ: lost یان uncollected یان seized یان damaged یان unreadable یان locked",
    ),
    row("say it with --absent network_down", "اذكره بـ --absent network_down", "بە --absent network_down بیڵێ"),
    row("leave --absent out", "اترك --absent", "--absent لابە"),
    row(
        "enter an agent's slip with `sanad centre slip --party`, or have the box counted: `sanad case recount`, then `sanad case hand-count`",
        "أدخل شريط نتائج من وكيل بـ `sanad centre slip --party`، أو اطلب عد الصندوق يدوياً: `sanad case recount` ثم `sanad case hand-count`",
        "پسووڵەی ئەنجامی بریکارێک بە `sanad centre slip --party` بنووسە، یان با سندوقەکە بە دەست بژمێردرێت: `sanad case recount`، پاشان `sanad case hand-count`",
    ),
    row("the count by hand does not hold: {}", "العد اليدوي لا يستقيم: {}", "ژماردنی دەستی ڕێک نایەتەوە: {}"),
    row(
        "it names a recount of this station that is not ordered, or was taken back",
        "يذكر إعادة عد لهذه المحطة لم تُؤمر أو سُحبت",
        "ناوی ژماردنەوەیەکی ئەم وێستگەیە دەبات کە داوا نەکراوە یان کشێنراوەتەوە",
    ),
    row(
        "it agrees with a content that no import of this station has brought",
        "يطابق مضموناً لم يأتِ به أي استيراد لهذه المحطة",
        "وەک ناوەڕۆکێکە کە هیچ هاوردەیەکی ئەم وێستگەیە نەیهێناوە",
    ),
    row(
        "it takes back a recount whose count is entered",
        "يسحب إعادة عد أُدخل عدّها",
        "ژماردنەوەیەک دەکشێنێتەوە کە ژماردنەکەی نووسراوە",
    ),
    row("who has no vote is left out", "من لا صوت له لا يُذكر", "ئەوەی هیچ دەنگی نییە ناوی ناهێنرێت"),
    row(
        "it has other contests than the station, or in another order",
        "فيه منافسات غير منافسات المحطة، أو بترتيب آخر",
        "کێبڕکێی تری تێدایە جگە لە هی وێستگەکە، یان بە ڕیزبەندییەکی تر",
    ),
    row("there is no station {}", "لا محطة {}", "وێستگەی {} نییە"),
    row(
        "it counts by hand what nobody has entered of this station",
        "يحتسب عداً يدوياً لم يُدخله أحد لهذه المحطة",
        "ژماردنێکی دەستی دەژمێرێت کە کەس بۆ ئەم وێستگەیە نەینووسیوە",
    ),
    row(
        "there is no station '{}' with a box of its own",
        "لا محطة '{}' لها صندوق خاص بها",
        "وێستگەی '{}' نییە کە سندوقی خۆی هەبێت",
    ),
    row("the table cannot be read: {}", "تعذرت قراءة الجدول: {}", "خشتەکە ناخوێنرێتەوە: {}"),
    row("the row of '{}' is missing or empty", "صف '{}' ناقص أو فارغ", "ڕیزی '{}' نییە یان بەتاڵە"),
    row("it is larger than any protocol", "هو أكبر من أي محضر", "لە هەموو کۆنووسێک گەورەترە"),
    row("it is not UTF-8", "ليس بترميز UTF-8", "UTF-8 نییە"),
    row(
        "its first line does not name the columns contest, figure, count",
        "سطره الأول لا يسمي الأعمدة contest و figure و count",
        "دێڕی یەکەمی ناوی ستوونەکانی contest و figure و count نابات",
    ),
    row(
        "station {} has no figure '{}' of '{}'",
        "ليس للمحطة {} رقم '{}' في '{}'",
        "وێستگەی {} ژمارەی '{}'ی نییە لە '{}'",
    ),
    row("'{}' is no count", "'{}' ليس عدداً", "'{}' ژمارە نییە"),
    row("the row of '{}' stands here twice", "صف '{}' وارد هنا مرتين", "ڕیزی '{}' لێرە دوو جار هاتووە"),
    // What to do next
    row(
        "write the id of a station as stations.csv has it",
        "اكتب معرف المحطة كما في stations.csv",
        "ناسنامەی وێستگەکە وەک stations.csv بنووسە",
    ),
    row(
        "take the empty form anew with `sanad case hand-form`, fill its column 'count', and save it as CSV UTF-8",
        "خذ النموذج الفارغ من جديد بالأمر `sanad case hand-form` واملأ عموده 'count' واحفظه بصيغة CSV UTF-8",
        "فۆڕمی بەتاڵ سەرلەنوێ بە `sanad case hand-form` وەربگرە، ستوونی 'count' پڕ بکەرەوە، و وەک CSV UTF-8 پاشەکەوتی بکە",
    ),
    row(
        "compare the forms with the protocol; what the protocol itself says wrongly is for those who counted",
        "قارن النماذج بالمحضر؛ أما خطأ المحضر نفسه فلمن عدّوا",
        "فۆڕمەکان لەگەڵ کۆنووسەکە بەراورد بکە؛ هەڵەی کۆنووسەکە خۆی بۆ ئەوانەیە کە ژماردوویانە",
    ),
    // sanad verify
    row(
        "a count by hand is ordered, and none is entered",
        "أُمر بعد يدوي ولم يُدخل أي عد",
        "ژماردنی دەستی داوا کراوە، و هیچ نەنووسراوە",
    ),
    row(
        "a count by hand is another than the device's",
        "عد يدوي غير عد الجهاز",
        "ژماردنێکی دەستی جیاوازە لە هی ئامێرەکە",
    ),
    row(
        "a count by hand is the same as the device's, and its leaf does not say so",
        "عد يدوي مطابق لعد الجهاز، ولا تقول ورقته ذلك",
        "ژماردنێکی دەستی وەک هی ئامێرەکەیە، و گەڵاکەی وا ناڵێت",
    ),
    row(
        "there is a count by hand, and no device's",
        "يوجد عد يدوي، ولا عد لجهاز",
        "ژماردنێکی دەستی هەیە، و هی هیچ ئامێرێک نییە",
    ),
    row(
        "station {}: no device's count has come; until an order counts the one by hand, nothing is counted",
        "المحطة {}: لم يصل عد أي جهاز؛ ولا يُحتسب شيء حتى يحتسب أمرٌ العد اليدوي",
        "وێستگەی {}: ژماردنی هیچ ئامێرێک نەگەیشتووە؛ تا فەرمانێک هی دەستی نەژمێرێت، هیچ ناژمێردرێت",
    ),
    row(
        "its paper does not add up, as those who decide will see: {}",
        "أوراقه لا تستقيم، كما سيرى من يقرر: {}",
        "کاغەزەکانی ڕێک نایەنەوە، وەک ئەوانەی بڕیار دەدەن دەیبینن: {}",
    ),
    row(
        "station {}: what counts is a count by hand, by order, and it differs from the slip",
        "المحطة {}: المحتسب عد يدوي بأمر، وهو يختلف عن الشريط",
        "وێستگەی {}: ئەوەی دەژمێردرێت ژماردنی دەستییە بە فەرمان، و جیاوازە لە پسووڵەکە",
    ),
    row(
        "station {}: what counts is a count by hand, by order, with the votes that were printed",
        "المحطة {}: المحتسب عد يدوي بأمر، بالأصوات المطبوعة نفسها",
        "وێستگەی {}: ئەوەی دەژمێردرێت ژماردنی دەستییە بە فەرمان، بە هەمان ئەو دەنگانەی چاپ کراون",
    ),
    row("both forms are one file: {}", "النموذجان ملف واحد: {}", "هەردوو فۆڕمەکە یەک فایلن: {}"),
    row(
        "give the form that each of the two officers has filled",
        "أعطِ النموذج الذي ملأه كل من الموظفَين",
        "ئەو فۆڕمە بدە کە هەریەک لە دوو فەرمانبەرەکە پڕی کردووەتەوە",
    ),
    row(
        "the figures that a count by hand agrees with",
        "الأرقام التي يطابقها عد يدوي",
        "ئەو ژمارانەی کە ژماردنێکی دەستی وەک ئەوانە",
    ),
    row(
        "leaf {} says that it agrees with {}, and it does not",
        "تقول الورقة {} إنها تطابق {}، وليست كذلك",
        "گەڵای {} دەڵێت وەک {}ە، و وا نییە",
    ),
];
