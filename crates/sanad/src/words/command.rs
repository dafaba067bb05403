//! Files, keys and whatever every command says.

use super::{Row, row};

/// The rows.
pub const ROWS: &[Row] = &[
    row("error", "خطأ", "هەڵە"),
    row("hint", "الخطوة التالية", "هەنگاوی دواتر"),
    // Files
    row("this is a folder, and a file is needed", "هذا مجلد، والمطلوب ملف", "ئەمە بوخچەیە، و پەڕگە پێویستە"),
    row("this is a file, and a folder is needed", "هذا ملف، والمطلوب مجلد", "ئەمە پەڕگەیە، و بوخچە پێویستە"),
    row("name the file inside it", "سمِّ الملف الذي فيه", "ناوی پەڕگەکەی ناوی بدە"),
    row("name the folder of the medium", "سمِّ مجلد الوسيط", "ناوی بوخچەی میدیاکە بدە"),
    row("check the path; nothing was changed", "تحقق من المسار؛ لم يتغير شيء", "ڕێڕەوەکە بپشکنە؛ هیچ نەگۆڕدراوە"),
    row("name a folder, not a file", "سمِّ مجلداً لا ملفاً", "بوخچەیەک ناو بنێ، نەک پەڕگە"),
    row(
        "name another file or folder, or move this one away",
        "سمِّ ملفاً أو مجلداً آخر، أو انقل هذا",
        "پەڕگە یان بوخچەیەکی تر ناو بنێ، یان ئەمە بگوازەرەوە",
    ),
    row(
        "check who may read and write there",
        "تحقق ممن له أن يقرأ ويكتب هناك",
        "بپشکنە کێ مافی خوێندنەوە و نووسینی لەوێ هەیە",
    ),
    row(
        "make room on the disk, then run the same command again",
        "أفسح مكاناً في القرص، ثم أعد الأمر نفسه",
        "جێگە لە دیسکەکە بکەرەوە، پاشان هەمان فەرمان دووبارە بکەرەوە",
    ),
    row(
        "check the disk, then run the same command again",
        "افحص القرص، ثم أعد الأمر نفسه",
        "دیسکەکە بپشکنە، پاشان هەمان فەرمان دووبارە بکەرەوە",
    ),
    row("let the name end in .pdf or .png", "اجعل الاسم ينتهي بـ .pdf أو .png", "با ناوەکە بە .pdf یان .png کۆتایی بێت"),
    row("The statement: {}", "البيان: {}", "ڕاگەیەندراوەکە: {}"),
    row("a PDF cannot be read on a terminal", "لا يُقرأ ملف PDF على الشاشة الطرفية", "PDF لەسەر تێرمیناڵ ناخوێندرێتەوە"),
    row("name a file for it with -o", "سمِّ له ملفاً بالخيار -o", "بە -o ناوی پەڕگەیەکی بۆ بدە"),
    row("a drawing is PDF or PNG", "الرسم PDF أو PNG", "وێنەکێشان PDF یان PNGـە"),
    row("the file exists", "الملف موجود", "پەڕگەکە هەیە"),
    row("this is a file", "هذا ملف", "ئەمە پەڕگەیە"),
    row("did you mean {}?", "هل تعني {}؟", "مەبەستت {}ـە؟"),
    row("{} pages in {}", "{} صفحة في {}", "{} پەڕە لە {}"),
    row("report it", "أبلغ عنه", "ڕایبگەیەنە"),
    // What the system says
    row("No such file or directory (os error 2)", "لا ملف ولا مجلد بهذا الاسم", "هیچ پەڕگە یان بوخچەیەک بەم ناوە نییە"),
    row("Permission denied (os error 13)", "لا إذن لك هناك", "لەوێ ڕێگەت پێ نەدراوە"),
    row("File exists (os error 17)", "الملف موجود من قبل", "پەڕگەکە پێشتر هەیە"),
    row("Not a directory (os error 20)", "ليس مجلداً", "بوخچە نییە"),
    row("Is a directory (os error 21)", "هو مجلد", "بوخچەیە"),
    row("No space left on device (os error 28)", "لا مساحة باقية على القرص", "هیچ جێگەیەک لە دیسکەکە نەماوە"),
    row("Read-only file system (os error 30)", "القرص للقراءة فقط", "دیسکەکە تەنها بۆ خوێندنەوەیە"),
    row("Input/output error (os error 5)", "خطأ في قراءة القرص أو كتابته", "هەڵە لە خوێندنەوە یان نووسینی دیسک"),
    row("Address already in use (os error 98)", "المنفذ مشغول ببرنامج آخر", "پۆرتەکە بەرنامەیەکی تر گرتوویەتی"),
    row("Cannot assign requested address (os error 99)", "ليس العنوان لهذا الجهاز", "ناونیشانەکە هی ئەم ئامێرە نییە"),
    row("Network is unreachable (os error 101)", "لا شبكة", "تۆڕ نییە"),
    row("Connection refused (os error 111)", "رفض الطرف الآخر الاتصال", "لایەنەکەی تر پەیوەندییەکەی ڕەت کردەوە"),
    row("No route to host (os error 113)", "لا طريق إلى ذلك الجهاز", "هیچ ڕێگەیەک بۆ ئەو ئامێرە نییە"),
    row("failed to lookup address information: {}", "لا يُعرف هذا العنوان: {}", "ئەم ناونیشانە ناناسرێت: {}"),
    row("the file cannot be read: {}", "لا يُقرأ الملف: {}", "پەڕگەکە ناخوێندرێتەوە: {}"),
    row("reading {}: {}", "قراءة {}: {}", "خوێندنەوەی {}: {}"),
    // Ids
    row(
        "the nearest is '{}'; write the id as the definition has it",
        "الأقرب '{}'؛ اكتب المعرّف كما في التعريف",
        "نزیکترین '{}'ـە؛ ناسێنەرەکە وەک پێناسەکە بنووسە",
    ),
    row("write the id as the definition has it", "اكتب المعرّف كما في التعريف", "ناسێنەرەکە وەک پێناسەکە بنووسە"),
    row("there is no person '{}' in the definition", "لا شخص '{}' في التعريف", "کەسی '{}' لە پێناسەکەدا نییە"),
    row(
        "'{}' is not an id: 1 to 40 of a-z, 0-9 and _, the first a letter or digit",
        "'{}' ليس معرّفاً: من ١ إلى ٤٠ من a-z و 0-9 و _، أولها حرف أو رقم",
        "'{}' ناسێنەر نییە: ١ تا ٤٠ لە a-z و 0-9 و _، یەکەمیان پیت یان ژمارە",
    ),
    row(
        "'{}' is not a SHA-256: write sha256: and 64 lower-case hex digits",
        "'{}' ليس SHA-256: اكتب sha256: و٦٤ رقماً ستة عشرياً صغيراً",
        "'{}' SHA-256 نییە: sha256: و ٦٤ ژمارەی شازدەیی بچووک بنووسە",
    ),
    row(
        "give the fingerprint as the gazette prints it, sha256: and 64 digits, or a file that holds it",
        "أعطِ البصمة كما تطبعها الجريدة الرسمية، sha256: و٦٤ رقماً، أو ملفاً هي فيه",
        "پەنجەمۆرەکە وەک ڕۆژنامەی فەرمی چاپی دەکات بدە، sha256: و ٦٤ ژمارە، یان پەڕگەیەک کە تێیدایە",
    ),
    // Keys
    row("this is not a PEM file", "ليس هذا ملف PEM", "ئەمە پەڕگەی PEM نییە"),
    row(
        "give the private key that `sanad key new` wrote",
        "أعطِ المفتاح الخاص الذي كتبه `sanad key new`",
        "ئەو کلیلە تایبەتە بدە کە `sanad key new` نووسیویەتی",
    ),
    row(
        "this is an identity, not a key that signs",
        "هذه هوية فك تشفير، لا مفتاح يوقّع",
        "ئەمە ناسنامەی کردنەوەیە، نەک کلیلێک کە واژۆ بکات",
    ),
    row(
        "give the PEM file of a device, person or service; an identity opens packages and signs nothing",
        "أعطِ ملف PEM لجهاز أو شخص أو خدمة؛ فالهوية تفتح الحزم ولا توقّع شيئاً",
        "پەڕگەی PEMی ئامێرێک، کەسێک یان خزمەتگوزارییەک بدە؛ ناسنامە پاکێج دەکاتەوە و هیچ واژۆ ناکات",
    ),
    row("this key is given twice", "أُعطي هذا المفتاح مرتين", "ئەم کلیلە دوو جار دراوە"),
    row("give the key files of different people", "أعطِ ملفات مفاتيح لأشخاص مختلفين", "پەڕگەی کلیلی کەسانی جیاواز بدە"),
    row(
        "{} signs once, however many files hold the key",
        "{} يوقّع مرة واحدة، مهما كثرت ملفات مفتاحه",
        "{} یەک جار واژۆ دەکات، هەرچەندە پەڕگەکانی کلیلەکەی زۆر بن",
    ),
    row(
        "no person of this election has this key",
        "لا أحد في هذا الانتخاب له هذا المفتاح",
        "هیچ کەسێکی ئەم هەڵبژاردنە ئەم کلیلەی نییە",
    ),
    row(
        "give the key of a person who is listed in keys/people.csv of the frozen definition",
        "أعطِ مفتاح شخص مدرج في keys/people.csv من التعريف المجمّد",
        "کلیلی کەسێک بدە کە لە keys/people.csvی پێناسە بەستراوەکەدا تۆمارە",
    ),
    row(
        "{} may not sign this: it takes the role {}",
        "ليس لـ {} أن يوقّع هذا: فهو يحتاج إلى الدور {}",
        "{} مافی واژۆی ئەمەی نییە: ڕۆڵی {} دەوێت",
    ),
    row(
        "give the key of a person who has that role in people.csv",
        "أعطِ مفتاح شخص له هذا الدور في people.csv",
        "کلیلی کەسێک بدە کە لە people.csv دا ئەو ڕۆڵەی هەیە",
    ),
    row(
        "choose another name; a key is never overwritten",
        "اختر اسماً آخر؛ فلا يُكتب فوق مفتاح أبداً",
        "ناوێکی تر هەڵبژێرە؛ کلیل هەرگیز بەسەریدا نانووسرێت",
    ),
    row(
        "name an empty folder; a share is never overwritten",
        "سمِّ مجلداً فارغاً؛ فلا يُكتب فوق حصة أبداً",
        "بوخچەیەکی بەتاڵ ناو بنێ؛ بەش هەرگیز بەسەریدا نانووسرێت",
    ),
    row(
        "{} of these open it. Hand each to its commissioner, and destroy {}.",
        "تفتحها {} من هذه. سلّم كلاً إلى مفوضه، وأتلف {}.",
        "{} لەمانە دەیکەنەوە. هەریەکەیان بدە بە کۆمیسیارەکەی، و {} لەناو ببە.",
    ),
    row(
        "authority, intake and relay certificates in {}",
        "شهادات الجهة المصدّرة وخدمة الاستلام والإرسال في {}",
        "بڕوانامەکانی دەسەڵات و وەرگرتن و ناردن لە {}",
    ),
    row(
        "give keys/shares.csv of the frozen definition",
        "أعطِ keys/shares.csv من التعريف المجمّد",
        "keys/shares.csvی پێناسە بەستراوەکە بدە",
    ),
    row("no commitment is in this file", "لا التزام في هذا الملف", "هیچ پابەندییەک لەم پەڕگەیەدا نییە"),
    row(
        "the list is not in its canonical form",
        "ليست القائمة في صورتها الواحدة",
        "لیستەکە لە شێوە تاکەکەی خۆیدا نییە",
    ),
    row(
        "run `sanad election fmt` on the folder first",
        "شغّل `sanad election fmt` على المجلد أولاً",
        "سەرەتا `sanad election fmt` لەسەر بوخچەکە بەکاربهێنە",
    ),
    row("{} has a key already, in line {}", "لـ {} مفتاح من قبل، في السطر {}", "{} پێشتر کلیلی هەیە، لە دێڕی {}"),
    row(
        "take the row out first if the key is another one",
        "احذف الصف أولاً إن كان المفتاح آخر",
        "ئەگەر کلیلەکە یەکێکی ترە سەرەتا ڕیزەکە لاببە",
    ),
    row("{}: entered into {}", "{}: أُدخل في {}", "{}: لە {} نووسرا"),
    row("this is a private key", "هذا مفتاح خاص", "ئەمە کلیلێکی تایبەتە"),
    row(
        "give the public one: the file that ends in .pub beside it",
        "أعطِ العام: الملف الذي ينتهي بـ .pub بجانبه",
        "گشتییەکە بدە: ئەو پەڕگەیەی تەنیشتی کە بە .pub کۆتایی دێت",
    ),
    row("this key is not of the kind {}", "ليس هذا المفتاح من النوع {}", "ئەم کلیلە لە جۆری {} نییە"),
    row(
        "make the key with the right --kind: p256 for devices, people and services, ed25519 for logs and witnesses",
        "اصنع المفتاح بالنوع الصحيح في --kind: p256 للأجهزة والأشخاص والخدمات، و ed25519 للسجلات والشهود",
        "کلیلەکە بە جۆری دروست لە --kind دروست بکە: p256 بۆ ئامێر و کەس و خزمەتگوزاری، ed25519 بۆ تۆمار و شایەت",
    ),
    row("there is no service '{}'", "لا خدمة '{}'", "خزمەتگوزاریی '{}' نییە"),
    row("there is no office '{}' in the definition", "لا مكتب '{}' في التعريف", "نووسینگەی '{}' لە پێناسەکەدا نییە"),
    row("there is no witness '{}' in the definition", "لا شاهد '{}' في التعريف", "شایەتی '{}' لە پێناسەکەدا نییە"),
    row("{} is no commissioner", "{} ليس مفوضاً", "{} کۆمیسیار نییە"),
    row(
        "give a person with the role commissioner in people.csv",
        "أعطِ شخصاً دوره commissioner في people.csv",
        "کەسێک بدە کە ڕۆڵی لە people.csv دا commissionerـە",
    ),
    row(
        "give the .pub file that `sanad key split` wrote beside the share",
        "أعطِ ملف .pub الذي كتبه `sanad key split` بجانب الحصة",
        "ئەو پەڕگە .pubـە بدە کە `sanad key split` لە تەنیشت بەشەکە نووسیویەتی",
    ),
    // Progress
    row("scan", "قراءة الأوراق", "خوێندنەوەی کاغەزەکان"),
    row("read", "قراءة", "خوێندنەوە"),
    row("slips", "أشرطة النتائج", "پسووڵەکانی ئەنجام"),
];
