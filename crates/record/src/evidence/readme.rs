//! `readme.txt`: what each file of a bundle is and how it is checked by hand, in the languages of the election.

use election::Definition;

use super::report::{Words, head};
use crate::disk::readme::{Line, line};
use crate::fold::State;
use crate::register::exports::Mandate;

/// What lies where.
const FILES: [Line; 17] = [
    line(
        "../export.json",
        "قيد هذه الحزمة: ورقة من السجل وقعها موظفان على بصمة ‎../manifest-sha256.txt",
        "تۆماری ئەم کۆمەڵەیە: گەڵایەکی تۆمار کە دوو فەرمانبەر واژۆیان کردووە لەسەر هاشی ‎../manifest-sha256.txt",
        "the entry of this bundle: a leaf of the record that two officers have signed over the hash of ../manifest-sha256.txt",
    ),
    line(
        "../export.proof",
        "برهان أن القيد يلي السجل الذي هنا (C2SP tlog-proof)",
        "سەلماندنی ئەوەی تۆمارەکە دوای تۆماری ئێرە دێت (C2SP tlog-proof)",
        "the proof that the entry follows the record that is here (C2SP tlog-proof)",
    ),
    line(
        "../manifest-sha256.txt",
        "بصمة كل ملف في data/",
        "هاشی هەموو پەڕگەیەکی data/",
        "the hash of every file below data/",
    ),
    line(
        "docket/",
        "سجل الشكاوى والطعون والأحكام والمصادقات كلها",
        "تۆماری هەموو سکاڵا و تانە و بڕیار و پەسەندکردنەکان",
        "the whole register of complaints, appeals, rulings and certifications",
    ),
    line(
        "election/",
        "تعريف الانتخاب كما جُمّد، وقوائم المفاتيح في keys/",
        "پێناسەی هەڵبژاردن وەک بەستراوە، و لیستی کلیلەکان لە keys/",
        "the definition as it was frozen, and the key lists in keys/",
    ),
    line("mandate.pdf", "التكليف كما مُسح", "داواکارییەکە وەک سکان کراوە", "the mandate, as it was scanned"),
    line(
        "papers/",
        "أوراق القضايا والأحكام، كل منها باسم بصمته SHA-256",
        "کاغەزەکانی کەیس و بڕیارەکان، هەریەک بە ناوی هاشی SHA-256 ی خۆی",
        "papers of the cases and rulings, each under its SHA-256",
    ),
    line(
        "record/",
        "السجل كله من الورقة 0: من يحذف ورقة يُكشف",
        "هەموو تۆمارەکە لە گەڵای 0 ەوە: ئەوەی گەڵایەک لاببات ئاشکرا دەبێت",
        "the whole record from leaf 0 on: a leaf that was left out would show",
    ),
    line(
        "register/",
        "سجلات الكتب والأجهزة والتسليمات",
        "تۆماری نووسراو و ئامێر و ڕادەستکردنەکان",
        "the registers of acts, equipment and exports",
    ),
    line(
        "report.txt",
        "ما يقوله السجل عن كل محطة وقضية يشملها التكليف",
        "ئەوەی تۆمار دەربارەی هەر وێستگە و کەیسێکی داواکارییەکە دەیڵێت",
        "what stands about each station and case of the mandate",
    ),
    line("scope.json", "التكليف كما قُيّد", "داواکارییەکە وەک تۆمار کراوە", "the mandate, as it was entered"),
    line(
        "slips/STATION/leaf-N.txt",
        "نصوص رموز شريط نتائج سُلّم إلى مركز الجدولة",
        "دەقی کۆدەکانی پسووڵەیەک کە دراوەتە ناوەندی خشتەکردن",
        "the texts of the codes of a slip that was handed in at the tally centre",
    ),
    line(
        "stations.csv",
        "حال كل محطة، والمجلد الذي تُحسب أرقامه",
        "دۆخی هەر وێستگەیەک، و ئەو بوخچەیەی ژمارەکانی دەژمێردرێن",
        "the standing of each station, and the folder whose figures count",
    ),
    line(
        "stations/STATION/DEVICE-GENERATION/",
        "أرقام المحطة وشريطها كما وقعها جهازها، وكل نسخة وصلت",
        "ژمارە و پسووڵەی وێستگەکە وەک ئامێرەکەی واژۆی کردوون، و هەموو کۆپییەک کە هاتووە",
        "figures and slip of the station as its device signed them, of every copy that came",
    ),
    line(
        "stations/STATION/DEVICE-GENERATION/cvr.json",
        "سجلات الأصوات المفردة، إن شملها التكليف",
        "تۆماری دەنگە تاکەکان، ئەگەر داواکارییەکە بیگرێتەوە",
        "the cast vote records, if the mandate includes them",
    ),
    line(
        "stations/STATION/DEVICE-GENERATION/images/",
        "صور أوراق الاقتراع، إن شملها التكليف",
        "وێنەی کاغەزەکانی دەنگدان، ئەگەر داواکارییەکە بیگرێتەوە",
        "images of the ballots, if the mandate includes them",
    ),
    line(
        "withheld.csv",
        "كل ما يخص التكليف وليس هنا، وسبب حجبه",
        "هەموو ئەوەی پەیوەندی بە داواکارییەکەوە هەیە و لێرە نییە، و هۆکاری شاردنەوەی",
        "what the mandate is about and is not here, and why",
    ),
];

/// Where the record names a transmission report.
const TRANSMISSION: Line = line(
    "transmission/",
    "تقرير خدمة الاستلام عن كل إرسال، كما وقعته، وجدول محطات التكليف منه",
    "ڕاپۆرتی خزمەتگوزاری وەرگرتن لەسەر هەموو ناردنێک، وەک واژۆی کردووە، و خشتەی وێستگەکانی داواکارییەکە",
    "the receiving service's report of every transmission, as it signed it, and a table of the mandate's stations",
);

/// What is typed, in the folder above this one, and what it shows.
const LINES: [Line; 4] = [
    line(
        "sha256sum -c tagmanifest-sha256.txt && sha256sum -c --quiet manifest-sha256.txt",
        "كل ملف مدرج موجود ولم يتغير",
        "هەموو پەڕگەیەکی لیستکراو هەیە و نەگۆڕاوە",
        "every listed file is there and unchanged",
    ),
    line(
        "jq -r .payload export.json | base64 -d | jq .body",
        "ما يقوله القيد: التكليف وبصمة القائمة",
        "ئەوەی تۆمارەکە دەیڵێت: داواکاری و هاشی لیستەکە",
        "what the entry says: the mandate, and the hash of the manifest",
    ),
    line(
        "sha256sum manifest-sha256.txt data/mandate.pdf",
        "البصمتان اللتان يسميهما القيد",
        "ئەو دوو هاشەی تۆمارەکە ناویان دەبات",
        "both hashes that the entry names",
    ),
    line(
        "sanad evidence check FILE --root sha256:… --publication DIR",
        "كل شيء: التواقيع والسجل والشهود والأرقام، دون شبكة",
        "هەموو شتێک: واژۆ و تۆمار و شایەت و ژمارەکان، بەبێ تۆڕ",
        "everything: signatures, record, witnesses and figures, without a network",
    ),
];

const PAGE: Words = [
    "سطور openssl و jq في docs/evidence.md",
    "دێڕەکانی openssl و jq لە docs/evidence.md دان",
    "The lines for openssl and jq stand in docs/evidence.md",
];

/// What no mandate is given, in words.
const NEVER: Words = [
    "لا يوجد هنا: القياسات الخام، ومن أجاب عن علامة مشكوك فيها، وسجل أحداث الجهاز، والأجزاء المختومة من الأوراق.",
    "ئەمانە لێرە نین: پێوانە خاوەکان، کێ وەڵامی نیشانەیەکی گوماناویی داوەتەوە، ڕووداوەکانی ئامێر، و بەشە مۆرکراوەکانی کاغەزەکان.",
    "Not here: raw measurements, who answered what about a doubtful mark, the device's log, and the sealed parts of papers.",
];

/// The page, in each language of the election, the first one first.
pub fn readme(def: &Definition, state: &State, mandate: &Mandate) -> Vec<u8> {
    let mut text = format!("{}\n", state.fingerprint);
    for lang in def.languages.iter().copied() {
        let pair = |l: &Line| format!("  {}\n      {}\n", l.path, l.get(lang));
        let reported = (!state.registers.transmissions.is_empty()).then_some(&TRANSMISSION);
        let files: String = FILES.iter().chain(reported).map(pair).collect();
        let lines: String = LINES.iter().map(pair).collect();
        text += &head(def, mandate, lang);
        text += &format!("\n{files}\n{}\n\n{lines}\n{}\n", lang.choose(NEVER), lang.choose(PAGE));
    }
    text.into_bytes()
}
