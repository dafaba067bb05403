//! The words of the pages, and numbers as each language writes them.

use election::{Lang, StationKind};
use record::Standing;

/// `count` with the digits and separators of `lang`.
pub fn number(lang: Lang, count: u64) -> String {
    let digits = count.to_string();
    let (zero, separator) = match lang {
        Lang::En => ('0', ','),
        Lang::Ar | Lang::Ckb => ('٠', '٬'),
    };
    let mut text = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push(separator);
        }
        let value = digit.to_digit(10).expect("a number's digits are decimal");
        text.push(char::from_u32(u32::from(zero) + value).expect("ten digits follow each zero"));
    }
    text
}

/// A number with a decimal point, `1.9`, as `lang` writes it.
pub fn decimal(lang: Lang, text: &str) -> String {
    let point = if lang == Lang::En { "." } else { "٫" };
    let digit = |c: char| c.to_digit(10).map_or_else(|| point.to_owned(), |digit| number(lang, digit.into()));
    text.chars().map(digit).collect()
}

/// A kind of stations in words.
pub fn kind(w: &Words, kind: StationKind) -> &'static str {
    match kind {
        StationKind::General => w.kind_general,
        StationKind::Security => w.kind_security,
        StationKind::Displaced => w.kind_displaced,
        StationKind::DisplacedMovement => w.kind_displaced_movement,
        StationKind::Abroad => w.kind_abroad,
        StationKind::Prison => w.kind_prison,
        StationKind::Hospital => w.kind_hospital,
    }
}

macro_rules! words {
    ($($name:ident: $ar:literal, $ckb:literal, $en:literal;)*) => {
        /// The words of one language.
        #[derive(Clone, Copy, Debug)]
        #[expect(missing_docs, reason = "each is named after what it says in English")]
        pub struct Words { $(pub $name: &'static str,)* }

        /// The words of `lang`.
        pub fn words(lang: Lang) -> Words {
            match lang {
                Lang::Ar => Words { $($name: $ar,)* },
                Lang::Ckb => Words { $($name: $ckb,)* },
                Lang::En => Words { $($name: $en,)* },
            }
        }
    };
}

words! {
    results: "النتائج", "ئەنجامەکان", "Results";
    overview: "نظرة عامة", "پوختە", "Overview";
    office: "المكتب", "نووسینگە", "Office";
    offices: "المكاتب الانتخابية", "نووسینگەکانی هەڵبژاردن", "Electoral offices";
    station: "المحطة", "وێستگە", "Station";
    stations: "المحطات", "وێستگەکان", "Stations";
    constituencies: "الدوائر الانتخابية", "بازنەکانی هەڵبژاردن", "Constituencies";
    list: "القائمة", "لیست", "List";
    candidate: "المرشح", "کاندید", "Candidate";
    votes: "الأصوات", "دەنگەکان", "Votes";
    personal_votes: "الأصوات الشخصية", "دەنگی کەسی", "Personal votes";
    seats: "المقاعد", "کورسییەکان", "Seats";
    seat: "المقعد", "کورسی", "Seat";
    elected: "الفائزون", "هەڵبژێردراوان", "Elected";
    divisor: "القاسم", "دابەشکەر", "Divisor";
    rank: "الترتيب", "ڕیز", "Rank";
    won: "فاز", "بردوویەتی", "Won";
    quotients: "كل ناتج قسمة تمت مقارنته", "هەموو ئەنجامێکی دابەشکردن کە بەراورد کراوە", "Every quotient that was compared";
    steps: "من الأصوات إلى المقاعد، خطوة خطوة", "لە دەنگەوە بۆ کورسی، هەنگاو بە هەنگاو", "From votes to seats, step by step";
    expected: "المتوقع", "چاوەڕوانکراو", "Expected";
    network: "الشبكة", "تۆڕ", "Network";
    stick: "الذاكرة", "فلاش", "Stick";
    both: "كلاهما", "هەردووک", "Both";
    identical: "متطابقة", "وەک یەک", "Identical";
    different: "مختلفة", "جیاواز", "Differing";
    missing: "غير واصلة", "نەگەیشتوو", "Missing";
    arrived: "وصلت نسخة واحدة", "یەک وێنە گەیشتووە", "One copy arrived";
    matched: "متطابقة القناتين", "هەردوو کەناڵ وەک یەکن", "Matched";
    confirmed: "مؤكدة بدليل مستقل", "بە بەڵگەی سەربەخۆ پشتڕاست", "Confirmed";
    quarantined: "محجورة", "دەستبەسەر", "Quarantined";
    sub_judice: "قيد القضاء", "لەبەردەم دادگا", "Sub judice";
    cancelled: "ملغاة", "هەڵوەشاوە", "Cancelled";
    not_opened: "لم تفتح", "نەکراوەتەوە", "Not opened";
    counted_by_hand: "محتسبة من العد اليدوي", "لە ژماردنی دەستییەوە ژمێردراو", "Counted from the count by hand";
    counted: "محتسبة", "ژمێردراو", "Counted";
    not_counted: "غير محتسبة", "نەژمێردراو", "Not counted";
    standing: "الحالة", "دۆخ", "Standing";
    evidence: "الأدلة", "بەڵگەکان", "Evidence";
    by_order: "بقرار موظفَين", "بە بڕیاری دوو فەرمانبەر", "By two officers' order";
    slips_agreeing: "أشرطة نتائج مطابقة", "پسووڵەی هاوتا", "Slips that agree";
    slips_differing: "أشرطة نتائج مخالفة", "پسووڵەی ناهاوتا", "Slips that differ";
    registered: "المسجلون", "تۆمارکراو", "Registered";
    cast: "الأوراق المعدودة", "کاغەزی ژمێردراو", "Ballots counted";
    valid: "الصحيحة", "دروست", "Valid";
    blank: "البيضاء", "سپی", "Blank";
    invalid: "الباطلة", "پووچەڵ", "Invalid";
    unread: "غير المقروءة", "نەخوێنراوە", "Unread";
    account: "حساب أوراق الاقتراع", "ژمێرەی کاغەزەکانی دەنگدان", "Ballot account";
    documents: "الوثائق", "بەڵگەنامەکان", "Documents";
    total: "المجموع", "کۆ", "Total";
    all: "الكل", "هەموو", "All";
    version: "النسخة", "وەشان", "Version";
    fingerprint: "بصمة الانتخاب", "پەنجەمۆری هەڵبژاردن", "Election fingerprint";
    check_yourself: "تحقق بنفسك", "خۆت بیپشکنە", "Check it yourself";
    orders: "القرارات", "بڕیارەکان", "Orders";
    reason: "السبب", "هۆکار", "Reason";
    basis: "الأساس القانوني", "بنەمای یاسایی", "Legal basis";
    lots_needed: "تلزم قرعة", "تیروپشک پێویستە", "Lot required";
    vacant: "مقاعد شاغرة", "کورسی بەتاڵ", "Vacant seats";
    general_seat: "عام", "گشتی", "general";
    women_seat: "كوتا النساء", "کۆتای ژنان", "women's quota";
    reserved_seat: "مقعد مخصص", "کورسی تایبەت", "reserved";
    demo: "عرض تجريبي: ليست هذه نتائج حقيقية", "نمایش: ئەمانە ئەنجامی ڕاستەقینە نین", "Demonstration: these are not real results";
    rehearsal: "تمرين: ليست هذه نتائج حقيقية", "ڕاهێنان: ئەمانە ئەنجامی ڕاستەقینە نین", "Rehearsal: these are not real results";
    unwitnessed: "بلا شهود", "بێ شایەت", "UNWITNESSED";
    lost_key: "فُقد مفتاح الشاهد {}، والمجلس وحده يشهد للمفتاح الجديد", "کلیلی شایەتی {} ون بووە، و تەنها ئەنجومەن شایەتی بۆ کلیلە نوێیەکە دەدات", "The key of the witness {} was lost; the board alone vouches for the new one";
    freeze_unseen: "لا يثبت أن الشهود رأوا تجميد القواعد والمفاتيح قبل فتح الاقتراع ({})", "نەسەلمێنراوە کە شایەتەکان پێش کردنەوەی دەنگدان ({}) بەستنی یاسا و کلیلەکانیان بینیبێت", "Not shown: that witnesses had seen the freeze of rules and keys before the polls opened ({})";
    freeze_seen: "رأى الشهود تجميد القواعد والمفاتيح في {0}، قبل فتح الاقتراع في {1}.", "شایەتەکان لە {0} بەستنی یاسا و کلیلەکانیان بینی، پێش کردنەوەی دەنگدان لە {1}.", "Witnesses saw the freeze of rules and keys at {0}, before the polls opened at {1}.";
    witnessed_at: "رآه الشهود في", "شایەتەکان بینیویانە لە", "Witnesses saw this record at";
    old_after: "إن مضى على ذلك أكثر من {} ساعة والنتائج ما زالت ترد، فقد تكون هذه النسخة محجوبة عن الجديد: قارنها بغيرها.", "ئەگەر زیاتر لە {} کاتژمێر بەسەریدا تێپەڕیبێت و ئەنجام هێشتا دێت، ڕەنگە ئەوەی نوێیە لەم کۆپییە شاردرابێتەوە: لەگەڵ یەکێکی تر بەراوردی بکە.", "If that is more than {} hours ago while results still come in, this copy may be held back: compare it with another.";
    motto: "لكل رقم سند", "هەر ژمارەیەک سەنەدی هەیە", "Every figure has its proof";
    statement: "بيان المفوضية", "ڕاگەیەندراوی کۆمسیۆن", "The commission's statement";
    not_announced: "لم تُعلن النتائج بعد", "هێشتا ئەنجامەکان ڕانەگەیەنراون", "Nothing is announced yet";
    rules: "القواعد", "یاساکان", "Rules";
    rule: "القاعدة", "یاسا", "Rule";
    remarks: "ما تقوله قواعد حساب أوراق الاقتراع", "ئەوەی یاساکانی ژمێرەی کاغەزەکان دەیڵێن", "What the rules of the ballot account say";
    by_rule: "ما رصدته القواعد، من كم محطة", "ئەوەی یاساکان دۆزیویانەتەوە، لە چەند وێستگە", "What the rules found, of how many stations";
    rounded_down: "النسب مقرّبة إلى الأسفل؛ لا تُستبعد محطة بما رُصد فيها وحده", "ڕێژەکان بۆ خوارەوە خڕ کراونەتەوە؛ هیچ وێستگەیەک تەنها بەهۆی دۆزینەوەوە دەرناکرێت", "Shares are rounded down; no station is left out for a finding alone";
    stations_found: "محطات مرصودة", "وێستگەی دۆزراوە", "Stations found";
    of_stations: "من محطات", "لە وێستگە", "Of stations";
    finding: "النتيجة المرصودة", "دۆزینەوە", "finding";
    orders_naming: "قرارات تستند إليها", "بڕیار کە پشتی پێ دەبەستن", "orders that rest on it";
    kind: "النوع", "جۆر", "Kind";
    kind_general: "عامة", "گشتی", "general";
    kind_security: "القوات الأمنية", "هێزە ئەمنییەکان", "security";
    kind_displaced: "النازحون", "ئاوارەکان", "displaced";
    kind_displaced_movement: "النازحون بحركة السكان", "ئاوارەکان بە جووڵەی دانیشتوان", "displaced by movement";
    kind_abroad: "الخارج", "دەرەوەی وڵات", "abroad";
    kind_prison: "السجون", "زیندانەکان", "prison";
    kind_hospital: "المستشفيات", "نەخۆشخانەکان", "hospital";
    remark: "الملاحظة", "تێبینی", "Remark";
    letters: "كتب أعداد التسجيل", "نامەکانی ژمارەی تۆمار", "Letters with the registration figure";
    letter: "الكتاب", "نامە", "Letter";
    followed: "المتَّبع", "پەیڕەوکراو", "Followed";
    bound: "الحد الأعلى للأوراق", "سنووری کاغەزەکان", "Bound of the ballots";
    undecided: "كتب تختلف ولم يُقرر أيها يُتبع", "نامەکان جیاوازن و بڕیار نەدراوە کامیان پەیڕەو بکرێت", "Letters disagree, and which is followed is not decided";
    withdrawals: "المنسحبون بعد الطباعة", "کشاوەکان دوای چاپکردن", "Withdrawn after printing";
    taken_back: "سُحب الانسحاب", "کشانەوەکە گەڕێنرایەوە", "taken back";
    valid_before: "الصحيحة قبل ذلك", "دروست پێش ئەوە", "Valid before";
    valid_after: "الصحيحة بعده", "دروست دوای ئەوە", "Valid after";
    amendments: "قواعد عُدلت بعد التجميد", "یاسا هەموارکراوەکان دوای بەستن", "Rules changed after the freeze";
    before: "قبل", "پێش", "Before";
    after: "بعد", "دوا", "After";
    tables: "الجداول", "خشتەکان", "Tables";
    none_counted: "لم تُحتسب أي محطة من هذه: الأرقام هنا صفر لهذا السبب، لا لأن أحدا لم يصوت", "هیچ وێستگەیەکی ئێرە نەژمێردراوە: ژمارەکان لەبەر ئەوە سفرن، نەک لەبەر ئەوەی کەس دەنگی نەداوە", "None of these stations is counted: the figures here are zero for that reason, not because nobody voted";
    why_missing: "لم يصل منها شيء", "هیچی نەهاتووە", "nothing has come of it";
    why_arrived: "وصلت نسخة واحدة، والقواعد تطلب أكثر", "یەک وێنە هاتووە و ڕێساکان زیاتریان دەوێت", "one copy alone has come, and the rules ask for more";
    why_tier: "القواعد تطلب دليلا أكثر مما وصل", "ڕێساکان بەڵگەی زیاتریان لەوەی هاتووە دەوێت", "the rules ask for more evidence than has come";
    why_differ: "نسختاها مختلفتان ولم يقرر أحد بعد", "وێنەکانی جیاوازن و هێشتا کەس بڕیاری نەداوە", "its copies differ, and nobody has decided";
    why_slip: "شريط موقع من جهازها يخالف ما وصل", "پسووڵەیەکی واژۆکراوی ئامێرەکەی لەگەڵ ئەوەی هاتووە ناگونجێت", "a slip that its device signed says otherwise than what came";
    why_account: "حساب أوراق الاقتراع فيها لا يستقيم، ولم يقرر موظفان بعد", "ژمێرەی کاغەزەکانی دەنگدانی ڕێک نایەتەوە، و هێشتا دوو فەرمانبەر بڕیاریان نەداوە", "its ballot account does not add up, and two officers have not decided";
    why_not_opened: "قيل إنها لم تفتح، ووصلت منها نتائج", "گوترا نەکراوەتەوە، و ئەنجامی لێ هاتووە", "it is said not to have opened, and results have come";
    why_sub_judice: "قرارات قائمة يناقض بعضها بعضا", "بڕیارە کارپێکراوەکان دژی یەکن", "orders that stand contradict each other";
    look_at: "ما يجب النظر فيه", "ئەوەی دەبێت سەیر بکرێت", "To be looked at";
    unexpected: "غير متوقعة", "چاوەڕواننەکراو", "Unexpected";
    refused: "حزم مرفوضة", "پاکێجی ڕەتکراوە", "Refused packages";
    account_differs: "حساب أوراق الاقتراع لا يستقيم", "ژمێرەی کاغەزەکان ڕێک نایەتەوە", "The ballot account does not add up";
    duplicate: "الأرقام نفسها لمحطتين", "هەمان ژمارە بۆ دوو وێستگە", "The same figures as another station";
    like_station: "كالمحطة", "وەک وێستگەی", "As station";
    count: "العدد", "ژمارە", "Count";
    code: "الرمز", "کۆد", "Code";
    evidences: "أدلة متوافقة (شبكة، ذاكرة، شريط)", "بەڵگەی هاوتا (تۆڕ، فلاش، پسووڵە)", "Kinds of evidence that agree (network, stick, slip)";
    recount: "إعادة عد يدوي مطلوبة", "ژماردنەوەی دەستی داواکراوە", "Count by hand ordered";
    docket: "الشكاوى والطعون", "سکاڵا و تانەکان", "Complaints and appeals";
    complaints: "الشكاوى", "سکاڵاکان", "Complaints";
    appeals: "الطعون", "تانەکان", "Appeals";
    rulings: "قرارات المحاكم", "بڕیارەکانی دادگا", "Rulings of courts";
    case: "الرقم", "ژمارە", "Number";
    about: "بشأن", "دەربارەی", "About";
    ground: "السبب المذكور", "هۆکاری باسکراو", "What is said";
    stage: "المرحلة", "قۆناغ", "Stage";
    outcome: "ما آل إليه", "ئەنجام", "What became of it";
    until: "آخر موعد", "دوا وادە", "Deadline";
    open_matters: "ما بقي مفتوحا", "ئەوەی کراوەیە", "What is open";
    nothing_open: "لا شيء مفتوح", "هیچ شتێک کراوە نییە", "Nothing is open";
    certified: "صودق على النسخة", "وەشانی پەسەندکراو", "Certified version";
    ratification: "المصادقة على أسماء الفائزين", "پەسەندکردنی ناوی هەڵبژێردراوان", "Ratification of those elected";
    ratified_of: "صودق على {} من {}", "{} لە {} پەسەند کراون", "{} of {} are ratified";
    sent: "أرسل إلى المحكمة", "نێردراوە بۆ دادگا", "sent to the court";
    ratified: "صودق عليه", "پەسەند کراوە", "ratified";
    withheld_name: "محجوب", "ڕاگیراوە", "withheld";
    successions: "استبدال مفاتيح بعد التجميد", "گۆڕینی کلیل دوای بەستن", "Keys replaced after the freeze";
    not_handed: "لم يسلم", "ڕادەست نەکراوە", "not handed over";
    not_certified: "لم يصادق على هذه النسخة", "ئەم وەشانە پەسەند نەکراوە", "This version is not certified";
    stage_filed: "مقدمة", "پێشکەشکراو", "filed";
    stage_classified: "مصنفة", "پۆلێنکراو", "classified";
    stage_decided: "مبتوت فيها", "بڕیارلێدراو", "decided";
    stage_inadmissible: "غير مقبولة", "وەرنەگیراو", "inadmissible";
    red: "حمراء", "سوور", "red";
    yellow: "صفراء", "زەرد", "yellow";
    green: "خضراء", "سەوز", "green";
    late: "بعد الموعد", "دوای وادە", "late";
    empty: "بلا سبب", "بێ هۆکار", "empty";
    unknown: "عن مجهول", "دەربارەی نەناسراو", "about nothing known";
    duplicate_form: "مكررة", "دووبارە", "a duplicate";
    no_standing: "من غير ذي صفة", "لە کەسی بێ مافەوە", "by somebody without standing";
    upheld: "صحيحة", "پشتڕاستکراوە", "upheld";
    partly: "صحيحة جزئيا", "بەشێکی پشتڕاستکراوە", "upheld in part";
    dismissed: "مردودة", "ڕەتکراوە", "dismissed";
    granted: "مقبول", "پەسەندکراو", "granted";
    pending: "لم يُحكم فيه بعد", "هێشتا بڕیاری لێنەدراوە", "no ruling yet";
    injunction: "أمر ولائي", "فەرمانی دادگا", "injunction";
    permits: "إذن بالمصادقة", "ڕێگەدان بە پەسەندکردن", "permits the certification";
    lifts: "رفع أمر ولائي", "هەڵگرتنی فەرمان", "lifts an injunction";
    stays: "وقف", "ڕاگرتن", "stays";
    register: "سجل الأعمال والأجهزة", "تۆماری کار و ئامێرەکان", "Register of acts and equipment";
    acts: "الأعمال", "کارەکان", "Acts";
    nothing_entered: "لم يُدخل شيء", "هیچ نەنووسراوە", "Nothing was entered";
    paper: "الورقة", "کاغەز", "Paper";
    rests_on: "يستند إلى", "پشت دەبەستێت بە", "rests on";
    answers: "يجيب عن", "وەڵامی", "answers";
    annuls: "يلغي", "هەڵدەوەشێنێتەوە", "annuls";
    in_force: "قائم", "کارپێکراو", "in force";
    unanswered: "بلا جواب", "بێ وەڵام", "no answer yet";
    answered: "أُجيب عنه", "وەڵامدراوەتەوە", "answered";
    annulled: "ملغى", "هەڵوەشاوە", "annulled";
    law: "قانون", "یاسا", "law";
    directive: "تعليمات", "ڕێنمایی", "directive";
    committee: "لجنة", "لیژنە", "committee";
    minutes: "محضر", "کۆنووس", "minutes";
    security_plan: "خطة أمنية", "پلانی ئاسایش", "security plan";
    request: "طلب", "داواکاری", "request";
    reply: "جواب", "وەڵام", "reply";
    allegation: "ادعاء", "بانگەشە", "allegation";
    notice: "إشعار", "ئاگاداری", "notice";
    attendance: "حضور", "ئامادەبوون", "attendance";
    test_report: "تقرير فحص مستقل", "ڕاپۆرتی تاقیکردنەوەی سەربەخۆ", "independent test report";
    contract: "عقد", "گرێبەست", "contract";
    audit_remark: "ملاحظة تدقيق", "تێبینی وردبینی", "audit remark";
    order: "أمر", "فەرمان", "order";
    annulment: "إلغاء", "هەڵوەشاندنەوە", "annulment";
    other_paper: "ورقة أخرى", "کاغەزێکی تر", "another paper";
    equipment: "الأجهزة والمواد", "ئامێر و کەرەستەکان", "Equipment";
    devices_registered: "أجهزة قائمة المفاتيح المسجلة", "ئامێرەکانی لیستی کلیل کە تۆمار کراون", "Devices of the key list that are in the register";
    device: "جهاز عد", "ئامێری ژماردن", "counting device";
    server: "خادم", "ڕاژەکار", "server";
    ballot_box: "صندوق اقتراع", "سندوقی دەنگدان", "ballot box";
    link: "خط اتصال", "هێڵی پەیوەندی", "link";
    serial: "الرقم التسلسلي", "ژمارەی زنجیرەیی", "Serial number";
    transmission: "تقرير النقل بالشبكة", "ڕاپۆرتی گواستنەوە بە تۆڕ", "Transmission over the network";
    let_in: "حزم قُبل ملصقها", "پاکێج کە ناسنامەیان وەرگیرا", "Packages whose label was let in";
    with_receipt: "منها بإيصال", "لەوانە بە وەسڵ", "Of these, with a receipt";
    attempts: "محاولات إرسال", "هەوڵی ناردن", "Attempts";
    broken_off: "منها انقطعت", "لەوانە پچڕان", "Of these, broken off";
    bytes: "بايتات وردت", "بایتی هاتوو", "Bytes that came";
    protected_by: "محمية بـ", "پارێزراو بە", "Protected by";
    relays: "شهادات أجهزة الإرسال", "بڕوانامەی ئامێرەکانی ناردن", "Certificates of relays";
    refused_labels: "ملصقات وملفات مرفوضة", "ناسنامە و پەڕگەی ڕەتکراوە", "Refused labels and files";
    refused_connections: "اتصالات مرفوضة", "پەیوەندیی ڕەتکراوە", "Refused connections";
    odd_packages: "حزم لا يفسر التقرير بايتاتها", "پاکێج کە ڕاپۆرتەکە بایتەکانیان ڕوون ناکاتەوە", "Packages whose bytes the report does not account for";
    holder: "في عهدة", "لە دەستی", "In the hands of";
    gaps: "فجوات في العهدة", "کەلێن لە ڕادەستکردندا", "gaps between hands";
    contract_gone: "عقده ليس قائما", "گرێبەستەکەی کاری پێ ناکرێت", "its contract does not stand";
    open_remarks: "ملاحظات بلا جواب", "تێبینی بێ وەڵام", "remarks without an answer";
    from_counted: "من المحطات المحتسبة", "لە وێستگە ژمێردراوەکان", "of counted stations";
}

/// A standing in words.
pub fn standing(words: &Words, standing: Standing) -> &'static str {
    match standing {
        Standing::Missing => words.missing,
        Standing::Arrived => words.arrived,
        Standing::Matched => words.matched,
        Standing::Confirmed => words.confirmed,
        Standing::Quarantined => words.quarantined,
        Standing::SubJudice => words.sub_judice,
        Standing::Cancelled => words.cancelled,
        Standing::NotOpened => words.not_opened,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_as_the_language_does() {
        assert_eq!(number(Lang::En, 1_234_567), "1,234,567");
        assert_eq!(number(Lang::Ar, 1_234), "١٬٢٣٤");
        assert_eq!(number(Lang::Ckb, 0), "٠");
        assert_eq!(number(Lang::En, 999), "999");
        assert_eq!((decimal(Lang::En, "66.6"), decimal(Lang::Ar, "66.6")), ("66.6".to_owned(), "٦٦٫٦".to_owned()));
    }
}
