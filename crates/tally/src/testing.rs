//! A small definition for the tests of this crate.

use election::*;

use crate::ContestTotals;

pub fn text(en: &str) -> Text {
    Text { en: en.into(), ..Default::default() }
}

/// An id of whatever type is wanted.
pub fn id<T: std::str::FromStr>(text: &str) -> T
where
    T::Err: std::fmt::Debug,
{
    text.parse().unwrap()
}

/// One constituency `c` with one contest `k`, nothing in it, and a station `s1` and `s2` each of its own office.
pub fn definition(kind: ContestKind, seats: u16) -> Definition {
    let rules = Rules {
        votes: VoteRules::default(),
        seats: SeatRules::of("sainte-lague:1.7".parse().unwrap()),
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
        announce: Tier::Matched,
        announce_by_kind: Default::default(),
        law: Default::default(),
        docket: Default::default(),
        equipment: Default::default(),
        findings: Default::default(),
        isolation: Default::default(),
        station: Default::default(),
        privacy: PrivacyRules { cast_vote_records_from: 0, images_from: 0 },
    };
    let station = |n: u8| Station {
        id: id(&format!("s{n}")),
        centre: id("p1"),
        office: id(&format!("o{n}")),
        constituencies: vec![id("c")],
        kind: StationKind::General,
        register: Register::Fixed,
        registered: 450,
        source: id("letter"),
        count_with: None,
        name: text(""),
    };
    let office = |n: u8| Office { id: id(&format!("o{n}")), name: text("") };
    Definition {
        scope: Scope { election: id("test"), round: 1, mode: Mode::Demo },
        name: text("Test"),
        date: jiff::civil::date(2026, 11, 1),
        time_zone: "Asia/Baghdad".into(),
        languages: Lang::ALL.to_vec(),
        rules,
        constituencies: vec![Constituency { id: id("c"), name: text("C") }],
        offices: vec![office(1), office(2)],
        stations: vec![station(1), station(2)],
        sources: Vec::new(),
        registrations: Vec::new(),
        contests: vec![Contest { id: id("k"), constituency: id("c"), kind, seats, sheet: 1, title: text("K") }],
        reserved: Vec::new(),
        lists: Vec::new(),
        candidates: Vec::new(),
        parties: Vec::new(),
        people: Vec::new(),
        witnesses: Vec::new(),
    }
}

/// Adds a list with candidates: `("w", votes)` is a woman, `("m", votes)` a man, `x` before it a withdrawn one.
/// Candidate `n` of list `a` has the id `a_n`. The votes go into `totals`, one valid ballot for each list vote.
pub fn list(def: &mut Definition, totals: &mut ContestTotals, name: &str, votes: u64, people: &[(&str, u64)]) {
    let contest = def.contests[0].id.clone();
    def.lists.push(List {
        id: id(name),
        contest: contest.clone(),
        number: 100 + u16::try_from(def.lists.len()).unwrap(),
        party: id("party"),
        reserved: None,
        name: text(name),
    });
    totals.votes.insert(id(name), votes);
    totals.valid += votes;
    totals.ballots += votes;
    for (n, (sort, personal)) in people.iter().enumerate() {
        let candidate = format!("{name}_{}", n + 1);
        def.candidates.push(Candidate {
            id: id(&candidate),
            contest: contest.clone(),
            list: Some(id(name)),
            number: u16::try_from(n + 1).unwrap(),
            gender: if sort.ends_with('w') { Gender::Woman } else { Gender::Man },
            withdrawn: sort.starts_with('x'),
            name: text(&candidate),
        });
        totals.votes.insert(id(&candidate), *personal);
    }
}
