//! Polling day: what the presiding officer reads.

use super::{Row, row};

/// The rows.
pub const ROWS: &[Row] = &[
    // Steps
    row(
        "Station {} is prepared. Next: sanad station open",
        "المحطة {} مهيأة. الخطوة التالية: `sanad station open`",
        "وێستگەی {} ئامادەیە. هەنگاوی دواتر: `sanad station open`",
    ),
    row(
        "Zero report made; the polls are open. Nothing was left over.",
        "أُعدّ تقرير الصفر وفُتح الاقتراع. لم يكن في الجهاز شيء من قبل.",
        "ڕاپۆرتی سفر ئامادە کرا و دەنگدان کرایەوە. هیچ شتێکی پێشوو نەمابوو.",
    ),
    row("Zero report: {}", "تقرير الصفر: {}", "ڕاپۆرتی سفر: {}"),
    row(
        "Entered: received {}, spoiled {}, unused {}",
        "أُدخل: مستلمة {}، تالفة {}، غير مستعملة {}",
        "نووسرا: وەرگیراو {}، تێکچوو {}، بەکارنەهاتوو {}",
    ),
    row(
        "The polls are closed. Next: sanad station report",
        "أُغلق الاقتراع. الخطوة التالية: `sanad station report`",
        "دەنگدان داخرا. هەنگاوی دواتر: `sanad station report`",
    ),
    row("Slip: {}", "شريط النتائج: {}", "پسووڵەی ئەنجام: {}"),
    row(
        "Sealed: {}. Cast {}, valid {}, blank {}, invalid {}, unread {}",
        "خُتمت الحزمة: {}. معدودة {}، صحيحة {}، بيضاء {}، باطلة {}، غير مقروءة {}",
        "مۆر کرا: {}. ژمێردراو {}، دروست {}، سپی {}، پووچەڵ {}، نەخوێنراوە {}",
    ),
    row(
        "Three files written to {} and read back.",
        "كُتبت الملفات الثلاثة على {} وقُرئت منه ثانية.",
        "سێ پەڕگەکە لەسەر {} نووسران و دووبارە خوێندرانەوە.",
    ),
    row(
        "Station {}, device {}, generation {}: {} sheets counted, {} slots free",
        "المحطة {}، الجهاز {}، رقم العدّ {}: عُدّت {} ورقة، والأماكن الباقية {}",
        "وێستگەی {}، ئامێری {}، ژمارەی ژماردن {}: {} کاغەز ژمێردراوە، {} جێگە ماوە",
    ),
    row("refused: {} [{}]", "مرفوضة: {} [{}]", "ڕەتکراوە: {} [{}]"),
    row(
        "{} times a file was fed that had been read before; it counts once",
        "أُدخل ملف سبقت قراءته {} مرة؛ وهو يُعدّ مرة واحدة",
        "{} جار پەڕگەیەک درا کە پێشتر خوێندرابووەوە؛ تەنها یەک جار دەژمێردرێت",
    ),
    row(
        "{} pairs of sheets look alike: sanad station alike",
        "أوراق متشابهة: {} زوجاً: `sanad station alike`",
        "{} جووت کاغەز لە یەک دەچن: `sanad station alike`",
    ),
    row(
        "The ballot account does not hold: the figures leave the station as they are, and the centre quarantines it until two officers decide.",
        "حساب الأوراق لا يستقيم: تخرج الأرقام من المحطة كما هي، ويحجرها المركز إلى أن يقرر موظفان.",
        "ژمێرەی کاغەزەکان ڕێک نییە: ژمارەکان وەک خۆیان لە وێستگەکە دەردەچن، و ناوەندەکە دەستبەسەری دەکات تا دوو فەرمانبەر بڕیار دەدەن.",
    ),
    row(
        "{} was not there and was made: is the medium plugged in?",
        "{} لم يكن موجوداً وأُنشئ: هل الوسيط موصول؟",
        "{} لەوێ نەبوو و دروست کرا: ئایا میدیاکە پێوە بەستراوە؟",
    ),
    row(
        "{} doubtful contests are open: sanad station adjudicate",
        "لم تُسوَّ بعد علامات مشكوك فيها في {} من المنافسات: `sanad station adjudicate`",
        "نیشانەی گوماناوی لە {} کێبڕکێدا یەکلا نەکراوەتەوە: `sanad station adjudicate`",
    ),
    row(
        "The ballot account is not entered yet.",
        "لم يُدخل حساب أوراق الاقتراع بعد.",
        "ژمێرەی کاغەزەکانی دەنگدان هێشتا نەنووسراوە.",
    ),
    row("Handed over on: {}", "سُلّمت على: {}", "لەسەر ئەمانە ڕادەست کراوە: {}"),
    row("Next: {}", "الخطوة التالية: {}", "هەنگاوی دواتر: {}"),
    row("{}: left alone, no picture of a sheet", "{}: تُرك، فليس صورة ورقة", "{}: دەستی لێ نەدرا، وێنەی کاغەز نییە"),
    row("{}: not counted [{}] {} (sheet {})", "{}: لم تُعدّ [{}] {} (الورقة {})", "{}: نەژمێردرا [{}] {} (کاغەزی {})"),
    row("{} [{}] {}", "{} [{}] {}", "{} [{}] {}"),
    row("{} refused sheets", "الأوراق المرفوضة: {}", "{} کاغەزی ڕەتکراوە"),
    row(
        "unread: a ballot of this station, in the account",
        "غير مقروءة: ورقة من هذه المحطة، وهي في الحساب",
        "نەخوێنراوە: کاغەزێکی ئەم وێستگەیە، لە ژمێرەکەدایە",
    ),
    row("fed again: not a second ballot", "أُدخلت ثانية: ليست ورقة أخرى", "دووبارە دراوە: کاغەزێکی دووەم نییە"),
    row(
        "foreign: kept apart, in no account",
        "غريبة: تُحفظ على حدة ولا تدخل في حساب",
        "بێگانە: بە جیا هەڵدەگیرێت و لە هیچ ژمێرەیەکدا نییە",
    ),
    row(
        "The polls are open again: generation {}. Next: sanad station scan",
        "فُتح الاقتراع ثانية: رقم العدّ {}. الخطوة التالية: `sanad station scan`",
        "دەنگدان دووبارە کرایەوە: ژمارەی ژماردن {}. هەنگاوی دواتر: `sanad station scan`",
    ),
    row("{}: not counted [{}] {}", "{}: لم تُعدّ [{}] {}", "{}: نەژمێردرا [{}] {}"),
    row(
        "From {} on no sheet is known to be counted.",
        "ابتداءً من {} لا يُعرف أن ورقة قد عُدّت.",
        "لە {}ەوە نازانرێت هیچ کاغەزێک ژمێردرابێت.",
    ),
    row(
        "{} counted, {} not counted, {} doubtful contests; {} in all",
        "عُدّت {}، ولم تُعدّ {}، ومنافسات مشكوك فيها {}؛ والمجموع {}",
        "{} ژمێردرا، {} نەژمێردرا، {} کێبڕکێی گوماناوی؛ کۆی گشتی {}",
    ),
    row(
        "sheet {} {}: was any of these marked? {} (settled; answered: {})",
        "الورقة {}، {}: هل أُشّر شيء من هذه؟ {} (سُوّيت؛ أجاب: {})",
        "کاغەزی {}، {}: ئایا هیچ کام لەمانە نیشانە کراوە؟ {} (یەکلا کراوەتەوە؛ وەڵامیان داوە: {})",
    ),
    row(
        "sheet {} {}: is any of these marked? {} (open; answered: {})",
        "الورقة {}، {}: هل أُشّر شيء من هذه؟ {} (لم تُسوَّ؛ أجاب: {})",
        "کاغەزی {}، {}: ئایا هیچ کام لەمانە نیشانە کراوە؟ {} (یەکلا نەکراوەتەوە؛ وەڵامیان داوە: {})",
    ),
    row(
        "sheet {} {}: is any of these marked? {} (open; {} differ, another person must look)",
        "الورقة {}، {}: هل أُشّر شيء من هذه؟ {} (لم تُسوَّ؛ اختلف {}، وعلى شخص آخر أن ينظر)",
        "کاغەزی {}، {}: ئایا هیچ کام لەمانە نیشانە کراوە؟ {} (یەکلا نەکراوەتەوە؛ {} جیاوازن، دەبێت کەسێکی تر سەیری بکات)",
    ),
    row(
        "Sheet {}, {}. In doubt are, as in the picture from above:",
        "الورقة {}، {}. المشكوك فيه، بترتيب الصورة من الأعلى:",
        "کاغەزی {}، {}. گوماناوییەکان، بە ڕیزبەندی وێنەکە لە سەرەوە:",
    ),
    row(
        "Which are marked? Numbers with blanks between them, 0 for none, an empty line to leave it open:",
        "أيّها مؤشَّر؟ أرقام بينها فراغات، و0 إن لم يكن شيء، وسطر فارغ لتركها مفتوحة:",
        "کامیان نیشانە کراون؟ ژمارەکان بە بۆشایی لە نێوانیان، 0 بۆ هیچ، دێڕی بەتاڵ بۆ ئەوەی بە کراوەیی بمێنێتەوە:",
    ),
    row(
        "'{}' is not an answer; the highest number is {}",
        "«{}» ليس جواباً؛ أعلى رقم هو {}",
        "«{}» وەڵام نییە؛ بەرزترین ژمارە {}ە",
    ),
    // The scanner
    row("scanimage is not installed", "برنامج scanimage غير مثبَّت", "بەرنامەی scanimage دانەمەزراوە"),
    row(
        "'{}' is not the name of an option of a scanner",
        "«{}» ليس اسم خيار لماسح",
        "«{}» ناوی هەڵبژاردەیەکی سکانەر نییە",
    ),
    row(
        "One page was scanned: no feeder is named. For all that lies in one: --sane-option source=… as `scanimage --all-options` lists it",
        "مُسحت صفحة واحدة: لم يُسمَّ ملقّم. لمسح كل ما فيه: --sane-option source=… كما يسرده `scanimage --all-options`",
        "یەک لاپەڕە سکان کرا: ناوی خۆراکدەرێک نەدراوە. بۆ هەموو ئەوەی تێیدایە: --sane-option source=… وەک `scanimage --all-options` ڕیزی دەکات",
    ),
    row("the scanner cannot be opened: {}", "تعذّر فتح الماسح: {}", "سکانەرەکە ناکرێتەوە: {}"),
    row(
        "the scanner does not take what was asked of it: {}",
        "الماسح لا يقبل ما طُلب منه: {}",
        "سکانەرەکە ئەوەی لێی داواکراوە وەری ناگرێت: {}",
    ),
    row("there is no sheet in the feeder", "لا ورقة في الملقّم", "هیچ کاغەزێک لە خۆراکدەرەکەدا نییە"),
    row("the scanner stopped: {}", "توقف الماسح: {}", "سکانەرەکە وەستا: {}"),
    row("the page cannot be taken over: {}", "تعذّر استلام الصفحة: {}", "لاپەڕەکە وەرناگیرێت: {}"),
    row(
        "Install it, on Debian with: sudo apt-get install sane-utils",
        "ثبّته، على دبيان بالأمر: `sudo apt-get install sane-utils`",
        "دایبمەزرێنە، لە دێبیان بە: `sudo apt-get install sane-utils`",
    ),
    row(
        "Write NAME=VALUE as `scanimage --all-options` lists them, without dashes.",
        "اكتب NAME=VALUE كما يسردها `scanimage --all-options`، دون شرطات.",
        "NAME=VALUE بنووسە وەک `scanimage --all-options` ڕیزیان دەکات، بەبێ هێڵ.",
    ),
    row(
        "See that it is switched on and connected, and take its name from `scanimage --list-devices`.",
        "تأكد أنه مشغَّل وموصول، وخذ اسمه من `scanimage --list-devices`.",
        "دڵنیابە کە پێکراوە و بەستراوەتەوە، و ناوەکەی لە `scanimage --list-devices` وەربگرە.",
    ),
    row(
        "See what it takes with `scanimage --all-options --device-name=DEVICE`, and give all that is needed as --sane-option NAME=VALUE.",
        "انظر ما يقبله بالأمر `scanimage --all-options --device-name=DEVICE`، وأعطِ كل ما يلزم بصيغة --sane-option NAME=VALUE.",
        "بە `scanimage --all-options --device-name=DEVICE` ببینە چی وەردەگرێت، و هەموو ئەوەی پێویستە بە --sane-option NAME=VALUE بیدە.",
    ),
    row(
        "Put the sheets into the feeder and run the same command again.",
        "ضع الأوراق في الملقّم وأعد الأمر نفسه.",
        "کاغەزەکان بخەرە خۆراکدەرەکە و هەمان فەرمان دووبارە بکەرەوە.",
    ),
    row(
        "Free the paper's way, compare the number of sheets counted with your own, and feed again what was not.",
        "أخلِ مسار الورق، وقارن عدد الأوراق المعدودة بعدّك، وأعد إدخال ما لم يُعدّ.",
        "ڕێگەی کاغەزەکە خاوێن بکەرەوە، ژمارەی کاغەزە ژمێردراوەکان لەگەڵ ژماردنی خۆت بەراورد بکە، و ئەوەی نەژمێردراوە دووبارە بیدە.",
    ),
    row(
        "Make room on the disk, then feed again what was not counted.",
        "أفسح مكاناً على القرص، ثم أعد إدخال ما لم يُعدّ.",
        "جێگە لە دیسکەکە بکەرەوە، پاشان ئەوەی نەژمێردراوە دووبارە بیدە.",
    ),
    row(
        "{} of {} doubtful contests are open",
        "لم تُسوَّ {} من {} من المنافسات المشكوك فيها",
        "{} لە {} کێبڕکێی گوماناوی یەکلا نەکراونەتەوە",
    ),
    row(
        "The fingerprint is not checked against leaf 0: compare it with the gazette, or give --leaf.",
        "لم تُقارن البصمة بالورقة ٠ من السجل: قارنها بالجريدة الرسمية، أو أعطِ --leaf.",
        "پەنجەمۆرەکە لەگەڵ گەڵای ٠ بەراورد نەکراوە: لەگەڵ ڕۆژنامەی فەرمی بەراوردی بکە، یان --leaf بدە.",
    ),
    // The call
    row("this takes two officers; {} given", "هذا يحتاج إلى موظفَين؛ والمعطى {}", "ئەمە دوو فەرمانبەری دەوێت؛ {} دراوە"),
    row(
        "'{}' does not name one refused sheet",
        "'{}' لا يسمّي ورقة مرفوضة واحدة",
        "'{}' یەک کاغەزی ڕەتکراوە دیاری ناکات",
    ),
    row(
        "give all the digits that `sanad station refused` shows",
        "أعطِ كل الأرقام التي يعرضها `sanad station refused`",
        "هەموو ئەو ژمارانە بدە کە `sanad station refused` پیشانیان دەدات",
    ),
    row(
        "give --officer twice, with two different people",
        "أعطِ --officer مرتين، لشخصين مختلفين",
        "--officer دوو جار بدە، بۆ دوو کەسی جیاواز",
    ),
    row(
        "name the folder that the scanner writes to; pictures end in .png, .jpg, .pgm, .pbm, .pnm, .tif or .pdf",
        "سمِّ المجلد الذي يكتب فيه الماسح؛ تنتهي أسماء الصور بـ .png أو .jpg أو .pgm أو .pbm أو .pnm أو .tif أو .pdf",
        "ناوی ئەو بوخچەیە بدە کە سکانەرەکە تێیدا دەنووسێت؛ ناوی وێنەکان بە .png، .jpg، .pgm، .pbm، .pnm، .tif یان .pdf کۆتایی دێت",
    ),
    row("no picture is in this folder", "لا صورة في هذا المجلد", "هیچ وێنەیەک لەم بوخچەیەدا نییە"),
    row(
        "another command is working on this station",
        "أمر آخر يعمل على هذه المحطة",
        "فەرمانێکی تر لەسەر ئەم وێستگەیە کار دەکات",
    ),
    row(
        "wait until it has ended, then run this one again",
        "انتظر حتى ينتهي، ثم أعد هذا الأمر",
        "چاوەڕێ بکە تا تەواو دەبێت، پاشان ئەمە دووبارە بکەرەوە",
    ),
    row(
        "check --dir; a station is made with `sanad station prepare`",
        "تحقق من --dir؛ تُهيأ المحطة بـ `sanad station prepare`",
        "--dir بپشکنە؛ وێستگە بە `sanad station prepare` ئامادە دەکرێت",
    ),
    row(
        "the station's folder is damaged; use the spare device",
        "مجلد المحطة تالف؛ استعمل الجهاز الاحتياطي",
        "بوخچەی وێستگەکە تێکچووە؛ ئامێری یەدەگ بەکاربهێنە",
    ),
    row(
        "check --station, --device and --key; on polling night it would be too late",
        "تحقق من --station و --device و --key؛ ففي ليلة الاقتراع يفوت الأوان",
        "--station و --device و --key بپشکنە؛ شەوی دەنگدان درەنگ دەبێت",
    ),
    row(
        "keys/devices.csv does not list the device '{}'",
        "keys/devices.csv لا يذكر الجهاز '{}'",
        "keys/devices.csv ئامێری '{}' تۆمار نەکردووە",
    ),
    row(
        "keys/devices.csv lists the device {} for station {}, not {}",
        "keys/devices.csv يذكر الجهاز {} للمحطة {}، لا للمحطة {}",
        "keys/devices.csv ئامێری {} بۆ وێستگەی {} تۆمار کردووە، نەک {}",
    ),
    row(
        "keys/devices.csv lists another key for the device {}",
        "keys/devices.csv يذكر مفتاحاً آخر للجهاز {}",
        "keys/devices.csv کلیلێکی تری بۆ ئامێری {} تۆمار کردووە",
    ),
    row(
        "leaf 0 has the fingerprint {}, and {} was given",
        "بصمة الورقة ٠ من السجل هي {}، والمعطاة {}",
        "پەنجەمۆری گەڵای ٠ ئەمەیە {}، و {} دراوە",
    ),
    row(
        "compare both with the gazette; do not open the polls before they agree",
        "قارن كلتيهما بالجريدة الرسمية؛ ولا تفتح الاقتراع قبل أن تتفقا",
        "هەردووکیان لەگەڵ ڕۆژنامەی فەرمی بەراورد بکە؛ پێش ئەوەی وەک یەک بن دەنگدان مەکەرەوە",
    ),
    // What the station refuses
    row("the disk failed: {}", "تعطّل القرص: {}", "دیسکەکە کار ناکات: {}"),
    row("the store of ballots cannot be used: {}", "لا يمكن استعمال مخزن الأوراق: {}", "کۆگای کاغەزەکان بەکار نایەت: {}"),
    row("no randomness: {}", "لا أرقام عشوائية: {}", "ژمارەی هەڕەمەکی نییە: {}"),
    row(
        "the station has stopped, because its disk failed",
        "توقفت المحطة لأن قرصها تعطّل",
        "وێستگەکە وەستا چونکە دیسکەکەی تێکچوو",
    ),
    row("there is no station in this folder", "لا محطة في هذا المجلد", "هیچ وێستگەیەک لەم بوخچەیەدا نییە"),
    row("the folder already holds {}", "في المجلد شيء من قبل: {}", "بوخچەکە پێشتر ئەمەی تێدایە: {}"),
    row("{} ballots", "أوراق اقتراع: {}", "کاغەزی دەنگدان: {}"),
    row("traces of an earlier count", "آثار عدّ سابق", "شوێنەواری ژماردنێکی پێشوو"),
    row("state.json cannot be read: {}", "لا يُقرأ state.json: {}", "state.json ناخوێندرێتەوە: {}"),
    row("this cannot be done now: the station is {}", "لا يمكن هذا الآن: المحطة {}", "ئێستا ئەمە ناکرێت: وێستگەکە {}"),
    row("prepared, and its polls are not open", "مهيأة ولم يُفتح الاقتراع فيها", "ئامادەیە و دەنگدانی نەکراوەتەوە"),
    row("open", "مفتوحة", "کراوەیە"),
    row("closed", "مغلقة", "داخراوە"),
    row("closed and sealed", "مغلقة ومختومة", "داخراوە و مۆر کراوە"),
    row(
        "the polls are open: nothing but the number of ballots is told before they are closed",
        "الاقتراع مفتوح: ولا يُذكر قبل إغلاقه غير عدد الأوراق",
        "دەنگدان کراوەیە: پێش داخستنی تەنها ژمارەی کاغەزەکان دەوترێت",
    ),
    row("the station is already closed", "أُغلقت المحطة من قبل", "وێستگەکە پێشتر داخراوە"),
    row(
        "the definition is not the one of the zero report, which no longer stands",
        "التعريف ليس تعريف تقرير الصفر، ولم يعد التقرير قائماً",
        "پێناسەکە ئەوەی ڕاپۆرتی سفر نییە، و ڕاپۆرتەکە ئیتر دروست نییە",
    ),
    row(
        "the definition was changed after ballots had been counted",
        "تغيّر التعريف بعد عدّ أوراق",
        "پێناسەکە دوای ژماردنی کاغەز گۆڕدراوە",
    ),
    row(
        "the folder is for the mode {}, and the definition is for {}",
        "المجلد لوضع {} والتعريف لوضع {}",
        "بوخچەکە بۆ دۆخی {}ـە و پێناسەکە بۆ {}",
    ),
    row("the definition has no station {}", "ليس في التعريف محطة {}", "پێناسەکە وێستگەی {} تێدا نییە"),
    row("station {} is not counted by itself: {}", "المحطة {} لا تُعدّ وحدها: {}", "وێستگەی {} بە تەنها ناژمێردرێت: {}"),
    row("its ballots go into the box of {}", "أوراقها تُلقى في صندوق {}", "کاغەزەکانی دەخرێنە سندوقی {}"),
    row("it has no contest", "لا منافسة فيها", "هیچ کێبڕکێیەکی تێدا نییە"),
    row("{} is not an officer of this election", "{} ليس موظفاً في هذا الانتخاب", "{} فەرمانبەری ئەم هەڵبژاردنە نییە"),
    row(
        "{} is one person, and this needs two",
        "{} شخص واحد، وهذا يحتاج إلى شخصين",
        "{} یەک کەسە و ئەمە دوو کەسی دەوێت",
    ),
    row(
        "{} is without its other side: a page is missing, or the sheet lies the other way round",
        "{} بلا وجهها الآخر: هناك صفحة ناقصة، أو الورقة مقلوبة",
        "{} بێ ڕووەکەی تریەتی: لاپەڕەیەک کەمە، یان پەڕەکە بە پێچەوانەوە دانراوە",
    ),
    row(
        "{} sheets are in the store, and {} had been counted",
        "الأوراق في المخزن {}، وكان قد عُدّ {}",
        "{} کاغەز لە کۆگادایە، و {} ژمێردرابوون",
    ),
    row(
        "no mark of contest {} on that sheet is in doubt",
        "لا علامة مشكوك فيها في المنافسة {} على تلك الورقة",
        "هیچ نیشانەیەکی گوماناوی لە کێبڕکێی {} لەسەر ئەو کاغەزە نییە",
    ),
    row(
        "an answer names an option of contest {} that is not in doubt",
        "الجواب يسمّي خياراً في المنافسة {} لا شك فيه",
        "وەڵامەکە هەڵبژاردەیەکی کێبڕکێی {} ناو دەبات کە گومانی لێ ناکرێت",
    ),
    row("{} has answered this already", "أجاب {} عن هذا من قبل", "{} پێشتر وەڵامی ئەمەی داوەتەوە"),
    row(
        "{} doubtful contests are not settled",
        "منافسات مشكوك فيها لم تُسوَّ: {}",
        "کێبڕکێی گوماناوی کە یەکلا نەکراونەتەوە: {}",
    ),
    row("the ballot account is not entered", "لم يُدخل حساب أوراق الاقتراع", "ژمێرەی کاغەزەکانی دەنگدان نەنووسراوە"),
    row(
        "the ballot account does not hold: {}",
        "حساب أوراق الاقتراع لا يستقيم: {}",
        "ژمێرەی کاغەزەکانی دەنگدان ڕێک نییە: {}",
    ),
    row(
        "the ballot account holds: there is no difference to close with",
        "حساب الأوراق متوازن، فلا فرق يُغلق به",
        "ژمێرەی کاغەزەکان ڕێکە و هیچ جیاوازییەک نییە پێی دابخرێت",
    ),
    row("no sheet with that hash was refused", "لم تُرفض ورقة بهذه البصمة", "هیچ کاغەزێک بەم هاشە ڕەت نەکراوەتەوە"),
    row(
        "the key is not the one that the key list has for device {} at this station",
        "المفتاح ليس الذي في قائمة المفاتيح للجهاز {} في هذه المحطة",
        "کلیلەکە ئەوە نییە کە لیستی کلیلەکان بۆ ئامێری {} لەم وێستگەیە هەیەتی",
    ),
    row("the figures are beyond all reason: {}", "الأرقام غير معقولة: {}", "ژمارەکان نامەعقوولن: {}"),
    row("the package could not be sealed: {}", "تعذّر ختم الحزمة: {}", "پاکێجەکە مۆر نەکرا: {}"),
    row("the slip could not be drawn: {}", "تعذّر رسم شريط النتائج: {}", "پسووڵەی ئەنجام نەکێشرا: {}"),
    row("{} is not the file that was sealed", "{} ليس الملف الذي خُتم", "{} ئەو پەڕگەیە نییە کە مۆر کرا"),
    row(
        "the medium {} does not hold {} as it was written",
        "الوسيط {} لا يحمل {} كما كُتب",
        "میدیای {} پەڕگەی {}ی وەک نووسراوە تێدا نییە",
    ),
    row("no slot was drawn: {}", "لم يُختر مكان: {}", "هیچ جێگەیەک هەڵنەبژێردرا: {}"),
    row("slot {} is damaged or missing", "المكان {} تالف أو مفقود", "جێگەی {} تێکچووە یان نییە"),
    row(
        "{} slots are torn, and a loss of power can tear only one",
        "أماكن ناقصة الكتابة: {}، وانقطاع التيار لا يُنقص إلا واحداً",
        "{} جێگە نیوەچڵ نووسراون، و بڕانی کارەبا تەنها یەکێک دەتوانێت نیوەچڵ بکات",
    ),
    row(
        "all {} slots of the store are used",
        "استُعملت أماكن المخزن كلها وعددها {}",
        "هەموو {} جێگەکەی کۆگا بەکارهاتوون",
    ),
    // What to do next
    row(
        "Free space or mend the disk, start the station again, compare its count with your own, and feed again what it did not count.",
        "أفسح مكاناً أو أصلح القرص، وشغّل المحطة ثانية، وقارن عددها بعددك، وأعد إدخال ما لم تعدّه.",
        "جێگە لە دیسکەکە بکەرەوە یان چاکی بکەرەوە، وێستگەکە دووبارە کارپێبکە، ژمارەکەی لەگەڵ هی خۆت بەراورد بکە، و ئەوەی نەیژماردووە دووبارە بیدە.",
    ),
    row(
        "Take a spare device for the remaining ballots and call the office.",
        "خذ جهازاً احتياطياً لبقية الأوراق واتصل بالمكتب.",
        "ئامێرێکی یەدەگ بۆ کاغەزەکانی تر ببە و پەیوەندی بە نووسینگەوە بکە.",
    ),
    row(
        "Stop, seal the device as it is, and call the office: the paper will be counted again.",
        "توقف، واختم الجهاز كما هو، واتصل بالمكتب: سيُعدّ الورق ثانية.",
        "بوەستە، ئامێرەکە وەک خۆی مۆر بکە و پەیوەندی بە نووسینگەوە بکە: کاغەزەکان دووبارە دەژمێردرێنەوە.",
    ),
    row(
        "Give the folder of a prepared station, or prepare one.",
        "أعطِ مجلد محطة مهيأة، أو هيئ واحدة.",
        "بوخچەی وێستگەیەکی ئامادەکراو بدە، یان یەکێک ئامادە بکە.",
    ),
    row(
        "Keep this folder and report it; prepare a new, empty one with `sanad station prepare`.",
        "احفظ هذا المجلد وأبلغ عنه؛ وهيّئ مجلداً جديداً فارغاً بأمر `sanad station prepare`.",
        "ئەم بوخچەیە هەڵبگرە و ڕایبگەیەنە؛ یەکێکی نوێی بەتاڵ بە `sanad station prepare` ئامادە بکە.",
    ),
    row(
        "Stop, seal the device as it is, and call the office.",
        "توقف، واختم الجهاز كما هو، واتصل بالمكتب.",
        "بوەستە، ئامێرەکە وەک خۆی مۆر بکە و پەیوەندی بە نووسینگەوە بکە.",
    ),
    row(
        "Ask for `sanad station status`: it names the next step.",
        "اطلب `sanad station status`: فهو يذكر الخطوة التالية.",
        "داوای `sanad station status` بکە: هەنگاوی دواتر دەڵێت.",
    ),
    row("Close the polls first.", "أغلق الاقتراع أولاً.", "سەرەتا دەنگدان دابخە."),
    row(
        "Make the report; to take more ballots two officers must reopen the polls.",
        "أعدّ التقرير؛ ولاستقبال أوراق أخرى يجب أن يعيد موظفان فتح الاقتراع.",
        "ڕاپۆرتەکە ئامادە بکە؛ بۆ وەرگرتنی کاغەزی تر دەبێت دوو فەرمانبەر دەنگدان بکەنەوە.",
    ),
    row(
        "Open the polls again to make a new zero report.",
        "افتح الاقتراع ثانية لإعداد تقرير صفر جديد.",
        "دەنگدان دووبارە بکەرەوە بۆ ئامادەکردنی ڕاپۆرتێکی سفری نوێ.",
    ),
    row(
        "Put back the definition that the polls were opened with.",
        "أعد التعريف الذي فُتح به الاقتراع.",
        "ئەو پێناسەیە بگەڕێنەوە کە دەنگدانی پێ کراوەتەوە.",
    ),
    row(
        "Use a folder prepared for this mode; nothing of one mode goes into another.",
        "استعمل مجلداً هُيئ لهذا الوضع؛ فلا ينتقل شيء من وضع إلى آخر.",
        "بوخچەیەک بەکاربهێنە کە بۆ ئەم دۆخە ئامادە کراوە؛ هیچ شتێک لە دۆخێکەوە ناچێتە دۆخێکی تر.",
    ),
    row(
        "Give the id of a station of stations.csv that is counted by itself.",
        "أعطِ معرّف محطة في stations.csv تُعدّ وحدها.",
        "ناسێنەری وێستگەیەکی stations.csv بدە کە بە تەنها دەژمێردرێت.",
    ),
    row(
        "Give the id of a person with the role officer in people.csv.",
        "أعطِ معرّف شخص دوره officer في people.csv.",
        "ناسێنەری کەسێک بدە کە ڕۆڵی لە people.csv دا officerـە.",
    ),
    row("Let a second officer confirm it.", "ليؤكده موظف ثانٍ.", "با فەرمانبەرێکی دووەم پشتڕاستی بکاتەوە."),
    row(
        "Look for the missing page, lay every sheet with its front first, and feed this sheet and all after it again.",
        "ابحث عن الصفحة الناقصة، وضع كل ورقة ووجهها أولاً، وأدخل هذه الورقة وكل ما بعدها ثانية.",
        "بەدوای لاپەڕە کەمەکەدا بگەڕێ، هەموو پەڕەیەک بە ڕووی پێشەوە یەکەم دابنێ، و ئەم پەڕەیە و هەموو ئەوانەی دوایی دووبارە بدە.",
    ),
    row(
        "List the doubts and answer what is asked there.",
        "اعرض العلامات المشكوك فيها وأجب عما يُسأل عنه.",
        "نیشانە گوماناوییەکان پیشان بدە و وەڵامی ئەوە بدەوە کە دەپرسرێت.",
    ),
    row("Let another person answer.", "ليجب شخص آخر.", "با کەسێکی تر وەڵام بداتەوە."),
    row(
        "List them with `sanad station adjudicate`; two people answer each, and where they differ another officer of people.csv does.",
        "اعرضها بأمر `sanad station adjudicate`؛ يجيب شخصان عن كل منها، وحيث يختلفان يجيب موظف آخر من people.csv.",
        "بە `sanad station adjudicate` پیشانیان بدە؛ دوو کەس وەڵامی هەریەکەیان دەدەنەوە، و لەو شوێنەی جیاوازن فەرمانبەرێکی تری people.csv وەڵام دەداتەوە.",
    ),
    row(
        "Enter received, spoiled and unused ballots with `sanad station enter`.",
        "أدخل الأوراق المستلمة والتالفة وغير المستعملة بأمر `sanad station enter`.",
        "کاغەزە وەرگیراو و تێکچوو و بەکارنەهاتووەکان بە `sanad station enter` بنووسە.",
    ),
    row(
        "Count the paper again and enter the account anew (sanad station enter); `sanad station alike` shows sheets that may be one paper fed twice. If it truly does not add up, close with --account-differs: the figures leave as they are, and the centre counts them only if two officers order it.",
        "عدّ الورق ثانية وأدخل الحساب من جديد (`sanad station enter`)؛ ويعرض `sanad station alike` الأوراق التي قد تكون ورقة واحدة أُدخلت مرتين. فإن كان الحساب لا يستقيم حقاً فأغلق مع --account-differs: تخرج الأرقام كما هي، ولا يحتسبها المركز إلا بأمر موظفَين.",
        "کاغەزەکان دووبارە بژمێرە و ژمێرەکە لە نوێوە بنووسە (`sanad station enter`)؛ `sanad station alike` ئەو کاغەزانە پیشان دەدات کە ڕەنگە یەک کاغەز بن و دوو جار خرابنە ناوەوە. ئەگەر بەڕاستی ڕێک نایەتەوە، بە --account-differs دایبخە: ژمارەکان وەک خۆیان دەردەچن، و ناوەندەکە تەنها بە فەرمانی دوو فەرمانبەر دەیانژمێرێت.",
    ),
    row("Sheets {} look alike:", "الأوراق {} متشابهة:", "کاغەزەکانی {} لە یەک دەچن:"),
    row(
        "{} groups of sheets look alike; compare the pictures with the papers",
        "مجموعات الأوراق المتشابهة: {}؛ قارن الصور بالأوراق",
        "{} کۆمەڵە کاغەز لە یەک دەچن؛ وێنەکان لەگەڵ کاغەزەکان بەراورد بکە",
    ),
    row("Close without --account-differs.", "أغلق من دون --account-differs.", "بەبێ --account-differs دایبخە."),
    row(
        "Ask for the status: it lists the refused sheets.",
        "اطلب الحالة: فهي تسرد الأوراق المرفوضة.",
        "داوای دۆخ بکە: کاغەزە ڕەتکراوەکان دەژمێرێت.",
    ),
    row(
        "Give the key file that was issued to this device for this station.",
        "أعطِ ملف المفتاح الذي صدر لهذا الجهاز لهذه المحطة.",
        "پەڕگەی ئەو کلیلە بدە کە بۆ ئەم ئامێرە لەم وێستگەیە دەرچووە.",
    ),
    row(
        "Mend the cause and make the report again; nothing was sealed.",
        "أصلح السبب وأعدّ التقرير ثانية؛ لم يُختم شيء.",
        "هۆکارەکە چاک بکە و ڕاپۆرتەکە دووبارە ئامادە بکە؛ هیچ شتێک مۆر نەکراوە.",
    ),
    row(
        "Hand over from the other medium, keep the device, and call the office.",
        "سلّم من الوسيط الآخر، واحفظ الجهاز، واتصل بالمكتب.",
        "لە میدیاکەی ترەوە ڕادەستی بکە، ئامێرەکە هەڵبگرە و پەیوەندی بە نووسینگەوە بکە.",
    ),
    row(
        "Use another medium and hand over again.",
        "استعمل وسيطاً آخر وسلّم ثانية.",
        "میدیایەکی تر بەکاربهێنە و دووبارە ڕادەست بکە.",
    ),
    row(
        "by the device's clock it is before {}, the hour at which the polls close",
        "الوقت بساعة الجهاز قبل {}، وهي ساعة إغلاق الاقتراع",
        "بە کاتژمێری ئامێرەکە پێش {}یە، کە کاتی داخستنی دەنگدانە",
    ),
    row(
        "Look at a clock on the wall. If the polls are to close now, say so with --early; it is logged.",
        "انظر إلى ساعة الحائط. فإن كان الاقتراع يُغلق الآن فقل ذلك بـ --early؛ وهو يُسجل.",
        "سەیری کاتژمێری دیوار بکە. ئەگەر دەنگدان ئێستا دادەخرێت، بە --early بیڵێ؛ تۆمار دەکرێت.",
    ),
    row("this is no picture of a sheet", "ليست هذه صورة ورقة", "ئەمە وێنەی کاغەز نییە"),
];
