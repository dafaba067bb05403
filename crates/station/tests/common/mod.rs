//! A small election, a reader that needs no pictures, and a station on a disk that fails.
#![allow(dead_code, unused_imports, reason = "each test program uses a part of it")]

mod faulty;

use std::collections::BTreeMap;
use std::sync::{LazyLock, Mutex};

use election::*;
use package::cuts::Cut;
use sanad_station::{
    Config, ContestMarks, Cutter, Fate, Ground, Outcome, Paper, Read, Reader, Reading, Score, Sealer, Sheet, Station,
    Unreadable,
};
use sign::entropy::EntropyError;
use sign::identity::Identity;
use sign::{Entropy, FileKey, KeyKind, Signer as _};

pub use faulty::{Faults, FaultyDisk};

/// The ids of tests are good.
pub fn id<T: std::str::FromStr<Err = IdError>>(text: &str) -> T {
    text.parse().unwrap()
}

fn name(en: &str) -> Text {
    Text { ar: en.into(), ckb: en.into(), en: en.into() }
}

/// Two constituencies, `north` and `south`, each with an open list contest of two lists of three candidates; station
/// `one` takes `north` and the ballots of `two`; officers `o1` to `o4`, an agent `a1`.
pub fn definition(mode: Mode) -> Definition {
    let contest = |place: &str| Contest {
        id: id(&format!("council_{place}")),
        constituency: id(place),
        kind: ContestKind::OpenList,
        seats: 3,
        sheet: 1,
        title: name("Council"),
    };
    let list = |place: &str, number: u16| List {
        id: id(&format!("{place}_l{number}")),
        contest: id(&format!("council_{place}")),
        number,
        party: id(&format!("p{number}")),
        reserved: None,
        name: name("List"),
    };
    let candidate = |place: &str, list: u16, number: u16| Candidate {
        id: id(&format!("{place}_l{list}_c{number}")),
        contest: id(&format!("council_{place}")),
        list: Some(id(&format!("{place}_l{list}"))),
        number,
        gender: if number == 2 { Gender::Woman } else { Gender::Man },
        withdrawn: false,
        name: name("Candidate"),
    };
    let station = |station: &str, place: &str, with: Option<&str>| election::Station {
        id: id(station),
        centre: id("centre"),
        office: id("office"),
        constituencies: vec![id(place)],
        kind: StationKind::General,
        register: Register::Fixed,
        registered: 30,
        source: id("letter"),
        count_with: with.map(id),
        name: name("School"),
    };
    let person = |person: &str, role| Person {
        id: id(person),
        role,
        party: (role == Role::Agent).then(|| id("p1")),
        office: None,
        name: name("Person"),
    };
    let places = ["north", "south"];
    Definition {
        scope: Scope { election: id("test"), round: 1, mode },
        name: name("Test"),
        date: jiff::civil::date(2026, 5, 12),
        time_zone: "Asia/Baghdad".into(),
        languages: Lang::ALL.into(),
        rules: Rules {
            votes: VoteRules::default(),
            seats: SeatRules::of(SeatMethod::DHondt),
            seats_in: Default::default(),
            marks: MarkRules::default(),
            thresholds: Thresholds {
                board: 2,
                shares: 3,
                witnesses: 2,
                officers: 2,
                fresh_hours: None,
                lost_witnesses: None,
            },
            announce: Tier::Matched,
            announce_by_kind: Default::default(),
            privacy: PrivacyRules { cast_vote_records_from: 10, images_from: 10 },
            law: LawRules::default(),
            docket: Default::default(),
            equipment: Default::default(),
            findings: Default::default(),
            isolation: Default::default(),
            station: Default::default(),
        },
        constituencies: places.map(|p| Constituency { id: id(p), name: name(p) }).into(),
        offices: vec![Office { id: id("office"), name: name("Office") }],
        stations: vec![
            station("one", "north", None),
            station("two", "north", Some("one")),
            station("three", "south", None),
        ],
        sources: Vec::new(),
        registrations: Default::default(),
        contests: places.map(contest).into(),
        reserved: Vec::new(),
        lists: places.iter().flat_map(|p| [list(p, 1), list(p, 2)]).collect(),
        candidates: places
            .iter()
            .flat_map(|p| [1, 2].into_iter().flat_map(move |l| [1, 2, 3].map(|n| (p, l, n))))
            .map(|(p, l, n)| candidate(p, l, n))
            .collect(),
        parties: vec![Party { id: id("p1"), name: name("One") }, Party { id: id("p2"), name: name("Two") }],
        people: ["o1", "o2", "o3", "o4"]
            .map(|o| person(o, Role::Officer))
            .into_iter()
            .chain([person("a1", Role::Agent)])
            .collect(),
        witnesses: Vec::new(),
    }
}

/// The keys of all tests: made once, since they take time.
pub struct Keys {
    pub device: FileKey,
    pub stranger: FileKey,
    pub centre: Identity,
    pub office: Identity,
}

pub static KEYS: LazyLock<Keys> = LazyLock::new(|| Keys {
    device: FileKey::generate(KeyKind::P256).unwrap(),
    stranger: FileKey::generate(KeyKind::P256).unwrap(),
    centre: Identity::generate(),
    office: Identity::generate(),
});

fn keys() -> KeyLists {
    let recipient = |recipient: &str, identity: &Identity| Recipient {
        recipient: recipient.parse().unwrap(),
        age: identity.recipient().as_str().to_owned(),
    };
    KeyLists {
        devices: vec![DeviceKey { device: id("d1"), station: id("one"), key: KEYS.device.public_key().to_string() }],
        recipients: vec![recipient("centre", &KEYS.centre), recipient("office", &KEYS.office)],
        ..KeyLists::default()
    }
}

pub fn ground(mode: Mode) -> Ground {
    Ground {
        definition: definition(mode),
        digest: Digest::of(mode.as_str().as_bytes()),
        keys: keys(),
        fingerprint: Digest::of(b"leaf 0"),
        build: "test".into(),
    }
}

pub fn config(mode: Mode, slots: u32) -> Config {
    Config {
        station: id("one"),
        device: id("d1"),
        mode,
        slots,
        slot_bytes: 512,
        election: "election".into(),
        key: "device.pem".into(),
        cards: None,
    }
}

/// A prepared station.
pub fn prepared(disk: &FaultyDisk, slots: u32) -> Station {
    Station::prepare(Box::new(disk.clone()), ground(Mode::Official), config(Mode::Official, slots), 1_000).unwrap()
}

/// A station whose polls are open.
pub fn opened(disk: &FaultyDisk, slots: u32) -> Station {
    let mut station = prepared(disk, slots);
    station.open(&id("o1"), &Seeded::new(1), 1_010).unwrap();
    station
}

pub fn load(disk: &FaultyDisk) -> Result<Station, sanad_station::StationError> {
    Station::load(Box::new(disk.clone()), ground(Mode::Official), 1_020)
}

/// Seeded randomness (SHA-256 in counter mode).
pub struct Seeded(Mutex<(u64, u64)>);

impl Seeded {
    pub fn new(seed: u64) -> Self {
        Seeded(Mutex::new((seed, 0)))
    }
}

impl Entropy for Seeded {
    fn fill(&self, bytes: &mut [u8]) -> Result<(), EntropyError> {
        let mut state = self.0.lock().unwrap();
        for chunk in bytes.chunks_mut(32) {
            let block = Digest::of(&[state.0.to_le_bytes(), state.1.to_le_bytes()].concat()).0;
            chunk.copy_from_slice(&block[..chunk.len()]);
            state.1 += 1;
        }
        Ok(())
    }
}

/// Reads sheets that are written in words: `north l1 n2 ?n3 #7` is a ballot of `north` with list 1 and number 2
/// marked, number 3 in doubt, and 7 to tell it from others; `torn`, `shifted`, `other_election` and `south …` are refused.
pub struct Words;

impl Reader for Words {
    fn read(&self, sheet: &Sheet) -> Result<Read, Unreadable> {
        let text = String::from_utf8(sheet.front.clone()).unwrap();
        let mut words = text.split(' ');
        let place = words.next().unwrap();
        match place {
            "torn" => {
                return Err(Unreadable {
                    code: "image.timing_marks".into(),
                    words: name("torn"),
                    foreign: false,
                    misfed: false,
                });
            }
            "shifted" => {
                return Err(Unreadable { code: "sheet.sides".into(), words: name("2"), foreign: false, misfed: true });
            }
            "other_election" => {
                return Err(Unreadable {
                    code: "qr.election".into(),
                    words: name("other"),
                    foreign: true,
                    misfed: false,
                });
            }
            _ => {}
        }
        let contest: ContestId = id(&format!("council_{place}"));
        let (mut marked, mut ambiguous, mut ink) = (Vec::new(), Vec::new(), 0);
        for word in words {
            let option =
                |word: &str| id(&if word.starts_with('l') { format!("{place}_{word}") } else { word.to_owned() });
            match word.split_at(1) {
                ("?", rest) => ambiguous.push(option(rest)),
                ("!", _) => {}
                ("#", rest) => ink = rest.parse().unwrap(),
                _ => marked.push(option(word)),
            }
        }
        let all = [format!("{place}_l1"), format!("{place}_l2"), "n1".into(), "n2".into(), "n3".into()];
        let score = |option: &OptionId| match (marked.contains(option), ambiguous.contains(option)) {
            (true, _) => 400 + ink,
            (_, true) => 100,
            _ => 5,
        };
        let scores = all.iter().map(|o| id::<OptionId>(o)).map(|option| Score {
            contest: contest.clone(),
            score: MarkScore { ink: score(&option), ..Default::default() },
            option,
        });
        let scores = scores.collect();
        let crops = (!ambiguous.is_empty()).then(|| (contest.clone(), b"crop".to_vec())).into_iter().collect();
        Ok(Read {
            reading: Reading {
                style: id(place),
                sheet: 1,
                contests: vec![ContestMarks { contest, marked, ambiguous }],
                scores,
            },
            images: vec![[b"image of ", text.as_bytes()].concat(), b"back".to_vec()],
            crops,
        })
    }
}

/// Of a sheet in words its one contest is a picture of the words, and stray ink what stands after `!`.
impl Cutter for Words {
    fn cut(&self, images: &[Vec<u8>]) -> Option<BTreeMap<ContestId, Cut>> {
        let text = String::from_utf8(images[0].clone()).unwrap();
        let words = text.strip_prefix("image of ")?;
        let stray = words.split_once('!').map_or(0, |(_, ink)| ink.parse().unwrap());
        let contest = id(&format!("council_{}", words.split(' ').next().unwrap()));
        Some([(contest, Cut { pictures: vec![format!("cut of {words}").into_bytes()], stray })].into())
    }
}

pub fn sheet(text: &str) -> Sheet {
    Sheet { name: text.into(), front: text.into(), back: None, alone: false }
}

/// Feeds sheets; what was told comes back, also where it ends in an error.
pub fn feed(
    station: &mut Station,
    texts: &[impl AsRef<str>],
    entropy: &dyn Entropy,
) -> (Vec<(String, Outcome)>, Result<(), sanad_station::StationError>) {
    let mut told = Vec::new();
    let sheets = texts.iter().map(|text| sheet(text.as_ref()));
    let result = station
        .scan(sheets, &Words, entropy, 1_030, &mut |name, outcome| told.push((name.to_owned(), outcome.clone())));
    (told, result)
}

/// The paper of a station that received `received` ballots and has `used` in its box.
pub fn paper(received: u32, used: u32) -> Paper {
    Paper { received, spoiled: 0, unused: received - used, checked_in: Some(used) }
}

/// Seals without drawing.
pub fn sealer<'a>(entropy: &'a dyn Entropy) -> Sealer<'a> {
    Sealer { signer: &KEYS.device, entropy, draw: &no_drawing, cut: &Words }
}

fn no_drawing(view: &print::SlipView) -> Result<Vec<u8>, print::DrawError> {
    Ok(format!("slip, copy {}", view.copy).into_bytes())
}

/// Feeds, enters the account and closes.
pub fn close(station: &mut Station, texts: &[impl AsRef<str>], seed: u64) {
    let entropy = Seeded::new(seed);
    feed(station, texts, &entropy).1.unwrap();
    for question in station.questions() {
        for officer in ["o1", "o2"] {
            let all = question.options.iter().cloned().collect();
            station.answer(question.slot, &question.contest, &id(officer), all, 1_040).unwrap();
        }
    }
    let unread = station.status().refused.iter().filter(|sheet| sheet.fate == Fate::Unread).count() as u32;
    station.enter(paper(40, station.counted() + unread), &id("o1"), 1_050).unwrap();
    station.close(&id("o1"), &id("o2"), &entropy, 1_060).unwrap();
}
