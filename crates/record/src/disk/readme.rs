//! `README.txt`: what each file of a disk is and how it is checked by hand, in the languages of the election.

use election::{Definition, Lang, Text};

use super::handover::HandOver;

/// One line of the page in three languages: what lies at `path`, or what the command `path` shows.
pub(crate) struct Line {
    pub(crate) path: &'static str,
    ar: &'static str,
    ckb: &'static str,
    en: &'static str,
}

pub(crate) const fn line(path: &'static str, ar: &'static str, ckb: &'static str, en: &'static str) -> Line {
    Line { path, ar, ckb, en }
}

impl Line {
    pub(crate) fn get(&self, lang: Lang) -> &'static str {
        lang.choose([self.ar, self.ckb, self.en])
    }
}

/// What lies where.
const FILES: [Line; 14] = [
    line(
        "../handover.dsse.json",
        "إيصال التسليم، موقع من موظف في المفوضية على بصمة ‎../tagmanifest-sha256.txt",
        "وەسڵی ڕادەستکردن، فەرمانبەرێک واژۆی کردووە لەسەر هاشی ‎../tagmanifest-sha256.txt",
        "the hand-over receipt, signed by an officer over the hash of ../tagmanifest-sha256.txt",
    ),
    line(
        "../manifest-sha256.txt",
        "بصمة كل ملف في data/",
        "هاشی هەموو پەڕگەیەکی data/",
        "the hash of every file below data/",
    ),
    line(
        "election/",
        "تعريف الانتخاب كما جُمّد، وقوائم المفاتيح في keys/",
        "پێناسەی هەڵبژاردن وەک بەستراوە، و لیستی کلیلەکان لە keys/",
        "the definition as it was frozen, and the key lists in keys/",
    ),
    line(
        "record/leaf-000000.json",
        "الورقة 0 من السجل؛ بصمتها SHA-256 هي بصمة الانتخاب التي تطبعها الجريدة الرسمية",
        "گەڵای 0 ی تۆمار؛ هاشی SHA-256 ی ئەو پەنجەمۆری هەڵبژاردنە کە ڕۆژنامەی فەرمی چاپی دەکات",
        "leaf 0 of the record; its SHA-256 is the election fingerprint that the gazette prints",
    ),
    line(
        "record/leaf-N.json",
        "كل ورقة من السجل عن محطات هذا المكتب، موقعة ممن يجب",
        "هەموو گەڵایەکی تۆمار لەسەر وێستگەکانی ئەم نووسینگەیە، واژۆکراو لەلایەن ئەوانەی دەبێت",
        "every leaf of the record about the stations of this office, signed by those who must",
    ),
    line(
        "record/leaf-N.proof",
        "برهان أن الورقة N في شجرة نقطة التحقق (C2SP tlog-proof)",
        "سەلماندنی ئەوەی گەڵای N لە دارەکەی خاڵی پشکنیندایە (C2SP tlog-proof)",
        "the proof that leaf N is in the tree of the checkpoint (C2SP tlog-proof)",
    ),
    line(
        "record/checkpoint",
        "نقطة تحقق السجل وتواقيع الشهود عليها",
        "خاڵی پشکنینی تۆمار و واژۆی شایەتەکان لەسەری",
        "the checkpoint of the record and the witnesses' signatures on it",
    ),
    line(
        "stations/STATION/DEVICE-GENERATION/results.json",
        "أرقام المحطة كما عدّها جهازها",
        "ژمارەکانی وێستگەکە وەک ئامێرەکەی ژماردوویەتی",
        "the figures of the station as its device counted them",
    ),
    line(
        "stations/STATION/DEVICE-GENERATION/statement.dsse.json",
        "توقيع الجهاز على بصمتي results-manifest.txt و images-manifest.txt",
        "واژۆی ئامێرەکە لەسەر هاشی results-manifest.txt و images-manifest.txt",
        "the device's signature over the hashes of results-manifest.txt and images-manifest.txt",
    ),
    line(
        "stations/STATION/DEVICE-GENERATION/images/",
        "صور منافسات مفردة، حيث يسمح بها القانون",
        "وێنەی کێبڕکێی تاک، لەو شوێنەی یاسا ڕێی پێ دەدات",
        "pictures of single contests, where the law allows them",
    ),
    line(
        "stations/STATION/DEVICE-GENERATION/withheld.json",
        "ما لا يُعطى من ملفات هذه المحطة والبند الذي يحجبه",
        "ئەوەی لە پەڕگەکانی ئەم وێستگەیە نادرێت و ئەو بڕگەیەی دەیشارێتەوە",
        "which files of this station are not given, and the clause that withholds each",
    ),
    line(
        "slips/STATION/leaf-N.txt",
        "نصوص رموز شريط نتائج سُلّم إلى مركز الجدولة",
        "دەقی کۆدەکانی پسووڵەیەک کە دراوەتە ناوەندی خشتەکردن",
        "the texts of the codes of a slip that was handed in at the tally centre",
    ),
    line(
        "stations.csv",
        "حال كل محطة من محطات المكتب، والمجلد الذي تُحسب أرقامه",
        "دۆخی هەر وێستگەیەکی نووسینگەکە، و ئەو بوخچەیەی ژمارەکانی دەژمێردرێن",
        "the standing of each station of the office, and the folder whose figures count",
    ),
    line(
        "withheld.csv",
        "كل ما ليس على القرص، والبند الذي يحجبه",
        "هەموو ئەوەی لەسەر دیسکەکە نییە، و ئەو بڕگەیەی دەیشارێتەوە",
        "all that is not on the disk, and the clause that withholds it",
    ),
];

/// What is typed, in the folder above this one, and what it shows.
const LINES: [Line; 4] = [
    line(
        "sha256sum -c tagmanifest-sha256.txt && sha256sum -c --quiet manifest-sha256.txt",
        "كل ملف مدرج موجود ولم يتغير",
        "هەموو پەڕگەیەکی لیستکراو هەیە و نەگۆڕاوە",
        "every listed file is there and unchanged",
    ),
    line(
        "sha256sum data/record/leaf-000000.json",
        "بصمة الانتخاب؛ قارنها بما في الجريدة الرسمية",
        "پەنجەمۆری هەڵبژاردن؛ لەگەڵ ڕۆژنامەی فەرمی بەراوردی بکە",
        "the election fingerprint; compare it with the gazette",
    ),
    line(
        "jq -r .payload handover.dsse.json | base64 -d | jq .",
        "ما يقوله إيصال التسليم",
        "ئەوەی وەسڵی ڕادەستکردن دەیڵێت",
        "what the hand-over receipt says",
    ),
    line(
        "sanad disk check .",
        "كل شيء: التواقيع والبراهين والشهود والأرقام، دون شبكة",
        "هەموو شتێک: واژۆ و سەلماندن و شایەت و ژمارەکان، بەبێ تۆڕ",
        "everything: signatures, proofs, witnesses and figures, without a network",
    ),
];

const PAGE: Line = line(
    "docs/party-disk.md",
    "سطور openssl و jq في docs/party-disk.md",
    "دێڕەکانی openssl و jq لە docs/party-disk.md دان",
    "The lines for openssl and jq stand in docs/party-disk.md",
);

/// What the law keeps from everybody, in words.
const NEVER: Line = line(
    "withheld.csv",
    "لا يوجد هنا ما هو سري: صور أوراق الاقتراع الكاملة، والقياسات الخام، ومن أجاب عن علامة مشكوك فيها، وسجل أحداث الجهاز.",
    "ئەوەی نهێنییە لێرە نییە: وێنەی تەواوی کاغەزەکانی دەنگدان، و پێوانە خاوەکان، و کێ وەڵامی نیشانەیەکی گوماناویی داوەتەوە، و ڕووداوەکانی ئامێر.",
    "What is secret is not here: images of whole ballots, raw measurements, who answered what about a doubtful mark, the device's log.",
);

const GIVEN: Line = line("", "سُلّم إلى", "دراوە بە", "Given to");

/// The page, in each language of the election, the first one first.
pub fn readme(def: &Definition, receipt: &HandOver) -> Vec<u8> {
    let name = |text: Option<&Text>, lang: Lang| text.map(|text| text.get(lang).to_owned()).unwrap_or_default();
    let office = def.office(&receipt.office).map(|office| &office.name);
    let party = def.parties.iter().find(|party| party.id == receipt.party).map(|party| &party.name);
    let delegate = def.people.iter().find(|person| person.id == receipt.delegate).map(|person| &person.name);
    let mut text = format!("{}\n", receipt.fingerprint);
    for lang in def.languages.iter().copied() {
        text += &format!(
            "\n{}\n{}\n{}: {}, {}\n\n",
            def.name.get(lang),
            name(office, lang),
            GIVEN.get(lang),
            name(delegate, lang),
            name(party, lang)
        );
        let pairs = |lines: &[Line]| lines.iter().map(|l| format!("  {}\n      {}\n", l.path, l.get(lang))).collect();
        let (files, lines): (String, String) = (pairs(&FILES), pairs(&LINES));
        text += &format!("{files}\n{}\n\n{lines}\n{}\n", NEVER.get(lang), PAGE.get(lang));
    }
    text.into_bytes()
}
