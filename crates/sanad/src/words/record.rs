//! The record, its log, witnesses and proofs.

use super::{Row, row};

/// The rows.
pub const ROWS: &[Row] = &[
    row(
        "{} packages came that no expected station sends",
        "وصلت {} حزم لا ترسلها أي محطة متوقعة",
        "{} پاکێج هاتن کە هیچ وێستگەیەکی چاوەڕوانکراو نایاننێرێت",
    ),
    row("{} packages were refused", "رُفضت {} حزم", "{} پاکێج ڕەت کرانەوە"),
    row("{} contents came of one count", "وصلت {} مضامين لعدّ واحد", "{} ناوەڕۆک بۆ یەک ژماردن هاتن"),
    row(
        "on {} ballots every figure is the same as of station {}",
        "على {} ورقة كل رقم هو رقم المحطة {} نفسه",
        "لەسەر {} پسووڵە هەموو ژمارەیەک وەک هی وێستگەی {}ە",
    ),
    row(
        "on {} ballots every figure is the same as of another station",
        "على {} ورقة كل رقم هو رقم محطة أخرى نفسه",
        "لەسەر {} پسووڵە هەموو ژمارەیەک وەک هی وێستگەیەکی ترە",
    ),
    row(
        "{} sheets in the box could not be read",
        "{} ورقة في الصندوق تعذرت قراءتها",
        "{} کاغەزی ناو سندوق نەخوێنرایەوە",
    ),
    // sanad record, sanad witness
    row("{} {} signed by {}", "{} {} وقّعها {}", "{} {} واژۆی کردووە: {}"),
    row(
        "there is no leaf {}; the record has {}, from 0",
        "لا ورقة {} في السجل؛ وفيه {}، أولها ٠",
        "گەڵای {} نییە؛ تۆمارەکە {} گەڵای هەیە، لە ٠ەوە",
    ),
    row(
        "list the leaves with `sanad record show`",
        "اعرض الأوراق بـ `sanad record show`",
        "گەڵاکان بە `sanad record show` پیشان بدە",
    ),
    row("Proof: {}", "الإثبات: {}", "سەلماندن: {}"),
    row("Leaf: {}", "الورقة: {}", "گەڵا: {}"),
    row("Cosigned: {}", "وُقّع توقيعاً مشاركاً: {}", "هاوواژۆ کرا: {}"),
    row("Cosigned by: {}", "وقّع معه: {}", "هاوواژۆیان کردووە: {}"),
    row(
        "UNWITNESSED: {} more bodies must cosign; groups without one: {}",
        "بلا شهود: يجب أن توقّع {} جهات أخرى؛ ومجموعات بلا جهة: {}",
        "بێ شایەت: دەبێت {} لایەنی تر هاوواژۆ بکەن؛ کۆمەڵەی بێ لایەن: {}",
    ),
    row("The proof of two histories: {}", "إثبات التاريخين: {}", "سەلماندنی دوو مێژوو: {}"),
    row("Watches {}", "يراقب {}", "چاودێری {} دەکات"),
    row("there is a witness here", "هنا شاهد من قبل", "پێشتر شایەتێک لێرەیە"),
    row("name another folder", "سمِّ مجلداً آخر", "بوخچەیەکی تر ناو بنێ"),
    row("there is no witness in this folder", "لا شاهد في هذا المجلد", "هیچ شایەتێک لەم بوخچەیەدا نییە"),
    row(
        "name the folder that `sanad witness init` made",
        "سمِّ المجلد الذي صنعه `sanad witness init`",
        "ناوی ئەو بوخچەیە بدە کە `sanad witness init` دروستی کردووە",
    ),
    row(
        "keys/services.csv lists no key of a log",
        "keys/services.csv لا يذكر مفتاح سجل",
        "keys/services.csv هیچ کلیلێکی تۆمار ناو نابات",
    ),
    row(
        "enter the keys of record_log and intake_log first: sanad key enter",
        "أدخل أولاً مفتاحي record_log و intake_log: `sanad key enter`",
        "سەرەتا کلیلەکانی record_log و intake_log بنووسە: `sanad key enter`",
    ),
    row("'{}' is not ORIGIN=KEY", "'{}' ليس ORIGIN=KEY", "'{}' ORIGIN=KEY نییە"),
    row(
        "write as in --log iraq_2018/record=MCow…",
        "اكتب كما في `--log iraq_2018/record=MCow…`",
        "وەک `--log iraq_2018/record=MCow…` بنووسە",
    ),
    row(
        "this witness does not watch the log '{}'",
        "هذا الشاهد لا يراقب السجل '{}'",
        "ئەم شایەتە چاودێری تۆماری '{}' ناکات",
    ),
    row(
        "add the logs with `sanad witness watch`",
        "أضف السجلات بـ `sanad witness watch`",
        "تۆمارەکان بە `sanad witness watch` زیاد بکە",
    ),
    row(
        "this is no publication: it has no record",
        "ليس هذا نشراً: فلا سجل فيه",
        "ئەمە بڵاوکراوە نییە: هیچ تۆمارێکی تێدا نییە",
    ),
    row("name the folder {}", "سمِّ المجلد {}", "ناوی بوخچەی {} بدە"),
    row(
        "name the folder that holds election/, stations/ and record/",
        "سمِّ المجلد الذي فيه election/ و stations/ و record/",
        "ناوی ئەو بوخچەیە بدە کە election/ و stations/ و record/ی تێدایە",
    ),
    // The log
    row("there is a log here already", "هنا سجل من قبل", "پێشتر تۆمارێک لێرەیە"),
    row(
        "this log has {} leaves, and has signed a checkpoint of {}: it was restored from an old copy",
        "في هذا السجل {} من الأوراق، وقد وقّع نقطة تحقق على {}: استُرجع من نسخة قديمة",
        "ئەم تۆمارە {} گەڵای هەیە، و خاڵێکی پشکنینی {} گەڵای واژۆ کردووە: لە وێنەیەکی کۆنەوە گەڕێنراوەتەوە",
    ),
    row(
        "the first {} leaves of this log are not those that were seen: there are two histories",
        "أول {} من أوراق هذا السجل ليست التي شوهدت: هناك تاريخان",
        "یەکەم {} گەڵای ئەم تۆمارە ئەوانە نین کە بینراون: دوو مێژوو هەیە",
    ),
    row(
        "Stop and append nothing: bring back the newest copy of the log, and compare it with what witnesses hold.",
        "توقف ولا تضف شيئاً: أعد أحدث نسخة من السجل، وقارنها بما لدى الشهود.",
        "بوەستە و هیچ زیاد مەکە: نوێترین وێنەی تۆمارەکە بگەڕێنەوە، و لەگەڵ ئەوەی لای شایەتەکانە بەراوردی بکە.",
    ),
    row("there is no log here", "لا سجل هنا", "هیچ تۆمارێک لێرە نییە"),
    row(
        "an earlier append to this log failed, and nothing is known about what reached the store",
        "فشلت إضافة سابقة إلى هذا السجل، ولا يُعرف ما وصل إلى المخزن",
        "زیادکردنێکی پێشووی ئەم تۆمارە سەرکەوتوو نەبوو، و نازانرێت چی گەیشتووەتە کۆگا",
    ),
    row(
        "a leaf has {} bytes; at most 65,535 fit an entry",
        "في الورقة {} بايت؛ وأقصى ما يسعه القيد ٦٥٬٥٣٥",
        "گەڵایەک {} بایتە؛ زۆرترین کە جێی دەبێتەوە ٦٥٬٥٣٥ـە",
    ),
    row(
        "the log has {} leaves; {} was asked for",
        "في السجل {} من الأوراق؛ والمطلوب {}",
        "تۆمارەکە {} گەڵای هەیە؛ داوای {} کراوە",
    ),
    row("the proof does not hold", "الإثبات غير صحيح", "سەلماندنەکە ڕاست نییە"),
    row("not a signed note", "ليست مذكرة موقّعة", "تێبینییەکی واژۆکراو نییە"),
    row("not a name or verifier key of a note", "ليس اسماً أو مفتاح تحقق لمذكرة", "ناو یان کلیلی پشکنینی تێبینی نییە"),
    row("the note is not signed by {}", "المذكرة لم يوقّعها {}", "تێبینییەکە لەلایەن {} واژۆ نەکراوە"),
    row(
        "the signature of {} on the note is not valid",
        "توقيع {} على المذكرة غير صحيح",
        "واژۆی {} لەسەر تێبینییەکە دروست نییە",
    ),
    row("line {}: {}", "السطر {}: {}", "دێڕی {}: {}"),
    row(
        "the leaf is not in the tree of this checkpoint",
        "الورقة ليست في شجرة نقطة التحقق هذه",
        "گەڵاکە لە درەختی ئەم خاڵی پشکنینەدا نییە",
    ),
    row("'{}' is not a path of a log", "'{}' ليس مسار سجل", "'{}' ڕێڕەوی تۆمارێک نییە"),
    row("another writer has moved the log on", "كاتب آخر أضاف إلى السجل", "نووسەرێکی تر تۆمارەکەی بردووەتە پێشەوە"),
    row("not a request to a witness", "ليس طلباً إلى شاهد", "داواکارییەک بۆ شایەت نییە"),
    row(
        "this witness has last seen {} leaves, and was asked from {}",
        "آخر ما رآه هذا الشاهد {} من الأوراق، والطلب يبدأ من {}",
        "ئەم شایەتە دواجار {} گەڵای بینیوە، و داواکارییەکە لە {}ەوەیە",
    ),
    row(
        "the log has gone back from {} leaves to {}",
        "رجع السجل من {} ورقة إلى {}",
        "تۆمارەکە لە {} گەڵاوە گەڕاوەتەوە بۆ {}",
    ),
    row(
        "the log shows two histories; the two checkpoints are the proof",
        "يُظهر السجل تاريخين؛ ونقطتا التحقق هما الإثبات",
        "تۆمارەکە دوو مێژوو پیشان دەدات؛ هەردوو خاڵی پشکنین سەلماندنن",
    ),
    row("the consistency proof does not hold", "إثبات الاتساق غير صحيح", "سەلماندنی یەکگرتوویی ڕاست نییە"),
    row("the file is missing", "الملف مفقود", "پەڕگەکە نییە"),
    row("the root is not that of the entries", "الجذر ليس جذر القيود", "ڕەگەکە هی تۆمارەکان نییە"),
    row("the hashes are not those of the entries", "البصمات ليست بصمات القيود", "هاشەکان هی تۆمارەکان نین"),
    row(
        "the bundle does not hold its entries, each after its length",
        "الرزمة لا تحمل قيودها، كلاً بعد طوله",
        "دەستەکە تۆمارەکانی خۆی تێدا نییە، هەریەکە دوای درێژییەکەی",
    ),
    row("no file of this log", "ليس ملفاً من هذا السجل", "پەڕگەی ئەم تۆمارە نییە"),
    row(
        "Open the log that is there, or choose an empty folder.",
        "افتح السجل الموجود، أو اختر مجلداً فارغاً.",
        "ئەو تۆمارە بکەرەوە کە لەوێیە، یان بوخچەیەکی بەتاڵ هەڵبژێرە.",
    ),
    row(
        "Check the folder, or begin the log.",
        "تحقق من المجلد، أو ابدأ السجل.",
        "بوخچەکە بپشکنە، یان تۆمارەکە دەست پێ بکە.",
    ),
    row(
        "Open the log again; what was acknowledged is there.",
        "افتح السجل ثانية؛ فما أُقرّ به موجود.",
        "تۆمارەکە دووبارە بکەرەوە؛ ئەوەی دانی پێدا نراوە لەوێیە.",
    ),
    row(
        "Enter what is large as a hash and keep the file beside the log.",
        "أدخل ما هو كبير ببصمته واحفظ الملف بجانب السجل.",
        "شتی گەورە وەک هاش بنووسە و پەڕگەکە لە تەنیشت تۆمارەکە هەڵبگرە.",
    ),
    row(
        "Ask for a leaf or size that the log has.",
        "اطلب ورقة أو حجماً في السجل.",
        "داوای گەڵایەک یان قەبارەیەک بکە کە تۆمارەکە هەیەتی.",
    ),
    row(
        "Write the key as NAME+ID+KEY, as `sanad witness init` prints it.",
        "اكتب المفتاح NAME+ID+KEY كما يطبعه `sanad witness init`.",
        "کلیلەکە وەک NAME+ID+KEY بنووسە، وەک `sanad witness init` چاپی دەکات.",
    ),
    row(
        "Keep the file as evidence and get the note again from the log.",
        "احفظ الملف دليلاً وخذ المذكرة ثانية من السجل.",
        "پەڕگەکە وەک بەڵگە هەڵبگرە و تێبینییەکە دووبارە لە تۆمارەکە وەربگرە.",
    ),
    row(
        "Correct the line; the format is c2sp.org/tlog-policy, with groups named BODY and GROUP.",
        "صحّح السطر؛ والصيغة هي c2sp.org/tlog-policy، والمجموعات BODY و GROUP.",
        "دێڕەکە ڕاست بکەرەوە؛ شێوەکە c2sp.org/tlog-policyـە، کۆمەڵەکان BODY و GROUPـن.",
    ),
    row(
        "Keep the proof as evidence and ask the log for a new one.",
        "احفظ الإثبات دليلاً واطلب من السجل جديداً.",
        "سەلماندنەکە وەک بەڵگە هەڵبگرە و داوای نوێیەک لە تۆمارەکە بکە.",
    ),
    row(
        "Get the missing file from another copy of the log.",
        "خذ الملف المفقود من نسخة أخرى من السجل.",
        "پەڕگە نەبووەکە لە وێنەیەکی تری تۆمارەکە وەربگرە.",
    ),
    row(
        "Keep only the log's own files in its folder.",
        "لا تُبقِ في مجلد السجل غير ملفاته.",
        "تەنها پەڕگەکانی خودی تۆمارەکە لە بوخچەکەیدا بهێڵەوە.",
    ),
    row(
        "Stop, check the disk and its free space, then open the log again.",
        "توقف، وافحص القرص والمساحة الباقية، ثم افتح السجل ثانية.",
        "بوەستە، دیسکەکە و جێگە بەتاڵەکەی بپشکنە، پاشان تۆمارەکە دووبارە بکەرەوە.",
    ),
    row(
        "Open the log again and repeat; only one writer may append.",
        "افتح السجل ثانية وأعد؛ فلا يضيف إليه إلا كاتب واحد.",
        "تۆمارەکە دووبارە بکەرەوە و دووبارەی بکەرەوە؛ تەنها یەک نووسەر دەتوانێت زیادی بکات.",
    ),
    row(
        "Ask again with a proof from the size the witness has seen.",
        "أعد الطلب بإثبات من الحجم الذي رآه الشاهد.",
        "دووبارە داوا بکە بە سەلماندنێک لەو قەبارەیەوە کە شایەتەکە بینیویەتی.",
    ),
    row(
        "Keep both files and publish them: the log has shown two histories.",
        "احفظ الملفين وانشرهما: فقد أظهر السجل تاريخين.",
        "هەردوو پەڕگە هەڵبگرە و بڵاویان بکەرەوە: تۆمارەکە دوو مێژووی پیشان داوە.",
    ),
    row(
        "Make the request again from the log.",
        "أعدّ الطلب ثانية من السجل.",
        "داواکارییەکە دووبارە لە تۆمارەکەوە دروست بکە.",
    ),
    // Leaves
    row("the leaf is not a signed envelope: {}", "الورقة ليست مغلفاً موقّعاً: {}", "گەڵاکە زەرفێکی واژۆکراو نییە: {}"),
    row(
        "no leaf of the record is of the kind '{}'",
        "لا ورقة في السجل من النوع '{}'",
        "هیچ گەڵایەکی تۆمار لە جۆری '{}' نییە",
    ),
    row(
        "the payload of the '{}' leaf cannot be read: {}",
        "لا يُقرأ مضمون ورقة '{}': {}",
        "ناوەڕۆکی گەڵای '{}' ناخوێندرێتەوە: {}",
    ),
    row("leaf {}: {}", "الورقة {}: {}", "گەڵای {}: {}"),
    row(
        "a '{}' leaf cannot stand here: leaf 0 is the freeze, and it alone",
        "لا تقف ورقة '{}' هنا: فالورقة ٠ هي التجميد، وهو وحده",
        "گەڵای '{}' لێرە ناوەستێت: گەڵای ٠ بەستنەکەیە، و تەنها ئەو",
    ),
    row(
        "the signatures of the '{}' leaf do not hold: {}",
        "تواقيع ورقة '{}' غير صحيحة: {}",
        "واژۆکانی گەڵای '{}' ڕاست نین: {}",
    ),
    row(
        "a '{}' leaf needs {} signatures of different people; {} signed",
        "تحتاج ورقة '{}' إلى {} تواقيع لأشخاص مختلفين؛ ووقّع {}",
        "گەڵای '{}' پێویستی بە {} واژۆی کەسانی جیاوازە؛ {} واژۆیان کردووە",
    ),
    row(
        "it is signed for another election, round or mode: {}",
        "وُقّعت لانتخاب أو جولة أو وضع آخر: {}",
        "بۆ هەڵبژاردن، خول یان دۆخێکی تر واژۆ کراوە: {}",
    ),
    row(
        "it names the election fingerprint {}, which is not this record's",
        "تذكر بصمة الانتخاب {}، وليست بصمة هذا السجل",
        "پەنجەمۆری هەڵبژاردنی {} ناو دەبات، کە هی ئەم تۆمارە نییە",
    ),
    row(
        "leaf 0 froze the election folder {}, but the folder at hand is {}",
        "جمّدت الورقة ٠ مجلد الانتخاب {}، والمجلد الحاضر {}",
        "گەڵای ٠ بوخچەی هەڵبژاردنی {}ی بەستووە، بەڵام بوخچەی بەردەست {}ـە",
    ),
    row("the station '{}' is not in the definition", "المحطة '{}' ليست في التعريف", "وێستگەی '{}' لە پێناسەکەدا نییە"),
    row(
        "the device '{}' is not listed for the station '{}'",
        "الجهاز '{}' غير مدرج للمحطة '{}'",
        "ئامێری '{}' بۆ وێستگەی '{}' تۆمار نەکراوە",
    ),
    row(
        "the same leaf already stands in the record",
        "الورقة نفسها في السجل من قبل",
        "هەمان گەڵا پێشتر لە تۆمارەکەدایە",
    ),
    row(
        "it supersedes {}, which is no order about the same station before it",
        "تحل محل {}، وليس قراراً سابقاً بشأن المحطة نفسها",
        "جێی {} دەگرێتەوە، کە بڕیارێکی پێشووی هەمان وێستگە نییە",
    ),
    row("the slip does not hold: {}", "شريط النتائج غير صحيح: {}", "پسووڵەی ئەنجام ڕاست نییە: {}"),
    row(
        "the comparison says {}, but the leaves before it give {}",
        "تقول المقارنة {}، والأوراق قبلها تعطي {}",
        "بەراوردەکە دەڵێت {}، بەڵام گەڵاکانی پێشوو {} دەدەن",
    ),
    row("the lot '{}' is drawn already", "أُجريت القرعة '{}' من قبل", "تیروپشکی '{}' پێشتر کراوە"),
    row(
        "version {} is out of turn: version {} is next",
        "النسخة {} في غير دورها: فالتالية {}",
        "وەشانی {} لە نۆرەی خۆی نییە: وەشانی {} دواترە",
    ),
    row("the folder has no {}", "ليس في المجلد {}", "بوخچەکە {} تێدا نییە"),
    row(
        "the key of '{}' in the key lists cannot be read: {}",
        "لا يُقرأ مفتاح '{}' في قوائم المفاتيح: {}",
        "کلیلی '{}' لە لیستی کلیلەکاندا ناخوێندرێتەوە: {}",
    ),
    row(
        "the key lists name '{}', who is not in people.csv",
        "تذكر قوائم المفاتيح '{}'، وليس في people.csv",
        "لیستی کلیلەکان '{}' ناو دەبەن، کە لە people.csv دا نییە",
    ),
    row(
        "keys/services.csv has no key of the service '{}'",
        "ليس في keys/services.csv مفتاح للخدمة '{}'",
        "keys/services.csv کلیلی خزمەتگوزاریی '{}' تێدا نییە",
    ),
    row(
        "the figures of station {} ({}) are not at hand",
        "أرقام المحطة {} ({}) غير حاضرة",
        "ژمارەکانی وێستگەی {} ({}) بەردەست نین",
    ),
    row(
        "the votes of station {} cannot be added: {}",
        "لا تُجمع أصوات المحطة {}: {}",
        "دەنگەکانی وێستگەی {} زیاد ناکرێن: {}",
    ),
    row("the seats of {} cannot be allotted: {}", "لا تُوزّع مقاعد {}: {}", "کورسییەکانی {} دابەش ناکرێن: {}"),
    row(
        "compare the leaf with another copy of the record; if it is the same there, report it to the commission",
        "قارن الورقة بنسخة أخرى من السجل؛ فإن كانت هناك كذلك فأبلغ المفوضية",
        "گەڵاکە لەگەڵ وێنەیەکی تری تۆمارەکە بەراورد بکە؛ ئەگەر لەوێش وابوو، بە کۆمسیۆن ڕابگەیەنە",
    ),
    row("have the others sign it as well", "ليوقّعها الآخرون أيضاً", "با ئەوانی تریش واژۆی بکەن"),
    row(
        "use the election folder as it was frozen; a change needs the board and a new freeze",
        "استعمل مجلد الانتخاب كما جُمّد؛ فالتغيير يحتاج إلى المجلس وتجميد جديد",
        "بوخچەی هەڵبژاردن وەک بەستراوە بەکاربهێنە؛ گۆڕانکاری پێویستی بە ئەنجومەن و بەستنێکی نوێ هەیە",
    ),
    row("announce under the next version", "أعلن بالنسخة التالية", "بە وەشانی دواتر ڕایبگەیەنە"),
    row(
        "nothing is to be done: it has taken effect already",
        "لا شيء يُفعل: فقد نفذ من قبل",
        "هیچ پێویست نییە: پێشتر کاری کردووە",
    ),
    row(
        "do not append it; compare the leaf with the paper it stands for",
        "لا تضفها؛ وقارن الورقة بالورق الذي تمثله",
        "زیادی مەکە؛ گەڵاکە لەگەڵ ئەو کاغەزە بەراورد بکە کە نوێنەرایەتی دەکات",
    ),
    row(
        "correct each line named, then run `sanad election check`",
        "صحّح كل سطر مذكور، ثم شغّل `sanad election check`",
        "هەر دێڕێکی ناوبراو ڕاست بکەرەوە، پاشان `sanad election check` بەکاربهێنە",
    ),
    row(
        "write which witnesses must have seen the record, as C2SP tlog-policy says",
        "اكتب أي الشهود يجب أن يكونوا رأوا السجل، كما يقول C2SP tlog-policy",
        "بنووسە کام شایەتانە دەبێت تۆمارەکەیان بینیبێت، وەک C2SP tlog-policy دەڵێت",
    ),
    row(
        "correct the key list before the freeze; after it, compare election/keys with the frozen manifest",
        "صحّح قائمة المفاتيح قبل التجميد؛ وبعده قارن election/keys ببيان المحتويات المجمّد",
        "لیستی کلیلەکان پێش بەستن ڕاست بکەرەوە؛ دوای ئەوە election/keys لەگەڵ لیستی ناوەڕۆکی بەستراو بەراورد بکە",
    ),
    row(
        "bring the station's package back from either medium",
        "أعد حزمة المحطة من أي الوسيطين",
        "پاکێجی وێستگەکە لە یەکێک لە میدیاکانەوە بگەڕێنەوە",
    ),
    row(
        "quarantine the station and look at its package",
        "احجر المحطة وانظر في حزمتها",
        "وێستگەکە دەستبەسەر بکە و سەیری پاکێجەکەی بکە",
    ),
    row("check the rules of the definition", "تحقق من قواعد التعريف", "یاساکانی پێناسەکە بپشکنە"),
    row(
        "the station '{}' is not in the definition{}",
        "المحطة '{}' ليست في التعريف{}",
        "وێستگەی '{}' لە پێناسەکەدا نییە{}",
    ),
    row("'{}' says {} now, not {}", "تقول '{}' الآن {}، لا {}", "'{}' ئێستا دەڵێت {}، نەک {}"),
    row(
        "look at the rule as it stands now, and word the amendment anew",
        "انظر في القاعدة كما هي الآن، وأعد صياغة التعديل",
        "سەیری یاساکە بکە وەک ئێستا هەیە، و هەموارەکە لە نوێوە بنووسە",
    ),
    row(
        "about '{}' another decision stands ({}), and this one does not name it",
        "بشأن '{}' قرار آخر قائم ({})، وهذا لا يذكره",
        "لەبارەی '{}' بڕیارێکی تر هەیە ({})، و ئەمە ناوی نابات",
    ),
    row(
        "name the leaf that stands in 'supersedes'",
        "اذكر الورقة القائمة في 'supersedes'",
        "گەڵا وەستاوەکە لە 'supersedes' ناو ببە",
    ),
    row(
        "name a letter that stations.csv or registrations.csv has for the station",
        "اذكر كتاباً في stations.csv أو registrations.csv للمحطة",
        "ناوی نامەیەک ببە کە stations.csv یان registrations.csv بۆ وێستگەکە هەیەتی",
    ),
    row(
        "the letters of station '{}' and their figures are not those of the frozen definition: {}",
        "كتب المحطة '{}' وأرقامها ليست التي في التعريف المجمّد: {}",
        "نامەکانی وێستگەی '{}' و ژمارەکانیان ئەوانەی پێناسە بەستراوەکە نین: {}",
    ),
    row(
        "a decision gives its reason and its legal basis",
        "القرار يذكر سببه وأساسه القانوني",
        "بڕیار هۆکار و بنەمای یاسایی خۆی دەدات",
    ),
    row("write why, and by which article", "اكتب لماذا، وبأي مادة", "بنووسە بۆچی، و بە کام ماددە"),
    row(
        "'{}' stands, so there is no withdrawal to take back",
        "'{}' قائم، فلا انسحاب يُرجع عنه",
        "'{}' وەستاوە، بۆیە هیچ کشانەوەیەک نییە بگەڕێنرێتەوە",
    ),
    row("nothing is to be done", "لا شيء يُفعل", "هیچ پێویست نییە"),
    row("there is no list or candidate '{}'{}", "لا قائمة ولا مرشح '{}'{}", "لیست یان کاندیدی '{}' نییە{}"),
    row(
        "write the id as lists.csv or candidates.csv has it; no other is taken for it",
        "اكتب المعرّف كما في lists.csv أو candidates.csv؛ فلا يُؤخذ غيره بدله",
        "ناسێنەرەکە وەک lists.csv یان candidates.csv بنووسە؛ یەکێکی تر لە جیاتی وەرناگیرێت",
    ),
    row("'{}' would say what it says now", "'{}' تبقى كما هي الآن", "'{}' ئەوە دەڵێت کە ئێستا دەیڵێت"),
];
