//! What happens to a sheet between the press and the scanner: print of another scale, low toner, print that shows
//! through, folds, holes, torn corners. Every function works on the drawn side at `dpi` dots an inch.

use ballot::{Gray, Rect, SideLayout};

use crate::Rng;

fn pixels(micrometres: u32, dpi: u16) -> i64 {
    (u64::from(micrometres) * u64::from(dpi) / 25_400) as i64
}

fn put(page: &mut Gray, x: i64, y: i64, gray: u8) {
    if (0..i64::from(page.width)).contains(&x) && (0..i64::from(page.height)).contains(&y) {
        page.pixels[(y * i64::from(page.width) + x) as usize] = gray;
    }
}

/// What makes a sheet unreadable.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Damage {
    /// The corner with the QR code is torn off.
    TornCode,
    /// Ink was smeared over the QR code.
    SmudgedCode,
}

/// Damages a drawn side at `dpi`, before it is scanned.
pub fn damage(page: &mut Gray, dpi: u16, side: &SideLayout, damage: Damage, rng: &mut Rng) {
    let Rect { x, y, width, height } = side.qr;
    let (left, top, size) = (pixels(x, dpi), pixels(y, dpi), pixels(width.max(height), dpi));
    let mut paint = |x: i64, y: i64, gray: u8| put(page, x, y, gray);
    match damage {
        Damage::TornCode => {
            // A ragged edge across the code, from the upper edge of the sheet to the left one.
            let reach = left + top + size + size / 2;
            let mut ragged = 0;
            for y in 0..reach {
                ragged = (ragged + i64::from(rng.below(5)) - 2).clamp(-8, 8);
                for x in 0..(reach - y + ragged).max(0) {
                    paint(x, y, 238);
                }
            }
        }
        Damage::SmudgedCode => {
            for y in top - 8..top + size + 8 {
                for x in left - 8..left + size + 8 {
                    if rng.below(10) < 7 {
                        paint(x, y, 20 + rng.below(90) as u8);
                    }
                }
            }
        }
    }
}

/// The sheet printed at another scale, in thousandths, on paper of the same size: what "fit to page" does.
pub fn scaled(page: &Gray, per_mille: u32) -> Gray {
    let (width, height) = (page.width as usize, page.height as usize);
    let source = |at: usize, length: usize| {
        let middle = length as f32 / 2.0;
        (at as f32 + 0.5 - middle) * 1000.0 / per_mille as f32 + middle - 0.5
    };
    let at = |x: i64, y: i64| {
        let inside = x >= 0 && y >= 0 && x < width as i64 && y < height as i64;
        if inside { f32::from(page.pixels[y as usize * width + x as usize]) } else { 255.0 }
    };
    let mut scaled = Vec::with_capacity(page.pixels.len());
    for y in 0..height {
        let v = source(y, height);
        for x in 0..width {
            let u = source(x, width);
            let (x0, y0) = (u.floor(), v.floor());
            let (tx, ty, x0, y0) = (u - x0, v - y0, x0 as i64, y0 as i64);
            let upper = at(x0, y0) * (1.0 - tx) + at(x0 + 1, y0) * tx;
            let lower = at(x0, y0 + 1) * (1.0 - tx) + at(x0 + 1, y0 + 1) * tx;
            scaled.push((upper * (1.0 - ty) + lower * ty).round() as u8);
        }
    }
    Gray { pixels: scaled, ..*page }
}

/// Low toner: print is only so dark, in thousandths of black, and one grain in `voids` thousandths is missing.
pub fn faded(page: &mut Gray, per_mille: u32, voids: u32, rng: &mut Rng) {
    for pixel in page.pixels.iter_mut().filter(|pixel| **pixel < 255) {
        let dark = u32::from(255 - *pixel) * per_mille / 1000;
        *pixel = if rng.chance(voids) { 255 } else { 255 - dark as u8 };
    }
}

/// The back's print and marks show through, mirrored, so dark in thousandths of black.
pub fn shown_through(page: &mut Gray, back: &Gray, per_mille: u32) {
    let width = page.width as usize;
    for (row, behind) in page.pixels.chunks_mut(width).zip(back.pixels.chunks(width)) {
        for (pixel, behind) in row.iter_mut().zip(behind.iter().rev()) {
            *pixel = pixel.saturating_sub((u32::from(255 - behind) * per_mille / 1000) as u8);
        }
    }
}

/// Round holes of a punch, in micrometres on the page; the bed is seen through them.
pub fn punched(page: &mut Gray, dpi: u16, holes: &[(u32, u32)], radius: u32, bed: u8) {
    let radius = pixels(radius, dpi);
    for hole in holes {
        let (cx, cy) = (pixels(hole.0, dpi), pixels(hole.1, dpi));
        for (x, y) in (-radius..=radius).flat_map(|y| (-radius..=radius).map(move |x| (x, y))) {
            if x * x + y * y <= radius * radius {
                put(page, cx + x, cy + y, bed);
            }
        }
    }
}

/// A corner (0 to 3: top left, top right, bottom left, bottom right) torn off or folded in, `size` micrometres of both
/// edges; the bed is seen instead.
pub fn cornered(page: &mut Gray, dpi: u16, corner: u8, size: u32, bed: u8, rng: &mut Rng) {
    let (size, width, height) = (pixels(size, dpi), i64::from(page.width), i64::from(page.height));
    let mut ragged = 0;
    for y in 0..size {
        ragged = (ragged + i64::from(rng.below(3)) - 1).clamp(-4, 4);
        for x in 0..(size - y + ragged).max(0) {
            let x = if corner.is_multiple_of(2) { x } else { width - 1 - x };
            put(page, x, if corner < 2 { y } else { height - 1 - y }, bed);
        }
    }
}

/// A strip torn off along the right edge from its upper end on, so wide and long in micrometres; the bed is seen instead.
pub fn stripped(page: &mut Gray, dpi: u16, (wide, long): (u32, u32), bed: u8) {
    let width = i64::from(page.width);
    for (x, y) in (0..pixels(long, dpi)).flat_map(|y| (width - pixels(wide, dpi)..width).map(move |x| (x, y))) {
        put(page, x, y, bed);
    }
}

/// A fold across the sheet from the left edge at `y` (micrometres), falling by `slope`: toner has broken off along the
/// crease, a shadow lies beside it, and what is below has moved up by `lost` micrometres that lie in the fold.
pub fn creased(page: &mut Gray, dpi: u16, y: u32, slope: f32, lost: u32, rng: &mut Rng) {
    let (width, height) = (page.width as usize, page.height as usize);
    let (first, lost) = (pixels(y, dpi) as f32, pixels(lost, dpi) as usize);
    let crack = pixels(300, dpi).max(1) as usize;
    for x in 0..width {
        let from = (first + slope * x as f32).clamp(0.0, (height - 1) as f32) as usize;
        for y in from..height {
            let below = (y + lost).min(height - 1);
            page.pixels[y * width + x] = page.pixels[below * width + x];
        }
        for (i, y) in (from..(from + 2 * crack).min(height)).enumerate() {
            let pixel = &mut page.pixels[y * width + x];
            *pixel = if i < crack && rng.chance(800) { 245 } else { pixel.saturating_sub(50) };
        }
    }
}
