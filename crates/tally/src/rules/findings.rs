//! R.5xx: what is told of stations by number, with how many of how many. None of it leaves a station out.

use election::FindingRule;

use super::Rule;
use crate::Words;

/// What the two figures of a finding by this rule are called, in the order of `flagged.csv`.
pub fn figures(rule: FindingRule) -> [Words; 2] {
    const USED: [&str; 3] = ["المستعمَل", "بەکارهاتوو", "used"];
    const BOUND: [&str; 3] = ["الحد", "سنوور", "bound"];
    const VOTERS_OF_SOURCE: [&str; 3] = ["ناخبو المصدر", "دەنگدەرانی سەرچاوەکە", "voters of the source"];
    let names = match rule {
        FindingRule::Ballots => [USED, ["من سُجل حضورهم", "ئامادەبووان", "checked in"]],
        FindingRule::Voters => [["الناخبون", "دەنگدەران", "voters"], BOUND],
        FindingRule::Turnout => [USED, BOUND],
        FindingRule::Unbalanced => [
            ["المستلَم", "وەرگیراو", "received"],
            ["المستعمَل والتالف وغير المستعمَل", "بەکارهاتوو و خراپبوو و بەکارنەهاتوو", "used, spoiled and unused"],
        ],
        FindingRule::Alike => [["الأوراق", "کاغەزەکان", "ballots"], ["المحطات", "وێستگەکان", "stations"]],
        FindingRule::Slip => {
            [["أشرطة مختلفة", "پسووڵەی جیاواز", "slips that differ"], ["الأشرطة كلها", "هەموو پسووڵەکان", "all slips"]]
        }
        FindingRule::KindBallots => [USED, VOTERS_OF_SOURCE],
        FindingRule::KindRegistered => [["المسجلون", "تۆمارکراوان", "registered"], VOTERS_OF_SOURCE],
        FindingRule::KindOpened => [
            ["المحطات المفتوحة", "وێستگە کراوەکان", "stations opened"],
            ["محطات المصدر", "وێستگەکانی سەرچاوەکە", "stations of the source"],
        ],
    };
    names.map(|[ar, ckb, en]| Words { ar, ckb, en })
}

#[rustfmt::skip]
pub(super) const RULES: &[Rule] = &[
    Rule::new(
        "R.501",
        ["أوراق أكثر ممن حضروا", "کاغەز زیاتر لە ئامادەبووان", "More ballots than voters who came"],
        [
            "المستعمَل أكثر ممن سُجل حضورهم بما يزيد على findings.ballots_over. تُسأل المحطات التي فيها جهاز تحقق.",
            "بەکارهاتوو لە ژمارەی ئامادەبووان زیاترە، زیاتر لە findings.ballots_over. لە وێستگەکانی خاوەن ئامێری پشتڕاستکردنەوە دەپرسرێت.",
            "Used exceeds voters checked in by more than findings.ballots_over. Asked of stations with a verification device.",
        ],
        "each_rule_of_one_station_fires_above_its_threshold_and_not_at_it",
    ),
    Rule::new(
        "R.502",
        ["ناخبون أكثر من المسجلين", "دەنگدەر زیاتر لە تۆمارکراوان", "More voters than registered"],
        [
            "من سُجل حضورهم، أو المستعمَل حيث لا يُعدّون، أكثر من الحد (R.219) بما يزيد على findings.voters_over.",
            "ئامادەبووان، یان بەکارهاتوو لەو شوێنەی ناژمێردرێن، لە سنوور (R.219) زیاترن، زیاتر لە findings.voters_over.",
            "Voters checked in, or used where nobody counts them, exceed the bound (R.219) by more than findings.voters_over.",
        ],
        "each_rule_of_one_station_fires_above_its_threshold_and_not_at_it",
    ),
    Rule::new(
        "R.503",
        ["نسبة المشاركة", "ڕێژەی بەشداری", "Turnout"],
        [
            "المستعمَل لا يقل عن حصة findings.turnout من الحد (R.219)؛ مئة بالمئة إن لم تُذكر.",
            "بەکارهاتوو لانیکەم بەشی findings.turnout ی سنوورە (R.219)؛ سەد لە سەد ئەگەر نەنووسرابێت.",
            "Used is at least the share findings.turnout of the bound (R.219); 100 % where that is not written.",
        ],
        "each_rule_of_one_station_fires_above_its_threshold_and_not_at_it",
    ),
    Rule::new(
        "R.504",
        ["أوراق لا تتوازن", "کاغەز کە هاوسەنگ نین", "Ballots that do not balance"],
        [
            "المستلَم يختلف عن المستعمَل + التالف + غير المستعمَل بأكثر من findings.unbalanced.",
            "وەرگیراو لە بەکارهاتوو + خراپبوو + بەکارنەهاتوو جیاوازە، زیاتر لە findings.unbalanced.",
            "Received differs from used + spoiled + unused by more than findings.unbalanced.",
        ],
        "each_rule_of_one_station_fires_above_its_threshold_and_not_at_it",
    ),
    Rule::new(
        "R.505",
        ["أرقام متطابقة في محطتين", "ژمارەی وەک یەک لە دوو وێستگەدا", "The same figures in two stations"],
        [
            "كل رقم لمنافسة هو نفسه في محطات عدة: أوراقها وعدد المحطات. تُسأل المنافسات التي فيها من الأوراق الصحيحة findings.alike_from فأكثر؛ وما لا يفرّق بين قائمتين لا يُذكر.",
            "هەموو ژمارەیەکی کێبڕکێیەک لە چەند وێستگەیەکدا وەک یەکە: کاغەزەکانی و ژمارەی وێستگەکان. لە کێبڕکێیەک دەپرسرێت کە findings.alike_from کاغەزی دروست یان زیاتری هەبێت؛ ئەوەی دوو لیست جیا ناکاتەوە ناوترێت.",
            "Every figure of a contest is the same in several stations: its ballots, and how many stations. Asked of contests with findings.alike_from valid ballots or more; what tells no two options apart is not told.",
        ],
        "stations_are_alike_from_a_number_of_ballots_on",
    ),
    Rule::new(
        "R.506",
        ["شريط نتائج مختلف", "پسووڵەی جیاواز", "A slip that differs"],
        [
            "أشرطة نتائج موقعة تقول غير ما وصل: كم هي، من كم شريط. تُسأل المحطات التي جيء بشريطها ووصل منها شيء.",
            "پسووڵەی واژۆکراو شتێکی تر دەڵێن لەوەی گەیشتووە: چەند، لە چەند پسووڵە. لە وێستگانێک دەپرسرێت کە پسووڵەیان هێنراوە و شتێکیان لێ گەیشتووە.",
            "Signed slips say something else than what came: how many, of how many slips. Asked of stations whose slip was brought and of which something came.",
        ],
        "a_slip_that_differs_is_a_finding_of_those_that_were_brought",
    ),
    Rule::new(
        "R.507",
        ["أوراق نوع من المحطات أكثر من ناخبي مصدره", "کاغەزی جۆرێک زیاتر لە دەنگدەرانی سەرچاوەکەی", "Ballots of a kind exceed its source"],
        [
            "المستعمَل في كل محطات النوع أكثر من findings.sources.KIND.voters. من محطة لم تُحتسب أكبر نسخها.",
            "بەکارهاتوو لە هەموو وێستگەکانی جۆرەکەدا لە findings.sources.KIND.voters زیاترە. لە وێستگەیەکی نەژمێردراو گەورەترین وێنەی.",
            "Used in all stations of the kind exceeds findings.sources.KIND.voters. Of a station that is not counted, the largest of its copies.",
        ],
        "a_kind_of_stations_is_held_against_its_source",
    ),
    Rule::new(
        "R.508",
        ["مسجلو نوع من المحطات أكثر من ناخبي مصدره", "تۆمارکراوانی جۆرێک زیاتر لە دەنگدەرانی سەرچاوەکەی", "Registered of a kind exceed its source"],
        [
            "أرقام كل محطات النوع بحسب الكتب المتبعة (R.406) أكثر من findings.sources.KIND.voters.",
            "ژمارەی هەموو وێستگەکانی جۆرەکە بەپێی نامە پەیڕەوکراوەکان (R.406) لە findings.sources.KIND.voters زیاترە.",
            "The figures of all stations of the kind, by the letters that are followed (R.406), exceed findings.sources.KIND.voters.",
        ],
        "a_kind_of_stations_is_held_against_its_source",
    ),
    Rule::new(
        "R.509",
        ["محطات مفتوحة أكثر مما في إحصاء المصدر", "وێستگەی کراوە زیاتر لە ئاماری سەرچاوەکە", "More stations opened than the source has"],
        [
            "محطات النوع، ما عدا التي لم تُفتح بقرار، أكثر من findings.sources.KIND.stations.",
            "وێستگەکانی جۆرەکە، جگە لەوانەی بە بڕیار نەکراونەتەوە، لە findings.sources.KIND.stations زیاترن.",
            "The stations of the kind, but those that did not open by order, are more than findings.sources.KIND.stations.",
        ],
        "a_kind_of_stations_is_held_against_its_source",
    ),
];
