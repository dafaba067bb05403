//! The receiving service and the relay.

use super::{Row, row};

/// The rows.
pub const ROWS: &[Row] = &[
    // sanad intake, sanad relay
    row("relay", "إرسال", "ناردن"),
    row("The intake is closed.", "أُغلقت خدمة الاستلام.", "خزمەتگوزاری وەرگرتن داخرا."),
    row(
        "{} packages and {} leaves in {}; carry it to the centre one way",
        "حزم {} وأوراق سجل {} في {}؛ احملها إلى المركز باتجاه واحد",
        "{} پاکێج و {} گەڵا لە {}؛ بە یەک ئاراستە بیبە بۆ ناوەند",
    ),
    row(
        "name another file; a configuration is never overwritten",
        "سمِّ ملفاً آخر؛ فلا يُكتب فوق إعداد أبداً",
        "پەڕگەیەکی تر ناو بنێ؛ ڕێکخستن هەرگیز بەسەریدا نانووسرێت",
    ),
    row(
        "Wrote {}. Edit it, then: sanad intake serve --config {}",
        "كُتب {}. حرره، ثم: `sanad intake serve --config` {}",
        "{} نووسرا. دەستکاری بکە، پاشان: `sanad intake serve --config` {}",
    ),
    row(
        "Receiving on https://{}; Ctrl-C ends it",
        "الاستلام على https://{}؛ وينهيه Ctrl-C",
        "وەرگرتن لەسەر https://{}؛ Ctrl-C کۆتایی پێ دەهێنێت",
    ),
    row(
        "Ended; nothing that was acknowledged still waits for the disk.",
        "انتهى؛ ولا شيء مما أُقرّ به ينتظر القرص.",
        "کۆتایی هات؛ هیچ شتێک کە دانی پێدا نراوە چاوەڕێی دیسک ناکات.",
    ),
    row(
        "{}: has a receipt, and the store has lost or damaged it; the station's memory stick has it",
        "{}: له إيصال، وقد فقده المخزن أو تلف فيه؛ وهو في ذاكرة المحطة",
        "{}: وەسڵی هەیە، و کۆگاکە لەدەستی داوە یان تێکی داوە؛ فلاشی وێستگەکە هەیەتی",
    ),
    row("nothing is exported to {}: {}", "لا يُصدَّر شيء إلى {}: {}", "هیچ شتێک بۆ {} هەناردە ناکرێت: {}"),
    row(
        "it is the folder of the service, in it, or around it",
        "هو مجلد الخدمة، أو فيه، أو حوله",
        "بوخچەی خزمەتگوزارییەکەیە، یان لەناویدایە، یان لە دەوریدایە",
    ),
    row(
        "it holds something else than an earlier export",
        "فيه غير تصدير سابق",
        "شتێکی تری تێدایە جگە لە هەناردەیەکی پێشوو",
    ),
    row(
        "name an empty folder, one that is not there yet, or the folder of an earlier export",
        "سمِّ مجلداً فارغاً، أو مجلداً غير موجود بعد، أو مجلد تصدير سابق",
        "بوخچەیەکی بەتاڵ، یان یەکێک کە هێشتا نییە، یان بوخچەی هەناردەیەکی پێشوو ناو بنێ",
    ),
    row("{}: received; receipt {}", "{}: استُلمت؛ الإيصال {}", "{}: وەرگیرا؛ وەسڵ {}"),
    row(
        "{}: no link ({}); trying again in {} s. What has arrived is kept; Ctrl-C ends it",
        "{}: لا اتصال ({})؛ محاولة أخرى بعد {} ثانية. ما وصل محفوظ؛ وينهيها Ctrl-C",
        "{}: پەیوەندی نییە ({})؛ دوای {} چرکە هەوڵێکی تر. ئەوەی گەیشتووە هەڵگیراوە؛ Ctrl-C کۆتایی پێ دەهێنێت",
    ),
    row("no label lies in this folder", "لا ملصق في هذا المجلد", "هیچ ناسنامەی پاکێجێک لەم بوخچەیەدا نییە"),
    row(
        "name the folder that the station handed over, with its .label.json",
        "سمِّ المجلد الذي سلّمته المحطة، وفيه .label.json",
        "ناوی ئەو بوخچەیە بدە کە وێستگەکە ڕادەستی کردووە، لەگەڵ .label.json",
    ),
    row("this is no label of a package", "ليس هذا ملصق حزمة", "ئەمە ناسنامەی پاکێج نییە"),
    row(
        "name the file that ends in .label.json; its other two files go with it",
        "سمِّ الملف الذي ينتهي اسمه بـ .label.json؛ والملفان الآخران معه",
        "ناوی ئەو پەڕگەیە بدە کە بە .label.json کۆتایی دێت؛ دوو پەڕگەکەی تری لەگەڵیدان",
    ),
    // What stops the service
    row("TLS: {}", "TLS: {}", "TLS: {}"),
    row("certificate: {}", "الشهادة: {}", "بڕوانامە: {}"),
    row("cannot listen on {}: {}", "لا يمكن الاستماع على {}: {}", "ناتوانرێت لەسەر {} گوێ بگیرێت: {}"),
    row("the witness '{}': {}", "الشاهد '{}': {}", "شایەتی '{}': {}"),
    row(
        "its address is not http:// or https:// and a host",
        "عنوانه ليس http:// أو https:// ثم اسم مضيف",
        "ناونیشانەکەی http:// یان https:// و ناوی خانەخوێ نییە",
    ),
    row(
        "https needs the authority of its certificate",
        "يحتاج https إلى جهة إصدار شهادته",
        "https پێویستی بە دەرکەری بڕوانامەکەی هەیە",
    ),
    row(
        "no witness signs under this name in keys/witnesses.csv",
        "لا شاهد يوقّع بهذا الاسم في keys/witnesses.csv",
        "هیچ شایەتێک بەم ناوە لە keys/witnesses.csv واژۆ ناکات",
    ),
    row(
        "correct [[witness]] in the configuration, or the key list before the freeze",
        "صحح [[witness]] في الإعداد، أو قائمة المفاتيح قبل التجميد",
        "[[witness]] لە ڕێکخستنەکەدا ڕاست بکەرەوە، یان لیستی کلیل پێش بەستن",
    ),
    row("the disk did not confirm {}: {}", "لم يؤكد القرص {}: {}", "دیسکەکە {} پشتڕاست نەکردەوە: {}"),
    row("database: {}", "قاعدة البيانات: {}", "بنکەی داتا: {}"),
    row("SQLite {} is older than 3.51.3", "SQLite {} أقدم من 3.51.3", "SQLite {} لە 3.51.3 کۆنترە"),
    row(
        "SQLite does not commit durably here: {}, where journal_mode=wal, synchronous=2 are needed",
        "SQLite لا يثبّت هنا ما يُكتب تثبيتاً يبقى: {}، والمطلوب journal_mode=wal وsynchronous=2",
        "SQLite لێرە نووسینەکان بە مانەوەیی جێگیر ناکات: {}، پێویستە journal_mode=wal و synchronous=2 بن",
    ),
    row("log: {}", "السجل: {}", "تۆمار: {}"),
    row("leaf {} of the intake log: {}", "الورقة {} من سجل الاستلام: {}", "گەڵای {} لە تۆماری وەرگرتن: {}"),
    row("signing: {}", "التوقيع: {}", "واژۆکردن: {}"),
    row("election: {}", "الانتخاب: {}", "هەڵبژاردن: {}"),
    row("{} is held by a running service", "{} تمسكه خدمة تعمل", "{} لە دەستی خزمەتگوزارییەکی کارپێکراودایە"),
    row("the service stopped: {}", "توقفت الخدمة: {}", "خزمەتگوزارییەکە وەستا: {}"),
    row(
        "the running service did not close in time",
        "لم تُغلق الخدمة العاملة في الوقت",
        "خزمەتگوزاریی کارپێکراو لە کاتی خۆیدا دانەخرا",
    ),
    row(
        "correct the file; `sanad intake new` writes one with every setting",
        "صحّح الملف؛ و`sanad intake new` يكتب ملفاً فيه كل إعداد",
        "پەڕگەکە ڕاست بکەرەوە؛ `sanad intake new` یەکێک دەنووسێت کە هەموو ڕێکخستنێکی تێدایە",
    ),
    row(
        "make new certificates with `sanad key tls`",
        "اصنع شهادات جديدة بـ `sanad key tls`",
        "بڕوانامەی نوێ بە `sanad key tls` دروست بکە",
    ),
    row(
        "end the program that has the port, or write another address in the configuration",
        "أنهِ البرنامج الذي يشغل المنفذ، أو اكتب عنواناً آخر في الإعداد",
        "ئەو بەرنامەیە کۆتایی پێ بهێنە کە پۆرتەکەی گرتووە، یان ناونیشانێکی تر لە ڕێکخستنەکەدا بنووسە",
    ),
    row(
        "check the disk; nothing without a receipt counts as stored",
        "افحص القرص؛ فما لا إيصال له لا يُعدّ مخزوناً",
        "دیسکەکە بپشکنە؛ هیچ شتێک بەبێ وەسڵ بە هەڵگیراو دانانرێت",
    ),
    row(
        "check the disk and the folder's owner; the log is not affected",
        "افحص القرص ومالك المجلد؛ فالسجل لم يتأثر",
        "دیسکەکە و خاوەنی بوخچەکە بپشکنە؛ تۆمارەکە کاریگەر نەبووە",
    ),
    row("build with the bundled SQLite", "ابنِ البرنامج مع SQLite المرفق", "بەرنامەکە لەگەڵ SQLiteی هاوپێچ دروست بکە"),
    row(
        "put the folder on a local disk (ext4, xfs), not on a network share",
        "ضع المجلد على قرص محلي (ext4 أو xfs)، لا على مشاركة شبكية",
        "بوخچەکە لەسەر دیسکێکی ناوخۆیی (ext4، xfs) دابنێ، نەک لەسەر بەشێکی هاوبەشی تۆڕ",
    ),
    row(
        "bring back the newest copy of the folder; a log that goes back would give out a second history",
        "أعد أحدث نسخة من المجلد؛ فسجل يرجع إلى الوراء يُخرج تاريخاً ثانياً",
        "نوێترین وێنەی بوخچەکە بگەڕێنەوە؛ تۆمارێک کە بگەڕێتەوە دواوە مێژوویەکی دووەم دەردەکات",
    ),
    row(
        "keep a copy of the folder and compare it with a witness's checkpoint",
        "احفظ نسخة من المجلد وقارنها بنقطة تحقق لدى شاهد",
        "وێنەیەکی بوخچەکە هەڵبگرە و لەگەڵ خاڵی پشکنینی شایەتێک بەراوردی بکە",
    ),
    row("check the intake's keys", "تحقق من مفاتيح خدمة الاستلام", "کلیلەکانی خزمەتگوزاری وەرگرتن بپشکنە"),
    row(
        "run `sanad election check` on the folder",
        "شغّل `sanad election check` على المجلد",
        "`sanad election check` لەسەر بوخچەکە بەکاربهێنە",
    ),
    row("stop the service first", "أوقف الخدمة أولاً", "سەرەتا خزمەتگوزارییەکە بوەستێنە"),
    row(
        "check the disk, then start the service again; relays resume by themselves",
        "افحص القرص، ثم شغّل الخدمة ثانية؛ ويستأنف المرسلون من أنفسهم",
        "دیسکەکە بپشکنە، پاشان خزمەتگوزارییەکە دووبارە دەست پێ بکە؛ نێرەرەکان خۆیان بەردەوام دەبن",
    ),
    // What it refuses
    row("the body cannot be read: {}", "لا يُقرأ جسم الطلب: {}", "جەستەی داواکارییەکە ناخوێندرێتەوە: {}"),
    row("the name is refused: {}", "رُفض الاسم: {}", "ناوەکە ڕەت کرایەوە: {}"),
    row(
        "device {} is not listed for this election",
        "الجهاز {} غير مدرج لهذا الانتخاب",
        "ئامێری {} بۆ ئەم هەڵبژاردنە تۆمار نەکراوە",
    ),
    row(
        "device {} is not listed for station {}",
        "الجهاز {} غير مدرج للمحطة {}",
        "ئامێری {} بۆ وێستگەی {} تۆمار نەکراوە",
    ),
    row(
        "the label's signature is not by the listed key of device {}",
        "توقيع الملصق ليس بالمفتاح المدرج للجهاز {}",
        "واژۆی ناسنامەی پاکێج بە کلیلی تۆمارکراوی ئامێری {} نییە",
    ),
    row("the label is of election {}", "الملصق للانتخاب {}", "ناسنامەی پاکێج هی هەڵبژاردنی {}ـە"),
    row("the label is of round {}", "الملصق للجولة {}", "ناسنامەی پاکێج هی خولی {}ـە"),
    row("the label is of mode {}", "الملصق لوضع {}", "ناسنامەی پاکێج هی دۆخی {}ـە"),
    row("the intake is closed", "خدمة الاستلام مغلقة", "خزمەتگوزاری وەرگرتن داخراوە"),
    row("the bytes hash to {}", "بصمة البايتات {}", "هاشی بایتەکان {}ـە"),
    row("the chunk list is refused: {}", "رُفضت قائمة القطع: {}", "لیستی پارچەکان ڕەت کرایەوە: {}"),
    row(
        "no announced file has this chunk",
        "لا ملف معلن فيه هذه القطعة",
        "هیچ پەڕگەیەکی ڕاگەیەنراو ئەم پارچەیەی تێدا نییە",
    ),
    row(
        "the chunks together hash to {}, which is not the file that the label names",
        "بصمة القطع معاً {}، وليست الملف الذي يذكره الملصق",
        "هاشی پارچەکان پێکەوە {}ـە، کە ئەو پەڕگەیە نییە ناسنامەی پاکێج ناوی دەبات",
    ),
    row(
        "the results of this package are not complete yet",
        "لم تكتمل نتائج هذه الحزمة بعد",
        "ئەنجامەکانی ئەم پاکێجە هێشتا تەواو نین",
    ),
    row("larger than the limit of {} bytes", "أكبر من الحد {} بايت", "لە سنووری {} بایت گەورەترە"),
    row("the quota is used up: {}", "استُنفدت الحصة المسموحة: {}", "بەشی ڕێپێدراو تەواو بووە: {}"),
    row("nothing of that name is known here", "لا شيء بهذا الاسم هنا", "هیچ شتێک بەم ناوە لێرە ناسراو نییە"),
    row(
        "the package is not complete, so there is no receipt",
        "الحزمة غير كاملة، فلا إيصال",
        "پاکێجەکە تەواو نییە، بۆیە وەسڵ نییە",
    ),
    row("encoded bodies are not taken", "لا تُقبل أجسام مرمّزة", "جەستەی کۆدکراو وەرناگیرێت"),
    row("the body did not arrive in time", "لم يصل جسم الطلب في الوقت", "جەستەی داواکارییەکە لە کاتی خۆیدا نەگەیشت"),
    row("nothing was stored: {}", "لم يُخزن شيء: {}", "هیچ هەڵنەگیرا: {}"),
    row(
        "send what the API's documentation says, unencoded",
        "أرسل ما تقوله وثائق الواجهة، بلا ترميز",
        "ئەوە بنێرە کە بەڵگەنامەی API دەیڵێت، بەبێ کۆدکردن",
    ),
    row(
        "use the names in the label, as the station wrote them",
        "استعمل الأسماء التي في الملصق كما كتبتها المحطة",
        "ئەو ناوانە بەکاربهێنە کە لە ناسنامەی پاکێجدان، وەک وێستگەکە نووسیویەتی",
    ),
    row(
        "keep the files; the commission decides on a package of an unlisted device",
        "احفظ الملفات؛ فالمفوضية تقرر في حزمة جهاز غير مدرج",
        "پەڕگەکان هەڵبگرە؛ کۆمسیۆن لەسەر پاکێجی ئامێری تۆمارنەکراو بڕیار دەدات",
    ),
    row(
        "copy the label from the station's medium again",
        "انسخ الملصق ثانية من وسيط المحطة",
        "ناسنامەی پاکێج دووبارە لە میدیای وێستگەکە کۆپی بکە",
    ),
    row(
        "send it to the intake of the election, round and mode that the label names",
        "أرسلها إلى خدمة استلام الانتخاب والجولة والوضع المذكورة في الملصق",
        "بینێرە بۆ خزمەتگوزاری وەرگرتنی ئەو هەڵبژاردن و خول و دۆخەی ناسنامەی پاکێج ناوی دەبات",
    ),
    row(
        "bring the memory stick; the centre decides on late packages",
        "أحضر الذاكرة؛ فالمركز يقرر في الحزم المتأخرة",
        "فلاشەکە بهێنە؛ ناوەند لەسەر پاکێجە دواکەوتووەکان بڕیار دەدات",
    ),
    row(
        "copy the file from the station's medium again and resend it",
        "انسخ الملف ثانية من وسيط المحطة وأعد إرساله",
        "پەڕگەکە دووبارە لە میدیای وێستگەکە کۆپی بکە و بینێرەوە",
    ),
    row(
        "list the SHA-256 of every 1 MiB chunk of the file, in order",
        "اسرد SHA-256 لكل قطعة من ١ MiB من الملف بالترتيب",
        "SHA-256ی هەر پارچەیەکی ١ MiBی پەڕگەکە بە ڕیز بنووسە",
    ),
    row("send the file's chunk list first", "أرسل قائمة قطع الملف أولاً", "سەرەتا لیستی پارچەکانی پەڕگەکە بنێرە"),
    row("send the results first", "أرسل النتائج أولاً", "سەرەتا ئەنجامەکان بنێرە"),
    row(
        "ask the commission to raise the limit",
        "اطلب من المفوضية رفع الحد",
        "داوا لە کۆمسیۆن بکە سنوورەکە بەرز بکاتەوە",
    ),
    row("send the label first", "أرسل الملصق أولاً", "سەرەتا ناسنامەی پاکێج بنێرە"),
    row("send the chunks that are missing", "أرسل القطع المفقودة", "پارچە نەبووەکان بنێرە"),
    row(
        "try again; what has arrived is kept",
        "حاول ثانية؛ فما وصل محفوظ",
        "دووبارە هەوڵ بدە؛ ئەوەی گەیشتووە هەڵگیراوە",
    ),
    row("try again later; keep the files", "حاول لاحقاً؛ واحفظ الملفات", "دواتر هەوڵ بدەوە؛ پەڕگەکان هەڵبگرە"),
    // Why a package was not sent
    row("'{}' is not https://HOST:PORT", "'{}' ليس https://HOST:PORT", "'{}' https://HOST:PORT نییە"),
    row(
        "the server is not the one that was expected: {}",
        "الخادم ليس المتوقع: {}",
        "ڕاژەکارەکە ئەوەی چاوەڕوانکراو نییە: {}",
    ),
    row("the connection failed: {}", "فشل الاتصال: {}", "پەیوەندییەکە سەرکەوتوو نەبوو: {}"),
    row("refused: {}: {}", "رُفضت: {}: {}", "ڕەت کرایەوە: {}: {}"),
    row("the answer cannot be read: {}", "لا يُقرأ الجواب: {}", "وەڵامەکە ناخوێندرێتەوە: {}"),
    row(
        "the receipt is not signed by a listed intake key: {}",
        "الإيصال غير موقّع بمفتاح مدرج لخدمة الاستلام: {}",
        "وەسڵەکە بە کلیلێکی تۆمارکراوی خزمەتگوزاری وەرگرتن واژۆ نەکراوە: {}",
    ),
    row("the receipt is not for this package: {}", "الإيصال ليس لهذه الحزمة: {}", "وەسڵەکە هی ئەم پاکێجە نییە: {}"),
    row("no answer in time", "لا جواب في الوقت", "لە کاتی خۆیدا وەڵام نەبوو"),
    row(
        "give the address that the commission announced",
        "أعطِ العنوان الذي أعلنته المفوضية",
        "ئەو ناونیشانە بدە کە کۆمسیۆن ڕایگەیاندووە",
    ),
    row(
        "copy the three files from the station's medium again",
        "انسخ الملفات الثلاثة ثانية من وسيط المحطة",
        "هەر سێ پەڕگەکە دووبارە لە میدیای وێستگەکە کۆپی بکە",
    ),
    row(
        "do not send; report it to the commission, someone may be in between",
        "لا ترسل؛ وأبلغ المفوضية، فربما كان أحد في الوسط",
        "مەینێرە؛ بە کۆمسیۆن ڕابگەیەنە، لەوانەیە کەسێک لە نێواندا بێت",
    ),
    row(
        "run the same command again when there is a link; it goes on where it stopped",
        "أعد الأمر نفسه حين يوجد اتصال؛ فهو يكمل من حيث توقف",
        "کاتێک پەیوەندی هەبوو هەمان فەرمان دووبارە بکەرەوە؛ لەو شوێنەوە بەردەوام دەبێت کە وەستاوە",
    ),
    row(
        "report the code to the commission and keep the files",
        "أبلغ المفوضية بالرمز واحفظ الملفات",
        "کۆدەکە بە کۆمسیۆن ڕابگەیەنە و پەڕگەکان هەڵبگرە",
    ),
    row(
        "this is not the commission's intake: keep the medium and report it",
        "ليست هذه خدمة استلام المفوضية: احفظ الوسيط وأبلغ عنها",
        "ئەمە خزمەتگوزاری وەرگرتنی کۆمسیۆن نییە: میدیاکە هەڵبگرە و ڕایبگەیەنە",
    ),
    row(
        "give the certificates and the key that `sanad key tls` made for the relay",
        "أعطِ الشهادات والمفتاح التي صنعها `sanad key tls` للإرسال",
        "ئەو بڕوانامە و کلیلە بدە کە `sanad key tls` بۆ ناردن دروستی کردوون",
    ),
    row(
        "the intake log has {} leaves; {} was asked for",
        "في سجل الاستلام {} من الأوراق؛ والمطلوب {}",
        "تۆماری وەرگرتن {} گەڵای هەیە؛ داوای {} کراوە",
    ),
    row(
        "ask from a size that the witness has seen of this log",
        "اطلب من حجم رآه الشاهد من هذا السجل",
        "لە قەبارەیەکەوە داوا بکە کە شایەتەکە لەم تۆمارەدا بینیویەتی",
    ),
    row("the cosignature: {}", "التوقيع المشارك: {}", "هاوواژۆ: {}"),
    row(
        "write the request anew and have it cosigned: the line is of another state of the log, or no line of a witness",
        "اكتب الطلب من جديد وليُوقَّع: فالسطر لحالة أخرى من السجل، أو ليس سطر شاهد",
        "داواکارییەکە لە نوێوە بنووسە و با هاوواژۆ بکرێت: دێڕەکە هی دۆخێکی تری تۆمارەکەیە، یان دێڕی شایەت نییە",
    ),
];
