//! The steps of an allotment, and how each is told in words.

use election::{Fraction, Lang, OptionId, QuotaOvershoot, SeatMethod, ShortList, Text};
use serde::Serialize;

use crate::lot::LotNeeded;
use crate::words::{figure, named};

/// A list or candidate as a step names it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Who {
    /// The id.
    pub id: OptionId,
    /// The name.
    pub name: Text,
    /// The votes, personal ones of a candidate.
    pub votes: u64,
}

/// One step of an allotment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
#[expect(missing_docs, reason = "the fields are what each variant's sentence says")]
pub enum Step {
    /// R.306: nobody has a valid vote.
    NoVotes { seats: u64 },
    /// R.313: a candidate withdrew after printing; `votes` are the marks before it counted.
    Withdrawn { candidate: Who },
    /// R.302: a list stays below the threshold.
    BelowThreshold { list: Who, threshold: Fraction, valid: u64 },
    /// R.303 or R.304: the seats of a list.
    ListSeats { rule: &'static str, list: Who, seats: u64, method: SeatMethod },
    /// R.307: a list has fewer candidates than seats; the rule file chose what happens.
    ShortList { list: Who, candidates: u64, choice: ShortList, vacant: u64 },
    /// R.308: seats for which there is no candidate or no list.
    Vacant { seats: u64 },
    /// A lot that must be drawn.
    LotRequired { lot: LotNeeded, between: Vec<Who> },
    /// A lot that was drawn.
    LotDrawn { lot: LotNeeded, between: Vec<Who>, drawn: Vec<Who> },
    /// R.310, R.311 or R.340: a candidate takes a seat.
    Elected { rule: &'static str, candidate: Who, list: Option<Who> },
    /// R.320: how many women the quota asks for.
    QuotaOwed { seats: u64, owed: u64, elected: u64 },
    /// R.321: step 1, enough women are elected directly.
    QuotaEnough { owed: u64, elected: u64 },
    /// R.322 or R.323: what a list owes at step 2 or 3.
    ListOwes { step: u8, list: Who, seats: u64, owed: u64, has: u64 },
    /// R.326: a list cannot pay what it owes; what is short goes on to the next step.
    TooFewWomen { step: u8, list: Who, short: u64 },
    /// R.322, R.323 or R.324: a woman takes the seat of a man of her list.
    Replaced { rule: &'static str, list: Who, leaves: Who, enters: Who },
    /// R.325: step 3 is due more women than are still owed; the rule file chose.
    Overshoot { due: u64, left: u64, choice: QuotaOvershoot },
    /// R.320: the quota is met, or more than met, after a step.
    QuotaMet { step: u8, owed: u64, elected: u64 },
    /// R.327: nobody is left who could come in.
    QuotaUnfilled { short: u64 },
    /// R.328: the quota needs personal votes within lists, which this contest does not have.
    QuotaNotApplied,
    /// R.330: a reserved seat.
    Reserved { community: Text, candidate: Who },
}

impl Step {
    /// The number of the rule it applies.
    pub fn rule(&self) -> &'static str {
        match self {
            Step::NoVotes { .. } => "R.306",
            Step::Withdrawn { .. } => "R.313",
            Step::BelowThreshold { .. } => "R.302",
            Step::ListSeats { rule, .. } | Step::Elected { rule, .. } | Step::Replaced { rule, .. } => rule,
            Step::ShortList { .. } => "R.307",
            Step::Vacant { .. } => "R.308",
            Step::LotRequired { lot, .. } | Step::LotDrawn { lot, .. } => lot.stage.rule(),
            Step::QuotaOwed { .. } | Step::QuotaMet { .. } => "R.320",
            Step::QuotaEnough { .. } => "R.321",
            Step::ListOwes { step: 2, .. } => "R.322",
            Step::ListOwes { .. } => "R.323",
            Step::TooFewWomen { .. } => "R.326",
            Step::Overshoot { .. } => "R.325",
            Step::QuotaUnfilled { .. } => "R.327",
            Step::QuotaNotApplied => "R.328",
            Step::Reserved { .. } => "R.330",
        }
    }

    /// The step as one sentence in `lang`.
    pub fn say(&self, lang: Lang) -> String {
        let n = |number: &u64| figure(*number, lang);
        let w = |who: &Who| named(&who.name, who.id.as_str(), lang);
        let v = |who: &Who| figure(who.votes, lang);
        let all =
            |whos: &[Who]| whos.iter().map(w).collect::<Vec<_>>().join(if lang == Lang::En { ", " } else { "، " });
        let q = |step: &u8| figure(u64::from(*step), lang);
        let say = |ar: String, ckb: String, en: String| match lang {
            Lang::Ar => ar,
            Lang::Ckb => ckb,
            Lang::En => en,
        };
        match self {
            Step::NoVotes { seats } => say(
                format!("لا يوجد أي صوت صحيح؛ تبقى {} من المقاعد شاغرة.", n(seats)),
                format!("هیچ دەنگێکی دروست نییە؛ {} کورسی بە بەتاڵی دەمێننەوە.", n(seats)),
                format!("There is no valid vote; seats that stay vacant: {}.", n(seats)),
            ),
            Step::Withdrawn { candidate: c } => say(
                format!("انسحب {} بعد الطباعة: {} علامة تبقى أصواتاً للقائمة، ولا يأخذ المرشح مقعداً.", w(c), v(c)),
                format!(
                    "{} دوای چاپکردن کشایەوە: {} نیشانە وەک دەنگی لیست دەمێننەوە، و کاندیدەکە کورسی وەرناگرێت.",
                    w(c),
                    v(c)
                ),
                format!(
                    "{} withdrew after printing: {} marks stay list votes, and the candidate takes no seat.",
                    w(c),
                    v(c)
                ),
            ),
            Step::BelowThreshold { list: l, threshold: t, valid } => say(
                format!("حصلت {} على {} من {} صوتاً صحيحاً، أي أقل من العتبة {t}؛ فلا تأخذ مقعداً.", w(l), v(l), n(valid)),
                format!(
                    "{} {} دەنگی لە {} دەنگی دروست بەدەستهێناوە، کە لە ئاستی {t} کەمترە؛ بۆیە کورسی وەرناگرێت.",
                    w(l),
                    v(l),
                    n(valid)
                ),
                format!(
                    "{} has {} of {} valid votes, less than the threshold of {t}; it takes no seat.",
                    w(l),
                    v(l),
                    n(valid)
                ),
            ),
            Step::ListSeats { list: l, seats, method, .. } => say(
                format!("{}: {} صوتاً، {} مقعداً ({method}).", w(l), v(l), n(seats)),
                format!("{}: {} دەنگ، {} کورسی ({method}).", w(l), v(l), n(seats)),
                format!("{}: votes {}, seats {} ({method}).", w(l), v(l), n(seats)),
            ),
            Step::ShortList { list: l, candidates: c, choice: ShortList::NextQuotient, .. } => say(
                format!(
                    "لدى {} عدد من المرشحين ({}) أقل مما فازت به من مقاعد. اختار ملف القواعد: تذهب المقاعد الباقية إلى أعلى النواتج التالية للقوائم الأخرى (next_quotient).",
                    w(l),
                    n(c)
                ),
                format!(
                    "{} کاندیدی کەمترە ({}) لەو کورسییانەی بردوونیەتیەوە. فایلی یاساکان هەڵیبژاردووە: کورسییە ماوەکان دەچنە بەرزترین ئەنجامی دابەشکردنی دواتری لیستەکانی تر (next_quotient).",
                    w(l),
                    n(c)
                ),
                format!(
                    "{} has fewer candidates ({}) than seats. The rule file chooses: the seats left go to the next highest quotients of other lists (next_quotient).",
                    w(l),
                    n(c)
                ),
            ),
            Step::ShortList { list: l, candidates: c, choice: ShortList::Vacant, vacant } => say(
                format!(
                    "لدى {} عدد من المرشحين ({}) أقل من مقاعدها. اختار ملف القواعد: يبقى {} منها شاغراً (vacant).",
                    w(l),
                    n(c),
                    n(vacant)
                ),
                format!(
                    "{} کاندیدی کەمترە ({}) لە کورسییەکانی. فایلی یاساکان هەڵیبژاردووە: {} کورسی بە بەتاڵی دەمێنێتەوە (vacant).",
                    w(l),
                    n(c),
                    n(vacant)
                ),
                format!(
                    "{} has fewer candidates ({}) than seats. The rule file chooses: seats that stay vacant: {} (vacant).",
                    w(l),
                    n(c),
                    n(vacant)
                ),
            ),
            Step::Vacant { seats } => say(
                format!("مقاعد تبقى شاغرة لعدم وجود من يأخذها: {}.", n(seats)),
                format!("ئەو کورسییانەی بە بەتاڵی دەمێننەوە چونکە کەس نییە وەریانبگرێت: {}.", n(seats)),
                format!("Seats that stay vacant because there is nobody to take them: {}.", n(seats)),
            ),
            Step::LotRequired { lot, between } => say(
                format!("تعادل: تلزم قرعة لاختيار {} من بين: {} (القرعة {}).", n(&lot.seats), all(between), lot.id),
                format!(
                    "یەکسانی: تیروپشک پێویستە بۆ هەڵبژاردنی {} لە نێوان: {} (تیروپشکی {}).",
                    n(&lot.seats),
                    all(between),
                    lot.id
                ),
                format!("A tie: a lot must draw {} of: {} ({}).", n(&lot.seats), all(between), lot.id),
            ),
            Step::LotDrawn { lot, between, drawn } => say(
                format!("تعادل بين: {}. القرعة {} اختارت: {}.", all(between), lot.id, all(drawn)),
                format!("یەکسانی لە نێوان: {}. تیروپشکی {} ئەمانەی هەڵبژارد: {}.", all(between), lot.id, all(drawn)),
                format!("A tie between: {}. The lot {} drew: {}.", all(between), lot.id, all(drawn)),
            ),
            Step::Elected { candidate: c, list: Some(l), rule: "R.311" } => say(
                format!("{} ينال مقعداً من مقاعد {} بحسب ترتيب القائمة.", w(c), w(l)),
                format!("{} بەپێی ڕیزبەندی لیست کورسییەکی {} وەردەگرێت.", w(c), w(l)),
                format!("{} takes a seat of {} in the order of the list.", w(c), w(l)),
            ),
            Step::Elected { candidate: c, list: Some(l), .. } => say(
                format!("{} ينال مقعداً من مقاعد {} بعدد {} صوتاً شخصياً.", w(c), w(l), v(c)),
                format!("{} بە {} دەنگی کەسی کورسییەکی {} وەردەگرێت.", w(c), v(c), w(l)),
                format!("{} takes a seat of {} with {} personal votes.", w(c), w(l), v(c)),
            ),
            Step::Elected { candidate: c, list: None, .. } => say(
                format!("{} ينال مقعداً بعدد {} صوتاً.", w(c), v(c)),
                format!("{} بە {} دەنگ کورسییەک وەردەگرێت.", w(c), v(c)),
                format!("{} takes a seat with {} votes.", w(c), v(c)),
            ),
            Step::QuotaOwed { seats, owed, elected } => say(
                format!("حصة النساء من {} مقعداً عاماً هي {}؛ فازت مباشرةً {}.", n(seats), n(owed), n(elected)),
                format!("پشکی ژنان لە {} کورسی گشتی {}ە؛ {} ژن ڕاستەوخۆ دەرچوون.", n(seats), n(owed), n(elected)),
                format!(
                    "The women's quota of {} general seats is {}; women elected directly: {}.",
                    n(seats),
                    n(owed),
                    n(elected)
                ),
            ),
            Step::QuotaEnough { owed, elected } => say(
                format!("الخطوة ١: فازت {} من النساء مباشرةً، والمطلوب {}؛ لا يتغير شيء.", n(elected), n(owed)),
                format!("هەنگاوی ١: {} ژن ڕاستەوخۆ دەرچوون و {} پێویستە؛ هیچ ناگۆڕێت.", n(elected), n(owed)),
                format!("Step 1: women elected directly {}, owed {}; nothing changes.", n(elected), n(owed)),
            ),
            Step::ListOwes { step, list: l, seats, owed, has } => say(
                format!(
                    "الخطوة {}: على {} ({} مقعداً) {} من النساء؛ لديها {}.",
                    q(step),
                    w(l),
                    n(seats),
                    n(owed),
                    n(has)
                ),
                format!(
                    "هەنگاوی {}: {} ({} کورسی) دەبێت {} ژنی هەبێت؛ {} ژنی هەیە.",
                    q(step),
                    w(l),
                    n(seats),
                    n(owed),
                    n(has)
                ),
                format!("Step {}: {} (seats {}) owes {} women; it has {}.", q(step), w(l), n(seats), n(owed), n(has)),
            ),
            Step::TooFewWomen { step, list: l, short } => say(
                format!(
                    "الخطوة {}: لا تستطيع {} أن تقدم {} من النساء المطلوبات منها؛ ينتقل النقص إلى الخطوة التالية.",
                    q(step),
                    w(l),
                    n(short)
                ),
                format!(
                    "هەنگاوی {}: {} ناتوانێت {} لەو ژنانەی لەسەریەتی پێشکەش بکات؛ کەمییەکە دەچێتە هەنگاوی دواتر.",
                    q(step),
                    w(l),
                    n(short)
                ),
                format!(
                    "Step {}: {} cannot bring in {} of the women it owes; what is short goes on to the next step.",
                    q(step),
                    w(l),
                    n(short)
                ),
            ),
            Step::Replaced { list: l, leaves: m, enters: f, rule } => {
                let step = figure(
                    match *rule {
                        "R.322" => 2,
                        "R.323" => 3,
                        _ => 4,
                    },
                    lang,
                );
                say(
                    format!("الخطوة {step}: في {}، تحل {} ({} صوتاً) محل {} ({} صوتاً).", w(l), w(f), v(f), w(m), v(m)),
                    format!(
                        "هەنگاوی {step}: لە {}، {} ({} دەنگ) جێگەی {} ({} دەنگ) دەگرێتەوە.",
                        w(l),
                        w(f),
                        v(f),
                        w(m),
                        v(m)
                    ),
                    format!(
                        "Step {step}: in {}, {} ({} votes) takes the seat of {} ({} votes).",
                        w(l),
                        w(f),
                        v(f),
                        w(m),
                        v(m)
                    ),
                )
            }
            Step::Overshoot { due, left, choice: QuotaOvershoot::StopAtQuota } => say(
                format!(
                    "الخطوة ٣ تُدخل {} من النساء والباقي {} فقط. النص ساكت؛ اختار ملف القواعد التوقف عند بلوغ الحصة، والقائمة الأكثر أصواتاً أولاً (stop_at_quota).",
                    n(due),
                    n(left)
                ),
                format!(
                    "هەنگاوی ٣ {} ژن دەهێنێت و تەنها {} ماوە. دەقەکە بێدەنگە؛ فایلی یاساکان وەستانی لە پشکەکەدا هەڵبژاردووە، لیستی خاوەن زۆرترین دەنگ لە پێشەوە (stop_at_quota).",
                    n(due),
                    n(left)
                ),
                format!(
                    "Step 3 would bring in {} women where {} are still owed. The text is silent; the rule file chooses to stop at the quota, lists with more votes first (stop_at_quota).",
                    n(due),
                    n(left)
                ),
            ),
            Step::Overshoot { due, left, choice: QuotaOvershoot::ServeAll } => say(
                format!(
                    "الخطوة ٣ تُدخل {} من النساء والباقي {} فقط. النص ساكت؛ اختار ملف القواعد أن تقدم كل قائمة ما عليها (serve_all).",
                    n(due),
                    n(left)
                ),
                format!(
                    "هەنگاوی ٣ {} ژن دەهێنێت و تەنها {} ماوە. دەقەکە بێدەنگە؛ فایلی یاساکان هەڵیبژاردووە هەر لیستێک ئەوەی لەسەریەتی بیدات (serve_all).",
                    n(due),
                    n(left)
                ),
                format!(
                    "Step 3 would bring in {} women where {} are still owed. The text is silent; the rule file chooses that every list pays what it owes (serve_all).",
                    n(due),
                    n(left)
                ),
            ),
            Step::QuotaMet { step, owed, elected } => say(
                format!("بعد الخطوة {} بلغ عدد النساء {}، والحصة {}.", q(step), n(elected), n(owed)),
                format!("دوای هەنگاوی {} ژمارەی ژنان گەیشتە {}، و پشکەکە {}ە.", q(step), n(elected), n(owed)),
                format!("After step {} women elected are {}, the quota is {}.", q(step), n(elected), n(owed)),
            ),
            Step::QuotaUnfilled { short } => say(
                format!("لا توجد مرشحة أخرى يمكن أن تدخل؛ تنقص الحصة {}.", n(short)),
                format!("هیچ کاندیدێکی تری ژن نییە بتوانێت بێتە ناوەوە؛ پشکەکە {} کەمە.", n(short)),
                format!("No other woman can come in; the quota is short by {}.", n(short)),
            ),
            Step::QuotaNotApplied => say(
                "لا تُطبق حصة النساء هنا: لا توجد في هذا السباق أصوات شخصية داخل القوائم.".into(),
                "پشکی ژنان لێرەدا جێبەجێ ناکرێت: لەم پێشبڕکێیەدا دەنگی کەسی لە ناو لیستدا نییە.".into(),
                "The women's quota is not applied: this contest has no personal votes within lists.".into(),
            ),
            Step::Reserved { community, candidate: c } => {
                let of = named(community, "", lang);
                say(
                    format!("المقعد المخصص ({of}): {} بعدد {} صوتاً شخصياً، وهو الأعلى بين مرشحيه.", w(c), v(c)),
                    format!(
                        "کورسی تایبەت ({of}): {} بە {} دەنگی کەسی، کە بەرزترینە لە نێوان کاندیدەکانیدا.",
                        w(c),
                        v(c)
                    ),
                    format!(
                        "Reserved seat ({of}): {} with {} personal votes, the highest among its candidates.",
                        w(c),
                        v(c)
                    ),
                )
            }
        }
    }
}
