//! The registers of acts and equipment.

use super::{Row, row};

/// The rows.
pub const ROWS: &[Row] = &[
    // The commands
    row("{}: {} of {}, {}: {}", "{}: {} بتاريخ {}، {}: {}", "{}: {} لە {}، {}: {}"),
    row("it stands", "قائم", "کاری پێ دەکرێت"),
    row("open: it has no answer", "مفتوح: لا جواب عليه", "کراوەیە: وەڵامی نییە"),
    row("answered", "أُجيب عنه", "وەڵام دراوەتەوە"),
    row("annulled: another act has taken it away", "ملغى: رفعه عمل آخر", "هەڵوەشاوە: کارێکی تر لایبردووە"),
    row("  answered by {}", "  أجاب عنه {}", "  {} وەڵامی داوەتەوە"),
    row("  annulled by {}", "  ألغاه {}", "  {} هەڵیوەشاندووەتەوە"),
    row("  an answer is due by {}", "  يجب الجواب في موعد أقصاه {}", "  دەبێت تا {} وەڵام بدرێتەوە"),
    row("Nothing is in the register of acts.", "لا شيء في سجل الأعمال.", "هیچ شتێک لە تۆماری کارەکاندا نییە."),
    row(
        "write NAME=FILE, such as tender=tender.pdf",
        "اكتب NAME=FILE، مثل tender=tender.pdf",
        "بنووسە NAME=FILE، وەک tender=tender.pdf",
    ),
    row(
        "the second registrar reads {} of {}, the first {} of {}",
        "يقرأ المسجل الثاني {} بتاريخ {}، والأول {} بتاريخ {}",
        "تۆمارکاری دووەم {} لە {} دەخوێنێتەوە، و یەکەم {} لە {}",
    ),
    row(
        "look at the paper together, then enter it again",
        "انظرا في الورقة معاً، ثم أدخلاها من جديد",
        "پێکەوە سەیری کاغەزەکە بکەن، پاشان دووبارە بینووسن",
    ),
    row(
        "the paper {} is dated {}, after the day on which it is entered",
        "تاريخ الورقة {} هو {}، وهو بعد يوم إدخالها",
        "ڕێکەوتی کاغەزی {} {}ە، کە دوای ئەو ڕۆژەیە کە تێیدا دەنووسرێت",
    ),
    row(
        "compare the date with the paper, and the clock of this machine",
        "قارن التاريخ بالورقة، وتحقق من ساعة هذا الجهاز",
        "ڕێکەوتەکە لەگەڵ کاغەزەکە بەراورد بکە، و سەیری کاتژمێری ئەم ئامێرە بکە",
    ),
    row(
        "Devices of the key list that are in the register: {} of {}",
        "أجهزة قائمة المفاتيح المسجلة: {} من {}",
        "ئامێرەکانی لیستی کلیل کە لە تۆمارەکەدان: {} لە {}",
    ),
    row("{}: {}, serial number {}", "{}: {}، الرقم التسلسلي {}", "{}: {}، ژمارەی زنجیرەیی {}"),
    row("a counting device", "جهاز عد", "ئامێری ژماردن"),
    row("a server", "خادم", "ڕاژەکار"),
    row("a memory stick", "ذاكرة", "فلاش"),
    row("a ballot box", "صندوق اقتراع", "سندوقی دەنگدان"),
    row("a link", "خط اتصال", "هێڵی پەیوەندی"),
    row("  in the hands of {} since {}", "  في عهدة {} منذ {}", "  لە {}ـە لە {}ـەوە"),
    row(
        "  a gap: at {} {} was handed over by {}, who had not taken it before",
        "  فجوة: في {0} سلّم {2} {1}، ولم يكن قد تسلمه من قبل",
        "  کەلێن: لە {0} {1} لەلایەن {2}ەوە درا، کە پێشتر وەرینەگرتبوو",
    ),
    row(
        "the export of a register takes the signatures of {} officers; {} signed",
        "تصدير السجل يأخذ تواقيع {} موظفين؛ ووقّع {}",
        "هەناردنی تۆمار واژۆی {} فەرمانبەری دەوێت؛ {} واژۆی کردووە",
    ),
    row(
        "Written and signed: {} tables, as of leaf {}",
        "كُتب ووُقّع: {} جداول، حتى الورقة {} من السجل",
        "نووسرا و واژۆ کرا: {} خشتە، تا گەڵای {}",
    ),
    // Why a leaf of these registers may not stand
    row("'{}' says nothing", "لا يقول '{}' شيئاً", "'{}' هیچ ناڵێت"),
    row("a committee names its members", "اللجنة تذكر أعضاءها", "لیژنە ناوی ئەندامەکانی دەبات"),
    row(
        "a test report says what it tested and in which version, no other act does",
        "تقرير الفحص يذكر ما فحص وفي أي نسخة، ولا يفعل ذلك عمل غيره",
        "ڕاپۆرتی تاقیکردنەوە دەڵێت چی تاقی کردووەتەوە و لە کام وەشاندا، هیچ کارێکی تر وا ناکات",
    ),
    row(
        "about '{}' another entry stands ({}), and this one does not name it",
        "في '{}' قيد آخر قائم ({})، وهذا لا يذكره",
        "لەبارەی '{}' تۆمارێکی تر هەیە ({})، و ئەمە ناوی نابات",
    ),
    row("no act '{}' stands in the register{}", "لا عمل '{}' في السجل{}", "هیچ کارێکی '{}' لە تۆمارەکەدا نییە{}"),
    row("no item '{}' stands in the register{}", "لا مادة '{}' في السجل{}", "هیچ کەرەستەیەکی '{}' لە تۆمارەکەدا نییە{}"),
    row(
        "'{}' cannot name '{}', which was not entered before it",
        "لا يجوز أن يذكر '{}' '{}'، الذي لم يُدخل قبله",
        "'{}' ناتوانێت ناوی '{}' ببات، کە پێش ئەو نەنووسراوە",
    ),
    row(
        "it names days for an answer, and no service from which they count",
        "يذكر أياماً للجواب ولا يذكر تبليغاً تُحسب منه",
        "ڕۆژی وەڵام دیاری دەکات، و هیچ گەیاندنێک نالێت کە لێیەوە بژمێردرێن",
    ),
    row(
        "the station '{}' is cleared, and was not examined",
        "بُرّئت المحطة '{}' ولم تُفحص",
        "وێستگەی '{}' پاک کراوەتەوە، و نەپشکێنراوە",
    ),
    row(
        "a device, and no other item, names its id and its key",
        "الجهاز وحده يذكر معرّفه ومفتاحه",
        "تەنها ئامێر ناسێنەر و کلیلەکەی خۆی دەڵێت",
    ),
    row(
        "the device is not in the frozen key list",
        "ليس الجهاز في قائمة المفاتيح المجمدة",
        "ئامێرەکە لە لیستی کلیلە بەستراوەکەدا نییە",
    ),
    row(
        "the key is not that of the device in the frozen key list",
        "ليس المفتاح مفتاح الجهاز في القائمة المجمدة",
        "کلیلەکە هی ئامێرەکە نییە لە لیستە بەستراوەکەدا",
    ),
    row(
        "the station is not that of the device in the frozen key list",
        "ليست المحطة محطة الجهاز في القائمة المجمدة",
        "وێستگەکە هی ئامێرەکە نییە لە لیستە بەستراوەکەدا",
    ),
    row(
        "the device stands in the register under another number",
        "الجهاز في السجل برقم آخر",
        "ئامێرەکە بە ژمارەیەکی تر لە تۆمارەکەدایە",
    ),
    row(
        "'{}' is no contract that stands in the register of acts",
        "ليس '{}' عقداً قائماً في سجل الأعمال",
        "'{}' گرێبەستێک نییە کە لە تۆماری کارەکاندا کاری پێ بکرێت",
    ),
    row(
        "it supersedes {}, which is no hand-over of the same item before it",
        "يحل محل {}، وليس تسليماً سابقاً للمادة نفسها",
        "شوێنی {} دەگرێتەوە، کە ڕادەستکردنێکی پێشووی هەمان کەرەستە نییە",
    ),
    row(
        "the device '{}' is not in the register of equipment, and the rules ask for it",
        "ليس الجهاز '{}' في سجل الأجهزة، والقواعد تشترط ذلك",
        "ئامێری '{}' لە تۆماری ئامێرەکاندا نییە، و ڕێساکان داوای دەکەن",
    ),
    // What to do next
    row("write it as the paper has it", "اكتبه كما في الورقة", "وەک کاغەزەکە بینووسە"),
    row(
        "add what is missing, or give it the kind that the paper is of",
        "أضف ما ينقص، أو أعطه نوع الورقة",
        "ئەوەی کەمە زیادی بکە، یان ئەو جۆرەی پێ بدە کە کاغەزەکەیە",
    ),
    row(
        "name the leaf that stands in 'supersedes', or take the next free number",
        "اذكر الورقة القائمة في 'supersedes'، أو خذ الرقم التالي غير المشغول",
        "گەڵای کارپێکراو لە 'supersedes' ناو ببە، یان ژمارەی بەتاڵی دواتر بەکاربهێنە",
    ),
    row(
        "`sanad act list` shows the register; enter what is named before what names it",
        "`sanad act list` يعرض السجل؛ أدخل المذكور قبل من يذكره",
        "`sanad act list` تۆمارەکە پیشان دەدات؛ ئەوەی ناوی دەبرێت پێش ئەوەی ناوی دەبات بنووسە",
    ),
    row("enter a new act that names both", "أدخل عملاً جديداً يذكرهما", "کارێکی نوێ بنووسە کە ناوی هەردووکیان ببات"),
    row(
        "write when it was served, or name no days",
        "اكتب متى بُلّغ، أو لا تذكر أياماً",
        "بنووسە کەی گەیەنراوە، یان ڕۆژ دیاری مەکە",
    ),
    row(
        "name it among the stations that were examined, or do not clear it",
        "اذكرها بين المحطات المفحوصة، أو لا تبرّئها",
        "لەناو وێستگە پشکێنراوەکان ناوی ببە، یان پاکی مەکەوە",
    ),
    row(
        "`sanad equipment list` shows the register",
        "`sanad equipment list` يعرض السجل",
        "`sanad equipment list` تۆمارەکە پیشان دەدات",
    ),
    row(
        "compare it with keys/devices.csv and with the device",
        "قارنه بـ keys/devices.csv وبالجهاز",
        "لەگەڵ keys/devices.csv و لەگەڵ ئامێرەکە بەراوردی بکە",
    ),
    row(
        "enter the contract first; `sanad act list` shows what became of it",
        "أدخل العقد أولاً؛ `sanad act list` يعرض ما آل إليه",
        "سەرەتا گرێبەستەکە بنووسە؛ `sanad act list` پیشان دەدات چی بەسەر هاتووە",
    ),
    row(
        "name the leaf of the hand-over that it corrects",
        "اذكر ورقة التسليم الذي يصححه",
        "ناوی گەڵای ئەو ڕادەستکردنە ببە کە ڕاستی دەکاتەوە",
    ),
    row(
        "enter the device (`sanad equipment enter`), then import it again",
        "أدخل الجهاز (`sanad equipment enter`)، ثم استورده من جديد",
        "ئامێرەکە بنووسە (`sanad equipment enter`)، پاشان دووبارە هاوردەی بکە",
    ),
];
