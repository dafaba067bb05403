//! A bundle of evidence, its mandate and its entry.

use super::{Row, row};

pub const ROWS: &[Row] = &[
    row(
        "with '{}' the bundle is more than whoever receives it can read",
        "مع '{}' تصير الحزمة أكثر مما يستطيع متسلمها قراءته",
        "لەگەڵ '{}' کۆمەڵەکە لەوە زیاتر دەبێت کە وەرگرەکەی بتوانێت بیخوێنێتەوە",
    ),
    row(
        "nothing was entered: hand it out in parts, by office (--scope office:…), or with less of each station (--include)",
        "لم يُدخل شيء: سلّمها أجزاء، مكتباً مكتباً (--scope office:…)، أو أقل من كل محطة (--include)",
        "هیچ نەنووسرا: بەش بەش بیدە، نووسینگە بە نووسینگە (--scope office:…)، یان کەمتر لە هەر وێستگەیەک (--include)",
    ),
    row(
        "the record says that a bundle was made, and its file is not there: have the record cosigned, and hand it out again; that is an entry of its own",
        "يقول السجل إن حزمة عُملت، وملفها غير موجود: ليُشارَك في توقيع السجل، ثم سلّمها ثانية؛ وذلك قيد قائم بذاته",
        "تۆمارەکە دەڵێت کۆمەڵەیەک دروست کراوە، و فایلەکەی لەوێ نییە: با تۆمارەکە هاوواژۆ بکرێت، و دووبارە بیدە؛ ئەوە تۆمارکردنێکی سەربەخۆیە",
    ),
    row("a mandate has an issuer and a number", "للتكليف جهة ورقم", "داواکاری لایەنێک و ژمارەیەکی هەیە"),
    row(
        "it is about nothing, or nothing of it is handed out",
        "لا يشمل شيئا، أو لا يُسلّم منه شيء",
        "دەربارەی هیچ نییە، یان هیچی لێ نادرێت",
    ),
    row(
        "name the mandate as its paper has it, what it is about, and what is handed out",
        "سمِّ التكليف كما في ورقته، وما يشمله، وما يُسلّم",
        "داواکارییەکە وەک کاغەزەکەی ناو ببە، و دەربارەی چییە، و چی دەدرێت",
    ),
    row(
        "the office '{}' is not in the definition{}",
        "المكتب '{}' ليس في التعريف{}",
        "نووسینگەی '{}' لە پێناسەکەدا نییە{}",
    ),
    row(
        "no act '{}' stands in the register of acts",
        "لا كتاب '{}' في سجل الكتب",
        "هیچ نووسراوێکی '{}' لە تۆماری نووسراوەکاندا نییە",
    ),
    row(
        "the act '{}' of the register has another issuer, number, date or paper",
        "للكتاب '{}' في السجل جهة أو رقم أو تاريخ أو ورقة أخرى",
        "نووسراوی '{}' ی تۆمارەکە لایەن یان ژمارە یان بەروار یان کاغەزێکی تری هەیە",
    ),
    row(
        "enter the act first, or name the mandate without it",
        "قيّد الكتاب أولا، أو سمِّ التكليف بدونه",
        "یەکەم جار نووسراوەکە تۆمار بکە، یان داواکارییەکە بەبێ ئەو ناو ببە",
    ),
    row(
        "compare the mandate with the act's paper",
        "قارن التكليف بورقة الكتاب",
        "داواکارییەکە لەگەڵ کاغەزی نووسراوەکە بەراورد بکە",
    ),
    row(
        "UNWITNESSED: have the record's last checkpoint cosigned, then hand it out",
        "بلا شهود: ليوقع الشهود آخر نقطة تحقق للسجل، ثم سلّمها",
        "بێ شایەت: با شایەتەکان دوا خاڵی پشکنینی تۆمارەکە واژۆ بکەن، پاشان بیدە",
    ),
    row(
        "there is a file of this name already; a bundle that was handed out is never written over",
        "هناك ملف بهذا الاسم؛ ولا تُستبدل حزمة سُلّمت",
        "پەڕگەیەک بەم ناوە هەیە؛ کۆمەڵەیەک کە دراوە هەرگیز ناسڕدرێتەوە",
    ),
    row("name another file", "سمِّ ملفا آخر", "پەڕگەیەکی تر ناو ببە"),
    row("evidence", "الأدلة", "بەڵگە"),
    row(
        "Entered as leaf {}: {} files, {} bytes in {}",
        "قُيّدت ورقة {}: {} ملفا، {} بايت في {}",
        "وەک گەڵای {} تۆمار کرا: {} پەڕگە، {} بایت لە {}",
    ),
    row(
        "CONFIDENTIAL: it must not be published; its report says why.",
        "سرّي: لا يجوز نشرها؛ يقول تقريرها لماذا.",
        "نهێنی: نابێت بڵاو بکرێتەوە؛ ڕاپۆرتەکەی دەڵێت بۆچی.",
    ),
    row(
        "Have the record cosigned and publish it: then everybody sees that this was handed out.",
        "ليوقع الشهود السجل وانشره: عندئذ يرى الجميع أن هذه سُلّمت.",
        "با شایەتەکان تۆمارەکە واژۆ بکەن و بڵاوی بکەوە: ئەوکات هەمووان دەبینن کە ئەمە دراوە.",
    ),
    row("Mandate: {}, {} of {}", "التكليف: {}، {} بتاريخ {}", "داواکاری: {}، {} ی {}"),
    row("It is about: {}", "يشمل: {}", "دەربارەی: {}"),
    row("Handed out: {}", "سُلّم: {}", "دراوە: {}"),
    row(
        "{} is no bundle of evidence: it has neither an entry nor a manifest of tag files",
        "{} ليس حزمة أدلة: لا قيد فيه ولا قائمة ملفات الوصف",
        "{} کۆمەڵەی بەڵگە نییە: نە تۆماری تێدایە نە لیستی پەڕگەکانی وەسف",
    ),
    row(
        "name the .tar file as it was handed out, or the folder that it was unpacked to",
        "سمِّ ملف ‎.tar كما سُلّم، أو المجلد الذي فُك فيه",
        "پەڕگەی ‎.tar وەک دراوە ناو ببە، یان ئەو بوخچەیەی تێیدا کراوەتەوە",
    ),
    row(
        "is listed, but no part of a bundle of evidence: nothing compares it",
        "مدرج، لكنه ليس جزءا من حزمة أدلة: لا شيء يقارنه",
        "لیست کراوە، بەڵام بەشێک نییە لە کۆمەڵەی بەڵگە: هیچ شتێک بەراوردی ناکات",
    ),
    row(
        "the entry, the definition and the record (V.105, V.201, V.204)",
        "القيد والتعريف والسجل ‏(V.105 و V.201 و V.204)",
        "تۆماری کۆمەڵەکە و پێناسە و تۆمار ‏(V.105 و V.201 و V.204)",
    ),
    row(
        "names another {} than that of this bundle",
        "يسمي غير ما لهذه الحزمة: {}",
        "جگە لەوەی ئەم کۆمەڵەیە ناو دەبات: {}",
    ),
    row("mandate", "التكليف", "داواکاری"),
    row(
        "does not lead to the record that is here and this entry as its leaf {}",
        "لا يؤدي إلى السجل الذي هنا وهذا القيد ورقته {}",
        "ناگاتە ئەو تۆمارەی لێرەیە و ئەم تۆمارە وەک گەڵای {} ی",
    ),
    row(
        "no witness can have seen the entry when it was handed out: compare with the publication that names it (--publication)",
        "لم يكن لشاهد أن يرى القيد حين سُلّمت: قارن بالنشر الذي يسميه (--publication)",
        "هیچ شایەتێک نەیدەتوانی تۆمارەکە ببینێت کاتێک درا: لەگەڵ ئەو بڵاوکراوەیە بەراورد بکە کە ناوی دەبات (--publication)",
    ),
    row(
        "has another leaf {} than the entry of this bundle",
        "ورقته {} غير قيد هذه الحزمة",
        "گەڵای {} ی جگە لە تۆماری ئەم کۆمەڵەیەیە",
    ),
    row(
        "ends before the entry of this bundle: take a later publication",
        "ينتهي قبل قيد هذه الحزمة: خذ نشرا لاحقا",
        "پێش تۆماری ئەم کۆمەڵەیە کۆتایی دێت: بڵاوکراوەیەکی دواتر ببە",
    ),
    row(
        "is not cosigned as the witness policy asks",
        "غير موقع من الشهود كما تطلب سياستهم",
        "وەک سیاسەتی شایەتەکان داوا دەکات واژۆ نەکراوە",
    ),
    row(
        "is of a station that the mandate does not name",
        "لمحطة لا يسميها التكليف",
        "هی وێستگەیەکە کە داواکارییەکە ناوی نەبردووە",
    ),
    row("its ballots are counted in the box of {}", "تُعد أوراقها في صندوق {}", "کاغەزەکانی لە سندوقی {} دا دەژمێردرێن"),
    row(
        "no case of the mandate is about a station",
        "لا قضية من التكليف تخص محطة",
        "هیچ کەیسێکی داواکارییەکە دەربارەی وێستگەیەک نییە",
    ),
    row(
        "nothing of it had been imported when this was handed out",
        "لم يكن قد أُدخل منها شيء حين سُلّمت هذه",
        "کاتێک ئەمە درا هیچی لێ وەرنەگیرابوو",
    ),
    row(
        "nothing of any of its stations had been imported",
        "لم يكن قد أُدخل شيء من محطاتها",
        "هیچ شتێک لە وێستگەکانی وەرنەگیرابوو",
    ),
    row(
        "the mandate includes nothing of the stations' packages",
        "لا يشمل التكليف شيئا من حزم المحطات",
        "داواکارییەکە هیچ لە پاکێجەکانی وێستگەکان ناگرێتەوە",
    ),
    row(
        "says what no content of its station says",
        "يقول ما لا يقوله أي محتوى لمحطته",
        "شتێک دەڵێت کە هیچ ناوەڕۆکێکی وێستگەکەی نایڵێت",
    ),
    row("is no slip that the mandate asks for", "ليس شريطا يطلبه التكليف", "پسووڵەیەک نییە کە داواکارییەکە دەیخوازێت"),
    row(
        "no slip of a station of the mandate had been handed in",
        "لم يُسلَّم شريط لأي محطة من محطات التكليف",
        "هیچ پسووڵەیەکی وێستگەکانی داواکارییەکە ڕادەست نەکرابوو",
    ),
    row("{} slips are in the record alone", "{} شريطا في السجل وحده", "{} پسووڵە تەنها لە تۆماردان"),
    row(
        "is not the paper that its case names",
        "ليس الورقة التي تسميها قضيته",
        "ئەو کاغەزە نییە کە کەیسەکەی ناوی دەبات",
    ),
    row(
        "is in the bundle, though the mandate includes no papers",
        "في الحزمة، مع أن التكليف لا يشمل الأوراق",
        "لە کۆمەڵەکەدایە، هەرچەندە داواکارییەکە کاغەز ناگرێتەوە",
    ),
    row("the centre does not have it", "ليس لدى المركز", "ناوەندەکە نییەتی"),
    row(
        "the mandate does not include the papers of its cases",
        "لا يشمل التكليف أوراق قضاياه",
        "داواکارییەکە کاغەزی کەیسەکانی ناگرێتەوە",
    ),
    row("is sealed to the centre's key", "مختوم لمفتاح المركز", "بۆ کلیلی ناوەندەکە مۆرکراوە"),
    row(
        "is no paper of a case of the mandate, or a sealed part",
        "ليس ورقة لقضية من التكليف، أو هو جزء مختوم",
        "کاغەزی کەیسێکی داواکارییەکە نییە، یان بەشێکی مۆرکراوە",
    ),
    row("no case of the mandate has a paper", "لا ورقة لأي قضية من التكليف", "هیچ کەیسێکی داواکارییەکە کاغەزی نییە"),
    row(
        "is not, to the byte, what follows from the rest of the bundle",
        "ليس، بايتا بايتا، ما ينتج عن سائر الحزمة",
        "بایت بە بایت ئەوە نییە کە لە باقی کۆمەڵەکەوە دێت",
    ),
    row("is no table of a bundle of evidence", "ليس جدولا لحزمة أدلة", "خشتەی کۆمەڵەی بەڵگە نییە"),
    row("is not in the bundle", "ليس في الحزمة", "لە کۆمەڵەکەدا نییە"),
    row(
        "is in the bundle, though '{}' keeps it out",
        "في الحزمة، مع أن '{}' يحجبه",
        "لە کۆمەڵەکەدایە، هەرچەندە '{}' دەیشارێتەوە",
    ),
    row(
        "is in the bundle, though the mandate does not include images",
        "في الحزمة، مع أن التكليف لا يشمل الصور",
        "لە کۆمەڵەکەدایە، هەرچەندە داواکارییەکە وێنە ناگرێتەوە",
    ),
    row(
        "{} images of ballots are not in the bundle",
        "{} صورة لأوراق ليست في الحزمة",
        "{} وێنەی کاغەز لە کۆمەڵەکەدا نین",
    ),
    row(
        "the mandate does not include the records",
        "لا يشمل التكليف السجلات المفردة",
        "داواکارییەکە تۆمارە تاکەکان ناگرێتەوە",
    ),
    row("is no file", "ليس ملفا", "پەڕگە نییە"),
    row("is not an ordinary file", "ليس ملفا عاديا", "پەڕگەیەکی ئاسایی نییە"),
];
