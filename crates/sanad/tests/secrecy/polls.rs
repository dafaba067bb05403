//! A polling day with synthetic voters: each ballot is told from all others by what is in it, so that it is known
//! again wherever it comes out.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use election::{ContestId, Digest, Folder, MarkScore, OptionId};
use package::cuts::Cut;
use sign::entropy::EntropyError;
use sign::{Entropy, Signer as _, SystemEntropy};
use station::{
    Config, ContestMarks, Cutter, Disk, Ground, Paper, Read, Reader, Reading, Score, Sealer, Sheet, Station, Unreadable,
};
use testing::{World, id};

/// When the polls open.
const OPENS: i64 = 1_778_558_400;

/// Numbers that look random and are the same on every run (SHA-256 in counter mode).
pub fn random(seed: u64, number: u64) -> u64 {
    let digest = Digest::of(&[seed.to_le_bytes(), number.to_le_bytes()].concat());
    u64::from_le_bytes(digest.0[..8].try_into().expect("eight bytes"))
}

/// One station `s1` for 1,500 voters; records and pictures of all are published.
pub fn world() -> World {
    let mut folder: Folder = testing::folder(1);
    let mut change = |name: &str, from: &str, to: &str| {
        let text = String::from_utf8(folder.files[name].clone()).expect("text");
        assert!(text.contains(from), "{name}: {from}");
        folder.files.insert(name.to_owned(), text.replace(from, to).into_bytes());
    };
    change("stations.csv", ",100,", ",1500,");
    change("election.toml", "images_from = 0", "images_from = 5");
    World::of(folder)
}

/// A ballot: what is on it is drawn from its number, and the numbers are drawn without regard to their order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ballot(pub u64);

impl Ballot {
    /// So many ballots, in the order of casting.
    pub fn cast(seed: u64, count: usize) -> Vec<Ballot> {
        // No two have one ink, by which they are told apart.
        let mut inks = BTreeSet::new();
        let ballots = (0..).map(|number| Ballot(random(seed, number)));
        ballots.filter(|ballot| inks.insert(ballot.ink())).take(count).collect()
    }

    /// A number below `bound` that belongs to the ballot.
    fn trait_of(self, what: u64, bound: u64) -> u64 {
        random(self.0, what) % bound
    }

    /// The file that the scanner makes.
    pub fn sheet(self) -> Sheet {
        Sheet { name: "a sheet".into(), front: self.0.to_be_bytes().to_vec(), back: None, alone: true }
    }

    fn of(sheet: &Sheet) -> Self {
        Ballot(u64::from_be_bytes(sheet.front[..8].try_into().expect("the number of a ballot")))
    }

    /// Its archived image: one bit a pixel, the number in it and some ink, so that sizes differ.
    pub fn image(self) -> Vec<u8> {
        png(self.0, self.trait_of(1, 40) as usize)
    }

    /// Its contest cut out.
    pub fn picture(self) -> Vec<u8> {
        png(self.0 ^ u64::MAX, self.trait_of(2, 20) as usize)
    }

    /// The ink of two bubbles: together they tell the ballot.
    pub fn ink(self) -> [u16; 2] {
        [self.trait_of(3, 400) as u16 + 300, self.trait_of(4, 40_000) as u16]
    }

    /// Is a mark in doubt?
    pub fn is_doubtful(self) -> bool {
        self.trait_of(5, 10) == 0
    }

    fn reading(self) -> Reading {
        let marked: &[&str] = [&["la"][..], &["la", "n1"], &["lb"], &[], &["la", "lb"]][self.trait_of(6, 5) as usize];
        let marked: Vec<OptionId> = marked.iter().map(|option| id(option)).collect();
        let ambiguous = if self.is_doubtful() { vec![id("n2")] } else { Vec::new() };
        let score = |option: &str, ink: u16| Score {
            contest: id("assembly"),
            option: id(option),
            score: MarkScore { ink, ..MarkScore::default() },
        };
        let [a, b] = self.ink();
        Reading {
            style: id("spring"),
            sheet: 1,
            contests: vec![ContestMarks { contest: id("assembly"), marked, ambiguous }],
            scores: vec![score("la", a), score("lb", b)],
        }
    }
}

/// A PNG of one bit a pixel: 64 pixels that are the number, and rows of ink.
fn png(number: u64, rows: usize) -> Vec<u8> {
    let mut pixels = number.to_be_bytes().to_vec();
    for row in 0..rows as u64 {
        pixels.extend(random(number, 100 + row).to_be_bytes());
    }
    let mut bytes = Vec::new();
    let mut encoder = png::Encoder::new(&mut bytes, 64, rows as u32 + 1);
    encoder.set_color(png::ColorType::Grayscale);
    encoder.set_depth(png::BitDepth::One);
    encoder.write_header().and_then(|mut writer| writer.write_image_data(&pixels)).expect("memory takes it");
    bytes
}

/// Reads synthetic ballots.
pub struct Eye;

impl Reader for Eye {
    fn read(&self, sheet: &Sheet) -> Result<Read, Unreadable> {
        let ballot = Ballot::of(sheet);
        let crops = ballot.is_doubtful().then(|| (id("assembly"), ballot.picture())).into_iter().collect();
        Ok(Read { reading: ballot.reading(), images: vec![ballot.image()], crops })
    }
}

/// Cuts the contest out of synthetic ballots.
struct Scissors(BTreeMap<Vec<u8>, Ballot>);

impl Cutter for Scissors {
    fn cut(&self, images: &[Vec<u8>]) -> Option<BTreeMap<ContestId, Cut>> {
        let ballot = self.0.get(&images[0])?;
        Some([(id("assembly"), Cut { pictures: vec![ballot.picture()], stray: ballot.trait_of(7, 300) as u32 })].into())
    }
}

/// Seeded randomness for slots and salts.
struct Seeded(std::sync::Mutex<(u64, u64)>);

impl Entropy for Seeded {
    fn fill(&self, bytes: &mut [u8]) -> Result<(), EntropyError> {
        let mut state = self.0.lock().expect("nobody panics with it");
        for chunk in bytes.chunks_mut(8) {
            chunk.copy_from_slice(&random(state.0, state.1).to_le_bytes()[..chunk.len()]);
            state.1 += 1;
        }
        Ok(())
    }
}

/// Opens a station on `disk` and feeds the ballots one after the other, half a minute apart.
pub fn feed(world: &World, disk: Box<dyn Disk>, ballots: &[Ballot], seed: u64) -> Station {
    let ground = Ground {
        definition: world.frozen.definition.clone(),
        digest: world.frozen.manifest,
        keys: world.frozen.lists.clone(),
        fingerprint: world.fingerprint,
        build: "test".into(),
    };
    let config = Config {
        station: id("s1"),
        device: id("ds1"),
        mode: world.frozen.definition.scope.mode,
        slots: ballots.len() as u32 * 6 / 5,
        slot_bytes: 1_500,
        election: "election".into(),
        key: "key".into(),
        cards: None,
    };
    let entropy = Seeded(std::sync::Mutex::new((seed ^ 0x5a5a, 0)));
    let mut station = Station::prepare(disk, ground, config, OPENS - 3_600).expect("prepared");
    station.open(&id("officer_1"), &SystemEntropy, OPENS).expect("open");
    for (ballot, number) in ballots.iter().zip(0..) {
        let mut counted = 0;
        let told = &mut |_: &str, outcome: &station::Outcome| {
            counted += u32::from(matches!(outcome, station::Outcome::Counted { .. }));
        };
        station.scan([ballot.sheet()], &Eye, &entropy, OPENS + 30 * number, told).expect("scanned");
        assert_eq!(counted, 1);
    }
    station
}

/// Settles, closes, seals, and hands over to `medium`; gives the texts of the slip's codes.
pub fn close(world: &World, station: &mut Station, ballots: &[Ballot], medium: &Path) -> Vec<String> {
    let end = OPENS + 39_600;
    for question in station.questions() {
        for officer in ["officer_1", "officer_2"] {
            let answer = question.options.iter().filter(|_| question.slot % 2 == 0).cloned().collect();
            station.answer(question.slot, &question.contest, &id(officer), answer, end).expect("answered");
        }
    }
    let used = ballots.len() as u32;
    let paper = Paper { received: 1_500, spoiled: 0, unused: 1_500 - used, checked_in: Some(used) };
    station.enter(paper, &id("officer_1"), end).expect("entered");
    station.close(&id("officer_1"), &id("officer_2"), &SystemEntropy, end).expect("closed");
    let scissors = Scissors(ballots.iter().map(|ballot| (ballot.image(), *ballot)).collect());
    let draw = |view: &print::SlipView| Ok(format!("slip, copy {}", view.copy).into_bytes());
    let key = &world.keys["ds1"];
    assert_eq!(station.ground().keys.devices[0].key, key.public_key().to_string());
    let sealer = Sealer { signer: key, entropy: &SystemEntropy, draw: &draw, cut: &scissors };
    station.report(&sealer, end).expect("sealed");
    let slip = station.slip_codes().expect("it was printed");
    let disk = station::RealDisk::medium(medium).expect("a medium");
    station.hand_over("stick", &disk, end).expect("handed over");
    slip
}
