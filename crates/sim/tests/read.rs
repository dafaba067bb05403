//! The whole way of a sheet: drawn, marked, scanned, read.

mod common;

use ballot::{Design, Gray, SheetReading, Side, layouts, read};
use election::{ContestId, Definition, Digest, Lang, OptionId};
use sanad_sim::Rng;
use sanad_sim::paper::{Damage, damage};
use sanad_sim::pen::{Hand, mark_side};
use sanad_sim::scanner::{Scanner, Wear};
use sanad_sim::voters::{Electorate, Truth, vote};

const DPI: u16 = 200;

struct Press {
    definition: Definition,
    design: Design,
    blank: Gray,
    scanner: Scanner,
    rng: Rng,
}

impl Press {
    fn new(lists: u16, numbers: u16, seed: u64) -> Self {
        let definition = common::definition(lists, numbers, vec![Lang::Ar, Lang::Ckb, Lang::En]);
        let root = Digest::of(b"root");
        let layout = &layouts(&definition).unwrap()[0];
        let blank = print::ballot_sheet(&definition, layout, root).unwrap().gray(0, DPI).unwrap();
        let design = Design::new(&definition, root).unwrap();
        let mut rng = Rng::seeded(seed);
        let scanner = Scanner::new(DPI, &mut rng);
        Press { definition, design, blank, scanner, rng }
    }

    fn contest(&self) -> ContestId {
        self.definition.contests[0].id.clone()
    }

    fn read(
        &mut self,
        marks: &[OptionId],
        hand: impl FnMut(&mut Rng) -> Hand,
        wear: &Wear,
        torn: Option<Damage>,
    ) -> SheetReading {
        let side = &self.design.layouts[0].front;
        let marks: Vec<_> = marks.iter().map(|mark| (self.definition.contests[0].id.clone(), mark.clone())).collect();
        let mut page = self.blank.clone();
        mark_side(&mut page, DPI, side, &marks, &mut self.rng, hand);
        if let Some(torn) = torn {
            damage(&mut page, DPI, side, torn, &mut self.rng);
        }
        let scan = self.scanner.scan(&page, wear, &mut self.rng);
        read(&scan, None, &self.design)
    }

    fn voter(&mut self) -> Truth {
        let electorate = Electorate::ordinary(Default::default());
        vote(&self.definition, &self.definition.contests[0], &electorate, &mut self.rng)
    }
}

#[test]
fn ordinary_sheets_are_read_as_they_were_marked() {
    for (lists, numbers) in [(10, 15), (36, 40)] {
        let mut press = Press::new(lists, numbers, 11);
        let contest = press.contest();
        for sheet in 0..20 {
            let truth = press.voter();
            let reading = press.read(&truth.marks, Hand::clear, &Wear::ordinary(), None);
            let found = reading.sheet().unwrap_or_else(|| panic!("{sheet}: {:?}", reading.rejection()));
            assert_eq!(found.marks.iter().filter(|m| m.side == Side::Back).count(), 0);
            let read = &found.contests[0];
            assert_eq!(read.contest, contest);
            assert_eq!((&read.marked, &read.ambiguous), (&truth.marks, &vec![]), "{lists} lists, sheet {sheet}");
        }
    }
}

#[test]
fn rough_sheets_are_never_read_wrong() {
    let mut press = Press::new(10, 15, 12);
    let mut right = 0;
    for sheet in 0..20 {
        let truth = press.voter();
        let reading = press.read(&truth.marks, Hand::clear, &Wear::rough(), None);
        let Some(found) = reading.sheet() else { continue };
        let read = &found.contests[0];
        // What is read for certain is the truth; the rest goes to two people.
        assert!(read.marked.iter().all(|mark| truth.marks.contains(mark)), "sheet {sheet}: {read:?}");
        let seen = |mark: &OptionId| read.marked.contains(mark) || read.ambiguous.contains(mark);
        assert!(truth.marks.iter().all(seen), "sheet {sheet}: {read:?}, but {:?}", truth.marks);
        right += usize::from(read.marked == truth.marks);
    }
    assert!(right >= 14, "{right} of 20");
}

#[test]
fn a_doubtful_mark_is_not_decided_by_the_machine() {
    let mut press = Press::new(10, 15, 13);
    let list: OptionId = "list4".parse().unwrap();
    for hand in Hand::DOUBTFUL {
        let reading = press.read(std::slice::from_ref(&list), |_| hand, &Wear::ordinary(), None);
        let read = &reading.sheet().unwrap().contests[0];
        assert_eq!((&read.marked, &read.ambiguous), (&vec![], &vec![list.clone()]), "{hand:?}");
    }
}

#[test]
fn a_sheet_without_its_code_is_rejected() {
    let mut press = Press::new(10, 15, 14);
    for torn in [Damage::TornCode, Damage::SmudgedCode] {
        let truth = press.voter();
        let reading = press.read(&truth.marks, Hand::clear, &Wear::ordinary(), Some(torn));
        assert_eq!(reading.status(), "rejected", "{torn:?}");
    }
}
