//! A press with blank sheets, a voter with a pen, a scanner, and the judge who knows the truth.

use std::collections::BTreeMap;

use ballot::{Bubble, Class, Design, Gray, SheetReading, layouts};
use election::{Coded as _, Definition, Digest};
use sanad_sim::Rng;
use sanad_sim::pen::{Hand, mark_in};

/// Blank sheets of one style.
pub struct Press {
    pub design: Design,
    blanks: BTreeMap<u16, Vec<Gray>>,
}

/// What was done to each oval of a sheet, in the order of its layout: the front's, then the back's.
pub type Truth = Vec<Option<Hand>>;

impl Press {
    /// Draws the first sheet of the definition at these resolutions.
    pub fn new(definition: &Definition, resolutions: &[u16]) -> Self {
        let root = Digest::of(b"root");
        let layout = &layouts(definition).unwrap()[0];
        let drawn = print::ballot_sheet(definition, layout, root).unwrap();
        let sides = |dpi: u16| (0..drawn.pages()).map(|page| drawn.gray(page, dpi).unwrap()).collect();
        let blanks = resolutions.iter().map(|dpi| (*dpi, sides(*dpi))).collect();
        Press { design: Design::new(definition, root).unwrap(), blanks }
    }

    pub fn resolutions(&self) -> Vec<u16> {
        self.blanks.keys().copied().collect()
    }

    /// The ovals, front first; 0 for those of the front, 1 for those of the back.
    pub fn bubbles(&self) -> impl Iterator<Item = (usize, &Bubble)> {
        let sides = self.design.layouts[0].sides().enumerate();
        sides.flat_map(|(side, layout)| layout.bubbles.iter().map(move |bubble| (side, bubble)))
    }

    /// Each oval marked with this chance, by the hand that `hand` draws.
    pub fn votes(&self, per_mille: u32, rng: &mut Rng, mut hand: impl FnMut(&mut Rng) -> Hand) -> Truth {
        self.bubbles().map(|_| rng.chance(per_mille).then(|| hand(rng))).collect()
    }

    /// The sides of a sheet marked like this, before they are scanned. Every other mark is made with an ink that is
    /// paler by `shade`.
    pub fn marked(&self, dpi: u16, truth: &Truth, shade: u8, rng: &mut Rng) -> Vec<Gray> {
        let mut pages = self.blanks[&dpi].clone();
        let hands = self.bubbles().zip(truth).filter_map(|(bubble, hand)| Some((bubble, (*hand)?)));
        for (i, ((side, bubble), hand)) in hands.enumerate() {
            mark_in(&mut pages[side], dpi, &bubble.oval, hand, if i % 2 == 0 { 0 } else { shade }, rng);
        }
        pages
    }
}

/// What came of many sheets, held against the truth.
#[derive(Clone, Debug, Default)]
pub struct Score {
    pub sheets: u64,
    pub read: u64,
    /// Rejections by reason code.
    pub rejected: BTreeMap<&'static str, u64>,
    /// Ovals of the sheets that were read; those marked clearly; those marked doubtfully.
    pub positions: u64,
    pub clear: u64,
    pub doubtful: u64,
    /// Empty ovals that came out ambiguous; clear marks that did.
    pub empty_ambiguous: u64,
    pub clear_ambiguous: u64,
    /// Contests that people must look at, of contests without a doubtful mark.
    pub contests: u64,
    pub contests_ambiguous: u64,
    /// Doubtful marks that were taken for no mark.
    pub doubtful_unmarked: u64,
    /// What must never happen: an empty oval read as marked, a clear mark read as none, a doubtful one read as marked.
    pub wrong: Vec<String>,
}

impl Score {
    /// Adds a reading of a sheet with this truth.
    pub fn judge(&mut self, reading: &SheetReading, truth: &Truth, what: impl Fn() -> String) {
        self.sheets += 1;
        let sheet = match &reading.outcome {
            Ok(sheet) => sheet,
            Err(rejection) => {
                assert_typed(rejection);
                *self.rejected.entry(rejection.code()).or_default() += 1;
                return;
            }
        };
        self.read += 1;
        assert_eq!(sheet.marks.len(), truth.len(), "{}", what());
        let mut contests: BTreeMap<&str, (bool, bool)> = BTreeMap::new();
        for (mark, hand) in sheet.marks.iter().zip(truth) {
            let is_doubtful = hand.is_some_and(|hand| Hand::DOUBTFUL.contains(&hand));
            let is_ambiguous = mark.class == Class::Ambiguous;
            let contest = contests.entry(mark.contest.as_str()).or_default();
            (contest.0, contest.1) = (contest.0 || is_doubtful, contest.1 || is_ambiguous);
            self.positions += 1;
            let wrong = match (hand, is_doubtful) {
                (None, _) => {
                    self.empty_ambiguous += u64::from(is_ambiguous);
                    mark.class == Class::Marked
                }
                (Some(_), true) => {
                    self.doubtful += 1;
                    self.doubtful_unmarked += u64::from(mark.class == Class::Unmarked);
                    mark.class == Class::Marked
                }
                (Some(_), false) => {
                    self.clear += 1;
                    self.clear_ambiguous += u64::from(is_ambiguous);
                    mark.class == Class::Unmarked
                }
            };
            if wrong {
                self.wrong.push(format!("{}: {hand:?} {mark:?}", what()));
            }
        }
        let clear = contests.values().filter(|(is_doubtful, _)| !is_doubtful);
        self.contests += clear.clone().count() as u64;
        self.contests_ambiguous += clear.filter(|(_, is_ambiguous)| *is_ambiguous).count() as u64;
    }

    pub fn plus(mut self, other: Score) -> Score {
        for (to, from) in [
            (&mut self.sheets, other.sheets),
            (&mut self.read, other.read),
            (&mut self.positions, other.positions),
            (&mut self.clear, other.clear),
            (&mut self.doubtful, other.doubtful),
            (&mut self.empty_ambiguous, other.empty_ambiguous),
            (&mut self.clear_ambiguous, other.clear_ambiguous),
            (&mut self.contests, other.contests),
            (&mut self.contests_ambiguous, other.contests_ambiguous),
            (&mut self.doubtful_unmarked, other.doubtful_unmarked),
        ] {
            *to += from;
        }
        other.rejected.into_iter().for_each(|(code, n)| *self.rejected.entry(code).or_default() += n);
        self.wrong.extend(other.wrong);
        self
    }

    /// One line of figures.
    pub fn line(&self) -> String {
        let share = |n: u64, of: u64| format!("{:.4} %", 100.0 * n as f64 / of.max(1) as f64);
        format!(
            "{} sheets, {} read, rejected {:?}; {} positions ({} clear marks, {} doubtful), {} wrong; ambiguous: {} of \
             empty, {} of clear marks, {} of contests; doubtful read as none: {}",
            self.sheets,
            self.read,
            self.rejected,
            self.positions,
            self.clear,
            self.doubtful,
            self.wrong.len(),
            share(self.empty_ambiguous, self.positions - self.clear - self.doubtful),
            share(self.clear_ambiguous, self.clear),
            share(self.contests_ambiguous, self.contests),
            share(self.doubtful_unmarked, self.doubtful)
        )
    }
}

/// A rejection names what failed, in three languages that differ.
fn assert_typed(rejection: &ballot::Rejection) {
    let said = election::Lang::ALL.map(|lang| rejection.say(lang));
    assert!(said[0] != said[1] && said[1] != said[2] && said.iter().all(|text| text.len() > 10), "{said:?}");
    assert!(!rejection.next().is_empty());
}
