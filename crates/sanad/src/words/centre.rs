//! The tally centre.

use super::{Row, row};

/// The rows.
pub const ROWS: &[Row] = &[
    row(
        "A centre in {}; election fingerprint {}",
        "مركز في {}؛ بصمة الانتخاب {}",
        "ناوەندێک لە {}؛ پەنجەمۆری هەڵبژاردن {}",
    ),
    row("import from the network", "استيراد من الشبكة", "هێنان لە تۆڕەوە"),
    row("import from sticks", "استيراد من الذواكر", "هێنان لە فلاشەکانەوە"),
    row("publish", "نشر", "بڵاوکردنەوە"),
    row("{}: imported", "{}: استُوردت", "{}: هێنرا"),
    row(
        "{}: known already, entered once",
        "{}: معروفة من قبل، ومدخلة مرة واحدة",
        "{}: پێشتر ناسراوە، یەک جار نووسراوە",
    ),
    row("{}: refused [{}] {}; kept", "{}: رُفضت [{}] {}؛ وحُفظت", "{}: ڕەت کرایەوە [{}] {}؛ هەڵگیرا"),
    row("{}: left alone, {}", "{}: تُرك، {}", "{}: دەستی لێ نەدرا، {}"),
    row("No package is on this medium.", "لا حزمة على هذا الوسيط.", "هیچ پاکێجێک لەسەر ئەم میدیایە نییە."),
    row(
        "more entries than a medium can have; the rest was not looked at",
        "فيه أكثر مما يكون على وسيط؛ ولم يُنظر في الباقي",
        "زیاتر لەوەی میدیایەک هەیەتی؛ سەیری ئەوانی تر نەکرا",
    ),
    row("a folder too deep", "مجلد أعمق من اللازم", "بوخچەیەکی زۆر قووڵ"),
    row("not a regular file", "ليس ملفاً عادياً", "پەڕگەیەکی ئاسایی نییە"),
    row("not a file of a package", "ليس ملفاً من حزمة", "پەڕگەی پاکێج نییە"),
    row("{} is not on the medium", "{} ليس على الوسيط", "{} لەسەر میدیاکە نییە"),
    row(
        "this is no export: it has no intake log",
        "ليس هذا تصديراً: فلا سجل استلام فيه",
        "ئەمە هەناردە نییە: تۆماری وەرگرتنی تێدا نییە",
    ),
    row(
        "name the folder that `sanad intake export` wrote",
        "سمِّ المجلد الذي كتبه `sanad intake export`",
        "ناوی ئەو بوخچەیە بدە کە `sanad intake export` نووسیویەتی",
    ),
    row("the intake log does not hold: {}", "سجل الاستلام غير صحيح: {}", "تۆماری وەرگرتن ڕاست نییە: {}"),
    row(
        "keys/services.csv lists another key for {}",
        "keys/services.csv يذكر مفتاحاً آخر لـ {}",
        "keys/services.csv کلیلێکی تری بۆ {} تۆمار کردووە",
    ),
    row(
        "give the key file whose public key the board has frozen",
        "أعطِ ملف المفتاح الذي جمّد المجلس مفتاحه العام",
        "پەڕگەی ئەو کلیلە بدە کە ئەنجومەن کلیلە گشتییەکەی بەستووە",
    ),
    row("{}: the signature holds; entered", "{}: التوقيع صحيح؛ وأُدخل", "{}: واژۆکە ڕاستە؛ نووسرا"),
    row(
        "station {}: entered, the network's copy is counted",
        "المحطة {}: أُدخل، وتُحتسب نسخة الشبكة",
        "وێستگەی {}: نووسرا، وێنەی تۆڕ دەژمێردرێت",
    ),
    row(
        "station {}: entered, the stick's copy is counted",
        "المحطة {}: أُدخل، وتُحتسب نسخة الذاكرة",
        "وێستگەی {}: نووسرا، وێنەی فلاش دەژمێردرێت",
    ),
    row("station {}: entered, it did not open", "المحطة {}: أُدخل أنها لم تفتح", "وێستگەی {}: نووسرا کە نەکراوەتەوە"),
    row(
        "station {}: entered, it is cancelled and left out",
        "المحطة {}: أُدخل أنها ملغاة ومستبعدة",
        "وێستگەی {}: نووسرا کە هەڵوەشاوە و لە ژماردن دەرکراوە",
    ),
    row(
        "station {}: entered, the cancellation is taken back",
        "المحطة {}: أُدخل الرجوع عن الإلغاء",
        "وێستگەی {}: نووسرا کە هەڵوەشاندنەوەکە کشێنرایەوە",
    ),
    row("there is no station '{}' in the definition", "لا محطة '{}' في التعريف", "وێستگەی '{}' لە پێناسەکەدا نییە"),
    row("there is no party '{}' in the definition", "لا حزب '{}' في التعريف", "حزبی '{}' لە پێناسەکەدا نییە"),
    row(
        "the station {} has {} contents from the {}, not one",
        "للمحطة {} من المضامين {} من {}، لا واحد",
        "وێستگەی {} {} ناوەڕۆکی لە {} هەیە، نەک یەک",
    ),
    row("network", "الشبكة", "تۆڕ"),
    row("stick", "الذاكرة", "فلاش"),
    row(
        "look at them with `sanad centre match`",
        "انظر فيها بـ `sanad centre match`",
        "بە `sanad centre match` سەیریان بکە",
    ),
    row("The lot is entered.", "أُدخلت القرعة.", "تیروپشکەکە نووسرا."),
    row("Carry {} to the witnesses.", "احمل {} إلى الشهود.", "{} بۆ شایەتەکان ببە."),
    row("Version {} is announced.", "أُعلنت النسخة {}.", "وەشانی {} ڕاگەیەنرا."),
    row("Published: {}", "نُشر: {}", "بڵاوکرایەوە: {}"),
    row(
        "Check it: sanad verify {} --root {}",
        "تحقق منه: `sanad verify` {} --root {}",
        "بیپشکنە: `sanad verify` {} --root {}",
    ),
    row("there is a centre in this folder already", "في هذا المجلد مركز من قبل", "پێشتر ناوەندێک لەم بوخچەیەدایە"),
    row("there is no centre in this folder", "لا مركز في هذا المجلد", "هیچ ناوەندێک لەم بوخچەیەدا نییە"),
    row(
        "the folder to publish to is neither empty nor a publication",
        "المجلد الذي يُنشر فيه ليس فارغاً ولا نشراً",
        "ئەو بوخچەیەی تێیدا بڵاو دەکرێتەوە نە بەتاڵە و نە بڵاوکراوەیە",
    ),
    row("nothing is announced yet", "لم يُعلن شيء بعد", "هێشتا هیچ ڕانەگەیەنراوە"),
    row(
        "UNWITNESSED: {} of the witnesses have cosigned the record ({}); {} more bodies are needed, and the groups {}",
        "بلا شهود: وقّع {} من الشهود على السجل ({})؛ ويلزم {} جهات أخرى، والمجموعات {}",
        "بێ شایەت: {} لە شایەتەکان تۆمارەکەیان هاوواژۆ کردووە ({})؛ {} لایەنی تر پێویستە، و کۆمەڵەکانی {}",
    ),
    row("lots are to be drawn first: {}", "تلزم قرعة أولاً: {}", "سەرەتا تیروپشک پێویستە: {}"),
    row(
        "the results have changed since version {} was announced; announce version {} first",
        "تغيّرت النتائج منذ إعلان النسخة {}؛ أعلن النسخة {} أولاً",
        "ئەنجامەکان لە ڕاگەیاندنی وەشانی {}ەوە گۆڕاون؛ سەرەتا وەشانی {} ڕابگەیەنە",
    ),
    row(
        "the record on this disk does not hold: {}",
        "السجل على هذا القرص غير صحيح: {}",
        "تۆماری سەر ئەم دیسکە ڕاست نییە: {}",
    ),
    row("this may not be entered: {}", "لا يجوز إدخال هذا: {}", "ئەمە ناتوانرێت بنووسرێت: {}"),
    row(
        "{}: the stored content is not what its leaf names",
        "{}: المضمون المخزون ليس ما تذكره ورقته",
        "{}: ناوەڕۆکی هەڵگیراو ئەوە نییە کە گەڵاکەی ناوی دەبات",
    ),
    row(
        "check the disk, then run the same command again; nothing was entered in part",
        "افحص القرص، ثم أعد الأمر نفسه؛ لم يُدخل شيء ناقصاً",
        "دیسکەکە بپشکنە، پاشان هەمان فەرمان دووبارە بکەرەوە؛ هیچ شتێک بە نیوەچڵی نەنووسراوە",
    ),
    row("bring the frozen election folder back", "أعد مجلد الانتخاب المجمّد", "بوخچەی هەڵبژاردنی بەستراو بگەڕێنەوە"),
    row(
        "stop; compare this record with a witness's copy and restore it from the last cosigned one",
        "توقف؛ قارن هذا السجل بنسخة شاهد وأعده من آخر نسخة موقّعة من الشهود",
        "بوەستە؛ ئەم تۆمارە لەگەڵ وێنەی شایەتێک بەراورد بکە و لە دواین وێنەی هاوواژۆکراوەوە بیگەڕێنەوە",
    ),
    row(
        "import the package again from either medium",
        "استورد الحزمة ثانية من أي الوسيطين",
        "پاکێجەکە دووبارە لە یەکێک لە میدیاکانەوە بهێنە",
    ),
    row("check --dir", "تحقق من --dir", "--dir بپشکنە"),
    row("do what is named first", "افعل المذكور أولاً", "سەرەتا ئەوەی ناو براوە بیکە"),
];
