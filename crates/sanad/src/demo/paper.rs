//! Paper: each style is drawn once, then every ballot is marked by hand and scanned.

use std::collections::BTreeMap;

use ballot::{Gray, SheetLayout};
use election::{ContestId, Definition, Digest, OptionId, Station, StyleId};
use rayon::prelude::*;
use sim::Rng;
use sim::paper::{self, Damage};
use sim::pen::{self, Hand};
use sim::scanner::{self, Scanner, Wear};
use sim::voters::{self, Electorate};

use crate::shell::{Failure, Result};

/// The resolution of the demo's scanner.
pub const DPI: u16 = 200;

/// A drawn sheet: its layout and both sides without a mark.
pub struct Blank {
    /// Where everything stands on it.
    pub layout: SheetLayout,
    /// Its sides at [`DPI`].
    pub sides: Vec<Gray>,
}

/// The sheets of each style.
pub type Blanks = BTreeMap<StyleId, Vec<Blank>>;

/// Draws the sheets of all styles that `styles` names.
pub fn draw(def: &Definition, fingerprint: Digest, progress: impl Fn() + Sync) -> Result<Blanks> {
    let layouts = ballot::layouts(def)?;
    let drawn: Vec<Result<(StyleId, Blank)>> = layouts
        .into_par_iter()
        .map(|layout| {
            let sheet = print::ballot_sheet(def, &layout, fingerprint)?;
            let sides = (0..sheet.pages()).map(|page| sheet.gray(page, DPI)).collect::<std::result::Result<_, _>>()?;
            progress();
            Ok((layout.style.clone(), Blank { layout, sides }))
        })
        .collect();
    let mut blanks = Blanks::new();
    for sheet in drawn {
        let (style, blank) = sheet?;
        blanks.entry(style).or_default().push(blank);
    }
    Ok(blanks)
}

/// Something planted in a pile of ballots.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Twist {
    /// Nothing.
    None,
    /// The code of one sheet is torn off.
    Damaged,
    /// One voter's mark is doubtful.
    Doubtful,
}

/// One scanned sheet and what its voter did: the truth, which no reader sees.
pub struct Scanned {
    /// Front and back as PNG.
    pub sides: Vec<Vec<u8>>,
    /// The marks, by contest.
    pub truth: BTreeMap<ContestId, Vec<OptionId>>,
}

/// The voters of a station mark `ballots` ballots, and the pile is scanned.
pub fn pile(
    def: &Definition,
    blanks: &Blanks,
    station: &Station,
    (seed, label): (u64, &str),
    ballots: u32,
    twist: Twist,
) -> Result<Vec<Scanned>> {
    let mut rng = Rng::of(seed, "electorate");
    let electorate = Electorate::random(def, &mut rng);
    let scanner = Scanner::new(DPI, &mut rng);
    let sheets: Vec<Result<Vec<Scanned>>> = (0..ballots)
        .into_par_iter()
        .map(|number| {
            let mut rng = Rng::of(seed, &format!("{label}/{}/{number}", station.id));
            let constituency = &station.constituencies[number as usize % station.constituencies.len()];
            let style: StyleId = constituency.as_str().parse().expect("one grammar for all ids");
            let twist = if number == ballots / 2 { twist } else { Twist::None };
            let sheets = blanks.get(&style).map(Vec::as_slice).unwrap_or_default();
            sheets.iter().map(|blank| one(def, blank, &electorate, &scanner, twist, &mut rng)).collect()
        })
        .collect();
    let mut pile = Vec::new();
    for sheet in sheets {
        pile.extend(sheet?);
    }
    Ok(pile)
}

fn one(
    def: &Definition,
    blank: &Blank,
    electorate: &Electorate,
    scanner: &Scanner,
    twist: Twist,
    rng: &mut Rng,
) -> Result<Scanned> {
    let mut truth = BTreeMap::new();
    let sides = [Some(&blank.layout.front), blank.layout.back.as_ref()];
    let bubbles = sides.into_iter().flatten().flat_map(|side| &side.bubbles);
    for contest in bubbles.map(|b| &b.contest).collect::<std::collections::BTreeSet<_>>() {
        let asked = def.contest(contest).expect("a layout has the contests of its definition");
        let mut marks = voters::vote(def, asked, electorate, rng).marks;
        // A doubtful mark needs a mark.
        while twist == Twist::Doubtful && marks.is_empty() {
            marks = voters::vote(def, asked, electorate, rng).marks;
        }
        truth.insert(contest.clone(), marks);
    }
    let marked: Vec<(ContestId, OptionId)> =
        truth.iter().flat_map(|(c, options)| options.iter().map(|o| (c.clone(), o.clone()))).collect();
    let wear = if rng.chance(100) { Wear::rough() } else { Wear::ordinary() };
    let mut scans = Vec::new();
    for (side, page) in sides.into_iter().flatten().zip(&blank.sides) {
        let mut page = page.clone();
        let mut first = true;
        pen::mark_side(&mut page, DPI, side, &marked, rng, |rng| {
            let doubtful = twist == Twist::Doubtful && std::mem::take(&mut first);
            if doubtful { Hand::HalfStroke } else { Hand::clear(rng) }
        });
        if twist == Twist::Damaged {
            paper::damage(&mut page, DPI, side, Damage::TornCode, rng);
        }
        let scan = scanner.scan(&page, &wear, rng);
        let png = scanner::png(&scan, DPI);
        scans.push(png.map_err(|e| Failure::new("demo.png", e.to_string(), "run the demo again"))?);
    }
    Ok(Scanned { sides: scans, truth })
}
