//! How the steps of the women's quota are told.

use election::{FewWomen, QuotaOrder, QuotaOvershoot};

use super::say::Speaker;
use super::step::Step;

/// The step as one sentence; empty for a step that is not one of the quota.
pub(super) fn say(step: &Step, s: Speaker) -> String {
    match step {
        Step::QuotaOwed { seats, owed, elected } => s.say(
            format!("حصة النساء من {} مقعداً عاماً هي {}؛ فازت مباشرةً {}.", s.n(seats), s.n(owed), s.n(elected)),
            format!("پشکی ژنان لە {} کورسی گشتی {}ە؛ {} ژن ڕاستەوخۆ دەرچوون.", s.n(seats), s.n(owed), s.n(elected)),
            format!(
                "The women's quota of {} general seats is {}; women elected directly: {}.",
                s.n(seats),
                s.n(owed),
                s.n(elected)
            ),
        ),
        Step::QuotaEnough { owed, elected } => s.say(
            format!("الخطوة ١: فازت {} من النساء مباشرةً، والمطلوب {}؛ لا يتغير شيء.", s.n(elected), s.n(owed)),
            format!("هەنگاوی ١: {} ژن ڕاستەوخۆ دەرچوون و {} پێویستە؛ هیچ ناگۆڕێت.", s.n(elected), s.n(owed)),
            format!("Step 1: women elected directly {}, owed {}; nothing changes.", s.n(elected), s.n(owed)),
        ),
        Step::ListOwes { step, list: l, seats, owed, has } => s.say(
            format!(
                "الخطوة {}: على {} ({} مقعداً) {} من النساء؛ لديها {}.",
                s.n(step),
                s.w(l),
                s.n(seats),
                s.n(owed),
                s.n(has)
            ),
            format!(
                "هەنگاوی {}: {} ({} کورسی) دەبێت {} ژنی هەبێت؛ {} ژنی هەیە.",
                s.n(step),
                s.w(l),
                s.n(seats),
                s.n(owed),
                s.n(has)
            ),
            format!(
                "Step {}: {} (seats {}) owes {} women; it has {}.",
                s.n(step),
                s.w(l),
                s.n(seats),
                s.n(owed),
                s.n(has)
            ),
        ),
        Step::Replaced { list: l, leaves: m, enters: f, rule } => {
            let step = s.n(match *rule {
                "R.322" => &2u8,
                "R.323" => &3,
                _ => &4,
            });
            s.say(
                format!(
                    "الخطوة {step}: في {}، تحل {} ({} صوتاً) محل {} ({} صوتاً).",
                    s.w(l),
                    s.w(f),
                    s.v(f),
                    s.w(m),
                    s.v(m)
                ),
                format!(
                    "هەنگاوی {step}: لە {}، {} ({} دەنگ) جێگەی {} ({} دەنگ) دەگرێتەوە.",
                    s.w(l),
                    s.w(f),
                    s.v(f),
                    s.w(m),
                    s.v(m)
                ),
                format!(
                    "Step {step}: in {}, {} ({} votes) takes the seat of {} ({} votes).",
                    s.w(l),
                    s.w(f),
                    s.v(f),
                    s.w(m),
                    s.v(m)
                ),
            )
        }
        Step::QuotaMet { step, owed, elected } => s.say(
            format!("بعد الخطوة {} بلغ عدد النساء {}، والحصة {}.", s.n(step), s.n(elected), s.n(owed)),
            format!("دوای هەنگاوی {} ژمارەی ژنان گەیشتە {}، و پشکەکە {}ە.", s.n(step), s.n(elected), s.n(owed)),
            format!("After step {} women elected are {}, the quota is {}.", s.n(step), s.n(elected), s.n(owed)),
        ),
        Step::QuotaUnfilled { short } => s.say(
            format!("لا توجد مرشحة أخرى يمكن أن تدخل؛ تنقص الحصة {}.", s.n(short)),
            format!("هیچ کاندیدێکی تری ژن نییە بتوانێت بێتە ناوەوە؛ پشکەکە {} کەمە.", s.n(short)),
            format!("No other woman can come in; the quota is short by {}.", s.n(short)),
        ),
        Step::QuotaNotApplied => s.say(
            "لا تُطبق حصة النساء هنا: لا توجد في هذه المنافسة أصوات شخصية داخل القوائم.".into(),
            "پشکی ژنان لێرەدا جێبەجێ ناکرێت: لەم کێبڕکێیەدا دەنگی کەسی لە ناو لیستدا نییە.".into(),
            "The women's quota is not applied: this contest has no personal votes within lists.".into(),
        ),
        Step::TooFewWomen { step, list: l, short, choice, owed } => {
            let (step, short, owed, list) = (s.n(step), s.n(short), s.n(owed), s.w(l));
            match choice {
                    FewWomen::NextStep => s.say(
                        format!("الخطوة {step}: لا تستطيع {list} أن تقدم {short} من النساء المطلوبات منها. اختار ملف القواعد: ينتقل النقص إلى الخطوة التالية (next_step)."),
                        format!("هەنگاوی {step}: {list} ناتوانێت {short} لەو ژنانەی لەسەریەتی پێشکەش بکات. فایلی یاساکان هەڵیبژاردووە: کەمییەکە دەچێتە هەنگاوی دواتر (next_step)."),
                        format!("Step {step}: {list} cannot bring in {short} of the women it owes. The rule file chooses: what is short goes on to the next step (next_step)."),
                    ),
                    FewWomen::Forgo => s.say(
                        format!("الخطوة {step}: لا تستطيع {list} أن تقدم {short} من النساء المطلوبات منها. اختار ملف القواعد: لا تدفع قائمة أخرى عنها، وتصبح الحصة {owed} (forgo)."),
                        format!("هەنگاوی {step}: {list} ناتوانێت {short} لەو ژنانەی لەسەریەتی پێشکەش بکات. فایلی یاساکان هەڵیبژاردووە: هیچ لیستێکی تر لەبری نایدات، و پشکەکە دەبێتە {owed} (forgo)."),
                        format!("Step {step}: {list} cannot bring in {short} of the women it owes. The rule file chooses: no other list pays for it, and the quota is {owed} (forgo)."),
                    ),
                }
        }
        Step::Overshoot { step, due, left, choice, order } => {
            let (step, due, left) = (s.n(step), s.n(due), s.n(left));
            match choice {
                    QuotaOvershoot::StopAtQuota => {
                        let (ar, ckb, en) = match order {
                            QuotaOrder::MostVotes => ("الأكثر أصواتاً", "خاوەن زۆرترین دەنگ", "most votes"),
                            QuotaOrder::FewestVotes => ("الأقل أصواتاً", "خاوەن کەمترین دەنگ", "fewest votes"),
                        };
                        let word = order.as_str();
                        s.say(
                            format!("الخطوة {step} تُدخل {due} من النساء والباقي {left} فقط. اختار ملف القواعد التوقف عند بلوغ الحصة (stop_at_quota)، والقائمة {ar} أولاً ({word})."),
                            format!("هەنگاوی {step} {due} ژن دەهێنێت و تەنها {left} ماوە. فایلی یاساکان وەستانی لە پشکەکەدا هەڵبژاردووە (stop_at_quota)، لیستی {ckb} لە پێشەوە ({word})."),
                            format!("Step {step} would bring in {due} women where {left} are still owed. The rule file chooses to stop at the quota (stop_at_quota), the list with the {en} first ({word})."),
                        )
                    }
                    QuotaOvershoot::ServeAll => s.say(
                        format!("الخطوة {step} تُدخل {due} من النساء والباقي {left} فقط. اختار ملف القواعد أن تقدم كل قائمة ما عليها (serve_all)."),
                        format!("هەنگاوی {step} {due} ژن دەهێنێت و تەنها {left} ماوە. فایلی یاساکان هەڵیبژاردووە هەر لیستێک ئەوەی لەسەریەتی بیدات (serve_all)."),
                        format!("Step {step} would bring in {due} women where {left} are still owed. The rule file chooses that every list pays what it owes (serve_all)."),
                    ),
                }
        }
        _ => String::new(),
    }
}
