//! R.1xx: what marks are worth.

use super::Rule;

#[rustfmt::skip]
pub(super) const RULES: &[Rule] = &[
    Rule::new(
        "R.101",
        ["لا علامة: ورقة بيضاء", "هیچ نیشانەیەک: کاغەزی سپی", "No mark is a blank ballot"],
        [
            "المنافسة التي لا علامة فيها تُعد بيضاء، لا باطلة.",
            "کێبڕکێیەک کە نیشانەی تێدا نییە بە سپی دەژمێردرێت، نەک بە پووچەڵ.",
            "A contest without a mark counts as blank, never as invalid.",
        ],
        "r101_to_r103_blank_list_and_personal_vote",
    ),
    Rule::new(
        "R.102",
        ["علامة قائمة واحدة: صوت للقائمة", "نیشانەی یەک لیست: دەنگ بۆ لیستەکە", "One list marked is a vote for the list"],
        [
            "في القوائم المفتوحة والمغلقة: علامة قائمة واحدة بالضبط صوت صحيح لها.",
            "لە لیستی کراوە و داخراودا: نیشانەی تەنها یەک لیست دەنگێکی دروستە بۆ ئەو لیستە.",
            "Open and closed lists: exactly one list mark is a valid vote for that list.",
        ],
        "r101_to_r103_blank_list_and_personal_vote",
    ),
    Rule::new(
        "R.103",
        ["قائمة ورقم مرشح منها: صوت شخصي أيضاً", "لیست و ژمارەی کاندیدێکی: دەنگی کەسیش", "A list and one number is a personal vote too"],
        [
            "القوائم المفتوحة: مع علامة قائمة واحدة، رقمُ مرشح منها صوت شخصي له، ويبقى صوت القائمة واحداً.",
            "لیستی کراوە: لەگەڵ نیشانەی یەک لیستدا، ژمارەی کاندیدێکی ئەو لیستە دەنگی کەسییە بۆی، و دەنگی لیستەکە هەر یەک دەمێنێتەوە.",
            "Open lists: with one list mark, one number of a candidate of that list is a personal vote; the list's vote stays one.",
        ],
        "r101_to_r103_blank_list_and_personal_vote",
    ),
    Rule::new(
        "R.104",
        ["رقم مرشح من دون قائمة: باطل", "ژمارەی کاندید بەبێ لیست: پووچەڵ", "A candidate mark without a list is invalid"],
        [
            "القوائم المفتوحة: الأرقام وحدها لا تسمي أحداً. الرمز vote.candidate_without_list.",
            "لیستی کراوە: ژمارە بە تەنها ناوی کەس ناهێنێت. کۆدی vote.candidate_without_list.",
            "Open lists: numbers alone name nobody. Code vote.candidate_without_list.",
        ],
        "r104_a_number_without_a_list",
    ),
    Rule::new(
        "R.105",
        ["قائمتان أو أكثر: باطل", "دوو لیست یان زیاتر: پووچەڵ", "Two lists marked are invalid"],
        [
            "لا يُعرف أيهما أراد الناخب. الرمز vote.two_lists.",
            "نازانرێت دەنگدەر کامیانی ویستووە. کۆدی vote.two_lists.",
            "Which one the voter wanted cannot be known. Code vote.two_lists.",
        ],
        "r105_two_lists",
    ),
    Rule::new(
        "R.106",
        ["رقمان أو أكثر: بحسب ملف القواعد", "دوو ژمارە یان زیاتر: بەپێی فایلی یاساکان", "Two numbers: as the rule file says"],
        [
            "votes.two_candidates: إما list_vote (صوت صحيح للقائمة بلا صوت شخصي) أو invalid (الرمز vote.two_candidates).",
            "votes.two_candidates: یان list_vote (دەنگی دروستی لیست بەبێ دەنگی کەسی) یان invalid (کۆدی vote.two_candidates).",
            "votes.two_candidates: list_vote (a valid list vote with no personal vote) or invalid (code vote.two_candidates).",
        ],
        "r106_two_numbers_as_the_rule_file_says",
    ),
    Rule::new(
        "R.107",
        ["رقم لا مرشح له في القائمة: صوت للقائمة فقط", "ژمارەیەک کە لە لیستەکەدا کاندیدی نییە: تەنها دەنگی لیست", "A number without a candidate is a list vote"],
        [
            "القوائم المفتوحة: ليس للقائمة المؤشرة مرشح بالرقم المؤشر؛ صوت القائمة صحيح، ولا صوت شخصي.",
            "لیستی کراوە: لیستە نیشانکراوەکە کاندیدی بەو ژمارەیە نییە؛ دەنگی لیستەکە دروستە و دەنگی کەسی نییە.",
            "Open lists: the marked list has no candidate of the marked number; the list vote is valid, there is no personal vote.",
        ],
        "r107_a_number_the_list_does_not_have",
    ),
    Rule::new(
        "R.108",
        ["مرشح منسحب: صوت للقائمة فقط", "کاندیدی کشاوە: تەنها دەنگی لیست", "A withdrawn candidate's mark is a list vote"],
        [
            "تُعد العلامات باسم المرشح ليبقى الرقم الذي كان قبل الانسحاب ظاهراً؛ أثرها تزيله R.313.",
            "نیشانەکان بە ناوی کاندیدەکەوە دەژمێردرێن تا ژمارەی پێش کشانەوە دیار بێت؛ R.313 کاریگەرییان لادەبات.",
            "The marks are counted under the candidate's id, so that the figure before the withdrawal stays visible; R.313 takes their effect away.",
        ],
        "r108_a_withdrawn_candidate_before_and_after",
    ),
    Rule::new(
        "R.109",
        ["القائمة المغلقة: علامة واحدة فقط", "لیستی داخراو: تەنها یەک نیشانە", "Closed list: exactly one list"],
        [
            "قائمتان باطل (R.105)، ولا أصوات شخصية.",
            "دوو لیست پووچەڵە (R.105)، و دەنگی کەسی نییە.",
            "Two lists are invalid (R.105); there are no personal votes.",
        ],
        "r109_closed_lists",
    ),
    Rule::new(
        "R.110",
        ["علامات أكثر من المسموح: باطل", "نیشانەی زیاتر لە ڕێگەپێدراو: پووچەڵ", "More marks than allowed are invalid"],
        [
            "منافسات المرشحين: حتى vote_for من المرشحين؛ وما زاد باطل. الرمز vote.overvote.",
            "کێبڕکێی کاندیدەکان: تا vote_for کاندید؛ زیاتر پووچەڵە. کۆدی vote.overvote.",
            "Contests of candidates: up to vote_for candidates; more is an overvote. Code vote.overvote.",
        ],
        "r110_up_to_n_candidates",
    ),
    Rule::new(
        "R.111",
        ["علامة على خيار غير موجود: باطل", "نیشانە لەسەر هەڵبژاردەیەکی نەبوو: پووچەڵ", "A mark for what is not on the ballot is invalid"],
        [
            "لا يستطيع ناخب أن يضع علامة كهذه؛ فهي تدل على تصميم خاطئ أو قارئ خاطئ. الرمز vote.unknown_option.",
            "هیچ دەنگدەرێک ناتوانێت نیشانەی وا دابنێت؛ نیشانەی نەخشە یان خوێنەرێکی هەڵەیە. کۆدی vote.unknown_option.",
            "No voter can make such a mark; it shows a wrong design or a wrong reader. Code vote.unknown_option.",
        ],
        "r111_what_is_not_on_the_ballot",
    ),
];
