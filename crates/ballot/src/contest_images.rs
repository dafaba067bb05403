//! The contests of a sheet cut out of its archived pixels: all that may be shown of a ballot, since a name, a drawing
//! or a pattern of choices over several contests tells whose it is. And how much ink each has where nothing is
//! printed and nothing is asked, by which people find the ones that may not be shown either.

use std::collections::BTreeMap;

use election::{ContestId, StyleId};

use crate::bits::Bits;
use crate::code::Side;
use crate::design::Design;
use crate::find::Found;
use crate::image::Gray;
use crate::layout::{Rect, SideLayout};
use crate::read::run;
use crate::reading::Archived;
use crate::reject::Rejection;
use crate::stage::Point;
use crate::stage::grid::Grid;
use crate::stage::threshold::threshold;

/// One contest of one side.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ContestImage {
    /// The contest.
    pub contest: ContestId,
    /// The side.
    pub side: Side,
    /// The archived pixels of its area; what of the rectangle is not of the area is white.
    pub pixels: Bits,
    /// Ink where nothing is printed and nothing is asked, in hundredths of a square millimetre.
    pub stray: u32,
}

/// A sheet without a mark: what is printed on it.
#[derive(Clone, Debug)]
pub struct Blank {
    sides: Vec<Printed>,
}

/// The sheets without a mark, by style and sheet number.
pub type Blanks = BTreeMap<(StyleId, u8), Blank>;

#[derive(Clone, Debug)]
struct Printed {
    /// Its ink, made thicker by [`SPREAD`].
    ink: Bits,
    grid: Grid,
}

/// Print and scanner move an edge by up to two pixels at 200 dpi, and toner spreads it by one. Micrometres.
const SPREAD: f32 = 400.0;

/// Ink this near to an oval is an answer: ticks and crosses reach over the edge. Micrometres.
const ANSWER: u32 = 3_000;

/// Ink is looked for in steps of one pixel at 200 dpi, …
const STEP: f32 = 127.0;
/// … in cells of so many steps (2 mm), and of a cell only where there is more than speckles of the scanner make: a
/// sixteenth of it, which 2 mm of the thinnest pen fill.
const CELL: usize = 16;
const LEAST: u32 = 16;

impl Blank {
    /// The unmarked sheet, drawn, and what it is.
    ///
    /// # Errors
    /// The drawing is not read as a sheet of `design`.
    pub fn new(front: &Gray, back: Option<&Gray>, design: &Design) -> Result<((StyleId, u8), Self), Rejection> {
        let (reading, geometry) = run(threshold(front).bits, back.map(|back| threshold(back).bits), design);
        let sheet = reading.outcome?;
        let printed = |found: Found| Printed {
            ink: found.bits.thick((SPREAD * found.grid.scale).max(1.0) as u32),
            grid: found.grid,
        };
        let sides = geometry.images.into_iter().map(|image| printed(image.found)).collect();
        Ok(((sheet.style, sheet.sheet), Blank { sides }))
    }
}

/// Cuts every contest out of a sheet. Of a style without a blank all ink counts as stray.
///
/// # Errors
/// The archived images are not read; those that a reading was made of always are.
pub fn contest_images(archived: &Archived, design: &Design, blanks: &Blanks) -> Result<Vec<ContestImage>, Rejection> {
    let (reading, geometry) = run(archived.front.clone(), archived.back.clone(), design);
    let sheet = reading.outcome?;
    let mut layouts = design.layouts.iter();
    let Some(layout) = layouts.find(|layout| layout.style == sheet.style && layout.sheet == sheet.sheet) else {
        return Ok(Vec::new());
    };
    let blank = blanks.get(&(sheet.style.clone(), sheet.sheet));
    let mut images = Vec::new();
    for (index, (side, layout)) in [Side::Front, Side::Back].into_iter().zip(layout.sides()).enumerate() {
        let Some(image) = geometry.images.get(index) else { continue };
        for (contest, area) in areas(layout) {
            let pixels = cut(&image.found, &area);
            let printed = blank.and_then(|blank| blank.sides.get(index));
            let stray = printed.map_or(u32::MAX, |printed| stray(&image.found, printed, layout, &area));
            images.push(ContestImage { contest, side, pixels, stray });
        }
    }
    Ok(images)
}

/// The area of each contest of a side, in ballot order: all of its headings, ovals and labels.
fn areas(layout: &SideLayout) -> Vec<(ContestId, Rect)> {
    let headings = layout.headings.iter().map(|heading| (&heading.contest, heading.rect));
    let bubbles = layout.bubbles.iter().flat_map(|b| [(&b.contest, b.oval), (&b.contest, b.label)]);
    let mut areas: Vec<(ContestId, Rect)> = Vec::new();
    for (contest, rect) in headings.chain(bubbles) {
        match areas.iter_mut().find(|(known, _)| known == contest) {
            Some((_, area)) => *area = together(area, &rect),
            None => areas.push((contest.clone(), rect)),
        }
    }
    areas
}

fn together(a: &Rect, b: &Rect) -> Rect {
    let (x, y) = (a.x.min(b.x), a.y.min(b.y));
    Rect { x, y, width: a.right().max(b.right()) - x, height: a.bottom().max(b.bottom()) - y }
}

/// The pixels of an area. On a sheet that lay askew the area is no rectangle: what is beside it stays white, so that
/// no mark of another contest comes along.
fn cut(found: &Found, area: &Rect) -> Bits {
    let at = |x: u32, y: u32| found.grid.map(x as f32, y as f32);
    let corners =
        [at(area.x, area.y), at(area.right(), area.y), at(area.right(), area.bottom()), at(area.x, area.bottom())];
    let bound = |get: fn(&Point) -> f32, most: u32| {
        let all = corners.iter().map(get);
        let (low, high) = (all.clone().fold(f32::INFINITY, f32::min), all.fold(0.0, f32::max));
        ((low.max(0.0) as u32).min(most), (high.ceil().max(0.0) as u32 + 1).min(most))
    };
    let (left, right) = bound(|p| p.x, found.bits.width());
    let (top, bottom) = bound(|p| p.y, found.bits.height());
    let mut pixels = Bits::new((right - left).max(1), (bottom - top).max(1));
    for y in top..bottom {
        let Some((from, to)) = across(&corners, y as f32) else { continue };
        for x in (from.max(left as f32) as u32)..=(to as u32).min(right.saturating_sub(1)) {
            if found.bits.get(x as i32, y as i32) {
                pixels.set(x - left, y - top);
            }
        }
    }
    pixels
}

/// Where the row `y` crosses a convex shape.
fn across(corners: &[Point; 4], y: f32) -> Option<(f32, f32)> {
    let mut crossing: Option<(f32, f32)> = None;
    for (a, b) in corners.iter().zip(corners.iter().cycle().skip(1)) {
        let (low, high) = if a.y <= b.y { (a, b) } else { (b, a) };
        if y < low.y || y > high.y || low.y == high.y {
            continue;
        }
        let x = low.x + (high.x - low.x) * ((y - low.y) / (high.y - low.y));
        let (from, to) = crossing.unwrap_or((x, x));
        crossing = Some((from.min(x), to.max(x)));
    }
    crossing
}

/// Ink of an area that no print explains and that is no answer, in hundredths of a square millimetre.
fn stray(found: &Found, printed: &Printed, layout: &SideLayout, area: &Rect) -> u32 {
    let answers: Vec<Rect> = layout.bubbles.iter().map(|bubble| grown(&bubble.oval)).collect();
    let size = STEP * CELL as f32;
    let cells = |length: u32| (length as f32 / size) as usize;
    let mut samples = 0u32;
    for (row, column) in (0..cells(area.height)).flat_map(|row| (0..cells(area.width)).map(move |c| (row, c))) {
        let (x, y) = (area.x as f32 + column as f32 * size, area.y as f32 + row as f32 * size);
        let cell = Rect { x: x as u32, y: y as u32, width: size as u32, height: size as u32 };
        let near: Vec<&Rect> = answers.iter().filter(|answer| answer.overlaps(&cell)).collect();
        let (image, print) = (Affine::new(&found.grid, x, y, size), Affine::new(&printed.grid, x, y, size));
        let mut ink = 0;
        for (j, i) in (0..CELL).flat_map(|j| (0..CELL).map(move |i| (j, i))) {
            if !image.is_ink(&found.bits, i, j) || print.is_ink(&printed.ink, i, j) {
                continue;
            }
            let (px, py) = ((x + i as f32 * STEP) as u32, (y + j as f32 * STEP) as u32);
            let asked = near.iter().any(|a| (a.x..a.right()).contains(&px) && (a.y..a.bottom()).contains(&py));
            ink += u32::from(!asked);
        }
        samples += if ink >= LEAST { ink } else { 0 };
    }
    (u64::from(samples) * (STEP * STEP) as u64 / 10_000) as u32
}

fn grown(oval: &Rect) -> Rect {
    let (x, y) = (oval.x.saturating_sub(ANSWER), oval.y.saturating_sub(ANSWER));
    Rect { x, y, width: oval.right() + ANSWER - x, height: oval.bottom() + ANSWER - y }
}

/// The map from a cell of the page to an image: within 2 mm every sheet is flat.
struct Affine {
    origin: Point,
    across: Point,
    down: Point,
}

impl Affine {
    fn new(grid: &Grid, x: f32, y: f32, size: f32) -> Self {
        let origin = grid.map(x, y);
        let step = |to: Point| (to - origin) * (1.0 / CELL as f32);
        Affine { origin, across: step(grid.map(x + size, y)), down: step(grid.map(x, y + size)) }
    }

    fn is_ink(&self, bits: &Bits, i: usize, j: usize) -> bool {
        let at = self.origin + self.across * i as f32 + self.down * j as f32;
        bits.get((at.x + 0.5) as i32, (at.y + 0.5) as i32)
    }
}

#[cfg(test)]
mod tests {
    use election::{ContestKind, Digest, OptionId};

    use super::*;
    use crate::testing::definition;
    use crate::testing::paper::{Paper, Pen, Scan, sheet};
    use crate::{read, read_archived};

    /// So much stray ink people look at: `privacy` of the command uses the same.
    const SHOWN: u32 = 400;

    fn two_contests() -> Design {
        let contests = [(ContestKind::OpenList, 6, 12), (ContestKind::Candidates { vote_for: 1 }, 0, 5)];
        Design::new(&definition(&contests), Digest::of(b"test")).unwrap()
    }

    fn vote() -> Vec<(OptionId, Pen)> {
        let id = |text: &str| text.parse().unwrap();
        vec![(id("c1_list3"), Pen::Filled), (id("n7"), Pen::Tick), (id("c2_2"), Pen::Cross)]
    }

    fn gray(papers: &[Paper], scan: Scan, seed: u64) -> Vec<Gray> {
        (seed..).zip(papers).map(|(seed, paper)| scan.of(paper, seed)).collect()
    }

    fn blanks(design: &Design) -> Blanks {
        let papers = sheet(design, 0, &[], 1);
        let drawn = gray(&papers, Scan::default(), 1);
        [Blank::new(&drawn[0], drawn.get(1), design).unwrap()].into()
    }

    fn images(design: &Design, papers: &[Paper], scan: Scan, seed: u64) -> Vec<ContestImage> {
        let scans = gray(papers, scan, seed);
        let archived = read(&scans[0], scans.get(1), design).archived.unwrap();
        contest_images(&archived, design, &blanks(design)).unwrap()
    }

    #[test]
    fn wb4_what_is_written_beside_the_answers_is_found_and_answers_are_not() {
        let design = two_contests();
        for seed in 0..6 {
            let clean = sheet(&design, 0, &vote(), seed);
            for (turn, scan) in [Scan::default(), Scan { angle: 2.0, ..Scan::default() }].into_iter().enumerate() {
                let stray: Vec<u32> = images(&design, &clean, scan, seed).iter().map(|image| image.stray).collect();
                assert!(stray.iter().all(|stray| *stray < SHOWN), "an ordinary ballot: {stray:?}, scan {turn}");
                // A word of three strokes across the label of the second list, and a cross between two contests.
                let mut signed = clean.clone();
                let label = design.layouts[0].front.bubbles[1].label;
                let (x, y) = (label.x as f32 + 6_000.0, label.y as f32 + 1_000.0);
                for step in 0..3 {
                    let x = x + step as f32 * 6_000.0;
                    signed[0].stroke((x, y), (x + 5_000.0, y + 7_000.0), 600.0, 40);
                    signed[0].stroke((x + 5_000.0, y), (x, y + 7_000.0), 600.0, 40);
                }
                let stray: Vec<u32> = images(&design, &signed, scan, seed).iter().map(|image| image.stray).collect();
                assert!(stray[0] > SHOWN, "a signature is found: {stray:?}, scan {turn}");
                assert!(stray[1..].iter().all(|stray| *stray < SHOWN), "and in its own contest alone: {stray:?}");
            }
        }
    }

    #[test]
    fn wb4_a_cut_holds_its_own_contest_in_archived_pixels_and_nothing_beside_it() {
        let design = two_contests();
        let papers = sheet(&design, 0, &vote(), 3);
        for angle in [0.0, 3.0, -3.0] {
            let scans = gray(&papers, Scan { angle, ..Scan::default() }, 5);
            let archived = read(&scans[0], scans.get(1), &design).archived.unwrap();
            let cuts = contest_images(&archived, &design, &blanks(&design)).unwrap();
            let ids: Vec<&str> = cuts.iter().map(|cut| cut.contest.as_str()).collect();
            assert_eq!(ids, ["c1", "c2"]);
            let ink = |bits: &Bits| (0..bits.height()).map(|y| bits.ink(y, 0, bits.width())).sum::<u32>();
            let whole = ink(&archived.front);
            let parts: u32 = cuts.iter().map(|cut| ink(&cut.pixels)).sum();
            assert!(parts < whole, "timing marks, title and code are in no cut");
            // Every black pixel of a cut is one of the archived image at the same place.
            for cut in &cuts {
                let (w, h) = (cut.pixels.width(), cut.pixels.height());
                let area = areas(&design.layouts[0].front).into_iter().find(|(id, _)| *id == cut.contest).unwrap().1;
                let (_, geometry) = run(archived.front.clone(), None, &design);
                let corner = |x: u32, y: u32| geometry.images[0].found.grid.map(x as f32, y as f32);
                let left = corner(area.x, area.y).x.min(corner(area.x, area.bottom()).x) as u32;
                let top = corner(area.x, area.y).y.min(corner(area.right(), area.y).y) as u32;
                for (x, y) in (0..h).flat_map(|y| (0..w).map(move |x| (x, y))) {
                    let here = cut.pixels.get(x as i32, y as i32);
                    assert!(!here || archived.front.get((left + x) as i32, (top + y) as i32));
                }
            }
            let again = read_archived(&archived.front, None, &design).archived.unwrap();
            assert_eq!(contest_images(&again, &design, &blanks(&design)).unwrap(), cuts, "the same for everybody");
        }
    }

    #[test]
    fn without_a_blank_all_is_stray() {
        let design = two_contests();
        let papers = sheet(&design, 0, &vote(), 3);
        let scans = gray(&papers, Scan::default(), 5);
        let archived = read(&scans[0], None, &design).archived.unwrap();
        let cuts = contest_images(&archived, &design, &Blanks::new()).unwrap();
        assert!(cuts.iter().all(|cut| cut.stray == u32::MAX));
    }
}
