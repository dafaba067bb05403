//! The quarantine desk: why a station is open, and what is known of it.

use super::{Row, row};

/// The rows.
pub const ROWS: &[Row] = &[
    row(
        "{} stations are open; --json names them",
        "{} محطات مفتوحة؛ و --json يسميها",
        "{} وێستگە کراوەن؛ --json ناویان دەبات",
    ),
    row("Station {}: {}", "المحطة {}: {}", "وێستگەی {}: {}"),
    row("  open: {} [{}]", "  مفتوحة: {} [{}]", "  کراوەیە: {} [{}]"),
    row(
        "  {}: device {}, generation {}, leaf {}, results {}, entered {}",
        "  {}: الجهاز {}، الجيل {}، الورقة {}، النتائج {}، أُدخلت {}",
        "  {}: ئامێری {}، نەوەی {}، گەڵای {}، ئەنجام {}، نووسراوە {}",
    ),
    row(
        "  the receiving service and the stick have the same label",
        "  لدى خدمة الاستلام والذاكرة البطاقة نفسها",
        "  خزمەتگوزاری وەرگرتن و فلاشەکە هەمان لەیبڵیان هەیە",
    ),
    row(
        "  the receiving service and the stick have different labels",
        "  بطاقة خدمة الاستلام غير بطاقة الذاكرة",
        "  لەیبڵی خزمەتگوزاری وەرگرتن لە هی فلاشەکە جیاوازە",
    ),
    row("Packages of no station", "حزم بلا محطة", "پاکێجی بێ وێستگە"),
    row(
        "  refused [{}] {}, leaf {}; an order that has looked at it adds --evidence {}",
        "  رُفضت [{}] {}، الورقة {}؛ والأمر الذي نظر فيها يضيف --evidence {}",
        "  ڕەت کرایەوە [{}] {}، گەڵای {}؛ فەرمانێک کە سەیری کردووە --evidence {} زیاد دەکات",
    ),
    row(
        "  slip of device {}, generation {}, leaf {}: {}",
        "  شريط نتائج من الجهاز {}، الجيل {}، الورقة {}: {}",
        "  پسووڵەی ئەنجامی ئامێری {}، نەوەی {}، گەڵای {}: {}",
    ),
    row("  count by hand, leaf {}: {}", "  عد يدوي، الورقة {}: {}", "  ژماردنی دەستی، گەڵای {}: {}"),
    row("  order that stands, leaf {}: {}", "  أمر قائم، الورقة {}: {}", "  فەرمانێکی جێگیر، گەڵای {}: {}"),
    row("  not yet [{}]: {}", "  ليس بعد [{}]: {}", "  هێشتا نا [{}]: {}"),
    row("  may be done: {}", "  يمكن فعله: {}", "  دەکرێت بکرێت: {}"),
    row("it has the figures of all that came", "له أرقام كل ما وصل", "ژمارەکانی هەموو ئەوەی هاتووە تێیدایە"),
    row(
        "it has other figures than something that came",
        "له أرقام غير أرقام شيء مما وصل",
        "ژمارەی جیاوازی هەیە لە شتێک کە هاتووە",
    ),
    row("a later count has taken its place", "حل محله عد لاحق", "ژماردنێکی دواتر جێگەی گرتووەتەوە"),
    row(
        "nothing has come that it could be compared with",
        "لم يصل شيء يمكن أن يُقارن به",
        "هیچ نەهاتووە کە لەگەڵی بەراورد بکرێت",
    ),
    row("slip", "شريط النتائج", "پسووڵەی ئەنجام"),
    row("count by hand", "عد يدوي", "ژماردنی دەستی"),
    row("nothing has come", "لم يصل شيء", "هیچ نەهاتووە"),
    row(
        "the network alone has brought a copy; the stick is missing",
        "وصلت نسخة عبر الشبكة وحدها؛ والذاكرة ناقصة",
        "تەنها تۆڕ کۆپییەکی هێناوە؛ فلاشەکە نەهاتووە",
    ),
    row(
        "the stick alone has brought a copy; nothing came over the network",
        "وصلت نسخة على الذاكرة وحدها؛ ولم يصل شيء عبر الشبكة",
        "تەنها فلاشەکە کۆپییەکی هێناوە؛ بە تۆڕدا هیچ نەهاتووە",
    ),
    row("the copies that came differ", "النسخ التي وصلت تختلف", "ئەو کۆپییانەی هاتوون جیاوازن"),
    row(
        "a slip has other figures than what came",
        "لشريط نتائج أرقام غير أرقام ما وصل",
        "پسووڵەیەکی ئەنجام ژمارەی جیاوازی هەیە لەوەی هاتووە",
    ),
    row(
        "a count by hand has other figures than what came",
        "لعد يدوي أرقام غير أرقام ما وصل",
        "ژماردنێکی دەستی ژمارەی جیاوازی هەیە لەوەی هاتووە",
    ),
    row("the ballot account does not add up", "حساب أوراق الاقتراع لا يستقيم", "ژمێرەی کاغەزەکانی دەنگدان ڕێک نایەتەوە"),
    row(
        "it is said not to have opened, and something of it is there",
        "يُقال إنها لم تُفتح، ومنها شيء موجود",
        "دەگوترێت نەکراوەتەوە، و شتێکی لێ هەیە",
    ),
    row("orders that stand contradict each other", "أوامر قائمة يناقض بعضها بعضاً", "فەرمانە جێگیرەکان دژی یەکترن"),
    row(
        "what came agrees, and the rules ask for more",
        "ما وصل متفق، والقواعد تطلب أكثر",
        "ئەوەی هاتووە یەک دەگرێتەوە، و ڕێساکان زیاتریان دەوێت",
    ),
    row(
        "a recount is ordered, and nobody has entered the count",
        "أُمر بإعادة عد، ولم يُدخل أحد العد",
        "فەرمان بە ژماردنەوە دراوە، و کەس ژماردنەکەی نەنووسیوە",
    ),
    row("something came after the latest announcement", "وصل شيء بعد آخر إعلان", "شتێک دوای دوا ڕاگەیاندن هاتووە"),
    row(
        "something came after the order that counts it, and is another than what the order says",
        "وصل شيء بعد الأمر باحتسابها، وهو غير ما يقوله الأمر",
        "شتێک دوای فەرمانی ژماردنەکەی هاتووە، و جیاوازە لەوەی فەرمانەکە دەیڵێت",
    ),
    row(
        "a package came of a device that is not the station's",
        "وصلت حزمة من جهاز ليس جهاز المحطة",
        "پاکێجێک لە ئامێرێکەوە هاتووە کە هی وێستگەکە نییە",
    ),
    row(
        "something came of a station that should not report",
        "وصل شيء من محطة لا يُنتظر منها شيء",
        "شتێک لە وێستگەیەکەوە هاتووە کە نابێت هیچ بنێرێت",
    ),
    row("a package was refused and is kept", "رُفضت حزمة وحُفظت", "پاکێجێک ڕەت کرایەوە و هەڵگیراوە"),
];
