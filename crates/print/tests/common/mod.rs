//! A made-up station, for all tests of drawing.
#![allow(dead_code, reason = "each test file uses a part")]

use election::*;
use sanad_print::{
    AccountView, Block, CandidateLine, CardView, ContestView, ListLine, Paper, ReportView, SlipKind, SlipView,
};

pub fn text(ar: &str, ckb: &str, en: &str) -> Text {
    Text { ar: ar.into(), ckb: ckb.into(), en: en.into() }
}

/// A text such as a signed slip has: upper-case base45, 1,100 bytes at most.
pub fn code_text(index: usize, of: usize, length: usize) -> String {
    let head = format!("SANAD1:{index}/{of}:");
    let body = Digest::of(head.as_bytes()).hex().to_uppercase();
    head.chars().chain(body.chars().cycle()).take(length).collect()
}

pub fn slip_view(paper: Paper, lists: u16) -> SlipView {
    let names = [
        text("تحالف النهر والسهل", "هاوپەیمانی ڕووبار و دەشت", "River and Plain Alliance"),
        text("كتلة المدينة المفتوحة", "بلۆکی شاری کراوە", "Open City Bloc"),
        text("حزب البستان الأخضر", "پارتی باخی سەوز", "Green Orchard Party"),
        text("ائتلاف الجبل", "هاوپەیمانێتی چیا", "Mountain Coalition"),
        text("قائمة الميناء القديم المستقلة", "لیستی سەربەخۆی بەندەری کۆن", "Old Harbour Independent List"),
    ];
    let lines = (1..=lists)
        .map(|number| {
            let votes = (u32::from(number) * 7919) % 97 * u32::from(number % 6 != 0);
            let candidates = (1..=12u16)
                .filter(|c| votes > 0 && (c * number) % 3 == 1)
                .map(|c| CandidateLine { number: c, name: Text::default(), votes: 1 + u32::from(c * number) % 19 })
                .collect();
            ListLine { number: 100 + number, name: names[usize::from(number) % 5].clone(), votes, candidates }
        })
        .collect();
    SlipView {
        paper,
        kind: SlipKind::Results,
        languages: Lang::ALL.to_vec(),
        mode: Mode::Demo,
        election: text(
            "انتخابات مجلس النواب",
            "هەڵبژاردنی ئەنجومەنی نوێنەران",
            "Election of the Council of Representatives",
        ),
        date: jiff::civil::date(2018, 5, 12),
        round: 1,
        station: "0101001".into(),
        station_name: text("مدرسة النخيل الابتدائية", "قوتابخانەی سەرەتایی دارخورما", "Palm Primary School"),
        centre: "0101".into(),
        office: text("مكتب بغداد – الكرخ", "نووسینگەی بەغدا – کەرخ", "Baghdad – Karkh office"),
        device: "d17".into(),
        generation: 1,
        printed_at: "2018-05-12 18:42 +03:00".into(),
        copy: 3,
        account: AccountView {
            registered: 612,
            checked_in: Some(431),
            received: 600,
            used: 431,
            spoiled: 4,
            unused: 165,
            cast: 430,
            valid: 418,
            blank: 5,
            invalid: 7,
            unread: 1,
        },
        account_differs: false,
        contests: vec![ContestView {
            title: text("مجلس النواب – بغداد", "ئەنجومەنی نوێنەران – بەغدا", "Council of Representatives – Baghdad"),
            ballots: 430,
            valid: 418,
            blank: 5,
            invalid: 7,
            lines,
        }],
        codes: (1..=3).map(|i| code_text(i, 3, if i < 3 { 1100 } else { 640 })).collect(),
        fingerprint: Digest::of(b"a made-up election"),
        build: "4f1d0c2a9be7".into(),
        agents: 5,
    }
}

/// An election of one constituency, one open-list contest with `lists` lists of `candidates` candidates.
pub fn definition(lists: u16, candidates: u16, languages: Vec<Lang>) -> Definition {
    let names = slip_view(Paper::A4, lists.max(1)).contests.remove(0).lines;
    let contest: ContestId = "council".parse().unwrap();
    let mut definition = Definition {
        scope: Scope { election: "made_up".parse().unwrap(), round: 1, mode: Mode::Demo },
        name: text(
            "انتخابات مجلس النواب",
            "هەڵبژاردنی ئەنجومەنی نوێنەران",
            "Election of the Council of Representatives",
        ),
        date: jiff::civil::date(2018, 5, 12),
        time_zone: "Asia/Baghdad".into(),
        languages,
        rules: Rules {
            votes: VoteRules::default(),
            seats: SeatRules::of(SeatMethod::DHondt),
            seats_in: Default::default(),
            marks: MarkRules::default(),
            thresholds: Thresholds {
                board: 1,
                shares: 1,
                witnesses: 1,
                officers: 2,
                fresh_hours: None,
                lost_witnesses: None,
            },
            announce: Tier::Arrived,
            announce_by_kind: Default::default(),
            law: Default::default(),
            docket: Default::default(),
            equipment: Default::default(),
            findings: Default::default(),
            isolation: Default::default(),
            station: Default::default(),
            privacy: PrivacyRules { cast_vote_records_from: 0, images_from: 0 },
        },
        constituencies: vec![Constituency {
            id: "baghdad".parse().unwrap(), name: text("بغداد", "بەغدا", "Baghdad")
        }],
        offices: vec![],
        stations: vec![],
        sources: vec![],
        registrations: Default::default(),
        contests: vec![Contest {
            id: contest.clone(),
            constituency: "baghdad".parse().unwrap(),
            kind: ContestKind::OpenList,
            seats: 5,
            sheet: 1,
            title: text("مجلس النواب – بغداد", "ئەنجومەنی نوێنەران – بەغدا", "Council of Representatives – Baghdad"),
        }],
        reserved: vec![],
        lists: vec![],
        candidates: vec![],
        parties: vec![Party { id: "p".parse().unwrap(), name: text("", "", "Party") }],
        people: vec![],
        witnesses: vec![],
    };
    for (number, line) in (1..=lists).zip(names) {
        let id: ListId = format!("list{number}").parse().unwrap();
        definition.candidates.extend((1..=candidates).map(|n| Candidate {
            id: format!("c{number}_{n}").parse().unwrap(),
            contest: contest.clone(),
            list: Some(id.clone()),
            number: n,
            gender: Gender::Woman,
            withdrawn: false,
            name: text("سعاد حميد", "سوعاد حەمید", "Suad Hameed"),
        }));
        let party = "p".parse().unwrap();
        definition.lists.push(List {
            id,
            contest: contest.clone(),
            number: line.number,
            party,
            reserved: None,
            name: line.name,
        });
    }
    definition
}

pub fn card_view() -> CardView {
    CardView {
        languages: Lang::ALL.to_vec(),
        mode: Mode::Demo,
        election: text(
            "انتخابات مجلس النواب",
            "هەڵبژاردنی ئەنجومەنی نوێنەران",
            "Election of the Council of Representatives",
        ),
        date: jiff::civil::date(2018, 4, 1),
        holder: text("المفوّض الثالث", "کۆمیسیاری سێیەم", "Third commissioner"),
        number: 3,
        threshold: 5,
        shares: 9,
        share: "SANADK1:03:2C9FKQ7MZ4RWTB6XJ0N5HVDPY8EGA31U2C9FKQ7MZ4RWTB6XJ0N5HVDPY8EG:7F3A".into(),
        commitment: Digest::of(b"commitment").to_string(),
        fingerprint: Digest::of(b"a made-up election"),
    }
}

pub fn report_view(language: Lang) -> ReportView {
    let say = |ar: &str, ckb: &str, en: &str| text(ar, ckb, en).get(language).to_owned();
    let rows = [("بغداد – الكرخ", "بەغدا – کەرخ", "Baghdad – Karkh"), ("كركوك", "کەرکووک", "Kirkuk")];
    ReportView {
        language,
        mode: Mode::Demo,
        date: jiff::civil::date(2018, 5, 14),
        issuer: say("المفوضية العليا للانتخابات", "کۆمسیۆنی باڵای هەڵبژاردنەکان", "High Electoral Commission"),
        title: say("بيان المفوضية", "ڕاگەیاندراوی کۆمسیۆن", "Statement of the commission"),
        subtitle: say("النتائج الأولية، النسخة 2", "ئەنجامە سەرەتاییەکان، وەشانی 2", "Preliminary results, version 2"),
        blocks: vec![
            Block::Notice {
                text: say(
                    "بلا شهود: لم يوقّع الشهود بعد.",
                    "بێ شایەت: شایەتەکان هێشتا واژۆیان نەکردووە.",
                    "UNWITNESSED: the witnesses have not yet cosigned.",
                ),
            },
            Block::Heading {
                text: say("مطابقة القناتين", "بەراوردی دوو کەناڵ", "The two channels compared")
            },
            Block::Paragraph {
                text: say(
                    "وصلت النتائج عبر الشبكة وعبر ذاكرات محمولة، ثم قورنت محطةً محطة. كل رقم هنا يمكن لأي شخص أن يعيد حسابه.",
                    "ئەنجامەکان لە ڕێگەی تۆڕ و میمۆرییەوە گەیشتن و وێستگە بە وێستگە بەراورد کران. هەر کەسێک دەتوانێت هەر ژمارەیەک دووبارە ژمارە بکاتەوە.",
                    "Results came over the network and on memory sticks and were compared station by station. Anybody can work out each figure here again.",
                ),
            },
            Block::Table {
                caption: say("المحطات حسب المكتب", "وێستگەکان بەپێی نووسینگە", "Stations by office"),
                columns: vec![
                    say("المكتب", "نووسینگە", "Office"),
                    say("المتوقع", "چاوەڕوانکراو", "Expected"),
                    say("المقارن", "بەراوردکراو", "Compared"),
                    say("المتطابق", "یەکسان", "Identical"),
                    say("الناقص", "کەم", "Missing"),
                ],
                rows: rows
                    .iter()
                    .map(|(ar, ckb, en)| {
                        vec![say(ar, ckb, en), "1,214".into(), "1,213".into(), "1,212".into(), "1".into()]
                    })
                    .collect(),
            },
            Block::Figure {
                name: say("محطات قورنت نسختاها", "وێستگە کە هەردوو وێنەیان بەراورد کران", "Stations compared"),
                value: say("١٧ من ١٨ (٩٤ %)", "١٧ لە ١٨ (٩٤ %)", "17 of 18 (94 %)"),
                except: say("ما عدا", "جگە لە", "except"),
                exceptions: vec![say("0101001: احترق الصندوق", "0101001: سندوقەکە سووتا", "0101001: the box burnt")],
            },
            Block::Points {
                texts: vec![
                    say(
                        "لم تُجمع ذاكرة محطة واحدة.",
                        "میمۆری یەک وێستگە کۆنەکرایەوە.",
                        "The stick of one station was not collected.",
                    ),
                    say(
                        "اختلفت محطة واحدة، وهي محجوزة.",
                        "یەک وێستگە جیاواز بوو و ڕاگیراوە.",
                        "One station differs and is quarantined.",
                    ),
                ],
            },
        ],
        footer: Digest::of(b"a made-up election").to_string(),
    }
}
