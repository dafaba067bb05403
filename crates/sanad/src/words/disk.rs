//! A party's disk and its receipt.

use super::{Row, row};

pub const ROWS: &[Row] = &[
    row("the definition has no office '{}'", "لا مكتب '{}' في التعريف", "پێناسەکە نووسینگەی '{}' ی نییە"),
    row("the definition has no party '{}'", "لا حزب '{}' في التعريف", "پێناسەکە پارتی '{}' ی نییە"),
    row("the definition has no person '{}'", "لا شخص '{}' في التعريف", "پێناسەکە کەسی '{}' ی نییە"),
    row(
        "'{}' is no agent of the party '{}' for the office '{}'",
        "'{}' ليس وكيلا للحزب '{}' لدى المكتب '{}'",
        "'{}' بریکاری پارتی '{}' نییە بۆ نووسینگەی '{}'",
    ),
    row(
        "the receipt is signed by the key {}, which is no officer's of this election for this office",
        "الإيصال موقع بالمفتاح {}، وليس مفتاح موظف في هذا الانتخاب لهذا المكتب",
        "وەسڵەکە بە کلیلی {} واژۆ کراوە، کە هی هیچ فەرمانبەرێکی ئەم هەڵبژاردنە نییە بۆ ئەم نووسینگەیە",
    ),
    row("the receipt: {}", "الإيصال: {}", "وەسڵەکە: {}"),
    row(
        "write the id as offices.csv has it",
        "اكتب المعرّف كما هو في offices.csv",
        "ناسنامەکە وەک لە offices.csv هەیە بنووسە",
    ),
    row(
        "write the id as parties.csv has it",
        "اكتب المعرّف كما هو في parties.csv",
        "ناسنامەکە وەک لە parties.csv هەیە بنووسە",
    ),
    row(
        "write the id as people.csv has it",
        "اكتب المعرّف كما هو في people.csv",
        "ناسنامەکە وەک لە people.csv هەیە بنووسە",
    ),
    row(
        "name an agent that people.csv lists for this party, and for this office or for none",
        "سمِّ وكيلا يدرجه people.csv لهذا الحزب، ولهذا المكتب أو لغير مكتب",
        "بریکارێک ناو ببە کە people.csv بۆ ئەم پارتە و بۆ ئەم نووسینگەیە یان بۆ هیچ نووسینگەیەک لیستی کردووە",
    ),
    row(
        "have it signed by an officer of keys/people.csv, of this office or of none",
        "ليوقعه موظف من keys/people.csv، لهذا المكتب أو لغير مكتب",
        "با فەرمانبەرێکی keys/people.csv واژۆی بکات، هی ئەم نووسینگەیە یان هی هیچ نووسینگەیەک",
    ),
    row(
        "{} is no party's disk: it has neither a receipt nor leaf 0 of a record",
        "{} ليس قرص حزب: لا إيصال فيه ولا الورقة 0 من سجل",
        "{} دیسکی پارت نییە: نە وەسڵی تێدایە نە گەڵای 0 ی تۆمارێک",
    ),
    row(
        "name the folder that holds handover.dsse.json and data/; a publication is checked with `sanad verify`",
        "سمِّ المجلد الذي يحوي handover.dsse.json و data/؛ أما النشر فيُفحص بـ `sanad verify`",
        "ئەو بوخچەیە ناو ببە کە handover.dsse.json و data/ ی تێدایە؛ بڵاوکراوە بە `sanad verify` دەپشکنرێت",
    ),
    row("names another {} than that of this disk", "يسمي غير ما لهذا القرص: {}", "جگە لەوەی ئەم دیسکە ناو دەبات: {}"),
    row("hash of the tag manifest", "بصمة قائمة ملفات الوصف", "هاشی لیستی پەڕگەکانی وەسف"),
    row("number of files or bytes", "عدد الملفات أو البايتات", "ژمارەی پەڕگەکان یان بایتەکان"),
    row(
        "does not say that data/ has {} files of {} bytes",
        "لا يقول إن في data/ ‏{} ملفا من {} بايت",
        "ناڵێت data/ ‏{} پەڕگەی تێدایە بە {} بایت",
    ),
    row("does not list exactly {}", "لا يدرج بالضبط {}", "بە تەواوی ئەمانە لیست ناکات: {}"),
    row(
        "is listed, but no part of a party's disk: nothing compares it",
        "مدرج، لكنه ليس جزءا من قرص حزب: لا شيء يقارنه",
        "لیست کراوە، بەڵام بەشێک نییە لە دیسکی پارت: هیچ شتێک بەراوردی ناکات",
    ),
    row("is no checkpoint of the record", "ليس نقطة تحقق للسجل", "خاڵی پشکنینی تۆمار نییە"),
    row(
        "is of another leaf, or leads to another checkpoint than that of this disk",
        "لورقة أخرى، أو يؤدي إلى نقطة تحقق غير التي على هذا القرص",
        "هی گەڵایەکی ترە، یان دەگاتە خاڵێکی پشکنینی تر لەوەی ئەم دیسکە",
    ),
    row(
        "is about no station of the office {}",
        "ليست عن محطة من محطات المكتب {}",
        "لەسەر هیچ وێستگەیەکی نووسینگەی {} نییە",
    ),
    row(
        "nothing of it had been imported when the disk was written",
        "لم يكن قد أُدخل منها شيء حين كُتب القرص",
        "کاتێک دیسکەکە نووسرا هیچی لێ وەرنەگیرابوو",
    ),
    row("is not the slip that its leaf holds", "ليس شريط النتائج الذي في ورقته", "ئەو پسووڵەیە نییە کە لە گەڵاکەیدایە"),
    row(
        "says what no content of its station says; the station is {}",
        "يقول ما لا يقوله أي محتوى لمحطته؛ وحال المحطة {}",
        "شتێک دەڵێت کە هیچ ناوەڕۆکێکی وێستگەکەی نایڵێت؛ دۆخی وێستگەکە {}",
    ),
    row(
        "is the slip of no leaf on this disk",
        "شريط نتائج لا ورقة له على هذا القرص",
        "پسووڵەی هیچ گەڵایەکی سەر ئەم دیسکە نییە",
    ),
    row(
        "no slip of a station of this office had been handed in",
        "لم يُسلَّم شريط نتائج لأي محطة من هذا المكتب",
        "هیچ پسووڵەیەکی وێستگەکانی ئەم نووسینگەیە ڕادەست نەکرابوو",
    ),
    row(
        "is for another label than the one beside it",
        "لملصق غير الذي بجانبه",
        "بۆ ناسنامەیەکی پاکێجی ترە لەوەی تەنیشتی",
    ),
    row(
        "is not, to the byte, what follows from the rest of the disk",
        "ليس، بايتا بايتا، ما ينتج عن سائر القرص",
        "بایت بە بایت ئەوە نییە کە لە باقی دیسکەکەوە دێت",
    ),
    row(
        "the receipt, the definition and leaf 0 (V.901, V.105, V.204)",
        "الإيصال والتعريف والورقة 0 ‏(V.901 و V.105 و V.204)",
        "وەسڵ و پێناسە و گەڵای 0 ‏(V.901 و V.105 و V.204)",
    ),
    row(
        "the record of this publication is not cosigned as its witness policy asks",
        "سجل هذا النشر غير موقع من الشهود كما تطلب سياسته",
        "تۆماری ئەم بڵاوکراوەیە وەک سیاسەتی شایەتەکانی داوا دەکات واژۆ نەکراوە",
    ),
    row(
        "have the record's last checkpoint cosigned, publish again, then write the disk",
        "ليوقع الشهود آخر نقطة تحقق للسجل، وانشر من جديد، ثم اكتب القرص",
        "با شایەتەکان دوا خاڵی پشکنینی تۆمارەکە واژۆ بکەن، دووبارە بڵاوی بکەوە، پاشان دیسکەکە بنووسە",
    ),
    row(
        "this is there already, and no party's disk",
        "هذا موجود من قبل، وليس قرص حزب",
        "ئەمە پێشتر هەیە، و دیسکی پارت نییە",
    ),
    row("Receipt: {}", "الإيصال: {}", "وەسڵ: {}"),
    row(
        "this publication gives no disk that holds: {}: {}",
        "لا يعطي هذا النشر قرصا ثابتا: {}: {}",
        "ئەم بڵاوکراوەیە دیسکێک نادات کە ڕاست بێت: {}: {}",
    ),
    row(
        "check the publication with `sanad verify` and take another copy of it",
        "افحص النشر بـ `sanad verify` وخذ نسخة أخرى منه",
        "بڵاوکراوەکە بە `sanad verify` بپشکنە و کۆپییەکی تری ببە",
    ),
    row("Disk of {} for {}: {} files in {}", "قرص {} للحزب {}: {} ملفا في {}", "دیسکی {} بۆ {}: {} پەڕگە لە {}"),
    row(
        "Withheld by the rules: {}; withheld.csv names each with its clause",
        "المحجوب وفق القواعد: {}؛ ويسمي withheld.csv كلا منه مع بنده",
        "ئەوەی بەپێی یاسا شاراوەیە: {}؛ withheld.csv هەر یەکێکیان لەگەڵ بڕگەکەی ناو دەبات",
    ),
    row(
        "The receipt says: stations of {}, given to {} of {} at {}",
        "يقول الإيصال: محطات {}، سُلّمت إلى {} من {} في {}",
        "وەسڵەکە دەڵێت: وێستگەکانی {}، دراوە بە {} لە {} لە {}",
    ),
];
