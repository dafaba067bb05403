//! R.2xx: the account of a station's ballots, and whether its figures hold together.

use super::Rule;

#[rustfmt::skip]
pub(super) const RULES: &[Rule] = &[
    Rule::new(
        "R.201",
        ["المستلَم = المستعمَل + التالف + غير المستعمَل", "وەرگیراو = بەکارهاتوو + خراپبوو + بەکارنەهاتوو", "Received = used + spoiled + unused"],
        ["كل ورقة وصلت موجودة في مكان ما.", "هەر کاغەزێک گەیشتبێت لە شوێنێک هەیە.", "Every ballot paper that came is somewhere."],
        "each_rule_of_the_account_breaks_alone",
    ),
    Rule::new(
        "R.202",
        ["المستعمَل = المعدود + غير المقروء", "بەکارهاتوو = ژمێردراو + نەخوێنراوە", "Used = cast + unread"],
        ["كل ورقة في الصندوق معدودة أو مسماة غير مقروءة.", "هەر کاغەزێک لە سندوقدا یان ژمێردراوە یان بە نەخوێنراوە ناوبراوە.", "Every paper in the box is counted or named as unread."],
        "each_rule_of_the_account_breaks_alone",
    ),
    Rule::new(
        "R.203",
        ["المعدود = الصحيح + الأبيض + الباطل", "ژمێردراو = دروست + سپی + پووچەڵ", "Cast = valid + blank + invalid"],
        ["لكل ورقة معدودة قيمة واحدة.", "هەر کاغەزێکی ژمێردراو یەک بەهای هەیە.", "Every counted ballot has one worth."],
        "each_rule_of_the_account_breaks_alone",
    ),
    Rule::new(
        "R.204",
        ["المستعمَل ≤ عدد الناخبين المسجلين", "بەکارهاتوو ≤ ژمارەی دەنگدەرانی تۆمارکراو", "Used ≤ voters registered"],
        ["المحطات ذات السجل الثابت؛ وغير المقروء محسوب.", "وێستگەکانی تۆماری جێگیر؛ نەخوێنراوەکانیش دەژمێردرێن.", "Stations with a fixed register; unread ballots included."],
        "each_rule_of_the_account_breaks_alone",
    ),
    Rule::new(
        "R.205",
        ["المستعمَل ≤ عدد من سُجل حضورهم", "بەکارهاتوو ≤ ژمارەی ئامادەبووان", "Used ≤ voters checked in"],
        ["حيث يعد جهاز التحقق الحاضرين؛ وغير المقروء محسوب.", "لەو شوێنەی ئامێری پشتڕاستکردنەوە ئامادەبووان دەژمێرێت؛ نەخوێنراوەکانیش دەژمێردرێن.", "Where a verification device counts; unread ballots included."],
        "each_rule_of_the_account_breaks_alone",
    ),
    Rule::new(
        "R.206",
        ["المستعمَل ≤ عدد الأوراق المسلَّمة", "بەکارهاتوو ≤ ژمارەی کاغەزە دراوەکان", "Used ≤ ballots delivered"],
        ["المحطات ذات السجل المشروط؛ وغير المقروء محسوب.", "وێستگەکانی تۆماری مەرجدار؛ نەخوێنراوەکانیش دەژمێردرێن.", "Stations with a conditional register; unread ballots included."],
        "each_rule_of_the_account_breaks_alone",
    ),
    Rule::new(
        "R.207",
        ["من سُجل حضورهم ≤ المسجلون", "ئامادەبووان ≤ تۆمارکراوان", "Voters checked in ≤ voters registered"],
        [
            "المحطات ذات السجل الثابت: لا يحضر أكثر ممن في السجل. يُذكر لكل محطة، ولا يُغض النظر عنه.",
            "وێستگەکانی تۆماری جێگیر: زیاتر لەوانەی لە تۆماردان ئامادە نابن. بۆ هەر وێستگەیەک دەوترێت و چاوی لێ ناپۆشرێت.",
            "Stations with a fixed register: no more come than are on it. Told of each station, never passed over.",
        ],
        "mt8_what_is_remarkable_is_told_and_refuses_nothing",
    ),
    Rule::new(
        "R.208",
        ["المستعمَل = الحد الأعلى كله", "بەکارهاتوو = هەموو سنوورەکە", "Used = the whole bound"],
        [
            "نسبة مشاركة مئة بالمئة، أو استعمال كل ورقة سُلمت. ليس خطأ بذاته؛ يُذكر لينظر فيه الناس.",
            "بەشداری سەد لە سەد، یان بەکارهێنانی هەموو کاغەزێکی دراو. بۆ خۆی هەڵە نییە؛ دەوترێت تا خەڵک سەیری بکەن.",
            "A turnout of 100 %, or every delivered ballot used. Not wrong by itself; told, so that people look at it.",
        ],
        "mt8_what_is_remarkable_is_told_and_refuses_nothing",
    ),
    Rule::new(
        "R.209",
        ["حزمة مرفوضة", "پاکێجی ڕەتکراوە", "A package that was refused"],
        [
            "لا تُجمع أرقامها، ويبقى ما وصل محفوظاً؛ يُذكر الوسيط ورمز السبب.",
            "ژمارەکانی کۆ ناکرێنەوە، و ئەوەی گەیشتووە دەپارێزرێت؛ ڕێگاکە و کۆدی هۆکارەکە دەوترێن.",
            "Its figures are not added, and what came is kept; the medium and the reason code are told.",
        ],
        "mt8_remarks_are_listed_for_each_station_under_their_rule",
    ),
    Rule::new(
        "R.210",
        ["كتب تختلف في رقم المحطة", "نامەکان لە ژمارەی وێستگەکەدا جیاوازن", "Letters that disagree about the figure"],
        [
            "كتب رسمية تعطي المحطة أرقاماً مختلفة ولم يُقرر أيها يُتبع، أو قُرر ذلك بقرارين متناقضين: الحد هو رقم stations.csv، وتُذكر المحطة.",
            "نامە فەرمییەکان ژمارەی جیاواز بە وێستگەکە دەدەن و بڕیار نەدراوە کامیان پەیڕەو بکرێت، یان دوو بڕیاری دژ هەن: سنوورەکە ژمارەی stations.csv ە، و وێستگەکە ناوی دەهێنرێت.",
            "Letters give different figures, and which is followed is not decided, or decided in two contradicting ways: the bound is the figure of stations.csv, and the station is named.",
        ],
        "mt8_remarks_are_listed_for_each_station_under_their_rule",
    ),
    Rule::new(
        "R.211",
        ["أوراق المنافسة = الصحيح + الأبيض + الباطل", "کاغەزەکانی کێبڕکێ = دروست + سپی + پووچەڵ", "A contest's ballots = valid + blank + invalid"],
        ["في كل منافسة.", "لە هەر کێبڕکێیەکدا.", "In each contest."],
        "each_rule_of_a_contest_breaks_alone",
    ),
    Rule::new(
        "R.212",
        ["أرقام لكل قائمة ومرشح، ولا لغيرهم", "ژمارە بۆ هەموو لیست و کاندیدێک، و بۆ کەسی تر نا", "A figure for every list and candidate, and for nobody else"],
        [
            "الأصفار منها؛ ورقم لغريب يدل على تعريف آخر للانتخاب. يُعرفون بمعرّفاتهم، لا بمواضعهم.",
            "سفرەکانیش؛ ژمارەی نامۆیەک نیشانەی پێناسەیەکی تری هەڵبژاردنە. بە ناسنامەکانیان دەناسرێنەوە، نەک بە شوێنیان.",
            "Zeros included; a figure of a stranger shows another definition. They are known by their ids, never by their place.",
        ],
        "each_rule_of_a_contest_breaks_alone",
    ),
    Rule::new(
        "R.213",
        ["مجموع أصوات القوائم = الأصوات الصحيحة", "کۆی دەنگی لیستەکان = دەنگە دروستەکان", "Votes of the lists = valid votes"],
        ["منافسات القوائم: كل ورقة صحيحة لقائمة واحدة.", "کێبڕکێی لیستەکان: هەر کاغەزێکی دروست بۆ یەک لیستە.", "Contests of lists: each valid ballot is for one list."],
        "each_rule_of_a_contest_breaks_alone",
    ),
    Rule::new(
        "R.214",
        ["الأصوات الشخصية ≤ أصوات القائمة", "دەنگە کەسییەکان ≤ دەنگی لیستەکە", "Personal votes of a list ≤ its votes"],
        ["القوائم المفتوحة: لكل ورقة صوت شخصي واحد في الأكثر؛ المغلقة: لا شيء.", "لیستی کراوە: هەر کاغەزێک ئەوپەڕی یەک دەنگی کەسی دەدات؛ داخراو: هیچ.", "Open lists: a ballot gives at most one personal vote; closed lists: none."],
        "each_rule_of_a_contest_breaks_alone",
    ),
    Rule::new(
        "R.215",
        ["أصوات المرشح ≤ الأصوات الصحيحة", "دەنگی کاندید ≤ دەنگە دروستەکان", "Votes of a candidate ≤ valid votes"],
        ["منافسات المرشحين: تعطي الورقة المرشح صوتاً واحداً في الأكثر.", "کێبڕکێی کاندیدەکان: کاغەزێک ئەوپەڕی یەک دەنگ بە کاندیدێک دەدات.", "Contests of candidates: a ballot gives a candidate at most one vote."],
        "each_rule_of_a_contest_breaks_alone",
    ),
    Rule::new(
        "R.216",
        ["مجموع أصوات المرشحين ≤ الصحيح × العلامات المسموحة", "کۆی دەنگی کاندیدەکان ≤ دروست × نیشانەی ڕێگەپێدراو", "Votes of all candidates ≤ valid × marks allowed"],
        ["منافسات المرشحين.", "کێبڕکێی کاندیدەکان.", "Contests of candidates."],
        "each_rule_of_a_contest_breaks_alone",
    ),
    Rule::new(
        "R.217",
        ["الأصوات الصحيحة ≤ مجموع أصوات المرشحين", "دەنگە دروستەکان ≤ کۆی دەنگی کاندیدەکان", "Valid votes ≤ votes of all candidates"],
        ["منافسات المرشحين: في كل ورقة صحيحة علامة على الأقل.", "کێبڕکێی کاندیدەکان: کاغەزی دروست لانیکەم نیشانەیەکی هەیە.", "Contests of candidates: a valid ballot has at least one mark."],
        "each_rule_of_a_contest_breaks_alone",
    ),
    Rule::new(
        "R.218",
        ["أوراق المنافسة ≤ المعدود في المحطة", "کاغەزەکانی کێبڕکێ ≤ ژمێردراو لە وێستگەکە", "A contest's ballots ≤ ballots cast at the station"],
        ["لا تكون المنافسة على أوراق أكثر مما عُد.", "کێبڕکێیەک لەسەر کاغەزی زیاتر لە ژمێردراو نییە.", "A contest is on no more ballots than were counted."],
        "each_rule_of_a_contest_breaks_alone",
    ),
    Rule::new(
        "R.219",
        ["الحد الأعلى لأوراق المحطة", "سنووری کاغەزەکانی وێستگە", "The bound of a station's ballots"],
        [
            "رقم الكتاب الذي يتبعه قرار فتحها، وإلا فرقم stations.csv؛ ومعه أرقام المحطات التي تُعد أوراقها في صندوقها. لا تُحجر محطة بسببه ما دام كتاب واحد يسمح بعدد أوراقها.",
            "ژمارەی ئەو نامەیەی بڕیاری کردنەوەکەی پەیڕەوی دەکات، ئەگینا ژمارەی stations.csv؛ لەگەڵ ژمارەی ئەو وێستگانەی کاغەزیان لە سندوقەکەیدا دەژمێردرێن. هیچ وێستگەیەک لەبەر ئەوە دەستبەسەر ناکرێت تا یەک نامە ڕێگە بە ژمارەی کاغەزەکانی بدات.",
            "The figure of the letter that its opening follows, else that of stations.csv; with those of the stations whose ballots lie in its box. No station is quarantined for it while one letter allows as many ballots.",
        ],
        "the_bound_is_the_figure_of_the_letter_that_is_followed",
    ),
];
