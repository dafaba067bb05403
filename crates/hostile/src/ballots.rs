//! Sheets of paper as a scanner may deliver them, and foreign definitions of sheets.

use std::sync::LazyLock;

use ballot::{Design, Gray, LONGEST_SIDE, Rect, SHORTEST_SIDE, SheetCode, SheetReading, Side, vxf};
use election::{Digest, MarkScore};

use crate::input::Bytes;
use crate::sheet::{draw, ink};
use crate::world::WORLD;
use crate::{is_coded, is_printable};

/// Dots an inch of the sheets of this target: few, so that many are read in a second.
const DPI: u32 = 100;

struct Blank {
    design: Design,
    image: Gray,
}

static BLANK: LazyLock<Blank> = LazyLock::new(|| {
    let design = Design::new(&WORLD.frozen.definition, Digest([7; 32])).expect("the example fits its sheet");
    let sheet = &design.layouts[0];
    let code = SheetCode::new(&design.fingerprint, sheet.style.clone(), design.mode, sheet.sheet, Side::Front);
    let image = draw(sheet, &sheet.front, Some(&code), DPI);
    Blank { design, image }
});

/// A true sheet, and what is done to its image: ink, white, shifts, cuts, turns, streaks. With no bytes it is read.
pub fn read(data: &[u8]) {
    let image = drawn_upon(&BLANK.image, data);
    let reading = ballot::read(&image, None, &BLANK.design);
    coherent(&reading, &BLANK.design);
    if data.is_empty() {
        let sheet = reading.sheet().expect("an unmarked sheet is read");
        let marks = sheet.marks.iter().map(|m| (m.class, m.score, m.doubt)).collect::<Vec<_>>();
        assert!(sheet.marks.iter().all(|mark| mark.class == ballot::Class::Unmarked), "{marks:?}");
    }
    // What counts is read from the archived image: reading it again gives the same marks, but for grey objections.
    if let Some(archived) = &reading.archived {
        let again = ballot::read_archived(&archived.front, archived.back.as_ref(), &BLANK.design);
        coherent(&again, &BLANK.design);
        if let (Some(first), Some(second)) = (reading.sheet(), again.sheet()) {
            let pixels = |score: MarkScore| MarkScore { grey: None, depth: None, ..score };
            let scores = |sheet: &ballot::Sheet| sheet.marks.iter().map(|m| pixels(m.score)).collect::<Vec<_>>();
            assert_eq!(scores(first), scores(second), "the archived image says the same");
        }
    }
}

/// The image with everything that `data` says drawn upon it, one after the other.
pub fn drawn_upon(image: &Gray, data: &[u8]) -> Gray {
    let mut image = image.clone();
    let mut bytes = Bytes(data);
    // Nothing more is drawn on an image that says another size than its pixels have.
    while !bytes.is_empty() && image.pixels.len() == (image.width * image.height) as usize {
        let way = bytes.byte();
        change(&mut image, way, [bytes.word(), bytes.word(), bytes.word(), bytes.word()]);
    }
    image
}

fn change(image: &mut Gray, way: u8, [a, b, c, d]: [u16; 4]) {
    let (width, height) = (image.width, image.height);
    let at = |value: u16, most: u32| u32::from(value) % most.max(1);
    let (x, y) = (at(a, width), at(b, height));
    let rect = Rect { x, y, width: 1 + at(c, width - x), height: 1 + at(d, height - y) };
    match way % 10 {
        0 => ink(image, &rect, |_, _| true),
        1 => paint(image, &rect, |_| 255),
        2 => paint(image, &rect, |shade| 255 - shade),
        3 => paint(image, &rect, |shade| shade / 2 + (d % 128) as u8),
        // Noise that is the same on every run (Knuth's MMIX generator).
        4 => {
            let mut dice = u64::from(a) << 16 | u64::from(b);
            paint(image, &rect, |shade| {
                dice = dice.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
                if (dice >> 33) as u16 % 1_000 < c % 1_000 { shade ^ 0xff } else { shade }
            });
        }
        5 => {
            let by = (usize::from(a) * usize::from(b) + usize::from(c)) % image.pixels.len().max(1);
            image.pixels.rotate_left(by);
        }
        6 => image.pixels.reverse(),
        7 => mirror(image),
        // A size that the pixels do not have is refused; one that they have is another picture.
        8 => {
            let cut = at(a, height);
            image.pixels.truncate((width * (height - cut)) as usize);
            image.height -= if b % 8 == 0 { 0 } else { cut };
        }
        _ => {
            image
                .pixels
                .extend((0..u32::from(a) * width / 64).map(|i| if i % 7 == u32::from(b) % 7 { 0 } else { 255 }));
            image.height = (image.pixels.len() as u32 / width).min(LONGEST_SIDE);
            image.pixels.truncate((image.height * width) as usize);
        }
    }
}

fn paint(image: &mut Gray, rect: &Rect, mut shade: impl FnMut(u8) -> u8) {
    for y in rect.y..rect.bottom().min(image.height) {
        let row = &mut image.pixels[(y * image.width) as usize..];
        for pixel in row.iter_mut().take(rect.right().min(image.width) as usize).skip(rect.x as usize) {
            *pixel = shade(*pixel);
        }
    }
}

fn mirror(image: &mut Gray) {
    image.pixels.chunks_mut(image.width as usize).for_each(<[u8]>::reverse);
}

/// A reading is one of the design's sheets with each of its ovals once, or a reason.
fn coherent(reading: &SheetReading, design: &Design) {
    match &reading.outcome {
        Ok(sheet) => {
            let layout = design.layouts.iter().find(|l| l.style == sheet.style && l.sheet == sheet.sheet);
            let layout = layout.expect("a sheet of the design");
            assert_eq!(sheet.marks.len(), layout.sides().map(|side| side.bubbles.len()).sum::<usize>());
            assert!(sheet.marks.iter().all(|mark| (mark.class == ballot::Class::Ambiguous) == mark.doubt.is_some()));
        }
        Err(rejection) => is_coded(rejection),
    }
}

/// A VotingWorks definition. What is taken can be drawn and read.
pub fn vxf(data: &[u8]) {
    let imported = match vxf::import(data) {
        Ok(imported) => imported,
        Err(error) => return is_coded(&error),
    };
    let design = &imported.design;
    assert!(!design.layouts.is_empty());
    imported
        .names
        .options
        .values()
        .chain(imported.names.contests.values())
        .for_each(|name| assert!(name.len() <= data.len()));
    for sheet in design.layouts.iter().take(1) {
        let dpi = (SHORTEST_SIDE * 25_400).div_ceil(sheet.page_width) + 10;
        let bits = draw(sheet, &sheet.front, None, dpi);
        let back = sheet.back.as_ref().map(|side| draw(sheet, side, None, dpi));
        let reading = ballot::read(&bits, back.as_ref(), design);
        if let Err(rejection) = &reading.outcome {
            is_coded(rejection);
            is_printable(&rejection.to_string());
        }
    }
}
