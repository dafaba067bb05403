//! `report.txt`: what the record and the packages say of each station and case of a mandate, for somebody who reads no tables.

use std::fmt::Write as _;

use election::{CaseId, Definition, Digest, Lang, Station, StationId};
use package::StationResults;

use crate::docket::{Against, AppealCase, Class as Gravity, ComplaintCase, Docket, Ruled, Stage, Verdict};
use crate::entry::{Content, Effect, Medium, Order};
use crate::fold::State;
use crate::register::exports::{Class, Mandate};
use crate::results::joined;
use crate::standing::{Evidence, Standing};

/// A word or sentence in Arabic, Kurdish and English.
pub(super) type Words = [&'static str; 3];

const MANDATE: Words = ["التكليف", "داواکاری", "Mandate"];
const OF: Words = ["بتاريخ", "بەرواری", "of"];
const ACT: Words = ["في سجل الكتب برقم", "لە تۆماری نووسراوەکاندا بە ژمارە", "in the register of acts as"];
const SCOPE: Words = ["يشمل", "دەربارەی", "It is about"];
const INCLUDES: Words = ["سُلّم", "دراوە", "Handed out"];
const CONFIDENTIAL: Words = [
    "سرّي: فيها أوراق اقتراع مفردة يحجبها القانون عن الجمهور. لا يجوز نشرها.",
    "نهێنی: کاغەزی دەنگدانی تاکی تێدایە کە یاسا لە خەڵکی دەشارێتەوە. نابێت بڵاو بکرێتەوە.",
    "CONFIDENTIAL: single ballots are in it that the law withholds from the public. It must not be published.",
];
const NAMES_PERSONS: Words = [
    "سرّي: فيها أوراق تسمي أشخاصا. لا يجوز نشرها.",
    "نهێنی: کاغەزی تێدایە کە ناوی کەسان دەبات. نابێت بڵاو بکرێتەوە.",
    "CONFIDENTIAL: papers are in it that name persons. It must not be published.",
];
const LEAVES: Words = ["أوراق السجل", "گەڵاکانی تۆمار", "Leaves of the record"];
const STATION: Words = ["المحطة", "وێستگە", "Station"];
const COUNTED_WITH: Words = [
    "تُعد أوراقها في صندوق المحطة",
    "کاغەزەکانی لە سندوقی ئەم وێستگەیەدا دەژمێردرێن",
    "Its ballots are counted in the box of station",
];
const STANDS: Words = ["الحال", "دۆخ", "Standing"];
const COUNTED: Words = [
    "أرقامها محسوبة؛ بدونها ينقص كل مجموع بمقدارها",
    "ژمارەکانی دەژمێردرێن؛ بەبێ ئەوان هەموو کۆیەک بەو ئەندازەیە کەمتر دەبێت",
    "Its figures count; without them every total is less by just these",
];
const NOT_COUNTED: Words = [
    "أرقامها غير محسوبة؛ لا يتغير بدونها أي مجموع",
    "ژمارەکانی ناژمێردرێن؛ بەبێ ئەوان هیچ کۆیەک ناگۆڕێت",
    "Its figures do not count; without it no total is another",
];
const BY_ORDER: Words = ["بأمر", "بە فەرمان", "by an order"];
const COPY: Words = ["نسخة وصلت", "کۆپییەک کە هات", "Copy that came"];
const NO_COPY: Words = ["لم تصل نسخة", "هیچ کۆپییەک نەهات", "No copy came"];
const DEVICE: Words = ["الجهاز", "ئامێر", "device"];
const GENERATION: Words = ["الجيل", "نەوە", "generation"];
const ACCOUNT: Words = ["حساب أوراقها لا يتطابق", "هەژماری کاغەزەکانی ڕێک نییە", "its ballot account does not add up"];
const REFUSED: Words = ["حزمة رُفضت", "پاکێجی ڕەتکراوە", "Refused package"];
const SLIPS: Words =
    ["أشرطة سُلّمت: مطابقة، مخالفة", "پسووڵەی دراو: هاوتا، جیاواز", "Slips handed in: agreeing, differing"];
const ORDER: Words = ["أمر", "فەرمان", "Order"];
const OPENING: Words = ["كتاب العدد المسجل", "نامەی ژمارەی تۆمارکراو", "Letter of the registration figure"];
const NO_LONGER: Words = ["حلّ محله غيره", "یەکێکی تر جێگەی گرتووەتەوە", "another has taken its place"];
const BASIS: Words = ["السند", "بنەما", "basis"];
const FINDINGS: Words = ["ما رُصد", "دۆزراوەکان", "findings"];
const RECOUNT: Words = ["أُمر بعدّ يدوي", "فەرمان بە ژماردنی دەستی", "A count by hand is ordered"];
const BY_HAND: Words = ["عدّ يدوي", "ژماردنی دەستی", "Count by hand"];
const SAME_BY_HAND: Words = ["يطابق نسخة وصلت", "وەک کۆپییەکی هاتووە", "it is the same as a copy that came"];
const OTHER_BY_HAND: Words =
    ["لا يطابق أي نسخة وصلت", "وەک هیچ کۆپییەکی هاتوو نییە", "it is the same as no copy that came"];
const FIGURES: Words = ["أرقام النسخة", "ژمارەکانی کۆپی", "Figures of the copy"];
const ABSENT: Words = ["أرقامها ليست هنا", "ژمارەکانی لێرە نین", "its figures are not here"];
const BALLOTS: Words = ["أوراق، صحيحة، بيضاء، باطلة", "کاغەز، دروست، سپی، پووچ", "ballots, valid, blank, invalid"];
const COMPLAINT: Words = ["شكوى", "سکاڵا", "Complaint"];
const APPEAL: Words = ["طعن", "تانە", "Appeal"];
const AGAINST: Words = ["ضد", "دژی", "against"];
const FILED: Words = ["قُدمت", "پێشکەشکراوە", "filed"];
const LATE: Words = ["بعد الموعد", "دوای وادە", "late"];
const PANEL: Words = ["اللجنة", "لیژنە", "Panel"];
const DECISION: Words = ["القرار", "بڕیار", "Decision"];
const SERVED: Words = ["بُلّغ", "ڕاگەیەنرا", "served"];
const ORDERS: Words = ["الأوامر", "فەرمانەکان", "orders"];
const RULING: Words = ["حكم", "بڕیاری دادگا", "Ruling"];
const NO_RULING: Words = ["لم تحكم فيه محكمة", "هیچ دادگایەک بڕیاری لێ نەداوە", "No court has ruled upon it"];

fn standing(standing: Standing) -> Words {
    match standing {
        Standing::Missing => ["لم يصل شيء", "هیچ نەهاتووە", "nothing has come"],
        Standing::Arrived => ["وصلت نسخة واحدة", "تەنها یەک کۆپی هاتووە", "one copy alone has come"],
        Standing::Matched => ["النسختان متطابقتان", "هەردوو کۆپی یەکن", "both copies are identical"],
        Standing::Confirmed => [
            "النسختان متطابقتان ويوافقهما شريط أو عدّ يدوي",
            "هەردوو کۆپی یەکن و پسووڵەیەک یان ژماردنێکی دەستی هاوتایانە",
            "both copies are identical, and a slip or a count by hand agrees",
        ],
        Standing::Quarantined => [
            "معزولة: ما وصل مختلف أو لا يتطابق حسابه",
            "جیاکراوەتەوە: ئەوەی هاتووە جیاوازە یان هەژمارەکەی ڕێک نییە",
            "quarantined: what came differs, or does not add up",
        ],
        Standing::SubJudice => ["أوامر متعارضة", "فەرمانی دژبەیەک", "orders contradict each other"],
        Standing::Cancelled => ["ملغاة", "هەڵوەشێنراوە", "left out by an order"],
        Standing::NotOpened => ["لم تُفتح", "نەکراوەتەوە", "it did not open"],
    }
}

fn medium(medium: Medium) -> Words {
    match medium {
        Medium::Network => ["الشبكة", "تۆڕ", "network"],
        Medium::Stick => ["الذاكرة", "فلاش", "stick"],
    }
}

fn effect(effect: &Effect) -> Words {
    match effect {
        Effect::Count(_) => ["احتساب نسخة", "ژماردنی کۆپییەک", "count a copy"],
        Effect::CountHand(_) => ["احتساب عدّ يدوي", "ژماردنی ژماردنێکی دەستی", "count a count by hand"],
        Effect::NotOpened => ["لم تُفتح", "نەکراوەتەوە", "it did not open"],
        Effect::Cancel => ["إلغاء", "هەڵوەشاندنەوە", "leave it out"],
        Effect::Restore => ["إعادة", "گەڕاندنەوە", "take the cancellation back"],
    }
}

fn stage(stage: Stage) -> Words {
    match stage {
        Stage::Filed => ["لم تنظر فيها لجنة", "هیچ لیژنەیەک سەیری نەکردووە", "no panel has looked at it"],
        Stage::Classified => ["صُنفت ولم يُبتّ فيها", "پۆلێنکراوە و بڕیاری لێ نەدراوە", "classified, and not decided"],
        Stage::Decided => ["بُتّ فيها", "بڕیاری لێدراوە", "decided"],
        Stage::Inadmissible => ["لا يقبلها القانون", "یاسا وەری ناگرێت", "the law does not allow it"],
    }
}

fn gravity(class: Gravity) -> Words {
    match class {
        Gravity::Red => ["حمراء", "سوور", "red"],
        Gravity::Yellow => ["صفراء", "زەرد", "yellow"],
        Gravity::Green => ["خضراء", "سەوز", "green"],
        Gravity::Inadmissible => ["غير مقبولة", "وەرنەگیراو", "inadmissible"],
    }
}

fn verdict(verdict: Verdict) -> Words {
    match verdict {
        Verdict::Upheld => ["قُبلت", "پەسەندکرا", "upheld"],
        Verdict::Partly => ["قُبلت جزئيا", "بەشێکی پەسەندکرا", "partly upheld"],
        Verdict::Dismissed => ["رُدت", "ڕەتکرایەوە", "dismissed"],
    }
}

/// Free text of a leaf in one line, so that no reason or ground can look like a line of the report.
fn plain(text: &str) -> String {
    let steers = |c: char| {
        c.is_control() || matches!(c, '\u{2028}' | '\u{2029}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
    };
    text.replace(steers, " ")
}

/// What the bundle is of: the election, the mandate, and whether it may be published.
pub(super) fn head(def: &Definition, mandate: &Mandate, lang: Lang) -> String {
    let say = |words: Words| lang.choose(words);
    let list = |words: Vec<String>| words.join(" ");
    let mut text = format!("\n{}\n", def.name.get(lang));
    let act = mandate.act.as_ref().map(|act| format!("; {} {act}", say(ACT))).unwrap_or_default();
    let Mandate { dated, paper, .. } = mandate;
    let [issuer, number] = [&mandate.issuer, &mandate.number].map(|text| plain(text));
    let _ = writeln!(text, "{}: {issuer}, {number}, {} {dated}{act}\n  {paper}", say(MANDATE), say(OF));
    let _ = writeln!(text, "{}: {}", say(SCOPE), list(mandate.scope.iter().map(ToString::to_string).collect()));
    let includes = mandate.includes.iter().map(|class| class.as_str().to_owned());
    let _ = writeln!(text, "{}: {}", say(INCLUDES), list(includes.collect()));
    if mandate.includes.iter().any(|class| class.is_of_single_ballots()) {
        let _ = writeln!(text, "{}", say(CONFIDENTIAL));
    }
    if mandate.includes(Class::Papers) {
        let _ = writeln!(text, "{}", say(NAMES_PERSONS));
    }
    text
}

/// The report, in each language of the election, the first one first. `figures` gives those of a content that is in the bundle.
pub fn report<'a>(
    def: &Definition,
    state: &State,
    mandate: &Mandate,
    figures: &dyn Fn(&StationId, &Content) -> Option<&'a StationResults>,
) -> Vec<u8> {
    let mut text = format!("{}\n", state.fingerprint);
    for lang in def.languages.iter().copied() {
        let on = Report { def, state, figures, lang };
        text += &head(def, mandate, lang);
        let _ = writeln!(text, "{}: {}", on.say(LEAVES), state.size);
        for station in mandate.stations(def, state) {
            on.station(&mut text, station);
        }
        for case in mandate.all_cases(def, state) {
            on.case(&mut text, case);
        }
    }
    text.into_bytes()
}

struct Report<'a, 'f> {
    def: &'a Definition,
    state: &'a State,
    figures: &'a dyn Fn(&StationId, &Content) -> Option<&'f StationResults>,
    lang: Lang,
}

impl Report<'_, '_> {
    fn say(&self, words: Words) -> &'static str {
        self.lang.choose(words)
    }

    fn station(&self, text: &mut String, station: &Station) {
        let Report { def, state, lang, .. } = *self;
        let office = def.office(&station.office).map_or("", |office| office.name.get(lang));
        let name = station.name.get(lang);
        let _ = writeln!(text, "\n{} {}: {name} ({office})", self.say(STATION), station.id);
        if let Some(with) = &station.count_with {
            let _ = writeln!(text, "  {} {with}", self.say(COUNTED_WITH));
            return;
        }
        let (Some(own), Some(evidence)) = (state.standing(def, &station.id), state.evidence.get(&station.id)) else {
            return;
        };
        let counted = match &own.counted {
            Some(counted) => {
                let what = if counted.package().is_some() { COPY } else { BY_HAND };
                format!("{}\n    {}: {}", self.say(COUNTED), self.say(what), counted.figures())
            }
            None => self.say(NOT_COUNTED).to_owned(),
        };
        let by_order = if own.by_order { format!(", {}", self.say(BY_ORDER)) } else { String::new() };
        let stands = self.say(standing(own.standing));
        let _ = writeln!(text, "  {}: {stands}{by_order}\n  {counted}", self.say(STANDS));
        if evidence.imports.is_empty() {
            let _ = writeln!(text, "  {}", self.say(NO_COPY));
        }
        for import in &evidence.imports {
            let account = if import.account_differs { format!("; {}", self.say(ACCOUNT)) } else { String::new() };
            let _ = writeln!(
                text,
                "  {}: {}, {} {}, {} {}{account}\n    {}",
                self.say(COPY),
                self.say(medium(import.medium)),
                self.say(DEVICE),
                import.device,
                self.say(GENERATION),
                import.generation,
                import.content.results
            );
        }
        for refused in state.refused.iter().filter(|refused| refused.station.as_ref() == Some(&station.id)) {
            let by = self.say(medium(refused.medium));
            let _ = writeln!(text, "  {}: {by}: {} [{}]", self.say(REFUSED), plain(&refused.what), refused.code);
        }
        let _ = writeln!(text, "  {}: {}, {}", self.say(SLIPS), own.slips_agreeing, own.slips_differing);
        for (leaf, order) in state.orders.iter().filter(|(_, order)| order.station == station.id) {
            self.order(text, leaf, order);
        }
        for (leaf, opening) in state.decisions.openings.iter().filter(|(_, own)| own.station == station.id) {
            let gone = if state.superseded.contains(leaf) { self.say(NO_LONGER) } else { "" };
            let (follows, bound) = (&opening.follows, opening.bound);
            let _ = writeln!(text, "  {}: {follows}, {bound} {gone}\n    {leaf}", self.say(OPENING));
        }
        self.by_hand(text, evidence);
        let mut contents: Vec<&Content> = evidence.imports.iter().map(|import| &import.content).collect();
        contents.sort();
        contents.dedup();
        for content in contents {
            self.figures(text, station, content);
        }
    }

    /// Recounts that stand, and counts by hand with their figures, which are in the record.
    fn by_hand(&self, text: &mut String, evidence: &Evidence) {
        for (leaf, own) in &evidence.recounts {
            let [reason, legal] = [&own.reason, &own.basis].map(|text| plain(text));
            let _ = writeln!(text, "  {}: {reason}; {}: {legal}\n    {leaf}", self.say(RECOUNT), self.say(BASIS));
        }
        for (leaf, own) in &evidence.hand_counts {
            let agrees = self.say(if own.agrees.is_some() { SAME_BY_HAND } else { OTHER_BY_HAND });
            let _ = writeln!(text, "  {}: {agrees}\n    {leaf}", self.say(BY_HAND));
            if let Some(results) = own.results(self.def) {
                self.contests(text, &results);
            }
        }
    }

    fn order(&self, text: &mut String, leaf: &Digest, order: &Order) {
        let gone = match self.state.superseded.contains(leaf) {
            true => format!(" ({})", self.say(NO_LONGER)),
            false => String::new(),
        };
        let counts = match &order.effect {
            Effect::Count(content) => format!(" {}", content.results),
            Effect::CountHand(leaf) => format!(" {leaf}"),
            Effect::NotOpened | Effect::Cancel | Effect::Restore => String::new(),
        };
        let (what, basis) = (self.say(effect(&order.effect)), self.say(BASIS));
        let evidence = self.state.evidence.get(&order.station);
        let absent = evidence.and_then(|own| own.say_absent(order, self.lang));
        let absent = absent.map(|absent| format!(" ({absent})")).unwrap_or_default();
        let [reason, legal] = [&order.reason, &order.basis].map(|text| plain(text));
        let findings = match order.findings.is_empty() {
            true => String::new(),
            false => format!("; {}: {}", self.say(FINDINGS), joined(&order.findings)),
        };
        let _ =
            writeln!(text, "  {}: {what}{counts}{absent}{gone}: {reason}; {basis}: {legal}{findings}", self.say(ORDER));
        let _ = writeln!(text, "    {leaf}");
    }

    fn figures(&self, text: &mut String, station: &Station, content: &Content) {
        let _ = write!(text, "  {} {}:", self.say(FIGURES), content.results);
        let Some(results) = (self.figures)(&station.id, content) else {
            let _ = writeln!(text, " {}", self.say(ABSENT));
            return;
        };
        text.push('\n');
        self.contests(text, results);
    }

    fn contests(&self, text: &mut String, results: &StationResults) {
        for own in &results.contests {
            let name = self.def.contest(&own.contest).map_or("", |contest| contest.title.get(self.lang));
            let figures = format!("{}, {}, {}, {}", own.ballots, own.valid, own.blank, own.invalid);
            let _ = writeln!(text, "    {} {name}: {}: {figures}", own.contest, self.say(BALLOTS));
            for (option, votes) in &own.votes {
                let name = self.def.option_name(option).map_or("", |name| name.get(self.lang));
                let _ = writeln!(text, "      {votes:>6}  {option} {name}");
            }
        }
    }

    fn case(&self, text: &mut String, case: &CaseId) {
        let docket = &self.state.docket;
        if let Some(own) = docket.complaints.get(case) {
            self.complaint(text, own);
        }
        if let Some(own) = docket.appeals.get(case) {
            self.appeal(text, own);
        }
    }

    fn complaint(&self, text: &mut String, own: &ComplaintCase) {
        let form = &own.complaint.form;
        let (about, subject) = own.complaint.about.told();
        let subject = plain(subject);
        let stage = self.say(stage(self.state.docket.stage(self.def, own)));
        let _ = writeln!(text, "\n{} {} ({about} {subject}): {stage}", self.say(COMPLAINT), own.complaint.case);
        let _ = writeln!(text, "  {} {}: {}\n    {}", self.say(FILED), form.filed, plain(&form.ground), form.paper);
        if let Some((_, own)) = &own.classification {
            let what = self.say(gravity(own.class));
            let [reason, basis] = [&own.reason, &own.basis].map(|text| plain(text));
            let _ = writeln!(text, "  {}: {what}: {reason}; {}: {basis}", self.say(PANEL), self.say(BASIS));
        }
        if let Some((_, own)) = &own.resolution {
            let (what, served) = (self.say(verdict(own.verdict)), self.say(SERVED));
            let [reason, legal] = [&own.reason, &own.basis].map(|text| plain(text));
            let (decision, basis) = (self.say(DECISION), self.say(BASIS));
            let _ = writeln!(text, "  {decision}: {what}: {reason}; {basis}: {legal}; {served} {}", own.served);
            for order in &own.orders {
                let _ = writeln!(text, "    {}: {order}", self.say(ORDERS));
            }
        }
    }

    fn appeal(&self, text: &mut String, own: &AppealCase) {
        let form = &own.appeal.form;
        let against = match &own.appeal.against {
            Against::Resolution(case) => format!("{} {case}", self.say(COMPLAINT)),
            Against::Announcement(version) => format!("v{version}"),
        };
        let _ = writeln!(text, "\n{} {} {} {against}", self.say(APPEAL), own.appeal.case, self.say(AGAINST));
        let until = Docket::appeal_until(self.def, own.appeal.served);
        let late = if until.is_some_and(|until| form.filed > until) { self.say(LATE) } else { "" };
        let _ =
            writeln!(text, "  {} {} {late}: {}\n    {}", self.say(FILED), form.filed, plain(&form.ground), form.paper);
        let rulings = own.rulings.iter().filter_map(|leaf| self.state.docket.rulings.get(leaf));
        for ruling in rulings {
            let ruled = match ruling.ruled {
                Ruled::Granted => ["قُبل", "پەسەندکرا", "granted"],
                Ruled::Dismissed => ["رُد", "ڕەتکرایەوە", "dismissed"],
                Ruled::Stays(_) => ["أمر بوقف", "فەرمانی ڕاگرتن", "an injunction"],
                Ruled::Lifts(_) => ["رفع أمر بوقف", "لابردنی فەرمانی ڕاگرتن", "an injunction is lifted"],
                Ruled::Permits(_) => ["إذن", "مۆڵەت", "a permission"],
            };
            let [court, number] = [&ruling.court, &ruling.number].map(|text| plain(text));
            let dated = ruling.dated;
            let _ = writeln!(
                text,
                "  {}: {court}, {number}, {} {dated}: {}",
                self.say(RULING),
                self.say(OF),
                self.say(ruled)
            );
            let _ = writeln!(text, "    {}", ruling.paper);
        }
        if own.rulings.is_empty() {
            let _ = writeln!(text, "  {}", self.say(NO_RULING));
        }
    }
}
