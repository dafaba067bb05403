//! Drawn, marked, scanned: the marks stay where the truth says.

mod common;

use ballot::{Gray, SheetLayout, layouts};
use election::{Digest, Lang, OptionId};
use sanad_sim::Rng;
use sanad_sim::pen::{Hand, mark_side};
use sanad_sim::scanner::{Scanner, Wear, pgm, png};
use sanad_sim::voters::{Electorate, Intent, vote};

const DPI: u16 = 200;

fn blank(definition: &election::Definition, layout: &SheetLayout) -> Gray {
    let drawn = print::ballot_sheet(definition, layout, Digest::of(b"root")).unwrap();
    assert_eq!(drawn.pages(), layout.sides().count());
    drawn.gray(0, DPI).unwrap()
}

/// The mean darkness of an oval's middle, where it was drawn.
fn darkness(page: &Gray, bed: u32, oval: &ballot::Rect) -> u32 {
    let at = |micrometres: u32| micrometres * u32::from(DPI) / 25_400 + bed;
    let (x, y) = (at(oval.x + oval.width / 4), at(oval.y + oval.height / 4));
    let (width, height) = (at(oval.width / 2) - bed, at(oval.height / 2) - bed);
    let pixels = (y..y + height).flat_map(|y| (x..x + width).map(move |x| (y * page.width + x) as usize));
    pixels.map(|i| 255 - u32::from(page.pixels[i])).sum::<u32>() / (width * height)
}

#[test]
fn marks_stay_where_the_truth_says() {
    let definition = common::definition(8, 12, vec![Lang::Ar, Lang::Ckb, Lang::En]);
    let contest = &definition.contests[0];
    let layout = &layouts(&definition).unwrap()[0];
    let blank = blank(&definition, layout);
    let mut rng = Rng::seeded(1);
    let scanner = Scanner::new(DPI, &mut rng);
    let electorate = Electorate::random(&definition, &mut rng);
    // Turned sheets are the reader's affair; here the sheet lies straight, but grey and noisy.
    let wear = Wear { rotation: 0.0, skew: 0.0, scale: 0.0, shift: 0.0, ..Wear::rough() };
    let bed = (wear.bed * f32::from(DPI) / 25.4) as u32;
    let mut marked = 0;
    for _ in 0..20 {
        let truth = vote(&definition, contest, &electorate, &mut rng);
        let marks: Vec<_> = truth.marks.iter().map(|m| (contest.id.clone(), m.clone())).collect();
        let mut page = blank.clone();
        mark_side(&mut page, DPI, &layout.front, &marks, &mut rng, |_| Hand::Fill);
        let scan = scanner.scan(&page, &wear, &mut rng);
        for bubble in &layout.front.bubbles {
            let dark = darkness(&scan, bed, &bubble.oval);
            let is_marked = truth.marks.contains(&bubble.option);
            assert!(if is_marked { dark > 140 } else { dark < 70 }, "{:?}: {dark}", bubble.option);
            marked += usize::from(is_marked);
        }
    }
    assert!(marked > 20);
}

#[test]
fn a_scan_is_the_same_for_the_same_seed() {
    let page = Gray { width: 400, height: 300, pixels: (0..120_000u32).map(|i| (i * 7 % 256) as u8).collect() };
    let scan = |seed| {
        let mut rng = Rng::seeded(seed);
        Scanner::new(DPI, &mut rng).scan(&page, &Wear::rough(), &mut rng)
    };
    assert_eq!(scan(3), scan(3));
    assert_ne!(scan(3), scan(4));
    assert_eq!(png(&scan(3), DPI).unwrap(), png(&scan(3), DPI).unwrap());
}

#[test]
fn a_scan_without_wear_is_the_page_on_its_bed() {
    let page = Gray { width: 600, height: 700, pixels: (0..420_000u32).map(|i| (i % 251) as u8).collect() };
    let mut rng = Rng::seeded(1);
    let scan = Scanner::new(DPI, &mut rng).scan(&page, &Wear::none(), &mut rng);
    let bed = (scan.width - page.width) / 2;
    for y in 0..page.height - 1 {
        for x in 0..page.width - 1 {
            let there = scan.pixels[((y + bed) * scan.width + x + bed) as usize];
            assert_eq!(there, page.pixels[(y * page.width + x) as usize], "{x} {y}");
        }
    }
    let file = pgm(&scan);
    assert_eq!(ballot::decode(&file).unwrap(), scan);
    assert_eq!(ballot::decode(&png(&scan, DPI).unwrap()).unwrap(), scan);
}

#[test]
fn voters_do_what_they_mean() {
    let definition = common::definition(6, 10, vec![Lang::En]);
    let contest = &definition.contests[0];
    let mut rng = Rng::seeded(9);
    let mut electorate = Electorate::random(&definition, &mut rng);
    electorate.blank_per_mille = 100;
    electorate.invalid_per_mille = 300;
    let mut seen = std::collections::BTreeMap::new();
    for _ in 0..2_000 {
        let truth = vote(&definition, contest, &electorate, &mut rng);
        let numbers = truth.marks.iter().filter(|m: &&OptionId| m.as_number().is_some()).count();
        let lists = truth.marks.len() - numbers;
        match truth.intent {
            Intent::Valid => assert!(lists == 1 && numbers <= 1),
            Intent::Blank => assert!(truth.marks.is_empty()),
            Intent::TooMany => assert_eq!(lists, 2),
            Intent::NumberWithoutList => assert_eq!((lists, numbers), (0, 1)),
            Intent::TwoNumbers => assert_eq!((lists, numbers), (1, 2)),
        }
        *seen.entry(truth.intent).or_insert(0u32) += 1;
    }
    assert_eq!(seen.len(), 5);
    assert!((150..250).contains(&seen[&Intent::Blank]), "{seen:?}");
}
