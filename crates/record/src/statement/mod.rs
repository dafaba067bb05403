//! The commission's public statement: its nine points, from the record and
//! nothing else. Each has its figure, the denominator, the exceptions by name
//! and the check that proves it. A point whose evidence the record does not
//! hold says so.

mod open;
mod stations;
mod text;
mod transmitted;

use election::{Definition, Lang};
use log::{Note, Policy};
use serde::Serialize;

use self::open::open;
use self::stations::{compared, kinds_and_cancelled, slips};
pub use self::text::{Phrases, banner, replaced, text};
use self::transmitted::transmitted;
use crate::docket::ratification::Name;
use crate::docket::{Said, Stage};
use crate::entry::Announcement;
use crate::fold::State;
use crate::outcome::{Figures, Outcome};
use crate::register::claim::equipment;
use crate::register::isolation::Look;

/// `part` of `whole`, never without the whole, never rounded up.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Share {
    /// As many as hold.
    pub part: u64,
    /// Of as many.
    pub whole: u64,
    /// Whether it is said with one decimal: of shares that are small, hundredths say little.
    #[serde(skip)]
    pub in_tenths: bool,
}

impl Share {
    /// `part` of `whole`, said in hundredths.
    pub const fn new(part: u64, whole: u64) -> Self {
        Share { part, whole, in_tenths: false }
    }

    /// The same, said with one decimal.
    pub const fn in_tenths(self) -> Self {
        Share { in_tenths: true, ..self }
    }

    /// Hundredths, rounded down: 100 only where all hold.
    pub fn percent(self) -> Option<u64> {
        (self.whole > 0).then(|| self.part * 100 / self.whole)
    }

    /// Thousandths: whole hundredths and their tenths, rounded down as well.
    fn tenths(self) -> Option<[u64; 2]> {
        let tenths = (self.whole > 0).then(|| self.part * 1000 / self.whole)?;
        Some([tenths / 10, tenths % 10])
    }

    /// Hundredths with one decimal, `1.9`.
    pub fn one_decimal(self) -> Option<String> {
        self.tenths().map(|[whole, tenths]| format!("{whole}.{tenths}"))
    }
}

/// A figure of a point.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Figure {
    /// What it counts, in the language asked for.
    pub name: String,
    /// The figure.
    pub share: Share,
    /// Those that are not in it, each with its reason where there is one.
    pub exceptions: Vec<String>,
}

/// One of the nine points.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Point {
    /// 1 to 9, as in the commission's statement of May 2018.
    pub number: u8,
    /// What is claimed.
    pub claim: String,
    /// Whether the record holds the evidence at all.
    pub evidenced: bool,
    /// The figures; none where nothing is evidenced.
    pub figures: Vec<Figure>,
    /// The checks of `sanad verify` by which anybody derives them again.
    pub checks: Vec<&'static str>,
}

/// The claims, in the order of the statement: Arabic, Kurdish, English.
const CLAIMS: [[&str; 3]; 9] = [
    [
        "الأجهزة هي التي نص عليها القانون، وعقودها مدققة",
        "ئامێرەکان ئەوانەن کە یاسا دەیانناسێنێت و گرێبەستەکانیان وردبینی کراون",
        "The equipment is the law's and its contracts were audited",
    ],
    [
        "نُقلت البيانات مشفرة وموقعة من جهاز المحطة",
        "داتاکان بە کۆدکراوی و واژۆکراوی ئامێری وێستگە گواستراونەتەوە",
        "Data travelled encrypted, signed by the station's device",
    ],
    [
        "قورنت نسخة الذاكرة بنسخة الشبكة في كل محطة",
        "وێنەی فلاش لەگەڵ وێنەی تۆڕ لە هەموو وێستگەیەک بەراورد کرا",
        "The memory sticks were compared with what the network had brought",
    ],
    [
        "سُلمت أشرطة النتائج إلى وكلاء الأحزاب وهي مطابقة",
        "پسووڵەی ئەنجامەکان درانە بریکارانی حزبەکان و هاوتان",
        "Printed reports were handed to party agents, and they agree",
    ],
    [
        "محطات الخارج والنازحين قليلة، والملغاة ألغيت بأسباب معلنة",
        "وێستگەکانی دەرەوە و ئاوارەکان کەمن، و هەڵوەشاوەکان بە هۆکاری ڕاگەیەندراو هەڵوەشانەوە",
        "Stations abroad and of displaced people are few, and cancelled ones were cancelled for stated reasons",
    ],
    ["كل الخطوات شهدها الشركاء", "هەموو هەنگاوەکان هاوبەشان شایەتی بوون", "All steps were seen by partners"],
    [
        "خوادم الجدولة معزولة عن كل شبكة",
        "ڕاژەکارانی خشتەکردن لە هەموو تۆڕێک دابڕاون",
        "The tally servers were cut off from every network",
    ],
    [
        "تتاح البيانات لكل جهة مخولة قانونا",
        "داتاکان بۆ هەر لایەنێکی ڕێپێدراوی یاسایی بەردەستن",
        "Any legally mandated body gets the data",
    ],
    [
        "لكل معترض أن يطعن حتى نهاية الموعد",
        "هەر ناڕازییەک دەتوانێت تا کۆتایی وادەکە تانە بدات",
        "Whoever objects may appeal until the deadline",
    ],
];

pub(crate) fn say(lang: Lang, words: [&str; 3]) -> String {
    lang.choose(words).to_owned()
}

/// What the statement needs beside the fold.
#[derive(Clone, Debug, Default)]
pub struct Witnessed {
    /// Witnesses that have cosigned the record.
    pub by: Vec<String>,
    /// Witnesses of the policy that have not.
    pub not_by: Vec<String>,
    /// Whether those who have are as many, and of as many kinds, as the policy asks for.
    pub met: bool,
    /// Since when enough of them have seen it, in POSIX seconds.
    pub at: Option<u64>,
}

impl Witnessed {
    /// Who of the witnesses of `policy` has cosigned `note`.
    pub fn of(policy: &Policy, note: &Note) -> Self {
        let quorum = policy.quorum(note);
        let names = policy.witnesses.iter().map(|w| w.key.name.clone());
        let not_by = names.filter(|name| !quorum.by.contains(name)).collect();
        Witnessed { not_by, by: quorum.by, met: quorum.met, at: quorum.seen_at }
    }
}

/// The nine points in `lang`; `figures` are those that `outcome` was worked out from.
pub fn statement(
    def: &Definition,
    state: &State,
    (outcome, figures): (&Outcome, &Figures),
    witnessed: &Witnessed,
    lang: Lang,
) -> Vec<Point> {
    let points = [
        equipment(state, lang),
        encrypted(state, lang).into_iter().chain(transmitted(state, lang)).collect(),
        compared(def, outcome, lang),
        slips(def, outcome, lang),
        kinds_and_cancelled(def, state, outcome, lang),
        witnesses(witnessed, lang).into_iter().chain(before_polls(def, state, lang)).collect(),
        isolated(state, lang),
        exports(state, lang),
        appeals(def, state, (outcome, figures), lang)
            .into_iter()
            .chain(ratified(def, state, outcome, lang))
            .chain(handed(state, lang))
            .collect(),
    ];
    // A record from before there were such reports goes on to say what it said.
    let is_reported = !state.registers.transmissions.is_empty();
    let checks: [&[&str]; 9] = [
        &["V.509"],
        if is_reported { &["V.401", "V.402", "V.510"] } else { &["V.401", "V.402"] },
        &["V.501", "V.502"],
        &["V.407", "V.802"],
        &["V.412", "V.501", "V.503", "V.505"],
        match def.rules.law.polls_open {
            Some(_) => &["V.205", "V.206", "V.209"],
            None => &["V.205", "V.206"],
        },
        &["V.509"],
        &["V.509"],
        &["V.208", "V.507", "V.508"],
    ];
    CLAIMS
        .into_iter()
        .zip(points)
        .zip(checks)
        .zip(1..)
        .map(|(((claim, figures), checks), number)| Point {
            number,
            claim: say(lang, claim),
            evidenced: !figures.is_empty(),
            figures,
            checks: checks.to_vec(),
        })
        .collect()
}

pub(crate) fn share(part: usize, whole: usize) -> Share {
    Share::new(part as u64, whole as u64)
}

fn encrypted(state: &State, lang: Lang) -> Vec<Figure> {
    let imported: usize = state.evidence.values().map(|e| e.imports.len()).sum();
    let refused = state.refused.iter().map(|r| {
        let station = r.station.as_ref().map_or("?", |s| s.as_str());
        format!("{station} ({}): {} [{}]", r.medium.as_str(), r.what, r.code)
    });
    let name = [
        "حزم موقعة من جهاز مدرج، ومختومة لمفتاح لا يملكه أي جهاز متصل",
        "پاکێجی واژۆکراوی ئامێرێکی تۆمارکراو و مۆرکراو بۆ کلیلێک کە هیچ ئامێرێکی پەیوەستکراو نییەتی",
        "packages signed by a listed device and sealed to a key that no networked machine has",
    ];
    vec![Figure {
        name: say(lang, name),
        share: share(imported, imported + state.refused.len()),
        exceptions: refused.collect(),
    }]
}

/// Bundles of evidence that were handed out, and of these the ones whose mandate stands in the register of acts.
fn exports(state: &State, lang: Lang) -> Vec<Figure> {
    let exports = state.registers.exports.iter().map(|(_, own)| &own.mandate);
    let unregistered = exports.filter(|mandate| mandate.act.is_none());
    let exceptions: Vec<String> = unregistered.map(|own| format!("{}: {}", own.issuer, own.number)).collect();
    let all = state.registers.exports.len();
    if all == 0 {
        return Vec::new();
    }
    vec![Figure {
        name: say(
            lang,
            [
                "حزم أدلة سُلّمت بموجب تكليف مقيد في سجل الكتب",
                "کۆمەڵە بەڵگە کە بەپێی داواکارییەکی تۆمارکراو لە تۆماری نووسراوەکاندا دراون",
                "bundles of evidence handed out under a mandate that stands in the register of acts",
            ],
        ),
        share: share(all - exceptions.len(), all),
        exceptions,
    }]
}

/// Cases that are decided, of all that were filed, the others by number; whether the latest version is certified, and what was open then
/// and is now.
fn appeals(def: &Definition, state: &State, results: (&Outcome, &Figures), lang: Lang) -> Vec<Figure> {
    let docket = &state.docket;
    if def.rules.docket == election::DocketRules::default() && docket.complaints.is_empty() && docket.appeals.is_empty()
    {
        return Vec::new();
    }
    let undecided: Vec<String> = docket
        .complaints
        .values()
        .filter(|case| docket.stage(def, case) < Stage::Decided)
        .map(|case| case.complaint.case.to_string())
        .collect();
    let pending: Vec<String> = docket
        .appeals
        .values()
        .filter(|case| case.rulings.is_empty())
        .map(|case| case.appeal.case.to_string())
        .collect();
    let certified: Vec<u16> = docket.certifications.iter().map(|own| own.version).collect();
    let latest = state.announcements.last().map(|(_, latest)| latest.version);
    let uncertified = latest.filter(|latest| certified.last() != Some(latest)).map(|latest| latest.to_string());
    let figure = |name, whole: usize, exceptions: Vec<String>| Figure {
        name: say(lang, name),
        share: share(whole - exceptions.len(), whole),
        exceptions,
    };
    let mut all = vec![
        figure(
            [
                "شكاوى بُتّ فيها أو لا يقبلها القانون",
                "سکاڵا کە بڕیاریان لێدراوە یان یاسا وەریان ناگرێت",
                "complaints decided, or not admitted by the law",
            ],
            docket.complaints.len(),
            undecided,
        ),
        figure(["طعون حُكم فيها", "تانە کە دادگا بڕیاری لێداوە", "appeals ruled upon"], docket.appeals.len(), pending),
        figure(
            [
                "النسخة المعلنة الأخيرة مصادق عليها",
                "دوایین وەشانی ڕاگەیەندراو پەسەند کراوە",
                "the latest announced version is certified",
            ],
            usize::from(latest.is_some()),
            uncertified.into_iter().collect(),
        ),
    ];
    all.extend(open(def, state, results, lang));
    all
}

/// Names that a court has ratified, of those that the last certification elects; the others with where they are. Where what is announced is
/// not certified, of those that were sent under the version certified before. Nothing before a name was sent to a court.
fn ratified(def: &Definition, state: &State, outcome: &Outcome, lang: Lang) -> Option<Figure> {
    let sent = &state.docket.ratifications;
    if sent.is_empty() {
        return None;
    }
    let certified = state.certified_names(outcome);
    let name = match certified {
        Some(_) => [
            "أسماء صادقت عليها المحكمة من أسماء الفائزين في النسخة المصادق عليها",
            "ناو کە دادگا پەسەندی کردوون لە ناوی هەڵبژێردراوانی وەشانی پەسەندکراو",
            "names that the court has ratified, of those elected by the certified version",
        ],
        None => [
            "أسماء صادقت عليها المحكمة من الأسماء المرسلة من النسخة المصادق عليها من قبل",
            "ناو کە دادگا پەسەندی کردوون لە ناوە نێردراوەکانی ئەو وەشانەی پێشتر پەسەند کراوە",
            "names that the court has ratified, of those sent of the version certified before",
        ],
    };
    let names = certified.unwrap_or_else(|| sent.keys().cloned().collect());
    let told = |name: &Name| {
        let person = def.candidate(&name.1).map(|own| own.name.get(lang)).unwrap_or_default();
        let (word, why) = match state.docket.said_of(name).map(|(_, own)| &own.said) {
            Some(Said::Ratified) => return None,
            Some(Said::Withheld(why)) => (["محجوب", "ڕاگیراوە", "withheld"], why.as_str()),
            Some(Said::Sent(_)) => (["مرسل", "نێردراوە", "sent"], ""),
            None => (["لم يرسل", "نەنێردراوە", "not sent"], ""),
        };
        let why = if why.is_empty() { String::new() } else { format!(" ({why})") };
        Some(format!("{} {person}: {}{why}", name.1, say(lang, word)))
    };
    let exceptions: Vec<String> = names.iter().filter_map(told).collect();
    Some(Figure { name: say(lang, name), share: share(names.len() - exceptions.len(), names.len()), exceptions })
}

/// Things that were handed over when keys changed hands, of all that were to be; the others by name. Nothing where no keys did.
fn handed(state: &State, lang: Lang) -> Option<Figure> {
    let all = &state.docket.successions;
    let exceptions: Vec<String> = all.iter().flat_map(|(_, own)| &own.not_handed).map(ToString::to_string).collect();
    let whole = exceptions.len() + all.iter().map(|(_, own)| own.handed.len()).sum::<usize>();
    let name = [
        "أشياء سُلّمت عند تبدل المفاتيح من كل ما وجب تسليمه",
        "شت کە لە کاتی گۆڕینی کلیلەکاندا ڕادەست کران، لە هەموو ئەوەی دەبوو ڕادەست بکرێت",
        "things handed over when keys changed hands, of all that were to be",
    ];
    (!all.is_empty()).then(|| Figure {
        name: say(lang, name),
        share: share(whole - exceptions.len(), whole),
        exceptions,
    })
}

fn witnesses(witnessed: &Witnessed, lang: Lang) -> Vec<Figure> {
    let all = witnessed.by.len() + witnessed.not_by.len();
    if all == 0 {
        return Vec::new();
    }
    vec![Figure {
        name: say(
            lang,
            [
                "شهود وقعوا على السجل نفسه",
                "شایەت کە هەمان تۆماریان واژۆ کرد",
                "witnesses that cosigned this very record",
            ],
        ),
        share: share(witnessed.by.len(), all),
        exceptions: witnessed.not_by.clone(),
    }]
}

/// The freeze and each change of rules and keys that a quorum of witnesses had seen when the polls opened, of all of them; the others
/// by leaf and kind. Nothing where the definition names no hour.
fn before_polls(def: &Definition, state: &State, lang: Lang) -> Option<Figure> {
    let own = state.before_polls(def)?;
    let name = [
        "تجميد القواعد والمفاتيح وكل تعديل لها، مما كان الشهود قد وقعوا عليه قبل فتح الاقتراع",
        "بەستنی یاسا و کلیلەکان و هەر گۆڕانێکیان، لەوانەی شایەتەکان پێش کردنەوەی دەنگدان واژۆیان کردبوو",
        "the freeze of rules and keys and each change of them, cosigned by enough witnesses before the polls opened",
    ];
    let exceptions = own.unseen.iter().map(|(leaf, kind)| format!("leaf {leaf} ({kind})")).collect();
    Some(Figure { name: say(lang, name), share: share(own.seen.len(), own.seen.len() + own.unseen.len()), exceptions })
}

/// Looks at the centre's networks at which nothing was up that the policy did not list, of all; the others with what was.
fn isolated(state: &State, lang: Lang) -> Vec<Figure> {
    let looks = &state.registers.isolation;
    if looks.is_empty() {
        return Vec::new();
    }
    let outside = looks.iter().filter(|(_, _, own)| !own.outside.is_empty());
    let exceptions: Vec<String> = outside
        .map(|(leaf, _, own)| format!("leaf {leaf} ({}): {}", own.step.as_str(), own.outside.join("; ")))
        .collect();
    let name = [
        "فحوص لم يكن فيها شيء عاملا خارج ما تسرده السياسة",
        "پشکنین کە تێیاندا هیچ شتێک لە دەرەوەی لیستی سیاسەتەکە کارا نەبوو",
        "checks at which nothing was up that the policy does not list",
    ];
    // The look at an announcement stands behind it: the witnesses have cosigned the leaves before.
    let announced = || state.announcements.iter();
    let next = |place: usize| state.announcements.get(place + 1).map_or(u64::MAX, |(index, _)| *index);
    let is_seen = |(place, (index, _)): &(usize, &(u64, Announcement))| {
        looks.iter().any(|(leaf, _, own)| own.step == Look::Announce && *leaf > *index && *leaf < next(*place))
    };
    let unseen: Vec<String> =
        announced().enumerate().filter(|own| !is_seen(own)).map(|(_, (_, own))| own.version.to_string()).collect();
    let seen = [
        "نسخ معلنة نُظر عند إعلانها في شبكات المركز",
        "وەشانی ڕاگەیەندراو کە لە کاتی ڕاگەیاندنیاندا سەیری تۆڕەکانی ناوەند کرا",
        "announced versions at whose announcement the centre's networks were looked at",
    ];
    vec![
        Figure { name: say(lang, name), share: share(looks.len() - exceptions.len(), looks.len()), exceptions },
        Figure {
            name: say(lang, seen),
            share: share(announced().count() - unseen.len(), announced().count()),
            exceptions: unseen,
        },
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_share_never_reaches_a_hundred_before_all_hold() {
        for whole in 1..400u64 {
            for part in 0..=whole {
                let percent = Share::new(part, whole).percent().unwrap();
                assert_eq!(percent == 100, part == whole, "{part} of {whole}");
            }
        }
        assert_eq!(Share::new(0, 0).percent(), None, "nothing is not everything");
        let decimal = |part, whole| Share::new(part, whole).one_decimal();
        assert_eq!(decimal(1_021, 53_000).as_deref(), Some("1.9"));
        assert_eq!([decimal(1, 53_000), decimal(52_999, 53_000)], ["0.0", "99.9"].map(|said| Some(said.to_owned())));
        assert_eq!([decimal(7, 7), decimal(0, 0)], [Some("100.0".to_owned()), None]);
    }

    #[test]
    fn a_percentage_never_stands_without_its_denominator() {
        let said = |part, whole, lang| Share::new(part, whole).say(lang, |number| number.to_string());
        assert_eq!(said(17, 18, Lang::En), "17 of 18 (94 %)");
        assert_eq!(said(0, 0, Lang::En), "0 of 0", "of nothing there is no share");
        assert_eq!(said(17, 18, Lang::Ar), "17 من 18 (94 %)");
        assert_eq!(said(17, 18, Lang::Ckb), "17 لە 18 (94 %)");
        let small = |part, whole| Share::new(part, whole).in_tenths().say(Lang::En, |number| number.to_string());
        assert_eq!(small(1_060, 53_000), "1060 of 53000 (2.0 %)");
        assert_eq!([small(0, 18), small(0, 0)], ["0 of 18 (0.0 %)", "0 of 0"]);
        let digits = |number: u64| number.to_string().replace('1', "١").replace('0', "٠");
        assert_eq!(Share::new(1, 1).in_tenths().say(Lang::Ar, digits), "١ من ١ (١٠٠٫٠ %)");
    }
}
