//! The numbered checks: what each proves, how, and the test that breaks it. `docs/verify.md` shows the same table.

use election::Lang;

/// One sentence in the three languages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sentence {
    /// Arabic.
    pub ar: &'static str,
    /// Kurdish, Sorani.
    pub ckb: &'static str,
    /// English.
    pub en: &'static str,
}

impl Sentence {
    /// The sentence in `lang`.
    pub fn get(self, lang: Lang) -> &'static str {
        lang.choose([self.ar, self.ckb, self.en])
    }
}

macro_rules! checks {
    ($($name:ident $code:literal $en:literal $ar:literal $ckb:literal $how:literal $test:literal;)*) => {
        /// A numbered check.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum CheckId {
            $(#[doc = $en] $name,)*
        }

        impl CheckId {
            /// All checks, by number.
            pub const ALL: &[CheckId] = &[$(CheckId::$name,)*];

            /// The number, such as `V.101`.
            pub const fn code(self) -> &'static str {
                match self { $(CheckId::$name => $code,)* }
            }

            /// What it proves, in one sentence.
            pub const fn title(self) -> Sentence {
                match self { $(CheckId::$name => Sentence { en: $en, ar: $ar, ckb: $ckb },)* }
            }

            /// How it is proved.
            pub const fn how(self) -> &'static str {
                match self { $(CheckId::$name => $how,)* }
            }

            /// The test that breaks what it proves and sees it fail.
            pub const fn test(self) -> &'static str {
                match self { $(CheckId::$name => $test,)* }
            }
        }
    };
}

checks! {
    Names "V.101"
        "The folder holds ordinary files under plain names, and nothing else"
        "لا يحوي المجلد إلا ملفات عادية بأسماء بسيطة"
        "بوخچەکە تەنها پەڕگەی ئاسایی بە ناوی سادە تێدایە"
        "Walks the folder without following links, within bounds of number, depth, length and size"
        "hostile_folders_are_named_and_never_followed";
    Bag "V.102"
        "The folder is a BagIt bag"
        "المجلد حقيبة وفق معيار BagIt"
        "بوخچەکە جانتایەکی BagIt ە"
        "Reads bagit.txt, bag-info.txt and the manifest in their one form"
        "a_manifest_in_another_form_fails";
    Listed "V.103"
        "Every listed file is there, with the hash that is listed"
        "كل ملف مدرج موجود وبصمته كما أُدرجت"
        "هەموو پەڕگەیەکی لیستکراو هەیە و هاشەکەی وەک لیستەکەیە"
        "Hashes every file and compares it with manifest-sha256.txt"
        "wb7_every_changed_byte_fails_and_names_its_file";
    Unlisted "V.104"
        "No file is there that is not listed"
        "لا يوجد ملف غير مدرج"
        "هیچ پەڕگەیەک نییە کە لیست نەکرابێت"
        "Compares the files found with those listed, and these with the parts of a publication; intake/ and record/ are checked as logs"
        "an_extra_file_fails_and_is_listed";
    Definition "V.105"
        "The definition of the election and its key lists can be read"
        "تعريف الانتخاب وقوائم المفاتيح مقروءة"
        "پێناسەی هەڵبژاردن و لیستی کلیلەکان دەخوێنرێنەوە"
        "Reads election/ with every rule of a definition (E.1xx)"
        "a_definition_that_breaks_a_rule_fails";
    NotEmpty "V.106"
        "The election has stations, contests and witnesses"
        "للانتخاب محطات ومنافسات وشهود"
        "هەڵبژاردنەکە وێستگە و کێبڕکێ و شایەتی هەیە"
        "Counts them: nothing is proved by what is empty"
        "empty_is_never_valid";

    RecordLog "V.201"
        "The record is a whole Merkle log under its signed checkpoint"
        "السجل شجرة ميركل كاملة تحت نقطة تحقق موقعة"
        "تۆمارەکە دارێکی تەواوی مێرکڵە لەژێر خاڵی پشکنینی واژۆکراو"
        "Recomputes every tile and the root from the leaves; the log's key of the key lists has signed the root"
        "a_leaf_removed_altered_or_reordered_fails";
    Root "V.202"
        "Leaf 0 is the election fingerprint that was pinned"
        "الورقة 0 هي بصمة الانتخاب المثبتة"
        "گەڵای 0 ئەو پەنجەمۆری هەڵبژاردنەیە کە جێگیرکراوە"
        "Hashes leaf 0 and compares it with the fingerprint from paper"
        "another_root_fails_and_no_root_is_incomplete";
    Frozen "V.203"
        "The board froze this definition, these keys and this witness policy"
        "جمّد المجلس هذا التعريف وهذه المفاتيح وسياسة الشهود هذه"
        "ئەنجومەن ئەم پێناسەیە و ئەم کلیلانە و ئەم سیاسەتی شایەتانەی بەستووە"
        "Recomputes every hash that leaf 0 names from the files of election/"
        "leaf_0_of_other_files_fails";
    Leaves "V.204"
        "Every leaf is signed by those who must, and may stand where it stands"
        "كل ورقة موقعة ممن يجب ولها أن تقف حيث هي"
        "هەر گەڵایەک لەلایەن ئەوانەوە واژۆکراوە کە دەبێت و لە شوێنی خۆیدایە"
        "Folds the record from leaf 0 on, with the frozen keys and thresholds; names whose keys ended and began by a succession"
        "a_leaf_that_may_not_stand_fails";
    RecordWitnesses "V.205"
        "The witnesses have cosigned the whole record"
        "وقّع الشهود على السجل كله"
        "شایەتەکان هەموو تۆمارەکەیان واژۆ کردووە"
        "Every signature line is by a key that the policy has for a checkpoint of this size and valid (a false one fails), and they meet its quorum (short of it is incomplete); names the keys that gave way to others"
        "missing_cosignatures_are_incomplete_and_false_ones_fail";
    AnnouncementWitnesses "V.206"
        "What each announcement rests on had been cosigned before it"
        "ما يستند إليه كل إعلان وُقّع عليه قبله"
        "ئەوەی هەر ڕاگەیاندنێک پشتی پێ دەبەستێت پێش ئەو واژۆ کراوە"
        "The note in the leaf is over exactly the leaves before it, with a quorum (short of it fails: none can come any more)"
        "an_announcement_witnessed_over_other_leaves_fails";
    PublicationLeaf "V.207"
        "The record ends by naming this very publication"
        "ينتهي السجل بتسمية هذا النشر نفسه"
        "تۆمارەکە بە ناوهێنانی هەمان بڵاوکراوە کۆتایی دێت"
        "The last leaf is the publication of the latest announcement and names the hash of manifest-sha256.txt"
        "a_record_that_ends_otherwise_fails";
    Certified "V.208"
        "What is certified is what was announced last, and nothing was open that no court had permitted"
        "ما صودق عليه هو آخر ما أُعلن، ولم يكن شيء مفتوحا لم تأذن به محكمة"
        "ئەوەی پەسەند کراوە دوایین ڕاگەیەندراوە، و هیچ شتێک کراوە نەبوو کە دادگا ڕێگەی پێنەدابێت"
        "Counts the certifications that the fold has let stand, each of the latest version, signed by the board's threshold with no matter open but those that a ruling names; names a version that is not certified, what is open that was not when it was, and what was entered about results and cases after the latest version was certified"
        "a_certification_with_open_matters_fails";
    BeforePolls "V.209"
        "The witnesses had cosigned the freeze before the polls opened"
        "وقّع الشهود على التجميد قبل فتح الاقتراع"
        "شایەتەکان پێش کردنەوەی دەنگدان بەستنەکەیان واژۆ کردبوو"
        "Compares each checkpoint that a leaf has kept with the tree, and the first hour at which its lines meet the quorum with law.polls_open (a later one fails; none kept fails once something is announced, and is incomplete before); names each later change of rules or keys, and whether they had seen it by then. Without an hour it says so"
        "a_freeze_that_witnesses_saw_after_the_polls_opened_fails";

    IntakeLog "V.301"
        "The log of the receiving service is a whole Merkle log under its signed checkpoint"
        "سجل خدمة الاستلام شجرة ميركل كاملة تحت نقطة تحقق موقعة"
        "تۆماری خزمەتگوزاری وەرگرتن دارێکی تەواوی مێرکڵە لەژێر خاڵی پشکنینی واژۆکراو"
        "As V.201"
        "a_leaf_removed_altered_or_reordered_fails";
    IntakeWitnesses "V.302"
        "The witnesses have cosigned the whole log of the receiving service"
        "وقّع الشهود على سجل الاستلام كله"
        "شایەتەکان هەموو تۆماری وەرگرتنیان واژۆ کردووە"
        "As V.205; of keys that gave way those count on that were neither lost nor stolen"
        "missing_cosignatures_are_incomplete_and_false_ones_fail";
    IntakeLeaves "V.303"
        "Every leaf of it is a device's label or signed by the receiving service"
        "كل ورقة فيه ملصق جهاز أو موقعة من خدمة الاستلام"
        "هەر گەڵایەکی ناسنامەی ئامێرێکە یان خزمەتگوزاری وەرگرتن واژۆی کردووە"
        "Checks each signature; a receipt names the label that stands at its index"
        "an_intake_leaf_by_another_key_fails";
    IntakeClose "V.304"
        "The receiving service was closed, and nothing came after"
        "أُغلقت خدمة الاستلام ولم يرد بعدها شيء"
        "خزمەتگوزاری وەرگرتن داخراوە و دوای ئەوە هیچ نەهاتووە"
        "The last leaf is the close and its counts are those of the leaves"
        "an_intake_that_is_open_or_miscounts_fails";
    Accounted "V.305"
        "Every package that was received is imported, a duplicate, or refused with a reason"
        "كل حزمة مستلمة مستوردة أو مكررة أو مرفوضة بسبب"
        "هەر پاکێجێکی وەرگیراو هاوردەکراوە یان دووبارەیە یان بە هۆکارێک ڕەتکراوەتەوە"
        "Looks for each label of the intake log in the record"
        "a_received_package_that_is_nowhere_fails";
    ImportPosition "V.306"
        "Every import from the network stands under an intake checkpoint that this log had"
        "كل استيراد من الشبكة تحت نقطة تحقق كانت لهذا السجل"
        "هەر هاوردەیەکی تۆڕ لەژێر خاڵێکی پشکنینی ئەم تۆمارەدایە"
        "Recomputes the root at the size that the import names, and finds its label below"
        "an_import_under_another_intake_checkpoint_fails";
    Receipts "V.307"
        "The published receipts are leaves of the intake log"
        "الإيصالات المنشورة أوراق في سجل الاستلام"
        "وەسڵە بڵاوکراوەکان گەڵای تۆماری وەرگرتنن"
        "Finds each receipt.json in the log, for the label beside it"
        "a_receipt_for_another_label_fails";

    Contents "V.401"
        "Every content that was imported is published, and no other"
        "كل محتوى مستورد منشور ولا غير"
        "هەموو ناوەڕۆکێکی هاوردەکراو بڵاوکراوەتەوە و هیچی تر نا"
        "Compares the import leaves with the folders of stations/"
        "a_station_folder_without_an_import_fails";
    Labels "V.402"
        "Every label is signed by the station's device and names what was imported"
        "كل ملصق موقع من جهاز المحطة ويسمي ما استورد"
        "هەر ناسنامەیەک ئامێری وێستگە واژۆی کردووە و ئەوەی هاوردەکراوە ناو دەبات"
        "Checks the signature by the frozen device key, the scope, and the manifests it names"
        "a_label_or_statement_by_another_key_fails";
    Statements "V.403"
        "Every statement is signed by the station's device and says what was imported"
        "كل بيان موقع من جهاز المحطة ويقول ما استورد"
        "هەر بەیاننامەیەک ئامێری وێستگە واژۆی کردووە و ئەوەی هاوردەکراوە دەڵێت"
        "Checks the signature by the frozen device key, the scope, the definition, and the manifests it names"
        "a_label_or_statement_by_another_key_fails";
    Manifests "V.404"
        "Every published file of a station is the one that its device signed for"
        "كل ملف منشور لمحطة هو الذي وقّع عليه جهازها"
        "هەر پەڕگەیەکی بڵاوکراوەی وێستگە هەمان ئەوەیە کە ئامێرەکەی واژۆی کردووە"
        "The manifests have the signed hashes, and the files the hashes of the manifests"
        "a_data_file_that_the_device_did_not_sign_for_fails";
    Results "V.405"
        "Every station's figures add up"
        "أرقام كل محطة متسقة"
        "ژمارەکانی هەر وێستگەیەک دەگونجێن"
        "Ballot account, sums of each contest, and exactly the lists and candidates of the definition; paper that does not add up is recorded where the import leaf says so, and fails where it does not"
        "figures_that_do_not_add_up_fail";
    Zero "V.406"
        "Every zero report is zero"
        "كل تقرير صفري صفر"
        "هەموو ڕاپۆرتێکی سفر سفرە"
        "Looks at every figure of zero.json"
        "a_zero_report_that_is_not_zero_fails";
    Slip "V.407"
        "Every printed slip says what the package says"
        "كل شريط مطبوع يقول ما تقوله الحزمة"
        "هەر پسووڵەیەکی چاپکراو هەمان شت دەڵێت کە پاکێجەکە دەیڵێت"
        "Checks the slip's own signature and compares each figure with results.json"
        "a_slip_with_other_figures_fails";
    VoteRecords "V.408"
        "The published cast vote records add up to the station's figures"
        "مجموع سجلات الأصوات المنشورة هو أرقام المحطة"
        "کۆی تۆماری دەنگە بڵاوکراوەکان ژمارەکانی وێستگەکەیە"
        "Counts the votes of cvr.json again and compares each figure with results.json"
        "vote_records_of_another_sum_fail";
    Withheld "V.409"
        "What is withheld is what the frozen rules withhold, and it is listed"
        "ما حُجب هو ما تحجبه القواعد المجمدة، وهو مدرج"
        "ئەوەی شاراوەتەوە ئەوەیە کە یاسا بەستراوەکان دەیشارنەوە، و لیست کراوە"
        "Compares withheld.json with the clauses of [privacy] and the number of ballots, and writes it anew from the manifests and the redactions: the bytes are the same"
        "a_file_withheld_without_a_clause_fails";

    Pictures "V.410"
        "Of ballots nothing is shown but pictures of single contests, as the rules and two officers let them be shown"
        "لا يُعرض من أوراق الاقتراع غير صور منافسات مفردة، بما تسمح به القواعد وموظفان"
        "لە کاغەزەکانی دەنگدان تەنها وێنەی تاکە کێبڕکێکان پیشان دەدرێت، وەک یاساکان و دوو فەرمانبەر ڕێگەیان داوە"
        "Looks at the signed names and hashes, the number of ballots and the redaction leaves; neither what is shown nor what is hidden is a small group"
        "whole_ballots_and_pictures_that_are_withheld_fail";
    Privacy "V.411"
        "What the figures tell of few voters is said rightly"
        "ما تكشفه الأرقام عن قلة من الناخبين مذكور كما هو"
        "ئەوەی ژمارەکان دەربارەی دەنگدەرانی کەم ئاشکرای دەکەن بە دروستی وتراوە"
        "Works out each row of privacy.csv again from the figures and, where they are published, the records"
        "a_changed_table_fails";
    HandCounts "V.412"
        "Every count by hand that is evidence for a device's is the same as it"
        "كل عد يدوي يؤيد عد جهاز مطابق له"
        "هەر ژماردنێکی دەستی کە بەڵگەیە بۆ ژماردنی ئامێرێک وەک ئەوە"
        "Compares the box of each count by hand with the figures of the content that its leaf says it agrees with; names those that differ, and recounts that are due"
        "a_count_by_hand_that_only_says_that_it_agrees_fails";
    ImageHashes "V.413"
        "Every image that was brought is the one that its device signed for"
        "كل صورة أُحضرت هي التي وقّع عليها جهازها"
        "هەر وێنەیەک هێنرابێت ئەوەیە کە ئامێرەکەی واژۆی کردووە"
        "Hashes the images of each sheet, and compares them with the images manifest that its device signed"
        "an_image_of_another_station_is_found_by_its_hash";
    Reread "V.414"
        "Every sheet that is read again from its images says what its record says"
        "كل ورقة تُقرأ ثانية من صورها تقول ما يقوله سجلها"
        "هەر پەڕەیەک دووبارە لە وێنەکانییەوە بخوێنرێتەوە هەمان شت دەڵێت کە تۆمارەکەی دەیڵێت"
        "Reads the archived pixels by the layout and thresholds of the frozen definition, of all sheets or of a drawn sample, and compares the marks with the cast vote record of the same number; names what people settled, and where the image alone says otherwise"
        "a_record_that_its_image_contradicts_is_found";

    Standings "V.501"
        "The published standing of every station follows from the record"
        "حالة كل محطة منشورة تنتج عن السجل"
        "دۆخی بڵاوکراوەی هەر وێستگەیەک لە تۆمارەکەوە دێت"
        "Works out each station's standing from its imports, slips and orders, and compares it with accounts.csv and stations.csv"
        "a_changed_table_fails";
    Channels "V.502"
        "The published comparison of the two channels follows from the record"
        "مقارنة القناتين المنشورة تنتج عن السجل"
        "بەراوردی بڵاوکراوەی هەردوو کەناڵ لە تۆمارەکەوە دێت"
        "Counts expected, arrived, identical, differing and missing again by office, and compares them with status.csv and the last match leaf"
        "a_changed_table_fails";
    Decisions "V.503"
        "Every station that is not counted, or counted by order, is named with its reason"
        "كل محطة لم تُحتسب أو احتُسبت بقرار مسماة بسببها"
        "هەر وێستگەیەک نەژمێردراوە یان بە بڕیار ژمێردراوە بە هۆکارەوە ناوی هاتووە"
        "Lists missing, quarantined, cancelled and not opened stations and the orders that stand"
        "a_leaf_that_may_not_stand_fails";
    Findings "V.504"
        "What people must look at is published: unexpected and refused packages, differing copies, figures alike, unread sheets"
        "ما يجب النظر فيه منشور: حزم غير متوقعة أو مرفوضة، ونسخ مختلفة، وأرقام متماثلة، وأوراق غير مقروءة"
        "ئەوەی دەبێت سەیر بکرێت بڵاوکراوەتەوە: پاکەتی چاوەڕواننەکراو و ڕەتکراوە، وێنەی جیاواز، ژمارەی وەک یەک، پسووڵەی نەخوێنراو"
        "Works the findings out again from the record and all published figures, and compares each row of findings.csv and differences.csv"
        "a_changed_table_fails";
    Letters "V.505"
        "The letter that each station follows, and its figure, follow from the definition and the record"
        "الكتاب الذي تتبعه كل محطة ورقمه ينتجان عن التعريف والسجل"
        "ئەو نامەیەی هەر وێستگەیەک پەیڕەوی دەکات و ژمارەکەی لە پێناسە و تۆمارەکەوە دێن"
        "Works out from the letters of the definition and the openings that stand which letter is followed, and compares letters.csv; names stations whose letters disagree undecided"
        "a_changed_table_fails";
    Amendments "V.506"
        "Every rule that was changed after the freeze is named"
        "كل قاعدة عُدلت بعد التجميد مسماة"
        "هەر یاسایەک دوای بەستن هەموار کرابێت ناوی هاتووە"
        "Folds the amendments that the board's threshold has signed, compares amendments.csv, and lists them"
        "an_amended_rule_is_named_for_ever";
    Register "V.507"
        "Every complaint, appeal and ruling is published, with what became of it"
        "كل شكوى وطعن وقرار منشور مع ما آل إليه"
        "هەموو سکاڵا و تانە و بڕیارێک بڵاوکراوەتەوە لەگەڵ ئەوەی بەسەری هات"
        "Works out stage, deadlines and outcome of every case from the leaves, and compares complaints.csv, appeals.csv, rulings.csv, certifications.csv, ratifications.csv, revocations.csv and successions.csv; tells of a ratification whose paper is dated after its leaf"
        "a_changed_register_fails";
    OpenMatters "V.508"
        "What is open is named, with what it could change, and what each version changed"
        "ما بقي مفتوحا مسمى مع ما قد يغيره، وما غيرته كل نسخة"
        "ئەوەی کراوەیە ناوی هاتووە لەگەڵ ئەوەی دەتوانێت بیگۆڕێت، و ئەوەی هەر وەشانێک گۆڕیویەتی"
        "Works out what is open, which seats it could change, and the differences of each version from the one before by folding the leaves again, and compares open.csv, materiality.csv, sub_judice.csv and changes.csv"
        "a_changed_register_fails";
    Registers "V.509"
        "Acts, equipment, checks of isolation and bundles of evidence are published as they were entered"
        "الأعمال والأجهزة وفحوص العزل وحزم الأدلة منشورة كما سُجلت"
        "کار و ئامێر و پشکنینی دابڕان و پاکێجی بەڵگە وەک تۆمار کراون بڵاو کراونەتەوە"
        "Writes the tables of register/ anew from the leaves and compares them to the byte"
        "a_changed_table_of_the_registers_fails";

    Transmission "V.510"
        "The transmission report of the receiving service adds up, and says of receipts what the intake log says"
        "تقرير النقل من خدمة الاستلام مجموعه صحيح، ويقول عن الإيصالات ما يقوله سجل الاستلام"
        "ڕاپۆرتی گواستنەوەی خزمەتگوزاری وەرگرتن کۆکراوەکەی دروستە، و لەسەر وەسڵەکان هەمان شت دەڵێت کە تۆماری وەرگرتن دەیڵێت"
        "Compares the report with the hash that the service has signed, its receipts with the log, its totals with the leaf, and each row of the table; names packages with a receipt that no attempt brought, or whose bytes are others than the label's"
        "a_transmission_report_that_does_not_add_up_fails";

    StationFigures "V.601"
        "The published figures of every station are those of its package"
        "أرقام كل محطة منشورة هي أرقام حزمتها"
        "ژمارە بڵاوکراوەکانی هەر وێستگەیەک هی پاکێجەکەیەتی"
        "Compares stations.csv and accounts.csv, value by value, with results.json of the content that counts"
        "a_changed_table_fails";
    Totals "V.602"
        "The published totals are the sums of the stations that count"
        "المجاميع المنشورة هي مجموع المحطات المحتسبة"
        "کۆ بڵاوکراوەکان کۆی وێستگە ژمێردراوەکانن"
        "Adds the figures of the stations again, in all and by office, and compares each with totals.csv and offices.csv"
        "a_changed_table_fails";
    Announced "V.603"
        "The published results are the ones that were announced, and the statement says what they prove"
        "النتائج المنشورة هي المعلنة، والبيان يقول ما تثبته"
        "ئەنجامە بڵاوکراوەکان ئەوانەن کە ڕاگەیەندراون، و بەیاننامەکە ئەوە دەڵێت کە دەیسەلمێنن"
        "Hashes the files of results/ and compares them with the latest announcement leaf; writes the statement anew in each language and compares it to the byte"
        "results_other_than_announced_fail";
    Report "V.604"
        "The tables and the report for other programs are those that the record gives, to the byte"
        "الجداول والتقرير المعد للبرامج الأخرى هي ما يعطيه السجل، بايتا بايتا"
        "خشتەکان و ڕاپۆرتی بەرنامەکانی تر ئەوانەن کە تۆمارەکە دەیدات، بایت بە بایت"
        "Compares each count of results.json (NIST SP 1500-100) with the sums; writes every file of results/ anew and compares it to the byte"
        "words_order_and_form_of_tables_are_compared";
    Remarks "V.605"
        "What the rules of the ballot account say of every station is published by number"
        "ما تقوله قواعد محضر الأوراق عن كل محطة منشور بأرقامها"
        "ئەوەی یاساکانی ژمێریاری پسووڵە لەبارەی هەر وێستگەیەک دەیڵێن بە ژمارە بڵاوکراوەتەوە"
        "Works out R.201 to R.210 of each station again, under the bound that follows from the openings, and compares remarks.csv"
        "a_changed_table_fails";
    Descriptions "V.606"
        "The descriptions of the bag and of its tables say what is in it"
        "وصف الحقيبة وجداولها يقول ما فيها"
        "وەسفی جانتاکە و خشتەکانی ئەوە دەڵێت کە تێیدایە"
        "Writes bag-info.txt and datapackage.json anew and compares them to the byte"
        "descriptions_of_something_else_fail";
    Pages "V.607"
        "The pages are those that the record and the figures give, and no others"
        "الصفحات هي ما يعطيه السجل والأرقام، لا غيرها"
        "پەڕەکان ئەوانەن کە تۆمارەکە و ژمارەکان دەیاندەن، و هیچی تر"
        "Draws every page anew from the state that was verified and compares it to the byte"
        "a_page_that_says_otherwise_fails";

    Quotients "V.701"
        "The published seats follow from the totals, quotient by quotient"
        "المقاعد المنشورة تنتج عن المجاميع ناتجا بعد ناتج"
        "کورسییە بڵاوکراوەکان لە کۆکانەوە دێن، دابەش بە دابەش"
        "Allots the seats of the recomputed totals again and compares each row of seats.csv"
        "a_changed_table_fails";
    Elected "V.702"
        "The published persons are those who are elected"
        "الأشخاص المنشورون هم الفائزون"
        "کەسە بڵاوکراوەکان هەڵبژێردراوەکانن"
        "Works out candidates, women's quota and reserved seats again and compares each row of elected.csv, and each step of steps.csv"
        "a_changed_table_fails";
    Lots "V.703"
        "Every tie that decides was drawn by lot, and the lot is in the record"
        "كل تعادل حاسم حُسم بقرعة مدونة في السجل"
        "هەر یەکسانییەکی بڕیاردەر بە تیروپشک یەکلا کراوەتەوە و لە تۆماردایە"
        "The allotment asks for no lot that the record does not have"
        "a_tie_without_a_lot_is_incomplete";
    Withdrawals "V.704"
        "Who withdrew after printing is named, with the figures before and after"
        "من انسحب بعد الطباعة مسمى، مع الأرقام قبل ذلك وبعده"
        "ئەوەی دوای چاپکردن کشاوەتەوە ناوی هاتووە، لەگەڵ ژمارەکانی پێش و دوای"
        "Works out from the definition and the withdrawals that stand who withdrew and what their votes are worth, and compares withdrawals.csv"
        "a_withdrawal_changes_the_seats_and_is_named";

    SlipSignatures "V.801"
        "Every slip that was brought is signed by a device of this election"
        "كل شريط أُحضر موقع من جهاز في هذا الانتخاب"
        "هەر پسووڵەیەک هێنرابێت ئامێرێکی ئەم هەڵبژاردنە واژۆی کردووە"
        "Checks the signature in the QR codes by the frozen device key, and the fingerprint"
        "a_slip_brought_along_is_compared";
    SlipFigures "V.802"
        "Every slip that was brought says what was published of its station"
        "كل شريط أُحضر يقول ما نُشر عن محطته"
        "هەر پسووڵەیەک هێنرابێت هەمان شت دەڵێت کە لەسەر وێستگەکەی بڵاوکراوەتەوە"
        "Compares each figure of the slip with the published package of the same device and generation"
        "a_slip_brought_along_is_compared";

    HandOver "V.901"
        "A party's disk is the one that an officer gave into the hand of an agent of that party"
        "قرص الحزب هو الذي سلّمه موظف بيد وكيل ذلك الحزب"
        "دیسکی پارتەکە ئەوەیە کە فەرمانبەرێک داویەتی بە دەستی بریکاری ئەو پارتە"
        "Checks the receipt's signature by an officer's frozen key, and compares what it names: election, fingerprint, office, party, agent, the hash of the tag manifest, the checkpoint, files and bytes"
        "a_receipt_that_is_not_this_disks_is_found";
    Proofs "V.902"
        "Every leaf on a disk is in the tree of its checkpoint"
        "كل ورقة على القرص في شجرة نقطة تحققه"
        "هەموو گەڵایەکی سەر دیسکەکە لە دارەکەی خاڵی پشکنینیدایە"
        "Follows each inclusion proof from the leaf to the root, and compares its checkpoint with the disk's"
        "a_leaf_without_its_proof_is_found";
    Office "V.903"
        "A disk is of the stations of its office, and names those of which nothing came"
        "القرص لمحطات مكتبه، ويسمي التي لم يصل منها شيء"
        "دیسکەکە هی وێستگەکانی نووسینگەکەیەتی، و ئەوانە ناو دەبات کە هیچیان لێ نەهاتووە"
        "Compares the station of each leaf with the definition, and lists reporting stations without a content"
        "a_leaf_of_another_office_is_found";
    DiskSlips "V.904"
        "Every slip in the leaves of a disk lies beside them, and is compared with the figures"
        "كل شريط في أوراق القرص موجود بجانبها وقورن بالأرقام"
        "هەر پسووڵەیەک لە گەڵاکانی دیسکەکەدا لەتەنیشتیانە و لەگەڵ ژمارەکان بەراورد کراوە"
        "Compares the texts of the codes with the leaf, and each figure with results.json; the record names a difference"
        "a_slip_is_what_its_leaf_says";
    ServiceReceipts "V.905"
        "Every receipt of the receiving service is signed by it, for the label beside it"
        "كل إيصال من خدمة الاستلام موقع منها، للملصق الذي بجانبه"
        "هەر وەسڵێکی خزمەتگوزاری وەرگرتن خۆی واژۆی کردووە، بۆ ناسنامەی پاکێجی تەنیشتی"
        "Checks the signature by the service's frozen key, and the hash of label.json"
        "a_receipt_of_the_service_is_of_its_label";
    Described "V.906"
        "The tables and the page of a disk say what is on it"
        "جداول القرص وصفحته تقول ما عليه"
        "خشتەکان و پەڕەی دیسکەکە ئەوە دەڵێن کە لەسەریەتی"
        "Writes stations.csv, withheld.csv, README.txt and bag-info.txt anew and compares them to the byte"
        "what_follows_from_the_rest_is_written_anew";
    Exported "V.951"
        "A bundle of evidence is the one that two officers have entered under its mandate"
        "حزمة الأدلة هي التي قيّدها موظفان بموجب التكليف"
        "کۆمەڵەی بەڵگە ئەوەیە کە دوو فەرمانبەر بەپێی داواکارییەکە تۆماریان کردووە"
        "Folds the entry after the record of the bundle, and compares what it names: manifest, files, bytes and the mandate's paper"
        "a_bundle_that_was_not_entered_is_found";
    ExportProof "V.952"
        "The entry of a bundle stands in the record that the bundle holds"
        "قيد الحزمة يقف في السجل الذي تحويه"
        "تۆماری کۆمەڵەکە لەو تۆمارەدایە کە تێیدایە"
        "Follows the proof from the entry to the root of all leaves and this one, and finds it, cosigned, in a later publication (--publication); without one it is incomplete"
        "an_entry_outside_the_record_is_found";
    Asked "V.953"
        "Every station and case of the mandate is in the bundle, and no other; those of which nothing came are named"
        "كل محطة وقضية في التكليف موجودة في الحزمة ولا غيرها؛ وتُسمى التي لم يصل منها شيء"
        "هەموو وێستگە و کەیسێکی داواکارییەکە لە کۆمەڵەکەدایە و هی تر نییە؛ ئەوانە ناو دەبرێن کە هیچیان لێ نەهاتووە"
        "Works out the stations from the mandate and the record, and compares them with the folders; what is said of cases is compared by V.956 and V.957"
        "a_station_outside_the_mandate_is_found";
    Given "V.954"
        "Of each content there is what the mandate includes, and nothing that it does not"
        "من كل محتوى ما يشمله التكليف ولا غيره"
        "لە هەر ناوەڕۆکێک ئەوە هەیە کە داواکارییەکە دەیگرێتەوە، و هیچی تر"
        "Compares the files with the manifests that the device signed and the classes of the mandate"
        "what_the_mandate_does_not_include_is_found";
    BundleSlips "V.955"
        "Every slip of the mandate's stations lies there as its leaf has it, and is compared with the figures"
        "كل شريط لمحطات التكليف موجود كما في ورقته وقورن بالأرقام"
        "هەر پسووڵەیەکی وێستگەکانی داواکارییەکە وەک گەڵاکەیەتی و لەگەڵ ژمارەکان بەراورد کراوە"
        "Compares the texts of the codes with the leaf, and each figure with results.json; the record names a difference"
        "a_slip_or_paper_that_is_another_is_found";
    Papers "V.956"
        "Every paper is one of the mandate's cases, and none is a sealed part"
        "كل ورقة هي من قضايا التكليف، ولا جزء مختوم بينها"
        "هەر کاغەزێک هی کەیسێکی داواکارییەکەیە، و هیچیان بەشی مۆرکراو نییە"
        "Compares the hash of each with those that the cases and rulings name; one that is asked for and not there is missing"
        "a_slip_or_paper_that_is_another_is_found";
    BundleDescribed "V.957"
        "The report, the tables and the page of a bundle say what is in it"
        "تقرير الحزمة وجداولها وصفحتها تقول ما فيها"
        "ڕاپۆرت و خشتە و پەڕەی کۆمەڵەکە ئەوە دەڵێن کە تێیدایە"
        "Writes report.txt, readme.txt, scope.json, bag-info.txt and every table anew and compares them to the byte"
        "a_report_that_says_otherwise_is_found";
}
