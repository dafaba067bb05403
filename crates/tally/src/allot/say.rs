//! How each step of an allotment is told: one sentence in each language, with the names and figures it rests on.

use election::{Fraction, Lang, ShortList, ThresholdOf, ThresholdOver, ThresholdUnmet, WithdrawnVotes};

use super::say_quota;
use super::step::{Step, Who};
use crate::lot::LotStage;
use crate::words::{decimal, figure, named};

/// Who tells, in a language.
#[derive(Clone, Copy)]
pub(super) struct Speaker {
    pub lang: Lang,
}

impl Speaker {
    /// A figure.
    pub fn n<T: Copy + Into<u64>>(self, number: &T) -> String {
        figure((*number).into(), self.lang)
    }

    /// A name.
    pub fn w(self, who: &Who) -> String {
        named(&who.name, who.id.as_str(), self.lang)
    }

    /// The votes of somebody.
    pub fn v(self, who: &Who) -> String {
        figure(who.votes, self.lang)
    }

    /// Names, one after the other.
    pub fn all(self, whos: &[Who]) -> String {
        let comma = if self.lang == Lang::En { ", " } else { "، " };
        whos.iter().map(|who| self.w(who)).collect::<Vec<_>>().join(comma)
    }

    /// A divisor or quota, such as 1.7.
    fn fraction(self, of: &Fraction) -> String {
        let said = decimal(of.numerator.into(), of.denominator.into(), self.lang);
        let zeros = |c| c == '0' || c == '٠';
        if said.contains(['.', '٫']) { said.trim_end_matches(zeros).to_owned() } else { said }
    }

    /// `votes / divisor - whole`, cut off after two decimals.
    fn quotient(self, who: &Who, divisor: &Fraction, whole: u64) -> String {
        let upper = u128::from(who.votes) * u128::from(divisor.denominator);
        let lower = u128::from(divisor.numerator);
        decimal(upper.saturating_sub(u128::from(whole) * lower), lower, self.lang)
    }

    /// The sentence of this language.
    pub fn say(self, ar: String, ckb: String, en: String) -> String {
        self.lang.choose([ar, ckb, en])
    }

    fn words(self, ar: &str, ckb: &str, en: &str) -> String {
        self.say(ar.into(), ckb.into(), en.into())
    }
}

impl LotStage {
    /// What a lot decides, to be put behind "a tie".
    fn words(&self, s: Speaker) -> String {
        match self {
            LotStage::ListSeats => {
                s.words("على آخر مقاعد القوائم", "لەسەر دوا کورسییەکانی لیستەکان", "for the last seats of lists")
            }
            LotStage::Candidates { .. } => s.words(
                "على آخر مقاعد القائمة بين مرشحيها",
                "لەسەر دوا کورسییەکانی لیستەکە لە نێوان کاندیدەکانیدا",
                "for the last seats of a list, between its candidates",
            ),
            LotStage::GivesWay { .. } => s.words(
                "على من يترك مقعده لامرأة من قائمته",
                "لەسەر ئەوەی کێ کورسییەکەی بۆ ژنێکی لیستەکەی چۆڵ دەکات",
                "for who gives way to a woman of his list",
            ),
            LotStage::ComesIn { .. } => s.words(
                "على المرأة التي تدخل من القائمة",
                "لەسەر ئەو ژنەی لە لیستەکەوە دێتە ناوەوە",
                "for the woman of the list who comes in",
            ),
            LotStage::ServedFirst { .. } => s.words(
                "على القائمة التي يُبدأ بها",
                "لەسەر ئەو لیستەی پێشتر دەستی پێدەکرێت",
                "for the list that is served first",
            ),
            LotStage::QuotaStepFour => s.words(
                "على المرأة التي تدخل من بين القوائم الفائزة كلها",
                "لەسەر ئەو ژنەی لە نێوان هەموو لیستە براوەکاندا دێتە ناوەوە",
                "for the woman of all winning lists who comes in",
            ),
            LotStage::Reserved { .. } => s.words("على مقعد مخصص", "لەسەر کورسییەکی تایبەت", "for a reserved seat"),
            LotStage::Plurality => {
                s.words("على آخر مقاعد المنافسة", "لەسەر دوا کورسییەکانی کێبڕکێکە", "for the last seats of the contest")
            }
        }
    }
}

/// What a threshold is a share of.
fn base_words(s: Speaker, base: ThresholdOf, over: ThresholdOver) -> String {
    let of = match base {
        ThresholdOf::Valid => s.words("صوتاً صحيحاً", "دەنگی دروست", "valid votes"),
        ThresholdOf::Competing => {
            s.words("صوتاً للقوائم المتنافسة", "دەنگی لیستە کێبڕکێکارەکان", "votes of the lists that compete")
        }
    };
    match over {
        ThresholdOver::Contest => of,
        ThresholdOver::Election => {
            let whole = s.words("في الانتخاب كله", "لە هەموو هەڵبژاردنەکەدا", "in the whole election");
            format!("{of} {whole}")
        }
    }
}

impl Step {
    /// The step as one sentence in `lang`.
    pub fn say(&self, lang: Lang) -> String {
        let s = Speaker { lang };
        match self {
            Step::NoVotes { seats } => s.say(
                format!("لا يوجد أي صوت صحيح؛ تبقى {} من المقاعد شاغرة.", s.n(seats)),
                format!("هیچ دەنگێکی دروست نییە؛ {} کورسی بە بەتاڵی دەمێننەوە.", s.n(seats)),
                format!("There is no valid vote; seats that stay vacant: {}.", s.n(seats)),
            ),
            Step::Withdrawn { candidate: c } => s.say(
                format!("انسحب {} بعد الطباعة: {} علامة تبقى أصواتاً للقائمة، ولا يأخذ المرشح مقعداً.", s.w(c), s.v(c)),
                format!(
                    "{} دوای چاپکردن کشایەوە: {} نیشانە وەک دەنگی لیست دەمێننەوە، و کاندیدەکە کورسی وەرناگرێت.",
                    s.w(c),
                    s.v(c)
                ),
                format!(
                    "{} withdrew after printing: {} marks stay list votes, and the candidate takes no seat.",
                    s.w(c),
                    s.v(c)
                ),
            ),
            Step::ListSeats { list: l, seats, method, .. } => s.say(
                format!("{}: {} صوتاً، {} مقعداً ({method}).", s.w(l), s.v(l), s.n(seats)),
                format!("{}: {} دەنگ، {} کورسی ({method}).", s.w(l), s.v(l), s.n(seats)),
                format!("{}: votes {}, seats {} ({method}).", s.w(l), s.v(l), s.n(seats)),
            ),
            Step::ShortList { list: l, candidates: c, choice: ShortList::NextQuotient, .. } => s.say(
                format!(
                    "لدى {} عدد من المرشحين ({}) أقل مما فازت به من مقاعد. اختار ملف القواعد: تذهب المقاعد الباقية إلى أعلى النواتج التالية للقوائم الأخرى (next_quotient).",
                    s.w(l),
                    s.n(c)
                ),
                format!(
                    "{} کاندیدی کەمترە ({}) لەو کورسییانەی بردوونیەتیەوە. فایلی یاساکان هەڵیبژاردووە: کورسییە ماوەکان دەچنە بەرزترین ئەنجامی دابەشکردنی دواتری لیستەکانی تر (next_quotient).",
                    s.w(l),
                    s.n(c)
                ),
                format!(
                    "{} has fewer candidates ({}) than seats. The rule file chooses: the seats left go to the next highest quotients of other lists (next_quotient).",
                    s.w(l),
                    s.n(c)
                ),
            ),
            Step::ShortList { list: l, candidates: c, choice: ShortList::Vacant, vacant } => s.say(
                format!(
                    "لدى {} عدد من المرشحين ({}) أقل من مقاعدها. اختار ملف القواعد: يبقى {} منها شاغراً (vacant).",
                    s.w(l),
                    s.n(c),
                    s.n(vacant)
                ),
                format!(
                    "{} کاندیدی کەمترە ({}) لە کورسییەکانی. فایلی یاساکان هەڵیبژاردووە: {} کورسی بە بەتاڵی دەمێنێتەوە (vacant).",
                    s.w(l),
                    s.n(c),
                    s.n(vacant)
                ),
                format!(
                    "{} has fewer candidates ({}) than seats. The rule file chooses: seats that stay vacant: {} (vacant).",
                    s.w(l),
                    s.n(c),
                    s.n(vacant)
                ),
            ),
            Step::Vacant { seats } => s.say(
                format!("مقاعد تبقى شاغرة لعدم وجود من يأخذها: {}.", s.n(seats)),
                format!("ئەو کورسییانەی بە بەتاڵی دەمێننەوە چونکە کەس نییە وەریانبگرێت: {}.", s.n(seats)),
                format!("Seats that stay vacant because there is nobody to take them: {}.", s.n(seats)),
            ),
            Step::Elected { candidate: c, list: Some(l), rule: "R.311" } => s.say(
                format!("{} ينال مقعداً من مقاعد {} بحسب ترتيب القائمة.", s.w(c), s.w(l)),
                format!("{} بەپێی ڕیزبەندی لیست کورسییەکی {} وەردەگرێت.", s.w(c), s.w(l)),
                format!("{} takes a seat of {} in the order of the list.", s.w(c), s.w(l)),
            ),
            Step::Elected { candidate: c, list: Some(l), .. } => s.say(
                format!("{} ينال مقعداً من مقاعد {} بعدد {} صوتاً شخصياً.", s.w(c), s.w(l), s.v(c)),
                format!("{} بە {} دەنگی کەسی کورسییەکی {} وەردەگرێت.", s.w(c), s.v(c), s.w(l)),
                format!("{} takes a seat of {} with {} personal votes.", s.w(c), s.w(l), s.v(c)),
            ),
            Step::Elected { candidate: c, list: None, .. } => s.say(
                format!("{} ينال مقعداً بعدد {} صوتاً.", s.w(c), s.v(c)),
                format!("{} بە {} دەنگ کورسییەک وەردەگرێت.", s.w(c), s.v(c)),
                format!("{} takes a seat with {} votes.", s.w(c), s.v(c)),
            ),
            Step::CandidateWithdrawn { candidate: c } => s.say(
                format!("انسحب {} بعد الطباعة وله {} صوتاً، ولا يأخذ مقعداً.", s.w(c), s.v(c)),
                format!("{} دوای چاپکردن کشایەوە و {} دەنگی هەیە، و کورسی وەرناگرێت.", s.w(c), s.v(c)),
                format!("{} withdrew after printing with {} votes, and takes no seat.", s.w(c), s.v(c)),
            ),
            Step::ListWithdrawn { list: l } => s.say(
                format!("انسحبت {} بعد الطباعة ولها {} صوتاً، ولا تأخذ هي ولا مرشحوها مقعداً.", s.w(l), s.v(l)),
                format!("{} دوای چاپکردن کشایەوە و {} دەنگی هەیە؛ نە خۆی و نە کاندیدەکانی کورسی وەرناگرن.", s.w(l), s.v(l)),
                format!("{} withdrew after printing with {} votes; neither it nor its candidates take a seat.", s.w(l), s.v(l)),
            ),
            Step::VotesOfWithdrawn { votes, before, after, choice } => {
                let what = match choice {
                    WithdrawnVotes::Valid => s.words(
                        "أن تبقى صحيحة ولا تنتخب أحداً (valid)",
                        "بە دروستی بمێننەوە و کەس هەڵنەبژێرن (valid)",
                        "that they stay valid and elect nobody (valid)",
                    ),
                    WithdrawnVotes::Invalid => {
                        s.words("أن تُحسب باطلة (invalid)", "بە پووچەڵ بژمێردرێن (invalid)", "that they are invalid (invalid)")
                    }
                };
                let (votes, before, after) = (s.n(votes), s.n(before), s.n(after));
                s.say(
                    format!("أصوات المنسحبين {votes}. اختار ملف القواعد {what}. الأصوات الصحيحة قبل ذلك {before} وبعده {after}."),
                    format!("دەنگی کشاوەکان {votes}. فایلی یاساکان هەڵیبژاردووە {what}. دەنگە دروستەکان پێشتر {before} و دواتر {after}."),
                    format!("Votes for those who withdrew: {votes}. The rule file chooses {what}. Valid votes before {before}, after {after}."),
                )
            }
            Step::BelowThreshold { list: l, threshold: t, of, base, over } => {
                let base = base_words(s, *base, *over);
                if *over == ThresholdOver::Election {
                    return s.say(
                        format!("حصل حزب {} على {} من {} {base}، أي أقل من العتبة {t}؛ فلا تأخذ القائمة مقعداً.", s.w(l), s.v(l), s.n(of)),
                        format!("حیزبی {} {} لە {} {base}ی بەدەستهێناوە، کە لە ئاستی {t} کەمترە؛ بۆیە لیستەکە کورسی وەرناگرێت.", s.w(l), s.v(l), s.n(of)),
                        format!("The party of {} has {} of {} {base}, less than the threshold of {t}; the list takes no seat.", s.w(l), s.v(l), s.n(of)),
                    );
                }
                s.say(
                    format!("حصلت {} على {} من {} {base}، أي أقل من العتبة {t}؛ فلا تأخذ مقعداً.", s.w(l), s.v(l), s.n(of)),
                    format!("{} {} لە {} {base}ی بەدەستهێناوە، کە لە ئاستی {t} کەمترە؛ بۆیە کورسی وەرناگرێت.", s.w(l), s.v(l), s.n(of)),
                    format!("{} has {} of {} {base}, less than the threshold of {t}; it takes no seat.", s.w(l), s.v(l), s.n(of)),
                )
            }
            Step::ThresholdUnmet { threshold: t, choice: ThresholdUnmet::Vacant } => s.say(
                format!("لم تبلغ أي قائمة العتبة {t}. اختار ملف القواعد: تبقى المقاعد شاغرة (vacant)."),
                format!("هیچ لیستێک نەگەیشتە ئاستی {t}. فایلی یاساکان هەڵیبژاردووە: کورسییەکان بە بەتاڵی دەمێننەوە (vacant)."),
                format!("No list reaches the threshold of {t}. The rule file chooses: the seats stay vacant (vacant)."),
            ),
            Step::ThresholdUnmet { threshold: t, choice: ThresholdUnmet::Waived } => s.say(
                format!("لم تبلغ أي قائمة العتبة {t}. اختار ملف القواعد: لا تُطبق العتبة (waived)."),
                format!("هیچ لیستێک نەگەیشتە ئاستی {t}. فایلی یاساکان هەڵیبژاردووە: ئاستەکە جێبەجێ ناکرێت (waived)."),
                format!("No list reaches the threshold of {t}. The rule file chooses: the threshold is not applied (waived)."),
            ),
            Step::Seat { number, of, list: l, divisor, tied } => {
                let (number, of, by) = (s.n(number), s.n(of), s.fraction(divisor));
                let value = s.quotient(l, divisor, 0);
                let which = tied_words(s, *tied, ["وهو أعلى ناتج متبقٍ", "کە بەرزترین ئەنجامی ماوەیە", "the highest quotient left"]);
                s.say(
                    format!("المقعد {number} من {of}: {}. أصواتها {} مقسومة على {by} تساوي {value}، {which}.", s.w(l), s.v(l)),
                    format!("کورسی {number} لە {of}: {}. {} دەنگەکەی دابەش بە {by} دەکاتە {value}، {which}.", s.w(l), s.v(l)),
                    format!("Seat {number} of {of}: {}. Its {} votes divided by {by} are {value}, {which}.", s.w(l), s.v(l)),
                )
            }
            Step::WholeQuotas { list: l, quota, whole } => {
                let (quota, whole) = (s.fraction(quota), s.n(whole));
                s.say(
                    format!("{}: في أصواتها {} الحصةُ الانتخابية {quota} كاملةً {whole} مرة، ولكل مرة مقعد.", s.w(l), s.v(l)),
                    format!("{}: لە {} دەنگەکەیدا پشکی هەڵبژاردن {quota} بە تەواوی {whole} جار هەیە، و هەر جارێک کورسییەک.", s.w(l), s.v(l)),
                    format!("{}: its {} votes hold the quota of {quota} whole {whole} times, a seat for each.", s.w(l), s.v(l)),
                )
            }
            Step::Remainder { number, of, list: l, quota, whole, tied } => {
                let (number, of) = (s.n(number), s.n(of));
                let value = s.quotient(l, quota, *whole);
                let which = tied_words(s, *tied, ["وهو أكبر باقٍ", "کە گەورەترین ماوەیە", "the largest remainder left"]);
                s.say(
                    format!("المقعد {number} من {of}: {}. يبقى من أصواتها {value} من الحصة الانتخابية، {which}.", s.w(l)),
                    format!("کورسی {number} لە {of}: {}. لە دەنگەکانی {value}ی پشکێک دەمێنێتەوە، {which}.", s.w(l)),
                    format!("Seat {number} of {of}: {}. Of its votes {value} of a quota remain, {which}.", s.w(l)),
                )
            }
            Step::FirstWithout { list: l, divisor, whole, .. } => {
                let value = s.quotient(l, divisor, *whole);
                s.say(
                    format!("أول ما لم ينل مقعداً: {} بـ {value}.", s.w(l)),
                    format!("یەکەم کە کورسی وەرنەگرت: {} بە {value}.", s.w(l)),
                    format!("The first that wins no seat: {} with {value}.", s.w(l)),
                )
            }
            Step::TieByVotes { seats, between } => s.say(
                format!("تعادل على آخر مقاعد القوائم بين: {}. اختار ملف القواعد القائمة الأكثر أصواتاً أولاً (most_votes)؛ مقاعد حُسمت هكذا: {}.", s.all(between), s.n(seats)),
                format!("یەکسانی لەسەر دوا کورسییەکانی لیستەکان لە نێوان: {}. فایلی یاساکان لیستی خاوەن دەنگی زیاتری لە پێشەوە هەڵبژاردووە (most_votes)؛ کورسی کە بەم جۆرە یەکلا کرانەوە: {}.", s.all(between), s.n(seats)),
                format!("A tie for the last seats of lists between: {}. The rule file chooses the list with more votes first (most_votes); seats decided so: {}.", s.all(between), s.n(seats)),
            ),
            Step::LotRequired { lot, between } => {
                let what = lot.stage.words(s);
                s.say(
                    format!("تعادل {what}: تلزم قرعة لاختيار {} من بين: {} (القرعة {}).", s.n(&lot.seats), s.all(between), lot.id),
                    format!("یەکسانی {what}: تیروپشک پێویستە بۆ هەڵبژاردنی {} لە نێوان: {} (تیروپشکی {}).", s.n(&lot.seats), s.all(between), lot.id),
                    format!("A tie {what}: a lot must draw {} of: {} ({}).", s.n(&lot.seats), s.all(between), lot.id),
                )
            }
            Step::LotDrawn { lot, between, drawn } => {
                let what = lot.stage.words(s);
                s.say(
                    format!("تعادل {what} بين: {}. القرعة {} اختارت: {}.", s.all(between), lot.id, s.all(drawn)),
                    format!("یەکسانی {what} لە نێوان: {}. تیروپشکی {} ئەمانەی هەڵبژارد: {}.", s.all(between), lot.id, s.all(drawn)),
                    format!("A tie {what} between: {}. The lot {} drew: {}.", s.all(between), lot.id, s.all(drawn)),
                )
            }
            Step::TieByOrder { stage, between, chosen } => {
                let what = stage.words(s);
                s.say(
                    format!("تعادل {what} بين: {}. اختار ملف القواعد ترتيب القائمة (list_order)، فوقع على: {}.", s.all(between), s.all(chosen)),
                    format!("یەکسانی {what} لە نێوان: {}. فایلی یاساکان ڕیزبەندی لیستی هەڵبژاردووە (list_order)، بۆیە: {}.", s.all(between), s.all(chosen)),
                    format!("A tie {what} between: {}. The rule file chooses the order of the list (list_order): {}.", s.all(between), s.all(chosen)),
                )
            }
            Step::Reserved { community, candidate: c } => {
                let of = named(community, "", s.lang);
                s.say(
                    format!("المقعد المخصص ({of}): {} بعدد {} صوتاً شخصياً، وهو الأعلى بين مرشحيه.", s.w(c), s.v(c)),
                    format!(
                        "کورسی تایبەت ({of}): {} بە {} دەنگی کەسی، کە بەرزترینە لە نێوان کاندیدەکانیدا.",
                        s.w(c),
                        s.v(c)
                    ),
                    format!(
                        "Reserved seat ({of}): {} with {} personal votes, the highest among its candidates.",
                        s.w(c),
                        s.v(c)
                    ),
                )
            }
            Step::QuotaOwed { .. }
            | Step::QuotaEnough { .. }
            | Step::ListOwes { .. }
            | Step::TooFewWomen { .. }
            | Step::Replaced { .. }
            | Step::Overshoot { .. }
            | Step::QuotaMet { .. }
            | Step::QuotaUnfilled { .. }
            | Step::QuotaNotApplied => say_quota::say(self, s),
        }
    }
}

/// That something was the highest left; of equal ones, that it was one of them.
fn tied_words(s: Speaker, tied: bool, [ar, ckb, en]: [&str; 3]) -> String {
    if tied {
        let more = s.words(
            "ومثله لغيرها (انظر التعادل)",
            "و هی تریش هەمان ئەنجامیان هەیە (بڕوانە یەکسانی)",
            "as others have it too (see the tie)",
        );
        return more;
    }
    s.words(ar, ckb, en)
}
