//! Sheets drawn straight from their layout, marked by pens of known truth, and scanned badly.

use election::OptionId;
use fast_qr::qr::QRBuilder;

use crate::code::{SheetCode, Side};
use crate::design::Design;
use crate::image::Gray;
use crate::layout::{Rect, SheetLayout, SideLayout};

/// Numbers that look random and are the same on every run (Knuth's MMIX generator).
#[derive(Clone)]
pub(crate) struct Dice(pub u64);

impl Dice {
    /// From 0 to `most`, not reached.
    pub fn roll(&mut self, most: u32) -> u32 {
        self.0 = self.0.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
        ((self.0 >> 33) % u64::from(most)) as u32
    }

    /// From -1 to 1.
    pub fn swing(&mut self) -> f32 {
        self.roll(20_001) as f32 / 10_000.0 - 1.0
    }
}

/// What a voter does to an oval.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Pen {
    Filled,
    Scribbled,
    Tick,
    Cross,
    /// Pencil, of this brightness.
    Pencil(u8),
    /// A dot of this many micrometres across.
    Dot(u32),
    /// A circle round the oval.
    Circled,
    /// A stroke beside the oval.
    Beside,
    /// A filled oval, rubbed out.
    Erased,
}

/// Paper: ten pixels a millimetre.
#[derive(Clone)]
pub(crate) struct Paper {
    pub width: usize,
    pub height: usize,
    pub pixels: Vec<u8>,
}

const WHITE: u8 = 236;

impl Paper {
    pub fn new(width: u32, height: u32) -> Self {
        let (width, height) = (width as usize / 100, height as usize / 100);
        Paper { width, height, pixels: vec![WHITE; width * height] }
    }

    fn dab(&mut self, x: f32, y: f32, radius: f32, shade: u8) {
        let (x, y, r) = (x / 100.0, y / 100.0, radius / 100.0);
        for py in (y - r).floor().max(0.0) as usize..=((y + r).ceil().max(0.0) as usize).min(self.height - 1) {
            for px in (x - r).floor().max(0.0) as usize..=((x + r).ceil().max(0.0) as usize).min(self.width - 1) {
                let (dx, dy) = (px as f32 + 0.5 - x, py as f32 + 0.5 - y);
                if dx * dx + dy * dy <= r * r {
                    let pixel = &mut self.pixels[py * self.width + px];
                    *pixel = shade.min(*pixel);
                }
            }
        }
    }

    pub fn stroke(&mut self, from: (f32, f32), to: (f32, f32), width: f32, shade: u8) {
        let length = ((to.0 - from.0).powi(2) + (to.1 - from.1).powi(2)).sqrt();
        let steps = (length / 80.0).ceil().max(1.0);
        for i in 0..=steps as u32 {
            let t = i as f32 / steps;
            self.dab(from.0 + (to.0 - from.0) * t, from.1 + (to.1 - from.1) * t, width / 2.0, shade);
        }
    }

    pub fn fill(&mut self, rect: &Rect, shade: u8) {
        for y in rect.y / 100..(rect.bottom() / 100).min(self.height as u32) {
            let row = &mut self.pixels[y as usize * self.width..][..self.width];
            row[rect.x as usize / 100..(rect.right() as usize / 100).min(self.width)].fill(shade);
        }
    }

    fn ellipse(&mut self, centre: (f32, f32), half: (f32, f32), width: f32, shade: u8) {
        let mut last = None;
        for i in 0..=48 {
            let a = i as f32 * std::f32::consts::TAU / 48.0;
            let at = (centre.0 + a.cos() * half.0, centre.1 + a.sin() * half.1);
            if let Some(last) = last {
                self.stroke(last, at, width, shade);
            }
            last = Some(at);
        }
    }

    /// Marks an oval.
    pub fn mark(&mut self, oval: &Rect, pen: Pen, dice: &mut Dice) {
        let (cx, cy) = oval.centre();
        let c = (cx as f32 + dice.swing() * 200.0, cy as f32 + dice.swing() * 200.0);
        let (a, b) = (oval.width as f32 / 2.0, oval.height as f32 / 2.0);
        match pen {
            Pen::Filled => self.hatch(c, (a, b), 350.0, 600.0, 40),
            Pen::Scribbled => self.hatch(c, (a * 0.8, b * 0.9), 800.0, 450.0, 50),
            Pen::Pencil(shade) => self.hatch(c, (a, b), 400.0, 600.0, shade),
            Pen::Erased => self.hatch(c, (a, b), 400.0, 700.0, 190),
            Pen::Tick => {
                self.stroke((c.0 - a * 0.7, c.1 - b * 0.2), (c.0 - a * 0.2, c.1 + b * 0.8), 550.0, 40);
                self.stroke((c.0 - a * 0.2, c.1 + b * 0.8), (c.0 + a * 1.1, c.1 - b * 1.2), 550.0, 40);
            }
            Pen::Cross => {
                self.stroke((c.0 - a * 0.8, c.1 - b * 0.9), (c.0 + a * 0.8, c.1 + b * 0.9), 550.0, 40);
                self.stroke((c.0 - a * 0.8, c.1 + b * 0.9), (c.0 + a * 0.8, c.1 - b * 0.9), 550.0, 40);
            }
            Pen::Dot(across) => self.dab(c.0, c.1, across as f32 / 2.0, 40),
            Pen::Circled => self.ellipse(c, (a + 750.0, b + 750.0), 450.0, 40),
            Pen::Beside => {
                let x = c.0 + a + 700.0;
                self.stroke((x, c.1 - b), (x, c.1 + b), 500.0, 40);
            }
        }
    }

    /// Slanted strokes inside an ellipse.
    fn hatch(&mut self, c: (f32, f32), half: (f32, f32), gap: f32, width: f32, shade: u8) {
        let mut x = -half.0 + width / 2.0;
        while x < half.0 - width / 2.0 {
            let h = half.1 * (1.0 - (x / half.0).powi(2)).sqrt() * 0.85;
            self.stroke((c.0 + x - 150.0, c.1 + h), (c.0 + x + 150.0, c.1 - h), width, shade);
            x += gap;
        }
    }

    /// One side as it is printed, unmarked.
    pub fn print(sheet: &SheetLayout, side: &SideLayout, code: &SheetCode) -> Self {
        let mut paper = Paper::new(sheet.page_width, sheet.page_height);
        let mut dice = Dice(7);
        side.timing_marks.iter().for_each(|mark| paper.fill(mark, 25));
        for bubble in &side.bubbles {
            let (x, y) = bubble.oval.centre();
            let half = (bubble.oval.width as f32 / 2.0 - 100.0, bubble.oval.height as f32 / 2.0 - 100.0);
            paper.ellipse((x as f32, y as f32), half, 200.0, 30);
            paper.letters(&bubble.label, &mut dice);
        }
        side.headings.iter().for_each(|heading| paper.letters(&heading.rect, &mut dice));
        paper.letters(&side.title, &mut dice);
        let qr = QRBuilder::new(code.to_text()).ecl(fast_qr::ECL::Q).build().unwrap();
        let module = side.qr.width as f32 / qr.size as f32;
        for y in 0..paper.height as u32 {
            for x in 0..paper.width as u32 {
                let (mx, my) = ((x * 100) as f32 + 50.0 - side.qr.x as f32, (y * 100) as f32 + 50.0 - side.qr.y as f32);
                let (mx, my) = ((mx / module).floor(), (my / module).floor());
                let size = qr.size as f32;
                if mx >= 0.0 && my >= 0.0 && mx < size && my < size && qr[my as usize][mx as usize].value() {
                    paper.pixels[y as usize * paper.width + x as usize] = 25;
                }
            }
        }
        paper
    }

    /// Strokes that look like writing from afar.
    fn letters(&mut self, rect: &Rect, dice: &mut Dice) {
        let size = (rect.height as f32 * 0.6).min(4_000.0);
        let mut x = rect.x as f32 + 300.0;
        let y = rect.y as f32 + (rect.height as f32 - size) / 2.0;
        while x + size < rect.right() as f32 && x < rect.x as f32 + 50_000.0 {
            for _ in 0..2 {
                let mut at =
                    || (x + dice.roll(600) as f32 / 1_000.0 * size, y + dice.roll(1_000) as f32 / 1_000.0 * size);
                let (from, to) = (at(), at());
                self.stroke(from, to, 350.0, 30);
            }
            x += size * 0.7;
        }
    }
}

/// Both sides of a sheet, marked; the truth is what `marks` says.
pub(crate) fn sheet(design: &Design, layout: usize, marks: &[(OptionId, Pen)], seed: u64) -> Vec<Paper> {
    let sheet = &design.layouts[layout];
    let mut dice = Dice(seed);
    let sides = sheet.sides().zip([Side::Front, Side::Back]);
    sides
        .map(|(side, which)| {
            let code = SheetCode::new(&design.fingerprint, sheet.style.clone(), design.mode, sheet.sheet, which);
            let mut paper = Paper::print(sheet, side, &code);
            for (option, pen) in marks {
                if let Some(bubble) = side.bubbles.iter().find(|bubble| bubble.option == *option) {
                    paper.mark(&bubble.oval, *pen, &mut dice);
                }
            }
            paper
        })
        .collect()
}

/// How a sheet is scanned.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Scan {
    pub dpi: u32,
    /// Degrees clockwise.
    pub angle: f32,
    /// Shear and stretch (of the height), in thousandths.
    pub shear: f32,
    pub stretch: f32,
    /// The bed's brightness, and how much of it is seen round the sheet, in millimetres.
    pub bed: u8,
    pub margin: f32,
    /// Quarter turns clockwise.
    pub turns: u8,
    /// Grain of the pixels.
    pub noise: u32,
    /// The sheet darkens to the right by this much.
    pub shadow: f32,
}

impl Default for Scan {
    fn default() -> Self {
        Scan { dpi: 200, angle: 0.0, shear: 0.0, stretch: 0.0, bed: 236, margin: 0.0, turns: 0, noise: 8, shadow: 0.0 }
    }
}

impl Scan {
    /// The image of a sheet.
    pub fn of(&self, paper: &Paper, seed: u64) -> Gray {
        let mut dice = Dice(seed);
        let scale = self.dpi as f32 / 254.0;
        let (w, h) = (paper.width as f32, paper.height as f32);
        let width = ((w + 20.0 * self.margin) * scale).round() as u32;
        let height = ((h + 20.0 * self.margin) * scale).round() as u32;
        let (sin, cos) = self.angle.to_radians().sin_cos();
        let mut pixels = Vec::with_capacity((width * height) as usize);
        for y in 0..height {
            let v0 = (y as f32 + 0.5) / scale - (h + 20.0 * self.margin) / 2.0;
            for x in 0..width {
                let u0 = (x as f32 + 0.5) / scale - (w + 20.0 * self.margin) / 2.0;
                let (u, v) = (u0 * cos + v0 * sin, v0 * cos - u0 * sin);
                let (u, v) = (u + v * self.shear / 1000.0, v / (1.0 + self.stretch / 1000.0));
                let (px, py) = (u + w / 2.0 - 0.5, v + h / 2.0 - 0.5);
                let value = self.sample(paper, px, py);
                let grain = if self.noise == 0 { 0.0 } else { dice.swing() * self.noise as f32 };
                pixels.push((value - self.shadow * x as f32 / width as f32 + grain).clamp(0.0, 255.0) as u8);
            }
        }
        let mut image = Gray { width, height, pixels };
        for _ in 0..self.turns {
            image = quarter_turn(&image);
        }
        image
    }

    /// Between four pixels of the paper; the mean of a neighbourhood where the scanner is coarser.
    fn sample(&self, paper: &Paper, x: f32, y: f32) -> f32 {
        let at = |x: i32, y: i32| {
            let inside = x >= 0 && y >= 0 && (x as usize) < paper.width && (y as usize) < paper.height;
            f32::from(if inside { paper.pixels[y as usize * paper.width + x as usize] } else { self.bed })
        };
        let (x0, y0) = (x.floor(), y.floor());
        let (tx, ty, x, y) = (x - x0, y - y0, x0 as i32, y0 as i32);
        let upper = at(x, y) * (1.0 - tx) + at(x + 1, y) * tx;
        let lower = at(x, y + 1) * (1.0 - tx) + at(x + 1, y + 1) * tx;
        upper * (1.0 - ty) + lower * ty
    }
}

pub(crate) fn quarter_turn(image: &Gray) -> Gray {
    let (w, h) = (image.width as usize, image.height as usize);
    let pixels =
        (0..w).flat_map(|x| (0..h).map(move |y| (x, h - 1 - y))).map(|(x, y)| image.pixels[y * w + x]).collect();
    Gray { width: image.height, height: image.width, pixels }
}

pub(crate) fn mirrored(image: &Gray) -> Gray {
    let pixels = image.pixels.chunks(image.width as usize).flat_map(|row| row.iter().rev().copied()).collect();
    Gray { pixels, ..*image }
}
