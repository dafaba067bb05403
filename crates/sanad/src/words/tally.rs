//! Two channels, seats, totals and lots.

use super::{Row, row};

/// The rows.
pub const ROWS: &[Row] = &[
    row("the table has no list", "لا قائمة في الجدول", "هیچ لیستێک لە خشتەکەدا نییە"),
    row(
        "write a row for each list: its id, and its votes as a whole number",
        "اكتب صفاً لكل قائمة: معرّفها، وأصواتها عدداً صحيحاً",
        "بۆ هەر لیستێک ڕیزێک بنووسە: ناسێنەرەکەی، و دەنگەکانی بە ژمارەی تەواو",
    ),
    row(
        "{} stations expected; left {}, right {}, both {}: {} identical, {} different; only left {}, only right {}",
        "المحطات المتوقعة {}؛ الأولى {}، الثانية {}، كلتاهما {}: متطابقة {}، مختلفة {}؛ في الأولى فقط {}، في الثانية فقط {}",
        "وێستگەی چاوەڕوانکراو {}؛ یەکەم {}، دووەم {}، هەردووک {}: وەک یەک {}، جیاواز {}؛ تەنها یەکەم {}، تەنها دووەم {}",
    ),
    row(
        "one field {}, several fields {}, redistributed {}, permuted {}, all zero {}",
        "حقل واحد {}، حقول عدة {}، موزعة من جديد {}، مبدّلة المواضع {}، كلها صفر {}",
        "یەک خانە {}، چەند خانە {}، دووبارە دابەشکراو {}، جێگۆڕکێکراو {}، هەموو سفر {}",
    ),
    row(
        "  and {} more; --show N or --json shows them",
        "  و{} أخرى؛ يعرضها --show N أو --json",
        "  و {}ی تر؛ --show N یان --json پیشانیان دەدات",
    ),
    row(
        "  perhaps one station under two ids: {} on the left, {} on the right",
        "  ربما محطة واحدة بمعرّفين: {} في الأولى، {} في الثانية",
        "  لەوانەیە یەک وێستگە بە دوو ناسێنەر: {} لە یەکەم، {} لە دووەم",
    ),
    row("Lot required for {} of these: {}", "تلزم قرعة على {} من هذه: {}", "تیروپشک پێویستە بۆ {} لەمانە: {}"),
    row(
        "{} seats stay vacant: no list with a vote is left to take them",
        "تبقى {} مقاعد شاغرة: فلم تبقَ قائمة لها صوت تأخذها",
        "{} کورسی بەتاڵ دەمێننەوە: هیچ لیستێکی خاوەن دەنگ نەماوە بیانبات",
    ),
    row("{}:{}: the text is not UTF-8{}", "{}:{}: النص ليس UTF-8{}", "{}:{}: دەقەکە UTF-8 نییە{}"),
    row(" but UTF-16", " بل UTF-16", " بەڵکو UTF-16ـە"),
    row("{}:1: there is no column '{}'{}", "{}:1: لا عمود '{}'{}", "{}:1: ستوونی '{}' نییە{}"),
    row("; did you mean '{}'?", "؛ هل تعني '{}'؟", "؛ مەبەستت '{}'ـە؟"),
    row("{}:1: the column '{}' is there twice", "{}:1: العمود '{}' وارد مرتين", "{}:1: ستوونی '{}' دوو جار هاتووە"),
    row(
        "{}:{}: the row has {} cells, the header {}",
        "{}:{}: في الصف {} خلايا، وفي العنوان {}",
        "{}:{}: ڕیزەکە {} خانەی هەیە، سەردێڕەکە {}",
    ),
    row(
        "{}:{}: the row names no station in column '{}'",
        "{}:{}: لا يسمّي الصف محطة في العمود '{}'",
        "{}:{}: ڕیزەکە لە ستوونی '{}'دا هیچ وێستگەیەک ناو نابات",
    ),
    row(
        "{}:{}: column '{}' ({}) of station {} says '{}', which is not a whole number",
        "{}:{}: العمود '{}' ({}) للمحطة {} يقول '{}'، وليس عدداً صحيحاً",
        "{}:{}: ستوونی '{}' ({})ی وێستگەی {} دەڵێت '{}'، کە ژمارەی تەواو نییە",
    ),
    row(
        "{}:{}: station {} was already in line {}",
        "{}:{}: المحطة {} واردة من قبل في السطر {}",
        "{}:{}: وێستگەی {} پێشتر لە دێڕی {}دا بوو",
    ),
    row(
        "Compare the map with examples/bolivia-2019.toml.",
        "قارن الخريطة بـ examples/bolivia-2019.toml.",
        "نەخشەکە لەگەڵ examples/bolivia-2019.toml بەراورد بکە.",
    ),
    row(
        "Look at that line: a quotation mark may be opened and never closed.",
        "انظر في ذلك السطر: فربما فُتحت علامة اقتباس ولم تُغلق.",
        "سەیری ئەو دێڕە بکە: لەوانەیە نیشانەی وتە کرابێتەوە و دانەخرابێت.",
    ),
    row("Save the file as CSV UTF-8.", "احفظ الملف CSV UTF-8.", "پەڕگەکە وەک CSV UTF-8 هەڵبگرە."),
    row(
        "Write the column's name in the map as the first line of the file has it, or set the delimiter.",
        "اكتب اسم العمود في الخريطة كما في أول سطر من الملف، أو حدد الفاصل.",
        "ناوی ستوونەکە لە نەخشەکەدا وەک یەکەم دێڕی پەڕگەکە بنووسە، یان جیاکەرەوەکە دیاری بکە.",
    ),
    row("Rename one of the two columns.", "غيّر اسم أحد العمودين.", "ناوی یەکێک لە دوو ستوونەکە بگۆڕە."),
    row(
        "Look at that line: a delimiter is missing, or a cell that holds one lacks its quotation marks.",
        "انظر في ذلك السطر: فاصل ناقص، أو خلية فيها فاصل بلا علامتي اقتباس.",
        "سەیری ئەو دێڕە بکە: جیاکەرەوەیەک کەمە، یان خانەیەک کە تێیدایە نیشانەی وتەی نییە.",
    ),
    row(
        "Fill in the station, or delete the row if it is a sum or a remark.",
        "املأ المحطة، أو احذف الصف إن كان مجموعاً أو ملاحظة.",
        "وێستگەکە پڕ بکەرەوە، یان ڕیزەکە بسڕەوە ئەگەر کۆ یان تێبینییە.",
    ),
    row(
        "Write a whole number, or set on_bad_cell = \"count\" to report such rows instead of stopping.",
        "اكتب عدداً صحيحاً، أو ضع on_bad_cell = \"count\" لتُذكر هذه الصفوف بدل التوقف.",
        "ژمارەیەکی تەواو بنووسە، یان on_bad_cell = \"count\" دابنێ تا ئەم ڕیزانە ڕابگەیەنرێن لە جیاتی وەستان.",
    ),
    row(
        "Find out which of the two rows is right; this program cannot know.",
        "اعرف أي الصفين صحيح؛ فهذا البرنامج لا يعرف.",
        "بزانە کام لە دوو ڕیزەکە ڕاستە؛ ئەم بەرنامەیە نازانێت.",
    ),
    row("Look at the file.", "انظر في الملف.", "سەیری پەڕگەکە بکە."),
    row(
        "the outcome of {} does not name exactly {} of those between whom it was drawn",
        "نتيجة {} لا تسمّي بالضبط {} ممن أُجريت بينهم",
        "ئەنجامی {} بە تەواوی {} لەوانە ناو نابات کە لە نێوانیاندا کراوە",
    ),
    row("{}: {} is beyond the bound of {}", "{}: {} يتجاوز الحد {}", "{}: {} لە سنووری {} تێدەپەڕێت"),
    row(
        "the first divisor {} is not below the second, 3",
        "القاسم الأول {} ليس أقل من الثاني، ٣",
        "دابەشکەری یەکەم {} لە دووەم، ٣، کەمتر نییە",
    ),
    row("the votes together are beyond 64 bits", "مجموع الأصوات يتجاوز ٦٤ بتاً", "کۆی دەنگەکان لە ٦٤ بیت تێدەپەڕێت"),
    row(
        "a lot for {} of {} was given {} names, or others than the tie's",
        "أُعطيت قرعة على {} من {} أسماء عددها {}، أو غير المتعادلين",
        "بۆ تیروپشکی {} لە {}، {} ناو دراوە، یان ناوی تر لە یەکسانەکان",
    ),
    row("the sum for {} is beyond 64 bits", "مجموع {} يتجاوز ٦٤ بتاً", "کۆی {} لە ٦٤ بیت تێدەپەڕێت"),
    row(
        "contest {}: the figures are not those of its lists and candidates; '{}' is {}",
        "المنافسة {}: الأرقام ليست أرقام قوائمها ومرشحيها؛ '{}' {}",
        "کێبڕکێی {}: ژمارەکان هی لیست و کاندیدەکانی نین؛ '{}' {}",
    ),
    row("there is no station {} in the definition", "لا محطة {} في التعريف", "وێستگەی {} لە پێناسەکەدا نییە"),
    row(
        "station {} takes no ballots of contest {}",
        "المحطة {} لا تستقبل أوراق المنافسة {}",
        "وێستگەی {} کاغەزی کێبڕکێی {} وەرناگرێت",
    ),
    row(
        "station {} was already added for contest {}",
        "أُضيفت المحطة {} من قبل في المنافسة {}",
        "وێستگەی {} پێشتر بۆ کێبڕکێی {} زیاد کراوە",
    ),
    row(
        "Enter the names that were drawn, as the minutes of the drawing have them.",
        "أدخل الأسماء التي خرجت كما في محضر القرعة.",
        "ئەو ناوانە بنووسە کە دەرچوون، وەک لە کۆنووسی تیروپشکەکەدایە.",
    ),
    row(
        "Check the figure; no parliament is that large.",
        "تحقق من الرقم؛ فلا برلمان بهذا الحجم.",
        "ژمارەکە بپشکنە؛ هیچ پەرلەمانێک هێندە گەورە نییە.",
    ),
    row(
        "Write a first divisor below 3, such as sainte-lague:1.7.",
        "اكتب قاسماً أول أقل من ٣، مثل sainte-lague:1.7.",
        "دابەشکەرێکی یەکەم لە خوار ٣ بنووسە، وەک sainte-lague:1.7.",
    ),
    row(
        "Look for the figure that is beyond all reason; it is not a count.",
        "ابحث عن الرقم غير المعقول؛ فليس عدّاً.",
        "بەدوای ئەو ژمارەیەدا بگەڕێ کە نامەعقوولە؛ ژماردن نییە.",
    ),
    row(
        "Draw the lot between exactly those named, and enter as many names as there are seats.",
        "أجرِ القرعة بين المسمَّين بالضبط، وأدخل أسماء بعدد المقاعد.",
        "تیروپشکەکە تەنها لەنێوان ناوبراوەکاندا بکە، و بە ژمارەی کورسییەکان ناو بنووسە.",
    ),
    row(
        "Look for the station whose figure is beyond all reason; it is not a count.",
        "ابحث عن المحطة التي رقمها غير معقول؛ فليس عدّاً.",
        "بەدوای ئەو وێستگەیەدا بگەڕێ کە ژمارەکەی نامەعقوولە؛ ژماردن نییە.",
    ),
    row(
        "Check that the device ran this election's definition; its fingerprint is on the slip.",
        "تحقق من أن الجهاز عمل بتعريف هذا الانتخاب؛ فبصمته على الشريط.",
        "بپشکنە کە ئامێرەکە بە پێناسەی ئەم هەڵبژاردنە کاری کردووە؛ پەنجەمۆرەکەی لەسەر پسووڵەکەیە.",
    ),
    row(
        "Compare the station's id with stations.csv of the frozen definition.",
        "قارن معرّف المحطة بـ stations.csv من التعريف المجمّد.",
        "ناسێنەری وێستگەکە لەگەڵ stations.csvی پێناسە بەستراوەکە بەراورد بکە.",
    ),
    row(
        "Compare the station's constituencies in stations.csv with its results.",
        "قارن دوائر المحطة في stations.csv بنتائجها.",
        "بازنەکانی وێستگەکە لە stations.csv لەگەڵ ئەنجامەکانی بەراورد بکە.",
    ),
    row(
        "Add each station once; a later generation replaces the earlier one before adding.",
        "أضف كل محطة مرة واحدة؛ فرقم العدّ الأحدث يحل محل الأقدم قبل الجمع.",
        "هەر وێستگەیەک یەک جار زیاد بکە؛ ژمارەی ژماردنی نوێتر پێش زیادکردن جێی کۆنترەکە دەگرێتەوە.",
    ),
    row(
        "contest {} has no list or candidate in place {}",
        "ليس في المنافسة {} قائمة أو مرشح في الموضع {}",
        "کێبڕکێی {} لە شوێنی {}دا هیچ لیست یان کاندیدی نییە",
    ),
    row(
        "Add figures of one contest at a time; report this as a defect.",
        "اجمع أرقام منافسة واحدة في كل مرة؛ وأبلغ عن هذا عيباً.",
        "هەر جارە ژمارەی یەک کێبڕکێ زیاد بکە؛ ئەمە وەک کەموکوڕی ڕابگەیەنە.",
    ),
    row("{} against {}", "{} مقابل {}", "{} بەرامبەر بە {}"),
    row(
        "a threshold of {} leaves no list a seat",
        "عتبة {} لا تترك لقائمة مقعداً",
        "بەربەستی {} هیچ کورسییەک بۆ هیچ لیستێک ناهێڵێتەوە",
    ),
    row("give a share below 1, such as 4/100", "أعطِ نسبة أقل من ١، مثل 4/100", "ڕێژەیەک لە خوار ١ بدە، وەک 4/100"),
];
