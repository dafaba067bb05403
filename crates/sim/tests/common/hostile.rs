//! Everything that is done to paper and scans, one thing at a time or several at once.

use ballot::{Gray, decode};
use sanad_sim::Rng;
use sanad_sim::paper;
use sanad_sim::pen::Hand;
use sanad_sim::pose::{Pose, turned};
use sanad_sim::scanner::{Scanner, Wear};

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
    Colour,
    /// JPEG of this quality.
    Jpeg(u8),
    /// A fold at this height in micrometres, which hides so many of them.
    Fold(u32, u32),
    /// A corner is missing, on a bed of this grey.
    Corner(u8, u8),
    /// Punched holes in the margin, through timing marks; the bed's grey.
    Holes(u8),
    /// So many pixels wide, of this grey.
    Streak(u32, u8),
    LowToner,
    BleedThrough,
    TwoPens,
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
    Corner(0, 245),
    Corner(1, 245),
    Corner(2, 245),
    Corner(3, 245),
    Corner(0, 10),
    Corner(1, 10),
    Corner(2, 10),
    Corner(3, 10),
    Holes(245),
    Holes(10),
    Streak(1, 20),
    Streak(2, 20),
    Streak(3, 20),
    Streak(3, 250),
    LowToner,
    BleedThrough,
    TwoPens,
    PrintScale(970),
    PrintScale(985),
    PrintScale(1030),
];

/// The images of a sheet as they come from the scanner.
pub fn scan(press: &Press, dpi: u16, truth: &Truth, done: &[Hostile], wear: &Wear, rng: &mut Rng) -> Vec<Gray> {
    let is = |what: fn(&Hostile) -> bool| done.iter().any(what);
    let shade = if is(|d| *d == TwoPens) { 70 } else { 0 };
    let mut pages = press.marked(dpi, truth, shade, rng);
    for what in done {
        for page in &mut pages {
            match *what {
                PrintScale(per_mille) => *page = paper::scaled(page, per_mille),
                LowToner => paper::faded(page, 550, 60, rng),
                Fold(y, lost) => paper::creased(page, dpi, y, rng.between(-0.01, 0.01), lost, rng),
                Corner(corner, bed) => paper::cornered(page, dpi, corner, 18_000, bed, rng),
                Holes(bed) => {
                    paper::punched(page, dpi, &[(9_000, 108_500), (9_000, 188_500)], 3_000, bed);
                    paper::punched(page, dpi, &[(65_000, 8_500), (145_000, 288_500)], 2_750, bed);
                }
                _ => {}
            }
        }
    }
    if is(|d| *d == BleedThrough) {
        let fronts = pages.clone();
        let last = pages.len() - 1;
        for (i, page) in pages.iter_mut().enumerate() {
            // Of a sheet printed on one side, another one's front lay behind it.
            paper::shown_through(page, &fronts[last - i], 180);
        }
    }
    let scanner = Scanner::new(dpi, rng);
    pages.iter().map(|page| one(&scanner, page, done, wear, rng)).collect()
}

fn one(scanner: &Scanner, page: &Gray, done: &[Hostile], wear: &Wear, rng: &mut Rng) -> Gray {
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
            Corner(_, grey) | Holes(grey) => (bed, wear.bed) = (grey, 5.0),
            _ => {}
        }
    }
    let mut scan = scanner.exposed(page, &pose, bed, &wear, rng);
    for what in done {
        scan = match *what {
            Streak(width, grey) => {
                let at = rng.below(scan.width - width) as usize;
                let width = width as usize;
                scan.pixels.chunks_mut(scan.width as usize).for_each(|row| row[at..at + width].fill(grey));
                scan
            }
            OneBit => {
                scan.pixels.iter_mut().for_each(|pixel| *pixel = if *pixel < 140 { 0 } else { 255 });
                scan
            }
            Colour => decode(&coloured(&scan)).unwrap(),
            Jpeg(quality) => decode(&jpeg(&scan, quality)).unwrap(),
            Orientation(turns) => turned(scan, turns),
            _ => scan,
        };
    }
    scan
}

/// A PNG in colour: yellowish paper and a bluish ink.
fn coloured(scan: &Gray) -> Vec<u8> {
    let rgb = |v: &u8| [*v, *v, (u32::from(*v) * 200 / 255 + 40).min(255) as u8];
    let data: Vec<u8> = scan.pixels.iter().flat_map(rgb).collect();
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
