//! Keys that end and begin, and what is handed over.

use super::{Row, row};

/// The rows.
pub const ROWS: &[Row] = &[
    row(
        "{}: from here on this key signs; {}",
        "{}: يوقع هذا المفتاح من الآن فصاعداً؛ {}",
        "{}: لێرە بەدواوە ئەم کلیلە واژۆ دەکات؛ {}",
    ),
    row("a member of the board", "عضو في المجلس", "ئەندامی ئەنجومەن"),
    row("members of the board", "أعضاء المجلس", "ئەندامانی ئەنجومەن"),
    row("officers", "الموظفون", "فەرمانبەران"),
    row("an officer", "موظف", "فەرمانبەر"),
    row("a commissioner", "مفوض", "کۆمیسیار"),
    row(
        "Of the board {} of {} sign together",
        "يوقع معاً {} من {} من أعضاء المجلس",
        "لە ئەنجومەن {} لە {} پێکەوە واژۆ دەکەن",
    ),
    row("Not handed over: {}", "لم يُسلَّم: {}", "ڕادەست نەکراوە: {}"),
    row(
        "write ROLE:PERSON=KEY.pem, such as board:judge_1=judge_1.key.pem",
        "اكتب ROLE:PERSON=KEY.pem، مثل board:judge_1=judge_1.key.pem",
        "ROLE:PERSON=KEY.pem بنووسە، وەک board:judge_1=judge_1.key.pem",
    ),
    // What is wrong
    row(
        "'{}' is nothing to hand over: write seal:A-17, share:commissioner_1, custody:sha256:… or other:WORDS",
        "'{}' ليس شيئاً يُسلَّم: اكتب seal:A-17 أو share:commissioner_1 أو custody:sha256:… أو other:WORDS",
        "'{}' شتێک نییە ڕادەست بکرێت: seal:A-17، share:commissioner_1، custody:sha256:… یان other:WORDS بنووسە",
    ),
    row(
        "a succession says whose keys end or begin",
        "يذكر تبدل المفاتيح مفاتيح من تنتهي أو تبدأ",
        "گۆڕینی کلیلەکان دەڵێت کلیلی کێ کۆتایی دێت یان دەست پێ دەکات",
    ),
    row(
        "'{}' is no law or order with this paper that stands in the register of acts",
        "'{}' ليس قانوناً أو أمراً بهذه الورقة قائماً في سجل الكتب",
        "'{}' یاسا یان فەرمانێک بەم کاغەزەوە نییە کە لە تۆماری نووسراوەکاندا کاری پێ بکرێت",
    ),
    row("'{}' has no key that could end", "ليس لـ '{}' مفتاح يمكن أن ينتهي", "'{}' کلیلێکی نییە کە کۆتایی بێت"),
    row("'{}' is the id of somebody else already", "'{}' معرّف لشخص آخر من قبل", "'{}' پێشتر ناسنامەی کەسێکی ترە"),
    row(
        "the key of '{}' is no P-256 key, or was another's",
        "مفتاح '{}' ليس مفتاح P-256، أو كان لغيره",
        "کلیلی '{}' کلیلی P-256 نییە، یان هی کەسێکی تر بووە",
    ),
    row(
        "the key of '{}' begins, and has not signed",
        "مفتاح '{}' يبدأ ولم يوقع",
        "کلیلی '{}' دەست پێ دەکات و واژۆی نەکردووە",
    ),
    row(
        "{} of {} {} are to sign: at least 2 sign, and no more than there are",
        "المطلوب توقيع {} من {} ({}): يوقع اثنان على الأقل، ولا أكثر من الموجودين",
        "دەبێت {} لە {} ({}) واژۆ بکەن: لانیکەم ٢ واژۆ دەکەن، و نەک زیاتر لەوانەی هەن",
    ),
    row("the hand-over does not hold: {}", "التسليم لا يستقيم: {}", "ڕادەستکردنەکە ڕێک نایەتەوە: {}"),
    row("{} is handed over and is not", "{} سُلِّم ولم يُسلَّم معاً", "{} هەم ڕادەست کراوە و هەم نەکراوە"),
    row("{} is no hand-over of equipment before it", "{} ليس تسليم جهاز قبله", "{} ڕادەستکردنی ئامێر نییە پێش ئەوە"),
    row("'{}' holds no share", "لا يحمل '{}' حصة", "'{}' هیچ بەشێکی لە دەستدا نییە"),
    row(
        "'{}' goes and holds a share, of which nothing is said",
        "يغادر '{}' ومعه حصة لم يُذكر عنها شيء",
        "'{}' دەڕوات و بەشێکی لە دەستدایە کە هیچی لەبارەوە نەوتراوە",
    ),
    row(
        "the new commitments are there where a share is handed over, and only there",
        "توجد الالتزامات الجديدة حيث تُسلَّم حصة، وهناك فقط",
        "پابەندبوونە نوێیەکان لەوێ هەن کە بەشێک ڕادەست دەکرێت، و تەنیا لەوێ",
    ),
    row(
        "the commitments to the new shares do not hold: {}",
        "الالتزامات بالحصص الجديدة لا تستقيم: {}",
        "پابەندبوونەکان بە بەشە نوێیەکان ڕێک نایەنەوە: {}",
    ),
    row("no share was handed over", "لم تُسلَّم حصة", "هیچ بەشێک ڕادەست نەکراوە"),
    row(
        "'{}' is no commissioner who stays or comes",
        "'{}' ليس مفوضاً باقياً أو قادماً",
        "'{}' کۆمیسیارێک نییە کە دەمێنێتەوە یان دێت",
    ),
    row(
        "{} shares open the identity, and there are {}",
        "تفتح الهوية {} حصص، والموجود {}",
        "{} بەش ناسنامەکە دەکەنەوە، و {} هەیە",
    ),
    row(
        "the share of '{}' is another's, or was one before",
        "حصة '{}' حصة غيره، أو كانت حصة من قبل",
        "بەشی '{}' هی کەسێکی ترە، یان پێشتر بەشێک بووە",
    ),
    row(
        "line {} is not PERSON,sha256:… of somebody new",
        "السطر {} ليس PERSON,sha256:… لشخص لم يُذكر",
        "دێڕی {} PERSON,sha256:…ی کەسێکی نوێ نییە",
    ),
    row(
        "split the identity anew among those who stay or come (`sanad key split`), and give that shares.csv",
        "اقسم الهوية من جديد بين الباقين والقادمين (`sanad key split`)، وأعط ذلك الملف shares.csv",
        "ناسنامەکە سەرلەنوێ لەنێوان ئەوانەی دەمێننەوە و دێن دابەش بکە (`sanad key split`)، و ئەو shares.csvیە بدە",
    ),
    row("the key of '{}' has ended", "انتهى مفتاح '{}'", "کلیلی '{}' کۆتایی هاتووە"),
    // What to do next
    row(
        "name those who go or come, with --ends or --begins",
        "اذكر من يغادر أو يأتي بـ --ends أو --begins",
        "ناوی ئەوانە ببە کە دەڕۆن یان دێن، بە --ends یان --begins",
    ),
    row(
        "enter the act first (`sanad act file`), and name its number",
        "أدخل الكتاب أولاً (`sanad act file`) واذكر رقمه",
        "سەرەتا نووسراوەکە بنووسە (`sanad act file`)، و ژمارەکەی بنووسە",
    ),
    row("name somebody whose key signs now", "اذكر من يوقع مفتاحه الآن", "ناوی کەسێک ببە کە ئێستا کلیلەکەی واژۆ دەکات"),
    row(
        "give whoever comes an id that nobody has had",
        "أعط القادم معرّفاً لم يكن لأحد",
        "ناسنامەیەک بدە بەوەی دێت کە هی کەس نەبووە",
    ),
    row(
        "make a new key (`sanad key new`) for each of those who come",
        "أنشئ مفتاحاً جديداً (`sanad key new`) لكل قادم",
        "کلیلێکی نوێ (`sanad key new`) بۆ هەریەک لەوانەی دێن دروست بکە",
    ),
    row(
        "have everybody whose key begins sign it too",
        "ليوقّعه أيضاً كل من يبدأ مفتاحه",
        "با هەموو ئەوانەی کلیلیان دەست پێ دەکات ئەمیش واژۆ بکەن",
    ),
    row(
        "let enough people begin, or ask for fewer of them",
        "ليبدأ عدد كافٍ، أو اطلب عدداً أقل",
        "با ژمارەیەکی پێویست دەست پێ بکەن، یان کەمتریان داوا بکە",
    ),
    row(
        "name each thing once, as handed over or as not",
        "اذكر كل شيء مرة واحدة، مسلَّماً أو غير مسلَّم",
        "هەر شتێک یەک جار ناو ببە، وەک ڕادەستکراو یان نەکراو",
    ),
    row("have their successor sign", "ليوقّع من خلفه", "با جێگرەوەکەی واژۆ بکات"),
];
