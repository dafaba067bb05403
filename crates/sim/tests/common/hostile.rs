//! Everything that is done to paper and scans, one thing at a time or several at once.

use ballot::{Gray, Rect, decode};
use sanad_sim::Rng;
use sanad_sim::paper;
use sanad_sim::pen::Hand;
use sanad_sim::pose::{Pose, turned};
use sanad_sim::scanner::{self, Scanner, Wear};

use super::press::{Press, Truth};

/// One distortion.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Hostile {
    Plain,
    /// Quarter turns.
    Orientation(u8),
    /// Degrees, on a bed of this grey.
    Turned(f32, u8),
    /// Thousandths, of the height and of the width.
    Stretched(f32, f32),
    /// Thousandths.
    Sheared(f32),
    OneBit,
    /// One bit a pixel by error diffusion.
    Dithered,
    Colour,
    /// Red, green and blue of the paper; its ink stays black.
    Tinted([u8; 3]),
    /// JPEG of this quality.
    Jpeg(u8),
    /// A fold at this height in micrometres, which hides so many of them.
    Fold(u32, u32),
    /// The same down the sheet, so far from its left edge.
    FoldDown(u32, u32),
    /// A corner is missing, on a bed of this grey; so many micrometres of both edges.
    Corner(u8, u8, u32),
    /// A round piece is torn out of the right edge, on a bed of this grey; so many micrometres deep.
    Bite(u8, u32),
    /// A strip is torn off along the right edge from its upper end on, on a bed of this grey; its width and length in micrometres.
    Strip(u8, u32, u32),
    /// Punched holes in the margin, through timing marks; the bed's grey.
    Holes(u8),
    /// Holes of so many micrometres across, in and beside every twentieth oval; the bed's grey.
    Pierced(u32, u8),
    /// So many pixels wide, of this grey.
    Streak(u32, u8),
    /// The same, so many thousandths of the image's width from its left edge.
    StreakAt(u32, u8, u32),
    /// The darkness of the print and the grains that are missing, in thousandths.
    LowToner(u32, u32),
    /// How dark the back is on the front, in thousandths of black.
    BleedThrough(u32),
    /// Every other mark is made in an ink that is paler by so many greys.
    TwoPens(u8),
    /// Thousandths.
    PrintScale(u32),
}

use Hostile::*;

/// The matrix.
pub const MATRIX: [Hostile; 44] = [
    Plain,
    Orientation(1),
    Orientation(2),
    Orientation(3),
    Turned(5.0, 245),
    Turned(-5.0, 245),
    Turned(5.0, 10),
    Turned(-5.0, 10),
    Turned(2.0, 10),
    Turned(-2.0, 10),
    Stretched(10.0, 0.0),
    Stretched(-10.0, 0.0),
    Stretched(0.0, 10.0),
    Stretched(10.0, -10.0),
    Sheared(10.0),
    Sheared(-10.0),
    OneBit,
    Colour,
    Jpeg(30),
    Jpeg(60),
    Jpeg(90),
    Fold(98_000, 0),
    Fold(148_500, 200),
    Fold(198_000, 500),
    Corner(0, 245, 18_000),
    Corner(1, 245, 18_000),
    Corner(2, 245, 18_000),
    Corner(3, 245, 18_000),
    Corner(0, 10, 18_000),
    Corner(1, 10, 18_000),
    Corner(2, 10, 18_000),
    Corner(3, 10, 18_000),
    Holes(245),
    Holes(10),
    Streak(1, 20),
    Streak(2, 20),
    Streak(3, 20),
    Streak(3, 250),
    LowToner(550, 60),
    BleedThrough(180),
    TwoPens(70),
    PrintScale(970),
    PrintScale(985),
    PrintScale(1030),
];

/// What comes from the scanner.
pub struct Scanned {
    /// The images of the sheet's sides.
    pub images: Vec<Gray>,
    /// Of each oval: was it marked in an ink that the scanner did not record? Only a scanner that decides itself what is
    /// ink, at one grey for all paper, loses a mark: a pale pen's on a worn one.
    pub lost: Vec<bool>,
}

/// A one-bit scanner takes for ink what is darker than this: the middle of the greys, and a little.
const ONE_BIT: u8 = 140;

/// A mark of which less than this (thousandths of the oval's inner area) arrived is lost: `unmarked_to` of the rules is
/// 40, and an oval's place is known to half a pixel.
const LOST: u32 = 60;

/// The images of a sheet as they come from the scanner.
pub fn scan(press: &Press, dpi: u16, truth: &Truth, done: &[Hostile], wear: &Wear, rng: &mut Rng) -> Scanned {
    scan_sides(press, dpi, truth, [done; 2], wear, rng)
}

/// The same, with what was done to the front and what to the back. Pens and print that shows through are the whole sheet's.
pub fn scan_sides(
    press: &Press,
    dpi: u16,
    truth: &Truth,
    done: [&[Hostile]; 2],
    wear: &Wear,
    rng: &mut Rng,
) -> Scanned {
    let all = || done.into_iter().flatten();
    let shade = all().find_map(|what| if let TwoPens(shade) = what { Some(*shade) } else { None }).unwrap_or(0);
    let mut pages = press.marked(dpi, truth, shade, rng);
    for (side, (page, done)) in pages.iter_mut().zip(done).enumerate() {
        for what in done {
            match *what {
                PrintScale(per_mille) => *page = paper::scaled(page, per_mille),
                LowToner(dark, voids) => paper::faded(page, dark, voids, rng),
                Fold(y, lost) => paper::creased(page, dpi, y, rng.between(-0.01, 0.01), lost, rng),
                FoldDown(x, lost) => {
                    let mut lying = turned(page.clone(), 1);
                    paper::creased(&mut lying, dpi, x, rng.between(-0.01, 0.01), lost, rng);
                    *page = turned(lying, 3);
                }
                Corner(corner, bed, size) => paper::cornered(page, dpi, corner, size, bed, rng),
                Bite(bed, deep) => paper::punched(page, dpi, &[(210_000, 148_500)], deep, bed),
                Strip(bed, wide, long) => paper::stripped(page, dpi, (wide, long), bed),
                Holes(bed) => {
                    paper::punched(page, dpi, &[(9_000, 108_500), (9_000, 188_500)], 3_000, bed);
                    paper::punched(page, dpi, &[(65_000, 8_500), (145_000, 288_500)], 2_750, bed);
                }
                Pierced(across, bed) => {
                    let ovals = press.bubbles().filter(|(on, _)| *on == side).step_by(20);
                    let mut aside = |at: u32| (at as f32 + rng.between(-2_000.0, 2_000.0)) as u32;
                    let holes: Vec<(u32, u32)> =
                        ovals.map(|(_, bubble)| bubble.oval.centre()).map(|(x, y)| (aside(x), aside(y))).collect();
                    paper::punched(page, dpi, &holes, across / 2, bed);
                }
                _ => {}
            }
        }
    }
    if let Some(dark) = all().find_map(|what| if let BleedThrough(dark) = what { Some(*dark) } else { None }) {
        let fronts = pages.clone();
        let last = pages.len() - 1;
        for (i, page) in pages.iter_mut().enumerate() {
            // Of a sheet printed on one side, another one's front lay behind it.
            paper::shown_through(page, &fronts[last - i], dark);
        }
    }
    let scanner = Scanner::new(dpi, rng);
    let mut lost = vec![false; truth.len()];
    let images = pages.iter().enumerate().map(|(side, page)| {
        let (scan, seen) = one(&scanner, page, done[side], wear, rng);
        let marks = press.bubbles().zip(truth).enumerate();
        for (i, ((_, bubble), _)) in marks.filter(|(_, ((on, _), hand))| *on == side && hand.is_some()) {
            lost[i] = seen.as_ref().is_some_and(|seen| seen(dpi, &bubble.oval) < LOST);
        }
        scan
    });
    let images = images.collect();
    Scanned { images, lost }
}

/// How much ink of an oval's inner area a scan recorded, in thousandths.
type Recorded<'a> = Box<dyn Fn(u16, &Rect) -> u32 + 'a>;

/// The ink that a one-bit scan has where an oval is known to be; no reader was asked.
fn recorded<'a>(scan: Gray, place: impl Fn((f32, f32)) -> (f32, f32) + 'a) -> Recorded<'a> {
    Box::new(move |dpi, oval| {
        let per_mm = f32::from(dpi) / 25.4;
        let middle = oval.centre();
        let centre = (middle.0 as f32 / 1000.0 * per_mm, middle.1 as f32 / 1000.0 * per_mm);
        // 0.43 mm inside the outline, as the reader counts.
        let (a, b) = ((oval.width as f32 / 2000.0 - 0.43) * per_mm, (oval.height as f32 / 2000.0 - 0.43) * per_mm);
        let (mut ink, mut all) = (0, 0);
        for y in -(b as i32)..=b as i32 {
            for x in -(a as i32)..=a as i32 {
                let (x, y) = (x as f32, y as f32);
                if (x / a).powi(2) + (y / b).powi(2) > 1.0 {
                    continue;
                }
                let at = place((centre.0 + x, centre.1 + y));
                let (x, y) = ((at.0.max(0.0) as u32).min(scan.width - 1), (at.1.max(0.0) as u32).min(scan.height - 1));
                ink += u32::from(scan.pixels[(y * scan.width + x) as usize] < ONE_BIT);
                all += 1;
            }
        }
        ink * 1000 / all
    })
}

fn one<'a>(
    scanner: &'a Scanner,
    page: &'a Gray,
    done: &'a [Hostile],
    wear: &Wear,
    rng: &mut Rng,
) -> (Gray, Option<Recorded<'a>>) {
    let mut pose = Pose::drawn(wear, rng);
    let mut wear = wear.clone();
    let mut bed = 245;
    for what in done {
        match *what {
            Turned(turn, grey) => {
                // The corners of a sheet turned by 5° stick out by 13 mm.
                (pose.turn, bed, wear.bed) = (turn, grey, 15.0);
            }
            Stretched(down, across) => pose.stretch = (1.0 - across / 1000.0, 1.0 - down / 1000.0),
            Sheared(thousandths) => pose.skew = thousandths / 1000.0,
            Corner(_, grey, _) | Bite(grey, _) | Strip(grey, ..) | Holes(grey) | Pierced(_, grey) => {
                (bed, wear.bed) = (grey, 5.0)
            }
            _ => {}
        }
    }
    let mut scan = scanner.exposed(page, &pose, bed, &wear, rng);
    let mut seen = None;
    // Of each quarter turn, how high the image was before.
    let mut heights: Vec<f32> = Vec::new();
    // Print of another scale lies elsewhere on the page, about its middle.
    let scaled = move |at: f32, length: u32| {
        let scales =
            done.iter().map(|what| if let PrintScale(per_mille) = what { *per_mille as f32 / 1000.0 } else { 1.0 });
        (at - length as f32 / 2.0) * scales.product::<f32>() + length as f32 / 2.0
    };
    for what in done {
        scan = match *what {
            Streak(width, grey) => {
                let at = rng.below(scan.width - width);
                streak(&mut scan, at, width, grey);
                scan
            }
            StreakAt(width, grey, per_mille) => {
                let at = scan.width * per_mille / 1000;
                streak(&mut scan, at, width, grey);
                scan
            }
            OneBit => {
                scanner::one_bit(&mut scan, ONE_BIT);
                let (wear, heights) = (wear.clone(), heights.clone());
                let place = move |(x, y)| {
                    let lies = scanner.place(page, &pose, &wear, (scaled(x, page.width), scaled(y, page.height)));
                    heights.iter().fold(lies, |(x, y), height| (height - 1.0 - y, x))
                };
                seen = Some(recorded(scan.clone(), place));
                scan
            }
            Dithered => {
                scanner::dithered(&mut scan);
                scan
            }
            Colour => decode(&coloured(&scan, [255, 255, 240], [0, 0, 40])).unwrap(),
            Tinted(paper) => decode(&coloured(&scan, paper, [0, 0, 0])).unwrap(),
            Jpeg(quality) => decode(&jpeg(&scan, quality)).unwrap(),
            Orientation(turns) => {
                let (width, height) = (scan.width as f32, scan.height as f32);
                heights.extend((0..turns).map(|turn| if turn.is_multiple_of(2) { height } else { width }));
                turned(scan, turns)
            }
            _ => scan,
        };
    }
    (scan, seen)
}

/// A line down the whole scan.
fn streak(scan: &mut Gray, at: u32, width: u32, grey: u8) {
    let (from, to) = (at as usize, (at + width) as usize);
    scan.pixels.chunks_mut(scan.width as usize).for_each(|row| row[from..to].fill(grey));
}

/// A PNG in colour: paper and ink of these, red, green and blue.
fn coloured(scan: &Gray, paper: [u8; 3], ink: [u8; 3]) -> Vec<u8> {
    let between = |v: u8, i: usize| {
        let (paper, ink) = (u32::from(paper[i]), u32::from(ink[i]));
        ((u32::from(v) * paper + u32::from(255 - v) * ink) / 255) as u8
    };
    let data: Vec<u8> = scan.pixels.iter().flat_map(|v| [0, 1, 2].map(|i| between(*v, i))).collect();
    let mut bytes = Vec::new();
    let mut encoder = png::Encoder::new(&mut bytes, scan.width, scan.height);
    encoder.set_color(png::ColorType::Rgb);
    encoder.set_compression(png::Compression::Fastest);
    encoder.write_header().unwrap().write_image_data(&data).unwrap();
    bytes
}

pub fn jpeg(scan: &Gray, quality: u8) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut encoder = image::codecs::jpeg::JpegEncoder::new_with_quality(&mut bytes, quality);
    encoder.encode(&scan.pixels, scan.width, scan.height, image::ExtendedColorType::L8).unwrap();
    bytes
}

/// Hands that nobody should doubt, and, `doubtful` times in a thousand, those that people must judge.
pub fn hands(doubtful: u32) -> impl FnMut(&mut Rng) -> Hand {
    move |rng| if rng.chance(doubtful) { Hand::doubtful(rng) } else { Hand::clear(rng) }
}
