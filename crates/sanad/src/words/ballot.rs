//! Ballots: drawn and read.

use super::{Row, row};

/// The rows.
pub const ROWS: &[Row] = &[
    row("sheet {}: rejected [{}] {}", "الورقة {}: رُفضت [{}] {}", "کاغەزی {}: ڕەت کرایەوە [{}] {}"),
    row("sheet {}: read", "الورقة {}: قُرئت", "کاغەزی {}: خوێنرایەوە"),
    row("  {}: in doubt: {}", "  {}: مشكوك فيه: {}", "  {}: گوماناوی: {}"),
    row(
        "there is no ballot style '{}' in the definition",
        "لا نموذج ورقة '{}' في التعريف",
        "جۆری کاغەزی '{}' لە پێناسەکەدا نییە",
    ),
    row(
        "--fingerprint is missing: sheets carry it",
        "--fingerprint غير معطى: والأوراق تحمله",
        "--fingerprint نەدراوە: کاغەزەکان هەڵیانگرتووە",
    ),
    row(
        "give --fingerprint DIR/fingerprint.txt",
        "أعطِ `--fingerprint DIR/fingerprint.txt`",
        "`--fingerprint DIR/fingerprint.txt` بدە",
    ),
    row(
        "No fingerprint is on these sheets: they are good for looking at only.",
        "لا بصمة على هذه الأوراق: فهي للنظر فقط.",
        "هیچ پەنجەمۆرێک لەسەر ئەم کاغەزانە نییە: تەنها بۆ سەیرکردنن.",
    ),
    row(
        "not the code of a ballot sheet: {} is wrong",
        "ليس رمز ورقة اقتراع: {} خطأ",
        "کۆدی کاغەزی دەنگدان نییە: {} هەڵەیە",
    ),
    row("the image cannot be decoded: {}", "لا تُقرأ الصورة: {}", "وێنەکە ناکرێتەوە: {}"),
    row(
        "it is neither PNG, JPEG, PGM (P5) nor PBM (P4)",
        "ليست PNG ولا JPEG ولا PGM (P5) ولا PBM (P4)",
        "نە PNG، نە JPEG، نە PGM (P5) و نە PBM (P4)یە",
    ),
    row(
        "the image is too small: {} by {} pixels",
        "الصورة صغيرة جداً: {} في {} بكسل",
        "وێنەکە زۆر بچووکە: {} لە {} پیکسڵ",
    ),
    row(
        "the image is too large: {} by {} pixels",
        "الصورة كبيرة جداً: {} في {} بكسل",
        "وێنەکە زۆر گەورەیە: {} لە {} پیکسڵ",
    ),
    row(
        "{}: the outlines of {} of {} ovals are where the timing marks say",
        "{}: محيط {} من {} من دوائر الاختيار حيث تقول علامات التوقيت",
        "{}: هێڵی دەوری {} لە {} بازنەی هەڵبژاردن لەو شوێنەدایە کە نیشانەکانی کات دەڵێن",
    ),
    row(
        "{}: there is no ballot sheet on the image",
        "{}: لا ورقة اقتراع في الصورة",
        "{}: هیچ کاغەزی دەنگدانێک لە وێنەکەدا نییە",
    ),
    row(
        "{}: {} of {} timing marks found on the {} edge; first missing: number {}",
        "{}: وُجدت {} من {} علامات الضبط على الحافة {}؛ أول مفقودة رقم {}",
        "{}: {} لە {} نیشانەی ڕێکخستن لەسەر لێواری {} دۆزرایەوە؛ یەکەمی نەبوو: ژمارە {}",
    ),
    row(
        "{}: the {} part of the sheet is not on the image",
        "{}: الجزء {} من الورقة ليس في الصورة",
        "{}: بەشی {}ی کاغەزەکە لە وێنەکەدا نییە",
    ),
    row("{}: the image is mirrored", "{}: الصورة معكوسة", "{}: وێنەکە پێچەوانەیە"),
    row(
        "{}: a streak {} pixels wide runs down the image at column {}",
        "{}: خط عرضه {} بكسل يمتد في الصورة عند العمود {}",
        "{}: هێڵێک بە پانی {} پیکسڵ لە ستوونی {}ی وێنەکەدا دێتە خوارەوە",
    ),
    row("{}: the QR code cannot be read", "{}: لا يُقرأ رمز QR", "{}: کۆدی QR ناخوێندرێتەوە"),
    row(
        "{}: the QR code is not that of a ballot sheet",
        "{}: رمز QR ليس رمز ورقة اقتراع",
        "{}: کۆدی QR هی کاغەزی دەنگدان نییە",
    ),
    row("{}: the sheet is of another election", "{}: الورقة لانتخاب آخر", "{}: کاغەزەکە هی هەڵبژاردنێکی ترە"),
    row(
        "{}: the sheet was printed for {}, not for {}",
        "{}: طُبعت الورقة لـ {}، لا لـ {}",
        "{}: کاغەزەکە بۆ {} چاپ کراوە، نەک بۆ {}",
    ),
    row("{}: there is no sheet {} of style {}", "{}: لا ورقة {} من النموذج {}", "{}: کاغەزی {} لە جۆری {} نییە"),
    row(
        "the back comes before the front, so that the two may be of two sheets",
        "جاء الظهر قبل الوجه، فقد تكون الصورتان من ورقتين",
        "ڕووی پشتەوە پێش ڕووی پێشەوە هات، لەوانەیە دوو وێنەکە هی دوو پەڕە بن",
    ),
    row(
        "the two images are not the front and the back of one sheet",
        "الصورتان ليستا وجه ورقة واحدة وظهرها",
        "دوو وێنەکە ڕوو و پشتی یەک کاغەز نین",
    ),
    row("the {} is not among the images", "{} ليس بين الصور", "{} لەنێو وێنەکاندا نییە"),
    row("front image", "صورة الوجه", "وێنەی ڕوو"),
    row("back image", "صورة الظهر", "وێنەی پشت"),
    row("front", "الوجه", "ڕوو"),
    row("back", "الظهر", "پشت"),
    row(
        "not a VotingWorks election definition: {}",
        "ليس تعريف انتخاب من VotingWorks: {}",
        "پێناسەی هەڵبژاردنی VotingWorks نییە: {}",
    ),
    row(
        "{} sheets: {} ovals marked, {} in doubt, {} not marked; {} are otherwise by the definition's thresholds",
        "الأوراق {}: علامات {}، مشكوك فيها {}، بلا علامة {}؛ وتختلف {} بحدود التعريف",
        "{} کاغەز: {} نیشانەکراو، {} گوماناوی، {} بێ نیشانە؛ {} بە سنوورەکانی پێناسە جیاوازن",
    ),
    row(
        "the score from grey contradicts the one that counts at {} of {} ovals",
        "تخالف القراءة الرمادية القراءة المعتمدة في {} من {} من دوائر الاختيار",
        "خوێندنەوەی خۆڵەمێشی لە {} لە {} بازنەی هەڵبژاردن پێچەوانەی ئەوەیە کە دەژمێردرێت",
    ),
    row(
        "record {}, {}, {}: {} by the definition, {} by these",
        "السجل {}، {}، {}: {} بحدود التعريف، و{} بهذه",
        "تۆماری {}، {}، {}: {} بە پێناسە، {} بەمانە",
    ),
    row("the paper size '{}' is not known", "حجم الورق '{}' غير معروف", "قەبارەی کاغەزی '{}' ناسراو نییە"),
    row("the definition has no grid layouts", "ليس في التعريف تخطيط شبكي", "پێناسەکە هیچ دیزاینێکی تۆڕی تێدا نییە"),
    row(
        "the position of an option of contest '{}' is not on the grid",
        "موضع خيار في المنافسة '{}' ليس على الشبكة",
        "شوێنی هەڵبژاردەیەکی کێبڕکێی '{}' لەسەر تۆڕەکە نییە",
    ),
    row(
        "contest {} does not fit on sheet {} of style {}, even on both sides",
        "المنافسة {} لا تسعها الورقة {} من النموذج {} ولو بوجهيها",
        "کێبڕکێی {} لەسەر کاغەزی {}ی جۆری {} جێی نابێتەوە، تەنانەت لە هەردوو ڕووەکەی",
    ),
    row("contest {} has nothing to mark", "ليس في المنافسة {} ما يُؤشر", "کێبڕکێی {} هیچی تێدا نییە کە نیشانە بکرێت"),
    row(
        "Give the contest a sheet of its own in contests.csv.",
        "أعطِ المنافسة ورقة خاصة في contests.csv.",
        "لە contests.csv کاغەزێکی تایبەت بدە بە کێبڕکێکە.",
    ),
    row(
        "Add its lists or candidates, or remove the contest.",
        "أضف قوائمها أو مرشحيها، أو احذف المنافسة.",
        "لیست یان کاندیدەکانی زیاد بکە، یان کێبڕکێکە لاببە.",
    ),
    row(
        "Scan the sheet again at 200 to 300 dpi as PNG, JPEG or PGM.",
        "امسح الورقة ثانية بدقة ٢٠٠ إلى ٣٠٠ نقطة بصيغة PNG أو JPEG أو PGM.",
        "کاغەزەکە دووبارە بە ٢٠٠ تا ٣٠٠ خاڵ وەک PNG، JPEG یان PGM سکان بکە.",
    ),
    row(
        "Feed the whole sheet again, one at a time.",
        "أدخل الورقة كاملة ثانية، واحدة في كل مرة.",
        "کاغەزەکە بە تەواوی دووبارە بدە، هەر جارە یەک دانە.",
    ),
    row(
        "Flatten the sheet and scan it again; if it is torn, put it aside as unread.",
        "سوِّ الورقة وامسحها ثانية؛ فإن كانت ممزقة فنحّها غير مقروءة.",
        "کاغەزەکە ڕاست بکەرەوە و دووبارە سکانی بکە؛ ئەگەر دڕاوە، وەک نەخوێنراوە لایبدە.",
    ),
    row(
        "Stop, clean the scanner's glass, and scan the sheet again.",
        "توقف، ونظف زجاج الماسح، وامسح الورقة ثانية.",
        "بوەستە، شووشەی سکانەرەکە پاک بکەرەوە و کاغەزەکە دووبارە سکان بکە.",
    ),
    row(
        "Scan the sheet again; if its code is damaged, put it aside as unread.",
        "امسح الورقة ثانية؛ فإن كان رمزها تالفاً فنحّها غير مقروءة.",
        "کاغەزەکە دووبارە سکان بکە؛ ئەگەر کۆدەکەی تێکچووە، وەک نەخوێنراوە لایبدە.",
    ),
    row(
        "Put the sheet aside as unread: it does not belong in this count.",
        "نحِّ الورقة غير مقروءة: فليست من هذا العدّ.",
        "کاغەزەکە وەک نەخوێنراوە لابدە: جێی لەم ژماردنەدا نییە.",
    ),
    row(
        "See whether a page is missing, lay every sheet with its front first, and scan again from this sheet on.",
        "انظر هل تنقص صفحة، وضع كل ورقة ووجهها أولاً، وامسح ثانية من هذه الورقة فصاعداً.",
        "سەیر بکە ئاخۆ لاپەڕەیەک کەمە، هەموو پەڕەیەک بە ڕووی پێشەوە یەکەم دابنێ، و لەم پەڕەیەوە دووبارە سکان بکە.",
    ),
    row(
        "Scan both sides of the sheet again, one sheet at a time.",
        "امسح وجهي الورقة ثانية، ورقة في كل مرة.",
        "هەردوو ڕووی کاغەزەکە دووبارە سکان بکە، هەر جارە یەک کاغەز.",
    ),
    row(
        "Give election.json as VotingWorks exports it.",
        "أعطِ election.json كما يصدّره VotingWorks.",
        "election.json وەک VotingWorks دەینێرێتە دەرەوە بدە.",
    ),
    row(
        "Use letter, legal or a custom size of VotingWorks.",
        "استعمل letter أو legal أو حجماً خاصاً من VotingWorks.",
        "letter، legal یان قەبارەیەکی تایبەتی VotingWorks بەکاربهێنە.",
    ),
    row(
        "Give the definition that the ballots were printed from.",
        "أعطِ التعريف الذي طُبعت منه الأوراق.",
        "ئەو پێناسەیە بدە کە کاغەزەکانی لێوە چاپ کراون.",
    ),
    // Drawing
    row(
        "a text of {} bytes does not fit a QR code",
        "نص طوله {} بايت لا يسعه رمز QR",
        "دەقێکی {} بایتی لە کۆدی QRدا جێی نابێتەوە",
    ),
    row(
        "the layout names '{}', which the definition does not have",
        "يذكر التخطيط '{}'، وليس في التعريف",
        "دیزاینەکە '{}' ناو دەبات، کە لە پێناسەکەدا نییە",
    ),
    row("the document cannot be set: {}", "لا تُصفّ الوثيقة: {}", "بەڵگەنامەکە ڕێک ناخرێت: {}"),
    row("the document cannot be written as PDF: {}", "لا تُكتب الوثيقة PDF: {}", "بەڵگەنامەکە وەک PDF نانووسرێت: {}"),
    row(
        "page {} cannot be drawn at {} dots an inch",
        "لا تُرسم الصفحة {} بدقة {} نقطة في البوصة",
        "پەڕەی {} بە {} خاڵ لە ئینجێکدا ناکێشرێت",
    ),
    row(
        "split the text over several codes of at most 1,100 bytes",
        "وزّع النص على رموز عدة لا يزيد كل منها على ١٬١٠٠ بايت",
        "دەقەکە بەسەر چەند کۆدێکدا دابەش بکە کە هەریەکەیان لە ١٬١٠٠ بایت زیاتر نەبێت",
    ),
    row(
        "make the layout again from this definition",
        "أعدّ التخطيط ثانية من هذا التعريف",
        "دیزاینەکە دووبارە لەم پێناسەیەوە دروست بکە",
    ),
    row(
        "report this with the definition at hand; the data is kept",
        "أبلغ عن هذا ومعك التعريف؛ فالبيانات محفوظة",
        "ئەمە لەگەڵ پێناسەکە ڕابگەیەنە؛ داتاکان هەڵگیراون",
    ),
    row(
        "print the PNG instead and report this with the definition at hand",
        "اطبع PNG بدله وأبلغ عن هذا ومعك التعريف",
        "لە جیاتی ئەوە PNG چاپ بکە و ئەمە لەگەڵ پێناسەکە ڕابگەیەنە",
    ),
    row(
        "ask for an existing page at 50 to 1,200 dots an inch",
        "اطلب صفحة موجودة بدقة ٥٠ إلى ١٬٢٠٠ نقطة في البوصة",
        "داوای پەڕەیەکی هەبوو بکە بە ٥٠ تا ١٬٢٠٠ خاڵ لە ئینجێکدا",
    ),
    row("the definition has more than {} sheets", "في التعريف أكثر من {} ورقة", "پێناسەکە زیاتر لە {} کاغەزی تێدایە"),
    row(
        "Export the ballot styles that are counted, and no others.",
        "صدّر نماذج الأوراق التي تُعدّ، لا غيرها.",
        "تەنها ئەو جۆرە کاغەزانە بنێرە دەرەوە کە دەژمێردرێن.",
    ),
];
