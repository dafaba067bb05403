//! Definitions for tests.

pub(crate) mod paper;

use election::*;

/// An election of one constituency with these contests, `c1` on: kind, lists, and candidates
/// (of each list, or of the contest).
pub(crate) fn definition(contests: &[(ContestKind, u16, u16)]) -> Definition {
    let text = |en: &str| Text { en: en.into(), ..Text::default() };
    let mut definition = Definition {
        scope: Scope { election: "test".parse().unwrap(), round: 1, mode: Mode::Demo },
        name: text("Test"),
        date: jiff::civil::date(2026, 1, 1),
        time_zone: "Asia/Baghdad".into(),
        languages: vec![Lang::Ar, Lang::Ckb, Lang::En],
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
        constituencies: vec![Constituency { id: "baghdad".parse().unwrap(), name: text("Baghdad") }],
        offices: vec![],
        stations: vec![],
        sources: vec![],
        registrations: Default::default(),
        contests: vec![],
        reserved: vec![],
        lists: vec![],
        candidates: vec![],
        parties: vec![Party { id: "p".parse().unwrap(), name: text("Party") }],
        people: vec![],
        witnesses: vec![],
    };
    for (c, &(kind, lists, candidates)) in (1..).zip(contests) {
        let contest: ContestId = format!("c{c}").parse().unwrap();
        definition.contests.push(Contest {
            id: contest.clone(),
            constituency: "baghdad".parse().unwrap(),
            kind,
            seats: 5,
            sheet: 1,
            title: text("Contest"),
        });
        let candidate = |list: Option<ListId>, number| {
            let id = match &list {
                Some(list) => format!("{list}_{number}"),
                None => format!("{contest}_{number}"),
            };
            Candidate {
                id: id.parse().unwrap(),
                contest: contest.clone(),
                list,
                number,
                gender: Gender::Woman,
                withdrawn: false,
                name: text("Candidate"),
            }
        };
        for number in 1..=lists {
            let id: ListId = format!("{contest}_list{number}").parse().unwrap();
            definition.candidates.extend((1..=candidates).map(|n| candidate(Some(id.clone()), n)));
            let (contest, party, name) = (contest.clone(), "p".parse().unwrap(), text("List"));
            definition.lists.push(List { id, contest, number, party, reserved: None, name });
        }
        if lists == 0 {
            definition.candidates.extend((1..=candidates).map(|n| candidate(None, n)));
        }
    }
    definition
}
