//! A sheet as a worn scanner sees it: turned, stretched, grey, folded, streaked, dusty.
//!
//! One pass over the pixels (an inverse affine map with bilinear samples), so that a
//! demonstration can scan thousands of sheets.

use std::io;

use ballot::Gray;

use crate::Rng;
use crate::pose::{Map, Pose};

/// How worn scanner and paper are. Everything is drawn by chance up to these limits.
#[derive(Debug, Clone, PartialEq)]
pub struct Wear {
    /// Degrees the sheet may be turned either way.
    pub rotation: f32,
    /// How far the sheet may be sheared, in thousandths.
    pub skew: f32,
    /// How far each axis may be stretched or shrunk, in thousandths.
    pub scale: f32,
    /// How far the sheet may lie off the middle of the bed, in millimetres.
    pub shift: f32,
    /// What is scanned beyond the sheet on each side, in millimetres.
    pub bed: f32,
    /// The greys that the bed may have.
    pub bed_gray: (u8, u8),
    /// The greys that white paper may have.
    pub paper_gray: (u8, u8),
    /// The greys that black ink may have.
    pub ink_gray: (u8, u8),
    /// The standard deviation of the noise, in greys.
    pub noise: f32,
    /// The greys from one level to the next, a power of two: cheap scanners tell few greys apart.
    pub gray_step: u8,
    /// The most folds.
    pub folds: u32,
    /// The most streaks down the page.
    pub streaks: u32,
    /// The most specks of dust.
    pub dust: u32,
}

impl Wear {
    /// No wear: the sheet as drawn, on a white bed.
    pub fn none() -> Self {
        Wear {
            rotation: 0.0,
            skew: 0.0,
            scale: 0.0,
            shift: 0.0,
            bed: 2.0,
            bed_gray: (255, 255),
            paper_gray: (255, 255),
            ink_gray: (0, 0),
            noise: 0.0,
            gray_step: 1,
            folds: 0,
            streaks: 0,
            dust: 0,
        }
    }

    /// An office scanner with a feeder.
    pub fn ordinary() -> Self {
        Wear {
            rotation: 1.5,
            skew: 1.5,
            scale: 4.0,
            shift: 1.0,
            bed: 3.0,
            bed_gray: (236, 252),
            paper_gray: (246, 254),
            ink_gray: (8, 40),
            noise: 2.5,
            gray_step: 8,
            folds: 0,
            streaks: 0,
            dust: 12,
        }
    }

    /// A worn scanner in a dusty room, and paper that was carried in a pocket.
    pub fn rough() -> Self {
        Wear {
            skew: 3.0,
            scale: 8.0,
            paper_gray: (214, 244),
            ink_gray: (20, 70),
            noise: 9.0,
            gray_step: 16,
            folds: 2,
            streaks: 1,
            dust: 60,
            ..Wear::ordinary()
        }
    }
}

/// How much noise is drawn; each line of a scan takes a stretch of it, from anywhere.
const NOISE: usize = 1 << 17;

/// A scanner with its own noise, drawn once.
#[derive(Debug, Clone)]
pub struct Scanner {
    /// Normal noise in sixteenths of its standard deviation.
    noise: Vec<i8>,
    dpi: u16,
}

impl Scanner {
    /// A scanner for sheets drawn at `dpi` dots an inch.
    pub fn new(dpi: u16, rng: &mut Rng) -> Self {
        // Twelve even numbers add up to a normal one.
        let mut normal = || (0..12).map(|_| rng.unit()).sum::<f32>() - 6.0;
        let noise = (0..NOISE).map(|_| (normal() * 16.0).clamp(-127.0, 127.0) as i8).collect();
        Scanner { noise, dpi }
    }

    /// Scans one side, lying as chance has it.
    pub fn scan(&self, page: &Gray, wear: &Wear, rng: &mut Rng) -> Gray {
        let bed_gray = rng.between(wear.bed_gray.0.into(), wear.bed_gray.1.into()) as u8;
        let pose = Pose::drawn(wear, rng);
        self.exposed(page, &pose, bed_gray, wear, rng)
    }

    /// The map of a side that lies as `pose` says, and the size of its scan.
    fn map(&self, page: &Gray, pose: &Pose, wear: &Wear) -> (Map, (u32, u32)) {
        let per_mm = f32::from(self.dpi) / 25.4;
        let bed = (wear.bed * per_mm) as u32;
        let size = (page.width + 2 * bed, page.height + 2 * bed);
        (Map::new(page, size, per_mm, pose), size)
    }

    /// Where a point of the page, in pixels, is on the scan of a side that lies as `pose` says.
    pub fn place(&self, page: &Gray, pose: &Pose, wear: &Wear, point: (f32, f32)) -> (f32, f32) {
        self.map(page, pose, wear).0.scanned(point)
    }

    /// Scans one side that lies as `pose` says on a bed of this grey.
    pub fn exposed(&self, page: &Gray, pose: &Pose, bed_gray: u8, wear: &Wear, rng: &mut Rng) -> Gray {
        let per_mm = f32::from(self.dpi) / 25.4;
        let (map, (width, height)) = self.map(page, pose, wear);
        let tone = tone(wear, rng);
        let columns = columns(width as usize, per_mm, wear, rng);
        let strength = (wear.noise * 16.0) as i16;
        let levels = 0u8.wrapping_sub(wear.gray_step.max(1));
        let kept = levels.count_ones();
        let mut pixels = vec![bed_gray; width as usize * height as usize];
        for (y, row) in pixels.chunks_exact_mut(width as usize).enumerate() {
            map.row(page, y as i64, row, &tone);
            let noise = &self.noise[rng.below((NOISE / 2) as u32) as usize..];
            for ((pixel, noise), shade) in row.iter_mut().zip(noise).zip(&columns) {
                let noisy = i16::from(*pixel) + shade + ((i16::from(*noise) * strength) >> 8);
                let level = noisy.clamp(0, 255) as u8 & levels;
                // White stays white: the levels are spread over all greys again.
                *pixel = level | (u16::from(level) >> kept) as u8;
            }
        }
        let mut scan = Gray { width, height, pixels };
        for _ in 0..rng.below(wear.folds + 1) {
            fold(&mut scan, per_mm, rng);
        }
        for _ in 0..rng.below(wear.dust + 1) {
            speck(&mut scan, per_mm, rng);
        }
        scan
    }
}

/// The grey of the scan for each grey of the page.
fn tone(wear: &Wear, rng: &mut Rng) -> [u8; 256] {
    let white = rng.between(wear.paper_gray.0.into(), wear.paper_gray.1.into());
    let black = rng.between(wear.ink_gray.0.into(), wear.ink_gray.1.into());
    std::array::from_fn(|gray| (black + (white - black) * gray as f32 / 255.0).round() as u8)
}

/// What each column is lighter or darker by: streaks of dirt on the glass.
fn columns(width: usize, per_mm: f32, wear: &Wear, rng: &mut Rng) -> Vec<i16> {
    let mut columns = vec![0; width];
    for _ in 0..rng.below(wear.streaks + 1) {
        let wide = (rng.between(0.1, 0.3) * per_mm) as usize + 1;
        let start = rng.below((width - wide) as u32) as usize;
        let dark = -(rng.between(20.0, 70.0) as i16);
        columns[start..start + wide].fill(dark);
    }
    columns
}

/// A crease across the sheet: a light ridge beside a shadow.
fn fold(scan: &mut Gray, per_mm: f32, rng: &mut Rng) {
    let (width, height) = (scan.width as usize, scan.height as usize);
    let at = rng.between(0.2, 0.8) * height as f32;
    let slope = rng.between(-0.02, 0.02);
    let thick = ((0.4 * per_mm) as usize).max(2);
    for x in 0..width {
        let y = (at + slope * x as f32) as usize;
        for (i, y) in (y..y + thick).enumerate() {
            if let Some(pixel) = scan.pixels.get_mut(y.min(height - 1) * width + x) {
                let change: i16 = if i * 2 < thick { 12 } else { -45 };
                *pixel = (i16::from(*pixel) + change).clamp(0, 255) as u8;
            }
        }
    }
}

/// A grain of dust: a dark or light spot of at most a third of a millimetre.
fn speck(scan: &mut Gray, per_mm: f32, rng: &mut Rng) {
    let size = 1 + rng.below(((per_mm / 3.0) as u32).max(1)) as usize;
    let (x, y) = (rng.below(scan.width) as usize, rng.below(scan.height) as usize);
    let gray = if rng.chance(700) { rng.below(120) as u8 } else { 255 };
    let (width, height) = (scan.width as usize, scan.height as usize);
    for y in y..(y + size).min(height) {
        scan.pixels[y * width + x..y * width + (x + size).min(width)].fill(gray);
    }
}

/// One bit a pixel, as a scanner makes it that takes for ink what is darker than `limit`.
pub fn one_bit(scan: &mut Gray, limit: u8) {
    scan.pixels.iter_mut().for_each(|pixel| *pixel = if *pixel < limit { 0 } else { 255 });
}

/// One bit a pixel by error diffusion (Floyd and Steinberg 1976), as a scanner makes it that is set to photographs.
pub fn dithered(scan: &mut Gray) {
    let width = scan.width as usize;
    // What the row in hand and the next are owed, with a place beyond each end.
    let (mut owed, mut below) = (vec![0i32; width + 2], vec![0i32; width + 2]);
    for row in scan.pixels.chunks_mut(width) {
        for (x, pixel) in row.iter_mut().enumerate() {
            let wanted = i32::from(*pixel) + owed[x + 1] / 16;
            *pixel = if wanted < 128 { 0 } else { 255 };
            let rest = wanted - i32::from(*pixel);
            owed[x + 2] += rest * 7;
            below[x] += rest * 3;
            below[x + 1] += rest * 5;
            below[x + 2] += rest;
        }
        std::mem::swap(&mut owed, &mut below);
        below.fill(0);
    }
}

/// The scan as a grey PNG; fast rather than small.
pub fn png(scan: &Gray, dpi: u16) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::with_capacity(scan.pixels.len() / 2);
    let mut encoder = png::Encoder::new(&mut bytes, scan.width, scan.height);
    encoder.set_color(png::ColorType::Grayscale);
    encoder.set_depth(png::BitDepth::Eight);
    encoder.set_compression(png::Compression::Fastest);
    encoder.set_filter(png::Filter::Up);
    let a_metre = (f64::from(dpi) / 0.0254).round() as u32;
    encoder.set_pixel_dims(Some(png::PixelDimensions { xppu: a_metre, yppu: a_metre, unit: png::Unit::Meter }));
    encoder.write_header()?.write_image_data(&scan.pixels)?;
    Ok(bytes)
}

/// The scan as a binary PGM (Netpbm P5), which costs nothing to write.
pub fn pgm(scan: &Gray) -> Vec<u8> {
    let mut bytes = format!("P5\n{} {}\n255\n", scan.width, scan.height).into_bytes();
    bytes.extend_from_slice(&scan.pixels);
    bytes
}
