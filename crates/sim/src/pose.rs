//! How a sheet lies on the scanner's bed, and where each pixel of the scan is on the sheet.

use ballot::Gray;

use crate::Rng;
use crate::scanner::Wear;

/// How a sheet lies, and how the scanner distorts it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Pose {
    /// Degrees it is turned.
    pub turn: f32,
    /// How far it is sheared, as a share of its height.
    pub skew: f32,
    /// How much of the page one pixel takes across and down: more than 1 makes the sheet smaller.
    pub stretch: (f32, f32),
    /// How far it lies off the middle of the bed, in millimetres.
    pub shift: (f32, f32),
}

impl Pose {
    /// Straight, in the middle, undistorted.
    pub const STRAIGHT: Pose = Pose { turn: 0.0, skew: 0.0, stretch: (1.0, 1.0), shift: (0.0, 0.0) };

    /// As chance has it within the limits of `wear`.
    pub fn drawn(wear: &Wear, rng: &mut Rng) -> Self {
        let mut either = |limit: f32| rng.between(-limit, limit);
        let (turn, skew) = (either(wear.rotation), either(wear.skew) / 1000.0);
        let stretch = (1.0 + either(wear.scale) / 1000.0, 1.0 + either(wear.scale) / 1000.0);
        Pose { turn, skew, stretch, shift: (either(wear.shift), either(wear.shift)) }
    }
}

/// Where each pixel of the scan lies on the page: an affine map in 1/65,536 of a pixel.
pub(crate) struct Map {
    origin: (i64, i64),
    /// On the page, per pixel of the scan to the right, …
    right: (i64, i64),
    /// … and down.
    down: (i64, i64),
}

const ONE: i64 = 1 << 16;

impl Map {
    pub fn new(page: &Gray, size: (u32, u32), per_mm: f32, pose: &Pose) -> Self {
        let (sin, cos) = pose.turn.to_radians().sin_cos();
        let right = (cos * pose.stretch.0, sin * pose.stretch.1);
        let down = (-sin * pose.stretch.0 + pose.skew, cos * pose.stretch.1);
        // The middles lie on each other, but for the shift.
        let shift = (pose.shift.0 * per_mm, pose.shift.1 * per_mm);
        let (mx, my) = (size.0 as f32 / 2.0 + shift.0, size.1 as f32 / 2.0 + shift.1);
        let origin = (
            page.width as f32 / 2.0 - mx * right.0 - my * down.0,
            page.height as f32 / 2.0 - mx * right.1 - my * down.1,
        );
        let fixed = |at: (f32, f32)| ((at.0 * ONE as f32) as i64, (at.1 * ONE as f32) as i64);
        Map { origin: fixed(origin), right: fixed(right), down: fixed(down) }
    }

    /// Fills what of row `y` lies on the page.
    pub fn row(&self, page: &Gray, y: i64, row: &mut [u8], tone: &[u8; 256]) {
        let (width, height) = (i64::from(page.width), i64::from(page.height));
        let mut u = self.origin.0 + y * self.down.0;
        let mut v = self.origin.1 + y * self.down.1;
        let mut x = 0;
        while x < row.len() {
            let line = v >> 16;
            // As long as the samples stay on one line of the page: some 40 pixels at 1.5 degrees.
            let to_next = match self.right.1 {
                0 => row.len() as i64,
                slope if slope > 0 => (((line + 1) * ONE - v) + slope - 1) / slope,
                slope => (v - line * ONE) / -slope + 1,
            };
            let run = to_next.clamp(1, (row.len() - x) as i64) as usize;
            if (0..height - 1).contains(&line) {
                let at = (line * width) as usize;
                let upper = &page.pixels[at..at + width as usize];
                let lower = &page.pixels[at + width as usize..at + 2 * width as usize];
                // Of these, the ones on the page; the map never turns left into right.
                let pixels =
                    |distance: i64| distance.max(0).unsigned_abs().div_ceil(self.right.0.unsigned_abs()) as usize;
                let (first, past) = (pixels(-u).min(run), pixels((width - 1) * ONE - u).min(run));
                let mut su = (u + self.right.0 * first as i64) as u32;
                let mut sv = ((v - line * ONE) + self.right.1 * first as i64) as i32;
                for pixel in &mut row[x..x + run][first..past.max(first)] {
                    let column = (su >> 16) as usize;
                    let (fx, fy) = (su >> 8 & 255, (sv >> 8) as u32 & 255);
                    let top = u32::from(upper[column]) * (256 - fx) + u32::from(upper[column + 1]) * fx;
                    let bottom = u32::from(lower[column]) * (256 - fx) + u32::from(lower[column + 1]) * fx;
                    *pixel = tone[((top * (256 - fy) + bottom * fy) >> 16) as usize & 255];
                    su += self.right.0 as u32;
                    sv += self.right.1 as i32;
                }
            }
            u += self.right.0 * run as i64;
            v += self.right.1 * run as i64;
            x += run;
        }
    }
}

/// The image after `turns` quarter turns clockwise.
pub fn turned(image: Gray, turns: u8) -> Gray {
    (0..turns % 4).fold(image, |image, _| {
        let (w, h) = (image.width as usize, image.height as usize);
        let pixel = |x: usize, y: usize| image.pixels[(h - 1 - x) * w + y];
        let pixels = (0..w).flat_map(|y| (0..h).map(move |x| (x, y))).map(|(x, y)| pixel(x, y)).collect();
        Gray { width: image.height, height: image.width, pixels }
    })
}
