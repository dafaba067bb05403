//! Cards of officers: what the office and the station say of them.

use super::{Row, row};

/// The rows.
pub const ROWS: &[Row] = &[
    // The command
    row("--until is before --from", "--until قبل --from", "--until پێش --fromە"),
    row(
        "give a last day that is not before the first",
        "أعطِ يوماً أخيراً ليس قبل اليوم الأول",
        "دوا ڕۆژێک بدە کە پێش یەکەم ڕۆژ نەبێت",
    ),
    row(
        "the two PINs differ; no card was written",
        "الرقمان السريان مختلفان؛ لم تُكتب بطاقة",
        "دوو ژمارە نهێنییەکە جیاوازن؛ هیچ کارتێک نەنووسرا",
    ),
    row(
        "issue the card again, and type the same PIN twice",
        "أصدر البطاقة من جديد، واكتب الرقم السري نفسه مرتين",
        "کارتەکە دووبارە دەربکە، و هەمان ژمارەی نهێنی دوو جار بنووسە",
    ),
    row("PIN of {}:", "الرقم السري لـ {}:", "ژمارەی نهێنیی {}:"),
    row(
        "The PIN was wrong before: {} seconds until it is tried",
        "كان الرقم السري خاطئاً من قبل: {} ثانية حتى يُجرَّب",
        "ژمارەی نهێنی پێشتر هەڵە بوو: {} چرکە تا تاقی دەکرێتەوە",
    ),
    row(
        "{} revoked cards in {}: give it to every device that is prepared",
        "البطاقات الملغاة {} في {}: أعطِها لكل جهاز يُهيأ",
        "{} کارتی هەڵوەشێنراو لە {}: بیدە بە هەر ئامێرێک کە ئامادە دەکرێت",
    ),
    row(
        "Once more, so that it is the one that was meant.",
        "مرة أخرى، ليتبيّن أنه المقصود.",
        "جارێکی تر، تا دڵنیا بین هەر ئەوەیە کە مەبەستە.",
    ),
    row(
        "Card {} of {}: hand it over apart from its PIN, and write down its id",
        "البطاقة {} باسم {}: سلّمها بمعزل عن رقمها السري، ودوّن معرّفها",
        "کارتی {} هی {}: جیا لە ژمارە نهێنییەکەی ڕادەستی بکە، و ناسێنەرەکەی بنووسە",
    ),
    row(
        "there is no terminal to ask for the PIN at",
        "لا توجد طرفية يُطلب فيها الرقم السري",
        "هیچ تێرمیناڵێک نییە ژمارەی نهێنیی لێ بپرسرێت",
    ),
    row(
        "give --pin-file for each card, or - for standard input",
        "أعطِ --pin-file لكل بطاقة، أو - للمُدخل القياسي",
        "بۆ هەر کارتێک --pin-file بدە، یان - بۆ تێکردنی ئاسایی",
    ),
    // What is wrong with a card
    row("this is not a card: {}", "ليست هذه بطاقة: {}", "ئەمە کارت نییە: {}"),
    row(
        "a PIN has 6 to 64 characters, and is neither one digit again and again nor a run such as 123456",
        "للرقم السري من 6 إلى 64 حرفاً، ولا يكون رقماً واحداً مكرراً ولا تسلسلاً مثل 123456",
        "ژمارەی نهێنی 6 تا 64 پیتە، و نە یەک ژمارەی دووبارەکراوە و نە زنجیرەیەک وەک 123456",
    ),
    row("the PIN is not the one of this card", "ليس الرقم السري لهذه البطاقة", "ژمارە نهێنییەکە هی ئەم کارتە نییە"),
    row("the key on the card is damaged", "المفتاح الذي على البطاقة تالف", "کلیلی سەر کارتەکە تێکچووە"),
    row("the card is of another election", "البطاقة لانتخاب آخر", "کارتەکە هی هەڵبژاردنێکی ترە"),
    row(
        "the card is signed by nobody of the key list who may issue one for this station",
        "لم يوقّع البطاقة أحد في قائمة المفاتيح ممن يحق له إصدارها لهذه المحطة",
        "هیچ کەسێکی لیستی کلیلەکان، کە مافی دەرکردنی هەبێت بۆ ئەم وێستگەیە، کارتەکەی واژوو نەکردووە",
    ),
    row(
        "the card is for {}, and this is station {}",
        "البطاقة للمحطة {}، وهذه المحطة {}",
        "کارتەکە بۆ {}ـە، و ئەمە وێستگەی {}ـە",
    ),
    row("the card was revoked", "أُلغيت البطاقة", "کارتەکە هەڵوەشێنراوەتەوە"),
    row(
        "a card that {} has issued cannot stand beside the card of {}",
        "لا تُقبل بطاقة أصدرها {} إلى جانب بطاقة {}",
        "کارتێک کە {} دەری کردووە لە تەنیشت کارتی {} وەرناگیرێت",
    ),
    row(
        "the card is valid from {} to {}, and by the device's clock it is {}",
        "البطاقة صالحة من {} إلى {}، واليوم بساعة الجهاز {}",
        "کارتەکە لە {} تا {} کارایە، و بە کاتژمێری ئامێرەکە ئەمڕۆ {}یە",
    ),
    row(
        "the PIN is wrong; tries left before the card is locked: {}",
        "الرقم السري خاطئ؛ المحاولات الباقية قبل قفل البطاقة: {}",
        "ژمارە نهێنییەکە هەڵەیە؛ هەوڵی ماوە پێش داخستنی کارتەکە: {}",
    ),
    row(
        "the card is locked on this device after {} wrong PINs in a row",
        "قُفلت البطاقة على هذا الجهاز بعد {} أرقام سرية خاطئة متتالية",
        "کارتەکە لەسەر ئەم ئامێرە داخراوە دوای {} ژمارەی نهێنیی هەڵەی یەک لە دوای یەک",
    ),
    row(
        "one card was given twice, and this needs two people",
        "أُعطيت بطاقة واحدة مرتين، وهذا يحتاج إلى شخصين",
        "یەک کارت دوو جار درا، و ئەمە دوو کەسی دەوێت",
    ),
    row("this takes {} cards; {} given", "هذا يحتاج إلى بطاقات عددها {}؛ أُعطي {}", "ئەمە {} کارتی دەوێت؛ {} درا"),
    row(
        "this station works with cards: a name that is typed proves nothing",
        "تعمل هذه المحطة بالبطاقات: الاسم المكتوب لا يثبت شيئاً",
        "ئەم وێستگەیە بە کارت کار دەکات: ناوێکی نووسراو هیچ ناسەلمێنێت",
    ),
    row("this station does not work with cards", "لا تعمل هذه المحطة بالبطاقات", "ئەم وێستگەیە بە کارت کار ناکات"),
    // What to do next
    row(
        "Give the file that `sanad card issue` wrote.",
        "أعطِ الملف الذي كتبه `sanad card issue`.",
        "ئەو پەڕگەیە بدە کە `sanad card issue` نووسیویەتی.",
    ),
    row(
        "Give the PIN from the letter of the office; nothing was tried.",
        "أعطِ الرقم السري الذي في رسالة المكتب؛ لم يُجرَّب شيء.",
        "ژمارە نهێنییەکەی ناو نامەی نووسینگە بدە؛ هیچ شتێک تاقی نەکرایەوە.",
    ),
    row(
        "Look into the letter of the office: after ten wrong PINs in a row the card is locked on this device.",
        "انظر في رسالة المكتب: تُقفل البطاقة على هذا الجهاز بعد عشرة أرقام سرية خاطئة متتالية.",
        "سەیری نامەی نووسینگە بکە: دوای دە ژمارەی نهێنیی هەڵەی یەک لە دوای یەک کارتەکە لەسەر ئەم ئامێرە دادەخرێت.",
    ),
    row(
        "Use the other copy of the card, or ask the office for a new one.",
        "استعمل النسخة الأخرى من البطاقة، أو اطلب من المكتب بطاقة جديدة.",
        "کۆپییەکەی تری کارتەکە بەکاربهێنە، یان داوای یەکێکی نوێ لە نووسینگە بکە.",
    ),
    row(
        "Give the card that the office issued for this station and this election; keep this one and report it.",
        "أعطِ البطاقة التي أصدرها المكتب لهذه المحطة ولهذا الانتخاب؛ واحفظ هذه وأبلغ عنها.",
        "ئەو کارتە بدە کە نووسینگە بۆ ئەم وێستگەیە و ئەم هەڵبژاردنە دەری کردووە؛ ئەمەیان هەڵبگرە و ڕایبگەیەنە.",
    ),
    row(
        "Keep the card, note who brought it, and call the office.",
        "احفظ البطاقة ودوّن من جاء بها واتصل بالمكتب.",
        "کارتەکە هەڵبگرە، بنووسە کێ هێناویەتی، و پەیوەندی بە نووسینگەوە بکە.",
    ),
    row(
        "Let the office issue the cards with the key of somebody who has no duty at this station.",
        "ليُصدر المكتب البطاقات بمفتاح شخص لا عمل له في هذه المحطة.",
        "با نووسینگە کارتەکان بە کلیلی کەسێک دەربکات کە هیچ ئەرکێکی لەم وێستگەیە نییە.",
    ),
    row(
        "Look at the device's clock and set it right, which is logged; else ask the office for a new card.",
        "انظر إلى ساعة الجهاز واضبطها، وهذا يُسجل؛ وإلا فاطلب من المكتب بطاقة جديدة.",
        "سەیری کاتژمێری ئامێرەکە بکە و ڕاستی بکەرەوە، ئەوە تۆمار دەکرێت؛ ئەگەر نا داوای کارتێکی نوێ لە نووسینگە بکە.",
    ),
    row(
        "Look into the letter of the office, wait, and type the PIN again.",
        "انظر في رسالة المكتب، وانتظر، واكتب الرقم السري ثانية.",
        "سەیری نامەی نووسینگە بکە، چاوەڕێ بکە، و ژمارە نهێنییەکە دووبارە بنووسە.",
    ),
    row(
        "Let the office revoke this card and issue a new one.",
        "ليُلغِ المكتب هذه البطاقة ويُصدر بطاقة جديدة.",
        "با نووسینگە ئەم کارتە هەڵبوەشێنێتەوە و یەکێکی نوێ دەربکات.",
    ),
    row(
        "Let the second officer give a card of their own.",
        "ليقدّم الموظف الثاني بطاقته هو.",
        "با فەرمانبەری دووەم کارتی خۆی بدات.",
    ),
    row(
        "Give --card once for each person who acts.",
        "أعطِ --card مرة لكل شخص يعمل.",
        "بۆ هەر کەسێک کە کار دەکات جارێک --card بدە.",
    ),
    row("Give --card instead of the name.", "أعطِ --card بدل الاسم.", "لەجیاتی ناو --card بدە."),
    row(
        "Give the name of the person instead, or prepare the station with --cards.",
        "أعطِ اسم الشخص بدلاً منها، أو هيّئ المحطة مع --cards.",
        "لەجیاتی ئەوە ناوی کەسەکە بدە، یان وێستگەکە بە --cards ئامادە بکە.",
    ),
];
