//! R.3xx: from votes to the people who are elected.

use super::Rule;

#[rustfmt::skip]
pub(super) const RULES: &[Rule] = &[
    Rule::new(
        "R.301",
        ["القوائم المخصصة لا تنافس على المقاعد العامة", "لیستە تایبەتەکان لەسەر کورسی گشتی کێبڕکێ ناکەن", "Lists for reserved seats take no general seat"],
        [
            "تُترك جانباً قبل توزيع المقاعد العامة؛ وتبقى أصواتها أصواتاً صحيحة.",
            "پێش دابەشکردنی کورسییە گشتییەکان لادەبرێن؛ دەنگەکانیان بە دروستی دەمێننەوە.",
            "They are left out before the general seats are shared; their votes stay valid votes.",
        ],
        "reserved_seats_are_apart",
    ),
    Rule::new(
        "R.302",
        ["العتبة", "ئاستی پێویست", "Threshold"],
        [
            "لا تأخذ مقعداً قائمةٌ حصتها دون seats.threshold؛ وبلوغها بالضبط كافٍ. threshold_of: من كل الأصوات الصحيحة (valid) أو من أصوات القوائم المتنافسة (competing). threshold_over: في المنافسة (contest) أو لحزب القائمة في الانتخاب كله (election). threshold_unmet: إن لم تبلغها أي قائمة تبقى المقاعد شاغرة (vacant) أو لا تُطبق (waived).",
            "لیستێک بەشەکەی لە seats.threshold کەمتر بێت کورسی وەرناگرێت؛ گەیشتن پێی بە تەواوی بەسە. threshold_of: لە هەموو دەنگە دروستەکان (valid) یان لە دەنگی لیستە کێبڕکێکارەکان (competing). threshold_over: لە کێبڕکێکەدا (contest) یان بۆ حزبی لیستەکە لە هەموو هەڵبژاردنەکەدا (election). threshold_unmet: ئەگەر هیچ لیستێک نەگات، کورسییەکان بەتاڵن (vacant) یان جێبەجێ ناکرێت (waived).",
            "A list whose share is below seats.threshold takes no seat; met exactly, it counts. threshold_of: of all valid votes (valid), or of the votes of the lists that compete (competing). threshold_over: in the contest (contest), or of the list's party in the whole election (election). threshold_unmet: where no list reaches it, seats stay vacant (vacant), or it is not applied (waived).",
        ],
        "tb6_a_threshold_met_exactly_counts_and_one_vote_short_does_not",
    ),
    Rule::new(
        "R.303",
        ["أعلى النواتج", "بەرزترین ئەنجامی دابەشکردن", "Highest quotients"],
        [
            "هوندت (1، 2، 3، …) أو سانت لاغو (القاسم الأول من ملف القواعد، ثم 3، 5، 7، …): تُقسم الأصوات، وأعلى النواتج تفوز؛ تُقارن بالضبط، كسوراً. ويُذكر كل مقعد مع ناتجه.",
            "دۆنت (١، ٢، ٣، …) یان سانت لاگۆ (دابەشکەری یەکەم لە فایلی یاساکان، پاشان ٣، ٥، ٧، …): دەنگەکان دابەش دەکرێن و بەرزترین ئەنجامەکان دەبەنەوە؛ بە وردی وەک کەرت بەراورد دەکرێن. هەر کورسییەک لەگەڵ ئەنجامەکەی دەگوترێت.",
            "D'Hondt (1, 2, 3, …) or Sainte-Laguë (first divisor of the rule file, 3, 5, 7, …): votes are divided, and the highest quotients win; compared exactly, as fractions. Each seat is told with its quotient.",
        ],
        "published_cases",
    ),
    Rule::new(
        "R.304",
        ["أكبر البواقي (هير)", "گەورەترین ماوە (هێر)", "Largest remainders (Hare)"],
        [
            "الحصة = أصوات القوائم المتنافسة ÷ المقاعد؛ الحصص الكاملة أولاً، ثم أكبر البواقي.",
            "پشک = دەنگی لیستە کێبڕکێکارەکان ÷ کورسییەکان؛ سەرەتا پشکە تەواوەکان، پاشان گەورەترین ماوەکان.",
            "Quota = votes of the competing lists / seats; whole quotas first, then the largest remainders.",
        ],
        "published_cases",
    ),
    Rule::new(
        "R.305",
        ["القرعة على آخر مقاعد القوائم", "تیروپشک لەسەر دوا کورسییەکانی لیستەکان", "A lot for the last seats of lists"],
        [
            "النواتج المتساوية على مقاعد أقل منها تُحسم بقرعة أمام ممثلي القوائم؛ لا يحسمها البرنامج أبداً.",
            "ئەنجامە یەکسانەکان لەسەر کورسی کەمتر بە تیروپشک لەبەردەم نوێنەرانی لیستەکان یەکلا دەکرێنەوە؛ هەرگیز بەرنامەکە یەکلای ناکاتەوە.",
            "Equal quotients for fewer seats are drawn by lot before the lists' representatives; never by the program.",
        ],
        "ties_for_the_last_seats_of_lists",
    ),
    Rule::new(
        "R.306",
        ["لا أصوات صحيحة: المقاعد شاغرة", "دەنگی دروست نییە: کورسییەکان بەتاڵن", "No valid vote: the seats stay vacant"],
        [
            "منافسة بلا صوت صحيح لا تنتخب أحداً؛ وقائمة بلا صوت لا تأخذ مقعداً.",
            "کێبڕکێیەک بەبێ دەنگی دروست کەس هەڵنابژێرێت؛ لیستێکیش بەبێ دەنگ کورسی وەرناگرێت.",
            "A contest without a valid vote elects nobody; a list without a vote takes no seat.",
        ],
        "tb6_all_zero_elects_nobody",
    ),
    Rule::new(
        "R.307",
        ["قائمة أقصر من مقاعدها", "لیستێک کورتتر لە کورسییەکانی", "A list shorter than its seats"],
        [
            "seats.short_list: تبقى المقاعد شاغرة (vacant) أو تذهب إلى أعلى النواتج التالية لقوائم بقي لها مرشحون (next_quotient)؛ والتقرير يقول أيهما.",
            "seats.short_list: کورسییەکان بە بەتاڵی دەمێننەوە (vacant) یان دەچنە بەرزترین ئەنجامی دواتری لیستانێک کە کاندیدیان ماوە (next_quotient)؛ ڕاپۆرتەکە دەڵێت کامیان.",
            "seats.short_list: vacant (the seats stay vacant) or next_quotient (they go to the next highest quotients of lists with candidates left); the report says which.",
        ],
        "a_list_shorter_than_its_seats",
    ),
    Rule::new(
        "R.308",
        ["مقاعد شاغرة", "کورسی بەتاڵ", "Vacant seats"],
        [
            "مقاعد لا قائمة لها ولا مرشح. لا يملؤها البرنامج.",
            "کورسییەک کە نە لیستی هەیە و نە کاندید. بەرنامەکە پڕی ناکاتەوە.",
            "Seats for which there is no list or no candidate. The program fills none of them.",
        ],
        "tb6_more_seats_than_candidates",
    ),
    Rule::new(
        "R.309",
        ["من يكسر التعادل بين القوائم", "کێ یەکسانی نێوان لیستەکان دەشکێنێت", "Who breaks a tie between lists"],
        [
            "seats.ties_of_lists: القرعة (lot)، أو القائمة الأكثر أصواتاً أولاً (most_votes) ثم القرعة إن تساوت الأصوات أيضاً.",
            "seats.ties_of_lists: تیروپشک (lot)، یان لیستی خاوەن دەنگی زیاتر لە پێشەوە (most_votes) و پاشان تیروپشک ئەگەر دەنگەکانیش یەکسان بن.",
            "seats.ties_of_lists: lot, or most_votes (the list with more votes first, and a lot where these are equal too).",
        ],
        "a_tie_between_lists_by_their_votes_where_the_rule_file_says_so",
    ),
    Rule::new(
        "R.310",
        ["المرشحون بحسب الأصوات الشخصية", "کاندیدەکان بەپێی دەنگی کەسی", "Candidates by personal votes"],
        [
            "داخل القائمة المفتوحة: مقاعدها لأعلى مرشحيها أصواتاً شخصية.",
            "لە ناو لیستی کراوەدا: کورسییەکانی بۆ ئەو کاندیدانەیە کە زۆرترین دەنگی کەسییان هەیە.",
            "Within an open list: its seats go to those of its candidates who have the most.",
        ],
        "step_1_enough_women_directly",
    ),
    Rule::new(
        "R.311",
        ["المرشحون بحسب ترتيب القائمة", "کاندیدەکان بەپێی ڕیزبەندی لیست", "Candidates in the order of the list"],
        ["داخل القائمة المغلقة.", "لە ناو لیستی داخراودا.", "Within a closed list."],
        "closed_lists_go_by_their_order",
    ),
    Rule::new(
        "R.312",
        ["القرعة بين المرشحين", "تیروپشک لە نێوان کاندیدەکان", "A lot between candidates"],
        [
            "أصوات متساوية على مقاعد أقل؛ وفي منافسات المرشحين أيضاً.",
            "دەنگی یەکسان لەسەر کورسی کەمتر؛ لە کێبڕکێی کاندیدەکانیشدا.",
            "Equal votes for fewer seats; also in contests of candidates.",
        ],
        "ties_between_candidates",
    ),
    Rule::new(
        "R.313",
        ["المرشح المنسحب لا يأخذ مقعداً", "کاندیدی کشاوە کورسی وەرناگرێت", "A withdrawn candidate takes no seat"],
        [
            "أياً كانت العلامات؛ والخطوة تقول كم كانت. منسحب بالتعريف المجمد أو بقرار موظفَين (R.407).",
            "هەرچەند نیشانە هەبێت؛ هەنگاوەکە دەڵێت چەند بوون. کشاوە بەپێی پێناسەی بەستراو یان بە بڕیاری دوو فەرمانبەر (R.407).",
            "Whatever the marks; the step says how many there were. Withdrawn by the frozen definition, or by two officers' leaf (R.407).",
        ],
        "tb6_a_candidate_who_withdrew_takes_no_seat_and_the_list_keeps_the_votes",
    ),
    Rule::new(
        "R.314",
        ["القائمة المنسحبة لا تأخذ مقعداً", "لیستی کشاوە کورسی وەرناگرێت", "A withdrawn list takes no seat"],
        [
            "ولا مرشحوها؛ فهي لا تنافس.",
            "کاندیدەکانیشی نا؛ کێبڕکێ ناکات.",
            "Nor do its candidates; it does not compete.",
        ],
        "tb6_a_list_that_withdrew_with_its_votes_valid_or_invalid",
    ),
    Rule::new(
        "R.315",
        ["ما قيمة أصوات المنسحبين", "دەنگی کشاوەکان بەهای چییە", "What votes for the withdrawn are worth"],
        [
            "أصوات قائمة منسحبة، أو مرشح منسحب في منافسة بلا قوائم. votes.withdrawn: تبقى صحيحة ولا تنتخب أحداً (valid) أو تُحسب باطلة عند توزيع المقاعد (invalid). المجاميع المنشورة لا تتغير؛ والرقمان قبل وبعد يُنشران معاً.",
            "دەنگی لیستێکی کشاوە، یان کاندیدێکی کشاوە لە کێبڕکێی بێ لیستدا. votes.withdrawn: بە دروستی دەمێننەوە و کەس هەڵنابژێرن (valid) یان لە دابەشکردنی کورسییەکاندا بە پووچەڵ دەژمێردرێن (invalid). کۆ بڵاوکراوەکان ناگۆڕێن؛ ژمارەکانی پێش و دوا پێکەوە بڵاودەکرێنەوە.",
            "Votes for a withdrawn list, or for a withdrawn candidate of a contest without lists. votes.withdrawn: they stay valid and elect nobody (valid), or are invalid when seats are allotted (invalid). Published totals do not move; both figures stand side by side.",
        ],
        "tb6_a_list_that_withdrew_with_its_votes_valid_or_invalid",
    ),
    Rule::new(
        "R.316",
        ["من يكسر التعادل بين المرشحين", "کێ یەکسانی نێوان کاندیدەکان دەشکێنێت", "Who breaks a tie between candidates"],
        [
            "seats.ties_of_candidates: القرعة (lot)، أو ترتيب القائمة (list_order): صاحب الرقم الأصغر يُقدَّم، ويكون آخر من يترك مقعده. بين قائمتين القرعة دائماً.",
            "seats.ties_of_candidates: تیروپشک (lot)، یان ڕیزبەندی لیست (list_order): خاوەن ژمارەی بچووکتر لە پێشەوەیە، و دوا کەسە کورسییەکەی چۆڵ بکات. لە نێوان دوو لیستدا هەمیشە تیروپشک.",
            "seats.ties_of_candidates: lot, or list_order (the lower number goes first, and gives way last). Between two lists always a lot.",
        ],
        "the_order_of_the_list_in_place_of_a_lot",
    ),
    Rule::new(
        "R.320",
        ["حصة النساء", "پشکی ژنان", "The women's quota"],
        [
            "⌊المقاعد العامة ÷ 4 + ½⌋ من النساء؛ لا تغير مقاعد أي قائمة، ولا تدخل فيها المقاعد المخصصة.",
            "⌊کورسییە گشتییەکان ÷ ٤ + ½⌋ ژن؛ کورسیی هیچ لیستێک ناگۆڕێت، و کورسییە تایبەتەکان تێیدا نین.",
            "⌊general seats / 4 + ½⌋ women; it never changes the seats of a list, and reserved seats do not count.",
        ],
        "eighty_three_women_of_320",
    ),
    Rule::new(
        "R.321",
        ["الخطوة ١: عدد كافٍ مباشرةً", "هەنگاوی ١: ژمارەی پێویست ڕاستەوخۆ", "Step 1: enough women directly"],
        ["لا يتغير شيء.", "هیچ ناگۆڕێت.", "Nothing changes."],
        "step_1_enough_women_directly",
    ),
    Rule::new(
        "R.322",
        ["الخطوة ٢: ربع مقاعد كل قائمة", "هەنگاوی ٢: چارەکی کورسییەکانی هەر لیستێک", "Step 2: a quarter of each list's seats"],
        [
            "على كل قائمة ⌊مقاعدها ÷ 4⌋ من النساء: الرجل الفائز الأقل أصواتاً شخصية يترك مقعده للمرأة غير الفائزة الأكثر أصواتاً، من القائمة نفسها.",
            "هەر لیستێک ⌊کورسییەکانی ÷ ٤⌋ ژنی لەسەرە: پیاوی دەرچوو کە کەمترین دەنگی کەسی هەیە کورسییەکەی بۆ ژنی دەرنەچوو چۆڵ دەکات کە زۆرترین دەنگی هەیە، لە هەمان لیست.",
            "Each list owes ⌊its seats / 4⌋ women: the elected man with the fewest personal votes gives way to the not-elected woman with the most, of the same list.",
        ],
        "step_2_within_the_list_the_last_man_for_the_first_woman",
    ),
    Rule::new(
        "R.323",
        ["الخطوة ٣: ثلث مقاعد كل قائمة", "هەنگاوی ٣: سێیەکی کورسییەکانی هەر لیستێک", "Step 3: a third of each list's seats"],
        ["إذا بقيت الحصة ناقصة: ⌊مقاعدها ÷ 3⌋.", "ئەگەر پشکەکە هێشتا کەم بێت: ⌊کورسییەکانی ÷ ٣⌋.", "Where the quota is still short: ⌊its seats / 3⌋."],
        "qadisiyah_2023_the_woman_of_the_list_with_one_seat",
    ),
    Rule::new(
        "R.324",
        ["الخطوة ٤: أعلى النساء أصواتاً في القوائم الفائزة", "هەنگاوی ٤: بەرزترین ژن لە لیستە براوەکاندا", "Step 4: the woman with the most votes of all winning lists"],
        [
            "إذا بقيت ناقصة: المرأة غير الفائزة الأكثر أصواتاً بين كل القوائم التي نالت مقعداً، ولو مقعداً واحداً، تأخذ مقعد الرجل الفائز الأقل أصواتاً في قائمتها (الهيئة القضائية، ٩ كانون الثاني ٢٠٢٤).",
            "ئەگەر هێشتا کەم بێت: ژنی دەرنەچوو کە لە نێوان هەموو ئەو لیستانەی کورسییان بردووەتەوە زۆرترین دەنگی هەیە، تەنانەت لیستی یەک کورسیش، جێگەی پیاوی دەرچووی لیستەکەی دەگرێتەوە کە کەمترین دەنگی هەیە (دەستەی دادوەری، ٩ی کانوونی دووەمی ٢٠٢٤).",
            "Where it is still short: the not-elected woman with the most votes among all lists that won a seat, even a list with one, takes the seat of her list's elected man with the fewest (judicial panel, 9 January 2024).",
        ],
        "qadisiyah_2023_the_woman_of_the_list_with_one_seat",
    ),
    Rule::new(
        "R.325",
        ["خطوة تتجاوز الحصة", "هەنگاوێک پشکەکە تێدەپەڕێنێت", "A step beyond the quota"],
        [
            "seats.quota_overshoot_step_2 و seats.quota_overshoot (الخطوة ٣): التوقف عند بلوغ الحصة (stop_at_quota) أو أن تقدم كل قائمة ما عليها (serve_all). عند التوقف يُبدأ بحسب seats.quota_order بالقائمة الأكثر أصواتاً (most_votes) أو الأقل (fewest_votes)، والمتساوية بالقرعة. التقرير يقول أيها.",
            "seats.quota_overshoot_step_2 و seats.quota_overshoot (هەنگاوی ٣): وەستان لە پشکەکەدا (stop_at_quota) یان هەر لیستێک ئەوەی لەسەریەتی بیدات (serve_all). لە وەستاندا بەپێی seats.quota_order بە لیستی خاوەن زۆرترین دەنگ (most_votes) یان کەمترین (fewest_votes) دەست پێدەکرێت، و یەکسانەکان بە تیروپشک. ڕاپۆرتەکە دەڵێت کامیان.",
            "seats.quota_overshoot_step_2 and seats.quota_overshoot (step 3): stop_at_quota, or serve_all (every list pays what it owes). Where a step stops, seats.quota_order says who is served first: the list with most_votes or fewest_votes, equal ones by lot. The report says which.",
        ],
        "step_3_beyond_the_quota_as_the_rule_file_chooses",
    ),
    Rule::new(
        "R.326",
        ["قائمة نساؤها قليلات", "لیستێک ژنی کەمە", "A list with too few women"],
        [
            "تُدخل من لديها. seats.quota_few_women: ينتقل النقص إلى الخطوة التالية (next_step)، أو لا تدفع قائمة أخرى عنها وتنقص الحصة بقدره (forgo).",
            "ئەوانەی هەیەتی دەیانهێنێت. seats.quota_few_women: کەمییەکە دەچێتە هەنگاوی دواتر (next_step)، یان هیچ لیستێکی تر لەبری نایدات و پشکەکە بەو ئەندازەیە کەم دەبێت (forgo).",
            "It brings in those it has. seats.quota_few_women: what is short goes on to the next step (next_step), or no other list pays for it and the quota is lower by it (forgo).",
        ],
        "a_list_with_too_few_women_as_the_rule_file_chooses",
    ),
    Rule::new(
        "R.327",
        ["حصة غير مكتملة", "پشکی ناتەواو", "A quota that cannot be filled"],
        [
            "لم تبق امرأة في قائمة فائزة فيها رجل يترك مقعده.",
            "هیچ ژنێک نەماوە لە لیستێکی براوەدا کە پیاوێکی تێدا بێت جێگەکەی چۆڵ بکات.",
            "No woman is left in a winning list with a man who could give way.",
        ],
        "a_quota_nobody_can_fill_is_told",
    ),
    Rule::new(
        "R.328",
        ["حصة لا تنطبق", "پشک جێبەجێ نابێت", "Quota not applied"],
        [
            "منافسات بلا أصوات شخصية داخل القوائم: المغلقة ومنافسات المرشحين.",
            "کێبڕکێی بێ دەنگی کەسی لە ناو لیستدا: لیستی داخراو و کێبڕکێی کاندیدەکان.",
            "Contests without personal votes within lists: closed lists and contests of candidates.",
        ],
        "closed_lists_go_by_their_order",
    ),
    Rule::new(
        "R.329",
        ["القرعة في حصة النساء", "تیروپشک لە پشکی ژناندا", "A lot in the quota"],
        [
            "أصوات متساوية لمن قد يترك مقعده أو لمن قد تدخل.",
            "دەنگی یەکسان بۆ ئەوەی جێگەکەی چۆڵ دەکات یان ئەوەی دێتە ناوەوە.",
            "Equal votes of those who may give way or come in.",
        ],
        "ties_in_the_quota",
    ),
    Rule::new(
        "R.330",
        ["المقاعد المخصصة", "کورسییە تایبەتەکان", "Reserved seats"],
        [
            "لأعلى الأصوات الشخصية بين مرشحي المكوّن؛ خارج حصة النساء والمقاعد العامة.",
            "بۆ زۆرترین دەنگی کەسی لە نێوان کاندیدەکانی پێکهاتەکەدا؛ لە دەرەوەی پشکی ژنان و کورسییە گشتییەکان.",
            "By the highest personal vote among the community's candidates; outside the quota and the general seats.",
        ],
        "reserved_seats_are_apart",
    ),
    Rule::new(
        "R.331",
        ["القرعة على مقعد مخصص", "تیروپشک لەسەر کورسی تایبەت", "A lot for a reserved seat"],
        ["أصوات شخصية متساوية على مقاعد مخصصة أقل.", "دەنگی کەسی یەکسان لەسەر کورسی تایبەتی کەمتر.", "Equal personal votes for fewer reserved seats."],
        "reserved_seats_are_apart",
    ),
    Rule::new(
        "R.340",
        ["أعلى المرشحين أصواتاً", "کاندیدەکان بە زۆرترین دەنگ", "Candidates with the most votes"],
        ["منافسات الأغلبية والتصويت لعدد من المرشحين.", "کێبڕکێی زۆرینە و دەنگدان بۆ چەند کاندیدێک.", "Plurality and vote-for-n contests."],
        "contests_of_candidates_go_by_votes",
    ),
];
