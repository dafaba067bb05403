//! A made-up station, for all tests of drawing.
#![allow(dead_code, reason = "each test file uses a part")]

use election::{Digest, Lang, Mode, Text};
use sanad_print::{AccountView, CandidateLine, ContestView, ListLine, Paper, SlipKind, SlipView};

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
        election: text("انتخابات مجلس النواب", "هەڵبژاردنی ئەنجومەنی نوێنەران", "Election of the Council of Representatives"),
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
