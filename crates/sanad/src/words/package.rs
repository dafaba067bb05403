//! Packages, keys, signatures and shares.

use super::{Row, row};

/// The rows.
pub const ROWS: &[Row] = &[
    row(
        "the answers about doubtful marks do not fit the cast vote records: {}",
        "الأجوبة عن العلامات المشكوك فيها لا توافق سجلات الأوراق: {}",
        "وەڵامەکانی نیشانە گوماناوییەکان لەگەڵ تۆماری دەنگەکان ناگونجێن: {}",
    ),
    row(
        "they are not sorted by record and contest",
        "ليست مرتبة بحسب السجل والمنافسة",
        "بە پێی تۆمار و کێبڕکێ ڕیز نەکراون",
    ),
    row(
        "record {}, {}: no two people have said what it says",
        "السجل {}، {}: لم يقل شخصان ما فيه",
        "تۆماری {}، {}: دوو کەس ئەوەیان نەوتووە کە تێیدایە",
    ),
    row(
        "record {}, {}: nothing was in doubt there",
        "السجل {}، {}: لا شيء فيه مشكوك فيه",
        "تۆماری {}، {}: هیچ شتێکی گوماناوی لەوێ نەبووە",
    ),
    row(
        "the pictures of contests do not fit the cast vote records: {}",
        "صور المنافسات لا توافق سجلات الأوراق: {}",
        "وێنەی کێبڕکێکان لەگەڵ تۆماری دەنگەکان ناگونجێن: {}",
    ),
    row("{} has no part before it", "{} لا جزء قبله", "{} هیچ بەشێکی پێش خۆی نییە"),
    row(
        "{}: {} pictures and {} figures for {} records",
        "{}: {} من الصور و{} من الأرقام لـ {} من السجلات",
        "{}: {} وێنە و {} ژمارە بۆ {} تۆمار",
    ),
    row(
        "{}: the pictures are not in the order of their hashes",
        "{}: الصور ليست على ترتيب بصماتها",
        "{}: وێنەکان بە ڕیزی هاشەکانیان نین",
    ),
    // sanad package
    row(
        "Station {}, device {}, generation {}; {} round {} {}; says it is signed by key {}",
        "المحطة {}، الجهاز {}، رقم العدّ {}؛ {} الجولة {} {}؛ يقول إنه موقّع بالمفتاح {}",
        "وێستگەی {}، ئامێری {}، ژمارەی ژماردن {}؛ {} خولی {} {}؛ دەڵێت بە کلیلی {} واژۆ کراوە",
    ),
    row(
        "{}: {} bytes, the file that the label names",
        "{}: {} بايت، وهو الملف الذي يذكره الملصق",
        "{}: {} بایت، ئەو پەڕگەیەیە کە ناسنامەی پاکێج ناوی دەبات",
    ),
    row(
        "{}: {} bytes, NOT the file that the label names",
        "{}: {} بايت، وليس الملف الذي يذكره الملصق",
        "{}: {} بایت، ئەو پەڕگەیە نییە کە ناسنامەی پاکێج ناوی دەبات",
    ),
    row("{}: {} bytes, not here", "{}: {} بايت، ليس هنا", "{}: {} بایت، لێرە نییە"),
    row(
        "The label is signed by the listed device, and both files are the ones it names.",
        "الملصق موقّع من الجهاز المدرج، والملفان هما اللذان يذكرهما.",
        "ناسنامەی پاکێج لەلایەن ئامێری تۆمارکراوەوە واژۆ کراوە، و هەردوو پەڕگە ئەوانەن کە ناویان دەبات.",
    ),
    row(
        "The label is signed by the listed device; its files are not all here as it names them.",
        "الملصق موقّع من الجهاز المدرج؛ وليست ملفاته كلها هنا كما يذكرها.",
        "ناسنامەی پاکێج لەلایەن ئامێری تۆمارکراوەوە واژۆ کراوە؛ هەموو پەڕگەکانی لێرە نین وەک ناویان دەبات.",
    ),
    row(
        "the centre imports it and quarantines the station [{}]: {}",
        "يستوردها المركز ويحجر المحطة [{}]: {}",
        "ناوەندەکە دەیهێنێت و وێستگەکە دەستبەسەر دەکات [{}]: {}",
    ),
    row("inconsistent [{}]: {}", "غير متسق [{}]: {}", "ناکۆک [{}]: {}"),
    row("{} and {} files in {}", "{} و{} من الملفات في {}", "{} و {} پەڕگە لە {}"),
    row(
        "give the file that ends in .label.json, as the station handed it over",
        "أعطِ الملف الذي ينتهي اسمه بـ .label.json كما سلّمته المحطة",
        "ئەو پەڕگەیە بدە کە ناوی بە .label.json کۆتایی دێت، وەک وێستگەکە ڕادەستی کردووە",
    ),
    row(
        "give the definition that the station worked by",
        "أعطِ التعريف الذي عملت به المحطة",
        "ئەو پێناسەیە بدە کە وێستگەکە پێی کاری کردووە",
    ),
    row(
        "put the three files of the package side by side, as the station handed them over",
        "ضع ملفات الحزمة الثلاثة في مكان واحد كما سلّمتها المحطة",
        "هەر سێ پەڕگەی پاکێجەکە لە تەنیشت یەک دابنێ، وەک وێستگەکە ڕادەستی کردوون",
    ),
    row("this file of the package is not here", "هذا الملف من الحزمة ليس هنا", "ئەم پەڕگەیەی پاکێجەکە لێرە نییە"),
    row(
        "give the identity of the centre, or of the station's office, that keys/recipients.csv lists",
        "أعطِ هوية فك التشفير للمركز أو لمكتب المحطة، المدرجة في keys/recipients.csv",
        "ناسنامەی کردنەوەی ناوەند یان نووسینگەی وێستگەکە بدە کە keys/recipients.csv تۆماری کردووە",
    ),
    row(
        "this identity is none that the election seals packages to",
        "ليست هذه هوية تُختم لها حزم هذا الانتخاب",
        "ئەمە ناسنامەیەک نییە کە پاکێجەکانی ئەم هەڵبژاردنەی بۆ مۆر بکرێت",
    ),
    row(
        "no key of the device '{}' is in the frozen list",
        "لا مفتاح للجهاز '{}' في القائمة المجمّدة",
        "هیچ کلیلێکی ئامێری '{}' لە لیستە بەستراوەکەدا نییە",
    ),
    row(
        "keep the package as evidence; it is not counted",
        "احفظ الحزمة دليلاً؛ فهي لا تُحتسب",
        "پاکێجەکە وەک بەڵگە هەڵبگرە؛ ناژمێردرێت",
    ),
    // Inside a package
    row(
        "'{}' is not a name that a package may hold",
        "'{}' ليس اسماً يجوز في حزمة",
        "'{}' ناوێک نییە کە لە پاکێجدا ڕێپێدراو بێت",
    ),
    row("the archive is larger than {}", "الأرشيف أكبر من {}", "ئەرشیفەکە لە {} گەورەترە"),
    row(
        "the archive is not in its one form, at byte {}",
        "الأرشيف ليس في صورته الواحدة، عند البايت {}",
        "ئەرشیفەکە لە شێوە تاکەکەی خۆیدا نییە، لە بایتی {}",
    ),
    row("{} is missing from the bag", "{} مفقود من الحقيبة", "{} لە جانتاکەدا نییە"),
    row(
        "{} is in the bag and in no manifest",
        "{} في الحقيبة وليس في أي بيان محتويات",
        "{} لە جانتاکەدایە و لە هیچ لیستی ناوەڕۆکێکدا نییە",
    ),
    row("{} is not what the bag says it is", "{} ليس كما تقول الحقيبة", "{} ئەوە نییە کە جانتاکە دەیڵێت"),
    row("the cast vote records: {}", "سجلات أوراق الاقتراع: {}", "تۆمارەکانی دەنگی دراو: {}"),
    row(
        "the cast vote records hold something that belongs elsewhere: {}",
        "في سجلات أوراق الاقتراع ما ليس مكانه فيها: {}",
        "تۆمارەکانی دەنگی دراو شتێکیان تێدایە کە جێی ئەوێ نییە: {}",
    ),
    row("the cast vote records are not sorted", "سجلات أوراق الاقتراع غير مرتبة", "تۆمارەکانی دەنگی دراو ڕیز نەکراون"),
    row("line {} of the device's log: {}", "السطر {} من سجل الجهاز: {}", "دێڕی {} لە تۆماری ئامێرەکە: {}"),
    row(
        "line {} of the device's log is out of sequence or holds a remark that cannot be",
        "السطر {} من سجل الجهاز خارج التسلسل أو فيه ملاحظة لا تكون",
        "دێڕی {} لە تۆماری ئامێرەکە لە ڕیز دەرچووە یان تێبینییەکی نەگونجاوی تێدایە",
    ),
    row(
        "the ballot account does not add up: {} received, {} used, spoiled and unused",
        "حساب أوراق الاقتراع لا يستقيم في المجموع: المستلمة {}، والمستعملة والتالفة وغير المستعملة {}",
        "ژمێرەی کاغەزەکانی دەنگدان کۆ نابێتەوە: وەرگیراو {}، و بەکارهاتوو و تێکچوو و بەکارنەهاتوو {}",
    ),
    row(
        "the ballot account does not add up: {}",
        "حساب أوراق الاقتراع لا يستقيم في المجموع: {}",
        "ژمێرەی کاغەزەکانی دەنگدان کۆ نابێتەوە: {}",
    ),
    row(
        "{} ballots were used, {} are registered",
        "استُعملت {} ورقة، والمسجلون {}",
        "{} کاغەز بەکارهاتوون، {} تۆمارکراون",
    ),
    row(
        "the results state {} registered, the definition {}",
        "تقول النتائج إن المسجلين {}، ويقول التعريف {}",
        "ئەنجامەکان دەڵێن {} تۆمارکراو، پێناسەکە دەڵێت {}",
    ),
    row(
        "{} ballots were used, {} voters checked in",
        "استُعملت {} ورقة، وحضر {} ناخباً",
        "{} کاغەز بەکارهاتوون، {} دەنگدەر ئامادە بوون",
    ),
    row(
        "contest {} is not one of this station",
        "المنافسة {} ليست من منافسات هذه المحطة",
        "کێبڕکێی {} هی ئەم وێستگەیە نییە",
    ),
    row("contest {} has no totals", "المنافسة {} بلا مجاميع", "کێبڕکێی {} کۆی نییە"),
    row(
        "contest {} stands twice or out of order",
        "المنافسة {} واردة مرتين أو في غير ترتيبها",
        "کێبڕکێی {} دوو جار هاتووە یان لە ڕیز دەرچووە",
    ),
    row(
        "contest {} has no list or candidate {}",
        "ليس في المنافسة {} قائمة أو مرشح {}",
        "کێبڕکێی {} لیست یان کاندیدی {} تێدا نییە",
    ),
    row("contest {} has no figure for {}", "ليس في المنافسة {} رقم لـ {}", "کێبڕکێی {} ژمارەی بۆ {} نییە"),
    row(
        "the ballots of contest {} do not add up",
        "أوراق المنافسة {} لا تستقيم في المجموع",
        "کاغەزەکانی کێبڕکێی {} کۆ نابنەوە",
    ),
    row(
        "the votes of contest {} do not add up: {}",
        "أصوات المنافسة {} لا تستقيم في المجموع: {}",
        "دەنگەکانی کێبڕکێی {} کۆ نابنەوە: {}",
    ),
    row(
        "the zero report is not zero, or is of another count",
        "تقرير الصفر ليس صفراً، أو هو لعدّ آخر",
        "ڕاپۆرتی سفر سفر نییە، یان هی ژماردنێکی ترە",
    ),
    row(
        "the cast vote records do not add up to the results: {}",
        "مجموع سجلات أوراق الاقتراع ليس النتائج: {}",
        "کۆی تۆمارەکانی دەنگی دراو ئەنجامەکان نییە: {}",
    ),
    row("{} images and {} cast vote records", "صور {} وسجلات أوراق اقتراع {}", "{} وێنە و {} تۆماری دەنگی دراو"),
    row(
        "the slip states other figures than the results: {}",
        "شريط النتائج يقول غير ما تقوله النتائج: {}",
        "پسووڵەی ئەنجام ژمارەی تر دەڵێت لە ئەنجامەکان: {}",
    ),
    row("the label: {}", "الملصق: {}", "ناسنامەی پاکێج: {}"),
    row(
        "the label has {} signatures instead of the device's one",
        "على الملصق {} من التواقيع بدل توقيع الجهاز الواحد",
        "ناسنامەی پاکێج {} واژۆی هەیە لە جیاتی تاکە واژۆی ئامێرەکە",
    ),
    row(
        "the label names other files than its own",
        "الملصق يذكر ملفات غير ملفاته",
        "ناسنامەی پاکێج پەڕگەی تر ناو دەبات جگە لە هی خۆی",
    ),
    row(
        "the label is of another election, round or mode",
        "الملصق لانتخاب أو جولة أو وضع آخر",
        "ناسنامەی پاکێج هی هەڵبژاردن، خول یان دۆخێکی ترە",
    ),
    row(
        "{} is not the file that the label names",
        "{} ليس الملف الذي يذكره الملصق",
        "{} ئەو پەڕگەیە نییە کە ناسنامەی پاکێج ناوی دەبات",
    ),
    row(
        "a recipient of the package is not valid",
        "أحد مستلمي الحزمة غير صالح",
        "یەکێک لە وەرگرەکانی پاکێجەکە دروست نییە",
    ),
    row(
        "'{}' is not a file of a package: STATION-DEVICE-GENERATION.results.age, .images.age or .label.json",
        "'{}' ليس ملفاً من حزمة: STATION-DEVICE-GENERATION.results.age أو .images.age أو .label.json",
        "'{}' پەڕگەی پاکێج نییە: STATION-DEVICE-GENERATION.results.age، .images.age یان .label.json",
    ),
    row(
        "the package cannot be opened with this identity: {}",
        "لا تُفتح الحزمة بهذه الهوية: {}",
        "پاکێجەکە بەم ناسنامەیە ناکرێتەوە: {}",
    ),
    row("the statement: {}", "بيان الجهاز: {}", "بەیاننامەی ئامێر: {}"),
    row(
        "the {} of the package is not the one expected",
        "في الحزمة ما ليس المتوقع: {}",
        "ئەمەی پاکێجەکە ئەوەی چاوەڕوانکراو نییە: {}",
    ),
    row("station", "المحطة", "وێستگە"),
    row("device", "الجهاز", "ئامێر"),
    row("generation", "رقم العدّ", "ژمارەی ژماردن"),
    row("definition", "التعريف", "پێناسە"),
    row("list of recipients", "قائمة المستلمين", "لیستی وەرگرەکان"),
    row("manifest", "بيان المحتويات", "لیستی ناوەڕۆک"),
    // What to do next
    row(
        "Keep the file as evidence; it was not written by a station of this software.",
        "احفظ الملف دليلاً؛ فلم تكتبه محطة بهذا البرنامج.",
        "پەڕگەکە وەک بەڵگە هەڵبگرە؛ وێستگەیەکی ئەم بەرنامەیە نەینووسیوە.",
    ),
    row(
        "Get the missing file from another copy.",
        "خذ الملف المفقود من نسخة أخرى.",
        "پەڕگە نەبووەکە لە وێنەیەکی تر وەربگرە.",
    ),
    row(
        "Keep this copy as evidence and compare it with another.",
        "احفظ هذه النسخة دليلاً وقارنها بأخرى.",
        "ئەم وێنەیە وەک بەڵگە هەڵبگرە و لەگەڵ یەکێکی تر بەراوردی بکە.",
    ),
    row(
        "Do not add the station; keep the package and reconcile it with the images and the paper.",
        "لا تضف المحطة؛ واحفظ الحزمة وطابقها بالصور والورق.",
        "وێستگەکە زیاد مەکە؛ پاکێجەکە هەڵبگرە و لەگەڵ وێنەکان و کاغەزەکە ڕێکی بخە.",
    ),
    row(
        "Keep the package as evidence and ask the station for its medium.",
        "احفظ الحزمة دليلاً واطلب من المحطة وسيطها.",
        "پاکێجەکە وەک بەڵگە هەڵبگرە و داوای میدیاکەی لە وێستگەکە بکە.",
    ),
    row(
        "The centre imports the package and quarantines the station: two officers decide whether it is counted.",
        "يستورد المركز الحزمة ويحجر المحطة: ويقرر موظفان هل تُحتسب.",
        "ناوەندەکە پاکێجەکە دەهێنێت و وێستگەکە دەستبەسەر دەکات: دوو فەرمانبەر بڕیار دەدەن ئایا دەژمێردرێت.",
    ),
    row(
        "Do not add the station; keep the package and reconcile it with the slip, the images and the paper.",
        "لا تضف المحطة؛ واحفظ الحزمة وطابقها بالشريط والصور والورق.",
        "وێستگەکە زیاد مەکە؛ پاکێجەکە هەڵبگرە و لەگەڵ پسووڵەکە و وێنەکان و کاغەزەکە ڕێکی بخە.",
    ),
    row(
        "Give the package of this election and round; a rehearsal is never counted.",
        "أعطِ حزمة هذا الانتخاب وهذه الجولة؛ والتمرين لا يُحتسب أبداً.",
        "پاکێجی ئەم هەڵبژاردن و خولە بدە؛ ڕاهێنان هەرگیز ناژمێردرێت.",
    ),
    row(
        "Copy the file again from the station's medium; keep the damaged one.",
        "انسخ الملف ثانية من وسيط المحطة؛ واحفظ التالف.",
        "پەڕگەکە دووبارە لە میدیای وێستگەکە کۆپی بکە؛ تێکچووەکە هەڵبگرە.",
    ),
    row(
        "Keep the label as evidence and ask the station for the original.",
        "احفظ الملصق دليلاً واطلب من المحطة الأصل.",
        "ناسنامەی پاکێجەکە وەک بەڵگە هەڵبگرە و داوای بنەڕەتەکە لە وێستگەکە بکە.",
    ),
    row(
        "Take the recipients from the frozen key list.",
        "خذ المستلمين من قائمة المفاتيح المجمّدة.",
        "وەرگرەکان لە لیستی کلیلە بەستراوەکان وەربگرە.",
    ),
    row(
        "Give the three files as the station handed them over, without renaming them.",
        "أعطِ الملفات الثلاثة كما سلّمتها المحطة، دون تغيير أسمائها.",
        "هەر سێ پەڕگەکە وەک وێستگەکە ڕادەستی کردوون بدە، بەبێ گۆڕینی ناویان.",
    ),
    row(
        "Join the shares of this election's identity; if they are right, copy the file again.",
        "اجمع حصص هوية هذا الانتخاب؛ فإن كانت صحيحة فانسخ الملف ثانية.",
        "بەشەکانی ناسنامەی ئەم هەڵبژاردنە کۆ بکەرەوە؛ ئەگەر ڕاستن، پەڕگەکە دووبارە کۆپی بکە.",
    ),
    row(
        "Find out why the device counted under another definition; the station is not added.",
        "اعرف لماذا عدّ الجهاز بتعريف آخر؛ فالمحطة لا تُضاف.",
        "بزانە بۆچی ئامێرەکە بە پێناسەیەکی تر ژماردوویەتی؛ وێستگەکە زیاد ناکرێت.",
    ),
    row(
        "Keep the package in quarantine as evidence and compare it with the station's other medium.",
        "احجر الحزمة واحفظها دليلاً وقارنها بالوسيط الآخر للمحطة.",
        "پاکێجەکە دەستبەسەر بکە و وەک بەڵگە هەڵیبگرە و لەگەڵ میدیاکەی تری وێستگەکە بەراوردی بکە.",
    ),
    row("Scan the codes that are missing.", "امسح الرموز المفقودة.", "کۆدە نەبووەکان سکان بکە."),
    row(
        "Scan the codes of one slip at a time.",
        "امسح رموز شريط واحد في كل مرة.",
        "هەر جارە کۆدەکانی یەک پسووڵە سکان بکە.",
    ),
    row(
        "Print the figures without codes and hand over the package.",
        "اطبع الأرقام بلا رموز وسلّم الحزمة.",
        "ژمارەکان بەبێ کۆد چاپ بکە و پاکێجەکە ڕادەست بکە.",
    ),
    row(
        "Scan the code again; if it is refused again, keep the paper as evidence and compare its printed figures.",
        "امسح الرمز ثانية؛ فإن رُفض فاحفظ الورق دليلاً وقارن أرقامه المطبوعة.",
        "کۆدەکە دووبارە سکان بکە؛ ئەگەر دیسان ڕەت کرایەوە، کاغەزەکە وەک بەڵگە هەڵبگرە و ژمارە چاپکراوەکانی بەراورد بکە.",
    ),
    // Signed files
    row(
        "not the JSON that belongs here: {}",
        "ليس هذا نص JSON الذي مكانه هنا: {}",
        "ئەو JSONـە نییە کە دەبێت لێرە بێت: {}",
    ),
    row(
        "the JSON is not in its one form (order of keys, white space, duplicates, numbers)",
        "نص JSON ليس في صورته الواحدة (ترتيب المفاتيح، الفراغات، التكرار، الأعداد)",
        "JSONـەکە لە شێوە تاکەکەی خۆیدا نییە (ڕیزی کلیلەکان، بۆشایی، دووبارە، ژمارە)",
    ),
    row(
        "not a COSE_Sign1 message in its one form",
        "ليست رسالة COSE_Sign1 في صورتها الواحدة",
        "نامەیەکی COSE_Sign1 نییە لە شێوە تاکەکەی خۆیدا",
    ),
    row("this is a signed '{}', not a '{}'", "هذا '{}' موقّع، وليس '{}'", "ئەمە '{}'ی واژۆکراوە، نەک '{}'"),
    row(
        "signed by key {}, not by the one expected",
        "موقّع بالمفتاح {}، لا بالمتوقع",
        "بە کلیلی {} واژۆ کراوە، نەک ئەوەی چاوەڕوانکراو",
    ),
    row("the signature of key {} is not valid", "توقيع المفتاح {} غير صحيح", "واژۆی کلیلی {} دروست نییە"),
    row(
        "the envelope has {} bytes; at most 65,535 fit a log entry",
        "في المغلف {} بايت؛ وأقصى ما يسعه قيد في السجل ٦٥٬٥٣٥",
        "زەرفەکە {} بایتە؛ زۆرترین کە لە تۆمارێکدا جێی دەبێتەوە ٦٥٬٥٣٥ـە",
    ),
    row(
        "not a DSSE envelope in its one form: {}",
        "ليس مغلف DSSE في صورته الواحدة: {}",
        "زەرفێکی DSSE نییە لە شێوە تاکەکەی خۆیدا: {}",
    ),
    row(
        "the signatures are not one a key, sorted by key id",
        "التواقيع ليست واحداً لكل مفتاح ومرتبة بمعرّف المفتاح",
        "واژۆکان یەک بۆ هەر کلیلێک و بە ناسێنەری کلیل ڕیز نەکراون",
    ),
    row("nothing is signed", "لا توقيع", "هیچ واژۆیەک نییە"),
    row(
        "signed by key {}, which may not sign this",
        "موقّع بالمفتاح {}، وليس له أن يوقّع هذا",
        "بە کلیلی {} واژۆ کراوە، کە مافی واژۆی ئەمەی نییە",
    ),
    row("the payload: {}", "المضمون: {}", "ناوەڕۆک: {}"),
    row(
        "the random generator gives nothing",
        "مولّد الأرقام العشوائية لا يعطي شيئاً",
        "دروستکەری ژمارەی هەڕەمەکی هیچ نادات",
    ),
    row(
        "the random generator is stuck or repeats itself",
        "مولّد الأرقام العشوائية عالق أو يكرر نفسه",
        "دروستکەری ژمارەی هەڕەمەکی گیری کردووە یان خۆی دووبارە دەکاتەوە",
    ),
    row(
        "not an age identity: AGE-SECRET-KEY-1 and 58 characters",
        "ليست هوية age: وهي AGE-SECRET-KEY-1 و٥٨ حرفاً",
        "ناسنامەی age نییە: AGE-SECRET-KEY-1 و ٥٨ پیت",
    ),
    row(
        "not a P-256 or Ed25519 public key as base64 of its SubjectPublicKeyInfo",
        "ليس مفتاحاً عاماً P-256 أو Ed25519 بصيغة base64 لـ SubjectPublicKeyInfo",
        "کلیلێکی گشتیی P-256 یان Ed25519 نییە بە شێوەی base64ی SubjectPublicKeyInfo",
    ),
    row(
        "the public key is not a safe point of its curve",
        "المفتاح العام ليس نقطة آمنة على منحناه",
        "کلیلە گشتییەکە خاڵێکی سەلامەتی سەر هێڵەکەی نییە",
    ),
    row(
        "not a P-256 or Ed25519 private key in PKCS#8 PEM",
        "ليس مفتاحاً خاصاً P-256 أو Ed25519 بصيغة PKCS#8 PEM",
        "کلیلێکی تایبەتی P-256 یان Ed25519 نییە بە PKCS#8 PEM",
    ),
    row("no key was made: {}", "لم يُصنع مفتاح: {}", "هیچ کلیلێک دروست نەکرا: {}"),
    row(
        "not an age recipient: age1 and 58 characters",
        "ليس مستلم age: وهو age1 و٥٨ حرفاً",
        "وەرگری age نییە: age1 و ٥٨ پیت",
    ),
    row(
        "this is not a share; a letter may be wrong",
        "ليست هذه حصة؛ ربما أخطأ حرف",
        "ئەمە بەش نییە؛ لەوانەیە پیتێک هەڵە بێت",
    ),
    row(
        "shares are k of n, with 2 ≤ k ≤ n ≤ 32",
        "الحصص k من n، و 2 ≤ k ≤ n ≤ 32",
        "بەشەکان k لە n، لەگەڵ 2 ≤ k ≤ n ≤ 32",
    ),
    row(
        "card {} is false: it is not the one that was committed to",
        "البطاقة {} مزورة: ليست التي التُزم بها",
        "کارتی {} ساختەیە: ئەوە نییە کە پابەندی بۆ کراوە",
    ),
    row(
        "card {} belongs to another set of cards",
        "البطاقة {} من مجموعة بطاقات أخرى",
        "کارتی {} هی کۆمەڵە کارتێکی ترە",
    ),
    row("card {} was given twice", "أُعطيت البطاقة {} مرتين", "کارتی {} دوو جار دراوە"),
    row("{} cards were given; {} are needed", "أُعطيت {} من البطاقات؛ والمطلوب {}", "{} کارت دراوە؛ {} پێویستە"),
    row("the cards do not join to the identity", "البطاقات لا تجتمع إلى الهوية", "کارتەکان نابن بە ناسنامەکە"),
    row("the signature is not valid", "التوقيع غير صحيح", "واژۆکە دروست نییە"),
    row("the key refused to sign", "رفض المفتاح أن يوقّع", "کلیلەکە واژۆی نەکرد"),
    row(
        "Keep the file as evidence and get the original again; it was not written by this software.",
        "احفظ الملف دليلاً وخذ الأصل ثانية؛ فلم يكتبه هذا البرنامج.",
        "پەڕگەکە وەک بەڵگە هەڵبگرە و بنەڕەتەکە دووبارە وەربگرە؛ ئەم بەرنامەیە نەینووسیوە.",
    ),
    row(
        "Look the key up in the key list; it may belong to another station.",
        "ابحث عن المفتاح في قائمة المفاتيح؛ فقد يكون لمحطة أخرى.",
        "لە لیستی کلیلەکاندا بەدوای کلیلەکەدا بگەڕێ؛ لەوانەیە هی وێستگەیەکی تر بێت.",
    ),
    row(
        "Keep the paper or file as evidence and compare it with another copy.",
        "احفظ الورق أو الملف دليلاً وقارنه بنسخة أخرى.",
        "کاغەزەکە یان پەڕگەکە وەک بەڵگە هەڵبگرە و لەگەڵ وێنەیەکی تر بەراوردی بکە.",
    ),
    row(
        "Enter what is large as a hash and keep the file beside it.",
        "أدخل ما هو كبير ببصمته واحفظ الملف بجانبه.",
        "شتی گەورە وەک هاش بنووسە و پەڕگەکە لە تەنیشتی هەڵبگرە.",
    ),
    row(
        "Look the key up in the key list; it may be another person's or an older one.",
        "ابحث عن المفتاح في قائمة المفاتيح؛ فقد يكون لشخص آخر أو قديماً.",
        "لە لیستی کلیلەکاندا بەدوای کلیلەکەدا بگەڕێ؛ لەوانەیە هی کەسێکی تر یان کۆنتر بێت.",
    ),
    row(
        "Give the file that this step asks for.",
        "أعطِ الملف الذي تطلبه هذه الخطوة.",
        "ئەو پەڕگەیە بدە کە ئەم هەنگاوە داوای دەکات.",
    ),
    row(
        "Keep the file as evidence and ask its sender for the original.",
        "احفظ الملف دليلاً واطلب الأصل ممن أرسله.",
        "پەڕگەکە وەک بەڵگە هەڵبگرە و داوای بنەڕەتەکە لە نێرەرەکەی بکە.",
    ),
    row(
        "Do not use this machine; take the spare one and report the fault.",
        "لا تستعمل هذا الجهاز؛ خذ الاحتياطي وأبلغ عن العطل.",
        "ئەم ئامێرە بەکارمەهێنە؛ یەدەگەکە ببە و کێشەکە ڕابگەیەنە.",
    ),
    row(
        "Give the identity file that `sanad key new` wrote, or join the shares again.",
        "أعطِ ملف الهوية الذي كتبه `sanad key new`، أو اجمع الحصص ثانية.",
        "پەڕگەی ئەو ناسنامەیە بدە کە `sanad key new` نووسیویەتی، یان بەشەکان دووبارە کۆ بکەرەوە.",
    ),
    row(
        "Copy the key again from the file that `sanad key new` wrote.",
        "انسخ المفتاح ثانية من الملف الذي كتبه `sanad key new`.",
        "کلیلەکە دووبارە لەو پەڕگەیە کۆپی بکە کە `sanad key new` نووسیویەتی.",
    ),
    row(
        "Refuse this key and ask its holder for a new one.",
        "ارفض هذا المفتاح واطلب من حامله جديداً.",
        "ئەم کلیلە ڕەت بکەرەوە و داوای نوێیەک لە هەڵگرەکەی بکە.",
    ),
    row(
        "Give the PEM file that `sanad key new` wrote.",
        "أعطِ ملف PEM الذي كتبه `sanad key new`.",
        "پەڕگەی ئەو PEMـە بدە کە `sanad key new` نووسیویەتی.",
    ),
    row(
        "Copy the recipient again from the key list; it starts with age1.",
        "انسخ المستلم ثانية من قائمة المفاتيح؛ وهو يبدأ بـ age1.",
        "وەرگرەکە دووبارە لە لیستی کلیلەکان کۆپی بکە؛ بە age1 دەست پێ دەکات.",
    ),
    row(
        "Type the card again, or scan its code.",
        "اكتب البطاقة ثانية، أو امسح رمزها.",
        "کارتەکە دووبارە بنووسە، یان کۆدەکەی سکان بکە.",
    ),
    row(
        "Choose at least two commissioners' shares and no more than there are commissioners.",
        "اختر حصص مفوضَين على الأقل، ولا تزد على عدد المفوضين.",
        "لانیکەم بەشی دوو کۆمیسیار هەڵبژێرە، و لە ژمارەی کۆمیسیارەکان زیاتر نەبێت.",
    ),
    row(
        "Keep the card as evidence, tell the board, and use another commissioner's card.",
        "احفظ البطاقة دليلاً، وأخبر المجلس، واستعمل بطاقة مفوض آخر.",
        "کارتەکە وەک بەڵگە هەڵبگرە، بە ئەنجومەن بڵێ، و کارتی کۆمیسیارێکی تر بەکاربهێنە.",
    ),
    row("Give each card once.", "أعطِ كل بطاقة مرة واحدة.", "هەر کارتێک یەک جار بدە."),
    row("Ask another commissioner for a card.", "اطلب بطاقة من مفوض آخر.", "داوای کارتێک لە کۆمیسیارێکی تر بکە."),
    row(
        "Join again with the list of commitments, which names a false card.",
        "اجمع ثانية مع قائمة الالتزامات، فهي تسمّي البطاقة المزورة.",
        "دووبارە لەگەڵ لیستی پابەندییەکان کۆیان بکەرەوە، کە ناوی کارتی ساختە دەبات.",
    ),
    row(
        "Keep the file as evidence and ask where it came from.",
        "احفظ الملف دليلاً واسأل من أين جاء.",
        "پەڕگەکە وەک بەڵگە هەڵبگرە و بپرسە لە کوێوە هاتووە.",
    ),
    row(
        "Check the token or key file, then try again.",
        "افحص ملف المفتاح، ثم حاول ثانية.",
        "پەڕگەی کلیلەکە بپشکنە، پاشان دووبارە هەوڵ بدە.",
    ),
    row("the file is empty", "الملف فارغ", "پەڕگەکە بەتاڵە"),
    row(
        "no line of this text is a code of a slip: they begin with SANAD1:",
        "لا سطر في هذا النص رمز شريط نتائج: فهي تبدأ بـ SANAD1:",
        "هیچ دێڕێکی ئەم دەقە کۆدی پسووڵە نییە: بە SANAD1: دەست پێ دەکەن",
    ),
];
