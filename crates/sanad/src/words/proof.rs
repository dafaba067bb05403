//! Proofs that anybody checks offline, and what slips alone say.

use super::{Row, row};

/// The rows.
pub const ROWS: &[Row] = &[
    row(
        "'{}' has cosigned with the key {}, which neither the definition nor this file has",
        "شارك '{}' في التوقيع بالمفتاح {}، وليس هو في تعريف الانتخاب ولا في هذا الملف",
        "'{}' بە کلیلی {} هاوواژۆی کردووە، کە نە لە پێناسەکەدایە و نە لەم فایلەدا",
    ),
    row(
        "leaf {} of the record, which the proof carries, does not hold: {}",
        "الورقة {} من السجل التي يحملها الإثبات لا تصح: {}",
        "گەڵای {}ی تۆمارەکە کە سەلماندنەکە هەڵیگرتووە ڕاست نییە: {}",
    ),
    row("it is no leaf of the record", "ليست ورقة من السجل", "گەڵای تۆمارەکە نییە"),
    row(
        "it is out of order, or under another checkpoint than the rest",
        "ليست في ترتيبها، أو هي تحت نقطة تحقق غير التي للباقي",
        "لە ڕیزی خۆیدا نییە، یان لە ژێر خاڵی پشکنینێکی جیا لەوانی ترە",
    ),
    row(
        "make the proof again with `sanad proof receipt`, from a publication whose record has the witness's new key",
        "أعد عمل الإثبات بـ `sanad proof receipt` من منشور في سجله مفتاح الشاهد الجديد",
        "سەلماندنەکە دووبارە بە `sanad proof receipt` دروست بکە، لە بڵاوکراوەیەکەوە کە تۆمارەکەی کلیلە نوێیەکەی شایەتەکەی تێدایە",
    ),
    row("this is no proof: {}", "ليس هذا إثباتاً: {}", "ئەمە سەلماندن نییە: {}"),
    row("it is longer than 1 MiB", "أطول من 1 MiB", "لە 1 MiB درێژترە"),
    row("a '{}' names no content of a station", "'{}' لا يسمي محتوى محطة", "'{}' ناوی ناوەرۆکی هیچ وێستگەیەک نابات"),
    row("'{}' is no log of this election", "'{}' ليس من سجلات هذا الانتخاب", "'{}' تۆماری ئەم هەڵبژاردنە نییە"),
    row(
        "the two checkpoints are no fork: they must be signed by the log, of one size, with different roots",
        "نقطتا التحقق ليستا تفرعاً: فلا بد أن يوقّعهما السجل، بحجم واحد وجذرين مختلفين",
        "دوو خاڵی پشکنینەکە لێکجیابوونەوە نین: دەبێت تۆمارەکە واژۆیان بکات، بە یەک قەبارە و دوو ڕەگی جیاواز",
    ),
    row(
        "the proof is of another election, round, mode or fingerprint",
        "الإثبات من انتخاب آخر أو جولة أو وضع أو بصمة أخرى",
        "سەلماندنەکە هی هەڵبژاردن، خول، دۆخ یان پەنجەمۆرێکی ترە",
    ),
    row(
        "the device {} is not listed for station {}",
        "الجهاز {} غير مدرج للمحطة {}",
        "ئامێری {} بۆ وێستگەی {} تۆمار نەکراوە",
    ),
    row(
        "the two are of different stations, devices or generations: {} and {}",
        "الاثنان من محطتين أو جهازين أو عدّين مختلفين: {} و {}",
        "دووانەکە هی دوو وێستگە، ئامێر یان ژماردنی جیاوازن: {} و {}",
    ),
    row(
        "the two have the same content: nothing contradicts",
        "للاثنين محتوى واحد: فلا تناقض",
        "هەردووکیان یەک ناوەرۆکیان هەیە: هیچ دژایەتییەک نییە",
    ),
    row(
        "the two cannot be compared: a label or statement and a slip need the manifest of the results",
        "لا تمكن المقارنة بينهما: فالملصق أو البيان مع شريط النتائج يحتاجان إلى بيان محتويات النتائج",
        "بەراورد ناکرێن: ناسنامە یان بەیاننامە لەگەڵ پسووڵە پێویستیان بە لیستی ناوەرۆکی ئەنجامەکان هەیە",
    ),
    row(
        "the manifest is not the one that was signed, or does not list data/results.json",
        "بيان المحتويات ليس الذي وُقّع، أو لا يذكر data/results.json",
        "لیستی ناوەرۆکەکە ئەوە نییە کە واژۆ کراوە، یان data/results.json ناو نابات",
    ),
    row(
        "the receipt is of another label or another place in the log",
        "الإيصال لملصق آخر أو لموضع آخر في السجل",
        "وەسڵەکە هی ناسنامەیەکی تر یان شوێنێکی تری تۆمارەکەیە",
    ),
    row(
        "the log has the label where the receipt promised it: no promise is broken",
        "الملصق في السجل حيث وعد الإيصال: فلم يُنقض وعد",
        "ناسنامەکە لە تۆمارەکەدا لەو شوێنەیە کە وەسڵەکە بەڵێنی داوە: هیچ بەڵێنێک نەشکێنراوە",
    ),
    row(
        "the checkpoint is not cosigned as the witness policy asks: {} more bodies are needed",
        "نقطة التحقق لم يوقّع معها كما تطلب سياسة الشهود: تلزم {} جهات أخرى",
        "خاڵی پشکنینەکە وەک سیاسەتی شایەت دەخوازێت هاوواژۆ نەکراوە: {} لایەنی تر پێویستە",
    ),
    row("the key lists: {}", "قوائم المفاتيح: {}", "لیستەکانی کلیل: {}"),
    row(
        "give a file that `sanad proof` or a witness wrote",
        "أعطِ ملفاً كتبه `sanad proof` أو شاهد",
        "پەڕگەیەک بدە کە `sanad proof` یان شایەتێک نووسیویەتی",
    ),
    row(
        "check it with the frozen definition of the election that it is of",
        "تحقق منه بالتعريف المجمَّد للانتخاب الذي هو منه",
        "بە پێناسەی بەستراوی ئەو هەڵبژاردنەی هی ئەوە بیپشکنە",
    ),
    row(
        "keep both files; each may be compared with others",
        "احفظ الملفين؛ فقد يُقارن كل منهما بغيره",
        "هەردوو پەڕگەکە هەڵبگرە؛ لەوانەیە هەریەکەیان لەگەڵ هی تر بەراورد بکرێت",
    ),
    row(
        "put results-manifest.txt of the publication beside the label or statement",
        "ضع results-manifest.txt من النشر بجانب الملصق أو البيان",
        "results-manifest.txtی بڵاوکراوەکە لە تەنیشت ناسنامە یان بەیاننامەکە دابنێ",
    ),
    row(
        "give the receipt of that label, as the relay kept it",
        "أعطِ إيصال ذلك الملصق كما حفظه جهاز الإرسال",
        "وەسڵی ئەو ناسنامەیە بدە، وەک نێرەرەکە هەڵیگرتووە",
    ),
    row(
        "get the checkpoint again when more witnesses have cosigned it",
        "خذ نقطة التحقق ثانية حين يوقّع معها شهود آخرون",
        "کاتێک شایەتی تر هاوواژۆیان کرد، خاڵی پشکنینەکە دووبارە وەربگرە",
    ),
    row(
        "the leaf that it proves is not beside it: {}",
        "الورقة التي يثبتها ليست بجانبه: {}",
        "ئەو گەڵایەی کە دەیسەلمێنێت لە تەنیشتی نییە: {}",
    ),
    row(
        "put the leaf's file beside the proof, under the name that it was written with",
        "ضع ملف الورقة بجانب الإثبات، بالاسم الذي كُتب به",
        "پەڕگەی گەڵاکە لە تەنیشت سەلماندنەکە دابنێ، بەو ناوەی پێی نووسراوە",
    ),
    row(
        "once witnesses have cosigned the record, have the proof written again with `sanad record prove`",
        "متى وقّع الشهود على السجل، اطلب كتابة الإثبات من جديد بـ `sanad record prove`",
        "کاتێک شایەتەکان تۆمارەکەیان هاوواژۆ کرد، داوا بکە سەلماندنەکە بە `sanad record prove` دووبارە بنووسرێتەوە",
    ),
    row(
        "look for the leaf in the publication, with `sanad record show`: a witness's key has changed",
        "ابحث عن الورقة في المنشور بـ `sanad record show`: فقد تغيّر مفتاح شاهد",
        "بە `sanad record show` لە بڵاوکراوەکەدا بەدوای گەڵاکەدا بگەڕێ: کلیلی شایەتێک گۆڕاوە",
    ),
    row("the log of the receiving service is empty", "سجل خدمة الاستلام فارغ", "تۆماری خزمەتگوزاری وەرگرتن بەتاڵە"),
    row(
        "give the publication again when the log has leaves",
        "أعطِ النشر ثانية حين تكون في السجل أوراق",
        "کاتێک تۆمارەکە گەڵای تێدایە، بڵاوکراوەکە دووبارە بدە",
    ),
    row(
        "PROVED: the log {} has signed two histories of {} leaves. It is to be trusted in nothing that one of them lacks.",
        "ثبت: السجل {} وقّع تاريخين من {} ورقة. فلا يوثق به في شيء يخلو منه أحدهما.",
        "سەلمێنرا: تۆماری {} دوو مێژووی {} گەڵایی واژۆ کردووە. لە هیچ شتێکدا کە یەکێکیان نییەتی متمانەی پێ ناکرێت.",
    ),
    row(
        "PROVED: the device {} of station {} has signed two contents of its count {}. One of them is false; the station waits for a decision.",
        "ثبت: الجهاز {} من المحطة {} وقّع محتويين لعدّه {}. أحدهما باطل؛ والمحطة تنتظر قراراً.",
        "سەلمێنرا: ئامێری {} ی وێستگەی {} دوو ناوەرۆکی ژماردنی {}ی واژۆ کردووە. یەکێکیان نادروستە؛ وێستگەکە چاوەڕێی بڕیارە.",
    ),
    row(
        "PROVED: the leaf stands in the log {} at {}, under the checkpoint of {} leaves.",
        "ثبت: الورقة في السجل {} في الموضع {}، تحت نقطة التحقق ذات {} ورقة.",
        "سەلمێنرا: گەڵاکە لە تۆماری {} لە شوێنی {}یە، لەژێر خاڵی پشکنینی {} گەڵادا.",
    ),
    row(
        "PROVED: the receiving service signed that the label {} stands at {}, and its log has something else there.",
        "ثبت: وقّعت خدمة الاستلام أن الملصق {} في الموضع {}، وفي سجلها هناك شيء آخر.",
        "سەلمێنرا: خزمەتگوزاری وەرگرتن واژۆی کردووە کە ناسنامەی {} لە شوێنی {}یە، و تۆمارەکەی لەوێ شتێکی تری تێدایە.",
    ),
    // sanad slip tally
    row(
        "Slips of {} of {} stations; {} voters are registered at the others.",
        "أشرطة نتائج {} من {} محطة؛ وفي غيرها {} ناخب مسجَّل.",
        "پسووڵەی {} لە {} وێستگە؛ لە وێستگەکانی تر {} دەنگدەر تۆمارکراوە.",
    ),
    row(
        "Station {}: slips of one count contradict each other; it is not added. `sanad proof equivocation` makes the proof.",
        "المحطة {}: أشرطة عدّ واحد يناقض بعضها بعضاً؛ فلا تُجمع. ويصنع `sanad proof equivocation` الإثبات.",
        "وێستگەی {}: پسووڵەکانی یەک ژماردن دژی یەکترن؛ کۆ ناکرێتەوە. `sanad proof equivocation` سەلماندنەکە دروست دەکات.",
    ),
    row(
        "Sheets in the boxes that could not be read, and are in no figure: {}",
        "أوراق في الصناديق تعذرت قراءتها وليست في أي رقم: {}",
        "کاغەزی ناو سندوقەکان کە نەخوێنرانەوە و لە هیچ ژمارەیەکدا نین: {}",
    ),
    row(
        "  Slips of {} of {} stations; open: {} voters. Valid ballots: {}",
        "  أشرطة نتائج {} من {} محطة؛ المفتوح: {} ناخب. الأوراق الصحيحة: {}",
        "  پسووڵەی {} لە {} وێستگە؛ کراوە: {} دەنگدەر. کاغەزی دروست: {}",
    ),
    row(
        "  No slip of it is at hand: nothing can be said.",
        "  لا شريط منه في اليد: لا يمكن قول شيء.",
        "  هیچ پسووڵەیەکی ئەمە لەبەردەستدا نییە: هیچ ناوترێت.",
    ),
    row(
        "for a reserved seat, and in no lead here",
        "لمقعد محجوز، ولا يدخل في الفارق هنا",
        "بۆ کورسییەکی تەرخانکراو، و لێرە لە هیچ جیاوازییەکدا نییە",
    ),
    row(
        "seats that no missing station can change: {}",
        "مقاعد لا تغيرها أي محطة ناقصة: {}",
        "کورسی کە هیچ وێستگەیەکی نەگەیشتوو نایگۆڕێت: {}",
    ),
    row(
        "  {} and {} have the same votes: what is open decides, or a lot",
        "  لـ {} و {} أصوات متساوية: يحسم ما بقي مفتوحاً، أو قرعة",
        "  {} و {} دەنگی یەکسانیان هەیە: ئەوەی کراوەیە یەکلای دەکاتەوە، یان تیروپشک",
    ),
    row(
        "  DECIDED: {} leads by {}, more than the {} voters that are open",
        "  محسوم: يتقدم {} بفارق {}، وهو أكثر من {} ناخب لم تُعرف أصواتهم",
        "  یەکلابووەوە: {} بە {} دەنگ لە پێشە، زیاتر لەو {} دەنگدەرەی کراوەن",
    ),
    row(
        "  Not decided: {} leads by {}, and {} voters are open",
        "  غير محسوم: يتقدم {} بفارق {}، و {} ناخب لم تُعرف أصواتهم",
        "  یەکلا نەبووەتەوە: {} بە {} دەنگ لە پێشە، و {} دەنگدەر کراوەن",
    ),
    row(
        "  Seats that no missing station can change: {} of {}",
        "  مقاعد لا تغيرها أي محطة ناقصة: {} من {}",
        "  کورسی کە هیچ وێستگەیەکی نەگەیشتوو نایگۆڕێت: {} لە {}",
    ),
    row(
        "the slips name several election fingerprints: {} and {}",
        "تسمي أشرطة النتائج بصمات انتخاب متعددة: {} و {}",
        "پسووڵەکان چەند پەنجەمۆرێکی هەڵبژاردن ناو دەبەن: {} و {}",
    ),
    row(
        "give the one that the gazette prints with --fingerprint",
        "أعطِ التي تطبعها الجريدة الرسمية بـ --fingerprint",
        "ئەوەی ڕۆژنامەی فەرمی چاپی دەکات بە --fingerprint بدە",
    ),
    row(
        "the figures of the slip cannot be: {}",
        "لا يمكن أن تكون أرقام الشريط: {}",
        "ژمارەکانی پسووڵەکە ناشێت وا بن: {}",
    ),
    row(
        "the slip is of another election, round, mode or fingerprint",
        "الشريط من انتخاب آخر أو جولة أو وضع أو بصمة أخرى",
        "پسووڵەکە هی هەڵبژاردن، خول، دۆخ یان پەنجەمۆرێکی ترە",
    ),
];
