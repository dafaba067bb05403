//! A made-up election with one contest, and what is done with its sheets.
#![allow(dead_code, reason = "each test uses a part")]

pub mod hostile;
pub mod press;

use election::*;

fn text(ar: &str, ckb: &str, en: &str) -> Text {
    Text { ar: ar.into(), ckb: ckb.into(), en: en.into() }
}

/// An election of one constituency, one open-list contest with `lists` lists of `candidates` candidates.
pub fn definition(lists: u16, candidates: u16, languages: Vec<Lang>) -> Definition {
    let names = [
        text("تحالف النهر والسهل", "هاوپەیمانی ڕووبار و دەشت", "River and Plain Alliance"),
        text("كتلة المدينة المفتوحة", "بلۆکی شاری کراوە", "Open City Bloc"),
        text("حزب البستان الأخضر", "پارتی باخی سەوز", "Green Orchard Party"),
    ];
    let contest: ContestId = "council".parse().unwrap();
    let mut definition = Definition {
        scope: Scope { election: "made_up".parse().unwrap(), round: 1, mode: Mode::Demo },
        name: text("انتخابات مجلس النواب", "هەڵبژاردنی ئەنجومەنی نوێنەران", "Election of the Council"),
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
            title: text("مجلس النواب – بغداد", "ئەنجومەنی نوێنەران – بەغدا", "Council – Baghdad"),
        }],
        reserved: vec![],
        lists: vec![],
        candidates: vec![],
        parties: vec![],
        people: vec![],
        witnesses: vec![],
    };
    for number in 1..=lists {
        let id: ListId = format!("list{number}").parse().unwrap();
        let party: PartyId = format!("party{number}").parse().unwrap();
        let name = names[usize::from(number) % names.len()].clone();
        definition.parties.push(Party { id: party.clone(), name: name.clone() });
        definition.candidates.extend((1..=candidates).map(|n| Candidate {
            id: format!("c{number}_{n}").parse().unwrap(),
            contest: contest.clone(),
            list: Some(id.clone()),
            number: n,
            gender: Gender::Woman,
            withdrawn: false,
            name: text("سعاد حميد", "سوعاد حەمید", "Suad Hameed"),
        }));
        definition.lists.push(List { id, contest: contest.clone(), number: 100 + number, party, reserved: None, name });
    }
    definition
}
