//! What officers and agents read, in the three languages of the election.

use election::{Coded as _, Lang, Text};

use crate::error::StationError;
use crate::scan::Outcome;
use crate::slots::SlotError;
use crate::state::Phase;

fn text(ar: impl Into<String>, ckb: impl Into<String>, en: impl Into<String>) -> Text {
    Text { ar: ar.into(), ckb: ckb.into(), en: en.into() }
}

impl Phase {
    /// Where the day stands.
    pub fn say(self, lang: Lang) -> String {
        let words = match self {
            Phase::Prepared => text(
                "المحطة مهيأة ولم يُفتح الاقتراع بعد",
                "وێستگەکە ئامادەیە و دەنگدان هێشتا نەکراوەتەوە",
                "The station is prepared; the polls are not open",
            ),
            Phase::Open => text("الاقتراع مفتوح", "دەنگدان کراوەیە", "The polls are open"),
            Phase::Closed => text(
                "أُغلق الاقتراع ولم يُعدّ التقرير بعد",
                "دەنگدان داخراوە و ڕاپۆرت هێشتا ئامادە نەکراوە",
                "The polls are closed; the report is not made yet",
            ),
            Phase::Sealed => text(
                "أُغلق الاقتراع وخُتمت النتائج",
                "دەنگدان داخراوە و ئەنجامەکان مۆر کراون",
                "The polls are closed and the results are sealed",
            ),
        };
        words.get(lang).to_owned()
    }

    /// The next step of the day.
    pub fn next(self, lang: Lang) -> String {
        let words = match self {
            Phase::Prepared => text(
                "اطبع تقرير الصفر وافتح الاقتراع",
                "ڕاپۆرتی سفر چاپ بکە و دەنگدان بکەرەوە",
                "Make the zero report and open the polls",
            ),
            Phase::Open => text(
                "أدخل أوراق الاقتراع، ثم سوِّ العلامات المشكوك فيها، وأدخل حساب أوراق الاقتراع، وأغلق الاقتراع",
                "کاغەزەکان بخەرە ناو ئامێرەکە، پاشان نیشانە گوماناوییەکان یەکلا بکەرەوە، ژمێرەی کاغەزەکانی دەنگدان بنووسە و دەنگدان دابخە",
                "Feed the ballots, settle what is in doubt, enter the ballot account, and close the polls",
            ),
            Phase::Closed => text("أعدّ التقرير", "ڕاپۆرتەکە ئامادە بکە", "Make the report"),
            Phase::Sealed => text(
                "اطبع نسخ التقرير للوكلاء وسلّم الوسيطين",
                "کۆپییەکانی ڕاپۆرت بۆ بریکارەکان چاپ بکە و هەردوو میدیاکە ڕادەست بکە",
                "Print copies of the slip for the agents and hand over both media",
            ),
        };
        words.get(lang).to_owned()
    }
}

impl Outcome {
    /// What became of a sheet.
    pub fn say(&self, lang: Lang) -> String {
        let words = match self {
            Outcome::Counted { doubtful: 0 } => text("عُدّت الورقة", "کاغەزەکە ژمێردرا", "The sheet is counted"),
            Outcome::Counted { doubtful } => text(
                format!("عُدّت الورقة، وفيها علامات مشكوك فيها في {doubtful} من المنافسات ينظر فيها شخصان"),
                format!("کاغەزەکە ژمێردرا، و نیشانەی گوماناوی لە {doubtful} کێبڕکێدا هەیە کە دوو کەس سەیری دەکەن"),
                format!("The sheet is counted; two people must look at doubtful marks in {doubtful} of its contests"),
            ),
            Outcome::SameFile => text(
                "قُرئ هذا الملف من قبل، وعُدّت الورقة مرة واحدة",
                "ئەم پەڕگەیە پێشتر خوێندراوەتەوە و کاغەزەکە تەنها یەک جار ژمێردراوە",
                "This file was read before; the sheet is counted once",
            ),
            Outcome::Refused { words, .. } => return words.get(lang).to_owned(),
        };
        words.get(lang).to_owned()
    }
}

/// A ballot of a constituency that this station takes none of.
pub(crate) fn not_taken_here() -> Text {
    text(
        "الورقة من دائرة لا تستقبل هذه المحطة أوراقها؛ احفظها على حدة",
        "کاغەزەکە هی بازنەیەکە کە ئەم وێستگەیە کاغەزەکانی وەرناگرێت؛ بە جیا بیپارێزە",
        "The sheet is of a constituency whose ballots this station does not take; keep it apart",
    )
}

impl StationError {
    /// The error in the language of the officers; the English text is the error's own.
    pub fn say(&self, lang: Lang) -> String {
        let (ar, ckb): (String, String) = match self {
            StationError::Disk(why) => (format!("تعطّل القرص: {why}"), format!("دیسکەکە کار ناکات: {why}")),
            StationError::Store(SlotError::Full(many)) => {
                (format!("امتلأ مخزن الأوراق وسعته {many}"), format!("کۆگای پسووڵەکان پڕ بووە، جێگەی {many}"))
            }
            StationError::Store(_) => ("مخزن أوراق الاقتراع تالف".into(), "کۆگای پسووڵەکان تێکچووە".into()),
            StationError::Entropy(_) => {
                ("مولّد الأرقام العشوائية لا يُعتمد عليه".into(), "دروستکەری ژمارەی هەڕەمەکی جێی متمانە نییە".into())
            }
            StationError::Halted => {
                ("توقفت المحطة لأن قرصها تعطّل".into(), "وێستگەکە وەستا چونکە دیسکەکەی تێکچوو".into())
            }
            StationError::NotPrepared => {
                ("لا توجد محطة في هذا المجلد".into(), "هیچ وێستگەیەک لەم بوخچەیەدا نییە".into())
            }
            StationError::Leftover(what) => {
                (format!("المجلد ليس فارغاً، وفيه: {what}"), format!("بوخچەکە بەتاڵ نییە و ئەمەی تێدایە: {what}"))
            }
            StationError::State(why) => {
                (format!("تعذّرت قراءة حالة المحطة: {why}"), format!("دۆخی وێستگەکە ناخوێندرێتەوە: {why}"))
            }
            StationError::Phase { is } => {
                (format!("لا يمكن هذا الآن: {}", is.say(Lang::Ar)), format!("ئێستا ئەمە ناکرێت: {}", is.say(Lang::Ckb)))
            }
            StationError::TooEarly => (
                "الاقتراع مفتوح، ولا يُعلن قبل إغلاقه غير عدد الأوراق".into(),
                "دەنگدان کراوەیە و پێش داخستنی تەنها ژمارەی پسووڵەکان دەوترێت".into(),
            ),
            StationError::ClosedAlready => ("أُغلقت المحطة من قبل".into(), "وێستگەکە پێشتر داخراوە".into()),
            StationError::ZeroInvalid => (
                "تغيّر تعريف الانتخاب، ولم يعد تقرير الصفر صالحاً".into(),
                "پێناسەی هەڵبژاردن گۆڕاوە و ڕاپۆرتی سفر ئیتر دروست نییە".into(),
            ),
            StationError::DefinitionChanged => {
                ("تغيّر تعريف الانتخاب بعد عدّ أوراق".into(), "پێناسەی هەڵبژاردن دوای ژماردنی پسووڵە گۆڕاوە".into())
            }
            StationError::Mode { folder, definition } => (
                format!("المجلد لوضع {} والتعريف لوضع {}", folder.as_str(), definition.as_str()),
                format!("بوخچەکە بۆ دۆخی {} و پێناسەکە بۆ دۆخی {}", folder.as_str(), definition.as_str()),
            ),
            StationError::Unknown(id) => {
                (format!("لا توجد محطة {id} في التعريف"), format!("وێستگەی {id} لە پێناسەکەدا نییە"))
            }
            StationError::NotCounted(id, _) => {
                (format!("المحطة {id} لا تُعدّ وحدها"), format!("وێستگەی {id} بە تەنها ناژمێردرێت"))
            }
            StationError::NotOfficer(id) => (
                format!("{id} ليس موظفاً مخوّلاً في هذا الانتخاب"),
                format!("{id} فەرمانبەری ڕێپێدراوی ئەم هەڵبژاردنە نییە"),
            ),
            StationError::OnePerson(id) => {
                (format!("{id} شخص واحد، وهذا يحتاج إلى شخصين"), format!("{id} یەک کەسە و ئەمە پێویستی بە دوو کەسە"))
            }
            StationError::Card(denied) => {
                (format!("رُفضت البطاقة [{}]", denied.code()), format!("کارتەکە ڕەت کرایەوە [{}]", denied.code()))
            }
            StationError::NoDoubt(id) => (
                format!("لا علامة مشكوك فيها في السباق {id} على تلك الورقة"),
                format!("هیچ نیشانەیەکی گوماناوی لە پێشبڕکێی {id} لەسەر ئەو پسووڵەیە نییە"),
            ),
            StationError::NotAsked(id) => (
                format!("الجواب يسمّي خياراً في السباق {id} لا شك فيه"),
                format!("وەڵامەکە هەڵبژاردەیەک لە پێشبڕکێی {id} ناو دەبات کە گومانی لێ نەکراوە"),
            ),
            StationError::Misfed(page) => (
                format!("{page} بلا وجهها الآخر: هناك صفحة ناقصة، أو الورقة مقلوبة"),
                format!("{page} بێ ڕووەکەی تریەتی: لاپەڕەیەک کەمە، یان پەڕەکە بە پێچەوانەوە دانراوە"),
            ),
            StationError::Answered(id) => {
                (format!("أجاب {id} عن هذا من قبل"), format!("{id} پێشتر وەڵامی ئەمەی داوەتەوە"))
            }
            StationError::BeforeHour(hour) => (
                format!("لم تحن بعد ساعة إغلاق الاقتراع {hour} بحسب ساعة الجهاز"),
                format!("بە پێی کاتژمێری ئامێرەکە هێشتا نەگەیشتووەتە {hour}، کاتی داخستنی دەنگدان"),
            ),
            StationError::Unsettled(many) => (
                format!("علامات مشكوك فيها لم تُسوَّ بعد: {many}"),
                format!("نیشانەی گوماناوی کە هێشتا یەکلا نەکراونەتەوە: {many}"),
            ),
            StationError::NoAccount => ("لم يُدخل كشف الأوراق".into(), "ژمێریاری پسووڵەکان نەنووسراوە".into()),
            StationError::Account(findings) => {
                let list = |lang| findings.iter().map(|finding| finding.say(lang)).collect::<Vec<_>>().join("؛ ");
                (
                    format!("كشف الأوراق لا يستقيم: {}", list(Lang::Ar)),
                    format!("ژمێریاری پسووڵەکان ڕێک نییە: {}", list(Lang::Ckb)),
                )
            }
            StationError::Balanced => (
                "حساب الأوراق متوازن، فلا فرق يُغلق به".into(),
                "ژمێرەی کاغەزەکان ڕێکە و هیچ جیاوازییەک نییە پێی دابخرێت".into(),
            ),
            StationError::NotRefused => {
                ("لم تُرفض ورقة بهذه البصمة".into(), "هیچ پسووڵەیەک بەم پەنجەمۆرە ڕەت نەکراوەتەوە".into())
            }
            StationError::NotTheDevice(id) => (
                format!("المفتاح ليس مفتاح الجهاز {id} في هذه المحطة"),
                format!("کلیلەکە کلیلی ئامێری {id} لەم وێستگەیە نییە"),
            ),
            StationError::Figures(why) => (format!("الأرقام غير معقولة: {why}"), format!("ژمارەکان گونجاو نین: {why}")),
            StationError::Seal(why) => (format!("تعذّر ختم الحزمة: {why}"), format!("پاکێجەکە مۆر نەکرا: {why}")),
            StationError::Slip(why) => {
                (format!("تعذّر رسم التقرير المطبوع: {why}"), format!("ڕاپۆرتی چاپکراو دروست نەکرا: {why}"))
            }
            StationError::Changed(file) => {
                (format!("{file} ليس الملف الذي خُتم"), format!("{file} ئەو پەڕگەیە نییە کە مۆر کراوە"))
            }
            StationError::Medium { medium, file } => (
                format!("الوسيط {medium} لا يحمل {file} كما كُتب عليه"),
                format!("میدیای {medium} پەڕگەی {file}ی وەک نووسراوە تێدا نییە"),
            ),
        };
        text(ar, ckb, self.to_string()).get(lang).to_owned()
    }
}
