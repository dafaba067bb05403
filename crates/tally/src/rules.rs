//! The numbered rules, for reports and for the docs.

use serde::Serialize;

use crate::Words;

/// One numbered rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Rule {
    /// Its number: `R.1xx` votes, `R.2xx` ballot account, `R.3xx` seats.
    pub number: &'static str,
    /// Its title.
    pub title: Words,
    /// What it says; English, for the docs.
    pub what: &'static str,
}

const fn rule_of(
    number: &'static str,
    ar: &'static str,
    ckb: &'static str,
    en: &'static str,
    what: &'static str,
) -> Rule {
    Rule { number, title: Words { ar, ckb, en }, what }
}

/// Every rule, by number.
#[rustfmt::skip]
pub const ALL: &[Rule] = &[
    rule_of(
        "R.101",
        "لا علامة: ورقة بيضاء",
        "هیچ نیشانەیەک: پسووڵەی سپی",
        "No mark is a blank ballot",
        "A contest without a mark counts as blank, never as invalid.",
    ),
    rule_of(
        "R.102",
        "علامة قائمة واحدة: صوت للقائمة",
        "نیشانەی یەک لیست: دەنگ بۆ لیستەکە",
        "One list marked is a vote for the list",
        "Open and closed lists: exactly one list mark is a valid vote for that list.",
    ),
    rule_of(
        "R.103",
        "قائمة ورقم مرشح منها: صوت شخصي أيضاً",
        "لیست و ژمارەی کاندیدێکی: دەنگی کەسیش",
        "A list and one number is a personal vote too",
        "Open lists: with one list mark, one number of a candidate of that list is a personal vote; the list's vote stays one.",
    ),
    rule_of(
        "R.104",
        "رقم مرشح من دون قائمة: باطل",
        "ژمارەی کاندید بەبێ لیست: پووچەڵ",
        "A candidate mark without a list is invalid",
        "Open lists: numbers alone name nobody. Code vote.candidate_without_list.",
    ),
    rule_of(
        "R.105",
        "قائمتان أو أكثر: باطل",
        "دوو لیست یان زیاتر: پووچەڵ",
        "Two lists marked are invalid",
        "Code vote.two_lists.",
    ),
    rule_of(
        "R.106",
        "رقمان أو أكثر: بحسب ملف القواعد",
        "دوو ژمارە یان زیاتر: بەپێی فایلی یاساکان",
        "Two numbers: as the rule file says",
        "votes.two_candidates: list_vote (a valid list vote with no personal vote) or invalid (code vote.two_candidates).",
    ),
    rule_of(
        "R.107",
        "رقم لا مرشح له في القائمة: صوت للقائمة فقط",
        "ژمارەیەک کە لە لیستەکەدا کاندیدی نییە: تەنها دەنگی لیست",
        "A number without a candidate is a list vote",
        "Open lists: the marked list has no candidate of the marked number; the list vote is valid, there is no personal vote.",
    ),
    rule_of(
        "R.108",
        "مرشح منسحب: صوت للقائمة فقط",
        "کاندیدی کشاوە: تەنها دەنگی لیست",
        "A withdrawn candidate's mark is a list vote",
        "The marks are counted under the candidate's id, so that the figure before the withdrawal stays visible; R.313 takes their effect away.",
    ),
    rule_of(
        "R.109",
        "القائمة المغلقة: علامة واحدة فقط",
        "لیستی داخراو: تەنها یەک نیشانە",
        "Closed list: exactly one list",
        "Two lists are invalid (R.105); there are no personal votes.",
    ),
    rule_of(
        "R.110",
        "علامات أكثر من المسموح: باطل",
        "نیشانەی زیاتر لە ڕێگەپێدراو: پووچەڵ",
        "More marks than allowed are invalid",
        "Contests of candidates: up to vote_for candidates; more is an overvote. Code vote.overvote.",
    ),
    rule_of(
        "R.111",
        "علامة على خيار غير موجود: باطل",
        "نیشانە لەسەر هەڵبژاردەیەکی نەبوو: پووچەڵ",
        "A mark for what is not on the ballot is invalid",
        "No voter can make such a mark; it shows a wrong design or a wrong reader. Code vote.unknown_option.",
    ),
    rule_of(
        "R.201",
        "المستلَم = المستعمَل + التالف + غير المستعمَل",
        "وەرگیراو = بەکارهاتوو + خراپبوو + بەکارنەهاتوو",
        "Received = used + spoiled + unused",
        "Every ballot paper that came is somewhere.",
    ),
    rule_of(
        "R.202",
        "المستعمَل = المعدود + غير المقروء",
        "بەکارهاتوو = ژمێردراو + نەخوێنراوە",
        "Used = cast + unread",
        "Every paper in the box is counted or named as unread.",
    ),
    rule_of(
        "R.203",
        "المعدود = الصحيح + الأبيض + الباطل",
        "ژمێردراو = دروست + سپی + پووچەڵ",
        "Cast = valid + blank + invalid",
        "Every counted ballot has one worth.",
    ),
    rule_of(
        "R.204",
        "المستعمَل ≤ عدد الناخبين المسجلين",
        "بەکارهاتوو ≤ ژمارەی دەنگدەرانی تۆمارکراو",
        "Used ≤ voters registered",
        "Stations with a fixed register; unread ballots included.",
    ),
    rule_of(
        "R.205",
        "المستعمَل ≤ عدد من سُجل حضورهم",
        "بەکارهاتوو ≤ ژمارەی ئامادەبووان",
        "Used ≤ voters checked in",
        "Where a verification device counts; unread ballots included.",
    ),
    rule_of(
        "R.206",
        "المستعمَل ≤ عدد الأوراق المسلَّمة",
        "بەکارهاتوو ≤ ژمارەی پسووڵە دراوەکان",
        "Used ≤ ballots delivered",
        "Stations with a conditional register; unread ballots included.",
    ),
    rule_of(
        "R.211",
        "أوراق السباق = الصحيح + الأبيض + الباطل",
        "پسووڵەکانی پێشبڕکێ = دروست + سپی + پووچەڵ",
        "A contest's ballots = valid + blank + invalid",
        "In each contest.",
    ),
    rule_of(
        "R.212",
        "أرقام لكل قائمة ومرشح، ولا لغيرهم",
        "ژمارە بۆ هەموو لیست و کاندیدێک، و بۆ کەسی تر نا",
        "A figure for every list and candidate, and for nobody else",
        "Zeros included; a figure of a stranger shows a wrong definition.",
    ),
    rule_of(
        "R.213",
        "مجموع أصوات القوائم = الأصوات الصحيحة",
        "کۆی دەنگی لیستەکان = دەنگە دروستەکان",
        "Votes of the lists = valid votes",
        "Contests of lists: each valid ballot is for one list.",
    ),
    rule_of(
        "R.214",
        "الأصوات الشخصية ≤ أصوات القائمة",
        "دەنگە کەسییەکان ≤ دەنگی لیستەکە",
        "Personal votes of a list ≤ its votes",
        "Open lists: a ballot gives at most one personal vote; closed lists: none.",
    ),
    rule_of(
        "R.215",
        "أصوات المرشح ≤ الأصوات الصحيحة",
        "دەنگی کاندید ≤ دەنگە دروستەکان",
        "Votes of a candidate ≤ valid votes",
        "Contests of candidates: a ballot gives a candidate at most one vote.",
    ),
    rule_of(
        "R.216",
        "مجموع أصوات المرشحين ≤ الصحيح × العلامات المسموحة",
        "کۆی دەنگی کاندیدەکان ≤ دروست × نیشانەی ڕێگەپێدراو",
        "Votes of all candidates ≤ valid × marks allowed",
        "Contests of candidates.",
    ),
    rule_of(
        "R.217",
        "الأصوات الصحيحة ≤ مجموع أصوات المرشحين",
        "دەنگە دروستەکان ≤ کۆی دەنگی کاندیدەکان",
        "Valid votes ≤ votes of all candidates",
        "Contests of candidates: a valid ballot has at least one mark.",
    ),
    rule_of(
        "R.218",
        "أوراق السباق ≤ المعدود في المحطة",
        "پسووڵەکانی پێشبڕکێ ≤ ژمێردراو لە وێستگەکە",
        "A contest's ballots ≤ ballots cast at the station",
        "A contest is on no more ballots than were counted.",
    ),
    rule_of(
        "R.301",
        "القوائم المخصصة لا تنافس على المقاعد العامة",
        "لیستە تایبەتەکان لەسەر کورسی گشتی کێبڕکێ ناکەن",
        "Lists for reserved seats take no general seat",
        "They are left out before the general seats are shared; their votes stay valid votes.",
    ),
    rule_of(
        "R.302",
        "العتبة",
        "ئاستی پێویست",
        "Threshold",
        "A list with less than the threshold's share of all valid votes takes no seat; met exactly, it counts.",
    ),
    rule_of(
        "R.303",
        "أعلى النواتج",
        "بەرزترین ئەنجامی دابەشکردن",
        "Highest quotients",
        "D'Hondt (1, 2, 3, …) or Sainte-Laguë (first divisor of the rule file, 3, 5, 7, …): votes are divided, and the highest quotients win; compared exactly, as fractions.",
    ),
    rule_of(
        "R.304",
        "أكبر البواقي (هير)",
        "گەورەترین ماوە (هێر)",
        "Largest remainders (Hare)",
        "Quota = votes of the competing lists / seats; whole quotas first, then the largest remainders.",
    ),
    rule_of(
        "R.305",
        "القرعة على آخر مقاعد القوائم",
        "تیروپشک لەسەر دوا کورسییەکانی لیستەکان",
        "A lot for the last seats of lists",
        "Equal quotients for fewer seats are drawn by lot before the lists' representatives; never by the program.",
    ),
    rule_of(
        "R.306",
        "لا أصوات صحيحة: المقاعد شاغرة",
        "دەنگی دروست نییە: کورسییەکان بەتاڵن",
        "No valid vote: the seats stay vacant",
        "A contest without a valid vote elects nobody; a list without a vote takes no seat.",
    ),
    rule_of(
        "R.307",
        "قائمة أقصر من مقاعدها",
        "لیستێک کورتتر لە کورسییەکانی",
        "A list shorter than its seats",
        "seats.short_list: vacant (the seats stay vacant) or next_quotient (they go to the next highest quotients of lists with candidates left); the report says which.",
    ),
    rule_of(
        "R.308",
        "مقاعد شاغرة",
        "کورسی بەتاڵ",
        "Vacant seats",
        "Seats for which there is no list or no candidate.",
    ),
    rule_of(
        "R.310",
        "المرشحون بحسب الأصوات الشخصية",
        "کاندیدەکان بەپێی دەنگی کەسی",
        "Candidates by personal votes",
        "Within an open list.",
    ),
    rule_of(
        "R.311",
        "المرشحون بحسب ترتيب القائمة",
        "کاندیدەکان بەپێی ڕیزبەندی لیست",
        "Candidates in the order of the list",
        "Within a closed list.",
    ),
    rule_of(
        "R.312",
        "القرعة بين المرشحين",
        "تیروپشک لە نێوان کاندیدەکان",
        "A lot between candidates",
        "Equal votes for fewer seats; also in contests of candidates.",
    ),
    rule_of(
        "R.313",
        "المنسحب لا يأخذ مقعداً",
        "کشاوە کورسی وەرناگرێت",
        "A withdrawn candidate takes no seat",
        "Whatever the marks; the step names how many there were.",
    ),
    rule_of(
        "R.320",
        "حصة النساء",
        "پشکی ژنان",
        "The women's quota",
        "⌊general seats / 4 + ½⌋ women; it never changes the seats of a list, and reserved seats do not count.",
    ),
    rule_of(
        "R.321",
        "الخطوة ١: عدد كافٍ مباشرةً",
        "هەنگاوی ١: ژمارەی پێویست ڕاستەوخۆ",
        "Step 1: enough women directly",
        "Nothing changes.",
    ),
    rule_of(
        "R.322",
        "الخطوة ٢: ربع مقاعد كل قائمة",
        "هەنگاوی ٢: چارەکی کورسییەکانی هەر لیستێک",
        "Step 2: a quarter of each list's seats",
        "Each list owes ⌊its seats / 4⌋ women: the elected man with the fewest personal votes gives way to the not-elected woman with the most, of the same list. Every list pays, whatever the others have paid.",
    ),
    rule_of(
        "R.323",
        "الخطوة ٣: ثلث مقاعد كل قائمة",
        "هەنگاوی ٣: سێیەکی کورسییەکانی هەر لیستێک",
        "Step 3: a third of each list's seats",
        "Where the quota is still short: ⌊its seats / 3⌋.",
    ),
    rule_of(
        "R.324",
        "الخطوة ٤: أعلى النساء أصواتاً في القوائم الفائزة",
        "هەنگاوی ٤: بەرزترین ژن لە لیستە براوەکاندا",
        "Step 4: the woman with the most votes of all winning lists",
        "Where it is still short: the not-elected woman with the most votes among all lists that won a seat, even a list with one, takes the seat of her list's elected man with the fewest (judicial panel, 9 January 2024).",
    ),
    rule_of(
        "R.325",
        "تجاوز الحصة في الخطوة ٣",
        "تێپەڕاندنی پشک لە هەنگاوی ٣",
        "Step 3 beyond the quota",
        "seats.quota_overshoot: stop_at_quota (lists with more votes first; equal votes by lot) or serve_all; the report says which.",
    ),
    rule_of(
        "R.326",
        "قائمة نساؤها قليلات",
        "لیستێک ژنی کەمە",
        "A list with too few women",
        "It brings in those it has; what is short goes on to the next step.",
    ),
    rule_of(
        "R.327",
        "حصة غير مكتملة",
        "پشکی ناتەواو",
        "A quota that cannot be filled",
        "No woman is left in a winning list with a man who could give way.",
    ),
    rule_of(
        "R.328",
        "حصة لا تنطبق",
        "پشک جێبەجێ نابێت",
        "Quota not applied",
        "Contests without personal votes within lists: closed lists and contests of candidates.",
    ),
    rule_of(
        "R.329",
        "القرعة في حصة النساء",
        "تیروپشک لە پشکی ژناندا",
        "A lot in the quota",
        "Equal votes of those who may give way or come in.",
    ),
    rule_of(
        "R.330",
        "المقاعد المخصصة",
        "کورسییە تایبەتەکان",
        "Reserved seats",
        "By the highest personal vote among the community's candidates; outside the quota and the general seats.",
    ),
    rule_of(
        "R.331",
        "القرعة على مقعد مخصص",
        "تیروپشک لەسەر کورسی تایبەت",
        "A lot for a reserved seat",
        "Equal personal votes for fewer reserved seats.",
    ),
    rule_of(
        "R.340",
        "أعلى المرشحين أصواتاً",
        "کاندیدەکان بە زۆرترین دەنگ",
        "Candidates with the most votes",
        "Plurality and vote-for-n contests.",
    ),
];

/// The rule `number`.
pub fn rule(number: &str) -> Option<&'static Rule> {
    ALL.iter().find(|rule| rule.number == number)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_rule_has_one_number_and_three_titles() {
        for pair in ALL.windows(2) {
            assert!(pair[0].number < pair[1].number, "{}", pair[1].number);
        }
        for rule in ALL {
            for text in [rule.title.ar, rule.title.ckb, rule.title.en, rule.what] {
                assert!(!text.trim().is_empty(), "{}", rule.number);
            }
        }
        assert!(rule("R.101").is_some() && rule("R.999").is_none());
    }
}
