//! Marks as people make them, on a grey raster.

use ballot::{Gray, Rect, SideLayout};
use election::{ContestId, OptionId};

use crate::Rng;

/// How a person marks an oval.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Hand {
    /// Filled as asked, back and forth.
    Fill,
    /// Filled in a hurry, over the edge on one side.
    FillOutside,
    /// A tick.
    Tick,
    /// A cross.
    Cross,
    /// One firm stroke through it.
    Stroke,
    /// Filled with a pencil or an empty pen: grey.
    Light,
    /// In doubt: a light stroke half through.
    HalfStroke,
    /// In doubt: the pen touched the paper.
    Dot,
    /// In doubt: a circle round the oval, nothing in it.
    Circled,
    /// In doubt: filled in pencil and rubbed out.
    Erased,
    /// In doubt: a firm stroke beside the oval.
    Beside,
    /// One stroke of so much ink, in thousandths of the oval's inner area: what a threshold is tried with.
    Measured(u16),
}

impl Hand {
    /// What no reader should doubt.
    pub const CLEAR: [Hand; 6] = [Hand::Fill, Hand::FillOutside, Hand::Tick, Hand::Cross, Hand::Stroke, Hand::Light];

    /// What two people must look at.
    pub const DOUBTFUL: [Hand; 5] = [Hand::HalfStroke, Hand::Dot, Hand::Circled, Hand::Erased, Hand::Beside];

    /// A clear hand, as often as people have it.
    pub fn clear(rng: &mut Rng) -> Hand {
        let weights = [550, 80, 160, 90, 60, 60];
        Hand::CLEAR[rng.weighted(weights.into_iter()).unwrap_or(0)]
    }

    /// A doubtful hand.
    pub fn doubtful(rng: &mut Rng) -> Hand {
        Hand::DOUBTFUL[rng.below(Hand::DOUBTFUL.len() as u32) as usize]
    }
}

/// Marks the ovals of `marks` that stand on this side, each in a hand of its own. What is not
/// on the side is left to the other one.
pub fn mark_side(
    page: &mut Gray,
    dpi: u16,
    side: &SideLayout,
    marks: &[(ContestId, OptionId)],
    rng: &mut Rng,
    mut hand: impl FnMut(&mut Rng) -> Hand,
) {
    for bubble in &side.bubbles {
        if marks.iter().any(|(contest, option)| *contest == bubble.contest && *option == bubble.option) {
            let hand = hand(rng);
            mark(page, dpi, &bubble.oval, hand, rng);
        }
    }
}

/// Draws one mark on `page`, which is the whole sheet at `dpi` dots an inch.
pub fn mark(page: &mut Gray, dpi: u16, oval: &Rect, hand: Hand, rng: &mut Rng) {
    mark_in(page, dpi, oval, hand, 0, rng);
}

/// The same with an ink that is paler than a black pen's by `shade` greys: a blue or a red one.
pub fn mark_in(page: &mut Gray, dpi: u16, oval: &Rect, hand: Hand, shade: u8, rng: &mut Rng) {
    let per_mm = f32::from(dpi) / 25.4;
    let pixels = |micrometres: u32| micrometres as f32 / 1000.0 * per_mm;
    let (a, b) = (pixels(oval.width) / 2.0, pixels(oval.height) / 2.0);
    let centre = (pixels(oval.x) + a, pixels(oval.y) + b);
    let mut draw = Drawing { page, centre, a, b, per_mm, radius: 0.0, ink: 0, shade, wobble: 0.05 };
    match hand {
        Hand::Fill => {
            draw.pen(rng, 0.5, 0.8);
            draw.scribble(rng, 0.82, 0.0);
        }
        Hand::FillOutside => {
            draw.pen(rng, 0.5, 0.8);
            let aside = rng.between(-0.25, 0.25);
            draw.scribble(rng, 1.0, aside);
        }
        Hand::Light => {
            draw.pen(rng, 0.5, 0.8);
            draw.ink = 70 + rng.below(40) as u8;
            draw.scribble(rng, 0.85, 0.0);
        }
        Hand::Tick => {
            draw.pen(rng, 0.5, 0.75);
            draw.line(rng, &[(-0.75, -0.25), (-0.2, 0.75), (0.95, -1.25)]);
        }
        Hand::Cross => {
            draw.pen(rng, 0.5, 0.75);
            draw.line(rng, &[(-0.8, -0.95), (0.8, 0.95)]);
            draw.line(rng, &[(-0.8, 0.95), (0.8, -0.95)]);
        }
        Hand::Stroke => {
            draw.pen(rng, 0.6, 0.85);
            draw.line(rng, &[(-0.95, 0.2), (0.95, -0.2)]);
        }
        Hand::HalfStroke => {
            draw.pen(rng, 0.3, 0.35);
            draw.ink = 60 + rng.below(30) as u8;
            draw.line(rng, &[(-0.35, 0.25), (0.35, -0.25)]);
        }
        Hand::Dot => {
            draw.pen(rng, 0.85, 1.0);
            draw.line(rng, &[(0.0, 0.0), (0.04, 0.0)]);
        }
        Hand::Circled => {
            draw.pen(rng, 0.5, 0.6);
            let ring: Vec<(f32, f32)> =
                (0..=24).map(|i| i as f32 * 0.27).map(|t| (1.4 * t.cos(), 1.65 * t.sin())).collect();
            draw.wobble = 0.02;
            draw.line(rng, &ring);
        }
        Hand::Erased => {
            draw.pen(rng, 0.8, 1.0);
            draw.ink = 188 + rng.below(14) as u8;
            draw.scribble(rng, 0.9, 0.0);
            // What the rubber left.
            draw.pen(rng, 0.3, 0.4);
            draw.ink = 150 + rng.below(20) as u8;
            draw.line(rng, &[(-0.6, 0.1), (-0.1, 0.3), (0.5, -0.2)]);
        }
        Hand::Beside => {
            draw.pen(rng, 0.5, 0.7);
            let x = if rng.chance(500) { 1.3 } else { -1.3 };
            draw.line(rng, &[(x, -1.0), (x, 1.0)]);
        }
        Hand::Measured(thousandths) => {
            // 0.43 mm inside the outline, as the reader counts; a round-ended stroke of half a millimetre.
            let (inner_a, inner_b) = (draw.a / per_mm - 0.43, draw.b / per_mm - 0.43);
            let area = std::f32::consts::PI * inner_a * inner_b * f32::from(thousandths) / 1000.0;
            draw.pen(rng, 0.5, 0.5);
            let ends = std::f32::consts::PI * 0.0625;
            let length = ((area - ends) / 0.5).max(0.0).min(2.0 * inner_a) * per_mm / draw.a;
            draw.wobble = 0.0;
            let (x, y) = (rng.between(-0.15, 0.15), rng.between(-0.2, 0.2));
            draw.line(rng, &[(x - length / 2.0, y), (x + length / 2.0, y)]);
        }
    }
}

/// A pen over an oval. Points are given in halves of the oval's width and height from its centre.
struct Drawing<'a> {
    page: &'a mut Gray,
    centre: (f32, f32),
    a: f32,
    b: f32,
    per_mm: f32,
    /// Half the stroke's width, in pixels.
    radius: f32,
    /// The grey of the ink; 0 is black.
    ink: u8,
    /// How much paler it is than a black pen's.
    shade: u8,
    /// How far points go astray, in halves of the oval.
    wobble: f32,
}

impl Drawing<'_> {
    /// A dark pen between these widths, in millimetres.
    fn pen(&mut self, rng: &mut Rng, from: f32, to: f32) {
        self.radius = rng.between(from, to) * self.per_mm / 2.0;
        self.ink = 15 + self.shade + rng.below(40) as u8;
    }

    /// Back and forth until the ellipse, `size` times the oval and `aside` to the right, is full.
    fn scribble(&mut self, rng: &mut Rng, size: f32, aside: f32) {
        let step = 1.5 * self.radius / self.b;
        let mut points = Vec::new();
        let mut y = -size + step / 2.0;
        let mut left = true;
        while y < size {
            let x = (size * size - y * y).max(0.0).sqrt();
            let ends = if left { [-x, x] } else { [x, -x] };
            points.extend(ends.map(|x| (x + aside, y)));
            left = !left;
            y += step;
        }
        self.line(rng, &points);
    }

    fn line(&mut self, rng: &mut Rng, points: &[(f32, f32)]) {
        let mut astray = |at: f32| at + rng.between(-self.wobble, self.wobble);
        let points: Vec<(f32, f32)> = points
            .iter()
            .map(|&(x, y)| (self.centre.0 + astray(x) * self.a, self.centre.1 + astray(y) * self.b))
            .collect();
        for pair in points.windows(2) {
            self.segment(pair[0], pair[1], rng);
        }
    }

    /// A round-ended stroke, anti-aliased by its distance, a little uneven as ink is.
    fn segment(&mut self, from: (f32, f32), to: (f32, f32), rng: &mut Rng) {
        let reach = self.radius + 1.0;
        let (width, height) = (self.page.width as usize, self.page.height as usize);
        let clip = |at: f32, end: usize| (at.max(0.0) as usize).min(end);
        let (left, right) = (clip(from.0.min(to.0) - reach, width), clip(from.0.max(to.0) + reach + 1.0, width));
        let (top, bottom) = (clip(from.1.min(to.1) - reach, height), clip(from.1.max(to.1) + reach + 1.0, height));
        let (dx, dy) = (to.0 - from.0, to.1 - from.1);
        let length = (dx * dx + dy * dy).max(1e-6);
        for y in top..bottom {
            for x in left..right {
                let (px, py) = (x as f32 + 0.5 - from.0, y as f32 + 0.5 - from.1);
                let along = ((px * dx + py * dy) / length).clamp(0.0, 1.0);
                let distance = (px - along * dx).hypot(py - along * dy);
                let cover = (self.radius + 0.5 - distance).clamp(0.0, 1.0);
                if cover > 0.0 {
                    let pixel = &mut self.page.pixels[y * width + x];
                    let ink = f32::from(self.ink) + (rng.bits() & 15) as f32;
                    let inked = f32::from(*pixel) * (1.0 - cover) + ink * cover;
                    *pixel = (*pixel).min(inked as u8);
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const OVAL: Rect = Rect { x: 10_000, y: 10_000, width: 5_000, height: 3_200 };

    /// Dark pixels of the oval's inner area, per mille, and outside it in its neighbourhood.
    fn ink(hand: Hand, seed: u64) -> (u32, u32) {
        let mut page = Gray { width: 200, height: 200, pixels: vec![255; 40_000] };
        mark(&mut page, 200, &OVAL, hand, &mut Rng::seeded(seed));
        let (mut inside, mut area, mut outside) = (0, 0, 0);
        for y in 0..200u32 {
            for x in 0..200u32 {
                let (u, v) = ((x as f32 + 0.5) * 0.127 - 12.5, (y as f32 + 0.5) * 0.127 - 11.6);
                let in_oval = (u / 2.25).powi(2) + (v / 1.35).powi(2) < 1.0;
                let dark = u32::from(page.pixels[(y * 200 + x) as usize] < 140);
                area += u32::from(in_oval);
                inside += dark * u32::from(in_oval);
                outside += dark * u32::from(!in_oval);
            }
        }
        (inside * 1000 / area, outside * 1000 / area)
    }

    #[test]
    fn clear_hands_leave_well_over_the_threshold_of_a_mark() {
        for hand in Hand::CLEAR {
            for seed in 0..50 {
                assert!(ink(hand, seed).0 > 200, "{hand:?} {seed}: {:?}", ink(hand, seed));
            }
        }
    }

    #[test]
    fn doubtful_hands_leave_little_ink_in_the_oval() {
        for seed in 0..50 {
            for hand in [Hand::HalfStroke, Hand::Dot] {
                assert!((40..140).contains(&ink(hand, seed).0), "{hand:?} {seed}: {:?}", ink(hand, seed));
            }
            let (inside, outside) = ink(Hand::Circled, seed);
            assert!(inside < 40 && outside > 300, "circled {seed}: {inside} {outside}");
            assert!(ink(Hand::Erased, seed).0 < 140, "erased {seed}");
            let (inside, outside) = ink(Hand::Beside, seed);
            assert!(inside < 10 && outside > 100, "beside {seed}: {inside} {outside}");
        }
    }

    #[test]
    fn a_measured_stroke_has_the_ink_that_was_asked_for() {
        for target in [30, 60, 90, 140, 200] {
            let mean = (0..60).map(|seed| ink(Hand::Measured(target), seed).0).sum::<u32>() / 60;
            assert!(mean.abs_diff(u32::from(target)) < 20, "{target}: {mean}");
        }
    }

    #[test]
    fn the_same_seed_draws_the_same_mark() {
        let draw = |seed| {
            let mut page = Gray { width: 200, height: 200, pixels: vec![255; 40_000] };
            mark(&mut page, 200, &OVAL, Hand::Tick, &mut Rng::seeded(seed));
            page.pixels
        };
        assert_eq!(draw(7), draw(7));
        assert_ne!(draw(7), draw(8));
    }
}
