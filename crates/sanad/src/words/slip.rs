//! Slips.

use super::{Row, row};

/// The rows.
pub const ROWS: &[Row] = &[
    row(
        "Station {}, device {}, generation {}",
        "المحطة {}، الجهاز {}، رقم العدّ {}",
        "وێستگەی {}، ئامێری {}، ژمارەی ژماردن {}",
    ),
    row("The signature holds.", "التوقيع صحيح.", "واژۆکە ڕاستە."),
    row("THE SIGNATURE DOES NOT HOLD: {}", "التوقيع غير صحيح: {}", "واژۆکە ڕاست نییە: {}"),
    row(
        "The signature is not checked: give --election with the frozen definition.",
        "لم يُفحص التوقيع: أعطِ --election مع التعريف المجمّد.",
        "واژۆکە نەپشکنراوە: --election لەگەڵ پێناسەی بەستراو بدە.",
    ),
    row("Election fingerprint {}", "بصمة الانتخاب {}", "پەنجەمۆری هەڵبژاردن {}"),
    row(
        "Paper: received {}, in the box {}, spoiled {}, unused {}; registered {}",
        "الورق: المستلم {}، وفي الصندوق {}، والتالف {}، وغير المستعمل {}؛ والمسجلون {}",
        "کاغەز: وەرگیراو {}، لە سندوقدا {}، تێکچوو {}، بەکارنەهاتوو {}؛ تۆمارکراو {}",
    ),
    row(
        "add it up with the slips of its own election",
        "اجمعه مع أشرطة انتخابه",
        "لەگەڵ پسووڵەکانی هەڵبژاردنی خۆیدا کۆی بکەرەوە",
    ),
    row(
        "give --election with the definition of its own election",
        "أعطِ --election مع تعريف انتخابه",
        "--election بدە لەگەڵ پێناسەی هەڵبژاردنی خۆی",
    ),
    row(
        "photograph or scan the printed paper; `sanad station report --slip slip.png` draws a picture",
        "صوّر الورقة المطبوعة أو امسحها؛ ويرسم `sanad station report --slip slip.png` صورة",
        "وێنەی کاغەزە چاپکراوەکە بگرە یان سکانی بکە؛ `sanad station report --slip slip.png` وێنەیەک دەکێشێت",
    ),
    row(
        "Ballots: cast {}, valid {}, blank {}, invalid {}, unread {}",
        "الأوراق: معدودة {}، صحيحة {}، بيضاء {}، باطلة {}، غير مقروءة {}",
        "کاغەزەکان: ژمێردراو {}، دروست {}، سپی {}، پووچەڵ {}، نەخوێنراوە {}",
    ),
    row(
        "Compare these figures with those printed on the paper in your hand.",
        "قارن هذه الأرقام بالمطبوعة على الورق الذي في يدك.",
        "ئەم ژمارانە لەگەڵ ئەوانەی لەسەر کاغەزەکەی دەستت چاپ کراون بەراورد بکە.",
    ),
    row(
        "keep the paper as evidence and compare it with another agent's copy",
        "احفظ الورق دليلاً وقارنه بنسخة وكيل آخر",
        "کاغەزەکە وەک بەڵگە هەڵبگرە و لەگەڵ وێنەی بریکارێکی تر بەراوردی بکە",
    ),
    row(
        "the device {} is not in the frozen key list",
        "الجهاز {} ليس في قائمة المفاتيح المجمّدة",
        "ئامێری {} لە لیستی کلیلە بەستراوەکاندا نییە",
    ),
    row(
        "the device {} is listed for station {}, the slip says {}",
        "الجهاز {} مدرج للمحطة {}، وشريط النتائج يقول {}",
        "ئامێری {} بۆ وێستگەی {} تۆمار کراوە، پسووڵەکە دەڵێت {}",
    ),
    row(
        "this slip is of another election: {} round {} {}",
        "هذا الشريط لانتخاب آخر: {} الجولة {} {}",
        "ئەم پسووڵەیە هی هەڵبژاردنێکی ترە: {} خولی {} {}",
    ),
    row(
        "compare it with the publication of its own election",
        "قارنه بنشر انتخابه هو",
        "لەگەڵ بڵاوکراوەی هەڵبژاردنی خۆی بەراوردی بکە",
    ),
    row(
        "the slip names the election fingerprint {}, the publication has {}",
        "يذكر الشريط بصمة الانتخاب {}، وفي النشر {}",
        "پسووڵەکە پەنجەمۆری هەڵبژاردنی {} ناو دەبات، بڵاوکراوەکە {}ی هەیە",
    ),
    row(
        "find out with the gazette which of the two is the election; keep the paper as evidence",
        "اعرف من الجريدة الرسمية أيهما هو الانتخاب؛ واحفظ الورق دليلاً",
        "لە ڕۆژنامەی فەرمیدا بزانە کامیان هەڵبژاردنەکەیە؛ کاغەزەکە وەک بەڵگە هەڵبگرە",
    ),
    row(
        "the publication has no results of station {} by this device and generation",
        "ليس في النشر نتائج للمحطة {} من هذا الجهاز وبرقم العدّ هذا",
        "بڵاوکراوەکە ئەنجامی وێستگەی {} لەم ئامێرە و ژمارەی ژماردنەوە تێدا نییە",
    ),
    row(
        "station {}: the copy that is counted differs from the slip; another copy is the same as the slip",
        "المحطة {}: النسخة المحتسبة تخالف الشريط؛ ونسخة أخرى تطابقه",
        "وێستگەی {}: ئەو وێنەیەی ژمێردراوە لە پسووڵەکە جیاوازە؛ وێنەیەکی تر وەک پسووڵەکەیە",
    ),
    row(
        "station {}: one of its copies is the same as the slip, and the copies differ",
        "المحطة {}: إحدى نسختيها تطابق الشريط، والنسختان مختلفتان",
        "وێستگەی {}: یەکێک لە وێنەکانی وەک پسووڵەکەیە، و وێنەکان جیاوازن",
    ),
    row(
        "station {}: the record names the figures of the slip, and the publication's file of them is gone or was changed",
        "المحطة {}: يذكر السجل أرقام الكشف، وملفها في النشر مفقود أو تغيّر",
        "وێستگەی {}: تۆمارەکە ژمارەکانی پسوولەکە ناو دەبات، و پەڕگەکەیان لە بڵاوکراوەکەدا نییە یان گۆڕدراوە",
    ),
    row(
        "station {}: the publication has exactly the figures that were printed",
        "المحطة {}: في النشر الأرقام المطبوعة عينها",
        "وێستگەی {}: بڵاوکراوەکە ڕێک ئەو ژمارانەی تێدایە کە چاپ کراون",
    ),
    row(
        "station {}: the publication differs from the slip",
        "المحطة {}: النشر يخالف الشريط",
        "وێستگەی {}: بڵاوکراوەکە لە پسووڵەکە جیاوازە",
    ),
    row("its figures are not counted: {}", "أرقامها غير محتسبة: {}", "ژمارەکانی ناژمێردرێن: {}"),
    row("the ballot account differs", "حساب أوراق الاقتراع مختلف", "ژمێرەی کاغەزەکانی دەنگدان جیاوازە"),
    row("{}: slip {}, publication {}", "{}: في الشريط {}، وفي النشر {}", "{}: لە پسووڵە {}، لە بڵاوکراوە {}"),
    row("{} bytes are more than a photo has", "{} بايت أكثر مما في صورة", "{} بایت لە وێنەیەک زیاترە"),
    row("give a photo of at most 64 MiB", "أعطِ صورة لا تزيد على ٦٤ MiB", "وێنەیەک بدە کە لە ٦٤ MiB زیاتر نەبێت"),
    row(
        "give a photo or a scan of the paper as PNG or JPEG, or a text file with its codes",
        "أعطِ صورة للورق أو مسحاً له بصيغة PNG أو JPEG، أو ملف نص فيه رموزه",
        "وێنەیەک یان سکانێکی کاغەزەکە بە PNG یان JPEG بدە، یان پەڕگەیەکی دەق کە کۆدەکانی تێدا بێت",
    ),
    row("this is no picture of a slip", "ليست هذه صورة شريط نتائج", "ئەمە وێنەی پسووڵەی ئەنجام نییە"),
    row(
        "take the photo closer, flat and in good light, so that each code fills a third of it",
        "صوّر من أقرب، والورق مستوٍ والضوء جيد، بحيث يملأ كل رمز ثلث الصورة",
        "لە نزیکترەوە وێنە بگرە، کاغەزەکە ڕاست بێت و ڕووناکی باش بێت، بە جۆرێک هەر کۆدێک سێیەکی وێنەکە پڕ بکاتەوە",
    ),
    row("no code of a slip can be read", "لا يُقرأ أي رمز من شريط نتائج", "هیچ کۆدێکی پسووڵەی ئەنجام ناخوێندرێتەوە"),
    row(
        "not a code of a slip: it begins with SANAD1: and its number",
        "ليس رمز شريط نتائج: فهو يبدأ بـ SANAD1: ورقمه",
        "کۆدی پسووڵەی ئەنجام نییە: بە SANAD1: و ژمارەکەی دەست پێ دەکات",
    ),
    row("these codes are of several slips", "هذه رموز أشرطة عدة", "ئەم کۆدانە هی چەند پسووڵەیەکن"),
    row("codes {} of {} are missing", "الرموز {} من {} مفقودة", "کۆدەکانی {} لە {} نین"),
    row("a code was altered or misread", "رمز غُيّر أو أُسيئت قراءته", "کۆدێک گۆڕدراوە یان بە هەڵە خوێنراوەتەوە"),
    row("the slip: {}", "شريط النتائج: {}", "پسووڵەی ئەنجام: {}"),
    row(
        "the figures of the slip are not in their one form",
        "أرقام الشريط ليست في صورتها الواحدة",
        "ژمارەکانی پسووڵەکە لە شێوە تاکەکەی خۆیاندا نین",
    ),
    row("the figures do not fit 99 codes", "الأرقام لا تسعها ٩٩ رمزاً", "ژمارەکان لە ٩٩ کۆددا جێیان نابێتەوە"),
];
