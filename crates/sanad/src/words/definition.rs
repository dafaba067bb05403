//! A definition: its rules, and what becomes of it.

use super::{Row, row};

/// The rows.
pub const ROWS: &[Row] = &[
    row(
        "problems in the definition, listed above: {}",
        "مشكلات في التعريف، مسرودة أعلاه: {}",
        "کێشە لە پێناسەکەدا، لە سەرەوە نووسراون: {}",
    ),
    row("problems: {}", "المشكلات: {}", "کێشەکان: {}"),
    row(
        "correct each line named, then run `sanad election check` again",
        "صحّح كل سطر مذكور، ثم أعد `sanad election check`",
        "هەر دێڕێکی ناوبراو ڕاست بکەرەوە، پاشان `sanad election check` دووبارە بکەرەوە",
    ),
    row(
        "{}: {} offices, {} constituencies, {} stations, {} contests, {} lists, {} candidates; no errors",
        "{}: مكاتب {}، دوائر {}، محطات {}، منافسات {}، قوائم {}، مرشحون {}؛ لا أخطاء",
        "{}: {} نووسینگە، {} بازنە، {} وێستگە، {} کێبڕکێ، {} لیست، {} کاندید؛ هیچ هەڵەیەک نییە",
    ),
    row("manifest {}", "بيان المحتويات {}", "لیستی ناوەڕۆک {}"),
    row("{} of {} files rewritten", "أُعيدت كتابة {} من {} ملفات", "{} لە {} پەڕگە دووبارە نووسرانەوە"),
    row("the folder is not empty", "المجلد ليس فارغاً", "بوخچەکە بەتاڵ نییە"),
    row("name a folder that does not exist yet", "سمِّ مجلداً ليس موجوداً بعد", "بوخچەیەک ناو بنێ کە هێشتا نییە"),
    row(
        "Wrote a definition to {}. Edit it, then: sanad election check {}",
        "كُتب تعريف في {}. حرره، ثم: `sanad election check` {}",
        "پێناسەیەک لە {} نووسرا. دەستکاری بکە، پاشان: `sanad election check` {}",
    ),
    row("Wrote {} from the key lists.", "كُتب {} من قوائم المفاتيح.", "{} لە لیستی کلیلەکانەوە نووسرا."),
    row("Leaf 0: {}", "الورقة ٠: {}", "گەڵای ٠: {}"),
    row("Election fingerprint: {}", "بصمة الانتخاب: {}", "پەنجەمۆری هەڵبژاردن: {}"),
    row(
        "Print the fingerprint in the gazette, on ballots and on slips. It is also in {}.",
        "اطبع البصمة في الجريدة الرسمية وعلى أوراق الاقتراع وأشرطة النتائج. وهي أيضاً في {}.",
        "پەنجەمۆرەکە لە ڕۆژنامەی فەرمی و لەسەر کاغەزەکانی دەنگدان و پسووڵەکان چاپ بکە. هەروەها لە {}دایە.",
    ),
    // The rules
    row(
        "Every file that is needed is there, is an ordinary file and can be read",
        "كل ملف لازم موجود، وهو ملف عادي، ويُقرأ",
        "هەر پەڕگەیەکی پێویست هەیە، پەڕگەی ئاساییە و دەخوێندرێتەوە",
    ),
    row(
        "No file is larger, and no table longer, than its limit",
        "لا ملف أكبر من حده، ولا جدول أطول من حده",
        "هیچ پەڕگەیەک لە سنووری خۆی گەورەتر و هیچ خشتەیەک درێژتر نییە",
    ),
    row(
        "The folder holds no file that is not part of a definition",
        "ليس في المجلد ملف ليس من التعريف",
        "بوخچەکە هیچ پەڕگەیەکی تێدا نییە کە بەشی پێناسە نەبێت",
    ),
    row("Every file is UTF-8", "كل ملف UTF-8", "هەر پەڕگەیەک UTF-8ـە"),
    row("election.toml is TOML", "election.toml نص TOML", "election.toml TOMLـە"),
    row(
        "Every key of election.toml that is needed is there",
        "كل مفتاح لازم في election.toml موجود",
        "هەر کلیلێکی پێویستی election.toml هەیە",
    ),
    row(
        "election.toml has no key of another name",
        "ليس في election.toml مفتاح باسم آخر",
        "election.toml هیچ کلیلێکی بە ناوێکی تر تێدا نییە",
    ),
    row(
        "Every value of election.toml is of the kind its key asks for",
        "كل قيمة في election.toml من النوع الذي يطلبه مفتاحها",
        "هەر نرخێکی election.toml لەو جۆرەیە کە کلیلەکەی داوای دەکات",
    ),
    row(
        "The first line of a table names its columns, separated by commas or by semicolons, not by both",
        "أول سطر في الجدول يسمّي أعمدته، مفصولة بفواصل أو بفواصل منقوطة، لا بكلتيهما",
        "یەکەم دێڕی خشتە ناوی ستوونەکانی دەبات، بە فاریزە یان بە خاڵفاریزە جیاکراونەتەوە، نەک بە هەردووکیان",
    ),
    row("Every column that is needed is there", "كل عمود لازم موجود", "هەر ستوونێکی پێویست هەیە"),
    row(
        "A table has no column of another name",
        "ليس في الجدول عمود باسم آخر",
        "خشتە هیچ ستوونێکی بە ناوێکی تر تێدا نییە",
    ),
    row("A column stands in a table once", "العمود يرد في الجدول مرة واحدة", "ستوون لە خشتەدا یەک جار دێت"),
    row(
        "Every row has as many cells as the header",
        "في كل صف من الخلايا ما في العنوان",
        "هەر ڕیزێک هێندەی سەردێڕ خانەی هەیە",
    ),
    row("Every cell that is needed is filled", "كل خلية لازمة مملوءة", "هەر خانەیەکی پێویست پڕ کراوەتەوە"),
    row(
        "An id is 1 to 40 of a-z, 0-9 and _, the first a letter or digit",
        "المعرّف من ١ إلى ٤٠ من a-z و 0-9 و _، أولها حرف أو رقم",
        "ناسێنەر ١ تا ٤٠ لە a-z و 0-9 و _ـە، یەکەمیان پیت یان ژمارە",
    ),
    row(
        "A number is written in digits and within its limits",
        "العدد يُكتب بالأرقام وضمن حدوده",
        "ژمارە بە ڕەنووس و لە سنووری خۆیدا دەنووسرێت",
    ),
    row(
        "Where a column has a closed set of words, the cell holds one of them",
        "حيث للعمود كلمات محدودة، في الخلية واحدة منها",
        "لەو شوێنەی ستوون وشەی دیاریکراوی هەیە، خانەکە یەکێکیانی تێدایە",
    ),
    row(
        "A date is written year-month-day and is in the calendar",
        "التاريخ يُكتب سنة-شهر-يوم وهو في التقويم",
        "بەروار ساڵ-مانگ-ڕۆژ دەنووسرێت و لە ڕۆژژمێردایە",
    ),
    row(
        "A SHA-256 is written sha256: and 64 lower-case hex digits",
        "يُكتب SHA-256: sha256: و٦٤ رقماً ستة عشرياً صغيراً",
        "SHA-256 وەک sha256: و ٦٤ ژمارەی شازدەیی بچووک دەنووسرێت",
    ),
    row(
        "A text has no line break, no control character and no invisible or direction-changing character",
        "ليس في النص كسر سطر ولا حرف تحكم ولا حرف خفي أو مغيّر للاتجاه",
        "دەق شکاندنی دێڕ و پیتی کۆنترۆڵ و پیتی نادیار یان گۆڕەری ئاراستەی تێدا نییە",
    ),
    row("A text is no longer than 200 characters", "لا يزيد النص على ٢٠٠ حرف", "دەق لە ٢٠٠ پیت درێژتر نییە"),
    row(
        "A text does not begin like a spreadsheet formula, with = + - or @",
        "لا يبدأ النص كصيغة جدول بـ = أو + أو - أو @",
        "دەق وەک فۆرموڵای خشتە بە = + - یان @ دەست پێ ناکات",
    ),
    row(
        "A name is given in every language of the election",
        "الاسم معطى بكل لغة من لغات الانتخاب",
        "ناو بە هەموو زمانێکی هەڵبژاردن دراوە",
    ),
    row(
        "A definition with more than 10,000 problems is not read to its end",
        "تعريف فيه أكثر من ١٠٬٠٠٠ مشكلة لا يُقرأ إلى آخره",
        "پێناسەیەک کە زیاتر لە ١٠٬٠٠٠ کێشەی تێدا بێت تا کۆتایی ناخوێندرێتەوە",
    ),
    row("An id stands for one thing of its kind", "المعرّف لشيء واحد من نوعه", "ناسێنەر بۆ یەک شتی جۆری خۆیەتی"),
    row(
        "A number on the ballot stands for one list of a contest, and for one candidate of a list or contest",
        "الرقم على الورقة لقائمة واحدة في المنافسة، ولمرشح واحد في القائمة أو المنافسة",
        "ژمارەی سەر کاغەز بۆ یەک لیستی کێبڕکێ و بۆ یەک کاندیدی لیست یان کێبڕکێیە",
    ),
    row("An id that is referred to exists", "المعرّف المشار إليه موجود", "ئەو ناسێنەرەی ئاماژەی پێ کراوە هەیە"),
    row(
        "A list or candidate has no id that means something else on a ballot: not n1, n2, …, and not another's",
        "ليس لقائمة أو مرشح معرّف يعني شيئاً آخر على الورقة: لا n1 ولا n2 ولا معرّف غيره",
        "لیست یان کاندید ناسێنەرێکی نییە کە لەسەر کاغەز واتای تری هەبێت: نە n1، n2، … و نە هی یەکێکی تر",
    ),
    row(
        "No office has the id centre, which means the tally centre",
        "ليس لمكتب المعرّف centre، فهو يعني مركز الجدولة",
        "هیچ نووسینگەیەک ناسێنەری centreی نییە، کە واتای ناوەندی خشتەکردنە",
    ),
    row(
        "The time zone is one of the IANA database, written as there",
        "المنطقة الزمنية من قاعدة IANA، مكتوبة كما فيها",
        "ناوچەی کات یەکێکە لە بنکەی IANA، وەک لەوێ نووسراوە",
    ),
    row(
        "The election has at least one language, each once",
        "للانتخاب لغة واحدة على الأقل، كل منها مرة",
        "هەڵبژاردن لانیکەم یەک زمانی هەیە، هەریەکە یەک جار",
    ),
    row("The first round is 1", "الجولة الأولى ١", "خولی یەکەم ١ـە"),
    row(
        "At least two officers sign what changes a result, and no more than there are",
        "موظفان على الأقل يوقّعان ما يغيّر نتيجة، ولا أكثر من الموجودين",
        "لانیکەم دوو فەرمانبەر ئەوە واژۆ دەکەن کە ئەنجام دەگۆڕێت، و زیاتر نا لەوەی هەن",
    ),
    row(
        "At least two members of the board freeze and certify, and no more than there are",
        "عضوان من المجلس على الأقل يجمّدان ويصادقان، ولا أكثر من الموجودين",
        "لانیکەم دوو ئەندامی ئەنجومەن دەیبەستن و پەسەندی دەکەن، و زیاتر نا لەوەی هەن",
    ),
    row(
        "At least two commissioners' shares open the centre's identity, and no more than there are commissioners",
        "حصتا مفوضَين على الأقل تفتحان هوية المركز، ولا أكثر من المفوضين",
        "لانیکەم بەشی دوو کۆمیسیار ناسنامەی ناوەند دەکاتەوە، و زیاتر نا لە ژمارەی کۆمیسیارەکان",
    ),
    row(
        "At least one witness cosigns before an announcement, and no more than there are",
        "شاهد على الأقل يوقّع قبل الإعلان، ولا أكثر من الموجودين",
        "لانیکەم یەک شایەت پێش ڕاگەیاندن هاوواژۆ دەکات، و زیاتر نا لەوەی هەن",
    ),
    row(
        "The reader's thresholds are in thousandths, and the one for a mark is above the one for none",
        "عتبتا القارئ بالألف، وعتبة العلامة فوق عتبة اللاعلامة",
        "سنوورەکانی خوێنەر بە هەزارمن، و هی نیشانە لە سەروو هی نەبوونیەتی",
    ),
    row("The threshold for seats is less than the whole", "عتبة المقاعد أقل من الكل", "بەربەستی کورسی لە هەموو کەمترە"),
    row("A figure of the law in [law] is not zero", "رقم القانون في [law] ليس صفراً", "ژمارەی یاسا لە [law] سفر نییە"),
    row(
        "A station takes the ballots of at least one constituency",
        "تستقبل المحطة أوراق دائرة واحدة على الأقل",
        "وێستگە لانیکەم کاغەزی یەک بازنە وەردەگرێت",
    ),
    row("A station names a constituency once", "تذكر المحطة الدائرة مرة واحدة", "وێستگە بازنەیەک یەک جار ناو دەبات"),
    row(
        "A general station takes the ballots of one constituency",
        "المحطة العامة تستقبل أوراق دائرة واحدة",
        "وێستگەی گشتی کاغەزی یەک بازنە وەردەگرێت",
    ),
    row(
        "A station has at least one voter registered or one ballot delivered",
        "للمحطة ناخب مسجل أو ورقة مسلّمة على الأقل",
        "وێستگە لانیکەم یەک دەنگدەری تۆمارکراو یان یەک کاغەزی گەیەنراوی هەیە",
    ),
    row(
        "General stations and displaced by movement have a fixed register, displaced stations a conditional one",
        "للمحطات العامة ونازحي الحركة سجل ثابت، ولمحطات النازحين سجل مشروط",
        "وێستگە گشتییەکان و ئاوارەی جووڵە تۆماری جێگیریان هەیە، وێستگەی ئاوارەکان مەرجدار",
    ),
    row(
        "A station whose box takes another's ballots counts them itself",
        "المحطة التي يستقبل صندوقها أوراق غيرها تعدّها بنفسها",
        "ئەو وێستگەیەی سندوقەکەی کاغەزی یەکێکی تر وەردەگرێت خۆی دەیانژمێرێت",
    ),
    row(
        "A station is counted with one of the same office that takes the ballots of all its constituencies",
        "تُعدّ المحطة مع محطة من المكتب نفسه تستقبل أوراق كل دوائرها",
        "وێستگە لەگەڵ یەکێکی هەمان نووسینگە دەژمێردرێت کە کاغەزی هەموو بازنەکانی وەردەگرێت",
    ),
    row(
        "The stations of one centre report to one office",
        "محطات المركز الواحد تتبع مكتباً واحداً",
        "وێستگەکانی یەک بنکە سەر بە یەک نووسینگەن",
    ),
    row(
        "A letter with registration figures is not younger than the election",
        "كتاب أرقام التسجيل ليس أحدث من الانتخاب",
        "نامەی ژمارەکانی تۆمارکردن لە هەڵبژاردن نوێتر نییە",
    ),
    row(
        "A contest fills at least one seat, general or reserved",
        "تملأ المنافسة مقعداً واحداً على الأقل، عاماً أو مخصصاً",
        "کێبڕکێ لانیکەم یەک کورسی پڕ دەکاتەوە، گشتی یان تایبەت",
    ),
    row(
        "The sheets of a constituency are numbered 1, 2, 3, … without a gap",
        "أوراق الدائرة مرقمة ١، ٢، ٣، … بلا فجوة",
        "کاغەزەکانی بازنە ١، ٢، ٣، … بەبێ کەلێن ژمارە کراون",
    ),
    row(
        "vote_for is given in contests of candidates, there only, and is not more than the candidates",
        "vote_for معطى في منافسات المرشحين وحدها، ولا يزيد على المرشحين",
        "vote_for تەنها لە کێبڕکێی کاندیداندا دراوە، و لە کاندیدەکان زیاتر نییە",
    ),
    row(
        "A contest has something to mark: lists, or candidates",
        "في المنافسة ما يُؤشر: قوائم أو مرشحون",
        "کێبڕکێ شتێکی تێدایە بۆ نیشانەکردن: لیست یان کاندید",
    ),
    row("A list stands in a contest of lists", "القائمة في منافسة قوائم", "لیست لە کێبڕکێی لیستاندایە"),
    row(
        "A candidate in a contest of lists is on a list of that contest; elsewhere on none",
        "المرشح في منافسة قوائم على قائمة منها؛ وفي غيرها ليس على قائمة",
        "کاندید لە کێبڕکێی لیستاندا لەسەر لیستێکی ئەو کێبڕکێیەیە؛ لە شوێنی تر لەسەر هیچ",
    ),
    row("A list has at least one candidate", "في القائمة مرشح واحد على الأقل", "لیست لانیکەم یەک کاندیدی هەیە"),
    row(
        "A list has no more candidates than the law allows for the seats of its contest",
        "لا يزيد مرشحو القائمة على ما يجيزه القانون لمقاعد منافستها",
        "لیست لە کاندید زیاتری نییە لەوەی یاسا بۆ کورسییەکانی کێبڕکێکەی ڕێی پێ دەدات",
    ),
    row(
        "Women stand on a list in the positions that the law asks",
        "النساء على القائمة في المواضع التي يطلبها القانون",
        "ژنان لەسەر لیست لەو شوێنانەن کە یاسا داوای دەکات",
    ),
    row("Every constituency has a contest", "لكل دائرة منافسة", "هەر بازنەیەک کێبڕکێیەکی هەیە"),
    row(
        "Reserved seats are at least one, in a contest of open lists",
        "المقاعد المخصصة واحد على الأقل، في منافسة قوائم مفتوحة",
        "کورسی تایبەت لانیکەم یەکە، لە کێبڕکێی لیستی کراوەدا",
    ),
    row(
        "The lists of a community have at least as many candidates as seats are reserved for it",
        "في قوائم المكوّن من المرشحين ما لا يقل عن المقاعد المخصصة له",
        "لیستەکانی پێکهاتەیەک لانیکەم هێندەی کورسییە تایبەتەکانی کاندیدیان هەیە",
    ),
    row(
        "A list stands for a community that has reserved seats in its contest",
        "القائمة عن مكوّن له مقاعد مخصصة في منافستها",
        "لیست نوێنەری پێکهاتەیەکە کە لە کێبڕکێکەیدا کورسی تایبەتی هەیە",
    ),
    row(
        "The seats of all contests, reserved ones among them, add up to the law's figure",
        "مجموع مقاعد كل المنافسات، والمخصصة منها، هو رقم القانون",
        "کۆی کورسییەکانی هەموو کێبڕکێکان، تایبەتەکانیشیان، ژمارەی یاسایە",
    ),
    row(
        "An agent watches for a party; nobody else in people.csv belongs to one",
        "الوكيل يراقب عن حزب؛ ولا أحد غيره في people.csv من حزب",
        "بریکار بۆ حزبێک چاودێری دەکات؛ کەسی تر لە people.csv سەر بە حزب نییە",
    ),
    row(
        "A key is the base64 of a SubjectPublicKeyInfo: P-256, or Ed25519 for logs and witnesses",
        "المفتاح هو base64 لـ SubjectPublicKeyInfo: P-256، أو Ed25519 للسجلات والشهود",
        "کلیل base64ی SubjectPublicKeyInfoـە: P-256، یان Ed25519 بۆ تۆمار و شایەت",
    ),
    row(
        "A key belongs to one device, person, service or witness",
        "المفتاح لجهاز أو شخص أو خدمة أو شاهد واحد",
        "کلیل هی یەک ئامێر، کەس، خزمەتگوزاری یان شایەتە",
    ),
    row(
        "An age recipient is age1 and 58 of the characters of Bech32, and belongs to one office or the centre",
        "مستلم age هو age1 و٥٨ من حروف Bech32، وهو لمكتب واحد أو للمركز",
        "وەرگری age age1 و ٥٨ پیتی Bech32ـە، و هی یەک نووسینگە یان ناوەندە",
    ),
    row(
        "All who must have a key have one: stations, officers, board, services, centre, offices, witnesses, commissioners",
        "لكل من يلزمه مفتاح مفتاح: المحطات والموظفون والمجلس والخدمات والمركز والمكاتب والشهود والمفوضون",
        "هەموو ئەوانەی دەبێت کلیلیان هەبێت هەیانە: وێستگەکان، فەرمانبەران، ئەنجومەن، خزمەتگوزارییەکان، ناوەند، نووسینگەکان، شایەتەکان، کۆمیسیارەکان",
    ),
    row("A share is held by a commissioner", "الحصة عند مفوض", "بەش لای کۆمیسیارێکە"),
    row(
        "A witness signs under a name of its own: printable ASCII without space or +",
        "يوقّع الشاهد باسم خاص به: ASCII مطبوع بلا فراغ ولا +",
        "شایەت بە ناوێکی تایبەتی خۆی واژۆ دەکات: ASCIIی چاپکراو بەبێ بۆشایی یان +",
    ),
    row(
        "A text is no longer than 200 characters, a cell of ids no longer than 2,000 ids",
        "لا يزيد النص على ٢٠٠ حرف، ولا خلية المعرّفات على ٢٬٠٠٠ معرّف",
        "دەق لە ٢٠٠ پیت و خانەی ناسێنەرەکان لە ٢٬٠٠٠ ناسێنەر درێژتر نییە",
    ),
    row(
        "registrations.csv has letters beside the one that stations.csv names, and not that one again",
        "في registrations.csv كتب غير الذي يذكره stations.csv، ولا يكرره",
        "registrations.csv نامەی تری تێدایە جگە لەوەی stations.csv ناوی دەبات، و ئەوە دووبارە ناکاتەوە",
    ),
    row(
        "Votes for the withdrawn are made invalid only where a voter has one mark",
        "لا تُبطل أصوات المنسحب إلا حيث للناخب علامة واحدة",
        "دەنگی کشاوەکان تەنها لەو شوێنەی دەنگدەر یەک نیشانەی هەیە پووچەڵ دەکرێنەوە",
    ),
    row(
        "Only kinds of stations may need an order to be counted, not all stations",
        "أنواع من المحطات وحدها قد تحتاج إلى قرار لتُحتسب، لا كل المحطات",
        "تەنها هەندێک جۆری وێستگە پێویستیان بە بڕیارە بۆ ژماردن، نەک هەموویان",
    ),
    row(
        "[isolation] lists an interface or socket once, and at most 64 of either",
        "يسرد [isolation] كل واجهة أو مقبس مرة واحدة، وما لا يزيد على ٦٤ من كل منهما",
        "[isolation] هەر ڕووکارێک یان سۆکێتێک یەک جار لیست دەکات، و لە هەر یەکیان ٦٤ زیاتر نا",
    ),
    row("The polls open before they close", "يُفتح الاقتراع قبل أن يُغلق", "دەنگدان پێش داخستنی دەکرێتەوە"),
    row("'{}' cannot be '{}': {}", "لا يكون '{}' هو '{}': {}", "'{}' ناتوانێت '{}' بێت: {}"),
    row(
        "'{}' cannot be '{}': no definition may say so ({}): {}",
        "لا يكون '{}' هو '{}': لا يجوز لتعريف أن يقول ذلك ({}): {}",
        "'{}' ناتوانێت '{}' بێت: هیچ پێناسەیەک ناتوانێت وا بڵێت ({}): {}",
    ),
    row(
        "'{}' is no rule that can be amended: [seats], [seats_in], announce, [announce_by_kind], votes.withdrawn, [isolation] and [findings] but its sources are",
        "'{}' ليست قاعدة تُعدّل: تُعدّل [seats] و [seats_in] و announce و [announce_by_kind] و votes.withdrawn و [isolation] و [findings] ما عدا مصادرها",
        "'{}' یاسایەک نییە هەموار بکرێت: [seats]، [seats_in]، announce، [announce_by_kind]، votes.withdrawn، [isolation] و [findings] جگە لە سەرچاوەکانی هەموار دەکرێن",
    ),
    row(
        "write a key and a value as docs/definition.md has them",
        "اكتب مفتاحاً وقيمة كما في docs/definition.md",
        "کلیل و نرخێک وەک docs/definition.md بنووسە",
    ),
    row(
        "'{}' is no rule of findings: write one of R.501 to R.509",
        "'{}' ليست قاعدة من قواعد النتائج المرصودة: اكتب إحدى R.501 إلى R.509",
        "'{}' یاسایەکی دۆزینەوە نییە: یەکێک لە R.501 تا R.509 بنووسە",
    ),
    row(
        "a turnout of 0 finds every station",
        "نسبة مشاركة 0 ترصد كل محطة",
        "ڕێژەی بەشداریی 0 هەموو وێستگەیەک دەدۆزێتەوە",
    ),
    row(
        "a turnout of {} is more than the whole bound",
        "نسبة مشاركة {} أكثر من الحد كله",
        "ڕێژەی بەشداریی {} لە هەموو سنوورەکە زیاترە",
    ),
    row(
        "write a share above 0 and at most 1, such as 95/100; to leave the rule out, write it in findings.off",
        "اكتب حصة فوق الصفر ولا تزيد على 1، مثل 95/100؛ ولترك القاعدة اكتبها في findings.off",
        "بەشێک لە سەرووی سفر و لە 1 زیاتر نەبێت بنووسە، وەک 95/100؛ بۆ وازهێنان لە یاساکە لە findings.off بینووسە",
    ),
    row(
        "with '{}' as '{}' one copy alone would do of stations of the kind {}",
        "إذا صار '{}' هو '{}' كفت نسخة واحدة من محطات النوع {}",
        "ئەگەر '{}' ببێتە '{}' تەنها یەک وێنە لە وێستگەکانی جۆری {} بەسە",
    ),
    row(
        "decide each such station by an order, on a slip or a count by hand",
        "قرّر في كل محطة كهذه بقرار يستند إلى شريط نتائج أو عدّ يدوي",
        "لەبارەی هەر وێستگەیەکی وا بە بڕیارێک بڕیار بدە، بە پشتبەستن بە پسووڵەیەک یان ژماردنی دەستی",
    ),
    row("; the nearest is '{}'", "؛ الأقرب '{}'", "؛ نزیکترین '{}'ـە"),
];
