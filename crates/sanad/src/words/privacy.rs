//! The secrecy of the ballot: what few voters' figures tell, and which pictures stay hidden.

use super::{Row, row};

/// The rows.
pub const ROWS: &[Row] = &[
    // The leak report
    row(
        "{} contents of stations; below {} ballots a station is small",
        "محتويات المحطات: {}؛ والمحطة صغيرة إن كانت أوراقها أقل من {}",
        "{} ناوەڕۆکی وێستگە؛ وێستگەیەک بە کەمتر لە {} کاغەز بچووکە",
    ),
    row(
        "small {}, unanimous {}, styles of one ballot {}, patterns of one ballot {}",
        "صغيرة {}، بالإجماع {}، نماذج بورقة واحدة {}، أنماط على ورقة واحدة {}",
        "بچووک {}، بە کۆی دەنگ {}، جۆری یەک کاغەز {}، شێوازی یەک کاغەز {}",
    ),
    row(
        "records published of {}; pictures shown {}, withheld {}. Totals are published by law, whatever they tell.",
        "سجلات منشورة لـ {}؛ صور معروضة {}، محجوبة {}. والمجاميع تُنشر بحكم القانون مهما كشفت.",
        "تۆماری {} بڵاوکراوەتەوە؛ وێنەی پیشاندراو {}، شاراوە {}. کۆکان بە پێی یاسا بڵاو دەکرێنەوە، هەرچی ئاشکرا بکەن.",
    ),
    row("{}: small, {} ballots", "{}: صغيرة، أوراقها {}", "{}: بچووکە، {} کاغەز"),
    row(
        "{}: {} ballot styles have one ballot",
        "{}: نماذج لكل منها ورقة واحدة: {}",
        "{}: {} جۆری کاغەز تەنها یەک کاغەزیان هەیە",
    ),
    row(
        "{}: all valid votes of {} are for the same",
        "{}: كل الأصوات الصحيحة في {} لجهة واحدة",
        "{}: هەموو دەنگە دروستەکانی {} بۆ یەک لایەنن",
    ),
    row(
        "{}: {} of {} patterns are on one ballot alone",
        "{}: {} من {} من الأنماط على ورقة واحدة لا غير",
        "{}: {} لە {} شێواز تەنها لەسەر یەک کاغەزن",
    ),
    // Redaction
    row(
        "{}: {} pictures, {} marked; decided",
        "{}: صور {}، معلَّمة {}؛ بُتّ فيها",
        "{}: {} وێنە، {} نیشاندار؛ بڕیاری لێ دراوە",
    ),
    row(
        "{}: {} pictures, {} marked; two officers must decide",
        "{}: صور {}، معلَّمة {}؛ يجب أن يبت فيها موظفان",
        "{}: {} وێنە، {} نیشاندار؛ دەبێت دوو فەرمانبەر بڕیار بدەن",
    ),
    row("{} of {} folders wait", "ينتظر {} من {} من المجلدات", "{} لە {} بوخچە چاوەڕێن"),
    row(
        "{}: decided; {} pictures stay hidden",
        "{}: بُتّ فيها؛ وتبقى صور محجوبة: {}",
        "{}: بڕیاری لێ درا؛ {} وێنە شاراوە دەمێننەوە",
    ),
    row(
        "it is not said which pictures are decided",
        "لم يُذكر أي الصور يُبت فيها",
        "نەوتراوە بڕیار لە کام وێنانە دەدرێت",
    ),
    row(
        "give --folder with one of the list, or --unmarked",
        "أعطِ --folder بواحد من القائمة، أو --unmarked",
        "--folder بە یەکێک لە لیستەکە بدە، یان --unmarked",
    ),
    row(
        "write the contest and the number: council:17",
        "اكتب المنافسة والرقم: council:17",
        "کێبڕکێ و ژمارەکە بنووسە: council:17",
    ),
    row("there is no such picture in that folder", "لا صورة كهذه في ذلك المجلد", "وێنەیەکی وا لەو بوخچەیەدا نییە"),
    row("there is no such folder in the publication", "لا مجلد كهذا في المنشور", "بوخچەیەکی وا لە بڵاوکراوەکەدا نییە"),
    row(
        "list them with `sanad centre redact`",
        "اعرضها بـ `sanad centre redact`",
        "بە `sanad centre redact` لیستیان بکە",
    ),
    row("{}: this may not be published ({})", "{}: لا يجوز نشر هذا ({})", "{}: ئەمە نابێت بڵاو بکرێتەوە ({})"),
    row(
        "find out how it came among the files to publish; nothing was written",
        "تبيّن كيف دخل بين الملفات المعدة للنشر؛ ولم يُكتب شيء",
        "بزانە چۆن هاتووەتە ناو پەڕگەکانی بڵاوکردنەوە؛ هیچ نەنووسراوە",
    ),
    row(
        "no pictures of this election are published: privacy.images_from is 0",
        "لا تُنشر صور في هذا الانتخاب: privacy.images_from صفر",
        "هیچ وێنەیەکی ئەم هەڵبژاردنە بڵاو ناکرێتەوە: privacy.images_from سفرە",
    ),
    row(
        "it is about a content that no import has brought",
        "هو عن محتوى لم يأت به استيراد",
        "دەربارەی ناوەڕۆکێکە کە هیچ هێنانێک نەیهێناوە",
    ),
    row(
        "it withholds a picture that the station does not have",
        "يحجب صورة ليست عند المحطة",
        "وێنەیەک دەشارێتەوە کە وێستگەکە نییەتی",
    ),
    row(
        "it withholds fewer pictures than privacy.images_from: the totals would tell what is on them",
        "يحجب من الصور أقل من privacy.images_from: فتكشف المجاميع ما فيها",
        "کەمتر لە privacy.images_from وێنە دەشارێتەوە: کۆکان ئەوەی تێیاندایە ئاشکرا دەکەن",
    ),
    // What verify says of pictures
    row(
        "is no picture of one contest: a whole ballot is never public",
        "ليس صورة منافسة واحدة: والورقة كلها لا تُنشر أبداً",
        "وێنەی یەک کێبڕکێ نییە: کاغەزی تەواو هەرگیز بڵاو ناکرێتەوە",
    ),
    row(
        "{} images of whole ballots and of doubtful contests are not in this publication",
        "صور أوراق كاملة ومنافسات مشكوك فيها ليست في هذا المنشور: {}",
        "{} وێنەی کاغەزی تەواو و کێبڕکێی گوماناوی لەم بڵاوکراوەیەدا نین",
    ),
    row(
        "the pictures of {} are not numbered in the order of their hashes: their order may tell another",
        "صور {} ليست مرقمة على ترتيب بصماتها: فقد يكشف ترتيبها ترتيباً آخر",
        "وێنەکانی {} بە ڕیزی هاشەکانیان ژمارە نەکراون: لەوانەیە ڕیزەکەیان شتێکی تر ئاشکرا بکات",
    ),
    row(
        "pictures are published, though the rules publish none",
        "صور منشورة، والقواعد لا تنشر أي صورة",
        "وێنە بڵاوکراونەتەوە، بەڵام یاساکان هیچ وێنەیەک بڵاو ناکەنەوە",
    ),
    row("{} has {} pictures for {} ballots", "{}: صور {} لأوراق {}", "{}: {} وێنە بۆ {} کاغەز"),
    row(
        "is published, though the rules withhold the pictures of so few ballots",
        "منشور، والقواعد تحجب صور أوراق بهذه القلة",
        "بڵاوکراوەتەوە، بەڵام یاساکان وێنەی کاغەزی بەم کەمییە دەشارنەوە",
    ),
    row(
        "is published, though no two officers have said that the pictures of this contest may be",
        "منشور، ولم يقل موظفان إن صور هذه المنافسة يجوز نشرها",
        "بڵاوکراوەتەوە، بەڵام دوو فەرمانبەر نەیانوتووە کە وێنەکانی ئەم کێبڕکێیە دەبێت",
    ),
    row("{} pictures of {} are withheld", "صور محجوبة: {} من {}", "{} وێنەی {} شاراونەتەوە"),
    row(
        "is published, though two officers withhold it",
        "منشور، وقد حجبه موظفان",
        "بڵاوکراوەتەوە، بەڵام دوو فەرمانبەر شاردوویانەتەوە",
    ),
    row("is listed, and is not there", "مدرج وليس موجوداً", "لیستکراوە و لەوێ نییە"),
    row(
        "is neither published nor withheld by two officers",
        "ليس منشوراً ولم يحجبه موظفان",
        "نە بڵاوکراوەتەوە و نە دوو فەرمانبەر شاردوویانەتەوە",
    ),
    row(
        "{} of {} pictures of {} are withheld by two officers",
        "حجب موظفان {} من {} من صور {}",
        "{} لە {} وێنەی {} دوو فەرمانبەر شاردوویانەتەوە",
    ),
    row(
        "the figures and manifests of every content (V.404, V.405)",
        "أرقام كل محتوى وقوائمه (V.404، V.405)",
        "ژمارە و لیستەکانی هەموو ناوەڕۆکێک (V.404، V.405)",
    ),
];
